//! `[redirects]`: old addresses and what they lead to, as written. Whether that is there, only a plan knows.

use super::Fields;
use crate::diagnostic::{Code, Finding};

/// A line of `[redirects]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address, from the root of the site on.
    pub from: String,
    /// The new one, or a whole address elsewhere.
    pub to: String,
    /// Where it stands in config.toml.
    pub span: std::ops::Range<usize>,
}

impl Redirect {
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Vec<Self> {
        let mut redirects = Vec::new();
        for (from, to, span) in fields.texts("redirects") {
            let whole = to.starts_with("https://") || to.starts_with("http://");
            let (wrong, wanted) = if !from.starts_with('/') || from.contains(['#', '?']) {
                (&from, "an old address such as `/old/`, without `#` and `?`")
            } else if !to.starts_with('/') && !whole {
                (&to, "a new address such as `/new/`, or a whole one with https://")
            } else {
                redirects.push(Self { from, to, span });
                continue;
            };
            let finding =
                Finding::new(Code::Config, format!("`redirects`: `{wrong}` is not {wanted}"))
                    .at(span);
            fields.push(
                finding.help("write \"/old/\" = \"/new/\", both from the root of the site on, without its sub-path"),
            );
        }
        redirects
    }
}
