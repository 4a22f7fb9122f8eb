//! A font dictionary → what each code of a string shows and how far it moves.
//!
//! The text of a code is looked for in this order: ToUnicode; the glyph names of the encoding; the font program's own
//! encoding and names; what the glyph's number means in fonts that keep a known order. A code that none of them knows
//! has no text, and is counted.

mod numbering;

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use lopdf::{Dictionary, Object, Stream};

use super::cmap::{self, CMap, TextTable, Written};
use super::encoding::{self, Base};
use super::fontfile::{self, FontFile};
use super::objects::Objects;
use super::stream;
use super::widths::{self, Standard};
use super::{letters, object};
use numbering::{Numbering, keeps_known_order, numbering};

/// A font, ready to decode strings.
#[derive(Clone, Debug)]
pub(super) struct Font {
    text: TextTable,
    /// Widths in the font's own units by code (simple) or glyph number (composite).
    widths: Vec<f32>,
    default_width: f32,
    coding: Coding,
    /// One unit of a width in text space: 1/1000, but for Type 3.
    pub(super) unit: f32,
    /// The height of the letters in units of the font size: 1, but for Type 3.
    pub(super) em: f32,
    /// Whether its letters are bold.
    pub(super) bold: bool,
    /// Whether lines run downwards.
    pub(super) vertical: bool,
}

/// How strings are cut into codes.
#[derive(Clone, Debug)]
enum Coding {
    OneByte,
    TwoBytes,
    /// By the code space of a CMap, whose glyph numbers the widths go by.
    Mapped(Box<CMap>),
}

/// One code of a string.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    /// The code.
    pub(super) code: u32,
    /// How many bytes it took.
    pub(super) length: u8,
    /// How far it moves, in units of [`Font::unit`].
    pub(super) width: f32,
}

/// Bytes that a font program may unpack to; whatever is behind them holds outlines.
const FONT_BYTES: usize = 8 << 20;

impl Font {
    /// Reads the font that `dict` describes.
    pub(super) fn read(doc: &Objects<'_>, dict: &Dictionary) -> Font {
        let mut font = match object::name(doc, dict, b"Subtype") {
            Some(b"Type0") => composite(doc, dict).unwrap_or_else(|| simple(doc, dict)),
            _ => simple(doc, dict),
        };
        // Settled here, that no glyph has to ask.
        for width in font.widths.iter_mut().filter(|width| width.is_nan()) {
            *width = font.default_width;
        }
        font
    }

    /// The font that stands in where a page names one that is not there.
    pub(super) fn missing() -> Font {
        static MISSING: LazyLock<Font> =
            LazyLock::new(|| Font::read(&Objects::none(), &Dictionary::new()));
        MISSING.clone()
    }

    /// The code at the start of `bytes`; nothing when they are used up.
    #[inline]
    pub(super) fn next(&self, bytes: &[u8]) -> Option<Code> {
        let &first = bytes.first()?;
        let (code, length, index) = match &self.coding {
            Coding::OneByte => (u32::from(first), 1, u32::from(first)),
            Coding::TwoBytes => match bytes.get(1) {
                Some(&second) => {
                    let code = u32::from(first) << 8 | u32::from(second);
                    (code, 2, code)
                }
                None => (u32::from(first), 1, u32::from(first)),
            },
            Coding::Mapped(map) => {
                let (code, length) = cut(map, bytes);
                (code, length, map.cid(code).unwrap_or(0))
            }
        };
        let width = self
            .widths
            .get(index as usize)
            .copied()
            .unwrap_or(self.default_width);
        Some(Code {
            code,
            length,
            width,
        })
    }

    /// How far the code of each byte moves, where a byte is a code.
    #[inline]
    pub(super) fn widths_of_bytes(&self) -> Option<&[f32; 256]> {
        match self.coding {
            Coding::OneByte => self.widths.first_chunk(),
            _ => None,
        }
    }

    /// Writes the text of `code`; says what there is.
    #[inline]
    pub(super) fn write(&self, code: u32, out: &mut String) -> Written {
        self.text.write(code, out)
    }
}

