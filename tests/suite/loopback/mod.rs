//! A web server on this machine for tests: answers as a test says, and remembers what it was asked.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server does when it is asked.
pub(crate) enum Reply {
    /// Status, more headers (each ending in `\r\n`), and body.
    Answer(u16, &'static str, String),
    /// Nothing, for as long as the asker waits.
    Silence,
    /// A body that is said to be longer than it is, and then the connection ends.
    Half(String),
}

/// A server that ends with the test.
pub(crate) struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers every question; it is handed the request line's method and path, and how many came before.
    pub(crate) fn new(answer: impl Fn(&str, &str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &log, answer.as_ref()));
            }
        });
        Self { port, asked }
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `METHOD /path` of every question so far, in the order of arrival.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The address of a port where nobody listens.
pub(crate) fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    answer: &dyn Fn(&str, &str, usize) -> Reply,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    lines.by_ref().take_while(|line| !line.is_empty()).for_each(drop);
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let before = {
        let mut log = log.lock().unwrap();
        log.push(format!("{method} {path}"));
        log.len() - 1
    };
    let head = |status: u16, more: &str, length: usize| {
        format!(
            "HTTP/1.1 {status} Said\r\nconnection: close\r\ncontent-length: {length}\r\n{more}\r\n"
        )
    };
    // Whoever asked may have gone away: that is what some tests are about.
    let _ = match answer(method, path, before) {
        Reply::Answer(status, more, body) => {
            let sent = if method == "HEAD" { "" } else { &body };
            stream.write_all((head(status, more, body.len()) + sent).as_bytes())
        }
        Reply::Half(body) => {
            stream.write_all((head(200, "", body.len() + 1000) + &body).as_bytes())
        }
        // Reading ends when the other side gives up.
        Reply::Silence => {
            lines.for_each(drop);
            Ok(())
        }
    };
}
