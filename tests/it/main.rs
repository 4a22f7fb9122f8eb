//! Uses of the program, as stories: each runs the built binary on real papers.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod shelf;

mod asking;
mod corpus;
mod drills;
mod filters;
mod finding;
mod golden;
mod hints;
mod hostile;
mod learning;
mod mishaps;
mod mutations;
mod needs;
mod newcomer;
mod night;
mod scans;
mod seeds;
mod twins;
mod vanishing;
mod why;
mod years;
