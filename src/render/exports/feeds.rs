//! Feeds, as Atom and as JSON: an entry a digest for the site, an entry a paper for tags and authors, an entry a week or a
//! month for round-ups.

use std::collections::BTreeSet;

use jiff::Zoned;
use jiff::civil::Date;
use serde::Serialize;
use tera::Context;

use super::{Export, Write};
use crate::config::{Config, Switch};
use crate::markup;
use crate::render::PageRenderer;
use crate::render::collections::families;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::head::Head;
use crate::render::json_ld::harmless;
use crate::render::kinds::AUTHORS;
use crate::render::plan::{Output, Planner, Subject};
use crate::render::views::{FeedEntry, FeedView};

use crate::model::Lang;
use crate::model::route::{FeedFormat, FeedOf, Route};
use crate::site::{Day, Family, Member, PaperIndex, Sym};

pub(in crate::render) const TAG_FEEDS: &Switch = &Switch {
    name: "tag_feeds",
    default: true,
    word: None,
    about: "A feed for each tag: `/tags/diffusion/feed.xml`.",
};

pub(in crate::render) const JSON_FEED: &Switch = &Switch {
    name: "json_feed",
    default: true,
    word: None,
    about: "A `feed.json` beside each `feed.xml`.",
};

pub(in crate::render) const LANGUAGE_FEEDS: &Switch = &Switch {
    name: "language_feeds",
    default: true,
    word: None,
    about: "Where languages share pages, a feed for each: `/en/feed.xml`. A paper without a text in that language has what there is.",
};

pub(super) const ATOM: &Export = &Export {
    file: "feed.xml",
    switch: None,
    more: &[TAG_FEEDS, LANGUAGE_FEEDS],
    plan: |planner| plan(planner, FeedFormat::Atom),
    write: Write::Template(
        &TemplateDoc {
            name: "feed.xml",
            makes: "An Atom feed.",
            at: "`/feed.xml`, `/tags/diffusion/feed.xml`",
            variables: Given::FIELDS,
            has_page: false,
        },
        fill,
    ),
};

pub(super) const JSON: &Export = &Export {
    file: "feed.json",
    switch: Some(JSON_FEED),
    more: &[],
    plan: |planner| plan(planner, FeedFormat::Json),
    write: Write::Text(write_json),
};

variables! {
    feed: FeedView,
}

/// When a feed with nothing in it was last updated.
const BEGINNING: &str = "1970-01-01T00:00:00Z";

/// A feed in the form of <https://jsonfeed.org/version/1.1>.
#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    language: &'a str,
    authors: Vec<JsonAuthor<'a>>,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    content_html: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
    tags: &'a [String],
    language: &'a str,
    authors: Vec<JsonAuthor<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

impl<'a> JsonItem<'a> {
    fn of(entry: &'a FeedEntry) -> Self {
        Self {
            id: &entry.id,
            url: &entry.url,
            title: &entry.title,
            summary: &entry.summary,
            content_html: &entry.content,
            date_published: &entry.published,
            date_modified: &entry.updated,
            tags: &entry.tags,
            language: &entry.lang,
            authors: entry.authors.iter().map(|name| JsonAuthor { name }).collect(),
        }
    }
}

/// Every feed of a site, in a format.
fn plan(planner: &mut Planner<'_>, format: FeedFormat) {
    let (site, config) = (planner.inputs.site, planner.inputs.config);
    let mut feeds = vec![FeedOf::Site];
    feeds.extend(language_feeds(config).map(|lang| FeedOf::Language(lang.as_str().to_owned())));
    if config.outputs.has(TAG_FEEDS) {
        feeds.extend(site.tags().iter().map(|tag| FeedOf::Tag(tag.name.text().to_owned())));
    }
    if config.outputs.has(AUTHORS) && config.feeds.authors {
        feeds.extend(
            site.authors().iter().map(|author| FeedOf::Author(author.slug.text().to_owned())),
        );
    }
    let families = families(&planner.inputs);
    feeds.extend(roundup_feeds(families));
    for family in families.iter().filter(|family| !family.is_of_roundups()) {
        feeds.extend(
            family
                .collections
                .iter()
                .map(|of| FeedOf::Collection(family.name.clone(), of.slug.clone())),
        );
    }
    for of in feeds {
        planner.add(Route::Feed(of, format), Subject::Site);
    }
}

