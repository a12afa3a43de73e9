//! config.toml as data with defaults. Knows no disk: text in, [`Config`] and findings out.
//!
//! All mistakes of a file are reported at once, each at its place, with the nearest known key.

mod citations;
mod comments;
mod facts;
mod fields;
mod mail;
mod menu;
mod options;
mod people;
mod redirects;
mod sources;
mod written;

use std::ops::Range;

use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use url::Url;

pub use citations::{Citations, CiteStyle};
pub use comments::{Comments, Provider};
pub use facts::{Fact, FactKind};
pub use fields::{Fields, nearest};
pub use mail::{ADDRESS, Mail, Mailbox, Security};
pub use menu::MenuItem;
pub use options::{
    AUTO, Add, Authors, Check, ConfigTag, Digests, Feeds, Home, Images, Layout, Markdown, Outputs,
    Person, Preview, Roundup, Switch, Tags, Warnings,
};
pub use people::{KnownAuthor, Writer, Writers};
pub use redirects::Redirect;
pub use sources::SourceConfig;
pub use written::{Written, written};

use crate::diagnostic::{Code, Finding};
use crate::formats::fields::Field;
use crate::model::route::{BaseUrl, Tree};
use crate::model::{Lang, Tag, Translated, author};

/// Everything config.toml can say. Paths are as written, relative to the folder of config.toml.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name.
    pub title: Translated,
    /// One sentence about the site; empty if not given.
    pub description: Translated,
    /// Where the site will be.
    pub base_url: BaseUrl,
    /// The first is the default; never empty.
    pub languages: Vec<Lang>,
    /// Decides what is still in the future, and the time of feeds.
    pub timezone: TimeZone,
    /// `offprint` (embedded), or a folder under `themes/`.
    pub theme: String,
    /// The output folder.
    pub output: String,
    /// Whose site it is.
    pub author: Person,
    /// `[author.SLUG]`: those who wrote papers, in the order of slugs.
    pub known_authors: Vec<KnownAuthor>,
    /// `[[writers]]`: those who write the site.
    pub writers: Writers,
    /// The licence of the text, as shown in the footer; empty if not given.
    pub license: String,
    /// A host of one's own for GitHub Pages: becomes `/CNAME`.
    pub domain: Option<String>,
    /// The home page.
    pub home: Home,
    /// How digests are laid out and which are held back.
    pub digests: Digests,
    /// Tag pages.
    pub tags: Tags,
    /// Author pages.
    pub authors: Authors,
    /// Feeds.
    pub feeds: Feeds,
    /// How texts cite papers.
    pub citations: Citations,
    /// Comments of readers.
    pub comments: Comments,
    /// The script that draws diagrams of Mermaid: a path from the root of the site on, or a whole address; empty for none.
    pub mermaid: String,
    /// Newsletters by mail.
    pub mail: Mail,
    /// Round-ups of weeks and months.
    pub roundup: Roundup,
    /// Markdown.
    pub markdown: Markdown,
    /// Images of content.
    pub images: Images,
    /// What is made besides the pages every site has.
    pub outputs: Outputs,
    /// Which warnings are not shown.
    pub warnings: Warnings,
    /// The preview.
    pub preview: Preview,
    /// The service that `add` asks.
    pub add: Add,
    /// How `check --external` asks other sites.
    pub check: Check,
    /// What the theme's manifest declares; checked against it when the theme is loaded.
    pub theme_options: toml::Table,
    /// Anything, for templates.
    pub extra: toml::Table,
    /// `[tag.NAME]` tables, by name, in the order of names.
    pub tag: Vec<ConfigTag>,
    /// The links of the menu; empty for the usual ones.
    pub menu: Vec<MenuItem>,
    /// Addresses that lead elsewhere, in the order written.
    pub redirects: Vec<Redirect>,
    /// Folders and files read besides `content/`.
    pub sources: Vec<SourceConfig>,
    /// `[fields]`: names of fields in all texts, besides those of the dictionary.
    pub fields: Vec<(String, Field)>,
    /// `[fields.NAME]` tables and the fields that the program knows, in the order in which they are shown.
    pub facts: Vec<Fact>,
}

fn language(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| format!("`{text}` is not a language tag"))
}

fn tag(text: &str) -> Result<Tag, String> {
    Tag::parse(text).ok_or_else(|| format!("`{text}` is not a tag"))
}

