//! The real program on a folder that changes: what it rebuilds, which folders it takes, and that builds repeat.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::{Desk, TODAY, Tree, cases, tests, tree};
use offprint::config::Config;
use offprint::render::switches;
use offprint::workspace::{self, Clock, Request};
use proptest::prelude::*;

fn paper(number: u32, text: &str) -> String {
    format!(
        "## Paper {number}\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.{number:05}\n\n{text}\n\n#lamps\n"
    )
}

/// A site of the default theme with all outputs on.
fn lamps() -> Desk {
    Desk::of(&[
        (
            "config.toml",
            "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/notes/\"\nauthors = { min_papers = 1 }\n",
        ),
        ("content/2025-03-12.md", &paper(1, "It dims.")),
        ("content/2025-03-13.md", &(paper(2, "Like arXiv:2503.00001.") + &paper(3, "It burns."))),
        ("content/about.md", "About.\n"),
    ])
}

fn said_after_build(desk: &Desk, more: &[&str]) -> (i32, String) {
    let said = desk.run(&[&["build", "--today", TODAY], more].concat());
    (said.code, said.text)
}

/// Whatever changed, a build over an old site is the build of a new one.
#[test]
fn a_rebuild_equals_a_clean_build() {
    let desk = lamps();
    desk.build();
    let changes: &[(&str, &dyn Fn())] = &[
        ("a digest changes", &|| desk.write("content/2025-03-12.md", paper(1, "It dims twice."))),
        ("one is added", &|| {
            desk.write("content/2025-03-14.md", paper(4, "New, after arXiv:2503.00003."));
        }),
        ("one goes", &|| desk.remove("content/2025-03-13.md")),
        ("a page goes", &|| desk.remove("content/about.md")),
        ("a template is added", &|| desk.write("templates/404.html", "<p>{{ site.title }}</p>\n")),
        ("a file is added", &|| desk.write("static/hello.txt", "hello\n")),
        ("the config changes", &|| {
            desk.write("config.toml", "base_url = \"https://lamps.example/\"\n");
        }),
    ];
    for (name, change) in changes {
        change();
        let over = desk.build();
        fs::remove_dir_all(desk.path("public")).unwrap();
        let clean = desk.build();
        assert_eq!(names_that_differ(&over, &clean), BTreeSet::new(), "{name}");
    }
}

