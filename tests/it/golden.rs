//! Golden queries: what an index must find before it may answer.

use crate::shelf::Shelf;

const ANSWER: &str =
    "Socialnämnden\n\nSvar på skrivelse från Vera Lind (V)\n\nFörvaltningen arbetar löpande.";

#[test]
fn a_golden_query_that_breaks_keeps_the_old_index() {
    let shelf = Shelf::new()
        .file("a.txt", ANSWER)
        .file("b.txt", "Om badplatser.");
    let golden = shelf.index().with_file_name("golden.tsv");
    std::fs::write(&golden, "# viktiga\nlöpande\ta.txt\nsvar:V\ta.txt\n").expect("golden queries");
    let golden = golden.to_str().expect("a path");
    assert_eq!(shelf.run(&["ingest", "--golden", golden]).code, 0);
    shelf.put("a.txt", "Något annat.");
    let said = shelf.run(&["ingest", "--golden", golden]);
    assert_eq!(said.code, 5, "{said:?}");
    assert!(
        said.err.contains("`löpande` does not find `a.txt`"),
        "{}",
        said.err
    );
    assert_eq!(shelf.search("löpande"), ["a.txt"], "the old index answers");
    let status = shelf.run(&["status"]);
    assert_eq!(status.code, 1);
    assert!(status.out.starts_with("NO: "), "{}", status.out);
    shelf.whole();
    // What was forgotten on purpose is told as that.
    assert_eq!(shelf.run(&["forget", "b.txt"]).code, 0);
    std::fs::write(golden, "badplatser\tb.txt\n").expect("golden queries");
    let said = shelf.run(&["ingest", "--golden", golden]);
    assert_eq!(said.code, 5, "{said:?}");
    assert!(
        said.err.contains("which is not read (forgotten"),
        "{said:?}"
    );
    assert_eq!(shelf.run(&["ingest"]).code, 0, "without them it is done");
    assert_eq!(shelf.run(&["status"]).code, 0);
}

#[test]
fn a_golden_query_follows_its_paper_into_another_folder() {
    let shelf = Shelf::new()
        .file("a/1.txt", ANSWER)
        .file("a/2.txt", "Om badplatser.");
    let golden = shelf.index().with_file_name("golden.tsv");
    std::fs::write(&golden, "löpande\ta/1.txt\n").expect("golden queries");
    let golden = golden.to_str().expect("a path");
    let night = || shelf.run(&["ingest", "--golden", golden]);
    assert_eq!(night().code, 0);
    std::fs::rename(shelf.corpus().join("a"), shelf.corpus().join("b")).expect("a folder");
    for _ in 0..2 {
        let said = night();
        assert_eq!(said.code, 0, "{said:?}");
        assert!(
            said.err
                .contains("`b/1.txt` is taken for it; put that name into line 1 of"),
            "{said:?}"
        );
    }
    // A paper that reads otherwise breaks the query under its new name too.
    shelf.put("b/1.txt", "Något annat.");
    let said = night();
    assert_eq!(said.code, 5, "{said:?}");
    assert!(
        said.err.contains("`löpande` does not find `a/1.txt`"),
        "{said:?}"
    );
    // Of two nobody knows which is meant.
    shelf.put("b/1.txt", ANSWER);
    shelf.put("c/1.txt", "Om badplatser i Sundby.");
    let said = night();
    assert_eq!(said.code, 5, "{said:?}");
    for told in [
        "line 1 of",
        "b/1.txt",
        "c/1.txt",
        "`a/1.txt` is not there any more; `1.txt` may mean 2",
    ] {
        assert!(said.err.contains(told), "{told}: {said:?}");
    }
    std::fs::write(golden, "löpande\t1.txt\n").expect("golden queries");
    let said = night();
    assert_eq!(said.code, 5, "{said:?}");
    assert!(said.err.contains("line 1 of"), "{said:?}");
    shelf.whole();
}
