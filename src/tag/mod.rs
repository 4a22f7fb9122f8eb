//! Clean pages → what the paper says of itself: dnr, dates, parties, people, nämnd, kind. Pure: no files, no clock, no errors.
//!
//! A tag is a claim with evidence: the text at its [`Place`] contains it as written. Matching is done on a folded copy of
//! the text (`sheet`), so that a page whose letters an OCR engine misread gives the same tags. What this room does not do:
//! it does not know other papers, and it says nothing that the paper or its header does not say.

mod answer;
mod date;
mod dnr;
mod head;
mod kind;
mod mark;
mod matter;
mod namnd;
mod party;
mod person;
mod sheet;

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use date::{DateRole, DateTag};
pub use dnr::{Dnr, DnrRole, lookup_key};
pub use kind::{Kind, UnknownKind};
pub use namnd::{namnd_covers, namnd_is};
pub use party::{Party, UnknownParty};
pub use person::Person;

use crate::page::{Found, Place};
use crate::repair::{CleanPage, CleanText};

use answer::{Form, Initiative, Noun};
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

    let said = namnd::of_header(header);
    let from_text = namnd::of_text(&sheet, head_end);
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
            Found::new(hit.name, place)
        }),
    };
    let namnd_folded = namnd
        .as_ref()
        .map(|found| sheet::folded(&found.value))
        .unwrap_or_default();
    let around = format!(
        "{} {}",
        sheet::folded(header),
        String::from_utf8_lossy(&sheet.folded[..sheet.folded.len().min(600)])
    );

    let marks = mark::find(&sheet, &around);
    let initiatives = answer::initiatives(&sheet, &marks, &around);
    let header_date = header_date(header);
    let decision = kind::decide(&kind::Scene {
        sheet: &sheet,
        parts: &parts,
        initiatives: &initiatives,
        namnd: &namnd_folded,
        outside: !header.is_empty() && header_date.is_none(),
        marks: marks.len(),
    });
    let at_hand = at_hand(&decision, &initiatives, &parts, &sheet);

    let place = |range: Range<usize>| sheet.place(sheet.range(range));
    let mut answers: Vec<Found<Party>> = Vec::new();
    let mut via_remiss: Vec<Found<Party>> = Vec::new();
    let mut authors: Vec<Found<Person>> = Vec::new();
    let mut named = BTreeSet::new();
    for initiative in &at_hand {
        let list = match decision.kind {
            Kind::SvarPaSkrivelse | Kind::SvarPaMotion | Kind::SvarPaInterpellation => {
                Some(&mut answers)
            }
            Kind::SvarPaRemiss => Some(&mut via_remiss),
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
            let name = person::name(&sheet, range.clone(), initiative.form == Form::Genitive);
            if named.insert(sheet::folded(&name)) {
                authors.push(Found::new(
                    Person {
                        name,
                        party: *party,
                        role: None,
                    },
                    place(range.clone()),
                ));
            }
        }
    }
    if authors.is_empty()
        && matches!(
            decision.kind,
            Kind::Skrivelse | Kind::Motion | Kind::Interpellation
        )
    {
        let until = parts
            .attachments
            .as_ref()
            .map_or(sheet.folded.len(), |list| list.start);
        for (range, party) in person::signers(&sheet, until, &around) {
            let name = person::name(&sheet, range.clone(), false);
            authors.push(Found::new(
                Person {
                    name,
                    party: Some(party),
                    role: None,
                },
                place(range),
            ));
        }
    }
    let people = if parts.whole {
        person::with_roles(&sheet, parts.head.clone())
    } else {
        Vec::new()
    };
    let people = people
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
    let mut mentions: Vec<Found<Party>> = Vec::new();
    for mark in &marks {
        if !mentions.iter().any(|found| found.value == mark.party) {
            mentions.push(Found::new(mark.party, place(mark.range.clone())));
        }
    }
    for found in answers.iter().chain(&via_remiss) {
        if !mentions.iter().any(|mention| mention.value == found.value) {
            mentions.push(found.clone());
        }
    }

    let hits = date::find(&sheet, head_end);
    let own_date = own_date(&sheet, &hits, header_date, &parts, head_end);
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
                    && let Some(date) = date::resolved(month, day, own.value)
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
    let dnr = dnr::find(&sheet, body_start, &namnd_folded)
        .into_iter()
        .map(|hit| Found::new(hit.dnr, sheet.place(hit.range)))
        .collect();
    let squeezed = |range: Range<usize>| {
        let value = sheet.text[sheet.on_one_page(sheet.range(range.clone()))]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        Found::new(value, place(range))
    };
    Tags {
        kind: decision.kind,
        kind_place: decision.place.map(place),
        title: parts.title.clone().map(squeezed),
        namnd,
        forvaltning: namnd::forvaltning(&sheet, head_end)
            .map(|(name, range)| Found::new(name, sheet.place(range))),
        date: own_date,
        dnr,
        dates,
        dates_partial,
        answers,
        via_remiss,
        authors,
        people,
        mentions,
        proposal: parts.proposal.clone().map(squeezed),
    }
}

