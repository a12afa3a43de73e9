//! An entry's texts as HTML: which language each is in, and where its links lead.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use super::edition::Edition;
use super::embeds::{Within, room};
use super::languages::Shown;
pub(super) use super::text_ids::{page_key, text_key, text_seed};
use super::view::Html;
use super::views::{ContentsLink, EntryView, TextView};
use super::{PageRenderer, check_anchors, see};
use crate::content::media::Variant;
use crate::diagnostic::{Finding, SourceText};
use crate::markup::{self, Cited, Image, Linked, Markup, References, Resolver};
use crate::model::route::Route;
use crate::model::{Entry, Lang, PaperId, Passage, Prose};
use crate::site::{Day, EntryIndex, KeptDigest, KeptPage, Meant};
use crate::theme::StringText;

/// Where a text stands: decides how links in it are written.
#[derive(Clone, Copy)]
pub(super) struct Seen<'p, 'a> {
    pub(super) press: &'p PageRenderer<'a>,
    /// Folder of the file, ending in a slash.
    pub(super) folder: &'p str,
    /// Put before every address: the origin in feeds, nothing on pages.
    pub(super) origin: &'p str,
    /// Put before `#fragments`.
    pub(super) page: &'p str,
    /// The language of the text.
    pub(super) lang: &'p Lang,
    /// What the text is of; nothing where no other text belongs to it.
    pub(super) of: Option<Meant>,
    /// The texts around it, where it is shown in others.
    pub(super) within: Option<&'p Within<'p>>,
    /// What tells it apart from all texts that can share a page.
    pub(super) seed: u64,
    /// How much it may show of other texts; nothing where they are links.
    pub(super) room: Option<&'p Cell<usize>>,
}

impl Edition<'_> {
    /// The texts of a plain page that a tree shows, each with its language; and whether they are in another than its own.
    pub(super) fn page_passages<'t>(
        &'t self,
        page: &'t KeptPage,
    ) -> (Vec<(&'t Passage, &'t Lang)>, bool) {
        let lang = |passage| self.lang_of(passage, page.page.meta.lang.as_ref());
        let shown = self.shown(page.page.body.iter().map(lang));
        let passages = page.page.body.iter().map(|passage| (passage, lang(passage)));
        (passages.filter(|(_, lang)| self.shows(&shown, lang)).collect(), shown.untranslated)
    }
}

impl<'a> PageRenderer<'a> {
    /// Adds an entry's texts to its view, as the pages of a tree show them.
    pub(super) fn add_texts(&self, entry: EntryIndex, view: &mut EntryView) {
        let langs = self.text_langs(entry);
        let show =
            |(text, number): (&Prose, usize)| self.text(text, (entry, number), &langs[number]);
        let said = self.site.entry(entry);
        let abstracts =
            said.abstract_text.iter().filter(|text| !text.text.trim().is_empty()).zip(0..);
        let shown = self.shown_of(entry);
        let texts = said.body.iter().map(|passage| &passage.text).zip(1..);
        let texts = texts.filter(|&(_, number)| self.edition.shows(&shown, &langs[number]));
        view.abstracts.extend(abstracts.map(show));
        view.texts.extend(texts.map(show));
        view.texts.extend(
            see::lost(self, entry)
                .map(|lost| self.text(&lost, (entry, langs.len()), self.edition.lang)),
        );
        view.untranslated |= shown.untranslated;
    }

    fn text(&self, text: &Prose, (entry, number): (EntryIndex, usize), lang: &Lang) -> TextView {
        let digest = self.site.digest_of(entry);
        let place = (digest.source.path.as_str(), self.site.position(entry), number);
        let seen = Seen {
            of: Some(Meant::Entry(entry)),
            seed: text_seed(place),
            ..self.seen(&digest.folder)
        };
        let key = text_key(place);
        let markup = self.markup.render(&text.text, &key);
        self.report(&markup, text, &seen, &digest.source);
        view(&markup, lang, &seen)
    }

