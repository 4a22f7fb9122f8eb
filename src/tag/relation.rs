//! Who stands where: a paper's kind, its initiatives and party marks → answers, via a remiss, author, mention, each with
//! the rule that decided, and for a party that wrote but is not answered, the rule that kept it from being so.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::answer::{Form, Initiative};
use super::chosen::{at_hand, noun_of};
use super::decide::Decision;
use super::head::Parts;
use super::kind::Kind;
use super::letters;
use super::loose;
use super::mark::Mark;
use super::noun::Noun;
use super::party::{self, Party};
use super::person::{self, Person};
use super::sentence::sentence;
use super::sheet::{self, Sheet};
use super::signer;
use crate::page::{Found, Place};

/// How a party stands to a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Its skrivelse, motion, interpellation or question is answered here.
    Answers,
    /// Its motion or skrivelse was sent here on remiss.
    ViaRemiss,
    /// It wrote the paper, or the initiative at hand.
    Author,
    /// It is named.
    Mentions,
}

impl Relation {
    /// The relation's name in JSON and for a person.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Answers => "answers",
            Relation::ViaRemiss => "via-remiss",
            Relation::Author => "author",
            Relation::Mentions => "mentions",
        }
    }
}

/// The rule that put a party into its relation, or kept it out of `answers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// `skrivelse … från A (p)`: the list behind the word.
    FromList,
    /// `As (p) skrivelse`, `Vänsterpartiets motion`.
    Genitive,
    /// `A (p) har i en skrivelse begärt …`.
    WroteIt,
    /// `skrivelse (p)`, or a mark at the end of the answer's line.
    Beside,
    /// Signs at the end of the paper.
    Signs,
    /// Kept out: the initiative came here on remiss, and the answer goes to whoever remitted it.
    Remitted,
    /// Kept out: the initiative is handed in or at hand itself; nothing is answered yet.
    NotYetAnswered,
    /// Kept out: the paper only brings the initiative to notice.
    Announced,
    /// Kept out: minutes and other papers that answer nobody.
    AnswersNobody,
    /// Kept out: the initiative is an earlier or another one.
    Earlier,
    /// Kept out: the paper answers an initiative of another kind.
    OtherKind,
    /// Kept out: the paper's head names whom it answers, and this party is not among them.
    NotInHead,
    /// Named, and no initiative is tied to it.
    NamedOnly,
}

/// Every rule with its name and what it says to a person.
const RULES: [(Rule, &str, &str); 13] = [
    (
        Rule::FromList,
        "from-list",
        "the initiative is said to be from it",
    ),
    (
        Rule::Genitive,
        "genitive",
        "the initiative is called its own",
    ),
    (
        Rule::WroteIt,
        "wrote-it",
        "it is said to have written in the initiative",
    ),
    (
        Rule::Beside,
        "beside",
        "its mark stands beside the answer's words",
    ),
    (Rule::Signs, "signs", "it signs the paper"),
    (
        Rule::Remitted,
        "remitted",
        "its initiative came here on remiss; whoever remitted it is answered",
    ),
    (
        Rule::NotYetAnswered,
        "not-yet-answered",
        "the paper is the initiative, or hands it on; nothing is answered yet",
    ),
    (
        Rule::Announced,
        "announced",
        "the initiative is only brought to notice",
    ),
    (
        Rule::AnswersNobody,
        "answers-nobody",
        "a paper of this kind answers nobody",
    ),
    (
        Rule::Earlier,
        "earlier",
        "the initiative is an earlier or another one",
    ),
    (
        Rule::OtherKind,
        "other-kind",
        "the paper answers an initiative of another kind",
    ),
    (
        Rule::NotInHead,
        "not-in-head",
        "the paper's head says whom it answers, and it is another",
    ),
    (Rule::NamedOnly, "named-only", "no initiative is tied to it"),
];

impl Rule {
    fn row(self) -> &'static (Rule, &'static str, &'static str) {
        RULES
            .iter()
            .find(|row| row.0 == self)
            .unwrap_or(&RULES[RULES.len() - 1])
    }

    /// What the rule says, in plain words.
    pub fn explained(self) -> &'static str {
        self.row().2
    }

    /// Whether the rule kept a party from being answered.
    pub fn kept_out(self) -> bool {
        matches!(
            self,
            Rule::Remitted
                | Rule::NotYetAnswered
                | Rule::Announced
                | Rule::AnswersNobody
                | Rule::Earlier
                | Rule::OtherKind
                | Rule::NotInHead
        )
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.row().1)
    }
}

