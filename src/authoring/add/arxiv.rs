//! The arXiv API: ids in, entries out. One request a batch, a pause between requests that all processes of the user
//! keep, answers kept on disk.

use std::time::Duration;

use jiff::Timestamp;

use super::advice::{of_failure, of_status};
use crate::config;
use crate::diagnostic::{Code, Finding};
use crate::formats::writer;
use crate::formats::{self, ARXIV_ATOM, Hints, MARKDOWN};
use crate::model::{Digest, Entry, PaperId};
use crate::system::cache::{Cache, Turn};
use crate::system::net::{Answer, Client, Failure, Patience, host, wait_for_turn};

/// Most papers asked for at once.
const BATCH: usize = 100;

/// Largest answer that is read: a hundred papers with thousands of authors are less.
const LARGEST: u64 = 16_000_000;

/// arXiv asks for three seconds between requests, whatever config.toml says.
const MANNERS: Duration = Duration::from_secs(3);

/// How long an answer is good; papers get new versions and journals.
const FRESH: Duration = Duration::from_hours(7 * 24);

/// A service that answers like the arXiv API.
pub struct Arxiv<'a> {
    service: &'a str,
    host: String,
    pause: Duration,
    client: Client,
    cache: Cache,
    refresh: bool,
    now: &'a dyn Fn() -> Timestamp,
    sleep: &'a dyn Fn(Duration),
}

/// What is known of the papers asked for.
#[derive(Debug, Default)]
pub struct Answers {
    /// Each with its entry, if the service has it.
    pub papers: Vec<(PaperId, Option<Entry>)>,
    /// Whether old answers were taken because no new ones were to be had.
    pub stale: bool,
}

impl<'a> Arxiv<'a> {
    /// The service that the config names, with answers kept in a folder of its own below `caches`.
    pub fn new(
        config: &'a config::Add,
        caches: Option<&camino::Utf8Path>,
        now: &'a dyn Fn() -> Timestamp,
        sleep: &'a dyn Fn(Duration),
    ) -> Self {
        let host = host(&config.service);
        let pause = Duration::from_secs(config.pause as u64);
        let of_arxiv = host == "arxiv.org" || host.ends_with(".arxiv.org");
        Self {
            service: &config.service,
            pause: if of_arxiv { pause.max(MANNERS) } else { pause },
            client: Client::new(Duration::from_secs(config.timeout.max(1) as u64), LARGEST),
            cache: Cache::new(caches, &format!("add-{}", host.replace(':', "-"))),
            refresh: false,
            host,
            now,
            sleep,
        }
    }

    /// The same, asking again for what is kept.
    #[must_use]
    pub fn refreshed(self, refresh: bool) -> Self {
        Self { refresh, ..self }
    }

    /// What is known of papers. Where the service cannot be asked, answers of any age do.
    pub fn papers(&self, ids: &[PaperId]) -> Result<Answers, Finding> {
        let mut answers = Answers {
            papers: ids.iter().map(|id| (id.clone(), self.kept(id, true))).collect(),
            stale: false,
        };
        let missing: Vec<PaperId> = answers
            .papers
            .iter()
            .filter(|(_, entry)| entry.is_none())
            .map(|(id, _)| id.clone())
            .collect();
        for batch in missing.chunks(BATCH) {
            match self.ask(batch) {
                Ok(entries) => answers
                    .fill(|id| entries.iter().find(|entry| entry.ids().contains(id)).cloned()),
                Err(finding) => {
                    answers.fill(|id| batch.contains(id).then(|| self.kept(id, false)).flatten());
                    if batch.iter().any(|id| answers.lacks(id)) {
                        return Err(finding);
                    }
                    answers.stale = true;
                }
            }
        }
        Ok(answers)
    }

    /// The answer kept for a paper.
    fn kept(&self, id: &PaperId, fresh: bool) -> Option<Entry> {
        let kept = self.cache.get(&name(id))?;
        let usable = !fresh || (!self.refresh && kept.is_younger(FRESH, (self.now)()));
        let entry = formats::read(MARKDOWN, &kept.text, &HINTS).digests.pop()?.entries.pop()?;
        (usable && entry.ids().contains(id)).then_some(entry)
    }

