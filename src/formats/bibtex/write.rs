//! Records as BibTeX that LaTeX and every reader of it understand. Pure.

use std::fmt::Write as _;

use crate::model::PaperId;
use crate::model::author::Name;
use crate::model::record::{Person, Record};
use crate::prose::source::formulas;

const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A record as an entry. With an abstract, paragraphs of plain text, come its keywords: neither is wanted in the file of a
/// manuscript.
pub fn bibtex(record: &Record, abstract_text: Option<&str>) -> String {
    let mut out = Entry(format!("@{}{{{},\n", record.bibtex(), record.key));
    out.text("title", &record.title);
    out.raw("author", &people(&record.authors, record.others));
    for (field, names) in &record.people {
        out.raw(field.bibtex[0], &people(names, false));
    }
    date(record, &mut out);
    let place = record.place();
    // A kind may say in two fields where a paper appeared: then each keeps its own.
    let is_said = record
        .fields
        .iter()
        .any(|(field, value)| *value == record.venue && PLACES.contains(&field.name));
    if !is_said {
        out.text(place, &record.venue);
    }
    for (field, value) in &record.fields {
        let Some(name) = field.bibtex.first().filter(|name| **name != place || is_said) else {
            continue;
        };
        // BibLaTeX has the place of a conference under the name that others have for what was held there.
        out.text(name, value);
    }
    out.ids(record);
    out.address("url", &record.url);
    for link in &record.links {
        if let Some(name) = link.key.as_deref().filter(|name| is_name(name)) {
            out.address(name, &link.url);
        }
    }
    for (name, value) in record.own.iter().filter(|(name, _)| is_name(name)) {
        out.text(name, value);
    }
    out.text("note", &record.note);
    if let Some(abstract_text) = abstract_text {
        out.text("keywords", &record.keywords.join(", "));
        out.text("abstract", abstract_text);
    }
    out.end()
}

/// Fields that say where a paper appeared.
const PLACES: &[&str] =
    &["journal", "booktitle", "publisher", "institution", "school", "organizer", "howpublished"];

/// A date by its parts; one in other words as its source has it.
fn date(record: &Record, out: &mut Entry) {
    match record.date_parts().as_deref() {
        Some([year, rest @ ..]) => {
            out.raw("year", year);
            let month = rest.first().and_then(|month| month.parse::<usize>().ok());
            if let Some(name) = month.and_then(|month| MONTHS.get(month.wrapping_sub(1))) {
                // Styles know the names of months without braces.
                let _ = writeln!(out.0, "  month = {name},");
            }
            out.raw("day", rest.get(1).map_or("", |day| day.trim_start_matches('0')));
        }
        _ if record.date.contains('/') => out.raw("date", &record.date),
        _ if record.year().is_empty() => out.text("year", &record.date),
        // `c. 1998`: styles sort by the year and know no other words in its place.
        _ => out.raw("year", record.year()),
    }
}

/// The people of a list as BibTeX takes it apart.
fn people(people: &[Person], others: bool) -> String {
    let mut names: Vec<String> = people.iter().map(person).collect();
    if others && !names.is_empty() {
        names.push("others".to_owned());
    }
    names.join(" and ")
}

/// A name as it is shown, where its parts are told by that; what is no person's stays whole.
fn person(person: &Person) -> String {
    let name = person.shown();
    if person.is_whole {
        return format!("{{{}}}", escaped(&name));
    }
    let is_plain = person.suffix.is_empty() && {
        let parts = Name::of(&name);
        parts.family == person.family
            && parts.given == person.given
            && parts.particle == person.particle
    };
    if is_plain {
        return escaped(&name);
    }
    let parts = [person.family_name(), person.suffix.clone(), person.given.clone()];
    let parts: Vec<String> =
        parts.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    match parts.as_slice() {
        [one] => format!("{{{one}}}"),
        parts => parts.join(", "),
    }
}

/// Whether BibTeX can have a field of this name.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// An entry that is being written.
struct Entry(String);

impl Entry {
    /// A field of plain text in which `$…$` is math. The capitals of a title stay.
    fn text(&mut self, name: &str, text: &str) {
        match (name, escaped(text)) {
            (_, text) if text.is_empty() => {}
            ("title", text) => self.raw(name, &format!("{{{text}}}")),
            ("pages", text) => self.raw(name, &text.replace('–', "--")),
            (_, text) => self.raw(name, &text),
        }
    }

    /// A field that is TeX already. What is not in pairs of braces would swallow the rest of the file.
    fn raw(&mut self, name: &str, value: &str) {
        if !value.is_empty() && is_balanced(value) {
            let _ = writeln!(self.0, "  {name} = {{{value}}},");
        }
    }

    /// An address as it is.
    fn address(&mut self, name: &str, url: &str) {
        self.raw(name, &url.replace('{', "%7B").replace('}', "%7D"));
    }

