//! Nämnder and förvaltningar: a header and a sheet → the nämnd a paper is written to, and the förvaltning that wrote it.
//!
//! The names are those of `namnd_table`; a nämnd that the table lacks is taken as written.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::namnd_grammar::names;
use super::namnd_name::namnd_covers;
use super::namnd_table::{ANY, ANY_BODY, STADSDELAR, TABLE, known};
use super::sheet::{Gated, Sheet, folded, gated, parts_around, tolerant};

/// A nämnd that decides: the proposal's subject.
pub(super) static DECIDES: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^s?(?: respektive [a-z]+)? (?:beslutade|godkänner|beslutar|hänvisar|överlämnar|avstår|avslår|bifaller|tillstyrker|avstyrker|anser|besvarar|lägger|åberopar|ger|uppdrar|utser|föreslår|remitterar|återremitterar|noterar|fastställer|antar|bordlägger|medger)\b",
    )
});

static TO: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\btill\s+$"));

/// The nämnd and where it is said; no range when only the header says it.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) name: String,
    pub(super) range: Option<Range<usize>>,
}

/// The score from which a nämnd is named where papers name their own.
const SAID_PLAINLY: u32 = 1000;

/// Where papers name their own nämnd: where a whole paper's head ends, and its proposal; both in the sheet's text.
#[derive(Clone, Debug, Default)]
pub(super) struct Where {
    pub(super) head_end: usize,
    pub(super) whole: bool,
    pub(super) proposal: Option<Range<usize>>,
}

/// What a sheet says of the nämnd it is written to: the proposal's subject, else whom it is sent to, else the one named in
/// the head, else most often; a förvaltning says its nämnd. `named` is what [`all`] finds on it.
pub(super) fn of_text(sheet: &Sheet, named: &[Named], places: &Where) -> Option<Hit> {
    let head_end = places.head_end;
    let proposed = |one: &Named| {
        let proposal = places.proposal.as_ref();
        proposal.is_some_and(|proposal| proposal.contains(&one.range.start))
    };
    let times = times(named);
    // "Utlåtande 2018:122": what the board puts before the assembly.
    static TO_ASSEMBLY: LazyLock<Gated> = LazyLock::new(|| gated(r"^\W*utlåtande \d{4}:\d"));
    let assembly = TO_ASSEMBLY.is_in(sheet, &sheet.folded);
    // "KF § 70" heads a matter of the assembly, whoever is named in it.
    static MATTER_OF: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"(?m)^[ \t]*(?:(kf)|ks) § ?\d"));
    let beginning = &sheet.folded[..sheet.folded.len().min(120)];
    if head_end == 0
        && beginning.contains(&b'$')
        && let Some(found) = MATTER_OF.captures(beginning)
        && let Some(all) = found.get(0)
    {
        let name = match found.get(1) {
            Some(_) => "Kommunfullmäktige",
            None => "Kommunstyrelsen",
        };
        return Some(Hit {
            name: name.to_owned(),
            range: Some(sheet.range(all.start()..all.start() + 2)),
        });
    }
    let mut best: Option<(u32, &Named)> = None;
    let chairs = named.iter().filter(|one| one.chair).count();
    for one in named
        .iter()
        .filter(|one| !one.chair || chairs == named.len())
    {
        // Of two that decide together the first is meant.
        // What another body decided once is told in a paper's text; its own nämnd decides in the proposal.
        let decides = match one.decides {
            Decides::Now => true,
            Decides::Once => !places.whole || proposed(one),
            Decides::Long | Decides::No | Decides::Proposes => false,
        };
        let score = match (decides, one.range.start < head_end) {
            _ if assembly && one.name == "Kommunfullmäktige" => 5 * SAID_PLAINLY,
            _ if one.address > 0 => (2 + one.address) * SAID_PLAINLY,
            _ if one.decides == Decides::Proposes && places.whole => 2 * SAID_PLAINLY - 1,
            (true, _) => 2 * SAID_PLAINLY + u32::from(places.whole && proposed(one)),
            (false, true) => SAID_PLAINLY + u32::from(!one.office),
            (false, false) => {
                u32::from(one.to) * 100
                    + u32::from(!one.office) * 50
                    + times
                        .get(one.name.as_str())
                        .map_or(0, |times| *times.min(&40))
            }
        };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, one));
        }
    }
    let hit = |one: &Named| Hit {
        name: one.name.clone(),
        range: Some(one.range.clone()),
    };
    match best {
        Some((score, one)) if score >= SAID_PLAINLY => Some(hit(one)),
        // Nothing but a board's chair is named: interpellations are put to it in the assembly.
        Some((_, one)) if one.chair && INTERPELLATION.is_in(sheet, &sheet.folded) => Some(Hit {
            name: assembly_of(&one.name).to_owned(),
            range: Some(one.range.clone()),
        }),
        // "Stadsdelsförvaltningen" writes, and other offices are only spoken of.
        best => lone_stadsdel(sheet).or(best
            .filter(|(_, one)| !one.office || !WE_OF_THE_STADSDEL.is_in(sheet, &sheet.folded))
            .map(|(_, one)| hit(one))),
    }
}

