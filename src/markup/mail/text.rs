//! A page as plain text, for mails: lines of a readable length, addresses behind what leads to them.

use std::borrow::Cow;

use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use unicode_width::UnicodeWidthStr as _;

use super::{Piece, Unseen, attributes, pieces, value};

/// Columns of a line.
const WIDTH: usize = 76;

/// The text of a page.
pub fn plain_of(html: &str) -> String {
    let mut text = Text::default();
    let mut unseen = Unseen::default();
    for piece in pieces(html) {
        if unseen.holds(piece) {
            continue;
        }
        match piece {
            Piece::Text(said) => text.say(said),
            Piece::Open(name, written) => {
                let attributes = attributes(written);
                if name == "math" {
                    text.say(value(&attributes, "alttext").unwrap_or("…"));
                }
                let is_unseen = matches!(name, "head" | "math" | "script" | "style" | "svg")
                    || value(&attributes, "data-mail") == Some("html")
                    || value(&attributes, "class") == Some("footnote-back");
                if is_unseen {
                    unseen.begin(name);
                } else {
                    text.open(name, &attributes);
                }
            }
            Piece::Close(name) => text.close(name),
            Piece::Other(_) => {}
        }
    }
    text.end()
}

#[derive(Debug, Default)]
struct Text {
    out: String,
    /// The block that is being written.
    block: String,
    /// What lines begin with, from the outside in: of quotes and items.
    prefixes: Vec<&'static str>,
    /// What the next line has instead of the last of these.
    bullet: Option<String>,
    /// Lists that are open, with the number of the next item.
    lists: Vec<Option<usize>>,
    /// Links that are open: where their words begin, and where they lead.
    links: Vec<(usize, String)>,
    /// How deep in code.
    verbatim: usize,
    /// Whether a blank line is due.
    parted: bool,
    /// How many quotes the last line stands in.
    quotes: usize,
    /// Where a heading leads, while one is open.
    heading: Option<Vec<String>>,
}

impl Text {
    fn say(&mut self, written: &str) {
        let said = unescaped(written);
        if self.verbatim > 0 {
            return self.block.push_str(&said);
        }
        for c in said.chars() {
            // A space that must not break stays what it is.
            if c.is_whitespace() && c != '\u{a0}' {
                if !self.block.is_empty() && !self.block.ends_with([' ', '\n']) {
                    self.block.push(' ');
                }
            } else {
                self.block.push(c);
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        match name {
            "a" => {
                let href = unescaped(value(attributes, "href").unwrap_or_default());
                self.links.push((self.block.len(), href));
            }
            "br" => self.block.push('\n'),
            "hr" => {
                self.part();
                self.block.push_str("----");
                self.part();
            }
            "img" => {
                let alt = value(attributes, "alt").unwrap_or_default();
                if !alt.trim().is_empty() {
                    self.say(&format!("[{alt}]"));
                }
            }
            "input" => {
                let is_done = attributes.iter().any(|(name, _)| *name == "checked");
                self.block.push_str(if is_done { "[x] " } else { "[ ] " });
            }
            "sup" => self.block.push('['),
            "ul" | "ol" => {
                self.flush();
                self.parted |= self.lists.is_empty();
                let start = value(attributes, "start").and_then(|start| start.parse().ok());
                self.lists.push((name == "ol").then_some(start.unwrap_or(1)));
            }
            "li" => self.item(),
            "blockquote" => {
                self.part();
                self.prefixes.push("> ");
            }
            "pre" => {
                self.part();
                self.prefixes.push("    ");
                self.verbatim += 1;
            }
            "td" | "th" if !self.block.trim_end().is_empty() => self.block.push_str(" | "),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.part();
                self.heading = Some(Vec::new());
            }
            name if is_tight(name) => self.flush(),
            name if is_block(name) => self.part(),
            _ => {}
        }
    }

    fn item(&mut self) {
        self.flush();
        self.bullet = Some(match self.lists.last_mut() {
            Some(Some(number)) => {
                *number = number.saturating_add(1);
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        });
        self.prefixes.push("  ");
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.end_link(),
            "sup" => self.block.push(']'),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.end_heading(name),
            "ul" | "ol" => {
                self.flush();
                self.lists.pop();
                self.parted |= self.lists.is_empty();
            }
            "li" => {
                self.flush();
                self.prefixes.pop();
                self.bullet = None;
            }
            "blockquote" => {
                self.flush();
                self.prefixes.pop();
                self.parted = true;
            }
            "pre" => {
                self.flush();
                self.prefixes.pop();
                self.verbatim = self.verbatim.saturating_sub(1);
                self.parted = true;
            }
            name if is_tight(name) => self.flush(),
            name if is_block(name) => self.part(),
            _ => {}
        }
    }

    /// Writes where a link leads behind its words, unless they say it.
    fn end_link(&mut self) {
        let Some((start, href)) = self.links.pop() else { return };
        let words = self.block.get(start..).unwrap_or_default().trim();
        let is_said = href.is_empty() || href.contains('#') && words.len() < 4 || words == href;
        if let Some(heading) = self.heading.as_mut().filter(|_| !is_said) {
            heading.push(format!("<{href}>"));
        } else if !is_said {
            let space = if words.is_empty() { "" } else { " " };
            self.block.truncate(self.block.trim_end().len());
            self.block.extend([space, "<", &href, ">"]);
        }
    }

    /// Draws a line under a heading, and writes below it where it leads.
    fn end_heading(&mut self, name: &str) {
        let columns = self.block.trim().width().min(WIDTH);
        self.flush();
        let sign = match name {
            "h1" => "=",
            "h2" => "-",
            _ => "",
        };
        self.block.push_str(&sign.repeat(columns));
        self.flush();
        for address in self.heading.take().unwrap_or_default() {
            self.block.push_str(&address);
            self.flush();
        }
        self.parted = true;
    }

    /// Ends a block, which a blank line parts from the next.
    fn part(&mut self) {
        self.flush();
        // An item begins beside its bullet.
        self.parted |= self.bullet.is_none();
    }

    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        let block = if self.verbatim > 0 { block.trim_end() } else { block.trim() };
        if block.is_empty() {
            return;
        }
        let parted = std::mem::take(&mut self.parted);
        let quotes = self.prefixes.iter().filter(|prefix| **prefix == "> ").count();
        if parted && !self.out.is_empty() {
            let common = quotes.min(self.quotes);
            self.out.push_str("> ".repeat(common).trim_end());
            self.out.push('\n');
        }
        self.quotes = quotes;
        for line in block.split('\n') {
            if self.verbatim > 0 {
                self.line(line);
            } else {
                let room = WIDTH.saturating_sub(self.prefixes.concat().len()).max(20);
                for line in wrapped(line.trim(), room) {
                    self.line(&line);
                }
            }
        }
    }

