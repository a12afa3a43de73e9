//! Findings for other programs: JSON, commands of a workflow on GitHub, and SARIF.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Choice, word};
use crate::diagnostic::{Code, Finding, Places, Severity, line_column};

/// Where the findings are explained.
const EXPLAINED: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/errors.md");
/// What stands in a path of an address as it is.
const IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// Findings as JSON, one object a line.
pub fn json(findings: &[Finding], choice: &Choice) -> String {
    let (mut out, mut places) = (String::new(), Places::default());
    for finding in findings.iter().filter(|finding| choice.shows(finding)) {
        let place = places.of_finding(finding);
        let value = json!({
            "severity": word(finding.severity()),
            "code": finding.code.as_str(),
            "file": finding.file(),
            "line": place.map(|place| place.0),
            "column": place.map(|place| place.1),
            "message": finding.message,
            "help": finding.help,
        });
        let _ = writeln!(out, "{value}");
    }
    out
}

/// Findings as commands of a workflow, which GitHub shows beside the lines of a change. `site` is the folder of the site, as seen
/// from the top of its repository.
pub fn github(findings: &[Finding], choice: &Choice, site: &str) -> String {
    let (mut out, mut places) = (String::new(), Places::default());
    for finding in findings.iter().filter(|finding| choice.shows(finding)) {
        let kind = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let _ = write!(out, "::{kind} title={}", property(finding.code.as_str()));
        if let Some(file) = finding.file() {
            let _ = write!(out, ",file={}", property(&from_top(site, file)));
        }
        if let Some((line, column)) = places.of_finding(finding) {
            let _ = write!(out, ",line={line},col={column}");
        }
        let _ = writeln!(out, "::{}", value(&with_help(finding)));
    }
    out
}

/// A value of such a command, which ends with its line.
fn value(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of one, which ends with a comma or a colon.
fn property(text: &str) -> String {
    value(text).replace(':', "%3A").replace(',', "%2C")
}

/// Findings as a log of SARIF 2.1.0, as editors and code scanning read them.
pub fn sarif(findings: &[Finding], choice: &Choice, site: &str) -> String {
    let shown: Vec<&Finding> = findings.iter().filter(|finding| choice.shows(finding)).collect();
    let mut codes: Vec<Code> = shown.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results = shown.iter().map(|finding| {
        json!({
            "ruleId": finding.code.as_str(),
            "ruleIndex": codes.binary_search(&finding.code).unwrap_or_default(),
            "level": word(finding.severity()),
            "message": { "text": with_help(finding) },
            "locations": location(finding, site).into_iter().collect::<Vec<_>>(),
        })
    });
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": codes.iter().copied().map(rule).collect::<Vec<_>>(),
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.explanation().trim() },
        "helpUri": EXPLAINED,
        "defaultConfiguration": { "level": word(code.severity()) },
    })
}

fn location(finding: &Finding, site: &str) -> Option<Value> {
    let file = from_top(site, finding.file()?);
    let mut place =
        json!({ "artifactLocation": { "uri": utf8_percent_encode(&file, IN_PATHS).to_string() } });
    if let (Some(source), Some(span)) = (&finding.source, &finding.span) {
        let (line, column) = line_column(&source.text, span.start);
        let (last, end) = line_column(&source.text, span.end.max(span.start));
        place["region"] = json!({
            "startLine": line, "startColumn": column, "endLine": last, "endColumn": end,
        });
    }
    Some(json!({ "physicalLocation": place }))
}

fn with_help(finding: &Finding) -> String {
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!("{}{help}", finding.message)
}

/// A path as seen from the top of the repository.
fn from_top(site: &str, file: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in site.split('/').chain(file.split('/')).filter(|part| !matches!(*part, "" | ".")) {
        match part {
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let root = if file.starts_with('/') { "/" } else { "" };
    let parts = if root.is_empty() { parts.join("/") } else { file[1..].to_owned() };
    format!("{root}{parts}")
}

#[cfg(test)]
mod tests {
    use super::{from_top, property, value};

    #[test]
    fn commands_end_where_they_should() {
        assert_eq!(value("50% of\r\na: b, c"), "50%25 of%0D%0Aa: b, c");
        assert_eq!(property("a: b, c"), "a%3A b%2C c");
    }

    #[test]
    fn paths_begin_at_the_top() {
        assert_eq!(from_top("", "content/a.md"), "content/a.md");
        assert_eq!(from_top("docs/site", "../../vault/a.md"), "vault/a.md");
        assert_eq!(from_top(".", "../vault/a.md"), "../vault/a.md");
        assert_eq!(from_top("site", "/vault/a.md"), "/vault/a.md");
    }
}
