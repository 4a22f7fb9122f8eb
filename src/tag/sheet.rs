//! Pages → one sheet to read: their texts joined, and a folded copy on which closed lists and formulas are matched.
//!
//! The folded copy has one ASCII letter for each letter of the text: lower case, å ä ö without marks, every kind of blank
//! and dash alike, and the digits that an OCR engine puts into words turned back. [`tolerant`] compiles patterns for it.

use std::ops::Range;
use std::sync::OnceLock;

use super::formula;
use super::pattern::Pattern;

use super::fold::{Folded, fold};
use super::gate::{Gate, Gates, Grams};
use crate::page::Place;

/// Pages joined by line ends, and their folded copy.
pub(super) struct Sheet {
    /// The pages' texts, joined by a line end.
    pub(super) text: String,
    /// The folded copy: ASCII, lower case.
    pub(super) folded: Vec<u8>,
    /// The folded copy before lower case and mended digits: `Åsa 1` is `Asa 1`. As long as `folded`.
    pub(super) cased: Vec<u8>,
    /// For each byte of `folded`, and for its end, the byte offset in `text`.
    offsets: Vec<u32>,
    /// Page number, and where the page begins and ends in `text`.
    pages: Vec<(u32, usize, usize)>,
    /// Where the digits of the folded copy stand, in order.
    digits: Vec<u32>,
    /// Which runs of letters the folded copy holds.
    pub(super) grams: Grams,
}

impl Sheet {
    /// Joins and folds `pages`: numbers and texts.
    pub(super) fn new<'a>(pages: impl IntoIterator<Item = (u32, &'a str)>) -> Sheet {
        let mut text = String::new();
        let mut spans = Vec::new();
        for (number, page) in pages {
            // Offsets are kept in 32 bits; a document of four gigabytes of text is none.
            if text.len() + page.len() >= u32::MAX as usize {
                break;
            }
            if !spans.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(page);
            spans.push((number, start, text.len()));
        }
        let Folded {
            folded,
            cased,
            offsets,
        } = fold(&text);
        let digits = (0..)
            .zip(&folded)
            .filter(|(_, byte)| byte.is_ascii_digit())
            .map(|(at, _)| at)
            .collect();
        Sheet {
            digits,
            grams: Grams::of(&folded),
            text,
            folded,
            cased,
            offsets,
            pages: spans,
        }
    }

    /// The byte range of `text` that `folded` (a range of the folded copy) stands for.
    pub(super) fn range(&self, folded: Range<usize>) -> Range<usize> {
        let last = self.offsets.len() - 1;
        let start = self.offsets[folded.start.min(last)] as usize;
        let mut end = folded.end.clamp(folded.start, last);
        // The second half of a ligature begins where the first does: step over the whole letter.
        while end > folded.start && end < last && self.offsets[end] == self.offsets[end - 1] {
            end += 1;
        }
        start..(self.offsets[end] as usize).max(start)
    }

    /// Where in the folded copy the letter stands that begins at `at` of the text.
    pub(super) fn folded_at(&self, at: usize) -> Option<usize> {
        let at = u32::try_from(at).ok()?;
        self.offsets.binary_search(&at).ok()
    }

    /// Where in the folded copy the page begins on which `at` of it stands.
    pub(super) fn page_start(&self, at: usize) -> usize {
        let text = self.range(at..at).start;
        let i = self.pages.partition_point(|&(_, start, _)| start <= text);
        let start = self.pages.get(i.saturating_sub(1)).map_or(0, |page| page.1);
        self.folded_at(start).unwrap_or(0)
    }

    /// The text that a range of the folded copy stands for.
    pub(super) fn written(&self, folded: Range<usize>) -> &str {
        &self.text[self.range(folded)]
    }

    /// The first digit of the folded copy at or behind `at`. Numbers are rare in prose: whoever looks for what begins with
    /// one walks them instead of every letter.
    pub(super) fn digit_from(&self, at: usize) -> Option<usize> {
        let next = self.digits.partition_point(|&digit| (digit as usize) < at);
        self.digits.get(next).map(|&digit| digit as usize)
    }

    /// Which of the patterns of `gates` a part of the folded copy may match, a bit for each.
    pub(super) fn let_by(&self, gates: &Gates, part: &[u8]) -> u16 {
        // The head of a paper holds far fewer runs than all of it.
        if part.len() * 2 < self.folded.len() {
            gates.lets(&Grams::of(part))
        } else {
            gates.lets(&self.grams)
        }
    }

    /// The part of a byte range of `text` that lies on the page where it begins.
    pub(super) fn on_one_page(&self, range: Range<usize>) -> Range<usize> {
        let i = self
            .pages
            .partition_point(|&(_, start, _)| start <= range.start)
            .saturating_sub(1);
        let end = self.pages.get(i).map_or(0, |page| page.2);
        let start = range.start.min(end);
        start..range.end.clamp(start, end)
    }

    /// The place of a byte range of `text`; of its first page when it crosses pages.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        let i = self
            .pages
            .partition_point(|&(_, start, _)| start <= range.start)
            .saturating_sub(1);
        match self.pages.get(i) {
            None => Place::new(1, 0..0),
            Some(&(number, start, end)) => {
                let from = range.start.clamp(start, end);
                let to = range.end.clamp(from, end);
                Place::new(number, from - start..to - start)
            }
        }
    }

    /// The text at a place of this sheet; nothing when it has no such place.
    pub(super) fn at(&self, place: &Place) -> &str {
        let page = self.pages.iter().find(|page| page.0 == place.page);
        page.and_then(|page| self.text.get(page.1 + place.start..page.1 + place.end))
            .unwrap_or_default()
    }

    /// The place before the first letter of the first page: where a value stands that only the header gives.
    pub(super) fn start(&self) -> Place {
        Place::new(self.pages.first().map_or(1, |page| page.0), 0..0)
    }
}

