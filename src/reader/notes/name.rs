//! The file name of a note: a date and a title. Knows nothing of what is in the note.

use jiff::civil::Date;

/// The date at the start of a name, and the title after it: `250310 Title`, `2025-03-10 Title`, `20250310-Title`.
pub(in crate::reader) fn parts(stem: &str) -> (Option<Date>, &str) {
    let stem = stem.trim();
    let number = |range: std::ops::Range<usize>| {
        stem.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit())).and_then(|part| part.parse().ok())
    };
    let date = |length: usize, parts: [std::ops::Range<usize>; 3]| {
        let rest = stem.get(length..)?;
        let [year, month, day] = parts.map(number);
        let year: i16 = year?;
        let year = if length == 6 { year + 2000 } else { year };
        let date = Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()?;
        let apart = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        apart.then(|| (Some(date), rest.trim_start_matches(|c: char| c.is_whitespace() || "-_–—:.".contains(c))))
    };
    let dashed = || date(10, [0..4, 5..7, 8..10]).filter(|_| &stem[4..5] == "-" && &stem[7..8] == "-");
    dashed().or_else(|| date(8, [0..4, 4..6, 6..8])).or_else(|| date(6, [0..2, 2..4, 4..6])).unwrap_or((None, stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_date_and_a_title() {
        let cases = [
            ("250310 A Title", "2025-03-10", "A Title"),
            ("2025-03-10 A Title", "2025-03-10", "A Title"),
            ("20250310_A Title", "2025-03-10", "A Title"),
            ("250311", "2025-03-11", ""),
            ("190325 한글", "2019-03-25", "한글"),
            ("250230 A", "", "250230 A"),
            ("2503107 A", "", "2503107 A"),
            ("Reka Core", "", "Reka Core"),
            ("가나다라마바사", "", "가나다라마바사"),
            ("2025-03가", "", "2025-03가"),
            ("", "", ""),
        ];
        for (stem, date, title) in cases {
            let (found, rest) = parts(stem);
            assert_eq!((found.map_or(String::new(), |date| date.to_string()).as_str(), rest), (date, title), "{stem}");
        }
    }
}
