//! A place of a record → the words around it as they are shown, with page and line. Pure.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::page::{self, Place};
use crate::personal;
use crate::record::Record;

/// Bytes of text that a quote shows on each side of its first marked word, about.
const AROUND: usize = 110;
/// Bytes that a personal number has at most, about.
const LONGEST_NUMBER: usize = 40;

/// Words of a page, as they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The page, counted from 1.
    pub page: u32,
    /// The line of the page's text on which the first marked word stands, counted from 1.
    pub line: u32,
    /// The words, white space folded; `…` where a sentence is cut.
    pub text: String,
    /// The marked words: byte ranges of `text`.
    pub marks: Vec<(usize, usize)>,
    /// What stood in the place of marked words before repair, in the order of the text; empty when nothing was mended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scanned: Vec<String>,
}

impl Quote {
    /// The sentence or so around `place`, the place marked; nothing when the place holds no words.
    pub fn around(record: &Record, place: &Place) -> Option<Quote> {
        let text = record.page_text(place.page)?;
        text.get(place.range()).filter(|said| !said.is_empty())?;
        let window = window(text, &place.range());
        Quote::of(record, place.page, &window, &[place.range()])
    }

    /// `window` of a page with `places` marked, which are in the order of the text.
    pub(crate) fn of(
        record: &Record,
        page: u32,
        window: &Range<usize>,
        places: &[Range<usize>],
    ) -> Option<Quote> {
        let text = record.page_text(page)?;
        places.first()?;
        Some(Quote {
            scanned: scanned(record, page, places),
            ..Quote::of_text(text, page, window, places)
        })
    }

    /// `window` of a text that stands on `page`, with `places` marked.
    pub(crate) fn of_text(
        text: &str,
        page: u32,
        window: &Range<usize>,
        places: &[Range<usize>],
    ) -> Quote {
        let start = places.first().map_or(window.start, |place| place.start);
        let (shown, marks) = folded(text, window, places);
        Quote {
            page,
            line: page::line_of(text, start),
            text: shown,
            marks,
            scanned: Vec::new(),
        }
    }
}

/// The stretch of `text` around `range`, cut between words, and through no personal number: half of one is known by nobody
/// for what it is, and would be shown.
pub(crate) fn window(text: &str, range: &Range<usize>) -> Range<usize> {
    let mut start = text.floor_char_boundary(range.start.saturating_sub(AROUND));
    let mut end = text.ceil_char_boundary((range.end + AROUND).min(text.len()));
    if start > 0 {
        start = text[start..range.start]
            .find(char::is_whitespace)
            .map_or(range.start, |blank| start + blank);
    }
    if end < text.len() {
        end = text[range.end..end]
            .rfind(char::is_whitespace)
            .map_or(range.end, |blank| range.end + blank);
    }
    let from = text.floor_char_boundary(start.saturating_sub(LONGEST_NUMBER));
    let to = text.ceil_char_boundary((end + LONGEST_NUMBER).min(text.len()));
    for number in personal::numbers(&text[from..to]) {
        let (first, last) = (from + number.start, from + number.end);
        if (first + 1..last).contains(&start) {
            start = first;
        }
        if (first + 1..last).contains(&end) {
            end = last;
        }
    }
    start..end
}

/// `text[window]` with its white space folded, and where `places` stand in it.
fn folded(
    text: &str,
    window: &Range<usize>,
    places: &[Range<usize>],
) -> (String, Vec<(usize, usize)>) {
    let mut out = String::with_capacity(window.len() + 8);
    if !text[..window.start].trim().is_empty() {
        out.push('…');
    }
    let mut offsets = Vec::with_capacity(window.len());
    let mut blank = false;
    let begin = out.len();
    for (at, c) in text[window.clone()].char_indices() {
        if c.is_whitespace() || c.is_control() {
            blank = true;
            continue;
        }
        if blank && out.len() > begin {
            out.push(' ');
        }
        blank = false;
        offsets.push((window.start + at, out.len()));
        out.push(c);
    }
    let end = out.len();
    let at = |offset: usize| {
        let next = offsets.partition_point(|(from, _)| *from < offset);
        offsets.get(next).map_or(end, |(_, to)| *to)
    };
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for place in places {
        let start = at(place.start);
        // The end is where the last letter inside ends, not where the next one begins after a blank.
        let last = offsets.partition_point(|(from, _)| *from < place.end);
        let Some((_, last)) = last.checked_sub(1).and_then(|last| offsets.get(last)) else {
            continue;
        };
        let stop = last + out[*last..].chars().next().map_or(0, char::len_utf8);
        match marks.last_mut() {
            Some((_, end)) if start < *end => *end = (*end).max(stop),
            _ if start < stop => marks.push((start, stop)),
            _ => {}
        }
    }
    if !text[window.end..].trim().is_empty() {
        out.push('…');
    }
    (out, marks)
}

/// What stood in `places` of a page before repair.
fn scanned(record: &Record, page: u32, places: &[Range<usize>]) -> Vec<String> {
    let Some(page) = record.pages.iter().find(|other| other.clean.number == page) else {
        return Vec::new();
    };
    let meets = |range: &Range<usize>| {
        places
            .iter()
            .any(|place| place.start < range.end && range.start < place.end)
    };
    page.clean
        .placed()
        .filter(|(range, _)| meets(range))
        .map(|(_, repair)| repair.was.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_and_marks_follow() {
        let text = "Gruppen för  löpande\n\nminnesanteckningar från mötena";
        let start = text.find("löpande").unwrap();
        let word = start..start + "löpande".len();
        let (shown, marks) = folded(
            text,
            &(8..text.find("från").unwrap()),
            std::slice::from_ref(&word),
        );
        assert_eq!(shown, "…för löpande minnesanteckningar…");
        assert_eq!(&shown[marks[0].0..marks[0].1], "löpande");
    }
}
