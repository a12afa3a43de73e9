//! An item that is written as a reference: people, then the title in quotes, in bold, behind a year or as a sentence, then
//! where it appeared. And a title with the year and the people behind it.

use crate::formats::by_hand::{are_people, could_be_person};
use crate::model::author;

/// A reference, parted.
pub(super) struct Cited<'t> {
    /// The people, the first of them with the first name first.
    pub(super) people: String,
    pub(super) year: Option<&'t str>,
    pub(super) title: &'t str,
    /// What stands behind the title.
    pub(super) rest: &'t str,
}

/// Longest text before a title, in bytes: so many people are named in full nowhere.
const LONGEST: usize = 1500;

/// Parts a text that is a reference.
pub(super) fn split(text: &str) -> Option<Cited<'_>> {
    let text = text.trim_start_matches(['*', '_', ' ']);
    // People over a title stand on the first line, but so does a title over people.
    if text.find("<br>").is_some_and(|end| !are_people(text[..end].trim_end_matches(['.', ' ']))) {
        return None;
    }
    quoted(text).or_else(|| behind_year(text)).or_else(|| sentence(text))
}

/// `Ada Wick and Bo Lamp. Title. Venue. 2015. address`, `Ada Wick et al. Title, Venue, 2015.`
fn sentence(text: &str) -> Option<Cited<'_>> {
    // A link is either the title or stands behind it.
    let whole = text;
    let text =
        text.get(..text.find("](").unwrap_or(text.len())).filter(|_| !text.starts_with('['))?;
    let at = sentence_end(text).filter(|at| *at < LONGEST)?;
    let before = &text[..at];
    // `Ada Wick and Bo Lamp. 2015. Title. Venue.`
    let (year, start) = match text[at + 2..].split_once(". ") {
        Some((year, _)) if author::names_year(year) => (Some(year), at + 8),
        _ => (None, at + 2),
    };
    let after = &text[start..];
    let line = after.split(['\n', '[']).next()?;
    let line = line.split_once("http").map_or(line, |(line, _)| line);
    let end = sentence_end(line).unwrap_or(line.len());
    // Where it appeared may stand in the sentence of the title.
    let title = match line[..end].rsplit_once(", ").filter(|(_, venue)| author::has_year(venue)) {
        Some((rest, year)) if year.len() == 4 => {
            rest.rsplit_once(", ").map_or(rest, |(title, _)| title)
        }
        Some((title, _)) => title,
        None => &line[..end],
    };
    let alone = (2..=4).contains(&before.split(' ').count())
        && line[title.len()..].split(['.', ',']).any(|part| author::has_year(part.trim()))
        && title.split(' ').count() > 3
        && could_be_person(before);
    let rest = &whole[start + title.len()..];
    if alone {
        return Some(Cited { people: before.to_owned(), year, title, rest });
    }
    let people = author::split(before);
    let is_list = people.names.len() > 1 || people.more.is_some();
    is_list.then(|| cited(before, year, title, rest)).flatten()
}

fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices(". ")
        .find(|(at, _)| text[..*at].rsplit(' ').next().is_some_and(|word| word.chars().count() > 1))
        .map(|(at, _)| at)
}

/// A title with what stands behind it: `Title (2015), A. Wick et al.`, `Title (2019) - Wick, Lamp`, `Title - by Ada Wick`; the
/// title, the year and the people.
pub(super) fn behind(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let year = || {
        let (title, rest) = text.rsplit_once(" (")?;
        let (year, people) = rest.split_once(')')?;
        let is_year = author::names_year(year);
        let people = people.trim_matches(is_sign);
        let list = author::split(people);
        let fits = people.is_empty()
            || !list.names.is_empty()
                && list.names.iter().all(|name| {
                    name.split(' ').count() <= 4
                        && name.split(' ').any(|word| word.starts_with(char::is_uppercase))
                        && name.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
                });
        (is_year && fits).then_some((title.trim_end_matches(is_sign), Some(year), people))
    };
    year()
        .or_else(|| {
            let (title, people) = text.rsplit_once(" by ")?;
            let is_by = title.trim_end().ends_with(['-', '–', '—', ',']);
            let fits = is_last(people) || are_people(people) || could_be_person(people);
            (is_by && fits).then_some((title.trim_end_matches(is_sign), None, people))
        })
        .or_else(|| {
            let at = [" - ", ", "].iter().filter_map(|sign| text.rfind(sign)).max()?;
            let people = text[at..].trim_matches(is_sign);
            let fits = is_last(people) || are_people(people) && people.contains("et al");
            fits.then_some((text[..at].trim_end_matches(is_sign), None, people))
        })
}

