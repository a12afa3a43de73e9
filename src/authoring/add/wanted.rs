//! What was typed → which papers are meant, each once.

use std::fmt;

use super::services::anthology_id;
use crate::model::PaperId;
use crate::model::id::{is_web_address, unwrap_redirector};
use crate::site::{EntryIndex, Site};

/// A paper that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// One that arXiv can be asked for.
    Arxiv(PaperId),
    /// One of which only the address is known.
    Other {
        /// A DOI or an OpenReview id.
        id: Option<PaperId>,
        /// Where it is.
        url: String,
    },
}

impl Wanted {
    /// What an argument means; an error says why it means nothing.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        match PaperId::parse(typed) {
            Some(id @ PaperId::Arxiv(_)) => Ok(Self::Arxiv(id)),
            Some(id) => Ok(Self::Other { url: id.url(), id: Some(id) }),
            None if is_web_address(typed) => {
                Ok(Self::Other { id: None, url: unwrap_redirector(typed).into_owned() })
            }
            None => match anthology_id(typed) {
                Some(id) => {
                    Ok(Self::Other { id: None, url: format!("https://aclanthology.org/{id}") })
                }
                None => Err("no arXiv id, DOI or address; ids look like 2503.07565, 10.1038/171737a0 or 2023.acl-long.1"
                    .to_owned()),
            },
        }
    }

    /// Papers in the order typed; ids and addresses of one paper are one.
    pub fn unique(all: &[Self]) -> Vec<Self> {
        let mut unique: Vec<Self> = Vec::new();
        for wanted in all {
            if !unique.contains(wanted) {
                unique.push(wanted.clone());
            }
        }
        unique
    }

    /// The paper that an id names.
    pub(super) fn of_id(id: PaperId) -> Self {
        match id {
            PaperId::Arxiv(_) => Self::Arxiv(id),
            id => Self::Other { url: id.url(), id: Some(id) },
        }
    }

    /// The id to ask arXiv for.
    pub(super) fn arxiv(&self) -> Option<&PaperId> {
        match self {
            Self::Arxiv(id) => Some(id),
            Self::Other { .. } => None,
        }
    }

    /// The first entry of the site about it.
    pub(super) fn known(&self, site: &Site) -> Option<EntryIndex> {
        match self {
            Self::Arxiv(id) | Self::Other { id: Some(id), .. } => entry_with_id(site, id),
            Self::Other { id: None, url } => {
                let here = anthology_id(url);
                site.entries().find(|&entry| {
                    site.entry(entry).links.iter().any(|link| {
                        let same = here.is_some() && anthology_id(&link.url) == here;
                        same || link.url.trim_end_matches('/') == url.trim_end_matches('/')
                    })
                })
            }
        }
    }
}

fn entry_with_id(site: &Site, id: &PaperId) -> Option<EntryIndex> {
    site.entries_of(site.paper_with_id(id)?).first().copied()
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arxiv(id) | Self::Other { id: Some(id), .. } => write!(f, "{id}"),
            Self::Other { id: None, url } => f.write_str(url),
        }
    }
}