/// The code at the start of `bytes` in a CMap's code space.
fn cut(map: &CMap, bytes: &[u8]) -> (u32, u8) {
    let mut code = 0;
    for (&byte, length) in bytes.iter().zip(1u8..=4) {
        code = code << 8 | u32::from(byte);
        let fits = |&(bytes, low, high): &(u8, u32, u32)| {
            bytes == length
                && (0..length).all(|at| {
                    let part = |value: u32| value >> (8 * at) & 0xFF;
                    (part(low)..=part(high)).contains(&part(code))
                })
        };
        if map.spaces.iter().any(fits) {
            return (code, length);
        }
    }
    let shortest = map.spaces.iter().map(|space| space.0).min().unwrap_or(2);
    let length = usize::from(shortest.clamp(1, 4)).min(bytes.len());
    let code = bytes[..length]
        .iter()
        .fold(0, |value, &byte| value << 8 | u32::from(byte));
    (code, length as u8)
}

/// A font of one-byte codes: Type 1, TrueType, Type 3.
fn simple(doc: &Objects<'_>, dict: &Dictionary) -> Font {
    let subtype = object::name(doc, dict, b"Subtype").unwrap_or_default();
    let type3 = subtype == b"Type3";
    let descriptor = object::dict(doc, dict, b"FontDescriptor");
    let name = base_name(object::name(doc, dict, b"BaseFont").unwrap_or_default());
    let flags = descriptor
        .and_then(|d| object::int(doc, d, b"Flags"))
        .unwrap_or(0);
    let unicode = to_unicode(doc, dict).filter(|map| !map.text.is_empty());
    let embedded = descriptor.is_some_and(is_embedded);

    let mut names: Vec<Option<Cow<'_, [u8]>>> = vec![None; 256];
    // What the names of the encoding that the font begins with stand for, so that none is looked up.
    let mut plain: [Option<char>; 256] = [None; 256];
    let encoding = object::get(doc, dict, b"Encoding");
    let base = match encoding {
        Some(Object::Name(name)) => Base::named(name),
        Some(Object::Dictionary(encoding)) => {
            object::name(doc, encoding, b"BaseEncoding").and_then(Base::named)
        }
        _ => None,
    };
    let lower = name.to_ascii_lowercase();
    let ornaments = ["dingbats", "symbol", "webdings"]
        .iter()
        .any(|kind| lower.contains(kind))
        || lower.starts_with("wingdings");
    // A writer that made pictures of letters and numbered them (`a1`, `a2`) may take its numbers for the names of ornaments.
    let numbered_as_ornaments = type3
        && !ornaments
        && unicode
            .as_ref()
            .is_some_and(|map| map.text.is_of_ornaments());
    let base = base.or_else(|| {
        if lower.starts_with("symbol") {
            Some(Base::Symbol)
        } else if embedded || type3 || lower.contains("dingbats") {
            None
        } else if subtype == b"TrueType" {
            Some(Base::WinAnsi)
        } else {
            Some(Base::Standard)
        }
    });
    if let Some(base) = base {
        for code in 0..=255u8 {
            let name = base.glyph_name(code);
            if !name.is_empty() {
                names[usize::from(code)] = Some(Cow::Borrowed(name.as_bytes()));
                plain[usize::from(code)] = base.char(code);
            }
        }
    }
    let mut differences = Vec::new();
    if let Some(Object::Dictionary(encoding)) = encoding {
        let mut code = 0i64;
        for item in object::array(doc, encoding, b"Differences").unwrap_or_default() {
            match object::resolve(doc, item) {
                Some(Object::Name(name)) => {
                    if let Ok(at) = u8::try_from(code) {
                        names[usize::from(at)] = Some(Cow::Borrowed(name));
                        plain[usize::from(at)] = None;
                        differences.push((at, name.as_slice()));
                    }
                    code = code.saturating_add(1);
                }
                Some(other) => code = object::number(other).map_or(code, |value| value as i64),
                None => {}
            }
        }
    }
    // A font of letters that says its encoding, whatever private characters its map has for the codes.
    let is_of_text = base.is_some() && encoding.is_some() && !ornaments && flags & 4 == 0;
    // Names that only number their codes mean something when all do. A font that goes beyond 127 is one of letters with
    // their accents.
    let numbered = numbering(&differences).filter(|_| !lower.contains("dingbats"));
    // Where it has no such letter, its ligatures tell: they lie where OT1 has æ, œ and ø, and OT1's where T1 has accents.
    let has = |codes: RangeInclusive<u8>| {
        differences
            .iter()
            .any(|(code, name)| codes.contains(code) && *name != b".notdef")
    };
    let accented = has(128..=255) || has(27..=30) && !has(11..=15);

    let said = |code: u8, name: Option<&[u8]>| {
        let found = unicode
            .as_ref()
            .filter(|map| !(is_of_text && is_its_code(&map.text, code)))
            .and_then(|map| known_of(&map.text, u32::from(code)));
        found.or_else(|| match (numbered, name?) {
            (Some(_), b".notdef") => None,
            (Some(Numbering::Tex), _) => encoding::tex(code, accented),
            (Some(Numbering::Ansi), _) => {
                encoding::glyph(Base::WinAnsi.glyph_name(code).as_bytes())
            }
            (None, name) => plain[usize::from(code)]
                .map(String::from)
                .or_else(|| encoding::glyph(name)),
        })
    };
    // Nearly every code has one letter, which needs no settling: it is found without writing anything.
    let letter = |code: u8, named: bool| {
        match unicode.as_ref().filter(|map| map.text.has(code.into())) {
            Some(map) => map.text.char(code.into()),
            None => plain[usize::from(code)].filter(|_| named && numbered.is_none()),
        }
        .filter(|&char| letters::stands(char))
    };
    // A font with a map and an encoding has told all that its program could tell, and so has one whose map or encoding has
    // all its codes (what has a map may have no glyph at 0). Of ornaments the program is asked always: their names tell little.
    let told = unicode.is_some() && object::raw(dict, b"Encoding").is_some()
        || !ornaments
            && codes(doc, dict).is_some_and(|codes| {
                let from = u8::from(unicode.is_some());
                let tells = |code: u8| {
                    let name = names[usize::from(code)].as_deref();
                    letter(code, name.is_some()).is_some() || said(code, name).is_some()
                };
                codes.filter(|code| *code >= from).all(tells)
            });
    let program = descriptor.filter(|_| !told).and_then(|d| program(doc, d));
    let mut glyphs: &[(u16, String)] = &[];
    if let Some(program) = &program {
        for (code, name) in &program.names {
            names[usize::from(*code)].get_or_insert(Cow::Borrowed(name.as_bytes()));
        }
        glyphs = &program.glyphs;
    }

    let mut text = TextTable::default();
    for code in 0..=255u8 {
        let at = usize::from(code);
        if let Some(char) = letter(code, names[at].is_some()) {
            text.set_char(code.into(), char);
            continue;
        }
        let mut found = said(code, names[at].as_deref());
        if found.is_none()
            && let Some(program) = &program
            && let Ok(entry) = program.codes.binary_search_by_key(&code, |(code, _)| *code)
        {
            let gid = program.codes[entry].1;
            found = glyphs
                .binary_search_by_key(&gid, |(gid, _)| *gid)
                .ok()
                .map(|at| glyphs[at].1.clone())
                .or_else(|| {
                    keeps_known_order(&name, program.count)
                        .then(|| fontfile::truetype::mac_order(gid))
                        .flatten()
                });
        }
        // What a font of ornaments draws and does not name is a bullet, whatever its form.
        if found.is_none() && ornaments && (names[at].is_none() || embedded) {
            found = Some("•".to_owned());
        }
        if let Some(found) = found {
            let mut chars = found.chars();
            match (chars.next(), chars.next()) {
                (Some(char), None) if letters::stands(char) => text.set_char(code.into(), char),
                _ => text.set(code.into(), &letters::of_glyph(&found)),
            }
        }
    }

    if numbered_as_ornaments {
        text = TextTable::default();
    }

    let standard = Standard::like(&name, flags & 1 != 0, flags & 2 != 0);
    let mut widths: Vec<f32> = vec![f32::NAN; 256];
    if let Some(list) = object::array(doc, dict, b"Widths") {
        let first = object::int(doc, dict, b"FirstChar")
            .unwrap_or(0)
            .clamp(0, 255) as usize;
        for (slot, width) in widths[first..].iter_mut().zip(list) {
            *slot = object::resolve(doc, width)
                .and_then(object::number)
                .unwrap_or(f32::NAN);
        }
    } else {
        for (slot, name) in widths.iter_mut().zip(&names) {
            if let Some(width) = name
                .as_deref()
                .and_then(|name| std::str::from_utf8(name).ok())
                .and_then(|name| standard.width(name))
            {
                *slot = width;
            }
        }
    }
    let mut font = Font {
        text,
        widths,
        default_width: descriptor
            .and_then(|d| object::float(doc, d, b"MissingWidth"))
            .unwrap_or(
                if type3 || standard == Standard::Proportional(widths::SYMBOL) {
                    0.0
                } else {
                    500.0
                },
            ),
        coding: Coding::OneByte,
        unit: 0.001,
        em: 1.0,
        bold: is_bold(doc, &name, descriptor),
        vertical: false,
    };
    if type3 {
        let matrix: [f32; 6] =
            object::numbers(doc, dict, b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        font.unit = if matrix[0] != 0.0 {
            matrix[0].abs()
        } else {
            matrix[1].abs()
        };
        let bbox: [f32; 4] = object::numbers(doc, dict, b"FontBBox").unwrap_or_default();
        let height = (bbox[3] - bbox[1]).abs() * matrix[3].abs().max(matrix[2].abs());
        // Letters are half as wide as the font is large. Some writers give no box, or one of no meaning.
        let by_width = 2.0 * mean(&font.widths) * font.unit;
        font.em = if by_width > 0.0 && !(0.3..3.0).contains(&(height / by_width)) {
            by_width
        } else if height > 0.0 {
            height
        } else {
            font.unit * 1000.0
        };
    }
    font
}

/// The codes that a simple font has widths for; nothing when it does not say.
fn codes<'a>(doc: &'a Objects<'a>, dict: &'a Dictionary) -> Option<impl Iterator<Item = u8> + 'a> {
    let bound = |key: &[u8]| u8::try_from(object::int(doc, dict, key)?).ok();
    let (first, last) = (bound(b"FirstChar")?, bound(b"LastChar")?);
    let widths = object::array(doc, dict, b"Widths")?;
    let is_used = move |code: u8| {
        widths
            .get(usize::from(code - first))
            .and_then(|width| object::resolve(doc, width).and_then(object::number))
            .is_none_or(|width| width != 0.0)
    };
    Some((first..=last).filter(move |code| is_used(*code)))
}

