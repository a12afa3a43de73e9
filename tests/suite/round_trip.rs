//! What a library says of papers is what the site's own files say of them, in each format: nothing is lost on the way through a
//! site, nor on the way through the Markdown of an import.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use biblatex::{Bibliography, ChunksExt as _};
use offprint::model::record::{FIELDS, Field, KINDS, Kind};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::desk::Desk;

/// How many records of each format are tried.
const RECORDS: usize = 500;

/// One record, in no format.
#[derive(Debug, Clone)]
struct Sample {
    kind: &'static Kind,
    title: String,
    /// Family, given, suffix; a family alone is a team.
    people: Vec<(String, String, String)>,
    others: bool,
    editors: Vec<(String, String, String)>,
    venue: String,
    date: Vec<u32>,
    fields: Vec<(&'static Field, String)>,
    doi: String,
    url: String,
    words: Vec<String>,
    note: String,
    paragraphs: Vec<String>,
}

fn words() -> impl Strategy<Value = String> {
    let word = "[A-Z][a-z]{2,8}|[a-z]{3,8}|é[a-z]{2}|등불|灯火|R&D|50%|a_b|\\$x_2\\^n\\$|C#";
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

fn person() -> impl Strategy<Value = (String, String, String)> {
    let family =
        "[A-Z][a-z]{2,7}|[A-Z][a-z]{2,5} [A-Z][a-z]{2,5}|van der [A-Z][a-z]{3,6}|Ö[a-z]{3}|Li";
    let named = (
        family,
        "[A-Z][a-z]{2,7}|[A-Z]\\. [A-Z]\\.|Zoë|[A-Z][a-z]{2,5}-[A-Z][a-z]{2,5}",
        "|||Jr\\.",
    );
    let team = "[A-Z][A-Z]{2,5} Collaboration|Harbour Lab";
    prop_oneof![
        9 => named.prop_map(|(family, given, suffix)| (family, given, suffix)),
        1 => team.prop_map(|team| (team, String::new(), String::new())),
    ]
}

/// A value as people write one in such a field.
fn value(field: &'static Field) -> BoxedStrategy<String> {
    match field.name {
        "pages" => (1..900_u32, 1..40_u32).prop_map(|(a, b)| format!("{a}–{}", a + b)).boxed(),
        "volume" | "number" | "part" | "volumes" | "pagetotal" | "chapter" | "edition" => {
            (1..90_u32).prop_map(|number| number.to_string()).boxed()
        }
        "eid" => "e[0-9]{4}".boxed(),
        "isbn" => "978-[0-9]-[0-9]{2}-[0-9]{6}-[0-9]".boxed(),
        "issn" => "[0-9]{4}-[0-9]{3}[0-9X]".boxed(),
        "pmid" => "[0-9]{8}".boxed(),
        "pmcid" => "PMC[0-9]{7}".boxed(),
        "language" => "en|ko|de".boxed(),
        "urldate" | "event-date" => (1990..2025_u32, 1..13_u32, 1..29_u32)
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
            .boxed(),
        _ => words().boxed(),
    }
}

fn fields(names: impl Fn(&Field) -> bool) -> impl Strategy<Value = Vec<(&'static Field, String)>> {
    let all: Vec<_> = FIELDS
        .iter()
        .filter(|field| names(field))
        .map(|field| prop::option::weighted(0.3, value(field)).prop_map(move |text| (field, text)))
        .collect();
    all.prop_map(|all| all.into_iter().filter_map(|(field, text)| Some((field, text?))).collect())
}

fn samples(
    kind: impl Strategy<Value = &'static Kind>,
    names: impl Fn(&Field) -> bool,
) -> Vec<Sample> {
    let text = (words(), words(), prop::option::of(words()));
    let lists = (
        prop::collection::vec(person(), 1..5),
        any::<bool>(),
        prop::collection::vec(person(), 0..3),
        prop::collection::vec("[a-z]{3,9}", 0..4),
        prop::collection::vec(words(), 0..3),
    );
    let date = (1950..2030_u32, prop::option::of((1..13_u32, prop::option::of(1..29_u32))));
    let date = date.prop_map(|(year, rest)| match rest {
        None => vec![year],
        Some((month, None)) => vec![year, month],
        Some((month, Some(day))) => vec![year, month, day],
    });
    let ids = (any::<bool>(), any::<bool>());
    let all = (kind, text, lists, date, fields(names), ids);
    let sample = all.prop_map(|(kind, (title, venue, note), lists, date, fields, (doi, url))| {
        let (people, others, editors, words, paragraphs) = lists;
        let doi = if doi { "10.5555/N".to_owned() } else { String::new() };
        let url = if url { "https://example.org/N".to_owned() } else { String::new() };
        let note = note.unwrap_or_default();
        Sample {
            kind,
            title,
            people,
            others,
            editors,
            venue,
            date,
            fields,
            doi,
            url,
            words,
            note,
            paragraphs,
        }
    });
    let mut runner = TestRunner::deterministic();
    let made = |number: usize| {
        let mut made = sample.new_tree(&mut runner).expect("a sample").current();
        made.title = format!("{} {number}", made.title);
        made.venue = format!("{} {number}", made.venue);
        for text in [&mut made.doi, &mut made.url] {
            *text = text.replace('N', &number.to_string());
        }
        made.words.dedup();
        made
    };
    (0..RECORDS).map(made).collect()
}

/// The files of a site whose papers are a library, read from that itself and by way of an import.
fn sites(file: &str, format: &str, text: &str, out: &str) -> [String; 2] {
    let config = "base_url = \"https://lamps.example/\"\noutputs = { cite = false, cite_lists = false, search = false }\n";
    let source = format!("{config}[[sources]]\npath = \"{file}\"\n");
    let direct = Desk::of(&[("config.toml", &source), (file, text)]);
    let by_import = Desk::of(&[("config.toml", config), (file, text)]);
    let said = by_import.run(&["import", format, file, "--date", "2025-03-12"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let built = |desk: &Desk| {
        let said = desk.run(&["build", "--today", crate::desk::TODAY]);
        assert_eq!(said.code, 0, "{}", said.text);
        String::from_utf8(desk.public().remove(out).unwrap()).unwrap()
    };
    [built(&direct), built(&by_import)]
}

type Said = BTreeMap<String, String>;

/// Every record's fields are there again.
fn compare(what: &str, given: &BTreeMap<String, Said>, back: &BTreeMap<String, Said>) {
    let mut lost = Vec::new();
    for (key, fields) in given {
        let Some(found) = back.get(key) else {
            lost.push(format!("{key} is gone: {fields:?}"));
            continue;
        };
        for (name, value) in fields {
            if found.get(name) != Some(value) {
                lost.push(format!("{key} {name}: {value:?} is {:?}", found.get(name)));
            }
        }
    }
    assert!(
        lost.is_empty(),
        "{what}: {} lost\n{}",
        lost.len(),
        lost[..lost.len().min(40)].join("\n")
    );
}

// BibTeX

fn tex(text: &str) -> String {
    let parts = text.split('$').enumerate();
    let escape = |part: &str| {
        ['&', '%', '#', '_']
            .iter()
            .fold(part.to_owned(), |text, c| text.replace(*c, &format!("\\{c}")))
    };
    let parts: Vec<_> =
        parts.map(|(at, part)| if at % 2 == 0 { escape(part) } else { part.to_owned() }).collect();
    parts.join("$")
}

fn names(people: &[(String, String, String)], others: bool) -> String {
    let name = |(family, given, suffix): &(String, String, String)| match (
        given.as_str(),
        suffix.as_str(),
    ) {
        ("", _) => format!("{{{family}}}"),
        (given, "") => format!("{family}, {given}"),
        (given, suffix) => format!("{family}, {suffix}, {given}"),
    };
    let mut all: Vec<_> = people.iter().map(name).collect();
    all.extend(others.then(|| "others".to_owned()));
    all.join(" and ")
}

fn bibtex_entry(number: usize, sample: &Sample) -> String {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut out = format!("@{}{{key{number},\n", sample.kind.bibtex);
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    };
    add("title", &tex(&sample.title));
    add("author", &names(&sample.people, sample.others));
    add("editor", &names(&sample.editors, false));
    add(sample.kind.place, &tex(&sample.venue));
    add("year", &sample.date[0].to_string());
    add("month", sample.date.get(1).map_or("", |month| MONTHS[*month as usize - 1]));
    add("day", &sample.date.get(2).map(u32::to_string).unwrap_or_default());
    for (field, value) in
        sample.fields.iter().filter(|(field, _)| field.bibtex[0] != sample.kind.place)
    {
        add(field.bibtex[0], &tex(&value.replace('–', "--")));
    }
    add("doi", &sample.doi);
    add("url", &sample.url);
    add("keywords", &sample.words.join(", "));
    add("note", &tex(&sample.note));
    add("abstract", &tex(&sample.paragraphs.join("\n\n")));
    // The names of months stand without braces.
    MONTHS.iter().fold(out + "}\n", |text, month| {
        text.replace(&format!("month = {{{month}}}"), &format!("month = {month}"))
    })
}

/// What another reader of BibTeX finds, its names by their parts.
fn bibtex_said(text: &str) -> BTreeMap<String, Said> {
    let all = Bibliography::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut found = BTreeMap::new();
    for entry in all.iter() {
        let mut said: Said = entry
            .fields
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "author" | "editor" | "translator"))
            .map(|(name, chunks)| {
                (
                    name.clone(),
                    chunks.format_verbatim().split_whitespace().collect::<Vec<_>>().join(" "),
                )
            })
            .collect();
        said.insert("type".to_owned() + "*", entry.entry_type.to_string());
        if let Ok(people) = entry.author() {
            said.insert("author".to_owned(), format!("{people:?}"));
        }
        for name in ["editor", "translator"] {
            if let Ok(people) = entry.get_as::<Vec<biblatex::Person>>(name) {
                said.insert(name.to_owned(), format!("{people:?}"));
            }
        }
        if let Some(words) = said.get_mut("keywords") {
            let mut list: Vec<_> = words.split(", ").collect();
            list.sort_unstable();
            *words = list.join(", ");
        }
        found.insert(entry.key.clone(), said);
    }
    found
}

#[test]
fn bibtex_comes_through_a_site() {
    let kinds = prop::sample::select(
        KINDS
            .iter()
            .filter(|kind| kind.name == kind.bibtex && kind.name != "slides")
            .collect::<Vec<_>>(),
    );
    let places = ["journal", "booktitle", "school", "howpublished", "institution", "organizer"];
    let given = samples(kinds, |field| !field.bibtex.is_empty() && !places.contains(&field.name));
    let text: String =
        given.iter().enumerate().map(|(number, one)| bibtex_entry(number, one)).collect();
    let wanted = bibtex_said(&text);
    for back in sites("library.bib", "bibtex", &text, "papers.bib") {
        compare("BibTeX", &wanted, &bibtex_said(&back));
    }
}

// RIS

fn inverted((family, given, suffix): &(String, String, String)) -> String {
    let parts = [family.as_str(), given, suffix];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn ris_record(number: usize, sample: &Sample) -> String {
    let mut out = String::new();
    let mut add = |tag: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{tag}  - {value}");
        }
    };
    add("TY", sample.kind.ris);
    add("ID", &format!("key{number}"));
    add("TI", &sample.title);
    sample.people.iter().for_each(|person| add("AU", &inverted(person)));
    sample.editors.iter().for_each(|person| add("A2", &inverted(person)));
    add("PY", &sample.date[0].to_string());
    let date: Vec<String> = sample.date.iter().map(|part| format!("{part:02}")).collect();
    add("DA", &if date.len() > 1 { date.join("/") } else { String::new() });
    let of_publisher = Kind::is_of_publisher(sample.kind.place);
    add(if of_publisher { "PB" } else { "T2" }, &sample.venue);
    for (field, value) in &sample.fields {
        let series = field.name == "series" && of_publisher;
        let tag = if series { "T2" } else { field.ris[0] };
        if !(of_publisher && tag == "PB") {
            add(
                tag,
                &if field.name == "urldate" { value.replace('-', "/") } else { value.clone() },
            );
        }
    }
    add("DO", &sample.doi);
    add("UR", &sample.url);
    sample.words.iter().for_each(|word| add("KW", word));
    add("N1", &sample.note);
    add("AB", &sample.paragraphs.join(" "));
    out + "ER  - \n"
}

