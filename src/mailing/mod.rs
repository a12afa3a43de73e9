//! A mail of the site on its way to readers: addressed, written as a message, sent once to each, and remembered.
//!
//! Knows no Site: what the mail says was made before. Only [`crate::system::smtp`] speaks to a server.

mod message;
mod readers;
mod sent;

pub use message::{Sender, message};
pub use readers::readers;
pub use sent::{FILE, Sent};

use crate::config::Mailbox;
use crate::render::Mail;
use crate::system::smtp::{Failure, Server};

/// What came of sending.
#[derive(Debug, Default)]
pub struct Sending {
    /// How many got the mail now.
    pub sent: usize,
    /// How many had it before.
    pub before: usize,
    /// Who could not get it, and why.
    pub failed: Vec<(String, String)>,
    /// Why nothing more was sent; the rest of the readers have not been tried.
    pub stopped: Option<String>,
}

/// Sends a mail to each of some readers who has not got it; to all with `again`.
pub fn send(
    mail: &Mail,
    sender: &Sender<'_>,
    readers: &[Mailbox],
    sent: &mut Sent,
    (server, again): (&Server, bool),
) -> Sending {
    let mut sending = Sending::default();
    let connection = match server.connect() {
        Ok(connection) => connection,
        Err(why) => return Sending { stopped: Some(why), ..sending },
    };
    for reader in readers {
        if !again && sent.has(&mail.name, &reader.address) {
            sending.before += 1;
            continue;
        }
        let message = message(mail, sender, Some(reader));
        match connection.send(&sender.from().address, &reader.address, &message) {
            Ok(()) => {
                sending.sent += 1;
                // Who was not remembered would get it twice.
                if let Err(why) = sent.add(&mail.name, &reader.address) {
                    sending.stopped = Some(why);
                    break;
                }
            }
            Err(Failure::Refused(why)) => sending.failed.push((reader.address.clone(), why)),
            Err(Failure::Down(why)) => {
                sending.stopped = Some(why);
                break;
            }
        }
    }
    sending
}
