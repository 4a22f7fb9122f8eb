//! Words broken at a line's end → words. A hyphen there is undone only where it breaks a word; a hyphen that belongs to
//! what is written (`Spånga-Tensta`, a date) stays, and what it ties together comes on one line.

use super::letters::SOFT_HYPHEN;
use crate::lexicon;

/// Words before which a hyphen stands for a part left out (`barn- och ungdomsvården`). `samt` and `men` are not among
/// them: as ends of broken words (`gemen-samt`, `proble-men`) they are more common.
const AFTER_SUSPENDED: [&str; 6] = [
    "och",
    "eller",
    "respektive",
    "resp",
    "alternativt",
    "och/eller",
];

/// Completes the word at the end of `line` with the first word of `next`, if a hyphen breaks it; says whether it did.
///
/// What follows a hyphen that stands for a part left out comes up, too, a blank apart: `barn-⏎och` is then no longer to
/// be taken for a broken word by whoever reads on.
pub(super) fn complete(line: &mut String, next: &mut String) -> bool {
    if !line.ends_with(HYPHENS) {
        return false;
    }
    let Some(end) = next
        .find(char::is_whitespace)
        .or((!next.is_empty()).then_some(next.len()))
    else {
        return false;
    };
    match ending(line, &next[..end]) {
        Ending::None => return false,
        Ending::Broken => {
            line.pop();
        }
        Ending::Kept => {}
        Ending::Suspended => line.push(' '),
    }
    line.push_str(&next[..end]);
    let mut rest = next[end..].trim_start();
    // A sum whose thousands are parted by blanks comes up whole.
    if is_sum_open(&line[..line.len() - end], &next[..end]) {
        while let Some(group) = thousands(rest) {
            line.push(' ');
            line.push_str(group);
            rest = rest[group.len()..].trim_start();
            if !group.ends_with(|char: char| char.is_ascii_digit()) {
                break;
            }
        }
    }
    // A hyphen that comes up from the middle of a line is no line's end: what follows it comes along.
    while line.ends_with(HYPHENS) && !rest.is_empty() {
        let (word, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        line.push(' ');
        line.push_str(word);
        rest = more.trim_start();
    }
    *next = rest.to_owned();
    true
}

/// Whether `line` ends in a sum with blanks and a hyphen (`12 000-`), and `word` may be the first group of another one.
fn is_sum_open(line: &str, word: &str) -> bool {
    let Some(stem) = line.strip_suffix(['-', '–']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = stem.rsplit(char::is_whitespace);
    let last = groups
        .next()
        .is_some_and(|last| last.len() == 3 && digits(last));
    let first = groups.find(|group| !group.is_empty());
    last && first.is_some_and(|first| first.len() <= 3 && digits(first))
        && word.len() <= 3
        && digits(word)
}

/// Three digits at the start of `rest`, with the mark that may end their sentence.
fn thousands(rest: &str) -> Option<&str> {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let word = &rest[..end];
    let digits = word.trim_end_matches([',', '.', ';', ':', ')']);
    (digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(word)
}

/// What a broken word may end in.
const HYPHENS: [char; 3] = ['-', '–', SOFT_HYPHEN];

/// What the end of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// No word goes on.
    None,
    /// The hyphen is there because the line ends.
    Broken,
    /// The hyphen is part of what goes on.
    Kept,
    /// The hyphen stands for a part that a later word has.
    Suspended,
}

/// What the end of `line` is when `word` comes first on the next.
fn ending(line: &str, word: &str) -> Ending {
    let Some(first) = word.chars().next() else {
        return Ending::None;
    };
    if let Some(stem) = line.strip_suffix(SOFT_HYPHEN) {
        let goes_on = first.is_alphabetic() && stem.ends_with(char::is_alphabetic);
        return if goes_on {
            Ending::Broken
        } else {
            Ending::None
        };
    }
    let (stem, dash) = match line.strip_suffix('-') {
        Some(stem) => (stem, false),
        None => match line.strip_suffix('–') {
            Some(stem) => (stem, true),
            None => return Ending::None,
        },
    };
    let Some(last) = stem.chars().next_back() else {
        return Ending::None;
    };
    if last.is_ascii_digit() && first.is_ascii_digit() {
        return Ending::Kept;
    }
    if dash || !last.is_alphanumeric() {
        return Ending::None;
    }
    let token = stem.rsplit(char::is_whitespace).next().unwrap_or(stem);
    if is_address(token) || word.contains('@') {
        return Ending::Kept;
    }
    let tail = word.trim_end_matches(|char: char| !char.is_alphanumeric());
    if AFTER_SUSPENDED.contains(&tail) {
        return Ending::Suspended;
    }
    // The last part of what stands before the hyphen: `uppfölj` of `ASI-uppfölj-`.
    let head: &str = token
        .rsplit(|char: char| !char.is_alphanumeric())
        .next()
        .unwrap_or(token);
    let go_on: &str = tail
        .split(|char: char| !char.is_alphanumeric())
        .next()
        .unwrap_or(tail);
    let capitals = head.chars().all(char::is_uppercase);
    let letters = head.chars().count();
    if first.is_ascii_digit() {
        return if capitals && letters <= 5 {
            Ending::Kept
        } else {
            Ending::None
        };
    }
    if !first.is_alphabetic() {
        return Ending::None;
    }
    if last.is_ascii_digit() {
        // `90-talet`; a number and a word that has nothing to do with it have a blank between them.
        return Ending::Kept;
    }
    if first.is_uppercase() {
        // TJÄNSTE-⏎UTLÅTANDE, but SPÅNGA-⏎TENSTA.
        let known = capitals && letters > 1 && is_word(&format!("{head}{go_on}"));
        return if known { Ending::Broken } else { Ending::Kept };
    }
    // A word broken behind its first letter is rare, but å, ä and ö tie nothing together as the e of e-post does.
    let lone = letters < 2 && head.is_ascii();
    if lone
        && ELECTRONIC.iter().any(|stem| go_on.starts_with(stem))
        && head.eq_ignore_ascii_case("e")
    {
        return Ending::Kept;
    }
    if (capitals || lone) && is_word(&format!("{head}{go_on}")) {
        return Ending::Broken;
    }
    if (capitals && letters > 1) || lone || head.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ending::Kept;
    }
    if keeps_hyphen(token, go_on) {
        return Ending::Kept;
    }
    if names_two_peoples(head, go_on) {
        return Ending::Kept;
    }
    let hyphened = format!("{head}-{go_on}");
    if lexicon::count(&hyphened) > 0 && !is_word(&format!("{head}{go_on}")) {
        return Ending::Kept;
    }
    Ending::Broken
}

/// What the e before a hyphen makes electronic: words that are also written without it (`epost`).
const ELECTRONIC: [&str; 20] = [
    "arkiv",
    "bok",
    "böcker",
    "cigar",
    "demokrati",
    "diari",
    "faktur",
    "förslag",
    "förvaltning",
    "handel",
    "hälsa",
    "hälso",
    "legitim",
    "lärande",
    "nämnd",
    "post",
    "recept",
    "signering",
    "tidning",
    "tjänst",
];

/// Whether `token` is a first part that has its hyphen anywhere on a line, before words: `icke-verbal`, `vice-ordförande`.
/// One that also begins longer words (`ex-⏎empel`) is so only before a word that makes none with it.
fn keeps_hyphen(token: &str, go_on: &str) -> bool {
    let token = token
        .trim_start_matches(|char: char| !char.is_alphanumeric())
        .to_lowercase();
    let counts = |word: &str| lexicon::count(&word.to_lowercase()) > 0;
    match token.as_str() {
        "icke" => is_word(go_on),
        "vice" => is_word(go_on) && !go_on.starts_with("värd"),
        // What a vote is: a word of its own that nothing is compounded with but so.
        "ja" | "nej" => go_on.starts_with("röst") || go_on.starts_with("sid"),
        "ex" => counts(go_on) && !counts(&format!("{token}{go_on}")),
        _ => false,
    }
}

/// Whether two adjectives of peoples or places are coupled: `svensk-finska`, `fransk-tyskt`. A noun may end in -sk too
/// (`fisk-⏎marknad`), but then it is no adjective that goes on.
fn names_two_peoples(head: &str, go_on: &str) -> bool {
    let go_on = go_on.to_lowercase();
    let go_on = go_on.trim_end_matches(|char: char| !char.is_alphabetic());
    let stem = ["sk", "skt", "ska"]
        .iter()
        .find(|end| go_on.ends_with(*end))
        .map(|end| &go_on[..go_on.len() - end.len()]);
    let head = head.to_lowercase();
    let Some(stem) = stem.filter(|stem| stem.chars().count() >= 2) else {
        return false;
    };
    head.ends_with("sk")
        && head.chars().count() >= 5
        && (is_word(&head) || is_word(&format!("{head}a")))
        && (is_word(go_on) || is_word(&format!("{stem}sk")))
        && lexicon::count(&format!("{head}{go_on}")) == 0
}

/// Whether a word is the beginning of an address of the net, whose hyphens are its own.
fn is_address(token: &str) -> bool {
    let token = token.to_ascii_lowercase();
    token.contains("://") || token.contains("www.") || token.contains('@')
}

pub(super) fn is_word(word: &str) -> bool {
    let word = word.to_lowercase();
    lexicon::count(&word) > 0 || !lexicon::parts(&word).is_empty()
}

/// Joins the lines of text that was already pulled out of a document. Lines stay lines: one whose only word moved up is
/// left empty. One empty line between two lines may be how the text is spaced, and is looked past.
pub(super) fn in_plain(text: &str) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let spaced = double_spaced(&lines);
    let mut at = 0;
    while at + 1 < lines.len() {
        let trimmed = lines[at].trim_end().len();
        if trimmed == 0 || !lines[at][..trimmed].ends_with(HYPHENS) {
            at += 1;
            continue;
        }
        let mut line = lines[at][..trimmed].to_owned();
        let mut next = at + 1;
        let mut joined = false;
        // A date may be broken twice: what moved up whole may end in a hyphen itself.
        while next < lines.len() {
            if spaced && lines[next].trim().is_empty() {
                next += 1;
            }
            let Some(below) = lines.get_mut(next) else {
                break;
            };
            let mut rest = below.trim_start().to_owned();
            if !complete(&mut line, &mut rest) {
                break;
            }
            joined = true;
            *below = rest;
            if !below.is_empty() || !line.ends_with(HYPHENS) {
                break;
            }
            next += 1;
        }
        if joined {
            lines[at] = line;
        }
        at += 1;
    }
    lines.join("\n")
}

