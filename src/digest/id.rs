//! Paper ids: arXiv old and new, DOI, OpenReview, from any address that carries one, to one identity.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;

/// What identifies a paper beyond its title.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperId {
    /// Without version, without subject class: `2503.07565`, `1412.6980`, `math/0309136`, `cs/0601001`.
    Arxiv(String),
    /// Lower case, without resolver: `10.1038/s41586-021-03819-2`. arXiv's own DOIs are arXiv ids.
    Doi(String),
    /// The forum id.
    OpenReview(String),
}

impl PaperId {
    /// The id that an address, `arXiv:ID`, `doi:ID` or a bare id names; `None` if it names no paper.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(id) = strip_word(text, "arxiv:") {
            return arxiv(id.trim_start());
        }
        if let Some(id) = strip_word(text, "doi:") {
            return doi(id.trim_start());
        }
        match strip_word(text, "https://").or_else(|| strip_word(text, "http://")) {
            Some(address) => from_address(address),
            None if text.starts_with("10.") => doi(text),
            None => arxiv(text),
        }
    }

    /// The id itself: `2503.07565`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Arxiv(id) | Self::Doi(id) | Self::OpenReview(id) => id,
        }
    }

    /// The part of a paper's address on the site: `2503.07565`, `cs-0601001`, `doi/10.1038/x`, `openreview/ID`.
    pub fn address(&self) -> String {
        match self {
            Self::Arxiv(id) => id.replace('/', "-"),
            Self::Doi(id) => format!("doi/{}", safe_path(id)),
            Self::OpenReview(id) => format!("openreview/{id}"),
        }
    }

    /// Where the paper is outside.
    pub fn url(&self) -> String {
        match self {
            Self::Arxiv(id) => format!("https://arxiv.org/abs/{id}"),
            Self::Doi(id) => format!("https://doi.org/{id}"),
            Self::OpenReview(id) => format!("https://openreview.net/forum?id={id}"),
        }
    }
}

impl fmt::Display for PaperId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arxiv(id) => write!(f, "arXiv:{id}"),
            Self::Doi(id) => write!(f, "doi:{id}"),
            Self::OpenReview(id) => write!(f, "OpenReview:{id}"),
        }
    }
}

/// An address out of the redirector that wraps it: `l.facebook.com/l.php?u=…`, `google.com/url?q=…`.
pub fn unwrap_redirector(address: &str) -> Cow<'_, str> {
    let rest = strip_word(address, "https://").or_else(|| strip_word(address, "http://")).unwrap_or_default();
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let key = match (host, path.split('?').next().unwrap_or_default()) {
        ("l.facebook.com" | "lm.facebook.com" | "l.instagram.com", _) => "u=",
        ("www.google.com" | "google.com", "url") => "q=",
        ("out.reddit.com", _) | ("www.linkedin.com", "redir/redirect") => "url=",
        _ => return Cow::Borrowed(address),
    };
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let target = query.split('&').find_map(|pair| pair.strip_prefix(key));
    let decoded = target.and_then(|target| percent_decode_str(target).decode_utf8().ok());
    match decoded {
        Some(target) if target.starts_with("http") => Cow::Owned(target.into_owned()),
        _ => Cow::Borrowed(address),
    }
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

/// The id in an address without scheme.
fn from_address(address: &str) -> Option<PaperId> {
    let (host, path) = address.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path_only = path.split(['?', '#']).next().unwrap_or_default();
    match host {
        "arxiv.org" | "export.arxiv.org" | "alphaxiv.org" | "ar5iv.org" | "ar5iv.labs.arxiv.org" | "browse.arxiv.org" => {
            let (kind, id) = path_only.split_once('/')?;
            let known = ["abs", "pdf", "html", "format", "overview", "ps", "e-print"].contains(&kind);
            known.then(|| arxiv(id)).flatten()
        }
        "huggingface.co" | "hf.co" => arxiv(path_only.strip_prefix("papers/")?),
        "doi.org" | "dx.doi.org" => doi(path_only),
        "openreview.net" => openreview(path),
        _ => None,
    }
}

/// A bare arXiv id with or without version, `.pdf` and slash at its end.
fn arxiv(text: &str) -> Option<PaperId> {
    let text = text.split(['?', '#']).next()?.trim_end_matches('/');
    let text = text.strip_suffix(".pdf").unwrap_or(text);
    let text = without_version(text);
    let id = if text.contains('/') { old_arxiv(text)? } else { new_arxiv(text)? };
    Some(PaperId::Arxiv(id))
}

fn without_version(text: &str) -> &str {
    match text.rsplit_once('v') {
        Some((id, version)) if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) => id,
        _ => text,
    }
}

/// `YYMM.NNNN` from April 2007 to December 2014, `YYMM.NNNNN` since.
fn new_arxiv(text: &str) -> Option<String> {
    let (month, number) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if month.len() != 4 || !digits(month) || !digits(number) {
        return None;
    }
    let when: u32 = month.parse().ok()?;
    let width = if when >= 1501 { 5 } else { 4 };
    let real = when >= 704 && (1..=12).contains(&(when % 100)) && number.len() == width;
    real.then(|| text.to_owned())
}

