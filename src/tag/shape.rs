//! The shape of a passage: its heading, its lines → whether it is one matter, a list of attendees or of files, or prose.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::answer::Initiative;
use super::decide::Scene;
use super::noun::Noun;
use super::sheet::{Gated, Sheet, cue, gated, tolerant};

/// Whether the word at `place` only heads the sheet of minutes on which one matter stands: `2 Storby kommun
/// Sammanträdesprotokoll`, and behind it its dnr and what it is about.
pub(super) fn is_sheet_of_matter(scene: &Scene<'_>, place: &Range<usize>) -> bool {
    cue!(
        PARTS,
        r"\b(?:sammanfattning|ärendebeskrivning|beskrivning av ärendet|beslutsunderlag|bakgrund|förslag till beslut|ärendet|inledning|beredning|yrkanden)\b"
    );
    cue!(
        MEETING,
        r"\bbeslutande\b|\bnärvar|\bjuster(?:are|ing|at|as|ar)\b|\bplats och tid\b|\bledamöter\b|\bersättare\b|\bupprop\b|\bparagrafer\b"
    );
    let folded = scene.sheet.folded.as_slice();
    let words = folded[place.clone()].trim_ascii();
    (words.ends_with(b"protokoll") || words.ends_with(b"protoko11"))
        && place.start < 80
        && (1..3).contains(&memchr::memmem::find_iter(folded, b"dnr").take(3).count())
        && PARTS.is_in(scene.sheet, folded)
        && !MEETING.is_in(scene.sheet, folded)
}

/// Whether the passage begins with a matter's number and heading on a line that ends before `at`: what is moved and said
/// below belongs to the matter.
pub(super) fn has_heading(scene: &Scene<'_>, at: usize) -> bool {
    cue!(
        HEADING,
        r"^\W*(?:(?:ärende )?\d{1,3}(?:\.\d{1,3}){0,2}|[$] ?\d{1,3}(?:/\d{2,4})?)[a-z]?[.:,]?\s+[^\n]{8,}\n|^[^\n]{8,}?\bdnr\b[^\n]{4,}\n"
    );
    let folded = scene.sheet.folded.as_slice();
    scene.headed
        && HEADING
            .find(folded)
            .is_some_and(|heading| heading.end() <= at)
}

/// The heading of the only matter of an extract from minutes: a `§ 34` that stands alone on its line or before its heading,
/// and no list of those who were there before it. The page's title may have it again, and other bodies' numbers may stand
/// below it, where the matter has been: `KF § 34`, `KS § 12`.
pub(super) fn extract(scene: &Scene<'_>) -> Option<Range<usize>> {
    // "8 34" alone on its line is "§ 34".
    cue!(
        SECTION,
        r"(?m)^[ \t]*(?:(ks|kf|rs|rf|ls|lf|[a-z]{1,3}n) )?(?:[$] ?(\d{1,3})(?:/\d{2,4})?\b[^\n]*|8 (\d{1,3})[ \t]*)$"
    );
    // "Ks 34 Dnr 2017-000042 ÄMNE"
    static BODY_AND_NUMBER: LazyLock<Pattern> =
        LazyLock::new(|| tolerant(r"^\s*(?:ks|kf|rs|rf) \d{1,3} d ?nr [^\n]*"));
    cue!(
        PRESENT,
        r"\([a-z]{1,2}\)|\bnärvarande|\bbeslutande\b|\bledamöter\b"
    );
    let folded = scene.sheet.folded.as_slice();
    if let Some(heading) = BODY_AND_NUMBER.find(folded) {
        return Some(heading.range());
    }
    // Most papers have no such sign near a line's beginning, and to look for one is cheap.
    let sign = || {
        memchr::memchr2_iter(b'$', b'8', folded).any(|at| {
            folded[at] == b'$'
                || folded.get(at + 1).is_some_and(u8::is_ascii_whitespace)
                    && !folded[..at].last().is_some_and(u8::is_ascii_digit)
        })
    };
    if !SECTION.may_be_in(scene.sheet) || !sign() || !SECTION.is_match(folded) {
        return None;
    }
    let mut sections = SECTION.captures_iter(folded).filter_map(|found| {
        let number = found.get(2).or(found.get(3))?.as_bytes();
        let body = found.get(1).map(|body| body.as_bytes());
        Some((found.get(0)?.start(), body, number))
    });
    let (start, mut body, number) = sections.next()?;
    // "Protokollet omfattar § 25": who signs an extract of one matter stands above it.
    cue!(COVERS, r"\bomfattar [$] ?(\d{1,3})[ \t]*(?:\n|$)");
    let covered = COVERS
        .captures(&folded[..start])
        .and_then(|found| found.get(1))
        .is_some_and(|covered| covered.as_bytes() == number);
    if !covered && PRESENT.is_match(&folded[..start]) {
        return None;
    }
    for (_, other, same) in sections {
        if same == number {
            body = body.or(other);
        } else if body.is_none() || other.is_none() || other == body {
            return None;
        }
    }
    // Below the page's title the sheet's head may stand, and then the number again.
    cue!(
        SHEET_HEAD,
        r"^\W*(?:sammanträdes-?)?protokoll\b|^\W*utskrivet från"
    );
    let mut lines = folded[start..]
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .take_while(|line| !SHEET_HEAD.is_match(line));
    let length: usize = lines.by_ref().take(2).map(<[u8]>::len).sum();
    Some(start..start + length)
}

