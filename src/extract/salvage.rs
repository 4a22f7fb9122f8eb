//! Bytes of a file whose parser gave up → as many of its objects as stand there to be found.
//!
//! Every `N G obj` is read where it stands; of several with one number the last wins, as the newest does in a file that
//! was changed by appending.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::lexer::{Lexer, Token, is_blank};
use super::objects::{self, Objects};
use super::{object, stream};

/// Objects of one file.
const MOST: usize = 1_000_000;

/// Builds a document from the objects that can be found; nothing when there are none.
pub(super) fn document(bytes: &[u8], stream_bytes: usize) -> Option<Document> {
    let mut doc = Document::new();
    let mut at = 0;
    let mut count = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"obj") {
        let word = at + found;
        at = word + 3;
        let Some(id) = header(bytes, word) else {
            continue;
        };
        count += 1;
        if count > MOST {
            break;
        }
        if let Some(found) = objects::find(bytes, at, |_| None) {
            at = found.end.max(at);
            doc.objects.insert(id, found.object);
            doc.max_id = doc.max_id.max(id.0);
        }
    }
    if doc.objects.is_empty() {
        return None;
    }
    trailer(bytes, &mut doc);
    if !doc.is_encrypted() {
        unpack_object_streams(&mut doc, stream_bytes);
        find_root(&mut doc);
    }
    Some(doc)
}

/// The objects inside object streams, which a decrypted document needs to unpack, too.
pub(super) fn unpack_object_streams(doc: &mut Document, stream_bytes: usize) {
    let mut inside: Vec<(ObjectId, Object)> = Vec::new();
    let objects = Objects::from(std::mem::take(doc));
    for (_, object) in objects.all() {
        let Object::Stream(stream) = object else {
            continue;
        };
        if object::name(&objects, &stream.dict, b"Type") != Some(b"ObjStm") {
            continue;
        }
        let data = stream::unpack(&objects, stream, stream_bytes).bytes;
        let first = object::int(&objects, &stream.dict, b"First")
            .unwrap_or(0)
            .max(0) as usize;
        let mut lexer = Lexer::new(&data[..first.min(data.len())]);
        while let (Some(Token::Number(number)), Some(Token::Number(offset))) =
            (lexer.token(), lexer.token())
        {
            let at = first.saturating_add(offset.max(0.0) as usize);
            if let Some(found) = objects::find(&data, at, |_| None) {
                inside.push(((number.max(0.0) as u32, 0), found.object));
            }
            if inside.len() > MOST {
                break;
            }
        }
    }
    *doc = objects.into_document();
    for (id, object) in inside {
        doc.objects.entry(id).or_insert(object);
    }
}

/// Sets the trailer's root to a catalog, when no trailer names one.
pub(super) fn find_root(doc: &mut Document) {
    let named = match doc.trailer.get(b"Root") {
        Ok(Object::Reference(id)) => doc.objects.contains_key(id),
        root => root.is_ok(),
    };
    if named {
        return;
    }
    let catalog = doc
        .objects
        .iter()
        .rev()
        .find_map(|(&id, object)| match object {
            Object::Dictionary(dict) if dict.has_type(b"Catalog") => Some(id),
            _ => None,
        });
    if let Some(id) = catalog {
        doc.trailer.set("Root", Object::Reference(id));
    }
}

/// The number and generation that stand before an `obj` at `word`.
fn header(bytes: &[u8], word: usize) -> Option<ObjectId> {
    let mut at = word;
    let mut number = || {
        let end = bytes[..at].iter().rposition(|&byte| !is_blank(byte))? + 1;
        // `endobj` and words like it end in the same letters.
        let start = bytes[..end]
            .iter()
            .rposition(|byte| !byte.is_ascii_digit())
            .map_or(0, |at| at + 1);
        at = start;
        std::str::from_utf8(&bytes[start..end])
            .ok()?
            .parse::<u32>()
            .ok()
    };
    let generation = number()?;
    let id = number()?;
    Some((id, u16::try_from(generation).ok()?))
}

/// Takes the last trailer that names a root; a cross-reference stream is one, too.
fn trailer(bytes: &[u8], doc: &mut Document) {
    let mut best = Dictionary::new();
    for at in memchr::memmem::find_iter(bytes, b"trailer").take(1000) {
        let found = objects::find(bytes, at + b"trailer".len(), |_| None);
        if let Some(Object::Dictionary(dict)) = found.map(|found| found.object)
            && dict.has(b"Root")
        {
            best = dict;
        }
    }
    if !best.has(b"Root") {
        let stream = doc.objects.values().rev().find_map(|object| match object {
            Object::Stream(stream) if stream.dict.has_type(b"XRef") && stream.dict.has(b"Root") => {
                Some(&stream.dict)
            }
            _ => None,
        });
        if let Some(dict) = stream {
            for key in [&b"Root"[..], b"Info", b"ID", b"Encrypt"] {
                if let Some(value) = object::raw(dict, key) {
                    best.set(key, value.clone());
                }
            }
        }
    }
    doc.trailer = best;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_where_they_stand() {
        let bytes = b"junk 1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]>>\n\
                      3 0 obj <</Type /Page /Contents 4 0 R>> endobj 4 0 obj <</Length 99>> stream\nBT (a) Tj ET\nendstream endobj\n\
                      3 0 obj <</Type /Page /Rotate 90 /Contents 4 0 R>> endobj";
        let doc = document(bytes, 1000).expect("objects");
        assert_eq!(doc.objects.len(), 4);
        assert_eq!(
            doc.trailer.get(b"Root").ok(),
            Some(&Object::Reference((1, 0)))
        );
        let Some(Object::Stream(stream)) = doc.objects.get(&(4, 0)) else {
            panic!("a stream")
        };
        assert_eq!(stream.content, b"BT (a) Tj ET");
        let page = doc
            .objects
            .get(&(3, 0))
            .and_then(object::as_dict)
            .expect("a page");
        assert!(page.has(b"Rotate"), "the newest wins");
        assert!(document(b"no such thing", 1000).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_scanned(bytes in "( ?(1 0 obj|<<|>>|\\[|\\]|/K|\\(a\\)|stream|endstream|trailer|[0-9]R?)){0,40}") {
            document(bytes.as_bytes(), 1000);
        }
    }
}
