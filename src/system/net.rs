//! HTTP: the only module that asks other machines. An address goes in; an answer, or why there is none, comes out.
//!
//! Timeouts, a size limit, the program's name and proxies from the environment are settled here once. Knows no
//! arXiv and no site, and keeps nothing: `cache` does.

mod retry;

use std::io::ErrorKind;
use std::time::Duration;

use ureq::http::HeaderMap;

pub use retry::{Patience, wait_for_turn};

/// How the program calls itself, with where to complain.
pub const USER_AGENT: &str =
    concat!("offprint/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// Redirects that are followed.
const REDIRECTS: u32 = 5;

/// Asks other machines.
#[derive(Debug, Clone)]
pub struct Client {
    agent: ureq::Agent,
    largest: u64,
}

/// What a machine answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status, after redirects.
    pub status: u16,
    /// How long the machine asks to be left alone.
    pub retry_after: Option<Duration>,
    /// The text; what is not UTF-8 is replaced. Empty where only the status was asked for.
    pub text: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No connection came about: offline, no such host, nobody there.
    Unreachable(String),
    /// It took too long.
    TimedOut,
    /// The answer is larger than this many bytes.
    TooLarge(u64),
    /// The connection broke, or what came is not HTTP.
    Broken(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "cannot be reached ({why})"),
            Self::TimedOut => write!(f, "does not answer in time"),
            Self::TooLarge(most) => write!(f, "answers with more than {} MB", most / 1_000_000),
            Self::Broken(why) => write!(f, "answers badly ({why})"),
        }
    }
}

impl Client {
    /// A client that waits this long for an answer of at most so many bytes.
    pub fn new(timeout: Duration, largest: u64) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(REDIRECTS)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .build();
        Self { agent: config.into(), largest }
    }

    /// The answer at an address, whatever its status.
    pub fn get(&self, url: &str) -> Result<Answer, Failure> {
        let mut response =
            self.agent.get(url).call().map_err(|error| failure(error, self.largest))?;
        let body =
            response.body_mut().with_config().limit(self.largest).lossy_utf8(true).read_to_string();
        let text = body.map_err(|error| failure(error, self.largest))?;
        let retry_after = retry_after(response.headers());
        Ok(Answer { status: response.status().as_u16(), retry_after, text })
    }

    /// The status at an address: asked for by HEAD or, where that is not liked, by GET without reading on.
    pub fn status(&self, url: &str) -> Result<Answer, Failure> {
        match self.agent.head(url).call().map(|response| only_status(&response)) {
            Ok(answer) if answer.status < 400 || answer.status == 429 => Ok(answer),
            Err(error @ (ureq::Error::HostNotFound | ureq::Error::Timeout(_))) => {
                Err(failure(error, 0))
            }
            _ => self
                .agent
                .get(url)
                .call()
                .map(|response| only_status(&response))
                .map_err(|error| failure(error, 0)),
        }
    }
}

fn only_status(response: &ureq::http::Response<ureq::Body>) -> Answer {
    Answer {
        status: response.status().as_u16(),
        retry_after: retry_after(response.headers()),
        text: String::new(),
    }
}

/// The host of an address, with its port, in lower case.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase()
}

/// `Retry-After` in seconds; the other form, a date, is as good as not said.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn failure(error: ureq::Error, largest: u64) -> Failure {
    use ureq::Error::{
        BodyExceedsLimit, ConnectProxyFailed, ConnectionFailed, HostNotFound, Io, Timeout,
    };
    match error {
        Timeout(_) => Failure::TimedOut,
        BodyExceedsLimit(_) => Failure::TooLarge(largest),
        HostNotFound => Failure::Unreachable("no such host".to_owned()),
        ConnectionFailed => Failure::Unreachable("no connection".to_owned()),
        ConnectProxyFailed(why) => Failure::Unreachable(format!("the proxy refuses: {why}")),
        Io(error) => of_system(&error),
        other => Failure::Broken(other.to_string()),
    }
}

fn of_system(error: &std::io::Error) -> Failure {
    let text = error.to_string();
    let why = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::TimedOut,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::UnexpectedEof
        | ErrorKind::BrokenPipe
        | ErrorKind::InvalidData => Failure::Broken(why),
        _ => Failure::Unreachable(why),
    }
}
