//! `diarium lexicon`: the figures of the language, built from counts.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{IndexFolder, Outcome};
use crate::extract::Origin;
use crate::lexicon::build::{self, Counts};
use crate::lexicon::{Learned, Sightings};
use crate::repair::train::{self, Pair};
use crate::{index, repair};

/// Work with the figures of the language that the program knows.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, clap::Subcommand)]
enum Deed {
    /// Pack tables of counts into the file that is built into the program (src/lexicon/sv.bin).
    ///
    /// The folder holds unigrams.tsv, bigrams.tsv and trigrams.tsv, or the same with .gz, each with a head line. Columns:
    /// one, two or three words, then counts. Of the words all counts are added, of pairs and triples the last one counts.
    Build {
        /// The folder of the tables.
        #[arg(long, value_name = "DIR")]
        counts: PathBuf,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Learn the words of your own sound papers, for repairing the damaged ones.
    ///
    /// Counts words and word pairs of all born-digital Swedish pages in the index and writes them beside it, as
    /// learned.tsv: names of places and people, terms of your own. The next run of `ingest` repairs with them, and
    /// repairs anew what was repaired without them. Delete the file to forget them.
    Learn {
        #[command(flatten)]
        index: IndexFolder,
    },
    /// Count which letters an OCR engine reads as which, into the table that is built in (src/repair/confusions.tsv).
    ///
    /// FILE has four columns, parted by tabs: document, number of the word, the word as written, the word as read (empty
    /// when it was lost). `repair --confusions` uses the table that is written here.
    Confusions {
        /// Words as written beside words as read.
        #[arg(value_name = "FILE", required = true)]
        aligned: Vec<PathBuf>,
        /// The shapes set by hand, which the counts are pulled towards (src/repair/shapes.tsv).
        #[arg(long, value_name = "FILE")]
        shapes: PathBuf,
        /// Leave out a part of the documents (`1/3`), to measure on them what the others teach.
        #[arg(long, value_name = "PART")]
        hold_out: Option<Part>,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    match args.deed {
        Deed::Build { counts, out: to } => build(&counts, &to, out),
        Deed::Learn { index } => learn(&index, out),
        Deed::Confusions {
            aligned,
            shapes,
            hold_out,
            out: to,
        } => confusions(&aligned, &shapes, hold_out, &to, out),
    }
}

/// `DIR/learned.tsv`: where the learned words of the index in `folder` lie.
fn learned_file(folder: &Path) -> PathBuf {
    folder.join("learned.tsv")
}

/// The learned words beside the index in `folder`, when there are any.
///
/// # Errors
/// When the file is there and cannot be read or is something else.
pub(super) fn learned(folder: &Path) -> anyhow::Result<Option<Learned>> {
    let file = learned_file(folder);
    match std::fs::read_to_string(&file) {
        Ok(text) => Learned::open(&text)
            .map(Some)
            .map_err(anyhow::Error::msg)
            .with_context(|| {
                format!(
                    "cannot use `{}`; `diarium lexicon learn` writes it anew",
                    file.display()
                )
            }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| {
            format!(
                "cannot read `{}`; `diarium lexicon learn` writes it anew, and without the file a run goes on with the words that come with the program",
                file.display()
            )
        }),
    }
}

/// Learns the words of the sound pages in the index.
fn learn(of: &IndexFolder, out: &mut impl Write) -> anyhow::Result<Outcome> {
    // A run or a `forget` that ends meanwhile would leave words of papers that are no more.
    drop(index::Reader::open(&of.folder)?);
    let _held = index::hold(&of.folder)?;
    let counted = count(&of.folder)?;
    let learned = Learned::open(&counted.text).map_err(anyhow::Error::msg)?;
    write_whole(&learned_file(&of.folder), counted.text.as_bytes())?;
    writeln!(
        out,
        "{} papers, {} pages: {} words that the program did not know; model {}\nthe next `diarium ingest` repairs damaged papers with it",
        counted.papers,
        counted.pages,
        learned.len(),
        &learned.id()[..12]
    )?;
    Ok(if counted.pages == 0 {
        Outcome::Nothing
    } else {
        Outcome::Done
    })
}

/// Words of sound pages.
struct Counted {
    /// The papers that have some, and the pages.
    papers: usize,
    pages: usize,
    /// The learned words as they are kept.
    text: String,
}

/// Counts the words of the sound pages in the index.
fn count(folder: &Path) -> anyhow::Result<Counted> {
    let reader = index::Reader::open(folder)?;
    let mut sightings = Sightings::default();
    let (mut papers, mut pages) = (0, 0);
    for file in reader.entries()?.into_keys() {
        let Some((_, Some(record))) = reader.find(&file)? else {
            continue;
        };
        let before = pages;
        for page in &record.pages {
            // What an engine has read may be misread, however sound it looks.
            if page.origin == Origin::BornDigital && repair::learn(&page.clean, &mut sightings) {
                pages += 1;
            }
        }
        papers += usize::from(pages > before);
    }
    Ok(Counted {
        papers,
        pages,
        text: sightings.text(),
    })
}

/// Counts anew what was learned, where something was: of the papers that are still there. Says whether that has changed it.
///
/// # Errors
/// When the words cannot be counted; what was learned is gone then.
pub(super) fn learn_again(folder: &Path) -> anyhow::Result<bool> {
    let file = learned_file(folder);
    let Ok(was) = std::fs::read(&file) else {
        return Ok(false);
    };
    // It goes first: it may hold what is to be found nowhere any more.
    std::fs::remove_file(&file).with_context(|| {
        format!(
            "`{}` cannot be removed, and may hold words of the paper",
            file.display()
        )
    })?;
    let now = count(folder)
        .context("the learned words are removed; `diarium lexicon learn` counts them anew")?
        .text;
    write_whole(&file, now.as_bytes())?;
    Ok(was != now.as_bytes())
}

/// Writes a file so that a reader finds the old one or the new one, never a part.
fn write_whole(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let part = file.with_extension("part");
    std::fs::write(&part, bytes)
        .and_then(|()| std::fs::rename(&part, file))
        .with_context(|| format!("cannot write `{}`", file.display()))
}

/// Counts confusions from words as written beside words as read.
fn confusions(
    aligned: &[PathBuf],
    shapes: &Path,
    hold_out: Option<Part>,
    to: &Path,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let shapes = std::fs::read_to_string(shapes)
        .with_context(|| format!("cannot read `{}`", shapes.display()))?;
    let mut pairs = Vec::new();
    for file in aligned {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        for (number, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [document, _, written, read] = columns[..] else {
                bail!(
                    "line {} of `{}` has not four columns",
                    number + 1,
                    file.display()
                );
            };
            if hold_out.is_none_or(|part| !part.holds(document)) {
                pairs.push(Pair {
                    document: document.to_owned(),
                    written: written.to_owned(),
                    read: read.to_owned(),
                });
            }
        }
    }
    let table = train::confusions(&pairs, &shapes);
    std::fs::write(to, &table).with_context(|| format!("cannot write `{}`", to.display()))?;
    let rows = table.lines().filter(|line| !line.starts_with('#')).count();
    writeln!(out, "{} words, {rows} confusions", pairs.len())?;
    Ok(Outcome::Done)
}

/// One part of several, by document.
#[derive(Clone, Copy, Debug)]
struct Part {
    number: u32,
    of: u32,
}

impl Part {
    /// Whether `document` is of this part: by its name as far as the first full stop, so that a document read by two
    /// engines (`d1.fast`, `d1.legacy`) is one.
    fn holds(self, document: &str) -> bool {
        let name = document.split('.').next().unwrap_or(document);
        let hash = name.bytes().fold(7u32, |hash, byte| {
            hash.wrapping_mul(31).wrapping_add(u32::from(byte))
        });
        (hash >> 3) % self.of == self.number - 1
    }
}

impl std::str::FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Part, String> {
        let (number, of) = text.split_once('/').ok_or("a part is written as 1/3")?;
        match (number.parse(), of.parse()) {
            (Ok(number), Ok(of)) if (1..=of).contains(&number) => Ok(Part { number, of }),
            _ => Err(format!("no part `{text}`; a part is written as 1/3")),
        }
    }
}

/// Packs tables of counts.
fn build(folder: &Path, target: &Path, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut counts = Counts::default();
    rows(folder, "unigrams", |[word], figures| {
        counts.words.push((word, figures.iter().sum()));
    })?;
    rows(folder, "bigrams", |words, figures| {
        counts
            .pairs
            .push((words, figures.last().copied().unwrap_or(0)));
    })?;
    rows(folder, "trigrams", |words, figures| {
        counts
            .triples
            .push((words, figures.last().copied().unwrap_or(0)));
    })?;
    let packed = build::pack(&counts).map_err(anyhow::Error::msg)?;
    std::fs::write(target, &packed)
        .with_context(|| format!("cannot write `{}`", target.display()))?;
    writeln!(
        out,
        "{} words, {} pairs, {} triples: {} bytes",
        counts.words.len(),
        counts.pairs.len(),
        counts.triples.len(),
        packed.len()
    )?;
    Ok(Outcome::Done)
}

/// Reads the table `name` of `folder`, row by row: `N` words, then figures.
fn rows<const N: usize>(
    folder: &Path,
    name: &str,
    mut row: impl FnMut([String; N], Vec<u32>),
) -> anyhow::Result<()> {
    let plain = folder.join(format!("{name}.tsv"));
    let packed = folder.join(format!("{name}.tsv.gz"));
    let open = |path: &Path| {
        std::fs::File::open(path).with_context(|| format!("cannot read `{}`", path.display()))
    };
    let (path, reader): (&Path, Box<dyn Read>) = if plain.exists() {
        (&plain, Box::new(open(&plain)?))
    } else {
        (
            &packed,
            Box::new(flate2::read::MultiGzDecoder::new(open(&packed)?)),
        )
    };
    for (number, line) in BufReader::new(reader).lines().enumerate().skip(1) {
        let line = line.with_context(|| format!("cannot read `{}`", path.display()))?;
        let mut columns = line.split('\t');
        let words: Vec<String> = columns.by_ref().take(N).map(str::to_owned).collect();
        let figures: Result<Vec<u32>, _> = columns.map(str::parse).collect();
        let (Ok(words), Ok(figures)) = (words.try_into(), figures) else {
            bail!(
                "line {} of `{}` is no row of counts",
                number + 1,
                path.display()
            );
        };
        row(words, figures);
    }
    Ok(())
}
