//! The site as every template sees it, and its menu.

use tera::Value;
use tera::value::Key;

use super::edition::Edition;
use super::kinds::{AUTHORS, KINDS};
use super::views::{
    CommentsView, CountsView, LangView, NavLink, PersonView, SiteView, WeekdayView,
};
use super::{PageRenderer, collections, lists, switches};
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

fn menu_link(press: &PageRenderer<'_>, item: &MenuItem) -> Option<NavLink> {
    let (title, lang) = press.edition.said(&item.name)?;
    let (path, part) = split_part(item.url.trim_start_matches('/'));
    let first = path.trim_end_matches('/');
    let is_kind = KINDS.iter().any(|kind| kind.name == first);
    let url = match press.plan.find(path).filter(|_| !item.is_outside()) {
        Some(output) => format!("{}{part}", press.edition.href(&output.route)),
        None if item.is_outside() => item.url.clone(),
        None => format!("{}{part}", press.config.base_url.href(path)),
    };
    let kind = if is_kind { first } else { "link" }.to_owned();
    let title = press
        .edition
        .each(|edition| edition.said(&item.name).map_or(title, |(name, _)| name).to_owned());
    Some(NavLink { kind, title, lang: lang.as_str().to_owned(), url })
}

/// The site for every page.
pub(super) fn site_view(press: &PageRenderer<'_>) -> SiteView {
    let config = press.config;
    let person = &config.author;
    let outputs = switches()
        .into_iter()
        .map(|switch| (Key::Str(switch.name), config.outputs.has(switch).into()));
    let nav = nav(press);
    SiteView {
        title: press.edition.each(|edition| edition.site_title().to_owned()),
        description: press
            .edition
            .each(|edition| config.description.get(edition.lang).unwrap_or_default().to_owned()),
        descriptions: press.edition.in_each_language(|edition| {
            let (text, lang) = edition.said(&config.description)?;
            Some((text.to_owned(), lang.as_str().to_owned()))
        }),
        lang: press.edition.lang.as_str().to_owned(),
        layout: if press.edition.is_split() { "split" } else { "together" }.to_owned(),
        languages: (0..config.languages.len()).map(|number| lang_view(press, number)).collect(),
        author: PersonView {
            name: person.name.clone(),
            email: person.email.clone(),
            url: person.url.clone(),
        },
        license: config.license.clone(),
        home: press.edition.href(&Route::Home(1)),
        base_url: config.base_url.absolute(""),
        origin: config.base_url.origin().to_owned(),
        menu: nav.iter().filter(|link| link.kind != "search").cloned().collect(),
        nav,
        recent: if press.uses.recent { collections::recent(press) } else { Vec::new() },
        tags: if press.uses.tags { lists::top_tags(press, usize::MAX) } else { Vec::new() },
        series: if press.uses.series { collections::all_series(press) } else { Vec::new() },
        fields: if press.uses.site_fields { collections::field_views(press) } else { Vec::new() },
        feed: press.edition.href(&Route::Feed(FeedOf::Site, FeedFormat::Atom)),
        feeds: press.site_feeds().shown.clone().into(),
        families: collections::family_links(press, false),
        roundups: collections::family_links(press, true),
        counts: CountsView {
            papers: press.site.paper_count(),
            days: press.site.dated().len(),
            tags: press.site.tags().len(),
            authors: if config.outputs.has(AUTHORS) { press.site.author_count() } else { 0 },
        },
        outputs: Value::from(outputs.collect::<tera::Map>()),
        options: press.theme.options.clone(),
        strings: strings(press.edition),
        weekdays: press.edition.weekdays(),
        comments: comments(press),
        mermaid: press.edition.below_root(&config.mermaid),
        extra: Value::try_from_serializable(&config.extra).unwrap_or_else(|_| Value::none()),
        generator: concat!("Offprint ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// The strings of the theme by their keys.
fn strings(edition: Edition<'_>) -> Value {
    let strings = &edition.theme.strings;
    let said = strings.plain().into_iter().map(|key| {
        // What says how dates are written is for one language.
        let text = if strings.is_rule(key) {
            edition.say(key, None)
        } else {
            edition.each(|edition| edition.say(key, None))
        };
        (Key::from(key.to_owned()), Value::from(text))
    });
    Value::from(said.collect::<tera::Map>())
}

fn comments(press: &PageRenderer<'_>) -> Option<CommentsView> {
    let of = &press.config.comments;
    (of.provider != Provider::None).then(|| CommentsView {
        provider: of.name().to_owned(),
        repo: of.repo.clone(),
        repo_id: of.repo_id.clone(),
        category: of.category.clone(),
        category_id: of.category_id.clone(),
        mapping: of.mapping.clone(),
    })
}

fn lang_view(press: &PageRenderer<'_>, number: usize) -> LangView {
    let lang = &press.config.languages[number];
    LangView {
        tag: lang.as_str().to_owned(),
        name: press.edition.lang_name(lang),
        home: press.edition.is_split().then(|| press.edition.in_tree(number).href(&Route::Home(1))),
    }
}

/// The menu of config.toml; without one the kinds of pages that the menu names, then the plain pages that ask for it.
fn nav(press: &PageRenderer<'_>) -> Vec<NavLink> {
    let kinds = KINDS.iter().filter(|kind| kind.is_on(press.config) && (kind.menu)(press));
    let kinds = kinds.map(|kind| NavLink {
        kind: kind.name.into(),
        title: press.edition.each(|edition| edition.say(kind.name, None)),
        lang: press.edition.lang.as_str().to_owned(),
        url: press.edition.href(&Route::Index(kind.name, 1)),
    });
    let mut own: Vec<NavLink> =
        press.config.menu.iter().filter_map(|item| menu_link(press, item)).collect();
    if !own.is_empty() {
        // Themes show the search apart from the menu.
        let has_search = own.iter().any(|link| link.kind == "search");
        own.extend(kinds.filter(|link| link.kind == "search" && !has_search));
        return own;
    }
    let pages = press.site.menu().map(|page| {
        let (_, lang) = press.edition.menu_name(page);
        let title = press.edition.each(|edition| edition.menu_name(page).0);
        NavLink { kind: "page".into(), title, lang, url: press.edition.href(&page.route()) }
    });
    let lists =
        collections::family_links(press, false).into_iter().filter(|link| link.kind == LISTS);
    kinds.chain(collections::family_links(press, true)).chain(lists).chain(pages).collect()
}
