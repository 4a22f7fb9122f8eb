//! Raw pages → clean pages and the list of what was changed. Pure: no files, no clock, no threads, no errors.
//!
//! Four laws: reversible ([`CleanPage::original`] gives back the identical bytes), harmless (a page judged clean is changed
//! only by exact mends), idempotent, Swedish.

mod blanked;
mod candidates;
mod codepages;
mod confusions;
mod exact;
mod habits;
mod lattice;
mod learn;
mod ledger;
mod letters;
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
    ("utf8", exact::utf8),
    ("codepage", exact::codepage),
    ("marks", exact::marks),
    ("ligatures", exact::ligatures),
];

/// Repairs every page of `raw`.
pub fn text(raw: &RawText) -> CleanText {
    text_with(raw, None)
}

/// Repairs every page of `raw`; the words of `learned` weigh more than those of the embedded figures.
pub fn text_with(raw: &RawText, learned: Option<&Learned>) -> CleanText {
    let figures = Figures::new(learned);
    let mut habits = Habits::default();
    let pages = raw
        .pages
        .iter()
        .map(|page| {
            let judgement = lexicon::judge(&page.text);
            let (text, edits, doubts) =
                mended(&page.text, judgement.verdict, &figures, &mut habits);
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
    if matches!(verdict, Verdict::Clean | Verdict::Empty) {
        return (text, edits, Vec::new());
    }
    // On pages that the judge calls damaged, one reading is weighed against another.
    let found = signs::find(&text, verdict);
    let mut middle = ledger::apply(&text, &found);
    let lost = blanked::find(&middle);
    let found = if lost.is_empty() {
        found
    } else {
        let next = ledger::apply(&middle, &lost);
        let found = ledger::compose(&text, &middle, found, lost.clone());
        middle = next;
        found
    };
    let letters::Found {
        edits: letters,
        doubts,
    } = letters::find(&middle, verdict, figures, habits);
    let mut better = ledger::apply(&middle, &letters);
    let doubts: Vec<Doubt> = doubts
        .into_iter()
        .map(|(range, alternatives)| Doubt {
            start: ledger::moved(&letters, range.start),
            end: ledger::moved(&letters, range.end),
            alternatives,
        })
        .collect();
    let mut more = ledger::compose(&text, &middle, found, letters);
    let mut doubts = doubts;
    if !lost.is_empty() {
        let back = blanked::back(&better);
        let next = ledger::apply(&better, &back);
        for doubt in &mut doubts {
            doubt.start = ledger::moved(&back, doubt.start);
            doubt.end = ledger::moved(&back, doubt.end);
        }
        more = ledger::compose(&text, &better, more, back);
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
        return (better, edits, doubts);
    }
    (text, edits, Vec::new())
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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::extract::{RawPage, plain};

    fn repaired(text: &str) -> CleanPage {
        super::text(&plain(text.as_bytes())).pages.remove(0)
    }

    /// Enough damaged Swedish around a line that the page is judged damaged whatever the line is.
    fn among_damage(line: &str) -> String {
        format!(
            "Forvaltningen foreslar att ndmnden godkanner svaret pé skrivelsen.\n{line}\nArendet har beretts inom avdelningen for \
             aldreomsorg och dr klart for beslut vid nista sammantrade.\n"
        )
    }

    #[test]
    fn misread_words_are_put_right_and_others_left() {
        for (was, now) in [
            (
                "Socialndmnden godkanner forslaget",
                "Socialnämnden godkänner förslaget",
            ),
            (
                "en del av det 16pande arbetet",
                "en del av det löpande arbetet",
            ),
            (
                "det dr viktigt att fa svar pé fragan",
                "det är viktigt att få svar på frågan",
            ),
            (
                "under dret 2019 och de kommande aren",
                "under året 2019 och de kommande åren",
            ),
            (
                "genom{or en dversyn av stadens lokaler",
                "genomför en översyn av stadens lokaler",
            ),
            (
                "Attredogora for kostnaderna",
                "Att redogöra för kostnaderna",
            ),
            (
                "stadsovergripande arbete och forstarkningsteamets drenden",
                "stadsövergripande arbete och förstärkningsteamets ärenden",
            ),
            ("i Hagersten och Alvsjo", "i Hägersten och Älvsjö"),
            // Names and evidence stay.
            ("Per Malm och Anna Berg", "Per Malm och Anna Berg"),
            (
                "Dnr HL 2019/619 den 2019-03-26",
                "Dnr HL 2019/619 den 2019-03-26",
            ),
            (
                "Utl. 2009:31 och Dp 2004-05707 pa 2016-02-11",
                "Utl. 2009:31 och Dp 2004-05707 på 2016-02-11",
            ),
            ("skrivelse fran (M) och (fp)", "skrivelse från (M) och (fp)"),
        ] {
            let page = repaired(&among_damage(was));
            let line = page.text.lines().nth(1).unwrap_or_default();
            assert_eq!(line, now, "from {was:?}");
        }
    }

    #[test]
    fn sound_pages_are_only_mended_where_it_is_certain() {
        let sound =
            "Förvaltningen föreslår att nämnden godkänner svaret. Han bor i Boras och ar glad.";
        assert_eq!(repaired(sound).text, sound);
        let page =
            repaired("Förvaltningen fo\u{308}reslår en eﬀektiv lo\u{308}sning av ärendet\u{0}.");
        assert_eq!(
            page.text,
            "Förvaltningen föreslår en effektiv lösning av ärendet."
        );
        assert!(page.repairs.iter().all(|repair| repair.confidence == 1.0));
    }

    #[test]
    fn a_place_of_the_users_own_is_restored_once_it_is_learned() {
        let sound = "Vägen från Gråskärsvik till Hökåsen är ny. Boende i Gråskärsvik får svar i maj, och nämnden åker till \
                     Gråskärsvik på våren för att se hur vägen håller.";
        let mut sightings = crate::lexicon::Sightings::default();
        assert!(learn(&repaired(sound), &mut sightings));
        let damaged = among_damage("Boende i Graskdrsvik har skrivit till namnden");
        assert!(!learn(&repaired(&damaged), &mut sightings));
        assert!(!repaired(&damaged).text.contains("Gråskärsvik"));
        let learned = Learned::open(&sightings.text()).unwrap();
        let clean = text_with(&plain(damaged.as_bytes()), Some(&learned));
        assert!(
            clean.pages[0].text.contains("Gråskärsvik"),
            "{}",
            clean.pages[0].text
        );
        assert_eq!(clean.model.as_deref(), Some(learned.id()));
        // What is learned stays with its own documents.
        assert!(!repaired(&damaged).text.contains("Gråskärsvik"));
    }

    #[test]
    fn furniture_moves_with_the_text() {
        let text = among_damage("Forvaltningens forslag");
        let head = text.find('\n').unwrap_or(0);
        let raw = RawText {
            pages: vec![RawPage {
                number: 1,
                furniture: vec![(0, head)],
                text: text.clone(),
                ..RawPage::default()
            }],
            ..RawText::default()
        };
        let page = super::text(&raw).pages.remove(0);
        let (start, end) = page.furniture[0];
        assert_eq!(
            &page.text[start..end],
            page.text.lines().next().unwrap_or_default()
        );
        assert!(page.text[start..end].contains("nämnden"));
    }

    /// Text of all kinds, with much of what repair looks at.
    fn any_text() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            3 => prop::sample::select(vec![
                "Forvaltningen", "ar", "och", "att", "pé", "dr", "fér", "for", "namnden", "det", "inte", "16pande", "Arendet", "skrivelsen",
                "genom{or", "tiII", "—", "“", "«", "|", "1", "i1", "FÃ¶r", "pÃƒÂ¥", "¨ar", "fo¨r", "fšr", "f”r", "ﬁnns", "o\u{308}", "\u{0}", "a\u{30a}", "\n", "\n\n", "p\u{fffd}", "Hägersten",
            ]).prop_map(str::to_owned),
            1 => "\\PC{0,6}",
            1 => "[a-zåäöé{}@&'’]{1,12}",
        ];
        prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn undoing_gives_back_the_identical_text(text in any_text()) {
            let page = repaired(&text);
            prop_assert_eq!(page.original(), text);
        }

        #[test]
        fn repairing_twice_is_repairing_once(text in any_text()) {
            let once = repaired(&text).text;
            let twice = repaired(&once).text;
            prop_assert_eq!(twice, once);
        }

        #[test]
        fn lines_are_neither_joined_nor_parted(text in any_text()) {
            prop_assert_eq!(repaired(&text).text.matches('\n').count(), text.matches('\n').count());
        }

        #[test]
        fn another_reading_stands_at_a_word_and_is_another(text in any_text()) {
            let page = repaired(&among_damage(&text.replace('\n', " ")));
            for (range, other) in page.alternatives() {
                prop_assert!(!page.text[range.clone()].contains(char::is_whitespace) || other.contains(' '), "{range:?} {other}");
                prop_assert_ne!(&page.text[range], other);
            }
        }

        #[test]
        fn evidence_survives(
            date in "20[0-2][0-9]-[01][0-9]-[0-3][0-9]",
            dnr in "(Dnr )?[A-Z]{2,3} ?20[12][0-9]/[0-9]{1,5}|[1-9]\\.[1-9]\\.[1-9]-[0-9]{1,3}/20[12][0-9]|[0-9]{3}-[0-9]{3}/20[0-9]{2}",
            mail in "[a-z]{2,8}\\.[a-z]{2,8}@(stockholm|haninge)\\.se",
            url in "https?://www\\.[a-z]{3,8}\\.se/[a-z0-9]{1,6}",
            sum in "[1-9][0-9]{0,2} [0-9]{3} kr",
            code in "\\((M|S|V|L|C|MP|KD|SD|m|s|v|fp|c|mp|kd)\\)",
        ) {
            for evidence in [date, dnr, mail, url, sum, code] {
                let page = repaired(&among_damage(&format!("fran {evidence} till")));
                prop_assert!(page.text.contains(&evidence), "{evidence} became {}", page.text);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            super::text(&plain(&bytes));
        }
    }
}
