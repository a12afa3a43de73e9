//! HTML of a title → what one would say of it on a sign: `$O(n^2)$` is "O(n²)". For places that know no MathML.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use unicode_normalization::UnicodeNormalization;

use super::Renderer;
use super::tex::Document;

const RAISED: (&str, &str) = ("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ");
const LOWERED: (&str, &str) = ("0123456789+-−=()aeijknoprstx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₖₙₒₚᵣₛₜₓ");

/// Accents that stand over what is accented, and the same as marks that join it.
const ACCENTS: (&str, &str) = (
    "ˆ^~˜¯‾ˉ˙¨→ˇ˘´`˚",
    "\u{302}\u{302}\u{303}\u{303}\u{304}\u{304}\u{304}\u{307}\u{308}\u{20d7}\u{30c}\u{306}\u{301}\u{300}\u{30a}",
);

/// Braces over and under a formula, which are nothing to say.
const BRACES: &[&str] = &["⏞", "⏟", "⎴", "⎵", "⏜", "⏝", "_"];

/// An open element and the texts of its children, one each.
struct Open {
    name: String,
    parts: Vec<String>,
}

impl Renderer {
    /// A title as plain text without TeX.
    pub fn readable(&self, title: &str) -> String {
        if !title.contains(['$', '\\']) {
            return title.to_owned();
        }
        text(&self.title(title)).unwrap_or_else(|| title.to_owned())
    }
}

impl Renderer {
    /// A formula as one would write it without TeX; `None` where it cannot be read.
    pub fn reading(&self, tex: &str) -> Option<String> {
        let (mathml, _) = self.mathml(&mut Document::new(tex.len()), tex, true);
        text(&mathml.ok()?).filter(|reading| !reading.is_empty())
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
                open.push(Open { name: name(&tag), parts: Vec::new() });
                continue;
            }
            Event::Empty(tag) => (Open { name: name(&tag), parts: Vec::new() }.close(), false),
            Event::End(_) => (open.pop()?.close(), false),
            Event::Text(text) => (text.chars().filter(|c| !is_variant(*c)).collect(), true),
            Event::GeneralRef(name) => {
                let name: &str = &name;
                (
                    resolve_predefined_entity(name)
                        .map(str::to_owned)
                        .or_else(|| char::from_u32(entity(name)?).map(String::from))
                        .unwrap_or_default(),
                    true,
                )
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

/// The name of an element; of those that are something else by an attribute, what they are.
fn name(tag: &BytesStart<'_>) -> String {
    match tag.name().as_ref() {
        "mfrac" if says(tag, "linethickness", "0") => "choose".to_owned(),
        "mspace" if says(tag, "width", "1em") || says(tag, "width", "2em") => "space".to_owned(),
        name => name.to_owned(),
    }
}

fn says(tag: &BytesStart<'_>, name: &str, value: &str) -> bool {
    tag.attributes()
        .flatten()
        .any(|given| given.key.as_ref() == name && given.value.starts_with(value))
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
        let mut part =
            |index: usize| self.parts.get_mut(index).map(std::mem::take).unwrap_or_default();
        match self.name.as_str() {
            "msup" => part(0) + &script(&part(1), RAISED, '^'),
            "msub" => part(0) + &script(&part(1), LOWERED, '_'),
            "munder" => under(part(0), &part(1)),
            "mover" => over(part(0), &part(1)),
            "msubsup" => part(0) + &script(&part(1), LOWERED, '_') + &script(&part(2), RAISED, '^'),
            "munderover" => over(under(part(0), &part(1)), &part(2)),
            "mfrac" => format!("{}/{}", grouped(part(0)), below(part(1))),
            "choose" => format!("{} choose {}", grouped(part(0)), grouped(part(1))),
            "msqrt" => format!("√{}", grouped(joined(&self.parts))),
            "mroot" => root(&grouped(part(0)), &part(1)),
            "mtd" => joined(&self.parts).trim().to_owned(),
            "mtr" => with_marks(&self.parts, " "),
            "mtable" => table(&self.parts),
            "space" => " ".to_owned(),
            "mo" => apart(part(0)),
            "annotation" | "mphantom" => String::new(),
            _ => joined(&self.parts),
        }
    }
}

/// Roots: `√x`, `∛x`, and the degree before the sign of any other.
fn root(radicand: &str, degree: &str) -> String {
    match degree.trim() {
        "" | "2" => format!("√{radicand}"),
        "3" => format!("∛{radicand}"),
        "4" => format!("∜{radicand}"),
        other => format!("{}√{radicand}", script(other, RAISED, ' ').trim_start()),
    }
}

/// Something over a formula: an accent, a brace that says nothing, or what else.
fn over(base: String, above: &str) -> String {
    let mut signs = above.trim().chars();
    let sign = signs.next().filter(|_| signs.next().is_none());
    let mark = sign.and_then(|sign| {
        ACCENTS.0.chars().zip(ACCENTS.1.chars()).find(|(known, _)| *known == sign)
    });
    match mark {
        Some((_, mark)) if base.chars().count() == 1 && !is_relation_text(&base) => {
            base.chars().chain([mark]).nfc().collect()
        }
        Some((sign, _)) if !is_relation_text(&base) => format!("{}{sign}", grouped(base)),
        _ if BRACES.contains(&above.trim()) => base,
        _ if is_relation_text(&base) => {
            format!("{}{} ", base.trim_end(), script(above, RAISED, '^'))
        }
        _ => base + &script(above, RAISED, '^'),
    }
}

fn under(base: String, below: &str) -> String {
    match below.trim() {
        brace if BRACES.contains(&brace) => base,
        _ => base + &script(below, LOWERED, '_'),
    }
}

fn is_relation_text(text: &str) -> bool {
    text.trim().chars().all(is_relation)
}

/// Rows of a table, those that say something, one after the other.
fn table(rows: &[String]) -> String {
    with_marks(rows, "; ")
}

fn with_marks(parts: &[String], mark: &str) -> String {
    parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(mark)
}

/// Says how the characters beside it are meant, which plain text has no need of.
fn is_variant(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{2061}'..='\u{2064}')
}

/// Parts one after the other, with a space where two would read as one: `log n`, `x^s z`.
fn joined(parts: &[String]) -> String {
    let mut out = String::new();
    let mut before = "";
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let meet = out.ends_with(is_of_name) && part.starts_with(is_of_name);
        if meet && (is_word(before) || is_word(part) || before.contains(['^', '_'])) {
            out.push(' ');
        }
        out.push_str(part);
        before = part;
    }
    out
}

