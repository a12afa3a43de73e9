//! The only module that names every stage: from a folder with config.toml to a finished site.
//!
//! `build` updates a workspace once and writes what it says, `serve` updates it at every change, and `check`, `new`, `add`
//! and the others ask it: so all of them read the same and find the same.

mod build;
mod content;
mod project;
mod settings;
mod timings;

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::Date;

pub use build::{Further, Progress, Report, Step, Written, build, check, load, rehearse};
pub use content::{Content, Updated};
pub use project::{Project, markup_options, read_config, system_fonts};
pub use settings::Settings;
pub use timings::{Clock, Stage, Timings};

use crate::diagnostic::{Finding, Severity};
use crate::model::route::BaseUrl;
use crate::site::{Rules, Site};

/// What was asked for beyond config.toml.
#[derive(Debug, Clone)]
pub struct Request {
    /// The folder of config.toml.
    pub root: Utf8PathBuf,
    /// Instead of the config's.
    pub base_url: Option<BaseUrl>,
    /// Instead of the config's.
    pub output: Option<Utf8PathBuf>,
    /// Instead of the config's; its options then have their defaults.
    pub theme: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether digests of the future are shown, whatever the config says.
    pub future: bool,
    /// What day it is; `None` asks the clock given.
    pub today: Option<Date>,
    /// Whether cards may be drawn that the config leaves to the machine.
    pub cards: bool,
}

impl Request {
    /// The site in a folder as its config says; what is held back stays so.
    pub fn new(root: Utf8PathBuf) -> Self {
        Self {
            root,
            base_url: None,
            output: None,
            theme: None,
            drafts: false,
            future: false,
            today: None,
            cards: false,
        }
    }
}

/// What may have changed on disk since it was read last.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Whether files may be new or gone, so that folders must be listed.
    pub listing: bool,
    /// Files whose bytes are read again even where they look the same from outside.
    pub files: BTreeSet<Utf8PathBuf>,
}

impl Changes {
    /// Everything may be another.
    pub fn all() -> Self {
        Self { listing: true, ..Self::default() }
    }
}

/// Everything that was read of a site, kept between updates, and what was found wrong in it.
#[derive(Debug)]
pub struct Workspace {
    request: Request,
    clock: Clock,
    settings: Option<Settings>,
    /// Why config.toml cannot be used now, though an older one could.
    trouble: Vec<Finding>,
    content: Content,
    /// The Site of what was read last, and the rules it was assembled by.
    site: Option<(Arc<Site>, Rules)>,
    /// How long the stages took, until somebody takes it.
    pub timings: Timings,
}

impl Workspace {
    /// A workspace in which nothing was read yet.
    pub fn new(request: Request, clock: Clock) -> Self {
        Self {
            request,
            clock,
            settings: None,
            trouble: Vec::new(),
            content: Content::default(),
            site: None,
            timings: Timings::default(),
        }
    }

    /// A workspace in which everything was read; the error says why config.toml cannot be used.
    pub fn open(request: Request, clock: Clock) -> Result<Self, Vec<Finding>> {
        let mut workspace = Self::new(request, clock);
        workspace.read_settings();
        workspace.update(&Changes::all());
        if workspace.trouble.is_empty() { Ok(workspace) } else { Err(workspace.trouble) }
    }

    /// Reads config.toml and the theme, and returns whether they differ from what was known.
    pub fn read_settings(&mut self) -> bool {
        let (clock, request) = (self.clock, &self.request);
        match self.timings.stage(Stage::Theme, &clock, || Settings::read(request)) {
            Ok(settings) => {
                let same = self.trouble.is_empty()
                    && self.settings.as_ref().is_some_and(|known| known.is_same(&settings));
                self.trouble.clear();
                if !same {
                    self.settings = Some(settings);
                }
                !same
            }
            Err(trouble) => {
                let same = self.trouble == trouble;
                self.trouble = trouble;
                !same
            }
        }
    }

    /// Reads texts and lists folders again where something may have changed.
    pub fn update(&mut self, changes: &Changes) -> Updated {
        let Some(settings) = &self.settings else { return Updated::default() };
        let (clock, request, content) = (self.clock, &self.request, &mut self.content);
        let updated =
            self.timings.stage(Stage::Read, &clock, || content.update(request, settings, changes));
        if !updated.is_nothing() {
            self.site = None;
        }
        updated
    }

    /// What was asked for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// What config.toml and the theme say; `None` until they could be read.
    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// What the folders hold.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What decides what is shown today.
    pub fn rules(&self) -> Option<Rules> {
        let config = &self.settings()?.config;
        let today = self.request.today.unwrap_or_else(|| self.clock.today(&config.timezone));
        let of_config = Rules::of(config, today);
        let future = self.request.future || of_config.future;
        Some(Rules { drafts: self.request.drafts, future, ..of_config })
    }

    /// Whether a day has begun that the Site does not know.
    pub fn is_another_day(&self) -> bool {
        let known = self.site.as_ref().map(|(_, rules)| rules.today);
        known.is_some() && known != self.rules().map(|rules| rules.today)
    }

    /// The Site of what was read: the last one unless something changed.
    pub fn site(&mut self) -> Option<Arc<Site>> {
        let rules = self.rules()?;
        if let Some((site, _)) = self.site.as_ref().filter(|(_, known)| *known == rules) {
            return Some(Arc::clone(site));
        }
        let (clock, content) = (self.clock, &self.content);
        let site = self.timings.stage(Stage::Site, &clock, || content.assemble(&rules));
        self.site = Some((Arc::clone(&site), rules));
        Some(site)
    }

    /// Everything that rendering needs; `None` where there is no usable config or theme.
    pub fn project(&mut self) -> Option<Project> {
        let site = self.site()?;
        let (clock, content, settings) = (self.clock, &mut self.content, self.settings.as_ref()?);
        self.timings.stage(Stage::Plan, &clock, || settings.project(site, content))
    }

    /// What stands in the way of a site: the errors among the findings that cost nothing to find.
    pub fn errors(&self, project: Option<&Project>) -> Vec<Finding> {
        let collisions = project.into_iter().flat_map(|project| &project.collisions);
        let all = self.of_sources().chain(collisions);
        all.filter(|finding| finding.severity() == Severity::Error).cloned().collect()
    }

    /// What is wrong in config, theme and files, each by itself.
    fn of_sources(&self) -> impl Iterator<Item = &Finding> {
        let settings = self.settings.iter().flat_map(Settings::findings);
        self.trouble.iter().chain(settings).chain(self.content.findings())
    }

    /// What is wrong in config, theme, texts, files and addresses; what only rendering tells is the renderer's to say.
    pub fn findings(&self, project: Option<&Project>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.of_sources().cloned().collect();
        if let (Some((site, rules)), Some(settings)) = (&self.site, &self.settings) {
            findings.extend(self.content.held_back(site, rules));
            findings.extend(self.content.doubts(rules.today));
            findings.extend(site.check(&settings.config));
        }
        if let Some(project) = project {
            findings.extend(project.media.findings().iter().cloned());
            findings.extend(project.collisions.iter().cloned());
        }
        findings
    }
}

/// Whether some finding stops a build.
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

/// By file, place, code and message, whatever thread found them first.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by_cached_key(|finding| {
        let start = finding.span.as_ref().map(|span| span.start);
        (
            finding.file().map(str::to_owned),
            start,
            finding.code,
            finding.message.clone(),
            finding.help.clone(),
        )
    });
}
