//! The site as every template sees it, and its menu.

use tera::Value;
use tera::value::Key;

use super::edition::Edition;
use super::kinds::{AUTHORS, KINDS};
use super::views::{
    CommentsView, CountsView, LangView, NavLink, PersonView, SiteView, WeekdayView,
};
use super::{PageRenderer, switches};
use crate::config::{MenuItem, Provider};
use crate::model::route::{FeedFormat, FeedOf, Route, split_part};
use crate::model::{InMenu, Lang};
use crate::site::{KeptPage, LISTS};
use crate::theme::StringText;

impl Edition<'_> {
    /// A plain page's title, or its address, with its language.
    pub(super) fn page_title(&self, page: &KeptPage) -> (String, String) {
        let (title, lang) = self.said(&page.page.meta.title).unwrap_or((&page.address, self.lang));
        (title.to_owned(), lang.as_str().to_owned())
    }

    /// What the menu calls a page, with its language.
    fn menu_name(&self, page: &KeptPage) -> (String, String) {
        let own = match &page.page.meta.about.menu {
            InMenu::As(name) => self.said(name),
            _ => None,
        };
        own.map_or_else(
            || self.page_title(page),
            |(name, lang)| (name.to_owned(), lang.as_str().to_owned()),
        )
    }

    fn weekdays(&self) -> Vec<WeekdayView> {
        (0..7)
            .map(|day| WeekdayView {
                name: self.each(|edition| edition.nth_word("weekday_names", day)),
                letter: self.each(|edition| edition.nth_word("weekday_letters", day)),
            })
            .collect()
    }

    /// A language's own name for itself: as the theme has it, else as it is known.
    pub(super) fn lang_name(&self, lang: &Lang) -> String {
        match self.theme.strings.find(lang.as_str(), "language_name") {
            Some((of, StringText::Plain(name))) if of == lang.as_str() => name.clone(),
            _ => lang.name(),
        }
    }
}

