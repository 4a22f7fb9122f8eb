//! An embedded font program → what it says of its own codes and glyphs; where it says nothing, the letters that its outlines
//! show.

mod cff;
mod shapes;
pub(super) mod truetype;
mod type1;

/// What a font program knows.
#[derive(Clone, Debug, Default)]
pub(super) struct FontFile {
    /// Its own encoding: code, glyph name.
    pub(super) names: Vec<(u8, String)>,
    /// Its own encoding: code, glyph number (TrueType).
    pub(super) codes: Vec<(u8, u16)>,
    /// Text by glyph number.
    pub(super) glyphs: Vec<(u16, String)>,
    /// How many glyphs it has.
    pub(super) count: usize,
}

/// Reads a font program of any of the three kinds, told apart by its first bytes.
pub(super) fn read(bytes: &[u8]) -> FontFile {
    match bytes {
        [b'O', b'T', b'T', b'O', ..] => truetype::table(bytes, b"CFF ")
            .map(cff::read)
            .unwrap_or_default(),
        [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] | [b't', b't', b'c', b'f', ..] => {
            truetype::read(bytes)
        }
        [1, 0..=4, ..] => cff::read(bytes),
        _ => type1::read(bytes),
    }
}

/// Two bytes at `at`, big-endian.
fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([
        *bytes.get(at)?,
        *bytes.get(at.checked_add(1)?)?,
    ]))
}

/// Four bytes at `at`, big-endian.
fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(bytes, at)?) << 16 | u32::from(u16_at(bytes, at.checked_add(2)?)?))
}

#[cfg(test)]
mod tests {
    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(kind in 0..5usize, bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let mut font = [&b"OTTO"[..], &[0, 1, 0, 0], &[1, 0, 4, 1], b"%!PS /Encoding 256 array dup 65 ", b""][kind].to_vec();
            font.extend(&bytes);
            super::read(&font);
        }
    }
}
