//! Languages, named by their BCP 47 tag, and the scripts that tell one from another.

use std::fmt;
use std::sync::Arc;

/// A language tag such as `ko` or `en`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

/// The writing system most of a text is in, as far as it tells languages apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// 가나다
    Hangul,
    /// かな
    Kana,
    /// 漢字
    Han,
    /// Абв
    Cyrillic,
    /// Abc
    Latin,
}

impl Lang {
    /// A language from its tag; `None` where that is not two or three letters with optional subtags.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let letters = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        (letters && rest).then(|| Self(tag.to_ascii_lowercase().into()))
    }

    /// English, which notes mark with `<english>`.
    pub fn english() -> Self {
        Script::Latin.usual_language()
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The script that the language is written in.
    pub fn script(&self) -> Script {
        match self.0.split('-').next().unwrap_or_default() {
            "ko" => Script::Hangul,
            "ja" => Script::Kana,
            "zh" => Script::Han,
            "ru" | "uk" | "bg" | "sr" | "be" => Script::Cyrillic,
            _ => Script::Latin,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Script {
    /// Every script, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Hangul, Self::Kana, Self::Han, Self::Cyrillic, Self::Latin];

    /// The language that most text in this script is in, where nobody says which.
    pub fn usual_language(self) -> Lang {
        Lang(Arc::from(match self {
            Self::Hangul => "ko",
            Self::Kana => "ja",
            Self::Han => "zh",
            Self::Cyrillic => "ru",
            Self::Latin => "en",
        }))
    }

    /// The script of a character; `None` for digits, punctuation and scripts not told apart.
    pub fn of(c: char) -> Option<Self> {
        Some(match c {
            'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' => Self::Latin,
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => Self::Hangul,
            '\u{3040}'..='\u{30ff}' => Self::Kana,
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => Self::Han,
            '\u{400}'..='\u{4ff}' => Self::Cyrillic,
            _ => return None,
        })
    }
}

/// Bytes of a text that are looked at.
const TELLING: usize = 1200;

/// The script that most tells what language a text is in; `None` where it has no letters.
///
/// Latin words stand in texts of every language, so another script that makes up a quarter of the letters
/// decides; Hangul and Kana decide over Han.
/// The first characters of a long text tell as much as all of it.
pub fn script_of(text: &str) -> Option<Script> {
    let beginning = &text[..text.floor_char_boundary(TELLING)];
    if beginning.is_ascii() {
        return beginning.bytes().any(|byte| byte.is_ascii_alphabetic()).then_some(Script::Latin);
    }
    let mut counts = [0_usize; 5];
    beginning.chars().filter_map(Script::of).for_each(|script| counts[script as usize] += 1);
    let all: usize = counts.iter().sum();
    let others = [Script::Hangul, Script::Kana, Script::Han, Script::Cyrillic];
    let count = |script: Script| counts[script as usize];
    let decides = others.into_iter().find(|script| count(*script) > 0 && count(*script) * 4 >= all);
    decides.or((all > 0).then_some(Script::Latin))
}

/// The first of these languages whose script a text is written in.
pub fn of_text<'a>(text: &str, languages: &'a [Lang]) -> Option<&'a Lang> {
    let script = script_of(text)?;
    languages.iter().find(|lang| lang.script() == script)
}
