//! A word → its parts, and theirs, each with its stem. Pure.

use std::ops::Range;

use super::compounds::{SHORTEST_PART, parts};
use super::{families, first_parts, inflection};

/// A part of a compound, or a part of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands, in bytes of the word.
    pub range: Range<usize>,
    /// Its stem.
    pub stem: String,
}

/// The parts of `form`, and theirs: kompetensförsörjningsplan is a plan for kompetensförsörjning, and that is försörjning.
/// Of three parts or more those that follow each other are one too: the nämndsekreterare of
/// `stadsdels|nämnd|sekreterare`.
pub fn parts_of_parts(form: &str) -> Vec<Part> {
    let mut out = Vec::new();
    gather(form, 0, false, &mut out);
    if out.len() > 3 {
        across(form, &mut out);
    }
    out
}

/// The words that a compound begins and ends with across its parts: the punktskatt of punktskatte|pliktig.
fn across(form: &str, out: &mut Vec<Part>) {
    let mut leaves = Vec::new();
    smallest(form, 0, &mut leaves);
    let (Some(first), Some(last)) = (leaves.first(), leaves.last()) else {
        return;
    };
    let whole = first.start..last.end;
    let begun = leaves.iter().skip(1).map(|leaf| whole.start..leaf.end);
    let ended = leaves.iter().skip(1).map(|leaf| leaf.start..whole.end);
    for range in begun.chain(ended) {
        if range == whole || out.iter().any(|part| part.range == range) {
            continue;
        }
        let span = &form[range.clone()];
        let stem = if range.end == whole.end {
            inflection::stem(span)
        } else {
            first_parts::modifier_of_parts(span)
        };
        out.push(Part { range, stem });
    }
}

/// The parts of `form` that have none themselves.
fn smallest(form: &str, offset: usize, out: &mut Vec<Range<usize>>) {
    let parts = parts(form);
    if parts.is_empty() {
        out.push(offset..offset + form.len());
    }
    for range in parts {
        let part = &form[range.clone()];
        let at = offset + range.start;
        if part.len() < form.len() && part.chars().count() >= 2 * SHORTEST_PART {
            smallest(part, at, out);
        } else {
            out.push(at..at + part.len());
        }
    }
}

/// `begins`: whether `form` is itself a first part, and so its last part is not inflected.
fn gather(form: &str, offset: usize, begins: bool, out: &mut Vec<Part>) {
    let parts = parts(form);
    let last = parts.len().saturating_sub(1);
    let mut add = |range: Range<usize>, stem: String| {
        let range = range.start + offset..range.end + offset;
        out.push(Part { range, stem });
    };
    for (at, range) in parts.iter().enumerate() {
        let part = &form[range.clone()];
        if part.chars().count() < SHORTEST_PART || part == form {
            continue;
        }
        let stem = if at == last && !begins {
            families::host(form, range.start).unwrap_or_else(|| inflection::stem(part))
        } else {
            first_parts::modifier(part)
        };
        add(range.clone(), stem);
    }
    for (first, one) in parts.iter().enumerate() {
        for (second, other) in parts.iter().enumerate().skip(first + 1) {
            if second - first < last {
                let span = &form[one.start..other.end];
                let stem = if second == last && !begins {
                    inflection::stem(span)
                } else {
                    first_parts::modifier_of_parts(span)
                };
                add(one.start..other.end, stem);
            }
        }
    }
    for (at, range) in parts.into_iter().enumerate() {
        let part = &form[range.clone()];
        if part.len() < form.len() && part.chars().count() >= 2 * SHORTEST_PART {
            gather(part, offset + range.start, begins || at < last, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::swedish::words::Forms;

    #[test]
    fn parts_have_parts() {
        for (word, stems) in [
            (
                "kompetensförsörjningsplanen",
                "kompetensförsörjning plan kompetens försörjning försörjningsplan",
            ),
            (
                "löneöversynstillfällena",
                "löneöversyn tillfäll lön översyn översynstillfäll",
            ),
            (
                "maskinanläggningsförarutbildningen",
                "maskin anläggning förarutbildning maskinanläggning anläggningsförarutbildning förar \
                 utbildning maskinanläggningsförar",
            ),
            (
                "punktskattepliktiga",
                "punkt skattepliktig skatt pliktig punktskatt",
            ),
            ("brukarenkäter", "brukar enkät"),
            ("samhällssituation", "samhäll situation"),
            ("skolbuss", "skol buss"),
            ("handläggare", ""),
            ("sjukdomar", ""),
        ] {
            assert_eq!(Forms::of(word).parts.join(" "), stems, "{word}");
        }
    }
}
