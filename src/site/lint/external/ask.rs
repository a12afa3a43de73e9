//! Asking for many addresses: several hosts at once, each by one thread and with pauses. What worked is remembered
//! for some days.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::config;
use crate::system::cache::Cache;
use crate::system::net::{Client, host};

/// Nobody reads the answers, only their status.
const LARGEST: u64 = 0;

/// The name under which it is kept what worked, and when.
const KEPT: &str = "worked";

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It is there.
    Fine,
    /// A status that says it is not.
    Status(u16),
    /// Nothing, and why.
    Nothing(String),
    /// Its host wants to be left alone.
    Unasked,
}

/// How to ask.
pub struct Asker<'a> {
    /// Pauses, hosts, timeouts.
    pub config: &'a config::Check,
    /// Where it is kept what worked.
    pub cache: Cache,
    /// The time.
    pub now: fn() -> Timestamp,
    /// Waits for a while.
    pub sleep: &'a (dyn Fn(Duration) + Sync),
    /// Told how many addresses are done.
    pub progress: &'a (dyn Fn(usize) + Sync),
}

impl Asker<'_> {
    /// What each address answers.
    pub fn ask<'u>(&self, urls: impl Iterator<Item = &'u String>) -> BTreeMap<String, Heard> {
        let worked = self.worked();
        let (known, new): (Vec<&String>, Vec<&String>) =
            urls.partition(|url| worked.contains_key(url.as_str()));
        let heard: BTreeMap<String, Heard> =
            known.into_iter().map(|url| (url.clone(), Heard::Fine)).collect();
        let mut by_host: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for url in new {
            by_host.entry(host(url)).or_default().push(url);
        }
        let workers = self.config.hosts.clamp(1, by_host.len().max(1));
        let (queue, state) = (Mutex::new(by_host.into_values()), Mutex::new((heard, worked)));
        let client = Client::new(Duration::from_secs(self.config.timeout.max(1) as u64), LARGEST);
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    while let Some(urls) =
                        { queue.lock().unwrap_or_else(PoisonError::into_inner).next() }
                    {
                        self.host(&client, &urls, &state);
                    }
                });
            }
        });
        state.into_inner().unwrap_or_else(PoisonError::into_inner).0
    }

    /// Asks one host for all its addresses, and keeps what worked at once: a long run may be broken off.
    fn host(
        &self,
        client: &Client,
        urls: &[&String],
        state: &Mutex<(BTreeMap<String, Heard>, Worked)>,
    ) {
        let mut unwelcome = false;
        for (number, &url) in urls.iter().enumerate() {
            if number > 0 && !unwelcome {
                (self.sleep)(Duration::from_secs(self.config.pause as u64));
            }
            let answer = if unwelcome { Heard::Unasked } else { heard(client, url) };
            unwelcome |= answer == Heard::Status(429);
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if answer == Heard::Fine {
                state.1.insert(url.clone(), (self.now)());
            }
            state.0.insert(url.clone(), answer);
            (self.progress)(state.0.len());
        }
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<String> = state.1.iter().map(|(url, at)| format!("{at} {url}\n")).collect();
        self.cache.put(KEPT, &lines.concat());
    }

    /// What worked within the last days.
    fn worked(&self) -> Worked {
        let good = Duration::from_hours(24 * self.config.days as u64);
        let now = (self.now)();
        let text = self.cache.get(KEPT).map(|kept| kept.text).unwrap_or_default();
        text.lines()
            .filter_map(|line| {
                let (at, url) = line.split_once(' ')?;
                let at: Timestamp = at.parse().ok()?;
                Duration::try_from(now.duration_since(at))
                    .is_ok_and(|age| age < good)
                    .then(|| (url.to_owned(), at))
            })
            .collect()
    }
}

/// Addresses that worked, and when.
type Worked = BTreeMap<String, Timestamp>;

fn heard(client: &Client, url: &str) -> Heard {
    match client.status(url) {
        Ok(answer) if answer.status < 400 => Heard::Fine,
        Ok(answer) => Heard::Status(answer.status),
        Err(failure) => Heard::Nothing(failure.to_string()),
    }
}
