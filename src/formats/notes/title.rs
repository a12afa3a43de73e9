//! The title line of a note: `*Title* (authors)`, `**Title** (authors)`, `Title (authors)`, with a link in
//! place of the authors, linked, or broken over several lines; a full stop or a venue may follow. Authors may stand
//! below it as well, see [`super::people`].

use unicode_normalization::UnicodeNormalization as _;

use super::labelled::is_only;
use super::links;
use super::name;
use crate::formats::Hints;
use crate::formats::by_hand::are_people;
use crate::formats::fields;
use crate::formats::heading::title_of;
use crate::formats::markdown::is_section;
use crate::formats::metadata::{add_authors, add_field, markdown_link};
use crate::formats::text::{Line, breaks_paragraph, heading, squeeze};
use crate::model::id::{is_web_address, unwrap_redirector};
use crate::model::lang::Script;
use crate::model::{Entry, Link, author};

/// Longest title in characters, and most lines it is broken over: what goes on for longer is commentary.
const LONGEST: usize = 300;
const MOST_LINES: usize = 6;

/// A title line, read.
pub(super) struct Title {
    text: String,
    authors: Option<String>,
    link: Option<String>,
    venue: Option<String>,
    /// How many lines it takes.
    pub(super) lines: usize,
}

impl Title {
    /// Whether it is this title.
    pub(super) fn says(&self, title: &str) -> bool {
        folded(&title_of(&self.text).words) == folded(title)
    }

    /// Puts it into an entry.
    pub(super) fn apply(self, entry: &mut Entry) {
        title_of(&self.text).give(entry);
        entry.links.extend(
            self.link.map(|url| Link { key: None, url: unwrap_redirector(&url).into_owned() }),
        );
        if let Some(authors) = self.authors {
            add_authors(entry, &authors);
        }
        if let Some(venue) = self.venue {
            add_field(entry, "venue", &venue);
        }
    }
}

/// Reads the title at the start of some lines. `name` is the file's name without its date; `first`: no link stands
/// before it, so that one in its parentheses is the paper's.
pub(super) fn read(lines: &[Line<'_>], name: &str, first: bool) -> Option<Title> {
    let paragraph = lines
        .iter()
        .skip(1)
        .take_while(|line| !line.is_blank() && !breaks_paragraph(line.text))
        .count()
        + 1;
    let line = lines.first()?;
    // A heading is one line, below which people may stand in brackets.
    let in_brackets = |line: &Line<'_>| {
        let text = line.text.trim();
        text.starts_with(['(', '（']) && text.ends_with([')', '）'])
    };
    let paragraph = match heading(line.text) {
        Some(_) => 1 + usize::from(paragraph > 1 && in_brackets(&lines[1])),
        None => paragraph,
    };
    let mut text = heading(line.text).map_or(line.text, |(_, text)| text).trim().to_owned();
    for used in 1..=paragraph.min(MOST_LINES) {
        if used > 1 {
            text.push(' ');
            text.push_str(lines[used - 1].text.trim());
        }
        // A title is words: a picture or a declaration of HTML in front of it would be lost with its line.
        if text.len() > LONGEST * 40 || text.contains("![") || text.contains("<!") {
            return None;
        }
        if let Some(title) = of(&text, used == paragraph, (name, first)) {
            return Some(Title { lines: used, ..title });
        }
    }
    None
}

/// The title that a text is. `whole`: nothing follows it in its paragraph. Where something does, one name in
/// parentheses is too little to tell a title from a sentence.
fn of(text: &str, whole: bool, (name, first): (&str, bool)) -> Option<Title> {
    let (text, front) = without_front(text);
    let (text, tail) = without_tail(text);
    let venue = front.or(tail);
    let narrow = narrowed(text);
    let text = narrow.as_deref().unwrap_or(text);
    // The brackets may be a part of the title.
    if whole && (is_whole_name(text, name) || is_short_name(text)) {
        return named(text, name);
    }
    let title = emphasised(text).or_else(|| linked(text)).or_else(|| {
        plain(text).filter(|title| title.link.is_none() || first || is_called(&title.text, name))
    });
    let title =
        title.or_else(|| unclosed(text).filter(|title| whole && has_several_authors(title)));
    let title = title.filter(|title| whole || title.link.is_some() || has_several_authors(title));
    let title = title.or_else(|| named(text, name).filter(|_| whole))?;
    // A sentence in parentheses is no venue, and without people nothing says that a title is before it.
    (venue.is_none() || has_several_authors(&title))
        .then(|| Title { venue: venue.map(str::to_owned), ..title })
}

