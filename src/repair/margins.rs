//! What can be lost by another reading: by how much it must be likelier than the word as it stands.
//!
//! Comes in: the candidates of a word, as it stands first. Goes out: the same, each with its margins and with what its
//! capital tells. Set once for each word that is met, for a page has thousands of them.

use super::candidates::{Candidate, NAMES, is_name};
use crate::lexicon::{self, Figures};

/// How much likelier, in nats, another reading must be than the word as read.
pub(super) const MARGIN: f32 = 3.0;
/// The same where the reading only puts marks back.
pub(super) const MARKS: f32 = 1.0;
/// What is added where the word as read is a word.
const WORD: f32 = 1.0;
/// What is added where either is a word and only marks tell them apart, by what was counted of them (see [`of_two_words`]):
/// two common words of which neither is much the commoner, a common and a very common one, a seldom and a common one, two
/// seldom ones, two rare ones, and a rare one that may be the other without its marks.
const EVEN: f32 = 1.0;
const COMMONER: f32 = 1.25;
const SELDOM_COMMON: f32 = 6.0;
const SELDOM_BOTH: f32 = 3.0;
const RARE_BOTH: f32 = 1.5;
const NOISE: f32 = -1.0;
/// What is added where a word of the list becomes one by other misreadings than lost marks.
const LISTED_MISREAD: f32 = 1.5;
/// What is added where a word that nobody knows becomes another that nobody knows by such misreadings.
const UNKNOWN_MISREAD: f32 = 3.0;
/// What is added where a name that nobody knows gets the marks of one that is hardly known.
const RARE_NAME: f32 = 0.75;
/// The same where other letters than lost marks are changed, in a word or a name.
const LETTERS: f32 = 2.0;
/// The same where a word that is nothing but a name (`Farsta`) becomes one that is none (`Första`).
const OWN_NAME: f32 = 4.0;
/// Of 15 times that such a word was counted it had a capital at least so often.
const ALWAYS: u8 = 14;
/// The same where a name that nobody knows becomes one that is known.
const NAMES_ALIKE: f32 = 6.0;
/// What a letter's being misread costs, in nats, where it hardly ever is.
const DEAR: f32 = 5.0;
/// What is added where a name that nobody knows gets marks that only its letters speak for, and where another word does.
const GUESSED: f32 = 3.5;
const UNKNOWN: f32 = 1.5;
/// What is added where what may be a name becomes a form of a word that nobody wrote.
const UNWRITTEN: f32 = 2.5;
/// How much likelier a compound made anew must be that only puts marks back: where what stands there is one as well, and
/// where it is nothing at all.
const ALIKE: f32 = 4.0;
const MADE: f32 = 0.5;
/// What is added where the word as read is a form of a word that is known in others, and what it would become is on no list
/// where other letters than lost marks were misread.
const FORM: f32 = 3.5;
const FORM_MISREAD: f32 = 9.0;
/// What each nat is worth by which the letters around the marks make one unknown spelling likelier than another, and how
/// many nats they may tell.
const AROUND: f32 = 0.7;
const MOST_AROUND: f32 = 12.0;
/// What is added where one man becomes men (`skiljemannen`): the counts of such a word say little of its number.
const MEN: f32 = 3.5;
/// What is added where the end of an abbreviation becomes that of a word.
const ABBREVIATED: f32 = 10.0;
/// A word that nobody knows need not be misread: what is added for each nat by which a letter of it costs less than in
/// a word that hardly is Swedish.
const LIKELY: f32 = 2.0;
const STRANGE: f32 = 3.0;
/// What is added where the first letter of a name that nobody knows becomes another.
const FIRST: f32 = 4.0;
/// What a name that nobody knows costs beside its letters, what each of these costs at most, and what it costs at least;
/// and what a known word costs at least as a name.
const NAME: f32 = 2.0;
const NAME_LETTER: f32 = 2.2;
const LEAST_NAME: f32 = 14.0;
const LEAST_KNOWN: f32 = 13.0;
/// What a name that is known costs at most.
const LISTED: f32 = 13.0;
/// How often a word must have been counted that stands in the place of what may be a name: where other letters than lost
/// marks were misread, where nothing but marks was lost from a name, and else.
const COMMON: u32 = 200;
const SEEN_NAME: u32 = 1;
const SEEN: u32 = 5;
/// How much likelier, in nats, a word that is no name must be where a surname stands.
const SURNAME: f32 = 3.0;
/// The least share of a word that is taken to be written in this case.
const SELDOM: f32 = 0.005;

