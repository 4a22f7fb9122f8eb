//! A sound file's bytes → its objects, each read when it is first asked for.
//!
//! lopdf reads every object of a file before the first page can be; a tagged file has ten times as many as its text needs,
//! and reading them took a third of the time. Here the cross-reference table is read and the rest waits. Only sound files
//! are taken: what is locked, or has one entry of its table that leads to something else, is for lopdf, and so is a file in
//! which anything odd is met later ([`Direct::is_doubtful`]).
//!
//! Source: ISO 32000-2, 7.5.4 (tables), 7.5.6 (updates: the newest entry of a number counts), 7.5.7 (object streams),
//! 7.5.8 (cross-reference streams and hybrid files).

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::super::{object, stream};
use super::Objects;
use super::values::{self, Found};

/// Numbers of objects, and entries of all tables.
const MOST: usize = 2_000_000;
/// Tables of one file: one, and one an update.
const MOST_TABLES: usize = 1_000;

/// Where an object stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// No table speaks of it.
    #[default]
    Unknown,
    /// It was deleted.
    Free,
    /// In the file.
    At { at: usize, generation: u16 },
    /// In an object stream.
    Packed { pack: u32, index: u32 },
}

/// An object stream: the stream, and what it holds once it is unpacked.
struct Pack {
    stream: Stream,
    content: OnceLock<Content>,
}

/// What an object stream holds.
struct Content {
    bytes: Vec<u8>,
    /// Number and place of each object.
    index: Vec<(u32, usize)>,
}

/// A file whose objects are read when they are asked for.
pub(in super::super) struct Direct<'f> {
    bytes: &'f [u8],
    places: Vec<Place>,
    objects: Vec<OnceLock<Option<Box<Object>>>>,
    packs: BTreeMap<u32, Pack>,
    stream_bytes: usize,
    doubtful: AtomicBool,
    /// The newest trailer.
    pub(super) trailer: Dictionary,
}

