//! Changes of one text, applied and put after one another.
//!
//! Comes in: a text and changes by byte range. Goes out: the text they make, and changes that lead from the first text to
//! the last in one step.

use std::ops::Range;

/// One change: what stands in `range` becomes `now`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    /// Bytes of the text as it was.
    pub range: Range<usize>,
    /// What stands there then.
    pub now: String,
    /// The rule's name.
    pub rule: &'static str,
    /// How sure the rule is, 0 to 1.
    pub confidence: f32,
    /// Other readings nearly as likely as `now`, the likeliest first.
    pub alternatives: Vec<String>,
}

/// The text that `edits` (in order, without overlap) make of `text`.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len() * 2);
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.now);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The changes that do at once what `first` (from `raw` to `middle`) and then `second` (of `middle`) do.
pub(super) fn compose(raw: &str, middle: &str, first: Vec<Edit>, second: Vec<Edit>) -> Vec<Edit> {
    if first.is_empty() {
        return second;
    }
    if second.is_empty() {
        return first;
    }
    let mut out: Vec<Edit> = Vec::with_capacity(first.len() + second.len());
    let mut first = first.into_iter().peekable();
    let mut second = second.into_iter().peekable();
    // How far `middle` runs ahead of `raw` before the next change of `first`.
    let (mut longer, mut shorter) = (0usize, 0usize);
    loop {
        let one = first.peek().map(|edit| {
            edit.range.start + longer - shorter
                ..edit.range.start + longer - shorter + edit.now.len()
        });
        let two = second.peek().map(|edit| edit.range.clone());
        let start = match (&one, &two) {
            (None, None) => break,
            (Some(one), None) => one.start,
            (None, Some(two)) => two.start,
            (Some(one), Some(two)) => one.start.min(two.start),
        };
        let raw_start = start + shorter - longer;
        let mut end = start;
        let mut now = String::new();
        let mut done = start;
        let mut latest: Option<Edit> = None;
        // Take in whatever touches what has been taken in.
        loop {
            if let Some(edit) = second.peek()
                && (edit.range.start < end || edit.range.start == start && edit.range.start <= end)
                && edit.range.start >= done
            {
                now.push_str(&middle[done..edit.range.start]);
                now.push_str(&edit.now);
                done = edit.range.end;
                end = end.max(edit.range.end);
                latest = second.next();
                continue;
            }
            if let Some(edit) = first.peek() {
                let from = edit.range.start + longer - shorter;
                if from < end || from == start {
                    end = end.max(from + edit.now.len());
                    longer += edit.now.len();
                    shorter += edit.range.len();
                    let next = first.next();
                    latest = latest.or(next);
                    continue;
                }
            }
            break;
        }
        now.push_str(&middle[done..end]);
        let raw_end = end + shorter - longer;
        let Some(latest) = latest else {
            break;
        };
        if raw[raw_start..raw_end] != now {
            out.push(Edit {
                range: raw_start..raw_end,
                // Readings of a part are none of the whole.
                alternatives: if latest.now == now {
                    latest.alternatives
                } else {
                    Vec::new()
                },
                now,
                rule: latest.rule,
                confidence: latest.confidence,
            });
        }
    }
    out
}

/// Where byte `at` of the text lies after `edits`; inside a change it is that change's end.
pub(super) fn moved(edits: &[Edit], at: usize) -> usize {
    let (mut longer, mut shorter) = (0, 0);
    for edit in edits {
        if edit.range.end > at {
            if edit.range.start < at {
                return edit.range.start + longer - shorter + edit.now.len();
            }
            break;
        }
        longer += edit.now.len();
        shorter += edit.range.len();
    }
    at + longer - shorter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: Range<usize>, now: &str) -> Edit {
        Edit {
            range,
            now: now.into(),
            rule: "test",
            confidence: 1.0,
            alternatives: Vec::new(),
        }
    }

    #[test]
    fn two_changes_of_one_word_are_one() {
        let raw = "ﬁnns pa ﬂera";
        let first = vec![edit(0..3, "fi"), edit(10..13, "fl")];
        let middle = apply(raw, &first);
        assert_eq!(middle, "finns pa flera");
        let second = vec![edit(0..5, "fanns"), edit(6..8, "på")];
        let last = apply(&middle, &second);
        let both = compose(raw, &middle, first, second);
        assert_eq!(apply(raw, &both), last);
        assert_eq!(both.len(), 3);
        assert_eq!(moved(&both, 7), 6);
    }
}
