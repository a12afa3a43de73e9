//! Which plural form a number takes in a language: the rules of Unicode's CLDR for whole numbers.

/// The form: `zero`, `one`, `two`, `few`, `many` or `other`. The language is a main one, without subtags.
pub(super) fn form(lang: &str, n: u64) -> &'static str {
    let (last, two) = (n % 10, n % 100);
    let few = (2..=4).contains(&last) && !(12..=14).contains(&two);
    let one_of_many = last == 1 && two != 11;
    match lang {
        "ja" | "ko" | "zh" | "vi" | "th" | "id" | "ms" => "other",
        "fr" | "pt" | "hi" | "fa" | "bn" if n < 2 => "one",
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" | "lt" | "lv" if one_of_many => "one",
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" if few => "few",
        "ru" | "uk" | "be" => "many",
        "pl" if n != 1 => {
            if few {
                "few"
            } else {
                "many"
            }
        }
        "cs" | "sk" if (2..=4).contains(&n) => "few",
        "lt" if last > 1 && !(11..=19).contains(&two) => "few",
        "lv" if last == 0 || (11..=19).contains(&two) => "zero",
        "ro" if n == 0 || n != 1 && (1..=19).contains(&two) => "few",
        "sl" => match two {
            1 => "one",
            2 => "two",
            3 | 4 => "few",
            _ => "other",
        },
        "he" if n == 2 => "two",
        "ar" => arabic(n),
        _ if n == 1 => "one",
        _ => "other",
    }
}

fn arabic(n: u64) -> &'static str {
    match (n, n % 100) {
        (0, _) => "zero",
        (1, _) => "one",
        (2, _) => "two",
        (_, 3..=10) => "few",
        (_, 11..) => "many",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn numbers_take_the_forms_of_their_language() {
        let forms = |lang: &str, numbers: &[u64]| {
            numbers.iter().map(|&n| form(lang, n)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(forms("ko", &[0, 1, 2]), "other other other");
        assert_eq!(forms("en", &[0, 1, 2, 21]), "other one other other");
        assert_eq!(forms("fr", &[0, 1, 2]), "one one other");
        assert_eq!(
            forms("ru", &[0, 1, 2, 5, 11, 12, 21, 22, 111]),
            "many one few many many many one few many"
        );
        assert_eq!(forms("hr", &[1, 3, 5]), "one few other");
        assert_eq!(forms("pl", &[1, 2, 5, 12, 21, 22]), "one few many many many few");
        assert_eq!(forms("cs", &[1, 2, 5]), "one few other");
        assert_eq!(forms("lt", &[1, 2, 10, 11, 21]), "one few other other one");
        assert_eq!(forms("lv", &[0, 1, 2, 11]), "zero one other zero");
        assert_eq!(forms("ro", &[0, 1, 2, 19, 20, 101]), "few one few few other few");
        assert_eq!(forms("sl", &[1, 2, 3, 5, 101]), "one two few other one");
        assert_eq!(forms("he", &[1, 2, 3]), "one two other");
        assert_eq!(forms("ar", &[0, 1, 2, 3, 11, 100]), "zero one two few many other");
    }
}
