//! Text boxes: `<text data-width="1040" data-lines="3">` of a card becomes lines that fit. SVG text → SVG text.
//!
//! SVG does not wrap text. Templates say how wide a text may be, how many lines it may have, and how small it may get;
//! what still does not fit ends in an ellipsis.

use super::wrap::{self, Piece};

/// Tells how wide texts are at a font size of 1.
pub(super) trait Measure {
    /// The width of each text, in a style that is written as attributes.
    fn widths(&self, texts: &[&str], style: &str) -> Vec<f32>;
}

/// Attributes that decide how wide a text is.
const STYLE: [&str; 4] = ["font-family", "font-weight", "font-style", "font-stretch"];
/// Attributes that only mean something here.
const OWN: [&str; 6] =
    ["data-width", "data-height", "data-lines", "data-least", "data-leading", "data-grow"];

/// The card with every box filled.
pub(super) fn fill(svg: &str, measure: &impl Measure) -> String {
    let mut out = String::with_capacity(svg.len() + 512);
    let mut rest = svg;
    while let Some(at) = rest.find("<text") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let found = TextBox::read(from);
        if let Some(text_box) = &found {
            text_box.write(measure, &mut out);
        } else {
            out.push_str("<text");
        }
        rest = &from[found.map_or("<text".len(), |text_box| text_box.length)..];
    }
    out.push_str(rest);
    out
}

/// A `text` element that has a width.
struct TextBox<'a> {
    attributes: Vec<(&'a str, &'a str)>,
    /// As written.
    content: &'a str,
    /// Of the whole element.
    length: usize,
}

impl<'a> TextBox<'a> {
    /// The box at the start of a text; none where the element has no width or holds elements.
    fn read(text: &'a str) -> Option<Self> {
        let inside = text.strip_prefix("<text")?;
        let (attributes, rest) = attributes(inside)?;
        let content = rest.split('<').next()?;
        let end = rest[content.len()..].strip_prefix("</text>")?;
        let text_box = Self { attributes, content, length: text.len() - end.len() };
        text_box.number("data-width").is_some().then_some(text_box)
    }

    fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn number(&self, name: &str) -> Option<f32> {
        self.get(name)?
            .trim()
            .parse()
            .ok()
            .filter(|number: &f32| number.is_finite() && *number >= 0.0)
    }

    fn write(&self, measure: &impl Measure, out: &mut String) {
        let (size, lines) = self.fit(measure);
        let leading = size * self.leading();
        let mut y = self.number("y").unwrap_or_default();
        if self.get("data-grow") == Some("up") {
            y -= leading * f32::from(lines.len().saturating_sub(1) as u16);
        }
        out.push_str("<text");
        for (name, value) in self.attributes.iter().filter(|(name, _)| !is_replaced(name)) {
            out.extend([" ", name, "=\"", &value.replace('"', "&quot;"), "\""]);
        }
        out.extend([" font-size=\"", &tidy(size), "\">"]);
        let x = self.get("x").unwrap_or("0");
        for line in &lines {
            out.extend(["<tspan x=\"", x, "\" y=\"", &tidy(y), "\">", &escape(line), "</tspan>"]);
            y += leading;
        }
        out.push_str("</text>");
    }

    /// From one line to the next, at a font size of 1.
    fn leading(&self) -> f32 {
        self.number("data-leading").unwrap_or(1.25).max(0.1)
    }

    /// How many lines there may be at a font size; at least one.
    fn most(&self, size: f32) -> usize {
        let lines = self.get("data-lines").and_then(|lines| lines.trim().parse().ok());
        let fitting = self.number("data-height").map(|height| height / (size * self.leading()));
        // Rounded down, and never less than nothing.
        #[allow(clippy::cast_sign_loss)]
        let fitting = fitting.map(|lines| lines.min(100.0) as usize);
        lines.into_iter().chain(fitting).min().unwrap_or(1).max(1)
    }