/// One matter of a protokoll or an agenda, tagged by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matter {
    /// Where the matter stands: its first page's part.
    pub place: Place,
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
    let ranges = matter::split(&sheet);
    if ranges.is_empty() {
        return Vec::new();
    }
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
    ranges
        .into_iter()
        .map(|range| {
            let mut start = 0;
            let mut pages = Vec::new();
            let mut shifts = Vec::new();
            for page in &text.pages {
                let from = range.start.clamp(start, start + page.text.len()) - start;
                let to = range.end.clamp(start, start + page.text.len()) - start;
                if from < to {
                    shifts.push((page.number, from));
                    pages.push(CleanPage {
                        number: page.number,
                        text: page.text[from..to].to_owned(),
                        furniture: Vec::new(),
                        judgement: page.judgement,
                        repairs: Vec::new(),
                    });
                }
                start += page.text.len() + 1;
            }
            let mut tags = tags(&CleanText { pages }, &header);
            tags.shift(&shifts);
            Matter {
                place: sheet.place(range),
                tags,
            }
        })
        .collect()
}

impl Tags {
    /// Moves every place by the offset of its page's part.
    fn shift(&mut self, shifts: &[(u32, usize)]) {
        let shift = |place: &mut Place| {
            if let Some((_, by)) = shifts.iter().find(|(page, _)| *page == place.page) {
                place.start += by;
                place.end += by;
            }
        };
        self.kind_place.iter_mut().for_each(shift);
        self.title
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.namnd
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.forvaltning
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.date
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.dnr
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.dates
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.dates_partial
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.answers
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.via_remiss
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.authors
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.people
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.mentions
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
        self.proposal
            .iter_mut()
            .for_each(|found| shift(&mut found.place));
    }
}

