//! WebP: a RIFF list of chunks, padded to even lengths; the first may say which others there are.

use image::metadata::Orientation;

use super::{Traits, little, record, turned};

const HEAD: usize = 12;
const KEPT: &[&[u8; 4]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// Flags of the first chunk.
const ALPHA: u8 = 0x10;
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;
const MOVES: u8 = 0x02;

struct Chunks<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Chunks<'a> {
    /// Name and content.
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let length = little(self.bytes, self.at + 4)?;
        let start = self.at + 8;
        let chunk =
            (&self.bytes[self.at..self.at + 4], self.bytes.get(start..start.checked_add(length)?)?);
        self.at = start + length + length % 2;
        Some(chunk)
    }
}

/// The chunks as far as the list says it goes.
fn chunks(bytes: &[u8]) -> Chunks<'_> {
    let end = little(bytes, 4).unwrap_or_default().saturating_add(8).min(bytes.len());
    Chunks { bytes: &bytes[..end], at: HEAD }
}

/// What the picture says of itself.
pub(super) fn traits(bytes: &[u8]) -> Traits {
    let find = |name: &[u8; 4]| chunks(bytes).find(|chunk| chunk.0 == name).map(|chunk| chunk.1);
    let flags = find(b"VP8X").and_then(|content| content.first()).copied();
    let exif = find(b"EXIF").filter(|_| flags.is_some());
    let orientation = exif.map_or(Orientation::NoTransforms, turned);
    let flags = flags.unwrap_or_default();
    Traits {
        orientation,
        animated: flags & MOVES != 0,
        coloured: false,
        photo: flags & ALPHA == 0 && find(b"VP8 ").is_some(),
    }
}

/// The picture without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(b"RIFF\0\0\0\0WEBP");
    let orientation = traits(bytes).orientation;
    let turned = orientation != Orientation::NoTransforms;
    for (name, content) in
        chunks(bytes).filter(|chunk| KEPT.iter().any(|kept| chunk.0 == kept.as_slice()))
    {
        let mut content = content.to_vec();
        if let (b"VP8X", Some(flags)) = (name, content.first_mut()) {
            *flags = *flags & !(EXIF | XMP) | if turned { EXIF } else { 0 };
        }
        write(name, &content, &mut out);
    }
    if turned {
        write(b"EXIF", &record(orientation), &mut out);
    }
    let length = (out.len() as u32).saturating_sub(8);
    out[4..8].copy_from_slice(&length.to_le_bytes());
    out
}

fn write(name: &[u8], content: &[u8], out: &mut Vec<u8>) {
    out.extend(name);
    out.extend((content.len() as u32).to_le_bytes());
    out.extend(content);
    out.extend(std::iter::repeat_n(0, content.len() % 2));
}

#[cfg(test)]
mod tests {
    use image::metadata::Orientation;

    use super::super::record;
    use super::{clean, traits, write};

    fn webp(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
        for (name, content) in chunks {
            write(*name, content, &mut out);
        }
        let length = u32::try_from(out.len() - 8).unwrap();
        out[4..8].copy_from_slice(&length.to_le_bytes());
        out
    }

    #[test]
    fn only_what_shows_the_picture_is_left() {
        let exif = [&b"Exif\0\0"[..], &record(Orientation::FlipVertical), b"GPS"].concat();
        let mut bytes = webp(&[
            (b"VP8X", b"\x2c---\x10\0\0\x10\0\0"),
            (b"ICCP", b"odd"),
            (b"VP8 ", b"data"),
            (b"EXIF", &exif),
            (b"XMP ", b"<place/>"),
        ]);
        bytes.extend(b"hung on");
        let found = traits(&bytes);
        assert!(found.orientation == Orientation::FlipVertical && found.photo && !found.animated);
        let wanted = webp(&[
            (b"VP8X", b"\x28---\x10\0\0\x10\0\0"),
            (b"ICCP", b"odd"),
            (b"VP8 ", b"data"),
            (b"EXIF", &record(Orientation::FlipVertical)),
        ]);
        assert_eq!(clean(&bytes), wanted);
        assert_eq!(traits(&clean(&bytes)).orientation, Orientation::FlipVertical);
    }
}
