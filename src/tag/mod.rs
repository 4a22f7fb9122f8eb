//! Clean pages → what the paper says of itself: dnr, dates, parties, people, nämnd, kind. Pure: no files, no clock, no errors.
//!
//! A tag is a claim with evidence: the text at its [`Place`] contains it as written. Matching is done on a folded copy of
//! the text (`sheet`), so that a page whose letters an OCR engine misread gives the same tags. What this room does not do:
//! it does not know other papers, and it says nothing that the paper or its header does not say.

mod about;
mod addressee;
mod announced;
mod answer;
mod answer_heading;
mod at_meeting;
mod by_word;
mod chosen;
mod code;
mod cue;
mod date;
mod date_alone;
mod date_role;
mod date_shared;
mod decide;
mod dnr;
mod dnr_key;
mod dnr_labelled;
mod dnr_role;
mod dnr_shape;
mod dnr_table;
mod earlier;
mod ends;
mod fate;
mod fold;
mod formula;
mod front;
mod gate;
mod given;
mod handed_in;
mod head;
mod heading;
mod initiative_kind;
mod initiative_word;
mod kind;
mod letters;
mod loose;
mod mark;
mod mark_context;
mod matter;
mod name_end;
mod name_part;
mod namnd;
mod namnd_grammar;
mod namnd_header;
mod namnd_name;
mod namnd_table;
mod noun;
mod outcome;
mod own_sheet;
mod party;
mod party_typed;
mod pattern;
mod person;
mod relation;
mod running;
mod sentence;
mod several;
mod shape;
mod sheet;
mod signer;
mod svar;
mod told;
mod who;
mod writers;
mod wrote;

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use date::{DateRole, DateTag};
pub use dnr::{Dnr, DnrRole};
pub use dnr_key::{has_all_of, lookup_key, short_key, short_keys};
pub use kind::{Kind, UnknownKind};
pub use namnd_name::{Years, namnd_covers, namnd_has, namnd_is, namnd_meant, namnd_predecessors};
pub use outcome::{Outcome, UnknownOutcome};
pub use party::{Party, UnknownParty, as_written, written_mark};
pub use party_typed::{named_party, typed_party};
pub use person::Person;
pub use relation::{Reason, Relation, Rule, Written};

use crate::page::{self, Found, Place};
use crate::repair::{CleanPage, CleanText};

use date::Read;
use sheet::Sheet;

/// What a paper says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tags {
    /// What kind of paper it is.
    pub kind: Kind,
    /// The words that tell the kind, when some do.
    pub kind_place: Option<Place>,
    /// The paper's own title.
    pub title: Option<Found<String>>,
    /// The nämnd that it is written to, by its full name in its undetermined form where it has one
    /// ("Hägersten-Liljeholmens stadsdelsnämnd", "Socialnämnden"). When only the header says it, its place is the empty
    /// range at the beginning of the first page.
    pub namnd: Option<Found<String>>,
    /// The förvaltning that wrote it.
    pub forvaltning: Option<Found<String>>,
    /// The date of the document, or the best that the paper gives: meeting, else the newest full date in its head. When
    /// only the header says it, its place is the empty range at the beginning of the first page.
    pub date: Option<Found<Date>>,
    /// Every diary number.
    pub dnr: Vec<Found<Dnr>>,
    /// Every full date, and every date without year that the paper's own date completes.
    pub dates: Vec<Found<DateTag>>,
    /// Dates without year (`XXXX-03-05`) or without day (`2016-04`), as the text gives them.
    pub dates_partial: Vec<Found<String>>,
    /// The parties whose skrivelse, motion, interpellation or question is answered here; each party once, with its best evidence.
    pub answers: Vec<Found<Party>>,
    /// The parties whose motion or skrivelse was sent here on remiss.
    pub via_remiss: Vec<Found<Party>>,
    /// Who wrote the skrivelse, motion or interpellation at hand.
    pub authors: Vec<Found<Person>>,
    /// Other people that the paper names with a role: handläggare, signer.
    pub people: Vec<Found<Person>>,
    /// Every party named, in any role; each party once.
    pub mentions: Vec<Found<Party>>,
    /// Why each party stands in its relation: one for each place that says so, in the order of the text.
    pub reasons: Vec<Reason>,
    /// Every party in each form in which the paper writes it (`(fp)` and `(L)` are two forms of one party), the closest
    /// relation first.
    pub written: Vec<Written>,
    /// What the proposal comes to, or, of a matter in a protokoll, what was decided.
    pub outcome: Option<Found<Outcome>>,
    /// What is proposed (Förslag till beslut).
    pub proposal: Option<Found<String>>,
}

