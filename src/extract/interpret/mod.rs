//! A page's content → the glyphs that it draws, with their text and place, in the order in which they are drawn.

mod drawing;
mod marks;
mod paths;
mod writing;

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Stream};

pub(super) use drawing::{Artifact, Drawing, Glyph};
use marks::{Marks, Properties};
use paths::Path;

use super::font::Font;
use super::lexer::{Lexer, Piece, Token, name};
use super::{letters, object, standard, stream};
use crate::extract::objects::Objects;

/// Fonts and unpacked forms, read once for a document.
pub(super) struct Shelf<'a> {
    doc: &'a Objects<'a>,
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    forms: HashMap<*const Stream, Rc<Vec<u8>>>,
    form_bytes: usize,
    missing: Rc<Font>,
    /// Content groups that are switched off.
    hidden: Vec<lopdf::ObjectId>,
}

/// Unpacked forms are kept up to this many bytes.
const SHELF_BYTES: usize = 64 << 20;

impl<'a> Shelf<'a> {
    /// An empty shelf for `doc`.
    pub(super) fn new(doc: &'a Objects<'a>) -> Shelf<'a> {
        Shelf {
            doc,
            fonts: HashMap::new(),
            forms: HashMap::new(),
            form_bytes: 0,
            missing: Rc::new(Font::missing()),
            hidden: marks::switched_off(doc),
        }
    }

    fn font(&mut self, dict: Option<&'a Dictionary>) -> Rc<Font> {
        let Some(dict) = dict else {
            return Rc::clone(&self.missing);
        };
        let doc = self.doc;
        Rc::clone(
            self.fonts
                .entry(std::ptr::from_ref(dict))
                .or_insert_with(|| Rc::new(standard::read(doc, dict))),
        )
    }

    fn form(&mut self, form: &'a Stream, limit: usize) -> Rc<Vec<u8>> {
        let key = std::ptr::from_ref(form);
        if let Some(bytes) = self.forms.get(&key) {
            return Rc::clone(bytes);
        }
        let bytes = Rc::new(stream::unpack(self.doc, form, limit).bytes);
        if self.form_bytes + bytes.len() <= SHELF_BYTES {
            self.form_bytes += bytes.len();
            self.forms.insert(key, Rc::clone(&bytes));
        }
        bytes
    }
}

/// What a page may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Operators and glyphs.
    pub(super) operations: usize,
    /// Bytes of text.
    pub(super) text: usize,
    /// Bytes that one stream may unpack to.
    pub(super) stream: usize,
}

/// A matrix as PDF writes it: a b c d e f.
pub(super) type Matrix = [f32; 6];

