//! Rows with tabs whose last column does not fit, and what looks like them.

use super::one;

/// Lines at their places, in the order in which they are drawn, in print of 10 points, below one that shows where the text ends.
fn below_a_paragraph(lines: &[(u32, u32, &str)]) -> String {
    let paragraph =
        "Protokollet justeras av dem som har tecknat sitt namn nedan p\u{e5} denna sida av det.";
    let lines = [&[(74, 760, paragraph)], lines].concat();
    let drawn = lines
        .iter()
        .map(|(x, y, text)| format!("BT /F1 10 Tf {x} {y} Td ({text}) Tj ET "));
    let read = one(&drawn.collect::<String>());
    read.split_once("av det.")
        .expect("the paragraph")
        .1
        .trim()
        .to_owned()
}

#[test]
fn the_end_of_the_last_column_is_no_part_of_the_first() {
    for (how, lines, read) in [
        (
            "broken at a hyphen",
            [
                (74, 700, "Anna Berg"),
                (220, 700, "Bo Ek"),
                (360, 700, "Cecilia Strand-"),
                (74, 688, "kvist"),
            ],
            "Anna Berg\tBo Ek\tCecilia Strandkvist",
        ),
        (
            "broken at a blank, which its writer draws",
            [
                (74, 700, "Anna Berg"),
                (220, 700, "Bo Ek"),
                (360, 700, "Cecilia Maria "),
                (74, 688, "Strandkvist"),
            ],
            "Anna Berg\tBo Ek\tCecilia Maria Strandkvist",
        ),
    ] {
        assert_eq!(below_a_paragraph(&lines), read, "{how}");
    }
}

#[test]
fn what_stands_below_a_row_may_be_its_own() {
    for (how, lines, read) in [
        (
            "the last column has room for it",
            [
                (74, 700, "Anna Berg"),
                (220, 700, "Bo Ek"),
                (300, 700, "Cecilia "),
                (74, 688, "ordf\u{f6}rande"),
            ],
            "Anna Berg\tBo Ek\tCecilia\nordf\u{f6}rande",
        ),
        (
            "nothing says that the last column goes on",
            [
                (74, 700, "Anna Berg"),
                (220, 700, "Bo Ek"),
                (360, 700, "Cecilia Strand"),
                (74, 688, "ordf\u{f6}rande"),
            ],
            "Anna Berg\tBo Ek\tCecilia Strand\nordf\u{f6}rande",
        ),
        (
            "each column ends with a blank",
            [
                (74, 700, "Anna Berg "),
                (220, 700, "Bo Ek "),
                (360, 700, "Cecilia Strand "),
                (74, 688, "ordf\u{f6}rande"),
            ],
            "Anna Berg\tBo Ek\tCecilia Strand\nordf\u{f6}rande",
        ),
    ] {
        assert_eq!(below_a_paragraph(&lines), read, "{how}");
    }
    // A title whose words are drawn apart, with blanks of one width, is no row.
    let title = [
        (74, 700, "Ljuset "),
        (124, 700, "runt "),
        (164, 700, "stationen "),
        (226, 700, "och "),
        (262, 700, "parkernas "),
        (330, 700, "tr\u{e4}dg\u{e5}rdar "),
        (74, 688, "samt torget"),
    ];
    assert!(
        !below_a_paragraph(&title).contains('\t'),
        "{}",
        below_a_paragraph(&title)
    );
}
