//! The visible words of a text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag as Element, TagEnd};

use super::address::addresses;
use super::citation::without_citations;
use super::mention::{sized, wikilink};
use super::source::{Source, Tag, goes_on, is_markup, tag_end};
use crate::model::PaperId;

/// The words that a reader sees: no markup, math as its TeX, code kept; blocks end in a newline.
pub fn plain(text: &str) -> String {
    if is_prose(text) { joined(text) } else { parsed(text, Some, Kept::All) }
}

/// The same with formulas between dollars, as they are written.
pub fn with_formulas(text: &str) -> String {
    if is_prose(text) {
        return joined(text);
    }
    parsed(text, |tex| Some(format!("${}$", tex.trim())), Kept::All)
}

/// The same as [`plain`] for whoever does not mind where lines end: not copied where nothing is markup.
pub fn unwrapped(text: &str) -> Cow<'_, str> {
    if !is_prose(text) {
        return parsed(text, Some, Kept::All).into();
    }
    let mut pairs = text.split('\n').zip(text.split('\n').skip(1));
    let cut = !text.is_ascii() && pairs.any(|(line, next)| goes_on(line, next));
    if cut { joined(text).into() } else { text.into() }
}

/// Which words of a text are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    All,
    /// Those of sentences: no headings, code blocks, tables, figures and notes.
    Sentences,
}

/// Which bytes may be part of markup wherever they stand. A table, since this is asked of every byte of the site.
const MARKUP: [bool; 256] = {
    let marks = b"*_[]<>`#$\\~&|=^\x7f";
    let mut table = [false; 256];
    let mut at = 0;
    while at < 0x20 {
        table[at] = at != b'\n' as usize;
        at += 1;
    }
    at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether nothing in a text is markup: most abstracts are such, and need no parser.
fn is_prose(text: &str) -> bool {
    let plain_line = |line: &str| {
        line.is_empty()
            || line.starts_with(char::is_alphabetic) && !line.ends_with(char::is_whitespace)
    };
    text.bytes().all(|b| !MARKUP[b as usize]) && text.split('\n').all(plain_line)
}

/// The paragraphs of a text without markup, a line each.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        if line.is_empty() {
            newline(&mut out);
            continue;
        }
        if !out.is_empty() && !out.ends_with('\n') && !goes_on(&out, line) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.truncate(out.trim_end().len());
    out
}

