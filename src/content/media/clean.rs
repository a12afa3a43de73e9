//! Pictures without what they tell of their maker: place, camera, time, comments, thumbnails. Bytes → bytes.
//!
//! The pixels stay as they are. What is kept of each format is listed; everything else goes, so that nothing new
//! slips through. How a picture is turned is kept, in a record that holds nothing besides.

mod css;
mod jpeg;
mod png;
pub(super) mod svg;
mod webp;

use image::metadata::Orientation;

/// A format whose metadata can be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Webp,
}

/// What a picture says of itself beside its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Traits {
    pub(super) orientation: Orientation,
    /// Whether it moves: then it is never resized.
    pub(super) animated: bool,
    /// Whether it was compressed with loss and has no transparency: then JPEG suits it.
    pub(super) photo: bool,
    /// Whether it is a PNG whose pixels are colours, neither greys nor entries of a table: then lossless WebP suits it.
    pub(super) coloured: bool,
}

impl Kind {
    /// The format by its first bytes, whatever the file's name says.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    /// What a picture of this format says of itself.
    pub(super) fn traits(self, bytes: &[u8]) -> Traits {
        match self {
            Self::Jpeg => {
                let orientation = jpeg::orientation(bytes);
                Traits { orientation, animated: false, photo: true, coloured: false }
            }
            Self::Png => {
                let (orientation, animated) = png::traits(bytes);
                Traits { orientation, animated, photo: false, coloured: png::is_coloured(bytes) }
            }
            Self::Webp => webp::traits(bytes),
        }
    }

    /// Whether the picture has a colour profile that is far too large, and is left out.
    pub(super) fn is_oversized(self, bytes: &[u8]) -> bool {
        self == Self::Png && png::is_oversized(bytes)
    }

    /// The picture without its metadata.
    pub(super) fn clean(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Jpeg => jpeg::clean(bytes),
            Self::Png => png::clean(bytes),
            Self::Webp => webp::clean(bytes),
        }
    }
}

/// How an EXIF record (without a format's own prefix) says that the picture is turned.
fn turned(exif: &[u8]) -> Orientation {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// An EXIF record that says how the picture is turned and nothing else.
fn record(orientation: Orientation) -> [u8; 26] {
    let mut record = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    record[19] = orientation.to_exif();
    record
}

/// A number of four bytes at a place, the greatest byte first.
fn big(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes) as usize)
}

/// The same, the least byte first.
fn little(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes) as usize)
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;
    use proptest::prelude::*;

    use super::{Kind, record, turned};

    #[test]
    fn the_record_says_how_the_picture_is_turned() {
        for number in 1..=8 {
            let orientation = Orientation::from_exif(number).unwrap();
            assert_eq!(turned(&record(orientation)), orientation);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stumble(head in 0..4_usize, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 4] =
                [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBP", b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0"];
            let bytes = [heads[head], &rest].concat();
            if let Some(kind) = Kind::of(&bytes) {
                kind.traits(&bytes);
                let clean = kind.clean(&bytes);
                // What is clean stays as it is.
                prop_assert_eq!(kind.clean(&clean), clean);
            }
        }
    }
}
