//! A document's bytes → its pages as a person reads them. The only room that opens a document.
//!
//! Damage is data: a page with a broken font is a page with a note. Only a document of which nothing can be read is an
//! error. Whatever the bytes are, [`text`] returns: it never panics, never runs on without end, and keeps its memory
//! within [`Limits`].

mod attachments;
mod cmap;
mod encoding;
mod file;
mod font;
mod fontfile;
mod form;
mod furniture;
mod grid;
mod hands;
mod interpret;
mod joins;
mod layout;
mod letters;
mod lexer;
mod loss;
mod mend;
mod metadata;
mod object;
mod objects;
pub mod ocr;
mod outline;
mod pages;
mod pdf;
mod pictures;
mod room;
mod salvage;
#[cfg(test)]
mod sample;
mod standard;
mod stream;
mod structure;
#[cfg(test)]
mod tests;
mod widths;

use std::borrow::Cow;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use encoding::Base;
use file::Opener;

pub use grid::grid;
pub use loss::is_loss;
pub use room::{STACK, each, this_thread_has_room};

use room::with_room;

/// Text as extracted, before any repair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawText {
    /// The pages in the document's order.
    pub pages: Vec<RawPage>,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// Damage of the whole document: one short English clause each, for a person to read.
    pub notes: Vec<String>,
    /// Documents that lie inside this one, in the file's order; each is read as a document of its own.
    pub attachments: Vec<Attachment>,
    /// The headings that the file lists for its reader, in order.
    pub outline: Vec<Heading>,
    /// Who opened it.
    pub reader: Reader,
}

/// Who opened a document: what the first cannot is for the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// Nobody: the file is text as it stands.
    #[default]
    Plain,
    /// Our reader of sound files.
    Direct,
    /// lopdf: locked files, and damaged ones that it can mend.
    Parser,
    /// Our search for what is left of a file that lopdf can make nothing of.
    Search,
}

/// A document that lies inside another, as in the PDF portfolio of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The name that the file gives it.
    pub name: String,
    /// Its bytes, unpacked.
    pub bytes: Vec<u8>,
}

/// Documents within documents are read this deep, counted from the outermost.
pub const DEEPEST_ATTACHMENT: usize = 3;

/// One heading of a document's outline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The heading's words.
    pub title: String,
    /// How deep it stands: 1 for the outermost.
    pub level: u32,
    /// The page that it points to, counted from 1, where the file says so.
    pub page: Option<u32>,
}

/// One page as extracted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RawPage {
    /// The page, counted from 1.
    pub number: u32,
    /// The text in reading order, one line of the page a line; an empty line parts paragraphs, a tab the cells of a table and
    /// what else stands apart on one line. A row of a table is one line, also where its cells fill several. Running heads
    /// stand first and feet last, and [`RawPage::furniture`] says which lines they are. NFC; no soft hyphens; a word that a
    /// line-end hyphen broke stands whole on the line where it began.
    pub text: String,
    /// Byte ranges of `text`, whole lines in order, that are running heads and feet and not part of the running text.
    pub furniture: Vec<(usize, usize)>,
    /// The lines of `text` that have a place on paper, in their order, and the lines of cells that fill several; empty for
    /// documents without geometry.
    pub lines: Vec<Line>,
    /// Where the text comes from.
    pub origin: Origin,
    /// Damage of this page: one short English clause each.
    pub notes: Vec<String>,
    /// The other reading of a page that was read twice (the file's OCR layer and ours): the one that the judge liked less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Reading>,
}

/// A page's text from one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Where it comes from.
    pub origin: Origin,
    /// The text, as [`RawPage::text`].
    pub text: String,
}

/// A line of a page, or of a cell that fills several, and where it stands on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Where the line begins in the page's text, in bytes.
    pub start: usize,
    /// Where it ends (exclusive), in bytes.
    pub end: usize,
    /// Left, top, right, bottom in points; the origin is the page's top left corner.
    pub bbox: [f32; 4],
    /// Font size in points, of most of the line's letters.
    pub size: f32,
    /// Whether most of the line's letters are bold.
    pub bold: bool,
    /// Where the line's further cells, each behind a tab of its text, begin: points from the page's left edge. Empty where the
    /// line has one cell, or the file does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<f32>,
}

