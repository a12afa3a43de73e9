//! `--from`: the papers of a file: a list of ids and addresses, a line each, or a bibliography, whose records are entries already.

use super::Wanted;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::formats::{self, BIBTEX, CSL_JSON, Hints, RIS, detect};
use crate::model::Entry;
use crate::prose;

/// What a file asks for.
#[derive(Debug, Default)]
pub struct Listed {
    /// Papers to ask for, in order.
    pub papers: Vec<Wanted>,
    /// Papers of which the file says all.
    pub entries: Vec<Entry>,
    /// What of the file means nothing.
    pub findings: Vec<Finding>,
}

/// Reads a file.
pub fn listed(source: &std::sync::Arc<SourceText>) -> Listed {
    let format = detect(&source.text, &source.path);
    if let Some(format) = format.filter(|format| [BIBTEX, RIS, CSL_JSON].contains(format)) {
        let reading = formats::read(format, &source.text, &Hints::default());
        let findings = reading.findings.into_iter().filter(|finding| finding.code != Code::Undated);
        return Listed {
            papers: Vec::new(),
            entries: reading.digests.into_iter().flat_map(|digest| digest.entries).collect(),
            findings: findings.map(|finding| finding.in_source(source)).collect(),
        };
    }
    let mut listed = Listed::default();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let place = start..start + line.trim_end().len();
        start += line.len();
        let text = line.trim().trim_start_matches(['-', '*', '+']).trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if let Some(paper) = line_of(text) {
            listed.papers.push(paper);
            continue;
        }
        let finding = Finding::new(Code::NoSuchPaper, "this line names no paper").at(place);
        let help = "write an arXiv id, a DOI or an address on each line; `#` begins a comment";
        listed.findings.push(finding.help(help).in_source(source));
    }
    listed.papers = Wanted::unique(&listed.papers);
    listed
}

/// The paper of a line: all of it, its first word, or the first that it links.
fn line_of(text: &str) -> Option<Wanted> {
    let word = text.split_whitespace().next().unwrap_or_default();
    let found = Wanted::parse(text).or_else(|_| Wanted::parse(word)).ok();
    found.or_else(|| {
        Wanted::parse(&prose::external_links(text).into_iter().next().map(|(url, _)| url)?).ok()
    })
}
