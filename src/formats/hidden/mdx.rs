//! What a text of MDX has for its program alone: imports and exports at its start, and tags of what was imported.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Fenced;
use crate::diagnostic::{Code, Finding};
use crate::formats::text::lines;

/// A longer tag is text, so that finding its end stays linear.
const LONGEST: usize = 2048;

/// What is left out of a text of MDX, in order, and what is said of it. Whether it is one is told by its first line.
pub(super) fn of(text: &str, body: usize) -> Option<(Vec<Range<usize>>, Finding)> {
    let first = lines(text, body..text.len()).find(|line| !line.is_blank())?;
    imported(first.text)?;
    let (mut spans, mut names, mut code) = (Vec::new(), FxHashSet::default(), Fenced::default());
    let mut is_text = false;
    for line in lines(text, first.start..text.len()) {
        if code.take(line.text) {
            continue;
        }
        if let Some(found) = imported(line.text).filter(|_| !is_text) {
            names.extend(found);
            spans.push(line.start..line.end());
        } else {
            is_text = is_text || !line.is_blank();
            let tags = tags(line.text, &names);
            spans.extend(tags.map(|tag| line.start + tag.start..line.start + tag.end));
        }
    }
    let one = spans.first()?;
    let message = format!(
        "{} × import or component of MDX, such as `{}`, was left out",
        spans.len(),
        text[one.clone()].chars().take(60).collect::<String>()
    );
    let finding = Finding::new(Code::Shortcode, message).at(one.clone());
    Some((spans, finding.help("what stands between tags is shown; write Markdown instead")))
}

/// The components that a line imports, none for an export; `None` where it is text.
fn imported(line: &str) -> Option<Vec<&str>> {
    if ["export const ", "export let ", "export function ", "export default "]
        .iter()
        .any(|export| line.starts_with(export))
    {
        return Some(Vec::new());
    }
    let rest = line.strip_prefix("import ")?.trim_end().trim_end_matches(';');
    if !rest.ends_with(['\'', '"']) {
        return None;
    }
    let Some((names, _)) = rest.split_once(" from ") else {
        return rest.starts_with(['\'', '"']).then(Vec::new);
    };
    let words = names.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    Some(words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).collect())
}

/// The tags of these components in a line: `<Note kind="aside">`, `</Note>`, `<Chart data={[1, 2]} />`.
fn tags(line: &str, names: &FxHashSet<&str>) -> impl Iterator<Item = Range<usize>> {
    line.match_indices('<').filter_map(|(at, _)| {
        let rest = &line[at + 1..line.floor_char_boundary(at + LONGEST)];
        let inner = rest.strip_prefix('/').unwrap_or(rest);
        let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))?;
        let is_known = names.contains(&inner[..end]);
        let closes = is_known.then(|| rest.find('>')).flatten()?;
        Some(at..at + closes + 2)
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn imports_and_their_tags_are_left_out() {
        let text = "import { Note } from './note'\nexport const x = 3\n\n<Note a=\"b\">\nSlow.\n</Note>\n<b>x</b>\n";
        let (spans, finding) = of(text, 0).unwrap();
        let cut: Vec<&str> = spans.into_iter().map(|span| &text[span]).collect();
        assert_eq!(
            cut,
            ["import { Note } from './note'", "export const x = 3", "<Note a=\"b\">", "</Note>"]
        );
        assert!(
            finding.message.starts_with("4 × import or component of MDX"),
            "{}",
            finding.message
        );
        assert!(of("import this paper from \"Lamps\" and read.\n", 0).is_none());
        assert!(of("Text.\n\nimport x from 'y'\n", 0).is_none());
    }
}
