//! JSON-LD: what a page is, for search engines.

use std::borrow::Cow;

use serde::Serialize;

use super::edition::Edition;
use super::head::Head;
use super::kinds::Schema;
use super::{PageRenderer, documents, writers};
use crate::config::KnownAuthor;
use crate::model::Lang;
use crate::model::record::{Kind, Record};
use crate::model::route::{FeedFormat, FeedOf, Route};
use crate::render::plan::{Output, Subject};
use crate::site::{PaperIndex, Sym};

const CONTEXT: &str = "https://schema.org";

/// A page of any kind; fields that say nothing are left out.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(rename = "@context", skip_serializing_if = "str::is_empty")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<Several<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<About<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    keywords: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Several<Person<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity: Option<Person<'a>>,
}

/// One thing as itself, several as a list.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Several<T> {
    One(T),
    Several(Vec<T>),
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum About<'a> {
    One(Article<'a>),
    Several(Vec<Article<'a>>),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Publication>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Box<Publication>>,
    #[serde(skip_serializing_if = "String::is_empty")]
    page_start: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    page_end: String,
}

/// What a paper appeared in, and what that is part of: an issue of a volume of a journal.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    issn: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    isbn: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    volume_number: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    issue_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Publication>>,
}

impl Publication {
    /// What a paper is in, with its volume and issue; or who made it public.
    fn of(record: &Record) -> (Option<Box<Self>>, Option<Box<Self>>) {
        let place = record.place();
        if record.venue.is_empty() || Kind::is_of_publisher(place) || place == "howpublished" {
            return (None, house(record.venue.clone()));
        }
        let is_journal = place == "journal";
        let mut whole = Self {
            kind: if is_journal { "Periodical" } else { "Book" },
            name: record.venue.clone(),
            issn: record.field("issn").to_owned(),
            isbn: if is_journal { String::new() } else { record.field("isbn").to_owned() },
            ..Self::default()
        };
        if !record.field("volume").is_empty() {
            let volume = Self::inside(whole, "PublicationVolume");
            whole = Self { volume_number: record.field("volume").to_owned(), ..volume };
        }
        if !record.field("number").is_empty() {
            let issue = Self::inside(whole, "PublicationIssue");
            whole = Self { issue_number: record.field("number").to_owned(), ..issue };
        }
        (Some(Box::new(whole)), house(record.field("publisher").to_owned()))
    }

    fn inside(whole: Self, kind: &'static str) -> Self {
        Self { kind, is_part_of: Some(Box::new(whole)), ..Self::default() }
    }
}

fn house(name: String) -> Option<Box<Publication>> {
    let house = Publication { kind: "Organization", name, ..Publication::default() };
    (!house.name.is_empty()).then(|| Box::new(house))
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: Cow<'a, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<String>,
}

impl<T> Several<T> {
    fn of(mut all: Vec<T>) -> Self {
        match (all.len(), all.pop()) {
            (1, Some(one)) => Self::One(one),
            (_, last) => {
                all.extend(last);
                Self::Several(all)
            }
        }
    }
}

fn languages<'a>(langs: &[&'a Lang]) -> Several<&'a str> {
    Several::of(langs.iter().map(|lang| lang.as_str()).collect())
}

impl<'a> Person<'a> {
    fn named(name: &'a str) -> Self {
        Self { kind: "Person", name, url: Cow::Borrowed(""), same_as: Vec::new() }
    }
}

/// A value as JSON in which nothing can be taken for markup, whoever puts it into a page: no `<` stands in it.
pub(super) fn harmless(value: &impl Serialize) -> String {
    // What is written here always has a form in JSON.
    let text = serde_json::to_string(value).unwrap_or_default();
    if text.contains('<') { text.replace('<', "\\u003c") } else { text }
}

impl Edition<'_> {
    fn site_author(&self) -> Option<Several<Person<'_>>> {
        let person = &self.config.author;
        let url = Cow::Borrowed(person.url.as_str());
        (!person.name.is_empty())
            .then(|| Several::One(Person { url, ..Person::named(&person.name) }))
    }
}

/// The JSON-LD of a page, safe inside a `script` element.
pub(super) fn json_ld(press: &PageRenderer<'_>, output: &Output, head: &Head) -> String {
    let home = press.edition.absolute(&Route::Home(1));
    let thing = match (head.kind.schema, &output.about) {
        (Schema::Blog, _) => blog(press, head, &home),
        (Schema::Posting, Subject::Day(day)) => posting(press, *day, head),
        (Schema::Review, Subject::Paper(paper)) => review(press, *paper, head),
        (Schema::Post, Subject::Page(page)) => post(press, *page, head),
        (Schema::Profile, Subject::Author(author)) => {
            let author = &press.site.authors()[*author];
            let known = press.config.known_author(author.slug.text());
            let same_as = known.map(KnownAuthor::same_as).unwrap_or_default();
            let person = Person { same_as, ..Person::named(press.edition.author_name(author)) };
            Thing { kind: "ProfilePage", main_entity: Some(person), ..web_page(press, head, &home) }
        }
        _ => web_page(press, head, &home),
    };
    harmless(&thing)
}

fn blog<'a>(press: &'a PageRenderer<'_>, head: &'a Head, home: &'a str) -> Thing<'a> {
    Thing {
        context: CONTEXT,
        kind: "Blog",
        name: Some(press.edition.site_title()),
        description: Some(&head.description),
        url: Some(home),
        in_language: Some(Several::One(press.edition.lang.as_str())),
        author: press.edition.site_author(),
        ..Thing::default()
    }
}

