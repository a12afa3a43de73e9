//! Conflicts that git left in a text: both sides stand there, and neither is what anybody meant to publish.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};

use super::text::{Fence, Line, lines};

/// The first conflict of a text, as a finding with the lines of both sides.
pub fn conflict(text: &str) -> Option<Finding> {
    let (open, close) = ("<<<<<<< ", ">>>>>>> ");
    memchr::memmem::find(text.as_bytes(), open.trim_end().as_bytes())?;
    let mut fence = Fence::default();
    let mut all = (1..).zip(lines(text, 0..text.len()));
    let (first, line) = all.find(|(_, line)| !fence.take(line.text) && is_mark(line, open))?;
    // Code may open on one side and close on the other, so what follows is looked at as it is.
    let (middle, _) = all.find(|(_, line)| line.text.trim_end() == "=======")?;
    let (last, _) = all.find(|(_, line)| is_mark(line, close))?;
    let sides = format!("{} and {}", side(first, middle), side(middle, last));
    let message = format!("git left a conflict here: {sides} are two versions of one text");
    let finding = Finding::new(Code::Conflict, message).at(line.start..line.end());
    Some(finding.help("keep what is right of both, and remove the three lines of marks"))
}

fn is_mark(line: &Line<'_>, mark: &str) -> bool {
    line.text.starts_with(mark) || line.text == mark.trim_end()
}

/// The lines between two marks.
fn side(before: usize, after: usize) -> String {
    let Range { start, end } = before + 1..after;
    match end.saturating_sub(start) {
        0 => format!("nothing before line {after}"),
        1 => format!("line {start}"),
        _ => format!("lines {start} to {}", end - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::conflict;

    #[test]
    fn conflicts_are_told_from_what_looks_like_one() {
        let found = conflict("a\n<<<<<<< HEAD\nb\n=======\nc\nd\n>>>>>>> other\n")
            .map(|finding| finding.message);
        assert_eq!(
            found.as_deref(),
            Some("git left a conflict here: line 3 and lines 5 to 6 are two versions of one text")
        );
        for text in [
            "<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> x\r\n",
            "<<<<<<< a\n```\nx\n||||||| base\n=======\n```\ny\n>>>>>>> b",
            "Title\n=======\n<<<<<<< Updated upstream\n=======\nb\n>>>>>>> Stashed changes\n",
        ] {
            assert!(conflict(text).is_some(), "{text:?}");
        }
        for text in [
            "Heading\n=======\n\n>>>>>>> deep\n",
            "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n",
            "cat <<<<<<< x\n=======\n>>>>>>> y",
            "    <<<<<<< HEAD\n    =======\n    >>>>>>> x",
            "<<<<<<< HEAD\n>>>>>>> x\n=======\n",
            "<<<<<<<< eight\n=======\n>>>>>>>> x",
        ] {
            assert!(conflict(text).is_none(), "{text:?}");
        }
    }
}
