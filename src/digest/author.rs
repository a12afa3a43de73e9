//! Author lists: splitting them right in the hard cases, and the key under which spellings are one person.

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
    let text = if balanced(&text) { text } else { squeeze(&text.replace(['(', ')'], " ")) };
    let (team, rest) = team(&text);
    let mut authors = Authors { team: team.map(str::to_owned), ..Authors::default() };
    for part in parts(rest) {
        authors.add(part);
    }
    if authors.names.is_empty() {
        authors.names.extend(authors.team.take());
    }
    authors
}

/// The key under which spellings of one person are the same: `Y.X. Wei` and `Y. X. Wei`, `Jia li` and `Jia Li`.
pub fn key(name: &str) -> String {
    // A dot ends an initial, so it parts names as a space does.
    slug(&name.replace('.', " "))
}

fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    text.bytes().all(|b| {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        depth >= 0
    }) && depth == 0
}

/// `TEAM: names` → the team and the names.
fn team(text: &str) -> (Option<&str>, &str) {
    let mut depth = 0_i32;
    for (at, b) in text.bytes().enumerate() {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        let ends = b == b':' && depth == 0 && matches!(text.as_bytes().get(at + 1), None | Some(b' ' | b','));
        if ends {
            let org = text[..at].trim_end_matches([' ', ',']).trim();
            let rest = text[at + 1..].trim_start_matches([' ', ',', ':']);
            return (org.contains(char::is_alphabetic).then_some(org), rest);
        }
    }
    (None, text)
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
    let separators = [(",", 1), (";", 1), ("，", 3), (" and ", 4), (" & ", 2)];
    separators.iter().find(|(text, _)| rest.starts_with(text.as_bytes())).map_or(0, |&(_, length)| length)
}

fn without_footnotes(name: &str) -> &str {
    let marks = |c: char| "*†‡§¶^∗⋆¹²³⁴⁵⁶⁷⁸⁹⁰,".contains(c) || c.is_whitespace();
    let bare = name.trim_start_matches(|c: char| "*†‡§¶^∗⋆".contains(c) || c.is_whitespace()).trim_end_matches(marks);
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
