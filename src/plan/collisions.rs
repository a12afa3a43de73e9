//! Two outputs that claim one file: an error that names both.

use rustc_hash::FxHashMap;

use super::{Inputs, Job, Output};
use crate::diagnostic::{Code, Finding};

/// Every file that is claimed twice, or that is also needed as a folder.
pub(super) fn find(inputs: &Inputs<'_>, outputs: &[Output]) -> Vec<Finding> {
    let mut claims: FxHashMap<String, usize> = FxHashMap::default();
    let mut findings = Vec::new();
    for (index, output) in outputs.iter().enumerate() {
        let file = output.file();
        if !stays_inside(&file) {
            findings.push(outside(inputs, output, &file));
        }
        if let Some(&first) = claims.get(&file) {
            findings.push(collision(inputs, &outputs[first], output));
        } else {
            claims.insert(file, index);
        }
    }
    for (index, output) in outputs.iter().enumerate() {
        let file = output.file();
        let folders = file.match_indices('/').map(|(at, _)| &file[..at]);
        let claimed = folders.filter_map(|folder| claims.get(folder)).filter(|first| **first != index);
        findings.extend(claimed.map(|first| collision(inputs, &outputs[*first], output)));
    }
    findings
}

/// Whether a path below the output folder stays there on every system.
fn stays_inside(file: &str) -> bool {
    !file.is_empty()
        && !file.contains(['\\', '\0', ':'])
        && file.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && part.len() <= 255)
}

fn outside(inputs: &Inputs<'_>, output: &Output, file: &str) -> Finding {
    let message =
        format!("{} asks for the address `/{file}`, which cannot be a file of the site", describe(inputs, output));
    Finding::new(Code::BadRedirect, message)
        .help("write a path such as `old/address/`, without `..`, `:` or empty parts")
}

fn collision(inputs: &Inputs<'_>, first: &Output, second: &Output) -> Finding {
    let (a, b) = (describe(inputs, first), describe(inputs, second));
    let message = format!("the address `/{}` is claimed twice: by {a} and by {b}", second.path());
    let finding = Finding::new(Code::Collision, message).help("rename one of them, or change its alias");
    place(inputs, second, place(inputs, first, finding))
}

/// A finding at the text or the file that an output is made of; one that has a place keeps it.
fn place(inputs: &Inputs<'_>, output: &Output, finding: Finding) -> Finding {
    let site = inputs.site;
    if finding.file().is_some() {
        return finding;
    }
    match &output.job {
        Job::Paper(paper) => match site.entries_of(*paper).first() {
            Some(&entry) => finding.at(site.entry(entry).span.clone()).in_source(&site.digest_of(entry).source),
            None => finding,
        },
        Job::Page(page) => finding.in_source(&site.pages()[*page].source),
        Job::Media(file) => finding.in_path(inputs.media.files()[*file].shown.clone()),
        _ => finding,
    }
}

/// What an output is and which file it comes from, in words.
fn describe(inputs: &Inputs<'_>, output: &Output) -> String {
    let site = inputs.site;
    let from_entry =
        |paper: u32| site.entries_of(paper).first().map(|&entry| site.digest_of(entry).source.path.as_str());
    match &output.job {
        Job::Paper(paper) => {
            format!("the paper \"{}\" ({})", site.title(*paper), from_entry(*paper).unwrap_or_default())
        }
        Job::Page(page) => format!("the page {}", site.pages()[*page].source.path),
        Job::Media(file) => format!("the file {}", inputs.media.files()[*file].shown),
        Job::Asset(asset) => format!("the theme's file {}", inputs.theme.assets[*asset].from),
        Job::Redirect(to) => format!("a redirect to `/{to}`"),
        Job::Tag(tag, _) => format!("the tag #{}", site.tags()[*tag].name.text()),
        Job::Author(author) => format!("the author {}", site.authors()[*author].name),
        _ => format!("the page `/{}` that every site has", output.path()),
    }
}
