use super::*;

#[test]
fn what_belongs_together_shares_a_stem() {
    for family in [
        "ärende ärendet ärendets ärenden ärendena",
        "nämnd nämnden nämndens nämnder nämnderna nämndernas",
        "skrivelse skrivelsen skrivelsens skrivelser skrivelserna",
        "läkare läkaren läkarna läkarens",
        "socialsekreterare socialsekreteraren socialsekreterarna socialsekreterarnas",
        "hållbar hållbart hållbara",
        "viktig viktigt viktiga",
        "svar svaret svaren svarar svara",
        "år året åren årets",
        "organisation organisationen organisationer organisationernas",
        "kommun kommunen kommuner kommunernas",
        "cykel cykeln cyklar cyklarna",
        "regel regeln regler reglerna",
        "program programmet programmen",
        "sektor sektorn sektorer sektorerna",
        "konferens konferensen konferenser",
        "budget budgeten budgetens",
        "lön lönen löner lönerna",
        "verksamhet verksamheten verksamheter verksamheternas",
        "plats platsen platser platserna",
        "miljö miljön miljöns",
        "parti partiet partier partierna partiets",
        "stad staden städer städerna",
        "ledamot ledamöter ledamöterna",
        "arbetsbelastning arbetsbelastningen arbetsbelastningar",
    ] {
        let mut stems: Vec<_> = family.split(' ').map(stem).collect();
        stems.dedup();
        assert_eq!(stems.len(), 1, "{family}: {stems:?}");
    }
}

#[test]
fn what_is_different_stays_apart() {
    for (one, other) in [
        ("svar", "svår"),
        ("föra", "för"),
        ("alla", "all"),
        ("vård", "värd"),
        ("län", "lån"),
        ("når", "när"),
        ("man", "män"),
        ("plan", "plats"),
        ("process", "procent"),
    ] {
        assert_ne!(stem(one), stem(other), "{one} and {other}");
    }
}

#[test]
fn words_made_of_words_are_known() {
    for (word, others) in [
        ("rekrytering", "rekryter"),
        ("rekryterade", "rekrytering"),
        ("genomförandet", "genomför"),
        ("handling", ""),
        ("handla", "handland"),
        ("löpande", ""),
        ("angående", ""),
    ] {
        assert_eq!(
            crate::swedish::derivation::derived(word).join(" "),
            others,
            "{word}"
        );
    }
}