fn has_several_authors(title: &Title) -> bool {
    title.authors.as_deref().is_some_and(author::has_several)
}

/// A title line without the venue that some put before it: `[Fog Conf 2025] Title (authors)`.
fn without_front(text: &str) -> (&str, Option<&str>) {
    let split = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    match split {
        Some((venue, rest)) if author::has_year(venue) && venue.len() < 60 => (rest, Some(venue)),
        _ => (text, None),
    }
}

/// A title line without what follows its parentheses: a full stop, or where the paper appeared.
fn without_tail(text: &str) -> (&str, Option<&str>) {
    let Some(end) = text.rfind([')', '）']) else { return (text, None) };
    let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
    let tail = text[end..].trim_matches(|c: char| c.is_whitespace() || ".,;:·|-–—[]".contains(c));
    let named =
        tail.split_whitespace().count() <= 8 && author::has_year(tail) && !tail.contains("http");
    match tail {
        "" if !text[end..].contains(['[', ']']) => (&text[..end], None),
        venue if named && venue.chars().count() <= 60 => (&text[..end], Some(venue)),
        _ => (text, None),
    }
}

/// A text whose last parentheses are full-width ones, on either side, with others.
fn narrowed(text: &str) -> Option<String> {
    let mut depth = 0;
    let open = text.char_indices().rev().find(|(_, c)| {
        depth += i32::from(matches!(c, ')' | '）')) - i32::from(matches!(c, '(' | '（'));
        depth == 0
    });
    let (open, mark) = open.filter(|_| text.ends_with([')', '）']))?;
    if mark == '(' && text.ends_with(')') {
        return None;
    }
    let within = text[open + mark.len_utf8()..].strip_suffix([')', '）'])?;
    Some(format!("{} ({within})", text[..open].trim_end()))
}

/// Several names in parentheses that never close.
fn unclosed(text: &str) -> Option<Title> {
    let open = text.rfind(['(', '（']).filter(|open| !text[*open..].contains([')', '）']))?;
    let within = text[open..].trim_start_matches(['(', '（']);
    let closed = format!("{} ({within})", text[..open].trim_end());
    let names = are_names(within, false) && !within.trim_end().ends_with('.');
    if names { emphasised(&closed).or_else(|| plain(&closed)) } else { None }
}

