//! Round-ups as templates and feeds show them.

use super::PageRenderer;
use super::collections::families;
use super::edition::Edition;
use super::exports::tera_escape;
use super::head::Head;
use super::views::{FeedEntry, NavLink, RoundupView};
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

impl PageRenderer<'_> {
    /// The round-up of a month, by its places, where there are pages of them.
    pub(super) fn roundup_of_month(&self, year: i16, month: i8) -> Option<(usize, usize)> {
        self.site.roundup_of_month(year, month).filter(|_| !families(&self.inputs()).is_empty())
    }

    /// Title, feeds and neighbours of a round-up.
    pub(super) fn roundup_head(&self, (family, index): (usize, usize), head: &mut Head) {
        let family = &self.site.families()[family];
        let beside = [index.checked_sub(1), Some(index + 1)].map(|index| {
            let of = family.collections.get(index?)?;
            let (lang, url) =
                (self.edition.lang.as_str().to_owned(), self.edition.href(&of.route(family, 1)));
            Some(NavLink {
                kind: "roundup".into(),
                title: self.edition.each(|edition| {
                    of.period.map(|of| edition.period_title(of)).unwrap_or_default()
                }),
                lang,
                url,
            })
        });
        let Some(period) = family.collections[index].period else { return };
        head.title = self.edition.each(|edition| edition.period_title(period));
        let title = self.edition.family_label(&family.name);
        head.feeds = self.feed_links(&FeedOf::Roundups(period.span.name()), &title);
        [head.prev, head.next] = beside;
    }

    /// A round-up, by its places.
    pub(super) fn roundup_view(&self, family: usize, index: usize) -> RoundupView {
        let family = &self.site.families()[family];
        let of = &family.collections[index];
        RoundupView {
            title: self
                .edition
                .each(|edition| of.period.map(|of| edition.period_title(of)).unwrap_or_default()),
            period: self
                .edition
                .each(|edition| of.period.map(|of| edition.period_text(of)).unwrap_or_default()),
            family_label: self.edition.each(|edition| edition.family_label(&family.name)),
            family_url: self.edition.href(&Route::Page(family.name.clone())),
            count: self.edition.days_of_roundup(of).map(|day| day.items.len()).sum(),
            days: self
                .edition
                .days_of_roundup(of)
                .filter_map(|day| self.day_view(day, usize::MAX))
                .collect(),
        }
    }

    /// Title, page and entries of the feed of a family of round-ups: those whose time is over, so that no newsletter is sent
    /// of half a week.
    pub(super) fn roundup_feed(&self, name: &str) -> (String, Route, Vec<FeedEntry>) {
        let family = self.site.families().iter().find(|family| family.name == name);
        let all = family.iter().flat_map(|family| family.collections.iter().rev());
        let over = all.filter(|of| of.period.is_some_and(|period| self.site.is_over(period)));
        let entries = over.take(IN_FEED).filter_map(|of| self.roundup_entry(of)).collect();
        let title = format!("{} · {}", self.edition.family_label(name), self.edition.site_title());
        (title, Route::Page(name.to_owned()), entries)
    }

    /// All that is said on some days, each below its date.
    pub(super) fn days_in_feeds<'d>(&self, days: impl Iterator<Item = &'d Day>) -> String {
        let mut content = String::new();
        for (day, date) in days.filter_map(|day| Some((day, day.date?))) {
            let (date, url) =
                (self.edition.date_text(date), self.edition.absolute(&Route::Date(date)));
            content.extend(["<h2><a href=\"", &tera_escape(&url), "\">", &tera_escape(&date)]);
            content.push_str("</a></h2>");
            self.posts_in_feeds(day, "h3", &mut content);
            self.day_in_feeds(day, "h3", &mut content);
        }
        content
    }

    /// The posts of a day, each with what it says of itself.
    pub(super) fn posts_in_feeds(&self, day: &Day, level: &str, out: &mut String) {
        for post in day.posts() {
            let page = &self.site.pages()[post];
            let (url, (title, _)) =
                (self.edition.absolute(&page.route()), self.edition.page_title(page));
            out.extend([
                "<",
                level,
                "><a href=\"",
                &tera_escape(&url),
                "\">",
                &tera_escape(&title),
            ]);
            let (said, _) = self.page_summary(page);
            out.extend(["</a></", level, "><p>", &tera_escape(&said), "</p>"]);
        }
    }

    fn roundup_entry(&self, of: &Collection) -> Option<FeedEntry> {
        let period = of.period?;
        let route = period.route();
        let published = self.midnight(period.days()?.1.tomorrow().ok()?);
        let content = self.days_in_feeds(self.edition.days_of_roundup(of));
        let changes = self.edition.days_of_roundup(of).map(|day| self.updated(day));
        Some(FeedEntry {
            id: self.tag_uri(&route),
            title: format!(
                "{} ({})",
                self.edition.period_title(period),
                self.edition.period_text(period)
            ),
            url: self.edition.absolute(&route),
            updated: changes.chain([published.clone()]).max().unwrap_or_default(),
            published,
            lang: self.edition.lang.as_str().to_owned(),
            authors: vec![self.edition.feed_author().to_owned()],
            tags: self.tags_of_days(self.edition.days_of_roundup(of)),
            summary: String::new(),
            content,
        })
    }
}
