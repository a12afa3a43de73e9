//! What the Daily Papers site prints around its papers: menus, its foot, and the numbers of its pages.

use super::is_count;

/// What the site prints around the papers; dropped where it stands before the date or after the last paper.
const CHROME: &[&str] = &[
    "new",
    "total",
    "subscribe",
    "daily papers",
    "papers",
    "trending papers",
    "trending",
    "previous",
    "next",
    "daily",
    "weekly",
    "monthly",
    "today",
    "get trending papers in your email inbox!",
    "get trending papers in your email inbox once a day!",
    "byak and the research community",
    "by ak and the research community",
    "hugging face",
    "hugging face's logo",
    "hugging face logo",
    "search models, datasets, users...",
    "models",
    "datasets",
    "spaces",
    "buckets",
    "docs",
    "enterprise",
    "pricing",
    "log in",
    "login",
    "log out",
    "sign up",
    "community",
    "system theme",
    "company",
    "tos",
    "privacy",
    "about",
    "terms of service",
    "status",
    "posts",
    "chat",
    "toggle theme",
    "© hugging face",
    "careers",
    "jobs",
    "website",
    "inference providers",
    "learn",
    "changelog",
    "solutions",
    "forum",
    "blog",
    "discord",
    "github",
    "search",
    "load more",
    "<",
    ">",
];

/// Longest line of them, in bytes.
const LONGEST: usize = 60;

/// Whether a line is the site's own.
pub(super) fn is_line(line: &str) -> bool {
    line.len() <= LONGEST && CHROME.contains(&line.trim().to_lowercase().as_str())
}

/// Where the site's own lines at the end of a page start. Numbers of pages stand between `Previous` and `Next`.
pub(super) fn foot(text: &str) -> usize {
    let (mut foot, mut at, mut in_pager) = (text.len(), text.len(), false);
    for line in text.split_inclusive('\n').rev() {
        at -= line.len();
        let line = line.trim();
        if is_line(line) {
            in_pager = line.eq_ignore_ascii_case("next")
                || (in_pager && !line.eq_ignore_ascii_case("previous"));
            foot = at;
        } else if !(line.is_empty() || (in_pager && is_page(line))) {
            break;
        }
    }
    foot
}

/// `12`, `...`
fn is_page(line: &str) -> bool {
    matches!(line, "..." | "…") || is_count(line)
}
