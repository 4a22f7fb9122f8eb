//! A Type 1 program → its encoding, which stands before the encrypted part.

use super::FontFile;
use crate::extract::encoding::Base;
use crate::extract::lexer::{Lexer, Token};

pub(super) fn read(bytes: &[u8]) -> FontFile {
    let end = memchr::memmem::find(bytes, b"eexec").unwrap_or(bytes.len());
    let head = &bytes[..end];
    let Some(start) = memchr::memmem::find(head, b"/Encoding") else {
        return FontFile::default();
    };
    let mut names = Vec::new();
    let mut lexer = Lexer::new(&head[start + b"/Encoding".len()..]);
    let mut code = None;
    let mut first = true;
    while let Some(token) = lexer.token() {
        match token {
            Token::Word(b"StandardEncoding") if first => {
                names = (0..=255)
                    .map(|code| (code, Base::Standard.glyph_name(code).to_owned()))
                    .filter(|(_, name)| !name.is_empty())
                    .collect();
                break;
            }
            Token::Word(b"def" | b"readonly") => break,
            Token::Word(b"dup") => code = None,
            Token::Number(value) => code = Some(value as i64),
            Token::Name(name) => {
                if let (Some(code), Ok(name)) = (
                    code.take().and_then(|code| u8::try_from(code).ok()),
                    std::str::from_utf8(name),
                ) && name != ".notdef"
                    && names.len() < 512
                {
                    names.push((code, name.to_owned()));
                }
            }
            _ => {}
        }
        first = false;
    }
    FontFile {
        names,
        ..FontFile::default()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_encoding_is_read() {
        let font = super::read(
            b"%!PS-AdobeFont-1.0: LMRoman\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n\
              dup 229 /aring put\ndup 28 /f_i put\nreadonly def\n/Private dup 8 /nothing put eexec dup 1 /no put",
        );
        assert_eq!(
            font.names,
            [(229, "aring".to_owned()), (28, "f_i".to_owned())]
        );
        let font = super::read(b"%!FontType1\n/Encoding StandardEncoding def eexec");
        assert!(font.names.contains(&(65, "A".to_owned())));
    }
}
