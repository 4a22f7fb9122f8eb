//! A parsed file → what it says of itself: in its list of facts, else in its XMP description.

use super::objects::Objects;
use super::{Metadata, object, stream};

/// Bytes of an XMP description that are read.
const MOST: usize = 1 << 20;
/// Letters of one fact.
const LONGEST: usize = 2_000;
/// Entries of one list.
const MOST_ITEMS: usize = 100;

/// Reads the metadata.
pub(super) fn read(doc: &Objects<'_>) -> Metadata {
    let info = object::dict(doc, &doc.trailer, b"Info");
    let entry = |key: &[u8]| tidy(&object::text(object::string(doc, info?, key)?));
    let catalog = object::dict(doc, &doc.trailer, b"Root");
    let language = catalog.and_then(|catalog| object::string(doc, catalog, b"Lang"));
    let mut metadata = Metadata {
        title: entry(b"Title"),
        creator: entry(b"Creator"),
        producer: entry(b"Producer"),
        created: entry(b"CreationDate"),
        author: entry(b"Author"),
        subject: entry(b"Subject"),
        keywords: entry(b"Keywords"),
        modified: entry(b"ModDate"),
        language: language.and_then(|language| tidy(&object::text(language))),
    };
    if let Some(description) = catalog.and_then(|catalog| object::stream(doc, catalog, b"Metadata"))
    {
        let bytes = stream::unpack(doc, description, MOST).bytes;
        fill(&mut metadata, &String::from_utf8_lossy(&bytes));
    }
    metadata
}

/// Gives the facts that are not known yet from an XMP description.
fn fill(metadata: &mut Metadata, xmp: &str) {
    for (fact, key) in [
        (&mut metadata.title, "dc:title"),
        (&mut metadata.creator, "xmp:CreatorTool"),
        (&mut metadata.producer, "pdf:Producer"),
        (&mut metadata.created, "xmp:CreateDate"),
        (&mut metadata.author, "dc:creator"),
        (&mut metadata.subject, "dc:description"),
        (&mut metadata.modified, "xmp:ModifyDate"),
        (&mut metadata.language, "dc:language"),
    ] {
        if fact.is_none() {
            *fact = value(xmp, key);
        }
    }
    if metadata.keywords.is_none() {
        metadata.keywords = value(xmp, "pdf:Keywords").or_else(|| value(xmp, "dc:subject"));
    }
}

/// Whether the file says that an OCR engine wrote its text.
pub(super) fn says_ocr(metadata: &Metadata) -> bool {
    [&metadata.producer, &metadata.creator]
        .into_iter()
        .flatten()
        .any(|program| {
            let program = program.to_lowercase();
            [
                "ocr",
                "tesseract",
                "abbyy",
                "finereader",
                "paper capture",
                "readiris",
                "omnipage",
                "scansoft",
            ]
            .iter()
            .any(|name| program.contains(name))
        })
}

fn tidy(text: &str) -> Option<String> {
    let text: String = text
        .replace('\0', "")
        .trim()
        .chars()
        .take(LONGEST)
        .collect();
    (!text.is_empty()).then_some(text)
}

/// The value of `key` in an XMP description: its attribute, or its element. Of a list the entries count, of one thing said in
/// several languages the first.
///
/// Not a reader of XML: nothing is looked up or expanded but the five named entities and numbers, so nothing can blow up.
fn value(xmp: &str, key: &str) -> Option<String> {
    for at in memchr::memmem::find_iter(xmp.as_bytes(), key) {
        let rest = &xmp[at + key.len()..];
        if !xmp[..at].ends_with(['<', ' ', '\n', '\r', '\t']) {
            continue;
        }
        if let Some(quoted) = rest.strip_prefix('=') {
            let quote = quoted.chars().next()?;
            let inner = quoted.strip_prefix(['"', '\''])?;
            return tidy(&unescaped(&inner[..inner.find(quote)?]));
        }
        if xmp[..at].ends_with('<') {
            let inner = &rest[rest.find('>')? + 1..];
            let inner = &inner[..inner.find(&format!("</{key}"))?];
            let mut items = inner.split("<rdf:li").skip(1).map(|item| {
                let item = &item[item.find('>').map_or(item.len(), |end| end + 1)..];
                item[..item.find('<').unwrap_or(item.len())].trim()
            });
            return match items.next() {
                None => tidy(&unescaped(inner)),
                Some(first) if inner.contains("<rdf:Alt") => tidy(&unescaped(first)),
                Some(first) => {
                    let mut list = first.to_owned();
                    for item in items.take(MOST_ITEMS).filter(|item| !item.is_empty()) {
                        list.push_str(if list.is_empty() { "" } else { ", " });
                        list.push_str(item);
                    }
                    tidy(&unescaped(&list))
                }
            };
        }
    }
    None
}