/// Takes the only heading of the first level as the title, where it begins a note of another program's and nothing but the
/// note's name tells one; where it stood. A name with a day before some words is the title itself.
pub(super) fn of_heading(
    all: &[Line<'_>],
    rest: &mut Vec<Line<'_>>,
    hints: &Hints<'_>,
    entry: &mut Entry,
) -> Option<usize> {
    let is_told = || {
        entry.title != name::title(hints)
            || name::dated(name::own(hints)).is_some_and(|(_, words)| !words.is_empty())
    };
    if !hints.foreign || is_told() || !is_only(rest, 1) {
        return None;
    }
    let at = rest.iter().position(|line| !line.is_blank())?;
    let above =
        all.iter().filter(|line| !line.is_blank()).take_while(|line| line.start < rest[at].start);
    if !above.into_iter().all(|line| links::of_paper(line.text).is_some()) {
        return None;
    }
    let (_, title) = heading(rest[at].text).filter(|(level, _)| *level == 1)?;
    let title = title_of(title);
    // What only says what is below it is no title.
    if fields::named(&title.words, hints.names).is_some() || is_section(&title.words) {
        return None;
    }
    title.give(entry);
    rest.remove(at);
    Some(at)
}

/// Whether a text with brackets at its end is a file's name as a whole.
fn is_whole_name(text: &str, name: &str) -> bool {
    text.ends_with([')', '）']) && !name.is_empty() && folded(text) == folded(name)
}

/// Whether the brackets at the end of a text hold the short name of what stands before them: `Generalizable Lamp Transformer
/// (GLT)`.
fn is_short_name(text: &str) -> bool {
    let Some((title, short)) = text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("))
    else {
        return false;
    };
    let letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    let mut initials = title.split([' ', '-']).filter_map(|word| word.chars().next());
    let is_word = short.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_word
        && letters.len() > 1
        && letters.iter().all(|letter| initials.any(|c| c.to_uppercase().eq(Some(*letter))))
}

/// Whether a title is a file's name, but for what names of files cannot hold, or goes on from it after a colon.
fn is_called(title: &str, name: &str) -> bool {
    let (whole, short) = (folded(title), title.split(':').next().map(folded).unwrap_or_default());
    !name.is_empty() && [whole, short].contains(&folded(name))
}

/// Whether a character is a syllable of Korean, which has one form and no case.
fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// A text as it is compared with names of files, which can hold few signs.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // No form of Unicode reaches beyond a space, and most words are in theirs already.
    for word in text.split(' ') {
        if word.is_ascii() {
            word.split(|c: char| !c.is_ascii_alphanumeric()).for_each(|part| out.push_str(part));
        } else if word.chars().all(is_syllable) {
            out.push_str(word);
        } else {
            let kept = word.nfkc().filter(|c| c.is_alphanumeric());
            out.extend(kept.flat_map(char::to_lowercase));
        }
    }
    out.make_ascii_lowercase();
    out
}

/// `*Title*`, `**Title**`, `_Title_`, alone or before parentheses; `"Title"` before them.
fn emphasised(text: &str) -> Option<Title> {
    const MARKS: &[(&str, &str)] = &[
        ("**", "**"),
        ("*", "*"),
        ("_", "_"),
        ("\"", "\""),
        ("“", "”"),
        ("《", "》"),
        ("「", "」"),
    ];
    let (open, mark) = *MARKS.iter().find(|(open, _)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    if inner.starts_with(' ') {
        return None;
    }
    // Emphasis inside a title is rare and short; more marks than these are no title.
    let (at, _) = inner.match_indices(mark).take(16).find(|&(at, _)| {
        let rest = inner[at + mark.len()..].trim();
        let alone = rest.is_empty() && matches!(mark, "**" | "*" | "_");
        alone || rest.starts_with('(') || behind_dash(rest).is_some()
    })?;
    let (title, rest) = (inner[..at].trim(), inner[at + mark.len()..].trim());
    let sentence = rest.is_empty() && title.ends_with('.');
    if title.is_empty() || sentence || title.chars().count() > LONGEST {
        return None;
    }
    let within = match behind_dash(rest) {
        _ if rest.is_empty() => None,
        Some(people) => Some(people),
        None => Some(rest.strip_prefix('(')?.strip_suffix(')')?),
    };
    Some(made(title, within))
}

/// Several names behind a dash.
fn behind_dash(rest: &str) -> Option<&str> {
    let people = rest.strip_prefix(['-', '–', '—'])?.trim_start();
    are_people(people).then_some(people)
}

/// `[Title](address) (authors)`.
fn linked(text: &str) -> Option<Title> {
    let end = text.find("](").and_then(|at| Some(at + text[at..].find(')')? + 1))?;
    let (title, url) = markdown_link(&text[..end])
        .filter(|(title, url)| is_web_address(url) && !is_web_address(title))?;
    let within = text[end..].trim().strip_prefix('(')?.strip_suffix(')')?;
    Some(Title { link: Some(url.to_owned()), ..made(title, Some(within)) })
}

/// `Title (authors)`, `Title (address)`.
fn plain(text: &str) -> Option<Title> {
    let open = opening(text)?;
    let (title, within) = (text[..open].trim_end(), &text[open + 1..text.len() - 1]);
    let parted = title.len() < open && !title.is_empty() && !title.ends_with(['.', ',', ';']);
    let hangul = is_hangul(title);
    let like_a_title = parted && title.chars().count() <= LONGEST && !title.contains("http");
    let told = if is_web_address(within.trim()) { !hangul } else { are_names(within, hangul) };
    let sentences = hangul && (title.contains(". ") || title.chars().count() > 120);
    (like_a_title && told && !sentences).then(|| made(title, Some(within)))
}

/// Where the parenthesis opens that closes at the end of a text.
fn opening(text: &str) -> Option<usize> {
    if !text.ends_with(')') {
        return None;
    }
    let mut depth = 0;
    text.bytes().enumerate().rev().find_map(|(at, b)| {
        depth += i32::from(b == b')') - i32::from(b == b'(');
        (depth == 0).then_some(at)
    })
}

/// Whether the parentheses after a text that is not emphasised hold people rather than a remark.
pub(super) fn are_names(text: &str, doubtful: bool) -> bool {
    let list = author::split(text);
    let names = list.names;
    let several = names.len() > 1;
    let name = |name: &String| {
        let upper = name.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
        let particle =
            ["van ", "von ", "de ", "del ", "della ", "di ", "el ", "al-", "bin ", "dos "];
        let latin = upper || particle.iter().any(|start| name.starts_with(start));
        let is_counted = !name.is_ascii() && name.contains(|c: char| c.is_ascii_digit());
        latin
            && !is_counted
            && name.split(' ').count() <= 7
            && (!is_hangul(name) || several && is_korean_name(name, doubtful))
    };
    // Some write their names, or that of their team, in lower case; a list of such words alone is a remark.
    let fitting = names.iter().filter(|one| name(one)).count();
    let lower = names.iter().filter(|one| !name(one) && is_lower_case(one)).count();
    let most = (fitting + lower.min(fitting / 2)) * 10 >= names.len() * 9;
    let venue = names.is_empty() && list.venue.is_some() && !doubtful;
    let told = !names.is_empty() && most && (!doubtful || several);
    (told || venue) && !text.contains("http")
}

fn is_lower_case(name: &str) -> bool {
    let words = name.split(' ').count();
    (2..=3).contains(&words)
        && name.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '-' | '.'))
}