/// The words of `text`, folded and parted by one blank, for comparing names that people type: `till-handlingarna`.
pub(super) fn plain(text: &str) -> String {
    folded(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A name out of a list as it is typed on a command line: the first of its forms, [`plain`], its words joined by dashes.
pub(super) fn dashed(name: &str) -> String {
    plain(name.split('/').next().unwrap_or(name)).replace(' ', "-")
}

/// `text` folded, for comparing single words and lines.
pub(super) fn folded(text: &str) -> String {
    // The folded copy is ASCII, so nothing is lost here.
    String::from_utf8_lossy(&fold(text).folded).into_owned()
}

/// Whether `text`, folded, begins with `words`; a blank in `words` stands for white space of any length.
pub(super) fn begins(text: &[u8], words: &[u8]) -> bool {
    let mut rest = text;
    words.iter().all(|word| {
        let length = match word {
            b' ' => rest.len() - rest.trim_ascii_start().len(),
            letter => usize::from(rest.first() == Some(letter)),
        };
        rest = &rest[length..];
        length > 0
    })
}

/// Whether `text`, folded, ends with `words`; a blank in `words` stands for white space of any length.
pub(super) fn ends(text: &[u8], words: &[u8]) -> bool {
    let mut rest = text;
    words.iter().rev().all(|word| {
        let length = match word {
            b' ' => rest.len() - rest.trim_ascii_end().len(),
            letter => usize::from(rest.last() == Some(letter)),
        };
        rest = &rest[..rest.len() - length];
        length > 0
    })
}

/// Compiles a pattern for the folded copy.
///
/// In the pattern å ä ö stand for what becomes of them (`å` may be `a`, `d`, `e`, `ad`), a blank for any white space, `¤` for
/// "m.fl." in each of its forms, and `i`, `l` and `m` also match the letters they are misread as. Letters in `[…]` and after `\` are taken as they stand.
pub(super) fn tolerant(pattern: &str) -> Pattern {
    Pattern::of(formula::meaning(pattern))
}

/// A [`tolerant`] pattern that is run only on a sheet that may hold it.
///
/// Most sheets hold few of these, and compiling one takes a hundred times as long as asking its gate: it is done when the
/// gate first lets a sheet through.
pub(super) struct Gated {
    pattern: String,
    regex: OnceLock<Pattern>,
    gate: Gate,
}

impl std::ops::Deref for Gated {
    type Target = Pattern;

    fn deref(&self) -> &Pattern {
        self.regex.get_or_init(|| tolerant(&self.pattern))
    }
}

impl Gated {
    /// Whether `part` of the folded copy of `sheet` holds it.
    pub(super) fn is_in(&self, sheet: &Sheet, part: &[u8]) -> bool {
        let may = self.may_be_in(sheet);
        // Every test of the room tries every gate.
        #[cfg(test)]
        assert!(may || !self.is_match(part), "{}", self.pattern);
        may && self.is_match(part)
    }

    /// Whether `sheet` may hold it.
    pub(super) fn may_be_in(&self, sheet: &Sheet) -> bool {
        self.gate.lets(&sheet.grams)
    }
}

/// Compiles a [`tolerant`] pattern with its gate.
pub(super) fn gated(pattern: &str) -> Gated {
    Gated {
        pattern: pattern.to_owned(),
        regex: OnceLock::new(),
        gate: Gate::of(pattern),
    }
}

/// A static [`Gated`] of this name, from the parts of its pattern.
macro_rules! cue {
    ($visible:vis $name:ident, $($pattern:expr),+) => {
        $visible static $name: LazyLock<Gated> = LazyLock::new(|| gated(concat!($($pattern),+)));
    };
}
pub(super) use cue;

/// The parts of the folded copy in which something may be found that holds a match of `core` and has at most `before` bytes before
/// it and `after` behind it; they begin and end between words, and do not touch. `core` should be a few letters that a
/// regex engine finds without walking every state: a pattern with many forms then reads only where one can be.
pub(super) fn parts_around(
    sheet: &Sheet,
    core: &Gated,
    before: usize,
    after: usize,
) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    if !core.may_be_in(sheet) {
        return parts;
    }
    let text = sheet.folded.as_slice();
    for found in core.find_iter(text) {
        let last = parts.last().map_or(0, |part| part.end);
        if found.end() + after <= last {
            continue;
        }
        let end = (found.end() + after).min(text.len());
        let end = text[end..]
            .iter()
            .position(u8::is_ascii_whitespace)
            .map_or(text.len(), |blank| end + blank);
        let start = text[..found.start().saturating_sub(before)]
            .iter()
            .rposition(u8::is_ascii_whitespace)
            .map_or(0, |blank| blank + 1);
        match parts.last_mut() {
            Some(part) if start <= part.end => part.end = end,
            _ => parts.push(start..end),
        }
    }
    parts
}

/// The longest run of letters of a word that no damage of [`tolerant`]'s kinds changes.
pub(super) fn firm(word: &str) -> &str {
    word.split(|letter: char| !letter.is_ascii_lowercase() || "ilm".contains(letter))
        .max_by_key(|run| run.len())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_words_match_their_pattern() {
        let pattern = tolerant("^svar på skrivelse från (?:för)?nämnden$");
        for text in [
            "Svar på skrivelse från nämnden",
            "Svar pa skrivelse fran namnden",
            "Svar pé skrive1se frdn niamnden",
            "Svar på\n\nskrivelse från\u{a0}f6rnämnden",
            "Svar på skrivelse från fGrn&mnden",
        ] {
            assert!(pattern.is_match(&fold(text).folded), "{text:?}");
        }
        for text in [
            "Svar på skrivelse till nämnden",
            "Svara på skrivelse från nämnden",
        ] {
            assert!(!pattern.is_match(&fold(text).folded), "{text:?}");
        }
    }

    #[test]
    fn blanks_in_a_row_are_one() {
        let sheet = Sheet::new([(1, "Elsa \u{a0} Berg\t (S)\r\n  om")]);
        assert_eq!(sheet.folded, b"elsa berg (s)\n om");
        assert_eq!(sheet.written(0..4), "Elsa");
        assert_eq!(sheet.written(5..9), "Berg");
        assert_eq!(sheet.written(10..13), "(S)");
        assert_eq!(sheet.written(15..17), "om");
    }

    #[test]
    fn a_word_that_a_line_ends_in_is_whole() {
        for (text, want) in [
            ("Vänster-\npartiets", "vansterpartiets"),
            ("barn-\noch ungdom", "barn-\noch ungdom"),
            ("Norra-\nÄlvdalen", "norra-\nalvdalen"),
            ("V-\nledamot, mp-\ngrupp", "v-\nledamot, mp-\ngrupp"),
            ("2016-02-\n16", "2016-02-\n16"),
            ("vägar -\nbeslut", "vagar -\nbeslut"),
            ("mo-\ntioner och förs-\nlag-\n", "motioner och forslag-\n"),
            ("för-\näldrar", "foraldrar"),
        ] {
            let sheet = Sheet::new([(1, text)]);
            assert_eq!(sheet.folded, want.as_bytes(), "{text:?}");
            assert_eq!(sheet.written(0..sheet.folded.len()), text);
        }
        assert_eq!(
            super::super::fold::on_one_line("Elsa Berg-\nström  och\nbarn-\noch"),
            "Elsa Bergström och barn- och"
        );
        assert_eq!(
            Sheet::new([(1, "V4nsterpartiet")]).folded,
            b"vansterpartiet"
        );
        assert_eq!(Sheet::new([(1, "K4a, B6r")]).folded, b"k4a, b6r");
    }

    #[test]
    fn words_begin_and_end_a_text_across_lines() {
        assert!(begins(b" och\n besvarande", b" och besvarande"));
        assert!(ends(b"remiss\nav ", b"remiss av "));
        assert!(!begins(b"och", b" och"));
        assert!(!ends(b"", b"s "));
        assert!(!begins(b"o", b"och"));
    }

    #[test]
    fn and_others_is_known_misprinted() {
        let pattern = tolerant("^elsa berg¤ ?[(]v[)]$");
        for between in [
            " m.fl. ",
            " .mfl. ",
            " m fl ",
            ", m. fl., ",
            " m.fl.",
            " m.lf. ",
            " med flera ",
            " med fler ",
            " m.\nfl. ",
            " m.fI. ",
        ] {
            let text = format!("Elsa Berg{between}(V)");
            assert!(pattern.is_match(&fold(&text).folded), "{text:?}");
        }
        for between in [" m, fi ", " ", " m ", " mf "] {
            let text = format!("Elsa Berg{between}(V)");
            assert!(!pattern.is_match(&fold(&text).folded), "{text:?}");
        }
    }

    #[test]
    fn ranges_lead_back_to_whole_letters() {
        let sheet = Sheet::new([(1, "på o\u{308}ﬁ 1"), (3, "Älvsjö")]);
        assert_eq!(sheet.folded, b"pa ofi 1\nalvsjo");
        assert_eq!(sheet.written(0..2), "på");
        assert_eq!(sheet.written(3..4), "o\u{308}");
        assert_eq!(sheet.written(4..5), "ﬁ");
        assert_eq!(sheet.written(9..15), "Älvsjö");
        assert_eq!(sheet.place(sheet.range(9..15)), Place::new(3, 0..8));
    }
}
