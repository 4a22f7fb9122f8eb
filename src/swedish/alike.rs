//! Two words → how much alike they are written. Pure.

/// The letters by which two words differ: one more, one less, another, or two turned count one each. Nothing when it is more
/// than `most`.
pub fn letters_between(one: &str, other: &str, most: u8) -> Option<u8> {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let most = usize::from(most);
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(a != b))
                .min(rows[i][j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    let away = rows.last()?.last().copied().filter(|away| *away <= most)?;
    u8::try_from(away).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_differ_are_counted() {
        for (one, other, away) in [
            ("avdelningchef", "avdelningschef", Some(1)),
            ("löpadne", "löpande", Some(1)),
            ("chef", "chef", Some(0)),
            ("chef", "kock", None),
            ("remsis", "remiss", Some(1)),
        ] {
            assert_eq!(letters_between(one, other, 2), away, "{one} {other}");
        }
    }
}
