//! Pages that are pictures, or whose letters cannot be trusted → what an OCR engine reads on them.
//!
//! The engine is `tesseract`, when it is on the machine; nothing here needs it. A page is cut out of its file, drawn as a
//! picture and read, the latter two in processes of their own with limits of time and memory; what was read is kept in a
//! folder, so that no page is ever read twice.

mod cache;
mod child;
mod choice;
mod columns;
mod draw;
mod engine;
pub(super) mod gaps;
mod leaf;
pub(super) mod neighbours;
#[cfg(test)]
mod tests;
mod words;

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub(super) use choice::ours_is_better;

use super::hands;
use super::layout::PaperLine;
use super::pages::PageNode;
use crate::extract::objects::Objects;
pub use cache::remove_readings;

use cache::{Cache, Reading};
use draw::Picture;

/// Whether and how pages are read by OCR.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Whether pages are read by OCR at all, where an engine is on the machine.
    pub on: bool,
    /// Whether the engine on the machine reads at all: one that fails on everything is none, until a run finds that it does again.
    pub works: bool,
    /// The engine's program; without it, `tesseract` is looked for on `PATH`. One that is not there is no engine.
    pub engine: Option<PathBuf>,
    /// What is done about a page whose text layer another OCR engine made.
    pub reread: Reread,
    /// The folder that keeps what was read, so that no page is read twice; nothing is kept without it.
    pub cache: Option<PathBuf>,
    /// Bytes that the folder may hold; what was used longest ago goes first.
    pub cache_bytes: u64,
    /// This program, when it can be told to draw one page (`diarium draw-page`): drawing then cannot harm the caller.
    pub drawer: Option<PathBuf>,
    /// Seconds that drawing a page, and reading it, may take each.
    pub seconds: u64,
    /// Bytes of memory that drawing a page, and reading it, may take each.
    pub memory: u64,
    /// Pages that this process reads at the same time; 0 stands for as many as the machine has cores.
    pub at_once: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            on: true,
            works: true,
            engine: None,
            reread: Reread::Auto,
            cache: None,
            cache_bytes: 1 << 30,
            drawer: None,
            seconds: 120,
            memory: 1 << 30,
            at_once: 0,
        }
    }
}

/// What is done about pages whose text layer another OCR engine made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reread {
    /// Those are read again whose text the judge calls damaged.
    #[default]
    Auto,
    /// None is read again.
    Never,
    /// All are read again.
    Always,
}

/// An OCR engine that is on the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engine {
    /// Its program.
    pub program: PathBuf,
    /// Its version, as it says it.
    pub version: String,
    /// Whether it has the data to read Swedish; without them it reads with what it has, and badly.
    pub swedish: bool,
    /// Whether it has the data to tell how a page is turned.
    pub turns: bool,
}

/// The engine on the machine that `options` would read with, whether it knows Swedish or not; nothing when OCR is off or no
/// engine is there. Pages are read when it is [`Engine::swedish`]. Each program is asked once a process.
pub fn available(options: &Options) -> Option<Engine> {
    let asked = options.on && options.works;
    asked.then(|| engine::find(options)).flatten()
}

/// Whether `engine` reads at all: it is given an empty page.
///
/// # Errors
/// In a short clause, what it does instead.
pub fn works(engine: &Engine, options: &Options) -> Result<(), String> {
    let empty = Picture::empty(EMPTY_PAGE).to_pgm();
    let table = engine::words(engine, empty, 300.0, options);
    table
        .map(drop)
        .map_err(|error| format!("the OCR engine {error}"))
}

/// Pixels of an empty page from side to side, and from top to bottom.
const EMPTY_PAGE: usize = 300;

/// Draws the page that stands as a PDF on `input` and writes its picture to `out`: what a [`Options::drawer`] does, in the
/// child process.
///
/// # Errors
/// When the page cannot be drawn, or a pipe is broken.
pub fn draw_page(dpi: f32, input: &mut dyn Read, out: &mut dyn Write) -> std::io::Result<()> {
    draw::filter(dpi, input, out)
}

/// What an earlier run has read on `pages`, where it is kept, in their order: for a machine whose engine is gone. Nothing where OCR is
/// not wanted.
pub(super) fn remembered(
    doc: &Objects<'_>,
    pages: &[&PageNode<'_>],
    options: &Options,
) -> Vec<Option<Vec<PaperLine>>> {
    let cache = Cache::new(options.cache.as_deref(), options.cache_bytes);
    let last = options.on.then(|| cache.engine()).flatten();
    let read = |page: &PageNode<'_>| {
        let leaf = leaf::cut(doc, page)?;
        let dpi = draw::resolution(leaf.dpi, leaf.size);
        let reading = cache.get(&key(last.as_deref()?, &leaf, dpi))?;
        Some(words::on_paper(
            &reading.lines,
            dpi,
            leaf.size,
            reading.turn,
        ))
    };
    pages.iter().map(|page| read(page)).collect()
}

