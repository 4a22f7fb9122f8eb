//! The year of days that have none: of a list in figures the one behind them's, else the paper's.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;
use jiff::civil::Date;

use super::date::{Read, full, parsed};

/// Days and months in figures that share the year of the last: `1/3 och 5/4 2019`.
pub(super) fn share_year(folded: &[u8], hits: &mut Vec<(Range<usize>, Read)>) {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(r"(?-u)(?:^|[ (,\n])(\d{1,2})/(\d{1,2})(?: ?,| och| samt| resp\.?)\s$")
            .expect("a pattern that compiles")
    });
    let mut lists = Vec::new();
    for (range, read) in hits.iter() {
        let Read::Full(date) = read else { continue };
        let head = &folded[range.start..(range.start + 3).min(range.end)];
        if !head.contains(&b'/') {
            continue;
        }
        let mut at = range.start;
        loop {
            let from = at.saturating_sub(14);
            let Some(found) = BEFORE.captures(&folded[from..at]) else {
                break;
            };
            let (Some(day), Some(month)) = (found.get(1), found.get(2)) else {
                break;
            };
            let whole = from + day.start()..from + month.end();
            let number = |part: &[u8]| parsed(part);
            let read = number(day.as_bytes())
                .zip(number(month.as_bytes()))
                .and_then(|(day, month)| full(i64::from(date.year()), month, day));
            let Some(read) = read else { break };
            at = whole.start;
            lists.push((whole, Read::Full(read)));
        }
    }
    for (range, read) in lists {
        hits.retain(|(other, _)| *other != range);
        hits.push((range, read));
    }
}

/// The day of `month` and `day` nearest to `by`, of the three years around it; when it lies `ahead`, the next.
pub(super) fn resolved(month: i8, day: i8, by: Date, ahead: bool) -> Option<Date> {
    [by.year() - 1, by.year(), by.year() + 1]
        .into_iter()
        .filter_map(|year| Date::new(year, month, day).ok())
        .filter(|date| !ahead || *date >= by)
        .min_by_key(|date| (date.duration_since(by).as_secs().abs(), *date))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::date::{Read, find};
    use super::super::sheet::Sheet;
    use super::resolved;

    #[test]
    fn the_last_ones_year_is_everyones() {
        for (text, want) in [
            ("den 1/3 och 5/4 2019", "2019-03-01 2019-04-05"),
            (
                "den 1/3, 2/4 och 5/4 2019",
                "2019-03-01 2019-04-02 2019-04-05",
            ),
            ("läs 45/3 och 5/4 2019", "2019-04-05"),
            ("den 25 januari och 3 mars år 2018", "2018-01-25 2018-03-03"),
        ] {
            let dates: Vec<String> = find(&Sheet::new([(1, text)]), 0)
                .into_iter()
                .filter_map(|hit| match hit.read {
                    Read::Full(date) => Some(date.to_string()),
                    _ => None,
                })
                .collect();
            assert_eq!(dates.join(" "), want, "{text:?}");
        }
    }

    #[test]
    fn a_date_without_year_is_resolved_by_the_paper() {
        let by = Date::constant(2020, 2, 9);
        assert_eq!(resolved(3, 3, by, false), Some(Date::constant(2020, 3, 3)));
        assert_eq!(
            resolved(12, 19, by, false),
            Some(Date::constant(2019, 12, 19))
        );
        assert_eq!(
            resolved(12, 19, by, true),
            Some(Date::constant(2020, 12, 19))
        );
    }
}
