//! An entry's texts as HTML: which language each is in, and where its links lead.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Press;
use super::languages::Shown;
use super::view::Html;
use super::views::{EntryView, TextView};
use crate::diagnostic::SourceText;
use crate::digest::{Lang, PaperId, Passage, Prose};
use crate::markup::{Image, Linked, Markup, Resolver};
use crate::media::Variant;
use crate::route::Route;
use crate::site::{Day, EntryIndex, KeptDigest, KeptPage, fold};
use crate::theme::StringText;

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
    /// The language of the text.
    lang: &'p Lang,
    /// The entry that the text is of, if it is of one.
    entry: Option<EntryIndex>,
}

impl<'a> Press<'a> {
    /// Adds an entry's texts to its view, as the pages of a tree show them.
    pub(super) fn add_texts(&self, entry: EntryIndex, view: &mut EntryView) {
        let langs = self.text_langs(entry);
        let show = |(text, number): (&Prose, usize)| self.text(text, (entry, number), &langs[number]);
        let said = self.site.entry(entry);
        let abstracts = said.abstract_text.iter().filter(|text| !text.text.trim().is_empty()).zip(0..);
        let shown = self.shown_of(entry);
        let texts = said.body.iter().map(|passage| &passage.text).zip(1..);
        let texts = texts.filter(|&(_, number)| self.shows(&shown, &langs[number]));
        view.abstracts.extend(abstracts.map(show));
        view.texts.extend(texts.map(show));
        view.untranslated |= shown.untranslated;
    }

    fn text(&self, text: &Prose, (entry, number): (EntryIndex, usize), lang: &Lang) -> TextView {
        let digest = self.site.digest_of(entry);
        let seen = Seen { entry: Some(entry), ..self.seen(&digest.folder) };
        let key = text_key(&digest.source.path, self.site.position(entry), number);
        let markup = self.markup.render(&text.text, &key);
        self.report(&markup, text, &seen, &digest.source);
        view(&markup, lang, &seen)
    }

    /// Says what is wrong in a text, at its place in the file.
    fn report(&self, markup: &Markup, text: &Prose, seen: &Seen<'_, 'a>, source: &Arc<SourceText>) {
        let findings = markup.findings.iter().cloned().chain(markup.unresolved(seen));
        self.found(findings.map(|mut finding| {
            finding.span = finding.span.and_then(|span| text.source_span(span));
            finding.in_source(source)
        }));
    }

    /// The introductions of a day, and whether they are in another language than the tree's.
    pub(super) fn intros(&self, day: &Day) -> (Vec<TextView>, bool) {
        let shown = self.shown_of_intros(day);
        let intros = self.site.day_digests(day).iter().flat_map(|digest| self.intro(digest, &shown));
        (intros.collect(), shown.untranslated)
    }

    fn intro(&self, digest: &KeptDigest, shown: &Shown) -> Vec<TextView> {
        let seen = self.seen(&digest.folder);
        let show = |(number, passage): (usize, &Passage)| {
            let lang = self.lang_of(passage, digest.lang.as_ref());
            if !self.shows(shown, lang) {
                return None;
            }
            let markup = self.markup.page(&passage.text.text, &text_key(&digest.source.path, usize::MAX, number));
            self.report(&markup, &passage.text, &seen, &digest.source);
            Some(view(&markup, lang, &seen))
        };
        digest.digest.intro.iter().enumerate().filter_map(show).collect()
    }

