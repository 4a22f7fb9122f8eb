//! Initiatives that had their answer another day: the words around one → whether they say so.

use std::sync::LazyLock;

use super::pattern::Pattern;

use super::sheet::{Gated, Sheet, gated, tolerant};

/// "en skrivelse från A (p), som besvarades 2014": what stands behind the writers of one that has had its answer.
static HAD_ITS_ANSWER: LazyLock<Gated> = LazyLock::new(|| {
    gated(
        r"^[),.\s]*¤?[^.]{0,60}\b(?:som|vilken|och som|men som) (?:(?:då|även|också|[a-z]*nämnden|[a-z]*fullmäktige|19\d\d|20\d\d|den|samma|år) ){0,4}(?:besvarades|besvarade|avslogs|avslog|bifölls|biföll|behandlades)\b|^[),.\s]*¤?[^.]{0,40}\bi samma (?:fråga|ämne|ärende)\b|^[),.\s]*¤?[^.]{0,20}\bom samma (?:sak|fråga|ämne)\b|^[),.\s]*¤?[^.]{0,90}\b(?:bifölls|avslogs|besvarades|antogs|beslutades|infördes|inrättades|startades) (?:av [a-z]+ )?(?:redan )?(?:i |år |under |hösten |våren )?(?:[a-z]+ )?(?:19|20)\d\d(?:[^-\d]|$)",
    )
});

/// "Skrivelsen från (S) besvarades i april": what stands right behind the writers of such a one.
static HAD_IT_IN: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"^[),.\s]*¤?[),.\s]*(?:har )?(?:besvarades|avslogs|bifölls|behandlades) (?:redan )?(?:[i] (?:[a-z]+ari|mars|april|maj|juni|juli|augusti|[a-z]+ber|våras|höstas|fjol)|förra|föregående|vid (?:förra|föregående))\b",
    )
});

/// Whether the words behind an initiative's writers say that it had its answer another day.
pub(super) fn had_its_answer(sheet: &Sheet, behind: &[u8]) -> bool {
    let near = &behind[..behind.len().min(48)];
    let done = [
        &b" besvarades "[..],
        b" avslogs ",
        b" bifolls ",
        b" behandlades ",
    ]
    .iter()
    .any(|word| memchr::memmem::find(near, word).is_some());
    HAD_ITS_ANSWER.is_in(sheet, behind) || done && HAD_IT_IN.is_match(behind)
}

/// "Fullmäktiges beslut 2010-03-29 att bifalla en motion": what stands before one that was decided on before.
pub(super) static PAST_DECISION: LazyLock<Pattern> = LazyLock::new(|| {
    tolerant(
        r"\b(?:med anledning av|till följd av|enligt|utifrån|genom|i enlighet med|mot bakgrund av) [a-z ]*beslut[^.\n]*\b(?:bifalla|avslå|bifall till|avslag på) (?:en|ett) $|\bbeslutade? [^.\n]*\b(?:19|20)\d\d(?:-\d\d-\d\d)?\b[^.\n]*\batt (?:bifalla|avslå) (?:en|ett) $",
    )
});
