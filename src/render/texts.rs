//! An entry's texts as HTML: which language each is in, and where its links lead.

use tera::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::Press;
use super::view::{Html, Show as _};
use super::views::TextView;
use crate::digest::{Lang, PaperId, Passage, Prose, lang};
use crate::markup::{Image, Linked, Markup, Resolver};
use crate::route::Route;
use crate::site::{EntryIndex, KeptDigest, fold};

/// The texts of an entry, ready for templates.
#[derive(Debug, Clone)]
pub(super) struct EntryTexts {
    /// Abstract: a list of none or one.
    pub(super) abstracts: Vec<Value>,
    /// Commentary.
    pub(super) texts: Vec<Value>,
}

/// Where a text stands: decides how links in it are written.
#[derive(Clone, Copy)]
pub(super) struct Seen<'p, 'a> {
    pub(super) press: &'p Press<'a>,
    /// Folder of the file, ending in a slash.
    pub(super) folder: &'p str,
    /// Put before every address: the origin in feeds, nothing on pages.
    pub(super) origin: &'p str,
    /// Put before `#fragments`.
    pub(super) page: &'p str,
}

impl<'a> Press<'a> {
    /// An entry's texts as pages show them; made once.
    pub(super) fn entry_texts(&self, entry: EntryIndex) -> &EntryTexts {
        self.shared.texts[entry as usize].get_or_init(|| {
            let digest = self.site.digest_of(entry);
            let seen = Seen { press: self, folder: &digest.folder, origin: "", page: "" };
            let show = |(passage, text): (&Passage, usize)| self.text(digest, passage, (entry, text), seen).show();
            let entry_text = self.site.entry(entry);
            let abstracts = entry_text.abstract_text.iter().filter(|text| !text.text.trim().is_empty());
            let abstracts: Vec<Passage> = abstracts.map(|text| Passage { lang: None, text: text.clone() }).collect();
            EntryTexts {
                abstracts: abstracts.iter().zip(0..).map(show).collect(),
                texts: entry_text.body.iter().zip(1..).map(show).collect(),
            }
        })
    }

    fn text(
        &self,
        digest: &KeptDigest,
        passage: &Passage,
        (entry, number): (EntryIndex, usize),
        seen: Seen<'_, 'a>,
    ) -> TextView {
        let position = self.site.position(entry);
        let key = text_key(&digest.source.path, position, number);
        let markup = self.markup.render(&passage.text.text, &key);
        self.report(&markup, &passage.text, &seen, digest);
        view(&markup, self.lang_of(passage, digest.lang.as_ref()), &seen)
    }

    /// Says what is wrong in a text, at its place in the file.
    fn report(&self, markup: &Markup, text: &Prose, seen: &Seen<'_, 'a>, digest: &KeptDigest) {
        let findings = markup.findings.iter().cloned().chain(markup.unresolved(seen));
        self.found(findings.map(|mut finding| {
            finding.span = finding.span.and_then(|span| text.source_span(span));
            finding.in_source(&digest.source)
        }));
    }

    /// The introduction of a digest.
    pub(super) fn intro(&self, digest: &KeptDigest) -> Vec<TextView> {
        let seen = Seen { press: self, folder: &digest.folder, origin: "", page: "" };
        let show = |(number, passage): (usize, &Passage)| {
            let markup = self.markup.page(&passage.text.text, &text_key(&digest.source.path, usize::MAX, number));
            self.report(&markup, &passage.text, &seen, digest);
            view(&markup, self.lang_of(passage, digest.lang.as_ref()), &seen)
        };
        digest.digest.intro.iter().enumerate().map(|(number, passage)| show((number, passage))).collect()
    }

    /// The text of a plain page.
    pub(super) fn page_texts(&self, page: &crate::site::KeptPage) -> Vec<TextView> {
        let seen = Seen { press: self, folder: &page.folder, origin: "", page: "" };
        let mut views = Vec::new();
        for (number, passage) in page.page.body.iter().enumerate() {
            let key = if number == 0 { String::new() } else { format!("{number}-") };
            let markup = self.markup.page(&passage.text.text, &key);
            let findings = markup.findings.iter().cloned().chain(markup.unresolved(&seen));
            self.found(findings.map(|mut finding| {
                finding.span = finding.span.and_then(|span| passage.text.source_span(span));
                finding.in_source(&page.source)
            }));
            views.push(view(&markup, self.lang_of(passage, page.page.meta.lang.as_ref()), &seen));
        }
        views
    }