    /// The texts of a plain page that a tree shows, each with its language; and whether they are in another than its own.
    pub(super) fn page_passages<'t>(&'t self, page: &'t KeptPage) -> (Vec<(&'t Passage, &'t Lang)>, bool) {
        let lang = |passage| self.lang_of(passage, page.page.meta.lang.as_ref());
        let shown = self.shown(page.page.body.iter().map(lang));
        let passages = page.page.body.iter().map(|passage| (passage, lang(passage)));
        (passages.filter(|(_, lang)| self.shows(&shown, lang)).collect(), shown.untranslated)
    }

    /// The HTML of texts of a plain page.
    pub(super) fn page_texts(&self, page: &KeptPage, passages: &[(&Passage, &Lang)]) -> Vec<TextView> {
        let seen = self.seen(&page.folder);
        let show = |(number, (passage, lang)): (usize, &(&Passage, &Lang))| {
            let key = if number == 0 { String::new() } else { format!("{number}-") };
            let markup = self.markup.page(&passage.text.text, &key);
            self.report(&markup, &passage.text, &seen, &page.source);
            view(&markup, lang, &seen)
        };
        passages.iter().enumerate().map(show).collect()
    }

    /// A text on a page of the press's tree, in a file of this folder.
    pub(super) fn seen<'p>(&'p self, folder: &'p str) -> Seen<'p, 'a> {
        Seen { press: self, folder, origin: "", page: "", lang: self.lang, entry: None }
    }

    /// An entry's HTML for feeds: abstract and commentary, addresses absolute. Made once: several feeds show it.
    pub(super) fn feed_text(&self, entry: EntryIndex) -> &str {
        self.kept.feed_texts[entry as usize].get_or_init(|| {
            let mut html = String::new();
            self.feed_html(entry, &mut html);
            html
        })
    }

    fn feed_html(&self, entry: EntryIndex, out: &mut String) {
        let digest = self.site.digest_of(entry);
        let page = self.absolute(&self.paper_route(self.site.paper_of(entry)));
        let seen = Seen {
            origin: self.config.base_url.origin(),
            page: &page,
            entry: Some(entry),
            ..self.seen(&digest.folder)
        };
        let (said, langs) = (self.site.entry(entry), self.text_langs(entry));
        if let Some(text) = said.abstract_text.as_ref().filter(|text| !text.text.trim().is_empty()) {
            let lang = &langs[0];
            out.push_str("<blockquote");
            if lang != self.lang {
                out.extend([" lang=\"", lang.as_str(), "\""]);
            }
            out.push('>');
            self.markup.render(&text.text, "a-").fill(&Seen { lang, ..seen }, out);
            out.push_str("</blockquote>");
        }
        let shown = self.shown_of(entry);
        for (number, (passage, lang)) in said.body.iter().zip(&langs[1..]).enumerate() {
            if !self.shows(&shown, lang) {
                continue;
            }
            let marked = lang != self.lang;
            if marked {
                out.extend(["<div lang=\"", lang.as_str(), "\">"]);
            }
            self.markup.render(&passage.text.text, &format!("t{number}-")).fill(&Seen { lang, ..seen }, out);
            out.push_str(if marked { "</div>" } else { "" });
        }
    }
}

/// What the ids of a text start with: short, and its own among all texts that can share a page.
pub(super) fn text_key(path: &str, position: usize, number: usize) -> String {
    let hash = xxh3_64_with_seed(path.as_bytes(), (position as u64).rotate_left(20) ^ number as u64);
    let digit = |place: u32| char::from_digit((hash >> (4 * place)) as u32 & 0xf, 16).unwrap_or_default();
    std::iter::once('t').chain((0..6).map(digit)).chain(['-']).collect()
}

impl Seen<'_, '_> {
    fn linked(&self, paper: u32) -> Linked {
        Linked { href: self.address(&self.press.paper_route(paper)), title: self.press.site.title(paper).to_owned() }
    }

    fn address(&self, route: &Route) -> String {
        format!("{}{}", self.origin, self.press.href(route))
    }

    /// The address of a file of content, by index.
    fn media(&self, file: usize) -> String {
        self.address(&Route::File(self.press.media.files()[file].route.clone()))
    }

    /// A page or a file named by its path below the root: in the reader's tree, unless the path names another.
    fn below(&self, path: &str) -> Option<String> {
        let output = self.press.plan.find(path)?;
        let other_tree = output.tree.number() > 0;
        Some(if other_tree { self.address(&Route::File(path.to_owned())) } else { self.address(&output.route) })
    }

    /// The paper that a wikilink names.
    fn paper_named(&self, name: &str) -> Option<u32> {
        let site = self.press.site;
        let by_id = || PaperId::parse(name).and_then(|id| site.paper_with_id(&id));
        site.paper_named(&fold(name)).or_else(by_id)
    }

    fn date(&self, name: &str) -> Option<Linked> {
        let date: jiff::civil::Date = name.parse().ok()?;
        let day = self.press.site.day(date)?;
        let speaking = Press { lang: self.spoken("date_format"), ..*self.press };
        let title = speaking.day_title(day);
        let title = if title.is_empty() { speaking.date_view(date).text } else { title };
        Some(Linked { href: self.address(&Route::Date(date)), title })
    }

