//! Those who write the site, as pages, feeds and JSON-LD name them.

use super::edition::Edition;
use super::views::{AuthorLink, WriterView};
use super::{PageRenderer, collections};
use crate::config::Writer;
use crate::model::{About, keep_first};
use crate::site::{Day, WRITERS};

impl Edition<'_> {
    /// Who wrote the digests of a day, as these say it.
    pub(super) fn names_of_day<'d>(&'d self, day: &'d Day) -> Vec<&'d str> {
        self.names_of(self.site.abouts(day))
    }

    /// Who wrote some documents, each once, as config.toml spells the names.
    pub(super) fn names_of<'d>(&'d self, all: impl Iterator<Item = &'d About>) -> Vec<&'d str> {
        let names = all.flat_map(|about| &about.authors);
        let mut names: Vec<&str> = names.map(|name| self.writer_name(name)).collect();
        keep_first(&mut names, |name| *name);
        names
    }

    /// The name of a writer as config.toml spells it.
    pub(super) fn writer_name<'n>(&'n self, name: &'n str) -> &'n str {
        self.config.writers.named(name).map_or(name, |writer| &writer.name)
    }

    /// What config.toml says of a writer.
    pub(super) fn writer_view(&self, writer: &Writer) -> WriterView {
        let (text, lang) = self.said(&writer.text).unwrap_or(("", self.lang));
        let picture = self.below_root(&writer.picture);
        let (text, text_lang) = (text.to_owned(), lang.as_str().to_owned());
        WriterView { url: writer.url.clone(), picture, text, text_lang }
    }
}

/// Writers with the addresses of their pages.
pub(super) fn writer_links<'n>(
    press: &PageRenderer<'_>,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<AuthorLink> {
    names
        .into_iter()
        .map(|name| AuthorLink::of(press.edition.writer_name(name), writer_url(press, name)))
        .collect()
}

/// Address of the page of a writer.
pub(super) fn writer_url(press: &PageRenderer<'_>, name: &str) -> Option<String> {
    let writer = press.config.writers.named(name)?;
    let (family, of) = collections::collection(press, WRITERS, &writer.slug)?;
    Some(press.edition.href(&of.route(family, 1)))
}

/// Who wrote something in feeds: those whom it names, as config.toml spells them, else whose site it is.
pub(super) fn feed_authors<'n>(
    press: &PageRenderer<'_>,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<String> {
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    if names.is_empty() {
        names.push(press.edition.feed_author().to_owned());
    }
    names
}
