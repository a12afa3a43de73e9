//! Temporary.
use super::{Hints, Reading};
use crate::config::Fields;
use crate::diagnostic::Code;
use crate::digest::{Digest, Entry, Lang, Link, Meta, Page, Passage, Prose, Tag, author};

pub(super) fn read(text: &str, hints: &Hints<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut meta = Meta::default();
    let mut date = None;
    let mut start = 0;
    if let Some(rest) = text.strip_prefix("+++\n") {
        if let Some(end) = rest.find("\n+++\n") {
            if let Some(mut f) = Fields::parse_at(&rest[..end + 1], 4, Code::FrontMatter, &mut reading.findings) {
                if let Some((v, _)) = f.any("date") {
                    date = v.to_string().trim_matches('"').parse().ok();
                }
                f.translated("title", &mut meta.title);
                f.flag("draft", &mut meta.draft);
                f.strings("aliases", &mut meta.aliases);
                f.list("tags", |t| Tag::parse(t).ok_or_else(String::new), &mut meta.tags);
                f.finish();
            }
            start = 4 + end + 5;
        }
    } else if let Some(rest) = text.strip_prefix("---\n") {
        if let Some(end) = rest.find("\n---\n") {
            start = 4 + end + 5;
        }
    }
    date = date.or_else(|| hints.stem.get(..10).and_then(|d| d.parse().ok())).or(hints.date);
    if date.is_none() {
        reading.page = Some(Page { meta, body: passages(&text[start..], start) });
        return reading;
    }
    let mut digest = Digest { date, meta, ..Digest::default() };
    let mut heads = Vec::new();
    let (mut at, mut fence) = (start, false);
    for line in text[start..].split_inclusive('\n') {
        if line.starts_with("```") {
            fence = !fence;
        }
        if !fence && line.starts_with("## ") {
            heads.push(at);
        }
        at += line.len();
    }
    let intro_end = heads.first().copied().unwrap_or(text.len());
    digest.intro = passages(&text[start..intro_end], start);
    for (i, &head) in heads.iter().enumerate() {
        let end = heads.get(i + 1).copied().unwrap_or(text.len());
        digest.entries.push(entry(&text[head..end], head));
    }
    reading.digests.push(digest);
    reading
}

fn entry(text: &str, offset: usize) -> Entry {
    let line = text.lines().next().unwrap_or_default();
    let mut e = Entry { title: line[2..].trim().to_owned(), span: offset..offset + line.len(), ..Entry::default() };
    let mut at = (line.len() + 1).min(text.len());
    at += text[at..].len() - text[at..].trim_start().len();
    let para_end = text[at..].find("\n\n").map_or(text.len(), |e| at + e);
    let para = &text[at..para_end];
    let is_meta = |l: &str| l.starts_with('(') && l.ends_with(')') || l.starts_with("http") && !l.contains(' ') || l.split_once(": ").is_some_and(|(k, _)| !k.is_empty() && k.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    if !para.is_empty() && para.lines().all(is_meta) {
        for l in para.lines() {
            if l.starts_with('(') {
                let a = author::split(&l[1..l.len() - 1]);
                e.authors = a.names;
                e.org = a.team;
            } else if l.starts_with("http") {
                e.links.push(Link { key: None, url: l.to_owned() });
            } else if let Some((k, v)) = l.split_once(": ") {
                if k == "org" {
                    e.org = Some(v.to_owned());
                } else if v.starts_with("http") {
                    e.links.push(Link { key: Some(k.to_owned()), url: v.to_owned() });
                } else {
                    e.fields.push((k.to_owned(), v.to_owned()));
                }
            }
        }
        at = para_end;
    }
    at += text[at..].len() - text[at..].trim_start().len();
    if text[at..].starts_with('>') && !text[at..].starts_with("> [!") {
        let mut p = Prose::default();
        for l in text[at..].split_inclusive('\n') {
            let Some(q) = l.strip_prefix('>') else { break };
            let skip = 1 + usize::from(q.starts_with(' '));
            p.push(&l[skip.min(l.len())..], offset + at + skip);
            at += l.len();
        }
        e.abstract_text = Some(p);
    }
    let mut rest = text[at..].trim_end();
    if let Some(last) = rest.lines().last() {
        if last.split_whitespace().all(|w| w.starts_with('#') && Tag::parse(w).is_some()) {
            e.tags = last.split_whitespace().filter_map(Tag::parse).collect();
            rest = rest[..rest.len() - last.len()].trim_end();
        }
    }
    e.body = passages(rest, offset + at);
    e
}

fn passages(text: &str, offset: usize) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    let mut lang: Option<Lang> = None;
    let mut at = offset;
    let mut p = Prose::default();
    let mut flush = |p: &mut Prose, lang: &Option<Lang>| {
        if !p.text.trim().is_empty() {
            out.push(Passage { lang: lang.clone(), text: std::mem::take(p) });
        }
        *p = Prose::default();
    };
    for l in text.split_inclusive('\n') {
        let t = l.trim_end();
        if let Some(tag) = t.strip_prefix("::: ") {
            flush(&mut p, &lang);
            lang = Lang::parse(tag);
        } else if t == ":::" {
            flush(&mut p, &lang);
            lang = None;
        } else if !(p.text.is_empty() && t.is_empty()) {
            p.push(l, at);
        }
        at += l.len();
    }
    flush(&mut p, &lang);
    out
}
