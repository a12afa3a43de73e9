//! The views: everything a template may see. `docs/themes.md` is checked against this file.

use tera::Value;

use super::view::{Html, Of, views};

mod components;
mod indexes;
mod lists;
mod stats;

pub use components::{AddressView, MailView, PictureView};
pub use indexes::{LetterLink, LetterView, PagerView, StripView, YearLink};
pub use lists::{
    AuthorCount, AuthorView, CalendarDay, CollectionLink, CollectionView, ContentsLink, DayLink,
    DayView, DocumentView, EntryView, FactView, FeedEntry, FeedView, ListItemView, MentionView,
    MonthView, PaperGroup, PaperPage, PostLink, RoundupView, SeriesPlace, SitemapTranslation,
    SitemapUrl, TagView, TrendView, WriterView, YearView,
};

pub(super) use stats::OF_STATS;
pub use stats::{HeatMonth, HeatYear, PaperCount, StatsView, TagTrend};

/// The type within another, as declarations spell it: `Vec<Of<TagLink>>` in `Vec` → `Of<TagLink>`.
pub(super) fn type_inside<'t>(rust: &'t str, outer: &str) -> Option<&'t str> {
    let inner = rust.strip_prefix(outer)?.trim_start().strip_prefix('<')?;
    inner.trim_end().strip_suffix('>').map(str::trim)
}

/// Every view, for the documentation.
pub fn all() -> impl Iterator<Item = &'static super::view::ViewDoc> {
    OF_PAPERS
        .iter()
        .chain(lists::OF_LISTS)
        .chain(indexes::OF_INDEXES)
        .chain(components::OF_COMPONENTS)
        .chain(super::KINDS.iter().flat_map(|kind| kind.views))
}

