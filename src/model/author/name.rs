//! The parts of a name, as bibliographies want them.

use super::words;
use crate::model::lang::Script;

/// Words in the names of teams, in lower case.
const GROUPS: &[&str] = &[
    "collaboration",
    "consortium",
    "team",
    "group",
    "initiative",
    "network",
    "working",
    "committee",
    "contributors",
    "authors",
    "community",
    "lab",
    "labs",
    "laboratory",
    "laboratories",
    "institute",
    "university",
    "foundation",
    "center",
    "centre",
    "research",
    "corporation",
    "company",
    "inc",
    "ltd",
    "gmbh",
    "llc",
    "project",
    "organization",
    "association",
    "society",
    "agency",
    "council",
    "openai",
    "deepmind",
    "nvidia",
];

/// The parts of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name<'n> {
    /// Given names and initials.
    pub given: &'n str,
    /// `van`, `de la`.
    pub particle: &'n str,
    /// The family's name; all of a name whose parts are not told apart.
    pub family: &'n str,
    /// `Jr.`, `III`.
    pub suffix: &'n str,
}

impl<'n> Name<'n> {
    /// Tells the parts of a name apart: the last word is the family's, with the small words before it.
    pub fn of(name: &'n str) -> Self {
        let (rest, suffix) = match name.rsplit_once(' ') {
            Some((rest, suffix)) if words::is_suffix(suffix) => {
                (rest.trim_end_matches(','), suffix)
            }
            _ => (name, ""),
        };
        let Some((before, family)) = rest.rsplit_once(' ') else {
            return Self { family: rest, suffix, ..Self::default() };
        };
        let small = before.split(' ').rev().take_while(|word| is_small(word));
        let length: usize = small.map(|word| word.len() + 1).sum();
        let cut = (before.len() + 1).saturating_sub(length);
        let (given, particle) =
            (before[..cut.min(before.len())].trim(), before[cut.min(before.len())..].trim());
        Self { given, particle, family, suffix }
    }
}

fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// Whether a name is that of a team or an institution.
pub fn is_group(name: &str) -> bool {
    let east_asian = ["팀", "연구소", "대학교", "团队", "大学", "研究院", "チーム", "研究所"];
    name.split([' ', '-'])
        .any(|word| word == "AI" || is_known_group(word.trim_end_matches(['.', ','])))
        || !name.is_ascii() && east_asian.iter().any(|end| name.ends_with(end))
}

fn is_known_group(word: &str) -> bool {
    GROUPS.iter().any(|group| word.eq_ignore_ascii_case(group))
}

/// The parts of a name in the order of their script: Chinese, Japanese and Korean names begin with the family's and have
/// no space.
pub fn in_order(given: &str, particle: &str, family: &str, suffix: &str) -> String {
    let script = family.chars().find_map(Script::of);
    match script {
        Some(Script::Kana) if is_katakana(family) && is_katakana(given) && !given.is_empty() => {
            format!("{given}・{family}")
        }
        Some(Script::Hangul | Script::Han | Script::Kana) if !given.is_ascii() => {
            format!("{family}{given}")
        }
        _ => [given, particle, family, suffix]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" "),
    }
}

fn is_katakana(text: &str) -> bool {
    text.chars().all(|c| ('\u{30a0}'..='\u{30ff}').contains(&c))
}