impl Default for Config {
    fn default() -> Self {
        let en = Lang::parse("en").map(|lang| vec![lang]).unwrap_or_default();
        let base_url = BaseUrl::parse("http://localhost/");
        Self {
            title: Translated::plain("Papers"),
            description: Translated::default(),
            base_url: base_url.unwrap_or_else(|_| unreachable!("a constant address")),
            languages: en,
            timezone: TimeZone::UTC,
            theme: "offprint".into(),
            output: "public".into(),
            author: Person::default(),
            known_authors: Vec::new(),
            writers: Writers::default(),
            license: String::new(),
            domain: None,
            home: Home::default(),
            digests: Digests::default(),
            tags: Tags::default(),
            authors: Authors::default(),
            feeds: Feeds::default(),
            citations: Citations::default(),
            comments: Comments::default(),
            mermaid: String::new(),
            mail: Mail::default(),
            roundup: Roundup::default(),
            markdown: Markdown::default(),
            images: Images::default(),
            outputs: Outputs::default(),
            warnings: Warnings::default(),
            preview: Preview::default(),
            add: Add::default(),
            check: Check::default(),
            theme_options: toml::Table::new(),
            extra: toml::Table::new(),
            tag: Vec::new(),
            menu: Vec::new(),
            redirects: Vec::new(),
            sources: Vec::new(),
            fields: Vec::new(),
            facts: facts::known(),
        }
    }
}

impl Config {
    /// The fields whose values have pages.
    pub fn paged_fields(&self) -> Vec<Fact> {
        self.facts.iter().filter(|fact| fact.pages.is_some()).cloned().collect()
    }

