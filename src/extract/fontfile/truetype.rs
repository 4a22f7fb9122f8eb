//! A TrueType program → what its `cmap` and `post` tables say.

use std::sync::LazyLock;

use super::{FontFile, u16_at, u32_at};
use crate::extract::encoding;

/// The 258 glyph names of the Macintosh's order, one a line.
const MAC_GLYPHS: &str = include_str!("../data/mac_glyphs.txt");

/// The table `tag`.
pub(super) fn table<'a>(bytes: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let base = match bytes {
        [b't', b't', b'c', b'f', ..] => u32_at(bytes, 12)? as usize,
        _ => 0,
    };
    let count = usize::from(u16_at(bytes, base.checked_add(4)?)?);
    for entry in 0..count {
        let at = base + 12 + entry * 16;
        if bytes.get(at..at + 4)? == tag {
            let start = u32_at(bytes, at + 8)? as usize;
            let length = u32_at(bytes, at + 12)? as usize;
            let end = start.saturating_add(length).min(bytes.len());
            return bytes.get(start..end);
        }
    }
    None
}

pub(super) fn read(bytes: &[u8]) -> FontFile {
    let mut font = FontFile {
        count: table(bytes, b"maxp")
            .and_then(|maxp| u16_at(maxp, 4))
            .map_or(0, usize::from),
        ..FontFile::default()
    };
    if let Some(cmap) = table(bytes, b"cmap") {
        read_cmap(cmap, &mut font);
    }
    if let Some(post) = table(bytes, b"post") {
        read_post(post, &mut font);
    }
    // Only a font that says nothing of its glyphs is worth a look at their outlines.
    if font.glyphs.is_empty() {
        font.glyphs = super::shapes::known(bytes);
    }
    font
}

/// A program that maps more characters than this is cut.
const MOST_PAIRS: usize = 70_000;

fn read_cmap(cmap: &[u8], font: &mut FontFile) {
    let count = u16_at(cmap, 2).map_or(0, |count| count.min(64));
    for entry in 0..usize::from(count) {
        let at = 4 + entry * 8;
        let (Some(platform), Some(kind), Some(offset)) =
            (u16_at(cmap, at), u16_at(cmap, at + 2), u32_at(cmap, at + 4))
        else {
            return;
        };
        let Some(table) = cmap.get(offset as usize..) else {
            continue;
        };
        let mut pairs = Vec::new();
        let _ = subtable(table, &mut pairs);
        match (platform, kind) {
            (3, 0) | (1, 0) => {
                // Symbol fonts keep their codes at U+F000.
                font.codes.extend(pairs.iter().filter_map(|&(code, gid)| {
                    let code = if code >= 0xF000 { code - 0xF000 } else { code };
                    Some((u8::try_from(code).ok()?, gid))
                }));
            }
            (3, 1 | 10) | (0, _) => font.glyphs.extend(
                pairs
                    .iter()
                    .filter_map(|&(code, gid)| Some((gid, char::from_u32(code)?.to_string()))),
            ),
            _ => {}
        }
    }
    // The lowest character that shows a glyph names it best.
    font.glyphs.sort();
    font.glyphs.dedup_by_key(|(gid, _)| *gid);
    font.codes.sort_unstable();
    font.codes.dedup_by_key(|(code, _)| *code);
}

