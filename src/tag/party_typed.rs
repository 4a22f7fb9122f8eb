//! What a person types for a party → the party. Pure.
//!
//! Beyond the marks and names that papers write: a member of it (`moderat`, `liberalen`, `miljöpartist`), what belongs to it
//! (`M-politiker`, `vänsterpartimotion`, `M:s`), and what people call it (`vänstern`). Papers are not read so: a *moderat
//! ökning* is nobody's.

use super::party::{Party, TABLE, UnknownParty};
use super::sheet::folded;
use crate::lexicon;
use crate::swedish::alike::letters_between;

/// What people call parties that write another name themselves, folded.
const COLLOQUIAL: &[(&str, &str)] = &[
    ("centern", "C"),
    ("de grona", "MP"),
    ("sosse", "S"),
    ("sossar", "S"),
    ("sossarna", "S"),
    ("sossen", "S"),
    ("vanstern", "V"),
];

/// What a name that ends in `erna` ends in when it is said of one of its people, or as an adjective.
const MEMBER: &[&str] = &["", "a", "e", "en", "er", "erna"];

/// What a name that ends in `partiet` ends in when it is said of one of its people.
const PARTISAN: &[&str] = &["", "et", "st", "sten", "ster", "sterna"];

/// Letters of a word behind a party's name that is written together with it.
const SHORTEST_LAST: usize = 4;

/// The party that `text` stands for when a person types it where a party is asked for; a local party that no table has goes by
/// its code.
///
/// # Errors
/// [`UnknownParty`], with what is written much like it.
pub fn typed_party(text: &str) -> Result<Party, UnknownParty> {
    named_party(text)
        .or_else(|| of_compound(text))
        .or_else(|| Party::local(text.trim()))
        .ok_or_else(|| UnknownParty {
            text: text.trim().to_owned(),
            near: near(text),
        })
}

/// The party of the table whose name `text` is, or what one of its people is called.
pub fn named_party(text: &str) -> Option<Party> {
    if let Ok(party) = text.parse() {
        return Some(party);
    }
    let name = folded(text.trim());
    let bare = name.strip_suffix('s').unwrap_or(&name);
    let called = COLLOQUIAL
        .iter()
        .find(|(said, _)| [&name, bare].contains(said));
    if let Some((_, mark)) = called {
        return of_mark(mark);
    }
    TABLE.iter().find_map(|row| {
        let is_member = |known: &str| {
            let (stem, endings) = people(known)?;
            let rest = name.strip_prefix(stem)?;
            let ending = |rest: &str| endings.contains(&rest);
            (ending(rest) || rest.strip_suffix('s').is_some_and(ending)).then_some(())
        };
        let mut names = row.single_names();
        names.find_map(is_member).map(|()| row.party)
    })
}

/// The party of a compound: `M-politiker`, `V:s`, `vänsterpartimotion`.
fn of_compound(text: &str) -> Option<Party> {
    let text = text.trim();
    let is_word =
        |rest: &str| rest.chars().count() >= SHORTEST_LAST && rest.chars().all(char::is_alphabetic);
    if let Some((mark, rest)) = text.split_once([':', '-', '\u{2011}']) {
        let genitive = rest == "s" && text.contains(':');
        return of_mark(mark).filter(|_| genitive || is_word(rest));
    }
    let (small, name) = (text.to_lowercase(), folded(text));
    TABLE.iter().find_map(|row| {
        let begins = |known: &str| {
            let (stem, _) = people(known)?;
            let rest = name.strip_prefix(stem)?.chars().count();
            // The rest as it was typed, with its marks: it has as many letters.
            let letters = small.chars().count().checked_sub(rest)?;
            let typed: String = small.chars().skip(letters).collect();
            (is_word(&typed) && lexicon::count(&typed) > 0).then_some(())
        };
        let mut names = row.single_names();
        names.find_map(begins).map(|()| row.party)
    })
}

fn of_mark(mark: &str) -> Option<Party> {
    let mark = mark.to_uppercase();
    let mut rows = TABLE.iter();
    let row = rows.find(|row| row.marks.contains(&mark.as_str()))?;
    // A mark that several parties share is any of theirs.
    Party::local(&mark)
        .filter(|party| party.covers(row.party))
        .or(Some(row.party))
}