/// How a page's note begins when it was to be read by OCR and was not; the reason follows.
pub const NOT_READ_BY_OCR: &str = "not read by OCR";

/// The note of a page that has text and that an OCR engine would read all the same, where none is there.
pub const WAITS_FOR_OCR: &str = "waits to be read by OCR";

/// Where a page's text comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Text that a program wrote.
    #[default]
    BornDigital,
    /// Text that an OCR engine laid under a picture of the page, before the file reached us.
    OcrLayer,
    /// Text that our OCR read from the page's picture.
    Ocr,
    /// A picture and no text: the page needs OCR.
    PictureOnly,
    /// Neither text nor picture.
    Empty,
}

/// What a file says of itself; nothing of it is trusted for tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title, when the file has one.
    pub title: Option<String>,
    /// The program that wrote the document.
    pub creator: Option<String>,
    /// The program that made the PDF.
    pub producer: Option<String>,
    /// When it was made, as the file says it (`D:20160414…`).
    pub created: Option<String>,
    /// Who wrote it; several are parted by commas.
    #[serde(default)]
    pub author: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub subject: Option<String>,
    /// Its keywords, as the file has them.
    #[serde(default)]
    pub keywords: Option<String>,
    /// When it was changed last, as the file says it.
    #[serde(default)]
    pub modified: Option<String>,
    /// The language that it is written in (`sv-SE`).
    #[serde(default)]
    pub language: Option<String>,
}

/// The ceilings that keep a hostile file from harming more than itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes that one stream may unpack to.
    pub stream_bytes: usize,
    /// Content operators and glyphs of one page.
    pub page_operations: usize,
    /// Bytes of text of one page.
    pub page_text: usize,
    /// Pages of one document.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 1 << 30,
            stream_bytes: 64 << 20,
            page_operations: 2_000_000,
            page_text: 4 << 20,
            pages: 20_000,
        }
    }
}

/// How to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The ceilings.
    pub limits: Limits,
    /// Passwords to try on an encrypted file, after the empty one.
    pub passwords: Vec<String>,
    /// Whether and how pages without text are read by OCR.
    #[serde(default)]
    pub ocr: ocr::Options,
    /// Pages of one document that are read at the same time; 0 and 1 are one after the other. The text is the same.
    #[serde(default)]
    pub threads: usize,
}

/// Why nothing of a document could be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file's name has no ending that we read, or its first bytes are of another kind.
    #[error("not a document that can be read here: {0}")]
    Kind(String),
    /// The file has no bytes.
    #[error("the file is empty (0 bytes)")]
    Nothing,
    /// The file is larger than [`Limits::file_bytes`].
    #[error("the file has {size} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Bytes of the file.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// The file cannot be opened without a password.
    #[error("needs a password")]
    NeedsPassword,
    /// The file is locked in a way that no password opens.
    #[error("locked, and no password opens it: {0}")]
    Locked(String),
    /// The parser could make nothing of the file.
    #[error("broken beyond reading: {0}")]
    Broken(String),
    /// A limit was passed in a way that leaves nothing.
    #[error("stopped at a limit: {0}")]
    Limit(String),
    /// The file system refused.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl RawText {
    /// Notes which of its attachments are not read, when it lies itself inside `depth` documents.
    pub fn note_what_is_too_deep(&mut self, depth: usize) {
        if depth < DEEPEST_ATTACHMENT {
            return;
        }
        for attachment in &self.attachments {
            let note = format!("attachment `{}` {}", attachment.name, loss::TOO_DEEP);
            self.notes.push(note);
        }
    }
}

impl RawPage {
    /// The text without running heads and feet.
    pub fn running_text(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for &(start, end) in &self.furniture {
            out.push_str(&self.text[at..start]);
            // A furniture line takes its line end with it.
            at = (end + usize::from(self.text[end..].starts_with('\n'))).max(at);
        }
        out.push_str(&self.text[at..]);
        out
    }
}

