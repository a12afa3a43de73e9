//! Which smaller pictures an image gets, what they are called, and how they are made.

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::clean::Kind;
use super::measure::{Facts, Picture};
use super::resize::{self, Form};
use crate::config::Images;
use crate::model::limits;
use crate::model::route::{FILE_NAME, fit};

/// Files smaller than this are as quick to load whole.
const TINY: usize = 16 << 10;
/// The same for drawings, whose few colours become many in a smaller picture.
const TINY_DRAWING: usize = 64 << 10;
/// Grows whenever the same input would give other bytes.
const VERSION: u32 = 1;

/// A smaller picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Pixels across.
    pub width: u32,
    /// Its path below the output folder: `figures/photo.1a2b3c4d.960w.jpg`.
    pub route: String,
    /// By all it is made from.
    pub(super) key: u128,
}

/// The smaller pictures of an image, widest first; none where they would save nothing.
pub(super) fn of(route: &str, facts: &Facts, images: &Images) -> Vec<Variant> {
    let (Some(picture), Some((width, _))) = (facts.picture, facts.size) else { return Vec::new() };
    let least = if picture.traits.photo { TINY } else { TINY_DRAWING };
    if !images.resize || picture.traits.animated || picture.bytes < least || is_huge(facts) {
        return Vec::new();
    }
    // One that is hardly smaller than the image itself is not worth its place.
    let mut widths: Vec<u32> =
        images.widths.iter().copied().filter(|wanted| wanted + wanted / 5 <= width).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    widths.dedup();
    let form = form(&picture);
    let lossless = if picture.traits.coloured { " webp" } else { "" };
    let recipe = format!("{VERSION} {:032x} {widths:?} {}{lossless}", picture.hash, images.quality);
    let (stem, mark) = (stem(route), xxh3_64(recipe.as_bytes()) as u32);
    let extension = form.extension();
    widths
        .into_iter()
        .map(|width| Variant {
            width,
            route: format!("{stem}.{mark:08x}.{width}w.{extension}"),
            key: xxh3_128(format!("{recipe} {width}").as_bytes()),
        })
        .collect()
}

/// Whether an image has more pixels than anybody should decode, or than a file of its size honestly has.
pub(super) fn is_huge(facts: &Facts) -> bool {
    let bytes = facts.picture.map_or(0, |picture| picture.bytes as u64);
    let most = (limits::PIXELS_AT_LEAST + limits::PIXELS_A_BYTE * bytes).min(limits::PIXELS);
    facts.size.is_some_and(|(width, height)| u64::from(width) * u64::from(height) > most)
}

/// The bytes of each; the error says why the image cannot be decoded.
pub(super) fn make(
    bytes: &[u8],
    facts: &Facts,
    variants: &[Variant],
    quality: u8,
) -> Result<Vec<Vec<u8>>, String> {
    let Some(picture) = facts.picture else { return Err("it is no picture".to_owned()) };
    if xxh3_128(bytes) != picture.hash {
        return Err("it changed while the site was being made".to_owned());
    }
    let widths: Vec<u32> = variants.iter().map(|variant| variant.width).collect();
    // What is cleaned has no colour profile that grows without bound when it is read.
    let whole = picture.kind.clean(bytes);
    let form = form(&picture);
    let mut made = resize::widths(&whole, picture.kind, form, (&widths, quality))?;
    // A drawing of few colours may grow when it gets smaller; then the image itself does better in the same place.
    if made.iter().any(|made| made.len() >= whole.len()) {
        let itself = match facts.size.filter(|_| picture.traits.coloured) {
            Some((width, _)) => resize::widths(&whole, picture.kind, form, (&[width], quality))?,
            None => vec![whole],
        };
        for (made, itself) in made.iter_mut().zip(itself.iter().cycle()) {
            if itself.len() <= made.len() {
                made.clone_from(itself);
            }
        }
    }
    Ok(made)
}

/// Drawings stay free of loss, photographs do not grow. Lossless WebP holds pictures of many colours in a sixth less than PNG, plain
/// greys and tables of colours in more.
fn form(picture: &Picture) -> Form {
    match picture.kind {
        Kind::Jpeg => Form::Jpeg,
        Kind::Png if picture.traits.coloured => Form::Webp,
        Kind::Png => Form::Png,
        Kind::Webp if picture.traits.photo => Form::Jpeg,
        Kind::Webp => Form::Webp,
    }
}

/// A path without its extension, with room for what follows it in a name.
fn stem(route: &str) -> String {
    let (folder, name) = route.split_at(route.rfind('/').map_or(0, |slash| slash + 1));
    let name = name.rfind('.').map_or(name, |dot| &name[..dot]);
    format!("{folder}{}", fit(name, FILE_NAME - ".12345678.12345w.webp".len()))
}
