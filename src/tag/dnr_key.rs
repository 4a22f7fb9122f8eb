//! The keys of diary numbers: a number as written or typed → the form that equal numbers share, and the year and serial by
//! which people ask.

use super::dnr::{Dnr, LABEL};
use super::dnr_labelled::number_at;
use super::sheet::Sheet;

/// The key under which a dnr is looked up: equal for `HL2019/619`, `HL 2019/619`, `hl-2019-619` and `dnr HL 2019/619`.
/// Nothing when `text` has no number of at least two parts.
pub fn lookup_key(text: &str) -> Option<String> {
    let sheet = Sheet::new([(1, text.trim())]);
    let label = LABEL
        .find(&sheet.folded)
        .filter(|label| label.start() == 0)
        .map_or(0, |label| label.end());
    // "KS 02-820 107" is one number to papers, whose blanks are not part of it; "HL 2019 619" is none, its blanks part it.
    let whole = number_at(&sheet, label) == Some(sheet.folded.len());
    apart(sheet.written(label..sheet.folded.len()), whole)
}

/// The letters and the figures of `text`, in capitals, with dashes between; blanks part them unless they are `glued`.
fn apart(text: &str, glued: bool) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut kind = None;
    for letter in text
        .chars()
        .filter(|letter| !(glued && letter.is_whitespace()))
    {
        let now = (letter.is_alphanumeric()).then_some(letter.is_ascii_digit());
        if let Some(digit) = now {
            match parts.last_mut() {
                Some(part) if kind == Some(digit) => part.extend(letter.to_uppercase()),
                _ => parts.push(letter.to_uppercase().collect()),
            }
        }
        kind = now;
    }
    let digits = parts
        .iter()
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        .count();
    (digits > 0 && parts.len() > 1).then(|| parts.join("-"))
}

impl Dnr {
    /// The keys under which it is looked up: its [`lookup_key`], and where its class or body stands behind a blank the one that
    /// keeps it apart: `KS 2012/00421 008` is found as `KS 2012/00421` too.
    pub fn lookup_keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = lookup_key(&self.key).into_iter().collect();
        keys.extend(apart(&self.verbatim, false).filter(|key| keys.first() != Some(key)));
        keys
    }

    /// Its [`short_key`], of the number without a class behind a blank.
    pub fn short_key(&self) -> Option<String> {
        let behind = self.verbatim.trim_end().rsplit_once(' ');
        behind
            .filter(|(before, class)| before.contains(['/', '-']) && is_class(class))
            .and_then(|(before, _)| short_key(before))
            .or_else(|| short_key(&self.key))
    }
}

/// `008`, `1.1.1.1`: a class behind a blank.
fn is_class(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(text) && text.len() == 3 || text.contains('.') && text.split('.').all(digits)
}

/// The year and the serial number of a dnr, `2016-230` for `2.2.1-230/2016`, `230/2016` and `HL 2016/230`: by it people
/// ask when they have only heard of a case. Cases of two bodies may share it, so an answer by it is sure only when one
/// [`lookup_key`] alone has it. Nothing when the number's shape does not tell which part is the year.
pub fn short_key(text: &str) -> Option<String> {
    if let Some(short) = of_class(text) {
        return Some(short);
    }
    let number = Dnr::parse(text)?.key;
    let body: String = number.chars().take_while(|c| c.is_alphabetic()).collect();
    // "2016/433-KS": a body behind says nothing here.
    let parts: Vec<&str> = number[body.len()..]
        .split(['-', '/', ':'])
        .map(|part| part.trim_start_matches(char::is_alphabetic))
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let whole = |part: &str| {
        (part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
            .then(|| part.parse::<u16>().ok())?
    };
    let tens = |part: &str| {
        let year = part.parse::<u16>().ok().filter(|_| part.len() == 2)?;
        Some(if year < 70 { 2000 + year } else { 1900 + year })
    };
    let year = |part: &str| whole(part).or_else(|| tens(part));
    let (year, serial) = match parts.as_slice() {
        // "1.5.1.388-2011" has its serial behind the class's last stop.
        [one, two] => match (whole(one), year(two)) {
            (Some(year), None) => (year, *two),
            (Some(first), Some(_)) if !one.contains('.') => (first, *two),
            (_, Some(year)) => (year, one.rsplit('.').next()?),
            // "18/0098": the year first.
            (None, None) if one.len() == 2 && two.len() > 2 => (tens(one)?, *two),
            _ => return None,
        },
        [one, two, three] => match (whole(one), whole(two), year(three)) {
            (_, _, Some(year)) if whole(one).is_none() && whole(two).is_none() => (year, *two),
            (_, Some(year), _) => (year, *one),
            // The traffic office puts its class before the serial.
            (Some(year), ..) => (year, if body == "T" { *three } else { *two }),
            // "08-400/475": year, class, serial.
            _ => (tens(one)?, *three),
        },
        _ => return None,
    };
    let serial = serial.trim_start_matches('0');
    let digits = !serial.is_empty() && serial.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| format!("{year}-{serial}"))
}

