//! What a result says: in a file of its own with its texts, and in short in files of words.

use jiff::civil::Date;
use serde::Serialize;

use super::sections::Section;
use super::{ABSTRACT, Found, TEXT};
use crate::model::route::{Route, encode_path};
use crate::render::edition::Edition;
use crate::render::json_ld::harmless;
use crate::render::text_ids::page_key;
use crate::render::view::Html;
use crate::render::{PageRenderer, documents, search::sections};
use crate::site::{KeptPage, Member, PaperIndex, Sym};
use crate::theme::said;

/// Names of a paper that a result holds.
const NAMES: usize = 40;
/// Titles by which a value is known.
const TITLES: usize = 3;

/// JSON in which what is said in several languages is said in the first.
pub(in crate::render) fn in_one_language(json: String) -> String {
    String::from_utf8_lossy(&said::spread(json.into_bytes(), None)).into_owned()
}

/// A result, as the search's page is given it.
#[derive(Debug, Default, Serialize)]
pub(in crate::render) struct FoundResult {
    /// The address below that of the tree.
    path: String,
    /// Title, as HTML; the date, where that has no title.
    title: String,
    /// Its language.
    lang: String,
    /// How many papers a tag, an author or a time has; what a value is one of; who wrote a post. As HTML.
    #[serde(skip_serializing_if = "String::is_empty")]
    by: String,
    /// The date of a post, or a digest with a title, `2025-03-08`; that of a paper follows from its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// The authors of a paper.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    /// Its organisation and its venue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    of: Vec<String>,
    /// The labels of its tags, as HTML, each with its address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<(String, String)>,
    /// Its texts, each with its language; the first words are its summary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<(String, String)>,
    /// The parts of a document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<Section>,
}

impl Edition<'_> {
    fn titled(&self, route: &Route, title: &str, by: &str) -> FoundResult {
        FoundResult {
            path: encode_path(&route.path()),
            title: self.in_elements(title),
            lang: self.lang.as_str().to_owned(),
            by: self.in_elements(by),
            ..FoundResult::default()
        }
    }

    /// A text as HTML, in which what is said in several languages has an element for each, as in pages.
    pub(super) fn in_elements(&self, text: &str) -> String {
        let (open, close) = ("<b>", "</b>");
        let whole = [open, &Html::of_text(text).0, close].concat().into_bytes();
        let spread = said::spread(whole, Some(&self.config.languages));
        let text = String::from_utf8_lossy(&spread).into_owned();
        text[open.len()..text.len() - close.len()].to_owned()
    }

    fn in_its_language(&self, name: &str, result: FoundResult) -> FoundResult {
        FoundResult { lang: self.lang_of_title(name).to_owned(), ..result }
    }

    /// A date is called by its own title, or by itself.
    fn named_day(&self, date: Date) -> FoundResult {
        let (title, lang) =
            self.site.day(date).map(|day| self.day_title_and_lang(day)).unwrap_or_default();
        if title.is_empty() {
            let text = self.each(|edition| edition.date_text(date));
            return self.titled(&Route::Date(date), &text, "");
        }
        let result = self.titled(&Route::Date(date), &title, "");
        FoundResult { lang, date: Some(date.to_string()), ..result }
    }

    fn papers_count(&self, count: usize) -> String {
        self.each(|edition| edition.say("papers_count", Some(count as u64)))
    }

    /// A month as the pages of a tree call it, or a year.
    pub(super) fn time_text(&self, year: i16, month: Option<i8>) -> String {
        month.map_or_else(|| year.to_string(), |month| self.month_text(year, month))
    }

    /// The titles of some papers, as many as a summary has room for, and their language.
    fn latest_titles(&self, papers: impl Iterator<Item = PaperIndex>) -> Vec<(String, String)> {
        let titles: Vec<&str> = papers.take(TITLES).map(|paper| self.title(paper)).collect();
        let titles = titles.join(" · ");
        some_text(&titles, self.lang_of_title(&titles))
    }
}

