//! Object stores that speak S3: the only module that asks one. Names and bytes go in and out; it knows no site.
//!
//! Only programs built with the feature `s3` can; the others say how to get one that does.

#[cfg(feature = "s3")]
mod s3;

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Whether this program can ask one.
pub const IS_BUILT: bool = cfg!(feature = "s3");

/// A bucket, and the folder in it: `s3://BUCKET/PREFIX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The bucket.
    pub bucket: String,
    /// The folder, without slashes at its ends; empty for the whole bucket.
    pub prefix: String,
}

/// How a store is asked.
#[derive(Debug, Clone)]
pub struct Access {
    /// Where it is; nothing for Amazon's.
    pub endpoint: Option<String>,
    /// Requests at once.
    pub parallel: usize,
    /// How often a request is repeated that failed for a reason that may pass.
    pub retries: usize,
    /// The variables of the environment that begin with `AWS_`.
    pub variables: Vec<(String, String)>,
}

/// A file to be put there.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name below the place.
    pub name: String,
    /// Where its bytes are.
    pub path: PathBuf,
    /// What kind of content it is.
    pub kind: &'static str,
    /// How long others may keep it.
    pub cache: &'static str,
}

/// What a store has: names below the place, each with its size and what the store calls its content.
pub type Listing = BTreeMap<String, (u64, String)>;

impl Place {
    /// Reads `s3://BUCKET` or `s3://BUCKET/PREFIX`.
    pub fn parse(text: &str) -> Result<Self, String> {
        // What does not begin so names no bucket.
        let rest = text.strip_prefix("s3://").unwrap_or_default();
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
        let is_good = !bucket.is_empty()
            && bucket.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
            && (prefix.is_empty()
                || prefix.split('/').all(|part| {
                    !matches!(part, "" | "." | "..")
                        && !part.contains(|c: char| c.is_control() || c == '\\')
                }));
        is_good.then(|| Self { bucket: bucket.to_owned(), prefix: prefix.to_owned() }).ok_or_else(
            || format!("`{text}` is not a bucket such as s3://notes or s3://notes/blog"),
        )
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        write!(f, "s3://{}{slash}{}", self.bucket, self.prefix)
    }
}

#[cfg(feature = "s3")]
pub use s3::{Store, hash};

/// What stands for a store in a program that cannot ask one.
#[cfg(not(feature = "s3"))]
#[derive(Debug)]
pub struct Store;

#[cfg(not(feature = "s3"))]
const NOT_BUILT: &str = "this program was built without object stores";

/// The content of a file as a store would call it.
#[cfg(not(feature = "s3"))]
pub fn hash(_: &std::path::Path) -> Result<String, String> {
    Err(NOT_BUILT.to_owned())
}

#[cfg(not(feature = "s3"))]
impl Store {
    /// A store at a place.
    pub fn open(_: &Place, _: &Access) -> Result<Self, String> {
        Err(NOT_BUILT.to_owned())
    }

    /// What is there.
    pub fn list(&self) -> Result<Listing, String> {
        Err(NOT_BUILT.to_owned())
    }

    /// Puts files there, several at once.
    pub fn put(&self, _: &[Upload], _: &(dyn Fn() + Sync)) -> Result<(), String> {
        Err(NOT_BUILT.to_owned())
    }

    /// Removes files.
    pub fn remove(&self, _: &[String]) -> Result<(), String> {
        Err(NOT_BUILT.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_is_a_bucket_and_a_folder() {
        for (text, bucket, prefix) in [
            ("s3://notes", "notes", ""),
            ("s3://notes/", "notes", ""),
            ("s3://my.notes-1/blog/2025/", "my.notes-1", "blog/2025"),
        ] {
            let place = Place::parse(text).unwrap();
            assert_eq!((place.bucket.as_str(), place.prefix.as_str()), (bucket, prefix));
        }
        assert_eq!(Place::parse("s3://notes/blog/").unwrap().to_string(), "s3://notes/blog");
        for wrong in ["", "notes", "s3://", "s3:///x", "s3://a/../b", "s3://a//b", "https://a/b"] {
            assert!(Place::parse(wrong).is_err(), "{wrong}");
        }
    }
}
