//! `papers.json`: all papers as JSON, newest first; a file for each paper and date where config.toml wants them; and the schema of
//! all these.

mod schema;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Export, Write};
use crate::config::Switch;
use crate::model::PaperId;
use crate::model::record::{Record, year_in};
use crate::model::route::Route;
use crate::prose;
use crate::render::PageRenderer;
use crate::render::json_ld::harmless;
use crate::render::kinds::paper::{RELATED, near};
use crate::render::plan::{self, Output, Planner, Subject};
use crate::site::{PaperIndex, Sym};
use schema::api;

const SWITCH: &Switch = &Switch {
    name: "api",
    default: true,
    word: Some("full"),
    about: "`/papers.json`, all papers as JSON, and `/papers.schema.json`, which says what it holds; `\"full\"` makes `index.json` beside each paper and date as well.",
};

/// Raised where a file means something else than before; what is only added raises nothing.
const VERSION: u32 = 1;

/// The file of a paper or a date.
const BESIDE: &str = "index.json";

pub(super) const EXPORT: &Export = &Export {
    file: "papers.json",
    switch: Some(SWITCH),
    more: &[],
    plan,
    write: Write::Text(write),
};

pub(super) const SCHEMA: &Export = &Export {
    file: "papers.schema.json",
    switch: Some(SWITCH),
    more: &[],
    plan: plan::one,
    write: Write::Text(|press, _| format!("{:#}\n", papers_schema(Some(&schema_address(press))))),
};

/// What `papers.json` and its like hold, as JSON Schema; a site's own has an address.
pub fn papers_schema(id: Option<&str>) -> Value {
    schema::schema(id, OBJECTS, &["Site", "Day", "Paper"])
}

api! {
    /// `papers.json`.
    Site {
        /// Version of the format: 1.
        version as "version": u32,
        /// Address of the schema.
        schema as "$schema": String,
        /// Name of the site.
        title as "title": String,
        /// Address of its home page.
        url as "url": String,
        /// Languages of its texts, the default first.
        languages as "languages": Vec<String>,
        /// All papers, newest first.
        papers as "papers": Vec<Paper>,
    }
    /// `index.json` of a date.
    Day {
        /// Version of the format: 1.
        version as "version": u32,
        /// Address of the schema.
        schema as "$schema": String,
        /// The date.
        date as "date": String,
        /// Address of its page.
        url as "url": String,
        /// Title of its digest; may be empty.
        title as "title": String,
        /// Its papers, in order.
        papers as "papers": Vec<Paper>,
    }
    /// A paper; `index.json` of a paper is one of these.
    Paper {
        /// Address of its page, which no other paper has.
        url as "url": String,
        /// The key by which texts and bibliographies cite it.
        key as "key": String,
        /// Its kind, as in BibTeX: `article`, `inproceedings`, `misc`.
        kind as "type": String,
        /// Plain text in which `$…$` is math.
        title as "title": String,
        /// Names in order.
        authors as "authors": Vec<String>,
        /// The organisation that it is by.
        org as "org": Option<String>,
        /// Its ids, best first.
        ids as "ids": Vec<Id>,
        /// Its id on arXiv; of several the last.
        arxiv as "arxiv": Option<String>,
        /// Its DOI; of several the last.
        doi as "doi": Option<String>,
        /// Its id on OpenReview; of several the last.
        openreview as "openreview": Option<String>,
        /// All its links, in the order of its page.
        links as "links": Vec<Link>,
        /// Where it appeared, without a year behind it: `published` says that.
        venue as "venue": Option<String>,
        /// When it came out: a year, with a month and a day where they are known.
        published as "published": Option<String>,
        /// Volume, number, pages, publisher and whatever else its bibliography says.
        record as "record": Map<String, Value>,
        /// The facts that its page shows, by name: rating, status, votes.
        facts as "facts": Map<String, Value>,
        /// The dates on which it appears, oldest first.
        dates as "dates": Vec<String>,
        /// Its tags.
        tags as "tags": Vec<String>,
        /// Its abstract as plain text.
        summary as "abstract": Option<String>,
        /// What the site says of it, text by text.
        commentary as "commentary": Vec<Commentary>,
        /// Addresses of the papers that these texts name.
        mentions as "mentions": Vec<String>,
        /// Addresses of the papers whose texts name it.
        mentioned_in as "mentioned_in": Vec<String>,
        /// Addresses of the papers that are near to it, best first.
        related as "related": Vec<String>,
    }
    /// An id of a paper.
    Id {
        /// `arxiv`, `doi` or `openreview`.
        kind as "type": String,
        /// The id alone.
        id as "id": String,
        /// Where it leads.
        url as "url": String,
    }
    /// A link of a paper.
    Link {
        /// `arxiv`, `pdf`, `code`, `project`, `doi`, `openreview`, `link`, or the key written in the digest.
        kind as "type": String,
        /// What pages show.
        label as "label": String,
        /// Address.
        url as "url": String,
    }
    /// A text about a paper.
    Commentary {
        /// The date of its digest.
        date as "date": Option<String>,
        /// Its language.
        lang as "lang": String,
        /// Its words, a block a line; `$…$` is math.
        text as "text": String,
    }
}

