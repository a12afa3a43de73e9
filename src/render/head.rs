//! What goes into a page's `head`: title, description, canonical address, feeds, metadata for machines.

use super::Press;
use super::view::{Html, Of, Show};
use super::views::{CardLink, FeedLink, NavLink, PageView, TranslationLink};
use crate::digest::{Lang, PaperId};
use crate::markup;
use crate::plan::{Job, Output};
use crate::route::{FeedFormat, FeedOf, Route};
use crate::site::PaperIndex;

/// Longest description in characters.
const DESCRIPTION: usize = 160;

/// A page's head while it is being put together.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) title_lang: String,
    pub(super) description: String,
    pub(super) url: String,
    pub(super) canonical: String,
    pub(super) translations: Vec<TranslationLink>,
    pub(super) feeds: Vec<Of<FeedLink>>,
    pub(super) card: Option<CardLink>,
    pub(super) json_ld: String,
    pub(super) meta: String,
    pub(super) prev: Option<NavLink>,
    pub(super) next: Option<NavLink>,
}

impl Head {
    /// Sets the description, where there is something to say.
    pub(super) fn describe(&mut self, text: String) {
        if !text.is_empty() {
            self.description = text;
        }
    }

    /// Sets the pages before and after in a list of several pages.
    pub(super) fn neighbours(&mut self, prev: Option<String>, next: Option<String>) {
        let link = |url| NavLink { kind: "page".into(), title: String::new(), lang: String::new(), url };
        self.prev = prev.map(link);
        self.next = next.map(link);
    }

    pub(super) fn view(mut self, press: &Press<'_>) -> PageView {
        if press.uses.feeds {
            self.feeds.extend(press.site_feeds());
        }
        let parts = press.parts_of_page(&self);
        PageView {
            parts,
            kind: self.kind.to_owned(),
            title: self.title,
            title_lang: self.title_lang,
            description: self.description,
            url: self.url,
            canonical: self.canonical,
            lang: press.lang.as_str().to_owned(),
            translations: self.translations,
            feeds: self.feeds,
            card: self.card,
            json_ld: Html(self.json_ld),
            meta: Html(self.meta),
            prev: self.prev,
            next: self.next,
        }
    }
}

impl Press<'_> {
    /// The site's name in the language of the page.
    pub(super) fn site_title(&self) -> &str {
        self.config.title.get(self.lang).unwrap_or_default()
    }

    /// The head that an output starts with, before its kind fills in more.
    pub(super) fn head(&self, output: &Output) -> Head {
        let say = |key: &str| self.theme.strings.say(self.lang.as_str(), key, None);
        let (kind, title) = match &output.job {
            Job::Home(1) => ("home", String::new()),
            Job::Home(page) => ("home", self.theme.strings.say(self.lang.as_str(), "page_n", Some(u64::from(*page)))),
            Job::Day(day) => ("date", self.day_heading(*day)),
            Job::Month(..) => ("month", String::new()),
            Job::Year(_) => ("year", String::new()),
            Job::Archive => ("archive", say("archive")),
            Job::Paper(paper) => ("paper", self.markup.readable(self.title(*paper))),
            Job::Tags => ("tags", say("tags")),
            Job::Tag(..) => ("tag", String::new()),
            Job::Authors => ("authors", say("authors")),
            Job::Author(_) => ("author", String::new()),
            Job::Stats => ("stats", say("stats")),
            Job::NotFound => ("404", say("not_found")),
            _ => ("page", String::new()),
        };
        let mut head = Head {
            kind,
            title,
            url: self.href(&output.route),
            canonical: self.absolute(&output.route),
            title_lang: self.lang.as_str().to_owned(),
            translations: self.translation_links(&output.route),
            ..Head::default()
        };
        if self.uses.description || self.uses.json_ld {
            head.description = self.description(&output.job, &head.title);
        }
        head
    }

    fn translation_links(&self, route: &Route) -> Vec<TranslationLink> {
        let link = |(lang, press): (&Lang, Self)| TranslationLink {
            lang: lang.as_str().to_owned(),
            name: self.lang_name(lang),
            url: press.href(route),
            canonical: press.absolute(route),
            current: lang == self.lang,
        };
        self.translations(route).into_iter().map(link).collect()
    }

    fn day_heading(&self, day: usize) -> String {
        let day = &self.site.days()[day];
        let date = day.date.map(|date| self.date_view(date).text).unwrap_or_default();
        match self.day_title(day).as_str() {
            "" => date,
            title => format!("{title} ({date})"),
        }
    }

    /// Never empty: says at least what the page is and whose.
    fn description(&self, job: &Job, title: &str) -> String {
        let site = self.config.description.get(self.lang).unwrap_or_else(|| self.site_title());
        let titles = |day: usize| {
            let items = &self.site.days()[day].items;
            items.iter().map(|item| self.title(item.paper)).collect::<Vec<_>>().join(" · ")
        };
        let said = match job {
            Job::Home(1) => site.to_owned(),
            Job::Day(day) => self.excerpt(&titles(*day), DESCRIPTION),
            Job::Paper(paper) => self.summary(*paper).to_owned(),
            _ => String::new(),
        };
        match (said.is_empty(), title.is_empty()) {
            (false, _) => said,
            (true, false) => format!("{title}. {site}"),
            (true, true) => site.to_owned(),
        }
    }

    /// The feeds of the site, which every page names.
    fn site_feeds(&self) -> impl Iterator<Item = Of<FeedLink>> {
        let shown = || self.feed_links(&FeedOf::Site, self.site_title()).into_iter().map(Show::show).collect();
        self.desk().feeds.get_or_init(shown).iter().cloned().map(Of::from)
    }

    /// The feeds of something, as links.
    pub(super) fn feed_links(&self, of: &FeedOf, title: &str) -> Vec<Of<FeedLink>> {
        let json = self.config.outputs.json_feed.then_some((FeedFormat::Json, "application/feed+json"));
        let formats = [Some((FeedFormat::Atom, "application/atom+xml")), json];
        let link = |(format, mime): (FeedFormat, &str)| {
            let url = self.href(&Route::Feed(of.clone(), format));
            FeedLink { title: title.to_owned(), url, mime: mime.to_owned() }.show().into()
        };
        formats.into_iter().flatten().map(link).collect()
    }

    /// The `citation_*` set, which reference managers read.
    pub(super) fn paper_head(&self, paper: PaperIndex, head: &mut Head) {
        if !self.uses.meta {
            return;
        }
        let mut add = |name: &str, content: &str| {
            if !content.is_empty() {
                head.meta.extend(["<meta name=\"", name, "\" content=\""]);
                markup::escape::attribute(content, &mut head.meta);
                head.meta.push_str("\">\n");
            }
        };
        add("citation_title", self.title(paper));
        self.site.entry(self.site.authors_entry(paper)).authors.iter().for_each(|name| add("citation_author", name));
        add("citation_publication_date", &super::cite::publication_date(self, paper).replace('-', "/"));
        let ids = self.ids(paper);
        let arxiv = ids.iter().find(|id| matches!(id, PaperId::Arxiv(_))).map(PaperId::as_str);
        let doi = ids.iter().find(|id| matches!(id, PaperId::Doi(_))).map(|id| id.as_str().to_owned());
        add("citation_arxiv_id", arxiv.unwrap_or_default());
        // The publisher's DOI where there is one, else arXiv's own.
        let own = || arxiv.map(|id| format!("10.48550/arXiv.{id}"));
        add("citation_doi", &doi.or_else(own).unwrap_or_default());
    }
}
