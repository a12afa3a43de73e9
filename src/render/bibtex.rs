//! BibTeX, written so that LaTeX and every reader of it say what the site says.

use std::collections::HashMap;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

use super::PageRenderer;
use super::cite::publication_date;
use crate::model::author::{self, Name};
use crate::model::{Entry, PaperId};
use crate::prose::source::formulas;
use crate::site::PaperIndex;

/// Kinds of records, and the field that says where a paper of the kind appeared.
const KINDS: &[(&str, &str)] = &[
    ("article", "journal"),
    ("book", "publisher"),
    ("conference", "booktitle"),
    ("inbook", "booktitle"),
    ("incollection", "booktitle"),
    ("inproceedings", "booktitle"),
    ("mastersthesis", "school"),
    ("phdthesis", "school"),
    ("report", "institution"),
    ("techreport", "institution"),
    ("thesis", "school"),
];

/// What names of journals hold, and those of places that are neither journal nor conference.
const JOURNALS: &[&str] = &[
    "journal",
    "transactions",
    "letters",
    "review",
    "nature",
    "science",
    "jmlr",
    "tmlr",
    "tpami",
    "annals",
    "저널",
];
const PREPRINTS: &[&str] = &["arxiv", "biorxiv", "corr", "preprint", "blog", "report"];

/// Facts that keep their name.
const FACTS: &[&str] = &[
    "volume",
    "number",
    "pages",
    "series",
    "edition",
    "editor",
    "publisher",
    "institution",
    "isbn",
    "issn",
];

impl PageRenderer<'_> {
    /// The BibTeX entry of a paper.
    pub(super) fn bibtex(&self, paper: PaperIndex) -> &str {
        self.kept.bibtex[paper as usize].get_or_init(|| self.record(paper))
    }

    fn record(&self, paper: PaperIndex) -> String {
        let entry = self.site.entry(self.site.authors_entry(paper));
        let said = |name: &str| self.field(paper, name);
        let (kind, place, venue) = self.appeared(paper).unwrap_or(("misc", "howpublished", ""));
        let mut record = Record::new(kind, self.bibtex_key(paper));
        record.text("title", self.title(paper));
        record.raw("author", &people(entry));
        record.raw("year", publication_date(self, paper).get(..4).unwrap_or_default());
        record.text(place, venue);
        for &name in FACTS.iter().filter(|name| **name != place) {
            record.text(name, said(name).unwrap_or_default());
        }
        let ids = self.ids(paper);
        for id in ids {
            match id {
                PaperId::Arxiv(number) => {
                    record.raw("eprint", number);
                    record.raw("archivePrefix", "arXiv");
                }
                PaperId::Doi(doi) => record.raw("doi", doi),
                PaperId::OpenReview(_) => {}
            }
        }
        let other = || {
            self.site
                .entries_of(paper)
                .iter()
                .find_map(|&entry| self.site.entry(entry).links.first())
        };
        let url = ids.first().map(PaperId::url).or_else(|| other().map(|link| link.url.clone()));
        record.raw("url", &url.unwrap_or_default().replace('{', "%7B").replace('}', "%7D"));
        record.end()
    }

    /// The kind of record that a paper is, and the field that says where it appeared, with what that says. A bibliography tells
    /// the kind; a venue alone, typed by hand, is a journal if it is called like one, else a conference.
    pub(super) fn appeared(&self, paper: PaperIndex) -> Option<(&'static str, &'static str, &str)> {
        let venue = self.field(paper, "venue")?;
        let told = self.field(paper, "entry-type");
        let (kind, place) = match told {
            Some(told) => *KINDS.iter().find(|(known, _)| *known == told)?,
            None if self.field(paper, "cite-key").is_some() => ("misc", "howpublished"),
            None => {
                let small = venue.to_lowercase();
                let is_one = |words: &[&str]| words.iter().any(|word| small.contains(word));
                match () {
                    () if is_one(PREPRINTS) => ("misc", "howpublished"),
                    () if is_one(JOURNALS) => ("article", "journal"),
                    () => ("inproceedings", "booktitle"),
                }
            }
        };
        Some((kind, place, venue))
    }

    /// The key of a paper, which no other has: the oldest of several keeps it as it is.
    pub(super) fn bibtex_key(&self, paper: PaperIndex) -> &str {
        let keys = self.kept.bibtex_keys.get_or_init(|| {
            let mut keys = vec![String::new(); self.site.paper_count()];
            let mut taken: HashMap<String, usize> = HashMap::with_capacity(keys.len());
            let papers: Vec<PaperIndex> = self.site.papers().collect();
            for &paper in papers.iter().rev() {
                let key = self.wanted_key(paper);
                let mut own = key.clone();
                while taken.contains_key(&own) {
                    let count = taken.entry(key.clone()).or_default();
                    *count += 1;
                    own = format!("{key}{}", letters(*count));
                }
                taken.insert(own.clone(), 0);
                keys[paper as usize] = own;
            }
            keys
        });
        keys.get(paper as usize).map_or("paper", String::as_str)
    }

    /// The key that a bibliography gave, else `zhou2025inductive-250307565`: the first author's name, the year, a word of the
    /// title, and the address.
    fn wanted_key(&self, paper: PaperIndex) -> String {
        let given = self.field(paper, "cite-key").map(|key| plain(key, "-_:.+/"));
        if let Some(key) = given.filter(|key| !key.is_empty()) {
            return key;
        }
        let entry = self.site.entry(self.site.authors_entry(paper));
        let first_word = |name: &'_ str| name.find(' ').unwrap_or(name.len());
        let first = entry.authors.first().map(|name| {
            if author::is_group(name) { &name[..first_word(name)] } else { Name::of(name).family }
        });
        let name = first.or(entry.org.as_deref()).unwrap_or_default();
        let word =
            self.title(paper).split_whitespace().find(|word| word.len() > 3).unwrap_or_default();
        let year = publication_date(self, paper);
        let year = year.get(..4).unwrap_or_default();
        let small = |text: &str| plain(text, "").to_lowercase();
        let key =
            format!("{}{year}{}-{}", small(name), small(word), small(self.site.address(paper)));
        key.trim_start_matches('-').to_owned()
    }
}