    /// Reads config.toml's text, in which `outputs` may set these switches. With an error among the findings, the config is
    /// not to be used.
    pub fn parse(text: &str, switches: &[&'static Switch]) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut config = Self::default();
        if let Some(mut fields) = Fields::parse(text, &mut findings) {
            config.read(switches, &mut fields);
            fields.finish();
        }
        (config, findings)
    }

    /// What config.toml may say, as JSON Schema has it: what the reader asks for where nothing is written.
    pub fn shape(switches: &[&'static Switch]) -> serde_json::Value {
        Fields::shape_of_all(|fields| Self::default().read(switches, fields))
    }

    /// The default language.
    pub fn lang(&self) -> &Lang {
        &self.languages[0]
    }

    /// What is said about a tag.
    pub fn tag(&self, name: &str) -> Option<&ConfigTag> {
        let at = self.tag.partition_point(|tag| tag.tag.as_str() < name);
        self.tag.get(at).filter(|tag| tag.tag.as_str() == name)
    }

    /// Which tag stands for which: each alias with the tag that declares it.
    pub fn tag_aliases(&self) -> FxHashMap<Tag, Tag> {
        self.tag
            .iter()
            .flat_map(|tag| tag.aliases.iter().map(|alias| (alias.clone(), tag.tag.clone())))
            .collect()
    }

    /// What is said about an author, by slug.
    pub fn known_author(&self, slug: &str) -> Option<&KnownAuthor> {
        let at = self.known_authors.partition_point(|known| known.slug.as_str() < slug);
        self.known_authors.get(at).filter(|known| known.slug == slug)
    }

    /// Which key of an author stands for which: each alias with the slug that declares it.
    pub fn author_aliases(&self) -> FxHashMap<String, String> {
        let all = self.known_authors.iter();
        let keys = all.flat_map(|known| {
            let names = known.aliases.iter().chain([&known.name]).filter(|name| !name.is_empty());
            names.map(|name| (author::key(name), known.slug.clone()))
        });
        keys.filter(|(alias, slug)| alias != slug).collect()
    }

    /// The trees of pages: one for all languages, or one a language, in the order of languages.
    pub fn trees(&self) -> Vec<Tree> {
        let further = match self.digests.layout {
            Layout::Together => &[],
            Layout::Split => &self.languages[1..],
        };
        let below =
            further.iter().zip(1..).map(|(lang, number)| Tree::below(number, lang.as_str()));
        std::iter::once(Tree::root()).chain(below).collect()
    }

    fn read(&mut self, switches: &[&'static Switch], fields: &mut Fields<'_, '_>) {
        self.read_identity(fields);
        fields.string("theme", &mut self.theme);
        fields.string("output", &mut self.output);
        fields.table("home", |home| self.home.read(home));
        fields.table("digests", |digests| self.digests.read(digests));
        fields.table("tags", |tags| tags.number("per_page", &mut self.tags.per_page));
        fields
            .table("authors", |authors| authors.number("min_papers", &mut self.authors.min_papers));
        fields.table("feeds", |feeds| self.feeds.read(feeds));
        fields.table("citations", |citations| self.citations.read(citations));
        fields.table("comments", |comments| self.comments.read(comments));
        fields.table("mermaid", |mermaid| {
            mermaid.parsed("script", people::place, &mut self.mermaid);
        });
        fields.table("mail", |mail| self.mail.read(mail));
        fields.table("roundup", |roundup| self.roundup.read(roundup));
        fields.table("markdown", |markdown| self.markdown.read(markdown));
        fields.table("images", |images| self.images.read(images));
        fields.table("outputs", |outputs| self.outputs.read(switches, outputs));
        fields.table("warnings", |warnings| self.warnings.read(warnings));
        fields.table("preview", |preview| self.preview.read(preview));
        fields.table("add", |add| self.add.read(add));
        fields.table("check", |check| self.check.read(check));
        fields.open_table("theme_options", &mut self.theme_options);
        fields.open_table("extra", &mut self.extra);
        fields.named_tables("tag", |name, tag| self.tag.extend(ConfigTag::read(name, tag)));
        self.tag.sort_by(|one, other| one.tag.as_str().cmp(other.tag.as_str()));
        fields.tables("menu", |item| self.menu.extend(MenuItem::read(item)));
        self.redirects = Redirect::read(fields);
        let facts = &mut self.facts;
        let names =
            fields.named_tables_and_values("fields", |name, table| facts::read(facts, name, table));
        self.fields = sources::meanings(names, fields);
        fields.tables("sources", |source| self.sources.extend(SourceConfig::read(source)));
    }

    fn read_identity(&mut self, fields: &mut Fields<'_, '_>) {
        fields.translated("title", &mut self.title);
        fields.translated("description", &mut self.description);
        let base_url = fields.parsed("base_url", BaseUrl::parse, &mut self.base_url);
        self.read_languages(fields);
        fields.parsed(
            "timezone",
            |name| {
                TimeZone::get(name)
                    .map_err(|_| format!("`{name}` is not a time zone such as `Asia/Seoul`"))
            },
            &mut self.timezone,
        );
        fields.table("author", |author| {
            self.author.read(author);
            self.known_authors = people::authors(author);
        });
        fields.tables("writers", |writer| self.writers.read(writer));
        fields.string("license", &mut self.license);
        if fields.parsed("domain", domain, &mut self.domain).is_some() {
            self.reconcile_domain(base_url, fields);
        }
    }

    /// A domain tells where the site will be; a `base_url` that says otherwise would leave pages without style.
    fn reconcile_domain(&mut self, base_url: Option<Range<usize>>, fields: &mut Fields<'_, '_>) {
        let own = self
            .domain
            .as_ref()
            .and_then(|domain| BaseUrl::parse(&format!("https://{domain}/")).ok());
        let Some(own) = own.filter(|own| *own != self.base_url) else { return };
        match base_url {
            None => self.base_url = own,
            Some(span) => fields.push(
                Finding::new(
                    Code::OtherAddress,
                    format!(
                        "`base_url` is {}, but `domain` puts the site at {}",
                        self.base_url.absolute(""),
                        own.absolute("")
                    ),
                )
                .at(span)
                .help(format!("write base_url = \"{}\", or remove `domain`", own.absolute(""))),
            ),
        }
    }

    fn read_languages(&mut self, fields: &mut Fields<'_, '_>) {
        let mut languages = Vec::new();
        let span = fields.list(
            "languages",
            |text| language(text).map_err(|why| format!("{why} such as `en`")),
            &mut languages,
        );
        let twice = languages.iter().enumerate().find(|(at, lang)| languages[..*at].contains(lang));
        match (languages.is_empty(), span) {
            (false, Some(span)) if twice.is_some() => {
                let finding =
                    Finding::new(Code::Config, "`languages` names one language twice").at(span);
                fields.push(finding.help("name each once; the first is the default"));
            }
            (false, _) => self.languages = languages,
            (true, Some(span)) => fields.push(
                Finding::new(Code::Config, "`languages` is empty")
                    .at(span)
                    .help("name at least one, such as [\"en\"]"),
            ),
            (true, None) => {}
        }
    }
}

/// An absolute address; `None` where the text is empty.
fn address(text: &str) -> Result<Option<BaseUrl>, String> {
    if text.is_empty() { Ok(None) } else { BaseUrl::parse(text).map(Some) }
}

/// A host of its own, as the file `/CNAME` holds it: in the letters that hosts understand. `None` where the text is empty.
fn domain(text: &str) -> Result<Option<String>, String> {
    let host = Url::parse(&format!("https://{text}/"))
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    match host {
        _ if text.is_empty() => Ok(None),
        Some(host)
            if text.contains('.')
                && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.')) =>
        {
            Ok(Some(host))
        }
        _ => Err(format!(
            "`{text}` is not a domain such as `notes.example.org`, without https:// and without a path"
        )),
    }
}
