//! Headings that are titles: their Markdown, and a title as such Markdown again.

use std::collections::BTreeSet;

use crate::model::id::{is_web_address, unwrap_redirector};
use crate::model::{Entry, PaperId};
use crate::prose;
use crate::prose::source::{formulas, is_balanced};

use super::markdown::is_of_references;
use super::text::{Fence, heading, squeeze};
use super::{dates, escape_markdown, fields};

/// The title that a heading gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Title {
    /// Plain text in which `$…$` is math.
    pub(crate) words: String,
    /// Its Markdown, where that says more.
    markup: Option<String>,
    /// The web address that its first link leads to.
    pub(crate) link: Option<String>,
    /// Whether it has a link of any kind.
    pub(crate) has_link: bool,
    /// Whether the whole of it is that link.
    pub(crate) is_link: bool,
}

impl Title {
    /// Makes it an entry's title.
    pub(crate) fn give(&self, entry: &mut Entry) {
        entry.title.clone_from(&self.words);
        entry.title_markup.clone_from(&self.markup);
    }
}

/// The title that the text of a heading gives.
pub(crate) fn title_of(heading: &str) -> Title {
    let text = without_ordinal(squeeze(without_attributes(without_closing(heading))));
    let (id, text) = numbered(&text).map_or((None, text.as_str()), |(id, text)| (Some(id), text));
    let text = text.to_owned();
    let read = prose::title(&text);
    let has_link = read.link.is_some();
    let link = read
        .link
        .filter(|url| is_web_address(url) || PaperId::parse(url).is_some())
        .map(|url| unwrap_redirector(&url).into_owned())
        .or_else(|| id.map(|id| id.url()));
    Title {
        is_link: read.is_link && link.is_some(),
        link,
        has_link,
        markup: read.is_marked_up.then_some(text),
        words: read.words,
    }
}

/// What the sections of a text are called, in letters alone: its headings and lines in bold, but for those over what it refers to.
pub fn section_names(text: &str) -> BTreeSet<String> {
    let mut fence = Fence::default();
    let shown = text.lines().filter(|line| !fence.take(line));
    let named = shown.filter_map(|line| {
        let bold = || line.trim().strip_prefix("**")?.strip_suffix("**");
        let words = heading(line).map(|(_, words)| words).or_else(bold)?;
        let name = title_of(words).words.to_lowercase();
        (!is_of_references(&name))
            .then(|| name.chars().filter(|c| c.is_alphabetic()).collect::<String>())
    });
    named.filter(|name| !name.is_empty()).collect()
}

/// The number of arXiv that stands before a title, as arXiv calls its pages, and the title: `[2503.90001] Lamps at Night`.
pub(crate) fn numbered(title: &str) -> Option<(PaperId, &str)> {
    let (number, title) = title.strip_prefix('[')?.split_once("] ")?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    let id = PaperId::parse(number).filter(|id| is_number && matches!(id, PaperId::Arxiv(_)))?;
    Some((id, title.trim_start())).filter(|(_, title)| !title.is_empty())
}

/// A heading's text without the label that says that it is the title: `제목: Lamps at Night`.
pub(crate) fn unlabelled(heading: &str) -> &str {
    let parted = heading.split_once([':', '：']);
    let value = parted.filter(|(name, value)| {
        !value.trim().is_empty()
            && fields::named(name, &[]).is_some_and(|field| matches!(field.name, "title" | "paper"))
    });
    value.map_or(heading, |(_, value)| value.trim())
}

/// Takes off an entry's title the brackets or quotes that programs put around the whole of it: `{Lamps at Night}`.
pub(crate) fn unwrap(entry: &mut Entry) {
    while let Some(bare) = within(&entry.title).map(str::to_owned) {
        entry.title_markup = entry.title_markup.as_deref().and_then(within).map(str::to_owned);
        entry.title = bare;
    }
}

/// What stands between two signs that open and close the whole of a title of some words.
fn within(title: &str) -> Option<&str> {
    const AROUND: [(char, char); 6] =
        [('[', ']'), ('{', '}'), ('"', '"'), ('“', '”'), ('《', '》'), ('「', '」')];
    AROUND.iter().find_map(|&(open, close)| {
        let inner = title.strip_prefix(open)?.strip_suffix(close)?;
        let mut depth = 0;
        let is_whole = inner.chars().all(|c| {
            depth += i32::from(c == open) - i32::from(c == close);
            depth >= 0 && (open != close || c != open)
        });
        let inner = inner.trim();
        (is_whole && inner.contains([' ', '{', '-']) && inner.contains(char::is_alphabetic))
            .then_some(inner)
    })
}

