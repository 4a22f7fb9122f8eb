//! Who wrote: where a list of people begins → the people, their parties, and where it ends.
//!
//! [`who_at`] reads a list such as `vice ordföranden Elsa Berg m.fl. (M), Ulf Ek och Ida Rask (båda V)` from where it
//! begins to where it ends.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::code;
use super::mark::{self, Mark};
use super::name_end::{and_others, name_end};
use super::name_part::{number_in_brackets, office_in_brackets, younger};
use super::party::Party;
use super::sheet::{Sheet, tolerant};

/// A list of people and parties. Ranges are of the sheet's folded copy.
#[derive(Clone, Debug, Default)]
pub(super) struct Who {
    pub(super) people: Vec<(Range<usize>, Option<Party>)>,
    pub(super) marks: Vec<Mark>,
    /// Where the list ends.
    pub(super) end: usize,
    /// Whether it began with an organisation, which is no party.
    pub(super) organisation: bool,
}

impl Who {
    /// Whether nobody was found.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.marks.is_empty()
    }
}

/// Words that stand before a name and are skipped.
static TITLE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"^(?:(?:nämnd|kommunfullmäktige|regionfullmäktige|landstingsfullmäktige|fullmäktige)?(?:ledamot|ledamoten|ledamöterna|ledamöter)|motionären|motionärerna|interpellanten|förtroendevald[ae]?|politikern|politikerna|partigruppen|ersättare|ersättaren|ersättarna|tjänstgörande|vice|v\.?|1:e|2:e|förste|andre|",
        r"ordförande|ordföranden|ordf\.?|borgarrådet|borgarråden|oppositionsborgarrådet|kommunalrådet|oppositionsrådet|kommunråd|statsrådet|",
        r"led\.|ledam\.|ers\.|tjg\.?|vik\.|oppositionsråd|landstingsrådet|regionrådet|gruppledare|gruppledaren|gruppledarna|gruppen|partiet|partierna|",
        r"fru|herr|från|av|majoriteten|oppositionen|alliansen|partigruppen|den|de|hos|rödgröna|borgerliga|dåvarande|tidigare|förre|avgående|fd|f\.d\.|biträdande|nämndens|",
        r"riksdagsledamoten|representanter|företrädare|för|bl\.?a\.?|dels|partier|partigrupp(?:en|erna)?|de gröna|liberalerna|i|nämnden|(?:allians|oppositions|majoritets|samverkans|koalitions)partierna|två|tre|fyra|fem|sex|sju|flera|några)[\s,]"
    ))
});

static JOINER: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?:(?:och|samt|båda|bägge|samtliga|alla|även|respektive|genom|jämte|(?:(?:har|hade) )?(?:tillsammans|ihop) med|i samarbete med|det vill säga|nämligen)\b|(?:resp|dvs|d\.v\.s)\b\.?)",
    )
});

/// Words that make a name an organisation's.
static ORGANISATION: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:^|[\s-])(?:ab|hb|if|bk|sk|ik|brf|pro|spf|kf|ks|idrott|fk|ff|hsb|dhr)(?:$|\s)|förening|(?:ungdoms|pensionärs|äldre|handikapp|hinder|frågor|social|medborgar|kund|elev|brukar|föräldra|förtroende|stads|dels|by|unga|lokala|kommunala) ?-?råd(?:et)?(?:$|\s)|kommitt|kontor|nämnd|förvaltning|",
        r"styrelse|departement|verk(?:et)?(?:$|\s)|inspektion|klubb|bolag|stiftelse|förbund|kommun|polis|kyrka|skola|hyresg|universitet|institut|sällskap|",
        r"(?:^|\s)(?:ssu|muf|luf|cuf|kdu|ung vänster|grön ungdom|ungsvenskarna)(?:$|\s)|delegation|kammare|myndighet|region|landsting|domstol|länsstyr|grupp(?:en)?(?:$|\s)|centrum|allians|opposition|majoritet|boende|förskol|socialstyr"
    ))
});

