//! HTML of a title → what one would say of it on a sign: `$O(n^2)$` is "O(n²)". For places that know no MathML.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::Renderer;

const RAISED: (&str, &str) = ("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ");
const LOWERED: (&str, &str) = ("0123456789+-−=()aeijknoprstx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₙₒₚᵣₛₜₓ");

/// An open element and the texts of its children, one each.
struct Open {
    name: String,
    parts: Vec<String>,
}

impl Renderer {
    /// A title as plain text without TeX.
    pub fn readable(&self, title: &str) -> String {
        if !title.contains('$') {
            return title.to_owned();
        }
        text(&self.title(title)).unwrap_or_else(|| title.to_owned())
    }
}

/// The text of some HTML that is well formed, as MathML is.
pub(super) fn text(html: &str) -> Option<String> {
    let mut open = vec![Open { name: String::new(), parts: Vec::new() }];
    let mut reader = Reader::from_str(html);
    loop {
        let (found, own) = match reader.read_event().ok()? {
            Event::Eof => break,
            Event::Start(tag) => {
                open.push(Open { name: tag.name().as_ref().to_owned(), parts: Vec::new() });
                continue;
            }
            Event::End(_) => (open.pop()?.close(), false),
            Event::Text(text) => (text.chars().filter(|c| !is_variant(*c)).collect(), true),
            Event::GeneralRef(name) => {
                let name: &str = &name;
                let named = || resolve_predefined_entity(name).map(str::to_owned);
                let numbered = || char::from_u32(entity(name)?).map(String::from);
                (named().or_else(numbered).unwrap_or_default(), true)
            }
            _ => continue,
        };
        let last = open.last_mut()?;
        match last.parts.last_mut().filter(|_| own) {
            Some(part) => part.push_str(&found),
            None => last.parts.push(found),
        }
    }
    // What is open at the end never closed: the HTML was not well formed.
    let whole = open.pop().filter(|_| open.is_empty())?;
    Some(whole.parts.concat().split_whitespace().collect::<Vec<_>>().join(" "))
}

fn entity(name: &str) -> Option<u32> {
    let number = name.strip_prefix('#')?;
    match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    }
}

impl Open {
    fn close(mut self) -> String {
        let mut part = |index: usize| self.parts.get_mut(index).map(std::mem::take).unwrap_or_default();
        match self.name.as_str() {
            "msup" => part(0) + &script(&part(1), RAISED, '^'),
            "msub" | "munder" => part(0) + &script(&part(1), LOWERED, '_'),
            "msubsup" | "munderover" => part(0) + &script(&part(1), LOWERED, '_') + &script(&part(2), RAISED, '^'),
            "mfrac" => format!("{}/{}", grouped(part(0)), grouped(part(1))),
            "msqrt" => format!("√{}", grouped(joined(&self.parts))),
            "mover" => part(0) + part(1).trim(),
            "mo" => apart(part(0)),
            "annotation" => String::new(),
            _ => joined(&self.parts),
        }
    }
}

/// Chooses a form of the character before it, which plain text has no need of.
fn is_variant(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// Parts one after the other, with a space where two would read as one: `log n`, `x^s z`.
fn joined(parts: &[String]) -> String {
    let is_word = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut out = String::new();
    let mut before = "";
    for part in parts {
        let is_of_name = |c: char| c.is_alphabetic() || c.is_ascii_digit();
        let meet = out.ends_with(is_of_name) && part.starts_with(is_of_name);
        if meet && (is_word(before) || is_word(part) || before.contains(['^', '_'])) {
            out.push(' ');
        }
        out.push_str(part);
        before = part;
    }
    out
}

/// An operator with spaces where it is set apart: relations, arrows, and after a comma.
fn apart(operator: String) -> String {
    match operator.trim() {
        "," | ";" => format!("{} ", operator.trim()),
        relation if relation.chars().count() == 1 && relation.contains(is_relation) => format!(" {relation} "),
        _ => operator,
    }
}

fn is_relation(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '≔' | '∈' | '∉' | '∝' | '∼' | '⊂' | '⊆' | '⊢' | '⊨')
        || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2243}'..='\u{228b}' | '\u{27f5}'..='\u{27ff}' | '\u{2a7d}' | '\u{2a7e}')
}

/// A small text as raised or lowered characters where there are such, else after a mark.
fn script(text: &str, (from, to): (&str, &str), mark: char) -> String {
    let small = |c: char| from.chars().zip(to.chars()).find(|(known, _)| *known == c).map(|(_, small)| small);
    match text.chars().filter(|c| *c != ' ').map(small).collect::<Option<String>>() {
        Some(small) => small,
        None => format!("{mark}{}", grouped(text.trim().to_owned())),
    }
}

fn grouped(text: String) -> String {
    if text.chars().count() > 1 && !text.chars().all(char::is_alphanumeric) { format!("({text})") } else { text }
}

#[cfg(test)]
mod tests {
    use crate::markup::{Options, Renderer};

    #[test]
    fn formulas_become_words() {
        let renderer = Renderer::new(&Options::default()).unwrap();
        for (title, wanted) in [
            ("Lamps & <b>oil</b> for $5", "Lamps & <b>oil</b> for $5"),
            ("Sorting in $O(n^2)$ & less", "Sorting in O(n²) & less"),
            ("$\\alpha_{i}$ and $x^{k+2}$", "αᵢ and x^(k+2)"),
            ("A $\\frac{1}{2}$-lamp, $\\sqrt{n}$", "A 1/2-lamp, √n"),
            ("$\\mathbb{R}^n$에서 <등불>", "ℝⁿ에서 <등불>"),
            ("$s<r,t \\to 1$", "s < r, t → 1"),
            ("$n \\log n + x^s z$", "n log n+x^s z"),
            ("$\\sum_{i=1}^n \\mathcal{L}_i$", "∑ᵢ₌₁ⁿℒᵢ"),
        ] {
            assert_eq!(renderer.readable(title), wanted);
        }
    }
}
