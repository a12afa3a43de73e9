//! Importing into folders: names, repetition, what is never overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use offprint::authoring::import::{Outcome, Request, Status, import};
use offprint::formats::{Hints, NOTES, detect, read};
use offprint::model::{Digest, InMenu};

use crate::common::format;

const PAGE: &str = "Daily Papers\n\nNov 3, 2024\n\nPaper Boats at Scale\n\nWe fold a *million* boats.\n\n• 2 authors\n·\nOct 14 7\n";

/// A folder with sources in `in/`, and `content/` to write to.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            desk.write(name, text);
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn request(&self) -> Request {
        Request {
            format: None,
            paths: vec![self.path("in")],
            to: self.path("content"),
            date: None,
            year: None,
            languages: Vec::new(),
            names: Vec::new(),
            date_from: Vec::new(),
            permalinks: Vec::new(),
            dry_run: false,
            dates_of_libraries: Vec::new(),
            force: false,
        }
    }

    fn import(&self) -> Outcome {
        import(&self.request())
    }

    /// Names below `content/` with what became of each.
    fn targets(&self, outcome: &Outcome) -> Vec<(String, Status)> {
        let name = |path: &Path| {
            path.strip_prefix(self.path("content")).unwrap().to_string_lossy().replace('\\', "/")
        };
        outcome.targets.iter().map(|target| (name(&target.path), target.status)).collect()
    }

    fn content(&self) -> Vec<(String, String)> {
        let root = self.path("content");
        let files =
            walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(Result::ok);
        let files = files.filter(|file| file.file_type().is_file());
        files
            .map(|file| {
                let name =
                    file.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                (name, fs::read_to_string(file.path()).unwrap())
            })
            .collect()
    }
}

fn one(name: &str, status: Status) -> Vec<(String, Status)> {
    vec![(name.to_owned(), status)]
}

