//! `init` and `new` as a new user would try them, in an empty folder.

use std::process::Command;

use crate::desk::{Desk, Said, Tree, tree};
use offprint::config::Config;
use offprint::render::switches;

const PAGE: &str = "Daily Papers\n\nNov 3\n\nQuiet Lanterns\n\nThey glow without noise.\n\n  • 2 authors\n·\nNov 1, 2024\n4\n";
const WEEKLY: &str = "# Papers\n\n## Top Papers of the Week (March 3 - March 9) - 2025\n\n| **Paper** | **Links** |\n\
    | --- | --- |\n| 1) **Quiet Tides** - A survey of silence. | [Paper](https://arxiv.org/abs/2503.00001) |\n";
const NOTE: &str = "https://arxiv.org/abs/2503.07565\n\n*Quiet Tides* (Ada Lamp)\n\n> They ebb.\n\n\
    잔잔한 바다에서 아무 소리도 나지 않는 까닭을 설명하는 논문입니다. 아주 좋았습니다.\n\n#tides\n";

/// Runs with a system that speaks this language, in Seoul, where git knows nobody.
fn run(desk: &Desk, lang: &str, arguments: &[&str]) -> Said {
    let config = desk.path(".no-gitconfig");
    let config = config.to_str().unwrap();
    let here = desk.path("");
    let environment = [
        ("LC_ALL", ""),
        ("LC_MESSAGES", ""),
        ("LANG", lang),
        ("TZ", "Asia/Seoul"),
        ("GIT_CONFIG_GLOBAL", config),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_CEILING_DIRECTORIES", here.parent().and_then(|path| path.to_str()).unwrap()),
        ("VISUAL", ""),
        ("EDITOR", ""),
    ];
    desk.run_with(arguments, &environment)
}

fn init(desk: &Desk, arguments: &[&str]) -> Said {
    let said = run(desk, "en_GB.UTF-8", &[&["init"], arguments].concat());
    assert_eq!(said.code, 0, "{}", said.text);
    said
}

fn text(desk: &Desk, path: &str) -> String {
    let mut files = tree(desk.path(path).parent().unwrap());
    String::from_utf8(files.remove(path.rsplit('/').next().unwrap()).unwrap()).unwrap()
}

fn config(desk: &Desk, site: &str) -> Config {
    let (config, findings) =
        Config::parse(&text(desk, &format!("{site}/config.toml")), &switches());
    assert_eq!(findings, []);
    config
}

fn git(desk: &Desk, folder: &str, arguments: &[&str]) {
    let mut git = Command::new("git");
    let status = git
        .arg("-C")
        .arg(desk.path(folder))
        .arg("-c")
        .arg("init.defaultBranch=main")
        .args(arguments)
        .status();
    assert!(status.unwrap().success(), "git {arguments:?}");
}

/// Builds, checks that nothing is found but what is merely counted, and returns the site.
fn built(desk: &Desk, site: &str) -> Tree {
    let said = desk.run(&["check", "--strict", "--root", site]);
    // That the theme does not speak a language, or that a day is still to come, is for the writer to know, and no fault
    // of the new site.
    let no_faults = ["note[missing-string]", "note[held-back]", "note[empty-digest]"];
    let others =
        said.text.split("\n\n").filter(|said| !no_faults.iter().any(|code| said.starts_with(code)));
    let lines: Vec<&str> = others
        .flat_map(str::lines)
        .filter(|line| !line.is_empty() && !line.contains(" × ") && !line.starts_with('…'))
        .collect();
    assert!(said.code == 0 && lines.len() == 1, "{}", said.text);
    let said = desk.run(&["build", "--root", site]);
    assert_eq!(said.code, 0, "{}", said.text);
    tree(&desk.path(site).join("public"))
}

fn digests(desk: &Desk, site: &str) -> Vec<String> {
    tree(&desk.path(site).join("content"))
        .into_keys()
        .filter(|name| name.starts_with("20"))
        .collect()
}

/// Whether some page says this.
fn says(pages: &Tree, words: &str) -> bool {
    pages.values().any(|page| String::from_utf8_lossy(page).contains(words))
}

// A site from nothing

#[test]
fn a_new_site_builds_at_once_in_any_language() {
    for (locale, languages, home) in [
        ("ko_KR.UTF-8", "ko en", "ko"),
        ("en_US.UTF-8", "en", "en"),
        ("de_DE", "de en", "de"),
        ("C", "en", "en"),
    ] {
        let desk = Desk::empty();
        let said = run(&desk, locale, &["init", "notes"]);
        assert_eq!(said.code, 0, "{}", said.text);
        let config = config(&desk, "notes");
        let spoken: Vec<&str> =
            config.languages.iter().map(offprint::model::Lang::as_str).collect();
        assert_eq!(spoken.join(" "), languages, "{locale}");
        assert_eq!(config.timezone.iana_name(), Some("Asia/Seoul"));
        assert_eq!(digests(&desk, "notes").len(), 2);
        let pages = built(&desk, "notes");
        assert!(says(&pages, &format!("<html lang=\"{home}\"")), "{locale}");
        for page in
            ["papers/1706.03762/index.html", "papers/1512.03385/index.html", "about/index.html"]
        {
            assert!(pages.contains_key(page), "{locale}: {page}");
        }
    }
}

/// What the comments offer is read as it stands.
#[test]
fn every_line_of_the_config_is_true() {
    let desk = Desk::empty();
    init(&desk, &["notes"]);
    let written = text(&desk, "notes/config.toml");
    let offered = |line: &&str| {
        line.strip_prefix("# ").is_some_and(|rest| rest.parse::<toml::Table>().is_ok())
    };
    let uncommented: Vec<&str> =
        written.lines().map(|line| if offered(&line) { &line[2..] } else { line }).collect();
    assert!(written.lines().filter(offered).count() >= 6, "{written}");
    let (_, findings) = Config::parse(&uncommented.join("\n"), &switches());
    assert_eq!(findings, [], "{uncommented:#?}");
    desk.write("notes/config.toml", uncommented.join("\n"));
    built(&desk, "notes");
}

#[test]
fn it_says_what_it_wrote_and_what_comes_next() {
    let desk = Desk::empty();
    let said = init(&desk, &["my notes"]).text;
    let (first, next) = said.split_once("\n\n").unwrap();
    assert_eq!(
        first.lines().filter(|line| line.starts_with("wrote my notes/")).count(),
        7,
        "{said}"
    );
    assert!(next.contains("Next:\n  cd 'my notes'\n  offprint serve --open "), "{said}");
    assert_eq!(next.lines().filter(|line| line.starts_with("  ")).count(), 3, "{said}");
    desk.write("here/.keep", "");
    let said = init(&desk, &["--root", "here"]).text;
    assert!(said.contains("wrote here/config.toml\n"), "{said}");
}

#[test]
fn folders_may_have_any_name() {
    for (folder, title) in [
        ("my-notes", "My notes"),
        ("논문 노트", "논문 노트"),
        ("Ada's \"best\" of #1", "Ada's \"best\" of #1"),
        ("a/b/@title@ {{ x }}", "@title@ {{ x }}"),
    ] {
        let desk = Desk::empty();
        init(&desk, &[folder]);
        assert_eq!(config(&desk, folder).title.texts[0].1, title);
        built(&desk, folder);
    }
}

#[test]
fn what_is_typed_goes_before_every_guess() {
    let desk = Desk::empty();
    let typed =
        ["--title", "C:\\notes \"1\"", "--author", "김하늘", "--base-url", "https://x.example/n"];
    init(
        &desk,
        &[&["n"][..], &typed, &["--languages", "en,ko", "--timezone", "Europe/Paris"]].concat(),
    );
    let config = config(&desk, "n");
    assert_eq!(config.title.texts[0].1, "C:\\notes \"1\"");
    assert_eq!(
        (config.author.name.as_str(), config.base_url.absolute("")),
        ("김하늘", "https://x.example/n/".into())
    );
    assert_eq!(config.timezone.iana_name(), Some("Europe/Paris"));
    built(&desk, "n");
    assert_eq!(run(&desk, "en", &["init", "m", "--timezone", "Seoul"]).code, 2);
    assert!(!desk.path("m").exists());
}

