//! Whose a diary number is: its place in a sheet → whether the words beside it say that it is another authority's, or another case.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::dnr::LABEL;
use super::sheet::{Sheet, tolerant};

/// A remiss from another body: its number is not ours.
static FROM_OTHERS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:remiss(?:en)? från|inbjudan från|skrivelse från|beslut (?:från|av)|begäran från|ansökan från|upphandling)[^.;]{0,160}$",
    )
});

/// "Remiss dnr 328/1769/08": the remiss's own number.
static REMISS_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"remiss(?:en)?,? d[ .]?nr?[^a-z0-9]*$"));

/// "Remissvar, dnr: 336-180/2011": the remiss's own number, where ours stands beside it.
static ANSWERED_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"remissvar(?:et)?(?:,|,? på) d[ .]?nr?[^a-z0-9]*$"));

/// "ert dnr 8.2-22970/2013": the sender's number.
static THEIRS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ert|er|deras|[a-z]+(?:verkets|styrelsens|inspektionens|domstolens|departementets|revisionens|kontorets|myndighetens|rättens)|(?:ivo|jo|msb|do):?s) (?:d[ .]?nr?|diarienummer|ärendenummer|ref\.?|referens)[^a-z0-9]*$",
    )
});

/// An authority whose act a number belongs to: "Socialstyrelsens beslut dnr", "IVO har i beslut 2014-05-06 (dnr", "JO (dnr".
static OF_AUTHORITY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:^|[^a-z])(?:ivo|jo|jk|do|iaf|msb|[a-z]+ombudsmannen|justitiekanslern|inspektionen för vård och omsorg|",
        r"[a-z]{3,}(?:verket|inspektionen|domstolen|departementet|myndigheten|rätten)|",
        r"(?:social|läns|rikspolis|skol|folkhälso|lantbruks|tull|fiskeri)styrelsen|regeringen)",
        r"(?:(?:s|:s) (?:beslut|yttrande|rapport|tillsyn|granskning|föreläggande|begäran|dom|ärende|remiss|inspektion|uttalande|anmälan)[^.;]{0,60}|",
        r" (?:har|i|och|meddelade|beslutade|skriver|skrev|uttalade|uttalar|konstaterade|konstaterar|kräver|krävde|begär|begärde|ställde|anför|anser|",
        r"ansåg|slog|riktade|granskade|uppger|framför)\b[^.;]{0,90}|)",
        r"[ ,(]+(?:(?:med|under) )?(?:d[ .]?nr?|diarienummer|ärendenummer|beteckning)[^a-z0-9]*$"
    ))
});

/// Another case, by what is said of it: "I ett tidigare ärende, dnr", "jfr dnr", "Se även (dnr".
static ANOTHER_CASE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:\btidigare (?:ärende|beslut|behandla|besvara|svar|yttra|tjänste|skrivelse|redovisa|rapport|utredning)[^.;]{0,80}|\b(?:jfr|jämför|se även|se också|se vidare)[^.;]{0,40})[ ,(]*(?:d[ .]?nr?|diarienummer|ärendenummer)?[^a-z0-9]*$",
    )
});

/// An answer to a remiss, said right after a number in brackets.
static REMISS_AFTER: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^\s*\)?\s*\.\s*(?:svar på r|r)emiss"));

/// Whether a number is another authority's, from the words beside it and from its body. `at` is of the folded copy.
pub(super) fn is_others(
    sheet: &Sheet,
    at: &Range<usize>,
    key: &str,
    namnd: &str,
    labelled: bool,
    many: bool,
) -> bool {
    let folded = sheet.folded.as_slice();
    let before = &folded[at.start.saturating_sub(200)..at.start];
    let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    let line = &before[line_start..];
    // "Dnr 2010-12343" on a line of its own is the paper's, whatever stands above.
    if labelled && begins_with_label(line) && !THEIRS.is_match(line) {
        return false;
    }
    let body: String = key.chars().take_while(|c| c.is_alphabetic()).collect();
    let theirs = match body.as_str() {
        "LS" => !namnd.contains("landsting"),
        "KS" => {
            !namnd.is_empty() && !namnd.contains("kommunstyrelse") && !namnd.contains("kommunfull")
        }
        "T" => !namnd.is_empty() && !namnd.contains("trafik"),
        "SSA" => true,
        // A ministry's number has five figures behind the year.
        "A" | "FI" | "FÖ" | "I" | "JU" | "KU" | "KN" | "LI" | "M" | "N" | "S" | "U" | "UD" => {
            let number: Vec<&str> = key[body.len()..].split('/').collect();
            number.len() > 1
                && number[0].len() == 4
                && (number[1].len() == 5
                    || number.len() > 2
                    || matches!(body.as_str(), "FI" | "JU" | "UD"))
        }
        _ => false,
    };
    let bracketed = line.contains(&b'(');
    theirs
        || labelled && THEIRS.is_match(line)
        || bracketed && REMISS_AFTER.is_match(&folded[at.end..])
        || labelled && REMISS_NUMBER.is_match(line)
        || many && labelled && ANSWERED_NUMBER.is_match(line)
        // One number alone is ours more often than not.
        || many && FROM_OTHERS.is_match(line)
        || labelled && OF_AUTHORITY.is_match(paragraph(before))
        || names_another(before) && ANOTHER_CASE.is_match(paragraph(before))
}

