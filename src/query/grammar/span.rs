//! Days, months and years as people type them behind `datum:` and `dag:`.

use jiff::civil::Date;

use crate::query::node::Span;
use crate::query::readings;

/// Reads a day, a month or a year: `2016-04-14`, `14/4-2016`, `14 april 2016`, `2016-04`, `2016`, as the days that it spans.
///
/// # Errors
/// A clause that says what is wrong.
pub fn span(text: &str) -> Result<Span, String> {
    let bad = || format!("no date `{text}`; write 2016, 2016-04 or 2016-04-14");
    if let Some(day) = readings::day_typed(text) {
        return Ok(Span {
            from: Some(day),
            to: Some(day),
        });
    }
    let mut parts = text.split('-');
    let mut number = |digits: usize| match parts.next() {
        None => Ok(None),
        Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<i16>().map(Some).map_err(|_| bad())
        }
        Some(_) => Err(bad()),
    };
    let (Some(year), month, day) = (number(4)?, number(2)?, number(2)?) else {
        return Err(bad());
    };
    let date = |month: i16, day: i16| {
        let small = |n: i16| i8::try_from(n).map_err(|_| bad());
        Date::new(year, small(month)?, small(day)?).map_err(|_| bad())
    };
    if parts.next().is_some() {
        return Err(bad());
    }
    let (from, to) = match (month, day) {
        (None, _) => (date(1, 1)?, date(12, 31)?),
        (Some(month), None) => (date(month, 1)?, date(month, 1)?.last_of_month()),
        (Some(month), Some(day)) => (date(month, day)?, date(month, day)?),
    };
    Ok(Span {
        from: Some(from),
        to: Some(to),
    })
}

/// A day or a month that a text names, as the index holds it.
pub(super) fn day(text: &str) -> Result<String, String> {
    let bad = || format!("no day or month `{text}`; write 2016-04-14 or 2016-04");
    let Span {
        from: Some(from),
        to: Some(to),
    } = span(text)?
    else {
        return Err(bad());
    };
    if from == to {
        Ok(from.to_string())
    } else if text.len() == 7 {
        Ok(text.to_owned())
    } else {
        Err(bad())
    }
}
