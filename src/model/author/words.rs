//! Words that stand in lists of authors and are no names.

use super::plain;

/// What people write where there is nobody to name, or nothing to say.
#[rustfmt::skip]
const NOTHING: &[&str] = &[
    "none", "n/a", "null", "nil", "unknown", "tbd", "tba", "omitted", "not specified", "not available", "not listed",
    "없음", "미상", "생략", "미확인", "미정", "미공개", "無", "无", "省略", "略", "なし", "不明", "未定", "佚名", "未知", "暂无",
    "未确认", "未公开", "未提供", "keine", "unbekannt", "entfällt", "aucun", "inconnu", "ninguno", "desconocido",
];
/// What is left out, where it is said: `authors omitted`, `저자 생략`.
const LEFT_OUT: &[&str] = &[" omitted", " 생략", "省略"];

/// Degrees and offices, without dots and spaces.
const TITLES: &[&str] = &[
    "BA",
    "BEng",
    "BS",
    "BSc",
    "DDS",
    "DMD",
    "DO",
    "DPhil",
    "DSc",
    "DVM",
    "Dr",
    "DrPH",
    "EdD",
    "Esq",
    "FACS",
    "FIEEE",
    "FRCP",
    "FRS",
    "JD",
    "MA",
    "MBA",
    "MBBS",
    "MD",
    "MEng",
    "MPH",
    "MPhil",
    "MRCP",
    "MS",
    "MSc",
    "Msc",
    "PE",
    "PHD",
    "PharmD",
    "PhD",
    "PhDs",
    "Phd",
    "Prof",
    "Professor",
    "RN",
    "ScD",
    "교수",
    "교수님",
    "박사",
    "박사님",
    "석사",
    "선생님",
    "先生",
    "博士",
    "教授",
    "硕士",
];

