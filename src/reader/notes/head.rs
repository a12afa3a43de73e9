//! The head of a note: links, title and authors, abstract. Knows nothing of the commentary but where it starts.

use crate::digest::id::unwrap_redirector;
use crate::digest::{Entry, Link, PaperId, Prose};
use crate::prose::address;
use crate::reader::rows::{self, Row};
use crate::reader::{cut, people, plain};

/// A title may be broken over so many lines, its authors with it.
const TITLE_LINES: usize = 40;

/// Reads the head of a note into an entry; the number of rows it takes.
pub(super) fn read(rows: &[Row<'_>], name: &str, entry: &mut Entry) -> usize {
    let mut at = links(rows, 0, entry);
    let first = at + blank(&rows[at..]);
    let paragraph = paragraph(&rows[first..]);
    if let Some((title, lines)) = title(paragraph, name, entry.links.is_empty()) {
        entry.span = paragraph[0].start..paragraph[lines - 1].end();
        title.add(entry);
        at = first + lines;
        if entry.links.is_empty() || !rows.get(at).is_none_or(Row::is_blank) {
            at = links(rows, at, entry);
        }
    } else if entry.links.is_empty() {
        named(paragraph, entry);
    }
    at + abstract_text(&rows[at..], entry)
}

fn blank(rows: &[Row<'_>]) -> usize {
    rows.iter().take_while(|row| row.is_blank()).count()
}

/// Lines of addresses; the index after the last.
fn links(rows: &[Row<'_>], from: usize, entry: &mut Entry) -> usize {
    let mut end = from;
    for (index, row) in rows.iter().enumerate().skip(from).filter(|(_, row)| !row.is_blank()) {
        let Some(urls) = rows::addresses(row.text).filter(|_| !row.code) else { break };
        entry.links.extend(urls.into_iter().map(|url| Link { key: None, url }));
        end = index + 1;
    }
    end
}

/// The rows up to a blank line, a quote, code or a tag of a language.
fn paragraph<'r, 't>(rows: &'r [Row<'t>]) -> &'r [Row<'t>] {
    let ends = |row: &Row<'t>| {
        let text = row.text.trim_start();
        row.is_blank() || row.code || text.starts_with(['>', '<']) || row.tags().is_some()
    };
    &rows[..rows.iter().position(ends).unwrap_or(rows.len())]
}

/// What a title line says.
struct Title {
    title: String,
    link: Option<String>,
    authors: Option<String>,
}

impl Title {
    fn add(self, entry: &mut Entry) {
        entry.title = self.title;
        entry.links.extend(self.link.map(|url| Link { key: None, url }));
        if let Some(authors) = self.authors {
            people::add(&authors, entry);
        }
    }
}

