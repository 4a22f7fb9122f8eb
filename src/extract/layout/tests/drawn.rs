//! What is drawn in odd ways: twice, apart from where it stands, or where nobody sees it.

use super::one;

#[test]
fn what_is_drawn_twice_to_look_bold_is_read_once() {
    // Widths of Helvetica in thousandths of the font size.
    let words = ["Alla", "m\u{f6}ten", "till\u{e5}ts"];
    let widths = |letter: char| match letter {
        'A' => 667.0,
        'l' | 'i' => 222.0,
        'm' => 833.0,
        't' => 278.0,
        's' => 500.0,
        _ => 556.0,
    };
    for size in [10.0, 12.0, 16.0] {
        for aside in [0.2, 0.4, 0.8] {
            let (mut by_word, mut by_letter) = (String::new(), String::new());
            let mut x = 70.0;
            let draw = |out: &mut String, x: f32, text: &str| {
                for x in [x, x + aside] {
                    *out += &format!("BT /F1 {size} Tf {x} 700 Td ({text}) Tj ET ");
                }
            };
            for word in words {
                draw(&mut by_word, x, word);
                let mut at = x;
                for letter in word.chars() {
                    draw(&mut by_letter, at, &letter.to_string());
                    at += widths(letter) * size / 1000.0;
                }
                x = at + 278.0 * size / 1000.0;
            }
            for content in [by_word, by_letter] {
                let text = one(&content);
                assert_eq!(text, "Alla m\u{f6}ten till\u{e5}ts", "{size} {aside}");
            }
        }
    }
}

#[test]
fn a_mark_that_is_drawn_after_its_lines_stands_at_its_word() {
    let lines = "BT /F1 11 Tf 70 700 Td (Texten om bidraget g\u{e4}ller vidare.) Tj ET \
        BT /F1 11 Tf 70 686 Td (N\u{e4}sta rad har ingen not alls.) Tj ET ";
    let text = "Texten om bidraget 7 gäller vidare.\nNästa rad har ingen not alls.";
    let mark = |x: f32, y: f32, size: f32| format!("BT /F1 {size} Tf {x} {y} Td (7) Tj ET ");
    let end = 70.0 + 11.0 * width("Texten om bidraget");
    assert_eq!(one(&format!("{lines}{}", mark(end, 704.0, 6.0))), text);
    assert_eq!(one(&format!("{}{lines}", mark(end, 704.0, 6.0))), text);
    // Neither a digit of the text's own size nor one that stands at no word.
    for (x, y, size) in [(end, 704.0, 11.0), (end, 660.0, 6.0), (400.0, 704.0, 6.0)] {
        let read = one(&format!("{lines}{}", mark(x, y, size)));
        assert!(read.contains("bidraget gäller"), "{read}");
    }
}

/// How wide Helvetica sets a text of some letters, in font sizes.
fn width(text: &str) -> f32 {
    let width = |letter: char| match letter {
        ' ' | 't' => 278,
        'T' => 611,
        'x' => 500,
        'm' => 833,
        'i' => 222,
        'r' => 333,
        _ => 556,
    };
    let all: u16 = text.chars().map(width).sum();
    f32::from(all) / 1000.0
}

#[test]
fn what_is_clipped_away_is_not_read() {
    let line = |y: u16, text: &str| format!("BT /F1 11 Tf 72 {y} Td ({text}) Tj ET ");
    let (seen, unseen) = (line(750, "Det syns."), line(300, "Det syns inte."));
    let (one_line, both) = ("Det syns.", "Det syns.\n\nDet syns inte.");
    for (clip, between, read) in [
        ("60 700 400 100 re W n", "", one_line),
        ("60 700 400 100 re W* n", "", one_line),
        ("60 800 m 460 800 l 460 700 l h W n", "", both),
        ("60 700 400 100 re n", "", both),
        ("60 700 400 100 re W n", "Q q", both),
        // Two boxes: what is in either is seen.
        ("60 700 400 100 re 60 290 400 30 re W n", "", both),
        // A clip within a clip, and one that cuts the letters.
        ("60 200 400 600 re W n 60 700 400 100 re W n", "", one_line),
        ("60 304 400 500 re W n", "", both),
    ] {
        let content = format!("q {clip} {seen}{between} {unseen} Q");
        assert_eq!(one(&content), read, "{clip}");
    }
}