/// Why a party stands in a relation. One for each place that says so, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Whose reason it is.
    pub party: Party,
    /// The relation that it gives.
    pub relation: Relation,
    /// The rule that decided, or that kept the party from being answered.
    pub rule: Rule,
    /// The words that name the party.
    pub place: Place,
    /// The sentence in which they stand: its part on their page.
    pub sentence: Place,
    /// The part of the sentence that stands on another page, when it runs over two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beyond: Option<Place>,
}

/// A party in the form in which the paper writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The party.
    pub party: Party,
    /// The mark that goes with the form, upper case: `FP` for `(fp)` and `Folkpartiets`, `L` for `(L)`.
    pub mark: String,
    /// The form itself, as it stands in the text.
    pub verbatim: String,
    /// The closest relation in which the form is used.
    pub relation: Relation,
    /// Where it stands first.
    pub place: Place,
}

/// What was found of parties and authors.
#[derive(Default)]
pub(super) struct Relations {
    pub(super) answers: Vec<Found<Party>>,
    pub(super) via_remiss: Vec<Found<Party>>,
    pub(super) mentions: Vec<Found<Party>>,
    pub(super) authors: Vec<Found<Person>>,
    pub(super) reasons: Vec<Reason>,
    pub(super) written: Vec<Written>,
}

