//! What goes wrong with a run or with its index, and is told and made good: each mishap in a story of its own.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::shelf::{Said, Shelf, diarium, pdf};

pub(crate) const ANSWER: &str =
    "Socialnämnden\n\nSvar på skrivelse från Vera Lind (V)\n\nFörvaltningen arbetar löpande.";

fn paper(n: usize) -> String {
    format!(
        "{ANSWER} Ärende {n}. {}",
        "Nämnden godkänner förslaget. ".repeat(n % 40)
    )
}

pub(crate) fn shelf(papers: usize) -> Shelf {
    let shelf = Shelf::new();
    for n in 0..papers {
        shelf.put(&format!("{}/{n}.txt", n % 5), paper(n));
    }
    shelf
}

/// The files of the generation that answers, and of no other.
fn files(shelf: &Shelf) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(shelf.generation())
        .expect("the generation")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
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
        shelf.whole();
    }
    assert!(made_good > 0, "no damage was met");
}

/// Loses the first block of stored texts; what says how long it is and where it lies is not lost.
fn lose_texts(shelf: &Shelf) {
    let store = files(shelf)
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "store"))
        .expect("a store");
    let mut bytes = std::fs::read(&store).expect("its bytes");
    bytes[8..60].fill(0xff);
    std::fs::write(&store, bytes).expect("damage");
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
    lose_texts(&shelf);
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
    shelf.whole();
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
        shelf.whole();
    };
    for name in ["meta.json", "SUMS", "../CURRENT"] {
        for rubbish in ["", "skräp"] {
            std::fs::write(shelf.generation().join(name), rubbish).expect("rubbish");
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
    let layout = shelf.generation();
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
    shelf.whole();
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
    let said = shelf.run(&["search", "kvittblivningsord"]);
    assert_eq!(said.code, 1, "{said:?}");
    // Nor does a hint tell the word.
    assert!(!said.err.contains("nearest"), "{said:?}");
    shelf.whole();
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
    shelf.whole();
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
        let path = shelf.generation().join(name);
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
    shelf.whole();
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
    shelf.whole();
    assert_eq!(shelf.search("löpande").len(), 24);
}

#[test]
fn sound_texts_outlive_damage_beside_them_when_their_papers_are_away() {
    for ending in ["pos", "fieldnorm", "term", "idx"] {
        let mut shelf = Shelf::new();
        for n in 0..30 {
            shelf = shelf
                .file(&format!("a/{n}.txt"), format!("Om badplats {n}."))
                .file(&format!("b/{n}.txt"), format!("Om lekplats {n}."));
        }
        shelf.ingest();
        let away = shelf.corpus().with_extension("away");
        std::fs::rename(shelf.corpus().join("b"), &away).expect("away");
        std::fs::create_dir(shelf.corpus().join("b")).expect("a folder");
        let damaged = files(&shelf)
            .into_iter()
            .find(|path| path.extension().is_some_and(|it| it == ending))
            .expect("a file");
        let mut bytes = std::fs::read(&damaged).expect("its bytes");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        std::fs::write(&damaged, bytes).expect("damage");
        let said = shelf.run(&["ingest"]);
        assert!(said.err.contains("damaged"), "{ending}: {said:?}");
        assert_eq!(shelf.search("lekplats").len(), 30, "{ending}: {said:?}");
        let failed = shelf.run(&["status", "--failed"]);
        assert_eq!(failed.out, "", "{ending}: {failed:?}");
        shelf.whole();
    }
}

#[test]
fn a_lost_text_is_read_by_whatever_name_can_be_opened() {
    let shelf = Shelf::new()
        .file("1.txt", ANSWER)
        .file("kopia.txt", ANSWER)
        .file("z.txt", "Om annat.");
    shelf.ingest();
    lose_texts(&shelf);
    // Nothing is left in the first of its files.
    shelf.put("1.txt", "");
    let said = shelf.run(&["ingest"]);
    assert!(said.err.contains("read once more"), "{said:?}");
    assert_eq!(shelf.answers("V").len(), 1, "{said:?}");
    shelf.whole();
}

#[test]
fn a_list_of_sums_that_is_cut_is_a_fault() {
    let shelf = shelf(3);
    shelf.ingest();
    let sums = shelf.generation().join("SUMS");
    let list = std::fs::read_to_string(&sums).expect("the list");
    let cut: Vec<&str> = list.lines().take(2).collect();
    std::fs::write(&sums, cut.join("\n") + "\n").expect("cut");
    let said = shelf.run(&["verify"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.out.contains("not on the list of sums"), "{said:?}");
}

#[test]
fn learned_words_that_cannot_be_read_are_a_fault() {
    let shelf = shelf(3);
    shelf.ingest();
    std::fs::write(shelf.index().join("learned.tsv"), [0xff, 0, 1, 2]).expect("damage");
    let said = shelf.run(&["verify"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.out.contains("learned.tsv"), "{said:?}");
}

#[test]
fn an_index_that_is_lost_waits_for_papers_that_are_away_however_many_nights() {
    let mut shelf = Shelf::new();
    for n in 0..30 {
        shelf = shelf
            .file(&format!("a/{n}.txt"), format!("Om badplats {n}."))
            .file(&format!("b/{n}.txt"), format!("Om lekplats {n}."));
    }
    shelf.ingest();
    let away = shelf.corpus().with_extension("away");
    std::fs::rename(shelf.corpus().join("b"), &away).expect("away");
    std::fs::write(shelf.generation().join("meta.json"), "").expect("damage");
    for night in 1..=3 {
        let said = shelf.run(&["ingest"]);
        assert_eq!(said.code, 2, "night {night}: {said:?}");
        assert!(said.err.contains("--allow-removals"), "{said:?}");
    }
    std::fs::rename(&away, shelf.corpus().join("b")).expect("back");
    assert_eq!(shelf.run(&["ingest"]).code, 0);
    assert_eq!(shelf.search("lekplats").len(), 30);
    shelf.whole();
}
