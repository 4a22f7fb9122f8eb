//! A PDF's bytes → its text, page by page.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::furniture::{self, PaperPage};
use super::interpret::{self, Budget, Drawing, Matrix, Shelf};
use super::layout::{self, PaperLine, Zone};
use super::pages::{self, PageNode};
use super::structure::{self, Order};
use super::{Error, Line, Metadata, Options, Origin, RawPage, RawText};
use super::{file, joins, object, stream};

/// Operators and glyphs of one document, however many pages it has.
const DOCUMENT_OPERATIONS: usize = 150_000_000;
/// Bytes of page content of one document.
const DOCUMENT_CONTENT: usize = 4 << 30;
/// Bytes of text of one document.
const DOCUMENT_TEXT: usize = 512 << 20;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], options: &Options, by_parser: bool) -> Result<RawText, Error> {
    let opened = file::open(bytes, options, by_parser)?;
    let doc = &opened.doc;
    let mut notes = opened.notes;
    let metadata = metadata(doc);
    let listed = pages::list(doc, options.limits.pages, opened.cut);
    notes.extend(listed.notes);
    let order = structure::read(doc);
    let mut reader = Reader {
        doc,
        shelf: Shelf::new(doc),
        order,
        options,
        by_ocr: says_ocr(&metadata),
        operations: DOCUMENT_OPERATIONS,
        content: DOCUMENT_CONTENT,
        text: DOCUMENT_TEXT,
    };
    let mut papers: Vec<PaperPage> = Vec::with_capacity(listed.list.len());
    let mut facts: Vec<Fact> = Vec::with_capacity(listed.list.len());
    // Pages that the tree lists several times are read once.
    let mut seen: HashMap<*const Dictionary, usize> = HashMap::new();
    for node in &listed.list {
        let (paper, fact) = match seen.get(&std::ptr::from_ref(node.dict)) {
            Some(&first) => {
                let lines = reader.within_text(papers[first].lines.clone());
                (PaperPage { lines }, facts[first].clone())
            }
            None => reader.page(node),
        };
        seen.entry(std::ptr::from_ref(node.dict))
            .or_insert(papers.len());
        papers.push(paper);
        facts.push(fact);
    }
    furniture::settle(&mut papers);
    join_over_pages(&mut papers);
    let pages = papers
        .into_iter()
        .zip(facts)
        .zip(1..)
        .map(|((paper, fact), number)| compose(paper, fact, number))
        .collect();
    Ok(RawText {
        pages,
        metadata,
        notes,
        ..RawText::default()
    })
}

/// What is known of a page beside its lines.
#[derive(Clone, Debug, Default)]
struct Fact {
    origin: Origin,
    notes: Vec<String>,
}

struct Reader<'a> {
    doc: &'a Document,
    shelf: Shelf<'a>,
    order: Order,
    options: &'a Options,
    by_ocr: bool,
    operations: usize,
    content: usize,
    text: usize,
}

impl<'a> Reader<'a> {
    fn page(&mut self, node: &PageNode<'a>) -> (PaperPage, Fact) {
        let (width, height, base) = frame(node);
        let mut fact = Fact::default();
        if self.operations == 0 || self.content == 0 || self.text == 0 {
            fact.notes
                .push("not read: the document passed the limit of work".to_owned());
            return (PaperPage { lines: Vec::new() }, fact);
        }
        let mut drawing = Drawing::new(width, height);
        let limits = &self.options.limits;
        let budget = Budget {
            operations: limits.page_operations.min(self.operations),
            text: limits.page_text,
            stream: limits.stream_bytes.min(self.content),
        };
        let content = self.contents(node.dict, &mut fact.notes);
        let mut left = interpret::draw(
            &mut self.shelf,
            &content,
            node.resources,
            base,
            budget,
            &mut drawing,
        );
        drop(content);
        left = self.annotations(
            node.dict,
            base,
            Budget {
                operations: left,
                ..budget
            },
            &mut drawing,
        );
        self.operations = self.operations.saturating_sub(budget.operations - left);
        if drawing.cut {
            fact.notes.push("cut short at a limit of work".to_owned());
        }
        judge(&drawing, &mut fact, self.by_ocr, width * height);
        let tree = node
            .id
            .and_then(|id| self.order.get(&id))
            .map(Vec::as_slice);
        let lines = layout::lines(&mut drawing, tree);
        let lines = self.within_text(lines);
        (PaperPage { lines }, fact)
    }

    /// The lines that the document's limit of text leaves.
    fn within_text(&mut self, mut lines: Vec<PaperLine>) -> Vec<PaperLine> {
        let mut kept = 0;
        for line in &lines {
            if self.text == 0 {
                break;
            }
            self.text = self.text.saturating_sub(line.text.len() + 1);
            kept += 1;
        }
        lines.truncate(kept);
        lines
    }