    fn ids(&mut self, record: &Record) {
        for id in &record.ids {
            match id {
                PaperId::Arxiv(number) => {
                    self.raw("eprint", number);
                    self.raw("archivePrefix", "arXiv");
                    self.raw("primaryClass", record.classes.split(' ').next().unwrap_or_default());
                }
                PaperId::Doi(doi) => self.raw("doi", doi),
                PaperId::OpenReview(_) => {}
            }
        }
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// Plain text as TeX: formulas as they are, and in all else the characters that mean something to TeX by their commands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let all = if text.contains('$') { formulas(text) } else { Vec::new() };
    for formula in all {
        let Some(tex) = closed(&text[formula.range.clone()]) else { continue };
        escape(&text[from..formula.range.start], &mut out);
        out.push_str(&tex);
        from = formula.range.end;
    }
    escape(&text[from..], &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' | '%' | '#' | '_' | '$' => out.extend(['\\', c]),
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            c => out.push(c),
        }
    }
}

/// A formula whose braces are in pairs, for BibTeX counts those after a backslash as well. One with a price in it is text.
fn closed(tex: &str) -> Option<String> {
    if tex.contains("\\$") {
        return None;
    }
    [tex.to_owned(), tex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ")]
        .into_iter()
        .find(|tex| is_balanced(tex))
}

fn is_balanced(tex: &str) -> bool {
    let mut depth = 0_i32;
    let never_below = tex.bytes().all(|b| {
        depth += i32::from(b == b'{') - i32::from(b == b'}');
        depth >= 0
    });
    never_below && depth == 0
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt};
    use proptest::prelude::*;

    use super::*;
    use crate::model::author;

    fn read_back(title: &str, names: &[&str], others: bool) -> (String, Vec<String>) {
        let record = Record {
            key: "key".to_owned(),
            title: title.to_owned(),
            authors: names.iter().map(|name| Person::of(name)).collect(),
            others,
            ..Record::default()
        };
        let text = bibtex(&record, None);
        let Ok(all) = Bibliography::parse(&text) else { return (text, Vec::new()) };
        let read = all.get("key").map(|entry| {
            let title = entry.title().map(ChunksExt::format_verbatim).unwrap_or_default();
            let people = entry.author().unwrap_or_default();
            (
                title,
                people
                    .into_iter()
                    .map(|person| {
                        author::in_order(
                            &person.given_name,
                            &person.prefix,
                            &person.name,
                            &person.suffix,
                        )
                    })
                    .collect(),
            )
        });
        read.unwrap_or_default()
    }

    #[test]
    fn names_are_read_back() {
        let names = [
            "Ada Wick",
            "Emil Tide Jr.",
            "Cornelis van der Lamp",
            "GLOW Collaboration",
            "Wick & Lamp Lab",
            "灯明远",
            "홍길동",
            "Jia li",
            "Žan Šek",
            "J.-P. Öst III",
            "ACME",
            "Fog, Inc.",
            "R. Sand and Sons",
        ];
        assert_eq!(read_back("T", &names, false).1, names);
        assert_eq!(read_back("T", &["Ada Wick"], true).1, ["Ada Wick", "others"]);
        assert_eq!(person(&Person::of("Emil van Tide Jr.")), "van Tide, Jr., Emil");
        assert_eq!(person(&Person::of("GLOW Collaboration")), "{GLOW Collaboration}");
        let two = Person::from_parts("Gabriel", "", "García Márquez", "");
        assert_eq!(person(&two), "García Márquez, Gabriel");
    }

    #[test]
    fn formulas_stay_and_prices_are_text() {
        for (title, expected) in [
            (r"On $\mathbb{R}^d \to \{0,1\}$ & $L_p$", r"On $\mathbb{R}^d \to \{0,1\}$ \& $L_p$"),
            ("A $100 Lamp for $5", r"A \$100 Lamp for \$5"),
            (r"Half $\left\{ x \right.$ open", r"Half $\left\lbrace  x \right.$ open"),
            (
                r"A {b} ~c^d_e #1 100% \f",
                r"A {\textbraceleft}b{\textbraceright} {\textasciitilde}c{\textasciicircum}d\_e \#1 100\% {\textbackslash}f",
            ),
        ] {
            assert_eq!(escaped(title), expected);
            assert!(is_balanced(&escaped(title)));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            title in "(Lamp|[a-z]{1,3}|é|등|[{}&%#_~^]|\\\\| | \\$x_2\\$ | \\$\\\\frac\\{a\\}\\{b\\}\\$ |\\$5 ){1,8}",
            names in prop::collection::vec("[A-Z][a-z]{2,5} (van |de la )?[A-Z][a-z]{2,5}( Jr\\.| III)?", 1..4),
        ) {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let (read, people) = read_back(&title, &names, false);
            // A brace in a formula has a name where it stands alone.
            let braced = |text: &str| text.replace("\\lbrace ", "\\{").replace("\\rbrace ", "\\}");
            prop_assert_eq!(braced(&read), braced(&title));
            prop_assert_eq!(people, names);
        }
    }
}
