//! `diarium completions`, `diarium man`, `diarium fields`: what the program says of itself, for shells, for `man` and for
//! whoever reads its JSON.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Command, CommandFactory};

use super::Outcome;

/// Print the completions of a shell: bash, zsh, fish, elvish or powershell.
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

/// Print the manual page, or write one for each verb into a folder.
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The folder; without it the page of the whole program is printed.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Tell what each field of the JSON and CSV output means: name, type and meaning, a field a line.
#[derive(Debug, clap::Args)]
pub(super) struct Fields {}

pub(super) fn completions(args: Completions, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut for_people(&super::Args::command()),
        "diarium",
        &mut script,
    );
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// The program without the verbs that it alone calls.
fn for_people(whole: &Command) -> Command {
    let verbs = whole.get_subcommands().filter(|verb| !verb.is_hide_set());
    Command::new(whole.get_name().to_owned())
        .args(whole.get_arguments().cloned())
        .subcommands(verbs.cloned())
}

pub(super) fn man(args: Man, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut whole = super::Args::command();
    whole.build();
    let Some(folder) = args.folder else {
        page(whole, out)?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let verbs = whole
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set())
        .cloned();
    let mut pages: Vec<(String, Command)> = verbs
        .map(|verb| (format!("diarium-{}", verb.get_name()), verb))
        .collect();
    pages.push(("diarium".to_owned(), whole));
    for (name, command) in pages {
        let path = folder.join(format!("{name}.1"));
        let mut text = Vec::new();
        page(command.display_name(name.clone()).name(name), &mut text)?;
        std::fs::write(&path, text)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(Outcome::Done)
}

fn page(command: Command, out: &mut impl Write) -> std::io::Result<()> {
    // The page of the whole program tells of all.
    let name = command.get_name();
    let is_ingest = name == "diarium" || name.ends_with("ingest");
    clap_mangen::Man::new(command).render(out)?;
    out.write_all(b".SH EXIT STATUS\n")?;
    for (code, meaning) in EXIT {
        if *code < 3 || is_ingest {
            write!(out, ".TP\n{code}\n{meaning}\n")?;
        }
    }
    out.write_all(b".SH ENVIRONMENT\n")?;
    for (name, meaning) in ENVIRONMENT {
        write!(out, ".TP\n{name}\n{meaning}\n")?;
    }
    Ok(())
}

/// What the program's exit codes mean; those from 3 on are `ingest`'s.
const EXIT: &[(u8, &str)] = &[
    (0, "found, or done"),
    (
        1,
        "nothing found; for status: the last run did not go well, or is too long ago",
    ),
    (2, "an error, told on standard error"),
    (3, "done, but some files could not be read"),
    (4, "another run is writing the index"),
    (5, "a golden query broke, and the old index stays"),
];

/// What the program looks at in its environment.
const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "DIARIUM_CORPUS, DIARIUM_INDEX",
        "the folders, where no flag names them",
    ),
    (
        "DIARIUM_GOLDEN",
        "the golden queries of ingest, where no flag names them",
    ),
    ("DIARIUM_NO_OCR", "set to 1, no page is read by OCR"),
    (
        "DIARIUM_PAGER, PAGER, LESS",
        "what long answers are shown with on a terminal; cat or nothing for none",
    ),
    ("NO_COLOR", "set to anything, no colours"),
    (
        "GLIBC_TUNABLES",
        "where it is not set, ingest sets it for itself on Linux, for memory in large pages; set to nothing, it does not",
    ),
];

/// A field a line: where it stands, its name, its type, its meaning.
const FIELDS: &str = include_str!("fields.tsv");

pub(super) fn fields(_: Fields, out: &mut impl Write) -> anyhow::Result<Outcome> {
    writeln!(out, "schema {}", crate::query::SCHEMA)?;
    out.write_all(FIELDS.as_bytes())?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_fields_has_four_columns() {
        for line in FIELDS.lines() {
            assert_eq!(line.split('\t').count(), 4, "{line}");
        }
    }

    #[test]
    fn pages_and_completions_come_from_the_arguments() -> anyhow::Result<()> {
        let mut text = Vec::new();
        man(Man { folder: None }, &mut text)?;
        let text = String::from_utf8(text)?;
        assert!(
            text.contains("diarium") && text.contains("answers") && text.contains("golden query"),
            "{text}"
        );
        let mut text = Vec::new();
        let shell = clap_complete::Shell::Bash;
        completions(Completions { shell }, &mut text)?;
        assert!(String::from_utf8(text)?.contains("--as-written"));
        Ok(())
    }
}
