//! Where a paper appeared, as lists say it in a few words.

/// A venue: a short name with capitals and a year, `LampConf 2025`, `NeurIPS'23`, `arXiv 2024.03`.
pub(super) fn whole(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "`*_()[]".contains(c));
    let words = text.split([' ', ',', '-']);
    let apostrophe = text.contains(['\'', '’']);
    let fits = words.clone().count() <= 5
        && words.clone().any(|word| has_capitals(&word) || word.eq_ignore_ascii_case("arxiv"))
        || apostrophe && words.count() == 1;
    (fits && text.split([' ', ',', '-', ':']).any(is_year)).then_some(text)
}

/// A title without the venue in brackets at its end: `How Lamps Wait (LampConf 2025)`.
pub(super) fn behind(title: &str) -> (&str, Option<&str>) {
    let placed = bracketed(title).filter(|(_, inside)| whole(&inside[..end(inside)]).is_some());
    match placed {
        Some((before, inside)) => (before.trim_end(), Some(inside.trim())),
        None => (title, None),
    }
}

/// A title without what stands in brackets at its end, and that.
pub(super) fn bracketed(title: &str) -> Option<(&str, &str)> {
    let parted = ["()", "[]", "（）", "【】"].iter().find_map(|pair| {
        let open = pair.chars().next()?;
        let inside = title.trim_end().strip_suffix(&pair[open.len_utf8()..])?;
        inside.rsplit_once(open)
    });
    parted.filter(|(before, _)| !before.trim().is_empty())
}

/// Where a venue ends in brackets that say more of a paper: `LampConf 2025, best paper`.
pub(super) fn end(inside: &str) -> usize {
    let mut commas = inside.match_indices([',', '，']).map(|(at, _)| at);
    let behind_year = commas.find(|at| inside[..*at].ends_with(|c: char| c.is_ascii_digit()));
    behind_year.unwrap_or(inside.len())
}

fn has_capitals(word: &&str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

fn is_year(word: &str) -> bool {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    digits.len() > 3 && (digits.starts_with("19") || digits.starts_with("20"))
        || digits.len() == 2 && word.contains(['\'', '’'])
}
