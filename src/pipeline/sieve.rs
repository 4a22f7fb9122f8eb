//! Which of the files that were opened have to be read: those of a content that nobody has read yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::FORGOTTEN;
use super::books::{self, INSIDE, Known};
use super::lanes::{Job, Read};
use crate::discover::Source;
use crate::extract;
use crate::record::{Entry, State};

/// What is said of a paper that a newer program could not read by its own rules: each run tries.
pub(super) const OLD_RULES: &str = "as an older diarium read it";

/// What is known of contents.
#[derive(Clone, Copy)]
pub(super) struct Sieve<'a> {
    /// What was known before.
    pub(super) known: &'a Known,
    /// Whether what is known of a content need not be read again.
    pub(super) reuse: bool,
    /// Whether what is known is read again for no other reason than that the program reads otherwise than before.
    pub(super) keep: bool,
    /// Hashes of contents to be read again although they are known.
    pub(super) retry: &'a BTreeSet<String>,
    /// Hashes of contents that are not to be read.
    pub(super) forgotten: &'a BTreeSet<String>,
}

/// Whether a paper is known as an older program read it.
pub(super) fn is_by_old_rules(entry: &Entry) -> bool {
    let reason = entry.reason.as_deref();
    reason.is_some_and(|reason| reason.contains(OLD_RULES))
}

impl Sieve<'_> {
    /// What is to be read of a file that was opened, if anything is; otherwise its entry is among those present, or waits for its
    /// twin's.
    pub(super) fn sort(
        &self,
        source: &Source,
        opened: Result<Vec<u8>, extract::Error>,
        read: &mut Read,
    ) -> Option<Job> {
        match opened {
            // What has been read of it before is not lost for a copy that broke off.
            Ok(bytes) if bytes.is_empty() && self.read_before(&source.key).is_some() => {
                self.unread(source, &extract::Error::Nothing, read);
            }
            Ok(bytes) => {
                // The hash of what was read, not of what lies there by now.
                let hash = blake3::hash(&bytes).to_hex();
                let entry = Entry::new(source, hash.as_str(), State::Failed, None);
                if self.is_to_be_read(&entry, read) {
                    return Some(Job { entry, bytes });
                }
            }
            Err(error) => self.unread(source, &error, read),
        }
        None
    }

    /// What is known of a file of which something was read before.
    fn read_before(&self, key: &str) -> Option<(&Arc<str>, &Entry)> {
        let before = self.known.entries.get_key_value(key);
        before.filter(|(_, entry)| books::readable(entry.state))
    }

    /// A file that cannot be opened, or in which nothing is. What was read of it before stays: a share that refuses it, or a
    /// program that holds it, may give it back tomorrow.
    fn unread(&self, source: &Source, error: &extract::Error, read: &mut Read) {
        let key = &source.key;
        let before = self.read_before(key);
        if let (Some((key, entry)), extract::Error::Io(_) | extract::Error::Nothing) =
            (before, error)
        {
            let inside = self.known.inside(key).map(|(rest, inner)| {
                let key = format!("{key}{INSIDE}{rest}").into();
                (key, inner.clone())
            });
            read.present.insert(key.clone(), entry.clone());
            read.present.extend(inside);
            read.kept += 1;
            read.unreadable.push(format!(
                "`{key}` {error}; it is kept as it was (if the paper is to go, delete the file)"
            ));
            return;
        }
        let reason = error.to_string();
        let entry = Entry::new(source, "", State::Failed, Some(&reason));
        read.present.insert(Arc::clone(&entry.file), entry);
    }

    /// Files a content as it is known, with what lies in it. The state of `home`, the key under which its record is stored, is given to
    /// all its names when everything has been seen.
    pub(super) fn take_over(&self, entry: &Entry, home: &str, read: &mut Read) {
        let known = Entry {
            state: State::Indexed,
            reason: None,
            ..entry.clone()
        };
        read.present.insert(Arc::clone(&entry.file), known);
        for (rest, inner) in self.known.inside(home) {
            let key: Arc<str> = format!("{}{INSIDE}{rest}", entry.file).into();
            let inner = Entry {
                file: Arc::clone(&key),
                modified: entry.modified,
                ..inner.clone()
            };
            read.present.insert(key, inner);
        }
    }

    /// Whether a content that this run reads only because the program reads otherwise than before, and of which it can read nothing
    /// or less than an earlier run did, is kept as that one read it; `why` says what is lacking.
    pub(super) fn keeps(&self, entry: &Entry, why: &str, read: &mut Read) -> bool {
        let Some(home) = self.known.home(&entry.content()) else {
            return false;
        };
        let before = self.known.entries.get(home);
        let is_old = before.is_some_and(is_by_old_rules);
        if !self.keep && !is_old {
            return false;
        }
        let had_all = before.is_some_and(|before| {
            let reason = before.reason.as_deref().unwrap_or_default();
            matches!(before.state, State::Indexed | State::Repaired)
                && !reason.contains(extract::WAITS_FOR_OCR)
        });
        if had_all {
            self.take_over(entry, home, read);
            read.by_old_rules.insert(entry.shared_content());
            read.kept += 1;
            read.unreadable.push(format!(
                "`{}` {why}; it is kept as an earlier run read it",
                entry.file
            ));
        }
        had_all
    }

    /// Whether nobody has read this content yet; if somebody has, the entry is filed with what is known of it.
    pub(super) fn is_to_be_read(&self, entry: &Entry, read: &mut Read) -> bool {
        let hash = &entry.hash;
        let content = entry.content();
        let with = |state: State, reason: Option<Arc<str>>| Entry {
            state,
            reason,
            ..entry.clone()
        };
        if self.forgotten.contains(&**hash) {
            let entry = with(State::Skipped, Some(FORGOTTEN.into()));
            read.present.insert(entry.file.clone(), entry);
            return false;
        }
        if self.reuse && !self.retry.contains(&**hash) {
            if let Some(home) = self.known.home(&content) {
                self.take_over(entry, home, read);
                return false;
            }
            if let Some(reason) = self.known.failure(&content) {
                let entry = with(State::Failed, Some(reason.clone()));
                read.present.insert(entry.file.clone(), entry);
                return false;
            }
        }
        if !read.claimed.insert(entry.shared_content()) {
            read.twins.push(entry.clone());
            return false;
        }
        true
    }
}
