//! Paper ids: arXiv old and new, DOI, OpenReview, from any address that carries one, to one identity.
//!
//! Must not know links in prose, sites or routes: text in, identity out, and the address that it stands for.

mod address;
mod arxiv;
mod doi;

use std::fmt;

use crate::model::route::fit;

/// Longest address of an id in bytes before the rest becomes a hash: each part of it is the name of a folder.
const LONGEST: usize = 240;

pub use address::{CODE_HOSTS, is_code, is_web_address, unwrap_redirector};

/// What identifies a paper beyond its title. The order is the order of preference.
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
        // No id is longer, but a redirector's address may be; nothing longer than this names a paper.
        if text.is_empty() || text.len() > 4096 {
            return None;
        }
        let text = unwrap_redirector(text);
        if strip_prefix_fold(&text, "arxiv:").is_some() {
            return arxiv::named(&text).map(Self::Arxiv);
        }
        if let Some(id) = strip_prefix_fold(&text, "doi:") {
            return Self::from_doi(id.trim_start()).or_else(|| Self::from_address(id.trim_start()));
        }
        arxiv::exact(&text)
            .map(Self::Arxiv)
            .or_else(|| text.starts_with("10.").then(|| Self::from_doi(&text)).flatten())
            .or_else(|| Self::from_address(&text))
    }

    /// The id itself, without its kind.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Arxiv(id) | Self::Doi(id) | Self::OpenReview(id) => id,
        }
    }

    /// The kind's name as people write it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Arxiv(_) => "arXiv",
            Self::Doi(_) => "DOI",
            Self::OpenReview(_) => "OpenReview",
        }
    }

    /// The part of a site's address that stands for the paper, not yet percent-encoded:
    /// `2503.07565`, `cs-0601001`, `doi/10.1038/x`, `openreview/ID`.
    pub fn address(&self) -> String {
        match self {
            Self::Arxiv(id) => id.replace('/', "-"),
            Self::Doi(id) => format!("doi/{}", fit(&safe_path(id), LONGEST)),
            Self::OpenReview(id) => format!("openreview/{}", fit(id, LONGEST)),
        }
    }

    /// Where the paper is found outside.
    pub fn url(&self) -> String {
        match self {
            Self::Arxiv(id) => format!("https://arxiv.org/abs/{id}"),
            Self::Doi(id) => format!("https://doi.org/{}", address::encode_path(id)),
            Self::OpenReview(id) => format!("https://openreview.net/forum?id={id}"),
        }
    }

    /// Whether an address names a paper only because it is a publisher's page with the DOI in it.
    pub fn is_publishers_page(address: &str) -> bool {
        let split = address::split(address)
            .filter(|(host, _)| !matches!(host.as_str(), "doi.org" | "dx.doi.org"));
        split.is_some() && matches!(Self::parse(address), Some(Self::Doi(_)))
    }

    /// A DOI, or the arXiv id that one of arXiv's own DOIs holds.
    fn from_doi(text: &str) -> Option<Self> {
        let doi = doi::normal(text)?;
        match doi.strip_prefix("10.48550/arxiv.") {
            Some(id) => arxiv::exact(id).map(Self::Arxiv),
            None => Some(Self::Doi(doi)),
        }
    }

    fn from_address(text: &str) -> Option<Self> {
        let (host, path) = address::split(text)?;
        match host.as_str() {
            "arxiv.org"
            | "export.arxiv.org"
            | "alphaxiv.org"
            | "ar5iv.org"
            | "ar5iv.labs.arxiv.org"
            // Mirrors.
            | "cn.arxiv.org"
            | "de.arxiv.org"
            | "xxx.lanl.gov"
            | "xxx.itp.ac.cn" => {
                arxiv::in_path(&doi::decoded(address::without_query(path))).map(Self::Arxiv)
            }
            "huggingface.co" | "hf.co" => {
                let id = address::without_query(path).strip_prefix("papers/")?;
                arxiv::at_start(id).map(Self::Arxiv)
            }
            "doi.org" | "dx.doi.org" => {
                // A form may put the resolver before what has one.
                let doi = path.rsplit_once("doi.org/").map_or(path, |(_, doi)| doi);
                Self::from_doi(address::without_query(doi))
            }
            "openreview.net" => Self::from_forum(path),
            host => doi::of_publisher(host, path).and_then(|doi| Self::from_doi(&doi)),
        }
    }

    fn from_forum(path: &str) -> Option<Self> {
        let (page, query) = path.split_once('?')?;
        if !matches!(page.trim_end_matches('/'), "forum" | "pdf" | "attachment" | "revisions") {
            return None;
        }
        let query = query.split('#').next().unwrap_or_default();
        let id = query.split('&').find_map(|pair| pair.strip_prefix("id="))?;
        let plain = !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        plain.then(|| Self::OpenReview(id.to_owned()))
    }
}

