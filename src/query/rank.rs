//! An engine's query → how many papers there are, and the best of them in a certain order.
//!
//! One walk over what matches does it all: it counts, keeps the best, and takes note of all when facets are asked for.

use std::cmp::Ordering;
use std::time::{Duration, Instant};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{Query, Weight};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TERMINATED};

use super::{Error, Sort};
use crate::index::{Lists, Reader};

/// Time that one query may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Papers between two looks at the clock.
const STRIDE: usize = 4_096;

/// What an answer to a party gets ahead of papers that score alike: whoever searches wants what was answered.
const ANSWERS: f32 = 0.6;

/// What the newest papers get ahead of the oldest, in all.
const RECENT: f32 = 0.8;

/// What matches.
pub(super) struct Ranked {
    /// How many papers there are.
    pub(super) total: usize,
    /// The best of them, best first: the score and the paper.
    pub(super) best: Vec<(f32, DocAddress, String)>,
    /// All of them, in the order of the index; empty unless they were asked for.
    pub(super) all: Vec<DocAddress>,
}

/// The `keep` best papers of `query`: by score or by date, then the other, then by path, so that equal nights give equal
/// lists. `all` asks for every paper too.
pub(super) fn ranked(
    reader: &Reader,
    lists: &Lists,
    query: &dyn Query,
    keep: usize,
    sort: Sort,
    all: bool,
) -> Result<Ranked, Error> {
    let ranking = Ranking {
        keep,
        sort,
        all,
        until: Instant::now() + PATIENCE,
    };
    let found = reader
        .searcher()
        .search(query, &ranking)
        .map_err(|e| reader.engine(e))?;
    if found.late {
        return Err(Error::Slow(PATIENCE.as_secs()));
    }
    let mut named = Vec::with_capacity(found.best.len());
    for candidate in found.best {
        let file = lists.file(candidate.address)?;
        named.push((candidate, file));
    }
    named.sort_by(|a, b| a.0.before(&b.0).then_with(|| a.1.cmp(&b.1)));
    named.truncate(keep);
    let mut all = found.all;
    all.sort_unstable();
    Ok(Ranked {
        total: found.total,
        best: named
            .into_iter()
            .map(|(candidate, file)| (candidate.score, candidate.address, file))
            .collect(),
        all,
    })
}

/// A paper that may be among the best.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// What decides, and what decides between equals.
    keys: [f64; 2],
    score: f32,
    /// The number of its path among those of its segment, in their order.
    file: u64,
    address: DocAddress,
}

impl Candidate {
    /// The order by what does not need the path.
    fn before(&self, other: &Candidate) -> Ordering {
        other.keys[0]
            .total_cmp(&self.keys[0])
            .then(other.keys[1].total_cmp(&self.keys[1]))
    }

    /// The order within one segment.
    fn before_here(&self, other: &Candidate) -> Ordering {
        self.before(other).then(self.file.cmp(&other.file))
    }
}

#[derive(Default)]
struct Harvest {
    total: usize,
    best: Vec<Candidate>,
    all: Vec<DocAddress>,
    late: bool,
}

struct Ranking {
    keep: usize,
    sort: Sort,
    all: bool,
    until: Instant,
}

impl Collector for Ranking {
    type Fruit = Harvest;
    type Child = Segment;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Segment> {
        let fast = reader.fast_fields();
        let files = fast
            .str("file")?
            .ok_or_else(|| tantivy::TantivyError::SchemaError("no column `file`".into()))?;
        Ok(Segment {
            ordinal,
            keep: self.keep,
            sort: self.sort,
            wants_all: self.all,
            date: fast.u64("date")?,
            answers: fast.str("answers")?,
            files: files.ords().clone(),
            harvest: Harvest::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Harvest> {
        let mut segment = self.for_segment(ordinal, reader)?;
        let mut scorer = weight.scorer(reader, 1.0)?;
        let alive = reader.alive_bitset();
        let mut document = scorer.doc();
        let mut since = 0;
        while document != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(document)) {
                let score = scorer.score();
                segment.collect(document, score);
            }
            since += 1;
            if since == STRIDE {
                since = 0;
                if Instant::now() > self.until {
                    segment.harvest.late = true;
                    break;
                }
            }
            document = scorer.advance();
        }
        Ok(segment.harvest())
    }

    fn merge_fruits(&self, harvests: Vec<Harvest>) -> tantivy::Result<Harvest> {
        let mut whole = Harvest::default();
        for harvest in harvests {
            whole.total += harvest.total;
            whole.best.extend(harvest.best);
            whole.all.extend(harvest.all);
            whole.late |= harvest.late;
        }
        Ok(whole)
    }
}

struct Segment {
    ordinal: SegmentOrdinal,
    keep: usize,
    sort: Sort,
    wants_all: bool,
    date: Column<u64>,
    answers: Option<StrColumn>,
    files: Column<u64>,
    harvest: Harvest,
}

impl Segment {
    /// What a paper has by itself, whatever was asked.
    fn prior(&self, document: DocId, date: u64) -> f32 {
        let year = (date / 10_000) as f32;
        let recent = ((year - 1995.0) / 35.0).clamp(0.0, 1.0) * RECENT;
        let answers = self
            .answers
            .as_ref()
            .is_some_and(|column| column.ords().first(document).is_some());
        recent + if answers { ANSWERS } else { 0.0 }
    }

    fn shrink(&mut self) {
        if self.harvest.best.len() > self.keep {
            if self.keep > 0 {
                self.harvest
                    .best
                    .select_nth_unstable_by(self.keep - 1, Candidate::before_here);
            }
            self.harvest.best.truncate(self.keep);
        }
    }
}

impl SegmentCollector for Segment {
    type Fruit = Harvest;

    fn collect(&mut self, document: DocId, score: Score) {
        self.harvest.total += 1;
        let address = DocAddress::new(self.ordinal, document);
        if self.wants_all {
            self.harvest.all.push(address);
        }
        if self.keep == 0 {
            return;
        }
        let date = self.date.first(document).unwrap_or(0);
        let score = score + self.prior(document, date);
        let keys = match self.sort {
            Sort::Relevance => [f64::from(score), date as f64],
            Sort::Date => [date as f64, f64::from(score)],
        };
        self.harvest.best.push(Candidate {
            keys,
            score,
            file: self.files.first(document).unwrap_or(0),
            address,
        });
        if self.harvest.best.len() >= self.keep.saturating_mul(2).max(256) {
            self.shrink();
        }
    }

    fn harvest(mut self) -> Harvest {
        self.shrink();
        self.harvest
    }
}