fn is_hangul(text: &str) -> bool {
    text.chars().any(|c| Script::of(c) == Some(Script::Hangul))
}

/// The surnames of most Koreans.
const SURNAMES: &str =
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진";

/// Whether Hangul in parentheses is a name: three syllables, as nearly all have, that begin with a surname where a title in
/// Korean could be a sentence with a remark.
fn is_korean_name(text: &str, doubtful: bool) -> bool {
    let syllables: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
    let known = syllables.first().is_some_and(|first| SURNAMES.contains(*first));
    match syllables.len() {
        3 => known || !doubtful,
        2 | 4 => known && !doubtful,
        _ => false,
    }
}

/// A line alone that is the file's name, or goes on from it with a colon: `Imagen: Text-to-Image …`.
fn named(text: &str, name: &str) -> Option<Title> {
    if !name.is_empty() && text.len() <= name.len() * 2 && folded(text) == folded(name) {
        return Some(made(text, None));
    }
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty())?;
    let like_a_title =
        rest.starts_with(':') && !text.ends_with('.') && text.chars().count() <= LONGEST;
    (like_a_title && !is_hangul(text)).then(|| made(text, None))
}

fn made(title: &str, within: Option<&str>) -> Title {
    let within = within.map(str::trim).filter(|within| !within.is_empty());
    let link = within.filter(|within| is_web_address(within)).map(str::to_owned);
    let authors = within.filter(|_| link.is_none()).map(str::to_owned);
    Title { text: squeeze(title), authors, link, venue: None, lines: 0 }
}
