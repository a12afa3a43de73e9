//! Lines of metadata as people write them by hand: labels in any language, Markdown links in a row, names in italics, names
//! and address on one line.

use crate::model::id::is_web_address;
use crate::model::lang::Script;
use crate::model::{PaperId, Tag, author};

use super::fields::{self, Field, Kind, Names};
use super::heading::uncounted;
use super::metadata::{Item, links};
use super::papers_of_the_week::cell::leading_link;
use super::text::behind_bullet;
use super::{escape_markdown, list, metadata};

/// Longest name of a label, in bytes: what is longer is a sentence.
const LONGEST: usize = 100;

/// A label and its value: `**Paper**: …`, `Paper: …`, `- **Paper：** …`; whether it is in bold.
pub(super) fn label(line: &str) -> Option<(&str, &str, bool)> {
    // Most lines have no colon; the second byte is the first of a wide one.
    memchr::memchr2(b':', 0xef, line.as_bytes())?;
    let text = unlisted(line);
    if let Some((name, value)) = bracketed(text) {
        return Some((name, value, true));
    }
    let bold = text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    let bold = bold.map(|(name, rest)| (undressed(name), rest));
    let colons = [':', '：'];
    let (name, value) = if let Some((name, rest)) = bold {
        let after = rest.trim_start().strip_prefix(colons);
        after
            .map(|value| (name, value))
            .or_else(|| Some((name.trim_end().strip_suffix(colons)?, rest)))?
    } else {
        let (name, _) = text[..text.floor_char_boundary(LONGEST)].split_once(colons)?;
        let rest = &text[name.len()..];
        let value = rest.strip_prefix(colons)?;
        let parted = value.starts_with([' ', '\t']) || rest.starts_with('：');
        parted.then_some((name, value))?
    };
    Some((name.trim().trim_matches('*'), value.trim(), bold.is_some()))
}

/// A label in brackets that names a field, and its value: `【作者】Ada Wick`.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.strip_prefix('【')?.split_once('】')?;
    fields::named(name, &[])?;
    Some((name.trim(), value.trim_start_matches([':', '：', ' ']).trim_end()))
}

/// A name without the number that counts it and the elements of HTML around it: `<font color=red>Authors:</font>`.
pub(super) fn undressed(name: &str) -> &str {
    let mut name = name;
    while let Some((_, inner)) = name.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        let end = inner.strip_suffix('>').and_then(|inner| inner.rsplit_once("</"));
        name = end.map_or(inner, |(inner, _)| inner).trim();
    }
    uncounted(name)
}

/// A line without its bullet, or the number that counts it.
fn unlisted(line: &str) -> &str {
    let line = line.trim();
    let item = behind_bullet(line).or_else(|| line.strip_prefix("• ")).unwrap_or(line);
    uncounted(item.trim_start())
}

/// What a line says, if all of it is metadata.
pub(super) fn items<'t>(line: &'t str, own: &Names) -> Option<Vec<Item<'t>>> {
    let text = unlisted(line);
    // Parentheses hold a team and its people: `(Lamp Lab: Ada Wick)`.
    let said = label(line).filter(|_| !text.starts_with(['(', '（']));
    // An item of a list is no line of the native format.
    let is_item = behind_bullet(line.trim()).is_some();
    if let Some((title, url)) = said.filter(|_| !is_item).and_then(titled) {
        return Some(vec![Item::Titled(title, url)]);
    }
    if let Some(items) =
        said.and_then(|(name, value, is_bold)| labelled((name, value, is_bold || is_item), own))
    {
        return Some(items);
    }
    if text.starts_with(['(', '（']) && text.ends_with([')', '）']) && !text.contains("](") {
        return None;
    }
    if let Some(found) = links_alone(text).or_else(|| links_alone(undecorated(text))) {
        return Some(found);
    }
    if said.is_some_and(|(name, _, is_bold)| {
        is_native(name, is_bold) || fields::named(name, &[]).is_some()
    }) {
        return None;
    }
    if let Some(found) = with_link(text).or_else(|| with_venue(text)) {
        return Some(found);
    }
    let bare = emphasised(text);
    match bare {
        Some(bare) => names(bare).map(|people| vec![Item::Authors(people)]),
        None => names(text).map(|people| vec![Item::People(people)]),
    }
}

