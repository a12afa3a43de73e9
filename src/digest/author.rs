//! Author lists: splitting them right in the hard cases, and the key under which spellings are one person.

use crate::route::slug;

/// The authors of a list, and the team that stands before them with a colon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authors {
    /// In order, as spelt.
    pub names: Vec<String>,
    /// `NVIDIA` in `NVIDIA: Niket Agarwal, …`.
    pub team: Option<String>,
}

/// Splits `A, B and C` into names. Commas inside parentheses do not part names, and neither does the `and`
/// of a name such as `Anders Andersen`; `et al.` is dropped.
pub fn split(list: &str) -> Authors {
    let (team, rest) = team(list);
    let mut names = Vec::new();
    for part in parts(rest) {
        for name in part.split(" and ").flat_map(|part| part.split(" & ")) {
            let name = tidy(name);
            if !name.is_empty() {
                names.push(name);
            }
        }
    }
    Authors { names, team }
}

/// The key under which spellings of one person are the same: `Y.X. Wei` and `Y. X. Wei`, `Jia li` and `Jia Li`.
pub fn key(name: &str) -> String {
    // A dot ends an initial, so it parts names as a space does.
    slug(&name.replace('.', " "))
}

/// `TEAM: names`: a colon before the first comma with no more than a few words before it.
fn team(list: &str) -> (Option<String>, &str) {
    let Some((head, rest)) = list.split_once(':') else { return (None, list) };
    let short = head.split_whitespace().count() <= 8 && !head.contains(['(', ')']);
    let first = !rest.trim().is_empty() && !rest.starts_with("//");
    if short && first { (Some(head.trim().to_owned()), rest) } else { (None, list) }
}

/// Parts between commas and semicolons outside parentheses.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '、' | '，' if depth == 0 => {
                parts.push(&list[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts
}

/// A name without white space around and inside, without marks of footnotes.
fn tidy(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().skip_while(|word| *word == "and" || *word == "&").collect();
    let joined = words.join(" ");
    let name = joined.trim_end_matches(['*', '†', '‡', '§', '¶', '^']).trim();
    match name.to_lowercase().as_str() {
        "et al" | "et al." | "etc" | "etc." | "others" => String::new(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_split_at_names() {
        let names = |list: &str| split(list).names.join("|");
        assert_eq!(names("A B, C D and E F"), "A B|C D|E F");
        assert_eq!(names("A B and C D and E F"), "A B|C D|E F");
        assert_eq!(names("A B, and C D, et al."), "A B|C D");
        assert_eq!(names("Ann (Bea, Cee) Dee, Emil F"), "Ann (Bea, Cee) Dee|Emil F");
        assert_eq!(names("  A   B* ,, C D† "), "A B|C D");
        assert_eq!(names("Anders Andersen"), "Anders Andersen");
        assert_eq!(names(""), "");
    }

    #[test]
    fn a_team_before_a_colon_is_the_organisation() {
        let authors = split("Northern Lights Team: A B, C D");
        assert_eq!(authors.team.as_deref(), Some("Northern Lights Team"));
        assert_eq!(authors.names, ["A B", "C D"]);
        let authors = split("Codefuse, Ling Team: A B, C D");
        assert_eq!(authors.team.as_deref(), Some("Codefuse, Ling Team"));
    }

    #[test]
    fn spellings_of_one_person_have_one_key() {
        for (a, b) in [("Y.X. Wei", "Y. X. Wei"), ("Jia li", "Jia Li"), ("Jean-Luc P", "Jean Luc P"), ("김 철수", "김  철수")] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("Wei Wang"), key("Wang Wei"));
    }
}
