//! The structure tree of a tagged file → for each page, the order in which its marked content is to be read.

use std::collections::{HashMap, HashSet};

use crate::extract::objects::Objects;
use lopdf::{Dictionary, Object, ObjectId};

use super::object;

/// One piece of marked content in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its number on the page.
    pub(super) mcid: i32,
    /// The block that it belongs to: a paragraph, a list item, a row of a table.
    pub(super) block: u32,
    /// The cell of a table that it belongs to; 0 for none.
    pub(super) cell: u32,
}

/// Reading order by page object.
pub(super) type Order = HashMap<ObjectId, Vec<Item>>;

/// Elements within elements.
const DEEPEST: usize = 150;
/// Elements of one document.
const MOST: usize = 4_000_000;

/// Reads the structure tree; empty when there is none.
pub(super) fn read(doc: &Objects<'_>) -> Order {
    let mut walk = Walk {
        doc,
        roles: None,
        order: Order::new(),
        seen: HashSet::new(),
        block: 0,
        cells: 0,
        left: MOST,
        notes: Vec::new(),
    };
    let root = object::dict(doc, &doc.trailer, b"Root")
        .and_then(|catalog| object::dict(doc, catalog, b"StructTreeRoot"));
    if let Some(root) = root {
        walk.roles = object::dict(doc, root, b"RoleMap");
        if let Some(kids) = object::raw(root, b"K") {
            walk.kids(kids, Around::default(), 0);
        }
    }
    walk.order
}

/// What an element has from those around it.
#[derive(Clone, Copy, Default)]
struct Around {
    page: Option<ObjectId>,
    note: bool,
    row: bool,
    cell: u32,
    /// Whether they hold running text, which a note must not part.
    held: bool,
}

struct Walk<'a> {
    doc: &'a Objects<'a>,
    roles: Option<&'a Dictionary>,
    order: Order,
    seen: HashSet<ObjectId>,
    block: u32,
    cells: u32,
    left: usize,
    /// Pieces of the notes of what is being read.
    notes: Vec<(ObjectId, Item)>,
}

impl<'a> Walk<'a> {
    fn kids(&mut self, kids: &'a Object, around: Around, depth: usize) {
        if self.left == 0 || depth > DEEPEST {
            return;
        }
        self.left -= 1;
        match kids {
            Object::Integer(mcid) => self.item(*mcid, around.page, around),
            Object::Reference(id) => {
                if self.seen.insert(*id)
                    && let Some(kid) = self.doc.get(*id)
                {
                    self.kids(kid, around, depth + 1);
                }
            }
            Object::Array(list) => {
                for kid in list {
                    self.kids(kid, around, depth + 1);
                }
            }
            Object::Dictionary(element) => self.element(element, around, depth),
            _ => {}
        }
    }

    fn item(&mut self, mcid: i64, page: Option<ObjectId>, around: Around) {
        if let (Some(page), Ok(mcid)) = (page, i32::try_from(mcid)) {
            let item = Item {
                mcid,
                block: self.block,
                cell: around.cell,
            };
            if around.note && around.held {
                self.notes.push((page, item));
            } else {
                self.order.entry(page).or_default().push(item);
            }
        }
    }

    fn element(&mut self, element: &'a Dictionary, mut around: Around, depth: usize) {
        // One pass over the few entries: looking each up by its key costs more than reading the tree.
        let (mut kind, mut role, mut kids, mut mcid, mut stream) = (None, None, None, None, false);
        for (key, value) in element {
            match key.as_slice() {
                b"Pg" => {
                    if let Object::Reference(page) = value {
                        around.page = Some(*page);
                    }
                }
                b"Type" => kind = Some(value),
                b"S" => role = Some(value),
                b"K" => kids = Some(value),
                b"MCID" => mcid = Some(value),
                b"Stm" => stream = true,
                _ => {}
            }
        }
        let name = |value: Option<&'a Object>| match object::resolve(self.doc, value?)? {
            Object::Name(name) => Some(name.as_slice()),
            _ => None,
        };
        match name(kind) {
            Some(b"OBJR") => return,
            Some(b"MCR") => {
                // Content of a form has numbers of its own.
                let mcid = mcid
                    .and_then(|mcid| object::resolve(self.doc, mcid))
                    .and_then(object::number);
                if let Some(mcid) = mcid.filter(|_| !stream) {
                    self.item(mcid as i64, around.page, around);
                }
                return;
            }
            _ => {}
        }
        let role = self.role(name(role).unwrap_or_default());
        let inline = matches!(
            role,
            b"Span"
                | b"Link"
                | b"Lbl"
                | b"LBody"
                | b"Reference"
                | b"Em"
                | b"Strong"
                | b"Sub"
                | b"Quote"
                | b"BibEntry"
                | b"Code"
                | b"Annot"
                | b"NonStruct"
        );
        around.note |= matches!(role, b"Note" | b"FENote");
        if !inline && !around.row {
            self.block += 1;
        }
        around.row |= role == b"TR";
        if matches!(role, b"TD" | b"TH") {
            self.cells += 1;
            around.cell = self.cells;
        }
        // A note that stands within a sentence is read after the paragraph, the item or the row that it belongs to.
        let holds = !around.held && !around.note && !is_grouping(role);
        around.held |= holds;
        if let Some(kids) = kids {
            self.kids(kids, around, depth + 1);
        }
        if holds {
            for (page, item) in std::mem::take(&mut self.notes) {
                self.order.entry(page).or_default().push(item);
            }
        }
    }

    /// The standard type that a type stands for.
    fn role(&self, role: &'a [u8]) -> &'a [u8] {
        if matches!(
            role,
            b"P" | b"Span" | b"TD" | b"TR" | b"LI" | b"LBody" | b"Lbl"
        ) {
            return role;
        }
        let mut role = role;
        for _ in 0..4 {
            match self
                .roles
                .and_then(|roles| object::name(self.doc, roles, role))
            {
                Some(standard) if standard != role => role = standard,
                _ => break,
            }
        }
        role
    }
}

/// Whether elements of this type hold paragraphs, not text.
fn is_grouping(role: &[u8]) -> bool {
    matches!(
        role,
        b"Document"
            | b"DocumentFragment"
            | b"Part"
            | b"Art"
            | b"Sect"
            | b"Div"
            | b"Aside"
            | b"BlockQuote"
            | b"TOC"
            | b"Index"
            | b"L"
            | b"Table"
            | b"THead"
            | b"TBody"
            | b"TFoot"
            | b"NonStruct"
            | b"Private"
    )
}
