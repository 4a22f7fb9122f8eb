//! Sound pages of the user's own papers → the words and word pairs to be learned of them.
//!
//! Comes in: pages after repair. Goes out: sightings. Only pages that a program wrote and the judge calls sound are
//! counted, with enough å, ä and ö to be Swedish, so that no engine's misreading is learned as a word.

use super::CleanPage;
use super::tokens::{Kind, tokens};
use crate::lexicon::{Sightings, Verdict};

/// The least score of a page that is learned from: Swedish that has its marks.
const SOUND: f32 = 0.75;

/// Counts the words of `page` into `sightings`, when it is one to learn from; says whether it was.
pub fn learn(page: &CleanPage, sightings: &mut Sightings) -> bool {
    if page.judgement.verdict != Verdict::Clean || page.judgement.score < SOUND {
        return false;
    }
    let mut before: Option<String> = Some("<s>".to_owned());
    for token in tokens(&page.text) {
        let word = &page.text[token.range.clone()];
        before = match token.kind {
            Kind::Word | Kind::Heading if word.chars().all(char::is_alphabetic) => {
                sightings.see(before.as_deref(), word);
                Some(word.to_lowercase())
            }
            Kind::Break => Some("<s>".to_owned()),
            Kind::Number => Some("<n>".to_owned()),
            Kind::Sign => Some(word.to_owned()),
            Kind::Word | Kind::Heading | Kind::Mixed | Kind::Other => None,
        };
    }
    true
}
