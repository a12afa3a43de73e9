//! The views: everything a template may see. `docs/themes.md` is checked against this file.

use tera::Value;

use super::view::{Html, Of, views};

views! {
    /// The site, in every template as `site`.
    SiteView {
        /// Its name.
        title: String,
        /// One sentence about it; may be empty.
        description: String,
        /// The default language.
        lang: String,
        /// All configured languages.
        languages: Vec<LangView>,
        /// Who writes it.
        author: PersonView,
        /// The licence of the text; may be empty.
        license: String,
        /// Address of the home page: the base path.
        home: String,
        /// The same with scheme and host.
        base_url: String,
        /// Where the main parts are.
        nav: Vec<NavLink>,
        /// Address of the site's Atom feed.
        feed: String,
        /// How much there is.
        counts: CountsView,
        /// `outputs` of config.toml: a table of switches.
        outputs: Value,
        /// The theme's options.
        options: Value,
        /// `extra` of config.toml.
        extra: Value,
        /// Name and version of the program.
        generator: String,
    }
    /// A language.
    LangView {
        /// Its tag: `ko`.
        tag: String,
        /// Its own name: `한국어`.
        name: String,
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
        /// `archive`, `tags`, `authors`, `search`, `stats` or `page`.
        kind: String,
        /// What to show: an interface string, or a page's title.
        title: String,
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
        /// `home`, `date`, `month`, `year`, `archive`, `paper`, `tags`, `tag`, `authors`, `author`, `page`, `404`.
        kind: String,
        /// Plain text for `<title>`, without the site's name; empty on the first home page.
        title: String,
        /// Plain text for the description, never empty.
        description: String,
        /// Address.
        url: String,
        /// The same with scheme and host.
        canonical: String,
        /// Language of the page.
        lang: String,
        /// Feeds of this page, then of the site.
        feeds: Vec<FeedLink>,
        /// JSON-LD, ready for a `script` element.
        json_ld: Html,
        /// `citation_*` and other `meta` elements; empty but on paper pages.
        meta: Vec<MetaTag>,
        /// Address of the previous page of the same list, or of the neighbour before.
        prev: Option<NavLink>,
        /// Address of the next.
        next: Option<NavLink>,
    }
    /// A feed to announce.
    FeedLink {
        /// Title.
        title: String,
        /// Address.
        url: String,
        /// MIME type.
        mime: String,
    }
    /// A `meta` element.
    MetaTag {
        /// Its name.
        name: String,
        /// Its content.
        content: String,
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
        /// Day of the month.
        day: i64,
    }
    /// A text in one language.
    TextView {
        /// Its language.
        lang: String,
        /// Its HTML.
        html: Html,
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
        authors: Vec<AuthorLink>,
        /// The organisation; may be empty.
        org: String,
        /// Its links, as buttons: arXiv, PDF, code …
        links: Vec<LinkView>,
        /// Tags in the order its entries name them.
        tags: Vec<TagLink>,
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
        /// Other metadata by key: `venue`, `note`, `votes` …
        fields: Value,
        /// A COinS record for a `title` attribute.
        coins: String,
    }
    /// An author of a paper.
    AuthorLink {
        /// As spelt there.
        name: String,
        /// Address of the author's page, where there is one.
        url: Option<String>,
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
    /// What one date says about one paper.
    EntryView {
        /// Id of the entry in a page of many: `p-2503-07565`.
        anchor: String,
        /// The paper.
        paper: Of<PaperView>,
        /// The date; none for what no source dates.
        date: Option<Of<DateView>>,
        /// Abstracts.
        abstracts: Vec<Of<TextView>>,
        /// Commentary in the order written.
        texts: Vec<Of<TextView>>,
    }
    /// A date with what its digests say.
    DayView {
        /// The date.
        date: Of<DateView>,
        /// The digest's own title; may be empty.
        title: String,
        /// The introduction.
        intro: Vec<TextView>,
        /// Papers of the day in full.
        entries: Vec<EntryView>,
        /// Papers named by title only.
        more: Vec<Of<PaperLink>>,
        /// How many papers the day has.
        count: usize,
        /// Address of the canonical Markdown, where it is made.
        markdown: Option<String>,
    }
    /// A date in a calendar.
    DayLink {
        /// The date.
        date: Of<DateView>,
        /// The digest's own title; may be empty.
        title: String,
        /// How many papers the day has.
        count: usize,
        /// Its papers, on month pages; empty elsewhere.
        papers: Vec<Of<PaperLink>>,
    }
    /// A month with its dates.
    MonthView {
        /// Year.
        year: i64,
        /// Month from 1.
        month: i64,
        /// In the language of the page: `2025년 3월`.
        text: String,
        /// Address of its page, where there is one.
        url: Option<String>,
        /// Dates, newest first.
        days: Vec<DayLink>,
        /// The month as a calendar: weeks of seven days from Monday.
        weeks: Vec<Vec<CalendarDay>>,
        /// Papers.
        count: usize,
    }
    /// A square of a calendar.
    CalendarDay {
        /// Day of the month; 0 outside of the month.
        day: i64,
        /// Address of the date's page, where there is one.
        url: Option<String>,
        /// How many papers the date has.
        count: usize,
        /// The same in four steps, for shading; 0 without papers.
        level: usize,
    }
    /// A year with its months.
    YearView {
        /// Year.
        year: i64,
        /// Address of its page, where there is one.
        url: Option<String>,
        /// Months, newest first.
        months: Vec<MonthView>,
        /// Papers.
        count: usize,
    }
    /// Where one is in a list of several pages.
    PagerView {
        /// This page from 1.
        page: usize,
        /// How many there are.
        pages: usize,
        /// Address of the page before.
        prev: Option<String>,
        /// Address of the page after.
        next: Option<String>,
    }
    /// Papers of a month in a list.
    PaperGroup {
        /// What they have in common: `2025년 3월`.
        text: String,
        /// The papers, newest first.
        papers: Vec<Of<PaperLink>>,
    }
    /// A tag's page.
    TagView {
        /// Folded name.
        name: String,
        /// What to show.
        label: String,
        /// One or two sentences; may be empty.
        description: String,
        /// How many papers it has.
        count: usize,
        /// Papers of this page by month.
        groups: Vec<PaperGroup>,
        /// How many papers in each month (or year, over a long time) from the first to the last; empty on further pages.
        trend: Vec<TrendView>,
        /// Tags that occur with it, commonest first.
        related: Vec<TagLink>,
        /// Further pages.
        pager: PagerView,
    }
    /// A step of a trend.
    TrendView {
        /// The month or the year: `2025년 3월`.
        text: String,
        /// How many papers.
        count: usize,
        /// Share of the greatest count, from 0 to 100.
        percent: usize,
    }
    /// An author's page.
    AuthorView {
        /// The commonest spelling.
        name: String,
        /// How many papers.
        count: usize,
        /// Papers by year.
        groups: Vec<PaperGroup>,
        /// Authors of the same papers, commonest first.
        coauthors: Vec<AuthorCount>,
    }
    /// An author in a list.
    AuthorCount {
        /// The commonest spelling.
        name: String,
        /// Address of the author's page.
        url: String,
        /// How many papers.
        count: usize,
    }
    /// A paper's page, beside `paper`.
    PaperPage {
        /// Every entry about the paper, by date.
        entries: Vec<EntryView>,
        /// Papers it names.
        mentions: Vec<Of<PaperLink>>,
        /// Papers that name it.
        mentioned_in: Vec<Of<PaperLink>>,
        /// Papers near to it.
        related: Vec<Of<PaperLink>>,
        /// BibTeX.
        bibtex: String,
        /// The paper before it in the order of the site.
        prev: Option<Of<PaperLink>>,
        /// The paper after it.
        next: Option<Of<PaperLink>>,
    }
    /// An entry of a feed.
    FeedEntry {
        /// A `tag:` address that never changes.
        id: String,
        /// Plain text.
        title: String,
        /// Address with scheme and host.
        url: String,
        /// RFC 3339.
        published: String,
        /// RFC 3339.
        updated: String,
        /// Language.
        lang: String,
        /// Names.
        authors: Vec<String>,
        /// Folded tags.
        tags: Vec<String>,
        /// HTML with absolute addresses, to be escaped.
        content: String,
    }
    /// A feed.
    FeedView {
        /// A `tag:` address that never changes.
        id: String,
        /// Plain text.
        title: String,
        /// Plain text; may be empty.
        subtitle: String,
        /// Its own address.
        url: String,
        /// The page it belongs to.
        page: String,
        /// RFC 3339: when its newest entry changed.
        updated: String,
        /// Who writes the site; never empty.
        author: String,
        /// Language.
        lang: String,
        /// Newest first.
        entries: Vec<FeedEntry>,
    }
    /// An address of the sitemap.
    SitemapUrl {
        /// With scheme and host.
        loc: String,
        /// `2025-03-12`; may be empty.
        lastmod: String,
    }
}