impl fmt::Display for PaperId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Arxiv(_) => "arXiv",
            Self::Doi(_) => "doi",
            Self::OpenReview(_) => "OpenReview",
        };
        write!(f, "{kind}:{}", self.as_str())
    }
}

/// The rest after a prefix written in any case.
pub(crate) fn strip_prefix_fold<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// A DOI as a path: no empty parts, no climbing, no characters that file systems refuse.
fn safe_path(doi: &str) -> String {
    doi.split('/')
        .map(|part| match part {
            "" => "-".to_owned(),
            part if part.chars().all(|c| c == '.') => part.replace('.', "-"),
            part => part.replace([':', '\\', '*', '?', '"', '<', '>', '|', '\0'], "-"),
        })
        .collect::<Vec<_>>()
        .join("/")
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
            ("arXiv:2503.07565", "https://arxiv.org/ftp/arxiv/papers/2503/2503.07565.pdf"),
            ("arXiv:math/0309136", "https://arxiv.org/ftp/math/papers/0309/0309136.pdf"),
            ("arXiv:2503.07565", "https://arxiv.org/pdf/2503.07565.pdf,https://example.org/x"),
            ("arXiv:1412.6980", "https://arxiv.org/abs/1412.6980"),
            ("arXiv:cs/0601001", "https://arxiv.org/abs/cs/0601001v1"),
            ("arXiv:cs/0601001", "https://arxiv.org/abs/cs.CL/0601001"),
            ("arXiv:math/0309136", "math.GT/0309136"),
            ("arXiv:hep-th/9711200", "arXiv:hep-th/9711200"),
            ("doi:10.1038/s41586-021-03819-2", "https://doi.org/10.1038/S41586-021-03819-2"),
            ("doi:10.1038/s41586-021-03819-2", "doi: 10.1038/s41586-021-03819-2"),
            ("arXiv:2503.90001", "arxiv: 2503.90001v2 [cs.LG]"),
            ("arXiv:2503.90001", "https://arxiv.org/abs/arXiv:2503.90001v1"),
            ("arXiv:2503.90001", "https://arxiv.org/pdf/arxiv:2503.90001"),
            ("arXiv:math/0309136", "arXiv:math/0309136 [math.GT]"),
            ("arXiv:hep-th/9901001", "https://arxiv.org/abs/arXiv:hep-th/9901001"),
            ("doi:10.9999/lamp.1", "https://dx.doi.org/10.9999/LAMP.1."),
            ("doi:10.9999/lamp.1", "doi:https://doi.org/10.9999/lamp.1"),
            ("doi:10.9999/lamp.1", "doi:10.9999/lamp.1)"),
            ("doi:10.9999/lamp(2)1", "10.9999/lamp(2)1"),
            (
                "doi:10.9999/(sici)1(19980101)2:3<4::aid-l5>3.0.co;2-2",
                "doi:10.9999/(SICI)1(19980101)2:3<4::AID-L5>3.0.CO;2-2",
            ),
            (
                "doi:10.9999/(sici)1(19980101)2:3<4::aid-l5>3.0.co;2-2",
                "https://doi.org/10.9999/(SICI)1(19980101)2:3%3C4::AID-L5%3E3.0.CO;2-2",
            ),
            ("OpenReview:YicbFdNTTy", "https://openreview.net/forum?id=YicbFdNTTy&noteId=x"),
            ("OpenReview:YicbFdNTTy", "https://openreview.net/pdf?id=YicbFdNTTy"),
        ];
        for (wanted, text) in same {
            assert_eq!(
                PaperId::parse(text).map(|id| id.to_string()).as_deref(),
                Some(wanted),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_id_names_nothing() {
        let none = [
            "",
            "2025",
            "2513.07565",
            "2503.7565",
            "1412.69801",
            "0703.0001",
            "cs/0613001",
            "https://arxiv.org/list/cs.CL",
            "https://example.org/abs/2503.07565",
            "https://example.org/10.1/x",
            "https://example.org/v10.9999/x",
            "arXiv:2503.07565 and more",
            "10.9999/<b>x</b>",
            "10.1/x",
            "doi:",
            "https://openreview.net/forum",
            "v2",
            "한글",
            "https://arxiv.org/abs/",
            "3.14159",
        ];
        for text in none {
            assert_eq!(PaperId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn redirectors_are_unwrapped() {
        let wrapped =
            "https://l.facebook.com/l.php?u=https%3A%2F%2Farxiv.org%2Fabs%2F2503.07565&h=x";
        assert_eq!(unwrap_redirector(wrapped), "https://arxiv.org/abs/2503.07565");
        assert_eq!(unwrap_redirector("https://arxiv.org/abs/1"), "https://arxiv.org/abs/1");
    }
}
