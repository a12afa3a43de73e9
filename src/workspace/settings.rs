//! What config.toml asks for: the settings, the theme with what its templates use, and the renderer of Markdown.

use std::sync::Arc;
#[cfg(feature = "cards")]
use std::sync::OnceLock;

use camino::Utf8PathBuf;

#[cfg(feature = "cards")]
use super::project::fonts;
#[cfg(not(feature = "cards"))]
use super::project::no_cards;
use super::{Content, Project, Request, markup_options, read_config};
use crate::config::Config;
#[cfg(feature = "cards")]
use crate::content::card::Cards;
use crate::content::media::{Cache, Media};
use crate::diagnostic::{Finding, SourceText};
use crate::markup;
use crate::render::plan::Inputs;
use crate::render::theme_check::{self, Checked};
#[cfg(feature = "cards")]
use crate::render::{CARDS, card_titles};
use crate::site::Site;
use crate::theme::Theme;

/// What makes pages of texts: the theme, what walking its templates told, and the renderer of Markdown.
#[derive(Debug, Clone)]
struct Look {
    theme: Arc<Theme>,
    checked: Arc<Checked>,
    markup: Arc<markup::Renderer>,
}

/// What config.toml says, and the theme and the renderer of Markdown that it asks for.
#[derive(Debug)]
pub struct Settings {
    /// config.toml, with the request's wishes on top.
    pub config: Arc<Config>,
    /// The output folder.
    pub output: Utf8PathBuf,
    text: Arc<SourceText>,
    cache: Arc<Cache>,
    #[cfg(feature = "cards")]
    cards: Arc<Cards>,
    /// Whether cards may be drawn that the config leaves to the machine.
    #[cfg(feature = "cards")]
    may_draw: bool,
    /// The config once that is decided.
    #[cfg(feature = "cards")]
    decided: OnceLock<Arc<Config>>,
    look: Option<Look>,
    findings: Vec<Finding>,
}

impl Settings {
    /// Reads config.toml and the theme. Without a usable config there are only findings; without a usable theme
    /// there are settings to read content by, but no project.
    pub fn read(request: &Request) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let Some((mut config, text)) = read_config(&request.root, &mut findings) else {
            return Err(findings);
        };
        if let Some(base_url) = &request.base_url {
            config.base_url = base_url.clone();
        }
        if let Some(theme) = request.theme.as_ref().filter(|theme| **theme != config.theme) {
            config.theme.clone_from(theme);
            config.theme_options.clear();
        }
        #[cfg(not(feature = "cards"))]
        if config.outputs.has(crate::render::CARDS) {
            let place = text.text.find("cards").unwrap_or_default();
            findings.push(no_cards().at(place..place + "cards".len()).in_source(&text));
        }
        let (theme, found) = Theme::load(&request.root, &config, &text);
        findings.extend(found);
        let markup = markup::Renderer::new(&markup_options(&config))
            .map_err(|finding| finding.in_source(&text));
        let look = match (theme, markup) {
            (Some(theme), Ok(markup)) => {
                let checked = Arc::new(theme_check::check(&theme));
                Some(Look { theme: Arc::new(theme), checked, markup: Arc::new(markup) })
            }
            (_, markup) => {
                findings.extend(markup.err());
                None
            }
        };
        let output = request.output.clone().unwrap_or_else(|| request.root.join(&config.output));
        let cache = Arc::new(Cache::of(&request.root));
        #[cfg(feature = "cards")]
        let cards =
            Arc::new(Cards::new(fonts(look.as_ref().map(|look| &*look.theme)), Arc::clone(&cache)));
        Ok(Self {
            config: Arc::new(config),
            output,
            text,
            cache,
            #[cfg(feature = "cards")]
            cards,
            #[cfg(feature = "cards")]
            may_draw: request.cards,
            #[cfg(feature = "cards")]
            decided: OnceLock::new(),
            look,
            findings,
        })
    }

    /// What is wrong with config and theme.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether both were read from the same bytes.
    pub fn is_same(&self, other: &Self) -> bool {
        let same_theme = match (&self.look, &other.look) {
            (Some(one), Some(other)) => one.theme.layers == other.theme.layers,
            (one, other) => one.is_none() && other.is_none(),
        };
        self.text == other.text && self.findings == other.findings && same_theme
    }

    /// The config, with cards where that leaves them to the machine and there are fonts for their titles. That is decided once, for the
    /// first site, so that a preview does not change its mind.
    #[cfg(feature = "cards")]
    fn decided(&self, site: &Site) -> Arc<Config> {
        let is_open = self.may_draw && self.config.outputs.is_auto(CARDS);
        Arc::clone(if is_open {
            self.decided.get_or_init(|| {
                let mut config = Config::clone(&self.config);
                let draws = self.cards.can_draw(&card_titles(site, &config));
                config.outputs.set(CARDS, draws);
                Arc::new(config)
            })
        } else {
            &self.config
        })
    }

    #[cfg(not(feature = "cards"))]
    fn decided(&self, _: &Site) -> Arc<Config> {
        Arc::clone(&self.config)
    }

    /// A site in these settings; `None` where the theme cannot be used.
    pub fn project(&self, site: Arc<Site>, content: &mut Content) -> Option<Project> {
        let Look { theme, checked, markup } = self.look.as_ref()?;
        let config = self.decided(&site);
        let cache = Arc::clone(&self.cache);
        let named = content.named(&site);
        let media = Media::new(&content.media, &named, &mut content.sizes, (&config, cache));
        let inputs = Inputs { site: &site, theme, config: &config, media: &media };
        let (plan, collisions) = content.planned(&inputs, (&config, theme), &self.text);
        Some(Project {
            config,
            site,
            theme: Arc::clone(theme),
            media,
            markup: Arc::clone(markup),
            output: self.output.clone(),
            plan,
            collisions,
            checked: Arc::clone(checked),
            cache: Arc::clone(&self.cache),
            #[cfg(feature = "cards")]
            cards: Arc::clone(&self.cards),
        })
    }
}
