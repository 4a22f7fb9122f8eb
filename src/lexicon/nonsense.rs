//! A page's text → whether it can be the text of any language.
//!
//! A font whose map is wrong by a place shows each letter as another one: every glyph is known, and no word is. Words of all
//! languages in Latin letters have pairs of letters in common that such words have not. Lists of names, tables and
//! codes are no nonsense; what is too short to tell is none either.

use std::collections::HashSet;

use super::judge::{is_foreign, is_swedish};

/// Different little words of a language that are enough to know it by; each has three letters or more.
const LITTLE_WORDS: usize = 3;
/// Different words, of three letters or more, and pairs of letters in them, that a verdict needs.
const WORDS: usize = 24;
const PAIRS: u32 = 120;
/// Different letters that such words have at least: numbers to the base of sixteen have six.
const LETTERS: u32 = 10;
/// How common the pairs of letters are, on the average of [`USUAL`], below which no language has them. Prose of twenty
/// languages has 6.6 and more on pages of 1,500 bytes, lists of foreign names 6.5, Swedish whose letters stand one for
/// another 5.4 at most.
const LEAST: f32 = 5.4;
/// Words that are looked at.
const MOST_WORDS: usize = 600;

/// Signs that a page needs to be one of signs alone, and how many different ones.
const SIGNS: usize = 60;
const DIFFERENT_SIGNS: usize = 10;

/// How common the second letter is behind the first, in the language that has the pair most: the logarithm of its share,
/// 0 for pairs that none has. Counted in the words of manuals in twenty languages.
const USUAL: [&[u8; 26]; 26] = [
    b"87892577768889266989766387",
    b"73318122821702613542600052",
    b"80618119866530932647732058",
    b"83259232922535931665643056",
    b"96898676978979264999674756",
    b"60336622811511710545500031",
    b"81149165605435620675630120",
    b"70108002634635610636442040",
    b"86889784778989865988674467",
    b"50046210406413300032421002",
    b"91418042705746710667742042",
    b"93369455954876742276742074",
    b"96349424710765670354520140",
    b"83798595945766741389752075",
    b"65777462536879772996758235",
    b"80338344704633860856521011",
    b"40103001300000200000700010",
    b"96679454937767843678744168",
    b"84749546838655762479753067",
    b"93439447934545840788745076",
    b"75557554767868460877345454",
    b"71128220700216600342320010",
    b"81226013701106620451201281",
    b"40314111500100340204300114",
    b"83746540545564650565406020",
    b"72338030700236611134605075",
];

/// See [`super::is_nonsense`].
pub(super) fn is_nonsense<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    !speaks(lines.clone()) && (is_of_signs(lines.clone()) || is_of_no_language(lines))
}

/// Whether some little words say that a language is spoken: so it is on nearly every page, and early.
fn speaks<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut found: [&str; LITTLE_WORDS] = [""; LITTLE_WORDS];
    let mut count = 0;
    for token in lines.flat_map(str::split_ascii_whitespace) {
        let word = token.trim_end_matches(['.', ',', ':', ')']);
        if word.len() > 2 && !found.contains(&word) && (is_swedish(word) || is_foreign(word)) {
            found[count] = word;
            count += 1;
            if count == LITTLE_WORDS {
                return true;
            }
        }
    }
    false
}

/// Whether the page shows signs where words should be: glyphs that were numbered as they came, and whose numbers were taken
/// for codes.
fn is_of_signs<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    // What leads the eye, and what a drawing is made of, says nothing.
    let says = |char: &char| !matches!(char, '.' | '_' | '-' | '–' | '…' | '\u{2500}'..='\u{27bf}');
    let is_sign = |char: &char| {
        char.is_ascii_punctuation()
            || matches!(char, '\u{a1}'..='\u{bf}' | '\u{2b0}'..='\u{2ff}' | '\u{2010}'..='\u{2044}')
    };
    let (mut plain, mut signs) = (0usize, 0usize);
    let mut different: HashSet<char> = HashSet::new();
    for token in lines.flat_map(str::split_whitespace) {
        let own = token.chars().filter(is_sign).filter(says);
        let count = own.clone().count();
        plain += token.chars().filter(says).count() - count;
        // A sign or two by themselves are an item's, or a rule of arithmetic.
        if count > 2 {
            signs += count;
            different.extend(own);
        }
    }
    signs >= SIGNS && signs > plain && different.len() >= DIFFERENT_SIGNS
}

