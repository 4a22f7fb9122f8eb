//! Runs of `ingest`, night after night.

use expect_test::expect;

use crate::shelf::{Shelf, pdf, root};

const ANSWER: &str =
    "Socialnämnden\n\nSvar på skrivelse från Vera Lind (V)\n\nFörvaltningen arbetar löpande.";

/// The figures of a run, without its seconds.
fn figures(summary: &serde_json::Value) -> String {
    ["seen", "added", "changed", "unchanged", "removed", "failed"]
        .map(|key| format!("{key} {}", summary[key]))
        .join(", ")
}

#[test]
fn a_second_run_reads_only_what_changed() {
    let shelf = Shelf::new()
        .file("a.txt", ANSWER)
        .file("b/b.pdf", pdf("Motion av Mats Berg (M)"))
        .file("c.txt", "c");
    expect!["seen 3, added 3, changed 0, unchanged 0, removed 0, failed 0"]
        .assert_eq(&figures(&shelf.ingest()));
    expect!["seen 3, added 0, changed 0, unchanged 3, removed 0, failed 0"]
        .assert_eq(&figures(&shelf.ingest()));
    shelf.put("a.txt", "Något helt annat om cykelbanor.");
    shelf.put("d.txt", "d");
    std::fs::remove_file(shelf.corpus().join("c.txt")).expect("c goes");
    let summary = shelf.ingest();
    expect!["seen 3, added 1, changed 1, unchanged 1, removed 1, failed 0"]
        .assert_eq(&figures(&summary));
    assert_eq!(summary["pages"], 2, "b is not read again");
    assert_eq!(shelf.search("cykelbanor"), ["a.txt"]);
    assert!(
        shelf.search("löpande").is_empty(),
        "what a said before is gone"
    );
}

#[test]
fn a_touched_file_with_the_same_content_is_unchanged() {
    let shelf = Shelf::new().file("a.txt", ANSWER);
    shelf.ingest();
    let file = std::fs::File::options()
        .append(true)
        .open(shelf.corpus().join("a.txt"))
        .expect("a");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH)
        .expect("another time");
    expect!["seen 1, added 0, changed 0, unchanged 1, removed 0, failed 0"]
        .assert_eq(&figures(&shelf.ingest()));
}

#[test]
fn a_broken_file_is_named_and_stops_nothing() {
    let shelf = Shelf::new()
        .file("good.txt", ANSWER)
        .file("bad.pdf", "x")
        .file("empty.pdf", "")
        .file("notes.docx", "PK")
        .file("page.pdf", "<html><body>404</body></html>");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    for name in ["bad.pdf", "empty.pdf", "page.pdf"] {
        assert!(
            said.err.contains(&format!("failed: {name}: ")),
            "{}",
            said.err
        );
    }
    assert_eq!(shelf.search("löpande"), ["good.txt"]);
    let failed = shelf.run(&["status", "--failed"]);
    assert_eq!(
        (failed.code, failed.out.lines().count()),
        (0, 3),
        "{failed:?}"
    );
    let skipped = shelf.run(&["status", "--state", "skipped"]);
    expect![[r#"
        notes.docx: no reader for .docx files; .pdf and .txt are read
    "#]]
    .assert_eq(&skipped.out);
    // Bad files that are as they were are not tried again, and still told.
    let summary = shelf.ingest();
    expect!["seen 5, added 0, changed 0, unchanged 5, removed 0, failed 0"]
        .assert_eq(&figures(&summary));
    assert_eq!(summary["states"]["failed"], 3);
}

#[test]
fn locked_and_damaged_papers_of_the_test_data() {
    let data = root().join("tests/data");
    let shelf = Shelf::new();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&data).expect("the test data") {
        let entry = entry.expect("a file");
        let name = entry.file_name().into_string().expect("a name");
        if name.ends_with(".pdf") {
            shelf.put(&name, std::fs::read(entry.path()).expect("its bytes"));
            names.push(name);
        }
    }
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    let failed: Vec<String> = shelf
        .run(&["status", "--failed", "--json"])
        .json()
        .iter()
        .map(|e| e["file"].as_str().unwrap().into())
        .collect();
    assert_eq!(
        failed,
        [
            "empty.pdf",
            "error-page.pdf",
            "locked-nyckel.pdf",
            "random-bytes.pdf"
        ],
        "{}",
        said.err
    );
    assert!(
        said.err.contains("locked-nyckel.pdf: needs a password"),
        "{}",
        said.err
    );
    let said = shelf.run(&["ingest", "--full", "--password", "nyckel"]);
    assert!(!said.err.contains("locked-nyckel.pdf"), "{}", said.err);
}

#[test]
fn an_empty_corpus_folder_does_not_empty_the_index_unasked() {
    let shelf = Shelf::new().file("a.txt", ANSWER);
    shelf.ingest();
    std::fs::remove_file(shelf.corpus().join("a.txt")).expect("a goes");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--allow-empty"), "{}", said.err);
    assert_eq!(shelf.search("löpande"), ["a.txt"], "the old state answers");
    assert_eq!(shelf.run(&["ingest", "--allow-empty"]).code, 0);
    assert_eq!(shelf.run(&["search", "löpande"]).code, 1);
}

#[test]
fn a_second_writer_says_so_and_leaves() {
    let shelf = Shelf::new().file("a.txt", ANSWER);
    shelf.ingest();
    let lock = diarium::index::Writer::open(&shelf.index()).expect("the lock");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("another run is writing"), "{}", said.err);
    let holder = format!("pid {} on ", std::process::id());
    assert!(
        said.err.contains(&holder),
        "who and since when: {}",
        said.err
    );
    assert_eq!(
        shelf.search("löpande"),
        ["a.txt"],
        "searches go on meanwhile"
    );
    drop(lock);
    assert_eq!(shelf.run(&["ingest"]).code, 0);
}

