//! Gates: a pattern → what a text must hold for it to match at all, so that one pass over a short text tells which rules can
//! hit, and the others are not run.
//!
//! The pass notes every run of three letters ([`Grams`]). A pattern's gate is read off the pattern itself: a set of runs of
//! which each text that it matches holds one at least. A gate never shuts a match out; it may let a text through that holds
//! none.

/// The runs of three letters that a text holds; of a long text, all there are. White space counts as one blank.
pub(super) struct Grams {
    /// For each two letters, a bit for each letter that stands behind them.
    behind: Box<[u32; PAIRS]>,
}

/// All pairs of letters, each letter told from the others by its last five bits.
const PAIRS: usize = 1 << 10;

/// Bytes of a text above which most words may be made up of its runs, and noting them tells little.
const LONGEST: usize = 3_000;

impl Grams {
    /// The runs of `text`, folded.
    pub(super) fn of(text: &[u8]) -> Grams {
        if text.len() > LONGEST {
            return Grams {
                behind: Box::new([u32::MAX; PAIRS]),
            };
        }
        let mut behind = Box::new([0_u32; PAIRS]);
        // The last letters, five bits each; a blank's are 0.
        let mut run = 0_usize;
        for byte in text {
            let letter = if *byte <= b' ' {
                0
            } else {
                usize::from(*byte & 31)
            };
            // Blanks in a row are one.
            if letter == 0 && run & 31 == 0 {
                continue;
            }
            run = run << 5 | letter;
            behind[run >> 5 & (PAIRS - 1)] |= 1 << (run & 31);
        }
        // A blank ends the text.
        behind[run & (PAIRS - 1)] |= 1;
        Grams { behind }
    }

    /// Whether the text holds three letters in a row, each one of a few.
    fn holds(&self, [first, second, third]: [Few; 3]) -> bool {
        each(first).any(|a| each(second).any(|b| self.behind[a << 5 | b] & third != 0))
    }
}

/// A few letters: a bit for each, by its last five bits.
type Few = u32;

/// The letters of a few, as their last five bits.
fn each(few: Few) -> impl Iterator<Item = usize> {
    let mut left = few;
    std::iter::from_fn(move || {
        let letter = left.trailing_zeros() as usize;
        left &= left.checked_sub(1)?;
        Some(letter)
    })
}

/// The letters of `few`.
const fn few(letters: &[u8]) -> Few {
    let mut few = 0;
    let mut at = 0;
    while at < letters.len() {
        few |= 1 << (letters[at] & 31);
        at += 1;
    }
    few
}

/// A run of letters that a text must hold: each three of them in a row.
type Literal = Vec<[Few; 3]>;

/// Of which literals a text must hold one for a pattern to match; none when the pattern does not tell.
pub(super) struct Gate(Option<Vec<Literal>>);

/// Literals that a gate asks for at most.
const MOST: usize = 90;

impl Gate {
    /// The gate of a pattern in the language of `sheet::tolerant`.
    pub(super) fn of(pattern: &str) -> Gate {
        #[cfg(test)]
        tests::note(pattern);
        let pattern = pattern.strip_prefix("(?m)").unwrap_or(pattern);
        let letters: Vec<char> = pattern.chars().collect();
        let mut at = 0;
        let any = choice(&letters, &mut at);
        // Something was left unread: better no gate than a wrong one.
        let any = any.filter(|any| at == letters.len() && any.len() <= MOST);
        // What a text most likely lacks is asked first.
        Gate(any.map(|mut any| {
            any.iter_mut()
                .for_each(|literal| literal.sort_by_cached_key(rarity));
            any
        }))
    }

    /// Whether a text with these runs may match.
    pub(super) fn lets(&self, grams: &Grams) -> bool {
        match &self.0 {
            Some(any) => any.iter().any(|literal| held(literal, grams)),
            None => true,
        }
    }
}

/// The gates of several patterns.
pub(super) struct Gates(Vec<Gate>);

impl Gates {
    /// The gates of at most sixteen patterns.
    pub(super) fn of<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Gates {
        Gates(patterns.into_iter().take(16).map(Gate::of).collect())
    }

    /// Which patterns a text with these runs may match: a bit for each, the first pattern's the lowest.
    pub(super) fn lets(&self, grams: &Grams) -> u16 {
        let gates = (0..).zip(&self.0);
        gates.fold(0, |may, (number, gate)| {
            may | u16::from(gate.lets(grams)) << number
        })
    }
}

/// Runs that nearly every text holds.
const COMMON: [&[u8; 3]; 24] = [
    b"ing", b"and", b"nde", b"for", b"ter", b"att", b"och", b"den", b"era", b"nin", b"ska", b"sta",
    b"rin", b"ran", b"en ", b"er ", b" fo", b"ar ", b"fra", b"et ", b" st", b"ons", b"der", b"nar",
];