/// Sets the margins of `words`, what was read as `word`.
pub(super) fn set(figures: &Figures<'_>, word: &str, words: &mut [Candidate]) {
    let Some((own, others)) = words.split_first_mut() else {
        return;
    };
    own.cases = cases(figures, own);
    own.name = name(figures, word, own);
    if others.is_empty() {
        return;
    }
    let letters = word.chars().all(char::is_alphabetic);
    let first = word.chars().next().unwrap_or_default();
    let likely = if own.id.is_none() && letters {
        let each = figures.model.unknown(&word.to_lowercase()) / (word.chars().count() + 1) as f32;
        LIKELY * (STRANGE - each).max(0.0)
    } else {
        0.0
    };
    let man = own.id.is_some() && ["mannen", "mannens"].iter().any(|end| word.ends_with(end));
    for candidate in others {
        candidate.cases = cases(figures, candidate);
        // A capital that is itself misread (`Jopande`) tells nothing.
        if !lexicon::without_marks(&candidate.text).starts_with(first) {
            candidate.cases[1] = 0.0;
        }
        let mut more = [false, true].map(|name| margin(figures, name, letters, own, candidate));
        if candidate.odd > 0 || !candidate.marks && candidate.id.is_none() {
            more = more.map(|more| more + likely);
        }
        // `Avtalsnr`: how a number is abbreviated.
        if word.len() >= 7 && word.ends_with("nr") && !candidate.text.ends_with("nr") {
            more = more.map(|more| more + ABBREVIATED);
        }
        if man && candidate.marks && candidate.text.to_lowercase().contains("männen") {
            more = more.map(|more| more + MEN);
        }
        // Two spellings that nobody knows: the letters around each mark tell which is the likelier.
        if own.id.is_none()
            && candidate.id.is_none()
            && candidate.marks
            && candidate.second.is_none()
        {
            let likelier = figures
                .model
                .marks_likelier(&word.to_lowercase(), &candidate.text.to_lowercase());
            let likelier = likelier.unwrap_or(0.0).clamp(-MOST_AROUND, MOST_AROUND);
            more[0] -= AROUND * likelier;
            // People and places are not called after the words of the list.
            more[1] -= AROUND / 2.0 * likelier.min(0.0);
        }
        candidate.margins = more;
        if candidate.marks {
            let rare = own.id.is_none() && candidate.id.is_some();
            let rare = if rare { RARE_NAME } else { 0.0 };
            candidate.wary = of_two_words(figures, own.id, candidate.id).max(rare);
        }
        // `Nils Fran`: a surname is any word, but seldom one that is no name elsewhere.
        let is_word = |id| figures.cases(id).1 < NAMES;
        if word.is_ascii() && candidate.id.is_some_and(is_word) {
            candidate.surname = SURNAME;
        }
    }
}