fn parsed(text: &str, said: impl Fn(String) -> Option<String>, kept: Kept) -> String {
    let source = Source::new(text, false);
    let mut out = String::with_capacity(text.len());
    let (mut inside, mut block) = (0_u32, String::new());
    let left_out = |end: TagEnd| kept == Kept::Sentences && is_no_sentence(end);
    let (mut figures, mut words) = (Figures::default(), Words::All);
    for (event, range) in source.events() {
        if kept == Kept::Sentences {
            figures.leave_out(&event, &mut out);
        }
        match event {
            Event::Start(tag) if left_out(tag.to_end()) => inside += 1,
            Event::End(end) if left_out(end) => inside = inside.saturating_sub(1),
            _ if inside > 0 => {}
            Event::Start(
                Element::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }
                | Element::Image { link_type: LinkType::WikiLink { has_pothole: false }, .. },
            ) => words = Words::Name,
            Event::Start(Element::Image { .. }) => words = Words::Sized,
            Event::End(TagEnd::Link | TagEnd::Image) => words = Words::All,
            Event::Text(t) if words != Words::All => out.push_str(words.of(&source.restore(&t))),
            Event::Text(t) if inside_brackets(&t) => {
                let escaped = source.text()[..range.start].ends_with('\\');
                out.push_str(&source.restore(&without_citations(&t, escaped)));
            }
            Event::Text(t) | Event::Code(t) => out.push_str(&source.restore(&t)),
            Event::InlineMath(t) => {
                let tex = source.restore(&t);
                out.push_str(&said(tex.clone().into_owned()).unwrap_or_else(|| format!("${tex}$")));
            }
            Event::DisplayMath(t) => {
                let reading = said(source.restore(&t).into_owned())
                    .filter(|said| kept == Kept::All || said.len() <= LONGEST);
                out.push_str(reading.as_deref().unwrap_or("…"));
            }
            // A block comes line by line, and only the whole of it tells where a tag or a comment ends.
            Event::Html(t) => block.push_str(&source.restore(&t)),
            Event::End(TagEnd::HtmlBlock) => {
                html(&std::mem::take(&mut block), &mut out);
                newline(&mut out);
            }
            // The id of a block.
            Event::InlineHtml(t) if t.starts_with("<^") => {}
            Event::InlineHtml(t) => html(&source.restore(&t), &mut out),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::HardBreak | Event::Rule => newline(&mut out),
            Event::End(end) if is_block(end) => newline(&mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a text may cite.
fn inside_brackets(text: &str) -> bool {
    text.contains('@') && text.contains('[')
}

/// The images that have a line for themselves: figures, whose texts are no sentences.
#[derive(Default)]
struct Figures {
    /// Where the line began.
    line: usize,
    /// Where the text of its images began, while nothing else stands in it.
    start: Option<usize>,
    /// Images that are open.
    open: usize,
}

impl Figures {
    /// Takes away the text of a figure when its line ends.
    fn leave_out(&mut self, event: &Event<'_>, out: &mut String) {
        match event {
            Event::Start(Element::Paragraph) => self.line = out.len(),
            Event::Start(Element::Image { .. }) => {
                self.open += 1;
                if out[self.line..].trim().is_empty() {
                    self.start = Some(self.line);
                }
            }
            Event::End(TagEnd::Image) => self.open = self.open.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) => {
                out.truncate(self.start.take().unwrap_or(out.len()));
                self.line = out.len();
            }
            // A figure may be linked.
            Event::Start(Element::Link { .. }) | Event::End(TagEnd::Link) => {}
            Event::Text(text) if self.open > 0 || text.trim().is_empty() => {}
            _ => self.start = None,
        }
    }
}

/// The longest reading of a displayed formula that a sentence has room for, in bytes.
const LONGEST: usize = 120;

/// What is said of the text of a link or an image.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    All,
    /// A wikilink without a label: the name, or the part of its own text that it names.
    Name,
    /// An image: its text without its size.
    Sized,
}

impl Words {
    fn of(self, written: &str) -> &str {
        match (self, wikilink(written)) {
            (Self::All, _) => written,
            (Self::Name, ("", Some(part))) => part.trim_start_matches('^'),
            (Self::Name, (name, _)) => name,
            (Self::Sized, _) => sized(written).0,
        }
    }
}

fn is_no_sentence(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::FootnoteDefinition
    )
}

fn is_block(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell
    )
}

fn newline(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// The text between the tags of a raw HTML block.
fn html(block: &str, out: &mut String) {
    let mut rest = block;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = markup_len(rest);
        if len == 0 {
            out.push('<');
        } else if parts_words(rest) && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
        rest = &rest[len.max(1)..];
    }
    out.push_str(rest);
}

/// The elements within words and lines.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rp", "rt", "ruby", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
];

/// Whether what stands before a tag and what after it are of two lines.
fn parts_words(tag: &str) -> bool {
    Tag::at(tag).is_some_and(|tag| !INLINE.iter().any(|name| tag.name.eq_ignore_ascii_case(name)))
}

/// The length of the tag or comment at the start of a text; 0 where there is none.
fn markup_len(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |end| end + "-->".len());
    }
    let known = Tag::at(rest).is_some_and(|tag| is_markup(tag.name).is_some());
    if known { tag_end(rest).map_or(0, |end| end + 1) } else { 0 }
}

/// The first sentences of a text, cut at a sentence or word so that at most `max_chars` characters are left. A formula
/// becomes what `said` makes of its TeX; of bare addresses the host or the paper's id is left, and nothing of those in parentheses.
pub fn excerpt(text: &str, max_chars: usize, said: impl Fn(&str) -> Option<String>) -> String {
    first_words(text, max_chars, said, Kept::Sentences)
}

