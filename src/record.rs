//! All that is known of one document, as it is stored and shown.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::discover::Source;
use crate::extract::{
    Heading, Line, Metadata, NOT_READ_BY_OCR, Origin, RawPage, RawText, Reader, Reading,
    WAITS_FOR_OCR, is_loss,
};
use crate::lexicon::{Judgement, Verdict};
use crate::repair::{CleanPage, CleanText, Doubt, Repair};
use crate::tag::{Matter, Tags};

/// The version of the rules that fill a [`Record`] from a document's text. Raise it with any change to repair, tag or the
/// words of the index that should reach papers already read: the next run makes their records again from the stored text.
pub const VERSION: u32 = 16;

/// The version of what is stored of a document's text. Raise it with any change to extract, or to the form of a [`Record`],
/// that should reach papers already read: the next run opens every document again.
pub const READING: u32 = 13;

/// How the reason of a paper's state says that something of the paper is lost.
pub const IN_PART: &str = "read in part";

/// What became of a file. Every file has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Read and searchable.
    Indexed,
    /// Read and searchable, with damaged letters mended on some page.
    Repaired,
    /// Some page is a picture without text, and waits for OCR; what text there is, is searchable.
    OcrNeeded,
    /// Nothing could be read of it.
    Failed,
    /// The same content as another file's, under which it is read and found.
    Copy,
    /// No document.
    Skipped,
}

impl State {
    /// Every state, in the order of a report.
    pub const ALL: [State; 6] = [
        State::Indexed,
        State::Repaired,
        State::OcrNeeded,
        State::Failed,
        State::Copy,
        State::Skipped,
    ];

    /// The state's name in the index, in flags and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            State::Indexed => "indexed",
            State::Repaired => "repaired",
            State::OcrNeeded => "ocr-needed",
            State::Failed => "failed",
            State::Copy => "copy",
            State::Skipped => "skipped",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<State, String> {
        State::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| {
                let names = State::ALL.map(State::name).join(", ");
                format!("no state `{text}`; states are {names}")
            })
    }
}

/// What is known of each file, by [`Entry::file`].
pub type Entries = BTreeMap<Arc<str>, Entry>;

/// What the run knows of a file, whether it could be read or not. Its texts are shared: a run has what was known beside what is
/// there now, of each of a hundred thousand files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The path below the corpus folder.
    pub file: Arc<str>,
    /// Bytes of the file.
    pub size: u64,
    /// Time of its last change, in nanoseconds since 1970.
    pub modified: i64,
    /// BLAKE3 of the bytes that were read, in hexadecimal; empty when none were.
    pub hash: Arc<str>,
    /// What became of it.
    pub state: State,
    /// Why, when the state asks for a reason.
    pub reason: Option<Arc<str>>,
}

impl Entry {
    /// An entry for `source`.
    pub fn new(
        source: &Source,
        hash: impl Into<Arc<str>>,
        state: State,
        reason: Option<&str>,
    ) -> Entry {
        Entry {
            file: source.key.as_str().into(),
            size: source.size,
            modified: source.modified,
            hash: hash.into(),
            state,
            reason: reason.map(Arc::from),
        }
    }

    /// What the paper's text depends on, see [`content`].
    pub fn content(&self) -> Cow<'_, str> {
        content(&self.file, &self.hash)
    }

    /// The same, to keep.
    pub fn shared_content(&self) -> Arc<str> {
        match self.content() {
            Cow::Borrowed(_) => Arc::clone(&self.hash),
            Cow::Owned(content) => content.into(),
        }
    }

    /// Whether something of the paper could not be read.
    pub fn is_in_part(&self) -> bool {
        self.state != State::Copy
            && self
                .reason
                .as_deref()
                .is_some_and(|reason| reason.contains(IN_PART))
    }
}

/// What the text of a paper depends on: the hash of its bytes, and whether its name says that they are a text. The same bytes
/// under a name that says otherwise are another paper, read in another way or not at all. Empty when nothing was read.
pub fn content<'a>(file: &str, hash: &'a str) -> Cow<'a, str> {
    let (_, ending) = file.rsplit_once('.').unwrap_or_default();
    if ending.eq_ignore_ascii_case("txt") && !hash.is_empty() {
        Cow::Owned(format!("{hash}.txt"))
    } else {
        Cow::Borrowed(hash)
    }
}