    /// The page's content, its streams one after the other.
    fn contents(&mut self, page: &'a Dictionary, notes: &mut Vec<String>) -> Vec<u8> {
        let doc = self.doc;
        let list = match object::raw(page, b"Contents")
            .and_then(|contents| object::resolve(doc, contents))
        {
            Some(Object::Array(list)) => list.as_slice(),
            Some(stream @ Object::Stream(_)) => std::slice::from_ref(stream),
            _ => return Vec::new(),
        };
        let limit = self.options.limits.stream_bytes;
        let mut content = Vec::new();
        for item in list {
            let Some(Object::Stream(stream)) = object::resolve(doc, item) else {
                continue;
            };
            let room = limit.min(self.content).saturating_sub(content.len());
            if room == 0 {
                notes.push("its content is larger than the limit; the rest is not read".to_owned());
                break;
            }
            let unpacked = stream::unpack(doc, stream, room);
            match unpacked.fault {
                Some(stream::Fault::TooLarge) => {
                    notes.push(
                        "its content is larger than the limit; the rest is not read".to_owned(),
                    );
                }
                Some(stream::Fault::Damaged) => {
                    notes.push("its content is damaged; part of it is read".to_owned())
                }
                Some(stream::Fault::Unknown) => {
                    notes.push("its content is packed in an unknown way".to_owned())
                }
                None => {}
            }
            self.content = self.content.saturating_sub(unpacked.bytes.len());
            if content.is_empty() {
                content = unpacked.bytes;
            } else {
                content.push(b'\n');
                content.extend_from_slice(&unpacked.bytes);
            }
        }
        notes.dedup();
        content
    }

    /// Draws what annotations and form fields show.
    fn annotations(
        &mut self,
        page: &'a Dictionary,
        base: Matrix,
        mut budget: Budget,
        drawing: &mut Drawing,
    ) -> usize {
        const HIDDEN: i64 = 2 | 32;
        let doc = self.doc;
        for annotation in object::array(doc, page, b"Annots")
            .unwrap_or_default()
            .iter()
            .take(5_000)
        {
            let Some(annotation) = object::resolve(doc, annotation).and_then(object::as_dict)
            else {
                continue;
            };
            let kind = object::name(doc, annotation, b"Subtype").unwrap_or_default();
            if object::int(doc, annotation, b"F").unwrap_or(0) & HIDDEN != 0
                || matches!(kind, b"Popup" | b"Link" | b"Text")
            {
                continue;
            }
            let Some(rect) = object::numbers::<4>(doc, annotation, b"Rect") else {
                continue;
            };
            let look =
                object::dict(doc, annotation, b"AP").and_then(|look| object::get(doc, look, b"N"));
            let form = match look {
                Some(Object::Stream(form)) => Some(form),
                Some(Object::Dictionary(states)) => object::name(doc, annotation, b"AS")
                    .and_then(|state| object::stream(doc, states, state)),
                _ => None,
            };
            drawing.annotate(kind == b"Widget");
            if let Some(form) = form {
                budget.operations =
                    interpret::draw_appearance(&mut self.shelf, form, rect, base, budget, drawing);
            } else if look.is_none() && matches!(kind, b"Widget" | b"FreeText") {
                let key: &[u8] = if kind == b"Widget" { b"V" } else { b"Contents" };
                if let Some(value) = object::string(doc, annotation, key) {
                    interpret::write_field(&object::text(value), rect, base, drawing);
                }
            }
        }
        budget.operations
    }
}

/// The page's width and height as it is shown, and the way there from its own space.
fn frame(node: &PageNode<'_>) -> (f32, f32, Matrix) {
    let [left, bottom, right, top] = node.frame;
    let (width, height) = (right - left, top - bottom);
    match node.turn {
        90 => (height, width, [0.0, 1.0, 1.0, 0.0, -bottom, -left]),
        180 => (width, height, [-1.0, 0.0, 0.0, 1.0, right, -bottom]),
        270 => (height, width, [0.0, -1.0, -1.0, 0.0, top, right]),
        _ => (width, height, [1.0, 0.0, 0.0, -1.0, -left, top]),
    }
}

