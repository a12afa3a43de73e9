//! Addresses that lead elsewhere: former addresses of papers, aliases in front matter and at entries, and `[redirects]`
//! in config.toml. What they may lead to is checked here; that nothing else claims them, in `collisions`.

use std::ops::Range;
use std::sync::Arc;

use super::{Inputs, Job, Output, find};
use crate::diagnostic::{Code, Finding, SourceText};
use crate::route::{Route, Tree, redirect_path, split_part};
use crate::site::{PaperIndex, Site};

/// An address that leads elsewhere.
#[derive(Debug)]
pub(super) struct Redirect<'a> {
    /// Seen from the tree it is in.
    from: String,
    to: To<'a>,
    said: Said<'a>,
}

#[derive(Debug)]
enum To<'a> {
    /// A page that is there.
    Route(Route),
    /// What config.toml says.
    Written(&'a str),
}

/// Who says so.
#[derive(Debug)]
pub(super) enum Said<'a> {
    /// A paper that got a better address.
    Paper(PaperIndex),
    /// An alias in this file.
    File(&'a Arc<SourceText>, &'a str),
    /// config.toml, there.
    Config(Range<usize>),
}

/// Every redirect of a tree.
pub(super) fn of_tree<'a>(inputs: &Inputs<'a>, tree: &Tree, trees: &[Tree]) -> Vec<Redirect<'a>> {
    let site = inputs.site;
    let merged = site.redirects().iter().map(|(slug, paper)| Redirect {
        from: Route::Paper(slug.text().to_owned()).path(),
        to: To::Route(Route::Paper(site.address(*paper).to_owned())),
        said: Said::Paper(*paper),
    });
    let within = |(alias, to, source): (&'a String, Route, &'a Arc<SourceText>)| {
        let from = own(&redirect_path(alias), tree, trees)?;
        Some(Redirect { from, to: To::Route(to), said: Said::File(source, alias) })
    };
    let config = inputs.config.redirects.iter().filter(|_| tree.number() == 0).map(|redirect| Redirect {
        from: redirect_path(&redirect.from),
        to: To::Written(&redirect.to),
        said: Said::Config(redirect.span.clone()),
    });
    merged.chain(aliases(site).into_iter().filter_map(within)).chain(config).collect()
}

/// An alias that begins with the folder of a tree is an address of that tree; any other is one of every tree.
fn own(alias: &str, tree: &Tree, trees: &[Tree]) -> Option<String> {
    match trees[1..].iter().find_map(|tree| Some((tree, tree.strip(alias)?))) {
        Some((owner, rest)) => (owner == tree).then(|| rest.to_owned()),
        None => Some(alias.to_owned()),
    }
}

/// Aliases of dates and pages, from front matter, and of papers, from the metadata of entries.
fn aliases(site: &Site) -> Vec<(&String, Route, &Arc<SourceText>)> {
    let mut aliases = Vec::new();
    for digest in site.digests() {
        let Some(date) = digest.digest.date else { continue };
        aliases.extend(digest.digest.meta.aliases.iter().map(|alias| (alias, Route::Date(date), &digest.source)));
    }
    for page in site.pages() {
        let to = || page.route();
        aliases.extend(page.page.meta.aliases.iter().map(|alias| (alias, to(), &page.source)));
    }
    for entry in site.entries() {
        let named = site.entry(entry).fields.iter().filter(|(key, _)| key == "alias");
        let to = || Route::Paper(site.address(site.paper_of(entry)).to_owned());
        aliases.extend(named.map(|(_, alias)| (alias, to(), &site.digest_of(entry).source)));
    }
    aliases
}

impl<'a> Redirect<'a> {
    /// The output it is, whether or not it leads anywhere.
    pub(super) fn output(&self, inputs: &Inputs<'_>, tree: &Tree) -> Output {
        let to = match &self.to {
            To::Route(route) => tree.path(route),
            To::Written(written) => end(inputs, written).unwrap_or_else(|_| written.trim_start_matches('/').to_owned()),
        };
        Output { tree: tree.clone(), route: Route::Redirect(self.from.clone()), job: Job::Redirect(to) }
    }

