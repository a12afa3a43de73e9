//! The paper that a text leads to near its start: by a link alone on a line, by its title, or by a word that points.

use rustc_hash::FxHashSet;

use super::above::unquoted;
use super::label::label;
use super::links::{addresses, is_beside, of_paper, within};
use super::review::says_paper;
use super::title::folded;
use crate::formats::by_hand::{are_people, could_be_person};
use crate::formats::fields::{self, Field, Names};
use crate::formats::heading::{numbered, title_of};
use crate::formats::list::{is_paper, reference};
use crate::formats::metadata;
use crate::formats::text::{Fence, Line, behind_bullet, heading};
use crate::model::id::unwrap_redirector;
use crate::model::{Link, PaperId, author};

/// How many lines that say something may stand above the paper's link, and how long they are in characters where they are no
/// text.
const EARLY: (usize, usize) = (14, 240);

/// A paper that a text leads to.
pub(super) struct Early<'t> {
    /// The line.
    pub(super) at: usize,
    /// The title that it is called there.
    pub(super) title: Option<&'t str>,
    pub(super) link: Link,
    /// The people and the venue behind that title.
    pub(super) people: Option<&'t str>,
    pub(super) venue: Option<&'t str>,
    /// Whether the line is a sentence, which stays.
    pub(super) stays: bool,
}

/// The one paper that a text names near its start. Where nothing says which paper it is, the text names no other anywhere.
pub(super) fn early<'t>(all: &[Line<'t>], names: &Names) -> Option<Early<'t>> {
    let mut fence = Fence::default();
    let shown: Vec<usize> =
        (0..all.len()).filter(|at| !fence.take(all[*at].text) && !all[*at].is_blank()).collect();
    let near = shown.iter().take(EARLY.0).take_while(|at| is_short(all[**at].text));
    let found = near.clone().copied().find_map(|at| {
        let text = all[at].text;
        let (people, venue) = (None, None);
        if let Some((title, link)) = alone(text) {
            return Some(Early { at, title, link, people, venue, stays: false });
        }
        described(at, text).or_else(|| {
            let link = pointed(text, names)?;
            Some(Early { at, title: None, link, people, venue, stays: true })
        })
    });
    let found = found.or_else(|| near.copied().find_map(|at| below_name(all, at, names)))?;
    let key = |url: &str| PaperId::parse(url).ok_or_else(|| url.to_owned());
    let mut others = shown.iter().filter_map(|at| alone(all[*at].text));
    if others.any(|(_, other)| key(&other.url) != key(&found.link.url)) {
        return None;
    }
    let mut ids = shown.iter().flat_map(|at| addresses(all[*at].text)).filter_map(PaperId::parse);
    let above = all[..found.at].iter().rev().find(|line| !line.is_blank());
    // `## Paper`, `> Paper`, `**Paper**:`
    let above = above.and_then(|line| {
        fields::named(
            line.text.trim_matches(|c: char| c.is_whitespace() || "#>*_:：".contains(c)),
            names,
        )
    });
    let is_called = found.stays || above.is_some_and(Field::leads_to_paper);
    let is_one = found.title.is_some()
        || is_called
        || ids.all(|id| Some(id) == PaperId::parse(&found.link.url));
    is_one.then_some(found)
}

fn is_short(line: &str) -> bool {
    line.len() < EARLY.1 || line.chars().count() < EARLY.1
}

/// The paper that a line leads to and says nothing else, and its title where the link is called by it.
fn alone(line: &str) -> Option<(Option<&str>, Link)> {
    titled(line).map(|(title, link)| (Some(title), link)).or_else(|| {
        let text = unquoted(line);
        let label = text.strip_prefix('[').and_then(|rest| rest.split(']').next());
        let says = label.and_then(|label| fields::named(label, &[])).is_some_and(Field::is_paper);
        let links = of_paper(text)?;
        let first = links.first().filter(|link| says && link.key.is_none()).cloned();
        let leads = |link: &Link| PaperId::parse(&link.url).is_some();
        Some((None, first.or_else(|| links.into_iter().find(leads))?))
    })
}

