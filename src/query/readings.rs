//! What people type for one thing in several words or marks: dates in words, diary numbers, hyphens, `alla svar till V`.
//! Pure.

use jiff::civil::Date;

use super::node::Node;
use super::sums;
use crate::swedish::{joined, words};
use crate::tag::{self, Party};

/// The months, each with how it is shortened.
const MONTHS: [(&str, &[&str]); 12] = [
    ("januari", &["jan"]),
    ("februari", &["feb", "febr"]),
    ("mars", &["mar"]),
    ("april", &["apr"]),
    ("maj", &[]),
    ("juni", &["jun"]),
    ("juli", &["jul"]),
    ("augusti", &["aug"]),
    ("september", &["sep", "sept"]),
    ("oktober", &["okt"]),
    ("november", &["nov"]),
    ("december", &["dec"]),
];

/// How papers write the day `2016-04-14`, word by word, alone or as the first or last of some days; of the month `2016-04`, how
/// they write it with any day before it or behind it.
pub(super) fn spelled(day: &str) -> Vec<Vec<String>> {
    let Ok(date) = day.parse::<Date>() else {
        return spelled_month(day);
    };
    let (y, m, d) = (date.year(), date.month(), date.day());
    let Some((name, short)) = usize::try_from(m - 1).ok().and_then(|at| MONTHS.get(at)) else {
        return Vec::new();
    };
    let mut forms: Vec<Vec<String>> = vec![
        vec![format!("{y}"), format!("{m:02}"), format!("{d:02}")],
        vec![format!("{d}"), format!("{m}"), format!("{y}")],
        vec![format!("{d:02}"), format!("{m:02}"), format!("{y}")],
        vec![format!("{y}{m:02}{d:02}")],
        vec![format!("{:02}{m:02}{d:02}", y % 100)],
    ];
    for name in std::iter::once(name).chain(*short) {
        forms.push(vec![format!("{d}"), (*name).to_owned(), format!("{y}")]);
    }
    // 4-5 juni 2018, 4 och 5 juni 2018
    for last in (d + 1..=31).take(LONGEST_MEETING) {
        let days = |joint: &[&str]| {
            let first = std::iter::once(format!("{d}"));
            let joint = joint.iter().map(|word| (*word).to_owned());
            let rest = [format!("{last}"), (*name).to_owned(), format!("{y}")];
            first.chain(joint).chain(rest).collect()
        };
        forms.extend([days(&[]), days(&["och"])]);
    }
    forms.dedup();
    forms
}

/// Days behind the first of a meeting of several.
const LONGEST_MEETING: usize = 3;

/// How papers write a month, `2016-04`: `april 2016`, and the beginning of `2016-04-14`.
fn spelled_month(month: &str) -> Vec<Vec<String>> {
    let parts = month.split_once('-');
    let number = parts.and_then(|(_, month)| month.parse::<usize>().ok());
    let (Some((year, digits)), Some(number)) = (parts, number) else {
        return Vec::new();
    };
    let Some((name, short)) = number.checked_sub(1).and_then(|at| MONTHS.get(at)) else {
        return Vec::new();
    };
    let names = std::iter::once(name).chain(*short);
    let said = names.map(|name| vec![(*name).to_owned(), year.to_owned()]);
    let numbers = vec![year.to_owned(), digits.to_owned()];
    said.chain([numbers]).collect()
}

/// One piece of the query line between blanks, as it was read.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// What it asks for.
    pub(super) node: Node,
    /// Whether it was typed as a bare word, which may belong together with its neighbours.
    pub(super) bare: bool,
    /// The letters as typed.
    pub(super) typed: String,
}

/// Whether a word in a row of words might be read together with its neighbours, and so is printed in brackets.
pub(super) fn joins(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || ["svar", "svaren", "alla", "god", "gode", "goda"].contains(&word.to_lowercase().as_str())
        || is_label(word)
}

