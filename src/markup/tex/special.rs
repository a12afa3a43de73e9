//! What a definition cannot say: commands that read on, define, number or refer, and text with formulas in it.

use std::fmt::Write;

use super::scan;
use super::units;
use super::{Macro, Rewriter, Run, TooMuch};

/// The longest definition that a text may make, in bytes.
const LONGEST: usize = 2048;

impl Rewriter<'_> {
    pub(super) fn special(
        &mut self,
        what: &str,
        name: &str,
        arguments: &[&str],
        rest: &mut &str,
    ) -> Run {
        let first = arguments.first().copied().unwrap_or_default();
        let second = arguments.get(1).copied().unwrap_or_default();
        match what {
            "begin" => return self.environment(first, rest),
            "text" => return self.text(name, first),
            "colour" => {
                let colour = self.colour(first, second);
                let Some(content) = arguments.get(2) else { return self.switch(&colour, rest) };
                let _ = write!(self.out, "{{{colour} ");
                self.run(content)?;
                self.out.push('}');
            }
            "switch" => return self.switch(&format!("\\{name}"), rest),
            "tag" => self.row.tag = Some(first.trim().to_owned()),
            "tagged" => self.tag_as_written(first),
            "label" => self.row.labels.push(first.trim().to_owned()),
            "unnumbered" => self.row.unnumbered = true,
            "ref" => self.reference(first, false),
            "eqref" => self.reference(first, true),
            "define" => self.define(rest),
            "def" => self.def(rest),
            "let" => self.let_be(rest),
            "operator" => self.operator(rest),
            "unicode" => self.out.extend(character(first)),
            "verb" => self.verbatim_text(rest),
            "space" => self.space(first),
            "large" => return self.large(first, rest),
            "delimiter" => self.angle(name, rest),
            "delimiters" => self.delimiters(rest),
            "dimension" => dimension(rest),
            "between" => return self.between(name, rest),
            "named" => return self.named(name, first),
            "physics" => {
                // `\qty(x)` only says how large its parentheses are.
                let Some((number, unit)) = units::quantity(rest) else { return Ok(()) };
                let _ = write!(self.out, "{}\\,{}", units::number(number), units::unit(unit));
            }
            "columns" => self.columns(first, arguments.get(2).copied().unwrap_or_default())?,
            "chemistry" => return self.run(&units::chemistry(first)),
            "number" => self.out.push_str(&units::number(first)),
            "unit" => {
                self.out.push_str(&units::unit(arguments.last().copied().unwrap_or_default()));
            }
            "quantity" => {
                let [.., number, unit] = arguments else { return Ok(()) };
                let _ = write!(self.out, "{}\\,{}", units::number(number), units::unit(unit));
            }
            "sign" => self.out.push(if matches!(first, "51" | "52") { '✓' } else { '✗' }),
            _ => {}
        }
        Ok(())
    }

    /// Text in a formula. What stands between dollars in it is a formula again.
    fn text(&mut self, name: &str, content: &str) -> Run {
        let name = if matches!(name, "mbox" | "hbox" | "textnormal" | "textup" | "textmd") {
            "text"
        } else {
            name
        };
        let dollars = scan::dollars(content);
        let mut from = 0;
        self.out.push('{');
        for pair in dollars.chunks_exact(2) {
            self.words(name, &content[from..pair[0]])?;
            self.out.push('{');
            self.run(&content[pair[0] + 1..pair[1]])?;
            self.out.push('}');
            from = pair[1] + 1;
        }
        self.words(name, &content[from..])?;
        self.out.push('}');
        Ok(())
    }

    fn words(&mut self, name: &str, words: &str) -> Run {
        if words.is_empty() {
            return Ok(());
        }
        // A script in text is one of mathematics: `\text{x\textsubscript{2}}`.
        let words = words.replace('\n', " ");
        let _ = write!(self.out, "\\{name}{{");
        self.run_words(&words)?;
        self.out.push('}');
        Ok(())
    }

    /// Words of a text: switches of style say nothing where one style is meant for all, other commands are letters.
    fn run_words(&mut self, words: &str) -> Run {
        const SWITCHES: [&str; 12] = [
            "bf",
            "it",
            "tt",
            "rm",
            "sf",
            "sc",
            "em",
            "sl",
            "displaystyle",
            "textstyle",
            "normalfont",
            "xspace",
        ];
        let mut rest = words;
        while let Some(at) = rest.find('\\') {
            self.out.push_str(&rest[..at]);
            let name = scan::name(&rest[at + 1..]);
            rest = &rest[at + 1 + name.len()..];
            if SWITCHES.contains(&name) {
                rest = rest.trim_start();
            } else if name.starts_with("text") || name == "emph" {
                self.verbatim(name);
            } else {
                self.command(name, &mut rest)?;
            }
        }
        self.out.push_str(rest);
        Ok(())
    }

    /// A command for a colour that is known; where it is not, what is coloured is still shown.
    fn colour(&self, model: &str, colour: &str) -> String {
        let colour = match colour.trim().strip_prefix('#') {
            Some(hex) if hex.len() == 3 => {
                format!("[HTML]{{{}}}", hex.chars().flat_map(|c| [c, c]).collect::<String>())
            }
            Some(hex) => format!("[HTML]{{{hex}}}"),
            None if model.is_empty() => {
                format!("{{{}}}", colour.trim().split('!').next().unwrap_or_default())
            }
            None => format!("[{model}]{{{}}}", colour.trim()),
        };
        let command = format!("\\color{colour}");
        if self.can_show(&format!("{command} x")) { command } else { String::new() }
    }

    /// A command for all that follows. To the converter that is all to the end of the group, to TeX the cell of a table ends it.
    fn switch(&mut self, command: &str, rest: &mut &str) -> Run {
        let Some(end) = scan::cell_end(rest) else {
            self.out.push_str(command);
            return Ok(());
        };
        self.out.extend(["{", command]);
        self.run(&rest[..end])?;
        self.out.push('}');
        *rest = &rest[end..];
        Ok(())
    }

    /// A space of a length that the converter can read; one that depends on the page is a wide one.
    fn space(&mut self, length: &str) {
        let space = format!("\\hspace{{{length}}}");
        self.out.push_str(if self.can_show(&space) { &space } else { "\\quad " });
    }

    /// `\mathop{\rm argmax}\limits`: words as an operator, whose limits stand below it anyway.
    fn large(&mut self, content: &str, rest: &mut &str) -> Run {
        let words = content.trim();
        let words = words
            .strip_prefix("\\rm ")
            .or_else(|| words.strip_prefix("\\mathrm{")?.strip_suffix('}'))
            .unwrap_or(words);
        let letters = words
            .trim_start_matches("\\,")
            .chars()
            .all(|c| c.is_ascii_alphabetic() || " \\,".contains(c))
            && !words.contains("\\\\");
        if !letters || words.split('\\').skip(1).any(|after| !after.starts_with(',')) {
            self.out.push_str("\\mathop{");
            self.run(content)?;
            self.out.push('}');
            return Ok(());
        }
        *rest = rest.trim_start().strip_prefix("\\limits").unwrap_or(rest);
        let _ = write!(self.out, "\\operatorname*{{{words}}}");
        Ok(())
    }

    /// `\left<` means an angle.
    fn angle(&mut self, name: &str, rest: &mut &str) {
        self.verbatim(name);
        for (sign, angle) in [("<", "\\langle "), (">", "\\rangle ")] {
            if let Some(after) = rest.trim_start().strip_prefix(sign) {
                self.out.push_str(angle);
                *rest = after;
            }
        }
    }

    /// `\DeclarePairedDelimiter{\name}{\lvert}{\rvert}`.
    fn delimiters(&mut self, rest: &mut &str) {
        let mut next = || scan::argument(rest);
        let (Some(name), Some(left), Some(right)) = (next(), next(), next()) else { return };
        self.set(name, "m".to_owned(), "", &format!("\\left{left} #1\\right{right}"));
    }

    /// `\root 3\of x` and `\buildrel\rm def\over=` of plain TeX.
    fn between(&mut self, name: &str, rest: &mut &str) -> Run {
        let (mark, form) =
            if name == "root" { ("\\of", "\\sqrt[") } else { ("\\over", "\\overset{") };
        let Some((above, mut after)) = rest.split_once(mark) else { return Ok(()) };
        let Some(base) = scan::argument(&mut after) else { return Ok(()) };
        *rest = after;
        let close = if name == "root" { "]" } else { "}" };
        let (above, base) = (self.rewritten(above)?, self.rewritten(base)?);
        let _ = write!(self.out, "{form}{}{close}{{{base}}}", above.trim());
        Ok(())
    }

    /// The name of an operator, which the converter wants without commands of style.
    fn named(&mut self, name: &str, words: &str) -> Run {
        let star = if self.starred { "*" } else { "" };
        let whole = format!("\\{name}{star}{{{words}}}");
        if !words.contains('\\') || self.can_show(&whole) {
            self.out.push_str(&whole);
            return Ok(());
        }
        self.out.push_str(if self.starred { "\\mathop{\\rm " } else { "{\\rm " });
        self.run(words)?;
        self.out.push('}');
        Ok(())
    }

    /// `\tag*{(3)}` is the usual tag, any other is shown as it is.
    fn tag_as_written(&mut self, tag: &str) {
        match tag.trim().strip_prefix('(').and_then(|tag| tag.strip_suffix(')')) {
            Some(tag) => self.row.tag = Some(tag.to_owned()),
            None => self.row.bare = Some(tag.trim().to_owned()),
        }
    }

    fn reference(&mut self, label: &str, parentheses: bool) {
        let label = label.trim();
        let shown = self.document.labels.get(label).cloned().unwrap_or_else(|| {
            self.unknown.push(label.to_owned());
            label.to_owned()
        });
        let shown = shown.replace(['\\', '_', '$', '{', '}', '^', '&', '#', '%'], " ");
        let shown = if parentheses { format!("({shown})") } else { shown };
        let _ = write!(self.out, "\\text{{{shown}}}");
    }

    /// `\newcommand{\name}[2][default]{body}`, with a star or without braces around the name.
    fn define(&mut self, rest: &mut &str) {
        scan::star(rest);
        let Some(name) = scan::argument(rest) else { return };
        let count = scan::optional(rest)
            .and_then(|count| count.trim().parse::<usize>().ok())
            .unwrap_or(0)
            .min(9);
        let default = scan::optional(rest);
        let Some(body) = scan::argument(rest) else { return };
        let mut signature = "m".repeat(count);
        if default.is_some() && count > 0 {
            signature.replace_range(..1, "o");
        }
        self.set(name, signature, default.unwrap_or_default(), body);
    }

    /// `\def\name#1#2{body}`.
    fn def(&mut self, rest: &mut &str) {
        let Some(name) = scan::argument(rest) else { return };
        let parameters = rest.split('{').next().unwrap_or_default();
        let count = parameters.matches('#').count();
        // Arguments that words set apart are not read.
        if parameters.trim().len() != 2 * count || count > 9 {
            return;
        }
        *rest = &rest[parameters.len()..];
        let Some(body) = scan::argument(rest) else { return };
        self.set(name, "m".repeat(count), "", body);
    }

    fn let_be(&mut self, rest: &mut &str) {
        let Some(name) = scan::argument(rest) else { return };
        *rest = rest.trim_start();
        *rest = rest.strip_prefix('=').unwrap_or(rest);
        let Some(meaning) = scan::argument(rest) else { return };
        let known = meaning.strip_prefix('\\').and_then(|meaning| self.macro_of(meaning));
        match known {
            Some(known) => self.keep(name, known),
            None => self.set(name, String::new(), "", meaning),
        }
    }

    /// `\DeclareMathOperator*{\name}{words}`.
    fn operator(&mut self, rest: &mut &str) {
        let star = if scan::star(rest) { "*" } else { "" };
        let Some(name) = scan::argument(rest) else { return };
        let Some(words) = scan::argument(rest) else { return };
        self.set(name, String::new(), "", &format!("\\operatorname{star}{{{words}}}"));
    }

    fn set(&mut self, name: &str, signature: String, default: &str, body: &str) {
        // A command that is defined by itself keeps its first meaning: `\renewcommand{\vec}[1]{\vec{\mathbf{#1}}}`.
        let name_again = format!("\\{}", name.trim().trim_start_matches('\\'));
        let itself = body
            .match_indices(&name_again)
            .any(|(at, _)| scan::name(&body[at + 1..]).len() + 1 == name_again.len());
        if body.len() <= LONGEST && !itself {
            let (body, default) = (body.to_owned().into(), default.to_owned());
            self.keep(name, Macro { signature: signature.into(), default, body });
        }
    }

    fn keep(&mut self, name: &str, known: Macro) {
        let size = known.body.len() + name.len();
        if let Some(room) = self.document.room.checked_sub(size) {
            self.document.room = room;
            self.document.macros.insert(name.trim().trim_start_matches('\\').to_owned(), known);
        }
    }

    /// `\verb|x_y|`: between two signs, as it is.
    fn verbatim_text(&mut self, rest: &mut &str) {
        let Some(sign) = rest.chars().next() else { return };
        let inner = &rest[sign.len_utf8()..];
        let Some((text, after)) = inner.split_once(sign) else { return };
        let shown: String =
            text.chars().map(|c| escaped(c).unwrap_or_else(|| c.to_string())).collect();
        let _ = write!(self.out, "\\texttt{{{shown}}}");
        *rest = after;
    }

    /// A cell over several columns stands in the first of them.
    fn columns(&mut self, count: &str, content: &str) -> Result<(), TooMuch> {
        let count = count.trim().parse::<usize>().unwrap_or(1).clamp(1, 32);
        self.run(content)?;
        self.out.push_str(&"&".repeat(count - 1));
        Ok(())
    }
}

/// Takes a length such as `.3ex`, which only says how far something is moved.
fn dimension(rest: &mut &str) {
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || " .+-".contains(c));
    *rest = after.trim_start_matches(|c: char| c.is_ascii_lowercase());
}

/// A character of TeX as text.
fn escaped(c: char) -> Option<String> {
    match c {
        '#' | '$' | '%' | '&' | '_' | '{' | '}' => Some(format!("\\{c}")),
        '\\' => Some("\\textbackslash{}".to_owned()),
        '^' => Some("\\textasciicircum{}".to_owned()),
        '~' => Some("∼".to_owned()),
        _ => None,
    }
}

/// The character of a number, in tens or `x2264`; none that would mean something to TeX.
fn character(number: &str) -> Option<char> {
    let number = number.trim();
    let hex = number.strip_prefix(['x', 'X', 'u', 'U', '"']).or_else(|| number.strip_prefix("U+"));
    let value = match hex.map(|hex| hex.trim_start_matches('+')) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    };
    value.and_then(char::from_u32).filter(|c| !c.is_control() && !"\\{}$&#%^_~".contains(*c))
}
