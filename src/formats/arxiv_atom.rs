//! The answer of the arXiv API, or one of arXiv's daily feeds: Atom or RSS with one element a paper. Knows no network.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::format::Sample;
use super::{Format, Hints, Maker, Reading, dates, escape_markdown, group, metadata, tex};
use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry, Link, PaperId};

/// The format.
pub const FORMAT: &Format = &Format {
    name: "arxiv-atom",
    about: "the answer of `https://export.arxiv.org/api/query?…`, or a daily feed, `https://rss.arxiv.org/atom/cs.LG`, saved; the RSS of `https://rss.arxiv.org/rss/cs.LG` as well",
    extensions: &["xml", "atom", "rss"],
    maker: Maker::Program,
    detect: is_feed,
    read,
};

fn is_feed(sample: &Sample<'_>) -> bool {
    let opens = |name: &str| sample.head().contains(name);
    sample.text.trim_start().starts_with('<')
        && (opens("<feed") || opens("<rss") || opens("<rdf:RDF"))
        && is_of_papers(sample)
}

/// Whether most entries of a feed are papers by what they are called or lead to. What they say may name papers in any blog.
fn is_of_papers(sample: &Sample<'_>) -> bool {
    let feed = Feed::of(sample.text);
    let papers = feed.entries.iter().filter(|raw| raw.is_paper()).count();
    papers * 2 > feed.entries.len() || feed.entries.is_empty()
}

/// Reads a whole answer.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    Feed::of(text).finish(hints)
}

/// One `entry` element, as text.
#[derive(Default)]
struct Raw {
    start: usize,
    /// Text of simple elements by local name, in order.
    texts: Vec<(String, String)>,
    authors: Vec<String>,
    /// Title or relation, and address.
    links: Vec<(String, String)>,
    categories: Vec<String>,
}

/// Where the walk through the feed is.
#[derive(Default)]
struct Feed {
    entries: Vec<Raw>,
    inside: bool,
    /// Local names of the open elements within an entry.
    path: Vec<String>,
    findings: Vec<Finding>,
}

impl Feed {
    /// Walks through a feed, up to where it is no XML.
    fn of(text: &str) -> Self {
        let mut feed = Self::default();
        let feed_text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (base, mut reader) = (text.len() - feed_text.len(), Reader::from_str(feed_text));
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_dangling_amp = true;
        loop {
            let before = base + reader.buffer_position() as usize;
            match reader.read_event() {
                Ok(Event::Eof) => return feed,
                Ok(event) => feed.event(&event, before),
                Err(error) => {
                    let at = text.floor_char_boundary(before.min(text.len()));
                    let message = format!("the rest of the answer is not XML: {error}");
                    let help = "ask for the answer again and save it as it is";
                    let finding = Finding::new(Code::Unplaced, message).at(at..text.len());
                    feed.findings.push(finding.help(help));
                    return feed;
                }
            }
        }
    }

    fn event(&mut self, event: &Event<'_>, at: usize) {
        match event {
            Event::Start(element) => self.open(element, at),
            Event::Empty(element) if self.inside => self.attributes(element),
            Event::End(element) => self.close(element.local_name().into_inner()),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(entity) => self.text(&resolved(entity)),
            _ => {}
        }
    }

