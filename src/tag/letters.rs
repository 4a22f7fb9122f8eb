//! Lists of letters in what is announced: a table with a writer in each row, initiatives handed in at a meeting, letters that
//! came in → who wrote them.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::loose;
use super::mark::Mark;
use super::party::Party;
use super::sheet::{Gated, Sheet, gated, tolerant};
use super::who::who_at;

/// A person of such a list, a range of the folded copy, with the party that the list gives.
type Writer = (Range<usize>, Option<Party>);

/// The writers of the first list that `sheet` holds, in the order of the text.
pub(super) fn writers(sheet: &Sheet, marks: &[Mark], around: &str) -> Vec<Writer> {
    let lists: [&dyn Fn() -> Vec<Writer>; 3] = [
        &|| table(sheet, marks, around),
        &|| handed_in(sheet, around),
        &|| came_in(sheet, around),
    ];
    lists
        .iter()
        .map(|list| list())
        .find(|list| !list.is_empty())
        .unwrap_or_default()
}

/// A table of letters: "Dnr Från Ämne", and a writer in each row.
fn table(sheet: &Sheet, marks: &[Mark], around: &str) -> Vec<Writer> {
    static HEAD: LazyLock<Gated> = LazyLock::new(|| {
        gated(
            r"(?m)^[^\n]{0,40}\b(?:från|avsändare|inlämnad av|ställd av|förslagsställare)\b[^\n]{0,30}\b(?:ämne|rubrik|ärende|åtgärd|avser|gäller)\b[^\n]{0,40}$",
        )
    });
    if !HEAD.may_be_in(sheet) {
        return Vec::new();
    }
    let Some(table) = HEAD.find(&sheet.folded) else {
        return Vec::new();
    };
    marks
        .iter()
        .filter(|mark| mark.range.start > table.end())
        .flat_map(|mark| loose::writer_of(sheet, mark, around).people)
        .collect()
}

/// "… lämnade ledamöterna in två motioner.", and below it "A (p) om ÄMNE".
fn handed_in(sheet: &Sheet, around: &str) -> Vec<Writer> {
    static HEADING: LazyLock<Gated> = LazyLock::new(|| {
        gated(
            r"\blämna(?:de|t)s? (?:[a-z]+ ){0,6}(?:motioner|interpellationer|frågor)|\b(?:motioner|interpellationer|frågor) (?:har |hade )?(?:in ?)?lämna[dt][a-z]*",
        )
    });
    static LINE: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"(?m)^[ \t]*(?:[a-z0-9]{1,2}[.)]|[-~*])?[ \t]*"));
    // What stands behind the writers.
    static MATTER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}., ]*¤?[)\]}.,]*(?:(?:(?: och| samt)? [a-z]{1,3})?-gruppen,?)?(?: ?[:-] | (?:om|angående|ang\.?|gällande|rörande|avseende|kring) )",
        )
    });
    below(sheet, &HEADING, &LINE, around, |rest| MATTER.is_match(rest))
}

/// "Inkomna skrivelser", and below it "- från A (p) om ÄMNE".
fn came_in(sheet: &Sheet, around: &str) -> Vec<Writer> {
    static HEADING: LazyLock<Gated> = LazyLock::new(|| {
        gated(r"(?m)^[^\n]{0,40}\b(?:skrivelser|motioner|interpellationer|initiativ)\b[^\n]{0,60}$")
    });
    static LINE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?m)^[ \t]*(?:[a-z0-9]{1,2}[.)][ \t]*(?:från |av )?|[-~*][ \t]*(?:från |av )?|(?:från|av) )",
        )
    });
    below(sheet, &HEADING, &LINE, around, |_| true)
}

/// The people with parties behind each `line` below the first `heading`, when `fits` what stands behind them.
fn below(
    sheet: &Sheet,
    heading: &Gated,
    line: &Pattern,
    around: &str,
    fits: impl Fn(&[u8]) -> bool,
) -> Vec<Writer> {
    if !heading.may_be_in(sheet) {
        return Vec::new();
    }
    let Some(heading) = heading.find(&sheet.folded) else {
        return Vec::new();
    };
    line.find_iter(&sheet.folded[heading.end()..])
        .map(|line| who_at(sheet, heading.end() + line.end(), around))
        .filter(|who| {
            !who.marks.is_empty() && fits(sheet.folded.get(who.end..).unwrap_or_default())
        })
        .flat_map(|who| who.people)
        .collect()
}
