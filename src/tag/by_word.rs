//! Writers whom a text names without a genitive or a `från`: by a word for their party, or before a colon and a title.

use std::ops::Range;
use std::sync::LazyLock;

use super::mark::Mark;
use super::party::Party;
use super::pattern::Pattern;
use super::sheet::{Sheet, tolerant};
use super::who::{Who, who_at};

/// The party that an initiative is said to be of: `en socialdemokratisk motion`, `en moderat och en liberal motion`.
pub(super) fn said_of(sheet: &Sheet, at: &Range<usize>, marks: &[Mark]) -> Option<Who> {
    const SMALL: [(&str, &str); 4] = [
        ("moderat", "M"),
        ("moderata", "M"),
        ("liberal", "L"),
        ("liberala", "L"),
    ];
    const JOINERS: [&[u8]; 6] = [
        b" och en",
        b" och ett",
        b" och",
        b" samt en",
        b" samt",
        b",",
    ];
    let folded = sheet.folded.as_slice();
    let mut who = Who {
        end: at.start,
        ..Who::default()
    };
    let mut end = at
        .start
        .checked_sub(1)
        .filter(|blank| folded[*blank] == b' ')?;
    loop {
        let letters = folded[..end].iter().rev();
        let start = end - letters.take_while(|byte| byte.is_ascii_lowercase()).count();
        let word = &folded[start..end];
        let known = marks
            .iter()
            .find(|mark| mark.range == (start..end))
            .filter(|_| word.ends_with(b"tisk") || word.ends_with(b"tiska"))
            .cloned();
        let mark = known.or_else(|| {
            let (_, code) = SMALL.iter().find(|(small, _)| small.as_bytes() == word)?;
            let party = Party::of_mark(code, "")?;
            Some(Mark {
                party,
                range: start..end,
            })
        });
        let Some(mark) = mark else { break };
        who.marks.insert(0, mark);
        let before = folded[..start].strip_suffix(b" ").unwrap_or_default();
        let joined = JOINERS
            .iter()
            .find_map(|joiner| before.strip_suffix(*joiner));
        let Some(before) = joined else { break };
        end = before.len();
    }
    (!who.marks.is_empty()).then_some(who)
}

/// Who asks on a line with a colon and a title, of which the next sentence speaks: `Elsa Berg (S): Hur mår våra sjöar?
/// Interpellationen besvaras av`.
pub(super) fn before_colon(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    static TITLE: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^[)\]}]*¤?: [^\n]{3,200}(?:[?!.]|\n)\s*$"));
    static NUMBER: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\W*(?:\d{1,3}[a-z]?[.)]?|[a-z][.)])?\s*"));
    let folded = sheet.folded.as_slice();
    if !folded[at.clone()].ends_with(b"en") && !folded[at.clone()].ends_with(b"an") {
        return None;
    }
    let line = |end: usize| memchr::memrchr(b'\n', &folded[..end]).map_or(0, |line| line + 1);
    let here = line(at.start);
    let above = line(folded[..here].trim_ascii_end().len());
    [here, above].into_iter().find_map(|start| {
        let number = NUMBER
            .find(&folded[start..at.start])
            .map_or(0, |number| number.end());
        let who = who_at(sheet, start + number, around);
        let title = folded.get(who.end..at.start)?;
        (!who.people.is_empty() && !who.marks.is_empty() && TITLE.is_match(title)).then_some(who)
    })
}