/// `archive/YYMMNNN` and `archive.CLASS/YYMMNNN`, until March 2007; the class is no part of the identity.
fn old_arxiv(text: &str) -> Option<String> {
    let (archive, number) = text.split_once('/')?;
    let archive = archive.split('.').next()?;
    let named = archive.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && archive.len() >= 2;
    if !named || number.len() != 7 || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let month: u32 = number[2..4].parse().ok()?;
    (1..=12).contains(&month).then(|| format!("{archive}/{number}"))
}

fn doi(text: &str) -> Option<PaperId> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    let text = decoded.trim_end_matches(['/', '.']).to_lowercase();
    let (prefix, suffix) = text.split_once('/')?;
    let registrant = prefix.strip_prefix("10.")?;
    let real = registrant.len() >= 4 && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if !real || suffix.is_empty() || suffix.contains(char::is_whitespace) {
        return None;
    }
    // DataCite's names for arXiv papers are arXiv ids.
    match suffix.strip_prefix("arxiv.").filter(|_| prefix == "10.48550") {
        Some(id) => arxiv(id),
        None => Some(PaperId::Doi(text)),
    }
}

fn openreview(path: &str) -> Option<PaperId> {
    let (page, query) = path.split_once('?')?;
    let id = query.split(['&', '#']).find_map(|pair| pair.strip_prefix("id="))?;
    let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    (["forum", "pdf"].contains(&page) && plain).then(|| PaperId::OpenReview(id.to_owned()))
}

/// A DOI as a path: no empty parts, no climbing, no characters that file systems refuse.
fn safe_path(doi: &str) -> String {
    let part = |part: &str| match part {
        "" => "-".to_owned(),
        part if part.chars().all(|c| c == '.') => part.replace('.', "-"),
        part => part.replace([':', '\\', '*', '?', '"', '<', '>', '|', '\0'], "-"),
    };
    doi.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_paper_is_one_identity() {
        let same = [
            ("arXiv:2503.07565", "https://arxiv.org/abs/2503.07565"),
            ("arXiv:2503.07565", "http://www.arxiv.org/pdf/2503.07565v3.pdf"),
            ("arXiv:2503.07565", "https://export.arxiv.org/abs/2503.07565/"),
            ("arXiv:2503.07565", "https://alphaxiv.org/abs/2503.07565?x=1#y"),
            ("arXiv:2503.07565", "https://www.alphaxiv.org/overview/2503.07565v1"),
            ("arXiv:2503.07565", "https://huggingface.co/papers/2503.07565"),
            ("arXiv:2503.07565", "https://ar5iv.labs.arxiv.org/html/2503.07565"),
            ("arXiv:2503.07565", "arXiv:2503.07565v2"),
            ("arXiv:2503.07565", "2503.07565"),
            ("arXiv:2503.07565", "https://doi.org/10.48550/arXiv.2503.07565"),
            ("arXiv:1412.6980", "https://arxiv.org/abs/1412.6980"),
            ("arXiv:cs/0601001", "https://arxiv.org/abs/cs/0601001v1"),
            ("arXiv:cs/0601001", "https://arxiv.org/abs/cs.CL/0601001"),
            ("arXiv:math/0309136", "math.GT/0309136"),
            ("arXiv:hep-th/9711200", "arXiv:hep-th/9711200"),
            ("doi:10.1038/s41586-021-03819-2", "https://doi.org/10.1038/S41586-021-03819-2"),
            ("doi:10.1038/s41586-021-03819-2", "doi: 10.1038/s41586-021-03819-2"),
            ("OpenReview:YicbFdNTTy", "https://openreview.net/forum?id=YicbFdNTTy&noteId=x"),
            ("OpenReview:YicbFdNTTy", "https://openreview.net/pdf?id=YicbFdNTTy"),
        ];
        for (wanted, text) in same {
            assert_eq!(PaperId::parse(text).map(|id| id.to_string()).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_id_names_nothing() {
        let none = [
            "", "2025", "2513.07565", "2503.7565", "1412.69801", "0703.0001", "cs/0613001", "https://arxiv.org/list/cs.CL",
            "https://example.org/abs/2503.07565", "10.1/x", "doi:", "https://openreview.net/forum", "v2", "한글",
            "https://arxiv.org/abs/", "3.14159",
        ];
        for text in none {
            assert_eq!(PaperId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn redirectors_are_unwrapped() {
        let wrapped = "https://l.facebook.com/l.php?u=https%3A%2F%2Farxiv.org%2Fabs%2F2503.07565&h=x";
        assert_eq!(unwrap_redirector(wrapped), "https://arxiv.org/abs/2503.07565");
        assert_eq!(unwrap_redirector("https://arxiv.org/abs/1"), "https://arxiv.org/abs/1");
    }
}
