//! Paths around a vault: where most notes are, as globs, as seen from elsewhere, and the folders around what notes show.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use crate::formats;

/// A path as a glob that means it alone, but for the `**` at its end.
pub(super) fn escaped(path: &str) -> String {
    let (path, end) = path.strip_suffix("**").map_or((path, ""), |path| (path, "**"));
    let sign = |c: char| match c {
        '*' | '?' | '[' | ']' | '{' | '}' => format!("[{c}]"),
        c => c.to_string(),
    };
    path.trim_end_matches('/').chars().map(sign).collect::<String>()
        + if end.is_empty() { "" } else { "/**" }
}

/// The folder that holds two others, where one of them is below the other.
pub(super) fn wider(one: Utf8PathBuf, other: Utf8PathBuf) -> Utf8PathBuf {
    if one.starts_with(&other) { other } else { one }
}

/// The outermost folder from which a note shows a picture that does not stand below its own: `![](../img/lamp.png)`,
/// `![](/assets/lamp.png)`.
pub(super) fn around_pictures(head: &str, path: &Utf8Path) -> Option<Utf8PathBuf> {
    let own = path.parent()?;
    let shown = head.match_indices("![").filter_map(|(at, _)| {
        let (_, target) = head[at..].split_once("](")?;
        let target = target.split([')', ' ', '\n']).next()?;
        let below = target.trim_start_matches("../");
        let up = (target.len() - below.len()) / "../".len();
        let mut folders = own.ancestors().skip(up);
        if let Some(below) = below.strip_prefix('/') {
            return folders.find(|folder| folder.join(below).is_file());
        }
        folders.next().filter(|folder| up > 0 && folder.join(below).is_file())
    });
    shown.min_by_key(|folder| folder.as_str().len()).map(Utf8Path::to_owned)
}

/// Whether a name begins with so many digits.
pub(super) fn is_number(name: &str, digits: usize) -> bool {
    name.len() >= digits && name.bytes().take(digits).all(|b| b.is_ascii_digit())
}

/// A path as seen from a folder, with `/`; both whole.
pub fn relative(path: &Utf8Path, from: &Utf8Path) -> String {
    let shared = path.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return path.as_str().replace('\\', "/");
    }
    let up = from.components().skip(shared).map(|_| "..");
    let parts: Vec<&str> =
        up.chain(path.components().skip(shared).map(|part| part.as_str())).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// The deepest folder that still holds so many tenths of the notes: nine in a vault, which holds much besides, elsewhere all.
pub(super) fn narrow(top: &Utf8Path, notes: Vec<&Utf8Path>, tenths: usize) -> Option<Utf8PathBuf> {
    let all = notes.len();
    let mut folder = top.to_owned();
    let mut inside = notes;
    while !inside.is_empty() {
        let mut below: BTreeMap<&str, Vec<&Utf8Path>> = BTreeMap::new();
        for note in &inside {
            let mut parts =
                note.strip_prefix(&folder).map(Utf8Path::components).into_iter().flatten();
            if let (Some(first), Some(_)) = (parts.next(), parts.next()) {
                below.entry(first.as_str()).or_default().push(note);
            }
        }
        // A folder may be the date of what is in it.
        let fitting = below.into_iter().find(|(name, notes)| {
            let is_date = formats::is_dated(name) || is_number(name, name.len());
            notes.len() * 10 >= all * tenths && !(is_date && any_undated(notes))
        });
        match fitting {
            Some((name, notes)) => (folder, inside) = (folder.join(name), notes),
            None => return Some(folder),
        }
    }
    None
}

fn any_undated(notes: &[&Utf8Path]) -> bool {
    notes.iter().any(|note| !formats::is_dated(note.file_stem().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::{narrow, relative};

    #[test]
    fn paths_as_seen_from_a_folder() {
        assert_eq!(seen("/a/vault/arXiv", "/a/site"), "../vault/arXiv");
        assert_eq!(seen("/a/vault", "/a/vault"), ".");
        assert_eq!(seen("/a/vault", "/a/vault/blog"), "..");
    }

    fn seen(path: &str, from: &str) -> String {
        relative(Utf8Path::new(path), Utf8Path::new(from))
    }

    fn narrowed(paths: &[&str]) -> Option<String> {
        let notes = paths.iter().map(|path| Utf8Path::new(*path)).collect();
        narrow(Utf8Path::new("/v"), notes, 9).map(|folder| folder.to_string())
    }

    #[test]
    fn the_folder_with_nearly_all_notes_is_found() {
        assert_eq!(narrowed(&["/v/p/x/1.md", "/v/p/x/2.md"]).as_deref(), Some("/v/p/x"));
        assert_eq!(narrowed(&["/v/p/1.md", "/v/q/2.md"]).as_deref(), Some("/v"));
        assert_eq!(narrowed(&["/v/1.md"]).as_deref(), Some("/v"));
        assert_eq!(narrowed(&[]), None);
    }
}
