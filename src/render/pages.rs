//! What each kind of page is given: `page` for every one, and the variables of its kind.

use rayon::prelude::*;
use tera::value::Key;
use tera::{Context, Value};

use super::Press;
use super::head::Head;
use super::view::Show;
use super::views::{CountsView, LangView, NavLink, PaperPage, PersonView, SiteView, TextView};
use crate::digest::Lang;
use crate::plan::{Job, Output, Paging, has_search};
use crate::route::{FeedFormat, FeedOf, Route, split_part};
use crate::site::{KeptPage, PaperIndex, Room};
use crate::theme::StringText;

/// Tags shown on the home page.
const TOP_TAGS: usize = 24;
/// Papers named as near.
const RELATED: usize = 6;

/// Variables of each template, by name: `(template, variable, type)`; for the documentation.
pub const VARIABLES: &[(&str, &str, &str)] = &[
    ("home.html", "texts", "list of TextView: of index.md, on the first page"),
    ("home.html", "days", "list of DayView"),
    ("home.html", "pager", "PagerView"),
    ("home.html", "top_tags", "list of TagLink"),
    ("home.html", "calendar", "list of MonthView: the latest"),
    ("date.html", "day", "DayView"),
    ("month.html", "month", "MonthView"),
    ("year.html", "year", "YearView"),
    ("archive.html", "years", "list of YearView"),
    ("archive.html", "undated", "list of PaperLink"),
    ("paper.html", "paper", "PaperView"),
    ("paper.html", "about", "PaperPage"),
    ("tags.html", "tags", "list of TagLink"),
    ("tags.html", "letters", "list of LetterView"),
    ("tag.html", "tag", "TagView"),
    ("authors.html", "authors", "list of AuthorCount"),
    ("authors.html", "letters", "list of LetterView"),
    ("author.html", "author", "AuthorView"),
    ("page.html", "texts", "list of TextView"),
    ("page.html", "untranslated", "true or false: whether `texts` are not in the language of the page"),
    ("card.svg", "card", "CardView"),
    ("stats.html", "stats", "StatsView"),
    ("search.html", "search", "SearchView"),
    ("result.html", "page", "PartPage"),
    ("result.html", "result", "ResultView"),
    ("redirect.html", "to", "text: the address"),
    ("feed.xml", "feed", "FeedView"),
    ("sitemap.xml", "urls", "list of SitemapUrl"),
    ("sitemap.xml", "parts", "list of SitemapUrl: the parts of a large sitemap"),
    ("llms.txt", "days", "list of DayLink with papers"),
    ("llms.txt", "years", "list of YearView"),
    ("parts/page/NAME.html", "page", "PartPage"),
    ("parts/paper/NAME.html", "page", "PartPage"),
    ("parts/paper/NAME.html", "paper", "PaperView"),
];

/// Templates that the program renders by where they lie; `NAME` is the theme's choice.
pub const PARTS: [&str; 2] = ["parts/page/NAME.html", "parts/paper/NAME.html"];

