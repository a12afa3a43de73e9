//! Which `<` open HTML and which are text: `<b>` and `<mask>` look alike, and models' tokens must stay visible.

use rustc_hash::FxHashMap;

/// The elements that a text may use, in order for binary search. Anything else is text, also elements that only
/// look like one in prose about models: `<s>`, `<input>`, `<image>`.
const MARKUP: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "marquee",
    "nobr",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// What only trusted texts may use besides; custom elements, which have a `-`, too.
const TRUSTED: &[&str] = &[
    "area", "article", "aside", "audio", "button", "canvas", "caption", "col", "colgroup", "data",
    "datalist", "dialog", "embed", "fieldset", "footer", "form", "header", "hgroup", "iframe",
    "input", "label", "legend", "link", "main", "map", "menu", "meta", "meter", "nav", "noscript",
    "object", "optgroup", "option", "output", "picture", "progress", "script", "section", "select",
    "slot", "source", "style", "svg", "template", "textarea", "track", "video",
];

/// The start of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As written.
    pub name: &'a str,
    /// Whether it is `</name`.
    pub closing: bool,
}

impl<'a> Tag<'a> {
    /// The tag at the start of a text; `None` where none can be.
    pub fn at(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        let (rest, closing) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
        let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let name = &rest[..len];
        let ends = rest[len..]
            .starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
            || len == rest.len();
        (name.starts_with(|c: char| c.is_ascii_alphabetic()) && ends)
            .then_some(Self { name, closing })
    }
}

/// The name by which sanitised texts may use an element.
pub fn is_markup(name: &str) -> Option<&'static str> {
    find(MARKUP, name)
}

fn find(list: &[&'static str], name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    list.binary_search(&lower.as_str()).ok().map(|index| list[index])
}

/// The elements that need no closing tag, and those that nobody takes for a word: whoever writes `<div>` means it.
const UNCLOSED: &[&str] = &[
    "blockquote",
    "br",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "rp",
    "rt",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "wbr",
];

/// Where the last tag stands that closes an element, by its name.
fn closings(text: &str) -> FxHashMap<&'static str, usize> {
    let places = text.match_indices("</").map(|(at, _)| at);
    places.filter_map(|at| Some((is_markup(Tag::at(&text[at..])?.name)?, at))).collect()
}

/// The elements whose contents are no text.
const UNSEEN: [&str; 2] = ["script", "style"];

/// The name of an element whose contents are no text.
pub(super) fn is_unseen(name: &str) -> Option<&'static str> {
    UNSEEN.into_iter().find(|unseen| name.eq_ignore_ascii_case(unseen))
}

/// The tags that open elements whose contents are no text, and that are left out with these.
pub fn unseen(text: &str) -> Vec<usize> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = text[from..].find('<').map(|at| from + at) {
        from = at + 1;
        let opened =
            Tag::at(&text[at..]).filter(|tag| !tag.closing).and_then(|tag| is_unseen(tag.name));
        let Some(name) = opened else { continue };
        let Some(end) = text[at..].match_indices("</").map(|(end, _)| at + end).find(|at| {
            Tag::at(&text[*at..])
                .is_some_and(|tag| tag.closing && is_unseen(tag.name) == Some(name))
        }) else {
            break;
        };
        found.push(at);
        from = end;
    }
    found
}

/// Where the last tags stand that close elements whose contents are no text: one that opens after it is text itself.
fn last_closing(text: &str) -> [usize; 2] {
    UNSEEN.map(|name| {
        text.rmatch_indices("</")
            .map(|(at, _)| at)
            .find(|at| {
                Tag::at(&text[*at..])
                    .is_some_and(|tag| tag.closing && is_unseen(tag.name) == is_unseen(name))
            })
            .unwrap_or(0)
    })
}

/// Tags longer than this are text, so that finding their end stays linear.
const LONGEST_TAG: usize = 2 * 1024;

