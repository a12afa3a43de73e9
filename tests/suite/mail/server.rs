//! A server of mail on this machine: speaks SMTP as RFC 5321 has it, and keeps what it takes.

use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it answers to `RCPT TO` for an address.
pub(super) type Answer = fn(&str, usize) -> &'static str;

/// A message that was taken.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) bytes: Vec<u8>,
    /// Who said who they are, as the server heard it.
    pub(super) login: Option<String>,
}

pub(super) struct Server {
    pub(super) port: u16,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Server {
    /// Asks for this login, if any (`AUTH PLAIN`, as base64), and answers to each reader as it is told: a code and a word, or
    /// nothing to end the connection.
    pub(super) fn new(login: Option<&'static str>, answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken: Arc<Mutex<Vec<Taken>>> = Arc::default();
        let kept = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || talk(stream, login, answer, &kept));
            }
        });
        Self { port, taken }
    }

    pub(super) fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

fn talk(
    stream: TcpStream,
    wanted: Option<&str>,
    answer: Answer,
    kept: &Mutex<Vec<Taken>>,
) -> Option<()> {
    let mut write = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream);
    let mut say = |line: &str| write.write_all(format!("{line}\r\n").as_bytes()).ok();
    let (mut from, mut to, mut login) = (String::new(), String::new(), None);
    say("220 here ESMTP")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        let address = || {
            line.split_once('<')
                .and_then(|(_, rest)| rest.split_once('>'))
                .map(|(address, _)| address.to_owned())
        };
        match line.get(..4).unwrap_or(line).to_ascii_uppercase().as_str() {
            "EHLO" => {
                say("250-here")?;
                say(if wanted.is_some() { "250 AUTH PLAIN" } else { "250 8BITMIME" })?;
            }
            "AUTH" => {
                let said = line.rsplit(' ').next()?.to_owned();
                if Some(said.as_str()) != wanted {
                    say("535 no such login")?;
                    continue;
                }
                login = Some(said);
                say("235 welcome")?;
            }
            "MAIL" if wanted.is_some() && login.is_none() => say("530 who are you")?,
            "MAIL" => {
                from = address()?;
                say("250 ok")?;
            }
            "RCPT" => {
                to = address()?;
                let said = answer(&to, kept.lock().ok()?.len());
                if said.is_empty() {
                    return None;
                }
                say(said)?;
            }
            "DATA" => {
                say("354 go on")?;
                let bytes = data(&mut lines)?;
                let taken =
                    Taken { from: from.clone(), to: to.clone(), bytes, login: login.clone() };
                kept.lock().ok()?.push(taken);
                say("250 taken")?;
            }
            "QUIT" => {
                say("221 bye")?;
                return None;
            }
            _ => say("250 ok")?,
        }
    }
}

/// A message, up to the line with a dot alone.
fn data(lines: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        lines.read_until(b'\n', &mut line).ok()?;
        if line == b".\r\n" {
            return Some(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
