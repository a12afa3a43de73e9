//! The tables of config.toml, each with its defaults beside its meaning.

use std::collections::BTreeSet;

use super::Fields;
use crate::diagnostic::{Code, Finding};
use crate::model::id::is_web_address;
use crate::model::route::BaseUrl;
use crate::model::{Tag, Translated};

/// A person, for feeds and metadata; texts are empty where not given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Mail address.
    pub email: String,
    /// Web page.
    pub url: String,
}

impl Person {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.string("name", &mut self.name);
        fields.string("email", &mut self.email);
        fields.string("url", &mut self.url);
    }
}

/// `home`: the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Digests on a page; 0 for all.
    pub digests: usize,
    /// Papers shown in full on a page; beyond that, titles only.
    pub papers: usize,
    /// Whether older digests are on `/page/2/` and so on.
    pub pages: bool,
}

impl Default for Home {
    fn default() -> Self {
        Self { digests: 7, papers: 30, pages: true }
    }
}

impl Home {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.number("digests", &mut self.digests);
        fields.number("papers", &mut self.papers);
        fields.flag("pages", &mut self.pages);
    }
}

/// How several languages are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// All on one page.
    #[default]
    Together,
    /// A tree a language.
    Split,
}

/// `digests`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digests {
    /// How several languages are shown.
    pub layout: Layout,
    /// Whether digests of future dates are shown.
    pub future: bool,
}

impl Digests {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.choice(
            "layout",
            &[("together", Layout::Together), ("split", Layout::Split)],
            &mut self.layout,
        );
        fields.flag("future", &mut self.future);
    }
}

/// `tags`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tags {
    /// Papers on a page of a tag; 0 for all.
    pub per_page: usize,
}

impl Default for Tags {
    fn default() -> Self {
        Self { per_page: 100 }
    }
}

/// `authors`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authors {
    /// Papers that an author needs to get a page.
    pub min_papers: usize,
}

impl Default for Authors {
    fn default() -> Self {
        Self { min_papers: 3 }
    }
}

/// `roundup`: which spans of time have a page and an entry of a feed that gather their days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roundup {
    /// Weeks, as ISO 8601 counts them.
    pub week: bool,
    /// Months.
    pub month: bool,
}

impl Roundup {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        let choices = [
            ("never", Self { week: false, month: false }),
            ("week", Self { week: true, month: false }),
            ("month", Self { week: false, month: true }),
            ("both", Self { week: true, month: true }),
        ];
        fields.choice("every", &choices, self);
    }
}

/// `feeds`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// Entries in a feed.
    pub entries: usize,
    /// Whether authors have feeds.
    pub authors: bool,
    /// Where the site was before it moved: ids in feeds stay what they were there.
    pub former_url: Option<BaseUrl>,
}

impl Default for Feeds {
    fn default() -> Self {
        Self { entries: 30, authors: false, former_url: None }
    }
}

impl Feeds {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.number("entries", &mut self.entries);
        fields.flag("authors", &mut self.authors);
        fields.parsed("former_url", super::address, &mut self.former_url);
    }
}

/// `markdown`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    /// Whether raw HTML is passed through unsanitised.
    pub unsafe_html: bool,
    /// TeX macros by name without backslash, in the order of names.
    pub math_macros: Vec<(String, String)>,
}

impl Markdown {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.flag("unsafe_html", &mut self.unsafe_html);
        let macros = fields.texts("math_macros").into_iter();
        self.math_macros = macros.map(|(name, body, _)| (name, body)).collect();
        self.math_macros.sort();
    }
}

/// `images`: images of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Images {
    /// Whether smaller pictures are made of large ones.
    pub resize: bool,
    /// Their widths in pixels.
    pub widths: Vec<u32>,
    /// Of JPEG, from 1 to 100.
    pub quality: u8,
}

impl Default for Images {
    fn default() -> Self {
        Self { resize: true, widths: vec![480, 960, 1440], quality: 80 }
    }
}

impl Images {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.flag("resize", &mut self.resize);
        fields.numbers("widths", 16..=8192, &mut self.widths);
        fields.number_in("quality", 1..=100, &mut self.quality);
    }
}

/// The word of a switch that is off until the machine is known, and then what suits it.
pub const AUTO: &str = "auto";

/// A switch of `outputs`, declared by the kind of page or the export that it is about.
#[derive(Debug, PartialEq, Eq)]
pub struct Switch {
    /// Its key.
    pub name: &'static str,
    /// What holds where config.toml says nothing.
    pub default: bool,
    /// What else it may be: `"full"`, which is more than `true`, or [`AUTO`].
    pub word: Option<&'static str>,
    /// What it makes, in Markdown: a cell of the documentation's table.
    pub about: &'static str,
}

/// `outputs`: what is made besides home, dates, papers, tags, archive, 404, feed and sitemap. Which switches there are is
/// not known here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outputs {
    /// Names of the switches that stand otherwise than by default.
    turned: BTreeSet<&'static str>,
    /// Names of those that are `"full"`.
    full: BTreeSet<&'static str>,
    /// Names of those that could be [`AUTO`] and are on or off.
    plain: BTreeSet<&'static str>,
}

