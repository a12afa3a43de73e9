//! The search: what can be found, by which words, and what a result says. `exports/search` makes files of it, of which a
//! browser asks for those that it needs.
//!
//! Files of words say where each word is; what a result looks like is the theme's, and files of their own hold sixteen each.
//! Every file begins with the version of the whole, so that a browser notices files that do not belong together.
//!
//! `themes/offprint/static/search.js` reads all this; `docs/themes.md` describes it for other readers.

mod found;
mod index;

use jiff::civil::Date;

use super::PageRenderer;
use super::papers::SUMMARY;
use super::view::Html;
use super::views::ResultView;
use crate::model::route::Route;
use crate::model::{Passage, Translated};
use crate::prose;
use crate::site::{Day, KeptPage, Member, PaperIndex, Sym};
pub(super) use found::{Found, RESULTS, found, result_files, shards};
use index::{Index, Rank, Words};

/// Titles that a summary of an author or a value may have room for.
const TITLES: usize = 6;

/// What the search of a site knows.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) index: Index,
    /// By number.
    pub(super) found: Vec<Found>,
}

impl PageRenderer<'_> {
    /// The words of the site; made once.
    pub(super) fn search(&self) -> &Search {
        // What trees share must not depend on the tree that asks first.
        let first = self.in_tree(0);
        self.shared.search.get_or_init(|| {
            let found = found(&self.inputs());
            let index = Index::of(found.len(), |number, words| {
                first.tell(found[number as usize], number, words);
            });
            Search { index, found }
        })
    }

    /// Every word by which something can be found.
    fn tell(&self, found: Found, number: u32, words: &mut Words) {
        self.tell_names(found, &mut |kind, name| words.say_as(number, kind, name));
        let mut say = |rank: Rank, text: &str| words.say(number, rank, text);
        match found {
            Found::Tag(tag) => self.tell_tag(self.site.tags()[tag].name.text(), &mut say),
            Found::Paper(paper) => self.tell_paper(paper, &mut say),
            Found::Author(author) => self.tell_author(author, &mut say),
            Found::Value(family, index) => {
                say(Rank::Title, &self.site.families()[family].collections[index].name);
            }
            Found::Time(year, month) => {
                say_time(&time_number(year, month), &mut say);
                for tree in 0..self.shared.trees.len() {
                    say(Rank::Title, &self.in_tree(tree).time_text(year, month));
                }
            }
            Found::Day(date) => {
                say_time(&date.to_string(), &mut say);
                for tree in 0..self.shared.trees.len() {
                    say(Rank::Title, &self.in_tree(tree).date_text(date));
                }
                for digest in
                    self.site.day(date).map(|day| self.site.day_digests(day)).unwrap_or_default()
                {
                    tell_document(&digest.digest.meta.title, &digest.digest.intro, &mut say);
                }
            }
            Found::Page(page) => {
                let page = &self.site.pages()[page].page;
                tell_document(&page.meta.title, &page.body, &mut say);
                page.meta.about.authors.iter().for_each(|name| say(Rank::Name, name));
                page.meta.tags.iter().for_each(|tag| say(Rank::Name, tag.as_str()));
            }
        }
    }

    /// Every name by which a search can be narrowed to papers and posts that have it, with what kind of name it is.
    pub(super) fn tell_names(&self, found: Found, say: &mut impl FnMut(&str, &str)) {
        match found {
            Found::Paper(paper) => {
                for tag in self.site.tags_of(paper) {
                    say("tag", tag.text());
                    let config = self.tag_config(tag.text()).into_iter();
                    config
                        .flat_map(|tag| &tag.label.texts)
                        .for_each(|(_, label)| say("tag", label));
                }
                for &entry in self.site.entries_of(paper) {
                    self.text_langs(entry).iter().for_each(|lang| say("lang", lang.as_str()));
                    let entry = self.site.entry(entry);
                    entry.authors.iter().for_each(|name| say("author", name));
                    entry.org.iter().for_each(|name| say("org", name));
                    entry.field("venue").into_iter().for_each(|name| say("venue", name));
                }
            }
            Found::Page(page) => {
                let page = &self.site.pages()[page].page;
                page.meta.tags.iter().for_each(|tag| say("tag", tag.as_str()));
                page.meta.about.authors.iter().for_each(|name| say("author", name));
                let langs =
                    page.body.iter().map(|text| self.lang_of(text, page.meta.lang.as_ref()));
                langs.for_each(|lang| say("lang", lang.as_str()));
            }
            _ => {}
        }
    }

    /// The dates of papers, each with the number of its first: papers are numbered newest first.
    pub(super) fn dates_of_papers(&self) -> Vec<(String, usize)> {
        let mut dates: Vec<(String, usize)> = Vec::new();
        for (number, found) in self.search().found.iter().enumerate() {
            let Found::Paper(paper) = found else { continue };
            let date = self.site.date(*paper).map_or_else(String::new, |date| date.to_string());
            if dates.last().is_none_or(|(last, _)| *last != date) {
                dates.push((date, number));
            }
        }
        dates
    }

    fn tell_tag(&self, name: &str, say: &mut impl FnMut(Rank, &str)) {
        say(Rank::Title, name);
        if let Some(config) = self.tag_config(name) {
            config.aliases.iter().for_each(|alias| say(Rank::Title, alias.as_str()));
            config.label.texts.iter().for_each(|(_, label)| say(Rank::Title, label));
            config.description.texts.iter().for_each(|(_, text)| say(Rank::Text, text));
        }
    }

    /// Every spelling of the name that config.toml knows, beside that on the page.
    fn tell_author(&self, author: usize, say: &mut impl FnMut(Rank, &str)) {
        let author = &self.site.authors()[author];
        say(Rank::Title, self.author_name(author));
        say(Rank::Title, &author.name);
        let known = self.config.known_author(author.slug.text());
        known.iter().flat_map(|known| &known.aliases).for_each(|alias| say(Rank::Title, alias));
    }

    fn tell_paper(&self, paper: PaperIndex, say: &mut impl FnMut(Rank, &str)) {
        say(Rank::Title, self.title(paper));
        self.site.other_titles(paper).into_iter().for_each(|title| say(Rank::Title, title));
        self.ids(paper).iter().for_each(|id| say(Rank::Name, id.as_str()));
        for tag in self.site.tags_of(paper) {
            say(Rank::Name, tag.text());
            let labels =
                self.tag_config(tag.text()).into_iter().flat_map(|config| &config.label.texts);
            labels.for_each(|(_, label)| say(Rank::Name, label));
        }
        for &entry in self.site.entries_of(paper) {
            let entry = self.site.entry(entry);
            let names = entry
                .authors
                .iter()
                .chain(&entry.org)
                .map(String::as_str)
                .chain(entry.field("venue"));
            names.for_each(|name| say(Rank::Name, name));
            for text in entry.texts() {
                say(Rank::Text, &prose::unwrapped(&text.text));
            }
        }
    }

    /// What its template sees of something found.
    pub(super) fn result(&self, found: Found) -> ResultView {
        match found {
            Found::Tag(tag) => self.tag_result(&self.site.tags()[tag].name),
            Found::Paper(paper) => self.paper_result(paper),
            Found::Author(author) => self.author_result(author),
            Found::Value(family, index) => self.value_result(family, index),
            Found::Day(date) => self.day_result(date),
            Found::Time(year, month) => self.time_result(year, month),
            Found::Page(page) => self.page_result(&self.site.pages()[page]),
        }
    }

    fn tag_result(&self, tag: &Sym) -> ResultView {
        let (view, lang) = (self.tag_link(tag), self.lang.as_str());
        let (summary, summary_lang) = self.tag_description(tag.text());
        ResultView {
            kind: "tag".into(),
            url: view.url,
            title: Html::of_text(&format!("#{}", view.label)),
            lang: lang.to_owned(),
            byline: self.papers_count(view.count),
            summary: summary.to_owned(),
            summary_lang: summary_lang.as_str().to_owned(),
            ..empty()
        }
    }

    fn papers_count(&self, count: usize) -> String {
        self.say("papers_count", Some(count as u64))
    }

    /// An author, with the titles of the latest papers.
    fn author_result(&self, author: usize) -> ResultView {
        let author = &self.site.authors()[author];
        let papers = self.site.papers_of_author(&author.slug);
        let name = self.author_name(author);
        let (summary, summary_lang) = self.latest_titles(papers.iter().copied());
        ResultView {
            kind: "author".into(),
            url: self.href(&Route::Author(author.slug.text().to_owned())),
            title: Html::of_text(name),
            lang: self.lang_of_title(name).to_owned(),
            byline: self.papers_count(papers.len()),
            summary,
            summary_lang,
            ..empty()
        }
    }

    /// A value of a field, a series or a writer, with what it is and the titles of its first papers.
    fn value_result(&self, family: usize, index: usize) -> ResultView {
        let family = &self.site.families()[family];
        let of = &family.collections[index];
        let papers = of.members.iter().filter_map(|member| match member {
            Member::Paper(paper) => Some(*paper),
            _ => None,
        });
        let (summary, summary_lang) = self.latest_titles(papers);
        ResultView {
            kind: "value".into(),
            url: self.href(&of.route(family, 1)),
            title: Html::of_text(&of.name),
            lang: self.lang_of_title(&of.name).to_owned(),
            byline: self.family_label(&family.name),
            summary,
            summary_lang,
            ..empty()
        }
    }

    /// The titles of some papers, as many as a summary has room for, and their language.
    fn latest_titles(&self, papers: impl Iterator<Item = PaperIndex>) -> (String, String) {
        let titles: Vec<&str> = papers.take(TITLES).map(|paper| self.title(paper)).collect();
        let titles = self.excerpt(&titles.join(" · "), SUMMARY);
        let lang = self.lang_of_title(&titles).to_owned();
        (titles, lang)
    }

    /// A month, or a year as a whole.
    fn time_result(&self, year: i16, month: Option<i8>) -> ResultView {
        let papers = self.site.days_of(year, month).iter().map(|day| day.items.len()).sum();
        ResultView {
            kind: if month.is_some() { "month" } else { "year" }.into(),
            url: self.href(&month.map_or(Route::Year(year), |month| Route::Month(year, month))),
            title: Html::of_text(&self.time_text(year, month)),
            lang: self.lang.as_str().to_owned(),
            byline: self.papers_count(papers),
            ..empty()
        }
    }

    /// A month as the pages of a tree call it, or a year.
    fn time_text(&self, year: i16, month: Option<i8>) -> String {
        month.map_or_else(|| year.to_string(), |month| self.month_text(year, month))
    }

    fn paper_result(&self, paper: PaperIndex) -> ResultView {
        let title = self.title(paper);
        let (summary, summary_lang) = self.summary_with_lang(paper);
        ResultView {
            kind: "paper".into(),
            url: self.href(&self.paper_route(paper)),
            title: Html(self.title_html(paper)),
            lang: self.lang_of_title(title).to_owned(),
            byline: self.byline(paper),
            date: self.site.date(paper).map(|date| self.date(date).into()),
            summary: summary.clone(),
            summary_lang: summary_lang.as_str().to_owned(),
            tags: self.site.tags_of(paper).into_iter().map(|tag| self.shared_tag(tag)).collect(),
        }
    }

    /// A date is called by its own title, or by itself.
    fn day_result(&self, date: Date) -> ResultView {
        let (day, view) = (self.site.day(date), self.date_view(date));
        let (title, lang) = day.map(|day| self.day_title_and_lang(day)).unwrap_or_default();
        let (summary, summary_lang) = day.map(|day| self.first_of_day(day)).unwrap_or_default();
        let named = !title.is_empty();
        ResultView {
            kind: "date".into(),
            url: view.url,
            title: Html::of_text(if named { &title } else { &view.text }),
            lang: if named { lang } else { self.lang.as_str().to_owned() },
            byline: String::new(),
            date: named.then(|| self.date(date).into()),
            summary,
            summary_lang,
            tags: Vec::new(),
        }
    }

    fn page_result(&self, page: &KeptPage) -> ResultView {
        let (title, lang) = self.page_title(page);
        let (summary, summary_lang) = self.page_summary(page);
        let date = page.page.date;
        ResultView {
            kind: if date.is_some() { "post" } else { "page" }.into(),
            url: self.href(&page.route()),
            title: Html::of_text(if title.is_empty() { self.site_title() } else { &title }),
            lang,
            byline: self.names_of_page(page).join(", "),
            date: date.map(|date| self.date(date).into()),
            summary,
            summary_lang,
            tags: self.page_tags(page),
        }
    }

    /// The first words of what a tree shows of a day's introductions, else the titles of its papers; with their language.
    pub(super) fn first_of_day(&self, day: &Day) -> (String, String) {
        let shown = self.shown_of_intros(day);
        if let Some((passage, lang)) =
            self.passages_of_intros(day).find(|(_, lang)| self.shows(&shown, lang))
        {
            return self.first_words(passage, lang.as_str());
        }
        let titles = self.excerpt(&self.titles(day), SUMMARY);
        let lang = self.lang_of_title(&titles).to_owned();
        (titles, lang)
    }

    fn first_words(&self, passage: &Passage, lang: &str) -> (String, String) {
        (self.excerpt(&passage.text.text, SUMMARY), lang.to_owned())
    }
}

/// A time by its parts, and as one word: a month has all parts that its days have, and only that word tells them apart.
fn say_time(number: &str, say: &mut impl FnMut(Rank, &str)) {
    say(Rank::Title, number);
    say(Rank::Title, &number.replace('-', ""));
}

/// A result of which nothing is known.
fn empty() -> ResultView {
    ResultView {
        kind: String::new(),
        url: String::new(),
        title: Html::of_text(""),
        lang: String::new(),
        byline: String::new(),
        date: None,
        summary: String::new(),
        summary_lang: String::new(),
        tags: Vec::new(),
    }
}

/// `2025-03`, or `2025`
fn time_number(year: i16, month: Option<i8>) -> String {
    month.map_or_else(|| year.to_string(), |month| format!("{year}-{month:02}"))
}

fn tell_document(title: &Translated, texts: &[Passage], say: &mut impl FnMut(Rank, &str)) {
    for (_, title) in &title.texts {
        say(Rank::Title, title);
    }
    for passage in texts {
        say(Rank::Text, &prose::unwrapped(&passage.text.text));
    }
}
