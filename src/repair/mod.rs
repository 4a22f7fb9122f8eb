//! Raw pages → clean pages and the list of what was changed. Pure: no files, no clock, no threads, no errors.
//!
//! Four laws: reversible ([`CleanPage::original`] gives back the identical bytes), harmless (a page judged clean is changed
//! only by exact mends), idempotent, Swedish.

mod blanked;
mod candidates;
mod codepages;
mod confusions;
mod dwelling;
mod exact;
mod guesses;
mod habits;
mod joins;
mod lattice;
mod learn;
mod ledger;
mod letters;
mod margins;
mod passages;
mod signs;
mod tokens;
pub mod train;
mod walk;

pub use learn::learn;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::extract::RawText;
use crate::lexicon::{self, Figures, Judgement, Learned, Verdict};

use habits::Habits;
use ledger::Edit;

/// The text as its writer meant it, and every change that led there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CleanText {
    /// The pages, one for each raw page, in the same order.
    pub pages: Vec<CleanPage>,
    /// Which learned words it was repaired with ([`Learned::id`]); nothing when there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

/// One page after repair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CleanPage {
    /// The page, counted from 1.
    pub number: u32,
    /// The repaired text. Has the same number of lines as the raw text.
    pub text: String,
    /// The raw page's furniture, as byte ranges of the repaired text.
    pub furniture: Vec<(usize, usize)>,
    /// What the judge said of the raw text.
    pub judgement: Judgement,
    /// What was changed, in the order of the text; ranges do not overlap.
    pub repairs: Vec<Repair>,
    /// Words left as they stand though another reading is nearly as likely, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
}

/// One change: undo it by putting `was` back in the place of `now`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    /// Where the replaced text begins in the **raw** page's text, in bytes.
    pub start: usize,
    /// Where it ends (exclusive), in bytes.
    pub end: usize,
    /// What stood there.
    pub was: String,
    /// What stands there now.
    pub now: String,
    /// The rule that decided, by its name in the list of rules.
    pub rule: String,
    /// How sure the rule is, 0 to 1; exact mends are 1.
    pub confidence: f32,
    /// Other readings that are nearly as likely as `now` (`ar` is är or år), the likeliest first; seldom any, at most two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

/// A word that was left as it stands and may be another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Doubt {
    /// Where the word begins in the **repaired** page's text, in bytes.
    pub start: usize,
    /// Where it ends (exclusive), in bytes.
    pub end: usize,
    /// What it may be instead, the likeliest first; at least one, at most two.
    pub alternatives: Vec<String>,
}

/// A rule: its name, and how it finds its changes in a text.
type Rule = (&'static str, fn(&str) -> Vec<Edit>);

/// The certain mends, on every page, in the order they run; a later rule sees the text an earlier one left.
const EXACT: &[Rule] = &[
    ("controls", exact::controls),
    ("entities", exact::entities),
    ("utf8", exact::utf8),
    ("codepage", exact::codepage),
    ("marks", exact::marks),
    ("ligatures", exact::ligatures),
    ("bullets", signs::bullets),
    ("paragraph-signs", signs::paragraph_signs),
];

/// Repairs every page of `raw`.
pub fn text(raw: &RawText) -> CleanText {
    text_with(raw, None)
}

/// Repairs every page of `raw`; the words of `learned` weigh more than those of the embedded figures.
pub fn text_with(raw: &RawText, learned: Option<&Learned>) -> CleanText {
    repaired(raw, learned, false)
}

/// Like [`text_with`], but repairs the letters of pages that the judge calls sound as well: for measuring what the judge
/// saves from harm. Only what is no word there and is surely another is changed.
pub fn text_forced(raw: &RawText, learned: Option<&Learned>) -> CleanText {
    repaired(raw, learned, true)
}

fn repaired(raw: &RawText, learned: Option<&Learned>, forced: bool) -> CleanText {
    let figures = Figures::new(learned);
    let mut habits = Habits::default();
    let pages = raw
        .pages
        .iter()
        .map(|page| {
            let judgement = lexicon::judge(&page.text);
            let (mut text, mut edits, doubts) =
                mended(&page.text, judgement.verdict, &figures, &mut habits);
            if forced && judgement.verdict == Verdict::Clean {
                let more = letters::find_in_sound(&text, &figures);
                let better = ledger::apply(&text, &more);
                edits = ledger::compose(&page.text, &text, edits, more);
                text = better;
            }
            let furniture = page
                .furniture
                .iter()
                .map(|&(start, end)| (ledger::moved(&edits, start), ledger::moved(&edits, end)))
                .collect();
            let repairs = edits
                .into_iter()
                .map(|edit| Repair {
                    start: edit.range.start,
                    end: edit.range.end,
                    was: page.text[edit.range].to_owned(),
                    now: edit.now,
                    rule: edit.rule.to_owned(),
                    confidence: edit.confidence,
                    alternatives: edit.alternatives,
                })
                .collect();
            CleanPage {
                number: page.number,
                text,
                furniture,
                judgement,
                repairs,
                doubts,
            }
        })
        .collect();
    CleanText {
        pages,
        model: learned.map(|learned| learned.id().to_owned()),
    }
}

/// What `word` may have been: the reading, the cost (nats) of its being misread as `word`, and the cost of the word by
/// itself. The first is `word` as it stands; the others follow with the likeliest first.
pub fn explain(word: &str, learned: Option<&Learned>) -> Vec<(String, f32, f32)> {
    candidates::search(&Figures::new(learned), word, false)
        .into_iter()
        .map(|candidate| (candidate.text, candidate.channel, candidate.prior))
        .collect()
}

/// A reading of a word among others of its line, see [`explain_in`].
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// What the word may have been; the first of a list is the word as it stands.
    pub reading: String,
    /// The cost, in nats, of its being misread so.
    pub misread: f32,
    /// The cost, in nats, of the word by itself.
    pub alone: f32,
    /// How much dearer, in nats, it is in this line than the reading that is taken, margins in favour of what stands there
    /// included; nothing for a reading that is out of the question.
    pub dearer: Option<f32>,
}

