//! What becomes of an initiative: a passage → whether it says that one of its initiatives is granted, refused or answered.

use std::ops::Range;
use std::sync::LazyLock;

use super::answer::Initiative;
use super::noun::Noun;
use super::outcome::{self, Outcome};
use super::sheet::{Gated, Sheet, cue, gated};

/// Whether a passage says what becomes of one of its initiatives: that is its answer.
pub(super) fn is_decided(sheet: &Sheet, initiatives: &[Initiative]) -> bool {
    cue!(
        TO_ANSWER,
        r"\banser (?:att )?(?:initiativet|skrivelsen|motionen) (?:vara |är |som )?(?:omhändertag|tillgodose[dt]|verkställ[dt]|genomför[dt]|uppfyll[dt]|ligga i linje|ligger i linje|ingå i|ingår i)|\b(?:uppdrag[a-z]*|ombe[a-z]*) [^.]{0,40}\b(?:besvara|svara på)\b|\bskrift?ligt svar\b|\binterpellationen svaret\b|\byrka(?:r|de) [^.]{0,60}\b(?:bifall|avslag|besvarad)\b|\byrka(?:r|de) (?:på )?[^.]{0,200}\([a-z]{1,4}\)s? förslag till beslut\b|\n\s*svar (?:från|av) (?:förvaltning|kontor|stads)|\n\s*(?:[a-z]+- och )?[a-z]*(?:kontorets|förvaltningens|nämndens) svar\b|\b(?:motions|interpellations|skrivelse)svar\b|\bbesvara(?:r|t|de) (?:interpellationen|frågan)|\bbeslut ?: ?(?:enligt|i enlighet)\b|\b(?:interpellationen|frågan|motionen|skrivelsen|initiativet) har besvarats\b|\b[a-z]*(?:kontoret|förvaltningen) har (?:[a-z]+ )?(?:besvarat|svarat på)\b|\böverlämna[rs]? (?:[a-z]*kontorets|[a-z]*förvaltningens) svar\b|\bi detta (?:ärende|[a-z]*utlåtande) (?:besvaras|behandlas) (?:båda|bägge|samtliga|alla)\b|\bbesvara[rs] (?:här(?:med)? )?(?:båda|bägge|samtliga|alla|de (?:två|tre)) (?:[a-z]+ )?(?:skrivelse|motion)"
    );
    // "… i uppdrag att besvara skrivelsen till nästa sammanträde": the answer is to come.
    cue!(
        TO_COME,
        r"(?:\buppdra(?:r|s)?(?: åt)?|\bge[rs]?(?: [a-z]+){1,2} i uppdrag) [^.]{0,60}\b(?:besvara|svara på) |\b(?:uppdrag[a-z]*|uppdra[r]?|ombe[a-z]*) [^.]{0,60}\b(?:besvara|svara på) [^.]{0,40}\b(?:till|vid|inför|på|senast) (?:nästa|kommande|ett kommande|nämndens|mötet|sammanträdet|den|i)\b"
    );
    if TO_COME.is_in(sheet, &sheet.folded) {
        return false;
    }
    if TO_ANSWER.is_in(sheet, &sheet.folded) {
        return true;
    }
    // An interpellation is answered, and never granted: the word belongs to its matter.
    let granted = !initiatives
        .iter()
        .all(|one| one.noun == Noun::Interpellation);
    let outcome = outcome::of_those(
        sheet,
        0..sheet.folded.len(),
        |outcome, place| match outcome {
            Outcome::Avslag | Outcome::Bifall | Outcome::DelvisBifall => {
                granted && !initiatives.iter().any(|one| is_matter(sheet, one, place))
            }
            _ => true,
        },
    );
    matches!(
        outcome,
        Some((
            Outcome::Besvarad
                | Outcome::Avslag
                | Outcome::Bifall
                | Outcome::DelvisBifall
                | Outcome::Aterremiss,
            _
        ))
    )
}

/// Whether the words at `place` belong to the matter of an initiative and say nothing of it: "Motion av A (p) om att nämnden
/// avslår ansökningar".
fn is_matter(sheet: &Sheet, one: &Initiative, place: &Range<usize>) -> bool {
    cue!(
        BEGINS,
        r"^[)., ]*¤?[)., ]*(?:[(][^)]{3,20}[)] )?(?:om|angående|ang\.?|gällande|rörande|avseende|kring|[:-]|\x22) "
    );
    cue!(
        ITSELF,
        r"^\W*(?:[a-z]+ ){0,3}(?:[a-z]*motion|[a-z]*skrivelse|[a-z]*förslag|initiativ|yrkande|de[nt]\b|denna|detta|att-sats|första|andra|punkt)"
    );
    let folded = sheet.folded.as_slice();
    let start = one.who.end.max(one.at.end);
    let active = folded[place.clone()].ends_with(b"r");
    active
        && place.end <= one.sentence.end
        && folded.get(start..place.start).is_some_and(|matter| {
            BEGINS.is_match(matter) && !matter.windows(2).any(|two| two == b"\n\n")
        })
        && !ITSELF.is_match(&folded[place.end..(place.end + 60).min(folded.len())])
}
