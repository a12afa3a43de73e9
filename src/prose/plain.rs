//! The visible words of a text.

use std::borrow::Cow;

use pulldown_cmark::{Event, TagEnd};

use super::source::{Source, Tag, is_markup};

/// The words that a reader sees: no markup, math as its TeX, code kept; blocks end in a newline.
pub fn plain(text: &str) -> String {
    words(text, str::to_owned)
}

/// The same for whoever does not mind where lines end: not copied where nothing is markup.
pub fn unwrapped(text: &str) -> Cow<'_, str> {
    if is_prose(text) { text.into() } else { parsed(text, str::to_owned).into() }
}

/// The same with every formula as `said` says it.
fn words(text: &str, said: impl Fn(&str) -> String) -> String {
    if is_prose(text) { joined(text) } else { parsed(text, said) }
}

/// Which bytes may be part of markup wherever they stand. A table, since this is asked of every byte of the site.
const MARKUP: [bool; 256] = {
    let marks = b"*_[]<>`#$\\~&|\x7f";
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
    let plain_line =
        |line: &str| line.is_empty() || line.starts_with(char::is_alphabetic) && !line.ends_with(char::is_whitespace);
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
        if !out.is_empty() && !out.ends_with('\n') {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.truncate(out.trim_end().len());
    out
}

fn parsed(text: &str, said: impl Fn(&str) -> String) -> String {
    let source = Source::new(text, false);
    let mut out = String::with_capacity(text.len());
    for (event, _) in source.events() {
        match event {
            Event::Text(t) | Event::Code(t) => out.push_str(&source.restore(&t)),
            Event::InlineMath(t) | Event::DisplayMath(t) => out.push_str(&said(&source.restore(&t))),
            Event::Html(t) => html(&source.restore(&t), &mut out),
            Event::SoftBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::HardBreak | Event::Rule => newline(&mut out),
            Event::End(end) if is_block(end) => newline(&mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_block(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::TableCell
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
        }
        rest = &rest[len.max(1)..];
    }
    out.push_str(rest);
}

/// The length of the tag or comment at the start of a text; 0 where there is none. A tag ends before the next `<`.
fn markup_len(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |end| end + "-->".len());
    }
    let known = Tag::at(rest).is_some_and(|tag| is_markup(tag.name).is_some());
    let end = rest[1..].find(['<', '>']).filter(|&end| known && rest[1 + end..].starts_with('>'));
    end.map_or(0, |end| end + 2)
}

/// The first words of a text, cut at a sentence or word so that at most `max_chars` characters are left. A formula's
/// TeX becomes what `said` makes of it.
pub fn excerpt(text: &str, max_chars: usize, said: impl Fn(&str) -> String) -> String {
    // Markup takes room too, but four times the characters, each of up to three bytes, is room enough.
    let mut head = text.len().min(max_chars * 12);
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    let words: Vec<String> = words(&text[..head], said).split_whitespace().map(str::to_owned).collect();
    shorten(&words.join(" "), max_chars)
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
    format!("{}…", head[..word].trim_end_matches([',', ';', ':', ' ', '(']))
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
            ("[[name]] [[name|label]]", "name label"),
            ("```py\nx = 1\n```", "x = 1"),
            ("a &amp; b <br> c \\* d", "a & b  c * d"),
        ] {
            assert_eq!(plain(text).trim().replace(" \n", "\n"), expected.replace(" \n", "\n"), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn text_without_markup_needs_no_parser(text in "([a-z가-힣é][a-z0-9 가-힣.,:;!?'\"()+=/%{}^@-]{0,12}\n{0,3}){0,6}") {
            if is_prose(&text) {
                proptest::prop_assert_eq!(joined(&text), parsed(&text, str::to_owned));
            }
        }
    }

    #[test]
    fn excerpts_end_at_sentences_and_words() {
        assert_eq!(excerpt("One two three.", 20, str::to_owned), "One two three.");
        assert_eq!(excerpt("One two. Three four five six", 14, str::to_owned), "One two.");
        assert_eq!(excerpt("Version 1.5 of the model is here", 20, str::to_owned), "Version 1.5 of the…");
        assert_eq!(excerpt("모델을 만들었다. 그리고 공개했다. 끝", 14, str::to_owned), "모델을 만들었다.");
        assert_eq!(excerpt("가나다라마바사아자차카타파하", 6, str::to_owned), "가나다라마…");
        assert_eq!(excerpt("", 6, str::to_owned), "");
        assert_eq!(excerpt("With $x^2$ and $5.", 20, |tex| format!("<{tex}>")), "With <x^2> and $5.");
    }
}
