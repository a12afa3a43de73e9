//! `citations`: how texts cite papers.

use super::Fields;

/// How citations and references look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CiteStyle {
    /// `(Wick & Tide, 2024)`, references in the order of their authors.
    #[default]
    AuthorYear,
    /// `[1]`, references in the order of the text.
    Numeric,
}

/// `citations`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// The style.
    pub style: CiteStyle,
}

impl Citations {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        let style = |text: &str| match text {
            "author-year" => Ok(CiteStyle::AuthorYear),
            "numeric" => Ok(CiteStyle::Numeric),
            _ => Err(format!("`{text}` is no style: `author-year` and `numeric` are")),
        };
        fields.parsed("style", style, &mut self.style);
    }
}