/// Reads the list that begins at `at` of the folded copy.
pub(super) fn who_at(sheet: &Sheet, at: usize, around: &str) -> Who {
    let folded = sheet.folded.as_slice();
    let cased = sheet.cased.as_slice();
    let mut who = Who {
        end: at,
        ..Who::default()
    };
    let mut pos = at;
    // A mark was read, and no comma or "och" since.
    let mut complete = false;
    // "moderaterna Elsa Berg och Ulf Ek": the party that was named before its people.
    let mut leading: Option<(Mark, usize)> = None;
    let mut last_bracket = None;
    // The first person whose party is still to come.
    let mut open = 0;
    for _ in 0..60 {
        while folded.get(pos).is_some_and(u8::is_ascii_whitespace) {
            pos += 1;
        }
        let Some(&byte) = folded.get(pos) else { break };
        let rest = &folded[pos..(pos + 64).min(folded.len())];
        if matches!(byte, b'(' | b'[' | b'{') {
            let two_words = who
                .people
                .last()
                .is_some_and(|(name, _)| folded[name.clone()].iter().any(u8::is_ascii_whitespace));
            // "från (Y)", "från (M) och (Y)": where writers are listed, no other letter is meant.
            let listed = who.people.is_empty()
                && (pos == at
                    && (folded.get(pos + 1) == Some(&b'y')
                        || rest.starts_with(b"(5)(")
                        || rest.starts_with(b"(5) ") && folded[..at].ends_with(b"fran ")
                        || rest.starts_with(b"(5)-grupp"))
                    || !who.marks.is_empty());
            let Some(bracket) = mark::bracket_at(sheet, pos, around, two_words || listed)
                .or_else(|| mark::local_bracket_at(sheet, pos).filter(|_| two_words && !complete))
            else {
                // "SD (Elsa Berg)": the party before its people.
                if who.people.is_empty()
                    && !who.marks.is_empty()
                    && let Some(end) = name_end(sheet, pos + 1)
                    && folded.get(end) == Some(&b')')
                    && folded[pos + 1..end].contains(&b' ')
                    && let [.., mark] = who.marks.as_slice()
                {
                    who.people.push((pos + 1..end, Some(mark.party)));
                    open = 1;
                    pos = end + 1;
                    who.end = pos;
                    continue;
                }
                // "Elsa Berg (ordf.) (M)": what somebody is to the nämnd stands before the party.
                if let Some(end) = office_in_brackets(rest)
                    && !who.people.is_empty()
                    && !complete
                {
                    pos += end;
                    continue;
                }
                // "Elsa Berg (-)": without a party.
                if rest.starts_with(b"(-)") && who.people.len() > open {
                    open = who.people.len();
                    pos += 3;
                    who.end = pos;
                    complete = true;
                    last_bracket = Some(pos);
                    continue;
                }
                // "(2012:6)" between the word and the name.
                if let Some(end) = number_in_brackets(rest)
                    && (who.people.is_empty()
                        || rest[end..].trim_ascii_start().first() == Some(&b'('))
                {
                    pos += end;
                    continue;
                }
                break;
            };
            // "(mp) (S)": the second is a department. "(m)(fp)" are two.
            if last_bracket.is_some_and(|end| end < pos) && complete {
                break;
            }
            // "Samverkan (M, C, KD)": one word with several parties is no person.
            if bracket.marks.len() > 1 && who.people.len() == open + 1 && !two_words {
                who.people.pop();
            }
            attach(&mut who, &mut open, &bracket.marks);
            pos = bracket.end;
            last_bracket = Some(pos);
            who.end = pos;
            complete = true;
            continue;
        }
        // "(S)-, (MP)- och (V)-grupperna"
        if matches!(byte, b',' | b'+' | b'/' | b'&' | b';')
            || byte == b'-' && last_bracket == Some(pos)
        {
            complete = false;
            pos += 1;
            continue;
        }
        if let Some(length) = and_others(rest) {
            pos += length;
            continue;
        }
        if let Some(found) = JOINER.find(rest) {
            // "Liberalerna genom Elsa Berg"
            if found.as_bytes() == b"genom"
                && let Some(mark) = who.marks.last()
            {
                leading = Some((mark.clone(), who.people.len()));
            }
            complete = false;
            pos += found.end();
            continue;
        }
        // "Elsa Berg, Moderaternas oppositionsråd i Storby": the party stands in what is said of the person.
        if !complete
            && who.people.len() > open
            && folded[..pos].trim_ascii_end().ends_with(b",")
            && let Some((word, end)) = aside_at(sheet, pos)
        {
            attach(&mut who, &mut open, &[word]);
            pos = end;
            who.end = end;
            complete = true;
            continue;
        }
        // "Elsa Berg d.y. (M)"
        if !complete
            && who.people.len() > open
            && let Some(length) = younger(rest)
        {
            pos += length;
            continue;
        }
        // "Elsa Berg - V - om snö"
        if byte == b'-'
            && !complete
            && who.people.len() > open
            && folded[..pos].ends_with(b" ")
            && rest.get(1) == Some(&b' ')
            && let Some(code) = mark::code_at(sheet, pos + 2, around)
            && folded[code.range.end..].starts_with(b" - ")
        {
            pos = code.range.end;
            who.end = pos;
            attach(&mut who, &mut open, &[code]);
            complete = true;
            continue;
        }
        if complete && !is_next_person(sheet, pos, around) {
            break;
        }
        complete = false;
        // "Elsa Berg, fp, om snö"
        if let Some(code) = code::small_code_at(sheet, pos)
            && who.marks.is_empty()
            && !who.people.is_empty()
            && folded[..pos].trim_ascii_end().ends_with(b",")
        {
            pos = code.range.end;
            who.end = pos;
            attach(&mut who, &mut open, &[code]);
            complete = true;
            continue;
        }
        // "skrivelse från fp om snö"
        if who.is_empty()
            && pos == at
            && folded[..at].ends_with(b"fran ")
            && let Some(code) = code::small_code_at(sheet, pos)
        {
            pos = code.range.end;
            who.end = pos;
            attach(&mut who, &mut open, &[code]);
            complete = true;
            continue;
        }
        // "från s, v och mp": small codes without brackets, when there are several.
        if who.is_empty()
            && let Some((codes, end)) = code::small_list_at(sheet, pos, around)
        {
            pos = end;
            who.end = end;
            attach(&mut who, &mut open, &codes);
            complete = true;
            continue;
        }
        if let Some(word) = mark::word_at(sheet, pos) {
            // A heading ends with "Västra Götaland", and a party begins the next line.
            if let Some((name, _)) = who.people.last()
                && cased[pos].is_ascii_uppercase()
                && name.end + 1 == pos
                && folded[name.end] == b'\n'
            {
                break;
            }
            pos = word.range.end;
            who.end = pos;
            // The party is written large: "Moderaterna"; its people small, or as its own: "Centerns Elsa Berg".
            // What begins a sentence is large whatever it means: "Moderaterna Elsa Berg och Ulf Ek har lämnat …".
            let of_people = cased[word.range.start].is_ascii_lowercase()
                || folded[pos - 1] == b's' && word.range.len() > 2
                || folded[pos - 1] == b'n' && begins_sentence(folded, word.range.start)
                || folded[..pos].ends_with(b"na") && begins_sentence(folded, word.range.start);
            if of_people && is_person_on_line(sheet, pos) {
                leading = Some((word.clone(), who.people.len()));
                attach(&mut who, &mut open, &[word]);
                continue;
            }
            // "Elsa Berg och Ulf Ek från Moderaterna respektive Liberalerna": to each their own.
            let mut words = vec![word];
            let waiting = who.people.len() - open;
            while words.len() < waiting
                && let Some(word) = next_word(sheet, pos)
            {
                pos = word.range.end;
                words.push(word);
            }
            who.end = pos;
            attach(&mut who, &mut open, &words);
            complete = true;
            continue;
        }
        if let Some(code) = mark::code_at(sheet, pos, around)
            && !mark::next_is_name(sheet, code.range.end)
            && (!matches!(cased.get(code.range.end), Some(b'.' | b'-'))
                || cased.get(code.range.end) == Some(&b'-')
                    && mark::code_at(sheet, code.range.end + 1, around).is_some()
                || folded[code.range.end..].starts_with(b"-grupp")
                || folded[code.range.end..].starts_with(b"-led"))
        {
            let mut codes = vec![code];
            // "S-V-MP"
            while let Some(next) = codes.last().map(|code| code.range.end)
                && cased.get(next) == Some(&b'-')
                && let Some(code) = mark::code_at(sheet, next + 1, around)
            {
                codes.push(code);
            }
            pos = codes.last().map_or(pos, |code| code.range.end);
            who.end = pos;
            attach(&mut who, &mut open, &codes);
            complete = true;
            continue;
        }
        if let Some(title) = TITLE.find(rest) {
            pos += title.end() - 1;
            continue;
        }
        let Some(end) = name_end(sheet, pos) else {
            break;
        };
        let name = pos..end;
        let words = folded[name.clone()]
            .split(|byte| byte.is_ascii_whitespace())
            .count();
        // "Lillby Vänsterparti": a party's name ends what looks like a person's.
        if let Some(word) = folded[name.clone()]
            .iter()
            .rposition(|byte| *byte == b' ')
            .and_then(|blank| mark::word_at(sheet, name.start + blank + 1))
            && word.range.end == name.end
        {
            pos = end;
            who.end = end;
            attach(&mut who, &mut open, &[word]);
            complete = true;
            continue;
        }
        if ORGANISATION.is_match(&folded[name.clone()]) {
            who.organisation |= who.is_empty();
            break;
        }
        let followed = {
            let rest = folded[end..(end + 24).min(folded.len())].trim_ascii_start();
            let rest = and_others(rest).map_or(rest, |length| rest[length..].trim_ascii_start());
            rest.first() == Some(&b'(') || rest.first() == Some(&b'{')
        };
        if (words < 2 || is_shortened(&cased[name.clone()])) && !followed {
            who.organisation |= who.is_empty();
            break;
        }
        who.people.push((name, None));
        pos = end;
        who.end = end;
    }
    if let Some((mark, from)) = leading {
        for (_, party) in &mut who.people[from..] {
            party.get_or_insert(mark.party);
        }
    }
    who
}

