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
use crate::model::Lang;
use crate::model::route::{FeedFormat, FeedOf, Route};
use crate::render::collections::families;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::head::Head;
use crate::render::json_ld::harmless;
use crate::render::kinds::AUTHORS;
use crate::render::plan::{Output, Planner, Subject};
use crate::render::views::{FeedEntry, FeedView};
use crate::render::{
    PageRenderer, documents, feed_texts, json_ld, reading_lists, roundups, writers,
};
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
    Given { feed: feed_view(press, feed_of(output)) }.put(context);
}

fn write_json(press: &PageRenderer<'_>, output: &Output) -> String {
    let feed = feed_view(press, feed_of(output));
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

pub(super) fn feed_view(press: &PageRenderer<'_>, of: &FeedOf) -> FeedView {
    let (title, page, mut entries) = match of {
        FeedOf::Language(lang) if !press.edition.alone => {
            return feed_view(&press.speaking(lang), of);
        }
        FeedOf::Language(_) => (title_in_language(press), Route::Home(1), digest_entries(press)),
        FeedOf::Site => {
            (press.edition.site_title().to_owned(), Route::Home(1), digest_entries(press))
        }
        FeedOf::Tag(name) => {
            let tag = press.site.tag(name);
            let mut entries = paper_entries(
                press,
                tag.map(|tag| press.site.papers_of_tag(tag)).unwrap_or_default(),
            );
            if let Some(tag) = tag.filter(|tag| press.site.posts_of_tag(&tag.name).len() > 0) {
                entries.extend(post_entries(press, press.site.posts_of_tag(&tag.name)));
                entries.sort_by(|a, b| b.published.cmp(&a.published));
            }
            (
                format!("#{} · {}", press.edition.tag_label(name), press.edition.site_title()),
                Route::Tag(name.clone(), 1),
                entries,
            )
        }
        FeedOf::Collection(family, slug) => collection_feed(press, family, slug),
        FeedOf::Roundups(family) => roundups::roundup_feed(press, family),
        FeedOf::Author(slug) => {
            let author = press.site.author(slug);
            let papers =
                author.map(|author| press.site.papers_of_author(&author.slug)).unwrap_or_default();
            let name = author.map_or(slug.as_str(), |author| press.edition.author_name(author));
            (
                format!("{name} · {}", press.edition.site_title()),
                Route::Author(slug.clone(), 1),
                paper_entries(press, papers),
            )
        }
    };
    entries.truncate(press.config.feeds.entries);
    for entry in &mut entries {
        entry.content = markup::without_tex(&entry.content);
    }
    let newest = entries.iter().map(|entry| entry.updated.as_str()).max();
    let updated = newest.unwrap_or(BEGINNING).to_owned();
    let sheet = press.theme.assets.iter().find(|asset| asset.name == "feed.css");
    let style = sheet.map(|sheet| press.edition.href(&Route::File(sheet.path.clone())));
    let style = style.unwrap_or_default();
    FeedView {
        id: tag_uri(press, &page),
        title,
        subtitle: press.config.description.get(press.edition.lang).unwrap_or_default().to_owned(),
        url: json_ld::feed_address(press, of),
        page: press.edition.absolute(&page),
        about: if style.is_empty() { String::new() } else { press.edition.say("feed_about", None) },
        style,
        updated,
        author: press.edition.feed_author().to_owned(),
        lang: press.edition.lang.as_str().to_owned(),
        entries,
    }
}

/// The title of the feed that holds texts of the press's language.
pub(in crate::render) fn title_in_language(press: &PageRenderer<'_>) -> String {
    format!("{} ({})", press.edition.site_title(), press.edition.lang_name(press.edition.lang))
}

/// Title, page and entries of the feed of a collection; the parts of a series newest first.
fn collection_feed(
    press: &PageRenderer<'_>,
    family: &str,
    slug: &str,
) -> (String, Route, Vec<FeedEntry>) {
    let Some((place, index)) = press.site.collection(family, slug) else {
        return (String::new(), Route::Home(1), Vec::new());
    };
    let family = &press.site.families()[place];
    let of = &family.collections[index];
    let mut entries: Vec<FeedEntry> = match of.page {
        Some(page) => reading_lists::list_entries(press, page),
        None => of
            .members
            .iter()
            .filter_map(|member| match *member {
                Member::Paper(paper) => paper_entry(press, paper),
                Member::Day(day) => digest_entry(press, &press.site.days()[day]),
                Member::Post(post) => documents::post_feed_entry(press, &press.site.pages()[post]),
            })
            .collect(),
    };
    entries.sort_by(|a, b| b.published.cmp(&a.published));
    let title = format!(
        "{}: {} · {}",
        press.edition.family_label(&family.name),
        press.edition.collection_title(family, of),
        press.edition.site_title()
    );
    (title, of.route(family, 1), entries)
}

/// An id that survives a change of scheme and of this program, and of the address where config.toml says what that
/// was: RFC 4151.
pub(in crate::render) fn tag_uri(press: &PageRenderer<'_>, route: &Route) -> String {
    let base = press.config.feeds.former_url.as_ref().unwrap_or(&press.config.base_url);
    let host = base.origin().split("//").nth(1).unwrap_or_default();
    let host = host.split(':').next().unwrap_or(host);
    // Texts of one language are another entry than those of all.
    let part = if press.edition.alone { format!("#{}", press.edition.lang) } else { String::new() };
    format!("tag:{host},2025:{}{part}", base.href(&press.edition.tree.path(route)))
}

fn digest_entries(press: &PageRenderer<'_>) -> Vec<FeedEntry> {
    press
        .site
        .dated()
        .iter()
        .rev()
        .flat_map(|day| {
            let posts = post_entries(press, Day::posts(day));
            posts.chain(digest_entry(press, day))
        })
        .take(press.config.feeds.entries)
        .collect()
}

fn post_entries(
    press: &PageRenderer<'_>,
    posts: impl Iterator<Item = usize>,
) -> impl Iterator<Item = FeedEntry> {
    posts.filter_map(|post| documents::post_feed_entry(press, &press.site.pages()[post]))
}

fn digest_entry(press: &PageRenderer<'_>, day: &Day) -> Option<FeedEntry> {
    let date = day.date.filter(|_| !day.is_of_posts_alone())?;
    let route = Route::Date(date);
    let text = press.edition.date_text(date);
    let title = match press.edition.day_title(day).as_str() {
        "" => text,
        title => format!("{title} ({text})"),
    };
    let mut content = String::new();
    day_in_feeds(press, day, "h2", &mut content);
    let tags = tags_of_days(press, [day]);
    Some(FeedEntry {
        id: tag_uri(press, &route),
        title,
        url: press.edition.absolute(&route),
        published: midnight(press, date),
        updated: updated(press, day),
        lang: press.edition.lang.as_str().to_owned(),
        authors: writers::feed_authors(press, press.edition.names_of_day(day)),
        tags,
        summary: press.excerpt(&press.edition.titles(day), Head::DESCRIPTION),
        content,
    })
}

/// The papers of a day, with all that is said of them.
pub(in crate::render) fn day_in_feeds(
    press: &PageRenderer<'_>,
    day: &Day,
    level: &str,
    out: &mut String,
) {
    for item in &day.items {
        paper_heading(press, item.paper, level, out);
        item.entries.iter().for_each(|&entry| out.push_str(&feed_texts::feed_text(press, entry)));
    }
}

/// The tags of all papers of some days, in order.
pub(in crate::render) fn tags_of_days<'d>(
    press: &PageRenderer<'_>,
    days: impl IntoIterator<Item = &'d Day>,
) -> Vec<String> {
    let items = days.into_iter().flat_map(|day| &day.items);
    let tags = items.flat_map(|item| press.site.tags_of(item.paper));
    let tags: BTreeSet<&str> = tags.map(Sym::text).collect();
    tags.into_iter().map(str::to_owned).collect()
}