/// The mean of the widths that are some; 0 when none is.
fn mean(widths: &[f32]) -> f32 {
    let some = || widths.iter().filter(|width| **width > 0.0);
    let number = some().count();
    if number == 0 {
        return 0.0;
    }
    some().sum::<f32>() / number as f32
}

/// A composite font, of codes of any length.
fn composite(doc: &Objects<'_>, dict: &Dictionary) -> Option<Font> {
    let descendant = object::array(doc, dict, b"DescendantFonts")
        .and_then(|list| object::resolve(doc, list.first()?))
        .or_else(|| object::get(doc, dict, b"DescendantFonts"))
        .and_then(object::as_dict)?;
    let descriptor = object::dict(doc, descendant, b"FontDescriptor");
    let name = base_name(
        object::name(doc, descendant, b"BaseFont")
            .or_else(|| object::name(doc, dict, b"BaseFont"))
            .unwrap_or_default(),
    );
    let mut vertical = false;
    let mut unicode_codes = false;
    let mut coding = Coding::TwoBytes;
    match object::get(doc, dict, b"Encoding") {
        Some(Object::Name(encoding)) => {
            vertical = encoding.ends_with(b"-V") || encoding == b"V";
            unicode_codes = encoding.windows(4).any(|part| part == b"UCS2")
                || encoding.windows(5).any(|part| part == b"UTF16");
        }
        Some(Object::Stream(stream)) => {
            let map = cmap::read(&stream::unpack(doc, stream, FONT_BYTES).bytes);
            vertical = object::int(doc, &stream.dict, b"WMode") == Some(1);
            let identity = map.cids.is_empty();
            if !(identity && map.spaces.iter().all(|space| space.0 == 2)) {
                coding = Coding::Mapped(Box::new(map));
            }
        }
        _ => {}
    }
    let mut text = TextTable::default();
    if let Some(unicode) = to_unicode(doc, dict) {
        text = unicode.text;
        text.settle(letters::stands, |text| {
            Some(letters::of_glyph(&known(text)?))
        });
    }
    let program = descriptor
        .filter(|_| text.is_empty())
        .and_then(|d| program(doc, d));
    if text.is_empty() {
        if unicode_codes {
            for code in 0x20..0xD800u32 {
                text.set_char(code, char::from_u32(code).unwrap_or(' '));
            }
        } else {
            from_program(doc, descendant, &name, program.as_ref(), &coding, &mut text);
        }
    }
    Some(Font {
        text,
        widths: cid_widths(doc, descendant),
        default_width: object::float(doc, descendant, b"DW").unwrap_or(1000.0),
        coding,
        unit: 0.001,
        em: 1.0,
        bold: is_bold(doc, &name, descriptor),
        vertical,
    })
}

