//! The parts of a paper: letterhead, title, proposal, running text, attachments.
//!
//! A paper taken whole has headings (Sammanfattning, Bakgrund, Förslag till beslut …); an agenda's item or a passage has
//! none or one, and then everything is running text and head at once.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::{Gated, Sheet, gated, tolerant};

/// Where the parts lie: ranges of the folded copy.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// Whether it is a paper taken whole.
    pub(super) whole: bool,
    /// Everything before the first heading; empty when it begins with one.
    pub(super) head: Range<usize>,
    /// The proposal, without its heading.
    pub(super) proposal: Option<Range<usize>>,
    /// Where the attachments are listed.
    pub(super) attachments: Option<Range<usize>>,
    /// The title.
    pub(super) title: Option<Range<usize>>,
    /// The line that says what the paper is, and those that it wraps to: its title when it has no other.
    pub(super) named: Option<Range<usize>>,
}

/// A line that is a heading: 1 proposal, 2 attachments, 3 others.
static HEADING: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"^[ \t]*(?:(?:\d\.[ ]*)?(?:(förvaltningens förslag till beslut|förslag till beslut|beslutsförslag|kontorets förslag till beslut|förslag till (?:nämnden|nämndens beslut)|kontorets förslag)",
        r"|(bilagor|bilaga|bilageförteckning)|(sammanfattning|bakgrund|ärendet|ärendets beredning|beskrivning av ärendet|ärendebeskrivning|remissen|remisser|inledning|",
        r"förvaltningens synpunkter(?: och förslag)?|synpunkter och förslag|kontorets synpunkter(?: och förslag)?|förvaltningens (?:bedömning|svar|kommentarer|yttrande)|bedömning|",
        r"skrivelsen|motionen|jämställdhetsanalys|ekonomiska konsekvenser|konsekvenser|beredning|underlag för beslut|beslutsunderlag|tidplan|tidigare (?:beslut|behandling)(?: i ärendet| av ärendet)?)))[ \t]*:?[ \t]*\r?$"
    ))
});

/// Bytes of a line that may be a heading, with the blanks around it.
const LONGEST_HEADING: usize = 90;

/// Where a proposal in the running text begins; it goes on to the end of its sentence.
static PROPOSES: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"(?:förvaltningen|kontoret) föreslår att|\b[a-z-]*(?:nämnd|styrelse)(?:en)?(?: respektive [a-z]+)? (?:godkänner|hänvisar|överlämnar|avslår|bifaller|besvarar)\b|(?:skrivelse|motion|interpellation|medborgarförslag)[ent]{0,3} (?:anses|ska anses|är) (?:därmed |härmed )?besvara",
    )
});

/// A letterhead's line.
static LETTERHEAD: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"^\s*(?:tjänste?utlåtande|tjänsteskrivelse|dnr|dor|d nr|diarienummer|ärendenummer|sida?\b|sid\.?|handläggare|till\b|telefon|växel|fax|box|tfn|epost|e-post|",
        r"\d{3} ?\d\d\s|\d{4}-\d\d-\d\d|[a-z0-9_.-]+@|.*\.se\b|.*(?:förvaltning|kontoret|nämnd|stab|avdelning(?:en)?|enhet(?:en)?|styrelse|fullmäktige)[n]?(?:en)?\s*$|",
        r".*\d+\s*\(\d+\)\s*$|.*\b(?:väg|gata|gatan|vägen|torg|plan) \d+|stockholms stad\s*$|datum|utskriftsdatum|sammanträde|.*[a-z]*(?:väg|gata|gatan|vägen) \d+)"
    ))
});

/// A line that says what the paper is, below or in its title.
pub(super) static SUBTITLE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^\s*(?:svar (?:på|till)|yttrande (?:över|till)|remissvar|remiss (?:från|av)|besvarande av|motion (?:av|från)|skrivelse från|anmälan av)",
    )
});

