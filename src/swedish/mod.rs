//! Swedish as search needs it: a text → its words, and a word → all that it is filed under and asked for by. Pure.
//!
//! Papers and questions go through the same door, so that they meet: [`words`] cuts a text into words and tells the forms
//! of one; [`joined`] makes one word of what is written in pieces; `filing` gives what a paper's word is filed under.
//! Behind them `inflection` strips endings (`first_parts` gives a first part its own back) and `families` joins what no
//! ending joins, `derivation` goes from a word to those made from it, [`compounds`] finds the parts (`sure_parts` says how
//! surely a word is one; `seldom`, `relatives` and `everyday` where the lexicon is silent, `names` and `whole` where it
//! must be), [`nested`] the parts of parts; [`alike`] compares two words by their letters. What is known of Swedish itself
//! (which words there are, and how often) is the [`lexicon`](crate::lexicon)'s.

pub mod alike;
pub mod compounds;
mod derivation;
mod everyday;
mod families;
pub(crate) mod filing;
mod first_parts;
mod inflection;
pub mod joined;
mod memory;
mod names;
pub mod nested;
mod relatives;
mod seldom;
mod sure_parts;
mod whole;
pub mod words;
