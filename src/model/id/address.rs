//! Web addresses as far as an id needs them: host and path, and redirectors that wrap another address.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::strip_prefix_fold;

/// What a path cannot hold as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'%')
    .add(b'{')
    .add(b'}');

/// Redirectors: host, path, and the query key that holds the address they lead to.
const REDIRECTORS: &[(&str, &str, &str)] = &[
    ("l.facebook.com", "l.php", "u"),
    ("lm.facebook.com", "l.php", "u"),
    ("l.instagram.com", "", "u"),
    ("google.com", "url", "q"),
    ("google.com", "url", "url"),
    ("google.co.kr", "url", "q"),
    ("google.co.kr", "url", "url"),
    ("youtube.com", "redirect", "q"),
    ("out.reddit.com", "", "url"),
    ("slack-redir.net", "link", "url"),
    ("linkedin.com", "redir/redirect", "url"),
    ("t.umblr.com", "redirect", "z"),
];

/// Whether a text is one whole `http` or `https` address.
pub fn is_web_address(text: &str) -> bool {
    let rest = strip_prefix_fold(text, "https://").or_else(|| strip_prefix_fold(text, "http://"));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !text.contains(|c: char| matches!(c, '<' | '>' | '"') || c.is_whitespace())
    })
}

/// Hosts of code.
pub const CODE_HOSTS: &[&str] = &["github.com", "gitlab.com", "codeberg.org", "bitbucket.org"];

/// Whether an address leads to a host of code.
pub fn is_code(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
    CODE_HOSTS.contains(&host.trim_start_matches("www."))
}

/// The address that a redirector's address leads to; any other text is itself.
pub fn unwrap_redirector(url: &str) -> Cow<'_, str> {
    let mut current = Cow::Borrowed(url);
    // Wrapped twice happens; no address of this kind is longer, and a crafted one shall not cost a square.
    while current.len() <= 4096
        && let Some(inner) = target(&current)
    {
        current = Cow::Owned(inner);
    }
    current
}

fn target(url: &str) -> Option<String> {
    if !url.contains('?') || !is_web_address(url) {
        return None;
    }
    let (host, path) = split(url)?;
    let (page, query) = path.split_once('?')?;
    let page = page.trim_end_matches('/');
    let query = query.split('#').next().unwrap_or_default();
    let mut keys = REDIRECTORS
        .iter()
        .filter(|(at, under, _)| *at == host && *under == page)
        .map(|(_, _, key)| *key);
    let wrapped = keys.find_map(|key| value(query, key))?;
    let inner = percent_decode_str(wrapped).decode_utf8().ok()?;
    is_web_address(&inner).then(|| without_click_id(&inner))
}

fn value<'q>(query: &'q str, key: &str) -> Option<&'q str> {
    query.split('&').find_map(|pair| {
        pair.split_once('=').filter(|(name, _)| *name == key).map(|(_, value)| value)
    })
}

/// Without the mark by which the redirector follows who clicked.
fn without_click_id(url: &str) -> String {
    let Some((page, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let (query, fragment) =
        query.split_once('#').map_or((query, None), |(query, fragment)| (query, Some(fragment)));
    let kept: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("fbclid=")).collect();
    let mut out = page.to_owned();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

/// Host in lower case without `www.`, and what follows its slash; the scheme may be missing.
pub(super) fn split(text: &str) -> Option<(String, &str)> {
    let rest = strip_prefix_fold(text, "https://")
        .or_else(|| strip_prefix_fold(text, "http://"))
        .unwrap_or(text);
    let (host, path) =
        rest.split_once('/').or_else(|| rest.find('?').map(|at| (&rest[..at], &rest[at..])))?;
    let plain = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").map(str::to_owned).unwrap_or(host);
    plain.then(|| (host, path.trim_start_matches('/')))
}

/// A path up to its query or fragment, without a slash at its end.
pub(super) fn without_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}

/// Percent-encoded for use after a host.
pub(super) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}