    /// The font size and the lines.
    fn fit(&self, measure: &impl Measure) -> (f32, Vec<String>) {
        let width = self.number("data-width").unwrap_or_default();
        let size = self.number("font-size").unwrap_or(16.0).max(1.0);
        let least = self.number("data-least").unwrap_or(size).clamp(1.0, size);
        let style: String = STYLE
            .iter()
            .filter_map(|name| Some((name, self.get(name)?)))
            .fold(String::new(), |style, (name, value)| {
                format!("{style} {name}=\"{}\"", value.replace('"', "&quot;"))
            });
        let text = Measured::new(&unescape(self.content), measure, &style, width / least);
        for step in 0..=20_u8 {
            let size = size - (size - least) * f32::from(step) / 20.0;
            let lines = wrap::even(&text.pieces, &text.widths, text.space, width / size);
            let wide = text.widths.iter().any(|piece| piece * size > width);
            if lines.len() <= self.most(size) && !wide {
                return (
                    size,
                    lines.into_iter().map(|line| wrap::text(&text.pieces[line])).collect(),
                );
            }
        }
        (least, text.cut(width / least, self.most(least)))
    }
}

fn is_replaced(name: &str) -> bool {
    OWN.contains(&name) || matches!(name, "font-size" | "y")
}

/// A text in pieces with their widths at a font size of 1.
struct Measured {
    pieces: Vec<Piece>,
    widths: Vec<f32>,
    space: f32,
    ellipsis: f32,
}

impl Measured {
    /// Words wider than `widest` fall into characters.
    fn new(text: &str, measure: &impl Measure, style: &str, widest: f32) -> Self {
        let whole = wrap::pieces(text);
        let measured = measure
            .widths(&whole.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), style);
        let mut pieces = Vec::with_capacity(whole.len());
        for (piece, width) in whole.into_iter().zip(measured) {
            if width <= widest {
                pieces.push(piece);
                continue;
            }
            pieces.extend(piece.text.chars().map(|c| Piece { text: c.to_string(), space: false }));
            if let Some(last) = pieces.last_mut() {
                last.space = piece.space;
            }
        }
        let mut texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        texts.extend(["n n", "nn", "…"]);
        let mut widths = measure.widths(&texts, style);
        let ellipsis = widths.pop().unwrap_or_default();
        let tight = widths.pop().unwrap_or_default();
        let space = (widths.pop().unwrap_or_default() - tight).max(0.0);
        Self { pieces, widths, space, ellipsis }
    }

    /// As many lines as there may be, the last with an ellipsis.
    fn cut(&self, width: f32, most: usize) -> Vec<String> {
        let mut lines = wrap::lines(&self.pieces, &self.widths, self.space, width);
        let is_cut = lines.len() > most;
        lines.truncate(most);
        let mut texts: Vec<String> =
            lines.iter().map(|line| wrap::text(&self.pieces[line.clone()])).collect();
        if let (true, Some(line), Some(text)) = (is_cut, lines.pop(), texts.last_mut()) {
            let mut end = line.end;
            let filled = |end: usize| {
                let gaps =
                    (line.start..end.saturating_sub(1)).filter(|&at| self.pieces[at].space).count();
                self.widths[line.start..end].iter().sum::<f32>()
                    + self.space * f32::from(gaps as u16)
            };
            while end > line.start + 1 && filled(end) + self.ellipsis > width {
                end -= 1;
            }
            *text = wrap::text(&self.pieces[line.start..end])
                .trim_end_matches([',', '.', ':', ';', '·'])
                .to_owned()
                + "…";
        }
        texts
    }
}

/// The attributes of a tag and what follows it; none where the tag never ends or holds nothing.
fn attributes(tag: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let mut attributes = Vec::new();
    let mut rest = tag;
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix('>') {
            return Some((attributes, after));
        }
        if trimmed.len() == rest.len() {
            return None;
        }
        let (name, value) = trimmed.split_once('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value[1..].split_once(quote)?;
        attributes.push((name.trim_end(), value));
        rest = after;
    }
}

