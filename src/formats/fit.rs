//! Characters that no page can hold, in what was read: escapes of YAML, TOML and JSON and entities of XML can mean any
//! character, whatever the text itself holds.

use super::Reading;
use crate::diagnostic::{Code, Finding};
use crate::model::fit::{clean, drop_unfit_references, unfit};
use crate::model::{Entry, Meta, Passage};

/// Replaces them, and says so once for the text as it was, if that held some, and once for each entry that held some in another way.
pub(super) fn reading(reading: &mut Reading, text: &str, is_clean: bool) {
    if !is_clean && let Some((first, count)) = unfit(text) {
        reading.findings.push(said(count).at(first..first));
    }
    // What was read of a clean text holds such a character only where an escape or an entity meant one.
    if memchr::memchr2(b'\\', b'&', text.as_bytes()).is_none() {
        return;
    }
    let Reading { digests, page, findings, .. } = reading;
    for digest in digests {
        let mut count =
            meta(&mut digest.meta) + digest.intro.iter_mut().map(passage).sum::<usize>();
        for entry in &mut digest.entries {
            let found = of_entry(entry);
            findings.extend((found > 0).then(|| said(found).at(entry.span.clone())));
        }
        findings.extend((std::mem::take(&mut count) > 0).then(|| said(count).at(0..0)));
    }
    if let Some(page) = page {
        let count = meta(&mut page.meta) + page.body.iter_mut().map(passage).sum::<usize>();
        findings.extend((count > 0).then(|| said(count).at(0..0)));
    }
}

fn said(count: usize) -> Finding {
    let message = match count {
        1 => "a character that no page can hold was taken out".to_owned(),
        count => format!("{count} characters that no page can hold were taken out"),
    };
    Finding::new(Code::ForbiddenCharacter, message)
        .help("remove it: it is a control character or none at all")
}

/// Takes them out of one text; how many there were.
fn of(text: &mut String) -> usize {
    let Some((_, count)) = unfit(text) else { return 0 };
    *text = clean(text).into_owned();
    count
}

/// The same in a line that is no Markdown, where a reference stands as it is written.
fn of_line(line: &mut String) -> usize {
    of(line) + drop_unfit_references(line)
}

fn passage(passage: &mut Passage) -> usize {
    of(&mut passage.text.text)
}

fn meta(meta: &mut Meta) -> usize {
    let titles = meta.title.texts.iter_mut().map(|(_, text)| text);
    titles.chain(&mut meta.updated).chain(&mut meta.aliases).map(of_line).sum()
}

fn of_entry(entry: &mut Entry) -> usize {
    let Entry {
        title,
        title_markup,
        authors,
        org,
        links,
        fields,
        abstract_text,
        body,
        tags: _,
        span: _,
        aside: _,
    } = entry;
    let links = links.iter_mut().flat_map(|link| link.key.iter_mut().chain([&mut link.url]));
    let fields = fields.iter_mut().flat_map(|(key, value)| [key, value]);
    let texts = abstract_text.iter_mut().chain(body.iter_mut().map(|passage| &mut passage.text));
    let named = [title]
        .into_iter()
        .chain(title_markup)
        .chain(authors)
        .chain(org)
        .chain(links)
        .chain(fields);
    named.map(of_line).sum::<usize>() + texts.map(|text| of(&mut text.text)).sum::<usize>()
}
