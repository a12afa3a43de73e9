//! Front matter without marks around it: keys up to a blank line, and title blocks.

use std::ops::Range;

use super::value::{Pair, Value};
use crate::formats::dates;
use crate::formats::text::{Line, lines};
use crate::model::id::is_web_address;

/// `Title: Lamps That Dim`, whose key is one in lower case.
pub(super) fn pair(line: Line<'_>) -> Option<Pair> {
    let (key, value) = line.text.split_once(':')?;
    let start = line.end() - value.trim_start().len();
    Some(Pair {
        key: key.trim().to_lowercase(),
        key_span: line.start..line.start + key.len(),
        value: Value::Text(value.trim().to_owned()),
        span: start..line.end(),
    })
}

/// The lines of a title block. A day and an address say what they are; others go by their place.
pub(super) fn block(text: &str, range: Range<usize>) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for line in lines(text, range) {
        let Some(said) = line.text.strip_prefix('%').map(str::trim) else {
            if let Some(Value::Text(value)) = pairs.last_mut().map(|pair| &mut pair.value) {
                value.extend(["; ", line.text.trim()]);
            }
            continue;
        };
        let is_day = || dates::lead(said).is_some_and(|(when, _)| when.date().is_some());
        let key = match pairs.len() {
            0 => "title",
            _ if is_web_address(said) => "link",
            _ if is_day() => "date",
            1 => "author",
            _ => "remarks",
        };
        let (key_span, span) = (line.start..line.start + 1, line.start..line.end());
        let value = Value::Text(said.to_owned());
        pairs.push(Pair { key: key.to_owned(), key_span, value, span });
    }
    let is_led = pairs.iter().any(|pair| pair.key == "link");
    if let Some(last) = pairs.last_mut().filter(|last| is_led && last.key == "remarks")
        && last.value.text().is_some_and(are_subjects)
    {
        "tags".clone_into(&mut last.key);
    }
    pairs.retain(|pair| pair.value.text().is_some_and(|text| !text.is_empty()));
    pairs
}

/// Whether a line is a few words without signs between them: at the end of a block with an address they are tags.
fn are_subjects(line: &str) -> bool {
    const MOST: usize = 5;
    const LONGEST: usize = 16;
    let is_word = |word: &str| {
        let signs = ['.', ',', ':', ';', '!', '?', '。', '、'];
        word.chars().count() <= LONGEST && !word.contains(signs)
    };
    line.split_whitespace().count() <= MOST && line.split_whitespace().all(is_word)
}