    fn open(&mut self, element: &BytesStart<'_>, at: usize) {
        let name = element.local_name().into_inner();
        if matches!(name, "entry" | "item") && !self.inside {
            self.entries.push(Raw { start: at, ..Raw::default() });
            self.inside = true;
            self.path.clear();
        } else if self.inside {
            self.attributes(element);
            if let Some(entry) = self.entries.last_mut() {
                match name {
                    "author" => entry.authors.push(String::new()),
                    name if self.path.is_empty() => {
                        entry.texts.push((name.to_owned(), String::new()));
                    }
                    _ => {}
                }
            }
            self.path.push(name.to_owned());
        }
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "entry" | "item") {
            self.inside = false;
        } else if self.path.last().is_some_and(|open| open == name) {
            self.path.pop();
        }
    }

    fn attributes(&mut self, element: &BytesStart<'_>) {
        let Some(entry) = self.entries.last_mut() else {
            return;
        };
        match element.local_name().into_inner() {
            "link" => entry.links.extend(value_of(element, "href").map(|href| {
                (
                    value_of(element, "title")
                        .or_else(|| value_of(element, "rel"))
                        .unwrap_or_default(),
                    href,
                )
            })),
            "category" => entry.categories.extend(value_of(element, "term")),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(entry) = self.entries.last_mut().filter(|_| self.inside) else {
            return;
        };
        let path: Vec<&str> = self.path.iter().map(String::as_str).take(3).collect();
        let target = match path.as_slice() {
            ["author", "name"] => entry.authors.last_mut(),
            ["author", ..] | [] => None,
            [..] => entry.texts.last_mut().map(|(_, text)| text),
        };
        if let Some(target) = target {
            target.push_str(text);
        }
    }

    fn finish(mut self, hints: &Hints<'_>) -> Reading {
        let mut dated = Vec::new();
        for raw in &self.entries {
            let span = raw.start..raw.start + "<entry>".len();
            if let Some(why) = raw.error() {
                let finding =
                    Finding::new(Code::Unplaced, format!("arXiv answered with an error: {why}"));
                self.findings.push(finding.at(span).help("correct the query and ask again"));
                continue;
            }
            let entry = Entry { span, ..raw.entry() };
            if entry.title.is_empty() {
                let finding = Finding::new(Code::MissingTitle, "a paper without a title")
                    .at(entry.span.clone());
                self.findings.push(finding.help("write its title into the imported digest"));
            }
            dated.push((hints.date.or_else(|| raw.date("published")), entry));
        }
        let digests: Vec<Digest> = group::by_date(dated);
        self.findings.extend(group::undated(&digests));
        Reading { digests, findings: self.findings, ..Reading::default() }
    }
}

