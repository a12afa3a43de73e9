//! Which language a text is in, and which texts a tree shows: all of them where languages share one tree; else those
//! in its own language, or what there is instead.

use super::PageRenderer;
use super::edition::Edition;
use crate::model::{Lang, Passage};
use crate::site::{Day, EntryIndex};

/// Which of several texts that stand together a tree shows.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The only one of the site's languages; `None` for all of them.
    only: Option<Lang>,
    /// Whether there is nothing in the language of the tree, and something in another.
    pub(super) untranslated: bool,
}

impl Edition<'_> {
    /// What is shown of texts in these languages.
    pub(super) fn shown<'l>(&self, langs: impl Iterator<Item = &'l Lang>) -> Shown {
        if !self.is_of_one_language() {
            return Shown { only: None, untranslated: false };
        }
        let langs: Vec<&Lang> = langs.collect();
        let there = |lang: &&Lang| langs.contains(lang);
        let own = Some(self.lang).filter(there);
        Shown {
            only: own.or_else(|| self.config.languages.iter().find(there)).cloned(),
            untranslated: own.is_none() && !langs.is_empty(),
        }
    }

    /// Whether a text in this language is among those shown. One that has no tree of its own is in all of them.
    pub(super) fn shows(&self, shown: &Shown, lang: &Lang) -> bool {
        shown.only.as_ref().is_none_or(|only| only == lang) || !self.config.languages.contains(lang)
    }

    fn date_of(&self, entry: EntryIndex) -> Option<jiff::civil::Date> {
        self.site.digest_of(entry).digest.date
    }

    /// What is shown of the introductions of a day.
    pub(super) fn shown_of_intros(&self, day: &Day) -> Shown {
        self.shown(self.passages_of_intros(day).map(|(_, lang)| lang))
    }

    /// The introductions of a day, text by text, each with its language.
    pub(super) fn passages_of_intros<'t>(
        &'t self,
        day: &'t Day,
    ) -> impl Iterator<Item = (&'t Passage, &'t Lang)> {
        let digests = self.site.day_digests(day).iter();
        digests.flat_map(move |digest| {
            digest
                .digest
                .intro
                .iter()
                .map(move |passage| (passage, self.lang_of(passage, digest.lang.as_ref())))
        })
    }
}

impl PageRenderer<'_> {
    /// The press of a language: its tree, or where all share one, that with texts in the language alone.
    pub(super) fn speaking(&self, lang: &str) -> Self {
        let known = self.config.languages.iter().position(|known| known.as_str() == lang);
        let number = known.unwrap_or(0);
        if self.edition.is_split() {
            return self.in_tree(number);
        }
        let first = self.in_tree(0);
        let lang = &self.config.languages[number];
        Self { edition: first.edition.in_lang_alone(lang), ..first }
    }

    /// What is shown of an entry's commentary. Entries of one date about one paper are one to a reader.
    pub(super) fn shown_of(&self, entry: EntryIndex) -> Shown {
        let entries = self.site.entries_of(self.site.paper_of(entry)).iter().copied();
        self.edition.shown(
            entries
                .filter(|&other| self.edition.date_of(other) == self.edition.date_of(entry))
                .flat_map(|entry| self.langs_of(entry)),
        )
    }

    /// The languages of an entry's commentary, text by text.
    pub(super) fn langs_of(&self, entry: EntryIndex) -> &[Lang] {
        &self.text_langs(entry)[1..]
    }

    /// The languages of an entry's texts by their numbers: 0 is the abstract, and the commentary follows. Found once:
    /// it means to look at their letters.
    pub(super) fn text_langs(&self, entry: EntryIndex) -> &[Lang] {
        self.kept.langs[entry as usize].get_or_init(|| {
            // What they are taken for does not depend on who asks first.
            let edition = self.edition.in_tree(self.edition.tree.number());
            let (said, document) =
                (self.site.entry(entry), self.site.digest_of(entry).lang.as_ref());
            // An abstract is the paper's, whatever language the digest is in.
            let of_abstract = said
                .abstract_text
                .as_ref()
                .map(|text| edition.lang_of_text(None, None, &text.text));
            let commentary = said.body.iter().map(|passage| edition.lang_of(passage, document));
            std::iter::once(of_abstract.unwrap_or(edition.lang))
                .chain(commentary)
                .cloned()
                .collect()
        })
    }

    /// The languages that the shown commentary of entries is in, in the order of the config; at least one.
    pub(super) fn languages_of(&self, entries: &[EntryIndex]) -> Vec<&Lang> {
        let mut langs: Vec<&Lang> = Vec::new();
        for &entry in entries {
            let shown = self.shown_of(entry);
            langs.extend(
                self.langs_of(entry).iter().filter(|lang| self.edition.shows(&shown, lang)),
            );
        }
        langs.sort_by_key(|lang| {
            let place = self.config.languages.iter().position(|listed| listed == *lang);
            (place.unwrap_or(usize::MAX), *lang)
        });
        langs.dedup();
        if langs.is_empty() {
            langs.push(self.edition.lang);
        }
        langs
    }
}
