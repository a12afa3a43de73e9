//! Footnotes: numbered as they are referred to, gathered at the end of the text, with ways back.

use std::fmt::Write;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::HoleTarget;
use super::writer::{Buffer, Writer};
use crate::diagnostic::{Code, Finding};
use crate::prose::missing_notes;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Label to position in `notes`.
    numbers: FxHashMap<String, usize>,
    /// In order of first reference, then of definition.
    notes: Vec<Note>,
    /// Labels of the definitions that are open.
    open: Vec<String>,
    /// Bodies in order of definition, with their labels.
    bodies: Vec<(String, Buffer)>,
}

/// What is known of one footnote.
#[derive(Debug, Default)]
struct Note {
    references: usize,
    body: Option<usize>,
}

impl Footnotes {
    fn number(&mut self, label: &str) -> usize {
        if let Some(&index) = self.numbers.get(label) {
            return index;
        }
        self.numbers.insert(label.to_owned(), self.notes.len());
        self.notes.push(Note::default());
        self.notes.len() - 1
    }
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        let index = self.footnotes.number(label);
        let note = &mut self.footnotes.notes[index];
        note.references += 1;
        let (number, time) = (index + 1, note.references);
        let _ = write!(self.out.html, "<sup class=\"footnote-ref\"");
        if self.in_link() {
            let _ = write!(self.out.html, ">{number}</sup>");
            return;
        }
        let id = self.prefixed(&reference_id(number, time));
        let target = self.prefixed(&format!("fn-{number}"));
        self.push(" id=\"");
        self.push_attribute(&id);
        self.push("\"><a href=\"");
        self.hole(HoleTarget::Page, range);
        self.push("#");
        self.push_attribute(&super::address::valid(&target));
        let _ = write!(self.out.html, "\">{number}</a></sup>");
    }

    /// Says which footnotes a piece of text refers to though there is no such note.
    pub(super) fn missing_notes(&mut self, text: &str, range: &Range<usize>) {
        let source = self.source.text();
        if !text.contains("[^") || source.get(range.clone()) != Some(text) {
            return;
        }
        for at in missing_notes(text, source[..range.start].ends_with('\\')) {
            let message = format!("no text defines the footnote `[^{}]`", &text[at.clone()]);
            let finding = Finding::new(Code::MissingNote, message);
            let place = range.start + at.start - "[^".len()..range.start + at.end + "]".len();
            self.found(
                finding
                    .help("define it with `[^label]: …`; where no footnote is meant, write `\\[^`"),
                place,
            );
        }
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        self.footnotes.open.push(label.to_owned());
        self.divert();
    }

    pub(super) fn end_footnote(&mut self) {
        let body = self.diverted();
        let label = self.footnotes.open.pop().unwrap_or_default();
        self.footnotes.bodies.push((label, body));
    }

    /// The list of notes at the end of the text. One defined twice shows both; one never referred to comes last.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.bodies.is_empty() {
            return;
        }
        let bodies = std::mem::take(&mut self.footnotes.bodies);
        for (index, (label, _)) in bodies.iter().enumerate() {
            let number = self.footnotes.number(label);
            let note = &mut self.footnotes.notes[number];
            if note.body.is_none() {
                note.body = Some(index);
            } else {
                self.footnotes.notes.push(Note { references: 0, body: Some(index) });
            }
        }
        self.push("<div class=\"footnotes\">\n<ol>\n");
        for (index, note) in std::mem::take(&mut self.footnotes.notes).iter().enumerate() {
            let body = note.body.and_then(|at| bodies.get(at)).map(|(_, body)| body);
            self.write_footnote(index + 1, note.references, body);
        }
        self.push("</ol>\n</div>\n");
    }

    fn write_footnote(&mut self, number: usize, references: usize, body: Option<&Buffer>) {
        let id = self.prefixed(&format!("fn-{number}"));
        self.push("<li id=\"");
        self.push_attribute(&id);
        self.push("\">");
        if let Some(body) = body {
            self.out.append(body);
        }
        let inside = self.out.html.ends_with("</p>\n");
        if inside {
            self.out.html.truncate(self.out.html.len() - "</p>\n".len());
        }
        for time in 1..=references {
            self.way_back(number, time);
        }
        self.push(if inside { "</p>\n</li>\n" } else { "</li>\n" });
    }

    fn way_back(&mut self, number: usize, time: usize) {
        self.push(" <a class=\"footnote-back\" href=\"");
        self.hole(HoleTarget::Page, 0..0);
        self.push("#");
        let id = self.prefixed(&reference_id(number, time));
        self.push_attribute(&super::address::valid(&id));
        let times = if time > 1 { format!(".{time}") } else { String::new() };
        let _ = write!(self.out.html, "\" aria-label=\"↩ {number}{times}\">↩</a>");
    }
}

fn reference_id(number: usize, time: usize) -> String {
    if time > 1 { format!("fnref-{number}-{time}") } else { format!("fnref-{number}") }
}