/// The address that is all of a line in the list right below a heading for links: `### Links`. What shows is no paper.
fn below_name<'t>(all: &[Line<'t>], at: usize, names: &Names) -> Option<Early<'t>> {
    let is_item = |line: &&Line<'_>| !line.is_blank() && of_paper(unquoted(line.text)).is_none();
    let (_, name) = heading(all[..at].iter().rev().find(is_item)?.text)?;
    let name = title_of(name).words;
    let leads = fields::named(&name, names).is_some_and(Field::leads_to_paper)
        && !name.to_lowercase().starts_with("reference");
    let links = of_paper(unquoted(all[at].text)).filter(|_| leads)?;
    let shows =
        |link: &Link| ["youtu", "vimeo", "bilibili"].iter().any(|host| link.url.contains(host));
    let link = links.into_iter().next().filter(|link| !is_beside(link) && !shows(link))?;
    Some(Early { at, title: None, link, people: None, venue: None, stays: true })
}

/// The link of a line that is nothing but the title of a paper, and that title: `[How Lamps Learn](address)`. In a list there
/// may be more of them.
pub(super) fn titled(line: &str) -> Option<(&str, Link)> {
    let (label, url) = metadata::markdown_link(unquoted(line))?;
    let is_title = label.split_whitespace().count() > 2
        && !label.contains("](")
        && is_paper(url)
        && reference(label).is_none();
    is_title.then(|| (label, Link { key: None, url: unwrap_redirector(url).into_owned() }))
}

/// A linked title with who wrote it or where it appeared behind it, and nothing else: `[How Lamps Learn](address), by Ada Wick
/// and Bo Docht, in LampConf 2025.`
fn described(at: usize, whole: &str) -> Option<Early<'_>> {
    let shown = unquoted(whole);
    let end = shown.find("](").and_then(|at| Some(at + shown[at..].find(')')? + 1))?;
    let (title, address) = titled(&shown[..end])?;
    let text = shown[end..].trim_matches(|c: char| c.is_whitespace() || ".,:;()*_-–—|".contains(c));
    let is_by = text.starts_with("by ");
    let text = text.strip_prefix("by ").unwrap_or(text);
    let is_venue =
        |text: &str| text.len() < VENUE && (author::has_year(text) || author::is_venue(text));
    let split = [", in ", " in ", " (", ", ", ". "].iter().find_map(|mark| {
        let (people, venue) = text.rsplit_once(mark)?;
        let people = people.trim_end_matches(['.', ',', ' ']);
        ((are_people(people) || is_by && could_be_person(people)) && is_venue(venue))
            .then_some((people, venue))
    });
    let (people, venue) = match split {
        Some((people, venue)) => (Some(people), Some(venue.trim_end_matches(')'))),
        None if are_people(text) || is_by && could_be_person(text) => (Some(text), None),
        None => (None, Some(text).filter(|text| is_venue(text))),
    };
    people.or(venue)?;
    Some(Early { at, title: Some(title), link: address, people, venue, stays: false })
}

/// Longest words behind a title that are a venue, in bytes.
const VENUE: usize = 80;

/// What points to what is linked, and says nothing of it.
const POINTERS: [&str; 25] = [
    "here",
    "this",
    "this link",
    "this one",
    "다음",
    "여기",
    "이곳",
    "이 링크",
    "이 논문",
    "这里",
    "此处",
    "这篇论文",
    "此",
    "這裡",
    "こちら",
    "ここ",
    "この論文",
    "hier",
    "ici",
    "aquí",
    "this paper",
    "the original paper",
    "original",
    "online",
    "at this link",
];
/// A line with no more words around its link than these says nothing else.
const FEW: usize = 3;