fn web_page<'a>(press: &'a PageRenderer<'_>, head: &'a Head, home: &'a str) -> Thing<'a> {
    let blog = Thing {
        kind: "Blog",
        name: Some(press.edition.site_title()),
        url: Some(home),
        ..Thing::default()
    };
    Thing {
        context: CONTEXT,
        kind: "WebPage",
        name: Some(if head.title.is_empty() { press.edition.site_title() } else { &head.title }),
        url: Some(&head.canonical),
        in_language: Some(Several::One(press.edition.lang.as_str())),
        is_part_of: Some(Box::new(blog)),
        ..Thing::default()
    }
}

/// What a date and a paper's page have in common.
fn any_posting<'a>(press: &'a PageRenderer<'_>, head: &'a Head, about: About<'a>) -> Thing<'a> {
    Thing {
        context: CONTEXT,
        kind: "BlogPosting",
        headline: Some(&head.title),
        description: Some(&head.description),
        url: Some(&head.canonical),
        about: Some(about).filter(|about| !matches!(about, About::Several(all) if all.is_empty())),
        author: press.edition.site_author(),
        ..Thing::default()
    }
}

/// A date: a posting about its papers.
fn posting<'a>(press: &'a PageRenderer<'_>, day: usize, head: &'a Head) -> Thing<'a> {
    let day = &press.site.days()[day];
    let about = day.items.iter().map(|item| article(press, item.paper)).collect();
    let date = day.date.map(|date| date.to_string());
    let entries: Vec<_> = day.items.iter().flat_map(|item| item.entries.iter().copied()).collect();
    Thing {
        in_language: Some(languages(&press.languages_of(&entries))),
        date_published: date,
        author: written_by(press, press.edition.names_of_day(day)),
        ..any_posting(press, head, About::Several(about))
    }
}

/// A post.
fn post<'a>(press: &'a PageRenderer<'_>, page: usize, head: &'a Head) -> Thing<'a> {
    let page = &press.site.pages()[page];
    let said = &page.page.meta;
    let langs: Vec<&Lang> =
        press.edition.page_passages(page).0.into_iter().map(|(_, lang)| lang).collect();
    Thing {
        in_language: Some(languages(&langs)).filter(|_| !langs.is_empty()),
        date_published: page.page.date.map(|date| date.to_string()),
        date_modified: said.updated.clone(),
        keywords: said.tags.iter().map(crate::model::Tag::as_str).collect::<Vec<_>>().join(", "),
        author: written_by(press, documents::names_of_page(press, page)),
        ..any_posting(press, head, About::Several(Vec::new()))
    }
}

/// A paper's page: a posting about one article.
fn review<'a>(press: &'a PageRenderer<'_>, paper: PaperIndex, head: &'a Head) -> Thing<'a> {
    let dates = press
        .site
        .entries_of(paper)
        .iter()
        .filter_map(|&entry| press.site.digest_of(entry).digest.date);
    let keywords: Vec<&str> = press.site.tags_of(paper).into_iter().map(Sym::text).collect();
    Thing {
        in_language: Some(languages(&press.languages_of(press.site.entries_of(paper)))),
        date_published: dates.clone().min().map(|date| date.to_string()),
        date_modified: dates.max().map(|date| date.to_string()),
        keywords: keywords.join(", "),
        ..any_posting(press, head, About::One(article_in_full(press, paper)))
    }
}

/// A paper in a list: as it is known elsewhere, else by its page here.
fn article<'a>(press: &'a PageRenderer<'_>, paper: PaperIndex) -> Article<'a> {
    let same_as: Vec<String> = press.ids(paper).iter().map(crate::model::PaperId::url).collect();
    let own = same_as.is_empty().then(|| press.edition.absolute(&press.edition.paper_route(paper)));
    Article {
        kind: "ScholarlyArticle",
        headline: press.edition.title(paper),
        url: own,
        same_as,
        author: Vec::new(),
        date_published: String::new(),
        is_part_of: None,
        publisher: None,
        page_start: String::new(),
        page_end: String::new(),
    }
}

fn article_in_full<'a>(press: &'a PageRenderer<'_>, paper: PaperIndex) -> Article<'a> {
    let entry = press.site.authors_entry(paper);
    let (names, keys) = (&press.site.entry(entry).authors, &press.site.facts(entry).authors);
    let record = press.record(paper);
    let (is_part_of, publisher) = Publication::of(&record);
    let (first, last) = record.page_range();
    Article {
        url: None,
        author: names
            .iter()
            .zip(keys)
            .map(|(name, key)| {
                let known = press.config.known_author(key.text());
                let same_as = known.map(KnownAuthor::same_as).unwrap_or_default();
                Person { same_as, ..Person::named(name) }
            })
            .collect(),
        date_published: record.iso_date().to_owned(),
        is_part_of,
        publisher,
        page_start: first.to_owned(),
        page_end: last.to_owned(),
        ..article(press, paper)
    }
}

/// Those who wrote a text, or whose site it is where it names nobody.
fn written_by<'a>(press: &'a PageRenderer<'_>, names: Vec<&'a str>) -> Option<Several<Person<'a>>> {
    if names.is_empty() {
        return press.edition.site_author();
    }
    Some(Several::of(
        names
            .into_iter()
            .map(|name| {
                let url = writers::writer_url(press, name);
                let url = url.map(|url| format!("{}{url}", press.config.base_url.origin()));
                let writer = press.config.writers.named(name);
                let elsewhere = writer.map(|writer| &writer.url).filter(|url| !url.is_empty());
                let same_as = elsewhere.cloned().into_iter().collect();
                Person { url: url.unwrap_or_default().into(), same_as, ..Person::named(name) }
            })
            .collect(),
    ))
}

/// Where the site's Atom feed is, with scheme and host.
pub(super) fn feed_address(press: &PageRenderer<'_>, of: &FeedOf) -> String {
    press.edition.absolute(&Route::Feed(of.clone(), FeedFormat::Atom))
}