fn is_of_name(c: char) -> bool {
    c.is_alphabetic() || c.is_ascii_digit()
}

fn is_word(part: &str) -> bool {
    part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// An operator with spaces where it is set apart: relations, arrows, and after a comma.
fn apart(operator: String) -> String {
    match operator.trim() {
        "," | ";" => format!("{} ", operator.trim()),
        relation if relation.chars().count() == 1 && relation.contains(is_relation) => {
            format!(" {relation} ")
        }
        _ => operator,
    }
}

fn is_relation(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '≔' | '∈' | '∉' | '∝' | '∼' | '⊂' | '⊆' | '⊢' | '⊨')
        || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2243}'..='\u{228b}' | '\u{27f5}'..='\u{27ff}' | '\u{2a7d}' | '\u{2a7e}')
}

/// A small text as raised or lowered characters where there are such, else after a mark.
fn script(text: &str, (from, to): (&str, &str), mark: char) -> String {
    let small = |c: char| {
        from.chars().zip(to.chars()).find(|(known, _)| *known == c).map(|(_, small)| small)
    };
    match text.chars().filter(|c| *c != ' ').map(small).collect::<Option<String>>() {
        Some(small) => small,
        None => format!("{mark}{}", grouped(text.trim().to_owned())),
    }
}

/// In parentheses where two things that an operator or a space parts would be read apart.
fn grouped(text: String) -> String {
    if text.chars().count() > 1
        && !text.chars().all(|c| c.is_alphanumeric() || "∂∇√∛∜′'!∞".contains(c) || is_mark(c))
    {
        format!("({text})")
    } else {
        text
    }
}

/// What stands below a fraction's line: `1/(2n)`, for `1/2n` would be another.
fn below(text: String) -> String {
    let (mut factors, mut before) = (0, ' ');
    for c in text.chars().filter(|c| !is_small(*c)) {
        factors += usize::from(!(c.is_ascii_digit() && before.is_ascii_digit()));
        before = c;
    }
    let is_one = factors < 2 || text.starts_with(['d', '∂', '√', '∛', '∜', '(']);
    if is_one { grouped(text) } else { format!("({text})") }
}

fn is_small(c: char) -> bool {
    RAISED.1.contains(c) || LOWERED.1.contains(c) || is_mark(c)
}

/// A mark that joins the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
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
            ("$\\sqrt[3]{x}$, $\\sqrt[n]{x+1}$ and $\\sqrt{x+1}$", "∛x, ⁿ√(x+1) and √(x+1)"),
            (
                "$\\frac{a+b}{2n}$, $\\frac{\\partial f}{\\partial x}$, $\\frac{1}{x_1}$",
                "(a+b)/(2n), ∂f/∂x, 1/x₁",
            ),
            ("$\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}$", "[a b; c d]"),
            (
                "$\\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{else} \\end{cases}$",
                "{1 if x > 0; 0 else",
            ),
            ("$\\hat{y}$, $\\bar{x}_i$, $\\vec{v}$, $\\binom{n}{k}$", "ŷ, x̄ᵢ, v⃗, (n choose k)"),
            ("$\\underbrace{a+b}_{n}$, $x \\overset{d}{=} y$", "a+bₙ, x =^d y"),
            ("\\(x^2\\) and $\\substack{a \\\\ b}$", "x² and a; b"),
            ("$\\sum_{i=1}^n \\mathcal{L}_i$", "∑ᵢ₌₁ⁿℒᵢ"),
        ] {
            assert_eq!(renderer.readable(title), wanted);
        }
    }
}
