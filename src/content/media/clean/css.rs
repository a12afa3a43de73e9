//! Style sheets of drawings: what they load from elsewhere is taken out.

/// What was taken out, in words.
pub(super) const OUTSIDE: &str = "a reference to another site";
/// Ways to load something that no drawing needs, and a sign that may hide one.
const STRANGE: &[&str] =
    &["\\", "expression(", "image-set(", "image(", "src(", "-moz-binding", "behavior:"];

/// Whether a value, without spaces and in small letters, may be one that loads something.
pub(super) fn may_load(value: &str) -> bool {
    value.contains("url(") || STRANGE[1..].iter().any(|strange| value.contains(strange))
}

/// The same without what it loads from elsewhere, and whether there was such.
pub(super) fn inside(css: &str) -> (String, bool) {
    let lower = css.to_ascii_lowercase();
    if STRANGE.iter().any(|strange| lower.contains(strange)) {
        return (String::new(), true);
    }
    let (mut out, mut from, mut outside) = (String::with_capacity(css.len()), 0, false);
    while let Some(at) = lower[from..].find(['@', 'u']).map(|at| from + at) {
        let (end, instead) = match &lower[at..] {
            rest if rest.starts_with("@import") => {
                (rest.find(';').map_or(rest.len(), |end| end + 1), "")
            }
            rest if rest.starts_with("url(") && !is_inside(rest) => {
                (rest.find(')').map_or(rest.len(), |end| end + 1), "url(#)")
            }
            _ => {
                out.push_str(&css[from..=at]);
                from = at + 1;
                continue;
            }
        };
        out.push_str(&css[from..at]);
        out.push_str(instead);
        (from, outside) = (at + end, true);
    }
    out.push_str(&css[from..]);
    (out, outside)
}

/// Whether `url(…)` at the start of a text, in small letters, is a part of the file itself.
fn is_inside(text: &str) -> bool {
    let address = text["url(".len()..].trim_start().trim_start_matches(['"', '\'']).trim_start();
    let data = [
        "data:image/png",
        "data:image/jpeg",
        "data:image/gif",
        "data:image/webp",
        "data:font/",
        "data:application/font",
        "data:application/x-font",
    ];
    address.starts_with('#') || data.iter().any(|data| address.starts_with(data))
}