/// Text with its entities undone, each once.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let char = end.and_then(|end| match &rest[1..end] {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            other => {
                let number = other.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?).filter(|char| !char.is_control())
            }
        });
        match (char, end) {
            (Some(char), Some(end)) => {
                out.push(char);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_what_the_list_of_facts_does_not() {
        let xmp = r#"<rdf:Description rdf:about="" pdf:Producer="Skrivaren &amp; Co" xmp:CreateDate='2016-04-14'>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Svar p&#229; skrivelse</rdf:li></rdf:Alt></dc:title>
            <xmp:CreatorTool>Ordbehandlaren</xmp:CreatorTool>"#;
        for (key, said) in [
            ("dc:title", Some("Svar på skrivelse")),
            ("xmp:CreatorTool", Some("Ordbehandlaren")),
            ("pdf:Producer", Some("Skrivaren & Co")),
            ("xmp:CreateDate", Some("2016-04-14")),
            ("dc:creator", None),
        ] {
            assert_eq!(value(xmp, key).as_deref(), said, "{key}");
        }
    }

    #[test]
    fn all_that_a_file_says_of_itself_is_kept() {
        let said = |info: &str, xmp: &str| {
            let xmp = crate::extract::sample::stream("/Type /Metadata", xmp.as_bytes());
            let extra = crate::extract::sample::first_extra(1);
            let mut file = crate::extract::sample::document(&[b"BT ET"], "", "", &[xmp]);
            for (before, more) in [
                (
                    "/Type /Catalog ",
                    format!("/Lang (sv-SE) /Metadata {extra} 0 R "),
                ),
                ("trailer\n<< ", format!("/Info << {info} >> ")),
            ] {
                let at = memchr::memmem::rfind(&file, before.as_bytes()).expect("its place");
                let at = at + before.len();
                file.splice(at..at, more.bytes());
            }
            let raw = crate::extract::text("a.pdf".as_ref(), &file, &Default::default());
            raw.expect("a document").metadata
        };
        let info =
            "/Author (Eva Ek) /Subject (Dnr 12/2018) /Keywords (park, lek) /ModDate (D:20180402)";
        let xmp = "<dc:creator><rdf:Seq><rdf:li>Eva Ek</rdf:li><rdf:li>Bo Al</rdf:li></rdf:Seq></dc:creator>
            <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">Dnr 12/2018</rdf:li><rdf:li>No. 12</rdf:li></rdf:Alt></dc:description>
            <dc:subject><rdf:Bag><rdf:li>park</rdf:li>\n<rdf:li>lek</rdf:li></rdf:Bag></dc:subject>
            <rdf:Description xmp:ModifyDate=\"2018-04-02\"/>";
        let some = |text: &str| Some(text.to_owned());
        for (info, xmp, author, modified) in [
            (info, "", "Eva Ek", "D:20180402"),
            ("", xmp, "Eva Ek, Bo Al", "2018-04-02"),
            (info, xmp, "Eva Ek", "D:20180402"),
        ] {
            let metadata = said(info, xmp);
            assert_eq!(metadata.author, some(author));
            assert_eq!(metadata.subject, some("Dnr 12/2018"));
            assert_eq!(metadata.keywords, some("park, lek"));
            assert_eq!(metadata.modified, some(modified));
            assert_eq!(metadata.language, some("sv-SE"));
        }
        assert_eq!(said("", "").author, None);
    }

    #[test]
    fn entities_are_undone_once_and_never_expanded() {
        for (text, undone) in [
            ("&amp;lt;", "&lt;"),
            ("&lol9;", "&lol9;"),
            ("a & b", "a & b"),
            ("&#x00e5;&", "å&"),
            ("&å", "&å"),
        ] {
            assert_eq!(unescaped(text), undone);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_description_is_borne(xmp in "(<dc:title|>|=|\"|<rdf:li|</dc:title|&#|;|å| ){0,12}") {
            value(&xmp, "dc:title");
        }
    }
}
