//! The upper halves of the one-byte encodings that Swedish text has been through.

/// A one-byte encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codepage {
    /// ISO 8859-1.
    Latin1,
    /// Windows Western; its five holes are read as control characters.
    Windows,
    /// Classic Mac OS.
    Mac,
    /// DOS, Western Europe.
    Dos850,
    /// DOS, United States.
    Dos437,
}

/// Windows, bytes 80 to 9f; above, it is Latin-1.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// Mac, bytes 80 to ff.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// DOS 850, bytes 80 to ff.
const DOS_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
/// DOS 437, bytes 80 to ff.
const DOS_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

impl Codepage {
    /// The byte that stands for `c`, when it is of the upper half.
    pub(super) fn encode(self, c: char) -> Option<u8> {
        let place = |table: &str| {
            table
                .chars()
                .position(|other| other == c)
                .map(|at| 128 + at as u8)
        };
        match self {
            Codepage::Latin1 => (0x80..=0xff).contains(&(c as u32)).then_some(c as u8),
            Codepage::Windows => {
                place(WINDOWS).or_else(|| (0xa0..=0xff).contains(&(c as u32)).then_some(c as u8))
            }
            Codepage::Mac => place(MAC),
            Codepage::Dos850 => place(DOS_850),
            Codepage::Dos437 => place(DOS_437),
        }
    }

    /// The character that `byte` of the upper half stands for.
    pub(super) fn decode(self, byte: u8) -> Option<char> {
        let at = usize::from(byte).checked_sub(128)?;
        match self {
            Codepage::Latin1 => Some(char::from(byte)),
            Codepage::Windows => WINDOWS.chars().nth(at).or(Some(char::from(byte))),
            Codepage::Mac => MAC.chars().nth(at),
            Codepage::Dos850 => DOS_850.chars().nth(at),
            Codepage::Dos437 => DOS_437.chars().nth(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_whole_and_comes_back() {
        assert_eq!(WINDOWS.chars().count(), 32);
        for table in [MAC, DOS_850, DOS_437] {
            assert_eq!(table.chars().count(), 128);
        }
        for page in [
            Codepage::Latin1,
            Codepage::Windows,
            Codepage::Mac,
            Codepage::Dos850,
            Codepage::Dos437,
        ] {
            for byte in 128..=255u8 {
                let c = page.decode(byte).unwrap();
                assert_eq!(page.encode(c), Some(byte), "{page:?} {byte:x}");
            }
        }
        assert_eq!(Codepage::Mac.encode('å'), Some(0x8c));
        assert_eq!(Codepage::Dos850.encode('ö'), Some(0x94));
    }
}