/// Whether a hyphen at the end of `line` breaks a word that the first one of `next` makes one that is known.
pub(super) fn is_known(line: &str, next: &str) -> bool {
    let Some(stem) = line.strip_suffix(['-', SOFT_HYPHEN]) else {
        return false;
    };
    let head = stem
        .rsplit(|char: char| !char.is_alphanumeric())
        .next()
        .unwrap_or(stem);
    let go_on = next
        .split(|char: char| !char.is_alphanumeric())
        .next()
        .unwrap_or(next);
    let letters = |half: &str| !half.is_empty() && half.chars().all(char::is_alphabetic);
    letters(head)
        && letters(go_on)
        && go_on.starts_with(char::is_lowercase)
        && !AFTER_SUSPENDED.contains(&go_on)
        && is_word(&format!("{head}{go_on}"))
}

/// Whether nearly every line has an empty one after it.
fn double_spaced(lines: &[String]) -> bool {
    let full = |line: &String| !line.trim().is_empty();
    let pairs = lines.windows(2).filter(|pair| full(&pair[0])).count();
    let parted = lines
        .windows(2)
        .filter(|pair| full(&pair[0]) && !full(&pair[1]))
        .count();
    pairs > 2 && parted * 10 >= pairs * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(line: &str, next: &str) -> (String, String) {
        let (mut line, mut next) = (line.to_owned(), next.to_owned());
        complete(&mut line, &mut next);
        (line, next)
    }

    #[test]
    fn broken_words_are_completed() {
        for (line, next, whole, rest) in [
            (
                "Implementerings-",
                "arbetet pågår",
                "Implementeringsarbetet",
                "pågår",
            ),
            (
                "i skrivelsen ef-",
                "terfrågas följande:",
                "i skrivelsen efterfrågas",
                "följande:",
            ),
            ("från per-", "sonal.", "från personal.", ""),
            ("förvalt\u{ad}", "ningen", "förvaltningen", ""),
            ("där Spånga-", "Tensta tagit", "där Spånga-Tensta", "tagit"),
            ("daterad 2016-02-", "11 har", "daterad 2016-02-11", "har"),
            ("åren 2016–", "2018.", "åren 2016–2018.", ""),
            ("med ASI-", "uppföljning", "med ASI-uppföljning", ""),
            ("ASI-uppfölj-", "ning", "ASI-uppföljning", ""),
            (
                "social-",
                "förvaltnings- och omsorg",
                "socialförvaltnings- och",
                "omsorg",
            ),
            (
                "rekryteringsproble-",
                "men av",
                "rekryteringsproblemen",
                "av",
            ),
            ("Ä-", "rendet har", "Ärendet", "har"),
            (
                "inom barn-",
                "och ungdomsvården",
                "inom barn- och",
                "ungdomsvården",
            ),
            ("vårdnads-", "eller boende", "vårdnads- eller", "boende"),
            ("genom e-", "tjänst", "genom e-tjänst", ""),
            ("genom e-", "post till", "genom e-post", "till"),
            ("en icke-", "verbal miljö", "en icke-verbal", "miljö"),
            ("hennes ex-", "make har", "hennes ex-make", "har"),
            ("till ex-", "empel en", "till exempel", "en"),
            ("en ex-", "tern part", "en extern", "part"),
            ("som vice-", "ordförande", "som vice-ordförande", ""),
            (
                "mellan 12 000-",
                "15 000 kronor",
                "mellan 12 000-15 000",
                "kronor",
            ),
            ("1 200 000–", "1 500 000.", "1 200 000–1 500 000.", ""),
            (
                "läsåret 2019-",
                "2020 100 elever",
                "läsåret 2019-2020",
                "100 elever",
            ),
            ("sidan 12-", "15 100 elever", "sidan 12-15", "100 elever"),
            ("under 90-", "talet", "under 90-talet", ""),
            ("Dnr HL-", "2019/619", "Dnr HL-2019/619", ""),
            ("TJÄNSTE-", "UTLÅTANDE", "TJÄNSTEUTLÅTANDE", ""),
            ("SPÅNGA-", "TENSTA", "SPÅNGA-TENSTA", ""),
            (
                "se www.brantevalla.example/barn-",
                "och-unga för mer",
                "se www.brantevalla.example/barn-och-unga",
                "för mer",
            ),
            (
                "till anna-",
                "lena.berg@brantevalla.example",
                "till anna-lena.berg@brantevalla.example",
                "",
            ),
            ("dnr 2.2.1-", "230/2016,", "dnr 2.2.1-230/2016,", ""),
        ] {
            assert_eq!(
                joined(line, next),
                (whole.to_owned(), rest.to_owned()),
                "{line}⏎{next}"
            );
        }
    }

    #[test]
    fn the_hyphen_between_two_peoples_stays() {
        for (line, next, whole) in [
            ("den svensk-", "finska föreningen", "den svensk-finska"),
            ("ett fransk-", "tyskt avtal", "ett fransk-tyskt"),
            ("den fisk-", "rika sjön", "den fiskrika"),
        ] {
            let (mut line, mut next) = (line.to_owned(), next.to_owned());
            assert!(complete(&mut line, &mut next));
            assert_eq!(line, whole);
        }
    }

    #[test]
    fn other_ends_are_left() {
        for (line, next) in [
            ("så -", "som sagt"),
            ("Kostnad –", "se bilaga"),
            ("punkt ett.", "Två"),
            ("–", "att öka"),
            ("-", "att öka"),
            ("kostnaden är --", "okänd"),
            ("hem-", "(bilaga 2)"),
            ("slut-", ""),
        ] {
            assert_eq!(
                joined(line, next),
                (line.to_owned(), next.to_owned()),
                "{line}⏎{next}"
            );
        }
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        assert_eq!(in_plain("a för-\nvaltningen b\nc"), "a förvaltningen\nb\nc");
        assert_eq!(in_plain("a 2016-\n02-\n11 b\nc"), "a 2016-02-11\n\nb\nc");
        let spaced = "inspektörer, där Spånga- \n\nTensta tagit \n\nen aktiv \n\nroll i \n\ndet";
        assert_eq!(
            in_plain(spaced),
            "inspektörer, där Spånga-Tensta\n\ntagit \n\nen aktiv \n\nroll i \n\ndet"
        );
        let plain = "ett \n\n två\n";
        assert_eq!(in_plain(plain), plain);
    }

    #[test]
    fn halves_of_a_known_word_are_told() {
        for (line, next, known) in [
            ("har förvalt-", "ningen redovisat", true),
            ("har förvalt\u{ad}", "ningen, redovisat", true),
            ("(personalom-", "sättningen) ökar", true),
            ("har förvalt", "ningen redovisat", false),
            ("för barn-", "och ungdomar", false),
            ("i Spånga-", "Tensta", false),
            ("åren 2016-", "2018", false),
            ("har xqvzt-", "wkrpq", false),
            ("-", "ningen", false),
            ("har förvalt-", "", false),
        ] {
            assert_eq!(is_known(line, next), known, "{line}⏎{next}");
        }
    }

    proptest::proptest! {
        #[test]
        fn joining_moves_no_letter_and_no_line(text in "[a-zåäö0-9 \n-]{0,80}") {
            let letters = |text: &str| text.replace([' ', '\n', '-'], "");
            let joined = in_plain(&text);
            proptest::prop_assert_eq!(letters(&joined), letters(&text));
            proptest::prop_assert_eq!(joined.matches('\n').count(), text.matches('\n').count());
        }
    }
}