/// Tags a document. `header` is what its surroundings say of it (an agenda's "Stockholms stad > Farsta stadsdelsnämnd >
/// Sammanträde 2008-04-10") and may be empty; no place points into it.
pub fn tags(text: &CleanText, header: &str) -> Tags {
    let sheet = Sheet::new(
        text.pages
            .iter()
            .map(|page| (page.number, page.text.as_str())),
    );
    let parts = head::parts(&sheet);
    let head_end = if parts.whole {
        sheet.range(parts.head.clone()).end
    } else {
        0
    };

    let running = running::heads(&sheet, &text.pages);
    let header_folded = sheet::folded(header);
    let said = namnd_header::of_header(header, &header_folded);
    let bodies = namnd::all(&sheet);
    let places = namnd::Where {
        head_end,
        whole: parts.whole,
        proposal: parts.proposal.clone().map(|range| sheet.range(range)),
    };
    let from_text = namnd::of_text(&sheet, &bodies, &places);
    let namnd = match said {
        Some(name) => {
            // The text's own words are the better evidence when they say the same.
            let place = from_text
                .filter(|hit| hit.name == name)
                .and_then(|hit| hit.range)
                .map_or(sheet.start(), |range| sheet.place(range));
            Some(Found::new(name, place))
        }
        None => from_text.map(|hit| {
            let place = hit.range.map_or(sheet.start(), |range| sheet.place(range));
            Found::new(namnd_name::mended(&hit.name), place)
        }),
    };
    let namnd_folded = namnd
        .as_ref()
        .map(|found| sheet::folded(&found.value))
        .unwrap_or_default();
    let around = format!(
        "{} {}",
        header_folded,
        String::from_utf8_lossy(&sheet.folded[..sheet.folded.len().min(600)])
    );

    let marks = mark::find(&sheet, &around);
    let initiatives = answer::initiatives(&sheet, &marks, &around);
    let header_date = header_date(header);
    // A part of a list has a header; a whole one answers nobody itself, its matters do.
    let list = header.is_empty().then(|| matter::split(&sheet)).flatten();
    // The title of a list's first matter is not its own.
    let first_matter = list
        .as_ref()
        .and_then(|(_, items)| items.first())
        .map_or(sheet.text.len(), |item| item.range.start);
    let list = list.map(|(list, _)| list);
    let decision = decide::decide(&decide::Scene {
        sheet: &sheet,
        parts: &parts,
        initiatives: &initiatives,
        namnd: &namnd_folded,
        outside: !header.is_empty() && header_date.is_none(),
        headed: !header.is_empty(),
        section: names_section(&header_folded),
        list,
        marks: marks.len(),
    });
    let relations = relation::relations(&sheet, &parts, &decision, &initiatives, &marks, &around);
    let place = |range: Range<usize>| sheet.place(sheet.range(range));
    let people = signer::with_roles(&sheet, parts.head.clone())
        .into_iter()
        .map(|(name, role)| {
            let person = Person {
                name: person::name(&sheet, name.clone(), false),
                party: None,
                role: Some(sheet.written(role).to_lowercase()),
            };
            Found::new(person, place(name))
        })
        .collect();
    let mut hits = date::find(&sheet, head_end);
    let own_date = list
        .and_then(|_| list_date(&sheet, &hits))
        .or_else(|| {
            let outside = !header.is_empty();
            own_date(&sheet, &hits, header_date, &parts, head_end, outside)
        })
        // What its first page lost, the running heads of the others may have.
        .or_else(|| {
            hits.iter()
                .filter(|hit| running::holds(&running, &hit.range))
                .find_map(|hit| match hit.read {
                    Read::Full(date) => Some(Found::new(date, sheet.place(hit.range.clone()))),
                    _ => None,
                })
        });
    settle_roles(
        &mut hits,
        &sheet,
        own_date.as_ref(),
        list.is_some(),
        &running,
    );
    let mut dates = Vec::new();
    let mut dates_partial = Vec::new();
    for hit in &hits {
        let at = sheet.place(hit.range.clone());
        match hit.read {
            Read::Full(date) => dates.push(Found::new(
                DateTag {
                    date,
                    role: hit.role,
                },
                at,
            )),
            read => {
                if let (Read::NoYear(month, day), Some(own)) = (read, &own_date)
                    && let Some(date) = date_shared::resolved(month, day, own.value, hit.ahead)
                {
                    dates.push(Found::new(
                        DateTag {
                            date,
                            role: hit.role,
                        },
                        at.clone(),
                    ));
                }
                dates_partial.extend(read.partial().map(|partial| Found::new(partial, at)));
            }
        }
    }

    let body_start = parts.whole.then_some(head_end);
    let dnr = dnr::find(&sheet, body_start, &running, &namnd_folded)
        .into_iter()
        .map(|hit| Found::new(hit.dnr, sheet.place(hit.range)))
        .collect();
    let squeezed = |range: Range<usize>| {
        let value = fold::on_one_line(&sheet.text[sheet.on_one_page(sheet.range(range.clone()))]);
        Found::new(value, place(range))
    };
    let forvaltning = namnd::forvaltning(
        &sheet,
        &bodies,
        head_end,
        namnd.as_ref().map(|namnd| namnd.value.as_str()),
        !matches!(
            decision.kind,
            Kind::Skrivelse | Kind::Motion | Kind::Interpellation
        ),
    );
    Tags {
        kind: decision.kind,
        kind_place: decision.place.map(place),
        title: parts
            .title
            .clone()
            .or(parts.named.clone())
            .filter(|title| sheet.range(title.clone()).start < first_matter)
            .map(squeezed),
        namnd,
        forvaltning: forvaltning.map(|(name, range)| Found::new(name, sheet.place(range))),
        date: own_date,
        dnr,
        dates,
        dates_partial,
        answers: relations.answers,
        via_remiss: relations.via_remiss,
        authors: relations.authors,
        people,
        mentions: relations.mentions,
        reasons: relations.reasons,
        written: relations.written,
        outcome: outcome(&sheet, &parts, decision.kind),
        proposal: parts.proposal.clone().map(squeezed),
    }
}

