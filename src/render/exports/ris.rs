//! `papers.ris`: all papers as RIS, newest first, for reference managers.

use std::fmt::Write as _;

use super::{Export, Write};
use crate::config::Switch;
use crate::model::PaperId;
use crate::model::author::{self, Name};
use crate::render::PageRenderer;
use crate::render::cite::publication_date;
use crate::render::plan::{self, Output};
use crate::site::{PaperIndex, Sym};

pub(super) const EXPORT: &Export = &Export {
    file: "papers.ris",
    switch: Some(&Switch {
        name: "ris",
        default: true,
        about: "`/papers.ris`, all papers as RIS.",
    }),
    more: &[],
    plan: plan::one,
    write: Write::Text(write),
};

/// Kinds of records as BibTeX calls them, with their type here and the tag for where a paper of the type appeared.
const TYPES: &[(&str, &str, &str)] = &[
    ("article", "JOUR", "T2"),
    ("book", "BOOK", "PB"),
    ("conference", "CPAPER", "T2"),
    ("inbook", "CHAP", "T2"),
    ("incollection", "CHAP", "T2"),
    ("inproceedings", "CPAPER", "T2"),
    ("mastersthesis", "THES", "PB"),
    ("phdthesis", "THES", "PB"),
    ("report", "RPRT", "PB"),
    ("techreport", "RPRT", "PB"),
    ("thesis", "THES", "PB"),
];

/// Facts of a paper, and the tag of each.
const FACTS: &[(&str, &str)] = &[
    ("series", "T3"),
    ("volume", "VL"),
    ("number", "IS"),
    ("edition", "ET"),
    ("publisher", "PB"),
    ("institution", "AD"),
    ("issn", "SN"),
    ("isbn", "SN"),
];

fn write(press: &PageRenderer<'_>, _: &Output) -> String {
    let records: Vec<String> = press.site.papers().map(|paper| record(press, paper)).collect();
    records.join("\n")
}

fn record(press: &PageRenderer<'_>, paper: PaperIndex) -> String {
    let (site, mut out) = (press.site, Lines::default());
    let (kind, _, venue) = press.appeared(paper).unwrap_or_default();
    let of_kind = TYPES.iter().find(|(known, ..)| *known == kind);
    let (kind, place) = of_kind.map_or(("GEN", "T2"), |(_, kind, place)| (*kind, *place));
    out.add("TY", kind);
    out.add("ID", press.bibtex_key(paper));
    out.add("TI", press.title(paper));
    let entry = site.entry(site.authors_entry(paper));
    entry.authors.iter().for_each(|name| out.add("AU", &inverted(name)));
    if entry.authors.is_empty() {
        out.add("AU", entry.org.as_deref().unwrap_or_default());
    }
    let remarks = press.field(paper, "remarks").unwrap_or_default();
    let cut = author::tells_of_others(remarks);
    out.add(if cut { "AU" } else { "N1" }, if cut { "et al." } else { remarks });
    let published = publication_date(press, paper);
    out.add("PY", published.get(..4).unwrap_or_default());
    out.add("DA", &published.replace('-', "/"));
    out.add(place, venue);
    for (field, tag) in FACTS.iter().filter(|(_, tag)| *tag != place) {
        out.add(tag, press.field(paper, field).unwrap_or_default());
    }
    let editors = press.field(paper, "editor").unwrap_or_default().replace("; ", " and ");
    editors.split(" and ").for_each(|name| out.add("A2", name));
    let pages = press.field(paper, "pages").unwrap_or_default();
    let (first, last) = pages.split_once(['–', '-']).unwrap_or((pages, ""));
    out.add("SP", first);
    out.add("EP", last.trim_start_matches('-'));
    let ids = press.ids(paper);
    for link in press.links(paper, ids) {
        match link.kind.as_str() {
            "doi" => {}
            "pdf" => out.add("L1", &link.url),
            _ => out.add("UR", &link.url),
        }
    }
    ids.iter().filter(|id| matches!(id, PaperId::Doi(_))).for_each(|id| out.add("DO", id.as_str()));
    site.tags_of(paper).into_iter().map(Sym::text).for_each(|tag| out.add("KW", tag));
    let texts =
        site.entries_of(paper).iter().filter_map(|&entry| site.entry(entry).abstract_text.as_ref());
    let paragraphs = texts.take(1).flat_map(|text| text.text.split("\n\n"));
    paragraphs
        .enumerate()
        .for_each(|(number, text)| out.add(if number == 0 { "AB" } else { "" }, text));
    out.0.push_str("ER  - \n");
    out.0
}

/// `Wick, Ada`; what is no person's name stays as it is.
fn inverted(name: &str) -> String {
    let Name { given, particle, family, suffix } = Name::of(name);
    if given.is_empty() || author::is_group(name) {
        return name.to_owned();
    }
    let family = author::in_order("", particle, family, "");
    let suffix = if suffix.is_empty() { String::new() } else { format!(", {suffix}") };
    format!("{family}, {given}{suffix}")
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
