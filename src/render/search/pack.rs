//! Files of the search as they travel: deflated, since not every server does it, and begun with what both sides know.

use flate2::{Compress, Compression, FlushCompress};

/// Deflates a text. What stands in `known` as well is only referred to: whoever inflates the file puts `known` before it, in
/// blocks that are stored as they are.
pub(in crate::render) fn pack(text: &str, known: &str) -> Vec<u8> {
    let mut deflate = Compress::new(Compression::new(6), false);
    let mut out = Vec::with_capacity(known.len() + text.len() / 2 + 64);
    if !known.is_empty() {
        // After a flush the next byte begins a block, and what was read before can be referred to.
        all(&mut deflate, known.as_bytes(), &mut out, FlushCompress::Sync);
        out.clear();
    }
    all(&mut deflate, text.as_bytes(), &mut out, FlushCompress::Finish);
    out
}

/// Feeds all of some bytes, and makes room for what comes of them.
fn all(deflate: &mut Compress, bytes: &[u8], out: &mut Vec<u8>, flush: FlushCompress) {
    let (start, mut written) = (deflate.total_in(), usize::MAX);
    loop {
        let read = (deflate.total_in() - start) as usize;
        // Nothing more comes once all is read and room is left.
        if read == bytes.len() && written != usize::MAX && out.len() < out.capacity() {
            return;
        }
        out.reserve(bytes.len() - read + 64);
        // Only a stream that has ended already can fail, and it is fed no more.
        if deflate.compress_vec(&bytes[read..], out, flush).is_err() {
            return;
        }
        written = out.len();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::*;

    /// What a page makes of it.
    fn unpacked(packed: &[u8], known: &str) -> String {
        let mut stream = Vec::new();
        for block in known.as_bytes().chunks(0xffff) {
            let length = block.len() as u16;
            stream.push(0);
            stream.extend(length.to_le_bytes());
            stream.extend((!length).to_le_bytes());
            stream.extend(block);
        }
        stream.extend(packed);
        let mut out = String::new();
        flate2::read::DeflateDecoder::new(stream.as_slice()).read_to_string(&mut out).unwrap();
        out.split_off(known.len())
    }

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(text in "(lamp |wick |\\PC){0,400}", known in "(lamp |wick |\\PC){0,90}") {
            prop_assert_eq!(unpacked(&pack(&text, &known), &known), text);
        }
    }

    #[test]
    fn what_is_known_takes_no_room() {
        let known: String =
            (0..600).flat_map(|n| [(n * 7919).to_string(), " of the lamps. ".to_owned()]).collect();
        let text = known[2000..6000].to_owned();
        assert!(pack(&text, &known).len() < 120, "{}", pack(&text, &known).len());
        let large = known.repeat(20);
        assert_eq!(unpacked(&pack(&large, &known), &known), large);
    }
}
