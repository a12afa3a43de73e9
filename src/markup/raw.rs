//! Raw HTML: elements that may stand where they stand are written anew, tag by tag, and always closed.
//!
//! The parser gives raw tags one by one, between Markdown's own elements. A stack of what is open, with a barrier
//! for each Markdown element, keeps every raw element inside the one it began in: no tag can close more than it
//! opened or stay open behind its end. Nothing of a tag is copied: its name comes from a list and its attributes
//! from the sanitiser. Comments are dropped; what is no tag is text.

use std::ops::Range;

use super::escape;
use super::sanitise::value;
use super::writer::{DEEPEST, Writer};
use crate::prose::source::{Tag, is_markup, tag_end};

/// Something open around the text being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// An element of Markdown, which raw HTML cannot close.
    Markdown,
    /// A raw element.
    Raw(&'static str),
    /// The text of a component, which no tag can close either.
    Call,
}

/// What may stand in an element, and where it may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// In running text.
    Phrasing,
    /// A block of running text: holds no block.
    Line,
    /// Holds parts only, such as rows.
    Frame,
    /// A block that holds anything.
    Flow,
}

fn kind(name: &str) -> Kind {
    match name {
        "p" | "pre" | "summary" | "dt" | "figcaption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Kind::Line
        }
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "ul" | "ol" | "dl" => Kind::Frame,
        "blockquote" | "dd" | "details" | "div" | "figure" | "hr" | "li" | "td" | "th" => {
            Kind::Flow
        }
        _ => Kind::Phrasing,
    }
}

/// The elements of which a part must be a child; empty for what is no part.
fn parents(name: &str) -> &'static [&'static str] {
    match name {
        "li" => &["ul", "ol"],
        "dt" | "dd" => &["dl"],
        "td" | "th" => &["tr"],
        "tr" => &["table", "thead", "tbody", "tfoot"],
        "thead" | "tbody" | "tfoot" => &["table"],
        "figcaption" => &["figure"],
        "summary" => &["details"],
        "rt" | "rp" => &["ruby"],
        _ => &[],
    }
}