/// Finds the parts of `sheet`.
pub(super) fn parts(sheet: &Sheet) -> Parts {
    let folded = sheet.folded.as_slice();
    let mut headings: Vec<(Range<usize>, usize)> = Vec::new();
    let mut start = 0;
    for line in folded.split(|byte| *byte == b'\n') {
        let range = start..start + line.len();
        start = range.end + 1;
        if line.len() > LONGEST_HEADING {
            continue;
        }
        if HEADING.is_match(line)
            && let Some(found) = HEADING.captures(line)
            && let Some(kind) = (1..=3).find(|&kind| found.get(kind).is_some())
        {
            headings.push((range, kind));
        }
    }
    let mut parts = Parts {
        whole: folded.len() > 1000 && headings.len() > 1,
        ..Parts::default()
    };
    if let Some((first, _)) = headings.first() {
        parts.head = 0..first.start;
    } else {
        parts.head = 0..folded.len().min(2500);
    }
    if folded[parts.head.clone()].trim_ascii().is_empty() {
        parts.head = 0..0;
    }
    let after = |i: usize| {
        headings[i].0.end
            ..headings
                .get(i + 1)
                .map_or(folded.len(), |next| next.0.start)
    };
    parts.proposal = (0..headings.len())
        .find(|&i| headings[i].1 == 1)
        .map(after)
        .filter(|range| !folded[range.clone()].trim_ascii().is_empty())
        .or_else(|| {
            if !PROPOSES.may_be_in(sheet) {
                return None;
            }
            let start = PROPOSES.find_iter(folded).last()?.start();
            let rest = &folded[start..(start + LONGEST_PROPOSAL).min(folded.len())];
            let stop = rest.iter().position(|byte| *byte == b'.');
            let stop = stop.map_or(rest.len(), |stop| stop + 1);
            Some(start..start + ends_at_empty_line(rest).unwrap_or(stop).min(stop))
        })
        .map(|range| trimmed(folded, above_foot(sheet, range)));
    parts.attachments = (0..headings.len())
        .rev()
        .find(|&i| headings[i].1 == 2)
        .map(|i| headings[i].0.start..after(i).end);
    if parts.whole || !headings.is_empty() && OFFICE.is_match(&folded[parts.head.clone()]) {
        parts.title = title(sheet, parts.head.clone());
    }
    if folded.len() > SHORTEST_PAPER {
        parts.named = named(sheet, parts.head.clone());
    }
    parts
}

/// `proposal` without the names that sign below it and the foot of its page.
fn above_foot(sheet: &Sheet, proposal: Range<usize>) -> Range<usize> {
    // A title below a signer's name, and what stands at a page's foot.
    static SIGNS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^\s*(?:(?:t\.?f\.?|bitr\.?|biträdande|enligt delegation) )?(?:[a-z-]*(?:direktör|chef|sekreterare|strateg|utredare|handläggare|controller|samordnare|jurist)\b[ \t]*){1,3}$",
        )
    });
    static FOOT: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^\s*(?:sida? \d|\d{1,3} ?\(\d{1,3}\)|besöksadress|postadress|telefon\b|växel\b|org\.? ?nr|www\.|[a-z0-9._-]+@[a-z]|beslutet (?:skickas|expedieras|sänds)|expedieras|expediering|protokollsutdrag|bilagor?\b ?:?$|med vänlig)",
        )
    });
    let folded = &sheet.folded[proposal.clone()];
    let mut end = proposal.start;
    // Where lines that may hold nothing but names begin.
    let mut names = None;
    for line in folded.split(|byte| *byte == b'\n') {
        let range = end..end + line.len();
        let blank = line.trim_ascii().is_empty();
        if range.start > proposal.start && !blank {
            if FOOT.is_match(line) {
                return proposal.start..names.unwrap_or(range.start);
            }
            if SIGNS.is_match(line)
                && let Some(names) = names
            {
                return proposal.start..names;
            }
        }
        if is_names(&sheet.cased[range.clone()]) && range.start > proposal.start {
            names.get_or_insert(range.start);
        } else if !blank {
            names = None;
        }
        end = range.end + 1;
    }
    proposal
}

/// Whether a line holds nothing but words with capitals, two at least: the names of those who sign.
fn is_names(line: &[u8]) -> bool {
    let words = || {
        line.split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
    };
    words().count() > 1
        && words().all(|word| {
            word[0].is_ascii_uppercase()
                && word
                    .iter()
                    .all(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
                && word.iter().any(u8::is_ascii_lowercase)
        })
}

/// Bytes that a proposal in the running text may have.
const LONGEST_PROPOSAL: usize = 600;

/// Where `text`, a proposal, ends before an empty line; not where it only announces what is below (`beslutar`, `att`, a colon).
fn ends_at_empty_line(text: &[u8]) -> Option<usize> {
    let mut ends = memchr::memchr_iter(b'\n', text).filter(|&at| {
        let below = &text[at + 1..];
        let line = memchr::memchr(b'\n', below).map(|end| &below[..end]);
        line.is_some_and(|line| line.trim_ascii().is_empty())
    });
    let said = |at: &usize| {
        let before = text[..*at].trim_ascii_end();
        !before.is_empty()
            && ![&b":"[..], b"att", b"beslutar", b"besluta", b"foljande"]
                .iter()
                .any(|end| before.ends_with(end))
    };
    ends.find(said)
}

/// Bytes of a text below which it is a passage, and no paper with a title of its own.
const SHORTEST_PAPER: usize = 250;

/// A short report's letterhead.
static OFFICE: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"(?m)^[ \t]*(?:tjänste?utlåtande|tjänsteskrivelse|handläggare)\b"));

/// Bytes that a title may have.
const LONGEST_TITLE: usize = 220;