#[test]
fn git_tells_who_writes_and_where() {
    let desk = Desk::empty();
    desk.write("notes/README.md", "Notes.\n");
    git(&desk, "notes", &["init", "--quiet"]);
    git(&desk, "notes", &["config", "user.name", "Ada \"Ada\" Lamp"]);
    git(&desk, "notes", &["config", "user.email", "1+ada@users.noreply.github.com"]);
    git(&desk, "notes", &["remote", "add", "origin", "git@github.com:Ada/Notes.git"]);
    git(&desk, "notes", &["config", "url.../here.git.insteadOf", "git@github.com:Ada/Notes.git"]);
    git(&desk, "notes", &["symbolic-ref", "HEAD", "refs/heads/writing"]);
    init(&desk, &["notes"]);
    let config = config(&desk, "notes");
    assert_eq!(config.base_url.absolute(""), "https://ada.github.io/Notes/");
    assert_eq!(
        (config.author.name.as_str(), config.author.email.as_str()),
        ("Ada \"Ada\" Lamp", "")
    );
    assert!(text(&desk, "notes/.github/workflows/pages.yml").contains("branches: [\"writing\"]\n"));
    built(&desk, "notes");
}

// What is there stays

#[test]
fn a_site_is_not_started_twice() {
    let desk = Desk::empty();
    init(&desk, &["notes"]);
    let before = tree(&desk.path("notes"));
    let said = run(&desk, "en", &["init", "notes", "--yes"]);
    assert_eq!(said.code, 1);
    assert_eq!(
        said.text,
        "error[exists]: the folder has a config.toml already, so nothing was written\n--> notes/config.toml\n \
         = help: if it is a site of Offprint, go on with `offprint serve`; if not, name another folder\n\n1 error\n"
    );
    assert_eq!(tree(&desk.path("notes")), before);
}

#[test]
fn files_that_are_there_stay_as_they_are() {
    let desk = Desk::empty();
    let mine = [
        ("notes/.gitignore", "*.log\n"),
        ("notes/.github/workflows/pages.yml", "name: mine\n"),
        ("notes/content/2025-03-12.md", "## Lamps\n\narXiv:2503.00001\n\n#lamps\n"),
    ];
    for (path, text) in mine {
        desk.write(path, text);
    }
    let said = init(&desk, &["notes"]).text;
    for (path, text) in mine {
        assert_eq!(self::text(&desk, path), text);
    }
    assert!(
        said.contains("left notes/.gitignore as it is; add the line `/public/` to it\n"),
        "{said}"
    );
    assert!(said.contains("left notes/.github/workflows/pages.yml as it is\n"), "{said}");
    assert_eq!(
        digests(&desk, "notes"),
        ["2025-03-12.md"],
        "no examples among digests of one's own"
    );
    built(&desk, "notes");
}

#[test]
fn a_file_is_no_folder() {
    let desk = Desk::empty();
    desk.write("notes", "mine");
    let said = run(&desk, "en", &["init", "notes"]);
    assert_eq!(
        (said.code, said.text.lines().next().unwrap()),
        (1, "error[exists]: is a file, so it cannot be the folder of a site")
    );
    assert_eq!(run(&desk, "en", &["init", "notes/below"]).code, 1);
    assert_eq!(tree(&desk.path("")).len(), 1);
}

// A vault

fn vault() -> Desk {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    desk.write("vault/arXiv/2025/250310 Quiet Tides.md", NOTE);
    desk.write(
        "vault/arXiv/2025/250311 Loud Tides.md",
        NOTE.replace("07565", "07566").replace("Quiet", "Loud"),
    );
    desk.write("vault/Diary.md", "A secret of mine.\n");
    desk
}

#[test]
fn a_vault_is_used_in_place() {
    for (site, path, workflow) in [
        ("vault", "arXiv/2025", true),
        ("vault/blog", "../arXiv/2025", false),
        ("vault/arXiv/2025", ".", true),
    ] {
        let desk = vault();
        let before = tree(&desk.path("vault"));
        let said = init(&desk, &[site]).text;
        assert!(said.contains("2 notes of ") && said.contains("become public"), "{said}");
        let config = config(&desk, site);
        assert_eq!(
            (config.sources[0].path.as_str(), config.sources[0].include.len()),
            (path, 0),
            "{site}"
        );
        assert_eq!(
            config.languages[0].as_str(),
            "ko",
            "the notes are Korean, whatever the system speaks"
        );
        assert_eq!(desk.path(site).join(".github").exists(), workflow, "{site}: {said}");
        assert!(!desk.path(site).join("content").exists());
        let pages = built(&desk, site);
        assert!(pages.contains_key("papers/2503.07565/index.html") && !says(&pages, "secret"));
        assert!(
            before.iter().all(|(name, bytes)| tree(&desk.path("vault")).get(name) == Some(bytes))
        );
        desk.write(&format!("{site}/content/about.md"), "About me.\n");
        assert!(built(&desk, site).contains_key("about/index.html"), "{site}: a page is no note");
    }
}

#[test]
fn notes_need_no_mark_of_an_editor() {
    for (ids, known) in [(&["07565", "07566"][..], false), (&["07565", "07566", "07567"], true)] {
        let desk = Desk::empty();
        for id in ids {
            desk.write(
                &format!("notes/papers/25031{} Tides.md", &id[4..]),
                NOTE.replace("07565", id),
            );
        }
        desk.write("notes/Diary.md", "A secret of mine.\n");
        let said = init(&desk, &["notes"]).text;
        assert_eq!(said.contains("3 notes of "), known, "two may be there by chance: {said}");
        assert!(!says(&built(&desk, "notes"), "secret"));
    }
}

#[test]
fn what_is_in_content_is_read_as_it_is() {
    let desk = Desk::empty();
    for id in ["07565", "07566", "07567"] {
        desk.write(&format!("notes/content/25031{} Tides.md", &id[4..]), NOTE.replace("07565", id));
    }
    init(&desk, &["notes"]);
    assert_eq!(config(&desk, "notes").sources, []);
}

#[test]
fn a_vault_elsewhere_is_read_where_it_is() {
    let desk = vault();
    let said = init(&desk, &["notes", "--from", "vault"]).text;
    assert!(
        said.contains("nothing was written for it") && said.contains("\n  offprint publish "),
        "{said}"
    );
    assert_eq!(config(&desk, "notes").sources[0].path, "../vault/arXiv/2025");
    built(&desk, "notes");
}

/// A vault in a repository is published with it; the workflow knows where the site is.
#[test]
fn a_vault_in_a_repository_has_a_workflow() {
    let desk = vault();
    git(&desk, "vault", &["init", "--quiet"]);
    let said = init(&desk, &["vault/blog"]).text;
    assert!(said.contains("move .github to its top"), "{said}");
    assert!(text(&desk, "vault/blog/.github/workflows/pages.yml").contains("root: \"blog\"\n"));
}

/// Among notes of every kind, only what is plainly a note on a paper is read.
#[test]
fn private_notes_stay_private() {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    desk.write("vault/250310 Quiet Tides.md", NOTE);
    desk.write("vault/Diary.md", "A secret of mine.\n");
    desk.write("vault/Plans/Next.md", "Another secret.\n");
    init(&desk, &["vault"]);
    let source = config(&desk, "vault").sources.remove(0);
    assert_eq!((source.path.as_str(), source.include.len()), (".", 2));
    let pages = built(&desk, "vault");
    assert!(says(&pages, "Quiet Tides") && !says(&pages, "secret"));
}

