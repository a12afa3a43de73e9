//! Author lists: splitting them right in the hard cases, and the key under which spellings are one person.

use std::borrow::Cow;

use crate::route::slug;

/// What the parentheses after a title say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authors {
    /// `TEAM:` before the names.
    pub team: Option<String>,
    /// The names, as spelt.
    pub names: Vec<String>,
    /// What the list says of those it leaves out: `and others` for `et al.`, else its own words.
    pub more: Option<String>,
}

impl Authors {
    fn of<'t>(parts: impl Iterator<Item = &'t str>) -> Self {
        let mut authors = Self::default();
        parts.for_each(|part| authors.add(part));
        authors
    }

    fn add(&mut self, part: &str) {
        let mut name = part;
        loop {
            let next = without_footnotes(name);
            let next = next.strip_prefix("and ").or_else(|| next.strip_prefix("& ")).unwrap_or(next).trim();
            let next = match without_others(next) {
                Some((before, words)) => {
                    self.more.get_or_insert_with(|| words.to_owned());
                    before
                }
                None => next,
            };
            if next == name {
                break;
            }
            name = next;
        }
        let suffix = matches!(name.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV");
        match self.names.last_mut() {
            Some(last) if suffix => {
                last.push(' ');
                last.push_str(name);
            }
            _ if name.contains(char::is_alphabetic) && !matches!(name, "and" | "&") => self.names.push(name.to_owned()),
            _ => {}
        }
    }
}

/// Splits a list: commas, semicolons, `and` and `&` outside parentheses part names; `TEAM:` comes first;
/// footnote marks and empty parts are dropped. Joining the names with commas and splitting again gives the
/// same names.
pub fn split(list: &str) -> Authors {
    let text = squeeze(list);
    if text.bytes().fold(true, |plain, b| plain & !matches!(b, b'(' | b')' | b':' | b';' | b'&' | 0xef))
        && !text.contains(" and ")
    {
        // Nearly every list is names and commas.
        return Authors::of(text.split(','));
    }
    let text = if balanced(&text) { text } else { Cow::Owned(squeeze(&text.replace(['(', ')'], " ")).into_owned()) };
    let (team, rest) = team(&text);
    let authors = Authors::of(parts(rest).into_iter());
    match team {
        // A team alone is whom the paper is by.
        Some(team) if authors.names.is_empty() => {
            Authors { more: authors.more, ..Authors::of(parts(team).into_iter()) }
        }
        team => Authors { team: team.map(str::to_owned), ..authors },
    }
}

/// The key under which spellings of one person are the same: `Y.X. Wei` and `Y. X. Wei`, `Jia li` and `Jia Li`.
pub fn key(name: &str) -> String {
    // A dot ends an initial, so it parts names as a space does.
    if name.contains('.') { slug(&name.replace('.', " ")) } else { slug(name) }
}

/// Words parted by single spaces; nearly every list is written so.
fn squeeze(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let single = text.is_ascii() || !text.contains(|c: char| c != ' ' && c.is_whitespace());
    if single && !text.contains("  ") && !text.bytes().any(|b| b < b' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    text.bytes().all(|b| {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        depth >= 0
    }) && depth == 0
}

/// `TEAM: names` and `LAB, TEAM: names` → the team and the names. A colon further on belongs to a name.
fn team(text: &str) -> (Option<&str>, &str) {
    let mut names = 0;
    // What is left of a list must not start with a team again, or it would be read otherwise the next time.
    while let Some(at) = colon(&text[names..]) {
        names += at + 1;
        names += text[names..].len() - text[names..].trim_start_matches([' ', ',']).len();
    }
    let org = text[..names].trim_end_matches([' ', ',', ':']).trim();
    (org.contains(char::is_alphabetic).then_some(org), &text[names..])
}

/// The colon that ends a team: outside parentheses, before the second comma.
fn colon(text: &str) -> Option<usize> {
    let (mut depth, mut commas) = (0_i32, 0);
    for (at, b) in text.bytes().enumerate() {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        commas += usize::from(b == b',' && depth == 0);
        if commas > 1 {
            return None;
        }
        if b == b':' && depth == 0 && matches!(text.as_bytes().get(at + 1), None | Some(b' ' | b',')) {
            return Some(at);
        }
    }
    None
}

/// The parts between separators that stand outside parentheses.
fn parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let (mut out, mut start, mut depth, mut at) = (Vec::new(), 0, 0_i32, 0);
    while at < bytes.len() {
        depth += i32::from(bytes[at] == b'(') - i32::from(bytes[at] == b')');
        let skip = if depth == 0 { separator(&bytes[at..]) } else { 0 };
        if skip > 0 {
            out.push(&text[start..at]);
            start = at + skip;
        }
        at += skip.max(1);
    }
    out.push(&text[start..]);
    out
}