/// A line that may be the title of a paper that has no other.
static NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?m)^[ \t]*(?:svar (?:på|till) |yttrande över |besvarande av |motion (?:\(|av |om )|skrivelse (?:om |till |från )|",
        r"interpellation (?:\(|av |om )|anmälan av |protokoll fört |verksamhetsplan |remissvar )"
    ))
});

/// A line that is nothing but a paper's label: a longer one below it says more.
static LABEL: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?m)^[ \t]*(?:[a-z-]+(?:nämnd|fullmäktige|styrelse)[a-z]* )?(?:svar på (?:skrivelse|motion|interpellation|remiss|fråga)|skrivelse|motion|interpellation|",
        r"enkel fråga|nämndinitiativ|ledamotsinitiativ)[ \t]*\r?$"
    ))
});

/// The first line of the head that says what the paper is, with the lines that it wraps to; below a label alone, the first
/// line that is no letterhead.
fn named(sheet: &Sheet, head: Range<usize>) -> Option<Range<usize>> {
    let folded = &sheet.folded[..head.end];
    let label = LABEL.find(&folded[head.start..(head.start + 600).min(head.end)]);
    let label = label.map(|found| head.start + found.start()..head.start + found.end());
    let said = NAMED
        .find_iter(&folded[head.clone()])
        .map(|found| head.start + found.start())
        .find(|start| label.as_ref().is_none_or(|label| !label.contains(start)));
    let start = said.or_else(|| {
        // Lines below the label: letterhead, then the title.
        let mut at = label?.end + 1;
        for line in folded.get(at..)?.split(|byte| *byte == b'\n').take(8) {
            if !line.trim_ascii().is_empty() && !LETTERHEAD.is_match(line) {
                return Some(at);
            }
            at += line.len() + 1;
        }
        None
    })?;
    let mut end = start;
    for line in folded[start..].split(|byte| *byte == b'\n') {
        let next = end..end + line.len();
        if next.end > start + LONGEST_TITLE && end > start {
            break;
        }
        // A heading goes on in small letters, or behind a word that asks for more.
        if end > start
            && (line.trim_ascii().is_empty()
                || !(goes_on(&sheet.cased[next.clone()])
                    || WRAPS.is_match(folded[start..end].trim_ascii_end())))
        {
            break;
        }
        end = (next.end + 1).min(folded.len());
    }
    (end > start).then(|| trimmed(folded, start..end))
}

/// Whether a heading's line goes on from the one before: in small letters, and not with its writers, or with years.
pub(super) fn goes_on(line: &[u8]) -> bool {
    static WRITERS: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)\s*(?:fran|av)\s+[A-Z(]").expect("a pattern that compiles")
    });
    static YEARS: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)\s*(?:19|20)\d\d ?[-/] ?(?:19|20)?\d\d\s*$")
            .expect("a pattern that compiles")
    });
    let first = line.trim_ascii_start().first();
    first.is_some_and(|byte| byte.is_ascii_lowercase()) && !WRITERS.is_match(line)
        || YEARS.is_match(line)
}

/// A heading's line that goes on in the next.
pub(super) static WRAPS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:\b(?:och|om|för|av|på|i|till|med|samt|vid|från|den|det|en|ett|som|angående|mot|under|över|inom|enligt|m)|[,-])\s*$",
    )
});

/// The first block of the head's lines that is neither letterhead nor subtitle, behind the letterhead.
fn title(sheet: &Sheet, head: Range<usize>) -> Option<Range<usize>> {
    let (folded, cased) = (sheet.folded.as_slice(), sheet.cased.as_slice());
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut from = head.start;
    for line in folded[head].split(|byte| *byte == b'\n') {
        lines.push(from..from + line.len());
        from += line.len() + 1;
    }
    let is_blank = |line: &Range<usize>| folded[line.clone()].trim_ascii().is_empty();
    // The letterhead ends with its last line before the subtitle.
    let until = lines
        .iter()
        .position(|line| SUBTITLE.is_match(&folded[line.clone()]) && !is_wrapped(folded, line))
        .unwrap_or(lines.len());
    let first = lines[..until]
        .iter()
        .rposition(|line| !is_blank(line) && LETTERHEAD.is_match(&folded[line.clone()]))
        .map_or(0, |at| at + 1);
    // "Handläggare", and below it who that is.
    let of_officer = first > 0
        && folded[lines[first - 1].clone()]
            .trim_ascii()
            .starts_with(b"handlaggare");
    let block: Vec<&Range<usize>> = lines[first..until]
        .iter()
        // A page's number may stand above.
        .skip_while(|line| {
            let text = folded[(**line).clone()].trim_ascii();
            text.len() < 4 && text.iter().all(u8::is_ascii_digit)
        })
        .skip_while(|line| of_officer && (is_blank(line) || is_names(&cased[(**line).clone()])))
        .collect();
    let mut end = None;
    let mut blanks = 0;
    for line in &block {
        if is_blank(line) {
            blanks += 1;
            // One empty line may follow every line; two part blocks.
            if blanks > 1 {
                break;
            }
            continue;
        }
        blanks = 0;
        end = Some(line.end);
        if line.end - block.first()?.start > 400 {
            break;
        }
    }
    Some(trimmed(folded, block.first()?.start..end?))
}