/// The party's word that a comma, `och` or `respektive` joins to what ends at `at`.
fn next_word(sheet: &Sheet, at: usize) -> Option<Mark> {
    const JOINERS: [&[u8]; 5] = [b", ", b" och ", b" samt ", b" respektive ", b" resp. "];
    let joiner = JOINERS
        .iter()
        .find(|joiner| sheet.folded[at..].starts_with(joiner))?;
    mark::word_at(sheet, at + joiner.len())
}

/// The party that says of the person before it what they are to it, and where that ends: `Moderaternas gruppledare i Storby`.
fn aside_at(sheet: &Sheet, at: usize) -> Option<(Mark, usize)> {
    static OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^ (?:nya |tidigare |andre |förste )?(?:[a-z]*(?:råd|borgarråd)|gruppledare|ledamot|ledamöter|ersättare|talesperson|ordförande|företrädare|partigrupp|fullmäktigegrupp)\b(?: (?:i|för) [a-z -]{2,30}?)?(?:,|$)",
        )
    });
    let word = mark::word_at(sheet, at)?;
    let behind = &sheet.folded[word.range.end..(word.range.end + 70).min(sheet.folded.len())];
    let office = OFFICE.find(behind)?;
    sheet.folded[word.range.clone()].ends_with(b"s").then(|| {
        let end = word.range.end + office.as_bytes().trim_ascii_end().len();
        (word, end)
    })
}

