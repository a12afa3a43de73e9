//! Languages, named by their BCP 47 tag, and the scripts that tell one from another.

mod names;
mod similar;

use std::fmt;
use std::sync::Arc;

pub use similar::of_latin;

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
    /// عربي
    Arabic,
    /// עברית
    Hebrew,
    /// Ελληνικά
    Greek,
    /// हिन्दी
    Devanagari,
    /// ไทย
    Thai,
    /// Abc
    Latin,
}

impl Lang {
    /// A language from its tag; `None` where that is not two or three letters with optional subtags.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let primary = parts.next()?;
        let letters =
            (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = parts
            .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
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

    /// The script that the language is written in: what its tag says, else what is usual.
    pub fn script(&self) -> Script {
        let (main, rest) = self.parts();
        let said = rest.split('-').find_map(|part| {
            Some(match part {
                "hang" | "kore" => Script::Hangul,
                "jpan" | "kana" | "hira" => Script::Kana,
                "hans" | "hant" | "hani" => Script::Han,
                "cyrl" => Script::Cyrillic,
                "arab" => Script::Arabic,
                "hebr" => Script::Hebrew,
                "grek" => Script::Greek,
                "deva" => Script::Devanagari,
                "thai" => Script::Thai,
                "latn" => Script::Latin,
                _ => return None,
            })
        });
        said.unwrap_or_else(|| usual_script(main))
    }

    /// The language, and the subtags behind it. Every text of a page asks for a script or a direction.
    fn parts(&self) -> (&str, &str) {
        self.0.split_once('-').unwrap_or((&self.0, ""))
    }

    /// What those who speak the language call it; the tag where nobody knows.
    pub fn name(&self) -> String {
        names::of(&self.0)
    }

    /// How it is written, as HTML says it: `ltr`, or `rtl` from right to left.
    pub fn direction(&self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// Whether it is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        let (main, rest) = self.parts();
        if let Some(script) = rest.split('-').find(|part| part.len() == 4) {
            return matches!(script, "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" | "rohg");
        }
        matches!(self.script(), Script::Arabic | Script::Hebrew)
            || matches!(main, "dv" | "syr" | "nqo" | "arc")
    }
}

/// The script that a language without subtags is written in.
fn usual_script(main: &str) -> Script {
    match main {
        "ko" => Script::Hangul,
        "ja" => Script::Kana,
        "zh" | "yue" => Script::Han,
        "ru" | "uk" | "bg" | "sr" | "be" | "mk" | "kk" | "ky" | "mn" | "tg" | "tt" => {
            Script::Cyrillic
        }
        "ar" | "fa" | "ur" | "ps" | "ckb" | "sd" | "ug" => Script::Arabic,
        "he" | "yi" | "iw" => Script::Hebrew,
        "el" => Script::Greek,
        "hi" | "mr" | "ne" | "sa" => Script::Devanagari,
        "th" => Script::Thai,
        _ => Script::Latin,
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Script {
    /// Every script, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Hangul,
        Self::Kana,
        Self::Han,
        Self::Cyrillic,
        Self::Arabic,
        Self::Hebrew,
        Self::Greek,
        Self::Devanagari,
        Self::Thai,
        Self::Latin,
    ];

    /// The language that most text in this script is in, where nobody says which.
    pub fn usual_language(self) -> Lang {
        Lang(Arc::from(match self {
            Self::Hangul => "ko",
            Self::Kana => "ja",
            Self::Han => "zh",
            Self::Cyrillic => "ru",
            Self::Arabic => "ar",
            Self::Hebrew => "he",
            Self::Greek => "el",
            Self::Devanagari => "hi",
            Self::Thai => "th",
            Self::Latin => "en",
        }))
    }

    /// Whether texts whose own script is another have such letters as theirs: Japanese and Korean have ideographs.
    pub fn is_read_in(self, page: Self) -> bool {
        self == page || self == Self::Han && matches!(page, Self::Kana | Self::Hangul)
    }

    /// The script of a character; `None` for digits, punctuation and scripts not told apart.
    #[inline]
    pub fn of(c: char) -> Option<Self> {
        // Most characters of most texts are asked for here.
        if c.is_ascii() {
            c.is_ascii_alphabetic().then_some(Self::Latin)
        } else {
            Self::beyond_ascii(c)
        }
    }

    fn beyond_ascii(c: char) -> Option<Self> {
        Some(match c {
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => {
                Self::Hangul
            }
            '\u{3040}'..='\u{30ff}' => Self::Kana,
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => Self::Han,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' if c.is_alphabetic() => Self::Arabic,
            '\u{5d0}'..='\u{5f4}' => Self::Hebrew,
            'Α'..='Ω' | 'ά'..='ώ' => Self::Greek,
            '\u{900}'..='\u{97f}' => Self::Devanagari,
            '\u{e01}'..='\u{e5b}' => Self::Thai,
            _ => return None,
        })
    }
}

/// Whether a character is of the full width of Chinese and Japanese, letters and punctuation: no spaces stand between
/// such. Hangul is as wide, but parts its words.
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{4dbf}' | '\u{4e00}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f200}'..='\u{1f2ff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Bytes of a text that are looked at.
const TELLING: usize = 1200;

/// How much a character weighs: a syllable or an ideograph says what takes a few letters elsewhere.
fn weight(script: Script) -> usize {
    if matches!(script, Script::Hangul | Script::Kana | Script::Han) { 5 } else { 2 }
}

/// A particle that is written right after a foreign word: only in that script's own language anybody writes so.
const PARTICLE: usize = 20;

/// The script that most tells what language a text is in; `None` where it has no letters.
///
/// Latin words stand in texts of every language, so another script that makes up a quarter of what is said decides;
/// Hangul and Kana decide over Han. Particles right after a foreign word tell most: `Loss를`.
/// The first characters of a long text tell as much as all of it.
pub fn script_of(text: &str) -> Option<Script> {
    let beginning = &text[..text.floor_char_boundary(TELLING)];
    if beginning.is_ascii() {
        return beginning.bytes().any(|byte| byte.is_ascii_alphabetic()).then_some(Script::Latin);
    }
    let mut counts = [0_usize; Script::ALL.len()];
    let mut before = None;
    for c in beginning.chars() {
        let script = Script::of(c);
        // A single Greek letter is a sign of mathematics: `β-VAE`.
        let is_sign = script == Some(Script::Greek) && before != script;
        if let Some(script) = script.filter(|_| !is_sign) {
            let is_particle =
                matches!(script, Script::Hangul | Script::Kana) && before == Some(Script::Latin);
            counts[script as usize] += weight(script) + if is_particle { PARTICLE } else { 0 };
        }
        before = script;
    }
    let all: usize = counts.iter().sum();
    let mut others = Script::ALL.into_iter().filter(|script| *script != Script::Latin);
    let decides = others.find(|script| {
        let count = counts[*script as usize];
        count > 0 && count * 4 >= all
    });
    decides.or((all > 0).then_some(Script::Latin))
}

/// The one of these languages that a text is written in, by its script and its words.
pub fn of_text<'a>(text: &str, languages: &'a [Lang]) -> Option<&'a Lang> {
    in_script(script_of(text)?, text, languages)
}

/// The one of these languages that a text in a script is written in; the first of them where its words tell nothing.
pub fn in_script<'a>(script: Script, text: &str, languages: &'a [Lang]) -> Option<&'a Lang> {
    let mut of_script = languages.iter().filter(|lang| lang.script() == script);
    let first = of_script.next()?;
    let others: Vec<_> = of_script.collect();
    if others.is_empty() {
        return Some(first);
    }
    let beginning = &text[..text.floor_char_boundary(TELLING)];
    Some(similar::nearest(beginning, first, &others))
}