/// Lines of tags and values, and nothing else.
fn ris_said(text: &str) -> BTreeMap<String, Said> {
    let (mut found, mut said) = (BTreeMap::new(), Said::new());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (tag, value) =
            line.split_once("  - ").unwrap_or_else(|| panic!("not a line of RIS: {line}"));
        assert!(
            tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
            "{line}"
        );
        if tag == "ER" {
            let record = std::mem::take(&mut said);
            found.insert(record["ID"].clone(), record);
            continue;
        }
        let known = said.entry(tag.to_owned()).or_default();
        *known = [known.as_str(), value.trim()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" | ");
    }
    found
}

#[test]
fn ris_comes_through_a_site() {
    // Of kinds with one type the first is read.
    let first = |kind: &&Kind| KINDS.iter().find(|other| other.ris == kind.ris) == Some(kind);
    let kinds = prop::sample::select(KINDS.iter().filter(first).collect::<Vec<_>>());
    let given = samples(kinds, |field| !field.ris.is_empty() && field.name != "pages");
    let text: String =
        given.iter().enumerate().map(|(number, one)| ris_record(number, one)).collect();
    let wanted = ris_said(&text);
    for back in sites("library.ris", "ris", &text, "papers.ris") {
        compare("RIS", &wanted, &ris_said(&back));
    }
}

