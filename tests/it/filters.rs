//! The stages as filters: the very code that `ingest` runs.

use std::io::Write;
use std::process::Stdio;

use crate::shelf::{Shelf, diarium, pdf, root};

/// Gives `input` to a filter on standard input.
fn filter(args: &[&str], input: &str) -> String {
    let mut child = diarium()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(input.as_bytes())
        .expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn text_goes_through_repair_and_comes_out_mended() {
    let damaged = "Socialndmnden godkanner forvaltningens tjénsteutlatande som svar\npa inkommen skrivelse. \
                   Forvaltningen har i det 16pande arbetet foljt upp atgarderna.\n";
    let mended = filter(&["repair"], damaged);
    for word in [
        "Socialnämnden",
        "godkänner",
        "förvaltningens",
        "tjänsteutlåtande",
        "på",
        "löpande",
    ] {
        assert!(mended.contains(word), "{word} in {mended}");
    }
    let sound = "Socialnämnden godkänner förvaltningens tjänsteutlåtande, dnr HL 2019/619.\n";
    assert_eq!(filter(&["repair"], sound), sound);
}

#[test]
fn the_ledger_of_repair_undoes_it() {
    let damaged =
        "Forvaltningens forslag till beslut om personalomsattning i stadsdelsnimnden.\n".repeat(5);
    let mended = filter(&["repair"], &damaged);
    let mut undone = String::new();
    let mut at = 0;
    for line in filter(&["repair", "--json"], &damaged).lines() {
        let repair: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
        let (start, end) = (
            repair["start"].as_u64().unwrap() as usize,
            repair["end"].as_u64().unwrap() as usize,
        );
        undone.push_str(&damaged[at..start]);
        assert_eq!(&damaged[start..end], repair["was"].as_str().unwrap());
        undone.push_str(repair["now"].as_str().unwrap());
        at = end;
    }
    undone.push_str(&damaged[at..]);
    assert_eq!(undone, mended, "the ledger holds every change");
    assert_ne!(mended, damaged);
}

#[test]
fn repair_writes_one_file_for_each_input_under_its_name() {
    let shelf = Shelf::new().file("a.txt", "Nämnden").file("b.txt", "Rådet");
    let out = shelf.index();
    let a = shelf.corpus().join("a.txt");
    let b = shelf.corpus().join("b.txt");
    let said = shelf.run(&[
        "repair",
        "--out",
        out.to_str().unwrap(),
        a.to_str().unwrap(),
        b.to_str().unwrap(),
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(
        std::fs::read_to_string(out.join("a.txt")).unwrap(),
        "Nämnden"
    );
    assert_eq!(std::fs::read_to_string(out.join("b.txt")).unwrap(), "Rådet");
}

#[test]
fn passages_are_tagged_line_by_line() {
    let passage = r#"{"id":1,"header":"Stockholms stad > Farsta stadsdelsnämnd > Sammanträde 2012-05-24","text":"5 Lekplatser\nSvar på skrivelse från Mats Berg m.fl. (M)\nDnr 1.5.1-135-2012"}"#;
    let said: serde_json::Value =
        serde_json::from_str(&filter(&["tag"], passage)).expect("an object");
    assert_eq!(said["id"], 1);
    assert_eq!(said["answers_parties"], serde_json::json!(["M"]));
    assert_eq!(said["doc_type"], "svar på skrivelse");
    assert_eq!(said["dnr"][0]["norm"], "1.5.1-135-2012");
    assert_eq!(said["body"], "Farsta stadsdelsnämnd");
    assert_eq!(said["authors"][0]["name"], "Mats Berg");
}

#[test]
fn extract_gives_the_text_that_ingest_indexes() {
    let text = "Tjänsteutlåtande\nFörvaltningen arbetar löpande med åtgärder.";
    let shelf = Shelf::new().file("a.pdf", pdf(&format!("{text}\u{c}Sida två")));
    let path = shelf.corpus().join("a.pdf");
    let said = shelf.run(&["extract", path.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{said:?}");
    let pages: Vec<&str> = said.out.split('\u{c}').collect();
    assert_eq!(pages.len(), 2, "{:?}", said.out);
    for word in text.split_whitespace() {
        assert!(pages[0].contains(word), "{word} in {}", pages[0]);
    }
    let rows = shelf
        .run(&["extract", "--json", path.to_str().unwrap()])
        .json();
    assert_eq!(
        (rows.len(), &rows[0]["origin"]),
        (2, &"born-digital".into())
    );
    // The first page says what the file says of itself.
    let document = &rows[0]["document"];
    assert_eq!(document["pages"], 2);
    assert!(document["outline"].is_array() && rows[1].get("document").is_none());
    for name in [
        "title", "author", "subject", "keywords", "modified", "language",
    ] {
        assert!(document["metadata"].get(name).is_some(), "{name}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_reason() {
    let path = root().join("tests/data/locked-nyckel.pdf");
    let said = Shelf::new().run(&["extract", path.to_str().unwrap()]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("locked-nyckel.pdf") && said.err.contains("password"),
        "{}",
        said.err
    );
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let shelf = Shelf::new()
        .file("a.pdf", "x")
        .file("b.txt", "Förvaltningen arbetar löpande.");
    let (a, b) = (shelf.corpus().join("a.pdf"), shelf.corpus().join("b.txt"));
    let folder = shelf.corpus();
    let args = [
        "extract",
        a.to_str().unwrap(),
        folder.to_str().unwrap(),
        "missing.pdf",
        b.to_str().unwrap(),
    ];
    let said = shelf.run(&args);
    assert_eq!(said.code, 2);
    assert_eq!(said.err.lines().count(), 3, "{}", said.err);
    assert!(said.out.contains("löpande"), "{}", said.out);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let shelf = Shelf::new().file("a.txt", "Förvaltningen arbetar löpande.\n".repeat(20_000));
    let mut child = diarium()
        .args(["extract", shelf.corpus().join("a.txt").to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_protokoll_of_any_length_is_listed_matter_by_matter() {
    let mut text = String::from("Sammanträdesprotokoll\nKommunfullmäktige\n2022-04-12\n\n");
    for number in 1..=200 {
        let (party, decides) = match number % 3 {
            0 => ("V", "avslår motionen"),
            1 => ("V", "anser motionen besvarad"),
            _ => ("MP", "bifaller motionen"),
        };
        text.push_str(&format!(
            "§ {number}\nSvar på motion av Elsa Berg ({party}) om lekplats nummer {number} vid torget\nDnr KS 2022/{number}\n\nBeslut\nKommunfullmäktige {decides}.\n\n"
        ));
    }
    let shelf = Shelf::new().file("protokoll.txt", &text);
    shelf.ingest();
    assert_eq!(shelf.run(&["verify"]).code, 0);
    assert_eq!(shelf.search("lekplats"), ["protokoll.txt"]);
    let numbers = |args: &[&str]| -> Vec<String> {
        let said = shelf.run(&[&["answers", "V", "--json"], args].concat());
        let rows = said.json();
        let number = |row: &serde_json::Value| row["matter"]["number"].as_str().map(str::to_owned);
        rows.iter().filter_map(number).collect()
    };
    assert_eq!(numbers(&[]).len(), 133);
    let refused = numbers(&["--outcome", "avslag"]);
    assert!(refused.len() == 66 && refused[0] == "§ 3", "{refused:?}");
    assert_eq!(numbers(&["--kind", "svar-pa-motion"]).len(), 133);
    assert_eq!(numbers(&["--kind", "protokoll"]).len(), 133);
    assert_eq!(numbers(&["--dnr", "KS 2022/150"]), ["§ 150"]);
    assert_eq!(numbers(&["--dnr", "2022-2"]), [""; 0]);
    let said = shelf.run(&["answers", "V"]);
    assert!(
        said.err.contains("133 matters in 1 paper answer V"),
        "{}",
        said.err
    );
}