/// Whether a line goes on from the one before, with a small word at its start being no line's beginning.
fn is_wrapped(folded: &[u8], line: &Range<usize>) -> bool {
    let before = folded[..line.start].trim_ascii_end();
    // The old way: "Cykelparkering vid torget." and below it "Skrivelse från A (mp) (S)".
    let old = before.ends_with(b".") && line_starts(folded, line, &[b"skrivelse", b"motion"]);
    old || before.ends_with(b" och") || before.ends_with(b" om") || before.ends_with(b"s svar")
}

fn line_starts(folded: &[u8], line: &Range<usize>, words: &[&[u8]]) -> bool {
    let text = folded[line.clone()].trim_ascii_start();
    words.iter().any(|word| text.starts_with(word))
}

pub(super) fn trimmed(folded: &[u8], range: Range<usize>) -> Range<usize> {
    let text = &folded[range.clone()];
    let start = range.start + (text.len() - text.trim_ascii_start().len());
    let end = range.end - (text.len() - text.trim_ascii_end().len());
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_whole_paper() {
        let text = format!(
            "Vattennäs \nstadsdelsförvaltning\nStab\n\nTjänsteutlåtande\nDnr VN 2019/1\n\nSida 1 (5)\n2020-02-09\n\nHandläggare Till\nElsa Berg\nTelefon: 08508\n\n\
             Vattennäs stadsdelsnämnd\n2020-03-12\n\nBelysningen i parkerna och \nvid stränderna\n\nSvar på skrivelse från (V)\n\nFörslag till beslut\nNämnden godkänner svaret.\n\n\
             Sammanfattning\n{}\n\nBilagor\nSkrivelse från V\n",
            "Ett stycke om belysning. ".repeat(40)
        );
        let sheet = Sheet::new([(1, text.as_str())]);
        let parts = parts(&sheet);
        assert!(parts.whole);
        assert_eq!(
            parts.title.map(|range| sheet.written(range)),
            Some("Belysningen i parkerna och \nvid stränderna")
        );
        assert_eq!(
            parts.proposal.map(|range| sheet.written(range)),
            Some("Nämnden godkänner svaret.")
        );
        assert!(
            parts
                .attachments
                .is_some_and(|range| sheet.written(range).starts_with("Bilagor"))
        );
    }

    #[test]
    fn a_short_report_has_its_title_and_its_proposal_ends_above_its_signers() {
        let text = "Tjänsteskrivelse\nDnr VN 2019/1\n2020-02-09\nHandläggare\nSiv Ask\n\nTrampbåtar i Lillsjön\n\n\
            Svar på skrivelse från (V)\n\nFörslag till beslut\nNämnden godkänner svaret.\n\nUlla Berg Bo Ek\n\
            Stadsdelsdirektör Avdelningschef\n\nSida 1 (2)\n";
        let sheet = Sheet::new([(1, text)]);
        let parts = parts(&sheet);
        let written = |range: Option<Range<usize>>| range.map(|range| sheet.written(range));
        assert!(!parts.whole);
        assert_eq!(written(parts.title), Some("Trampbåtar i Lillsjön"));
        assert_eq!(written(parts.proposal), Some("Nämnden godkänner svaret."));
    }

    #[test]
    fn a_paper_that_begins_with_its_summary_has_no_title() {
        let text = format!(
            " Sammanfattning\n\n{}\n\nBakgrund\n\nMer.",
            "Ett stycke. ".repeat(120)
        );
        let parts = parts(&Sheet::new([(1, text.as_str())]));
        assert!(parts.whole);
        assert_eq!(parts.title, None);
        assert!(parts.head.is_empty());
    }

    #[test]
    fn a_proposal_in_the_text_ends_with_its_paragraph() {
        for (text, proposal) in [
            (
                "Förvaltningen föreslår att nämnden anser skrivelsen besvarad\n\nBilagor\n1. Skrivelse.",
                "anser skrivelsen besvarad",
            ),
            (
                "Förvaltningen föreslår att nämnden beslutar följande:\n\nNämnden avslår motionen.\n\nMer.",
                "avslår motionen.",
            ),
        ] {
            let sheet = Sheet::new([(1, text)]);
            let found = parts(&sheet).proposal.map(|range| sheet.written(range));
            assert!(
                found.is_some_and(|found| found.ends_with(proposal)),
                "{found:?}"
            );
        }
    }
}
