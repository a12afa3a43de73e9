//! Tells which format a text has, by what is in it; the file's name only settles what the text leaves open.

use super::Format;
use super::daily_papers::{begins_facts, cards};
use super::digest_page::{is_below_menu, is_date};
use super::front_matter::{self, Front};
use super::papers_of_the_week::{is_head, is_week};
use crate::digest::PaperId;

/// As much of a text as is looked at for a sign that stands near its start.
const HEAD: usize = 4096;

/// The format of a text; `None` where nothing speaks for any.
pub(super) fn detect(text: &str, name: &str) -> Option<Format> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let extension = extension.to_ascii_lowercase();
    machine(text, &extension)
        .or_else(|| list(text))
        .or_else(|| written(text, stem))
        .or_else(|| is_below_menu(text).then_some(Format::DigestPage))
        .or_else(|| matches!(extension.as_str(), "md" | "markdown" | "mdown").then_some(Format::Markdown))
}

/// Formats that programs write.
fn machine(text: &str, extension: &str) -> Option<Format> {
    let start = text.trim_start();
    if is_json(start) {
        return Some(Format::DailyPapersJson);
    }
    if start.starts_with('<') && head(start).contains("<feed") {
        return Some(Format::ArxivAtom);
    }
    let is_bibtex = extension == "bib" || first_line(start, '%').is_some_and(opens_bibtex_entry);
    is_bibtex.then_some(Format::Bibtex)
}

/// `[{`, `{"`, or nothing inside: a Markdown link looks otherwise.
fn is_json(text: &str) -> bool {
    let inside = |open: char| text.strip_prefix(open).map(str::trim_start);
    inside('[').is_some_and(|rest| rest.starts_with('{') || rest.trim() == "]")
        || inside('{').is_some_and(|rest| rest.starts_with('"') || rest.trim() == "}")
}

fn opens_bibtex_entry(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('@') else {
        return false;
    };
    let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    word > 0 && rest[word..].trim_start().starts_with(['{', '('])
}

/// Lists of papers on a page.
fn list(text: &str) -> Option<Format> {
    if has_front_matter(text) {
        return None;
    }
    let (mut heading, mut week, mut table) = (false, false, false);
    let (mut counted, mut card) = (false, false);
    for line in text.lines().map(str::trim) {
        let row = line.strip_prefix('|').map(str::trim_start).filter(|row| row.contains("](") || row.contains("://"));
        if row.is_some_and(|row| table || (heading && numbered(row) && row.contains("]("))) {
            return Some(Format::PapersOfTheWeek);
        }
        if (counted && line.starts_with('·')) || (card && cards::counts_authors(line)) {
            return Some(Format::DailyPapers);
        }
        card |= cards::opens(line);
        heading |= line.starts_with('#');
        week |= line.starts_with('#') && is_week(line.trim_start_matches('#'));
        table |= week && is_head(line);
        counted = begins_facts(line);
    }
    let title = |line: &str| line.trim().eq_ignore_ascii_case("daily papers");
    head(text).lines().any(title).then_some(Format::DailyPapers)
}

/// `12) …`
fn numbered(row: &str) -> bool {
    let digits = row.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && row[digits..].starts_with([')', '.'])
}

/// What people write: notes, digests, and digests as published.
fn written(text: &str, stem: &str) -> Option<Format> {
    if is_note_name(stem) {
        let front = front_matter::read(text);
        let body = &text[front.body..];
        let digest = has_entries(body) || has_front_matter(text) && !is_of_vault(text, &front);
        return Some(if digest { Format::Markdown } else { Format::Notes });
    }
    if has_front_matter(text) {
        return Some(Format::Markdown);
    }
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    if is_date(first) && !text.lines().any(|line| line.starts_with("## ")) {
        return Some(Format::DigestPage);
    }
    let address = first.starts_with("https://") || first.starts_with("http://");
    (address && !first.contains(char::is_whitespace) && !is_list_of_addresses(text)).then_some(Format::Notes)
}

/// Whether a text is addresses of several papers and nothing else: no note is about more than one.
fn is_list_of_addresses(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let ids: Option<Vec<_>> = lines.map(PaperId::parse).collect();
    ids.is_some_and(|ids| ids.windows(2).any(|pair| pair[0] != pair[1]))
}

/// Whether a text has the form of a digest and not of a note, which may have a date for a name as well: it begins with
/// a paper under a heading, or has several.
fn has_entries(body: &str) -> bool {
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let papers = lines.windows(2).enumerate().filter(|(_, pair)| pair[0].starts_with("## ") && names_paper(pair[1]));
    let at: Vec<usize> = papers.map(|(at, _)| at).take(2).collect();
    at.len() > 1 || at.first() == Some(&0)
}

/// Whether front matter is the properties of a note: they hold keys that no digest has, or a link or a title follows.
fn is_of_vault(text: &str, front: &Front) -> bool {
    let first = text[front.body..].lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    text.starts_with("---") && (!front.others.is_empty() || first.starts_with("http") || first.starts_with('*'))
}

/// A paragraph of metadata: authors, or the id of a paper.
fn names_paper(line: &str) -> bool {
    line.starts_with('(') && line.ends_with(')') || PaperId::parse(line).is_some()
}

fn has_front_matter(text: &str) -> bool {
    matches!(text.lines().next().map(str::trim_end), Some("+++" | "---"))
}

/// `250310 Title`, `250310`
fn is_note_name(stem: &str) -> bool {
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    let number = |range: std::ops::Range<usize>| stem.get(range).and_then(|part| part.parse().ok()).unwrap_or(0_u8);
    digits == 6
        && stem[6..].chars().next().is_none_or(char::is_whitespace)
        && (1..=12).contains(&number(2..4))
        && (1..=31).contains(&number(4..6))
}

fn first_line(text: &str, comment: char) -> Option<&str> {
    text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(comment))
}

fn head(text: &str) -> &str {
    let mut end = HEAD.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
