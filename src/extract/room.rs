//! Threads with room for the deepest nesting that reading meets.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc;
use std::thread::{self, Builder};

use super::{Error, Options, RawText};

/// Bytes of stack for the deepest nesting that the parser and the walks over trees allow.
pub const STACK: usize = 64 << 20;

thread_local! {
    /// Whether this thread has the room.
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Says that the calling thread was started with [`STACK`] bytes of stack: what is read on it from now on needs no thread of
/// its own.
pub fn this_thread_has_room() {
    ROOMY.set(true);
}

/// Does `work` where there is room for it: on a thread of its own, if this one has none. Its panic is an error.
pub(super) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let fell = || Error::Broken("the reader fell over it".to_owned());
    if ROOMY.get() {
        return catch_unwind(AssertUnwindSafe(work)).map_err(|_| fell());
    }
    thread::scope(|scope| {
        let working = builder()
            .spawn_scoped(scope, work)
            .map_err(|error| Error::Limit(format!("no thread can be started for it ({error})")))?;
        working.join().map_err(|_| fell())
    })
}

/// Reads the documents at `paths` one after the other and gives each to `take`; stops when that says so.
///
/// All of them are read on one thread, the next one while `take` has the one before: to start a thread for each takes as long
/// as to read a tenth of a short paper.
///
/// # Errors
/// What `take` gives.
pub fn each<P: AsRef<Path> + Sync, E>(
    paths: &[P],
    options: &Options,
    mut take: impl FnMut(&P, Result<RawText, Error>) -> Result<(), E>,
) -> Result<(), E> {
    let read = |path: &P| {
        let path = path.as_ref();
        let bytes = super::bytes(path, &options.limits)?;
        super::text(path, &bytes, options)
    };
    thread::scope(|scope| {
        let (give, given) = mpsc::sync_channel(0);
        let reading = builder().spawn_scoped(scope, move || {
            this_thread_has_room();
            for path in paths {
                // Nobody waits for more.
                if give.send(read(path)).is_err() {
                    return;
                }
            }
        });
        for path in paths {
            let done = match &reading {
                Ok(_) => given
                    .recv()
                    .unwrap_or_else(|_| Err(Error::Broken("the reader fell over it".to_owned()))),
                Err(_) => read(path),
            };
            take(path, done)?;
        }
        Ok(())
    })
}

fn builder() -> Builder {
    Builder::new().name("extract".to_owned()).stack_size(STACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_given_in_their_order_until_enough_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths: Vec<_> = (0..4)
            .map(|number| folder.path().join(format!("{number}.txt")))
            .collect();
        for (number, path) in paths.iter().enumerate().filter(|(number, _)| *number != 1) {
            std::fs::write(path, format!("paper {number}")).expect("a file");
        }
        let mut told = Vec::new();
        let stopped = each(&paths, &Options::default(), |path, read| {
            told.push(read.map_or_else(|error| error.to_string(), |raw| raw.pages[0].text.clone()));
            if path.ends_with("2.txt") {
                Err("enough")
            } else {
                Ok(())
            }
        });
        assert_eq!(stopped, Err("enough"));
        assert_eq!(
            (&*told[0], &*told[2], told.len()),
            ("paper 0", "paper 2", 3)
        );
        assert!(told[1].starts_with("cannot be read"), "{}", told[1]);
    }

    #[test]
    fn what_panics_is_an_error_with_room_and_without() {
        let fall = || with_room::<()>(|| panic!("on purpose"));
        assert!(matches!(fall(), Err(Error::Broken(_))));
        let within = thread::spawn(move || {
            this_thread_has_room();
            fall()
        });
        assert!(matches!(within.join(), Ok(Err(Error::Broken(_)))));
    }
}