/// The nämnd's own numbers beside others': `TN-2019-1777` of the tekniska nämnden parts `STK-2019-644` from them.
pub(super) struct OwnBody<'a> {
    /// The nämnd's name, folded, when one of the numbers has its letters.
    namnd: Option<&'a str>,
}

impl<'a> OwnBody<'a> {
    /// Of a paper with these keys, which `namnd` has written.
    pub(super) fn of<'k>(namnd: &'a str, mut keys: impl Iterator<Item = &'k str>) -> OwnBody<'a> {
        let own = !namnd.is_empty() && keys.any(|key| is_short_for(letters(key), namnd));
        OwnBody {
            namnd: own.then_some(namnd),
        }
    }

    /// Whether a number's letters are those of another body: none of the nämnd's words begins with their first.
    pub(super) fn parts(&self, key: &str) -> bool {
        let first = letters(key)
            .bytes()
            .next()
            .map(|byte| byte.to_ascii_lowercase());
        let (Some(namnd), Some(first)) = (self.namnd, first) else {
            return false;
        };
        letters(key).len() > 1
            && !namnd
                .split(|letter: char| !letter.is_ascii_lowercase())
                .any(|word| word.as_bytes().first() == Some(&first))
    }
}

/// The letters with which a key begins.
fn letters(key: &str) -> &str {
    let end = key.bytes().take_while(u8::is_ascii_uppercase).count();
    &key[..end]
}

/// Whether `body` abbreviates the folded name `namnd`: `BUN`, `KS`, `TN`.
fn is_short_for(body: &str, namnd: &str) -> bool {
    if !(2..=4).contains(&body.len()) || !body.ends_with(['N', 'S']) {
        return false;
    }
    let mut rest = namnd.bytes();
    body.bytes().all(|letter| {
        let letter = letter.to_ascii_lowercase();
        rest.any(|byte| byte == letter)
    }) && namnd.as_bytes().first() == body.to_ascii_lowercase().as_bytes().first()
}

/// Whether a word stands there that a match of [`ANOTHER_CASE`] holds: seldom, and quicker to see.
fn names_another(before: &[u8]) -> bool {
    [&b"digare"[..], b"jfr", b"jamf", b"jdmf", b"se "]
        .iter()
        .any(|word| memchr::memmem::find(before, word).is_some())
}

/// What stands before a number in its paragraph: a sentence runs on over the ends of its lines.
fn paragraph(before: &[u8]) -> &[u8] {
    let empty = memchr::memmem::rfind(before, b"\n\n").map_or(0, |at| at + 2);
    &before[empty..]
}

fn begins_with_label(line: &[u8]) -> bool {
    LABEL
        .find(line.trim_ascii_start())
        .is_some_and(|label| label.start() == 0)
}

/// Whether the number at `at` of the folded copy has a line to itself, with its label: a letterhead's.
pub(super) fn has_its_line(sheet: &Sheet, at: &Range<usize>) -> bool {
    let folded = sheet.folded.as_slice();
    let start = memchr::memrchr(b'\n', &folded[..at.start]).map_or(0, |line| line + 1);
    let end = memchr::memchr(b'\n', &folded[at.end..]).map_or(folded.len(), |line| at.end + line);
    begins_with_label(&folded[start..at.start])
        && !folded[at.end..end].iter().any(u8::is_ascii_alphabetic)
}

/// Whether the number at `at` of the folded copy is cited in a sentence that goes on behind it, or that it ends.
pub(super) fn is_cited(sheet: &Sheet, at: &Range<usize>) -> bool {
    static GOES_ON: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)[)\]]?,?\s[a-z]{2,}").expect("a pattern that compiles")
    });
    static ENDS: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)[)\]]*\.?(?:\s|$)").expect("a pattern that compiles")
    });
    let behind = &sheet.cased[at.end..(at.end + 24).min(sheet.cased.len())];
    let before = &sheet.cased[at.start.saturating_sub(200)..at.start];
    let before = paragraph(before);
    let line = memchr::memrchr(b'\n', before).map_or(0, |line| line + 1);
    if begins_with_label(&before[line..].to_ascii_lowercase()) {
        return false;
    }
    if GOES_ON.is_match(behind) && !behind.starts_with(b" och ") {
        return true;
    }
    let stopped = before.ends_with(b".") || behind.contains(&b'.') || behind.starts_with(b")");
    stopped && ENDS.is_match(behind) && small_words(before) >= SENTENCE
}

/// Words in small letters that a sentence holds at least.
const SENTENCE: usize = 4;

fn small_words(text: &[u8]) -> usize {
    text.split(|byte| !byte.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && word.iter().all(u8::is_ascii_lowercase))
        .count()
}