/// `first`, then `then`.
pub(super) fn concat(first: &Matrix, then: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *first;
    let [ta, tb, tc, td, te, tf] = *then;
    [
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    ]
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Draws `content` on `drawing`; `base` leads from the page's space to points from its top left corner.
///
/// Gives back the operations that are left.
pub(super) fn draw<'a>(
    shelf: &mut Shelf<'a>,
    content: &[u8],
    resources: Option<&'a Dictionary>,
    base: Matrix,
    budget: Budget,
    drawing: &mut Drawing,
) -> usize {
    let font = Rc::clone(&shelf.missing);
    let mut interpreter = Interpreter {
        shelf,
        drawing,
        left: budget.operations,
        budget,
        state: State {
            ctm: base,
            text: TextState {
                font,
                size: 0.0,
                char_space: 0.0,
                word_space: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
            clip: None,
        },
        matrix: IDENTITY,
        line: IDENTITY,
        placed: true,
        marks: Marks::default(),
        path: Path::default(),
        open: Vec::new(),
    };
    interpreter.run(content, resources, 0);
    interpreter.end_marks(0);
    interpreter.left
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    text: TextState,
    /// What is drawn outside of this box is not seen: left, top, right, bottom in points.
    clip: Option<[f32; 4]>,
}

#[derive(Clone)]
struct TextState {
    font: Rc<Font>,
    size: f32,
    char_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
    rise: f32,
    mode: u8,
}

struct Interpreter<'a, 'b> {
    shelf: &'b mut Shelf<'a>,
    drawing: &'b mut Drawing,
    left: usize,
    budget: Budget,
    state: State,
    matrix: Matrix,
    line: Matrix,
    /// Whether no glyph has been drawn since the place was set.
    placed: bool,
    marks: Marks,
    path: Path,
    /// The forms that are being drawn: one that draws itself is drawn once.
    open: Vec<*const Stream>,
}

/// What stands before an operator.
#[derive(Clone, Copy, Debug)]
enum Operand<'c> {
    Number(f32),
    Name(&'c [u8]),
    /// From, to: bytes that the lexer keeps.
    String(usize, usize),
    Other,
}

/// Forms within forms.
const DEEPEST_FORM: usize = 20;
/// Saved graphics states; more are not kept.
const DEEPEST_STATE: usize = 2_000;
/// Names of fonts of one stream of contents that are remembered.
const MOST_FONTS: usize = 32;
/// Operands before one operator; more are not kept.
const MOST_OPERANDS: usize = 1 << 16;

impl<'a> Interpreter<'a, '_> {
    fn run(&mut self, content: &[u8], resources: Option<&'a Dictionary>, depth: usize) {
        let mut lexer = Lexer::keeping(content);
        let mut operands: Vec<Operand<'_>> = Vec::with_capacity(64);
        let mut properties: Option<Properties> = None;
        let mut saved: Vec<State> = Vec::new();
        let mut unsaved = 0usize;
        // The fonts that these contents have named, so that a name is looked up once.
        let mut fonts: Vec<(&[u8], Rc<Font>)> = Vec::new();
        let floor = self.marks.depth();
        while let Some(token) = lexer.token() {
            let word = match token {
                Token::Word(word) => word,
                _ if operands.len() >= MOST_OPERANDS => continue,
                Token::Number(value) => {
                    operands.push(Operand::Number(value as f32));
                    continue;
                }
                Token::Name(name) => {
                    operands.push(Operand::Name(name));
                    continue;
                }
                Token::String => {
                    let bytes = lexer.string_range();
                    operands.push(Operand::String(bytes.start, bytes.end));
                    continue;
                }
                Token::DictStart => {
                    properties = Some(marks::read(&mut lexer));
                    operands.push(Operand::Other);
                    continue;
                }
                Token::ArrayStart => {
                    lexer.row(|piece| match piece {
                        _ if operands.len() >= MOST_OPERANDS => {}
                        Piece::Number(value) => operands.push(Operand::Number(value as f32)),
                        Piece::String(bytes) => {
                            operands.push(Operand::String(bytes.start, bytes.end));
                        }
                    });
                    continue;
                }
                Token::ArrayEnd | Token::DictEnd => continue,
            };
            if self.left == 0 || self.drawing.text.len() > self.budget.text {
                self.left = 0;
                self.drawing.cut = true;
                return;
            }
            self.left -= 1;
            let number = |at: usize| match operands.get(at) {
                Some(&Operand::Number(value)) => value,
                _ => 0.0,
            };
            let last = |back: usize| match operands.len().checked_sub(back).map(|at| operands[at]) {
                Some(Operand::Number(value)) => value,
                _ => 0.0,
            };
            match word {
                b"q" => {
                    if saved.len() < DEEPEST_STATE {
                        saved.push(self.state.clone());
                    } else {
                        unsaved += 1;
                    }
                }
                b"Q" => {
                    if unsaved > 0 {
                        unsaved -= 1;
                    } else if let Some(state) = saved.pop() {
                        self.state = state;
                    }
                }
                b"cm" if operands.len() >= 6 => {
                    let matrix = std::array::from_fn(number);
                    self.state.ctm = concat(&matrix, &self.state.ctm);
                }
                b"c" | b"v" | b"y" => {
                    self.drawing.curves += usize::from(!self.marks.hidden());
                    self.path.curve();
                }
                b"W" | b"W*" => self.path.clips(),
                b"m" if operands.len() >= 2 => self.path.begin(&self.state.ctm, last(2), last(1)),
                b"l" if operands.len() >= 2 => {
                    self.drawing.lines += usize::from(!self.marks.hidden());
                    self.path.line(&self.state.ctm, last(2), last(1));
                }
                b"re" if operands.len() >= 4 => {
                    let corner = std::array::from_fn(|at| last(4 - at));
                    self.path.rectangle(&self.state.ctm, corner);
                }
                b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                    let clip = self.path.end(!self.marks.hidden(), self.drawing);
                    self.clip(clip);
                }
                b"n" => {
                    let clip = self.path.end(false, self.drawing);
                    self.clip(clip);
                }
                b"BT" => {
                    self.matrix = IDENTITY;
                    self.line = IDENTITY;
                    self.placed = true;
                }
                b"Tf" => {
                    self.state.text.size = last(1);
                    if let Some(&Operand::Name(raw)) = operands.first() {
                        let font = match fonts.iter().find(|(name, _)| *name == raw) {
                            Some((_, font)) => Rc::clone(font),
                            None => {
                                let font = self.font(resources, raw);
                                if fonts.len() < MOST_FONTS {
                                    fonts.push((raw, Rc::clone(&font)));
                                }
                                font
                            }
                        };
                        self.state.text.font = font;
                    }
                }
                b"Td" => self.move_line(last(2), last(1)),
                b"TD" => {
                    self.state.text.leading = -last(1);
                    self.move_line(last(2), last(1));
                }
                b"Tm" if operands.len() >= 6 => {
                    let from = operands.len() - 6;
                    self.line = std::array::from_fn(|at| number(from + at));
                    self.matrix = self.line;
                    self.placed = true;
                }
                b"T*" => self.move_line(0.0, -self.state.text.leading),
                b"Tc" => self.state.text.char_space = last(1),
                b"Tw" => self.state.text.word_space = last(1),
                b"Tz" => self.state.text.scale = last(1) / 100.0,
                b"TL" => self.state.text.leading = last(1),
                b"Ts" => self.state.text.rise = last(1),
                b"Tr" => self.state.text.mode = last(1).clamp(0.0, 7.0) as u8,
                b"Tj" => {
                    if let Some(&Operand::String(start, end)) = operands.last()
                        && let Some(line) = self.line_of_writing()
                    {
                        let first = self.drawing.glyphs.len();
                        self.show(&line, lexer.kept(start..end));
                        self.clip_away(&line, first);
                    }
                }
                b"TJ" => {
                    // Between the strings only the place changes.
                    let line = self.line_of_writing();
                    let first = self.drawing.glyphs.len();
                    for operand in &operands {
                        match (*operand, &line) {
                            (Operand::Number(value), _) => self.advance(value),
                            (Operand::String(start, end), Some(line)) => {
                                self.show(line, lexer.kept(start..end));
                            }
                            _ => {}
                        }
                    }
                    if let Some(line) = &line {
                        self.clip_away(line, first);
                    }
                }
                b"'" => {
                    self.move_line(0.0, -self.state.text.leading);
                    if let Some(&Operand::String(start, end)) = operands.last()
                        && let Some(line) = self.line_of_writing()
                    {
                        let first = self.drawing.glyphs.len();
                        self.show(&line, lexer.kept(start..end));
                        self.clip_away(&line, first);
                    }
                }
                b"\"" => {
                    self.state.text.word_space = number(0);
                    self.state.text.char_space = number(1);
                    self.move_line(0.0, -self.state.text.leading);
                    if let Some(&Operand::String(start, end)) = operands.last()
                        && let Some(line) = self.line_of_writing()
                    {
                        let first = self.drawing.glyphs.len();
                        self.show(&line, lexer.kept(start..end));
                        self.clip_away(&line, first);
                    }
                }
                b"Do" => {
                    if let Some(Operand::Name(raw)) = operands.last() {
                        self.draw_object(resources, raw, depth);
                    }
                }
                b"gs" => {
                    if let Some(Operand::Name(raw)) = operands.last() {
                        self.set_parameters(resources, raw);
                    }
                }
                b"BI" => {
                    while let Some(token) = lexer.token() {
                        if token == Token::Word(b"ID") {
                            break;
                        }
                    }
                    lexer.skip_inline_data();
                    self.picture();
                }
                b"BDC" | b"BMC" => {
                    let tag = operands.iter().find_map(|operand| match operand {
                        Operand::Name(name) => Some(*name),
                        _ => None,
                    });
                    let listed = match operands.last() {
                        Some(Operand::Name(raw)) if word == b"BDC" => {
                            resources.and_then(|resources| {
                                let list = object::dict(self.shelf.doc, resources, b"Properties")?;
                                object::raw(list, &name(raw))
                            })
                        }
                        _ => None,
                    };
                    let off = listed.is_some_and(|listed| {
                        marks::is_hidden(self.shelf.doc, listed, &self.shelf.hidden)
                    });
                    let properties = match listed {
                        Some(listed) => marks::listed(self.shelf.doc, listed),
                        None => properties.take().unwrap_or_default(),
                    };
                    self.marks
                        .begin(tag.unwrap_or_default(), properties, off, self.drawing);
                }
                b"EMC" if self.marks.depth() > floor => self.end_mark(),
                _ => {}
            }
            operands.clear();
            lexer.forget();
            properties = None;
        }
        self.end_marks(floor);
    }

    /// The font of a name.
    fn font(&mut self, resources: Option<&'a Dictionary>, raw: &[u8]) -> Rc<Font> {
        let doc = self.shelf.doc;
        let dict = resources
            .and_then(|resources| object::dict(doc, resources, b"Font"))
            .and_then(|fonts| object::dict(doc, fonts, &name(raw)));
        self.shelf.font(dict)
    }

    fn set_parameters(&mut self, resources: Option<&'a Dictionary>, raw: &[u8]) {
        let doc = self.shelf.doc;
        let font = resources
            .and_then(|resources| object::dict(doc, resources, b"ExtGState"))
            .and_then(|states| object::dict(doc, states, &name(raw)))
            .and_then(|state| object::array(doc, state, b"Font"));
        if let Some([dict, size]) = font {
            let dict = object::resolve(doc, dict).and_then(object::as_dict);
            self.state.text.font = self.shelf.font(dict);
            self.state.text.size = object::resolve(doc, size)
                .and_then(object::number)
                .unwrap_or(0.0);
        }
    }

    /// Draws from now on only within `clip`, too.
    fn clip(&mut self, clip: Option<[f32; 4]>) {
        let Some(new) = clip else { return };
        let old = self
            .state
            .clip
            .unwrap_or([f32::MIN, f32::MIN, f32::MAX, f32::MAX]);
        self.state.clip = Some([
            new[0].max(old[0]),
            new[1].max(old[1]),
            new[2].min(old[2]),
            new[3].min(old[3]),
        ]);
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = concat(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.matrix = self.line;
        self.placed = true;
    }

    /// Notes that a picture fills the unit square of the current space.
    fn picture(&mut self) {
        if self.marks.hidden() {
            return;
        }
        let [a, b, c, d, ..] = self.state.ctm;
        self.drawing.pictured += (a * d - b * c).abs();
        self.drawing.pictures += 1;
        self.drawing.before_picture = self.drawing.glyphs.len();
    }

    fn draw_object(&mut self, resources: Option<&'a Dictionary>, raw: &[u8], depth: usize) {
        let doc = self.shelf.doc;
        let Some(stream) = resources
            .and_then(|resources| object::dict(doc, resources, b"XObject"))
            .and_then(|objects| object::stream(doc, objects, &name(raw)))
        else {
            return;
        };
        match object::name(doc, &stream.dict, b"Subtype") {
            Some(b"Image") => self.picture(),
            Some(b"Form") | None => {
                if let Some(group) = object::raw(&stream.dict, b"OC")
                    && marks::is_hidden(doc, group, &self.shelf.hidden)
                {
                    return;
                }
                self.draw_form(stream, resources, depth);
            }
            _ => {}
        }
    }

    fn draw_form(&mut self, form: &'a Stream, outer: Option<&'a Dictionary>, depth: usize) {
        let place = std::ptr::from_ref(form);
        if self.open.contains(&place) {
            return;
        }
        if depth >= DEEPEST_FORM {
            self.drawing.cut = true;
            return;
        }
        let doc = self.shelf.doc;
        let bytes = self.shelf.form(form, self.budget.stream);
        let resources = object::dict(doc, &form.dict, b"Resources").or(outer);
        let state = self.state.clone();
        let (matrix, line) = (self.matrix, self.line);
        if let Some(own) = object::numbers::<6>(doc, &form.dict, b"Matrix") {
            self.state.ctm = concat(&own, &self.state.ctm);
        }
        // A form drawn often costs what its bytes cost, even when they say nothing.
        self.left = self.left.saturating_sub(1 + bytes.len() / 64);
        self.open.push(place);
        self.run(&bytes, resources, depth + 1);
        self.open.pop();
        self.state = state;
        (self.matrix, self.line) = (matrix, line);
    }

    fn end_mark(&mut self) {
        self.marks.end(self.drawing);
    }

    fn end_marks(&mut self, floor: usize) {
        while self.marks.depth() > floor {
            self.end_mark();
        }
    }
}

