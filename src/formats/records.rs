//! Papers kept as data: lists of records in a file of YAML or JSON, or in front matter, as schedules of reading groups are. The
//! dictionary tells what their keys mean; what holds the list says the rest: its day, its section. Knows no disk.

mod json;
mod python;

use super::dates::{self, When};
use super::fields::{self, Field, Kind};
use super::format::Sample;
use super::front_matter::{self, Day, Front, Other, Value, held};
use super::{Format, Hints, Maker, Reading, Span, csv, group, list, metadata, unknown};
use crate::diagnostic::{Code, Finding};
use crate::model::id::is_web_address;
use crate::model::{Meta, PaperId, Translated};

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "records",
    about: "papers as data: lists of records in YAML or JSON, alone or in front matter, such as the schedule of a reading group; a value a line; or rows of tables in JSON, as programs keep them for a daily list",
    extensions: &["yaml", "yml", "json", "jsonl", "ndjson"],
    maker: Maker::Program,
    detect: is_records,
    read,
};

/// So many tables within each other are looked into.
const DEEPEST: usize = 12;
/// So many unknown keys are told.
const KEYS: usize = 40;

type Pairs = [(String, Value)];

fn is_records(sample: &Sample<'_>) -> bool {
    let is_data = FORMAT.has_extension(sample.extension);
    let json = is_data.then(|| json::pairs(sample.text)).flatten();
    if let Some(pairs) = json {
        let mut found = Found::default();
        found.look(&pairs, true);
        return found.are_papers()
            || json::Lines::of(sample.text, &pairs).is_some_and(|lines| lines.are_papers());
    }
    let is_yaml = sample.extension.eq_ignore_ascii_case("yaml")
        || sample.extension.eq_ignore_ascii_case("yml");
    if is_data && !is_yaml || !is_data && !front_matter::may_hold_records(sample.text) {
        return false;
    }
    let (pairs, body) = front_matter::data(sample.text);
    let mut found = Found::default();
    found.look(&pairs, is_data);
    !found.records.is_empty() && list::is_little(&sample.text[body..], found.records.len())
}

/// A record: what it says, and what stands around it.
struct Record<'a> {
    cells: Vec<(&'a str, String)>,
    /// The day of what it stands in.
    around: When,
}

/// The key and the table that a value is in, and what these are in.
struct Around<'o, 'a> {
    key: &'a str,
    pairs: &'a Pairs,
    outer: Option<&'o Around<'o, 'a>>,
}

#[derive(Default)]
struct Found<'a> {
    records: Vec<Record<'a>>,
    /// Titles of records that say no more of a paper.
    others: Vec<&'a str>,
    /// The outermost keys that hold records.
    keys: Vec<&'a str>,
}

impl<'a> Found<'a> {
    /// Looks for records in what a text holds. What stands in front matter beside a list is about the whole text.
    fn look(&mut self, pairs: &'a Pairs, is_data: bool) {
        let around = Around { key: "", pairs: if is_data { pairs } else { &[] }, outer: None };
        let named = is_data && is_named(pairs);
        for (key, value) in pairs.iter().filter(|_| !is_data || !is_held(pairs)) {
            let known = self.records.len() + self.others.len();
            self.walk((key, value), named, &around, 0);
            self.keys
                .extend((self.records.len() + self.others.len() > known).then_some(key.as_str()));
        }
        // Libraries that have a folder for each paper keep a file of data in it: `info.yaml`.
        let leads = |(key, value): &(String, Value)| {
            value.text().is_some_and(|value| leads_to_paper(key, value))
        };
        if is_data && self.records.is_empty() && pairs.iter().any(leads) && !is_held(pairs) {
            self.record(("", pairs), &around);
        }
    }

    /// Takes the records in a value, which may be one itself where it is an item of a list.
    fn walk(
        &mut self,
        (key, value): (&'a str, &'a Value),
        is_item: bool,
        around: &Around<'_, 'a>,
        depth: usize,
    ) {
        match value {
            // The links of one text, each called something, are no papers.
            _ if depth > DEEPEST
                || is_of("authors", key)
                || front_matter::named_links(key, value, &[]).is_some() => {}
            Value::List(items) => {
                for item in items {
                    self.walk((key, item), true, around, depth + 1);
                }
            }
            Value::Table(pairs) if !is_held(pairs) => {
                let known = self.records.len();
                let inner = Around { key, pairs, outer: Some(around) };
                let named = is_named(pairs);
                for (key, value) in pairs {
                    self.walk((key, value), named, &inner, depth + 1);
                }
                if is_item && self.records.len() == known {
                    self.record((key, pairs), around);
                }
            }
            _ => {}
        }
    }

