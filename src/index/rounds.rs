//! The watchman's rounds: each run compares the sums of some of the index's files, so that a disk that forgets is noticed by a
//! run that changes nothing, and within days, and not by whoever searches first.

use std::path::Path;

use super::store;
use super::{Error, marks::Marks};

/// Bytes of files that one round reads; the file that goes beyond is read to its end.
const A_ROUND: u64 = 64 << 20;

/// Looks at the next files of the index in `folder`, and says in a clause what is wrong with the first that is not as it was
/// written. The next round goes on behind them, and begins anew at the end. Whoever calls holds the right to write.
///
/// # Errors
/// [`Error::Io`] when the place cannot be noted.
pub fn round(folder: &Path) -> Result<Option<String>, Error> {
    let marks = Marks::of(folder);
    let last = marks.looked_at();
    let (damage, place) = store::some_damage(folder, &last, A_ROUND);
    if damage.is_none() && place != last {
        marks.look_at(&place)?;
    }
    Ok(damage)
}
