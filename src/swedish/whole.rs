//! Words that look like compounds and are none. Pure; the words are `whole.tsv`.

use std::ops::Range;

/// Nouns and verbs made with what stands before a verb, and words from elsewhere: how their forms begin.
static TABLE: &str = include_str!("whole.tsv");

/// What stands behind the beginning of a word of the table.
const ENDINGS: &[&str] = &[
    "",
    "a",
    "ad",
    "ade",
    "ades",
    "an",
    "and",
    "ande",
    "anden",
    "andena",
    "andes",
    "andet",
    "ans",
    "ar",
    "are",
    "aren",
    "arens",
    "arna",
    "arnas",
    "as",
    "at",
    "ats",
    "d",
    "da",
    "dd",
    "dda",
    "dde",
    "ddes",
    "de",
    "des",
    "e",
    "else",
    "elsen",
    "elser",
    "elserna",
    "en",
    "ena",
    "enas",
    "ende",
    "ens",
    "er",
    "era",
    "erna",
    "ernas",
    "ers",
    "es",
    "et",
    "ets",
    "he",
    "het",
    "heten",
    "heter",
    "heterna",
    "ig",
    "iga",
    "ighet",
    "igheten",
    "igheter",
    "igheterna",
    "igt",
    "it",
    "its",
    "liga",
    "n",
    "na",
    "nad",
    "nde",
    "nden",
    "ndet",
    "ndena",
    "ndeskap",
    "ndeskapet",
    "ndes",
    "ndets",
    "ndenas",
    "ning",
    "ningar",
    "ningarna",
    "ningen",
    "ningens",
    "ns",
    "or",
    "orna",
    "r",
    "s",
    "t",
    "ts",
    "tt",
    "ttes",
    "tts",
];

/// First parts behind which stands no word of its own, whatever follows.
const PARTICLES: &[&str] = &["samman"];

/// Whether `form` is a word of the table.
pub(super) fn is_whole(form: &str) -> bool {
    let mut roots = TABLE.lines().filter(|line| !line.starts_with('#'));
    roots.any(|root| {
        form.strip_prefix(root)
            .is_some_and(|ending| ENDINGS.contains(&ending))
    })
}

/// `parts` of `form`, where those that make up a word of the table with their neighbours are one.
pub(super) fn mended(form: &str, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        let joins = |last: &Range<usize>| {
            let whole = &form[last.start..part.end];
            PARTICLES.contains(&&form[last.clone()])
                || is_whole(whole)
                || whole.strip_suffix('s').is_some_and(is_whole)
        };
        match out.last_mut() {
            Some(last) if joins(last) => last.end = part.end,
            _ => out.push(part),
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::swedish::words::Forms;

    #[test]
    fn the_table_is_in_order() {
        let roots: Vec<&str> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(roots.is_sorted() && roots.len() > 50);
    }

    #[test]
    fn what_is_no_compound_has_no_parts() {
        for word in [
            "sammanträdet",
            "sammanträdena",
            "hemställer",
            "hemställan",
            "avslag",
            "avslaget",
            "centrumet",
            "flertalet",
            "verkstäder",
            "sammanfatta",
            "deltagit",
            "deltagare",
            "översände",
            "ordföranden",
            "godkänner",
            "framställningen",
            "sammanställningar",
        ] {
            assert_eq!(Forms::of(word).parts, [""; 0], "{word}");
        }
    }

    #[test]
    fn what_is_whole_is_one_part_of_a_longer_word() {
        let parts = Forms::of("sammanträdesprotokoll").parts;
        assert!(parts.contains(&"protokoll".to_owned()), "{parts:?}");
        assert!(!parts.contains(&"träd".to_owned()), "{parts:?}");
        let parts = Forms::of("hemtjänstpersonal").parts;
        assert!(parts.contains(&"personal".to_owned()), "{parts:?}");
    }
}
