//! People: a person's name as a paper writes it, with the party and the role that it gives.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fold::on_one_line;
use super::party::Party;
use super::sheet::Sheet;
use crate::lexicon;

/// A person, and the party that the text gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as written, white space folded.
    pub name: String,
    /// The party, when the text gives one.
    pub party: Option<Party>,
    /// The role as the text names it (`handläggare`, `stadsdelsdirektör`), when it does.
    pub role: Option<String>,
}

/// The name as written, its white space folded; a genitive's s is left out when `genitive`.
pub(super) fn name(sheet: &Sheet, range: Range<usize>, genitive: bool) -> String {
    let written = &sheet.text[sheet.on_one_page(sheet.range(range))];
    let whole = on_one_line(written);
    let words: Vec<String> = whole.split(' ').map(with_capital).collect();
    let name = words.join(" ");
    match name.strip_suffix('s') {
        Some(bare) if genitive => bare.to_owned(),
        _ => name,
    }
}

/// A word of a name whose first letter was read as a nought: `0rjan` is Örjan, `0la` is Ola.
fn with_capital(word: &str) -> String {
    let Some(rest) = word
        .strip_prefix('0')
        .filter(|rest| rest.starts_with(char::is_lowercase))
    else {
        return word.to_owned();
    };
    let [dotted, plain] = ["Ö", "O"].map(|letter| format!("{letter}{rest}"));
    let known = |name: &str| lexicon::count(name).max(lexicon::count(&name.to_lowercase()));
    if known(&plain) > known(&dotted) {
        plain
    } else {
        dotted
    }
}
