//! What changed between versions in a way that may ask something of a site or of a theme: `upgrade-check` looks whether it does,
//! and an error about a block that is gone says since when and what to use instead. `theme_api` changes only with what
//! `docs/themes.md` calls the contract.

/// A change that may ask something of a site, and how one sees whether it does.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// The version of the program that it came with.
    pub version: &'static str,
    /// What is different, as a sentence without its full stop.
    pub what: &'static str,
    /// What to do about it.
    pub to_do: &'static str,
    /// Keys of config.toml, dotted.
    pub keys: &'static [&'static str],
    /// Files that a site or a theme of its own may have.
    pub files: &'static [&'static str],
    /// Blocks that are gone, each with the template it was in: `("tag.html", "aside")`.
    pub blocks: &'static [(&'static str, &'static str)],
    /// Words of its templates, scripts and config.toml: variables, classes, addresses.
    pub words: &'static [&'static str],
}

impl Change {
    /// What leaves no trace where nothing of it is used: a change names only what it touches.
    pub const NONE: Self =
        Self { version: "", what: "", to_do: "", keys: &[], files: &[], blocks: &[], words: &[] };
}

/// All of them, oldest first. What a change touches is written here in the commit that makes it, and stays for as long as
/// sites and themes from before may be about.
pub const CHANGES: &[Change] = &[
    Change {
        version: "0.2.0",
        what: "results of the search are made by scripts, and `result.html` is no longer a template",
        to_do: "delete the file; `static/search.js` makes what it made",
        files: &["templates/result.html"],
        ..Change::NONE
    },
    Change {
        version: "0.2.0",
        what: "the page of the search has other elements, and the files below `search/` hold other things",
        to_do: "take the elements from `partials/finder.html` of the default theme; docs/theme-html.md says what the files hold",
        files: &["templates/search.html", "static/search.js"],
        words: &["search/index.json", "search/words/", "search/results/"],
        ..Change::NONE
    },
    Change {
        version: "0.2.0",
        what: "the default theme has other elements, classes and custom properties",
        to_do: "eject the file anew and make your changes in it, or change single blocks and properties: docs/cookbook.md",
        files: &[
            "static/style.css",
            "templates/partials/entry.html",
            "templates/partials/header.html",
        ],
        ..Change::NONE
    },
];

/// What became of a block.
pub(super) fn of_block(changes: &[Change], template: &str, block: &str) -> Option<String> {
    let gone = changes.iter().rev().find(|change| change.blocks.contains(&(template, block)))?;
    Some(format!("it is gone since Offprint {}: {}", gone.version, gone.to_do))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_last_is_what_is_said() {
        let gone = Change { blocks: &[("tag.html", "aside")], ..Change::NONE };
        let changes = [
            Change { version: "0.2.0", to_do: "override `beside`", ..gone },
            Change { version: "0.4.0", to_do: "override `margin`", ..gone },
        ];
        let said = of_block(&changes, "tag.html", "aside");
        assert_eq!(said.as_deref(), Some("it is gone since Offprint 0.4.0: override `margin`"));
        assert_eq!(of_block(&changes, "paper.html", "aside"), None);
    }
}