    /// Whether most records lead to papers, or say what nothing but papers have: any program keeps titles and people as JSON.
    fn are_papers(&self) -> bool {
        let leads = |record: &&Record<'_>| {
            let says = |name: &str| record.cells.iter().any(|(key, _)| is_of(name, key));
            let mut cells = record.cells.iter();
            let is_placed = says("authors") && (says("abstract") || says("venue"));
            is_placed || cells.any(|(key, value)| leads_to_paper(key, value))
        };
        self.records.iter().filter(leads).count() * 2 > self.records.len()
    }

    fn record(&mut self, (key, pairs): (&'a str, &'a Pairs), around: &Around<'_, 'a>) {
        let mut cells = Vec::new();
        // `- Lamps at Night: {link: …}`: a record called by its title.
        let (called, pairs) = match pairs {
            [(title, Value::Table(inner))] if fields::named(title, &[]).is_none() => {
                (Some(title), &inner[..])
            }
            _ => (None, pairs),
        };
        for (key, value) in pairs {
            flatten(key, value, &mut cells);
        }
        let is_untitled = !cells.iter().any(|(key, _)| is_title(key));
        match called.filter(|_| is_untitled) {
            Some(title) => cells.push(("title", title.clone())),
            None if is_untitled => entitle(&mut cells),
            None => {}
        }
        // What a record is called by, in its list or by its own id.
        let ids =
            cells.iter_mut().filter(|(key, id)| names_id(key) && PaperId::parse(id).is_some());
        ids.for_each(|(key, _)| *key = "link");
        if PaperId::parse(key).is_some() {
            cells.push(("link", key.to_owned()));
        }
        let Some(title) = cells.iter().find(|(key, _)| is_title(key)).map(|(key, _)| *key) else {
            let is_dated = cells.iter().any(|(key, _)| is_of("date", key));
            let about = pairs.iter().filter(|(key, _)| is_dated && says_subject(key));
            let mut about = about.filter_map(|(_, value)| value.text());
            return self.others.extend(about.find(|text| !list::is_nothing(text)));
        };
        let tells = |(key, value): &(&str, String)| tells_paper(key, value);
        if !cells.iter().any(tells) && !is_meeting(&cells) {
            let title = pairs.iter().find(|(key, _)| key == title);
            return self.others.extend(title.and_then(|(_, value)| value.text()));
        }
        let mut when = dates::whole(key).unwrap_or_default();
        let (mut section, mut outer) = (None, Some(around));
        while let Some(Around { key, pairs, outer: next }) = outer {
            when = when.within(dates::whole(key).or_else(|| dates::find(key)).unwrap_or_default());
            for (key, value) in pairs.iter().filter_map(|(key, value)| Some((key, value.text()?))) {
                match fields::named(key, &[]) {
                    Some(field) if matches!(field.name, "date" | "saved") => {
                        when = when.within(dates::whole(value).unwrap_or_default());
                    }
                    Some(field) if field.name == "title" && next.is_some() => {
                        section = section.or(Some(value));
                    }
                    Some(field) if matches!(field.name, "presenter" | "venue") => {
                        let is_own = |name: &str| fields::named(name, &[]) == Some(field);
                        if !cells.iter().any(|(key, _)| is_own(key)) {
                            cells.push((key, value.to_owned()));
                        }
                    }
                    _ => {}
                }
            }
            outer = *next;
        }
        cells.extend(section.map(|section| (SECTION, section.to_owned())));
        self.records.push(Record { cells, around: when });
    }
}

/// The fact that says what a record stands below.
const SECTION: &str = "section";

/// Tables in a row, each called by its key, are records like those of a list.
fn is_named(pairs: &Pairs) -> bool {
    pairs.len() > 1 && pairs.iter().all(|(_, value)| matches!(value, Value::Table(_)))
}

fn is_held(pairs: &Pairs) -> bool {
    let mut meta = Meta::default();
    for (key, value) in pairs {
        held::look(key, value, &mut meta);
    }
    meta.draft || meta.publish == Some(false)
}

fn is_title(key: &str) -> bool {
    fields::named(key, &[]).is_some_and(|field| matches!(field.name, "title" | "paper"))
}

/// Whether a value says of a record that it is a paper: people, an abstract, where it appeared, an address.
fn tells_paper(key: &str, value: &str) -> bool {
    let tells = ["authors", "abstract", "venue"].iter().any(|name| is_of(name, key));
    tells && !list::is_nothing(value) || leads_to_paper(key, value)
}

