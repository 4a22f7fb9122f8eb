//! A folder tree and what is known of it → what to read, what is gone, what is as it was.
//!
//! Looks at names, sizes and times only; opens no file, follows no link, and never takes a folder that could not be
//! read for an empty one.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// What the last run noted of a file, to tell whether it is another now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Bytes of the file.
    pub size: u64,
    /// Time of its last change, in nanoseconds since 1970: [`Source::modified`].
    pub modified: i64,
}

/// A file that stands in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name in the index: the path below the corpus folder, as [`key`] writes it.
    pub key: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes of the file.
    pub size: u64,
    /// Time of its last change, in nanoseconds since 1970; 0 when the file system does not tell. Where the system keeps it, the
    /// time at which anything of the file was changed, its name or its times too: two papers that change names, and one that is
    /// replaced by a copy with an older one's time, are noticed then (as the backup programs Borg and restic do it).
    pub modified: i64,
}

/// Something in the corpus that is no document, and why it is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The entry.
    pub source: Source,
    /// Why, in one clause.
    pub reason: String,
}

/// The corpus beside what was known of it. Each list is in the order of the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New files, and files whose size or time is another than before.
    pub to_read: Vec<Source>,
    /// Keys of files that are as they were.
    pub unchanged: Vec<String>,
    /// How many of these could not be looked at, and are taken for what they were.
    pub unseen: usize,
    /// Entries that are no documents.
    pub skipped: Vec<Skipped>,
    /// Keys that were known and stand there no more.
    pub gone: Vec<String>,
    /// Folders or entries that could not be looked at, with the reason. What is known below them is kept.
    pub unreadable: Vec<String>,
    /// Keys of folders in which people keep nothing, the topmost alone. Such a folder is also what is left of a share that is
    /// not mounted.
    pub empty: Vec<String>,
}

/// Why a corpus cannot be gone through.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such folder.
    #[error("no folder `{}`; name the corpus folder, or set DIARIUM_CORPUS", .0.display())]
    NoFolder(PathBuf),
    /// The folder cannot be looked at.
    #[error("the corpus folder `{}` cannot be looked at: {cause}; see that this user may read it", folder.display())]
    Closed {
        /// The folder.
        folder: PathBuf,
        /// What the file system says; told above and so not as a source.
        cause: std::io::Error,
    },
}

/// Endings of documents that some reader reads.
const READ: [&str; 2] = ["pdf", "txt"];

/// What stands below a folder.
#[derive(Debug, Default)]
pub struct Tree {
    /// Each entry, in the order of the keys, and why it is not read, if it is not.
    entries: Vec<(Source, Option<String>)>,
    /// Folders or entries that could not be looked at, with the reason.
    unreadable: Vec<String>,
    /// Their keys.
    blind: Vec<String>,
    /// Keys of folders in which people keep nothing, the topmost alone.
    empty: Vec<String>,
}

/// Goes through the tree below `corpus`, but for what lies at `left_out`: paths below it of what is no paper of anybody's, as
/// the index itself where it lies in the corpus.
///
/// # Errors
/// [`Error::NoFolder`] when `corpus` is no folder, [`Error::Closed`] when it cannot be looked at. Trouble further down is in [`Changes::unreadable`].
pub fn walk(corpus: &Path, left_out: &[PathBuf]) -> Result<Tree, Error> {
    if !corpus.is_dir() {
        return Err(Error::NoFolder(corpus.to_owned()));
    }
    let mut tree = Tree::default();
    // The root may be a link, as people mount archives; below it no link is followed, so no walk runs in a circle.
    let mut entries = WalkDir::new(corpus)
        .follow_root_links(true)
        .into_iter()
        .filter_entry(|entry| {
            left_out.is_empty()
                || !entry
                    .path()
                    .strip_prefix(corpus)
                    .is_ok_and(|below| left_out.iter().any(|path| path == below))
        });
    let mut folders: Vec<String> = Vec::new();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => {
                let folder = corpus.to_owned();
                let cause = error.into();
                return Err(Error::Closed { folder, cause });
            }
            Err(error) => {
                if let Some(path) = error.path() {
                    tree.blind.push(key(corpus, path));
                }
                tree.unreadable.push(error.to_string());
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let is_folder = entry.file_type().is_dir();
        let of_the_system = is_folder.then(|| no_papers(entry.file_name())).flatten();
        if of_the_system.is_some() {
            entries.skip_current_dir();
        } else if is_folder {
            folders.push(key(corpus, entry.path()));
            continue;
        }
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(error) => {
                tree.blind.push(key(corpus, entry.path()));
                tree.unreadable.push(error.to_string());
                continue;
            }
        };
        let source = Source {
            key: key(corpus, entry.path()),
            path: entry.into_path(),
            size: metadata.len(),
            modified: modified(&metadata),
        };
        let reason = match of_the_system {
            Some(reason) => Some(reason.to_owned()),
            None => not_read(&source.path, &metadata),
        };
        tree.entries.push((source, reason));
    }
    // By their keys, once, and not by each folder's names on the way: those are cut out of their paths for each comparison.
    tree.entries
        .sort_unstable_by(|(a, _), (b, _)| a.key.cmp(&b.key));
    folders.sort_unstable();
    tree.blind.sort_unstable();
    tree.unreadable.sort_unstable();
    tree.empty = tree.without_papers(folders);
    Ok(tree)
}

