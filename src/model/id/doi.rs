//! DOIs in one form, and the pages of publishers whose addresses hold one.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What follows the DOI in the path of a publisher's page: how the paper is shown there.
const VIEWS: &[&str] = &[
    "abs",
    "abstract",
    "citation",
    "epdf",
    "epub",
    "figures",
    "full",
    "full-text",
    "full-xml",
    "fulltext",
    "html",
    "meta",
    "metrics",
    "pdf",
    "pdfdirect",
    "reader",
    "references",
    "references-section",
    "summary",
    "suppinfo",
    "supplementary-material",
    "tables",
    "xml",
];

/// Pages whose addresses hold only the end of the DOI: host, start of the path, start of the DOI.
const ENDS: &[(&str, &str, &str)] = &[
    ("nature.com", "articles/", "10.1038/"),
    ("elifesciences.org", "articles/", "10.7554/elife."),
    ("zenodo.org", "record/", "10.5281/zenodo."),
    ("zenodo.org", "records/", "10.5281/zenodo."),
];

/// A DOI in lower case, without what the sentence around it left at its end; `None` where the text is none.
pub(super) fn normal(text: &str) -> Option<String> {
    let text = decoded(text);
    let doi = closed(text.trim_end_matches(['.', ',', ';', '/'])).to_lowercase();
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let numbered = (4..=9).contains(&registrant.len())
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    // Segments that a path could climb or collapse on never come from a registrar.
    let safe = suffix.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !suffix.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\' || c == '"');
    (numbered && safe && angles_are_of_an_item(suffix)).then_some(doi)
}

/// The DOI in the address of a publisher's page: as a part of the path, as a value of the query, or its end alone.
pub(super) fn of_publisher(host: &str, path: &str) -> Option<String> {
    let path = decoded(path);
    let (page, query) = path.split_once('?').unwrap_or((&path, ""));
    let page = page.split('#').next().unwrap_or_default();
    if let Some((_, start, registrant)) =
        ENDS.iter().find(|(at, start, _)| *at == host && page.starts_with(start))
    {
        let end = page[start.len()..].split('/').next().unwrap_or_default();
        let end = end.strip_suffix(".pdf").unwrap_or(end);
        return (!end.is_empty()).then(|| format!("{registrant}{end}"));
    }
    let in_path = page
        .match_indices("10.")
        .map(|(at, _)| at)
        .find(|&at| at == 0 || page[..at].ends_with('/'));
    if let Some(at) = in_path {
        return Some(without_view(&page[at..]).to_owned());
    }
    query
        .split(['&', '#'])
        .filter_map(|pair| pair.split_once('='))
        .map(|(_, value)| value)
        .find_map(normal)
}

/// Without the words by which a publisher's path goes on after the DOI, and a preprint server's version.
fn without_view(path: &str) -> &str {
    let mut doi = path.trim_end_matches('/');
    while let Some((before, view)) = doi.rsplit_once('/')
        && VIEWS.contains(&view)
    {
        doi = before;
    }
    let doi = doi.strip_suffix(".pdf+html").or_else(|| doi.strip_suffix(".pdf")).unwrap_or(doi);
    if !doi.starts_with("10.1101/") && !doi.starts_with("10.64898/") {
        return doi;
    }
    let doi = ["full-text", "full", "abstract", "article-info"]
        .iter()
        .find_map(|view| doi.strip_suffix(view)?.strip_suffix('.'))
        .unwrap_or(doi);
    match doi.rsplit_once('v') {
        Some((before, version))
            if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
        {
            before
        }
        _ => doi,
    }
}

/// Without closing brackets that the text did not open.
fn closed(text: &str) -> &str {
    let mut text = text;
    for (open, close) in [('(', ')'), ('[', ']'), ('<', '>')] {
        while text.ends_with(close) && text.matches(close).count() > text.matches(open).count() {
            text = text[..text.len() - 1].trim_end_matches(['.', ',', ';']);
        }
    }
    text
}