    /// An entry's HTML for feeds: abstract and commentary, addresses absolute.
    pub(super) fn feed_html(&self, entry: EntryIndex, out: &mut String) {
        let digest = self.site.digest_of(entry);
        let page = self
            .config
            .base_url
            .absolute(&Route::Paper(self.site.address(self.site.paper_of(entry)).to_owned()).path());
        let seen = Seen { press: self, folder: &digest.folder, origin: self.config.base_url.origin(), page: &page };
        let said = self.site.entry(entry);
        if let Some(text) = said.abstract_text.as_ref().filter(|text| !text.text.trim().is_empty()) {
            out.push_str("<blockquote>");
            self.markup.render(&text.text, "a-").fill(&seen, out);
            out.push_str("</blockquote>");
        }
        for (number, passage) in said.body.iter().enumerate() {
            let lang = self.lang_of(passage, digest.lang.as_ref());
            let marked = lang != self.lang;
            if marked {
                out.extend(["<div lang=\"", lang.as_str(), "\">"]);
            }
            self.markup.render(&passage.text.text, &format!("t{number}-")).fill(&seen, out);
            out.push_str(if marked { "</div>" } else { "" });
        }
    }

    /// The language of a passage: its own, its document's, or by its script.
    pub(super) fn lang_of<'t>(&'t self, passage: &'t Passage, document: Option<&'t Lang>) -> &'t Lang {
        self.lang_of_text(passage.lang.as_ref(), document, &passage.text.text)
    }

    /// The same of a text that may be marked.
    pub(super) fn lang_of_text<'t>(
        &'t self,
        marked: Option<&'t Lang>,
        document: Option<&'t Lang>,
        text: &str,
    ) -> &'t Lang {
        marked.or(document).unwrap_or_else(|| lang::of_text(text, &self.config.languages).unwrap_or(self.lang))
    }
}

/// What the ids of a text start with: short, and its own among all texts that can share a page.
fn text_key(path: &str, position: usize, number: usize) -> String {
    let hash = xxh3_64(format!("{path}\0{position}\0{number}").as_bytes());
    format!("t{:06x}-", hash & 0xff_ffff)
}

impl Seen<'_, '_> {
    fn linked(&self, paper: u32) -> Linked {
        let path = Route::Paper(self.press.site.address(paper).to_owned()).path();
        Linked { href: self.address(&path), title: self.press.site.title(paper).to_owned() }
    }

    fn address(&self, path: &str) -> String {
        format!("{}{}", self.origin, self.press.config.base_url.href(path))
    }

    fn date(&self, name: &str) -> Option<Linked> {
        let date: jiff::civil::Date = name.parse().ok()?;
        let day = self.press.site.day(date)?;
        let title = self.press.day_title(day);
        let title = if title.is_empty() { self.press.date_view(date).text } else { title };
        Some(Linked { href: self.address(&Route::Date(date).path()), title })
    }
}

impl Resolver for Seen<'_, '_> {
    fn paper(&self, id: &PaperId) -> Option<Linked> {
        self.press.site.paper_with_id(id).map(|paper| self.linked(paper))
    }

    fn wikilink(&self, name: &str) -> Option<Linked> {
        let site = self.press.site;
        let by_id = || PaperId::parse(name).and_then(|id| site.paper_with_id(&id));
        let paper = site.paper_named(&fold(name)).or_else(by_id);
        let page = || {
            let page = site.pages().iter().find(|page| page.address == name)?;
            let title = page.page.meta.title.get(self.press.lang).unwrap_or(name).to_owned();
            Some(Linked { href: self.address(&Route::Page(page.address.clone()).path()), title })
        };
        paper.map(|paper| self.linked(paper)).or_else(|| self.date(name)).or_else(page)
    }

    fn file(&self, path: &str) -> Option<String> {
        let site = self.press.site;
        let named = crate::media::join(self.folder, path);
        let digest = site.digests().iter().find(|digest| digest.source.path == named);
        if let Some(date) = digest.and_then(|digest| digest.digest.date) {
            return Some(self.address(&Route::Date(date).path()));
        }
        if let Some(page) = site.pages().iter().find(|page| page.source.path == named) {
            return Some(self.address(&Route::Page(page.address.clone()).path()));
        }
        let media = self.press.media;
        if let Some(file) = media.find(self.folder, path) {
            return Some(self.address(&media.files()[file].route));
        }
        let below = path.trim_start_matches('/');
        let exists = crate::plan::find(&self.press.inputs(), below).is_some();
        (path.starts_with('/') && exists).then(|| self.address(below))
    }

    fn image(&self, path: &str) -> Option<Image> {
        let media = self.press.media;
        let file = media.find(self.folder, path)?;
        let (width, height) = media.size(file).unwrap_or_default();
        Some(Image { src: self.address(&media.files()[file].route), width, height })
    }

    fn page(&self) -> &str {
        self.page
    }
}

fn view(markup: &Markup, lang: &Lang, seen: &Seen<'_, '_>) -> TextView {
    let mut html = String::new();
    markup.fill(seen, &mut html);
    TextView { lang: lang.as_str().to_owned(), html: Html(html) }
}
