//! How large an image is, and what it is: read off its bytes without decoding it.

use camino::Utf8Path;
use xxhash_rust::xxh3::xxh3_128;

use super::clean::svg::{self, Taken};
use super::clean::{Kind, Traits};
use crate::system::disk;

/// Longest beginning of an SVG that is searched for its size.
const SVG_HEAD: usize = 4096;
/// The most pixels across or down that WebP can hold.
const WEBP_MOST: u32 = 16_383;
/// Extensions of files that must be pictures whose metadata can be taken out, or are not published.
const PICTURES: [&str; 4] = ["jpg", "jpeg", "png", "webp"];

/// What is known of a file without decoding it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Pixels across and down, as shown.
    pub(super) size: Option<(u32, u32)>,
    /// What kind of picture it is, where it is one that can be cleaned and resized.
    pub(super) picture: Option<Picture>,
    /// Whether its colour profile is far too large.
    pub(super) oversized: bool,
    /// Of an SVG that is cleaned before it is published: what it holds that could harm its readers.
    pub(super) drawing: Option<Taken>,
    /// Whether it is called a picture, and is something else that may tell more than it should.
    pub(super) strange: bool,
    /// Whether it is what Git LFS leaves in the place of a file, and so no file to publish.
    pub(super) pointer: bool,
}

impl Facts {
    /// Takes an SVG as it is.
    pub(super) fn trust(&mut self) {
        self.strange &= self.drawing.take().is_none();
    }
}

/// A JPEG, PNG or WebP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) kind: Kind,
    pub(super) traits: Traits,
    /// Of all its bytes.
    pub(super) hash: u128,
    pub(super) bytes: usize,
}

/// Looks at a file; of what is no image nothing is known.
pub(super) fn file(path: &Utf8Path) -> Facts {
    if disk::holds_lfs_pointer(path) {
        return Facts { pointer: true, ..Facts::default() };
    }
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    if extension == "svg" {
        let bytes = super::read(path).unwrap_or_default();
        let size = drawing(&String::from_utf8_lossy(&bytes[..bytes.len().min(SVG_HEAD)]));
        let clean = svg::clean(&bytes).map(|(_, taken)| taken);
        return Facts {
            size,
            strange: clean.is_none(),
            drawing: Some(clean.unwrap_or_default()),
            ..Facts::default()
        };
    }
    if !PICTURES.contains(&extension.as_str()) {
        let size = imagesize::size(path).ok().and_then(|size| pixels(&size));
        return Facts { size, ..Facts::default() };
    }
    super::read(path).map_or(Facts { strange: true, ..Facts::default() }, |bytes| picture(&bytes))
}

fn picture(bytes: &[u8]) -> Facts {
    let size = imagesize::blob_size(bytes).ok().and_then(|size| pixels(&size));
    let Some(kind) = Kind::of(bytes) else {
        // A GIF or an AVIF with a wrong name does no harm.
        let known = bytes.starts_with(b"GIF8") || bytes.get(4..12) == Some(b"ftypavif");
        return Facts { size, strange: !known, ..Facts::default() };
    };
    let mut traits = kind.traits(bytes);
    let lies = traits.orientation.to_exif() >= 5;
    let size = size.map(|(width, height)| if lies { (height, width) } else { (width, height) });
    traits.coloured &= size.is_some_and(|(width, height)| width.max(height) <= WEBP_MOST);
    let picture = Picture { kind, traits, hash: xxh3_128(bytes), bytes: bytes.len() };
    Facts { size, picture: Some(picture), oversized: kind.is_oversized(bytes), ..Facts::default() }
}

fn pixels(size: &imagesize::ImageSize) -> Option<(u32, u32)> {
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `width` and `height` of the root element, or the last two numbers of its `viewBox`.
fn drawing(head: &str) -> Option<(u32, u32)> {
    let root = head.split_once("<svg")?.1.split('>').next()?;
    let said = |name| attribute(root, name).and_then(number);
    said("width").zip(said("height")).or_else(|| {
        let mut numbers =
            attribute(root, "viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((number(numbers.next()?)?, number(numbers.next()?)?))
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        rest = after;
        let starts = before.ends_with([' ', '\n', '\t', '\r']);
        if let (true, Some(value)) = (starts, after.trim_start().strip_prefix('=')) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
    }
}

/// A length in pixels; percentages and other units tell nothing.
fn number(text: &str) -> Option<u32> {
    let value: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    // Sizes of images are small positive numbers; anything else is refused here.
    #[allow(clippy::cast_sign_loss)]
    (1.0..100_000.0).contains(&value).then_some(value.round() as u32)
}
