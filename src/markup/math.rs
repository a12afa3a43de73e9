//! Math: TeX to MathML, when the text is read, so that no reader needs a script.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe, UnwindSafe, catch_unwind};
use std::sync::Once;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::Event;

use super::tex::{self, Commands, Document};
use super::unstyled::classed;
use super::writer::Writer;
use super::{Options, Renderer, escape, gate, readable};
use crate::diagnostic::{Code, Finding};
use crate::prose::source::{Formula, formulas};

thread_local! {
    /// Whether a formula is being converted: what gives up then is no fault that anybody should see.
    static CONVERTS: Cell<bool> = const { Cell::new(false) };
}

/// Runs what may give up, without the message and the trace that a panic leaves on the terminal.
fn in_silence<T>(convert: impl FnOnce() -> T + UnwindSafe) -> std::thread::Result<T> {
    static HOOKED: Once = Once::new();
    HOOKED.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !CONVERTS.get() {
                usual(panic);
            }
        }));
    });
    CONVERTS.set(true);
    let converted = catch_unwind(convert);
    CONVERTS.set(false);
    converted
}

/// Accents as the converter writes them, and the same as characters of their own: no text in HTML may start with a
/// combining one.
const ACCENTS: [(&str, &str); 4] = [
    (">\u{302}<", ">\u{2c6}<"),
    (">\u{20d7}<", ">→<"),
    (">\u{332}</mo></mover>", ">‾</mo></mover>"),
    (">\u{332}<", ">_<"),
];

/// What the converter has no commands for: `commands.txt` writes it as a colour of its own, which the element becomes here.
/// What stands over no width or height, and, at the end, what lies on the colour of the row within.
const BOXES: [(&str, &str); 4] = [
    (
        "<mrow style=\"color:#C1A9F1;\">",
        "<mpadded width=\"0\" style=\"display:flex;justify-content:center\">",
    ),
    (
        "<mrow style=\"color:#C1A9F2;\">",
        "<mpadded width=\"0\" style=\"display:flex;justify-content:flex-end\">",
    ),
    ("<mrow style=\"color:#C1A9F3;\">", "<mpadded width=\"0\">"),
    ("<mrow style=\"color:#C1A9F4;\">", "<mpadded height=\"0\" depth=\"0\">"),
];
const GROUND: [(&str, &str); 2] = [
    (
        "<mrow style=\"color:#C1A9F5;\"><mrow style=\"color:",
        "<mrow><mrow style=\"background-color:",
    ),
    ("<mrow style=\"color:#C1A9F5;\">", "<mrow>"),
];

/// A converter with the macros of the site, and the commands that are rewritten for it.
pub(super) fn converter(options: &Options) -> Result<(LatexToMathML, Commands), Finding> {
    let commands = Commands::new(options.math_macros.iter().map(|(name, _)| name.as_str()));
    let plain = LatexToMathML::default();
    let macros = options
        .math_macros
        .iter()
        .map(|(name, body)| (name.clone(), tex::definition(&commands, &plain, body)))
        .collect();
    let math = LatexToMathML::new(MathCoreConfig { macros, ..MathCoreConfig::default() }).map_err(
        |(error, _, tex)| {
            Finding::new(Code::Config, format!("the math macro `{tex}` cannot be read: {error}"))
                .help("a macro of `markdown.math_macros` is a name without backslash and its TeX")
        },
    )?;
    Ok((math, commands))
}

/// What is wrong with a formula, and where in it.
type Wrong = (String, Range<usize>);

/// Formulas with at most this many commands, braces and scripts cannot be too deep for any stack.
const SHALLOW: usize = 160;
/// Why a formula does not go on to a page: mostly a name with `<` or `&` in it.
const UNFIT: &str = "what comes of it is no plain MathML, perhaps for a `<` or `&` in a name";
/// The longest formula that is converted, in bytes.
const LONGEST: usize = 16 * 1024;
/// A formula whose TeX has at most so many bytes, with at most so many letters after it, fits into a line anywhere.
const SHORT: usize = 24;
const LETTERS: usize = 8;
/// What stands around the TeX of a formula.
const TEX: &str = "<annotation encoding=\"application/x-tex\">";
const TEX_END: &str = "</annotation>";
/// Room for a formula of that length that is nothing but nesting; only what is used is ever taken.
const STACK: usize = 256 << 20;

impl Renderer {
    /// MathML for a formula, or what is wrong with it and where; and the labels that it refers to in vain.
    pub(super) fn mathml(
        &self,
        document: &mut Document,
        tex: &str,
        display: bool,
    ) -> (Result<String, Wrong>, Vec<String>) {
        let prepared = match tex::prepare(&self.commands, document, &self.math, tex, display) {
            Ok(prepared) => prepared,
            Err(message) => return (Err((message, 0..0)), Vec::new()),
        };
        // What stands where in a formula that was rewritten, nobody knows.
        let is_same = matches!(prepared.tex, Cow::Borrowed(_));
        // Where only definitions stood, there is nothing to show.
        let shown = if !is_same && prepared.tex.trim().is_empty() {
            Ok(String::new())
        } else {
            self.converted(&prepared.tex, display)
                .map_err(|(message, at)| (message, if is_same { at } else { 0..0 }))
        };
        (shown, prepared.unknown)
    }

