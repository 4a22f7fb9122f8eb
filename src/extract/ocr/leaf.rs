//! One page of an opened file → a small PDF of that page alone, the same bytes for the same page in whatever file it lies.
//!
//! Who draws it then needs no password, no mended cross-reference table and no memory for the other pages; and its bytes
//! say whether the page has been read before.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::extract::lexer::{self, Lexer, Token};
use crate::extract::objects::Objects;
use crate::extract::pages::PageNode;
use crate::extract::{object, stream};

/// A page by itself.
pub(super) struct Leaf {
    /// The PDF.
    pub(super) bytes: Vec<u8>,
    /// The resolution of its finest large picture, in dots per inch; `None` without one.
    pub(super) dpi: Option<f32>,
    /// Pixels of all its pictures.
    pub(super) pixels: u64,
    /// Width and height of the page as it is shown, in points.
    pub(super) size: (f32, f32),
}

/// More bytes than this are no page to be drawn.
const MOST_BYTES: usize = 256 << 20;
/// More objects than this are no page to be drawn.
const MOST_OBJECTS: usize = 20_000;
/// Bytes of content of which the names are read.
const CONTENT: usize = 16 << 20;

/// Cuts out a page; `None` when it is too large.
pub(super) fn cut(doc: &Objects<'_>, node: &PageNode<'_>) -> Option<Leaf> {
    let mut cutter = Cutter {
        doc,
        numbers: BTreeMap::new(),
        waiting: VecDeque::new(),
        out: Document::with_version("1.7"),
        bytes: 0,
        pixels: 0,
        pictures: Vec::new(),
    };
    let mut page = Dictionary::new();
    page.set("Type", Object::Name(b"Page".to_vec()));
    page.set("Parent", Object::Reference(PAGES));
    let frame = node.frame.map(Object::Real).to_vec();
    page.set("MediaBox", Object::Array(frame));
    page.set("Rotate", Object::Integer(i64::from(node.turn)));
    for key in [&b"Contents"[..], b"Annots", b"Group", b"UserUnit"] {
        if let Some(value) = object::raw(node.dict, key) {
            page.set(key, cutter.copied(value, 0));
        }
    }
    if let Some(resources) = node.resources {
        let used = used_resources(doc, node.dict, resources);
        page.set("Resources", cutter.copied(&Object::Dictionary(used), 0));
    }
    while let Some(id) = cutter.waiting.pop_front() {
        let object = cutter.doc.get(id)?;
        let copy = cutter.copied(object, 0);
        let number = *cutter.numbers.get(&id)?;
        cutter.out.objects.insert((number, 0), copy);
        if cutter.bytes > MOST_BYTES || cutter.numbers.len() > MOST_OBJECTS {
            return None;
        }
    }
    let Cutter {
        mut out,
        pixels,
        pictures,
        ..
    } = cutter;
    let mut pages = Dictionary::new();
    pages.set("Type", Object::Name(b"Pages".to_vec()));
    pages.set("Kids", Object::Array(vec![Object::Reference(PAGE)]));
    pages.set("Count", Object::Integer(1));
    let mut catalog = Dictionary::new();
    catalog.set("Type", Object::Name(b"Catalog".to_vec()));
    catalog.set("Pages", Object::Reference(PAGES));
    out.objects.insert(CATALOG, Object::Dictionary(catalog));
    out.objects.insert(PAGES, Object::Dictionary(pages));
    out.objects.insert(PAGE, Object::Dictionary(page));
    out.max_id = out.objects.keys().map(|id| id.0).max().unwrap_or(0);
    out.trailer.set("Root", Object::Reference(CATALOG));
    let mut bytes = Vec::new();
    out.save_to(&mut bytes).ok()?;
    let [left, bottom, right, top] = node.frame;
    let flat = (right - left, top - bottom);
    Some(Leaf {
        bytes,
        dpi: finest(&pictures, flat),
        pixels,
        size: if node.turn.is_multiple_of(180) {
            flat
        } else {
            (flat.1, flat.0)
        },
    })
}

const CATALOG: ObjectId = (1, 0);
const PAGES: ObjectId = (2, 0);
const PAGE: ObjectId = (3, 0);
const FIRST: u32 = 4;

struct Cutter<'a> {
    doc: &'a Objects<'a>,
    /// What the objects are called in the leaf.
    numbers: BTreeMap<ObjectId, u32>,
    waiting: VecDeque<ObjectId>,
    out: Document,
    bytes: usize,
    pixels: u64,
    /// Width and height of each picture, in pixels.
    pictures: Vec<(f32, f32)>,
}

