//! `bor` or `bör`: the one is where somebody lives, the other wants an infinitive.
//!
//! Comes in: the places of a page, weighed. Goes out: the same, with the two words dearer where the rest of their clause
//! speaks against them. Papers of state, which the counts are from, know eight `bör` to one `bor`, and the infinitive may
//! stand further off than three words tell.

use super::lattice::Node;
use super::tokens::Kind;
use crate::lexicon;

/// What speaks against a reading, in nats.
const AGAINST: f32 = 3.0;
/// So many words of the clause are looked at.
const REACH: usize = 9;
/// How common the present tense of a verb must be.
const SEEN: u32 = 30;
/// What stands behind `bor`, without marks.
const WHERE: &[&str] = &[
    "i",
    "pa",
    "hos",
    "vid",
    "kvar",
    "har",
    "dar",
    "ensam",
    "ensamma",
    "hemma",
    "tillsammans",
    "granne",
    "granna",
    "utanfor",
    "nara",
    "langt",
    "utomlands",
    "ihop",
    "trangt",
];
/// What ends a clause, without marks.
const ENDS: &[&str] = &[
    "och", "som", "men", "eller", "att", "dar", "nar", "vill", "kan", "ska", "skall", "har", "ar",
];
/// Infinitives that do not end in a.
const SHORT: &[&str] = &[
    "bli", "få", "gå", "stå", "se", "ge", "ske", "nå", "be", "må", "slå", "ta", "ha", "dra",
];

/// Weighs `bor` and `bör` in `nodes` by the rest of their clause.
pub(super) fn weigh(text: &str, nodes: &mut [Node]) {
    for at in 0..nodes.len() {
        let found = |reading: &str| {
            (0..nodes[at].len()).find(|&index| {
                nodes[at]
                    .candidate(index)
                    .is_some_and(|word| word.text == reading)
            })
        };
        let (Some(lives), Some(ought)) = (found("bor"), found("bör")) else {
            continue;
        };
        let against = match clause(text, &nodes[at + 1..]) {
            Clause::Infinitive => lives,
            Clause::Place => ought,
            Clause::Neither => continue,
        };
        if let Some(own) = nodes[at].own.get_mut(against) {
            *own += AGAINST;
        }
    }
}

/// What the rest of a clause speaks for.
enum Clause {
    Infinitive,
    Place,
    Neither,
}

/// What the clause that `nodes` begin with has.
fn clause(text: &str, nodes: &[Node]) -> Clause {
    let mut place = false;
    let words = nodes
        .iter()
        .take_while(|node| !(node.kind == Kind::Break || node.kind == Kind::Sign || node.opens))
        .take(REACH);
    for (number, node) in words.enumerate() {
        let bare = lexicon::without_marks(&text[node.range.clone()]).to_lowercase();
        if number == 0 {
            place = WHERE.contains(&bare.as_str());
        } else if ENDS.contains(&bare.as_str()) {
            break;
        }
        if is_infinitive(node) {
            return Clause::Infinitive;
        }
    }
    if place {
        Clause::Place
    } else {
        Clause::Neither
    }
}

/// Whether what stands at `node` may be an infinitive.
fn is_infinitive(node: &Node) -> bool {
    (0..node.len().min(3)).any(|index| {
        let Some(word) = node.candidate(index) else {
            return false;
        };
        let word = word.text.as_str();
        // `utredas`: the passive of utreda.
        let active = word.strip_suffix('s').unwrap_or(word);
        SHORT.contains(&word)
            || active.strip_suffix('a').is_some_and(|stem| {
                stem.chars().count() >= 3
                    && word.starts_with(char::is_lowercase)
                    && [format!("{stem}ar"), format!("{stem}er")]
                        .iter()
                        .any(|present| lexicon::count(present) >= SEEN)
            })
    })
}