impl Writer<'_> {
    /// A line of a block of raw HTML.
    pub(super) fn raw_html(&mut self, html: &str) {
        let html = self.source.restore(html);
        if let Some(block) = &mut self.raw_block {
            block.push_str(&html);
        }
    }

    /// A tag or comment in running text.
    pub(super) fn raw_inline(&mut self, html: &str, range: Range<usize>) {
        let html = self.source.restore(html).into_owned();
        if let Some(id) = html.strip_prefix("<^").and_then(|id| id.strip_suffix('>')) {
            self.block_id(id);
        } else if self.renderer.unsafe_html {
            self.push(&html);
        } else if !html.starts_with("<!--") {
            self.tag(&html, true, range);
        }
    }

    pub(super) fn end_raw_block(&mut self, range: &Range<usize>) {
        let block = self.raw_block.take().unwrap_or_default();
        let source = self.source;
        if let Some(mark) = source.call(range) {
            return self.call(mark, range);
        }
        // The barrier of the block itself has gone, so its elements may stay open around the blocks that follow.
        if self.renderer.unsafe_html {
            return self.push(&block);
        }
        let mut rest = block.as_str();
        while let Some(at) = rest.find('<') {
            self.raw_text(&rest[..at]);
            rest = &rest[at..];
            rest = &rest[self.piece(rest, range)..];
        }
        self.raw_text(rest);
        self.close_lines();
        if !self.out.html.ends_with('\n') {
            self.push("\n");
        }
    }

    /// A tag, a comment or a lone `<` at the start of a text; returns its length.
    fn piece(&mut self, rest: &str, range: &Range<usize>) -> usize {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(rest.len(), |end| end + "<!---->".len());
        }
        let known = Tag::at(rest).is_some_and(|tag| is_markup(tag.name).is_some());
        let Some(end) = tag_end(rest).filter(|_| known) else {
            self.raw_text("<");
            return 1;
        };
        self.tag(&rest[..=end], false, range.clone());
        end + 1
    }

    fn raw_text(&mut self, text: &str) {
        if text.trim().is_empty() {
            return self.push(text);
        }
        self.close_frames();
        self.summarise();
        if text.contains('&') {
            let clean = self.renderer.sanitiser.text(text);
            self.push(&clean);
        } else {
            escape::text(text, &mut self.out.html);
        }
    }

    fn tag(&mut self, html: &str, inline: bool, range: Range<usize>) {
        let tag = Tag::at(html);
        let Some((tag, name)) = tag.and_then(|tag| Some((tag, is_markup(tag.name)?))) else {
            return escape::text(html, &mut self.out.html);
        };
        match name {
            _ if inline && kind(name) != Kind::Phrasing => {}
            "br" | "wbr" | "hr" => self.void(name),
            "img" if !tag.closing => self.raw_image(html, range),
            "center" if inline => {}
            "center" => self.open_or_close(tag, "div", html),
            "strike" => self.open_or_close(tag, "del", html),
            "tt" => self.open_or_close(tag, "code", html),
            // They say only how words look, which is the theme's to say.
            "big" | "blink" | "font" | "marquee" | "nobr" => {}
            "a" if !tag.closing => self.raw_link(html, range),
            _ => self.open_or_close(tag, name, html),
        }
    }

    fn open_or_close(&mut self, tag: Tag<'_>, name: &'static str, html: &str) {
        let heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
        if tag.closing {
            self.close_raw(|open| {
                open == name || heading && matches!(open.as_bytes(), [b'h', b'1'..=b'6'])
            });
        } else if self.open.len() <= DEEPEST && self.make_room(name) {
            if name == "tr" && self.open.last() == Some(&Open::Raw("table")) {
                self.open_raw("tbody", "");
            }
            let attributes = self.renderer.sanitiser.attributes(name, html);
            let name = if heading { self.raw_heading(name) } else { name };
            self.open_raw(name, &attributes);
        }
    }

    fn raw_heading(&mut self, name: &str) -> &'static str {
        let written = name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
        ["h1", "h2", "h3", "h4", "h5", "h6"]
            [usize::from(self.heading_level(written).clamp(1, 6)) - 1]
    }

    fn open_raw(&mut self, name: &'static str, attributes: &str) {
        self.push("<");
        self.push(name);
        self.push(attributes);
        self.push(">");
        self.open.push(Open::Raw(name));
    }

    fn void(&mut self, name: &'static str) {
        if self.make_room(name) {
            self.push("<");
            self.push(name);
            self.push(">");
        }
    }

    fn raw_image(&mut self, html: &str, range: Range<usize>) {
        let attributes = self.renderer.sanitiser.attributes("img", html);
        let part = |name: &str| value(&attributes, name).unwrap_or_default();
        if self.make_room("img") {
            let width = crate::prose::width(&part("width"));
            self.show(&part("src"), (&part("alt"), &part("title"), width), range);
        }
    }

    fn raw_link(&mut self, html: &str, range: Range<usize>) {
        let attributes = self.renderer.sanitiser.attributes("a", html);
        let href = value(&attributes, "href").unwrap_or_default();
        if !self.in_link() && self.make_room("a") && self.raw_anchor(&href, range) {
            self.open.push(Open::Raw("a"));
        }
    }

    /// Closes what an element may not stand in; `false` where it may stand nowhere here.
    fn make_room(&mut self, name: &str) -> bool {
        let parents = parents(name);
        if !parents.is_empty() {
            return self.close_to_parent(parents) && (name != "summary" || self.at_details());
        }
        if kind(name) == Kind::Phrasing {
            self.close_frames();
        } else {
            self.close_lines();
            self.close_frames();
        }
        self.summarise();
        true
    }

    /// Closes raw elements until the innermost is one of the parents, if there is one this side of the barrier.
    fn close_to_parent(&mut self, parents: &[&str]) -> bool {
        let inside = self.open.iter().rev().take_while(|open| matches!(open, Open::Raw(_)));
        let Some(above) = inside
            .clone()
            .position(|open| matches!(open, Open::Raw(name) if parents.contains(name)))
        else {
            return false;
        };
        // A row of a nested table is none of the outer one's.
        if inside.take(above).any(|open| *open == Open::Raw("table")) {
            return false;
        }
        for _ in 0..above {
            self.close_innermost();
        }
        true
    }

    /// Closes the innermost raw element that fits, with all inside it, unless Markdown's own are between.
    fn close_raw(&mut self, fits: impl Fn(&str) -> bool) {
        let inside = self.open.iter().rev().take_while(|open| matches!(open, Open::Raw(_)));
        let at = inside
            .into_iter()
            .position(|open| matches!(open, Open::Raw(name) if *name != "label" && fits(name)));
        for _ in 0..at.map_or(0, |at| at + 1) {
            self.close_innermost();
        }
    }

    pub(super) fn close_innermost(&mut self) {
        let innermost = self.open.pop();
        if innermost == Some(Open::Call) {
            return self.close_call();
        }
        if let Some(Open::Raw(name)) = innermost {
            if name == "details" {
                self.open.push(Open::Raw(name));
                self.summarise();
                self.open.pop();
            }
            self.push("</");
            self.push(name);
            self.push(">");
        }
    }

    fn close_while(&mut self, fits: impl Fn(Kind) -> bool) {
        while matches!(self.open.last(), Some(Open::Raw(name)) if fits(kind(name))) {
            self.close_innermost();
        }
    }

    /// Closes what holds running text only.
    fn close_lines(&mut self) {
        self.close_while(|kind| matches!(kind, Kind::Phrasing | Kind::Line));
    }

    /// Closes what holds parts only.
    fn close_frames(&mut self) {
        self.close_while(|kind| kind == Kind::Frame);
    }

    /// Makes room for a block of Markdown.
    pub(super) fn settle_raw(&mut self) {
        if self.open.last().is_some_and(|open| *open != Open::Markdown) {
            self.close_lines();
            self.close_frames();
            self.summarise();
        }
    }

    /// Closes everything raw inside the Markdown element that ends, and takes its barrier away.
    pub(super) fn close_raw_to_barrier(&mut self) {
        while self.open.last().is_some_and(|open| *open != Open::Markdown) {
            self.close_innermost();
        }
        self.open.pop();
    }

    /// Closes everything raw at the end of the text.
    pub(super) fn close_all_raw(&mut self) {
        while !self.open.is_empty() {
            self.close_innermost();
        }
    }

    fn at_details(&self) -> bool {
        self.out.html.rfind('<').is_some_and(|at| {
            let tail = self.out.html[at..].trim_end();
            tail.starts_with("<details") && tail.ends_with('>')
        })
    }

    /// `<details>` must begin with a summary.
    fn summarise(&mut self) {
        if self.open.last() == Some(&Open::Raw("details")) && self.at_details() {
            self.push("<summary>…</summary>");
        }
    }
}