/// Fills `text` from the names and characters that the embedded program knows.
fn from_program(
    doc: &Objects<'_>,
    descendant: &Dictionary,
    name: &str,
    program: Option<&FontFile>,
    coding: &Coding,
    text: &mut TextTable,
) {
    let to_gid: Option<Vec<u8>> = object::stream(doc, descendant, b"CIDToGIDMap")
        .map(|stream| stream::unpack(doc, stream, 1 << 18).bytes);
    let glyphs = program.map_or(&[][..], |program| program.glyphs.as_slice());
    let in_known_order = keeps_known_order(name, program.map_or(0, |program| program.count));
    // No glyph behind this one can be told, and a font may have room for many.
    let last = glyphs
        .last()
        .map(|(gid, _)| *gid)
        .max(in_known_order.then_some(fontfile::truetype::MAC_ORDER - 1));
    let Some(last) = last else { return };
    for cid in 0..=0xFFFFu32 {
        let gid = match &to_gid {
            Some(map) => match map.get(cid as usize * 2..cid as usize * 2 + 2) {
                Some(pair) => u16::from_be_bytes([pair[0], pair[1]]),
                None => break,
            },
            None if cid > last.into() => break,
            None => cid as u16,
        };
        if gid == 0 || gid > last {
            continue;
        }
        let found = match glyphs.binary_search_by_key(&gid, |(gid, _)| *gid) {
            Ok(at) => Some(glyphs[at].1.clone()),
            Err(_) if in_known_order => fontfile::truetype::mac_order(gid),
            Err(_) => None,
        };
        let Some(found) = found else { continue };
        let code = match coding {
            Coding::Mapped(map) => map
                .cids
                .iter()
                .find(|(first, last, base)| {
                    cid.checked_sub(*base)
                        .is_some_and(|step| step <= last.saturating_sub(*first))
                })
                .map(|(first, _, base)| first + (cid - base)),
            _ => Some(cid),
        };
        if let Some(code) = code {
            text.set(code, &letters::of_glyph(&found));
        }
    }
}

