//! What to do about what Tera says: a name that was probably meant.

use super::changes;
use super::lexer::{Token, tags};
use crate::config::nearest;

/// A message of Tera's without its list of names, and what to do, where that can be told.
pub(super) fn of(message: &str) -> (String, Option<String>) {
    for list in [" Available fields: ", " Available variables: "] {
        if let Some((what, known)) = message.split_once(list) {
            let written = quoted(what);
            let near = nearest(written, known.split(", "));
            let help = near.map_or_else(
                || format!("there are: {known}"),
                |near| format!("did you mean `{near}`?"),
            );
            return (what.trim_end_matches('.').to_owned(), Some(help));
        }
    }
    let message = message.trim_end_matches('.');
    let lost = message.starts_with("Field `") && message.ends_with("is not defined");
    let help = "what it belongs to is not always there: test that with `{% if … %}`, or write `?.` before the field";
    (message.to_owned(), lost.then(|| help.to_owned()))
}

/// What to do about a block that overrides nothing. `above` are the texts of the templates that it could override.
pub(super) fn of_block(message: &str, template: &str, above: &[&str]) -> Option<String> {
    let block =
        message.strip_prefix("Block `")?.strip_suffix("` is not defined in any parent template")?;
    let mut known: Vec<&str> = above.iter().flat_map(|text| blocks(text)).collect();
    known.sort_unstable();
    known.dedup();
    let gone = changes::of_block(changes::CHANGES, template, block);
    Some(gone.unwrap_or_else(|| match nearest(block, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "the templates below have no blocks".into(),
        None => format!("there are: {}", known.join(", ")),
    }))
}

fn quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or_default()
}

/// Names of the blocks of a template.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    tags(text).filter_map(|tag| match tag {
        ("block", Token::Name(name), _) => Some(name),
        _ => None,
    })
}

/// The template that a template extends, as written.
pub(super) fn extends(text: &str) -> Option<&str> {
    tags(text).find_map(|tag| match tag {
        ("extends", Token::Text(name), _) => Some(name),
        _ => None,
    })
}
