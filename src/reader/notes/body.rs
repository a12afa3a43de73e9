//! What follows the head of a note: tags, links to other notes, and commentary in its languages. Knows nothing of
//! titles.

use crate::diagnostic::{Code, Finding};
use crate::digest::{Entry, Lang, Passage, Prose};
use crate::reader::rows::{self, Fence, Row};
use crate::reader::{Hints, cut, trailing};

use super::breaks;

const OPEN: &str = "<english>";
const CLOSE: &str = "</english>";

/// Reads the rows after the head into an entry.
pub(super) fn read(
    rows: &[Row<'_>],
    fence: Option<Fence>,
    hints: &Hints<'_>,
    reading: (&mut Entry, &mut Vec<Finding>),
) {
    let (entry, findings) = reading;
    let mut rows: Vec<Row<'_>> = rows.to_vec();
    let tags = rows.iter().rposition(|row| row.tags().is_some());
    if let Some(at) = tags {
        for tag in rows[at].tags().unwrap_or_default() {
            if !entry.tags.contains(&tag) {
                entry.tags.push(tag);
            }
        }
        rows[at].text = "";
    }
    let mut see = links_sections(&mut rows);
    see.extend(trailing_links(&mut rows));
    entry.fields.extend(see.into_iter().map(|link| ("see".to_owned(), link)));
    let mut languages = Languages { closing: closing(&rows), ..Languages::default() };
    for (index, row) in rows.iter().enumerate() {
        languages.row(row);
        if tags == Some(index) && languages.open.is_some() && languages.closing == 0 {
            languages.unclosed();
        }
    }
    languages.finish(fence);
    findings.append(&mut languages.findings);
    let passages = trailing::split(languages.done, hints).into_iter();
    entry.body = passages.map(|passage| Passage { text: breaks::settle(passage.text), ..passage }).collect();
}

/// The wikilinks and addresses that a line is made of, with or without the mark of a list.
fn references(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let text = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim_start();
    rows::addresses(text).or_else(|| wikilinks(text))
}

fn wikilinks(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (inside, after) = rest.strip_prefix("[[")?.split_once("]]")?;
        if inside.contains(['[', ']']) {
            return None;
        }
        if !inside.trim().is_empty() {
            found.push(format!("[[{}]]", inside.trim()));
        }
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    (!text.is_empty()).then_some(found)
}

/// Takes out the sections named `Links` that hold nothing but links.
fn links_sections(rows: &mut [Row<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let named = heading(&rows[at])
            .is_some_and(|text| text.trim_end_matches([':', '#']).trim().eq_ignore_ascii_case("links"));
        let start = at;
        at += 1;
        if !named {
            continue;
        }
        let mut section = Some(Vec::new());
        while at < rows.len() && heading(&rows[at]).is_none() {
            if !rows[at].is_blank() {
                let links = references(rows[at].text).filter(|_| !rows[at].code);
                section = section.zip(links).map(|(section, links)| [section, links].concat());
            }
            if section.is_none() {
                break;
            }
            at += 1;
        }
        if let Some(section) = section {
            found.extend(section);
            rows[start..at].iter_mut().for_each(|row| row.text = "");
        }
    }
    found
}

fn heading<'t>(row: &Row<'t>) -> Option<&'t str> {
    rows::heading(row.text).filter(|_| !row.code).map(|(_, text)| text)
}

