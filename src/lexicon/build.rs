//! Count tables → the bytes that are embedded.
//!
//! Comes in: the rows of three tables, words (any case), word pairs and word triples (small letters; `<s>` is a line's
//! start, `<n>` any number), each with its count. Goes out: the packed figures, the same bytes for the same rows.

use std::collections::{BTreeMap, BTreeSet};

use super::pack;
use super::{classes, inflect, marks, prefixes};

/// Counts of words, word pairs and word triples.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Words as written.
    pub words: Vec<(String, u32)>,
    /// Two words in a row, in small letters.
    pub pairs: Vec<([String; 2], u32)>,
    /// Three words in a row, in small letters.
    pub triples: Vec<([String; 3], u32)>,
}

/// What is packed of one word.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    count: u32,
    small: u32,
    capitalised: u32,
    /// Whether it is a name on the list as well as a word.
    listed: bool,
    /// Whether nobody counted it, and it is of the long lists of words.
    guess: bool,
}

/// Packs `counts`, and the names of `names.tsv` and words of `words.tsv` that are not among them.
///
/// # Errors
/// A sentence for a person when the words are more than the layout can number.
pub fn pack(counts: &Counts) -> Result<Vec<u8>, String> {
    let mut words = words(counts);
    let counted = words
        .iter()
        .map(|(word, entry)| (word.clone(), entry.count))
        .collect();
    for form in inflect::forms(&counted) {
        words.insert(form, Entry::default());
    }
    if words.len() >= 1 << 20 {
        return Err(format!("{} words are more than 1048575", words.len()));
    }
    let ids: BTreeMap<&str, u32> = words.keys().map(String::as_str).zip(0..).collect();
    let compounds = compounds(&words);
    let total: u64 = words.values().map(|entry| u64::from(entry.count)).sum();

    let mut sections: [Vec<u8>; pack::SECTIONS] = Default::default();
    sections[pack::WORDS] = map(ids.iter().map(|(word, id)| (*word, u64::from(*id))))?;
    sections[pack::MODIFIERS] = map(compounds
        .modifiers
        .iter()
        .map(|(modifier, &(heads, link))| (*modifier, u64::from(heads) << 2 | link as u64)))?;
    let mut pairs = Vec::new();
    let mut left: Vec<f64> = words.values().map(|entry| f64::from(entry.count)).collect();
    let mut seen = left.clone();
    for ([first, second], count) in &counts.pairs {
        let (Some(&first), Some(&second)) = (ids.get(&**first), ids.get(&**second)) else {
            continue;
        };
        pairs.push((pack::pair(first, second), *count));
        left[first as usize] -= f64::from(*count) - DISCOUNT;
        seen[first as usize] = seen[first as usize].max(1.0);
    }
    sections[pack::PAIRS] = pack::Table::build(&pairs);
    let left = left.iter().zip(&seen).map(|(left, seen)| {
        let share = (left / seen).clamp(0.005, 1.0);
        (-share.ln() * 16.0).round() as u8
    });
    figures(&words, &compounds, left, &mut sections)?;
    let mut triples = Vec::new();
    for ([first, second, third], count) in &counts.triples {
        if let (Some(&first), Some(&second), Some(&third)) =
            (ids.get(&**first), ids.get(&**second), ids.get(&**third))
        {
            triples.push((pack::triple(first, second, third), *count));
        }
    }
    sections[pack::TRIPLES] = pack::Table::build(&triples);
    classed(&words, &ids, counts, &mut sections);
    sections[pack::LETTERS] = letters(&words);
    sections[pack::MARKS] = marks::build(words.keys().map(String::as_str));
    sections[pack::TOTAL] = (total.min(u64::from(u32::MAX)) as u32)
        .to_le_bytes()
        .to_vec();
    Ok(pack::join(&sections))
}

