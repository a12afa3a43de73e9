//! Lists of dates, tags and authors as templates see them.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tera::Value;

use super::alphabet::filed;
use super::calendar::strip;
use super::edition::Edition;
use super::exports::MARKDOWN;
use super::kinds::CALENDAR;
use super::view::{Html, Of, Show as _};
use super::views::{
    AuthorCount, AuthorView, DayLink, DayView, MonthView, PagerView, PaperGroup, PaperLink,
    PostLink, TagLink, TagView, YearLink, YearView,
};
use super::{PageRenderer, calendar, collections, documents, writers};
use crate::model::keep_first;
use crate::model::route::Route;
use crate::render::plan::Paging;
use crate::site::{AuthorPapers, Day, PaperIndex, TagPapers};

/// Tags shown beside a tag, and co-authors beside an author.
const BESIDE: usize = 12;
/// Characters of the titles of a date's papers, where dates are listed.
const NAMES: usize = 120;
/// Dates that the archive lists, from the newest year on, whole years alone; of the others it shows how they went. A year takes as
/// much of a page as so many dates: so it stays below two thousand elements.
const LISTED: usize = 440;
const OF_A_YEAR: usize = 17;

impl Edition<'_> {
    /// The title of a day: its digests' own, joined.
    pub(super) fn day_title(&self, day: &Day) -> String {
        self.day_title_and_lang(day).0
    }

    /// The same with the language that it begins in.
    pub(super) fn day_title_and_lang(&self, day: &Day) -> (String, String) {
        let digests = self.site.day_digests(day);
        let titles = digests.iter().filter_map(|digest| self.said(&digest.digest.meta.title));
        let mut titles: Vec<_> = titles.filter(|(title, _)| !title.is_empty()).collect();
        keep_first(&mut titles, |(title, _)| *title);
        let begins = titles.first().map_or(self.lang, |(_, lang)| lang);
        let joined = titles.iter().map(|(title, _)| *title).collect::<Vec<_>>().join(" · ");
        (joined, begins.as_str().to_owned())
    }

    /// The titles of a day's papers.
    pub(super) fn titles(&self, day: &Day) -> String {
        day.items.iter().map(|item| self.title(item.paper)).collect::<Vec<_>>().join(" · ")
    }

    fn year_of(&self, paper: PaperIndex) -> Option<i16> {
        self.site.date(paper).map(Date::year)
    }

    /// What an author is called.
    pub(super) fn author_name<'n>(&'n self, author: &'n AuthorPapers) -> &'n str {
        let known = self.config.known_author(author.slug.text());
        known.map(|known| &known.name).filter(|name| !name.is_empty()).unwrap_or(&author.name)
    }

    pub(super) fn pager(&self, page: u32, pages: u32, route: impl Fn(u32) -> Route) -> PagerView {
        PagerView {
            page: page as usize,
            pages: pages as usize,
            prev: (page > 1).then(|| self.href(&route(page - 1))),
            next: (page < pages).then(|| self.href(&route(page + 1))),
        }
    }
}

/// A day with at most so many papers in full.
pub(super) fn day_view(press: &PageRenderer<'_>, day: &Day, in_full: usize) -> Option<DayView> {
    let date = day.date?;
    let (full, more) = day.items.split_at(day.items.len().min(in_full));
    let (intro, untranslated) = press.intros(day);
    let (title, title_lang) = press.edition.day_title_and_lang(day);
    Some(DayView {
        date: press.date(date).into(),
        title,
        title_lang,
        titles: press.edition.in_each_language(|edition| Some(edition.day_title_and_lang(day))),
        intro,
        untranslated,
        entries: full.iter().map(|item| press.entry_view(item.paper, &item.entries)).collect(),
        more: more.iter().map(|item| press.paper_link(item.paper)).collect(),
        posts: posts_of(press, day),
        series: collections::series_of_day(press, day),
        writers: writers::writer_links(press, press.edition.names_of_day(day)),
        count: day.items.len(),
        markdown: press
            .config
            .outputs
            .has(MARKDOWN)
            .then(|| press.edition.href(&Route::Markdown(date))),
    })
}

/// A day as lists of dates have it, with its papers or without; made once.
fn day_link(press: &PageRenderer<'_>, day: &Day, with_papers: bool) -> Option<Of<DayLink>> {
    let date = day.date?;
    let place = press.site.place_of(date)?;
    let kept = &press.kept.day_links[usize::from(with_papers)][place];
    Some(kept.get_or_init(|| day_link_view(press, day, date, with_papers).show()).clone().into())
}

fn day_link_view(press: &PageRenderer<'_>, day: &Day, date: Date, with_papers: bool) -> DayLink {
    let papers: Vec<PaperIndex> =
        day.items.iter().filter(|_| with_papers).map(|item| item.paper).collect();
    let (title, title_lang) = press.edition.day_title_and_lang(day);
    DayLink {
        date: press.date(date).into(),
        title,
        title_lang,
        count: day.items.len(),
        names_lang: day
            .items
            .first()
            .map(|item| press.edition.lang_of_title(press.edition.title(item.paper)).to_owned())
            .unwrap_or_default(),
        names: press.excerpt(&press.edition.titles(day), NAMES),
        titles: press.edition.in_each_language(|edition| Some(edition.day_title_and_lang(day))),
        papers: press.paper_links(&papers),
        posts: posts_of(press, day),
    }
}

