//! JPEG: a chain of segments, then compressed data up to the next one, to the mark of the end.

use std::ops::Range;

use image::metadata::Orientation;

use super::{record, turned};

const START: &[u8] = &[0xff, 0xd8];
const END: &[u8] = &[0xff, 0xd9];
const EXIF: u8 = 0xe1;

/// A segment: its mark, its bytes with the mark and with the compressed data after it, and its own content.
struct Segment {
    mark: u8,
    all: Range<usize>,
    content: Range<usize>,
}

struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Segments<'_> {
    type Item = Segment;

    fn next(&mut self) -> Option<Segment> {
        // Marks may be filled up with 0xff.
        while self.bytes.get(self.at..self.at + 2)? == [0xff, 0xff] {
            self.at += 1;
        }
        let &[0xff, mark, high, low] = self.bytes.get(self.at..self.at + 4)? else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        // A mark without content has no place between segments, but the end, which ends them.
        if matches!(mark, 0x00 | 0x01 | 0xd0..=0xd9) || length < 2 {
            return None;
        }
        let content = self.at + 4..self.at + 2 + length;
        if content.end > self.bytes.len() {
            return None;
        }
        let end = if mark == 0xda { data_end(self.bytes, content.end) } else { content.end };
        let segment = Segment { mark, all: self.at..end, content };
        self.at = end;
        Some(segment)
    }
}

/// Where compressed data ends: at a mark that is none of those that stand inside it.
fn data_end(bytes: &[u8], start: usize) -> usize {
    let found = bytes.get(start..).and_then(|data| {
        data.windows(2)
            .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))
    });
    found.map_or(bytes.len(), |at| start + at)
}

fn segments(bytes: &[u8]) -> Segments<'_> {
    Segments { bytes, at: START.len() }
}

/// How the picture is turned.
pub(super) fn orientation(bytes: &[u8]) -> Orientation {
    let found = segments(bytes).take_while(|segment| segment.mark != 0xda).find(|segment| {
        segment.mark == EXIF
            && bytes
                .get(segment.content.clone())
                .is_some_and(|content| content.starts_with(b"Exif\0"))
    });
    found.and_then(|segment| bytes.get(segment.content)).map_or(Orientation::NoTransforms, turned)
}

/// The picture without its metadata, and without what is hung on behind its end.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(START);
    let orientation = orientation(bytes);
    if orientation != Orientation::NoTransforms {
        let record = record(orientation);
        out.extend([0xff, EXIF, 0, 34]);
        out.extend(b"Exif\0\0");
        out.extend(record);
    }
    for segment in segments(bytes) {
        let content = bytes.get(segment.content).unwrap_or_default();
        if is_picture(segment.mark, content) {
            out.extend(bytes.get(segment.all).unwrap_or_default());
        }
    }
    out.extend(END);
    out
}

/// Whether a segment is needed to show the picture: its tables and data, how its colours are meant.
fn is_picture(mark: u8, content: &[u8]) -> bool {
    match mark {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        // The other segments of applications, comments, and marks that have no meaning yet.
        0xe1..=0xef | 0xf0..=0xfe | 0x02..=0xbf => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;

    use super::super::record;
    use super::{clean, orientation};

    fn segment(mark: u8, content: &[u8]) -> Vec<u8> {
        [&[0xff, mark][..], &u16::try_from(content.len() + 2).unwrap().to_be_bytes(), content]
            .concat()
    }

    #[test]
    fn only_what_shows_the_picture_is_left() {
        let turned =
            [&b"Exif\0\0"[..], &record(Orientation::Rotate90), b"GPS 37.5, 127.0"].concat();
        let kept = [
            segment(0xe0, b"JFIF\0\x01\x02"),
            segment(0xe2, b"ICC_PROFILE\0\x01\x01x"),
            segment(0xdb, b"tables"),
        ];
        let scan = [segment(0xda, b"scan"), b"\x12\xff\x00\x34\xff\xd0\x56".to_vec()].concat();
        let bytes = [
            b"\xff\xd8".to_vec(),
            kept[0].clone(),
            segment(0xe1, &turned),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<place/>"),
            segment(0xe2, b"MPF\0more pictures"),
            segment(0xed, b"Photoshop 3.0\0who"),
            kept[1].clone(),
            segment(0xfe, b"a comment"),
            kept[2].clone(),
            scan.clone(),
            scan.clone(),
            b"\xff\xd9another picture with its GPS".to_vec(),
        ]
        .concat();
        assert_eq!(orientation(&bytes), Orientation::Rotate90);
        let record = [&b"Exif\0\0"[..], &record(Orientation::Rotate90)].concat();
        let wanted = [
            b"\xff\xd8".to_vec(),
            segment(0xe1, &record),
            kept.concat(),
            scan.clone(),
            scan,
            b"\xff\xd9".to_vec(),
        ];
        assert_eq!(clean(&bytes), wanted.concat());
    }
}
