//! A PDF's bytes → its objects: read where they stand in a sound file, opened by lopdf and unlocked where a password is
//! known, salvaged where it is broken.

use lopdf::{Document, LoadOptions, Object};

use super::loss;
use super::objects::{Direct, Objects};
use super::{Error, Options, Reader, mend, object, pages, salvage};

/// Who opens a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// Our reader of sound files, which is the fastest; no other file is opened.
    Direct,
    /// lopdf, and the search for objects where it can make nothing of a file.
    Parser,
    /// The search alone: lopdf has failed.
    Search,
}

/// An opened file, and what was wrong with it.
pub(super) struct Opened<'f> {
    pub(super) doc: Objects<'f>,
    pub(super) reader: Reader,
    pub(super) notes: Vec<String>,
    /// Whether the file's end is missing.
    pub(super) cut: bool,
}

/// Opens a file.
pub(super) fn open<'f>(
    bytes: &'f [u8],
    options: &Options,
    opener: Opener,
) -> Result<Opened<'f>, Error> {
    check_kind(bytes)?;
    let mut notes = Vec::new();
    let cut = is_cut(bytes);
    let unfinished = has_unfinished_revision(bytes);
    if opener == Opener::Direct {
        let sound = !cut && !unfinished;
        let doc = Direct::open(bytes, options.limits.stream_bytes).filter(|_| sound);
        let unsound = || Error::Broken("it is not sound through and through".to_owned());
        let doc = doc.ok_or_else(unsound)?.into();
        let reader = Reader::Direct;
        return Ok(Opened {
            doc,
            reader,
            notes,
            cut,
        });
    }
    if cut {
        notes.push(loss::END_MISSING.to_owned());
    }
    let has_pages = |doc: &Objects<'_>| !pages::list(doc, 1, cut).list.is_empty();
    let opened = |doc, reader, notes| Opened {
        doc,
        reader,
        notes,
        cut,
    };
    let mut failure = None;
    // The parser would read the revision before.
    if opener == Opener::Parser && !unfinished {
        match load(bytes, options, None) {
            Ok(doc) if is_locked(&doc) => {
                wants_password(&doc)?;
                let mut doc = unlock(bytes, doc, options)?;
                let put = mend::mend(bytes, &mut doc, cut, || {
                    let mut found = salvage::document(bytes, options.limits.stream_bytes)?;
                    unlock_salvaged(&mut found, options).ok()?;
                    Some(found)
                });
                if put > 0 && !cut {
                    notes.push(astray(put));
                }
                return Ok(opened(doc.into(), Reader::Parser, notes));
            }
            Ok(mut doc) => {
                fill_streams(bytes, &mut doc);
                let recovery = doc.xref_recovery;
                let limit = options.limits.stream_bytes;
                let put = mend::mend(bytes, &mut doc, cut, || salvage::document(bytes, limit));
                let doc = Objects::from(doc);
                if has_pages(&doc) {
                    if put > 0 && !cut {
                        notes.push(astray(put));
                    }
                    if let Some(recovery) = recovery {
                        notes.push(format!(
                            "the cross-reference table was broken and is mended ({recovery:?})"
                        ));
                    }
                    return Ok(opened(doc, Reader::Parser, notes));
                }
                failure = Some((Some(doc), String::new()));
            }
            Err(lopdf::Error::InvalidPassword) => return Err(Error::NeedsPassword),
            Err(error) => failure = Some((None, error.to_string())),
        }
    }
    let salvaged = salvage::document(bytes, options.limits.stream_bytes);
    if let Some(mut doc) = salvaged {
        if doc.trailer.has(b"Encrypt") {
            unlock_salvaged(&mut doc, options)?;
        }
        let doc = Objects::from(doc);
        if has_pages(&doc) {
            notes.push(
                "the file is damaged; its objects were found by searching for them".to_owned(),
            );
            return Ok(opened(doc, Reader::Search, notes));
        }
        failure.get_or_insert_with(|| (Some(doc), String::new()));
    }
    match failure {
        // A document without pages is a document, if it has a catalog that says so.
        Some((Some(doc), _)) if has_page_tree(&doc) => {
            notes.push("the document has no pages".to_owned());
            Ok(opened(doc, Reader::Parser, notes))
        }
        Some((_, reason)) if !reason.is_empty() => Err(Error::Broken(reason)),
        _ => Err(Error::Broken("no pages can be found in it".to_owned())),
    }
}

/// The note on a table that is wrong in places.
fn astray(put: usize) -> String {
    format!(
        "the cross-reference table is wrong in places; {put} objects were found by searching for them"
    )
}