impl Cutter<'_> {
    /// A copy of `object` whose references point into the leaf.
    fn copied(&mut self, object: &Object, depth: usize) -> Object {
        self.bytes += 8;
        if depth > 64 {
            return Object::Null;
        }
        match object {
            Object::Reference(id) => {
                if self.doc.get(*id).is_none() || self.bytes > MOST_BYTES {
                    return Object::Null;
                }
                let next = FIRST + self.numbers.len() as u32;
                let number = *self.numbers.entry(*id).or_insert_with(|| {
                    self.waiting.push_back(*id);
                    next
                });
                Object::Reference((number, 0))
            }
            Object::Array(list) => Object::Array(
                list.iter()
                    .map(|item| self.copied(item, depth + 1))
                    .collect(),
            ),
            Object::Dictionary(dict) => Object::Dictionary(self.dict(dict, depth)),
            Object::Stream(stream) => {
                self.bytes += stream.content.len();
                if self.bytes > MOST_BYTES {
                    return Object::Null;
                }
                self.measure(stream);
                let mut dict = self.dict(&stream.dict, depth);
                dict.set("Length", Object::Integer(stream.content.len() as i64));
                Object::Stream(Stream {
                    dict,
                    content: stream.content.clone(),
                    allows_compression: false,
                    start_position: None,
                })
            }
            Object::String(bytes, _) | Object::Name(bytes) => {
                self.bytes += bytes.len();
                object.clone()
            }
            other => other.clone(),
        }
    }

    /// A copy of a dictionary without what leads out of the page, in the order of its keys: equal pages are equal bytes.
    fn dict(&mut self, dict: &Dictionary, depth: usize) -> Dictionary {
        const LEADS_OUT: [&[u8]; 13] = [
            b"Parent",
            b"P",
            b"Popup",
            b"IRT",
            b"A",
            b"AA",
            b"Dest",
            b"StructParent",
            b"StructParents",
            b"Metadata",
            b"PieceInfo",
            b"LastModified",
            b"Thumb",
        ];
        let annotation = dict.has(b"Rect");
        let mut entries: Vec<(&Vec<u8>, &Object)> = dict
            .iter()
            .filter(|(key, _)| {
                !LEADS_OUT.contains(&key.as_slice())
                    || !annotation && matches!(key.as_slice(), b"P" | b"A")
            })
            .collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        let mut out = Dictionary::new();
        for (key, value) in entries {
            out.set(key.clone(), self.copied(value, depth + 1));
        }
        out
    }

    fn measure(&mut self, stream: &Stream) {
        if object::name(self.doc, &stream.dict, b"Subtype") != Some(b"Image") {
            return;
        }
        let side = |key| object::int(self.doc, &stream.dict, key).unwrap_or(0).max(0) as u64;
        let (width, height) = (side(b"Width"), side(b"Height"));
        self.pixels = self.pixels.saturating_add(width.saturating_mul(height));
        self.pictures.push((width as f32, height as f32));
    }
}

/// The resolution of the finest picture that may fill the page, or of a strip of it, were it as wide as the page.
fn finest(pictures: &[(f32, f32)], (width, height): (f32, f32)) -> Option<f32> {
    pictures
        .iter()
        .filter(|(w, h)| *w >= 300.0 || *h >= 300.0)
        .map(|&(w, h)| {
            // A picture may be turned on its page, and be one strip of many.
            let upright = (w / width).max(h / height);
            let turned = (w / height).max(h / width);
            upright.min(turned) * 72.0
        })
        .max_by(f32::total_cmp)
}

/// Of the resources those that the content names: many writers give every page the pictures of all.
fn used_resources(doc: &Objects<'_>, page: &Dictionary, resources: &Dictionary) -> Dictionary {
    let mut names = BTreeSet::new();
    let contents = match object::raw(page, b"Contents").and_then(|it| object::resolve(doc, it)) {
        Some(Object::Array(list)) => list.as_slice(),
        Some(stream @ Object::Stream(_)) => std::slice::from_ref(stream),
        _ => &[],
    };
    for part in contents {
        if let Some(Object::Stream(part)) = object::resolve(doc, part) {
            name_all(doc, part, &mut names);
        }
    }
    // Forms without resources of their own use the page's.
    if let Some(forms) = object::dict(doc, resources, b"XObject") {
        let mut done = BTreeSet::new();
        for _ in 0..8 {
            let next: Vec<(Vec<u8>, &Stream)> = forms
                .iter()
                .filter(|(name, _)| names.contains(*name) && !done.contains(*name))
                .filter_map(|(name, form)| match object::resolve(doc, form) {
                    Some(Object::Stream(form)) => Some((name.clone(), form)),
                    _ => None,
                })
                .collect();
            if next.is_empty() {
                break;
            }
            for (name, form) in next {
                done.insert(name);
                if object::name(doc, &form.dict, b"Subtype") == Some(b"Form")
                    && !form.dict.has(b"Resources")
                {
                    name_all(doc, form, &mut names);
                }
            }
        }
    }
    let mut out = Dictionary::new();
    for (kind, entries) in resources.iter() {
        let Some(entries) = object::resolve(doc, entries) else {
            continue;
        };
        let kept = match entries {
            Object::Dictionary(entries) => {
                let mut kept = Dictionary::new();
                for (name, value) in entries.iter().filter(|(name, _)| names.contains(*name)) {
                    kept.set(name.clone(), value.clone());
                }
                Object::Dictionary(kept)
            }
            other => other.clone(),
        };
        out.set(kind.clone(), kept);
    }
    out
}

/// Adds the names that a content names.
fn name_all(doc: &Objects<'_>, content: &Stream, names: &mut BTreeSet<Vec<u8>>) {
    let unpacked = stream::unpack(doc, content, CONTENT).bytes;
    let mut lexer = Lexer::new(&unpacked);
    while let Some(token) = lexer.token() {
        match token {
            Token::Name(name) => {
                names.insert(lexer::name(name));
            }
            Token::Word(b"ID") => lexer.skip_inline_data(),
            _ => {}
        }
    }
}
