//! `sitemap.xml`: the pages that are worth finding, with the date of each; an index and parts where one file cannot hold all.

use jiff::civil::Date;
use tera::Context;

use super::{Export, Write};
use crate::config::Config;
use crate::model::route::Route;
use crate::render::contract::{TemplateDoc, variables};
use crate::render::edition::Edition;
use crate::render::plan::{Output, Planner, Subject};
use crate::render::views::{SitemapTranslation, SitemapUrl};
use crate::render::{PageRenderer, exports::feeds};
use crate::site::{Day, PaperIndex};

/// Most addresses in one file.
const MOST: usize = 50_000;

pub(super) const EXPORT: &Export = &Export {
    file: "sitemap.xml",
    switch: None,
    more: &[],
    plan,
    write: Write::Template(
        &TemplateDoc {
            name: "sitemap.xml",
            makes: "The sitemap.",
            at: "`/sitemap.xml`",
            variables: Given::FIELDS,
            has_page: false,
        },
        fill,
    ),
};

variables! {
    urls: Vec<SitemapUrl>,
    /// The parts of a large sitemap.
    parts: Vec<SitemapUrl>,
}

/// Most addresses in one file of a site; each names its translations, which count as well.
fn size(config: &Config) -> usize {
    MOST / config.trees().len()
}

/// The whole, or an index as part 0 and the parts.
fn plan(planner: &mut Planner<'_>) {
    let (pages, size) = (planner.listed(), size(planner.inputs.config));
    let parts = if pages > size { pages.div_ceil(size) as u32 } else { 0 };
    (0..=parts).for_each(|part| planner.add(Route::Sitemap(part), Subject::Site));
}

fn fill(press: &PageRenderer<'_>, output: &Output, context: &mut Context) {
    let listed: Vec<&Output> =
        press.plan.outputs().iter().filter(|output| output.is_listed()).collect();
    let size = size(press.config);
    let part = if let Route::Sitemap(part) = output.route { part as usize } else { 0 };
    let split = listed.len() > size;
    let (mut urls, mut parts) = (Vec::new(), Vec::new());
    if split && part == 0 {
        parts = (1..=listed.len().div_ceil(size))
            .map(|part| SitemapUrl::of(press.edition.absolute(&Route::Sitemap(part as u32))))
            .collect();
    } else {
        let from = if split { (part - 1) * size } else { 0 };
        urls =
            listed.iter().skip(from).take(size).map(|output| sitemap_url(press, output)).collect();
    }
    Given { urls, parts }.put(context);
}

impl Edition<'_> {
    fn sitemap_translations(&self, output: &Output) -> Vec<SitemapTranslation> {
        let languages = self.translations(&output.route);
        let own = languages.iter().map(|(lang, press)| (lang.as_str(), press));
        let all = own.chain(languages.first().map(|(_, press)| ("x-default", press)));
        all.map(|(lang, press)| SitemapTranslation {
            lang: lang.to_owned(),
            loc: press.absolute(&output.route),
        })
        .collect()
    }
}

fn sitemap_url(press: &PageRenderer<'_>, output: &Output) -> SitemapUrl {
    let date = match &output.about {
        Subject::Site if output.route.page() == 1 => last_of(press.site.dated()),
        Subject::Day(day) => press.site.days()[*day].date,
        Subject::Month(year, month) => last_of(press.site.days_of(*year, Some(*month))),
        Subject::Year(year) => last_of(press.site.days_of(*year, None)),
        Subject::Paper(paper) => press.site.date(*paper),
        Subject::Tag(tag) if output.route.page() == 1 => {
            newest_of(press, press.site.papers_of_tag(&press.site.tags()[*tag]))
        }
        Subject::Page(page) => press.site.pages()[*page].page.date,
        Subject::Author(author) if output.route.page() == 1 => {
            newest_of(press, press.site.papers_of_author(&press.site.authors()[*author].slug))
        }
        _ => None,
    };
    SitemapUrl {
        lastmod: date.map(|date| changed(press, date)).unwrap_or_default(),
        translations: press.edition.sitemap_translations(output),
        ..SitemapUrl::of(press.config.base_url.absolute(&output.path()))
    }
}

fn newest_of(press: &PageRenderer<'_>, papers: &[PaperIndex]) -> Option<Date> {
    papers.first().and_then(|&paper| press.site.date(paper))
}

/// The day on which a date's digests last changed, as front matter says, else the date itself.
fn changed(press: &PageRenderer<'_>, date: Date) -> String {
    let day = press.site.day(date);
    let updated = day
        .filter(|day| {
            press.site.day_digests(day).iter().any(|digest| digest.digest.meta.updated.is_some())
        })
        .map(|day| feeds::updated(press, day));
    updated.and_then(|time| time.get(..10).map(str::to_owned)).unwrap_or_else(|| date.to_string())
}

fn last_of(days: &[Day]) -> Option<Date> {
    days.last().and_then(|day| day.date)
}

impl SitemapUrl {
    fn of(loc: String) -> Self {
        Self { loc, lastmod: String::new(), translations: Vec::new() }
    }
}
