//! Diarium finds things in the papers of Swedish nämnder.
#![warn(missing_docs)]

pub mod cli;
pub mod extract;
pub mod lexicon;
pub mod page;
pub mod repair;
pub mod tag;