// CSL-JSON

fn csl_people(people: &[(String, String, String)]) -> Value {
    let person = |(family, given, suffix): &(String, String, String)| {
        if given.is_empty() {
            return json!({ "literal": family });
        }
        let (particle, family) =
            family.strip_prefix("van der ").map_or(("", family.as_str()), |rest| ("van der", rest));
        let parts = [
            ("family", family),
            ("given", given),
            ("non-dropping-particle", particle),
            ("suffix", suffix),
        ];
        let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
        Value::Object(parts.map(|(name, part)| (name.to_owned(), part.into())).collect())
    };
    people.iter().map(person).collect()
}

fn csl_item(number: usize, sample: &Sample) -> Value {
    let mut item = Map::new();
    let mut add = |name: &str, value: Value| {
        if value != json!("") && value != json!([]) {
            item.entry(name.to_owned()).or_insert(value);
        }
    };
    let numbered =
        matches!(sample.kind.csl, "report" | "patent" | "standard" | "dataset" | "software");
    let of_publisher = Kind::is_of_publisher(sample.kind.place);
    add("id", format!("key{number}").into());
    add("type", sample.kind.csl.into());
    add("title", sample.title.as_str().into());
    add("author", csl_people(&sample.people));
    add("editor", csl_people(&sample.editors));
    add("issued", json!({ "date-parts": [sample.date] }));
    add(if of_publisher { "publisher" } else { "container-title" }, sample.venue.as_str().into());
    for (field, value) in &sample.fields {
        match field.csl[0] {
            "publisher" if of_publisher => {}
            "number" if numbered => {}
            "issue" if numbered => add("number", value.as_str().into()),
            name @ ("accessed" | "event-date") => {
                let parts: Vec<u32> = value.split('-').map(|part| part.parse().unwrap()).collect();
                add(name, json!({ "date-parts": [parts] }));
            }
            name => add(name, value.as_str().into()),
        }
    }
    add("DOI", sample.doi.as_str().into());
    add("URL", sample.url.as_str().into());
    add("keyword", sample.words.join(", ").into());
    add("note", sample.note.as_str().into());
    add("abstract", sample.paragraphs.join(" ").into());
    Value::Object(item)
}

fn csl_said(text: &str) -> BTreeMap<String, Said> {
    let items: Vec<Map<String, Value>> = serde_json::from_str(text).unwrap();
    let said = |item: &Map<String, Value>| {
        item.iter().map(|(name, value)| (name.clone(), value.to_string())).collect()
    };
    items.iter().map(|item| (item["id"].as_str().unwrap().to_owned(), said(item))).collect()
}

#[test]
fn csl_json_comes_through_a_site() {
    let first = |kind: &&Kind| KINDS.iter().find(|other| other.csl == kind.csl) == Some(kind);
    let kinds = prop::sample::select(KINDS.iter().filter(first).collect::<Vec<_>>());
    let given = samples(kinds, |field| !field.csl.is_empty() && field.name != "booktitle");
    let items: Vec<Value> =
        given.iter().enumerate().map(|(number, one)| csl_item(number, one)).collect();
    let text = serde_json::to_string(&items).unwrap();
    let wanted = csl_said(&text);
    for back in sites("library.json", "csl-json", &text, "papers.csl.json") {
        compare("CSL-JSON", &wanted, &csl_said(&back));
    }
}
