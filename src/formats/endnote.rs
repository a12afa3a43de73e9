//! The XML of `EndNote`. Its elements say what the tags of RIS say, and are read as these. Knows no disk.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::format::Sample;
use super::{Format, Hints, Maker, Reading, arxiv_atom, bibtex, ris};
use crate::diagnostic::{Code, Finding};

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "endnote-xml",
    about: "a library that EndNote exported as XML",
    extensions: &["xml"],
    maker: Maker::Program,
    detect: is_library,
    read,
};

fn is_library(sample: &Sample<'_>) -> bool {
    sample.text.trim_start().starts_with('<')
        && sample.head().contains("<record>")
        && sample.text.contains("<titles>")
}

/// Elements and the tags of RIS that they are; nothing for what is about the record.
const TAGS: &[(&str, &str)] = &[
    ("abstract", "AB"),
    ("author", "AU"),
    ("edition", "ET"),
    ("electronic-resource-num", "DO"),
    ("full-title", "JF"),
    ("isbn", "SN"),
    ("issue", "IS"),
    ("keyword", "KW"),
    ("label", "ID"),
    ("notes", "N1"),
    ("number", "IS"),
    ("pages", "SP"),
    ("pdf-urls", "L1"),
    ("publisher", "PB"),
    ("research-notes", "RN"),
    ("secondary-authors", "ED"),
    ("secondary-title", "T2"),
    ("tertiary-title", "T3"),
    ("title", "TI"),
    ("url", "UR"),
    ("volume", "VL"),
    ("work-type", "M3"),
    ("year", "PY"),
];

/// Names of types of records, and those of RIS.
const KINDS: &[(&str, &str)] = &[
    ("Journal Article", "JOUR"),
    ("Electronic Article", "EJOUR"),
    ("Conference Paper", "CPAPER"),
    ("Conference Proceedings", "CONF"),
    ("Book", "BOOK"),
    ("Book Section", "CHAP"),
    ("Report", "RPRT"),
    ("Thesis", "THES"),
    ("Magazine Article", "MGZN"),
];

/// Reads a whole file.
fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let start = super::text::start(text);
    let mut reader = Reader::from_str(&text[start..]);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let (mut walk, mut findings) = (Walk::default(), Vec::new());
    loop {
        let before = start + reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(element)) => walk.open(&element, before),
            Ok(Event::Empty(element)) => {
                walk.open(&element, before);
                walk.close(element.local_name().into_inner());
            }
            Ok(Event::End(element)) => walk.close(element.local_name().into_inner()),
            Ok(Event::Text(said)) => walk.text.push_str(&said.xml10_content()),
            Ok(Event::CData(said)) => walk.text.push_str(&said.xml10_content()),
            Ok(Event::GeneralRef(entity)) => walk.text.push_str(&arxiv_atom::resolved(&entity)),
            Ok(_) => {}
            Err(error) => {
                let finding = Finding::new(
                    Code::Unplaced,
                    format!("the rest of the library is not XML: {error}"),
                );
                let at = text.floor_char_boundary(before);
                findings.push(finding.at(at..text.len()).help("export the library again"));
                break;
            }
        }
    }
    let entries =
        walk.records.iter().map(|record| ris::entry(record, hints, &mut findings)).collect();
    bibtex::digest(entries, findings, hints)
}

/// Where the walk through a library is.
#[derive(Default)]
struct Walk {
    records: Vec<ris::Record<'static>>,
    /// The tags of the open elements within a record; `style` and its like have that of what they are in.
    open: Vec<&'static str>,
    text: String,
}

impl Walk {
    fn open(&mut self, element: &BytesStart<'_>, at: usize) {
        let name = element.local_name().into_inner();
        if name == "record" {
            self.records.push(ris::Record { values: Vec::new(), span: at..at + "<record>".len() });
            self.open.clear();
        } else if name == "ref-type" {
            let kind = element
                .try_get_attribute("name")
                .ok()
                .flatten()
                .map(|name| name.value.into_owned());
            let kind = kind.and_then(|kind| KINDS.iter().find(|(known, _)| *known == kind));
            self.add("TY", kind.map_or("GEN", |(_, tag)| tag).to_owned());
        }
        let outer = self.open.last().copied().unwrap_or_default();
        let tag = TAGS.iter().find(|(known, _)| *known == name).map(|(_, tag)| *tag);
        // Editors are authors of another kind, and addresses of PDFs addresses of another kind.
        let is_said = matches!((outer, name), ("ED", "author") | ("L1", "url"));
        self.open.push(tag.filter(|_| !is_said).unwrap_or(outer));
        if tag.is_some() {
            self.text.clear();
        }
    }

    fn close(&mut self, name: &str) {
        let tag = self.open.pop().unwrap_or_default();
        if name == "style" {
            return;
        }
        let value = std::mem::take(&mut self.text);
        if !tag.is_empty() && !value.trim().is_empty() {
            self.add(tag, value.trim().replace('\r', "\n"));
        }
    }

    fn add(&mut self, tag: &'static str, value: String) {
        if let Some(record) = self.records.last_mut() {
            record.values.push((tag, value));
        }
    }
}
