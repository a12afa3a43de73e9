//! What a service answers → the entry that is written: what a reader of the digest wants to know, and nothing that
//! only the blogger can say.

use crate::model::id::{CODE_HOSTS, is_web_address};
use crate::model::{Entry, Link, PaperId, Tag, keep_first};
use crate::prose::address::addresses;

/// Fields of an answer that an entry keeps, in this order.
const FIELDS: &[&str] = &["venue", "doi", "published", "subjects", "remarks"];

/// Hosts under which projects have pages.
const PROJECTS: &[&str] = &[".github.io", ".gitlab.io"];

/// The entry of an arXiv paper. Its link names no version, so that it leads to the newest.
pub(super) fn of_answer(answer: &Entry, id: &PaperId, tags: &[Tag]) -> Entry {
    let mut links = vec![Link { key: None, url: id.url() }];
    links.extend(named(answer, "code", is_code));
    links.extend(named(answer, "project", is_project));
    Entry {
        title: answer.title.clone(),
        authors: answer.authors.clone(),
        org: answer.org.clone(),
        links,
        fields: FIELDS
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), answer.field(key)?.to_owned())))
            .collect(),
        abstract_text: answer.abstract_text.clone(),
        tags: tags.to_vec(),
        ..Entry::default()
    }
}

/// The entry of a paper that another service or a library describes.
pub(super) fn of_record(answer: &Entry, id: Option<&PaperId>, tags: &[Tag]) -> Entry {
    let mut links: Vec<Link> = id.map(|id| Link { key: None, url: id.url() }).into_iter().collect();
    let others = answer.links.iter();
    let others = others.filter(|link| id.is_none() || PaperId::parse(&link.url).as_ref() != id);
    links.extend(others.cloned());
    for (key, is_kind) in [("code", is_code as fn(&str, &str) -> bool), ("project", is_project)] {
        if !links.iter().any(|link| link.key.as_deref() == Some(key)) {
            links.extend(named(answer, key, is_kind));
        }
    }
    // The first link says it.
    let doi = id.filter(|id| matches!(id, PaperId::Doi(_))).map(PaperId::as_str);
    let mut fields = answer.fields.clone();
    fields.retain(|(name, value)| {
        name != "doi" || doi.is_none_or(|doi| !doi.eq_ignore_ascii_case(value))
    });
    let mut all = answer.tags.clone();
    all.extend(tags.iter().cloned());
    keep_first(&mut all, Clone::clone);
    Entry { links, fields, tags: all, span: 0..0, aside: Vec::new(), ..answer.clone() }
}

/// The entry of something of which only title and address are known.
pub(super) fn of_link(title: &str, url: &str, tags: &[Tag]) -> Entry {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Entry {
        title,
        links: vec![Link { key: None, url: url.to_owned() }],
        tags: tags.to_vec(),
        ..Entry::default()
    }
}

/// The first address of a kind that remarks or abstract name.
fn named(answer: &Entry, key: &str, is_kind: fn(&str, &str) -> bool) -> Option<Link> {
    let remarks = answer.field("remarks");
    let texts =
        remarks.into_iter().chain(answer.abstract_text.as_ref().map(|text| text.text.as_str()));
    let url = texts.flat_map(|text| addresses(text).map(move |range| &text[range])).find_map(
        |address| {
            let address = address.split(['}', '{', '\\']).next()?.trim_end_matches(['.', ',', '/']);
            let rest = address.split_once("://")?.1;
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = host.to_ascii_lowercase();
            let fits = is_web_address(address)
                && is_kind(host.strip_prefix("www.").unwrap_or(&host), path);
            fits.then(|| address.to_owned())
        },
    )?;
    Some(Link { key: Some(key.to_owned()), url })
}

/// `github.com/OWNER/NAME`, not somebody's profile.
fn is_code(host: &str, path: &str) -> bool {
    CODE_HOSTS.contains(&host) && path.split('/').filter(|part| !part.is_empty()).count() >= 2
}

fn is_project(host: &str, _path: &str) -> bool {
    PROJECTS.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Prose;

    fn links(remarks: &str, summary: &str) -> Vec<String> {
        let fields = vec![
            ("remarks".to_owned(), remarks.to_owned()),
            ("revised".to_owned(), "2025-03-12".to_owned()),
        ];
        let answer = Entry { fields, abstract_text: Some(Prose::new(summary)), ..Entry::default() };
        let id = PaperId::parse("2503.07565").unwrap();
        let entry = of_answer(&answer, &id, &[]);
        assert_eq!(entry.field("remarks"), Some(remarks));
        entry
            .links
            .into_iter()
            .skip(1)
            .map(|link| format!("{}: {}", link.key.unwrap(), link.url))
            .collect()
    }

    #[test]
    fn code_is_found_where_authors_put_it() {
        let code = ["code: https://github.com/ada/lamps".to_owned()];
        assert_eq!(links("Code at https://github.com/ada/lamps.", ""), code);
        assert_eq!(links("12 pages", r"Code: \url{https://github.com/ada/lamps}."), code);
        assert_eq!(links("", "Our code (https://github.com/ada/lamps/) is open."), code);
        assert_eq!(
            links("https://www.GitHub.com/ada", "see https://example.org/ada/lamps"),
            [""; 0]
        );
        assert_eq!(
            links("https://ada.github.io/lamps", ""),
            ["project: https://ada.github.io/lamps"]
        );
    }
}
