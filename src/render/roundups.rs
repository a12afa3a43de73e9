//! Round-ups as templates and feeds show them.

use super::collections::families;
use super::edition::Edition;
use super::exports::tera_escape;
use super::head::Head;
use super::views::{FeedEntry, NavLink, RoundupView};
use super::{PageRenderer, documents, exports::feeds, lists};
use crate::model::route::{FeedOf, Route};
use crate::site::{Collection, Day, Member, Period, Span};

/// Most round-ups in a feed: each is long, and who sends newsletters wants the latest.
const IN_FEED: usize = 8;

impl Edition<'_> {
    /// `Week 12, 2025`, `2025년 3월`
    pub(super) fn period_title(&self, period: Period) -> String {
        let Period { span, year, number } = period;
        match span {
            Span::Month => self.month_text(year, number),
            Span::Week => {
                let format = self.say("week_format", None);
                if format == "week_format" {
                    return format!("{year}-W{number:02}");
                }
                format.replace("{year}", &year.to_string()).replace("{week}", &number.to_string())
            }
        }
    }

    /// The first and the last day of a period, in words.
    pub(super) fn period_text(&self, period: Period) -> String {
        let days =
            period.days().map(|(first, last)| [first, last].map(|date| self.date_text(date)));
        days.map(|days| days.join(" – ")).unwrap_or_default()
    }

    /// The days that a round-up gathers.
    pub(super) fn days_of_roundup<'c>(
        &self,
        of: &'c Collection,
    ) -> impl Iterator<Item = &'c Day> + Clone
    where
        Self: 'c,
    {
        let days = self.site.days();
        of.members
            .iter()
            .filter_map(|member| if let Member::Day(day) = member { days.get(*day) } else { None })
    }
}

/// The round-up of a month, by its places, where there are pages of them.
pub(super) fn roundup_of_month(
    press: &PageRenderer<'_>,
    year: i16,
    month: i8,
) -> Option<(usize, usize)> {
    press.site.roundup_of_month(year, month).filter(|_| !families(&press.inputs()).is_empty())
}

/// Title, feeds and neighbours of a round-up.
pub(super) fn roundup_head(
    press: &PageRenderer<'_>,
    (family, index): (usize, usize),
    head: &mut Head,
) {
    let family = &press.site.families()[family];
    let beside = [index.checked_sub(1), Some(index + 1)].map(|index| {
        let of = family.collections.get(index?)?;
        let (lang, url) =
            (press.edition.lang.as_str().to_owned(), press.edition.href(&of.route(family, 1)));
        Some(NavLink {
            kind: "roundup".into(),
            title: press
                .edition
                .each(|edition| of.period.map(|of| edition.period_title(of)).unwrap_or_default()),
            lang,
            url,
        })
    });
    let Some(period) = family.collections[index].period else { return };
    head.title = press.edition.each(|edition| edition.period_title(period));
    let title = press.edition.family_label(&family.name);
    head.feeds = press.feed_links(&FeedOf::Roundups(period.span.name()), &title);
    [head.prev, head.next] = beside;
}

/// A round-up, by its places.
pub(super) fn roundup_view(press: &PageRenderer<'_>, family: usize, index: usize) -> RoundupView {
    let family = &press.site.families()[family];
    let of = &family.collections[index];
    RoundupView {
        title: press
            .edition
            .each(|edition| of.period.map(|of| edition.period_title(of)).unwrap_or_default()),
        period: press
            .edition
            .each(|edition| of.period.map(|of| edition.period_text(of)).unwrap_or_default()),
        family_label: press.edition.each(|edition| edition.family_label(&family.name)),
        family_url: press.edition.href(&Route::Page(family.name.clone())),
        count: press.edition.days_of_roundup(of).map(|day| day.items.len()).sum(),
        days: press
            .edition
            .days_of_roundup(of)
            .filter_map(|day| lists::day_view(press, day, usize::MAX))
            .collect(),
    }
}

/// Title, page and entries of the feed of a family of round-ups: those whose time is over, so that no newsletter is sent
/// of half a week.
pub(super) fn roundup_feed(
    press: &PageRenderer<'_>,
    name: &str,
) -> (String, Route, Vec<FeedEntry>) {
    let family = press.site.families().iter().find(|family| family.name == name);
    let all = family.iter().flat_map(|family| family.collections.iter().rev());
    let over = all.filter(|of| of.period.is_some_and(|period| press.site.is_over(period)));
    let entries = over.take(IN_FEED).filter_map(|of| roundup_entry(press, of)).collect();
    let title = format!("{} · {}", press.edition.family_label(name), press.edition.site_title());
    (title, Route::Page(name.to_owned()), entries)
}

/// All that is said on some days, each below its date.
pub(super) fn days_in_feeds<'d>(
    press: &PageRenderer<'_>,
    days: impl Iterator<Item = &'d Day>,
) -> String {
    let mut content = String::new();
    for (day, date) in days.filter_map(|day| Some((day, day.date?))) {
        let (date, url) =
            (press.edition.date_text(date), press.edition.absolute(&Route::Date(date)));
        content.extend(["<h2><a href=\"", &tera_escape(&url), "\">", &tera_escape(&date)]);
        content.push_str("</a></h2>");
        posts_in_feeds(press, day, "h3", &mut content);
        feeds::day_in_feeds(press, day, "h3", &mut content);
    }
    content
}

/// The posts of a day, each with what it says of itself.
pub(super) fn posts_in_feeds(press: &PageRenderer<'_>, day: &Day, level: &str, out: &mut String) {
    for post in day.posts() {
        let page = &press.site.pages()[post];
        let (url, (title, _)) =
            (press.edition.absolute(&page.route()), press.edition.page_title(page));
        out.extend(["<", level, "><a href=\"", &tera_escape(&url), "\">", &tera_escape(&title)]);
        let (said, _) = documents::page_summary(press, page);
        out.extend(["</a></", level, "><p>", &tera_escape(&said), "</p>"]);
    }
}

fn roundup_entry(press: &PageRenderer<'_>, of: &Collection) -> Option<FeedEntry> {
    let period = of.period?;
    let route = period.route();
    let published = feeds::midnight(press, period.days()?.1.tomorrow().ok()?);
    let content = days_in_feeds(press, press.edition.days_of_roundup(of));
    let changes = press.edition.days_of_roundup(of).map(|day| feeds::updated(press, day));
    Some(FeedEntry {
        id: feeds::tag_uri(press, &route),
        title: format!(
            "{} ({})",
            press.edition.period_title(period),
            press.edition.period_text(period)
        ),
        url: press.edition.absolute(&route),
        updated: changes.chain([published.clone()]).max().unwrap_or_default(),
        published,
        lang: press.edition.lang.as_str().to_owned(),
        authors: vec![press.edition.feed_author().to_owned()],
        tags: feeds::tags_of_days(press, press.edition.days_of_roundup(of)),
        summary: String::new(),
        content,
    })
}
