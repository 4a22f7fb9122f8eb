//! The master's side of the worker processes: started when needed, kept warm, ended when they misbehave.

use std::ffi::OsString;
use std::io::{BufReader, ErrorKind, Read};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::{Pid, Signal};

use super::worker::{self, Done, Facts, Orders, Reply, Request};
use super::{Words, frame, large, session};
use crate::extract::Attachment;
use crate::index::Card;
use crate::record::Record;

/// The program that works, and what it is told at its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workers {
    /// The program and its arguments; without it, documents are read in this process, on threads.
    pub program: Option<(PathBuf, Vec<OsString>)>,
    /// How many at once; 0 for as many as the machine has cores.
    pub number: usize,
    /// Limits for one document.
    pub limits: Limits,
}

/// What one document may cost before its worker is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Seconds for any document.
    pub seconds: u64,
    /// Seconds more for each megabyte of it.
    pub seconds_a_megabyte: u64,
    /// Bytes of address space of a worker.
    pub memory: u64,
    /// Bytes of what may be read from one document.
    pub output: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            seconds: 60,
            seconds_a_megabyte: 10,
            memory: 2 << 30,
            output: 512 << 20,
        }
    }
}

impl Limits {
    /// Seconds for a document of `bytes`.
    fn seconds(&self, bytes: usize) -> u64 {
        let megabytes = (bytes as u64).div_ceil(1 << 20);
        self.seconds
            .saturating_add(self.seconds_a_megabyte.saturating_mul(megabytes))
    }
}

/// Documents that a worker reads before another takes its place, so that nothing that leaks grows for ever.
const TERM: usize = 2000;

/// Seconds that an answer is waited for at most, whatever the limits: a year, which no clock overflows.
const LONGEST_WAIT: u64 = 365 * 24 * 3600;

/// Why a document was not read to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The worker says that nothing can be read of it.
    Said(String),
    /// The worker died of it, or had to be stopped.
    Died(String),
}

/// One who reads documents, one at a time.
pub(super) struct Hand<'a> {
    workers: &'a Workers,
    words: Option<&'a Words>,
    orders: Orders,
    reads_pictures: bool,
    warm: Option<Worker>,
}

impl<'a> Hand<'a> {
    pub(super) fn new(
        workers: &'a Workers,
        extract: &crate::extract::Options,
        words: Option<&'a Words>,
    ) -> Hand<'a> {
        let limits = workers.limits;
        Hand {
            workers,
            words,
            orders: Orders {
                extract: extract.clone(),
                memory: limits.memory,
                output: limits.output,
            },
            reads_pictures: crate::extract::ocr::available(&extract.ocr)
                .is_some_and(|engine| engine.swedish),
            warm: None,
        }
    }

    /// Reads a document.
    pub(super) fn read(&mut self, name: &str, bytes: &[u8]) -> Result<Done, Trouble> {
        if self.workers.program.is_none() {
            return worker::read(
                name,
                bytes,
                &self.orders.extract,
                self.words.map(|words| &words.learned),
            )
            .map_err(Trouble::Said);
        }
        let seconds = self.workers.limits.seconds(bytes.len());
        let name = name.to_owned();
        self.ask(&Request::Read { name, seconds }, bytes, seconds)
    }

    /// Repairs and tags a stored record once more.
    pub(super) fn again(&mut self, record: &Record) -> Result<Done, Trouble> {
        if self.workers.program.is_none() {
            return worker::again(record, self.words.map(|words| &words.learned))
                .map_err(Trouble::Said);
        }
        let body = serde_json::to_vec(record).map_err(|error| Trouble::Said(error.to_string()))?;
        let seconds = self.workers.limits.seconds(body.len());
        self.ask(&Request::Again { seconds }, &body, seconds)
    }

    /// How many pages of a document of `bytes` OCR may have to read, at most: no scanned page is smaller.
    fn pages_to_read(&self, bytes: usize) -> u64 {
        const PAGE: u64 = 16 << 10;
        const MOST: u64 = 500;
        if self.reads_pictures {
            (bytes as u64 / PAGE + 1).min(MOST)
        } else {
            0
        }
    }

    /// Lets the warm worker go; the next document meets a fresh one.
    pub(super) fn refresh(&mut self) {
        self.warm = None;
    }

    fn ask(&mut self, request: &Request, body: &[u8], seconds: u64) -> Result<Done, Trouble> {
        if self
            .warm
            .as_ref()
            .is_some_and(|worker| worker.asked >= TERM)
        {
            self.warm = None;
        }
        let mut worker = match self.warm.take() {
            Some(worker) => worker,
            None => Worker::start(self.workers, &self.orders, self.words)
                .map_err(|error| Trouble::Died(format!("a worker cannot be started: {error}")))?,
        };
        // The worker watches its own processor time; the clock here is for one that sleeps, and it waits a little longer:
        // for OCR, whose processes have limits of their own, much longer.
        let ocr = self
            .pages_to_read(body.len())
            .saturating_mul(self.orders.extract.ocr.seconds);
        let patience = Duration::from_secs(
            seconds
                .saturating_add(seconds / 4 + 2)
                .saturating_add(ocr)
                .min(LONGEST_WAIT),
        );
        match worker.ask(request, body, patience) {
            Ok((Reply::Failed(reason), _)) => {
                self.warm = Some(worker);
                Err(Trouble::Said(reason))
            }
            Ok((
                Reply::Read {
                    facts,
                    card,
                    attachments,
                },
                body,
            )) => {
                self.warm = Some(worker);
                unpack(body, facts, card, attachments)
            }
            Err(end) => Err(Trouble::Died(worker.died(
                end,
                seconds,
                &self.workers.limits,
            ))),
        }
    }
}

