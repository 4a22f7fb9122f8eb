//! Bytes of a file → the object that is written there.

use lopdf::{Dictionary, Object, Stream, StringFormat};

use super::super::lexer::{Lexer, Token, name};
use super::super::object;

/// Arrays and dictionaries within each other.
const DEEPEST: usize = 100;

/// An object, and how it stood there.
pub(in super::super) struct Found {
    pub(in super::super) object: Object,
    /// Where it ends.
    pub(in super::super) end: usize,
    /// Whether it was written as no sound file writes it.
    pub(in super::super) odd: bool,
}

/// The object that begins at `at`, a stream with its data. `length` tells how long the data of a stream are whose length is
/// a reference.
pub(in super::super) fn find(
    bytes: &[u8],
    at: usize,
    length: impl FnOnce(lopdf::ObjectId) -> Option<usize>,
) -> Option<Found> {
    let mut reader = Reader {
        lexer: Lexer::new(bytes),
        odd: false,
    };
    reader.lexer.seek(at);
    let object = reader.value(0)?;
    let end = reader.lexer.position();
    let Object::Dictionary(dict) = object else {
        return Some(Found {
            object,
            end,
            odd: reader.odd,
        });
    };
    if reader.lexer.token() != Some(Token::Word(b"stream")) {
        return Some(Found {
            object: Object::Dictionary(dict),
            end,
            odd: reader.odd,
        });
    }
    let mut start = reader.lexer.position();
    if bytes.get(start) == Some(&b'\r') {
        start += 1;
    }
    if bytes.get(start) == Some(&b'\n') {
        start += 1;
    }
    let rest = &bytes[start.min(bytes.len())..];
    let stated = match object::raw(&dict, b"Length") {
        Some(&Object::Integer(length)) => usize::try_from(length).ok(),
        Some(&Object::Reference(id)) => length(id),
        _ => None,
    };
    let stated = stated.filter(|&length| {
        let mut after = Lexer::new(rest);
        after.seek(length);
        length < rest.len() && after.token() == Some(Token::Word(b"endstream"))
    });
    let length = stated.unwrap_or_else(|| {
        let end = memchr::memmem::find(rest, b"endstream")
            .or_else(|| memchr::memmem::find(rest, b"endobj"))
            .unwrap_or(rest.len());
        let data = &rest[..end];
        // The line end before the word is not of the data.
        let data = data.strip_suffix(b"\n").unwrap_or(data);
        data.strip_suffix(b"\r").unwrap_or(data).len()
    });
    let content = rest[..length].to_vec();
    Some(Found {
        object: Object::Stream(Stream::new(dict, content)),
        end: start + length,
        odd: reader.odd || stated.is_none(),
    })
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    odd: bool,
}

impl<'a> Reader<'a> {
    /// The value at the lexer.
    fn value(&mut self, depth: usize) -> Option<Object> {
        if let Some(id) = self.lexer.reference() {
            return Some(Object::Reference(id));
        }
        let token = self.lexer.token()?;
        if let Token::Number(number) = token {
            // Two whole numbers and an R are a reference.
            let after = self.lexer.position();
            if number >= 0.0
                && number.fract() == 0.0
                && self.lexer.digit_is_next()
                && let Some(Token::Number(generation)) = self.lexer.token()
                && self.lexer.token() == Some(Token::Word(b"R"))
            {
                return Some(reference(number, generation));
            }
            self.lexer.seek(after);
        }
        self.value_of(token, depth)
    }

    /// The value that `token` begins; a number is a number here, whatever follows.
    fn value_of(&mut self, token: Token<'a>, depth: usize) -> Option<Object> {
        Some(match token {
            Token::Number(number) => {
                if number.fract() == 0.0 && number.abs() < 1e15 {
                    Object::Integer(number as i64)
                } else {
                    Object::Real(number as f32)
                }
            }
            Token::Name(raw) => Object::Name(name(raw)),
            Token::String => Object::String(self.lexer.string().to_vec(), StringFormat::Literal),
            Token::Word(b"true") => Object::Boolean(true),
            Token::Word(b"false") => Object::Boolean(false),
            Token::Word(b"null") => Object::Null,
            Token::ArrayStart if depth < DEEPEST => Object::Array(self.array(depth)?),
            Token::DictStart if depth < DEEPEST => Object::Dictionary(self.dict(depth)),
            _ => {
                self.odd = true;
                return None;
            }
        })
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Object>> {
        let mut list = Vec::new();
        loop {
            let before = self.lexer.position();
            match self.lexer.token() {
                Some(Token::ArrayEnd) => return Some(list),
                // The two numbers before it are there already.
                Some(Token::Word(b"R")) => match list[..] {
                    [
                        ..,
                        Object::Integer(number @ 0..),
                        Object::Integer(generation @ 0..),
                    ] => {
                        list.truncate(list.len() - 2);
                        list.push(reference(number as f64, generation as f64));
                    }
                    _ => self.odd = true,
                },
                Some(Token::Word(b"endobj" | b"stream" | b"obj")) => {
                    self.odd = true;
                    self.lexer.seek(before);
                    return Some(list);
                }
                Some(token) => list.extend(self.value_of(token, depth + 1)),
                None => {
                    self.odd = true;
                    return None;
                }
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Dictionary {
        let mut dict = Dictionary::new();
        loop {
            let before = self.lexer.position();
            match self.lexer.token() {
                Some(Token::Name(key)) => {
                    let key = name(key);
                    let at = self.lexer.position();
                    match self.value(depth + 1) {
                        Some(value) => dict.set(key, value),
                        None => {
                            self.odd = true;
                            self.lexer.seek(at + 1);
                        }
                    }
                }
                Some(Token::DictEnd) => return dict,
                None => {
                    self.odd = true;
                    return dict;
                }
                Some(Token::Word(b"endobj" | b"stream" | b"obj")) => {
                    self.odd = true;
                    self.lexer.seek(before);
                    return dict;
                }
                Some(_) => self.odd = true,
            }
        }
    }
}

fn reference(number: f64, generation: f64) -> Object {
    Object::Reference((number as u32, generation as u16))
}
