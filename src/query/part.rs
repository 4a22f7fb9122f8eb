//! What is asked, over one segment of the index: which papers match, window by window, and how well.

use std::ops::RangeInclusive;
use std::rc::Rc;

use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, TERMINATED};

use super::Error;
use super::ask::{Ask, Said, unread};
use super::cursor::{Cursor, Scored};
use super::phrase::Phrase;
use super::sheet::{Bits, Merge, Sheet, WINDOW};
use super::terms::{Known, Terms};
use crate::index::Lists;

/// What a paper costs that a phrase is looked for in, in papers of a term.
const PHRASE: u64 = 10;

/// A segment of the index, and its number.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) segment: &'a SegmentReader,
    pub(super) number: usize,
    pub(super) terms: &'a Terms<'a>,
}

/// What is asked, as it stands in one segment.
#[derive(Clone)]
pub(super) enum Part {
    /// A term, scored by how often it is said.
    Term(Scored),
    /// A term, with one score for all papers.
    Filter(Cursor, f32),
    /// Papers that are known one by one, with one score for all.
    Set(Set, f32),
    Phrase(Phrase),
    Dated {
        lists: Lists,
        segment: u32,
        days: RangeInclusive<u64>,
        papers: DocId,
    },
    Either(Vec<Part>, Merge, Sheet),
    Word(Box<Part>, Vec<Scored>, Sheet),
    All {
        must: Vec<Part>,
        never: Vec<Part>,
        bonus: Vec<Phrase>,
        sheet: Sheet,
        found: Sheet,
    },
}

/// Papers of a segment, sixty-four in a group.
#[derive(Clone)]
pub(super) struct Set {
    groups: Rc<[u64]>,
    papers: u64,
}

impl Part {
    /// What is asked, in this segment; nothing when no paper of it can match.
    pub(super) fn of(ask: &Ask, place: Place<'_>) -> Result<Option<Part>, Error> {
        let Place {
            segment,
            number,
            terms,
        } = place;
        let engine = |error| Error::Index(terms.reader().engine(error));
        let parts = |asks: &[Ask]| -> Result<Vec<Part>, Error> {
            let parts = asks.iter().map(|ask| Part::of(ask, place));
            parts.filter_map(Result::transpose).collect()
        };
        Ok(match ask {
            Ask::Nothing => None,
            Ask::Read => Some(Part::Set(read(place)?, 0.0)),
            Ask::Term(term, weight) => {
                if term.places.get(number).is_none_or(Option::is_none) {
                    return Ok(None);
                }
                let worth = terms.worth(std::slice::from_ref(term), *weight)?;
                Scored::of(segment, number, term, worth, true)
                    .map_err(engine)?
                    .map(Part::Term)
            }
            Ask::Filter(term, score) => Cursor::of(segment, number, term, false)
                .map_err(engine)?
                .map(|cursor| Part::Filter(cursor, *score)),
            Ask::AnyOf(all, score) => match all.as_slice() {
                [one] => Cursor::of(segment, number, one, false)
                    .map_err(engine)?
                    .map(|cursor| Part::Filter(cursor, *score)),
                all => {
                    let set = Set::of(place, all)?;
                    (set.papers > 0).then_some(Part::Set(set, *score))
                }
            },
            Ask::Phrase(said) => phrase(said, place)?.map(Part::Phrase),
            Ask::Dated(from, to) => {
                let lists = terms.reader().lists()?;
                lists.many_days(number);
                Some(Part::Dated {
                    lists,
                    segment: u32::try_from(number).unwrap_or(u32::MAX),
                    days: *from..=*to,
                    papers: segment.max_doc(),
                })
            }
            Ask::Best(asks) => either(parts(asks)?, Merge::Best),
            Ask::Sum(asks) => either(parts(asks)?, Merge::Sum),
            Ask::Word { body, bonus } => {
                let Some(body) = Part::of(body, place)? else {
                    return Ok(None);
                };
                let mut more = Vec::new();
                for (term, weight) in bonus.iter().filter(|(term, _)| term.papers > 0) {
                    let worth = terms.worth(std::slice::from_ref(term), *weight)?;
                    more.extend(Scored::of(segment, number, term, worth, false).map_err(engine)?);
                }
                Some(if more.is_empty() {
                    body
                } else {
                    Part::Word(Box::new(body), more, Sheet::new())
                })
            }
            Ask::All { must, never, bonus } => {
                let all = must.len();
                let mut must = parts(must)?;
                if must.len() < all || must.is_empty() {
                    return Ok(None);
                }
                must.sort_by_key(Part::cost);
                // Looking at the day of a paper that is at hand is cheaper than any list.
                let (days, mut lists): (Vec<Part>, Vec<Part>) = must
                    .into_iter()
                    .partition(|part| matches!(part, Part::Dated { .. }));
                let second = lists.len().min(1);
                lists.splice(second..second, days);
                let must = lists;
                let bonus = bonus.iter().map(|said| phrase(said, place));
                Some(Part::All {
                    must,
                    never: parts(never)?,
                    bonus: bonus
                        .filter_map(Result::transpose)
                        .collect::<Result<_, _>>()?,
                    sheet: Sheet::new(),
                    found: Sheet::new(),
                })
            }
        })
    }