/// Takes out the paragraphs at the end that are made of wikilinks alone.
fn trailing_links(rows: &mut [Row<'_>]) -> Vec<String> {
    let mut start = rows.len();
    for (index, row) in rows.iter().enumerate().rev() {
        if row.is_blank() {
            continue;
        }
        let part_of_paragraph = index.checked_sub(1).is_some_and(|before| !rows[before].is_blank());
        if row.code || wikilinks(row.text).is_none() {
            break;
        }
        if !part_of_paragraph || rows[index - 1].text.trim().eq_ignore_ascii_case(CLOSE) {
            start = index;
        }
    }
    let mut found = Vec::new();
    for row in &mut rows[start..] {
        found.extend(wikilinks(row.text).unwrap_or_default());
        row.text = "";
    }
    found
}

fn starts_with(text: &str, tag: &str) -> bool {
    text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

fn ends_with(text: &str, tag: &str) -> bool {
    text.len().checked_sub(tag.len()).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(tag))
}

fn is_closing(row: &Row<'_>) -> bool {
    let text = row.text.trim();
    !row.code && (starts_with(text, CLOSE) || ends_with(text, CLOSE))
}

fn closing(rows: &[Row<'_>]) -> usize {
    rows.iter().filter(|row| is_closing(row)).count()
}

/// Rows gathered into passages: unmarked, and those between `<english>` and `</english>`.
#[derive(Default)]
struct Languages {
    done: Vec<Passage>,
    text: Prose,
    /// Where `<english>` stands that is open.
    open: Option<std::ops::Range<usize>>,
    /// How many rows with `</english>` are still to come.
    closing: usize,
    findings: Vec<Finding>,
}

impl Languages {
    fn row(&mut self, row: &Row<'_>) {
        let line = row.trimmed();
        if row.code {
            return self.push(row);
        }
        self.closing -= usize::from(is_closing(row));
        if starts_with(line.text, OPEN) {
            self.opening(line.part(0, OPEN.len()));
            return self.inside(line.part(OPEN.len(), line.text.len()));
        }
        if starts_with(line.text, CLOSE) {
            self.close(line.part(0, CLOSE.len()));
            return self.push(&line.part(CLOSE.len(), line.text.len()));
        }
        if ends_with(line.text, CLOSE) { self.inside(line) } else { self.push(row) }
    }

    /// A second `<english>` is a closing tag mistyped, unless one that closes follows.
    fn opening(&mut self, tag: Row<'_>) {
        let mistyped = self.open.is_some() && self.closing == 0;
        self.unclosed();
        self.end();
        self.open = (!mistyped).then(|| tag.start..tag.end());
    }

    /// The rest of a line, which may end with `</english>`.
    fn inside(&mut self, line: Row<'_>) {
        if !ends_with(line.text, CLOSE) {
            return self.push(&line);
        }
        let at = line.text.len() - CLOSE.len();
        self.push(&line.part(0, at));
        self.close(line.part(at, line.text.len()));
    }

    fn close(&mut self, tag: Row<'_>) {
        if self.open.is_none() {
            let finding = Finding::new(Code::Unplaced, "`</english>` closes nothing").at(tag.start..tag.end());
            self.findings.push(finding.help("put `<english>` where the English text starts"));
        }
        self.end();
    }

    fn unclosed(&mut self) {
        if let Some(at) = self.open.clone() {
            let finding = Finding::new(Code::Unclosed, "`<english>` never closes").at(at);
            self.findings.push(finding.help("put `</english>` where the English text ends"));
            self.end();
        }
    }

    fn push(&mut self, row: &Row<'_>) {
        // A mark of Markdown's own at the end of a line counts: two spaces are a break.
        self.text.push(row.text, row.start);
        self.text.push("\n", row.end());
    }

    fn end(&mut self) {
        let lang = self.open.take().and_then(|_| Lang::parse("en"));
        let text = std::mem::take(&mut self.text);
        let text = cut::trimmed(&text, 0..text.text.len());
        if !text.text.is_empty() {
            self.done.push(Passage { lang, text });
        }
    }

    fn finish(&mut self, fence: Option<Fence>) {
        self.unclosed();
        self.end();
        if let Some(fence) = fence.filter(|fence| fence.outermost) {
            self.close_code(fence);
        }
    }

    /// Closes the code that never does, in the passage that holds it, so that it swallows nothing else.
    fn close_code(&mut self, fence: Fence) {
        let closing = fence.closing();
        let finding = Finding::new(Code::Unclosed, "this code block never closes").at(fence.start..fence.end);
        self.findings.push(finding.help(format!("put `{closing}` on a line of its own where it ends")));
        let opens = |passage: &&mut Passage| rows::rows(&passage.text.text).1.is_some();
        if let Some(passage) = self.done.iter_mut().find(opens) {
            passage.text.push(&format!("\n{closing}"), fence.end);
        }
    }
}