/// Whether the word at `at` begins a line or follows a full stop.
fn begins_sentence(folded: &[u8], at: usize) -> bool {
    let before = folded[..at].trim_ascii_end();
    before.is_empty()
        || before.ends_with(b".")
        || before.ends_with(b")")
        // A bullet.
        || before.ends_with(b"~")
        || before.ends_with(b"*")
        || folded[before.len()..at].contains(&b'\n')
}

/// Whether a first and a last name follow on the line.
fn is_person_on_line(sheet: &Sheet, at: usize) -> bool {
    sheet.folded.get(at) == Some(&b' ')
        && name_end(sheet, at + 1).is_some_and(|end| {
            let name = &sheet.folded[at + 1..end];
            name.contains(&b' ') && !name.contains(&b'\n') && !ORGANISATION.is_match(name)
        })
}

/// Whether a name holds a word of three capitals at least beside others: `RFHL Storby` is a club.
fn is_shortened(name: &[u8]) -> bool {
    let mut words = name.split(u8::is_ascii_whitespace);
    let short = |word: &[u8]| word.len() > 2 && word.iter().all(u8::is_ascii_uppercase);
    words.clone().any(short) && !words.all(short)
}

/// Whether a whole person with a party in brackets stands at `at`: lists come without commas, too.
fn is_next_person(sheet: &Sheet, at: usize, around: &str) -> bool {
    let Some(end) = name_end(sheet, at) else {
        return false;
    };
    let rest = &sheet.folded[end..];
    let blank = rest
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    sheet.folded[at..end].iter().any(u8::is_ascii_whitespace)
        && !ORGANISATION.is_match(&sheet.folded[at..end])
        // "Motion av Elsa Berg (V)", and below it "Ulf Ek (M) reserverar sig".
        && mark::bracket_at(sheet, end + blank, around, false)
            .is_some_and(|bracket| !mark::ACTS.is_match(&sheet.folded[bracket.end..]))
}

