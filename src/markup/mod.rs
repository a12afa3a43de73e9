//! Markdown → HTML.
//!
//! A text is rendered once, when its file is read. What only the Site knows (where a paper's page is, how large
//! an image) is left open as [`Hole`]s, and [`Markup::fill`] closes them by plain concatenation; so an entry is
//! never rendered again because another file changed. Knows no Site: it asks a [`Resolver`].

mod absolute;
mod address;
mod blocks;
mod broken_math;
mod callouts;
mod calls;
mod code;
pub(crate) mod escape;
mod fill;
mod footnotes;
mod gate;
mod headings;
mod highlight;
mod images;
mod inline;
mod links;
mod mail;
mod math;
mod named;
mod raw;
mod readable;
mod sanitise;
mod sections;
mod tables;
mod tex;
mod unstyled;
mod writer;

use std::ops::Range;

use math_core::LatexToMathML;

use crate::diagnostic::{Code, Finding};
use crate::model::PaperId;
use crate::prose::source::{Source, unseen};
use crate::prose::{holds, verbatim};
use sanitise::Sanitiser;
use writer::Writer;

pub use crate::prose::Cited;
pub use absolute::{absolute, rewritten};
pub use address::{Address, decoded, runs, valid};
pub use calls::Call;
pub use fill::{Image, Linked, References, Resolver};
pub use headings::{parts, prefixed, slug};
pub use mail::{for_mail, plain_of};
pub use math::without_tex;
pub use named::{BLOCK, part};
pub use sections::section;

/// What config.toml says about Markdown.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Raw HTML passes through untouched.
    pub unsafe_html: bool,
    /// TeX macros, name without backslash and definition.
    pub math_macros: Vec<(String, String)>,
    /// Whether a script draws diagrams of Mermaid.
    pub mermaid: bool,
}

/// Turns Markdown into HTML. Made once, shared by all threads.
#[derive(Debug)]
pub struct Renderer {
    unsafe_html: bool,
    mermaid: bool,
    math: LatexToMathML,
    commands: tex::Commands,
    sanitiser: Sanitiser,
}

/// The HTML of one text, complete but for its holes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup {
    /// Well-formed HTML; holes are positions in it.
    pub html: String,
    /// What only the Site knows, in order of position.
    pub holes: Vec<Hole>,
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Ids of blocks that have one, with the key of the text.
    pub blocks: Vec<String>,
    /// What is wrong in the text; spans are byte ranges of it.
    pub findings: Vec<Finding>,
}

/// A heading, for tables of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As in the HTML: 2 to 6.
    pub level: u8,
    /// With the key of the text.
    pub id: String,
    /// The words, escaped.
    pub html: String,
    /// Where the text has it.
    pub span: Range<usize>,
}

/// A place in the HTML that a [`Resolver`] fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// Byte offset in the HTML before which the answer goes.
    pub at: usize,
    /// What is asked.
    pub target: HoleTarget,
    /// Where the text says it.
    pub span: Range<usize>,
}