    /// The language of the text where the theme has such a string in it, else that of the page.
    fn spoken(&self, key: &str) -> &Lang {
        if self.press.theme.strings.says(self.lang.as_str(), key) { self.lang } else { self.press.lang }
    }
}

impl Resolver for Seen<'_, '_> {
    fn paper(&self, id: &PaperId) -> Option<Linked> {
        self.press.site.paper_with_id(id).map(|paper| self.linked(paper))
    }

    fn wikilink(&self, name: &str) -> Option<Linked> {
        let site = self.press.site;
        let paper = self.paper_named(name);
        let page = || {
            let page = site.page_at(name)?;
            let title = page.page.meta.title.get(self.press.lang).unwrap_or(name).to_owned();
            Some(Linked { href: self.address(&page.route()), title })
        };
        paper.map(|paper| self.linked(paper)).or_else(|| self.date(name)).or_else(page)
    }

    fn part(&self, name: &str, slug: &str) -> Option<String> {
        self.press.part_of(self.press.site.entries_of(self.paper_named(name)?), slug)
    }

    fn own_part(&self, slug: &str) -> Option<String> {
        self.press.part_of(self.entry.as_slice(), slug)
    }

    fn file(&self, path: &str) -> Option<String> {
        let site = self.press.site;
        let named = crate::media::join(self.folder, path);
        let digest = site.digest_of_file(&named);
        if let Some(date) = digest.and_then(|digest| digest.digest.date) {
            return Some(self.address(&Route::Date(date)));
        }
        if let Some(page) = site.page_of_file(&named) {
            return Some(self.address(&page.route()));
        }
        let media = self.press.media;
        if let Some(file) = media.find(self.folder, path) {
            return Some(self.media(file));
        }
        self.below(path.strip_prefix('/')?.trim_start_matches('/'))
    }

    fn image(&self, path: &str) -> Option<Image> {
        let media = self.press.media;
        let file = media.find(self.folder, path)?;
        let (width, height) = media.size(file).unwrap_or_default();
        let original = &media.files()[file].route;
        let variants = media.variants(file);
        let candidates = candidates(variants, (width, original));
        let address = |route: &str| self.address(&Route::File(route.to_owned()));
        let src = address(candidates.last().map_or(original, |(_, route)| route));
        let mut image = Image { src, width, height, ..Image::default() };
        // Readers of feeds are of many kinds, and every one understands a single address.
        if !variants.is_empty() && self.origin.is_empty() {
            let write = |(width, route): &(u32, &str)| format!("{} {width}w", address(route));
            image.srcset = candidates.iter().map(write).collect::<Vec<_>>().join(", ");
            image.sizes.clone_from(&self.press.theme.image_sizes);
        }
        Some(image)
    }

    fn page(&self) -> &str {
        self.page
    }

    fn alert(&self, kind: &str) -> (String, Option<String>) {
        let (strings, own, key) = (&self.press.theme.strings, self.lang.as_str(), format!("alert_{kind}"));
        match strings.find(own, &key) {
            Some((lang, StringText::Plain(title))) => {
                (title.clone(), (!strings.says(own, &key)).then(|| lang.to_owned()))
            }
            _ => (titled(kind), kind.is_ascii().then(|| "en".into())),
        }
    }
}

/// The kind of a callout as its title: `faq` is "Faq", as Obsidian has it.
fn titled(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).map(|c| if c == '-' { ' ' } else { c }).collect()
}

/// Widths and paths that a browser may choose from, the smallest first. The image itself is among them unless it is so
/// large that nobody is better off with it.
fn candidates<'v>(variants: &'v [Variant], (width, original): (u32, &'v str)) -> Vec<(u32, &'v str)> {
    let mut all: Vec<_> = variants.iter().rev().map(|variant| (variant.width, variant.route.as_str())).collect();
    if all.last().is_none_or(|(widest, _)| width < widest * 3 / 2) {
        all.push((width, original));
    }
    all
}

fn view(markup: &Markup, lang: &Lang, seen: &Seen<'_, '_>) -> TextView {
    let mut html = String::new();
    markup.fill(&Seen { lang, ..*seen }, &mut html);
    TextView { lang: lang.as_str().to_owned(), html: Html(html) }
}
