//! Names of files that nobody wrote to be published. Listing a folder and watching it ask the same function, or the preview
//! would show files that it does not follow.

/// Begins the name of a file that is being written, and takes its own name when it is whole.
pub const UNFINISHED: &str = ".offprint-";

/// Names that version control, file managers and editors keep for themselves.
const OWN: &[&str] = &[
    ".git",
    ".gitignore",
    ".gitattributes",
    ".gitkeep",
    ".gitmodules",
    ".hg",
    ".svn",
    ".DS_Store",
    "node_modules",
];
/// How the names of files begin that editors and file systems make beside a file.
const BEGINNINGS: &[&str] = &[".#", "._", ".~", ".nfs", ".fuse_hidden", ".syncthing.", UNFINISHED];
/// How they end.
const ENDS: &[&str] = &["~", "___jb_tmp___", "___jb_old___"];

/// Whether a name is one that a program left: a copy, a lock, a swap file. A name such as `4913` or `vol.part` is not enough:
/// people call folders so.
pub fn is_leaving(name: &str) -> bool {
    OWN.contains(&name)
        || BEGINNINGS.iter().any(|beginning| name.starts_with(*beginning))
        || ENDS.iter().any(|end| name.ends_with(end))
        || is_swap(name)
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
}

/// Whether a name is hidden among texts, where a dot hides everything. What a theme publishes may begin with one.
pub fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || is_leaving(name)
}

/// Whether it is the name of a file that is being written, or whose writer was killed.
pub fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED)
}

/// `.a.md.swp`, `.swo` and so on: Vim counts backwards through the alphabet.
fn is_swap(name: &str) -> bool {
    let end =
        name.strip_prefix('.').and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    end.len() == 3 && end.starts_with("sw")
}

#[cfg(test)]
mod tests {
    use super::{is_hidden, is_leaving};

    #[test]
    fn leavings_are_told_by_their_names() {
        for name in [
            "a.md~",
            "#a.md#",
            ".#a.md",
            ".a.md.swp",
            ".a.md.swo",
            "._a.png",
            ".DS_Store",
            ".git",
            "node_modules",
        ] {
            assert!(is_leaving(name) && is_hidden(name), "{name}");
        }
        for name in [".well-known", ".htaccess", ".domains", ".nojekyll", ".swc", ".a"] {
            assert!(!is_leaving(name) && is_hidden(name), "{name}");
        }
        for name in [
            "4913",
            "vol.part",
            "a.swp",
            "a.md",
            "#",
            "#1 of 3",
            "C#",
            "_headers",
            "x.crdownload",
            "종이.md",
        ] {
            assert!(!is_hidden(name), "{name}");
        }
    }
}