fn codes(outcome: &Outcome) -> Vec<&str> {
    outcome.findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// What a file of `content/` says.
fn reread(name: &str, text: &str) -> Vec<Digest> {
    let stem = Path::new(name).file_stem().unwrap().to_str().unwrap();
    let hints = Hints { stem, ..Hints::default() };
    read(detect(text, name).unwrap(), text, &hints).digests
}

#[test]
fn importing_twice_changes_nothing() {
    let desk = Desk::new(&[("in/page.txt", PAGE)]);
    assert_eq!(desk.targets(&desk.import()), one("2024-11-03.md", Status::Written));
    let content = desk.content();
    assert_eq!(desk.targets(&desk.import()), one("2024-11-03.md", Status::Unchanged));
    assert_eq!(desk.content(), content);
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = Desk::new(&[("in/page.txt", PAGE)]);
    let outcome = import(&Request { dry_run: true, ..desk.request() });
    assert_eq!(desk.targets(&outcome), one("2024-11-03.md", Status::WouldWrite));
    assert!(!desk.path("content").exists());
}

#[test]
fn a_file_that_differs_is_kept_and_the_format_joins_the_name() {
    let desk = Desk::new(&[("in/page.txt", PAGE), ("content/2024-11-03.md", "mine\n")]);
    assert_eq!(desk.targets(&desk.import()), one("2024-11-03-daily-papers.md", Status::Written));
    assert_eq!(desk.targets(&desk.import()), one("2024-11-03-daily-papers.md", Status::Unchanged));
    assert_eq!(desk.content()[0].1, desk.content()[0].1);
    assert_eq!(fs::read_to_string(desk.path("content/2024-11-03.md")).unwrap(), "mine\n");
}

#[test]
fn a_second_file_that_differs_is_refused_unless_forced() {
    let files = [
        ("in/page.txt", PAGE),
        ("content/2024-11-03.md", "mine\n"),
        ("content/2024-11-03-daily-papers.md", "old\n"),
    ];
    let desk = Desk::new(&files);
    let outcome = desk.import();
    assert_eq!(desk.targets(&outcome), one("2024-11-03-daily-papers.md", Status::Refused));
    assert_eq!(codes(&outcome), ["exists"]);
    assert_eq!(fs::read_to_string(desk.path(files[2].0)).unwrap(), "old\n");
    let outcome = import(&Request { force: true, ..desk.request() });
    assert_eq!(desk.targets(&outcome), one("2024-11-03-daily-papers.md", Status::Written));
    assert_eq!(
        fs::read_to_string(desk.path(files[1].0)).unwrap(),
        "mine\n",
        "only its own file is overwritten"
    );
}

#[test]
fn force_overwrites_the_file_of_the_same_name() {
    let desk = Desk::new(&[("in/page.txt", PAGE), ("content/2024-11-03.md", "mine\n")]);
    let outcome = import(&Request { force: true, ..desk.request() });
    assert_eq!(desk.targets(&outcome), one("2024-11-03.md", Status::Written));
    assert_eq!(desk.content().len(), 1);
}

#[test]
fn notes_of_one_date_are_one_digest_in_the_order_of_their_names() {
    let desk = Desk::new(&[
        (
            "in/250310 Boats.md",
            "https://arxiv.org/abs/2503.00002\n\nBoats (A. Lamp)\n\n> They float.\n\n#boats\n",
        ),
        (
            "in/250310 Anchors.md",
            "https://arxiv.org/abs/2503.00001\n\nAnchors (B. Lamp)\n\n> They sink.\n\n#anchors\n",
        ),
        ("in/.obsidian/250310 Hidden.md", "https://arxiv.org/abs/2503.00009\n"),
        ("in/picture.png", "no text"),
    ]);
    let outcome = desk.import();
    assert_eq!(desk.targets(&outcome), one("2025-03-10.md", Status::Written));
    assert_eq!(outcome.sources.len(), 2);
    let [(name, text)] = &desk.content()[..] else { panic!("one file") };
    let digests = reread(name, text);
    let said: Vec<_> = digests[0]
        .entries
        .iter()
        .map(|entry| (entry.title.as_str(), entry.field("note")))
        .collect();
    assert_eq!(said, [("Anchors", Some("250310 Anchors")), ("Boats", Some("250310 Boats"))]);
    assert_eq!(desk.targets(&desk.import()), one("2025-03-10.md", Status::Unchanged));
}

#[test]
fn an_undated_note_is_copied_as_it_is() {
    let note = "https://arxiv.org/abs/2503.00002\n\nBoats (A. Lamp)\n\n> They float.\n";
    let desk = Desk::new(&[("in/Boats.md", note)]);
    assert_eq!(desk.targets(&desk.import()), one("undated/Boats.md", Status::Written));
    assert_eq!(desk.content(), [("undated/Boats.md".to_owned(), note.to_owned())]);
    assert_eq!(desk.targets(&desk.import()), one("undated/Boats.md", Status::Unchanged));
}

#[test]
fn papers_without_a_date_are_kept_beside_those_with_one() {
    let desk = Desk::new(&[("in/library.bib", "@misc{a, title = {Lamps}}")]);
    let outcome = desk.import();
    assert_eq!(desk.targets(&outcome), one("undated/library.md", Status::Written));
    assert_eq!(codes(&outcome), ["undated"]);
    fs::remove_dir_all(desk.path("content")).unwrap();
    desk.write(
        "in/library.bib",
        "@misc{a, title = {Lamps}}\n@misc{b, title = {Wicks}, urldate = {2025-03-11}}\n",
    );
    let both = [
        ("2025-03-11.md".to_owned(), Status::Written),
        ("undated/library.md".to_owned(), Status::Written),
    ];
    assert_eq!(desk.targets(&desk.import()), both);
    fs::remove_dir_all(desk.path("content")).unwrap();
    let outcome = import(&Request { date: Some(jiff::civil::date(2025, 3, 12)), ..desk.request() });
    assert_eq!(desk.targets(&outcome), one("2025-03-12.md", Status::Written));
}

#[test]
fn what_cannot_be_read_costs_no_other() {
    let desk = Desk::new(&[("in/page.txt", PAGE), ("in/strange.txt", "just words\n")]);
    fs::write(desk.path("in/latin.md"), b"caf\xe9").unwrap();
    let paths = vec![desk.path("in"), desk.path("missing")];
    let outcome = import(&Request { paths, ..desk.request() });
    assert_eq!(desk.targets(&outcome), one("2024-11-03.md", Status::Written));
    assert_eq!(codes(&outcome), ["unreadable", "unreadable", "not-read"]);
    assert!(outcome.findings.iter().all(|finding| finding.help.is_some()));
    let named = import(&Request { paths: vec![desk.path("in/strange.txt")], ..desk.request() });
    assert_eq!(codes(&named), ["unknown-format"]);
}

#[test]
fn two_formats_of_one_date_are_two_files() {
    let bib = "@misc{a, title = {Lamps}}";
    let desk = Desk::new(&[
        ("in/a.bib", bib),
        ("in/b.json", "[{\"id\": \"2503.00001\", \"title\": \"Boats\"}]"),
    ]);
    let request = Request { date: Some(jiff::civil::date(2025, 3, 12)), ..desk.request() };
    let names = |outcome: &Outcome| {
        desk.targets(outcome).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(&import(&request)), ["2025-03-12-bibtex.md", "2025-03-12.md"]);
    let again = import(&request);
    assert_eq!(names(&again), ["2025-03-12-bibtex.md", "2025-03-12.md"]);
    assert!(again.targets.iter().all(|target| target.status == Status::Unchanged));
}

/// Every sample, imported and read again, says the same; and importing again changes nothing.
#[test]
fn the_corpus_survives_an_import() {
    let Ok(corpus) = std::env::var("OFFPRINT_CORPUS") else {
        return;
    };
    let corpus = PathBuf::from(corpus);
    for (name, format, files, entries) in [
        ("daily-papers", format("daily-papers"), 1, 56),
        ("papers-of-the-week", format("papers-of-the-week"), 44, 440),
        ("digest-pages", format("digest-page"), 2, 13),
        ("vault", NOTES, 0, 698),
    ] {
        let desk = Desk::new(&[]);
        let request =
            Request { format: Some(format), paths: vec![corpus.join(name)], ..desk.request() };
        let outcome = import(&request);
        assert!(outcome.targets.iter().all(|target| target.status == Status::Written), "{name}");
        assert!(
            files == 0 || outcome.targets.len() == files,
            "{name}: {} files",
            outcome.targets.len()
        );
        assert_eq!(
            outcome.targets.iter().map(|target| target.entries).sum::<usize>(),
            entries,
            "{name}"
        );
        let content = desk.content();
        let again: usize = content
            .iter()
            .flat_map(|(name, text)| reread(name, text))
            .map(|digest| digest.entries.len())
            .sum();
        assert_eq!(again, entries, "{name}");
        for (file, text) in content.iter().filter(|(file, _)| !file.starts_with("undated/")) {
            let digests = reread(file, text);
            assert_eq!(offprint::formats::writer::write(&digests[0]), *text, "{file}");
        }
        let outcome = import(&request);
        assert!(outcome.targets.iter().all(|target| target.status == Status::Unchanged), "{name}");
        assert_eq!(desk.content(), content, "{name}");
    }
}

#[test]
fn a_text_that_a_list_links_is_what_is_said_of_its_paper() {
    let list = "## 2025-03-12\n\n- [Lamps at Sea](notes/sea.md)\n- [Lamps on Land](https://arxiv.org/abs/2503.90001)\n";
    let note = "# Lamps at Sea\n\n## Waves\n\nThey sway.\n\n![](wave.png)\n";
    let desk = Desk::new(&[
        ("in/README.md", list),
        ("in/notes/sea.md", note),
        ("in/notes/wave.png", "png"),
    ]);
    let outcome = desk.import();
    assert_eq!(desk.targets(&outcome), one("2025-03-12.md", Status::Written));
    let text = fs::read_to_string(desk.path("content/2025-03-12.md")).unwrap();
    assert!(text.contains("## Lamps at Sea\n"), "{text}");
    assert!(text.contains("### Waves\n\nThey sway.\n\n![](notes/wave.png)"), "{text}");
    assert_eq!(outcome.pictures, 1);
}

#[test]
fn what_would_stop_a_site_is_written_anew() {
    let desk = Desk::new(&[
        ("in/page.md", "---\ndate: 2025--3-1\n---\n\nWords.\n"),
        ("in/a.md", "A page.\n"),
    ]);
    let outcome = desk.import();
    let targets: Vec<_> =
        ["a.md", "page.md"].iter().flat_map(|name| one(name, Status::Written)).collect();
    assert_eq!(desk.targets(&outcome), targets);
    assert_eq!(codes(&outcome), ["bad-date"]);
    assert_eq!(desk.content()[1].1, "+++\nmenu = false\n+++\n\nWords.\n");
}

#[test]
fn papers_below_headings_need_no_date() {
    let listed = "# Lamps\n\n## [Wicks](https://arxiv.org/abs/2503.90001)\n\nThey burn.\n\n## Soot\n\nhttps://openreview.net/forum?id=soot\n";
    let desk = Desk::new(&[("in/lamps.md", listed)]);
    let outcome = desk.import();
    assert_eq!(codes(&outcome), ["undated"]);
    assert_eq!(outcome.sources[0].entries, 2);
}

#[test]
fn what_another_program_keeps_for_itself_is_no_slip() {
    let page = "---\ntitle: About\nauthor_profile: true\n---\n\nWords.\n";
    let read = read(format("markdown"), page, &Hints { stem: "about", ..Hints::default() });
    assert_eq!(
        read.findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(),
        ["own-key"]
    );
}

#[test]
fn old_addresses_by_a_pattern_lead_to_the_new_ones() {
    let essay = "---\ntitle: On Light\nlayout: post\n---\n\nWords about light.\n";
    let note = "---\ntitle: Lamps That Learn\n---\n\nPaper: https://arxiv.org/abs/2503.90001\n\nThey watch.\n";
    let desk = Desk::new(&[
        ("in/_posts/2025-03-10-on-light.md", essay),
        ("in/_posts/2025-03-11-lamps.md", note),
    ]);
    let permalinks = vec!["/blog/:year/:i_month/:title.html".to_owned()];
    import(&Request { permalinks, ..desk.request() });
    let content: String = desk.content().into_iter().map(|(_, text)| text).collect();
    assert!(content.contains("aliases = [\"/blog/2025/3/on-light.html\"]"), "{content}");
    assert!(content.contains("alias: blog/2025/3/lamps.html\n"), "{content}");
    assert!(content.contains("alias: blog/2025/3/lamps-that-learn.html\n"), "{content}");
}

#[test]
fn patterns_know_categories_and_sections() {
    let texts = [
        ("_posts", "category: Oil Lamps", "jekyll", "/oil lamps/2025/03/10/on-light.html"),
        ("_posts", "category: Oil Lamps", "jekyll", "/oil-lamps/2025/03/10/on-light.html"),
        ("_posts", "categories: lamps Oil", "pretty", "/lamps/oil/2025/03/10/on-light/"),
        ("notes/_posts", "layout: post", "none", "/notes/on-light.html"),
        ("notes/lamps/oil", "layout: post", "/:sections[1:]/:title/", "/lamps/oil/on-light/"),
        ("notes/lamps/oil", "layout: post", "/:sections[last]/:title/", "/oil/on-light/"),
        (
            "notes",
            "layout: post",
            "/:year/:monthname/:i_day/:title:output_ext",
            "/2025/march/10/on-light.html",
        ),
    ];
    for (folder, key, pattern, old) in texts {
        let text = format!("---\ntitle: On Light\n{key}\n---\n\nWords about light.\n");
        let permalinks = [pattern.to_owned()];
        let hints = Hints {
            stem: "2025-03-10-on-light",
            folder,
            permalinks: &permalinks,
            foreign: true,
            ..Hints::default()
        };
        let page = read(format("markdown"), &text, &hints).page.unwrap();
        assert!(
            page.meta.aliases.iter().any(|alias| alias == old),
            "{pattern}: {:?}",
            page.meta.aliases
        );
    }
}

#[test]
fn a_post_that_is_a_folder_is_called_as_the_folder() {
    let essay =
        "+++\ntitle = 'On Light'\ndate = 2025-03-10\ndraft = false\n+++\n\n## Why\n\nWords.\n";
    let desk =
        Desk::new(&[("in/posts/on-light/index.md", essay), ("in/posts/on-shade/index.md", essay)]);
    let outcome = desk.import();
    let names: Vec<String> = desk.targets(&outcome).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["on-light.md", "on-shade.md"]);
}

