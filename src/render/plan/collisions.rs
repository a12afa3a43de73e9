//! Two outputs that claim one file: an error that names both.

use rayon::prelude::*;

use super::redirects::Said;
use super::{Artifact, Inputs, Output, Plan, Subject};
use crate::diagnostic::{Code, Finding};

/// The outputs of a plan, with who says so of those that only lead elsewhere: the last ones, from the number given.
struct Claims<'a> {
    inputs: &'a Inputs<'a>,
    outputs: &'a [Output],
    redirects: (usize, &'a [Said<'a>]),
}

/// Every file that is claimed twice, as `taken` names them, that is also needed as a folder, or that cannot be one.
pub(super) fn find(
    inputs: &Inputs<'_>,
    plan: &Plan,
    taken: &[(u32, u32)],
    redirects: (usize, &[Said<'_>]),
) -> Vec<Finding> {
    let all = &Claims { inputs, outputs: plan.outputs(), redirects };
    let twice = taken.iter().map(|&(first, second)| all.collision(first as usize, second as usize));
    let mut findings: Vec<Finding> = twice.collect();
    // A file's findings do not depend on the order in which files are looked at, and all findings are sorted by place.
    findings.par_extend(plan.files().par_iter().flat_map_iter(|(file, &index)| {
        let outside = (!stays_inside(file)).then(|| all.outside(index as usize, file));
        let folders = file.match_indices('/').filter_map(|(at, _)| plan.files().get(&file[..at]));
        outside
            .into_iter()
            .chain(folders.map(move |&first| all.collision(first as usize, index as usize)))
    }));
    findings
}

/// What no name of a file holds. Elsewhere than on Windows `\` parts no folders, and `:` no disks.
const IN_NO_NAME: &[char] = if cfg!(windows) { &['\0', '\\', ':'] } else { &['\0'] };

/// Whether a path below the output folder stays there.
fn stays_inside(file: &str) -> bool {
    !file.is_empty()
        && !file.contains(IN_NO_NAME)
        && file
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != ".." && part.len() <= 255)
}

impl Claims<'_> {
    fn outside(&self, index: usize, file: &str) -> Finding {
        let who = self.describe(index);
        let message =
            format!("{who} asks for the address `/{file}`, which cannot be a file of the site");
        let finding = Finding::new(Code::BadRedirect, message);
        self.place(index, finding)
            .help("write a path such as `old/address/`, without `..`, `:` or empty parts")
    }

    fn collision(&self, first: usize, second: usize) -> Finding {
        let (a, b) = (self.describe(first), self.describe(second));
        let message = format!(
            "the address `/{}` is claimed twice: by {a} and by {b}",
            self.outputs[second].path()
        );
        let finding = Finding::new(Code::Collision, message);
        // A redirect is where something can be done about it, then what has a file.
        let (best, other) =
            if self.said(second).is_some() { (second, first) } else { (first, second) };
        self.place(other, self.place(best, finding))
            .help("rename one of them, or change the alias or redirect")
    }

    fn said(&self, index: usize) -> Option<&Said<'_>> {
        index.checked_sub(self.redirects.0).and_then(|index| self.redirects.1.get(index))
    }

    fn place(&self, index: usize, finding: Finding) -> Finding {
        match self.said(index) {
            _ if finding.file().is_some() || finding.span.is_some() => finding,
            Some(said) => said.place(finding),
            None => place(self.inputs, &self.outputs[index], finding),
        }
    }

    fn describe(&self, index: usize) -> String {
        match self.said(index) {
            Some(said) => said.describe(self.inputs.site),
            None => describe(self.inputs, &self.outputs[index]),
        }
    }
}

/// A finding at the text or the file that an output is made of.
fn place(inputs: &Inputs<'_>, output: &Output, finding: Finding) -> Finding {
    let site = inputs.site;
    match (output.job, &output.about) {
        (Artifact::Media(file), _) => finding.in_path(inputs.media.files()[file].shown.clone()),
        (_, Subject::Page(page)) => finding.in_source(&site.pages()[*page].source),
        (_, Subject::Paper(paper)) => match site.entries_of(*paper).first() {
            Some(&entry) => {
                finding.at(site.entry(entry).span.clone()).in_source(&site.digest_of(entry).source)
            }
            None => finding,
        },
        _ => finding,
    }
}

/// What an output is and which file it comes from, in words.
fn describe(inputs: &Inputs<'_>, output: &Output) -> String {
    let site = inputs.site;
    match (output.job, &output.about) {
        (Artifact::Media(file), _) => format!("the file {}", inputs.media.files()[file].shown),
        (Artifact::Asset(asset), _) => {
            format!("the theme's file {}", inputs.theme.assets[asset].from)
        }
        (_, Subject::Paper(paper)) => {
            let entry = site.entries_of(*paper).first();
            let path = entry.map(|&entry| site.digest_of(entry).source.path.as_str());
            format!("the paper \"{}\" ({})", site.title(*paper), path.unwrap_or_default())
        }
        (_, Subject::Page(page)) => format!("the page {}", site.pages()[*page].source.path),
        (_, Subject::Tag(tag)) => format!("the tag #{}", site.tags()[*tag].name.text()),
        (_, Subject::Author(author)) => format!("the author {}", site.authors()[*author].name),
        _ => format!("the page `/{}` that every site has", output.path()),
    }
}
