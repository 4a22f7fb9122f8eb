//! The rarer forms in which a text ties writers to an initiative: those that [`super::writers`] asks last, or first.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::mark::{self, Mark};
use super::name_end::name_end;
use super::sheet::{Sheet, begins, ends, tolerant};
use super::who::{Who, who_at};

/// Who put an initiative that is said to be put between them and its word: `den av A (p) väckta motionen`.
pub(super) fn put_by(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    const PUT: [&[u8]; 5] = [
        b" vackta ",
        b" inlamnade ",
        b" stallda ",
        b" framstallda ",
        b" inkomna ",
    ];
    let from = at.start.saturating_sub(120).max(sentence.start);
    let before = &sheet.folded[from..at.start];
    if !PUT.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let by = from + memchr::memmem::rfind(before, b"den av ")? + b"den av ".len();
    let who = who_at(sheet, by, around);
    let rest = sheet.folded.get(who.end..at.start)?;
    (!who.marks.is_empty()
        && PUT
            .iter()
            .any(|word| rest.ends_with(word) && rest.len() < 16))
    .then_some(who)
}

/// Who asks for something in a letter: `Begäran från (L) i skrivelse om snö`.
pub(super) fn asked_in(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    static ASKS: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"\b(?:begäran|förslag|frågor|önskemål) från "));
    // "Frågorna ovan är ställda av (S) i en skrivelse"
    static PUT: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:frågorna|frågan|förslagen|förslaget|önskemålen) (?:[a-z]+ )?(?:är |har )?(?:ställda|ställd|ställts|framställda|framställts|framförts|lämnats|väckts|väckta) av ",
        )
    });
    let from = at
        .start
        .saturating_sub(120)
        .max(sentence.start.min(at.start));
    let before = &sheet.folded[from..at.start];
    let before = ["i en ", "i sin ", "i "]
        .iter()
        .find_map(|word| before.strip_suffix(word.as_bytes()))?
        .strip_suffix(b" ")?;
    let put = || {
        memchr::memmem::find(before, b" av ")?;
        PUT.find_iter(before).last()
    };
    let asks = ASKS.find_iter(before).last().or_else(put)?.end();
    let who = who_at(sheet, from + asks, around);
    (!who.marks.is_empty() && who.end == from + before.len()).then_some(who)
}

/// The bare code that alone begins the line before the word, behind a number: `4. S motion om snö`.
pub(super) fn code_before(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Mark> {
    let line = memchr::memrchr(b'\n', &sheet.folded[..at.start]).map_or(0, |line| line + 1);
    let before = &sheet.cased[line..at.start];
    let letter = before.iter().position(u8::is_ascii_alphabetic)?;
    let code = &before[letter..];
    if code.len() > 4 || code.last() != Some(&b' ') || !code[0].is_ascii_uppercase() {
        return None;
    }
    mark::code_at(sheet, line + letter, around).filter(|mark| mark.range.end + 1 == at.start)
}

/// The people without a party whose own the motion is called that others are asked about: `Elsa Bergs och Ulf Eks motion har
/// remitterats till`.
pub(super) fn owners(sheet: &Sheet, at: &Range<usize>) -> Option<Who> {
    static SENT: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^ (?:har )?(?:remitterats|remitterades|skickats på remiss|skickades på remiss|varit på remiss)\b",
        )
    });
    let folded = sheet.folded.as_slice();
    if !matches!(folded[at.start], b'm' | b'r')
        || !ends(&folded[..at.start], b"s ")
        || !SENT.is_match(&folded[at.end..(at.end + 40).min(folded.len())])
    {
        return None;
    }
    let mut who = Who {
        end: at.start,
        ..Who::default()
    };
    let mut end = at.start - 1;
    loop {
        // A first name, a blank, a surname with its s.
        let word = |end: usize| {
            let letters = sheet.cased[..end].iter().rev();
            let letters = letters.take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'-');
            let start = end - letters.count();
            let name = sheet.cased[start..end].split_first()?;
            (name.0.is_ascii_uppercase() && name.1.iter().any(u8::is_ascii_lowercase))
                .then_some(start)
        };
        let Some(last) = word(end).filter(|last| *last > 0 && folded[end - 1] == b's') else {
            break;
        };
        let Some(first) = word(last - 1) else {
            break;
        };
        who.people.insert(0, (first..end, None));
        let joined = [&b" och "[..], b" samt ", b", "]
            .iter()
            .find_map(|joiner| folded[..first].strip_suffix(*joiner));
        let Some(before) = joined else {
            break;
        };
        end = before.len();
    }
    (!who.people.is_empty()).then_some(who)
}

