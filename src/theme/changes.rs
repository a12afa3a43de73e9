//! What the default theme no longer has, by version: for whoever overrode it.
//!
//! A block or a partial that a version takes away or renames gets a row here, so that an error says when it went and what
//! to use instead. Rows stay for as long as themes from before may be about. `theme_api` changes only with what
//! `docs/themes.md` calls the contract.

/// Something that templates of older themes may still name.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// The version of the program since which it is gone.
    pub version: &'static str,
    /// The template it was in, or the partial that it was.
    pub template: &'static str,
    /// The block; nothing where it is a whole template.
    pub block: &'static str,
    /// What to use instead.
    pub instead: &'static str,
}

/// Every change, oldest first. Nothing that themes could name has gone since version 0.1.0, the first.
pub const CHANGES: &[Change] = &[];

/// What became of a block.
pub(super) fn of_block(changes: &[Change], template: &str, block: &str) -> Option<String> {
    let gone =
        changes.iter().rev().find(|change| change.template == template && change.block == block)?;
    Some(format!("it is gone since Offprint {}: {}", gone.version, gone.instead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_last_is_what_is_said() {
        let change =
            |version, instead| Change { version, template: "tag.html", block: "aside", instead };
        let changes = [change("0.2.0", "override `beside`"), change("0.4.0", "override `margin`")];
        let said = of_block(&changes, "tag.html", "aside");
        assert_eq!(said.as_deref(), Some("it is gone since Offprint 0.4.0: override `margin`"));
        assert_eq!(of_block(&changes, "paper.html", "aside"), None);
    }
}