/// The text of a glyph if it says something: neither a control character nor an unknown private one.
fn known(text: &str) -> Option<Cow<'_, str>> {
    let private = |char: char| ('\u{e000}'..='\u{f8ff}').contains(&char);
    if text
        .chars()
        .all(|char| char.is_control() && !char.is_whitespace())
    {
        return None;
    }
    if text.chars().all(private) {
        let meant = text.chars().next().and_then(encoding::private_use)?;
        return Some(Cow::Owned(String::from(meant)));
    }
    Some(Cow::Borrowed(text))
}

/// Whether a table has nothing for `code` but the code itself, in the private area that fonts of symbols use.
fn is_its_code(table: &TextTable, code: u8) -> bool {
    let mut text = String::new();
    table.write(code.into(), &mut text);
    text.chars().eq(char::from_u32(0xF000 + u32::from(code)))
}

/// The same of what a table says of `code`.
fn known_of(table: &TextTable, code: u32) -> Option<String> {
    let mut text = String::new();
    if table.write(code, &mut text) == Written::Nothing {
        return None;
    }
    let other = match known(&text)? {
        Cow::Owned(other) => Some(other),
        Cow::Borrowed(_) => None,
    };
    Some(other.unwrap_or(text))
}

fn to_unicode(doc: &Objects<'_>, dict: &Dictionary) -> Option<CMap> {
    let stream: &Stream = object::stream(doc, dict, b"ToUnicode")?;
    Some(cmap::read(&stream::unpack(doc, stream, FONT_BYTES).bytes))
}

