//! What the writer must know of the native format so that nothing it writes is taken for something else.
//! Answered by the very functions that read it.

use crate::model::{Entry, Passage, Tag};

use super::by_hand::{is_labelled, is_paper};
use super::label_list;
use super::markdown::is_abstract_start;
use super::metadata::starts_with_metadata;

pub(crate) use super::heading::written as heading;
pub(crate) use super::markdown::SEPARATOR;

/// Where an entry's commentary needs a separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NativeForm {
    /// Before it, or its first paragraph would be metadata or abstract, or the entry a section.
    pub(crate) separate_start: bool,
    /// After it, or its last paragraph would be tags.
    pub(crate) separate_end: bool,
}

/// Whether an entry is a heading and commentary alone, as sections of any text are.
pub(crate) fn is_bare(entry: &Entry) -> bool {
    let unnamed = entry.authors.is_empty()
        && entry.org.is_none()
        && entry.links.is_empty()
        && entry.fields.is_empty();
    unnamed && entry.abstract_text.is_none()
}

/// Where an entry's commentary needs a separator.
pub(crate) fn of(entry: &Entry) -> NativeForm {
    let bare = entry.authors.is_empty()
        && entry.org.is_none()
        && entry.links.is_empty()
        && entry.fields.is_empty();
    let no_abstract = entry.abstract_text.is_none();
    let separate_start = unmarked(entry.body.first()).is_some_and(|text| {
        let first = text.split('\n').next().unwrap_or_default().trim();
        let quoted = no_abstract && is_abstract_start(text);
        let metadata = bare && no_abstract && starts_with_metadata(text);
        let unlinked = entry.links.is_empty() && !entry.authors.is_empty();
        let labelled =
            is_labelled(text, &[]) || label_list::starts(text) || unlinked && is_paper(text);
        quoted || metadata || no_abstract && labelled || first == SEPARATOR
    });
    // Nothing else says that this is a paper and no section.
    let separate_start = separate_start || bare && no_abstract && entry.tags.is_empty();
    let separate_end = unmarked(entry.body.last()).is_some_and(|text| {
        let last = text.rsplit('\n').next().unwrap_or_default();
        last.trim() == SEPARATOR || (entry.tags.is_empty() && Tag::parse_line(last).is_some())
    });
    NativeForm { separate_start, separate_end }
}

fn unmarked(passage: Option<&Passage>) -> Option<&str> {
    passage.filter(|passage| passage.lang.is_none()).map(|passage| passage.text.text.as_str())
}

/// The longest run of colons that starts a line.
pub(crate) fn colons_in(text: &str) -> usize {
    if !text.contains(":::") {
        return 0;
    }
    text.split('\n')
        .map(|line| line.trim_start().bytes().take_while(|b| *b == b':').count())
        .max()
        .unwrap_or(0)
}
