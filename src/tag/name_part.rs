//! What may stand in and behind a person's name: the folded copy from there → its length.

use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::tolerant;

/// The length of `d.y.`, `d.ä.`, `jr` behind a name.
pub(super) fn younger(rest: &[u8]) -> Option<usize> {
    static YOUNGER: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^(?:d\. ?(?:y|ä)\.|jr\b\.?|junior\b|sr\b\.?|senior\b)"));
    matches!(rest.first(), Some(b'd' | b'j' | b's'))
        .then(|| YOUNGER.find(rest).map(|found| found.end()))
        .flatten()
}

/// The length of `(ordf.)`, `(tjänstgörande ersättare)`, when other brackets follow it.
pub(super) fn office_in_brackets(rest: &[u8]) -> Option<usize> {
    static OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^\((?:[a-z0-9:.]+ ){0,2}(?:ordf|ordförande|ersättare|ers|led|ledamot|gruppledare|råd|kommunalråd|borgarråd)[a-z]*\.?\)\s*[({\[]",
        )
    });
    OFFICE.find(rest).map(|found| found.end() - 1)
}

/// The length of a name in quotes that stands before another: `"Nisse" Ax`.
pub(super) fn nickname(rest: &[u8]) -> Option<usize> {
    let (b'"', rest) = rest.split_first().map(|(first, rest)| (*first, rest))? else {
        return None;
    };
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let capital = |at: usize| rest.get(at).is_some_and(u8::is_ascii_uppercase);
    (length > 1 && capital(0) && rest[length..].starts_with(b"\" ") && capital(length + 2))
        .then_some(length + 2)
}

/// The length of `(2012:6)`.
pub(super) fn number_in_brackets(rest: &[u8]) -> Option<usize> {
    let end = rest.iter().position(|byte| *byte == b')')?;
    rest[1..end]
        .iter()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'/' | b' ' | b'-'))
        .then_some(end + 1)
}