/// The languages that have a feed of their own beside that of all.
pub(in crate::render) fn language_feeds(config: &Config) -> impl Iterator<Item = &Lang> {
    let share = config.outputs.has(LANGUAGE_FEEDS)
        && config.trees().len() == 1
        && config.languages.len() > 1;
    config.languages.iter().filter(move |_| share)
}

/// The feeds of round-ups.
pub(super) fn roundup_feeds(families: &[Family]) -> impl Iterator<Item = FeedOf> {
    let periods = families.iter().filter_map(|family| family.collections.first()?.period);
    periods.map(|period| FeedOf::Roundups(period.span.name()))
}

/// What the feed at a route is about.
pub(super) fn feed_of(output: &Output) -> &FeedOf {
    if let Route::Feed(of, _) = &output.route { of } else { &FeedOf::Site }
}

fn fill(press: &PageRenderer<'_>, output: &Output, context: &mut Context) {
    Given { feed: press.feed_view(feed_of(output)) }.put(context);
}

fn write_json(press: &PageRenderer<'_>, output: &Output) -> String {
    let feed = press.feed_view(feed_of(output));
    let json = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        description: &feed.subtitle,
        home_page_url: &feed.page,
        feed_url: press.edition.absolute(&output.route),
        language: &feed.lang,
        authors: vec![JsonAuthor { name: &feed.author }],
        items: feed.entries.iter().map(JsonItem::of).collect(),
    };
    harmless(&json)
}

