//! What can be asked for papers that are not on arXiv: Crossref, `DataCite`, `OpenReview`, the ACL Anthology and bioRxiv. Each is one
//! question a paper; between questions there is a pause that all processes of the user keep, and answers are kept on disk.

mod biorxiv;
mod crossref;
mod datacite;
mod openreview;

use std::cell::Cell;
use std::time::Duration;

use camino::Utf8Path;
use jiff::Timestamp;

use serde_json::Value;

use super::advice::{of_failure, of_status};
use crate::config;
use crate::diagnostic::{Code, Finding};
use crate::formats::{self, BIBTEX, CSL_JSON, Format, Hints};
use crate::model::id::strip_prefix_fold;
use crate::model::{Entry, PaperId};
use crate::system::cache::Cache;
use crate::system::net::{Answer, Client, Failure, Patience, host, wait_for_turn};

/// Largest answer that is read: a paper with thousands of authors is less.
const LARGEST: u64 = 8_000_000;

/// How long an answer is good.
const FRESH: Duration = Duration::from_hours(7 * 24);

/// Prefixes of the DOIs of the ACL Anthology, before the id there.
const ACL: &[&str] = &["10.18653/v1/", "10.3115/v1/"];

/// Prefixes of the DOIs of bioRxiv and medRxiv.
const BIORXIV: &[&str] = &["10.1101/", "10.64898/"];

/// The services that the config names.
pub struct Services<'a> {
    config: &'a config::Add,
    caches: Option<&'a Utf8Path>,
    client: Client,
    refresh: bool,
    now: &'a dyn Fn() -> Timestamp,
    sleep: &'a dyn Fn(Duration),
    stale: Cell<bool>,
}

/// A service, as people call it, with how it is asked for a paper and what its answer says.
struct Service {
    name: &'static str,
    url: String,
    read: fn(&str) -> Option<Entry>,
}

impl<'a> Services<'a> {
    /// The services, with answers kept below `caches`.
    pub fn new(
        config: &'a config::Add,
        caches: Option<&'a Utf8Path>,
        now: &'a dyn Fn() -> Timestamp,
        sleep: &'a dyn Fn(Duration),
    ) -> Self {
        let timeout = Duration::from_secs(config.timeout.max(1) as u64);
        let client = Client::new(timeout, LARGEST);
        Self { config, caches, client, refresh: false, now, sleep, stale: Cell::new(false) }
    }

    /// The same, asking again for what is kept.
    #[must_use]
    pub fn refreshed(self, refresh: bool) -> Self {
        Self { refresh, ..self }
    }

    /// Whether a service could not be asked, so that an old answer was taken.
    pub fn is_stale(&self) -> bool {
        self.stale.get()
    }

