//! A stream object → its bytes, unpacked under a ceiling.
//!
//! lopdf can unpack streams too, but drops what came before a fault; here the part that could be read is kept, and the
//! caller is told that it is a part.

use std::cell::RefCell;

use lopdf::{Dictionary, Object, Stream};

use super::object;
use super::objects::Objects;

/// What came out of a stream.
pub(super) struct Unpacked {
    /// The bytes, as far as they could be had.
    pub(super) bytes: Vec<u8>,
    /// What went wrong on the way, if anything did.
    pub(super) fault: Option<Fault>,
}

/// Why a stream is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It unpacks to more than the ceiling.
    TooLarge,
    /// The packed data are damaged from some byte on.
    Damaged,
    /// A filter for pictures, or one that nobody knows.
    Unknown,
}

/// More filters than this on one stream are an attack, not a document.
const MOST_FILTERS: usize = 8;

/// Unpacks `stream` to at most `limit` bytes.
pub(super) fn unpack(doc: &Objects<'_>, stream: &Stream, limit: usize) -> Unpacked {
    unpack_in(doc, stream, limit, Vec::new())
}

/// The same, in the room of bytes that nobody needs any more.
pub(super) fn unpack_in(
    doc: &Objects<'_>,
    stream: &Stream,
    limit: usize,
    mut room: Vec<u8>,
) -> Unpacked {
    let filters = filters(doc, &stream.dict);
    if filters.is_empty() {
        let (bytes, fault) = copy(&stream.content, limit);
        return Unpacked { bytes, fault };
    }
    if filters.len() > MOST_FILTERS {
        return Unpacked {
            bytes: Vec::new(),
            fault: Some(Fault::Unknown),
        };
    }
    let mut fault = None;
    let mut held: Option<Vec<u8>> = None;
    for (name, parms) in filters {
        let packed: &[u8] = held.as_deref().unwrap_or(&stream.content);
        let (mut out, trouble) = match name {
            b"FlateDecode" | b"Fl" => inflate(packed, limit, std::mem::take(&mut room)),
            b"LZWDecode" | b"LZW" => {
                let early = parms.and_then(|p| object::int(doc, p, b"EarlyChange")) != Some(0);
                lzw(packed, limit, early)
            }
            b"ASCIIHexDecode" | b"AHx" => (ascii_hex(packed), None),
            b"ASCII85Decode" | b"A85" => (ascii_85(packed), None),
            b"RunLengthDecode" | b"RL" => run_length(packed, limit),
            b"Crypt" => copy(packed, limit),
            _ => (Vec::new(), Some(Fault::Unknown)),
        };
        if let Some(parms) = parms
            && matches!(name, b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW")
        {
            out = unpredict(doc, parms, out);
        }
        fault = fault.or(trouble);
        held = Some(out);
    }
    Unpacked {
        bytes: held.unwrap_or_default(),
        fault,
    }
}

/// The filters of a stream in the order they are undone, each with its parameters.
fn filters<'a>(
    doc: &'a Objects<'a>,
    dict: &'a Dictionary,
) -> Vec<(&'a [u8], Option<&'a Dictionary>)> {
    let entry = |long: &[u8], short: &[u8]| {
        object::get(doc, dict, long).or_else(|| object::get(doc, dict, short))
    };
    let Some(filter) = entry(b"Filter", b"F") else {
        return Vec::new();
    };
    let parms = entry(b"DecodeParms", b"DP");
    match filter {
        Object::Name(name) => {
            let parms = match parms {
                Some(Object::Array(list)) => list.first().and_then(|p| object::resolve(doc, p)),
                other => other,
            };
            vec![(name.as_slice(), parms.and_then(object::as_dict))]
        }
        Object::Array(names) => names
            .iter()
            .take(MOST_FILTERS + 1)
            .enumerate()
            .filter_map(|(at, name)| {
                let Some(Object::Name(name)) = object::resolve(doc, name) else {
                    return None;
                };
                let parms = match parms {
                    Some(Object::Array(list)) => list
                        .get(at)
                        .and_then(|p| object::resolve(doc, p))
                        .and_then(object::as_dict),
                    Some(Object::Dictionary(dict)) if at == 0 => Some(dict),
                    _ => None,
                };
                Some((name.as_slice(), parms))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn copy(packed: &[u8], limit: usize) -> (Vec<u8>, Option<Fault>) {
    if packed.len() > limit {
        (packed[..limit].to_vec(), Some(Fault::TooLarge))
    } else {
        (packed.to_vec(), None)
    }
}

/// Undoes deflate, in a zlib wrapping or bare; the bytes are written in `room`.
fn inflate(packed: &[u8], limit: usize, room: Vec<u8>) -> (Vec<u8>, Option<Fault>) {
    // Some writers leave a line end between `stream` and the data.
    let start = packed
        .iter()
        .position(|byte| !matches!(byte, b'\r' | b'\n'))
        .unwrap_or(0);
    let (bytes, fault) = inflate_as(&packed[start..], limit, true, room);
    if bytes.is_empty() && fault == Some(Fault::Damaged) {
        // A damaged header need not keep us from the data behind it.
        let rest = packed.get(start + 2..).unwrap_or_default();
        let bare = inflate_as(rest, limit, false, Vec::new());
        if !bare.0.is_empty() {
            return (bare.0, fault);
        }
    }
    (bytes, fault)
}

thread_local! {
    /// The inflater of this thread: making one clears more memory than most streams fill.
    static INFLATER: RefCell<flate2::Decompress> = RefCell::new(flate2::Decompress::new(true));
}

fn inflate_as(
    packed: &[u8],
    limit: usize,
    wrapped: bool,
    mut out: Vec<u8>,
) -> (Vec<u8>, Option<Fault>) {
    out.clear();
    out.reserve(packed.len().saturating_mul(4).clamp(1024, limit.max(1024)));
    let fault = INFLATER.with_borrow_mut(|inflater| {
        inflater.reset(wrapped);
        inflate_with(inflater, packed, limit, &mut out)
    });
    (out, fault)
}

fn inflate_with(
    inflater: &mut flate2::Decompress,
    packed: &[u8],
    limit: usize,
    out: &mut Vec<u8>,
) -> Option<Fault> {
    loop {
        let before = (inflater.total_in(), inflater.total_out());
        let rest = packed.get(before.0 as usize..).unwrap_or_default();
        let status = inflater.decompress_vec(rest, out, flate2::FlushDecompress::None);
        if out.len() > limit {
            out.truncate(limit);
            return Some(Fault::TooLarge);
        }
        match status {
            Ok(flate2::Status::StreamEnd) => return None,
            Err(_) => return Some(Fault::Damaged),
            Ok(_) => {}
        }
        if out.len() == out.capacity() {
            if out.len() >= limit {
                return Some(Fault::TooLarge);
            }
            out.reserve(out.len().clamp(4096, 16 << 20));
        } else if before == (inflater.total_in(), inflater.total_out()) {
            // Neither read nor written: the data end before their end mark.
            return Some(Fault::Damaged);
        }
    }
}

/// Undoes PDF's LZW: codes of 9 to 12 bits, most significant bit first.
fn lzw(packed: &[u8], limit: usize, early: bool) -> (Vec<u8>, Option<Fault>) {
    const CLEAR: usize = 256;
    const END: usize = 257;
    // Each entry: where its bytes stand in `out`, and how many they are.
    let mut table: Vec<(usize, usize)> = Vec::with_capacity(4096);
    let mut out: Vec<u8> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut held, mut width) = (0u32, 0u32, 9u32);
    for &byte in packed {
        bits = (bits << 8) | u32::from(byte);
        held += 8;
        if held < width {
            continue;
        }
        held -= width;
        let code = ((bits >> held) & ((1 << width) - 1)) as usize;
        bits &= (1 << held) - 1;
        match code {
            CLEAR => {
                table.clear();
                previous = None;
                width = 9;
                continue;
            }
            END => return (out, None),
            _ => {}
        }
        let start = out.len();
        let length = if code < 256 {
            out.push(code as u8);
            1
        } else if let Some(&(at, length)) = table.get(code - 258) {
            out.extend_from_within(at..at + length);
            length
        } else if let Some((at, length)) = previous.filter(|_| code - 258 == table.len()) {
            out.extend_from_within(at..at + length);
            out.push(out[at]);
            length + 1
        } else {
            return (out, Some(Fault::Damaged));
        };
        if out.len() > limit {
            out.truncate(limit);
            return (out, Some(Fault::TooLarge));
        }
        if let Some((at, length)) = previous
            && table.len() < 4096 - 258
        {
            // What was written before, and the first byte of this, stand side by side in `out`.
            table.push((at, length + 1));
        }
        previous = Some((start, length));
        width = match table.len() + 258 + usize::from(early) {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    (out, None)
}

fn ascii_hex(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(packed.len() / 2);
    let mut high = None;
    for &byte in packed {
        if byte == b'>' {
            break;
        }
        let Some(digit) = (byte as char).to_digit(16).map(|digit| digit as u8) else {
            continue;
        };
        match high.take() {
            None => high = Some(digit),
            Some(high) => out.push(high << 4 | digit),
        }
    }
    out.extend(high.map(|high| high << 4));
    out
}

fn ascii_85(packed: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(packed.len() / 5 * 4);
    let mut group = [0u8; 5];
    let mut held = 0;
    let mut rest = packed;
    while let Some((&byte, behind)) = rest.split_first() {
        // Nearly all of it is whole groups.
        if held == 0
            && let Some((&five, behind)) = rest.split_first_chunk::<5>()
            && five.iter().all(|byte| (b'!'..=b'u').contains(byte))
        {
            out.extend(base_85(five.map(|byte| byte - b'!')));
            rest = behind;
            continue;
        }
        rest = behind;
        match byte {
            b'~' => break,
            b'z' if held == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group[held] = byte - b'!';
                held += 1;
                if held == 5 {
                    out.extend(base_85(group));
                    held = 0;
                }
            }
            _ => {}
        }
    }
    if held > 1 {
        group[held..].fill(84);
        out.extend_from_slice(&base_85(group)[..held - 1]);
    }
    out
}

fn base_85(group: [u8; 5]) -> [u8; 4] {
    group
        .iter()
        .fold(0u32, |value, &digit| {
            value.wrapping_mul(85).wrapping_add(u32::from(digit))
        })
        .to_be_bytes()
}

fn run_length(packed: &[u8], limit: usize) -> (Vec<u8>, Option<Fault>) {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = packed.get(at) {
        at += 1;
        match length {
            128 => break,
            0..128 => {
                let end = (at + usize::from(length) + 1).min(packed.len());
                out.extend_from_slice(&packed[at..end]);
                at = end;
            }
            _ => {
                let Some(&byte) = packed.get(at) else { break };
                out.resize(out.len() + 257 - usize::from(length), byte);
                at += 1;
            }
        }
        if out.len() > limit {
            out.truncate(limit);
            return (out, Some(Fault::TooLarge));
        }
    }
    (out, None)
}

/// Undoes the PNG predictors (TIFF's is for pictures only).
fn unpredict(doc: &Objects<'_>, parms: &Dictionary, data: Vec<u8>) -> Vec<u8> {
    if object::int(doc, parms, b"Predictor").unwrap_or(1) < 10 {
        return data;
    }
    let entry = |key: &[u8], default: i64| {
        object::int(doc, parms, key)
            .unwrap_or(default)
            .clamp(1, 1 << 16) as usize
    };
    let (colors, bits, columns) = (
        entry(b"Colors", 1).min(32),
        entry(b"BitsPerComponent", 8).min(16),
        entry(b"Columns", 1),
    );
    let pixel = (colors * bits).div_ceil(8);
    let row = (colors * bits * columns).div_ceil(8);
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0u8; row];
    let mut now = vec![0u8; row];
    for line in data.chunks(row + 1) {
        let (kind, bytes) = (line[0], &line[1..]);
        now.fill(0);
        now[..bytes.len()].copy_from_slice(bytes);
        for i in 0..bytes.len() {
            let left = if i >= pixel { now[i - pixel] } else { 0 };
            let corner = if i >= pixel { above[i - pixel] } else { 0 };
            let add = match kind {
                1 => left,
                2 => above[i],
                3 => ((u16::from(left) + u16::from(above[i])) / 2) as u8,
                4 => paeth(left, above[i], corner),
                _ => 0,
            };
            now[i] = now[i].wrapping_add(add);
        }
        out.extend_from_slice(&now[..bytes.len()]);
        std::mem::swap(&mut above, &mut now);
    }
    out
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |value: u8| (guess - i16::from(value)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_five_are_read_wherever_lines_end() {
        let whole = b"87cURD]i,\"z87cUR";
        let plain = b"Hello Wo\0\0\0\0Hell";
        assert_eq!(ascii_85(whole), plain);
        for at in 0..=whole.len() {
            let mut cut = whole.to_vec();
            cut.splice(at..at, *b"\r\n");
            cut.extend(b"~>87cUR");
            assert_eq!(ascii_85(&cut), plain, "{at}");
        }
        // What is left over of a group, and what is no digit.
        assert_eq!(ascii_85(b"87cURDZ~>"), b"Hello");
        assert_eq!(ascii_85(b"87\xffcUR"), b"Hell");
    }
}
