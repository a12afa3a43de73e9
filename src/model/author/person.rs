//! One person: the name without what stands around it, and given name first.

use super::{name, others, plain, words};
use crate::model::lang::Script;

/// How the names of a list between commas are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `Ada Wick, Bo Flame`; `Wick, A., Flame, B.` too, for initials with dots are nobody.
    Plain,
    /// `Wick A, Flame BC`
    TrailingInitials,
    /// `Wick, A, Flame, BC`
    Alternating,
}

impl Style {
    pub(super) fn of(texts: &[&str]) -> Self {
        let names = texts.iter().filter(|text| others::whole(text).is_none());
        if names.clone().nth(1).is_none() {
            Self::Plain
        } else if names.clone().all(|text| trailing_initials(without_others(text)).is_some()) {
            Self::TrailingInitials
        } else if names.clone().count() % 2 == 0
            && names.enumerate().all(|(at, text)| is_bare(text) == (at % 2 == 1))
        {
            Self::Alternating
        } else {
            Self::Plain
        }
    }
}

fn is_bare(text: &str) -> bool {
    are_bare_initials(text) && !words::is_suffix(text)
}

/// A person as far as one piece of a list tells.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) name: String,
    /// What the piece says of others.
    pub(super) others: Option<String>,
    /// Where the person works.
    pub(super) affiliation: Option<String>,
    /// A year, perhaps with a venue.
    pub(super) date: Option<String>,
}

/// Names are shorter than this: anything longer is left as it is, so that no list costs a square.
const LONGEST: usize = 400;

/// Reads one piece of a list.
pub(super) fn read(text: &str) -> Person {
    let mut person = Person::default();
    if text.len() > LONGEST || plain::name(text).is_some() {
        text.clone_into(&mut person.name);
        return person;
    }
    let mut name = text;
    loop {
        let next = name.strip_prefix("and ").or_else(|| name.strip_prefix("& ")).unwrap_or(name);
        let next = without_marks(next).trim();
        let next = next.strip_suffix('.').filter(|name| name.ends_with(')')).unwrap_or(next);
        let next = words::without_honorific(next).unwrap_or(next);
        let next = without_title(next);
        let next = match others::at_end(next) {
            Some((before, said)) => {
                person.others.get_or_insert(said);
                before
            }
            None => next,
        };
        let next = match dated(next) {
            Some((before, date)) => {
                person.date.get_or_insert_with(|| date.to_owned());
                before
            }
            None => next,
        };
        let next = match bracketed(next) {
            Some((before, inner))
                if !before.is_empty()
                    && (words::is_affiliation(inner)
                        || words::is_part(inner)
                        // `Ada Wick et al. (Lamp Works)`
                        || others::at_end(before).is_some() && !words::has_year(inner))
                    && !name::is_group(before) =>
            {
                person.affiliation.get_or_insert_with(|| words::set_plain(inner).to_owned());
                before
            }
            Some(("", inner)) => {
                person.others.get_or_insert_with(|| inner.to_owned());
                ""
            }
            Some((before, inner)) if inner.contains('@') || words::is_mark(inner) => before,
            _ => next,
        };
        if next == name {
            break;
        }
        name = next;
    }
    name.clone_into(&mut person.name);
    person
}

/// `et al. 2023`: what stands before the year, where the list is cut before it.
fn dated(text: &str) -> Option<(&str, &str)> {
    if let Some((before, inner)) = bracketed(text).filter(|(_, inner)| words::has_year(inner)) {
        return Some((before, inner));
    }
    let (before, last) = text.rsplit_once(' ').filter(|(_, last)| words::is_year(last))?;
    others::at_end(before).is_some().then_some((before, last))
}

/// What stands before the brackets at the end of a text, and what they hold.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = match text.chars().next_back()? {
        ')' => opening(text)?,
        ']' => text.rfind('[')?,
        '>' => text.rfind('<')?,
        _ => return None,
    };
    Some((text[..open].trim_end(), text[open + 1..text.len() - 1].trim()))
}

fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.bytes().enumerate().rev().find_map(|(at, b)| {
        depth += i32::from(b == b')') - i32::from(b == b'(');
        (depth == 0).then_some(at)
    })
}

fn without_marks(name: &str) -> &str {
    let bare = name.trim_start_matches(|c| is_among("*†‡§¶^∗⋆$;", c));
    let bare = bare.trim_end_matches(|c| is_among("*†‡§¶∥‖^∗⋆$,:✉📧#\\", c) || words::is_raised(c));
    // `Wick^1`, `Wick$^{1,2}$`, `Wick^a`.
    if let Some((before, note)) = bare.rsplit_once('^')
        && note
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_lowercase() || "{},*†‡§¶\\ ".contains(c))
    {
        return before.trim_end_matches(['$', ' ', '{']);
    }
    // `GPT4` keeps its digit: only a name of several words carries footnotes in digits.
    let numberless = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let footnoted =
        bare.contains(' ') && numberless.ends_with(char::is_lowercase) && !words::has_year(bare);
    if footnoted && numberless.contains(' ') { numberless } else { bare }
}

fn is_among(marks: &str, c: char) -> bool {
    !c.is_ascii_alphanumeric() && (marks.contains(c) || c.is_whitespace())
}

