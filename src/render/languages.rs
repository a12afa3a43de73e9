//! Which language a text is in, and which texts a tree shows: all of them where languages share one tree; else those
//! in its own language, or what there is instead.

use super::PageRenderer;
use super::view::Html;
use super::views::TextView;
use crate::model::route::Route;
use crate::model::{Lang, Passage, Translated, lang};
use crate::site::{Day, EntryIndex};
use crate::theme::said;

/// Which of several texts that stand together a tree shows.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The only one of the site's languages; `None` for all of them.
    only: Option<Lang>,
    /// Whether there is nothing in the language of the tree, and something in another.
    pub(super) untranslated: bool,
}

impl PageRenderer<'_> {
    /// Whether every language has a tree of its own.
    pub(super) fn is_split(&self) -> bool {
        self.shared.trees.len() > 1
    }

    /// The languages that have a page of their own for a route, each with the press of its tree; none where they
    /// share one.
    pub(super) fn translations(&self, route: &Route) -> Vec<(&Lang, Self)> {
        if !self.is_split() || !route.is_of_trees() {
            return Vec::new();
        }
        self.config
            .languages
            .iter()
            .enumerate()
            .map(|(number, lang)| (lang, self.in_tree(number)))
            .collect()
    }

    /// The press of a language: its tree, or where all share one, that with texts in the language alone.
    pub(super) fn speaking(&self, lang: &str) -> Self {
        let known = self.config.languages.iter().position(|known| known.as_str() == lang);
        let number = known.unwrap_or(0);
        if self.is_split() {
            return self.in_tree(number);
        }
        Self { lang: &self.config.languages[number], alone: true, ..self.in_tree(0) }
    }

    /// Whether texts in other languages of the site are left out where there is one in the press's own.
    pub(super) fn is_of_one_language(&self) -> bool {
        self.is_split() || self.alone
    }

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

    /// What is shown of an entry's commentary. Entries of one date about one paper are one to a reader.
    pub(super) fn shown_of(&self, entry: EntryIndex) -> Shown {
        let entries = self.site.entries_of(self.site.paper_of(entry)).iter().copied();
        self.shown(
            entries
                .filter(|&other| self.date_of(other) == self.date_of(entry))
                .flat_map(|entry| self.langs_of(entry)),
        )
    }

    fn date_of(&self, entry: EntryIndex) -> Option<jiff::civil::Date> {
        self.site.digest_of(entry).digest.date
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
            let press = self.in_tree(self.tree.number());
            let (said, document) =
                (self.site.entry(entry), self.site.digest_of(entry).lang.as_ref());
            // An abstract is the paper's, whatever language the digest is in.
            let of_abstract =
                said.abstract_text.as_ref().map(|text| press.lang_of_text(None, None, &text.text));
            let commentary = said.body.iter().map(|passage| press.lang_of(passage, document));
            std::iter::once(of_abstract.unwrap_or(press.lang)).chain(commentary).cloned().collect()
        })
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

    /// The languages that the shown commentary of entries is in, in the order of the config; at least one.
    pub(super) fn languages_of(&self, entries: &[EntryIndex]) -> Vec<&Lang> {
        let mut langs: Vec<&Lang> = Vec::new();
        for &entry in entries {
            let shown = self.shown_of(entry);
            langs.extend(self.langs_of(entry).iter().filter(|lang| self.shows(&shown, lang)));
        }
        langs.sort_by_key(|lang| {
            let place = self.config.languages.iter().position(|listed| listed == *lang);
            (place.unwrap_or(usize::MAX), *lang)
        });
        langs.dedup();
        if langs.is_empty() {
            langs.push(self.lang);
        }
        langs
    }

    /// The language of a passage: its own, its document's, or by its script.
    pub(super) fn lang_of<'t>(
        &'t self,
        passage: &'t Passage,
        document: Option<&'t Lang>,
    ) -> &'t Lang {
        self.lang_of_text(passage.lang.as_ref(), document, &passage.text.text)
    }

    /// The same of a text that may be marked.
    pub(super) fn lang_of_text<'t>(
        &'t self,
        marked: Option<&'t Lang>,
        document: Option<&'t Lang>,
        text: &str,
    ) -> &'t Lang {
        marked.or(document).or_else(|| self.lang_by_script(text)).unwrap_or(self.lang)
    }

    /// The first language of the site that a text's script fits, else the one that is usually written in it; none
    /// where there are no letters.
    fn lang_by_script(&self, text: &str) -> Option<&Lang> {
        lang::of_text(text, &self.config.languages)
            .or_else(|| Some(&self.shared.usual[lang::script_of(text)? as usize]))
    }

    /// The language of a title, by its script; one without letters is taken for English.
    pub(super) fn lang_of_title(&self, title: &str) -> &str {
        self.lang_by_script(title).map_or("en", Lang::as_str)
    }

    /// A text of the writer's for the tree's language, else what there is instead, with the language it is in.
    pub(super) fn said<'t>(&'t self, text: &'t Translated) -> Option<(&'t str, &'t Lang)> {
        let (marked, text) = text.pick(self.lang)?;
        let own = lang::script_of(text) == Some(self.lang.script());
        Some((
            text,
            marked.unwrap_or_else(|| {
                if own { self.lang } else { self.lang_of_text(None, None, text) }
            }),
        ))
    }

    /// A short text in each language that a page shows, as one value: see [`said`].
    pub(super) fn each(&self, say: impl Fn(&Self) -> String) -> String {
        if !self.theme.in_each_language || self.config.languages.len() < 2 || self.alone {
            return say(self);
        }
        said::join(self.config.languages.iter().map(|lang| say(&Self { lang, ..*self })).collect())
    }

    /// What is said in each language that a page shows, each text once with its own language; the page's comes first.
    pub(super) fn in_each_language(
        &self,
        say: impl Fn(&Self) -> Option<(String, String)>,
    ) -> Vec<TextView> {
        let others =
            self.config.languages.iter().filter(|lang| !self.is_split() && *lang != self.lang);
        let mut said: Vec<(String, String)> = Vec::new();
        for lang in std::iter::once(self.lang).chain(others) {
            let new = say(&Self { lang, ..*self });
            said.extend(
                new.filter(|new| !new.0.is_empty() && said.iter().all(|old| old.0 != new.0)),
            );
        }
        said.into_iter().map(|(text, lang)| self.text_view(lang, Html::of_text(&text))).collect()
    }

    /// A text for templates, with the attributes that its element wants.
    pub(super) fn text_view(&self, lang: String, html: Html) -> TextView {
        let mut attributes = format!(" lang=\"{lang}\"");
        let number = self.config.languages.iter().position(|listed| listed.as_str() == lang);
        let direction = match number {
            Some(number) => self.config.languages[number].direction(),
            None => Lang::parse(&lang).map_or("ltr", |lang| lang.direction()),
        };
        if direction != self.page_direction() {
            attributes.extend([" dir=\"", direction, "\""]);
        }
        if let Some(number) = number.filter(|_| !self.is_split() && self.config.languages.len() > 1)
        {
            attributes.extend([" class=\"l", &(number + 1).to_string(), "\""]);
        }
        TextView { lang, html, attributes: Html(attributes) }
    }

    /// How the pages of the tree run, whatever language is spoken at the moment.
    fn page_direction(&self) -> &'static str {
        self.config.languages[self.tree.number()].direction()
    }
}
