//! A CFF program → its encoding and the names of its glyphs. A CID-keyed one has no names, only shapes.

use super::{FontFile, shapes, u16_at};
use crate::extract::encoding::{self, Base};

/// The strings that every CFF program knows, one a line.
const STRINGS: &str = include_str!("../data/cff_strings.txt");
const STANDARD_STRINGS: usize = 391;

pub(super) fn read(bytes: &[u8]) -> FontFile {
    parse(bytes).unwrap_or_default()
}

fn parse(bytes: &[u8]) -> Option<FontFile> {
    let header = usize::from(*bytes.get(2)?);
    let (_, at) = index(bytes, header)?;
    let (tops, at) = index(bytes, at)?;
    let (strings, _) = index(bytes, at)?;
    let top = Top::read(tops.first()?);
    let glyphs = usize::from(u16_at(bytes, top.char_strings)?);
    let mut font = FontFile {
        count: glyphs,
        ..FontFile::default()
    };
    if top.cid_keyed {
        let (programs, _) = index(bytes, top.char_strings)?;
        // Here the charset holds the numbers by which strings of the page call the glyphs.
        font.glyphs = charset(bytes, top.charset, glyphs)
            .into_iter()
            .zip(programs)
            .filter_map(|(cid, program)| Some((cid, shapes::drawn_by(program)?)))
            .collect();
        font.glyphs.sort();
        return Some(font);
    }
    let standard: Vec<&str> = STRINGS.lines().collect();
    let name = |sid: u16| -> String {
        let sid = usize::from(sid);
        match sid.checked_sub(STANDARD_STRINGS) {
            None => standard.get(sid).map(|&name| name.to_owned()),
            Some(own) => strings
                .get(own)
                .map(|name| String::from_utf8_lossy(name).into_owned()),
        }
        .unwrap_or_default()
    };
    let names: Vec<String> = charset(bytes, top.charset, glyphs)
        .into_iter()
        .map(name)
        .collect();
    font.glyphs = names
        .iter()
        .zip(0u16..)
        .filter_map(|(name, gid)| Some((gid, encoding::glyph(name.as_bytes())?)))
        .collect();
    font.names = match top.encoding {
        0 | 1 => (0..=255u8)
            .map(|code| (code, Base::Standard.glyph_name(code).to_owned()))
            .filter(|(_, name)| !name.is_empty())
            .collect(),
        at => own_encoding(bytes, at, &names, name).unwrap_or_default(),
    };
    Some(font)
}

/// An INDEX: its items, and where it ends.
fn index(bytes: &[u8], at: usize) -> Option<(Vec<&[u8]>, usize)> {
    let count = usize::from(u16_at(bytes, at)?);
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let size = usize::from(*bytes.get(at + 2)?);
    if !(1..=4).contains(&size) {
        return None;
    }
    let offset = |item: usize| -> Option<usize> {
        let start = at + 3 + item * size;
        Some(
            bytes
                .get(start..start + size)?
                .iter()
                .fold(0usize, |value, &byte| value << 8 | usize::from(byte)),
        )
    };
    let data = at + 2 + (count + 1) * size;
    let mut items = Vec::with_capacity(count.min(4096));
    for item in 0..count {
        items.push(bytes.get(data + offset(item)?..data + offset(item + 1)?)?);
    }
    Some((items, data + offset(count)?))
}

/// What is needed of the Top DICT.
#[derive(Default)]
struct Top {
    charset: usize,
    encoding: usize,
    char_strings: usize,
    cid_keyed: bool,
}

impl Top {
    fn read(bytes: &[u8]) -> Top {
        let mut top = Top::default();
        let mut operand = 0i64;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            let next = |back: usize| i64::from(bytes.get(at + back).copied().unwrap_or(0));
            match byte {
                12 => {
                    top.cid_keyed |= bytes.get(at) == Some(&30);
                    at += 1;
                }
                15 => top.charset = operand.max(0) as usize,
                16 => top.encoding = operand.max(0) as usize,
                17 => top.char_strings = operand.max(0) as usize,
                28 => {
                    operand = next(0) << 8 | next(1);
                    at += 2;
                }
                29 => {
                    operand = next(0) << 24 | next(1) << 16 | next(2) << 8 | next(3);
                    at += 4;
                }
                30 => {
                    // A real number ends with a nibble of 15.
                    while let Some(&pair) = bytes.get(at) {
                        at += 1;
                        if pair & 15 == 15 || pair >> 4 == 15 {
                            break;
                        }
                    }
                }
                32..=246 => operand = i64::from(byte) - 139,
                247..=250 => {
                    operand = (i64::from(byte) - 247) * 256 + next(0) + 108;
                    at += 1;
                }
                251..=254 => {
                    operand = -(i64::from(byte) - 251) * 256 - next(0) - 108;
                    at += 1;
                }
                _ => {}
            }
        }
        top
    }
}

/// The string number of each glyph.
fn charset(bytes: &[u8], at: usize, glyphs: usize) -> Vec<u16> {
    let mut sids = vec![0];
    match at {
        0..=2 => sids.extend(1..=228),
        _ => {
            let format = bytes.get(at).copied().unwrap_or(255);
            let mut at = at + 1;
            while sids.len() < glyphs {
                let Some(first) = u16_at(bytes, at) else {
                    break;
                };
                at += 2;
                let more = match format {
                    0 => Some(0),
                    1 => bytes.get(at).map(|&more| u16::from(more)),
                    2 => u16_at(bytes, at),
                    _ => None,
                };
                let Some(more) = more else { break };
                at += usize::from(format.min(2));
                sids.extend(first..=first.saturating_add(more));
            }
        }
    }
    sids.truncate(glyphs);
    sids
}

fn own_encoding(
    bytes: &[u8],
    at: usize,
    names: &[String],
    name: impl Fn(u16) -> String,
) -> Option<Vec<(u8, String)>> {
    let mut out = Vec::new();
    let format = *bytes.get(at)?;
    let count = usize::from(*bytes.get(at + 1)?);
    let mut at = at + 2;
    let mut gid = 1;
    for _ in 0..count {
        let code = *bytes.get(at)?;
        at += 1;
        let mut more = 0;
        if format & 0x7F == 1 {
            more = *bytes.get(at)?;
            at += 1;
        }
        for code in code..=code.saturating_add(more) {
            if let Some(name) = names.get(gid) {
                out.push((code, name.clone()));
            }
            gid += 1;
        }
    }
    if format & 0x80 != 0 {
        let count = usize::from(*bytes.get(at)?);
        for item in 0..count {
            let code = *bytes.get(at + 1 + item * 3)?;
            out.push((code, name(u16_at(bytes, at + 2 + item * 3)?)));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_strings_are_all_there() {
        assert_eq!(STRINGS.lines().count(), STANDARD_STRINGS);
        assert_eq!(STRINGS.lines().nth(34), Some("A"));
    }
}
