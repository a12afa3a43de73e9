//! One entry of the native format: heading, metadata, abstract, commentary, tags.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::formats::heading::{Title, title_of, unlabelled};
use crate::formats::papers_of_the_week::cell::leading_link;
use crate::formats::passages::{Passages, trim};
use crate::formats::text::{breaks_paragraph, heading, is_quote, lines, unindented};
use crate::formats::{Hints, by_hand, label_list, metadata, notes, one_line};
use crate::model::id::{is_web_address, unwrap_redirector};
use crate::model::lang::Script;
use crate::model::{Entry, Link, PaperId, Prose, Tag, keep_first};

use super::SEPARATOR;
use super::level::Section;

/// Reads what is under a heading, but for the languages of its text, and tells whether anything but its words says that it is a
/// paper.
pub(super) fn read(
    text: &str,
    section: &Section<'_>,
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> (Entry, bool) {
    let mut entry =
        Entry { span: section.heading.start..section.heading.end(), ..Entry::default() };
    let title = read_title(section, hints.foreign, &mut entry, findings);
    if hints.foreign {
        take_front(&mut entry);
    }
    let body = below_head(text, section.body.clone(), hints);
    let mut body = metadata_of(text, body, hints, &mut entry, findings);
    let taken = listed(text, body.clone(), hints, &mut entry, findings);
    if title.is_link {
        // The metadata may say it again.
        let again = entry
            .links
            .iter()
            .skip(1)
            .position(|link| link.key.is_none() && Some(&link.url) == title.link.as_ref());
        again.map(|at| entry.links.remove(at + 1));
    } else if entry.links.is_empty() {
        entry.links.extend(title.link.map(|url| Link { key: None, url }));
    }
    if let Some((quote, end)) = quote(text, body.clone()) {
        entry.abstract_text = Some(quote);
        body = skip_blank(text, end..body.end);
    } else if let Some((labelled, end)) = labelled_abstract(text, body.clone()) {
        entry.abstract_text = Some(labelled);
        body = skip_blank(text, end..body.end);
    }
    let start = after_separator(text, body.clone());
    let is_parted = start > body.start;
    body.start = start;
    if !section.open_code {
        body.end = before_tags(text, body.clone(), &mut entry.tags);
        if hints.foreign && entry.tags.is_empty() {
            body.end = before_last_tags(text, body.clone(), &mut entry.tags);
        }
        body.end = before_separator(text, body.clone());
    }
    let left = lines(text, body.clone()).filter(|line| !taken.contains(&line.start));
    let (passages, odd) = Passages::of(text, left, body.end, hints.languages);
    findings.extend(odd);
    entry.body = passages;
    let Entry { authors, org, links, fields, abstract_text, tags, .. } = &entry;
    let bare = authors.is_empty() && org.is_none() && links.is_empty() && fields.is_empty();
    let is_paper =
        is_parted || !bare || title.has_link || abstract_text.is_some() || !tags.is_empty();
    if hints.foreign && is_paper {
        notes::take_placed(&mut entry);
    }
    (entry, is_paper)
}

/// What stands below a heading that only says that labels follow: `#### Meta`.
fn below_head(text: &str, body: Range<usize>, hints: &Hints<'_>) -> Range<usize> {
    let first = lines(text, skip_blank(text, body.clone())).next();
    let head = first.filter(|line| hints.foreign && label_list::names_head(line.text));
    let below = head.map(|line| skip_blank(text, line.next..body.end));
    below.filter(|below| label_list::starts(&text[below.clone()])).unwrap_or(body)
}

/// Takes the metadata below a heading, perhaps with labels in paragraphs of their own; what is left.
fn metadata_of(
    text: &str,
    body: Range<usize>,
    hints: &Hints<'_>,
    entry: &mut Entry,
    findings: &mut Vec<Finding>,
) -> Range<usize> {
    let mut body = skip_blank(text, body);
    // Below a title that is a link a line of names needs no mark, and no more above a line that is.
    let first = lines(text, body.clone()).next().filter(|line| {
        let next = lines(text, line.next..body.end).next();
        let below = || &text[skip_blank(text, line.next..body.end)];
        (!entry.links.is_empty() || hints.foreign && by_hand::is_paper(below()))
            && next.is_none_or(|next| next.is_blank())
            && by_hand::label(line.text).is_none()
            && by_hand::are_people(line.text.trim())
    });
    if let Some(line) = first {
        metadata::add_authors(entry, line.text.trim());
        body = skip_blank(text, line.next..body.end);
    }
    let mut end = if hints.foreign { translation(text, body.clone(), entry) } else { None };
    if end.is_none() {
        end = metadata::read(lines(text, body.clone()), hints.names, entry, findings);
    }
    if let Some(end) = end {
        body = skip_blank(text, end..body.end);
    }
    while (by_hand::is_labelled(&text[body.clone()], hints.names)
        || entry.links.is_empty()
            && !entry.authors.is_empty()
            && by_hand::is_paper(&text[body.clone()]))
        && let Some(end) = metadata::read(lines(text, body.clone()), hints.names, entry, findings)
    {
        body = skip_blank(text, end..body.end);
    }
    body
}

/// Takes the title in another script, linked to the paper, that is all of the paragraph below a heading; where that ends.
fn translation(text: &str, body: Range<usize>, entry: &mut Entry) -> Option<usize> {
    let mut all = lines(text, body);
    let first = all.next().filter(|_| entry.links.is_empty() && !entry.title.is_empty())?;
    let shown = first.text.trim();
    let (link, length) = leading_link(shown)?;
    let is_alone = length == shown.len() && all.next().is_none_or(|line| line.is_blank());
    let is_other = entry.title.is_ascii()
        && link.label.chars().any(|c| Script::of(c).is_some_and(|s| s != Script::Latin));
    if !is_alone || !is_other || PaperId::parse(link.url).is_none() {
        return None;
    }
    entry.links.push(Link { key: None, url: link.url.to_owned() });
    entry.fields.push(("aliases".to_owned(), one_line(link.label)));
    Some(first.next)
}

/// Takes what a list of labels says; where its lines start that are no text.
fn listed(
    text: &str,
    body: Range<usize>,
    hints: &Hints<'_>,
    entry: &mut Entry,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let listed = label_list::read(lines(text, body.clone()), hints.names, hints.foreign);
    let mut taken: Vec<usize> = listed.items.iter().map(|(_, span)| span.start).collect();
    if let Some((title, start)) = listed.title {
        let heading = std::mem::take(&mut entry.title);
        title_of(title).give(entry);
        if heading != entry.title {
            entry.fields.push(("aliases".to_owned(), heading));
        }
        taken.push(start);
    }
    if let Some((said, start)) = listed.abstract_text {
        entry.abstract_text = Some(said);
        taken.push(start);
    }
    for (items, span) in listed.items {
        for item in items {
            item.add(entry, span.clone(), findings);
        }
    }
    taken
}

fn read_title(
    section: &Section<'_>,
    foreign: bool,
    entry: &mut Entry,
    findings: &mut Vec<Finding>,
) -> Title {
    // `## Lamps That Dim | [pdf](…)`
    let row = section.title.rsplit_once(" | ").filter(|_| foreign);
    let row = row.and_then(|(title, row)| {
        let (link, length) = leading_link(row)?;
        (length == row.len()).then_some((title, link.url))
    });
    let heading = row.map_or(section.title, |(title, _)| title);
    let mut title = title_of(if foreign { unlabelled(heading) } else { heading });
    if let Some((_, url)) = row.filter(|(_, url)| is_web_address(url) && !title.has_link) {
        (title.link, title.has_link) = (Some(unwrap_redirector(url).into_owned()), true);
    }
    title.give(entry);
    if title.is_link {
        entry.links.extend(title.link.clone().map(|url| Link { key: None, url }));
    }
    if entry.title.is_empty() {
        let finding =
            Finding::new(Code::MissingTitle, "an entry without a title").at(entry.span.clone());
        findings.push(finding.help("write the paper's title after `##`"));
    }
    title
}

/// Takes the year, or where the paper appeared, that others put in brackets before its title.
fn take_front(entry: &mut Entry) {
    let front = notes::in_brackets(&entry.title)
        .filter(|named| entry.title.starts_with('[') || !named.venue.is_empty());
    let Some(title) = front.map(|named| named.title.to_owned()) else { return };
    let before = entry.title.len() - title.len();
    let year = entry.title[..before].trim_matches(|c| "[](（）)【】 _-:".contains(c)).to_owned();
    if let Some(markup) = &entry.title_markup {
        let Some(rest) = markup.strip_prefix(&entry.title[..before]) else { return };
        entry.title_markup = Some(rest.to_owned());
    }
    entry.title = title;
    metadata::add_field(entry, if year.len() == 4 { "year" } else { "venue" }, &year);
}

/// Whether that stood before its title: no heading begins so that is not a paper's.
pub(super) fn has_front(section: &Section<'_>, entry: &Entry) -> bool {
    section.title.starts_with('[')
        && !entry.title.starts_with('[')
        && entry.field("year").or(entry.field("venue")).is_some()
}

pub(in crate::formats) fn skip_blank(text: &str, range: Range<usize>) -> Range<usize> {
    let start = lines(text, range.clone())
        .find(|line| !line.is_blank())
        .map_or(range.end, |line| line.start);
    start..range.end
}

/// Whether a text starts with what would be read as an abstract.
pub(crate) fn is_abstract_start(text: &str) -> bool {
    is_quote(text.split('\n').next().unwrap_or_default())
}

/// The block quote at the start of a range, without its marks, and where it ends. As in Markdown, a line of
/// text right after it still belongs to it.
pub(crate) fn quote(text: &str, range: Range<usize>) -> Option<(Prose, usize)> {
    let mut quote = Prose::default();
    let (mut end, mut lazy) = (None, false);
    for line in lines(text, range) {
        let inner = match unindented(line.text).and_then(|rest| rest.strip_prefix('>')) {
            Some(inner) => inner.strip_prefix(' ').unwrap_or(inner),
            None if lazy && !line.is_blank() && !breaks_paragraph(line.text) => line.text,
            None => break,
        };
        lazy = !inner.trim().is_empty();
        quote.push(inner, line.end() - inner.len());
        quote.push("\n", line.end());
        end = Some(line.next);
    }
    trim(&mut quote);
    end.map(|end| (quote, end))
}

/// A paragraph that begins with `Abstract:` in any language, and where it ends.
fn labelled_abstract(text: &str, range: Range<usize>) -> Option<(Prose, usize)> {
    let first = lines(text, range.clone()).next()?;
    let value = by_hand::abstract_start(first.text)?;
    let start = first.start + (value.as_ptr() as usize - first.text.as_ptr() as usize);
    let end = lines(text, first.next..range.end)
        .take_while(|line| !line.is_blank() && !breaks_paragraph(line.text))
        .last()
        .map_or(first.next, |line| line.next);
    let mut prose = Prose::at(&text[start..end], start);
    trim(&mut prose);
    Some((prose, end))
}

fn after_separator(text: &str, range: Range<usize>) -> usize {
    lines(text, range.clone())
        .next()
        .filter(|line| line.text.trim() == SEPARATOR)
        .map_or(range.start, |line| line.next)
}

/// Where the commentary ends before a separator at its end.
fn before_separator(text: &str, range: Range<usize>) -> usize {
    let body = text[range.clone()].trim_end();
    let start = body.rfind('\n').map_or(0, |at| at + 1);
    let parted = body[..start].is_empty()
        || body[..start - 1].rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    if parted && body[start..].trim() == SEPARATOR { range.start + start } else { range.end }
}

/// Takes a last paragraph made only of tags; where what stands before it ends.
fn before_tags(text: &str, range: Range<usize>, tags: &mut Vec<Tag>) -> usize {
    let body = text[range.clone()].trim_end();
    let (mut start, mut found) = (body.len(), Vec::new());
    for line in body.rsplit('\n') {
        if line.trim().is_empty() || ends_block(line) {
            break;
        }
        let Some(of_line) = Tag::parse_line(line) else {
            return range.end;
        };
        start = line.as_ptr() as usize - body.as_ptr() as usize;
        found.push(of_line);
    }
    if found.is_empty() {
        return range.end;
    }
    tags.extend(found.into_iter().rev().flatten());
    keep_first(tags, Tag::clone);
    range.start + start
}

/// Takes the tags at the end of the last line; where what stands before them ends.
fn before_last_tags(text: &str, range: Range<usize>, tags: &mut Vec<Tag>) -> usize {
    let last = lines(text, range.clone()).filter(|line| !line.is_blank()).last();
    let Some(mut last) = last.filter(|line| heading(line.text).is_none()) else { return range.end };
    tags.extend(notes::tags_at_end(&mut last));
    if tags.is_empty() { range.end } else { last.start + last.text.len() }
}

fn ends_block(line: &str) -> bool {
    let line = line.trim();
    line == SEPARATOR
        || line.ends_with("</english>")
        || (line.len() >= 3 && line.bytes().all(|b| b == b':'))
}