/// Whether a file of this name is one that people made, and not what a system leaves in its folders.
fn is_of_people(name: &Path) -> bool {
    let file = name
        .file_name()
        .map(|name| name.to_string_lossy().to_lowercase());
    let of_a_system = |file: &String| {
        file.starts_with('.') || matches!(file.as_str(), "thumbs.db" | "desktop.ini")
    };
    name.extension().is_some() && !file.as_ref().is_none_or(of_a_system)
}

/// The folder that `key` stands in; none for what stands in the corpus folder itself.
fn folder_of(key: &str) -> Option<&str> {
    key.rsplit_once('/').map(|(folder, _)| folder)
}

impl Tree {
    /// The topmost of `folders` below which no document stands, nor anything else that people keep there, nor what could not be
    /// looked at.
    fn without_papers(&self, folders: Vec<String>) -> Vec<String> {
        let mut with: BTreeSet<&str> = BTreeSet::new();
        // People may have put other files in the place of papers, which are gone then; a share that is not mounted has neither.
        let of_people = |source: &Source, reason: &Option<String>| {
            reason.is_some() && no_reader(&source.path) == *reason && is_of_people(&source.path)
        };
        let papers = self
            .entries
            .iter()
            .filter(|(source, reason)| reason.is_none() || of_people(source, reason));
        let papers = papers.filter_map(|(source, _)| folder_of(&source.key));
        let blind = self.blind.iter().map(String::as_str);
        for folder in papers.chain(blind) {
            let mut next = Some(folder);
            // Whoever is there already has brought those above it.
            while let Some(folder) = next.filter(|folder| with.insert(folder)) {
                next = folder_of(folder);
            }
        }
        let is_topmost = |folder: &str| folder_of(folder).is_none_or(|above| with.contains(above));
        let mut without = folders;
        without.retain(|folder| !with.contains(&**folder) && is_topmost(folder));
        without
    }

