//! Diarium finds things in the papers of Swedish nämnder.
//!
//! corpus → [`discover`] → [`extract`] → [`repair`] → [`tag`] → [`index`] → [`query`] → you.
pub mod page;

pub mod lexicon;

pub mod discover;

pub mod extract;

pub mod repair;

pub mod tag;

pub mod record;

pub mod index;

pub mod query;

pub mod pipeline;

pub mod cli;