/// Packs the figures of the words, each kind once; `left` is what each word leaves to unseen followers.
fn figures(
    words: &BTreeMap<String, Entry>,
    compounds: &Compounds<'_>,
    left: impl Iterator<Item = u8>,
    sections: &mut [Vec<u8>; pack::SECTIONS],
) -> Result<(), String> {
    let mut numbers: BTreeMap<[u8; 4], u16> = BTreeMap::new();
    for ((word, entry), left) in words.iter().zip(left) {
        let share = |part: u32| (f64::from(part) / f64::from(entry.count) * 15.0).round() as u8;
        // What is a word as well is a name now and then.
        let least = if entry.listed { LISTED_NAME } else { 0 };
        let capitalised = share(entry.capitalised).clamp(least, 15);
        let head = compounds.heads.get(word.as_str()).copied().unwrap_or(0);
        let level = pack::level(entry.count);
        let own = [
            if entry.guess {
                pack::guessed(level)
            } else {
                level
            },
            share(entry.small).min(15) | capitalised << 4,
            pack::level(head),
            left,
        ];
        let next = u16::try_from(numbers.len());
        let number = match numbers.get(&own) {
            Some(number) => *number,
            None => {
                let next = next.map_err(|_| "the words are of more than 65536 kinds".to_owned())?;
                sections[pack::FIGURES].extend(own);
                numbers.insert(own, next);
                next
            }
        };
        sections[pack::SHARED].extend(number.to_le_bytes());
    }
    Ok(())
}

/// Packs the classes of the words and what follows what.
fn classed(
    words: &BTreeMap<String, Entry>,
    ids: &BTreeMap<&str, u32>,
    counts: &Counts,
    sections: &mut [Vec<u8>; pack::SECTIONS],
) {
    let listed: Vec<classes::Word<'_>> = words
        .iter()
        .map(|(letters, entry)| classes::Word {
            letters,
            count: entry.count,
            name: entry.capitalised > entry.small,
        })
        .collect();
    let id = |word: &String| ids.get(word.as_str()).copied();
    let pairs: Vec<classes::Pair> = counts
        .pairs
        .iter()
        .filter_map(|([first, second], count)| Some((id(first)?, id(second)?, *count)))
        .collect();
    let class = classes::classes(&listed, &pairs);
    let around = counts
        .triples
        .iter()
        .filter_map(|([first, _, third], count)| Some((id(first)?, id(third)?, *count)));
    sections[pack::FOLLOW] = classes::follow(&class, pairs.iter().copied());
    sections[pack::SKIP] = classes::follow(&class, around);
    sections[pack::CLASSES] = class;
}

/// As how many sightings a name of the list counts: it is as rare as any, and teaches nothing of how words are made.
pub(super) const NAMED: u32 = 1;

/// The share, of 15, in which a word that is a name as well is written with a capital, at least.
const LISTED_NAME: u8 = 4;

/// What each seen pair gives to the unseen ones: the usual figure of absolute discounting.
const DISCOUNT: f64 = 0.75;

/// The words that others may be misread.
struct Twins {
    /// Letters without their marks → how often the commonest word of them was counted that has some.
    marked: BTreeMap<String, u32>,
}

impl Twins {
    fn new(words: &BTreeMap<String, Entry>) -> Twins {
        let mut marked: BTreeMap<String, u32> = BTreeMap::new();
        for (word, entry) in words.iter().filter(|(word, _)| !word.is_ascii()) {
            let most = marked.entry(super::without_marks(word)).or_default();
            *most = entry.count.max(*most);
        }
        Twins { marked }
    }

    /// Whether `word` may be another one misread that was counted `least` times or more.
    fn bar(&self, words: &BTreeMap<String, Entry>, word: &str, least: u32) -> bool {
        let is_common = |other: String| words.get(&other).is_some_and(|entry| entry.count >= least);
        self.marked.get(word).is_some_and(|twin| *twin >= least) || misread(word).any(is_common)
    }
}

/// How many times as common as a word of the list, whose count is a guess, another may be that is easily read as it.
const BARRING: u32 = 50;

/// What may stand where `word` is read by an engine that does not know å, ä and ö: one of its letters was one of these.
fn misread(word: &str) -> impl Iterator<Item = String> + '_ {
    const READ: &[(char, &[&str])] = &[
        ('i', &["ä", "å"]),
        ('d', &["ä", "å"]),
        ('e', &["ö", "ä"]),
        ('é', &["ö", "ä", "å"]),
    ];
    word.char_indices().flat_map(move |(at, letter)| {
        let known = READ.iter().find(|(read, _)| *read == letter);
        let written = known.map_or(&[][..], |(_, written)| *written);
        let behind = at + letter.len_utf8();
        written
            .iter()
            .map(move |written| format!("{}{written}{}", &word[..at], &word[behind..]))
    })
}