static INTERPELLATION: LazyLock<Gated> = LazyLock::new(|| gated(r"\binterpell"));

/// The assembly over a board.
fn assembly_of(board: &str) -> &'static str {
    match board.get(..6) {
        Some("Region") => "Regionfullmäktige",
        Some("Landst") => "Landstingsfullmäktige",
        _ => "Kommunfullmäktige",
    }
}

/// Bytes at the beginning of a paper in which its letterhead stands.
const LETTERHEAD: usize = 700;

/// How plainly a nämnd's name has its line of the letterhead to itself, maybe with the meeting's date behind it: 2
/// `Till Socialnämnden` or `Mottagare Kulturnämnden`, 1 the name alone, 0 neither. `at` is of the folded copy.
fn address(folded: &[u8], at: &Range<usize>) -> u32 {
    static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[ \t,:.]*(?:(?:sammanträdes)?datum\b|dnr\b|(?:(?:den )?\d{1,4}[- /]?(?:\d\d-\d\d|[a-z]+ \d{4})[ \t,]*)?(?:p\.? ?\d+|[$] ?\d+)?[ \t]*(?:\n|$))",
        )
    });
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?:^|\n)[ \t]*(?:(till|mottagare)[ \t]*:?\s{0,4}|\d{4}-\d\d-\d\d |[a-z-]{2,20} kommun |(?:[a-z-]{2,20} kommun )?(?:sammanträdes)?protokoll(?: för| från)? ?)?$",
        )
    });
    // "Organ: Kommunstyrelsens arbetsutskott", on the sheet that says when minutes were put up.
    static ORGAN: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\b(?:organ|beslutsinstans|beslutande organ) ?:?\s*$"));
    if ORGAN.is_match(&folded[at.start.saturating_sub(24)..at.start]) {
        return 2;
    }
    // "Förslag till beslut i kommunstyrelsen"
    static PROPOSED_IN: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"förslag till (?:beslut (?:i|för) )?$"));
    if PROPOSED_IN.is_match(&folded[at.start.saturating_sub(40)..at.start]) {
        return 1;
    }
    if at.start > LETTERHEAD || !BEHIND.is_match(&folded[at.end..(at.end + 40).min(folded.len())]) {
        return 0;
    }
    // No line's beginning that is read here is longer.
    match BEFORE.captures(&folded[at.start.saturating_sub(90)..at.start]) {
        Some(before) => 1 + u32::from(before.get(1).is_some()),
        None => 0,
    }
}

/// How often each nämnd is named.
fn times<'a>(named: impl IntoIterator<Item = &'a Named>) -> BTreeMap<&'a str, u32> {
    let mut times = BTreeMap::new();
    for one in named {
        *times.entry(one.name.as_str()).or_insert(0) += 1;
    }
    times
}

