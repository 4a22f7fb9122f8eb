//! A record and what was asked for → the places that answer, with page and line. Pure.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use serde::Serialize;

use super::bare::Bare;
use super::nearby::{Side, Stand, beside, sides, stands};
use super::node::{Node, Synonym};
use super::plan::OF;
use super::word::{Stem, Tier, Wanted};
use super::{readings, spelling};
use crate::index::{Quote, searchable, window};
use crate::page::{Place, line_of};
use crate::record::{Record, RecordPage};
use crate::swedish::alike::letters_between;
use crate::swedish::words::{self, Word};
use crate::swedish::{joined, nested};
use crate::tag::{self, Matter};

/// A stretch of a page with the words that were asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// The words, with page and line.
    #[serde(flatten)]
    pub quote: Quote,
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

/// What a query looks for in a paper, made once for all papers: telling the forms of its words takes longer than reading
/// a paper.
pub(super) struct Sought<'a> {
    node: &'a Node,
    /// The least sure tier in which its words may be found.
    least: Tier,
    leaves: Vec<Leaf<'a>>,
    looks: Vec<(usize, Look)>,
}

impl<'a> Sought<'a> {
    /// What `node` looks for, in every tier down to `least`.
    pub(super) fn of(node: &'a Node, least: Tier) -> Sought<'a> {
        let mut leaves = Vec::new();
        leaves_of(node, &mut leaves);
        let looks = leaves
            .iter()
            .enumerate()
            .flat_map(|(number, leaf)| looks(*leaf).into_iter().map(move |look| (number, look)))
            .collect();
        Sought {
            node,
            least,
            leaves,
            looks,
        }
    }

    /// Whether anything is asked for that stands at a place of a text.
    pub(super) fn has_words(&self) -> bool {
        !self.leaves.is_empty()
    }
}

/// The `limit` best passages of `record` for what is sought, and the tier that found the record: the least sure of those
/// that its words need. No passage when the query has no words.
pub(super) fn passages(
    record: &Record,
    sought: &Sought<'_>,
    limit: usize,
) -> (Vec<Passage>, Option<Tier>) {
    let Sought { node, leaves, .. } = sought;
    let mut marks = marks(record, sought);
    marks.retain(|mark| mark.tier <= sought.least);
    prefixes_as_typed(leaves, &mut marks);
    let mut best: Vec<Option<Tier>> = vec![None; leaves.len()];
    for mark in &marks {
        let tier = &mut best[mark.leaf];
        *tier = Some(tier.map_or(mark.tier, |tier| tier.min(mark.tier)));
    }
    let tier = tier_of(node, &mut best.iter().copied()).flatten();
    if marks.is_empty() && sought.least >= Tier::Original {
        let passages: Vec<Passage> = other_reading(record, leaves).into_iter().collect();
        let tier = passages.first().map(|passage| passage.tier);
        return (passages, tier);
    }
    let mut chosen: Vec<(usize, Range<usize>)> = Vec::new();
    let mut shown = vec![false; leaves.len()];
    while chosen.len() < limit {
        let next = (0..marks.len())
            .filter_map(|at| window_of(record, &marks, at).map(|window| (at, window)))
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

/// The matter of a protokoll in which the first of `passages` stands.
pub(super) fn matter_of<'a>(record: &'a Record, passages: &[Passage]) -> Option<&'a Matter> {
    let quote = &passages.first()?.quote;
    let text = record.page_text(quote.page)?;
    // On the line where one ends and the next begins, that is meant.
    record.matters.iter().rev().find(|matter| {
        let mut parts = matter.parts.iter().filter(|part| part.page == quote.page);
        parts.any(|part| {
            let lines = [part.start, part.end].map(|at| line_of(text, at));
            (lines[0]..=lines[1]).contains(&quote.line)
        })
    })
}

/// Takes away words that begin with a prefix but for their marks where others begin with it as it was typed.
fn prefixes_as_typed(leaves: &[Leaf<'_>], marks: &mut Vec<Mark>) {
    for (number, leaf) in leaves.iter().enumerate() {
        let of_it = |mark: &Mark| mark.leaf == number;
        if matches!(leaf, Leaf::Node(Node::Prefix(_)))
            && marks
                .iter()
                .any(|mark| of_it(mark) && mark.tier < Tier::Unmarked)
        {
            marks.retain(|mark| !of_it(mark) || mark.tier < Tier::Unmarked);
        }
    }
}

/// The least sure tier that the words of `node` need, when the papers found have them; `best` gives the surest tier of each
/// leaf, in order. Nothing for what asks for no words.
fn tier_of(node: &Node, best: &mut impl Iterator<Item = Option<Tier>>) -> Option<Option<Tier>> {
    match node {
        Node::All(nodes) => {
            let tiers = nodes.iter().filter_map(|node| tier_of(node, best));
            Some(tiers.flatten().max())
        }
        Node::Any(nodes) => {
            let tiers = nodes.iter().filter_map(|node| tier_of(node, best));
            Some(tiers.flatten().min())
        }
        Node::Also(node, synonyms) => {
            let own = tier_of(node, best).flatten();
            let others = synonyms.iter().filter_map(|_| best.next()).flatten().min();
            Some(own.into_iter().chain(others).min())
        }
        leaf if is_leaf(leaf) => best.next(),
        _ => None,
    }
}

/// What a passage is worth: words not shown before, then words, then sure ones.
fn value(marks: &[Mark], at: usize, window: &Range<usize>, shown: &[bool]) -> (usize, usize, u32) {
    let mut leaves: Vec<usize> = inside(marks, at, window).map(|mark| mark.leaf).collect();
    leaves.sort_unstable();
    leaves.dedup();
    let fresh = leaves.iter().filter(|leaf| !shown[**leaf]).count();
    let sure = inside(marks, at, window)
        .map(|mark| Tier::Spelling as u32 - mark.tier as u32)
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

/// A place of the tree that words of a text may answer.
#[derive(Clone, Copy, Debug)]
enum Leaf<'a> {
    Node(&'a Node),
    Synonym(&'a Synonym),
}

/// The positive leaves of a query, in order.
fn leaves_of<'a>(node: &'a Node, leaves: &mut Vec<Leaf<'a>>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| leaves_of(node, leaves))
        }
        Node::Also(node, synonyms) => {
            leaves_of(node, leaves);
            leaves.extend(synonyms.iter().map(Leaf::Synonym));
        }
        leaf if is_leaf(leaf) => leaves.push(Leaf::Node(leaf)),
        _ => {}
    }
}

/// Whether `node` is something that words of a text answer.
fn is_leaf(node: &Node) -> bool {
    matches!(
        node,
        Node::Word(_)
            | Node::Similar(_)
            | Node::Fuzzy(..)
            | Node::Prefix(_)
            | Node::Phrase(_)
            | Node::Beside(_)
            | Node::Near(..)
            | Node::Party(_)
            | Node::Dnr(_)
            | Node::Day(_)
    )
}

/// What a leaf looks for, word by word.
enum Look {
    /// A word in every tier; found in no better one than this, when one is given.
    Word(Rc<Wanted>, Option<Tier>),
    /// A word, or a part of one, that begins so, and the same without marks.
    Prefix(String, String),
    /// A word within so many letters, or one whose stem is within as many of this one.
    Fuzzy(String, Option<String>, u8),
    /// Words as they are, side by side.
    Phrase(Vec<String>, Tier),
    /// The stems of words side by side, and the tier that it counts as.
    Stems(Vec<Stem>, Tier),
    /// Two of what stands at a place of a text, so many words apart.
    Near(Vec<Side>, Vec<Side>, usize),
    /// The stems of two words with a word between them, and the tier that it counts as.
    Of(Stem, Stem, Tier),
}

fn looks(leaf: Leaf<'_>) -> Vec<Look> {
    let stem = |word: &String| Stem::of(word);
    match leaf {
        Leaf::Node(Node::Word(word)) => of_word(word),
        Leaf::Node(Node::Similar(forms)) => forms
            .iter()
            .map(|form| Look::Word(Wanted::word(form), Some(Tier::Spelling)))
            .collect(),
        Leaf::Node(Node::Prefix(prefix)) => {
            vec![Look::Prefix(prefix.clone(), words::fold(prefix))]
        }
        Leaf::Node(Node::Fuzzy(word, distance)) => {
            let mut looks = of_word(word);
            let stem = spelling::stem_to_miss(word);
            looks.push(Look::Fuzzy(word.clone(), stem, *distance));
            looks
        }
        Leaf::Node(Node::Phrase(words)) => vec![Look::Phrase(words.clone(), Tier::Exact)],
        Leaf::Node(Node::Beside(words)) => vec![
            Look::Phrase(words.clone(), Tier::Exact),
            Look::Stems(words.iter().map(stem).collect(), Tier::Inflection),
        ],
        Leaf::Node(Node::Near(one, other, within)) => {
            vec![Look::Near(sides(one), sides(other), *within as usize)]
        }
        Leaf::Node(Node::Day(day)) => readings::spelled(day)
            .into_iter()
            .map(|said| Look::Phrase(said, Tier::Exact))
            .collect(),
        Leaf::Synonym(Synonym::Words(words)) => {
            vec![Look::Stems(words.iter().map(stem).collect(), Tier::Synonym)]
        }
        _ => Vec::new(),
    }
}

/// What a word looks for: itself, and the two words that it may be written in.
fn of_word(word: &str) -> Vec<Look> {
    let wanted = Wanted::word(word);
    let mut looks = vec![Look::Word(Rc::clone(&wanted), None)];
    if let Some((first, second)) = wanted.second.map(|at| wanted.form.split_at(at)) {
        let pieces = [first, second];
        looks.push(Look::Phrase(pieces.map(str::to_owned).to_vec(), Tier::Part));
    }
    if let Some((first, last)) = wanted.in_words() {
        looks.push(Look::Stems(
            vec![first.clone(), last.clone()],
            Tier::Synonym,
        ));
        looks.push(Look::Of(last, first, Tier::Synonym));
    }
    looks
}

/// Whether `form` is written much like `asked`, or its stem like `stem`, and is not `asked` itself.
fn is_much_like(form: &str, asked: &str, stem: Option<&str>, distance: u8) -> bool {
    if let Some(away) = letters_between(asked, form, distance) {
        return away > 0;
    }
    stem.is_some_and(|stem| {
        // Telling a word's stem takes long, and its first letters mostly tell that it is another one.
        let letters = stem.chars().count();
        let begin: String = form.chars().take(letters).collect();
        letters_between(stem, &begin, 2 * distance).is_some()
            && words::with_forms(form, |forms| {
                letters_between(stem, &forms.stem, distance).is_some()
            })
    })
}

/// Every word of the record that answers some leaf, in the order of the text.
fn marks(record: &Record, sought: &Sought<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for page in &record.pages {
        marks_on(page, &sought.looks, &mut marks);
    }
    tagged(record, &sought.leaves, &mut marks);
    marks.retain(|mark| !mark.place.range().is_empty());
    marks.sort_by_key(|mark| (mark.place.page, mark.place.start, mark.leaf, mark.tier));
    marks
}

fn marks_on(page: &RecordPage, looks: &[(usize, Look)], marks: &mut Vec<Mark>) {
    let clean = &page.clean;
    let number = clean.number;
    for (start, end) in searchable(&clean.text, number, &clean.furniture) {
        let text = &clean.text[start..end];
        let words: Vec<Word<Cow<str>>> = words::cut(text).collect();
        let bare = Bare::of(&words);
        let mut put = |leaf: usize, range: Range<usize>, tier: Tier| {
            marks.push(Mark {
                leaf,
                place: Place::new(number, range.start + start..range.end + start),
                tier,
            });
        };
        for (leaf, look) in looks {
            match look {
                Look::Word(wanted, most) => {
                    let tier = |tier: Tier| most.map_or(tier, |most| most.max(tier));
                    for at in bare.with_any(&wanted.keys) {
                        if let Some((range, found)) = meets(wanted, text, &words[at]) {
                            put(*leaf, range, tier(found));
                        }
                    }
                }
                Look::Prefix(prefix, folded) => {
                    for at in bare.with(folded) {
                        if let Some((range, tier)) = begins(prefix, folded, text, &words[at]) {
                            put(*leaf, range, tier);
                        }
                    }
                }
                Look::Fuzzy(asked, stem, distance) => {
                    for word in &words {
                        if is_much_like(&word.form, asked, stem.as_deref(), *distance) {
                            put(*leaf, word.range.clone(), Tier::Spelling);
                        }
                    }
                }
                Look::Phrase(phrase, tier) => {
                    let same =
                        |words: &[Word<Cow<str>>]| words.iter().map(|word| &word.form).eq(phrase);
                    for said in words.windows(phrase.len()).filter(|said| same(said)) {
                        put(
                            *leaf,
                            said[0].range.start..said[phrase.len() - 1].range.end,
                            *tier,
                        );
                    }
                }
                Look::Stems(stems, tier) => {
                    for (_, range) in beside(stems, &words, &bare) {
                        put(*leaf, range, *tier);
                    }
                }
                Look::Near(one, other, within) => {
                    let stands = |sides: &[Side]| -> Vec<Stand> {
                        let stands = sides
                            .iter()
                            .flat_map(|side| stands(side, text, &words, &bare));
                        stands.collect()
                    };
                    let others = stands(other);
                    for first in stands(one) {
                        for second in others
                            .iter()
                            .filter(|second| first.is_near(second, *within))
                        {
                            let tier = first.tier.max(second.tier);
                            put(*leaf, first.range.clone(), tier);
                            put(*leaf, second.range.clone(), tier);
                        }
                    }
                }
                Look::Of(one, other, tier) => {
                    for at in bare.with(&one.key) {
                        if let Some([first, between, last]) = words.get(at..at + 3)
                            && OF.contains(&&*between.form)
                            && one.is_of(&first.form)
                            && other.is_of(&last.form)
                        {
                            put(*leaf, first.range.start..last.range.end, *tier);
                        }
                    }
                }
            }
        }
        in_pieces(text, &words, looks, &mut put);
    }
    // What OCR read and repair changed, and what a word may be instead, when that is what was asked for.
    let was = clean
        .placed()
        .map(|(range, repair)| (range, repair.was.as_str()));
    for (range, reading) in was.chain(clean.alternatives()) {
        for word in words::words(reading) {
            let bare = words::fold(&word.form);
            for (leaf, look) in looks {
                if let Look::Word(wanted, _) = look
                    && [bare.as_str(), &word.form].contains(&wanted.as_scanned())
                {
                    marks.push(Mark {
                        leaf: *leaf,
                        place: Place::new(number, range.clone()),
                        tier: Tier::Original,
                    });
                }
            }
        }
    }
}

/// A word that only the other reading of a page has, in that reading's words: its line is one of that reading.
fn other_reading(record: &Record, leaves: &[Leaf<'_>]) -> Option<Passage> {
    let wanted: Vec<Rc<Wanted>> = leaves
        .iter()
        .filter_map(|leaf| match leaf {
            Leaf::Node(Node::Word(word)) => Some(Wanted::word(word)),
            _ => None,
        })
        .collect();
    record.pages.iter().find_map(|page| {
        let text = page.other.as_ref()?.text.as_str();
        let found = words::words(text).find(|word| {
            let bare = words::fold(&word.form);
            wanted
                .iter()
                .any(|wanted| [bare.as_str(), &word.form].contains(&wanted.as_scanned()))
        })?;
        Some(Passage {
            quote: Quote::of_text(
                text,
                page.clean.number,
                &window(text, &found.range),
                &[found.range],
            ),
            tier: Tier::Original,
        })
    })
}

/// Words that the text writes in two pieces.
fn in_pieces(
    text: &str,
    words: &[Word<Cow<str>>],
    looks: &[(usize, Look)],
    put: &mut impl FnMut(usize, Range<usize>, Tier),
) {
    let wanted = |form: &str| {
        let bare = words::fold(form);
        let may = |look: &Look| match look {
            Look::Word(wanted, _) => wanted.may_meet_pieces(&bare),
            Look::Prefix(_, folded) => bare.starts_with(folded),
            _ => false,
        };
        looks.iter().any(|(_, look)| may(look))
    };
    for joined in joined::joined_where(text, words, wanted) {
        let range = words[joined.first].range.start..words[joined.last].range.end;
        let least = if joined.shared {
            Tier::Part
        } else {
            Tier::Inflection
        };
        words::with_forms(&joined.form, |forms| {
            for (leaf, look) in looks {
                if let Look::Prefix(prefix, _) = look
                    && joined.form.starts_with(prefix)
                {
                    put(*leaf, range.clone(), least);
                }
                if let Look::Word(wanted, most) = look
                    && let Some(tier) = wanted.tier(&joined.form, forms)
                    // Its parts are words of the text by themselves.
                    && tier != Tier::Part
                {
                    put(
                        *leaf,
                        range.clone(),
                        most.map_or(tier, |most| most.max(tier)).max(least),
                    );
                }
            }
        });
    }
}

/// Where a word of `text`, or a part of it, begins with `prefix`, or with `folded` when its marks are taken from it.
fn begins(
    prefix: &str,
    folded: &str,
    text: &str,
    word: &Word<Cow<str>>,
) -> Option<(Range<usize>, Tier)> {
    if word.form.starts_with(prefix) {
        return Some((word.range.clone(), Tier::Exact));
    }
    if prefix == folded && words::fold(&word.form).starts_with(folded) {
        return Some((word.range.clone(), Tier::Unmarked));
    }
    // Letters that changed their length with their case have no places to point at.
    let is_same = text[word.range.clone()].len() == word.form.len();
    let parts = nested::parts_of_parts(&word.form);
    let part = parts.iter().find(|part| part.stem.starts_with(prefix))?;
    let start = word.range.start;
    let range = match is_same {
        true => start + part.range.start..start + part.range.end,
        false => word.range.clone(),
    };
    Some((range, Tier::Part))
}

/// How `wanted` meets a word of `text`, which has one of its keys, and where: the part of a compound that it asks for, else the
/// word.
pub(super) fn meets(
    wanted: &Wanted,
    text: &str,
    word: &Word<Cow<str>>,
) -> Option<(Range<usize>, Tier)> {
    let tier = words::with_forms(&word.form, |forms| wanted.tier(&word.form, forms))?;
    // Letters that changed their length with their case have no places to point at.
    if tier == Tier::Part && text[word.range.clone()].len() == word.form.len() {
        for part in nested::parts_of_parts(&word.form) {
            if part.stem == wanted.stem {
                let start = word.range.start;
                return Some((start + part.range.start..start + part.range.end, tier));
            }
        }
    }
    Some((word.range.clone(), tier))
}

/// Diary numbers, days and parties are found by their tags.
fn tagged(record: &Record, leaves: &[Leaf<'_>], marks: &mut Vec<Mark>) {
    let mut put = |leaf: usize, place: &Place, tier: Tier| {
        marks.push(Mark {
            leaf,
            place: place.clone(),
            tier,
        });
    };
    let tags = &record.tags;
    for (number, leaf) in leaves.iter().enumerate() {
        match leaf {
            Leaf::Node(Node::Dnr(key)) => {
                let short = tag::short_keys(key);
                for dnr in &tags.dnr {
                    let same = |case: String| {
                        case == *key
                            || (dnr.value.short_key()).is_some_and(|other| short.contains(&other))
                                && tag::has_all_of(&case, key)
                    };
                    if dnr.value.lookup_keys().into_iter().any(same) {
                        let place = first_in_text(record, &dnr.place);
                        put(number, place.as_ref().unwrap_or(&dnr.place), Tier::Exact);
                    }
                }
            }
            Leaf::Node(Node::Day(day)) => {
                for date in &tags.dates {
                    if date.value.date.to_string().starts_with(day.as_str()) {
                        put(number, &date.place, Tier::Exact);
                    }
                }
            }
            Leaf::Node(Node::Party(party)) => {
                for found in tags.answers.iter().chain(&tags.mentions) {
                    if party.covers(found.value) {
                        put(number, &found.place, Tier::Exact);
                    }
                }
            }
            Leaf::Synonym(Synonym::Party(party)) => {
                for found in tags.answers.iter().chain(&tags.mentions) {
                    if party.covers(found.value) {
                        put(number, &found.place, Tier::Synonym);
                    }
                }
            }
            Leaf::Synonym(Synonym::Namnd(name)) => {
                if let Some(found) = tags.namnd.as_ref().filter(|found| found.value == *name) {
                    put(number, &found.place, Tier::Synonym);
                }
            }
            _ => {}
        }
    }
}

/// Where the paper first says the words at `place` outside its running heads and feet, when they stand in one of these: nobody who
/// reads the paper page by page sees them there.
fn first_in_text(record: &Record, place: &Place) -> Option<Place> {
    let in_furniture = |page: &RecordPage, at: usize| {
        let mut furniture = page.clean.furniture.iter();
        furniture.any(|&(start, end)| (start..end).contains(&at))
    };
    let own = record
        .pages
        .iter()
        .find(|page| page.clean.number == place.page)?;
    let said = own.clean.text.get(place.range())?;
    if said.is_empty() || !in_furniture(own, place.start) {
        return None;
    }
    record.pages.iter().find_map(|page| {
        let mut places = page.clean.text.match_indices(said);
        let (at, _) = places.find(|(at, _)| !in_furniture(page, *at))?;
        Some(Place::new(page.clean.number, at..at + said.len()))
    })
}

/// The stretch of the page around a mark, cut between words.
fn window_of(record: &Record, marks: &[Mark], at: usize) -> Option<Range<usize>> {
    let place = &marks[at].place;
    let text = record.page_text(place.page)?;
    text.get(place.range())?;
    Some(window(text, &place.range()))
}

fn passage(record: &Record, marks: &[Mark], at: usize, window: Range<usize>) -> Option<Passage> {
    let page = marks[at].place.page;
    let mut places: Vec<Range<usize>> = inside(marks, at, &window)
        .map(|mark| mark.place.range())
        .collect();
    places.sort_by_key(|range| (range.start, range.end));
    let tier = inside(marks, at, &window).map(|mark| mark.tier).min()?;
    Some(Passage {
        quote: Quote::of(record, page, &window, &places)?,
        tier,
    })
}