impl Press<'_> {
    /// Puts everything the output's template may see into the context.
    pub(super) fn fill(&self, output: &Output, context: &mut Context) {
        let mut head = self.head(output);
        match &output.job {
            Job::Home(page) => self.home(*page, &mut head, context),
            Job::Day(day) => self.day(*day, &mut head, context),
            Job::Month(year, month) => self.month(*year, *month, &mut head, context),
            Job::Year(year) => self.year(*year, &mut head, context),
            Job::Archive => self.archive(&mut head, context),
            Job::Paper(paper) => self.paper(*paper, &mut head, context),
            Job::Tags => self.tags(context),
            Job::Tag(tag, page) => self.tag(*tag, *page, &mut head, context),
            Job::Authors => self.authors(context),
            Job::Author(author) => self.author(*author, &mut head, context),
            Job::Page(page) => self.plain_page(*page, &mut head, context),
            Job::Stats => put(context, "stats", self.stats()),
            Job::Search => put(context, "search", self.search_view()),
            Job::Redirect(to) => self.redirect(to, &mut head, context),
            Job::Feed(of, _) => return self.feed(of, context),
            Job::Sitemap(part) => return self.sitemap(*part, context),
            Job::SearchResults(file) => return self.first_result(*file, context),
            Job::Llms => self.llms(context),
            Job::DayCard(day) => self.day_card(*day, context),
            Job::PaperCard(paper) => self.paper_card(*paper, context),
            _ => {}
        }
        // It says what the page is called, which is known now.
        if self.uses.json_ld || self.uses.head {
            head.json_ld = self.json_ld(output, &head);
        }
        put(context, "page", head.view(self).show_fields(self.uses.page_fields));
    }

    fn home(&self, page: u32, head: &mut Head, context: &mut Context) {
        let home = &self.config.home;
        let dated = self.site.dated();
        let paging = Paging::of_home(self.config, dated.len());
        let days = &dated[paging.slice_from_end(page)];
        let mut left = home.papers;
        let mut views = Vec::with_capacity(days.len());
        for day in days.iter().rev() {
            views.extend(self.day_view(day, left));
            left = left.saturating_sub(day.items.len());
        }
        let pager = self.pager(page, paging.pages(), Route::Home);
        head.neighbours(pager.prev.clone(), pager.next.clone());
        put(context, "texts", self.opening(page));
        put(context, "days", views);
        put(context, "pager", pager);
        put(context, "top_tags", self.top_tags(TOP_TAGS));
        put(context, "calendar", self.recent_months());
    }

    /// What `index.md` says, on the first page.
    fn opening(&self, page: u32) -> Vec<TextView> {
        let opening = self.site.opening().filter(|_| page <= 1).map(|opening| &self.site.pages()[opening]);
        opening.map(|opening| self.page_texts(opening, &self.page_passages(opening).0)).unwrap_or_default()
    }

    fn day(&self, day: usize, head: &mut Head, context: &mut Context) {
        let days = self.site.dated();
        let neighbour = |day: Option<&crate::site::Day>| {
            let date = day?.date?;
            let title = self.date_view(date).text;
            let lang = self.lang.as_str().to_owned();
            Some(NavLink { kind: "date".into(), title, lang, url: self.href(&Route::Date(date)) })
        };
        head.published = days[day].date.map(|date| date.to_string()).unwrap_or_default();
        head.card = days[day].date.and_then(|date| self.card_link(&Route::DateCard(date), &head.title));
        head.prev = neighbour(day.checked_sub(1).and_then(|before| days.get(before)));
        head.next = neighbour(days.get(day + 1));
        if let Some(view) = self.day_view(&days[day], usize::MAX) {
            put(context, "day", view);
        }
    }

    fn month(&self, year: i16, month: i8, head: &mut Head, context: &mut Context) {
        let mut months = self.months(self.site.days_of(year, Some(month)), true);
        head.title = self.month_text(year, month);
        if let Some(view) = months.pop() {
            put(context, "month", view);
        }
    }

    fn year(&self, year: i16, head: &mut Head, context: &mut Context) {
        head.title = year.to_string();
        if let Some(view) = self.years(self.site.days_of(year, None)).pop() {
            put(context, "year", view);
        }
    }

    fn archive(&self, _head: &mut Head, context: &mut Context) {
        put(context, "years", self.years(self.site.dated()));
        put(context, "undated", self.undated());
    }

    fn paper(&self, paper: PaperIndex, head: &mut Head, context: &mut Context) {
        if self.uses.meta || self.uses.head {
            head.meta = self.citation(paper);
        }
        if self.uses.head {
            let address = |paper: Option<PaperIndex>| paper.map(|paper| self.href(&self.paper_route(paper)));
            [head.before, head.after] = self.beside(paper).map(|paper| address(paper).unwrap_or_default());
            head.published = self.site.date(paper).map(|date| date.to_string()).unwrap_or_default();
        }
        head.card = self.card_link(&Route::PaperCard(self.site.address(paper).to_owned()), &head.title);
        self.check_titles(paper);
        let about = self.paper_page(paper);
        put(context, "paper", self.paper_view(paper));
        put(context, "about", about);
    }

    /// Reports the formulas of a paper's titles that cannot be read.
    fn check_titles(&self, paper: PaperIndex) {
        for &entry in self.site.entries_of(paper) {
            let (said, source) = (self.site.entry(entry), &self.site.digest_of(entry).source);
            let wrong = match &said.title_markup {
                Some(markdown) => self.markup.heading(markdown).findings,
                None if said.title.contains('$') => self.markup.wrong_in_title(&said.title),
                None => continue,
            };
            self.found(wrong.into_iter().map(|finding| finding.at(said.span.clone()).in_source(source)));
        }
    }

    fn paper_page(&self, paper: PaperIndex) -> PaperPage {
        let date = |entry: u32| self.site.digest_of(entry).digest.date;
        let dates = self.site.entries_of(paper).chunk_by(|&a, &b| date(a) == date(b));
        let entries = dates.map(|entries| self.entry_view(paper, entries)).collect();
        let related = if self.uses.related { self.near(paper) } else { &[] };
        let [prev, next] = self.beside(paper).map(|paper| paper.map(|paper| self.paper_link(paper)));
        PaperPage {
            entries,
            mentions: self.paper_links(self.site.mentions(paper)),
            mentioned_in: self.paper_links(self.site.mentioned_in(paper)),
            related: self.paper_links(related),
            facts: self.facts(paper),
            bibtex: if self.uses.bibtex { self.bibtex(paper).to_owned() } else { String::new() },
            prev,
            next,
        }
    }

    /// The papers before and after one in the order of the site.
    fn beside(&self, paper: PaperIndex) -> [Option<PaperIndex>; 2] {
        [paper.checked_sub(1), paper.checked_add(1)]
            .map(|paper| paper.filter(|paper| self.site.papers().contains(paper)))
    }

    /// Papers near to one that it neither names nor is named by: those stand in lists of their own. Asked once: in a
    /// preview, a page that is read again and again costs no further question.
    fn near(&self, paper: PaperIndex) -> &[PaperIndex] {
        self.shared.near[paper as usize].get_or_init(|| self.nearest(paper, &mut Room::default()))
    }

    /// Asks for the papers near to each of these, by all threads.
    pub(super) fn ask_for_near(&self, papers: &[PaperIndex]) {
        papers.par_iter().with_min_len(64).for_each_init(Room::default, |room, &paper| {
            self.shared.near[paper as usize].get_or_init(|| self.nearest(paper, room));
        });
    }

    fn nearest(&self, paper: PaperIndex, room: &mut Room) -> Vec<PaperIndex> {
        let (named, naming) = (self.site.mentions(paper), self.site.mentioned_in(paper));
        let mut related = self.site.related(paper, RELATED + named.len() + naming.len(), room);
        related.retain(|paper| !named.contains(paper) && !naming.contains(paper));
        related.truncate(RELATED);
        related
    }

    fn tag(&self, tag: usize, page: u32, head: &mut Head, context: &mut Context) {
        let tag = &self.site.tags()[tag];
        let view = self.tag_view(tag, page);
        if self.config.outputs.tag_feeds {
            head.feeds = self.feed_links(&FeedOf::Tag(view.name.clone()), &format!("#{}", view.label));
        }
        head.neighbours(view.pager.prev.clone(), view.pager.next.clone());
        head.title = match page {
            1 => format!("#{}", view.label),
            page => format!("#{} ({page})", view.label),
        };
        let count = self.theme.strings.say(self.lang.as_str(), "papers_count", Some(view.count as u64));
        head.description = match view.description.as_str() {
            "" => format!("#{}: {count}", view.label),
            description => description.to_owned(),
        };
        put(context, "tag", view);
    }

    fn author(&self, author: usize, head: &mut Head, context: &mut Context) {
        let view = self.author_view(author);
        let author = &self.site.authors()[author];
        if self.config.feeds.authors {
            head.feeds = self.feed_links(&FeedOf::Author(author.slug.text().to_owned()), &view.name);
        }
        head.title.clone_from(&view.name);
        let count = self.theme.strings.say(self.lang.as_str(), "papers_count", Some(view.count as u64));
        head.description = format!("{}: {count}", view.name);
        put(context, "author", view);
    }

    fn plain_page(&self, page: usize, head: &mut Head, context: &mut Context) {
        let page = &self.site.pages()[page];
        (head.title, head.title_lang) = self.page_title(page);
        let (passages, untranslated) = self.page_passages(page);
        let said = passages.first().map(|(passage, _)| self.excerpt(&passage.text.text, 160));
        head.describe(said.unwrap_or_default());
        put(context, "texts", self.page_texts(page, &passages));
        put(context, "untranslated", untranslated);
    }

    /// A plain page's title, or its address, with its language.
    pub(super) fn page_title(&self, page: &KeptPage) -> (String, String) {
        let (title, lang) = self.said(&page.page.meta.title).unwrap_or((&page.address, self.lang));
        (title.to_owned(), lang.as_str().to_owned())
    }

    fn redirect(&self, to: &str, head: &mut Head, context: &mut Context) {
        let base = &self.config.base_url;
        let (path, part) = split_part(to);
        let (href, canonical) = if to.contains("://") {
            (to.to_owned(), to.to_owned())
        } else {
            (format!("{}{part}", base.href(path)), format!("{}{part}", base.absolute(path)))
        };
        head.canonical = canonical;
        put(context, "to", href);
    }

    /// The site for every page.
    pub(super) fn site_view(&self) -> SiteView {
        let config = self.config;
        let person = &config.author;
        let outputs = config.outputs.all().map(|(name, on)| (Key::Str(name), Value::from(on)));
        let strings = self.theme.strings.plain(self.lang.as_str());
        let strings = strings.map(|(key, text)| (Key::from(key.to_owned()), Value::from(text)));
        SiteView {
            title: config.title.get(self.lang).unwrap_or_default().to_owned(),
            description: config.description.get(self.lang).unwrap_or_default().to_owned(),
            descriptions: self.in_each_language(|press| {
                let (text, lang) = press.said(&config.description)?;
                Some((text.to_owned(), lang.as_str().to_owned()))
            }),
            lang: self.lang.as_str().to_owned(),
            layout: if self.is_split() { "split" } else { "together" }.to_owned(),
            languages: (0..config.languages.len()).map(|number| self.lang_view(number)).collect(),
            author: PersonView { name: person.name.clone(), email: person.email.clone(), url: person.url.clone() },
            license: config.license.clone(),
            home: self.href(&Route::Home(1)),
            base_url: config.base_url.absolute(""),
            origin: config.base_url.origin().to_owned(),
            nav: self.nav(),
            feed: self.href(&Route::Feed(FeedOf::Site, FeedFormat::Atom)),
            feeds: self.site_feeds().shown.clone().into(),
            counts: CountsView {
                papers: self.site.paper_count(),
                days: self.site.dated().len(),
                tags: self.site.tags().len(),
                authors: if config.outputs.authors { self.site.author_count() } else { 0 },
            },
            outputs: Value::from(outputs.collect::<tera::Map>()),
            options: self.theme.options.clone(),
            strings: Value::from(strings.collect::<tera::Map>()),
            extra: Value::try_from_serializable(&config.extra).unwrap_or_else(|_| Value::none()),
            generator: concat!("Offprint ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    fn lang_view(&self, number: usize) -> LangView {
        let lang = &self.config.languages[number];
        let home = || self.in_tree(number).href(&Route::Home(1));
        LangView { tag: lang.as_str().to_owned(), name: self.lang_name(lang), home: self.is_split().then(home) }
    }

    /// A language's own name for itself: as the theme has it, else as it is known.
    pub(super) fn lang_name(&self, lang: &Lang) -> String {
        match self.theme.strings.find(lang.as_str(), "language_name") {
            Some((of, StringText::Plain(name))) if of == lang.as_str() => name.clone(),
            _ => lang.name(),
        }
    }

    fn nav(&self) -> Vec<NavLink> {
        let outputs = &self.config.outputs;
        let authors = outputs.authors && self.site.author_count() > 0;
        let tags = !self.site.tags().is_empty();
        let parts = [
            ("archive", Route::Archive, true),
            ("tags", Route::Tags, tags),
            ("authors", Route::Authors, authors),
            ("stats", Route::Stats, outputs.stats),
            ("search", Route::Search, has_search(&self.inputs())),
        ];
        let say = |key: &str| self.theme.strings.say(self.lang.as_str(), key, None);
        let link = |(kind, route, _): (&str, Route, bool)| NavLink {
            kind: kind.into(),
            title: say(kind),
            lang: self.lang.as_str().to_owned(),
            url: self.href(&route),
        };
        let mut nav: Vec<NavLink> = parts.into_iter().filter(|(_, _, made)| *made).map(link).collect();
        nav.extend(self.site.menu().map(|page| {
            let (title, lang) = self.page_title(page);
            NavLink { kind: "page".into(), title, lang, url: self.href(&page.route()) }
        }));
        nav
    }
}

pub(super) fn put(context: &mut Context, name: &'static str, view: impl Show) {
    context.insert_value(name, view.show());
}