/// Reads a document's bytes into pages; `name` tells by its ending (`.pdf`, `.txt`) what to expect.
///
/// # Errors
/// An [`Error`] when nothing can be read of it: not a kind that is read here, broken beyond reading, locked.
pub fn text(name: &Path, bytes: &[u8], options: &Options) -> Result<RawText, Error> {
    if bytes.is_empty() {
        return Err(Error::Nothing);
    }
    let size = bytes.len() as u64;
    let limit = options.limits.file_bytes;
    if size > limit {
        return Err(Error::TooLarge { size, limit });
    }
    let ending = name
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        // What a file is says more than its name, where it says that.
        _ if bytes.starts_with(b"%PDF-") => pdf(bytes, options),
        Some("txt") => {
            let raw = plain(bytes);
            if raw.pages.iter().any(|page| is_binary(&page.text)) {
                return Err(Error::Kind(
                    "it is no text, whatever its name says".to_owned(),
                ));
            }
            Ok(joined(raw))
        }
        Some("pdf") => pdf(bytes, options),
        _ => Err(Error::Kind(
            "the name ends in neither .pdf nor .txt".to_owned(),
        )),
    }
}

/// The first stage of reading a PDF, load, for whoever measures it: how many pages it has.
///
/// # Errors
/// An [`Error`] when nothing can be read of it.
#[doc(hidden)]
pub fn pages(bytes: &[u8], options: &Options) -> Result<usize, Error> {
    pdf::pages(bytes, options)
}

/// The first two stages of reading a PDF, load and decode, for whoever measures them: how many glyphs its pages draw.
///
/// # Errors
/// An [`Error`] when nothing can be read of it.
#[doc(hidden)]
pub fn glyphs(bytes: &[u8], options: &Options) -> Result<usize, Error> {
    pdf::glyphs(bytes, options)
}

/// Reads a PDF on a thread of its own, whose stack is known. What panics there is caught here, once for all parsing: a
/// dependency's fault must cost one file, not the night. What our reader of sound files does not take is for the parser, and
/// a file that the parser fell over is read once more without it.
fn pdf(bytes: &[u8], options: &Options) -> Result<RawText, Error> {
    let guarded = |opener: Opener| {
        catch_unwind(AssertUnwindSafe(|| pdf::read(bytes, options, opener)))
            .unwrap_or_else(|_| Err(Error::Broken("the reader fell over it".to_owned())))
    };
    with_room(|| match guarded(Opener::Direct) {
        Ok(raw) if !raw.pages.is_empty() && !is_bare(&raw) => Ok(raw),
        _ => match guarded(Opener::Parser) {
            Err(Error::Broken(reason)) => {
                guarded(Opener::Search).map_err(|_| Error::Broken(reason))
            }
            // Nothing to read: searching may find what the parser lost.
            Ok(raw) if is_bare(&raw) => match guarded(Opener::Search) {
                Ok(other) if !is_bare(&other) => Ok(other),
                _ => Ok(raw),
            },
            done => done,
        },
    })
    .flatten()
    .and_then(|raw| match lost(&raw) {
        Some(note) => Err(Error::Broken(format!(
            "nothing is left on its pages: {note}"
        ))),
        None => Ok(raw),
    })
}

/// Why nothing stands on any page, when that is not as it was written.
fn lost(raw: &RawText) -> Option<String> {
    if !is_bare(raw) || !raw.attachments.is_empty() {
        return None;
    }
    let notes = raw.pages.iter().flat_map(|page| &page.notes);
    let mut notes = raw.notes.iter().chain(notes);
    // What a limit has cut is read in part: the limit may be raised.
    notes.find(|note| loss::is_damage(note)).cloned()
}

/// Whether there are pages and none shows anything, as when the parser lost the end of every stream.
fn is_bare(raw: &RawText) -> bool {
    !raw.pages.is_empty() && raw.pages.iter().all(|page| page.origin == Origin::Empty)
}

