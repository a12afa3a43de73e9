//! Quotes, and the callouts that some of them are: `> [!info]- Title`.

use pulldown_cmark::BlockQuoteKind;

use super::HoleTarget;
use super::writer::Writer;
use crate::prose::source::Callout;

/// The quotes that are open.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// How each ends.
    ends: Vec<&'static str>,
    /// The element for the title of a callout that has opened just now.
    title: Option<&'static str>,
    /// The end of the title that is being written.
    titled: Option<&'static str>,
}

/// The alert that a kind of callout looks like; what nobody knows is a note, as in Obsidian.
fn alert(kind: &str) -> &'static str {
    match kind {
        "tip" | "hint" | "success" | "check" | "done" => "tip",
        "important" => "important",
        "warning" | "attention" => "warning",
        "caution" | "danger" | "error" | "bug" | "failure" | "fail" | "missing" => "caution",
        _ => "note",
    }
}

fn github(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

impl Writer<'_> {
    /// Opens a quote whose text this is.
    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>, quote: &str) {
        let known = kind.map(|kind| Callout { kind: github(kind), ..Callout::default() });
        let Some(callout) = known.or_else(|| Callout::of(quote)) else {
            self.quotes.ends.push("</blockquote>\n");
            return self.push("<blockquote>\n");
        };
        let kind = callout.kind.to_lowercase();
        let (element, title) =
            if callout.fold.is_some() { ("details", "summary") } else { ("div", "p") };
        self.push("<");
        self.push(element);
        self.push(" class=\"alert alert-");
        self.push(alert(&kind));
        self.push(if callout.fold == Some(true) { "\" open>\n" } else { "\">\n" });
        self.quotes.ends.push(if callout.fold.is_some() { "</details>\n" } else { "</div>\n" });
        if callout.titled {
            self.quotes.title = Some(title);
        } else {
            self.hole(HoleTarget::Alert { kind, element: title }, 0..0);
        }
    }

    pub(super) fn end_quote(&mut self) {
        let end = self.quotes.ends.pop().unwrap_or_default();
        self.push(end);
    }

    /// Opens the title of a callout, if the paragraph that begins is one.
    pub(super) fn start_title(&mut self) -> bool {
        let Some(element) = self.quotes.title.take() else { return false };
        self.push("<");
        self.push(element);
        self.push(" class=\"alert-title\">");
        self.quotes.titled = Some(if element == "p" { "</p>\n" } else { "</summary>\n" });
        true
    }

    /// Closes it.
    pub(super) fn end_title(&mut self) -> bool {
        let end = self.quotes.titled.take();
        self.push(end.unwrap_or_default());
        end.is_some()
    }
}