    fn converted(&self, tex: &str, display: bool) -> Result<String, Wrong> {
        let nesting =
            tex.bytes().filter(|b| matches!(b, b'\\' | b'{' | b'[' | b'^' | b'_')).count();
        match nesting {
            0..=SHALLOW => self.convert(tex, display),
            _ if tex.len() > LONGEST => Err(("the formula is too long".to_owned(), 0..0)),
            _ => self.convert_with_room(tex, display),
        }
    }

    fn convert(&self, tex: &str, display: bool) -> Result<String, Wrong> {
        let mode = if display { MathDisplay::Block } else { MathDisplay::Inline };
        // The converter holds some formulas for impossible, `a^&` for one, and a preview outlives them.
        let converted =
            in_silence(AssertUnwindSafe(|| self.math.convert_with_local_state(tex, mode)));
        match converted.map_err(|_| ("the converter cannot read it".to_owned(), 0..0))? {
            Ok(result) => {
                let mathml = with_reading(classed(boxed(spaced(result.mathml))));
                if gate::passes(&mathml) { Ok(mathml) } else { Err((UNFIT.to_owned(), 0..0)) }
            }
            Err(error) => Err((error.to_string(), error.0.clone())),
        }
    }

    /// The converter calls itself for every level of a formula, so one that might be deep gets a stack for it.
    fn convert_with_room(&self, tex: &str, display: bool) -> Result<String, Wrong> {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || self.convert(tex, display));
            thread.map_or_else(
                |_| Err(too_deep()),
                |thread| thread.join().unwrap_or_else(|_| Err(too_deep())),
            )
        })
    }

    /// A title: plain text in which `$…$` is math, and nothing else means anything.
    pub fn title(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut from = 0;
        let mut document = Document::new(text.len());
        for formula in formulas(text) {
            escape::text(&text[from..formula.range.start], &mut out);
            from = formula.range.end;
            match self.mathml(&mut document, tex_of(text, &formula), false).0 {
                Ok(mathml) => out.push_str(&mathml),
                Err(_) => escape::text(&text[formula.range], &mut out),
            }
        }
        escape::text(&text[from..], &mut out);
        out
    }

    /// What is wrong with the formulas of a title, each without a place.
    pub fn wrong_in_title(&self, text: &str) -> Vec<Finding> {
        let mut document = Document::new(text.len());
        formulas(text)
            .into_iter()
            .filter_map(|formula| self.mathml(&mut document, tex_of(text, &formula), false).0.err())
            .map(|(message, _)| {
                Finding::new(
                    Code::BadMath,
                    format!("a formula in this title cannot be shown as math: {message}"),
                )
                .help("it is shown as typed; a command can be defined under `markdown.math_macros`")
            })
            .collect()
    }
}

fn too_deep() -> (String, Range<usize>) {
    ("the formula is too deep".to_owned(), 0..0)
}

/// What stands between the dollars of a formula.
fn tex_of<'t>(text: &'t str, formula: &Formula) -> &'t str {
    &text[formula.range.start + formula.dollars..formula.range.end - formula.dollars]
}

fn spaced(mathml: String) -> String {
    ACCENTS.iter().fold(mathml, |mathml, (from, to)| {
        if mathml.contains(from) { mathml.replace(from, to) } else { mathml }
    })
}

/// The same with boxes in the place of what stands for them.
fn boxed(mut mathml: String) -> String {
    if !mathml.contains("color:#C1A9F") {
        return mathml;
    }
    for (mark, open) in BOXES {
        while let Some(start) = mathml.find(mark) {
            let rows = mathml[start..].match_indices("mrow").scan(0_usize, |depth, (at, row)| {
                let closes = mathml[..start + at].ends_with("</");
                *depth = if closes { *depth - 1 } else { *depth + 1 };
                Some((*depth, start + at..start + at + row.len()))
            });
            let Some((_, end)) = rows.into_iter().find(|(depth, _)| *depth == 0) else {
                return mathml;
            };
            mathml.replace_range(end, "mpadded");
            mathml.replace_range(start..start + mark.len(), open);
        }
    }
    GROUND.iter().fold(mathml, |mathml, (mark, open)| mathml.replace(mark, open))
}

/// How MathML with a reading begins.
const READING: &str = "<math alttext=\"";

/// The same with what one would write without markup, for whoever cannot show or say MathML.
fn with_reading(mathml: String) -> String {
    let Some((reading, rest)) = readable::text(&mathml).zip(mathml.strip_prefix("<math")) else {
        return mathml;
    };
    let mut out = String::with_capacity(mathml.len() + reading.len() + 16);
    out.push_str(READING);
    escape::attribute(&reading, &mut out);
    out.extend(["\"", rest]);
    out
}

