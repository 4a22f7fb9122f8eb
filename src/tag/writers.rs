//! The writers behind an initiative: the place of its word → the people and parties that the text ties to it, and in which
//! form.
//!
//! The forms are asked in the order of [`writers`]: the list behind the word, the genitive before it, the clause that says
//! who wrote, and last the marks at the end of its line.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::addressee::{addressed, meant, receiver};
use super::answer::Form;
use super::by_word::{before_colon, said_of};
use super::heading;
use super::loose::{ending_at, last_mark, loose};
use super::mark::{self, Mark};
use super::several::join_others;
use super::sheet::{Sheet, begins, ends, tolerant};
use super::who::{Who, who_at};
use super::wrote::{
    asked_in, beside, code_before, each, inverted, is_answerer, is_asked, owned, owners, put_by,
    relative, several, unmarked, with_person,
};

/// Where a list of writers begins behind the word.
pub(super) static FROM: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"\b(?:från|fr\.|av|ställd av|inlämnad av|väckt av):?\s+|\s-\s+|;\s+")
});

/// Who gives an interpellation's answer, and to whom: `från A (p) till`.
pub(super) static ANSWERS_TO: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^ (?:från|av) [^.\n()]{4,70}[(][a-z]{1,4}[)] till "));

/// What stands behind a bare code that says whose the initiative is: `Motion KD - ÄMNE`.
static CODE_ENDS: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"^(?: ?[-:] | (?:om|angående|gällande|rörande|avseende) )"));

/// What is done with an initiative by others than its writers.
static DONE_BY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:besvara[sdt]|besvarade[s]?|bere[dt][a-z]*|behandla[sdt]|avslå[s]?|avslogs|avstyrk[a-z]*|tillstyrk[a-z]*|yttrande|yttranden|svar|redovisning|utredning|remittera[a-z]*|bilaga|instämmande|tjänste?utlåtande|tjänsteskrivelse)(?: [a-z]+){0,2} *$",
    )
});

/// What stands between an answered initiative and those who gave the answer.
static GIVEN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^ (?:har )?(?:lämnats|lämnades|avgetts|avgavs|inkommit|inkom|kommit in|getts|gavs) $",
    )
});

/// Bodies whose own a letter is called: `kommunstyrelsens skrivelse`, `Boverkets skrivelse`.
const BODIES: [&[u8]; 17] = [
    b"beredningens ",
    b"styrelsens ",
    b"namndens ",
    b"fullmaktiges ",
    b"forvaltningens ",
    b"kontorets ",
    b"utskottets ",
    b"revisorernas ",
    b"revisionens ",
    b"verkets ",
    b"myndighetens ",
    b"inspektionens ",
    b"departementets ",
    b"ombudsmannens ",
    b"foreningens ",
    b"forbundets ",
    b"bolagets ",
];

/// Another initiative's word.
pub(super) static BELOW: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"\b(?:skrivelse|motion|interpellation|initiativ)"));

/// "… bifall till motionen, vilket biträds av A": what a clause says that others do with it.
static SAID_BY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:,|\b(?:vilket|vilka|vilken|som|och|men|samt))(?: [a-z]+){0,5} (?:biträd|stöd|understöd|instäm|föredra|kommentera|avvisa|delas|delades|tillbakavisa|få(?:r|tt) stöd|bemöt)[a-z]*(?: [a-z]+){0,2} *$",
    )
});

/// What may stand between "A (p)" and the word when A wrote it.
static WROTE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"^¤?(?: (?:och|samt|tillsammans med) [a-z\s]{3,60}?)?(?:[^.!?]|¤){0,40}? (?:har|hade|fick|föreslår|föreslog|begär|begärde|vill|framför|framförde|frågar|undrar|anför|anförde|yrkar|skriver|skrev|lyfter|påpekar|",
        r"ställer|ställde|väckte|väcker|lämnade|lämnar|inkom|önskar|efterfrågar|hemställer|hemställde|uppmärksammar|tar|tog|hänvisar|redogör|pekar|konstaterar|anser|menar|argumenterar|överlämnade|anmälde|anmäler|aktualiserar|aktualiserade|efterlyser|efterlyste|påtalar|påtalade)\b[^.!?]{0,240}$"
    ))
});

/// What may stand between the party of an aside and the word.
static ASIDE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^ (?:[a-z]*råd|gruppledare|ledamot|ersättare)\b[^.!?,]{0,40},[^.!?]{0,100}? (?:har|hade|föreslår|föreslog|lämnade|lämnar|väckte|väcker) [^.!?]{0,60}$",
    )
});

