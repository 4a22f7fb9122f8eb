//! Whether an answer is given: an answer's words and what stands around them → whether they give one here and now.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::{begins, ends, tolerant};
use super::told::is_named_only;

/// Whether the words of an answer at `svar` give one.
pub(super) fn gives_answer(folded: &[u8], svar: &Range<usize>) -> bool {
    let near = Near::of(folded, svar);
    let another =
        near.is_wanted() || near.is_to_come() || near.is_of_others() || near.is_only_counted();
    !another && !is_named_only(folded, svar.start)
}

/// An answer's words, and what stands around them.
struct Near<'a> {
    before: &'a [u8],
    words: &'a [u8],
    /// The words with the last one whole.
    whole: &'a [u8],
    behind: &'a [u8],
}

impl<'a> Near<'a> {
    fn of(folded: &'a [u8], svar: &Range<usize>) -> Near<'a> {
        let behind = &folded[svar.end..];
        let rest = behind
            .iter()
            .take_while(|byte| byte.is_ascii_lowercase())
            .count();
        Near {
            before: &folded[..svar.start],
            words: &folded[svar.clone()],
            whole: &folded[svar.start..svar.end + rest],
            behind,
        }
    }

    /// As many bytes before the words, at most.
    fn last(&self, bytes: usize) -> &'a [u8] {
        &self.before[self.before.len().saturating_sub(bytes)..]
    }

    /// As many bytes behind the words, at most.
    fn next(&self, bytes: usize) -> &'a [u8] {
        &self.behind[..self.behind.len().min(bytes)]
    }

    /// Whether somebody is to answer: `besvara`, `svara på`.
    fn is_infinitive(&self) -> bool {
        self.words.starts_with(b"besvara ") || self.words.starts_with(b"svara ")
    }

    /// Whether somebody asks for an answer, and gives none.
    fn is_wanted(&self) -> bool {
        // "Vi vill ha svar på följande frågor"
        ASKS.is_match(self.last(40))
            // "Ett svar på vår interpellation dröjer": no office says so.
            || OURS.is_match(self.whole)
            || STILL_WANTED.is_match(self.next(90))
            // "Lena Ek (C) begär att nämnden ska besvara hennes skrivelse"
            || self.is_infinitive() && WANTS.is_match(self.last(120))
    }

    /// Whether the answer is given another day.
    fn is_to_come(&self) -> bool {
        // "Ordföranden besvarar frågan vid nästa möte"
        if self.words.starts_with(b"besvarar ") && NEXT_TIME.is_match(self.next(60)) {
            return true;
        }
        const SEASONS: [&str; 4] = [" hosten ", " varen ", " sommaren ", " vintern "];
        let season = || {
            SEASONS
                .iter()
                .any(|season| ends(self.before, season.as_bytes()))
        };
        // "Återkom med svar på motionen"
        if RETURNS.is_match(self.last(60)) {
            return true;
        }
        // "… i uppdrag att besvara skrivelsen till nästa sammanträde", "… avser att besvara interpellationen vid nästa"
        (CHARGED.is_match(self.last(100)) || INTENDS.is_match(self.last(40)))
            && TO_COME.is_match(self.next(80))
            // "… ska under hösten svara på motioner", "Uppdrag till förvaltningen att besvara skrivelse från A (p)"
            || self.is_infinitive() && (season() || IS_TO.is_match(self.last(100)))
    }

    /// Whether others gave the answer, or gave it before.
    fn is_of_others(&self) -> bool {
        // "Kommunstyrelsen har för yttrande överlämnat en skrivelse från (V)"
        if ends(self.before, b" for ") && SENT_HERE.is_match(self.words) {
            return true;
        }
        let holds = |word: &[u8]| memchr::memmem::find(self.words, word).is_some();
        // "Ordföranden svarar att skrivelsen tas upp i april"
        self.words.starts_with(b"svara") && holds(b" att ")
            // "… frågar när svaret på skrivelsen kommer"
            || self.words.starts_with(b"svaret")
                && ["nar ", "varfor ", "om ", "medan ", "innan "]
                    .iter()
                    .any(|word| ends(self.before, format!(" {word}").as_bytes()))
            // "I svaret på skrivelsen": one that was given before.
            || self.words.starts_with(b"svaret") && ends(self.before, b"i ")
            // "Svar på skrivelsen har lämnats av (S)", to the nämnd itself.
            || CAME_IN.is_match(self.next(60))
            // "Svar på skrivelse från (S) behandlades vid förra mötet"
            || [&b"forra "[..], b"foregaende ", b"tidigare "]
                .iter()
                .any(|when| memchr::memmem::find(self.next(120), when).is_some())
                && GIVEN_BEFORE.is_match(self.next(120))
            // "Moderaterna och Centern har svarat på kommunstyrelsens skrivelse"
            || ends(self.before, b"svarat ")
            // and the nämnd's own is given "som svar på revisorernas skrivelse".
            || OF_BODY.is_match(self.words) && !ends(self.before, b"som ")
            // "Elsa Berg (S) hänvisar till sin motion och till svaret på den", in a debate.
            || REFERS.is_match(self.last(120))
    }

    /// Whether answers are only counted, headed or shown.
    fn is_only_counted(&self) -> bool {
        let holds = |word: &[u8]| memchr::memmem::find(self.words, word).is_some();
        // "Redovisning av motioner 2022" counts them.
        begins(self.words, b"redovisning av ")
            && (begins(self.behind, b"er ")
                // "Redovisning av inkomna skrivelser", but not "av skrivelser från A (p)"
                || ends(self.words, b"inkomna skrivelse")
                    && begins(self.behind, b"r ")
                    && !begins(self.behind, b"r fran "))
            // "Anmälan och besvarande av frågor" heads those that are answered and those that are not.
            || ends(self.before.trim_ascii_end(), b"anmalan och")
                && !self
                    .behind
                    .windows(4)
                    .any(|part| part == b"svar" || part == b"5var")
            // "Elsa Berg (S) lämnar ett särskilt yttrande och en skrivelse"
            || ends(self.before, b"sarskilt ")
            // "Återrapportering av uppdrag med anledning av bifallen motion"
            || holds(b"uppdrag") && holds(b"bifall")
            // "Exempel på rubrik: Svar på skrivelse från A (p)"
            || EXAMPLE.is_match(self.last(40))
    }
}

