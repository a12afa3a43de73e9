//! A BibTeX or BibLaTeX file. [`split`] parts it into entries and fields, so that one that is broken costs no
//! other; the `biblatex` crate decodes what is in a field. Knows no disk.

mod crossref;
mod dates;
mod latex;
mod split;
mod texts;
mod value;
mod write;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::format::Sample;
use super::{
    Format, Hints, Maker, Reading, Span, escape_markdown, fields, group, jats, metadata, unknown,
};
use crate::diagnostic::{Code, Finding};
use crate::model::record::{self, Kind};
use crate::model::{Digest, Entry, Link, PaperId, Tag};
pub(super) use latex::STYLES;
use split::{Item, Record};
pub(super) use texts::Texts;
pub(super) use value::People;
use value::Values;
pub(super) use value::decoded;
pub use write::bibtex;

/// Fields that go into a place of their own.
const PLACED: &[&str] = &[
    "title",
    "subtitle",
    "author",
    "abstract",
    "keywords",
    "keyword",
    "groups",
    "url",
    "doi",
    "eprintclass",
    "primaryclass",
    "archive",
    "date",
    "year",
    "month",
    "day",
    "note",
];

/// Kinds of entries that hold papers.
const VOLUMES: &[&str] = &["proceedings", "mvproceedings"];

/// Whose number `eprint` is.
const ARCHIVES: &[&str] = &["eprinttype", "archiveprefix"];

/// Where a paper was published, best first.
const VENUES: &[&str] = &[
    "journaltitle",
    "journal",
    "booktitle",
    "howpublished",
    "school",
    "institution",
    "eventtitle",
    "publisher",
    "venue",
];

/// The format.
pub const FORMAT: &Format = &Format {
    name: "bibtex",
    about: "a BibTeX or BibLaTeX file",
    extensions: &["bib"],
    maker: Maker::Program,
    detect: is_bibtex,
    read,
};

/// Whether the first line that is no comment opens an entry.
fn is_bibtex(sample: &Sample<'_>) -> bool {
    let lines = sample.text.lines().map(str::trim);
    let first = { lines }.find(|line| !line.is_empty() && !line.starts_with('%'));
    FORMAT.has_extension(sample.extension)
        || first.and_then(|line| line.strip_prefix('@')).is_some_and(|rest| {
            let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            word > 0 && rest[word..].trim_start().starts_with(['{', '('])
        })
}

/// Reads a whole file.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut findings = Vec::new();
    let mut strings = Vec::new();
    let mut entries: Vec<Record<'_>> = Vec::new();
    for item in split::items(text) {
        match item {
            Item::String { name, pieces } => strings.push((name, pieces)),
            Item::Record(record) => entries.push(record),
            Item::Loose { span, why } => {
                findings.push(
                    Finding::new(Code::Unplaced, why)
                        .at(span)
                        .help("correct the entry, or remove the text"),
                );
            }
        }
    }
    let values = Values::new(strings);
    crossref::follow(&mut entries);
    let (volumes, papers): (Vec<_>, Vec<_>) =
        entries.iter().partition(|record| VOLUMES.contains(&record.kind.as_str()));
    findings.extend(volumes.into_iter().map(|record| volume(record, &values)));
    let entries = papers
        .into_iter()
        .map(|record| {
            let date = hints.date.or_else(|| dates::saved(record, &values));
            (date, entry(record, &values, hints, &mut findings))
        })
        .collect();
    let digests = group::by_date(entries);
    findings.extend(group::undated(&digests));
    Reading { digests, findings, ..Reading::default() }
}

/// A volume that papers are in is no paper; dblp adds it to each of them.
fn volume(record: &Record<'_>, values: &Values) -> Finding {
    let title = title(&|name| record.field(name).map(|field| values.text(field)));
    let what =
        format!("`@{}` is a volume of papers and not a paper: {title:?} was left out", record.kind);
    Finding::new(Code::Unplaced, what).at(record.whole.clone()).help("nothing need be done")
}

fn entry(
    record: &Record<'_>,
    values: &Values,
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> Entry {
    let abstract_text =
        record.field("abstract").map(|field| values.paragraphs(field)).unwrap_or_default();
    let people = record.field("author").map(|field| values.people(field)).unwrap_or_default();
    let texts = Texts::new(record, values);
    let (kind, key, span) = (record.kind.as_str(), record.key, record.span.clone());
    let reference = Reference { kind, key, span, texts, people, abstract_text };
    let mut entry = made(&reference, findings);
    own_names(&mut entry, hints);
    entry
}

/// Gives fields the meaning that config.toml has for their names; the others keep these.
fn own_names(entry: &mut Entry, hints: &Hints<'_>) {
    for (name, value) in std::mem::take(&mut entry.fields) {
        match fields::of_writer(&name, hints.names) {
            Some(field) => metadata::add_meant(entry, field, &value),
            None => entry.fields.push((name, value)),
        }
    }
}

/// What any bibliography says of one paper, its fields called as BibTeX calls them.
pub(super) struct Reference<'a> {
    pub kind: &'a str,
    pub key: &'a str,
    pub span: Span,
    pub texts: Texts<'a>,
    pub people: People,
    pub abstract_text: String,
}