/// Says where the page's text comes from, and whether it can be trusted.
fn judge(drawing: &Drawing, fact: &mut Fact, by_ocr: bool, area: f32) {
    let (mut shown, mut hidden, mut unknown) = (0usize, 0usize, 0usize);
    for glyph in drawing.glyphs.iter().filter(|glyph| !glyph.blank) {
        shown += 1;
        hidden += usize::from(glyph.hidden);
        unknown += usize::from(
            drawing.text[glyph.start as usize..glyph.end as usize].contains('\u{fffd}'),
        );
    }
    let covered = drawing.pictured > 0.5 * area;
    fact.origin = if shown == 0 {
        if drawing.pictures > 0 && drawing.pictured > 0.05 * area {
            Origin::PictureOnly
        } else {
            Origin::Empty
        }
    } else if drawing.pictures > 0
        && (hidden * 2 > shown
            || covered && (by_ocr || drawing.before_picture * 2 > drawing.glyphs.len()))
    {
        Origin::OcrLayer
    } else {
        Origin::BornDigital
    };
    if unknown > 0 && unknown * 20 >= shown {
        fact.notes.push(format!(
            "text cannot be trusted: {unknown} of {shown} glyphs are in fonts that do not say which letters they are"
        ));
    }
}

/// Whether the file says that an OCR engine wrote its text.
fn says_ocr(metadata: &Metadata) -> bool {
    [&metadata.producer, &metadata.creator]
        .into_iter()
        .flatten()
        .any(|program| {
            let program = program.to_lowercase();
            [
                "ocr",
                "tesseract",
                "abbyy",
                "finereader",
                "paper capture",
                "readiris",
                "omnipage",
                "scansoft",
            ]
            .iter()
            .any(|name| program.contains(name))
        })
}

fn metadata(doc: &Document) -> Metadata {
    let info = object::dict(doc, &doc.trailer, b"Info");
    let entry = |key: &[u8]| {
        let text = object::text(object::string(doc, info?, key)?);
        let text = text.replace('\0', "").trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    Metadata {
        title: entry(b"Title"),
        creator: entry(b"Creator"),
        producer: entry(b"Producer"),
        created: entry(b"CreationDate"),
    }
}

/// The page's text from its lines: heads, body, feet.
fn compose(paper: PaperPage, fact: Fact, number: u32) -> RawPage {
    let mut parts: [Vec<PaperLine>; 3] = Default::default();
    for line in paper.lines {
        parts[match line.zone {
            Zone::Head => 0,
            Zone::Body => 1,
            Zone::Foot => 2,
        }]
        .push(line);
    }
    let mut page = RawPage {
        number,
        origin: fact.origin,
        notes: fact.notes,
        ..RawPage::default()
    };
    for (part, zone) in parts.into_iter().zip([Zone::Head, Zone::Body, Zone::Foot]) {
        for (at, line) in join(part).into_iter().enumerate() {
            if !page.text.is_empty() {
                page.text.push('\n');
                if zone == Zone::Body && (line.begins || at == 0) || zone == Zone::Foot && at == 0 {
                    page.text.push('\n');
                }
            }
            let start = page.text.len();
            page.text.push_str(&line.text);
            let end = page.text.len();
            if zone != Zone::Body && start < end {
                page.furniture.push((start, end));
            }
            page.lines.push(Line {
                start,
                end,
                bbox: line.bbox,
                size: line.size,
                bold: line.bold,
                cells: line.cells,
            });
        }
    }
    page
}

/// Completes the word that the end of a page breaks, if the next page goes on with it.
fn join_over_pages(papers: &mut [PaperPage]) {
    for at in 1..papers.len() {
        let (before, after) = papers.split_at_mut(at);
        let Some(first) = after[0]
            .lines
            .iter()
            .position(|line| line.zone == Zone::Body)
        else {
            continue;
        };
        let next = &mut after[0].lines[first];
        // Notes, in smaller print, may stand between.
        let Some(last) = before[at - 1]
            .lines
            .iter_mut()
            .rfind(|line| line.zone == Zone::Body && line.size >= next.size - 0.1)
        else {
            continue;
        };
        if last.turn == next.turn
            && (next.size - last.size).abs() < 0.1
            && joins::complete(&mut last.text, &mut next.text)
            && next.text.is_empty()
        {
            after[0].lines.remove(first);
        }
    }
}

/// Completes the words that line ends break. A line whose only word moved up is gone.
fn join(lines: Vec<PaperLine>) -> Vec<PaperLine> {
    let mut out: Vec<PaperLine> = Vec::with_capacity(lines.len());
    for mut line in lines {
        if let Some(before) = out.last_mut()
            && !line.begins
            && joins::complete(&mut before.text, &mut line.text)
            && line.text.is_empty()
        {
            before.bbox[3] = before.bbox[3].max(line.bbox[3]);
            continue;
        }
        out.push(line);
    }
    for line in &mut out {
        // A soft hyphen that breaks no word shows as what it looks like.
        if line.text.ends_with(super::letters::SOFT_HYPHEN) {
            line.text.pop();
            line.text.push('-');
        }
    }
    out
}
