//! The tools for themes: that the themes of the program have no mistakes, and that `list`, `new` and `eject` do what they
//! say and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::desk::{Desk, tests, tree};
use offprint::commands::theme_kit::{self, Look};
use offprint::diagnostic::SourceText;
use offprint::render::theme_check;
use offprint::render::theme_check::Contract;
use offprint::render::{KINDS, templates};
use offprint::theme;
use offprint::theme::Layer;
use proptest::prelude::*;

const CONFIG: &str = "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/\"\n";
const GOOD: &str =
    "## Lamps That Learn\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00101\n\nThey dim.\n\n#lamps\n";

fn lamps(theme: &str) -> Desk {
    let config = format!("{CONFIG}theme = \"{theme}\"\n");
    Desk::of(&[("config.toml", &config), ("content/2025-03-12.md", GOOD)])
}

#[test]
fn the_program_s_own_themes_have_no_mistakes() {
    for theme in ["offprint", "ledger"] {
        let desk = lamps(theme);
        // On disk, where what nothing uses is said of them too.
        for (path, bytes) in tree(&tests().join("../themes").join(theme)) {
            desk.write(&format!("themes/{theme}/{path}"), bytes);
        }
        let said = desk.run(&["theme", "check", "--strict"]);
        assert_eq!(said.code, 0, "{theme}: {}", said.text);
        assert!(said.text.ends_with("no errors\n"), "{}", said.text);
    }
}

#[test]
fn what_a_site_hides_of_the_program_s_theme_is_no_mistake() {
    let desk = lamps("offprint");
    desk.write("templates/404.html", "<p>{{ site.strings.not_found }}</p>\n");
    desk.write("templates/home.html", "<p>{{ site.title }}</p>\n");
    let said = desk.run(&["theme", "check", "--strict"]);
    assert!(said.code == 0 && said.text.ends_with("no errors\n"), "{}", said.text);
}

#[test]
fn a_theme_is_checked_by_name_and_an_unknown_one_is_said() {
    let desk = lamps("plain");
    assert_eq!(desk.run(&["theme", "check", "ledger"]).code, 0);
    let said = desk.run(&["theme", "check", "legder"]);
    assert_eq!(said.code, 1);
    assert!(
        said.text.contains("there is no theme `legder`")
            && said.text.contains("did you mean `ledger`?")
    );
    assert_eq!(said.text.matches("error[").count(), 1, "{}", said.text);
}

/// What the sample does not show, `theme check` does not render.
/// The contract is tested in both directions: a template is given what is declared for it, and nothing else.
#[test]
fn what_templates_are_given_is_what_is_declared() {
    let asked = Arc::new(SourceText { path: "here".into(), text: String::new() });
    let look = Look { languages: vec!["ko", "en"], ..Look::default() };
    let project = theme_kit::sample("nowhere".into(), "offprint", &asked, &look).0.unwrap();
    let shared = project.shared();
    let press = project.press(&shared);
    let contract = Contract::of(&project.theme);
    let known: BTreeSet<&str> =
        templates().flat_map(|template| template.variables).map(|variable| variable.name).collect();
    let known: BTreeSet<&str> = known.into_iter().chain(["site", "page", "data"]).collect();
    for output in project.plan.outputs() {
        let (Some(template), Some(context)) = (output.template(), press.context(output)) else {
            continue;
        };
        let declared: BTreeSet<String> = contract.variables(template.name).into_keys().collect();
        let given =
            known.iter().filter(|name| context.get(name).is_some()).map(|name| (*name).to_owned());
        assert_eq!(given.collect::<BTreeSet<String>>(), declared, "{}", template.name);
    }
}

/// No two kinds have one name, and no two files one template.
#[test]
fn kinds_have_names_of_their_own() {
    let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let made: BTreeSet<&str> = templates().map(|template| template.name).collect();
    assert_eq!((names.len(), made.len()), (KINDS.len(), templates().count()));
}

#[test]
fn the_sample_shows_every_template() {
    let asked = Arc::new(SourceText { path: "here".into(), text: String::new() });
    let look = Look { languages: vec!["ko", "en"], ..Look::default() };
    let (project, findings) = theme_kit::sample("nowhere".into(), "offprint", &asked, &look);
    assert_eq!(findings, []);
    let project = project.unwrap();
    let (outputs, collisions) = (project.plan.outputs(), &project.collisions);
    assert_eq!(*collisions, []);
    let made = outputs.iter().filter_map(|output| Some(output.template()?.name));
    // A mail is no file of the site; it is made of the sample all the same.
    let made: BTreeSet<&str> = made.chain(["mail.html"]).collect();
    let missing: Vec<&str> =
        templates().map(|template| template.name).filter(|name| !made.contains(name)).collect();
    assert!(missing.is_empty(), "the sample has no page made from {missing:?}");
}

