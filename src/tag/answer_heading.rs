//! An answer in a matter's heading: a scene and the first words of an answer → whether they say what the paper is, whatever the
//! topic above them begins with.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::answer::Initiative;
use super::decide::Scene;
use super::noun::NOUN_CORE;
use super::sheet::{Sheet, tolerant};
use super::who::who_at;

/// Whether a letter is that of those whose questions the answer's words name, or nobody is said to have written it.
pub(super) fn of_same(scene: &Scene<'_>, letter: &Initiative, svar: &Range<usize>) -> bool {
    let parties =
        |one: &Initiative| -> Vec<_> { one.who.marks.iter().map(|mark| mark.party).collect() };
    let wrote = parties(letter);
    let mut asked = scene
        .initiatives
        .iter()
        .filter(|one| svar.contains(&one.at.start))
        .flat_map(parties)
        .peekable();
    // "A (p) har i en skrivelse ställt frågor … svar på frågorna"
    let sentence = &scene.sheet.folded[letter.sentence.clone()];
    let asks = memchr::memmem::find(sentence, b"frag").is_some();
    wrote.is_empty()
        || (asked.peek().is_some() || asks) && asked.all(|party| wrote.contains(&party))
}

/// Whether a heading says whom it answers and not what: nothing but a topic and a dash stands before the words at `at` on
/// their `line`, and nothing but the writers, or they and their topic, behind.
pub(super) fn is_answer_to(sheet: &Sheet, line: usize, at: &Range<usize>) -> bool {
    static TOPIC: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^[)\]., ]*(?:\n|$)|^[)\]]* (?:om|angående|ang\.?|gällande|rörande|avseende) ")
    });
    let folded = sheet.folded.as_slice();
    let before = folded[line..at.start].trim_ascii_end();
    let begins = !before.iter().any(u8::is_ascii_alphabetic)
        || before.ends_with(b"-") && folded[at.start - 1] == b' ';
    let end = memchr::memchr(b'\n', &folded[at.end..]).map_or(folded.len(), |end| at.end + end);
    if !begins || end - line > 160 {
        return false;
    }
    let who = who_at(sheet, at.end, "");
    // "Svar till Elsa Berg (S) angående skrivelse" names what is answered.
    !who.marks.is_empty()
        && who.end <= end
        && TOPIC.is_match(&folded[who.end..])
        && !NOUN_CORE.is_match(&folded[who.end..end])
}

/// Bytes at the beginning in which a matter's heading stands.
const HEADING: usize = 300;

/// Bytes at the beginning of a list of matters in which the first that answers may stand.
const LIST: usize = 1_500;

/// Whether the heading says that a party's own letter is answered, whatever its topic begins with: `Information om
/// parkbänkar`, and on the next line `Svar på skrivelse från A (p)`; `8. Anmälan av nya motioner`, and below it `12. Svar på
/// motion av A (p)`. Below a section's bare heading (`Anmälningsärenden`) it is only brought to notice.
pub(super) fn answer_in_heading(scene: &Scene<'_>, svar: Option<&Range<usize>>) -> bool {
    static SECTION: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^\W*(?:\d{1,3}(?:/\d{2,4})?[.)]?\s+)?(?:(?:övriga |inkomna |nya )?(?:anmälningar|anmälningsärende[nr]?|anmälan|meddelanden|delgivning(?:ar|en)?|information|informationsärenden|rapporter|kännedom|för kännedom|kännedomsärenden|skrivelser|delegationsbeslut|delegationsärenden|delegationsbeslut|handlingar|handlingar för kännedom|ordförandebeslut|balanslista|[a-z]*protokoll[a-z]*|protokollsutdrag|reservation(?:er)?|särskilt (?:uttalande|yttrande)|ersättaryttrande|protokollsanteckning|röstförklaring|kungörelse|kallelse)(?: (?:till|för|vid) [a-z -]*(?:nämnd|styrelse|fullmäktige|utskott)[a-z]*)?)\W*(?:\d{4}-\d\d-\d\d\W*|[a-z]{3,9} \d{4}\W*)?$",
        )
    });
    // What a meeting's papers and whoever tells of an answer say before it.
    static TOLD: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:protokoll fört|sammanträdesprotokoll|närvarande|beslutande|ledamöter|utdrag ur|kallelse (?:till|och) |sammanträder|anmäl(?:s|er|es)|för kännedom)\b|[a-z] \(\d{1,3}\)\s*$",
        )
    });
    let folded = scene.sheet.folded.as_slice();
    let Some(svar) = svar.filter(|svar| svar.start < LIST) else {
        return false;
    };
    let party = scene
        .initiatives
        .iter()
        .any(|one| svar.contains(&one.at.start) && !one.who.marks.is_empty() && !one.new);
    let before = &folded[..svar.start];
    let line = memchr::memrchr(b'\n', before).map_or(0, |line| line + 1);
    let own = &before[line..];
    let is_item = |line: &[u8]| {
        let first = line.trim_ascii().first();
        first.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'~' | b'*' | b'-'))
    };
    let numbered = is_item(own);
    let is_number = |line: &[u8]| line.trim_ascii().first().is_some_and(u8::is_ascii_digit);
    // Below a numbered section's heading its bullets are no matters beside it.
    let is_sibling = |line: &[u8]| is_item(line) && (is_number(own) || !is_number(line));
    let begins = !own.iter().any(u8::is_ascii_alphabetic);
    // "Information om parkbänkar. Svar på skrivelse från A (p)"
    let follows = own.trim_ascii_end().ends_with(b".") && sheet_capital(scene, svar.start);
    if !party || !(begins || follows) || !numbered && TOLD.is_match(before) {
        return false;
    }
    let mut above = before[..line]
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    if numbered {
        // Every matter above has its number, too.
        return line > 0
            && !AT_MEETING.is_match(before)
            && above.all(|line| {
                is_sibling(line) || !SECTION.is_match(line) && !ANNOUNCED.is_match(line)
            });
    }
    svar.start < HEADING
        && above.clone().count() < 4
        && above.all(|line| !SECTION.is_match(line) && !line.trim_ascii().starts_with(b"$"))
}

/// What stands on the sheet of a meeting, or of what it gets to know.
static AT_MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:protokoll fört|sammanträdesprotokoll|närvarande|beslutande|ledamöter|utdrag ur|anmäl(?:s|er|es)|för kännedom)\b",
    )
});

/// A line that heads what is announced.
static ANNOUNCED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"^\W*(?:anmälan av|anmälan om|anmälda|inkomna|nya|nyinkomna|redovisning av) ")
});

/// Whether the first letter at or behind `at` is a capital.
fn sheet_capital(scene: &Scene<'_>, at: usize) -> bool {
    scene.sheet.cased[at..]
        .iter()
        .find(|byte| byte.is_ascii_alphabetic())
        .is_some_and(u8::is_ascii_uppercase)
}