/// The pieces with those that make up one thing put together.
pub(super) fn together(mut pieces: Vec<Piece>, as_written: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    while !pieces.is_empty() {
        let (node, taken) = dated(&pieces)
            .or_else(|| sums::sum(&pieces))
            .or_else(|| sums::measured(&pieces))
            .or_else(|| numbered(&pieces))
            .or_else(|| grouped(&pieces))
            .or_else(|| initialled(&pieces))
            .or_else(|| member(&pieces))
            .or_else(|| answers(&pieces, as_written))
            .or_else(|| labelled(&pieces))
            .or_else(|| bodied(&pieces))
            .or_else(|| hyphened(&pieces))
            .or_else(|| title_of_two(&pieces))
            .unwrap_or_else(|| (pieces[0].node.clone(), 1));
        nodes.push(node);
        pieces.drain(..taken);
    }
    nodes
}

/// The lower-case word of piece `at`, when it is a bare one.
pub(super) fn bare(pieces: &[Piece], at: usize) -> Option<String> {
    let piece = pieces.get(at).filter(|piece| piece.bare)?;
    Some(piece.typed.trim_end_matches(['.', ',', ';']).to_lowercase())
}

/// `14 april 2016` is a day, `april 2016` a month, `27/1 2016` a day too; the words themselves are looked for as well.
fn dated(pieces: &[Piece]) -> Option<(Node, usize)> {
    let month_at = |at| {
        let word = bare(pieces, at)?;
        MONTHS
            .iter()
            .zip(1..)
            .find(|((name, short), _)| *name == word || short.contains(&word.as_str()))
            .map(|((name, _), number)| (*name, number))
    };
    let year_at = |at| {
        let word = bare(pieces, at)?;
        let year: i16 = (word.len() == 4).then(|| word.parse().ok())??;
        (1800..2200).contains(&year).then_some(year)
    };
    let either =
        |day: String, words: Vec<String>| Node::Any(vec![Node::Day(day), Node::Phrase(words)]);
    let first = bare(pieces, 0)?;
    let number: Option<i8> = first.trim_end_matches(":e").parse().ok();
    if let (Some(number), Some((name, month))) = (number, month_at(1)) {
        let Some(year) = year_at(2) else {
            return yearless(number, month).map(|node| (node, 2));
        };
        let date = Date::new(year, month, number).ok()?;
        let words = vec![number.to_string(), name.into(), year.to_string()];
        return Some((either(date.to_string(), words), 3));
    }
    if let (Some((day, month)), Some(year)) = (first.split_once('/'), year_at(1)) {
        let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
        let words = vec![day.into(), month.into(), year.to_string()];
        return Some((either(date.to_string(), words), 2));
    }
    let (name, month) = month_at(0)?;
    let year = year_at(1)?;
    let words = vec![name.into(), year.to_string()];
    Some((either(format!("{year}-{month:02}"), words), 2))
}

/// A day of no year: its words side by side, or its numbers, `28 mars` and `28/3`.
fn yearless(day: i8, month: i8) -> Option<Node> {
    let (name, _) = MONTHS.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    let said = [day.to_string(), (*name).to_owned()];
    let numbers = [day.to_string(), month.to_string()];
    (1..=31).contains(&day).then(|| {
        Node::Any(vec![
            Node::Beside(said.to_vec()),
            Node::Phrase(numbers.to_vec()),
        ])
    })
}

/// As [`yearless`], of a day written `28/3`.
pub(super) fn yearless_typed(text: &str) -> Option<Node> {
    let (day, month) = text.split_once('/')?;
    yearless(day.parse().ok()?, month.parse().ok()?)
}

/// A day as people type it behind a field: `17/5-2022`, `17 maj 2022`, `20220517`.
pub(super) fn day_typed(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [one] => day_of(one),
        [day, year] => day_of(&format!("{day}-{year}")),
        [day, month, year] => {
            let said = month.trim_end_matches('.').to_lowercase();
            let is = |(name, short): &(&str, &[&str])| *name == said || short.contains(&&*said);
            let month = i8::try_from(MONTHS.iter().position(is)?).ok()? + 1;
            let day = day.trim_end_matches(":e").parse().ok()?;
            let year = (year.len() == 4).then(|| year.parse().ok())??;
            Date::new(year, month, day).ok()
        }
        _ => None,
    }
}

