//! SMTP: hands messages to a server of mail. A message and addresses go in; nothing, or why it was not taken, comes out.
//!
//! The feature `mail` brings it along; a program without it says so. Knows no site and no reader.

/// How a connection is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privacy {
    /// After a greeting.
    StartTls,
    /// From the start.
    Tls,
    /// Not at all.
    None,
}

/// A server of mail.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port; 0 for the usual one.
    pub port: u16,
    /// How the connection is kept private.
    pub privacy: Privacy,
    /// Who sends, and the password; nothing where the server asks nobody.
    pub login: Option<(String, String)>,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server does not take it for this reader, now or ever.
    Refused(String),
    /// Nothing can be sent at all.
    Down(String),
}

/// Whether this program can send.
pub const IS_BUILT: bool = cfg!(feature = "mail");

/// A server that was found.
#[derive(Debug)]
pub struct Connection {
    #[cfg(feature = "mail")]
    transport: lettre::SmtpTransport,
}

#[cfg(not(feature = "mail"))]
impl Server {
    /// Says that this program cannot.
    pub fn connect(&self) -> Result<Connection, String> {
        Err("this program was built without `mail`".to_owned())
    }
}

#[cfg(not(feature = "mail"))]
impl Connection {
    /// Says that this program cannot.
    pub fn send(&self, _from: &str, _to: &str, _message: &[u8]) -> Result<(), Failure> {
        Err(Failure::Down("this program was built without `mail`".to_owned()))
    }
}

#[cfg(feature = "mail")]
mod built {
    use std::time::Duration;

    use lettre::Transport as _;
    use lettre::address::{Address, Envelope};
    use lettre::transport::smtp::authentication::Credentials;
    use lettre::transport::smtp::client::{Tls, TlsParameters};
    use lettre::transport::smtp::{Error, PoolConfig, SmtpTransport};

    use super::{Connection, Failure, Privacy, Server};

    /// How long a server may take for an answer.
    const PATIENCE: Duration = Duration::from_mins(1);

    impl Server {
        /// Finds out how to speak to it; the connection itself is made by the first message.
        pub fn connect(&self) -> Result<Connection, String> {
            let (tls, usual) = match self.privacy {
                Privacy::StartTls => (Tls::Required(self.private()?), 587),
                Privacy::Tls => (Tls::Wrapper(self.private()?), 465),
                Privacy::None => (Tls::None, 25),
            };
            let port = if self.port == 0 { usual } else { self.port };
            let mut builder = SmtpTransport::builder_dangerous(self.host.clone())
                .port(port)
                .tls(tls)
                .timeout(Some(PATIENCE))
                .pool_config(PoolConfig::new().max_size(1));
            if let Some((user, password)) = &self.login {
                builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
            }
            Ok(Connection { transport: builder.build() })
        }

        fn private(&self) -> Result<TlsParameters, String> {
            TlsParameters::new(self.host.clone())
                .map_err(|error| format!("{}: {}", self.host, whole(&error)))
        }
    }

    impl Connection {
        /// Hands over a message for one reader.
        pub fn send(&self, from: &str, to: &str, message: &[u8]) -> Result<(), Failure> {
            let from = from
                .parse::<Address>()
                .map_err(|error| Failure::Down(format!("{from}: {error}")))?;
            let to = to.parse::<Address>().map_err(|error| Failure::Refused(error.to_string()))?;
            let envelope = Envelope::new(Some(from), vec![to])
                .map_err(|error| Failure::Down(error.to_string()))?;
            match self.transport.send_raw(&envelope, message) {
                Ok(_) => Ok(()),
                Err(error) if is_of_reader(&error) => Err(Failure::Refused(whole(&error))),
                Err(error) => Err(Failure::Down(whole(&error))),
            }
        }
    }

    /// Whether an answer is about one reader, and the next may get the mail: a mailbox that is full, unknown or moved.
    fn is_of_reader(error: &Error) -> bool {
        let code = error.status().map(u16::from);
        code.is_some_and(|code| matches!(code, 450..=452 | 550..=554))
    }

    /// An error with its causes.
    fn whole(error: &Error) -> String {
        let mut said = error.to_string();
        let mut cause = std::error::Error::source(error);
        while let Some(error) = cause {
            let more = error.to_string();
            if !said.contains(&more) {
                said = format!("{said}: {more}");
            }
            cause = error.source();
        }
        said
    }
}
