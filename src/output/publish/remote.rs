//! A remote and the address at which its host shows a branch as a site. No network is asked.

use std::fmt;

use crate::model::route::BaseUrl;

/// A remote of the user's repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// Its name, or its address where it has none.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The same as the user wrote it, where git was told to go elsewhere (`insteadOf`).
    pub written: String,
}

impl Remote {
    /// Whether it is on GitHub, whose limits are known.
    pub fn is_github(&self) -> bool {
        [&self.url, &self.written]
            .iter()
            .any(|url| parts(url).is_some_and(|parts| is_github(parts.host)))
    }

    /// Where its host shows the site.
    pub fn address(&self) -> Option<BaseUrl> {
        pages_address(&self.url).or_else(|| pages_address(&self.written))
    }
}

/// `origin (git@github.com:me/notes.git)`, without passwords.
impl fmt::Display for Remote {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = match self.url.split_once("://") {
            Some((scheme, rest)) => {
                let host = rest.find('/').unwrap_or(rest.len());
                let from = rest[..host].rfind('@').map_or(0, |at| at + 1);
                format!("{scheme}://{}", &rest[from..])
            }
            None => self.url.clone(),
        };
        if self.name == self.url {
            write!(out, "{url}")
        } else {
            write!(out, "`{}` ({url})", self.name)
        }
    }
}

/// What an address of a repository says: `git@github.com:me/notes.git` is host, owner and name.
struct Parts<'u> {
    host: &'u str,
    owner: &'u str,
    name: &'u str,
}

/// Both forms: with a scheme, and as `ssh` writes it.
fn parts(url: &str) -> Option<Parts<'_>> {
    let (host, path) = match url.split_once("://") {
        Some(("https" | "http" | "ssh" | "git" | "git+ssh", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        None => url.split_once(':')?,
    };
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?;
    let path = path.trim_matches('/');
    let (owner, name) = path.split_once('/')?;
    let name = name.strip_suffix(".git").unwrap_or(name);
    (host.contains('.') && is_plain(owner) && is_plain(name)).then_some(Parts { host, owner, name })
}

fn is_plain(part: &str) -> bool {
    !part.is_empty() && !part.contains('/')
}

fn is_github(host: &str) -> bool {
    ["github.com", "www.github.com", "ssh.github.com"]
        .iter()
        .any(|known| host.eq_ignore_ascii_case(known))
}

/// The address of the site of a repository on GitHub or Codeberg; other hosts do not tell.
pub fn pages_address(url: &str) -> Option<BaseUrl> {
    let Parts { host, owner, name } = parts(url)?;
    let owner = owner.to_lowercase();
    let (domain, whole) = if is_github(host) {
        let domain = format!("{owner}.github.io");
        let whole = name.eq_ignore_ascii_case(&domain);
        (domain, whole)
    } else if host.eq_ignore_ascii_case("codeberg.org") {
        (format!("{owner}.codeberg.page"), name == "pages")
    } else {
        return None;
    };
    let path = if whole { String::new() } else { format!("{name}/") };
    BaseUrl::parse(&format!("https://{domain}/{path}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str) -> Option<String> {
        pages_address(url).map(|address| address.absolute(""))
    }

    #[test]
    fn addresses_are_told_from_remotes() {
        let notes = Some("https://me.github.io/Notes/".to_owned());
        for url in [
            "https://github.com/me/Notes.git",
            "https://github.com/Me/Notes/",
            "https://me:secret@github.com/me/Notes",
            "git@github.com:me/Notes.git",
            "github.com:me/Notes",
            "ssh://git@github.com/me/Notes.git",
            "ssh://git@ssh.github.com:443/me/Notes.git",
            "git://www.github.com/me/Notes.git",
        ] {
            assert_eq!(address(url), notes, "{url}");
        }
        for url in ["git@github.com:Me/me.github.io.git", "https://github.com/me/Me.GitHub.io"] {
            assert_eq!(address(url).as_deref(), Some("https://me.github.io/"), "{url}");
        }
        assert_eq!(
            address("https://codeberg.org/me/notes.git").as_deref(),
            Some("https://me.codeberg.page/notes/")
        );
        assert_eq!(
            address("https://codeberg.org/me/pages.git").as_deref(),
            Some("https://me.codeberg.page/")
        );
    }

    #[test]
    fn other_remotes_tell_no_address() {
        for url in [
            "/srv/git/notes.git",
            "../notes.git",
            "file:///srv/git/notes.git",
            "https://git.example.org/me/notes.git",
            "https://github.com/me",
            "https://github.com/me/group/notes",
            "C:/repositories/notes",
            "",
        ] {
            assert_eq!(address(url), None, "{url}");
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        assert_eq!(
            remote("origin", "https://me:secret@github.com/me/notes"),
            "`origin` (https://github.com/me/notes)"
        );
        assert_eq!(
            remote("origin", "git@github.com:me/notes.git"),
            "`origin` (git@github.com:me/notes.git)"
        );
        let url = "https://token@example.org/a@b.git";
        assert_eq!(remote(url, url), "https://example.org/a@b.git");
    }

    fn remote(name: &str, url: &str) -> String {
        Remote { name: name.into(), url: url.into(), written: url.into() }.to_string()
    }
}
