//! Words that mean the same in the papers of nämnder: abbreviations, other spellings, parties' names, nämnder that went up
//! in others. Pure; the table is `synonyms.tsv`, a group a line.
//!
//! Quotes switch them off: only bare words have synonyms.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::node::{Node, Synonym};
use super::word::Stem;
use crate::swedish::words;
use crate::tag::{self, Party};

/// One expression of the table.
#[derive(Debug)]
struct Expression {
    /// Its words in lower case.
    words: Vec<String>,
    /// Its letters when it must be typed with these capitals.
    capitals: Option<&'static str>,
    /// The party that it stands for, when it is no words.
    party: Option<Party>,
}

static TABLE: &str = include_str!("synonyms.tsv");

impl Expression {
    /// The expression that the table writes so.
    fn of(text: &'static str) -> Expression {
        Expression {
            words: words::words(text).map(|word| word.form).collect(),
            capitals: text.chars().any(char::is_uppercase).then_some(text),
            party: text
                .strip_prefix("parti:")
                .and_then(|mark| mark.parse().ok()),
        }
    }
}

/// Where expressions stand in the table: the expressions of the line, and the number among them, by the letters that the forms of
/// the first word share. Those that find no other are not among them.
///
/// What the table says is told for the lines alone that may mean a word: telling all of them takes as long as the search.
static BY_KEY: LazyLock<HashMap<String, Vec<Asking>>> = LazyLock::new(|| {
    let mut by_key: HashMap<String, Vec<Asking>> = HashMap::new();
    for (asking, group) in groups() {
        for (number, text) in group.clone().take(asking).enumerate() {
            if let Some(key) = key(text) {
                let group = group.clone();
                let here = by_key.entry(key).or_default();
                here.push(Asking {
                    group,
                    number,
                    text,
                });
            }
        }
    }
    by_key
});

/// An expression that finds the others of its group.
struct Asking {
    group: std::str::Split<'static, char>,
    number: usize,
    text: &'static str,
}

/// The groups of the table: its expressions, and how many of them, from the first on, find the others.
fn groups() -> impl Iterator<Item = (usize, std::str::Split<'static, char>)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (relation, expressions) = line.split_once('\t')?;
        let asking = if relation == "=" { usize::MAX } else { 1 };
        Some((asking, expressions.split('|')))
    })
}

/// Letters that a word's forms share from its beginning, without marks: `bok`, `böcker`.
const SHARED: usize = 2;

/// The letters that the forms of the first word of `text` share.
fn key(text: &str) -> Option<String> {
    let word = words::cut(text).next()?;
    Some(words::fold(&word.form).chars().take(SHARED).collect())
}

/// `node` with the synonyms of its words; an equal node when there are none.
pub(super) fn with_synonyms(node: Node) -> Node {
    match node {
        Node::All(nodes) => {
            let mut nodes = row(nodes);
            if nodes.len() == 1 {
                nodes.swap_remove(0)
            } else {
                Node::All(nodes)
            }
        }
        Node::Near(one, other, within) => {
            let [one, other] = [one, other].map(|side| Box::new(with_synonyms(*side)));
            Node::Near(one, other, within)
        }
        Node::Any(nodes) => Node::Any(nodes.into_iter().map(with_synonyms).collect()),
        Node::Not(node) => Node::Not(Box::new(with_synonyms(*node))),
        Node::Word(word) => row(vec![Node::Word(word)]).swap_remove(0),
        // What the word itself is asked for with.
        Node::Fuzzy(word, distance) => match with_synonyms(Node::Word(word.clone())) {
            Node::Also(_, synonyms) => also(Node::Fuzzy(word, distance), synonyms),
            _ => Node::Fuzzy(word, distance),
        },
        Node::Beside(words) => {
            // `m.fl.` is two words that stand side by side.
            let synonyms = match of_table(&words) {
                Some((synonyms, taken)) if taken == words.len() => synonyms,
                _ => named(&words.join("-")),
            };
            also(Node::Beside(words), synonyms)
        }
        other => other,
    }
}

fn also(node: Node, synonyms: Vec<Synonym>) -> Node {
    if synonyms.is_empty() {
        node
    } else {
        Node::Also(Box::new(node), synonyms)
    }
}

