//! Addresses that lead elsewhere: former addresses of papers, aliases in front matter and at entries, and `[redirects]`
//! in config.toml. What they may lead to is checked here; that nothing else claims them, in `collisions`.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Artifact, Inputs, Output, Plan, Subject};
use crate::diagnostic::{Code, Finding, SourceText};
use crate::model::route::{Route, Tree, redirect_path, split_part};
use crate::render::kinds::redirect;
use crate::site::{PaperIndex, Site};

/// An alias as it is written, where it leads, and the text that says so.
pub(super) type Alias<'a> = (&'a String, Route, &'a Arc<SourceText>);

/// An address that leads elsewhere.
#[derive(Debug)]
struct Redirect<'a> {
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

/// Every redirect of a site as an output, who says so of each, and what is wrong with where they lead. `pages` holds the
/// outputs that are there without them.
pub(super) fn all<'a>(
    inputs: &Inputs<'a>,
    pages: &Plan,
) -> (Vec<Output>, Vec<Said<'a>>, Vec<Finding>) {
    let trees = inputs.config.trees();
    let root = of_tree(inputs, &Tree::root(), &trees);
    let ends = Ends::new(inputs, pages, &root);
    let (mut outputs, mut said, mut findings) = (Vec::new(), Vec::new(), Vec::new());
    let mut known: FxHashMap<String, Artifact> = FxHashMap::default();
    for tree in &trees {
        for redirect in of_tree(inputs, tree, &trees) {
            let output = redirect.output(&ends, tree);
            let file = output.file();
            if redirect.said.gives_way() {
                // An address that is the page's own, or leads there already, needs no other.
                if redirect.is_at(tree, &file) || known.get(&file) == Some(&output.job) {
                    continue;
                }
                let is_taken = pages.at(&file).is_some() || known.contains_key(&file);
                if let Some(finding) =
                    is_taken.then(|| redirect.taken()).or_else(|| redirect.dead())
                {
                    findings.push(finding);
                    continue;
                }
                known.insert(file, output.job);
            }
            outputs.push(output);
            findings.extend(redirect.check(&ends));
            said.push(redirect.said);
        }
    }
    (outputs, said, findings)
}

/// Every redirect of a tree.
fn of_tree<'a>(inputs: &Inputs<'a>, tree: &Tree, trees: &[Tree]) -> Vec<Redirect<'a>> {
    let site = inputs.site;
    let merged = site.redirects().iter().map(|(slug, paper)| Redirect {
        from: Route::Paper(slug.text().to_owned()).path(),
        to: To::Route(Route::Paper(site.address(*paper).to_owned())),
        said: Said::Paper(*paper),
    });
    let config =
        inputs.config.redirects.iter().filter(|_| tree.number() == 0).map(|redirect| Redirect {
            from: redirect_path(&redirect.from),
            to: To::Written(&redirect.to),
            said: Said::Config(redirect.span.clone()),
        });
    merged
        .chain(aliases(site).into_iter().filter_map(|(alias, to, source)| {
            let from = own(&redirect_path(alias), tree, trees)?;
            Some(Redirect { from, to: To::Route(to), said: Said::File(source, alias) })
        }))
        .chain(config)
        .collect()
}

/// An alias that begins with the folder of a tree is an address of that tree; any other is one of every tree.
fn own(alias: &str, tree: &Tree, trees: &[Tree]) -> Option<String> {
    match trees[1..].iter().find_map(|tree| Some((tree, tree.strip(alias)?))) {
        Some((owner, rest)) => (owner == tree).then(|| rest.to_owned()),
        None => Some(alias.to_owned()),
    }
}

/// Aliases of dates and pages, from front matter, and of papers, from the metadata of entries.
pub(super) fn aliases(site: &Site) -> Vec<Alias<'_>> {
    let mut aliases = Vec::new();
    for digest in site.digests() {
        let Some(date) = digest.digest.date else { continue };
        aliases.extend(
            digest
                .digest
                .meta
                .aliases
                .iter()
                .map(|alias| (alias, Route::Date(date), &digest.source)),
        );
    }
    for page in site.pages() {
        aliases
            .extend(page.page.meta.aliases.iter().map(|alias| (alias, page.route(), &page.source)));
    }
    for entry in site.entries() {
        let named = site.entry(entry).fields.iter().filter(|(key, _)| key == "alias");
        aliases.extend(named.map(|(_, alias)| {
            let to = Route::Paper(site.address(site.paper_of(entry)).to_owned());
            (alias, to, &site.digest_of(entry).source)
        }));
    }
    aliases
}

