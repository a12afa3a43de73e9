//! Paper ids: arXiv old and new, DOI, OpenReview, from any address that carries one, to one identity.

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
        let _ = text;
        None
    }

    /// stub
    pub fn address(&self) -> String {
        self.as_str().to_owned()
    }

    /// stub
    pub fn as_str(&self) -> &str {
        match self { Self::Arxiv(t) | Self::Doi(t) | Self::OpenReview(t) => t }
    }

    /// stub
    pub fn url(&self) -> String {
        self.as_str().to_owned()
    }
}
