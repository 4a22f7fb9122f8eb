//! The structure tree of a tagged file → for each page, the order in which its marked content is to be read.

mod element;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use lopdf::{Dictionary, ObjectId};

use super::object;
use crate::extract::objects::Objects;
use element::{Element, Kid};

/// One piece of marked content in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Its number on the page.
    pub(super) mcid: i32,
    /// The block that it belongs to: a paragraph, a list item, a row of a table.
    pub(super) block: u32,
    /// The cell of a table that it belongs to; 0 for none.
    pub(super) cell: u32,
    /// What is meant by it and by the pieces that share this text with it, whatever they show.
    pub(super) actual: Option<Arc<str>>,
}

/// Reading order by page object.
pub(super) type Order = HashMap<ObjectId, Vec<Item>>;

/// Elements within elements.
const DEEPEST: usize = 150;
/// Elements of one document.
const MOST: usize = 4_000_000;

/// Reads the structure tree; empty when there is none.
pub(super) fn read<'a>(doc: &'a Objects<'a>) -> Order {
    let root = object::dict(doc, &doc.trailer, b"Root")
        .and_then(|catalog| object::dict(doc, catalog, b"StructTreeRoot"));
    let Some(root) = root else {
        return Order::new();
    };
    let mut walk = Walk {
        doc,
        roles: object::dict(doc, root, b"RoleMap"),
        pages: HashMap::new(),
        items: Vec::new(),
        last: None,
        seen: HashSet::default(),
        block: 0,
        cells: 0,
        left: MOST,
        notes: Vec::new(),
    };
    let mut kids = Vec::new();
    if let Some(held) = object::raw(root, b"K") {
        element::kids_of(doc, held, &mut kids, 0);
    }
    walk.kids(kids, Around::default(), 0);
    let mut items = walk.items;
    walk.pages
        .into_iter()
        .map(|(page, at)| (page, std::mem::take(&mut items[at])))
        .collect()
}

/// What an element has from those around it.
#[derive(Clone, Default)]
struct Around {
    page: Option<ObjectId>,
    note: bool,
    row: bool,
    cell: u32,
    /// Whether they hold running text, which a note must not part.
    held: bool,
    /// The text that the outermost of them says is meant.
    actual: Option<Arc<str>>,
}

struct Walk<'a> {
    doc: &'a Objects<'a>,
    roles: Option<&'a Dictionary>,
    /// Where the items of a page are in `items`.
    pages: HashMap<ObjectId, usize>,
    items: Vec<Vec<Item>>,
    /// The page that was written to last, and where its items are.
    last: Option<(ObjectId, usize)>,
    seen: HashSet<ObjectId, foldhash::fast::RandomState>,
    block: u32,
    cells: u32,
    left: usize,
    /// Pieces of the notes of what is being read.
    notes: Vec<(ObjectId, Item)>,
}

impl<'a> Walk<'a> {
    fn kids(&mut self, kids: Vec<Kid<'a>>, around: Around, depth: usize) {
        for kid in kids {
            if self.left == 0 || depth > DEEPEST {
                return;
            }
            self.left -= 1;
            match kid {
                Kid::Content(mcid) => self.item(mcid, around.page, &around),
                Kid::Element(element) => self.element(element, around.clone(), depth + 1),
                Kid::Named(id) => {
                    if self.seen.insert(id)
                        && let Some(element) = Element::named(self.doc, id)
                    {
                        if element.kind == b"Array" {
                            self.kids(element.kids, around.clone(), depth + 1);
                        } else {
                            self.element(element, around.clone(), depth + 1);
                        }
                    }
                }
            }
        }
    }

    fn item(&mut self, mcid: i64, page: Option<ObjectId>, around: &Around) {
        if let (Some(page), Ok(mcid)) = (page, i32::try_from(mcid)) {
            let item = Item {
                mcid,
                block: self.block,
                cell: around.cell,
                actual: around.actual.clone(),
            };
            if around.note && around.held {
                self.notes.push((page, item));
            } else {
                self.put(page, item);
            }
        }
    }

    fn put(&mut self, page: ObjectId, item: Item) {
        let at = match self.last {
            Some((last, at)) if last == page => at,
            _ => *self.pages.entry(page).or_insert_with(|| {
                self.items.push(Vec::new());
                self.items.len() - 1
            }),
        };
        self.last = Some((page, at));
        self.items[at].push(item);
    }

    fn element(&mut self, element: Element<'a>, mut around: Around, depth: usize) {
        around.page = element.page.or(around.page);
        match element.kind {
            b"OBJR" => return,
            b"MCR" => {
                // Content of a form has numbers of its own.
                if let Some(mcid) = element.mcid.filter(|_| !element.in_form) {
                    self.item(mcid, around.page, &around);
                }
                return;
            }
            _ => {}
        }
        let role = self.role(element.role);
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
        if around.actual.is_none() {
            around.actual = element.actual.map(Arc::from);
        }
        // A note that stands within a sentence is read after the paragraph, the item or the row that it belongs to.
        let holds = !around.held && !around.note && !is_grouping(role);
        around.held |= holds;
        self.kids(element.kids, around, depth);
        if holds {
            for (page, item) in std::mem::take(&mut self.notes) {
                self.put(page, item);
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
