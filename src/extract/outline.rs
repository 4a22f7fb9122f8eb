//! A parsed file → the headings that it lists for its reader, with their pages.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::objects::Objects;
use super::pages::PageNode;
use super::{Heading, attachments, letters, object};

/// Headings of one document.
const MOST: usize = 20_000;
/// Headings above one heading.
const DEEPEST: u32 = 32;
/// Letters of one heading.
const LONGEST: usize = 500;

/// Reads the outline, in order; empty when there is none. Whatever it looks like, this ends.
pub(super) fn read(doc: &Objects<'_>, pages: &[PageNode<'_>]) -> Vec<Heading> {
    let Some(catalog) = object::dict(doc, &doc.trailer, b"Root") else {
        return Vec::new();
    };
    let Some(first) =
        object::dict(doc, catalog, b"Outlines").and_then(|outline| object::raw(outline, b"First"))
    else {
        return Vec::new();
    };
    let places = Places {
        doc,
        numbers: pages
            .iter()
            .zip(1..)
            .filter_map(|(page, number)| Some((page.id?, number)))
            .collect(),
        count: pages.len(),
        named: named(doc, catalog),
    };
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    // Items still to be taken, the next one last.
    let mut open = vec![(first, 1)];
    while let Some((item, level)) = open.pop() {
        let Some(Object::Dictionary(item)) = object::resolve(doc, item) else {
            continue;
        };
        if out.len() >= MOST || !seen.insert(std::ptr::from_ref(item)) {
            continue;
        }
        let title = object::string(doc, item, b"Title").map(object::text);
        let title = letters::finish(&title.unwrap_or_default().replace(['\r', '\n', '\t'], " "));
        if !title.is_empty() {
            out.push(Heading {
                title: title.chars().take(LONGEST).collect(),
                level,
                page: places.of(item),
            });
        }
        if let Some(next) = object::raw(item, b"Next") {
            open.push((next, level));
        }
        if let Some(first) = object::raw(item, b"First")
            && level < DEEPEST
        {
            open.push((first, level + 1));
        }
    }
    out
}

/// The places that have names, in the old list and in the tree.
fn named<'a>(doc: &'a Objects<'a>, catalog: &'a Dictionary) -> HashMap<&'a [u8], &'a Object> {
    let mut named = HashMap::new();
    if let Some(list) = object::dict(doc, catalog, b"Dests") {
        named.extend(list.iter().map(|(name, place)| (name.as_slice(), place)));
    }
    if let Some(tree) =
        object::dict(doc, catalog, b"Names").and_then(|names| object::raw(names, b"Dests"))
    {
        named.extend(attachments::names(doc, tree));
    }
    named
}

struct Places<'a> {
    doc: &'a Objects<'a>,
    numbers: HashMap<ObjectId, u32>,
    count: usize,
    named: HashMap<&'a [u8], &'a Object>,
}

impl<'a> Places<'a> {
    /// The page to which an item leads.
    fn of(&self, item: &'a Dictionary) -> Option<u32> {
        let place = object::get(self.doc, item, b"Dest").or_else(|| {
            let action = object::dict(self.doc, item, b"A")?;
            (object::name(self.doc, action, b"S") == Some(b"GoTo"))
                .then(|| object::get(self.doc, action, b"D"))
                .flatten()
        })?;
        self.page(place)
    }

    fn page(&self, place: &'a Object) -> Option<u32> {
        let mut place = place;
        // A name may lead to a name; more of them is a circle.
        for _ in 0..4 {
            place = match place {
                Object::Name(name) | Object::String(name, _) => {
                    object::resolve(self.doc, self.named.get(name.as_slice())?)?
                }
                Object::Dictionary(dict) => object::get(self.doc, dict, b"D")?,
                Object::Array(parts) => {
                    return match parts.first()? {
                        Object::Reference(id) => self.numbers.get(id).copied(),
                        Object::Integer(at) => usize::try_from(*at)
                            .ok()
                            .filter(|at| *at < self.count)
                            .map(|at| at as u32 + 1),
                        _ => None,
                    };
                }
                _ => return None,
            };
        }
        None
    }
}