/// What a worker's answer holds.
fn unpack(
    mut body: Vec<u8>,
    facts: Facts,
    card: usize,
    attachments: Vec<(String, usize)>,
) -> Result<Done, Trouble> {
    let strange = || Trouble::Died("the worker's answer cannot be understood".to_owned());
    let mut at = card;
    let mut unpacked = Vec::new();
    for (name, length) in attachments {
        let end = at.checked_add(length).ok_or_else(strange)?;
        let bytes = body.get(at..end).ok_or_else(strange)?.to_vec();
        unpacked.push(Attachment { name, bytes });
        at = end;
    }
    body.truncate(card);
    Ok(Done {
        facts,
        card: Card::read(body),
        attachments: unpacked,
    })
}

/// How a worker failed to answer.
enum End {
    /// It took too long.
    Late,
    /// It gave more than it may.
    Flood,
    /// It has gone.
    Gone,
}

/// A process that reads documents. It goes, with all that it has started, when this is dropped.
struct Worker {
    /// There until this is dropped.
    child: Option<Child>,
    stdin: ChildStdin,
    replies: BufReader<Patient>,
    /// Bytes that an answer may have.
    limit: u64,
    asked: usize,
}

impl Worker {
    fn start(workers: &Workers, orders: &Orders, words: Option<&Words>) -> std::io::Result<Worker> {
        let Some((program, args)) = &workers.program else {
            return Err(std::io::ErrorKind::NotFound.into());
        };
        let mut child = Command::new(program);
        large::leave_out(&mut child);
        let mut child = child
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own, so that what it has started can be ended with it.
            .process_group(0)
            .spawn()?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(std::io::ErrorKind::BrokenPipe.into());
        };
        for pipe in [stdin.as_fd(), stdout.as_fd()] {
            // A system that gives less room makes it slower, no worse.
            let _ = rustix::pipe::fcntl_setpipe_size(pipe, frame::PIPE);
        }
        let until = Instant::now();
        let mut worker = Worker {
            child: Some(child),
            stdin,
            replies: BufReader::with_capacity(1 << 16, Patient { stdout, until }),
            limit: workers.limits.output.saturating_add(1 << 20),
            asked: 0,
        };
        let begin = Request::Begin(Box::new(orders.clone()));
        // A worker that is gone already is met when it is asked.
        let _ = frame::send(
            &mut worker.stdin,
            &begin,
            &[words.map_or("", |words| &words.text).as_bytes()],
        );
        Ok(worker)
    }

    fn ask(
        &mut self,
        request: &Request,
        body: &[u8],
        patience: Duration,
    ) -> Result<(Reply, Vec<u8>), End> {
        self.asked += 1;
        // What is wrong with a worker that does not listen is told by its end.
        let sent = frame::send(&mut self.stdin, request, &[body]);
        let patience = if sent.is_ok() {
            patience
        } else {
            Duration::from_secs(1)
        };
        self.replies.get_mut().until = Instant::now() + patience;
        frame::receive(&mut self.replies, self.limit).map_err(|error| match error.kind() {
            ErrorKind::FileTooLarge => End::Flood,
            ErrorKind::TimedOut if sent.is_ok() => End::Late,
            _ => End::Gone,
        })
    }

    /// Ends the worker and says in one clause what it died of.
    fn died(&mut self, end: End, seconds: u64, limits: &Limits) -> String {
        // One that is dying by itself is given the moment to do so, for its own reason.
        let mut status = None;
        if matches!(end, End::Gone) {
            for _ in 0..100 {
                let child = self.child.as_mut();
                status = child.and_then(|child| child.try_wait().ok().flatten());
                if status.is_some() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        self.kill();
        if let Some(pid) = self.pid() {
            session::end(pid);
        }
        let child = self.child.as_mut();
        let status = status.or_else(|| child?.wait().ok());
        let said = self.last_words();
        match end {
            End::Late => format!("stopped at a limit: not read in {seconds} s"),
            End::Flood => format!(
                "stopped at a limit: more than {} MB were read from it",
                limits.output >> 20
            ),
            End::Gone => reason(status, &said, seconds, limits),
        }
    }

    fn pid(&self) -> Option<Pid> {
        let id = self.child.as_ref()?.id();
        i32::try_from(id).ok().and_then(Pid::from_raw)
    }

    fn kill(&mut self) {
        if let Some(pid) = self.pid() {
            // The group outlives its leader while a grandchild is in it; an error says that there is none.
            let _ = rustix::process::kill_process_group(pid, Signal::KILL);
        }
        if let Some(child) = &mut self.child {
            let _ = child.kill();
        }
    }

    /// What the dead worker wrote last on standard error.
    fn last_words(&mut self) -> String {
        let mut said = Vec::new();
        let child = self.child.as_mut();
        if let Some(stderr) = child.and_then(|child| child.stderr.take()) {
            // All who could write there have been ended.
            let _ = stderr.take(4096).read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    }
}

/// A worker's answers, for which one waits until a moment and no longer.
struct Patient {
    stdout: ChildStdout,
    until: Instant,
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            let left = Timespec::try_from(left).map_err(|_| ErrorKind::InvalidInput)?;
            let mut asked = [PollFd::new(&self.stdout, PollFlags::IN)];
            match rustix::event::poll(&mut asked, Some(&left)) {
                Ok(0) => return Err(ErrorKind::TimedOut.into()),
                Ok(_) => return self.stdout.read(buffer),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
        let Some(mut child) = self.child.take() else {
            return;
        };
        // The system takes its time to clear away a process that had much memory; the run goes on meanwhile. Without a
        // thread for it, it is cleared away when this program ends.
        let wait = move || {
            let _ = child.wait();
        };
        let _ = std::thread::Builder::new()
            .name("burier".to_owned())
            .spawn(wait);
    }
}

/// What is said of a document whose reader somebody else has ended.
pub(super) const FROM_OUTSIDE: &str = "the reader was killed from outside";

/// Signals of Linux that tell a cause.
const ABORTED: i32 = 6;
const KILLED: i32 = 9;
const OVER_TIME: i32 = 24;

fn reason(status: Option<ExitStatus>, said: &str, seconds: u64, limits: &Limits) -> String {
    let signal = status.and_then(|status| status.signal());
    let memory = format!(
        "stopped at a limit: reading it needs more than {} MB of memory",
        limits.memory >> 20
    );
    match signal {
        Some(ABORTED) if said.contains("memory allocation") => memory,
        Some(ABORTED) if said.contains("overflowed its stack") => {
            "the reader fell over it: nested too deeply".to_owned()
        }
        Some(OVER_TIME) => format!("stopped at a limit: not read in {seconds} s of work"),
        Some(KILLED) => {
            format!("{FROM_OUTSIDE} (is the machine out of memory?)")
        }
        Some(signal) => format!("the reader fell over it (signal {signal})"),
        None => match status.and_then(|status| status.code()) {
            Some(code) => format!("the reader fell over it (exit code {code})"),
            None => "the reader fell over it".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Workers that do as a shell script says.
    fn script(text: &str, limits: Limits) -> Workers {
        Workers {
            program: Some(("/bin/sh".into(), vec!["-c".into(), text.into()])),
            number: 1,
            limits,
        }
    }

    fn died(text: &str) -> String {
        let limits = Limits {
            seconds: 1,
            seconds_a_megabyte: 0,
            output: 4096,
            ..Limits::default()
        };
        let workers = script(text, limits);
        let mut options = crate::extract::Options::default();
        options.ocr.on = false;
        let mut hand = Hand::new(&workers, &options, None);
        match hand.read("a.pdf", b"%PDF-1.7") {
            Err(Trouble::Died(reason)) => reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_way_to_die_has_its_reason() {
        for (script, reason) in [
            ("sleep 600", "stopped at a limit: not read in 1 s"),
            // A grandchild keeps the pipe open: it goes too.
            ("sleep 600 & wait", "stopped at a limit: not read in 1 s"),
            ("kill -SEGV $$", "the reader fell over it (signal 11)"),
            ("exit 7", "the reader fell over it (exit code 7)"),
            (
                "echo 'memory allocation of 9 bytes failed' >&2; kill -ABRT $$",
                "stopped at a limit: reading it needs more than 2048 MB of memory",
            ),
            (
                "kill -KILL $$",
                "the reader was killed from outside (is the machine out of memory?)",
            ),
            (
                "kill -XCPU $$",
                "stopped at a limit: not read in 1 s of work",
            ),
            // A body of 2^56 bytes is announced.
            (
                r"printf '\002\000\000\000\000\000\000\000\000\000\000\001{}'; sleep 600",
                "stopped at a limit: more than 0 MB were read from it",
            ),
        ] {
            assert_eq!(died(script), reason, "{script}");
        }
        assert!(
            died("exec yes").contains("the reader"),
            "noise is no answer"
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_told() {
        let workers = Workers {
            program: Some(("/no/such/program".into(), Vec::new())),
            ..Workers::default()
        };
        let mut hand = Hand::new(&workers, &crate::extract::Options::default(), None);
        let Err(Trouble::Died(reason)) = hand.read("a.txt", b"a") else {
            panic!("read by nobody");
        };
        assert!(reason.starts_with("a worker cannot be started"), "{reason}");
    }

    #[test]
    fn a_limit_without_end_is_none() {
        let limits = Limits {
            seconds: u64::MAX,
            ..Limits::default()
        };
        let workers = script("exit 7", limits);
        let mut options = crate::extract::Options::default();
        options.ocr.seconds = u64::MAX;
        let mut hand = Hand::new(&workers, &options, None);
        match hand.read("a.pdf", b"%PDF-1.7") {
            Err(Trouble::Died(reason)) => assert!(reason.contains("exit code 7"), "{reason}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn large_documents_have_more_time() {
        let limits = Limits::default();
        assert_eq!(limits.seconds(1), 70);
        assert_eq!(limits.seconds(10 << 20), 160);
        assert_eq!(limits.seconds(usize::MAX), 60 + 10 * (1 << 44));
    }
}
