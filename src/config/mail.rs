//! `[mail]`: how a digest is sent as a newsletter, and by which server.

use std::fmt;

use super::Fields;
use crate::diagnostic::{Code, Finding};

/// What stands for a reader's own address in the addresses of `unsubscribe`.
pub const ADDRESS: &str = "{address}";

/// An address of mail, with a name or without.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// The name; may be empty.
    pub name: String,
    /// `ada@example.org`
    pub address: String,
}

/// How the connection to a server of mail is kept private.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Security {
    /// It becomes private after a greeting; without that nothing is sent.
    #[default]
    StartTls,
    /// It is private from the start.
    Tls,
    /// It is not: for a server on the same machine.
    None,
}

/// `mail`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// Whom mails are from; empty for the author of the site.
    pub from: Mailbox,
    /// Who gets answers; empty for the former.
    pub reply_to: Mailbox,
    /// The address of a list, which sends to its readers; may be empty.
    pub to: Mailbox,
    /// A file with an address a line, beside config.toml; may be empty.
    pub recipients: String,
    /// Where readers say that they want no more: web addresses and `mailto:`, each with `{address}` for the reader's own.
    pub unsubscribe: Vec<String>,
    /// Whether the first of those takes one click without a question, as RFC 8058 has it.
    pub one_click: bool,
    /// The name of the list in `List-Id`: `notes.example.org`; may be empty.
    pub list_id: String,
    /// The server that takes mails; may be empty.
    pub server: String,
    /// Its port; 0 for the usual one.
    pub port: u16,
    /// How the connection is kept private.
    pub security: Security,
    /// Who sends, as the server knows that; may be empty.
    pub user: String,
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            f.write_str(&self.address)
        } else {
            write!(f, "{} <{}>", self.name, self.address)
        }
    }
}

impl Mailbox {
    /// Reads `ada@example.org` or `Ada Wick <ada@example.org>`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (name.trim().trim_matches('"'), address.trim()),
            None => ("", text),
        };
        // What has no `@` has no name of a reader, and so is refused with the others.
        let (local, host) = address.rsplit_once('@').unwrap_or_default();
        let is_host = !host.is_empty()
            && !host.starts_with(['.', '-'])
            && !host.ends_with(['.', '-'])
            && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
        let is_local = !local.is_empty()
            && local
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let is_name = !name.contains(|c: char| c.is_control() || matches!(c, '<' | '>'));
        let is_short = address.len() <= 254 && local.len() <= 64 && name.len() <= 200;
        (is_host && is_local && is_name && is_short)
            .then(|| Self { name: name.to_owned(), address: address.to_owned() })
            .ok_or_else(|| format!("`{text}` is no address such as `Ada Wick <ada@example.org>`"))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.address.is_empty()
    }
}

impl Mail {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.parsed("from", mailbox, &mut self.from);
        fields.parsed("reply_to", mailbox, &mut self.reply_to);
        fields.parsed("to", mailbox, &mut self.to);
        let place = fields.place();
        fields.string("recipients", &mut self.recipients);
        let unsubscribe = fields.list("unsubscribe", way_out, &mut self.unsubscribe);
        fields.flag("one_click", &mut self.one_click);
        fields.parsed("list_id", list_id, &mut self.list_id);
        fields.parsed("server", host, &mut self.server);
        fields.number_in("port", 0..=65535, &mut self.port);
        let kinds =
            [("starttls", Security::StartTls), ("tls", Security::Tls), ("none", Security::None)];
        fields.choice("security", &kinds, &mut self.security);
        fields.string("user", &mut self.user);
        if !self.to.is_empty() && !self.recipients.is_empty() {
            let message = "`mail` has both `to` and `recipients`";
            let help = "name the address of a list, or a file of readers, and not both";
            fields.push(Finding::new(Code::Config, message).at(place.clone()).help(help));
        }
        let is_web = self.unsubscribe.iter().any(|way| way.starts_with("https://"));
        if self.one_click && !is_web {
            let message =
                "`mail.one_click` needs an address in `mail.unsubscribe` that begins with https://";
            let help = "write unsubscribe = [\"https://…\"], or leave `one_click` out";
            fields.push(
                Finding::new(Code::Config, message).at(unsubscribe.unwrap_or(place)).help(help),
            );
        }
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    if text.is_empty() { Ok(Mailbox::default()) } else { Mailbox::parse(text) }
}

/// `https://…` or `mailto:…`, which stand between angle brackets in a header.
fn way_out(text: &str) -> Result<String, String> {
    let begins = ["https://", "http://", "mailto:"].iter().any(|scheme| text.starts_with(scheme));
    let is_clean = text.is_ascii()
        && !text.contains(|c: char| c.is_ascii_control() || matches!(c, ' ' | '<' | '>' | ','));
    (begins && is_clean).then(|| text.to_owned()).ok_or_else(|| {
        format!("`{text}` is neither an address such as https://example.org/bye nor a `mailto:`")
    })
}

fn list_id(text: &str) -> Result<String, String> {
    let is_good = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    is_good
        .then(|| text.to_owned())
        .ok_or_else(|| format!("`{text}` is no name such as `notes.example.org`"))
}

fn host(text: &str) -> Result<String, String> {
    let is_good = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'));
    is_good
        .then(|| text.to_owned())
        .ok_or_else(|| format!("`{text}` is no name of a server such as `smtp.example.org`"))
}

#[cfg(test)]
mod tests {
    use super::Mailbox;

    #[test]
    fn addresses_are_plain() {
        for (text, name, address) in [
            ("ada@example.org", "", "ada@example.org"),
            ("Ada Wick <ada.wick+x@example.org>", "Ada Wick", "ada.wick+x@example.org"),
            (" \"Wick, Ada\" <a@b.c> ", "Wick, Ada", "a@b.c"),
        ] {
            let box_ = Mailbox::parse(text).unwrap();
            assert_eq!((box_.name.as_str(), box_.address.as_str()), (name, address), "{text}");
        }
        for text in [
            "",
            "ada",
            "@b.c",
            "a@",
            "a b@c.d",
            "a@b.c>",
            "a@b.c\r\nBcc: x@y.z",
            "A\r\nBcc: x <a@b.c>",
            "a..b@c.d",
            "a@b c",
            "a@-b.c",
        ] {
            assert!(Mailbox::parse(text).is_err(), "{text:?}");
        }
    }
}