#[test]
fn pages_that_ask_for_no_place_in_the_menu_get_none() {
    let desk = Desk::new(&[
        ("in/about.md", "---\ntitle: About\n---\n\nWords.\n"),
        ("in/guide.md", "---\ntitle: Guide\n---\n\nWords.\n"),
        ("in/join.md", "---\ntitle: Join\nnav: true\n---\n\nWords.\n"),
        ("in/oil.md", "Words of oil.\n"),
        ("in/wax.md", "+++\ntitle = 'Wax'\n+++\n\nWords.\n"),
    ]);
    desk.import();
    let shown: Vec<(String, InMenu)> = desk
        .content()
        .into_iter()
        .map(|(name, text)| {
            let stem = name.trim_end_matches(".md").to_owned();
            let read = read(format("markdown"), &text, &Hints { stem: &stem, ..Hints::default() });
            (stem, read.page.unwrap().meta.about.menu)
        })
        .collect();
    let shown: Vec<(&str, &InMenu)> =
        shown.iter().map(|(stem, menu)| (stem.as_str(), menu)).collect();
    let (unsaid, yes, no) = (&InMenu::Unsaid, &InMenu::Shown(true), &InMenu::Shown(false));
    assert_eq!(shown, [("about", unsaid), ("guide", no), ("join", yes), ("oil", no), ("wax", no)]);
}

#[test]
fn keys_of_a_page_that_another_program_means_otherwise_stop_nothing() {
    let page = "---\ntitle: About\nmenu:\n  main:\n    weight: 1\nweight: high\nextra:\nimage: [a.png]\n---\n\nWords.\n";
    let read = read(format("markdown"), page, &Hints { stem: "about", ..Hints::default() });
    let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["own-key"; 3], "{:?}", read.findings);
    assert_eq!(read.page.unwrap().meta.about.menu, InMenu::Shown(true));
}