/// How common a run of a few letters each is: lower is rarer.
fn rarity(run: &[Few; 3]) -> (bool, u32) {
    let one = |common: &&[u8; 3]| {
        run.iter()
            .zip(**common)
            .all(|(few, c)| few >> (c & 31) & 1 == 1)
    };
    let forms = run.iter().map(|few| few.count_ones()).product();
    (COMMON.iter().any(one), forms)
}

/// Whether a text with these runs may hold a literal.
fn held(literal: &Literal, grams: &Grams) -> bool {
    literal.iter().all(|run| grams.holds(*run))
}

/// One of several branches: each must tell what it needs.
fn choice(letters: &[char], at: &mut usize) -> Option<Vec<Literal>> {
    let mut all = sequence(letters, at);
    while letters.get(*at) == Some(&'|') {
        *at += 1;
        let branch = sequence(letters, at);
        all = match (all, branch) {
            (Some(mut all), Some(branch)) => {
                all.extend(branch);
                Some(all)
            }
            _ => None,
        };
    }
    all
}

/// One part of a sequence.
enum Part {
    /// A letter, in each of its forms: one or two letters, each one of a few.
    Letter(&'static [&'static [Few]]),
    /// A letter that is one of a few.
    Plain(Few),
    /// A group, and what it needs.
    Group(Option<Vec<Literal>>),
    /// What may be many things.
    Open,
    /// What takes no room, such as a border of a word.
    Nothing,
}

/// What follows one another: the part that shuts the most out decides.
fn sequence(letters: &[char], at: &mut usize) -> Option<Vec<Literal>> {
    let mut best: Option<Vec<Literal>> = None;
    // The runs that the letters in a row may be.
    let mut runs: Vec<Vec<Few>> = vec![Vec::new()];
    while let Some(&letter) = letters.get(*at) {
        if matches!(letter, '|' | ')') {
            break;
        }
        let part = part(letters, at);
        let (least, many) = times(letters, at);
        match part {
            Part::Letter(forms) if least > 0 => {
                if runs.len() * forms.len() > 12 {
                    better(&mut best, needed(&runs));
                    runs = vec![Vec::new()];
                }
                runs = runs
                    .iter()
                    .flat_map(|run| {
                        forms
                            .iter()
                            .map(move |form| [run.as_slice(), form].concat())
                    })
                    .collect();
                if many {
                    better(&mut best, needed(&runs));
                    runs = vec![Vec::new()];
                }
            }
            Part::Plain(letter) if least > 0 => {
                runs.iter_mut().for_each(|run| run.push(letter));
                if many {
                    better(&mut best, needed(&runs));
                    runs = vec![Vec::new()];
                }
            }
            Part::Nothing => {}
            part => {
                better(&mut best, needed(&runs));
                runs = vec![Vec::new()];
                if let Part::Group(group) = part
                    && least > 0
                {
                    better(&mut best, group);
                }
            }
        }
    }
    better(&mut best, needed(&runs));
    best
}

/// How much of the texts literals let through, roughly: each run of three halves it.
fn weight(literals: &[Literal]) -> f64 {
    literals
        .iter()
        .map(|literal| 0.5_f64.powi(literal.len().min(8) as i32))
        .sum()
}

/// Keeps the needs that shut more out.
fn better(best: &mut Option<Vec<Literal>>, other: Option<Vec<Literal>>) {
    if let Some(other) = other
        && best
            .as_ref()
            .is_none_or(|best| weight(&other) < weight(best))
    {
        *best = Some(other);
    }
}

/// The literals of which a text with one of these runs holds one.
fn needed(runs: &[Vec<Few>]) -> Option<Vec<Literal>> {
    runs.iter()
        .map(|run| {
            let literal: Literal = run
                .windows(3)
                .map(|three| [three[0], three[1], three[2]])
                .collect();
            (!literal.is_empty()).then_some(literal)
        })
        .collect()
}

