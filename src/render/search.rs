//! The search: what can be found, by which words, and what a result says. `exports/search` makes files of it, of which a
//! browser asks for those that it needs.
//!
//! Files of words say where each word is, and tell at once what has it in its title; files of results hold four each, with
//! their texts, in which a browser finds the sentence that has the words. Every file begins with the version of the whole, so
//! that a browser notices files that do not belong together.
//!
//! `themes/offprint/static/search/` reads all this; `docs/themes.md` describes it for other readers.

pub(super) mod facets;
mod found;
mod index;
pub(super) mod result;
mod sections;

use std::ops::Range;

use super::PageRenderer;
use super::papers::SUMMARY;
use crate::model::{PaperId, Passage, Translated};
use crate::prose;
use crate::site::{Day, PaperIndex};
pub(super) use facets::Facets;
pub(super) use found::{Found, RESULTS, found, kinds, result_files, shards};
pub(super) use index::digits;
use index::{Index, Rank, Words};
pub(super) use result::{FoundResult, in_one_language};

/// What the search of a site knows.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) index: Index,
    /// By number.
    pub(super) found: Vec<Found>,
    /// The numbers of papers.
    pub(super) papers: Range<u32>,
}

/// Characters of a text, and of an abstract beside other texts, in which a browser looks for words: abstracts are the most
/// of what is read, and few words stand only at their ends.
const TEXT: usize = 16_000;
const ABSTRACT: usize = 900;

/// How many results of a kind a file of words tells at once, for each word of their titles.
fn told_at_once(kind: &str) -> usize {
    match kind {
        "tag" => 8,
        "paper" => 5,
        _ => 3,
    }
}

impl PageRenderer<'_> {
    /// The words of the site; made once.
    pub(super) fn search(&self) -> &Search {
        // What trees share must not depend on the tree that asks first.
        let first = self.in_tree(0);
        self.shared.search.get_or_init(|| {
            let found = found(&self.inputs());
            let from = found.iter().position(is_paper).unwrap_or(0) as u32;
            let papers = from..from + found.iter().filter(|found| is_paper(found)).count() as u32;
            let kinds: Vec<(u32, usize)> = kinds(&found, first.site)
                .into_iter()
                .map(|(kind, from)| (from as u32, told_at_once(kind)))
                .collect();
            let index = Index::of(
                found.len(),
                &kinds,
                |number, words| {
                    tell(&first, found[number as usize], number, words);
                },
                |number| result::at_once(self, found[number as usize], number),
            );
            Search { index, found, papers }
        })
    }
}

/// Every word by which something can be found.
fn tell(press: &PageRenderer<'_>, found: Found, number: u32, words: &mut Words) {
    // Words have a rank that says whether they are an author's.
    facets::tell_names(press, found, &mut |kind, name| {
        if kind != "author" {
            words.say_as(number, kind, name);
        }
    });
    if let Found::Paper(paper) = found {
        press.ids(paper).iter().for_each(|id| words.say_id(number, id.as_str()));
    }
    if let Found::Time(_, Some(month)) = found {
        words.say_as(number, "month", &month.to_string());
    }
    // What is in a title counts as a whole, too.
    let mut say = |rank: Rank, text: &str| match rank {
        Rank::Title => words.say_title(number, text),
        _ => words.say(number, rank, text),
    };
    match found {
        Found::Tag(tag) => tell_tag(press, press.site.tags()[tag].name.text(), &mut say),
        Found::Paper(paper) => tell_paper(press, paper, &mut say),
        Found::Author(author) => tell_author(press, author, &mut say),
        Found::Value(family, index) => {
            say(Rank::Title, &press.site.families()[family].collections[index].name);
        }
        Found::Time(year, month) => {
            say_time(&time_number(year, month), &mut say);
            for lang in &press.config.languages {
                say(Rank::Title, &press.edition.in_lang(lang).time_text(year, month));
            }
        }
        Found::Day(date) => {
            say_time(&date.to_string(), &mut say);
            for lang in &press.config.languages {
                say(Rank::Title, &press.edition.in_lang(lang).date_text(date));
            }
            for digest in
                press.site.day(date).map(|day| press.site.day_digests(day)).unwrap_or_default()
            {
                tell_document(&digest.digest.meta.title, &digest.digest.intro, &mut say);
            }
        }
        Found::Page(page) => {
            let page = &press.site.pages()[page].page;
            tell_document(&page.meta.title, &page.body, &mut say);
            // What a part is called says more of it than its words do.
            for text in page.body.iter().map(|passage| &passage.text.text) {
                let headings = sections::headings(press, text, "").into_iter();
                let titles = headings.filter_map(|heading| text.get(heading.span));
                titles.for_each(|title| say(Rank::Name, &prose::unwrapped(title)));
            }
            page.meta.about.authors.iter().for_each(|name| say(Rank::Author, name));
            page.meta.tags.iter().for_each(|tag| say(Rank::Name, tag.as_str()));
        }
    }
}

