//! Comments of other programs: `{% comment %}` of Liquid, `{# … #}` of Tera and Jinja, `{{/* … */}}` of Hugo, `{/* … */}` of MDX,
//! `{::comment}` of kramdown, and blocks of Org and Logseq. One that never closes is none there either, and stays text.

use crate::formats::text::lines;

/// How they may open.
const OPENINGS: &[&str] = &["{%", "{{<", "{/*", "{# ", "{#-", "{#\n", "{::comment", "#+"];

/// Whether any of them may stand in a text.
pub(super) fn may_open(text: &str) -> bool {
    memchr::memchr2_iter(b'{', b'#', text.as_bytes())
        .any(|at| OPENINGS.iter().any(|opening| text[at..].starts_with(opening)))
}

/// Without spaces and dashes: how each opens, what is looked for, and what comes before its end.
const FORMS: &[(&str, &str, &str)] = &[
    ("{%comment%}", "endcomment", "%}"),
    ("{%#", "", "%}"),
    ("{{%comment%}}", "/comment", "}}"),
    ("{{<comment>}}", "/comment", "}}"),
    ("{{/*", "*/", "}}"),
    ("{/*", "*/}", ""),
    ("{::comment}", "{:/", "}"),
    ("{#", "#}", ""),
];

/// What is known of a text's comments of this kind.
#[derive(Default)]
pub(super) struct Others {
    /// Forms that close nowhere from here on, which keeps looking for their ends linear.
    open: [bool; FORMS.len()],
}

impl Others {
    /// The length of the comment that a text begins with.
    pub(super) fn comment(&mut self, text: &str) -> Option<usize> {
        const LONGEST: usize = 32;
        let opening: String =
            text[..text.floor_char_boundary(LONGEST)].chars().filter(|c| is_bare(*c)).collect();
        let form = FORMS.iter().position(|(opens, ..)| opening.starts_with(opens))?;
        // `{#name}` is an attribute of a heading.
        let begins = |rest: &str| !rest.starts_with(|c: char| !is_bare(c));
        let is_name = opening.starts_with("{#") && text.get(2..).is_some_and(begins);
        if is_name || self.open[form] {
            return None;
        }
        let (opens, mark, close) = FORMS[form];
        let start = opens.len();
        let end = find(text, start, mark).and_then(|at| find(text, at, close));
        self.open[form] = end.is_none();
        end
    }
}

fn is_bare(c: char) -> bool {
    !c.is_whitespace() && c != '-'
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    Some(from + text.get(from..)?.find(what)? + what.len())
}

const BLOCK: &str = "#+begin_comment";
const END: &str = "#+end_comment";

/// Whether a line opens a comment of Org's, which goes on to a line that closes it.
pub(super) fn opens_block(line: &str) -> bool {
    line.trim_start_matches(['-', '*', '+', ' ', '\t'])
        .get(..BLOCK.len())
        .is_some_and(|mark| mark.eq_ignore_ascii_case(BLOCK))
}

/// Where a comment ends that the line before this place opens: at the end of the text, if nothing closes it.
pub(super) fn block_end(text: &str, from: usize) -> usize {
    let closing =
        lines(text, from..text.len()).find(|line| line.text.trim().eq_ignore_ascii_case(END));
    closing.map_or(text.len(), |line| line.end())
}