/// The [`short_key`]s that a number as typed may have: of `VON 18/98`, where nothing tells which part is the year, two.
pub fn short_keys(text: &str) -> Vec<String> {
    let key = lookup_key(text).unwrap_or_default();
    let digits = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = key.split('-').filter(digits).collect();
    let (one, two) = match parts.as_slice() {
        [one, two] if one.len() == 2 && two.len() == 2 => (*one, *two),
        _ => return short_key(text).into_iter().collect(),
    };
    let short = |year: &str, serial: &str| {
        let serial = serial.trim_start_matches('0');
        let year: u16 = year.parse().ok().filter(|_| year.len() == 2)?;
        let century = if year < 70 { 2000 } else { 1900 };
        (!serial.is_empty()).then(|| format!("{}-{serial}", year + century))
    };
    [short(one, two), short(two, one)]
        .into_iter()
        .flatten()
        .collect()
}

/// The year and the serial of a number whose class is written with hyphens, as a [`lookup_key`] is: 2-2-1-230-16.
fn of_class(number: &str) -> Option<String> {
    let mut parts = number.rsplit('-');
    let (year, serial) = (parts.next()?, parts.next()?);
    let class: Vec<&str> = parts.collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = match year.len() {
        4 => year.parse().ok()?,
        2 => year
            .parse::<u16>()
            .ok()
            .map(|year| year + if year < 70 { 2000 } else { 1900 })?,
        _ => return None,
    };
    let serial = Some(serial.trim_start_matches('0')).filter(digits)?;
    let sure = class.len() > 1 && class.iter().all(|part| part.len() < 3 && digits(part));
    (sure && (1900..2100).contains(&whole)).then(|| format!("{whole}-{serial}"))
}

/// Whether the case whose [`lookup_key`] is `case` has every part of the number `typed`, a [`lookup_key`] too; zeros before a
/// part do not count, and two digits may be a year: `2.2.1-0230/2016` has all of `230/2016` and of `2.2.1-230/16`.
pub fn has_all_of(case: &str, typed: &str) -> bool {
    let bare = |part: &str| part.trim_start_matches('0').to_owned();
    let mut left: Vec<&str> = case.split('-').collect();
    typed.split('-').all(|part| {
        let year = |other: &str| {
            let (long, short) = if other.len() > part.len() {
                (other, part)
            } else {
                (part, other)
            };
            let century = long.starts_with("19") || long.starts_with("20");
            short.len() == 2 && long.len() == 4 && century && long.ends_with(short)
        };
        let found = left
            .iter()
            .position(|other| bare(other) == bare(part))
            .or_else(|| left.iter().position(|other| year(other)));
        found.map(|at| left.swap_remove(at)).is_some()
    })
}