/// Names that reference managers give files make notes of texts that name no paper, where some leave no doubt; what else is
/// called by people and years stays private, and signs in names are no patterns.
#[test]
fn names_of_files_tell_papers() {
    let names = [
        "Lit/Wick et al. - 2019 - Lamps That Dim.md",
        "Lit/Tallow and Wick - 2020 - Oil at Night.md",
        "Lit/Docht and Wax - 2021 - Wicks of Wool.md",
        "Lit/Tallow - 2022 - Soot on Glass!.md",
        "Lit/Budget 2024.md",
        "Trips/Ann and Bo - 2023 - Summer by the Sea.md",
        "Trips/Ann and Bo - 2024 - Winter by the Sea.md",
    ];
    for marked in [true, false] {
        let desk = Desk::empty();
        if marked {
            desk.write("vault/.obsidian/app.json", "{}");
        }
        // Without the mark of a vault each text is what is in it, where there are others among the notes.
        for name in names.iter().filter(|name| marked || !name.contains("Budget")) {
            let secret = name.starts_with("Trips") || name.contains("Budget");
            let said = if secret { "A secret of ours.\n" } else { "- It dims.\n" };
            desk.write(&format!("vault/{name}"), said);
        }
        init(&desk, &["site", "--from", "vault"]);
        let pages = built(&desk, "site");
        let found = papers(&desk, "site");
        let titles: Vec<_> = found.iter().map(|paper| paper["title"].as_str().unwrap()).collect();
        for title in ["Lamps That Dim", "Oil at Night", "Wicks of Wool", "Soot on Glass!"] {
            let at = titles.iter().position(|known| *known == title);
            let paper = &found[at.unwrap_or_else(|| panic!("{marked} {title} {titles:?}"))];
            assert!(paper["dates"][0].as_str().unwrap().ends_with("-01-01"), "{title}");
            assert!(!paper["authors"].as_array().unwrap().is_empty(), "{title}");
        }
        assert_eq!(titles.len(), 4, "{titles:?}");
        assert!(!marked || !says(&pages, "secret"));
    }
}

/// What names no paper is a note where most texts in its folder are, and it has sections as they have; in a vault it may be
/// anybody's, and elsewhere what has none of these stays a page.
#[test]
fn texts_that_look_like_the_notes_beside_them_are_notes() {
    for marked in [false, true] {
        let desk = Desk::empty();
        if marked {
            desk.write("vault/.obsidian/app.json", "{}");
        }
        for (at, name) in
            ["Lamps That Dim", "Oil at Night", "Wicks of Wool", "Soot on Glass"].iter().enumerate()
        {
            let note =
                format!("# {name}\n\nhttps://arxiv.org/abs/2401.0000{at}\n\n## 요약\n\nIt dims.\n");
            desk.write(&format!("vault/{name}.md"), &note);
        }
        desk.write(
            "vault/Glow of Moss.md",
            "## 요약\n\nA secret of moss.\n\n## 방법\n\nIt glows.\n",
        );
        desk.write(
            "vault/Moths by Candles.md",
            "# Moths by Candles\n\n## 요약\n\nA secret of moths.\n",
        );
        desk.write("vault/Tar in Torches.md", "# 요약\n\nA secret of tar.\n");
        desk.write("vault/Shopping.md", "- milk\n- a secret of cheese\n");
        init(&desk, &["site", "--from", "vault"]);
        // None of them says a day, so that the check would warn.
        assert_eq!(desk.run(&["build", "--root", "site"]).code, 0);
        let pages = tree(&desk.path("site/public"));
        let found = papers(&desk, "site");
        let mut titles: Vec<_> =
            found.iter().map(|paper| paper["title"].as_str().unwrap()).collect();
        titles.sort_unstable();
        let own = ["Lamps That Dim", "Oil at Night", "Soot on Glass", "Wicks of Wool"];
        let others = ["Glow of Moss", "Moths by Candles", "Tar in Torches"];
        let mut expected: Vec<&str> =
            own.into_iter().chain(others.into_iter().filter(|_| !marked)).collect();
        expected.sort_unstable();
        assert_eq!(titles, expected, "{marked}");
        assert!(!marked || !says(&pages, "secret"));
    }
}

/// Where notes are few beside other texts they are named one by one; where those are many, they are left out by name.
#[test]
fn other_texts_in_the_folder_of_the_notes_stay_private() {
    for (notes, others) in [(3, 5), (6, 5)] {
        let desk = Desk::empty();
        desk.write("vault/.obsidian/app.json", "{}");
        for at in 0..notes {
            let note = format!(
                "---\ntitle: Lamp study {at}\nauthors: Ada Wick, Bo Docht\ndoi: 10.5555/lamp.{at}\ndate: 2025-03-1{at}\ntags: [lamps]\nabstract: Dim.\n---\n\nIt glows.\n"
            );
            desk.write(&format!("vault/papers/@lamp [{at}].md"), &note);
        }
        for at in 0..others {
            desk.write(&format!("vault/papers/T{at}.md"), "# A thought\n\n- A secret of mine.\n");
        }
        init(&desk, &["site", "--from", "vault"]);
        let pages = built(&desk, "site");
        assert!(!says(&pages, "secret"), "{notes} beside {others}");
        for at in 0..notes {
            assert!(says(&pages, &format!("Lamp study {at}")), "{notes} beside {others}: {at}");
        }
    }
}

#[test]
fn a_vault_without_papers_gets_examples() {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    desk.write("vault/Diary.md", "A secret of mine.\n");
    init(&desk, &["vault/blog"]);
    assert_eq!(
        (config(&desk, "vault/blog").sources.len(), digests(&desk, "vault/blog").len()),
        (0, 2)
    );
}

// From lists and pages

#[test]
fn lists_and_pages_are_imported() {
    for (name, source, options, imported) in [
        ("README.md", WEEKLY, &[][..], "2025-03-09.md"),
        ("page.txt", PAGE, &["--year", "2024"], "2024-11-03.md"),
        (
            "page.txt",
            "2024년 11월 3일\n\nQuiet Lanterns\n\n(A. Lamp)\n\n> They glow.\n\n불빛이 조용히 방을 비추는 까닭을 설명하는 논문입니다.\n\n#lamps\n",
            &[],
            "2024-11-03.md",
        ),
    ] {
        let desk = Desk::empty();
        desk.write(name, source);
        let said = init(&desk, &[&["notes", "--from", name], options].concat()).text;
        assert_eq!(digests(&desk, "notes"), [imported], "{said}");
        assert_eq!(tree(&desk.path("notes/content")).len(), 1, "no examples beside it");
        assert!(said.contains(&format!("\nwrote notes/content/{imported} (")), "{said}");
        let korean = source.contains("년");
        assert_eq!(
            config(&desk, "notes").languages[0].as_str(),
            if korean { "ko" } else { "en" },
            "{name}"
        );
        let said = desk.run(&["build", "--root", "notes"]);
        assert_eq!(said.code, 0, "{}", said.text);
    }
}