/// The initiatives that the paper is about: those of the kind's own noun, without earlier ones; in a whole paper those of
/// its head and proposal when they name somebody, else those of its text, else of its list of attachments.
fn at_hand<'a>(
    decision: &kind::Decision,
    initiatives: &'a [Initiative],
    parts: &head::Parts,
    sheet: &Sheet,
) -> Vec<&'a Initiative> {
    let noun = match decision.kind {
        Kind::SvarPaSkrivelse | Kind::Skrivelse => Some(Noun::Skrivelse),
        Kind::SvarPaMotion | Kind::Motion => Some(Noun::Motion),
        Kind::SvarPaInterpellation | Kind::Interpellation => Some(Noun::Interpellation),
        Kind::SvarPaRemiss if decision.remiss => None,
        Kind::Anmalan => None,
        _ => return Vec::new(),
    };
    let fits = |initiative: &&Initiative| {
        noun.is_none_or(|noun| initiative.noun == noun)
            && !initiative.who.is_empty()
            && !initiative.earlier
    };
    let all: Vec<&Initiative> = initiatives.iter().filter(fits).collect();
    if !parts.whole {
        let listed = |one: &&Initiative| {
            parts
                .attachments
                .as_ref()
                .is_none_or(|list| one.at.start < list.start)
        };
        return all.into_iter().filter(listed).collect();
    }
    let within = |range: &Range<usize>, one: &Initiative| range.contains(&one.at.start);
    let named = |one: &&&Initiative| !one.who.marks.is_empty();
    let head: Vec<&Initiative> = all
        .iter()
        .filter(|one| {
            within(&parts.head, one)
                || parts
                    .proposal
                    .as_ref()
                    .is_some_and(|range| within(range, one))
        })
        .filter(named)
        .copied()
        .collect();
    let attachments = parts
        .attachments
        .clone()
        .unwrap_or(sheet.folded.len()..sheet.folded.len());
    let body: Vec<&Initiative> = all
        .iter()
        .filter(|one| one.at.start < attachments.start)
        .copied()
        .collect();
    if head.is_empty() {
        if body.iter().any(|one| !one.who.marks.is_empty()) {
            return body;
        }
        return all;
    }
    // The head says which parties; the text may say who wrote for them.
    let parties: Vec<Party> = head
        .iter()
        .flat_map(|one| one.who.marks.iter().map(|mark| mark.party))
        .collect();
    let mut out = head;
    out.extend(body.into_iter().filter(|one| {
        !one.who.marks.is_empty()
            && one
                .who
                .marks
                .iter()
                .all(|mark| parties.contains(&mark.party))
    }));
    out
}

/// The meeting's date that a header gives.
fn header_date(header: &str) -> Option<Date> {
    let sheet = Sheet::new([(1, header)]);
    date::find(&sheet, 0)
        .into_iter()
        .find_map(|hit| match hit.read {
            Read::Full(date) => Some(date),
            _ => None,
        })
}

