//! What stands apart from the running text, wherever its file draws it: notes, boxes, what a tagger calls an artifact.

use super::{latin, one, page, read, tagged};
use crate::extract::sample::{document, first_extra, stream};

/// Lines of a paragraph, 14 points apart from `y` down, as a page's content; `^1` is a raised mark.
fn lines(x: f32, y: f32, size: f32, texts: &[&str]) -> String {
    texts
        .iter()
        .zip(0u16..)
        .map(|(text, at)| {
            let y = y - f32::from(at) * 1.3 * size;
            let (before, mark) = text.split_once('^').unwrap_or((text, ""));
            let mark = if mark.is_empty() {
                String::new()
            } else {
                let (mark, rest) = mark.split_at(1);
                format!(
                    "/F1 {} Tf 4 Ts ({mark}) Tj /F1 {size} Tf 0 Ts ({rest}) Tj",
                    size * 0.6
                )
            };
            format!("BT /F1 {size} Tf {x} {y} Td ({before}) Tj {mark} ET ")
        })
        .collect()
}

const FIRST: [&str; 2] = [
    "Förvaltningen har gått igenom de platser som barnen",
    "pekat ut som otrygga^1 och föreslår åtgärder på tre av",
];
const REST: [&str; 2] = [
    "dem. Kostnaden ryms inom budgeten för året, och arbe-",
    "tet ska vara klart före höstterminen.",
];
const NOTE: [&str; 2] = ["1 Se protokoll från nämndens", "sammanträde i mars."];

#[test]
fn notes_stand_behind_the_text_however_they_are_drawn() {
    let text = "Förvaltningen har gått igenom de platser som barnen\n\
        pekat ut som otrygga 1 och föreslår åtgärder på tre av\n\
        dem. Kostnaden ryms inom budgeten för året, och arbetet\n\
        ska vara klart före höstterminen.\n\n\
        1 Se protokoll från nämndens\nsammanträde i mars.";
    let first = lines(70.0, 700.0, 11.0, &FIRST);
    let rest = lines(70.0, 671.4, 11.0, &REST);
    let note = lines(70.0, 150.0, 8.0, &NOTE);
    assert_eq!(one(&format!("{first}{rest}{note}")), text);
    assert_eq!(one(&format!("{first}{note}{rest}")), text);
    assert_eq!(one(&format!("{note}{first}{rest}")), text);
    // Known by its rule alone.
    let unmarked = first.replace("(1) Tj", "() Tj");
    let ruled = format!("{unmarked}70 165 m 190 165 l S {note}{rest}");
    assert_eq!(one(&ruled), text.replace("otrygga 1", "otrygga"));
    // The foot of the page is no text that it would stand above.
    let foot = lines(70.0, 40.0, 11.0, &["Farsta"]);
    assert_eq!(
        one(&format!("{first}{note}{rest}{foot}")),
        format!("{text}\n\nFarsta")
    );
}

#[test]
fn a_note_at_the_foot_of_the_first_column_stands_behind_the_second() {
    let left = lines(
        70.0,
        400.0,
        11.0,
        &[
            "Förvaltningen har^1 gått igenom",
            "de platser som barnen pekat ut och",
        ],
    );
    let right = lines(
        320.0,
        400.0,
        11.0,
        &[
            "föreslår åtgärder på tre av dem.",
            "Kostnaden ryms inom budgeten.",
        ],
    );
    let note = lines(70.0, 150.0, 8.0, &NOTE);
    assert_eq!(
        one(&format!("{left}{note}{right}")),
        "Förvaltningen har 1 gått igenom\nde platser som barnen pekat ut och\n\n\
         föreslår åtgärder på tre av dem.\nKostnaden ryms inom budgeten.\n\n\
         1 Se protokoll från nämndens\nsammanträde i mars."
    );
}

#[test]
fn what_is_small_and_numbered_in_the_text_stays_there() {
    // The note of a table stands below the table.
    let above = lines(70.0, 700.0, 11.0, &FIRST);
    let note = lines(70.0, 640.0, 8.0, &["1 Inklusive moms."]);
    let below = lines(70.0, 600.0, 11.0, &REST);
    let shown = one(&format!("{above}{note}{below}"));
    let place = |text: &str| {
        shown
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {shown}"))
    };
    assert!(
        place("otrygga 1") < place("1 Inklusive") && place("1 Inklusive") < place("dem. Kostnaden")
    );
}

#[test]
fn a_raised_mark_behind_a_full_stop_is_no_part_of_a_number() {
    assert_eq!(
        one(&lines(70.0, 700.0, 11.0, &["i budgeten för år 2019.^1"])),
        "i budgeten för år 2019. 1"
    );
}

#[test]
fn a_box_drawn_within_a_paragraph_stands_behind_it() {
    let paragraph = [
        "Förvaltningen har tillsammans med trafik-",
        "kontoret gått igenom de platser som barnen",
        "pekat ut som otrygga.",
    ];
    let text = "Förvaltningen har tillsammans med trafikkontoret\n\
        gått igenom de platser som barnen\npekat ut som otrygga.";
    let line = |at: usize| (70.0, 700.0 - 14.0 * at as f32, paragraph[at]);
    // In the margin, its last line on a line of the paragraph; and far below.
    for (x, y) in [(360.0, 699.0), (70.0, 300.0), (360.0, 710.0)] {
        let facts = [(x, y, "Faktaruta"), (x, y - 13.0, "Barn i området: 1 250.")];
        let drawn = [&[line(0)], &facts[..], &[line(1), line(2)]].concat();
        let shown = page(11, &drawn);
        let (paragraph, facts) = shown.split_once("Faktaruta").expect("the box");
        assert_eq!(
            (paragraph.trim_end(), facts),
            (text, "\nBarn i området: 1 250."),
            "{x} {y}"
        );
    }
    // Two texts beside each other whose lines begin anew have nothing to do with each other.
    let anew = [
        line(0),
        (360.0, 690.0, "Faktaruta"),
        (70.0, 686.0, "Kontoret har gått igenom dem."),
    ];
    let shown = page(11, &anew);
    assert!(shown.find("Faktaruta") < shown.find("Kontoret"), "{shown}");
}

