//! Exports against the formats that read them: what is written is read back, and no field is lost.

use std::collections::BTreeSet;

use crate::common::format;
use crate::desk::Desk;
use offprint::formats::{Hints, read};
use offprint::model::Entry;

const LIBRARY: &str = "\
@article{wick2024buoys,
  title = {Buoys That Ring at $10^2$ {Hz}}, author = {Wick, Ada and van der Tide, Emil and Lamp, Jr., Bo and others},
  journal = {Letters on Light}, volume = {3}, number = {2}, pages = {11--19}, series = {Harbour Notes}, issn = {1234-567X},
  year = {2024}, month = jun, doi = {10.5555/buoys.24}, keywords = {bells, deep-sea},
  abstract = {Bells ring in the fog.\n\nThey are heard far away.}
}
@incollection{flint2020wicks,
  title = {Wicks, Old and New}, author = {{Wick Works Lab} and Flint, Dov}, booktitle = {The Book of Lamps},
  publisher = {Quay PageRenderer}, edition = {2}, editor = {Sand, Rue and Post, Ida}, isbn = {978-3-16-148410-0}, year = {2020},
  pages = {7}, eprint = {2006.01234}, archiveprefix = {arXiv}
}
@phdthesis{oil, title = {On Oil}, author = {Byron, Ada}, school = {University of the Coast}, year = {1998}}
@techreport{tar, title = {On Tar}, author = {Jia Li}, institution = {Harbour Office}, year = {2001},
  url = {https://example.org/tar}, note = {Read on the quay}}
@misc{page, title = {A Page on Lamps}, author = {灯明远}, howpublished = {Blog of the Quay}, url = {https://example.org/lamps}}
";

fn entries(name: &str, text: &str) -> Vec<Entry> {
    let reading = read(format(name), text, &Hints::default());
    let mut entries: Vec<Entry> =
        reading.digests.into_iter().flat_map(|digest| digest.entries).collect();
    entries.sort_by(|a, b| a.title.cmp(&b.title));
    entries
}

/// What a library says of a paper, without the places where it says so.
fn said(entry: &Entry) -> BTreeSet<String> {
    // Between editors BibTeX has a word, and RIS a line.
    let fields =
        entry.fields.iter().map(|(key, value)| format!("{key} = {}", value.replace(" and ", "; ")));
    let links = entry.links.iter().map(|link| format!("link {}", link.url));
    let tags = entry.tags.iter().map(|tag| format!("#{}", tag.as_str()));
    let texts = entry.abstract_text.iter().map(|text| format!("abstract: {}", text.text));
    let people = format!("{:?} {:?}", entry.authors, entry.org);
    fields.chain(links).chain(tags).chain(texts).chain([people]).collect()
}

#[test]
fn papers_ris_is_read_back() {
    let config = "base_url = \"https://lamps.example/\"\n[[sources]]\npath = \"library.bib\"\n";
    let desk = Desk::of(&[("config.toml", config), ("library.bib", LIBRARY)]);
    let written = String::from_utf8(desk.build().remove("papers.ris").unwrap()).unwrap();
    let (given, back) = (entries("bibtex", LIBRARY), entries("ris", &written));
    assert_eq!(back.len(), 5, "{written}");
    for (given, back) in given.iter().zip(&back) {
        assert_eq!(given.title, back.title);
        let (given, back) = (said(given), said(back));
        let lost: Vec<_> = given.difference(&back).collect();
        assert!(lost.is_empty(), "lost: {lost:#?}\nthere is: {back:#?}\n{written}");
    }
}

const TOGETHER: &str = "title = \"Lamps\"\nbase_url = \"https://lamps.example/notes/\"\nlanguages = [\"en\", \"ko\"]\nroundup = { every = \"week\" }\n";
const DIGEST: &str = "## How Lamps Burn\n*Ada Wick, Bo Flame* · [arXiv](https://arxiv.org/abs/2503.00101)\n\n![The flame](flame.png)\n\nIt is\n\n$$x^2$$\n\nhigh[^a], and [low](#low).\n\n#### Low\n\nHere[^b].\n\n[^a]: Small print.\n[^b]: More.\n\n::: ko\n불꽃은 높다[^a].\n:::\n\n#lamps\n";

/// The values of an attribute in some HTML.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let pieces = html.split(attribute).skip(1);
    pieces.filter_map(|rest| rest.split_once('"').map(|(value, _)| value)).collect()
}

#[test]
fn feeds_are_whole_in_readers_and_in_browsers() {
    let desk = Desk::of(&[("config.toml", TOGETHER), ("content/2025-03-12.md", DIGEST)]);
    let files = desk.build();
    let read = |name: &str| {
        let parsed: serde_json::Value = serde_json::from_slice(&files[name]).unwrap();
        let item = &parsed["items"][0];
        ["content_html", "summary"].map(|key| item[key].as_str().unwrap_or_default().to_owned())
    };
    let [content, _] = read("feed.json");
    let ids = values(&content, " id=\"");
    let inside = values(&content, "href=\"#");
    assert_eq!(ids.len(), BTreeSet::from_iter(&ids).len(), "{content}");
    assert_eq!(inside.len(), 7, "{content}");
    assert!(inside.iter().all(|target| ids.contains(target)), "{content}");
    assert_eq!(read("tags/lamps/feed.json")[1], "It is x² high, and low. Here.");

    let [english, korean] = ["en", "ko"].map(|lang| read(&format!("{lang}/feed.json"))[0].clone());
    assert!(english.contains("Small print") && !english.contains("불꽃"), "{english}");
    assert!(korean.contains("불꽃") && !korean.contains(" and "), "{korean}");
    let home = String::from_utf8_lossy(&files["index.html"]);
    assert!(home.contains("title=\"Lamps (한국어)\" href=\"/notes/ko/feed.xml\""));

    for name in ["feed.xml", "ko/feed.xml", "tags/lamps/feed.xml", "weekly/rss.xml"] {
        let xml = String::from_utf8_lossy(&files[name]);
        let sheet = values(&xml, "<?xml-stylesheet type=\"text/css\" href=\"")[0];
        assert!(files.contains_key(sheet.strip_prefix("/notes/").unwrap()), "{sheet}");
        assert!(xml.contains("<f:about>") && xml.contains("<h:h2><h:a href=\"https://"), "{xml}");
    }
}