fn leads_to_paper(key: &str, value: &str) -> bool {
    fields::named(key, &[]).is_some_and(|field| match (field.name, field.kind) {
        ("paper" | "title", _) | (_, Kind::Link) => {
            value.split([' ', '(', ')']).any(list::is_paper)
                || field.kind == Kind::Link && PaperId::parse(value).is_some()
        }
        _ => false,
    })
}

/// Makes what says what a record is about its title, where it says where that is.
fn entitle(cells: &mut [(&str, String)]) {
    let leads = cells.iter().any(|(key, value)| is_address(key, value));
    let about = cells
        .iter_mut()
        .find(|(key, value)| says_subject(key) && value.contains(' ') && !value.contains('\n'));
    about.filter(|_| leads).into_iter().for_each(|(key, _)| *key = "title");
}

/// Whether a record says who presents when, and where what they present is.
fn is_meeting(cells: &[(&str, String)]) -> bool {
    let says = |name: &str| {
        let mut named = cells.iter().filter(|(_, value)| !list::is_nothing(value));
        named.any(|(key, _)| is_of(name, key))
    };
    says("date") && says("presenter") && cells.iter().any(|(key, value)| is_address(key, value))
}

fn says_subject(key: &str) -> bool {
    is_of("description", key) || is_of("tags", key)
}

/// Whether a key holds what a record is called by: `id`, `paper_id`.
fn names_id(key: &str) -> bool {
    let last = key.rsplit(['_', '-', ' ']).next().unwrap_or_default();
    last.eq_ignore_ascii_case("id") && fields::named(key, &[]).is_none()
}

fn is_of(name: &str, key: &str) -> bool {
    fields::named(key, &[]).is_some_and(|field| field.name == name)
}

fn is_address(key: &str, value: &str) -> bool {
    is_web_address(value) && fields::named(key, &[]).is_some_and(|field| field.kind == Kind::Link)
}

/// The texts of a value by their keys: lists as one text, tables as what is in them.
fn flatten<'a>(key: &'a str, value: &'a Value, out: &mut Vec<(&'a str, String)>) {
    let field = fields::named(key, &[]);
    if let Some(links) = front_matter::named_links(key, value, &[]) {
        let known =
            |name: &str| fields::named(name, &[]).is_some_and(|field| field.kind == Kind::Link);
        let links = links
            .into_iter()
            .map(|(name, url)| (if known(name) { name } else { key }, url.to_owned()));
        return out.extend(links);
    }
    match value {
        Value::Text(text) => match metadata::markdown_link(text.trim()) {
            Some((label, url)) if is_title(key) => {
                out.extend([(key, label.to_owned()), ("link", url.to_owned())]);
            }
            _ => out.push((key, text.clone())),
        },
        Value::Table(pairs) => {
            let url = pairs.iter().filter_map(|(_, value)| value.text());
            match value.texts().filter(|_| !url.clone().any(is_web_address)) {
                Some(texts) => out.extend(texts.into_iter().map(|text| (key, text))),
                None => pairs.iter().for_each(|(inner, value)| {
                    let key = if fields::named(inner, &[]).is_some() { inner } else { key };
                    flatten(key, value, out);
                }),
            }
        }
        Value::List(items) => {
            let mut all = Vec::new();
            for item in items {
                flatten(key, item, &mut all);
            }
            let by = match field.map(|field| field.kind) {
                Some(Kind::Link) => " ",
                Some(Kind::People) => "; ",
                Some(Kind::Text) => "\n",
                _ => ", ",
            };
            for (key, text) in all {
                match out.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, known)) => *known = format!("{known}{by}{text}"),
                    None => out.push((key, text)),
                }
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

/// Reads a whole text.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let json = json::pairs(text);
    let is_data = json.is_some() || !front_matter::may_hold_records(text);
    let lines = json.as_ref().and_then(|pairs| json::Lines::of(text, pairs));
    let (pairs, body) = json.map_or_else(|| front_matter::data(text), |pairs| (pairs, text.len()));
    let front = if is_data { Front::default() } else { front_matter::read(text, hints.names) };
    let mut found = Found::default();
    found.look(&pairs, is_data);
    if let Some(lines) = lines.filter(|_| found.records.is_empty()) {
        return lines.read(hints);
    }
    if found.records.is_empty() {
        let finding = Finding::new(Code::UnknownFormat, "no list in it holds papers").at(0..0);
        let help = "give each record a `title`, and `authors`, a `link` or a `venue`";
        return Reading { findings: vec![finding.help(help)], ..Reading::default() };
    }
    let mut findings = front.findings;
    findings.extend(
        front
            .others
            .iter()
            .filter(|other| !found.keys.contains(&other.key.as_str()))
            .map(Other::unknown_elsewhere),
    );
    let of_front = match front.day {
        Day::On(date) => Some(date),
        _ => None,
    };
    let year = When { year: hints.year, ..When::default() };
    let of_file = dates::of_file(hints.folder, hints.stem).unwrap_or(year);
    let mut places = Places { text, at: 0 };
    let (mut dated, mut vague, mut own) = (Vec::new(), Vec::new(), Own::default());
    for record in &found.records {
        let title = record.cells.iter().find(|(key, _)| is_title(key));
        let span = places.next(title.map_or("", |(_, title)| title));
        own.take(record, hints, &span);
        let cells =
            record.cells.iter().map(|(key, value)| (*key, field(key, hints), value.as_str()));
        let (entry, days) = csv::entry(cells, span);
        let day =
            |wanted: &str| days.iter().find(|(name, _)| *name == wanted).map(|(_, when)| *when);
        let said = day("date").or(day("saved")).unwrap_or_default();
        let said = said.within(record.around).within(of_file).within(year);
        let when = Some(said).filter(|when| when.date().is_some()).or(day("published"));
        vague.extend(when.filter(|when| !when.is_near()).map(|_| entry.span.clone()));
        dated.push((when.and_then(When::date).or(of_front).or(hints.date), entry));
    }
    findings.extend(vague.first().map(|span| group::imprecise(vague.len(), span.clone())));
    findings.extend(own.findings());
    findings.extend(others(&found.others));
    findings.extend((!text[body..].trim().is_empty()).then(|| list::unplaced(body..text.len())));
    // What a record says of itself holds no other back.
    let mut whole =
        Meta { draft: false, publish: None, title: Translated::default(), ..front.meta };
    let of_whole = pairs.iter().filter(|(key, _)| !found.keys.contains(&key.as_str()));
    of_whole.for_each(|(key, value)| held::look(key, value, &mut whole));
    let mut digests = group::by_date(dated);
    for digest in &mut digests {
        digest.meta = whole.clone();
    }
    findings.extend(group::undated(&digests));
    Reading { digests, findings, ..Reading::default() }
}

