//! What goes wrong with a run or with its index, and is told and made good: each mishap in a story of its own.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::shelf::{Said, Shelf, diarium, pdf, root, skipped};

const ANSWER: &str =
    "Socialnämnden\n\nSvar på skrivelse från Vera Lind (V)\n\nFörvaltningen arbetar löpande.";

fn paper(n: usize) -> String {
    format!(
        "{ANSWER} Ärende {n}. {}",
        "Nämnden godkänner förslaget. ".repeat(n % 40)
    )
}

fn shelf(papers: usize) -> Shelf {
    let shelf = Shelf::new();
    for n in 0..papers {
        shelf.put(&format!("{}/{n}.txt", n % 5), paper(n));
    }
    shelf
}

/// The folder of the generation that answers.
fn generation(shelf: &Shelf) -> PathBuf {
    let layout = std::fs::read_dir(shelf.index())
        .expect("the index")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("CURRENT").is_file())
        .max()
        .expect("a layout");
    let current = std::fs::read_to_string(layout.join("CURRENT")).expect("the note");
    layout.join(current.trim())
}

/// The files of the generation that answers, and of no other.
fn files(shelf: &Shelf) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(generation(shelf))
        .expect("the generation")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

fn whole(shelf: &Shelf) {
    let said = shelf.run(&["verify"]);
    assert_eq!(said.code, 0, "{said:?}");
}

/// Copies a folder and what is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).expect("a copy");
        }
    }
}

fn never_falls(said: &Said) {
    assert!((0..=2).contains(&said.code), "{said:?}");
    for text in [&said.out, &said.err] {
        assert!(!text.contains("panicked"), "{said:?}");
    }
}

#[test]
fn a_damaged_file_is_an_error_and_the_next_run_makes_it_good() {
    let shelf = shelf(24);
    shelf.ingest();
    let kept = shelf.index().with_file_name("kept");
    copy(&shelf.index(), &kept);
    let ending = |path: &Path| {
        let ending = path.extension().unwrap_or_default();
        ending.to_string_lossy().into_owned()
    };
    // The engine's own files, but for its notes: those have stories of their own.
    let mut names: Vec<PathBuf> = files(&shelf)
        .into_iter()
        .filter(|path| !["", "json"].contains(&ending(path).as_str()))
        .collect();
    names.sort_by_key(|path| ending(path));
    let many = std::env::var_os("DIARIUM_DRILLS").is_some();
    let mut harms: Vec<(&Path, usize)> = Vec::new();
    for path in &names {
        let length = std::fs::metadata(path).expect("its size").len() as usize;
        let places = match (many, ending(path).as_str()) {
            (true, _) => 24,
            (false, "store") => 8,
            (false, _) => 1,
        };
        harms.extend((1..=places).map(|n| (path.as_path(), n * length / (places + 1))));
    }
    let (here, there) = (shelf.corpus().join("0"), shelf.corpus().join("flyttat"));
    let mut made_good = 0;
    for (number, (path, at)) in harms.into_iter().enumerate() {
        std::fs::remove_dir_all(shelf.index()).expect("it goes");
        copy(&kept, &shelf.index());
        let _ = std::fs::rename(&there, &here);
        let mut bytes = std::fs::read(path).expect("its bytes");
        let Some(byte) = bytes.get_mut(at) else {
            continue;
        };
        *byte ^= 1 << (number % 8);
        std::fs::write(path, bytes).expect("a flipped bit");
        for args in [
            &["search", "löpande", "-n", "100"][..],
            &["answers", "V"],
            &["show", "0/0.txt"],
            &["status"],
        ] {
            never_falls(&shelf.run(args));
        }
        // Papers that change their names take their stored text with them.
        std::fs::rename(&here, &there).expect("another name");
        let said = shelf.run(&["ingest"]);
        let what = format!("{} at {at}: {said:?}", path.display());
        assert_eq!(said.code, 0, "{what}");
        assert_eq!(shelf.run(&["status"]).code, 0, "{what}");
        if said.err.contains("was damaged") {
            made_good += 1;
        } else {
            // It was not met.
            assert_eq!(shelf.run(&["ingest", "--full"]).code, 0, "{what}");
        }
        assert_eq!(shelf.search("löpande").len(), 24, "{what}");
        whole(&shelf);
    }
    assert!(made_good > 0, "no damage was met");
}

#[test]
fn what_lies_in_a_bundle_is_read_again_when_its_stored_text_is_lost() {
    let bundle = crate::shelf::pdf_with(
        "Handlingar till nämnden",
        &[
            ("01 svar.pdf", pdf(ANSWER)),
            ("02 badplatser.txt", b"Om badplatser.".to_vec()),
        ],
    );
    let shelf = Shelf::new()
        .file("möte.pdf", bundle)
        .file("b.txt", "Om annat.");
    shelf.ingest();
    let store = files(&shelf)
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "store"))
        .expect("a store");
    let mut bytes = std::fs::read(&store).expect("its bytes");
    // The first block is lost; what says how long it is and where it lies is not.
    bytes[8..60].fill(0xff);
    std::fs::write(&store, bytes).expect("damage");
    std::fs::rename(
        shelf.corpus().join("möte.pdf"),
        shelf.corpus().join("maj.pdf"),
    )
    .expect("another name");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("read once more"), "{said:?}");
    assert_eq!(shelf.search("badplatser").len(), 1, "{said:?}");
    assert_eq!(shelf.answers("V").len(), 1);
    whole(&shelf);
}

