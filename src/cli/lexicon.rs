//! `diarium lexicon`: the figures of the language, built from counts.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Outcome;
use crate::lexicon::build::{self, Counts};

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
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let Deed::Build {
        counts: folder,
        out: target,
    } = args.deed;
    let mut counts = Counts::default();
    rows(&folder, "unigrams", |[word], figures| {
        counts.words.push((word, figures.iter().sum()));
    })?;
    rows(&folder, "bigrams", |words, figures| {
        counts
            .pairs
            .push((words, figures.last().copied().unwrap_or(0)));
    })?;
    rows(&folder, "trigrams", |words, figures| {
        counts
            .triples
            .push((words, figures.last().copied().unwrap_or(0)));
    })?;
    let packed = build::pack(&counts).map_err(anyhow::Error::msg)?;
    std::fs::write(&target, &packed)
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