/// "lämnade A (p) in en skrivelse": what stands between A and the word, and the verb before A.
static IN_A: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?: genom [a-z .'-]{3,40}?)?¤? (?:in |med |fram |genom |via |(?:lämnat|inlämnat|lagt|gett|inkommit|väckt|ställt|skrivit|framställt|överlämnat|tillställt nämnden|tillskrivit nämnden)(?: in| fram| med)? )?(?:en|ett|följande|sin|sitt|denna|detta|två|flera) (?:gemensam[t]? |skriftlig[t]? |enkel |muntlig )?$|^¤? genom $",
    )
});
static HANDS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:(?:in)?lämnade|(?:in)?lämnar|ingav|framlade|tillställde|inkom|väckte|väcker|ställde|ställer|anmälde|överlämnade|framställde|lyfte|aktualiserade|har|hade)\b",
    )
});

/// "A (p) yrkar avslag på motionen", "föreslår att motionen avslås": what is said on another's initiative.
static MOVES: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:bifall|avslag|återremiss|bordläggning|reserver[a-z]*|besvara(?:r|t|de))\b|\b(?:yrkar|yrkade|föreslår|föreslog|anser) att $",
    )
});

static WHEN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?:den )?\d|^(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|våren|hösten|vintern|sommaren|förra|i )\b",
    )
});

