//! A parsed file → its pages in order, each with what it inherits. Whatever the tree looks like, this ends.

use lopdf::{Dictionary, Object, ObjectId};

use super::loss;
use super::object;
use super::objects::Objects;

/// One page.
#[derive(Clone, Debug)]
pub(super) struct PageNode<'a> {
    /// Its object, when it is one of its own.
    pub(super) id: Option<ObjectId>,
    /// Its dictionary.
    pub(super) dict: &'a Dictionary,
    /// Its resources, its own or inherited.
    pub(super) resources: Option<&'a Dictionary>,
    /// Left, bottom, right, top of what is shown, in its own space.
    pub(super) frame: [f32; 4],
    /// How far it is turned clockwise: 0, 90, 180 or 270.
    pub(super) turn: u16,
}

/// The pages of a document, and what was wrong with the tree.
pub(super) struct Pages<'a> {
    pub(super) list: Vec<PageNode<'a>>,
    pub(super) notes: Vec<String>,
}

/// Nodes above one page.
const DEEPEST: usize = 64;

/// What a node hands down.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media: Option<[f32; 4]>,
    crop: Option<[f32; 4]>,
    turn: Option<i64>,
}

/// Lists the pages, at most `most`. With `orphans`, pages that no tree holds are taken where the tree holds none: right
/// for a file whose end is lost, wrong for a whole one, which may have dropped them on purpose.
pub(super) fn list<'a>(doc: &'a Objects<'_>, most: usize, orphans: bool) -> Pages<'a> {
    let mut walk = Walk {
        doc,
        pages: Vec::new(),
        above: Vec::new(),
        left: most.saturating_mul(4).saturating_add(1000),
        most,
        cut: false,
        broken: false,
    };
    let root =
        object::dict(doc, &doc.trailer, b"Root").and_then(|catalog| object::raw(catalog, b"Pages"));
    if let Some(root) = root {
        walk.node(root, Inherited::default());
    }
    let mut notes = Vec::new();
    if walk.pages.is_empty() && orphans {
        for (id, page) in doc.all() {
            if walk.pages.len() < most
                && let Object::Dictionary(dict) = page
                && dict.has_type(b"Page")
            {
                walk.page(Some(id), dict, Inherited::default());
            }
        }
        if !walk.pages.is_empty() {
            notes.push("the page tree is broken; pages stand in the order of their objects".into());
        }
    } else if walk.broken {
        notes.push(loss::PAGES_MISSING.into());
    }
    if walk.cut {
        notes.push(format!(
            "{}{} pages, the limit",
            loss::TOO_MANY_PAGES,
            walk.pages.len()
        ));
    }
    Pages {
        list: walk.pages,
        notes,
    }
}

struct Walk<'a> {
    doc: &'a Objects<'a>,
    pages: Vec<PageNode<'a>>,
    above: Vec<*const Dictionary>,
    left: usize,
    most: usize,
    cut: bool,
    broken: bool,
}

impl<'a> Walk<'a> {
    fn node(&mut self, node: &'a Object, mut around: Inherited<'a>) {
        if self.left == 0 || self.pages.len() >= self.most {
            self.cut = true;
            return;
        }
        self.left -= 1;
        let Some(Object::Dictionary(dict)) = object::resolve(self.doc, node) else {
            self.broken = true;
            return;
        };
        let id = node.as_reference().ok();
        let kids = object::array(self.doc, dict, b"Kids");
        let (Some(kids), false) = (kids, object::name(self.doc, dict, b"Type") == Some(b"Page"))
        else {
            // A tree without kids is no page.
            if object::name(self.doc, dict, b"Type") != Some(b"Pages") {
                self.page(id, dict, around);
            }
            return;
        };
        let place = std::ptr::from_ref(dict);
        if self.above.len() >= DEEPEST || self.above.contains(&place) {
            self.broken = true;
            return;
        }
        self.inherit(dict, &mut around);
        self.above.push(place);
        for kid in kids {
            if self.cut {
                break;
            }
            self.node(kid, around);
        }
        self.above.pop();
    }

    fn inherit(&self, dict: &'a Dictionary, around: &mut Inherited<'a>) {
        let doc = self.doc;
        around.resources = object::dict(doc, dict, b"Resources").or(around.resources);
        around.media = object::numbers(doc, dict, b"MediaBox").or(around.media);
        around.crop = object::numbers(doc, dict, b"CropBox").or(around.crop);
        around.turn = object::int(doc, dict, b"Rotate").or(around.turn);
    }

    fn page(&mut self, id: Option<ObjectId>, dict: &'a Dictionary, mut around: Inherited<'a>) {
        self.inherit(dict, &mut around);
        let ordered = |b: [f32; 4]| {
            [
                b[0].min(b[2]),
                b[1].min(b[3]),
                b[0].max(b[2]),
                b[1].max(b[3]),
            ]
        };
        let sound = |b: &[f32; 4]| b[2] - b[0] > 1.0 && b[3] - b[1] > 1.0;
        let media = around
            .media
            .map(ordered)
            .filter(sound)
            .unwrap_or([0.0, 0.0, 595.0, 842.0]);
        let frame = around
            .crop
            .map(ordered)
            .map(|crop| {
                [
                    crop[0].max(media[0]),
                    crop[1].max(media[1]),
                    crop[2].min(media[2]),
                    crop[3].min(media[3]),
                ]
            })
            .filter(sound)
            .unwrap_or(media);
        self.pages.push(PageNode {
            id,
            dict,
            resources: around.resources,
            frame,
            turn: around.turn.unwrap_or(0).rem_euclid(360) as u16 / 90 * 90,
        });
    }
}