/// Reads `pages` side by side, within what this process may do at once. Gives back what was read on each, in their order,
/// or in a short clause why it was not.
pub(super) fn read(
    doc: &Objects<'_>,
    pages: &[&PageNode<'_>],
    engine: &Engine,
    options: &Options,
) -> Vec<Result<Vec<PaperLine>, String>> {
    let cache = Cache::new(options.cache.as_deref(), options.cache_bytes);
    let job = Job {
        doc,
        engine,
        options,
        cache: &cache,
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(page) = pages.get(at) else {
                return done;
            };
            done.push((at, job.page(page)));
        }
    };
    let done = hands::together(at_once(options).min(pages.len()), work);
    // A thread that died has lost its pages.
    let mut done = done.into_iter().peekable();
    (0..pages.len())
        .map(|at| match done.next_if(|(number, _)| *number == at) {
            Some((_, read)) => read,
            None => Err("a fault of this program".to_owned()),
        })
        .collect()
}

/// Pages that this process reads at the same time.
fn at_once(options: &Options) -> usize {
    match options.at_once {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        some => some,
    }
}

/// How pages of one document are read.
struct Job<'a> {
    doc: &'a Objects<'a>,
    engine: &'a Engine,
    options: &'a Options,
    cache: &'a Cache<'a>,
}

/// What is done otherwise than before gives this another number: pages are then read anew.
const RULES: &str = "diarium ocr 4";
/// Pixels of the pictures of a page that is drawn in this process, where no other can do it.
const MOST_PIXELS_HERE: u64 = 80_000_000;
/// Fewer words than this, or less sure ones, and the page may lie on its side.
const FEW_WORDS: usize = 12;

/// What a page is known by: what it shows, and who reads it.
fn key(version: &str, leaf: &leaf::Leaf, dpi: f32) -> blake3::Hash {
    let mut key = blake3::Hasher::new();
    for part in [
        RULES.as_bytes(),
        version.as_bytes(),
        &dpi.to_le_bytes(),
        &leaf.bytes,
    ] {
        key.update(&(part.len() as u64).to_le_bytes());
        key.update(part);
    }
    key.finalize()
}

impl Job<'_> {
    fn page(&self, page: &PageNode<'_>) -> Result<Vec<PaperLine>, String> {
        let leaf = leaf::cut(self.doc, page).ok_or("the page is too large to be drawn")?;
        let dpi = draw::resolution(leaf.dpi, leaf.size);
        let size = leaf.size;
        let key = key(&self.engine.version, &leaf, dpi);
        let reading = match self.cache.get(&key) {
            Some(reading) => reading,
            None => {
                let _turn = Turn::take(at_once(self.options));
                let reading = self.reading(leaf, dpi)?;
                self.cache.put(&key, &reading);
                self.cache.note_engine(&self.engine.version);
                reading
            }
        };
        Ok(words::on_paper(&reading.lines, dpi, size, reading.turn))
    }

    fn reading(&self, leaf: leaf::Leaf, dpi: f32) -> Result<Reading, String> {
        let said = |error: child::Failure| format!("the OCR engine {error}");
        let picture = self.draw(leaf, dpi)?;
        let pgm = picture.to_pgm();
        let table = engine::words(self.engine, pgm.clone(), dpi, self.options).map_err(said)?;
        let reading = Reading {
            lines: words::lines(&table),
            turn: 0,
        };
        let before = words::sureness(&table);
        if before.0 >= FEW_WORDS && before.1 >= 60.0 {
            return Ok(reading);
        }
        let Some(turn) = engine::turn(self.engine, pgm, dpi, self.options) else {
            return Ok(reading);
        };
        let pgm = picture.turned(turn).to_pgm();
        let table = engine::words(self.engine, pgm, dpi, self.options).map_err(said)?;
        let after = words::sureness(&table);
        if after.0 as f32 * after.1 <= before.0 as f32 * before.1 {
            return Ok(reading);
        }
        Ok(Reading {
            lines: words::lines(&table),
            turn,
        })
    }

    /// Draws the page, in a process of its own where there is a program for it.
    fn draw(&self, leaf: leaf::Leaf, dpi: f32) -> Result<Picture, String> {
        let Some(drawer) = &self.options.drawer else {
            if leaf.pixels > MOST_PIXELS_HERE {
                return Err("its pictures are too large to be drawn".to_owned());
            }
            return draw::page(leaf.bytes, dpi);
        };
        let limits = child::Limits {
            seconds: self.options.seconds.max(1),
            memory: self.options.memory,
            output: draw::MOST_BYTES,
        };
        let args = ["draw-page", "--dpi", &dpi.to_string()];
        let (pgm, _) = child::run(drawer, &args, leaf.bytes, limits)
            .map_err(|error| format!("drawing it {error}"))?;
        Picture::from_pgm(&pgm).ok_or_else(|| "drawing it gave no picture".to_owned())
    }
}

/// One of the places at the machine's engines, given back when it goes.
struct Turn;

static TAKEN: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

impl Turn {
    /// Waits until fewer than `most` are taken.
    fn take(most: usize) -> Turn {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken >= most.max(1) {
            taken = FREED.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += 1;
        Turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREED.notify_one();
    }
}