/// Where the `>` of the tag at the start of a text is.
pub fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, b) in text.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, b) {
            (None, b'>') => return Some(at),
            (None, b'<') if at > 0 => return None,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), b) if open == b => quote = None,
            _ => {}
        }
    }
    None
}

/// Calls `found` with the place of every `<` that opens no tag though the parser would take it for one.
pub(super) fn literal(text: &str, trusted: bool, mut found: impl FnMut(usize)) {
    let (mut from, mut last, mut open) = (0, None, false);
    let mut closed = None;
    while let Some(ahead) = text[from..].find('<') {
        let at = from + ahead;
        from = at + 1;
        let rest = &text[at..];
        let declaration = !trusted
            && (rest.starts_with("<!") || rest.starts_with("<?"))
            && !rest.starts_with("<!--");
        let unseen = Tag::at(rest).and_then(|tag| Some((tag.closing, is_unseen(tag.name)?)));
        if let Some((closing, name)) = unseen.filter(|_| !trusted) {
            let places = *last.get_or_insert_with(|| last_closing(text));
            let place = UNSEEN
                .iter()
                .zip(places)
                .find(|(unseen, _)| **unseen == name)
                .map_or(0, |(_, at)| at);
            // What opens and closes again is left out as a whole; half of it is text.
            let whole = if closing { open } else { place > at };
            if whole {
                open = !closing;
                continue;
            }
        }
        // `<time>` alone is a word in angle brackets, as `<mid>` is.
        let mut opens = |name: &'static str, tag: Tag<'_>| {
            let bare = !tag.closing
                && rest[1 + name.len()..].starts_with('>')
                && !UNCLOSED.contains(&name);
            !bare
                || closed
                    .get_or_insert_with(|| closings(text))
                    .get(name)
                    .is_some_and(|close| *close > at)
        };
        let mut known = |tag: Tag<'_>| match is_markup(tag.name) {
            Some(name) => trusted || opens(name, tag),
            None => trusted && is_trusted(tag.name),
        };
        let mut tag =
            || Tag::at(rest).is_some_and(|tag| !known(tag)) && !is_destination(&text[..at], rest);
        // An escaped one is text to the parser already, and in its place the backslash would stay.
        let escaped =
            || text.as_bytes()[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1;
        if (declaration || tag()) && !escaped() {
            found(at);
        }
    }
}

/// As far as the `>` of an address is looked for, so that a text of nothing but `](<` takes no longer than others.
const LONGEST: usize = 1024;

/// Whether a `<` opens the address of a link or an image: `[text](<a file.png>)`.
fn is_destination(before: &str, rest: &str) -> bool {
    before.ends_with("](") && is_closed(rest) == Some(true)
}

fn is_closed(rest: &str) -> Option<bool> {
    rest[..rest.floor_char_boundary(LONGEST)]
        .split('\n')
        .next()?
        .split_once('>')
        .map(|(_, after)| after.starts_with([')', ' ']))
}

fn is_trusted(name: &str) -> bool {
    name.contains('-') || find(TRUSTED, name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(MARKUP.is_sorted() && TRUSTED.is_sorted());
    }

    #[test]
    fn tokens_are_text_and_tags_are_tags() {
        let text = "<b> </B> <time> <p> <mid> <EOS> <s> <br/> <https://a.b> <x@y.z> a < b <think\n> <!-- c --> <!x> <|im_start|>";
        let mut places = Vec::new();
        literal(text, false, |at| {
            places.push(text[at..].split([' ', '\n']).next().unwrap_or_default());
        });
        assert_eq!(places, ["<time>", "<mid>", "<EOS>", "<s>", "<think", "<!x>"]);
        let mut places = Vec::new();
        literal("![](<fig 1.png>) [a](<b/c.md> \"t\") a](<s>!", false, |at| places.push(at));
        assert_eq!(places, [38]);
    }
}
