//! What befalls papers over the years: each thing in a night of its own.

use std::time::{Duration, SystemTime};

use expect_test::expect;
use serde_json::Value;

use crate::shelf::{Shelf, diarium, pdf, pdf_with, root};

const ANSWER: &str =
    "Socialnämnden\n\nSvar på skrivelse från Vera Lind (V)\n\nFörvaltningen arbetar löpande.";

/// The figures of a night that are not nought, without its seconds; and a law that holds every night.
fn figures(summary: &Value) -> String {
    let figure = |key: &str| summary[key].as_u64().unwrap_or_default();
    let states: u64 = summary["states"]
        .as_object()
        .expect("the states")
        .values()
        .filter_map(Value::as_u64)
        .sum();
    assert_eq!(states, figure("seen") + figure("attachments"), "{summary}");
    let ways = ["added", "changed", "moved", "copied", "unchanged"];
    assert_eq!(
        ways.map(figure).iter().sum::<u64>(),
        figure("seen"),
        "{summary}"
    );
    let all = [
        "added",
        "changed",
        "moved",
        "copied",
        "unchanged",
        "touched",
        "removed",
        "recovered",
        "failed",
        "pages",
    ];
    all.iter()
        .filter(|key| figure(key) > 0)
        .map(|key| format!("{key} {}", figure(key)))
        .collect::<Vec<_>>()
        .join(", ")
}