#[test]
fn what_is_not_there_is_told_with_the_next_step() {
    let shelf = Shelf::new();
    let said = shelf.run(&["search", "löpande"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("run `diarium ingest` first"),
        "{}",
        said.err
    );
    let said = shelf.run(&["ingest", "/no/such/folder"]);
    assert_eq!(said.code, 2);
    assert!(
        said.err.contains("no folder `/no/such/folder`"),
        "{}",
        said.err
    );
    assert!(
        !shelf.index().exists(),
        "a folder mistyped leaves no index behind"
    );
}

#[cfg(unix)]
#[test]
fn awkward_entries_are_skipped_or_read_and_always_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    // The same content under two names would be one document.
    let paper = |n: u32| format!("{ANSWER} Ärende {n}.");
    let shelf = Shelf::new()
        .file("x.pdf/inner.txt", paper(1))
        .file("två\nrader.txt", paper(2))
        .file("-n.txt", paper(3))
        .file("n\u{e4}mnd.txt", paper(4))
        .file("na\u{308}mnd.txt", paper(5));
    std::fs::write(
        shelf.corpus().join(OsStr::from_bytes(b"sk\xE5p.txt")),
        paper(6),
    )
    .expect("a latin-1 name");
    std::os::unix::fs::symlink(".", shelf.corpus().join("again")).expect("a loop");
    std::os::unix::fs::symlink("/dev/zero", shelf.corpus().join("zero.pdf")).expect("a device");
    let pipe = shelf.corpus().join("pipe.pdf");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|status| status.success());
    let summary = shelf.ingest();
    assert_eq!(summary["failed"], 0, "{summary}");
    assert_eq!(
        summary["states"]["skipped"],
        2 + u64::from(made),
        "{summary}"
    );
    let mut found = shelf.search("löpande");
    found.sort();
    expect![[r#"
        [
            "-n.txt",
            "na\u{308}mnd.txt",
            "nämnd.txt",
            "sk\\xE5p.txt",
            "två\nrader.txt",
            "x.pdf/inner.txt",
        ]
    "#]]
    .assert_debug_eq(&found);
    let said = shelf.run(&["search", "löpande"]);
    assert!(
        said.out.contains("två\\u{a}rader.txt"),
        "a line end in a name is shown, not obeyed: {}",
        said.out
    );
}

#[test]
fn a_paper_is_named_as_it_is_typed_and_as_it_is_shown() {
    let text = "Tjänsteutlåtande\nSvar på skrivelse från Elsa Berg (V) om ljus i parken.\tTabell";
    let shelf = Shelf::new()
        .file("bara nedbruten o\u{308}.txt", text)
        .file("ny\nrad.txt", "En annan text om ljus.");
    shelf.ingest();
    for name in ["bara nedbruten ö.txt", "nedbruten Ö", "ny\\u{a}rad.txt"] {
        assert_eq!(shelf.run(&["show", name]).code, 0, "{name}");
    }
    let shown = shelf.run(&["show", "nedbruten"]).out;
    assert!(shown.contains("parken.\tTabell"), "{shown}");
    let golden = shelf.corpus().join("../golden.tsv");
    let corpus = shelf.corpus();
    let args = [
        "ingest",
        corpus.to_str().expect("a path"),
        "--golden",
        golden.to_str().expect("a path"),
    ];
    std::fs::write(&golden, "ljus\tbara nedbruten ö.txt\n").expect("a file");
    assert_eq!(shelf.run(&args).code, 0);
    shelf.put("kopia.txt", text);
    std::fs::write(&golden, "ljus\tkopia.txt\nljus\tbara nedbruten ö.txt\n").expect("a file");
    assert_eq!(shelf.run(&args).code, 0);
    std::fs::write(&golden, "ljus\tborta.txt\n").expect("a file");
    let said = shelf.run(&args);
    assert!(
        said.code == 5 && said.err.contains("there is no such paper"),
        "{said:?}"
    );
}

#[test]
fn a_text_file_may_come_from_another_time_and_must_be_text() {
    let shelf = Shelf::new();
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(shelf.corpus().join(name), bytes).expect("a file");
    };
    put(
        "windows.txt",
        b"Svar om f\xf6rskolor p\xe5 s\xf6der, \x84citat\x94 \x96 slut",
    );
    let utf16 = "Förskolor på söder"
        .encode_utf16()
        .flat_map(u16::to_le_bytes);
    put(
        "utf16.txt",
        &[0xff, 0xfe].into_iter().chain(utf16).collect::<Vec<u8>>(),
    );
    put("bom.txt", "\u{feff}Förskolor på norr".as_bytes());
    put(
        "program.txt",
        &[0x7f, b'E', b'L', b'F', 0, 0, 0, 1, 0, 0].repeat(40),
    );
    let said = shelf.run(&["ingest", shelf.corpus().to_str().expect("a path")]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(
        said.err
            .contains("program.txt: not a document that can be read here: it is no text"),
        "{said:?}"
    );
    assert_eq!(
        shelf.search("förskolor söder"),
        ["utf16.txt", "windows.txt"]
    );
    let shown = shelf.run(&["show", "windows.txt"]).out;
    assert!(
        shown.contains("„citat” – slut") && shown.contains("Windows-1252"),
        "{shown}"
    );
    let shown = shelf.run(&["show", "bom.txt"]).out;
    assert!(!shown.contains("feff"), "{shown}");
}

#[test]
fn a_text_is_not_repaired_over_itself_and_no_empty_file_is_forgotten() {
    let shelf = Shelf::new()
        .file("a.txt", "Socialndmnden")
        .file("tom.txt", "");
    let file = shelf.corpus().join("a.txt");
    let file = file.to_str().expect("a path");
    let corpus = shelf.corpus();
    let said = shelf.run(&["repair", file, "--out", corpus.to_str().expect("a path")]);
    assert!(
        said.code == 2 && said.err.contains("over itself"),
        "{said:?}"
    );
    let said = shelf.run(&["repair", file, file, "--out", "ut"]);
    assert!(
        said.code == 2 && said.err.contains("as one file"),
        "{said:?}"
    );
    shelf.run(&["ingest", corpus.to_str().expect("a path")]);
    let said = shelf.run(&["forget", "tom.txt"]);
    assert!(said.code == 2, "{said:?}");
}