/// A result in short, as a file of words tells it: its number, its address, its title in each tree, the language of that, and
/// a byline.
pub(super) fn at_once(press: &PageRenderer<'_>, found: Found, number: u32) -> String {
    let results = (0..press.shared.trees.len()).map(|tree| in_short(&press.in_tree(tree), found));
    let results: Vec<_> = results.collect();
    let same = results.iter().all(|other| *other == results[0]);
    let told = if same { harmless(&(number, &results[0])) } else { harmless(&(number, results)) };
    in_one_language(told)
}

fn in_short(press: &PageRenderer<'_>, found: Found) -> [String; 4] {
    let by = match found {
        Found::Paper(paper) => Html::of_text(&press.edition.byline(paper)).0,
        _ => String::new(),
    };
    let result = named(press, found);
    [result.path, result.title, result.lang, if by.is_empty() { result.by } else { by }]
}

/// A result with all that its page is given.
pub(in crate::render) fn result(press: &PageRenderer<'_>, found: Found) -> FoundResult {
    let named = named(press, found);
    match found {
        Found::Tag(tag) => {
            let (text, lang) = press.edition.tag_description(press.site.tags()[tag].name.text());
            FoundResult { texts: some_text(text, lang.as_str()), ..named }
        }
        Found::Paper(paper) => paper_result(press, paper, named),
        Found::Value(family, index) => {
            let of = &press.site.families()[family].collections[index];
            let papers = of.members.iter().filter_map(|member| match member {
                Member::Paper(paper) => Some(*paper),
                _ => None,
            });
            FoundResult { texts: press.edition.latest_titles(papers), ..named }
        }
        Found::Day(date) => FoundResult { texts: day_texts(press, date), ..named },
        // There are as many authors as papers: what lists say of them is enough.
        Found::Author(_) | Found::Time(..) => named,
        Found::Page(page) => page_result(press, &press.site.pages()[page], named),
    }
}

/// A result as lists name it.
fn named(press: &PageRenderer<'_>, found: Found) -> FoundResult {
    match found {
        Found::Tag(tag) => {
            let tag = press.tag_link(&press.site.tags()[tag].name);
            let route = Route::Tag(tag.name, 1);
            press.edition.titled(
                &route,
                &format!("#{}", tag.label),
                &press.edition.papers_count(tag.count),
            )
        }
        Found::Paper(paper) => FoundResult {
            title: press.title_html(paper),
            lang: press.edition.lang_of_title(press.edition.title(paper)).to_owned(),
            ..press.edition.titled(&press.edition.paper_route(paper), "", "")
        },
        Found::Author(author) => {
            let author = &press.site.authors()[author];
            let papers =
                press.edition.papers_count(press.site.papers_of_author(&author.slug).len());
            let name = press.edition.author_name(author);
            press.edition.in_its_language(
                name,
                press.edition.titled(
                    &Route::Author(author.slug.text().to_owned(), 1),
                    name,
                    &papers,
                ),
            )
        }
        Found::Value(family, index) => {
            let family = &press.site.families()[family];
            let of = &family.collections[index];
            let label = press.edition.each(|edition| edition.family_label(&family.name));
            press.edition.in_its_language(
                &of.name,
                press.edition.titled(&of.route(family, 1), &of.name, &label),
            )
        }
        Found::Time(year, month) => {
            let papers = press.site.days_of(year, month).iter().map(|day| day.items.len()).sum();
            let route = month.map_or(Route::Year(year), |month| Route::Month(year, month));
            press.edition.titled(
                &route,
                &press.edition.each(|edition| edition.time_text(year, month)),
                &press.edition.papers_count(papers),
            )
        }
        Found::Day(date) => press.edition.named_day(date),
        Found::Page(page) => {
            let page = &press.site.pages()[page];
            let (title, lang) = press.edition.page_title(page);
            let title = if title.is_empty() { press.edition.site_title() } else { &title };
            let by = documents::names_of_page(press, page).join(", ");
            FoundResult { lang, ..press.edition.titled(&page.route(), title, &by) }
        }
    }
}