/// Completes the words that line ends break.
fn joined(mut raw: RawText) -> RawText {
    for page in &mut raw.pages {
        page.text = joins::in_plain(&page.text);
    }
    raw
}

/// The bytes of the file at `path`, when it is a regular file within [`Limits::file_bytes`].
///
/// # Errors
/// [`Error::Kind`] for what is no regular file (a pipe would never end), [`Error::TooLarge`], [`Error::Io`].
pub fn bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Error::Kind("not a regular file".into()));
    }
    let limit = limits.file_bytes;
    if metadata.len() > limit {
        return Err(Error::TooLarge {
            size: metadata.len(),
            limit,
        });
    }
    let mut bytes = Vec::new();
    // Where there is no room for all of it, reading tells.
    let size = usize::try_from(metadata.len()).unwrap_or(0);
    let _ = bytes.try_reserve_exact(size.saturating_add(1));
    // It may grow while it is read.
    std::fs::File::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Text already pulled out of a document, a form feed between pages. UTF-8, or UTF-16 that says so with its first bytes; what
/// has no letter of UTF-8 is read as Windows-1252, and what else is not UTF-8 becomes U+FFFD, each with a note. Nothing else is
/// changed.
pub fn plain(bytes: &[u8]) -> RawText {
    let (text, note) = decoded(bytes);
    let mut pages: Vec<&str> = text.split('\u{c}').collect();
    // A form feed after the last page, as pdftotext writes it, begins no further page.
    if pages.len() > 1 && pages.last().is_some_and(|page| page.trim().is_empty()) {
        pages.pop();
    }
    let pages = pages
        .into_iter()
        .zip(1..)
        .map(|(text, number)| RawPage {
            number,
            text: text.to_owned(),
            origin: if text.trim().is_empty() {
                Origin::Empty
            } else {
                Origin::BornDigital
            },
            ..RawPage::default()
        })
        .collect();
    RawText {
        pages,
        notes: note.map(str::to_owned).into_iter().collect(),
        ..RawText::default()
    }
}

/// The text that `bytes` spell, and what is to be said of that.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => return decoded(rest),
        [0xFF, 0xFE, rest @ ..] => return (utf16(rest, u16::from_le_bytes), None),
        [0xFE, 0xFF, rest @ ..] => return (utf16(rest, u16::from_be_bytes), None),
        _ => {}
    }
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Borrowed(_)) {
        return (text, None);
    }
    // Not one letter of several bytes: the older encoding of Windows, in which å, ä and ö are one.
    if text.chars().all(|c| c.is_ascii() || c == '\u{fffd}') {
        return (
            Cow::Owned(windows(bytes)),
            Some("the text is no UTF-8 and is read as Windows-1252"),
        );
    }
    (text, Some("some bytes are no UTF-8 and show as U+FFFD"))
}

/// What `bytes` spell in UTF-8, or in the older encoding of Windows when they are no UTF-8.
#[must_use]
pub fn of_windows(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => windows(bytes),
    }
}

/// What `bytes` spell in Windows-1252.
fn windows(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        // The table has what a PDF shows for them.
        0xA0 => '\u{a0}',
        0xAD => '\u{ad}',
        byte if byte.is_ascii() => char::from(*byte),
        byte => Base::WinAnsi.char(*byte).unwrap_or('\u{fffd}'),
    };
    bytes.iter().map(letter).collect()
}

/// Whether a page of `text` is full of bytes that no text has.
fn is_binary(text: &str) -> bool {
    let bytes = text.as_bytes();
    if memchr::memchr_iter(0, bytes).count() * 100 > bytes.len() {
        return true;
    }
    // What was overwritten, or encrypted: one byte of ten is a sign for a machine then. One astray is none yet.
    let for_machines = |byte: &&u8| matches!(byte, 1..=8 | 14..=25 | 28..=31 | 127);
    let astray = bytes.iter().filter(for_machines).count();
    astray > 1 && astray * 50 > bytes.len()
}
