//! Code blocks, highlighted when the text is read: classes for the theme to colour, no script, no inline style.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::escape;
use super::highlight::{self, Plain};
use super::writer::Writer;
use crate::diagnostic::{Code, Finding};

/// A code block being collected.
#[derive(Debug)]
pub(super) struct Block {
    language: String,
    pub(super) text: String,
    start: usize,
}

/// Characters of the name of a block that says no language.
const NAME: usize = 40;

/// Info strings that ask for no highlighting.
const PLAIN: [&str; 9] =
    ["", "text", "txt", "plain", "plaintext", "none", "output", "console", "mermaid"];

impl Writer<'_> {
    pub(super) fn start_code(&mut self, kind: CodeBlockKind<'_>, range: Range<usize>) {
        let language = match kind {
            CodeBlockKind::Indented => String::new(),
            CodeBlockKind::Fenced(info) => language(&self.source.restore(&info)),
        };
        self.code = Some(Block { language, text: String::new(), start: range.start });
    }

    pub(super) fn end_code(&mut self, _range: Range<usize>) {
        let Some(block) = self.code.take() else {
            return;
        };
        // A long line scrolls, so this is a stop of the keyboard, and what one stands on has a name.
        let first = block.text.trim_start().lines().next().unwrap_or_default();
        let name: String = first.chars().take(NAME).collect();
        self.push("<pre role=\"group\" tabindex=\"0\" aria-label=\"");
        self.push_attribute(if block.language.is_empty() { &name } else { &block.language });
        self.push("\"><code");
        if !block.language.is_empty() {
            self.push(" class=\"language-");
            self.push_attribute(&block.language);
            self.push("\"");
        }
        self.push(">");
        if block.language == "mermaid" && !self.renderer.mermaid {
            let finding = Finding::new(Code::Mermaid, "a diagram of Mermaid is shown as code");
            let help = "`script` under [mermaid] in config.toml names a script that draws it";
            self.found(finding.help(help), block.start..block.start + "```mermaid".len());
        }
        match highlight::highlight(&block.language, &block.text) {
            Ok(html) => self.push(&html),
            Err(why) => {
                self.plain_code(why, &block);
                escape::text(&block.text, &mut self.out.html);
            }
        }
        self.push("</code></pre>\n");
    }

    fn plain_code(&mut self, why: Plain, block: &Block) {
        let finding = match why {
            Plain::Unknown if PLAIN.contains(&block.language.as_str()) => return,
            Plain::Unknown => {
                Finding::new(Code::UnknownCodeLanguage, format!("code in `{}` cannot be highlighted", block.language))
                    .help("the block is shown without colours; `text` says that none are wanted")
            }
            Plain::TooLong => Finding::new(Code::LongCode, "this code is too long to be highlighted")
                .help("the block is shown without colours; link to the file, and show the part that matters"),
        };
        let line = self.source.text()[block.start..].find('\n').unwrap_or(0);
        self.found(finding, block.start..block.start + line);
    }
}

/// The language of an info string: its first word, without braces, dots and options.
fn language(info: &str) -> String {
    let word =
        info.split([' ', ',', '\t', '{', ':']).find(|word| !word.is_empty()).unwrap_or_default();
    word.trim_start_matches('.').trim_end_matches('}').to_ascii_lowercase()
}
