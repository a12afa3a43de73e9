//! What machines read of a page, as elements of its `head`: where it is, in which languages, with what feeds and
//! neighbours; Open Graph, `citation_*` and JSON-LD.
//!
//! Every page has them and no theme wants them otherwise, so they are written here and not by templates.

use super::edition::Edition;
use super::head::Head;
use super::kinds::Schema;
use super::{PageRenderer, exports::cards};
use crate::markup::escape::attribute;
use crate::model::PaperId;
use crate::site::PaperIndex;

/// Elements, one a line.
struct Elements(String);

impl Elements {
    /// An element whose last attribute has this value; all before it is written as it is.
    fn add(&mut self, element: &str, value: &str) {
        self.open(element, value);
        self.0.push_str(">\n");
    }

    /// The same where there is something to say.
    fn add_said(&mut self, element: &str, value: &str) {
        if !value.is_empty() {
            self.add(element, value);
        }
    }

    fn open(&mut self, element: &str, value: &str) {
        self.0.extend(["<", element, "=\""]);
        attribute(value, &mut self.0);
        self.0.push('"');
    }

    /// One more attribute, and then the end of the element.
    fn close(&mut self, name: &str, value: &str) {
        self.with(name, value);
        self.0.push_str(">\n");
    }

    fn with(&mut self, name: &str, value: &str) {
        self.0.extend([" ", name, "=\""]);
        attribute(value, &mut self.0);
        self.0.push('"');
    }
}

impl Edition<'_> {
    /// `ko_KR`: with the region that the tag says, else with the usual one.
    fn locale(&self, lang: &str) -> String {
        let main = lang.split('-').next().unwrap_or(lang);
        match lang.split('-').skip(1).find(|part| part.len() == 2) {
            Some(region) => format!("{main}_{}", region.to_ascii_uppercase()),
            None => self.theme.strings.known(lang, "og_locale").unwrap_or(lang).to_owned(),
        }
    }
}

/// `page.head`
pub(super) fn elements(press: &PageRenderer<'_>, head: &Head) -> String {
    let mut out = Elements(String::with_capacity(4096));
    out.add("meta name=\"description\" content", &head.description);
    place(press, head, &mut out);
    open_graph(press, head, &mut out);
    out.add_said("meta name=\"author\" content", &press.config.author.name);
    out.0.extend([&head.meta, "<script type=\"application/ld+json\">", &head.json_ld, "</script>"]);
    out.0
}

/// Where the page is, and what there is around it.
fn place(press: &PageRenderer<'_>, head: &Head, out: &mut Elements) {
    if head.kind.name == "404" {
        out.add("meta name=\"robots\" content", "noindex");
    } else {
        out.add("link rel=\"canonical\" href", &head.canonical);
    }
    let first = head.translations.first();
    for to in &head.translations {
        out.open("link rel=\"alternate\" hreflang", &to.lang);
        out.close("href", &to.canonical);
    }
    out.add_said(
        "link rel=\"alternate\" hreflang=\"x-default\" href",
        first.map_or("", |to| &to.canonical),
    );
    for feed in press.all_feeds(&head.feeds) {
        out.open("link rel=\"alternate\" type", &feed.mime);
        out.with("title", &feed.title);
        out.close("href", &feed.url);
    }
    for file in &head.bibliographies {
        out.open("link rel=\"alternate\" type", &file.mime);
        out.with("title", &file.title);
        out.close("href", &file.url);
    }
    out.add_said("link rel=\"cite-as\" href", &head.cite_as);
    out.add_said(
        "link rel=\"prev\" href",
        head.prev.as_ref().map_or(&head.before, |prev| &prev.url),
    );
    out.add_said(
        "link rel=\"next\" href",
        head.next.as_ref().map_or(&head.after, |next| &next.url),
    );
}