/// Whether the catalog leads to a tree of pages, be it an empty one.
fn has_page_tree(doc: &Objects<'_>) -> bool {
    object::dict(doc, &doc.trailer, b"Root")
        .is_some_and(|catalog| object::dict(doc, catalog, b"Pages").is_some())
}

fn load(bytes: &[u8], options: &Options, password: Option<String>) -> lopdf::Result<Document> {
    Document::load_mem_with_options(
        bytes,
        LoadOptions {
            password,
            max_decompressed_size: Some(options.limits.stream_bytes),
            ..LoadOptions::default()
        },
    )
}

/// Whether the file's objects are there, but locked: the parser then gives a document without pages and no error.
fn is_locked(doc: &Document) -> bool {
    doc.trailer.has(b"Encrypt") && doc.encryption_state.is_none()
}

/// Opens a locked file with the first password that fits.
fn unlock(bytes: &[u8], locked: Document, options: &Options) -> Result<Document, Error> {
    drop(locked);
    for password in &options.passwords {
        if let Ok(doc) = load(bytes, options, Some(password.clone()))
            && !is_locked(&doc)
        {
            return Ok(doc);
        }
    }
    // Old files want the password in the bytes that the writer's keyboard gave.
    if let Some(mut doc) = salvage::document(bytes, options.limits.stream_bytes)
        && doc.trailer.has(b"Encrypt")
        && unlock_salvaged(&mut doc, options).is_ok()
    {
        return Ok(doc);
    }
    Err(Error::NeedsPassword)
}

/// Refuses a file whose lock is of another kind than a password's, and says of what kind.
fn wants_password(doc: &Document) -> Result<(), Error> {
    let lock = doc
        .trailer
        .get(b"Encrypt")
        .and_then(|lock| doc.dereference(lock));
    let kind = lock
        .and_then(|(_, lock)| lock.as_dict())
        .and_then(|lock| lock.get(b"Filter"))
        .and_then(Object::as_name);
    let reason = match kind {
        Ok(b"Standard") | Err(_) => return Ok(()),
        Ok(b"Adobe.PubSec" | b"Adobe.PPKLite" | b"Entrust.PPKEF") => {
            "it is for the holders of certain certificates".to_owned()
        }
        Ok(other) => {
            let name: String = String::from_utf8_lossy(other).chars().take(40).collect();
            format!("its lock is of an unknown kind, `{name}`")
        }
    };
    Err(Error::Locked(reason))
}

fn unlock_salvaged(doc: &mut Document, options: &Options) -> Result<(), Error> {
    wants_password(doc)?;
    if let Ok(Object::Dictionary(dict)) = doc.trailer.get(b"Encrypt") {
        // The parser wants it as an object of its own.
        let dict = dict.clone();
        let id = (doc.max_id.saturating_add(1), 0);
        doc.objects.insert(id, Object::Dictionary(dict));
        doc.trailer.set("Encrypt", Object::Reference(id));
    }
    let empty = String::new();
    for password in std::iter::once(&empty).chain(&options.passwords) {
        let latin: Vec<u8> = password
            .chars()
            .map(|char| u8::try_from(char as u32).unwrap_or(b'?'))
            .collect();
        let opens = doc.authenticate_password(password).is_ok();
        if opens {
            // What cannot be decrypted does not keep us from the rest.
            let _ = doc.decrypt(password);
        } else if doc.authenticate_raw_password(&latin).is_ok() {
            let _ = doc.decrypt_raw(&latin);
        } else if doc.authenticate_raw_password(password).is_ok() {
            let _ = doc.decrypt_raw(password);
        } else {
            continue;
        }
        salvage::unpack_object_streams(doc, options.limits.stream_bytes);
        salvage::find_root(doc);
        return Ok(());
    }
    Err(Error::NeedsPassword)
}

/// Where the mark of a PDF stands; something else may stand before it, but not much.
fn find_header(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(&bytes[..bytes.len().min(1 << 16)], b"%PDF")
}

