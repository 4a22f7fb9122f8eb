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
        &mut super::Args::command(),
        "diarium",
        &mut script,
    );
    out.write_all(&script)?;
    Ok(Outcome::Done)
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
    clap_mangen::Man::new(command).render(out)
}

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
            text.contains("diarium") && text.contains("answers"),
            "{text}"
        );
        let mut text = Vec::new();
        let shell = clap_complete::Shell::Bash;
        completions(Completions { shell }, &mut text)?;
        assert!(String::from_utf8(text)?.contains("--as-written"));
        Ok(())
    }
}