/// What a hole asks. All strings are unescaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoleTarget {
    /// The opening tag of a link to a paper, or to the address where the site does not have it.
    Paper {
        /// The paper.
        id: PaperId,
        /// The address outside.
        address: String,
    },
    /// A whole citation: `[@key, p. 3; @other]`.
    Citation(Vec<Cited>),
    /// The references of the text, at its end.
    References,
    /// A whole wikilink.
    Wikilink {
        /// The name, without `.md`.
        name: String,
        /// The heading after `#`, if any.
        heading: Option<String>,
        /// The label given, if any.
        label: Option<String>,
        /// Whether what is named is shown here, where it can be.
        embed: bool,
    },
    /// The opening tag of a link to a file of the site.
    File {
        /// As written, percent-decoded, without the fragment.
        path: String,
        /// The fragment with its `#`, or empty.
        fragment: String,
    },
    /// A whole `<img>`.
    Image {
        /// As written, percent-decoded.
        path: String,
        /// The text for those who do not see it.
        alt: String,
        /// The title, or empty.
        title: String,
        /// How wide it is to be, in pixels.
        width: Option<u32>,
        /// Whether it is named as Obsidian names files.
        by_name: bool,
    },
    /// A whole film, recording or document.
    Medium {
        /// How it is shown.
        kind: Medium,
        /// As written, percent-decoded, without the fragment.
        path: String,
        /// The fragment with its `#`, or empty.
        fragment: String,
        /// What a link to it says.
        label: String,
        /// How wide it is to be, in pixels.
        width: Option<u32>,
    },
    /// The address of the page this text is on, put before a `#fragment`.
    Page,
    /// The opening tag of a link to a part of the same note.
    Part {
        /// What links call it.
        slug: String,
        /// Its id, where this text has it.
        id: Option<String>,
    },
    /// A component with its text, which has holes of its own.
    Call(Box<Call>),
    /// The title of an alert that has none of its own.
    Alert {
        /// The kind as written, in lower case: `note`, `tip`, `faq`.
        kind: String,
        /// The element it stands in.
        element: &'static str,
    },
}

/// How a file is shown that is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// As a film.
    Video,
    /// As a recording.
    Audio,
    /// As a link.
    Document,
}

impl Markup {
    /// Every hole, those in the texts of components included.
    pub fn all_holes(&self) -> Vec<&Hole> {
        let mut found = Vec::with_capacity(self.holes.len());
        let mut open: Vec<&Hole> = self.holes.iter().rev().collect();
        while let Some(hole) = open.pop() {
            found.push(hole);
            if let HoleTarget::Call(call) = &hole.target {
                open.extend(call.body.iter().flat_map(|body| body.holes.iter().rev()));
            }
        }
        found
    }
}

impl Renderer {
    /// Checks the options; an error names the macro that is wrong.
    pub fn new(options: &Options) -> Result<Self, Finding> {
        let (math, commands) = math::converter(options)?;
        Ok(Self {
            unsafe_html: options.unsafe_html,
            mermaid: options.mermaid,
            math,
            commands,
            sanitiser: Sanitiser::new(),
        })
    }

    /// The HTML of an entry's text; headings start at `h3`. The key prefixes every id.
    pub fn render(&self, text: &str, key: &str) -> Markup {
        self.render_from(3, text, key)
    }

    /// The HTML of a plain page's text; headings start at `h2`.
    pub fn page(&self, text: &str, key: &str) -> Markup {
        self.render_from(2, text, key)
    }

    /// The HTML of a title that is Markdown: as in a heading, but without links, for it may stand in one.
    pub fn heading(&self, markdown: &str) -> Markup {
        let line = format!("# {markdown}");
        Writer::new(self, &Source::new(&line, self.unsafe_html), "", 1).run_inline()
    }

    fn render_from(&self, base_level: u8, text: &str, key: &str) -> Markup {
        let source = Source::new(text, self.unsafe_html);
        let mut markup = Writer::new(self, &source, key, base_level).run();
        markup.findings.extend(self.left_out(text));
        markup
    }

    /// Says once what of a text is neither shown nor obeyed.
    fn left_out(&self, text: &str) -> Option<Finding> {
        let found = if self.unsafe_html { Vec::new() } else { unseen(text) };
        let code = if found.is_empty() { Vec::new() } else { verbatim(text) };
        let found: Vec<usize> = found.into_iter().filter(|at| !holds(&code, *at)).collect();
        let first = *found.first()?;
        let message =
            format!("{} × `<style>` or `<script>` was left out with what it holds", found.len());
        let help =
            "a theme has styles and scripts; `unsafe_html` under [markdown] trusts those of texts";
        Some(Finding::new(Code::LeftOut, message).at(first..first + 1).help(help))
    }
}
