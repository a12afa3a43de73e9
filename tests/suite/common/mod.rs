//! What several test files need: hints, the words of a text, the words of a reading.

pub(crate) mod dump;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use offprint::diagnostic::{Code, Finding};
use offprint::formats::{Format, Hints, Reading, fields};
use offprint::model::{Digest, Entry, Lang, Meta, Passage};

static LANGUAGES: LazyLock<Vec<Lang>> =
    LazyLock::new(|| ["ko", "en"].iter().filter_map(|tag| Lang::parse(tag)).collect());

/// Hints of a site in Korean and English.
pub(crate) fn hints(stem: &str) -> Hints<'_> {
    Hints { stem, languages: &LANGUAGES, ..Hints::default() }
}

/// The format of a name.
pub(crate) fn format(name: &str) -> &'static Format {
    Format::parse(name).unwrap()
}

/// How many cases a property is tried on: `PROPTEST_CASES`, or few enough for every run.
pub(crate) fn cases() -> u32 {
    std::env::vars()
        .find(|(name, _)| name == "PROPTEST_CASES")
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(512)
}

/// Words of a text that a reading neither holds nor names in a finding.
pub(crate) fn words_missing(text: &str, reading: &Reading) -> Vec<String> {
    let mut said = String::new();
    for digest in &reading.digests {
        add_digest(&mut said, digest);
    }
    if let Some(page) = &reading.page {
        add_meta(&mut said, &page.meta);
        add_passages(&mut said, &page.body);
    }
    for finding in &reading.findings {
        add(&mut said, &finding.message);
        if let Some(span) = &finding.span {
            add(
                &mut said,
                text.get(span.clone()).unwrap_or_else(|| panic!("span {span:?} of {text:?}")),
            );
        }
    }
    add_front_matter(&mut said, text, reading);
    // Comments are not to be read; what is between them is.
    reading.hidden.iter().for_each(|comment| add(&mut said, &text[comment.clone()]));
    let said: BTreeSet<String> = words(&said).collect();
    // A redirector's own words are no content.
    let content: Vec<&str> =
        text.split(char::is_whitespace).filter(|token| !token.contains("l.facebook.com")).collect();
    words(&content.join(" ")).filter(|word| !said.contains(word) && !is_structure(word)).collect()
}

/// What front matter says that is no content: comments; and all of it where an error in it stops the build, though
/// only a part of it is pointed at.
fn add_front_matter(said: &mut String, text: &str, reading: &Reading) {
    let text = text.trim_start_matches('\u{feff}');
    let Some(mark) = ["+++", "---"].into_iter().find(|mark| text.starts_with(mark)) else { return };
    let stopped = |code| matches!(code, Code::UnknownKey | Code::FrontMatter | Code::BadDate);
    // In a note such an error stops nothing, and stands at its place within the front matter.
    let end = text.match_indices(mark).nth(1).map_or(text.len(), |(at, _)| at);
    let within = |finding: &Finding| finding.span.as_ref().is_some_and(|span| span.start <= end);
    let unread = |finding: &Finding| {
        stopped(finding.code) || finding.code == Code::Unplaced && within(finding)
    };
    let all = reading.findings.iter().any(unread);
    let inside = text.split(['\n', '\r']).skip(1).take_while(|line| line.trim_end() != mark);
    inside.filter(|line| all || line.contains('#')).for_each(|line| add(said, line));
}

/// Runs of letters, in lower case and composed.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// Words of the formats themselves, which are no content.
fn is_structure(word: &str) -> bool {
    matches!(
        word,
        "en" | "ko"
            | "callout"
            | "div"
            | "table"
            | "tr"
            | "th"
            | "td"
            | "br"
            | "p"
            | "b"
            | "strong"
            | "class"
            | "extra"
            | "value"
            | "textbf"
            | "textit"
            | "emph"
            | "ja"
            | "english"
            | "draft"
            | "true"
            | "updated"
            | "aliases"
            | "url"
            | "info"
            | "paper"
            | "link"
            | "arxiv"
            | "authors"
            | "abstract"
            | "citekey"
            | "journal"
            | "links"
            | "date"
            | "title"
            | "tags"
            | "lang"
            | "and"
            | "al"
            | "et"
            | "false"
            | "년"
            | "월"
            | "일"
            | "年"
            | "月"
            | "日"
            | "march"
            | "wednesday"
            | "t"
            | "v"
            | "doi"
            | "note"
    ) || NAMES.contains(word)
}

/// Words of the names that fields have in any language.
static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = fields::all().flat_map(|(field, names)| names.iter().copied().chain([field.name]));
    all.flat_map(|name| words(name).collect::<Vec<_>>())
        .chain(
            [
                "family", "given", "keine", "omitted", "tbd", "span", "thead", "tbody", "mar",
                "params", "th", "am",
            ]
            .map(str::to_owned),
        )
        .collect()
});

fn add(said: &mut String, text: &str) {
    said.push_str(text);
    said.push('\n');
}

fn add_digest(said: &mut String, digest: &Digest) {
    add_meta(said, &digest.meta);
    add_passages(said, &digest.intro);
    digest.entries.iter().for_each(|entry| add_entry(said, entry));
}

fn add_meta(said: &mut String, meta: &Meta) {
    for (lang, text) in &meta.title.texts {
        add(said, lang.as_ref().map_or("", Lang::as_str));
        add(said, text);
    }
    add(said, meta.lang.as_ref().map_or("", Lang::as_str));
    meta.tags.iter().for_each(|tag| add(said, tag.as_str()));
    meta.aliases.iter().for_each(|alias| add(said, alias));
    add(said, meta.updated.as_deref().unwrap_or_default());
}

fn add_entry(said: &mut String, entry: &Entry) {
    add(said, &entry.title);
    add(said, entry.title_markup.as_deref().unwrap_or_default());
    entry.authors.iter().chain(&entry.org).for_each(|name| add(said, name));
    for link in &entry.links {
        add(said, link.key.as_deref().unwrap_or_default());
        add(said, &link.url);
    }
    for (key, value) in &entry.fields {
        add(said, key);
        add(said, value);
    }
    add(said, entry.abstract_text.as_ref().map_or("", |text| &text.text));
    add_passages(said, &entry.body);
    entry.tags.iter().for_each(|tag| add(said, tag.as_str()));
}

fn add_passages(said: &mut String, passages: &[Passage]) {
    for passage in passages {
        add(said, passage.lang.as_ref().map_or("", Lang::as_str));
        add(said, &passage.text.text);
    }
}
