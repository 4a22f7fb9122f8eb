//! Everyday words that papers of state and statutes seldom hold, with their forms. The words are in `words.tsv`.

/// The pattern of inflection, and base forms parted by blanks; `#` begins a comment. A figure behind the pattern says as
/// how many sightings each form counts at least, where that is more than [`LISTED`].
static TABLE: &str = include_str!("words.tsv");

/// What each pattern takes from the base form, and the endings that it puts there.
const PATTERNS: &[(&str, &str, &[&str])] = &[
    ("or", "a", &["a", "an", "or", "orna"]),
    ("ar", "", &["", "en", "ar", "arna"]),
    ("er", "", &["", "en", "er", "erna"]),
    ("et", "", &["", "et", "en"]),
    ("are", "are", &["are", "aren", "arna"]),
    ("n", "e", &["e", "en", "ar", "arna"]),
    (
        "a",
        "a",
        &["a", "ar", "ade", "at", "as", "ades", "ats", "ande", "ad"],
    ),
    (
        "er_t",
        "a",
        &["a", "er", "te", "t", "as", "tes", "ts", "ande"],
    ),
    (
        "er_d",
        "a",
        &["a", "er", "de", "t", "as", "des", "ts", "ande"],
    ),
    ("adj", "", &["", "t", "a"]),
    ("x", "", &[""]),
];

/// As how many sightings a word counts that people put on the list.
const LISTED: u32 = 2;

/// The rows: the name of the pattern, the least count of its words, the words.
fn rows() -> impl Iterator<Item = (&'static str, u32, &'static str)> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (pattern, words) = line.split_once('\t')?;
            Some(match pattern.split_once(' ') {
                Some((name, count)) => (name, count.parse().ok()?, words),
                None => (pattern, LISTED, words),
            })
        })
}

/// Every form of every word, and as how many sightings it counts at least.
pub(super) fn forms() -> impl Iterator<Item = (String, u32)> {
    rows()
        .flat_map(|(pattern, count, words)| {
            words.split(' ').map(move |word| (pattern, count, word))
        })
        .filter_map(|(pattern, count, word)| {
            let (_, off, endings) = PATTERNS.iter().find(|(name, _, _)| *name == pattern)?;
            let stem = word.strip_suffix(off)?;
            let form = move |ending| (format!("{stem}{ending}"), count);
            Some(endings.iter().map(form))
        })
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_stands_once_and_fits_its_pattern() {
        let mut seen = std::collections::BTreeSet::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((pattern, words)) = line.split_once('\t') else {
                panic!("two columns, not `{line}`");
            };
            let (pattern, count) = pattern.split_once(' ').unwrap_or((pattern, "3"));
            assert!(
                count.parse::<u32>().is_ok_and(|count| count > LISTED),
                "`{line}`"
            );
            let Some((_, off, _)) = PATTERNS.iter().find(|(name, _, _)| *name == pattern) else {
                panic!("`{pattern}` is no pattern");
            };
            for word in words.split(' ') {
                assert!(
                    word.ends_with(off) && word.len() > off.len(),
                    "`{word}` does not fit `{pattern}`"
                );
                assert!(word.chars().all(char::is_lowercase), "`{word}`");
                assert!(seen.insert((pattern, word)), "`{word}` stands there twice");
            }
        }
        assert!(forms().any(|form| form == ("gungorna".to_owned(), LISTED)));
        assert!(forms().any(|(form, count)| form == "bjälklaget" && count > LISTED));
    }
}
