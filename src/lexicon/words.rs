//! Everyday words that papers of state and statutes seldom hold, with their forms. The words are in `words.tsv`, by what
//! they are of, and in the tables of `words/`, by their kind.

/// The pattern of inflection, and base forms parted by blanks; `#` begins a comment. A figure behind the pattern says as
/// how many sightings each form counts at least, where that is more than [`LISTED`].
static TABLES: [&str; 5] = [
    include_str!("words.tsv"),
    include_str!("words/nouns.tsv"),
    include_str!("words/verbs.tsv"),
    include_str!("words/adjectives.tsv"),
    include_str!("words/forms.tsv"),
];

/// A pattern of inflection: its name, what it takes from the base form, and the endings that it puts there.
type Pattern = (&'static str, &'static str, &'static [&'static str]);

/// The patterns, each behind a word that has it.
#[rustfmt::skip]
const PATTERNS: &[Pattern] = &[
    // Nouns, in the order of Swedish grammar: with one, the article, several, and both.
    /* flicka   */ ("or", "a", &["a", "an", "or", "orna"]),
    /* bil      */ ("ar", "", &["", "en", "ar", "arna"]),
    /* pojke    */ ("n", "e", &["e", "en", "ar", "arna"]),
    /* nyckel   */ ("el", "el", &["el", "eln", "lar", "larna"]),
    /* åker     */ ("ern", "er", &["er", "ern", "rar", "rarna"]),
    /* öken     */ ("en", "en", &["en", "nen", "nar", "narna"]),
    /* kam      */ ("mar", "", &["", "men", "mar", "marna"]),
    /* mun      */ ("nar", "", &["", "nen", "nar", "narna"]),
    /* enhet    */ ("er", "", &["", "en", "er", "erna"]),
    /* regel    */ ("eler", "el", &["el", "eln", "ler", "lerna"]),
    /* motor    */ ("orer", "", &["", "n", "er", "erna"]),
    /* äpple    */ ("eet", "e", &["e", "et", "en", "ena"]),
    /* bi       */ ("biet", "", &["", "et", "n", "na"]),
    /* hus      */ ("et", "", &["", "et", "en"]),
    /* segel    */ ("elet", "el", &["el", "let", "len"]),
    /* fönster  */ ("eret", "er", &["er", "ret", "ren"]),
    /* tecken   */ ("enet", "en", &["en", "net", "nen"]),
    /* program  */ ("met", "", &["", "met", "men"]),
    /* läkare   */ ("are", "are", &["are", "aren", "arna"]),
    // Nouns of which there are not several.
    /* flora    */ ("an", "a", &["a", "an"]),
    /* sand     */ ("sing", "", &["", "en"]),
    /* socker   */ ("singet", "", &["", "et"]),
    // Verbs.
    /* kalla    */ ("a", "a", &["a", "ar", "ade", "at", "as", "ades", "ats", "ande", "ad"]),
    /* köpa     */ ("er_t", "a", &["a", "er", "te", "t", "as", "tes", "ts", "ande"]),
    /* höja     */ ("er_d", "a", &["a", "er", "de", "t", "as", "des", "ts", "ande"]),
    /* bo       */ ("dd", "", &["", "r", "dde", "tt", "s", "ddes", "tts", "ende", "dd"]),
    // Adjectives, without and with their steps.
    /* svensk   */ ("adj", "", &["", "t", "a"]),
    /* stark    */ ("adjk", "", &["", "t", "a", "are", "ast", "aste"]),
    /* trött    */ ("adjt", "", &["", "a", "are", "ast", "aste"]),
    /* röd      */ ("adjd", "d", &["d", "tt", "da", "dare", "dast", "daste"]),
    /* målad    */ ("ad", "ad", &["ad", "at", "ade"]),
    /* sliten   */ ("aden", "en", &["en", "et", "na"]),
    /* enkel    */ ("adel", "el", &["el", "elt", "la", "lare", "last"]),
    /* vacker   */ ("ader", "er", &["er", "ert", "ra", "rare", "rast"]),
    // The form alone.
    ("x", "", &[""]),
];

