//! HTTP: a request and the state of the moment → an answer. Renders what is asked for, keeps nothing.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State as Extract};
use axum::http::header::{ALLOW, HOST};
use axum::http::{Method, Response, StatusCode};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use percent_encoding::percent_decode_str;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::response::{self, Asked};
use super::snapshot::{self, Found, Snapshot};
use super::state::State;
use super::{edit_links, host};
use crate::diagnostic::print::{self, Choice};
use crate::output::mime;
use crate::render::plan::Output;

/// What the preview has for itself, beside every site.
const OWN: &str = "/__offprint/";
/// Put before `</body>` of every page; all there is to tell a preview from a build.
pub(super) const SCRIPT: &str = "<script src=\"/__offprint/client.js\" defer></script>";
const CLIENT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("stream.js"),
    include_str!("client.js"),
    "})();\n"
);
const WORKER: &str =
    concat!("\"use strict\";\n", include_str!("stream.js"), include_str!("worker.js"));
/// How often a listener is told that the server is there: a page takes a longer silence for a dead connection.
const BEAT: Duration = Duration::from_secs(5);

/// What every request needs.
#[derive(Debug, Clone)]
pub(super) struct App {
    states: Receiver<Arc<State>>,
    host: Arc<str>,
}

impl App {
    /// Answers from the states that a channel brings, asked for by this host's name.
    pub(super) fn new(states: Receiver<Arc<State>>, host: &str) -> Self {
        Self { states, host: host.into() }
    }

    fn state(&self) -> Arc<State> {
        Arc::clone(&self.states.borrow())
    }
}

/// Answers everyone who connects.
pub(super) async fn run(listener: tokio::net::TcpListener, app: App) -> std::io::Result<()> {
    axum::serve(listener, axum::Router::new().fallback(handle).with_state(app)).await
}

async fn handle(Extract(app): Extract<App>, request: Request) -> Response<Body> {
    let asked = Asked::of(request.method(), request.headers());
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !host::is_ours(named, &app.host) {
        let message = format!(
            "This preview does not answer to the name \"{named}\". To serve it under that name: offprint serve --host {named}"
        );
        return response::text(&asked, StatusCode::FORBIDDEN, &message);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return response::empty(StatusCode::METHOD_NOT_ALLOWED, &[(ALLOW, "GET, HEAD")]);
    }
    let (path, query) =
        (request.uri().path().to_owned(), request.uri().query().unwrap_or_default().to_owned());
    if path == "/__offprint/events" {
        return events(&app);
    }
    // Rendering takes milliseconds and reading a file may take longer: neither may hold up others.
    let work = tokio::task::spawn_blocking(move || respond(&app.state(), &asked, (&path, &query)));
    work.await.unwrap_or_else(|_| response::empty(StatusCode::INTERNAL_SERVER_ERROR, &[]))
}

/// The state now, and again whenever it changes; slow listeners skip to the newest.
fn events(app: &App) -> Response<Body> {
    let server = std::process::id();
    let stream = WatchStream::new(app.states.clone())
        .map(move |state| Ok::<_, Infallible>(Event::default().data(state.message(server))));
    let beat = KeepAlive::new().interval(BEAT).event(Event::default().event("beat").data(""));
    Sse::new(stream).keep_alive(beat).into_response()
}

fn respond(state: &State, asked: &Asked, (path, query): (&str, &str)) -> Response<Body> {
    if let Some(own) = path.strip_prefix(OWN) {
        return respond_own(state, asked, own, query);
    }
    let Some(snapshot) = &state.snapshot else { return waiting(state, asked) };
    let base = snapshot.project.config.base_url.path();
    match below(base, path) {
        Below::Path(below) => respond_path(snapshot, asked, (path, query), &below),
        Below::Base => response::redirect(StatusCode::MOVED_PERMANENTLY, base),
        Below::Root => response::redirect(StatusCode::FOUND, base),
        Below::Outside => not_found(snapshot, asked),
    }
}

fn respond_own(state: &State, asked: &Asked, own: &str, query: &str) -> Response<Body> {
    match (own, &state.snapshot) {
        ("client.js", _) => response::bytes(asked, StatusCode::OK, mime::of(".js"), CLIENT.into()),
        ("worker.js", _) => response::bytes(asked, StatusCode::OK, mime::of(".js"), WORKER.into()),
        ("page", Some(snapshot)) => {
            let path = query.strip_prefix("path=").unwrap_or_default();
            // Encoded once by the script, and once as addresses are.
            let path = percent_decode_str(path).decode_utf8_lossy();
            let found = match below(snapshot.project.config.base_url.path(), &path) {
                Below::Path(path) => snapshot.find(&path),
                _ => Found::Nothing,
            };
            let links = edit_links::of(snapshot, &found).to_string();
            response::bytes(asked, StatusCode::OK, mime::of(".json"), links.into_bytes())
        }
        _ => response::text(asked, StatusCode::NOT_FOUND, "There is nothing here."),
    }
}

