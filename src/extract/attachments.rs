//! A parsed file → the documents that lie in it: the papers of a meeting's portfolio, and what is pinned to a page.

use std::collections::{BTreeMap, HashSet};

use lopdf::{Dictionary, Object, Stream};

use super::objects::Objects;
use super::pages::PageNode;
use super::{Attachment, Limits, object, stream};

/// Files in one document, at most.
const MOST: usize = 1_000;
/// Bytes of all files in one document.
const MOST_BYTES: usize = 512 << 20;
/// Nodes of the tree of names.
const MOST_NODES: usize = 20_000;
/// Nodes above one name.
const DEEPEST: usize = 32;

/// Finds the documents in a document. What is no document, or passes a limit, is named in `notes`.
pub(super) fn read(
    doc: &Objects<'_>,
    pages: &[PageNode<'_>],
    limits: &Limits,
    notes: &mut Vec<String>,
) -> Vec<Attachment> {
    let mut finder = Finder {
        doc,
        limits,
        notes,
        seen: HashSet::new(),
        names: BTreeMap::new(),
        found: Vec::new(),
        left: MOST_BYTES,
        files: 0,
    };
    let catalog = object::dict(doc, &doc.trailer, b"Root");
    if let Some(catalog) = catalog {
        if let Some(tree) = object::dict(doc, catalog, b"Names")
            .and_then(|names| object::raw(names, b"EmbeddedFiles"))
        {
            for (_, file) in names(doc, tree) {
                finder.file(file);
            }
        }
        for file in object::array(doc, catalog, b"AF").unwrap_or_default() {
            finder.file(file);
        }
    }
    for page in pages {
        let annotations = object::array(doc, page.dict, b"Annots").unwrap_or_default();
        for annotation in annotations.iter().take(5_000) {
            if let Some(annotation) = object::resolve(doc, annotation).and_then(object::as_dict)
                && object::name(doc, annotation, b"Subtype") == Some(b"FileAttachment")
                && let Some(file) = object::raw(annotation, b"FS")
            {
                finder.file(file);
            }
        }
    }
    let found = finder.found;
    if !found.is_empty() && catalog.is_some_and(|catalog| catalog.has(b"Collection")) {
        notes.push(format!("a portfolio of {} documents", found.len()));
    }
    found
}

/// The entries of a tree of names, in its order. Whatever the tree looks like, this ends.
pub(super) fn names<'a>(doc: &'a Objects<'a>, root: &'a Object) -> Vec<(&'a [u8], &'a Object)> {
    let mut out = Vec::new();
    let mut seen = HashSet::new();
    // Nodes still to be looked at, the next one last.
    let mut open = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        let Some(Object::Dictionary(dict)) = object::resolve(doc, node) else {
            continue;
        };
        if depth > DEEPEST || seen.len() >= MOST_NODES || !seen.insert(std::ptr::from_ref(dict)) {
            continue;
        }
        let entries = object::array(doc, dict, b"Names").unwrap_or_default();
        for pair in entries.chunks_exact(2) {
            if out.len() >= MOST_NODES {
                return out;
            }
            if let Some(Object::String(name, _)) = object::resolve(doc, &pair[0]) {
                out.push((name.as_slice(), &pair[1]));
            }
        }
        let kids = object::array(doc, dict, b"Kids").unwrap_or_default();
        open.extend(kids.iter().rev().map(|kid| (kid, depth + 1)));
    }
    out
}

struct Finder<'a, 'b> {
    doc: &'a Objects<'a>,
    limits: &'b Limits,
    notes: &'b mut Vec<String>,
    /// Streams already taken: a file may be named and pinned.
    seen: HashSet<*const Stream>,
    /// How often each name was given.
    names: BTreeMap<String, usize>,
    found: Vec<Attachment>,
    left: usize,
    files: usize,
}

impl<'a> Finder<'a, '_> {
    /// Takes the file of a file specification, if there is one inside.
    fn file(&mut self, specification: &'a Object) {
        let doc = self.doc;
        let Some(Object::Dictionary(specification)) = object::resolve(doc, specification) else {
            return;
        };
        let Some((stream, name)) = inside(doc, specification) else {
            return;
        };
        if !self.seen.insert(std::ptr::from_ref(stream)) {
            return;
        }
        self.files += 1;
        if self.files > MOST {
            if self.files == MOST + 1 {
                let note = format!("more than {MOST} attachments; the rest is not read");
                self.notes.push(note);
            }
            return;
        }
        let name = self.own(name);
        let limit = self
            .left
            .min(usize::try_from(self.limits.file_bytes).unwrap_or(usize::MAX));
        let unpacked = stream::unpack(doc, stream, limit);
        let lower = name.to_lowercase();
        let pdf = unpacked.bytes.starts_with(b"%PDF-");
        let fault = match unpacked.fault {
            _ if !(pdf || lower.ends_with(".pdf") || lower.ends_with(".txt")) => {
                Some("neither a PDF nor a text")
            }
            Some(stream::Fault::TooLarge) => Some("larger than the limit"),
            _ if unpacked.bytes.is_empty() => Some("nothing in it can be read"),
            _ => None,
        };
        if let Some(fault) = fault {
            self.notes
                .push(format!("attachment `{name}` is not read: {fault}"));
            return;
        }
        self.left -= unpacked.bytes.len();
        let known = lower.ends_with(".pdf") || lower.ends_with(".txt");
        self.found.push(Attachment {
            // The ending tells the reader what it is.
            name: if known { name } else { format!("{name}.pdf") },
            bytes: unpacked.bytes,
        });
    }

    /// A name that no other attachment of this document has.
    fn own(&mut self, name: String) -> String {
        let times = self.names.entry(name.clone()).or_default();
        *times += 1;
        match (*times, name.rsplit_once('.')) {
            (1, _) => name,
            (times, Some((stem, ending))) => format!("{stem} ({times}).{ending}"),
            (times, None) => format!("{name} ({times})"),
        }
    }
}

/// The file that lies in the document for a file specification, and its name.
fn inside<'a>(doc: &'a Objects<'a>, specification: &'a Dictionary) -> Option<(&'a Stream, String)> {
    const KEYS: [&[u8]; 5] = [b"UF", b"F", b"Unix", b"DOS", b"Mac"];
    let files = object::dict(doc, specification, b"EF")?;
    let stream = KEYS
        .iter()
        .find_map(|key| object::stream(doc, files, key))?;
    let name = KEYS
        .iter()
        .find_map(|key| object::string(doc, specification, key))
        .map(object::text)
        .unwrap_or_default();
    Some((stream, base_name(&name)))
}

/// The last part of a path of whatever system, without what no name should have.
fn base_name(path: &str) -> String {
    let base = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = base
        .chars()
        .filter(|char| !char.is_control() && *char != '\u{fffd}')
        .take(200)
        .collect();
    let name = name.trim().trim_matches('.').to_owned();
    if name.is_empty() {
        "unnamed".to_owned()
    } else {
        name
    }
}
