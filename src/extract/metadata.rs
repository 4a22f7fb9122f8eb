//! A parsed file → what it says of itself: in its list of facts, else in its XMP description.

use super::objects::Objects;
use super::{Metadata, object, stream};

/// Bytes of an XMP description that are read.
const MOST: usize = 1 << 20;
/// Letters of one fact.
const LONGEST: usize = 2_000;

/// Reads the metadata.
pub(super) fn read(doc: &Objects<'_>) -> Metadata {
    let info = object::dict(doc, &doc.trailer, b"Info");
    let entry = |key: &[u8]| tidy(&object::text(object::string(doc, info?, key)?));
    let mut metadata = Metadata {
        title: entry(b"Title"),
        creator: entry(b"Creator"),
        producer: entry(b"Producer"),
        created: entry(b"CreationDate"),
    };
    let description = object::dict(doc, &doc.trailer, b"Root")
        .and_then(|catalog| object::stream(doc, catalog, b"Metadata"));
    if let Some(description) = description
        && (metadata.title.is_none()
            || metadata.creator.is_none()
            || metadata.producer.is_none()
            || metadata.created.is_none())
    {
        let bytes = stream::unpack(doc, description, MOST).bytes;
        let xmp = String::from_utf8_lossy(&bytes);
        let fill = |fact: &mut Option<String>, key: &str| {
            if fact.is_none() {
                *fact = value(&xmp, key);
            }
        };
        fill(&mut metadata.title, "dc:title");
        fill(&mut metadata.creator, "xmp:CreatorTool");
        fill(&mut metadata.producer, "pdf:Producer");
        fill(&mut metadata.created, "xmp:CreateDate");
    }
    metadata
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

/// The value of `key` in an XMP description: its attribute, or its element, in which a list's first entry counts.
///
/// Not a reader of XML: nothing is looked up or expanded but the five named entities and numbers, so nothing can blow up.
fn value(xmp: &str, key: &str) -> Option<String> {
    for (at, _) in xmp.match_indices(key) {
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
            let inner = match inner.find("<rdf:li") {
                Some(item) => {
                    let item = &inner[item..];
                    let item = &item[item.find('>')? + 1..];
                    &item[..item.find('<').unwrap_or(item.len())]
                }
                None => inner,
            };
            return tidy(&unescaped(inner));
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
