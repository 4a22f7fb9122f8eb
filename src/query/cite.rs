//! A card and a page → the citation that a paper is referred to by in another. Pure.

use super::{Card, Place};

/// `Socialnämnden, svar på skrivelse "Ett hem att växa i", 2016-09-20, dnr 3.1.1-0587/2016, s. 2`: whose paper, what it is,
/// its title, its date, its number, the matter of a protokoll, the page. What is not known is left out.
pub fn citation(card: &Card, matter: Option<&Place>, page: Option<u32>) -> String {
    let mut parts = Vec::new();
    parts.extend(card.namnd.clone());
    let kind = card.kind.to_string();
    // `svar på interpellation/fråga` is a drawer, and no word of a citation.
    let kind = kind.split('/').next().unwrap_or(&kind);
    let kind = if kind == "other" { "handling" } else { kind };
    parts.push(match &card.title {
        // `Svar på motion (2015:21) …` says itself what it is.
        Some(title) if title.to_lowercase().starts_with(kind) => quoted(title),
        Some(title) => format!("{kind} {}", quoted(title)),
        None => kind.to_owned(),
    });
    parts.extend(card.date.map(|date| date.to_string()));
    if !card.dnr.is_empty() {
        parts.push(format!("dnr {}", card.dnr.join(", ")));
    }
    if parts.len() < 3 {
        parts.push(card.file.clone());
    }
    parts.extend(matter.map(Place::named));
    parts.extend(page.map(|page| format!("s. {page}")));
    parts.join(", ")
}

fn quoted(title: &str) -> String {
    format!("\"{}\"", title.replace('"', "”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::Kind;

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut card = Card {
            file: "2016/a.pdf".into(),
            title: Some("Svar om \"busshållplatser\"".into()),
            date: "2016-04-14".parse().ok(),
            namnd: Some("Farsta stadsdelsnämnd".into()),
            dnr: vec!["1.1-2/2016".into()],
            kind: Kind::SvarPaSkrivelse,
            outcome: None,
            answers: Vec::new(),
        };
        assert_eq!(
            citation(&card, None, Some(3)),
            "Farsta stadsdelsnämnd, svar på skrivelse \"Svar om ”busshållplatser”\", 2016-04-14, dnr 1.1-2/2016, s. 3"
        );
        card.title = Some("Svar på skrivelse om gator".into());
        assert_eq!(
            citation(&card, None, None),
            "Farsta stadsdelsnämnd, \"Svar på skrivelse om gator\", 2016-04-14, dnr 1.1-2/2016"
        );
        card = Card {
            title: None,
            date: None,
            namnd: None,
            dnr: Vec::new(),
            kind: Kind::Other,
            ..card
        };
        let matter = |number: &str| Place {
            number: number.into(),
            page: 1,
            line: 2,
        };
        assert_eq!(
            citation(&card, Some(&matter("§ 9")), Some(1)),
            "handling, 2016/a.pdf, § 9, s. 1"
        );
        assert_eq!(
            citation(&card, Some(&matter("2")), None),
            "handling, 2016/a.pdf, ärende 2"
        );
    }
}