#[test]
fn list_names_themes_and_layers() {
    let desk = lamps("offprint");
    assert_eq!(desk.run(&["theme", "new", "mine", "--extends", "ledger"]).code, 0);
    desk.write("config.toml", format!("{CONFIG}theme = \"mine\"\n"));
    desk.write("templates/partials/footer.html", "<footer></footer>\n");
    desk.write("strings/en.toml", "tags = \"Shelves\"\n");
    let themes = desk.printed(&["theme", "list"]);
    let names: Vec<&str> = themes.lines().filter(|line| !line.starts_with("   ")).collect();
    let expected = [
        "  ledger    in the program, extends offprint",
        "* mine      themes/mine, extends ledger",
        "  offprint  in the program",
        "  plain     themes/plain",
    ];
    assert_eq!(names, expected);
    let files = desk.printed(&["theme", "list", "--files"]);
    let layers: Vec<&str> = files.lines().skip(1).take(5).collect();
    let expected = [
        "  1 site: templates/, static/, strings/ beside config.toml",
        "  2 mine: themes/mine",
        "  3 ledger: in the program",
        "  4 offprint: in the program",
        "  5 core: in the program",
    ];
    assert_eq!(layers, expected);
    let origin = |path: &str| {
        let line = files.lines().find(|line| line.trim_start().starts_with(path)).unwrap();
        line.trim_start().trim_start_matches(path).trim_start().to_owned()
    };
    assert_eq!(origin("templates/partials/footer.html"), "site, hides offprint");
    assert_eq!(origin("templates/base.html"), "mine, hides ledger, offprint");
    assert_eq!(origin("static/style.css"), "offprint");
    assert_eq!(origin("strings/en.toml"), "site, then offprint, key by key");
    assert_eq!(origin("templates/feed.xml"), "core");
}

#[test]
fn a_broken_theme_does_not_hide_the_others() {
    let desk = lamps("offprint");
    desk.write("themes/old/theme.toml", "theme_api = 7\n");
    let themes = desk.printed(&["theme", "list"]);
    assert!(themes.contains("  old       cannot be used\n"), "{themes}");
    assert!(themes.contains("* offprint  in the program\n"), "{themes}");
}