#[test]
fn moved_copied_removed_and_come_back() {
    let shelf = Shelf::new()
        .file("2016/a.pdf", pdf(ANSWER))
        .file("b.txt", "b");
    let at = |name: &str| shelf.corpus().join(name);
    expect!["added 2, pages 2"].assert_eq(&figures(&shelf.ingest()));

    std::fs::create_dir(at("2017")).expect("a folder");
    std::fs::rename(at("2016/a.pdf"), at("2017/å.pdf")).expect("a goes elsewhere");
    expect!["moved 1, unchanged 1"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.search("löpande"), ["2017/å.pdf"]);

    std::fs::copy(at("2017/å.pdf"), at("2017/igen.pdf")).expect("a copy");
    expect!["copied 1, unchanged 2"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(
        shelf.search("löpande"),
        ["2017/å.pdf"],
        "one document, not two"
    );
    assert_eq!(shelf.answers("V"), ["2017/å.pdf"]);
    let copies = shelf.run(&["status", "--state", "copy"]);
    expect![[r#"
        2017/igen.pdf: the same content as `2017/å.pdf`
    "#]]
    .assert_eq(&copies.out);
    assert!(
        shelf
            .run(&["show", "2017/igen.pdf"])
            .out
            .contains("löpande"),
        "found by both names"
    );

    std::fs::remove_file(at("2017/å.pdf")).expect("the first name goes");
    expect!["unchanged 2, removed 1"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(
        shelf.search("löpande"),
        ["2017/igen.pdf"],
        "the other name stands for it"
    );

    let kept = std::fs::read(at("2017/igen.pdf")).expect("its bytes");
    std::fs::remove_file(at("2017/igen.pdf")).expect("it goes");
    expect!["unchanged 1, removed 1"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.run(&["search", "löpande"]).code, 1);

    shelf.put("2017/igen.pdf", kept);
    expect!["added 1, unchanged 1, pages 1"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.search("löpande"), ["2017/igen.pdf"]);
    shelf.whole();
}

#[test]
fn two_papers_that_change_names_are_not_read_again() {
    let shelf = Shelf::new()
        .file("a.txt", "Om cykelbanor.")
        .file("b.txt", "Om badplatser, längre.");
    shelf.ingest();
    let at = |name: &str| shelf.corpus().join(name);
    std::fs::rename(at("a.txt"), at("c")).expect("a");
    std::fs::rename(at("b.txt"), at("a.txt")).expect("b");
    std::fs::rename(at("c"), at("b.txt")).expect("c");
    expect!["changed 2"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.search("cykelbanor"), ["b.txt"]);
    assert_eq!(shelf.search("badplatser"), ["a.txt"]);
}

#[test]
fn touched_and_wrongly_dated_files_are_as_they_were() {
    let shelf = Shelf::new().file("a.txt", ANSWER).file("b.txt", "b");
    shelf.ingest();
    let dated = |name: &str, time: SystemTime| {
        let file = std::fs::File::options()
            .append(true)
            .open(shelf.corpus().join(name));
        file.and_then(|file| file.set_modified(time))
            .expect("another time");
    };
    // A clock that was set wrong, then right.
    dated(
        "a.txt",
        SystemTime::now() + Duration::from_secs(4_000_000_000),
    );
    dated(
        "b.txt",
        SystemTime::UNIX_EPOCH - Duration::from_secs(400_000_000),
    );
    expect!["unchanged 2, touched 2"].assert_eq(&figures(&shelf.ingest()));
    expect!["unchanged 2"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.search("löpande"), ["a.txt"]);
}

#[test]
fn what_failed_is_listed_and_retried_alone() {
    let locked =
        std::fs::read(root().join("tests/data/locked-nyckel.pdf")).expect("a locked paper");
    let shelf = Shelf::new()
        .file("a.txt", ANSWER)
        .file("locked.pdf", &locked)
        .file("copy.pdf", &locked);
    // Nobody has read it yet, and still it is one content under two names.
    expect!["added 2, copied 1, failed 2, pages 1"].assert_eq(&figures(&shelf.ingest()));
    expect!["unchanged 3"].assert_eq(&figures(&shelf.ingest()));
    let retried = shelf.run(&["ingest", "--json", "--retry-failed"]);
    assert_eq!(retried.code, 3, "still locked");
    let retried = shelf.run(&["ingest", "--json", "--retry-failed", "--password", "nyckel"]);
    assert_eq!(retried.code, 0, "{retried:?}");
    let figures = figures(&retried.json()[0]);
    assert!(
        figures.starts_with("unchanged 3, recovered 2, pages "),
        "{figures}"
    );
    assert_eq!(shelf.run(&["status", "--failed"]).code, 1);
    shelf.whole();
}

#[test]
fn a_dry_run_says_and_does_nothing() {
    let shelf = Shelf::new().file("a.txt", ANSWER).file("b.txt", "b");
    let said = shelf.run(&["ingest", "--dry-run"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!shelf.index().exists());
    shelf.ingest();
    shelf.put("c.txt", "c");
    std::fs::remove_file(shelf.corpus().join("b.txt")).expect("b goes");
    let said = shelf.run(&["ingest", "--dry-run"]);
    expect![[r#"
        read: c.txt
        gone: b.txt
        nothing was done: 1 to read; 1 new, 0 changed, 0 moved, 0 copied, 1 gone, 1 unchanged (0 touched), 0 no documents
    "#]]
    .assert_eq(&said.out);
    assert_eq!(shelf.search("b"), ["b.txt"]);
}

#[test]
fn a_dry_run_tells_what_the_run_then_does() {
    let shelf = Shelf::new()
        .file("2016/a.pdf", pdf(ANSWER))
        .file("2016/b.txt", "Om badplatser.")
        .file("2016/c.txt", "Om cykelbanor.")
        .file("2016/d.txt", "Om dagvatten.")
        .file("e.txt", "Om ensamhet.");
    shelf.ingest();
    let at = |name: &str| shelf.corpus().join(name);
    std::fs::create_dir(at("2017")).expect("a folder");
    std::fs::rename(at("2016/a.pdf"), at("2017/å.pdf")).expect("a goes elsewhere");
    std::fs::copy(at("2016/b.txt"), at("2017/b.txt")).expect("a copy");
    shelf.put("2016/c.txt", "Om cykelbanor och gångvägar.");
    shelf.put("2016/d.txt", "Om dagvatten.");
    std::fs::remove_file(at("e.txt")).expect("e goes");
    shelf.put("f.txt", "Om fritidsgårdar.");
    shelf.put("g.txt", "Om fritidsgårdar.");
    let said = shelf.run(&["ingest", "--dry-run"]);
    expect![[r#"
        read: 2016/c.txt
        read: f.txt
        gone: e.txt
        moved: 2017/å.pdf (was 2016/a.pdf)
        nothing was done: 2 to read; 1 new, 1 changed, 1 moved, 2 copied, 1 gone, 2 unchanged (1 touched), 0 no documents
    "#]]
    .assert_eq(&said.out);
    let told = shelf
        .run(&["ingest", "--dry-run", "--json"])
        .json()
        .remove(0);
    expect!["added 1, changed 1, moved 1, copied 2, unchanged 2, touched 1, removed 1, pages 2"]
        .assert_eq(&figures(&shelf.ingest()));
    assert_eq!(told["moved"][0]["was"], "2016/a.pdf", "{told}");
    assert_eq!(told["copied"], 2, "{told}");
    // Nobody knows beforehand that neither of two equal files can be read.
    shelf.put("h.pdf", "Ingen PDF.");
    shelf.put("i.pdf", "Ingen PDF.");
    let told = shelf
        .run(&["ingest", "--dry-run", "--json"])
        .json()
        .remove(0);
    assert_eq!(
        (&told["added"], &told["copied"]),
        (&1.into(), &1.into()),
        "{told}"
    );
    expect!["added 1, copied 1, unchanged 7, failed 2"].assert_eq(&figures(&shelf.ingest()));
}

#[test]
fn the_same_bytes_under_another_ending_are_another_paper() {
    let shelf = Shelf::new()
        .file("a.pdf", "Om badplatser, no PDF.")
        .file("b.txt", "Om cykelbanor.");
    let figures_of = || figures(&shelf.ingest());
    expect!["added 2, failed 1, pages 1"].assert_eq(&figures_of());
    // Text that could not be read as a PDF can be read as what it is, and the other way round.
    let at = |name: &str| shelf.corpus().join(name);
    std::fs::rename(at("a.pdf"), at("a.txt")).expect("a says what it is");
    std::fs::rename(at("b.txt"), at("b.pdf")).expect("b does no longer");
    expect!["moved 2, failed 1, pages 1"].assert_eq(&figures_of());
    assert_eq!(shelf.search("badplatser"), ["a.txt"]);
    assert_eq!(shelf.run(&["search", "cykelbanor"]).code, 1);
    // Under both names it is one paper and one failure, and each name is shown as what it is.
    std::fs::copy(at("a.txt"), at("a.pdf")).expect("a copy");
    std::fs::copy(at("a.txt"), at("c.txt")).expect("another copy");
    expect!["copied 2, unchanged 2, failed 1"].assert_eq(&figures_of());
    assert!(shelf.run(&["show", "c.txt"]).out.contains("badplatser"));
    assert!(shelf.run(&["status", "--failed"]).out.contains("a.pdf: "));
    shelf.whole();
    // A PDF is one whatever its name says, with what lies in it.
    shelf.put("d.txt", pdf(ANSWER));
    expect!["added 1, unchanged 4, pages 1"].assert_eq(&figures_of());
    assert_eq!(shelf.answers("V"), ["d.txt"]);
    shelf.whole();
}

/// Writes other text into the note of the generation that answers.
fn alter(shelf: &Shelf, was: &str, now: &str) {
    let meta = shelf.generation().join("meta.json");
    let text = std::fs::read_to_string(&meta).expect("the note");
    assert!(text.contains(was), "{text}");
    let text = text.replace(was, now);
    // As another program would have left it, and not as a damaged file.
    let sums = shelf.generation().join("SUMS");
    let lines = std::fs::read_to_string(&sums).expect("the sums");
    let lines: String = lines
        .lines()
        .map(|line| match line.split_once("  ") {
            Some((_, "meta.json")) => format!("{}  meta.json\n", blake3::hash(text.as_bytes())),
            _ => format!("{line}\n"),
        })
        .collect();
    std::fs::write(sums, lines).expect("other sums");
    std::fs::write(meta, text).expect("another note");
}

#[test]
fn other_rules_rebuild_from_the_stored_text_and_newer_ones_are_refused() {
    let shelf = Shelf::new().file("a.pdf", pdf(ANSWER)).file("b.txt", "b");
    shelf.ingest();
    let version = diarium::record::VERSION;
    let note = |version: u32| format!(r#"\"version\":{version}"#);
    alter(&shelf, &note(version), &note(version - 1));
    let plan = shelf.run(&["ingest", "--dry-run"]);
    assert!(plan.out.contains("every stored text"), "{plan:?}");
    let summary = shelf.ingest();
    expect!["unchanged 2"].assert_eq(&figures(&summary));
    assert_eq!(summary["pages"], 0, "no document is opened");
    assert_eq!(shelf.search("löpande"), ["a.pdf"]);
    assert_eq!(shelf.answers("V"), ["a.pdf"]);
    shelf.whole();

    alter(&shelf, &note(version), &note(version + 1));
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("newer diarium"), "{}", said.err);
    for verb in [
        &["ingest", "--dry-run"][..],
        &["verify"],
        &["search", "löpande"],
    ] {
        let said = shelf.run(verb);
        assert_eq!(said.code, 2, "{said:?}");
        let told = format!("{}{}", said.out, said.err);
        assert!(told.contains("newer diarium"), "{said:?}");
    }
}

#[test]
fn what_tonight_cannot_read_anew_is_kept_as_it_was_read() {
    let locked = std::fs::read(root().join("tests/data/locked-nyckel.pdf")).expect("locked");
    let shelf = Shelf::new()
        .file("a.txt", ANSWER)
        .file("b/locked.pdf", &locked)
        .file("c/locked.pdf", &locked)
        .file(
            "bunt.pdf",
            pdf_with("Handlingar", &[("bilaga.pdf", locked.clone())]),
        );
    assert_eq!(shelf.run(&["ingest", "--password", "nyckel"]).code, 0);
    // What is said of its state may be another.
    let found = |query: &str| {
        let out = shelf.run(&["show", query]).out;
        out.lines().skip(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let text = found("b/locked.pdf");
    // The program reads otherwise than the one that has filled the index, and nobody gives the password.
    let reading = diarium::record::READING;
    let note = |reading: u32| format!(r#"\"reading\":{reading}"#);
    alter(&shelf, &note(reading), &note(reading - 1));
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(
        said.err.contains("locked.pdf` needs a password")
            && said.err.contains("kept as an earlier run read it"),
        "{said:?}"
    );
    assert_eq!(found("b/locked.pdf"), text);
    let failed = shelf.run(&["status", "--failed"]);
    assert_eq!(failed.out, "", "{failed:?}");
    shelf.whole();
    // It is told each night, until a run can read it by the new rules.
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert_eq!(found("b/locked.pdf"), text);
    let said = shelf.run(&["ingest", "--json", "--password", "nyckel"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.json()[0]["pages"].as_u64() > Some(0), "{said:?}");
    assert_eq!(found("b/locked.pdf"), text);
    let figures = shelf.ingest();
    assert_eq!(figures["pages"], 0, "{figures}");
    // Whoever asks for all of it anew gets that.
    assert_eq!(shelf.run(&["ingest", "--full"]).code, 3);
    let failed = shelf.run(&["status", "--failed"]);
    assert_eq!(failed.out.lines().count(), 3, "{failed:?}");
}

#[test]
fn an_index_of_an_older_form_is_told_as_that_and_taken_over() {
    let shelf = Shelf::new().file("a.pdf", pdf(ANSWER));
    shelf.ingest();
    let layout = shelf.generation().parent().expect("a layout").to_owned();
    let name = layout.file_name().expect("a name").to_string_lossy();
    let number: u32 = name
        .trim_start_matches("layout-")
        .parse()
        .expect("a number");
    let older = layout.with_file_name(format!("layout-{}", number - 1));
    std::fs::rename(&layout, &older).expect("as an older program left it");
    for verb in [&["search", "löpande"][..], &["verify"], &["status"]] {
        let said = shelf.run(verb);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains("made by an older diarium"), "{said:?}");
    }
    // From what is stored in it: no paper is opened.
    expect!["unchanged 1"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.search("löpande"), ["a.pdf"]);
    assert!(!older.exists(), "it is gone when the new one answers");
    shelf.whole();
}

#[test]
fn status_says_whether_it_worked_last_night() {
    let shelf = Shelf::new().file("a.txt", ANSWER).file("bad.pdf", "x");
    shelf.ingest();
    let status = shelf.run(&["status", "--max-age", "36h"]);
    assert_eq!(status.code, 0, "{status:?}");
    let line = status.out.lines().next().unwrap_or_default();
    assert!(
        line.starts_with("yes: run of ") && line.ends_with("1 file failed"),
        "{line}"
    );
    assert_eq!(
        shelf.run(&["status", "--max-age", "0h"]).code,
        1,
        "too long ago"
    );
    assert_eq!(shelf.run(&["status", "--max-age", "soon"]).code, 2);
    let reports = shelf.index().join("reports");
    let text = std::fs::read_to_string(reports.join("000001.txt")).expect("a report");
    assert!(text.contains("failed: bad.pdf: "), "{text}");
    let json = std::fs::read(reports.join("000001.json")).expect("a report");
    let json: Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["exit"], 3);
    // A run that could not be made is told, too.
    std::fs::remove_file(shelf.corpus().join("a.txt")).expect("a goes");
    std::fs::remove_file(shelf.corpus().join("bad.pdf")).expect("bad goes");
    assert_eq!(shelf.run(&["ingest"]).code, 2);
    let status = shelf.run(&["status", "--json"]);
    assert_eq!(
        (status.code, &status.json()[0]["good"]),
        (1, &Value::Bool(false))
    );
}

#[test]
fn what_is_forgotten_is_in_no_file_of_the_index_and_stays_away() {
    let shelf = Shelf::new()
        .file("a.txt", format!("{ANSWER} Kvittblivningsord."))
        .file("b.txt", "Om badplatser.");
    shelf.ingest();
    let copied = shelf.corpus().join("copy.txt");
    std::fs::copy(shelf.corpus().join("a.txt"), &copied).expect("a copy");
    shelf.ingest();
    let said = shelf.run(&["forget", "a.txt"]);
    assert_eq!(said.code, 0, "{said:?}");
    expect![[r#"
        a.txt: forgotten
        copy.txt: forgotten
    "#]]
    .assert_eq(&said.out);
    let gone = |shelf: &Shelf| {
        assert_eq!(shelf.run(&["search", "kvittblivningsord"]).code, 1);
        let index = tantivy::Index::open_in_dir(shelf.generation()).expect("the index");
        let searcher = index.reader().expect("a reader").searcher();
        let field = index.schema().get_field("exact").expect("a field");
        for segment in searcher.segment_readers() {
            assert_eq!(segment.num_deleted_docs(), 0, "nothing deleted is kept");
            let words = segment.inverted_index(field).expect("its words");
            let mut words = words.terms().stream().expect("its words");
            while words.advance() {
                assert!(!words.key().starts_with(b"kvittbliv"));
            }
        }
    };
    gone(&shelf);
    shelf.whole();
    expect!["unchanged 3"].assert_eq(&figures(&shelf.ingest()));
    // Touched, copied, moved: the content stays away.
    std::fs::rename(&copied, shelf.corpus().join("moved.txt")).expect("another name");
    shelf.ingest();
    assert_eq!(shelf.run(&["ingest", "--full"]).code, 0);
    gone(&shelf);
    assert_eq!(shelf.search("badplatser"), ["b.txt"]);

    assert_eq!(
        shelf.run(&["forget", "b.txt", "--undo"]).code,
        2,
        "b was not forgotten"
    );
    assert_eq!(shelf.run(&["forget", "a.txt", "--undo"]).code, 0);
    // Whoever thinks better of it need not wait for the next run.
    assert_eq!(shelf.run(&["forget", "a.txt"]).code, 0);
    shelf.ingest();
    gone(&shelf);
    assert_eq!(shelf.run(&["forget", "a.txt", "--undo"]).code, 0);
    shelf.ingest();
    assert_eq!(shelf.search("kvittblivningsord"), ["a.txt"]);
    shelf.whole();
}

#[cfg(unix)]
#[test]
fn an_index_may_lie_in_a_folder_of_any_name() {
    use std::os::unix::ffi::OsStrExt;
    let shelf = Shelf::new().file("a.txt", ANSWER);
    let index = shelf
        .index()
        .with_file_name(std::ffi::OsStr::from_bytes(b"n\xe4mnd"));
    for verb in [&["ingest"][..], &["forget", "a.txt"], &["verify"]] {
        let said = diarium()
            .env("DIARIUM_CORPUS", shelf.corpus())
            .env("DIARIUM_INDEX", &index)
            .args(verb)
            .output()
            .expect("the program runs");
        assert!(said.status.success(), "{verb:?}: {said:?}");
    }
}

#[test]
fn an_index_that_cannot_be_opened_is_built_anew() {
    for name in ["meta.json", ".managed.json", "SUMS", "../CURRENT"] {
        let shelf = Shelf::new().file("a.txt", ANSWER);
        shelf.ingest();
        std::fs::write(shelf.generation().join(name), "").expect("an empty file");
        let verified = shelf.run(&["verify"]);
        assert_eq!(verified.code, 2, "{name}: {verified:?}");
        let said = shelf.run(&["ingest"]);
        assert_eq!(said.code, 0, "{name}: {said:?}");
        assert_eq!(shelf.search("löpande"), ["a.txt"], "{name}");
        shelf.whole();
    }
}

#[test]
fn personal_numbers_are_masked_in_all_that_is_printed() {
    let text = format!(
        "{ANSWER}\nAnna, 640823-3234, har bott där. Dnr 2.2.1-230/2016. Tel 08-508 12 345."
    );
    let shelf = Shelf::new().file("a.txt", &text);
    let summary = shelf.ingest();
    assert_eq!(summary["personal_numbers"], 1);
    let paper = shelf.corpus().join("a.txt");
    let paper = paper.to_str().expect("a path");
    for args in [
        &["search", "640823-3234"][..],
        &["search", "anna"],
        &["search", "--json", "anna"],
        &["show", "a.txt"],
        &["show", "a.txt", "--raw"],
        &["show", "a.txt", "--json"],
        &["extract", paper],
        &["extract", "--json", paper],
        &["repair", paper],
    ] {
        let said = shelf.run(args);
        assert_eq!(said.code, 0, "{said:?}");
        // Its last digits alone may stand in a time of nanoseconds.
        let parts = ["640823", "-3234", "x3234"];
        assert!(
            !parts.iter().any(|part| said.out.contains(part)),
            "{args:?}: {}",
            said.out
        );
        let open = shelf.run(&[args, &["--show-personal"]].concat());
        assert!(open.out.contains("640823"), "{args:?}: {}", open.out);
    }
    let shown = shelf.run(&["show", "a.txt"]);
    assert!(shown.out.contains("Anna, xxxxxx-xxxx, har") && shown.out.contains("08-508 12 345"));
}

#[test]
fn personal_numbers_are_masked_wherever_they_stand_and_whoever_tells() {
    let cells = "Namn\t640823-3234\tA\n640823-3234 först på raden\nmed hårt streck 640823\u{2011}3234, bruten 640823-\n3234 här\nPersonnr640823-3234";
    let long = "ord ".repeat(30);
    let shelf = Shelf::new()
        .file(
            "a.txt",
            format!(
                "{ANSWER}\n{cells}\n{long}hemlig {} 640823 -3234 {long}",
                "x".repeat(90)
            ),
        )
        .file("640823-3234.pdf", "");
    let golden = shelf.corpus().join("../golden.tsv");
    std::fs::write(&golden, "zzz640823-3234\t640823-3234.pdf\n").expect("a file");
    let golden = golden.to_str().expect("a path");
    let corpus = shelf.corpus();
    let corpus = corpus.to_str().expect("a path");
    let ingest = shelf.run(&["ingest", corpus]);
    let kept = shelf.run(&["ingest", corpus, "--full", "--golden", golden]);
    assert_eq!(kept.code, 5, "{kept:?}");
    let paper = shelf.corpus().join("a.txt");
    let paper = paper.to_str().expect("a path");
    let mut told = vec![ingest, kept];
    for args in [
        &["show", "a.txt", "--json"][..],
        &["show", "a.txt"],
        &["extract", "--json", paper],
        &["repair", paper],
        &["search", "hemlig"],
        &["search", "hemlig", "--json"],
        &["search", "zzz640823-3234"],
        &["status", "--failed"],
        &["status", "--json"],
        &["show", "640823-3234.txt"],
    ] {
        told.push(shelf.run(args));
    }
    let reports = shelf.index().join("reports");
    for report in std::fs::read_dir(reports).expect("reports") {
        let path = report.expect("a report").path();
        let text = std::fs::read_to_string(path).expect("text");
        for part in ["640823", "3234.pdf"] {
            assert!(!text.contains(part), "{text}");
        }
    }
    for said in told {
        for text in [&said.out, &said.err] {
            for part in ["640823", "-3234", "3234 h", "3234.pdf"] {
                assert!(!text.contains(part), "{part} in {text}");
            }
        }
    }
    let failed = shelf.run(&["status", "--failed", "--show-personal"]);
    assert!(failed.out.contains("640823-3234.pdf"), "{failed:?}");
}

#[test]
fn what_lies_too_deep_is_told_with_the_paper_that_holds_it() {
    let mut file = pdf("Den innersta handlingen om badplatser.");
    for level in (0..5).rev() {
        let text = format!("Handlingar på nivå {level}");
        file = pdf_with(&text, &[(&format!("nivå {}.pdf", level + 1), file)]);
    }
    let shelf = Shelf::new().file("möte.pdf", file);
    let summary = shelf.ingest();
    assert_eq!(summary["in_part"], 1, "{summary}");
    assert!(shelf.search("badplatser").is_empty());
    let held = shelf.run(&["status", "--in-part", "--json"]).json();
    let reason = held[0]["reason"].as_str().expect("a reason");
    assert!(
        held[0]["file"]
            .as_str()
            .is_some_and(|file| file.ends_with("nivå 3.pdf"))
            && reason.contains("nivå 4.pdf"),
        "{held:?}"
    );
}

#[test]
fn what_lies_inside_a_paper_is_a_paper_of_its_own() {
    let meeting = |bilagor: &[(&str, Vec<u8>)]| pdf_with("Handlingar till nämnden", bilagor);
    let shelf = Shelf::new()
        .file(
            "möte.pdf",
            meeting(&[
                ("01 svar.pdf", pdf(ANSWER)),
                ("02 badplatser.txt", b"Om badplatser.".to_vec()),
                ("03 bild.png", b"\x89PNG".to_vec()),
            ]),
        )
        .file("annat.txt", "Om annat.");
    let first = shelf.ingest();
    assert_eq!(
        (&first["seen"], &first["attachments"]),
        (&2.into(), &2.into())
    );
    // What is neither a PDF nor a text is told with the paper that holds it.
    let shown = shelf.run(&["show", "möte.pdf"]);
    assert!(shown.out.contains("03 bild.png"), "{shown:?}");
    expect!["added 2, pages 4"].assert_eq(&figures(&first));
    let inside = shelf.search("badplatser");
    assert_eq!(inside.len(), 1, "{inside:?}");
    assert!(inside[0].starts_with("möte.pdf") && inside[0].ends_with("02 badplatser.txt"));
    assert_eq!(
        shelf.answers("V").len(),
        1,
        "the paper inside, not the bundle"
    );
    shelf.whole();
    expect!["unchanged 2"].assert_eq(&figures(&shelf.ingest()));
    // Moved with its file, dropped with its place in it.
    std::fs::rename(
        shelf.corpus().join("möte.pdf"),
        shelf.corpus().join("maj.pdf"),
    )
    .expect("moved");
    expect!["moved 1, unchanged 1"].assert_eq(&figures(&shelf.ingest()));
    assert!(shelf.search("badplatser")[0].starts_with("maj.pdf"));
    shelf.put("maj.pdf", meeting(&[("01 svar.pdf", pdf(ANSWER))]));
    expect!["changed 1, unchanged 1, pages 1"].assert_eq(&figures(&shelf.ingest()));
    assert_eq!(shelf.run(&["search", "badplatser"]).code, 1);
    shelf.whole();
}
