//! JSON-LD: what a page is, for search engines.

use serde::Serialize;

use super::PageRenderer;
use super::head::Head;
use super::kinds::Schema;
use crate::model::Lang;
use crate::model::route::{FeedFormat, FeedOf, Route};
use crate::render::plan::{Output, Subject};
use crate::site::PaperIndex;

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
    in_language: Option<Languages<'a>>,
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
    author: Option<Person<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Languages<'a> {
    One(&'a str),
    Several(Vec<&'a str>),
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
}

#[derive(Debug, Serialize)]
struct Person<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    url: &'a str,
}

impl<'a> Languages<'a> {
    fn of(langs: &[&'a Lang]) -> Self {
        match langs {
            [one] => Self::One(one.as_str()),
            several => Self::Several(several.iter().map(|lang| lang.as_str()).collect()),
        }
    }
}

impl<'a> Person<'a> {
    fn named(name: &'a str) -> Self {
        Self { kind: "Person", name, url: "" }
    }
}

impl PageRenderer<'_> {
    /// The JSON-LD of a page, safe inside a `script` element.
    pub(super) fn json_ld(&self, output: &Output, head: &Head) -> String {
        let home = self.absolute(&Route::Home(1));
        let thing = match (head.kind.schema, &output.about) {
            (Schema::Blog, _) => self.blog(head, &home),
            (Schema::Posting, Subject::Day(day)) => self.posting(*day, head),
            (Schema::Review, Subject::Paper(paper)) => self.review(*paper, head),
            (Schema::Post, Subject::Page(page)) => self.post(*page, head),
            _ => self.web_page(head, &home),
        };
        // A tree of texts always has a form in JSON.
        let text = serde_json::to_string(&thing).unwrap_or_default();
        // Nothing inside may end the script element.
        if text.contains('<') { text.replace('<', "\\u003c") } else { text }
    }

    fn blog<'a>(&'a self, head: &'a Head, home: &'a str) -> Thing<'a> {
        Thing {
            context: CONTEXT,
            kind: "Blog",
            name: Some(self.site_title()),
            description: Some(&head.description),
            url: Some(home),
            in_language: Some(Languages::One(self.lang.as_str())),
            author: self.site_author(),
            ..Thing::default()
        }
    }

    fn web_page<'a>(&'a self, head: &'a Head, home: &'a str) -> Thing<'a> {
        let blog = Thing {
            kind: "Blog",
            name: Some(self.site_title()),
            url: Some(home),
            ..Thing::default()
        };
        Thing {
            context: CONTEXT,
            kind: "WebPage",
            name: Some(if head.title.is_empty() { self.site_title() } else { &head.title }),
            url: Some(&head.canonical),
            in_language: Some(Languages::One(self.lang.as_str())),
            is_part_of: Some(Box::new(blog)),
            ..Thing::default()
        }
    }

    /// What a date and a paper's page have in common.
    fn any_posting<'a>(&'a self, head: &'a Head, about: About<'a>) -> Thing<'a> {
        Thing {
            context: CONTEXT,
            kind: "BlogPosting",
            headline: Some(&head.title),
            description: Some(&head.description),
            url: Some(&head.canonical),
            about: Some(about)
                .filter(|about| !matches!(about, About::Several(all) if all.is_empty())),
            author: self.site_author(),
            ..Thing::default()
        }
    }

    /// A date: a posting about its papers.
    fn posting<'a>(&'a self, day: usize, head: &'a Head) -> Thing<'a> {
        let day = &self.site.days()[day];
        let about = day.items.iter().map(|item| self.article(item.paper)).collect();
        let date = day.date.map(|date| date.to_string());
        let entries: Vec<_> =
            day.items.iter().flat_map(|item| item.entries.iter().copied()).collect();
        Thing {
            in_language: Some(Languages::of(&self.languages_of(&entries))),
            date_published: date,
            ..self.any_posting(head, About::Several(about))
        }
    }

    /// A post.
    fn post<'a>(&'a self, page: usize, head: &'a Head) -> Thing<'a> {
        let page = &self.site.pages()[page];
        let said = &page.page.meta;
        let langs: Vec<&Lang> =
            self.page_passages(page).0.into_iter().map(|(_, lang)| lang).collect();
        Thing {
            in_language: Some(Languages::of(&langs)).filter(|_| !langs.is_empty()),
            date_published: page.page.date.map(|date| date.to_string()),
            date_modified: said.updated.clone(),
            keywords: said
                .tags
                .iter()
                .map(crate::model::Tag::as_str)
                .collect::<Vec<_>>()
                .join(", "),
            author: said
                .about
                .authors
                .first()
                .map(|name| Person::named(name))
                .or_else(|| self.site_author()),
            ..self.any_posting(head, About::Several(Vec::new()))
        }
    }

    /// A paper's page: a posting about one article.
    fn review<'a>(&'a self, paper: PaperIndex, head: &'a Head) -> Thing<'a> {
        let dates = self
            .site
            .entries_of(paper)
            .iter()
            .filter_map(|&entry| self.site.digest_of(entry).digest.date);
        let keywords: Vec<&str> =
            self.site.tags_of(paper).into_iter().map(crate::site::Sym::text).collect();
        Thing {
            in_language: Some(Languages::of(&self.languages_of(self.site.entries_of(paper)))),
            date_published: dates.clone().min().map(|date| date.to_string()),
            date_modified: dates.max().map(|date| date.to_string()),
            keywords: keywords.join(", "),
            ..self.any_posting(head, About::One(self.article_in_full(paper)))
        }
    }

    /// A paper in a list: as it is known elsewhere, else by its page here.
    fn article(&self, paper: PaperIndex) -> Article<'_> {
        let same_as: Vec<String> = self.ids(paper).iter().map(crate::model::PaperId::url).collect();
        let own = same_as.is_empty().then(|| self.absolute(&self.paper_route(paper)));
        Article {
            kind: "ScholarlyArticle",
            headline: self.title(paper),
            url: own,
            same_as,
            author: Vec::new(),
            date_published: String::new(),
        }
    }

    fn article_in_full(&self, paper: PaperIndex) -> Article<'_> {
        let authors = &self.site.entry(self.site.authors_entry(paper)).authors;
        Article {
            url: None,
            author: authors.iter().map(|name| Person::named(name)).collect(),
            date_published: super::cite::publication_date(self, paper),
            ..self.article(paper)
        }
    }

    fn site_author(&self) -> Option<Person<'_>> {
        let person = &self.config.author;
        (!person.name.is_empty())
            .then(|| Person { url: &person.url, ..Person::named(&person.name) })
    }

    /// Where the site's Atom feed is, with scheme and host.
    pub(super) fn feed_address(&self, of: &FeedOf) -> String {
        self.absolute(&Route::Feed(of.clone(), FeedFormat::Atom))
    }
}
