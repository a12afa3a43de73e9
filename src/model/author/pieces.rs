//! A list in one form, its team, and its pieces with what parts them.

use std::borrow::Cow;

use super::words;
use crate::model::lang::Script;

/// What stands before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A comma, or nothing before the first.
    Comma,
    /// `and`, `&` and their like.
    And,
    /// A semicolon, a bar or a slash: beside them a comma parts no people.
    Strong,
}

/// A stretch of the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) mark: Mark,
}

/// Words between two people.
const ANDS: &[&str] =
    &[" and ", " & ", " und ", " et ", " 및 ", " 그리고 ", " 和 ", " 与 ", " 與 ", " 及 ", " と "];

/// The text with single spaces and with ASCII in place of full-width marks; brackets that do not fit are dropped.
pub(super) fn normal(list: &str) -> Cow<'_, str> {
    let mut text = squeeze(list);
    if text.contains("](") || text.contains("</") {
        text = Cow::Owned(squeeze(&without_markup(&text)).into_owned());
    }
    if !text.is_ascii() && text.contains(['（', '）', '，', '；', '、', '：', '＆', '｜', '／'])
    {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '（' => out.push('('),
                '）' => out.push(')'),
                '，' | '、' => out.push(','),
                '；' => out.push(';'),
                '：' => out.push_str(": "),
                '＆' => out.push_str(" & "),
                '｜' => out.push('|'),
                '／' => out.push_str(" / "),
                c => out.push(c),
            }
        }
        text = Cow::Owned(squeeze(&out).into_owned());
    }
    if let Some(parted) = bare_commas(&text) {
        text = Cow::Owned(parted);
    }
    // `(Ada Wick) (Fog Conf 2023)` without its outer brackets.
    if text.contains(") (") && !balanced(&text) {
        text = Cow::Owned(text.replace(") (", ", "));
    }
    if balanced(&text) {
        text
    } else {
        Cow::Owned(squeeze(&text.replace(['(', ')'], " ")).into_owned())
    }
}

/// `Wick, Ada,Lamp, Bo` with semicolons for the commas that no space follows, where each person has one comma with a space.
fn bare_commas(text: &str) -> Option<String> {
    let is_bare = |at: usize| !text[at + 1..].starts_with(' ');
    let bare: Vec<usize> =
        text.match_indices(',').map(|(at, _)| at).filter(|at| is_bare(*at)).collect();
    let ends = bare.iter().copied().chain([text.len()]);
    let mut from = 0;
    let people: Vec<&str> =
        ends.map(|end| &text[std::mem::replace(&mut from, end + 1)..end]).collect();
    let each = people.len() > 1 && people.iter().all(|one| one.matches(", ").count() == 1);
    each.then(|| people.join("; "))
}

/// A list without the addresses that its names are linked to, and without raised marks and other elements of HTML.
fn without_markup(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(['[', '<']) {
        out.push_str(&rest[..at]);
        let from = &rest[at + 1..];
        let near = &from[..from.floor_char_boundary(LONGEST)];
        let linked = || {
            let (name, target) = near.split_once("](").filter(|_| rest[at..].starts_with('['))?;
            let end = target.find(')')?;
            (!name.contains('[')).then_some((name, name.len() + 2 + end + 1))
        };
        let (words, length) = linked()
            .or_else(|| {
                let inner = near.strip_prefix("sup>").filter(|_| rest[at..].starts_with('<'))?;
                Some(("", "sup>".len() + inner.find("</sup>")? + "</sup>".len()))
            })
            .or_else(|| {
                let end = near.find('>').filter(|_| rest[at..].starts_with('<'))?;
                let name = near[..end].trim_matches('/').split(' ').next()?;
                ["sup", "sub", "b", "i", "em", "strong", "u", "a", "span"]
                    .contains(&name)
                    .then_some(("", end + 1))
            })
            .unwrap_or((&rest[at..=at], 0));
        out.push_str(words);
        rest = &from[length..];
    }
    out + rest
}

/// The longest link or element in a list, in bytes.
const LONGEST: usize = 300;

/// Words parted by single spaces; nearly every list is written so.
fn squeeze(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let single = text.is_ascii() || !text.contains(|c: char| c != ' ' && c.is_whitespace());
    if single && !text.contains("  ") && !text.bytes().any(|b| b < b' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    text.bytes().all(|b| {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        depth >= 0
    }) && depth == 0
}