impl PageRenderer<'_> {
    pub(super) fn feed_view(&self, of: &FeedOf) -> FeedView {
        let (title, page, mut entries) = match of {
            FeedOf::Language(lang) if !self.edition.alone => {
                return self.speaking(lang).feed_view(of);
            }
            FeedOf::Language(_) => {
                (self.title_in_language(), Route::Home(1), self.digest_entries())
            }
            FeedOf::Site => {
                (self.edition.site_title().to_owned(), Route::Home(1), self.digest_entries())
            }
            FeedOf::Tag(name) => {
                let tag = self.site.tag(name);
                let mut entries = self
                    .paper_entries(tag.map(|tag| self.site.papers_of_tag(tag)).unwrap_or_default());
                if let Some(tag) = tag.filter(|tag| self.site.posts_of_tag(&tag.name).len() > 0) {
                    entries.extend(self.post_entries(self.site.posts_of_tag(&tag.name)));
                    entries.sort_by(|a, b| b.published.cmp(&a.published));
                }
                (
                    format!("#{} · {}", self.edition.tag_label(name), self.edition.site_title()),
                    Route::Tag(name.clone(), 1),
                    entries,
                )
            }
            FeedOf::Collection(family, slug) => self.collection_feed(family, slug),
            FeedOf::Roundups(family) => self.roundup_feed(family),
            FeedOf::Author(slug) => {
                let author = self.site.author(slug);
                let papers = author
                    .map(|author| self.site.papers_of_author(&author.slug))
                    .unwrap_or_default();
                let name = author.map_or(slug.as_str(), |author| self.edition.author_name(author));
                (
                    format!("{name} · {}", self.edition.site_title()),
                    Route::Author(slug.clone(), 1),
                    self.paper_entries(papers),
                )
            }
        };
        entries.truncate(self.config.feeds.entries);
        for entry in &mut entries {
            entry.content = markup::without_tex(&entry.content);
        }
        let newest = entries.iter().map(|entry| entry.updated.as_str()).max();
        let updated = newest.unwrap_or(BEGINNING).to_owned();
        let sheet = self.theme.assets.iter().find(|asset| asset.name == "feed.css");
        let style = sheet.map(|sheet| self.edition.href(&Route::File(sheet.path.clone())));
        let style = style.unwrap_or_default();
        FeedView {
            id: self.tag_uri(&page),
            title,
            subtitle: self.config.description.get(self.edition.lang).unwrap_or_default().to_owned(),
            url: self.feed_address(of),
            page: self.edition.absolute(&page),
            about: if style.is_empty() {
                String::new()
            } else {
                self.edition.say("feed_about", None)
            },
            style,
            updated,
            author: self.edition.feed_author().to_owned(),
            lang: self.edition.lang.as_str().to_owned(),
            entries,
        }
    }

    /// The title of the feed that holds texts of the press's language.
    pub(in crate::render) fn title_in_language(&self) -> String {
        format!("{} ({})", self.edition.site_title(), self.edition.lang_name(self.edition.lang))
    }

    /// Title, page and entries of the feed of a collection; the parts of a series newest first.
    fn collection_feed(&self, family: &str, slug: &str) -> (String, Route, Vec<FeedEntry>) {
        let Some((place, index)) = self.site.collection(family, slug) else {
            return (String::new(), Route::Home(1), Vec::new());
        };
        let family = &self.site.families()[place];
        let of = &family.collections[index];
        let mut entries: Vec<FeedEntry> = match of.page {
            Some(page) => self.list_entries(page),
            None => of
                .members
                .iter()
                .filter_map(|member| match *member {
                    Member::Paper(paper) => self.paper_entry(paper),
                    Member::Day(day) => self.digest_entry(&self.site.days()[day]),
                    Member::Post(post) => self.post_feed_entry(&self.site.pages()[post]),
                })
                .collect(),
        };
        entries.sort_by(|a, b| b.published.cmp(&a.published));
        let title = format!(
            "{}: {} · {}",
            self.edition.family_label(&family.name),
            self.edition.collection_title(family, of),
            self.edition.site_title()
        );
        (title, of.route(family, 1), entries)
    }

    /// An id that survives a change of scheme and of this program, and of the address where config.toml says what that
    /// was: RFC 4151.
    pub(in crate::render) fn tag_uri(&self, route: &Route) -> String {
        let base = self.config.feeds.former_url.as_ref().unwrap_or(&self.config.base_url);
        let host = base.origin().split("//").nth(1).unwrap_or_default();
        let host = host.split(':').next().unwrap_or(host);
        // Texts of one language are another entry than those of all.
        let part =
            if self.edition.alone { format!("#{}", self.edition.lang) } else { String::new() };
        format!("tag:{host},2025:{}{part}", base.href(&self.edition.tree.path(route)))
    }

    fn digest_entries(&self) -> Vec<FeedEntry> {
        self.site
            .dated()
            .iter()
            .rev()
            .flat_map(|day| {
                let posts = self.post_entries(Day::posts(day));
                posts.chain(self.digest_entry(day))
            })
            .take(self.config.feeds.entries)
            .collect()
    }

    fn post_entries(&self, posts: impl Iterator<Item = usize>) -> impl Iterator<Item = FeedEntry> {
        posts.filter_map(|post| self.post_feed_entry(&self.site.pages()[post]))
    }

    fn digest_entry(&self, day: &Day) -> Option<FeedEntry> {
        let date = day.date.filter(|_| !day.is_of_posts_alone())?;
        let route = Route::Date(date);
        let text = self.edition.date_text(date);
        let title = match self.edition.day_title(day).as_str() {
            "" => text,
            title => format!("{title} ({text})"),
        };
        let mut content = String::new();
        self.day_in_feeds(day, "h2", &mut content);
        let tags = self.tags_of_days([day]);
        Some(FeedEntry {
            id: self.tag_uri(&route),
            title,
            url: self.edition.absolute(&route),
            published: self.midnight(date),
            updated: self.updated(day),
            lang: self.edition.lang.as_str().to_owned(),
            authors: self.feed_authors(self.edition.names_of_day(day)),
            tags,
            summary: self.excerpt(&self.edition.titles(day), Head::DESCRIPTION),
            content,
        })
    }

    /// The papers of a day, with all that is said of them.
    pub(in crate::render) fn day_in_feeds(&self, day: &Day, level: &str, out: &mut String) {
        for item in &day.items {
            self.paper_heading(item.paper, level, out);
            item.entries.iter().for_each(|&entry| out.push_str(&self.feed_text(entry)));
        }
    }

    /// The tags of all papers of some days, in order.
    pub(in crate::render) fn tags_of_days<'d>(
        &self,
        days: impl IntoIterator<Item = &'d Day>,
    ) -> Vec<String> {
        let items = days.into_iter().flat_map(|day| &day.items);
        let tags = items.flat_map(|item| self.site.tags_of(item.paper));
        let tags: BTreeSet<&str> = tags.map(Sym::text).collect();
        tags.into_iter().map(str::to_owned).collect()
    }

    fn paper_heading(&self, paper: PaperIndex, level: &str, out: &mut String) {
        let url = self.edition.absolute(&self.edition.paper_route(paper));
        out.extend(["<", level, "><a href=\"", &tera_escape(&url), "\">"]);
        out.push_str(&self.title_html(paper));
        out.extend(["</a></", level, ">"]);
        let authors = &self.site.entry(self.site.authors_entry(paper)).authors;
        if !authors.is_empty() {
            out.push_str("<p>");
            out.push_str(&tera_escape(&authors.join(", ")));
            out.push_str("</p>");
        }
    }

    fn paper_entries(&self, papers: &[PaperIndex]) -> Vec<FeedEntry> {
        let dated = papers.iter().copied().filter(|&paper| self.site.date(paper).is_some());
        dated.take(self.config.feeds.entries).filter_map(|paper| self.paper_entry(paper)).collect()
    }

    pub(in crate::render) fn paper_entry(&self, paper: PaperIndex) -> Option<FeedEntry> {
        let entries = self.site.entries_of(paper);
        let first =
            entries.iter().filter_map(|&entry| self.site.digest_of(entry).digest.date).min()?;
        let mut content = String::new();
        entries.iter().rev().for_each(|&entry| content.push_str(&self.feed_text(entry)));
        let route = self.edition.paper_route(paper);
        let digests = entries.iter().map(|&entry| self.site.digest_of(entry));
        let names = self.edition.names_of(digests.map(|kept| &kept.digest.meta.about));
        Some(FeedEntry {
            id: self.tag_uri(&route),
            title: self.edition.title(paper).to_owned(),
            url: self.edition.absolute(&route),
            published: self.midnight(first),
            updated: self.midnight(self.site.date(paper)?),
            lang: self.edition.lang.as_str().to_owned(),
            authors: self.feed_authors(names),
            tags: self.site.tags_of(paper).into_iter().map(|tag| tag.text().to_owned()).collect(),
            summary: self.summary(paper).into_owned(),
            content,
        })
    }

    /// A date at midnight in the site's time zone, in RFC 3339.
    pub(in crate::render) fn midnight(&self, date: Date) -> String {
        let zoned = date.to_zoned(self.config.timezone.clone());
        zoned.map_or_else(|_| format!("{date}T00:00:00Z"), |zoned| rfc_3339(&zoned))
    }

    /// When a day last changed: front matter's word, else its midnight.
    pub(in crate::render) fn updated(&self, day: &Day) -> String {
        let own = self
            .site
            .day_digests(day)
            .iter()
            .filter_map(|digest| digest.digest.meta.updated.as_deref());
        let midnight = day.date.map(|date| self.midnight(date)).unwrap_or_default();
        own.filter_map(|time| self.time(time)).chain([midnight]).max().unwrap_or_default()
    }

    /// A date or a time of front matter in RFC 3339.
    pub(in crate::render) fn time(&self, text: &str) -> Option<String> {
        match text.parse::<Date>() {
            Ok(date) if !text.contains([':', 'T']) => Some(self.midnight(date)),
            _ => text
                .parse::<jiff::Timestamp>()
                .ok()
                .map(|time| rfc_3339(&time.to_zoned(self.config.timezone.clone()))),
        }
    }
}

/// A time as feeds write it. Offsets of old local times have seconds, which RFC 3339 does not know: those are left out.
fn rfc_3339(time: &Zoned) -> String {
    let seconds = time.offset().seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{}{sign}{:02}:{:02}", time.strftime("%Y-%m-%dT%H:%M:%S"), minutes / 60, minutes % 60)
}

/// Text as it is written in HTML.
pub(in crate::render) fn tera_escape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    // Writing to a vector cannot fail.
    let _ = tera::escape_html(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}
