//! Environments: those that the converter does not know, and the numbers of equations in all of them.
//!
//! The converter counts in one formula only, so the numbers of a text are given here, as tags.

use std::fmt::Write;

use super::scan::{self, Outer};
use super::{Rewriter, Row, Run, TooMuch};

/// How the equations of an environment are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// Each row has one, unless it says otherwise.
    Rows,
    /// All rows together have one.
    Whole,
    /// None but those that are given.
    None,
}

/// What an environment is to the converter.
struct Kind<'n> {
    name: &'n str,
    /// Arguments to leave out.
    signature: &'static str,
    /// `None` where tags cannot stand.
    numbers: Option<Numbers>,
}

impl<'n> Kind<'n> {
    fn of(name: &'n str, signature: &'static str, numbers: Option<Numbers>) -> Self {
        Self { name, signature, numbers }
    }
}

fn kind(written: &str) -> Option<Kind<'_>> {
    let numbered = |numbers| if written.ends_with('*') { Numbers::None } else { numbers };
    Some(match written.trim_end_matches('*') {
        "align" | "flalign" | "eqnarray" => Kind::of("align*", "", Some(numbered(Numbers::Rows))),
        "alignat" | "xalignat" | "IEEEeqnarray" => {
            Kind::of("align*", "m", Some(numbered(Numbers::Rows)))
        }
        "gather" => Kind::of("gather*", "", Some(numbered(Numbers::Rows))),
        "equation" | "dmath" => Kind::of("equation*", "", Some(numbered(Numbers::Whole))),
        "displaymath" => Kind::of("equation*", "", Some(Numbers::None)),
        "multline" => Kind::of("multline", "", Some(numbered(Numbers::Whole))),
        "split" | "aligned" => Kind::of("aligned", "o", None),
        "alignedat" => Kind::of("aligned", "om", None),
        "gathered" => Kind::of("gathered", "o", None),
        "smallmatrix" | "NiceMatrix" => Kind::of("matrix", "o", None),
        "psmallmatrix" | "pNiceMatrix" => Kind::of("pmatrix", "o", None),
        "bsmallmatrix" | "bNiceMatrix" => Kind::of("bmatrix", "o", None),
        "tabular" | "NiceArray" => Kind::of("array", "o", None),
        "vNiceMatrix" => Kind::of("vmatrix", "o", None),
        name @ ("matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "vmatrix" | "Vmatrix" | "array") => {
            Kind::of(name, "o", None)
        }
        name @ ("cases" | "dcases" | "rcases" | "drcases") => Kind::of(name, "", None),
        _ => return None,
    })
}

