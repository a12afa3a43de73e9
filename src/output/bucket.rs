//! A built site → an object store: what differs goes there, in an order in which readers never see half a site.
//!
//! New files come first, for nothing leads to them yet; then new pages, which find there what they name; then what has
//! changed, pages last; and what is gone is removed when nothing leads to it any more. A run that ends early leaves a site
//! that works, and the next goes on where it stopped.

use camino::Utf8Path;
use rayon::prelude::*;

use super::MARKER;
use super::mime;
use super::publish::{Changes, Files};
use crate::diagnostic::{Code, Finding};
use crate::system::store::{self, Listing, Place, Store, Upload};

/// How long a file may be kept whose name has the hash of its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Whatever else: it may be kept, and is asked for again.
const ASK_AGAIN: &str = "public, max-age=0, must-revalidate";
/// Digits of the hash in a name.
const DIGITS: usize = 8;

/// What is to be done, in its order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Steps {
    /// What is sent, step by step: each is complete before the next begins.
    pub sent: Vec<Vec<String>>,
    /// What is removed then.
    pub removed: Vec<String>,
    /// What differs.
    pub changes: Changes,
}

/// Finds out what differs between a built site and what a store has.
pub fn steps(site: &Utf8Path, files: &Files, there: &Listing) -> Result<Steps, Finding> {
    let differing: Result<Vec<_>, String> = files
        .par_iter()
        .map(|(name, bytes): (&String, &u64)| -> Result<Option<(String, u64)>, String> {
            let same = match there.get(name) {
                Some((length, tag)) if length == bytes => {
                    *tag == store::hash(site.join(name).as_std_path())?
                }
                _ => false,
            };
            Ok((!same).then(|| (name.clone(), *bytes)))
        })
        .collect();
    let differing = differing.map_err(|why| Finding::new(Code::Publish, why))?;
    let differing = differing.into_iter().flatten();
    let (changed, added): (Vec<_>, Vec<_>) =
        differing.partition(|(name, _)| there.contains_key(name));
    let gone = there.keys().filter(|name| !files.contains_key(*name) && *name != MARKER);
    Ok(in_order(Changes { added, changed, removed: gone.cloned().collect() }))
}

fn in_order(changes: Changes) -> Steps {
    let (new, old) = (&changes.added, &changes.changed);
    let sent =
        vec![of_kind(new, false), of_kind(new, true), of_kind(old, false), of_kind(old, true)];
    Steps { sent, removed: changes.removed.clone(), changes }
}

fn of_kind(files: &[(String, u64)], pages: bool) -> Vec<String> {
    let names = files.iter().map(|(name, _)| name);
    names.filter(|name| is_page(name) == pages).cloned().collect()
}

fn is_page(name: &str) -> bool {
    Utf8Path::new(name).extension() == Some("html")
}

/// A finding where a place holds something that no site is; empty places and sites of the program's may be written to.
pub fn may_be_written(place: &Place, there: &Listing) -> Result<(), Finding> {
    if there.is_empty() || there.contains_key(MARKER) {
        return Ok(());
    }
    let message = format!(
        "{place} holds files that `offprint publish` did not put there, such as `{}`",
        there.keys().next().map_or("", String::as_str)
    );
    let help = "name a folder of its own, s3://BUCKET/FOLDER; `--force` makes the place this site's, and removes whatever else is in it";
    Err(Finding::new(Code::Publish, message).help(help))
}

/// Takes the steps; `done` is called for each file.
pub fn take(
    site: &Utf8Path,
    store: &Store,
    steps: &Steps,
    done: &(dyn Fn() + Sync),
) -> Result<(), Finding> {
    // Its own first: whatever happens then, the place is known to be a site's.
    store.put(&[upload(site, MARKER)], &|| ()).map_err(|why| stopped(&why))?;
    for names in &steps.sent {
        let files: Vec<Upload> = names.iter().map(|name| upload(site, name)).collect();
        store.put(&files, done).map_err(|why| stopped(&why))?;
    }
    store.remove(&steps.removed).map_err(|why| stopped(&why))
}

fn stopped(why: &str) -> Finding {
    let finding = Finding::new(Code::Publish, format!("the store did not take all: {why}"));
    finding.help(
        "what was sent stays, and nothing was removed that pages lead to; the same command goes on where it stopped",
    )
}

fn upload(site: &Utf8Path, name: &str) -> Upload {
    Upload {
        name: name.to_owned(),
        path: site.join(name).into_std_path_buf(),
        kind: mime::of(name),
        cache: if is_fingerprinted(name) { FOR_EVER } else { ASK_AGAIN },
    }
}

/// `style.35aa43a3.css`
fn is_fingerprinted(name: &str) -> bool {
    let mut parts = name.rsplit('/').next().unwrap_or_default().rsplit('.').skip(1);
    let hash = parts.next().filter(|_| parts.next().is_some());
    hash.is_some_and(|hash| hash.len() == DIGITS && hash.chars().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_to_what_is_not_there() {
        let steps = in_order(Changes {
            added: files(&["a.css", "new/index.html"]),
            changed: files(&["feed.xml", "index.html"]),
            removed: vec!["old/index.html".into()],
        });
        assert_eq!(steps.sent, [["a.css"], ["new/index.html"], ["feed.xml"], ["index.html"]]);
        assert_eq!(steps.removed, ["old/index.html"]);
    }

    fn files(names: &[&str]) -> Vec<(String, u64)> {
        names.iter().map(|name| ((*name).to_owned(), 1)).collect()
    }

    #[test]
    fn what_has_its_hash_in_its_name_is_kept() {
        for name in ["style.35aa43a3.css", "search/words.0123abcd.js"] {
            assert!(is_fingerprinted(name), "{name}");
        }
        for name in ["index.html", "35aa43a3.css", "a.35aa43a.css", "papers/2503.07565/index.html"]
        {
            assert!(!is_fingerprinted(name), "{name}");
        }
    }

    #[test]
    fn a_place_of_somebody_else_is_left_alone() {
        let place = Place::parse("s3://notes/blog").unwrap();
        assert!(may_be_written(&place, &has(&[])).is_ok());
        assert!(may_be_written(&place, &has(&[MARKER, "index.html"])).is_ok());
        let finding = may_be_written(&place, &has(&["holiday.jpg"])).unwrap_err();
        assert!(finding.message.contains("`holiday.jpg`"), "{}", finding.message);
    }

    fn has(names: &[&str]) -> Listing {
        names.iter().map(|name| ((*name).to_owned(), (1, String::new()))).collect()
    }
}
