//! One element of a structure tree → what its place in the reading order needs of it.
//!
//! A tree has more elements than a file has of all else, and most of what they hold is not for us: in a file that is read
//! directly an element is taken from its bytes, without becoming an object.

use lopdf::{Dictionary, Object, ObjectId};

use super::super::lexer::{Lexer, Token};
use super::super::object;
use super::super::objects::Objects;

/// What an element has below it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kid<'a> {
    /// Marked content, by its number on the page.
    Content(i64),
    /// An element that is an object of its own.
    Named(ObjectId),
    /// An element that is written in place.
    Element(Element<'a>),
}

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element<'a> {
    /// `Type`: empty, `StructElem`, `MCR` or `OBJR`.
    pub(super) kind: &'a [u8],
    /// `S`: its type of structure.
    pub(super) role: &'a [u8],
    /// `Pg`: the page of its content.
    pub(super) page: Option<ObjectId>,
    /// `MCID`: the content that a reference to content refers to.
    pub(super) mcid: Option<i64>,
    /// Whether that content is a form's.
    pub(super) in_form: bool,
    /// `ActualText`: what is meant by all its content.
    pub(super) actual: Option<String>,
    /// `K`.
    pub(super) kids: Vec<Kid<'a>>,
}

/// Elements, and lists, within each other.
const DEEPEST: usize = 50;

impl<'a> Element<'a> {
    /// The element that is called `id`; an array stands for an element of no kind that holds what it holds.
    pub(super) fn named(doc: &'a Objects<'a>, id: ObjectId) -> Option<Element<'a>> {
        if let Some(bytes) = doc.bytes(id) {
            let mut lexer = Lexer::new(bytes);
            if lexer.token() == Some(Token::DictStart)
                && let Some(element) = written(&mut lexer, 0)
            {
                return Some(element);
            }
        }
        match doc.get(id)? {
            Object::Dictionary(dict) => Some(Element::of(doc, dict, 0)),
            other => {
                let mut kids = Vec::new();
                kids_of(doc, other, &mut kids, 0);
                Some(Element {
                    kind: b"Array",
                    kids,
                    ..Element::default()
                })
            }
        }
    }

    /// The element that a dictionary is.
    pub(super) fn of(doc: &'a Objects<'a>, dict: &'a Dictionary, depth: usize) -> Element<'a> {
        let mut element = Element::default();
        let name = |value: &'a Object| match object::resolve(doc, value) {
            Some(Object::Name(name)) => name.as_slice(),
            _ => b"",
        };
        // One pass over the few entries: looking each up by its key costs more than reading the tree.
        for (key, value) in dict {
            match key.as_slice() {
                b"Pg" => element.page = value.as_reference().ok(),
                b"Type" => element.kind = name(value),
                b"S" => element.role = name(value),
                b"MCID" => {
                    let mcid = object::resolve(doc, value).and_then(object::number);
                    element.mcid = mcid.map(|mcid| mcid as i64);
                }
                b"Stm" => element.in_form = true,
                b"ActualText" => {
                    if let Some(Object::String(text, _)) = object::resolve(doc, value) {
                        element.actual = Some(object::text(text));
                    }
                }
                b"K" => kids_of(doc, value, &mut element.kids, depth),
                _ => {}
            }
        }
        element
    }
}

/// What an object holds as the kids of an element.
pub(super) fn kids_of<'a>(
    doc: &'a Objects<'a>,
    value: &'a Object,
    kids: &mut Vec<Kid<'a>>,
    depth: usize,
) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Object::Integer(mcid) => kids.push(Kid::Content(*mcid)),
        Object::Reference(id) => kids.push(Kid::Named(*id)),
        Object::Array(list) => {
            for value in list {
                kids_of(doc, value, kids, depth + 1);
            }
        }
        Object::Dictionary(dict) => kids.push(Kid::Element(Element::of(doc, dict, depth + 1))),
        _ => {}
    }
}

/// The element behind a `<<`; nothing when it is written in a way that few writers use.
fn written<'a>(lexer: &mut Lexer<'a>, depth: usize) -> Option<Element<'a>> {
    let mut element = Element::default();
    if depth > DEEPEST {
        return None;
    }
    loop {
        let key = match lexer.token()? {
            Token::Name(key) => key,
            Token::DictEnd => return Some(element),
            _ => return None,
        };
        match key {
            b"Type" => element.kind = plain_name(lexer)?,
            b"S" => element.role = plain_name(lexer)?,
            b"Pg" => {
                if let Some(page) = lexer.reference() {
                    element.page = Some(page);
                    continue;
                }
                let (Token::Number(number), Token::Number(generation)) =
                    (lexer.token()?, lexer.token()?)
                else {
                    return None;
                };
                if lexer.token()? != Token::Word(b"R") {
                    return None;
                }
                element.page = Some((number as u32, generation as u16));
            }
            b"MCID" => {
                let Token::Number(mcid) = lexer.token()? else {
                    return None;
                };
                if lexer.digit_is_next() {
                    return None;
                }
                element.mcid = Some(mcid as i64);
            }
            b"K" => match lexer.token()? {
                Token::Number(number) if lexer.digit_is_next() => {
                    let Token::Number(generation) = lexer.token()? else {
                        return None;
                    };
                    if lexer.token()? != Token::Word(b"R") {
                        return None;
                    }
                    let id = (number as u32, generation as u16);
                    element.kids.push(Kid::Named(id));
                }
                Token::Number(mcid) => element.kids.push(Kid::Content(mcid as i64)),
                Token::DictStart => {
                    let kid = written(lexer, depth + 1)?;
                    element.kids.push(Kid::Element(kid));
                }
                Token::ArrayStart => list(lexer, &mut element.kids, depth)?,
                _ => return None,
            },
            b"Stm" => {
                element.in_form = true;
                skip(lexer)?;
            }
            b"ActualText" => match lexer.token()? {
                Token::String => element.actual = Some(object::text(lexer.string())),
                _ => return None,
            },
            key if key.contains(&b'#') => return None,
            _ => skip(lexer)?,
        }
    }
}