    /// Asks for a batch and keeps what comes.
    fn ask(&self, ids: &[PaperId]) -> Result<Vec<Entry>, Finding> {
        let list: Vec<&str> = ids.iter().map(PaperId::as_str).collect();
        let separator = if self.service.contains('?') { '&' } else { '?' };
        let url = format!(
            "{}{separator}id_list={}&max_results={}",
            self.service,
            list.join(","),
            ids.len()
        );
        let mut turn = self.cache.turn();
        (self.sleep)(wait_for_turn(turn.last(), (self.now)(), self.pause));
        let answer = self.request(&url, &mut turn);
        let entries = answer
            .map_err(|failure| self.unanswered(&failure))
            .and_then(|answer| self.entries(&answer))?;
        for (id, entry) in
            entries.iter().flat_map(|entry| entry.ids().into_iter().map(move |id| (id, entry)))
        {
            let digest = Digest { date: None, entries: vec![entry.clone()], ..Digest::default() };
            self.cache.put(&name(&id), &writer::write(&digest));
        }
        Ok(entries)
    }

    fn request(&self, url: &str, turn: &mut Turn) -> Result<Answer, Failure> {
        let patience = Patience { first: self.pause, sleep: self.sleep };
        let answer = patience.ask(|| self.client.get(url));
        turn.used((self.now)());
        answer
    }

    /// What an answer says; half an answer is none.
    fn entries(&self, answer: &Answer) -> Result<Vec<Entry>, Finding> {
        let is_feed = answer.text.contains("<feed");
        if answer.status >= 400 && !is_feed {
            return Err(self.refusal(answer.status));
        }
        if !is_feed {
            let finding = self.unread("answers with something else than the arXiv API does");
            return Err(finding
                .help("is there a login page between you and the net? Else check `add.service`"));
        }
        let reading = formats::read(ARXIV_ATOM, &answer.text, &HINTS);
        match reading.findings.iter().find(|finding| finding.code == Code::Unplaced) {
            None if !answer.text.contains("</feed") => {
                Err(self.unread("answers with half a feed").help("try again in a few minutes"))
            }
            None => Ok(reading.digests.into_iter().flat_map(|digest| digest.entries).collect()),
            Some(finding) => Err(self
                .unread(&format!("is not understood: {}", finding.message))
                .help("try again in a few minutes")),
        }
    }

    fn unread(&self, why: &str) -> Finding {
        Finding::new(Code::Service, format!("{} {why}", self.host))
    }

    fn refusal(&self, status: u16) -> Finding {
        let message = format!("{} answers with status {status}, so nothing was added", self.host);
        let help = of_status(status).unwrap_or("check `add.service` in config.toml");
        Finding::new(Code::Service, message).help(help)
    }

    fn unanswered(&self, failure: &Failure) -> Finding {
        Finding::new(Code::Service, format!("{} {failure}, so nothing was added", self.host))
            .help(of_failure(failure))
    }
}

impl Answers {
    /// Takes entries for papers that have none yet.
    fn fill(&mut self, find: impl Fn(&PaperId) -> Option<Entry>) {
        for (id, entry) in &mut self.papers {
            if entry.is_none() {
                *entry = find(id);
            }
        }
    }

    fn lacks(&self, id: &PaperId) -> bool {
        self.papers.iter().any(|(asked, entry)| asked == id && entry.is_none())
    }
}

/// Answers are in no language of the site.
const HINTS: Hints<'static> = Hints {
    stem: "",
    folder: "",
    date: None,
    year: None,
    languages: &[],
    lang: None,
    names: &[],
    date_from: &[],
    permalinks: &[],
    day_first: None,
    foreign: false,
    sections: false,
};

/// The name under which a paper's answer is kept.
fn name(id: &PaperId) -> String {
    format!("{}.md", id.address().replace('/', "-"))
}
