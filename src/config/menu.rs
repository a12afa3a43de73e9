//! `[[menu]]`: a menu of the site's own, in place of the one that is made of its parts and pages.

use std::ops::Range;

use super::Fields;
use crate::diagnostic::{Code, Finding};
use crate::model::Translated;

/// A link of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// What is shown.
    pub name: Translated,
    /// A path from the root of the site on, or a whole address elsewhere.
    pub url: String,
    /// Where it stands in config.toml.
    pub span: Range<usize>,
}

impl MenuItem {
    pub(super) fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (mut name, mut url, span) = (Translated::default(), String::new(), fields.place());
        fields.translated("name", &mut name);
        fields.string("url", &mut url);
        if !name.is_empty() && is_address(&url) {
            return Some(Self { name, url, span });
        }
        let finding =
            Finding::new(Code::Config, "a link of `[[menu]]` needs a `name` and a `url`").at(span);
        fields
            .push(finding.help(
                "write url = \"/archive/\" from the root of the site on, or a whole address",
            ));
        None
    }

    /// Whether it leads out of the site.
    pub fn is_outside(&self) -> bool {
        !self.url.starts_with('/')
    }
}

/// Addresses that run something when they are followed are none for a menu.
fn is_address(url: &str) -> bool {
    let path = url.starts_with('/') && !url.starts_with("//");
    path || ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}