/// Who asks that an initiative be answered.
static WANTS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:begär|undrar|frågar|kräver|efterlyser|önskar|påminner|uppmanar)(?:[a-z]*)? [^.\n]{0,80}\b(?:att|när|varför|om) [^.\n]{0,60}$",
    )
});

/// Who is to answer, and when.
static CHARGED: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"\b(?:uppdrag|uppdra[r]?|ombe)[a-z]*\b[^.]{0,80}$"));
static TO_COME: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[a-z]*[^.\n]{0,40}\b(?:till|vid|inför|på|senast) (?:nästa|kommande|ett kommande|nämndens|mötet|sammanträdet|den|i)\b",
    )
});

/// Who is to come back with an answer.
static RETURNS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\båterkom(?:mer|ma)? (?:[a-z]+ ){0,4}med (?:ett |förslag till |förslag på )?(?:skriftligt )?$",
    )
});

/// An answer to what a body of the municipality wrote itself.
static OF_BODY: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r" (?:[a-z]*(?:nämnden|styrelsen|fullmäktige|utskottet|beredningen)|revisorerna|revisionen)s (?:skrivelse|fråga|frågor)$",
    )
});

/// An answer that others gave.
static CAME_IN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"^[a-z]* (?:har )?(?:lämnats|lämnades|inkommit|inkom|kommit in|kom in) (?:av|från)\b")
});

/// An answer that the next meeting gives.
static NEXT_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"^[a-z]* (?:vid|på|under) (?:nästa|kommande|ett kommande|ett senare|nästkommande)\b")
});

/// An opinion that others ask for.
static SENT_HERE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(r"^yttrande (?:till [a-z-]*nämnden )?(?:överlämna|översän|remitter|skicka|sänt|sände)")
});

/// An answer that an earlier meeting had before it.
static GIVEN_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[^.\n]{0,80}\b(?:behandlades|bordlades|lämnades|gavs|redovisades|godkändes|återremitterades) (?:av [a-z-]*nämnden )?(?:vid|på) (?:det )?(?:förra|föregående|ett tidigare|nämndens (?:förra|föregående)) ",
    )
});

/// Whoever will answer another day, and whoever is told to.
static INTENDS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:avser(?: att)?|kommer att|ska|skall|lovar att|tänker)(?: (?:under|till|i|på) [a-z]+)? $",
    )
});
static IS_TO: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"(?:\buppdra(?:r|s)?(?: åt)?|\bge[rs]?(?: [a-z]+){1,2} i uppdrag|^[^a-z]*uppdrag till|\n[^a-z]*uppdrag till) [^.\n]{0,60}\batt $",
    )
});

/// What stands before an example.
static EXAMPLE: LazyLock<Pattern> =
    LazyLock::new(|| tolerant(r"\b(?:exempel|exempelvis|rubrik[a-z]*)(?: på [a-z]+)?: ?\x22?$"));

/// What somebody says in a debate of an answer that was given before.
static REFERS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\([a-z]{1,4}\) (?:hänvisa|påpeka|menar|menade|anser|ansåg|efterlys|kritisera|undra|påminn)[a-z]* [^.\n]{0,90}$",
    )
});

/// An answer to whoever writes, and one that has not come.
static OURS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r" (?:vår|våra|min|mina) [a-z]+$|^svar på (?:redan|tidigare) |^svarar? [^.]*(?:motion|interpellation)er$",
    )
});
static STILL_WANTED: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[^.\n]{0,60}? (?:dröjer|uteblir|uteblev|saknas|väntas|beräknas|planeras|är (?:beräknat|planerat|väntat|att vänta)|har inte kommit|borde ha|kommer(?:[.,]|$)|(?:bör|borde|ska|skulle|får|måste|kan) vänta|kommer att (?:lämnas|ges|behandlas|tas upp|redovisas|presenteras))\b",
    )
});

/// What stands before an answer that is asked for.
static ASKS: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:ha|få|får|fick inte|fått|önskar|önskas|begär|kräver|efterlyser|väntar på|ber om)(?: ett| skriftligt| tydligt| snabbt)* $",
    )
});
