//! The text of a Hugging Face Daily Papers page, as copied from a browser: month and day in its head, then
//! title, abstract, and usually `• N authors`, `·`, `Mon D[, YYYY] [comments]`, with gaps. Knows no disk.
//!
//! The page may be a list without abstracts as well, which [`cards`] reads; [`chrome`] knows the site's own lines.
//!
//! The page prints a year only where it is not its own. So its year is the newest one shown plus one.

pub(super) mod cards;
mod chrome;

use jiff::civil::Date;

use super::format::Sample;
use super::months::MonthDay;
use super::{Format, Hints, Maker, Reading, Span, escape_markdown};
use crate::diagnostic::{Code, Finding};
use crate::model::{Digest, Entry};

/// A title longer than this is a paragraph of the abstract before it.
const LONGEST_TITLE: usize = 400;

/// Lines without a blank line between them, trimmed, with their place.
struct Block<'a> {
    text: &'a str,
    span: Span,
}

/// The line under an abstract.
struct Facts {
    authors: Option<u32>,
    org: Option<String>,
    date: MonthDay,
    comments: Option<u32>,
}

/// A paper as the page shows it.
struct Paper<'a> {
    title: Block<'a>,
    abstract_: Vec<Block<'a>>,
    facts: Option<Facts>,
}

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "daily-papers",
    about: "the text of a Hugging Face Daily Papers page, copied from a browser",
    extensions: &["txt"],
    maker: Maker::Page,
    detect: is_page,
    read,
};

fn is_page(sample: &Sample<'_>) -> bool {
    if sample.has_front_matter() {
        return false;
    }
    let (mut counted, mut card) = (false, false);
    for line in sample.text.lines().map(str::trim) {
        if (counted && line.starts_with('·')) || (card && cards::counts_authors(line)) {
            return true;
        }
        card |= cards::opens(line);
        counted = begins_facts(line);
    }
    sample.head().lines().any(|line| line.trim().eq_ignore_ascii_case("daily papers"))
}

/// Reads the text of one page.
pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut reading = Reading::default();
    let text = &text[..chrome::foot(text)];
    let cards = cards::start(text);
    let mut blocks = part_head(blocks(&text[..cards.unwrap_or(text.len())]));
    let head = take_head(&mut blocks, &mut reading.findings);
    let papers = papers(blocks, &mut reading.findings);
    if papers.is_empty() && head.is_none() && cards.is_none() {
        return reading;
    }
    let (year, date) = page_date(head.as_ref(), &papers, hints, &mut reading.findings);
    let mut entries: Vec<_> = papers.into_iter().map(|paper| entry(&paper, year)).collect();
    entries
        .extend(cards.map(|at| cards::read(text, at, &mut reading.findings)).unwrap_or_default());
    reading.digests.push(Digest { date, entries, ..Digest::default() });
    reading
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let (start, end) = (at + lead, at + line.trim_end().len());
        at += line.len();
        match blocks.last_mut() {
            _ if start >= end => open = false,
            Some(block) if open && !begins_facts(&text[start..end]) => {
                block.span.end = end;
                block.text = &text[block.span.clone()];
            }
            _ => {
                blocks.push(Block { text: &text[start..end], span: start..end });
                open = true;
            }
        }
    }
    blocks
}

fn is_chrome(block: &Block<'_>) -> bool {
    block.text.lines().all(chrome::is_line)
}

/// Whether a line tells how many authors a paper has, which begins what is told of it.
pub(super) fn begins_facts(line: &str) -> bool {
    line.strip_prefix('•').is_some_and(|rest| author_count(rest.trim()).is_some())
}

/// Where lines of the head follow each other without gaps, each becomes a block.
fn part_head(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut parted = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter();
    for mut block in rest.by_ref() {
        while let Some((line, below)) = cut(&block).filter(|(line, _)| is_of_head(line)) {
            parted.push(line);
            block = below;
        }
        let ends = !is_of_head(&block);
        parted.push(block);
        if ends {
            break;
        }
    }
    parted.extend(rest);
    parted
}

fn is_of_head(line: &Block<'_>) -> bool {
    is_chrome(line) || MonthDay::parse(line.text).is_some()
}