/// The title and the address that a label in bold says of the paper: `**Paper:** [How Lamps Learn](…)`.
fn titled<'t>((name, value, is_bold): (&str, &'t str, bool)) -> Option<(&'t str, String)> {
    let (title, url) = metadata::markdown_link(value).filter(|(title, _)| !title.contains("]("))?;
    let is_title = is_bold
        && title.split_whitespace().count() > 2
        && fields::named(name, &[]).is_some_and(Field::is_paper)
        && fields::named(title, &[]).is_none();
    let url =
        escape_markdown::address(url).filter(|url| is_web_address(url) && list::is_paper(url));
    url.filter(|_| is_title).map(|url| (title, url))
}

/// The links that a text is, whether bare or called something.
fn links_alone(text: &str) -> Option<Vec<Item<'_>>> {
    links(text).map(|found| vec![Item::Links(found)]).or_else(|| row_of_links(text, ""))
}

/// A line without the picture before it, and without emphasis or brackets around an id.
fn undecorated(line: &str) -> &str {
    let text =
        line.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_ascii()).trim_start();
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner
        .filter(|inner| PaperId::parse(inner).is_some())
        .or_else(|| emphasised(text))
        .unwrap_or(text)
}

fn emphasised(text: &str) -> Option<&str> {
    ["**", "*", "_"].iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark))
}

/// Names and a link on one line, in either order.
fn with_link(text: &str) -> Option<Vec<Item<'_>>> {
    let starts = ["http", "arXiv:", "[", "<http"];
    let at = starts.iter().filter_map(|start| text.find(start)).min()?;
    if at > 0 {
        let (before, after) = text.split_at(at);
        // A link within the parentheses is one of the names.
        if before.matches(['(', '（']).count() != before.matches([')', '）']).count() {
            return None;
        }
        let (people, mut found) = (bare(before)?, links_alone(after.trim())?);
        found.insert(0, Item::Authors(people));
        return Some(found);
    }
    let (before, within) = text.split_once(" (").filter(|_| text.ends_with(')'))?;
    let people = &within[..within.len() - 1];
    let mut found =
        links_alone(before.trim_matches(is_between_parts)).filter(|_| are_people(people))?;
    found.push(Item::Authors(people.to_owned()));
    Some(found)
}

fn bare(text: &str) -> Option<String> {
    let text = text.trim_matches(is_between_parts);
    names(emphasised(text).unwrap_or(text))
}

fn is_between_parts(c: char) -> bool {
    c.is_whitespace() || "-–—|·,:".contains(c)
}

/// `(Ada Wick, Bo Flame), Fog Conf 2025`: people, and where their paper appeared.
fn with_venue(text: &str) -> Option<Vec<Item<'_>>> {
    let (people, venue) = text.strip_prefix('(')?.rsplit_once(')')?;
    let venue = venue.trim_matches(|c: char| c.is_whitespace() || ",.;:·|-–—[]".contains(c));
    let named = author::has_year(venue) && venue.len() < 60 && !people.contains([')', '(']);
    (named && are_people(people))
        .then(|| vec![Item::Authors(people.to_owned()), Item::Field("venue", venue)])
}

/// Whether a label is a key of the native format, which says what it says.
fn is_native(name: &str, is_bold: bool) -> bool {
    metadata::is_key(name) && !is_bold && !matches!(name, "authors" | "author" | "tags")
}

fn labelled<'t>(
    (name, value, is_bold): (&'t str, &'t str, bool),
    own: &Names,
) -> Option<Vec<Item<'t>>> {
    if let Some(field) = fields::of_writer(name, own) {
        return Some(vec![Item::Meant(field, value)]).filter(|_| !value.is_empty());
    }
    let field = fields::named(name, &[])?;
    if is_native(name, is_bold) {
        return None;
    }
    let key = if matches!(field.name, "link" | "pdf" | "doi" | "paper") { "" } else { field.name };
    if field.kind == Kind::Link || field.is_paper() {
        let (links, remark) = remarked(value);
        let mut found = led_to(field.name, (key, links))?;
        let is_year = author::names_year(remark);
        let fact = Item::Field(if is_year { "year" } else { "remarks" }, remark);
        found.extend((!remark.is_empty()).then_some(fact));
        return Some(found);
    }
    let item = match (field.name, field.kind) {
        ("authors", _) if !value.is_empty() => {
            Some(Item::Authors(value.trim_matches(['*', '_']).to_owned()))
        }
        ("tags", _) => {
            let words = fields::parts_of_text(value).into_iter();
            words.map(Tag::of_words).collect::<Option<Vec<_>>>().map(Item::Tags)
        }
        (
            "venue" | "year" | "published" | "org" | "votes" | "rating" | "status" | "citations",
            _,
        ) if !value.is_empty() && value.len() < 200 => Some(Item::Field(field.name, value)),
        _ => None,
    };
    Some(vec![item?])
}