/// The person without a party whose own the answered initiative is called.
pub(super) fn owned(sheet: &Sheet, at: &Range<usize>) -> Option<Who> {
    static OWNED: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:svar(?:et)? (?:på|till)|besvarande av|besvara[rd]e?|med anledning av) ([a-z][a-z-]+ [a-z][a-z-]+s) (?:enkla |skriftliga )?$",
        )
    });
    if !ends(&sheet.folded[..at.start], b"s ") {
        return None;
    }
    let from = at.start.saturating_sub(90);
    let name = OWNED.captures(&sheet.folded[from..at.start])?.get(1)?;
    let name = from + name.start()..from + name.end();
    // Blanks of any number and kind may part them.
    let mut words = sheet.cased[name.clone()]
        .split(u8::is_ascii_whitespace)
        .filter_map(<[u8]>::split_first);
    words
        .all(|(first, rest)| first.is_ascii_uppercase() && rest.iter().any(u8::is_ascii_lowercase))
        .then(|| Who {
            end: name.end,
            people: vec![(name, None)],
            ..Who::default()
        })
}

/// The people without a party who begin the sentence of a motion or an interpellation as those who put it.
pub(super) fn unmarked(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    static IN_IT: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^¤?,? (?:har|hade) (?:för (?:[a-z]+ ){1,4})?(?:i|lämnat in|lämnat|väckt|gjort|skrivit|ställt) (?:en |sin |denna )?$",
        )
    });
    let folded = sheet.folded.as_slice();
    if !matches!(folded[at.start], b'm' | b'r' | b'i' | b'l' | b'1') {
        return None;
    }
    let from = at.start.saturating_sub(120).max(sentence.start);
    let whole =
        |(name, _): &(Range<usize>, _)| folded[name.clone()].iter().any(u8::is_ascii_whitespace);
    let lines = memchr::memrchr_iter(b'\n', &folded[from..at.start]).map(|line| from + line + 1);
    lines.chain([from]).take(3).find_map(|line| {
        let mut who = who_at(sheet, line, around);
        let between = folded.get(who.end..at.start)?;
        if who.people.is_empty() || !who.people.iter().all(whole) || !IN_IT.is_match(between) {
            return None;
        }
        // "Elsa Berg har för vänsterpartiet i motion föreslagit"
        if let Some(at) = memchr::memmem::find(between, b" for ")
            && let Some(party) = mark::word_at(sheet, who.end + at + 5)
        {
            for (_, of) in &mut who.people {
                of.get_or_insert(party.party);
            }
            who.marks.push(party);
        }
        Some(who)
    })
}

pub(super) fn inverted(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    static VERB: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:har|föreslår|föreslog|begär|begärde|vill|framför|frågar|undrar|anför|yrkar|skriver|lyfter|påpekar|ställer|önskar|efterfrågar|hemställer|uppmärksammar|tar|anser|menar)\s+",
        )
    });
    let folded = sheet.folded.as_slice();
    VERB.find_iter(&folded[at.end..sentence.end])
        .take(3)
        .find_map(|verb| {
            // "A (p) har tillsammans med B (p) lämnat in": who did it stands before the verb.
            if begins(verb.as_bytes(), b"har ")
                && ends(folded[..at.end + verb.start()].trim_ascii_end(), b")")
            {
                return None;
            }
            let who = who_at(sheet, at.end + verb.end(), around);
            (!who.marks.is_empty()).then_some(who)
        })
}

/// Who is named in the sentence behind the word's, as who handed it in, or in the greeting above it.
pub(super) fn beside(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    static HANDED: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[.\s]*(?:(?:frågan )?(?:(?:den|skrivelsen|motionen|interpellationen) (?:är|var|har) )?(?:inlämnad|väckt|ställd|undertecknad|författad|skriven|lämnats in|väckts|ställts|undertecknats) av:? |(?:förslagsställare|frågeställare|avsändare|undertecknare|initiativtagare|inlämnare): ?)",
        )
    });
    static YOURS: LazyLock<Pattern> = LazyLock::new(|| tolerant(r"\b(?:din|er|ditt|ert) $"));
    static GREETING: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\W*(?:hej|bäst[ae]|till|kära|käre) "));
    let folded = sheet.folded.as_slice();
    let behind = &folded[sentence.end..(sentence.end + 60).min(folded.len())];
    let start = match HANDED.find(behind) {
        Some(handed) => sentence.end + handed.end(),
        None => {
            if !YOURS.is_match(&folded[at.start.saturating_sub(6)..at.start]) {
                return None;
            }
            GREETING.find(&folded[..at.start])?.end()
        }
    };
    let who = who_at(sheet, start, around);
    (!who.marks.is_empty()).then_some(who)
}