/// Whether the mark at the end of a PDF is missing, blanks and zeros behind it left aside.
fn is_cut(bytes: &[u8]) -> bool {
    let end = bytes
        .iter()
        .rposition(|&byte| !matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n'))
        .map_or(0, |at| at + 1);
    memchr::memmem::rfind(&bytes[end.saturating_sub(2048)..end], b"%%EOF").is_none()
}

/// Whether objects with their table stand behind the mark at the end of a PDF: a newer revision that has lost its own mark.
fn has_unfinished_revision(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"%%EOF";
    let Some(end) = memchr::memmem::rfind(bytes, MARK) else {
        return false;
    };
    let tail = &bytes[end + MARK.len()..];
    let has = |word: &[u8]| memchr::memmem::find(tail, word).is_some();
    has(b"endobj") && (has(b"trailer") || has(b"/XRef"))
}

/// Gives streams whose length is missing or wrong the bytes up to the word that ends them; the parser leaves them empty or
/// cut.
fn fill_streams(bytes: &[u8], doc: &mut Document) {
    if doc.encryption_state.is_some() {
        return;
    }
    let offset = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    for object in doc.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let Some(rest) = stream
            .start_position
            .and_then(|start| bytes.get(offset.checked_add(start)?..))
        else {
            continue;
        };
        let behind = rest.get(stream.content.len()..).unwrap_or_default();
        if !stream.content.is_empty() && behind.trim_ascii_start().starts_with(b"endstream") {
            continue;
        }
        let end = memchr::memmem::find(rest, b"endstream").unwrap_or(rest.len());
        let end = memchr::memmem::find(&rest[..end], b"endobj").unwrap_or(end);
        let data = rest[..end].strip_suffix(b"\n").unwrap_or(&rest[..end]);
        stream.content = data.strip_suffix(b"\r").unwrap_or(data).to_vec();
    }
}

/// Whether a file that does not say that it is a PDF has the objects of one.
fn has_objects(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let begins = matches!(start, [b'0'..=b'9', ..] | [b'%', ..]) && !start.starts_with(b"%!");
    let words: [&[u8]; 3] = [b" 0 obj", b"endobj", b"/Pages"];
    begins
        && words
            .iter()
            .all(|word| memchr::memmem::find(bytes, word).is_some())
}

/// Refuses what is plainly something else, and says what.
fn check_kind(bytes: &[u8]) -> Result<(), Error> {
    let is_pdf = || find_header(bytes).is_some() || has_objects(bytes);
    if !bytes.starts_with(b"PK") && is_pdf() {
        return Ok(());
    }
    let start = bytes.trim_ascii_start();
    let lower: Vec<u8> = start.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let kind = match bytes {
        [b'P', b'K', 3 | 5, ..] => "a zip archive or an office document",
        [0x1F, 0x8B, ..] => "a gzip archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old office document",
        [0xFF, 0xD8, 0xFF, ..]
        | [0x89, b'P', b'N', b'G', ..]
        | [b'I', b'I', b'*', 0, ..]
        | [b'M', b'M', 0, b'*', ..] => "a picture",
        [b'{', b'\\', b'r', b't', b'f', ..] => "an RTF document",
        [b'%', b'!', b'P', b'S', ..] => "a PostScript program",
        _ if lower.starts_with(b"<!doctype html")
            || lower.starts_with(b"<html")
            || lower.starts_with(b"<head") =>
        {
            "a web page"
        }
        _ if lower.starts_with(b"<?xml") => "an XML document",
        _ => "nothing that begins like a PDF",
    };
    Err(Error::Kind(format!("it is {kind}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::sample::document;

    /// A small file with another trailer's entry `/Encrypt`.
    fn locked(encrypt: &str) -> Vec<u8> {
        let mut file = document(&[b"BT /F1 12 Tf 70 700 Td (text) Tj ET"], "", "", &[]);
        let at = memchr::memmem::rfind(&file, b"/Root").expect("a trailer");
        file.splice(at..at, format!("/Encrypt {encrypt} ").bytes());
        file
    }

    #[test]
    fn a_file_without_its_first_line_is_read() {
        let file = document(&[b"BT /F1 12 Tf 70 700 Td (text) Tj ET"], "", "", &[]);
        let file = &file[memchr::memchr(b'\n', &file).expect("a line") + 1..];
        let raw = crate::extract::text("p.pdf".as_ref(), file, &Options::default());
        assert_eq!(raw.expect("text").pages[0].text, "text");
        for other in [&b"1 0 obj"[..], b"Om PDF: 1 0 obj << /Pages >> endobj"] {
            assert!(matches!(check_kind(other), Err(Error::Kind(_))));
        }
    }

    #[test]
    fn a_lock_that_no_password_opens_is_called_so() {
        let rest = "/SubFilter /adbe.pkcs7.s4 /V 2 /Length 128 /Recipients [<00>]";
        for (kind, said) in [
            ("/Adobe.PubSec", Some("holders of certain certificates")),
            ("/Brantevalla.Lock", Some("`Brantevalla.Lock`")),
            ("/Standard", None),
        ] {
            let file = locked(&format!("<< /Filter {kind} {rest} >>"));
            for opener in [Opener::Parser, Opener::Search] {
                let error = open(&file, &Options::default(), opener).err();
                match (&error, said) {
                    (Some(Error::Locked(reason)), Some(said)) => {
                        assert!(reason.contains(said), "{reason}");
                    }
                    (Some(Error::NeedsPassword), None) => {}
                    _ => panic!("{kind}: {error:?}"),
                }
            }
        }
    }
}