/// The förvaltning that is named in a sheet's head, or else the nämnd's own where the text speaks of it, and where. Without a
/// nämnd, the one that is named most often. `named` is what [`all`] finds on the sheet; `may_write` says whether papers of
/// this kind are written by a förvaltning that calls itself no more than that.
pub(super) fn forvaltning(
    sheet: &Sheet,
    named: &[Named],
    head_end: usize,
    namnd: Option<&str>,
    may_write: bool,
) -> Option<(String, Range<usize>)> {
    // Behind the head other offices are consulted or only spoken of: they did not write this.
    let writes = |one: &&Named| {
        one.office && (namnd.is_none_or(|namnd| namnd == one.name) || one.range.start < head_end)
    };
    let offices = || named.iter().filter(writes);
    if let Some(namnd) = namnd
        && offices().next().is_none()
    {
        let row = TABLE.iter().find(|row| row.name == namnd);
        let find = |word: &str| {
            let word = folded(word);
            let starts = |at: &usize| *at == 0 || !sheet.folded[at - 1].is_ascii_alphanumeric();
            memchr::memmem::find_iter(&sheet.folded, word.as_bytes())
                .filter(starts)
                .map(|at| sheet.range(at..at + word.len()))
                .next()
        };
        return match row.and_then(|row| row.forvaltning) {
            // By the name that it has for itself: `förvaltningen`, `kontoret`.
            Some(office) => {
                let own = ["stadsdelsförvaltningen", "förvaltningen", "kontoret"];
                let word = own.into_iter().find(|word| {
                    let kind = &word[..word.len() - 2];
                    let kind = kind.strip_prefix("stadsdels").unwrap_or(kind);
                    office.contains(kind)
                })?;
                let bare = word.strip_prefix("stadsdels").unwrap_or(word);
                let at = find(word).or_else(|| find(bare)).filter(|_| may_write)?;
                Some((office.to_owned(), at))
            }
            // Of a nämnd that the table does not know, the office of its name.
            None => {
                let office = format!("{}förvaltningen", namnd.strip_suffix("nämnden")?);
                let at = find(&office)?;
                Some((office, at))
            }
        };
    }
    let times = times(offices());
    let one = offices().rev().max_by_key(|one| {
        let head = one.range.start < head_end;
        // Behind the head other offices are consulted; the nämnd's own comes first.
        let own = namnd == Some(one.name.as_str());
        (head, own, times.get(one.name.as_str()))
    })?;
    let row = TABLE.iter().find(|row| row.name == one.name)?;
    Some((row.forvaltning?.to_owned(), one.range.clone()))
}

/// A nämnd or förvaltning named in a text.
pub(super) struct Named {
    /// The nämnd.
    name: String,
    /// In the sheet's text.
    range: Range<usize>,
    decides: Decides,
    to: bool,
    /// Named by its förvaltning.
    office: bool,
    /// How plainly the letterhead addresses it; see [`address`].
    address: u32,
    /// Its chair is named, and not the nämnd: "kommunstyrelsens ordförande".
    chair: bool,
}

/// Whether the words before and behind a name say that a matter is sent there: not "till kommunstyrelsen för beredning", where
/// an assembly sends a new motion.
fn is_sent_to(folded: &[u8], at: &Range<usize>) -> bool {
    static FOR: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"^ för (?:fortsatt |vidare )?(?:beredning|yttrande|besvarande)\b")
    });
    TO.is_match(&folded[at.start.saturating_sub(12)..at.start])
        && !FOR.is_match(&folded[at.end..(at.end + 40).min(folded.len())])
}

/// Whether a name in the genitive is its chair's.
fn is_chairs(folded: &[u8], end: usize) -> bool {
    static CHAIR: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^ (?:[12a-z]+ )?(?:vice )?ordförande"));
    CHAIR.is_match(&folded[end..(end + 32).min(folded.len())])
}

/// Whether a nämnd decides in the words behind its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decides {
    No,
    /// `godkänner`, `beslutar`.
    Now,
    /// `beslutade`, as a protokoll says it of its own, and every paper of others.
    Once,
    /// `beslutade 2019`: the past.
    Long,
    /// A förvaltning proposes it to its nämnd.
    Proposes,
}

