//! The papers of each word, and its places in them, as they are gathered for a segment.
//!
//! A list grows by a few bytes a paper and is read once, when the segment is written: so it lies in the pieces that the
//! engine's own gathering uses, of which each is twice as long as the one before.

use std::io;

use stacker::{ExpUnrolledLinkedList, MemoryArena};
use tantivy::postings::FieldSerializer;

use super::vint;

/// The papers of one word. Of a bare list each paper is how far it is from the one before; else there follow how often it
/// says the word, and the places, each by how far it is from the one before.
#[derive(Clone, Copy, Default)]
pub(super) struct List {
    chain: ExpUnrolledLinkedList,
    papers: u32,
    /// The last paper, counted from 1.
    last: u32,
}

/// Where the lists lie.
#[derive(Default)]
pub(super) struct Lists {
    arena: MemoryArena,
    head: Vec<u8>,
}

impl Lists {
    /// Bytes of memory that the lists take.
    pub(super) fn memory(&self) -> usize {
        self.arena.mem_usage()
    }

    /// Adds `paper` to a bare list; says whether it was not there yet.
    pub(super) fn note(&mut self, list: &mut List, paper: u32) -> bool {
        if list.last == paper + 1 {
            return false;
        }
        self.begin(list, paper);
        let chain = &mut list.chain;
        chain.writer(&mut self.arena).extend_from_slice(&self.head);
        true
    }

    /// Adds `paper`, which is not in the list yet, with its places.
    pub(super) fn put(&mut self, list: &mut List, paper: u32, times: u32, steps: &[u8]) {
        self.begin(list, paper);
        vint::write(times, &mut self.head);
        let mut writer = list.chain.writer(&mut self.arena);
        writer.extend_from_slice(&self.head);
        writer.extend_from_slice(steps);
    }

    fn begin(&mut self, list: &mut List, paper: u32) {
        self.head.clear();
        vint::write(paper + 1 - list.last, &mut self.head);
        list.last = paper + 1;
        list.papers += 1;
    }
}

/// What the index keeps of a word in a paper.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// That it is there: of bare lists.
    Bare,
    /// How often.
    Times,
    /// Its places.
    Places,
}

/// Hands the lists of words over to the engine, which writes them; keeps its room from word to word.
pub(super) struct Handing<'a> {
    lists: &'a Lists,
    bytes: Vec<u8>,
    steps: Vec<u32>,
    /// Papers of several lists: which, where its places begin, and how often it says the word.
    rows: Vec<(u32, u32, u32)>,
    places: Vec<u32>,
    together: Vec<u32>,
}

impl Handing<'_> {
    pub(super) fn of(lists: &Lists) -> Handing<'_> {
        Handing {
            lists,
            bytes: Vec::new(),
            steps: Vec::new(),
            rows: Vec::new(),
            places: Vec::new(),
            together: Vec::new(),
        }
    }

    /// Hands over `word`, which comes behind the one before it, with the papers of all of `lists`; nothing when they have
    /// none. Bare lists come alone.
    ///
    /// # Errors
    /// When the engine cannot write.
    pub(super) fn word(
        &mut self,
        field: &mut FieldSerializer,
        word: &[u8],
        lists: &[List],
        kept: Kept,
    ) -> io::Result<()> {
        match lists {
            [one] if one.papers > 0 => self.one(field, word, one, kept),
            [] | [_] => Ok(()),
            several => self.several(field, word, several, kept),
        }
    }

    fn one(
        &mut self,
        field: &mut FieldSerializer,
        word: &[u8],
        list: &List,
        kept: Kept,
    ) -> io::Result<()> {
        field.new_term(word, list.papers, kept != Kept::Bare)?;
        self.bytes.clear();
        list.chain.read_to_end(&self.lists.arena, &mut self.bytes);
        let mut rest = self.bytes.as_slice();
        let mut last = 0;
        while let Some(step) = vint::read(&mut rest) {
            last += step;
            let times = match kept {
                Kept::Bare => 0,
                Kept::Times | Kept::Places => vint::read(&mut rest).unwrap_or_default(),
            };
            self.steps.clear();
            match kept {
                Kept::Bare => {}
                Kept::Times => rest = vint::skip(rest, times),
                Kept::Places => {
                    for _ in 0..times {
                        self.steps.push(vint::read(&mut rest).unwrap_or_default());
                    }
                }
            }
            field.write_doc(last - 1, times, &self.steps);
        }
        field.close_term()
    }

    fn several(
        &mut self,
        field: &mut FieldSerializer,
        word: &[u8],
        lists: &[List],
        kept: Kept,
    ) -> io::Result<()> {
        self.rows.clear();
        self.places.clear();
        for list in lists {
            self.unpack(list, kept == Kept::Places);
        }
        // Each list is in order by itself, which the sorting of the standard library makes use of.
        self.rows.sort_by_key(|row| row.0);
        let papers = self.rows.chunk_by(|one, next| one.0 == next.0).count();
        if papers == 0 {
            return Ok(());
        }
        field.new_term(word, papers as u32, kept != Kept::Bare)?;
        for rows in self.rows.chunk_by(|one, next| one.0 == next.0) {
            let times = rows.iter().map(|row| row.2).sum();
            self.together.clear();
            self.steps.clear();
            if kept == Kept::Places {
                for (_, start, times) in rows {
                    let places = *start as usize..(start + times) as usize;
                    self.together.extend_from_slice(&self.places[places]);
                }
                if rows.len() > 1 {
                    self.together.sort_unstable();
                }
                let mut before = 0;
                for place in &self.together {
                    self.steps.push(place - before);
                    before = *place;
                }
            }
            field.write_doc(rows[0].0, times, &self.steps);
        }
        field.close_term()
    }

    /// Adds the papers of `list` to the rows, and their places where these are wanted.
    fn unpack(&mut self, list: &List, with_places: bool) {
        self.bytes.clear();
        list.chain.read_to_end(&self.lists.arena, &mut self.bytes);
        let mut rest = self.bytes.as_slice();
        let mut last = 0;
        while let Some(step) = vint::read(&mut rest) {
            last += step;
            let times = vint::read(&mut rest).unwrap_or_default();
            self.rows.push((last - 1, self.places.len() as u32, times));
            if !with_places {
                rest = vint::skip(rest, times);
                continue;
            }
            let mut place = 0_u32;
            for _ in 0..times {
                place = place.saturating_add(vint::read(&mut rest).unwrap_or_default());
                self.places.push(place);
            }
        }
    }
}
