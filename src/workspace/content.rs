//! The texts and files of a site as far as they were read, and the plan of the state before.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{Changes, Request, Settings};
use crate::config::Config;
use crate::content::media::{Named, Sizes};
use crate::content::source::{self, MediaFile, Places};
use crate::diagnostic::{Code, Finding, SourceText};
use crate::render::plan::{Inputs, Plan};
use crate::site::library::{FileChange, Library};
use crate::site::{Rules, Site, diary};
use crate::theme::Theme;

/// What the sources hold, as far as it was read.
#[derive(Debug, Default)]
pub struct Content {
    library: Library,
    pub(super) media: Vec<MediaFile>,
    pub(super) sizes: Sizes,
    folders: Vec<Utf8PathBuf>,
    /// Of the listing; those of files are the library's.
    findings: Vec<Finding>,
    /// The plan of the last state, if nothing was wrong with it.
    plan: Option<KnownPlan>,
}

/// A plan with what it was made from: most edits change a text and no address, so that the plan of the last state holds.
#[derive(Debug)]
struct KnownPlan {
    outline: u64,
    config: Arc<Config>,
    theme: Arc<Theme>,
    plan: Arc<Plan>,
}

/// What reading again brought.
#[derive(Debug, Default)]
pub struct Updated {
    /// Files that were read and differ.
    pub reread: Vec<FileChange>,
    /// Names of files that are gone, as shown.
    pub gone: Vec<String>,
    /// Whether some file is new, gone or newly left out.
    pub listing_changed: bool,
}

impl Updated {
    /// Whether everything is as it was.
    pub fn is_nothing(&self) -> bool {
        self.reread.is_empty() && !self.listing_changed
    }
}

impl Content {
    /// Reads what may have changed.
    pub fn update(&mut self, request: &Request, settings: &Settings, changes: &Changes) -> Updated {
        let (gone, listing_changed) =
            if changes.listing { self.list(request, settings) } else { Default::default() };
        for file in &changes.files {
            self.sizes.forget(file);
        }
        let reread = self.library.refresh(&settings.config, &|path| changes.files.contains(path));
        Updated { reread, gone, listing_changed }
    }

    /// Lists folders again: what is gone, and whether anything is different.
    fn list(&mut self, request: &Request, settings: &Settings) -> (Vec<String>, bool) {
        let own = request.root.join(&settings.config.output);
        let outputs = [settings.output.as_path(), own.as_path()];
        let places = Places { root: &request.root, outputs, sources: &settings.config.sources };
        let (listing, findings) = source::list(&places);
        let gone = self.library.list(listing.files);
        let changed = !gone.is_empty() || self.media != listing.media || self.findings != findings;
        (self.media, self.folders, self.findings) = (listing.media, listing.folders, findings);
        (gone, changed)
    }

    /// The Site of everything read.
    pub fn assemble(&self, rules: &Rules) -> Arc<Site> {
        Arc::new(Site::assemble(
            &self.library.digests(),
            &self.library.pages(),
            self.library.keys(),
            rules,
        ))
    }

    /// The plan of a state: that of the last one where no address changed.
    pub(super) fn planned(
        &mut self,
        inputs: &Inputs<'_>,
        (config, theme): (&Arc<Config>, &Arc<Theme>),
        text: &Arc<SourceText>,
    ) -> (Arc<Plan>, Vec<Finding>) {
        let outline = Plan::outline(inputs);
        if let Some(known) = self.plan.as_ref().filter(|known| {
            known.outline == outline
                && Arc::ptr_eq(&known.config, config)
                && Arc::ptr_eq(&known.theme, theme)
        }) {
            return (Arc::clone(&known.plan), Vec::new());
        }
        let (plan, collisions) = planned(inputs, text);
        let plan = Arc::new(plan);
        self.plan = collisions.is_empty().then(|| KnownPlan {
            outline,
            config: Arc::clone(config),
            theme: Arc::clone(theme),
            plan: Arc::clone(&plan),
        });
        (plan, collisions)
    }

    /// Dates that are probably slips.
    pub fn doubts(&self, today: Date) -> Vec<Finding> {
        self.library.doubts(today)
    }

    /// Whether a file is known: a text or a file that pages may show.
    pub fn has(&self, path: &Utf8Path) -> bool {
        self.library.has(path) || self.is_media(path)
    }