impl Decides {
    /// What the words behind a förvaltning's name say: "Socialförvaltningen föreslår att nämnden".
    fn of_office(folded: &[u8], end: usize) -> Decides {
        static PROPOSES: LazyLock<Pattern> = LazyLock::new(|| {
            tolerant(r"^ föreslår(?: därför| således)?,? att (?:nämnden|[a-z-]*nämnden)\b")
        });
        match PROPOSES.is_match(&folded[end..(end + 60).min(folded.len())]) {
            true => Decides::Proposes,
            false => Decides::No,
        }
    }

    /// What the words behind a name that ends at `end` of the folded copy say.
    fn behind(folded: &[u8], end: usize) -> Decides {
        static WHEN: LazyLock<Pattern> = LazyLock::new(|| {
            tolerant(
                r"^ (?:\(?(?:den )?\d|i (?:jan|feb|mar|apr|maj|juni|juli|aug|sep|okt|nov|dec)|redan|förra|under|hösten|våren)",
            )
        });
        let behind = &folded[end..(end + 90).min(folded.len())];
        match DECIDES.find(behind) {
            None => Decides::No,
            Some(found) if !found.as_bytes().ends_with(b"utade") => Decides::Now,
            Some(once) if WHEN.is_match(&behind[once.end()..]) => Decides::Long,
            Some(_) => Decides::Once,
        }
    }
}

/// Bytes of the longest name before its last word: `Socialtjänst- och arbetsmarknads`, broken over lines.
const LONGEST_NAME: usize = 100;

/// Every nämnd and förvaltning that a sheet names, in the order of the text.
pub(super) fn all(sheet: &Sheet) -> Vec<Named> {
    let folded = sheet.folded.as_slice();
    let parts = parts_around(sheet, &ANY_BODY, LONGEST_NAME, 56);
    let find = |pattern: &'static Pattern| {
        parts.iter().flat_map(move |part| {
            pattern
                .find_iter(&folded[part.clone()])
                .map(move |found| part.start + found.start()..part.start + found.end())
        })
    };
    let mut out: Vec<Named> = find(&ANY)
        .filter_map(|found| {
            let (row, office) = known(&folded[found.clone()])?;
            let (start, end) = (found.start, found.end);
            // "Vatten- och byggnadsnämnden" is no byggnadsnämnd.
            // "H4gersten-Älvsjö": half of a name whose other half cannot be read.
            let half = row.stem.is_some()
                && start > 1
                && folded[start - 1] == b'-'
                && folded[start - 2].is_ascii_alphanumeric();
            if half || JOINED.is_match(&folded[start.saturating_sub(12)..start]) {
                return None;
            }
            // "kommunstyrelsens pensionärsråd" is another body.
            let genitive = folded[end - 1] == b's';
            // "Kommunstyrelsens arbetsutskott" with a line to itself.
            let committee = COMMITTEE
                .find(&folded[end..(end + 24).min(folded.len())])
                .map(|committee| start..end + committee.end())
                .filter(|whole| genitive && address(folded, whole) > 0);
            let found = committee.clone().unwrap_or(found);
            let end = found.end;
            let name = match committee {
                Some(whole) => sheet.text[sheet.range(whole)].to_owned(),
                None => row.name.to_owned(),
            };
            Some(Named {
                name,
                range: sheet.range(start..end),
                decides: match office {
                    true => Decides::of_office(folded, end),
                    false => Decides::behind(folded, end),
                },
                to: !genitive && is_sent_to(folded, &found),
                chair: genitive && is_chairs(folded, end),
                office,
                address: if office { 0 } else { address(folded, &found) },
            })
        })
        .collect();
    let mut known: Vec<Range<usize>> = out
        .iter()
        .filter_map(|one| Some(sheet.folded_at(one.range.start)?..sheet.folded_at(one.range.end)?))
        .collect();
    known.sort_by_key(|range| range.start);
    for one in names(sheet, &parts, &known) {
        let (found, range) = (one.range.clone(), sheet.range(one.range.clone()));
        // "Socialnämnden Centrum" is more than Socialnämnden, "Farsta stadsdelsnämnd" by its grammar no more than by the table.
        let more = |known: &Named| range.start < known.range.start || range.end > known.range.end;
        let apart =
            |known: &Named| range.start >= known.range.end || range.end <= known.range.start;
        if !out.iter().all(|known| apart(known) || more(known)) {
            continue;
        }
        let decides = Decides::behind(folded, found.end);
        let address = if one.office {
            0
        } else {
            address(folded, &found)
        };
        if one.plainly && address == 0 && decides == Decides::No {
            continue;
        }
        out.retain(apart);
        out.push(Named {
            name: one.name,
            range,
            decides: match one.office {
                true => Decides::of_office(folded, found.end),
                false => decides,
            },
            to: is_sent_to(folded, &found),
            chair: is_chairs(folded, found.end)
                || is_chairs(folded, (found.end + 1).min(folded.len())),
            office: one.office,
            address,
        });
    }
    join(sheet, &mut out);
    out.sort_by_key(|one| one.range.start);
    out
}

