//! What must not harm an index, done to it on purpose. After each: nothing is lost, the old state answers, the next run
//! heals, exit codes are right.
//!
//! `DIARIUM_DRILLS=1` does each as often as a machine that has time for it may; without it each is done a few times.

mod engines;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::shelf::{Shelf, diarium, pdf, skipped};

/// How often: `few` times, or `many` where there is time.
fn times(few: usize, many: usize) -> usize {
    match std::env::var_os("DIARIUM_DRILLS") {
        Some(_) => many,
        None => few,
    }
}

fn paper(n: usize) -> Vec<u8> {
    pdf(&format!(
        "Socialnämnden\n\nSvar på skrivelse från Vera Lind (V)\n\nFörvaltningen arbetar löpande, ärende {n}. {}",
        "Nämnden godkänner förslaget. ".repeat(n % 40)
    ))
}

fn shelf(papers: usize) -> Shelf {
    let shelf = Shelf::new();
    for n in 0..papers {
        shelf.put(&format!("{}/{n}.pdf", n % 7), paper(n));
    }
    shelf
}

fn started(shelf: &Shelf, args: &[&str]) -> Child {
    diarium()
        .args(args)
        .env("DIARIUM_CORPUS", shelf.corpus())
        .env("DIARIUM_INDEX", shelf.index())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs")
}

/// A paper of which reading a page takes a moment, and that has thousands.
#[cfg(target_os = "linux")]
fn endless() -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.5");
    let font = document.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    let moves = "1 0 0 1 50 700 Tm ".repeat(1_900_000);
    let mut content = Stream::new(
        dictionary! {},
        format!("BT /F 9 Tf {moves} ET").into_bytes(),
    );
    content.compress().expect("it is packed");
    let content = document.add_object(content);
    let pages = document.new_object_id();
    let kids: Vec<Object> = (0..3000)
        .map(|_| {
            let page = dictionary! {
                "Type" => "Page", "Parent" => pages, "Contents" => content,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
            };
            document.add_object(page).into()
        })
        .collect();
    let tree = dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids };
    document.objects.insert(pages, Object::Dictionary(tree));
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

#[cfg(target_os = "linux")]
#[test]
fn a_paper_that_takes_too_long_costs_itself_alone() {
    if times(0, 1) == 0 {
        skipped("a paper that takes half a minute; DIARIUM_DRILLS=1 asks for it");
        return;
    }
    let shelf = shelf(10);
    shelf.ingest();
    shelf.put("endless.pdf", endless());
    // A megabyte has ten seconds beside. A fast machine is ready before; a worker that stands still is not.
    let mut run = started(&shelf, &["ingest", "--time-limit", "0"]);
    std::thread::sleep(Duration::from_secs(1));
    let status = loop {
        if let Some(status) = run.try_wait().expect("its state") {
            break status;
        }
        for pid in children(run.id()) {
            let _ = Command::new("kill")
                .args(["-STOP", &pid.to_string()])
                .status();
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    assert_eq!(status.code(), Some(3));
    let failed = shelf.run(&["status", "--failed"]).out;
    assert!(
        failed.starts_with("endless.pdf: stopped at a limit: not read in "),
        "{failed}"
    );
    assert_eq!(shelf.search("löpande").len(), 10);
    shelf.whole();
    // It is not tried again each night.
    assert_eq!(shelf.run(&["ingest", "--time-limit", "0"]).code, 0);
}

/// Numbers without order, the same in each run of the test.
fn number(seed: usize) -> usize {
    (seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407))
        >> 33
}

/// Bytes below a folder.
fn files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .filter_map(Result::ok)
        .map(|entry| {
            if entry.path().is_dir() {
                files(&entry.path())
            } else {
                1
            }
        })
        .sum()
}

