//! Two readings of one page → which of them is kept as its text.

use crate::lexicon::{self, Verdict};

/// Whether `ours` is the better text of a page than the `layer` that came with the file.
///
/// 1. What is of no language at all loses to what is of one.
/// 2. A reading with less than half the other's letters has lost part of the page.
/// 3. Letters that a font does not tell lose to letters that were read.
/// 4. The better verdict wins.
/// 5. Of two with the same verdict, the one with more known words among its words wins.
/// 6. The file's own stays where nothing tells them apart.
pub(in crate::extract) fn ours_is_better(layer: &str, ours: &str) -> bool {
    let (theirs, mine) = (letters(layer), letters(ours));
    if mine > 0 && lexicon::is_nonsense(layer.lines()) && !lexicon::is_nonsense(ours.lines()) {
        return true;
    }
    if mine * 2 < theirs {
        return false;
    }
    if theirs * 2 < mine {
        return true;
    }
    if unknown(layer) && !unknown(ours) {
        return true;
    }
    let (theirs, mine) = (lexicon::judge(layer).verdict, lexicon::judge(ours).verdict);
    if rank(theirs) != rank(mine) {
        return rank(mine) > rank(theirs);
    }
    known(ours) > known(layer) + 0.005
}

/// How good a verdict is.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Empty => 0,
        Verdict::Mangled => 1,
        Verdict::LostMarks => 2,
        Verdict::Clean => 3,
    }
}

/// Whether a font keeps from us what some of the text's letters are.
fn unknown(text: &str) -> bool {
    let unknown = text.matches('\u{fffd}').count();
    unknown > 0 && unknown * 20 >= letters(text)
}

/// Letters that are known to be what they are.
fn letters(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphabetic()).count()
}

/// The share of known words among the words of a text; words with unknown letters in them are words.
fn known(text: &str) -> f32 {
    let (mut all, mut known) = (0u32, 0u32);
    for word in text.split(|char: char| !char.is_alphanumeric() && char != '\u{fffd}') {
        if word.chars().count() < 3 || word.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        all += 1;
        known += u32::from(lexicon::count(word) > 0 || !lexicon::parts(word).is_empty());
    }
    known as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUE: &str = "Nämnden beslutar att godkänna förvaltningens förslag till svar på skrivelsen om de äldres \
        boende och överlämnar ärendet till kommunstyrelsen för vidare beredning under våren.";
    const MANGLED: &str = "Namnden beslutar att godkanna f6rvaltningens férslag till svar pa skrivelsen om de aldres \
        boende och éverlamnar drendet till kommunstyrelsen fér vidare beredning under varen.";

    const SIGNS: &str =
        "!”#$%&$’(&)*+,-.’-,,’/0%1”$$-’23.4-*,$5$/&$)’23.)*-/’,5**’)4-.’67’)1.54&*)&$’0#’";

    #[test]
    fn the_better_text_wins_and_a_tie_is_the_files() {
        for (layer, ours, better) in [
            (MANGLED, TRUE, true),
            (TRUE, MANGLED, false),
            (TRUE, TRUE, false),
            (MANGLED, "Nämnden är", false),
            ("x", TRUE, true),
            ("", TRUE, true),
            (TRUE, "", false),
            ("", "", false),
            // Letters that the font does not tell.
            (&TRUE.replace('s', "\u{fffd}"), TRUE, true),
            // Signs that stand for letters.
            (&SIGNS.repeat(3), "Nämnden är", true),
        ] {
            assert_eq!(
                ours_is_better(layer, ours),
                better,
                "{layer:.30} | {ours:.30}"
            );
        }
    }
}
