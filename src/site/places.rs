//! Documents by their addresses and files: what links name, asked once a link.

use rustc_hash::FxHashMap;

use super::{KeptDigest, KeptPage, Site};

/// Numbers of documents by name; of several with one name the first.
#[derive(Debug)]
pub(super) struct Places {
    pages: FxHashMap<String, usize>,
    page_files: FxHashMap<String, usize>,
    digest_files: FxHashMap<String, usize>,
}

impl Places {
    fn of(site: &Site) -> Self {
        let pages = || site.pages.iter();
        Self {
            pages: by_name(pages().map(|page| page.address.as_str())),
            page_files: by_name(pages().map(|page| page.source.path.as_str())),
            digest_files: by_name(site.digests.iter().map(|digest| digest.source.path.as_str())),
        }
    }
}

fn by_name<'n>(names: impl Iterator<Item = &'n str>) -> FxHashMap<String, usize> {
    let mut numbers = FxHashMap::default();
    for (number, name) in names.enumerate() {
        numbers.entry(name.to_owned()).or_insert(number);
    }
    numbers
}

impl Site {
    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(self))
    }

    /// The plain page at an address.
    pub fn page_at(&self, address: &str) -> Option<&KeptPage> {
        self.places().pages.get(address).map(|&number| &*self.pages[number])
    }

    /// The plain page that a file holds, by its name as shown.
    pub fn page_of_file(&self, path: &str) -> Option<&KeptPage> {
        self.places().page_files.get(path).map(|&number| &*self.pages[number])
    }

    /// The first digest that a file holds, by its name as shown.
    pub fn digest_of_file(&self, path: &str) -> Option<&KeptDigest> {
        self.places().digest_files.get(path).map(|&number| &*self.digests[number])
    }
}
