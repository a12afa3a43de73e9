//! Formulas without `style` attributes: servers may forbid those, and a page is to hold then as well.
//!
//! What the converter says by styles is a short list but for lengths and colours. Colours become attributes of MathML, all
//! else a class that `math.css` of the default theme explains; steps back are classes in eighteenths of an em.

use std::fmt::Write as _;

const STYLE: &str = " style=\"";

/// What the converter declares, and the class for it.
const CLASSES: [(&str, &str); 25] = [
    ("text-align: left", "m-start"),
    ("text-align: right", "m-end"),
    ("padding-left: 0", "m-l0"),
    ("padding-left:1em", "m-l1"),
    ("padding-right: 0", "m-r0"),
    ("padding-top: 0", "m-y0"),
    ("padding-top: 0.1667em", "m-t3"),
    ("border-left: 0.05em solid currentcolor", "m-left"),
    ("border-left: 0.05em dashed currentcolor", "m-left-dashed"),
    ("border-right: 0.05em solid currentcolor", "m-right"),
    ("border-right: 0.05em dashed currentcolor", "m-right-dashed"),
    ("border-top: 0.05em solid currentcolor", "m-top"),
    ("border-top: 0.05em dashed currentcolor", "m-top-dashed"),
    ("width: 7.5%", "m-narrow"),
    ("width: 50%", "m-wide"),
    ("math-shift:compact", "m-compact"),
    ("font-variant-caps: small-caps", "m-caps"),
    ("justify-content:center", "m-center"),
    ("justify-content:flex-end", "m-back"),
    ("padding-left:0.1667em", "m-l3"),
    ("padding-left:0.2222em", "m-l4"),
    ("padding-left:0.2778em", "m-l5"),
    ("padding-right:0.1667em", "m-r3"),
    ("padding-right:0.2222em", "m-r4"),
    ("padding-right:0.2778em", "m-r5"),
];
/// The longest step back that has a class, in eighteenths of an em.
const LONGEST: f64 = 36.0;

/// MathML with classes and attributes in place of styles.
pub(super) fn classed(mathml: String) -> String {
    if !mathml.contains(STYLE) {
        return mathml;
    }
    let mut out = String::with_capacity(mathml.len());
    let mut rest = mathml.as_str();
    while let Some(at) = rest.find(STYLE) {
        let value = &rest[at + STYLE.len()..];
        let Some(end) = value.find('"') else { break };
        out.push_str(&rest[..at]);
        attributes(&value[..end], &mut out);
        rest = &value[end + 1..];
    }
    out.push_str(rest);
    out
}

fn attributes(style: &str, out: &mut String) {
    let mut classes = Vec::new();
    for declaration in style.split(';').map(str::trim) {
        let known = CLASSES.iter().find(|(said, _)| *said == declaration);
        if let Some((_, class)) = known {
            classes.push((*class).to_owned());
        }
        match declaration.split_once(':').map(|(name, value)| (name, value.trim())) {
            Some(("color", colour)) => out.extend([" mathcolor=\"", colour, "\""]),
            Some(("background-color", colour)) => out.extend([" mathbackground=\"", colour, "\""]),
            Some(("margin-left", back)) => classes.extend(step_back(back)),
            Some(("font-size", size)) => classes.extend(size_class(size)),
            _ => {}
        }
    }
    if !classes.is_empty() {
        out.extend([" class=\"", &classes.join(" "), "\""]);
    }
}

/// `-0.16666667em`
fn step_back(length: &str) -> Option<String> {
    let back: f64 =
        length.strip_prefix('-')?.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()?;
    let steps = (back * 18.0).round().clamp(1.0, LONGEST);
    Some(format!("m-minus-{steps}"))
}

/// `70%`, `1.2em`: the size of letters in percent.
fn size_class(size: &str) -> Option<String> {
    let percent = match size.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()?,
        None => size.trim_end_matches(|c: char| c.is_alphabetic()).parse::<f64>().ok()? * 100.0,
    };
    let mut class = String::new();
    write!(class, "m-size-{}", percent.round()).ok()?;
    Some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_classes_and_attributes() {
        for (styled, is) in [
            ("<mi>x</mi>", "<mi>x</mi>"),
            (
                "<mtd style=\"text-align: left;justify-items: start;padding-right: 0;\">",
                "<mtd class=\"m-start m-r0\">",
            ),
            ("<mrow style=\"color:#ff0000;\">", "<mrow mathcolor=\"#ff0000\">"),
            ("<mspace style=\"margin-left:-0.16666667em;\"/>", "<mspace class=\"m-minus-3\"/>"),
            ("<mspace width=\"1rem\" style=\"width:1rem\"/>", "<mspace width=\"1rem\"/>"),
            ("<mtext style=\"font-size:0.8em\">", "<mtext class=\"m-size-80\">"),
        ] {
            assert_eq!(classed(styled.to_owned()), is);
        }
    }
}
