//! What is known of a page as a whole: title, description, addresses, feeds, neighbours.

use tera::Value;

use super::edition::Edition;
use super::exports::{JSON_FEED, language_feeds};
use super::kinds::Kind;
use super::view::{Html, Of, Show};
use super::views::{CardLink, FeedLink, NavLink, PageView, PagerView, TranslationLink};
use super::{PageRenderer, exports::feeds, head_html};
use crate::model::route::{FeedFormat, FeedOf, Route};
use crate::render::plan::Output;

/// A page's head while it is being put together.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) kind: &'static Kind,
    pub(super) title: String,
    pub(super) title_lang: String,
    pub(super) description: String,
    pub(super) url: String,
    pub(super) canonical: String,
    pub(super) translations: Vec<TranslationLink>,
    /// Its own feeds; those of the site every page has.
    pub(super) feeds: Vec<FeedLink>,
    pub(super) card: Option<CardLink>,
    pub(super) json_ld: String,
    pub(super) meta: String,
    pub(super) prev: Option<NavLink>,
    pub(super) next: Option<NavLink>,
    /// Addresses of the neighbours that `prev` and `next` do not name.
    pub(super) before: String,
    pub(super) after: String,
    /// The date of what the page is about: `2025-03-12`.
    pub(super) published: String,
    /// Its papers for reference managers.
    pub(super) bibliographies: Vec<FeedLink>,
    /// The address by which what the page is about is cited.
    pub(super) cite_as: String,
}

/// The feeds of the site, which every page names.
#[derive(Debug)]
pub(super) struct SiteFeeds {
    links: Vec<FeedLink>,
    /// The same for templates.
    pub(super) shown: Value,
}

impl Head {
    /// Longest description in characters.
    pub(super) const DESCRIPTION: usize = 160;

    /// Sets the pages before and after in a list of several pages.
    pub(super) fn neighbours(&mut self, pager: &PagerView) {
        self.prev = pager.prev.clone().map(link);
        self.next = pager.next.clone().map(link);
    }

    pub(super) fn view(self, press: &PageRenderer<'_>) -> PageView {
        let parts = press.parts_of_page(&self);
        let elements =
            if press.uses.head { head_html::elements(press, &self) } else { String::new() };
        PageView {
            parts,
            kind: self.kind.name.to_owned(),
            title: self.title,
            title_lang: self.title_lang,
            description: self.description,
            url: self.url,
            canonical: self.canonical,
            lang: press.edition.lang.as_str().to_owned(),
            dir: press.edition.lang.direction().to_owned(),
            translations: self.translations,
            feeds: press.feeds_of(&self.feeds),
            own_feeds: self.feeds,
            bibliographies: self.bibliographies,
            card: self.card,
            head: Html(elements),
            json_ld: only_if(press.uses.json_ld, self.json_ld),
            meta: only_if(press.uses.meta, self.meta),
            prev: self.prev,
            next: self.next,
        }
    }
}

fn only_if(named: bool, html: String) -> Html {
    Html(if named { html } else { String::new() })
}

fn link(url: String) -> NavLink {
    NavLink { kind: "page".into(), title: String::new(), lang: String::new(), url }
}

impl Edition<'_> {
    /// The site's name in the language of the page.
    pub(super) fn site_title(&self) -> &str {
        self.config.title.get(self.lang).unwrap_or_default()
    }

    pub(super) fn feed_author(&self) -> &str {
        match self.config.author.name.as_str() {
            "" => self.site_title(),
            name => name,
        }
    }

    fn translation_links(&self, route: &Route) -> Vec<TranslationLink> {
        self.translations(route)
            .into_iter()
            .map(|(lang, press)| TranslationLink {
                lang: lang.as_str().to_owned(),
                name: self.lang_name(lang),
                url: press.href(route),
                canonical: press.absolute(route),
                current: lang == self.lang,
            })
            .collect()
    }
}

impl PageRenderer<'_> {
    /// Whether a page's description is asked for.
    pub(super) fn describes(&self) -> bool {
        self.uses.description || self.uses.json_ld || self.uses.head
    }

    /// The head that an output of a kind starts with, before that fills in more. The description is never empty: it says at
    /// least what the page is and whose.
    pub(super) fn head(&self, kind: &'static Kind, output: &Output) -> Head {
        let mut head = Head {
            kind,
            url: self.edition.href(&output.route),
            canonical: self.edition.absolute(&output.route),
            title_lang: self.edition.lang.as_str().to_owned(),
            translations: self.edition.translation_links(&output.route),
            bibliographies: self.bibliographies(output),
            ..Head::default()
        };
        (kind.head)(self, output, &mut head);
        if self.describes() && head.description.is_empty() {
            let site = self
                .config
                .description
                .get(self.edition.lang)
                .unwrap_or_else(|| self.edition.site_title());
            head.description = if head.title.is_empty() {
                site.to_owned()
            } else {
                format!("{}. {site}", head.title)
            };
        }
        head
    }

    /// The feeds of the site.
    pub(super) fn site_feeds(&self) -> &SiteFeeds {
        self.desk().feeds.get_or_init(|| {
            let mut links = self.feed_links(&FeedOf::Site, self.edition.site_title());
            links.extend(language_feeds(self.config).filter_map(|lang| {
                let press = self.speaking(lang.as_str());
                let of = FeedOf::Language(lang.as_str().to_owned());
                let first =
                    press.feed_links(&of, &feeds::title_in_language(&press)).into_iter().next();
                Some(FeedLink { lang: lang.as_str().to_owned(), ..first? })
            }));
            SiteFeeds { shown: links.clone().show(), links }
        })
    }

    /// The feeds of a page, then of the site.
    pub(super) fn all_feeds<'l>(
        &'l self,
        own: &'l [FeedLink],
    ) -> impl Iterator<Item = &'l FeedLink> {
        own.iter().chain(&self.site_feeds().links)
    }

    /// `page.feeds`, where a template asks for it.
    fn feeds_of(&self, own: &[FeedLink]) -> Of<Vec<FeedLink>> {
        match (self.uses.feeds, own.is_empty()) {
            (false, _) => Vec::<FeedLink>::new().show(),
            (true, true) => self.site_feeds().shown.clone(),
            (true, false) => self.all_feeds(own).cloned().collect::<Vec<_>>().show(),
        }
        .into()
    }

    /// The feeds of something, as links.
    pub(super) fn feed_links(&self, of: &FeedOf, title: &str) -> Vec<FeedLink> {
        let json = self
            .config
            .outputs
            .has(JSON_FEED)
            .then_some((FeedFormat::Json, "application/feed+json"));
        // What newsletters are made from they want as RSS.
        let rss =
            matches!(of, FeedOf::Roundups(_)).then_some((FeedFormat::Rss, "application/rss+xml"));
        let formats = [Some((FeedFormat::Atom, "application/atom+xml")), json, rss];
        formats
            .into_iter()
            .flatten()
            .map(|(format, mime)| {
                let url = self.edition.href(&Route::Feed(of.clone(), format));
                FeedLink {
                    title: title.to_owned(),
                    url,
                    mime: mime.to_owned(),
                    lang: String::new(),
                }
            })
            .collect()
    }
}
