//! What a query asks for → what is asked of the index, in tiers.
//!
//! A word is looked for in every tier at once and scored by the best that finds it: exact form, inflection, part of a
//! compound, synonym, without its marks, as the OCR engine read it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use tantivy::schema::Field;

use super::Error;
use super::ask::Ask;
use super::node::{Node, Span, Synonym};
use super::terms::{Known, Terms};
use super::word::{Tier, Wanted};
use super::{bodies, readings, spelling};
use crate::index::{Fields, answered_with, date_number};
use crate::swedish::words;
use crate::tag::{self, Party};

/// Terms that the prefixes and spelling distances of a query may stand for, all together; more is an error, since some would
/// be dropped.
const EXPANSIONS: usize = 4_000;

/// What a word in the title weighs against the same word in the body.
const TITLE: f32 = 4.0;
/// What a word in the letterhead, the lines about the title or the proposal weighs.
const LEAD: f32 = 3.0;
/// What the answer to a party is ahead of a paper that names it.
const ANSWERS: f32 = 6.0;
/// What a name that stands for a party or an older nämnd counts, which no frequency can tell.
const NAMED: f32 = 4.0;
/// What two words that were asked for side by side weigh when they stand so.
const TOGETHER: f32 = 1.5;
/// Papers of a collection in which a word that stands in every other one tells nothing.
const MANY: u64 = 1_000;
/// Papers in which a compound stands often enough: where it is written in words it need not be looked for, which takes longer.
const OFTEN: u64 = 64;
/// What stands between the last part of a compound and the first where it is written in words: `omsättning av personal`.
pub(super) const OF: [&str; 3] = ["av", "för", "i"];
/// Words that may lie between them.
const APART: u32 = 2;

/// What `node` asks of the index; its words are looked for in every tier down to `least`.
pub(super) fn ask(terms: &Terms<'_>, node: &Node, least: Tier) -> Result<Ask, Error> {
    let plan = Plan {
        terms,
        least,
        fields: terms.fields(),
        left: Cell::new(EXPANSIONS),
        spent: RefCell::default(),
    };
    plan.node(node)
}

struct Plan<'a> {
    terms: &'a Terms<'a>,
    least: Tier,
    fields: &'a Fields,
    /// Terms that may still be looked up.
    left: Cell<usize>,
    /// What was looked up already: asked for again, it costs nothing.
    spent: RefCell<BTreeSet<String>>,
}

