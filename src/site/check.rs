//! What is odd in the Site as a whole: papers twice in one digest, and tags that look like one.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Site, similar_tags};
use crate::config::Config;
use crate::diagnostic::{Code, Finding};
use crate::model::Tag;
use crate::model::limits;

impl Site {
    /// Warnings about entries and tags, each at its entry.
    pub fn check(&self, config: &Config) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.check_entries(&mut findings);
        // A menu of config.toml names what it wants.
        findings.extend(self.check_menu().filter(|_| config.menu.is_empty()));
        findings.extend(self.unknown_in_lists());
        findings.extend(self.left_out.iter().map(|page| {
            let message = format!(
                "`/{}` is the address of something else, so this page was left out",
                page.route().path()
            );
            Finding::new(Code::AddressTaken, message)
                .in_source(&page.source)
                .help("give the file another name")
        }));
        findings.extend(self.families_left_out().map(|(name, is_made)| {
            let (what, other) = if is_made {
                let table = if name == super::WRITERS { "[[writers]]" } else { "[roundup]" };
                (format!("{table} makes no pages"), format!("take {table}"))
            } else {
                (
                    format!("the values of `{name}` have no pages"),
                    format!("put `pages = false` under [fields.{name}]"),
                )
            };
            let message = format!("`/{name}/` is the address of something else, so {what}");
            let place = if is_made { "out of" } else { "in" };
            let help = format!("give the page another name, or {other} {place} config.toml");
            Finding::new(Code::AddressTaken, message).help(help)
        }));
        findings.extend(self.doubts.by_title.iter().map(|&entry| self.joined(entry)));
        findings.extend(self.doubts.unlike.iter().map(|&pair| self.doubtful(pair)));
        self.check_tags(config, &mut findings);
        findings
    }

    fn at(&self, entry: u32, code: Code, message: String) -> Finding {
        Finding::new(code, message)
            .at(self.entry(entry).span.clone())
            .in_source(&self.digest_of(entry).source)
    }

    fn check_entries(&self, findings: &mut Vec<Finding>) {
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        for entry in self.entries() {
            if self.position(entry) == 0 {
                seen.clear();
            }
            let title = &self.entry(entry).title;
            if !seen.insert(self.paper_of(entry)) {
                let finding = self.at(
                    entry,
                    Code::DuplicatePaper,
                    format!("\"{title}\" is in this digest twice"),
                );
                findings.push(finding.help(
                    "join the two entries; until then the page shows both texts under one heading",
                ));
            }
        }
    }

    /// That the menu holds not all pages.
    fn check_menu(&self) -> Option<Finding> {
        let all = self.for_menu().count();
        let left = all - self.menu().count();
        let message = format!(
            "{left} of {all} pages are not in the menu, which holds {} at most",
            limits::MENU
        );
        let help =
            "put pages that it need not show into folders: those at the top of content/ come first";
        (left > 0).then(|| Finding::new(Code::TooMuch, message).help(help))
    }

    /// That only its title says which paper an entry is about.
    fn joined(&self, entry: u32) -> Finding {
        let title = &self.entry(entry).title;
        let message = format!("\"{title}\" became one paper with an entry of this title elsewhere");
        self.at(entry, Code::JoinedByTitle, message)
            .help("give it the id of its paper; if it is another one, its authors")
    }

    /// That two entries with nothing in common but an id became one paper.
    fn doubtful(&self, (one, other): (u32, u32)) -> Finding {
        let (title, id) = (&self.entry(other).title, self.entry(other).ids());
        let id = id.iter().find(|id| self.entry(one).ids().contains(id));
        let id = id.map(ToString::to_string).unwrap_or_default();
        let known = &self.entry(one).title;
        let place = &self.digest_of(one).source.path;
        let message = format!(
            "\"{title}\" has the id {id} of \"{known}\" ({place}), so both became one paper"
        );
        self.at(other, Code::SharedId, message)
            .help("correct the id of one of them; if it is one paper, give both its title")
    }

    /// Tags that are equal but for hyphens, a plural or one letter: one finding a group, with the table to paste.
    fn check_tags(&self, config: &Config, findings: &mut Vec<Finding>) {
        let names: Vec<&str> = self.tags().iter().map(|tag| tag.name.text()).collect();
        let groups = similar_tags::groups(&names, |tag| {
            (config.tag(names[tag]).is_some(), self.papers_of_tag(&self.tags()[tag]).len())
        });
        for group in groups {
            let group: Vec<&str> = group.into_iter().map(|tag| names[tag]).collect();
            findings.extend(self.similar(&group, config));
        }
    }

    /// That the first of some tags is probably meant by the others, where the first of those stands.
    fn similar(&self, group: &[&str], config: &Config) -> Option<Finding> {
        let (keep, others) = group.split_first()?;
        let message = match others {
            [other] => format!("the tags #{keep} and #{other} look like one"),
            _ => format!("the tags #{keep}, #{} look like one", others.join(", #")),
        };
        let known = config.tag(keep);
        let mut aliases: Vec<&str> =
            known.iter().flat_map(|tag| tag.aliases.iter().map(Tag::as_str)).collect();
        aliases.extend(others);
        let help = match known {
            Some(_) => format!(
                "if they are, say aliases = {aliases:?} under [tag.{}] in config.toml",
                key(keep)
            ),
            None => format!(
                "if they are, put this into config.toml:\n[tag.{}]\naliases = {aliases:?}",
                key(keep)
            ),
        };
        let finding = Finding::new(Code::SimilarTags, message).help(help);
        let paper = self.tag(others.first()?).and_then(|tag| self.papers_of_tag(tag).first());
        let entry = paper.and_then(|&paper| {
            self.entries_of(paper)
                .iter()
                .find(|entry| self.facts(**entry).tags.iter().any(|tag| tag.text() == others[0]))
        });
        Some(match entry {
            Some(&entry) => finding
                .at(self.place_of_tag(entry, others[0]))
                .in_source(&self.digest_of(entry).source),
            None => finding,
        })
    }

    /// Where an entry says a tag; its heading where that is not to be found, as with tags of the whole digest.
    fn place_of_tag(&self, entry: u32, tag: &str) -> Range<usize> {
        let text = &self.digest_of(entry).source.text;
        let start = self.entry(entry).span.start;
        let next = entry + 1;
        let follows = next < self.entries().end && self.position(next) > self.position(entry);
        let end = if follows { self.entry(next).span.start } else { text.len() };
        let Some(section) = text.get(start..end) else { return self.entry(entry).span.clone() };
        let words = section.split_whitespace().rev().filter(|word| word.starts_with('#'));
        let found = words
            .into_iter()
            .find(|word| Tag::parse(word).is_some_and(|found| found.as_str() == tag));
        found.map_or(self.entry(entry).span.clone(), |word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            at..at + word.len()
        })
    }
}

/// A name as a key of TOML: bare where it can be.
pub(super) fn key(name: &str) -> String {
    let bare = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { name.to_owned() } else { format!("{name:?}") }
}
