//! The items of lists at the left edge of a text, each with what it names first, and what stands between them.

use std::ops::Range;

use super::mention::{Target, mentions};
use crate::model::PaperId;

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// All of it, its mark included, in bytes of the text.
    pub span: Range<usize>,
    /// What it names first, and where.
    pub names: Option<(Target, Range<usize>)>,
    /// Its text, line by line, without its mark and the indentation that this asks for.
    pub lines: Vec<Range<usize>>,
    /// The same without the name, where it begins with that.
    pub remark: Vec<Range<usize>>,
}

/// Items in the order written. What stands between two of them is in neither.
pub fn items(text: &str) -> Vec<Item> {
    let mut found: Vec<Open> = Vec::new();
    let (mut fence, mut was_blank, mut is_open) = ("", false, false);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        let words = line.trim();
        let mark = Some(mark(line)).filter(|_| fence.is_empty()).flatten();
        let (is_blank, is_indented) = (words.is_empty(), line.starts_with([' ', '\t']));
        if let Some(width) = mark {
            found.push(Open { width, lines: vec![range] });
            is_open = true;
        } else if is_open && (is_blank || is_indented || !was_blank && !ends_list(line)) {
            found.iter_mut().last().into_iter().for_each(|open| open.lines.push(range.clone()));
        } else {
            is_open = false;
        }
        let sign = ["```", "~~~"].into_iter().find(|sign| words.starts_with(sign)).unwrap_or("");
        if fence.is_empty() {
            fence = sign;
        } else if fence == sign {
            fence = "";
        }
        was_blank = is_blank;
    }
    found.into_iter().map(|open| open.item(text)).collect()
}

/// An item while its lines are gathered.
struct Open {
    width: usize,
    lines: Vec<Range<usize>>,
}

impl Open {
    fn item(self, text: &str) -> Item {
        let mut all = self.lines;
        while all.len() > 1 && all.last().is_some_and(|last| text[last.clone()].trim().is_empty()) {
            all.pop();
        }
        let span = all[0].start..all[all.len() - 1].end;
        let first = all[0].start + self.width..all[0].end;
        let first = first.start.min(first.end)..first.end;
        let lines: Vec<_> = std::iter::once(first.clone())
            .chain(all[1..].iter().map(|line| {
                let indent = text[line.clone()].bytes().take_while(|b| *b == b' ').count();
                line.start + indent.min(self.width)..line.end
            }))
            .collect();
        let names = named(&text[first.clone()])
            .map(|(target, at)| (target, first.start + at.start..first.start + at.end));
        let mut remark = lines.clone();
        if let Some((_, at)) = names.as_ref().filter(|(_, at)| at.start == first.start) {
            let rest = text[at.end..first.end]
                .trim_start_matches([' ', ':', '.', ',', ';', '-', '–', '—', '：', '。']);
            remark[0] = first.end - rest.len()..first.end;
        }
        Item { span, names, lines, remark }
    }
}

/// How long the sign of an item is that a line begins with: a bullet, or a number with its dot or parenthesis.
pub fn list_sign(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits)? {
        b'.' | b')' if (1..=9).contains(&digits) => Some(digits + 1),
        b'-' | b'*' | b'+' if digits == 0 => Some(1),
        _ => None,
    }
}

/// How long the mark of an item is, with the spaces after it.
fn mark(line: &str) -> Option<usize> {
    let sign = list_sign(line)?;
    let spaces = line[sign..].bytes().take_while(|b| *b == b' ').count();
    (spaces > 0 && !line[sign..].trim().is_empty() && !is_rule(line)).then_some(sign + spaces)
}

fn is_rule(line: &str) -> bool {
    let mut signs = line.trim().chars().filter(|c| *c != ' ');
    let first = signs.next();
    signs.all(|c| Some(c) == first)
}

/// Whether a line can go on no paragraph of an item.
fn ends_list(line: &str) -> bool {
    ["#", "```", "~~~", ":::", ">", "|"].iter().any(|sign| line.starts_with(sign))
}

/// What a line names first.
fn named(line: &str) -> Option<(Target, Range<usize>)> {
    let word = line.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches([':', ',', '.', ';']);
    if let Some(id) = PaperId::parse(word) {
        return Some((Target::Paper(id), 0..word.len()));
    }
    mentions(line).into_iter().next().map(|mention| (mention.target, mention.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(Option<String>, String)> {
        let all = items(text).into_iter();
        all.map(|item| (item.names.as_ref().map(|(target, _)| name(target)), remark(text, &item)))
            .collect()
    }

    fn remark(text: &str, item: &Item) -> String {
        item.remark.iter().map(|line| &text[line.clone()]).collect::<Vec<_>>().join("\n")
    }

    fn name(target: &Target) -> String {
        match target {
            Target::Paper(id) => id.address(),
            Target::Wikilink(name) | Target::Key(name) => name.clone(),
        }
    }

    #[test]
    fn items_begin_with_what_they_name() {
        let text = "Before.\n\n1. [[Lamps]]: the *first*.\n   Goes on.\n\n   Second paragraph.\n2. 2503.00101 is harder\nlazily.\n\nBetween.\n\n- <https://arxiv.org/abs/2503.00102> — good\n- See [it](https://arxiv.org/abs/2503.00103)\n- nothing\n\n---\n\n```\n- code\n```\n";
        let expected = [
            (Some("Lamps"), "the *first*.\nGoes on.\n\nSecond paragraph."),
            (Some("2503.00101"), "is harder\nlazily."),
            (Some("2503.00102"), "good"),
            (Some("2503.00103"), "See [it](https://arxiv.org/abs/2503.00103)"),
            (None, "nothing"),
        ];
        let expected = expected.map(|(name, remark)| (name.map(str::to_owned), remark.to_owned()));
        assert_eq!(shown(text), expected);
    }
}