impl Plan<'_> {
    fn node(&self, node: &Node) -> Result<Ask, Error> {
        let fields = self.fields;
        Ok(match node {
            Node::All(nodes) => self.all(nodes)?,
            Node::Any(nodes) => {
                let nodes = nodes.iter().map(|node| self.node(node));
                Ask::Sum(nodes.collect::<Result<_, _>>()?)
            }
            Node::Not(inner) => Ask::All {
                must: vec![Ask::Read],
                never: vec![self.node(inner)?],
                bonus: Vec::new(),
            },
            Node::Word(word) => self.word(word)?,
            Node::Similar(forms) => {
                let words = forms.iter().map(|form| self.word(form));
                Ask::Best(words.collect::<Result<_, _>>()?).times(Tier::Spelling.weight())
            }
            Node::Also(node, synonyms) => {
                let mut readings = vec![self.node(node)?];
                for synonym in synonyms {
                    if self.earns(synonym)? {
                        readings.push(self.synonym(synonym)?);
                    }
                }
                Ask::Best(readings)
            }
            Node::Fuzzy(word, distance) => self.fuzzy(word, *distance)?,
            Node::Prefix(prefix) => self.prefix(prefix)?,
            Node::Phrase(words) => self.phrase(words)?.times(Tier::Exact.weight()),
            Node::Beside(words) => Ask::Best(vec![
                self.phrase(words)?.times(Tier::Exact.weight()),
                self.stems(words)?.times(Tier::Inflection.weight()),
            ]),
            Node::Near(one, other, within) => self.nearby(one, other, *within)?,
            // Whom a paper answers it names too.
            Node::Party(party) => Ask::Sum(vec![
                self.party(fields.party, *party, 0.0)?,
                self.party(fields.answers, *party, ANSWERS)?,
            ]),
            Node::Answers(party) => self.party(fields.answers, *party, 0.0)?,
            Node::Written(mark) => self.filter(fields.written, mark, 0.0)?,
            Node::Titled(words) => {
                let mut must = Vec::new();
                for word in words {
                    let stem = Wanted::word(word).stem.clone();
                    let term = self.terms.get(fields.title, &stem)?;
                    must.push(Ask::Term(term, Tier::Exact.weight()));
                }
                Ask::All {
                    must,
                    never: Vec::new(),
                    bonus: Vec::new(),
                }
            }
            Node::Dnr(key) => self.dnr(key)?,
            Node::Kind(kind) => self.filter(fields.kind, &kind.to_string(), 0.0)?,
            Node::Outcome(outcome) => self.filter(fields.outcome, &outcome.to_string(), 0.0)?,
            Node::Day(day) => {
                let mut readings = vec![self.filter(fields.dates, day, 0.0)?];
                for said in readings::spelled(day) {
                    readings.push(self.phrase(&said)?);
                }
                Ask::Sum(readings)
            }
            Node::Namnd(typed) => match self.namnd(|name| tag::namnd_meant(typed, name))? {
                Ask::Nothing => {
                    // No nämnd here is called so: the last part of a longer name is meant, else what people call it.
                    let whole = |yes: bool| yes.then(tag::Years::default);
                    match self.namnd(|name| whole(tag::namnd_has(typed, name)))? {
                        Ask::Nothing => self.namnd(|name| whole(bodies::called(typed, name)))?,
                        found => found,
                    }
                }
                found => found,
            },
            Node::NamndAsWritten(typed) => {
                self.namnd(|name| tag::namnd_is(typed, name).then(tag::Years::default))?
            }
            // A paper without a date has 0 and lies in no span.
            Node::Dated(Span { from, to }) => Ask::Dated(
                from.map_or(1, date_number),
                to.map_or(u64::MAX, date_number),
            ),
        })
    }

    fn all(&self, nodes: &[Node]) -> Result<Ask, Error> {
        let (mut must, mut never, mut bonus) = (Vec::new(), Vec::new(), Vec::new());
        let spares = spares(nodes);
        let nodes: Vec<&Node> = nodes
            .iter()
            .filter(|node| !spares || !is_function_word(node))
            .collect();
        for node in &nodes {
            if let Node::Not(inner) = node {
                never.push(self.node(inner)?);
            } else {
                must.push(self.node(node)?);
            }
        }
        for (party, outcome) in answered_so(&nodes) {
            must.push(self.filter(self.fields.written, &answered_with(party, outcome), 0.0)?);
        }
        if must.is_empty() {
            must.push(Ask::Read);
        }
        for pair in nodes.windows(2) {
            if let (Some(one), Some(other)) = (telling(pair[0]), telling(pair[1]))
                && let Ask::Phrase(said) = self.near([&one, &other], APART)?.times(TOGETHER)
            {
                bonus.push(said);
            }
        }
        Ok(Ask::All { must, never, bonus })
    }

    /// The terms that a word of a paper may have that meets `wanted`, each with its tier.
    fn tiers(&self, wanted: &Wanted) -> Result<Vec<(Rc<Known>, Tier)>, Error> {
        let fields = self.fields;
        let mut tiers = Vec::new();
        let mut add = |field: Field, text: &str, tier: Tier| -> Result<(), Error> {
            if tier <= self.least {
                let term = self.terms.get(field, text)?;
                if term.papers > 0 {
                    tiers.push((term, tier));
                }
            }
            Ok(())
        };
        add(fields.exact, &wanted.form, Tier::Exact)?;
        add(fields.stem, &wanted.stem, Tier::Inflection)?;
        for stem in &wanted.variants {
            add(fields.stem, stem, Tier::Inflection)?;
        }
        for form in wanted.shared {
            add(fields.exact, form, Tier::Inflection)?;
        }
        add(fields.part, &wanted.stem, Tier::Part)?;
        for stem in &wanted.derived {
            add(fields.stem, stem, Tier::Synonym)?;
            add(fields.part, stem, Tier::Synonym)?;
        }
        if let Some(folded) = &wanted.folded_stem
            && self.least >= Tier::Unmarked
        {
            for field in [fields.stem, fields.part] {
                for stem in self.terms.marked(field, folded)? {
                    add(field, &stem, Tier::Unmarked)?;
                }
            }
        }
        for stem in &wanted.marked_stems {
            for field in [fields.stem, fields.part] {
                add(field, stem, Tier::Unmarked)?;
            }
        }
        if let Some(bare) = &wanted.bare_form {
            add(fields.exact, bare, Tier::Unmarked)?;
        }
        add(fields.original, wanted.as_scanned(), Tier::Original)?;
        Ok(tiers)
    }

    fn word(&self, typed: &str) -> Result<Ask, Error> {
        let fields = self.fields;
        let wanted = Wanted::word(typed);
        let tiers = self.tiers(&wanted)?;
        let often = tiers.iter().map(|(term, _)| term.papers).max();
        let mut tiers: Vec<Ask> = tiers
            .into_iter()
            .map(|(term, tier)| Ask::Term(term, tier.weight()))
            .collect();
        if self.least >= Tier::Part {
            tiers.extend(self.in_pieces(&wanted)?);
        }
        if self.least >= Tier::Synonym && often.is_none_or(|often| often < OFTEN) {
            tiers.extend(self.in_words(&wanted)?);
        }
        if tiers.is_empty() {
            return Ok(Ask::Nothing);
        }
        let mut bonus = Vec::new();
        for (field, weight) in [(fields.title, TITLE), (fields.lead, LEAD)] {
            bonus.push((self.terms.get(field, &wanted.stem)?, weight));
        }
        let body = Box::new(Ask::Best(tiers));
        Ok(Ask::Word { body, bonus })
    }

    /// A compound written in two words: `social sekreterare`.
    fn in_pieces(&self, wanted: &Wanted) -> Result<Option<Ask>, Error> {
        let Some((first, second)) = wanted.second.map(|at| wanted.form.split_at(at)) else {
            return Ok(None);
        };
        let pieces = [first.to_owned(), second.to_owned()];
        for piece in &pieces {
            if !self.terms.there(self.fields.exact, piece)? {
                return Ok(None);
            }
        }
        Ok(Some(self.phrase(&pieces)?.times(Tier::Part.weight())))
    }

    /// A compound written as a genitive and what belongs to it, or with a word between them.
    fn in_words(&self, wanted: &Wanted) -> Result<Vec<Ask>, Error> {
        let Some((first, last)) = wanted.in_words() else {
            return Ok(Vec::new());
        };
        let first = self.terms.get(self.fields.stem, &first.stem)?;
        let last = self.terms.get(self.fields.stem, &last.stem)?;
        if first.papers == 0 || last.papers == 0 {
            return Ok(Vec::new());
        }
        let mut said = vec![vec![(0, Rc::clone(&first)), (1, Rc::clone(&last))]];
        for of in OF {
            let of = self.terms.get(self.fields.exact, of)?;
            said.push(vec![(0, Rc::clone(&last)), (1, of), (2, Rc::clone(&first))]);
        }
        let said = said.into_iter().map(|terms| Ask::beside(terms, 0));
        Ok(said.map(|ask| ask.times(Tier::Synonym.weight())).collect())
    }

    /// Whether a synonym tells papers apart: one that stands in every other paper, as `dnr` does, would bury what the word
    /// itself finds.
    fn earns(&self, synonym: &Synonym) -> Result<bool, Error> {
        let papers = self.terms.reader().searcher().num_docs();
        let Synonym::Words(words) = synonym else {
            return Ok(true);
        };
        if papers < MANY {
            return Ok(true);
        }
        let mut rarest = None;
        for word in words {
            let papers = self.stem(word)?.papers;
            rarest = Some(rarest.map_or(papers, |rarest: u64| rarest.min(papers)));
        }
        Ok(rarest.is_none_or(|rarest| rarest * 2 < papers))
    }

    fn synonym(&self, synonym: &Synonym) -> Result<Ask, Error> {
        let fields = self.fields;
        Ok(match synonym {
            Synonym::Words(words) => self.stems(words)?.times(Tier::Synonym.weight()),
            Synonym::Party(party) => Ask::Sum(vec![
                self.party(fields.party, *party, NAMED)?,
                self.party(fields.answers, *party, ANSWERS)?,
            ]),
            Synonym::Namnd(name) => self.filter(fields.namnd, name, NAMED)?,
        })
    }

    /// Words as they are, side by side. Function words in a row are filed by two and by three.
    fn phrase(&self, words: &[String]) -> Result<Ask, Error> {
        let field = self.fields.exact;
        let mut terms: Vec<(usize, Rc<Known>)> = Vec::new();
        let mut at = 0;
        for run in words.chunk_by(|one, next| {
            [one, next].map(|word| words::is_function_word(word)) == [true; 2]
        }) {
            let long = run.len().min(words::LONGEST_RUN);
            for (from, run) in run.windows(long).enumerate() {
                terms.push((at + from, self.terms.get(field, &run.join(" "))?));
            }
            at += run.len();
        }
        Ok(Ask::beside(terms, 0))
    }

    /// Words side by side, in any inflection.
    fn stems(&self, words: &[String]) -> Result<Ask, Error> {
        let mut terms = Vec::new();
        for (at, word) in words.iter().enumerate() {
            terms.push((at, self.stem(word)?));
        }
        Ok(Ask::beside(terms, 0))
    }

    /// What stands at a place of a text, in each way that it may be written.
    fn sides(&self, node: &Node) -> Result<Vec<Side>, Error> {
        let stems = |words: &[String], tier: Tier| -> Result<Side, Error> {
            let terms = words.iter().map(|word| self.stem(word));
            let terms = terms.collect::<Result<_, _>>()?;
            Ok(Side { terms, tier })
        };
        let mut sides = Vec::new();
        match node {
            Node::Word(typed) => {
                let places = [self.fields.exact, self.fields.stem];
                let tiers = self.tiers(&Wanted::word(typed))?.into_iter();
                let tiers = tiers.filter(|(term, _)| places.contains(&term.field));
                sides.extend(tiers.map(|(term, tier)| Side {
                    terms: vec![term],
                    tier,
                }));
            }
            Node::Phrase(words) => {
                let terms = words
                    .iter()
                    .map(|word| self.terms.get(self.fields.exact, word));
                let terms = terms.collect::<Result<_, _>>()?;
                let tier = Tier::Exact;
                sides.push(Side { terms, tier });
            }
            Node::Beside(words) => sides.push(stems(words, Tier::Inflection)?),
            Node::Any(nodes) => {
                for node in nodes {
                    sides.extend(self.sides(node)?);
                }
            }
            Node::Also(node, synonyms) => {
                sides.extend(self.sides(node)?);
                for synonym in synonyms {
                    if let Synonym::Words(words) = synonym {
                        sides.push(stems(words, Tier::Synonym)?);
                    }
                }
            }
            _ => {}
        }
        sides.retain(|side| side.tier <= self.least && side.terms.iter().all(|t| t.papers > 0));
        Ok(sides)
    }

    /// The one within so many words of the other, in either order.
    fn nearby(&self, one: &Node, other: &Node, within: u32) -> Result<Ask, Error> {
        // Side by side is no distance to the engine, and one to a person.
        let slop = within.saturating_sub(1);
        let mut found = self.compounds(one, other)?;
        let (ones, others) = (self.sides(one)?, self.sides(other)?);
        for one in &ones {
            for other in &others {
                for [first, next] in [[one, other], [other, one]] {
                    let (Some(last), Some(begin)) = (first.terms.last(), next.terms.first()) else {
                        continue;
                    };
                    let near = Ask::beside(vec![(0, Rc::clone(last)), (1, Rc::clone(begin))], slop);
                    let mut must = vec![near];
                    must.extend([first, next].into_iter().filter_map(Side::beside));
                    let near = match must.len() {
                        1 => must.swap_remove(0),
                        _ => Ask::All {
                            must,
                            never: Vec::new(),
                            bonus: Vec::new(),
                        },
                    };
                    found.push(near.times(one.tier.max(other.tier).weight()));
                }
            }
        }
        Ok(Ask::Best(found))
    }

    /// The compounds of two words that are asked for near each other: none are nearer.
    fn compounds(&self, one: &Node, other: &Node) -> Result<Vec<Ask>, Error> {
        let (Some(one), Some(other)) = (telling(one), telling(other)) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        if self.least >= Tier::Part {
            for [first, last] in [[&one, &other], [&other, &one]] {
                for link in ["", "s"] {
                    let term = self.stem(&format!("{first}{link}{last}"))?;
                    if term.papers > 0 {
                        found.push(Ask::Term(term, Tier::Part.weight()));
                    }
                }
            }
        }
        Ok(found)
    }

    /// Two words at most `slop` words from side by side, in any inflection.
    fn near(&self, words: [&String; 2], slop: u32) -> Result<Ask, Error> {
        let [one, other] = words;
        let terms = vec![(0, self.stem(one)?), (1, self.stem(other)?)];
        Ok(Ask::beside(terms, slop))
    }

    fn stem(&self, word: &str) -> Result<Rc<Known>, Error> {
        let form = word.to_lowercase();
        let stem = words::with_forms(&form, |forms| forms.stem.clone());
        self.terms.get(self.fields.stem, &stem)
    }

    /// What the word itself finds, and the words that are written much like it, in the inflections of those too.
    fn fuzzy(&self, word: &str, distance: u8) -> Result<Ask, Error> {
        let reader = self.terms.reader();
        let asked = format!("{word}~{distance}");
        let much_like = |away: u8| Tier::Spelling.weight() / f32::from(away.max(1));
        let mut found = vec![self.word(word)?];
        let forms = spelling::within(reader, word, distance, self.left.get() + 1)?;
        self.spend(&asked, forms.len())?;
        for (form, away) in forms {
            let term = self.terms.get(self.fields.exact, &form)?;
            found.push(Ask::Term(term, much_like(away)));
        }
        if let Some(stem) = spelling::stem_to_miss(word) {
            let stems = spelling::stems_within(reader, &stem, distance, self.left.get() + 1)?;
            self.spend(&asked, stems.len())?;
            for (stem, away) in stems {
                let term = self.terms.get(self.fields.stem, &stem)?;
                found.push(Ask::Term(term, much_like(away)));
            }
        }
        Ok(Ask::Best(found))
    }

    /// The papers that have in `field` one of the parties that `party` means.
    fn party(&self, field: Field, party: Party, weight: f32) -> Result<Ask, Error> {
        let keys = party.keys();
        if let [key] = keys.as_slice() {
            return self.filter(field, key, weight);
        }
        let mut terms = Vec::new();
        for key in keys {
            if self.terms.there(field, key)? {
                terms.push(self.terms.get(field, key)?);
            }
        }
        Ok(match terms.is_empty() {
            true => Ask::Nothing,
            false => Ask::AnyOf(terms, weight),
        })
    }

    /// A diary number; else the cases of its year and serial, whatever class and body they have and however many zeros stand
    /// before the serial, that have all that was typed: `270-2012` finds `1.5.1-270-2012` and `270-2012-3.2`.
    fn dnr(&self, key: &str) -> Result<Ask, Error> {
        if self.terms.there(self.fields.dnr, key)? {
            return self.filter(self.fields.dnr, key, 0.0);
        }
        let mut cases = Vec::new();
        for short in tag::short_keys(key) {
            let begin = format!("{short}=");
            let known = self.terms.all(self.fields.dnr_short, &begin, |term, _| {
                term.starts_with(&begin).then_some(true)
            })?;
            for term in known
                .keys()
                .filter(|term| tag::has_all_of(&term[begin.len()..], key))
            {
                cases.push(self.terms.get(self.fields.dnr, &term[begin.len()..])?);
            }
        }
        if cases.is_empty() {
            return Ok(Ask::Nothing);
        }
        Ok(Ask::AnyOf(cases, 0.0))
    }

    /// The papers of the nämnder that `fits` gives years, each in its years. Days are looked at only for papers of nämnder
    /// with such bounds, and a paper without a date counts: nobody knows that it is not one.
    fn namnd(&self, fits: impl Fn(&str) -> Option<tag::Years>) -> Result<Ask, Error> {
        let names = self
            .terms
            .all(self.fields.namnd, "", |name, _| Some(fits(name).is_some()))?;
        let mut by_years: BTreeMap<tag::Years, Vec<Rc<Known>>> = BTreeMap::new();
        for (name, known) in names {
            by_years
                .entry(fits(&name).unwrap_or_default())
                .or_default()
                .push(known);
        }
        let asks = by_years.into_iter().map(|(years, names)| {
            let papers = Ask::AnyOf(names, 0.0);
            let day = |year: i16, rest: u64| u64::try_from(year).unwrap_or(0) * 10_000 + rest;
            let to = years.to.map_or(u64::MAX, |year| day(year, 12_31));
            let days = match years.from.map(|year| day(year, 1_01)) {
                None if years.to.is_none() => return papers,
                // A paper without a date has 0.
                None => Ask::Dated(0, to),
                Some(from) => Ask::Sum(vec![Ask::Dated(0, 0), Ask::Dated(from, to)]),
            };
            Ask::All {
                must: vec![papers, days],
                never: Vec::new(),
                bonus: Vec::new(),
            }
        });
        let mut asks: Vec<Ask> = asks.collect();
        Ok(match asks.len() {
            0 => Ask::Nothing,
            1 => asks.remove(0),
            _ => Ask::Sum(asks),
        })
    }

    /// What begins so: words, parts of compounds, and, when no sound word of the papers does, words that do without their marks.
    fn prefix(&self, prefix: &str) -> Result<Ask, Error> {
        let words = self.beginning(self.fields.exact, prefix)?;
        let is_sound = words
            .keys()
            .any(|word| words::stands_without_marks(word) || words::fold(word) != *word);
        let mut found = vec![(words, Tier::Exact)];
        if self.least >= Tier::Part {
            found.push((self.beginning(self.fields.part, prefix)?, Tier::Part));
        }
        if self.least >= Tier::Unmarked && !is_sound && words::fold(prefix) == prefix {
            let most = self.left.get();
            let marked = self.terms.begun(self.fields.exact, prefix, most + 1)?;
            self.spend(&format!("{prefix}*"), marked.len())?;
            let mut terms = BTreeMap::new();
            for word in marked {
                let term = self.terms.get(self.fields.exact, &word)?;
                terms.insert(word, term);
            }
            found.push((terms, Tier::Unmarked));
        }
        found.retain(|(terms, _)| !terms.is_empty());
        let mut asks: Vec<Ask> = found
            .into_iter()
            .map(|(terms, tier)| Ask::AnyOf(terms.into_values().collect(), tier.weight()))
            .collect();
        Ok(match asks.len() {
            0 => Ask::Nothing,
            1 => asks.swap_remove(0),
            _ => Ask::Best(asks),
        })
    }

    /// The terms that begin so.
    fn beginning(&self, field: Field, prefix: &str) -> Result<BTreeMap<String, Rc<Known>>, Error> {
        let asked = format!("{prefix}*");
        let again = !(self.spent.borrow_mut()).insert(format!("{} {asked}", field.field_id()));
        let most = if again { EXPANSIONS } else { self.left.get() };
        let terms = self.terms.all(field, prefix, |term, found| {
            // Pairs of function words are filed among the words.
            (term.starts_with(prefix) && found <= most).then(|| !term.contains(' '))
        })?;
        if !again {
            self.spend(&asked, terms.len())?;
        }
        Ok(terms)
    }

    fn spend(&self, asked: &str, terms: usize) -> Result<(), Error> {
        let left = self.left.get();
        let alone = terms > EXPANSIONS || left == EXPANSIONS;
        let left = left.checked_sub(terms);
        let left = left.ok_or_else(|| Error::Wide {
            asked: asked.to_owned(),
            most: EXPANSIONS,
            alone,
        })?;
        self.left.set(left);
        Ok(())
    }

    fn filter(&self, field: Field, value: &str, score: f32) -> Result<Ask, Error> {
        Ok(Ask::Filter(self.terms.get(field, value)?, score))
    }
}