/// Where an address is, seen from the site.
#[derive(Debug, PartialEq, Eq)]
enum Below {
    /// Below its root, decoded.
    Path(String),
    /// Its root without the slash.
    Base,
    /// The server's root, above the site's.
    Root,
    /// Elsewhere.
    Outside,
}

fn below(base: &str, path: &str) -> Below {
    let (Ok(base), Ok(path)) = (decoded(base), decoded(path)) else { return Below::Outside };
    match path.strip_prefix(&base) {
        Some(below) => Below::Path(below.to_owned()),
        None if path == "/" => Below::Root,
        None if format!("{path}/") == base => Below::Base,
        None => Below::Outside,
    }
}

fn decoded(path: &str) -> Result<String, std::str::Utf8Error> {
    percent_decode_str(path).decode_utf8().map(std::borrow::Cow::into_owned)
}

fn respond_path(
    snapshot: &Snapshot,
    asked: &Asked,
    (path, query): (&str, &str),
    below: &str,
) -> Response<Body> {
    match snapshot.find(below) {
        Found::Output(output) => respond_output(snapshot, asked, &output, StatusCode::OK),
        Found::Folder => {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            response::redirect(StatusCode::MOVED_PERMANENTLY, &format!("{path}/{query}"))
        }
        Found::Nothing => not_found(snapshot, asked),
    }
}

fn not_found(snapshot: &Snapshot, asked: &Asked) -> Response<Body> {
    match snapshot.find("404.html") {
        Found::Output(output) => respond_output(snapshot, asked, &output, StatusCode::NOT_FOUND),
        _ => response::text(asked, StatusCode::NOT_FOUND, "There is no such page."),
    }
}

fn respond_output(
    snapshot: &Snapshot,
    asked: &Asked,
    output: &Output,
    status: StatusCode,
) -> Response<Body> {
    let file = output.file();
    let kind = mime::of(&file);
    match snapshot.render(output) {
        Ok(snapshot::Body::Bytes(bytes)) if kind.starts_with("text/html") => {
            response::bytes(asked, status, kind, inject(bytes))
        }
        Ok(snapshot::Body::Bytes(bytes)) => response::bytes(asked, status, kind, bytes),
        Ok(snapshot::Body::File(path)) => {
            response::file(asked, kind, &path).unwrap_or_else(|_| not_found(snapshot, asked))
        }
        Ok(snapshot::Body::Forbidden) => not_found(snapshot, asked),
        Err(findings) => broken(
            asked,
            StatusCode::INTERNAL_SERVER_ERROR,
            &print::text(&findings, &Choice::default()),
        ),
    }
}

/// There never was a good site: what is wrong, and a script that waits for it to be put right.
fn waiting(state: &State, asked: &Asked) -> Response<Body> {
    broken(
        asked,
        StatusCode::SERVICE_UNAVAILABLE,
        state.errors.as_deref().unwrap_or("The site is being read."),
    )
}

fn broken(asked: &Asked, status: StatusCode, text: &str) -> Response<Body> {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Errors</title>\n<body>\n<main>\n<pre style=\"white-space:pre-wrap\">{text}</pre>\n</main>\n{SCRIPT}</body>\n</html>\n"
    );
    response::bytes(asked, status, mime::of(".html"), page.into_bytes())
}

/// Puts the script before the end of the body, or at the end where there is none.
fn inject(mut page: Vec<u8>) -> Vec<u8> {
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|window| window == end).unwrap_or(page.len());
    page.splice(at..at, SCRIPT.bytes());
    page
}

#[cfg(test)]
mod tests {
    use super::{Below, SCRIPT, below, inject};

    #[test]
    fn paths_are_seen_from_the_site() {
        assert_eq!(below("/notes/", "/notes/2025/"), Below::Path("2025/".into()));
        assert_eq!(
            below("/notes/", "/notes/tags/%ED%99%95%EC%82%B0/"),
            Below::Path("tags/확산/".into())
        );
        assert_eq!(below("/%EB%85%BC%EB%AC%B8/", "/%eb%85%bc%eb%ac%b8/a"), Below::Path("a".into()));
        assert_eq!(below("/notes/", "/notes"), Below::Base);
        assert_eq!(below("/notes/", "/"), Below::Root);
        assert_eq!(below("/", "/"), Below::Path(String::new()));
        assert_eq!(below("/notes/", "/other/"), Below::Outside);
        assert_eq!(below("/notes/", "/notes/%ff"), Below::Outside);
    }

    #[test]
    fn the_script_stands_before_the_last_end_of_a_body() {
        let page = inject(b"<body><pre>&lt;/body></pre></body></html>".to_vec());
        assert_eq!(
            String::from_utf8(page).unwrap(),
            format!("<body><pre>&lt;/body></pre>{SCRIPT}</body></html>")
        );
        assert_eq!(inject(b"plain".to_vec()), format!("plain{SCRIPT}").into_bytes());
    }
}
