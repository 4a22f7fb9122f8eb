//! The engine: which one is on the machine, and what it reads on a picture.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::child::{self, Failure, Limits};
use super::{Engine, Options};

/// What is asked of an engine before it is used takes this long at most.
const ASKED: Limits = Limits {
    seconds: 15,
    memory: 1 << 30,
    output: 64 << 10,
};
/// Bytes of what the engine says of one page.
const OUTPUT: usize = 16 << 20;

/// The engine that `options` name, or the one on `PATH`, however it reads. Each program is asked once a process.
pub(super) fn find(options: &Options) -> Option<Engine> {
    static KNOWN: Mutex<BTreeMap<PathBuf, Option<Engine>>> = Mutex::new(BTreeMap::new());
    let program = match &options.engine {
        Some(program) => on_path(program)?,
        None => on_path(Path::new("tesseract"))?,
    };
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(engine) = known.get(&program) {
        return engine.clone();
    }
    let engine = ask(&program);
    known.insert(program, engine.clone());
    engine
}

/// The program that a name means: a path as it is, a bare name where `PATH` has it.
fn on_path(program: &Path) -> Option<PathBuf> {
    if program.components().count() > 1 {
        return program.is_file().then(|| program.to_owned());
    }
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder != OsStr::new(""))
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn ask(program: &Path) -> Option<Engine> {
    let ask = |question: &str| {
        let (out, said) = child::run(program, &[question], Vec::new(), ASKED).ok()?;
        // Older ones say on standard error who they are.
        Some(format!("{}\n{said}", String::from_utf8_lossy(&out)))
    };
    let who = ask("--version")?;
    let version = who.lines().find_map(|line| {
        let version = line.trim().strip_prefix("tesseract ")?;
        (!version.is_empty()).then(|| version.trim().to_owned())
    })?;
    let listed = ask("--list-langs")?;
    let has = |language: &str| listed.lines().any(|line| line.trim() == language);
    // Data of the same name differ (`fast`, `best`), and read differently.
    let data = listed
        .lines()
        .find_map(|line| line.split('"').nth(1))
        .and_then(|folder| std::fs::metadata(Path::new(folder).join("swe.traineddata")).ok())
        .map_or(0, |data| data.len());
    Some(Engine {
        program: program.to_owned(),
        version: format!("{version}, data {data}"),
        swedish: has("swe"),
        turns: has("osd"),
    })
}

/// What the engine reads on `picture` (a PGM file), as a table of words.
///
/// # Errors
/// When it ends badly or passes a limit of `options`.
pub(super) fn words(
    engine: &Engine,
    picture: Vec<u8>,
    dpi: f32,
    options: &Options,
) -> Result<String, Failure> {
    let dpi = format!("{dpi:.0}");
    let args = [
        "stdin", "stdout", "--dpi", &dpi, "-l", "swe", "--psm", "3", "tsv",
    ];
    let (out, _) = child::run(&engine.program, &args, picture, limits(options))?;
    let table = String::from_utf8_lossy(&out);
    // A blank page has the heads of the columns too: without them, nothing was read, and the page still waits.
    if !table.starts_with(HEADS) {
        return Err(Failure::Senseless);
    }
    Ok(table.into_owned())
}

/// What a table of words begins with.
const HEADS: &str = "level\tpage_num\t";

/// How many quarters clockwise `picture` (a PGM file) must be turned to stand upright, if the engine can tell and is sure.
pub(super) fn turn(engine: &Engine, picture: Vec<u8>, dpi: f32, options: &Options) -> Option<u8> {
    if !engine.turns {
        return None;
    }
    let dpi = format!("{dpi:.0}");
    let args = ["stdin", "stdout", "--dpi", &dpi, "--psm", "0"];
    let (out, _) = child::run(&engine.program, &args, picture, limits(options)).ok()?;
    parse_turn(&String::from_utf8_lossy(&out))
}

/// Reads the engine's table of a page's turn.
fn parse_turn(said: &str) -> Option<u8> {
    let value = |key: &str| -> Option<f32> {
        said.lines().find_map(|line| {
            line.strip_prefix(key)?
                .strip_prefix(':')?
                .trim()
                .parse()
                .ok()
        })
    };
    // It guesses on noise, with a confidence below 1.
    let sure = value("Orientation confidence")? >= 1.0;
    match value("Rotate")? {
        90.0 if sure => Some(1),
        180.0 if sure => Some(2),
        270.0 if sure => Some(3),
        _ => None,
    }
}

fn limits(options: &Options) -> Limits {
    Limits {
        seconds: options.seconds.max(1),
        memory: options.memory,
        output: OUTPUT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_taken_when_the_engine_is_sure() {
        let said = |rotate: &str, confidence: &str| {
            format!(
                "Page number: 0\nOrientation in degrees: 90\nRotate: {rotate}\nOrientation confidence: {confidence}\nScript: Latin\n"
            )
        };
        for (rotate, confidence, turn) in [
            ("90", "14.2", Some(1)),
            ("180", "3.0", Some(2)),
            ("270", "2.5", Some(3)),
            ("0", "9.0", None),
            ("90", "0.3", None),
            ("x", "9.0", None),
        ] {
            assert_eq!(parse_turn(&said(rotate, confidence)), turn, "{rotate}");
        }
        assert_eq!(parse_turn(""), None);
    }

    #[test]
    fn an_engine_that_is_not_there_is_none() {
        let options = Options {
            engine: Some("/nonexistent/tesseract".into()),
            ..Options::default()
        };
        assert_eq!(find(&options), None);
    }
}
