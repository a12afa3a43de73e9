//! Fills the places of a template, `@name@`, in one pass: what is filled in is not looked at again.

/// The template with each known place filled; any other `@` stays.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('@') {
        out.push_str(before);
        let filled = values
            .iter()
            .map(|(name, value)| (*name, value))
            .find_map(|(name, value)| Some((value, after.strip_prefix(name)?.strip_prefix('@')?)));
        let (text, behind) =
            filled.map_or(("@", after), |(value, behind)| (value.as_str(), behind));
        out.push_str(text);
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn what_is_filled_in_is_not_filled() {
        let values = [("a", "@b@".to_owned()), ("b", "x@y".to_owned())];
        assert_eq!(fill("use: c@1 @a@, @b@ @c@ @", &values), "use: c@1 @b@, x@y @c@ @");
    }
}
