//! Interned strings: equal texts get one small integer, so that merging compares integers.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// An interned string's number; dense from 0, in the order of first use, so never printed or sorted by.
pub type Key = u32;

/// An interned string with its number. Equality and hashing are the number's.
#[derive(Debug, Clone)]
pub struct Sym {
    key: Key,
    text: Arc<str>,
}

impl Sym {
    /// The number.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }
}

impl PartialEq for Sym {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Sym {}

/// Gives out numbers; grows and never forgets.
#[derive(Debug, Default)]
pub struct Interner {
    keys: FxHashMap<Arc<str>, Key>,
}

impl Interner {
    /// The number of a text, new if need be.
    pub fn intern(&mut self, text: &str) -> Sym {
        if let Some((text, &key)) = self.keys.get_key_value(text) {
            return Sym { key, text: Arc::clone(text) };
        }
        let (key, text) = (self.keys.len() as Key, Arc::<str>::from(text));
        self.keys.insert(Arc::clone(&text), key);
        Sym { key, text }
    }

    /// The number of a text, if it has one.
    pub fn get(&self, text: &str) -> Option<Key> {
        self.keys.get(text).copied()
    }

    /// How many numbers were given out.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// One interner for each kind of name.
#[derive(Debug, Default)]
pub struct Keys {
    /// Addresses of papers: of ids and of slugs.
    pub addresses: Interner,
    /// Names that a wikilink can mean, and titles; white space and case folded.
    pub names: Interner,
    /// Tags.
    pub tags: Interner,
    /// Authors.
    pub authors: Interner,
}
