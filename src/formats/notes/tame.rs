//! What is odd in the front matter of a note is no error: a vault has keys of its own.

use crate::diagnostic::{Code, Finding, Severity};
use crate::formats::text::lines;

/// A vault's own keys are none of ours, so nothing that is wrong in its front matter is an error.
pub(super) fn findings(findings: &mut [Finding], text: &str) {
    for finding in findings.iter_mut() {
        if finding.severity() == Severity::Error {
            finding.code = Code::Unplaced;
        }
        finding.span = finding.span.take().map(|span| span.start..end_of_value(text, span.end));
    }
}

/// Where the value ends that starts on the line of an offset: before the next line that is no part of it.
fn end_of_value(text: &str, at: usize) -> usize {
    let mut rest = lines(text, at..text.len());
    let first = rest.next().map_or(at, |line| line.end());
    rest.take_while(|line| line.text.starts_with([' ', '\t', '-']) && line.text != "---")
        .last()
        .map_or(first, |line| line.end())
}