    /// What it takes to walk over all of it, in papers of a term.
    fn cost(&self) -> u64 {
        match self {
            Part::Term(term) => term.cursor.papers(),
            Part::Filter(cursor, _) => cursor.papers(),
            Part::Set(set, _) => set.papers,
            Part::Phrase(phrase) => phrase.papers().saturating_mul(PHRASE),
            // A column has no list of the papers of a day: every one would be looked at.
            Part::Dated { papers, .. } => u64::from(*papers).saturating_mul(4),
            Part::Either(parts, ..) => parts.iter().map(Part::cost).sum(),
            Part::Word(body, bonus, _) => {
                let bonus = bonus.iter().map(|term| term.cursor.papers());
                body.cost() + bonus.sum::<u64>() / 4
            }
            Part::All { must, .. } => must.first().map_or(0, Part::cost),
        }
    }

    /// No paper before this one is still to come; `from` or later.
    pub(super) fn next(&self, from: DocId) -> DocId {
        let next = match self {
            Part::Term(term) => term.cursor.paper(),
            Part::Filter(cursor, _) => cursor.paper(),
            Part::Phrase(phrase) => phrase.paper(),
            Part::Set(..) | Part::Dated { .. } => from,
            Part::Either(parts, ..) => {
                let next = parts.iter().map(|part| part.next(from));
                next.min().unwrap_or(TERMINATED)
            }
            Part::Word(body, ..) => body.next(from),
            Part::All { must, .. } => must.first().map_or(TERMINATED, |part| part.next(from)),
        };
        next.max(from)
    }

    /// Puts the papers of the window that begins with paper `from`, and are among `within`, on `sheet`. Windows are asked
    /// for in order; either always within some papers or never.
    pub(super) fn fill(
        &mut self,
        from: DocId,
        within: Option<&Bits>,
        sheet: &mut Sheet,
        merge: Merge,
    ) {
        match self {
            Part::Term(term) => term.fill(from, within, sheet, merge),
            Part::Filter(cursor, score) => {
                let score = *score;
                cursor.each(from, within, |place, _| sheet.put(place, score, merge));
            }
            Part::Set(set, score) => set.fill(from, within, *score, sheet, merge),
            Part::Phrase(phrase) => phrase.fill(from, within, sheet, merge),
            Part::Dated {
                lists,
                segment,
                days,
                papers,
            } => {
                let mut look = |place: usize| {
                    let paper = DocAddress::new(*segment, from + place as DocId);
                    if days.contains(&lists.date(paper)) {
                        sheet.put(place, 0.0, merge);
                    }
                };
                match within {
                    Some(within) => within.places().for_each(look),
                    None => {
                        let here = WINDOW.min(papers.saturating_sub(from));
                        (0..here as usize).for_each(&mut look);
                    }
                }
            }
            Part::Either(parts, own, scratch) => {
                if *own == merge || sheet.bits.is_empty() {
                    // What is on the sheet goes together with these as they do among themselves.
                    for part in parts {
                        part.fill(from, within, sheet, *own);
                    }
                    return;
                }
                scratch.clear();
                for part in parts {
                    part.fill(from, within, scratch, *own);
                }
                sheet.merge(scratch, merge);
            }
            Part::Word(body, bonus, scratch) => {
                if sheet.bits.is_empty() {
                    body.fill(from, within, sheet, merge);
                    if !sheet.bits.is_empty() {
                        bonus.iter_mut().for_each(|term| term.add(from, sheet));
                    }
                    return;
                }
                scratch.clear();
                body.fill(from, within, scratch, Merge::Best);
                if !scratch.bits.is_empty() {
                    bonus.iter_mut().for_each(|term| term.add(from, scratch));
                    sheet.merge(scratch, merge);
                }
            }
            Part::All {
                must,
                never,
                bonus,
                sheet: scratch,
                found,
            } => {
                found.clear();
                let Some((first, rest)) = must.split_first_mut() else {
                    return;
                };
                first.fill(from, within, found, Merge::Best);
                for part in rest {
                    if found.bits.is_empty() {
                        return;
                    }
                    scratch.clear();
                    part.fill(from, Some(&found.bits), scratch, Merge::Best);
                    if part.scores() {
                        found.narrow(scratch);
                    } else {
                        found.bits.keep(&scratch.bits);
                    }
                }
                for part in never {
                    if found.bits.is_empty() {
                        return;
                    }
                    scratch.clear();
                    part.fill(from, Some(&found.bits), scratch, Merge::Best);
                    found.bits.leave_out(&scratch.bits);
                }
                for phrase in bonus {
                    scratch.clear();
                    phrase.fill(from, Some(&found.bits), scratch, Merge::Best);
                    for place in scratch.bits.places() {
                        found.add(place, scratch.score(place));
                    }
                }
                sheet.merge(found, merge);
            }
        }
    }

