//! Folders of the user that the environment names.

use camino::Utf8PathBuf;

/// Where programs keep what can be had again; `None` where the system does not say.
pub fn caches() -> Option<Utf8PathBuf> {
    let named = folder("XDG_CACHE_HOME");
    named.or_else(|| match std::env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => folder("HOME").map(|home| home.join("Library/Caches")),
        _ => folder("HOME").map(|home| home.join(".cache")),
    })
}

/// A variable that holds the whole path of a folder; anything else is as good as not set.
fn folder(name: &str) -> Option<Utf8PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the environment is read here")]
    let path = Utf8PathBuf::from(std::env::var(name).ok()?);
    path.is_absolute().then_some(path)
}
