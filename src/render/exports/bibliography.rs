//! Papers for reference managers: of the whole site, of each paper, and of whatever lists papers.

use std::io;

use super::Export;
use crate::config::Switch;
use crate::model::route::Route;
use crate::render::PageRenderer;
use crate::render::collections::families;
use crate::render::kinds::AUTHORS;
use crate::render::plan::{self, Artifact, Output, Planner, Subject};
use crate::render::views::FeedLink;
use crate::site::{Collection, Family, LISTS, Member, PaperIndex};

/// Whether each paper has files of its own.
pub(super) const OF_PAPERS: &Switch = &Switch {
    name: "cite",
    default: true,
    word: None,
    about: "A file for each paper in each of these formats: `/papers/2503.07565/cite.bib`, `cite.ris`, `cite.json`.",
};

/// Whether lists of papers have files of their own.
pub(super) const OF_LISTS: &Switch = &Switch {
    name: "cite_lists",
    default: true,
    word: Some("full"),
    about: "`papers.bib` beside each date, tag, author and value of a field; `\"full\"` makes `papers.ris` and `papers.csl.json` as well.",
};

/// A format in which papers are given to reference managers.
pub(super) struct Bibliography {
    /// What readers see.
    label: &'static str,
    mime: &'static str,
    /// The file of one paper.
    of_paper: &'static str,
    /// Its export, whose file is that of the site and of lists.
    export: &'static Export,
    /// Whether lists have it without asking.
    usual: bool,
}

const ALL: [Bibliography; 3] = [
    Bibliography {
        label: "BibTeX",
        mime: "application/x-bibtex",
        of_paper: "cite.bib",
        export: super::bibtex::EXPORT,
        usual: true,
    },
    Bibliography {
        label: "RIS",
        mime: "application/x-research-info-systems",
        of_paper: "cite.ris",
        export: super::ris::EXPORT,
        usual: false,
    },
    Bibliography {
        label: "CSL-JSON",
        mime: "application/vnd.citationstyles.csl+json",
        of_paper: "cite.json",
        export: super::csl::EXPORT,
        usual: false,
    },
];

/// Plans the files of the export that is asked.
pub(super) fn plan(planner: &mut Planner<'_>) {
    plan::one(planner);
    let Artifact::Export(export) = planner.job() else { return };
    let Some(format) = ALL.iter().find(|format| format.export == export) else { return };
    let (site, config) = (planner.inputs.site, planner.inputs.config);
    if config.outputs.has(OF_PAPERS) {
        for paper in site.papers() {
            let page = Box::new(Route::Paper(site.address(paper).to_owned()));
            planner.add(Route::Beside(page, format.of_paper), Subject::Paper(paper));
        }
    }
    if !(config.outputs.has(OF_LISTS) && (format.usual || config.outputs.has_full(OF_LISTS))) {
        return;
    }
    let mut add = |page: Route, about: Subject| {
        planner.add(Route::Beside(Box::new(page), export.file), about);
    };
    for (index, day) in site.dated().iter().enumerate() {
        if let Some(date) = day.date.filter(|_| !day.items.is_empty()) {
            add(Route::Date(date), Subject::Day(index));
        }
    }
    for (index, tag) in site.tags().iter().enumerate() {
        if !site.papers_of_tag(tag).is_empty() {
            add(Route::Tag(tag.name.text().to_owned(), 1), Subject::Tag(index));
        }
    }
    if config.outputs.has(AUTHORS) {
        for (index, author) in site.authors().iter().enumerate() {
            add(Route::Author(author.slug.text().to_owned(), 1), Subject::Author(index));
        }
    }
    for (place, family) in families(&planner.inputs).iter().enumerate() {
        for (index, of) in family.collections.iter().enumerate() {
            if is_listed(family, of) {
                let about = Subject::Collection(place, index, 1);
                planner.add(Route::Beside(Box::new(of.route(family, 1)), export.file), about);
            }
        }
    }
}

fn is_listed(family: &Family, of: &Collection) -> bool {
    !family.is_of_roundups()
        && family.name != LISTS
        && of.members.iter().any(|member| matches!(member, Member::Paper(_)))
}

/// Writes the papers that a file names: how one is written, and what stands between two.
pub(super) fn write<T: AsRef<str>>(
    press: &PageRenderer<'_>,
    output: &Output,
    between: &str,
    out: &mut dyn io::Write,
    one: impl Fn(PaperIndex) -> T,
) -> io::Result<()> {
    for (place, paper) in papers(press, output).into_iter().enumerate() {
        if place > 0 {
            out.write_all(between.as_bytes())?;
        }
        out.write_all(one(paper).as_ref().as_bytes())?;
    }
    Ok(())
}

fn papers(press: &PageRenderer<'_>, output: &Output) -> Vec<PaperIndex> {
    let site = press.site;
    match &output.about {
        Subject::Paper(paper) => vec![*paper],
        Subject::Day(day) => site.days()[*day].items.iter().map(|item| item.paper).collect(),
        Subject::Tag(tag) => site.papers_of_tag(&site.tags()[*tag]).to_vec(),
        Subject::Author(author) => site.papers_of_author(&site.authors()[*author].slug).to_vec(),
        Subject::Collection(family, of, _) => {
            let members = site.families()[*family].collections[*of].members.iter();
            members
                .filter_map(|member| match member {
                    Member::Paper(paper) => Some(*paper),
                    _ => None,
                })
                .collect()
        }
        _ => site.papers().collect(),
    }
}

impl PageRenderer<'_> {
    /// The files in which reference managers find the papers of a page.
    pub(in crate::render) fn bibliographies(&self, output: &Output) -> Vec<FeedLink> {
        let page = output.route.page();
        if page > 1 {
            return Vec::new();
        }
        ALL.iter()
            .filter_map(|format| {
                let route = match &output.about {
                    Subject::Site => return None,
                    _ => Route::Beside(Box::new(output.route.clone()), name_of(output, format)),
                };
                // Only the plan knows which lists have any.
                self.plan.at(&route.file()).map(|_| FeedLink {
                    title: format.label.to_owned(),
                    url: self.edition.href(&route),
                    mime: format.mime.to_owned(),
                    lang: String::new(),
                })
            })
            .collect()
    }
}

fn name_of(output: &Output, format: &Bibliography) -> &'static str {
    match output.about {
        Subject::Paper(_) => format.of_paper,
        _ => format.export.file,
    }
}
