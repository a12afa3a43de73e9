//! `--to`: an entry of a digest gets what it lacks and the answer says: authors, links, fields, the abstract. Nothing else of the file
//! changes, and the new text is read back to prove it. Pure.

use std::ops::Range;
use std::sync::Arc;

use super::refused;
use crate::diagnostic::{Finding, SourceText};
use crate::formats::writer;
use crate::formats::{self, Hints, MARKDOWN, Reading, SEPARATOR};
use crate::model::{Digest, Entry, record};

/// The text with what an entry lacks, and the names of that; nothing where it lacks nothing. `place` is the entry's among those
/// of the file.
pub(super) fn filled(
    source: &Arc<SourceText>,
    place: usize,
    answer: &Entry,
    hints: &Hints<'_>,
) -> Result<Option<(String, Vec<String>)>, Finding> {
    let before = formats::read(MARKDOWN, &source.text, hints);
    let Some(old) = entries(&before).get(place) else {
        return Err(refused(source, "the entry is not where it was").help("run the command again"));
    };
    let (new, names) = lacking(old, answer);
    if names.is_empty() {
        return Ok(None);
    }
    let head = formats::head_of_entry(&source.text, old.span.clone(), hints);
    for at in [head.end, head.start] {
        let after = with(&source.text, at, &head, &new);
        let read = formats::read(MARKDOWN, &after, hints);
        if is_filled(&before, &read, place, &new) {
            return Ok(Some((after, names)));
        }
    }
    let finding =
        refused(source, "the file would not read back as it is with what the entry lacks");
    Err(finding
        .at(old.span.clone())
        .help("leave an empty line below the entry's links, and see what `offprint check` says"))
}

fn entries(reading: &Reading) -> &[Entry] {
    reading.digests.first().map_or(&[], |digest| &digest.entries)
}

/// An entry of nothing but what another says and this one does not, and the names of that.
pub(super) fn lacking(old: &Entry, answer: &Entry) -> (Entry, Vec<String>) {
    let mut new = Entry::default();
    let mut names = Vec::new();
    if old.authors.is_empty() && old.org.is_none() {
        new.authors.clone_from(&answer.authors);
        new.org.clone_from(&answer.org);
        names.extend((!answer.authors.is_empty()).then(|| "authors".to_owned()));
        names.extend(answer.org.is_some().then(|| "org".to_owned()));
    }
    let ids = old.ids();
    for link in &answer.links {
        let id = crate::model::PaperId::parse(&link.url);
        let is_known = old
            .links
            .iter()
            .any(|known| known.url == link.url || link.key.is_some() && known.key == link.key);
        let has_kind = id.as_ref().is_some_and(|id| {
            ids.iter().any(|known| std::mem::discriminant(known) == std::mem::discriminant(id))
        });
        if !is_known && !has_kind {
            names.push(link.key.clone().unwrap_or_else(|| "link".to_owned()));
            new.links.push(link.clone());
        }
    }
    let same_people = new.authors == answer.authors || old.authors == answer.authors;
    for (name, value) in &answer.fields {
        let fits = name != record::NAME_PARTS || same_people;
        if fits && old.field(name).is_none() && new.field(name).is_none() {
            names.push(name.clone());
            new.fields.push((name.clone(), value.clone()));
        }
    }
    if old.abstract_text.is_none() && answer.abstract_text.is_some() {
        new.abstract_text.clone_from(&answer.abstract_text);
        names.push("abstract".to_owned());
    }
    (new, names)
}

/// The text with the lines of an entry at a place of another's head, and its abstract below that.
fn with(text: &str, at: usize, head: &Range<usize>, new: &Entry) -> String {
    let quote = written(&Entry { abstract_text: new.abstract_text.clone(), ..Entry::default() });
    let lines = written(&Entry { abstract_text: None, ..new.clone() });
    let mut out = text[..at].to_owned();
    if !lines.is_empty() {
        out.push_str(if ends_line(&out) { "" } else { "\n" });
        // An entry without metadata gets an empty line below its heading.
        out.push_str(if head.is_empty() { "\n" } else { "" });
        out.extend([&lines, "\n"]);
    }
    out.push_str(&text[at..head.end.max(at)]);
    if !quote.is_empty() {
        out.push_str(if ends_line(&out) { "\n" } else { "\n\n" });
        out.extend([&quote, "\n"]);
    }
    let rest = &text[head.end.max(at)..];
    let is_parted = rest.is_empty() || rest.starts_with(['\n', '\r']);
    out.push_str(if is_parted { "" } else { "\n" });
    out.push_str(rest);
    if text.contains("\r\n") { out.replace("\r\n", "\n").replace('\n', "\r\n") } else { out }
}

