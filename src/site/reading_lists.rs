//! Reading lists: pages below `content/lists/` whose items name papers, in an order of the writer's.

use super::{Collection, Family, Meant, Member, PaperIndex, Site};
use crate::diagnostic::{Code, Finding};
use crate::model::{Passage, keep_first};
use crate::prose::{self, Target};

/// The name of their family, the folder and the first part of their addresses.
pub const LISTS: &str = "lists";

/// A page that is a reading list.
#[derive(Debug)]
pub struct ReadingList {
    /// Its place among the pages.
    pub page: usize,
    /// The items of each of its passages.
    pub items: Vec<Vec<ListItem>>,
}

/// An item of a reading list.
#[derive(Debug)]
pub struct ListItem {
    /// As it is written.
    pub item: prose::Item,
    /// The paper that it names, where the site has that.
    pub paper: Option<PaperIndex>,
}

impl Site {
    /// All reading lists, in the order of their files.
    pub fn reading_lists(&self) -> &[ReadingList] {
        self.reading_lists.get_or_init(|| {
            let named = self.pages.iter().enumerate().filter(|(_, page)| {
                let name = page.address.strip_prefix(LISTS).and_then(|rest| rest.strip_prefix('/'));
                page.origin == 0
                    && page.page.date.is_none()
                    && name.is_some_and(|name| !name.contains('/'))
            });
            named.filter_map(|(index, _)| self.reading_list(index)).collect()
        })
    }

    fn reading_list(&self, page: usize) -> Option<ReadingList> {
        let of = &self.pages[page];
        let items: Vec<Vec<ListItem>> = of
            .page
            .body
            .iter()
            .map(|passage: &Passage| -> Vec<ListItem> {
                let items = prose::items(&passage.text.text).into_iter();
                items
                    .map(|item| ListItem { paper: self.paper_of_item(&item, &of.folder), item })
                    .collect()
            })
            .collect();
        items
            .iter()
            .flatten()
            .any(|item| {
                item.paper.is_some() || matches!(item.item.names, Some((Target::Paper(_), _)))
            })
            .then_some(ReadingList { page, items })
    }

    fn paper_of_item(&self, item: &prose::Item, folder: &str) -> Option<PaperIndex> {
        match &item.names.as_ref()?.0 {
            Target::Paper(id) => self.paper_with_id(id),
            Target::Key(key) => self.paper_with_key(key),
            Target::Wikilink(name) => match self.named(name, folder)? {
                Meant::Entry(entry) => Some(self.paper_of(entry)),
                _ => None,
            },
        }
    }

    /// The reading list that a page is.
    pub fn list_of_page(&self, page: usize) -> Option<&ReadingList> {
        let lists = self.reading_lists();
        lists.binary_search_by_key(&page, |list| list.page).ok().map(|place| &lists[place])
    }

    /// The lists as a family; an item of several languages counts once.
    pub(super) fn family_of_lists(&self) -> Option<Family> {
        let mut collections: Vec<Collection> = self
            .reading_lists()
            .iter()
            .map(|list| {
                let page = &self.pages[list.page];
                let slug = page.address.trim_start_matches(LISTS).trim_matches('/').to_owned();
                let papers = list.items.iter().flatten().filter_map(|item| item.paper);
                let mut members: Vec<Member> = papers.map(Member::Paper).collect();
                keep_first(&mut members, |member| *member);
                let title = page.page.meta.title.texts.first().map_or(&slug, |(_, title)| title);
                let (name, page) = (title.clone(), Some(list.page));
                Collection { slug, name, members, page, ..Collection::default() }
            })
            .collect();
        collections.sort_by(|a, b| a.slug.cmp(&b.slug));
        (!collections.is_empty()).then(|| Family { name: LISTS.to_owned(), collections })
    }

    /// Papers of lists that the site has not.
    pub(super) fn unknown_in_lists(&self) -> impl Iterator<Item = Finding> {
        let texts = self.reading_lists().iter().flat_map(|list| {
            let page = &self.pages[list.page];
            list.items
                .iter()
                .zip(&page.page.body)
                .map(move |(items, passage)| (page, items, passage))
        });
        texts.flat_map(|(page, items, passage)| {
            let unknown = items.iter().filter(|item| item.paper.is_none());
            unknown.filter_map(move |item| {
                let (Target::Paper(id), at) = item.item.names.as_ref()? else { return None };
                let message = format!("this list names {}, which is no paper of the site", id.address());
                let finding = Finding::new(Code::UnknownPaper, message).in_source(&page.source);
                let finding = match passage.text.source_span(at.clone()) {
                    Some(span) => finding.at(span),
                    None => finding,
                };
                Some(finding.help(format!(
                    "`offprint add {}` takes it up; until then the list shows the line as it is written",
                    id.address()
                )))
            })
        })
    }
}
