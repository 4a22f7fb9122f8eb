//! Raw pages → clean pages and the list of what was changed. Pure: no files, no clock, no threads, no errors.
//!
//! Four laws: reversible ([`CleanPage::original`] gives back the identical bytes), harmless (a page judged clean is changed
//! only by exact mends), idempotent, Swedish.

mod candidates;
mod codepages;
mod confusions;
mod exact;
mod ledger;
mod letters;
mod signs;
mod tokens;

use serde::{Deserialize, Serialize};

use crate::extract::RawText;
use crate::lexicon::{self, Judgement, Verdict};

use ledger::Edit;

/// The text as its writer meant it, and every change that led there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CleanText {
    /// The pages, one for each raw page, in the same order.
    pub pages: Vec<CleanPage>,
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
}

/// A rule: its name, and how it finds its changes in a text.
type Rule = (&'static str, fn(&str) -> Vec<Edit>);

/// The certain mends, on every page, in the order they run; a later rule sees the text an earlier one left.
const EXACT: &[Rule] = &[
    ("controls", exact::controls),
    ("utf8", exact::utf8),
    ("codepage", exact::codepage),
    ("marks", exact::marks),
    ("ligatures", exact::ligatures),
];

/// The mends that weigh one reading against another, on pages that the judge calls damaged.
const RULES: &[(&str, fn(&str, Verdict) -> Vec<Edit>)] =
    &[("signs", signs::find), ("letters", letters::find)];

/// Repairs every page of `raw`.
pub fn text(raw: &RawText) -> CleanText {
    let pages = raw
        .pages
        .iter()
        .map(|page| {
            let judgement = lexicon::judge(&page.text);
            let (text, edits) = mended(&page.text, judgement.verdict);
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
                })
                .collect();
            CleanPage {
                number: page.number,
                text,
                furniture,
                judgement,
                repairs,
            }
        })
        .collect();
    CleanText { pages }
}

/// What `word` may have been, likeliest first: the reading, the cost (nats) of its being misread as `word`, and the cost
/// of the word by itself. The first is `word` as it stands.
pub fn explain(word: &str) -> Vec<(String, f32, f32)> {
    candidates::candidates(word, false)
        .into_iter()
        .map(|candidate| (candidate.text, candidate.channel, candidate.prior))
        .collect()
}

/// The repaired text of one page, and the changes that make it.
fn mended(raw: &str, verdict: Verdict) -> (String, Vec<Edit>) {
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
    if matches!(verdict, Verdict::Clean | Verdict::Empty) {
        return (text, edits);
    }
    let (mut better, mut more) = (text.clone(), Vec::new());
    for (_, find) in RULES {
        let found = find(&better, verdict);
        let next = ledger::apply(&better, &found);
        more = ledger::compose(&text, &better, more, found);
        better = next;
    }
    // Repairing twice must be repairing once: what is still damaged afterwards was none of our damage.
    if !more.is_empty()
        && matches!(
            lexicon::judge(&better).verdict,
            Verdict::Clean | Verdict::Empty
        )
    {
        edits = ledger::compose(raw, &text, edits, more);
        text = better;
    }
    (text, edits)
}

impl CleanPage {
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