    /// The phrases that make a paper score more, taken out: whoever wants but the best papers need not look for them in all.
    pub(super) fn take_bonus(&mut self) -> Vec<Phrase> {
        match self {
            Part::All { bonus, .. } => std::mem::take(bonus),
            _ => Vec::new(),
        }
    }

    /// Whether it gives papers a score.
    fn scores(&self) -> bool {
        match self {
            Part::Filter(_, score) | Part::Set(_, score) => *score > 0.0,
            Part::Dated { .. } => false,
            _ => true,
        }
    }
}

fn either(mut parts: Vec<Part>, merge: Merge) -> Option<Part> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Part::Either(parts, merge, Sheet::new())),
    }
}

/// The phrase in this segment; nothing when one of its terms is not there.
fn phrase(said: &Said, place: Place<'_>) -> Result<Option<Phrase>, Error> {
    let here = |term: &Known| term.places.get(place.number).is_some_and(Option::is_some);
    if !said.terms.iter().all(|(_, term)| here(term)) {
        return Ok(None);
    }
    let terms: Vec<Rc<Known>> = said.terms.iter().map(|term| Rc::clone(&term.1)).collect();
    let worth = place.terms.worth(&terms, said.weight)?;
    Phrase::of(place.segment, place.number, &said.terms, said.slop, worth)
        .map_err(|error| Error::Index(place.terms.reader().engine(error)))
}

/// Every paper that has been read.
fn read(place: Place<'_>) -> Result<Set, Error> {
    let all = place.segment.max_doc();
    let unread = Set::of(place, &unread(place.terms)?)?;
    let groups = unread.groups.iter().zip(0..).map(|(group, number)| {
        let past = (number * 64 + 64u32).saturating_sub(all);
        !group & u64::MAX.checked_shr(past).unwrap_or(0)
    });
    Ok(Set {
        groups: groups.collect(),
        papers: u64::from(all) - unread.papers,
    })
}

impl Set {
    /// The papers that have any of these terms.
    fn of(place: Place<'_>, all: &[Rc<Known>]) -> Result<Set, Error> {
        let engine =
            |error: std::io::Error| Error::Index(place.terms.reader().engine(error.into()));
        let mut groups = vec![0u64; place.segment.max_doc().div_ceil(64) as usize];
        let mut walk: Option<tantivy::postings::BlockSegmentPostings> = None;
        for term in all {
            let Some(info) = term.places.get(place.number).and_then(Option::as_ref) else {
                continue;
            };
            let inverted = place
                .segment
                .inverted_index(term.field)
                .map_err(|error| Error::Index(place.terms.reader().engine(error)))?;
            let postings = match &mut walk {
                Some(postings) => {
                    let reset = inverted.reset_block_postings_from_terminfo(info, postings);
                    reset.map_err(engine)?;
                    postings
                }
                None => {
                    let option = tantivy::schema::IndexRecordOption::Basic;
                    let opened = inverted.read_block_postings_from_terminfo(info, option);
                    walk.insert(opened.map_err(engine)?)
                }
            };
            while !postings.docs().is_empty() {
                for paper in postings.docs() {
                    if let Some(group) = groups.get_mut(*paper as usize / 64) {
                        *group |= 1 << (paper % 64);
                    }
                }
                postings.advance();
            }
        }
        Ok(Set {
            papers: groups
                .iter()
                .map(|group| u64::from(group.count_ones()))
                .sum(),
            groups: groups.into(),
        })
    }