/// What the people of the party that is called `known` are called by, and the endings that this has.
fn people(known: &str) -> Option<(&str, &'static [&'static str])> {
    let known = known.trim_end_matches('*');
    if let Some(stem) = known.strip_suffix("erna") {
        return Some((stem, MEMBER));
    }
    let parti = known.strip_suffix("et").unwrap_or(known);
    parti.ends_with("parti").then_some((parti, PARTISAN))
}

/// Letters of what was typed for which something written much like it is named.
const SHORTEST_NEAR: usize = 3;

/// Names that are told when none is meant.
const TOLD: usize = 3;

/// Names of parties that are written much like `text`, the likest first.
fn near(text: &str) -> Vec<String> {
    let name = folded(text.trim());
    let letters = name.chars().count();
    if letters < SHORTEST_NEAR {
        return Vec::new();
    }
    let most = if letters < 6 { 1 } else { 2 };
    let mut found: Vec<(u8, usize, String)> = Vec::new();
    for (number, row) in TABLE.iter().enumerate() {
        let known = row.single_names().map(|known| known.trim_end_matches('*'));
        let called = COLLOQUIAL
            .iter()
            .filter(|(_, mark)| row.marks.contains(mark));
        let forms = known
            .chain(called.map(|(said, _)| *said))
            .flat_map(|known| {
                let person = known.strip_suffix("erna").unwrap_or(known);
                let parti = known.strip_suffix("et").unwrap_or(known);
                let partisan = parti.ends_with("parti").then(|| format!("{parti}st"));
                [known.to_owned(), person.to_owned()]
                    .into_iter()
                    .chain(partisan)
            });
        let away = forms
            .filter_map(|form| letters_between(&form, &name, most))
            .min();
        found.extend(away.map(|away| {
            (
                away,
                number,
                format!("{} ({})", row.party.name(), row.party),
            )
        }));
    }
    found.sort();
    found.dedup_by(|one, other| one.2 == other.2);
    found
        .into_iter()
        .take(TOLD)
        .map(|(.., told)| told)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_things_of_a_party_are_understood() {
        for (text, code) in [
            ("M", "M"),
            ("moderat", "M"),
            ("Moderaten", "M"),
            ("moderaternas", "M"),
            ("moderata", "M"),
            ("moderatledare", "M"),
            ("socialdemokraten", "S"),
            ("socialdemokratisk", "S"),
            ("sossarna", "S"),
            ("sosse", "S"),
            ("liberal", "L"),
            ("liberala", "L"),
            ("liberalens", "L"),
            ("folkpartist", "L"),
            ("centerpartister", "C"),
            ("centern", "C"),
            ("miljöpartist", "MP"),
            ("miljopartisten", "MP"),
            ("de gröna", "MP"),
            ("vänstern", "V"),
            ("vansterns", "V"),
            ("vänsterpartistens", "V"),
            ("vänsterpartimotion", "V"),
            ("kd-ledamot", "KD"),
            ("M-politiker", "M"),
            ("V:s", "V"),
            ("FP-ersättare", "L"),
            ("piratpartist", "PP"),
            ("stockholmspartisterna", "SP"),
            ("örebropartist", "ÖRP"),
            ("RP", "RP"),
        ] {
            assert_eq!(typed_party(text).map(Party::code), Ok(code), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_party_is_told_what_is_near() {
        for (text, near) in [
            ("moderator", "Moderaterna (M)"),
            ("mederaterna", "Moderaterna (M)"),
            ("vänten", "Vänsterpartiet (V)"),
            ("centerpariet", "Centerpartiet (C)"),
            ("miljöprtist", "Miljöpartiet de gröna (MP)"),
            ("alliansen", ""),
            ("moderation", "Moderaterna (M)"),
            ("liberalism", ""),
            ("centrum", ""),
            ("Q", ""),
            ("s-tåg", ""),
            ("", ""),
        ] {
            let unknown = typed_party(text).expect_err(text);
            let told = unknown.near.join(", ");
            assert_eq!(told, near, "{text:?}");
        }
    }
}
