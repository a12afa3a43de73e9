//! A note's tags: on lines of their own, after `Tags:`, and at the end of its last paragraph.

use super::label::label;
use crate::formats::fields::{self, Kind};
use crate::formats::text::{Line, behind_bullet};
use crate::formats::written_tags::labelled;
use crate::model::Tag;

/// Most words after `Tags:` that neither commas part nor `#` marks: more are a sentence.
const MOST: usize = 4;

/// The tags of a line that holds nothing else, with a label or without.
pub(super) fn of_line(line: &str) -> Option<Vec<Tag>> {
    Tag::parse_line(line)
        .or_else(|| Tag::parse_line(behind_bullet(line.trim())?))
        .or_else(|| listed(labelled(line)?))
        .or_else(|| marked(line))
        .or_else(|| in_spans(line))
}

/// The tags of a line that is elements of HTML which are called so and nothing else: `<span class="tag">lamps</span>`.
fn in_spans(line: &str) -> Option<Vec<Tag>> {
    let mut rest = line.trim().strip_prefix("<span").map(|_| line.trim())?;
    let mut tags = Vec::new();
    while let Some(element) = rest.strip_prefix("<span ") {
        let (about, inner) = element.split_once('>')?;
        let (_, class) = about.split_once("class=")?;
        let is_tag = class
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| ["tag", "tags"].iter().any(|tag| word.eq_ignore_ascii_case(tag)));
        let (words, after) = inner.split_once("</span>").filter(|_| is_tag)?;
        tags.push(Tag::of_words(words.trim().trim_start_matches('#'))?);
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || ",·|".contains(c));
        rest = rest.strip_prefix("&nbsp;").unwrap_or(rest).trim_start();
    }
    rest.is_empty().then_some(tags)
}

/// The tags behind a label of any list, where each is marked as one: `**Keywords**: #lamps, #oil`.
fn marked(line: &str) -> Option<Vec<Tag>> {
    let label = label(line).filter(|label| label.is_marked && label.value.starts_with('#'))?;
    let is_list = fields::named(label.name, &[]).is_some_and(|field| field.kind == Kind::List);
    let mut parts = label.value.split([',', ' ']).filter(|part| !part.is_empty());
    listed(label.value).filter(|_| is_list && parts.all(|part| part.starts_with('#')))
}

/// The tags behind a label.
fn listed(words: &str) -> Option<Vec<Tag>> {
    let words = words.trim().trim_matches(['[', ']']);
    let by_comma = words.contains([',', '，', '、', ';']);
    let parts: Vec<&str> = if by_comma {
        words.split([',', '，', '、', ';']).map(str::trim).collect()
    } else {
        words.split_whitespace().collect()
    };
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let sentence =
        !by_comma && parts.len() > MOST && parts.iter().any(|part| !part.starts_with('#'));
    let tags: Option<Vec<Vec<Tag>>> = parts.iter().map(|part| tags_in(part)).collect();
    tags.filter(|tags| !sentence && !tags.is_empty()).map(|tags| tags.concat())
}

fn tags_in(part: &str) -> Option<Vec<Tag>> {
    match Tag::parse_line(part) {
        Some(tags) => Some(tags),
        None => {
            Some(vec![Tag::parse(&part.trim_matches(['"', '\'', '`', '*']).replace(' ', "-"))?])
        }
    }
}

/// Takes the last line made only of tags, wherever it stands, and such lines right before it; clears them in `keep`. Returns
/// where they begin.
pub(super) fn take(
    rest: &[Line<'_>],
    is_code: &[bool],
    keep: &mut [bool],
    tags: &mut Vec<Tag>,
) -> usize {
    let tags_of = |index: usize| if is_code[index] { None } else { of_line(rest[index].text) };
    let last = (0..rest.len()).rev().find(|&index| tags_of(index).is_some());
    let first = last.map(|last| {
        (0..last).rev().take_while(|&index| tags_of(index).is_some()).last().unwrap_or(last)
    });
    let found = first.zip(last).map_or(rest.len()..rest.len(), |(first, last)| first..last + 1);
    tags.extend(found.clone().filter_map(tags_of).flatten());
    keep[found.clone()].fill(false);
    found.start
}

/// Cuts the tags off the end of a line of text.
pub(in crate::formats) fn cut_off(line: &mut Line<'_>) -> Vec<Tag> {
    let mut text = line.text.trim_end();
    let mut tags = Vec::new();
    while let Some((before, word)) = text.rsplit_once([' ', '\t']) {
        // What a full stop follows is a word of the sentence.
        let is_word = word.ends_with('.') || before.trim().is_empty();
        let word = word.trim_end_matches([',', '、', '，']);
        let Some(more) = Tag::parse_line(word).filter(|_| !is_word) else { break };
        tags.splice(0..0, more);
        text = before.trim_end();
    }
    if !tags.is_empty() {
        line.text = text;
    }
    tags
}
