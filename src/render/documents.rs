//! Documents that are no digests: posts as lists show them, and what the page of a post or of a plain page says of itself.

use jiff::civil::Date;
use tera::Value;

use super::edition::Edition;
use super::embeds::room;
use super::exports::MARKDOWN;
use super::head::Head;
use super::papers::SUMMARY;
use super::texts::{Seen, page_key, text_seed};
use super::views::{CardLink, ContentsLink, DocumentView, FeedEntry, NavLink, PostLink};
use super::{PageRenderer, collections, exports::feeds, feed_texts, writers};
use crate::diagnostic::{Code, Finding};
use crate::model::Tag;
use crate::model::route::Route;
use crate::site::{KeptPage, Member};

/// Headings from which on a document has contents.
const CONTENTS: usize = 3;

impl Edition<'_> {
    /// The pages below a page, where it wants them listed.
    fn children(&self, page: &KeptPage) -> &[usize] {
        let wants = page.page.meta.about.children && page.page.date.is_none();
        if wants { self.site.pages_below(&page.address) } else { &[] }
    }

    /// A plain page as a link.
    fn page_link(&self, page: usize) -> NavLink {
        let page = &self.site.pages()[page];
        let (_, lang) = self.page_title(page);
        let title = self.each(|edition| edition.page_title(page).0);
        NavLink { kind: "page".into(), title, lang, url: self.href(&page.route()) }
    }

    /// The pages before and after a plain page in its folder; those at the top of the site are in the menu instead.
    pub(super) fn page_neighbours(&self, place: usize) -> [Option<NavLink>; 2] {
        let page = &self.site.pages()[place];
        let Some((above, _)) = page.address.rsplit_once('/').filter(|_| page.page.date.is_none())
        else {
            return [None, None];
        };
        let beside = self.site.pages_below(above);
        let at = beside.iter().position(|&other| other == place);
        [at.and_then(|at| at.checked_sub(1)), at.map(|at| at + 1)]
            .map(|at| Some(self.page_link(*beside.get(at?)?)))
    }
}

/// Posts as lists show them, by their places among the pages.
pub(super) fn post_links(
    press: &PageRenderer<'_>,
    posts: impl Iterator<Item = usize>,
) -> Vec<PostLink> {
    posts.map(|post| post_link(press, &press.site.pages()[post])).collect()
}

fn post_link(press: &PageRenderer<'_>, page: &KeptPage) -> PostLink {
    let (_, title_lang) = press.edition.page_title(page);
    let title = press.edition.each(|edition| edition.page_title(page).0);
    let (_, summary_lang) = page_summary(press, page);
    let summary = press.edition.each(|edition| page_summary(&press.speaking_as(edition), page).0);
    PostLink {
        url: press.edition.href(&page.route()),
        title,
        title_lang,
        date: page.page.date.map(|date| press.date(date).into()),
        byline: names_of_page(press, page).join(", "),
        summary,
        summary_lang,
        image: cover(press, page).map(|(address, ..)| address),
        tags: page_tags(press, page),
    }
}

/// Who wrote a document, as it says.
pub(super) fn names_of_page<'p>(press: &'p PageRenderer<'_>, page: &'p KeptPage) -> Vec<&'p str> {
    page.page.meta.about.authors.iter().map(|name| press.edition.writer_name(name)).collect()
}

/// What a document says of itself in a sentence or two, with its language: its description, else its first words.
pub(super) fn page_summary(press: &PageRenderer<'_>, page: &KeptPage) -> (String, String) {
    if let Some((said, lang)) =
        press.edition.said(&page.page.meta.about.description).filter(|(said, _)| !said.is_empty())
    {
        return (said.to_owned(), lang.as_str().to_owned());
    }
    let passages = press.edition.page_passages(page).0;
    let first =
        passages.first().map(|(passage, lang)| (press.excerpt(&passage.text.text, SUMMARY), *lang));
    first.map(|(text, lang)| (text, lang.as_str().to_owned())).unwrap_or_default()
}

/// The tags that a post names itself.
pub(super) fn page_tags(
    press: &PageRenderer<'_>,
    page: &KeptPage,
) -> Vec<super::view::Of<super::views::TagLink>> {
    let own = page.page.meta.tags.len();
    page.tags.iter().take(own).map(|tag| press.shared_tag(tag)).collect()
}