/// Where a label leads, by the name of its field and the key of its links.
fn led_to<'t>(name: &str, (key, value): (&str, &'t str)) -> Option<Vec<Item<'t>>> {
    match links(value).or_else(|| plain_id(name, value)) {
        Some(found) if key.is_empty() => Some(vec![Item::Links(found)]),
        Some(found) => {
            let named = found.into_iter().map(|url| (key.to_owned(), url)).collect();
            Some(vec![Item::Named(named)])
        }
        None => row_of_links(value, key),
    }
}

/// A value that begins with a link, parted from a few words behind the last: `[arXiv](…) | [GitHub](…) ⭐ 43`, `https://… 2022`.
fn remarked(value: &str) -> (&str, &str) {
    const REMARK: usize = 24;
    let end = match value.rfind("](") {
        Some(at) => value[at..].find(')').map(|end| at + end + 1),
        None => value.rfind("://").and_then(|at| Some(at + value[at..].find(char::is_whitespace)?)),
    };
    let starts = ["[", "<", "http"].iter().any(|start| value.starts_with(start));
    let parted = end.filter(|_| starts).map(|end| value.split_at(end));
    let is_said = |(_, rest): &(&str, &str)| {
        rest.contains(char::is_alphanumeric) && rest.chars().count() <= REMARK
    };
    let (links, remark) = parted.filter(is_said).unwrap_or((value, ""));
    (links.trim(), remark.trim())
}

/// `DOI: 10.5555/wax.7`, `arXiv: 2503.90001`.
fn plain_id(name: &str, value: &str) -> Option<Vec<String>> {
    let id = PaperId::parse(value).or_else(|| PaperId::parse(&format!("{name}:{value}")))?;
    Some(vec![id.url()])
}

/// `[arXiv](…) | [code](…)`: links with short labels and nothing between them but signs.
fn row_of_links<'t>(text: &'t str, key: &str) -> Option<Vec<Item<'t>>> {
    let (mut rest, mut bare, mut named) = (text.trim(), Vec::new(), Vec::new());
    while !rest.is_empty() {
        let (link, length) = leading_link(rest).or_else(|| {
            leading_link(rest.strip_prefix('[')?).map(|(link, length)| (link, length + 1))
        })?;
        let url = escape_markdown::address(link.url).filter(|url| is_web_address(url))?;
        let label = link.label.trim_matches(|c: char| c.is_whitespace() || "*`[]".contains(c));
        let field = fields::named(label, &[]).map(|field| field.name);
        let is_id = PaperId::parse(label).is_some();
        if label.split_whitespace().count() > 3 {
            return None;
        }
        match field {
            _ if is_id => bare.push(url),
            Some("link" | "pdf" | "paper" | "doi" | "abstract") => bare.push(url),
            Some(name) => named.push((name.to_owned(), url)),
            None if !key.is_empty() => named.push((key.to_owned(), url)),
            None => match metadata::as_key(label) {
                Some(key) => named.push((key, url)),
                None => bare.push(url),
            },
        }
        rest = rest[length..]
            .trim_start_matches(|c: char| c.is_whitespace() || "|·,/•])*;&".contains(c));
        rest = rest.strip_prefix('(').unwrap_or(rest);
    }
    let all = [
        (!bare.is_empty()).then_some(Item::Links(bare)),
        (!named.is_empty()).then_some(Item::Named(named)),
    ];
    let all: Vec<Item<'_>> = all.into_iter().flatten().collect();
    (!all.is_empty()).then_some(all)
}

/// Whether a text begins with a line in which a label in bold says a part of a head.
pub(super) fn is_labelled(text: &str, own: &Names) -> bool {
    let first = text.split('\n').next().unwrap_or_default();
    if abstract_start(first).is_some() {
        return true;
    }
    // Every entry asks for this, and nearly none begins so.
    let bold = Some(first).filter(|line| unlisted(line).starts_with("**"));
    let bold = bold.and_then(label).filter(|(.., is_bold)| *is_bold);
    bold.is_some_and(|_| items(first, own).is_some())
}

/// Whether a line has a label that says something of one paper, and is no item of a list: that would name the paper.
pub(super) fn says_of_paper(line: &str) -> bool {
    let Some((name, value, _)) = label(line) else { return false };
    fields::named(name, &[]).is_some_and(|field| match field.kind {
        Kind::Link => links_alone(value).is_some(),
        Kind::Line => {
            matches!(field.name, "org" | "venue")
                || field.is_paper() && links_alone(value).is_some()
        }
        _ => matches!(field.name, "authors" | "abstract"),
    })
}