/// Whether each line, but for a heading, is the name of a file: what is attached, and no matter.
pub(super) fn is_list_of_files(scene: &Scene<'_>) -> bool {
    cue!(FILE_NAME, r"\.(?:pdf|docx?|xlsx?|pptx?)\b[^\n]{0,16}$");
    cue!(
        ATTACHED,
        r"^\W*(?:bilag|handling|dokument|ärendedokument|beslutsunderlag)[a-z ]*:?\s*$"
    );
    let mut files = 0;
    for line in scene.sheet.folded.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if FILE_NAME.is_match(line) {
            files += 1;
        } else if !line.is_empty() && !ATTACHED.is_match(line) {
            return false;
        }
    }
    files > 0
}

/// Whether the words that announce something are a section's heading in capitals above an interpellation, a question or a
/// motion: `NYA INTERPELLATIONER`, and below it `30 Nr 2015:44 av A (p)`.
pub(super) fn heads_initiatives(scene: &Scene<'_>, notice: &Range<usize>) -> bool {
    let sheet = scene.sheet;
    let line = memchr::memchr(b'\n', &sheet.folded[notice.start..])
        .map(|end| &sheet.cased[notice.start..notice.start + end])
        // A bullet may stand before it.
        .and_then(|line| {
            let first = line.iter().position(u8::is_ascii_alphabetic)?;
            let bullet = first < 4 && !line[..first].iter().any(u8::is_ascii_digit);
            Some(if bullet { &line[first..] } else { line })
        })
        .map(<[u8]>::trim_ascii);
    cue!(
        HEADING,
        r"^(?:(?:anmälan av )?(?:nya|nyinkomna|inkomna|inlämnade|väckta) )?(?:motioner|interpellationer|(?:enkla )?frågor)[ :,]*(?:anmälan)?$"
    );
    let motions = |one: &&Initiative| one.noun == Noun::Motion && !one.who.is_empty();
    // "Anmälan av inkomna motioner", and below it several of them: the list.
    if folded_starts(sheet, notice, b"anmal")
        && scene.initiatives.iter().filter(motions).count() > 1
    {
        return false;
    }
    // "3. Inkomna interpellationer och enkla frågor": what is put to somebody is more than made known.
    cue!(
        PUT,
        r"^\W*(?:\d{1,3}[.)]?\s+)?(?:nya|nyinkomna|inkomna|inlämnade|väckta) (?:interpellationer|(?:enkla )?frågor)(?: (?:och|samt) (?:enkla )?(?:frågor|interpellationer))?[ \t]*:?[ \t]*$"
    );
    let folded = sheet.folded.as_slice();
    let first = folded[notice.clone()]
        .iter()
        .position(u8::is_ascii_alphabetic)
        .map_or(notice.start, |letter| notice.start + letter);
    let start = memchr::memrchr(b'\n', &folded[..first]).map_or(0, |line| line + 1);
    let whole = folded[start..]
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let put = PUT.is_match(whole);
    (put || line.is_some_and(|line| {
        line.iter().any(u8::is_ascii_alphabetic) && !line.iter().any(u8::is_ascii_lowercase)
            || HEADING.is_match(&line.to_ascii_lowercase())
    })) && scene.initiatives.iter().any(|one| {
        matches!(one.noun, Noun::Interpellation | Noun::Motion)
            && !one.who.is_empty()
            && one.at.start > notice.start
    })
}

