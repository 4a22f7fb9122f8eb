//! Words and names → where the index has them, each looked up once for a query, and what a paper scores by them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use super::Error;
use crate::index::{Fields, Reader};
use crate::swedish::words;

/// A term of the index.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) field: Field,
    /// Papers that have it, those taken away among them until they are cleaned out.
    pub(super) papers: u64,
    /// Where each segment has it.
    pub(super) places: Vec<Option<TermInfo>>,
}

/// The terms that a query has looked up.
pub(super) struct Terms<'a> {
    reader: &'a Reader,
    known: RefCell<HashMap<(Field, String), Rc<Known>>>,
    lengths: RefCell<HashMap<Field, Rc<Lengths>>>,
}

impl<'a> Terms<'a> {
    pub(super) fn of(reader: &'a Reader) -> Terms<'a> {
        Terms {
            reader,
            known: RefCell::default(),
            lengths: RefCell::default(),
        }
    }

    pub(super) fn reader(&self) -> &'a Reader {
        self.reader
    }

    pub(super) fn fields(&self) -> &'a Fields {
        self.reader.fields()
    }

    /// The term `text` of `field`; one that no paper has is known too.
    pub(super) fn get(&self, field: Field, text: &str) -> Result<Rc<Known>, Error> {
        let key = (field, text.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return Ok(Rc::clone(known));
        }
        let term = tantivy::Term::from_field_text(field, text);
        let engine = |error| Error::Index(self.reader.engine(error));
        let mut places = Vec::new();
        for segment in self.reader.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).map_err(engine)?;
            let place = inverted.get_term_info(&term);
            places.push(place.map_err(|error| engine(error.into()))?);
        }
        let papers = places.iter().flatten();
        let known = Rc::new(Known {
            field,
            papers: papers.map(|place| u64::from(place.doc_freq)).sum(),
            places,
        });
        self.known.borrow_mut().insert(key, Rc::clone(&known));
        Ok(known)
    }

    /// Whether a paper has the term.
    pub(super) fn there(&self, field: Field, text: &str) -> Result<bool, Error> {
        Ok(self.get(field, text)?.papers > 0)
    }

    /// The terms of `field` that `take` says yes to, in their order: from `from` on, in each segment for as long as `take` gives
    /// an answer. It is told how many there are already.
    pub(super) fn all(
        &self,
        field: Field,
        from: &str,
        take: impl Fn(&str, usize) -> Option<bool>,
    ) -> Result<BTreeMap<String, Rc<Known>>, Error> {
        let engine = |error| Error::Index(self.reader.engine(error));
        let segments = self.reader.searcher().segment_readers();
        let mut found: BTreeMap<String, Known> = BTreeMap::new();
        for (number, segment) in segments.iter().enumerate() {
            let inverted = segment.inverted_index(field).map_err(engine)?;
            let range = inverted.terms().range().ge(from.as_bytes());
            let mut stream = range.into_stream().map_err(|error| engine(error.into()))?;
            while stream.advance() {
                let Ok(text) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                match take(text, found.len()) {
                    None => break,
                    Some(false) => continue,
                    Some(true) => {}
                }
                if !found.contains_key(text) {
                    let known = Known {
                        field,
                        papers: 0,
                        places: vec![None; segments.len()],
                    };
                    found.insert(text.to_owned(), known);
                }
                if let Some(known) = found.get_mut(text) {
                    known.papers += u64::from(stream.value().doc_freq);
                    known.places[number] = Some(stream.value().clone());
                }
            }
        }
        let found = found.into_iter();
        Ok(found.map(|(text, known)| (text, Rc::new(known))).collect())
    }

    /// The terms of `field` that are `bare` when their marks are taken from them, in order: found by leaps through the
    /// dictionaries of the segments, so that no term need be filed a second time without its marks.
    pub(super) fn marked(&self, field: Field, bare: &str) -> Result<BTreeSet<String>, Error> {
        let engine = |error| Error::Index(self.reader.engine(error));
        let mut found = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).map_err(engine)?;
            let mut from = bare.as_bytes().to_vec();
            loop {
                let range = inverted.terms().range().ge(&from);
                let mut stream = range.into_stream().map_err(|error| engine(error.into()))?;
                if !stream.advance() {
                    break;
                }
                // Nothing but UTF-8 is filed.
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    break;
                };
                from = match leap(term, bare) {
                    Some(from) => from,
                    None => {
                        found.insert(term.to_owned());
                        [term.as_bytes(), &[0]].concat()
                    }
                };
            }
        }
        Ok(found)
    }

    /// At most `most` terms of `field` that begin with `bare` when their marks are taken from them; as [`Terms::marked`] finds them.
    pub(super) fn begun(
        &self,
        field: Field,
        bare: &str,
        most: usize,
    ) -> Result<BTreeSet<String>, Error> {
        let engine = |error| Error::Index(self.reader.engine(error));
        let mut found = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            let inverted = segment.inverted_index(field).map_err(engine)?;
            let mut from = bare.as_bytes().to_vec();
            'leaps: while found.len() < most {
                let range = inverted.terms().range().ge(&from);
                let mut stream = range.into_stream().map_err(|error| engine(error.into()))?;
                while stream.advance() && found.len() < most {
                    // Nothing but UTF-8 is filed.
                    let Ok(term) = std::str::from_utf8(stream.key()) else {
                        break 'leaps;
                    };
                    if !words::fold(term).starts_with(bare) {
                        let Some(next) = leap(term, bare) else {
                            break 'leaps;
                        };
                        from = next;
                        continue 'leaps;
                    }
                    if !term.contains(' ') {
                        found.insert(term.to_owned());
                    }
                }
                break;
            }
        }
        Ok(found)
    }

    /// What a paper scores by these terms together, each as often as the phrase that they make up.
    pub(super) fn worth(&self, terms: &[Rc<Known>], weight: f32) -> Result<Worth, Error> {
        let Some(first) = terms.first() else {
            return Ok(Worth::nothing());
        };
        let lengths = self.lengths(first.field)?;
        let rare = terms.iter().map(|term| rarity(term.papers, lengths.papers));
        Ok(Worth {
            weight: rare.sum::<f32>() * (1.0 + SATURATION) * weight,
            lengths,
        })
    }

    fn lengths(&self, field: Field) -> Result<Rc<Lengths>, Error> {
        if let Some(lengths) = self.lengths.borrow().get(&field) {
            return Ok(Rc::clone(lengths));
        }
        let (mut words, mut papers) = (0, 0);
        for segment in self.reader.searcher().segment_readers() {
            let inverted = segment.inverted_index(field);
            words += inverted
                .map_err(|error| self.reader.engine(error))?
                .total_num_tokens();
            papers += u64::from(segment.max_doc());
        }
        let lengths = Rc::new(Lengths::of(words, papers));
        let mut all = self.lengths.borrow_mut();
        all.insert(field, Rc::clone(&lengths));
        Ok(lengths)
    }
}

