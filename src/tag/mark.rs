//! Party marks: a sheet → every place where a party is named, in brackets, by a word, or by a bare code.
//!
//! Ranges are ranges of the sheet's folded copy. A letter in brackets counts only behind a person, a word that asks for a
//! party, or another mark: `(S)` behind a heading is a department.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use super::pattern::Pattern;

use super::code;
use super::mark_context::{is_elected, is_of_politics, is_rolled};
use super::party::{Party, TABLE};
use super::sheet::{Gated, Sheet, firm, gated, parts_around, tolerant};

/// A party, and the range of the folded copy that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) party: Party,
    pub(super) range: Range<usize>,
}

/// Each party with the pattern of its words, and the compiled pattern once a text has one of them: there are many parties,
/// and a compiled pattern for each takes a sixth of a process's start.
struct Named {
    pattern: String,
    party: Party,
    at: OnceLock<Pattern>,
}

static NAMED: LazyLock<Vec<Named>> = LazyLock::new(|| {
    let pattern = |word: &str| match word.strip_suffix('*') {
        Some(stem) => format!("{stem}[a-z]*"),
        None => format!("{word}s?"),
    };
    // "Vänster-partiet": the hyphen of a line's end has stayed.
    let whole = |word: &str| {
        ["parti", "demokrat"]
            .iter()
            .fold(pattern(word), |pattern, last| match pattern.find(last) {
                Some(at)
                    if at > 3
                        && pattern.is_char_boundary(at)
                        && !pattern[..at].ends_with([' ', '-']) =>
                {
                    format!("{}-?{}", &pattern[..at], &pattern[at..])
                }
                _ => pattern,
            })
    };
    let named = TABLE.iter().map(|row| {
        let of = |word: &str| match row.party.code().len() {
            // Those of the parties that every paper may name are enough, and each costs a pattern's start.
            1 | 2 if row.places.is_empty() => whole(word),
            _ => pattern(word),
        };
        let words: Vec<String> = row.words.iter().map(|(word, _)| of(word)).collect();
        Named {
            pattern: format!("(?:{})", words.join("|")),
            party: row.party,
            at: OnceLock::new(),
        }
    });
    named.collect()
});

/// One pattern for all words.
fn any_word() -> String {
    let patterns: Vec<&str> = NAMED.iter().map(|named| named.pattern.as_str()).collect();
    format!(r"(?:{})\b", patterns.join("|"))
}

/// Any word, anywhere.
static ANY: LazyLock<Pattern> = LazyLock::new(|| tolerant(&format!(r"\b{}", any_word())));

/// Letters of each word that damage leaves alone.
static CORE: LazyLock<Gated> = LazyLock::new(|| {
    let core: BTreeSet<&str> = TABLE
        .iter()
        .flat_map(|row| row.words.iter().map(|(word, _)| firm(word)))
        .collect();
    // Whoever holds "upart" holds "part": the fewer there are, the quicker they are found.
    let held = |one: &&str| core.iter().any(|other| other != one && one.contains(other));
    let fewest: Vec<&str> = core.iter().copied().filter(|one| !held(one)).collect();
    gated(&fewest.join("|"))
});

/// Bytes of a party's longest name.
const LONGEST_NAME: usize = 48;

/// What makes a party's name that of its youth or another body beside it: `Moderaternas ungdomsförbund`.
static BESIDE_PARTY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?: [a-z]{4,20})? ?-?(?:ungdoms|student|kvinno|senior|pensionärs)(?:förbund|distrikt|klubb|organisation|sektion|råd|avdelning)|^s? (?:unga|ungdom|ungdomar|studenter)\b",
    )
});

/// Bytes behind a party's name in which the words stand that make it another body's.
const BESIDE_PARTY_BYTES: usize = 48;