/// Whether those whose list begins at `start`, behind the definite word at `at`, give the answer: `Svar på interpellationen av
/// borgarrådet A (p)`, and who asked was named above.
pub(super) fn is_answerer(sheet: &Sheet, at: &Range<usize>, start: usize) -> bool {
    static OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:(?:finans)?borgarrådet|kommunalrådet|kommunrådet|landstingsrådet|regionrådet|(?:[a-z]*(?:nämndens|styrelsens) )?ordföranden) ",
        )
    });
    let folded = sheet.folded.as_slice();
    let word = &folded[at.clone()];
    ends(word, b"en")
        && ends(&folded[..at.start], b"svar pa ")
        && OFFICE.is_match(&folded[start..(start + 60).min(folded.len())])
}

/// Who wrote each of several initiatives that a colon lists: `två motioner om snö: A (p) om vägar och B (q) om torg`.
pub(super) fn several(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    let folded = sheet.folded.as_slice();
    if !ends(&folded[at.clone()], b"er") {
        return None;
    }
    let line = memchr::memchr(b'\n', &folded[at.end..]).map_or(folded.len(), |to| at.end + to);
    let end = line.min(sentence.end.max(at.end));
    let colon = memchr::memchr(b':', folded.get(at.end..end)?).filter(|colon| *colon < 100)?;
    let whole = |who: &Who| {
        !who.marks.is_empty()
            && (who.people.iter()).all(|(name, _)| folded[name.clone()].contains(&b' '))
    };
    let mut all = who_at(sheet, at.end + colon + 1, around);
    if all.people.is_empty() || !whole(&all) || all.end > end {
        return None;
    }
    let begin = all.end;
    let mut starts: Vec<usize> = [&b" och "[..], b" samt ", b", "]
        .iter()
        .flat_map(|joiner| {
            memchr::memmem::find_iter(&folded[begin..end], joiner)
                .map(move |at| begin + at + joiner.len())
        })
        .collect();
    starts.sort_unstable();
    for start in starts {
        if start < all.end || !sheet.cased[start].is_ascii_uppercase() {
            continue;
        }
        let next = who_at(sheet, start, around);
        if next.end <= end && !next.people.is_empty() && whole(&next) {
            all.end = next.end;
            all.people.extend(next.people);
            all.marks.extend(next.marks);
        }
    }
    Some(all)
}

/// Bytes behind the word of several initiatives in which it is said who handed in each.
const EACH: usize = 1_500;

/// Who handed in each of several initiatives: `Den ena har lämnats in av A (p) och den andra av B (q)`.
pub(super) fn each(sheet: &Sheet, at: &Range<usize>, around: &str) -> Option<Who> {
    static BY: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:har (?:in)?lämnats(?: in)?|(?:in)?lämnades(?: in)?|är (?:inlämnad|undertecknad|skriven)|har skrivits|har väckts|väcktes|den (?:ena|andra|första|tredje|fjärde|sista)(?: skrivelsen| motionen)?(?: är| kommer| kom)?) (?:av|från) ",
        )
    });
    let folded = sheet.folded.as_slice();
    if !ends(&folded[at.clone()], b"er") {
        return None;
    }
    let behind = &folded[at.end..(at.end + EACH).min(folded.len())];
    let behind = &behind[..memchr::memmem::find(behind, b"\n\n").unwrap_or(behind.len())];
    let mut all = Who::default();
    let mut lists = 0;
    for by in BY.find_iter(behind) {
        let who = who_at(sheet, at.end + by.end(), around);
        if !who.marks.is_empty() && who.end > all.end {
            lists += 1;
            all.end = who.end;
            all.people.extend(who.people);
            all.marks.extend(who.marks);
        }
    }
    (lists > 1).then_some(all)
}

