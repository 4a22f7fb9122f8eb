//! Papers that go, come back, change places or cannot be read tonight: what is kept, what goes, and what is told of it.

use std::time::Duration;

use crate::mishaps::{ANSWER, shelf};
use crate::shelf::{Shelf, diarium, pdf, root, skipped};

#[test]
fn another_corpus_or_half_of_it_does_not_empty_the_index_unasked() {
    let shelf = shelf(40);
    shelf.ingest();
    let at = |name: &str| shelf.corpus().join(name);
    // Put in order otherwise, nothing is gone.
    std::fs::create_dir(at("arkiv")).expect("a folder");
    for folder in 0..5 {
        let folder = folder.to_string();
        std::fs::rename(at(&folder), at("arkiv").join(&folder)).expect("a folder moves");
    }
    let summary = shelf.ingest();
    assert_eq!(summary["moved"], 40, "{summary}");
    // Three of five folders are not mounted.
    let away = shelf.index().with_file_name("away");
    std::fs::create_dir(&away).expect("a folder");
    for folder in ["0", "1", "2"] {
        std::fs::rename(at("arkiv").join(folder), away.join(folder)).expect("a folder goes");
    }
    shelf.put("ny.txt", "Om badplatser.");
    for args in [&["ingest"][..], &["ingest", "--full"]] {
        let said = shelf.run(args);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(
            said.err.contains("24 of the 40 papers") && said.err.contains("--allow-removals"),
            "{said:?}"
        );
        assert_eq!(shelf.search("löpande").len(), 40, "the old state answers");
        assert_eq!(shelf.run(&["status"]).code, 1);
    }
    let said = shelf.run(&["ingest", "--allow-removals"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(shelf.search("löpande").len(), 16);

    // Another folder is another corpus, however small it is.
    let corpus = shelf.corpus();
    let corpus = corpus.to_str().expect("a path");
    let other = away.to_str().expect("a path");
    let said = shelf.run(&["ingest", other]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains(corpus) && said.err.contains(other) && said.err.contains("--index"),
        "{said:?}"
    );
    assert_eq!(shelf.search("löpande").len(), 16);
    // The same papers in another place are the same papers.
    let moved = shelf.index().with_file_name("flyttad");
    std::fs::rename(shelf.corpus(), &moved).expect("the corpus moves");
    let said = shelf.run(&["ingest", moved.to_str().expect("a path")]);
    assert_eq!(said.code, 0, "{said:?}");
    let said = shelf.run(&["ingest", other, "--allow-removals"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(shelf.search("löpande").len(), 24);
}

#[test]
fn an_index_among_the_papers_is_no_paper() {
    let shelf = Shelf::new()
        .file("a.txt", ANSWER)
        .file("b/index/c.txt", "Om badplatser.");
    let corpus = shelf.corpus();
    let ingest = |index: &str| {
        let output = diarium()
            .current_dir(&corpus)
            .args(["ingest", ".", "--json", "--index", index])
            .output()
            .expect("the program runs");
        let said: serde_json::Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
        said
    };
    // What OCR has read, among the papers.
    shelf.put("läst/0123.txt", "Ur en bild.");
    let cache = corpus.join("läst");
    let cache_name = cache.to_str().expect("a path");
    let said = shelf.run(&["ingest", "--json", "--ocr-cache", cache_name]);
    assert_eq!(said.json()[0]["seen"], 2, "{said:?}");
    std::fs::remove_dir_all(cache).expect("it goes");
    for index in ["index", "b/../index2"] {
        for _ in 0..3 {
            let figures = ingest(index);
            let (seen, states) = (&figures["seen"], &figures["states"]);
            assert_eq!(
                (seen, &states["indexed"]),
                (&2.into(), &2.into()),
                "{figures}"
            );
        }
        std::fs::remove_dir_all(corpus.join(index.rsplit('/').next().expect("a name")))
            .expect("it goes");
    }
    // The corpus folder itself as the index folder.
    for _ in 0..3 {
        let figures = ingest(".");
        assert_eq!(figures["seen"], 2, "{figures}");
    }
}

#[test]
fn a_new_password_opens_what_failed_without_it() {
    let locked =
        std::fs::read(root().join("tests/data/locked-nyckel.pdf")).expect("a locked paper");
    let shelf = Shelf::new()
        .file("a.txt", ANSWER)
        .file("locked.pdf", &locked)
        .file("trasig.pdf", "x");
    shelf.ingest();
    let said = shelf.run(&["ingest", "--password", "fel"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(
        said.err.contains("locked.pdf: needs a password"),
        "{said:?}"
    );
    assert!(
        !said.err.contains("trasig.pdf"),
        "only what lacks one is tried: {said:?}"
    );
    // Tried once is tried: the night after has nothing to do.
    assert_eq!(shelf.run(&["ingest", "--password", "fel"]).code, 0);
    let list = shelf.index().with_file_name("list.txt");
    std::fs::write(&list, "fel\nnyckel\n").expect("a list");
    let said = shelf.run(&[
        "ingest",
        "--json",
        "--passwords",
        list.to_str().expect("a path"),
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.json()[0]["recovered"], 1, "{said:?}");
    let failed = shelf.run(&["status", "--failed"]);
    assert!(!failed.out.contains("locked"), "{failed:?}");
    // A run by hand that has no password, and the next night with the list: as before.
    shelf.run(&["ingest", "--full"]);
    let failed = shelf.run(&["status", "--failed"]);
    assert!(failed.out.contains("locked"), "{failed:?}");
    let list = list.to_str().expect("a path");
    shelf.run(&["ingest", "--passwords", list]);
    let failed = shelf.run(&["status", "--failed"]);
    assert!(!failed.out.contains("locked"), "{failed:?}");
}

#[test]
fn papers_that_turn_to_garbage_all_at_once_take_no_text_along() {
    let shelf = shelf(40);
    shelf.ingest();
    let broken = |n: usize| {
        for number in 0..n {
            let name = format!("{}/{number}.txt", number % 5);
            let file = shelf.corpus().join(name);
            let bytes = std::fs::read(&file).expect("a paper");
            std::fs::write(&file, vec![0; bytes.len()]).expect("garbage");
        }
    };
    broken(30);
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("30 of the 40 papers") && said.err.contains("--allow-removals"),
        "{said:?}"
    );
    assert_eq!(shelf.search("löpande").len(), 40);
    assert_eq!(shelf.run(&["status"]).code, 1);
    assert_eq!(shelf.run(&["ingest", "--allow-removals"]).code, 3);
    assert_eq!(shelf.search("löpande").len(), 10);
}

#[test]
fn a_folder_of_the_corpus_is_another_corpus() {
    let shelf = Shelf::new();
    for number in 0..90 {
        let folder = if number < 60 { "stor" } else { "liten" };
        shelf.put(
            &format!("{folder}/{number}.txt"),
            format!("{ANSWER} {number}"),
        );
    }
    shelf.ingest();
    let part = shelf.corpus().join("stor");
    let said = shelf.run(&["ingest", part.to_str().expect("a path")]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("--index"), "{said:?}");
    assert_eq!(shelf.search("löpande").len(), 90);
}

#[test]
fn a_run_that_cannot_begin_is_no_good_night() {
    let shelf = shelf(2);
    shelf.ingest();
    for args in [
        ["--passwords", "/no/such/list"],
        ["--golden", "/no/such/list"],
    ] {
        let said = shelf.run(&[&["ingest"][..], &args].concat());
        assert_eq!(said.code, 2, "{said:?}");
        let status = shelf.run(&["status"]);
        assert!(
            status.code == 1 && status.out.contains("/no/such/list"),
            "{status:?}"
        );
        shelf.ingest();
        assert_eq!(shelf.run(&["status"]).code, 0);
    }
}

#[test]
fn a_share_that_is_not_mounted_loses_no_papers_and_a_folder_that_people_emptied_does() {
    let shelf = shelf(120);
    shelf.ingest();
    let (share, away) = (shelf.corpus().join("3"), shelf.corpus().with_file_name("3"));
    std::fs::rename(&share, &away).expect("taken away");
    std::fs::create_dir(&share).expect("what is left of it");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(
        said.err
            .contains("unreadable: `3` holds no paper, and 24 were in it"),
        "{said:?}"
    );
    assert_eq!(shelf.search("löpande").len(), 120);
    shelf.whole();
    // What systems leave in an empty folder is no paper.
    std::fs::create_dir(share.join("lost+found")).expect("a folder of the system");
    std::fs::write(share.join("Thumbs.db"), "small pictures").expect("a file of the system");
    assert_eq!(shelf.run(&["ingest"]).code, 3);
    assert_eq!(shelf.search("löpande").len(), 120);
    // Back again, and nothing has to be read.
    std::fs::remove_dir_all(&share).expect("an empty folder");
    std::fs::rename(&away, &share).expect("mounted");
    assert_eq!(shelf.ingest()["unchanged"], 120);
    // Papers that lie elsewhere are not missing.
    std::fs::rename(&share, shelf.corpus().join("flyttat")).expect("moved");
    std::fs::create_dir(&share).expect("what is left of it");
    let summary = shelf.ingest();
    assert_eq!(
        (&summary["moved"], &summary["removed"]),
        (&24.into(), &0.into())
    );
    // Whoever means it says so.
    std::fs::remove_dir_all(shelf.corpus().join("flyttat")).expect("gone");
    std::fs::create_dir(shelf.corpus().join("flyttat")).expect("what is left of it");
    assert_eq!(shelf.run(&["ingest"]).code, 3);
    assert_eq!(shelf.run(&["ingest", "--allow-removals"]).code, 0);
    assert_eq!(shelf.search("löpande").len(), 96);
    assert_eq!(shelf.run(&["ingest"]).code, 0);
    // A folder that is not there at all is taken for what people do, and told.
    std::fs::remove_dir_all(shelf.corpus().join("0")).expect("gone");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.err
            .contains("note: `0` is gone, and 24 papers with it"),
        "{said:?}"
    );
    assert_eq!(shelf.search("löpande").len(), 72);
}

#[cfg(unix)]
#[test]
fn a_paper_that_cannot_be_opened_tonight_is_kept_as_it_was() {
    let shelf = shelf(24);
    shelf.ingest();
    let paper = shelf.corpus().join("0/0.txt");
    std::fs::write(&paper, "changed").expect("a change");
    let closed =
        std::fs::set_permissions(&paper, std::os::unix::fs::PermissionsExt::from_mode(0o000));
    closed.expect("closed");
    let said = if std::fs::read(&paper).is_ok() {
        // This user may read everything: the program without that right.
        let right = "--bounding-set=-dac_override,-dac_read_search";
        let tried = std::process::Command::new("setpriv")
            .args([right, "cat"])
            .arg(&paper)
            .output();
        if !tried.is_ok_and(|tried| !tried.status.success() && tried.stdout.is_empty()) {
            skipped("this user may read everything, and there is no setpriv to take that away");
            return;
        }
        shelf.run_under("setpriv", &[right], &["ingest"])
    } else {
        shelf.run(&["ingest"])
    };
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("it is kept as it was"), "{said:?}");
    assert_eq!(shelf.search("löpande").len(), 24);
    let status = shelf.run(&["status"]);
    assert!(
        status.out.contains("1 place could not be looked at"),
        "{status:?}"
    );
}

#[test]
fn a_night_that_could_look_at_few_papers_is_no_good_one() {
    let shelf = shelf(24);
    shelf.ingest();
    let emptied = |from: usize, to: usize| {
        for number in from..to {
            let paper = shelf.corpus().join(format!("{}/{number}.txt", number % 5));
            std::fs::write(paper, "").expect("emptied");
        }
    };
    emptied(0, 10);
    assert_eq!(shelf.run(&["ingest"]).code, 3);
    let status = shelf.run(&["status"]);
    assert_eq!(status.code, 0, "fewer than half: {status:?}");
    emptied(10, 20);
    assert_eq!(shelf.run(&["ingest"]).code, 3);
    let status = shelf.run(&["status"]);
    assert!(
        status.code == 1 && status.out.contains("of the 24 files that are known 20"),
        "{status:?}"
    );
    assert_eq!(shelf.search("löpande").len(), 24, "nothing is lost");
}

#[test]
fn a_file_that_is_too_large_is_named_and_not_tried_each_night() {
    let shelf = shelf(2);
    let large = std::fs::File::create(shelf.corpus().join("disk.pdf")).expect("a file");
    large
        .set_len(5 << 30)
        .expect("of five gigabytes, that are nowhere");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    let failed = shelf.run(&["status", "--failed"]);
    assert!(failed.out.starts_with("disk.pdf: "), "{failed:?}");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(shelf.run(&["status", "--failed"]).out, failed.out);
    large.set_len(6 << 30).expect("another size");
    assert_eq!(shelf.run(&["ingest"]).code, 3, "it is another file");
}

#[test]
fn papers_that_change_names_at_equal_size_and_time_are_noticed() {
    let shelf = Shelf::new()
        .file("a.txt", format!("{ANSWER} alfaord"))
        .file("b.txt", format!("{ANSWER} betaord"));
    let at = |name: &str| shelf.corpus().join(name);
    let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_577_880_000);
    for name in ["a.txt", "b.txt"] {
        let file = std::fs::File::options()
            .write(true)
            .open(at(name))
            .expect("it");
        file.set_modified(time).expect("a time");
    }
    shelf.ingest();
    std::fs::rename(at("a.txt"), at("c.txt")).expect("away");
    std::fs::rename(at("b.txt"), at("a.txt")).expect("over");
    std::fs::rename(at("c.txt"), at("b.txt")).expect("back");
    shelf.ingest();
    if cfg!(unix) {
        assert_eq!(shelf.search("alfaord"), ["b.txt"]);
        assert_eq!(shelf.search("betaord"), ["a.txt"]);
    }
    shelf.whole();
}

/// A file that ends before the content of its only page.
const BARE_END: &str = "%PDF-1.4\n\
    1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
    2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
    3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>\nendobj\n";

#[test]
fn a_paper_of_which_something_is_lost_is_named_and_one_of_which_all_is_lost_has_failed() {
    let pages: Vec<String> = (0..10)
        .map(|n| format!("Sida {n} om kolonilotter"))
        .collect();
    let whole_file = pdf(&pages.join("\u{c}"));
    let cut = |share: usize| whole_file[..whole_file.len() * share / 100].to_vec();
    let shelf = Shelf::new()
        .file("hel.pdf", whole_file.clone())
        .file("halv.pdf", cut(55))
        .file("borta.pdf", BARE_END);
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("failed: borta.pdf: "), "{said:?}");
    assert!(said.out.contains("1 damaged and read in part"), "{said:?}");
    for verb in [&["similar", "borta"][..], &["why", "borta", "--party", "V"]] {
        let said = shelf.run(verb);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(
            said.err.contains("`borta.pdf` has no text: broken"),
            "{said:?}"
        );
    }
    let named = shelf.run(&["status", "--in-part"]);
    assert!(
        named
            .out
            .starts_with("halv.pdf: read in part: the file's end is missing"),
        "{named:?}"
    );
    assert_eq!(named.out.lines().count(), 1, "{named:?}");
}

#[test]
fn a_paper_is_known_by_the_path_that_a_shell_completes() {
    let shelf = Shelf::new().file("2019/a.txt", ANSWER);
    shelf.ingest();
    let path = shelf.corpus().join("2019/a.txt");
    let said = shelf.run(&["show", path.to_str().expect("a path")]);
    assert_eq!(said.code, 0, "{said:?}");
    let said = shelf.run(&["show", "zzz"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("a name is the path below"), "{said:?}");
}

#[test]
fn a_paper_that_turns_to_nothing_stays_as_it_was_until_there_is_something_again() {
    let shelf = shelf(3);
    shelf.ingest();
    let entries = std::fs::read_dir(shelf.corpus().join("0")).expect("a folder");
    let paper = entries.flatten().next().expect("a paper").path();
    let good = std::fs::read(&paper).expect("its bytes");
    std::fs::write(&paper, "").expect("nothing");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 3, "{said:?}");
    assert!(
        said.err
            .contains("the file is empty (0 bytes); it is kept as it was"),
        "{said:?}"
    );
    assert_eq!(shelf.search("löpande").len(), 3);
    shelf.whole();
    std::fs::write(&paper, good).expect("its bytes");
    assert_eq!(shelf.run(&["ingest"]).code, 0);
    assert_eq!(shelf.search("löpande").len(), 3);
}

#[test]
fn a_run_that_could_read_almost_nothing_is_no_good_night() {
    let shelf = shelf(1)
        .file("a.pdf", "%PDF-1.4 broken")
        .file("b.pdf", "%PDF-1.4 as well");
    assert_eq!(shelf.run(&["ingest"]).code, 3);
    let said = shelf.run(&["status"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(
        said.out.starts_with("NO: of the 3 files that the run of ")
            && said.out.contains("2 could not be read"),
        "{said:?}"
    );
}
