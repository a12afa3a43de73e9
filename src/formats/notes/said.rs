//! What front matter and labels say of a note's paper, by the dictionary of fields. What the note itself says counts for
//! more.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::review;
use super::value::{links_of, names_id};
use crate::diagnostic::{Code, Finding};
use crate::formats::by_hand::are_people;
use crate::formats::dates;
use crate::formats::fields::{self, Field, Kind, Names};
use crate::formats::front_matter::{Other, date_of};
use crate::formats::heading::title_of;
use crate::formats::list::reference;
use crate::formats::metadata::{self, add_field, add_people};
use crate::formats::tex;
use crate::model::{Entry, Link, PaperId, Prose, Tag, author};

/// Facts of a paper by what they are.
#[derive(Default)]
pub(super) struct Said {
    /// The title of the paper, as one of its own keys has it.
    pub(super) title: Option<String>,
    /// Whether that key says that it is the paper's.
    pub(super) is_of_paper: bool,
    /// Whether a key that says so names the paper, in whatever words.
    names_paper: bool,
    /// When it was read.
    pub(super) date: Option<Date>,
    /// When the note was made, which counts for less.
    pub(super) saved: Option<Date>,
    /// When the note was last edited, where nothing else dates it.
    pub(super) edited: Option<Date>,
    authors: Vec<Other>,
    abstracts: Vec<Other>,
    fields: Vec<(&'static str, String)>,
}

impl Said {
    /// Sorts facts. Addresses go to the entry at once: what stands in the note is then read as what follows a link. Other
    /// keys are the vault's own.
    pub(super) fn of(
        others: Vec<Other>,
        names: &Names,
        entry: &mut Entry,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut said = Self::default();
        let ids: FxHashSet<PaperId> =
            others.iter().flat_map(|other| &other.texts).flat_map(|text| within(text)).collect();
        for mut other in others {
            let field = fields::named(&other.key, names);
            // A form that nobody filled in says nothing; only a title may be any word.
            let is_title = field.is_some_and(|field| matches!(field.name, "title" | "paper"));
            if field.is_some() && !is_title && !other.texts.is_empty() {
                other
                    .texts
                    .retain(|text| text.trim().is_empty() || !author::is_nothing(text.trim()));
                if other.texts.is_empty() {
                    continue;
                }
            }
            match field {
                Some(field) if said.take(field, &other, entry) => {}
                Some(field) if field.name == "authors" && !other.texts.is_empty() => {
                    said.part(&mut other);
                    said.authors.push(other);
                }
                Some(field) if field.name == "abstract" && !other.texts.is_empty() => {
                    said.abstracts.push(other);
                }
                _ => findings.push(other.unknown_elsewhere()),
            }
        }
        if ids.len() == 1 && entry.ids().is_empty() {
            entry.links.extend(ids.iter().map(|id| Link { key: None, url: id.url() }));
        }
        metadata::one_a_paper(&mut entry.links);
        said
    }

    /// Takes where people work off what says both: `Authors/Institution: Ada Wick, Bo Flame / Lamp Lab`.
    fn part(&mut self, people: &mut Other) {
        let is_both = people.key.contains('/');
        for text in people.texts.iter_mut().filter(|_| is_both) {
            let Some((names, org)) = text.rsplit_once(" / ") else { continue };
            self.fields.push(("org", title_of(org).words));
            *text = names.to_owned();
        }
    }

