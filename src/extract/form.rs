//! What is filled into the fields of a form → text, as the tree of fields has it. A field and the widget that shows it may
//! be one dictionary, or the widget is a kid that has little of its own.

use lopdf::{Dictionary, Object};

use super::interpret::Drawing;
use super::object;
use super::objects::Objects;

/// How many fields may stand above a widget.
const DEEPEST: usize = 32;
/// Flag of a text field whose content nobody sees.
const PASSWORD: i64 = 1 << 13;
/// Flag of a choice that shows what is chosen, and not all that there is.
const COMBO: i64 = 1 << 17;

/// Whether the file says that the appearances of its fields are older than their values.
pub(super) fn is_ahead(doc: &Objects<'_>) -> bool {
    object::dict(doc, &doc.trailer, b"Root")
        .and_then(|catalog| object::dict(doc, catalog, b"AcroForm"))
        .and_then(|form| object::get(doc, form, b"NeedAppearances"))
        .is_some_and(|needs| matches!(needs, Object::Boolean(true)))
}

/// The value of a widget's field as a person sees it; nothing when it is none that is written, or hidden.
pub(super) fn value<'a>(doc: &'a Objects<'a>, widget: &'a Dictionary) -> Option<String> {
    let (kind, flags) = kind(doc, widget);
    if kind == b"Tx" && flags & PASSWORD != 0 {
        return None;
    }
    let shown = |value: &'a Object| match object::resolve(doc, value)? {
        Object::String(bytes, _) if kind == b"Ch" => Some(chosen(doc, widget, bytes)),
        Object::String(bytes, _) => Some(object::text(bytes)),
        _ => None,
    };
    match inherited(doc, widget, b"V")? {
        Object::Array(several) if kind == b"Ch" => {
            let several: Vec<String> = several.iter().filter_map(shown).collect();
            Some(several.join(", "))
        }
        value => shown(value),
    }
}

/// The value of a field that its viewer writes anew when [`is_ahead`]: a text, or what was chosen of a list that shows
/// nothing else.
pub(super) fn newer<'a>(doc: &'a Objects<'a>, widget: &'a Dictionary) -> Option<String> {
    let (kind, flags) = kind(doc, widget);
    let written = kind == b"Tx" || kind == b"Ch" && flags & COMBO != 0;
    written.then(|| value(doc, widget)).flatten()
}

/// Whether what was drawn from glyph `first` on shows `value`, however it is set.
pub(super) fn shows(drawing: &Drawing, first: usize, value: &str) -> bool {
    let drawn = drawing.glyphs.get(first..).unwrap_or_default();
    let drawn = drawn
        .iter()
        .flat_map(|glyph| drawing.text[glyph.start as usize..glyph.end as usize].chars());
    let letters = |char: &char| char.is_alphanumeric();
    drawn.filter(letters).eq(value.chars().filter(letters))
}

/// What kind of field a widget shows, and its flags.
fn kind<'a>(doc: &'a Objects<'a>, widget: &'a Dictionary) -> (&'a [u8], i64) {
    let kind = match inherited(doc, widget, b"FT") {
        Some(Object::Name(kind)) => kind.as_slice(),
        _ => b"",
    };
    let flags = inherited(doc, widget, b"Ff").and_then(object::number);
    (kind, flags.map_or(0, |flags| flags as i64))
}

/// An entry of a field: its own, else that of the nearest field above it that has one.
fn inherited<'a>(doc: &'a Objects<'a>, widget: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut field = widget;
    for _ in 0..DEEPEST {
        if let Some(found) = object::get(doc, field, key) {
            return Some(found);
        }
        field = object::dict(doc, field, b"Parent")?;
    }
    None
}