#[test]
fn killed_at_any_moment_the_last_night_answers() {
    let shelf = shelf(30);
    shelf.ingest();
    let mut longest = Duration::from_millis(50);
    for round in 0..times(10, 100) {
        // Each night has something to do: a new paper, a changed one, one that is moved.
        shelf.put(&format!("nya/{round}.pdf"), paper(1000 + round));
        shelf.put("0/0.pdf", paper(2000 + round));
        let before = shelf.search("löpande").len();
        let begun = Instant::now();
        let mut run = started(&shelf, &["ingest"]);
        std::thread::sleep(longest.mul_f64((number(round) % 1000) as f64 / 1000.0));
        let _ = run.kill();
        let status = run.wait().expect("it ends");
        if status.success() {
            longest = begun.elapsed();
        } else {
            longest = longest.max(Duration::from_millis(600));
        }
        let now = shelf.search("löpande").len();
        assert!(now >= before, "night {round}: {before} papers, then {now}");
        shelf.whole();
    }
    let summary = shelf.ingest();
    assert_eq!(summary["failed"], 0);
    assert_eq!(shelf.search("löpande").len(), 30 + times(10, 100));
    shelf.whole();
    assert!(files(&shelf.index()) < 200, "what was half built is gone");
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<i32> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return found;
    };
    for entry in entries.filter_map(Result::ok) {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split_whitespace().nth(1)?.parse().ok());
        if parent == Some(of) {
            found.push(pid);
        }
    }
    found
}

/// Does a run whose workers are killed in `rounds` rounds, and gives how many were.
#[cfg(target_os = "linux")]
fn run_with_killed_workers(shelf: &Shelf, rounds: usize) -> usize {
    let mut run = started(shelf, &["ingest"]);
    let (mut killed, mut round) = (0, 0);
    while run.try_wait().expect("its state").is_none() {
        let workers = match round < rounds {
            true => children(run.id()),
            false => Vec::new(),
        };
        round += usize::from(!workers.is_empty());
        for pid in workers {
            let _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
            killed += 1;
        }
        std::thread::sleep(Duration::from_millis(if round == 0 { 1 } else { 40 }));
    }
    killed
}

#[cfg(target_os = "linux")]
#[test]
fn workers_that_are_killed_cost_no_paper() {
    let shelf = shelf(60);
    // No paper is being tried for the second time before a worker has died.
    assert!(run_with_killed_workers(&shelf, 1) > 0, "there were workers");
    assert_eq!(shelf.search("löpande").len(), 60);
    shelf.whole();
}

#[cfg(target_os = "linux")]
#[test]
fn a_paper_whose_worker_is_killed_twice_is_named_and_read_the_next_night() {
    let shelf = shelf(60);
    assert!(
        run_with_killed_workers(&shelf, usize::MAX) > 0,
        "there were workers"
    );
    let failed = shelf.run(&["status", "--failed"]).out;
    let named = failed
        .matches(".pdf: the reader was killed from outside")
        .count();
    let found = match named {
        60 => 0,
        _ => shelf.search("löpande").len(),
    };
    assert_eq!(found + named, 60, "{failed}");
    let next = shelf.ingest();
    assert_eq!(next["failed"], 0, "{next}");
    assert_eq!(shelf.search("löpande").len(), 60);
    shelf.whole();
}

#[cfg(target_os = "linux")]
#[test]
fn workers_go_with_their_master() {
    // A file that is not read in no time: a loop of the pipe between two processes.
    let shelf = shelf(200);
    let mut run = started(&shelf, &["ingest"]);
    let mut workers = Vec::new();
    while workers.is_empty() && run.try_wait().expect("its state").is_none() {
        workers = children(run.id());
    }
    let _ = run.kill();
    let _ = run.wait();
    let alive = |pid: &i32| {
        // A zombie that nobody has fetched yet does nothing any more.
        std::fs::read_to_string(format!("/proc/{pid}/stat"))
            .is_ok_and(|stat| stat.contains("(diarium)") && !stat.contains(") Z "))
    };
    let patience = Instant::now();
    while workers.iter().any(alive) && patience.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!workers.iter().any(alive), "{workers:?}");
}

/// Ends what others do until the end of a test, however it ends.
struct Until<'a>(&'a AtomicBool);

impl Drop for Until<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn searches_go_on_while_it_is_written() {
    let shelf = shelf(40);
    shelf.ingest();
    let nights = times(4, 30);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let hammer = scope.spawn(|| {
            let (mut asked, mut most) = (0, 0);
            while !over.load(Ordering::Relaxed) || asked == 0 {
                let found = shelf.search("löpande").len();
                assert!(found >= most, "{most} papers, then {found}");
                most = found;
                asked += 1;
            }
            (asked, most)
        });
        // Whoever reads it through is not told of damage when files go because others have come in their place.
        let guard = scope.spawn(|| {
            let mut asked = 0;
            while !over.load(Ordering::Relaxed) || asked == 0 {
                shelf.whole();
                asked += 1;
            }
        });
        let end = Until(&over);
        for night in 0..nights {
            shelf.put(&format!("nya/{night}.pdf"), paper(night));
            shelf.put("1/1.pdf", paper(3000 + night));
            shelf.ingest();
            assert_eq!(shelf.run(&["ingest", "--full"]).code, 0);
        }
        drop(end);
        guard.join().expect("no reading through tells of damage");
        let (asked, most) = hammer.join().expect("no search fails");
        assert!(asked > 0 && most >= 40, "{asked} searches, {most} papers");
    });
}

