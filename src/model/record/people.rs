//! People of records: names by their parts, and lists of them as one text, `Wick, Ada and van der Tide, Emil and {Harbour Lab}`.

use crate::model::author::{self, Name};

/// Somebody whom a record names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Given names and initials.
    pub given: String,
    /// `van`, `de la`.
    pub particle: String,
    /// The family's name; all of a name that has no parts.
    pub family: String,
    /// `Jr.`, `III`.
    pub suffix: String,
    /// Whether it is no person, or a name that must not be taken apart.
    pub is_whole: bool,
}

impl Person {
    /// A name as people write it, the given name first.
    pub fn of(name: &str) -> Self {
        let is_several = [",", " and "].iter().any(|mark| name.contains(mark)) || name == "others";
        if is_several || author::is_group(name) {
            return Self::whole(name);
        }
        let parts = Name::of(name);
        Self::from_parts(parts.given, parts.particle, parts.family, parts.suffix)
    }

    /// A name that is not taken apart.
    pub fn whole(name: &str) -> Self {
        Self { family: name.to_owned(), is_whole: true, ..Self::default() }
    }

    /// The parts of a name.
    pub fn from_parts(given: &str, particle: &str, family: &str, suffix: &str) -> Self {
        Self {
            given: given.trim().to_owned(),
            particle: particle.trim().to_owned(),
            family: family.trim().to_owned(),
            suffix: suffix.trim().to_owned(),
            is_whole: false,
        }
    }

    /// `Wick, Ada`, `van der Tide, Jr., Emil`; whatever has braces around it is one name.
    pub fn of_sorted(text: &str) -> Self {
        if let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            return Self::whole(name);
        }
        // A name alone has braces around that of the family where it would be read as several names.
        let bare = text.strip_prefix('{').map(|rest| rest.replacen('}', "", 1));
        let text = bare.as_deref().unwrap_or(text);
        let mut parts = text.splitn(3, ',').map(str::trim);
        let (before, middle, last) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let (suffix, given) = match (middle, last) {
            (None, _) => return Self::of(text),
            (Some(given), None) => ("", given),
            // RIS has the suffix last.
            (Some(given), Some(suffix)) if author::is_suffix(suffix) => (suffix, given),
            (Some(suffix), Some(given)) => (suffix, given),
        };
        let small = before.split(' ').take_while(|word| word.starts_with(char::is_lowercase));
        let length: usize = small.map(|word| word.len() + 1).sum();
        let (particle, family) =
            if length < before.len() { before.split_at(length) } else { ("", before) };
        Self::from_parts(given, particle, family, suffix)
    }

    /// The name in the order of its script.
    pub fn shown(&self) -> String {
        author::in_order(&self.given, &self.particle, &self.family, &self.suffix)
    }

    /// The family's name with what stands before it.
    pub fn family_name(&self) -> String {
        author::in_order("", &self.particle, &self.family, "")
    }

    /// Whether its parts can be told from the name as it is shown.
    pub fn is_told(&self) -> bool {
        Self::of(&self.shown()) == *self
    }

    /// `van der Tide, Jr., Emil`, `{Harbour Lab}`.
    pub fn sorted(&self) -> String {
        if self.is_whole || self.given.is_empty() && self.suffix.is_empty() {
            let apart = self.is_whole || self.family.contains(' ');
            return if apart { format!("{{{}}}", self.family_name()) } else { self.family_name() };
        }
        let parts = [&self.family_name(), &self.suffix, &self.given];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }
}

/// People as one text.
pub fn sorted(people: &[Person], others: bool) -> String {
    if let ([one], false) = (people, others) {
        let family = one.family_name();
        let is_apart = family.contains(' ') || !one.suffix.is_empty();
        if is_apart && !one.is_whole && !one.given.is_empty() {
            return one.sorted().replacen(&family, &format!("{{{family}}}"), 1);
        }
    }
    let names = people.iter().map(Person::sorted);
    names.chain(others.then(|| "others".to_owned())).collect::<Vec<_>>().join(" and ")
}

/// The people of such a text, or of one that somebody wrote by hand, and whether there are others.
pub fn listed(text: &str) -> (Vec<Person>, bool) {
    let is_one = text.matches(',').count() == 1
        && text.split(',').next().is_some_and(|family| !family.trim().contains(' '));
    if !text.contains(" and ") && !text.starts_with('{') && !is_one {
        let list = author::split(text);
        return (list.names.iter().map(|name| Person::of(name)).collect(), list.more.is_some());
    }
    let mut people = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && at >= from && text[at..].starts_with(" and ") => {
                people.push(&text[from..at]);
                from = at + " and ".len();
            }
            _ => {}
        }
    }
    people.push(&text[from..]);
    let others = people.last() == Some(&"others");
    people.truncate(people.len() - usize::from(others));
    let people = people.into_iter().map(str::trim).filter(|name| !name.is_empty());
    (people.map(Person::of_sorted).collect(), others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_they_are_written() {
        for text in [
            "Wick, Ada and van der Tide, Emil and {Harbour Lab}",
            "García Márquez, Gabriel and Tide, Jr., Emil and others",
            "{Fog, Inc. and Sons} and Plato",
            "홍, 길동",
            "{García Márquez}, Gabriel",
            "{van der Tide}, Jr., Emil",
        ] {
            let (people, others) = listed(text);
            assert_eq!(sorted(&people, others), text);
        }
        let shown = |text: &str| listed(text).0.iter().map(Person::shown).collect::<Vec<_>>();
        assert_eq!(shown("Rue Sand, Ida Post"), ["Rue Sand", "Ida Post"]);
        assert_eq!(shown("Tide, Emil, Jr. and Wick, Ada"), ["Emil Tide Jr.", "Ada Wick"]);
        assert_eq!(shown("Sand, Rue"), ["Rue Sand"]);
    }

    #[test]
    fn what_a_name_tells_needs_no_parts() {
        assert!(Person::from_parts("Ada", "", "Wick", "").is_told());
        assert!(Person::from_parts("Emil", "van der", "Tide", "Jr.").is_told());
        assert!(!Person::from_parts("Gabriel", "", "García Márquez", "").is_told());
        assert!(!Person::from_parts("길동", "", "홍", "").is_told());
    }
}
