//! Seasons and terms of a year. Knows no days.

use super::{When, Word, digits, gap, word_at, year_of};

/// `Fall 2018`, `fall18`, `2021 Spring`, `2021년 봄학기`: its first month. A season names no day without its year.
pub(super) fn lead(text: &str) -> Option<(When, &str)> {
    let season = |text: &'_ str| match word_at(text)? {
        (Word::Season(month), rest) => Some((month, text.len() - rest.len())),
        _ => None,
    };
    let Some((month, at)) = season(text) else {
        let (year, rest) = digits(text, 4)?;
        let rest = gap(rest.trim_start().trim_start_matches(['年', '년', '度', '도']));
        let (month, at) = season(rest)?;
        return Some((When::new(year_of(year)?, month, None), &rest[at..]));
    };
    let rest = &text[at..];
    let long = digits(gap(rest), 4).and_then(|(year, after)| Some((year_of(year)?, after)));
    let (year, after) = long.or_else(|| {
        let (year, after) = digits(rest.trim_start_matches('\''), 2)?;
        let fits = year.len() == 2 && !after.starts_with(|c: char| c.is_alphanumeric());
        Some((2000 + year.parse::<i16>().ok().filter(|_| fits)?, after))
    })?;
    Some((When::new(year, month, None), after))
}

#[cfg(test)]
mod tests {
    use super::lead;

    #[test]
    fn a_season_of_a_year_begins_with_a_month() {
        for (text, month, rest) in [
            ("Fall 2018", "2018-09", ""),
            ("spring2021_papers", "2021-03", "_papers"),
            ("winter26", "2026-01", ""),
            ("2021 Spring: lamps", "2021-03", ": lamps"),
            ("2021년 봄학기", "2021-03", ""),
            ("2020年秋", "2020-09", ""),
            ("2019年度後期", "2019-10", ""),
            ("WiSe 2022", "2022-10", ""),
        ] {
            let found = lead(text).map(|(when, rest)| (when.to_string(), rest));
            assert_eq!(found, Some((month.to_owned(), rest)), "{text}");
        }
        for text in ["fall", "Fall of 3 lamps", "spring 1", "2018", "autumnal 2018", "fall123"] {
            assert!(lead(text).is_none(), "{text}");
        }
    }
}
