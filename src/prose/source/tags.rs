//! Which `<` open HTML and which are text: `<b>` and `<mask>` look alike, and models' tokens must stay visible.

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
    "area", "article", "aside", "audio", "button", "canvas", "caption", "col", "colgroup", "data", "datalist",
    "dialog", "embed", "fieldset", "footer", "form", "header", "hgroup", "iframe", "input", "label", "legend", "link",
    "main", "map", "menu", "meta", "meter", "nav", "noscript", "object", "optgroup", "option", "output", "picture",
    "progress", "script", "section", "select", "slot", "source", "style", "svg", "template", "textarea", "track",
    "video",
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
        let ends =
            rest[len..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') || len == rest.len();
        (name.starts_with(|c: char| c.is_ascii_alphabetic()) && ends).then_some(Self { name, closing })
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

/// The length of a `<style>` element at the start of a text, whose rules are no text; `None` where it never closes.
pub fn unseen(text: &str) -> Option<usize> {
    is_unseen(text).then_some(())?;
    let close = b"</style";
    let is_close =
        |at: &usize| text.as_bytes()[*at..].get(..close.len()).is_some_and(|end| end.eq_ignore_ascii_case(close));
    let at = memchr::memchr_iter(b'<', text.as_bytes()).find(is_close)?;
    Some(text[at..].find('>').map_or(text.len(), |end| at + end + 1))
}

fn is_unseen(text: &str) -> bool {
    Tag::at(text).is_some_and(|tag| !tag.closing && tag.name.eq_ignore_ascii_case("style"))
}

/// Whether an element that starts here starts a block.
fn starts_block(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.len() < LONGEST && line.trim_start_matches([' ', '>', '-', '*', '+']).is_empty()
}

/// Calls `found` with the place of every `<` that opens no tag though the parser would take it for one.
pub(super) fn literal(text: &str, trusted: bool, mut found: impl FnMut(usize)) {
    let (mut from, mut all_close) = (0, true);
    while let Some(ahead) = text[from..].find('<') {
        let at = from + ahead;
        from = at + 1;
        let rest = &text[at..];
        if !trusted && all_close && is_unseen(rest) && starts_block(&text[..at]) {
            if let Some(length) = unseen(rest) {
                from = at + length;
                continue;
            }
            all_close = false;
        }
        let declaration = !trusted && (rest.starts_with("<!") || rest.starts_with("<?")) && !rest.starts_with("<!--");
        let known = |tag: Tag<'_>| is_markup(tag.name).is_some() || trusted && is_trusted(tag.name);
        let tag = || Tag::at(rest).is_some_and(|tag| !known(tag)) && !is_destination(&text[..at], rest);
        if declaration || tag() {
            found(at);
        }
    }
}

/// As far as the `>` of an address is looked for, so that a text of nothing but `](<` takes no longer than others.
const LONGEST: usize = 1024;

/// Whether a `<` opens the address of a link or an image: `[text](<a file.png>)`.
fn is_destination(before: &str, rest: &str) -> bool {
    let near = || &rest[..rest.floor_char_boundary(LONGEST)];
    let closed = || near().split('\n').next()?.split_once('>').map(|(_, after)| after.starts_with([')', ' ']));
    before.ends_with("](") && closed() == Some(true)
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
        let text = "<b> </B> <mid> <EOS> <s> <br/> <https://a.b> <x@y.z> a < b <think\n> <!-- c --> <!x> <|im_start|>";
        let mut places = Vec::new();
        literal(text, false, |at| places.push(text[at..].split([' ', '\n']).next().unwrap_or_default()));
        assert_eq!(places, ["<mid>", "<EOS>", "<s>", "<think", "<!x>"]);
        let mut places = Vec::new();
        literal("![](<fig 1.png>) [a](<b/c.md> \"t\") a](<s>!", false, |at| places.push(at));
        assert_eq!(places, [38]);
    }
}