/// The paper's date: the first in its head, else the header's, else the newest full date of a short text's head.
fn own_date(
    sheet: &Sheet,
    hits: &[date::Hit],
    header: Option<Date>,
    parts: &head::Parts,
    head_end: usize,
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
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::{extract, repair};

    fn tagged(text: &str, header: &str) -> Tags {
        tags(&repair::text(&extract::plain(text.as_bytes())), header)
    }

    fn codes(found: &[Found<Party>]) -> String {
        let codes: Vec<&str> = found.iter().map(|found| found.value.code()).collect();
        codes.join(" ")
    }

    #[test]
    #[expect(clippy::print_stderr, reason = "a skipped test must say so")]
    fn the_seed_papers_are_tagged_as_a_reader_would() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
        let Ok(entries) = std::fs::read_dir(&seeds) else {
            eprintln!("skipped: no seed papers at {}", seeds.display());
            return;
        };
        let mut seen = 0;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(bytes) = std::fs::read(entry.path()) else {
                continue;
            };
            let tags = tags(&repair::text(&extract::plain(&bytes)), "");
            let dnr: Vec<(&str, DnrRole)> = tags
                .dnr
                .iter()
                .map(|dnr| (dnr.value.key.as_str(), dnr.value.role))
                .collect();
            let namnd = tags.namnd.as_ref().map(|namnd| namnd.value.as_str());
            let (answers, kind, want_dnr, want_namnd): (&str, Kind, Vec<(&str, DnrRole)>, &str) =
                match &name[..3] {
                    "000" => (
                        "M",
                        Kind::SvarPaSkrivelse,
                        vec![("2.2.1-230/2016", DnrRole::Other)],
                        "Spånga-Tensta stadsdelsnämnd",
                    ),
                    "001" => ("", Kind::Arende, vec![], "Socialnämnden"),
                    "002" => ("M", Kind::SvarPaSkrivelse, vec![], "Socialnämnden"),
                    "003" => (
                        "V",
                        Kind::SvarPaSkrivelse,
                        vec![("HL2019/619", DnrRole::Own)],
                        "Hägersten-Liljeholmens stadsdelsnämnd",
                    ),
                    "004" => ("L", Kind::SvarPaSkrivelse, vec![], "Socialnämnden"),
                    _ => continue,
                };
            seen += 1;
            assert_eq!(codes(&tags.answers), answers, "{name}");
            assert_eq!(codes(&tags.via_remiss), "", "{name}");
            assert_eq!(codes(&tags.mentions), answers, "{name}");
            assert_eq!(tags.kind, kind, "{name}");
            assert_eq!(dnr, want_dnr, "{name}");
            assert_eq!(namnd, Some(want_namnd), "{name}");
            let people = match &name[..3] {
                "000" | "002" | "003" => 1,
                "004" => 2,
                _ => 0,
            };
            assert_eq!(tags.authors.len(), people, "{name}: {:?}", tags.authors);
            if name.starts_with("003") {
                let date = |role| {
                    tags.dates
                        .iter()
                        .find(|date| date.value.role == role)
                        .map(|date| date.value.date.to_string())
                };
                assert_eq!(
                    tags.date.map(|date| date.value.to_string()).as_deref(),
                    Some("2020-02-09")
                );
                assert_eq!(date(DateRole::Meeting).as_deref(), Some("2020-03-12"));
                assert_eq!(date(DateRole::Skrivelse).as_deref(), Some("2019-12-19"));
                assert_eq!(
                    tags.title.map(|title| title.value).as_deref(),
                    Some("Arbetsmiljön för socialsekreterare och biståndsbedömare")
                );
            }
        }
        assert_eq!(seen, 5);
    }

    #[test]
    fn a_header_gives_namnd_and_date_without_place() {
        let tags = tagged(
            "6 Investeringar i parker",
            "Storby > Farsta stadsdelsnämnd > Sammanträde 2008-04-10",
        );
        let namnd = tags.namnd.map(|found| (found.value, found.place));
        assert_eq!(
            namnd,
            Some(("Farsta stadsdelsnämnd".to_owned(), Place::new(1, 0..0)))
        );
        assert_eq!(
            tags.date.map(|found| (found.value, found.place)),
            Some((Date::constant(2008, 4, 10), Place::new(1, 0..0)))
        );
    }

    /// Text, header's nämnd, kind, whom it answers, via a remiss.
    type Row = (&'static str, &'static str, Kind, &'static str, &'static str);

    #[test]
    fn every_relation_is_told_apart() {
        use Kind::*;
        const SDN: &str = "Farsta stadsdelsnämnd";
        const KF: &str = "Kommunfullmäktige";
        let rows: &[Row] = &[
            (
                "9 Ljus i parken\nSvar på skrivelse (s)\nDnr 328-2009-599",
                SDN,
                SvarPaSkrivelse,
                "S",
                "",
            ),
            (
                "Svar på skrivelse (s), (mp) och (v) om ljus",
                SDN,
                SvarPaSkrivelse,
                "S MP V",
                "",
            ),
            (
                "Ökad e-demokrati. Svar på skrivelse",
                SDN,
                SvarPaSkrivelse,
                "",
                "",
            ),
            (
                "8 Ljus från Elsa Berg (V). Svar på skrivelse",
                SDN,
                SvarPaSkrivelse,
                "V",
                "",
            ),
            (
                "8 Ljus i parker (v)\nSvar på skrivelse",
                SDN,
                SvarPaSkrivelse,
                "V",
                "",
            ),
            (
                "Svar på skrivelse angående ljus (fp)",
                SDN,
                SvarPaSkrivelse,
                "L",
                "",
            ),
            (
                "Svar på skrivelse från Elsa Berg (fp) Ulf Ek (m) och Ida Ros (c)",
                SDN,
                SvarPaSkrivelse,
                "L M C",
                "",
            ),
            (
                "Svar på skrivelse från vice ordföranden Elsa Berg m fl (m) angående ljus",
                SDN,
                SvarPaSkrivelse,
                "M",
                "",
            ),
            (
                "Svar på Vänsterpartiets skrivelse om ljus",
                "",
                SvarPaSkrivelse,
                "V",
                "",
            ),
            (
                "Elsa Berg m.fl. (V) med flera har i en skrivelse till nämnden begärt ljus.",
                "",
                SvarPaSkrivelse,
                "V",
                "",
            ),
            (
                "I en skrivelse till nämnden föreslår Elsa Berg (S) att parken rustas.",
                SDN,
                SvarPaSkrivelse,
                "S",
                "",
            ),
            (
                "I skrivelsen ”Ljus” från Elsa Berg \n\n(L) och Ida Ros (L) till nämnden framförs",
                "",
                SvarPaSkrivelse,
                "L",
                "",
            ),
            (
                "8 Ljus. Skrivelse från Elsa Berg (mp) (S)",
                "Trafiknämnden",
                SvarPaSkrivelse,
                "MP",
                "",
            ),
            (
                "8 Ljus. Skrivelse från Elsa Berg (s). Återremiss (RY)",
                "Gatu- och fastighetsnämnden",
                SvarPaSkrivelse,
                "S",
                "",
            ),
            (
                "Svar på skrivelse från Farsta pensionärsråd om ljus",
                SDN,
                SvarPaSkrivelse,
                "",
                "",
            ),
            (
                "Svar på skrivelse från Hyresgästföreningen om ljus av Elsa Berg (S)",
                SDN,
                SvarPaSkrivelse,
                "",
                "",
            ),
            (
                "Svar på skrivelse från IVO om ljus",
                SDN,
                SvarPaRemiss,
                "",
                "",
            ),
            (
                "Förvaltningens svar på skrivelse av den 3 mars 2009 från Elsa Berg (V)",
                SDN,
                SvarPaSkrivelse,
                "V",
                "",
            ),
            (
                "Skrivelse från Elsa Berg (V) - svar",
                SDN,
                SvarPaSkrivelse,
                "V",
                "",
            ),
            (
                "Elsa Berg (V) anmälde en skrivelse om ljus.",
                SDN,
                Skrivelse,
                "",
                "",
            ),
            (
                "6 Svar på Stadsrevisionens granskning",
                SDN,
                SvarPaRemiss,
                "",
                "",
            ),
            ("5 Anmälan av skrivelse från (V)", SDN, Anmalan, "", ""),
            (
                "5 Skrivelser som inkommit från nämndens ledamöter",
                SDN,
                Anmalan,
                "",
                "",
            ),
            (
                "2 Medborgarförslag anmälan\nSnö från Lisa Ek",
                SDN,
                Anmalan,
                "",
                "",
            ),
            (
                "Skrivelse från Elsa Berg (V) om ljus\nÖverlämnas till förvaltningen för beredning",
                SDN,
                Skrivelse,
                "",
                "",
            ),
            (
                "Yttrande över en motion från Ulf Ek (kd)",
                SDN,
                SvarPaMotion,
                "KD",
                "",
            ),
            (
                "Tjänsteutlåtande rörande motion av Ulf Ek (s) om ett museum",
                "Kulturnämnden",
                SvarPaMotion,
                "S",
                "",
            ),
            (
                "6 Utl. 2009:31. En byst. Motion av Elsa Berg och Ulf Ek (båda s) (2008:63)",
                KF,
                SvarPaMotion,
                "S",
                "",
            ),
            (
                "7 Motion om arbete (KS 2009-05-26, § 104) bordlagt 2009-06-11",
                KF,
                SvarPaMotion,
                "",
                "",
            ),
            (
                "7 Motion (2012:6) av Elsa Berg (S) om ljus",
                KF,
                Motion,
                "",
                "",
            ),
            (
                "13 Motion (2010:2) av Elsa Berg (S) om ljus\nRemiss från kommunstyrelsen",
                "Miljönämnden",
                SvarPaRemiss,
                "",
                "S",
            ),
            (
                "Remissvar avseende motion (2011:44) från Ida Ros m.fl (S)",
                SDN,
                SvarPaRemiss,
                "",
                "S",
            ),
            (
                "Svar på remiss av motion om ljus av Elsa Berg (V)",
                SDN,
                SvarPaRemiss,
                "",
                "V",
            ),
            (
                "19 Motion (2008:78) om mark - Elsa Berg (s) och Ulf Ek (s)\nRemiss från kommunstyrelsen",
                "Miljönämnden",
                SvarPaRemiss,
                "",
                "S",
            ),
            (
                "Interpellation från Elsa Berg (S) till kommunalrådet Ulf Ek (M) om ljus",
                KF,
                Interpellation,
                "",
                "",
            ),
            (
                "Svar på interpellation ställd av Elsa Berg (S) till Ulf Ek (M)",
                KF,
                SvarPaInterpellation,
                "S",
                "",
            ),
            (
                "Svar på Elsa Bergs (S) interpellation om ljus",
                KF,
                SvarPaInterpellation,
                "S",
                "",
            ),
            (
                "Bifall till motionen från MP-ledamöterna och V-ledamoten.",
                KF,
                Protokoll,
                "",
                "",
            ),
            (
                "§1 Mötet öppnas\nOrdföranden Ulf Ek (M) öppnade mötet.",
                SDN,
                Protokoll,
                "",
                "",
            ),
            (
                "§1 Justering\nUlf Ek (m) justerar med ordföranden Elsa Berg (s).",
                SDN,
                Protokoll,
                "",
                "",
            ),
            (
                "7 Tider för nämndens sammanträden 2011 (S)",
                "Trafiknämnden",
                Arende,
                "",
                "",
            ),
        ];
        for &(text, namnd, kind, answers, via) in rows {
            let header = if namnd.is_empty() {
                String::new()
            } else {
                format!("Storby > {namnd} > Sammanträde 2009-10-22")
            };
            for text in [
                text.to_owned(),
                text.replace(['å', 'ä'], "a")
                    .replace('ö', "o")
                    .replace('Ö', "O")
                    .replace('Å', "A"),
            ] {
                let tags = tagged(&text, &header);
                assert_eq!(
                    (tags.kind, codes(&tags.answers), codes(&tags.via_remiss)),
                    (kind, answers.to_owned(), via.to_owned()),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn a_protokoll_is_tagged_matter_by_matter() {
        let text = "Protokoll\nFarsta stadsdelsnämnd 2009-12-17\n§ 1 Val av justerare\nNämnden utser Ulf Ek (M).\n\
            § 2 Ljus i parken\nSvar på skrivelse från Elsa Berg (V)\nDnr 311-234/2009\n\u{c}\
            § 3 Snö\nSvar på skrivelse från Ida Ros (S)\nReservation av (M)";
        let clean = repair::text(&extract::plain(text.as_bytes()));
        let matters = matters(&clean, "");
        let answers: Vec<String> = matters
            .iter()
            .map(|matter| codes(&matter.tags.answers))
            .collect();
        assert_eq!(answers, ["", "V", "S"]);
        let found = &matters[2].tags.answers[0];
        let page = &clean.pages[found.place.page as usize - 1];
        assert_eq!(
            (found.place.page, &page.text[found.place.range()]),
            (2, "S")
        );
        assert_eq!(matters[1].tags.dnr[0].value.key, "311-234/2009");
        assert_eq!(tags(&clean, "").kind, Kind::Protokoll);
    }

    /// Every place lies in its page on letter boundaries; what is quoted as written stands there.
    fn check_places(clean: &CleanText, tags: &Tags) {
        let at = |place: &Place| {
            let page = clean
                .pages
                .iter()
                .find(|page| page.number == place.page)
                .expect("a page");
            page.text
                .get(place.range())
                .expect("letter boundaries")
                .to_owned()
        };
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for dnr in &tags.dnr {
            assert_eq!(at(&dnr.place), dnr.value.verbatim);
        }
        for person in tags.authors.iter().chain(&tags.people) {
            assert!(
                squeezed(&at(&person.place)).contains(&person.value.name),
                "{person:?}"
            );
        }
        for party in tags
            .answers
            .iter()
            .chain(&tags.via_remiss)
            .chain(&tags.mentions)
        {
            assert!(!at(&party.place).is_empty(), "{party:?}");
        }
        for text in tags.title.iter().chain(&tags.proposal) {
            assert_eq!(squeezed(&at(&text.place)), text.value);
        }
        for date in &tags.dates {
            assert!(at(&date.place).bytes().any(|byte| byte.is_ascii_digit()));
        }
        for date in &tags.dates_partial {
            assert!(at(&date.place).bytes().any(|byte| byte.is_ascii_digit()));
        }
        for place in tags
            .kind_place
            .iter()
            .chain(tags.namnd.iter().map(|found| &found.place))
        {
            at(place);
        }
        for place in tags
            .forvaltning
            .iter()
            .map(|found| &found.place)
            .chain(tags.date.iter().map(|found| &found.place))
        {
            at(place);
        }
    }

    /// Text in which the words of this room meet in every order, with damage between them.
    fn wild_text() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            Just("Svar på skrivelse från ".to_owned()),
            Just("motion (2010:4) av ".to_owned()),
            Just("har i en skrivelse ".to_owned()),
            Just("Elsa Berg ".to_owned()),
            Just("m.fl. ".to_owned()),
            Just("(M) ".to_owned()),
            Just("(s, v och mp".to_owned()),
            Just("vänsterpartiets ".to_owned()),
            Just("Dnr ".to_owned()),
            Just("HL 2019/619 ".to_owned()),
            Just("1.2.4.- 579/12".to_owned()),
            Just("den 3 mars ".to_owned()),
            Just("2016-02-\n16 ".to_owned()),
            Just("Socialnämnden godkänner ".to_owned()),
            Just("Farsta \nstadsdelsnämnd".to_owned()),
            Just("\nSammanfattning\n".to_owned()),
            Just("\nFörslag till beslut\n".to_owned()),
            Just("\nBilagor\n".to_owned()),
            Just("\n§ 4 ".to_owned()),
            Just("\u{c}".to_owned()),
            Just("o\u{308}ﬁ\u{ad}\u{fffd}".to_owned()),
            "[ -~åäöÅÄÖ\n]{0,12}",
            "\\PC{0,6}",
        ];
        prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn no_text_panics_and_every_place_holds(text in wild_text(), header in "(?:[a-zåäö>0-9 -]{0,40})") {
            let clean = repair::text(&extract::plain(text.as_bytes()));
            let tags = tagged_once_and_again(&clean, &header);
            check_places(&clean, &tags);
            for matter in matters(&clean, &header) {
                check_places(&clean, &matter.tags);
            }
        }

        #[test]
        fn no_bytes_panic(text in any::<String>()) {
            let clean = repair::text(&extract::plain(text.as_bytes()));
            check_places(&clean, &tags(&clean, &text));
        }

        #[test]
        fn a_document_is_tagged_the_same_after_any_other(one in wild_text(), other in wild_text()) {
            let alone = tagged(&one, "");
            tagged(&other, "");
            prop_assert_eq!(tagged(&one, ""), alone);
        }
    }

    fn tagged_once_and_again(clean: &CleanText, header: &str) -> Tags {
        let tags = tags(clean, header);
        assert_eq!(super::tags(clean, header), tags);
        tags
    }
}