/// A board's own committee.
static COMMITTEE: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^ (?:[a-z]{0,24}utskott|allmänna utskott)\b"));

/// Gives each name the word before it that a list of two has without a hyphen, where both have a line to themselves: `Kretslopp
/// och vattennämnden`, `Äldre samt vård- och omsorgsnämnden`.
fn join(sheet: &Sheet, named: &mut [Named]) {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?:^|\n|till |att ) ?((?:([a-z]{4,}) (?:och|samt)|regionala|gemensamma|lokala|centrala|sociala) )$",
        )
    });
    let folded = sheet.folded.as_slice();
    for one in named.iter_mut().filter(|one| !one.office) {
        let Some(start) = sheet.folded_at(one.range.start) else {
            continue;
        };
        let Some(end) = sheet.folded_at(one.range.end) else {
            continue;
        };
        let from = start.saturating_sub(40);
        let may_be = [
            &b"och "[..],
            b"och\n",
            b"samt ",
            b"samt\n",
            b"ala ",
            b"mma ",
        ];
        if !may_be.iter().any(|word| folded[..start].ends_with(word)) {
            continue;
        }
        let Some(found) = BEFORE.captures(&folded[from..start]) else {
            continue;
        };
        let Some(before) = found.get(1) else { continue };
        let word = found.get(2).map_or(&b""[..], |word| word.as_bytes());
        let whole = from + before.start()..end;
        let body = [
            &b"namnden"[..],
            b"styrelsen",
            b"fullmaktige",
            b"ningen",
            b"kontoret",
        ];
        if body.iter().any(|body| word.ends_with(body))
            || !sheet.cased[whole.start].is_ascii_uppercase()
            || address(folded, &whole) == 0
                && (found.get(2).is_some() || one.decides == Decides::No)
        {
            continue;
        }
        let written = sheet.written(whole.clone());
        one.name = written.split_whitespace().collect::<Vec<_>>().join(" ");
        one.address = address(folded, &whole);
        one.range = sheet.range(whole);
    }
}

/// The paper speaks of its stadsdel's office or nämnd without naming it.
static WE_OF_THE_STADSDEL: LazyLock<Gated> =
    LazyLock::new(|| gated(r"\bstadsdels?(?:förvaltningen|nämnden|direktören)"));

/// What stands before a name that is only the last part of a longer one.
static JOINED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"(?-u)[a-z]-,?\s+(?:och\s+)?$").expect("a pattern that compiles")
});

/// The stadsdel that is named alone in a paper of "stadsdelsförvaltningen", when it is only one.
fn lone_stadsdel(sheet: &Sheet) -> Option<Hit> {
    let folded = sheet.folded.as_slice();
    if !WE_OF_THE_STADSDEL.is_in(sheet, folded) {
        return None;
    }
    let mut hits: BTreeMap<&'static str, Range<usize>> = BTreeMap::new();
    for found in STADSDELAR.find_iter(folded) {
        // "bromma flygplats" in small letters, or a part of another name, is no stadsdel.
        if !sheet.cased[found.start()].is_ascii_uppercase()
            || found.start() > 0 && folded[found.start() - 1] == b'-'
            || folded.get(found.end()) == Some(&b'-')
        {
            continue;
        }
        let row = TABLE.iter().find(|row| {
            row.alone
                .as_ref()
                .is_some_and(|alone| alone.is_match(found.as_bytes()))
        })?;
        hits.entry(row.name).or_insert(found.range());
    }
    // One alone, or the one that took over from all the others.
    let (name, range) = hits
        .iter()
        .find(|(name, _)| hits.keys().all(|other| namnd_covers(name, other)))?;
    Some(Hit {
        name: (*name).to_owned(),
        range: Some(sheet.range(range.clone())),
    })
}

