//! Views of lists, of days and of feeds.

use tera::Value;

use super::{
    AuthorLink, DateView, LinkView, NavLink, PagerView, PaperLink, PaperView, StripView, TagLink,
    TextView, YearLink,
};
use crate::markup::Heading;
use crate::model::Lang;
use crate::render::view::{Html, Of, views};

views! { OF_LISTS;
    /// What one date says about one paper.
    EntryView {
        /// Id of the entry in a page of many: `p-2503-07565`.
        anchor: String,
        /// The paper.
        paper: Of<PaperView>,
        /// The date; none for what no source dates.
        date: Option<Of<DateView>>,
        /// Abstracts.
        abstracts: Vec<TextView>,
        /// Commentary in the order written; with a tree a language, what is in the language of the page, or what there is instead.
        texts: Vec<TextView>,
        /// Whether there is no commentary in the language of the page, and so one in another is shown.
        untranslated: bool,
    }
    /// What has a value in common: a venue, an organisation, a field of one's own, or a series.
    CollectionView {
        /// The field, or `series`.
        family: String,
        /// What that is called.
        family_label: String,
        /// Address of the index of all of them.
        family_url: String,
        /// The value, as it is spelt first.
        name: String,
        /// How many papers, or parts of a series.
        count: usize,
        /// Papers of this page by month.
        groups: Vec<PaperGroup>,
        /// The parts of a series, oldest first.
        parts: Vec<PostLink>,
        /// Who the writer is, on the page of one.
        writer: Option<WriterView>,
        /// Further pages.
        pager: PagerView,
    }
    /// A writer of the site, of `[[writers]]` in config.toml.
    WriterView {
        /// Web page elsewhere; may be empty.
        url: String,
        /// Address of a picture; may be empty.
        picture: String,
        /// A few sentences, plain text; may be empty.
        text: String,
        /// Language of the text.
        text_lang: String,
    }
    /// The round-up of a week, or of a month.
    RoundupView {
        /// What it is called: `Week 12, 2025`.
        title: String,
        /// Its first and last day in the language of the page.
        period: String,
        /// What all of its kind are called.
        family_label: String,
        /// Address of the list of all of them.
        family_url: String,
        /// How many papers.
        count: usize,
        /// Its days, oldest first.
        days: Vec<DayView>,
    }
    /// An item of a reading list.
    ListItemView {
        /// Its number in the list, from 1.
        number: usize,
        /// What stands between it and the item before: a heading, a paragraph.
        before: Vec<TextView>,
        /// The paper that it names; none where the site has no such paper.
        paper: Option<Of<PaperView>>,
        /// What it says of the paper; all of it where there is no paper.
        texts: Vec<TextView>,
    }
    /// A value in the index of its family.
    CollectionLink {
        /// The value, as it is spelt first; of a round-up its week or its month.
        name: String,
        /// Address of its page.
        url: String,
        /// How many papers, or parts of a series.
        count: usize,
    }
    /// The place of a document in a series.
    SeriesPlace {
        /// The series.
        name: String,
        /// Address of its page.
        url: String,
        /// The document's number in it, from 1.
        number: usize,
        /// How many parts there are.
        count: usize,
        /// The part before.
        prev: Option<PostLink>,
        /// The part after.
        next: Option<PostLink>,
    }
    /// A post where a list names it.
    PostLink {
        /// Address of its page.
        url: String,
        /// Title, plain text.
        title: String,
        /// Language of the title.
        title_lang: String,
        /// Its date.
        date: Option<Of<DateView>>,
        /// Who wrote it, where the post says that; may be empty.
        byline: String,
        /// What it says of itself, or its first words, plain text.
        summary: String,
        /// Language of the summary.
        summary_lang: String,
        /// Address of its picture, where it has one.
        image: Option<String>,
        /// Tags in the order it names them.
        tags: Vec<Of<TagLink>>,
    }
    /// What a post or a plain page says of itself, beside `texts`.
    DocumentView {
        /// The date of a post.
        date: Option<Of<DateView>>,
        /// When it was last changed, where front matter says that.
        updated: Option<Of<DateView>>,
        /// Who wrote it, where front matter says that.
        authors: Vec<String>,
        /// The same with the addresses of their pages.
        writers: Vec<AuthorLink>,
        /// Tags of a post in the order it names them.
        tags: Vec<Of<TagLink>>,
        /// Address of its picture, where it has one.
        image: Option<String>,
        /// The pages that a plain page lies below, the highest first.
        crumbs: Vec<NavLink>,
        /// The pages right below it, where front matter says `children = true`.
        children: Vec<PostLink>,
        /// Its headings, where it has at least three.
        contents: Vec<ContentsLink>,
        /// The series that it is a part of.
        series: Option<SeriesPlace>,
        /// Address of the canonical Markdown of a post, where it is made.
        markdown: Option<String>,
        /// `extra` of its front matter.
        extra: Value,
    }
    /// A heading in the contents of a document.
    ContentsLink {
        /// The id of the heading.
        id: String,
        /// Its words.
        text: Html,
        /// 2 or 3, as in the text.
        level: usize,
        /// Language of the text.
        lang: String,
    }
    /// A date with what its digests say.
    DayView {
        /// The date.
        date: Of<DateView>,
        /// The digest's own title; may be empty.
        title: String,
        /// Language of the title.
        title_lang: String,
        /// The title in each language that the page shows, the page's own first; none where there is no title.
        titles: Vec<TextView>,
        /// The introduction.
        intro: Vec<TextView>,
        /// Whether the introduction is not in the language of the page, and so one in another is shown.
        untranslated: bool,
        /// Papers of the day in full.
        entries: Vec<Of<EntryView>>,
        /// Papers named by title only.
        more: Vec<Of<PaperLink>>,
        /// Posts of the day.
        posts: Vec<PostLink>,
        /// The series that a digest of the day is a part of.
        series: Option<SeriesPlace>,
        /// Who wrote its digests, where front matter says that.
        writers: Vec<AuthorLink>,
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
        /// Language of the title.
        title_lang: String,
        /// How many papers the day has.
        count: usize,
        /// The titles of its first papers, plain text.
        names: String,
        /// Language of those.
        names_lang: String,
        /// The title in each language that the page shows; none where there is no title.
        titles: Vec<TextView>,
        /// Its papers, on month pages; empty elsewhere.
        papers: Vec<Of<PaperLink>>,
        /// Its posts.
        posts: Vec<PostLink>,
    }
    /// A month with its dates.
    MonthView {
        /// Year.
        year: i64,
        /// Month from 1.
        month: i64,
        /// In the language of the page: `2025년 3월`.
        text: String,
        /// The same in short, without the year.
        short: String,
        /// Address of its page, where there is one.
        url: Option<String>,
        /// Dates, newest first.
        days: Vec<Of<DayLink>>,
        /// The month as a calendar: weeks of seven days from Monday.
        weeks: Vec<Vec<CalendarDay>>,
        /// Papers.
        count: usize,
    }
    /// A square of a calendar.
    CalendarDay {
        /// Day of the month; 0 outside of the month.
        day: i64,
        /// The date in the language of the page, where it has a page.
        text: String,
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
        /// Dates.
        dates: usize,
        /// Whether the archive lists its dates: those of late years, and all where years have no page.
        listed: bool,
        /// The year as a strip of days, a step for each of four ranges of papers.
        strip: Vec<StripView>,
    }
    /// Papers of a month in a list.
    PaperGroup {
        /// What they have in common: `2025년 3월`.
        text: String,
        /// Their year, on the first group that has it; else 0.
        year: i64,
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
        /// Language of the description.
        description_lang: String,
        /// How many papers it has.
        count: usize,
        /// Its posts, newest first; empty on further pages.
        posts: Vec<PostLink>,
        /// Papers of this page by month.
        groups: Vec<PaperGroup>,
        /// How many papers in each month (or quarter, or year, over a long time) from the first to the last; empty on further pages.
        trend: Vec<TrendView>,
        /// The years that its papers are of, where there are several.
        years: Vec<YearLink>,
        /// Tags that occur with it, commonest first.
        related: Vec<TagLink>,
        /// Further pages.
        pager: PagerView,
    }
    /// A step of a trend.
    TrendView {
        /// The month, the quarter or the year: `2025년 3월`.
        text: String,
        /// Its year.
        year: i64,
        /// How many papers.
        count: usize,
        /// Share of the greatest count, from 0 to 100.
        percent: usize,
    }
    /// An author's page.
    AuthorView {
        /// The name that config.toml says, else the commonest spelling.
        name: String,
        /// Web page elsewhere; may be empty.
        url: String,
        /// ORCID, without its address; may be empty.
        orcid: String,
        /// How many papers.
        count: usize,
        /// Papers by year.
        groups: Vec<PaperGroup>,
        /// Authors of the same papers, commonest first.
        coauthors: Vec<Of<AuthorCount>>,
        /// Where one is among the pages of the author.
        pager: PagerView,
    }
    /// An author in a list.
    AuthorCount {
        /// The commonest spelling.
        name: String,
        /// Address of the author's page.
        url: String,
        /// The name as a link to it.
        link: Html,
        /// The name as an index files it: `He, Kaiming`.
        filed: String,
        /// How many papers.
        count: usize,
    }
    /// A paper's page, beside `paper`.
    PaperPage {
        /// Every entry about the paper, by date.
        entries: Vec<Of<EntryView>>,
        /// Papers it names.
        mentions: Vec<Of<PaperLink>>,
        /// Papers that name it.
        mentioned_in: Vec<Of<PaperLink>>,
        /// The same with the sentences that do.
        quotes: Vec<MentionView>,
        /// Papers near to it.
        related: Vec<Of<PaperLink>>,
        /// Where else one can read it: arXiv's HTML, where there is some, and alphaXiv.
        elsewhere: Vec<LinkView>,
        /// What is known of it besides: votes, comments, remarks …
        facts: Vec<Of<FactView>>,
        /// Address of the page of its venue, where there is one.
        venue_url: Option<String>,
        /// Address of the page of its organisation, where there is one.
        org_url: Option<String>,
        /// BibTeX.
        bibtex: String,
        /// The paper before it in the order of the site.
        prev: Option<Of<PaperLink>>,
        /// The paper after it.
        next: Option<Of<PaperLink>>,
    }
    /// Another paper that names a paper.
    MentionView {
        /// The paper whose text it is.
        paper: Of<PaperLink>,
        /// The sentence that names it, plain text, in each language that the page shows; none where a link alone does.
        said: Vec<TextView>,
    }
    /// A fact of a paper.
    FactView {
        /// The name of its field: `rating`.
        name: String,
        /// What it is called.
        label: String,
        /// What it is, plain text.
        value: String,
        /// Address of the page of that value, where there is one; of a link, where it leads.
        url: Option<String>,
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
        /// The first sentences, or the titles of a date's papers; plain text, may be empty.
        summary: String,
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
        /// The style sheet for browsers that show it as a page: `static/feed.css` of the theme; empty where that has none.
        style: String,
        /// What a person who opens it there is told of feeds; empty where the theme has no such sheet.
        about: String,
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
        /// The same page in every language, itself included; empty where languages share a page.
        translations: Vec<SitemapTranslation>,
    }
    /// A page of the sitemap in one language.
    SitemapTranslation {
        /// Its language, or `x-default`.
        lang: String,
        /// With scheme and host.
        loc: String,
    }
}

impl ContentsLink {
    /// A heading of a text in a language.
    pub(in crate::render) fn of(heading: &Heading, lang: &Lang) -> Self {
        let (id, lang) = (heading.id.clone(), lang.as_str().to_owned());
        Self { id, text: Html(heading.html.clone()), level: heading.level.into(), lang }
    }
}