/// The blank-free normal form: upper case, one kind of dash, no full stop before a dash or at the end.
pub(super) fn key(verbatim: &str) -> String {
    let mut out = String::with_capacity(verbatim.len());
    for letter in verbatim.chars().filter(|letter| !letter.is_whitespace()) {
        match letter {
            '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
            _ => out.extend(letter.to_uppercase()),
        }
    }
    // A comma inside a number is a full stop misread.
    let out = out.replace(',', ".").replace(".-", "-");
    out.trim_end_matches(['.', ',', ';', ':', ')']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_short_parts_each_may_be_the_year() {
        assert_eq!(short_keys("VON 18/98"), ["2018-98", "1998-18"]);
        assert_eq!(short_keys("18/00"), ["2000-18"]);
        assert!(short_keys("hej").is_empty());
        assert!(has_all_of("VON-18-0098", "VON-18-98"));
    }

    #[test]
    fn year_and_serial_stand_for_the_case() {
        for (text, want) in [
            ("2.2.1-230/2016", Some("2016-230")),
            ("HL 2019/619", Some("2019-619")),
            ("1.6-0463/2011", Some("2011-463")),
            ("1.5.1-135-2012", Some("2012-135")),
            ("2.2.2/171-2013", Some("2013-171")),
            ("1.5.1.388-2011", Some("2011-388")),
            ("385-2012-2.2.2.", Some("2012-385")),
            ("2012-49-1.5.1.", Some("2012-49")),
            ("2006-152-307", Some("2006-152")),
            ("328-2009-599", Some("2009-328")),
            ("322-278/2009", Some("2009-278")),
            ("103-209/04", Some("2004-209")),
            ("102-274-04", Some("2004-274")),
            ("08-400/475", Some("2008-475")),
            ("T 2010-313-01743", Some("2010-1743")),
            ("1.1/3296/2012", Some("2012-3296")),
            ("SLK-2023-01047", Some("2023-1047")),
            ("2016/433-KS", Some("2016-433")),
            ("KS/2018:443", Some("2018-443")),
            ("0882/21", Some("2021-882")),
            ("2014/304", Some("2014-304")),
            ("304/2014", Some("2014-304")),
            ("2-2-1-230-16", Some("2016-230")),
            ("VON 18/0098", Some("2018-98")),
            ("1-5-1-0388-2011", Some("2011-388")),
            ("08-508-22-310", None),
            ("hej", None),
            ("", None),
        ] {
            assert_eq!(short_key(text).as_deref(), want, "{text:?}");
            if let Some(want) = want {
                assert_eq!(short_keys(text), [want], "{text:?}");
            }
        }
    }

    #[test]
    fn a_case_is_known_by_a_part_of_its_number() {
        for (case, typed, known) in [
            ("2.2.1-230/2016", "230/2016", true),
            ("2.2.1-230/2016", "2016-230", true),
            ("2.2.1-0230/2016", "2.2.1-230/16", true),
            ("T2020-02417", "T2020-2417", true),
            ("207-318/04", "207-318/2004", true),
            ("VON 18/0098", "von 2018/98", true),
            ("207-318/04", "207-318/1804", false),
            ("104-045-03", "104-45-03", true),
            ("HL 2019/619", "HL 619/2019", true),
            ("HL 2019/619", "SKA 2019/619", false),
            ("2.2.1-230/2016", "1.1-230/2016", false),
            ("2.2.1-230/2016", "23/2016", false),
        ] {
            let key = |text| lookup_key(text).expect("a number");
            assert_eq!(
                has_all_of(&key(case), &key(typed)),
                known,
                "{typed} in {case}"
            );
        }
    }

    #[test]
    fn typed_numbers_find_the_same_case() {
        for text in [
            "HL2019/619",
            "HL 2019/619",
            "hl-2019-619",
            "HL 2019-619",
            "dnr HL 2019/619",
            "Dnr: HL 2019/619",
        ] {
            assert_eq!(lookup_key(text).as_deref(), Some("HL-2019-619"), "{text:?}");
        }
        assert_eq!(
            lookup_key("2.2.1-230/2016").as_deref(),
            Some("2-2-1-230-2016")
        );
        for text in ["", "dnr", "hej", "2016"] {
            assert_eq!(lookup_key(text), None, "{text:?}");
        }
        assert_eq!(
            Dnr::parse("dnr HL 2019/619").map(|dnr| dnr.key).as_deref(),
            Some("HL2019/619")
        );
        assert_eq!(Dnr::parse("hej"), None);
    }
}
