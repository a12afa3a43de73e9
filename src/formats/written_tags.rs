//! Every tag that a text carries by Obsidian's rules, wherever it stands: what is to be held back by a tag must not
//! depend on where the tag was written. Where it is not clear whether something is a tag, it is one.

use super::front_matter::{self, Region};
use super::text::{Fence, Line, lines};
use crate::model::Tag;

/// The tags of a text, with the offsets at which they are written.
pub fn written_tags(text: &str) -> Vec<(usize, Tag)> {
    let mut found = Vec::new();
    if let Ok(region) = Region::of(text) {
        of_front_matter(text, &region, &mut found);
    }
    let mut fence = Fence::default();
    for line in
        lines(text, front_matter::body(text)..text.len()).filter(|line| !fence.take(line.text))
    {
        if let Some(words) = labelled(line.text) {
            of_words(line.end() - words.len(), words, &mut found);
        }
        of_line(&line, &mut found);
    }
    found
}

/// Words of `tags` and `tag`, in whatever way they are listed, and `#words` anywhere.
fn of_front_matter(text: &str, region: &Region, found: &mut Vec<(usize, Tag)>) {
    let mut in_tags = false;
    for line in lines(text, region.inside.clone()) {
        let is_key =
            !line.text.starts_with([' ', '\t', '-', '#', ']']) || labelled(line.text).is_some();
        let words = labelled(line.text);
        in_tags = words.is_some() || in_tags && !is_key;
        if in_tags {
            let words = words.unwrap_or(line.text);
            of_words(line.end() - words.len(), words, found);
        }
        of_line(&line, found);
    }
}

/// What stands behind `tags:`, `Tag:`, `**Tags**:`, `tags::` or `tags =` at the start of a line.
pub(super) fn labelled(line: &str) -> Option<&str> {
    let rest = line
        .trim_start_matches([' ', '\t', '>', '-', '*', '+', '_', '"', '\'', '{', '(', '[', '`']);
    let label = rest.find([':', '=', '*', '"', '\'', ' ', '\t', '_'])?;
    if !["tags", "tag", "태그", "タグ", "标签", "標籤"]
        .contains(&rest[..label].to_lowercase().as_str())
    {
        return None;
    }
    let rest = rest[label..].trim_start_matches(['*', '_', '"', '\'', ' ', '\t']);
    let words = rest.strip_prefix(['：', ':', '='])?;
    Some(words.trim_start_matches([':', '*', '_']))
}

fn of_words(at: usize, words: &str, found: &mut Vec<(usize, Tag)>) {
    // A tag of several words is one with hyphens.
    let phrases = words
        .split(['，', '、', ',', ';', '[', ']', '{', '}', '"', '\''])
        .map(|phrase| phrase.trim().replace(' ', "-"));
    let all = words
        .split(|c: char| c.is_whitespace() || "，、,;[]{}()\"'`*#".contains(c))
        .map(str::to_owned)
        .chain(phrases);
    found.extend(
        all.filter_map(|word| Tag::parse(word.trim_start_matches(['-', '#']))).map(|tag| (at, tag)),
    );
}

/// `#tag` in a line, but in code and in addresses.
fn of_line(line: &Line<'_>, found: &mut Vec<(usize, Tag)>) {
    let text = line.text;
    let mut at = 0;
    while let Some(ahead) = text[at..].find(['#', '`']) {
        at += ahead;
        if text[at..].starts_with('`') {
            let run = text[at..].len() - text[at..].trim_start_matches('`').len();
            let (mark, rest) = text[at..].split_at(run);
            at += run + rest.find(mark).map_or(0, |end| end + run);
            continue;
        }
        let word = &text[at + 1..];
        let word = &word[..word.find(|c| !is_of_tag(c)).unwrap_or(word.len())];
        if opens(&text[..at]) {
            found.extend(Tag::parse(word).map(|tag| (line.start + at, tag)));
        }
        at += 1 + word.len();
    }
}

fn is_of_tag(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '/')
        || c >= '\u{2190}' && !"，、。：；！？「」『』（）".contains(c)
}

/// Whether what stands before a `#` lets it open a tag: no word, no address, no link to a heading, no backslash.
fn opens(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_address = word.contains("://")
        || before.ends_with("](")
        || before.ends_with("](<")
        || before.ends_with("=\"");
    let joins = before.ends_with(|c: char| c.is_alphanumeric() || "/&#\\=[_".contains(c));
    !is_address && !joins
}

#[cfg(test)]
mod tests {
    use super::written_tags;

    fn all(text: &str) -> String {
        written_tags(text).iter().map(|(_, tag)| tag.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_count_wherever_they_stand() {
        for text in [
            "a #private b",
            "#private",
            "- #Private",
            "(#private)",
            "> text, #private.",
            "| a | #PRIVATE |",
            "## Heading #private",
            "Tags: private",
            "**Tags**: lamp, private",
            "- tags:: private",
            "%% #private %%",
            "---\ntags: [lamp, private]\n---\n",
            "---\ntags: lamp private\n---\n",
            "---\ntags: lamp, private\n---\n",
            "---\nTag: \"#private\"\n---\n",
            "---\ntags:\n- lamp\n- private\n---\n",
            "---\ntags:\n\t- private\n---\n",
            "---\r\ntags:\r\n  - private\r\n---\r\n",
            "\u{feff}---\ntags: private\n---\n",
            "---\ntags: [lamp, private\n---\n",
            "---\ntags: private\ntext",
            "+++\n[taxonomies]\ntags = [\"private\"]\n+++\n",
            "한국어#아님 #private",
        ] {
            assert!(
                all(text).split(' ').any(|tag| tag == "private"),
                "{text:?} has {:?}",
                all(text)
            );
        }
    }

    #[test]
    fn what_only_looks_like_a_tag_is_none() {
        for text in [
            "`#private`",
            "``a ` #private``",
            "```\n#private\n```",
            "https://example.org/x#private",
            "https://example.org/#private",
            "[a](#private)",
            "[[Note#private]]",
            "[[#private]]",
            "\\#private",
            "a#private",
            "# private",
            "#privately",
            "<a href=\"#private\">",
            "private",
        ] {
            assert!(
                !all(text).split(' ').any(|tag| tag == "private"),
                "{text:?} has {:?}",
                all(text)
            );
        }
        assert_eq!(all("#private/sub and #⭐private"), "private/sub private");
    }
}