/// Draws the appearance of an annotation: a form, fitted into its rectangle.
pub(super) fn draw_appearance<'a>(
    shelf: &mut Shelf<'a>,
    form: &'a Stream,
    rect: [f32; 4],
    base: Matrix,
    budget: Budget,
    drawing: &mut Drawing,
) -> usize {
    let doc = shelf.doc;
    let bbox: [f32; 4] = object::numbers(doc, &form.dict, b"BBox").unwrap_or([0.0, 0.0, 1.0, 1.0]);
    let own: Matrix = object::numbers(doc, &form.dict, b"Matrix").unwrap_or(IDENTITY);
    let corners = [(0, 1), (0, 3), (2, 1), (2, 3)].map(|(x, y)| {
        let (x, y) = (bbox[x], bbox[y]);
        (
            own[0] * x + own[2] * y + own[4],
            own[1] * x + own[3] * y + own[5],
        )
    });
    let low = corners.iter().fold((f32::MAX, f32::MAX), |low, c| {
        (low.0.min(c.0), low.1.min(c.1))
    });
    let high = corners.iter().fold((f32::MIN, f32::MIN), |high, c| {
        (high.0.max(c.0), high.1.max(c.1))
    });
    let scale = |to: f32, from: f32| if from.abs() > 0.001 { to / from } else { 1.0 };
    let (left, right) = (rect[0].min(rect[2]), rect[0].max(rect[2]));
    let (bottom, top) = (rect[1].min(rect[3]), rect[1].max(rect[3]));
    let (sx, sy) = (
        scale(right - left, high.0 - low.0),
        scale(top - bottom, high.1 - low.1),
    );
    let fit = [sx, 0.0, 0.0, sy, left - low.0 * sx, bottom - low.1 * sy];
    let bytes = shelf.form(form, budget.stream);
    let resources = object::dict(doc, &form.dict, b"Resources");
    draw(
        shelf,
        &bytes,
        resources,
        concat(&concat(&own, &fit), &base),
        budget,
        drawing,
    )
}

/// Writes `text` at the left edge of a rectangle, as a form field without an appearance shows it.
pub(super) fn write_field(text: &str, rect: [f32; 4], base: Matrix, drawing: &mut Drawing) {
    let place = |x: f32, y: f32| {
        (
            base[0] * x + base[2] * y + base[4],
            base[1] * x + base[3] * y + base[5],
        )
    };
    let height = (rect[3] - rect[1]).abs().min(12.0);
    // Line ends of every system.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for (line, step) in text.lines().zip(1u8..) {
        let (x, y) = place(
            rect[0].min(rect[2]),
            rect[1].max(rect[3]) - height * f32::from(step),
        );
        let start = drawing.text.len();
        drawing.text.push_str(&letters::of_glyph(line));
        let dir = drawing.direction(1.0, 0.0);
        let glyph = Glyph {
            u0: x,
            u1: x + height * 0.5 * line.chars().count() as f32,
            v: y,
            size: height,
            start: start as u32,
            end: drawing.text.len() as u32,
            dir,
            mark: 0,
            bold: false,
            hidden: false,
            blank: false,
            placed: true,
            spaced: 0.0,
        };
        drawing.push(glyph);
    }
}
