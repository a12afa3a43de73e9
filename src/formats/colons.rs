//! What three colons open: a language, a box such as those of Docusaurus, `VitePress`, Pandoc and Quarto, or a component.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::passages;
use super::text::{Fence, Line, unindented};
use crate::model::Lang;
use crate::prose;

/// What stands after colons.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opener<'t> {
    /// Nothing: it closes.
    Nothing,
    /// A language.
    Lang(Lang),
    /// A box: the sign of a callout of its kind, and its title.
    Box(String, &'t str),
    /// A component, which is called by name when the page is made.
    Call,
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
static LANGUAGES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| CODES.split(' ').collect());
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et \
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
    // Two letters alone are a language that nobody knows.
    let is_lang = after.len() == 2 && Lang::parse(after).is_some();
    if prose::component_name(after).is_some() && !is_lang {
        return Opener::Call;
    }
    Opener::Other(if braced { "" } else { after.split('{').next().unwrap_or_default().trim() })
}

/// Whether `::: NAME` is a box, so that no component of that name can be called.
pub fn is_box(name: &str) -> bool {
    BOXES.contains(&name) || name.starts_with("callout-")
}

/// A block between lines of colons that is still open.
pub(super) struct Standing {
    /// How many colons opened it.
    pub(super) colons: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// Where the line starts that opened it.
    pub(super) start: usize,
}

/// What stands between lines of colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Lang,
    /// `<english>`, which no colons close.
    Tag,
    Box,
    Call,
}

/// Deeper blocks of a text are none: nobody writes them, and looking through them would take its time.
const DEEPEST: usize = 64;

/// The blocks that close, among some lines: where the line starts that closes each, by where the line starts that opens it.
///
/// A component needs no end, so a line of colons closes the innermost one of exactly as many colons, and what else stands
/// open only by the rules of languages and boxes. `open` is what is open before, the outermost first.
pub(super) fn closed<'t>(
    lines: impl Iterator<Item = Line<'t>>,
    open: Vec<Standing>,
    languages: &[Lang],
) -> BTreeMap<usize, usize> {
    let mut blocks = Blocks { open, ..Blocks::default() };
    let mut fence = Fence::default();
    for line in lines {
        let is_code = fence.take(line.text);
        let rest = unindented(line.text).filter(|rest| !is_code && rest.starts_with(":::"));
        match rest {
            Some(rest) => blocks.colons(rest, line.start, languages),
            None if line.is_blank() => {}
            None => {
                if let Some(tag) = (!is_code).then(|| passages::tag(line.text)).flatten() {
                    blocks.tag(tag, line.start);
                }
                blocks.said = Some(line.start);
            }
        }
    }
    blocks.end();
    blocks.closed
}

/// Blocks as they are found.
#[derive(Default)]
struct Blocks {
    open: Vec<Standing>,
    closed: BTreeMap<usize, usize>,
    /// The component that closed last, where it did, and whether it has no text.
    last: Option<(usize, usize, bool)>,
    /// Where the last line starts that is text.
    said: Option<usize>,
}

impl Blocks {
    fn is_in(&self, kind: Kind) -> bool {
        self.open.iter().any(|standing| standing.kind == kind)
    }

    /// A tag of a language ends all that is open, but within a language that colons open it is text.
    fn tag(&mut self, (opens, stays): (bool, bool), start: usize) {
        if opens && !self.is_in(Kind::Lang) || self.is_in(Kind::Tag) {
            self.end();
            self.open.extend(stays.then_some(Standing { colons: 0, kind: Kind::Tag, start }));
        }
    }

    /// A line of colons.
    fn colons(&mut self, rest: &str, start: usize, languages: &[Lang]) {
        let name = rest.trim_start_matches(':');
        let colons = rest.len() - name.len();
        let kind = match opener(name, languages) {
            Opener::Nothing => return self.close(colons, start),
            Opener::Lang(_) => Kind::Lang,
            Opener::Call => Kind::Call,
            Opener::Box(..) | Opener::Other(_) => Kind::Box,
        };
        if kind == Kind::Lang {
            // A language ends at the next, and all that is open in it.
            let outer = self.open.iter().find(|standing| standing.kind == Kind::Lang);
            if outer.is_some_and(|outer| colons < outer.colons) || self.is_in(Kind::Tag) {
                return;
            }
            self.end();
        }
        if self.open.len() < DEEPEST {
            self.open.push(Standing { colons, kind, start });
        }
    }

    fn close(&mut self, colons: usize, start: usize) {
        let Some(at) = closes(&self.open, colons) else { return };
        let Standing { kind, start: opened, .. } = self.open[at];
        self.closed.insert(opened, start);
        self.open.truncate(at);
        if kind == Kind::Call {
            self.last = Some((opened, start, self.said.is_none_or(|said| said < opened)));
        }
    }