/// Words in small letters. A word counted once or twice that is a common word's letters without their marks is left
/// out: it is a slip of somebody's keyboard, and as a word it would bar the way of the right one. So is one of the list that a
/// far more common word is easily read as.
fn words(counts: &Counts) -> BTreeMap<String, Entry> {
    let mut words: BTreeMap<String, Entry> = BTreeMap::new();
    for (word, count) in &counts.words {
        let entry = words.entry(word.to_lowercase()).or_default();
        entry.count += count;
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let first_is_capital = letters.next().is_some_and(char::is_uppercase);
        if !word.chars().any(char::is_uppercase) {
            entry.small += count;
        } else if first_is_capital && !letters.any(char::is_uppercase) {
            entry.capitalised += count;
        }
    }
    for name in super::names::all() {
        let entry = words.entry(name.to_lowercase()).or_default();
        if entry.count == 0 {
            (entry.count, entry.capitalised) = (NAMED, NAMED);
        } else {
            entry.listed = true;
        }
    }
    // A made name gives way to whatever is written like it but for marks, and one without marks to one that has some.
    let mut written: BTreeSet<String> = words
        .keys()
        .map(|word| super::without_marks(word))
        .collect();
    let (plain, marked): (Vec<String>, Vec<String>) = super::names::made()
        .map(|name| name.to_lowercase())
        .partition(|name| name.is_ascii());
    for name in marked.into_iter().chain(plain) {
        if written.insert(super::without_marks(&name)) {
            let entry = words.entry(name).or_default();
            (entry.count, entry.capitalised) = (NAMED, NAMED);
        }
    }
    let mut listed: BTreeMap<String, u32> = BTreeMap::new();
    let mut common: BTreeSet<String> = BTreeSet::new();
    for word in super::words::forms() {
        if word.is_common {
            common.insert(word.form.clone());
        }
        let most = listed.entry(word.form).or_default();
        *most = word.count.max(*most);
    }
    let mut guessed: BTreeSet<&str> = BTreeSet::new();
    for (form, &count) in &listed {
        let entry = words.entry(form.clone()).or_default();
        entry.guess = entry.count <= NAMED && !common.contains(form);
        if entry.count < count {
            guessed.insert(form);
            // How often it has a capital is known of those that were counted.
            entry.small += count - entry.count;
            entry.count = count;
        }
    }
    let twins = Twins::new(&words);
    let slips: Vec<String> = words
        .iter()
        .filter(|(word, entry)| {
            if guessed.contains(word.as_str()) {
                twins.bar(&words, word, BARRING * entry.count)
            } else {
                let twin = twins.marked.get(word.as_str()).copied().unwrap_or(0);
                word.is_ascii() && !listed.contains_key(word.as_str()) && twin >= 300 * entry.count
            }
        })
        .map(|(word, _)| word.clone())
        .collect();
    for slip in slips {
        words.remove(&slip);
    }
    words
}

fn map<'a>(entries: impl Iterator<Item = (&'a str, u64)>) -> Result<Vec<u8>, String> {
    let mut builder = fst::MapBuilder::memory();
    for (key, value) in entries {
        builder
            .insert(key, value)
            .map_err(|error| error.to_string())?;
    }
    builder.into_inner().map_err(|error| error.to_string())
}

/// What the counts teach of compounds.
struct Compounds<'a> {
    /// First part with its linking letter → (kinds of heads after it, letters that link).
    modifiers: BTreeMap<&'a str, (u32, usize)>,
    /// Last part → first parts before it.
    heads: BTreeMap<&'a str, u32>,
}

/// Splits every word in two wherever both sides are words, and counts how many different partners each side has:
/// `social` stands before a hundred heads, `rapp` (of `rapport`) before forms of one.
fn compounds(words: &BTreeMap<String, Entry>) -> Compounds<'_> {
    let count = |word: &str| words.get(word).map_or(0, |entry| entry.count);
    let mut after: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut splits: Vec<(&str, &str)> = Vec::new();
    for (word, entry) in words {
        if word.chars().count() < 7 || entry.count < 2 || !word.chars().all(char::is_alphabetic) {
            continue;
        }
        for (at, _) in word.char_indices().skip(3) {
            let (modifier, head) = word.split_at(at);
            if head.chars().count() < 4 && !prefixes::is_short_head(head) {
                continue;
            }
            if count(head) < 8
                || prefixes::is_ending(head)
                || prefixes::inflected_at(word, at, &|base| count(base) > 0)
                || link(modifier, &count).is_none()
            {
                continue;
            }
            splits.push((modifier, head));
            after
                .entry(modifier)
                .or_default()
                .insert(head.chars().take(4).collect());
        }
    }
    let mut modifiers = BTreeMap::new();
    for (modifier, heads) in &after {
        let least = if modifier.chars().count() < 4 { 5 } else { 2 };
        if heads.len() >= least
            && let Some(link) = link(modifier, &count)
            // Where no word stands behind the first part (`hälso`, `skol`), it must be seen often.
            && (link < 2 || heads.len() >= 5)
        {
            modifiers.insert(*modifier, (heads.len() as u32, link % 2));
        }
    }
    let mut heads: BTreeMap<&str, u32> = BTreeMap::new();
    for (modifier, head) in splits {
        if modifiers.get(modifier).is_some_and(|&(seen, _)| seen >= 3) {
            *heads.entry(head).or_default() += 1;
        }
    }
    // What was seen of a word holds for its inflected forms too, somewhat less.
    let mut forms: BTreeMap<&str, u32> = heads.clone();
    for word in words.keys() {
        let own = heads.get(word.as_str()).copied().unwrap_or(0);
        let base = prefixes::bases(word)
            .filter_map(|base| heads.get(base.as_str()).copied())
            .max()
            .unwrap_or(0);
        if base / 2 > own {
            forms.insert(word, base / 2);
        }
    }
    Compounds {
        modifiers,
        heads: forms,
    }
}

