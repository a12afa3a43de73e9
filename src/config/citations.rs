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
    /// A style of CSL, by its name; only where the program is built with these.
    Csl(String),
}

/// `citations`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citations {
    /// The style.
    pub style: CiteStyle,
}

impl Citations {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.parsed(
            "style",
            |text| match text {
                "author-year" => Ok(CiteStyle::AuthorYear),
                "numeric" => Ok(CiteStyle::Numeric),
                name => of_csl(name),
            },
            &mut self.style,
        );
    }
}

#[cfg(feature = "csl")]
fn of_csl(name: &str) -> Result<CiteStyle, String> {
    use hayagriva::archive::ArchivedStyle;
    if ArchivedStyle::by_name(name).is_some() {
        return Ok(CiteStyle::Csl(name.to_owned()));
    }
    let all = ArchivedStyle::all().iter().flat_map(|style| style.names());
    let like = |known: &str| strsim::jaro_winkler(name, known);
    let near = all.max_by(|a, b| like(a).total_cmp(&like(b))).copied().unwrap_or_default();
    Err(format!(
        "`{name}` is no style: `author-year`, `numeric` and names of CSL such as `{near}` are"
    ))
}

#[cfg(not(feature = "csl"))]
fn of_csl(name: &str) -> Result<CiteStyle, String> {
    Err(format!(
        "`{name}` is no style of this program, which is built without those of CSL: `author-year` and `numeric` are"
    ))
}