    /// What is wrong in the texts of some files that only rendering tells, without a page of them.
    pub fn text_findings(&self, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Finding> {
        self.site.digests().par_iter().filter(|digest| wanted(&digest.source.path)).for_each(
            |digest| {
                let said = &digest.digest;
                let entries = said.entries.iter().flat_map(Entry::texts);
                for text in entries.chain(said.intro.iter().map(|passage| &passage.text)) {
                    let markup = self.markup.render(&text.text, "");
                    self.report(&markup, text, &self.seen(&digest.folder), &digest.source);
                }
            },
        );
        let pages = self.site.pages().par_iter().filter(|page| wanted(&page.source.path));
        pages.for_each(|page| {
            for passage in &page.page.body {
                let markup = self.markup.page(&passage.text.text, "");
                self.report(&markup, &passage.text, &self.seen(&page.folder), &page.source);
            }
        });
        let mut findings = self.take_findings();
        findings.retain(|finding| finding.file().is_some_and(wanted));
        findings
    }

    /// Says what is wrong in a text, at its place in the file.
    pub(super) fn report(
        &self,
        markup: &Markup,
        text: &Prose,
        seen: &Seen<'_, 'a>,
        source: &Arc<SourceText>,
    ) {
        let findings = markup.findings.iter().cloned().chain(markup.unresolved(seen));
        self.found(findings.map(|mut finding| {
            finding.span = finding.span.and_then(|span| text.source_span(span));
            finding.in_source(source)
        }));
    }

    /// The introductions of a day, and whether they are in another language than the tree's.
    pub(super) fn intros(&self, day: &Day) -> (Vec<TextView>, bool) {
        let shown = self.edition.shown_of_intros(day);
        let intros =
            self.site.day_digests(day).iter().flat_map(|digest| self.intro(digest, &shown));
        (intros.collect(), shown.untranslated)
    }

    fn intro(&self, digest: &KeptDigest, shown: &Shown) -> Vec<TextView> {
        let seen = self.seen(&digest.folder);
        digest
            .digest
            .intro
            .iter()
            .enumerate()
            .filter_map(|(number, passage)| {
                let lang = self.edition.lang_of(passage, digest.lang.as_ref());
                if !self.edition.shows(shown, lang) {
                    return None;
                }
                let place = (digest.source.path.as_str(), usize::MAX, number);
                let markup = self.markup.page(&passage.text.text, &text_key(place));
                self.report(&markup, &passage.text, &seen, &digest.source);
                Some(view(&markup, lang, &Seen { seed: text_seed(place), ..seen }))
            })
            .collect()
    }

    /// The HTML of texts of a plain page, and the headings in them.
    pub(super) fn page_texts(
        &self,
        page: &KeptPage,
        passages: &[(&Passage, &Lang)],
    ) -> (Vec<TextView>, Vec<ContentsLink>) {
        let mut contents = Vec::new();
        let seen = Seen { of: self.site.text_at(&page.source.path), ..self.seen(&page.folder) };
        (
            passages
                .iter()
                .enumerate()
                .map(|(number, (passage, lang))| {
                    let markup = self.markup.page(&passage.text.text, &page_key(number));
                    self.report(&markup, &passage.text, &seen, &page.source);
                    contents.extend(
                        markup.headings.iter().map(|heading| ContentsLink::of(heading, lang)),
                    );
                    view(
                        &markup,
                        lang,
                        &Seen { seed: text_seed((&page.source.path, 0, number)), ..seen },
                    )
                })
                .collect(),
            contents,
        )
    }

    /// A text on a page of the press's tree, in a file of this folder.
    pub(super) fn seen<'p>(&'p self, folder: &'p str) -> Seen<'p, 'a> {
        Seen {
            press: self,
            folder,
            origin: "",
            page: "",
            lang: self.edition.lang,
            of: None,
            within: None,
            seed: 0,
            room: None,
        }
    }
}

impl Seen<'_, '_> {
    fn linked(&self, paper: u32) -> Linked {
        Linked {
            href: self.address(&self.press.edition.paper_route(paper)),
            title: self.press.site.title(paper).to_owned(),
        }
    }

    pub(super) fn address(&self, route: &Route) -> String {
        format!("{}{}", self.origin, self.press.edition.href(route))
    }

    /// The address of a file of content, by index.
    fn media(&self, file: usize) -> String {
        self.address(&Route::File(self.press.media.files()[file].route.clone()))
    }