/// The title at the start of a paragraph, and how many lines it takes.
fn title(paragraph: &[Row<'_>], name: &str, first: bool) -> Option<(Title, usize)> {
    let mut text = String::new();
    let sentence = |row: &Row<'_>| !row.text.contains('(') && people::ends_sentence(row.text);
    let prose = paragraph.len() > 1 && paragraph.first().is_some_and(sentence);
    for (index, row) in paragraph.iter().take(TITLE_LINES).enumerate() {
        text.push_str(row.text.trim());
        let authors_follow = paragraph.get(index + 1).is_some_and(|row| row.text.trim_start().starts_with('('));
        if text.ends_with(')') && !authors_follow {
            let plain_title = || plain_title(&text, first && index == 0).filter(|_| !prose);
            if let Some(title) = marked_title(&text).or_else(plain_title) {
                return Some((title, index + 1));
            }
        }
        text.push(' ');
    }
    let row = paragraph.first()?;
    let alone = paragraph.len() == 1 || paragraph.get(1).is_some_and(|row| rows::addresses(row.text).is_some());
    lone_title(row.text.trim(), name, alone).map(|title| (title, 1))
}

/// `*Title* (authors)`, `**Title** (authors)`, `## Title (authors)`.
fn marked_title(text: &str) -> Option<Title> {
    if let Some((_, rest)) = rows::heading(text) {
        return group_title(people::last_group(rest), "");
    }
    let stars = text.len() - text.trim_start_matches('*').len();
    let mark = text.get(..stars).filter(|_| (1..=3).contains(&stars))?;
    // Parentheses that do not balance: the title ends where its emphasis does.
    let unbalanced = || {
        let (title, list) = text[stars..].split_once(&format!("{mark} ("))?;
        Some((&text[..stars + title.len() + stars], list.trim_end_matches(')')))
    };
    group_title(people::last_group(text), mark).or_else(|| group_title(unbalanced(), mark))
}

fn group_title(group: Option<(&str, &str)>, mark: &str) -> Option<Title> {
    let (title, inside) = group?;
    let title = title.strip_prefix(mark)?.strip_suffix(mark)?.trim();
    let url = rows::address(inside);
    // `[text](https://…)` is a link, not a title with a link beside it.
    if title.is_empty() || (url.is_some() && title.ends_with(']')) {
        return None;
    }
    Some(match url {
        Some(url) => Title { link: Some(url), ..named_title(title) },
        None => Title { authors: Some(inside.to_owned()), ..named_title(title) },
    })
}

/// A title that may be a link itself.
fn named_title(title: &str) -> Title {
    let linked = rows::link(title).and_then(|(text, url)| Some((text, rows::address(url)?)));
    let (title, link) = linked.map_or((title, None), |(text, url)| (text, Some(url)));
    Title { title: plain::line(title), link, authors: None }
}

/// `Title (authors)`; on the first line of a note `Title (https://…)` too.
fn plain_title(text: &str, first: bool) -> Option<Title> {
    let (title, inside) = people::last_group(text)?;
    if title.is_empty() || people::ends_sentence(title) || rows::link(text).is_some() {
        return None;
    }
    let fits = if rows::address(inside).is_some() { first } else { people::is_plausible(inside) };
    fits.then(|| group_title(Some((title, inside)), "")).flatten()
}

/// A title without parentheses: a heading that is a link, emphasised as a whole, or what the file name starts with.
fn lone_title(text: &str, name: &str, alone: bool) -> Option<Title> {
    if let Some((_, rest)) = rows::heading(text) {
        let title = named_title(rest);
        return title.link.is_some().then_some(title);
    }
    let emphasised = ["***", "**", "*"].iter().find_map(|mark| {
        let inside = text.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inside.is_empty() && !inside.contains('*')).then_some(inside)
    });
    if let Some(inside) = emphasised.filter(|_| alone) {
        return Some(named_title(inside));
    }
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty())?;
    if let Some(url) = rows::address(rest.trim()) {
        return Some(Title { link: Some(url), ..named_title(name) });
    }
    let subtitled = rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(' ') && rest.len() < 300);
    let fits = alone && !people::ends_sentence(text) && (rest.is_empty() || subtitled);
    fits.then(|| named_title(text))
}

/// The address that the first paragraph opens with, or the one paper of arXiv that it names.
fn named(paragraph: &[Row<'_>], entry: &mut Entry) {
    let mut found: Option<(String, PaperId)> = None;
    for (index, row) in paragraph.iter().enumerate() {
        for range in address::addresses(row.text) {
            let url = unwrap_redirector(&row.text[range.clone()]).into_owned();
            if index == 0 && row.text[..range.start].trim().is_empty() && url.contains("://") {
                entry.links.push(Link { key: None, url });
                return;
            }
            match PaperId::parse(&url) {
                Some(id @ PaperId::Arxiv(_)) if found.as_ref().is_none_or(|(_, known)| *known == id) => {
                    found.get_or_insert_with(|| (if url.contains("://") { url } else { id.url() }, id));
                }
                Some(PaperId::Arxiv(_)) => return,
                _ => {}
            }
        }
    }
    entry.links.extend(found.map(|(url, _)| Link { key: None, url }));
}

/// The block quote that the rows start with; how many rows it takes.
fn abstract_text(rows: &[Row<'_>], entry: &mut Entry) -> usize {
    let start = blank(rows);
    let quoted = |row: &Row<'_>| (!row.code).then(|| row.text.trim_start().strip_prefix('>')).flatten().map(str::len);
    let callout = |row: &Row<'_>| row.text.trim_start().trim_start_matches(['>', ' ']).starts_with("[!");
    if !rows.get(start).is_some_and(|row| quoted(row).is_some() && !callout(row)) {
        return 0;
    }
    let mut text = Prose::default();
    let mut taken = start;
    let mut open = false;
    for row in &rows[start..] {
        let from = match quoted(row) {
            Some(length) => row.text.len() - length,
            // A paragraph in a quote goes on without its mark.
            None if open && !row.is_blank() && row.tags().is_none() && !rows::opens_other_block(row.text) => 0,
            None => break,
        };
        let from = from + usize::from(row.text[from..].starts_with(' '));
        let line = row.part(from, row.text.trim_end().len().max(from));
        if !text.text.is_empty() {
            text.push("\n", line.start.saturating_sub(1));
        }
        text.push(line.text, line.start);
        open = !line.is_blank();
        taken += 1;
    }
    entry.abstract_text = Some(cut::trimmed(&text, 0..text.text.len()));
    taken
}
