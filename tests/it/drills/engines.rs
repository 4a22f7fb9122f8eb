//! OCR engines that are missing, hang, die, or outlive who started them.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{children, paper};
use crate::shelf::{Shelf, diarium, root, skipped};

/// A stand-in for the OCR engine, that says what it is and then does as it is told.
#[cfg(unix)]
fn engine(shelf: &Shelf, does: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let engine = shelf.index().with_file_name("tesseract");
    let answers = "if [ \"$1\" = --version ]; then echo 'tesseract 5.3.0'; exit 0; fi\n\
                   if [ \"$1\" = --list-langs ]; then printf 'List of available languages (2):\\nosd\\nswe\\n'; exit 0; fi\n";
    std::fs::write(&engine, format!("#!/bin/sh\n{answers}{does}\n")).expect("a stand-in");
    std::fs::set_permissions(&engine, std::fs::Permissions::from_mode(0o755)).expect("a program");
    engine
}

/// The processes that were started with these arguments.
fn started_with(args: &str) -> Vec<i32> {
    let args = args.replace(' ', "\0");
    let entries = std::fs::read_dir("/proc").expect("the processes");
    let pids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &i32| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(&args)
    })
    .collect()
}

#[cfg(target_os = "linux")]
#[test]
fn an_ocr_engine_goes_with_its_reader() {
    let scan = scan().expect("the sample corpus has scanned papers");
    let kill = |pid: i32| {
        let killed = Command::new("kill").args(["-9", &pid.to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()), "{pid}");
    };
    let wait_for = |what: &str, is_so: &dyn Fn() -> bool| {
        let patience = Instant::now();
        while !is_so() {
            assert!(patience.elapsed() < Duration::from_secs(60), "{what}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    for who in ["the run", "the worker"] {
        let shelf = Shelf::new().file("scan.pdf", &scan);
        // Long enough to be told from what other tests start.
        let sleep = format!("sleep 8{}", std::process::id());
        let engine = engine(&shelf, &format!("{sleep} & wait"));
        let mut run = diarium()
            .args(["ingest", "--tesseract"])
            .arg(engine)
            .env("DIARIUM_CORPUS", shelf.corpus())
            .env("DIARIUM_INDEX", shelf.index())
            .env_remove("DIARIUM_NO_OCR")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        wait_for("no engine", &|| !started_with(&sleep).is_empty());
        let asleep = started_with(&sleep);
        let run_id = i32::try_from(run.id()).expect("a number");
        let workers = children(run.id());
        for pid in if who == "the run" {
            vec![run_id]
        } else {
            workers
        } {
            kill(pid);
        }
        wait_for(who, &|| {
            let now = started_with(&sleep);
            !asleep.iter().any(|pid| now.contains(pid))
        });
        // A run whose worker has died tries the paper once more.
        let _ = run.kill();
        let _ = run.wait();
        wait_for("after all", &|| started_with(&sleep).is_empty());
    }
}

#[cfg(unix)]
#[test]
fn an_ocr_engine_that_is_not_there_hangs_or_dies() {
    let Some(scan) = scan() else {
        panic!("the sample corpus has scanned papers");
    };
    let mut shelf = Shelf::new();
    for (n, does) in [
        "kill -9 $$",
        "exit 0",
        "head -c 100000 /dev/urandom",
        "exit 1",
        "yes x",
        "sleep 600",
        // What it has started goes with it.
        "sleep 600 & wait",
    ]
    .iter()
    .enumerate()
    {
        shelf = Shelf::new().file("scan.pdf", &scan).file("a.pdf", paper(n));
        let engine = engine(&shelf, does);
        let said = shelf.run_with_ocr(&[
            "ingest",
            "--retry-failed",
            "--ocr-time-limit",
            if does.starts_with("sleep") || does.starts_with("yes") {
                "1"
            } else {
                "120"
            },
            "--tesseract",
            engine.to_str().expect("a path"),
        ]);
        // It reads no empty page either, and that is told.
        assert_eq!(said.code, 3, "{does}: {said:?}");
        assert!(
            said.err.contains("no page was read by OCR"),
            "{does}: {said:?}"
        );
        assert_eq!(shelf.search("löpande"), ["a.pdf"], "{does}");
        let waiting = shelf.run(&["status", "--state", "ocr-needed"]);
        assert!(waiting.out.starts_with("scan.pdf: "), "{does}: {waiting:?}");
        assert!(
            waiting.out.contains("not read by OCR: "),
            "{does}: {waiting:?}"
        );
        shelf.whole();
    }
    let engine = shelf.index().with_file_name("tesseract");
    std::fs::remove_file(&engine).expect("it goes");
    let said = shelf.run_with_ocr(&[
        "ingest",
        "--retry-failed",
        "--tesseract",
        engine.to_str().expect("a path"),
    ]);
    assert_eq!(said.code, 0, "{said:?}");
    let waiting = shelf.run(&["status", "--state", "ocr-needed"]);
    assert!(waiting.out.starts_with("scan.pdf: "), "{waiting:?}");
    // When the machine has one, the paper is read without being asked for.
    let languages = Command::new("tesseract").arg("--list-langs").output();
    if !languages.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("swe")) {
        skipped("no tesseract with Swedish on this machine");
        return;
    }
    // What the stand-ins claimed to read is kept under the version that they claimed to have.
    let cache = shelf.index().with_file_name("cache");
    let said = shelf.run_with_ocr(&["ingest", "--ocr-cache", cache.to_str().expect("a path")]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(shelf.run(&["status", "--state", "ocr-needed"]).code, 1);
    shelf.whole();
}

/// A scanned paper without text.
fn scan() -> Option<Vec<u8>> {
    let mut folders = vec![root().join("corpus")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()? {
            let path = entry.ok()?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with("(skannad).pdf") {
                return std::fs::read(path).ok();
            }
        }
    }
    None
}