    /// A page or a file named by its path below the root: in the reader's tree, unless the path names another.
    fn below(&self, path: &str) -> Option<String> {
        let output = self.press.plan.find(path)?;
        let other_tree = output.tree.number() > 0;
        Some(if other_tree {
            self.address(&Route::File(path.to_owned()))
        } else {
            self.address(&output.route)
        })
    }

    /// What a name in a wikilink means.
    pub(super) fn named(&self, name: &str) -> Option<Meant> {
        let site = self.press.site;
        site.named(name, self.folder).or_else(|| {
            let paper = site.paper_with_id(&PaperId::parse(name)?)?;
            site.entries_of(paper).first().map(|&entry| Meant::Entry(entry))
        })
    }

    /// The text that a path leads to: a file seen from this one.
    fn text_at(&self, path: &str) -> Option<Meant> {
        self.press.site.text_at(&crate::content::media::join(self.folder, &path.replace('\\', "/")))
    }

    /// The same, or the text that is called so wherever it lies: Obsidian writes no more than is needed to tell it.
    fn text_called(&self, path: &str) -> Option<Meant> {
        self.text_at(path).or_else(|| self.press.site.named(path, self.folder))
    }

    /// The page of a text.
    fn page_of(&self, meant: Meant) -> Option<Linked> {
        let site = self.press.site;
        match meant {
            Meant::Entry(entry) => Some(self.linked(site.paper_of(entry))),
            Meant::Digest(digest) => self.date(site.digests()[digest].digest.date?),
            Meant::Page(page) => {
                let page = &site.pages()[page];
                let name = page.address.rsplit('/').next().unwrap_or_default();
                let title =
                    page.page.meta.title.get(self.press.edition.lang).unwrap_or(name).to_owned();
                Some(Linked { href: self.address(&page.route()), title })
            }
        }
    }

    fn date(&self, date: jiff::civil::Date) -> Option<Linked> {
        let day = self.press.site.day(date)?;
        let speaking = self.press.edition.in_lang(self.spoken("date_format"));
        let title = speaking.day_title(day);
        let title = if title.is_empty() { speaking.date_text(date) } else { title };
        Some(Linked { href: self.address(&Route::Date(date)), title })
    }

    /// The language of the text where the theme has such a string in it, else that of the page.
    pub(super) fn spoken(&self, key: &str) -> &Lang {
        if self.press.theme.strings.says(self.lang.as_str(), key) {
            self.lang
        } else {
            self.press.edition.lang
        }
    }
}

impl Resolver for Seen<'_, '_> {
    fn paper(&self, id: &PaperId) -> Option<Linked> {
        self.press.site.paper_with_id(id).map(|paper| self.linked(paper))
    }

    fn wikilink(&self, name: &str) -> Option<Linked> {
        let named = self.named(name).and_then(|meant| {
            let linked = self.page_of(meant)?;
            // Who links by another name means to say that name, and a page is called as the writer calls it, but where that
            // is only its address.
            let by_own_name = match meant {
                Meant::Entry(entry) => self.press.site.is_alias(entry, name),
                Meant::Page(_) => !is_address(name),
                Meant::Digest(_) => false,
            };
            Some(if by_own_name { Linked { title: name.to_owned(), ..linked } } else { linked })
        });
        named.or_else(|| self.date(name.parse().ok()?))
    }

    fn part(&self, name: &str, slug: &str) -> Option<String> {
        check_anchors::part_of(self.press, self.named(name)?, slug)
    }

    fn file_part(&self, path: &str, slug: &str) -> Option<String> {
        check_anchors::part_of(self.press, self.text_called(path)?, slug)
    }

    fn own_part(&self, slug: &str) -> Option<String> {
        let of = self.of?;
        let id = check_anchors::part_of(self.press, of, slug)?;
        let page =
            if self.within.is_some() { self.page_of(of)?.href } else { self.page.to_owned() };
        Some(format!("{page}#{}", markup::valid(&id)))
    }

    fn file(&self, path: &str) -> Option<String> {
        let page = |meant: Option<Meant>| Some(self.page_of(meant?)?.href);
        page(self.text_at(path))
            .or_else(|| self.press.media.at(self.folder, path).map(|file| self.media(file)))
            .or_else(|| self.below(path.strip_prefix('/')?.trim_start_matches('/')))
            .or_else(|| page(self.text_called(path)))
    }

