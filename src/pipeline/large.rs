//! Large pages of memory for the run that fills an index.
//!
//! The engine looks every word of every paper up in tables of some hundred megabytes. In pages of 4 kB the processor spends a
//! sixth of the time of filing on finding out where such a page lies. The C library's allocator asks for pages of 2 MB when
//! it is told to before a program begins, so the program begins once more with that said.

use std::ffi::OsStr;
use std::process::Command;

/// The variable by which the C library is told.
const NAME: &str = "GLIBC_TUNABLES";

/// One heap that is in large pages, also for what the engine takes in pieces of a megabyte, and of which a quarter of a gigabyte is
/// kept when it is free. What takes more than 32 MB at once, as a large file, lies apart from it and is given back.
const TOLD: &str = "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=1:\
                    glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456";

/// Begins this program anew, with the same arguments and as the same process, with an allocator that asks for large pages.
/// Comes back when that has been done, when the machine has none to give or the user has told the C library otherwise, and when
/// it cannot be done.
#[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
pub fn begin_anew() {
    use std::os::unix::process::CommandExt;

    let enabled = std::fs::read_to_string("/sys/kernel/mm/transparent_hugepage/enabled");
    if !wanted(
        &enabled.unwrap_or_default(),
        std::env::var_os(NAME).as_deref(),
    ) {
        return;
    }
    let mut args = std::env::args_os();
    let (Ok(program), Some(name)) = (std::env::current_exe(), args.next()) else {
        return;
    };
    // It returns only when it fails, and then all is as it was.
    let _ = Command::new(program)
        .arg0(name)
        .args(args)
        .env(NAME, TOLD)
        .exec();
}

/// Nothing: here the allocator cannot be told so.
#[cfg(not(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64")))]
pub fn begin_anew() {}

/// Whether it is worth while: the machine gives large pages (`enabled` is what Linux says of them), and nothing is `told`.
#[cfg_attr(
    not(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64")),
    expect(dead_code, reason = "elsewhere nothing is told")
)]
fn wanted(enabled: &str, told: Option<&OsStr>) -> bool {
    let given = ["[always]", "[madvise]"];
    told.is_none() && given.iter().any(|given| enabled.contains(given))
}

/// Lets `child` begin as if nothing had been told: a worker has no such tables, and a limit of memory.
pub(super) fn leave_out(child: &mut Command) {
    if std::env::var_os(NAME).is_some_and(|told| told == TOLD) {
        child.env_remove(NAME);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_pages_are_asked_for_once_and_where_there_are_some() {
        let machine = "always [madvise] never\n";
        assert!(wanted(machine, None));
        assert!(wanted("[always] madvise never\n", None));
        for enabled in ["always madvise [never]\n", ""] {
            assert!(!wanted(enabled, None), "{enabled}");
        }
        for told in [TOLD, "", "glibc.malloc.check=3"] {
            assert!(!wanted(machine, Some(OsStr::new(told))), "{told}");
        }
    }
}
