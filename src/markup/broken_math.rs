//! Formulas that are none: braces that do not match, and dollars that never close. They are shown as they were typed,
//! which nobody notices while writing.
//!
//! Only what cannot be a price is said: a dollar that a command of TeX follows, `$$` alone on a line, and what would be
//! a formula but for its braces.

use std::ops::Range;

use super::writer::Writer;
use crate::diagnostic::{Code, Finding};
use crate::prose::holds;
use crate::prose::source::{MONEY, formulas, is_balanced};

/// What is wrong, and what to do.
type Wrong = (&'static str, &'static str);

const BRACES: Wrong = (
    "the braces of this formula do not match, so it is shown as it was typed",
    "every `{` needs its `}`; where no formula is meant, write `\\$`",
);
const OPEN: Wrong = (
    "a formula begins here and never ends",
    "end it with as many `$`, with no empty line before them; where no formula is meant, write `\\$`",
);

impl Writer<'_> {
    /// Says which formulas the parser has left in this piece of text.
    pub(super) fn broken_math(&mut self, text: &str, range: &Range<usize>) {
        if !text.bytes().any(|byte| byte == b'$' || char::from(byte) == MONEY) {
            return;
        }
        // Beside an escaped or decoded character, text and source are not of one length.
        let source = self.source.text();
        if source.get(range.clone()) != Some(text) || source[..range.start].ends_with('\\') {
            return;
        }
        for (at, (message, help)) in broken(text) {
            let finding = Finding::new(Code::BadMath, message).help(help);
            self.found(finding, range.start + at.start..range.start + at.end);
        }
    }
}

/// The places in one piece of prepared text, in which `$` is what was taken for math, [`MONEY`] any other dollar.
fn broken(text: &str) -> Vec<(Range<usize>, Wrong)> {
    if text.trim() == "$$" {
        return vec![(0..text.len(), OPEN)];
    }
    let closed: Vec<Range<usize>> =
        formulas(text).into_iter().map(|formula| formula.range).collect();
    let dollars = text.match_indices(['$', MONEY]).map(|(at, _)| at);
    let open = dollars.filter(|&at| begins_with_command(&text[at + 1..]) && !holds(&closed, at));
    let open = open.map(|at| (at..at + 1, OPEN)).collect::<Vec<_>>();
    let unbalanced = closed.into_iter().filter(|range| !is_balanced(&text[range.clone()]));
    unbalanced.map(|range| (range, BRACES)).chain(open).collect()
}

/// Whether this begins with a command of TeX, such as `\frac`.
fn begins_with_command(text: &str) -> bool {
    text.strip_prefix('\\').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::{MONEY, broken};

    fn said(text: &str) -> Vec<&str> {
        broken(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn what_was_meant_as_a_formula_is_told_from_prices() {
        assert_eq!(said(r"falls as $\frac{1}{r^2$ here"), [r"$\frac{1}{r^2$"]);
        assert_eq!(said("$x_{1$ and $y}$"), ["$x_{1$", "$y}$"]);
        assert_eq!(said(&price(r"costs ¤5, or ¤\sim 5")), [MONEY.to_string()]);
        assert_eq!(said(r"$$\frac{1}{2} and no more"), ["$"]);
        assert_eq!(said("$$"), ["$$"]);
        for text in ["¤5 and ¤10", "US¤5", "¤HOME", "a $$ b", "earn $$$", r"¤ \ ¤"] {
            assert_eq!(said(&price(text)), Vec::<&str>::new(), "{text}");
        }
    }

    fn price(text: &str) -> String {
        text.replace('¤', &MONEY.to_string())
    }
}