/// Reads one part.
fn part(letters: &[char], at: &mut usize) -> Part {
    let letter = letters[*at];
    *at += 1;
    match letter {
        '(' => {
            if letters[*at..].starts_with(&['?', ':']) {
                *at += 2;
            }
            let group = choice(letters, at);
            // The closing bracket; without one the whole pattern is left unread.
            if letters.get(*at) == Some(&')') {
                *at += 1;
            }
            Part::Group(group)
        }
        '[' => {
            let mut escaped = false;
            while let Some(&inside) = letters.get(*at) {
                *at += 1;
                if inside == ']' && !escaped {
                    break;
                }
                escaped = !escaped && inside == '\\';
            }
            Part::Open
        }
        '\\' => {
            let escaped = letters.get(*at).copied().unwrap_or(' ');
            *at += 1;
            match escaped {
                'b' | 'B' => Part::Nothing,
                '(' | ')' | '.' | '-' | '/' | '$' => Part::Plain(few(&[escaped as u8])),
                _ => Part::Open,
            }
        }
        '^' | '$' => Part::Nothing,
        'i' | 'l' => Part::Plain(const { few(b"il1") }),
        'm' => Part::Letter(const { &[&[few(b"m")], &[few(b"r"), few(b"n")]] }),
        'å' => Part::Letter(const { &[&[few(b"ade4")], &[few(b"a"), few(b"dil")]] }),
        'ä' => Part::Letter(const { &[&[few(b"adie")], &[few(b"ia"), few(b"ia")]] }),
        'ö' => Part::Plain(const { few(b"oge6") }),
        'a'..='z' | '0'..='9' | ' ' | ',' | ':' | '/' | '-' => Part::Plain(few(&[letter as u8])),
        _ => Part::Open,
    }
}

