//! Digests as canonical Markdown: what the `markdown` reader reads back as the same digest. Pure.

use std::fmt::Write;

use crate::formats::native_syntax::{self, NativeForm};
use crate::model::{About, Digest, Entry, InMenu, Meta, Page, Passage, Tag, Translated, author};

/// Writes a post, or a page where there is no date.
pub fn write_page(page: &Page) -> String {
    let mut out = String::from("+++\n");
    if let Some(date) = page.date {
        let _ = write!(out, "date = {date}\npost = true\n");
    }
    meta(&mut out, &page.meta);
    out.push_str("+++\n");
    passages(&mut out, &page.body);
    out
}

/// Writes a digest.
pub fn write(digest: &Digest) -> String {
    let mut out = String::from("+++\ndate = ");
    match digest.date {
        Some(date) => out.push_str(&date.to_string()),
        // Said outright, for a document that says nothing is a plain page.
        None => out.push_str("false"),
    }
    out.push('\n');
    // With nothing but an introduction it would be read as a post.
    if digest.date.is_some() && digest.entries.is_empty() && !digest.says_nothing() {
        out.push_str("post = false\n");
    }
    meta(&mut out, &digest.meta);
    out.push_str("+++\n");
    passages(&mut out, &digest.intro);
    let is_bare =
        digest.entries.iter().all(native_syntax::is_bare) && !digest.meta.title.is_empty();
    for (at, entry) in digest.entries.iter().enumerate() {
        write_entry(&mut out, entry, is_bare && at == 0);
    }
    out
}

fn meta(out: &mut String, meta: &Meta) {
    title(out, "title", &meta.title);
    if let Some(lang) = &meta.lang {
        let _ = writeln!(out, "lang = \"{lang}\"");
    }
    list(out, "tags", meta.tags.iter().map(Tag::as_str));
    if meta.draft {
        out.push_str("draft = true\n");
    }
    if let Some(publish) = meta.publish {
        let _ = writeln!(out, "publish = {publish}");
    }
    if let Some(updated) = &meta.updated {
        let _ = writeln!(out, "updated = {}", quoted(updated));
    }
    list(out, "aliases", meta.aliases.iter().map(String::as_str));
    about(out, &meta.about);
}

fn about(out: &mut String, about: &About) {
    title(out, "description", &about.description);
    let lines = [
        ("image", &about.image),
        ("series", &about.series),
        ("slug", &about.slug),
        ("template", &about.template),
    ];
    for (key, value) in lines {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    list(out, "authors", about.authors.iter().map(String::as_str));
    match &about.menu {
        InMenu::Unsaid => {}
        InMenu::Shown(shown) => {
            let _ = writeln!(out, "menu = {shown}");
        }
        InMenu::As(name) => title(out, "menu", name),
    }
    if let Some(weight) = about.weight {
        let _ = writeln!(out, "weight = {weight}");
    }
    // A table is last, for all keys below its heading are its own.
    if !about.extra.is_empty() {
        let whole = serde_json::json!({ "extra": about.extra });
        out.push_str(&toml::to_string(&whole).unwrap_or_default());
    }
}

fn title(out: &mut String, key: &str, title: &Translated) {
    match title.texts.as_slice() {
        [] => {}
        [(None, text)] => {
            let _ = writeln!(out, "{key} = {}", quoted(text));
        }
        texts => {
            let all: Vec<_> = texts
                .iter()
                .filter_map(|(lang, text)| {
                    lang.as_ref().map(|lang| format!("{lang} = {}", quoted(text)))
                })
                .collect();
            let _ = writeln!(out, "{key} = {{ {} }}", all.join(", "));
        }
    }
}

fn list<'a>(out: &mut String, key: &str, items: impl Iterator<Item = &'a str>) {
    let items: Vec<_> = items.map(quoted).collect();
    if !items.is_empty() {
        let _ = writeln!(out, "{key} = [{}]", items.join(", "));
    }
}

/// A TOML basic string on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `is_told`: nothing but the mark for it says that the digest has entries at all.
fn write_entry(out: &mut String, entry: &Entry, is_told: bool) {
    let _ = write!(out, "\n## {}", native_syntax::heading(entry));
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
    metadata(out, entry);
    if let Some(text) = &entry.abstract_text {
        out.push('\n');
        quote(out, &text.text);
    }
    let NativeForm { separate_start, separate_end } = native_syntax::of(entry);
    if separate_start || is_told {
        paragraph(out, native_syntax::SEPARATOR);
    }
    passages(out, &entry.body);
    if separate_end {
        paragraph(out, native_syntax::SEPARATOR);
    }
    if !entry.tags.is_empty() {
        let tags: Vec<_> = entry.tags.iter().map(|tag| format!("#{tag}")).collect();
        paragraph(out, &tags.join(" "));
    }
}

fn paragraph(out: &mut String, text: &str) {
    out.push('\n');
    out.push_str(text);
    out.push('\n');
}

fn metadata(out: &mut String, entry: &Entry) {
    let mut lines = Vec::new();
    if !entry.authors.is_empty() {
        lines.push(format!("({})", author::joined(&entry.authors)));
    }
    lines.extend(entry.org.iter().map(|org| format!("org: {org}")));
    lines.extend(entry.links.iter().map(|link| match &link.key {
        Some(key) => format!("{key}: {}", link.url),
        None => link.url.clone(),
    }));
    lines.extend(entry.fields.iter().map(|(key, value)| format!("{key}: {value}")));
    if lines.is_empty() {
        return;
    }
    out.push('\n');
    for line in lines {
        out.push_str(&line);
        // A backslash at the end would be read as a line break.
        out.push_str(if line.ends_with('\\') { "\\\n" } else { "\n" });
    }
}

fn quote(out: &mut String, text: &str) {
    if text.is_empty() {
        out.push_str(">\n");
    }
    for line in text.split('\n').filter(|_| !text.is_empty()) {
        out.push_str(if line.is_empty() { ">" } else { "> " });
        out.push_str(line);
        out.push('\n');
    }
}

fn passages(out: &mut String, passages: &[Passage]) {
    for passage in passages {
        let text = &passage.text.text;
        match &passage.lang {
            None => paragraph(out, text),
            Some(lang) => {
                let colons = ":".repeat(native_syntax::colons_in(text).max(2) + 1);
                let _ = write!(out, "\n{colons} {lang}\n{text}\n{colons}\n");
            }
        }
    }
}