/// What a list shows for a value: the value itself, unless it has another name for people.
fn chosen<'a>(doc: &'a Objects<'a>, widget: &'a Dictionary, value: &[u8]) -> String {
    let options = match inherited(doc, widget, b"Opt") {
        Some(Object::Array(options)) => options.as_slice(),
        _ => &[],
    };
    let named = options.iter().find_map(|option| {
        let Object::Array(pair) = object::resolve(doc, option)? else {
            return None;
        };
        match [pair.first()?, pair.get(1)?].map(|half| object::resolve(doc, half)) {
            [Some(Object::String(own, _)), Some(Object::String(name, _))] if own == value => {
                Some(name.as_slice())
            }
            _ => None,
        }
    });
    object::text(named.unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::extract::sample::{document, first_extra, stream};
    use crate::extract::{Options, text};

    /// What is read in a form with one field; `@1`, `@2` in the entries are the further objects, `@0` an appearance that
    /// shows `Nygatan 3`.
    fn read(form: &str, widget: &str, further: &[&str]) -> String {
        let extra = first_extra(1);
        let named = |text: &str| {
            (0..=further.len()).fold(text.to_owned(), |text, at| {
                text.replace(&format!("@{at}"), &format!("{} 0 R", extra + at))
            })
        };
        let look = stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 200 14] /Resources << /Font << /F1 3 0 R >> >>",
            b"BT /F1 10 Tf 2 3 Td (Nygatan) Tj 40 0 Td (3) Tj ET",
        );
        let mut objects = vec![look];
        objects.extend(further.iter().map(|text| named(text).into_bytes()));
        let widget = named(widget);
        let mut file = document(
            &[b"BT /F1 10 Tf 70 403 Td (Adress:) Tj ET"],
            "",
            &format!("/Annots [<< /Subtype /Widget /Rect [120 400 320 414] {widget} >>]"),
            &objects,
        );
        let catalog = b"/Type /Catalog ";
        let at = memchr::memmem::find(&file, catalog).expect("a catalog") + catalog.len();
        file.splice(at..at, format!("/AcroForm << {form} >> ").bytes());
        let raw = text(Path::new("a.pdf"), &file, &Options::default()).expect("a document");
        raw.pages[0].text.replace('\t', " ")
    }

    #[test]
    fn a_widget_shows_the_value_of_its_field() {
        for (widget, further, shown) in [
            ("/FT /Tx /V (Backen 1)", &[][..], "Backen 1"),
            // A line end of whatever system is one.
            ("/FT /Tx /V (Backen\\rDalen)", &[], "Backen\nDalen"),
            ("/FT /Tx /V (Backen\\r\\nDalen)", &[], "Backen\nDalen"),
            ("/FT /Tx /V (Backen\\nDalen)", &[], "Backen\nDalen"),
            ("/Parent @1", &["<< /FT /Tx /V (Backen 1) >>"], "Backen 1"),
            (
                "/Parent @1",
                &["<< /Parent @2 /V (Backen 1) >>", "<< /FT /Tx /V (Dalen) >>"],
                "Backen 1",
            ),
            // Hidden from all eyes, be it said above.
            ("/Parent @1", &["<< /FT /Tx /Ff 8192 /V (hemligt) >>"], ""),
            ("/Parent @1 /V (hemligt)", &["<< /FT /Tx /Ff 8192 >>"], ""),
            // Choices, by the names that people see.
            (
                "/Parent @1",
                &["<< /FT /Ch /Ff 131072 /V (2) /Opt [[(1) (Norr)] [(2) (S\\366der)]] >>"],
                "Söder",
            ),
            (
                "/FT /Ch /V [(Norr) (Dalen)] /Opt [(Norr) (Dalen)]",
                &[],
                "Norr, Dalen",
            ),
            // A box that is ticked has no words, and a field may be its own parent.
            ("/Parent @1", &["<< /FT /Btn /V /Ja >>"], ""),
            ("/Parent @1", &["<< /FT /Tx /Parent @1 >>"], ""),
        ] {
            let whole = format!("Adress: {shown}");
            assert_eq!(read("", widget, further), whole.trim_end(), "{widget}");
        }
    }

    #[test]
    fn a_newer_value_goes_before_an_old_appearance() {
        let needs = "/NeedAppearances true";
        for (form, widget, shown) in [
            (needs, "/FT /Tx /V (Backen 1)", "Backen 1"),
            (needs, "/FT /Ch /Ff 131072 /V (Backen 1)", "Backen 1"),
            (needs, "/FT /Tx /V ()", ""),
            // It is the same, or there is none, or none that is written; or the file does not say so.
            (needs, "/FT /Tx /V (Nygatan 3)", "Nygatan 3"),
            (needs, "/FT /Tx", "Nygatan 3"),
            (needs, "/FT /Btn /V /Ja", "Nygatan 3"),
            (needs, "/FT /Ch /V (Backen 1)", "Nygatan 3"),
            (
                "/NeedAppearances false",
                "/FT /Tx /V (Backen 1)",
                "Nygatan 3",
            ),
            ("", "/FT /Tx /V (Backen 1)", "Nygatan 3"),
        ] {
            let widget = format!("{widget} /AP << /N @0 >>");
            let whole = format!("Adress: {shown}");
            assert_eq!(
                read(form, &widget, &[]),
                whole.trim_end(),
                "{form} {widget}"
            );
        }
    }
}
