//! Citations in running text: `[@key]`, `[see @2503.07565, p. 3; @b]`, as pandoc has them. Knows no Site.

use std::ops::Range;

/// What stands between two brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Where, in bytes of the piece.
    pub range: Range<usize>,
    /// Of one paper after the other.
    pub items: Vec<Cited>,
}

/// A paper that a text cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// A key, or an id in any form.
    pub key: String,
    /// The words before it: `see`.
    pub prefix: String,
    /// What follows it: `p. 3`.
    pub suffix: String,
    /// Whether the text names the authors itself, so that only the year is to be said: `-@key`.
    pub is_year: bool,
}

/// Longest citation, in bytes, so that a text of nothing but brackets takes no longer than others.
const LONGEST: usize = 2000;

/// The citations in a piece of text of the parser's. `escaped`: a backslash stands before the piece.
pub fn citations(piece: &str, escaped: bool) -> Vec<Citation> {
    let mut found = Vec::new();
    if !piece.contains('@') {
        return found;
    }
    let mut from = piece.ceil_char_boundary(usize::from(escaped));
    while let Some(at) = piece[from..].find('[').map(|at| from + at) {
        from = at + 1;
        let near = &piece[from..piece.floor_char_boundary(piece.len().min(from + LONGEST))];
        let Some(end) = near.find([']', '[']).filter(|end| near[*end..].starts_with(']')) else {
            continue;
        };
        let items: Option<Vec<Cited>> = near[..end].split(';').map(item).collect();
        if let Some(items) = items {
            from += end + 1;
            found.push(Citation { range: at..from, items });
        }
    }
    found
}

/// A piece of text without its citations and the blank before each.
pub(super) fn without_citations(piece: &str, escaped: bool) -> String {
    let (mut out, mut from) = (String::with_capacity(piece.len()), 0);
    for citation in citations(piece, escaped) {
        out.push_str(piece[from..citation.range.start].trim_end());
        from = citation.range.end;
    }
    out + &piece[from..]
}

/// `see -@key, p. 3`; a sign directly behind a word is an address of mail.
fn item(text: &str) -> Option<Cited> {
    let at = text.find('@')?;
    let (before, rest) = (&text[..at], &text[at + 1..]);
    let (before, is_year) =
        before.strip_suffix('-').map_or((before, false), |before| (before, true));
    if !(before.is_empty() || before.ends_with(char::is_whitespace)) {
        return None;
    }
    let (key, suffix) = if let Some(braced) = rest.strip_prefix('{') {
        braced.split_once('}')?
    } else {
        let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
        let key = rest[..end].trim_end_matches(['.', ':', '?', '!']);
        rest.split_at(key.len())
    };
    let begins = key.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let fits = !key.contains(|c: char| c.is_whitespace() || c == '@');
    let suffix = suffix.trim_start_matches([',', ' ']).trim();
    (begins && fits).then(|| Cited {
        key: key.to_owned(),
        prefix: before.trim().to_owned(),
        suffix: suffix.to_owned(),
        is_year,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_told_from_other_brackets() {
        assert_eq!(shown("a [@key] b [@2503.07565]."), ["|key|", "|2503.07565|"]);
        assert_eq!(
            shown("[see -@a_b:c, p. 3; also @10.1038/s41-5(2), pp. 1-2.]"),
            ["see|-a_b:c|p. 3 ; also|10.1038/s41-5(2)|pp. 1-2."]
        );
        assert_eq!(
            shown("[@{https://arxiv.org/abs/2503.07565}]"),
            ["|https://arxiv.org/abs/2503.07565|"]
        );
        assert_eq!(shown("[[@a] [@b"), ["|a|"]);
        for none in ["[me@x.org]", "[@]", "[a]", "@key", "[@a; b]", "[@ a]", "[@a", "[@@a]", "[^@a"]
        {
            assert_eq!(shown(none), [""; 0], "{none}");
        }
        assert_eq!(citations("[@key]", true), []);
        assert_eq!(without_citations("As shown [@a; @b], it is. [@c]", false), "As shown, it is.");
    }

    fn shown(text: &str) -> Vec<String> {
        let all = citations(text, false).into_iter().map(|citation| {
            let items = citation.items.into_iter().map(|one| {
                let sign = if one.is_year { "-" } else { "" };
                format!("{}|{sign}{}|{}", one.prefix, one.key, one.suffix)
            });
            items.collect::<Vec<_>>().join(" ; ")
        });
        all.collect::<Vec<_>>()
    }
}
