//! Fonts that say no more than one of the standard names and an encoding → read once for all documents.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use lopdf::Dictionary;

use super::font::Font;
use super::objects::Objects;

/// As [`Font::read`], but a font that says its name and its encoding alone, which are always the same, is read once.
pub(super) fn read(doc: &Objects<'_>, dict: &Dictionary) -> Font {
    static KNOWN: LazyLock<Mutex<HashMap<Vec<u8>, Font>>> = LazyLock::new(Mutex::default);
    let Some(key) = standard_key(dict) else {
        return Font::read(doc, dict);
    };
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(font) = known().get(&key) {
        return font.clone();
    }
    let font = Font::read(doc, dict);
    let mut known = known();
    if known.len() < MOST_KNOWN {
        known.insert(key, font.clone());
    }
    font
}

/// Fonts that are kept for the next document, and the bytes of their names.
const MOST_KNOWN: usize = 64;
const LONGEST_KEY: usize = 120;

/// What a font is known by that has neither widths nor letters of its own: its type, its name and its encoding. Nothing when
/// it says more than that.
fn standard_key(dict: &Dictionary) -> Option<Vec<u8>> {
    let mut parts: [&[u8]; 3] = [b""; 3];
    for (key, value) in dict {
        let part = match key.as_slice() {
            b"Subtype" => 0,
            b"BaseFont" => 1,
            b"Encoding" => 2,
            // Its type is `Font`; its name is how pages call it.
            b"Type" | b"Name" => continue,
            _ => return None,
        };
        parts[part] = value.as_name().ok()?;
    }
    let plain = matches!(parts[0], b"Type1" | b"TrueType");
    let key = parts.join(&b'/');
    (plain && key.len() <= LONGEST_KEY).then_some(key)
}
