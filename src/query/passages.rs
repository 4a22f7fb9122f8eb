//! A record and what was asked for → the places that answer, with page and line. Pure.

use std::ops::Range;

use super::grammar::Node;
use super::word::{Tier, Wanted};
use crate::index::searchable;
use crate::index::words;
use crate::page::{self, Place};
use crate::record::Record;
use crate::tag;

/// Bytes of text that a passage shows on each side of its first marked word, about.
const AROUND: usize = 110;

/// A stretch of a page with the words that were asked for.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Passage {
    /// The page, counted from 1.
    pub page: u32,
    /// The line of the page's text on which the first marked word stands, counted from 1.
    pub line: u32,
    /// The words, white space folded; `…` where a sentence is cut.
    pub text: String,
    /// The marked words: byte ranges of `text`.
    pub marks: Vec<(usize, usize)>,
    /// What stood in the place of marked words before repair, in the order of the text; empty when nothing was mended.
    pub scanned: Vec<String>,
    /// The surest tier that found a word of it.
    pub tier: Tier,
}

/// A word of the record that answers leaf number `leaf` of the query.
#[derive(Clone, Debug)]
struct Mark {
    leaf: usize,
    place: Place,
    tier: Tier,
}

/// The `limit` best passages of `record` for `node`, and the tier that found the record: the least sure of those that
/// its words need. No passage when the query has no words.
pub(super) fn passages(record: &Record, node: &Node, limit: usize) -> (Vec<Passage>, Option<Tier>) {
    let mut leaves = Vec::new();
    leaves_of(node, &mut leaves);
    let marks = marks(record, &leaves);
    let mut best: Vec<Option<Tier>> = vec![None; leaves.len()];
    for mark in &marks {
        let tier = &mut best[mark.leaf];
        *tier = Some(tier.map_or(mark.tier, |tier| tier.min(mark.tier)));
    }
    let tier = best.iter().flatten().max().copied();
    let mut chosen: Vec<(usize, Range<usize>)> = Vec::new();
    let mut shown = vec![false; leaves.len()];
    while chosen.len() < limit {
        let next = (0..marks.len())
            .filter_map(|at| window(record, &marks, at).map(|window| (at, window)))
            .filter(|(at, window)| {
                chosen.iter().all(|(other, taken)| {
                    marks[*other].place.page != marks[*at].place.page
                        || taken.end <= window.start
                        || window.end <= taken.start
                })
            })
            .max_by_key(|(at, window)| {
                (value(&marks, *at, window, &shown), std::cmp::Reverse(*at))
            });
        let Some((at, window)) = next else { break };
        for mark in inside(&marks, at, &window) {
            shown[mark.leaf] = true;
        }
        chosen.push((at, window));
    }
    let passages = chosen
        .into_iter()
        .filter_map(|(at, window)| passage(record, &marks, at, window))
        .collect();
    (passages, tier)
}

/// What a passage is worth: words not shown before, then words, then sure ones.
fn value(marks: &[Mark], at: usize, window: &Range<usize>, shown: &[bool]) -> (usize, usize, u32) {
    let mut leaves: Vec<usize> = inside(marks, at, window).map(|mark| mark.leaf).collect();
    leaves.sort_unstable();
    leaves.dedup();
    let fresh = leaves.iter().filter(|leaf| !shown[**leaf]).count();
    let sure = inside(marks, at, window)
        .map(|mark| 6 - mark.tier as u32)
        .max()
        .unwrap_or(0);
    (fresh, leaves.len(), sure)
}

fn inside<'a>(
    marks: &'a [Mark],
    at: usize,
    window: &Range<usize>,
) -> impl Iterator<Item = &'a Mark> {
    let (page, window) = (marks[at].place.page, window.clone());
    marks.iter().filter(move |mark| {
        mark.place.page == page && window.start <= mark.place.start && mark.place.end <= window.end
    })
}

/// The positive leaves of a query, in order.
fn leaves_of<'a>(node: &'a Node, leaves: &mut Vec<&'a Node>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| leaves_of(node, leaves))
        }
        Node::Not(_)
        | Node::Party(_)
        | Node::Answers(_)
        | Node::Namnd(_)
        | Node::Kind(_)
        | Node::Dated(_) => {}
        Node::Word(_)
        | Node::Similar(_)
        | Node::Prefix(_)
        | Node::Phrase(_)
        | Node::Dnr(_)
        | Node::Day(_) => {
            leaves.push(node);
        }
    }
}

