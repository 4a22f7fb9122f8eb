//! A PDF's bytes → its text, page by page.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use lopdf::{Dictionary, Object};

use super::file::{self, Opened, Opener};
use super::furniture::{self, PaperPage};
use super::interpret::{self, Budget, Drawing, Glyph, Matrix, Shelf};
use super::layout::{self, PaperLine, Zone};
use super::objects::Objects;
use super::pages::{self, PageNode};
use super::structure::{self, Order};
use super::{Error, Line, Options, Origin, RawPage, RawText, Reading};
use super::{attachments, form, hands, joins, loss, metadata, object, outline, pictures, stream};
use crate::lexicon;

/// Operators and glyphs of one document, however many pages it has.
const DOCUMENT_OPERATIONS: usize = 150_000_000;
/// Bytes of page content of one document.
const DOCUMENT_CONTENT: usize = 4 << 30;
/// Bytes of text of one document.
const DOCUMENT_TEXT: usize = 512 << 20;

/// Reads a PDF that `opener` opens.
pub(super) fn read(bytes: &[u8], options: &Options, opener: Opener) -> Result<RawText, Error> {
    let opened = file::open(bytes, options, opener)?;
    let doc = &opened.doc;
    let mut notes = opened.notes;
    let metadata = metadata::read(doc);
    let listed = pages::list(doc, options.limits.pages, opened.cut);
    if opener == Opener::Direct && !listed.notes.is_empty() {
        return Err(Error::Broken("its pages do not hang together".to_owned()));
    }
    notes.extend(listed.notes);
    let order = structure::read(doc);
    let source = Source {
        doc,
        order: &order,
        options,
        by_ocr: metadata::says_ocr(&metadata),
        form_is_ahead: form::is_ahead(doc),
    };
    let (mut papers, mut facts) = match side_by_side(&source, &listed.list) {
        Some(read) => read,
        None => one_by_one(&source, &listed.list),
    };
    settled(doc)?;
    pictures::read(&source, &listed.list, &mut papers, &mut facts);
    furniture::settle(&mut papers);
    join_over_pages(&mut papers);
    let pages = papers
        .into_iter()
        .zip(facts)
        .zip(1..)
        .map(|((paper, fact), number)| compose(paper, fact, number))
        .collect();
    let raw = RawText {
        pages,
        metadata,
        attachments: attachments::read(doc, &listed.list, &options.limits, &mut notes),
        outline: outline::read(doc, &listed.list),
        reader: opened.reader,
        notes,
    };
    settled(doc)?;
    Ok(raw)
}

/// Refuses what was read from a file that is not as sound as it seemed; who mends broken files reads it better.
fn settled(doc: &Objects<'_>) -> Result<(), Error> {
    if doc.are_doubtful() {
        return Err(Error::Broken("one of its objects is not sound".to_owned()));
    }
    Ok(())
}

/// Opens a file by whoever can.
fn opened<'f>(bytes: &'f [u8], options: &Options) -> Result<Opened<'f>, Error> {
    file::open(bytes, options, Opener::Direct)
        .or_else(|_| file::open(bytes, options, Opener::Parser))
}

/// Opens a file and draws nothing; how many pages it has.
pub(super) fn pages(bytes: &[u8], options: &Options) -> Result<usize, Error> {
    let opened = opened(bytes, options)?;
    Ok(pages::list(&opened.doc, options.limits.pages, opened.cut)
        .list
        .len())
}

/// Draws the pages and lays nothing out; how many glyphs they have.
pub(super) fn glyphs(bytes: &[u8], options: &Options) -> Result<usize, Error> {
    let opened = opened(bytes, options)?;
    let listed = pages::list(&opened.doc, options.limits.pages, opened.cut);
    let order = Order::new();
    let mut reader = Reader::new(Source {
        doc: &opened.doc,
        order: &order,
        options,
        by_ocr: false,
        form_is_ahead: false,
    });
    let mut fact = Fact::default();
    Ok(listed
        .list
        .iter()
        .map(|node| reader.drawn(node, &mut fact).glyphs.len())
        .sum())
}

/// What is known of a page beside its lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Fact {
    pub(super) origin: Origin,
    pub(super) notes: Vec<String>,
    /// Why its letters cannot be trusted, if they cannot.
    pub(super) untrusted: Option<String>,
    /// Whether it is a picture with hardly a word beside it.
    pub(super) pictured: bool,
    pub(super) other: Option<Reading>,
}