    fn fill(
        &self,
        from: DocId,
        within: Option<&Bits>,
        score: f32,
        sheet: &mut Sheet,
        merge: Merge,
    ) {
        let begin = from as usize / 64;
        let groups = self.groups.get(begin..).unwrap_or_default();
        let mut bits = Bits::none();
        for (number, group) in groups.iter().take(WINDOW as usize / 64).enumerate() {
            bits.put_group(number, *group);
        }
        if let Some(within) = within {
            bits.keep(within);
        }
        for place in bits.places() {
            sheet.put(place, score, merge);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::OnceLock;

    use proptest::prelude::*;
    use tantivy::Term;
    use tantivy::collector::TopDocs;
    use tantivy::query::{
        BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query,
        TermQuery,
    };
    use tantivy::schema::IndexRecordOption;

    use super::*;
    use crate::index::{Generation, Reader, Summary, Writer};
    use crate::query::{Sort, rank};
    use crate::record::{self, Entry, Record, State};
    use crate::{extract, repair, tag};

    const WORDS: [&str; 8] = ["gran", "tall", "björk", "ek", "asp", "lind", "bok", "alm"];

    /// Texts of a few words, the first ones much commoner than the last.
    fn text(number: u32) -> String {
        let mut dice = number.wrapping_mul(2_654_435_761) | 1;
        let mut roll = || {
            dice ^= dice << 13;
            dice ^= dice >> 17;
            dice ^= dice << 5;
            dice
        };
        let long = 2 + roll() % 12;
        let words = (0..long).map(|_| WORDS[(roll() % 8).min(roll() % 8).min(roll() % 8) as usize]);
        words.collect::<Vec<_>>().join(" ")
    }

    fn file(writer: &Writer, names: std::ops::Range<u32>, salt: u32) {
        for number in names {
            let raw = extract::plain(text(number + salt).as_bytes());
            let clean = repair::text(&raw);
            let tags = tag::tags(&clean, "");
            let entry = Entry {
                file: format!("{number}.txt"),
                size: 1,
                modified: 0,
                hash: format!("{number} {salt}"),
                state: State::Indexed,
                reason: None,
            };
            let record = Record::new(raw, clean, tags, Vec::new());
            writer.put(&entry, Some(&record)).expect("filed");
        }
    }

    /// Papers for two windows, some of them replaced, in two segments.
    fn reader() -> &'static Reader {
        static READER: OnceLock<(tempfile::TempDir, Reader)> = OnceLock::new();
        let made = READER.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let publish = |writer: Writer| {
                let generation = Generation {
                    version: record::VERSION,
                    reading: record::READING,
                    engine: None,
                    finished: jiff::Timestamp::UNIX_EPOCH,
                    corpus: String::new(),
                    summary: Summary::default(),
                    forgotten: Vec::new(),
                    learned: None,
                    ocr_caches: Vec::new(),
                };
                let ready = writer.commit(&generation, false).expect("a generation");
                ready.publish().expect("an index that answers");
            };
            let path: &Path = folder.path();
            let writer = Writer::fresh(path).expect("an index");
            file(&writer, 0..4_500, 0);
            publish(writer);
            let writer = Writer::open(path).expect("an index");
            file(&writer, 4_400..4_700, 9_000);
            publish(writer);
            let reader = Reader::open(path).expect("an index");
            (folder, reader)
        });
        &made.1
    }

    /// What is asked, for us and for the engine.
    #[derive(Clone, Debug)]
    enum Spec {
        Term(usize, f32),
        Filter(usize, f32),
        Phrase(Vec<usize>, u32),
        Best(Vec<Spec>),
        Sum(Vec<Spec>),
        Word(usize, usize, f32),
        All(Vec<Spec>, Vec<Spec>, Vec<[usize; 2]>),
    }

    fn specs() -> impl Strategy<Value = Spec> {
        let word = || 0..WORDS.len();
        let leaf = prop_oneof![
            (word(), 0.5f32..8.0).prop_map(|(word, weight)| Spec::Term(word, weight)),
            (word(), 0.0f32..3.0).prop_map(|(word, score)| Spec::Filter(word, score)),
            (proptest::collection::vec(word(), 2..4)).prop_map(|words| Spec::Phrase(words, 0)),
            (word(), word(), 1u32..4).prop_map(|(a, b, slop)| Spec::Phrase(vec![a, b], slop)),
            (word(), word(), 0.5f32..4.0).prop_map(|(a, b, weight)| Spec::Word(a, b, weight)),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let some = || proptest::collection::vec(inner.clone(), 1..4);
            let never = proptest::collection::vec(inner.clone(), 0..2);
            let bonus = proptest::collection::vec([0..WORDS.len(), 0..WORDS.len()], 0..3);
            prop_oneof![
                some().prop_map(Spec::Best),
                some().prop_map(Spec::Sum),
                (some(), never, bonus)
                    .prop_map(|(must, never, bonus)| Spec::All(must, never, bonus)),
            ]
        })
    }

    fn ours(spec: &Spec, terms: &Terms<'_>) -> Ask {
        let field = terms.fields().exact;
        let term = |word: usize| terms.get(field, WORDS[word]).expect("a term");
        let all = |specs: &[Spec]| specs.iter().map(|spec| ours(spec, terms)).collect();
        let said = |words: &[usize], slop| Said {
            terms: words.iter().map(|word| term(*word)).enumerate().collect(),
            slop,
            weight: 1.0,
        };
        match spec {
            Spec::Term(word, weight) => Ask::Term(term(*word), *weight),
            Spec::Filter(word, score) => Ask::Filter(term(*word), *score),
            Spec::Phrase(words, slop) => Ask::Phrase(said(words, *slop)),
            Spec::Best(specs) => Ask::Best(all(specs)),
            Spec::Sum(specs) => Ask::Sum(all(specs)),
            Spec::Word(word, more, weight) => Ask::Word {
                body: Box::new(Ask::Term(term(*word), 1.0)),
                bonus: vec![(term(*more), *weight)],
            },
            Spec::All(must, never, bonus) => Ask::All {
                must: all(must),
                never: all(never),
                bonus: bonus.iter().map(|pair| said(pair, 2)).collect(),
            },
        }
    }

    fn theirs(spec: &Spec, terms: &Terms<'_>) -> Box<dyn Query> {
        let field = terms.fields().exact;
        let term = |word: usize| Term::from_field_text(field, WORDS[word]);
        let query = |word: usize, option| Box::new(TermQuery::new(term(word), option));
        let often = |word, weight| -> Box<dyn Query> {
            let query = query(word, IndexRecordOption::WithFreqs);
            Box::new(BoostQuery::new(query, weight))
        };
        let phrase = |words: &[usize], slop| -> Box<dyn Query> {
            let words = words.iter().map(|word| term(*word)).enumerate().collect();
            Box::new(PhraseQuery::new_with_offset_and_slop(words, slop))
        };
        let all = |specs: &[Spec]| specs.iter().map(|spec| theirs(spec, terms)).collect();
        match spec {
            Spec::Term(word, weight) => often(*word, *weight),
            Spec::Filter(word, score) => {
                let query = query(*word, IndexRecordOption::Basic);
                Box::new(ConstScoreQuery::new(query, *score))
            }
            Spec::Phrase(words, slop) => phrase(words, *slop),
            Spec::Best(specs) => Box::new(DisjunctionMaxQuery::new(all(specs))),
            Spec::Sum(specs) => Box::new(BooleanQuery::union(all(specs))),
            Spec::Word(word, more, weight) => {
                let more = query(*more, IndexRecordOption::Basic);
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, often(*word, 1.0)),
                    (Occur::Should, Box::new(BoostQuery::new(more, *weight))),
                ]))
            }
            Spec::All(must, never, bonus) => {
                let must = must.iter().map(|spec| (Occur::Must, theirs(spec, terms)));
                let never = never
                    .iter()
                    .map(|spec| (Occur::MustNot, theirs(spec, terms)));
                let bonus = bonus.iter().map(|pair| (Occur::Should, phrase(pair, 2)));
                Box::new(BooleanQuery::new(must.chain(never).chain(bonus).collect()))
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn papers_and_scores_are_those_of_the_engine(spec in specs()) {
            let reader = reader();
            let terms = Terms::of(reader);
            let lists = reader.lists().expect("columns");
            let ask = ours(&spec, &terms);
            let found = rank::ranked(&terms, &lists, &ask, 10_000, Sort::Relevance, true).expect("papers");
            let theirs = theirs(&spec, &terms);
            let every = TopDocs::with_limit(10_000).order_by_score();
            let right: BTreeMap<DocAddress, f32> = reader
                .searcher()
                .search(&*theirs, &every)
                .expect("papers")
                .into_iter()
                .map(|(score, paper)| (paper, score))
                .collect();
            prop_assert_eq!(&found.all, &right.keys().copied().collect::<Vec<_>>());
            prop_assert_eq!(found.total, right.len());
            for (score, paper) in &found.best {
                prop_assert!((score - right[paper]).abs() < 1e-4 * score.max(1.0), "{score} {}", right[paper]);
            }
            let best = rank::ranked(&terms, &lists, &ask, 10, Sort::Relevance, false).expect("papers").best;
            prop_assert_eq!(&best[..], &found.best[..found.best.len().min(10)]);
        }
    }
}