impl PageRenderer<'_> {
    fn menu_link(&self, item: &MenuItem) -> Option<NavLink> {
        let (title, lang) = self.edition.said(&item.name)?;
        let (path, part) = split_part(item.url.trim_start_matches('/'));
        let first = path.trim_end_matches('/');
        let is_kind = KINDS.iter().any(|kind| kind.name == first);
        let url = match self.plan.find(path).filter(|_| !item.is_outside()) {
            Some(output) => format!("{}{part}", self.edition.href(&output.route)),
            None if item.is_outside() => item.url.clone(),
            None => format!("{}{part}", self.config.base_url.href(path)),
        };
        let kind = if is_kind { first } else { "link" }.to_owned();
        let title = self
            .edition
            .each(|edition| edition.said(&item.name).map_or(title, |(name, _)| name).to_owned());
        Some(NavLink { kind, title, lang: lang.as_str().to_owned(), url })
    }

    /// The site for every page.
    pub(super) fn site_view(&self) -> SiteView {
        let config = self.config;
        let person = &config.author;
        let outputs = switches()
            .into_iter()
            .map(|switch| (Key::Str(switch.name), config.outputs.has(switch).into()));
        let nav = self.nav();
        let strings = self.theme.strings.plain().into_iter().map(|key| {
            // What says how dates are written is for one language.
            let of_one = self.theme.strings.is_rule(key);
            let text = if of_one {
                self.edition.say(key, None)
            } else {
                self.edition.each(|edition| edition.say(key, None))
            };
            (Key::from(key.to_owned()), Value::from(text))
        });
        SiteView {
            title: self.edition.each(|edition| edition.site_title().to_owned()),
            description: self.edition.each(|edition| {
                config.description.get(edition.lang).unwrap_or_default().to_owned()
            }),
            descriptions: self.edition.in_each_language(|edition| {
                let (text, lang) = edition.said(&config.description)?;
                Some((text.to_owned(), lang.as_str().to_owned()))
            }),
            lang: self.edition.lang.as_str().to_owned(),
            layout: if self.edition.is_split() { "split" } else { "together" }.to_owned(),
            languages: (0..config.languages.len()).map(|number| self.lang_view(number)).collect(),
            author: PersonView {
                name: person.name.clone(),
                email: person.email.clone(),
                url: person.url.clone(),
            },
            license: config.license.clone(),
            home: self.edition.href(&Route::Home(1)),
            base_url: config.base_url.absolute(""),
            origin: config.base_url.origin().to_owned(),
            menu: nav.iter().filter(|link| link.kind != "search").cloned().collect(),
            nav,
            recent: if self.uses.recent { self.recent() } else { Vec::new() },
            tags: if self.uses.tags { self.top_tags(usize::MAX) } else { Vec::new() },
            series: if self.uses.series { self.all_series() } else { Vec::new() },
            fields: if self.uses.site_fields { self.field_views() } else { Vec::new() },
            feed: self.edition.href(&Route::Feed(FeedOf::Site, FeedFormat::Atom)),
            feeds: self.site_feeds().shown.clone().into(),
            families: self.family_links(false),
            roundups: self.family_links(true),
            counts: CountsView {
                papers: self.site.paper_count(),
                days: self.site.dated().len(),
                tags: self.site.tags().len(),
                authors: if config.outputs.has(AUTHORS) { self.site.author_count() } else { 0 },
            },
            outputs: Value::from(outputs.collect::<tera::Map>()),
            options: self.theme.options.clone(),
            strings: Value::from(strings.collect::<tera::Map>()),
            weekdays: self.edition.weekdays(),
            comments: self.comments(),
            mermaid: self.edition.below_root(&config.mermaid),
            extra: Value::try_from_serializable(&config.extra).unwrap_or_else(|_| Value::none()),
            generator: concat!("Offprint ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    fn comments(&self) -> Option<CommentsView> {
        let of = &self.config.comments;
        (of.provider != Provider::None).then(|| CommentsView {
            provider: of.name().to_owned(),
            repo: of.repo.clone(),
            repo_id: of.repo_id.clone(),
            category: of.category.clone(),
            category_id: of.category_id.clone(),
            mapping: of.mapping.clone(),
        })
    }

    fn lang_view(&self, number: usize) -> LangView {
        let lang = &self.config.languages[number];
        LangView {
            tag: lang.as_str().to_owned(),
            name: self.edition.lang_name(lang),
            home: self
                .edition
                .is_split()
                .then(|| self.edition.in_tree(number).href(&Route::Home(1))),
        }
    }

    /// The menu of config.toml; without one the kinds of pages that the menu names, then the plain pages that ask for it.
    fn nav(&self) -> Vec<NavLink> {
        let kinds = KINDS.iter().filter(|kind| kind.is_on(self.config) && (kind.menu)(self));
        let kinds = kinds.map(|kind| NavLink {
            kind: kind.name.into(),
            title: self.edition.each(|edition| edition.say(kind.name, None)),
            lang: self.edition.lang.as_str().to_owned(),
            url: self.edition.href(&Route::Index(kind.name, 1)),
        });
        let mut own: Vec<NavLink> =
            self.config.menu.iter().filter_map(|item| self.menu_link(item)).collect();
        if !own.is_empty() {
            // Themes show the search apart from the menu.
            let has_search = own.iter().any(|link| link.kind == "search");
            own.extend(kinds.filter(|link| link.kind == "search" && !has_search));
            return own;
        }
        let pages = self.site.menu().map(|page| {
            let (_, lang) = self.edition.menu_name(page);
            let title = self.edition.each(|edition| edition.menu_name(page).0);
            NavLink { kind: "page".into(), title, lang, url: self.edition.href(&page.route()) }
        });
        let lists = self.family_links(false).into_iter().filter(|link| link.kind == LISTS);
        kinds.chain(self.family_links(true)).chain(lists).chain(pages).collect()
    }
}
