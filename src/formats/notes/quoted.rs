//! The quote at a note's head: its abstract, or a callout that is none.

use super::label::label;
use crate::formats::fields::{self, Kind};
use crate::formats::list::reference;
use crate::formats::markdown;
use crate::formats::text::Line;
use crate::model::Prose;

/// The quote that begins with a line and may be an abstract, and where it ends.
pub(super) fn quoted(text: &str, line: &Line<'_>) -> Option<(Prose, usize)> {
    let (quote, end) = markdown::quote(text, line.start..text.len())?;
    let quote = without_callout(quote)?;
    let is_reference = || !quote.text.contains('\n') && reference(&quote.text).is_some();
    (!is_head(&quote.text) && !is_reference()).then_some((quote, end))
}

/// Whether a quote is facts of the paper: most of its lines have labels of fields, and none one of a text.
fn is_head(quote: &str) -> bool {
    let (mut labels, mut others) = (0, 0);
    for line in quote.lines().filter(|line| !line.trim().is_empty()) {
        match label(line).and_then(|label| fields::named(label.name, &[])) {
            Some(field) if field.kind == Kind::Text => return false,
            Some(_) => labels += 1,
            None => others += 1,
        }
    }
    labels > 1 && labels > others
}

/// The kind and the title of the callout that a line opens.
pub(super) fn kind<'t>(line: &Line<'t>) -> Option<(&'t str, &'t str)> {
    marked(line.text.trim_start().strip_prefix('>')?.trim_start())
}

/// Whether a callout of this kind and title holds an abstract.
pub(super) fn is_abstract((kind, title): (&str, &str)) -> bool {
    [kind, title].into_iter().any(|words| {
        fields::named(words, &[]).is_some_and(|field| matches!(field.name, "abstract" | "summary"))
    })
}

fn marked(text: &str) -> Option<(&str, &str)> {
    let (kind, title) = text.strip_prefix("[!")?.split_once(']')?;
    Some((kind, title.trim_start_matches(['-', '+']).trim()))
}

/// A quote without the mark that makes it a callout: `[!abstract]-`, and its title where that says no more. `None` for a
/// callout of a kind that says something else.
fn without_callout(quote: Prose) -> Option<Prose> {
    let first = quote.text.lines().next().unwrap_or_default();
    let Some((kind, title)) = marked(first) else { return Some(quote) };
    if !is_abstract((kind, title)) && !kind.eq_ignore_ascii_case("quote") {
        return None;
    }
    let says_no_more = ["", "abstract", "summary", "초록"].contains(&title.to_lowercase().as_str());
    let from = if says_no_more { first.len() } else { first.len() - title.len() };
    Some(quote.slice(
        from + quote.text[from..].len() - quote.text[from..].trim_start().len()..quote.text.len(),
    ))
}
