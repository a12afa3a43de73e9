//! The first digests and the page of a new site, in its languages.
//!
//! The texts under `files/` hold every language, each passage marked. A site gets those that it has: its first one
//! without marks, as one writes it, the others as they are.

use jiff::civil::Date;

use super::documents::{Beginning, Document};
use super::toml_text::translated;
use crate::model::Lang;

const DIGESTS: [&str; 2] = [include_str!("files/first.md"), include_str!("files/second.md")];
const ABOUT: &str = include_str!("files/about.md");

/// Digests of the two days before, so that today's is still to be written, and a page.
pub(super) fn documents(beginning: &Beginning, today: Date) -> Vec<Document> {
    let languages = &beginning.languages;
    let document = |name: &str, text: &str| Document {
        path: format!("content/{name}.md"),
        text: said(text, languages),
    };
    let mut date = today;
    let mut documents = vec![document("about", ABOUT)];
    for text in DIGESTS {
        date = date.yesterday().unwrap_or(date);
        documents.push(document(&date.to_string(), text));
    }
    documents
}

/// A text in the site's languages; in English where it has none of them.
fn said(text: &str, languages: &[Lang]) -> String {
    let (titles, body) = text.split_once("\n\n").unwrap_or(("", text));
    let titles: Vec<(Lang, &str)> = titles.lines().filter_map(title).collect();
    let english = [Lang::english()];
    let mut wanted: Vec<&Lang> =
        languages.iter().filter(|lang| titles.iter().any(|(known, _)| known == *lang)).collect();
    let foreign = wanted.first() != languages.first().as_ref();
    if wanted.is_empty() {
        wanted = english.iter().collect();
    }
    let titles: Vec<(&Lang, &str)> = wanted
        .iter()
        .filter_map(|lang| titles.iter().find(|(known, _)| known == *lang))
        .map(|(l, t)| (l, *t))
        .collect();
    // Unmarked text is taken for the site's first language, unless told otherwise.
    let lang = if foreign { format!("lang = \"{}\"\n", wanted[0]) } else { String::new() };
    format!("+++\ntitle = {}\n{lang}+++\n\n{}", translated(&titles), passages(body, &wanted))
}

/// `ko: 소개`
fn title(line: &str) -> Option<(Lang, &str)> {
    let (lang, text) = line.split_once(": ")?;
    Some((Lang::parse(lang)?, text))
}

/// The text with the wanted languages of each run of marked passages, in the wanted order.
fn passages(body: &str, wanted: &[&Lang]) -> String {
    let mut out = String::new();
    let mut run: Vec<(&str, String)> = Vec::new();
    let mut lines = body.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("::: ") {
            Some(lang) => {
                let passage: Vec<&str> = lines.by_ref().take_while(|line| *line != ":::").collect();
                run.push((lang, passage.join("\n") + "\n"));
            }
            None if line.is_empty() && !run.is_empty() => {}
            None => {
                flush(&mut run, wanted, &mut out);
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    flush(&mut run, wanted, &mut out);
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn flush(run: &mut Vec<(&str, String)>, wanted: &[&Lang], out: &mut String) {
    for (place, lang) in wanted.iter().enumerate() {
        for (_, passage) in run.iter().filter(|(known, _)| *known == lang.as_str()) {
            match place {
                0 => out.push_str(passage),
                _ => out.extend(["::: ", lang.as_str(), "\n", passage, ":::\n"]),
            }
            out.push('\n');
        }
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::model::Lang;

    const TEXT: &str =
        "ko: 등\nen: Lamps\n\n::: ko\n밝다.\n:::\n\n::: en\nBright.\n:::\n\n## A\n\n#tag\n";

    #[test]
    fn a_text_in_the_languages_of_the_site() {
        let said = |languages: &[&str]| {
            said(TEXT, &languages.iter().filter_map(|tag| Lang::parse(tag)).collect::<Vec<_>>())
        };
        assert_eq!(said(&["en"]), "+++\ntitle = \"Lamps\"\n+++\n\nBright.\n\n## A\n\n#tag\n");
        assert_eq!(
            said(&["en", "ko"]),
            "+++\ntitle = { en = \"Lamps\", ko = \"등\" }\n+++\n\nBright.\n\n::: ko\n밝다.\n:::\n\n## A\n\n#tag\n"
        );
        assert_eq!(said(&["ko"]), "+++\ntitle = \"등\"\n+++\n\n밝다.\n\n## A\n\n#tag\n");
        assert_eq!(
            said(&["de", "en"]),
            "+++\ntitle = \"Lamps\"\nlang = \"en\"\n+++\n\nBright.\n\n## A\n\n#tag\n"
        );
    }
}
