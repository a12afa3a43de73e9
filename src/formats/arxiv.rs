//! Where an entry says its arXiv id: each exporter has another field for it. Knows text, not entries.

use crate::model::PaperId;
use crate::model::id::strip_prefix_fold;

/// Fields that say nothing but an id, and perhaps that it is arXiv's.
pub(super) const FIELDS: &[&str] = &[
    "eprint",
    "journal",
    "journaltitle",
    "howpublished",
    "number",
    "volume",
    "pages",
    "eid",
    "note",
];

/// Fields that tell whose number stands in another: `journal = {CoRR}, volume = {abs/…}`.
pub(super) const ARCHIVES: &[&str] =
    &["archiveprefix", "eprinttype", "journal", "journaltitle", "publisher"];

/// Words beside an id that add nothing to it.
const WORDS: &[&str] =
    &["arxiv", "preprint", "preprints", "e-print", "e-prints", "eprint", "eprints", "corr"];

/// The id that a text is, with its version, and what else the text says. A text with any other word may speak of
/// another paper. `told` where another field says that numbers are arXiv's.
pub(super) fn said(text: &str, told: bool) -> Option<(String, String)> {
    let (mut id, mut rest) = (None, Vec::new());
    for word in text.split_whitespace() {
        if is_word(bare(word)) || is_version(bare(word)) {
            rest.push(word);
        } else if !is_class(word) {
            let found = number(bare(word)).filter(|_| id.is_none())?;
            id = Some(found);
        }
    }
    let (id, marked) = id?;
    let rest = rest.join(" ");
    (marked || told || names_archive(&rest)).then(|| (id, bare(&rest).to_owned()))
}

/// Whether a text names arXiv and nothing else.
pub(super) fn is_archive(text: &str) -> bool {
    names_archive(text) && text.split_whitespace().all(|word| is_word(bare(word)))
}

fn names_archive(text: &str) -> bool {
    text.split_whitespace()
        .map(bare)
        .any(|word| word.eq_ignore_ascii_case("arxiv") || word.eq_ignore_ascii_case("corr"))
}

/// Without the punctuation at its end.
fn bare(text: &str) -> &str {
    text.trim_end_matches([',', ';', '.', ':'])
}

fn is_word(word: &str) -> bool {
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Zotero adds `version: 2`.
fn is_version(word: &str) -> bool {
    word == "version" || (word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit()))
}

/// `[cs.LG]`
fn is_class(word: &str) -> bool {
    word.starts_with('[') && bare(word).ends_with(']')
}

/// The id that a word is, and whether the word itself says that it is arXiv's.
fn number(word: &str) -> Option<(String, bool)> {
    let after = strip_prefix_fold(word, "arxiv:").unwrap_or(word);
    let id = strip_prefix_fold(after, "abs/").unwrap_or(after);
    let known = matches!(PaperId::parse(&format!("arXiv:{id}")), Some(PaperId::Arxiv(_)));
    known.then(|| (id.to_owned(), id.len() < word.len()))
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn an_id_is_told_from_what_mentions_one() {
        let cases = [
            ("arXiv preprint arXiv:1412.6980", "1412.6980", "arXiv preprint"),
            ("arXiv:2503.07565v2 [cs]", "2503.07565v2", ""),
            ("CoRR, abs/1412.6980", "1412.6980", "CoRR"),
            ("arXiv preprint cs/0601001", "cs/0601001", "arXiv preprint"),
            ("abs/1412.6980", "1412.6980", ""),
            ("arXiv: 2503.07565 [cs.LG] version: 2", "2503.07565", "arXiv: version: 2"),
        ];
        for (text, id, rest) in cases {
            assert_eq!(said(text, false), Some((id.to_owned(), rest.to_owned())), "{text}");
        }
        for text in [
            "",
            "1412.6980",
            "Longer than arXiv:1412.6980",
            "arXiv",
            "arXiv:1412.6980 arXiv:1412.6981",
        ] {
            assert_eq!(said(text, false), None, "{text}");
        }
        assert_eq!(said("1412.6980", true), Some(("1412.6980".to_owned(), String::new())));
    }
}
