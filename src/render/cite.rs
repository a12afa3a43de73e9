//! COinS: a paper as an `OpenURL` context object, which reference managers find in pages.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::PageRenderer;
use crate::model::PaperId;
use crate::model::record::Record;
use crate::site::PaperIndex;

/// A COinS record with the first authors, for the `title` of a `span`.
pub(super) fn coins(press: &PageRenderer<'_>, paper: PaperIndex, most: usize) -> String {
    let record = press.record(paper);
    let (form, genre, place) = genre(&record);
    let mut out = format!(
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3A{form}&rft.genre={genre}"
    );
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            out.extend(["&", key, "="]);
            out.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
        }
    };
    let of_title = match (form, genre) {
        ("book", "book") => "rft.btitle",
        ("dissertation", _) => "rft.title",
        _ => "rft.atitle",
    };
    add(of_title, &record.title);
    add(place, &record.venue);
    for person in record.authors.iter().take(most) {
        let name = if person.is_told() { person.shown() } else { person.sorted() };
        add("rft.au", name.trim_matches(['{', '}']));
    }
    add("rft.date", record.iso_date());
    let (first, last) = record.page_range();
    for (key, value) in [
        ("rft.volume", record.field("volume")),
        ("rft.issue", record.field("number")),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft.series", record.field("series")),
        ("rft.pub", if place == "rft.pub" { "" } else { record.field("publisher") }),
        ("rft.place", record.field("address")),
        ("rft.issn", record.field("issn")),
        ("rft.isbn", record.field("isbn")),
    ] {
        add(key, value);
    }
    for id in &record.ids {
        match &id {
            PaperId::Arxiv(number) => add("rft_id", &format!("info:arxiv/{number}")),
            PaperId::Doi(doi) => add("rft_id", &format!("info:doi/{doi}")),
            PaperId::OpenReview(_) => add("rft_id", &id.url()),
        }
    }
    out
}

/// The form of a record, its genre there, and the key for where it appeared.
fn genre(record: &Record) -> (&'static str, &'static str, &'static str) {
    match record.csl() {
        "article-journal" | "article-magazine" | "article-newspaper" | "review" => {
            ("journal", "article", "rft.jtitle")
        }
        "paper-conference" => ("book", "proceeding", "rft.btitle"),
        "chapter" | "entry" | "entry-encyclopedia" | "entry-dictionary" => {
            ("book", "bookitem", "rft.btitle")
        }
        "book" | "collection" => ("book", "book", "rft.pub"),
        "report" => ("book", "report", "rft.pub"),
        "thesis" => ("dissertation", "dissertation", "rft.inst"),
        _ => ("journal", "preprint", "rft.jtitle"),
    }
}
