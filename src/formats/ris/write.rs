//! Records as RIS. Pure.

use std::fmt::Write as _;

use crate::model::Link;
use crate::model::record::{DATES, Kind, Person, Record};

/// A record, from `TY` to `ER`, with an abstract in paragraphs of plain text.
pub fn ris(record: &Record, abstract_text: &str) -> String {
    let mut out = Lines::default();
    out.add("TY", record.ris());
    out.add("ID", &record.key);
    out.add("TI", &record.title);
    record.authors.iter().for_each(|person| out.add("AU", &inverted(person)));
    out.add("AU", if record.others { "et al." } else { "" });
    for (field, people) in &record.people {
        for person in people {
            out.add(field.ris[0], &inverted(person));
        }
    }
    match record.date_parts().as_deref() {
        Some([year]) => out.add("PY", year),
        Some(parts) => {
            out.add("PY", parts[0]);
            out.add("DA", &parts.join("/"));
        }
        None => out.add("PY", &record.date),
    }
    let of_publisher = Kind::is_of_publisher(record.place());
    out.add(if of_publisher { "PB" } else { "T2" }, &record.venue);
    for (field, value) in &record.fields {
        match field.ris.first() {
            Some(&"PB") if of_publisher => {}
            Some(&"T3") if of_publisher => out.add("T2", value),
            Some(tag) if DATES.contains(&field.name) => out.add(tag, &value.replace('-', "/")),
            Some(tag) => out.add(tag, value),
            None => {}
        }
    }
    let (first, last) = record.page_range();
    out.add("SP", first);
    out.add("EP", last);
    let doi = record.doi().unwrap_or_default();
    out.add("DO", doi);
    let mut urls: Vec<&str> = vec![&record.url];
    urls.extend(record.more_urls.iter().map(String::as_str));
    let arxiv = record.arxiv().map(|number| format!("https://arxiv.org/abs/{number}"));
    if let (Some(number), Some(url)) = (record.arxiv(), &arxiv)
        && !urls.iter().any(|url| url.contains(number))
    {
        urls.push(url);
    }
    for url in urls {
        out.add("UR", url);
    }
    let pdf = record.links.iter().find(|link| is_pdf(link)).map(|link| link.url.clone());
    out.add(
        "L1",
        &pdf.or_else(|| record.arxiv().map(|number| format!("https://arxiv.org/pdf/{number}")))
            .unwrap_or_default(),
    );
    record.links.iter().filter(|link| !is_pdf(link)).for_each(|link| out.add("UR", &link.url));
    record.keywords.iter().for_each(|word| out.add("KW", word));
    out.add("N1", &record.note);
    let paragraphs = abstract_text.split("\n\n").enumerate();
    paragraphs.for_each(|(number, text)| out.add(if number == 0 { "AB" } else { "" }, text));
    out.0.push_str("ER  - \n");
    out.0
}

fn is_pdf(link: &Link) -> bool {
    link.key.as_deref() == Some("pdf")
}

/// `Wick, Ada`; what is no person's name stays as it is.
fn inverted(person: &Person) -> String {
    if person.is_whole || person.given.is_empty() {
        return person.shown();
    }
    let parts = [&person.family_name(), &person.given, &person.suffix];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Lines of a tag and a value; one without a tag goes on with the value before it.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, tag: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        // Writing to a string cannot fail.
        let _ = match (tag, value.as_str()) {
            (_, "") => Ok(()),
            ("", value) => writeln!(self.0, "{value}"),
            (tag, value) => writeln!(self.0, "{tag}  - {value}"),
        };
    }
}