/// The digest of a bibliography.
pub(super) fn digest(
    entries: Vec<Entry>,
    mut findings: Vec<Finding>,
    hints: &Hints<'_>,
) -> Reading {
    let mut digests = Vec::new();
    if !entries.is_empty() {
        digests.push(Digest { date: hints.date, entries, ..Digest::default() });
    }
    findings.extend(group::undated(&digests));
    Reading { digests, findings, ..Reading::default() }
}

/// The entry that a reference makes.
pub(super) fn made(reference: &Reference<'_>, findings: &mut Vec<Finding>) -> Entry {
    let (texts, people) = (&reference.texts, &reference.people);
    let get = |name: &str| texts.get(name).map(str::to_owned);
    let mut entry = Entry { title: title(&get), span: reference.span.clone(), ..Entry::default() };
    entry.authors.clone_from(&people.names);
    // A list of names holds no comma but between names.
    entry.org = Some(people.organisations.join("; ")).filter(|org| !org.is_empty());
    entry.links = links(texts);
    let (tags, keywords) = tags(texts.first(&["keywords", "keyword", "groups"]));
    entry.tags = tags;
    entry.abstract_text = Some(escape_markdown::unplaced(&reference.abstract_text))
        .filter(|prose| !prose.text.is_empty());
    // `howpublished` often is an address.
    // The field that the kind has for it stands first.
    let place = Kind::place_of(Kind::of_bibtex(reference.kind));
    let own = Some(place).into_iter().chain((place == "journal").then_some("journaltitle"));
    let venue = own
        .chain(VENUES.iter().copied())
        .find(|name| texts.get(name).is_some_and(|text| address(text).is_none()));
    let is_told = reference.kind != "misc" || venue.is_some() && reference.key.is_empty();
    let classes = texts.first(&["primaryclass", "eprintclass"]).map(str::to_owned);
    let fields = [
        ("entry-type", is_told.then(|| reference.kind.to_owned())),
        ("venue", venue.and_then(&get)),
        ("doi", get("doi").map(|doi| number(&doi))),
        ("published", dates::published(texts)),
        ("subjects", classes.filter(|_| texts.arxiv.is_some())),
        ("keywords", keywords),
        (record::NAME_PARTS, name_parts(people)),
        ("remarks", people.others.then(|| "and others".to_owned())),
    ];
    entry
        .fields
        .extend(fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    entry.fields.extend(get("note").and_then(|note| place_note(note, &mut entry.links)));
    entry.fields.push(("cite-key".to_owned(), escape_markdown::line(reference.key)));
    entry.fields.retain(|(_, value)| !value.is_empty());
    // A field that another kind has for it is not forgotten, so that it is written where it was read.
    others_fields(texts, venue.filter(|venue| is_place(venue, place)), &mut entry);
    if entry.title.is_empty() {
        let finding =
            Finding::new(Code::MissingTitle, "an entry without a title").at(entry.span.clone());
        findings.push(finding.help("give it a `title = {…}`"));
    }
    entry
}

/// Whether a field is the one that says where papers of a kind appeared.
fn is_place(name: &str, place: &str) -> bool {
    let name = if name == "journaltitle" { "journal" } else { name };
    // BibLaTeX and BibTeX have two names for who is behind a thesis or a report.
    name == place || matches!((name, place), ("institution", "school") | ("venue", "howpublished"))
}

/// The parts of the names, where they cannot be told from the names themselves.
fn name_parts(people: &People) -> Option<String> {
    let untold = people.persons.iter().any(|person| !person.is_told());
    untold.then(|| record::sorted(&people.persons, false))
}

/// Adds what a name says that no bibliography knows, if config.toml gives it a meaning.
pub(super) fn other(
    entry: &mut Entry,
    (what, name, value): (&str, &str, &str),
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) {
    let value = escape_markdown::line(value);
    if let Some(field) = fields::of_writer(name, hints.names) {
        return metadata::add_meant(entry, field, &value);
    }
    let message = format!("the {what} `{name}` is not known: {value:?} was left out");
    let finding = Finding::new(Code::OwnKey, message).at(entry.span.clone());
    findings.push(unknown::advise(finding, "", name, std::iter::once(value.as_str())));
}

/// A DOI without the address or the prefix that some write with it.
fn number(doi: &str) -> String {
    match PaperId::parse(doi) {
        Some(PaperId::Doi(number)) if number.len() < doi.len() => number,
        _ => doi.to_owned(),
    }
}

fn title(get: &impl Fn(&str) -> Option<String>) -> String {
    let title = match (get("title"), get("subtitle")) {
        (Some(title), Some(subtitle)) => format!("{title}: {subtitle}"),
        (title, subtitle) => title.or(subtitle).unwrap_or_default(),
    };
    // Crossref gives titles with the HTML of the publisher.
    jats::without_tags(&title)
}

/// arXiv first: it is the paper's best id.
fn links(texts: &Texts<'_>) -> Vec<Link> {
    let arxiv = texts.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    let printed = texts.get("howpublished").and_then(address);
    let all = arxiv.into_iter().chain(texts.get("url").into_iter().flat_map(addresses));
    let all = all.chain(printed);
    let mut links: Vec<Link> = all.map(|url| Link { key: None, url }).collect();
    metadata::one_a_paper(&mut links);
    links
}

/// Keywords as tags; those that can be none are handed back as text. Where lines part them, commas do not.
fn tags(keywords: Option<&str>) -> (Vec<Tag>, Option<String>) {
    let (mut tags, mut seen, mut rest) = (Vec::new(), BTreeSet::new(), Vec::new());
    let keywords = keywords.unwrap_or_default();
    let ends: &[char] = if keywords.contains('\n') { &['\n', ';'] } else { &[',', ';'] };
    for word in keywords.split(ends).map(str::trim).filter(|word| !word.is_empty()) {
        match Tag::of_words(&heading(word)) {
            Some(tag) if seen.insert(tag.clone()) => tags.push(tag),
            Some(_) => {}
            None => rest.push(word),
        }
    }
    (tags, (!rest.is_empty()).then(|| rest.join(", ")))
}

/// A subject heading of medicine with its qualifier in full, without the star of one that counts most:
/// `*Lamps/pc [Prevention & Control]` as `Lamps/Prevention & Control`.
fn heading(word: &str) -> Cow<'_, str> {
    let bare = word.trim_start_matches('*');
    let named = bare.strip_suffix(']').and_then(|inner| inner.split_once(" ["));
    match named.and_then(|(before, name)| Some((before.rsplit_once('/')?.0, name))) {
        Some((subject, name)) => Cow::Owned(format!("{subject}/{name}")),
        None => Cow::Borrowed(bare),
    }
}