/// How much likelier `candidate` must be than `own`, the word as read, for what can be lost by it.
fn margin(
    figures: &Figures<'_>,
    name: bool,
    letters: bool,
    own: &Candidate,
    candidate: &Candidate,
) -> f32 {
    let is_word = own.id.is_some_and(|id| figures.count(id) >= 5);
    let form = match own.form {
        true if candidate.odd > 0 => FORM_MISREAD,
        true if candidate.id.is_none() => FORM,
        _ => 0.0,
    };
    if candidate.marks {
        // Nobody is called Asa.
        if name
            && lexicon::is_given_name(&candidate.text)
            && !lexicon::is_given_name(&own.text)
            && own.id.is_none_or(|id| figures.count(id) < SEEN)
        {
            return 0.0;
        }
        let margin = match (is_word, candidate.id) {
            (true, _) => MARKS + WORD,
            // Nobody knows either; the letters around the marks tell which to believe.
            // A form that nobody wrote, of a word that may be a name.
            (false, Some(id)) if name && figures.count(id) == 0 => MARKS + UNWRITTEN,
            (false, None) if own.form && !name => MARKS + FORM,
            (false, None) if candidate.like.is_some() && !name => match own.like {
                Some(_) => ALIKE,
                None => MADE,
            },
            (false, None) if !name => MARKS + UNKNOWN,
            // Nothing but its letters speaks for the other, and no ending either.
            (false, None) if candidate.like.is_none() && candidate.channel >= 0.0 => {
                MARKS + GUESSED
            }
            (false, Some(id)) if name && own.id.is_none() && figures.count(id) < SEEN => {
                MARKS + RARE_NAME
            }
            _ => MARKS,
        };
        return margin + form + of_two_words(figures, own.id, candidate.id);
    }
    let mut margin = MARGIN + form;
    if is_word && candidate.odd > 0 {
        margin += LETTERS;
    }
    if own.id.is_some() {
        margin += LISTED_MISREAD;
    } else if letters && candidate.id.is_none() && candidate.like.is_none() {
        margin += UNKNOWN_MISREAD;
    }
    let capitals = |id: Option<u32>| id.map_or(0, |id| figures.cases(id).1);
    if is_word && capitals(own.id) >= ALWAYS && capitals(candidate.id) < NAMES {
        margin += OWN_NAME;
    }
    // A capital is read well, but for those that an å, a ö or an l may look like.
    if name && own.id.is_none() && letters {
        let bare = |word: &str| lexicon::without_marks(word).chars().next();
        let first = bare(&own.text);
        if bare(&candidate.text) != first && !matches!(first, Some('S' | 'G' | 'Q' | 'I' | 'J')) {
            margin += FIRST;
        }
    }
    // A name need not be known; it becomes another only if that is a name as well, and not easily then: more people have
    // names than any list has, and many of them are like one on it.
    if name && letters {
        match candidate.id.filter(|id| is_name(figures, *id)) {
            Some(id) if candidate.odd > 0 || is_dear(own, candidate) => {
                margin += NAMES_ALIKE;
                // Of two names hardly known the one that stands there is as likely.
                if figures.count(id) < SEEN {
                    margin += LETTERS + WORD;
                }
            }
            Some(_) => {}
            None => margin += LETTERS + WORD,
        }
    }
    margin
}

/// What is added where word `own` of the list becomes word `other` by nothing but marks. A word that was counted often is
/// known in so many neighbourhoods that these tell the two apart; of one counted seldom they say too little, and papers of
/// other kinds than those counted have it more often. One counted a few times beside a far commoner one may be no word at
/// all but the other with its marks lost.
fn of_two_words(figures: &Figures<'_>, own: Option<u32>, other: Option<u32>) -> f32 {
    let (Some(own), Some(other)) = (own, other) else {
        return 0.0;
    };
    let (own, other) = (figures.count(own), figures.count(other));
    let times = other / own.max(1);
    match own {
        0 => 0.0,
        1..5 if times < 10 => RARE_BOTH,
        1..5 => NOISE,
        5..30 if times < 50 && other >= 200 => SELDOM_COMMON,
        5..30 if times < 10 => SELDOM_BOTH,
        5..30 if times < 50 => RARE_BOTH,
        30..500 if times < 50 && other >= 200 => COMMONER,
        500.. if times < 2 => EVEN,
        _ => 0.0,
    }
}

/// Whether the marks of `candidate` were lost in ways as rare as an ö that was read as an a: then both are names.
fn is_dear(own: &Candidate, candidate: &Candidate) -> bool {
    let marks = |word: &str| word.chars().filter(|c| "åäöÅÄÖ".contains(*c)).count();
    let lost = marks(&candidate.text).saturating_sub(marks(&own.text));
    own.text.bytes().all(|letter| letter.is_ascii_alphabetic())
        && candidate.channel >= DEAR * lost.max(1) as f32
}

