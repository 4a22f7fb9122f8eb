//! What a note says when something of a paper is lost, in one place, so that a run can count such papers.

/// The file is cut off.
pub(super) const END_MISSING: &str = "the file's end is missing";
/// Pages that the tree names are not there.
pub(super) const PAGES_MISSING: &str = "the page tree is damaged; pages may be missing";
/// A page is packed so that only its beginning could be unpacked.
pub(super) const CONTENT_DAMAGED: &str = "its content is damaged; part of it is read";
/// A page names content that is not in the file.
pub(super) const CONTENT_MISSING: &str = "its content, or part of it, is not in the file";
/// A page is packed as nobody packs.
pub(super) const CONTENT_UNKNOWN: &str = "its content is packed in an unknown way";
/// A page is larger than what is read of one.
pub(super) const CONTENT_TOO_LARGE: &str =
    "its content is larger than the limit; the rest is not read";
/// A page asks for too much work.
pub(super) const CUT_SHORT: &str = "cut short at a limit of work";
/// How a note about a document that lies in too many others ends.
pub(super) const TOO_DEEP: &str = "is not read: it lies inside too many other documents";
/// What a note about too many pages begins with.
pub(super) const TOO_MANY_PAGES: &str = "stopped at ";

/// Whether a note of a document or of a page says that something of it could not be read.
pub fn is_loss(note: &str) -> bool {
    let limits = [CONTENT_TOO_LARGE, CUT_SHORT, TOO_MANY_PAGES];
    is_damage(note)
        || note.ends_with(TOO_DEEP)
        || limits.iter().any(|limit| note.starts_with(limit))
}

/// Whether a note says that the file itself has lost something.
pub(super) fn is_damage(note: &str) -> bool {
    [
        END_MISSING,
        PAGES_MISSING,
        CONTENT_DAMAGED,
        CONTENT_MISSING,
        CONTENT_UNKNOWN,
    ]
    .contains(&note)
}