fn open_graph(press: &PageRenderer<'_>, head: &Head, out: &mut Elements) {
    let title = if head.title.is_empty() { press.edition.site_title() } else { &head.title };
    let kind = if matches!(head.kind.schema, Schema::Posting | Schema::Review | Schema::Post) {
        "article"
    } else {
        "website"
    };
    out.add("meta property=\"og:type\" content", kind);
    out.add("meta property=\"og:site_name\" content", press.edition.site_title());
    out.add("meta property=\"og:title\" content", title);
    out.add("meta property=\"og:description\" content", &head.description);
    out.add("meta property=\"og:url\" content", &head.canonical);
    out.add(
        "meta property=\"og:locale\" content",
        &press.edition.locale(press.edition.lang.as_str()),
    );
    for other in head.translations.iter().filter(|to| !to.current) {
        out.add(
            "meta property=\"og:locale:alternate\" content",
            &press.edition.locale(&other.lang),
        );
    }
    out.add_said("meta property=\"article:published_time\" content", &head.published);
    let card = head.card.clone().or_else(|| cards::site_card_link(press));
    if let Some(card) = &card {
        out.add("meta property=\"og:image\" content", &card.url);
        out.add("meta property=\"og:image:type\" content", image_type(&card.url));
        out.add("meta property=\"og:image:width\" content", &card.width.to_string());
        out.add("meta property=\"og:image:height\" content", &card.height.to_string());
        out.add("meta property=\"og:image:alt\" content", &card.alt);
    }
    let large = if card.is_some() { "summary_large_image" } else { "summary" };
    out.add("meta name=\"twitter:card\" content", large);
}

/// The `citation_*` set, which reference managers read.
pub(super) fn citation(press: &PageRenderer<'_>, paper: PaperIndex) -> String {
    let mut out = Elements(String::with_capacity(1024));
    let record = press.record(paper);
    let mut add = |name: &str, value: &str| {
        out.add_said(&format!("meta name=\"citation_{name}\" content"), value);
    };
    add("title", &record.title);
    record.authors.iter().for_each(|person| add("author", &person.shown()));
    add("publication_date", &record.iso_date().replace('-', "/"));
    let name = match record.place() {
        "journal" => "journal_title",
        "booktitle" if record.csl() == "paper-conference" => "conference_title",
        "booktitle" => "inbook_title",
        "school" => "dissertation_institution",
        "institution" => "technical_report_institution",
        _ => "publisher",
    };
    add(name, &record.venue);
    let (first, last) = record.page_range();
    for (name, value) in [
        ("volume", record.field("volume")),
        ("issue", record.field("number")),
        ("firstpage", first),
        ("lastpage", last),
        ("publisher", if name == "publisher" { "" } else { record.field("publisher") }),
        ("issn", record.field("issn")),
        ("isbn", record.field("isbn")),
        ("language", record.field("language")),
    ] {
        add(name, value);
    }
    let pdf = record.links.iter().find(|link| link.key.as_deref() == Some("pdf"));
    let pdf = pdf.map(|link| link.url.clone());
    add(
        "pdf_url",
        &pdf.or_else(|| record.arxiv().map(|number| format!("https://arxiv.org/pdf/{number}")))
            .unwrap_or_default(),
    );
    let ids = press.ids(paper);
    let arxiv = ids.iter().find(|id| matches!(id, PaperId::Arxiv(_))).map(PaperId::as_str);
    let doi = ids.iter().find(|id| matches!(id, PaperId::Doi(_))).map(|id| id.as_str().to_owned());
    out.add_said("meta name=\"citation_arxiv_id\" content", arxiv.unwrap_or_default());
    // The publisher's DOI where there is one, else arXiv's own.
    out.add_said(
        "meta name=\"citation_doi\" content",
        &doi.or_else(|| arxiv.map(|id| format!("10.48550/arXiv.{id}"))).unwrap_or_default(),
    );
    out.0
}

/// The type of a picture by its name.
fn image_type(url: &str) -> &'static str {
    match url.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        Some("svg") => "image/svg+xml",
        _ => "image/png",
    }
}
