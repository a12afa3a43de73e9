//! TeX as people write it → the TeX that the converter knows.
//!
//! The converter knows the commands of mathematics. What LaTeX, its packages and the habits of authors add is rewritten
//! here: by a table of commands with what they stand for (`commands.txt`), by definitions in the text itself, and by a
//! few functions where a definition cannot say it: environments, numbers of equations, text with formulas in it.
//! A formula that needs none of this is passed on as it is.

mod environments;
mod scan;
mod special;
mod units;

use std::borrow::Cow;

use math_core::{LatexToMathML, MathDisplay};
use rustc_hash::{FxHashMap, FxHashSet};

/// What commands stand for, a line each: name, its arguments (`m` one that must be, `o` one in brackets that may
/// be, `g` one in braces), and the TeX, in which `#1` is the first of them. `!` leads to a function of [`special`].
const COMMANDS: &str = include_str!("commands.txt");

/// Deeper than this nothing is rewritten.
const DEEPEST: usize = 48;
/// Longer formulas are not rewritten, in bytes.
const LONGEST: usize = 8 * 1024;
/// The bytes that the definitions of a text may add to its formulas, besides a multiple of its length.
const ROOM: usize = 64 * 1024;

/// A command and what it stands for.
#[derive(Debug, Clone)]
struct Macro {
    signature: Cow<'static, str>,
    /// What stands for a first argument in brackets that is not there.
    default: String,
    body: Cow<'static, str>,
}

/// The commands of the table, and which of them the site defines itself.
#[derive(Debug)]
pub(super) struct Commands {
    known: FxHashMap<&'static str, Macro>,
    of_site: FxHashSet<String>,
}

impl Commands {
    /// The table, but for the names that the site defines.
    pub(super) fn new<'s>(of_site: impl Iterator<Item = &'s str>) -> Self {
        Self {
            known: COMMANDS.lines().filter_map(line).collect(),
            of_site: of_site.map(str::to_owned).collect(),
        }
    }
}

fn line(line: &'static str) -> Option<(&'static str, Macro)> {
    let mut parts = line.splitn(3, ' ');
    let (name, signature, body) = (parts.next()?, parts.next()?, parts.next().unwrap_or_default());
    let signature = if signature == "-" { "" } else { signature };
    Some((name, Macro { signature: signature.into(), default: String::new(), body: body.into() }))
}

/// What the formulas of one text know of each other: definitions, and the numbers of equations.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    macros: FxHashMap<String, Macro>,
    /// The numbers or tags of labelled equations.
    pub(super) labels: FxHashMap<String, String>,
    equations: usize,
    /// How many bytes definitions may still add.
    room: usize,
}

impl Document {
    /// For the formulas of a text of this length.
    pub(super) fn new(length: usize) -> Self {
        Self { room: ROOM + 8 * length, ..Self::default() }
    }
}

/// A formula for the converter.
pub(super) struct Prepared<'t> {
    pub(super) tex: Cow<'t, str>,
    /// Labels that it refers to and no equation has.
    pub(super) unknown: Vec<String>,
}

/// What is said of the row being rewritten.
#[derive(Debug, Default)]
struct Row {
    tag: Option<String>,
    /// A tag that is to stand without parentheses.
    bare: Option<String>,
    labels: Vec<String>,
    unnumbered: bool,
}

/// Where definitions add more than there is room for, or arguments are too deep.
struct TooMuch;

type Run = Result<(), TooMuch>;

struct Rewriter<'d> {
    commands: &'d Commands,
    document: &'d mut Document,
    math: &'d LatexToMathML,
    out: String,
    row: Row,
    unknown: Vec<String>,
    depth: usize,
    /// Whether a star stands behind the command at hand.
    starred: bool,
}

/// The formula as the converter can read it, as far as that is known here.
pub(super) fn prepare<'t>(
    commands: &Commands,
    document: &mut Document,
    math: &LatexToMathML,
    tex: &'t str,
    display: bool,
) -> Result<Prepared<'t>, String> {
    let as_it_is = Prepared { tex: Cow::Borrowed(tex), unknown: Vec::new() };
    if tex.len() > LONGEST || !needs_rewriting(commands, document, tex) {
        return Ok(as_it_is);
    }
    let rewriter = Rewriter::new(commands, document, math, tex.len());
    match rewriter.whole(tex, display) {
        Ok(prepared) if prepared.tex == tex => Ok(as_it_is),
        Ok(prepared) => Ok(prepared),
        Err(TooMuch) => Err("its definitions have no end".to_owned()),
    }
}

/// What the site defines, as the converter can read it: `#1` stays.
pub(super) fn definition(commands: &Commands, math: &LatexToMathML, body: &str) -> String {
    let mut document = Document::new(body.len());
    let mut rewriter = Rewriter::new(commands, &mut document, math, body.len());
    match rewriter.run(body) {
        Ok(()) => rewriter.out,
        Err(TooMuch) => body.to_owned(),
    }
}

/// Whether there is anything in a formula that is rewritten.
fn needs_rewriting(commands: &Commands, document: &Document, tex: &str) -> bool {
    tex.split('\\').skip(1).any(|rest| {
        let name = scan::name(rest);
        // Nothing between two backslashes: the end of a row.
        name.is_empty() || document.macros.contains_key(name) || commands.known.contains_key(name)
    }) || tex.contains(['&', '%'])
}

impl<'d> Rewriter<'d> {
    fn new(
        commands: &'d Commands,
        document: &'d mut Document,
        math: &'d LatexToMathML,
        length: usize,
    ) -> Self {
        let out = String::with_capacity(length + 32);
        Self {
            commands,
            document,
            math,
            out,
            row: Row::default(),
            unknown: Vec::new(),
            depth: 0,
            starred: false,
        }
    }