impl Rewriter<'_> {
    /// An environment from after its `\begin{…}` to its end.
    pub(super) fn environment(&mut self, written: &str, rest: &mut &str) -> Run {
        let before = *rest;
        let Some(mut body) = scan::environment(rest) else {
            *rest = before;
            let _ = write!(self.out, "\\begin{{{written}}}");
            return Ok(());
        };
        match written {
            // These only hold others, or say where a formula begins.
            "subequations" | "math" | "subarray*" | "dgroup" | "dgroup*" | "center" | "small" => {
                return self.run(body);
            }
            "empheq" => {
                scan::optional(&mut body);
                let inner = scan::argument(&mut body).unwrap_or("equation");
                let inner = inner.split(['=', '{']).next().unwrap_or(inner);
                return self.environment(inner, &mut format!("{body}\\end{{{inner}}}").as_str());
            }
            "numcases" | "subnumcases" => {
                let left = scan::argument(&mut body).unwrap_or_default();
                return self.run(&format!("{left}\\begin{{cases}}{body}\\end{{cases}}"));
            }
            _ => {}
        }
        let Some(kind) = kind(written) else { return self.known(written, body) };
        for argument in kind.signature.chars() {
            match argument {
                'o' => scan::optional(&mut body),
                _ => scan::argument(&mut body),
            };
        }
        match kind.numbers {
            Some(numbers) => self.equations(&kind, numbers, written, body),
            None if kind.name == "array" => {
                let columns = columns(scan::argument(&mut body).unwrap_or("c"));
                let _ = write!(self.out, "\\begin{{array}}{{{columns}}}");
                self.run(body)?;
                self.out.push_str("\\end{array}");
                Ok(())
            }
            None => self.known(kind.name, body),
        }
    }

    fn known(&mut self, name: &str, body: &str) -> Run {
        let _ = write!(self.out, "\\begin{{{name}}}");
        self.run(body)?;
        let _ = write!(self.out, "\\end{{{name}}}");
        Ok(())
    }

    fn equations(&mut self, kind: &Kind<'_>, numbers: Numbers, written: &str, body: &str) -> Run {
        let outer = std::mem::take(&mut self.row);
        let _ = write!(self.out, "\\begin{{{}}}", kind.name);
        let by_rows = kind.name != "equation*" && kind.name != "multline";
        // `a &=& b` has the sign in a column of its own.
        let rows = rows(body, by_rows, written.contains("eqnarray"));
        for (index, line) in rows.iter().enumerate() {
            self.equation(index, line, kind, numbers)?;
        }
        let _ = write!(self.out, "\\end{{{}}}", kind.name);
        self.row = outer;
        Ok(())
    }

    fn equation(&mut self, index: usize, line: &str, kind: &Kind<'_>, numbers: Numbers) -> Run {
        if index > 0 {
            self.out.push_str("\\\\");
        }
        let mut inner = self.rewritten(line)?;
        if kind.name == "equation*" && !scan::outer(&inner).is_empty() {
            inner = format!("\\begin{{aligned}}{}\\end{{aligned}}", inner.trim());
        }
        self.out.push_str(&inner);
        let row = std::mem::take(&mut self.row);
        let numbered = (numbers != Numbers::None || !row.labels.is_empty()) && !row.unnumbered;
        match self.tag(row, numbered) {
            Some(tag) => self.out.push_str(&tag),
            None if kind.name == "multline" => self.out.push_str("\\notag"),
            None => {}
        }
        Ok(())
    }

    /// What a row is tagged with, as TeX; the next number where it is to have one. Its labels stand for that.
    pub(super) fn tag(&mut self, row: Row, numbered: bool) -> Option<String> {
        let shown = match (row.bare, row.tag) {
            (Some(bare), _) => (bare.clone(), format!("\\qquad\\text{{{bare}}}")),
            (None, Some(tag)) if tag.contains(['$', '\\']) => {
                let tex = self
                    .rewritten(&format!("\\qquad\\text{{({tag})}}"))
                    .unwrap_or_else(|TooMuch| String::new());
                (tag, tex)
            }
            (None, Some(tag)) => (tag.clone(), format!("\\tag{{{tag}}}")),
            (None, None) if numbered => {
                self.document.equations += 1;
                let number = self.document.equations.to_string();
                (number.clone(), format!("\\tag{{{number}}}"))
            }
            (None, None) => return None,
        };
        for label in row.labels {
            self.document.labels.insert(label, shown.0.clone());
        }
        Some(shown.1)
    }
}

/// The rows of an environment, or all of them as one; with `joined`, without every second end of a column.
fn rows(body: &str, by_rows: bool, joined: bool) -> Vec<String> {
    let (mut from, mut columns) = (0, 0);
    let (mut rows, mut row) = (Vec::new(), String::new());
    for (at, end) in scan::outer(body) {
        columns += usize::from(end == Outer::Column);
        if end == Outer::Row && by_rows {
            row.push_str(&body[from..at]);
            rows.push(std::mem::take(&mut row));
            (from, columns) = (at + 2, 0);
        } else if end == Outer::Column && joined && columns % 2 == 0 {
            row.push_str(&body[from..at]);
            from = at + 1;
        }
    }
    row.push_str(&body[from..]);
    // A break at the end makes no row.
    if rows.is_empty() || !row.trim().is_empty() {
        rows.push(row);
    }
    rows
}

/// The most columns that `*{n}{…}` makes.
const MOST: usize = 64;

/// The columns of a table as the converter knows them: `c`, `l`, `r` and lines.
fn columns(spec: &str) -> String {
    let mut out = String::new();
    let mut rest = spec;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            'c' | 'l' | 'r' | '|' => out.push(c),
            'p' | 'm' | 'b' | 'X' => {
                scan::argument(&mut rest);
                out.push('l');
            }
            'C' | 'L' | 'R' => out.push(c.to_ascii_lowercase()),
            '*' => {
                let times = scan::argument(&mut rest)
                    .and_then(|times| times.trim().parse().ok())
                    .unwrap_or(1);
                let repeated = scan::argument(&mut rest).map(columns).unwrap_or_default();
                out.push_str(&repeated.repeat(MOST.min(times)));
            }
            '@' | '!' | '>' | '<' => {
                scan::argument(&mut rest);
            }
            _ => {}
        }
        out.truncate(2 * MOST);
    }
    if out.chars().all(|c| c == '|') { "c".to_owned() } else { out }
}
