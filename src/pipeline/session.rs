//! A worker's session: the worker and all that it has started, in whichever groups they are.
//!
//! An OCR engine has a group of its own, so that a worker can end it with all that it has started and go on. When the worker
//! itself ends badly, its group does not hold the engine, but its session does.

use rustix::process::{Pid, Signal};

/// Begins a session of this process.
pub(super) fn begin() {
    // The leader of a group may begin none: back into its parent's group first. Where that fails, all is as it was, and an
    // engine that outlives its worker ends at its own limits.
    let parent = rustix::process::getppid();
    if let Ok(group) = rustix::process::getpgid(parent) {
        let _ = rustix::process::setpgid(None, Some(group));
    }
    let _ = rustix::process::setsid();
}

/// Ends all who are in the session that `leader` has begun, but this process.
pub(super) fn end(leader: Pid) {
    // Who is just starting another is met the next time.
    for _ in 0..3 {
        let members = members(leader);
        if members.is_empty() {
            return;
        }
        for member in members {
            let _ = rustix::process::kill_process(member, Signal::KILL);
        }
    }
}

/// The living processes of a session; none on a system that does not show them.
fn members(leader: Pid) -> Vec<Pid> {
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let me = rustix::process::getpid();
    processes
        .filter_map(|process| {
            let name = process.ok()?.file_name();
            let pid = Pid::from_raw(name.to_str()?.parse().ok()?)?;
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", name.to_str()?)).ok()?;
            // Behind the name, which may hold anything: state, parent, group, session.
            let mut fields = stat.rsplit(')').next()?.split_whitespace();
            let is_dead = ["Z", "X"].contains(&fields.next()?);
            let session: i32 = fields.nth(2)?.parse().ok()?;
            let is_member = session == leader.as_raw_nonzero().get();
            (is_member && !is_dead && pid != me).then_some(pid)
        })
        .collect()
}