/// The party that the word at `at` names, and where the word ends.
pub(super) fn word_at(sheet: &Sheet, at: usize) -> Option<Mark> {
    let rest = &sheet.folded[at..(at + LONGEST_NAME).min(sheet.folded.len())];
    if !ANY.begins(rest) {
        return None;
    }
    NAMED.iter().find_map(|named| {
        let pattern = named
            .at
            .get_or_init(|| tolerant(&format!(r"^{}\b", named.pattern)));
        let found = pattern.find(rest)?;
        let behind = &sheet.folded[at + found.end()..];
        if BESIDE_PARTY.is_match(&behind[..behind.len().min(BESIDE_PARTY_BYTES)]) {
            return None;
        }
        Some(Mark {
            party: named.party,
            range: at..at + found.end(),
        })
    })
}

/// The bare code (`V`, `MP`, `Fi`) that stands at `at` as a word of its own.
pub(super) fn code_at(sheet: &Sheet, at: usize, around: &str) -> Option<Mark> {
    let rest = &sheet.cased[at..];
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    // "S6ren" is a name whose letter was misread.
    if length == 0
        || length > 4
        || rest.get(length).is_some_and(u8::is_ascii_digit)
        || !rest[0].is_ascii_uppercase()
    {
        return None;
    }
    let code = std::str::from_utf8(&rest[..length]).ok()?;
    if code != "Fi" && !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Some(Mark {
        party: Party::of_mark(code, around)?,
        range: at..at + length,
    })
}

/// What brackets hold.
pub(super) struct Bracket {
    /// The parties, with the ranges of their codes; never empty.
    pub(super) marks: Vec<Mark>,
    /// Behind the closing bracket.
    pub(super) end: usize,
}

/// The bracket of party codes that opens at `at`: `(M)`, `(S, V, MP, Fi)`, `(båda MP)`, `{M)`, `(MP och (V)`.
///
/// With `misread`, also `(5)` for (S) and `(Y)` for (V), and a local party's code of three letters in any municipality.
pub(super) fn bracket_at(sheet: &Sheet, at: usize, around: &str, misread: bool) -> Option<Bracket> {
    let cased = sheet.cased.as_slice();
    if !matches!(cased.get(at), Some(b'(' | b'[' | b'{')) {
        return None;
    }
    // "Elsa Berg (Vänsterpartiet)"
    if let Some(word) = cased
        .get(at + 1..at + 5)
        .filter(|word| word.iter().all(u8::is_ascii_alphabetic))
        .and_then(|_| word_at(sheet, at + 1))
        && matches!(cased.get(word.range.end), Some(b')' | b']' | b'}'))
    {
        return Some(Bracket {
            end: word.range.end + 1,
            marks: vec![word],
        });
    }
    let most = &cased[at + 1..(at + 42).min(cased.len())];
    let stop = most
        .iter()
        .position(|byte| matches!(byte, b')' | b']' | b'}' | b'('));
    // An unclosed bracket holds one line.
    let (content, end) = match stop {
        Some(stop) if most[stop] == b'(' => (&most[..stop], at + 1 + stop),
        Some(stop) => (&most[..stop], at + 2 + stop),
        None => {
            let line = most
                .iter()
                .position(|byte| *byte == b'\n')
                .unwrap_or(most.len());
            let code = line.min(5);
            (&most[..code], at + 1 + code)
        }
    };
    // "(V om skolvägar", "(MP och Elsa Berg (V)": nothing behind the code closes its bracket.
    let unclosed = stop.is_none_or(|stop| most[stop] == b'(');
    let mut marks: Vec<Mark> = Vec::new();
    let mut from = at + 1;
    for piece in content.split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'!') {
        let range = from..from + piece.len();
        from = range.end + 1;
        let Ok(piece) = std::str::from_utf8(piece) else {
            return None;
        };
        // "b4da": the folded copy has turned a digit in a word back.
        let lower = String::from_utf8_lossy(&sheet.folded[range.clone()]);
        // "m.fl." inside the brackets: the m is no party when "fl" follows.
        let others = lower == "fl" && piece != "Fl"
            || lower == "m" && content_after(content, range.end - at - 1).starts_with(b"fl");
        let joins = [
            "", "och", "o", "samt", "bada", "badda", "bdda", "bida", "beda", "bagge", "samtliga",
            "alla", "mfl", "gruppen", "grupp",
        ];
        // "O" alone is Ö.
        if others || piece != "O" && joins.contains(&lower.as_ref()) {
            continue;
        }
        // "(M Storby)", "(S, ordförande)" behind a person: where from, and what they are.
        if misread && !unclosed && !marks.is_empty() && is_aside(piece) {
            continue;
        }
        let party = Party::of_mark(piece, around);
        if let (None, true, Some(last)) = (party, unclosed, marks.last()) {
            let end = last.range.end;
            let goes_on = sheet.cased.get(end) == Some(&b' ')
                && sheet.cased.get(end + 1).is_some_and(u8::is_ascii_lowercase);
            return goes_on.then_some(Bracket { marks, end });
        }
        let party = party.or_else(|| {
            // Three letters behind a person are a party's wherever the paper is from.
            if misread && let Some(party) = Party::of_long_mark(piece) {
                return Some(party);
            }
            let letter = match lower.as_ref() {
                _ if !misread => return None,
                "5" => "S",
                "y" => "V",
                "rn" => "M",
                "rnp" => "MP",
                "5d" | "8d" | "so" => "SD",
                "ko" => "KD",
                "fl" => "Fi",
                _ => return None,
            };
            Party::of_mark(letter, around)
        })?;
        marks.push(Mark { party, range });
    }
    (!marks.is_empty()).then_some(Bracket { marks, end })
}