/// Whether the words at `place` begin with these letters.
fn folded_starts(sheet: &Sheet, place: &Range<usize>, letters: &[u8]) -> bool {
    sheet.folded[place.clone()]
        .iter()
        .position(u8::is_ascii_alphabetic)
        .is_some_and(|first| sheet.folded[place.start + first..].starts_with(letters))
}

/// Whether the words at `place` only stand first on a line because the one before it was full: that one ends with a small
/// letter, and they begin with one.
pub(super) fn is_wrapped(sheet: &Sheet, place: &Range<usize>) -> bool {
    let words = &sheet.cased[place.clone()];
    let Some(first) = words.iter().position(u8::is_ascii_alphabetic) else {
        return false;
    };
    let before = &sheet.cased[..place.start + first];
    let above = before.trim_ascii_end();
    let gap = &before[above.len()..];
    words[first].is_ascii_lowercase()
        && gap.iter().filter(|byte| **byte == b'\n').count() == 1
        && above.last().is_some_and(u8::is_ascii_lowercase)
}

/// A list of attendees: most lines hold a person with a party, and nothing before the person.
pub(super) fn is_roll(scene: &Scene<'_>) -> bool {
    cue!(
        ATTENDEE,
        r"^[a-z .'-]{3,45}\([a-z]{1,3}\)[^(]{0,40}(?:\([a-z0-9: ]{4,30}\))?$"
    );
    let folded = scene.sheet.folded.as_slice();
    if scene.parts.whole || scene.marks < 3 {
        return false;
    }
    let lines: Vec<&[u8]> = folded
        .split(|byte| *byte == b'\n')
        .filter(|line| line.len() > 3)
        .collect();
    let attendees = lines.iter().filter(|line| ATTENDEE.is_match(line)).count();
    attendees > 2 && attendees * 10 >= lines.len() * 6
}

/// What a newspaper or a party writes of a meeting: somebody is quoted, or it says when it was published. No paper of a nämnd
/// is so, with its number, its § or its proposal.
pub(super) fn is_news(scene: &Scene<'_>) -> bool {
    cue!(
        NEWS,
        r"\n\s*- ?[^\n]{4,300}, (?:säger|sade|sa|berättar|menar|undrar|skriver|tycker|förklarar|hävdar) [a-z]+ [a-z]+|\bpublicerad (?:den )?\d{1,2} [a-z]+|\bpartiförening|\blokaltidning|\binsändare\b|\bpressmeddelande\b|\bkvällens kommunfullmäktige|\bsvar på vår (?:interpellation|motion|skrivelse)|\bvi i (?:vänsterpartiet|moderaterna|centerpartiet|liberalerna|miljöpartiet|kristdemokraterna|socialdemokraterna|sverigedemokraterna)\b"
    );
    cue!(
        PAPER,
        r"[$] ?\d|\bd ?nr\b|\bdiarienummer|\bförslag till beslut\b|\btjänste?utlåtande|\btjänsteskrivelse|\btill (?:kommunfullmäktige|fullmäktige|nämnden)\s*\n|\bundertecknad|\byrkar|\bhemställ"
    );
    let folded = scene.sheet.folded.as_slice();
    !scene.headed
        && !scene.parts.whole
        && (NEWS.is_in(scene.sheet, folded) || is_told(folded))
        && !PAPER.is_in(scene.sheet, folded)
}

