//! Addresses of files on the writer's machine: `file:///Users/ada/Zotero/storage/X/a.pdf` and the like say more than anybody is
//! to know. Of such an address only the name of the file is left, which is then found beside the text or reported missing.

use std::ops::Range;

use crate::model::Prose;
use crate::prose::{holds, verbatim};

/// How such an address begins, wherever it stands.
const SCHEMES: &[&str] = &["file:/", "internal-pdf:/", "app://local/"];
/// Where people's files lie: with these one begins that a link or a picture names, behind the letter of a drive or none.
const FOLDERS: &[&str] = &["home", "Users", "root"];
/// What stands before the address of a link, or of a picture in HTML.
const LINKS: &[&str] = &["](", "](<", "]: "];
const ATTRIBUTES: &[&str] = &["=\"", "='"];
/// Longer addresses are none, in bytes.
const LONGEST: usize = 1024;

/// Takes the folders out of such addresses of a text, outside code.
pub(super) fn cut(prose: &mut Prose) {
    let mut found = folders(&prose.text);
    if found.is_empty() {
        return;
    }
    let code = verbatim(&prose.text);
    found.retain(|range| {
        ATTRIBUTES.iter().any(|mark| prose.text[..range.start].ends_with(mark))
            || !holds(&code, range.start)
    });
    let (mut out, mut from) = (Prose::default(), 0);
    for range in found {
        out.append(&prose.slice(from..range.start));
        from = range.end;
    }
    out.append(&prose.slice(from..prose.text.len()));
    *prose = out;
}

/// The same in a line, where nothing is code.
pub(super) fn cut_line(line: &mut String) {
    for range in folders(line).into_iter().rev() {
        line.replace_range(range, "");
    }
}

/// Where such an address begins, if its scheme or the first of its folders ends with this slash.
fn begins_before(text: &str, slash: usize) -> Option<usize> {
    SCHEMES.iter().find_map(|scheme| text[..=slash].strip_suffix(scheme)).map(str::len).or_else(
        || {
            let start = FOLDERS
                .iter()
                .find_map(|folder| text[..slash].strip_suffix(folder)?.strip_suffix(['/', '\\']))?;
            let start = start
                .strip_suffix(':')
                .map_or(start, |drive| drive.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
            LINKS.iter().chain(ATTRIBUTES).any(|mark| start.ends_with(mark)).then_some(start.len())
        },
    )
}

/// What is to be taken out of a text, in order.
fn folders(text: &str) -> Vec<Range<usize>> {
    // All of them end at a slash, of which a text has few.
    let slashes = memchr::memchr2_iter(b'/', b'\\', text.as_bytes());
    let mut starts: Vec<usize> = slashes.filter_map(|slash| begins_before(text, slash)).collect();
    starts.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts {
        let near = &text[start..text.floor_char_boundary(start + LONGEST)];
        let ends = near.find(|c: char| match c {
            '\n' | '>' => true,
            c => !text[..start].ends_with('<') && (c.is_whitespace() || ")\"'|}".contains(c)),
        });
        let address = &near[..ends.unwrap_or(near.len())];
        let end = address.rfind(['/', '\\']).map_or(start, |last| start + last + 1);
        if found.last().is_none_or(|last| last.end <= start) {
            found.push(start..end);
        }
    }
    found
}
