//! A PDF's bytes → its objects: opened by lopdf, unlocked where a password is known, salvaged where it is broken.

use lopdf::{Document, LoadOptions, Object};

use super::{Error, Options, object, pages, salvage};

/// An opened file, and what was wrong with it.
pub(super) struct Opened {
    pub(super) doc: Document,
    pub(super) notes: Vec<String>,
}

/// Opens a file. `by_parser` is false when the parser has failed on it before.
pub(super) fn open(bytes: &[u8], options: &Options, by_parser: bool) -> Result<Opened, Error> {
    check_kind(bytes)?;
    let mut notes = Vec::new();
    if find_header(bytes).is_none() {
        notes.push("the file lacks the mark of a PDF at its start".to_owned());
    }
    let mut failure = None;
    if by_parser {
        match load(bytes, options, None) {
            Ok(doc) if is_locked(&doc) => {
                let doc = unlock(bytes, doc, options)?;
                return Ok(Opened { doc, notes });
            }
            Ok(doc) if !pages::list(&doc, 1).list.is_empty() => {
                if let Some(recovery) = doc.xref_recovery {
                    notes.push(format!(
                        "the cross-reference table was broken and is mended ({recovery:?})"
                    ));
                }
                return Ok(Opened { doc, notes });
            }
            Ok(doc) => failure = Some((Some(doc), String::new())),
            Err(lopdf::Error::InvalidPassword) => return Err(Error::NeedsPassword),
            Err(error) => failure = Some((None, error.to_string())),
        }
    }
    let salvaged = salvage::document(bytes, options.limits.stream_bytes);
    if let Some(mut doc) = salvaged {
        if doc.trailer.has(b"Encrypt") {
            unlock_salvaged(&mut doc, options)?;
        }
        if !pages::list(&doc, 1).list.is_empty() {
            notes.push(
                "the file is damaged; its objects were found by searching for them".to_owned(),
            );
            return Ok(Opened { doc, notes });
        }
        failure.get_or_insert_with(|| (Some(doc), String::new()));
    }
    match failure {
        // A document without pages is a document, if it has a catalog that says so.
        Some((Some(doc), _)) if has_page_tree(&doc) => {
            notes.push("the document has no pages".to_owned());
            Ok(Opened { doc, notes })
        }
        Some((_, reason)) if !reason.is_empty() => Err(Error::Broken(reason)),
        _ => Err(Error::Broken("no pages can be found in it".to_owned())),
    }
}

/// Whether the catalog leads to a tree of pages, be it an empty one.
fn has_page_tree(doc: &Document) -> bool {
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

fn unlock_salvaged(doc: &mut Document, options: &Options) -> Result<(), Error> {
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

fn find_header(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(&bytes[..bytes.len().min(4096)], b"%PDF-")
}

/// Refuses what is plainly something else, and says what.
fn check_kind(bytes: &[u8]) -> Result<(), Error> {
    if find_header(bytes).is_some() {
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
        // A file whose head is gone may have its body still.
        _ if memchr::memmem::find(bytes, b" obj").is_some()
            && memchr::memmem::find(bytes, b"endobj").is_some() =>
        {
            return Ok(());
        }
        _ => "nothing that begins like a PDF",
    };
    Err(Error::Kind(format!("it is {kind}")))
}
