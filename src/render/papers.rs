//! Papers and entries as templates see them.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tera::value::Key;
use tera::{Map, Value};

use super::edition::Edition;
use super::kinds::AUTHORS;
use super::view::{Html, Of, Show as _};
use super::views::{AuthorLink, EntryView, LinkView, PaperLink, PaperView, TagLink, TextView};
use super::{PageRenderer, cite, collections};
use crate::config::ConfigTag;
use crate::model::id::is_code;
use crate::model::record::Record;
use crate::model::route::Route;
use crate::model::{Lang, PaperId, Prose};
use crate::prose;
use crate::site::{EntryIndex, PaperIndex, Sym};
use crate::theme::StringText;

/// Longest summary in characters.
pub(super) const SUMMARY: usize = 180;

impl AuthorLink {
    /// A name, linked where there is an address.
    pub(super) fn of(name: &str, url: Option<String>) -> Self {
        let link = url.as_ref().map_or_else(|| Html::of_text(name), |url| Html::of_link(url, name));
        Self { name: name.to_owned(), url, link }
    }
}

impl Edition<'_> {
    pub(super) fn paper_route(&self, paper: PaperIndex) -> Route {
        Route::Paper(self.site.address(paper).to_owned())
    }

    /// A paper's title as plain text; never empty.
    pub(super) fn title(&self, paper: PaperIndex) -> &str {
        match self.site.title(paper) {
            "" => self.site.address(paper),
            title => title,
        }
    }

    pub(super) fn byline(&self, paper: PaperIndex) -> String {
        let entry = self.site.entry(self.site.authors_entry(paper));
        match entry.authors.as_slice() {
            [] => entry.org.clone().unwrap_or_default(),
            [one] => one.clone(),
            [first, second] => format!("{first}, {second}"),
            [first, rest @ ..] => format!("{first} +{}", rest.len()),
        }
    }

    /// The first value that an entry of the paper gives a metadata key.
    pub(super) fn field(&self, paper: PaperIndex, key: &str) -> Option<&str> {
        self.site.said_of(paper, key)
    }

    fn fields(&self, paper: PaperIndex) -> Value {
        let mut map = Map::default();
        for &entry in self.site.entries_of(paper) {
            // An alias is for the plan, not for readers.
            for (key, value) in
                self.site.entry(entry).fields.iter().filter(|(key, _)| key != "alias")
            {
                map.entry(Key::from(key.clone())).or_insert_with(|| Value::from(value.as_str()));
            }
        }
        Value::from(map)
    }

    /// A link that no id gives: named by its key in the words of the theme, else by where it leads.
    fn other_link(&self, link: &crate::model::Link) -> LinkView {
        let host = url::Url::parse(&link.url)
            .ok()
            .and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()));
        let host = host.unwrap_or_default();
        let (kind, label) = match (&link.key, host.as_str()) {
            (Some(key), _) => (key.clone(), self.each(|edition| edition.link_label(key))),
            (None, _) if is_code(&link.url) => {
                ("code".into(), self.each(|edition| edition.link_label("code")))
            }
            (None, "huggingface.co") => ("huggingface".into(), "Hugging Face".into()),
            (None, _) => ("link".into(), host),
        };
        LinkView { kind, label, url: link.url.clone() }
    }

    /// The theme's `link_KEY`, else the key as written.
    fn link_label(&self, key: &str) -> String {
        match self.theme.strings.get(self.lang.as_str(), &format!("link_{key}")) {
            Some(StringText::Plain(label)) => label.clone(),
            _ => key.to_owned(),
        }
    }

    /// What to show for a tag: its label in the language of the tree, else its name.
    pub(super) fn tag_label(&self, name: &str) -> String {
        self.tag_config(name).and_then(|tag| tag.label.own(self.lang)).unwrap_or(name).to_owned()
    }

    /// What is said about a tag, with the language of that; often nothing.
    pub(super) fn tag_description(&self, name: &str) -> (&str, &Lang) {
        self.tag_config(name).and_then(|tag| self.said(&tag.description)).unwrap_or(("", self.lang))
    }

    /// What config.toml says about a tag.
    pub(super) fn tag_config(&self, name: &str) -> Option<&ConfigTag> {
        self.config.tag(name)
    }
}