/// What the pages are read from, and how.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) doc: &'a Objects<'a>,
    order: &'a Order,
    pub(super) options: &'a Options,
    by_ocr: bool,
    /// Whether the values of form fields are newer than what the fields show.
    form_is_ahead: bool,
}

/// Reads the pages one after the other.
fn one_by_one<'a>(source: &Source<'a>, list: &[PageNode<'a>]) -> (Vec<PaperPage>, Vec<Fact>) {
    let mut reader = Reader::new(*source);
    let mut papers: Vec<PaperPage> = Vec::with_capacity(list.len());
    let mut facts: Vec<Fact> = Vec::with_capacity(list.len());
    // Pages that the tree lists several times are read once.
    let mut seen: HashMap<*const Dictionary, usize> = HashMap::new();
    for node in list {
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
    (papers, facts)
}

/// Pages that a thread takes at a time: those that follow each other share their fonts.
const HANDFUL: usize = 8;

/// Reads the pages on several threads; nothing when that is not asked for or not worth it, or when the document passes a
/// limit of its own, which only reading in order keeps to the letter.
fn side_by_side<'a>(
    source: &Source<'a>,
    list: &[PageNode<'a>],
) -> Option<(Vec<PaperPage>, Vec<Fact>)> {
    let threads = source.options.threads.min(list.len().div_ceil(HANDFUL));
    let mut seen = HashSet::new();
    if threads < 2
        || !list
            .iter()
            .all(|node| seen.insert(std::ptr::from_ref(node.dict)))
    {
        return None;
    }
    let next = AtomicUsize::new(0);
    let spent = [const { AtomicUsize::new(0) }; 3];
    let limits = [DOCUMENT_OPERATIONS, DOCUMENT_CONTENT, DOCUMENT_TEXT];
    let within = || {
        spent
            .iter()
            .zip(limits)
            .all(|(spent, limit)| spent.load(Ordering::Relaxed) < limit)
    };
    let work = || {
        let mut done = Vec::new();
        let mut reader = Reader::new(*source);
        loop {
            let first = next.fetch_add(HANDFUL, Ordering::Relaxed);
            let Some(handful) = list.get(first..list.len().min(first + HANDFUL)) else {
                return done;
            };
            if handful.is_empty() || !within() {
                return done;
            }
            let before = reader.left();
            done.extend(
                (first..)
                    .zip(handful)
                    .map(|(at, node)| (at, reader.page(node))),
            );
            for ((spent, before), left) in spent.iter().zip(before).zip(reader.left()) {
                spent.fetch_add(before - left, Ordering::Relaxed);
            }
        }
    };
    // What made a thread fall makes the reading in order fall too, and is caught there.
    let done = hands::together(threads, work);
    if done.len() != list.len() || !within() {
        return None;
    }
    Some(done.into_iter().map(|(_, page)| page).unzip())
}

struct Reader<'a> {
    source: Source<'a>,
    shelf: Shelf<'a>,
    /// The drawing of the page before, whose room the next one uses.
    spare: Drawing,
    /// The contents of the page before, likewise.
    room: Vec<u8>,
    operations: usize,
    content: usize,
    text: usize,
}

