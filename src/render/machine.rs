//! Outputs for machines: sitemap, `llms.txt`, all papers as BibTeX and JSON, canonical Markdown.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use tera::Context;

use super::Press;
use super::pages::put;
use super::view::Show as _;
use super::views::{LinkView, SitemapTranslation, SitemapUrl};
use crate::digest::{Entry, PaperId};
use crate::plan::{Job, Output, sitemap_size};
use crate::prose;
use crate::route::Route;
use crate::site::{Day, PaperIndex};
use crate::writer;

/// `papers.json`
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

impl Press<'_> {
    /// The sitemap, or with more addresses than one file may hold, its index and parts.
    pub(super) fn sitemap(&self, part: u32, context: &mut Context) {
        let listed: Vec<&Output> = self.plan.outputs().iter().filter(|output| output.is_listed()).collect();
        let size = sitemap_size(self.config);
        let split = listed.len() > size;
        let (mut urls, mut parts) = (Vec::new(), Vec::new());
        if split && part == 0 {
            let part = |part: usize| SitemapUrl::of(self.absolute(&Route::Sitemap(part as u32)));
            parts = (1..=listed.len().div_ceil(size)).map(part).collect();
        } else {
            let from = if split { (part as usize - 1) * size } else { 0 };
            urls = listed.iter().skip(from).take(size).map(|output| self.sitemap_url(output)).collect();
        }
        put(context, "urls", urls);
        put(context, "parts", parts);
    }

    fn sitemap_url(&self, output: &Output) -> SitemapUrl {
        let newest = |papers: &[PaperIndex]| papers.first().and_then(|&paper| self.site.date(paper));
        let last_of = |days: &[Day]| days.last().and_then(|day| day.date);
        let date = match &output.job {
            Job::Home(1) | Job::Archive | Job::Tags | Job::Authors | Job::Stats | Job::Search => {
                last_of(self.site.dated())
            }
            Job::Day(day) => self.site.days()[*day].date,
            Job::Month(year, month) => last_of(self.site.days_of(*year, Some(*month))),
            Job::Year(year) => last_of(self.site.days_of(*year, None)),
            Job::Paper(paper) => self.site.date(*paper),
            Job::Tag(tag, 1) => newest(self.site.papers_of_tag(&self.site.tags()[*tag])),
            Job::Author(author) => newest(self.site.papers_of_author(&self.site.authors()[*author].slug)),
            _ => None,
        };
        SitemapUrl {
            lastmod: date.map(|date| self.changed(date)).unwrap_or_default(),
            translations: self.sitemap_translations(output),
            ..SitemapUrl::of(self.config.base_url.absolute(&output.path()))
        }
    }

    /// The day on which a date's digests last changed, as front matter says, else the date itself.
    fn changed(&self, date: Date) -> String {
        let day = self.site.day(date);
        let said = |day: &&Day| self.site.day_digests(day).iter().any(|digest| digest.digest.meta.updated.is_some());
        let updated = day.filter(said).map(|day| self.updated(day));
        updated.and_then(|time| time.get(..10).map(str::to_owned)).unwrap_or_else(|| date.to_string())
    }

    fn sitemap_translations(&self, output: &Output) -> Vec<SitemapTranslation> {
        let languages = self.translations(&output.route);
        let own = languages.iter().map(|(lang, press)| (lang.as_str(), press));
        let all = own.chain(languages.first().map(|(_, press)| ("x-default", press)));
        all.map(|(lang, press)| SitemapTranslation { lang: lang.to_owned(), loc: press.absolute(&output.route) })
            .collect()
    }

    /// Dates and papers for `llms.txt`.
    pub(super) fn llms(&self, context: &mut Context) {
        let months = self.months(self.site.dated(), true);
        put(context, "days", months.into_iter().flat_map(|month| month.days).collect::<Vec<_>>());
        context.insert_value("years", self.years(self.site.dated()).show());
    }

    /// All papers as BibTeX, newest first.
    pub(super) fn bibliography(&self) -> String {
        let mut out = String::new();
        for paper in self.site.papers() {
            out.push_str(self.bibtex(paper));
            out.push_str("\n\n");
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }

    /// All papers as JSON, newest first.
    pub(super) fn api(&self) -> String {
        let papers = self.site.papers().map(|paper| self.api_paper(paper)).collect();
        let all = ApiSite { title: self.site_title(), url: self.config.base_url.absolute(""), papers };
        // A tree of texts always has a form in JSON.
        serde_json::to_string(&all).unwrap_or_default()
    }

    fn api_paper(&self, paper: PaperIndex) -> ApiPaper<'_> {
        let ids = self.ids(paper);
        let dates = self.site.entries_of(paper).iter().filter_map(|&entry| self.site.digest_of(entry).digest.date);
        // Of several ids of a kind the last.
        let id = |kind: fn(&PaperId) -> bool| ids.iter().rfind(|id| kind(id)).map(PaperId::as_str);
        let links = self.links(paper, ids);
        ApiPaper {
            url: self.absolute(&self.paper_route(paper)),
            title: self.title(paper),
            authors: &self.site.entry(self.site.authors_entry(paper)).authors,
            dates: dates.map(|date| date.to_string()).collect(),
            tags: self.site.tags_of(paper).into_iter().map(crate::site::Sym::text).collect(),
            arxiv: id(|id| matches!(id, PaperId::Arxiv(_))),
            doi: id(|id| matches!(id, PaperId::Doi(_))),
            openreview: id(|id| matches!(id, PaperId::OpenReview(_))),
            links: links.iter().map(|link| (link.kind.clone(), link.url.clone().into())).collect(),
            all_links: links.into_iter().map(|LinkView { kind, url, .. }| ApiLink { kind, url }).collect(),
        }
    }

    /// The canonical Markdown of a day: its digests one after the other, without ids of blocks.
    pub(super) fn markdown(&self, day: usize) -> String {
        let digests = self.site.day_digests(&self.site.days()[day]);
        let may_have_ids = |entry: &Entry| entry.texts().any(|text| text.text.contains('^'));
        if let [one] = digests
            && !one.digest.entries.iter().any(may_have_ids)
        {
            return writer::write(&one.digest);
        }
        let mut joined = digests.first().map(|digest| digest.digest.clone()).unwrap_or_default();
        for digest in digests.iter().skip(1) {
            joined.intro.extend(digest.digest.intro.iter().cloned());
            joined.entries.extend(digest.digest.entries.iter().cloned());
        }
        for entry in &mut joined.entries {
            for text in entry.body.iter_mut().map(|passage| &mut passage.text).chain(&mut entry.abstract_text) {
                text.text = prose::without_ids(&text.text).into_owned();
            }
        }
        writer::write(&joined)
    }
}

impl SitemapUrl {
    fn of(loc: String) -> Self {
        Self { loc, lastmod: String::new(), translations: Vec::new() }
    }
}