/// Whether a word behind a party's code in brackets is a place or an office.
fn is_aside(word: &str) -> bool {
    let mut letters = word.bytes();
    let place = word.len() > 3
        && letters
            .next()
            .is_some_and(|letter| letter.is_ascii_uppercase())
        && letters.all(|letter| letter.is_ascii_lowercase());
    place
        || matches!(
            word,
            "ordf"
                | "ordforande"
                | "vordf"
                | "vice"
                | "ersattare"
                | "ledamot"
                | "tjg"
                | "1e"
                | "2e"
        )
}

/// The bracket at `at` that holds a local party's code of three letters, whatever the municipality.
pub(super) fn long_bracket_at(sheet: &Sheet, at: usize) -> Option<Bracket> {
    let content = sheet.cased.get(at + 1..(at + 12).min(sheet.cased.len()))?;
    let length = content.iter().position(|byte| *byte == b')')?;
    let code = std::str::from_utf8(&content[..length]).ok()?;
    let party =
        Party::of_long_mark(code).filter(|_| code.bytes().all(|b| b.is_ascii_uppercase()))?;
    let range = at + 1..at + 1 + length;
    Some(Bracket {
        end: range.end + 1,
        marks: vec![Mark { party, range }],
    })
}

/// The bracket at `at`, behind a person, that holds the code of a local party and nothing else: one that the table lacks, or
/// has for other places.
pub(super) fn local_bracket_at(sheet: &Sheet, at: usize) -> Option<Bracket> {
    let content = sheet.cased.get(at + 1..(at + 8).min(sheet.cased.len()))?;
    if sheet.cased[at] != b'(' {
        return None;
    }
    let close = content.iter().position(|byte| *byte == b')')?;
    let code = content[..close].trim_ascii();
    let start = at + 1 + (close - content[..close].trim_ascii_start().len());
    let range = start..start + code.len();
    Some(Bracket {
        end: at + 2 + close,
        marks: vec![Mark {
            party: Party::local(sheet.written(range.clone()))?,
            range,
        }],
    })
}

/// What stands behind byte `at` of a bracket's content, without stops and blanks.
fn content_after(content: &[u8], at: usize) -> &[u8] {
    let rest = content.get(at..).unwrap_or_default();
    let skip = rest
        .iter()
        .take_while(|byte| matches!(byte, b'.' | b' ' | b','))
        .count();
    &rest[skip..]
}

