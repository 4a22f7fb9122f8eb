//! `diarium repair`: text in, text as its writer meant it out.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::Outcome;
use crate::lexicon::Learned;
use crate::{extract, repair};

/// Repair text whose Swedish letters an OCR engine or a wrong encoding has lost.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Text files, a form feed as page break; standard input when there is none.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the ledger, one JSON object a change, instead of the text.
    #[arg(long, conflicts_with = "out")]
    json: bool,
    /// Write one repaired file for each input, under the same name, into this folder.
    #[arg(long, value_name = "DIR", requires = "files")]
    out: Option<PathBuf>,
    /// Show what a word may have been instead: reading, cost of being misread so, cost of the word by itself (nats).
    #[arg(long, value_name = "WORD", conflicts_with_all = ["files", "json", "out"])]
    explain: Option<String>,
    /// With `--explain`: weigh the word among its neighbours in this line. A last column then says how much dearer each reading
    /// is than the one taken (`*`).
    #[arg(long, value_name = "TEXT", requires = "explain")]
    line: Option<String>,
    /// Repair the letters of pages that the judge calls sound as well: for measuring.
    #[arg(long, hide = true)]
    force: bool,
    /// Repair with the words that `lexicon learn` has written into this index folder.
    #[arg(long, value_name = "DIR")]
    learned: Option<PathBuf>,
    /// Use this table of confusions instead of the one built in (see `lexicon confusions`).
    #[arg(long, value_name = "FILE")]
    confusions: Option<PathBuf>,
}

pub(super) fn run(args: Args, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if let Some(file) = &args.confusions {
        let table = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        repair::use_confusions(table);
    }
    let learned = match &args.learned {
        Some(folder) => super::lexicon::learned(folder)?,
        None => None,
    };
    if let (Some(word), Some(line)) = (&args.explain, &args.line) {
        let rows = repair::explain_in(line, word, learned.as_ref());
        if rows.is_empty() {
            bail!("`{word}` is no word of that line that may be repaired");
        }
        for row in rows {
            let here = match row.dearer {
                Some(0.0) => "*".to_owned(),
                Some(dearer) => format!("{dearer:.1}"),
                None => "-".to_owned(),
            };
            let (reading, misread, alone) = (row.reading, row.misread, row.alone);
            writeln!(out, "{reading}\t{misread:.1}\t{alone:.1}\t{here}")?;
        }
        return Ok(Outcome::Done);
    }
    if let Some(word) = &args.explain {
        for (reading, misread, alone) in repair::explain(word, learned.as_ref()) {
            writeln!(out, "{reading}\t{misread:.1}\t{alone:.1}")?;
        }
        return Ok(Outcome::Done);
    }
    if args.files.is_empty() {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        one(&args, learned.as_ref(), Path::new("stdin.txt"), &bytes, out)?;
    }
    if args.out.is_some() {
        let mut names = BTreeMap::new();
        for file in &args.files {
            if let Some(other) = names.insert(file.file_name(), file) {
                bail!(
                    "`{}` and `{}` would be written as one file; repair them into two folders",
                    other.display(),
                    file.display()
                );
            }
        }
    }
    for file in &args.files {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        one(&args, learned.as_ref(), file, &bytes, out)?;
    }
    Ok(Outcome::Done)
}

/// Whether both lead to one file.
fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Words below which a text says little about itself.
const FEW_WORDS: usize = 25;

fn one(
    args: &Args,
    learned: Option<&Learned>,
    file: &Path,
    bytes: &[u8],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let raw = extract::plain(bytes);
    let clean = if args.force {
        repair::text_forced(&raw, learned)
    } else {
        repair::text_with(&raw, learned)
    };
    if args.json {
        for page in &clean.pages {
            for repair in &page.repairs {
                #[derive(serde::Serialize)]
                struct Row<'a> {
                    file: String,
                    page: u32,
                    #[serde(flatten)]
                    repair: &'a repair::Repair,
                }
                super::output::json(
                    &mut *out,
                    &Row {
                        file: file.display().to_string(),
                        page: page.number,
                        repair,
                    },
                )?;
                writeln!(out)?;
            }
        }
        return Ok(());
    }
    let words: usize = raw
        .pages
        .iter()
        .map(|page| page.text.split_whitespace().count())
        .sum();
    let changed = clean.pages.iter().any(|page| !page.repairs.is_empty());
    if !changed && (1..FEW_WORDS).contains(&words) {
        writeln!(
            super::guard::err(),
            "nothing changed in `{}`: so few words are mended only where they are damaged beyond doubt; `--explain WORD --line TEXT` weighs one",
            super::terminal::safe(&file.display().to_string())
        )?;
    }
    let text = clean
        .pages
        .iter()
        .map(|page| page.text.as_str())
        .collect::<Vec<_>>()
        .join("\u{c}");
    match &args.out {
        None => out.write_all(text.as_bytes())?,
        Some(dir) => {
            let Some(name) = file.file_name() else {
                bail!("`{}` is no file", file.display())
            };
            std::fs::create_dir_all(dir)
                .with_context(|| format!("cannot make the folder `{}`", dir.display()))?;
            let target = dir.join(name);
            // The text as it was found is evidence.
            if same_file(&target, file) {
                bail!(
                    "`{}` would be written over itself; name another folder",
                    file.display()
                );
            }
            std::fs::write(&target, text)
                .with_context(|| format!("cannot write `{}`", target.display()))?;
        }
    }
    Ok(())
}