    /// Whether a fact found its place.
    fn take(&mut self, field: Field, other: &Other, entry: &mut Entry) -> bool {
        let first = other.texts.first().map(|text| unlinked(text)).unwrap_or_default();
        match (field.name, field.kind) {
            ("title" | "paper", _) if !first.is_empty() => self.call(field, other, entry),
            ("citations", _) if names_id(&first) => self.cite(&first, entry),
            ("doi", _) => return add_links(other, None, entry),
            (name, Kind::Link) => {
                let key = ["link", "arxiv"].iter().all(|unkeyed| *unkeyed != name).then_some(name);
                return add_links(other, key, entry);
            }
            ("date" | "saved", _) => {
                let Some(date) = date_of(&first) else { return false };
                let place = if field.name == "date" { &mut self.date } else { &mut self.saved };
                *place = place.or(Some(date));
            }
            ("updated", _) => {
                let Some(date) = date_of(&first) else { return false };
                self.edited = self.edited.or(Some(date));
            }
            ("year", _) if date_of(&first).is_some() && first.trim().len() > 4 => {
                let when = dates::whole(&first).unwrap_or_default();
                let key = if when.month.is_some() { "published" } else { "year" };
                self.fields.push((key, when.to_string()));
            }
            (_, Kind::List) => {
                let parts = other.texts.iter().flat_map(|text| {
                    if other.are_items {
                        fields::parts(text, false)
                    } else {
                        fields::parts_of_text(text)
                    }
                });
                entry.tags.extend(parts.filter_map(Tag::of_words));
            }
            // A template may have failed to write the day.
            ("year", _) | (_, Kind::Day) if !first.contains(|c: char| c.is_ascii_digit()) => {
                return false;
            }
            ("authors", _) | (_, Kind::Text | Kind::Page | Kind::None) => return false,
            // `2025년 3월 12일, LampConf`
            ("venue", _) if let Some((when, venue)) = dated(&first) => {
                self.fields.push(("published", when.to_string()));
                self.fields.extend((!venue.is_empty()).then(|| ("venue", venue.to_owned())));
            }
            (name, _) => {
                let texts = other
                    .texts
                    .iter()
                    .map(|text| unlinked(text))
                    .filter(|text| !text.trim().is_empty());
                self.fields.extend(texts.map(|text| (name, title_of(&text).words)));
            }
        }
        true
    }

    /// The title, or a link with it.
    fn call(&mut self, field: Field, other: &Other, entry: &mut Entry) {
        let says_paper = review::says_paper(&other.key);
        self.names_paper |= says_paper && other.texts.iter().all(|text| !text.contains("://"));
        let leads = other.texts.iter().any(|text| names_id(text));
        self.is_of_paper |= field.name == "title" && (leads || says_paper);
        self.title_or_link(&other.texts, entry);
    }

    /// The paper as a reference to it says: its address, and whom it is by.
    fn cite(&mut self, text: &str, entry: &mut Entry) {
        entry.links.extend(links_of(text));
        if let Some(cited) = reference(text) {
            self.credit(Some(&cited.authors.join("; ")));
            let facts = cited.fields.into_iter().filter(|(key, _)| key == "venue" || key == "year");
            self.fields.extend(
                facts.filter_map(|(key, value)| Some((fields::of_program(&key)?.name, value))),
            );
        }
    }

    /// The paper's title, its address, or both in one.
    fn title_or_link(&mut self, texts: &[String], entry: &mut Entry) {
        for text in texts {
            let found = links_of(text);
            let title = title_of(
                text.trim()
                    .trim_start_matches('@')
                    .trim_matches(['"', '“', '”', '《', '》', '「', '」']),
            );
            if let Some(people) = people_behind(text) {
                self.credit(Some(people));
                entry.links.extend(found);
                continue;
            }
            // `[lamps.example](https://lamps.example/…)` is called by where it is.
            let is_place = found.iter().any(|link| link.url.contains(&title.words));
            let is_short = title.words.split(' ').count() < 4 && review::says_paper(&title.words);
            // A link may be called by the title: `[Lamps at Night](https://…)`.
            let is_linked = metadata::markdown_link(text.trim()).is_some_and(|(label, _)| {
                label.split_whitespace().count() > 2 && !label.contains("://")
            });
            let is_label = is_place
                || found.len() > 1
                || !found.is_empty() && is_short
                || !is_linked && metadata::links(text.trim()).is_some()
                || !is_linked && super::links::of_paper(text).is_some();
            if !is_label
                && !title.words.is_empty()
                && (self.title.is_none() || !text.trim().starts_with('@'))
            {
                self.title = Some(title.words);
            }
            entry.links.extend(found);
        }
    }

