//! A mail as the bytes of a message (RFC 5322, MIME). The same mail to the same reader is the same bytes.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::url::URL;
use mail_builder::mime::MimePart;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use xxhash_rust::xxh3::xxh3_64;

use crate::config::{ADDRESS, Config, Mail as Settings, Mailbox};
use crate::render::{Mail, PLACE};

/// Who sends, and from which site.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'c> {
    config: &'c Config,
}

impl<'c> Sender<'c> {
    /// The site of a config.
    pub fn of(config: &'c Config) -> Self {
        Self { config }
    }

    fn settings(self) -> &'c Settings {
        &self.config.mail
    }

    /// Whom mails are from: as config.toml says, else the author of the site, else the site itself.
    pub fn from(self) -> Mailbox {
        let from = &self.settings().from;
        if !from.is_empty() {
            return from.clone();
        }
        let author = &self.config.author;
        if let Ok(known) = Mailbox::parse(&author.email) {
            return Mailbox { name: author.name.clone(), ..known };
        }
        let name = self.config.title.get(self.config.lang()).unwrap_or_default().to_owned();
        Mailbox { name, address: format!("newsletter@{}", self.host()) }
    }

    /// Whether somebody said whom mails are from.
    pub fn is_known(self) -> bool {
        !self.settings().from.is_empty() || Mailbox::parse(&self.config.author.email).is_ok()
    }

    /// The host of the site, without its port.
    fn host(self) -> &'c str {
        let host = self.config.base_url.origin().split("//").nth(1).unwrap_or("localhost");
        host.split(':').next().unwrap_or(host)
    }

    /// The id of a mail, which no other mail of any site has.
    fn id(self, mail: &Mail) -> String {
        let path = self.config.base_url.href("");
        let path = path.trim_matches('/').replace('/', "-");
        let path: String =
            path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let below = if path.is_empty() { String::new() } else { format!(".{path}") };
        format!("{}{below}@{}", mail.name, self.host())
    }
}

/// The bytes of a mail to a reader, or to whoever the config names.
pub fn message(mail: &Mail, sender: &Sender<'_>, reader: Option<&Mailbox>) -> Vec<u8> {
    let settings = sender.settings();
    let address = reader.filter(|reader| **reader != settings.to).map(|reader| &reader.address);
    let own = address.map(|address| utf8_percent_encode(address, NON_ALPHANUMERIC).to_string());
    let own = own.unwrap_or_default();
    let [text, html] = [&mail.text, &mail.html].map(|body| body.replace(PLACE, &own));
    let mut message = MessageBuilder::new()
        .from(boxed(&sender.from()))
        .subject(mail.subject.as_str())
        .date(mail.time.as_second())
        .message_id(sender.id(mail));
    let to = reader.or(Some(&settings.to)).filter(|to| !to.is_empty());
    message = match to {
        Some(to) => message.to(boxed(to)),
        None => message.header("To", Raw::new("undisclosed-recipients:;")),
    };
    if !settings.reply_to.is_empty() {
        message = message.reply_to(boxed(&settings.reply_to));
    }
    if !settings.list_id.is_empty() {
        message = message.header("List-Id", Raw::new(format!("<{}>", settings.list_id)));
    }
    if !settings.unsubscribe.is_empty() {
        let ways = settings.unsubscribe.iter().map(|way| way.replace(ADDRESS, &own));
        message = message.header("List-Unsubscribe", URL::new_list(ways));
    }
    if settings.one_click {
        let one_click = Raw::new("List-Unsubscribe=One-Click");
        message = message.header("List-Unsubscribe-Post", one_click);
    }
    message = message.header("Content-Language", Raw::new(mail.lang.as_str().to_owned()));
    let parts = vec![part("text/plain", text), part("text/html", html)];
    let boundary = boundary(mail);
    let alternative = ContentType::new("multipart/alternative").attribute("boundary", boundary);
    let message = message.body(MimePart::new(alternative, parts));
    // Writing to memory does not fail.
    message.write_to_vec().unwrap_or_default()
}

fn part<'p>(kind: &'static str, body: String) -> MimePart<'p> {
    MimePart::new(ContentType::new(kind).attribute("charset", "utf-8"), body)
}

fn boxed(of: &Mailbox) -> Address<'static> {
    let name = Some(of.name.clone()).filter(|name| !name.is_empty());
    Address::new_address(name, of.address.clone())
}

/// What parts the bodies: a line that none of them has.
fn boundary(mail: &Mail) -> String {
    format!(
        "offprint-{:016x}-{:016x}",
        xxh3_64(mail.text.as_bytes()),
        xxh3_64(mail.html.as_bytes())
    )
}
