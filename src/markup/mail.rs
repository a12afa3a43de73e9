//! HTML for programs that read mail: they know no style sheets, no MathML, and few elements.
//!
//! Rules of the `<style>` of a template are written to each element that they fit, formulas become their readings, and what
//! such programs leave out or are known to garble is taken out before. Rules within `@media` stay, for those that know them.

mod style;
mod text;

use std::borrow::Cow;
use std::fmt::Write as _;

pub use text::plain_of;

use super::escape;
use crate::prose::source::tag_end;
use style::Sheet;

/// Attributes that mails may keep.
const KEPT: &[&str] = &[
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "charset",
    "colspan",
    "content",
    "dir",
    "height",
    "href",
    "http-equiv",
    "lang",
    "name",
    "role",
    "rowspan",
    "src",
    "start",
    "title",
    "valign",
    "value",
    "width",
    "aria-hidden",
    "data-mail",
];

/// Elements that are left out with all that is in them.
const LEFT_OUT: &[&str] =
    &["script", "style", "svg", "template", "noscript", "iframe", "object", "form"];

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'h> {
    /// Text with its references.
    Text(&'h str),
    /// An opening tag: its name, and the attributes as written.
    Open(&'h str, &'h str),
    /// A closing tag by its name.
    Close(&'h str),
    /// `<!doctype html>`, and comments that programs obey.
    Other(&'h str),
}

/// The pieces of some HTML, one after the other; comments are none.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        while let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(comment.len(), |end| end + 3);
            rest = &comment[end..];
        }
        if rest.is_empty() {
            return None;
        }
        let is_tag = rest.starts_with('<')
            && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let Some(end) = tag_end(rest).filter(|_| is_tag) else {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |at| at + first);
            let (text, after) = rest.split_at(end);
            rest = after;
            return Some(Piece::Text(text));
        };
        let (tag, after) = rest.split_at(end + 1);
        rest = after;
        let inside = &tag[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Piece::Close(name.trim()));
        }
        if inside.starts_with('!') {
            return Some(Piece::Other(tag));
        }
        let name =
            inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
        Some(Piece::Open(&inside[..name], &inside[name..]))
    })
}

/// The attributes of a tag, each with its value as written.
fn attributes(written: &str) -> Vec<(&str, &str)> {
    let (mut found, mut rest) = (Vec::new(), written);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            found.push((name, ""));
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        found.push((name, value));
        rest = after;
    }
}

fn value<'a>(attributes: &[(&str, &'a str)], wanted: &str) -> Option<&'a str> {
    attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value)
}

/// An element that is left out with all that is in it.
#[derive(Default)]
struct Unseen<'h> {
    /// Its name, and how many elements of that name are open in it, itself included.
    open: Option<(&'h str, usize)>,
}

impl<'h> Unseen<'h> {
    /// Leaves an element out; one that holds nothing is over with its tag.
    fn begin(&mut self, name: &'h str) {
        self.open = (!is_void(name)).then_some((name, 1));
    }

    /// Whether a piece is in it; its end is.
    fn holds(&mut self, piece: Piece<'h>) -> bool {
        let Some((name, depth)) = &mut self.open else { return false };
        match piece {
            Piece::Open(open, _) if open == *name && !is_void(open) => *depth += 1,
            Piece::Close(close) if close == *name => *depth -= 1,
            _ => {}
        }
        if *depth == 0 {
            self.open = None;
        }
        true
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// A whole page as a mail.
pub fn for_mail(html: &str) -> String {
    let sheet = Sheet::of(html);
    let mut out = String::with_capacity(html.len() * 2);
    let mut unseen = Unseen::default();
    for piece in pieces(html) {
        if unseen.holds(piece) {
            continue;
        }
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Other(other) => out.push_str(other),
            Piece::Open("math", written) => {
                formula(&attributes(written), &sheet, &mut out);
                unseen.begin("math");
            }
            Piece::Open(name, _) if LEFT_OUT.contains(&name) => unseen.begin(name),
            Piece::Open(name, written) => open(name, &attributes(written), &sheet, &mut out),
            Piece::Close("head") => {
                if !sheet.media.is_empty() {
                    out.extend(["<style>\n", &sheet.media, "\n</style>\n"]);
                }
                out.push_str("</head>");
            }
            Piece::Close(name) => out.extend(["</", renamed(name), ">"]),
        }
    }
    out
}

/// Elements that programs of mail do not know, and what they become.
fn renamed(name: &str) -> &str {
    match name {
        "details" | "figure" | "article" | "section" | "header" | "footer" | "aside" | "main"
        | "nav" => "div",
        "summary" | "figcaption" => "p",
        "mark" | "time" | "abbr" | "label" => "span",
        name => name,
    }
}

fn formula(attributes: &[(&str, &str)], sheet: &Sheet<'_>, out: &mut String) {
    let reading = value(attributes, "alttext").unwrap_or("…");
    let is_block = value(attributes, "display") == Some("block");
    let class = if is_block { "math display" } else { "math" };
    open("i", &[("class", class)], sheet, out);
    out.extend([reading, "</i>"]);
}

fn open(name: &str, attributes: &[(&str, &str)], sheet: &Sheet<'_>, out: &mut String) {
    if name == "input" {
        let is_done = attributes.iter().any(|(name, _)| *name == "checked");
        return out.push_str(if is_done { "☑" } else { "☐" });
    }
    let classes = value(attributes, "class").unwrap_or_default();
    out.extend(["<", renamed(name)]);
    for (attribute, value) in attributes.iter().filter(|(name, _)| KEPT.contains(name)) {
        let value: Cow<'_, str> =
            if value.contains('"') { value.replace('"', "&quot;").into() } else { (*value).into() };
        let _ = write!(out, " {attribute}=\"{value}\"");
    }
    let kept: Vec<&str> =
        classes.split_whitespace().filter(|class| sheet.is_in_media(class)).collect();
    if !kept.is_empty() {
        let _ = write!(out, " class=\"{}\"", kept.join(" "));
    }
    let own = value(attributes, "style").unwrap_or_default();
    let styles = sheet.styles(name, classes, own);
    if !styles.is_empty() {
        out.push_str(" style=\"");
        escape::attribute(&styles, out);
        out.push('"');
    }
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_hold_styles_and_readings() {
        let html = "<!doctype html><html><head><style>p, .lead { color: #222; margin: 0 }\n.lead { color: #000 }\n@media (x) { .dark { color: #fff } }</style></head><body><p class='lead dark' id=\"x\">A <math alttext=\"x² &lt; 1\"><mi>x</mi><math></math></math><script>1</script></p><details open><summary>b</summary>c</details><input type=checkbox checked> d<br><a href='/e' onclick=\"f\">g</a> 1 < 2</body></html>";
        assert_eq!(
            for_mail(html).replace('"', "'"),
            "<!doctype html><html><head><style>\n@media (x) { .dark { color: #fff } }\n</style>\n</head><body><p class='dark' style='color:#000;margin:0'>A <i>x² &lt; 1</i></p><div><p>b</p>c</div>☑ d<br><a href='/e'>g</a> 1 < 2</body></html>"
        );
    }

    #[test]
    fn attributes_are_read_as_browsers_do() {
        assert_eq!(
            attributes(" a=\"b c\" d='e' f g = h/ i=\"j"),
            [("a", "b c"), ("d", "e"), ("f", ""), ("g", "h/"), ("i", "j")]
        );
    }
}
