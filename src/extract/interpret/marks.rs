//! Marked content: what a writer says of stretches of a page (artifact, number in the structure tree, the text that is
//! really meant, a layer that is switched off).

use lopdf::{Object, ObjectId};

use super::drawing::{Artifact, Drawing, Mark};
use crate::extract::lexer::{Lexer, Token};
use crate::extract::objects::Objects;
use crate::extract::{letters, object};

/// What is said at the start of a stretch.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    pub(super) mcid: Option<i32>,
    pub(super) actual: Option<String>,
    pub(super) pagination: bool,
    pub(super) edge: Option<Artifact>,
}

/// Reads a dictionary that stands in the content, from behind its `<<`.
pub(super) fn read(lexer: &mut Lexer<'_>) -> Properties {
    let mut properties = Properties::default();
    let mut depth = 1;
    let mut key: Option<&[u8]> = None;
    while let Some(token) = lexer.token() {
        match token {
            Token::DictStart => depth += 1,
            Token::DictEnd => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Token::Name(name) => {
                match (key, name) {
                    (Some(b"Type"), b"Pagination") => properties.pagination = true,
                    (Some(b"Subtype"), b"Header") => properties.edge = Some(Artifact::Head),
                    (Some(b"Subtype"), b"Footer") => properties.edge = Some(Artifact::Foot),
                    (Some(b"Attached"), _) => {
                        properties.attach(name);
                        continue;
                    }
                    _ => {}
                }
                key = Some(name);
            }
            Token::Number(value) if key == Some(b"MCID") => properties.mcid = Some(value as i32),
            Token::String if key == Some(b"ActualText") => {
                properties.actual = Some(object::text(lexer.string()));
            }
            // A dictionary that is never closed swallows no operators.
            Token::Word(b"BDC" | b"EMC" | b"ET" | b"Tj" | b"TJ") => break,
            _ => {}
        }
    }
    properties
}

impl Properties {
    fn attach(&mut self, edge: &[u8]) {
        self.edge = match edge {
            b"Top" => Some(Artifact::Head),
            b"Bottom" => Some(Artifact::Foot),
            _ => self.edge,
        };
    }
}

/// Reads a dictionary that the page's resources list.
pub(super) fn listed(doc: &Objects<'_>, listed: &Object) -> Properties {
    let Some(dict) = object::resolve(doc, listed).and_then(object::as_dict) else {
        return Properties::default();
    };
    let mut properties = Properties {
        mcid: object::int(doc, dict, b"MCID").map(|mcid| mcid as i32),
        actual: object::string(doc, dict, b"ActualText").map(object::text),
        pagination: object::name(doc, dict, b"Type") == Some(b"Pagination"),
        edge: match object::name(doc, dict, b"Subtype") {
            Some(b"Header") => Some(Artifact::Head),
            Some(b"Footer") => Some(Artifact::Foot),
            _ => None,
        },
    };
    for edge in object::array(doc, dict, b"Attached").unwrap_or_default() {
        if let Object::Name(edge) = edge {
            properties.attach(edge);
        }
    }
    properties
}

/// The content groups that a reader does not see when the document opens.
pub(super) fn switched_off(doc: &Objects<'_>) -> Vec<ObjectId> {
    let off = || {
        let catalog = object::dict(doc, &doc.trailer, b"Root")?;
        let properties = object::dict(doc, catalog, b"OCProperties")?;
        let default = object::dict(doc, properties, b"D")?;
        object::array(doc, default, b"OFF")
    };
    off()
        .unwrap_or_default()
        .iter()
        .filter_map(|group| group.as_reference().ok())
        .take(1000)
        .collect()
}

/// Whether a content group, or all groups of a membership, are switched off.
pub(super) fn is_hidden(doc: &Objects<'_>, group: &Object, off: &[ObjectId]) -> bool {
    if off.is_empty() {
        return false;
    }
    if let Ok(id) = group.as_reference()
        && off.contains(&id)
    {
        return true;
    }
    let Some(membership) = object::resolve(doc, group).and_then(object::as_dict) else {
        return false;
    };
    match object::raw(membership, b"OCGs") {
        Some(Object::Array(groups)) => {
            !groups.is_empty()
                && groups
                    .iter()
                    .all(|group| group.as_reference().is_ok_and(|id| off.contains(&id)))
        }
        Some(Object::Reference(id)) => off.contains(id),
        _ => false,
    }
}

/// The stretches that are open.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    /// Its number in [`Drawing::marks`].
    mark: u32,
    hidden: bool,
    /// The text that is meant, and the first glyph that it stands for.
    actual: Option<(String, usize)>,
    /// Whether this stretch or one around it has a text of its own.
    replaced: bool,
}

/// Stretches within stretches.
const DEEPEST: usize = 10_000;
/// Stretches of one page; further ones share the last.
const MOST: usize = 1 << 20;

impl Marks {
    /// How many are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The number of the innermost.
    pub(super) fn current(&self) -> u32 {
        self.open.last().map_or(0, |open| open.mark)
    }

    /// Whether a layer around here is switched off.
    pub(super) fn hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.hidden)
    }

    /// Opens a stretch.
    pub(super) fn begin(
        &mut self,
        tag: &[u8],
        properties: Properties,
        off: bool,
        drawing: &mut Drawing,
    ) {
        if self.open.len() >= DEEPEST {
            return;
        }
        let around = drawing.marks[self.current() as usize];
        let artifact = (tag == b"Artifact").then_some(match properties.edge {
            Some(edge) => edge,
            None if properties.pagination => Artifact::Pagination,
            None => Artifact::Other,
        });
        let mark = Mark {
            mcid: properties.mcid.or(around.mcid),
            artifact: artifact.or(around.artifact),
            hidden: around.hidden || off,
        };
        let number = if mark == around {
            self.current()
        } else if drawing.marks.len() < MOST {
            drawing.marks.push(mark);
            drawing.marks.len() as u32 - 1
        } else {
            drawing.marks.len() as u32 - 1
        };
        let replaced = self.open.last().is_some_and(|open| open.replaced);
        self.open.push(Open {
            mark: number,
            hidden: mark.hidden,
            replaced: replaced || properties.actual.is_some(),
            actual: properties
                .actual
                .filter(|_| !replaced)
                .map(|text| (text, drawing.glyphs.len())),
        });
    }

    /// Closes the innermost stretch; its glyphs give way to the text that is meant, if one is said.
    pub(super) fn end(&mut self, drawing: &mut Drawing) {
        let Some(open) = self.open.pop() else { return };
        let Some((text, first)) = open.actual else {
            return;
        };
        let Some(glyph) = drawing.glyphs.get(first).cloned() else {
            return;
        };
        let mut whole = glyph;
        for other in &drawing.glyphs[first..] {
            if other.dir == whole.dir && (other.v - whole.v).abs() < whole.size * 0.5 {
                whole.u0 = whole.u0.min(other.u0);
                whole.u1 = whole.u1.max(other.u1);
            }
        }
        drawing.text.truncate(whole.start as usize);
        drawing.glyphs.truncate(first);
        let text = letters::meant(&text);
        if text.is_empty() {
            return;
        }
        drawing.text.push_str(&text);
        whole.end = drawing.text.len() as u32;
        whole.blank = text.trim().is_empty();
        drawing.glyphs.push(whole);
    }
}