    /// Whether a path, with or without the slash at its end, is the one that leads elsewhere.
    pub(super) fn is_at(&self, path: &str) -> bool {
        self.from.trim_end_matches('/') == path.trim_end_matches('/')
    }

    /// What is wrong with where it leads.
    pub(super) fn check(&self, inputs: &Inputs<'_>) -> Option<Finding> {
        let To::Written(written) = &self.to else { return None };
        let (message, help) = match end(inputs, written).err()? {
            Wrong::Nothing => (
                format!("`/{}` leads to `{written}`, which is not on this site", self.from),
                "write the address of a page of the site, or a whole one with https://".to_owned(),
            ),
            Wrong::Again(next) => match last(inputs, &next) {
                Some(last) => (
                    format!("`/{}` leads to `{written}`, which leads on to `{next}`", self.from),
                    format!("write \"/{}\" = \"{last}\"", self.from),
                ),
                None => (
                    format!("`/{}` leads to `{written}`, and from there never to a page", self.from),
                    "remove one of the redirects of this circle".to_owned(),
                ),
            },
        };
        Some(self.said.place(Finding::new(Code::BadRedirect, message)).help(help))
    }

    /// Who says so.
    pub(super) fn into_said(self) -> Said<'a> {
        self.said
    }
}

impl Said<'_> {
    /// In words.
    pub(super) fn describe(&self, site: &Site) -> String {
        match self {
            Self::Paper(paper) => format!("the former address of the paper \"{}\"", site.title(*paper)),
            Self::File(source, alias) => format!("the alias `{alias}` in {}", source.path),
            Self::Config(_) => "a redirect in config.toml".to_owned(),
        }
    }

    /// A finding at the place where it is said. Whoever knows the text of config.toml adds that.
    pub(super) fn place(&self, finding: Finding) -> Finding {
        match self {
            Self::Paper(_) => finding,
            Self::Config(span) => finding.at(span.clone()),
            Self::File(source, alias) => match source.text.find(alias) {
                Some(at) => finding.at(at..at + alias.len()).in_source(source),
                None => finding.in_path(source.path.clone()),
            },
        }
    }
}

/// Why what config.toml says leads nowhere.
enum Wrong {
    /// The site has no such address.
    Nothing,
    /// It is a redirect itself, to this.
    Again(String),
}

/// The page that an address written in config.toml means: its path below the root, or a whole address elsewhere.
fn end(inputs: &Inputs<'_>, written: &str) -> Result<String, Wrong> {
    if written.contains("://") {
        return Ok(written.to_owned());
    }
    let (path, part) = split_part(written);
    let path = redirect_path(path);
    let folder = format!("{}/", path.trim_end_matches('/'));
    if let Some(page) = [&path, &folder].into_iter().find(|path| find::page(inputs, path).is_some()) {
        return Ok(format!("{page}{part}"));
    }
    let site = inputs.site;
    let slug = folder.strip_prefix("papers/").and_then(|rest| rest.strip_suffix('/'));
    if let Some((_, paper)) = site.redirects().iter().find(|(from, _)| Some(from.text()) == slug) {
        return Ok(format!("{}{part}", Route::Paper(site.address(*paper).to_owned()).path()));
    }
    Err(next(inputs, &folder).map_or(Wrong::Nothing, Wrong::Again))
}

/// Where an address that is a redirect itself leads: to a page, or to what config.toml says.
fn next(inputs: &Inputs<'_>, path: &str) -> Option<String> {
    let (root, trees) = (Tree::root(), inputs.config.trees());
    let found = of_tree(inputs, &root, &trees).into_iter().find(|redirect| redirect.is_at(path))?;
    Some(match found.to {
        To::Route(route) => format!("/{}", root.path(&route)),
        To::Written(written) => written.to_owned(),
    })
}

/// The end of a chain; `None` where there is none.
fn last(inputs: &Inputs<'_>, from: &str) -> Option<String> {
    let mut at = from.to_owned();
    // A chain without a circle has at most one step for each redirect.
    for _ in 0..=inputs.config.redirects.len() {
        match end(inputs, &at) {
            Ok(_) => return Some(at),
            Err(Wrong::Again(next)) => at = next,
            Err(Wrong::Nothing) => return None,
        }
    }
    None
}
