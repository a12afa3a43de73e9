//! Citations: when a paper came out, and COinS.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::PageRenderer;
use crate::model::PaperId;
use crate::site::PaperIndex;

/// When a paper came out, as far as it is known: its source's word, its arXiv id's month, nothing. A year, with a month and
/// a day where they are known, and no other words.
pub(super) fn publication_date(press: &PageRenderer<'_>, paper: PaperIndex) -> String {
    let said =
        ["published", "year"].iter().find_map(|name| press.field(paper, name).and_then(date_in));
    if let Some(date) = said {
        return date.to_owned();
    }
    let arxiv = press.ids(paper).iter().find_map(|id| match id {
        PaperId::Arxiv(number) => Some(number),
        _ => None,
    });
    arxiv.and_then(|number| arxiv_month(number)).unwrap_or_default()
}

/// The date that a text begins with, else the first year in it: `2021-03-12T…`, `c. 1998`, `Spring 2021`.
fn date_in(text: &str) -> Option<&str> {
    let form = b"dddd-dd-dd";
    let fits = |length: &usize| {
        let head = text.as_bytes().get(..*length);
        let like =
            |(b, form): (&u8, &u8)| if *form == b'd' { b.is_ascii_digit() } else { b == form };
        let ended = !text[*length..].starts_with(|c: char| c.is_ascii_digit());
        head.is_some_and(|head| head.iter().zip(form).all(like)) && ended
    };
    let whole = [10, 7, 4].into_iter().filter(|length| text.is_char_boundary(*length)).find(fits);
    let year = |word: &&str| word.len() == 4 && matches!(word.as_bytes(), [b'1' | b'2', ..]);
    whole
        .map(|length| &text[..length])
        .or_else(|| text.split(|c: char| !c.is_ascii_digit()).find(year))
}

/// `2503.07565` → `2025-03`; old ids carry the month after the slash.
fn arxiv_month(number: &str) -> Option<String> {
    let digits = number.rsplit('/').next()?.get(..4)?;
    let (year, month): (u32, u32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    let century = if year > 90 { 1900 } else { 2000 };
    (1..=12).contains(&month).then(|| format!("{}-{month:02}", century + year))
}

/// A COinS record: an `OpenURL` context object, for the `title` of a `span`.
pub(super) fn coins(press: &PageRenderer<'_>, paper: PaperIndex) -> String {
    let mut out = String::from(
        "ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Ajournal&rft.genre=preprint",
    );
    let mut add = |key: &str, value: &str| {
        out.extend(["&", key, "="]);
        out.extend(utf8_percent_encode(value, NON_ALPHANUMERIC));
    };
    add("rft.atitle", press.title(paper));
    let entry = press.site.entry(press.site.authors_entry(paper));
    entry.authors.iter().take(10).for_each(|name| add("rft.au", name));
    let published = publication_date(press, paper);
    if !published.is_empty() {
        add("rft.date", &published);
    }
    for id in press.ids(paper) {
        match &id {
            PaperId::Arxiv(number) => add("rft_id", &format!("info:arxiv/{number}")),
            PaperId::Doi(doi) => add("rft_id", &format!("info:doi/{doi}")),
            PaperId::OpenReview(_) => add("rft_id", &id.url()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::date_in;

    #[test]
    fn dates_are_found_in_words() {
        for (text, expected) in [
            ("2021", Some("2021")),
            ("2021-07", Some("2021-07")),
            ("2021-07-03T10:00:00Z", Some("2021-07-03")),
            ("c. 1998", Some("1998")),
            ("Spring 2021, revised", Some("2021")),
            ("2021년 3월", Some("2021")),
            ("20213", None),
            ("봄", None),
            ("", None),
        ] {
            assert_eq!(date_in(text), expected, "{text}");
        }
    }
}
