//! Fonts whose maps say something else than what they show.

use super::super::RawPage;
use super::super::sample::{document, first_extra, stream};
use super::{read, replace};

/// A page of `lines` in a font `name` of WinAnsi letters with this map to Unicode; further entries of the font.
fn mapped(name: &str, lines: &[&str], map: &str, entries: &str) -> RawPage {
    let extra = first_extra(1);
    let content: Vec<u8> = lines
        .iter()
        .zip(0..)
        .flat_map(|(line, at)| {
            let y = 780 - 14 * at;
            format!("BT /F2 11 Tf 70 {y} Td ({line}) Tj ET ")
                .chars()
                .map(|char| char as u32 as u8)
                .collect::<Vec<u8>>()
        })
        .collect();
    let map = format!(
        "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange {map} endbfrange"
    );
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /{name} {entries} /ToUnicode {extra} 0 R >>"
    );
    let file = document(
        &[&content],
        "",
        "",
        &[stream("", map.as_bytes()), font.into_bytes()],
    );
    let file = replace(&file, b"/F1 3 0 R", &format!("/F2 {} 0 R", extra + 1));
    read(&file).expect("readable").pages.remove(0)
}

const WIN_ANSI: &str = "/Encoding /WinAnsiEncoding";

#[test]
fn private_letters_of_a_text_font_are_its_codes() {
    let page = mapped(
        "Helvetica",
        &["Nämnden på Öland"],
        "<20> <ff> <f020>",
        WIN_ANSI,
    );
    assert_eq!(
        (page.text.as_str(), page.notes.len()),
        ("Nämnden på Öland", 0)
    );
    // The font of symbols has other letters there.
    let page = mapped("Symbol", &["abc"], "<20> <ff> <f020>", "");
    assert_eq!(page.text, "αβχ");
}

#[test]
fn a_map_that_makes_words_of_no_language_is_noted() {
    let lines = [
        "Förvaltningen har sett över övergångsställena vid skolorna",
        "i området och föreslår åtgärder under året för barnens trygghet",
        "på vägen till och från skolan i samråd med polisen och med de",
        "boende. Nämnden beslutar att godkänna förslaget och lägger det",
        "till handlingarna. Kostnaden ryms inom ramen för budgeten och",
        "arbetet ska redovisas i samband med verksamhetsberättelsen.",
    ];
    let sound = mapped("Helvetica", &lines, "<20> <ff> <0020>", WIN_ANSI);
    assert!(
        sound.text.starts_with("Förvaltningen har") && sound.notes.is_empty(),
        "{sound:?}"
    );
    // Every letter is said to be the next one.
    let wrong = mapped("Helvetica", &lines, "<21> <ff> <0022>", WIN_ANSI);
    assert!(wrong.text.starts_with("G÷swbmuojohfo"), "{}", wrong.text);
    let note = "text cannot be trusted: its words are of no language";
    assert_eq!(wrong.notes.first().map(String::as_str), Some(note));
}

#[test]
fn letters_of_a_script_without_a_map_are_noted() {
    let extra = first_extra(1);
    let page = |encoding: &str, text: &str| {
        let font = format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /{encoding} /DescendantFonts [<< /Type /Font \
             /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>] >>"
        );
        let content = format!("BT /F2 12 Tf 70 700 Td <{text}> Tj ET");
        let file = document(&[content.as_bytes()], "", "", &[font.into_bytes()]);
        let file = replace(&file, b"/F1 3 0 R", &format!("/F2 {extra} 0 R"));
        read(&file).expect("readable").pages.remove(0)
    };
    let known = page("UniJIS-UTF16-H", "65E5672C");
    assert_eq!((known.text.as_str(), known.notes.len()), ("日本", 0));
    for (encoding, text) in [
        ("90ms-RKSJ-H", "93FA967B"),
        ("EUC-H", "C6FCCBDC"),
        ("Identity-H", "0E450F3E"),
    ] {
        let unknown = page(encoding, text);
        let noted = |note: &String| note.starts_with("text cannot be trusted");
        assert!(unknown.notes.iter().any(noted), "{encoding}: {unknown:?}");
    }
}

#[test]
fn fonts_of_the_same_name_differ_by_what_they_say() {
    let extra = first_extra(1);
    let shown = |entries: &str| {
        let font = format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {entries} >>");
        let content = b"BT /F2 12 Tf 70 700 Td (f\x8ar) Tj 30 0 Td (X) Tj ET";
        let file = document(&[content], "", "", &[font.into_bytes()]);
        let file = replace(&file, b"/F1 3 0 R", &format!("/F2 {extra} 0 R"));
        read(&file).expect("readable").pages.remove(0).text
    };
    // Each is asked for twice: what is kept of one is no other's.
    for _ in 0..2 {
        assert_eq!(shown("/Encoding /MacRomanEncoding"), "fär X");
        assert_eq!(shown("/Encoding /WinAnsiEncoding"), "fŠr X");
        assert_eq!(
            shown("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [138 /odieresis] >>"),
            "för X"
        );
        // Wide letters leave no blank.
        assert_eq!(
            shown(
                "/Encoding /MacRomanEncoding /FirstChar 102 /Widths [834] /LastChar 102 /FontDescriptor << /MissingWidth 834 >>"
            ),
            "färX"
        );
    }
}

#[test]
fn a_list_as_a_word_processor_writes_it_has_its_marks() {
    let extra = first_extra(1);
    let map = "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0078> <f0b7> endbfchar";
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /BCDEEE+SymbolMT /Encoding /Identity-H /ToUnicode {extra} 0 R /DescendantFonts \
         [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /BCDEEE+SymbolMT /DW 460 /CIDToGIDMap /Identity >>] >>"
    );
    // The mark, its blank in another font, the text in kerned pieces; a blank of its own ends each line.
    let item = |y: u32, text: &str| {
        format!(
            "/LBody <</MCID 0>> BDC q 0 0 595 842 re W* n BT /F2 11 Tf 1 0 0 1 88 {y} Tm [<0078>] TJ ET Q \
             q BT /F1 11 Tf 1 0 0 1 93 {y} Tm [( )] TJ ET Q q BT /F1 11 Tf 1 0 0 1 106 {y} Tm [{text}] TJ ET Q \
             q BT /F1 11 Tf 1 0 0 1 300 {y} Tm [( )] TJ ET Q EMC "
        )
    };
    let content = item(700, "(fler \\366)-3(verg\\345ngs)4(-)")
        + "BT /F1 11 Tf 1 0 0 1 106 686 Tm [(st)2(\\344llen,)] TJ ET "
        + &item(670, "(b\\344ttre be)-2(lysning)");
    let file = document(
        &[content.as_bytes()],
        "",
        "",
        &[stream("", map.as_bytes()), font.into_bytes()],
    );
    let file = replace(
        &file,
        b"/F1 3 0 R",
        &format!("/F1 3 0 R /F2 {} 0 R", extra + 1),
    );
    let page = read(&file).expect("readable").pages.remove(0);
    assert_eq!(page.text, "• fler övergångsställen,\n• bättre belysning");
    assert!(page.notes.is_empty(), "{:?}", page.notes);
}
