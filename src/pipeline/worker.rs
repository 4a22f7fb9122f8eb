//! One document through the rooms, and the process in which that is done.
//!
//! Parsers of documents crash, hang and run out of memory on some file or other, and no care in one process contains
//! that. So the master hands each document to a process of this same program, which does nothing else, sets limits on
//! itself, and is reused while it lives. It opens no file by its name: what it reads comes through its standard input.

use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags};
use rustix::process::{Resource, Rlimit, Signal};
use serde::{Deserialize, Serialize};

use super::books::INSIDE;
use super::{frame, session};
use crate::index::Card;
use crate::lexicon::Learned;
use crate::record::{Record, State};
use crate::{extract, personal, repair, tag};

/// What the master asks for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Request {
    /// The first message: how to read, and the limits of the process. The body holds the learned words, if any.
    Begin(Box<Orders>),
    /// Read the document in the body.
    Read {
        /// Its file name, for the ending.
        name: String,
        /// Seconds of processor time that it may take.
        seconds: u64,
    },
    /// Repair and tag once more the record in the body, from the text as it was extracted.
    Again {
        /// Seconds of processor time that it may take.
        seconds: u64,
    },
}

/// How a worker works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Orders {
    /// How to read a document.
    pub(super) extract: extract::Options,
    /// Bytes of address space that the process may have; 0 for no limit.
    pub(super) memory: u64,
    /// Bytes that an answer may have.
    pub(super) output: u64,
}

/// What the worker answers; the body holds the card, then the attachments one after another.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Reply {
    /// The document could be read.
    Read {
        /// What the run must know.
        facts: Facts,
        /// Bytes of the card.
        card: usize,
        /// Names and lengths in bytes of what lies inside the document.
        attachments: Vec<(String, usize)>,
    },
    /// Nothing of it could be read.
    Failed(String),
}

/// What the books and the report of a run say of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    /// What became of it.
    pub(super) state: State,
    /// Why.
    pub(super) reason: Option<String>,
    /// Its pages.
    pub(super) pages: usize,
    /// Those of them whose letters were mended.
    pub(super) pages_repaired: usize,
    /// Personal identity numbers on them.
    pub(super) personal_numbers: usize,
}

impl Facts {
    fn of(record: &Record) -> Facts {
        let (state, reason) = record.state();
        let pages = record.pages.iter();
        Facts {
            state,
            reason,
            pages: record.pages.len(),
            pages_repaired: record.pages_repaired(),
            personal_numbers: pages
                .map(|page| personal::numbers(&page.clean.text).len())
                .sum(),
        }
    }
}

/// A document that went through the rooms.
#[derive(Debug)]
pub(super) struct Done {
    /// What the run must know of it.
    pub(super) facts: Facts,
    /// What is filed of it.
    pub(super) card: Card,
    /// Documents that lie inside it.
    pub(super) attachments: Vec<extract::Attachment>,
}

/// A document's bytes through the rooms; an error is the reason in one clause.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    options: &extract::Options,
    learned: Option<&Learned>,
) -> Result<Done, String> {
    guarded(|| {
        let mut raw =
            extract::text(Path::new(name), bytes, options).map_err(|error| error.to_string())?;
        raw.note_what_is_too_deep(name.matches(INSIDE).count());
        let attachments = std::mem::take(&mut raw.attachments);
        done(raw, attachments, learned)
    })
}

/// A stored record through repair and tag once more, as if its text had just been extracted.
pub(super) fn again(record: &Record, learned: Option<&Learned>) -> Result<Done, String> {
    guarded(|| done(record.raw(), Vec::new(), learned))
}

fn done(
    raw: extract::RawText,
    attachments: Vec<extract::Attachment>,
    learned: Option<&Learned>,
) -> Result<Done, String> {
    let clean = repair::text_with(&raw, learned);
    let tags = tag::tags(&clean, "");
    let matters = tag::matters(&clean, "");
    let record = Record::new(raw, clean, tags, matters);
    Ok(Done {
        facts: Facts::of(&record),
        card: Card::of(&record).map_err(|error| error.to_string())?,
        attachments,
    })
}

/// A fault of ours in one paper must not lose the night: extract catches the panics of its libraries at its own door, this
/// catches what is left, and the paper is named with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        Err(format!(
            "a fault of this program ({}); please report it with the file",
            said(&*panic)
        ))
    })
}

/// What a panic says.
pub(super) fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no word of why")
}

/// Set while a document is worked on.
static BUSY: AtomicBool = AtomicBool::new(false);
/// Set when the master has gone.
static ALONE: AtomicBool = AtomicBool::new(false);

