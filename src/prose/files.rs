//! Relative paths that a text shows or links to: which files beside it are wanted.

/// Paths in `![…](path)`, `[…](path)` and `![[name]]`, in the order written; addresses and fragments are left out.
///
/// A path in code may be among them: a file too many is published, none is missed.
pub fn files(text: &str) -> Vec<String> {
    // Most texts name none; asking whether is much faster than looking for where.
    if !text.contains("](") && !text.contains("![[") {
        return Vec::new();
    }
    let links = text.match_indices("](").map(|(at, opening)| destination(&text[at + opening.len()..]));
    let embeds = text.match_indices("![[").filter_map(|(at, opening)| embedded(&text[at + opening.len()..]));
    links.chain(embeds).filter(|path| is_relative(path)).map(decoded).collect()
}

fn destination(rest: &str) -> &str {
    let rest = rest.trim_start();
    match rest.strip_prefix('<') {
        Some(rest) => rest.split(['>', '\n']).next().unwrap_or_default(),
        None => rest.split([')', ' ', '\n', '\t']).next().unwrap_or_default(),
    }
}

fn embedded(rest: &str) -> Option<&str> {
    let line = rest.split('\n').next()?;
    line.split_once("]]")?.0.split('|').next()
}

fn is_relative(path: &str) -> bool {
    !path.is_empty() && !path.starts_with('#') && !path.contains("://") && !path.starts_with("mailto:")
}

fn decoded(path: &str) -> String {
    let path = path.split('#').next().unwrap_or(path);
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}