fn written(entry: &Entry) -> String {
    let all = writer::write(&Digest { entries: vec![entry.clone()], ..Digest::default() });
    all.split_once("\n## \n")
        .or_else(|| all.split_once("\n##\n"))
        // The mark of an entry that has nothing to prove it is one: here others prove it.
        .map_or(String::new(), |(_, rest)| {
            rest.trim().trim_end_matches(SEPARATOR).trim_end().to_owned()
        })
}

fn ends_line(text: &str) -> bool {
    text.is_empty() || text.ends_with('\n')
}

/// Whether a reading is the one before with an entry that says what it lacked as well, and nothing else.
fn is_filled(before: &Reading, after: &Reading, place: usize, new: &Entry) -> bool {
    let ([old], [read]) = (before.digests.as_slice(), after.digests.as_slice()) else {
        return false;
    };
    let same = read.meta == old.meta && read.date == old.date && read.intro == old.intro;
    let alone = old.entries.iter().zip(&read.entries).enumerate();
    let mut all = alone.map(
        |(number, (old, read))| {
            if number == place { is_sum(old, new, read) } else { old == read }
        },
    );
    same && old.entries.len() == read.entries.len() && all.all(|fits| fits)
}

fn sum<T: Ord>(mut one: Vec<T>, two: Vec<T>) -> Vec<T> {
    one.extend(two);
    one.sort();
    one
}

/// Whether an entry says what two say, in any order.
fn is_sum(old: &Entry, new: &Entry, read: &Entry) -> bool {
    let authors = if old.authors.is_empty() { &new.authors } else { &old.authors };
    read.title == old.title
        && read.authors == *authors
        && read.org == old.org.clone().or_else(|| new.org.clone())
        && sum(old.fields.clone(), new.fields.clone()) == sum(read.fields.clone(), Vec::new())
        && sum(links(old), links(new)) == sum(links(read), Vec::new())
        && read.abstract_text == old.abstract_text.clone().or_else(|| new.abstract_text.clone())
        && read.body == old.body
        && read.tags == old.tags
}

fn links(entry: &Entry) -> Vec<(Option<String>, String)> {
    entry.links.iter().map(|link| (link.key.clone(), link.url.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Link, Prose};

    fn lamp() -> Entry {
        Entry {
            title: "Lamps".to_owned(),
            authors: vec!["Ada Wick".to_owned()],
            links: vec![Link { key: None, url: "https://arxiv.org/abs/2503.00101".to_owned() }],
            fields: vec![
                ("venue".to_owned(), "Letters on Light".to_owned()),
                ("published".to_owned(), "2025".to_owned()),
            ],
            abstract_text: Some(Prose::new("They dim.")),
            ..Entry::default()
        }
    }

    fn text(before: &str, place: usize) -> Option<String> {
        let source =
            Arc::new(SourceText { path: "content/2025-03-12.md".into(), text: before.into() });
        let hints = Hints { stem: "2025-03-12", ..Hints::default() };
        filled(&source, place, &lamp(), &hints).unwrap().map(|(text, _)| text)
    }

    #[test]
    fn an_entry_gets_what_it_lacks_and_keeps_its_words() {
        let all = "(Ada Wick)\nhttps://arxiv.org/abs/2503.00101\nvenue: Letters on Light\npublished: 2025\n";
        let quote = "> They dim.\n";
        for (before, after) in [
            ("## Lamps\n\n#tag\n", format!("## Lamps\n\n{all}\n{quote}\n#tag\n")),
            (
                "## A\n\nText.\n\n#a\n\n## Lamps\n\nhttps://arxiv.org/abs/2503.00101v2\nvenue: Own\n\nMine.\n",
                format!("## A\n\nText.\n\n#a\n\n## Lamps\n\nhttps://arxiv.org/abs/2503.00101v2\nvenue: Own\n(Ada Wick)\npublished: 2025\n\n{quote}\nMine.\n"),
            ),
            (
                "## Lamps\n\n(B. Own)\nhttps://arxiv.org/abs/2503.00101\n\n> Own words.\n\nMine.\n",
                "## Lamps\n\n(B. Own)\nhttps://arxiv.org/abs/2503.00101\nvenue: Letters on Light\npublished: 2025\n\n> Own words.\n\nMine.\n".to_owned(),
            ),
        ] {
            let place = usize::from(before.starts_with("## A\n"));
            assert_eq!(text(before, place).as_deref(), Some(after.as_str()), "{before}");
            // What is filled lacks nothing.
            assert_eq!(text(&after, place), None);
        }
    }
}
