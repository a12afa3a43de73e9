//! Everything read and assembled; settings (config.toml, theme) and content apart from each other, so that a preview reads
//! anew only what changed. Nothing is rendered or written here.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{Request, Settings, has_error};
use crate::config::Config;
#[cfg(feature = "cards")]
use crate::content::card::Cards;
use crate::content::media::{Cache, Made, Media, Named, Sizes};
use crate::content::source::{self, MediaFile, Places};
use crate::diagnostic::{Code, Finding, SourceText};
use crate::markup;
use crate::output;
use crate::render::plan::{Artifact, Inputs, Output, Plan};
use crate::render::theme_check::{self, Checked};
use crate::render::{PageRenderer, SiteCache, switches};
use crate::site::library::{FileChange, Library};
use crate::site::{KeptPage, Rules, Site};
use crate::theme::Theme;

/// Everything read and assembled, ready to be rendered.
#[derive(Debug)]
pub struct Project {
    /// The site's settings, with the request's on top.
    pub config: Arc<Config>,
    /// Every digest merged.
    pub site: Arc<Site>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Files of content.
    pub media: Media,
    /// Renders Markdown.
    pub markup: Arc<markup::Renderer>,
    /// The output folder.
    pub output: Utf8PathBuf,
    /// Every output.
    pub plan: Arc<Plan>,
    /// What is wrong with their addresses.
    pub collisions: Vec<Finding>,
    /// What the templates use, and what is wrong in them.
    pub checked: Arc<Checked>,
    pub(super) cache: Arc<Cache>,
    #[cfg(feature = "cards")]
    pub(super) cards: Arc<Cards>,
}

impl Project {
    /// A project of texts alone, which no folder holds. `text` is where the theme was asked for; `None` where config.toml's formulas cannot be used.
    pub fn of_texts(
        config: Config,
        text: &Arc<SourceText>,
        site: Site,
        theme: Theme,
    ) -> Option<Self> {
        let markup = markup::Renderer::new(&markup_options(&config)).ok()?;
        let cache = Arc::new(Cache::of(Utf8Path::new("")));
        let images = (&config, Arc::clone(&cache));
        let media = Media::new(&[], &Named::default(), &mut Sizes::default(), images);
        let output = Utf8PathBuf::from(&config.output);
        #[cfg(feature = "cards")]
        let cards = Arc::new(Cards::new(fonts(Some(&theme)), Arc::clone(&cache)));
        let (plan, collisions) =
            planned(&Inputs { site: &site, theme: &theme, config: &config, media: &media }, text);
        let checked = theme_check::check(&theme);
        Some(Self {
            config: Arc::new(config),
            site: Arc::new(site),
            theme: Arc::new(theme),
            media,
            markup: Arc::new(markup),
            output,
            plan: Arc::new(plan),
            collisions,
            checked: Arc::new(checked),
            cache,
            #[cfg(feature = "cards")]
            cards,
        })
    }

    /// What plan and press are made from.
    pub fn inputs(&self) -> Inputs<'_> {
        Inputs { site: &self.site, theme: &self.theme, config: &self.config, media: &self.media }
    }

    /// What pages share; nothing is made yet.
    pub fn shared(&self) -> SiteCache {
        SiteCache::new(&self.inputs(), &self.checked.used)
    }

    /// What renders the outputs; what it makes once is kept in `shared`.
    pub fn press<'p>(&'p self, shared: &'p SiteCache) -> PageRenderer<'p> {
        PageRenderer::new(&self.inputs(), &self.plan, &self.markup, shared)
    }

    /// What an output holds: rendered, made of an image, or a file to copy. The same for a build and a preview.
    pub fn content(
        &self,
        press: &PageRenderer<'_>,
        output: &Output,
    ) -> Result<output::Content, Vec<Finding>> {
        Ok(match output.job {
            Artifact::Media(file) => match self.media.original(file) {
                Made::Copy(path) => output::Content::Copy(path),
                Made::Bytes(bytes) => output::Content::Bytes(bytes),
            },
            _ if output.is_picture() => {
                let svg = self.render(press, output)?;
                output::Content::Bytes(self.card(&String::from_utf8_lossy(&svg))?)
            }
            Artifact::Variant(file, width) => {
                output::Content::Bytes(self.media.variant(file, width))
            }
            _ => output::Content::Bytes(self.render(press, output)?),
        })
    }

    /// What templates and exports make of an output; errors of templates come with the advice of the walk through them.
    pub(super) fn render(
        &self,
        press: &PageRenderer<'_>,
        output: &Output,
    ) -> Result<Vec<u8>, Vec<Finding>> {
        let advise = |findings: Vec<Finding>| {
            findings.into_iter().map(|finding| self.checked.advise(finding)).collect()
        };
        press.render(output).map(Option::unwrap_or_default).map_err(advise)
    }

    /// What was wrong with what was made beside pages so far, each once; in no particular order.
    pub fn take_findings(&self) -> Vec<Finding> {
        #[cfg_attr(not(feature = "cards"), expect(unused_mut))]
        let mut findings = self.media.take_findings();
        #[cfg(feature = "cards")]
        findings.extend(self.cards.take_findings());
        findings
    }

    #[cfg(feature = "cards")]
    fn card(&self, svg: &str) -> Result<Vec<u8>, Vec<Finding>> {
        self.cards.png(svg).map_err(|finding| vec![finding])
    }

    /// Settings that ask for cards are refused by a program that cannot draw them, so nobody comes here.
    #[cfg(not(feature = "cards"))]
    #[expect(clippy::unused_self, reason = "the other program uses it")]
    fn card(&self, _svg: &str) -> Result<Vec<u8>, Vec<Finding>> {
        Err(vec![no_cards()])
    }

    /// Removes from the cache what no build needs any more.
    pub fn tidy(&self) {
        self.cache.tidy();
    }
}

