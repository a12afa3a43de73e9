//! What three colons open: a language, or a box such as those of Docusaurus, `VitePress`, Pandoc and Quarto.

use crate::model::Lang;

/// What stands after colons.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opener<'t> {
    /// Nothing: it closes.
    Nothing,
    /// A language.
    Lang(Lang),
    /// A box: the sign of a callout of its kind, and its title.
    Box(String, &'t str),
    /// Something else; its words, but for attributes.
    Other(&'t str),
}

/// The boxes that one or another system knows.
const BOXES: &[&str] = &[
    "abstract",
    "attention",
    "bug",
    "caution",
    "check",
    "cite",
    "danger",
    "details",
    "done",
    "error",
    "example",
    "fail",
    "failure",
    "faq",
    "help",
    "hint",
    "important",
    "info",
    "missing",
    "note",
    "question",
    "quote",
    "seealso",
    "spoiler",
    "success",
    "summary",
    "tip",
    "tldr",
    "todo",
    "warning",
];

/// Languages of two letters (ISO 639-1), and those of three that people write in.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et \
    eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku \
    kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro \
    ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za \
    zh zu ckb cmn fil gsw hak haw nan wuu yue";

/// Reads what stands after the colons of a line.
pub(super) fn opener<'t>(after: &'t str, languages: &[Lang]) -> Opener<'t> {
    let after = after.trim();
    if after.is_empty() {
        return Opener::Nothing;
    }
    if let Some(lang) = Lang::parse(after).filter(|lang| languages.contains(lang) || is_known(lang))
    {
        return Opener::Lang(lang);
    }
    let braced = after.starts_with('{');
    let start = after.trim_start_matches(['{', '.', ' ']);
    let end =
        start.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(start.len());
    let word = start[..end].to_lowercase();
    let word = word.strip_prefix("callout-").unwrap_or(&word);
    let rest = &start[end..];
    if BOXES.contains(&word) {
        return boxed(word, title(rest, braced));
    }
    Opener::Other(if braced { "" } else { after.split('{').next().unwrap_or_default().trim() })
}

/// A box as a callout: those that callouts do not have are notes with a title, folded where that is their purpose.
fn boxed<'t>(word: &str, title: &'t str) -> Opener<'t> {
    let (kind, name) = match word {
        "details" => ("[!note]-", "Details"),
        "spoiler" => ("[!note]-", "Spoiler"),
        "seealso" => ("[!note]", "See also"),
        _ => return Opener::Box(format!("[!{word}]"), title),
    };
    Opener::Box(kind.to_owned(), if title.is_empty() { name } else { title })
}

fn is_known(lang: &Lang) -> bool {
    let primary = lang.as_str().split('-').next().unwrap_or_default();
    LANGUAGES.split(' ').any(|known| known == primary)
}

/// `Title`, `[Title]`, `"Title"`, `{title="Title"}`.
fn title(rest: &str, braced: bool) -> &str {
    let quoted = |rest: &'_ str| -> Option<(usize, usize)> {
        let at = rest.find("title=")? + "title=".len();
        let quote = rest[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let start = at + 1;
        Some((start, start + rest[start..].find(quote)?))
    };
    if let Some((start, end)) = quoted(rest) {
        return rest[start..end].trim();
    }
    if braced {
        return rest.split_once('}').map_or("", |(_, title)| title.trim());
    }
    let rest = rest.split('{').next().unwrap_or_default().trim();
    let inside = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.unwrap_or(rest).trim_matches(['"', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openers_are_told() {
        let boxed = |kind: &str, title| Opener::Box(format!("[!{kind}]"), title);
        let ko = Lang::parse("ko").unwrap();
        for (after, expected) in [
            ("", Opener::Nothing),
            (" ko", Opener::Lang(ko)),
            ("warning", boxed("warning", "")),
            (" TIP Try it", boxed("tip", "Try it")),
            ("info[Look here]", boxed("info", "Look here")),
            (" {.callout-note title=\"A b\"}", boxed("note", "A b")),
            (" {.warning}", boxed("warning", "")),
            (" details \"More\" {open}", Opener::Box("[!note]-".to_owned(), "More")),
            ("spoiler", Opener::Box("[!note]-".to_owned(), "Spoiler")),
            (" columns", Opener::Other("columns")),
            (" box", Opener::Other("box")),
            (" {.column width=50%}", Opener::Other("")),
            (" theorem Of lamps", Opener::Other("theorem Of lamps")),
        ] {
            assert_eq!(opener(after, &[]), expected, "{after}");
        }
    }
}