#[test]
fn a_run_that_was_cut_off_is_told() {
    let shelf = shelf(6);
    shelf.ingest();
    for n in 0..1500 {
        shelf.put(&format!("nya/{n}.txt"), paper(1000 + n));
    }
    let mark = shelf.index().join("reports/begun.json");
    let mut run = diarium()
        .args(["ingest", "--workers", "1"])
        .env("DIARIUM_CORPUS", shelf.corpus())
        .env("DIARIUM_INDEX", shelf.index())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program runs");
    let patience = Instant::now();
    while !mark.exists() && patience.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let going = shelf.run(&["status"]);
    assert_eq!(going.code, 0, "{going:?}");
    assert!(going.out.contains("a run has been going on"), "{going:?}");
    run.kill().expect("it is killed");
    run.wait().expect("it ends");
    assert!(mark.exists(), "it was killed before its end");
    let said = shelf.run(&["status"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(
        said.out.starts_with("NO: the run of ") && said.out.contains("was cut off"),
        "{said:?}"
    );
    let json = shelf.run(&["status", "--json"]).json().remove(0);
    assert_eq!(json["good"], false);
    assert!(json["underway"]["cut-off"]["pid"].is_u64(), "{json}");
    // To forget a paper is no run, and hides nothing.
    assert_eq!(shelf.run(&["forget", "0/0.txt"]).code, 0);
    assert_eq!(shelf.run(&["status"]).code, 1);
    shelf.ingest();
    let said = shelf.run(&["status"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!mark.exists());
    // The very first one, too.
    let first = crate::shelf::Shelf::new().file("a.txt", ANSWER);
    std::fs::create_dir_all(first.index().join("reports")).expect("a folder");
    std::fs::write(
        first.index().join("reports/begun.json"),
        r#"{"begun":"2026-01-02T03:04:05Z","pid":1,"host":"x"}"#,
    )
    .expect("a mark");
    let said = first.run(&["status"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("was cut off"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn who_may_read_one_file_of_the_index_may_read_all() {
    use std::os::unix::fs::PermissionsExt;
    let shelf = Shelf::new().file("a.txt", ANSWER);
    for night in 0..2 {
        shelf.put("b.txt", paper(night));
        shelf.ingest();
        let rights: Vec<(PathBuf, u32)> = files(&shelf)
            .into_iter()
            .map(|path| {
                let mode = path.metadata().expect("its rights").permissions().mode();
                (path, mode & 0o444)
            })
            .collect();
        let names = |rights: &[(PathBuf, u32)]| {
            let name = |path: &PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned());
            rights
                .iter()
                .filter_map(|(path, _)| name(path))
                .collect::<Vec<_>>()
        };
        assert!(names(&rights).iter().any(|name| name == ".managed.json"));
        let first = rights[0].1;
        let sums = rights
            .iter()
            .find(|(path, _)| path.ends_with("SUMS"))
            .map_or(first, |(_, mode)| *mode);
        for (path, mode) in rights {
            assert_eq!(mode, sums, "{}", path.display());
        }
    }
}

#[test]
fn what_is_forgotten_stays_away_when_the_index_is_damaged() {
    let shelf = Shelf::new()
        .file("a.txt", format!("{ANSWER} Kvittblivningsord."))
        .file("b.txt", "Om badplatser.");
    shelf.ingest();
    assert_eq!(shelf.run(&["forget", "a.txt"]).code, 0);
    let away = |shelf: &Shelf, what: &str| {
        assert_eq!(shelf.search("badplatser"), ["b.txt"], "{what}");
        assert_eq!(
            shelf.run(&["search", "kvittblivningsord"]).code,
            1,
            "{what}"
        );
        let skipped = shelf.run(&["status", "--state", "skipped"]);
        assert!(
            skipped.out.starts_with("a.txt: forgotten"),
            "{what}: {skipped:?}"
        );
        whole(shelf);
    };
    for name in ["meta.json", "SUMS", "../CURRENT"] {
        for rubbish in ["", "skräp"] {
            std::fs::write(generation(&shelf).join(name), rubbish).expect("rubbish");
            let said = shelf.run(&["ingest"]);
            assert_eq!(said.code, 0, "{name}: {said:?}");
            away(&shelf, name);
        }
    }
    let store = files(&shelf)
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "store"))
        .expect("a store");
    std::fs::write(store, "").expect("a file cut short");
    assert_eq!(shelf.run(&["ingest", "--full"]).code, 0);
    away(&shelf, "--full");
    // The layout gone altogether, as when a newer program has left it.
    let layout = generation(&shelf);
    std::fs::remove_dir_all(layout.parent().expect("the layout")).expect("it goes");
    shelf.ingest();
    away(&shelf, "no layout");
    // The list holds no word of any paper.
    let list = std::fs::read_to_string(shelf.index().join("forgotten")).expect("the list");
    assert!(list.trim().bytes().all(|b| b.is_ascii_hexdigit()), "{list}");
    // An index of before the list has its marks in itself; the next run writes the list.
    std::fs::remove_file(shelf.index().join("forgotten")).expect("the list");
    shelf.ingest();
    assert!(shelf.index().join("forgotten").is_file());
    assert_eq!(shelf.run(&["forget", "a.txt", "--undo"]).code, 0);
    shelf.ingest();
    assert_eq!(shelf.search("kvittblivningsord"), ["a.txt"]);
    assert_eq!(shelf.run(&["ingest", "--full"]).code, 0);
    assert_eq!(shelf.search("kvittblivningsord"), ["a.txt"]);
    whole(&shelf);
}

#[test]
fn a_forgetting_that_was_stopped_is_ended_by_the_next_run() {
    let shelf = Shelf::new()
        .file("a.txt", format!("{ANSWER} Kvittblivningsord."))
        .file("b.txt", "Om badplatser.");
    shelf.ingest();
    let hash = blake3::hash(&std::fs::read(shelf.corpus().join("a.txt")).expect("its bytes"));
    std::fs::write(shelf.index().join("forgotten"), format!("{hash}\n")).expect("the list");
    shelf.ingest();
    assert_eq!(shelf.run(&["search", "kvittblivningsord"]).code, 1);
    whole(&shelf);
}

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
fn what_is_forgotten_goes_from_the_learned_words_too() {
    let name = "Qvistelblomkrona";
    let shelf = Shelf::new()
        .file(
            "hemlig.pdf",
            pdf(&format!(
                "Nämnden för samhällsbyggnad\n\nMötet med {name} är klart. {name} har sökt bidrag för en lokal, och nämnden\n\
                 har svarat {name} att det finns medel. Ärendet är avslutat och {name} har fått besked."
            )),
        )
        .file(
            "annan.pdf",
            pdf("Nämnden för samhällsbyggnad\n\nVägen från Gråskärsvik till Hökåsen är ny. Boende i Gråskärsvik får svar i maj, och\n\
                 nämnden åker till Gråskärsvik på våren för att se hur vägen håller."),
        );
    shelf.ingest();
    assert_eq!(shelf.run(&["lexicon", "learn"]).code, 0);
    let learned = || {
        std::fs::read_to_string(shelf.index().join("learned.tsv"))
            .expect("the learned words")
            .to_lowercase()
    };
    assert!(learned().contains("qvistelblom"), "{}", learned());
    shelf.ingest();
    let said = shelf.run(&["forget", "hemlig.pdf"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("counted anew"), "{said:?}");
    assert!(!learned().contains("qvistelblom"), "{}", learned());
    assert!(learned().contains("gråskärsvik"), "{}", learned());
    shelf.ingest();
    whole(&shelf);
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
}

#[test]
fn what_is_wrong_with_an_index_is_told_once_and_with_what_to_do() {
    let shelf = shelf(8);
    shelf.ingest();
    let advice = "diarium ingest --full";
    for (name, rubbish) in [
        (
            "meta.json",
            "{\"segments\": [\"skräp och mer skräp\"".repeat(300),
        ),
        (".managed.json", "skräp".to_owned()),
    ] {
        let path = generation(&shelf).join(name);
        let good = std::fs::read(&path).expect("its bytes");
        std::fs::write(&path, rubbish).expect("rubbish");
        for args in [&["search", "löpande"][..], &["status"]] {
            let said = shelf.run(args);
            assert_eq!(said.code, 2, "{said:?}");
            assert_eq!(said.err.matches(advice).count(), 1, "{said:?}");
            assert!(said.err.len() < 700, "{said:?}");
            for word in ["IoError", "move the folder away", "io_error"] {
                assert!(!said.err.contains(word), "{said:?}");
            }
        }
        let said = shelf.run(&["verify"]);
        assert!(said.code == 2 && said.err.contains(advice), "{said:?}");
        std::fs::write(&path, good).expect("the good bytes");
    }
    whole(&shelf);
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
    whole(&shelf);
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

#[test]
fn a_run_with_nothing_to_do_notices_a_flipped_bit() {
    let shelf = shelf(24);
    shelf.ingest();
    let store = files(&shelf)
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "pos"))
        .expect("places of words");
    let mut bytes = std::fs::read(&store).expect("its bytes");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::write(&store, bytes).expect("a flipped bit");
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.err.contains("note: the index was damaged"), "{said:?}");
    whole(&shelf);
    assert_eq!(shelf.search("löpande").len(), 24);
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
    whole(&shelf);
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
    whole(&shelf);
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
