//! The two schemes of arXiv ids: `YYMM.NNNNN` since April 2007, `archive/YYMMNNN` before.

use super::strip_prefix_fold;

/// Archives of the old scheme, those since subsumed included.
const ARCHIVES: &[&str] = &[
    "acc-phys", "adap-org", "alg-geom", "ao-sci", "astro-ph", "atom-ph", "bayes-an", "chao-dyn",
    "chem-ph", "cmp-lg", "comp-gas", "cond-mat", "cs", "dg-ga", "funct-an", "gr-qc", "hep-ex",
    "hep-lat", "hep-ph", "hep-th", "math", "math-ph", "mtrl-th", "nlin", "nucl-ex", "nucl-th",
    "patt-sol", "physics", "plasm-ph", "q-alg", "q-bio", "quant-ph", "solv-int", "supr-con",
];

/// The id that a text consists of, but for a version.
pub(super) fn exact(text: &str) -> Option<String> {
    let (id, rest) = leading(text)?;
    rest.is_empty().then_some(id)
}

/// The id after `arXiv:`, which a subject class in brackets may follow, as arXiv itself cites: `arXiv:2503.07565v2 [cs.LG]`.
pub(super) fn named(text: &str) -> Option<String> {
    let text = strip_prefix_fold(text, "arxiv:")?.trim_start();
    let bare = text
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
        .map_or(text, |(id, _)| id.trim_end());
    exact(bare)
}

/// The id that a path segment starts with: a version, `.pdf` and further segments may follow, or what somebody forgot to part.
pub(super) fn at_start(path: &str) -> Option<String> {
    let (id, rest) = leading(strip_prefix_fold(path, "arxiv:").unwrap_or(path))?;
    let rest = rest.strip_prefix(".pdf").unwrap_or(rest);
    (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '.')).then_some(id)
}

/// The id in the path of an arXiv host: `abs/ID`, `pdf/IDv2.pdf`, `ko/overview/ID`, `ftp/arxiv/papers/2503/2503.07565.pdf`.
pub(super) fn in_path(path: &str) -> Option<String> {
    if let Some((archive, file)) =
        path.strip_prefix("ftp/").and_then(|rest| rest.split_once("/papers/"))
    {
        let (_, name) = file.split_once('/')?;
        return at_start(name).or_else(|| at_start(&format!("{archive}/{name}")));
    }
    let mut rest = path;
    // A mirror may put a language before the verb.
    for _ in 0..2 {
        let (verb, after) = rest.split_once('/')?;
        if matches!(verb, "abs" | "pdf" | "html" | "format" | "overview" | "ps" | "e-print" | "src")
        {
            return at_start(after.trim_start_matches('/'));
        }
        rest = after;
    }
    None
}

/// The id at the start of a text, canonical, and what follows it and its version.
fn leading(text: &str) -> Option<(String, &str)> {
    let (id, rest) = if text.starts_with(|c: char| c.is_ascii_digit()) {
        new_scheme(text)?
    } else {
        old_scheme(text)?
    };
    let version =
        rest.strip_prefix('v').map(|after| after.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = match version {
        Some(after) if after.len() + 1 < rest.len() => after,
        _ => rest,
    };
    Some((id, rest))
}

fn new_scheme(text: &str) -> Option<(String, &str)> {
    let (stamp, after) = text.split_once('.')?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let month = year_month(stamp)?;
    let expected = match month {
        704..=1412 => 4,
        1501..=9012 => 5,
        _ => return None,
    };
    (digits == expected).then(|| (text[..=4 + digits].to_owned(), &after[digits..]))
}

fn old_scheme(text: &str) -> Option<(String, &str)> {
    let (archive, after) = text.split_once('/')?;
    let (archive, class) = archive.split_once('.').unwrap_or((archive, "XX"));
    let archive = archive.to_ascii_lowercase();
    let known = ARCHIVES.contains(&archive.as_str())
        && class.len() == 2
        && class.bytes().all(|b| b.is_ascii_alphabetic());
    let number = after.get(..7).filter(|number| number.bytes().all(|b| b.is_ascii_digit()))?;
    let month = year_month(&number[..4])?;
    let rest = &after[7..];
    let dated =
        matches!(month, 9107..=9912 | 1..=703) && !rest.starts_with(|c: char| c.is_ascii_digit());
    (known && dated).then(|| (format!("{archive}/{number}"), rest))
}

/// `YYMM` as a number, if its month exists.
fn year_month(stamp: &str) -> Option<u16> {
    let four = stamp.len() == 4 && stamp.bytes().all(|b| b.is_ascii_digit());
    let number: u16 = four.then(|| stamp.parse().ok()).flatten()?;
    (1..=12).contains(&(number % 100)).then_some(number)
}
