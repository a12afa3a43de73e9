//! Bytes and files → HTTP answers: validators, ranges, HEAD. Knows nothing of sites.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, Method, Response, StatusCode};
use camino::Utf8Path;
use xxhash_rust::xxh3::xxh3_128;

/// What is needed of a request.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Whether only the head is wanted.
    pub(super) head: bool,
    if_none_match: Option<String>,
    if_range: Option<String>,
    range: Option<String>,
}

impl Asked {
    /// Reads off what matters.
    pub(super) fn of(method: &Method, headers: &HeaderMap) -> Self {
        let text = |name: HeaderName| {
            headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        Self {
            head: *method == Method::HEAD,
            if_none_match: text(IF_NONE_MATCH),
            if_range: text(IF_RANGE),
            range: text(RANGE),
        }
    }

    fn has(&self, tag: &str) -> bool {
        self.if_none_match.as_deref().is_some_and(|known| {
            known
                .split(',')
                .map(str::trim)
                .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
        })
    }

    /// The part asked for of so many bytes: all, some, or none that exists.
    fn part(&self, tag: &str, length: u64) -> Result<Option<Range<u64>>, ()> {
        let Some(range) = self.range.as_deref().and_then(|range| range.strip_prefix("bytes="))
        else {
            return Ok(None);
        };
        if self.if_range.as_deref().is_some_and(|known| known != tag) || range.contains(',') {
            return Ok(None);
        }
        let Some((first, last)) = range.trim().split_once('-') else { return Ok(None) };
        let part = match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
            (Some(first), Some(last)) if first <= last => first..length.min(last.saturating_add(1)),
            (Some(first), None) if last.is_empty() => first..length,
            (None, Some(count)) if first.is_empty() => length.saturating_sub(count)..length,
            _ => return Ok(None),
        };
        if part.start < part.end { Ok(Some(part)) } else { Err(()) }
    }
}

/// Bytes with their type.
pub(super) fn bytes(
    asked: &Asked,
    status: StatusCode,
    kind: &str,
    content: Vec<u8>,
) -> Response<Body> {
    let tag = format!("\"{:032x}\"", xxh3_128(&content));
    if status != StatusCode::OK {
        return full(asked, status, (kind, &tag), content);
    }
    if asked.has(&tag) {
        return empty(StatusCode::NOT_MODIFIED, &[(ETAG, &tag), (CACHE_CONTROL, "no-cache")]);
    }
    match asked.part(&tag, content.len() as u64) {
        Ok(None) => full(asked, status, (kind, &tag), content),
        Ok(Some(part)) => {
            let slice =
                content.get(part.start as usize..part.end as usize).unwrap_or_default().to_vec();
            partial(asked, (kind, &tag), (part, content.len() as u64), slice)
        }
        Err(()) => unsatisfiable(content.len() as u64),
    }
}

/// A file with its type; only the part asked for is read.
pub(super) fn file(asked: &Asked, kind: &str, path: &Utf8Path) -> std::io::Result<Response<Body>> {
    let mut file = std::fs::File::open(path)?;
    let about = file.metadata()?;
    let length = about.len();
    let modified =
        about.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let tag = format!("\"{length:x}-{:x}\"", modified.map_or(0, |time| time.as_nanos()));
    if asked.has(&tag) {
        return Ok(empty(StatusCode::NOT_MODIFIED, &[(ETAG, &tag), (CACHE_CONTROL, "no-cache")]));
    }
    let mut content = Vec::new();
    match asked.part(&tag, length) {
        Ok(None) => {
            file.read_to_end(&mut content)?;
            Ok(full(asked, StatusCode::OK, (kind, &tag), content))
        }
        Ok(Some(part)) => {
            file.seek(SeekFrom::Start(part.start))?;
            file.take(part.end - part.start).read_to_end(&mut content)?;
            Ok(partial(asked, (kind, &tag), (part, length), content))
        }
        Err(()) => Ok(unsatisfiable(length)),
    }
}

/// Leads elsewhere; `location` is encoded.
pub(super) fn redirect(status: StatusCode, location: &str) -> Response<Body> {
    empty(status, &[(LOCATION, location), (CACHE_CONTROL, "no-cache")])
}

/// A few words.
pub(super) fn text(asked: &Asked, status: StatusCode, text: &str) -> Response<Body> {
    bytes(asked, status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode, headers: &[(HeaderName, &str)]) -> Response<Body> {
    headers
        .iter()
        .fold(Response::builder().status(status), |answer, (name, value)| {
            answer.header(name, *value)
        })
        .body(Body::empty())
        .unwrap_or_default()
}

fn full(
    asked: &Asked,
    status: StatusCode,
    (kind, tag): (&str, &str),
    content: Vec<u8>,
) -> Response<Body> {
    with_body(asked, status, &[(CONTENT_TYPE, kind), (ETAG, tag)], content)
}

fn partial(
    asked: &Asked,
    (kind, tag): (&str, &str),
    (part, length): (Range<u64>, u64),
    content: Vec<u8>,
) -> Response<Body> {
    let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
    with_body(
        asked,
        StatusCode::PARTIAL_CONTENT,
        &[(CONTENT_TYPE, kind), (ETAG, tag), (CONTENT_RANGE, &range)],
        content,
    )
}

fn unsatisfiable(length: u64) -> Response<Body> {
    empty(StatusCode::RANGE_NOT_SATISFIABLE, &[(CONTENT_RANGE, &format!("bytes */{length}"))])
}

fn with_body(
    asked: &Asked,
    status: StatusCode,
    headers: &[(HeaderName, &str)],
    content: Vec<u8>,
) -> Response<Body> {
    let always = [
        (CACHE_CONTROL, "no-cache"),
        (ACCEPT_RANGES, "bytes"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut answer = Response::builder().status(status).header(CONTENT_LENGTH, content.len());
    for (name, value) in headers.iter().chain(&always) {
        answer = answer.header(name, *value);
    }
    let body = if asked.head { Body::empty() } else { Body::from(content) };
    answer.body(body).unwrap_or_default()
}