/// Character and glyph number pairs of one subtable.
fn subtable(table: &[u8], pairs: &mut Vec<(u32, u16)>) -> Option<()> {
    match u16_at(table, 0)? {
        0 => {
            for code in 0..256usize {
                push(pairs, code as u32, u16::from(*table.get(6 + code)?));
            }
        }
        4 => {
            let segments = usize::from(u16_at(table, 6)?) / 2;
            for segment in 0..segments {
                let end = u16_at(table, 14 + segment * 2)?;
                let start = u16_at(table, 16 + (segments + segment) * 2)?;
                let delta = u16_at(table, 16 + (2 * segments + segment) * 2)?;
                let range_at = 16 + (3 * segments + segment) * 2;
                let range = u16_at(table, range_at)?;
                for code in start..=end {
                    if code == 0xFFFF || pairs.len() >= MOST_PAIRS {
                        break;
                    }
                    let gid = if range == 0 {
                        code.wrapping_add(delta)
                    } else {
                        let at = range_at + usize::from(range) + usize::from(code - start) * 2;
                        match u16_at(table, at) {
                            Some(0) | None => 0,
                            Some(gid) => gid.wrapping_add(delta),
                        }
                    };
                    push(pairs, u32::from(code), gid);
                }
            }
        }
        6 => {
            let first = u16_at(table, 6)?;
            for step in 0..u16_at(table, 8)? {
                let gid = u16_at(table, 10 + usize::from(step) * 2)?;
                push(pairs, u32::from(first) + u32::from(step), gid);
            }
        }
        12 => {
            for group in 0..u32_at(table, 12)?.min(20_000) as usize {
                let at = 16 + group * 12;
                let (start, end) = (u32_at(table, at)?, u32_at(table, at + 4)?);
                let first = u32_at(table, at + 8)?;
                for (step, code) in (start..=end).enumerate() {
                    if pairs.len() >= MOST_PAIRS {
                        return Some(());
                    }
                    push(pairs, code, first.wrapping_add(step as u32) as u16);
                }
            }
        }
        _ => {}
    }
    Some(())
}

fn push(pairs: &mut Vec<(u32, u16)>, code: u32, gid: u16) {
    if gid != 0 && pairs.len() < MOST_PAIRS {
        pairs.push((code, gid));
    }
}

/// Names of glyphs that `cmap` left without a character.
fn read_post(post: &[u8], font: &mut FontFile) {
    let known: Vec<u16> = font.glyphs.iter().map(|(gid, _)| *gid).collect();
    let mac: Vec<&str> = MAC_GLYPHS.lines().collect();
    let mut found: Vec<(u16, String)> = Vec::new();
    match u32_at(post, 0) {
        Some(0x0001_0000) => {
            found.extend(
                (0u16..)
                    .zip(&mac)
                    .map(|(gid, name)| (gid, (*name).to_owned())),
            );
        }
        Some(0x0002_0000) => {
            let count = u16_at(post, 32).unwrap_or(0);
            let mut own = Vec::new();
            let mut at = 34 + usize::from(count) * 2;
            while let Some(&length) = post.get(at) {
                let end = at + 1 + usize::from(length);
                own.push(post.get(at + 1..end).unwrap_or_default());
                at = end;
            }
            for gid in 0..count {
                let Some(index) = u16_at(post, 34 + usize::from(gid) * 2).map(usize::from) else {
                    break;
                };
                let name = match index.checked_sub(258) {
                    None => mac.get(index).map(|&name| name.to_owned()),
                    Some(index) => own
                        .get(index)
                        .map(|name| String::from_utf8_lossy(name).into_owned()),
                };
                found.extend(name.map(|name| (gid, name)));
            }
        }
        _ => {}
    }
    font.glyphs.extend(
        found
            .into_iter()
            .filter(|(gid, _)| known.binary_search(gid).is_err())
            .filter_map(|(gid, name)| Some((gid, encoding::glyph(name.as_bytes())?))),
    );
    font.glyphs.sort();
}

/// How many glyphs the Macintosh's order has.
pub(in crate::extract) const MAC_ORDER: u16 = 258;

/// The text of glyph number `gid` in a font that keeps the Macintosh's order, as Arial, Times New Roman and their
/// likenesses do.
pub(in crate::extract) fn mac_order(gid: u16) -> Option<String> {
    static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| MAC_GLYPHS.lines().collect());
    encoding::glyph(NAMES.get(usize::from(gid))?.as_bytes())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_mac_order_is_whole() {
        assert_eq!(super::MAC_GLYPHS.lines().count(), super::MAC_ORDER.into());
        assert_eq!(super::mac_order(36).as_deref(), Some("A"));
        assert_eq!(super::mac_order(98).as_deref(), Some("Ä"));
        assert_eq!(super::mac_order(300), None);
    }
}