/// Words before a name that are none of it.
const HONORIFICS: &[&str] = &["Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "Dipl-Ing"];

/// Parts of a name that stand behind it.
const SUFFIXES: &[&str] = &["Jr", "Sr", "II", "III", "IV", "2nd", "3rd"];

/// Words that only an institution has in its name, and remarks on a person.
const INSTITUTIONS: &[&str] = &[
    "universit",
    "institut",
    "college",
    "school",
    "laborator",
    "lab ",
    "labs",
    "academy",
    "hospital",
    "department",
    "dept",
    "faculty",
    "centre",
    "center",
    "research",
    "google",
    "deepmind",
    "microsoft",
    "meta ai",
    "openai",
    "nvidia",
    "corresponding",
    "equal contribution",
    "contributed equally",
    "intern",
    "lead",
    "advisor",
    "대학",
    "연구",
    "서울대",
    "공대",
    "교신저자",
    "주저자",
    "大学",
    "大學",
    "学院",
    "研究",
    "公司",
    "科技",
];

/// Venues that are told without a year.
const VENUES: &[&str] = &[
    "nature",
    "science",
    "pnas",
    "jmlr",
    "tmlr",
    "arxiv",
    "biorxiv",
    "medrxiv",
    "neurips",
    "nips",
    "icml",
    "iclr",
    "cvpr",
    "iccv",
    "eccv",
    "emnlp",
    "naacl",
    "aaai",
    "ijcai",
    "sigir",
    "icassp",
    "interspeech",
    "siggraph",
    "tmlr",
    "jmlr",
    "preprint",
    "arxiv preprint",
    "under review",
];

/// What stands before the team that people write for.
const REPRESENTED: &[&str] =
    &["for the ", "on behalf of the ", "on behalf of ", "and on behalf of the "];

/// Whether a whole text says that there is nobody, or nothing to say: one of those words, in brackets or not, or no letter at
/// all but a dash.
pub(crate) fn is_nothing(text: &str) -> bool {
    // None of them is longer in bytes.
    if text.len() > 32 {
        return false;
    }
    let word = text.trim_matches(|c: char| c.is_whitespace() || "()[]（）【】*_-–—―.".contains(c));
    if word.is_empty() {
        return text.contains(['-', '–', '—', '―']);
    }
    let word = word.to_lowercase();
    NOTHING.contains(&word.as_str())
        || word.split(' ').count() < 3 && LEFT_OUT.iter().any(|end| word.ends_with(end))
}

/// Whether a text is a degree or an office and no more.
pub(super) fn is_title(text: &str) -> bool {
    if text.len() > 12 {
        return false;
    }
    // Every word of every list is asked, and most are written without dots.
    if !text.contains(['.', ' ']) {
        return TITLES.contains(&text);
    }
    let letters = text.replace(['.', ' '], "");
    TITLES.contains(&letters.as_str())
}

/// Whether a text is a name that needs no second look: no degree is in it, and no word that means more.
pub(super) fn is_bare_name(text: &str) -> bool {
    let is_titled = || text.rsplit(' ').next().is_some_and(is_title) || is_title(text);
    plain::name(text).is_some() && !is_titled()
}

/// Whether a word stands beside a name and is none: a degree, a form of address, a mail address.
pub(super) fn is_aside(word: &str) -> bool {
    word.len() > 1
        && (is_title(word) || HONORIFICS.contains(&word.trim_end_matches('.')) || is_address(word))
}

/// Whether the title can be nothing else, so that it may follow a name without a comma.
pub(super) fn is_plain_title(word: &str) -> bool {
    is_title(word) && (word.contains('.') || !word.bytes().all(|b| b.is_ascii_uppercase()))
}

/// What follows a title before a name.
pub(super) fn without_honorific(name: &str) -> Option<&str> {
    let (word, rest) = name.split_once(' ')?;
    HONORIFICS.contains(&word.trim_end_matches('.')).then(|| rest.trim_start())
}

pub(crate) fn is_suffix(text: &str) -> bool {
    SUFFIXES.contains(&text.trim_end_matches('.'))
}

/// Whether a text is no name for want of letters, or the word between two.
pub(super) fn is_mark(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
        || matches!(text, "and" | "&" | "und" | "et")
        || is_single_small(text)
}

fn is_single_small(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether what stands in brackets behind a name says where the person works.
pub(super) fn is_affiliation(text: &str) -> bool {
    // Nothing else is set off from names in their brackets.
    if set_plain(text).len() < text.len() {
        return true;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let acronym = (2..=8).contains(&letters)
        && text.chars().all(|c| {
            c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '&' | '-' | ',' | ' ')
        });
    let lower = text.to_lowercase();
    // `UC Berkeley`; `Cornell, Databricks`
    let is_capital = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let words = text.split(' ');
    let has_acronym = (2..=4).contains(&words.clone().count()) && words.clone().any(is_capital);
    let several = text.contains(", ") && text.starts_with(|c: char| c.is_ascii_uppercase());
    acronym
        || has_acronym
        || several
        || INSTITUTIONS.iter().any(|word| lower.contains(word))
        || lower.ends_with(" lab")
}

/// A text without the marks of italics around it.
pub(super) fn set_plain(text: &str) -> &str {
    text.trim_matches(['*', '_'])
}

/// Whether a text says what somebody did for the paper, as `通讯` does.
pub(super) fn is_part(text: &str) -> bool {
    let lower = text.to_lowercase();
    PARTS.iter().any(|word| lower.contains(word))
}

/// Whether a text says nothing but who did as much as others for the paper.
pub(super) fn is_share(text: &str) -> bool {
    let lower = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_said = ["equal contrib", "contributed equally", "co-first author", "joint first author"]
        .iter()
        .any(|words| lower.contains(words));
    is_said && lower.split(' ').count() < 6
        || [
            "共同一作",
            "共同第一作者",
            "同等贡献",
            "同等貢獻",
            "공동 1저자",
            "공동 제1저자",
            "공동 저자",
        ]
        .iter()
        .any(|end| lower.ends_with(end))
            && lower.chars().count() < 14
}

/// What people did for a paper, as lists of authors say it in parentheses.
const PARTS: &[&str] = &[
    "一作",
    "通讯",
    "通訊",
    "同等",
    "负责人",
    "共同第一",
    "指导",
    "교신",
    "공동",
    "責任著者",
    "筆頭",
    "equal contrib",
    "corresponding",
    "co-first",
    "project lead",
];

/// Whether a text names a year: `NeurIPS 2023`, `CVPR'24`. No name does.
pub(crate) fn has_year(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && text.split([' ', ',', '/', '-']).any(|word| is_year(word) || ends_short(word))
        || is_venue(text)
}

/// Whether a text is the name of a venue that everybody knows, without its year.
pub(crate) fn is_venue(text: &str) -> bool {
    VENUES.iter().any(|venue| venue.eq_ignore_ascii_case(text))
}

/// Whether a text is a year alone.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// Whether four characters name a year.
pub(crate) fn names_year(text: &str) -> bool {
    text.len() == 4 && has_year(text)
}

/// `CVPR'24`
fn ends_short(word: &str) -> bool {
    let parts = word.split_once(['\'', '’']);
    parts.is_some_and(|(_, year)| year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit()))
}

/// The team of `for the LAMP Team`.
pub(super) fn represented(text: &str) -> Option<&str> {
    let rest = REPRESENTED.iter().find_map(|start| {
        text.get(..start.len())
            .filter(|head| head.eq_ignore_ascii_case(start))
            .map(|head| &text[head.len()..])
    })?;
    (!rest.trim().is_empty()).then(|| rest.trim())
}

/// Whether a text is a mail address.
pub(super) fn is_address(text: &str) -> bool {
    memchr::memchr(b'@', text.as_bytes()).is_some_and(|at| {
        let (user, host) = (&text[..at], &text[at + 1..]);
        !user.is_empty() && host.contains('.') && !text.contains(' ')
    })
}

/// Whether a character is a raised digit or letter, as footnotes have them.
pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰'..='⁹' | 'ᵃ'..='ᵛ' | 'ˢ'..='ˣ' | 'ʰ'..='ʸ')
}

/// How many words of a name are more than a particle.
pub(super) fn large(name: &str) -> usize {
    name.split(' ').filter(|word| !word.starts_with(char::is_lowercase)).count().max(1)
}