#[test]
fn headings_of_any_depth_are_papers_and_days_without_papers_are_none() {
    let desk = Desk::empty();
    desk.write(
        "lists/wicks.md",
        "# Wicks\n\n## Wax\n\n### Patient\n\n#### Wicks That Wait\n\n- **Link:** https://arxiv.org/abs/2507.90041 | https://openreview.net/forum?id=Waits12345\n- **Authors:** Ada Wick, Bo Flame\n- **Summary:** Rain comes late.\n\n#### Wicks That Hurry\n\n- **Link:** [arXiv:2507.90042](https://arxiv.org/abs/2507.90042)\n",
    );
    desk.write(
        "lists/2026-03-15.md",
        "# A day\n\n## Subjects\n\n- [Wax](wax.md): **0** papers\n\n## Wax\n\n_None._\n",
    );
    init(&desk, &["notes", "--from", "lists"]);
    let said = desk.run(&["build", "--root", "notes"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let papers = std::fs::read_to_string(desk.path("notes/public/papers.json")).unwrap();
    let papers: serde_json::Value = serde_json::from_str(&papers).unwrap();
    let facts = papers["papers"].as_array().unwrap().iter().map(|paper| {
        format!(
            "{} {} {}",
            paper["title"],
            paper["arxiv"],
            paper["authors"].as_array().unwrap().len()
        )
    });
    let mut facts: Vec<String> = facts.collect();
    facts.sort();
    assert_eq!(
        facts,
        ["\"Wicks That Hurry\" \"2507.90042\" 0", "\"Wicks That Wait\" \"2507.90041\" 2"]
    );
}

/// Days of a diary beside notes and lists stay at home, in place and imported, unless their writer says otherwise.
#[test]
fn a_diary_is_not_published() {
    let note = "title:: Lamps at Night\nauthors:: [[Ada Wick]]\ndate:: [[Mar 10th, 2025]]\nurl:: https://arxiv.org/abs/2503.90001\n- They watch.\n";
    for notes in [1, 3] {
        let desk = Desk::empty();
        for number in 1..=notes {
            let note = note.replace("90001", &format!("9000{number}"));
            desk.write(&format!("graph/pages/@Lamps {number}.md"), note);
        }
        desk.write("graph/journals/2024_01_02.md", "- today I cooked a secret\n");
        desk.write("graph/journals/2024-01-03.md", "# Wednesday, 2024-01-03\n\nA secret.\n");
        desk.write("graph/journals/2024-01-04.md", "");
        desk.write("graph/logseq/bak/pages/Old.md", "- an old secret\n");
        desk.write("graph/pages/files/lamps.md", "# Lamps\n\nA secret\n\u{c}of\n\u{c}others\n");
        desk.write("graph/journals/2024-01-05.md", "# A talk on wicks\n\nOpen to all.\n");
        let said = init(&desk, &["notes", "--from", "graph"]).text;
        if notes == 1 {
            assert!(
                said.contains("note[held-back]: 2 texts of a diary (dated by nothing but"),
                "{said}"
            );
            assert!(said.contains("note[left-out]: a text with nothing in it was not"), "{said}");
            assert!(said.contains("note[left-out]: a text that a program took out of"), "{said}");
        }
        let said = desk.run(&["build", "--root", "notes"]);
        assert_eq!(said.code, 0, "{}", said.text);
        let pages = tree(&desk.path("notes/public"));
        assert!(!says(&pages, "secret"), "{notes}");
        // The folder that holds all notes is read in place, and no other.
        assert_eq!(says(&pages, "Open to all."), notes == 1);
        assert!(says(&pages, "Lamps at Night"));
    }
}

/// Days beside pages that are notes on papers stay at home, whatever papers they mention; alone they are what was meant.
#[test]
fn days_of_a_graph_with_notes_are_not_published() {
    for (notes, others, is_read) in [(0, 0, true), (1, 2, true), (2, 6, false), (4, 0, false)] {
        let desk = Desk::empty();
        for number in 1..=notes {
            let note = format!(
                "title:: Lamps {number}\nauthors:: [[Ada Wick]]\nurl:: https://arxiv.org/abs/2503.9000{number}\n- They watch.\n"
            );
            desk.write(&format!("graph/pages/@Lamps {number}.md"), note);
        }
        for number in 0..others {
            desk.write(&format!("graph/pages/Place {number}.md"), "- A quiet place.\n");
        }
        for day in ["2024_01_02", "2024_01_03"] {
            let text = "- [Wicks](https://arxiv.org/abs/2503.90008) look good\n- [Oil](https://arxiv.org/abs/2503.90009) and a secret\n";
            desk.write(&format!("graph/journals/{day}.md"), text);
        }
        init(&desk, &["notes", "--from", "graph"]);
        let said = desk.run(&["build", "--root", "notes"]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert_eq!(says(&tree(&desk.path("notes/public")), "secret"), is_read, "{notes}");
    }
}

/// Pages of a graph that name no paper stay at home, few or many, read in place and imported, unless they are asked for.
#[test]
fn pages_of_a_graph_without_papers_are_not_published() {
    for (notes, others) in [(1, 0), (1, 4), (3, 6), (4, 1), (25, 1)] {
        let desk = Desk::empty();
        desk.write("graph/logseq/config.edn", "{}");
        for number in 1..=notes {
            let note = format!(
                "title:: Lamps {number}\nauthors:: [[Ada Wick]]\ndate:: [[Mar 10th, 2025]]\nurl:: https://arxiv.org/abs/2503.900{number:02}\n- They watch.\n  ![](../assets/lamp.png)\n"
            );
            desk.write(&format!("graph/pages/@Lamps {number}.md"), note);
        }
        desk.write("graph/assets/lamp.png", "");
        for number in 0..others {
            desk.write(&format!("graph/pages/Place {number}.md"), "- A quiet secret.\n");
            desk.write(&format!("graph/pages/hls__Place {number}.md"), "- A marked secret.\n");
        }
        desk.write("graph/pages/Talk.md", "public:: true\n- Open to all.\n");
        let from = if others == 1 { "graph/pages" } else { "graph" };
        let said = init(&desk, &["notes", "--from", from]).text;
        if (notes, others) == (1, 4) {
            assert!(
                said.contains("note[held-back]: 8 pages of a graph, about no paper,"),
                "{said}"
            );
        }
        let said = desk.run(&["build", "--root", "notes"]);
        assert_eq!(said.code, 0, "{}", said.text);
        let pages = tree(&desk.path("notes/public"));
        assert!(!says(&pages, "secret"), "{notes} beside {others}");
        assert!(says(&pages, &format!("Lamps {notes}")), "{notes} beside {others}");
        assert_eq!(says(&pages, "Open to all."), notes == 1, "{notes} beside {others}");
    }
}

/// A text without a title beside many notes of a vault is none of them.
#[test]
fn one_text_without_a_title_beside_many_notes_of_a_vault_is_not_published() {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    for number in 1..=40 {
        let text = format!(
            "# Lamps {number}\n\n- Authors: Ada Wick\n- Date: 2025-03-10\n- Link: https://arxiv.org/abs/2503.900{number}\n\nThey watch.\n"
        );
        desk.write(&format!("vault/papers/Lamps {number}.md"), text);
    }
    desk.write("vault/papers/Budget 2024.md", "- rent 900 and a secret\n");
    init(&desk, &["notes", "--from", "vault"]);
    let config = std::fs::read_to_string(desk.path("notes/config.toml")).unwrap();
    assert!(config.contains("exclude = [\"Budget 2024.md\"]"), "{config}");
    assert!(!config.contains("\ninclude"), "{config}");
    assert!(!says(&built(&desk, "notes"), "secret"));
}

/// Where all texts are read as notes, a day of a diary is none.
#[test]
fn a_diary_among_the_notes_of_a_vault_is_held_back() {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    for number in 1..=25 {
        let text = format!(
            "---\ntitle: Lamps {number}\nauthors: Ada Wick\ndate: 2025-03-10\ndoi: 10.5555/l.{number}\n---\nText.\n"
        );
        desk.write(&format!("vault/Lamps {number}.md"), text);
    }
    desk.write("vault/2025-03-12.md", "I cooked a secret.\n");
    let said = init(&desk, &["notes", "--from", "vault"]).text;
    assert!(said.contains("left out: 2025-03-12.md"), "{said}");
    desk.write("vault/2025-03-13.md", "I cooked another secret.\n");
    let said = desk.run(&["build", "--root", "notes"]);
    assert!(said.text.contains("1 text is held back (days of a diary: 1)"), "{}", said.text);
    assert!(!says(&tree(&desk.path("notes/public")), "secret"));
}

/// Among notes that name their papers, one that names none is a note as well, in place and imported.
#[test]
fn notes_without_an_address_are_told_by_their_neighbours() {
    for others in [0, 4] {
        let desk = Desk::empty();
        for number in 1..=5 {
            let text =
                format!("# Lamps {number}\n\nhttps://arxiv.org/abs/2503.9000{number}\n\nText.\n");
            desk.write(&format!("papers/notes/00{number}_lamps.md"), text);
        }
        desk.write("papers/notes/006_oil.md", "# Oil on Fire\n\nIt burns.\n");
        desk.write("papers/notes/README.md", "# Notes on lamps\n\nHow they are kept.\n");
        for number in 1..=others {
            let text = format!("It is about soap, number {number}.\n");
            desk.write(&format!("papers/shop/{number}.md"), text);
        }
        init(&desk, &["site", "--from", "papers"]);
        assert_eq!(desk.run(&["build", "--root", "site"]).code, 0);
        let papers = std::fs::read_to_string(desk.path("site/public/papers.json")).unwrap();
        assert!(papers.contains("\"Oil on Fire\""), "{others}: {papers}");
        assert!(
            !papers.contains("soap") && !papers.contains("Notes on lamps"),
            "{others}: {papers}"
        );
    }
}

/// What a post refers to, and how it asks to be cited itself, makes it no paper and no list of papers.
#[test]
fn posts_that_only_cite_are_posts() {
    let prose = "Lamps are lit at dusk and put out at dawn. Whoever keeps many of them has to know which to light first, and why so.";
    let cited = "- [Wicks at Night](https://arxiv.org/abs/2503.90004)\n- [Wicks by Day](https://arxiv.org/abs/2503.90005)\n";
    let own = "```\n@article{wick2025few,\n  title = \"Few Lamps\",\n  author = \"Wick, Ada\",\n  journal = \"wick.example\",\n  url = \"https://wick.example/few/\"\n}\n```\n";
    let ways = [
        format!("{prose}\n\n## References\n\n{cited}"),
        format!("{prose}\n\n## Citation\n\n{own}\n## 참고 문헌\n\n1. Bo Docht. [\"Wax\"](https://arxiv.org/abs/2503.90006) LampConf 2019.\n{cited}"),
        "## SGDL\n\nhttps://arxiv.org/abs/1608.90001\n\nWarm lamps restart.\n\n## Length of wicks\n\nIt grows.\n".to_owned(),
    ];
    for text in ways {
        let desk = Desk::empty();
        desk.write("blog/_config.yml", "title: Wicks\n");
        for number in 1..=2 {
            let post = POST.replace('@', &number.to_string());
            desk.write(&format!("blog/_posts/2025-03-1{number}-lamps.md"), post);
        }
        let head = "---\nlayout: post\ntitle: Few Lamps\ntags: [light]\n---\n\n";
        desk.write("blog/_posts/2025-03-14-few.md", format!("{head}{text}"));
        init(&desk, &["notes", "--from", "blog"]);
        assert_eq!(desk.run(&["build", "--root", "notes"]).code, 0);
        assert_eq!(papers(&desk, "notes").len(), 2, "{text}");
        assert!(says(&tree(&desk.path("notes/public")), "Few Lamps"), "{text}");
    }
}

/// A list and the notes that it links are one, whatever else either says in its titles; the page of their folder is no paper,
/// and pictures beside it are shown.
#[test]
fn a_list_with_its_notes_has_each_paper_once() {
    let desk = Desk::empty();
    desk.write(
        "papers/README.md",
        "# Papers\n\n### 2020-01\n\n* [TODO: Dim Lamp Critic (DLC)](notes/DLC/DLC.md) &mdash; *Wick et al.* [[arXiv](https://arxiv.org/abs/1809.90001)]\n* [Oil Nets (OILs)](notes/OIL/OIL.md) &mdash; *Docht and Wick* [[LampConf](https://lamps.example/papers/oil.pdf)]\n* [Wax at Noon](notes/WAX/WAX.md) [[arXiv](https://arxiv.org/abs/1809.90002)]\n* [Wicks at Noon](notes/WIN/WIN.md) [[arXiv](https://arxiv.org/abs/1809.90003)]\n* [Glass at Noon](notes/GAN/GAN.md) [[arXiv](https://arxiv.org/abs/1809.90004)]\n",
    );
    for (name, title, people) in [
        ("DLC", "Dim Lamp Critic: Against Waste (DLC)", "Wick et al."),
        ("OIL", "Oil Nets", "Docht and Wick"),
        ("WAX", "Wax at Noon", "Wick et al."),
        ("WIN", "Wicks at Noon", "Wick et al."),
        ("GAN", "Glass at Noon", "Wick et al."),
    ] {
        let text = format!(
            "# {title}\n#### {people} (2018)\n\nA lamp is dimmed.\n\n![](../../img/lamp.svg)\n\n### Method\n\nThey wait.\n"
        );
        desk.write(&format!("papers/notes/{name}/{name}.md"), text);
    }
    desk.write("papers/notes/index.md", "---\ntitle: All notes\n---\n\nOne paper, one note.\n");
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    desk.write("papers/img/lamp.svg", picture);
    init(&desk, &["site", "--from", "papers"]);
    let said = desk.run(&["build", "--root", "site"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(!said.text.contains("missing-image"), "{}", said.text);
    let all = papers(&desk, "site");
    assert_eq!(all.len(), 5, "{}", said.text);
    assert!(all.iter().all(|paper| paper["dates"].as_array().unwrap().len() == 1), "{all:?}");
}

/// Texts in folders of their own, with pictures that are called alike, do not stand in each other's way; nor does a byte of zero.
#[test]
fn texts_in_folders_of_their_own_come_along_with_their_pictures() {
    let desk = Desk::empty();
    for number in 1..=2 {
        let text = format!(
            "# Lamps {number}\n\n- **Authors:** Ada Wick\n- **Paper:** https://arxiv.org/abs/2503.9000{number}\n\n## Look\n\n![](./figures/one.svg)\n"
        );
        desk.write(&format!("papers/Lamps_{number}/README.md"), text);
        let picture =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{number}\" height=\"9\"/>");
        desk.write(&format!("papers/Lamps_{number}/figures/one.svg"), picture);
        desk.write(&format!("papers/Lamps_{number}/full.md"), "All of it.\0 And more.\n");
    }
    let said = init(&desk, &["site", "--from", "papers"]).text;
    assert!(said.contains("a byte of zero, which no text has, was left out"), "{said}");
    assert!(said.contains("2 pictures of the texts came along"), "{said}");
    let said = desk.run(&["build", "--root", "site"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(!said.text.contains("missing-image"), "{}", said.text);
    let papers = std::fs::read_to_string(desk.path("site/public/papers.json")).unwrap();
    assert!(papers.contains("2503.90001") && papers.contains("2503.90002"), "{papers}");
}

/// A vault without notes on papers gives its libraries, and nothing of what else is in it.
#[test]
fn a_library_in_a_vault_without_notes_is_imported() {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    desk.write("vault/Soup.md", "# Soup\n\nA secret.\n");
    let library = r#"[{"id":"wick2025","author":[{"family":"Wick","given":"Ada"}],"DOI":"10.5555/lamps.1","title":"Lamps at Night","type":"article-journal"}]"#;
    desk.write("vault/Library.json", library);
    assert_eq!(init(&desk, &["site", "--from", "vault"]).code, 0);
    assert_eq!(desk.run(&["build", "--root", "site"]).code, 0);
    let pages = tree(&desk.path("site/public"));
    assert!(says(&pages, "Lamps at Night") && !says(&pages, "A secret."));
}

const POST: &str = "---\ntitle: Lamps @\ndate: 2025-03-1@\ntags: lamps\n---\n\nPaper: https://arxiv.org/abs/2503.9000@\n\nThey watch.\n";

/// A feed of a blog, whose posts name papers.
const FEED: &str = "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Wicks</title><entry><title>Built</title>\
    <link href=\"https://ada.example/built\"/><id>https://ada.example/built</id>\
    <content type=\"html\">See https://arxiv.org/abs/2503.90007</content></entry></feed>\n";

/// Of the repository of a site generator, texts are read and neither what it made of them nor what it makes them with.
#[test]
fn repositories_of_site_generators_are_read_where_their_texts_are() {
    let machinery = [
        (
            "_config.yml",
            "_posts",
            "_site/feed.xml",
            "_layouts/post.md",
            "_oldposts/2020-01-01-old.md",
        ),
        (
            "hugo.toml",
            "content/posts",
            "docs/index.xml",
            "archetypes/default.md",
            "themes/t/exampleSite/old.md",
        ),
        ("mkdocs.yml", "docs", "site/index.xml", "overrides/x.md", "node_modules/x/old.md"),
        ("_quarto.yml", "posts", "_book/index.xml", "_extensions/x.md", "_freeze/old.md"),
    ];
    for (config, posts, feed, part, old) in machinery {
        for number in [1, 3] {
            let desk = Desk::empty();
            desk.write(&format!("blog/{config}"), "title: Wicks\n");
            for number in 1..=number {
                let post = POST.replace('@', &number.to_string());
                desk.write(&format!("blog/{posts}/2025-03-1{number}-lamps.md"), post);
            }
            let built = "<ul><li><a href=\"https://arxiv.org/abs/2503.90008\">Built</a></li></ul>";
            desk.write(&format!("blog/{feed}"), FEED);
            desk.write(&format!("blog/{}/index.html", feed.split('/').next().unwrap()), built);
            desk.write(&format!("blog/{part}"), "# Built\n\nhttps://arxiv.org/abs/2503.90006\n");
            desk.write(&format!("blog/{old}"), POST.replace('@', "9").replace("Lamps", "Built"));
            desk.write(
                "blog/feed.xml",
                "---\n---\n<feed>{% for post in site.posts %}Built{% endfor %}</feed>\n",
            );
            desk.write("blog/README.md", "# Wicks\n\nBuilt by a program.\n");
            desk.write("blog/LICENSE.md", "Built to be free.\n");
            desk.write("blog/about.md", "---\ntitle: About Ada\n---\n\nI trim wicks.\n");
            let said = init(&desk, &["notes", "--from", "blog"]).text;
            if number == 1 {
                assert!(
                    said.contains("of a site generator or another program were not imported"),
                    "{said}"
                );
                assert!(
                    said.contains("2 texts about the repository, with no paper in it, were"),
                    "{said}"
                );
            }
            let done = desk.run(&["build", "--root", "notes"]);
            assert_eq!(done.code, 0, "{}", done.text);
            let pages = tree(&desk.path("notes/public"));
            assert!(!says(&pages, "Built"), "{config}: {said}{}", done.text);
            assert!(says(&pages, &format!("Lamps {number}")), "{said}");
            assert!(number > 1 || says(&pages, "I trim wicks."), "{said}");
        }
    }
}

/// A README that is a list of papers is one, wherever it is.
#[test]
fn a_list_of_papers_in_a_repository_is_read() {
    let desk = Desk::empty();
    desk.write(
        "list/README.md",
        "# Lamps\n\n- [Wicks at Night](https://arxiv.org/abs/2503.90004)\n- [Wicks at Day](https://arxiv.org/abs/2503.90005)\n",
    );
    desk.write("list/CONTRIBUTING.md", "# Contributing\n\nSend lamps.\n");
    init(&desk, &["notes", "--from", "list"]);
    assert_eq!(desk.run(&["build", "--root", "notes"]).code, 0);
    let pages = tree(&desk.path("notes/public"));
    assert!(says(&pages, "Wicks at Night") && !says(&pages, "Send lamps."));
}

/// What new notes begin as is no note.
#[test]
fn templates_are_no_papers() {
    for notes in [1, 4] {
        let desk = Desk::empty();
        for number in 1..=notes {
            desk.write(&format!("notes/lamps{number}.md"), POST.replace('@', &number.to_string()));
        }
        let url = "https://arxiv.org/abs/2503.90009";
        for (path, title) in [
            ("templates/paper.md", "Blank"),
            ("_templates/paper.md", "Blank"),
            ("template.md", "Blank"),
            ("Template - Paper.md", "Blank"),
            ("zotero.md", "\"{{title}} Blank\""),
            ("note.md", "Title"),
            ("[new] note.md", "<% tp.file.title %> Blank"),
            ("paper-template.md", "Blank"),
        ] {
            desk.write(
                &format!("notes/{path}"),
                format!("---\ntitle: {title}\nauthors: Blank\nurl: {url}\n---\n\nBlank\n"),
            );
        }
        let said = init(&desk, &["site", "--from", "notes"]).text;
        assert!(notes > 1 || said.contains("8 templates of notes were not imported"), "{said}");
        let build = desk.run(&["build", "--root", "site"]);
        assert_eq!(build.code, 0, "{}", build.text);
        let pages = tree(&desk.path("site/public"));
        assert!(!says(&pages, "Blank") && says(&pages, "Lamps 1"), "{said}{}", build.text);
    }
}

/// Where notes say nothing but the year of their papers, that dates them, in place and imported.
#[test]
fn years_of_papers_date_notes_that_say_nothing_else() {
    for (others, key, dated) in [
        (0, "year: 2019", 0),
        (0, "published: 2019-05-04", 0),
        (9, "year: 2019", 0),
        (0, "year: 2019", 9),
    ] {
        let desk = Desk::empty();
        for number in 1..=4 {
            desk.write(
                &format!("notes/Lamps {number}.md"),
                format!("---\ntitle: Lamps {number}\nauthors: Ada Wick\ndoi: 10.5555/l.{number}\n{key}\n---\nText.\n"),
            );
        }
        for number in 0..others {
            desk.write(&format!("notes/Place {number}.md"), "---\ntitle: A place\n---\nQuiet.\n");
        }
        for number in 0..dated {
            let text = format!(
                "---\ntitle: Wicks {number}\nauthors: Ada Wick\ndoi: 10.5555/w.{number}\ndate: 2020-01-01\n---\n"
            );
            desk.write(&format!("notes/Wicks {number}.md"), text);
        }
        init(&desk, &["site", "--from", "notes"]);
        assert_eq!(config(&desk, "site").sources.len(), usize::from(others == 0));
        let build = desk.run(&["build", "--root", "site"]);
        assert!(build.code == 0 && !build.text.contains("undated"), "{}", build.text);
        let papers = std::fs::read_to_string(desk.path("site/public/papers.json")).unwrap();
        assert!(papers.matches("\"2019-").count() >= 4, "{papers}");
    }
}

/// Files called after days hold several papers, and which of their numbers is the month others of them say.
#[test]
fn days_as_names_of_files_hold_several_papers() {
    let desk = Desk::empty();
    let paper = |title: &str, number: u32| {
        format!(
            "## {title}\n- Authors: Ada Wick, Bo Flame\n- Link: https://arxiv.org/abs/2401.{number}\n\nText.\n\n"
        )
    };
    for (number, name) in (0..).zip(["05-11-2024", "05-30-2024", "240513"]) {
        let first = paper(&format!("Lamps That Dim {number}"), 90000 + number);
        let second = paper(&format!("Lamps That Glow {number}"), 91000 + number);
        desk.write(&format!("days/{name}.md"), format!("# Papers of the day\n\n{first}{second}"));
    }
    desk.write("days/240514.md", "# Lamps at Noon\n- Link: https://arxiv.org/abs/2401.92001\n\nText.\n\n# Lamps at Four\n- Link: https://arxiv.org/abs/2401.92002\n\nText.\n");
    init(&desk, &["site", "--from", "days"]);
    let mut days: Vec<String> =
        papers(&desk, "site").iter().map(|paper| paper["dates"].to_string()).collect();
    days.sort();
    let wanted = ["2024-05-11", "2024-05-13", "2024-05-14", "2024-05-30"];
    let wanted = wanted.iter().flat_map(|day| vec![format!("[\"{day}\"]"); 2]);
    assert_eq!(days, wanted.collect::<Vec<_>>());
}

/// Days with papers in a folder beside that of notes are papers as well. Two papers of one id are said.
#[test]
fn days_beside_notes_are_read_and_a_shared_id_is_said() {
    let desk = Desk::empty();
    for number in 1..=5 {
        let text = format!(
            "# Lamps That Count to {number}\n\n- Authors: Ada Wick, Bo Flame\n- Link: https://arxiv.org/abs/2403.9000{number}\n- Date: 2024-03-0{number}\n\nText.\n"
        );
        desk.write(&format!("all/notes/lamps {number}.md"), text);
    }
    for (number, title) in [(1, "Candles for a Cellar"), (2, "Wicks Made of Wool")] {
        let text = format!(
            "# 2024-04-0{number}\n\n## {title}\n\n- Link: https://arxiv.org/abs/2404.9000{number}\n\nText.\n"
        );
        desk.write(&format!("all/daily/2024-04-0{number}.md"), text);
    }
    desk.write("all/notes/slip.md", "# Soot Beyond the Harbour\n\n- Authors: Cy Taper\n- Link: https://arxiv.org/abs/2404.90001\n- Date: 2024-04-05\n");
    init(&desk, &["site", "--from", "all"]);
    assert_eq!(papers(&desk, "site").len(), 7);
    let said = desk.run(&["build", "--root", "site"]).text;
    assert!(said.contains("warning[shared-id]: \"Soot Beyond the Harbour\" has the id"), "{said}");
}

/// What `papers.json` of a site says.
fn papers(desk: &Desk, site: &str) -> Vec<serde_json::Value> {
    let build = desk.run(&["build", "--root", site]);
    assert_eq!(build.code, 0, "{}", build.text);
    let said = std::fs::read_to_string(desk.path(&format!("{site}/public/papers.json"))).unwrap();
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    said["papers"].as_array().unwrap().clone()
}

/// One name in all posts is the blogger's. Authors behind labels are the paper's, and so are those of `authors`.
#[test]
fn who_writes_the_posts_is_no_author_of_the_papers() {
    for (key, pages, expected) in [
        ("author", 0, ["", "Bo Flint"]),
        ("author", 9, ["", "Bo Flint"]),
        ("authors", 9, ["Ada", "Bo Flint"]),
    ] {
        let desk = Desk::empty();
        for number in 1..=7 {
            let label = if number == 7 { "\n**Authors:** Bo Flint\n" } else { "" };
            let post = POST
                .replace('@', &number.to_string())
                .replace("tags: lamps", &format!("{key}: \"Ada\""));
            desk.write(
                &format!("blog/2025-03-1{number}-lamps.md"),
                post.replace("\n\nThey", &format!("\n{label}\nThey")),
            );
        }
        for number in 0..pages {
            desk.write(&format!("blog/place{number}.md"), "---\ntitle: A place\n---\nQuiet.\n");
        }
        let said = init(&desk, &["notes", "--from", "blog"]).text;
        assert_eq!(said.contains("`Ada`"), key == "author", "{said}");
        let mut authors: Vec<String> = papers(&desk, "notes")
            .iter()
            .map(|paper| {
                paper["authors"].as_array().map_or(String::new(), |all| {
                    all.iter()
                        .filter_map(|author| author.as_str().or(author["name"].as_str()))
                        .collect()
                })
            })
            .collect();
        authors.sort();
        authors.dedup();
        if key == "author" {
            assert_eq!(authors, expected, "{said}");
        } else {
            assert!(authors[0] == "Ada", "{authors:?}");
        }
    }
}

/// Heads of other makers: links as buttons in HTML, or beside the way back; labels in colours; ids as bare numbers of YAML.
#[test]
fn heads_are_read_whatever_they_are_set_in() {
    let buttons = "<div class=\"bar\">\n  <a href=\"https://arxiv.org/abs/2505.9000@\" class=\"button\">📄 arXiv: 2505.9000@v1</a>\n  <button onclick=\"share(this)\">🔗 Share</button>\n</div>\n\n\n**作者**: Ada Wick, Bo Docht\n";
    let way = "> [← The day](../days/1.md) · [📄 arXiv:2505.9000@](https://arxiv.org/abs/2505.9000@)\n\nAuthors: Ada Wick, Bo Docht\n";
    let colours = "Paper: https://arxiv.org/abs/2505.9000@\n**<font color=#1a73e8>Authors:</font>** Ada Wick, Bo Docht\n";
    let rows = "<table>\n<tr><th>Link</th><td><a href=\"https://arxiv.org/abs/2505.9000@\">arXiv</a></td></tr>\n<tr><td>Authors</td><td>Ada Wick, Bo Docht</td></tr>\n</table>\n";
    let numbers =
        "---\ntitle: How fog is lit @\nauthors: [Ada Wick, Bo Docht]\narxiv: 2505.@0000\n---\n";
    for (head, id) in [
        (buttons, "2505.9000@"),
        (way, "2505.9000@"),
        (colours, "2505.9000@"),
        (rows, "2505.9000@"),
        (numbers, "2505.@0000"),
    ] {
        let desk = Desk::empty();
        for number in 1..=4 {
            let title = if head == numbers { "" } else { "# How fog is lit @\n\n" };
            let note = format!("{title}{head}\n## Method\n\nLamps stand in fog.\n");
            desk.write(&format!("notes/fog {number}.md"), note.replace('@', &number.to_string()));
        }
        init(&desk, &["site", "--from", "notes"]);
        let papers = papers(&desk, "site");
        assert_eq!(papers.len(), 4, "{head}");
        for number in 1..=4 {
            let number = number.to_string();
            let title = format!("How fog is lit {number}");
            let paper = papers.iter().find(|paper| paper["title"] == *title).expect(head);
            let said = paper.to_string();
            assert!(said.contains(&id.replace('@', &number)), "{said}");
            assert!(said.contains("Ada Wick") && said.contains("Bo Docht"), "{said}");
        }
    }
}

/// What is taken for a paper at first and is none may stand above what is left out below.
#[test]
fn lists_with_items_that_lead_nowhere_are_read() {
    let desk = Desk::empty();
    let item = |at: usize| {
        format!("* [A Study of Wick {at}](https://arxiv.org/abs/2505.9000{at}) (LampConf'2{at})\n")
    };
    let more = [0, 1, 2, 3, 4].map(item).concat();
    let list = format!(
        "# Lamps over Time\n## Papers\n* [WickNet: Small Networks that Make the Forecasts of Many Correlated Lamps Better Together] (ICDE'21)\n{more}## Talks\n[Aspects of Forecasting Big Lamps](https://wick.example/talk/)\n"
    );
    desk.write("list/README.md", list);
    init(&desk, &["site", "--from", "list"]);
    assert_eq!(papers(&desk, "site").len(), 6);
}

/// Texts that notes show lie outside of their folder: it is said, and the lines that add them do.
#[test]
fn embedded_texts_elsewhere_are_said() {
    let desk = Desk::empty();
    desk.write("vault/.obsidian/app.json", "{}");
    for number in 1..=5 {
        let note = POST.replace('@', &number.to_string())
            + &format!("\n![[said/Lamps {number} - said#All]]\n");
        desk.write(&format!("vault/papers/Lamps {number}.md"), note);
        desk.write(
            &format!("vault/said/Lamps {number} - said.md"),
            "## All\n\nThey watch the room.\n",
        );
    }
    let said = init(&desk, &["notes", "--from", "vault"]).text;
    assert!(said.contains("5 texts of ") && said.contains("said that the notes show"), "{said}");
    let config = text(&desk, "notes/config.toml");
    let (before, lines) = config.split_once("To publish them as well").unwrap();
    let lines = lines.replace("\n# ", "\n");
    let lines = lines.split_once('\n').unwrap().1;
    desk.write("notes/config.toml", format!("{before}\n{lines}"));
    assert_eq!(desk.run(&["build", "--root", "notes"]).code, 0);
    let pages = tree(&desk.path("notes/public"));
    let page = String::from_utf8_lossy(&pages["papers/2503.90001/index.html"]).into_owned();
    assert!(page.contains("They watch the room."), "{page}");
}

/// A note that is called as a bibliography calls its paper, or says that key, is about that paper.
#[test]
fn notes_named_by_keys_are_about_the_papers_of_these_keys() {
    let desk = Desk::empty();
    for (name, title, more) in [
        ("wickLamps2019", "Lamps at Night", "authors: Wick et al.\nyear: 2019"),
        ("@flintOil2020", "Oil on Fire", "authors: Bo Flint\nyear: 2020"),
        ("Soot", "Soot", "citekey: ashSoot2021\ndoi: 10.5555/s.1"),
        ("tallowWax2022", "Wax of Another", "authors: Dee Ember\ndoi: 10.5555/w.9"),
    ] {
        desk.write(
            &format!("notes/{name}.md"),
            format!("---\ntitle: {title}\n{more}\n---\nI liked it.\n"),
        );
    }
    desk.write(
        "notes/references.bib",
        "@article{wickLamps2019, title={Lamps at Night}, author={Ada Wick and Bo Flint}, year={2019}}\n\
         @article{flintOil2020, title={Oil on Fire of Lamps}, author={Bo Flint}, year={2020}}\n\
         @article{ashSoot2021, title={Soot}, author={Ed Ash}, year={2021}, url={https://lamps.example/s}}\n\
         @article{tallowWax2022, title={Wax}, author={Cy Tallow}, doi={10.5555/w.1}}\n",
    );
    init(&desk, &["site", "--from", "notes"]);
    let mut titles: Vec<String> =
        papers(&desk, "site").iter().map(|paper| paper["title"].to_string()).collect();
    titles.sort();
    assert_eq!(titles.len(), 5, "{titles:?}");
    assert!(titles.iter().any(|title| title.contains("Another")), "{titles:?}");
}

#[test]
fn nothing_is_begun_from_nothing() {
    let desk = Desk::empty();
    desk.write("strange.txt", "just words\n");
    desk.write("empty/.keep", "");
    desk.write("diary/.obsidian/app.json", "{}");
    desk.write("diary/Diary.md", "A secret of mine.\n");
    for from in ["strange.txt", "missing.txt", "empty", "diary"] {
        let said = run(&desk, "en", &["init", "notes", "--from", from]);
        assert!(
            said.code == 1 && said.text.starts_with("error[") && said.text.contains("= help: "),
            "{}",
            said.text
        );
        assert!(!desk.path("notes").exists(), "{from}");
        assert!(!said.text.contains("`auto`"), "nobody typed that: {}", said.text);
    }
}

// A digest a day

fn site(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::empty();
    desk.write("config.toml", "languages = [\"en\", \"ko\"]\ntimezone = \"Asia/Seoul\"\n");
    for (path, text) in files {
        desk.write(path, text);
    }
    desk
}

fn new(desk: &Desk, arguments: &[&str]) -> (i32, String) {
    let said = run(desk, "en", &[&["new", "--today", "2025-03-12"], arguments].concat());
    (said.code, said.text)
}

#[test]
fn a_day_gets_one_digest() {
    let desk = site(&[]);
    for (day, date) in [
        (&[][..], "2025-03-12"),
        (&["today"], "2025-03-12"),
        (&["yesterday"], "2025-03-11"),
        (&["tomorrow"], "2025-03-13"),
        (&["2024-02-29"], "2024-02-29"),
    ] {
        let there = desk.path(&format!("content/{date}.md")).exists();
        let said = if there { format!("the digest of {date} is in ") } else { "wrote ".to_owned() };
        assert_eq!(new(&desk, day), (0, format!("{said}content/{date}.md\n")));
    }
    assert_eq!(digests(&desk, ".").len(), 4);
    built(&desk, ".");
    assert_eq!(new(&desk, &["12.3.2025"]).0, 2);
}

/// A digest begun so is one that the reader reads, once the example in it is taken out of its comments.
#[test]
fn the_example_in_a_new_digest_is_a_digest() {
    let desk = site(&[]);
    new(&desk, &["--title", "\"Quiet\" tides"]);
    let begun = text(&desk, "content/2025-03-12.md");
    assert!(begun.starts_with("+++\ndate = 2025-03-12\ntitle = '\"Quiet\" tides'\n"), "{begun}");
    let example = begun.lines().filter_map(|line| line.strip_prefix('#'));
    let example: Vec<&str> = example.map(|line| line.strip_prefix("   ").unwrap_or("")).collect();
    desk.write("content/2025-03-12.md", format!("{begun}{}\n", example.join("\n")));
    assert!(says(&built(&desk, "."), "Title of the paper"));
}

/// A post is begun as a draft beside the digest of its day, and is on the site once it is none.
#[test]
fn a_post_is_begun_and_published() {
    let desk = site(&[]);
    let path = "content/2025-03-12-quiet-tides.md";
    assert_eq!(new(&desk, &["--post", "Quiet tides"]), (0, format!("wrote {path}\n")));
    let (code, said) = new(&desk, &["--post", "Quiet tides"]);
    assert!(code == 1 && said.contains("there is a post of this day and title already"), "{said}");
    let begun = text(&desk, path);
    desk.write(path, format!("{begun}The sea says nothing.\n"));
    assert!(!says(&built(&desk, "."), "The sea says nothing."));
    desk.write(path, format!("{}The sea says nothing.\n", begun.replace("draft = true\n", "")));
    let site = built(&desk, ".");
    assert!(site.contains_key("2025/03/12/quiet-tides/index.html"), "{:?}", site.keys());
    for page in ["index.html", "2025/03/12/index.html", "feed.xml", "sitemap.xml"] {
        assert!(String::from_utf8_lossy(&site[page]).contains("2025/03/12/quiet-tides/"), "{page}");
    }
}

#[test]
fn a_digest_of_any_format_is_found() {
    let page = "2025년 3월 12일\n\nQuiet Lanterns\n\n(A. Lamp)\n\nThey glow.\n\n#lamps\n";
    let sources = "[[sources]]\npath = \"vault\"\nformat = \"notes\"\n";
    for (path, text) in [
        ("content/250312 Quiet Tides.md", NOTE),
        ("content/march.md", "+++\ndate = 2025-03-12\ndraft = true\n+++\n\n## Lamps\n"),
        ("content/old/page.md", page),
        ("vault/250312 Quiet Tides.md", NOTE),
    ] {
        let desk = site(&[(path, text)]);
        desk.write("config.toml", sources);
        desk.write("vault/.keep", "");
        assert_eq!(new(&desk, &[]), (0, format!("the digest of 2025-03-12 is in {path}\n")));
        assert!(!desk.path("content/2025-03-12.md").exists());
    }
}

#[test]
fn a_file_of_another_date_is_not_written_over() {
    let other = "+++\ndate = 2025-03-01\n+++\n\n## Lamps\n";
    let desk = site(&[("content/2025-03-12.md", other)]);
    let (code, said) = new(&desk, &[]);
    assert!(code == 1 && said.contains("holds no digest of 2025-03-12"), "{said}");
    assert_eq!(text(&desk, "content/2025-03-12.md"), other);
}

#[test]
fn new_needs_a_site_that_can_be_read() {
    let desk = Desk::empty();
    assert_eq!(new(&desk, &[]).0, 2);
    let desk = site(&[("config.toml", "titel = \"x\"\n")]);
    let (code, said) = new(&desk, &[]);
    assert!(code == 1 && said.contains("did you mean `title`?"), "{said}");
    assert!(!desk.path("content").exists());
}

#[cfg(unix)]
#[test]
fn the_editor_opens_the_digest() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk =
        site(&[("my editor", "#!/bin/sh\necho \"$@\" >> \"$0.log\"\n[ \"$1\" != --fail ]\n")]);
    let editor = desk.path("my editor");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let with = |variable: &str, options: &str| {
        let editor = format!("'{}' {options}", editor.display());
        desk.run_with(
            &["new", "--edit", "--today", "2025-03-12"],
            &[("VISUAL", ""), ("EDITOR", ""), (variable, &editor)],
        )
    };
    assert_eq!(with("EDITOR", "--wait").code, 0);
    assert_eq!(with("VISUAL", "--wait").code, 0);
    let failed = with("EDITOR", "--fail");
    assert!(
        failed.code == 1 && failed.text.contains("ended with exit status: 1"),
        "{}",
        failed.text
    );
    let path = desk.path("content/2025-03-12.md").canonicalize().unwrap();
    let log = text(&desk, "my editor.log");
    assert_eq!(log, format!("--wait {0}\n--wait {0}\n--fail {0}\n", path.display()));
    let none = run(&desk, "en", &["new", "--edit", "--today", "2025-03-12"]);
    assert!(none.code == 2 && none.text.contains("set VISUAL or EDITOR"), "{}", none.text);
}

#[test]
fn importing_needs_no_site() {
    let desk = Desk::empty();
    desk.write("README.md", WEEKLY);
    let said = desk.run(&["import", "auto", "README.md", "--to", "digests"]);
    assert_eq!((said.code, said.text.contains("error")), (0, false), "{}", said.text);
    assert!(said.text.ends_with("\nwrote digests/2025-03-09.md (1 paper)\n"), "{}", said.text);
}

#[test]
fn notes_in_latin_letters_tell_their_language_by_their_words() {
    let said_by = [
        (
            "de",
            "Die Lampen lernen erst am Abend, wie hell sie sein müssen, und kein Beispiel ist dafür nötig; das ist schön.",
        ),
        (
            "fr",
            "Les lampes apprennent seulement le soir combien elles doivent être claires, et aucun exemple n'est nécessaire.",
        ),
        (
            "es",
            "Las lámparas aprenden por la noche cuánta luz deben dar, y los autores muestran que no hace falta ningún ejemplo.",
        ),
        (
            "en",
            "The lamps learn only in the evening how bright they have to be, and the authors show that no example is needed.",
        ),
    ];
    for (lang, said) in said_by {
        let desk = Desk::empty();
        for day in 1..4 {
            let note = format!(
                "# Lamps at Night {day}\n\n- **Authors**: Ada Wick\n- **Link**: https://arxiv.org/abs/2503.9000{day}\n\n{said}\n"
            );
            desk.write(&format!("notes/2025-03-0{day}.md"), &note);
        }
        init(&desk, &["site", "--from", "notes"]);
        assert_eq!(config(&desk, "site").languages[0].as_str(), lang);
    }
}