/// Who wrote the initiative whose word stands at `at`.
pub(super) fn writers(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    marks: &[Mark],
    around: &str,
) -> (Form, Who) {
    let folded = sheet.folded.as_slice();
    // "Nr 2009:6 av ", "fråga från ", "motionären ": the list follows at once.
    static AT_ONCE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"(?: (?:av|från)|^svar till|(?:motionär|interpellant)(?:[en]{2,4}|erna|(?:er)?:))$",
        )
    });
    if super::initiative_word::is_asking(&folded[at.clone()])
        && let Some(mark) = last_mark(marks, sentence, at.start)
    {
        return (Form::Subject, ending_at(sheet, sentence, mark, around));
    }
    if AT_ONCE.is_match(&folded[at.clone()]) {
        // "Fråga av:", and the asker on the next line.
        // "Motionären är Elsa Berg"
        let colon = if folded[at.end..].starts_with(b" ar ") {
            4
        } else {
            usize::from(folded.get(at.end) == Some(&b':'))
        };
        let mut who = who_at(sheet, at.end + colon, around);
        if !who.is_empty() {
            if !who.marks.is_empty() {
                join_others(sheet, at, &mut who, sentence.end, around);
            }
            return (Form::From, who);
        }
    }
    // "S motion om snö", without a genitive's s.
    if let Some(code) = code_before(sheet, at, around) {
        return (
            Form::Genitive,
            Who {
                end: at.start,
                marks: vec![code],
                ..Who::default()
            },
        );
    }
    // "Svar på den av A (p) väckta motionen"
    if let Some(who) = put_by(sheet, at, sentence, around) {
        return (Form::From, who);
    }
    // "Begäran från (L) i skrivelse om snö"
    if let Some(who) = asked_in(sheet, at, sentence, around) {
        return (Form::From, who);
    }
    // "Skrivelse ledamoten A (p)", without a "från".
    static TITLED: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^ (?:ledamoten|ledamöterna|ersättaren|(?:[a-z0-9:]+ )?vice ordföranden|ordföranden|gruppledaren|oppositions(?:råd|borgarråd)et) ",
        )
    });
    if let Some(title) = TITLED.find(&folded[at.end..sentence.end]) {
        let who = who_at(sheet, at.end + title.end(), around);
        if !who.marks.is_empty() {
            return (Form::From, who);
        }
    }
    // "Svar på motion A B m.fl. (p)", without an "av"
    static WORD: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:(?:motion|skrivelse|interpellation|ledamotsinitiativ|nämnds?initiativ)(?:er|r)?|fråga)$",
        )
    });
    // "Ledamotsinitiativ, A B (p): ÄMNE", "Motion nr 12-2020 A B (p)"
    static NUMBERED: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^ (?:nr )?(?:\d{1,3}[-:/]\d{4}|\d{4}[-:/]\d{1,3}) "));
    let behind = &folded[at.end..(at.end + 16).min(folded.len())];
    let number = (behind.starts_with(b" nr ") || behind.get(1).is_some_and(u8::is_ascii_digit))
        .then(|| NUMBERED.find(behind))
        .flatten();
    let start = number.map_or(
        at.end
            + 1
            + usize::from(
                [&b", "[..], b": "]
                    .iter()
                    .any(|sign| behind.starts_with(sign)),
            ),
        |number| at.end + number.end(),
    );
    // "Inlämnad motion: A B (p), ÄMNE"
    if matches!(folded.get(at.end), Some(b' ' | b',' | b':'))
        && sheet.cased.get(start).is_some_and(u8::is_ascii_uppercase)
        && WORD.is_match(&folded[at.clone()])
    {
        let who = who_at(sheet, start, around);
        if !who.marks.is_empty()
            && who.people.first().is_some_and(|(name, _)| {
                name.start == start
                    && folded[name.clone()].contains(&b' ')
                    && !(behind.starts_with(b":") && folded[name.clone()].contains(&b'\n'))
            })
        {
            // "Svar på interpellation A (p)", and A was asked.
            if is_asked(sheet, &who, at) {
                let end = at.end;
                return (
                    Form::Nobody,
                    Who {
                        end,
                        ..Who::default()
                    },
                );
            }
            return (Form::From, who);
        }
    }
    // "interpellationssvar till A (p)"
    if folded[at.clone()].ends_with(b"svar") && begins(&folded[at.end..], b" till ") {
        let who = who_at(sheet, at.end + 6, around);
        if !who.marks.is_empty() {
            return (Form::From, who);
        }
    }
    // "interpellationssvar från A (p) till B (p)"
    if folded[at.clone()].ends_with(b"svar")
        && let Some(to) = ANSWERS_TO.find(&folded[at.end..])
    {
        let who = who_at(sheet, at.end + to.end(), around);
        if !who.marks.is_empty() {
            return (Form::From, who);
        }
    }
    // "Interpellationer av:", and each of them on a line below.
    if let Some(who) = heading::listed(sheet, at, around) {
        return (Form::From, who);
    }
    // "skrivelse (s), (mp) och (v)", but not "motion (2010:11)".
    let next = at.end
        + folded[at.end..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
    // "skrivelse, (S) och (MP), om snö"
    let next = next + 2 * usize::from(next == at.end && folded[next..].starts_with(b", ("));
    // "Motion KD - ÄMNE"
    if let Some(code) = mark::code_at(sheet, next, around)
        && next > at.end
    {
        if CODE_ENDS.is_match(&folded[code.range.end..]) {
            let who = Who {
                end: code.range.end,
                marks: vec![code],
                ..Who::default()
            };
            return (Form::Bracket, who);
        }
        // "Nämndinitiativ S och V - ÄMNE"
        let who = who_at(sheet, next, around);
        if who.people.is_empty() && who.marks.len() > 1 && CODE_ENDS.is_match(&folded[who.end..]) {
            return (Form::Bracket, who);
        }
    }
    if folded
        .get(next)
        .is_some_and(|byte| matches!(byte, b'(' | b'{'))
    {
        let who = who_at(sheet, next, around);
        if !who.marks.is_empty() && who.people.is_empty() {
            return (Form::Bracket, with_person(sheet, who));
        }
        // "Motion (Elsa Berg, V) om ÄMNE"
        if let Some(who) = heading::bracketed(sheet, next, around) {
            return (Form::From, who);
        }
    }
    // "En socialdemokratisk motion"
    if let Some(who) = said_of(sheet, at, marks) {
        return (Form::Genitive, who);
    }
    // "Vänsterpartiets skrivelse", "Elsa Bergs (S) interpellation".
    if let Some(who) = genitive(sheet, at, sentence, marks, around) {
        return (Form::Genitive, who);
    }
    // "skrivelse … från …"
    let mut nameless = None;
    let mut heading = false;
    let mut answered = false;
    for from in FROM.find_iter(&folded[at.end..sentence.end]) {
        let start = at.end + from.end();
        let between = &folded[at.end..at.end + from.start()];
        if between.len() > 260 {
            break;
        }
        let adjacent = between.trim_ascii().is_empty()
            || between.trim_ascii().starts_with(b"(") && between.len() < 16;
        // "Interpellationen besvaras av A": who does something with it did not write it.
        // "Svar på skrivelsen har lämnats av A": whoever got it.
        let answered_by = ends(&folded[..at.start], b"svar pa ") && GIVEN.is_match(between);
        let answered_by = answered_by || is_answerer(sheet, at, start);
        answered |= answered_by;
        if DONE_BY.is_match(between) || SAID_BY.is_match(between) || answered_by {
            continue;
        }
        // "Motion", and in the text below it "… avslog en motion från M": that one's writers.
        if let Some(line) = memchr::memchr(b'\n', between)
            && BELOW.is_match(&between[line..])
        {
            heading = true;
            break;
        }
        let who = who_at(sheet, start, around);
        let dash = matches!(from.as_bytes().trim_ascii(), b"-" | b";");
        if who.is_empty() {
            // "motion - Inför språkstöd (S)": what follows the dash may be the matter.
            if dash {
                continue;
            }
            // "skrivelse från Hyresgästföreningen … av Elsa Berg (S)": the club's, and nobody else's.
            // "skrivelse av den 3 mars från …" says when, not who.
            if adjacent
                && !WHEN.is_match(&folded[start..(start + 12).min(folded.len())])
                && (who.organisation || folded[start..].first().is_some_and(u8::is_ascii_lowercase))
            {
                return (
                    Form::Nobody,
                    Who {
                        organisation: true,
                        ..Who::default()
                    },
                );
            }
            continue;
        }
        if !who.marks.is_empty() {
            // "interpellation - Skolmaten (M)": one word behind the dash is the matter, and nobody's name.
            let word = |(name, _): &(Range<usize>, _)| !folded[name.clone()].contains(&b' ');
            let people = if dash && who.people.iter().all(word) {
                Vec::new()
            } else {
                who.people
            };
            let mut who = with_person(sheet, Who { people, ..who });
            join_others(sheet, at, &mut who, sentence.end, around);
            return (Form::From, who);
        }
        if dash {
            continue;
        }
        if adjacent || nameless.is_none() && between.len() < 120 {
            nameless.get_or_insert(who);
        }
        if adjacent {
            break;
        }
    }
    if let Some(who) = nameless {
        return (Form::From, who);
    }
    // "Svar på interpellationen av borgarrådet A (p)": those who give the answer are all that it names.
    if answered {
        let end = at.end;
        return (
            Form::Nobody,
            Who {
                end,
                ..Who::default()
            },
        );
    }
    // "Svar på två motioner om snö: A (p) om vägar och B (q) om torg"
    if let Some(who) = several(sheet, at, sentence, around) {
        return (Form::From, who);
    }
    // "A (p) har i en skrivelse", "I en skrivelse föreslår A (p)".
    // A body's own letter has no other writers: "svar på kommunstyrelsens skrivelse".
    if BODIES.iter().any(|body| folded[..at.start].ends_with(body)) {
        return (
            Form::Nobody,
            Who {
                end: at.end,
                organisation: true,
                ..Who::default()
            },
        );
    }
    if let Some(who) = subject(sheet, at, sentence, marks, around)
        .or_else(|| inverted(sheet, at, sentence, around))
    {
        return (Form::Subject, who);
    }
    // "A m.fl. har i motion föreslagit", and A's party stands elsewhere.
    if let Some(who) = unmarked(sheet, at, sentence, around) {
        return (Form::Subject, who);
    }
    // "en skrivelse som A (p) lämnade"
    if let Some(who) = relative(sheet, at, sentence, around) {
        return (Form::Subject, who);
    }
    // "Svar på As interpellation"
    if let Some(who) = owned(sheet, at).or_else(|| owners(sheet, at)) {
        return (Form::Genitive, who);
    }
    // "A (p) har begärt … Förvaltningens svar på hennes skrivelse"
    if let Some(who) = meant(sheet, at, marks, around) {
        return (Form::Subject, who);
    }
    // "Interpellationssvar", and below it "Till: A (p)" and "Från: B (p)"
    if let Some(who) = receiver(sheet, at, around) {
        return (Form::From, who);
    }
    // "Svar på skrivelse om isytor. Inlämnad av A (p)", "Hej A (p)! Svar på din interpellation".
    if let Some(who) = beside(sheet, at, sentence, around) {
        return (Form::From, who);
    }
    // "Svar till A (p) angående skrivelse om ÄMNE".
    if let Some(who) = addressed(sheet, at, sentence, around) {
        return (Form::From, who);
    }
    // "A (p): ÄMNE? Interpellationen besvaras av B"
    if let Some(who) = before_colon(sheet, at, around) {
        return (Form::From, who);
    }
    // "ÄMNE (p). Svar på skrivelse", "Svar på skrivelse om ÄMNE (p)", "Motion om ÄMNE (p) - remiss".
    if !heading && let Some(who) = loose(sheet, at, sentence, marks, around) {
        return (Form::Bracket, who);
    }
    // "Elsa Berg (S) - skrivelse om ÄMNE", "Interpellation till B (p) om ÄMNE, A (p)".
    if let Some(who) = heading::beside(sheet, at, around) {
        return (Form::From, who);
    }
    // "Två skrivelser har kommit in. Den ena har lämnats av A (p) och den andra av B (q)."
    if let Some(who) = each(sheet, at, around) {
        return (Form::Subject, who);
    }
    // "Skrivelser - svar", and below it "5 Ny gångväg från A (p)".
    if let Some(who) = heading::above(sheet, at, around) {
        return (Form::From, who);
    }
    (
        Form::Nobody,
        Who {
            end: at.end,
            ..Who::default()
        },
    )
}