/// Whether a line has a label for tags, which a text about many papers has as well.
pub(super) fn names_subjects(line: &str) -> bool {
    let field = label(line).and_then(|(name, ..)| fields::named(name, &[]));
    field.is_some_and(|field| field.kind == Kind::List)
}

/// Whether a text begins with a line that only says where a paper is.
pub(super) fn is_paper(text: &str) -> bool {
    let first = unlisted(text.split('\n').next().unwrap_or_default());
    links_alone(first).is_some_and(|found| {
        found.iter().any(|item| match item {
            Item::Links(urls) => urls.iter().any(|url| PaperId::parse(url).is_some()),
            Item::Named(links) => links.iter().any(|(_, url)| PaperId::parse(url).is_some()),
            _ => false,
        })
    })
}

/// What a line says of the abstract behind the label of one; with a label in bold, that may begin on the next line.
pub(super) fn abstract_start(line: &str) -> Option<&str> {
    let (name, value, is_bold) = label(line)?;
    let is_abstract = fields::named(name, &[]).is_some_and(|field| field.name == "abstract");
    (is_abstract && (is_bold || !value.is_empty())).then_some(value)
}

/// Names of people that a text is, without its parentheses and the word before them.
fn names(text: &str) -> Option<String> {
    let text = text.strip_prefix("by ").or_else(|| text.strip_prefix("By ")).unwrap_or(text);
    let inner = text.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
    if let Some(inner) = inner {
        return Some(inner.to_owned());
    }
    are_people(text).then(|| text.to_owned())
}

/// Whether words could be the first of two names.
pub(super) fn could_be_person(text: &str) -> bool {
    are_people(&format!("{text}, {text} Junior"))
}

/// Whether words are names of several people, or of one and others, and nothing else.
pub(super) fn are_people(text: &str) -> bool {
    if text.len() > 2000 {
        return false;
    }
    let list = author::split(text.trim_start_matches("by "));
    let enough = list.names.len() > 1 || list.names.len() == 1 && list.more.is_some();
    // Among full names one may be a word alone.
    let is_word = |name: &&String| {
        !name.contains(' ')
            && name.len() > 2
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().skip(1).all(|c| c.is_ascii_lowercase())
    };
    let words = list.names.iter().filter(is_word).count();
    // Words of a sentence stand beside such as well.
    let is_said = |name: &String| {
        [" on ", " of ", " for ", " the ", " in "].iter().any(|word| name.contains(word))
    };
    let are_few = words * 3 <= list.names.len() || list.names.len() == 1;
    let fits = are_few && !list.names.iter().any(is_said);
    let spared = if fits { words } else { 0 };
    enough
        && !list.names.iter().any(|name| fields::named(name, &[]).is_some())
        && list.names.iter().filter(|name| spared == 0 || !is_word(name)).all(|name| {
            let words = name.split(' ').count();
            let letters = name.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c));
            let latin = (2..=5).contains(&words)
                && name
                    .split(' ')
                    .all(|word| word.starts_with(char::is_uppercase) || word.len() < 4);
            let has_latin = name.contains(|c: char| c.is_ascii_alphabetic());
            // Words of a sentence in Chinese with a term in it are no name.
            let other = words <= 5
                && name.split(' ').all(is_no_phrase)
                && name.chars().count() <= 40
                && !(has_latin
                    && name.contains(|c: char| {
                        c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
                    }));
            letters && if name.is_ascii() { latin } else { other }
        })
}

/// Whether a word of a name is no phrase: names in Chinese characters and in Hangul are short.
fn is_no_phrase(word: &str) -> bool {
    let is_of_names = |c| matches!(Script::of(c), Some(Script::Han | Script::Hangul));
    word.chars().filter(|c| is_of_names(*c)).count() < 6 || !word.chars().all(is_of_names)
}

/// People with where and when their paper appeared behind them: `Ada Wick, Bo Flame, LampConf, 2025`.
pub(super) fn credits(text: &str) -> Option<(&str, String)> {
    let (rest, year) = text.trim_end_matches(['.', ' ']).rsplit_once([',', ' '])?;
    let (people, venue) = rest.trim_end_matches([',', ' ']).rsplit_once(", ")?;
    let is_year = author::names_year(year);
    let are_known = are_people(people)
        || !people.contains(',')
            && (2..=4).contains(&people.split(' ').count())
            && could_be_person(people);
    (is_year && venue.len() < 60 && are_known).then(|| (people, format!("{} {year}", venue.trim())))
}
