//! The papers and scores of what is asked are those of the engine's own queries.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

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
            file: format!("{number}.txt").into(),
            size: 1,
            modified: 0,
            hash: format!("{number} {salt}").into(),
            state: State::Indexed,
            reason: None,
        };
        let record = Record::new(raw, clean, tags, Vec::new());
        writer.put(&entry, Some(&record)).expect("filed");
    }
}

/// Papers for two windows, some of them replaced, in two segments.
fn reader() -> &'static Reader {
    &filed().1
}

/// The folder of these papers' index, and its reader.
fn filed() -> &'static (tempfile::TempDir, Reader) {
    static READER: OnceLock<(tempfile::TempDir, Reader)> = OnceLock::new();
    READER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let publish = |writer: Writer| {
            let generation = Generation {
                version: record::VERSION,
                reading: record::READING,
                engine: None,
                finished: jiff::Timestamp::UNIX_EPOCH,
                corpus: String::new(),
                corpus_path: None,
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
    })
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
            (some(), never, bonus).prop_map(|(must, never, bonus)| Spec::All(must, never, bonus)),
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

/// A filter is remembered when it is asked for again, by its segment and its terms, and forgotten when there are too many.
#[test]
fn filters_are_remembered_when_they_are_asked_for_again() {
    let reader = Reader::open(filed().0.path()).expect("an index");
    let mut made = 0;
    let mut ask = |segment: usize, key: u64| {
        let made = &mut made;
        let make = || {
            *made += 1;
            Ok::<_, ()>(vec![key; 2])
        };
        let papers = reader.filter((segment, vec![key]), make).expect("papers");
        (papers.map(|papers| papers[0]), *made)
    };
    assert_eq!(ask(0, 7), (None, 0), "who asks once reads the list");
    assert_eq!(ask(0, 7), (Some(7), 1));
    assert_eq!(ask(0, 7), (Some(7), 1), "it is made once");
    assert_eq!(ask(1, 7), (None, 1), "another segment has other papers");
    assert_eq!(ask(0, 8), (None, 1));
    for key in 100..100_000 {
        ask(0, key);
    }
    assert_eq!(ask(0, 7), (None, 1), "not all are kept for ever");
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
