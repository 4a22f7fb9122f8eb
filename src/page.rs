//! A page's text with its number, places on it, and values that know where they were read.
//!
//! Everything that flows between the rooms points to a page by its number (from 1, as a viewer shows it) and to words on
//! it by a range of **bytes** into the page's text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of one page's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The page, counted from 1.
    pub page: u32,
    /// Where the stretch begins: a byte offset into the page's text, on a letter boundary.
    pub start: usize,
    /// Where it ends (exclusive): a byte offset into the page's text, on a letter boundary.
    pub end: usize,
}

impl Place {
    /// The place of `range` on page `page`.
    pub fn new(page: u32, range: Range<usize>) -> Place {
        Place {
            page,
            start: range.start,
            end: range.end,
        }
    }

    /// The bytes of the page's text that are meant.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value, and where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// What was read.
    pub value: T,
    /// Where it stands; the text there contains the value as written.
    pub place: Place,
}

impl<T> Found<T> {
    /// `value`, read at `place`.
    pub fn new(value: T, place: Place) -> Found<T> {
        Found { value, place }
    }
}

/// The number, counted from 1, of the line of `text` on which byte `offset` stands.
///
/// An offset past the end, or inside a letter, counts as the nearest line before it.
pub fn line_of(text: &str, offset: usize) -> u32 {
    let end = offset.min(text.len());
    1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..end]).count() as u32
}

/// The byte range of the line of `text` on which byte `offset` stands, without its line end.
pub fn line_range(text: &str, offset: usize) -> Range<usize> {
    let offset = offset.min(text.len());
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..offset]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &bytes[offset..]).map_or(text.len(), |at| offset + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one() {
        let text = "Sammanfattning\nNämnden\n";
        for (offset, line) in [(0, 1), (14, 1), (15, 2), (22, 2), (24, 3), (900, 3)] {
            assert_eq!(line_of(text, offset), line, "offset {offset}");
        }
        assert_eq!(&text[line_range(text, 16)], "Nämnden");
        assert_eq!(&text[line_range(text, 0)], "Sammanfattning");
    }
}
