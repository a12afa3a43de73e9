//! What texts show of other texts: `![[Name]]`.

/// The names of texts that a text shows, without folders and without what of them.
pub(super) fn names(text: &str) -> Vec<String> {
    let places = text.split("![[").skip(1).filter_map(|rest| rest.split_once("]]"));
    let names = places.filter_map(|(name, _)| name.split(['#', '|', '^']).next());
    let names = names.map(|name| name.trim().rsplit('/').next().unwrap_or_default());
    names.map(|name| name.strip_suffix(".md").unwrap_or(name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_read_without_the_rest() {
        let text = "![[said/Lamps - said#All|x]] [[Wax]] ![[Oil.md]]\n![[Soot^id]] ![[open";
        assert_eq!(names(text), ["Lamps - said", "Oil", "Soot"]);
    }
}
