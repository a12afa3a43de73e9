//! Callouts as Obsidian writes them: `> [!info]- Title`. GitHub's alerts, `> [!NOTE]`, are the plainest of them.

/// The first line of a quote that is a callout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Callout<'t> {
    /// As written, without what Obsidian lets follow after a `|`.
    pub kind: &'t str,
    /// Whether it can be folded, and if so, whether it is open at first.
    pub fold: Option<bool>,
    /// Whether it has a title of its own.
    pub titled: bool,
    /// How many bytes `[!kind]-` takes, with the space after it.
    pub mark: usize,
}

impl<'t> Callout<'t> {
    /// The callout that a block quote is, if it is one. The text starts at the quote's `>`.
    pub fn of(quote: &'t str) -> Option<Self> {
        let line = quote.lines().next()?.trim_start().strip_prefix('>')?;
        let text = line.trim_start_matches(' ');
        // Five spaces make code of what follows.
        Self::at(text).filter(|_| line.len() - text.len() <= 4)
    }

    /// The same from where `[!` stands.
    pub(super) fn at(text: &'t str) -> Option<Self> {
        let line = text.lines().next()?;
        let (name, after) = line.strip_prefix("[!")?.split_once(']')?;
        let kind = name.split('|').next().unwrap_or_default().trim();
        let is_kind = !kind.is_empty()
            && kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        if !is_kind || after.starts_with(['(', '[', ':']) {
            return None;
        }
        let fold = match after.as_bytes().first() {
            Some(b'-') => Some(false),
            Some(b'+') => Some(true),
            _ => None,
        };
        let title = after[usize::from(fold.is_some())..].trim_start();
        // A backslash at the end of the line breaks it, and is no title.
        let titled = !title.trim_end_matches(['\\', ' ', '\t']).is_empty();
        Some(Self { kind, fold, titled, mark: line.len() - title.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callouts_are_told_by_their_first_line() {
        for (quote, kind, fold, titled) in [
            ("> [!note]\n> a", "note", None, false),
            ("> [!TIP]- Try it\n> a", "TIP", Some(false), true),
            (">[!info|right]+\\\n> a", "info", Some(true), false),
            ("> [!내 것] 제목", "내 것", None, true),
        ] {
            let callout = Callout::of(quote).unwrap();
            assert_eq!(
                (callout.kind, callout.fold, callout.titled),
                (kind, fold, titled),
                "{quote}"
            );
        }
        for quote in [
            "> a [!note]",
            "> [![badge](a)](b)",
            "> [!note](a)",
            ">      [!note]",
            "> [!]",
            "[!note]",
        ] {
            assert_eq!(Callout::of(quote), None, "{quote}");
        }
    }
}