/// The kids behind a `[`.
fn list<'a>(lexer: &mut Lexer<'a>, kids: &mut Vec<Kid<'a>>, depth: usize) -> Option<()> {
    loop {
        if let Some(id) = lexer.reference() {
            kids.push(Kid::Named(id));
            continue;
        }
        match lexer.token()? {
            Token::ArrayEnd => return Some(()),
            Token::Number(number) => kids.push(Kid::Content(number as i64)),
            Token::DictStart => kids.push(Kid::Element(written(lexer, depth + 1)?)),
            // The two numbers before it are there already.
            Token::Word(b"R") => {
                let (Kid::Content(generation), Kid::Content(number)) = (kids.pop()?, kids.pop()?)
                else {
                    return None;
                };
                kids.push(Kid::Named((number as u32, generation as u16)));
            }
            _ => return None,
        }
    }
}

fn plain_name<'a>(lexer: &mut Lexer<'a>) -> Option<&'a [u8]> {
    match lexer.token()? {
        Token::Name(name) if !name.contains(&b'#') => Some(name),
        _ => None,
    }
}

/// Steps over a value.
fn skip(lexer: &mut Lexer<'_>) -> Option<()> {
    if lexer.reference().is_some() {
        return Some(());
    }
    match lexer.token()? {
        Token::Number(_) if lexer.digit_is_next() => {
            lexer.token()?;
            (lexer.token()? == Token::Word(b"R")).then_some(())
        }
        Token::ArrayStart | Token::DictStart => {
            let mut open = 1;
            while open > 0 {
                match lexer.token()? {
                    Token::ArrayStart | Token::DictStart => open += 1,
                    Token::ArrayEnd | Token::DictEnd => open -= 1,
                    Token::Word(b"endobj" | b"stream" | b"obj") => return None,
                    _ => {}
                }
            }
            Some(())
        }
        Token::Number(_) | Token::Name(_) | Token::String => Some(()),
        Token::Word(b"true" | b"false" | b"null") => Some(()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Element<'_>> {
        let mut lexer = Lexer::new(text.as_bytes());
        assert_eq!(lexer.token(), Some(Token::DictStart));
        written(&mut lexer, 0)
    }

    #[test]
    fn elements_are_read_from_their_bytes() {
        let element = read(
            "<</Type/StructElem/S/P/P 3 0 R/Pg 9 0 R/Lang(sv (SE))/A[<</O/Layout/W 2>> 5 0 R]/K[1 <</Type/MCR/Pg 8 0 R/MCID 2>> 4 0 R 7]>>",
        )
        .expect("an element");
        assert_eq!(
            (element.kind, element.role),
            (&b"StructElem"[..], &b"P"[..])
        );
        assert_eq!(element.page, Some((9, 0)));
        let reference = Element {
            kind: b"MCR",
            page: Some((8, 0)),
            mcid: Some(2),
            ..Element::default()
        };
        assert_eq!(
            element.kids,
            [
                Kid::Content(1),
                Kid::Element(reference),
                Kid::Named((4, 0)),
                Kid::Content(7)
            ]
        );
        let meant = read("<</S/Span/ActualText(m\\345l)/K 4>>").expect("an element");
        assert_eq!(
            (meant.actual.as_deref(), &meant.kids[..]),
            (Some("mål"), &[Kid::Content(4)][..])
        );
        for (text, kid) in [
            ("<</K 4>>", Kid::Content(4)),
            ("<</K 4 0 R /S /P>>", Kid::Named((4, 0))),
            ("<</K 4/ID (x)>>", Kid::Content(4)),
        ] {
            assert_eq!(read(text).expect("an element").kids, [kid], "{text}");
        }
    }

    #[test]
    fn rare_writing_is_left_to_the_reader_of_objects() {
        for text in [
            "<</S/P#20x>>",
            "<</S 5 0 R>>",
            "<</MCID 5 0 R>>",
            "<</ActualText 5 0 R>>",
            "<</K[[1]]>>",
            "<</K 1",
            "<</K [1 R]>>",
            "<</A <</B>> endobj",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(text in "<<( ?(/K|/S|/A|/Pg|/P|/MCID|/ActualText|[0-9]|R|\\[|\\]|<<|>>|\\(a\\)|null|endobj)){0,40}") {
            read(&text);
        }
    }
}