/// How often the part before `at` stands: the least, and whether it may stand more than once or not at all.
fn times(letters: &[char], at: &mut usize) -> (u32, bool) {
    let (least, many) = match letters.get(*at) {
        Some('?' | '*') => (0, true),
        Some('+') => (1, true),
        Some('{') => {
            let mut least = 0;
            while let Some(&inside) = letters.get(*at) {
                if inside == '}' {
                    break;
                }
                *at += 1;
                if letters[*at - 1] == ',' {
                    break;
                }
                if let Some(digit) = inside.to_digit(10) {
                    least = least * 10 + digit;
                }
            }
            while letters.get(*at).is_some_and(|inside| *inside != '}') {
                *at += 1;
            }
            (least, true)
        }
        _ => return (1, false),
    };
    *at += 1;
    // A lazy one.
    if letters.get(*at) == Some(&'?') {
        *at += 1;
    }
    (least, many)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::sync::Mutex;

    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;

    use super::super::formula::translated;
    use super::super::sheet::{folded, tolerant};
    use super::*;
    use crate::repair::{CleanPage, CleanText};

    /// Every pattern that was given a gate since the tests began.
    static GIVEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

    /// Notes a pattern that is given a gate.
    pub(in crate::tag) fn note(pattern: &str) {
        if let Ok(mut given) = GIVEN.lock() {
            given.insert(pattern.to_owned());
        }
    }

    /// The files of the room that give gates.
    const SOURCES: [&str; 14] = [
        include_str!("answer.rs"),
        include_str!("dnr.rs"),
        include_str!("head.rs"),
        include_str!("initiative_kind.rs"),
        include_str!("announced.rs"),
        include_str!("decide.rs"),
        include_str!("own_sheet.rs"),
        include_str!("shape.rs"),
        include_str!("svar.rs"),
        include_str!("mark.rs"),
        include_str!("namnd.rs"),
        include_str!("outcome.rs"),
        include_str!("relation.rs"),
        include_str!("cue.rs"),
    ];

    #[test]
    fn a_gate_lets_through_what_matches_and_keeps_much_else_out() {
        for (pattern, matches, others) in [
            (
                r"\bsvar på skrivelse\b",
                "svar på skrivelsen",
                "anmälan av remiss",
            ),
            (
                r"(?:motion|skrivelse)(?:en)? av",
                "motion av",
                "anmälan av en rapport",
            ),
            (
                r"\b(?:bifall(?:er|s)|tillstyrk(?:er|s))\b",
                "nämnden tillstyrker",
                "nämnden avslår",
            ),
            (r"a{2,3}bcd", "aabcd", "abc"),
            (r"x?yz(?:abc)?def", "yzdef", "yzabc"),
            (r"\banmäl[a-z]*", "anmälan", "anbud"),
            (r"\(ds ", "(ds 2008:1)", "ads bok"),
        ] {
            let gate = Gate::of(pattern);
            assert!(gate.0.is_some(), "{pattern}");
            assert!(
                gate.lets(&Grams::of(folded(matches).as_bytes())),
                "{pattern}"
            );
            assert!(
                !gate.lets(&Grams::of(folded(others).as_bytes())),
                "{pattern}"
            );
        }
        for open in [r"\d+", r"[a-z]{3}", r"(?:abc|\d)", r"(?:abc)?", "ab", "m?f"] {
            assert!(Gate::of(open).0.is_none(), "{open}");
        }
    }

    /// The lines of the room's table, the texts of the gold sets beside the repository when they are there, and each of
    /// them with letters misread.
    #[expect(clippy::print_stderr, reason = "a set left out must be said")]
    fn texts() -> Vec<String> {
        let mut texts: Vec<String> = include_str!("lines.tsv")
            .lines()
            .filter_map(|line| line.split('\t').nth(4))
            .map(|text| text.replace('⏎', "\n"))
            .collect();
        let sets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tags");
        for set in ["dev.jsonl", "dev_ocr.jsonl"] {
            let Ok(lines) = std::fs::read_to_string(sets.join(set)) else {
                eprintln!("skipped: no {set} at {}", sets.display());
                continue;
            };
            texts.extend(
                lines
                    .lines()
                    .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
                    .filter_map(|item| Some(item["text"].as_str()?.to_owned())),
            );
        }
        let misread = |text: &String, turn: usize| {
            let (a, e, o) = [
                ("a", "a", "o"),
                ("d", "i", "6"),
                ("e", "ia", "g"),
                ("4", "é", "é"),
            ][turn % 4];
            let text = text
                .replace('å', a)
                .replace('ä', e)
                .replace('ö', o)
                .replace('§', "8");
            match turn % 3 {
                0 => text.replace('l', "1"),
                1 => text.replace('m', "rn"),
                _ => text.replace(' ', "\n"),
            }
        };
        let damaged: Vec<String> = texts
            .iter()
            .enumerate()
            .flat_map(|(i, text)| [misread(text, i), misread(text, i + 1), misread(text, i + 2)])
            .collect();
        texts.extend(damaged);
        texts
    }

    /// Texts that a pattern matches, made from it; none when the maker cannot read it.
    fn made(pattern: &str, runner: &mut TestRunner) -> Vec<String> {
        // Borders take no room: without them the maker makes texts that may match and need not.
        let mut plain = String::new();
        let mut class = false;
        let mut letters = translated(pattern).replace("(?-u)", "").replace("(?m)", "");
        letters = letters.replace(r"\b", "").replace(r"\W", "[ .]");
        let mut before = ' ';
        for letter in letters.chars() {
            match letter {
                '[' if before != '\\' => class = true,
                ']' if before != '\\' => class = false,
                _ => {}
            }
            if !(matches!(letter, '^' | '$') && !class && before != '\\') {
                plain.push(letter);
            }
            before = if before == '\\' { ' ' } else { letter };
        }
        let Ok(strategy) = proptest::string::string_regex(&plain) else {
            return Vec::new();
        };
        (0..24)
            .filter_map(|_| Some(strategy.new_tree(runner).ok()?.current()))
            .collect()
    }

    #[test]
    fn no_gate_shuts_out_a_text_that_its_pattern_matches() {
        let texts = texts();
        // Tagging asks for every pattern of the room, and each notes itself when it is made.
        for text in &texts {
            for header in [
                "",
                "Storby kommun > Kommunfullmäktige > Sammanträde 2012-05-14",
            ] {
                let page = CleanPage {
                    number: 1,
                    text: text.clone(),
                    furniture: Vec::new(),
                    judgement: crate::lexicon::judge(text),
                    repairs: Vec::new(),
                    doubts: Vec::new(),
                };
                let clean = CleanText {
                    pages: vec![page],
                    model: None,
                };
                super::super::tags(&clean, header);
                super::super::matters(&clean, header);
            }
        }
        let given: Vec<String> = GIVEN
            .lock()
            .map(|given| given.iter().cloned().collect())
            .unwrap_or_default();
        let asked: usize = SOURCES
            .iter()
            .map(|source| {
                let code = source.split("#[cfg(test)]").next().unwrap_or_default();
                code.matches("cue!(").count() + code.matches(" gated(").count()
            })
            .sum();
        assert!(
            given.len() >= asked,
            "{} patterns of {asked} were made",
            given.len()
        );
        let folded: Vec<String> = texts.iter().map(|text| folded(text)).collect();
        let grams: Vec<Grams> = folded
            .iter()
            .map(|text| Grams::of(text.as_bytes()))
            .collect();
        let mut runner = TestRunner::deterministic();
        let mut tried = 0;
        for pattern in &given {
            let (gate, regex) = (Gate::of(pattern), tolerant(pattern));
            for (text, grams) in folded.iter().zip(&grams) {
                assert!(
                    gate.lets(grams) || !regex.is_match(text.as_bytes()),
                    "{pattern} {text:?}"
                );
            }
            for text in made(pattern, &mut runner) {
                let text = super::super::sheet::folded(&text);
                if regex.is_match(text.as_bytes()) {
                    tried += 1;
                    assert!(gate.lets(&Grams::of(text.as_bytes())), "{pattern} {text:?}");
                }
            }
        }
        assert!(tried > 500, "{tried} made texts match their patterns");
    }
}
