//! The templates that pages are made from, for the documentation and for whoever checks a theme.

/// A template that the program asks a theme for.
#[derive(Debug, Clone, Copy)]
pub struct TemplateDoc {
    /// Its name.
    pub name: &'static str,
    /// What it makes.
    pub makes: &'static str,
    /// Addresses of what it makes.
    pub at: &'static str,
}

macro_rules! templates {
    ($($name:literal, $makes:literal, $at:literal;)+) => {
        /// Every template that the program asks a theme for.
        pub const TEMPLATES: &[TemplateDoc] = &[$(TemplateDoc { name: $name, makes: $makes, at: $at },)+];
    };
}

templates! {
    "home.html", "The latest digests; older ones on further pages.", "`/`, `/page/2/`";
    "date.html", "A date.", "`/2025/03/12/`";
    "month.html", "A month.", "`/2025/03/`";
    "year.html", "A year.", "`/2025/`";
    "archive.html", "All dates, then what has none.", "`/archive/`";
    "paper.html", "A paper.", "`/papers/2503.07565/`";
    "tags.html", "All tags.", "`/tags/`";
    "tag.html", "A tag.", "`/tags/diffusion/`, `/tags/diffusion/page/2/`";
    "authors.html", "All authors with a page.", "`/authors/`";
    "author.html", "An author.", "`/authors/kaiming-he/`";
    "stats.html", "The page of figures.", "`/stats/`";
    "search.html", "The page of the search. A theme without it has no search.", "`/search/`";
    "result.html", "Something that the search finds; a file holds sixteen.", "`/search/results/3.json`";
    "page.html", "A plain page of `content/`.", "`/about/`";
    "404.html", "What a server shows where there is nothing.", "`/404.html`";
    "redirect.html", "A page that leads to another.", "aliases, old addresses of papers";
    "card.svg", "The picture of a date or a paper, for link previews; drawn as PNG. Only with `outputs.cards`.", "`/2025/03/12/card.png`, `/papers/2503.07565/card.png`";
    "feed.xml", "An Atom feed.", "`/feed.xml`, `/tags/diffusion/feed.xml`";
    "sitemap.xml", "The sitemap.", "`/sitemap.xml`";
    "robots.txt", "Rules for robots.", "`/robots.txt`";
    "llms.txt", "The site for language models.", "`/llms.txt`";
}