fn program(doc: &Objects<'_>, descriptor: &Dictionary) -> Option<FontFile> {
    [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
        .iter()
        .find_map(|key| object::stream(doc, descriptor, key))
        .map(|stream| fontfile::read(&stream::unpack(doc, stream, FONT_BYTES).bytes))
}

fn is_embedded(descriptor: &Dictionary) -> bool {
    descriptor.has(b"FontFile") || descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3")
}

/// A font's name without the tag of its subset.
fn base_name(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 => rest.to_owned(),
        _ => name.into_owned(),
    }
}

fn is_bold(doc: &Objects<'_>, name: &str, descriptor: Option<&Dictionary>) -> bool {
    let lower = name.to_ascii_lowercase();
    ["bold", "black", "heavy", "demi"]
        .iter()
        .any(|word| lower.contains(word))
        || descriptor.is_some_and(|d| {
            object::int(doc, d, b"Flags").unwrap_or(0) & (1 << 18) != 0
                || object::float(doc, d, b"FontWeight").unwrap_or(0.0) >= 600.0
        })
}

/// The widths of a composite font by glyph number.
fn cid_widths(doc: &Objects<'_>, descendant: &Dictionary) -> Vec<f32> {
    let mut widths: Vec<f32> = Vec::new();
    let mut set = |cid: usize, width: f32| {
        if cid <= 0xFFFF {
            if cid >= widths.len() {
                widths.resize(cid + 1, f32::NAN);
            }
            widths[cid] = width;
        }
    };
    let list = object::array(doc, descendant, b"W").unwrap_or_default();
    let mut at = 0;
    let number = |at: usize| object::resolve(doc, list.get(at)?).and_then(object::number);
    while at < list.len() {
        let Some(first) = number(at) else {
            at += 1;
            continue;
        };
        let first = first.clamp(0.0, 70_000.0) as usize;
        match list.get(at + 1).and_then(|item| object::resolve(doc, item)) {
            Some(Object::Array(each)) => {
                for (step, width) in each.iter().enumerate().take(0x1_0000) {
                    if let Some(width) = object::resolve(doc, width).and_then(object::number) {
                        set(first + step, width);
                    }
                }
                at += 2;
            }
            Some(_) => {
                let (Some(last), Some(width)) = (number(at + 1), number(at + 2)) else {
                    break;
                };
                for cid in first..=(last.clamp(0.0, 65_535.0) as usize) {
                    set(cid, width);
                }
                at += 3;
            }
            None => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_have_a_mean() {
        assert_eq!(mean(&[0.0, 2.0, 4.0]), 3.0);
        assert_eq!(mean(&[f32::NAN]), 0.0);
    }
}