/// The files of the generation that answers.
fn index_files(shelf: &Shelf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![shelf.index()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() && name != "reports" {
                folders.push(path);
            } else if path.is_file()
                && !name.starts_with('.')
                && name != "writer.lock"
                && name != "CURRENT"
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn a_flipped_bit_is_found_in_every_file() {
    let shelf = shelf(12);
    shelf.ingest();
    shelf.whole();
    for path in index_files(&shelf) {
        let good = std::fs::read(&path).expect("its bytes");
        for round in 0..times(1, 8) {
            let mut bad = good.clone();
            let at = number(round + good.len()) % bad.len().max(1);
            let Some(byte) = bad.get_mut(at) else {
                continue;
            };
            *byte ^= 1 << (number(at + round) % 8);
            std::fs::write(&path, &bad).expect("a flipped bit");
            let said = shelf.run(&["verify"]);
            assert_eq!(said.code, 2, "{} at {at}: {said:?}", path.display());
            assert!(said.err.contains("ingest --full"), "{said:?}");
        }
        std::fs::write(&path, good).expect("the good bytes");
    }
    shelf.whole();
    // Built anew beside the damaged one, it is whole.
    let path = index_files(&shelf).remove(0);
    std::fs::write(&path, "x").expect("damage");
    assert_eq!(shelf.run(&["ingest", "--full"]).code, 0);
    shelf.whole();
    assert_eq!(shelf.search("löpande").len(), 12);
}

#[test]
fn papers_that_change_while_they_are_read() {
    let shelf = shelf(20);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let at = |name: &str| shelf.corpus().join(name);
            let mut n = 0;
            while !over.load(Ordering::Relaxed) {
                n += 1;
                let whole = paper(5000 + n);
                let _ = std::fs::write(at("changing.pdf"), &whole);
                let _ = std::fs::write(at("half.pdf"), &whole[..300]);
                let _ = std::fs::write(at(".t"), &whole);
                let _ = std::fs::rename(at(".t"), at("renamed.pdf"));
                let _ = std::fs::remove_file(at("gone.pdf"));
                let _ = std::fs::write(at("gone.pdf"), &whole);
            }
        });
        let _end = Until(&over);
        for _ in 0..times(3, 20) {
            shelf.ingest();
            shelf.whole();
        }
    });
    shelf.put("half.pdf", paper(1));
    shelf.ingest();
    let after = shelf.search("löpande");
    assert_eq!(shelf.run(&["ingest", "--full"]).code, 0);
    let anew = shelf.search("löpande");
    assert_eq!(
        (after.len(), anew.len()),
        (anew.len(), after.len()),
        "as when built anew"
    );
    shelf.whole();
}

/// A small disk of its own, where this user may make one.
struct Disk(PathBuf);

impl Disk {
    fn new(at: &Path, size: &str) -> Option<Disk> {
        std::fs::create_dir_all(at).ok()?;
        let disk = Disk(at.to_owned());
        disk.mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .then_some(disk)
    }