#[cfg(test)]
mod tests {
    use super::super::namnd_grammar::FORMS;
    use super::*;

    fn said(text: &str) -> Option<String> {
        let sheet = Sheet::new([(1, text)]);
        of_text(&sheet, &all(&sheet), &Where::default()).map(|hit| hit.name)
    }

    #[test]
    fn a_text_says_its_namnd() {
        for (text, want) in [
            (
                "Socialndmnden godkanner forvaltningens forslag",
                Some("Socialnämnden"),
            ),
            (
                "Hägersten-Liljeholmens \nstadsdelsförvaltning\nHägersten-Liljeholmens stadsdelsnämnd",
                Some("Hägersten-Liljeholmens stadsdelsnämnd"),
            ),
            (
                "Socialförvaltningen har tagit fram en plan.",
                Some("Socialnämnden"),
            ),
            (
                "Stadsdelsförvaltningen deltar. Spånga-\nTensta är med.",
                Some("Spånga-Tensta stadsdelsnämnd"),
            ),
            ("Stadsdelsförvaltningen i Farsta och i Bromma.", None),
            (
                "Kommunstyrelsen och äldrenämnden. Socialnämnden respektive Äldrenämnden godkänner planen.",
                Some("Socialnämnden"),
            ),
            ("Nämnden godkänner.", None),
            (
                "Nämnden för Vatten & Skog anser initiativet vara besvarat.",
                Some("Nämnden för Vatten & Skog"),
            ),
            (
                "Stadsdelsndmnden 0stra G6teborg beslutar att planen antas.",
                Some("Stadsdelsnämnden Östra Göteborg"),
            ),
            (
                "Angereds stadsdelsnämnd beslutar att planen antas.",
                Some("Stadsdelsnämnden Angered"),
            ),
            (
                "Miljö- och byggnadsnämnden\nRemiss av ett förslag",
                Some("Miljö- och byggnadsnämnden"),
            ),
            (
                "Vatten- och byggnadsnämnden\nRemiss av ett förslag",
                Some("Vatten- och byggnadsnämnden"),
            ),
            (
                "Storby kommun\nTJÄNSTESKRIVELSE\nKommunstyrelsen\nEn förskola\nKommunfullmäktige beslutar att motionen är besvarad.",
                Some("Kommunstyrelsen"),
            ),
            (
                "Mottagare Kultur- och fritidsnämnden\nNämnden lämnar svaret till kommunstyrelsen.",
                Some("Kultur- och fritidsnämnden"),
            ),
            (
                "Kommunstyrelsen\nTill Socialnämnden 2014-03-11\nEtt ärende",
                Some("Socialnämnden"),
            ),
            (
                "Utlåtande 2018:122 RV\nKommunstyrelsen föreslår att kommunfullmäktige beslutar följande.",
                Some("Kommunfullmäktige"),
            ),
        ] {
            assert_eq!(said(text).as_deref(), want, "{text:?}");
        }
    }

    #[test]
    fn every_name_holds_the_letters_that_are_looked_for() {
        for line in include_str!("lines.tsv").lines() {
            let folded = folded(&line.replace('⏎', "\n"));
            for pattern in [&*ANY, &*FORMS] {
                for found in pattern.find_iter(folded.as_bytes()) {
                    assert!(ANY_BODY.is_match(found.as_bytes()), "{found:?}");
                }
            }
        }
    }

    #[test]
    fn every_row_holds_the_letters_that_are_looked_for() {
        for row in TABLE.iter() {
            for name in [Some(row.name), row.forvaltning].into_iter().flatten() {
                assert!(ANY_BODY.is_match(folded(name).as_bytes()), "{name}");
                assert!(name.len() < LONGEST_NAME, "{name}");
            }
        }
    }
}