/// Without a degree or office that follows the name.
fn without_title(name: &str) -> &str {
    if let Some((before, word)) = name.rsplit_once(' ') {
        let sure = words::is_plain_title(word) && !are_initials(word)
            || words::is_title(word) && before.contains(' ');
        return if sure { before } else { name };
    }
    // `홍길동교수`
    let titles = ["교수님", "교수", "박사님", "박사", "教授", "博士", "先生"];
    let before = titles.iter().find_map(|title| name.strip_suffix(title));
    before.filter(|before| (2..=4).contains(&before.chars().count())).unwrap_or(name)
}

/// A person of a list in which initials follow surnames.
pub(super) fn with_trailing_initials(text: &str) -> Person {
    let (name, others) =
        others::at_end(text).map_or((text, None), |(before, said)| (before, Some(said)));
    Person { name: trailing_initials(name).unwrap_or_default(), others, ..Person::default() }
}

fn without_others(text: &str) -> &str {
    others::at_end(text).map_or(text, |(before, _)| before)
}

/// Whether a text is initials with dots: `A.`, `J.-P.`, `A.M.`, `C. van`.
pub(super) fn are_initials(text: &str) -> bool {
    let mut words = text.split(' ');
    // `deTallow` is a family's name, `van` a part of one.
    let is_particle = |word: &str| word.chars().all(char::is_lowercase);
    words.next().is_some_and(has_dotted_initials)
        && words.all(|word| has_dotted_initials(word) || is_particle(word))
}

fn has_dotted_initials(word: &str) -> bool {
    let parts = word.split(['.', '-']).filter(|part| !part.is_empty());
    word.contains('.')
        && !word.starts_with('.')
        && parts.clone().next().is_some()
        && parts
            .into_iter()
            .all(|part| part.chars().count() <= 2 && part.starts_with(char::is_uppercase))
}

/// `Wick AB` as `A. B. Wick`, if that is what a text is.
pub(super) fn trailing_initials(text: &str) -> Option<String> {
    let (family, initials) = text.trim_end_matches(['*', '.']).rsplit_once(' ')?;
    let known = ["AI", "AG", "EU", "II", "III", "IV", "ML", "NLP", "NV", "UK", "US", "USA"]
        .contains(&initials);
    let surname =
        family.split(' ').all(|word| word.contains(char::is_lowercase) && !word.contains('.'));
    (are_bare_initials(initials) && !known && surname)
        .then(|| format!("{} {family}", dotted(initials)))
}

fn are_bare_initials(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// `AB` as `A. B.`
pub(super) fn dotted(initials: &str) -> String {
    initials.chars().map(|c| format!("{c}.")).collect::<Vec<_>>().join(" ")
}

/// Whether a name is in letters that have capitals.
pub(super) fn is_latin(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase() || c.is_lowercase())
}

/// Whether a whole text is one person with the family's name first.
pub(super) fn is_inverted(text: &str) -> bool {
    let mut parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !words::is_suffix(part) && !words::is_title(part));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(family), Some(given), None) => {
            ![" and ", "&", ";"].iter().any(|mark| given.contains(mark)) && is_family(family, given)
        }
        _ => false,
    }
}

/// Whether a comma parts a family's name from a given one, rather than two people.
pub(super) fn is_family(family: &str, given: &str) -> bool {
    let initials = are_initials(given) || are_bare_initials(given) && words::large(family) == 1;
    let works = words::is_affiliation(given) && !initials || name::is_group(given);
    let no_name = words::is_mark(family) || words::is_mark(given) || words::is_plain_title(family);
    if works || no_name || name::is_group(family) || words::has_year(given) {
        return false;
    }
    match (east_asian(family), east_asian(given)) {
        // Hardly a family's name is longer, and no two people have names that short.
        (Some(Script::Kana), Some(Script::Kana)) => true,
        (Some(_), Some(Script::Kana)) => family.chars().count() <= 2 && given.chars().count() <= 4,
        (Some(_), Some(_)) => family.chars().count() <= 2 && given.chars().count() <= 3,
        (None, None) => {
            !family.contains(' ')
                || family.starts_with(char::is_lowercase)
                || !given.contains(' ')
                || initials
        }
        _ => false,
    }
}

/// Whether two parts of a list in Latin letters can be a family's name, with particles at most, and a given one.
pub(super) fn is_pair(family: &str, given: &str) -> bool {
    let mut words = family.rsplit(' ');
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c));
    let is_name = words.next().is_some_and(|last| is_word(last) && last.chars().nth(1).is_some())
        && words.all(|word| word.starts_with(char::is_lowercase));
    is_name
        && is_latin(family)
        && is_latin(given)
        && given.split(' ').count() < 4
        && given.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
        && is_family(family, given)
}

fn east_asian(text: &str) -> Option<Script> {
    let script = text.chars().find_map(Script::of)?;
    matches!(script, Script::Hangul | Script::Han | Script::Kana).then_some(script)
}

/// The person whose family's name came first.
pub(super) fn turned(family: &str, given: &str) -> Person {
    let person = read(given);
    let given = if are_bare_initials(&person.name) { dotted(&person.name) } else { person.name };
    Person { name: name::in_order(&given, "", family, ""), ..person }
}
