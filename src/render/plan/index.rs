//! The plan as an index: every output of a state of the site, by the file that it becomes.

use std::hash::{Hash as _, Hasher as _};

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use xxhash_rust::xxh3::Xxh3Default;

use super::{Inputs, Output, collisions, own, redirects};
use crate::diagnostic::{Code, Finding};
use crate::model::route::split_part;
use crate::render::kinds::{AUTHORS, KINDS};

/// Kinds of which the addresses and dates of a site tell the pages. Any other is planned to know whether the plan holds.
const TOLD: [&str; 8] = ["author", "date", "home", "month", "page", "paper", "tag", "year"];

/// Every output of one state of a site. Made once, and asked by whoever has an address: nothing parses addresses back.
#[derive(Debug, Default)]
pub struct Plan {
    outputs: Vec<Output>,
    by_file: FxHashMap<String, u32>,
}

impl Plan {
    /// Every output, and what is wrong with their addresses. Places of findings that name no file are in config.toml.
    pub fn new(inputs: &Inputs<'_>) -> (Self, Vec<Finding>) {
        let mut plan = Self::default();
        let mut taken = plan.extend(own(inputs));
        let pages = plan.outputs.len();
        let (redirects, said, mut findings) = redirects::all(inputs, &plan);
        taken.extend(plan.extend(redirects));
        findings.extend(dead_menu(inputs, &plan));
        findings.extend(collisions::find(inputs, &plan, &taken, (pages, &said)));
        (plan, findings)
    }

    /// Adds outputs. Returns those whose file another one has, each with that one.
    fn extend(&mut self, outputs: Vec<Output>) -> Vec<(u32, u32)> {
        let files: Vec<String> = outputs.par_iter().map(Output::file).collect();
        let first = self.outputs.len() as u32;
        self.outputs.extend(outputs);
        if self.by_file.is_empty() {
            self.by_file = FxHashMap::with_capacity_and_hasher(files.len(), FxBuildHasher);
        }
        let mut taken = Vec::new();
        for (index, file) in (first..).zip(files) {
            let holder = *self.by_file.entry(file).or_insert(index);
            if holder != index {
                taken.push((holder, index));
            }
        }
        taken
    }

    /// A hash of all in a site and its files that decides the plan: while it stays, and config and theme do, so does the
    /// plan. Asking it takes a fraction of the time of planning.
    pub fn outline(inputs: &Inputs<'_>) -> u64 {
        let (site, media, mut hasher) = (inputs.site, inputs.media, Xxh3Default::new());
        let hash = &mut hasher;
        site.days().iter().for_each(|day| day.date.hash(hash));
        site.papers().for_each(|paper| (site.address(paper), site.date(paper)).hash(hash));
        site.tags()
            .iter()
            .for_each(|tag| (tag.name.text(), site.papers_of_tag(tag).len()).hash(hash));
        if inputs.config.outputs.has(AUTHORS) {
            site.authors().iter().for_each(|author| author.slug.text().hash(hash));
        }
        let others = KINDS.iter().filter(|kind| !TOLD.contains(&kind.name));
        super::pages(inputs, others).outputs.iter().for_each(|(_, output)| output.route.hash(hash));
        site.pages().iter().for_each(|page| page.address.hash(hash));
        for family in site.families() {
            let all = family.collections.iter();
            all.for_each(|of| {
                (family.name.as_str(), of.slug.as_str(), of.members.len()).hash(hash);
            });
        }
        site.opening().hash(hash);
        site.redirects().iter().for_each(|(from, to)| (from.text(), to).hash(hash));
        for (alias, route, _) in redirects::aliases(site) {
            (alias, route).hash(hash);
        }
        for (index, file) in media.files().iter().enumerate() {
            file.route.hash(hash);
            media.variants(index).iter().for_each(|variant| variant.route.hash(hash));
        }
        hasher.finish()
    }

    /// Every output, in the order in which they are best made.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The output that becomes a file, named as below the output folder: `tags/lamps/index.html`.
    pub fn at(&self, file: &str) -> Option<&Output> {
        self.by_file.get(file).map(|&index| &self.outputs[index as usize])
    }

    /// The output at a path below the root as links write it, decoded and without leading slash: `tags/lamps/`. The slash
    /// at the end may be missing only where the address leads elsewhere.
    pub fn find(&self, path: &str) -> Option<&Output> {
        if path.is_empty() || path.ends_with('/') {
            return self.at(&format!("{path}index.html"));
        }
        self.at(path).or_else(|| {
            self.at(&format!("{path}/index.html")).filter(|output| output.leads_elsewhere())
        })
    }

    /// Every file with the number of its output, in no particular order.
    pub(super) fn files(&self) -> &FxHashMap<String, u32> {
        &self.by_file
    }
}

/// Links of the menu and pictures of writers that lead to nothing. Places are in config.toml.
fn dead_menu(inputs: &Inputs<'_>, plan: &Plan) -> Vec<Finding> {
    let dead =
        inputs.config.menu.iter().filter(|item| !item.is_outside() && !leads(plan, &item.url));
    let dead = dead.map(|item| (format!("the menu leads to `{}`", item.url), &item.span));
    let pictures = inputs.config.writers.all().iter();
    let pictures =
        pictures.filter(|writer| writer.picture.starts_with('/') && !leads(plan, &writer.picture));
    let lost = pictures.map(|writer| {
        (format!("the picture of {} is `{}`", writer.name, writer.picture), &writer.span)
    });
    let advice = "write the address as it stands in the browser, without the sub-path; files of static/ are at the root";
    dead.chain(lost)
        .map(|(what, span)| {
            Finding::new(Code::DeadLink, format!("{what}, where nothing is"))
                .at(span.clone())
                .help(advice)
        })
        .collect()
}

fn leads(plan: &Plan, url: &str) -> bool {
    plan.find(split_part(url.trim_start_matches('/')).0).is_some()
}