/// Nodes that stand in a row, with the synonyms of words and of words in a row.
fn row(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut rest = nodes.into_iter().peekable();
    let mut waiting: Vec<Node> = Vec::new();
    loop {
        match rest.next_if(|node| matches!(node, Node::Word(_))) {
            Some(word) => waiting.push(word),
            None => {
                out.extend(words_in_a_row(std::mem::take(&mut waiting)));
                match rest.next() {
                    Some(node) => out.push(with_synonyms(node)),
                    None => return out,
                }
            }
        }
    }
}

fn words_in_a_row(nodes: Vec<Node>) -> Vec<Node> {
    let typed: Vec<String> = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Word(word) => Some(word.clone()),
            _ => None,
        })
        .collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < typed.len() {
        let (mut synonyms, mut taken) = of_table(&typed[at..]).unwrap_or_default();
        if taken <= 1 {
            (synonyms, taken) = match party_of_words(&typed[at..]) {
                Some((party, words)) => (vec![Synonym::Party(party)], words),
                None => {
                    let named = named(&typed[at]).into_iter();
                    // SN is a nämnd of the table, and no party of two letters.
                    let is_told = !synonyms.is_empty();
                    let others: Vec<Synonym> = named
                        .filter(|one| !(is_told && matches!(one, Synonym::Party(_))))
                        .collect();
                    synonyms.extend(others);
                    (synonyms, 1)
                }
            };
        }
        let said = &typed[at..at + taken];
        let words = said.iter().cloned().map(Node::Word);
        let mut words: Vec<Node> = words.collect();
        let node = match said {
            // Typed so it is the law, and neither the solar cells nor what is of the sun.
            [one] if LAWS.contains(&one.as_str()) => Node::Phrase(vec![one.to_lowercase()]),
            [_] => words.swap_remove(0),
            // `bygga om`, `med flera`: of words that tell nothing by themselves the expression is asked for.
            _ if said.iter().any(|word| words::is_function_word(word)) => {
                Node::Beside(said.to_vec())
            }
            _ => Node::All(words),
        };
        out.push(also(node, synonyms));
        at += taken;
    }
    out
}

/// Laws whose letters are another word: as they stand alone they are asked for.
const LAWS: [&str; 2] = ["SoL", "SOL"];

/// A word as it was typed, to be compared with those of the table.
struct Asked {
    stem: Stem,
    /// Its stem without marks, when it may have been typed without them.
    bare: Option<String>,
}

impl Asked {
    fn of(word: &str) -> Asked {
        let form = word.to_lowercase();
        let bare = words::fold(&form) == form
            && form.chars().count() >= SHORTEST_BARE
            && !words::stands_without_marks(&form);
        Asked {
            stem: Stem::of(&form),
            bare: bare.then(|| words::unmarked_stem(&form)),
        }
    }

    fn is(&self, other: &str) -> bool {
        self.stem.is_of(other)
            || self.bare.as_ref().is_some_and(|bare| {
                words::with_forms(other, |forms| words::fold(&forms.stem) == *bare)
            })
    }
}

/// Letters of a word that may be one of the table typed without its marks.
const SHORTEST_BARE: usize = 5;

/// What the table says of the words at the beginning of `typed`, and how many of them it took: the most it can.
fn of_table(typed: &[String]) -> Option<(Vec<Synonym>, usize)> {
    let first = key(&typed[0])?;
    // Made when an expression with its first letters is there.
    let asked: Vec<LazyCell<Asked, _>> = typed
        .iter()
        .map(|word| LazyCell::new(|| Asked::of(word)))
        .collect();
    let fits = |expression: &Expression| {
        let said = typed.get(..expression.words.len())?;
        let same = match expression.capitals {
            Some(capitals) => said.concat() == capitals,
            None => asked
                .iter()
                .zip(&expression.words)
                .all(|(asked, other)| asked.is(other)),
        };
        same.then_some(expression.words.len())
    };
    let mut hits: Vec<(Vec<Expression>, usize, usize)> = Vec::new();
    for asking in BY_KEY.get(&first)? {
        if let Some(words) = fits(&Expression::of(asking.text)) {
            let group = asking.group.clone().map(Expression::of);
            hits.push((group.collect(), asking.number, words));
        }
    }
    let taken = hits.iter().map(|hit| hit.2).max()?;
    let mut synonyms = Vec::new();
    for (group, number, _) in hits.into_iter().filter(|hit| hit.2 == taken) {
        for (other, expression) in group.into_iter().enumerate() {
            let synonym = match expression.party {
                Some(party) => Synonym::Party(party),
                None => Synonym::Words(expression.words),
            };
            if other != number && !synonyms.contains(&synonym) {
                synonyms.push(synonym);
            }
        }
    }
    Some((synonyms, taken))
}