fn field(key: &str, hints: &Hints<'_>) -> Option<Field> {
    let section = (key == SECTION).then_some(Field { name: SECTION, kind: Kind::Line });
    section.or_else(|| fields::named(key, hints.names))
}

/// Says once which records are no papers.
fn others(titles: &[&str]) -> Option<Finding> {
    let first = titles.first()?;
    let message =
        format!("{} × a record that is no paper was left out, such as `{first}`", titles.len());
    let finding = Finding::new(Code::NotRead, message).at(0..0);
    Some(finding.help("give it `authors`, a `link` or a `venue` if it is one"))
}

/// Keys that nothing knows, in the order of the text, with some values and the place of the first.
#[derive(Default)]
struct Own<'a> {
    all: Vec<(&'a str, Vec<String>, Span)>,
}

impl<'a> Own<'a> {
    fn take(&mut self, record: &Record<'a>, hints: &Hints<'_>, span: &Span) {
        for (key, value) in record.cells.iter().filter(|(key, _)| field(key, hints).is_none()) {
            let is_room = self.all.len() < KEYS;
            match self.all.iter_mut().find(|(known, ..)| known == key) {
                Some((_, values, _)) if values.len() < 5 => values.push(value.clone()),
                None if is_room => self.all.push((key, vec![value.clone()], span.clone())),
                _ => {}
            }
        }
    }

    fn findings(&self) -> impl Iterator<Item = Finding> {
        self.all.iter().map(|(key, values, span)| {
            let message = format!("the key `{key}` is no field: it is told in the commentary");
            let finding = Finding::new(Code::OwnKey, message).at(span.clone());
            unknown::advise(finding, "", key, values.iter().map(String::as_str))
        })
    }
}

/// Where records stand: a title is looked for from the one before on, and not far.
struct Places<'t> {
    text: &'t str,
    at: usize,
}

/// As far as the next title is looked for, in bytes.
const FAR: usize = 20_000;

impl Places<'_> {
    fn next(&mut self, title: &str) -> Span {
        let rest = &self.text[self.at..self.text.floor_char_boundary(self.at + FAR)];
        // A long text may be folded.
        let words = title.split('\n').next().unwrap_or_default();
        let words = &words[..words.floor_char_boundary(40)];
        let found = memchr::memmem::find(rest.as_bytes(), words.as_bytes()).unwrap_or(0);
        let start = self.at + found;
        self.at = start + if rest[found..].starts_with(words) { words.len() } else { 0 };
        start..self.at
    }
}