    /// Compares what stands there with what is known: keys in their order, each once.
    pub fn against<'k>(self, known: impl Iterator<Item = (&'k str, Known)>) -> Changes {
        let mut changes = Changes {
            unreadable: self.unreadable,
            empty: self.empty,
            ..Changes::default()
        };
        let blind = self.blind;
        // What lies in a folder that cannot be read tonight has not vanished.
        let hidden = |key: &str| {
            blind.iter().any(|blind| {
                blind.is_empty()
                    || key
                        .strip_prefix(blind.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        let missed = |key: &str, changes: &mut Changes| {
            if hidden(key) {
                changes.unseen += 1;
                changes.unchanged.push(key.to_owned());
            } else {
                changes.gone.push(key.to_owned());
            }
        };
        let mut known = known.peekable();
        for (source, reason) in self.entries {
            while let Some((key, _)) = known.next_if(|(key, _)| *key < source.key.as_str()) {
                missed(key, &mut changes);
            }
            let before = known
                .next_if(|(key, _)| *key == source.key)
                .map(|(_, before)| before);
            if let Some(reason) = reason {
                changes.skipped.push(Skipped { source, reason });
            } else if before.is_some_and(|before| {
                (before.size, before.modified) == (source.size, source.modified)
            }) {
                changes.unchanged.push(source.key);
            } else {
                changes.to_read.push(source);
            }
        }
        for (key, _) in known {
            missed(key, &mut changes);
        }
        changes
    }
}

/// The path of `path` below `corpus`, with `/` between its parts: what the index calls the file.
///
/// Two names never share a key: bytes that are not UTF-8 are written `\xFF`, and a backslash is doubled. Composed and
/// decomposed å are two names, as they are to the file system. A `»` has a backslash before it: between two spaces and
/// without one it parts a file from a document inside it.
pub fn key(corpus: &Path, path: &Path) -> String {
    plain_key(corpus, path).map_or_else(|| written(corpus, path), str::to_owned)
}

/// [`key`], of any path.
fn written(corpus: &Path, path: &Path) -> String {
    let below = path.strip_prefix(corpus).unwrap_or(path);
    let mut key = String::with_capacity(below.as_os_str().len());
    for part in below.components() {
        if !key.is_empty() {
            key.push('/');
        }
        key.push_str(&self::part(part.as_os_str().as_encoded_bytes()));
    }
    key
}

/// The key of nearly every file: what stands behind the corpus folder in the path, as it stands there. Nothing where something of it
/// is written otherwise in a key, and the path must be taken apart.
fn plain_key<'p>(corpus: &Path, path: &'p Path) -> Option<&'p str> {
    let corpus = corpus.to_str()?;
    let below = path.to_str()?.strip_prefix(corpus)?;
    let below = if corpus.is_empty() || corpus.ends_with('/') {
        below
    } else {
        below.strip_prefix('/')?
    };
    let is_plain = !below.contains('\\')
        && !below.contains('»')
        && below.split('/').all(|part| !matches!(part, "" | "."));
    is_plain.then_some(below)
}

/// Where the file lies that [`key`] has given this key.
pub fn path(corpus: &Path, key: &str) -> PathBuf {
    let mut path = corpus.to_owned();
    path.extend(key.split('/').map(name));
    path
}

/// The name that [`part`] has written so.
fn name(part: &str) -> OsString {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after
            .strip_prefix('x')
            .and_then(|digits| u8::from_str_radix(digits.get(..2)?, 16).ok());
        rest = match byte {
            Some(byte) => {
                bytes.push(byte);
                after.get(3..).unwrap_or_default()
            }
            // The sign that the backslash stands before stands for itself.
            None => {
                let length = after.chars().next().map_or(0, char::len_utf8);
                bytes.extend_from_slice(&after.as_bytes()[..length]);
                &after[length..]
            }
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    named(bytes)
}

#[cfg(unix)]
fn named(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn named(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// One name as [`key`] writes it.
pub fn part(name: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(name)
        && !name.contains(['\\', '»'])
    {
        return name.to_owned();
    }
    let mut part = String::new();
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            if matches!(c, '\\' | '»') {
                part.push('\\');
            }
            part.push(c);
        }
        for byte in chunk.invalid() {
            part.push_str(&format!("\\x{byte:02X}"));
        }
    }
    part
}

/// Folders that file servers and systems keep among people's own, in small letters, and what lies in them.
const OF_THE_SYSTEM: [(&[&str], &str); 3] = [
    (
        &[
            "$recycle.bin",
            "recycler",
            "#recycle",
            "@recycle",
            ".trashes",
            ".trash",
        ],
        "a recycle bin: what was thrown away is not read",
    ),
    (
        &[
            ".snapshot",
            ".snapshots",
            "~snapshot",
            "#snapshot",
            "@snapshot",
            ".zfs",
        ],
        "a file server's snapshots: what lay here earlier is not read",
    ),
    (
        &[
            "@eadir",
            ".appledouble",
            ".spotlight-v100",
            ".fseventsd",
            ".temporaryitems",
            ".documentrevisions-v100",
            "system volume information",
            "lost+found",
        ],
        "a folder of the system: no papers of people are in it",
    ),
];

/// Why no paper is looked for in a folder of this name, if there is none to be found.
fn no_papers(name: &OsStr) -> Option<&'static str> {
    let name = name.to_str()?.to_lowercase();
    // Those of a disk that several people use have the person's number behind.
    let name = match name.strip_prefix(".trash-") {
        Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => ".trash",
        _ => name.as_str(),
    };
    OF_THE_SYSTEM
        .iter()
        .find(|(names, _)| names.contains(&name))
        .map(|(_, reason)| *reason)
}

/// Why an entry is not read, if it is not.
fn not_read(path: &Path, metadata: &Metadata) -> Option<String> {
    let kind = metadata.file_type();
    if kind.is_symlink() {
        return Some("a link; put the document itself into the corpus".into());
    }
    if !kind.is_file() {
        return Some("not a regular file".into());
    }
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    if name.starts_with(b"._") {
        return Some("what macOS notes beside a file; the file itself is read".into());
    }
    no_reader(path)
}

/// Why no reader is there for a file of this name, if there is none.
pub fn no_reader(name: &Path) -> Option<String> {
    let ending = name
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    match ending {
        Some(ending) if READ.contains(&ending.as_str()) => None,
        Some(ending) => Some(format!(
            "no reader for .{ending} files; .pdf and .txt are read"
        )),
        None => Some("no reader for files without an ending; .pdf and .txt are read".into()),
    }
}

#[cfg(unix)]
fn modified(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds =
        i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
    nanoseconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

#[cfg(not(unix))]
fn modified(metadata: &Metadata) -> i64 {
    let Ok(time) = metadata.modified() else {
        return 0;
    };
    let nanoseconds = match time.duration_since(std::time::UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).unwrap_or(i128::MAX),
        Err(before) => -i128::try_from(before.duration().as_nanos()).unwrap_or(i128::MAX),
    };
    nanoseconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn changes(corpus: &Path, known: &BTreeMap<String, Known>) -> Result<Changes, Error> {
        let known = known
            .iter()
            .map(|(key, known)| (key.as_str(), known.clone()));
        Ok(walk(corpus, &[])?.against(known))
    }

    fn known_of(changes: &Changes) -> BTreeMap<String, Known> {
        changes
            .to_read
            .iter()
            .map(|source| {
                (
                    source.key.clone(),
                    Known {
                        size: source.size,
                        modified: source.modified,
                    },
                )
            })
            .collect()
    }

    #[test]
    fn new_changed_gone_and_other_files_are_told_apart() {
        let corpus = tempfile::tempdir().unwrap();
        fs::create_dir(corpus.path().join("år 2016.pdf")).unwrap();
        fs::write(corpus.path().join("år 2016.pdf/a.pdf"), "a").unwrap();
        fs::write(corpus.path().join("b.TXT"), "b").unwrap();
        fs::write(corpus.path().join("c.docx"), "c").unwrap();
        let first = changes(corpus.path(), &BTreeMap::new()).unwrap();
        let keys: Vec<_> = first
            .to_read
            .iter()
            .map(|source| source.key.as_str())
            .collect();
        assert_eq!(keys, ["b.TXT", "år 2016.pdf/a.pdf"]);
        assert_eq!(
            first.skipped[0].reason,
            "no reader for .docx files; .pdf and .txt are read"
        );

        fs::write(corpus.path().join("b.TXT"), "longer").unwrap();
        fs::remove_file(corpus.path().join("år 2016.pdf/a.pdf")).unwrap();
        fs::write(corpus.path().join("d.pdf"), "d").unwrap();
        let second = changes(corpus.path(), &known_of(&first)).unwrap();
        let keys: Vec<_> = second
            .to_read
            .iter()
            .map(|source| source.key.as_str())
            .collect();
        assert_eq!(keys, ["b.TXT", "d.pdf"]);
        assert_eq!(second.gone, ["år 2016.pdf/a.pdf"]);

        let third = changes(corpus.path(), &known_of(&second)).unwrap();
        assert!(third.to_read.is_empty() && third.gone.is_empty());
        assert_eq!(third.unchanged, ["b.TXT", "d.pdf"]);
    }

    #[test]
    fn what_systems_keep_among_papers_is_named_and_not_read() {
        let corpus = tempfile::tempdir().unwrap();
        for name in [
            "$RECYCLE.BIN/S-1-5/a.pdf",
            ".Trash-1000/files/b.pdf",
            ".Trash-kommitten/c.pdf",
            "2019/@eaDir/d.pdf/e.pdf",
            "2019/._f.pdf",
            "2019/f.pdf",
        ] {
            let file = corpus.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }
        let changes = changes(corpus.path(), &BTreeMap::new()).unwrap();
        let read: Vec<_> = changes.to_read.iter().map(|source| &source.key).collect();
        assert_eq!(read, [".Trash-kommitten/c.pdf", "2019/f.pdf"]);
        let skipped: Vec<_> = changes
            .skipped
            .iter()
            .map(|skipped| (skipped.source.key.as_str(), skipped.reason.as_str()))
            .collect();
        let bin = "a recycle bin: what was thrown away is not read";
        assert_eq!(
            skipped,
            [
                ("$RECYCLE.BIN", bin),
                (".Trash-1000", bin),
                (
                    "2019/._f.pdf",
                    "what macOS notes beside a file; the file itself is read"
                ),
                (
                    "2019/@eaDir",
                    "a folder of the system: no papers of people are in it"
                ),
            ]
        );
    }

    #[test]
    fn folders_that_hold_no_paper_are_named() {
        let corpus = tempfile::tempdir().unwrap();
        for folder in ["a", "b/c", "d/e", "f"] {
            fs::create_dir_all(corpus.path().join(folder)).unwrap();
        }
        fs::write(corpus.path().join("d/g.txt"), "g").unwrap();
        let empty = || changes(corpus.path(), &BTreeMap::new()).unwrap().empty;
        assert_eq!(empty(), ["a", "b", "d/e", "f"]);

        // What systems leave behind is no paper either.
        fs::write(corpus.path().join("b/c/Thumbs.db"), "g").unwrap();
        fs::write(corpus.path().join("f/h.pdf"), "h").unwrap();
        assert_eq!(empty(), ["a", "b", "d/e"]);
        // What people keep there says that it is mounted.
        fs::write(corpus.path().join("b/c/notes.docx"), "n").unwrap();
        assert_eq!(empty(), ["a", "d/e"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_followed() {
        let corpus = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(".", corpus.path().join("again")).unwrap();
        std::os::unix::fs::symlink("nowhere", corpus.path().join("dangling.pdf")).unwrap();
        let changes = changes(corpus.path(), &BTreeMap::new()).unwrap();
        let skipped: Vec<_> = changes
            .skipped
            .iter()
            .map(|skipped| skipped.source.key.as_str())
            .collect();
        assert_eq!(skipped, ["again", "dangling.pdf"]);
        assert!(changes.to_read.is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn two_names_never_share_a_key() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let corpus = Path::new("/corpus");
        let latin = corpus.join(OsStr::from_bytes(b"\xE5.pdf"));
        let literal = corpus.join(OsStr::from_bytes(b"\\xE5.pdf"));
        assert_eq!(key(corpus, &latin), "\\xE5.pdf");
        assert_eq!(key(corpus, &literal), "\\\\xE5.pdf");
        assert_eq!(key(corpus, &corpus.join("a » b.pdf")), "a \\» b.pdf");
        assert_eq!(key(corpus, &corpus.join("nämnd/a.pdf")), "nämnd/a.pdf");
        for name in [
            &b"a/b\xE5x41.pdf"[..],
            b"\\xE5.pdf",
            "år/a » \\b.pdf".as_bytes(),
            b"slut\\",
        ] {
            let file = corpus.join(OsStr::from_bytes(name));
            assert_eq!(path(corpus, &key(corpus, &file)), file);
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_to_a_key_gives_the_same(
            corpus in "(/|\\.|)[ab]{0,2}(/[ab]{1,2}){0,2}/?",
            below in "(/?([abå»\\\\. ]{0,3}/){0,3}[abå»\\\\. ]{0,3})",
        ) {
            let corpus = Path::new(&corpus);
            for path in [corpus.join(&below), PathBuf::from(&below)] {
                if let Some(key) = plain_key(corpus, &path) {
                    prop_assert_eq!(key, written(corpus, &path));
                }
            }
        }
    }

    #[test]
    fn what_is_left_out_is_not_seen() {
        let corpus = tempfile::tempdir().unwrap();
        for name in ["index/layout-4/a.txt", "a.txt", "b/index/c.txt", "b/d.txt"] {
            let file = corpus.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }
        let tree = walk(corpus.path(), &["index".into(), "b/d.txt".into()]).unwrap();
        let keys: Vec<_> = tree.entries.iter().map(|(source, _)| &source.key).collect();
        assert_eq!(keys, ["a.txt", "b/index/c.txt"]);
    }

    #[test]
    fn a_corpus_that_is_not_there_is_an_error() {
        let missing = Path::new("/no/such/folder");
        let error = changes(missing, &BTreeMap::new()).unwrap_err().to_string();
        assert_eq!(
            error,
            "no folder `/no/such/folder`; name the corpus folder, or set DIARIUM_CORPUS"
        );
    }
}
