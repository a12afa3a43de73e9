//! Where a link may lead: schemes that are let through, addresses made valid, labels made short.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::model::PaperId;

/// What the target of a link or image is.
#[derive(Debug, PartialEq, Eq)]
pub enum Address<'a> {
    /// Nothing was written.
    Empty,
    /// `#part` of the same text, without the `#`.
    Fragment(&'a str),
    /// A paper, with the address outside.
    Paper(PaperId, Cow<'a, str>),
    /// Another site.
    Outside(Cow<'a, str>),
    /// A file of this site, and the fragment with its `#`.
    File(&'a str, &'a str),
    /// A scheme that is not let through.
    Unsafe(&'a str),
}

/// Schemes that cannot run anything in a reader's browser.
const SCHEMES: [&str; 6] = ["https", "http", "mailto", "tel", "ftp", "doi"];

/// Schemes that nobody means as the beginning of a file's name.
const NO_FILE: [&str; 5] = ["javascript", "vbscript", "data", "blob", "file"];

/// Extensions of files that may have a colon in their names.
const EXTENSIONS: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "pdf", "mp4", "webm", "mp3", "csv"];

impl<'a> Address<'a> {
    /// Tells what a target is. Browsers ignore spaces and control characters in and before a scheme; so does this.
    pub fn of(written: &'a str) -> Self {
        let written = written.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if written.is_empty() {
            return Self::Empty;
        }
        if let Some(fragment) = written.strip_prefix('#') {
            return Self::Fragment(fragment);
        }
        if let Some(rest) = written.strip_prefix("//") {
            return Self::Outside(Cow::Owned(format!("https://{rest}")));
        }
        match scheme(written) {
            Some(name) if is_one_of(&SCHEMES, &name) || name.eq_ignore_ascii_case("arxiv") => {
                Self::with_scheme(written)
            }
            Some(name) if is_one_of(&NO_FILE, &name) || !has_extension(written) => {
                Self::Unsafe(written)
            }
            _ => {
                let cut = written.find('#').unwrap_or(written.len());
                Self::File(&written[..cut], &written[cut..])
            }
        }
    }

    fn with_scheme(written: &'a str) -> Self {
        match PaperId::parse(written) {
            Some(id) => {
                let address = if has_authority(written) {
                    Cow::Borrowed(written)
                } else {
                    Cow::Owned(id.url())
                };
                Self::Paper(id, address)
            }
            None => Self::Outside(Cow::Borrowed(written)),
        }
    }
}

fn is_one_of(schemes: &[&str], name: &str) -> bool {
    schemes.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether the address ends as the name of a file that people show or hand out. `fig:1.png` is one: what is made of it is the
/// address of a file of the site, or nothing.
fn has_extension(address: &str) -> bool {
    address.rsplit_once('.').is_some_and(|(_, end)| is_one_of(&EXTENSIONS, end))
}

fn has_authority(address: &str) -> bool {
    address.contains("://")
}

/// The scheme of an address as a browser would read it: without control characters, and of letters, digits and `+-.` alone. A
/// space ends none, so that `Screenshot from 10:11.png` has no scheme.
fn scheme(address: &str) -> Option<String> {
    let end = address.find([':', '/', '?', '#']).filter(|&at| address[at..].starts_with(':'))?;
    let name: String = address[..end].chars().filter(|c| !c.is_control()).collect();
    name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)).then_some(name)
}

/// Whether a browser would run what a text says, were that the address of a link or a frame.
pub fn runs(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    scheme(text).is_some_and(|name| match name.to_ascii_lowercase().as_str() {
        "javascript" | "vbscript" => true,
        // Without a comma it is no such address, and may be a title.
        "data" => text.contains(','),
        _ => false,
    })
}

/// Characters that may not stand in an address; what is percent-encoded already stays.
const INVALID: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

/// An address that is valid, whatever was written: encoded where it must be, a lone `%` included.
pub fn valid(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], INVALID));
        let encoded = rest
            .as_bytes()
            .get(at + 1..at + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if encoded { "%" } else { "%25" });
        rest = &rest[at + 1..];
    }
    out.extend(utf8_percent_encode(rest, INVALID));
    out
}

/// A path as its file is named.
pub fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Labels longer than this are cut.
const LABEL: usize = 48;

/// A short label for a bare address: host and path, without what everyone knows.
pub(super) fn label(address: &str) -> String {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let readable = percent_decode_str(bare).decode_utf8().unwrap_or(Cow::Borrowed(bare));
    let trimmed = readable.trim_end_matches('/');
    match trimmed.char_indices().nth(LABEL) {
        Some(_) => {
            let end = trimmed.char_indices().nth(LABEL - 1).map_or(trimmed.len(), |(at, _)| at);
            format!("{}…", &trimmed[..end])
        }
        None => trimmed.to_owned(),
    }
}

/// The label of a paper's bare address.
pub(super) fn paper_label(id: &PaperId) -> String {
    match id {
        PaperId::Arxiv(id) => format!("arXiv:{id}"),
        PaperId::Doi(doi) => format!("doi:{doi}"),
        PaperId::OpenReview(id) => format!("OpenReview:{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_that_run_code_are_unsafe() {
        for written in [
            "javascript:x",
            "JaVaScRiPt:x",
            " java\tscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "x:y",
            "file:///etc/x.png",
            "data:image/svg+xml,x.svg",
            "javascript:x.png",
        ] {
            assert!(matches!(Address::of(written), Address::Unsafe(_)), "{written:?}");
        }
    }

    #[test]
    fn targets_are_told_apart() {
        assert_eq!(Address::of("other.md#part"), Address::File("other.md", "#part"));
        assert_eq!(Address::of("a/b:c.png"), Address::File("a/b:c.png", ""));
        for file in [
            "Screenshot from 2025-03-12 10:11:12.png",
            "fig:1.png",
            "그림:1.png",
            "Take%202:1.pdf",
            "java script:x",
        ] {
            assert_eq!(Address::of(file), Address::File(file, ""), "{file}");
        }
        assert_eq!(Address::of("#part"), Address::Fragment("part"));
        assert_eq!(Address::of("//a.b/c"), Address::Outside("https://a.b/c".into()));
        assert_eq!(Address::of("mailto:a@b.c"), Address::Outside("mailto:a@b.c".into()));
        assert_eq!(Address::of(" "), Address::Empty);
    }

    #[test]
    fn addresses_become_valid_once() {
        assert_eq!(valid("https://a.b/가 c%20d%z[1]"), "https://a.b/%EA%B0%80%20c%20d%25z%5B1%5D");
        assert_eq!(valid("https://a.b/%EA%B0%80"), "https://a.b/%EA%B0%80");
    }

    #[test]
    fn labels_are_short() {
        assert_eq!(label("https://www.github.com/owner/repo/"), "github.com/owner/repo");
        assert_eq!(label("https://a.b/%EA%B0%80"), "a.b/가");
        assert_eq!(label(&format!("https://a.b/{}", "x".repeat(60))).chars().count(), LABEL);
    }
}