impl<'f> Direct<'f> {
    /// Opens a file; `None` for one that is not sound through and through, or is locked. A stream may unpack to
    /// `stream_bytes`.
    pub(in super::super) fn open(bytes: &'f [u8], stream_bytes: usize) -> Option<Direct<'f>> {
        if !bytes.starts_with(b"%PDF-") {
            return None;
        }
        let mut tables = Tables {
            bytes,
            stream_bytes,
            places: Vec::new(),
            freed: Vec::new(),
            trailer: None,
            entries: 0,
        };
        tables.follow(last_table(bytes)?)?;
        let Tables {
            places, trailer, ..
        } = tables;
        let trailer = trailer?;
        if trailer.has(b"Encrypt") || !trailer.has(b"Root") {
            return None;
        }
        let mut direct = Direct {
            bytes,
            objects: places.iter().map(|_| OnceLock::new()).collect(),
            places,
            packs: BTreeMap::new(),
            stream_bytes,
            doubtful: AtomicBool::new(false),
            trailer,
        };
        direct.check()?;
        Some(direct)
    }

    /// Whether something odd was met.
    pub(super) fn is_doubtful(&self) -> bool {
        self.doubtful.load(Ordering::Relaxed)
    }

    /// Where the object that is called `id` stands, if there is one.
    fn place(&self, id: ObjectId) -> Option<Place> {
        let place = *self.places.get(id.0 as usize)?;
        let generation = match place {
            Place::At { generation, .. } => generation,
            Place::Packed { .. } => 0,
            Place::Free | Place::Unknown => return None,
        };
        (generation == id.1).then_some(place)
    }

    /// The bytes from the object that is called `id` on.
    pub(super) fn bytes(&self, id: ObjectId) -> Option<&[u8]> {
        let (bytes, at) = self.stand(id.0, self.place(id)?)?;
        bytes.get(at..)
    }

    /// The bytes that an object stands in, and where.
    fn stand(&self, number: u32, place: Place) -> Option<(&[u8], usize)> {
        match place {
            Place::At { at, .. } => Some((self.bytes, header(self.bytes, at, number)?.0)),
            Place::Packed { pack, index } => {
                let content = self.packs.get(&pack)?.content(self.stream_bytes);
                let &(found, at) = content.index.get(index as usize)?;
                (found == number).then_some((content.bytes.as_slice(), at))
            }
            Place::Free | Place::Unknown => None,
        }
    }

    /// The object that is called `id`.
    pub(super) fn get(&self, id: ObjectId) -> Option<&Object> {
        let place = self.place(id)?;
        self.objects[id.0 as usize]
            .get_or_init(|| {
                let found = self.read(id.0, place);
                if found.as_ref().is_none_or(|found| found.odd) {
                    self.doubtful.store(true, Ordering::Relaxed);
                }
                found.map(|found| Box::new(found.object))
            })
            .as_deref()
    }

    /// Reads an object where it stands. It asks for no other object but the length of a stream, which is a number: so no
    /// two objects can wait for each other.
    fn read(&self, number: u32, place: Place) -> Option<Found> {
        let (bytes, at) = self.stand(number, place)?;
        let found = values::find(bytes, at, |id| self.length(id))?;
        // A stream is never in a stream.
        let nested =
            matches!(place, Place::Packed { .. }) && matches!(found.object, Object::Stream(_));
        (!nested).then_some(found)
    }

    /// The length of a stream that another object tells.
    fn length(&self, id: ObjectId) -> Option<usize> {
        let at = match *self.places.get(id.0 as usize)? {
            Place::At { at, generation } if generation == id.1 => header(self.bytes, at, id.0)?.0,
            _ => return None,
        };
        match values::find(self.bytes, at, |_| None)?.object {
            Object::Integer(length) => usize::try_from(length).ok(),
            _ => None,
        }
    }

    /// Goes to every place that the tables name and looks for the object's name there; reads the object streams.
    fn check(&mut self) -> Option<()> {
        let mut packs = BTreeMap::new();
        for (number, place) in (0u32..).zip(&self.places) {
            match *place {
                Place::At { at, generation } => {
                    if header(self.bytes, at, number)?.1 != generation {
                        return None;
                    }
                }
                Place::Packed { pack, .. } => {
                    if packs.contains_key(&pack) {
                        continue;
                    }
                    let Some(&place @ Place::At { generation: 0, .. }) =
                        self.places.get(pack as usize)
                    else {
                        return None;
                    };
                    let Found {
                        object: Object::Stream(stream),
                        odd: false,
                        ..
                    } = self.read(pack, place)?
                    else {
                        return None;
                    };
                    // What tells how to unpack it must not lie in it.
                    let plain = stream.dict.iter().all(|(key, value)| {
                        matches!(key.as_slice(), b"Length" | b"Extends") || is_plain(value)
                    });
                    if !plain {
                        return None;
                    }
                    let content = OnceLock::new();
                    packs.insert(pack, Pack { stream, content });
                }
                Place::Free | Place::Unknown => {}
            }
        }
        self.packs = packs;
        Some(())
    }
}

impl Pack {
    fn content(&self, limit: usize) -> &Content {
        self.content.get_or_init(|| {
            let none = Objects::none();
            let bytes = stream::unpack(&none, &self.stream, limit).bytes;
            let whole = |key| {
                object::int(&none, &self.stream.dict, key)
                    .and_then(|value| usize::try_from(value).ok())
                    .unwrap_or(0)
            };
            let first = whole(b"First").min(bytes.len());
            let mut numbers = Cursor {
                bytes: &bytes[..first],
                at: 0,
            };
            let mut index = Vec::new();
            while let (Some(number), Some(at)) = (numbers.number(), numbers.number()) {
                index.push((number as u32, first.saturating_add(at as usize)));
            }
            Content { bytes, index }
        })
    }
}

/// Whether there is no reference in it.
fn is_plain(object: &Object) -> bool {
    match object {
        Object::Reference(_) => false,
        Object::Array(list) => list.iter().all(is_plain),
        Object::Dictionary(dict) => dict.iter().all(|(_, value)| is_plain(value)),
        _ => true,
    }
}

/// Where the newest table begins, as the file's end says.
fn last_table(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(2048);
    let word = from + memchr::memmem::rfind(&bytes[from..], b"startxref")?;
    let mut cursor = Cursor {
        bytes,
        at: word + b"startxref".len(),
    };
    cursor.number().map(|at| at as usize)
}

/// Where an object begins behind its `N G obj`, and its generation.
fn header(bytes: &[u8], at: usize, number: u32) -> Option<(usize, u16)> {
    let mut cursor = Cursor { bytes, at };
    if cursor.number()? != u64::from(number) {
        return None;
    }
    let generation = u16::try_from(cursor.number()?).ok()?;
    cursor.word(b"obj")?;
    Some((cursor.at, generation))
}

/// Plain numbers and words, one after the other.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn skip(&mut self) {
        while matches!(
            self.bytes.get(self.at),
            Some(b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)
        ) {
            self.at += 1;
        }
    }

    /// The next whole number without a sign.
    fn number(&mut self) -> Option<u64> {
        self.skip();
        let (start, mut value) = (self.at, 0u64);
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at) {
            value = value
                .checked_mul(10)?
                .checked_add(u64::from(digit - b'0'))?;
            self.at += 1;
        }
        (self.at > start).then_some(value)
    }

    /// Steps over `word`, if it stands here.
    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.skip();
        let here = self.bytes.get(self.at..)?.starts_with(word);
        self.at += if here { word.len() } else { 0 };
        here.then_some(())
    }
}

/// What the tables of a file say, the newest first.
struct Tables<'f> {
    bytes: &'f [u8],
    stream_bytes: usize,
    places: Vec<Place>,
    /// Numbers that the table being read calls free: in a hybrid file the stream beside it may know better.
    freed: Vec<usize>,
    trailer: Option<Dictionary>,
    entries: usize,
}