/// Whether the pairs of letters are such as no language has.
fn is_of_no_language<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let mut words: HashSet<String> = HashSet::new();
    let (mut pairs, mut sum) = (0u32, 0u32);
    let mut letters = 0u32;
    let of_lines = lines.flat_map(|line| line.split(|char: char| !char.is_alphabetic()));
    for word in of_lines.filter(|word| word.len() > 2).take(4 * MOST_WORDS) {
        // A capital within a word is a code's, not a word's.
        let mixed = word
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
        // So are capitals alone, as a heading's words are few.
        let code = mixed || !word.chars().any(char::is_lowercase);
        if code || words.len() >= MOST_WORDS || !words.insert(word.to_ascii_lowercase()) {
            continue;
        }
        let place = |byte: u8| (byte | 32).wrapping_sub(b'a');
        for pair in word.as_bytes().windows(2) {
            let (first, second) = (place(pair[0]), place(pair[1]));
            if first < 26 && second < 26 && pair[0].is_ascii() && pair[1].is_ascii() {
                pairs += 1;
                sum += u32::from(USUAL[usize::from(first)][usize::from(second)] - b'0');
                letters |= 1 << first | 1 << second;
            }
        }
    }
    words.len() >= WORDS
        && pairs >= PAIRS
        && letters.count_ones() >= LETTERS
        && (sum as f32) < LEAST * pairs as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SWEDISH: &str = "Nämnden beslutar att godkänna förvaltningens förslag om trygga skolvägar.\n\
        Ärendet överlämnas till avdelningen för vidare beredning under våren.\n\
        Förvaltningen har sett över övergångsställena vid skolorna\n\
        och föreslår åtgärder under året i hela stadsdelsområdet.";

    /// The text with each letter as the one that stands `by` places behind it.
    fn moved(text: &str, by: u32) -> String {
        let moved = |char: char| match char {
            '\n' | ' ' | '.' => char,
            _ => char::from_u32(u32::from(char) + by).unwrap_or(char),
        };
        text.chars().map(moved).collect()
    }

    fn judged(text: &str) -> bool {
        is_nonsense(text.lines())
    }

    #[test]
    fn letters_that_stand_for_others_are_nonsense() {
        for by in [1, 2, 3, 4, 5] {
            assert!(judged(&moved(SWEDISH, by)), "{}", moved(SWEDISH, by));
        }
        // The blank, too, is shown as another sign.
        assert!(judged(
            &moved(SWEDISH, 1).replace(' ', "!").replace('.', "/")
        ));
        let signs =
            "!”#$%&$’(&)*+,-.’-,,’/0%1”$$-’23.4-*,$5$/&$)’23.)*-/’,5**’)4-.’67’)1.54&*)&$’0#’,.8";
        assert!(judged(&signs.repeat(2)));
    }

    #[test]
    fn languages_names_tables_and_codes_are_none() {
        for text in [
            SWEDISH,
            // Without the little words of any language that is known here.
            "Waxaa muhiim ah in aad ogaato xuquuqdaada iyo waajibaadkaaga markaad codsanayso kaalmada \
             dhaqaale. Qofka codsanaya waa inuu keenaa warqadaha loo baahan yahay oo uu la kulmo qof ka \
             tirsan xafiiska arrimaha bulshada. Haddii aad qabto dib fadlan soo xiriir waaxda daryeelka",
            "Mafê te heye ku tu bizanî çi biryar hatine dayîn. Eger tu alîkariya aborî dixwazî divê tu \
             belgeyên xwe bi xwe re bînî û bi karmendê xwe re biaxivî. Zarokên ku li dibistanê dixwînin",
            "Sinulla oikeus saada kunnalta apua jos itse pysty maksamaan kulujasi. Hakemus jätettävä \
             kirjallisesti, siihen liitettävä kaikki tarvittavat asiakirjat. Asian käsittely voi kestää",
            "Shqyrtimi çështjes mund të zgjasë disa javë, por në raste urgjente vendimi merret menjëherë. \
             Kërkesa duhet të dorëzohet me shkrim dhe të gjitha dokumentet nevojshme duhet bashkëngjiten",
            "Szczepan Brzezina, Xiuying Zhang, Thi Phuong, Abdulqadir, Kjell Björk, Hjördis Åker, Zbigniew \
             Wrzesz, Yusuf Yıldız, Schwarz, Qurban, Khadija, Fatoumata, Oyelaran, Vjekoslav, Krzysztof, \
             Rhys, Llewellyn, Przemysław, Xhemajl, Blerim, Shqipe, Gjergj, Nkrumah, Dzhokhar, Tchaik",
            // Articles of an inventory.
            "EVCJ-16 RQRX-49 GDRA-50 PWAZ-58 JHVD-41 AAAX-70 ANYG-55 ASHQ-64 THMH-87 HQKA-54 TXDF-81 KDLZ-65 \
             PSYG-39 KVRS-51 VBRH-96 NPYF-47 TZYM-12 QYSD-21 SNMR-94 ARBK-91 WVVN-83 FFSH-2 GTTH-52 SMVM-59 \
             JYTW-94 ANSE-67 TGPB-62 MVTG-65 PRMP-45 ATTW-79 LQWA-30 XFTV-24 CTJB-87 CCAQ-2 JHJD-80 FMKC-22 \
             FJSF-85 JXZK-59 ZLRR-15 AKNL-54 GJDJ-94 SGWP-3 HANE-5 FQZS-87 PTHX-89 SQHS-84 YXPB-95 KEGB-40",
            "kr tkr st kr tkr st mnkr kr tkr 12 300 45 000 kr tkr 99 kr 1 234 st",
            "3f2a 99bc deadbeef cafe 00ff a1b2c3 f00d beef abba dada fade decade facade aGVsbG8gd29ybGQ",
            "Innehåll ........................ 3 ______ 4 ------- ====== ****** 5 ────── • • • ☐ ☐",
            "if (a[i] != b[i]) { x += y << 2; } else { z = (p->q & 0x1f) | ~m; } /* c */ fn f<T>(x: &T) -> u8 {}",
            "Η αίτηση πρέπει να υποβληθεί γραπτώς και να συνοδεύεται από όλα τα απαραίτητα έγγραφα του φακέλου",
            "Решение принимается незамедлительно в срочных случаях сотрудником отдела социальной защиты",
            "",
        ] {
            assert!(!judged(text), "{text}");
        }
    }
}