/// What may stand right before a bracket of one letter to make it a party.
static CUE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(concat!(
        r"(?:\bfrån|\bav|\bskrivelse[nr]?|\bmotion(?:en)?|\binterpellation(?:en)?|\bersättare[n]?|\bledamot(?:en)?|",
        r"\bledamöter(?:na)?|\bordförande[n]?|\bgruppe[nr](?:na)?|\bpartie[rt](?:na)?|\bbåda|\bsamtliga|¤|",
        r"\bråd(?:et)?|\bställde|\bväckte|\bvakant|\bgruppledare)$"
    ))
});

/// What a party does in minutes, right behind its name.
pub(super) static ACTS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^ (?:yrkar|yrkade|reserverar|reserverade|avstår|avstod|deltar|deltog|anser|föreslår|röstar|röstade|lämnar|lämnade|lade ned|lade ner|menade|menar|framförde|framför|ifrågasatte|påpekade|ansåg|valde att|instämmer|bifaller|särskilt yttrande|särskilt uttalande|ersättaryttrande|(?:alternativt |tilläggs|ändrings)?yrkande|(?:alternativt|eget|gemensamt) förslag|tilläggsyrkande|ändringsyrkande|reservation)\b",
    )
});

/// Words with a capital that are not a person's.
pub(super) static NO_PERSON: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^(?:nivå[a-z]*|storlek[a-z]*|alternativ[a-z]*|kategori[a-z]*|linje[a-z]*|bilaga|bilagor|del|steg|typ|grupp|klass|kategori|station|sida|kap|förslag|val|fråga|punkt|tabell|figur|zon|område|etapp|kvarteret|fastigheten|remiss|remissvar|samråd|rapport|lägesrapport|inriktningsbeslut|genomförandebeslut|slutredovisning|återremiss)$|(?:skolan?|gården|hemmet|parken|torget|gatan|vägen|huset|badet|hallen|platsen|centrum)s?$|avdelning|enhet|roteln|nämnd|förvaltning|kontoret|styrelse",
    )
});

/// Every party mark of `sheet`, in the order of the text. `around` is folded text in which a local party's municipality
/// must be named.
pub(super) fn find(sheet: &Sheet, around: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    brackets(sheet, around, &mut marks);
    for part in parts_around(sheet, &CORE, LONGEST_NAME, LONGEST_NAME) {
        for found in ANY.find_iter(&sheet.folded[part.clone()]) {
            if let Some(mark) = word_at(sheet, part.start + found.start())
                && is_near(mark.party, around)
            {
                marks.push(mark);
            }
        }
    }
    code::codes(sheet, around, &mut marks);
    code::rolls(sheet, around, &mut marks);
    code::running_rolls(sheet, around, &mut marks);
    code::small(sheet, around, &mut marks);
    marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
    marks.dedup();
    marks
}

fn is_near(party: Party, around: &str) -> bool {
    Party::of_mark(party.code(), around).is_some() || party.code().len() > 2
}

