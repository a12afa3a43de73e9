//! Citations in texts as readers see them: the words in the text, and the references below it.
//!
//! Two plain styles are made here from the theme's strings; a style of CSL, where the program is built with these, in `csl`.

#[cfg(feature = "csl")]
mod csl;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::texts::Seen;
use crate::config::CiteStyle;
use crate::markup::{Cited, References, escape};
use crate::model::PaperId;
use crate::model::record::{Kind, Person, Record};
use crate::site::PaperIndex;

#[cfg(feature = "csl")]
pub(super) use csl::Csl;

/// The place among the sources that a key means, if it means any.
type Places<'k> = BTreeMap<&'k str, Option<usize>>;

/// Authors that a line of the references names before it says that there are others.
const MOST: usize = 8;

/// A paper that a text cites.
struct Source {
    /// The site's paper; nothing for one that is only known by its id.
    paper: Option<PaperIndex>,
    record: Arc<Record>,
    /// The address of its page, or of the paper elsewhere.
    href: String,
}

impl Seen<'_, '_> {
    /// The paper that a key or an id means.
    pub(super) fn cited(&self, key: &str) -> Option<PaperIndex> {
        let site = self.press.site;
        site.paper_with_key(key).or_else(|| site.paper_with_id(&PaperId::parse(key)?))
    }

    fn source(&self, key: &str) -> Option<Source> {
        if let Some(paper) = self.cited(key) {
            let href = self.address(&self.press.edition.paper_route(paper));
            return Some(Source { paper: Some(paper), record: self.press.record(paper), href });
        }
        let id = PaperId::parse(key)?;
        let (href, title) = (id.url(), id.to_string());
        let record = Record { title, url: href.clone(), ids: vec![id], ..Record::default() };
        Some(Source { paper: None, record: Arc::new(record), href })
    }

    /// The citations of a text and its references.
    pub(super) fn references(&self, groups: &[&[Cited]]) -> References {
        let mut sources: Vec<Source> = Vec::new();
        let mut places: Places<'_> = BTreeMap::new();
        for cited in groups.iter().copied().flatten() {
            if places.contains_key(cited.key.as_str()) {
                continue;
            }
            let source = self.source(&cited.key);
            let place = source.map(|source| {
                sources
                    .iter()
                    .position(|other| {
                        source.paper.is_some() && other.paper == source.paper
                            || source.paper.is_none() && other.href == source.href
                    })
                    .unwrap_or_else(|| {
                        sources.push(source);
                        sources.len() - 1
                    })
            });
            places.insert(&cited.key, place);
        }
        #[cfg(feature = "csl")]
        if let Some(style) = self.press.csl() {
            return style.references(self, groups, (&sources, &places));
        }
        let style = Style::of(self, &sources);
        let citations = groups
            .iter()
            .map(|group| {
                let mut html = String::new();
                for (number, cited) in group.iter().enumerate() {
                    html.push_str(if number > 0 { "; " } else { "" });
                    let place = places.get(cited.key.as_str()).copied().flatten();
                    style.cite(cited, place.map(|place| (place, &sources[place])), &mut html);
                }
                let [open, close] = if style.is_numeric { ["[", "]"] } else { ["(", ")"] };
                format!("{open}{html}{close}")
            })
            .collect();
        References { citations, list: style.list(&sources) }
    }

    /// A string of the theme; words of the program's own where it has none.
    fn says(&self, key: &str) -> String {
        let said = self.press.theme.strings.say(self.spoken(key).as_str(), key, None);
        match (said == key, key) {
            (false, _) => said,
            (true, "cite_others") => "et al.".to_owned(),
            (true, "cite_undated") => "n.d.".to_owned(),
            (true, _) => "References".to_owned(),
        }
    }
}

/// One of the two plain styles, for the sources of one text.
struct Style<'s, 'p, 'a> {
    seen: &'s Seen<'p, 'a>,
    is_numeric: bool,
    /// By source: what the text says of it.
    labels: Vec<[String; 2]>,
    /// Sources in the order of the references.
    order: Vec<usize>,
    others: String,
}

impl<'s, 'p, 'a> Style<'s, 'p, 'a> {
    fn of(seen: &'s Seen<'p, 'a>, sources: &[Source]) -> Self {
        let is_numeric = seen.press.config.citations.style == CiteStyle::Numeric;
        let mut style = Self {
            seen,
            is_numeric,
            labels: Vec::new(),
            order: (0..sources.len()).collect(),
            others: seen.says("cite_others"),
        };
        if is_numeric {
            style.labels =
                (1..=sources.len()).map(|number| [String::new(), number.to_string()]).collect();
            return style;
        }
        style.labels = sources.iter().map(|source| style.label(&source.record)).collect();
        style.order.sort_by_cached_key(|place| {
            let record = &sources[*place].record;
            (style.labels[*place].clone(), record.date.clone(), record.title.clone())
        });
        // Papers of the same people and year have letters.
        let labels = style.labels.clone();
        for (place, label) in style.labels.iter_mut().enumerate() {
            let alike = style.order.iter().filter(|other| labels[**other] == labels[place]);
            let alike: Vec<usize> = alike.copied().collect();
            if let (true, Some(number)) =
                (alike.len() > 1, alike.iter().position(|other| *other == place))
            {
                label[1].push(char::from(b'a' + (number % 26) as u8));
            }
        }
        style
    }

