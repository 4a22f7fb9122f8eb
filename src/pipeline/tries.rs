//! Pages that the OCR engine could not read, and papers whose reader was killed: tried again by the next runs, but not for ever.
//!
//! An engine dies of one page, or of a machine that was short of memory that night; nobody can tell which. So the next runs try,
//! and the reason of the paper's state says how many have.

use super::crew::FROM_OUTSIDE;
use crate::extract;

/// Runs that try a page on which the engine fails; more are made when they are asked for.
const TRIES: u32 = 3;

/// Whether the next run tries a paper again of which this is said.
pub(super) fn again(reason: &str) -> bool {
    is_chance(reason) && tries(reason) < TRIES
}

/// Whether another night may bring what this one did not.
fn is_chance(reason: &str) -> bool {
    reason.contains(extract::NOT_READ_BY_OCR) || reason.contains(FROM_OUTSIDE)
}

/// `reason`, of a paper that has just been read, with the number of runs that have tried; `before` is what was said of it then.
pub(super) fn counted(reason: Option<String>, before: Option<&str>) -> Option<String> {
    let reason = reason?;
    if !is_chance(&reason) {
        return Some(reason);
    }
    let before = before.filter(|before| is_chance(before));
    let tries = before.map_or(0, tries) + 1;
    let more = if tries < TRIES {
        "the next run tries again"
    } else {
        "--retry-failed tries again"
    };
    Some(format!("{reason} (in {tries} runs; {more})"))
}

/// How many runs have tried, as [`counted`] writes it.
fn tries(reason: &str) -> u32 {
    reason
        .rsplit_once(" (in ")
        .and_then(|(_, rest)| rest.split_once(" runs; "))
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_tried_in_three_runs() {
        let reason = Some(format!(
            "page 1 of 2 without text; {}: the OCR engine took longer than 120 s",
            extract::NOT_READ_BY_OCR
        ));
        let mut said = counted(reason.clone(), None);
        let mut runs = 1;
        while again(said.as_deref().unwrap()) {
            said = counted(reason.clone(), said.as_deref());
            runs += 1;
        }
        assert_eq!(runs, 3);
        assert!(
            said.unwrap()
                .ends_with("(in 3 runs; --retry-failed tries again)")
        );
        assert!(again(&format!(
            "{FROM_OUTSIDE} (is the machine out of memory?)"
        )));
        assert!(!again("page 1 of 2 without text"));
        assert_eq!(counted(None, None), None);
    }
}
