//! Raw pages → clean pages and the list of what was changed. Pure: no files, no clock, no threads, no errors.
//!
//! Four laws: reversible ([`CleanPage::original`] gives back the identical bytes), harmless (a page judged clean is changed
//! only by exact mends), idempotent, Swedish.

use serde::{Deserialize, Serialize};

use crate::extract::RawText;
use crate::lexicon::Judgement;

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

/// Repairs every page of `raw`.
pub fn text(raw: &RawText) -> CleanText {
    let pages = raw
        .pages
        .iter()
        .map(|page| CleanPage {
            number: page.number,
            text: page.text.clone(),
            furniture: page.furniture.clone(),
            judgement: crate::lexicon::judge(&page.text),
            repairs: Vec::new(),
        })
        .collect();
    CleanText { pages }
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