/// Tells the relations apart. `around` is text in which a local party's municipality must be named.
pub(super) fn relations(
    sheet: &Sheet,
    parts: &Parts,
    decision: &Decision,
    initiatives: &[Initiative],
    marks: &[Mark],
    around: &str,
) -> Relations {
    let mut out = Relations::default();
    let place = |range: Range<usize>| sheet.place(sheet.range(range));
    let at_hand = at_hand(decision, initiatives, parts, sheet);
    let chosen: BTreeSet<usize> = at_hand.iter().copied().collect();
    let relation = match decision.kind {
        Kind::SvarPaSkrivelse | Kind::SvarPaMotion | Kind::SvarPaInterpellation => {
            Relation::Answers
        }
        Kind::SvarPaRemiss => Relation::ViaRemiss,
        _ => Relation::Author,
    };
    let mut named = BTreeSet::new();
    // Who hands in another beside it is an author, too.
    let handed_in = (0..initiatives.len())
        .filter(|i| !chosen.contains(i) && initiatives[*i].new && !at_hand.is_empty());
    for i in at_hand.iter().copied().chain(handed_in) {
        let initiative = &initiatives[i];
        let list = match relation {
            _ if !chosen.contains(&i) => None,
            Relation::Answers => Some(&mut out.answers),
            Relation::ViaRemiss => Some(&mut out.via_remiss),
            _ => None,
        };
        if let Some(list) = list {
            for mark in &initiative.who.marks {
                if !list.iter().any(|found| found.value == mark.party) {
                    list.push(Found::new(mark.party, place(mark.range.clone())));
                }
            }
        }
        if initiative.noun == Noun::Medborgarforslag {
            continue;
        }
        for (range, party) in &initiative.who.people {
            let name = person::name(sheet, range.clone(), initiative.form == Form::Genitive);
            // "Elsa Berg har i en motion … Elsa Berg (V) yrkar": the text gives the party where the writer speaks.
            let elsewhere = match party {
                None if initiative.who.marks.is_empty() => own_mark(sheet, &name, marks, around),
                _ => None,
            };
            if let (Some(mark), Some(list)) = (
                elsewhere,
                match relation {
                    Relation::Answers => Some(&mut out.answers),
                    Relation::ViaRemiss => Some(&mut out.via_remiss),
                    _ => None,
                },
            ) && !list.iter().any(|found| found.value == mark.party)
            {
                list.push(Found::new(mark.party, place(mark.range.clone())));
                out.reasons.push(Reason {
                    party: mark.party,
                    relation,
                    rule: rule(relation, decision, initiative),
                    place: place(mark.range.clone()),
                    sentence: place(line(sheet, mark.range.clone())),
                    beyond: None,
                });
            }
            // "Motion inlämnad av Berg (V)", and Elsa Berg was named before.
            let surname = !name.contains(' ')
                && out.authors.iter().any(|known| {
                    let known = known.value.name.strip_suffix(name.as_str());
                    known.is_some_and(|first| first.ends_with(' '))
                });
            if !surname && named.insert(sheet::folded(&name)) {
                out.authors.push(Found::new(
                    Person {
                        name,
                        party: party.or(elsewhere.map(|mark| mark.party)),
                        role: None,
                    },
                    place(range.clone()),
                ));
            }
        }
    }
    // Whoever wrote, and why each is answered or not.
    let answered: Vec<Party> = out.answers.iter().map(|found| found.value).collect();
    for (i, initiative) in initiatives.iter().enumerate() {
        // The list of attachments names the letter again: it is the one that is answered.
        let again = !initiative.earlier && noun_of(decision.kind) == Some(initiative.noun);
        for mark in &initiative.who.marks {
            let (relation, rule) = if chosen.contains(&i) || again && answered.contains(&mark.party)
            {
                (relation, rule(relation, decision, initiative))
            } else {
                (Relation::Mentions, kept_out(decision, initiative, parts))
            };
            out.reasons.push(Reason {
                party: mark.party,
                relation,
                rule,
                place: place(mark.range.clone()),
                sentence: place(said(sheet, initiative, mark)),
                beyond: beyond(sheet, initiative, mark).map(place),
            });
        }
    }
    if out.authors.is_empty()
        && matches!(
            decision.kind,
            Kind::Skrivelse | Kind::Motion | Kind::Interpellation
        )
    {
        let until = parts
            .attachments
            .as_ref()
            .map_or(sheet.folded.len(), |list| list.start);
        let mut signers = signer::signers(sheet, until, around);
        if signers.is_empty() {
            signers = signer::senders(sheet, around);
        }
        for (range, party) in signers {
            let name = person::name(sheet, range.clone(), false);
            let at = place(range.clone());
            out.reasons.push(Reason {
                party,
                relation: Relation::Author,
                rule: Rule::Signs,
                place: at.clone(),
                sentence: place(line(sheet, range)),
                beyond: None,
            });
            out.authors.push(Found::new(
                Person {
                    name,
                    party: Some(party),
                    role: None,
                },
                at,
            ));
        }
    }
    // Letters that are only brought to notice are listed with their writers.
    if out.authors.is_empty() && decision.kind == Kind::Anmalan {
        for (range, party) in letters::writers(sheet, marks, around) {
            let name = person::name(sheet, range.clone(), false);
            if named.insert(sheet::folded(&name)) {
                let role = None;
                out.authors
                    .push(Found::new(Person { name, party, role }, place(range)));
            }
        }
    }
    for mark in marks {
        let at = place(mark.range.clone());
        if !out.reasons.iter().any(|reason| reason.party == mark.party) {
            out.reasons.push(Reason {
                party: mark.party,
                relation: Relation::Mentions,
                rule: Rule::NamedOnly,
                place: at.clone(),
                sentence: place(around_mark(sheet, mark.range.clone())),
                beyond: None,
            });
        }
        if !out.mentions.iter().any(|found| found.value == mark.party) {
            out.mentions.push(Found::new(mark.party, at));
        }
    }
    let writers = at_hand
        .iter()
        .flat_map(|&i| &initiatives[i].who.marks)
        .map(|mark| Found::new(mark.party, place(mark.range.clone())));
    for found in out
        .answers
        .iter()
        .chain(&out.via_remiss)
        .cloned()
        .chain(writers)
    {
        if !out
            .mentions
            .iter()
            .any(|mention| mention.value == found.value)
        {
            out.mentions.push(found);
        }
    }
    out.reasons
        .sort_by_key(|reason| (reason.place.clone(), reason.relation, reason.rule));
    out.reasons.dedup();
    out.written = written(sheet, &out, marks);
    out
}