    /// Whether this is said of a paper and of nothing else.
    pub(super) fn is_about_paper(&self, entry: &Entry) -> bool {
        let says = |names: &[&str]| self.fields.iter().any(|(name, _)| names.contains(name));
        // Only what keeps references calls them so.
        says(&["cite-key", "entry-type"]) && self.title.is_some()
            || !self.authors.is_empty()
                && (self.names_paper
                    || says(&["venue", "cite-key", "year"])
                    || !entry.links.is_empty() && self.title.is_some())
    }

    /// Takes people that the text names.
    pub(super) fn credit(&mut self, people: Option<&str>) {
        self.authors.extend(people.map(|people| Other::of_line("authors", people, 0..0)));
    }

    /// Whether it names several people as authors.
    pub(super) fn names_people(&self) -> bool {
        let mut texts = self.authors.iter().map(|other| other.texts.as_slice());
        texts.any(|texts| texts.len() > 1 || texts.iter().any(|text| are_people(text)))
    }

    /// Whether it names the paper's authors.
    pub(super) fn has_authors(&self) -> bool {
        !self.authors.is_empty()
    }

    /// Gives the entry what the note does not say itself.
    pub(super) fn complete(self, entry: &mut Entry, findings: &mut Vec<Finding>) {
        let unused = |other: &Other| {
            let message = format!(
                "the front-matter key `{}` is not used: the note says it itself",
                other.key
            );
            Finding::new(Code::OwnKey, message).at(other.span.clone())
        };
        // Who wrote the document is another matter where a label names the paper's authors.
        let (of_document, of_paper): (Vec<_>, Vec<_>) =
            self.authors.iter().partition(|other| other.is_of_document);
        if entry.authors.is_empty() && entry.org.is_none() {
            let (told, left) =
                if of_paper.is_empty() { (of_document, of_paper) } else { (of_paper, of_document) };
            findings.extend(left.into_iter().map(unused));
            let texts = || told.iter().flat_map(|other| &other.texts);
            let items: Vec<_> = texts()
                .flat_map(|text| linked(text).unwrap_or_else(|| vec![unlinked(text)]))
                .collect();
            // `author: Wick, Ada` is one.
            let is_one =
                told.first().is_some_and(|other| is_singular(&other.key) || other.are_items)
                    || texts().all(|text| linked(text).is_some());
            let list = match items.as_slice() {
                [list] if !is_one => author::split(unbracketed(list)),
                items => author::of_items(items.iter().map(String::as_str)),
            };
            add_people(entry, list);
        } else {
            findings.extend(self.authors.iter().map(unused));
        }
        for other in &self.abstracts {
            if entry.abstract_text.is_none() {
                entry.abstract_text = Some(Prose::new(other.texts.join("\n\n").trim()));
            } else {
                findings.push(unused(other));
            }
        }
        for (key, value) in self.fields {
            // A template may say it in two places.
            if entry.field(key) != Some(value.trim()) {
                add_field(entry, key, value.trim());
            }
        }
    }
}

/// A list without the brackets around it: `[Ada Wick, Bo Flame]`.
fn unbracketed(list: &str) -> &str {
    let inner = list.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.filter(|inner| !inner.contains(['[', ']'])).unwrap_or(list)
}

/// The people of a list of links, each of whom is one whatever stands in it: `[[Wick, Ada]], [[people/bo|Bo Flint]]`.
fn linked(text: &str) -> Option<Vec<String>> {
    let (mut people, mut rest) = (Vec::new(), text.trim());
    while let Some((person, after)) = rest.strip_prefix("[[").and_then(|link| link.split_once("]]"))
    {
        people.push(person.rsplit_once('|').map_or(person, |(_, shown)| shown).to_owned());
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || ",;、，；&".contains(c));
    }
    (rest.is_empty() && !people.is_empty()).then_some(people)
}

