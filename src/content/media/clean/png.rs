//! PNG: a chain of chunks, each with its length, its name and a checksum.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use image::metadata::Orientation;

use super::{big, record, turned};
use crate::model::limits;

const HEAD: usize = 8;
/// Chunks that show the picture or say how its colours are meant; what moves, moves on.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// A chunk's name, its content, and its bytes with length and checksum.
struct Chunk<'a> {
    name: &'a [u8],
    content: &'a [u8],
    all: &'a [u8],
}

struct Chunks<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let length = big(self.bytes, self.at)?;
        let end = self.at.checked_add(length)?.checked_add(12)?;
        let all = self.bytes.get(self.at..end)?;
        self.at = end;
        let chunk = Chunk { name: &all[4..8], content: &all[8..8 + length], all };
        if chunk.name == b"IEND" {
            self.at = self.bytes.len();
        }
        Some(chunk)
    }
}

fn chunks(bytes: &[u8]) -> Chunks<'_> {
    Chunks { bytes, at: HEAD }
}

/// Whether its pixels are colours, neither greys nor entries of a table.
pub(super) fn is_coloured(bytes: &[u8]) -> bool {
    matches!(bytes.get(25), Some(2 | 6))
}

/// Whether a colour profile is more than a few thousand bytes once it is inflated. Every program that shows the picture
/// would inflate it.
fn is_bloated(content: &[u8]) -> bool {
    // A name, a zero, and the number of the method stand before it.
    let packed = content
        .iter()
        .position(|b| *b == 0)
        .and_then(|at| content.get(at + 2..))
        .unwrap_or_default();
    let mut profile = ZlibDecoder::new(packed).take(limits::PROFILE + 1);
    std::io::copy(&mut profile, &mut std::io::sink()).is_ok_and(|size| size > limits::PROFILE)
}

/// Whether the picture has a colour profile that is left out.
pub(super) fn is_oversized(bytes: &[u8]) -> bool {
    chunks(bytes).any(|chunk| chunk.name == b"iCCP" && is_bloated(chunk.content))
}

/// How the picture is turned, and whether it moves.
pub(super) fn traits(bytes: &[u8]) -> (Orientation, bool) {
    let exif = chunks(bytes).find(|chunk| chunk.name == b"eXIf");
    let moves = chunks(bytes).any(|chunk| chunk.name == b"acTL");
    (exif.map_or(Orientation::NoTransforms, |chunk| turned(chunk.content)), moves)
}

/// The picture without its metadata. Of a file that ends too early, the chunk it ends in is left out.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(&bytes[..HEAD]);
    let (orientation, _) = traits(bytes);
    for chunk in chunks(bytes) {
        let kept = KEPT.iter().any(|kept| chunk.name == kept.as_slice());
        if kept && !(chunk.name == b"iCCP" && is_bloated(chunk.content)) {
            out.extend(chunk.all);
        }
        if chunk.name == b"IHDR" && orientation != Orientation::NoTransforms {
            write(b"eXIf", &record(orientation), &mut out);
        }
    }
    out
}

fn write(name: &[u8], content: &[u8], out: &mut Vec<u8>) {
    out.extend((content.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend(name);
    out.extend(content);
    let sum = checksum(&out[start..]);
    out.extend(sum.to_be_bytes());
}

/// CRC-32, bit by bit: it is asked for a few bytes only.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

fn step(sum: u32) -> u32 {
    if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;

    use super::super::record;
    use super::{checksum, clean, traits, write};

    fn png(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, content) in chunks {
            write(*name, content, &mut out);
        }
        out
    }

    #[test]
    fn the_checksum_is_the_one_of_the_specification() {
        assert_eq!(checksum(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn only_what_shows_the_picture_is_left() {
        let exif = [&record(Orientation::Rotate180)[..], b"GPS"].concat();
        let mut bytes = png(&[
            (b"IHDR", b"size"),
            (b"tEXt", b"Author\0Kim"),
            (b"gAMA", b"0000"),
            (b"eXIf", &exif),
            (b"acTL", b"frames"),
            (b"tIME", b"now"),
            (b"IDAT", b"data"),
            (b"iTXt", b"XML:com.adobe.xmp"),
            (b"IEND", b""),
        ]);
        bytes.extend(b"hung on");
        assert_eq!(traits(&bytes), (Orientation::Rotate180, true));
        let wanted = png(&[
            (b"IHDR", b"size"),
            (b"eXIf", &record(Orientation::Rotate180)),
            (b"gAMA", b"0000"),
            (b"acTL", b"frames"),
            (b"IDAT", b"data"),
            (b"IEND", b""),
        ]);
        assert_eq!(clean(&bytes), wanted);
    }
}