/// One document: its pages and what it says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What is tagged, with evidence.
    pub tags: Tags,
    /// The matters of a protokoll or an agenda, each tagged by itself; none for other papers.
    pub matters: Vec<Matter>,
    /// The pages in order.
    pub pages: Vec<RecordPage>,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// Damage of the whole document.
    pub notes: Vec<String>,
    /// The headings that the file lists for its reader.
    pub outline: Vec<Heading>,
    /// Who opened the file.
    #[serde(default)]
    pub reader: Reader,
    /// Which learned words it was repaired with ([`crate::lexicon::Learned::id`]); nothing when there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

/// One page of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "SpelledPage")]
pub struct RecordPage {
    /// The repaired page; the text as extracted is [`CleanPage::original`].
    #[serde(flatten)]
    pub clean: CleanPage,
    /// Where its text comes from.
    pub origin: Origin,
    /// Damage of this page.
    pub notes: Vec<String>,
    /// Where the lines of the text as extracted stand on paper.
    pub lines: Vec<Line>,
    /// The other reading of a page that was read twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Reading>,
}

/// A page as a stored record spells it: all fields side by side. What is flattened would be gathered as values of any kind
/// first, and a record is read for every paper that a worker gives and for every passage that a search shows.
#[derive(Deserialize)]
struct SpelledPage {
    number: u32,
    text: String,
    furniture: Vec<(usize, usize)>,
    judgement: Judgement,
    repairs: Vec<Repair>,
    #[serde(default)]
    doubts: Vec<Doubt>,
    origin: Origin,
    notes: Vec<String>,
    lines: Vec<Line>,
    #[serde(default)]
    other: Option<Reading>,
}

impl From<SpelledPage> for RecordPage {
    fn from(page: SpelledPage) -> RecordPage {
        RecordPage {
            clean: CleanPage {
                number: page.number,
                text: page.text,
                furniture: page.furniture,
                judgement: page.judgement,
                repairs: page.repairs,
                doubts: page.doubts,
            },
            origin: page.origin,
            notes: page.notes,
            lines: page.lines,
            other: page.other,
        }
    }
}

impl Record {
    /// Puts together what the rooms found out.
    pub fn new(raw: RawText, clean: CleanText, tags: Tags, matters: Vec<Matter>) -> Record {
        let model = clean.model;
        let pages = raw
            .pages
            .into_iter()
            .zip(clean.pages)
            .map(|(raw, clean)| RecordPage {
                clean,
                origin: raw.origin,
                notes: raw.notes,
                lines: raw.lines,
                other: raw.other,
            })
            .collect();
        Record {
            tags,
            matters,
            pages,
            metadata: raw.metadata,
            notes: raw.notes,
            outline: raw.outline,
            reader: raw.reader,
            model,
        }
    }

    /// The text as it was extracted, with all that came with it but the attachments: what repair and tag began with.
    pub fn raw(&self) -> RawText {
        let pages = self
            .pages
            .iter()
            .map(|page| RawPage {
                number: page.clean.number,
                text: page.clean.original(),
                furniture: page.clean.original_furniture(),
                lines: page.lines.clone(),
                origin: page.origin,
                notes: page.notes.clone(),
                other: page.other.clone(),
            })
            .collect();
        RawText {
            pages,
            metadata: self.metadata.clone(),
            notes: self.notes.clone(),
            attachments: Vec::new(),
            outline: self.outline.clone(),
            reader: self.reader,
        }
    }

    /// What became of the document, and why.
    pub fn state(&self) -> (State, Option<String>) {
        let (state, mut reasons) = self.state_of_pages();
        reasons.extend(self.in_part());
        reasons.extend(self.noted(NOT_READ_BY_OCR));
        reasons.extend(self.noted(WAITS_FOR_OCR));
        (state, (!reasons.is_empty()).then(|| reasons.join("; ")))
    }

    fn state_of_pages(&self) -> (State, Vec<String>) {
        let all = self.pages.len();
        let waiting: Vec<&RecordPage> = self
            .pages
            .iter()
            .filter(|page| page.origin == Origin::PictureOnly)
            .collect();
        if !waiting.is_empty() {
            let reason = format!("{} of {all} without text", listed(&waiting));
            return (State::OcrNeeded, vec![reason]);
        }
        match self.pages_repaired() {
            0 => (State::Indexed, Vec::new()),
            n => {
                let reason = format!("letters mended on {n} of {all} pages");
                (State::Repaired, vec![reason])
            }
        }
    }