/// As how many sightings a word counts that people put on the list.
const LISTED: u32 = 2;

/// A form of a word of the tables.
pub(super) struct Form {
    pub(super) form: String,
    /// As how many sightings it counts at least.
    pub(super) count: u32,
    /// Whether it is of the first table, the words that boards write now and then.
    pub(super) is_common: bool,
}

/// The rows: the name of the pattern, the least count of its words, the words, and whether they are of the first table.
fn rows() -> impl Iterator<Item = (&'static str, u32, &'static str, bool)> {
    let lines = (0..)
        .zip(&TABLES)
        .flat_map(|(number, table)| table.lines().map(move |line| (line, number == 0)));
    lines
        .filter(|(line, _)| !line.starts_with('#'))
        .filter_map(|(line, is_common)| {
            let (pattern, words) = line.split_once('\t')?;
            Some(match pattern.split_once(' ') {
                Some((name, count)) => (name, count.parse().ok()?, words, is_common),
                None => (pattern, LISTED, words, is_common),
            })
        })
}

/// Every form of every word.
pub(super) fn forms() -> impl Iterator<Item = Form> {
    rows()
        .flat_map(|(pattern, count, words, is_common)| {
            let words = words.split(' ');
            words.map(move |word| (pattern, count, word, is_common))
        })
        .filter_map(|(pattern, count, word, is_common)| {
            let (_, off, endings) = PATTERNS.iter().find(|(name, _, _)| *name == pattern)?;
            let stem = word.strip_suffix(off)?;
            Some(endings.iter().map(move |ending| Form {
                form: format!("{stem}{ending}"),
                count,
                is_common,
            }))
        })
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_stands_once_and_fits_its_pattern() {
        let mut seen = std::collections::BTreeSet::new();
        let lines = TABLES.iter().flat_map(|table| table.lines());
        for line in lines.filter(|line| !line.starts_with('#')) {
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
                let letter = |c: char| c.is_lowercase() || c == '-';
                assert!(word.chars().all(letter), "`{word}`");
                assert!(seen.insert((pattern, word)), "`{word}` stands there twice");
            }
        }
        let of = |form: &str| forms().find(|word| word.form == form);
        assert!(of("gungorna").is_some_and(|word| word.count == LISTED && word.is_common));
        assert!(of("bjälklaget").is_some_and(|word| word.count > LISTED && word.is_common));
        assert!(forms().any(|word| !word.is_common));
    }

    #[test]
    fn each_pattern_makes_the_forms_of_its_words() {
        for (pattern, word, last) in [
            ("or", "flicka", "flickorna"),
            ("n", "pojke", "pojkarna"),
            ("el", "nyckel", "nycklarna"),
            ("ern", "åker", "åkrarna"),
            ("en", "öken", "öknarna"),
            ("mar", "kam", "kammarna"),
            ("nar", "mun", "munnarna"),
            ("eler", "regel", "reglerna"),
            ("orer", "motor", "motorerna"),
            ("eet", "äpple", "äpplena"),
            ("biet", "bi", "bina"),
            ("elet", "segel", "seglen"),
            ("eret", "fönster", "fönstren"),
            ("enet", "tecken", "tecknen"),
            ("met", "program", "programmen"),
            ("an", "flora", "floran"),
            ("sing", "sand", "sanden"),
            ("singet", "guld", "guldet"),
            ("dd", "klä", "klädd"),
            ("adjk", "stark", "starkaste"),
            ("adjt", "trött", "tröttaste"),
            ("adjd", "röd", "rödaste"),
            ("ad", "målad", "målade"),
            ("aden", "sliten", "slitna"),
            ("adel", "enkel", "enklast"),
            ("ader", "vacker", "vackrast"),
        ] {
            let (_, off, endings) = PATTERNS
                .iter()
                .find(|(name, _, _)| *name == pattern)
                .unwrap();
            let stem = word.strip_suffix(off).unwrap();
            assert_eq!(format!("{stem}{}", endings[endings.len() - 1]), last);
        }
    }
}
