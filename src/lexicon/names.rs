//! Names that a board's papers know and the counts may not: places, given names, surnames.

/// One name a line; `#` begins a comment.
static NAMES: &str = include_str!("names.tsv");

/// Every name, as written.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_stands_once_and_is_a_name() {
        let mut seen = std::collections::BTreeSet::new();
        for name in all() {
            assert!(seen.insert(name), "`{name}` stands there twice");
            assert!(
                name.chars().next().is_some_and(char::is_uppercase)
                    && name.chars().all(|c| c.is_alphabetic() || c == '-'),
                "`{name}` is no name"
            );
        }
        assert!(seen.contains("Hägersten"));
    }
}