/// The one link of a sentence that says that the paper is there: `The paper is [here](address).`, `Paper: address (v2)`.
fn pointed(line: &str, names: &Names) -> Option<Link> {
    // What stands in belongs to the item of a list above.
    if !line.contains("://") || line.starts_with([' ', '\t']) {
        return None;
    }
    let mut papers = within(line).into_iter().filter(|link| is_paper(&link.url));
    let paper = papers.next().filter(|_| papers.next().is_none())?;
    if let Some(label) = label(line) {
        let field = fields::named(label.name, names);
        return field.is_some_and(Field::leads_to_paper).then_some(paper);
    }
    // An item is one of a list, which may be one of papers.
    let shown = line.match_indices("](").filter(|_| behind_bullet(line.trim()).is_none());
    let leads = |url: &str| is_paper(&unwrap_redirector(url));
    let (at, _) = shown
        .into_iter()
        .find(|(at, _)| line[at + 2..].split_once(')').is_some_and(|(url, _)| leads(url)))?;
    let (before, label) = line[..at].rsplit_once('[')?;
    let before = before.rsplit(')').next().unwrap_or(before);
    let after = line[at..].split_once(')').map_or("", |(_, after)| after);
    let after = after.split('[').next().unwrap_or(after);
    let name = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_pointer = |word: &str| {
        POINTERS.contains(&word) || fields::named(word, &[]).is_some_and(Field::leads_to_paper)
    };
    let points = is_pointer(&name) || !name.is_empty() && name.split(' ').all(is_pointer);
    let is_of_paper = says_paper(before) || says_paper(after) || says_paper(&name);
    let words = before.split_whitespace().chain(after.split_whitespace());
    let few = words.filter(|word| word.contains(char::is_alphanumeric)).count() <= FEW;
    (points && (is_of_paper || few)).then_some(paper)
}

/// The only paper that a text names an address of.
pub(super) fn only(all: &[Line<'_>]) -> Option<Link> {
    let ids: FxHashSet<PaperId> =
        all.iter().flat_map(|line| addresses(line.text)).filter_map(PaperId::parse).collect();
    let id = ids.iter().next().filter(|_| ids.len() == 1)?;
    Some(Link { key: None, url: id.url() })
}

/// The paper that a line near the start links by the title of the text, and the people that it names: `[Lamps That Dim](address)
/// by Ada Wick`; or that any line does whose link is a reference with that title in quotes.
pub(super) fn by_title(all: &[Line<'_>], title: &str) -> Option<(Link, Option<String>)> {
    let title = Some(folded(title)).filter(|title| !title.is_empty())?;
    let shown = all.iter().filter(|line| !line.is_blank()).enumerate();
    let links = shown.flat_map(|(at, line)| {
        line.text.match_indices('[').map(move |(from, _)| (at, &line.text[from + 1..]))
    });
    links.into_iter().find_map(|(at, link)| {
        let (label, rest) = link.split_once("](")?;
        let (url, behind) = rest.split_once(')').filter(|(url, _)| is_paper(url))?;
        let called = numbered(label).map_or(label, |(_, called)| called);
        let people = if at < EARLY.0 && folded(called) == title {
            credited(behind).map(str::to_owned)
        } else {
            Some(quoting(label, &title)?).filter(|people| !people.is_empty())
        };
        Some((Link { key: None, url: unwrap_redirector(url).into_owned() }, people))
    })
}

/// Fewer letters are no title that tells a reference.
const TELLING: usize = 10;

/// The people of a reference with a title in quotes, of which the last may be missing: `Ada Wick, Bo Flame, "Lamps That Dim," 2025`;
/// nothing where it names nobody. `None` where it has another title.
fn quoting(label: &str, title: &str) -> Option<String> {
    const QUOTES: [char; 5] = ['"', '“', '”', '「', '『'];
    if let Some(entry) = reference(label).filter(|entry| folded(&entry.title) == title) {
        return Some(entry.authors.join("; "));
    }
    let (people, rest) = label.split_at(label.find(QUOTES)?);
    let mut parts = rest.split(|c| QUOTES.contains(&c) || "」』，".contains(c));
    // The year may stand in the quotes.
    let says = |part: &str| {
        folded(part)
            .strip_prefix(title)
            .is_some_and(|more| more.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_it = title.len() > TELLING && parts.any(says);
    let people = people.trim_matches(|c: char| c.is_whitespace() || ",，.:".contains(c));
    let told = || reference(label).map(|entry| entry.authors.join("; "));
    let are_told = are_people(people) || could_be_person(people);
    is_it.then(|| told().or_else(|| are_told.then(|| people.to_owned())).unwrap_or_default())
}

/// The people that a text names behind the word for it.
pub(super) fn credited(text: &str) -> Option<&str> {
    let signs = [' ', '.', ',', '-', '–', '—', '|', '(', ')', '*', '_'];
    let people = text.trim_matches(signs).strip_prefix("by ")?;
    (are_people(people) || could_be_person(people)).then_some(people)
}
