//! Commentary that goes on in another language at its end, told by script. Knows no format.

use std::ops::Range;

use crate::digest::lang::Script;
use crate::digest::{Lang, Passage};

use super::rows::opens_other_block;
use super::{Hints, cut};

/// Splits off what unmarked passages say in another language at their end: a run of prose in one other script, with
/// no prose of the first script after it. What is no prose stays with the text before it.
pub(super) fn split(passages: Vec<Passage>, hints: &Hints<'_>) -> Vec<Passage> {
    let unmarked = || passages.iter().filter(|passage| passage.lang.is_none());
    let said = hints.lang.map(Lang::script);
    let Some(own) = said.or_else(|| unmarked().find_map(|passage| first_script(&passage.text.text))) else {
        return passages;
    };
    let mut run = Run { own, script: None, ended: false };
    let mut out: Vec<Passage> = Vec::with_capacity(passages.len() + 1);
    for passage in passages.into_iter().rev() {
        let start = if passage.lang.is_none() { run.start(&passage.text.text) } else { None };
        let (Some(start), Some(script)) = (start, run.script) else {
            out.push(passage);
            continue;
        };
        let whole = passage.text.text.len();
        for (lang, range) in [(language(script, hints), start..whole), (None, 0..start)] {
            let text = cut::trimmed(&passage.text, range);
            if !text.text.is_empty() {
                out.push(Passage { lang, text });
            }
        }
    }
    out.reverse();
    out
}

/// The run at the end, walked backwards.
struct Run {
    own: Script,
    script: Option<Script>,
    ended: bool,
}

impl Run {
    /// Where in this text the run starts.
    fn start(&mut self, text: &str) -> Option<usize> {
        let mut start = None;
        for paragraph in paragraphs(text).into_iter().rev() {
            if self.ended {
                break;
            }
            match script_of(&text[paragraph.clone()]) {
                None => {}
                Some(script) if script != self.own && self.script.is_none_or(|known| known == script) => {
                    self.script = Some(script);
                    start = Some(paragraph.start);
                }
                Some(_) => self.ended = true,
            }
        }
        start
    }
}

/// The script of the first prose that has one.
pub(super) fn first_script(text: &str) -> Option<Script> {
    paragraphs(text).into_iter().find_map(|range| script_of(&text[range]))
}

/// The script of the language that a text is in. Names and terms are Latin everywhere, so that one letter in thirty
/// of another script tells; addresses say nothing.
pub(super) fn script_of(text: &str) -> Option<Script> {
    const OTHER: [Script; 4] = [Script::Hangul, Script::Kana, Script::Han, Script::Cyrillic];
    let mut counts = [0_usize; 5];
    for word in text.split_whitespace().filter(|word| !word.contains("://")) {
        for script in word.chars().filter_map(Script::of) {
            counts[script as usize] += 1;
        }
    }
    let all: usize = counts.iter().sum();
    let tells = |script: &Script| counts[*script as usize] * 30 >= all;
    OTHER.into_iter().filter(|script| counts[*script as usize] > 0).find(tells).or((all > 0).then_some(Script::Latin))
}

/// The first configured language of a script, else the one it is best known for.
fn language(script: Script, hints: &Hints<'_>) -> Option<Lang> {
    let configured = hints.languages.iter().find(|lang| lang.script() == script).cloned();
    let usual = match script {
        Script::Hangul => "ko",
        Script::Kana => "ja",
        Script::Han => "zh",
        Script::Cyrillic => "ru",
        Script::Latin => "en",
    };
    configured.or_else(|| Lang::parse(usual))
}

/// The ranges of the paragraphs that are prose.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let (rows, _) = super::rows::rows(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut open, mut prose) = (false, false);
    for row in rows {
        if row.is_blank() && !row.code {
            open = false;
        } else if open {
            prose &= !row.code;
            found.last_mut().filter(|_| prose).into_iter().for_each(|range| range.end = row.end());
        } else {
            (open, prose) = (true, !row.code && !opens_other_block(row.text));
            found.extend(prose.then(|| row.start..row.end()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Prose;

    fn said(text: &str) -> Vec<(String, String)> {
        let languages = ["ko", "en"].map(|tag| Lang::parse(tag).unwrap());
        let hints = Hints { stem: "", date: None, year: None, languages: &languages, lang: None };
        let passages = split(vec![Passage { lang: None, text: Prose::at(text, 0) }], &hints);
        let lang = |lang: Option<Lang>| lang.map_or(String::new(), |lang| lang.to_string());
        passages.into_iter().map(|passage| (lang(passage.lang), passage.text.text)).collect()
    }

    #[test]
    fn a_run_at_the_end_is_split_off_and_nothing_else() {
        let cases: [(&str, &[(&str, &str)]); 7] = [
            ("한글.\n\nEnglish.", &[("", "한글."), ("en", "English.")]),
            ("한글.\n\nEnglish.\n\n다시.", &[("", "한글.\n\nEnglish.\n\n다시.")]),
            ("한글.\n\n- a list\n\nEnglish.\n\n- more", &[("", "한글.\n\n- a list"), ("en", "English.\n\n- more")]),
            ("한글.\n\n# Heading\n\nhttps://a.org", &[("", "한글.\n\n# Heading\n\nhttps://a.org")]),
            ("English.\n\n한글.", &[("", "English."), ("ko", "한글.")]),
            ("RLHF와 DPO Reward Model Training.\n\n그리고.", &[("", "RLHF와 DPO Reward Model Training.\n\n그리고.")]),
            (
                "한글.\n\n一二三\n\nEnglish.\n\n```\n한글\n```",
                &[("", "한글.\n\n一二三"), ("en", "English.\n\n```\n한글\n```")],
            ),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> =
                expected.iter().map(|(lang, text)| ((*lang).to_owned(), (*text).to_owned())).collect();
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