#[test]
fn a_new_theme_works_at_once() {
    for parent in ["offprint", "ledger", "plain"] {
        let desk = lamps("mine");
        let said = desk.run(&["theme", "new", "mine", "--extends", parent]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert!(said.text.contains("theme = \"mine\""), "{}", said.text);
        let site = desk.build();
        let page = String::from_utf8_lossy(&site["papers/2503.00101/index.html"]).into_owned();
        let styled =
            site.keys().any(|name| name.starts_with("own.") && page.contains(name.as_str()));
        // The plain theme has no block for it.
        assert_eq!(styled, parent != "plain", "{parent}: {page}");
        let said = desk.run(&["theme", "check", "--strict"]);
        assert_eq!(said.code, 0, "{}", said.text);
    }
}

#[test]
fn a_new_theme_hides_nothing_and_overwrites_nothing() {
    let desk = lamps("plain");
    desk.write("themes/kept/notes.txt", "mine");
    let before = tree(&desk.path("."));
    for (name, wanted) in [
        ("kept", "there is a theme `kept` already"),
        ("offprint", "there is a theme `offprint` already"),
        ("../out", "`../out` cannot be the name of a theme"),
        (".hidden", "`.hidden` cannot be the name of a theme"),
    ] {
        let said = desk.run(&["theme", "new", name]);
        assert_eq!(said.code, 1);
        assert!(said.text.contains(wanted), "{}", said.text);
    }
    let said = desk.run(&["theme", "new", "mine", "--extends", "legder"]);
    assert!(
        said.text.contains("there is no theme `legder` to extend")
            && said.text.contains("`ledger`")
    );
    assert_eq!(tree(&desk.path(".")), before);
}

/// Ejecting every file changes no byte of the site.
#[test]
fn what_is_ejected_looks_the_same() {
    for (theme, to) in [("offprint", None), ("ledger", None), ("mine", Some("mine"))] {
        let desk = lamps(theme);
        assert_eq!(desk.run(&["theme", "new", "mine", "--extends", "ledger"]).code, 0);
        fs::remove_file(desk.path("themes/mine/templates/base.html")).unwrap();
        let before = desk.build();
        let files = desk.printed(&["theme", "list", "--files"]);
        let files = files.lines().skip_while(|line| !line.is_empty()).skip(2);
        for file in files.map(|line| line.split_whitespace().next().unwrap()) {
            let mut arguments = vec!["theme", "eject", file];
            arguments.extend(to.into_iter().flat_map(|to| ["--to", to]));
            let said = desk.run(&arguments);
            let builds_on = said.text.contains("builds on the template below it");
            assert!(said.code == 0 || builds_on || file == "static/own.css", "{}", said.text);
        }
        assert!(desk.build() == before, "{theme}: something looks different");
    }
}

#[test]
fn ejecting_finds_the_file_and_overwrites_nothing() {
    let desk = lamps("offprint");
    let said = desk.run(&["theme", "eject", "footer.html"]);
    assert_eq!(
        said.text,
        "copied embedded:offprint/templates/partials/footer.html to templates/partials/footer.html\n"
    );
    desk.write("templates/partials/footer.html", "changed");
    let said = desk.run(&["theme", "eject", "partials/footer.html"]);
    assert_eq!((said.code, said.text.contains("is yours already")), (1, true), "{}", said.text);
    assert_eq!(fs::read_to_string(desk.path("templates/partials/footer.html")).unwrap(), "changed");
    for (name, wanted) in [
        ("papr.html", "did you mean `paper.html`?"),
        ("tags.html", "name one: templates/parts/paper/tags.html, templates/tags.html"),
        ("../config.toml", "the theme has no file `../config.toml`"),
    ] {
        let said = desk.run(&["theme", "eject", name]);
        assert_eq!(said.code, 1);
        assert!(said.text.contains(wanted), "{}", said.text);
    }
    let said = desk.run(&["theme", "eject", "style.css", "--to", "nobody"]);
    assert!(said.text.contains("`offprint theme new nobody` makes it"), "{}", said.text);
}

#[test]
fn the_second_theme_is_small() {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/ledger"));
    let counted = files
        .iter()
        .filter(|(name, _)| name.starts_with("templates/") || name.starts_with("static/"));
    let lines: usize =
        counted.map(|(_, bytes)| String::from_utf8_lossy(bytes).lines().count()).sum();
    assert!((100..260).contains(&lines), "{lines} lines");
}

/// What all scripts of the default theme may weigh together, as a server sends them.
const SCRIPTS: usize = 25_600;

#[test]
fn scripts_stay_small() {
    let public = lamps("offprint").build();
    let scripts = public
        .iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|kind| kind == "js"));
    let weights: Vec<(&String, usize)> = scripts
        .map(|(name, bytes)| {
            let mut packed = GzEncoder::new(Vec::new(), Compression::best());
            packed.write_all(bytes).unwrap();
            (name, packed.finish().unwrap().len())
        })
        .collect();
    let sum: usize = weights.iter().map(|(_, weight)| weight).sum();
    assert!(weights.len() > 5 && sum <= SCRIPTS, "{sum} bytes: {weights:?}");
}

fn layer(text: &str) -> Layer {
    let files = BTreeMap::from([("templates/a.html".to_owned(), text.as_bytes().to_vec().into())]);
    Layer { name: "a".into(), place: "themes/a".into(), files }
}

#[test]
fn blocks_are_found_where_they_are_and_not_in_comments_or_texts() {
    let text = "{# {% block no %} #}{% raw %}{% block neither %}{% endraw %}{{ \"{% block nor %}\" }}\
                {%- block one -%}{% if x %}{% block two %}{% endblock %}{% endif %}{%- endblock one %}";
    assert_eq!(theme_check::blocks(&layer(text), "a.html"), ["one", "two"]);
}

proptest! {
    /// Whatever stands in a template, reading it ends and does not fail.
    #[test]
    fn any_template_can_be_read(parts in proptest::collection::vec(prop_oneof![
        Just("{{"), Just("}}"), Just("{%"), Just("%}"), Just("{#"), Just("-"), Just("\""), Just("block a"), Just("if"),
        Just("for a in"), Just("endfor"), Just("else"), Just("["), Just("("), Just("{"), Just("raw"), Just("endraw"),
        Just("set x ="), Just("<a"), Just("</"), Just("| f("), Just("한국어"), Just(" "), Just("x.y"), Just("component a("),
    ], 0..60)) {
        let text = parts.concat();
        prop_assert!(theme_check::blocks(&layer(&text), "a.html").len() <= text.matches("block").count());
    }
}