fn is_sign(c: char) -> bool {
    c.is_whitespace() || ",.;:-–—".contains(c)
}

/// `Wick et al.`
fn is_last(text: &str) -> bool {
    let last = text.trim_end_matches('.').strip_suffix(" et al").unwrap_or_default();
    !last.contains([' ', ',']) && last.starts_with(char::is_uppercase)
}

/// `Wick, Ada, and Bo Lamp. "**Title**." Venue`, `Ada Wick, Bo Lamp: “Title”`, `Ada Wick, Bo Lamp. **Title**. Venue`
fn quoted(text: &str) -> Option<Cited<'_>> {
    // What an attribute of HTML says is no title.
    let marks = text.match_indices(['"', '“', '「', '『', '[']).map(|(at, _)| at);
    let mark = marks.into_iter().find(|at| !text[..*at].ends_with('='));
    let at = mark.into_iter().chain(text.find("**")).min()?;
    let (before, inside) = text.split_at(at);
    let mark = inside.chars().next()?;
    let close = match mark {
        '"' => "\"",
        '“' => "”",
        '「' => "」",
        '『' => "』",
        '*' => "**",
        _ => return None,
    };
    let inside = inside.strip_prefix("**").unwrap_or(&inside[mark.len_utf8()..]);
    let (title, rest) = inside.split_once(close)?;
    let (before, year) = with_year(before);
    cited(before, year, title, rest)
}

/// `Wick, A., & Lamp, B. (2014). Title. Venue`
fn behind_year(text: &str) -> Option<Cited<'_>> {
    let open = text.find(" (").filter(|at| *at < LONGEST)?;
    let close = open + text[open..].find(')')?;
    let (before, year) = with_year(&text[..=close]);
    let year = year?;
    let after = text[close + 1..].trim_start_matches(['.', ',', ':', ' ']);
    let end = after.find(['.', '[', '\n'])?;
    cited(before, Some(year), &after[..end], &after[end..])
}

/// A text without the year in parentheses at its end.
fn with_year(text: &str) -> (&str, Option<&str>) {
    let bare = text.trim_end_matches(['.', ',', ':', ' ']);
    let found = bare.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    match found.filter(|(_, year)| {
        let digits = year.get(..4).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        digits && year.len() < 6
    }) {
        Some((before, year)) => (before, Some(&year[..4])),
        None => (bare, None),
    }
}

fn cited<'t>(
    before: &str,
    year: Option<&'t str>,
    title: &'t str,
    rest: &'t str,
) -> Option<Cited<'t>> {
    let before = before.trim_matches(|c: char| c.is_whitespace() || ".,，:;*_-–—".contains(c));
    let title = title.trim_matches(|c: char| c.is_whitespace() || ".,，*_".contains(c));
    let says = title.chars().filter(|c| c.is_alphabetic()).count() > 3;
    let fits = before.len() < LONGEST && says && !title.contains("](") && !before.contains("](");
    let people = people(before).filter(|_| fits)?;
    Some(Cited { people, year, title, rest })
}