/// The first line of a block and the lines below it, where there are some.
fn cut<'a>(block: &Block<'a>) -> Option<(Block<'a>, Block<'a>)> {
    let (line, below) = block.text.split_once('\n')?;
    let (line, below) = (line.trim_end(), below.trim_start());
    let (start, end) = (block.span.start, block.span.end);
    Some((
        Block { text: line, span: start..start + line.len() },
        Block { text: below, span: end - below.len()..end },
    ))
}

/// Takes the page's date and all before it; what is not the site's own there is reported.
fn take_head<'a>(
    blocks: &mut Vec<Block<'a>>,
    findings: &mut Vec<Finding>,
) -> Option<(MonthDay, Block<'a>)> {
    let stop = blocks
        .iter()
        .position(|block| !is_chrome(block) && block.text.len() > 40)
        .unwrap_or(blocks.len());
    let found = blocks[..stop].iter().rposition(|block| MonthDay::parse(block.text).is_some());
    let end = found.map_or_else(
        || blocks.iter().take_while(|block| is_chrome(block)).count(),
        |index| index + 1,
    );
    let mut head: Vec<_> = blocks.drain(..end).collect();
    let date = found.and_then(|_| head.pop());
    let strange = head.iter().filter(|block| !is_chrome(block));
    findings.extend(
        strange
            .map(|block| unplaced("text before the page's date was left out", block.span.clone())),
    );
    date.and_then(|block| Some((MonthDay::parse(block.text)?, block)))
}

fn unplaced(message: &str, span: Span) -> Finding {
    Finding::new(Code::Unplaced, message)
        .at(span)
        .help("add it to the written digest by hand if it belongs there")
}

fn papers<'a>(blocks: Vec<Block<'a>>, findings: &mut Vec<Finding>) -> Vec<Paper<'a>> {
    let mut papers: Vec<Paper<'a>> = Vec::new();
    for block in blocks {
        let facts = facts(block.text);
        if is_count(block.text)
            && let Some(Facts { comments: comments @ None, .. }) =
                papers.last_mut().and_then(|paper| paper.facts.as_mut())
        {
            *comments = block.text.parse().ok();
            continue;
        }
        match papers.last_mut().filter(|paper| paper.facts.is_none()) {
            Some(paper) if facts.is_some() => paper.facts = facts,
            Some(paper) if paper.abstract_.is_empty() || block.text.len() > LONGEST_TITLE => {
                paper.abstract_.push(block);
            }
            _ if facts.is_some() => {
                findings
                    .push(unplaced("a line of dates and authors belongs to no paper", block.span));
            }
            _ => papers.push(paper(block)),
        }
    }
    papers
}