/// What labels and front matter say. Whom a label names counts for more than whom the front matter does.
pub(super) fn joined(mut labels: Vec<Other>, mut front: Vec<Other>, names: &Names) -> Vec<Other> {
    let are_people = |other: &Other| {
        fields::named(&other.key, names).is_some_and(|field| field.name == "authors")
    };
    if labels.iter().any(are_people) {
        let known = front.iter_mut().filter(|other| are_people(other));
        known.for_each(|other| other.is_of_document = true);
    }
    labels.append(&mut front);
    labels
}

/// Whether a key speaks of one author, in languages whose names may be turned round by a comma.
fn is_singular(key: &str) -> bool {
    let key = key.trim().to_lowercase();
    let key = key.strip_prefix("first").unwrap_or(&key);
    ["author", "creator", "autor", "autorin", "auteur", "auteure", "autora"].iter().any(|one| {
        key.strip_suffix(one).is_some_and(|before| !before.ends_with(char::is_alphabetic))
    })
}

/// The people behind a link that only a label calls: `[arXiv](address) by Ada Wick`.
fn people_behind(text: &str) -> Option<&str> {
    let (label, rest) = text.trim().strip_prefix('[')?.split_once("](")?;
    let behind = rest.split_once(')')?.1;
    let is_label = fields::named(label, &[]).is_some_and(Field::leads_to_paper);
    super::early::credited(behind).filter(|_| is_label)
}

/// The ids of arXiv within what is said of something else: `Published: LampConf 2025 (arXiv:2503.90001)`.
fn within(text: &str) -> impl Iterator<Item = PaperId> {
    let starts = text.char_indices().filter(|(at, _)| {
        text.get(*at..at + 5).is_some_and(|word| word.eq_ignore_ascii_case("arxiv"))
    });
    starts.filter_map(|(at, _)| {
        let number = text[at + 5..].trim_start_matches([':', '：', ' ']);
        let end = number.find(|c: char| !c.is_ascii_alphanumeric() && !".-/".contains(c));
        let number = number[..end.unwrap_or(number.len())].trim_end_matches('.');
        PaperId::parse(&format!("arXiv:{number}"))
    })
}

/// The day or month that a text begins with, and what stands behind it.
fn dated(text: &str) -> Option<(dates::When, &str)> {
    let (when, rest) = dates::lead(text.trim())?;
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || ",;/|·-".contains(c));
    (when.year.is_some() && when.month.is_some()).then_some((when, rest))
}

/// Adds addresses and ids as links; whether there are some, or nothing is said at all.
fn add_links(other: &Other, key: Option<&str>, entry: &mut Entry) -> bool {
    let Some(links) = other
        .texts
        .iter()
        .map(|text| {
            let links = links_of(text.trim().trim_matches(['"', '\'']));
            (!links.is_empty()).then_some(links)
        })
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    entry.links.extend(links.into_iter().flatten().map(|Link { key: own, url }| {
        let key = own.or_else(|| key.map(str::to_owned));
        Link { key, url }
    }));
    true
}

/// `[[Ada Wick]]` and `[[people/ada|Ada Wick]]` as a reader sees them.
fn unlinked(name: &str) -> String {
    // `L{\'e}o`, as it was copied from a bibliography.
    let name = if name.contains("{\\") { &tex::plain(name) } else { name };
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, link)) = rest.split_once("[[") {
        let Some((link, after)) = link.split_once("]]") else { break };
        out.push_str(before);
        out.push_str(link.rsplit_once('|').map_or(link, |(_, shown)| shown));
        rest = after;
    }
    out + rest
}