/// Every word of the record that answers some leaf, in the order of the text.
fn marks(record: &Record, leaves: &[&Node]) -> Vec<Mark> {
    let wanted: Vec<(usize, Wanted, bool)> = leaves
        .iter()
        .enumerate()
        .flat_map(|(leaf, node)| match node {
            Node::Word(form) => vec![(leaf, Wanted::word(form), false)],
            Node::Similar(forms) => forms
                .iter()
                .map(|form| (leaf, Wanted::word(form), true))
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    let mut marks = Vec::new();
    for page in &record.pages {
        let clean = &page.clean;
        let number = clean.number;
        // The words that stand before the one at hand, for phrases.
        let mut before: Vec<words::Word> = Vec::new();
        for (start, end) in searchable(&clean.text, number, &clean.furniture) {
            for mut word in words::words(&clean.text[start..end]) {
                word.range = word.range.start + start..word.range.end + start;
                let place = || Place::new(number, word.range.clone());
                if !wanted.is_empty() {
                    words::with_forms(&word.form, |forms| {
                        for (leaf, wanted, similar) in &wanted {
                            if let Some(tier) = wanted.tier(&word.form, forms) {
                                let tier = if *similar { Tier::Spelling } else { tier };
                                marks.push(Mark {
                                    leaf: *leaf,
                                    place: place(),
                                    tier,
                                });
                            }
                        }
                    });
                }
                before.push(word.clone());
                for (leaf, node) in leaves.iter().enumerate() {
                    match node {
                        Node::Prefix(prefix) if word.form.starts_with(prefix.as_str()) => {
                            marks.push(Mark {
                                leaf,
                                place: place(),
                                tier: Tier::Exact,
                            });
                        }
                        Node::Phrase(phrase) => {
                            let tail = &before[before.len().saturating_sub(phrase.len())..];
                            if tail.iter().map(|word| &word.form).eq(phrase) {
                                let range = tail[0].range.start..word.range.end;
                                marks.push(Mark {
                                    leaf,
                                    place: Place::new(number, range),
                                    tier: Tier::Exact,
                                });
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        // What OCR read and repair changed, when that is what was asked for.
        for (range, repair) in clean.placed() {
            for word in words::words(&repair.was) {
                let bare = words::fold(&word.form);
                for (leaf, _, _) in wanted
                    .iter()
                    .filter(|(_, wanted, _)| wanted.as_scanned() == bare)
                {
                    let place = Place::new(number, range.clone());
                    marks.push(Mark {
                        leaf: *leaf,
                        place,
                        tier: Tier::Original,
                    });
                }
            }
        }
    }
    tagged(record, leaves, &mut marks);
    marks.retain(|mark| !mark.place.range().is_empty());
    marks.sort_by_key(|mark| (mark.place.page, mark.place.start, mark.leaf));
    marks
}

/// Diary numbers and days are found by their tags.
fn tagged(record: &Record, leaves: &[&Node], marks: &mut Vec<Mark>) {
    for (leaf, node) in leaves.iter().enumerate() {
        match node {
            Node::Dnr(key) => {
                for dnr in &record.tags.dnr {
                    if tag::lookup_key(&dnr.value.key).as_ref() == Some(key) {
                        marks.push(Mark {
                            leaf,
                            place: dnr.place.clone(),
                            tier: Tier::Exact,
                        });
                    }
                }
            }
            Node::Day(day) => {
                for date in record
                    .tags
                    .dates
                    .iter()
                    .filter(|date| date.value.date == *day)
                {
                    marks.push(Mark {
                        leaf,
                        place: date.place.clone(),
                        tier: Tier::Exact,
                    });
                }
            }
            _ => {}
        }
    }
}

/// The stretch of the page around a mark, cut between words.
fn window(record: &Record, marks: &[Mark], at: usize) -> Option<Range<usize>> {
    let place = &marks[at].place;
    let text = record.page_text(place.page)?;
    text.get(place.range())?;
    Some(around(text, &place.range()))
}

fn around(text: &str, range: &Range<usize>) -> Range<usize> {
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
    start..end
}

fn passage(record: &Record, marks: &[Mark], at: usize, window: Range<usize>) -> Option<Passage> {
    let page = marks[at].place.page;
    let text = record.page_text(page)?;
    let mut places: Vec<Range<usize>> = inside(marks, at, &window)
        .map(|mark| mark.place.range())
        .collect();
    places.sort_by_key(|range| (range.start, range.end));
    let tier = inside(marks, at, &window).map(|mark| mark.tier).min()?;
    let line = page::line_of(text, places.first()?.start);
    let scanned = scanned(record, page, &places);
    let (text, marks) = folded(text, &window, &places);
    Some(Passage {
        page,
        line,
        text,
        marks,
        scanned,
        tier,
    })
}

/// `text[window]` with its white space folded, and where `places` stand in it.
pub(super) fn folded(
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

/// The sentence or so around `place`, for evidence: its words and the mark in them, with page and line.
pub(super) fn evidence(record: &Record, place: &Place) -> Option<Passage> {
    let text = record.page_text(place.page)?;
    text.get(place.range())?;
    if place.range().is_empty() {
        return None;
    }
    let window = around(text, &place.range());
    let line = page::line_of(text, place.start);
    let scanned = scanned(record, place.page, &[place.range()]);
    let (text, marks) = folded(text, &window, &[place.range()]);
    Some(Passage {
        page: place.page,
        line,
        text,
        marks,
        scanned,
        tier: Tier::Exact,
    })
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
