//! What links of a list are called, and where papers are found.

use crate::model::PaperId;

/// Labels that say of a link no more than that it leads to the paper.
pub(super) const OF_PAPER: &[&str] = &[
    "paper",
    "papers",
    "pdf",
    "arxiv",
    "abs",
    "abstract",
    "link",
    "links",
    "url",
    "html",
    "here",
    "openreview",
    "doi",
    "publisher",
    "acm",
    "ieee",
    "论文",
    "論文",
    "논문",
    "링크",
    "链接",
    "papier",
    "artikel",
    "article",
    "artículo",
    "hf",
];

/// Labels of what belongs to a paper and is not its text.
pub(in crate::formats) const BESIDE: &[&str] = &[
    "code",
    "github",
    "project",
    "project page",
    "page",
    "website",
    "site",
    "homepage",
    "demo",
    "video",
    "slides",
    "blog",
    "data",
    "dataset",
    "model",
    "models",
    "weights",
    "checkpoint",
    "tweet",
    "poster",
    "supp",
    "bibtex",
    "official code",
    "code link",
    "huggingface",
    "youtube",
    "talk",
    "代码",
    "코드",
    "コード",
    "项目",
    "notes",
    "note",
    "review",
    "thread",
];

/// Hosts of papers whose addresses hold no id, or the folders of such where they hold other things as well.
const HOSTS: &[&str] = &[
    "aclanthology.org",
    "aclweb.org",
    "openaccess.thecvf.com",
    "proceedings.mlr.press",
    "proceedings.neurips.cc",
    "papers.nips.cc",
    "papers.neurips.cc",
    "dl.acm.org",
    "ieeexplore.ieee.org",
    "link.springer.com",
    "nature.com",
    "sciencedirect.com",
    "jmlr.org",
    "ecva.net",
    "usenix.org",
    "isca-archive.org",
    "semanticscholar.org",
    "openreview.net/attachment",
    "openreview.net/forum",
    "openreview.net/pdf",
    "openreview.net/references",
    "arxiv.org/abs",
    "arxiv.org/ftp",
    "arxiv.org/html",
    "arxiv.org/pdf",
    "biorxiv.org",
    "medrxiv.org",
    "ojs.aaai.org",
    "ijcai.org",
    "hal.science",
    "papers.ssrn.com",
    "eprint.iacr.org",
    "academic.oup.com",
    "cell.com",
    "direct.mit.edu",
    "elifesciences.org",
    "epubs.siam.org",
    "frontiersin.org",
    "iopscience.iop.org",
    "isca-speech.org",
    "journals.aps.org",
    "journals.plos.org",
    "journals.sagepub.com",
    "jstor.org",
    "mdpi.com",
    "nowpublishers.com",
    "onlinelibrary.wiley.com",
    "pmc.ncbi.nlm.nih.gov",
    "pnas.org",
    "pubmed.ncbi.nlm.nih.gov",
    "pubs.acs.org",
    "research.google/pubs",
    "researchgate.net/publication",
    "roboticsproceedings.org",
    "royalsocietypublishing.org",
    "science.org",
    "science.sciencemag.org",
    "tandfonline.com",
    "vldb.org",
];

/// Whether an address is that of a paper, though it holds no id.
pub(in crate::formats) fn is_paper(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let rest = path.split_once("://").map_or(path, |(_, rest)| rest);
    let (host, inside) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.trim_start_matches("www.");
    let named = HOSTS.iter().any(|known| {
        let (known, folder) = known.split_once('/').unwrap_or((known, ""));
        let is_host =
            host == known || host.strip_suffix(known).is_some_and(|sub| sub.ends_with('.'));
        is_host && inside.starts_with(folder)
    });
    PaperId::parse(url).is_some()
        || path.to_ascii_lowercase().ends_with(".pdf")
        || named && rest.contains('/')
}