/// One way in which what stands at a place of a text is written: its words, side by side.
struct Side {
    terms: Vec<Rc<Known>>,
    tier: Tier,
}

impl Side {
    /// The words side by side, when they are several.
    fn beside(&self) -> Option<Ask> {
        let terms = self.terms.iter().map(Rc::clone).enumerate().collect();
        (self.terms.len() > 1).then(|| Ask::beside(terms, 0))
    }
}

/// Whether the words of this list that nearly every paper has need not stand in it: `förbud mot mobiler` asks for no paper that says
/// mot. Alone, and between quotes, such a word is meant.
fn spares(nodes: &[Node]) -> bool {
    nodes
        .iter()
        .any(|node| !is_function_word(node) && !matches!(node, Node::Not(_)))
}

/// The words of a query that need not stand in a paper, in their order.
pub(super) fn spared(node: &Node, words: &mut Vec<String>) {
    match node {
        Node::All(nodes) => {
            let spares = spares(nodes);
            for node in nodes {
                match node {
                    Node::Word(word) if spares && is_function_word(node) => {
                        words.push(word.clone());
                    }
                    _ => spared(node, words),
                }
            }
        }
        Node::Any(nodes) => nodes.iter().for_each(|node| spared(node, words)),
        Node::Not(inner) => spared(inner, words),
        _ => {}
    }
}

/// The parties whose answers are asked for, each with what is asked of the outcome: of a protokoll one matter must have both.
fn answered_so(nodes: &[&Node]) -> Vec<(tag::Party, tag::Outcome)> {
    let mut pairs = Vec::new();
    for party in nodes {
        for outcome in nodes {
            if let (Node::Answers(party), Node::Outcome(outcome)) = (party, outcome) {
                pairs.push((*party, *outcome));
            }
        }
    }
    pairs
}

/// Whether `node` is a word that tells nothing of any paper.
fn is_function_word(node: &Node) -> bool {
    matches!(node, Node::Word(word) if words::is_function_word(&word.to_lowercase()))
}

/// The word that `node` asks for, when it says something about a paper.
fn telling(node: &Node) -> Option<String> {
    match node {
        Node::Word(word) if !words::is_function_word(word) => Some(word.clone()),
        Node::Also(node, _) => telling(node),
        _ => None,
    }
}