/// A paper that begins with a block: with its title, which is one line; what follows without a gap is its abstract.
fn paper(block: Block<'_>) -> Paper<'_> {
    match cut(&block) {
        Some((title, below)) => Paper { title, abstract_: vec![below], facts: None },
        None => Paper { title: block, abstract_: Vec::new(), facts: None },
    }
}

/// `• 4 authors · Jul 16, 2024 3`, on one line or several; `ByteDance ByteDance` may stand for the count.
fn facts(text: &str) -> Option<Facts> {
    if text.len() > 200 {
        return None;
    }
    let parts: Vec<&str> =
        text.split(['·', '•', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    // The number of comments may stand on a line of its own.
    let (apart, parts) = match parts.split_last()? {
        (last, before) if !before.is_empty() && is_count(last) => (*last, before),
        _ => ("", parts.as_slice()),
    };
    let (last, who) = parts.split_last()?;
    let (date, rest) = MonthDay::lead(last)?;
    let comments = [rest.trim(), apart].concat();
    let mut facts = Facts { authors: None, org: None, date, comments: comments.parse().ok() };
    if !(comments.is_empty() || is_count(&comments)) || !text.contains('·') || who.len() > 3 {
        return None;
    }
    let (counts, names): (Vec<&str>, Vec<&str>) =
        who.iter().partition(|part| author_count(part).is_some());
    facts.authors = counts.first().and_then(|count| author_count(count));
    // An organisation's handle and name may stand on two lines.
    facts.org = (!names.is_empty()).then(|| organisation(&names.join(" ")));
    (counts.len() <= 1 && names.len() <= 2).then_some(facts)
}

fn is_count(part: &str) -> bool {
    matches!(part.len(), 1..=6) && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn author_count(part: &str) -> Option<u32> {
    let (number, word) = part.split_once(' ')?;
    matches!(word.trim(), "author" | "authors").then(|| number.parse().ok()).flatten()
}

/// The page prints an organisation as its handle and its name: `moonshotai Moonshot AI`.
fn organisation(part: &str) -> String {
    let doubled = part
        .split_once(char::is_whitespace)
        .filter(|(handle, name)| letters_folded(handle) == letters_folded(name));
    escape_markdown::line(doubled.map_or(part, |(_, name)| name))
}

fn letters_folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
}

/// The page's year, if it can be known, and its date.
fn page_date(
    head: Option<&(MonthDay, Block<'_>)>,
    papers: &[Paper<'_>],
    hints: &Hints<'_>,
    findings: &mut Vec<Finding>,
) -> (Option<i16>, Option<Date>) {
    let Some((head, block)) = head else {
        if hints.date.is_none() {
            let finding = Finding::new(Code::Undated, "the page's head shows no date");
            findings.push(finding.help("say the date with `--date`"));
        }
        return (hints.year.or(hints.date.map(Date::year)), hints.date);
    };
    let told = head.year.or(hints.year);
    if let (None, Some(date)) = (told, hints.date) {
        return (Some(date.year()), Some(date));
    }
    let Some(year) = told.or_else(|| newest_year(papers)) else {
        let finding = Finding::new(Code::MissingYear, "nothing on the page tells its year");
        findings.push(finding.at(block.span.clone()).help("say the year with `--year`"));
        return (None, None);
    };
    if told.is_none() {
        findings.push(inferred(year, block));
    }
    let date = Date::new(year, head.month, head.day).ok();
    if date.is_none() {
        let finding = Finding::new(Code::BadDate, format!("there is no such day in {year}"));
        findings.push(
            finding
                .at(block.span.clone())
                .help("say the right year with `--year`, or the date with `--date`"),
        );
    }
    (Some(year), date)
}

fn newest_year(papers: &[Paper<'_>]) -> Option<i16> {
    let dates = papers.iter().filter_map(|paper| paper.facts.as_ref()).map(|facts| facts.date);
    let own_year_shown = dates.clone().any(|date| date.year.is_none());
    dates.filter_map(|date| date.year).max().filter(|_| own_year_shown).map(|year| year + 1)
}

fn inferred(year: i16, block: &Block<'_>) -> Finding {
    let message = format!(
        "took the year {year}: the page prints a year only for papers of other years, and the newest it prints is {}",
        year - 1
    );
    Finding::new(Code::InferredYear, message)
        .at(block.span.clone())
        .help("say another year with `--year`")
}

fn entry(paper: &Paper<'_>, page_year: Option<i16>) -> Entry {
    let mut entry = Entry {
        title: escape_markdown::line(paper.title.text),
        span: paper.title.span.clone(),
        ..Entry::default()
    };
    for block in &paper.abstract_ {
        let prose = escape_markdown::prose(block.text, block.span.start);
        match &mut entry.abstract_text {
            None => entry.abstract_text = Some(prose),
            Some(whole) => {
                whole.text.push_str("\n\n");
                whole.append(&prose);
            }
        }
    }
    if let Some(facts) = &paper.facts {
        entry.fields.push(("published".to_owned(), published(facts.date, page_year)));
        if let Some(count) = facts.authors {
            entry.fields.push(("author-count".to_owned(), count.to_string()));
        }
        if let Some(count) = facts.comments {
            entry.fields.push(("comments".to_owned(), count.to_string()));
        }
        entry.org.clone_from(&facts.org);
    }
    entry
}

/// ISO where the year is known or the day exists; else as the page prints it.
fn published(date: MonthDay, page_year: Option<i16>) -> String {
    let known = date.year.or(page_year).and_then(|year| Date::new(year, date.month, date.day).ok());
    known.map_or_else(|| date.to_string(), |date| date.to_string())
}
