//! The metadata paragraph under a heading: authors in parentheses, bare links, `key: value`.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::model::author::{self, Authors};
use crate::model::id::{is_web_address, strip_prefix_fold, unwrap_redirector};
use crate::model::{Entry, Link, PaperId, Prose, Tag, keep_first, record};

use super::fields::{Field, Kind, Names};
use super::heading::title_of;
use super::text::{Line, breaks_paragraph, lines};
use super::{by_hand, dates, fields, tex, unknown};

/// Keys the program knows, beside those of [`FIELDS`]: their value may be an address.
const LINKS: &[&str] = &[
    "code",
    "project",
    "paper",
    "pdf",
    "arxiv",
    "demo",
    "model",
    "data",
    "dataset",
    "video",
    "slides",
    "blog",
    "tweet",
    "poster",
    "thread",
    "review",
    "discussion",
    "github",
    "models",
    "repo",
    "report",
    "system-card",
    "technical-report",
];

/// Keys whose value is text, even where it looks like an address.
const FIELDS: &[&str] = &[
    "alias",
    "aliases",
    "venue",
    "doi",
    "org",
    "organisation",
    "organization",
    "by",
    "note",
    "see",
    "section",
    "remarks",
    "votes",
    "comments",
    "published",
    "revised",
    "updated",
    "subjects",
    "category",
    "categories",
    "journal",
    "publisher",
    "keywords",
    "author-count",
    "ai-summary",
    "cite-key",
    "entry-type",
    "volume",
    "number",
    "pages",
    "series",
    "editor",
    "edition",
    "institution",
    "school",
    "isbn",
    "issn",
    "year",
    "month",
];

/// Whether a key can stand in metadata.
pub(crate) fn is_key(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a key's value stays text, even where it is an address.
pub(crate) fn is_field(key: &str) -> bool {
    FIELDS.contains(&key) || record::is_field(key)
}

/// The words of a label as a key of metadata that means nothing else.
pub(crate) fn as_key(label: &str) -> Option<String> {
    let words = label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let key = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    (is_key(&key) && !is_field(&key) && key.len() < 40).then_some(key)
}

/// Reads the paragraph at the start of some lines into an entry, and says where the next line starts; `None`
/// where not every line of it is metadata.
pub(crate) fn read<'t>(
    lines: impl Iterator<Item = Line<'t>>,
    names: &Names,
    entry: &mut Entry,
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    let (items, end) = items(lines, names)?;
    for (item, span) in items {
        item.add(entry, span, findings);
    }
    Some(end)
}

/// Whether a text starts with a paragraph that would be read as metadata.
pub(crate) fn starts_with_metadata(text: &str) -> bool {
    items(lines(text, 0..text.len()), &[]).is_some()
}

/// Whether such a paragraph says whom or where a paper is by.
pub(super) fn starts_with_head(text: &str) -> bool {
    items(lines(text, 0..text.len()), &[]).is_some_and(|(items, _)| {
        items.iter().any(|(item, _)| !matches!(item, Item::Tags(_) | Item::Field(..)))
    })
}

/// One fact of a line.
pub(super) enum Item<'t> {
    Authors(String),
    /// The title of the paper and its address.
    Titled(&'t str, String),
    /// Names that nothing marks as such: only beside a link.
    People(String),
    Links(Vec<String>),
    /// Links with their keys.
    Named(Vec<(String, String)>),
    Tags(Vec<Tag>),
    Field(&'t str, &'t str),
    /// What a name of the writer's own says.
    Meant(Field, &'t str),
}

/// Items, each with the place of its line.
type Items<'t> = Vec<(Item<'t>, Range<usize>)>;