fn posts_of(press: &PageRenderer<'_>, day: &Day) -> Vec<PostLink> {
    documents::post_links(press, day.posts())
}

/// The months of some days, newest first.
pub(super) fn months(press: &PageRenderer<'_>, days: &[Day], with_papers: bool) -> Vec<MonthView> {
    let groups = days.chunk_by(|a, b| month_of(a) == month_of(b));
    let mut months: Vec<MonthView> = groups
        .filter_map(|days| {
            let (year, number) = month_of(days.first()?)?;
            let url = press
                .config
                .outputs
                .has(CALENDAR)
                .then(|| press.edition.href(&Route::Month(year, number)));
            Some(MonthView {
                year: i64::from(year),
                month: i64::from(number),
                text: press.edition.each(|edition| edition.month_text(year, number)),
                short: press.edition.each(|edition| edition.short_month(number)),
                url,
                count: days.iter().map(|day| day.items.len()).sum(),
                weeks: press.edition.weeks(days),
                days: days
                    .iter()
                    .rev()
                    .filter_map(|day| day_link(press, day, with_papers))
                    .collect(),
            })
        })
        .collect();
    months.reverse();
    months
}

/// The years of some days, newest first.
pub(super) fn years(press: &PageRenderer<'_>, days: &[Day]) -> Vec<YearView> {
    let has_pages = press.config.outputs.has(CALENDAR);
    let newest_first = days.chunk_by(|a, b| a.year() == b.year()).rev();
    let mut left = LISTED.saturating_sub(OF_A_YEAR * newest_first.clone().count());
    newest_first
        .filter_map(|days| {
            let number = days.first()?.year()?;
            let listed = !has_pages || left >= days.len();
            left = if listed { left.saturating_sub(days.len()) } else { 0 };
            Some(YearView {
                year: i64::from(number),
                url: has_pages.then(|| press.edition.href(&Route::Year(number))),
                months: months(press, days, false),
                count: days.iter().map(|day| day.items.len()).sum(),
                dates: days.len(),
                listed,
                strip: strip(days),
            })
        })
        .collect()
}

/// All tags in the order of what is shown for them, as in the index of a book.
pub(super) fn all_tags(press: &PageRenderer<'_>) -> Vec<TagLink> {
    let mut tags = tag_links(press);
    tags.sort_by_cached_key(|tag| {
        (press.edition.tag_label(&tag.name).to_lowercase(), tag.name.clone())
    });
    tags
}

fn tag_links(press: &PageRenderer<'_>) -> Vec<TagLink> {
    press.site.tags().iter().map(|tag| press.tag_link(&tag.name)).collect()
}

/// The tags with most papers, commonest first.
pub(super) fn top_tags(press: &PageRenderer<'_>, count: usize) -> Vec<TagLink> {
    let mut tags = tag_links(press);
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    tags.truncate(count);
    tags
}

/// A page of a tag.
pub(super) fn tag_view(press: &PageRenderer<'_>, tag: &TagPapers, page: u32) -> TagView {
    let name = tag.name.text();
    let papers = press.site.papers_of_tag(tag);
    let (_, lang) = press.edition.tag_description(name);
    let paging = Paging::of_papers(press.config, papers.len());
    TagView {
        name: name.to_owned(),
        label: press.edition.each(|edition| edition.tag_label(name)),
        description: press.edition.each(|edition| edition.tag_description(name).0.to_owned()),
        description_lang: lang.as_str().to_owned(),
        count: papers.len(),
        posts: if page == 1 {
            documents::post_links(press, press.site.posts_of_tag(&tag.name))
        } else {
            Vec::new()
        },
        groups: by_month(press, &papers[paging.slice(page)]),
        trend: if page == 1 && press.uses.trend {
            calendar::trend(press, papers)
        } else {
            Vec::new()
        },
        years: years_of_tag(press, name, papers, paging),
        related: related_tags(press, tag),
        pager: press.edition.pager(page, paging.pages(), |page| Route::Tag(name.to_owned(), page)),
    }
}

/// The years of a tag's papers, newest first, where there are several.
fn years_of_tag(
    press: &PageRenderer<'_>,
    name: &str,
    papers: &[PaperIndex],
    paging: Paging,
) -> Vec<YearLink> {
    let (mut links, mut at) = (Vec::new(), 0);
    for papers in papers.chunk_by(|&a, &b| press.edition.year_of(a) == press.edition.year_of(b)) {
        if let Some(year) = press.edition.year_of(papers[0]) {
            let url = press.edition.href(&Route::Tag(name.to_owned(), paging.page_of(at)));
            let (year, count) = (i64::from(year), papers.len());
            links.push(YearLink { year, count, url: format!("{url}#y{year}") });
        }
        at += papers.len();
    }
    if links.len() < 2 { Vec::new() } else { links }
}