/// The people that a reference begins with.
fn people(text: &str) -> Option<String> {
    if are_people(text) {
        return Some(text.to_owned());
    }
    // Two words are the last and the first name of one.
    let others = text.replace(", et al", " et al");
    let names = others.strip_suffix(" et al").unwrap_or_default().split(", ");
    if names.clone().count() != 2 && names.clone().all(|name| is_last(&format!("{name} et al"))) {
        return Some(others);
    }
    // The first name of the first stands behind a comma.
    let mut parts = text.splitn(3, ", ");
    let (last, first) = (parts.next()?, parts.next()?);
    let (first, and) = match first.split_once(" and ") {
        Some((first, and)) => (first, Some(and)),
        None => (first, None),
    };
    if !is_name(last) || !is_name(first) {
        return None;
    }
    let one = format!("{first} {last}");
    match and.or(parts.next()) {
        None => Some(one),
        Some(others) => {
            let all = format!("{one}, {}", others.trim_start_matches("and "));
            are_people(&all).then_some(all)
        }
    }
}

fn is_name(name: &str) -> bool {
    let words = name.split(' ').count();
    words < 4
        && name.starts_with(char::is_uppercase)
        && name.split(' ').all(|word| word.starts_with(char::is_uppercase) || word.len() < 4)
        && name.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
}

/// What stands behind a reference of a code host at the start of a text: `ada/papers#12 How Lamps Learn`.
pub(super) fn behind_issue(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(' ')?;
    let (repository, number) = word.split_once('#')?;
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (is_number && (repository.is_empty() || repository.contains('/'))).then_some(rest)
}

/// Whether a text is how a paper is called in a sentence: `Wick et al. (2019)`.
pub(super) fn is_short(label: &str) -> bool {
    label.split_once(" et al").is_some_and(|(name, year)| {
        let year = year.trim_matches(|c: char| c.is_whitespace() || ".,()'".contains(c));
        !name.contains(' ') && year.len() < 6 && year.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Longest name before a title in quotes, in bytes.
const NAME: usize = 60;

/// A short name before a title in quotes, that title, and what follows: `Wick: "How Lamps Wait" LampConf`.
pub(super) fn named(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once([':', '：']).filter(|(name, _)| name.len() < NAME)?;
    let rest = rest.trim_start();
    let (inside, after) = match rest.chars().next()? {
        '"' => rest[1..].split_once('"')?,
        '“' => rest['“'.len_utf8()..].split_once('”')?,
        _ => return None,
    };
    let fits = name.split(' ').count() < 4 && inside.split(' ').count() > 1;
    let inside = inside.trim_end_matches(['.', ',', ' ']);
    (fits && !name.contains(['[', '(', '"'])).then_some((name, inside, after))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn references_in_every_style() {
        for (text, people, title, year) in [
            (
                "Wick, Ada, and Bo Lamp. \"**How lamps learn**.\" Light 3 (2015). [[pdf]](x)",
                "Ada Wick, Bo Lamp",
                "How lamps learn",
                None,
            ),
            (
                "Wick, Ada, et al. \"How lamps learn.\" arXiv",
                "Wick, Ada, et al",
                "How lamps learn",
                None,
            ),
            ("Wick, Ada. \"How lamps learn.\" 2013", "Ada Wick", "How lamps learn", None),
            (
                "Ada Wick, Bo Lamp (2014). How lamps learn. Light",
                "Ada Wick, Bo Lamp",
                "How lamps learn",
                Some("2014"),
            ),
            (
                "Ada Wick and Bo Lamp. How lamps learn. *Light 2014*. [[pdf](https://example.org)]",
                "Ada Wick and Bo Lamp",
                "How lamps learn",
                None,
            ),
            (
                "Ada Wick and Bo Lamp: “How lamps learn”",
                "Ada Wick and Bo Lamp",
                "How lamps learn",
                None,
            ),
        ] {
            let cited = split(text).map(|cited| (cited.people, cited.title, cited.year));
            assert_eq!(cited, Some((people.to_owned(), title, year)), "{text}");
        }
        for text in [
            "Lamps that learn \"fast\" and slow",
            "**Lamps That Learn**. Ada Wick",
            "[Lamps](x) by Ada Wick",
        ] {
            assert!(split(text).is_none(), "{text}");
        }
    }
}