/// How a first part is made: 0 it is a word, 1 a word and a linking `s`, 2 a word that has lost or changed its last
/// vowel (`skol`, `hälso`, `gatu`); nothing when it is none of these.
fn link(modifier: &str, count: &dyn Fn(&str) -> u32) -> Option<usize> {
    if prefixes::is_prefix(modifier) || prefixes::is_no_modifier(modifier) {
        return None;
    }
    if let Some(base) = modifier.strip_suffix('s')
        && base.chars().count() >= 3
        && !prefixes::is_no_modifier(base)
        && count(base) >= 4
        && count(base) * 2 > count(modifier)
    {
        return Some(1);
    }
    if count(modifier) >= 20 {
        return Some(0);
    }
    let base = modifier.strip_suffix(['o', 'u', 'e']).unwrap_or(modifier);
    (count(&format!("{base}a")) >= 20 || count(&format!("{base}e")) >= 20).then_some(2)
}

/// The cost of each letter after three others, learned from the words (each word weighs the logarithm of its count).
fn letters(words: &BTreeMap<String, Entry>) -> Vec<u8> {
    const SIZE: usize = pack::SIGNS;
    let mut four = vec![0f32; SIZE * SIZE * SIZE * SIZE];
    for (word, entry) in words {
        if !word.chars().all(char::is_alphabetic) || entry.count < 2 {
            continue;
        }
        let weight = 1.0 + (entry.count as f32).ln();
        let mut last = [0, 0, 0];
        for letter in word.chars().map(pack::letter).chain([0]) {
            four[((last[0] * SIZE + last[1]) * SIZE + last[2]) * SIZE + letter] += weight;
            last = [last[1], last[2], letter];
        }
    }
    // Shorter memories are sums over the longer ones.
    let mut three = vec![0f32; SIZE * SIZE * SIZE];
    let mut two = vec![0f32; SIZE * SIZE];
    let mut one = [0f32; SIZE];
    for (at, weight) in four.iter().enumerate() {
        three[at % (SIZE * SIZE * SIZE)] += weight;
        two[at % (SIZE * SIZE)] += weight;
        one[at % SIZE] += weight;
    }
    let total: f32 = one.iter().sum();
    let smooth = |row: &[f32], lower: &dyn Fn(usize) -> f32| -> Vec<f32> {
        let sum: f32 = row.iter().sum();
        // Witten and Bell: as much is kept for the unseen as kinds were seen.
        let kinds = row.iter().filter(|weight| **weight > 0.0).count() as f32 * 3.0 + 0.1;
        (0..SIZE)
            .map(|letter| (row[letter] + kinds * lower(letter)) / (sum + kinds))
            .collect()
    };
    let mut rows = Vec::with_capacity(SIZE * SIZE * SIZE);
    for a in 0..SIZE {
        for b in 0..SIZE {
            for c in 0..SIZE {
                let first = |letter: usize| (one[letter] + 1.0) / (total + SIZE as f32);
                let second = smooth(&two[c * SIZE..][..SIZE], &first);
                let third = smooth(&three[(b * SIZE + c) * SIZE..][..SIZE], &|l| second[l]);
                let fourth = smooth(&four[((a * SIZE + b) * SIZE + c) * SIZE..][..SIZE], &|l| {
                    third[l]
                });
                rows.push(std::array::from_fn(|letter| {
                    (-fourth[letter].ln() * 16.0).round().clamp(0.0, 255.0) as u8
                }));
            }
        }
    }
    pack::Letters::build(&rows)
}