/// The items of the first paragraph and where it ends. Stops at the first line that is no metadata, so that a
/// long text costs no more than its first line. Text may follow a line that names a paper: people write on below a link.
fn items<'t>(lines: impl Iterator<Item = Line<'t>>, names: &Names) -> Option<(Items<'t>, usize)> {
    let mut lines = lines.take_while(|line| !line.is_blank() && !breaks_paragraph(line.text));
    let (mut items, mut end) = (Vec::new(), 0);
    while let Some(line) = lines.next() {
        let text = without_break(line.text);
        let place = line.start..line.end();
        if let Some(found) = by_hand::items(text, names) {
            items.extend(found.into_iter().map(|item| (item, place.clone())));
            end = line.next;
        } else if text.starts_with(['(', '（']) {
            let Some((item, last)) = authors(line, &mut lines) else {
                return names_paper(&items).then_some((items, end));
            };
            items.push((item, place));
            end = last.next;
        } else if let Some(item) = field(text) {
            items.push((item, place));
            end = line.next;
        } else {
            return names_paper(&items).then_some((items, end));
        }
    }
    let is = |wanted: fn(&Item<'_>) -> bool| items.iter().any(|(item, _)| wanted(item));
    let unproved = is(|item| matches!(item, Item::People(_)))
        && !is(|item| matches!(item, Item::Links(_) | Item::Named(_) | Item::Titled(..)));
    (!items.is_empty() && !unproved).then_some((items, end))
}

/// Whether one of some items is the address of a paper.
fn names_paper(items: &Items<'_>) -> bool {
    items.iter().any(|(item, _)| match item {
        Item::Links(links) => links.iter().any(|url| is_id(url)),
        Item::Titled(_, url) => is_id(url),
        Item::Named(links) => links.iter().any(|(_, url)| is_id(url)),
        _ => false,
    })
}

fn is_id(url: &str) -> bool {
    PaperId::parse(url).is_some()
}

/// Authors may go on over several lines, up to the closing parenthesis at a line's end.
fn authors<'t>(
    first: Line<'t>,
    rest: &mut impl Iterator<Item = Line<'t>>,
) -> Option<(Item<'t>, Line<'t>)> {
    let (mut text, mut depth, mut line) = (String::new(), 0_i64, first);
    loop {
        let part = without_break(line.text);
        depth += part
            .chars()
            .map(|c: char| i64::from(matches!(c, '(' | '（')) - i64::from(matches!(c, ')' | '）')))
            .sum::<i64>();
        text.push_str(part);
        if depth <= 0 && part.ends_with([')', '）']) {
            let inner = text.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
            return Some((Item::Authors(inner.to_owned()), line));
        }
        text.push(' ');
        line = rest.next()?;
    }
}

fn field(text: &str) -> Option<Item<'_>> {
    let (key, value) = text.split_once(':')?;
    let value = value.strip_prefix([' ', '\t'])?.trim();
    (is_key(key) && !value.is_empty()).then_some(Item::Field(key, value))
}

/// The addresses of a line that holds nothing else.
pub(crate) fn links(line: &str) -> Option<Vec<String>> {
    let likely = line.starts_with(['h', 'H', '<', '[', 'a', 'd', 'A', 'D', '1', '2', '0', '9'])
        || line.contains('/');
    if !likely {
        return None;
    }
    // `arXiv: 2503.07565 [cs.LG]` is one id of several words; `doi: …` is a field.
    line.split_whitespace()
        .filter(|word| !matches!(*word, "|" | "·" | "/" | ","))
        .map(link)
        .collect::<Option<Vec<_>>>()
        .filter(|links| !links.is_empty())
        .or_else(|| Some(vec![named(line).filter(|_| !line.starts_with("doi: "))?]))
}

/// The address of the id that stands after `arXiv:` or `doi:`.
fn named(text: &str) -> Option<String> {
    let prefixed =
        ["arxiv:", "doi:"].iter().any(|prefix| strip_prefix_fold(text, prefix).is_some());
    prefixed.then(|| with_version(text)).flatten()
}

/// The address of the paper that a text names, with the version of arXiv that the text names.
fn with_version(text: &str) -> Option<String> {
    let id = PaperId::parse(text)?;
    let number = text.split('[').next().unwrap_or_default().trim_end();
    let version =
        number.rfind('v').map(|at| &number[at..]).filter(|_| matches!(id, PaperId::Arxiv(_)));
    let version =
        version.filter(|text| text.len() > 1 && text[1..].bytes().all(|b| b.is_ascii_digit()));
    Some(id.url() + version.unwrap_or_default())
}

/// The address that a word is: bare, in angle brackets, linked to itself, or an id.
fn link(word: &str) -> Option<String> {
    let bare = word.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(word);
    if is_web_address(bare) {
        return Some(unwrap_redirector(bare).into_owned());
    }
    if let Some((shown, target)) = markdown_link(word) {
        return (is_web_address(shown) && is_web_address(target))
            .then(|| unwrap_redirector(target).into_owned());
    }
    // The DOIs of some old journals hold what no address may: `…<113::AID-ZZ9>…`.
    let old_doi = word.contains('<') && strip_prefix_fold(word, "http").is_some();
    if old_doi || !word.contains(':') { with_version(word) } else { named(word) }
}

/// Leaves of links that lead to one address or name one paper the first.
pub(crate) fn one_a_paper(links: &mut Vec<Link>) {
    keep_first(links, |link| PaperId::parse(&link.url).ok_or_else(|| link.url.clone()));
}

/// The text and target of `[text](target)`, where that is all.
pub(crate) fn markdown_link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?.strip_suffix(')')?;
    let at = inner.rfind("](")?;
    Some((&inner[..at], &inner[at + 2..]))
}

