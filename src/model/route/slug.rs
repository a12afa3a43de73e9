//! Slugs: what a title or a name is called in an address. Unicode stays: Korean stays Korean.

use unicode_normalization::UnicodeNormalization as _;
use xxhash_rust::xxh3::xxh3_64;

/// Longest slug in characters before the rest becomes a hash.
const LONGEST: usize = 80;
/// Longest name of a file or folder in bytes, on every common system.
pub const FILE_NAME: usize = 255;

/// NFC, lower case, everything but letters and digits as single `-`, at most 80 characters and then a hash; never longer
/// than a file name can be.
///
/// Never empty and never a name with a meaning in paths: what has no letter or digit becomes a hash.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        // Most names: no normal form to find, no table to ask.
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                out.push(char::from(byte.to_ascii_lowercase()));
            } else if byte != b'\'' && !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
    } else {
        text.nfc().flat_map(char::to_lowercase).for_each(|c| push(c, &mut out));
    }
    finish(out, text)
}

fn push(c: char, out: &mut String) {
    if c.is_alphanumeric() || is_mark(c) {
        out.push(c);
    } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
        out.push('-');
    }
}

fn finish(mut out: String, text: &str) -> String {
    out.truncate(out.trim_end_matches('-').len());
    if out.is_empty() {
        return format!("x-{}", short_hash(text));
    }
    if out.len() <= LONGEST {
        return out;
    }
    match out.char_indices().nth(LONGEST) {
        Some((end, _)) => cut(&out, end),
        None => fit(&out, FILE_NAME),
    }
}

/// A name of at most so many bytes: where it is longer, its beginning and a hash of the whole.
pub fn fit(name: &str, most: usize) -> String {
    if name.len() <= most { name.to_owned() } else { cut(name, most.saturating_sub(HASH)) }
}

/// A slug with something after it, the whole no longer than a file name can be.
pub fn suffixed(slug: &str, suffix: &str) -> String {
    format!("{}-{suffix}", fit(slug, FILE_NAME.saturating_sub(suffix.len() + 1)))
}

/// The beginning of a name, at most `end` bytes of it, and a hash of the whole; fits into a file name.
fn cut(name: &str, end: usize) -> String {
    // A letter may take four bytes, so that fewer letters than are allowed may be too long.
    let end = name.floor_char_boundary(end.min(FILE_NAME - HASH));
    format!("{}-{}", name[..end].trim_end_matches(['-', '/']), short_hash(name))
}

/// Bytes that a hash takes behind a name.
const HASH: usize = "-12345678".len();

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Eight letters that tell texts apart.
pub fn short_hash(text: &str) -> String {
    format!("{:08x}", xxh3_64(text.as_bytes()) as u32)
}
