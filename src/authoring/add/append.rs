//! A digest's text with entries after it. What was there stays byte for byte, and the whole is read again to prove
//! that it says what it said and the new entries besides. Pure.

use std::sync::Arc;

use jiff::civil::Date;

use super::refused;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::formats::writer;
use crate::formats::{self, Hints, MARKDOWN, Reading};
use crate::model::{Digest, Entry};

/// A new file.
pub(super) fn fresh(date: Date, entries: &[Entry]) -> String {
    writer::write(&Digest { date: Some(date), entries: entries.to_vec(), ..Digest::default() })
}

/// The text with entries after it; a finding says why that cannot be.
pub(super) fn to(
    source: &Arc<SourceText>,
    entries: &[Entry],
    hints: &Hints<'_>,
) -> Result<String, Finding> {
    let text = &source.text;
    let before = formats::read(MARKDOWN, text, hints);
    if let Some(finding) = open_at_end(&before) {
        return Err(finding.in_source(source));
    }
    let mut after = text.clone();
    after.push_str(&insertion(text, entries));
    if text.trim().is_empty() {
        after = hints.stem.parse().map_or(after, |date| fresh(date, entries));
    }
    let read = formats::read(MARKDOWN, &after, hints);
    if reads_back(&before, &read, entries) {
        return Ok(after);
    }
    let finding =
        refused(source, "the file would not read back as it is with the new entries after it");
    Err(finding.help("see what `offprint check` says of it"))
}

/// A block that is open where the file ends would swallow what comes after it.
fn open_at_end(reading: &Reading) -> Option<Finding> {
    let last = reading
        .digests
        .first()
        .and_then(|digest| digest.entries.last())
        .map_or(0, |entry| entry.span.start);
    let why = reading.findings.iter().find(|finding| match finding.code {
        Code::FrontMatter | Code::BadDate => true,
        Code::Unclosed => finding.span.as_ref().is_some_and(|span| span.start >= last),
        _ => false,
    })?;
    let finding = Finding::new(Code::Edit, format!("nothing was added, for {}", why.message));
    let finding = Finding { span: why.span.clone(), ..finding };
    Some(finding.help(why.help.clone().unwrap_or_else(|| "put it right first".to_owned())))
}

/// What goes after a text: on a line of its own, parted by one blank line, with the file's own line ends.
fn insertion(text: &str, entries: &[Entry]) -> String {
    let written = writer::write(&Digest { entries: entries.to_vec(), ..Digest::default() });
    // The entries begin after the front matter, with a blank line.
    let start = written.find("\n\n## ").map_or(written.len(), |at| at + 1);
    let mut glue = match text {
        "" => "",
        text if !text.ends_with('\n') => "\n\n",
        text if text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
        _ => "\n",
    }
    .to_owned();
    glue.push_str(written[start..].trim_start_matches('\n'));
    let windows = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    if windows { glue.replace('\n', "\r\n") } else { glue }
}

/// Whether a reading is the one before with these entries after it, and nothing else.
fn reads_back(before: &Reading, after: &Reading, entries: &[Entry]) -> bool {
    let nothing = Digest::default();
    let old = before.digests.first().unwrap_or(&nothing);
    let [new] = after.digests.as_slice() else { return false };
    let kept = old.entries.len();
    let same = before.digests.is_empty()
        || (new.meta == old.meta && new.date == old.date && new.intro == old.intro);
    same && new.entries.get(..kept) == Some(&old.entries[..])
        && new.entries.get(kept..) == Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;

    fn lamp() -> Entry {
        let links = vec![Link { key: None, url: "https://arxiv.org/abs/2503.00101".to_owned() }];
        Entry {
            title: "Lamps".to_owned(),
            authors: vec!["Ada Wick".to_owned()],
            links,
            ..Entry::default()
        }
    }

    fn appended(text: &str) -> Result<String, String> {
        let source =
            Arc::new(SourceText { path: "content/2025-03-12.md".into(), text: text.into() });
        let hints = Hints { stem: "2025-03-12", ..Hints::default() };
        to(&source, &[lamp()], &hints).map_err(|finding| finding.message)
    }

    const NEW: &str = "## Lamps\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00101\n";

    #[test]
    fn one_blank_line_parts_the_new_from_the_old() {
        for text in [
            "## Old\n\n#tag\n",
            "## Old\n\n#tag",
            "## Old\n\n#tag\n\n",
            "+++\ntitle = \"x\"\n+++\n",
            "intro",
        ] {
            let after = appended(text).unwrap();
            assert!(after.starts_with(text), "{after:?}");
            let between = after.strip_suffix(NEW).unwrap();
            assert!(between.ends_with("\n\n") && !between.ends_with("\n\n\n"), "{after:?}");
        }
        assert_eq!(
            appended("## Old\r\n\r\n#tag\r\n").unwrap(),
            format!("## Old\r\n\r\n#tag\r\n\r\n{}", NEW.replace('\n', "\r\n"))
        );
        assert_eq!(appended("\n").unwrap(), format!("+++\ndate = 2025-03-12\n+++\n\n{NEW}"));
    }

    #[test]
    fn open_blocks_are_refused_only_at_the_end() {
        assert_eq!(
            refused("## Old\n\nText.\n\n::: en\nopen\n"),
            "nothing was added, for `::: en` never closes"
        );
        assert_eq!(
            refused("## Old\n\n```\nopen\n"),
            "nothing was added, for this code block never closes"
        );
        assert_eq!(
            refused("+++\ntitle = 1\n"),
            "nothing was added, for this front matter never closes"
        );
        assert!(appended("## Old\n\n::: en\nopen\n\n## Next\n\nText.\n").is_ok());
    }

    fn refused(text: &str) -> String {
        appended(text).unwrap_err()
    }
}