/// The party whose name of several words `typed` begins with, and how many they are: moderata samlingspartiet.
fn party_of_words(typed: &[String]) -> Option<(Party, usize)> {
    (2..=3usize.min(typed.len())).rev().find_map(|words| {
        let party = typed[..words].join(" ").parse().ok()?;
        Some((party, words))
    })
}

/// Marks of parties that are nothing else in small letters.
const MARKS: [&str; 4] = ["fp", "kd", "mp", "sd"];

/// The party or the older nämnder that a name stands for.
fn named(word: &str) -> Vec<Synonym> {
    // One letter is a word more often than a party.
    if word.chars().count() < 2 {
        return Vec::new();
    }
    // A short mark that is a word too must have its capitals.
    let mark = word.chars().count() <= 4 && !MARKS.contains(&word);
    if (!mark || word.chars().all(char::is_uppercase))
        && let Some(party) = tag::named_party(word)
    {
        return vec![Synonym::Party(party)];
    }
    // A stadsdel's name is another after a merger; socialnämnden and socialtjänstnämnden are words of their own, and whoever
    // wants both says namnd:socialnämnden.
    tag::namnd_predecessors(word)
        .into_iter()
        .filter(|name| name.ends_with("stadsdelsnämnd"))
        .map(|name| Synonym::Namnd(name.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::query::parse;

    #[test]
    fn the_table_is_well_formed() {
        let mut seen = BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (relation, expressions) = line.split_once('\t').expect("two columns");
            assert!(["=", ">"].contains(&relation), "{line}");
            let expressions: Vec<&str> = expressions.split('|').collect();
            assert!(expressions.len() > 1, "{line}");
            assert!(
                expressions
                    .iter()
                    .all(|text| !text.trim().is_empty() && text.trim() == *text),
                "{line}"
            );
            assert!(
                seen.insert(expressions[0]),
                "{line} begins as another line does"
            );
        }
    }

    #[test]
    fn words_of_the_field_have_synonyms_and_quotes_switch_them_off() {
        for (query, read) in [
            (
                "LSS",
                "{LSS = lagen om stöd och service till vissa funktionshindrade = lagen om stöd och service}",
            ),
            ("SoL", "{\"sol\" = socialtjänstlagen}"),
            ("SN", "{SN = socialnämnden}"),
            ("sopor", "{sopor = avfall = hushållsavfall}"),
            ("pga", "{pga = på grund av}"),
            ("sol", "sol"),
            (
                "ifo",
                "{ifo = individ och familjeomsorg = individ och familjeomsorgen}",
            ),
            ("folkpartiet", "{folkpartiet = parti:L}"),
            ("SD", "{SD = parti:SD}"),
            ("sd", "{sd = parti:SD}"),
            ("fi", "fi"),
            ("vänstern", "{vänstern = parti:V}"),
            ("m.fl.", "{intill:\"m fl\" = med flera}"),
            ("bland annat", "{intill:\"bland annat\" = bl a}"),
            ("diarienummer", "{diarienummer = dnr}"),
            (
                "ekonomiskt bistånd",
                "{ekonomiskt bistånd = försörjningsstöd}",
            ),
            (
                "ansökan om ekonomiskt bistånd",
                "ansökan om {ekonomiskt bistånd = försörjningsstöd}",
            ),
            (
                "Järva",
                "{järva = namnd:\"Rinkeby-Kista stadsdelsnämnd\" = namnd:\"Spånga-Tensta stadsdelsnämnd\" = namnd:\"Kista stadsdelsnämnd\" = namnd:\"Rinkeby stadsdelsnämnd\"}",
            ),
            ("hemsida~", "{hemsida~1 = webbplats = webbsida}"),
            ("\"lss\"", "\"lss\""),
            ("hemtjänst", "hemtjänst"),
            (
                "tjanstutlatande",
                "{tjanstutlatande = tjänsteutlåtande = tjänsteutlåtade = tjut}",
            ),
            (
                "lokal byggs om",
                "lokal {intill:\"byggs om\" = ombyggnad = ombygga}",
            ),
            ("moderat", "{moderat = parti:M}"),
        ] {
            let node = with_synonyms(parse(query).expect(query));
            let text = node.to_string().replace(['(', ')'], "");
            assert_eq!(text, read, "{query}");
        }
    }
}
