//! Files that imported texts show: they come along, to the place below the target that they had below what was imported.

use std::ops::Range;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::Request;
use crate::diagnostic::{Code, Finding, reason};
use crate::formats::MARKDOWN;
use crate::model::limits;
use crate::model::{Digest, Prose};
use crate::system::{disk, edit};

/// What comes along: nothing else that a text links to does.
const KINDS: &[&str] = &["avif", "gif", "jpeg", "jpg", "mp4", "pdf", "png", "svg", "webm", "webp"];

/// A file beside the texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Picture {
    pub(super) from: PathBuf,
    /// Where it goes, below the target folder.
    pub(super) to: String,
}

/// The pictures of digests whose text is at `path`, in `folder` below what is imported. What the texts call them becomes
/// where they will be, and links to other texts become wikilinks, which lead to what is said there.
pub(super) fn of_digests(digests: &mut [Digest], path: &Path, folder: &str) -> Vec<Picture> {
    let mut found = Vec::new();
    for digest in digests {
        let bodies = digest.entries.iter_mut().flat_map(|entry| &mut entry.body);
        for passage in digest.intro.iter_mut().chain(bodies) {
            point_anew(&mut passage.text, (path, folder), &mut found);
        }
    }
    found
}

/// The pictures of a text that is copied as it is, to its folder below the folder `top` of the target.
pub(super) fn of_copy(text: &str, path: &Path, (top, folder): (&str, &str)) -> Vec<Picture> {
    let here = path.parent().unwrap_or(Path::new(""));
    let pictures = links(text).filter_map(|(_, target)| {
        let target = decoded(target);
        let to = below(folder, &target)?;
        let gap = if top.is_empty() { "" } else { "/" };
        Some(Picture { from: here.join(&target), to: format!("{top}{gap}{to}") })
    });
    pictures.filter(|picture| is_picture(&picture.from)).collect()
}

fn point_anew(text: &mut Prose, (path, folder): (&Path, &str), found: &mut Vec<Picture>) {
    let here = path.parent().unwrap_or(Path::new(""));
    let (mut out, mut from) = (String::new(), 0);
    for (range, target) in links(&text.text) {
        let Some(to) = below(folder, &decoded(target)) else { continue };
        let file = here.join(decoded(target));
        let (range, anew) = if is_picture(&file) {
            found.push(Picture { from: file, to: to.clone() });
            (
                range,
                to.replace('%', "%25").replace(' ', "%20").replace('(', "%28").replace(')', "%29"),
            )
        } else if let Some(link) =
            wikilink(&text.text, &range, &file).filter(|(range, _)| range.start >= from)
        {
            link
        } else {
            continue;
        };
        out.push_str(&text.text[from..range.start]);
        out.push_str(&anew);
        from = range.end;
    }
    if from > 0 {
        out.push_str(&text.text[from..]);
        *text = Prose::new(out);
    }
}

/// A link to another text that is imported too, as a wikilink by that text's name, with its place.
fn wikilink(text: &str, target: &Range<usize>, file: &Path) -> Option<(Range<usize>, String)> {
    let is_text =
        file.extension().is_some_and(|kind| MARKDOWN.has_extension(&kind.to_string_lossy()));
    let open = text[..target.start].strip_suffix("](").and_then(|before| before.rfind('['))?;
    let shown = &text[open + 1..target.start - 2];
    let plain = !shown.contains([']', '|', '\n'])
        && !text[..open].ends_with('!')
        && text[target.end..].starts_with(')');
    let name = match file.file_stem()?.to_str()? {
        "index" | "README" => file.parent()?.file_name()?.to_str()?,
        stem => stem,
    };
    (is_text && plain && file.is_file())
        .then(|| (open..target.end + 1, format!("[[{name}|{shown}]]")))
}

/// The destinations of Markdown's links and pictures, with their places.
fn links(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.match_indices("](").filter_map(|(at, opening)| {
        let start = at + opening.len();
        let rest = &text[start..text.floor_char_boundary(start + 1024)];
        let (start, rest) = rest.strip_prefix('<').map_or((start, rest), |rest| (start + 1, rest));
        let end = rest.find(if text[..start].ends_with('<') {
            &['>', '\n'][..]
        } else {
            &[')', ' ', '\n']
        })?;
        let target = &rest[..end];
        (!target.is_empty() && !target.contains(':') && !target.starts_with('#'))
            .then_some((start..start + end, target))
    })
}

fn decoded(target: &str) -> String {
    percent_decode_str(target).decode_utf8_lossy().into_owned()
}

/// A path as seen from a folder, without steps up; `None` where it leads out of all that is imported.
fn below(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!target.starts_with('/')).then(|| parts.join("/"))
}

fn is_picture(path: &Path) -> bool {
    let kind =
        path.extension().map(|kind| kind.to_string_lossy().to_lowercase()).unwrap_or_default();
    KINDS.contains(&kind.as_str()) && path.symlink_metadata().is_ok_and(|about| about.is_file())
}

/// Copies pictures, each whole or not at all, and none over another file unless asked; how many are there now.
pub(super) fn copy(pictures: &[Picture], request: &Request, findings: &mut Vec<Finding>) -> usize {
    let mut count = 0;
    for picture in pictures {
        let to = request.to.join(&picture.to);
        let said = |message: String| {
            Finding::new(Code::Output, message).in_path(picture.from.to_string_lossy())
        };
        let bytes = match disk::read(&picture.from, limits::TEXT) {
            Ok(bytes) => bytes,
            Err(error) => {
                findings.push(said(format!("the picture was not copied: {}", reason(&error))));
                continue;
            }
        };
        let there = disk::read(&to, limits::TEXT).ok();
        if there.as_ref().is_some_and(|there| *there != bytes) && !request.force {
            let finding = Finding::new(
                Code::Exists,
                "another file stands where the picture would go, so it was not copied",
            );
            findings.push(
                finding
                    .in_path(to.to_string_lossy())
                    .help("compare the two, then import with `--force`"),
            );
            continue;
        }
        let written = if request.dry_run || there.is_some_and(|there| there == bytes) {
            Ok(())
        } else {
            edit::replace(&to, &bytes)
        };
        match written {
            Ok(()) => count += 1,
            Err(error) => {
                findings.push(said(format!("the picture was not copied: {}", reason(&error))));
            }
        }
    }
    count
}