/// The least bytes behind `term` with which a word may begin that is `bare` without its marks; nothing when `term` is one.
fn leap(term: &str, bare: &str) -> Option<Vec<u8>> {
    /// More than every letter without marks, and less than every other.
    const MARKED: u8 = 0x80;
    /// More than every letter.
    const BEYOND: u8 = 0xff;
    let mut rest = bare;
    for (at, letter) in term.char_indices() {
        let end = at + letter.len_utf8();
        if let Some(behind) = rest.strip_prefix(words::fold(&term[at..end]).as_str()) {
            rest = behind;
            continue;
        }
        let before = &term.as_bytes()[..at];
        // Letters with marks come behind all letters without.
        return Some(match rest.chars().next() {
            Some(next) if letter < next => [before, &rest.as_bytes()[..next.len_utf8()]].concat(),
            _ if letter.is_ascii() => [before, &[MARKED]].concat(),
            _ => [&term.as_bytes()[..end], &[BEYOND]].concat(),
        });
    }
    // The word goes on where the term ends.
    let next = rest.chars().next()?;
    Some([term.as_bytes(), &rest.as_bytes()[..next.len_utf8()]].concat())
}

/// How soon a word said again and again counts no more: k1 of BM25 (Robertson & Zaragoza 2009, "The Probabilistic Relevance
/// Framework").
const SATURATION: f32 = 1.2;