fn paper_result(press: &PageRenderer<'_>, paper: PaperIndex, named: FoundResult) -> FoundResult {
    let entry = press.site.entry(press.site.authors_entry(paper));
    let mut of: Vec<String> = entry.org.iter().cloned().collect();
    of.extend(press.edition.field(paper, "venue").map(str::to_owned));
    FoundResult {
        authors: entry.authors.iter().take(NAMES).cloned().collect(),
        of,
        tags: tags_of_result(press, press.site.tags_of(paper).into_iter()),
        texts: texts_of_paper(press, paper),
        ..named
    }
}

fn tags_of_result<'t>(
    press: &PageRenderer<'_>,
    tags: impl Iterator<Item = &'t Sym>,
) -> Vec<(String, String)> {
    let links = tags.map(|tag| press.tag_link(tag));
    links
        .map(|tag| {
            (press.edition.in_elements(&tag.label), encode_path(&Route::Tag(tag.name, 1).path()))
        })
        .collect()
}

/// The commentary of a paper that a tree shows, in the tree's language first, then the abstract, in plain words.
fn texts_of_paper(press: &PageRenderer<'_>, paper: PaperIndex) -> Vec<(String, String)> {
    let (mut said, mut abstracts) = (Vec::new(), Vec::new());
    for &entry in press.site.entries_of(paper) {
        let shown = press.shown_of(entry);
        let of_entry = press.site.entry(entry);
        for (passage, lang) in of_entry.body.iter().zip(press.langs_of(entry)) {
            if press.edition.shows(&shown, lang) {
                said.push((lang.as_str().to_owned(), press.excerpt(&passage.text.text, TEXT)));
            }
        }
        if let (Some(text), Some(lang)) = (&of_entry.abstract_text, press.text_langs(entry).first())
        {
            let most = if of_entry.body.is_empty() { TEXT } else { ABSTRACT };
            abstracts.push((lang.as_str().to_owned(), press.excerpt(&text.text, most)));
        }
    }
    // The abstract is the paper's, and may stand in several entries.
    abstracts.dedup();
    said.sort_by_key(|(lang, _)| lang != press.edition.lang.as_str());
    said.append(&mut abstracts);
    said.retain(|(_, text)| !text.is_empty());
    said
}

/// The introductions of a day that a tree shows, else the titles of its papers.
fn day_texts(press: &PageRenderer<'_>, date: Date) -> Vec<(String, String)> {
    let Some(day) = press.site.day(date) else { return Vec::new() };
    let shown = press.edition.shown_of_intros(day);
    let intros =
        press.edition.passages_of_intros(day).filter(|(_, lang)| press.edition.shows(&shown, lang));
    let mut texts: Vec<_> = intros
        .map(|(passage, lang)| (lang.as_str().to_owned(), press.excerpt(&passage.text.text, TEXT)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if texts.is_empty() {
        let titles = press.edition.titles(day);
        texts = some_text(&titles, press.edition.lang_of_title(&titles));
    }
    texts
}

fn page_result(press: &PageRenderer<'_>, page: &KeptPage, named: FoundResult) -> FoundResult {
    let (summary, lang) = documents::page_summary(press, page);
    let mut texts = some_text(&summary, &lang);
    let mut sections = Vec::new();
    for (number, (passage, lang)) in press.edition.page_passages(page).0.into_iter().enumerate() {
        let text = &passage.text.text;
        let headings = sections::headings(press, text, &page_key(number));
        let opening = headings.first().and_then(|first| text.get(..first.span.start));
        let opening = press.excerpt(opening.unwrap_or(text), TEXT);
        texts.extend(some_text(&opening, lang.as_str()));
        sections.extend(sections::sections(press, text, lang, headings));
    }
    // The summary of most pages is how their text begins.
    if texts.len() > 1 && texts[1].1.starts_with(summary.trim_end_matches('…')) {
        texts.remove(0);
    }
    let own = page.tags.iter().take(page.page.meta.tags.len());
    FoundResult {
        date: page.page.date.map(|date| date.to_string()),
        tags: tags_of_result(press, own),
        texts,
        sections,
        ..named
    }
}

fn some_text(text: &str, lang: &str) -> Vec<(String, String)> {
    if text.is_empty() { Vec::new() } else { vec![(lang.to_owned(), text.to_owned())] }
}
