//! A program run as a child: bytes in, bytes out, within limits of time, memory and output. Ends clean whatever the
//! program does: it and all that it started are killed.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions};

/// What a child may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Seconds, by the clock and of the processor.
    pub(super) seconds: u64,
    /// Bytes of memory.
    pub(super) memory: u64,
    /// Bytes that it may print.
    pub(super) output: usize,
}

/// Why a child gave nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It could not be started.
    #[error("could not be started: {0}")]
    NotStarted(std::io::Error),
    /// It ran for too long.
    #[error("took longer than {0} s")]
    TooSlow(u64),
    /// It printed too much.
    #[error("printed more than {0} bytes")]
    TooMuch(usize),
    /// It ended badly.
    #[error("{0}")]
    Ended(String),
    /// What it printed is nothing that it was asked for.
    #[error("printed something else than a table of words")]
    Senseless,
}

/// What is kept of what a child says of its work.
const WORDS: usize = 4 << 10;
/// How long what a child started may hold the pipe when all of its group is dead.
const GRACE: Duration = Duration::from_secs(2);

/// Runs `program` with `input` as its standard input and gives back its standard output and, cut short, its standard
/// error.
///
/// # Errors
/// When it cannot be started, ends badly or passes a limit.
pub(super) fn run(
    program: &Path,
    args: &[&str],
    input: Vec<u8>,
    limits: Limits,
) -> Result<(Vec<u8>, String), Failure> {
    let end = Instant::now() + Duration::from_secs(limits.seconds);
    let mut child = Command::new(program)
        .args(args)
        // One thread a child: pages are the parallel unit, and more threads only wait for each other.
        .env("OMP_THREAD_LIMIT", "1")
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // A group of its own, so that all it starts can be ended with it.
        .process_group(0)
        .spawn()
        .map_err(Failure::NotStarted)?;
    // It waits for its input, so the limits are there before the work.
    let pid = Pid::from_child(&child);
    limit(pid, limits);
    if let Some(mut pipe) = child.stdin.take() {
        // A child that does not read all of its input is no fault here; it may know enough.
        std::thread::spawn(move || pipe.write_all(&input));
    }
    let out = gather(child.stdout.take(), limits.output, false);
    let words = gather(child.stderr.take(), WORDS, true);
    let fault = wait(pid, end, limits);
    // Before the child is reaped: its number, and so its group's, is ours until then.
    let _ = rustix::process::kill_process_group(pid, Signal::KILL);
    let status = reap(&mut child)?;
    if let Some(fault) = fault {
        return Err(fault);
    }
    let printed = out
        .recv_timeout(GRACE)
        .map_err(|_| Failure::Ended("left its output open".to_owned()))?;
    let said = words.recv_timeout(GRACE).unwrap_or_default();
    let said = String::from_utf8_lossy(&said).into_owned();
    if printed.len() > limits.output {
        return Err(Failure::TooMuch(limits.output));
    }
    if !status.success() {
        let word = said.lines().map(str::trim).find(|line| !line.is_empty());
        let word = word.map(|line| format!(" ({})", line.chars().take(120).collect::<String>()));
        return Err(Failure::Ended(format!(
            "ended with {status}{}",
            word.unwrap_or_default()
        )));
    }
    Ok((printed, said))
}

fn reap(child: &mut Child) -> Result<std::process::ExitStatus, Failure> {
    child
        .wait()
        .map_err(|error| Failure::Ended(error.to_string()))
}

/// Sets the limits of a process that has begun.
fn limit(pid: Pid, limits: Limits) {
    let both = |value| Rlimit {
        current: Some(value),
        maximum: Some(value),
    };
    for (resource, value) in [
        (Resource::As, limits.memory),
        (Resource::Cpu, limits.seconds.saturating_add(1)),
        (Resource::Core, 0),
        // It prints; it writes no files.
        (Resource::Fsize, 0),
    ] {
        // A process that has ended already needs none.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::prlimit(Some(pid), resource, both(value));
        // Elsewhere only time is limited, by the clock.
        #[cfg(not(target_os = "linux"))]
        let _ = (pid, resource, both(value));
    }
}

/// Waits until the child has ended, without reaping it, or says which limit it has passed.
fn wait(pid: Pid, end: Instant, limits: Limits) -> Option<Failure> {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let mut pause = Duration::from_millis(1);
    loop {
        match rustix::process::waitid(WaitId::Pid(pid), options) {
            Ok(None) => {}
            // Ended, or not to be waited for: what it printed tells.
            Ok(Some(_)) | Err(_) => return None,
        }
        if Instant::now() >= end {
            return Some(Failure::TooSlow(limits.seconds));
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Reads a pipe on a thread of its own and keeps one byte more than `most` at most. What comes after is read and dropped
/// with `drain`; else it is read by nobody, and the writer learns it by a closed pipe.
fn gather(
    pipe: Option<impl Read + Send + 'static>,
    most: usize,
    drain: bool,
) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            let mut pipe = pipe.take(most as u64 + 1);
            let _ = pipe.read_to_end(&mut bytes);
            if drain {
                let _ = std::io::copy(&mut pipe.into_inner(), &mut std::io::sink());
            }
        }
        let _ = sender.send(bytes);
    });
    receiver
}