/// How much the length of a paper counts: b of BM25.
const BY_LENGTH: f32 = 0.75;

/// What a term tells that `papers` of `all` have: the idf of BM25.
fn rarity(papers: u64, all: u64) -> f32 {
    let odds = (all.saturating_sub(papers) as f32 + 0.5) / (papers as f32 + 0.5);
    (1.0 + odds).ln()
}

/// What the lengths of papers in a field come to.
struct Lengths {
    papers: u64,
    /// By the engine's number of a length: what the count of a word is weighed against.
    against: [f32; 256],
}

impl Lengths {
    fn of(words: u64, papers: u64) -> Lengths {
        let average = words as f32 / papers as f32;
        let mut against = [0.0; 256];
        for (number, against) in (0u8..=255).zip(&mut against) {
            let length = FieldNormReader::id_to_fieldnorm(number) as f32;
            *against = SATURATION * (1.0 - BY_LENGTH + BY_LENGTH * length / average);
        }
        Lengths { papers, against }
    }
}

/// What a paper scores by a term or a phrase: BM25.
#[derive(Clone)]
pub(super) struct Worth {
    weight: f32,
    lengths: Rc<Lengths>,
}

impl Worth {
    fn nothing() -> Worth {
        Worth {
            weight: 0.0,
            lengths: Rc::new(Lengths::of(0, 1)),
        }
    }

    /// The score of a paper whose length has this number of the engine's, and that has the term so often.
    #[inline]
    pub(super) fn score(&self, length: u8, times: u32) -> f32 {
        let times = times as f32;
        self.weight * (times / (times + self.lengths.against[usize::from(length)]))
    }

    /// What no paper scores more than.
    pub(super) fn most(&self) -> f32 {
        self.weight
    }

    /// By the engine's number of a length: how often a paper must have the term to score `least`, or less often.
    pub(super) fn fewest(&self, least: f32) -> [u32; 256] {
        // least = weight · t / (t + a), for t; rounded down, so that nothing is left out.
        let share = least / (self.weight - least);
        let mut fewest = [u32::MAX; 256];
        if share >= 0.0 {
            for (fewest, against) in fewest.iter_mut().zip(&self.lengths.against) {
                *fewest = (share * against) as u32;
            }
        }
        fewest
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn leaps_find_every_word_and_go_forward(
            terms in proptest::collection::btree_set("[abeoåäöéñ\u{301}ø ]{0,5}", 0..60),
            bare in "[abeonø]{1,4}",
        ) {
            let mut found = BTreeSet::new();
            let mut from = bare.as_bytes().to_vec();
            let mut leaps = 0;
            while let Some(term) = terms.iter().find(|term| term.as_bytes() >= from.as_slice()) {
                let before = from;
                from = match leap(term, &bare) {
                    Some(from) => from,
                    None => {
                        found.insert(term.clone());
                        [term.as_bytes(), &[0]].concat()
                    }
                };
                prop_assert!(from > before && from.as_slice() > term.as_bytes());
                leaps += 1;
            }
            let marked: BTreeSet<String> =
                terms.iter().filter(|term| words::fold(term) == bare).cloned().collect();
            prop_assert_eq!(found, marked);
            prop_assert!(leaps <= terms.len());
        }
    }
}
