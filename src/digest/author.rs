//! Author lists: splitting them right in the hard cases, and the key under which spellings are one person.

/// stub
pub fn key(name: &str) -> String {
    crate::route::slug(name)
}
