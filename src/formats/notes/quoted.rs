//! The quote at a note's head: its abstract, or a callout that is none.

use crate::formats::text::Line;
use crate::formats::{fields, markdown};
use crate::model::Prose;

/// The quote that begins with a line and may be an abstract, and where it ends.
pub(super) fn quoted(text: &str, line: &Line<'_>) -> Option<(Prose, usize)> {
    let (quote, end) = markdown::quote(text, line.start..text.len())?;
    Some((without_callout(quote)?, end))
}

/// A quote without the mark that makes it a callout: `[!abstract]-`, and its title where that says no more. `None` for a
/// callout of a kind that says something else.
fn without_callout(quote: Prose) -> Option<Prose> {
    const OTHERS: &[&str] = &[
        "note",
        "info",
        "tip",
        "hint",
        "todo",
        "warning",
        "caution",
        "danger",
        "bug",
        "question",
        "important",
        "success",
        "failure",
        "example",
    ];
    let first = quote.text.lines().next().unwrap_or_default();
    let Some((kind, title)) = first.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
        return Some(quote);
    };
    if OTHERS.contains(&kind.to_lowercase().as_str())
        && fields::named(title, &[]).is_none_or(|field| field.name != "abstract")
    {
        return None;
    }
    let title = title.trim_start_matches(['-', '+']).trim();
    let says_no_more = ["", "abstract", "summary", "초록"].contains(&title.to_lowercase().as_str());
    let from = if says_no_more { first.len() } else { first.len() - title.len() };
    Some(quote.slice(
        from + quote.text[from..].len() - quote.text[from..].trim_start().len()..quote.text.len(),
    ))
}