fn genitive(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    marks: &[Mark],
    around: &str,
) -> Option<Who> {
    static BETWEEN: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}]*-(?:gruppens |gruppernas |ledamotens |ledamöternas )?$|^s?(?:[)\]}]+)?(?::s)?¤?(?: (?:gemensamma|inlämnade|inkomna|bordlagda|enkla|skriftliga|partiers|ledamöters|ledamöternas|[a-z]*gruppens|samhällspartiets|(?:begäran|önskemål|förslag|frågor|fråga) i(?: en| sin)?))? $",
        )
    });
    // "Svar på Vänsterpartimotion": the word begins with its party.
    if let Some(mark) = marks
        .iter()
        .find(|mark| mark.range.start < at.start && at.start < mark.range.end)
    {
        let range = mark.range.start..at.start;
        return Some(Who {
            end: at.start,
            marks: vec![Mark {
                range,
                ..mark.clone()
            }],
            ..Who::default()
        });
    }
    let mark = last_mark(marks, sentence, at.start)?;
    let between = sheet.folded.get(mark.range.end..at.start)?;
    // "Elsa Berg (S)" ends one line, and "Skrivelse om snö" begins the next.
    let next_line = between.contains(&b'\n') && sheet.cased[at.start].is_ascii_uppercase();
    if next_line || !BETWEEN.is_match(between) {
        return None;
    }
    let word = &sheet.folded[mark.range.clone()];
    let bracket = sheet
        .folded
        .get(mark.range.end)
        .is_some_and(|byte| matches!(byte, b')' | b'}' | b']'));
    // "Moderaterna motion" is no genitive, "Moderaternas motion" and "V:s motion" are.
    // Nor is "den socialdemokratiska skrivelsen", but "den socialdemokratiska gruppens skrivelse" is.
    let of_group = ends(between, b"gruppens ") || ends(between, b"partiets ");
    // "c-skrivelse"
    let compound = between == b"-" || between.starts_with(b"-");
    (bracket
        || of_group
        || compound
        || word.ends_with(b"s") && word.len() > 2
        || between.starts_with(b":s"))
    .then(|| {
        let mut who = ending_at(sheet, sentence, mark, around);
        join_owners(sheet, &mut who, marks);
        who
    })
}

