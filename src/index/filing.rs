//! A word → all that it is filed under, in one piece. Pure.
//!
//! Looking up what a word is filed under is most of the work on it, and mostly waiting for memory: its forms lie behind each
//! other in one text, which begins with the word itself.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use super::memory::{self, Kept};
use super::words;

/// Between two parts; words hold no such sign.
const END: char = '\n';

/// What a word is filed under.
pub(super) struct Filing {
    /// The word, its stem, the stems of its parts, and those without marks, these two with [`END`] behind each.
    text: Box<str>,
    /// Where the word, the stem and the parts end.
    ends: [u16; 3],
    /// Whether the word stands in every paper.
    pub(super) function: bool,
}

impl Filing {
    fn of(form: &str) -> Filing {
        let forms = words::Forms::of(form);
        let mut text = String::with_capacity(4 * form.len());
        let mut ends = [0; 3];
        text.push_str(form);
        ends[0] = text.len() as u16;
        text.push_str(&forms.stem);
        ends[1] = text.len() as u16;
        for part in &forms.parts {
            text.push_str(part);
            text.push(END);
        }
        ends[2] = text.len() as u16;
        for bare in &forms.bare {
            text.push_str(bare);
            text.push(END);
        }
        Filing {
            text: text.into(),
            ends,
            function: forms.function,
        }
    }

    fn piece(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The word itself.
    pub(super) fn form(&self) -> &str {
        self.piece(0, usize::from(self.ends[0]))
    }

    /// Its stem.
    pub(super) fn stem(&self) -> &str {
        self.piece(usize::from(self.ends[0]), usize::from(self.ends[1]))
    }

    /// The stems of its parts.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        let parts = self.piece(usize::from(self.ends[1]), usize::from(self.ends[2]));
        parts.split_terminator(END)
    }

    /// Its stem and those of its parts that have marks, without them.
    pub(super) fn bare(&self) -> impl Iterator<Item = &str> {
        let bare = self.piece(usize::from(self.ends[2]), self.text.len());
        bare.split_terminator(END)
    }
}

impl Borrow<str> for Filing {
    fn borrow(&self) -> &str {
        self.form()
    }
}

impl PartialEq for Filing {
    fn eq(&self, other: &Filing) -> bool {
        self.form() == other.form()
    }
}

impl Eq for Filing {}

impl Hash for Filing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.form().hash(state);
    }
}

/// Words that a thread remembers, at most twice as many. Each takes some hundred bytes.
const REMEMBERED: usize = 200_000;

thread_local! {
    static FILED: RefCell<Kept<Filing>> = RefCell::new(Kept::new(REMEMBERED));
}

/// Gives `take` what `form`, a word as [`words::words`] gives it, is filed under.
pub(super) fn with<R>(form: &str, take: impl FnMut(&Filing) -> R) -> R {
    memory::whole(&FILED, form, || Filing::of(form), take)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_is_filed_under_are_its_forms() {
        for form in [
            "socialsekreterarnas",
            "äldreomsorgen",
            "jämställdhet",
            "och",
            "1500",
            "§",
            "å",
        ] {
            let forms = words::Forms::of(form);
            for _ in 0..2 {
                with(form, |filing| {
                    assert_eq!(filing.form(), form);
                    assert_eq!(filing.stem(), forms.stem);
                    assert_eq!(filing.parts().collect::<Vec<_>>(), forms.parts);
                    assert_eq!(filing.bare().collect::<Vec<_>>(), forms.bare);
                    assert_eq!(filing.function, forms.function);
                });
            }
        }
    }
}
