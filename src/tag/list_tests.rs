//! Minutes and agendas: where their matters begin, and what makes no list.

use super::tests::{codes, tagged};
use super::*;
use crate::{extract, repair};

#[test]
fn matters_that_were_taken_out_do_not_end_the_minutes() {
    let text = "Vattennäs stadsdelsnämnd\nProtokoll fört vid sammanträde 2019-03-12\n§ 2 Ljus i parken\nSvar på skrivelse från \
        Elsa Berg (V)\nNämnden godkänner svaret.\n§ 40\nSvar på skrivelse från Ida Rask (S) om snö\nNämnden godkänner svaret.\n\
        § 91 Snö\nBeslut\nRapporten godkänns.\n\u{c}Sammanträdesprotokoll\nVattennäs stadsdelsnämnd\n2019-03-12\nSlut.";
    let clean = repair::text(&extract::plain(text.as_bytes()));
    let matters = matters(&clean, "");
    let answers: Vec<(&str, String)> = matters
        .iter()
        .map(|matter| (matter.number.as_str(), codes(&matter.tags.answers)))
        .collect();
    let want = [("§ 2", "V"), ("§ 40", "S"), ("§ 91", "")];
    assert_eq!(
        answers,
        want.map(|(number, codes)| (number, codes.to_owned()))
    );
    // Its own title is not its first matter's.
    let title = tags(&clean, "").title.map(|title| title.value);
    assert_eq!(
        title.as_deref(),
        Some("Protokoll fört vid sammanträde 2019-03-12")
    );
}

#[test]
fn matters_may_have_their_sign_behind_the_number() {
    let text = "Protokoll\nFarsta stadsdelsnämnd 2009-12-17\n11 §\nVal av justerare\nNämnden utser Ulf Ek (M).\n\
        12 § Svar på skrivelse från Elsa Berg (V) om ljus\nNämnden godkänner svaret.\n";
    let matters = matters(&repair::text(&extract::plain(text.as_bytes())), "");
    let answers: Vec<String> = matters
        .iter()
        .map(|matter| codes(&matter.tags.answers))
        .collect();
    assert_eq!(answers, ["", "V"]);
}

#[test]
fn a_point_on_the_minutes_makes_a_report_no_list() {
    let text = "Trygga skolvägar\nSvar på skrivelse från Elsa Berg (V)\n\nFörslag till beslut\n1. Nämnden godkänner \
        tjänsteutlåtandet som svar på skrivelsen.\n2. Protokollet justeras omedelbart.\n\nSammanfattning\nMer.\n";
    let tags = tagged(text, "");
    assert_eq!(
        (tags.kind, codes(&tags.answers)),
        (Kind::SvarPaSkrivelse, "V".to_owned())
    );
}