/// A heading's text without the closing `##` that Markdown allows.
fn without_closing(text: &str) -> &str {
    let bare = text.trim_end_matches('#');
    if bare.len() < text.len() && (bare.is_empty() || bare.ends_with([' ', '\t'])) {
        bare.trim_end()
    } else {
        text
    }
}

/// A heading's text without the `{#id .class}` that other systems read at its end.
fn without_attributes(text: &str) -> &str {
    let Some((before, inside)) = text.strip_suffix('}').and_then(|text| text.rsplit_once('{'))
    else {
        return text;
    };
    let named =
        inside.split_whitespace().all(|part| part.len() > 1 && part.starts_with(['#', '.']));
    if named && !inside.trim().is_empty() && before.ends_with([' ', '\t']) {
        before.trim_end()
    } else {
        text
    }
}

/// How long the number is that counts a heading: `2. `, `2) `, `2、`; 0 where it has none. A date may begin so.
fn ordinal(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let signed = [". ", ") ", "、", "．"].iter().find_map(|sign| rest.strip_prefix(sign));
    let after = signed.unwrap_or_default().trim_start();
    let counts = (1..=3).contains(&digits) && after.starts_with(|c: char| !c.is_numeric());
    if counts && dates::whole(text).is_none() { text.len() - after.len() } else { 0 }
}

/// A text without the number that counts it: `2. Authors: …`.
pub(crate) fn uncounted(text: &str) -> &str {
    &text[ordinal(text)..]
}

/// What follows the number in brackets that counts a heading: `[1] `, `【1】`.
fn behind_brackets(text: &str) -> Option<&str> {
    let (number, rest) = [('[', ']'), ('【', '】')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.split_once(*close))?;
    let counts = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.trim_start();
    (counts && rest.starts_with(|c: char| !c.is_numeric() && !"(:".contains(c))).then_some(rest)
}

/// A heading's text without the number that counts it.
fn without_ordinal(text: String) -> String {
    if let Some(rest) = behind_brackets(&text) {
        return rest.to_owned();
    }
    let marks = text.len() - text.trim_start_matches(['*', '_', '[']).len();
    match ordinal(&text[marks..]) {
        0 => text,
        length => format!("{}{}", &text[..marks], &text[marks + length..]),
    }
}

/// The title of an entry as a heading's text, from which [`title_of`] reads the same again.
pub(crate) fn written(entry: &Entry) -> String {
    // A link in the heading is read as the entry's first, so it may stand there only where that is so.
    let ways: [&dyn Fn(&str) -> String; 3] =
        [&str::to_owned, &|title| escape_markdown::unplaced(title).text, &escape_all];
    let texts = ways.into_iter().map(|way| way(&entry.title));
    let found = entry
        .title_markup
        .iter()
        .cloned()
        .chain(texts)
        .flat_map(|text| [format!("{text} ##"), text].into_iter().rev())
        .find(|text| {
            let title = title_of(text);
            title.words == entry.title
                && title.markup == entry.title_markup
                && is_same_link(entry, &title)
        });
    found.unwrap_or_else(|| escape_all(&entry.title))
}

fn is_same_link(entry: &Entry, title: &Title) -> bool {
    match &title.link {
        Some(link) if title.is_link => {
            entry.links.first().is_some_and(|first| first.key.is_none() && first.url == *link)
        }
        Some(_) => !entry.links.is_empty(),
        None => true,
    }
}

/// A title with a backslash before everything that could be markup outside its formulas.
fn escape_all(title: &str) -> String {
    let (mut out, mut from) = (String::with_capacity(title.len() * 2), 0);
    // A title may begin as a number does that counts headings; not every sign behind one takes a backslash.
    if ordinal(title) > 0 {
        from = 1;
        out.extend(["&#", &title.as_bytes()[0].to_string(), ";"]);
    }
    for formula in
        formulas(title).into_iter().filter(|formula| is_balanced(&title[formula.range.clone()]))
    {
        escape(&title[from..formula.range.start], &mut out);
        out.push_str(&title[formula.range.clone()]);
        from = formula.range.end;
    }
    escape(&title[from..], &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if "*_`~<&\\[$#{!=^".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}