/// The same with headings, code and tables.
pub fn whole_excerpt(text: &str, most: usize, said: impl Fn(&str) -> Option<String>) -> String {
    first_words(text, most, said, Kept::All)
}

fn first_words(
    text: &str,
    max_chars: usize,
    said: impl Fn(&str) -> Option<String>,
    kept: Kept,
) -> String {
    // Markup takes room too, but four times the characters, each of up to three bytes, is room enough.
    let mut head = text.len().min(max_chars * 12);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    let head = &text[..head];
    let said = |tex: String| said(&tex);
    let said = if is_prose(head) {
        joined(head)
    } else {
        match parsed(head, said, kept) {
            none if none.is_empty() => parsed(head, said, Kept::All),
            sentences => sentences,
        }
    };
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    shorten(&without_addresses(&line), max_chars)
}

/// A line of text without its bare addresses: nobody reads them, and they take the room of sentences.
fn without_addresses(line: &str) -> Cow<'_, str> {
    if !line.contains("://") {
        return line.into();
    }
    let mut out = String::with_capacity(line.len());
    let (mut from, mut found) =
        (0, addresses(line).filter(|at| line[at.clone()].contains("://")).peekable());
    while let Some(first) = found.next() {
        let mut together = vec![first];
        let end = |together: &[Range<usize>]| together.last().map_or(0, |last| last.end);
        while let Some(next) =
            found.next_if(|next| line[end(&together)..next.start].chars().all(is_between))
        {
            together.push(next);
        }
        let (before, after) =
            (line[from..together[0].start].trim_end(), line[end(&together)..].trim_start());
        if let (Some(before), Some(after)) = (before.strip_suffix('('), after.strip_prefix(')')) {
            out.push_str(before.trim_end());
            from = line.len() - after.len();
            continue;
        }
        for address in together {
            out.push_str(&line[from..address.start]);
            out.push_str(&short(&line[address.clone()]));
            from = address.end;
        }
    }
    out.push_str(&line[from..]);
    out.into()
}

/// What stands between addresses that are listed.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | ',' | ';' | '·' | '/')
}

/// What says enough of an address: a paper's arXiv id, else the host.
fn short(address: &str) -> Cow<'_, str> {
    if let Some(PaperId::Arxiv(id)) = PaperId::parse(address) {
        return format!("arXiv:{id}").into();
    }
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).into()
}