impl Tables<'_> {
    /// Reads the table at `at` and those that came before it.
    fn follow(&mut self, at: usize) -> Option<()> {
        let mut seen = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next {
            if seen.contains(&at) || seen.len() == MOST_TABLES {
                return None;
            }
            seen.push(at);
            let trailer = self.section(at)?;
            // A hybrid file hides its newer objects from old readers in a stream beside the table.
            if let Some(beside) = whole(&trailer, b"XRefStm")? {
                self.section(beside)?;
            }
            for number in std::mem::take(&mut self.freed) {
                self.put(number, Place::Free)?;
            }
            next = whole(&trailer, b"Prev")?;
            if trailer.has(b"Encrypt") {
                return None;
            }
            self.trailer.get_or_insert(trailer);
        }
        Some(())
    }

    /// Reads one table or cross-reference stream; gives its trailer.
    fn section(&mut self, at: usize) -> Option<Dictionary> {
        let mut cursor = Cursor {
            bytes: self.bytes,
            at,
        };
        if cursor.word(b"xref").is_some() {
            return self.table(cursor);
        }
        let number = u32::try_from(cursor.number()?).ok()?;
        let (at, _) = header(self.bytes, at, number)?;
        match values::find(self.bytes, at, |_| None)? {
            Found {
                object: Object::Stream(stream),
                odd: false,
                ..
            } => {
                self.stream(&stream)?;
                Some(stream.dict)
            }
            _ => None,
        }
    }

    fn table(&mut self, mut cursor: Cursor<'_>) -> Option<Dictionary> {
        while cursor.word(b"trailer").is_none() {
            let first = usize::try_from(cursor.number()?).ok()?;
            let count = usize::try_from(cursor.number()?).ok()?;
            for number in first..first.checked_add(count)? {
                let at = usize::try_from(cursor.number()?).ok()?;
                let generation = cursor.number()?;
                if cursor.word(b"n").is_some() {
                    let generation = u16::try_from(generation).ok()?;
                    self.put(number, Place::At { at, generation })?;
                } else {
                    cursor.word(b"f")?;
                    self.freed.push(number);
                }
            }
        }
        match values::find(self.bytes, cursor.at, |_| None)? {
            Found {
                object: Object::Dictionary(trailer),
                odd: false,
                ..
            } => Some(trailer),
            _ => None,
        }
    }

    fn stream(&mut self, of: &Stream) -> Option<()> {
        let none = Objects::none();
        if object::name(&none, &of.dict, b"Type") != Some(b"XRef") {
            return None;
        }
        let unpacked = stream::unpack(&none, of, self.stream_bytes);
        if unpacked.fault.is_some() {
            return None;
        }
        let list = |key| {
            object::array(&none, &of.dict, key)?
                .iter()
                .map(|item| usize::try_from(item.as_i64().ok()?).ok())
                .collect::<Option<Vec<usize>>>()
        };
        let widths: [usize; 3] = list(b"W")?.get(..3)?.try_into().ok()?;
        if widths.iter().any(|&width| width > 8) {
            return None;
        }
        let sections = match list(b"Index") {
            Some(sections) => sections,
            None => vec![0, whole(&of.dict, b"Size")??],
        };
        let mut rows = unpacked
            .bytes
            .chunks_exact(widths.iter().sum::<usize>().max(1));
        for section in sections.chunks_exact(2) {
            for number in section[0]..section[0].checked_add(section[1])? {
                let Some(row) = rows.next() else {
                    // Fewer rows than were told.
                    return None;
                };
                let mut at = 0;
                let fields = widths.map(|width| {
                    let field = &row[at..at + width];
                    at += width;
                    field
                        .iter()
                        .fold(0u64, |value, &byte| value << 8 | u64::from(byte))
                });
                let kind = if widths[0] == 0 { 1 } else { fields[0] };
                let place = match kind {
                    0 => Place::Free,
                    1 => Place::At {
                        at: usize::try_from(fields[1]).ok()?,
                        generation: u16::try_from(fields[2]).ok()?,
                    },
                    2 => Place::Packed {
                        pack: u32::try_from(fields[1]).ok()?,
                        index: u32::try_from(fields[2]).ok()?,
                    },
                    _ => return None,
                };
                self.put(number, place)?;
            }
        }
        Some(())
    }

    /// Notes where an object is, unless a newer table has said so.
    fn put(&mut self, number: usize, place: Place) -> Option<()> {
        self.entries += 1;
        if number >= MOST || self.entries > MOST {
            return None;
        }
        if number >= self.places.len() {
            self.places.resize(number + 1, Place::Unknown);
        }
        if self.places[number] == Place::Unknown {
            self.places[number] = place;
        }
        Some(())
    }
}

/// The place in the file that an entry of a trailer names: `Some(None)` without the entry, `None` when it is no place.
fn whole(trailer: &Dictionary, key: &[u8]) -> Option<Option<usize>> {
    match object::raw(trailer, key) {
        None => Some(None),
        Some(value) => usize::try_from(value.as_i64().ok()?).ok().map(Some),
    }
}
