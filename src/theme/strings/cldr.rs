//! What Unicode's CLDR says of a language: names of months and days, forms of dates, numbers and lists, plurals.
//!
//! `cldr.toml` holds it, made by `cldr.mjs`. A section is read when a site wants its language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The sections of the data by language, and which language falls back to which, both as written.
struct Data {
    sections: BTreeMap<&'static str, &'static str>,
    parents: BTreeMap<&'static str, &'static str>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let sections = include_str!("cldr.toml").split("\n[").skip(1);
    let sections: BTreeMap<_, _> = sections.filter_map(|part| part.split_once("]\n")).collect();
    let like = sections.get("like").copied().unwrap_or_default().lines();
    let like = like.filter_map(|line| line.trim_end_matches('"').split_once(" = \""));
    let parents = like.flat_map(|(parent, tags)| tags.split(' ').map(move |tag| (tag, parent)));
    Data { parents: parents.collect(), sections }
});

/// A language and those that it falls back to: `es-mx`, `es-419`, `es`. English is not among them.
pub(super) fn chain(lang: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(lang), |lang| {
        DATA.parents
            .get(lang)
            .copied()
            .or_else(|| lang.rsplit_once('-').map(|(shorter, _)| shorter))
    })
}

/// The texts of one language by their keys; what a language above says is not among them.
pub(super) fn texts(lang: &str) -> BTreeMap<String, String> {
    let section = DATA.sections.get(lang).copied().unwrap_or_default();
    toml::from_str(section).unwrap_or_default()
}

/// Which form a whole number takes by rules such as `one: n=1; few: n%10=2..4 & n%100!=12..14`.
pub(super) fn form(rules: &str, n: u64) -> &str {
    let rule = rules.split("; ").find(|rule| {
        let (_, conditions) = rule.split_once(": ").unwrap_or_default();
        conditions.split(" | ").any(|all| all.split(" & ").all(|one| relation(one, n)))
    });
    rule.and_then(|rule| rule.split_once(": ")).map_or("other", |(form, _)| form)
}

/// The forms that rules tell apart.
pub(super) fn forms(rules: &str) -> impl Iterator<Item = &str> {
    let named = rules.split("; ").filter_map(|rule| Some(rule.split_once(": ")?.0));
    named.chain(std::iter::once("other"))
}

/// `n=1`, `n%10=2..4,9`, `n%100!=11`
fn relation(text: &str, n: u64) -> bool {
    let Some((left, ranges)) = text.split_once('=') else { return false };
    let (left, negated) = left.strip_suffix('!').map_or((left, false), |left| (left, true));
    let modulo = left.strip_prefix("n%").and_then(|modulo| modulo.parse::<u64>().ok());
    let value = modulo.and_then(|modulo| n.checked_rem(modulo)).unwrap_or(n);
    let among = ranges.split(',').any(|range| {
        let (low, high) = range.split_once("..").unwrap_or((range, range));
        low.parse().is_ok_and(|low| value >= low) && high.parse().is_ok_and(|high| value <= high)
    });
    among != negated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_forms_of_their_language() {
        assert_eq!(forms_of("ko", &[0, 1, 2]), "other other other");
        assert_eq!(forms_of("en", &[0, 1, 2, 21]), "other one other other");
        assert_eq!(forms_of("fr", &[0, 1, 2]), "one one other");
        assert_eq!(
            forms_of("ru", &[0, 1, 2, 5, 11, 12, 21, 22, 111]),
            "many one few many many many one few many"
        );
        assert_eq!(forms_of("hr", &[1, 3, 5]), "one few other");
        assert_eq!(forms_of("pl", &[1, 2, 5, 12, 21, 22]), "one few many many many few");
        assert_eq!(forms_of("cs", &[1, 2, 5]), "one few other");
        assert_eq!(forms_of("lt", &[1, 2, 10, 11, 21]), "one few other other one");
        assert_eq!(forms_of("lv", &[0, 1, 2, 11]), "zero one other zero");
        assert_eq!(forms_of("ro", &[0, 1, 2, 19, 20, 101]), "few one few few other few");
        assert_eq!(forms_of("sl", &[1, 2, 3, 5, 101]), "one two few other one");
        assert_eq!(forms_of("he", &[1, 2, 3]), "one two other");
        assert_eq!(forms_of("ar", &[0, 1, 2, 3, 11, 100]), "zero one two few many other");
    }

    fn forms_of(lang: &str, numbers: &[u64]) -> String {
        let texts = texts(lang);
        let rules = texts.get("plural").map_or("", String::as_str);
        numbers.iter().map(|&n| form(rules, n)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ordinals_have_rules_of_their_own() {
        let rules = texts("en").remove("ordinal").unwrap();
        let forms: Vec<_> = [1, 2, 3, 4, 11, 21, 112].map(|n| form(&rules, n)).into();
        assert_eq!(forms, ["one", "two", "few", "other", "other", "one", "other"]);
    }

    #[test]
    fn a_language_falls_back_to_its_nearest() {
        let chain = |lang| chain(lang).collect::<Vec<_>>().join(" ");
        assert_eq!(chain("ko"), "ko");
        assert_eq!(chain("zh-tw"), "zh-tw zh-hant zh");
        assert_eq!(chain("es-mx"), "es-mx es-419 es");
        assert_eq!(chain("nb"), "nb no");
        assert_eq!(chain("pt-br"), "pt-br pt");
    }

    /// Every section is read, and has what a date needs, itself or by what it falls back to.
    #[test]
    fn every_language_is_whole() {
        let keys: Vec<String> =
            texts("en").into_keys().filter(|key| key != "plural" && key != "ordinal").collect();
        for lang in DATA.sections.keys().filter(|lang| **lang != "like") {
            assert!(!texts(lang).is_empty(), "{lang} is not TOML");
            for key in &keys {
                let text = chain(lang)
                    .find_map(|lang| texts(lang).remove(key))
                    .unwrap_or_else(|| panic!("{lang} lacks {key}"));
                let words = match key.as_str() {
                    "month_names" | "month_short_names" => 12,
                    "weekday_names" | "weekday_letters" => 7,
                    _ => continue,
                };
                let parts = text.split_ascii_whitespace().count();
                assert_eq!(parts, words, "{lang}: {key} = {text}");
            }
        }
    }
}
