//! The site in one language: the words it speaks, the language of each text, and where its pages are.

use super::view::Html;
use super::views::TextView;
use crate::config::Config;
use crate::model::lang::Script;
use crate::model::route::{Route, Tree};
use crate::model::{Lang, Passage, Translated, lang};
use crate::site::Site;
use crate::theme::{Theme, said};

/// What the editions of a site have in common.
#[derive(Debug)]
pub(super) struct Editions {
    /// In the order of the config's languages; one where all share a tree.
    trees: Vec<Tree>,
    /// The usual language of each script.
    usual: [Lang; Script::ALL.len()],
}

impl Editions {
    pub(super) fn of(config: &Config) -> Self {
        Self { trees: config.trees(), usual: Script::ALL.map(Script::usual_language) }
    }

    /// The number of trees.
    pub(super) fn len(&self) -> usize {
        self.trees.len()
    }
}

/// The site as one tree shows it, in the language that is spoken at the moment. It makes plain text and addresses, and
/// keeps nothing: HTML, and what pages share, is the work of [`PageRenderer`](super::PageRenderer).
#[derive(Debug, Clone, Copy)]
pub(super) struct Edition<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) config: &'a Config,
    pub(super) tree: &'a Tree,
    /// The language of the tree, or another of the site while a text is said in each.
    pub(super) lang: &'a Lang,
    /// Whether texts in other languages of the site are left out, though they share the tree.
    pub(super) alone: bool,
    editions: &'a Editions,
}

impl<'a> Edition<'a> {
    /// The first edition.
    pub(super) fn new(
        (site, theme, config): (&'a Site, &'a Theme, &'a Config),
        editions: &'a Editions,
    ) -> Self {
        let tree = &editions.trees[0];
        Self { site, theme, config, tree, lang: config.lang(), alone: false, editions }
    }
}

impl<'a> Edition<'a> {
    /// The address of a route as pages write it.
    pub(super) fn href(&self, route: &Route) -> String {
        self.config.base_url.href(&self.tree.path(route))
    }

    /// The address with scheme and host.
    pub(super) fn absolute(&self, route: &Route) -> String {
        self.config.base_url.absolute(&self.tree.path(route))
    }

    /// An address that config.toml writes from the root of the site on; a whole one stays.
    pub(super) fn below_root(&self, written: &str) -> String {
        written
            .strip_prefix('/')
            .map_or_else(|| written.to_owned(), |path| self.config.base_url.href(path))
    }

    /// Whether every language has a tree of its own.
    pub(super) fn is_split(&self) -> bool {
        self.editions.trees.len() > 1
    }

    /// Whether texts in other languages of the site are left out where there is one in its own.
    pub(super) fn is_of_one_language(&self) -> bool {
        self.is_split() || self.alone
    }

    /// The edition that another tree holds.
    pub(super) fn in_tree(&self, number: usize) -> Self {
        Self { tree: &self.editions.trees[number], lang: &self.config.languages[number], ..*self }
    }

    /// The same while another language is spoken.
    pub(super) fn in_lang(&self, lang: &'a Lang) -> Self {
        Self { lang, ..*self }
    }

    /// The same with texts in one language alone.
    pub(super) fn in_lang_alone(&self, lang: &'a Lang) -> Self {
        Self { lang, alone: true, ..*self }
    }

    /// The languages that have a page of their own for a route, each with its edition; none where they
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

    /// An interface string in the language of the tree.
    pub(super) fn say(&self, key: &str, count: Option<u64>) -> String {
        self.theme.strings.say(self.lang.as_str(), key, count)
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
            .or_else(|| Some(&self.editions.usual[lang::script_of(text)? as usize]))
    }

    /// The language of a title, by its script; one without letters is taken for English.
    pub(super) fn lang_of_title(&self, title: &str) -> &str {
        self.lang_by_script(title).map_or("en", Lang::as_str)
    }

    /// A short text in each language that a page shows, as one value: see [`said`].
    pub(super) fn each(&self, say: impl Fn(&Self) -> String) -> String {
        if !self.theme.in_each_language || self.config.languages.len() < 2 || self.alone {
            return say(self);
        }
        said::join(self.config.languages.iter().map(|lang| say(&self.in_lang(lang))).collect())
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
            let new = say(&self.in_lang(lang));
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