/// The length of the separator that a text starts with, or 0. The last space of ` and ` stays, for it may
/// start the next.
fn separator(rest: &[u8]) -> usize {
    match rest {
        [b',' | b';', ..] => 1,
        [b' ', b'a', b'n', b'd', b' ', ..] => 4,
        [b' ', b'&', b' ', ..] => 2,
        // A full-width comma.
        [0xef, 0xbc, 0x8c, ..] => 3,
        _ => 0,
    }
}

fn without_footnotes(name: &str) -> &str {
    let among = |marks: &str, c: char| !c.is_ascii_alphanumeric() && (marks.contains(c) || c.is_whitespace());
    let bare = name.trim_start_matches(|c| among("*†‡§¶^∗⋆", c));
    let bare = bare.trim_end_matches(|c| among("*†‡§¶^∗⋆¹²³⁴⁵⁶⁷⁸⁹⁰,:", c));
    // `GPT4` keeps its digit: only a name of several words carries footnotes in digits.
    let numberless = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let footnoted = bare.contains(' ') && numberless.ends_with(char::is_lowercase);
    if footnoted { numberless } else { bare }
}

/// What stands before `et al.` or a remark about others at the end of a name, and that remark.
fn without_others(name: &str) -> Option<(&str, &str)> {
    let remark = |open: usize| name[open..].strip_prefix('(')?.strip_suffix(')');
    if let Some(open) = name.rfind('(')
        && let Some(words) = remark(open).filter(|words| words.starts_with("and ") || words.ends_with("not shown"))
    {
        return Some((name[..open].trim_end(), words));
    }
    let bare = name.trim_end_matches('.');
    let before = ["et al", "et. al", "others"].iter().find_map(|mark| bare.strip_suffix(mark))?;
    (before.is_empty() || before.ends_with(' ')).then(|| (before.trim_end(), "and others"))
}

#[cfg(test)]
mod tests {
    use super::{key, split};

    fn names(text: &str) -> String {
        let list = split(text);
        let org = list.team.map_or(String::new(), |org| format!("[{org}] "));
        org + &list.names.join(" | ") + &list.more.map_or(String::new(), |words| format!(" | …{words}"))
    }

    #[test]
    fn lists_are_split_where_people_end() {
        let cases = [
            ("Ada Byron, Emil Post", "Ada Byron | Emil Post"),
            ("Min (Katie)Seo, Jonas (Jin)Park", "Min (Katie)Seo | Jonas (Jin)Park"),
            ("Ada Byron (Lab A, Lab B), Emil Post", "Ada Byron (Lab A, Lab B) | Emil Post"),
            ("ACME: Ada Byron, Emil Post", "[ACME] Ada Byron | Emil Post"),
            ("Fuse, Ring Team: Ada Byron", "[Fuse, Ring Team] Ada Byron"),
            ("ACME, : Ada Byron", "[ACME] Ada Byron"),
            ("ACME: Lab: Ada Byron", "[ACME: Lab] Ada Byron"),
            (": - $: Ada Byron", "Ada Byron"),
            ("Ada:; Emil", "Ada | Emil"),
            ("Ada Byron and Emil Post and Kurt G", "Ada Byron | Emil Post | Kurt G"),
            ("Ada Byron, Emil Post, and Kurt G", "Ada Byron | Emil Post | Kurt G"),
            ("Ada Byron1,2*, Emil Post†", "Ada Byron | Emil Post"),
            ("Ada Byron, Emil Post, et al.", "Ada Byron | Emil Post | …and others"),
            ("Ada Byron et al.", "Ada Byron | …and others"),
            ("Ada Byron, (more authors not shown)", "Ada Byron | …more authors not shown"),
            ("Ada Byron (and Other Friends)", "Ada Byron | …and Other Friends"),
            ("Ada Byron, Jr., Emil Post", "Ada Byron Jr. | Emil Post"),
            ("GPT4, Team-7", "GPT4 | Team-7"),
            ("ACME:", "ACME"),
            ("Ada (Byron, Emil Post", "Ada Byron | Emil Post"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn spellings_of_one_person_share_a_key() {
        for (one, other) in
            [("Jia li", "Jia Li"), ("Y.X. Wei", "Y. X. Wei"), ("Jean-Luc Roy", "Jean Luc Roy"), ("e\u{301}va", "Éva")]
        {
            assert_eq!(key(one), key(other));
        }
        assert_eq!(key("홍 길동"), "홍-길동");
    }
}