impl Item<'_> {
    /// Gives an entry what it says.
    pub(super) fn add(self, entry: &mut Entry, span: Range<usize>, findings: &mut Vec<Finding>) {
        match self {
            Self::Authors(text) | Self::People(text) => add_authors(entry, &text),
            Self::Named(links) => {
                entry
                    .links
                    .extend(links.into_iter().map(|(key, url)| Link { key: Some(key), url }));
            }
            Self::Tags(tags) => entry.tags.extend(tags),
            Self::Links(urls) => {
                entry.links.extend(urls.into_iter().map(|url| Link { key: None, url }));
            }
            Self::Titled(title, url) => {
                entry.links.push(Link { key: None, url });
                let title = title_of(title).words;
                if title != entry.title {
                    entry.fields.push(("aliases".to_owned(), title));
                }
            }
            Self::Meant(field, value) => add_meant(entry, field, value),
            Self::Field(key, value) => {
                if !LINKS.contains(&key) && !is_field(key) {
                    findings.push(unknown(key, value, span));
                }
                add_field(entry, key, value);
            }
        }
    }
}

/// Adds what the parentheses say.
pub(crate) fn add_authors(entry: &mut Entry, text: &str) {
    // `L{\'e}o`, as it was copied from a bibliography.
    let text = if text.contains("{\\") { &tex::plain(text) } else { text };
    add_people(entry, author::split(text));
}

/// Adds what a list of authors says: the names, and the rest as fields.
pub(crate) fn add_people(entry: &mut Entry, list: Authors) {
    // Another list may name the same people again.
    let known = entry.authors.clone();
    entry.authors.extend(list.names.into_iter().filter(|name| !known.contains(name)));
    entry.aside.extend(list.aside);
    if let Some(org) = list.team {
        add_field(entry, "org", &org);
    }
    if let Some(words) = list.more {
        add_field(entry, "remarks", &words);
    }
    if !list.affiliations.is_empty() {
        add_field(entry, "remarks", &list.affiliations.join(", "));
    }
    for (key, value) in [("venue", list.venue), ("year", list.year)] {
        if let Some(value) = value {
            add_field(entry, key, &value);
        }
    }
}

/// Adds what a name says that config.toml gives a meaning.
pub(crate) fn add_meant(entry: &mut Entry, field: Field, value: &str) {
    match (field.name, field.kind) {
        ("title", _) if entry.title.is_empty() => value.clone_into(&mut entry.title),
        ("authors", _) => add_authors(entry, value),
        (_, Kind::List) => {
            entry.tags.extend(fields::parts(value, false).into_iter().filter_map(Tag::of_words));
        }
        (name, Kind::Link) => {
            let key = (!matches!(name, "link" | "pdf" | "doi")).then(|| name.to_owned());
            match links(value) {
                Some(found) => {
                    entry.links.extend(found.into_iter().map(|url| Link { key: key.clone(), url }));
                }
                None => entry.fields.push((name.to_owned(), value.to_owned())),
            }
        }
        (name, Kind::Day) => {
            let day = dates::whole(value).map_or_else(|| value.to_owned(), |when| when.to_string());
            entry.fields.push((name.to_owned(), day));
        }
        ("abstract", _) if entry.abstract_text.is_none() => {
            entry.abstract_text = Some(Prose::new(value));
        }
        (name, _) => add_field(entry, name, value),
    }
}

/// Adds a field where it belongs: the organisation, a link, or the other fields.
pub(crate) fn add_field(entry: &mut Entry, key: &str, value: &str) {
    let key = match key {
        "organisation" | "organization" => "org",
        // What is typed by hand says nothing else beside it.
        "journal" if entry.fields.iter().all(|(known, _)| known != "venue") => "venue",
        key => key,
    };
    if key == "org" && entry.org.is_none() {
        entry.org = Some(value.to_owned());
    } else if !is_field(key) && is_web_address(value) {
        entry
            .links
            .push(Link { key: Some(key.to_owned()), url: unwrap_redirector(value).into_owned() });
    } else {
        entry.fields.push((key.to_owned(), value.to_owned()));
    }
}

fn unknown(key: &str, value: &str, span: Range<usize>) -> Finding {
    let span = span.start..span.start + key.len();
    let finding = Finding::new(
        Code::UnknownField,
        format!("`{key}` is not a metadata key that the program knows"),
    )
    .at(span);
    let near = LINKS
        .iter()
        .chain(FIELDS)
        .max_by(|a, b| strsim::jaro_winkler(key, a).total_cmp(&strsim::jaro_winkler(key, b)));
    if let Some(near) = near.filter(|near| strsim::jaro_winkler(key, near) > 0.85) {
        return finding
            .help(format!("did you mean `{near}`? As it is, only a theme made for it shows it"));
    }
    let kept = "it is kept, and a theme may show it; ";
    unknown::advise(finding, kept, key, std::iter::once(value))
}

/// A line may end in a line break of Markdown or HTML.
pub(super) fn without_break(line: &str) -> &str {
    let line = line.trim();
    ["\\", "<br>", "<br/>", "<br />"]
        .iter()
        .find_map(|mark| line.strip_suffix(mark))
        .unwrap_or(line)
        .trim_end()
}
