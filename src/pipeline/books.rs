//! What is known of each file, and what has become of it: pure bookkeeping, without files, threads or index.
//!
//! Comes in: what was known before, and what stands in the corpus now with its content's hash. Goes out: one entry a file,
//! what has to be written, and the figures of the run. The same content under several names is one document: the first
//! name is its home, the others are [`State::Copy`].

use std::cell::LazyCell;
use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashSet};

use crate::index::Summary;
use crate::record::{Entries, Entry, State};

/// What stands between a file's key and the name of a document inside it: `möte.pdf » bilaga.pdf`. No file's key holds
/// it, see [`crate::discover::key`].
pub const INSIDE: &str = " » ";

/// The file in which a document lies: itself, or what it is attached to.
pub(super) fn root(key: &str) -> &str {
    key.split(INSIDE).next().unwrap_or(key)
}

/// Whether the text of a file in this state can be searched.
pub(super) fn readable(state: State) -> bool {
    !matches!(state, State::Failed | State::Skipped)
}

/// What was known before the run.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Every entry, by its key.
    pub(super) entries: Entries,
    /// Asked for only when something has to be read: most nights are as the one before.
    contents: OnceLock<Contents>,
}

/// What was known of contents, by [`Entry::content`].
#[derive(Debug, Default)]
struct Contents {
    homes: HashMap<Arc<str>, Arc<str>>,
    failures: HashMap<Arc<str>, Arc<str>>,
}

impl Known {
    pub(super) fn of(entries: Entries) -> Known {
        Known {
            entries,
            contents: OnceLock::new(),
        }
    }

    /// The key under which the record of a content is stored.
    pub(super) fn home(&self, content: &str) -> Option<&Arc<str>> {
        self.contents().homes.get(content)
    }

    /// Why nothing could be read of a content.
    pub(super) fn failure(&self, content: &str) -> Option<&Arc<str>> {
        self.contents().failures.get(content)
    }

    fn contents(&self) -> &Contents {
        self.contents.get_or_init(|| {
            let mut contents = Contents::default();
            for (key, entry) in &self.entries {
                if entry.hash.is_empty() {
                    continue;
                }
                match entry.state {
                    State::Failed => {
                        let reason = entry.reason.clone().unwrap_or_default();
                        contents.failures.insert(entry.shared_content(), reason);
                    }
                    State::Skipped | State::Copy => {}
                    _ => {
                        contents
                            .homes
                            .insert(entry.shared_content(), Arc::clone(key));
                    }
                }
            }
            contents
        })
    }

    /// What lies inside the document at `key`, at any depth: the rest of its key, and the entry.
    pub(super) fn inside(&self, key: &str) -> impl Iterator<Item = (&str, &Entry)> {
        let prefix = format!("{key}{INSIDE}");
        let length = prefix.len();
        beginning_with(&self.entries, prefix).map(move |(inner, entry)| (&inner[length..], entry))
    }
}

/// The entries whose keys begin with `prefix`, in their order.
pub(super) fn beginning_with(
    entries: &Entries,
    prefix: String,
) -> impl Iterator<Item = (&Arc<str>, &Entry)> {
    let from = (Bound::Included(prefix.as_str()), Bound::Unbounded);
    entries
        .range::<str, _>(from)
        .take_while(move |(key, _)| key.starts_with(&prefix))
}

/// The keys under which contents were read and written in a run, by [`Entry::content`].
pub(super) type Fresh = BTreeMap<Arc<str>, Arc<str>>;

/// Something that must be written so that the index says what is so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Put {
    /// The entry to file.
    pub(super) entry: Entry,
    /// The key under which its record stood before; nothing for an entry without a record.
    pub(super) record_of: Option<Arc<str>>,
}

