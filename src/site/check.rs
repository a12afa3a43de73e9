//! What is odd in the Site as a whole: papers twice in one digest, papers without tags, tags that look like one.

use rustc_hash::FxHashSet;

use super::Site;
use crate::config::Config;
use crate::diagnostic::{Code, Finding};

impl Site {
    /// Warnings about entries and tags, each at its entry.
    pub fn check(&self, config: &Config) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.check_entries(&mut findings);
        self.check_tags(config, &mut findings);
        findings
    }

    fn at(&self, entry: u32, code: Code, message: String) -> Finding {
        Finding::new(code, message).at(self.entry(entry).span.clone()).in_source(&self.digest_of(entry).source)
    }

    fn check_entries(&self, findings: &mut Vec<Finding>) {
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        for entry in self.entries() {
            if self.position(entry) == 0 {
                seen.clear();
            }
            let title = &self.entry(entry).title;
            if !seen.insert(self.paper_of(entry)) {
                let finding = self.at(entry, Code::DuplicatePaper, format!("\"{title}\" is in this digest twice"));
                findings
                    .push(finding.help("join the two entries; until then the page shows both texts under one heading"));
            }
            if self.facts(entry).tags.is_empty() {
                let finding = self.at(entry, Code::Untagged, format!("\"{title}\" has no tags"));
                findings.push(finding.help("end the entry with a line such as `#reasoning #efficiency`"));
            }
        }
    }

    /// Tags that are equal but for hyphens, a plural or one letter.
    fn check_tags(&self, config: &Config, findings: &mut Vec<Finding>) {
        let tags = self.tags();
        let mut by_letters: Vec<(String, usize)> = tags.iter().map(|tag| letters(tag.name.text())).zip(0..).collect();
        by_letters.sort();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for pair in by_letters.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            pairs.push((pair[0].1, pair[1].1));
        }
        for (at, (a, tag)) in by_letters.iter().enumerate().filter(|(_, (letters, _))| letters.len() > 5) {
            let near = by_letters[at + 1..].iter().take_while(|(b, _)| b.chars().next() == a.chars().next());
            pairs.extend(near.filter(|(b, _)| a != b && is_typo(a, b)).map(|(_, other)| (*tag, *other)));
        }
        for (a, b) in pairs {
            let count = |tag: usize| self.papers_of_tag(&tags[tag]).len();
            let (keep, alias) = if count(a) >= count(b) { (a, b) } else { (b, a) };
            let (keep, alias_name) = (tags[keep].name.text(), tags[alias].name.text());
            let message = format!("the tags #{keep} and #{alias_name} look like one");
            let known = config.tag.iter().find(|tag| tag.tag.as_str() == keep);
            let mut aliases: Vec<&str> =
                known.iter().flat_map(|tag| tag.aliases.iter().map(crate::digest::Tag::as_str)).collect();
            aliases.push(alias_name);
            let help = format!("if they are, put [tag.{keep}] aliases = {aliases:?} into config.toml");
            let entry = self.papers_of_tag(&tags[alias]).first().and_then(|&paper| self.entries_of(paper).first());
            let finding = Finding::new(Code::SimilarTags, message).help(help);
            findings.push(match entry {
                Some(&entry) => finding.at(self.entry(entry).span.clone()).in_source(&self.digest_of(entry).source),
                None => finding,
            });
        }
    }
}

/// A tag without hyphens and without a plural `s`.
fn letters(tag: &str) -> String {
    let letters: String = tag.chars().filter(|c| *c != '-').collect();
    match letters.strip_suffix('s') {
        Some(singular) if singular.len() > 3 && !singular.ends_with('s') => singular.to_owned(),
        _ => letters,
    }
}

/// One letter more, fewer, other or swapped; names that differ in a digit are different on purpose.
fn is_typo(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    a.len().abs_diff(b.len()) <= 2 && digits(a) == digits(b) && strsim::damerau_levenshtein(a, b) == 1
}