/// Adds the parties whose genitives or compounds stand before the first one's: `fp:s och c:s skrivelse`, `s- och v-gruppernas`.
fn join_owners(sheet: &Sheet, who: &mut Who, marks: &[Mark]) {
    const JOINERS: [&[u8]; 6] = [
        b":s och ",
        b":s samt ",
        b":s, ",
        b"- och ",
        b"- samt ",
        b"-, ",
    ];
    while who.people.is_empty()
        && let Some(first) = who.marks.first().map(|mark| mark.range.start)
        && let Some(owner) = (marks.iter().rev()).find(|mark| mark.range.end <= first)
        && JOINERS.contains(&&sheet.folded[owner.range.end..first])
    {
        who.marks.insert(0, owner.clone());
    }
}

fn subject(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    marks: &[Mark],
    around: &str,
) -> Option<Who> {
    // "A (p) har till B (p) ställt en interpellation": whom it is put to.
    static TO: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"\b(?:har|hade|fick tillstånd att|får) till (?:[a-z-]+[ ,]+){0,5}$")
    });
    // "A (p) yrkar att nämnden svarar på skrivelsen"
    static MOVES_THAT: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:yrkar|yrkade|föreslår|föreslog|anser|ansåg) att [^.]{0,60}\b(?:svara|besvara|bifall|bifölls|avslå|avslogs|behandla|remittera|återremittera|överlämna|ta upp|tas upp|bered)[a-z]*(?: [a-z]+){0,2} $",
        )
    });
    // "I mars föreslog A (p) i en motion att": the verb stands before A.
    static IN_LETTER: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^¤? i (?:en|sin) (?:gemensam |skriftlig )?$"));
    static SAID: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:föreslog|föreslår|begärde|begär|frågade|hemställde|hemställer|undrade|undrar|framförde|framför|skrev|lyfte|efterfrågade|önskade|önskar|pekade på) $",
        )
    });
    // "A (p) skriver i skrivelsen", "A (p) har väckt motionen": what is done with a known one by whoever wrote it. Whoever
    // else does something with it (`svarar på interpellationen`, `stödjer motionen`) did not write it.
    static OF_HIS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b[i] (?:den |denna |sin |ovan |ovannämnda |rubricerade |nämnda |aktuella |bifogade )*$|(?:^|\b)(?:lämna(?:t|de|r)|inlämna(?:t|de|r)|ingivit|ingav|väck(?:t|te|er)|ställ(?:t|de|er)|skrivit|skrev|författat|undertecknat|framställt|överlämnat|lagt(?: fram)?|la(?:de)? fram|inkom(?:mit)? med|står bakom|bakom) (?:in |fram )?(?:den |denna |följande |rubricerade )?$",
        )
    });
    static JOINS_IN: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:instämmer|instämde|instämt|deltar|deltog|talar|talade|stödjer|stöder|svara(?:t|r|de)|besvara(?:t|r|de)) (?:[a-z]+ ){0,6}$|\bsvar på (?:[a-z]+ ){0,3}$",
        )
    });
    let definite = ends_definite(&sheet.folded[at.clone()]);
    let i = marks.partition_point(|mark| mark.range.end <= at.start);
    // The nearest mark from which "har … skrivelse" follows.
    marks[..i]
        .iter()
        .rev()
        .take_while(|mark| mark.range.start >= sentence.start)
        .take(6)
        .find(|mark| {
            // "Moderaterna Elsa Berg och Ulf Ek har": its people stand behind the party.
            let end = match mark.range.len() {
                0..6 => mark.range.end,
                _ => who_at(sheet, mark.range.start, around)
                    .end
                    .max(mark.range.end),
            };
            let Some(rest) = sheet.folded.get(end..at.start) else {
                return false;
            };
            let behind = rest
                .iter()
                .take_while(|byte| matches!(byte, b')' | b'}' | b']'))
                .count();
            let between = &rest[behind..];
            // "A (p) med instämmande av B (p) har lämnat": B only agrees.
            let before = &sheet.folded[mark.range.start.saturating_sub(60)..mark.range.start];
            if memchr::memmem::find(before, b"instammande av ")
                .is_some_and(|at| !before[at..].iter().any(|byte| matches!(byte, b')' | b'.')))
            {
                return false;
            }
            if definite
                && (MOVES_THAT.is_match(between)
                    || JOINS_IN.is_match(between)
                    || !OF_HIS.is_match(between))
            {
                return false;
            }
            if ends(between, b" ") && !between.starts_with(b" har") {
                let who = ending_at(sheet, sentence, mark, around);
                let from = who
                    .people
                    .first()
                    .map_or(mark.range.start, |(name, _)| name.start);
                if TO.is_match(&sheet.folded[sentence.start.min(from)..from]) {
                    return false;
                }
                if IN_LETTER.is_match(between)
                    && SAID.is_match(&sheet.folded[sentence.start.min(from)..from])
                {
                    return true;
                }
            }
            // "Elsa Berg, Moderaternas oppositionsråd i Storby, och Ulf Ek, ledamot i nämnden, har lämnat in en motion"
            let aside = mark.range.len() > 5 && ASIDE.is_match(between);
            (WROTE.is_match(between) || aside) && !MOVES.is_match(between)
                || IN_A.is_match(between)
                    && HANDS.is_match(&sheet.folded[sentence.start..mark.range.start])
        })
        .map(|mark| ending_at(sheet, sentence, mark, around))
}

/// Whether a word is one known thing: `skrivelsen`, `motionerna`, `initiativet`.
fn ends_definite(word: &[u8]) -> bool {
    word.ends_with(b"en") || word.ends_with(b"na") || word.ends_with(b"et")
}