#[test]
fn names_of_themes_are_sorted_and_need_a_manifest() {
    let desk = lamps("plain");
    desk.write("themes/empty/readme.txt", "");
    let root = camino::Utf8PathBuf::from_path_buf(desk.path("."))
        .unwrap_or_else(|path| panic!("{}", path.display()));
    assert_eq!(theme::names(&root), ["ledger", "offprint", "plain"]);
}

/// The sidebar of docs/own-theme.md, as it is written there.
#[test]
fn a_few_lines_put_the_latest_digests_and_the_commonest_tags_on_every_page() {
    let page = fs::read_to_string(tests().join("../docs/own-theme.md")).unwrap();
    let (_, after) = page.split_once("```html templates/base.html\n").unwrap();
    let template = after.split("```").next().unwrap();
    assert!(template.lines().count() < 10);
    for theme in ["offprint", "ledger"] {
        let desk = lamps(theme);
        for day in 1..=7 {
            let tags = (0..day * 2).map(|tag| format!("#tag-{}", char::from(b'a' + tag)));
            let tags = tags.collect::<Vec<_>>().join(" ");
            let text = format!(
                "## Lamp {day}\n\nhttps://arxiv.org/abs/2504.0000{day}\n\nIt glows.\n\n{tags}\n"
            );
            desk.write(&format!("content/2025-04-0{day}.md"), text);
        }
        desk.write("data/seen.csv", "name,year\nAda,2025\n");
        desk.write("templates/base.html", template);
        desk.write(
            "templates/404.html",
            "{% extends \"parent/404.html\" %}{% block title %}{% for row in data.seen %}{{ row.name }} {{ row.year }}{% endfor %}{% endblock title %}",
        );
        assert_eq!(desk.run(&["theme", "check", "--strict"]).code, 0);
        let site = desk.build();
        for page in ["index.html", "papers/2504.00001/index.html", "404.html"] {
            let html = String::from_utf8_lossy(&site[page]).into_owned();
            let list = |class: &str| {
                let (_, after) = html.split_once(&format!("<ul class=\"{class}\">")).unwrap();
                after.split("</ul>").next().unwrap().matches("<li>").count()
            };
            assert_eq!((list("latest"), list("common")), (5, 10), "{theme}: {page}");
        }
        assert!(String::from_utf8_lossy(&site["404.html"]).contains("<title>Ada 2025</title>"));
        desk.write("data/broken.toml", "a =\n");
        let said = desk.run(&["build"]);
        assert!(said.code == 1 && said.text.contains("error[data]"), "{}", said.text);
    }
}

/// A copied file knows what it was made from; what the theme changed since is shown as a patch, until one has seen to it.
#[test]
fn a_copy_tells_what_its_theme_changed_since() {
    let desk = lamps("offprint");
    assert_eq!(desk.run(&["theme", "eject", "footer.html"]).code, 0);
    let kept = ".ejected/templates/partials/footer.html";
    let text = fs::read_to_string(desk.path(kept)).unwrap();
    assert!(desk.run(&["theme", "diff"]).text.contains("no copied file is older"));
    // As if an older version had copied it.
    desk.write(kept, format!("<!-- lamps -->\n{text}"));
    let said = desk.prints(&["theme", "diff", "footer.html"]);
    assert!(said.contains("--- templates/partials/footer.html"), "{said}");
    assert!(said.contains("\n-<!-- lamps -->\n"), "{said}");
    let said = desk.run(&["theme", "check"]);
    assert!(said.code == 0 && said.text.contains("warning[outdated-copy]"), "{}", said.text);
    desk.write("templates/result.html", "<p></p>\n");
    let said = desk.run(&["upgrade-check"]).text;
    assert!(said.contains("warning[upgrade]") && said.contains("templates/result.html"), "{said}");
    assert!(said.contains("1 of ") && said.contains("1 copied file to look at"), "{said}");
    assert_eq!(desk.run(&["theme", "diff", "--seen"]).code, 0);
    assert!(desk.run(&["theme", "diff"]).text.contains("no copied file is older"));
    assert_eq!(fs::read_to_string(desk.path(kept)).unwrap(), text);
}
