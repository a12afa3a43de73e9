//! Where lines may break, and which breaks fill a box. Knows widths, not fonts.

use std::ops::Range;

/// What stays together on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Whether a space follows, where the line goes on.
    pub(super) space: bool,
}

/// Cuts a text where lines may break: at spaces, after hyphens, and between signs that are words of their own.
///
/// Korean breaks between words only, as a reader expects of a heading.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for word in text.split_whitespace() {
        let mut from = 0;
        for (at, c) in word.char_indices().skip(1) {
            let before = word[..at].chars().next_back().unwrap_or_default();
            if may_break(before, c) {
                pieces.push(Piece { text: word[from..at].to_owned(), space: false });
                from = at;
            }
        }
        pieces.push(Piece { text: word[from..].to_owned(), space: true });
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if opens(before) || !after.is_alphanumeric() && !opens(after) {
        return false;
    }
    let hyphen = matches!(before, '-' | '‐' | '–' | '—') && after.is_alphabetic();
    hyphen || is_sign(before) || is_sign(after)
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '「' | '『' | '《' | '〈' | '（' | '【' | '“' | '‘')
}

/// Whether a character is a word of its own: Chinese signs and Japanese syllables.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Fills lines of a width, first come first served; a piece that is wider has a line for itself.
pub(super) fn lines(pieces: &[Piece], widths: &[f32], space: f32, width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut from, mut filled) = (0, 0.0);
    for index in 0..pieces.len() {
        let gap = if index > from && pieces[index - 1].space { space } else { 0.0 };
        if index > from && filled + gap + widths[index] > width {
            lines.push(from..index);
            (from, filled) = (index, 0.0);
        } else {
            filled += gap;
        }
        filled += widths[index];
    }
    if from < pieces.len() {
        lines.push(from..pieces.len());
    }
    lines
}

/// The same number of lines, as even as they can be.
pub(super) fn even(pieces: &[Piece], widths: &[f32], space: f32, width: f32) -> Vec<Range<usize>> {
    let mut best = lines(pieces, widths, space, width);
    let widest = widths.iter().copied().fold(0.0, f32::max);
    for step in 1..30_u8 {
        let narrower = width * (1.0 - 0.02 * f32::from(step));
        let tried = lines(pieces, widths, space, narrower);
        if tried.len() > best.len() || narrower < widest {
            break;
        }
        best = tried;
    }
    best
}

/// The text of some pieces on one line.
pub(super) fn text(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(&piece.text);
        text.push_str(if piece.space { " " } else { "" });
    }
    text.truncate(text.trim_end().len());
    text
}

/// About how wide a text is at a font size of 1, where there is no font to ask.
pub(super) fn guess(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::{even, lines, pieces, text};

    /// The lines of a text where every character is one wide, Hangul and signs two.
    fn broken(words: &str, width: f32, make_even: bool) -> Vec<String> {
        let pieces = pieces(words);
        let widths: Vec<f32> = pieces
            .iter()
            .map(|piece| piece.text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum())
            .collect();
        let lines = if make_even {
            even(&pieces, &widths, 1.0, width)
        } else {
            lines(&pieces, &widths, 1.0, width)
        };
        lines.into_iter().map(|line| text(&pieces[line])).collect()
    }

    #[test]
    fn lines_break_where_a_reader_expects() {
        assert_eq!(
            broken("Attention Is All You Need", 12.0, false),
            ["Attention Is", "All You Need"]
        );
        assert_eq!(
            broken("state-of-the-art (really) models", 12.0, false),
            ["state-of-", "the-art", "(really)", "models"]
        );
        assert_eq!(broken("확산 모델을 위한 어텐션", 12.0, false), ["확산 모델을", "위한 어텐션"]);
        assert_eq!(
            broken("大規模言語モデルの「推論」、再考", 12.0, false),
            ["大規模言語モ", "デルの「推", "論」、再考"]
        );
        assert_eq!(broken("Unbreakablelongword x", 4.0, false), ["Unbreakablelongword", "x"]);
        assert_eq!(broken("", 4.0, false), [""; 0]);
    }

    #[test]
    fn lines_can_be_even() {
        let title = "A Survey of Very Long Titles";
        assert_eq!(broken(title, 25.0, false), ["A Survey of Very Long", "Titles"]);
        assert_eq!(broken(title, 25.0, true), ["A Survey of Very", "Long Titles"]);
    }
}
