//! An item that is written as a reference: people, then the title in quotes, in bold or behind a year, then where it appeared.

use crate::formats::by_hand::are_people;

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
    quoted(text).or_else(|| behind_year(text))
}

/// `Wick, Ada, and Bo Lamp. "**Title**." Venue`, `Ada Wick, Bo Lamp: “Title”`, `Ada Wick, Bo Lamp. **Title**. Venue`
fn quoted(text: &str) -> Option<Cited<'_>> {
    let at = text.find(['"', '“', '「', '『', '[']).into_iter().chain(text.find("**")).min()?;
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
    let is_year = |year: &str| {
        let digits = year.get(..4).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        digits && year.len() < 6
    };
    match found.filter(|(_, year)| is_year(year)) {
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
    let before = before.trim_matches(|c: char| c.is_whitespace() || ".,:;*_-–—".contains(c));
    let title = title.trim_matches(|c: char| c.is_whitespace() || ".,*_".contains(c));
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
    // The first name of the first stands behind a comma.
    let mut parts = text.splitn(3, ", ");
    let (last, first) = (parts.next()?, parts.next()?);
    let is_name = |name: &str| {
        let words = name.split(' ').count();
        words < 4
            && name.split(' ').all(|word| word.starts_with(char::is_uppercase))
            && name.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
    };
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
                "Ada Wick, et al",
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