fn paper_heading(press: &PageRenderer<'_>, paper: PaperIndex, level: &str, out: &mut String) {
    let url = press.edition.absolute(&press.edition.paper_route(paper));
    out.extend(["<", level, "><a href=\"", &tera_escape(&url), "\">"]);
    out.push_str(&press.title_html(paper));
    out.extend(["</a></", level, ">"]);
    let authors = &press.site.entry(press.site.authors_entry(paper)).authors;
    if !authors.is_empty() {
        out.push_str("<p>");
        out.push_str(&tera_escape(&authors.join(", ")));
        out.push_str("</p>");
    }
}

fn paper_entries(press: &PageRenderer<'_>, papers: &[PaperIndex]) -> Vec<FeedEntry> {
    let dated = papers.iter().copied().filter(|&paper| press.site.date(paper).is_some());
    dated.take(press.config.feeds.entries).filter_map(|paper| paper_entry(press, paper)).collect()
}

pub(in crate::render) fn paper_entry(
    press: &PageRenderer<'_>,
    paper: PaperIndex,
) -> Option<FeedEntry> {
    let entries = press.site.entries_of(paper);
    let first =
        entries.iter().filter_map(|&entry| press.site.digest_of(entry).digest.date).min()?;
    let mut content = String::new();
    entries.iter().rev().for_each(|&entry| content.push_str(&feed_texts::feed_text(press, entry)));
    let route = press.edition.paper_route(paper);
    let digests = entries.iter().map(|&entry| press.site.digest_of(entry));
    let names = press.edition.names_of(digests.map(|kept| &kept.digest.meta.about));
    Some(FeedEntry {
        id: tag_uri(press, &route),
        title: press.edition.title(paper).to_owned(),
        url: press.edition.absolute(&route),
        published: midnight(press, first),
        updated: midnight(press, press.site.date(paper)?),
        lang: press.edition.lang.as_str().to_owned(),
        authors: writers::feed_authors(press, names),
        tags: press.site.tags_of(paper).into_iter().map(|tag| tag.text().to_owned()).collect(),
        summary: press.summary(paper).into_owned(),
        content,
    })
}

/// A date at midnight in the site's time zone, in RFC 3339.
pub(in crate::render) fn midnight(press: &PageRenderer<'_>, date: Date) -> String {
    let zoned = date.to_zoned(press.config.timezone.clone());
    zoned.map_or_else(|_| format!("{date}T00:00:00Z"), |zoned| rfc_3339(&zoned))
}

/// When a day last changed: front matter's word, else its midnight.
pub(in crate::render) fn updated(press: &PageRenderer<'_>, day: &Day) -> String {
    let own = press
        .site
        .day_digests(day)
        .iter()
        .filter_map(|digest| digest.digest.meta.updated.as_deref());
    let midnight = day.date.map(|date| midnight(press, date)).unwrap_or_default();
    own.filter_map(|text| time(press, text)).chain([midnight]).max().unwrap_or_default()
}

/// A date or a time of front matter in RFC 3339.
pub(in crate::render) fn time(press: &PageRenderer<'_>, text: &str) -> Option<String> {
    match text.parse::<Date>() {
        Ok(date) if !text.contains([':', 'T']) => Some(midnight(press, date)),
        _ => text
            .parse::<jiff::Timestamp>()
            .ok()
            .map(|time| rfc_3339(&time.to_zoned(press.config.timezone.clone()))),
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
