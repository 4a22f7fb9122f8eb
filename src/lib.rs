//! Diarium finds things in the papers of Swedish nämnder: folders of PDFs in, sure answers out.
//!
//! **corpus → [`discover`] → [`extract`] → [`repair`] → [`tag`] → [`index`] → [`query`] → you**
//!
//! | room | verb |
//! |---|---|
//! | [`page`] | text with its number, places on it, values that know where they were read |
//! | [`personal`] | text → where personal identity numbers stand in it, and the same text with them masked |
//! | [`lexicon`] | what Swedish looks like: words, counts, compounds, the judge of a page's soundness |
//! | [`swedish`] | a text → its words, a word → the forms it is filed under and asked for by |
//! | [`discover`] | a folder tree and what is known of it → what to read, what is gone |
//! | [`extract`] | a document's bytes → its pages as a person reads them |
//! | [`repair`] | raw pages → clean pages and the ledger of every change |
//! | [`tag`] | clean pages → dnr, dates, parties, people, nämnd, kind, each with its place |
//! | [`record`] | all that is known of one document |
//! | [`index`] | records → the index folder |
//! | [`query`] | what a person asks → the papers that answer |
//! | [`pipeline`] | the corridor: the order of the rooms, and the threads |
//! | [`cli`] | the face: arguments, and what a person reads |
//!
//! A room knows only rooms above it in this table, and the face prints alone. What flows is
//! [`discover::Source`] → [`extract::RawText`] → [`repair::CleanText`] → [`tag::Tags`] → [`record::Record`] →
//! [`query::Hit`]; the name says what has been done.
//!
//! The whole way for one paper:
//!
//! ```
//! use std::path::Path;
//!
//! use diarium::{extract, repair, tag};
//!
//! let paper = "Socialnämnden\n\nSvar på skrivelse från Vera Lind m.fl. (V)\n\nDnr 2.2.1-230/2016";
//! let raw = extract::text(Path::new("svar.txt"), paper.as_bytes(), &extract::Options::default())?;
//! let clean = repair::text(&raw);
//! let tags = tag::tags(&clean, "");
//! assert_eq!(tags.answers[0].value.code(), "V");
//! # Ok::<(), extract::Error>(())
//! ```
//!
//! Words of the field stay Swedish, in ASCII: a *nämnd* is the elected committee that decides, its *förvaltning* writes
//! to it, a *tjänsteutlåtande* is the report so written, a *skrivelse* the letter that it answers, *dnr*
//! (diarienummer) the name of a case in its register. Offsets are bytes, pages count from 1.

pub mod page;

pub mod personal;

pub mod lexicon;

pub mod swedish;

pub mod discover;

pub mod extract;

pub mod repair;

pub mod tag;

pub mod record;

pub mod index;

pub mod query;

pub mod pipeline;

pub mod cli;