/// `SFS 2017:725` is the law of that number, which papers write without the SFS too; `paragraf 121` is `§ 121`.
fn numbered(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (label, number) = (bare(pieces, 0)?, bare(pieces, 1)?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match label.as_str() {
        "sfs" => {
            let (year, law) = number.split_once(':')?;
            (year.len() == 4 && digits(year) && digits(law)).then(|| (pieces[1].node.clone(), 2))
        }
        "\u{a7}" | "paragraf" | "paragrafen" if digits(&number) => {
            let beside = |sign: &str| Node::Beside(vec![sign.to_owned(), number.clone()]);
            let node = if label == "\u{a7}" {
                beside("\u{a7}")
            } else {
                Node::Any(vec![beside("\u{a7}"), beside("paragraf")])
            };
            Some((node, 2))
        }
        _ => None,
    }
}

/// `1 500`, `08-508 220 00`, `129 04`: digits in groups are one number, however a paper groups them.
fn grouped(pieces: &[Piece]) -> Option<(Node, usize)> {
    let digits = |piece: &&Piece| {
        piece.bare
            && piece
                .typed
                .chars()
                .all(|c| c.is_ascii_digit() || "+-/".contains(c))
    };
    let run = pieces.iter().take_while(digits).take(6).count();
    (2..=run).rev().find_map(|taken| {
        let typed: Vec<&str> = pieces[..taken]
            .iter()
            .map(|piece| piece.typed.as_str())
            .collect();
        let text = typed.join(" ");
        let words: Vec<words::Word> = words::words(&text).collect();
        let joined = joined::joined(&text, &words);
        let whole = joined
            .into_iter()
            .find(|word| word.first == 0 && word.last + 1 == words.len())?;
        let pieces = words.into_iter().map(|word| word.form).collect();
        Some((
            Node::Any(vec![Node::Word(whole.form), Node::Beside(pieces)]),
            taken,
        ))
    })
}

/// A day written without words: `2016-01-27`, `2016.01.27`, `20160127`, `160127`, `27/1-16`, `27.1.2016`.
fn day_of(text: &str) -> Option<Date> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // Two digits are a year of this century or of the one before.
    let century = |year: i16| if year < 70 { 2000 + year } else { 1900 + year };
    let date = |year: &str, month: &str, day: &str| {
        let parsed: i16 = year.parse().ok()?;
        let year = match year.len() {
            4 => (1800..2200).contains(&parsed).then_some(parsed)?,
            2 => century(parsed),
            _ => return None,
        };
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    if digits(text) {
        return match text.len() {
            8 => date(&text[..4], &text[4..6], &text[6..]),
            6 => date(&text[..2], &text[2..4], &text[4..]),
            _ => None,
        };
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', '\u{2013}']).collect();
    let [first, second, third] = parts.try_into().ok()?;
    if ![first, second, third]
        .iter()
        .all(|part| digits(part) && !part.is_empty())
        || second.len() > 2
    {
        return None;
    }
    if first.len() == 4 && third.len() <= 2 {
        date(first, second, third)
    } else if first.len() <= 2 && (third.len() == 4 || third.len() == 2 && text.contains('/')) {
        date(third, second, first)
    } else {
        None
    }
}

/// `alla svar till V`, `svar på skrivelser från moderaterna`: a list that has a name of its own.
fn answers(pieces: &[Piece], as_written: bool) -> Option<(Node, usize)> {
    let mut at = usize::from(bare(pieces, 0)? == "alla");
    if !["svar", "svaren"].contains(&bare(pieces, at)?.as_str()) {
        return None;
    }
    at += 1;
    if bare(pieces, at).as_deref() == Some("på") {
        let what = bare(pieces, at + 1)?;
        let initiative = ["skrivelse", "motion", "interpellation", "fråg"];
        if !initiative.iter().any(|word| what.starts_with(word)) {
            return None;
        }
        at += 2;
    }
    if !["till", "från", "åt", "av"].contains(&bare(pieces, at)?.as_str()) {
        return None;
    }
    let piece = pieces.get(at + 1)?;
    let party: Party = match &piece.node {
        Node::Party(party) => *party,
        Node::Word(_) if piece.bare => tag::named_party(&piece.typed)?,
        Node::All(nodes) => match nodes.as_slice() {
            [Node::Party(party), Node::Written(_)] => *party,
            _ => return None,
        },
        _ => return None,
    };
    Some((answering(party, &piece.typed, as_written), at + 2))
}

/// The papers that answer a party that was typed so.
pub(super) fn answering(party: Party, typed: &str, as_written: bool) -> Node {
    let answers = Node::Answers(party);
    if as_written {
        let mark = tag::written_mark(party, typed);
        Node::All(vec![answers, Node::Written(format!("answers {mark}"))])
    } else {
        answers
    }
}

/// `C. Ekdal`, `O-J Ekdal`: whoever of the name has a given name that begins so is meant, so the surname is asked for,
/// and the initials before it count.
fn initialled(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (one, next) = (pieces.first()?, pieces.get(1)?);
    let initials: Vec<char> = one.typed.chars().filter(|c| c.is_alphabetic()).collect();
    // A capital alone is a party.
    let marked = one.typed.chars().count() > initials.len();
    let each = one
        .typed
        .split(['.', '-'])
        .all(|part| part.chars().count() < 2);
    if !one.bare
        || !next.bare
        || !marked
        || !each
        || !(1..=3).contains(&initials.len())
        || !initials.iter().all(|c| c.is_uppercase())
        || next.typed.chars().count() < 3
        || !next
            .typed
            .chars()
            .all(|c| c.is_alphabetic() || "-,".contains(c))
    {
        return None;
    }
    let initials = initials.into_iter().map(|c| c.to_lowercase().to_string());
    let surname = words::words(&next.typed).map(|word| word.form);
    let beside = Node::Beside(initials.chain(surname).collect());
    Some((Node::Any(vec![beside, next.node.clone()]), 2))
}

/// `M Ekdal`: a member of the party, or somebody whose given name begins so.
fn member(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (one, next) = (pieces.first()?, pieces.get(1)?);
    let letter = one.typed.to_lowercase();
    let capital = one.typed.chars().count() == 1 && letter != one.typed;
    let name = next.typed.chars().count() > 2
        && next.typed.starts_with(char::is_uppercase)
        && next.typed.chars().all(|c| c.is_alphabetic() || c == '-');
    let is_party = match &one.node {
        Node::Party(_) => true,
        Node::All(nodes) => matches!(nodes.as_slice(), [Node::Party(_), Node::Written(_)]),
        _ => false,
    };
    if !capital || !name || !next.bare || !is_party {
        return None;
    }
    let surname = words::words(&next.typed).map(|word| word.form);
    let named = Node::Beside(std::iter::once(letter).chain(surname).collect());
    let said = Node::All(vec![one.node.clone(), next.node.clone()]);
    Some((Node::Any(vec![said, named]), 2))
}

/// Whether `word` says that a diary number follows.
pub(super) fn is_label(word: &str) -> bool {
    LABELS.contains(&word.to_lowercase().as_str())
}

const LABELS: [&str; 3] = ["dnr", "diarienummer", "diarienr"];

/// `dnr HL 2019/619`: the label says what follows.
fn labelled(pieces: &[Piece]) -> Option<(Node, usize)> {
    if !is_label(bare(pieces, 0)?.trim_end_matches(':')) {
        return None;
    }
    if let Some((Node::Any(readings), taken)) = bodied(&pieces[1..])
        && let Some(Node::Dnr(key)) = readings.first()
    {
        return Some((Node::Dnr(key.clone()), taken + 1));
    }
    // `Dnr 2.2.1 230/2016`: the class stands apart.
    if let (Some(class), Some(number)) = (bare(pieces, 1), bare(pieces, 2))
        && class.contains('.')
        && [&class, &number]
            .iter()
            .all(|typed| typed.starts_with(|c: char| c.is_ascii_digit()))
        && let whole = format!("{class}-{number}")
        && tag::short_key(&class).is_none()
        && tag::short_key(&whole).is_some()
    {
        return Some((Node::Dnr(tag::lookup_key(&whole)?), 3));
    }
    match &pieces.get(1)?.node {
        Node::Any(readings) => match readings.first() {
            Some(Node::Dnr(key)) => Some((Node::Dnr(key.clone()), 2)),
            _ => None,
        },
        _ => None,
    }
}

/// `HL 2019/619`: the body of a diary number before its number.
fn bodied(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (one, next) = (pieces.first()?, pieces.get(1)?);
    let is_body =
        one.bare && one.typed.chars().count() <= 4 && one.typed.chars().all(char::is_uppercase);
    if !is_body || !next.bare || !next.typed.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A year alone is no number of a case: `SD 2018`.
    if next.typed.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let key = tag::lookup_key(&format!("{} {}", one.typed, next.typed))?;
    let words = Node::All(vec![one.node.clone(), next.node.clone()]);
    Some((Node::Any(vec![Node::Dnr(key), words]), 2))
}

/// `barn- och ungdomsvården` asks for both.
fn hyphened(pieces: &[Piece]) -> Option<(Node, usize)> {
    let typed = &pieces.first().filter(|piece| piece.bare)?.typed;
    if !typed.trim_end_matches(',').ends_with(['-', '\u{2013}']) {
        return None;
    }
    let run: Vec<&Piece> = pieces
        .iter()
        .take_while(|piece| piece.bare)
        .take(5)
        .collect();
    let text = run
        .iter()
        .map(|piece| piece.typed.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let words: Vec<words::Word> = words::words(&text).collect();
    let joined = joined::joined(&text, &words);
    let first = joined.iter().find(|word| word.first == 0 && word.shared)?;
    // One piece, one word: else the numbers of words and pieces would not be the same.
    let last = first.last;
    if words.len() != run.len() {
        return None;
    }
    let mut forms: Vec<Node> = Vec::new();
    for at in 0..last {
        if let Some(word) = joined.iter().find(|word| word.first == at && word.shared) {
            forms.push(Node::Word(word.form.clone()));
        }
    }
    forms.push(run[last].node.clone());
    Some((Node::All(forms), last + 1))
}

/// `god man`, in any inflection: what somebody is, whose two words say something else apart from each other.
fn title_of_two(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (one, other) = (bare(pieces, 0)?, bare(pieces, 1)?);
    let man = [
        "man", "mans", "mannen", "mannens", "män", "mäns", "männen", "männens",
    ];
    if !["god", "gode", "goda"].contains(&one.as_str()) || !man.contains(&other.as_str()) {
        return None;
    }
    let said = [["god", "man"], ["gode", "mannen"]];
    let said = said.map(|said| Node::Beside(said.map(str::to_owned).to_vec()));
    Some((Node::Any(said.to_vec()), 2))
}

/// `2016-2018` is 2016 till 2018 too.
fn years(text: &str) -> Option<Node> {
    let (from, to) = text.split_once(['-', '\u{2013}'])?;
    let year = |text: &str| {
        text.len() == 4
            && text
                .parse()
                .is_ok_and(|year: u16| (1800..2200).contains(&year))
    };
    (year(from) && year(to)).then(|| Node::Phrase(vec![from.into(), "till".into(), to.into()]))
}

/// Whether `piece` was typed without the marks of the word that is meant.
fn asks_for_marks(piece: &str) -> bool {
    let form = piece.to_lowercase();
    form.is_ascii() && form.len() > 3 && !words::stands_without_marks(&form)
}

/// A word with digits or marks inside: maybe a diary number or a date, a word with a hyphen in it, else its pieces side by
/// side.
pub(super) fn pieced(text: &str, pieces: Vec<String>) -> Node {
    let mut readings = Vec::new();
    if let Some(day) = day_of(text) {
        readings.push(Node::Day(day.to_string()));
    } else if let Some(years) = years(text) {
        readings.push(years);
    } else if pieces.len() > 1
        && let Some(key) = tag::lookup_key(text)
    {
        readings.push(Node::Dnr(key));
    }
    let words: Vec<words::Word> = words::words(text).collect();
    for joined in joined::joined(text, &words) {
        if joined.first == 0 && joined.last + 1 == words.len() {
            readings.push(Node::Word(joined.form));
        }
    }
    // Karl-Goran is found among the words without their marks, one by one.
    let by_halves = pieces.len() > 1
        && text.contains('-')
        && pieces
            .iter()
            .all(|piece| piece.chars().all(char::is_alphabetic))
        && pieces.iter().any(|piece| asks_for_marks(piece));
    let single = by_halves.then(|| Node::All(pieces.iter().cloned().map(Node::Word).collect()));
    readings.push(match pieces.as_slice() {
        [word] => Node::Word(word.clone()),
        _ => Node::Beside(pieces),
    });
    readings.extend(single);
    if readings.len() == 1 {
        readings.swap_remove(0)
    } else {
        Node::Any(readings)
    }
}
