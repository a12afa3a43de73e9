//! Numbers, units and formulas of chemistry, as `siunitx` and `mhchem` read them.

use std::fmt::Write;

use super::scan;

/// Names of units and prefixes and their signs.
const SIGNS: &[(&str, &str)] = &[
    ("ampere", "A"),
    ("angstrom", "Å"),
    ("arcminute", "′"),
    ("arcsecond", "″"),
    ("astronomicalunit", "au"),
    ("bar", "bar"),
    ("bit", "bit"),
    ("byte", "B"),
    ("candela", "cd"),
    ("celsius", "°C"),
    ("centi", "c"),
    ("coulomb", "C"),
    ("dalton", "Da"),
    ("day", "d"),
    ("deci", "d"),
    ("decibel", "dB"),
    ("degree", "°"),
    ("degreeCelsius", "°C"),
    ("electronvolt", "eV"),
    ("eV", "eV"),
    ("farad", "F"),
    ("femto", "f"),
    ("giga", "G"),
    ("gram", "g"),
    ("henry", "H"),
    ("hertz", "Hz"),
    ("hour", "h"),
    ("joule", "J"),
    ("kelvin", "K"),
    ("kilo", "k"),
    ("kilogram", "kg"),
    ("litre", "L"),
    ("liter", "L"),
    ("mega", "M"),
    ("meter", "m"),
    ("metre", "m"),
    ("micro", "µ"),
    ("milli", "m"),
    ("minute", "min"),
    ("mole", "mol"),
    ("nano", "n"),
    ("newton", "N"),
    ("ohm", "Ω"),
    ("parsec", "pc"),
    ("pascal", "Pa"),
    ("percent", "%"),
    ("peta", "P"),
    ("pico", "p"),
    ("radian", "rad"),
    ("second", "s"),
    ("tera", "T"),
    ("tesla", "T"),
    ("tonne", "t"),
    ("volt", "V"),
    ("watt", "W"),
    ("weber", "Wb"),
    ("year", "yr"),
];

/// The number and the unit of a quantity, where both stand in braces.
pub(super) fn quantity<'t>(rest: &mut &'t str) -> Option<(&'t str, &'t str)> {
    let mut after = *rest;
    let [number, unit] = [(); 2].map(|()| {
        after.trim_start().starts_with('{').then(|| scan::argument(&mut after)).flatten()
    });
    let found = number.zip(unit)?;
    *rest = after;
    Some(found)
}

/// A number, with its exponent as a power of ten.
pub(super) fn number(text: &str) -> String {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let mantissa = mantissa.replace("+-", "\\pm ").replace(['{', '}'], "");
    match exponent {
        None => mantissa,
        Some(exponent) if mantissa.is_empty() => format!("10^{{{exponent}}}"),
        Some(exponent) => format!("{mantissa}\\times 10^{{{exponent}}}"),
    }
}

/// A unit: `\kilo\meter\per\second`, or `m/s^2` as it is.
pub(super) fn unit(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.trim();
    let (mut below, mut prefix) = (false, false);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            match c {
                '.' | '~' => out.push_str("\\,"),
                '^' | '_' => {
                    out.push(c);
                    continue;
                }
                c => out.push(c),
            }
            continue;
        }
        let name = scan::name(rest);
        rest = rest[name.len()..].trim_start();
        match name {
            "per" => below = true,
            "squared" => out.push_str("^2"),
            "cubed" => out.push_str("^3"),
            "square" | "cubic" => {}
            _ => {
                let sign =
                    SIGNS.iter().find(|(known, _)| *known == name).map_or(name, |&(_, sign)| sign);
                let joined = out.is_empty() || prefix || out.ends_with(['/', ',']);
                out.push_str(if joined {
                    ""
                } else if below {
                    "/"
                } else {
                    "\\,"
                });
                below &= joined;
                let _ = write!(out, "\\mathrm{{{}}}", sign.replace('%', "\\%"));
                prefix = is_prefix(name);
            }
        }
    }
    if text.contains('\\') { out } else { format!("\\mathrm{{{}}}", out.replace('%', "\\%")) }
}

fn is_prefix(name: &str) -> bool {
    [
        "centi", "deci", "femto", "giga", "kilo", "mega", "micro", "milli", "nano", "peta", "pico",
        "tera",
    ]
    .contains(&name)
}

/// A formula of chemistry: digits after letters are below, `->` is an arrow, a charge is above.
pub(super) fn chemistry(text: &str) -> String {
    let mut out = String::new();
    let mut letters = String::new();
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        if c.is_alphabetic() {
            letters.push(c);
            before = c;
            continue;
        }
        flush(&mut letters, &mut out);
        match c {
            '0'..='9' if before.is_alphabetic() || matches!(before, ')' | ']') => {
                let _ = write!(out, "_{{{c}");
                while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                    out.push(digit);
                }
                out.push('}');
            }
            '-' if chars.next_if_eq(&'>').is_some() => out.push_str("\\rightarrow "),
            '<' if chars.peek() == Some(&'-') || chars.peek() == Some(&'=') => {
                while chars.next_if(|c| matches!(c, '-' | '=' | '>')).is_some() {}
                out.push_str("\\rightleftharpoons ");
            }
            '+' | '-'
                if !before.is_whitespace()
                    && chars.peek().is_none_or(|next| next.is_whitespace()) =>
            {
                let _ = write!(out, "^{{{c}}}");
            }
            '=' if before.is_alphabetic() => out.push_str("{=}"),
            ' ' => out.push_str("\\;"),
            c => out.push(c),
        }
        before = c;
    }
    flush(&mut letters, &mut out);
    out
}

fn flush(letters: &mut String, out: &mut String) {
    if !letters.is_empty() {
        let _ = write!(out, "\\mathrm{{{letters}}}");
        letters.clear();
    }
}