/// The address of a document's picture and its size, where that is known.
fn cover(press: &PageRenderer<'_>, page: &KeptPage) -> Option<(String, Option<(u32, u32)>)> {
    let image = page.page.meta.about.image.as_deref()?;
    if image.contains("://") {
        return Some((image.to_owned(), None));
    }
    let Some(file) = press.media.at(&page.folder, image) else {
        let message = format!("the picture `{image}` is not there");
        let finding = Finding::new(Code::MissingImage, message).in_path(page.source.path.clone());
        let help = "`image` in front matter is looked for beside the file, or is a whole address";
        press.found(std::iter::once(finding.help(help)));
        return None;
    };
    let route = Route::File(press.media.files()[file].route.clone());
    Some((press.edition.href(&route), press.media.size(file)))
}

/// Its picture for link previews.
pub(super) fn cover_card(
    press: &PageRenderer<'_>,
    page: &KeptPage,
    title: &str,
) -> Option<CardLink> {
    let (address, size) = cover(press, page)?;
    let (width, height) = size?;
    Some(CardLink {
        url: format!("{}{address}", press.config.base_url.origin()),
        width,
        height,
        alt: title.to_owned(),
    })
}

/// `document`: what front matter says of a post or a plain page, by its place, and the headings of its texts.
pub(super) fn document(
    press: &PageRenderer<'_>,
    place: usize,
    mut contents: Vec<ContentsLink>,
) -> DocumentView {
    let page = &press.site.pages()[place];
    let (said, date) = (&page.page.meta, page.page.date);
    contents.retain(|heading| heading.level <= 3);
    DocumentView {
        date: date.map(|date| press.date(date).into()),
        updated: said.updated.as_deref().and_then(day_of).map(|date| press.date(date).into()),
        authors: said.about.authors.clone(),
        writers: writers::writer_links(press, names_of_page(press, page)),
        tags: page_tags(press, page),
        image: cover(press, page).map(|(address, _)| address),
        crumbs: press
            .site
            .pages_above(&page.address)
            .into_iter()
            .map(|page| press.edition.page_link(page))
            .collect(),
        children: post_links(press, press.edition.children(page).iter().copied()),
        contents: if contents.len() >= CONTENTS { contents } else { Vec::new() },
        series: said
            .about
            .series
            .as_deref()
            .and_then(|series| collections::series_place(press, series, Member::Post(place))),
        markdown: date
            .filter(|_| press.config.outputs.has(MARKDOWN))
            .map(|_| press.edition.href(&page.markdown_route())),
        extra: Value::try_from_serializable(&said.about.extra).unwrap_or_else(|_| Value::none()),
    }
}

/// Fills the head of a document's page.
pub(super) fn document_head(press: &PageRenderer<'_>, page: &KeptPage, head: &mut Head) {
    head.title = press.edition.each(|edition| edition.page_title(page).0);
    head.title_lang = press.edition.page_title(page).1;
    let (said, _) = page_summary(press, page);
    if !said.is_empty() {
        head.description = said;
    }
    head.card = cover_card(press, page, &head.title);
    if let Some(date) = page.page.date {
        head.published = date.to_string();
    }
}

/// The HTML of a document for feeds, addresses absolute.
pub(super) fn feed_page(press: &PageRenderer<'_>, page: &KeptPage) -> String {
    let (address, room, mut html) =
        (feed_texts::page_in_feeds(press, &page.route()), room(), String::new());
    let seen = Seen {
        origin: press.config.base_url.origin(),
        page: &address,
        of: press.site.text_at(&page.source.path),
        room: Some(&room),
        ..press.seen(&page.folder)
    };
    for (number, (passage, lang)) in press.edition.page_passages(page).0.into_iter().enumerate() {
        let markup = press.markup.page(&passage.text.text, &page_key(number));
        let seen = Seen { lang, seed: text_seed((&page.source.path, 0, number)), ..seen };
        feed_texts::marked_in_feeds(press, lang, &mut html, |html| markup.fill(&seen, html));
    }
    html
}

/// A post in a feed.
pub(super) fn post_feed_entry(press: &PageRenderer<'_>, page: &KeptPage) -> Option<FeedEntry> {
    let (route, said) = (page.route(), &page.page.meta);
    let published = feeds::midnight(press, page.page.date?);
    let authors = writers::feed_authors(press, names_of_page(press, page));
    Some(FeedEntry {
        id: feeds::tag_uri(press, &route),
        title: press.edition.each(|edition| edition.page_title(page).0),
        url: press.edition.absolute(&route),
        updated: said
            .updated
            .as_deref()
            .and_then(|time| feeds::time(press, time))
            .unwrap_or_else(|| published.clone()),
        published,
        lang: press.edition.lang.as_str().to_owned(),
        authors,
        tags: said.tags.iter().map(Tag::to_string).collect(),
        summary: page_summary(press, page).0,
        content: feed_page(press, page),
    })
}

/// The day of a time as front matter has it.
fn day_of(time: &str) -> Option<Date> {
    time.get(..10)?.parse().ok()
}