fn brackets(sheet: &Sheet, around: &str, marks: &mut Vec<Mark>) {
    let cased = sheet.cased.as_slice();
    let mut last_end = None;
    for at in memchr::memchr3_iter(b'(', b'{', b'[', cased) {
        let person = is_person_before(sheet, at);
        let Some(bracket) = bracket_at(sheet, at, around, person).or_else(|| {
            let local = local_bracket_at(sheet, at).filter(|_| person)?;
            // Two letters that are a party's elsewhere are often another thing here.
            let [mark] = local.marks.as_slice() else {
                return None;
            };
            let elsewhere = mark.range.len() < 3 && TABLE.iter().any(|row| row.party == mark.party);
            ((!elsewhere || ends_line(sheet, at) || is_rolled(sheet, at))
                && is_of_politics(sheet, at, local.end))
            .then_some(local)
        }) else {
            continue;
        };
        let before = cased[..at].trim_ascii_end();
        let gap = at - before.len();
        let one_letter = bracket.marks.iter().all(|mark| mark.range.len() == 1);
        let chained = last_end == Some(before.len());
        let listed = last_end.is_some_and(|end| {
            // An unclosed bracket has swallowed what stands between.
            if end > before.len() {
                return true;
            }
            let between = sheet.folded[end..at].trim_ascii();
            matches!(
                between,
                b"," | b"och" | b"samt" | b"&" | b"/" | b"+" | b", och"
            )
        });
        // "(v)-skrivelse"
        let compound = matches!(cased.get(bracket.end..bracket.end + 2), Some([b'-', next]) if next.is_ascii_lowercase());
        let accepted = if chained {
            // "(m)(fp)" are two parties; in "(mp) (S)" the second is a department.
            gap == 0 || !one_letter || begins_list(sheet, bracket.end, around)
        } else {
            !one_letter
                || person
                || listed
                || compound
                || is_file(sheet, bracket.end)
                || begins_list(sheet, bracket.end, around)
                || acts(sheet, bracket.end)
                || is_elected(sheet, at, bracket.end, around)
                || CUE.is_match(&sheet.folded[before.len().saturating_sub(24)..before.len()])
        };
        if accepted {
            last_end = Some(bracket.end);
            marks.extend(bracket.marks);
        }
    }
}

/// Whether a file's name ends behind `at`: `Motion om busskort (C).pdf`.
fn is_file(sheet: &Sheet, at: usize) -> bool {
    let rest = &sheet.folded[at + more(sheet, at)..];
    rest.starts_with(b".pdf") || rest.starts_with(b".doc")
}

/// The length of the list of brackets that goes on at `at`: `, (V) och (MP)`.
fn more(sheet: &Sheet, at: usize) -> usize {
    static MORE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"^(?-u)(?:(?:,\s?|,?\s(?:och|samt)\s| )\([a-z]{1,3}\)){0,8}")
            .expect("a pattern that compiles")
    });
    let rest = &sheet.folded[at..(at + 90).min(sheet.folded.len())];
    MORE.find(rest).map_or(0, |found| found.end())
}

/// Whether a list of brackets goes on at `at` that holds a code of several letters, so that each of them is a party:
/// `(S), (M) och (SD)`.
fn begins_list(sheet: &Sheet, at: usize, around: &str) -> bool {
    sheet.cased[at..at + more(sheet, at)]
        .split(|byte| !byte.is_ascii_alphabetic())
        .filter(|code| code.len() > 1 && !matches!(*code, b"och" | b"samt"))
        .any(|code| {
            std::str::from_utf8(code).is_ok_and(|code| Party::of_mark(code, around).is_some())
        })
}

/// Whether the party whose bracket ends at `at` does something: `(S), (V) och (MP) reserverar sig`.
pub(super) fn acts(sheet: &Sheet, at: usize) -> bool {
    let rest = &sheet.folded[at + more(sheet, at)..(at + 150).min(sheet.folded.len())];
    ACTS.is_match(rest)
}

