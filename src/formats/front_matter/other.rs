//! Keys of front matter that no digest has.

use std::ops::Range;

use super::keys;
use crate::diagnostic::{Code, Finding};
use crate::formats::{fields, unknown};

/// A key that no digest has.
#[derive(Debug)]
pub(crate) struct Other {
    /// As written.
    pub(crate) key: String,
    /// Where it stands.
    pub(crate) key_span: Range<usize>,
    /// What it holds; nothing where that is no text and no list of texts.
    pub(crate) texts: Vec<String>,
    /// Whether these are the items of a list, each of which is one whatever stands in it.
    pub(crate) are_items: bool,
    /// Where that stands.
    pub(crate) span: Range<usize>,
    /// Whether the document itself says it as well, or only its theme asks: then nothing is wrong with it in a document.
    pub(crate) is_of_document: bool,
}

impl Other {
    /// A key and its text, which stand at the same place.
    pub(crate) fn of_line(key: &str, text: &str, span: Range<usize>) -> Self {
        let (key, texts) = (key.to_owned(), vec![text.to_owned()]);
        Self { key, key_span: span.clone(), texts, are_items: false, span, is_of_document: false }
    }

    /// Whether the key says when a paper appeared.
    pub(crate) fn dates_paper(&self, names: &fields::Names) -> bool {
        fields::named(&self.key, names).is_some_and(|field| field.name == "published")
    }

    /// Advises how config.toml would give the key a meaning.
    fn advise(&self, finding: Finding, before: &str) -> Finding {
        unknown::advise(finding, before, &self.key, self.texts.iter().map(String::as_str))
    }

    /// The same in a text of another program, whose keys are no slips.
    pub(crate) fn unknown_elsewhere(&self) -> Finding {
        let finding = self.unknown();
        if finding.code == Code::OwnKey {
            return finding;
        }
        let help = finding.help.clone().map_or_else(String::new, |help| help + " Else ");
        self.advise(Finding { code: Code::OwnKey, ..finding }, &help)
    }

    /// The key that was probably meant.
    pub(crate) fn meant(&self) -> Option<&'static str> {
        let near = keys().max_by(|a, b| self.nearness(a).total_cmp(&self.nearness(b)));
        near.filter(|near| self.nearness(near) > 0.75)
    }

    fn nearness(&self, known: &str) -> f64 {
        strsim::jaro_winkler(&self.key, known)
    }

    /// Says that the key is unknown: a mistake where it looks like a slip, else one that another program needs.
    pub(crate) fn unknown(&self) -> Finding {
        let message = format!("unknown front-matter key `{}`", self.key);
        // A key that another program keeps for itself is no slip.
        let field = fields::named(&self.key, &[]);
        let is_elsewhere = field.is_some_and(|field| field.kind == fields::Kind::None);
        match self.meant().filter(|_| !is_elsewhere) {
            Some(near) => {
                Finding::new(Code::UnknownKey, message).help(format!("did you mean `{near}`?"))
            }
            None if field.is_some() => Finding::new(Code::OwnKey, message),
            None => self.advise(Finding::new(Code::OwnKey, message), ""),
        }
        .at(self.key_span.clone())
    }
}