    /// What is lost of it.
    fn in_part(&self) -> Option<String> {
        let note = |notes: &[String]| notes.iter().find(|note| is_loss(note)).cloned();
        let damaged: Vec<&RecordPage> = self
            .pages
            .iter()
            .filter(|page| note(&page.notes).is_some())
            .collect();
        let why = note(&self.notes).or_else(|| {
            let first = note(&damaged.first()?.notes)?;
            Some(format!("{}: {first}", listed(&damaged)))
        })?;
        let pages = self.pages.iter();
        let bare = pages.filter(|page| page.origin == Origin::Empty).count();
        Some(match bare {
            0 => format!("{IN_PART}: {why}"),
            n => format!(
                "{IN_PART}: {why}; {n} of {} pages hold nothing",
                self.pages.len()
            ),
        })
    }

    /// The pages with a note that begins so, and the whole note of the first.
    fn noted(&self, begin: &str) -> Option<String> {
        let note = |page: &&RecordPage| -> Option<String> {
            let mut notes = page.notes.iter();
            notes.find(|note| note.starts_with(begin)).cloned()
        };
        let pages = self.pages.iter();
        let pages: Vec<&RecordPage> = pages.filter(|page| note(page).is_some()).collect();
        let first = note(pages.first()?)?;
        Some(format!("{} {first}", listed(&pages)))
    }

    /// Pages whose text was damaged and has been mended.
    pub fn pages_repaired(&self) -> usize {
        let damaged = |page: &&RecordPage| {
            matches!(
                page.clean.judgement.verdict,
                Verdict::LostMarks | Verdict::Mangled
            ) && !page.clean.repairs.is_empty()
        };
        self.pages.iter().filter(damaged).count()
    }

    /// The text of page `number`, counted from 1.
    pub fn page_text(&self, number: u32) -> Option<&str> {
        self.pages
            .iter()
            .find(|page| page.clean.number == number)
            .map(|page| page.clean.text.as_str())
    }
}

/// "page 3", "pages 3, 4".
fn listed(pages: &[&RecordPage]) -> String {
    let numbers: Vec<String> = pages
        .iter()
        .map(|page| page.clean.number.to_string())
        .collect();
    let pages = if numbers.len() == 1 { "page" } else { "pages" };
    format!("{pages} {}", numbers.join(", "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{extract, repair, tag};

    fn of(raw: &RawText) -> Record {
        let clean = repair::text(raw);
        let tags = tag::tags(&clean, "");
        let matters = tag::matters(&clean, "");
        Record::new(raw.clone(), clean, tags, matters)
    }

    /// A damaged letterhead and foot, marked as furniture, about `body`.
    fn raw(body: &str) -> RawText {
        let head = "Socialndmnden  Sida 1 (5)";
        let text = format!(
            "{head}\nForvaltningen foreslar att ndmnden godkanner svaret pé skrivelsen.\n{body}\nforstarkningsteamets 16pande"
        );
        let mut raw = extract::plain(text.as_bytes());
        let page = &mut raw.pages[0];
        let foot = page.text.rfind('\n').map_or(0, |at| at + 1);
        page.furniture = vec![(0, head.len()), (foot, page.text.len())];
        raw
    }

    proptest! {
        #[test]
        fn a_stored_record_gives_back_what_was_extracted(body in "[A-Za-zåäö0-9 .,{}\n]{0,80}") {
            let raw = raw(&body);
            let record = of(&raw);
            let stored: Record = serde_json::from_slice(&serde_json::to_vec(&record).unwrap()).unwrap();
            let back = stored.raw();
            for (page, original) in back.pages.iter().zip(&raw.pages) {
                prop_assert_eq!(&page.text, &original.text);
                let lines = |page: &RawPage| -> Vec<String> {
                    page.furniture.iter().map(|&(start, end)| page.text[start..end].to_owned()).collect()
                };
                prop_assert_eq!(lines(page), lines(original));
            }
            prop_assert_eq!(of(&back), record);
        }
    }
}