/// The mark that stands behind the same first and last name elsewhere in the text.
fn own_mark<'a>(sheet: &Sheet, name: &str, marks: &'a [Mark], around: &str) -> Option<&'a Mark> {
    let same = sheet::plain(name);
    if !same.contains(' ') {
        return None;
    }
    let last = same.rsplit(' ').next()?.as_bytes();
    marks.iter().find(|mark| {
        let before = &sheet.folded[mark.range.start.saturating_sub(60)..mark.range.start];
        memchr::memmem::find(before, last).is_some()
            && loose::writer_of(sheet, mark, around)
                .people
                .iter()
                .any(|(range, _)| sheet::plain(&person::name(sheet, range.clone(), false)) == same)
    })
}

/// The rule by which an initiative at hand gives its relation.
fn rule(relation: Relation, decision: &Decision, initiative: &Initiative) -> Rule {
    match (relation, decision.kind) {
        (Relation::ViaRemiss, _) => Rule::Remitted,
        (Relation::Author, Kind::Anmalan) => Rule::Announced,
        (Relation::Author, _) => Rule::NotYetAnswered,
        _ => match initiative.form {
            Form::From | Form::Nobody => Rule::FromList,
            Form::Genitive => Rule::Genitive,
            Form::Subject => Rule::WroteIt,
            Form::Bracket => Rule::Beside,
        },
    }
}

/// The rule that kept an initiative's writers from being answered.
fn kept_out(decision: &Decision, initiative: &Initiative, parts: &Parts) -> Rule {
    if initiative.earlier {
        return Rule::Earlier;
    }
    if initiative.new {
        return Rule::NotYetAnswered;
    }
    match decision.kind {
        Kind::SvarPaSkrivelse | Kind::SvarPaMotion | Kind::SvarPaInterpellation => {
            if parts.whole && noun_of(decision.kind) == Some(initiative.noun) {
                Rule::NotInHead
            } else {
                Rule::OtherKind
            }
        }
        Kind::SvarPaRemiss | Kind::SvarPaMedborgarforslag => Rule::OtherKind,
        Kind::Skrivelse | Kind::Motion | Kind::Interpellation => Rule::NotYetAnswered,
        Kind::Anmalan => Rule::Announced,
        Kind::Arende | Kind::Protokoll | Kind::Other => Rule::AnswersNobody,
    }
}

/// The part of the initiative's sentence that holds the mark: the mark may stand in another sentence.
fn said(sheet: &Sheet, initiative: &Initiative, mark: &Mark) -> Range<usize> {
    // Of a sentence that runs over two pages the part that stands where the mark does.
    let page = sheet.page_start(mark.range.start);
    let start = initiative.sentence.start.min(mark.range.start).max(page);
    let end = initiative.sentence.end.max(mark.range.end);
    super::head::trimmed(&sheet.folded, start..end)
}

/// The part of the initiative's sentence that stands on the page before the mark's, or on the one behind it.
fn beyond(sheet: &Sheet, initiative: &Initiative, mark: &Mark) -> Option<Range<usize>> {
    let sentence = &initiative.sentence;
    let page = sheet.page_start(mark.range.start);
    let last = sheet.page_start(sentence.end.saturating_sub(1).max(mark.range.start));
    let part = if sentence.start < page && page <= sentence.end {
        sentence.start..page
    } else if page < last && sentence.start <= mark.range.start {
        last..sentence.end
    } else {
        return None;
    };
    let part = super::head::trimmed(&sheet.folded, part);
    (!part.is_empty()).then_some(part)
}

/// Bytes of the longest sentence that is shown whole; a roll of names has no stop.
const LONGEST_SENTENCE: usize = 320;

/// The sentence in which a mark only stands, over the lines that it takes; its line where no sentence is to be seen.
fn around_mark(sheet: &Sheet, range: Range<usize>) -> Range<usize> {
    let folded = sheet.folded.as_slice();
    let whole = sentence(sheet, &range);
    let start = memchr::memmem::rfind(&folded[whole.start..range.start], b"\n\n")
        .map_or(whole.start, |gap| whole.start + gap + 2);
    let end = memchr::memmem::find(&folded[range.end..whole.end], b"\n\n")
        .map_or(whole.end, |gap| range.end + gap);
    let on_page = sheet.page_start(range.start) <= start
        && sheet.page_start(end.saturating_sub(1).max(range.start))
            == sheet.page_start(range.start);
    // The stop belongs to it.
    let end = end + usize::from(matches!(folded.get(end), Some(b'.' | b'!' | b'?')));
    if on_page && end - start <= LONGEST_SENTENCE {
        super::head::trimmed(folded, start..end)
    } else {
        line(sheet, range)
    }
}

