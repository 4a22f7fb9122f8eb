//! Sums of money as people write them: `610 tkr` is `610 000 kronor`, `1,9 mkr` is `1,9 miljoner kronor`. Pure.

use super::node::Node;
use super::readings::{self, Piece};
use crate::swedish::words;

/// The unit of full kronor.
const KRONOR: [&str; 2] = ["kr", "kronor"];

/// The greater units: how many kronor they are, and how they are written.
const UNITS: [(u64, &[&str]); 3] = [
    (1_000, &["tkr", "kkr"]),
    (1_000_000, &["miljoner", "mkr", "mnkr", "milj"]),
    (1_000_000_000, &["miljarder", "mdkr", "mdr"]),
];

/// Kronor of the smallest sum that is written in another unit too.
const LEAST: u64 = 10_000;

/// Digits of the longest number that is read.
const LONGEST: usize = 12;

/// The sum that begins `pieces`, in every unit that papers write it in, and how many pieces it has.
pub(super) fn sum(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (number, groups) = number(pieces)?;
    let unit = readings::bare(pieces, groups)?;
    let named = UNITS
        .iter()
        .find(|(_, names)| names.contains(&unit.as_str()));
    let scale = match named {
        Some((scale, _)) => *scale,
        None => KRONOR.contains(&unit.as_str()).then_some(1)?,
    };
    let kronor = kronor(&number, scale).filter(|kronor| *kronor >= LEAST)?;
    let mut taken = groups + 1;
    let more = readings::bare(pieces, taken).is_some_and(|word| KRONOR.contains(&word.as_str()));
    taken += usize::from(scale > 1 && more);
    // What was typed, and the same sum in the other units.
    let (typed, rest) = pieces.split_at(groups);
    let mut as_typed = readings::together(typed.to_vec(), false);
    as_typed.extend(
        rest[..taken - groups]
            .iter()
            .map(|piece| piece.node.clone()),
    );
    let mut readings = vec![Node::All(as_typed)];
    if scale > 1 {
        readings.push(Node::Word(kronor.to_string()));
    }
    for (other, names) in UNITS {
        if let Some(words) = in_unit(kronor, other) {
            for name in names.iter().filter(|name| **name != unit) {
                let words = words.iter().cloned().chain([(*name).to_owned()]);
                readings.push(Node::Beside(words.collect()));
            }
        }
    }
    (readings.len() > 1).then_some((Node::Any(readings), taken))
}

/// Units that stand right behind their number.
const MEASURES: [&str; 20] = [
    "%",
    "dagar",
    "grader",
    "kg",
    "km",
    "kr",
    "kronor",
    "kvadratmeter",
    "kvm",
    "liter",
    "meter",
    "mil",
    "minuter",
    "månader",
    "procent",
    "procentenheter",
    "timmar",
    "ton",
    "veckor",
    "år",
];

/// `58 procent`: a number and what it measures, side by side.
pub(super) fn measured(pieces: &[Piece]) -> Option<(Node, usize)> {
    let (_, 1) = number(pieces)? else { return None };
    let unit = readings::bare(pieces, 1)?;
    if !MEASURES.contains(&unit.as_str()) {
        return None;
    }
    let said = [&pieces[0].typed, &unit];
    let words = said.into_iter().flat_map(|typed| words::words(typed));
    Some((Node::Beside(words.map(|word| word.form).collect()), 2))
}

/// The number that begins `pieces`, without blanks, and how many of them it has: `610`, `610 000`, `1,9`.
fn number(pieces: &[Piece]) -> Option<(String, usize)> {
    let digits = |at: usize| {
        let piece = pieces.get(at).filter(|piece| piece.bare)?;
        let all = !piece.typed.is_empty() && piece.typed.bytes().all(|b| b.is_ascii_digit());
        all.then_some(piece.typed.as_str())
    };
    let first = pieces.first().filter(|piece| piece.bare)?;
    if let Some((whole, part)) = first.typed.split_once(',') {
        let all = [whole, part]
            .iter()
            .all(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
        return (all && first.typed.len() <= LONGEST).then(|| (first.typed.clone(), 1));
    }
    let mut number = digits(0)?.to_owned();
    let mut groups = 1;
    if number.len() <= 3 {
        while let Some(group) = digits(groups).filter(|group| group.len() == 3) {
            number.push_str(group);
            groups += 1;
        }
    }
    (number.len() <= LONGEST && !number.starts_with('0')).then_some((number, groups))
}

/// `number` times `scale`, when it is whole.
fn kronor(number: &str, scale: u64) -> Option<u64> {
    let (whole, part) = number.split_once(',').unwrap_or((number, ""));
    let tens = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let whole: u64 = whole.parse().ok()?;
    let part: u64 = if part.is_empty() {
        0
    } else {
        part.parse().ok()?
    };
    let sum = whole.checked_mul(scale)?;
    let share = part.checked_mul(scale)?;
    (share % tens == 0).then(|| sum.checked_add(share / tens))?
}

/// `kronor` in a unit of `scale`, as the words of a number with two decimals at most.
fn in_unit(kronor: u64, scale: u64) -> Option<Vec<String>> {
    let hundredths = scale / 100;
    if kronor < scale / 10 || !kronor.is_multiple_of(hundredths) || kronor / scale > 9_999 {
        return None;
    }
    let (whole, part) = (kronor / scale, kronor % scale / hundredths);
    let mut words = vec![whole.to_string()];
    if part > 0 {
        words.push(format!("{part:02}").trim_end_matches('0').to_owned());
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    #[test]
    fn a_sum_is_read_in_every_unit() {
        for (query, other) in [
            ("610 tkr", "610000"),
            ("610000 kr", "intill:\"610 tkr\""),
            ("610 000 kronor", "intill:\"610 tkr\""),
            ("1,9 mkr", "1900000"),
            ("1 900 000 kronor", "intill:\"1 9 miljoner\""),
            ("2,5 miljarder kronor", "intill:\"2500 miljoner\""),
            ("7800 tkr", "intill:\"7 8 mkr\""),
            ("7,8 miljoner", "intill:\"7 8 mkr\""),
        ] {
            let read = parse(query).expect(query).to_string();
            assert!(read.contains(other), "{query}: {read}");
            assert_eq!(
                parse(&read).expect("read again").to_string(),
                read,
                "{query}"
            );
        }
        for query in [
            "25 kronor",
            "0,001 kr",
            "610 000",
            "miljoner kronor",
            "1 500 kr",
            "07 tkr",
            // As many as a number holds.
            "9999999999 miljarder",
            "999999999999 miljarder",
        ] {
            let read = parse(query).expect(query).to_string();
            assert!(
                !read.contains("ELLER intill:\"") || !read.contains("tkr\""),
                "{query}: {read}"
            );
        }
    }
}
