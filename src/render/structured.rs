//! JSON-LD: what a page is, for search engines.

use serde_json::{Value, json};

use super::Press;
use super::head::Head;
use crate::plan::{Job, Output};
use crate::route::{FeedFormat, FeedOf, Route};
use crate::site::PaperIndex;

impl Press<'_> {
    /// The JSON-LD of a page, safe inside a `script` element.
    pub(super) fn json_ld(&self, output: &Output, head: &Head) -> String {
        let value = match &output.job {
            Job::Home(_) => self.blog(head),
            Job::Day(day) => self.posting(*day, head),
            Job::Paper(paper) => self.review(*paper, head),
            _ => self.web_page(head),
        };
        let text = value.to_string();
        // Nothing inside may end the script element.
        if text.contains('<') { text.replace('<', "\\u003c") } else { text }
    }

    fn blog(&self, head: &Head) -> Value {
        let mut blog = json!({
            "@context": "https://schema.org", "@type": "Blog",
            "name": self.site_title(), "description": head.description, "url": self.absolute(&Route::Home(1)),
            "inLanguage": self.lang.as_str(),
        });
        self.add_author(&mut blog);
        blog
    }

    fn web_page(&self, head: &Head) -> Value {
        let name = if head.title.is_empty() { self.site_title() } else { &head.title };
        json!({
            "@context": "https://schema.org", "@type": "WebPage",
            "name": name, "url": head.canonical, "inLanguage": self.lang.as_str(),
            "isPartOf": { "@type": "Blog", "name": self.site_title(), "url": self.absolute(&Route::Home(1)) },
        })
    }

    /// A date: a posting about its papers.
    fn posting(&self, day: usize, head: &Head) -> Value {
        let day = &self.site.days()[day];
        let entries: Vec<_> = day.items.iter().flat_map(|item| item.entries.iter().copied()).collect();
        let about: Vec<Value> = day.items.iter().map(|item| self.article(item.paper, false)).collect();
        let mut posting = json!({
            "@context": "https://schema.org", "@type": "BlogPosting",
            "headline": head.title, "url": head.canonical, "inLanguage": self.in_language(&entries),
            "description": head.description,
            "about": about,
        });
        if let Some(date) = day.date {
            posting["datePublished"] = json!(date.to_string());
        }
        self.add_author(&mut posting);
        posting
    }

    /// A paper's page: a posting about one article.
    fn review(&self, paper: PaperIndex, head: &Head) -> Value {
        let mut posting = json!({
            "@context": "https://schema.org", "@type": "BlogPosting",
            "headline": head.title, "url": head.canonical, "inLanguage": self.in_language(self.site.entries_of(paper)),
            "description": head.description,
            "about": self.article(paper, true),
        });
        let dates: Vec<_> =
            self.site.entries_of(paper).iter().filter_map(|&entry| self.site.digest_of(entry).digest.date).collect();
        if let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) {
            posting["datePublished"] = json!(first.to_string());
            posting["dateModified"] = json!(last.to_string());
        }
        let keywords: Vec<&str> = self.site.tags_of(paper).into_iter().map(crate::site::Sym::text).collect();
        if !keywords.is_empty() {
            posting["keywords"] = json!(keywords.join(", "));
        }
        self.add_author(&mut posting);
        posting
    }

    fn article(&self, paper: PaperIndex, in_full: bool) -> Value {
        let mut article = json!({ "@type": "ScholarlyArticle", "headline": self.title(paper) });
        let ids = self.ids(paper);
        let links: Vec<String> = ids.iter().map(crate::digest::PaperId::url).collect();
        match links.as_slice() {
            [] if !in_full => article["url"] = json!(self.absolute(&self.paper_route(paper))),
            [] => {}
            [one] => article["sameAs"] = json!(one),
            several => article["sameAs"] = json!(several),
        }
        if in_full {
            let authors = &self.site.entry(self.site.authors_entry(paper)).authors;
            if !authors.is_empty() {
                let people: Vec<Value> =
                    authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect();
                article["author"] = json!(people);
            }
            let date = super::cite::publication_date(self, paper);
            if !date.is_empty() {
                article["datePublished"] = json!(date);
            }
        }
        article
    }

    fn add_author(&self, value: &mut Value) {
        let person = &self.config.author;
        if person.name.is_empty() {
            return;
        }
        let mut author = json!({ "@type": "Person", "name": person.name });
        if !person.url.is_empty() {
            author["url"] = json!(person.url);
        }
        value["author"] = author;
    }

    /// Where the site's Atom feed is, with scheme and host.
    pub(super) fn feed_address(&self, of: &FeedOf) -> String {
        self.absolute(&Route::Feed(of.clone(), FeedFormat::Atom))
    }
}