    /// The people and the year.
    fn label(&self, record: &Record) -> [String; 2] {
        let people = match record.authors.as_slice() {
            [] => record.title.clone(),
            [one] if !record.others => one.family_name(),
            [one, two] if !record.others => {
                format!("{} & {}", one.family_name(), two.family_name())
            }
            [first, ..] => format!("{} {}", first.family_name(), self.others),
        };
        let year = match record.year() {
            "" if record.authors.is_empty() => String::new(),
            "" => self.seen.says("cite_undated"),
            year => year.to_owned(),
        };
        [people, year]
    }

    fn cite(&self, cited: &Cited, source: Option<(usize, &Source)>, out: &mut String) {
        let Some((place, source)) = source else {
            return unknown(cited, out);
        };
        if !cited.prefix.is_empty() {
            escape::text(&cited.prefix, out);
            out.push(' ');
        }
        open(source, Some(&self.seen.press.markup.readable(&source.record.title)), out);
        let [people, year] = &self.labels[place];
        let people = if cited.is_year && !year.is_empty() { "" } else { people };
        let said: Vec<&str> = [people, year].into_iter().filter(|part| !part.is_empty()).collect();
        escape::text(&said.join(", "), out);
        out.push_str("</a>");
        if !cited.suffix.is_empty() {
            out.push_str(", ");
            escape::text(&cited.suffix, out);
        }
    }

    fn list(&self, sources: &[Source]) -> String {
        if sources.is_empty() {
            return String::new();
        }
        let element = if self.is_numeric { "ol" } else { "ul" };
        let mut out = String::new();
        begin_list(self.seen, element, &mut out);
        for &place in &self.order {
            out.push_str("<li>");
            self.line(&sources[place], place, &mut out);
            out.push_str("</li>\n");
        }
        out.extend(["</", element, ">\n</section>\n"]);
        out
    }

    /// `Ada Wick, Emil Tide. 2024. Title. Journal 3(2), 11–19. https://…`
    fn line(&self, source: &Source, place: usize, out: &mut String) {
        let record = &source.record;
        let mut people: Vec<String> = record.authors.iter().take(MOST).map(Person::shown).collect();
        if record.others || record.authors.len() > MOST {
            people.push(self.others.clone());
        }
        let mut year = record.year().to_owned();
        if !self.is_numeric && !record.authors.is_empty() {
            year.clone_from(&self.labels[place][1]);
        }
        for part in [people.join(", "), year] {
            sentence(&part, out);
        }
        open(source, None, out);
        out.push_str(&match source.paper {
            Some(paper) => self.seen.press.title_html(paper),
            None => self.seen.press.markup.title(&record.title),
        });
        out.push_str("</a>. ");
        let venue = place_and_pages(record);
        if !record.venue.is_empty() {
            out.push_str("<cite>");
            escape::text(&record.venue, out);
            out.push_str("</cite>");
            sentence(&venue, out);
            out.push_str(if venue.is_empty() { ". " } else { "" });
        }
        let id = record.ids.iter().find(|id| matches!(id, PaperId::Doi(_))).or(record.ids.first());
        if let Some(id) = id.filter(|_| source.paper.is_some()) {
            out.push_str("<a class=\"external\" href=\"");
            escape::attribute(&id.url(), out);
            out.push_str("\" rel=\"external\">");
            escape::text(&id.to_string(), out);
            out.push_str("</a>");
        }
        out.truncate(out.trim_end().len());
    }
}

/// A key that nobody has.
fn unknown(cited: &Cited, out: &mut String) {
    out.push_str("<span class=\"dead-link\">@");
    escape::text(&cited.key, out);
    out.push_str("</span>");
}

/// The beginning of the references, up to their first line.
fn begin_list(seen: &Seen<'_, '_>, element: &str, out: &mut String) {
    let name = seen.says("references");
    out.push_str("<section class=\"references\" aria-label=\"");
    escape::attribute(&name, out);
    out.push_str("\">\n<p class=\"references-title\">");
    escape::text(&name, out);
    out.extend(["</p>\n<", element, ">\n"]);
}

/// Volume, number and pages, with the blank or the comma before them.
fn place_and_pages(record: &Record) -> String {
    let (volume, number, pages) =
        (record.field("volume"), record.field("number"), record.field("pages"));
    let mut out = String::new();
    if !Kind::is_of_publisher(record.place()) && !volume.is_empty() {
        out.push(' ');
        out.push_str(volume);
        if !number.is_empty() {
            out.extend(["(", number, ")"]);
        }
    }
    if !pages.is_empty() {
        out.extend([", ", &pages.replace("--", "–").replace('-', "–")]);
    }
    out
}

fn sentence(text: &str, out: &mut String) {
    if !text.is_empty() {
        escape::text(text, out);
        out.push_str(if text.ends_with('.') { " " } else { ". " });
    }
}

/// The opening tag of the link to a source.
fn open(source: &Source, title: Option<&str>, out: &mut String) {
    out.push_str("<a class=\"");
    out.push_str(if source.paper.is_some() { "paper" } else { "external" });
    out.push_str(if title.is_some() { " citation" } else { "" });
    out.push_str("\" href=\"");
    escape::attribute(&source.href, out);
    if let Some(title) = title.filter(|_| source.paper.is_some()) {
        out.push_str("\" title=\"");
        escape::attribute(title, out);
    }
    out.push_str(if source.paper.is_some() { "\">" } else { "\" rel=\"external\">" });
}