/// What `word` costs, in nats, as a name that nobody knows: there are more names than any list has, and each letter of one
/// costs no more than [`NAME_LETTER`]. As much as it likes where its letters say that it was misread.
fn name(figures: &Figures<'_>, word: &str, own: &Candidate) -> f32 {
    let mut letters = word.chars();
    // An I is an l as often as not.
    let opens = letters
        .next()
        .is_some_and(|first| first != 'I' && first.is_uppercase());
    if !opens || !letters.all(char::is_lowercase) || word.contains('é') && !ends_as_surname(word) {
        return f32::MAX;
    }
    if let Some(id) = own.id {
        return if is_name(figures, id) {
            own.prior.min(LISTED)
        } else {
            own.prior.max(LEAST_KNOWN)
        };
    }
    let each = NAME_LETTER * (word.chars().count() as f32 + 1.0);
    (NAME + figures.model.unknown(&word.to_lowercase()).min(each)).max(LEAST_NAME)
}

/// Whether the only é of `word` stands where it does in surnames (`Bergnér`, `Molénius` not).
fn ends_as_surname(word: &str) -> bool {
    let bare = word.strip_suffix('s').unwrap_or(word);
    let stem = bare.strip_suffix("én").or_else(|| bare.strip_suffix("ér"));
    stem.is_some_and(|stem| stem.chars().count() >= 3 && !stem.contains('é'))
}

/// Whether `candidate` is so well known, as a word or as a name, that `own` is no likelier for being a name that nobody
/// knows where it is read: not a rare one, and none at all whose letters other than marks were misread.
pub(super) fn outweighs_names(
    figures: &Figures<'_>,
    own: &Candidate,
    candidate: &Candidate,
    marks_only: bool,
) -> bool {
    let is_listed = own.id.is_some_and(|id| is_name(figures, id));
    let Some(id) = candidate.id else {
        // Unknown as well: weighed by its own margins.
        return !is_listed;
    };
    // A name that is known gives way to no word, however common.
    if is_listed && !is_name(figures, id) {
        return false;
    }
    let least = if candidate.odd > 0 {
        COMMON
    } else if marks_only || figures.cases(id).1 >= NAMES && !candidate.text.contains('ü') {
        SEEN_NAME
    } else {
        SEEN
    };
    figures.count(id) >= least
}

/// What it costs, in nats, that a word is written small, and that it is written with a capital inside a sentence: `mats`
/// is no Mats, and no sentence is about a Håll. Nothing for what is not known.
fn cases(figures: &Figures<'_>, candidate: &Candidate) -> [f32; 2] {
    let Some(id) = candidate.id.filter(|_| candidate.second.is_none()) else {
        return [0.0; 2];
    };
    let (small, capital) = figures.cases(id);
    let count = figures.count(id) as f32;
    [small, capital].map(|part| {
        let share = (f32::from(part) / 15.0 * count + 0.5) / (count + 1.0);
        -share.max(SELDOM).ln()
    })
}

#[cfg(test)]
mod tests {
    use super::super::candidates::search;
    use super::*;

    /// What must be gained by reading `other` where `word` stands.
    fn margin_of(word: &str, other: &str) -> f32 {
        let found = search(&Figures::new(None), word, true);
        let other = found.iter().find(|candidate| candidate.text == other);
        other.expect("a candidate").margins[0]
    }

    #[test]
    fn a_word_counted_seldom_gives_way_less_easily_to_another_hardly_commoner() {
        // Both seldom counted; a far commoner one; a word that is no other.
        assert!(margin_of("sal", "säl") > margin_of("fran", "från") + 2.0);
        assert!(margin_of("laget", "läget") > margin_of("sal", "säl"));
        assert!(margin_of("namnden", "nämnden") <= MARKS);
        // Both common and neither much the commoner.
        assert!(margin_of("svar", "svår") > MARKS + WORD);
    }
}