views! { OF_PAPERS;
    /// The site, in every template as `site`.
    SiteView {
        /// Its name.
        title: String,
        /// One sentence about it; may be empty.
        description: String,
        /// The same in each language that the page shows; the page's own first.
        descriptions: Vec<TextView>,
        /// The language of the page's tree: the default one, unless every language has a tree.
        lang: String,
        /// `together`, or `split`: a tree of pages for each language.
        layout: String,
        /// All configured languages.
        languages: Vec<LangView>,
        /// Who writes it.
        author: PersonView,
        /// The licence of the text; may be empty.
        license: String,
        /// Address of the home page in the language of the page.
        home: String,
        /// The base path with scheme and host.
        base_url: String,
        /// Scheme and host alone, to stand before an address: `https://me.github.io`.
        origin: String,
        /// Where the main parts are.
        nav: Vec<NavLink>,
        /// The same without the search.
        menu: Vec<NavLink>,
        /// The latest twenty digests and posts, newest first.
        recent: Vec<PostLink>,
        /// All tags, commonest first.
        tags: Vec<TagLink>,
        /// All series.
        series: Vec<CollectionLink>,
        /// Fields whose values have pages, with those.
        fields: Vec<FieldView>,
        /// Address of the site's Atom feed.
        feed: String,
        /// Feeds of the site.
        feeds: Of<Vec<FeedLink>>,
        /// Indexes of venues, organisations, fields of one's own and series, where there are any.
        families: Vec<NavLink>,
        /// Indexes of weekly and monthly round-ups, where config.toml wants them.
        roundups: Vec<NavLink>,
        /// How much there is.
        counts: CountsView,
        /// `outputs` of config.toml: a table of switches.
        outputs: Value,
        /// The theme's options.
        options: Value,
        /// Interface strings in the language of the page, by key: those that depend on no number.
        strings: Value,
        /// The days of a week from Monday on.
        weekdays: Vec<WeekdayView>,
        /// Comments of readers, where config.toml wants them.
        comments: Option<CommentsView>,
        /// Address of the script that draws diagrams of Mermaid; empty for none.
        mermaid: String,
        /// `extra` of config.toml.
        extra: Value,
        /// Name and version of the program.
        generator: String,
    }
    /// A day of the week in the language of the page.
    WeekdayView {
        /// Its name: `수요일`.
        name: String,
        /// What heads its column in a calendar: `수`.
        letter: String,
    }
    /// Where readers can say something: `comments` of config.toml.
    CommentsView {
        /// `giscus`, `utterances` or `hypothesis`.
        provider: String,
        /// The repository: `owner/name`; may be empty.
        repo: String,
        /// Its number; may be empty.
        repo_id: String,
        /// The category of discussions; may be empty.
        category: String,
        /// Its number; may be empty.
        category_id: String,
        /// What of a page finds its discussion: `pathname`.
        mapping: String,
    }
    /// A field whose values have pages.
    FieldView {
        /// Its name: `venue`.
        name: String,
        /// What it is called.
        label: String,
        /// Address of the index of its values.
        url: String,
        /// Its values.
        values: Vec<CollectionLink>,
    }
    /// A language.
    LangView {
        /// Its tag: `ko`.
        tag: String,
        /// Its own name: `한국어`.
        name: String,
        /// Address of its home page, where it has a tree of its own.
        home: Option<String>,
    }
    /// A person.
    PersonView {
        /// Full name; may be empty.
        name: String,
        /// Mail address; may be empty.
        email: String,
        /// Web page; may be empty.
        url: String,
    }
    /// A link of the navigation.
    NavLink {
        /// The kind of page that it leads to; `link` where a menu of config.toml leads elsewhere.
        kind: String,
        /// What to show: an interface string, or a page's title.
        title: String,
        /// Language of the title.
        lang: String,
        /// Address.
        url: String,
    }
    /// How much there is.
    CountsView {
        /// Papers.
        papers: usize,
        /// Dates.
        days: usize,
        /// Tags.
        tags: usize,
        /// Authors with a page.
        authors: usize,
    }
    /// The page being rendered, in every template as `page`.
    PageView {
        /// Its kind: the name of its template without the ending, such as `home`, `date` or `404`.
        kind: String,
        /// Plain text for `<title>`, without the site's name; empty on the first home page.
        title: String,
        /// Language of the title.
        title_lang: String,
        /// Plain text for the description, never empty.
        description: String,
        /// Address.
        url: String,
        /// The same with scheme and host.
        canonical: String,
        /// Language of the page.
        lang: String,
        /// How that is written: `ltr` or `rtl`, from right to left.
        dir: String,
        /// The same page in every language, itself included; empty where languages share a page.
        translations: Vec<TranslationLink>,
        /// Feeds of this page, then of the site.
        feeds: Of<Vec<FeedLink>>,
        /// Feeds of this page alone: of a tag, of an author.
        own_feeds: Vec<FeedLink>,
        /// The papers of the page for reference managers: `BibTeX`, `RIS`, `CSL-JSON`.
        bibliographies: Vec<FeedLink>,
        /// The picture for link previews, where one is made.
        card: Option<CardLink>,
        /// All that machines read of the page, as elements of its `head`: description, canonical address, translations, feeds, neighbours, Open Graph, `citation_*`, JSON-LD.
        head: Html,
        /// JSON-LD, ready for a `script` element.
        json_ld: Html,
        /// The `citation_*` set as `meta` elements; empty but on paper pages.
        meta: Html,
        /// Address of the previous page of the same list, or of the neighbour before.
        prev: Option<NavLink>,
        /// Address of the next.
        next: Option<NavLink>,
        /// HTML that pages of one kind share: `page.parts.NAME` is `parts/page/NAME.html`, rendered once.
        parts: Value,
    }
    /// The page in templates of `parts/`, which are rendered once for many pages.
    PartPage {
        /// As of any page; empty in parts of a paper.
        kind: String,
        /// Address, where the page is the only one of its kind, or a plain page; else empty.
        url: String,
        /// Language of the page.
        lang: String,
        /// How that is written: `ltr` or `rtl`.
        dir: String,
    }
    /// A page in one language.
    TranslationLink {
        /// Its language.
        lang: String,
        /// The language's own name: `한국어`.
        name: String,
        /// Address.
        url: String,
        /// The same with scheme and host.
        canonical: String,
        /// Whether it is this page.
        current: bool,
    }
    /// A picture for link previews.
    CardLink {
        /// Address with scheme and host.
        url: String,
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// What can be read on it.
        alt: String,
    }
    /// What a picture for link previews shows; all plain text of at most 400 characters, formulas too.
    CardView {
        /// `site`, `date` or `paper`.
        kind: String,
        /// The paper's title; the date's own title, or the date; the title of the site.
        title: String,
        /// The paper's authors, joined with commas, or its organisation; of the site, what it is about; may be empty.
        authors: String,
        /// The date in the language of the page; empty where it is the title, and for what no source dates.
        date: String,
        /// Titles of a date's first papers.
        papers: Vec<String>,
        /// How many papers the date or the site has.
        count: usize,
    }
    /// Where the scripts of the search find what it knows.
    SearchView {
        /// Address of the file that says how the others are cut.
        index: String,
        /// Address of the folder of words.
        words: String,
        /// Address of the folder of results, in the language of the page.
        results: String,
        /// Address of the file of what a search can be narrowed to.
        facets: String,
        /// Address that those of results are below of.
        home: String,
        /// Which of the titles of a result are in the language of the page, where they differ: its number from 0.
        tree: usize,
    }
    /// A feed or another file for programs.
    FeedLink {
        /// Title.
        title: String,
        /// Address.
        url: String,
        /// MIME type.
        mime: String,
        /// The language of a feed that leaves others out; else empty.
        lang: String,
    }
    /// A date.
    DateView {
        /// `2025-03-12`
        iso: String,
        /// In the language of the page: `2025년 3월 12일`.
        text: String,
        /// Day of the week in the language of the page.
        weekday: String,
        /// Address of the date's page.
        url: String,
        /// Year.
        year: i64,
        /// Month from 1.
        month: i64,
        /// The month in the language of the page, without a day beside it: `3월`.
        month_name: String,
        /// Day of the month.
        day: i64,
    }
    /// A text in one language.
    TextView {
        /// Its language.
        lang: String,
        /// Its HTML.
        html: Html,
        /// Attributes for its element: `lang`, `dir` where it runs against the page, and where languages share a page a class with the number of its language in `site.languages`: `l2`.
        attributes: Html,
    }
    /// A paper where a list names it.
    PaperLink {
        /// Address of its page.
        url: String,
        /// Title; math is MathML.
        title: Html,
        /// Title as plain text.
        title_text: String,
        /// Language of the title, by its script.
        lang: String,
        /// The first author and how many more there are: `Linqi Zhou +2`; may be empty.
        byline: String,
        /// The latest date it appears on.
        date: Option<Of<DateView>>,
        /// Fields that the config has stand in lists.
        facts: Vec<Of<FactView>>,
        /// `partials/line.html` for this paper, rendered once for all pages of a language.
        line: Html,
        /// What is said of it, in the languages that the page shows, as the `summaries` of a paper.
        summaries: Vec<TextView>,
        /// A COinS record for a `title` attribute, with the first three authors.
        coins: Html,
    }
    /// A paper.
    PaperView {
        /// The part of its address after `/papers/`: `2503.07565`. Unique.
        key: String,
        /// Address of its page.
        url: String,
        /// Title; math is MathML.
        title: Html,
        /// Title as plain text.
        title_text: String,
        /// Language of the title, by its script.
        lang: String,
        /// Other titles it is listed under.
        other_titles: Vec<String>,
        /// Authors in order.
        authors: Vec<Of<AuthorLink>>,
        /// Their names, joined with commas.
        names: String,
        /// The organisation; may be empty.
        org: String,
        /// Its links, as buttons: arXiv, PDF, code …; where it has none, one of the kind `find` that searches arXiv for its title.
        links: Vec<LinkView>,
        /// Tags in the order its entries name them.
        tags: Vec<Of<TagLink>>,
        /// arXiv id without version.
        arxiv: Option<String>,
        /// DOI.
        doi: Option<String>,
        /// OpenReview id.
        openreview: Option<String>,
        /// When the paper came out, as its source says; may be empty.
        published: String,
        /// The latest date it appears on.
        date: Option<Of<DateView>>,
        /// The first sentences of the commentary or the abstract, plain text.
        summary: String,
        /// Language of the summary.
        summary_lang: String,
        /// The summary, and then those of the commentary in the other languages that the page shows.
        summaries: Vec<TextView>,
        /// Facts that config.toml wants shown with a paper in lists.
        facts: Vec<Of<FactView>>,
        /// Other metadata by key: `venue`, `note`, `votes` …
        fields: Value,
        /// A COinS record for a `title` attribute.
        coins: String,
        /// HTML that all pages share: `paper.parts.NAME` is `parts/paper/NAME.html`, rendered once.
        parts: Value,
    }
    /// An author of a paper, or of a text of the site.
    AuthorLink {
        /// As spelt there.
        name: String,
        /// Address of the author's page, where there is one.
        url: Option<String>,
        /// The name, as a link to that page where there is one.
        link: Html,
    }
    /// A link of a paper.
    LinkView {
        /// `arxiv`, `pdf`, `code`, `project`, `doi`, `openreview`, `link` or the key written in the digest.
        kind: String,
        /// What to show.
        label: String,
        /// Address.
        url: String,
    }
    /// A tag.
    TagLink {
        /// Folded name.
        name: String,
        /// What to show, in the language of the page.
        label: String,
        /// Address of its page.
        url: String,
        /// Papers it has.
        count: usize,
    }
}
