//! A pattern's meaning → with which letters a match of it may begin and end.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// What every match of a pattern has at its ends.
#[derive(Debug)]
pub(super) struct Ends {
    /// What it may begin with; nothing when it may be empty.
    first: Option<Letters>,
    /// What it may end in; nothing when it may be empty.
    last: Option<Letters>,
    /// Whether it begins where the text does.
    at_start: bool,
    /// Whether it ends where the text does.
    at_end: bool,
    /// Bytes that it has at least.
    least: usize,
}

/// A set of bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Letters([u64; 4]);

impl Letters {
    fn add(&mut self, letter: u8) {
        self.0[usize::from(letter >> 6)] |= 1 << (letter & 63);
    }

    fn has(&self, letter: u8) -> bool {
        self.0[usize::from(letter >> 6)] >> (letter & 63) & 1 == 1
    }
}

impl Ends {
    pub(super) fn of(meaning: &Hir) -> Ends {
        let one = |is_first| {
            let mut letters = Letters::default();
            let may_be_empty = gather(meaning, is_first, &mut letters);
            (!may_be_empty).then_some(letters)
        };
        let properties = meaning.properties();
        Ends {
            first: one(true),
            last: one(false),
            at_start: properties.look_set_prefix().contains(Look::Start),
            at_end: properties.look_set_suffix().contains(Look::End),
            least: properties.minimum_len().unwrap_or(0),
        }
    }

    /// Whether `text` may hold a match, as a glance at its ends tells.
    pub(super) fn let_match(&self, text: &[u8]) -> bool {
        let is = |letters: &Option<Letters>, letter: Option<&u8>| match (letters, letter) {
            (Some(letters), Some(&letter)) => letters.has(letter),
            (Some(_), None) => false,
            (None, _) => true,
        };
        text.len() >= self.least
            && (!self.at_start || is(&self.first, text.first()))
            && (!self.at_end || is(&self.last, text.last()))
    }

    /// Whether a match may begin at some letter of `text`.
    pub(super) fn let_begin(&self, text: &[u8]) -> bool {
        self.first
            .is_none_or(|first| text.iter().any(|&letter| first.has(letter)))
    }
}

/// Adds what a match of `meaning` may begin with, or end in; whether it may be empty.
fn gather(meaning: &Hir, is_first: bool, letters: &mut Letters) -> bool {
    match meaning.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(word) => {
            let letter = if is_first {
                word.0.first()
            } else {
                word.0.last()
            };
            letter.map(|&letter| letters.add(letter)).is_none()
        }
        HirKind::Class(Class::Bytes(class)) => {
            for range in class.iter() {
                (range.start()..=range.end()).for_each(|letter| letters.add(letter));
            }
            false
        }
        // Whatever bytes its letters have.
        HirKind::Class(Class::Unicode(_)) => {
            letters.0 = [u64::MAX; 4];
            false
        }
        HirKind::Repetition(times) => gather(&times.sub, is_first, letters) || times.min == 0,
        HirKind::Capture(group) => gather(&group.sub, is_first, letters),
        HirKind::Concat(parts) if is_first => {
            parts.iter().all(|part| gather(part, is_first, letters))
        }
        HirKind::Concat(parts) => parts
            .iter()
            .rev()
            .all(|part| gather(part, is_first, letters)),
        HirKind::Alternation(ways) => {
            let mut may_be_empty = false;
            for way in ways {
                may_be_empty |= gather(way, is_first, letters);
            }
            may_be_empty
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::parsed;
    use super::*;

    #[test]
    fn the_ends_of_a_text_tell_that_it_holds_no_match() {
        let ends = |pattern: &str| Ends::of(&parsed(pattern).unwrap());
        let both = ends(r"(?-u)^\s*(?:svar|(re)?miss)\b[.]?$");
        for text in ["svar", " remiss.", "miss", "    ."] {
            assert!(both.let_match(text.as_bytes()), "{text:?}");
        }
        for text in ["", "rs", "a svar", "svar,"] {
            assert!(!both.let_match(text.as_bytes()), "{text:?}");
        }
        let inside = ends(r"(?-u)[x-z]{2}|å");
        assert!(inside.let_match(b"a xy a") && inside.let_begin(b"a xy a"));
        assert!(!inside.let_begin(b"abc") && inside.let_begin("å".as_bytes()));
        // One that may be empty is everywhere.
        for pattern in [
            r"(?-u)^a?",
            r"(?-u)a*$",
            "",
            r"(?-u)^(?:a|)$",
            r"(?-u)(?m)^",
        ] {
            let ends = ends(pattern);
            assert!(ends.let_match(b"") && ends.let_match(b"x") && ends.let_begin(b"x"));
        }
        // A line's end is no text's.
        assert!(ends(r"(?-u)(?m)^a").let_match(b"x\na"));
    }
}