impl Outputs {
    pub(super) fn read(&mut self, switches: &[&'static Switch], fields: &mut Fields<'_, '_>) {
        for switch in switches {
            let mut on = self.has(switch);
            match switch.word {
                None => fields.flag(switch.name, &mut on),
                Some(AUTO) => {
                    let is_said = fields.has(switch.name);
                    if fields.flag_or(switch.name, AUTO, &mut on) {
                        on = switch.default;
                    } else if is_said {
                        self.plain.insert(switch.name);
                    }
                }
                Some(word) => {
                    if fields.flag_or(switch.name, word, &mut on) {
                        self.full.insert(switch.name);
                    }
                }
            }
            self.set(switch, on);
        }
    }

    /// Whether a switch is on.
    pub fn has(&self, switch: &Switch) -> bool {
        switch.default != self.turned.contains(switch.name)
    }

    /// Whether a switch is `"full"`.
    pub fn has_full(&self, switch: &Switch) -> bool {
        self.full.contains(switch.name)
    }

    /// Whether a switch is left to what the machine can do.
    pub fn is_auto(&self, switch: &Switch) -> bool {
        switch.word == Some(AUTO) && !self.plain.contains(switch.name)
    }

    /// Sets a switch.
    pub fn set(&mut self, switch: &'static Switch, on: bool) {
        if on == switch.default {
            self.turned.remove(switch.name);
        } else {
            self.turned.insert(switch.name);
        }
    }
}

/// `preview`: what `serve` adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The address that opens a source, with `{path}`, `{line}` and `{column}`; empty for none.
    pub editor: String,
}

impl Preview {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.string("editor", &mut self.editor);
    }
}

/// `add`: the services that `offprint add` asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Add {
    /// The address of the arXiv API, or of a service that answers like it.
    pub service: String,
    /// Where Crossref describes works by their DOIs.
    pub crossref: String,
    /// Where `DataCite` does.
    pub datacite: String,
    /// Where `OpenReview` has notes: its newer API, then the older.
    pub openreview: Vec<String>,
    /// The ACL Anthology.
    pub acl: String,
    /// Where bioRxiv and medRxiv describe preprints.
    pub biorxiv: String,
    /// A mail address for Crossref, which answers quicker whom it can write to; empty for none.
    pub mailto: String,
    /// Seconds between two questions.
    pub pause: usize,
    /// Seconds to wait for an answer.
    pub timeout: usize,
}

impl Default for Add {
    fn default() -> Self {
        Self {
            service: "https://export.arxiv.org/api/query".into(),
            crossref: "https://api.crossref.org/works".into(),
            datacite: "https://api.datacite.org/dois".into(),
            openreview: vec![
                "https://api2.openreview.net/notes".into(),
                "https://api.openreview.net/notes".into(),
            ],
            acl: "https://aclanthology.org".into(),
            biorxiv: "https://api.biorxiv.org/details".into(),
            mailto: String::new(),
            pause: 3,
            timeout: 30,
        }
    }
}

impl Add {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.parsed("service", service_address, &mut self.service);
        fields.parsed("crossref", service_base, &mut self.crossref);
        fields.parsed("datacite", service_base, &mut self.datacite);
        if fields.has("openreview") {
            self.openreview.clear();
        }
        fields.list("openreview", service_base, &mut self.openreview);
        fields.parsed("acl", service_base, &mut self.acl);
        fields.parsed("biorxiv", service_base, &mut self.biorxiv);
        fields.string("mailto", &mut self.mailto);
        fields.number("pause", &mut self.pause);
        fields.number("timeout", &mut self.timeout);
    }
}

fn service_base(text: &str) -> Result<String, String> {
    service_address(text).map(|url| url.trim_end_matches('/').to_owned())
}

fn service_address(text: &str) -> Result<String, String> {
    is_web_address(text).then(|| text.to_owned()).ok_or_else(|| {
        format!("`{text}` is not an address such as https://export.arxiv.org/api/query")
    })
}

/// `check`: how `offprint check --external` asks other sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Seconds between two questions to one host.
    pub pause: usize,
    /// Hosts asked at once.
    pub hosts: usize,
    /// Seconds to wait for an answer.
    pub timeout: usize,
    /// Days for which a link that worked is not asked for again.
    pub days: usize,
}

impl Default for Check {
    fn default() -> Self {
        Self { pause: 1, hosts: 8, timeout: 20, days: 7 }
    }
}

impl Check {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.number("pause", &mut self.pause);
        fields.number("hosts", &mut self.hosts);
        fields.number("timeout", &mut self.timeout);
        fields.number("days", &mut self.days);
    }
}

/// `warnings`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Warnings {
    /// Codes that are not shown.
    pub allow: Vec<Code>,
}

impl Warnings {
    pub(super) fn read(&mut self, fields: &mut Fields<'_, '_>) {
        fields.list("allow", warning, &mut self.allow);
        fields.note_words("allow", Code::ALL.iter().map(|code| code.as_str()));
    }
}

fn warning(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| {
        let near = super::fields::nearest(text, Code::ALL.iter().map(|code| code.as_str()));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("`{text}` is no code of a warning{hint}")
    })
}

/// `[tag.NAME]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigTag {
    /// The tag that is used.
    pub tag: Tag,
    /// Tags that mean the same.
    pub aliases: Vec<Tag>,
    /// What is shown instead of the tag.
    pub label: Translated,
    /// One or two sentences, plain text.
    pub description: Translated,
}

impl ConfigTag {
    pub(super) fn read(name: &str, fields: &mut Fields<'_, '_>) -> Option<Self> {
        let mut aliases = Vec::new();
        fields.list("aliases", super::tag, &mut aliases);
        let (mut label, mut description) = (Translated::default(), Translated::default());
        fields.translated("label", &mut label);
        fields.translated("description", &mut description);
        let tag = Tag::parse(name);
        if tag.is_none() {
            let finding =
                Finding::new(Code::Config, format!("`{name}` is not a tag")).at(fields.place());
            fields.push(finding.help(
                "a tag is one word of letters, digits, `-`, `+`, `.` and `/`, with a letter in it",
            ));
        }
        Some(Self { tag: tag?, aliases, label, description })
    }
}
