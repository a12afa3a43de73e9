//! Lists of papers on whole pages in HTML, as groups and labs keep them: what is no text of the page goes, links become
//! Markdown, and the rest is read as a list. Knows no paper.

use std::ops::Range;

use super::format::Sample;
use super::{Format, Hints, Maker, Reading, front_matter, list, places};
use crate::model::Prose;

/// The format.
pub(super) const FORMAT: &Format = &Format {
    name: "html",
    about: "a page in HTML with a list or a table of papers, such as the schedule of a reading group",
    extensions: &["html", "htm"],
    maker: Maker::Program,
    detect: |sample| FORMAT.has_extension(sample.extension) && is_list(sample),
    read,
};

/// Elements that are no text of a page, with all that is in them.
const ASIDE: &[&str] =
    &["head", "script", "style", "nav", "footer", "svg", "noscript", "template", "form", "button"];

/// Tags that the reader of lists knows.
const KEPT: &[&str] = &["table", "tr", "td", "th", "ul", "ol", "li", "details", "summary", "br"];

/// Tags of emphasis, as Markdown has them.
const MARKS: &[(&str, &str)] = &[("b", "**"), ("strong", "**"), ("i", "*"), ("em", "*")];

/// Characters that pages name.
const NAMED: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&nbsp", " "),
    ("&amp;", "&"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&#8217;", "’"),
    ("&rsquo;", "’"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
];

/// Longest label of a link, in bytes.
const LABEL: usize = 1000;

fn is_list(sample: &Sample<'_>) -> bool {
    let page = markdown(sample.text);
    list::is_list(&Sample { text: &page.text, ..*sample })
}

fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let page = markdown(text);
    let mut reading = list::read(&page.text, hints);
    places::put_back(&mut reading, &|span| page.source_span(span.clone()).unwrap_or_default());
    reading
}

/// A page with its links as Markdown, and of its tags only those of lists, tables and headings.
fn markdown(text: &str) -> Prose {
    let mut out = Prose::default();
    let mut open_tags = Open::default();
    let mut at = front_matter::body(text);
    out.push(&text[..at], 0);
    while let Some(open) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|found| at + found) {
        words(text, at..open, &mut out);
        at = tag(text, open, &mut open_tags, &mut out);
    }
    words(text, at..text.len(), &mut out);
    out
}

/// Text between tags, without the indent of the page.
fn words(text: &str, range: Range<usize>, out: &mut Prose) {
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let shown = line.trim_start_matches([' ', '\t']);
        let start = at + line.len() - shown.len();
        let is_parted = shown.len() < line.len() && !out.text.ends_with(['\n', ' ']);
        out.push(if is_parted { " " } else { "" }, at);
        let (mut from, mut rest) = (start, shown);
        while let Some(sign) = rest.find('&') {
            let named = NAMED.iter().find(|(name, _)| rest[sign..].starts_with(name));
            let (length, meant) = named.map_or((1, "&"), |(name, sign)| (name.len(), *sign));
            out.push(&rest[..sign], from);
            out.push(meant, from + sign);
            (from, rest) = (from + sign + length, &rest[sign + length..]);
        }
        out.push(rest, from);
        at += line.len();
    }
}

/// What is known of the elements around a place.
#[derive(Default)]
struct Open {
    /// Those that are known not to close any more, so that nobody looks for their ends again.
    unclosed: Vec<&'static str>,
    /// Whether it is in an item of a list or a cell, which is one line with breaks.
    in_item: bool,
}

/// Takes a tag, and what is in it where that is no text; where it ends.
fn tag(text: &str, open: usize, around: &mut Open, out: &mut Prose) -> usize {
    let rest = &text[open..];
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(text.len(), |end| open + end + 3);
    }
    let inner = rest[1..].trim_start_matches('/');
    let letters = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = inner[..letters].to_ascii_lowercase();
    let is_end = rest.starts_with("</");
    let Some(end) = rest.find('>').map(|end| open + end + 1) else {
        // No tag ends from here on.
        words(text, open..text.len(), out);
        return text.len();
    };
    if let Some(name) = ASIDE.iter().find(|aside| **aside == name).filter(|_| !is_end) {
        if around.unclosed.contains(name) {
            return end;
        }
        if let Some((_, after)) = closing(text, end, name) {
            return after;
        }
        around.unclosed.push(name);
        return end;
    }
    let level = name.strip_prefix('h').and_then(|level| level.parse().ok()).unwrap_or(0_usize);
    if (1..=6).contains(&level) {
        out.push("\n", open);
        out.push(if is_end { "" } else { &"######"[..level] }, open);
        out.push(if is_end { "" } else { " " }, open);
    } else if KEPT.contains(&name.as_str()) {
        if matches!(name.as_str(), "li" | "td" | "th" | "ul" | "ol" | "table") {
            around.in_item = !is_end && matches!(name.as_str(), "li" | "td" | "th");
        }
        out.push(&text[open..end], open);
    } else if name == "a" && !is_end {
        return link(text, open..end, out).unwrap_or(end);
    } else if let Some((_, mark)) = MARKS.iter().find(|(known, _)| *known == name) {
        out.push(mark, open);
    } else if matches!(name.as_str(), "p" | "div" | "section" | "article" | "dt" | "hr") {
        out.push(if around.in_item { "<br>" } else { "\n" }, open);
    }
    end
}

/// Where an element closes that is open at a place, and where the tag that closes it ends.
fn closing(text: &str, from: usize, name: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let close =
        memchr::memmem::find_iter(&bytes[from..], b"</").map(|at| from + at).find(|at| {
            let start = at + 2;
            bytes
                .get(start..start + name.len())
                .is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes()))
        })?;
    Some((close, text[close..].find('>').map_or(text.len(), |end| close + end + 1)))
}

/// A link as Markdown; where it ends. One that leads nowhere on the web is its words.
fn link(text: &str, open: Range<usize>, out: &mut Prose) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(open.end + LABEL)];
    let (close, after) = closing(near, open.end, "a")?;
    let (_, address) = text[open.clone()].split_once("href=")?;
    let quote = address.chars().next().filter(|c| matches!(c, '"' | '\''));
    let address = match quote {
        Some(quote) => address[1..].split(quote).next(),
        None => address.split([' ', '>']).next(),
    };
    let address =
        address.filter(|url| url.starts_with("http") && !url.contains([' ', '(', ')']))?;
    let mut label = Prose::default();
    let mut at = open.end;
    while let Some(sign) = near[at..close].find('<').map(|found| at + found) {
        label.push(&near[at..sign], at);
        at = near[sign..close].find('>').map_or(close, |end| sign + end + 1);
    }
    label.push(&near[at..close], at);
    let shown: Vec<&str> = label.text.split_whitespace().collect();
    let shown = shown.join(" ").replace('[', "(").replace(']', ")");
    out.push("[", open.start);
    out.push(&shown, open.end);
    out.push("](", open.start);
    out.push(address, open.start);
    out.push(")", open.start);
    Some(after)
}