/// Whether a person's name, maybe with "m.fl.", ends right before `at`.
fn is_person_before(sheet: &Sheet, at: usize) -> bool {
    let cased = &sheet.cased[..at];
    let mut end = cased.trim_ascii_end().len();
    // "Elsa Berg m.fl. (M)"
    for others in [
        &b"m.fl."[..],
        b"m fl.",
        b"m.fl",
        b"m fl",
        b"mfl.",
        b"mfl",
        b"med flera",
    ] {
        if let Some(name) = cased[..end].strip_suffix(others)
            && name.ends_with(b" ")
        {
            end = name.trim_ascii_end().len();
            break;
        }
    }
    let words: Vec<&[u8]> = cased[end.saturating_sub(60)..end]
        .rsplit(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty())
        // "Östen af Klint": the particle is passed over.
        .filter(|word| !matches!(*word, b"af" | b"von" | b"de" | b"van" | b"der" | b"la"))
        .take(2)
        .collect();
    let is_name = |word: &[u8]| {
        let word = word.strip_suffix(b",").unwrap_or(word);
        word.len() > 1
            && word[0].is_ascii_uppercase()
            && word.iter().filter(|byte| byte.is_ascii_lowercase()).count() * 2 >= word.len() - 1
            && word.iter().all(|byte| {
                // "Ho1m", "Nystr6m": a misread letter.
                byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'\'' | b'~' | b'1' | b'6')
            })
            && !NO_PERSON.is_match(&word.to_ascii_lowercase())
    };
    let Some(last) = words.first() else {
        return false;
    };
    if !is_name(last) {
        return false;
    }
    match words.get(1) {
        Some(first) => {
            is_name(first)
                // "Elsa B. Ek", "Elsa B Ek"
                || (first.len() < 3
                    && first[0].is_ascii_uppercase()
                    && matches!(first.get(1), None | Some(b'.')))
                // A surname alone, in the running text; behind "mot" or "från" it is a place.
                || !(first[0].is_ascii_digit() || ends_line(sheet, at) || is_towards(first))
        }
        None => !ends_line(sheet, at),
    }
}

fn is_towards(word: &[u8]) -> bool {
    matches!(
        word.to_ascii_lowercase().as_slice(),
        b"fran" | b"mot" | b"till" | b"i" | b"pa" | b"vid" | b"via" | b"genom" | b"fran:" | b"for"
    )
}

/// Whether the bracket that opens at `at` is the last thing of its line.
fn ends_line(sheet: &Sheet, at: usize) -> bool {
    let rest = &sheet.cased[at..];
    let close = rest
        .iter()
        .position(|byte| *byte == b')')
        .map_or(rest.len(), |close| close + 1);
    rest[close..]
        .iter()
        .take_while(|byte| **byte != b'\n')
        .all(u8::is_ascii_whitespace)
}