/// Gives the parties of `marks` to the people who have none yet.
fn attach(who: &mut Who, open: &mut usize, marks: &[Mark]) {
    let waiting = who.people.len() - *open;
    for (i, (_, party)) in who.people[*open..].iter_mut().enumerate() {
        *party = match marks {
            [one] => Some(one.party),
            several if several.len() == waiting => several.get(i).map(|mark| mark.party),
            _ => None,
        };
    }
    *open = who.people.len();
    who.marks.extend_from_slice(marks);
}

#[cfg(test)]
mod tests {
    use super::super::person::name;
    use super::*;

    fn who(text: &str) -> Vec<String> {
        let sheet = Sheet::new([(1, text)]);
        let who = who_at(&sheet, 0, "");
        let mut out: Vec<String> = who
            .people
            .iter()
            .map(|(range, party)| {
                format!(
                    "{} {}",
                    name(&sheet, range.clone(), false),
                    party.map_or("-", Party::code)
                )
            })
            .collect();
        out.extend(who.marks.iter().map(|mark| mark.party.code().to_owned()));
        out
    }

    #[test]
    fn lists_are_read_to_their_end() {
        for (text, want) in [
            ("(V)", vec!["V"]),
            ("Murad Alm (V) om vägar", vec!["Murad Alm V", "V"]),
            ("Željko Šimić (S) om vägar", vec!["Željko Šimić S", "S"]),
            ("Allianspartierna (M), (FP) och (C)", vec!["M", "L", "C"]),
            ("fyra ledamöter (S)", vec!["S"]),
            ("STK-2018-1211\nElsa Berg (M)", vec![]),
            ("(s), (v) och (mp) om vägar", vec!["S", "V", "MP"]),
            ("Moderaterna", vec!["M"]),
            ("vänsterpartiet.", vec!["V"]),
            (
                "Elsa Berg m.fl. (M) med anledning av",
                vec!["Elsa Berg M", "M"],
            ),
            (
                "Elsa Berg \n\n(L) och Ida Von Ros (L) till nämnden",
                vec!["Elsa Berg L", "Ida Von Ros L", "L", "L"],
            ),
            (
                "vice ordföranden Elsa Berg m fl (m) angående",
                vec!["Elsa Berg M", "M"],
            ),
            (
                "Ulf Ek och Elsa Berg (båda MP)",
                vec!["Ulf Ek MP", "Elsa Berg MP", "MP"],
            ),
            (
                "Ulf Ek och Elsa Berg, båda (V)",
                vec!["Ulf Ek V", "Elsa Berg V", "V"],
            ),
            ("(2010:11) Ulf Ek (V) om en dag", vec!["Ulf Ek V", "V"]),
            ("Elsa Berg (mp) (S)", vec!["Elsa Berg MP", "MP"]),
            ("Elsa Berg .mfl. (v)", vec!["Elsa Berg V", "V"]),
            ("led. Elsa Berg (V) om", vec!["Elsa Berg V", "V"]),
            (
                "Elsa Berg (-), Ulf Ek (s)",
                vec!["Elsa Berg -", "Ulf Ek S", "S"],
            ),
            ("Elsa Berg (KIL) om", vec!["Elsa Berg KIL", "KIL"]),
            ("Elsa Berg (M Storby) om", vec!["Elsa Berg M", "M"]),
            (
                "Elsa Berg, Moderaternas oppositionsråd i Storby, har",
                vec!["Elsa Berg M", "M"],
            ),
            ("Stora älv (10:15)\n\nElsa Berg (KD)", vec!["Stora älv -"]),
            ("Elsa Berg (m)(fp) om", vec!["Elsa Berg M", "M", "L"]),
            ("Elsa Berg\nDnr 328-2009-599", vec!["Elsa Berg -"]),
            ("Elsa Berg (S) till Ulf Ek (M) om", vec!["Elsa Berg S", "S"]),
            ("V om lekplatser", vec!["V"]),
            ("S, V och MP", vec!["S", "V", "MP"]),
            ("Elsa B Ek (S)", vec!["Elsa B Ek S", "S"]),
            ("Elsa B P Ek (S)", vec!["Elsa B P Ek S", "S"]),
            ("Elsa B\nEk (S)", vec!["Elsa B Ek S", "S"]),
            ("Ulf E:son Ek (S)", vec!["Ulf E:son Ek S", "S"]),
            ("SD (Elsa Berg)", vec!["Elsa Berg SD", "SD"]),
            ("moderaten Elsa Berg", vec!["Elsa Berg M", "M"]),
            (
                "Elsa Berg och Ulf Ek från Moderaterna respektive Liberalerna",
                vec!["Elsa Berg M", "Ulf Ek L", "M", "L"],
            ),
            (
                "Elsa Berg och Ulf Ek, båda Vänster-partiet, har",
                vec!["Elsa Berg V", "Ulf Ek V", "V"],
            ),
            ("Liberalerna genom Elsa Berg", vec!["Elsa Berg L", "L"]),
            ("(M) och (Y) om", vec!["M", "V"]),
            ("Elsa Berg, fp, om", vec!["Elsa Berg L", "L"]),
            ("Elsa Rud (fp) om", vec!["Elsa Rud L", "L"]),
            ("Miljöpartiet de gröna och centern", vec!["MP", "C"]),
            ("Elsa Berg (ordf.) (M) om", vec!["Elsa Berg M", "M"]),
            (
                "Elsa Berg (tjänstgörande ersättare) (M)",
                vec!["Elsa Berg M", "M"],
            ),
            ("Ulf Ek d.y. (M) om", vec!["Ulf Ek M", "M"]),
            ("Ulf \"Uffe\" Ek (M) om", vec!["Ulf \"Uffe\" Ek M", "M"]),
            ("U Ek (M) om", vec!["U Ek M", "M"]),
            ("Ulf Ek （M） om", vec!["Ulf Ek M", "M"]),
            ("Ulf Ek - V - om", vec!["Ulf Ek V", "V"]),
            ("(v) resp. (mp)", vec!["V", "MP"]),
            ("(V) jämte (MP) om", vec!["V", "MP"]),
            (
                "Elsa Berg (V) tillsammans med Ulf Ek (MP)",
                vec!["Elsa Berg V", "Ulf Ek MP", "V", "MP"],
            ),
            ("S-V-MP om", vec!["S", "V", "MP"]),
            ("(V om vägar", vec!["V"]),
            (
                "Elsa Berg (MP och Ulf Ek (V) om",
                vec!["Elsa Berg MP", "Ulf Ek V", "MP", "V"],
            ),
            (
                "Elsa Berg (MP och Staffan Asker (V) om",
                vec!["Elsa Berg MP", "Staffan Asker V", "MP", "V"],
            ),
            ("oppositionen, dvs. S, V och MP, om", vec!["S", "V", "MP"]),
            ("alla partier i nämnden (S, M, V) om", vec!["S", "M", "V"]),
            ("(5)(Y)(MP) om", vec!["S", "V", "MP"]),
            ("Lillby Vänsterparti om", vec!["V"]),
            ("INLEDNING Elsa Berg (C) inkom", vec![]),
        ] {
            assert_eq!(who(text), want, "{text:?}");
        }
        for text in [
            "Högalids IF om tider",
            "Hyresgästföreningen i Farsta",
            "stadsledningskontoret",
            "Danmark",
            "kommunstyrelsen",
            "(5) om",
            "RFHL Storby",
        ] {
            assert_eq!(who(text), Vec::<String>::new(), "{text:?}");
        }
    }
}