/// Gives each content its home and each other name of it the state of a copy; says what must be written.
///
/// `fresh` holds the homes of contents that were read and written in this run, by [`Entry::content`]. `filed` is what the index that is
/// being written holds already. `anew` says that all records are to be made again by other rules.
pub(super) fn settle(
    present: &mut Entries,
    known: &Known,
    fresh: &Fresh,
    filed: &Entries,
    anew: bool,
) -> Vec<Put> {
    // The most common night: everything is as it was, and was settled then.
    if fresh.is_empty() && !anew && present == filed {
        return Vec::new();
    }
    let stirred = stirred(present, known, fresh, filed);
    let mut groups: BTreeMap<Arc<str>, Vec<Arc<str>>> = BTreeMap::new();
    for (key, entry) in present.iter() {
        if readable(entry.state) && (anew || stirred.contains(&*entry.content())) {
            let keys = groups.entry(entry.shared_content()).or_default();
            keys.push(Arc::clone(key));
        }
    }
    let mut puts = Vec::new();
    for (content, keys) in &groups {
        let stored = known.home(content);
        let home = fresh
            .get(content)
            .filter(|home| keys.contains(home))
            .or_else(|| stored.filter(|home| keys.contains(home)))
            .unwrap_or(&keys[0])
            .clone();
        let is_fresh = fresh.contains_key(content);
        if let Some(before) = stored.and_then(|stored| known.entries.get(stored))
            && !is_fresh
            && let Some(entry) = present.get_mut(&home)
        {
            entry.state = before.state;
            entry.reason = before.reason.clone();
        }
        for key in keys {
            let Some(entry) = present.get_mut(key) else {
                continue;
            };
            if *key != home {
                entry.state = State::Copy;
                entry.reason = Some(format!("the same content as `{home}`").into());
                if filed.get(key) != Some(entry) {
                    puts.push(Put {
                        entry: entry.clone(),
                        record_of: None,
                    });
                }
            } else if !is_fresh && (anew || stored != Some(&home) || filed.get(key) != Some(entry))
            {
                puts.push(Put {
                    entry: entry.clone(),
                    record_of: stored.cloned(),
                });
            }
        }
    }
    for (_, entry, was) in beside(present, filed) {
        if !readable(entry.state) && was != Some(entry) {
            puts.push(Put {
                entry: entry.clone(),
                record_of: None,
            });
        }
    }
    puts.sort_by(|a, b| a.entry.file.cmp(&b.entry.file));
    puts
}

/// The contents of which a name is new, gone or not as it is filed: only these may have another home than before.
fn stirred(present: &Entries, known: &Known, fresh: &Fresh, filed: &Entries) -> HashSet<Arc<str>> {
    let mut stirred: HashSet<Arc<str>> = fresh.keys().cloned().collect();
    for (_, entry, was) in beside(present, filed) {
        if was != Some(entry) {
            stirred.insert(entry.shared_content());
        }
    }
    for (_, before, now) in beside(&known.entries, present) {
        if now.is_none_or(|now| {
            now.hash != before.hash || readable(now.state) != readable(before.state)
        }) {
            stirred.insert(before.shared_content());
        }
    }
    stirred
}

/// The entries of `these`, each with that of the same key among `others`. Both are in the order of their keys, and gone through side
/// by side: looking each up takes longer than all else that is done with a hundred thousand.
pub(super) fn beside<'a>(
    these: &'a Entries,
    others: &'a Entries,
) -> impl Iterator<Item = (&'a Arc<str>, &'a Entry, Option<&'a Entry>)> {
    let mut others = others.iter().peekable();
    these.iter().map(move |(key, entry)| {
        while others.next_if(|(other, _)| *other < key).is_some() {}
        let other = others.next_if(|(other, _)| *other == key);
        (key, entry, other.map(|(_, other)| other))
    })
}

