//! Arguments of the verbs that open documents: passwords and OCR.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::extract::{self, ocr};

/// How documents are opened and their pictures read.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Reading {
    /// A password to try on encrypted files; may be given more than once.
    #[arg(long, value_name = "PW")]
    password: Vec<String>,
    /// A file of passwords to try on encrypted files, one a line.
    #[arg(long, value_name = "FILE")]
    passwords: Option<PathBuf>,
    /// Leave scanned pages unread.
    #[arg(long, env = "DIARIUM_NO_OCR", value_parser = clap::builder::FalseyValueParser::new())]
    no_ocr: bool,
    /// Read scanned pages again whose text another OCR engine made: when it is damaged, never or always.
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    reread_bad_layers: Reread,
    /// The OCR engine: `tesseract` on PATH when it is not named.
    #[arg(
        long,
        value_name = "PROGRAM",
        env = "DIARIUM_TESSERACT",
        hide_env_values = true
    )]
    tesseract: Option<PathBuf>,
    /// The folder that keeps what OCR has read, so that no page is read twice.
    #[arg(
        long,
        value_name = "DIR",
        env = "DIARIUM_OCR_CACHE",
        hide_env_values = true
    )]
    ocr_cache: Option<PathBuf>,
    /// Seconds that the OCR of one page may take; a page that needs more waits for a run that gives them.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = ocr::Options::default().seconds,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    ocr_time_limit: u64,
}

/// When a page with an OCR layer is read again.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Reread {
    /// When its text is damaged.
    Auto,
    /// Never.
    Never,
    /// Always.
    Always,
}

/// A list of passwords larger than this is none.
const LIST: u64 = 16 << 20;

impl Reading {
    /// The options; `cache` is the folder for what OCR reads when none is named.
    pub(super) fn options(&self, cache: Option<PathBuf>) -> anyhow::Result<extract::Options> {
        let mut passwords = self.password.clone();
        if let Some(file) = &self.passwords {
            passwords.extend(listed(file)?);
        }
        Ok(extract::Options {
            passwords,
            ocr: ocr::Options {
                on: !self.no_ocr,
                engine: self.tesseract.clone(),
                reread: match self.reread_bad_layers {
                    Reread::Auto => ocr::Reread::Auto,
                    Reread::Never => ocr::Reread::Never,
                    Reread::Always => ocr::Reread::Always,
                },
                cache: self.ocr_cache.clone().or(cache),
                drawer: std::env::current_exe().ok(),
                seconds: self.ocr_time_limit,
                ..ocr::Options::default()
            },
            ..extract::Options::default()
        })
    }
}

/// The passwords of a file, one a line; empty lines are none. A list that an old editor wrote may be no UTF-8.
fn listed(file: &Path) -> anyhow::Result<Vec<String>> {
    let named = || format!("cannot read the passwords in `{}`", file.display());
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .and_then(|file| file.take(LIST).read_to_end(&mut bytes))
        .with_context(named)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    Ok(bytes
        .split(|&byte| byte == b'\n')
        .map(|line| extract::of_windows(line.strip_suffix(b"\r").unwrap_or(line)))
        .filter(|line| !line.is_empty())
        .collect())
}

/// The folder in which programs of this user keep what they can make again.
pub(super) fn user_cache() -> Option<PathBuf> {
    let folder = |key| std::env::var_os(key).map(PathBuf::from);
    let caches = folder("XDG_CACHE_HOME")
        .filter(|folder| folder.is_absolute())
        .or_else(|| Some(folder("HOME")?.join(".cache")))?;
    Some(caches.join("diarium").join("ocr"))
}

/// Tells the one line that installs what is missing for OCR, for a person; nothing when it is all there or not wanted.
pub(super) fn missing(options: &ocr::Options) -> Option<&'static str> {
    if !options.on {
        return None;
    }
    match ocr::available(options) {
        None if options.engine.is_some() => Some(
            "the program named by --tesseract or DIARIUM_TESSERACT cannot be used; name another, or leave it out and: apt-get install tesseract-ocr tesseract-ocr-swe",
        ),
        None => Some("to have them read: apt-get install tesseract-ocr tesseract-ocr-swe"),
        Some(engine) if !engine.swedish => Some(
            "tesseract is here but cannot read Swedish; to have them read: apt-get install tesseract-ocr-swe",
        ),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_passwords_may_be_no_utf_8() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("list.txt");
        let list = b"\xEF\xBB\xBFsommar\r\n\r\n\xE5rsm\xF6te\r\nh\xC3\xB6st ";
        std::fs::write(&file, list).expect("written");
        assert_eq!(
            listed(&file).expect("a list"),
            ["sommar", "\u{e5}rsm\u{f6}te", "h\u{f6}st "]
        );
    }
}