    fn line(&mut self, line: &str) {
        let (last, outer) = match self.prefixes.split_last() {
            Some((last, outer)) => (*last, outer.concat()),
            None => ("", String::new()),
        };
        let begins = self.bullet.take().unwrap_or_else(|| last.to_owned());
        let whole = format!("{outer}{begins}{line}");
        self.out.push_str(whole.trim_end());
        self.out.push('\n');
    }

    fn end(mut self) -> String {
        self.flush();
        self.out
    }
}

/// Elements of which each begins on a line of its own, and no blank line parts them.
fn is_tight(name: &str) -> bool {
    matches!(name, "tr" | "dt" | "dd" | "summary" | "figcaption")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "dl"
            | "figure"
            | "details"
            | "article"
            | "section"
            | "header"
            | "footer"
            | "aside"
            | "main"
            | "body"
    )
}

/// A line in lines that fit, broken at spaces.
fn wrapped(line: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in line.split(' ') {
        let needed = word.width();
        if used > 0 && used + 1 + needed > room {
            lines.push(String::new());
            used = 0;
        }
        let last = lines.len() - 1;
        if used > 0 {
            lines[last].push(' ');
            used += 1;
        }
        lines[last].push_str(word);
        used += needed;
    }
    lines
}

/// Text as it was before it was written into HTML.
fn unescaped(text: &str) -> String {
    unescape_with(text, |name| {
        if name == "nbsp" { Some("\u{a0}") } else { resolve_predefined_entity(name) }
    })
    .map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_aloud() {
        let html = "<html><head><title>x</title></head><body><div data-mail=\"html\">y<div>z</div></div><hr data-mail=\"html\"><h1><a href=\"https://a.b/l\">Two  lamps</a></h1><p>A <a href=\"https://a.b/\">link</a> &amp; <math alttext=\"x²\"><mi>x</mi></math><sup class=\"footnote-ref\"><a href=\"https://a.b/#fn\">1</a></sup>, <a href=\"https://c.d\">https://c.d</a>.</p><ul><li>one<ol><li>in</li></ol></li><li><p>two</p><p>more</p></li></ul><blockquote><p>said</p><p>again</p></blockquote><pre><code>a\n  b\n</code></pre><table><tr><th>h</th><td>1</td></tr></table><img src=\"x\" alt=\"A wick\"></body></html>";
        assert_eq!(
            plain_of(html),
            "Two lamps\n=========\n<https://a.b/l>\n\nA link <https://a.b/> & x²[1], https://c.d.\n\n- one\n  1. in\n- two\n\n  more\n\n> said\n>\n> again\n\n    a\n      b\n\nh | 1\n\n[A wick]\n"
        );
    }

    #[test]
    fn long_lines_are_broken_at_words() {
        let word = "word ".repeat(40);
        assert!(plain_of(&format!("<p>{word}</p>")).lines().all(|line| line.len() <= WIDTH));
        assert_eq!(wrapped("가나 다라", 5), ["가나", "다라"]);
    }

    proptest::proptest! {
        #[test]
        fn no_page_makes_it_stumble(html in "(<|>|/|p|li|ul|pre|math|a| href=|\"|'|&|#x|;|!--|-->|\\PC|\n){0,60}") {
            plain_of(&html);
            super::super::for_mail(&html);
        }
    }
}