    /// What is still open never closes. If a component without a text of its own has closed in a language or a box, what
    /// seemed to close the one was meant for the other; the same if nothing is said behind it.
    fn end(&mut self) {
        let around = self.open.iter().rfind(|open| matches!(open.kind, Kind::Lang | Kind::Box));
        if let Some((around, (opened, end, is_empty))) = around.zip(self.last) {
            let is_last = self.said.is_none_or(|said| said < end);
            if around.start < opened && (is_empty || is_last) {
                self.closed.remove(&opened);
                self.closed.insert(around.start, end);
            }
        }
        self.open.clear();
        self.last = None;
    }
}

/// Which of the open blocks so many colons close.
fn closes(open: &[Standing], colons: usize) -> Option<usize> {
    open.iter()
        .rposition(|standing| match standing.kind {
            Kind::Call => colons == standing.colons,
            Kind::Lang | Kind::Box => colons >= standing.colons,
            Kind::Tag => false,
        })
        .or_else(|| {
            open.iter()
                .rposition(|standing| standing.kind == Kind::Call && colons > standing.colons)
        })
}

/// A box as a callout: those that callouts do not have are notes with a title, folded where that is their purpose.
fn boxed<'t>(word: &str, title: &'t str) -> Opener<'t> {
    let (kind, name) = match word {
        "spoiler" => ("[!note]-", "Spoiler"),
        "seealso" => ("[!note]", "See also"),
        _ => return Opener::Box(format!("[!{word}]"), title),
    };
    Opener::Box(kind.to_owned(), if title.is_empty() { name } else { title })
}

fn is_known(lang: &Lang) -> bool {
    let primary = lang.as_str().split('-').next().unwrap_or_default();
    LANGUAGES.contains(primary)
}

/// `Title`, `[Title]`, `"Title"`, `{title="Title"}`.
fn title(rest: &str, braced: bool) -> &str {
    if let Some((start, end)) = quoted_title(rest) {
        return rest[start..end].trim();
    }
    if braced {
        return rest.split_once('}').map_or("", |(_, title)| title.trim());
    }
    let rest = rest.split('{').next().unwrap_or_default().trim();
    let inside = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.unwrap_or(rest).trim_matches(['"', ' '])
}

fn quoted_title(rest: &'_ str) -> Option<(usize, usize)> {
    let at = rest.find("title=")? + "title=".len();
    let quote = rest[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let start = at + 1;
    Some((start, start + rest[start..].find(quote)?))
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
            (" details \"More\" {open}", Opener::Call),
            ("spoiler", Opener::Box("[!note]-".to_owned(), "Spoiler")),
            (" columns", Opener::Call),
            (" figure src=\"a.png\"", Opener::Call),
            (" xx", Opener::Other("xx")),
            (" {.column width=50%}", Opener::Other("")),
            (" theorem Of lamps", Opener::Call),
        ] {
            assert_eq!(opener(after, &[]), expected, "{after}");
        }
    }

    #[test]
    fn blocks_close_by_their_colons() {
        for (text, expected) in [
            ("::: a\nx\n:::\n", vec![(0, 8)]),
            ("::: a\n", vec![]),
            // One without an end stands in another, which has more colons.
            (":::: a\n::: b\n::::\n", vec![(0, 13)]),
            ("::: a\n::: b\n:::\n:::\n", vec![(0, 16), (6, 12)]),
            ("::: ko\n::: a\n:::\n:::\n", vec![(0, 17), (7, 13)]),
            (":::: ko\n::: a\n::::\n", vec![(0, 14)]),
            ("::: tip\n::: a\n:::\n:::\n", vec![(0, 18), (8, 14)]),
            ("::: a\n::: ko\n:::\n", vec![(6, 13)]),
            ("```\n::: a\n```\n:::\n", vec![]),
            ("::: ko\n::: a\n:::\n", vec![(0, 13)]),
            ("::: tip\n::: a\n:::\nx\n", vec![(0, 14)]),
            ("::: ko\n::: a\nx\n:::\n\n::: en\n:::\n", vec![(0, 15), (20, 27)]),
            ("::: ko\n::: a\nx\n:::\ny\n", vec![(7, 15)]),
            ("::: tip\n<english>\n:::\n", vec![]),
            ("<english>\n::: tip\n:::\n</english>\n", vec![(10, 18)]),
            ("<english>\n::: tip\n</english>\n:::\n", vec![]),
        ] {
            let lines = crate::formats::text::lines(text, 0..text.len());
            let found: Vec<_> = closed(lines, Vec::new(), &[]).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