    fn whole<'t>(mut self, tex: &str, display: bool) -> Result<Prepared<'t>, TooMuch> {
        self.run(tex)?;
        let row = std::mem::take(&mut self.row);
        let mut out = std::mem::take(&mut self.out);
        if !scan::outer(&out).is_empty() {
            out = format!("\\begin{{aligned}}{}\\end{{aligned}}", out.trim());
        }
        // An equation that is referred to has a number.
        let numbered = display && !row.labels.is_empty() && !row.unnumbered;
        if let Some(tag) = self.tag(row, numbered) {
            out = match tag {
                tag if display && tag.starts_with("\\tag") => {
                    format!("\\begin{{equation*}}{out}{tag}\\end{{equation*}}")
                }
                tag => format!("{out}{}", tag.replacen("\\tag", "\\quad\\text", 1)),
            };
        }
        Ok(Prepared { tex: Cow::Owned(out), unknown: self.unknown })
    }

    /// Rewrites a piece of a formula to the end.
    fn run(&mut self, tex: &str) -> Run {
        if self.depth >= DEEPEST {
            return Err(TooMuch);
        }
        self.depth += 1;
        let mut rest = tex;
        while let Some(at) = rest.find(['\\', '%']) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix('%') {
                rest = comment.split_once('\n').map_or("", |(_, after)| after);
                continue;
            }
            rest = &rest[1..];
            let name = scan::name(rest);
            rest = &rest[name.len()..];
            self.command(name, &mut rest)?;
        }
        self.out.push_str(rest);
        self.depth -= 1;
        Ok(())
    }

    fn command<'t>(&mut self, name: &'t str, rest: &mut &'t str) -> Run {
        let known = rest.starts_with('*').then(|| self.macro_of(&format!("{name}*"))).flatten();
        self.starred = known.is_some();
        let Some(known) = known.or_else(|| self.macro_of(name)) else {
            self.verbatim(name);
            return Ok(());
        };
        let before = *rest;
        // A star only says how large the parentheses are: `\abs*{x}`.
        let is_starred = rest.starts_with("*{") || rest.starts_with("*[");
        if self.starred || is_starred && known.signature.starts_with(['m', 'o']) {
            *rest = &rest[1..];
        }
        let Some((known, given)) = self.given(name, known, rest) else {
            *rest = before;
            self.verbatim(name);
            return Ok(());
        };
        let arguments: Vec<&str> =
            given.into_iter().map(|given| given.unwrap_or(&known.default)).collect();
        if let Some(special) = known.body.strip_prefix('!') {
            return self.special(special, name, &arguments, rest);
        }
        let body = filled(&known.body, &arguments);
        self.document.room = self.document.room.checked_sub(body.len()).ok_or(TooMuch)?;
        self.run(&body)?;
        // The space that ended the command's name ends that of the last one in what it stands for.
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) && ends_in_a_name(&self.out) {
            self.out.push(' ');
        }
        Ok(())
    }

    /// The arguments of a command; with fewer it may be another one, which has a number in its name.
    fn given<'t>(
        &self,
        name: &str,
        known: Macro,
        rest: &mut &'t str,
    ) -> Option<(Macro, Vec<Option<&'t str>>)> {
        let before = *rest;
        let others =
            ["2", "1"].into_iter().filter_map(|less| self.macro_of(&format!("{name}{less}")));
        std::iter::once(known).chain(others).find_map(|known| {
            *rest = before;
            arguments(&known.signature, rest).map(|given| (known, given))
        })
    }

    fn verbatim(&mut self, name: &str) {
        self.out.extend(["\\", name]);
    }

    fn macro_of(&self, name: &str) -> Option<Macro> {
        let given = self.document.macros.get(name);
        given
            .or_else(|| {
                self.commands.known.get(name).filter(|_| !self.commands.of_site.contains(name))
            })
            .cloned()
    }

    /// What a piece becomes, apart from the rest.
    fn rewritten(&mut self, tex: &str) -> Result<String, TooMuch> {
        let outer = std::mem::take(&mut self.out);
        let run = self.run(tex);
        let inner = std::mem::replace(&mut self.out, outer);
        run.map(|()| inner)
    }

    /// Whether the converter can show a piece of TeX.
    fn can_show(&self, tex: &str) -> bool {
        self.math.convert_with_local_state(tex, MathDisplay::Inline).is_ok()
    }
}

/// The arguments of a command, in order, with `None` for one that may be left out; `None` where one is missing.
fn arguments<'t>(signature: &str, rest: &mut &'t str) -> Option<Vec<Option<&'t str>>> {
    signature
        .chars()
        .map(|kind| match kind {
            'o' => Some(scan::optional(rest)),
            'g' if !rest.trim_start().starts_with('{') => None,
            _ => scan::argument(rest).map(Some),
        })
        .collect()
}

/// A definition with its arguments in their places.
fn filled(body: &str, arguments: &[&str]) -> String {
    let mut out = String::with_capacity(
        body.len() + arguments.iter().map(|argument| argument.len()).sum::<usize>(),
    );
    let mut pieces = body.split('#');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let number =
            piece.bytes().next().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
        match number.and_then(|number| arguments.get(number.checked_sub(1)?)) {
            Some(argument) => out.extend([argument, &piece[1..]]),
            None => out.extend(["#", piece]),
        }
    }
    out
}

fn ends_in_a_name(out: &str) -> bool {
    out.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len() < out.len()
        && out.trim_end_matches(|c: char| c.is_ascii_alphabetic()).ends_with('\\')
}
