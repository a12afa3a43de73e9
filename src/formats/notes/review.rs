//! What a text about a paper is called: `Paper Review: …`, `[논문리뷰] …`. The words for it are no part of the paper's title.

use crate::model::{Entry, Meta, Tag};

/// What a paper is called, in part of a word or as one.
const PAPERS: [&str; 10] = [
    "paper",
    "preprint",
    "arxiv",
    "논문",
    "원문",
    "论文",
    "論文",
    "原文",
    "publication",
    "article",
];
/// What a text about one is called, or is put under.
const REVIEWS: [&str; 9] =
    ["review", "리뷰", "문헌", "文献", "文獻", "精读", "精讀", "literature", "读后"];
/// What one is called beside these.
const KINDS: [&str; 24] = [
    "summaries",
    "summary",
    "reviews",
    "reading",
    "papers",
    "notes",
    "note",
    "study",
    "읽기",
    "정리",
    "요약",
    "스터디",
    "읽는",
    "笔记",
    "筆記",
    "阅读",
    "閱讀",
    "解读",
    "解讀",
    "分享",
    "メモ",
    "まとめ",
    "紹介",
    "読み",
];

/// Whether words say that something is a paper's.
pub(super) fn says_paper(text: &str) -> bool {
    let text = text.to_lowercase();
    PAPERS.iter().any(|word| text.contains(word))
}

/// Whether the title or the tags of a text say that it is about a paper.
pub(super) fn is_review(meta: &Meta) -> bool {
    let titles = meta.title.texts.iter().map(|(_, title)| title.as_str());
    let tags = meta.tags.iter().map(Tag::as_str);
    titles.chain(tags).any(|text| says_review(text) || says_paper(text))
}

fn says_review(text: &str) -> bool {
    let text = text.to_lowercase();
    REVIEWS.iter().any(|word| text.contains(word))
}

/// A title without the words before or behind it that only say what kind of text it is above; `None` where there are none.
fn without_kind(title: &str) -> Option<&str> {
    // All such words are said by the title, and most titles say none.
    if !says_paper(title) && !says_review(title) {
        return None;
    }
    let front = without_front(title);
    let bare = front.unwrap_or(title);
    // `Lamps That Dim 논문 리뷰`, `Lamps That Dim (Paper Review)`; `Lamps: A Review` is a title.
    let spaces = bare.rmatch_indices([' ', '(', '[']).take(KIND);
    let ends = spaces.map(|(at, _)| bare.split_at(at)).filter(|(rest, kind)| {
        let says = !kind.is_ascii() || says_paper(kind) && says_review(kind);
        says && is_kind(kind) && rest.contains(char::is_alphabetic)
    });
    let back = ends.last().map(|(rest, _)| {
        rest.trim_end_matches(|c: char| c.is_whitespace() || ":：-–—|([".contains(c))
    });
    back.or(front)
}

/// So many words behind a title, and brackets around them, may say what kind of text it is above.
const KIND: usize = 4;

/// A title without such words before it.
fn without_front(title: &str) -> Option<&str> {
    const BRACKETS: [(char, char); 4] = [('[', ']'), ('【', '】'), ('(', ')'), ('「', '」')];
    let title = title.trim_start();
    let bracketed = BRACKETS.iter().find_map(|(open, close)| {
        let (kind, rest) = title.strip_prefix(*open)?.split_once(*close)?;
        is_kind(kind).then_some(rest)
    });
    let parted = || {
        let (kind, rest) = title.split_once([':', '：']).or_else(|| title.split_once(" - "))?;
        (is_kind(kind)
            && says_paper(kind)
            && kind.trim().chars().count() > 5 - 2 * usize::from(!kind.is_ascii()))
        .then_some(rest)
    };
    let rest = bracketed.or_else(parted)?.trim_start_matches([':', '：', '-', '–', ' ']);
    rest.contains(char::is_alphabetic).then_some(rest)
}

/// Takes off the title what only says that the text is about a paper; the title as it was.
pub(super) fn unkind(entry: &mut Entry) -> Option<String> {
    let rest = without_kind(&entry.title)?.to_owned();
    entry.title_markup = entry.title_markup.as_deref().and_then(without_kind).map(str::to_owned);
    Some(std::mem::replace(&mut entry.title, rest))
}

/// Adds a name that links may use as well.
pub(super) fn name_also(name: Option<String>, entry: &mut Entry) {
    let Some(name) = name else { return };
    match entry.fields.iter_mut().find(|(key, _)| key == "aliases") {
        Some((_, names)) => names.extend([", ", &name].map(str::to_owned)),
        None => entry.fields.push(("aliases".to_owned(), name)),
    }
}

/// Whether words say that a text is about a paper, and nothing else.
pub(super) fn is_kind(words: &str) -> bool {
    let folded = words.to_lowercase();
    if !(says_paper(&folded) || says_review(&folded)) {
        return false;
    }
    let all = KINDS.iter().chain(&PAPERS).chain(&REVIEWS);
    let left = all.fold(folded, |left, word| left.replace(word, " "));
    !left.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::without_kind;

    #[test]
    fn the_kind_of_a_text_is_no_part_of_a_title() {
        for (title, rest) in [
            ("[논문리뷰] Lamps That Dim", Some("Lamps That Dim")),
            ("[Paper Review] Lamps: A Study", Some("Lamps: A Study")),
            ("【论文笔记】Lamps", Some("Lamps")),
            ("Paper Review: Lamps That Dim", Some("Lamps That Dim")),
            ("논문 리뷰: 등불", Some("등불")),
            ("Lamps: A Review", None),
            ("Lamps That Dim: a literature review", None),
            ("Lamps That Dim (Paper Review)", Some("Lamps That Dim")),
            ("[2024] Lamps That Dim 논문 리뷰", Some("[2024] Lamps That Dim")),
            ("Review: Lamps", None),
            ("[2024] Lamps", None),
            ("Paper Lamps: How to Fold Them", None),
            ("[Review]", None),
        ] {
            assert_eq!(without_kind(title), rest, "{title}");
        }
    }
}