/// Whether a word with a capital follows: `V Andersson` is a name.
pub(super) fn next_is_name(sheet: &Sheet, at: usize) -> bool {
    let rest = &sheet.cased[at..(at + 12).min(sheet.cased.len())];
    let word = rest.trim_ascii_start();
    word.len() < rest.len()
        && !rest[..rest.len() - word.len()].contains(&b'\n')
        && word.first().is_some_and(u8::is_ascii_uppercase)
        && word.get(1).is_some_and(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::sheet::folded;
    use super::*;

    fn codes_of(text: &str) -> Vec<&'static str> {
        let mut codes: Vec<&str> = find(&Sheet::new([(1, text)]), "stockholm")
            .into_iter()
            .map(|mark| mark.party.code())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    #[test]
    fn parties_are_seen_in_every_form() {
        for (text, want) in [
            ("från Elsa Berg m.fl. (M) med", vec!["M"]),
            ("från Elsa Berg \n\n(L) och Ulf Ek (L)", vec!["L"]),
            (
                "Svar på skrivelse (s), (mp) och (v) om",
                vec!["MP", "S", "V"],
            ),
            ("Valsedlar för (S), (M) och (SD)", vec!["M", "S", "SD"]),
            ("Särskilt uttalande (M) och (L).pdf", vec!["L", "M"]),
            ("Ulf Ek och Elsa Berg (båda MP)", vec!["MP"]),
            ("Ulf Ek och Elsa Berg (badda MP)", vec!["MP"]),
            ("Ulf Ek (m)(fp)", vec!["L", "M"]),
            ("ny ersättare (kd) bordlades", vec!["KD"]),
            ("av Elsa Berg (mp) (S)", vec!["MP"]),
            ("Elsa Berg (S) (Tp)", vec!["S"]),
            ("Edlund (S) och Jonsson (C) justerar", vec!["C", "S"]),
            ("en reservation (MP och (V)", vec!["MP", "V"]),
            (
                "yrkande från M, S, V, MP, L och C",
                vec!["C", "L", "M", "MP", "S", "V"],
            ),
            ("M+KD", vec!["KD", "M"]),
            ("Elsa Berg, S, ordförande\nUlf Ek, MP", vec!["MP", "S"]),
            ("Elsa Berg och Ulf Ek (båda Fl)", vec!["FI"]),
            ("Vakant (M)", vec!["M"]),
            (
                "moderaten Elsa Berg och Folkpartiets ledamot, Centern",
                vec!["C", "L", "M"],
            ),
            (
                "FP-ersättare och S-ledare, MP- och V-ledamöterna",
                vec!["L", "MP", "S", "V"],
            ),
            ("V:s och SD:s förslag", vec!["SD", "V"]),
            ("Skrivelse från V om lekplatser", vec!["V"]),
            ("(S, V, MP, Fi)", vec!["FI", "MP", "S", "V"]),
            ("som svar på skrivelsen fran vansterpartiet", vec!["V"]),
            ("Elsa Berg {M) och Ulf Ek (5)", vec!["M", "S"]),
            ("Elsa Ho1m (v) och Ulf Nystr6m (m)", vec!["M", "V"]),
            (
                "Yrkande från V, S och MP. Tilläggsyrkande från M.",
                vec!["M", "MP", "S", "V"],
            ),
            ("(M) reserverar sig", vec!["M"]),
            ("8 ja (S) (V) (MP), 5 nej", vec!["MP", "S", "V"]),
            ("Elsa Berg (Vänsterpartiet)", vec!["V"]),
            (
                "Elsa Berg (S) Ulf Ek (M) Ida Rask (NL) Närvarande",
                vec!["M", "NL", "S"],
            ),
            ("Elsa Berg (S) Ulf Ek (8D)", vec!["S", "SD"]),
            ("Vänster-partiets, Social-demokraterna", vec!["S", "V"]),
            (
                "Beslut\n(S), (V) och (MP) reserverar sig",
                vec!["MP", "S", "V"],
            ),
        ] {
            assert_eq!(codes_of(text), want, "{text:?}");
        }
    }

    #[test]
    fn every_party_holds_the_letters_that_are_looked_for() {
        for line in include_str!("lines.tsv").lines() {
            let folded = folded(&line.replace('⏎', "\n"));
            for pattern in [&*ANY] {
                for found in pattern.find_iter(folded.as_bytes()) {
                    assert!(CORE.is_match(found.as_bytes()), "{found:?}");
                }
            }
        }
    }

    #[test]
    fn every_row_holds_the_letters_that_are_looked_for() {
        for (word, _) in TABLE.iter().flat_map(|row| &row.words) {
            assert!(
                firm(word).len() > 2,
                "{word} has no letters that damage leaves alone"
            );
            assert!(word.len() < LONGEST_NAME, "{word}");
        }
    }

    #[test]
    fn letters_that_are_no_party() {
        for text in [
            "7 Tider för nämndens sammanträden 2011 (S)",
            "12 Fastigheten Mörtö 8 säljs (M&V)",
            "Anmälan av svar på remiss (Anl)",
            "föräldrabalken (FB)",
            "Nivå (S), (M) och (L) avser storlek",
            "Nivå (S), (M) och (XL) avser storlek",
            "Storlekarna (S), (M) och (L) finns",
            "Alternativ A (s), B (m) och C (l)",
            "2 kap. 3 § (C) i bilagan",
            "mål nr M 3003-10",
            "SPF Seniorerna och PRO, SACO/ SSR",
            "LKUF:s uppdrag, Älvsjö SDF",
            "S:t Eriks, C-vitamin, V Andersson",
            "en moderator, liberal tolkning",
            "Sida 1 (5)",
            "RIII, RV",
            "Föredragande Elsa Berg (KIL)",
            "Moderaternas ungdomsförbund, Elsa Berg (SSU)",
            "vid Stora Torget, S:t Olofsgatan",
        ] {
            assert_eq!(codes_of(text), Vec::<&str>::new(), "{text:?}");
        }
    }
}