/// Angle brackets stand in DOIs made of the item of a journal's issue (`<113::AID-ZZ9>`), and nowhere else.
fn angles_are_of_an_item(suffix: &str) -> bool {
    match suffix.split_once('<').map(|(_, rest)| rest.split_once('>')) {
        Some(Some((item, rest))) => {
            item.contains("::")
                && item
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '.' | '_'))
                && !rest.contains(['<', '>'])
        }
        Some(None) => false,
        None => !suffix.contains('>'),
    }
}

/// Without percent-encoding.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('%') {
        percent_decode_str(text).decode_utf8_lossy()
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::PaperId;

    #[test]
    fn publishers_pages_are_their_papers() {
        let cases = [
            ("https://dl.acm.org/doi/10.9999/1.2", "10.9999/1.2"),
            ("https://dl.acm.org/doi/pdf/10.9999/1.2?download=true", "10.9999/1.2"),
            ("https://dl.acm.org/doi/abs/10.9999/1.2#sec-1", "10.9999/1.2"),
            ("https://link.springer.com/article/10.9999/s1-2-3", "10.9999/s1-2-3"),
            ("https://link.springer.com/chapter/10.9999/978-3-1_2", "10.9999/978-3-1_2"),
            ("https://link.springer.com/content/pdf/10.9999/s1-2-3.pdf", "10.9999/s1-2-3"),
            ("https://onlinelibrary.wiley.com/doi/full/10.9999/lamp.1", "10.9999/lamp.1"),
            ("https://lamp.onlinelibrary.wiley.com/doi/epdf/10.9999/LAMP.1/", "10.9999/lamp.1"),
            ("https://www.science.org/doi/10.9999/science.lamp", "10.9999/science.lamp"),
            ("https://www.pnas.org/doi/full/10.9999/pnas.1", "10.9999/pnas.1"),
            (
                "https://journals.aps.org/prl/abstract/10.9999/PhysRevLamp.1.2",
                "10.9999/physrevlamp.1.2",
            ),
            ("https://www.tandfonline.com/doi/full/10.9999/1.2.3", "10.9999/1.2.3"),
            ("https://www.nature.com/articles/s41586-021-99999-2", "10.1038/s41586-021-99999-2"),
            ("https://www.nature.com/articles/lamp99999.pdf", "10.1038/lamp99999"),
            (
                "https://www.nature.com/articles/s41586-021-99999-2/figures/1",
                "10.1038/s41586-021-99999-2",
            ),
            (
                "https://www.biorxiv.org/content/10.1101/2099.01.02.345678v1.full",
                "10.1101/2099.01.02.345678",
            ),
            (
                "https://www.biorxiv.org/content/10.1101/2099.01.02.345678v2.full.pdf+html",
                "10.1101/2099.01.02.345678",
            ),
            (
                "https://www.medrxiv.org/content/10.1101/2099.01.02.345678v1",
                "10.1101/2099.01.02.345678",
            ),
            ("https://iopscience.iop.org/article/10.9999/1/ab2/meta", "10.9999/1/ab2"),
            (
                "https://www.frontiersin.org/articles/10.9999/flamp.2020.1/full",
                "10.9999/flamp.2020.1",
            ),
            (
                "https://journals.plos.org/lamp/article?id=10.9999/journal.lamp.1",
                "10.9999/journal.lamp.1",
            ),
            ("https://elifesciences.org/articles/99999", "10.7554/elife.99999"),
            ("https://zenodo.org/records/99999", "10.5281/zenodo.99999"),
            (
                "https://onlinelibrary.wiley.com/doi/abs/10.9999/(SICI)1(19980101)2:3%3C4::AID-L5%3E3.0.CO;2-2",
                "10.9999/(sici)1(19980101)2:3<4::aid-l5>3.0.co;2-2",
            ),
        ];
        for (address, doi) in cases {
            assert_eq!(PaperId::parse(address), Some(PaperId::Doi(doi.to_owned())), "{address}");
        }
    }
}