    /// Whether a path is that of a known file, or of a folder that holds one.
    pub fn has_below(&self, path: &Utf8Path) -> bool {
        self.library.has_below(path) || self.media.iter().any(|file| file.path.starts_with(path))
    }

    /// Whether a file is one that pages may show.
    pub fn is_media(&self, path: &Utf8Path) -> bool {
        self.media.iter().any(|file| file.path.as_str() == path.as_str())
    }

    /// The folders that were listed.
    pub fn folders(&self) -> &[Utf8PathBuf] {
        &self.folders
    }

    /// What texts say of files: those of the site, and the others.
    pub(super) fn named(&self, site: &Site) -> Named {
        let mut named = Named::default();
        if self.media.is_empty() {
            return named;
        }
        for digest in site.digests() {
            named
                .shown
                .extend(digest.files.iter().map(|path| (digest.folder.clone(), path.clone())));
        }
        for page in site.pages() {
            let paths =
                page.page.body.iter().flat_map(|passage| crate::prose::files(&passage.text.text));
            let cover = page.page.meta.about.image.clone().filter(|image| !image.contains("://"));
            named.shown.extend(paths.chain(cover).map(|path| (page.folder.clone(), path)));
        }
        named.hushed = self.library.hushed().map(str::to_owned).collect();
        let public: FxHashSet<_> = site.digests().iter().map(Arc::as_ptr).collect();
        let held = self
            .library
            .digests()
            .into_iter()
            .filter(|digest| !public.contains(&Arc::as_ptr(digest)));
        let pages: FxHashSet<_> = site.pages().iter().map(Arc::as_ptr).collect();
        let held_pages =
            self.library.pages().into_iter().filter(|page| !pages.contains(&Arc::as_ptr(page)));
        let texts = held
            .map(|digest| Arc::clone(&digest.source))
            .chain(held_pages.map(|page| Arc::clone(&page.source)));
        named.hushed.extend(texts.flat_map(|source| crate::prose::named(&source.text)));
        named
    }

    /// Says once how much is held back, and why.
    pub fn held_back(&self, site: &Site, rules: &Rules) -> Option<Finding> {
        let held = self.library.held();
        let drafts = |draft: bool| usize::from(draft && !rules.drafts);
        let digests = self.library.digests();
        let pages = self.library.pages();
        let of_pages: usize = pages.iter().map(|page| drafts(page.page.meta.draft)).sum();
        let pages_of_later = pages.iter().filter(|page| {
            drafts(page.page.meta.draft) == 0
                && page.page.date.is_some_and(|date| date > rules.today)
        });
        let pages_of_later = pages_of_later.count();
        let of_digests: usize = digests.iter().map(|digest| drafts(digest.digest.meta.draft)).sum();
        let empty = digests
            .iter()
            .filter(|digest| !digest.digest.meta.draft && digest.digest.says_nothing())
            .count();
        let empty = if rules.drafts { 0 } else { empty };
        let later = digests.len().saturating_sub(of_digests + empty + site.digests().len());
        let future = later + if rules.future { 0 } else { pages_of_later };
        let reasons = [
            (of_pages + of_digests, "drafts"),
            (empty, "empty"),
            (future, "of a later day"),
            (held.private, "by front matter"),
            (held.tagged, "by a tag of `exclude_tags`"),
            (held.unmarked, "not marked to be published"),
            (held.diary, "days of a diary"),
        ];
        let said = reasons
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, why)| format!("{why}: {count}"));
        let said: Vec<String> = said.collect();
        let all: usize = reasons.iter().map(|(count, _)| count).sum();
        let texts = if all == 1 { "text is" } else { "texts are" };
        (all > 0).then(|| {
            let message = format!("{all} {texts} held back ({})", said.join(", "));
            let finding = Finding::new(Code::HeldBack, message);
            if held.diary > 0 { finding.help(diary::HELP) } else { finding }
        })
    }

    /// What is wrong in files and folders.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.library.findings())
    }
}

/// The plan of a site, and what is wrong with its addresses; what config.toml says wrong is shown in its text.
pub(super) fn planned(inputs: &Inputs<'_>, text: &Arc<SourceText>) -> (Plan, Vec<Finding>) {
    let (plan, collisions) = Plan::new(inputs);
    (
        plan,
        collisions
            .into_iter()
            .map(|finding| if finding.span.is_some() { finding.in_source(text) } else { finding })
            .collect(),
    )
}