/// How many papers were known, and how many of these stand in the corpus no more, under no name, or have become files of which nothing
/// can be read. What lies below `left_out` is no paper.
pub(super) fn missing(known: &Entries, present: &Entries, left_out: &[String]) -> (usize, usize) {
    let is_out = |key: &str| {
        left_out.iter().any(|out| {
            key.strip_prefix(out.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let papers = beside(known, present)
        .filter(|(key, entry, _)| is_file(key) && entry.state != State::Skipped && !is_out(key));
    let mut of = 0;
    let mut gone: Vec<&Entry> = Vec::new();
    for (_, entry, now) in papers {
        of += 1;
        let is_lost = |now: &Entry| now.state == State::Failed && readable(entry.state);
        if now.is_none_or(is_lost) {
            gone.push(entry);
        }
    }
    if gone.is_empty() {
        return (of, 0);
    }
    // A paper that could be read is there where its content can be read still, under whatever name.
    let (sound, other): (Vec<_>, Vec<_>) = present.values().partition(|now| readable(now.state));
    let hashes = |entries: &[&'_ Entry]| -> HashSet<Arc<str>> {
        entries
            .iter()
            .map(|entry| Arc::clone(&entry.hash))
            .collect()
    };
    let (sound, other) = (hashes(&sound), hashes(&other));
    let is_there = |entry: &Entry| {
        sound.contains(&entry.hash) || !readable(entry.state) && other.contains(&entry.hash)
    };
    gone.retain(|entry| entry.hash.is_empty() || !is_there(entry));
    (of, gone.len())
}

/// The files that have another name than before, each with that it had: known content under a name that is new, and gone from
/// one that it had.
pub(super) fn moves<'a>(known: &'a Entries, present: &'a Entries) -> BTreeMap<&'a str, &'a str> {
    let mut gone: BTreeMap<&str, VecDeque<&str>> = BTreeMap::new();
    for (key, entry, now) in beside(known, present) {
        if is_file(key) && !entry.hash.is_empty() && now.is_none() {
            gone.entry(&entry.hash).or_default().push_back(key);
        }
    }
    if gone.is_empty() {
        return BTreeMap::new();
    }
    beside(present, known)
        .filter(|(key, _, before)| is_file(key) && before.is_none())
        .filter_map(|(key, entry, _)| {
            // The first name is taken first.
            let was = gone.get_mut(&*entry.hash)?.pop_front()?;
            Some((&**key, was))
        })
        .collect()
}

/// Whether a key is a file's, and not that of what lies inside one.
fn is_file(key: &str) -> bool {
    !key.contains(INSIDE)
}

/// How each file of a run is counted: exactly once.
pub(super) fn count(known: &Entries, present: &Entries, summary: &mut Summary) {
    let moves = moves(known, present);
    let gone = beside(known, present).filter(|(key, _, now)| is_file(key) && now.is_none());
    summary.moved = moves.len();
    summary.removed = gone.count() - moves.len();
    // Asked for only when a file is new.
    let contents: LazyCell<HashSet<&str>, _> = LazyCell::new(|| {
        known
            .iter()
            .filter(|(key, entry)| is_file(key) && !entry.hash.is_empty())
            .map(|(_, entry)| &*entry.hash)
            .collect()
    });
    // What cannot be read is no copy of anything, and yet one more name of a content.
    let mut added: HashSet<&str> = HashSet::default();
    let mut states: BTreeMap<State, usize> = BTreeMap::new();
    for (key, entry, before) in beside(present, known) {
        *states.entry(entry.state).or_default() += 1;
        summary.in_part += usize::from(entry.is_in_part());
        if !is_file(key) {
            summary.attachments += 1;
            continue;
        }
        summary.seen += 1;
        let Some(before) = before else {
            if moves.contains_key(&**key) {
                // Counted above.
            } else if entry.state == State::Copy
                || contents.contains(&*entry.hash)
                || !entry.hash.is_empty() && !added.insert(&entry.hash)
            {
                summary.copied += 1;
            } else {
                summary.added += 1;
            }
            continue;
        };
        if before.state == State::Failed && readable(entry.state) {
            summary.recovered += 1;
        }
        let same = before.hash == entry.hash
            && (!entry.hash.is_empty()
                || (before.state, &before.reason) == (entry.state, &entry.reason));
        if !same {
            summary.changed += 1;
            continue;
        }
        summary.unchanged += 1;
        if (before.size, before.modified) != (entry.size, entry.modified) {
            summary.touched += 1;
        }
    }
    for (state, files) in states {
        summary.states.insert(state.name().to_owned(), files);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entry(file: &str, hash: &str, state: State) -> Entry {
        Entry {
            file: file.into(),
            size: 1,
            modified: 1,
            hash: hash.into(),
            state,
            reason: (state == State::Failed).then(|| "broken".into()),
        }
    }

    fn map(entries: &[(&str, &str, State)]) -> Entries {
        entries
            .iter()
            .map(|(file, hash, state)| ((*file).into(), entry(file, hash, *state)))
            .collect()
    }

    use State::{Copy, Failed, Indexed, Skipped};

    /// What a night makes of `before` and `now`; `read` are the contents that had to be opened.
    fn night(
        before: &[(&str, &str, State)],
        now: &[(&str, &str, State)],
    ) -> (Summary, Vec<String>, Entries) {
        let known = Known::of(map(before));
        let mut present = map(now);
        let mut fresh = BTreeMap::new();
        for (file, hash, state) in now {
            if readable(*state) && known.home(hash).is_none() {
                fresh
                    .entry((*hash).into())
                    .or_insert_with(|| (*file).into());
            }
        }
        let puts = settle(&mut present, &known, &fresh, &known.entries, false);
        let mut summary = Summary::default();
        count(&known.entries, &present, &mut summary);
        let puts = puts
            .iter()
            .map(|put| match &put.record_of {
                Some(from) => format!("{} from {from}", put.entry.file),
                None => format!("{} {}", put.entry.file, put.entry.state),
            })
            .collect();
        (summary, puts, present)
    }

    fn figures(summary: &Summary) -> String {
        let figure = |name: &str, n: usize| (n > 0).then(|| format!("{n} {name}"));
        [
            figure("added", summary.added),
            figure("changed", summary.changed),
            figure("moved", summary.moved),
            figure("copied", summary.copied),
            figure("removed", summary.removed),
            figure("unchanged", summary.unchanged),
            figure("recovered", summary.recovered),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
    }

    #[test]
    fn papers_are_missing_that_stand_under_no_name() {
        let known = map(&[
            ("a", "A", Indexed),
            ("b", "B", Indexed),
            ("c", "C", Failed),
            ("d", "D", Skipped),
            ("index/1.txt", "E", Indexed),
            ("b » inre", "F", Indexed),
        ]);
        for (now, missing_now) in [
            (vec![], (3, 3)),
            (vec![("a", "X", Indexed)], (3, 2)),
            (vec![("x/b", "B", Indexed), ("ny", "N", Indexed)], (3, 2)),
            (
                vec![("a", "A", Indexed), ("b", "B", Copy), ("c2", "C", Failed)],
                (3, 0),
            ),
        ] {
            assert_eq!(
                missing(&known, &map(&now), &["index".to_owned()]),
                missing_now,
                "{now:?}"
            );
        }
    }

    #[test]
    fn each_thing_that_befalls_a_file_has_its_name() {
        let a = ("a", "A", Indexed);
        for (before, now, said, written) in [
            (vec![], vec![a], "1 added", ""),
            (vec![a], vec![a], "1 unchanged", ""),
            (vec![a], vec![("a", "B", Indexed)], "1 changed", ""),
            (vec![a], vec![], "1 removed", ""),
            (vec![a], vec![("b", "A", Indexed)], "1 moved", "b from a"),
            (
                vec![a],
                vec![a, ("b", "A", Indexed)],
                "1 copied, 1 unchanged",
                "b copy",
            ),
            // The home of a copied content goes: the copy takes its place.
            (
                vec![a, ("b", "A", Copy)],
                vec![("b", "A", Indexed)],
                "1 removed, 1 unchanged",
                "b from a",
            ),
            // Two papers change names.
            (
                vec![a, ("b", "B", Indexed)],
                vec![("a", "B", Indexed), ("b", "A", Indexed)],
                "2 changed",
                "a from b; b from a",
            ),
            // One of two copies is moved.
            (
                vec![a, ("b", "A", Copy)],
                vec![a, ("c", "A", Indexed)],
                "1 moved, 1 unchanged",
                "c copy",
            ),
            (
                vec![],
                vec![a, ("b", "A", Indexed)],
                "1 added, 1 copied",
                "b copy",
            ),
            (
                vec![],
                vec![("a", "A", Failed), ("b", "A", Failed)],
                "1 added, 1 copied",
                "a failed; b failed",
            ),
            (
                vec![("a", "A", Failed)],
                vec![("a", "B", Indexed)],
                "1 changed, 1 recovered",
                "",
            ),
            (
                vec![("a", "A", Failed)],
                vec![a],
                "1 unchanged, 1 recovered",
                "",
            ),
            (
                vec![("a", "A", Failed)],
                vec![("b", "A", Failed)],
                "1 moved",
                "b failed",
            ),
            (
                vec![("a", "", Skipped)],
                vec![("a", "", Skipped)],
                "1 unchanged",
                "",
            ),
            // Nothing could be opened yesterday, for lack of rights; today it can.
            (
                vec![("a", "", Failed)],
                vec![a],
                "1 changed, 1 recovered",
                "",
            ),
            // An attachment goes with its file and is counted apart.
            (
                vec![a, ("a » x", "X", Indexed)],
                vec![("b", "A", Indexed), ("b » x", "X", Indexed)],
                "1 moved",
                "b from a; b » x from a » x",
            ),
        ] {
            let (summary, puts, _) = night(&before, &now);
            assert_eq!(figures(&summary), said, "{before:?} → {now:?}");
            assert_eq!(puts.join("; "), written, "{before:?} → {now:?}");
        }
    }

    #[test]
    fn what_is_inside_a_document_is_found_by_its_key() {
        let known = Known::of(map(&[
            ("a", "A", Indexed),
            ("a » x", "X", Indexed),
            ("a » x » y", "Y", Indexed),
            ("a b", "B", Indexed),
        ]));
        let inside: Vec<&str> = known.inside("a").map(|(rest, _)| rest).collect();
        assert_eq!(inside, ["x", "x » y"]);
        assert_eq!(root("a » x » y"), "a");
    }

    fn corpus() -> impl Strategy<Value = Vec<(usize, usize)>> {
        // Names and contents from small sets, so that moves and copies are common.
        prop::collection::btree_map(0..6usize, 0..4usize, 0..6)
            .prop_map(|map| map.into_iter().collect())
    }

    proptest! {
        #[test]
        fn night_after_night_the_figures_add_up(nights in prop::collection::vec(corpus(), 1..6)) {
            const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
            const CONTENTS: [&str; 4] = ["A", "B", "C", "D"];
            let mut before: Entries = BTreeMap::new();
            for corpus in nights {
                let now: Vec<_> = corpus.iter().map(|&(n, c)| (NAMES[n], CONTENTS[c], Indexed)).collect();
                let known: Vec<_> = before.values().map(|e| (&*e.file, &*e.hash, e.state)).collect();
                let (summary, puts, present) = night(&known, &now);
                prop_assert_eq!(summary.seen, corpus.len());
                prop_assert_eq!(summary.states.values().sum::<usize>(), corpus.len());
                prop_assert_eq!(
                    summary.added + summary.changed + summary.moved + summary.copied + summary.unchanged,
                    corpus.len()
                );
                prop_assert_eq!(
                    before.len() + summary.added + summary.copied - summary.removed,
                    present.len()
                );
                // Each content has one home, and who is written from a record is such a home.
                let mut homes: Vec<&str> =
                    present.values().filter(|e| e.state != Copy).map(|e| &*e.hash).collect();
                let all = homes.len();
                homes.sort_unstable();
                homes.dedup();
                prop_assert_eq!(homes.len(), all);
                for put in puts.iter().filter(|put| put.contains(" from ")) {
                    let key = put.split(" from ").next().unwrap();
                    prop_assert_ne!(present[key].state, Copy);
                }
                before = present;
            }
        }
    }
}