/// The ASCII letters and digits of a text, those under accents too, and some marks.
fn plain(text: &str, marks: &str) -> String {
    text.nfkd().filter(|c| c.is_ascii_alphanumeric() || marks.contains(*c)).collect()
}

/// a, b, …, z, ba, …
fn letters(number: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + (digit % 26) as u8);
    if number < 26 {
        letter(number).into()
    } else {
        format!("{}{}", letters(number / 26), letter(number))
    }
}

/// The authors, or the organisation where there are none, and whether there are others.
fn people(entry: &Entry) -> String {
    let mut names: Vec<String> = entry.authors.iter().map(|name| person(name)).collect();
    if names.is_empty() {
        names.extend(entry.org.iter().map(|org| format!("{{{}}}", escaped(org))));
    }
    let cut =
        entry.fields.iter().any(|(key, value)| key == "remarks" && author::tells_of_others(value));
    if cut && !names.is_empty() {
        names.push("others".to_owned());
    }
    names.join(" and ")
}

/// A name as BibTeX takes it apart; what is no person's stays whole.
fn person(name: &str) -> String {
    let parts = Name::of(name);
    let apart = [",", " and "].iter().any(|mark| name.contains(mark)) || name == "others";
    if apart || author::is_group(name) {
        return format!("{{{}}}", escaped(name));
    }
    if parts.suffix.is_empty() {
        return escaped(name);
    }
    let family = author::in_order("", parts.particle, parts.family, "");
    format!("{}, {}, {}", escaped(&family), escaped(parts.suffix), escaped(parts.given))
}

/// One record that is being written.
struct Record(String);

impl Record {
    fn new(kind: &str, key: &str) -> Self {
        Self(format!("@{kind}{{{key},\n"))
    }

    /// A field of plain text in which `$…$` is math. Its capitals stay.
    fn text(&mut self, name: &str, text: &str) {
        match (name, escaped(text)) {
            (_, text) if text.is_empty() => {}
            ("title", text) => self.raw(name, &format!("{{{text}}}")),
            ("pages", text) => self.raw(name, &text.replace('–', "--")),
            (_, text) => self.raw(name, &text),
        }
    }

    /// A field that is TeX already, or an address.
    fn raw(&mut self, name: &str, value: &str) {
        if !value.is_empty() && is_balanced(value) {
            let _ = writeln!(self.0, "  {name} = {{{value}}},");
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
    let named = || tex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ");
    [tex.to_owned(), named()].into_iter().find(|tex| is_balanced(tex))
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

    fn read_back(title: &str, names: &[&str], others: bool) -> (String, Vec<String>) {
        let fields = others.then(|| ("remarks".to_owned(), "+3 authors".to_owned()));
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let entry =
            Entry { authors: names, fields: fields.into_iter().collect(), ..Entry::default() };
        let mut record = Record::new("misc", "key");
        record.text("title", title);
        record.raw("author", &people(&entry));
        let text = record.end();
        let Ok(all) = Bibliography::parse(&text) else { return (text, Vec::new()) };
        let read = all.get("key").map(|entry| {
            let title = entry.title().map(ChunksExt::format_verbatim).unwrap_or_default();
            let people = entry.author().unwrap_or_default();
            let name = |person: biblatex::Person| {
                author::in_order(&person.given_name, &person.prefix, &person.name, &person.suffix)
            };
            (title, people.into_iter().map(name).collect())
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
        assert_eq!(person("Emil van Tide Jr."), "van Tide, Jr., Emil");
        assert_eq!(person("GLOW Collaboration"), "{GLOW Collaboration}");
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

    #[test]
    fn keys_are_of_ascii() {
        assert_eq!(plain("Žárová & 灯: x_1", ""), "Zarovax1");
        assert_eq!(plain("c. 1998 a{b},%", "-_:.+/"), "c.1998ab");
        assert_eq!([0, 1, 25, 26, 27].map(letters), ["a", "b", "z", "ba", "bb"]);
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
