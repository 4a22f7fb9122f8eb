//! Numbers as bytes, the small ones as one: seven bits a byte, the lowest first, and the eighth bit of all but the last. Pure.

/// The bit of a byte behind which the number goes on.
const MORE: u8 = 0x80;

/// Adds `number` to `bytes`.
pub(super) fn write(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= u32::from(MORE) {
        bytes.push(number as u8 | MORE);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The number at the beginning of `bytes`, which then begin behind it; nothing when they end in it, or it is too large.
#[inline]
pub(super) fn read(bytes: &mut &[u8]) -> Option<u32> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    if *first < MORE {
        return Some(u32::from(*first));
    }
    let mut number = u64::from(first & !MORE);
    for shift in [7, 14, 21, 28] {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & !MORE) << shift;
        if *byte < MORE {
            return u32::try_from(number).ok();
        }
    }
    None
}

/// How many numbers `bytes` are; nothing when they end in one.
pub(super) fn count(bytes: &[u8]) -> Option<u32> {
    if bytes.last().is_some_and(|byte| *byte >= MORE) {
        return None;
    }
    let ends = bytes.iter().filter(|byte| **byte < MORE).count();
    u32::try_from(ends).ok()
}

/// `bytes` behind so many numbers.
pub(super) fn skip(bytes: &[u8], numbers: u32) -> &[u8] {
    let mut left = numbers;
    let mut at = 0;
    while left > 0 && at < bytes.len() {
        left -= u32::from(bytes[at] < MORE);
        at += 1;
    }
    &bytes[at..]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_out_as_they_went_in(numbers in prop::collection::vec(prop_oneof![0u32..300, any::<u32>()], 0..40)) {
            let mut bytes = Vec::new();
            for number in &numbers {
                write(*number, &mut bytes);
            }
            prop_assert_eq!(count(&bytes), Some(numbers.len() as u32));
            let mut rest = bytes.as_slice();
            for (at, number) in numbers.iter().enumerate() {
                prop_assert_eq!(skip(&bytes, at as u32).len(), rest.len());
                prop_assert_eq!(read(&mut rest), Some(*number));
            }
            prop_assert_eq!(read(&mut rest), None);
        }

        #[test]
        fn whatever_comes_is_a_number_or_none(bytes in prop::collection::vec(any::<u8>(), 0..12), many in 0u32..20) {
            let mut rest = bytes.as_slice();
            while read(&mut rest).is_some() {}
            let _ = (count(&bytes), skip(&bytes, many));
        }
    }

    #[test]
    fn a_number_that_is_cut_or_too_large_is_none() {
        for bytes in [&[0x80][..], &[0xff, 0xff, 0xff, 0xff, 0x1f], &[0x80; 6]] {
            assert_eq!(read(&mut &*bytes), None);
        }
        assert_eq!(count(&[1, 0x80]), None);
    }
}