impl PageRenderer<'_> {
    /// The same as HTML, without links: wherever it stands it may be part of one.
    pub(super) fn title_html(&self, paper: PaperIndex) -> String {
        match self.site.title_markup(paper) {
            Some(markdown) => self.markup.heading(markdown).html,
            None => self.markup.title(self.edition.title(paper)),
        }
    }

    /// A paper where a list names it; made once.
    pub(super) fn paper_link(&self, paper: PaperIndex) -> Of<PaperLink> {
        self.kept.links[paper as usize].get_or_init(|| self.link_view(paper).show()).clone().into()
    }

    fn link_view(&self, paper: PaperIndex) -> PaperLink {
        let title = self.edition.title(paper);
        let mut link = PaperLink {
            url: self.edition.href(&self.edition.paper_route(paper)),
            title: Html(self.title_html(paper)),
            title_text: self.markup.readable(title),
            lang: self.edition.lang_of_title(title).to_owned(),
            byline: self.edition.byline(paper),
            date: self.site.date(paper).map(|date| self.date(date).into()),
            facts: collections::facts(self, paper, |fact| fact.in_lists),
            line: Html::default(),
            summaries: if self.uses.scent { self.summaries(paper) } else { Vec::new() },
            coins: if self.uses.coins_of_links {
                Html::of_text(&cite::coins(self, paper, 3))
            } else {
                Html::default()
            },
        };
        link.line = self.line(&link);
        link
    }

    pub(super) fn paper_links(&self, papers: &[PaperIndex]) -> Vec<Of<PaperLink>> {
        papers.iter().map(|&paper| self.paper_link(paper)).collect()
    }

    /// What bibliographies say of a paper; made once for outputs that stand together.
    pub(super) fn record(&self, paper: PaperIndex) -> Arc<Record> {
        self.desk().records.get(paper, || Arc::new(self.site.record(paper)))
    }

    /// A paper in full; made once for pages that stand together.
    pub(super) fn paper_view(&self, paper: PaperIndex) -> Of<PaperView> {
        self.desk()
            .papers
            .get(paper, || {
                self.with_parts(self.full_view(paper).show_fields(self.uses.paper_fields))
            })
            .into()
    }

    fn full_view(&self, paper: PaperIndex) -> PaperView {
        let (title, entry) =
            (self.edition.title(paper), self.site.entry(self.site.authors_entry(paper)));
        let ids = self.ids(paper);
        let (summary, summary_lang) = match self.uses.summary.then(|| self.summary_with_lang(paper))
        {
            Some((summary, lang)) => (summary.clone(), lang.as_str().to_owned()),
            None => Default::default(),
        };
        let id = |kind: fn(&PaperId) -> bool| {
            ids.iter().find(|id| kind(id)).map(|id| id.as_str().to_owned())
        };
        PaperView {
            key: self.site.address(paper).to_owned(),
            url: self.edition.href(&self.edition.paper_route(paper)),
            title: Html(self.title_html(paper)),
            title_text: self.markup.readable(title),
            lang: self.edition.lang_of_title(title).to_owned(),
            other_titles: self.site.other_titles(paper).into_iter().map(str::to_owned).collect(),
            authors: if self.uses.authors { self.authors_of(paper) } else { Vec::new() },
            names: if self.uses.names { entry.authors.join(", ") } else { String::new() },
            org: entry.org.clone().unwrap_or_default(),
            links: if self.uses.links { self.links_to_show(paper, ids) } else { Vec::new() },
            tags: self.site.tags_of(paper).into_iter().map(|tag| self.shared_tag(tag)).collect(),
            arxiv: id(|id| matches!(id, PaperId::Arxiv(_))),
            doi: id(|id| matches!(id, PaperId::Doi(_))),
            openreview: id(|id| matches!(id, PaperId::OpenReview(_))),
            published: self.edition.field(paper, "published").unwrap_or_default().to_owned(),
            date: self.site.date(paper).map(|date| self.date(date).into()),
            summary,
            summary_lang,
            summaries: if self.uses.summaries { self.summaries(paper) } else { Vec::new() },
            facts: collections::facts(self, paper, |fact| fact.in_lists),
            fields: if self.uses.fields { self.edition.fields(paper) } else { Value::none() },
            coins: if self.uses.coins { cite::coins(self, paper, 10) } else { String::new() },
            parts: Value::none(),
        }
    }

    /// All ids of a paper, best first.
    pub(super) fn ids(&self, paper: PaperIndex) -> &[PaperId] {
        self.kept.ids[paper as usize].get_or_init(|| self.site.ids_of(paper))
    }

    fn authors_of(&self, paper: PaperIndex) -> Vec<Of<AuthorLink>> {
        let entry = self.site.authors_entry(paper);
        let slugs = &self.site.facts(entry).authors;
        let names = &self.site.entry(entry).authors;
        names
            .iter()
            .enumerate()
            .map(|(index, name)| self.author_link(name, slugs.get(index)).into())
            .collect()
    }

    /// An author of a paper. Most spell their names alike everywhere: the first spelling asked for is kept.
    fn author_link(&self, name: &str, slug: Option<&Sym>) -> Value {
        let Some(slug) = slug else { return self.link_of_author(name, None) };
        let Some(shared) = self.kept.authors.get(slug.key() as usize) else {
            return self.link_of_author(name, Some(slug));
        };
        let (spelling, value) =
            shared.get_or_init(|| (name.to_owned(), self.link_of_author(name, Some(slug))));
        if spelling == name { value.clone() } else { self.link_of_author(name, Some(slug)) }
    }

    fn link_of_author(&self, name: &str, slug: Option<&Sym>) -> Value {
        let slug =
            slug.filter(|slug| self.config.outputs.has(AUTHORS) && self.site.has_author_page(slug));
        let url = slug.map(|slug| self.edition.href(&Route::Author(slug.text().to_owned(), 1)));
        AuthorLink::of(name, url).show()
    }

    /// The links of a paper, or a way to look for it by its title.
    fn links_to_show(&self, paper: PaperIndex, ids: &[PaperId]) -> Vec<LinkView> {
        let mut links = self.links(paper, ids);
        if !links.is_empty() {
            return links;
        }
        let title = self.markup.readable(self.site.title(paper));
        if !title.is_empty()
            && let Some(StringText::Plain(label)) =
                self.theme.strings.get(self.edition.lang.as_str(), "find_paper")
        {
            let query = url::form_urlencoded::byte_serialize(title.as_bytes()).collect::<String>();
            let url = format!("https://arxiv.org/search/?searchtype=title&query={query}");
            links.push(LinkView { kind: "find".into(), label: label.clone(), url });
        }
        links
    }

    /// Links as buttons: first what the ids give, then what the digests add, each address once.
    pub(super) fn links(&self, paper: PaperIndex, ids: &[PaperId]) -> Vec<LinkView> {
        let mut links: Vec<LinkView> = Vec::new();
        for id in ids {
            let (kind, label) = match id {
                PaperId::Arxiv(_) => ("arxiv", "arXiv"),
                PaperId::Doi(_) => ("doi", "DOI"),
                PaperId::OpenReview(_) => ("openreview", "OpenReview"),
            };
            links.push(LinkView { kind: kind.into(), label: label.into(), url: id.url() });
            if let PaperId::Arxiv(number) = id {
                links.push(LinkView {
                    kind: "pdf".into(),
                    label: "PDF".into(),
                    url: format!("https://arxiv.org/pdf/{number}"),
                });
            }
        }
        let mut seen = FxHashSet::default();
        for &entry in self.site.entries_of(paper) {
            for link in &self.site.entry(entry).links {
                let named =
                    PaperId::parse(&link.url).is_some_and(|id| ids.binary_search(&id).is_ok());
                if !named && is_safe(&link.url) && seen.insert(link.url.as_str()) {
                    links.push(self.edition.other_link(link));
                }
            }
        }
        links
    }

    /// A tag where a paper names it; made once.
    pub(super) fn shared_tag(&self, tag: &Sym) -> Of<TagLink> {
        match self.kept.tags.get(tag.key() as usize) {
            Some(shared) => shared.get_or_init(|| self.tag_link(tag).show()).clone().into(),
            None => self.tag_link(tag).show().into(),
        }
    }

    pub(super) fn tag_link(&self, tag: &Sym) -> TagLink {
        let count = self.site.papers_with_tag(tag).len();
        TagLink {
            name: tag.text().to_owned(),
            label: self.edition.each(|edition| edition.tag_label(tag.text())),
            url: self.edition.href(&Route::Tag(tag.text().to_owned(), 1)),
            count,
        }
    }

    /// The first sentences of the commentary, else of the abstract.
    pub(super) fn summary(&self, paper: PaperIndex) -> Cow<'_, str> {
        if self.edition.alone {
            return self.summarise(paper).0.into();
        }
        self.summary_with_lang(paper).0.as_str().into()
    }

    pub(super) fn summary_with_lang(&self, paper: PaperIndex) -> &(String, Lang) {
        self.kept.summaries[paper as usize].get_or_init(|| self.summarise(paper))
    }

    /// The first words of a text; formulas as one would write them without TeX.
    pub(super) fn excerpt(&self, text: &str, most: usize) -> String {
        prose::excerpt(text, most, |tex| self.markup.reading(tex))
    }

    fn summarise(&self, paper: PaperIndex) -> (String, Lang) {
        let own = self
            .comment(paper, |lang| !self.edition.is_of_one_language() || lang == self.edition.lang);
        let found = own.or_else(|| self.comment(paper, |_| true)).or_else(|| {
            self.site.entries_of(paper).iter().find_map(|&entry| {
                Some((
                    self.site.entry(entry).abstract_text.as_ref()?,
                    self.text_langs(entry).first()?,
                ))
            })
        });
        match found {
            Some((text, lang)) => (self.excerpt(&text.text, SUMMARY), lang.clone()),
            None => (String::new(), self.edition.lang.clone()),
        }
    }

    /// The first commentary on a paper in a language that is wanted, with that.
    fn comment(
        &self,
        paper: PaperIndex,
        wanted: impl Fn(&Lang) -> bool,
    ) -> Option<(&Prose, &Lang)> {
        let mut all = self
            .site
            .entries_of(paper)
            .iter()
            .flat_map(|&entry| self.site.entry(entry).body.iter().zip(self.langs_of(entry)));
        all.find(|(_, lang)| wanted(lang)).map(|(passage, lang)| (&passage.text, lang))
    }

    /// The summary, and that of the commentary in every other language that the page shows.
    fn summaries(&self, paper: PaperIndex) -> Vec<TextView> {
        let (first, own) = self.summary_with_lang(paper);
        let others =
            self.config.languages.iter().filter(|lang| !self.edition.is_split() && *lang != own);
        let said =
            others.filter_map(|lang| Some((self.comment(paper, |other| other == lang)?.0, lang)));
        let others = said.map(|(text, lang)| (self.excerpt(&text.text, SUMMARY), lang));
        let all = std::iter::once((first.clone(), own))
            .chain(others)
            .filter(|(text, _)| !text.is_empty());
        all.map(|(text, lang)| {
            self.edition.text_view(lang.as_str().to_owned(), Html::of_text(&text))
        })
        .collect()
    }

    /// What one date says about a paper; several entries of the date become one, known by the first.
    pub(super) fn entry_view(&self, paper: PaperIndex, entries: &[EntryIndex]) -> Of<EntryView> {
        let made = || self.whole_entry(paper, entries).show();
        match entries.first() {
            Some(&first) => self.desk().entries.get(first, made).into(),
            None => made().into(),
        }
    }

    fn whole_entry(&self, paper: PaperIndex, entries: &[EntryIndex]) -> EntryView {
        let date = entries.first().and_then(|&entry| self.site.digest_of(entry).digest.date);
        let mut view = EntryView {
            anchor: anchor(self.site.address(paper)),
            paper: self.paper_view(paper),
            date: date.map(|date| self.date(date).into()),
            abstracts: Vec::new(),
            texts: Vec::new(),
            untranslated: false,
        };
        for &entry in entries {
            self.add_texts(entry, &mut view);
        }
        view
    }
}

/// The id that an entry about the paper with this address has on a page; one that every checker of HTML takes: letters, digits, `-` and `_`.
pub fn anchor(address: &str) -> String {
    std::iter::once("p-")
        .flat_map(str::chars)
        .chain(address.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }))
        .collect()
}

/// Only addresses that cannot run anything become links.
fn is_safe(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        url.len() > scheme.len()
            && url.is_char_boundary(scheme.len())
            && url[..scheme.len()].eq_ignore_ascii_case(scheme)
    })
}