/// Works until `input` ends. The process is not to be used for anything else afterwards.
///
/// # Errors
/// When a thread cannot be started, or the master has gone.
pub fn serve(
    mut input: impl Read + AsFd + Send,
    out: &mut (impl Write + Send),
) -> std::io::Result<()> {
    session::begin();
    // What panics is caught and told in the answer; nobody reads it here.
    std::panic::set_hook(Box::new(|_| {}));
    let watched = input.as_fd().try_clone_to_owned()?;
    std::thread::Builder::new()
        .name("watch".to_owned())
        .spawn(move || watch(&watched))?;
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("worker".to_owned())
            .stack_size(extract::STACK)
            .spawn_scoped(scope, move || work(&mut input, out))?
            .join()
            .unwrap_or_else(|_| Err(std::io::ErrorKind::Other.into()))
    })
}

/// Waits until the master has closed its end of `input`. Nobody waits for the document in hand then.
fn watch(input: &OwnedFd) {
    loop {
        // Asks for nothing: that the other side has gone is told without.
        let mut asked = [PollFd::new(input, PollFlags::empty())];
        match rustix::event::poll(&mut asked, None) {
            Ok(_) if asked[0].revents().is_empty() => {}
            Ok(_) => break,
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
    ALONE.store(true, Ordering::SeqCst);
    end_if_alone();
}

/// When the master is gone in the middle of a document, the process ends with all that it has started.
fn end_if_alone() {
    if ALONE.load(Ordering::SeqCst) && BUSY.load(Ordering::SeqCst) {
        let me = rustix::process::getpid();
        session::end(me);
        if rustix::process::getpgrp() == me {
            let _ = rustix::process::kill_current_process_group(Signal::KILL);
        }
        std::process::exit(1);
    }
}

/// Does what is asked, and answers each time.
fn work(input: &mut impl Read, out: &mut impl Write) -> std::io::Result<()> {
    extract::this_thread_has_room();
    let mut orders = Orders::default();
    let mut learned = None;
    while let Ok((request, body)) = frame::receive(input, u64::MAX) {
        // Either this sees that the master has gone, or the one who watches sees that there is work.
        BUSY.store(true, Ordering::SeqCst);
        end_if_alone();
        let done = match request {
            Request::Begin(given) => {
                orders = *given;
                let text = std::str::from_utf8(&body).unwrap_or_default();
                learned = Learned::open(text).ok().filter(|_| !text.is_empty());
                limit(Resource::As, orders.memory);
                limit_core();
                BUSY.store(false, Ordering::SeqCst);
                continue;
            }
            Request::Read { name, seconds } => {
                limit_processor(seconds);
                read(&name, &body, &orders.extract, learned.as_ref())
            }
            Request::Again { seconds } => {
                limit_processor(seconds);
                serde_json::from_slice::<Record>(&body)
                    .map_err(|error| format!("its stored text cannot be understood: {error}"))
                    .and_then(|record| again(&record, learned.as_ref()))
            }
        };
        drop(body);
        BUSY.store(false, Ordering::SeqCst);
        answer(out, done, orders.output)?;
    }
    Ok(())
}

fn answer(out: &mut impl Write, done: Result<Done, String>, limit: u64) -> std::io::Result<()> {
    let failed = |out: &mut _, reason| frame::send(out, &Reply::Failed(reason), &[]);
    let done = match done {
        Ok(done) => done,
        Err(reason) => return failed(out, reason),
    };
    let mut body: Vec<&[u8]> = vec![done.card.bytes()];
    body.extend(done.attachments.iter().map(|attachment| &*attachment.bytes));
    let bytes: usize = body.iter().map(|part| part.len()).sum();
    if limit > 0 && bytes as u64 > limit {
        let reason = format!(
            "stopped at a limit: {} MB were read from it, more than the limit of {}",
            bytes >> 20,
            limit >> 20
        );
        return failed(out, reason);
    }
    let reply = Reply::Read {
        card: done.card.bytes().len(),
        facts: done.facts,
        attachments: done
            .attachments
            .iter()
            .map(|attachment| (attachment.name.clone(), attachment.bytes.len()))
            .collect(),
    };
    frame::send(out, &reply, &body)
}

/// Sets a limit on this process, or on what is left of it when it is set already; 0 for none.
fn limit(resource: Resource, value: u64) {
    if value == 0 {
        return;
    }
    let now = rustix::process::getrlimit(resource);
    let value = now.maximum.map_or(value, |maximum| value.min(maximum));
    // A limit that cannot be set leaves the others, and the master's clock.
    let _ = rustix::process::setrlimit(
        resource,
        Rlimit {
            current: Some(value),
            maximum: now.maximum,
        },
    );
}

/// No picture of a dead process on disk: papers may lie in it.
fn limit_core() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = rustix::process::setrlimit(Resource::Core, none);
}

/// Gives the process `seconds` of processor time more than it has used.
fn limit_processor(seconds: u64) {
    limit(
        Resource::Cpu,
        used().saturating_add(seconds.saturating_add(1)),
    );
}

/// Whole seconds of processor time that this process has used.
fn used() -> u64 {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    u64::try_from(used.tv_sec).unwrap_or_default()
}
