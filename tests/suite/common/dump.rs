//! A reading as text that shows what changed.

use std::fmt::Write as _;

use offprint::formats::Reading;
use offprint::model::{Digest, Entry, Meta, Passage};

/// Everything a reading says, as text that shows what changed.
pub(crate) fn dump(reading: &Reading, source: &str) -> String {
    let mut out = String::new();
    for digest in &reading.digests {
        dump_digest(&mut out, digest);
    }
    if let Some(page) = &reading.page {
        let titles: Vec<_> = page.meta.title.texts.iter().map(|(_, text)| text.as_str()).collect();
        writeln!(out, "=== page {}", titles.join(" / ")).unwrap();
        dump_meta(&mut out, &page.meta);
        dump_passages(&mut out, "body", &page.body);
    }
    for finding in &reading.findings {
        let span = finding.span.clone().unwrap_or_default();
        let (line, column) = offprint::diagnostic::line_column(source, span.start);
        let shown = source.get(span).unwrap_or("?");
        writeln!(
            out,
            "{} {line}:{column} {}\n  `{}`",
            finding.code.as_str(),
            finding.message,
            shown.replace('\n', "⏎")
        )
        .unwrap();
        writeln!(out, "  help: {}", finding.help.as_deref().unwrap_or("none")).unwrap();
    }
    out
}

/// A digest, as text.
pub(crate) fn dump_digest(out: &mut String, digest: &Digest) {
    let date = digest.date.map_or("undated".to_owned(), |date| date.to_string());
    let titles: Vec<_> = digest.meta.title.texts.iter().map(|(_, text)| text.as_str()).collect();
    writeln!(out, "=== {date} {}", titles.join(" / ")).unwrap();
    dump_meta(out, &digest.meta);
    dump_passages(out, "intro", &digest.intro);
    for entry in &digest.entries {
        dump_entry(out, entry);
    }
}

fn dump_meta(out: &mut String, meta: &Meta) {
    for (lang, title) in meta.title.texts.iter().filter(|(lang, _)| lang.is_some()) {
        writeln!(out, "title: {} {title}", lang.as_ref().map_or("-", |lang| lang.as_str()))
            .unwrap();
    }
    if let Some(lang) = &meta.lang {
        writeln!(out, "lang: {lang}").unwrap();
    }
    for tag in &meta.tags {
        writeln!(out, "every tag: {tag}").unwrap();
    }
    if meta.draft {
        writeln!(out, "draft").unwrap();
    }
    if let Some(updated) = &meta.updated {
        writeln!(out, "updated: {updated}").unwrap();
    }
    for alias in &meta.aliases {
        writeln!(out, "alias: {alias}").unwrap();
    }
}

fn dump_entry(out: &mut String, entry: &Entry) {
    writeln!(out, "--- {}", entry.title).unwrap();
    if let Some(markup) = &entry.title_markup {
        writeln!(out, "title as Markdown: {markup}").unwrap();
    }
    for author in &entry.authors {
        writeln!(out, "author: {author}").unwrap();
    }
    if let Some(org) = &entry.org {
        writeln!(out, "org: {org}").unwrap();
    }
    for link in &entry.links {
        writeln!(out, "link: {} {}", link.key.as_deref().unwrap_or("-"), link.url).unwrap();
    }
    for (key, value) in &entry.fields {
        writeln!(out, "field: {key} = {value}").unwrap();
    }
    for tag in &entry.tags {
        writeln!(out, "tag: {tag}").unwrap();
    }
    if let Some(prose) = &entry.abstract_text {
        writeln!(out, "abstract: {}", prose.text).unwrap();
    }
    dump_passages(out, "body", &entry.body);
}

fn dump_passages(out: &mut String, name: &str, passages: &[Passage]) {
    for passage in passages {
        let lang = passage.lang.as_ref().map_or("-", |lang| lang.as_str());
        writeln!(out, "{name} {lang}: {}", passage.text.text).unwrap();
    }
}
