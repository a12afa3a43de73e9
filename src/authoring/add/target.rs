//! The file of a day: the one that holds its digest already, or one that is to be made.

use std::sync::Arc;

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::{Place, refused};
use crate::content::source;
use crate::diagnostic::{Code, Finding, SourceText};
use crate::formats::{MARKDOWN, detect};

/// A file to write to.
pub(super) struct Target {
    pub(super) path: Utf8PathBuf,
    pub(super) shown: String,
    /// What it holds; `None` where it is to be made.
    pub(super) text: Option<Arc<SourceText>>,
}

/// `content/DATE.md` if it is there, else the first digest of the day in the native format.
pub(super) fn of_day(date: Date, place: &Place<'_>) -> Result<Target, Finding> {
    let shown = format!("content/{date}.md");
    let path = place.root.join(&shown);
    let native =
        |source: &SourceText| detect(&source.text, &source.path).is_none_or(|it| it == MARKDOWN);
    let of_day = place.site.digests().iter().filter(|digest| digest.digest.date == Some(date));
    let mut sources =
        of_day.map(|digest| &digest.source).filter(|source| source.path.starts_with("content/"));
    let named = sources.clone().find(|source| source.path == shown);
    if let Some(source) = named.filter(|source| !native(source)) {
        let message = "the day's file is not in the program's own format, so nothing was added";
        return Err(refused(source, message).help("rename it: both files make the page of the day"));
    }
    if let Some(source) = named.or_else(|| sources.find(|source| native(source))) {
        let (path, shown) = (place.root.join(&source.path), source.path.clone());
        return Ok(Target { path, shown, text: Some(Arc::clone(source)) });
    }
    if !path.exists() {
        return Ok(Target { path, shown, text: None });
    }
    let there = source::read_text(&path, &shown, Code::Edit)?.source;
    if there.text.trim().is_empty() {
        return Ok(Target { path, shown, text: Some(there) });
    }
    let finding =
        refused(&there, format!("this file is no digest of {date}, so nothing was added"));
    Err(finding.help(format!("give it `date = {date}` in its front matter, or rename it")))
}
