//! `papers.json`: all papers as JSON, newest first.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Export, Write};
use crate::config::Switch;
use crate::model::PaperId;
use crate::render::PageRenderer;
use crate::render::json_ld::harmless;
use crate::render::plan::{self, Output};
use crate::render::views::LinkView;
use crate::site::{PaperIndex, Sym};

pub(super) const EXPORT: &Export = &Export {
    file: "papers.json",
    switch: Some(&Switch {
        name: "api",
        default: true,
        about: "`/papers.json`, all papers as JSON: `links` has one address of each kind, `all_links` every one.",
    }),
    more: &[],
    plan: plan::one,
    write: Write::Text(write),
};

#[derive(Serialize)]
struct ApiSite<'a> {
    title: &'a str,
    url: String,
    papers: Vec<ApiPaper<'a>>,
}

#[derive(Serialize)]
struct ApiPaper<'a> {
    url: String,
    title: &'a str,
    authors: &'a [String],
    dates: Vec<String>,
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arxiv: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    openreview: Option<&'a str>,
    /// The facts that the paper's page shows: rating, status, votes …
    #[serde(skip_serializing_if = "Map::is_empty")]
    facts: Map<String, Value>,
    /// Addresses by kind, one each.
    links: Map<String, Value>,
    /// All of them, in the order of the paper's page.
    all_links: Vec<ApiLink>,
}

#[derive(Serialize)]
struct ApiLink {
    kind: String,
    url: String,
}

fn write(press: &PageRenderer<'_>, _: &Output) -> String {
    let papers = press.site.papers().map(|paper| api_paper(press, paper)).collect();
    let all =
        ApiSite { title: press.site_title(), url: press.config.base_url.absolute(""), papers };
    harmless(&all)
}

fn api_paper<'a>(press: &'a PageRenderer<'_>, paper: PaperIndex) -> ApiPaper<'a> {
    let (site, ids) = (press.site, press.ids(paper));
    let dates =
        site.entries_of(paper).iter().filter_map(|&entry| site.digest_of(entry).digest.date);
    // Of several ids of a kind the last.
    let id = |kind: fn(&PaperId) -> bool| ids.iter().rfind(|id| kind(id)).map(PaperId::as_str);
    let links = press.links(paper, ids);
    let facts = press.config.facts.iter().filter(|fact| fact.on_paper);
    let facts =
        facts.filter_map(|fact| Some((fact.name.clone(), site.said_of(paper, &fact.name)?.into())));
    ApiPaper {
        url: press.absolute(&press.paper_route(paper)),
        title: press.title(paper),
        authors: &site.entry(site.authors_entry(paper)).authors,
        dates: dates.map(|date| date.to_string()).collect(),
        tags: site.tags_of(paper).into_iter().map(Sym::text).collect(),
        arxiv: id(|id| matches!(id, PaperId::Arxiv(_))),
        doi: id(|id| matches!(id, PaperId::Doi(_))),
        openreview: id(|id| matches!(id, PaperId::OpenReview(_))),
        facts: facts.collect(),
        links: links.iter().map(|link| (link.kind.clone(), link.url.clone().into())).collect(),
        all_links: links
            .into_iter()
            .map(|LinkView { kind, url, .. }| ApiLink { kind, url })
            .collect(),
    }
}