#[test]
fn a_story_goes_on_in_the_next_column_whatever_is_drawn_between() {
    let left = lines(
        70.0,
        700.0,
        10.0,
        &[
            "Förvaltningen har under hela året arbe-",
            "tat med trygga skolvägar, och kost-",
        ],
    );
    let right = lines(
        320.0,
        740.0,
        10.0,
        &[
            "naden beräknas till 450 000 kronor.",
            "Arbetet görs i samråd med polisen.",
        ],
    );
    let caption = lines(320.0, 500.0, 8.0, &["Bild 1. Gångvägen."]);
    let title = lines(320.0, 400.0, 10.0, &["Nytt år", "inleds med en dialog."]);
    assert_eq!(
        one(&format!("{left}{caption}{right}{title}")),
        "Förvaltningen har under hela året arbetat\nmed trygga skolvägar, och kostnaden\n\
         beräknas till 450 000 kronor.\nArbetet görs i samråd med polisen.\n\n\
         Bild 1. Gångvägen.\n\nNytt år\ninleds med en dialog."
    );
    // Drawn before the first column.
    let shown = one(&format!("{right}{caption}{left}"));
    assert!(shown.contains("och kostnaden\nberäknas till"), "{shown}");
    // A column that begins anew is another story.
    let other = lines(320.0, 740.0, 10.0, &["Nämnden beslutar om budgeten"]);
    let shown = one(&format!("{left}{caption}{other}"));
    assert!(shown.find("Bild 1") < shown.find("Nämnden"), "{shown}");
}

/// A tagged page: a paragraph, then what a tagger calls an artifact, then another paragraph; each at its height.
fn with_artifact(heights: [u32; 3], kind: &str) -> (String, String) {
    let mark =
        |at: usize, text: &str| format!("BT /F1 11 Tf 70 {} Td ({text}) Tj ET EMC ", heights[at]);
    let sheet = tagged(
        &format!(
            "/P <</MCID 0>> BDC {}/Artifact {kind} {}/P <</MCID 1>> BDC {}",
            mark(0, "F\u{f6}rsta stycket."),
            mark(1, "Andra stycket."),
            mark(2, "Tredje stycket."),
        ),
        &[1, 2],
        &["<< /S /P /Pg 4 0 R /K 0 >>", "<< /S /P /Pg 4 0 R /K 1 >>"],
    )
    .pages
    .remove(0);
    let text = sheet.running_text().replace("\n\n", "\n");
    (sheet.text, text)
}

#[test]
fn body_that_is_called_an_artifact_stands_where_it_is_drawn() {
    let whole = "Första stycket.\nAndra stycket.\nTredje stycket.";
    for heights in [[800, 780, 760], [500, 480, 460], [100, 80, 60]] {
        for kind in ["BMC", "<</Type /Layout>> BDC"] {
            assert_eq!(with_artifact(heights, kind).1, whole, "{heights:?} {kind}");
        }
    }
    // A head, a foot, and what a writer says is one.
    let (text, _) = with_artifact([700, 800, 680], "BMC");
    assert!(text.starts_with("Andra stycket."), "{text}");
    let (text, body) = with_artifact([700, 40, 680], "BMC");
    assert!(
        text.ends_with("Andra stycket.") && !body.contains("Andra"),
        "{text}"
    );
    let said = "<</Type /Pagination /Subtype /Header>> BDC";
    let (text, _) = with_artifact([800, 780, 760], said);
    assert!(text.starts_with("Andra stycket."), "{text}");
}

#[test]
fn the_letterhead_of_an_ocr_layer_is_read_block_by_block() {
    // As engines lay it down: the left block and the title below it first.
    let layer = lines(
        70.0,
        760.0,
        10.0,
        &["Handläggare", "Siv Strand", "Telefon: 555"],
    ) + &lines(
        70.0,
        660.0,
        10.0,
        &["Trygga skolvägar", "Svar på skrivelse"],
    ) + &lines(350.0, 760.0, 10.0, &["Till", "Socialnämnden", "2020-03-12"])
        + &lines(70.0, 600.0, 10.0, &["Förslag till beslut"]);
    let picture = stream(
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
        b"\xff",
    );
    let shown = |mode: u8| {
        let content = format!("q 595 0 0 842 0 0 cm /X Do Q {mode} Tr {layer}");
        let xobject = format!("/XObject << /X {} 0 R >>", first_extra(1));
        let file = document(
            &[&latin(&content)],
            &xobject,
            "",
            std::slice::from_ref(&picture),
        );
        read(&file).pages.remove(0).text.replace("\n\n", "\n")
    };
    let (left, title, right) = (
        "Handläggare\nSiv Strand\nTelefon: 555\n",
        "Trygga skolvägar\nSvar på skrivelse\n",
        "Till\nSocialnämnden\n2020-03-12\n",
    );
    assert_eq!(shown(3), format!("{left}{right}{title}Förslag till beslut"));
    // What a program wrote in this order is meant so.
    assert_eq!(shown(0), format!("{left}{title}{right}Förslag till beslut"));
}
