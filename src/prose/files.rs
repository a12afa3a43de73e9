//! Relative paths that a text shows or links to: which files beside it are wanted.

/// Paths in `![…](path)`, `[…](path)`, `![[name]]`, `[…]: path`, `src="path"` and `href="path"`; addresses and fragments are left out.
///
/// A path in code may be among them: a file too many is published, none is missed.
pub fn files(text: &str) -> Vec<String> {
    // Most texts name none; asking whether is much faster than looking for where.
    if !text.contains("](") && !text.contains("![[") && !text.contains("]:") && !text.contains('<')
    {
        return Vec::new();
    }
    // What stands behind one opening ends at the next, which keeps this linear.
    let links = text.split("](").skip(1).map(destination);
    let embeds = text.split("![[").skip(1).filter_map(embedded);
    let attributes =
        ["src=", "href="].into_iter().flat_map(|name| text.split(name).skip(1).map(attribute));
    let definitions = text.split("]:").skip(1).map(destination);
    links
        .chain(embeds)
        .chain(attributes)
        .chain(definitions)
        .filter(|path| is_relative(path))
        .map(decoded)
        .collect()
}

/// Whatever in a text may be the name of a file, without the folders before it: also in front matter, code and comments,
/// for what only such a text names is nobody's business.
pub fn named(text: &str) -> Vec<String> {
    let pieces = text
        .split(|c: char| "()[]<>\"'`|\n\r\t{},=".contains(c))
        .filter(|piece| piece.contains('.') && piece.len() < LONGEST);
    // A name may hold spaces, or stand behind a word.
    let mut names: Vec<String> = pieces
        .flat_map(|piece| {
            let whole = piece.trim().trim_start_matches("- ");
            let value = whole.rsplit_once(": ").map_or(whole, |(_, value)| value);
            [Some(whole), Some(value), whole.rsplit(' ').next()]
                .into_iter()
                .flatten()
                .map(decoded)
                .collect::<Vec<_>>()
        })
        .map(|path| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned())
        .filter(|name| name.contains('.'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Longest path that is looked for. What is longer is no path, and not looking further keeps all this linear.
const LONGEST: usize = 1024;

fn destination(rest: &str) -> &str {
    let rest = start(rest, LONGEST).trim_start();
    match rest.strip_prefix('<') {
        Some(rest) => rest.split(['>', '\n']).next().unwrap_or_default(),
        None => rest.split([')', ' ', '\n', '\t']).next().unwrap_or_default(),
    }
}

fn attribute(rest: &str) -> &str {
    let rest = start(rest, LONGEST);
    match rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => rest[1..].split(quote).next().unwrap_or_default(),
        None => rest.split(['>', ' ', '\n']).next().unwrap_or_default(),
    }
}

fn embedded(rest: &str) -> Option<&str> {
    let line = start(rest, LONGEST).split('\n').next()?;
    line.split_once("]]")?.0.split('|').next()
}

/// The first bytes of a text.
fn start(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn is_relative(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with('#')
        && !path.contains("://")
        && !path.starts_with("mailto:")
}

fn decoded(path: &str) -> String {
    let path = path.split('#').next().unwrap_or(path);
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn what_is_too_long_is_no_path() {
        let long = "가".repeat(1000);
        assert_eq!(
            files(&format!("[a]({long}) [b](b.md) ![[{long}]] ![[c.png]]")).last().unwrap(),
            "c.png"
        );
        assert!(!files(&format!("![[{long}]]")).contains(&long));
    }
}
