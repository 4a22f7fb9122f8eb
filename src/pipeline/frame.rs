//! What a worker process and its master say to each other: a header and a body, each with its length before it.
//!
//! The header is a small JSON value, the body bytes as they are: a document is not spelled out as text on its way.

use std::io::{self, IoSlice, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes that a pipe between the two is to hold, where the system allows it: most documents and answers pass in one go, and
/// neither side wakes the other in between.
pub(super) const PIPE: usize = 1 << 20;

/// Bytes that a header may have.
const HEADER: u32 = 1 << 20;

/// Writes one message: `header` and the parts of the body one after another.
pub(super) fn send(
    out: &mut impl Write,
    header: &impl Serialize,
    body: &[&[u8]],
) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    let length = u32::try_from(header.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let bytes: u64 = body.iter().map(|part| part.len() as u64).sum();
    let mut head = Vec::with_capacity(12 + header.len());
    head.extend(length.to_le_bytes());
    head.extend(bytes.to_le_bytes());
    head.extend(header);
    // All in one go: the other side, which waits for the first byte, is woken once.
    let mut parts: Vec<IoSlice<'_>> = std::iter::once(&*head)
        .chain(body.iter().copied())
        .map(IoSlice::new)
        .collect();
    let mut parts = &mut *parts;
    IoSlice::advance_slices(&mut parts, 0);
    while !parts.is_empty() {
        match out.write_vectored(parts) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut parts, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    out.flush()
}

/// Reads one message whose body has at most `limit` bytes.
///
/// # Errors
/// `UnexpectedEof` when the other side has gone, `InvalidData` for what is no message, `FileTooLarge` for a body above the
/// limit; nothing more can be read after any of them.
pub(super) fn receive<H: DeserializeOwned>(
    input: &mut impl Read,
    limit: u64,
) -> io::Result<(H, Vec<u8>)> {
    let mut length = [0; 4];
    let mut bytes = [0; 8];
    input.read_exact(&mut length)?;
    input.read_exact(&mut bytes)?;
    let (length, bytes) = (u32::from_le_bytes(length), u64::from_le_bytes(bytes));
    if length > HEADER {
        return Err(io::ErrorKind::InvalidData.into());
    }
    if bytes > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let header = exactly(input, length.into())?;
    let header = serde_json::from_slice(&header)?;
    Ok((header, exactly(input, bytes)?))
}

/// `length` bytes. Room for many is taken as they come, so that a length that lies takes none.
fn exactly(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    const AT_ONCE: u64 = 1 << 20;
    let mut out = vec![0; length.min(AT_ONCE) as usize];
    input.read_exact(&mut out)?;
    input
        .take(length.saturating_sub(AT_ONCE))
        .read_to_end(&mut out)?;
    if (out.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_sent_is_received(header in ".*", body in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut wire = Vec::new();
            send(&mut wire, &header, &[&body[..body.len() / 2], &body[body.len() / 2..]]).unwrap();
            let (got, bytes): (String, Vec<u8>) = receive(&mut wire.as_slice(), 300).unwrap();
            prop_assert_eq!(got, header);
            prop_assert_eq!(bytes, body);
        }

        #[test]
        fn whatever_comes_is_a_message_or_an_error(wire in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = receive::<serde_json::Value>(&mut wire.as_slice(), 1 << 20);
        }
    }

    #[test]
    fn a_flood_and_a_cut_are_told_apart() {
        let mut wire = Vec::new();
        send(&mut wire, &"h", &[b"twelve bytes"]).unwrap();
        let kind = |wire: &[u8], limit| receive::<String>(&mut &*wire, limit).unwrap_err().kind();
        assert_eq!(kind(&wire, 11), io::ErrorKind::FileTooLarge);
        assert_eq!(kind(&wire[..20], 100), io::ErrorKind::UnexpectedEof);
        assert_eq!(
            kind(b"yes\nyes\nyes\nyes\n", 100),
            io::ErrorKind::InvalidData
        );
    }
}
