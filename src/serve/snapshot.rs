//! One good site as the server sees it: which file an address means, and its bytes.
//!
//! Behaves as GitHub Pages does: a folder is its `index.html`, and an address without the slash leads there.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::model::route::encode_path;
use crate::output::Content;
use crate::render::plan::{Artifact, Output};
use crate::render::{PageRenderer, SiteCache};
use crate::workspace::Project;

/// A site that can be rendered.
#[derive(Debug)]
pub(super) struct Snapshot {
    /// Everything read and assembled.
    pub(super) project: Project,
    shared: SiteCache,
    /// The folders that files may be copied from.
    folders: Vec<Utf8PathBuf>,
    /// The folder of config.toml.
    root: Utf8PathBuf,
    /// What day it is there.
    pub(super) today: Date,
}

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This output.
    Output(Output),
    /// The same address with a slash at its end.
    Folder,
    /// Nothing.
    Nothing,
}

/// What an output holds.
#[derive(Debug)]
pub(super) enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of this file.
    File(Utf8PathBuf),
    /// A file that may not be read: a link on disk leads out of its folder.
    Forbidden,
}

impl Snapshot {
    /// A snapshot of a project on a day, with the folders that its files are in.
    pub(super) fn new(
        project: Project,
        root: &Utf8Path,
        folders: &[Utf8PathBuf],
        today: Date,
    ) -> Self {
        let shared = project.shared();
        let folders = folders.iter().filter_map(|folder| folder.canonicalize_utf8().ok()).collect();
        Self { project, shared, folders, root: root.to_owned(), today }
    }

    /// What is wrong that only shows when pages are rendered: one of each kind is tried. (What is made for machines takes
    /// long, and is seldom what a template is changed for.)
    pub(super) fn rehearse(&self) -> Vec<Finding> {
        let mut first: Vec<&Output> = Vec::new();
        let outputs = self.project.plan.outputs().iter();
        let pages = outputs.filter(|output| matches!(output.job, Artifact::Page(_)));
        for output in pages.filter(|output| !output.leads_elsewhere()) {
            if first.iter().all(|other| other.job != output.job) {
                first.push(output);
            }
        }
        self.press().prepare(first.iter().copied());
        let failed = first.par_iter();
        failed.flat_map_iter(|output| self.render(output).err().unwrap_or_default()).collect()
    }

    /// What is wrong in the texts of some files that only rendering them tells.
    pub(super) fn text_findings(&self, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Finding> {
        self.press().text_findings(wanted)
    }

    /// The address that opens a place in the writer's editor; empty where config.toml names none.
    pub(super) fn editor(&self, file: &str, line: usize, column: usize) -> String {
        let pattern = &self.project.config.preview.editor;
        let path = encode_path(self.root.join(file).as_str());
        pattern
            .replace("{path}", &path)
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
    }

    /// What a path below the root means, decoded and without leading slash.
    pub(super) fn find(&self, path: &str) -> Found {
        let folder = path.is_empty() || path.ends_with('/');
        let file = if folder { format!("{path}index.html") } else { path.to_owned() };
        let plan = &self.project.plan;
        if let Some(output) = plan.at(&file) {
            return Found::Output(output.clone());
        }
        if !folder && plan.at(&format!("{path}/index.html")).is_some() {
            Found::Folder
        } else {
            Found::Nothing
        }
    }

    /// The bytes of an output.
    pub(super) fn render(&self, output: &Output) -> Result<Body, Vec<Finding>> {
        if let Artifact::Media(file) | Artifact::Variant(file, _) = output.job
            && !self.may_read(&self.project.media.files()[file].path)
        {
            return Ok(Body::Forbidden);
        }
        Ok(match self.project.content(&self.press(), output)? {
            Content::Bytes(bytes) => Body::Bytes(bytes),
            Content::Copy(path) => Body::File(path),
            Content::Stream(write) => {
                let mut bytes = Vec::new();
                // A vector takes everything.
                let _ = write(&mut bytes);
                Body::Bytes(bytes)
            }
        })
    }

    /// Whether a file is in one of the folders that may be read, wherever links on disk lead.
    fn may_read(&self, file: &Utf8PathBuf) -> bool {
        file.canonicalize_utf8()
            .is_ok_and(|file| self.folders.iter().any(|folder| file.starts_with(folder)))
    }

    fn press(&self) -> PageRenderer<'_> {
        self.project.press(&self.shared)
    }
}