    fn references(&self, citations: &[&[Cited]]) -> References {
        Seen::references(self, citations)
    }

    fn unknown_key(&self, key: &str) -> Option<Option<String>> {
        let is_known = self.cited(key).is_some() || PaperId::parse(key).is_some();
        (!is_known).then(|| self.press.site.key_like(key).map(str::to_owned))
    }

    fn embed(&self, name: &str, part: Option<&str>, at: usize) -> Option<String> {
        self.embedded(name, part, at)
    }

    fn medium(&self, path: &str) -> Option<String> {
        self.press.media.find(self.folder, path).map(|file| self.media(file))
    }

    fn plays(&self) -> bool {
        self.origin.is_empty()
    }

    fn near(&self, path: &str) -> Option<String> {
        self.press.media.near(self.folder, path)
    }

    fn image(&self, path: &str, by_name: bool) -> Option<Image> {
        let media = self.press.media;
        let file =
            if by_name { media.find(self.folder, path) } else { media.at(self.folder, path) }?;
        let (width, height) = media.size(file).unwrap_or_default();
        let original = &media.files()[file].route;
        let variants = media.variants(file);
        let widest = self.press.config.images.widths.iter().max().copied().unwrap_or_default();
        let candidates = candidates(variants, (width, original), widest);
        let address = |route: &str| self.address(&Route::File(route.to_owned()));
        let largest = candidates.last().map_or(original.as_str(), |(_, route)| route);
        // What reads feeds and mails may know no WebP.
        let is_known = self.origin.is_empty() || Utf8Path::new(largest).extension() != Some("webp");
        let src = address(if is_known { largest } else { original });
        let mut image = Image { src, width, height, ..Image::default() };
        // Readers of feeds are of many kinds, and every one understands a single address.
        if !variants.is_empty() && self.origin.is_empty() {
            image.srcset = candidates
                .iter()
                .map(|(width, route)| format!("{} {width}w", address(route)))
                .collect::<Vec<_>>()
                .join(", ");
            image.sizes.clone_from(&self.press.theme.image_sizes);
        }
        Some(image)
    }

    fn page(&self) -> &str {
        self.page
    }

    fn component(&self, call: &markup::Call, body: &str) -> Option<String> {
        self.component_html(call, body)
    }

    fn wrong_call(&self, call: &markup::Call, span: Range<usize>) -> Vec<Finding> {
        self.call_findings(call, span)
    }

    fn alert(&self, kind: &str) -> (String, Option<String>) {
        let (strings, own, key) =
            (&self.press.theme.strings, self.lang.as_str(), format!("alert_{kind}"));
        match strings.find(own, &key) {
            Some((lang, StringText::Plain(title))) => {
                (title.clone(), (!strings.says(own, &key)).then(|| lang.to_owned()))
            }
            _ => (titled(kind), kind.is_ascii().then(|| "en".into())),
        }
    }
}

fn is_address(name: &str) -> bool {
    name.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || "-/_.".contains(c))
}

/// The kind of a callout as its title: `faq` is "Faq", as Obsidian has it.
fn titled(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).map(|c| if c == '-' { ' ' } else { c }).collect()
}

/// Widths and paths that a browser may choose from, the smallest first. The image itself is among them unless the widest
/// picture wanted of any image was made, and is so much smaller that nobody is better off with the image.
fn candidates<'v>(
    variants: &'v [Variant],
    (width, original): (u32, &'v str),
    wanted: u32,
) -> Vec<(u32, &'v str)> {
    let mut all: Vec<_> =
        variants.iter().rev().map(|variant| (variant.width, variant.route.as_str())).collect();
    if all.last().is_none_or(|(widest, _)| *widest < wanted || width < widest * 3 / 2) {
        all.push((width, original));
    }
    all
}

pub(super) fn view(markup: &Markup, lang: &Lang, seen: &Seen<'_, '_>) -> TextView {
    let (mut html, room) = (String::new(), room());
    markup.fill(&Seen { lang, room: Some(&room), ..*seen }, &mut html);
    seen.press.edition.text_view(lang.as_str().to_owned(), Html(html))
}
