//! Looking things up in a parsed file, references followed, without errors: what is not there or of another type is
//! `None`.

use lopdf::{Dictionary, Object, Stream};

use super::objects::Objects;

/// What `object` is, with references followed.
pub(super) fn resolve<'a>(doc: &'a Objects<'a>, object: &'a Object) -> Option<&'a Object> {
    let mut object = object;
    for _ in 0..32 {
        match object {
            Object::Reference(id) => object = doc.get(*id)?,
            Object::Null => return None,
            _ => return Some(object),
        }
    }
    None
}

/// The entry `key` of `dict`, with references followed.
pub(super) fn get<'a>(
    doc: &'a Objects<'a>,
    dict: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    resolve(doc, raw(dict, key)?)
}

/// The entry `key` of `dict` as it stands.
pub(super) fn raw<'a>(dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dict.as_hashmap().get(key)
}

/// A dictionary, or the dictionary of a stream.
pub(super) fn dict<'a>(
    doc: &'a Objects<'a>,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    as_dict(get(doc, of, key)?)
}

/// `object` as a dictionary, or the dictionary of the stream that it is.
pub(super) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A stream.
pub(super) fn stream<'a>(
    doc: &'a Objects<'a>,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Stream> {
    match get(doc, of, key)? {
        Object::Stream(stream) => Some(stream),
        _ => None,
    }
}

/// An array.
pub(super) fn array<'a>(
    doc: &'a Objects<'a>,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [Object]> {
    match get(doc, of, key)? {
        Object::Array(array) => Some(array),
        _ => None,
    }
}

/// A name, without its slash.
pub(super) fn name<'a>(doc: &'a Objects<'a>, of: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    match get(doc, of, key)? {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

/// A string's bytes.
pub(super) fn string<'a>(doc: &'a Objects<'a>, of: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    match get(doc, of, key)? {
        Object::String(bytes, _) => Some(bytes),
        _ => None,
    }
}

/// A whole number.
pub(super) fn int(doc: &Objects<'_>, of: &Dictionary, key: &[u8]) -> Option<i64> {
    number(get(doc, of, key)?).map(|value| value as i64)
}

/// A number.
pub(super) fn float(doc: &Objects<'_>, of: &Dictionary, key: &[u8]) -> Option<f32> {
    number(get(doc, of, key)?)
}

/// `object` as a number, if it is a finite one.
pub(super) fn number(object: &Object) -> Option<f32> {
    match object {
        Object::Integer(value) => Some(*value as f32),
        Object::Real(value) => Some(*value),
        _ => None,
    }
    .filter(|value| value.is_finite())
}

/// The first `N` numbers of an array.
pub(super) fn numbers<const N: usize>(
    doc: &Objects<'_>,
    of: &Dictionary,
    key: &[u8],
) -> Option<[f32; N]> {
    let array = array(doc, of, key)?;
    let mut out = [0.0; N];
    for (at, slot) in out.iter_mut().enumerate() {
        *slot = number(resolve(doc, array.get(at)?)?)?;
    }
    Some(out)
}

/// A text string (UTF-16 with its mark, UTF-8 with its mark, else PDFDocEncoding) as text.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes
            .iter()
            .filter_map(|&byte| super::encoding::pdf_doc(byte))
            .collect(),
    }
}

/// UTF-16 code units as text; a language mark (ESC … ESC) is left out.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| unit([pair[0], pair[1]]))
        .collect();
    let mut text = String::from_utf16_lossy(&units);
    while let Some(start) = text.find('\u{1b}') {
        let Some(length) = text[start + 1..].find('\u{1b}') else {
            break;
        };
        text.replace_range(start..start + length + 2, "");
    }
    text
}
