//! Citations: BibTeX and COinS.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Press;
use crate::digest::PaperId;
use crate::site::PaperIndex;

/// When a paper came out, as far as it is known: its source's word, its arXiv id's month, nothing.
pub(super) fn publication_date(press: &Press<'_>, paper: PaperIndex) -> String {
    if let Some(published) = press.field(paper, "published") {
        return published.to_owned();
    }
    let arxiv = press.ids(paper).iter().find_map(|id| match id {
        PaperId::Arxiv(number) => Some(number),
        _ => None,
    });
    arxiv.and_then(|number| arxiv_month(number)).unwrap_or_default()
}

/// `2503.07565` → `2025-03`; old ids carry the month after the slash.
fn arxiv_month(number: &str) -> Option<String> {
    let digits = number.rsplit('/').next()?.get(..4)?;
    let (year, month): (u32, u32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let century = if year > 90 { 1900 } else { 2000 };
    (1..=12).contains(&month).then(|| format!("{}-{month:02}", century + year))
}

/// The BibTeX entry of a paper.
pub(super) fn bibtex<'p>(press: &'p Press<'_>, paper: PaperIndex) -> &'p str {
    press.kept.bibtex[paper as usize].get_or_init(|| record(press, paper))
}

fn record(press: &Press<'_>, paper: PaperIndex) -> String {
    let entry = press.site.entry(press.site.authors_entry(paper));
    let ids = press.ids(paper);
    let published = publication_date(press, paper);
    let mut out = String::with_capacity(512);
    out.extend(["@misc{", &key(press, paper, &published), ",\n"]);
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.extend(["  ", name, " = {", value, "},\n"]);
        }
    };
    field("title", &protect(press.title(paper)));
    let authors: Vec<String> = entry.authors.iter().map(|name| escape(name)).collect();
    match (authors.is_empty(), &entry.org) {
        (false, _) => field("author", &authors.join(" and ")),
        (true, Some(org)) => field("author", &format!("{{{}}}", escape(org))),
        (true, None) => {}
    }
    field("year", published.get(..4).unwrap_or_default());
    for id in ids {
        match id {
            PaperId::Arxiv(number) => {
                field("eprint", number);
                field("archivePrefix", "arXiv");
            }
            PaperId::Doi(doi) => field("doi", doi),
            PaperId::OpenReview(_) => {}
        }
    }
    let other = || press.site.entries_of(paper).iter().find_map(|&entry| press.site.entry(entry).links.first());
    let url = ids.first().map(PaperId::url).or_else(|| other().map(|link| link.url.clone()));
    field("url", &url.unwrap_or_default());
    out.push('}');
    out
}

/// `zhou2025inductive`: first author's last name, year, first word of the title; the address makes it unique.
fn key(press: &Press<'_>, paper: PaperIndex, published: &str) -> String {
    let entry = press.site.entry(press.site.authors_entry(paper));
    let name = entry.authors.first().and_then(|name| name.split_whitespace().last()).or(entry.org.as_deref());
    let word = press.title(paper).split_whitespace().find(|word| word.len() > 3).unwrap_or_default();
    let address = press.site.address(paper);
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    format!(
        "{}{}{}-{}",
        plain(name.unwrap_or_default()),
        published.get(..4).unwrap_or_default(),
        plain(word),
        plain(address)
    )
}

/// A title whose capitals stay.
fn protect(title: &str) -> String {
    format!("{{{}}}", escape(title))
}

/// Characters that mean something to TeX; `$…$` stays math.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            '{' | '}' => {}
            c => out.push(c),
        }
    }
    out
}

/// A COinS record: an `OpenURL` context object, for the `title` of a `span`.
pub(super) fn coins(press: &Press<'_>, paper: PaperIndex) -> String {
    let mut out =
        String::from("ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=preprint");
    let mut add = |key: &str, value: &str| {
        out.extend(["&", key, "="]);
        out.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
    };
    add("rft.atitle", press.title(paper));
    let entry = press.site.entry(press.site.authors_entry(paper));
    entry.authors.iter().take(10).for_each(|name| add("rft.au", name));
    let published = publication_date(press, paper);
    if !published.is_empty() {
        add("rft.date", &published);
    }
    for id in press.ids(paper) {
        match &id {
            PaperId::Arxiv(number) => add("rft_id", &format!("info:arxiv/{number}")),
            PaperId::Doi(doi) => add("rft_id", &format!("info:doi/{doi}")),
            PaperId::OpenReview(_) => add("rft_id", &id.url()),
        }
    }
    out
}