    fn mount(&self, args: &[&str]) -> bool {
        Command::new("mount")
            .args(args)
            .arg(&self.0)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_and_one_that_is_only_read() {
    let shelf = shelf(20);
    let Some(disk) = Disk::new(&shelf.index(), "3m") else {
        skipped("this user may not mount a small disk");
        return;
    };
    shelf.ingest();
    for n in 0..400 {
        let words: Vec<String> = (0..800)
            .map(|w| format!("ord{}", number(n * 1000 + w)))
            .collect();
        shelf.put(&format!("stora/{n}.txt"), words.join(" "));
    }
    let said = shelf.run(&["ingest"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("is full"), "{}", said.err);
    assert_eq!(shelf.search("löpande").len(), 20, "the old state answers");
    shelf.whole();
    assert!(disk.mount(&["-o", "remount,size=200m"]));
    assert_eq!(shelf.ingest()["seen"], 420);
    shelf.whole();

    assert!(disk.mount(&["-o", "remount,ro"]));
    assert_eq!(shelf.search("löpande").len(), 20);
    assert_eq!(shelf.run(&["ingest"]).code, 2);
    shelf.whole();
    assert!(disk.mount(&["-o", "remount,rw"]));
    assert_eq!(shelf.ingest()["unchanged"], 420);
}

/// Whether a program is on this machine and may do its work here; a drill that needs it says when not.
fn works(program: &str, args: &[&str]) -> bool {
    let there = Command::new(program)
        .args(args)
        .arg("true")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !there {
        skipped(&format!("no {program} that works on this machine"));
    }
    there
}

#[test]
fn a_clock_that_is_set_back() {
    if !works("faketime", &["2040-05-01"]) {
        return;
    }
    let shelf = shelf(20);
    let at = |day: &str, args: &[&str]| {
        let output = Command::new("faketime")
            .arg(day)
            .arg(env!("CARGO_BIN_EXE_diarium"))
            .args(args)
            .env("DIARIUM_CORPUS", shelf.corpus())
            .env("DIARIUM_INDEX", shelf.index())
            .env("DIARIUM_NO_OCR", "1")
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{day} {args:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    at("2040-05-01 01:00:00", &["ingest"]);
    assert!(at("2040-05-01 08:00:00", &["status"]).contains("2040-05-01"));
    // What comes after the clock has been set right is older than the run before it, and is seen all the same.
    shelf.put("0/0.pdf", paper(7000));
    shelf.put("ny.txt", "Om badplatsers renhållning.");
    std::fs::remove_file(shelf.corpus().join("1/1.pdf")).expect("it goes");
    let said = at("2031-02-03 01:00:00", &["ingest", "--json"]);
    let figures: serde_json::Value = serde_json::from_str(&said).expect("its figures");
    assert_eq!(figures["seen"], 20, "{said}");
    assert_eq!(figures["unchanged"], 18, "{said}");
    assert_eq!(shelf.search("badplatsers"), ["ny.txt"]);
    assert_eq!(shelf.search("löpande").len(), 19);
    // The last run is the one that ran last, whatever the clock said before; the future is no sign of health.
    let said = at("2031-02-03 08:00:00", &["status", "--max-age", "36h"]);
    assert!(said.contains("2031-02-03"), "{said}");
    shelf.whole();
}

#[test]
fn a_disk_that_fails_when_it_is_told_to_write_down() {
    if !works("strace", &["-f", "-qq", "-o", "/dev/null"]) {
        return;
    }
    let shelf = shelf(8);
    shelf.ingest();
    // One way to fail, at its n-th time in a thread.
    let failing = |call: &str, fault: &str, n: usize| {
        let output = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null"])
            .args(["-e", &format!("trace={call}")])
            .args(["-e", &format!("inject={call}:{fault}:when={n}")])
            .arg(env!("CARGO_BIN_EXE_diarium"))
            .args(["ingest", "--in-process"])
            .env("DIARIUM_CORPUS", shelf.corpus())
            .env("DIARIUM_INDEX", shelf.index())
            .env("DIARIUM_NO_OCR", "1")
            .output();
        output.expect("strace runs")
    };
    let mut failed = 0;
    for (round, (call, fault)) in [
        ("fdatasync,fsync", "signal=KILL"),
        ("fdatasync,fsync", "error=EIO"),
        ("rename,renameat,renameat2", "error=EIO"),
        ("linkat,link", "error=EIO"),
    ]
    .into_iter()
    .enumerate()
    {
        for n in 1..=times(2, 12) {
            let name = format!("{round}-{n}.txt");
            shelf.put(&name, format!("Om badplatser nummer{round}och{n}."));
            let before = shelf.search("löpande").len();
            let output = failing(call, fault, n);
            if output.status.code() != Some(0) {
                failed += 1;
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(
                    fault.starts_with("signal") || said.contains("Input/output error"),
                    "{call} {fault} {n}: {output:?}"
                );
            }
            assert_eq!(shelf.search("löpande").len(), before, "{call} {fault} {n}");
            shelf.whole();
            shelf.ingest();
            assert_eq!(
                shelf.search(&format!("nummer{round}och{n}")),
                [name],
                "{call} {fault} {n}"
            );
            shelf.whole();
        }
    }
    assert!(failed > 0, "nothing was made to fail");
    assert!(
        files(&shelf.index()) < 200,
        "what was begun is cleared away"
    );
}
