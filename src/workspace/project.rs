//! A site that can be rendered: what was read and assembled, with the theme and the renderer of Markdown.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::content::planned;
use super::has_error;
use crate::config::Config;
#[cfg(feature = "cards")]
use crate::content::card::Cards;
use crate::content::media::{Cache, Made, Media, Named, Sizes};
use crate::content::source;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::markup;
use crate::output;
use crate::render::plan::{Artifact, Inputs, Output, Plan};
use crate::render::theme_check::{self, Checked};
use crate::render::{PageRenderer, SiteCache, switches};
use crate::site::Site;
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
    pub fn content<'p>(
        &self,
        press: &'p PageRenderer<'_>,
        output: &'p Output,
    ) -> Result<output::Content<'p>, Vec<Finding>> {
        if let Some(stream) = press.stream(output) {
            return Ok(output::Content::Stream(stream));
        }
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
        press.render(output).map(Option::unwrap_or_default).map_err(|findings| {
            findings.into_iter().map(|finding| self.checked.advise(finding)).collect()
        })
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

/// How many faces cards could be drawn with, beside those of a theme; `None` where the program draws none.
pub fn system_fonts() -> Option<usize> {
    #[cfg(feature = "cards")]
    return Some(crate::content::card::system_fonts());
    #[cfg(not(feature = "cards"))]
    None
}

/// The fonts that a theme brings.
#[cfg(feature = "cards")]
pub(super) fn fonts(theme: Option<&Theme>) -> Vec<std::borrow::Cow<'static, [u8]>> {
    let assets = theme.into_iter().flat_map(|theme| &theme.assets);
    assets.filter(|asset| is_font(&asset.name)).map(|asset| asset.content.clone()).collect()
}

#[cfg(feature = "cards")]
fn is_font(name: &str) -> bool {
    name.starts_with("fonts/") && [".ttf", ".otf", ".ttc"].iter().any(|end| name.ends_with(end))
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
        mermaid: !config.mermaid.is_empty(),
        unsafe_html: config.markdown.unsafe_html,
        math_macros: config.markdown.math_macros.clone(),
    }
}