/// The address that a text is and nothing else.
fn address(text: &str) -> Option<String> {
    escape_markdown::address(text).filter(|_| !text.contains(char::is_whitespace))
}

/// The address that a text is, or each of several, as Mendeley writes them.
fn addresses(text: &str) -> Vec<String> {
    let several: Option<Vec<String>> =
        text.split_whitespace().map(escape_markdown::address).collect();
    several
        .unwrap_or_else(|| vec![escape_markdown::address(text).unwrap_or_else(|| text.to_owned())])
}

/// A note that is an address is a link.
fn place_note(note: String, links: &mut Vec<Link>) -> Option<(String, String)> {
    match address(&note) {
        Some(url) => {
            links.push(Link { key: None, url });
            None
        }
        None => Some(("remarks".to_owned(), note)),
    }
}

/// Every other field is kept under its own name.
fn others_fields(texts: &Texts<'_>, venue: Option<&str>, entry: &mut Entry) {
    // arXiv's number is a link by now; that of another archive is nothing without its name.
    let elsewhere = texts.get("eprint").is_some();
    for (name, value) in texts.iter().filter(|(name, _)| elsewhere || !ARCHIVES.contains(name)) {
        let known = record::FIELDS.iter().chain(record::PEOPLE);
        let known = known.filter(|field| field.bibtex.contains(&name)).map(|field| field.name);
        let key = known.clone().next().map_or_else(|| name.replace('_', "-"), str::to_owned);
        let placed = PLACED.contains(&name) && !(name == "month" && dates::leaves_month(texts));
        let is_said = known.clone().next().is_some() && entry.field(&key).is_some();
        if placed || is_said || venue == Some(name) || !metadata::is_key(&key) {
            continue;
        }
        match address(value) {
            Some(_) if name == "howpublished" => {}
            Some(url) => entry.links.push(Link { key: Some(key), url }),
            None => entry.fields.push((key, value.to_owned())),
        }
    }
}