/// Papers newest first, by month.
pub(super) fn by_month(press: &PageRenderer<'_>, papers: &[PaperIndex]) -> Vec<PaperGroup> {
    groups(
        press,
        papers,
        |date| (date.year(), date.month()),
        |(year, month)| press.edition.each(|edition| edition.month_text(year, month)),
    )
}

/// Papers that stand together and share a span of time; those without a date have none to show.
fn groups<S: PartialEq>(
    press: &PageRenderer<'_>,
    papers: &[PaperIndex],
    span: impl Fn(Date) -> S,
    text: impl Fn(S) -> String,
) -> Vec<PaperGroup> {
    let span = |paper: PaperIndex| press.site.date(paper).map(&span);
    let groups = papers.chunk_by(|&a, &b| span(a) == span(b));
    let mut before = None;
    groups
        .map(|papers| {
            let year = papers.first().and_then(|&paper| press.site.date(paper)).map(Date::year);
            let is_new = year != before;
            before = year;
            PaperGroup {
                text: papers.first().and_then(|&paper| span(paper)).map(&text).unwrap_or_default(),
                year: year.filter(|_| is_new).map_or(0, i64::from),
                papers: press.paper_links(papers),
            }
        })
        .collect()
}

/// Tags that stand beside a tag most often; equals by name.
fn related_tags(press: &PageRenderer<'_>, tag: &TagPapers) -> Vec<TagLink> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for &paper in press.site.papers_of_tag(tag) {
        for other in press.site.tags_of(paper).into_iter().filter(|other| **other != tag.name) {
            *counts.entry(other.text()).or_default() += 1;
        }
    }
    let others = commonest(counts.into_iter().map(|(name, count)| (count, name)).collect());
    others
        .into_iter()
        .filter_map(|(_, name)| press.site.tag(name))
        .map(|tag| press.tag_link(&tag.name))
        .collect()
}

/// An author, by place among those with a page.
pub(super) fn author_view(press: &PageRenderer<'_>, own: usize, page: u32) -> AuthorView {
    let author = &press.site.authors()[own];
    let papers = press.site.papers_of_author(&author.slug);
    let paging = Paging::of_papers(press.config, papers.len());
    let groups = groups(press, &papers[paging.slice(page)], Date::year, |year| year.to_string());
    let known = press.config.known_author(author.slug.text());
    AuthorView {
        name: press.edition.author_name(author).to_owned(),
        url: known.map(|known| known.url.clone()).unwrap_or_default(),
        orcid: known.map(|known| known.orcid.clone()).unwrap_or_default(),
        count: papers.len(),
        groups,
        coauthors: coauthors(press, own, papers),
        pager: press
            .edition
            .pager(page, paging.pages(), |page| Route::Author(author.slug.text().to_owned(), page)),
    }
}

fn coauthors(press: &PageRenderer<'_>, own: usize, papers: &[PaperIndex]) -> Vec<Of<AuthorCount>> {
    let mut others: Vec<u32> = Vec::new();
    for &paper in papers {
        others.extend_from_slice(press.site.authors_with_page(paper));
    }
    others.retain(|&other| other as usize != own);
    others.sort_unstable();
    let counts = others.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
    commonest(counts)
        .into_iter()
        .map(|(count, other)| coauthor(press, other as usize, count).into())
        .collect()
}

/// An author with so many papers in common with another. Most share one or two with anybody: those are kept.
fn coauthor(press: &PageRenderer<'_>, author: usize, count: usize) -> Value {
    let view =
        || AuthorCount { count, ..author_count(press, &press.site.authors()[author]) }.show();
    match press.kept.coauthors.get(count - 1) {
        Some(kept) => kept[author].get_or_init(view).clone(),
        None => view(),
    }
}

/// An author in a list.
pub(super) fn author_count(press: &PageRenderer<'_>, author: &AuthorPapers) -> AuthorCount {
    let url = press.edition.href(&Route::Author(author.slug.text().to_owned(), 1));
    let name = press.edition.author_name(author);
    AuthorCount {
        name: name.to_owned(),
        link: Html::of_link(&url, name),
        filed: filed(name),
        url,
        count: press.site.papers_of_author(&author.slug).len(),
    }
}

/// Papers that no source dates.
pub(super) fn undated(press: &PageRenderer<'_>) -> Vec<Of<PaperLink>> {
    let items = press.site.undated().into_iter().flat_map(|day| &day.items);
    let papers: Vec<PaperIndex> = items.map(|item| item.paper).collect();
    press.paper_links(&papers)
}

fn month_of(day: &Day) -> Option<(i16, i8)> {
    day.date.map(|date| (date.year(), date.month()))
}

/// The commonest, equals in their own order.
fn commonest<T: Ord>(mut counts: Vec<(usize, T)>) -> Vec<(usize, T)> {
    let order = |a: &(usize, T), b: &(usize, T)| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1));
    if counts.len() > BESIDE {
        counts.select_nth_unstable_by(BESIDE - 1, order);
        counts.truncate(BESIDE);
    }
    counts.sort_unstable_by(order);
    counts
}
