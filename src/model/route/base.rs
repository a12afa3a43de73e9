//! The site's address: origin and base path, and how paths below it are written in a page.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

/// Characters that a path segment may not hold as they are.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\'')
    .add(b'&');

/// A path, not yet encoded, as it is written in HTML, feeds and the sitemap; `/` stays.
pub fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Where the site will be: `https://me.github.io/notes/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Understands an absolute `http` or `https` address; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lower = text.to_ascii_lowercase();
        if !lower.starts_with("https://") && !lower.starts_with("http://") {
            return Err(format!(
                "`{text}` does not start with https:// or http://; write a whole address"
            ));
        }
        let url =
            Url::parse(text).map_err(|error| format!("`{text}` is not an address: {error}"))?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!("`{text}` has a query or a fragment"));
        }
        let mut path = url.path().to_owned();
        if !path.ends_with('/') {
            path.push('/');
        }
        Ok(Self { origin: url.origin().ascii_serialization(), path })
    }

    /// Whether it is on one's own machine, as where nobody has said yet where the site will be.
    pub fn is_local(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        let host = host
            .rsplit_once(':')
            .map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
        matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    }

    /// `https://me.github.io`
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// `/notes/`, encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `/notes/2025/03/12/`: what a page writes into `href` for a path below the root, not yet encoded.
    pub fn href(&self, path: &str) -> String {
        let mut href = String::with_capacity(self.path.len() + path.len());
        href.push_str(&self.path);
        href.extend(utf8_percent_encode(path, PATH));
        href
    }

    /// `https://me.github.io/notes/2025/03/12/`
    pub fn absolute(&self, path: &str) -> String {
        let mut absolute = self.origin.clone();
        absolute.push_str(&self.path);
        absolute.extend(utf8_percent_encode(path, PATH));
        absolute
    }
}