impl Redirect<'_> {
    /// The output it is, whether or not it leads anywhere.
    fn output(&self, ends: &Ends<'_>, tree: &Tree) -> Output {
        let to = match &self.to {
            To::Route(route) => tree.path(route),
            To::Written(written) => {
                ends.of(written).unwrap_or_else(|_| written.trim_start_matches('/').to_owned())
            }
        };
        Output {
            tree: tree.clone(),
            route: Route::Redirect(self.from.clone()),
            job: Artifact::Page(redirect::KIND),
            about: Subject::Address(to),
        }
    }

    /// What is wrong with where it leads.
    fn check(&self, ends: &Ends<'_>) -> Option<Finding> {
        let To::Written(written) = &self.to else { return None };
        let (message, help) = match ends.of(written).err()? {
            Wrong::Nothing => (
                format!("`/{}` leads to `{written}`, which is not on this site", self.from),
                "write the address of a page of the site, or a whole one with https://".to_owned(),
            ),
            Wrong::Again(next) => match ends.last(&next) {
                Some(last) => (
                    format!("`/{}` leads to `{written}`, which leads on to `{next}`", self.from),
                    format!("write \"/{}\" = \"{last}\"", self.from),
                ),
                None => (
                    format!(
                        "`/{}` leads to `{written}`, and from there never to a page",
                        self.from
                    ),
                    "remove one of the redirects of this circle".to_owned(),
                ),
            },
        };
        Some(self.said.place(Finding::new(Code::BadRedirect, message)).help(help))
    }
}

impl Redirect<'_> {
    /// Whether a file is that of the page where it leads.
    fn is_at(&self, tree: &Tree, file: &str) -> bool {
        matches!(&self.to, To::Route(route) if tree.file(route) == file)
    }

    /// That something else has its address.
    fn taken(&self) -> Finding {
        let finding = Finding::new(
            Code::AddressTaken,
            format!("`/{}` is the address of something else", self.from),
        );
        self.said.place(finding).help("remove the alias")
    }

    /// That no server of files can answer it, for it holds a query or a part; in config.toml that is an error.
    fn dead(&self) -> Option<Finding> {
        let Said::File(_, alias) = &self.said else { return None };
        let message = format!(
            "nothing can lead from `{alias}`: a query or a part of a page is no file of its own"
        );
        let help =
            "write the path alone; servers of files do not look at what follows a `?` or a `#`";
        alias
            .contains(['?', '#'])
            .then(|| self.said.place(Finding::new(Code::DeadAlias, message)).help(help))
    }
}

impl Said<'_> {
    /// Whether it is left out where something else has its address: an old address never stops a site.
    fn gives_way(&self) -> bool {
        !matches!(self, Self::Config(_))
    }

    /// In words.
    pub(super) fn describe(&self, site: &Site) -> String {
        match self {
            Self::Paper(paper) => {
                format!("the former address of the paper \"{}\"", site.title(*paper))
            }
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

/// Where addresses written in config.toml lead.
struct Ends<'a> {
    pages: &'a Plan,
    /// The redirects of the root by path, without the slash at its end; of two with one path the first.
    redirects: FxHashMap<&'a str, Next>,
}

/// Where a redirect leads.
struct Next {
    to: String,
    /// Whether a paper had that address before it got a better one.
    of_paper: bool,
}

impl<'a> Ends<'a> {
    fn new(inputs: &Inputs<'_>, pages: &'a Plan, redirects: &'a [Redirect<'_>]) -> Self {
        // Only what config.toml says is ever looked up.
        let asked = if inputs.config.redirects.is_empty() { &[] } else { redirects };
        let mut by_path = FxHashMap::default();
        for redirect in asked {
            let to = match &redirect.to {
                To::Route(route) => format!("/{}", Tree::root().path(route)),
                To::Written(written) => (*written).to_owned(),
            };
            let of_paper = matches!(redirect.said, Said::Paper(_));
            by_path.entry(redirect.from.trim_end_matches('/')).or_insert(Next { to, of_paper });
        }
        Self { pages, redirects: by_path }
    }

    /// The page that an address means: its path below the root, or a whole address elsewhere.
    fn of(&self, written: &str) -> Result<String, Wrong> {
        if written.contains("://") {
            return Ok(written.to_owned());
        }
        let (path, part) = split_part(written);
        let path = redirect_path(path);
        let folder = format!("{}/", path.trim_end_matches('/'));
        if let Some(page) =
            [&path, &folder].into_iter().find(|path| self.pages.find(path).is_some())
        {
            return Ok(format!("{page}{part}"));
        }
        match self.redirects.get(folder.trim_end_matches('/')) {
            // The former address of a paper is as good as its new one.
            Some(Next { to, of_paper: true }) => {
                Ok(format!("{}{part}", to.trim_start_matches('/')))
            }
            Some(Next { to, .. }) => Err(Wrong::Again(to.clone())),
            None => Err(Wrong::Nothing),
        }
    }

    /// The end of a chain; `None` where there is none.
    fn last(&self, from: &str) -> Option<String> {
        let mut at = from.to_owned();
        // A chain without a circle has at most one step for each redirect.
        for _ in 0..=self.redirects.len() {
            match self.of(&at) {
                Ok(_) => return Some(at),
                Err(Wrong::Again(next)) => at = next,
                Err(Wrong::Nothing) => return None,
            }
        }
        None
    }
}