fn names_that_differ(a: &Tree, b: &Tree) -> BTreeSet<String> {
    a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

#[test]
fn a_foreign_folder_is_refused_and_kept() {
    let desk = lamps();
    desk.write("public/thesis.tex", "mine");
    let (code, text) = said_after_build(&desk, &[]);
    assert_eq!(code, 1);
    assert_eq!(
        text,
        "error[output]: the output folder has files in it that Offprint did not make\n\
         --> public\n = help: choose another folder with `output` in config.toml or --output, or empty this one yourself\n\n\
         1 error\nnothing was written; the old site, if there is one, is untouched\n"
    );
    assert_eq!(desk.public(), [("thesis.tex".to_owned(), b"mine".to_vec())].into());
}

#[test]
fn a_file_in_the_outputs_place_is_refused() {
    let desk = lamps();
    desk.write("public", "mine");
    assert_eq!(said_after_build(&desk, &[]).0, 1);
    assert_eq!(fs::read(desk.path("public")).unwrap(), b"mine");
}

#[test]
fn an_empty_folder_and_a_new_one_are_taken() {
    let desk = lamps();
    fs::create_dir(desk.path("public")).unwrap();
    desk.build();
    assert_eq!(said_after_build(&desk, &["--output", "deep/er/site"]).0, 0);
    assert_eq!(
        names_that_differ(&desk.public(), &tree(&desk.path("deep/er/site"))),
        BTreeSet::new()
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_its_folder_is_replaced() {
    let desk = lamps();
    fs::create_dir_all(desk.path("elsewhere/site")).unwrap();
    std::os::unix::fs::symlink("elsewhere/site", desk.path("public")).unwrap();
    desk.build();
    desk.write("content/2025-03-14.md", paper(4, "New."));
    let site = desk.build();
    assert!(fs::symlink_metadata(desk.path("public")).unwrap().is_symlink());
    assert_eq!(tree(&desk.path("elsewhere/site")), site);
    assert!(site.contains_key("2025/03/14/index.html"));
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_refused() {
    let desk = lamps();
    std::os::unix::fs::symlink("nowhere", desk.path("public")).unwrap();
    assert_eq!(said_after_build(&desk, &[]).0, 1);
    assert!(fs::symlink_metadata(desk.path("public")).unwrap().is_symlink());
}

/// The output folder never reaches its own sources, or a build would swap them away.
#[test]
fn the_sources_are_no_output_folder() {
    let desk = lamps();
    let before = tree(&desk.path("."));
    for folder in [".", "content", "themes"] {
        assert_eq!(said_after_build(&desk, &["--output", folder]).0, 1, "{folder}");
    }
    assert_eq!(tree(&desk.path(".")), before);
}

#[test]
fn leftovers_of_a_killed_build_are_cleaned() {
    let desk = lamps();
    let site = desk.build();
    desk.write(".public.offprint-new/.offprint", "");
    desk.write(".public.offprint-new/half/of/it.html", "half");
    desk.write(".public.offprint-old/.offprint", "");
    desk.write(".public.offprint-old/index.html", "old");
    assert_eq!(desk.build(), site);
    assert!(
        !desk.path(".public.offprint-new").exists() && !desk.path(".public.offprint-old").exists()
    );
}

/// Killed between two renames: the old site is beside the target, and nothing is in its place.
#[test]
fn an_old_site_without_a_target_is_restored() {
    let desk = lamps();
    let site = desk.build();
    fs::rename(desk.path("public"), desk.path(".public.offprint-old")).unwrap();
    desk.write("content/2025-03-14.md", "+++\ndate = 2025-02-30\n+++\n");
    assert_eq!(said_after_build(&desk, &[]).0, 1, "a site with errors");
    assert_eq!(desk.public(), site);
    desk.remove("content/2025-03-14.md");
    assert_eq!(desk.build(), site);
    assert!(!desk.path(".public.offprint-old").exists());
}

/// Neither threads nor the environment nor the order in which files came to be change a byte.
#[test]
fn builds_repeat_whatever_the_machine() {
    for case in cases("sites").iter().filter(|case| case.join("config.toml").is_file()) {
        let first = build_with(
            &Desk::from(case),
            &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C")],
        );
        let many = [
            ("RAYON_NUM_THREADS", "4"),
            ("TZ", "Pacific/Kiritimati"),
            ("LANG", "tr_TR.UTF-8"),
            ("LC_ALL", "tr_TR.UTF-8"),
        ];
        let again = build_with(&backwards(case), &many);
        assert_eq!(names_that_differ(&first, &again), BTreeSet::new(), "{}", case.display());
    }
}

fn build_with(desk: &Desk, environment: &[(&str, &str)]) -> Tree {
    let said = desk.run_with(&["build", "--today", TODAY], environment);
    assert_eq!(said.code, 0, "{}", said.text);
    desk.public()
}

/// A site whose files were made in the opposite order.
fn backwards(case: &std::path::Path) -> Desk {
    let desk = Desk::of(&[]);
    for (name, bytes) in tree(case).iter().rev().filter(|(name, _)| !name.starts_with("expected")) {
        desk.write(name, bytes);
    }
    desk
}

/// A preview asks for one output at a time; it must get what the plan has there, and for nothing else an answer.
#[test]
fn one_output_is_found_as_it_was_planned() {
    let mut sites: Vec<Desk> = cases("sites")
        .iter()
        .filter(|case| case.join("config.toml").is_file())
        .map(|case| Desk::from(case))
        .collect();
    sites.push(lamps());
    for desk in &sites {
        with_project(desk, |project| {
            let plan = &project.plan;
            assert!(project.collisions.is_empty(), "{:?}", project.collisions);
            for output in plan.outputs() {
                assert_eq!(plan.at(&output.file()), Some(output), "{}", output.file());
                assert_eq!(plan.find(&output.path()), Some(output), "/{}", output.path());
            }
            for path in [
                "nothing/",
                "papers/page/2/",
                "papers/9999.99999/",
                "page/99/",
                "page/0/",
                "2025/02/30/",
                "tags/lamps/page/1/",
                "feed",
                "sitemap-1.xml",
                "../config.toml",
            ] {
                assert_eq!(plan.find(path), None, "/{path}");
            }
        });
    }
}

fn with_project(desk: &Desk, look: impl FnOnce(&workspace::Project)) {
    let root = camino::Utf8PathBuf::from_path_buf(desk.path("")).unwrap();
    let request = Request { today: Some(TODAY.parse().unwrap()), ..Request::new(root) };
    let clock = Clock {
        elapsed: std::time::Duration::default,
        now: || jiff::Timestamp::UNIX_EPOCH,
        detailed: false,
    };
    let (project, findings, _) = workspace::load(&request, &clock);
    let project = project.unwrap_or_else(|| panic!("{findings:?}"));
    look(&project);
}

proptest! {
    #[test]
    fn no_config_is_a_panic(text in "\\PC{0,200}") {
        let _ = Config::parse(&text, &switches());
    }

    /// A key that nobody knows is an error at its place, in any table.
    #[test]
    fn unknown_keys_are_reported(table in prop::sample::select(vec!["", "home", "outputs", "author", "markdown", "tag.lamps"]), key in "zz[a-z]{1,8}") {
        let text = if table.is_empty() { format!("{key} = 1\n") } else { format!("[{table}]\n{key} = 1\n") };
        let (_, findings) = Config::parse(&text, &switches());
        let name = if table.is_empty() { key.clone() } else { format!("{table}.{key}") };
        let message = format!("unknown key `{name}`");
        let reported = findings.iter().any(|finding| finding.message == message && finding.span.as_ref().is_some_and(|span| text[span.clone()] == *key));
        prop_assert!(reported, "{findings:?}");
    }

    /// Any value at any key: a finding at most, and never one without a message.
    #[test]
    fn wrong_values_are_findings(key in prop::sample::select(vec!["title", "base_url", "languages", "timezone", "home", "tags", "sources", "tag", "extra", "warnings", "author"]), value in prop::sample::select(vec!["1", "-1", "1.5", "true", "\"\"", "\"x\"", "[]", "[1]", "[[]]", "{}", "{ a = 1 }", "2025-03-12", "99999999999999999999", "inf"])) {
        let (config, findings) = Config::parse(&format!("{key} = {value}\n"), &switches());
        prop_assert!(!config.languages.is_empty());
        prop_assert!(findings.iter().all(|finding| !finding.message.is_empty()));
    }
}

/// The demo site, which newcomers build first, has no warnings.
#[test]
fn the_demo_site_is_clean() {
    let root = tests();
    let root = root.parent().unwrap().to_str().unwrap();
    let desk = lamps();
    let said = desk.run(&["check", "--root", root, "--today", TODAY]);
    assert_eq!((said.code, said.text.contains("warning[")), (0, false), "{}", said.text);
}