/// The same with its TeX beside it, in the form that browsers hide and that other programs know: what a reader copies is that.
fn with_tex(mathml: &str, tex: &str) -> Option<String> {
    let (start, rest) = mathml.split_at(mathml.find('>')? + 1);
    let inside = rest.strip_suffix("</math>")?;
    let mut out = String::with_capacity(mathml.len() + tex.len() + 96);
    out.extend([start, "<semantics><mrow>", inside, "</mrow>", TEX]);
    escape::text(tex.trim(), &mut out);
    out.extend([TEX_END, "</semantics></math>"]);
    Some(out)
}

/// HTML without the TeX of its formulas, for readers that show the text of what they do not know.
pub fn without_tex(html: &str) -> String {
    let mut parts = html.split(TEX);
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once(TEX_END).map_or(part, |(_, rest)| rest));
    std::iter::once(first).chain(rest).collect()
}

impl Writer<'_> {
    /// The numbers of the labelled equations, for formulas that refer to them before they stand.
    pub(super) fn label_equations(&mut self) {
        let text = self.source.text();
        if !text.contains("\\label") || !text.contains("ref{") {
            return;
        }
        let mut document = Document::new(text.len());
        for (event, _) in self.source.events() {
            let display = matches!(event, Event::DisplayMath(_));
            if let Event::DisplayMath(tex) | Event::InlineMath(tex) = event {
                // What cannot be read is said when it is written.
                let tex = self.source.restore(&tex);
                let _ = tex::prepare(
                    &self.renderer.commands,
                    &mut document,
                    &self.renderer.math,
                    &tex,
                    display,
                );
            }
        }
        self.equations.labels = document.labels;
    }

    pub(super) fn math(&mut self, tex: &str, range: Range<usize>, display: bool) {
        let tex = self.source.restore(tex);
        if let Some(words) = &mut self.words {
            words.push_str(&tex);
        }
        let (shown, unknown) = self.renderer.mathml(&mut self.equations, &tex, display);
        for label in unknown {
            let finding = Finding::new(
                Code::BadMath,
                format!("no equation of this text has the label `{label}`"),
            )
            .help("the label is shown in place of a number; `\\label{…}` in a formula gives one");
            self.found(finding, range.clone());
        }
        match shown {
            Ok(nothing) if nothing.is_empty() => {}
            Ok(mathml) => {
                let mathml = with_tex(&mathml, &tex).unwrap_or(mathml);
                self.formula(&mathml, tex.len(), display);
            }
            Err((message, at)) => {
                let finding = Finding::new(
                    Code::BadMath,
                    format!("this TeX cannot be shown as math: {message}"),
                )
                .help("it is shown as code; a command can be defined under `markdown.math_macros`");
                let place = self.place_in_math(&tex, &range, at, display);
                self.found(finding, place);
                self.push("<code class=\"tex\">");
                escape::text(&tex, &mut self.out.html);
                self.push("</code>");
            }
        }
    }

    fn formula(&mut self, mathml: &str, length: usize, display: bool) {
        if display {
            // A long one scrolls, so it is a stop of the keyboard, and what one stands on has a name.
            let reading = mathml.strip_prefix(READING).and_then(|rest| rest.split('"').next());
            self.push("<span class=\"math\" role=\"group\" tabindex=\"0\" aria-label=\"");
            self.push(reading.unwrap_or("TeX"));
            self.push("\">");
            self.push(mathml);
            self.push("</span>");
        } else {
            let start = self.out.html.len();
            self.push(mathml);
            self.formula = (length <= SHORT).then_some(start..self.out.html.len());
        }
    }

    /// Keeps a short formula and the letters right after it on one line, a particle for example: `$x_t$를`. Browsers
    /// would part them. Says how many bytes of the text are written with it.
    pub(super) fn end_of_word(&mut self, text: &str, formula: Range<usize>) -> usize {
        let letters = text
            .chars()
            .take_while(|c| c.is_ascii_alphabetic() || matches!(c, '\u{ac00}'..='\u{d7a3}'))
            .take(LETTERS + 1);
        let (count, end) = letters.fold((0, 0), |(count, end), c| (count + 1, end + c.len_utf8()));
        // An address is a word of its own.
        if !(1..=LETTERS).contains(&count) || text[end..].starts_with([':', '/', '@']) {
            return 0;
        }
        self.out.html.insert_str(formula.start, "<span class=\"together\">");
        self.push(&text[..end]);
        self.push("</span>");
        end
    }

    /// The place of a piece of TeX in the text; the whole formula where a quote's or list's marks stand in it.
    fn place_in_math(
        &self,
        tex: &str,
        range: &Range<usize>,
        at: Range<usize>,
        display: bool,
    ) -> Range<usize> {
        let start = range.start + if display { 2 } else { 1 };
        let verbatim = self.source.text().get(start..).is_some_and(|rest| rest.starts_with(tex));
        let inside = verbatim && at.start < at.end && tex.get(at.clone()).is_some();
        if inside { start + at.start..start + at.end } else { range.clone() }
    }
}