/// At most two digits behind the point.
fn tidy(number: f32) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn unescape(text: &str) -> String {
    match quick_xml::escape::unescape(text) {
        Ok(text) => text.into_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Measure, fill};

    /// A font whose letters are half as wide as high, and wider ones where it is bold or not Latin.
    struct Half;

    impl Measure for Half {
        fn widths(&self, texts: &[&str], style: &str) -> Vec<f32> {
            texts
                .iter()
                .map(|text| {
                    text.chars()
                        .map(
                            |c: char| {
                                if c.is_ascii() && !style.contains("bold") { 0.5 } else { 1.0 }
                            },
                        )
                        .sum()
                })
                .collect()
        }
    }

    #[test]
    fn a_text_that_fits_stays_as_large_as_it_is() {
        let svg = "<svg><text x=\"8\" y='20' font-size=\"10\" fill=\"red\" data-width=\"100\">A &amp; B</text><text>as it is</text></svg>";
        assert_eq!(
            fill(svg, &Half),
            "<svg><text x=\"8\" fill=\"red\" font-size=\"10\"><tspan x=\"8\" y=\"20\">A &amp; B</tspan></text><text>as it is</text></svg>"
        );
    }

    #[test]
    fn a_long_one_wraps_then_shrinks_then_ends() {
        let wrapped =
            [line("50", "one two"), line("60", "three four"), line("70", "five six")].concat();
        assert_eq!(filled(3, 10, ""), format!("<text font-size=\"10\">{wrapped}</text>"));
        let up = [line("30", "one two"), line("40", "three four"), line("50", "five six")].concat();
        assert_eq!(filled(3, 10, "up"), format!("<text font-size=\"10\">{up}</text>"));
        let shrunk = [line("50", "one two three"), line("57.5", "four five six")].concat();
        assert_eq!(filled(2, 5, ""), format!("<text font-size=\"7.5\">{shrunk}</text>"));
        let cut = [line("50", "one two"), line("60", "three…")].concat();
        assert_eq!(filled(2, 10, ""), format!("<text font-size=\"10\">{cut}</text>"));
    }

    fn line(y: &str, text: &str) -> String {
        format!("<tspan x=\"0\" y=\"{y}\">{text}</tspan>")
    }

    fn filled(lines: u8, least: u8, grow: &str) -> String {
        let text = "one two three four five six";
        fill(
            &format!(
                "<text y=\"50\" font-size=\"10\" data-leading=\"1\" data-grow=\"{grow}\" data-width=\"50\" data-lines=\"{lines}\" data-least=\"{least}\">{text}</text>"
            ),
            &Half,
        )
    }

    #[test]
    fn a_height_has_room_for_more_lines_of_smaller_letters() {
        let svg = "<text y=\"0\" font-size=\"20\" data-leading=\"1\" data-width=\"50\" data-height=\"31\" data-least=\"5\">one two three four</text>";
        let wanted = "<text font-size=\"10.25\"><tspan x=\"0\" y=\"0\">one two</tspan><tspan x=\"0\" y=\"10.25\">three</tspan><tspan x=\"0\" y=\"20.5\">four</tspan></text>";
        assert_eq!(fill(svg, &Half), wanted);
    }

    #[test]
    fn a_word_without_end_is_broken_anywhere() {
        let svg = "<text y=\"0\" font-size=\"10\" data-width=\"20\" data-lines=\"2\" data-leading=\"1\">abcdefghijk</text>";
        let wanted = "<text font-size=\"10\"><tspan x=\"0\" y=\"0\">abcd</tspan><tspan x=\"0\" y=\"10\">ef…</tspan></text>";
        assert_eq!(fill(svg, &Half), wanted);
    }

    #[test]
    fn what_is_no_box_stays() {
        for svg in [
            "<text",
            "<text data-width=\"9\"",
            "<textPath>x</textPath>",
            "<text data-width=\"9\"><tspan>x</tspan></text>",
        ] {
            assert_eq!(fill(svg, &Half), svg);
        }
    }
}
