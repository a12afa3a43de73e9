//! Citations and references in a style of CSL, by `hayagriva`. What that makes is taken apart and written anew, so that every word of
//! it is escaped and links lead to the papers' pages.

use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{
    FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, Style, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, Elem,
    ElemChild, ElemChildren, ElemMeta, Formatting, LocatorPayload, Rendered, SpecificLocator,
};

use super::{Places, Source, open, unknown};
use crate::formats::csl as item_of;
use crate::markup::{Cited, References, escape};
use crate::render::texts::Seen;

/// A style with what it says in each language. It is read from an archive, so a site has it once.
#[derive(Debug)]
pub(in crate::render) struct Csl {
    style: IndependentStyle,
    locales: Vec<Locale>,
}

impl Csl {
    /// The style of this name; config.toml knows no other.
    pub(in crate::render) fn named(name: &str) -> Option<Self> {
        match ArchivedStyle::by_name(name)?.get() {
            Style::Independent(style) => Some(Self { style, locales: archive::locales() }),
            Style::Dependent(_) => None,
        }
    }

    /// The citations of a text and its references.
    pub(super) fn references(
        &self,
        seen: &Seen<'_, '_>,
        groups: &[&[Cited]],
        (sources, places): (&[Source], &Places<'_>),
    ) -> References {
        let items: Vec<Item> =
            sources.iter().enumerate().map(|(place, source)| item(seen, place, source)).collect();
        let locale = Some(LocaleCode(seen.lang.as_str().to_owned()));
        let mut driver = BibliographyDriver::new();
        let known: Vec<Vec<Cited>> = groups
            .iter()
            .map(|group| {
                let known = group.iter().filter(|cited| places[cited.key.as_str()].is_some());
                known.cloned().collect::<Vec<Cited>>()
            })
            .collect();
        for group in known.iter().filter(|group| !group.is_empty()) {
            let request = group.iter().filter_map(|cited| {
                let locator = (!cited.suffix.is_empty())
                    .then(|| SpecificLocator(Locator::Custom, LocatorPayload::Str(&cited.suffix)));
                let purpose = cited.is_year.then_some(CitePurpose::Year);
                let item = &items[places[cited.key.as_str()]?];
                Some(CitationItem::new(item, locator, None, false, purpose))
            });
            driver.citation(CitationRequest::new(
                request.collect(),
                &self.style,
                locale.clone(),
                &self.locales,
                Some(1),
            ));
        }
        let rendered = driver.finish(BibliographyRequest::new(&self.style, locale, &self.locales));
        let mut written = rendered.citations.iter();
        let citations = groups
            .iter()
            .zip(&known)
            .map(|(group, known)| {
                let mut out = String::new();
                if let Some(one) = written.next().filter(|_| !known.is_empty()) {
                    let writer = Writer { seen, sources, places, group: known, title: None };
                    writer.children(&one.citation, &mut out);
                }
                for cited in group.iter().filter(|cited| places[cited.key.as_str()].is_none()) {
                    out.push_str(if out.is_empty() { "" } else { " " });
                    unknown(cited, &mut out);
                }
                out
            })
            .collect();
        References { citations, list: list(seen, sources, places, &rendered) }
    }
}

/// A source as CSL-JSON, its formulas as one reads them and its place as its key.
fn item(seen: &Seen<'_, '_>, place: usize, source: &Source) -> Item {
    let mut item = item_of(&source.record, "");
    item["id"] = place.to_string().into();
    item["title"] = seen.press.markup.readable(&source.record.title).into();
    if let Some(item) = item.as_object_mut() {
        // Of a paper that the site has not, its id is the title.
        let more = if source.paper.is_none() { "number" } else { "annote" };
        for name in ["abstract", "note", "keyword", more] {
            item.remove(name);
        }
    }
    serde_json::from_value(item).unwrap_or_else(|_| Item(std::collections::BTreeMap::new()))
}

fn list(
    seen: &Seen<'_, '_>,
    sources: &[Source],
    places: &Places<'_>,
    rendered: &Rendered,
) -> String {
    let Some(bibliography) = rendered.bibliography.as_ref().filter(|all| !all.items.is_empty())
    else {
        return String::new();
    };
    let mut out = String::new();
    super::begin_list(seen, "ul", &mut out);
    for one in &bibliography.items {
        let Some(source) = one.key.parse().ok().and_then(|place: usize| sources.get(place)) else {
            continue;
        };
        let title = seen.press.markup.readable(&source.record.title);
        let title = Some((title.as_str(), source));
        let writer = Writer { seen, sources, places, group: &[], title };
        out.push_str("<li>");
        if let Some(first) = &one.first_field {
            writer.child(first, &mut out);
            out.push(' ');
        }
        let start = out.len();
        writer.children(&one.content, &mut out);
        // A style may write the title otherwise: then the whole line has the link at its end.
        if !out[start..].contains("<a class=\"paper\"") && source.paper.is_some() {
            out.push(' ');
            open(source, None, &mut out);
            out.push_str("↗</a>");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</section>\n");
    out
}

/// Writes what the style made.
struct Writer<'w> {
    seen: &'w Seen<'w, 'w>,
    sources: &'w [Source],
    places: &'w Places<'w>,
    group: &'w [Cited],
    /// The title that is a link in a line of the references.
    title: Option<(&'w str, &'w Source)>,
}

impl Writer<'_> {
    fn children(&self, children: &ElemChildren, out: &mut String) {
        for child in &children.0 {
            self.child(child, out);
        }
    }

    fn child(&self, child: &ElemChild, out: &mut String) {
        match child {
            ElemChild::Elem(elem) => self.elem(elem, out),
            ElemChild::Link { text, url } if url.starts_with("http") && self.title.is_some() => {
                out.push_str("<a class=\"external\" href=\"");
                escape::attribute(url, out);
                out.push_str("\" rel=\"external\">");
                escape::text(&text.text, out);
                out.push_str("</a>");
            }
            ElemChild::Text(text) | ElemChild::Link { text, .. } => {
                self.text(&text.text, text.formatting, out);
            }
            ElemChild::Markup(text) => escape::text(text, out),
            ElemChild::Transparent { .. } => {}
        }
    }

    fn elem(&self, elem: &Elem, out: &mut String) {
        let cited = match elem.meta {
            Some(ElemMeta::Entry(number)) => self.group.get(number),
            _ => None,
        };
        let place = cited.and_then(|cited| self.places.get(cited.key.as_str()).copied().flatten());
        let (Some(cited), Some(place)) = (cited, place) else {
            return self.children(&elem.children, out);
        };
        if !cited.prefix.is_empty() {
            escape::text(&cited.prefix, out);
            out.push(' ');
        }
        let source = &self.sources[place];
        let title = self.seen.press.markup.readable(&source.record.title);
        open(source, Some(&title), out);
        self.children(&elem.children, out);
        out.push_str("</a>");
    }

    fn text(&self, text: &str, formatting: Formatting, out: &mut String) {
        let mut ends = Vec::new();
        let mut begin = |is: bool, name: &'static str, out: &mut String| {
            if is {
                out.extend(["<", name, ">"]);
                ends.push(name);
            }
        };
        begin(formatting.font_style == FontStyle::Italic, "em", out);
        begin(formatting.font_weight == FontWeight::Bold, "strong", out);
        begin(formatting.vertical_align == VerticalAlign::Sup, "sup", out);
        begin(formatting.vertical_align == VerticalAlign::Sub, "sub", out);
        match self.title {
            Some((title, source)) if text.contains(title) && !title.is_empty() => {
                let (before, after) = text.split_once(title).unwrap_or((text, ""));
                escape::text(before, out);
                open(source, None, out);
                escape::text(title, out);
                out.push_str("</a>");
                escape::text(after, out);
            }
            _ => escape::text(text, out),
        }
        for name in ends.iter().rev() {
            out.extend(["</", name, ">"]);
        }
    }
}