/// What may have changed since content was read last.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// Whether files may be new or gone, so that folders must be listed.
    pub listing: bool,
    /// Files whose bytes are read again even where they look the same from outside.
    pub files: BTreeSet<Utf8PathBuf>,
}

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

impl Content {
    /// Reads what may have changed.
    pub fn update(&mut self, request: &Request, settings: &Settings, touched: &Touched) -> Updated {
        let (gone, listing_changed) =
            if touched.listing { self.list(request, settings) } else { Default::default() };
        for file in &touched.files {
            self.sizes.forget(file);
        }
        let reread = self.library.refresh(&settings.config, &|path| touched.files.contains(path));
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
        let holds = |known: &KnownPlan| {
            known.outline == outline
                && Arc::ptr_eq(&known.config, config)
                && Arc::ptr_eq(&known.theme, theme)
        };
        if let Some(known) = self.plan.as_ref().filter(|known| holds(known)) {
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
        let later = |page: &&Arc<KeptPage>| page.page.date.is_some_and(|date| date > rules.today);
        let pages_of_later =
            pages.iter().filter(|page| drafts(page.page.meta.draft) == 0).filter(later).count();
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
        ];
        let said = reasons
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, why)| format!("{why}: {count}"));
        let said: Vec<String> = said.collect();
        let all: usize = reasons.iter().map(|(count, _)| count).sum();
        let texts = if all == 1 { "text is" } else { "texts are" };
        (all > 0).then(|| {
            Finding::new(Code::HeldBack, format!("{all} {texts} held back ({})", said.join(", ")))
        })
    }

    /// What is wrong in files and folders.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.library.findings())
    }
}

/// The plan of a site, and what is wrong with its addresses; what config.toml says wrong is shown in its text.
fn planned(inputs: &Inputs<'_>, text: &Arc<SourceText>) -> (Plan, Vec<Finding>) {
    let (plan, collisions) = Plan::new(inputs);
    let place =
        |finding: Finding| if finding.span.is_some() { finding.in_source(text) } else { finding };
    (plan, collisions.into_iter().map(place).collect())
}

/// The fonts that a theme brings.
#[cfg(feature = "cards")]
pub(super) fn fonts(theme: Option<&Theme>) -> Vec<std::borrow::Cow<'static, [u8]>> {
    let is_font = |name: &str| {
        name.starts_with("fonts/") && [".ttf", ".otf", ".ttc"].iter().any(|end| name.ends_with(end))
    };
    let assets = theme.into_iter().flat_map(|theme| &theme.assets);
    assets.filter(|asset| is_font(&asset.name)).map(|asset| asset.content.clone()).collect()
}

/// What a program says that was built without what draws cards.
#[cfg(not(feature = "cards"))]
pub(super) fn no_cards() -> Finding {
    Finding::new(
        Code::Config,
        "`outputs.cards` needs a program that was built with the feature `cards`",
    )
    .help("build it with `--features cards`, or remove `cards = true`")
}

/// Reads config.toml; `None` after an error.
pub fn read_config(
    root: &Utf8Path,
    findings: &mut Vec<Finding>,
) -> Option<(Config, Arc<SourceText>)> {
    let text = match source::read_text(&root.join("config.toml"), "config.toml", Code::Config) {
        Ok(text) => text.source,
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    if let Some(conflict) = crate::formats::conflict(&text.text) {
        findings.push(conflict.in_source(&text));
        return None;
    }
    let (config, found) = Config::parse(&text.text, &switches());
    let broken = has_error(&found);
    findings.extend(found.into_iter().map(|finding| finding.in_source(&text)));
    (!broken).then_some((config, text))
}

/// Options of the Markdown renderer.
pub fn markup_options(config: &Config) -> markup::Options {
    markup::Options {
        unsafe_html: config.markdown.unsafe_html,
        math_macros: config.markdown.math_macros.clone(),
    }
}
