//! Texts that are shown within others: `![[Note]]`, `![[Note#Heading]]`, `![[Note#^id]]`. Only what the site shows by
//! itself is shown so.

use std::borrow::Cow;
use std::cell::Cell;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::texts::Seen;
use crate::diagnostic::{Code, Finding};
use crate::markup;
use crate::model::{Lang, Prose};
use crate::site::Meant;

/// How deep texts may show each other.
const DEEPEST: usize = 3;
/// How many bytes of other texts a text may show in all. What is more is a link.
const ROOM: usize = 64 * 1024;

/// Where in other texts a text is shown.
#[derive(Clone, Copy)]
pub(super) struct Within<'p> {
    /// What the text around is of.
    of: Option<Meant>,
    outer: Option<&'p Within<'p>>,
    depth: usize,
}

impl Within<'_> {
    fn shows(&self, meant: Meant) -> bool {
        self.of == Some(meant) || self.outer.is_some_and(|outer| outer.shows(meant))
    }
}

/// What is left of the room for other texts.
pub(super) fn room() -> Cell<usize> {
    Cell::new(ROOM)
}

impl Seen<'_, '_> {
    /// The HTML of what a name means, or of a part of it; nothing where it cannot be shown here. `at` tells two such
    /// places in a text apart.
    pub(super) fn embedded(&self, name: &str, part: Option<&str>, at: usize) -> Option<String> {
        let (room, meant) = (self.room?, self.named(name)?);
        let within = Within {
            of: self.of,
            outer: self.within,
            depth: self.within.map_or(0, |within| within.depth + 1),
        };
        if within.depth >= DEEPEST || within.shows(meant) {
            return self.not_embedded(name);
        }
        let (texts, folder) = self.texts_of(meant)?;
        let mut texts =
            texts.into_iter().map(|(text, lang)| (Cow::Borrowed(text.text.as_str()), lang));
        let texts: Vec<(Cow<'_, str>, &Lang)> = match part {
            None => texts.collect(),
            Some(part) => vec![
                texts
                    .find_map(|(text, lang)| Some((markup::section(&text, part)?.into(), lang)))?,
            ],
        };
        let size = texts.iter().map(|(text, _)| text.trim().len()).sum::<usize>();
        let Some(left) = room.get().checked_sub(size) else { return self.not_embedded(name) };
        room.set(Some(left).filter(|_| size > 0)?);
        let seed = xxh3_64_with_seed(&at.to_le_bytes(), self.seed);
        let mut html = String::new();
        for (number, (text, lang)) in texts.iter().enumerate() {
            let seed = seed ^ number as u64;
            let inside =
                Seen { folder, lang, of: Some(meant), within: Some(&within), seed, ..*self };
            let markup = self.press.markup.render(text, &format!("e{:06x}-", seed & 0xff_ffff));
            let marked = *lang != self.lang;
            if marked {
                html.extend(["<div lang=\"", lang.as_str(), "\">\n"]);
            }
            markup.fill(&inside, &mut html);
            html.push_str(if marked { "</div>\n" } else { "" });
        }
        Some(html)
    }

    /// Says that a text is a link where it would be shown.
    fn not_embedded(&self, name: &str) -> Option<String> {
        let message = format!(
            "`![[{name}]]` is a link: texts show each other {DEEPEST} deep, {ROOM} bytes in all"
        );
        let finding = Finding::new(Code::LeftOut, message).help("link to it, or show a part of it");
        let site = self.press.site;
        let finding = match self.of? {
            Meant::Entry(entry) => {
                finding.at(site.entry(entry).span.clone()).in_source(&site.digest_of(entry).source)
            }
            Meant::Page(page) => finding.in_path(site.pages()[page].source.path.clone()),
            Meant::Digest(_) => finding,
        };
        self.press.found(std::iter::once(finding));
        None
    }

    /// The texts of what is meant that the tree shows, and the folder of their file.
    fn texts_of(&self, meant: Meant) -> Option<(Vec<(&Prose, &Lang)>, &str)> {
        let press = self.press;
        match meant {
            Meant::Digest(_) => None,
            Meant::Entry(entry) => {
                let (said, langs, shown) =
                    (press.site.entry(entry), press.text_langs(entry), press.shown_of(entry));
                let body = said.body.iter().map(|passage| &passage.text).zip(&langs[1..]);
                let abstracts = said.abstract_text.iter().zip(langs);
                let texts =
                    abstracts.chain(body.filter(|(_, lang)| press.edition.shows(&shown, lang)));
                Some((texts.collect(), &press.site.digest_of(entry).folder))
            }
            Meant::Page(page) => {
                let page = &press.site.pages()[page];
                let passages = press.edition.page_passages(page).0;
                Some((
                    passages.into_iter().map(|(passage, lang)| (&passage.text, lang)).collect(),
                    &page.folder,
                ))
            }
        }
    }
}