fn value_of(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

impl Raw {
    fn text(&self, name: &str) -> Option<String> {
        Some(escape_markdown::line(self.raw(name)?))
    }

    /// The text of an element, which RSS may call otherwise.
    fn raw(&self, name: &str) -> Option<&str> {
        let other = match name {
            "id" => "link",
            "summary" => "description",
            "published" => "pubDate",
            name => name,
        };
        [name, other].into_iter().find_map(|name| {
            let (_, text) =
                self.texts.iter().find(|(key, text)| key == name && !text.trim().is_empty())?;
            Some(text.as_str())
        })
    }

    fn date(&self, name: &str) -> Option<jiff::civil::Date> {
        let text = self.text(name)?;
        group::iso_date(&text).or_else(|| dates::find(&text)?.date())
    }

    /// Whether it is a paper by its id, an address or a DOI of its own.
    fn is_paper(&self) -> bool {
        const NAMES: &[&str] = &["id", "guid", "link", "doi", "DOI", "identifier"];
        let named = self.texts.iter().filter(|(key, _)| NAMES.contains(&key.as_str()));
        let named = named.map(|(_, text)| text.trim());
        named
            .chain(self.links.iter().map(|(_, url)| url.as_str()))
            .any(|text| PaperId::parse(text).is_some() || text.contains("arxiv.org/"))
    }

    /// What arXiv says where a query was wrong: an entry whose id leads to `api/errors`.
    fn error(&self) -> Option<String> {
        self.text("id").filter(|id| id.contains("/api/errors"))?;
        self.text("summary").or_else(|| self.text("title"))
    }

    fn entry(&self) -> Entry {
        let mut entry =
            Entry { title: self.prose("title").unwrap_or_default(), ..Entry::default() };
        let names: Vec<String> = self.authors.iter().map(|name| tex::plain(name)).collect();
        (entry.org, entry.authors) = team_and_people(&names);
        self.creators(&mut entry);
        entry.links = self.addresses();
        entry.fields.extend(self.fields());
        let summary = self.raw("summary");
        let summary = summary.map(|text| escape_markdown::unplaced(&tex::plain(announced(text))));
        entry.abstract_text = summary.filter(|prose| !prose.text.is_empty());
        entry
    }

    /// The text of an element, which may hold TeX.
    fn prose(&self, name: &str) -> Option<String> {
        self.text(name).map(|text| escape_markdown::line(&tex::plain(&text)))
    }

    /// The daily feeds name the authors in one `dc:creator`, or in several.
    fn creators(&self, entry: &mut Entry) {
        if entry.authors.is_empty() && entry.org.is_none() {
            let creators = self.texts.iter().filter(|(key, _)| key == "creator");
            creators.for_each(|(_, names)| metadata::add_authors(entry, &tex::plain(names)));
        }
    }

    /// The paper's own address, and those that name something else: its PDF says nothing new.
    fn addresses(&self) -> Vec<Link> {
        let id = self.text("id").and_then(|id| escape_markdown::address(&id));
        let own = id.map(|url| url.replacen("http://arxiv.org/", "https://arxiv.org/", 1));
        let paper = own.as_deref().and_then(PaperId::parse);
        let doi = self.doi();
        let others =
            self.links.iter().filter_map(|(_, url)| escape_markdown::address(url)).filter(|url| {
                let same = paper.is_some() && PaperId::parse(url) == paper;
                let same_doi = doi.as_deref().is_some_and(|doi| url.ends_with(doi));
                !same && !same_doi && own.as_deref() != Some(url) && !url.contains("arxiv.org/pdf/")
            });
        own.clone().into_iter().chain(others).map(|url| Link { key: None, url }).collect()
    }

    /// The API writes `doi`, the feeds `DOI`.
    fn doi(&self) -> Option<String> {
        self.text("doi").or_else(|| self.text("DOI"))
    }

    fn fields(&self) -> Vec<(String, String)> {
        let [published, updated] =
            ["published", "updated"].map(|name| Some(self.date(name)?.to_string()));
        let revised = updated.filter(|updated| Some(updated) != published.as_ref());
        let named =
            self.texts.iter().filter(|(key, _)| key == "category").map(|(_, text)| text.trim());
        let categories: Vec<&str> = self
            .categories
            .iter()
            .map(String::as_str)
            .chain(named)
            .filter(|text| !text.is_empty())
            .collect();
        let categories =
            (!categories.is_empty()).then(|| escape_markdown::line(&categories.join(" ")));
        let values = [
            ("doi", self.doi()),
            ("venue", self.prose("journal_ref").or_else(|| self.prose("journal_reference"))),
            ("remarks", self.prose("comment")),
            ("published", published),
            ("revised", revised),
            ("subjects", categories),
        ];
        values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }
}

/// The abstract without what the daily feeds put before it: `arXiv:2503.07565v1 Announce Type: new Abstract: …`.
fn announced(summary: &str) -> &str {
    let head = summary
        .trim_start()
        .strip_prefix("arXiv:")
        .and_then(|rest| rest.split_once("Announce Type:"));
    let after = head
        .filter(|(id, _)| id.split_whitespace().count() == 1)
        .and_then(|(_, rest)| rest.split_once("Abstract:"));
    after
        .filter(|(kind, _)| kind.split_whitespace().count() <= 2)
        .map_or(summary, |(_, text)| text.trim_start())
}

/// arXiv lists a team as `OpenAI`, `:`, and then its people.
fn team_and_people(names: &[String]) -> (Option<String>, Vec<String>) {
    let mut names: Vec<String> = names
        .iter()
        .map(|name| escape_markdown::line(name))
        .filter(|name| !name.is_empty())
        .collect();
    if names.get(1).is_some_and(|name| name == ":") {
        let people = names.split_off(2);
        return (names.into_iter().next(), people);
    }
    names.retain(|name| name != ":");
    (None, names)
}

/// The text of `&amp;` or `&#233;`; an unknown entity stays as written.
pub(super) fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    let name = entity.xml10_content();
    let known = quick_xml::escape::resolve_predefined_entity(&name);
    known.map_or_else(|| format!("&{name};"), str::to_owned)
}