fn line(sheet: &Sheet, range: Range<usize>) -> Range<usize> {
    let folded = sheet.folded.as_slice();
    let start = memchr::memrchr(b'\n', &folded[..range.start]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &folded[range.end..]).map_or(folded.len(), |at| range.end + at);
    super::head::trimmed(folded, start..end)
}

/// Each form of each party once, with the closest relation in which it is used.
fn written(sheet: &Sheet, relations: &Relations, marks: &[Mark]) -> Vec<Written> {
    let mut out: Vec<Written> = Vec::new();
    let mut add = |party: Party, relation: Relation, place: &Place, verbatim: &str| {
        let mark = party::as_written(verbatim)
            .filter(|(written, _)| *written == party)
            .map_or(party.code(), |(_, mark)| mark);
        let known = out
            .iter_mut()
            .find(|written| written.party == party && written.mark == mark);
        match known {
            Some(known) if known.relation <= relation => {}
            Some(known) => {
                known.relation = relation;
                known.place = place.clone();
                known.verbatim = verbatim.to_owned();
            }
            None => out.push(Written {
                party,
                mark: mark.to_owned(),
                verbatim: verbatim.to_owned(),
                relation,
                place: place.clone(),
            }),
        }
    };
    for mark in marks {
        let range = sheet.on_one_page(sheet.range(mark.range.clone()));
        let place = sheet.place(range.clone());
        let relation = relations
            .reasons
            .iter()
            .filter(|reason| reason.place == place)
            .map(|reason| reason.relation)
            .min()
            .unwrap_or(Relation::Mentions);
        add(mark.party, relation, &place, &sheet.text[range]);
    }
    // A mark may be read as one only where a list asks for it: "V" in "skrivelse från V".
    for reason in &relations.reasons {
        let text = sheet.at(&reason.place);
        if reason.rule != Rule::Signs {
            add(reason.party, reason.relation, &reason.place, text);
        }
    }
    out.sort_by(|a, b| (a.relation, &a.place, &a.mark).cmp(&(b.relation, &b.place, &b.mark)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_and_a_word_for_people() {
        for (rule, name, words) in RULES {
            assert_eq!(rule.to_string(), name);
            assert_eq!(rule.explained(), words);
            let json = serde_json::to_string(&rule).expect("a rule is a word");
            assert_eq!(json, format!("\"{name}\""));
        }
    }

    #[test]
    fn a_mark_that_only_stands_somewhere_is_shown_in_its_sentence() {
        let roll = "Elsa Berg (S) ".repeat(40);
        for (text, want) in [
            (
                "Planen antas. Ulf Ek\n(M) yrkar bifall till\nplanen. Mötet slutar.",
                "Ulf Ek\n(M) yrkar bifall till\nplanen.",
            ),
            (
                "Beslut\n\nUlf Ek (M) yrkar avslag\n\nBilaga",
                "Ulf Ek (M) yrkar avslag",
            ),
            (&format!("{roll}\nUlf Ek (M)\n{roll}"), "Ulf Ek (M)"),
        ] {
            let sheet = Sheet::new([(1, text)]);
            let at = text.find("(M)").expect("a mark") + 1;
            let shown = around_mark(&sheet, at..at + 1);
            assert_eq!(&sheet.text[sheet.range(shown)], want, "{text:?}");
        }
        // What stands on another page is no part of the line that is shown.
        let sheet = Sheet::new([(1, "Enligt planen ska"), (2, "Ulf Ek (M) svara för allt.")]);
        let at = memchr::memmem::find(&sheet.folded, b"(m)").expect("a mark") + 1;
        let shown = around_mark(&sheet, at..at + 1);
        assert_eq!(
            &sheet.text[sheet.range(shown)],
            "Ulf Ek (M) svara för allt."
        );
    }
}