/// Who wrote the next of several initiatives of which each has its topic on their line: ` om snö och B (p) om grus`.
pub(super) fn each_with_topic(sheet: &Sheet, rest: Range<usize>, around: &str) -> Option<Who> {
    static TOPIC: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^[)\]}]*¤? (?:om|angående|ang\.?|gällande|rörande|avseende) "));
    let folded = sheet.folded.as_slice();
    let line = memchr::memchr(b'\n', &folded[rest.clone()]).unwrap_or(rest.len());
    let line = &folded[rest.start..rest.start + line];
    if !TOPIC.is_match(line) {
        return None;
    }
    [&b" och "[..], b" samt ", b", "].iter().find_map(|joiner| {
        let at = rest.start + memchr::memmem::find(line, joiner)? + joiner.len();
        let who = who_at(sheet, at, around);
        let whole = who
            .people
            .iter()
            .all(|(name, party)| party.is_some() && folded[name.clone()].contains(&b' '));
        (sheet.cased.get(at)?.is_ascii_uppercase()
            && !who.people.is_empty()
            && whole
            && TOPIC.is_match(&folded[who.end..]))
        .then_some(who)
    })
}

/// Who did something with the initiative in the clause behind its word.
pub(super) fn relative(
    sheet: &Sheet,
    at: &Range<usize>,
    sentence: &Range<usize>,
    around: &str,
) -> Option<Who> {
    static DID: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^[)\]}., ]*(?:har |hade )?(?:in)?(?:lämna|ställ|skriv|skrev|väck|överlämna|inkom|la[dg]|framställ|ge[rt]|gav|anmäl)",
        )
    });
    let folded = sheet.folded.as_slice();
    // "svarar på en fråga om fontäner som A (p) ställde"
    static MATTER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^(?:om|gällande|angående|kring|rörande) [^.\n()]{2,90}? som (?:ledamoten |ersättaren )?[a-z][a-z-]+ [a-z .'-]{2,40}\([a-z]{1,4}\)\)? (?:har |hade )?(?:ställ|väck|lämna)",
        )
    });
    let rest = folded[at.end..sentence.end].trim_ascii_start();
    let start = match rest.strip_prefix(b"som ") {
        Some(rest) => sentence.end - rest.len(),
        None => {
            let matter = MATTER.find(rest)?;
            let som = memchr::memmem::rfind(matter.as_bytes(), b" som ")?;
            sentence.end - rest.len() + som + b" som ".len()
        }
    };
    let who = who_at(sheet, start, around);
    (!who.marks.is_empty() && DID.is_match(&folded[who.end..sentence.end])).then_some(who)
}

/// `who` with the person who stands behind their party: `Motion (V) Elsa Berg: Fri entré`, `Motion från V - Elsa Berg - Fri entré`.
pub(super) fn with_person(sheet: &Sheet, mut who: Who) -> Who {
    let folded = sheet.folded.as_slice();
    let (true, [mark]) = (who.people.is_empty(), who.marks.as_slice()) else {
        return who;
    };
    let dash = folded[who.end..].starts_with(b" - ");
    let start = who.end + if dash { 3 } else { 1 };
    if !dash && folded.get(who.end) != Some(&b' ') {
        return who;
    }
    let Some(end) = name_end(sheet, start) else {
        return who;
    };
    let name = &folded[start..end];
    let ends = match dash {
        true => folded[end..].starts_with(b" - "),
        false => folded[end..].starts_with(b": "),
    };
    // A name is two or three words of its line.
    let words = name.split(|byte| *byte == b' ').count();
    if ends && (2..=3).contains(&words) && !name.contains(&b'\n') {
        who.people.push((start..end, Some(mark.party)));
    }
    who
}

/// Whether the first of `who` is named elsewhere as the one whom an interpellation is put to, or who answers it: the answer
/// that is named with their name is theirs.
pub(super) fn is_asked(sheet: &Sheet, who: &Who, at: &Range<usize>) -> bool {
    static TO: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(r"\b(?:till|av|från) (?:[a-z-]+ ){0,5}(?:ordföranden?|[a-z]*råde?t?) $")
    });
    let folded = sheet.folded.as_slice();
    let Some((name, _)) = who.people.first() else {
        return false;
    };
    matches!(folded[at.start], b'i' | b'l' | b'1')
        && ends(&folded[..at.start], b"svar pa ")
        && memchr::memmem::find_iter(folded, &folded[name.clone()]).any(|other| {
            other != name.start && TO.is_match(&folded[other.saturating_sub(90)..other])
        })
}
