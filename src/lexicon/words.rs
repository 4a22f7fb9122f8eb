//! Everyday words that papers of state and statutes seldom hold, with their forms. The words are in `words.tsv`.

/// The pattern of inflection, and base forms parted by blanks; `#` begins a comment.
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

/// Every form of every word.
pub(super) fn forms() -> impl Iterator<Item = String> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(pattern, words)| words.split(' ').map(move |word| (pattern, word)))
        .filter_map(|(pattern, word)| {
            let (_, off, endings) = PATTERNS.iter().find(|(name, _, _)| *name == pattern)?;
            let stem = word.strip_suffix(off)?;
            Some(endings.iter().map(move |ending| format!("{stem}{ending}")))
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
        assert!(forms().any(|form| form == "gungorna"));
    }
}
