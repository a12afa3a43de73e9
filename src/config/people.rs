//! People: `[author.SLUG]` tables of those who wrote papers, and `[[writers]]`, who write the site.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Fields;
use crate::diagnostic::{Code, Finding};
use crate::model::id::is_web_address;
use crate::model::route::slug;
use crate::model::{Translated, author};

/// `[author.SLUG]`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownAuthor {
    /// The key under which the spellings are one; also the address.
    pub slug: String,
    /// The name to show; empty for the commonest spelling.
    pub name: String,
    /// Other names of the same person.
    pub aliases: Vec<String>,
    /// A web page; may be empty.
    pub url: String,
    /// The number without the address; may be empty.
    pub orcid: String,
}

impl KnownAuthor {
    fn read(name: &str, fields: &mut Fields<'_, '_>) -> Self {
        let mut known = Self { slug: author::key(name), ..Self::default() };
        fields.string("name", &mut known.name);
        fields.strings("aliases", &mut known.aliases);
        fields.parsed("url", address, &mut known.url);
        fields.parsed("orcid", orcid, &mut known.orcid);
        known
    }

    /// Addresses of the same person elsewhere.
    pub fn same_as(&self) -> Vec<String> {
        let orcid = Some(&self.orcid).filter(|orcid| !orcid.is_empty());
        let orcid = orcid.map(|orcid| format!("https://orcid.org/{orcid}"));
        let url = Some(self.url.clone()).filter(|url| !url.is_empty());
        url.into_iter().chain(orcid).collect()
    }
}

/// The tables of authors among what is left of `author`, in the order of their slugs.
pub(super) fn authors(fields: &mut Fields<'_, '_>) -> Vec<KnownAuthor> {
    let mut all = Vec::new();
    fields.other_tables(|name, table| all.push(KnownAuthor::read(name, table)));
    all.sort_by(|a, b| a.slug.cmp(&b.slug));
    all
}

/// A person of `[[writers]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writer {
    /// Full name.
    pub name: String,
    /// The last part of the address.
    pub slug: String,
    /// A picture: a path from the root of the site on, or a whole address; may be empty.
    pub picture: String,
    /// A web page; may be empty.
    pub url: String,
    /// A few sentences, plain text.
    pub text: Translated,
    /// Where it stands in config.toml.
    pub span: Range<usize>,
}

/// Those who write the site, in the order written, found by any spelling of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writers {
    all: Vec<Writer>,
    by_key: FxHashMap<String, usize>,
}

impl Writers {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        let mut writer = Writer { span: fields.place(), ..Writer::default() };
        fields.string("name", &mut writer.name);
        fields.string("slug", &mut writer.slug);
        fields.parsed("picture", place, &mut writer.picture);
        fields.parsed("url", address, &mut writer.url);
        fields.translated("text", &mut writer.text);
        let said = if writer.slug.is_empty() { &writer.name } else { &writer.slug };
        writer.slug = slug(said);
        let wrong = if writer.name.trim().is_empty() {
            "a person of `[[writers]]` needs a `name`".to_owned()
        } else if self.all.iter().any(|other| other.slug == writer.slug) {
            format!("two of `[[writers]]` have the address `{}`", writer.slug)
        } else {
            let place = self.all.len();
            for key in [author::key(&writer.name), writer.slug.clone()] {
                self.by_key.entry(key).or_insert(place);
            }
            return self.all.push(writer);
        };
        let help = "write name = \"Ada Wick\", and a `slug` of its own for each";
        fields.push(Finding::new(Code::Config, wrong).at(writer.span).help(help));
    }

    /// All of them.
    pub fn all(&self) -> &[Writer] {
        &self.all
    }

    /// The place of the one of this name or address.
    pub fn place(&self, name: &str) -> Option<usize> {
        if self.all.is_empty() {
            return None;
        }
        self.by_key.get(&author::key(name)).or_else(|| self.by_key.get(name)).copied()
    }

    /// The one of this name or address.
    pub fn named(&self, name: &str) -> Option<&Writer> {
        self.place(name).map(|place| &self.all[place])
    }
}

fn address(text: &str) -> Result<String, String> {
    let is_good = text.is_empty() || is_web_address(text);
    is_good
        .then(|| text.to_owned())
        .ok_or_else(|| format!("`{text}` is not an address such as https://example.org/"))
}

pub(super) fn place(text: &str) -> Result<String, String> {
    let is_path = text.starts_with('/') && !text.starts_with("//");
    if is_path {
        return Ok(text.to_owned());
    }
    address(text).map_err(|_| {
        format!(
            "`{text}` is neither a path such as `/ada.jpg`, from the root of the site on, nor a whole address"
        )
    })
}

/// An ORCID, alone or as an address; its last sign is a sum of the others, so that slips are found.
fn orcid(text: &str) -> Result<String, String> {
    let number = text.trim_start_matches("https://orcid.org/").to_ascii_uppercase();
    let digits: Vec<u32> = number
        .chars()
        .filter(|c| *c != '-')
        .filter_map(|c| if c == 'X' { Some(10) } else { c.to_digit(10) })
        .collect();
    let parted = number.len() == 19 && number.split('-').all(|part| part.len() == 4);
    let is_right = parted && digits.len() == 16 && {
        let sum = digits[..15].iter().fold(0, |sum, digit| (sum + digit) * 2 % 11);
        (12 - sum) % 11 == digits[15]
    };
    is_right
        .then_some(number)
        .ok_or_else(|| format!("`{text}` is not an ORCID such as 0000-0002-1825-0097"))
}

#[cfg(test)]
mod tests {
    use super::orcid;

    #[test]
    fn slips_in_an_orcid_are_found() {
        for right in
            ["0000-0002-1825-0097", "0000-0002-1694-233X", "https://orcid.org/0000-0001-5109-3700"]
        {
            assert!(orcid(right).is_ok(), "{right}");
        }
        for wrong in [
            "0000-0002-1825-0098",
            "0000000218250097",
            "0000-0002-1825-009",
            "é000-0002-1825-0097",
            "",
        ] {
            assert!(orcid(wrong).is_err(), "{wrong}");
        }
    }
}