/// A page of a municipality's own: it explains to whoever reads it what a motion is and where to find one, when it was
/// published, how the seats are shared. No paper of a meeting does.
pub(super) fn is_page(scene: &Scene<'_>) -> bool {
    cue!(
        PAGE,
        r"\bhär (?:hittar|kan|kommer|ser) du\b|\bnedan (?:ser|hittar|kan|finns)\b|\bdu (?:som (?:är|bor|vill)|kan)\b|\bsidan (?:är |uppdatera)|\bsenast (?:uppdaterad|ändrad|granskad)\b|\buppdatera[dt]:|\bpublicera[dt]\b|\bmandatfördelning|\bväcka? ärenden genom\b|\bhögsta beslutande organ\b|\bvilka som (?:sitter|är|ingår)\b|\bkontakta oss\b|\bklicka\b|\bi korthet\b|\bur(?:val|plock) av\b|\bså (?:fungerar|går det till)\b|\bläs mer\b|\bi efterhand\b"
    );
    cue!(
        DEFINES,
        r"\b(?:motion(?:en|er)?|interpellation(?:en|er)?|fråga|medborgarförslag|e-förslag)(?:na)? är (?:ett (?:skriftligt )?förslag|en (?:skriftlig )?fråga|ledam|förslag|frågor)"
    );
    cue!(
        PAPER,
        r"[$] ?\d|\bd ?nr\b|\bdiarienummer|\n\s*förslag till beslut\b|\btjänste?utlåtande|\btjänsteskrivelse|\bundertecknad|\bnärvarande|\bbeslutande (?:led|närv)|\bjuster"
    );
    let folded = scene.sheet.folded.as_slice();
    let outside = !scene.headed || scene.outside;
    if !outside || scene.parts.whole {
        return false;
    }
    let explains = DEFINES.is_in(scene.sheet, folded);
    if !explains && !PAGE.may_be_in(scene.sheet) {
        return false;
    }
    let mut seen: Vec<&[u8]> = Vec::new();
    for found in PAGE.find_iter(&folded[..folded.len().min(4000)]) {
        if !seen.contains(&found.as_bytes()) {
            seen.push(found.as_bytes());
        }
    }
    // A list on a page may name whom a meeting is to answer.
    let named = || {
        scene
            .initiatives
            .iter()
            .any(|one| !one.who.marks.is_empty())
    };
    (explains || seen.len() > 1 && !named()) && !PAPER.is_in(scene.sheet, folded)
}

/// Whether somebody tells of a meeting as only one who was there or reports of it does: `Igår … här kommer ett axplock … vi
/// fick majoriteten med oss`. Three such words at least, and it does not begin as a letter of its own.
fn is_told(folded: &[u8]) -> bool {
    static TELLS: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"\b(?:idag|i dag|igår|i går|ikväll|i kväll|gårdagens|kvällens|häromdagen|i (?:mån|tis|ons|tors|fre|lör|sön)dags|(?:mån|tis|ons|tors|fre)dagens|vi|oss|vår|våra|vårt|axplock|klicka|tyvärr|framgång|enda partiet|övriga partier|alla partier|majoriteten|koalitionen|de styrande|läs mer|läs hela|läs protokollet|partistyrelsen|landsmöte[t]?|bloggen|oense|röstade (?:för|emot|nej|ja))\b|[a-z]!",
        )
    });
    static LETTER: LazyLock<Pattern> = LazyLock::new(|| {
        tolerant(
            r"^\W*(?:motion|skrivelse|interpellation|enkel fråga|fråga|nämndinitiativ|initiativ|medborgarförslag|svar|till|yttrande|reservation|särskilt)\b",
        )
    });
    let mut seen: Vec<&[u8]> = Vec::new();
    for found in TELLS.find_iter(&folded[..folded.len().min(3000)]) {
        if !seen.contains(&found.as_bytes()) {
            seen.push(found.as_bytes());
        }
    }
    seen.len() > 2 && !LETTER.is_match(folded)
}

/// Prose about parties, outside any agenda: no number before it, no dnr in it.
pub(super) fn is_chatter(scene: &Scene<'_>) -> bool {
    let folded = scene.sheet.folded.as_slice();
    let digits = folded
        .trim_ascii()
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let numbered = (1..4).contains(&digits);
    scene.outside
        && scene.marks > 1
        && !numbered
        && !folded.starts_with(b"svar")
        && !folded.windows(4).any(|four| four == b"dnr ")
}