impl<'a> Reader<'a> {
    fn new(source: Source<'a>) -> Reader<'a> {
        Reader {
            source,
            shelf: Shelf::new(source.doc),
            spare: Drawing::default(),
            room: Vec::new(),
            operations: DOCUMENT_OPERATIONS,
            content: DOCUMENT_CONTENT,
            text: DOCUMENT_TEXT,
        }
    }

    /// What is left of the document's limits.
    fn left(&self) -> [usize; 3] {
        [self.operations, self.content, self.text]
    }

    fn page(&mut self, node: &PageNode<'a>) -> (PaperPage, Fact) {
        let (width, height, _) = frame(node);
        let mut fact = Fact::default();
        if self.operations == 0 || self.content == 0 || self.text == 0 {
            fact.notes
                .push("not read: the document passed the limit of work".to_owned());
            return (PaperPage { lines: Vec::new() }, fact);
        }
        let mut drawing = self.drawn(node, &mut fact);
        judge(&drawing, &mut fact, self.source.by_ocr, width * height);
        let tree = node
            .id
            .and_then(|id| self.source.order.get(&id))
            .map(Vec::as_slice);
        let lines = layout::lines(&mut drawing, tree);
        self.spare = drawing;
        if fact.untrusted.is_none()
            && lexicon::is_nonsense(lines.iter().map(|line| line.text.as_str()))
        {
            distrust(
                &mut fact,
                "text cannot be trusted: its words are of no language".to_owned(),
            );
        }
        let lines = self.within_text(lines);
        (PaperPage { lines }, fact)
    }

    /// All that the page draws.
    fn drawn(&mut self, node: &PageNode<'a>, fact: &mut Fact) -> Drawing {
        let (width, height, base) = frame(node);
        let mut drawing = std::mem::take(&mut self.spare).again(width, height);
        let limits = &self.source.options.limits;
        let budget = Budget {
            operations: limits.page_operations.min(self.operations),
            text: limits.page_text,
            stream: limits.stream_bytes.min(self.content),
        };
        let content = self.contents(node.dict, &mut fact.notes);
        drawing.expect(content.len());
        let mut left = interpret::draw(
            &mut self.shelf,
            &content,
            node.resources,
            base,
            budget,
            &mut drawing,
        );
        self.room = content;
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
            fact.notes.push(loss::CUT_SHORT.to_owned());
        }
        drawing
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
        let doc = self.source.doc;
        let named = object::raw(page, b"Contents");
        let list = match named.and_then(|contents| object::resolve(doc, contents)) {
            Some(Object::Array(list)) => list.as_slice(),
            Some(stream @ Object::Stream(_)) => std::slice::from_ref(stream),
            Some(Object::Null) => return Vec::new(),
            _ => {
                if named.is_some() {
                    notes.push(loss::CONTENT_MISSING.to_owned());
                }
                return Vec::new();
            }
        };
        let limit = self.source.options.limits.stream_bytes;
        let mut content = Vec::new();
        for item in list {
            let stream = match object::resolve(doc, item) {
                Some(Object::Stream(stream)) => stream,
                Some(Object::Null) => continue,
                _ => {
                    notes.push(loss::CONTENT_MISSING.to_owned());
                    continue;
                }
            };
            let room = limit.min(self.content).saturating_sub(content.len());
            if room == 0 {
                notes.push(loss::CONTENT_TOO_LARGE.to_owned());
                break;
            }
            // A page has mostly one stream.
            let before = std::mem::take(&mut self.room);
            let unpacked = stream::unpack_in(doc, stream, room, before);
            match unpacked.fault {
                Some(stream::Fault::TooLarge) => {
                    notes.push(loss::CONTENT_TOO_LARGE.to_owned());
                }
                Some(stream::Fault::Damaged) => notes.push(loss::CONTENT_DAMAGED.to_owned()),
                Some(stream::Fault::Unknown) => notes.push(loss::CONTENT_UNKNOWN.to_owned()),
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
        let doc = self.source.doc;
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
            let is_field = kind == b"Widget";
            drawing.annotate(is_field);
            let value = if let Some(form) = form {
                let first = drawing.glyphs.len();
                budget.operations =
                    interpret::draw_appearance(&mut self.shelf, form, rect, base, budget, drawing);
                let newer = (is_field && self.source.form_is_ahead)
                    .then(|| form::newer(doc, annotation))
                    .flatten()
                    .filter(|value| !form::shows(drawing, first, value));
                if newer.is_some() {
                    drawing.glyphs.truncate(first);
                }
                newer
            } else if look.is_none() && is_field {
                form::value(doc, annotation)
            } else if look.is_none() && kind == b"FreeText" {
                object::string(doc, annotation, b"Contents").map(object::text)
            } else {
                None
            };
            if let Some(value) = value {
                interpret::write_field(&value, rect, base, drawing);
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

/// A page without glyphs and with this many curves shows text as outlines, or a drawing that may hold some: a line of print
/// has about a thousand, a coat of arms a few hundred.
const DRAWN_AS_CURVES: usize = 400;
/// Straight lines that stand for one curve where outlines are made of them.
const LINES_A_CURVE: usize = 8;
/// Fewer glyphs on a picture of a page are a stamp on a scan, not its text.
const FEW_GLYPHS: usize = 250;

/// Says where the page's text comes from, and whether it can be trusted.
fn judge(drawing: &Drawing, fact: &mut Fact, by_ocr: bool, area: f32) {
    let glyphs = || drawing.glyphs.iter().filter(|glyph| !glyph.blank);
    let shown = glyphs().count();
    let hidden = glyphs().filter(|glyph| glyph.hidden).count();
    // Asked of the whole page first: nearly always there is none.
    let unknown = if drawing.text.contains('\u{fffd}') {
        let text = |glyph: &Glyph| &drawing.text[glyph.start as usize..glyph.end as usize];
        glyphs()
            .filter(|glyph| text(glyph).contains('\u{fffd}'))
            .count()
    } else {
        0
    };
    let covered = drawing.pictured > 0.5 * area;
    fact.origin = if shown == 0 {
        if drawing.pictures > 0 && drawing.pictured > 0.05 * area
            || drawing.curves + drawing.lines / LINES_A_CURVE >= DRAWN_AS_CURVES
        {
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
        let note = format!(
            "text cannot be trusted: {unknown} of {shown} glyphs are in fonts that do not say which letters they are"
        );
        distrust(fact, note);
    }
    fact.pictured = covered && shown < FEW_GLYPHS;
}

/// Notes why the letters of a page cannot be trusted.
fn distrust(fact: &mut Fact, note: String) {
    fact.notes.push(note.clone());
    fact.untrusted = Some(note);
}

/// The page's text from its lines: heads, body, feet.
pub(super) fn compose(paper: PaperPage, fact: Fact, number: u32) -> RawPage {
    let mut parts: [Vec<PaperLine>; 3] = Default::default();
    parts[1].reserve(paper.lines.len());
    // A line end each, and two before a paragraph.
    let bytes = paper.lines.iter().map(|line| line.text.len() + 2).sum();
    let places = paper
        .lines
        .iter()
        .map(|line| line.pieces.len().max(1))
        .sum();
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
        other: fact.other,
        text: String::with_capacity(bytes),
        lines: Vec::with_capacity(places),
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
            page.lines.extend(line.pieces.iter().map(|piece| Line {
                start: start + piece.start,
                end: start + piece.end,
                bbox: piece.bbox,
                size: piece.size,
                bold: piece.bold,
                cells: Vec::new(),
            }));
            if line.pieces.is_empty() {
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
            .filter(|last| last.pieces.is_empty() && next.pieces.is_empty())
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

/// Whether a line that seems to begin a paragraph is the next line of the same print all the same: the lines of a heading
/// stand far apart.
fn goes_on(before: &PaperLine, line: &PaperLine) -> bool {
    let size = before.size.max(line.size);
    (before.size - line.size).abs() < 0.15 * size
        && before.turn == line.turn
        && before.zone == line.zone
        && (before.frame[0] - line.frame[0]).abs() < 0.5 * size
        && (0.0..1.6 * size).contains(&(line.frame[1] - before.frame[3] + 0.3 * size))
}

/// Completes the word that the end of a column breaks, if `line` is the first of the next one and goes on with it; says
/// whether it did. Two columns may have nothing to do with each other: the lexicon must know the word.
fn complete_over_columns(lines: &mut [PaperLine], line: &mut PaperLine) -> bool {
    if !line.begins || !line.pieces.is_empty() {
        return false;
    }
    // Notes, in smaller print, may stand between.
    let last = lines
        .iter_mut()
        .rev()
        .take(MOST_NOTES)
        .enumerate()
        .find(|(_, last)| last.size >= line.size - 0.1)
        .filter(|(_, last)| last.pieces.is_empty());
    let Some((between, last)) = last else {
        return false;
    };
    let beside = last.turn == line.turn
        && (last.size - line.size).abs() < 0.1
        && line.frame[3] < last.frame[1]
        && line.frame[0] > last.frame[2];
    let done = beside
        && joins::is_known(&last.text, &line.text)
        && joins::complete(&mut last.text, &mut line.text);
    if done && between == 0 {
        line.begins = false;
    }
    done
}

/// Lines of notes that may stand at the foot of a column.
const MOST_NOTES: usize = 40;

/// Completes the words that line ends break. A line whose only word moved up is gone.
fn join(lines: Vec<PaperLine>) -> Vec<PaperLine> {
    let mut out: Vec<PaperLine> = Vec::with_capacity(lines.len());
    for mut line in lines {
        if complete_over_columns(&mut out, &mut line) && line.text.is_empty() {
            continue;
        }
        if let Some(before) = out.last_mut()
            && (!line.begins || goes_on(before, &line))
            && before.pieces.is_empty()
            && line.pieces.is_empty()
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
