//! Front pages: the first lines of a text → whether they are those of minutes, or of the notice of a meeting.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::tolerant;

/// Lines at the beginning in which a front page says what it is.
const LINES: usize = 8;

/// The first lines of `folded` that are not blank, with their ranges.
fn lines(folded: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    folded
        .split(|byte| *byte == b'\n')
        .map(move |line| {
            let range = start..start + line.len();
            start = range.end + 1;
            range
        })
        .filter(|range| !folded[range.clone()].trim_ascii().is_empty())
        .take(LINES)
}

/// The line that says that a text is the front page of minutes: `Protokoll från socialutskottets sammanträde` with a place
/// or those who were there below it, or `Plats och tid` near its beginning and who was there behind.
pub(super) fn minutes(folded: &[u8]) -> Option<Range<usize>> {
    static MINUTES: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\W*protokoll (?:från|fört)\b"));
    static PLACE: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^[ \t]*(?:(plats och tid)|tid|plats|närvarande|beslutande)\b"));
    static PRESENT: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\b(?:beslutande|närvarande|justera)"));
    let first = lines(folded).next()?;
    if starts(&folded[first.clone()], b"prot") && MINUTES.is_match(&folded[first.clone()]) {
        return lines(folded)
            .skip(1)
            .any(|line| PLACE.is_match(&folded[line]))
            .then_some(first);
    }
    lines(folded).take(4).find(|line| {
        let behind = &folded[line.start..(line.end + 500).min(folded.len())];
        // Another matter's sign ends the front page.
        let sign = memchr::memchr(b'$', behind).unwrap_or(behind.len());
        starts(&folded[line.clone()], b"p")
            && PLACE
                .captures(&folded[line.clone()])
                .is_some_and(|place| place.get(1).is_some())
            && PRESENT.is_match(&behind[..sign])
    })
}

/// The line that says that a text calls to a meeting: `Kungörelse`, `Kallelse och föredragningslista`.
pub(super) fn summons(folded: &[u8]) -> Option<Range<usize>> {
    static NOTICE: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\W*(?:(kungörelse)\b|kallelse(?: och | till|/underr|\s*$))"));
    lines(folded).take(3).enumerate().find_map(|(i, line)| {
        let text = &folded[line.clone()];
        if !starts(text, b"k") {
            return None;
        }
        let found = NOTICE.captures(text)?;
        (i == 0 || found.get(1).is_none()).then_some(line)
    })
}

/// Whether the first letters of `line` are `letters`.
fn starts(line: &[u8], letters: &[u8]) -> bool {
    let from = line
        .iter()
        .position(u8::is_ascii_alphabetic)
        .unwrap_or(line.len());
    line[from..].starts_with(letters)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;

    #[test]
    fn front_pages_say_what_they_are() {
        let minutes = |text: &str| super::minutes(folded(text).as_bytes()).is_some();
        let summons = |text: &str| super::summons(folded(text).as_bytes()).is_some();
        assert!(minutes(
            "Protokoll från nämndens sammanträde\nPlats och tid Salen"
        ));
        assert!(minutes(
            "Utskottet 17 januari 2018\nPlats och tid Salen\nBeslutande\nElsa Berg (S)"
        ));
        assert!(!minutes("3 Protokoll från pensionärsrådet"));
        assert!(!minutes("Konsert\nPlats och tid Salen, kl 19"));
        assert!(summons("KUNGÖRELSE 1 [2]\nKommunfullmäktige"));
        assert!(summons("Kommunstyrelsen\nKallelse och föredragningslista"));
        assert!(!summons("7 Kallelseförfarande vid nämndens möten"));
        assert!(!summons(""));
    }
}