/// What the first `word` in `line` may have been, weighed among its neighbours; empty when the line has no such word.
pub fn explain_in(line: &str, word: &str, learned: Option<&Learned>) -> Vec<Explained> {
    letters::explain(line, word, &Figures::new(learned))
        .into_iter()
        .map(|(reading, misread, alone, dearer)| Explained {
            reading,
            misread,
            alone,
            dearer,
        })
        .collect()
}

/// Takes `table` (the form of `confusions.tsv`) in the place of the costs built in, for the whole program and from its
/// first repair on: for measuring a table on documents that it was not counted on. False when it comes too late.
pub fn use_confusions(table: String) -> bool {
    confusions::replace(table)
}

/// The repaired text of one page, the changes that make it, and what is left in doubt.
fn mended(
    raw: &str,
    verdict: Verdict,
    figures: &Figures<'_>,
    habits: &mut Habits,
) -> (String, Vec<Edit>, Vec<Doubt>) {
    let mut text = raw.to_owned();
    let mut edits: Vec<Edit> = Vec::new();
    // One accident may hide another (an encoding twice wrong); each round can only shorten what is wrong.
    for _ in 0..4 {
        let mut changed = false;
        for (_, find) in EXACT {
            let found = find(&text);
            if !found.is_empty() {
                let next = ledger::apply(&text, &found);
                edits = ledger::compose(raw, &text, edits, found);
                text = next;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let verdict = if edits.is_empty() {
        verdict
    } else {
        lexicon::judge(&text).verdict
    };
    let mut doubts = Vec::new();
    if !matches!(verdict, Verdict::Clean | Verdict::Empty)
        && let Some(page) = misread(&text, verdict, false, figures, habits)
    {
        edits = ledger::compose(raw, &text, edits, page.edits);
        (text, doubts) = (page.text, page.doubts);
    } else if verdict != Verdict::Clean {
        return (text, edits, doubts);
    }
    // A passage may be damaged on a page that is not, or no longer. Its own letters alone decide, so that it is put right
    // at once or never.
    let mut shift = 0isize;
    for (range, verdict) in passages::damaged(&text) {
        let range =
            range.start.saturating_add_signed(shift)..range.end.saturating_add_signed(shift);
        let passage = misread(
            &text[range.clone()],
            verdict,
            false,
            figures,
            &mut Habits::default(),
        );
        let Some(passage) = passage else { continue };
        let (start, grown) = (
            range.start,
            passage.text.len() as isize - range.len() as isize,
        );
        let moved: Vec<Edit> = passage
            .edits
            .into_iter()
            .map(|edit| Edit {
                range: edit.range.start + start..edit.range.end + start,
                ..edit
            })
            .collect();
        // What stood in doubt in the passage is weighed anew there.
        doubts.retain(|doubt| doubt.end <= range.start || doubt.start >= range.end);
        for doubt in doubts.iter_mut().filter(|doubt| doubt.start >= range.end) {
            doubt.start = doubt.start.saturating_add_signed(grown);
            doubt.end = doubt.end.saturating_add_signed(grown);
        }
        doubts.extend(passage.doubts.into_iter().map(|doubt| Doubt {
            start: doubt.start + start,
            end: doubt.end + start,
            ..doubt
        }));
        let next = ledger::apply(&text, &moved);
        edits = ledger::compose(raw, &text, edits, moved);
        text = next;
        shift += grown;
    }
    doubts.sort_by_key(|doubt| doubt.start);
    (text, edits, doubts)
}

/// A text with its letters put right.
struct Better {
    text: String,
    edits: Vec<Edit>,
    doubts: Vec<Doubt>,
}

/// The letters of `text`, which the judge calls damaged, put right but for its sound passages; nothing when that does not
/// make it sound. Where it is `plain` that nothing but marks was lost, whatever the judge says, letters without marks stay.
fn misread(
    text: &str,
    verdict: Verdict,
    plain: bool,
    figures: &Figures<'_>,
    habits: &mut Habits,
) -> Option<Better> {
    // On pages that the judge calls damaged, one reading is weighed against another.
    let spared = passages::spared(text);
    let mut found = signs::find(text, verdict);
    // Whoever has taken no other sign for a dash has written those that stand there.
    if plain && found.iter().all(|edit| text[edit.range.clone()] == *"—") {
        found.clear();
    }
    found.retain(|edit| !is_in(&spared, edit.range.start));
    let mut middle = ledger::apply(text, &found);
    let lost = blanked::find(&middle);
    let mut found = if lost.is_empty() {
        found
    } else {
        let next = ledger::apply(&middle, &lost);
        let found = ledger::compose(text, &middle, found, lost.clone());
        middle = next;
        found
    };
    let letters_of = if plain { Verdict::LostMarks } else { verdict };
    let mut read = letters::find(&middle, letters_of, false, figures, habits);
    if !read.cuts.is_empty() {
        let mut cuts = read.cuts;
        if !spared.is_empty() {
            let spared = passages::spared(&middle);
            cuts.retain(|edit| !is_in(&spared, edit.range.start));
        }
        let next = ledger::apply(&middle, &cuts);
        found = ledger::compose(text, &middle, found, cuts);
        middle = next;
        read = letters::find(&middle, letters_of, true, figures, habits);
    }
    let letters::Found {
        edits: mut letters,
        mut doubts,
        plain: is_plain,
        ..
    } = read;
    if is_plain && !plain {
        return misread(text, verdict, true, figures, habits);
    }
    if !spared.is_empty() {
        let spared = passages::spared(&middle);
        letters.retain(|edit| !is_in(&spared, edit.range.start));
        doubts.retain(|(range, _)| !is_in(&spared, range.start));
    }
    let mut better = ledger::apply(&middle, &letters);
    let doubts: Vec<Doubt> = doubts
        .into_iter()
        .map(|(range, alternatives)| Doubt {
            start: ledger::moved(&letters, range.start),
            end: ledger::moved(&letters, range.end),
            alternatives,
        })
        .collect();
    let mut more = ledger::compose(text, &middle, found, letters);
    let mut doubts = doubts;
    if !lost.is_empty() {
        let back = blanked::back(&better);
        let next = ledger::apply(&better, &back);
        for doubt in &mut doubts {
            doubt.start = ledger::moved(&back, doubt.start);
            doubt.end = ledger::moved(&back, doubt.end);
        }
        more = ledger::compose(text, &better, more, back);
        better = next;
    }
    // Repairing twice must be repairing once: what is still damaged afterwards was none of our damage.
    let sound = !more.is_empty()
        && matches!(
            lexicon::judge(&better).verdict,
            Verdict::Clean | Verdict::Empty
        );
    sound.then_some(Better {
        text: better,
        edits: more,
        doubts,
    })
}

/// Whether byte `at` is in one of `ranges`.
fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|range| range.contains(&at))
}

impl CleanPage {
    /// Each repair with the byte range of the repaired text where its `now` stands, in the order of the text.
    pub fn placed(&self) -> impl Iterator<Item = (Range<usize>, &Repair)> {
        let mut shift = 0isize;
        self.repairs.iter().map(move |repair| {
            let start = repair.start.saturating_add_signed(shift);
            shift += repair.now.len() as isize - repair.was.len() as isize;
            (start..start + repair.now.len(), repair)
        })
    }

    /// [`CleanPage::furniture`] as byte ranges of [`CleanPage::original`].
    pub fn original_furniture(&self) -> Vec<(usize, usize)> {
        let back = |at: usize| {
            let mut raw = at;
            for (range, repair) in self.placed().take_while(|(range, _)| range.start < at) {
                // A line's edge inside a change cannot be told; the change's end is the nearest.
                raw = repair.end + at.saturating_sub(range.end);
            }
            raw
        };
        self.furniture
            .iter()
            .map(|&(start, end)| (back(start), back(end)))
            .collect()
    }

    /// Every other reading that is nearly as likely as the one that stands: the byte range of the repaired text where it
    /// might stand, and the reading. For the index, which lets a search find both. In the order of the text.
    pub fn alternatives(&self) -> Vec<(Range<usize>, &str)> {
        let changed = self.placed().flat_map(|(range, repair)| {
            repair
                .alternatives
                .iter()
                .map(move |other| (range.clone(), other.as_str()))
        });
        let left = self.doubts.iter().flat_map(|doubt| {
            doubt
                .alternatives
                .iter()
                .map(|other| (doubt.start..doubt.end, other.as_str()))
        });
        let mut all: Vec<_> = changed.chain(left).collect();
        all.sort_by_key(|(range, _)| range.start);
        all
    }

    /// The page's text as it was before repair: the identical bytes.
    pub fn original(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        // `at` walks the repaired text, `raw` the raw text, side by side.
        let (mut at, mut raw) = (0, 0);
        for repair in &self.repairs {
            let same = repair.start - raw;
            out.push_str(&self.text[at..at + same]);
            out.push_str(&repair.was);
            at += same + repair.now.len();
            raw = repair.end;
        }
        out.push_str(&self.text[at..]);
        out
    }
}

#[cfg(test)]
mod tests;