fn tell_tag(press: &PageRenderer<'_>, name: &str, say: &mut impl FnMut(Rank, &str)) {
    say(Rank::Title, name);
    if let Some(config) = press.edition.tag_config(name) {
        config.aliases.iter().for_each(|alias| say(Rank::Title, alias.as_str()));
        config.label.texts.iter().for_each(|(_, label)| say(Rank::Title, label));
        config.description.texts.iter().for_each(|(_, text)| say(Rank::Text, text));
    }
}

/// Every spelling of the name that config.toml knows, beside that on the page.
fn tell_author(press: &PageRenderer<'_>, author: usize, say: &mut impl FnMut(Rank, &str)) {
    let author = &press.site.authors()[author];
    say(Rank::Title, press.edition.author_name(author));
    say(Rank::Title, &author.name);
    let known = press.config.known_author(author.slug.text());
    known.iter().flat_map(|known| &known.aliases).for_each(|alias| say(Rank::Title, alias));
}

fn tell_paper(press: &PageRenderer<'_>, paper: PaperIndex, say: &mut impl FnMut(Rank, &str)) {
    say(Rank::Title, press.edition.title(paper));
    press.site.other_titles(paper).into_iter().for_each(|title| say(Rank::Title, title));
    // Ids of arXiv are numbers, and nobody looks for a part of one.
    let ids = press.ids(paper).iter().filter(|id| !matches!(id, PaperId::Arxiv(_)));
    ids.for_each(|id| say(Rank::Name, id.as_str()));
    for tag in press.site.tags_of(paper) {
        say(Rank::Name, tag.text());
        let labels =
            press.edition.tag_config(tag.text()).into_iter().flat_map(|config| &config.label.texts);
        labels.for_each(|(_, label)| say(Rank::Name, label));
    }
    for &entry in press.site.entries_of(paper) {
        let entry = press.site.entry(entry);
        entry.authors.iter().for_each(|name| say(Rank::Author, name));
        let of = entry.org.as_deref().into_iter().chain(entry.field("venue"));
        of.for_each(|name| say(Rank::Name, name));
        for text in entry.texts() {
            say(Rank::Text, &prose::unwrapped(&text.text));
        }
    }
}

/// The first words of what a tree shows of a day's introductions, else the titles of its papers; with their language.
pub(super) fn first_of_day(press: &PageRenderer<'_>, day: &Day) -> (String, String) {
    let shown = press.edition.shown_of_intros(day);
    if let Some((passage, lang)) =
        press.edition.passages_of_intros(day).find(|(_, lang)| press.edition.shows(&shown, lang))
    {
        return first_words(press, passage, lang.as_str());
    }
    let titles = press.excerpt(&press.edition.titles(day), SUMMARY);
    let lang = press.edition.lang_of_title(&titles).to_owned();
    (titles, lang)
}

fn first_words(press: &PageRenderer<'_>, passage: &Passage, lang: &str) -> (String, String) {
    (press.excerpt(&passage.text.text, SUMMARY), lang.to_owned())
}

fn is_paper(found: &Found) -> bool {
    matches!(found, Found::Paper(_))
}

/// A time by its parts, and as one word: a month has all parts that its days have, and only that word tells them apart.
fn say_time(number: &str, say: &mut impl FnMut(Rank, &str)) {
    say(Rank::Title, number);
    say(Rank::Title, &number.replace('-', ""));
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