/// Cuts a text of one line after a sentence if half of the room is used then, else after a word, with `…`.
fn shorten(text: &str, max_chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(max_chars) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let sentence = head.rmatch_indices(['.', '!', '?', '。']).map(|(at, mark)| at + mark.len());
    let whole = |&at: &usize| text[at..].starts_with(' ') || text[..at].ends_with('。');
    if let Some(at) = sentence.take_while(|&at| at * 2 > end).find(whole) {
        return head[..at].to_owned();
    }
    let room = head.char_indices().next_back().map_or(0, |(at, _)| at);
    let word = head[..room].rfind(' ').filter(|at| at * 2 > end).unwrap_or(room);
    format!("{}…", head[..word].trim_end_matches([',', ';', ':', '·', ' ', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_visible_words_are_left() {
        for (text, expected) in [
            ("*a* **b** [c](d) `e` $f^2$ ~~g~~", "a b c e f^2 g"),
            ("# a\n\nb\nc  \nd\n\n- e\n- f", "a\nb c\nd\ne\nf"),
            ("| a | b |\n|---|---|\n| c | d |", "a b \nc d"),
            ("**강조(괄호)**는 $5", "강조(괄호)는 $5"),
            ("<div>\nx <mid> y <!-- z -->\n</div>", "x <mid> y"),
            ("a\n\n<!-- b\nc -->\n\nd", "a\n\nd"),
            ("a\n\n<style>\n.b { c: d }\n</style>\n\ne", "a\n\ne"),
            ("[[name]] [[name|label]] [[name#^id]] [[#^id]] [[#Part]]", "name label name id Part"),
            ("x ![[lamp.png|40]]![[lamp.png]] ![a lamp|300](lamp.png) y", "x lamp.png a lamp y"),
            ("a ==b== c. ^id1\n\nd^[e *f*]", "a b c.\nd\ne f"),
            ("```py\nx = 1\n```", "x = 1"),
            ("a &amp; b <br> c \\* d", "a & b  c * d"),
        ] {
            assert_eq!(
                plain(text).trim().replace(" \n", "\n"),
                expected.replace(" \n", "\n"),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn text_without_markup_needs_no_parser(text in "([a-z가-힣é][a-z0-9 가-힣.,:;!?'\"()+=/%{}^@-]{0,12}\n{0,3}){0,6}") {
            if is_prose(&text) {
                proptest::prop_assert_eq!(joined(&text), parsed(&text, Some, Kept::All));
            }
        }
    }

    #[test]
    fn excerpts_end_at_sentences_and_words() {
        assert_eq!(excerpt("One two three.", 20, |tex| Some(tex.to_owned())), "One two three.");
        assert_eq!(
            excerpt("One two. Three four five six", 14, |tex| Some(tex.to_owned())),
            "One two."
        );
        assert_eq!(
            excerpt("Version 1.5 of the model is here", 20, |tex| Some(tex.to_owned())),
            "Version 1.5 of the…"
        );
        assert_eq!(
            excerpt("모델을 만들었다. 그리고 공개했다. 끝", 14, |tex| Some(
                tex.to_owned()
            )),
            "모델을 만들었다."
        );
        assert_eq!(
            excerpt("가나다라마바사아자차카타파하", 6, |tex| Some(tex.to_owned())),
            "가나다라마…"
        );
        assert_eq!(excerpt("", 6, |tex| Some(tex.to_owned())), "");
        assert_eq!(
            excerpt("With $x^2$ and $5.", 20, |tex| Some(format!("<{tex}>"))),
            "With <x^2> and $5."
        );
    }

    fn said(text: &str) -> String {
        excerpt(text, 80, |tex| Some(tex.to_owned()))
    }

    #[test]
    fn excerpts_are_sentences() {
        assert_eq!(
            said("### How\n\nIt is\n\n$$\nx\n$$\n\nthere.\n\n| a |\n|---|\n| b |\n\nEnd."),
            "It is x there. End."
        );
        assert_eq!(
            said("![Curves](a.png)\n\nFirst[^1] words.\n\n[^1]: Small print."),
            "First words."
        );
        assert_eq!(
            said("![Curves](a.png) ![More](b.png)\nFirst ![of all](c.png) words."),
            "First of all words."
        );
        assert_eq!(
            said("<details><summary>More</summary>hidden <b>b</b>c</details>"),
            "More hidden bc"
        );
        assert_eq!(said("One<br>two"), "One two");
        assert_eq!(said(&format!("It is $${}$$ here.", "x".repeat(200))), "It is … here.");
        assert_eq!(said("### Only this"), "Only this");
        assert_eq!(said("```py\nx = 1\n```"), "x = 1");
    }

    #[test]
    fn excerpts_have_no_addresses() {
        assert_eq!(said("모델을 (https://arxiv.org/abs/2503.01840) 가속."), "모델을 가속.");
        assert_eq!(said("One (https://a.b/c, https://a.b/d). Two."), "One. Two.");
        assert_eq!(
            said("See https://www.a.b/c?d, and (as https://a.b says) more."),
            "See a.b, and (as a.b says) more."
        );
        assert_eq!(
            said("https://a.b/c\nText of arXiv:2503.01840."),
            "a.b Text of arXiv:2503.01840."
        );
        assert_eq!(
            said("As https://www.alphaxiv.org/abs/2503.01840v2 has it."),
            "As arXiv:2503.01840 has it."
        );
        assert_eq!(said("Without :// one (x)."), "Without :// one (x).");
    }
}