fn plan(planner: &mut Planner<'_>) {
    plan::one(planner);
    let (site, config) = (planner.inputs.site, planner.inputs.config);
    if config.outputs.has_full(SWITCH) {
        planner.add_days(|date| Route::Beside(Box::new(Route::Date(date)), BESIDE));
        for paper in site.papers() {
            let page = Box::new(Route::Paper(site.address(paper).to_owned()));
            planner.add(Route::Beside(page, BESIDE), Subject::Paper(paper));
        }
    }
}

fn write(press: &PageRenderer<'_>, output: &Output) -> String {
    let site = press.site;
    let schema = schema_address(press);
    match output.about {
        Subject::Paper(paper) => harmless(&of_paper(press, paper)),
        Subject::Day(day) => {
            let day = &site.days()[day];
            let date = day.date.unwrap_or_default();
            harmless(&Day {
                version: VERSION,
                schema,
                date: date.to_string(),
                url: press.edition.absolute(&Route::Date(date)),
                title: press.edition.day_title(day),
                papers: day.items.iter().map(|item| of_paper(press, item.paper)).collect(),
            })
        }
        _ => harmless(&Site {
            version: VERSION,
            schema,
            title: press.edition.site_title().to_owned(),
            url: press.config.base_url.absolute(""),
            languages: press.config.languages.iter().map(|lang| lang.as_str().to_owned()).collect(),
            papers: site.papers().map(|paper| of_paper(press, paper)).collect(),
        }),
    }
}

fn schema_address(press: &PageRenderer<'_>) -> String {
    press.edition.absolute(&Route::File(SCHEMA.file.to_owned()))
}

fn of_paper(press: &PageRenderer<'_>, paper: PaperIndex) -> Paper {
    let (site, ids) = (press.site, press.ids(paper));
    let Record { key, kind, title, venue, date, fields, .. } = site.record(paper);
    let dates =
        site.entries_of(paper).iter().filter_map(|&entry| site.digest_of(entry).digest.date);
    let mut dates: Vec<Date> = dates.collect();
    dates.dedup();
    let by = site.entry(site.authors_entry(paper));
    let facts = press.config.facts.iter().filter(|fact| fact.on_paper);
    let facts =
        facts.filter_map(|fact| Some((fact.name.clone(), site.said_of(paper, &fact.name)?.into())));
    let of_abstract =
        site.entries_of(paper).iter().find_map(|&entry| site.entry(entry).abstract_text.as_ref());
    let links = press.links(paper, ids).into_iter();
    let last = |kind: fn(&PaperId) -> bool| {
        ids.iter().rfind(|id| kind(id)).map(|id| id.as_str().to_owned())
    };
    let (venue, year) = parted(&venue);
    Paper {
        url: press.edition.absolute(&press.edition.paper_route(paper)),
        key,
        kind,
        title,
        authors: by.authors.clone(),
        org: by.org.clone(),
        ids: ids.iter().map(id).collect(),
        arxiv: last(|id| matches!(id, PaperId::Arxiv(_))),
        doi: last(|id| matches!(id, PaperId::Doi(_))),
        openreview: last(|id| matches!(id, PaperId::OpenReview(_))),
        links: links
            .map(|link| Link { kind: link.kind, label: link.label, url: link.url })
            .collect(),
        venue: said(venue.to_owned()),
        published: said(date).or_else(|| said(year.to_owned())),
        record: fields
            .into_iter()
            .map(|(field, value)| (field.name.to_owned(), value.into()))
            .collect(),
        facts: facts.collect(),
        dates: dates.into_iter().map(|date| date.to_string()).collect(),
        tags: site.tags_of(paper).into_iter().map(|tag| Sym::text(tag).to_owned()).collect(),
        summary: of_abstract.and_then(|text| said(prose::with_formulas(&text.text))),
        commentary: commentary(press, paper),
        mentions: addresses(press, site.mentions(paper)),
        mentioned_in: addresses(press, site.mentioned_in(paper)),
        related: if press.config.outputs.has(RELATED) {
            addresses(press, near(press, paper))
        } else {
            Vec::new()
        },
    }
}

fn addresses(press: &PageRenderer<'_>, papers: &[PaperIndex]) -> Vec<String> {
    papers.iter().map(|&paper| press.edition.absolute(&press.edition.paper_route(paper))).collect()
}

fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// A venue, and the year that stands behind it: `LampConf 2025`.
fn parted(venue: &str) -> (&str, &str) {
    match venue.rsplit_once([' ', ',', '\'']) {
        Some((name, year)) if year.len() == 4 && year_in(year) == year => {
            (name.trim_end_matches([' ', ',', '\'']), year)
        }
        _ => (venue, ""),
    }
}

fn id(id: &PaperId) -> Id {
    let kind = match id {
        PaperId::Arxiv(_) => "arxiv",
        PaperId::Doi(_) => "doi",
        PaperId::OpenReview(_) => "openreview",
    };
    Id { kind: kind.to_owned(), id: id.as_str().to_owned(), url: id.url() }
}

fn commentary(press: &PageRenderer<'_>, paper: PaperIndex) -> Vec<Commentary> {
    let site = press.site;
    let all = site.entries_of(paper).iter().flat_map(|&entry| {
        let date = site.digest_of(entry).digest.date;
        let texts = site.entry(entry).body.iter().zip(press.langs_of(entry));
        texts.map(move |(passage, lang)| Commentary {
            date: date.map(|date| date.to_string()),
            lang: lang.as_str().to_owned(),
            text: prose::with_formulas(&passage.text.text),
        })
    });
    all.filter(|text| !text.text.is_empty()).collect()
}
