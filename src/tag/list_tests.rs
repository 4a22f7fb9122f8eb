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

/// Each matter's number, and whom it answers.
fn answers(text: &str) -> Vec<(String, String)> {
    matters(&repair::text(&extract::plain(text.as_bytes())), "")
        .into_iter()
        .map(|matter| (matter.number, codes(&matter.tags.answers)))
        .collect()
}

#[test]
fn an_agenda_may_number_anew_below_each_heading() {
    let text = "Föredragningslista\nVattennäs stadsdelsnämnd\nSammanträde 2019-03-14\n\nFormalia\n1. Val av justerare\n2. \
        Dagordning\n\nBeslutsärenden\n1. Svar på skrivelse från Elsa Berg (V) om bänkar\n2. Svar på skrivelse från Ulf Ek (M) \
        och Ida Rask (L) om parker\n3. Budget\n\nAnmälningsärenden\n1. Protokoll från rådet\n2. Delegationsbeslut\n";
    let got = answers(text);
    let got: Vec<(&str, &str)> = got.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let want = [
        ("1", ""),
        ("2", ""),
        ("1", "V"),
        ("2", "M L"),
        ("3", ""),
        ("1", ""),
        ("2", ""),
    ];
    assert_eq!(got, want);
}

#[test]
fn minutes_count_beyond_a_thousand() {
    let text = "Protokoll\nVattennäs kommunfullmäktige 2019-03-14\n§ 998 Budget\nBeslut\nBudgeten antas.\n§ 999 Svar på motion \
        från Elsa Berg (V) om bänkar\nBeslut\nMotionen avslås.\n§ 1002 Svar på motion från Bo Rask (KD) om snö\nBeslut\nMotionen \
        bifalls.\n";
    let got = answers(text);
    let got: Vec<(&str, &str)> = got.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(got, [("§ 998", ""), ("§ 999", "V"), ("§ 1002", "KD")]);
}

#[test]
fn statutes_and_quoted_paragraphs_are_no_matters() {
    for text in [
        "Ljus i parken\nSvar på skrivelse från Elsa Berg (V)\n\nFörslag till beslut\nNämnden godkänner tjänsteutlåtandet som \
         svar på skrivelsen.\n\nBakgrund\nNämnden beslutade 2019-05-16\n§ 12 att anta planen\n§ 13 att avslå \
         ansökan\n§ 14 att återkomma\n",
        "Ljus i parken\nSvar på skrivelse från Elsa Berg (V)\n\nFörslag till beslut\nNämnden godkänner svaret.\n\nStadgarna \
         lyder\n§ 1 Ändamål\nFöreningen vårdar parken.\n§ 2 Säte\nVattennäs.\n§ 3 Medlemmar\nAlla.\n",
    ] {
        assert!(answers(text).is_empty(), "{text:?}");
        assert_eq!(codes(&tagged(text, "").answers), "V", "{text:?}");
    }
    let statutes = "Reglemente för Vattennäs stadsdelsnämnd\n\n§ 1 Ändamål\nNämnden verkar.\n§ 2 Sammanträden\nMånadsvis.\n§ 3 \
        Jäv\nJäv prövas.\n§ 4 Protokoll\nProtokoll förs.\n";
    assert!(answers(statutes).is_empty());
}

#[test]
fn two_reports_bound_in_one_file_answer_both() {
    let report = |title: &str, party: &str, told: &str| {
        format!(
            "Vattennäs stadsdelsförvaltning\nTjänsteutlåtande\nDnr VN 2019/618\n\n{title}\nSvar på skrivelse från \
             {party}\n\nFörslag till beslut\nNämnden godkänner tjänsteutlåtandet som svar på \
             skrivelsen.\n\nSammanfattning\n{}{told}\n\nÄrendet\nMer.\n",
            "Ett stycke om bänkar. ".repeat(30)
        )
    };
    let told = "Miljöpartiet har 2016 i en skrivelse begärt samma sak.";
    let text = format!(
        "{}\u{c}{}",
        report("Bänkar i parken", "Ida Rask (M)", ""),
        report("Ljus i parken", "Elsa Berg (V)", told)
    );
    assert_eq!(codes(&tagged(&text, "").answers), "M V");
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
