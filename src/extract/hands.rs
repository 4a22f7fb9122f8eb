//! Several threads at one job.

/// Does `work` on `threads` threads, this one among them, and gives back what all of them found, in the order of its
/// numbers. What a thread that fell had found is missing.
pub(super) fn together<T: Send>(
    threads: usize,
    work: impl Fn() -> Vec<(usize, T)> + Sync,
) -> Vec<(usize, T)> {
    let work = &work;
    let mut done = std::thread::scope(|scope| {
        let hands: Vec<_> = (1..threads)
            .filter_map(|_| {
                std::thread::Builder::new()
                    .stack_size(super::STACK)
                    .spawn_scoped(scope, work)
                    .ok()
            })
            .collect();
        let mut done = work();
        for hand in hands {
            done.extend(hand.join().unwrap_or_default());
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done
}
