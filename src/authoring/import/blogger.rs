//! Who writes a blog: the one name that stands as `author` in nearly all of its posts is the writer's, and not that of every
//! paper.

use std::collections::BTreeMap;

use super::gather::Read;
use crate::diagnostic::{Code, Finding};
use crate::formats::{self, NOTES};

/// Posts that a name must stand in, and how many of ten.
const POSTS: usize = 5;
const OF_TEN: usize = 8;
/// The field of whoever read the paper and wrote of it.
const FIELD: &str = "by";

/// The name that stands in so many of all posts; of several that do, the commonest, and the first of these.
pub(crate) fn writer(names: impl Iterator<Item = String>, posts: usize) -> Option<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    (most.1 >= POSTS && most.1 * 10 >= posts * OF_TEN).then_some(most)
}

/// The only author that front matter names, if its key is `author`: who writes `authors` means the paper's.
pub(crate) fn author(text: &str) -> Option<String> {
    let mut head = formats::front_matter_text(text)?.lines();
    let value = head.find_map(|line| {
        let rest = line.get(.."author".len()).filter(|key| key.eq_ignore_ascii_case("author"));
        let rest = rest.map(|key| line[key.len()..].trim_start())?;
        rest.strip_prefix([':', '=']).map(str::trim)
    })?;
    // A list of one, or the name of one, stands on the lines below.
    let below: Vec<&str> =
        head.take_while(|line| line.starts_with([' ', '-'])).map(str::trim).collect();
    let name = match (value, below.as_slice()) {
        ("", [name, rest @ ..]) if rest.iter().all(|line| !line.starts_with('-')) => {
            let name = name.trim_start_matches('-').trim();
            name.strip_prefix("name:").unwrap_or(name)
        }
        (value, _) => value,
    };
    let is_sign = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']');
    let name = name.trim_matches(is_sign);
    let is_one =
        !name.is_empty() && !name.contains([',', ';', '&', '{', ':']) && !name.contains(" and ");
    is_one.then(|| name.to_owned())
}

/// Takes the writer's name from the authors of papers, and says so once.
pub(super) fn set_apart(all: &mut [Read]) -> Option<Finding> {
    let notes = || all.iter().filter(|read| !read.is_named && read.format == NOTES);
    let (name, count) =
        writer(notes().filter_map(|read| author(&read.text.text)), notes().count())?;
    let first = notes().find(|read| author(&read.text.text).as_ref() == Some(&name))?;
    let place = first.text.path.clone();
    let mut papers = 0;
    for read in all.iter_mut().filter(|read| !read.is_named && read.format == NOTES) {
        let entries = read.reading.digests.iter_mut().flat_map(|digest| &mut digest.entries);
        for entry in entries.filter(|entry| matches!(&*entry.authors, [author] if *author == name))
        {
            entry.authors.clear();
            entry.fields.push((FIELD.to_owned(), name.clone()));
            papers += 1;
        }
    }
    let message = format!(
        "`{name}` stands as `author` in {count} posts, so it is taken for who writes them, and not for the author of {papers} papers"
    );
    let help = "name the authors of papers as `authors`, whoever they are";
    (papers > 0).then(|| Finding::new(Code::LeftOut, message).in_path(place).help(help))
}

#[cfg(test)]
mod tests {
    use super::{author, writer};

    #[test]
    fn the_author_of_a_post_is_read() {
        for text in [
            "---\nauthor: \"Ada Wick\"\n---\n",
            "\n+++\ntitle = 'x'\nauthor = ['Ada Wick']\n+++\n",
            "---\nauthor:\n  - name: Ada Wick\n    url: x\ntitle: x\n---\n",
            "---\nauthor:\n- Ada Wick\n---\n",
        ] {
            assert_eq!(author(text).as_deref(), Some("Ada Wick"), "{text}");
        }
        for text in [
            "author: Ada Wick",
            "---\nauthors: Ada Wick\n---\n",
            "---\nauthor: Ada Wick, Bo Flint\n---\n",
            "---\nauthor:\n- Ada Wick\n- Bo Flint\n---\n",
            "---\ntitle: x\n---\nauthor: Ada Wick\n",
        ] {
            assert_eq!(author(text), None, "{text}");
        }
    }

    #[test]
    fn a_writer_has_nearly_all_posts() {
        let of = |ada: usize, bo: usize, posts| {
            let names = std::iter::repeat_n("Ada", ada).chain(std::iter::repeat_n("Bo", bo));
            writer(names.map(str::to_owned), posts)
        };
        assert_eq!(of(5, 1, 6), Some(("Ada".to_owned(), 5)));
        assert_eq!(of(4, 0, 4), None);
        assert_eq!(of(5, 0, 7), None);
    }
}
