//! Parts of a prose, with their places in the source. Knows no format.

use std::ops::Range;

use crate::digest::Prose;

/// Appends a part of one prose to another.
pub(super) fn copy(from: &Prose, range: Range<usize>, to: &mut Prose) {
    let mut at = range.start;
    let mut next = from.origin.partition_point(|&(place, _)| place as usize <= at);
    while at < range.end {
        let stop = from.origin.get(next).map_or(range.end, |&(place, _)| range.end.min(place as usize));
        match next.checked_sub(1).map(|index| from.origin[index]) {
            Some((place, offset)) => to.push(&from.text[at..stop], offset as usize + at - place as usize),
            None => to.text.push_str(&from.text[at..stop]),
        }
        (at, next) = (stop, next + 1);
    }
}

/// A part without blank lines at its start and white space at its end.
pub(super) fn trimmed(from: &Prose, range: Range<usize>) -> Prose {
    let text = &from.text[range.clone()];
    let body = text.trim_end();
    let blank = body.len() - body.trim_start().len();
    let lead = body[..blank].rfind('\n').map_or(0, |at| at + 1);
    let mut to = Prose::default();
    copy(from, range.start + lead..range.start + body.len(), &mut to);
    to
}

/// A prose with some of its ranges, which are in order, replaced.
pub(super) fn replaced(from: &Prose, edits: &[(Range<usize>, &str)]) -> Prose {
    let mut to = Prose::default();
    let mut at = 0;
    for (range, text) in edits {
        copy(from, at..range.start, &mut to);
        match from.source_span(range.start..range.start) {
            Some(span) if !text.is_empty() => to.push(text, span.start),
            _ => to.text.push_str(text),
        }
        at = range.end;
    }
    copy(from, at..from.text.len(), &mut to);
    to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_places() {
        let source = "one\r\ntwo\r\nthree";
        let mut whole = Prose::default();
        for (text, at) in [("one\n", 0), ("two\n", 5), ("three", 10)] {
            whole.push(text, at);
        }
        let edited = replaced(&whole, &[(3..3, "\\"), (7..7, "\\")]);
        assert_eq!(edited.text, "one\\\ntwo\\\nthree");
        let part = trimmed(&edited, 4..edited.text.len());
        assert_eq!(part.text, "two\\\nthree");
        let at = part.text.find("three").unwrap();
        assert_eq!(&source[part.source_span(at..at + 5).unwrap()], "three");
    }
}