/// Whether a folded header ends with the number of one section: `§ 58`.
fn names_section(header: &str) -> bool {
    header
        .trim_end()
        .rsplit_once("$ ")
        .is_some_and(|(before, number)| {
            !before.ends_with('$')
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// One matter of a protokoll or an agenda, tagged by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matter {
    /// Its number as the paper writes it, with its sign: `§ 12`, `7`.
    pub number: String,
    /// Where the matter stands: its first page's part.
    pub place: Place,
    /// Its parts on all its pages, in order; the first is `place`.
    pub parts: Vec<Place>,
    /// Its tags; places are places of the whole document.
    pub tags: Tags,
}

/// The matters of a protokoll or an agenda, in the order of the text, each tagged by itself; none for other papers.
/// `header` is as for [`tags`]; when it is empty, the paper's own nämnd and date stand in for it.
pub fn matters(text: &CleanText, header: &str) -> Vec<Matter> {
    let sheet = Sheet::new(
        text.pages
            .iter()
            .map(|page| (page.number, page.text.as_str())),
    );
    let Some((_, items)) = matter::split(&sheet) else {
        return Vec::new();
    };
    let header = if header.is_empty() {
        let whole = tags(text, header);
        let namnd = whole.namnd.map(|namnd| namnd.value).unwrap_or_default();
        let date = whole
            .date
            .map(|date| date.value.to_string())
            .unwrap_or_default();
        format!("> {namnd} > Sammanträde {date}")
    } else {
        header.to_owned()
    };
    items
        .into_iter()
        .map(|item| {
            let range = item.range.clone();
            let mut start = 0;
            let mut pages = Vec::new();
            let mut shifts = Vec::new();
            let mut parts = Vec::new();
            for page in &text.pages {
                let from = range.start.clamp(start, start + page.text.len()) - start;
                let to = range.end.clamp(start, start + page.text.len()) - start;
                if from < to {
                    shifts.push((page.number, from));
                    parts.push(Place::new(page.number, from..to));
                    pages.push(CleanPage {
                        number: page.number,
                        text: page.text[from..to].to_owned(),
                        furniture: Vec::new(),
                        judgement: page.judgement,
                        repairs: Vec::new(),
                        doubts: Vec::new(),
                    });
                }
                start += page.text.len() + 1;
            }
            let mut tags = tags(&CleanText { pages, model: None }, &header);
            // What was moved and said on a matter does not make it minutes of its own: its heading says what it is.
            if matches!(tags.kind, Kind::Protokoll | Kind::Other)
                && let Some(title) = &item.title
                && let Some(page) = text.pages.first()
            {
                tags.kind = kind_of(&sheet.text[title.clone()], page.judgement, &header);
            }
            tags.shift(&shifts);
            if let Some(title) = item.title {
                let value = fold::on_one_line(&sheet.text[sheet.on_one_page(title.clone())]);
                tags.title = Some(Found::new(value, sheet.place(title)));
            }
            Matter {
                number: item.number,
                place: sheet.place(range),
                parts,
                tags,
            }
        })
        .collect()
}

/// The kind that a matter's heading tells.
fn kind_of(heading: &str, judgement: crate::lexicon::Judgement, header: &str) -> Kind {
    let page = CleanPage {
        number: 1,
        text: heading.to_owned(),
        furniture: Vec::new(),
        judgement,
        repairs: Vec::new(),
        doubts: Vec::new(),
    };
    let whole = CleanText {
        pages: vec![page],
        model: None,
    };
    let kind = tags(&whole, header).kind;
    if kind == Kind::Other {
        Kind::Arende
    } else {
        kind
    }
}

impl Tags {
    /// Moves every place by the offset of its page's part.
    fn shift(&mut self, shifts: &[(u32, usize)]) {
        self.each_place(&mut |place| {
            if let Some((_, by)) = shifts.iter().find(|(page, _)| *page == place.page) {
                place.start += by;
                place.end += by;
            }
        });
    }

    /// Shows every place to `change`.
    fn each_place(&mut self, change: &mut impl FnMut(&mut Place)) {
        fn each<T>(found: &mut [Found<T>], change: &mut impl FnMut(&mut Place)) {
            found.iter_mut().for_each(|found| change(&mut found.place));
        }
        self.kind_place.iter_mut().for_each(&mut *change);
        each(self.title.as_mut_slice(), change);
        each(self.namnd.as_mut_slice(), change);
        each(self.forvaltning.as_mut_slice(), change);
        each(self.date.as_mut_slice(), change);
        each(&mut self.dnr, change);
        each(&mut self.dates, change);
        each(&mut self.dates_partial, change);
        each(&mut self.answers, change);
        each(&mut self.via_remiss, change);
        each(&mut self.authors, change);
        each(&mut self.people, change);
        each(&mut self.mentions, change);
        each(self.outcome.as_mut_slice(), change);
        each(self.proposal.as_mut_slice(), change);
        for reason in &mut self.reasons {
            change(&mut reason.place);
            change(&mut reason.sentence);
            reason.beyond.iter_mut().for_each(&mut *change);
        }
        for written in &mut self.written {
            change(&mut written.place);
        }
    }
}

/// What the proposal comes to; of a passage without one, what its text decides.
fn outcome(sheet: &Sheet, parts: &head::Parts, kind: Kind) -> Option<Found<Outcome>> {
    let range = match &parts.proposal {
        Some(range) => range.clone(),
        None if parts.whole || kind == Kind::Other => return None,
        None => 0..sheet.folded.len(),
    };
    outcome::of(sheet, range).map(|(outcome, at)| Found::new(outcome, sheet.place(sheet.range(at))))
}

/// The meeting's date that a header gives.
fn header_date(header: &str) -> Option<Date> {
    date::first(header)
}

/// The paper's date: the first in its head, else the header's, else, of a paper without headings, the first that has a
/// line to itself. `outside` says that a header surrounds the text.
fn own_date(
    sheet: &Sheet,
    hits: &[date::Hit],
    header: Option<Date>,
    parts: &head::Parts,
    head_end: usize,
    outside: bool,
) -> Option<Found<Date>> {
    let full = |hit: &date::Hit| match hit.read {
        Read::Full(date) => Some((date, hit.range.clone())),
        _ => None,
    };
    if parts.whole
        && let Some((date, range)) = hits
            .iter()
            .filter(|hit| hit.range.start < head_end)
            .find_map(full)
    {
        return Some(Found::new(date, sheet.place(range)));
    }
    if let Some(date) = header {
        return Some(Found::new(date, sheet.start()));
    }
    if parts.whole || outside {
        return None;
    }
    // A skrivelse, a motion or a protokoll has no headings; its date stands on a line of its own, above the text or under
    // it ("Sammanträde 2005-05-26", "Stockholm den 15 februari 2016").
    hits.iter()
        .filter_map(full)
        .find(|(_, range)| stands_alone(sheet, range))
        .map(|(date, range)| Found::new(date, sheet.place(range)))
}

/// Days within which a paper's meeting follows it.
const UNTIL_MEETING: i32 = 150;

/// Roles that only the whole paper tells: its own date, and, of two dates in its head, the later one as the meeting's.
fn settle_roles(
    hits: &mut [date::Hit],
    sheet: &Sheet,
    own: Option<&Found<Date>>,
    list: bool,
    running: &[Range<usize>],
) {
    let Some(own) = own.filter(|own| own.place.start < own.place.end) else {
        return;
    };
    let mut meeting = None;
    for hit in hits.iter_mut() {
        let Read::Full(date) = hit.read else { continue };
        if sheet.place(hit.range.clone()) == own.place {
            hit.role = match hit.role {
                _ if list => DateRole::Meeting,
                DateRole::Meeting => DateRole::Meeting,
                _ => DateRole::Document,
            };
        } else if date == own.value && running::holds(running, &hit.range) {
            // A running head says the paper's date again.
            hit.role = DateRole::Document;
        } else if hit.role == DateRole::Document {
            let days = (date - own.value).get_days();
            if (1..=UNTIL_MEETING).contains(&days) {
                meeting = Some(date);
            }
        }
    }
    let known = hits.iter().any(|hit| hit.role == DateRole::Meeting);
    for hit in hits.iter_mut().filter(|_| !known) {
        if hit.role == DateRole::Document && Some(hit.read) == meeting.map(Read::Full) {
            hit.role = DateRole::Meeting;
        }
    }
}

/// Bytes at the beginning of a protokoll or an agenda in which its meeting's date stands.
const LIST_HEAD: usize = 900;

/// The meeting's date of a protokoll or an agenda: the first full date of its beginning.
fn list_date(sheet: &Sheet, hits: &[date::Hit]) -> Option<Found<Date>> {
    hits.iter()
        .take_while(|hit| hit.range.start < LIST_HEAD)
        .find_map(|hit| match hit.read {
            Read::Full(date) => Some(Found::new(date, sheet.place(hit.range.clone()))),
            _ => None,
        })
}

/// Letters that may stand beside a date on a line of its own: a place, a label.
const BESIDE_DATE: usize = 24;

/// Whether the date at `range` of the sheet's text has its line nearly to itself.
fn stands_alone(sheet: &Sheet, range: &Range<usize>) -> bool {
    let before = page::line_range(&sheet.text, range.start).start..range.start;
    let after = range.end..page::line_range(&sheet.text, range.end).end;
    let letters = |part: Range<usize>| {
        sheet.text[part]
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(BESIDE_DATE + 1)
            .count()
    };
    letters(before) <= BESIDE_DATE && letters(after) == 0
}

#[cfg(test)]
mod fact_tests;
#[cfg(test)]
mod list_tests;
#[cfg(test)]
mod tests;