    /// What the first service that has a paper says of it; `None` where none has it.
    pub(super) fn paper(&self, id: Option<&PaperId>, url: &str) -> Result<Option<Entry>, Finding> {
        for service in self.services(id, url) {
            if let Some(text) = self.ask(&service)? {
                let entry = (service.read)(&text).ok_or_else(|| {
                    self.said(&service, "answers with something that is not understood")
                        .help("is there a login page between you and the net? Else try again later")
                })?;
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// Whether anybody can be asked for it.
    pub(super) fn knows(&self, id: Option<&PaperId>, url: &str) -> bool {
        !self.services(id, url).is_empty()
    }

    /// Whom that is, in words.
    pub(super) fn names(&self, id: Option<&PaperId>, url: &str) -> String {
        let mut names: Vec<&str> =
            self.services(id, url).iter().map(|service| service.name).collect();
        names.dedup();
        match names.as_slice() {
            [one] => (*one).to_owned(),
            names => format!("none of {}", names.join(", ")),
        }
    }

    /// Whom to ask for a paper, best first.
    fn services(&self, id: Option<&PaperId>, url: &str) -> Vec<Service> {
        let mut all = Vec::new();
        let Some(id) = id else {
            all.extend(anthology_id(url).map(|id| self.anthology(&id)));
            return all;
        };
        match id {
            PaperId::Arxiv(_) => {}
            PaperId::OpenReview(id) => {
                all.extend(self.config.openreview.iter().map(|base| Service {
                    name: "OpenReview",
                    url: format!("{base}?id={}", encoded(id)),
                    read: openreview::entry,
                }));
            }
            PaperId::Doi(doi) => {
                let of = |prefixes: &[&str]| {
                    prefixes.iter().find_map(|prefix| strip_prefix_fold(doi, prefix))
                };
                all.extend(of(ACL).map(|id| self.anthology(&anthology_case(id))));
                let mail = match self.config.mailto.as_str() {
                    "" => String::new(),
                    mail => format!("?mailto={}", encoded(mail)),
                };
                all.push(Service {
                    name: "Crossref",
                    url: format!("{}/{}{mail}", self.config.crossref, encoded(doi)),
                    read: crossref::entry,
                });
                if of(BIORXIV).is_some() {
                    all.extend(["biorxiv", "medrxiv"].map(|server| Service {
                        name: "bioRxiv",
                        url: format!("{}/{server}/{doi}", self.config.biorxiv),
                        read: biorxiv::entry,
                    }));
                }
                all.push(Service {
                    name: "DataCite",
                    url: format!("{}/{}", self.config.datacite, encoded(doi)),
                    read: datacite::entry,
                });
            }
        }
        all
    }

    fn anthology(&self, id: &str) -> Service {
        Service {
            name: "the ACL Anthology",
            url: format!("{}/{id}.bib", self.config.acl),
            read: |text| of_format(BIBTEX, text),
        }
    }

    /// The text of an answer, kept or new; `None` where the service has no such paper.
    fn ask(&self, service: &Service) -> Result<Option<String>, Finding> {
        let host = host(&service.url);
        let cache = Cache::new(self.caches, &format!("add-{}", host.replace(':', "-")));
        let name = name(&service.url);
        let kept = cache.get(&name);
        if let Some(kept) =
            kept.as_ref().filter(|kept| !self.refresh && kept.is_younger(FRESH, (self.now)()))
        {
            return Ok(Some(kept.text.clone()));
        }
        let pause = Duration::from_secs(self.config.pause as u64);
        let mut turn = cache.turn();
        (self.sleep)(wait_for_turn(turn.last(), (self.now)(), pause));
        let answer =
            Patience { first: pause, sleep: self.sleep }.ask(|| self.client.get(&service.url));
        turn.used((self.now)());
        match answer {
            Ok(Answer { status: 200, text, .. }) => {
                // bioRxiv says so in an answer like any other that it has no such paper.
                if biorxiv::has_none(&text) || openreview::has_none(&text) {
                    return Ok(None);
                }
                cache.put(&name, &text);
                Ok(Some(text))
            }
            Ok(Answer { status: 404 | 410 | 400, .. }) => Ok(None),
            failed => match kept {
                Some(kept) => {
                    self.stale.set(true);
                    Ok(Some(kept.text))
                }
                None => Err(self.refusal(service, failed)),
            },
        }
    }

    fn refusal(&self, service: &Service, answer: Result<Answer, Failure>) -> Finding {
        let (what, help) = match answer {
            Ok(Answer { status, .. }) => {
                let help = of_status(status)
                    .unwrap_or("try again later, or name the title yourself: --title \"…\"");
                (format!("answers with status {status}"), help)
            }
            Err(failure) => (failure.to_string(), of_failure(&failure)),
        };
        self.said(service, &format!("{what}, so nothing was added")).help(help)
    }

    #[expect(clippy::unused_self, reason = "stands with its like")]
    fn said(&self, service: &Service, what: &str) -> Finding {
        Finding::new(Code::Service, format!("{} ({}) {what}", service.name, host(&service.url)))
    }
}

/// The id of the ACL Anthology that a text or an address names: `2023.acl-long.1`, `P17-1001`.
pub(super) fn anthology_id(text: &str) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let is_address = rest.len() < text.len();
    let path = ["aclanthology.org/", "aclweb.org/anthology/"]
        .iter()
        .find_map(|host| strip_prefix_fold(rest, host));
    let id = match path {
        Some(path) => path.strip_prefix("papers/").unwrap_or(path).split(['?', '#']).next()?,
        None if is_address => return None,
        None => text,
    };
    let id = id.trim_end_matches('/').trim_end_matches(".pdf").trim_end_matches(".bib");
    let id = id.rsplit('/').next()?;
    new_anthology_id(id)
        .or_else(|| {
            let (volume, number) = id.split_once('-')?;
            let letter = volume.as_bytes().first().filter(|b| b.is_ascii_alphabetic())?;
            (letter.is_ascii_alphabetic()
                && volume.len() == 3
                && are_digits(&volume[1..])
                && number.len() == 4
                && are_digits(number))
            .then_some(())
        })
        .map(|()| anthology_case(id))
}

/// A text of an answer; nothing where there is none.
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// `2023.acl-long.1`
fn new_anthology_id(id: &str) -> Option<()> {
    let (year, rest) = id.split_once('.')?;
    let (volume, number) = rest.rsplit_once('.')?;
    (year.len() == 4
        && are_digits(year)
        && are_digits(number)
        && volume.contains('-')
        && volume.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
    .then_some(())
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// DOIs have no case, but ids of the Anthology do: of the old ones the letter is a capital, the new ones are small.
fn anthology_case(id: &str) -> String {
    if id.contains('.') { id.to_lowercase() } else { id.to_uppercase() }
}

/// The entry of a text in a format.
fn of_format(format: &'static Format, text: &str) -> Option<Entry> {
    formats::read(format, text, &Hints::default()).digests.pop()?.entries.into_iter().next()
}

/// The entry that an item of CSL-JSON is.
fn of_csl(item: &Value) -> Option<Entry> {
    of_format(CSL_JSON, &format!("[{item}]"))
}

/// A part of an address, with nothing in it that ends the part.
fn encoded(part: &str) -> String {
    percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2F", "/")
        .replace("%2E", ".")
        .replace("%2D", "-")
        .replace("%5F", "_")
}

/// The name under which an answer is kept.
fn name(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.chars()
        .map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' })
        .take(180)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::anthology_id;

    #[test]
    fn ids_of_the_anthology_are_told() {
        for (text, id) in [
            ("https://aclanthology.org/2023.acl-long.1/", Some("2023.acl-long.1")),
            ("https://aclanthology.org/P17-1001.pdf", Some("P17-1001")),
            ("https://www.aclweb.org/anthology/P17-1001/", Some("P17-1001")),
            ("https://aclanthology.org/2023.findings-emnlp.12.bib", Some("2023.findings-emnlp.12")),
            ("2023.acl-long.1", Some("2023.acl-long.1")),
            ("P17-1001", Some("P17-1001")),
            ("https://aclanthology.org/venues/acl/", None),
            ("https://example.org/P17-1001", None),
            ("2023.1", None),
            ("A-1", None),
            ("lamp", None),
        ] {
            assert_eq!(anthology_id(text).as_deref(), id, "{text}");
        }
    }
}
