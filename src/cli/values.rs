//! Values of options: what they may be, and what is said of those that may not.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::diagnostic::Code;
use crate::formats::{FORMATS, permalinks};
use crate::model::Tag;
use crate::model::route::BaseUrl;

pub(super) fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
}

/// A number within bounds.
pub(super) fn count(bounds: std::ops::RangeInclusive<u64>) -> impl TypedValueParser<Value = usize> {
    clap::value_parser!(u64).range(bounds).map(|number| number as usize)
}

pub(super) fn permalink(text: &str) -> Result<String, String> {
    let is_pattern = permalinks::is_pattern(text);
    is_pattern
        .then(|| text.to_owned())
        .ok_or_else(|| "write jekyll, pretty, hugo, zola, or a pattern as /blog/:title/".to_owned())
}

pub(super) fn tag(text: &str) -> Result<Tag, String> {
    Tag::parse(text.trim()).ok_or_else(|| "not a tag: one word, with a letter in it".to_owned())
}

/// The kinds that `import` knows.
pub(super) fn kinds() -> PossibleValuesParser {
    let formats = FORMATS.iter().map(|format| format.name);
    PossibleValuesParser::new(std::iter::once("auto").chain(formats))
}

/// What help of `import` says at its end.
pub(super) fn import_help() -> String {
    const EXAMPLES: &str = "Examples:
  offprint import auto saved-page.txt
  offprint import daily-papers dec-10.txt --year 2025
  offprint import notes ../vault/arXiv --dry-run
  offprint import --fields

Formats: auto";
    FORMATS.iter().fold(EXAMPLES.to_owned(), |help, format| help + ", " + format.name)
}

/// Codes of findings: too many to be listed in an error, but not in a completion.
#[derive(Debug, Clone)]
pub(super) struct Codes;

impl TypedValueParser for Codes {
    type Value = Code;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Code, clap::Error> {
        code.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Code::ALL.iter().map(|code| PossibleValue::new(code.as_str()))))
    }
}

fn code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| {
        let near = crate::config::nearest(text, Code::ALL.iter().map(|code| code.as_str()));
        near.map_or_else(
            || "no such code; docs/errors.md lists them".to_owned(),
            |near| format!("did you mean `{near}`?"),
        )
    })
}