/// `TEAM: names` and `LAB, TEAM: names` → the team and the names. A colon further on belongs to a name.
pub(super) fn team(text: &str) -> (Option<&str>, &str) {
    let mut names = 0;
    // What is left of a list must not start with a team again, or it would be read otherwise the next time.
    while let Some(at) = colon(&text[names..]) {
        names += at + 1;
        names += text[names..].len() - text[names..].trim_start_matches([' ', ',']).len();
    }
    let org = text[..names].trim_end_matches([' ', ',', ':']).trim();
    (org.contains(char::is_alphabetic).then_some(org), &text[names..])
}

/// The colon that ends a team: outside parentheses, before the second comma.
fn colon(text: &str) -> Option<usize> {
    let (mut depth, mut commas) = (0_i32, 0);
    for (at, b) in text.bytes().enumerate() {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        commas += usize::from(b == b',' && depth == 0);
        if commas > 1 {
            return None;
        }
        if b == b':'
            && depth == 0
            && matches!(text.as_bytes().get(at + 1), None | Some(b' ' | b','))
        {
            return Some(at);
        }
    }
    None
}

/// The pieces between marks that stand outside parentheses.
pub(super) fn of(text: &str) -> Vec<Piece<'_>> {
    let dots = dots_part(text);
    let (mut out, mut start, mut depth, mut mark) = (Vec::new(), 0, 0_i32, Mark::Comma);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        let found = if depth <= 0 { separator(text, at, start, dots) } else { None };
        let Some((next, length)) = found else {
            at += c.len_utf8();
            continue;
        };
        out.push(Piece { text: text[start..at].trim(), mark });
        (start, mark) = (at + length, next);
        at = start;
    }
    out.push(Piece { text: text[start..].trim(), mark });
    out
}

/// The mark that a piece ends at, and its length. The last space of ` and ` stays, for it may start the next.
fn separator(text: &str, at: usize, start: usize, dots: bool) -> Option<(Mark, usize)> {
    let rest = &text[at..];
    let c = rest.chars().next()?;
    match c {
        ',' => Some((Mark::Comma, 1)),
        ';' | '|' | '•' => Some((Mark::Strong, c.len_utf8())),
        '/' if east_asian(text[..at].chars().next_back())
            && east_asian(rest[1..].chars().next()) =>
        {
            Some((Mark::Strong, 1))
        }
        '·' | '・' | '‧' if dots => Some((Mark::Comma, c.len_utf8())),
        ' ' if rest.starts_with(" / ") => Some((Mark::Strong, 2)),
        ' ' if [" · ", " ・ ", " ‧ "].iter().any(|dot| rest.starts_with(dot)) => {
            Some((Mark::Comma, 1 + rest[1..].find(' ')?))
        }
        ' ' if numbered(&text[start..at], &rest[1..]) => Some((Mark::Comma, 1)),
        ' ' if !rest.starts_with(" et al") && rest.trim_end_matches('.') != " et el" => ANDS
            .iter()
            .find(|word| rest.starts_with(**word))
            .map(|word| (Mark::And, word.len() - 1)),
        _ => None,
    }
}

/// Whether a name ends here for the number of its footnote: `Ada Wick¹ Bo Flame²`, `Ada Wick 1 Bo Flame 2`.
fn numbered(name: &str, rest: &str) -> bool {
    let is_note = |c: char| c.is_ascii_digit() || words::is_raised(c) || matches!(c, ',' | ' ');
    let bare = name.trim_start().trim_end_matches(is_note);
    let ended = bare.len() < name.trim_start().len()
        && bare.contains(' ')
        && bare.ends_with(char::is_lowercase);
    ended && rest.starts_with(char::is_uppercase)
}

/// Whether dots between letters part people: between Korean names always, between short Chinese ones where no other mark
/// does. A dot is also a part of foreign names in Chinese (`列夫·托尔斯泰`) and Japanese (`エイダ・ラブレス`).
fn dots_part(text: &str) -> bool {
    if text.is_ascii() || !text.contains(['·', '・', '‧']) {
        return false;
    }
    let parts: Vec<&str> = text.split(['·', '・', '‧']).collect();
    let all = |script: Script| {
        parts.iter().all(|part| part.trim().chars().next().and_then(Script::of) == Some(script))
    };
    let others = text.contains([',', ';']);
    all(Script::Hangul)
        || parts
            .iter()
            .all(|part| part.trim().contains(' ') && part.trim().starts_with(char::is_uppercase))
        || all(Script::Han)
            && !others
            && (text.contains('・')
                || parts
                    .iter()
                    .map(|part| part.trim().chars().count())
                    .all(|length| (2..=3).contains(&length)))
}

fn east_asian(c: Option<char>) -> bool {
    matches!(c.and_then(Script::of), Some(Script::Hangul | Script::Kana | Script::Han))
}
