//! After any edit the preview is what a clean build would be: every address, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::preview::{CONFIG, Desk, FIRST, Preview, SECOND, svg};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use walkdir::WalkDir;

/// A thing that a writer does. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Edit {
    /// Another word in a commentary.
    Text(usize, u16),
    /// Another title, so maybe another address.
    Title(usize, u8),
    /// Another tag, perhaps one that is an alias.
    Tag(usize, u8),
    /// A digest moves to another date.
    Rename(usize, u8),
    Delete(usize),
    /// A new digest, perhaps in a new folder; some are drafts, some of the future, some mention or repeat a paper.
    Add(u8, u8),
    /// A whole folder goes away at once.
    DeleteFolder,
    Note(u16),
    Page(u16),
    Config(u16),
    Template(u8),
    Style(u8),
    Strings(u8),
    /// The theme changes its parent or the site its own top layer.
    Layer(bool),
    Image(u8),
    /// A mistake, put right by the next edit.
    Mistake(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<usize>(), any::<u16>()).prop_map(|(file, word)| Edit::Text(file, word)),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(file, word)| Edit::Title(file, word)),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(file, tag)| Edit::Tag(file, tag)),
        2 => (any::<usize>(), any::<u8>()).prop_map(|(file, day)| Edit::Rename(file, day)),
        2 => any::<usize>().prop_map(Edit::Delete),
        4 => (any::<u8>(), any::<u8>()).prop_map(|(day, kind)| Edit::Add(day, kind)),
        1 => Just(Edit::DeleteFolder),
        1 => any::<u16>().prop_map(Edit::Note),
        1 => any::<u16>().prop_map(Edit::Page),
        3 => any::<u16>().prop_map(Edit::Config),
        2 => any::<u8>().prop_map(Edit::Template),
        1 => any::<u8>().prop_map(Edit::Style),
        1 => any::<u8>().prop_map(Edit::Strings),
        1 => any::<bool>().prop_map(Edit::Layer),
        2 => any::<u8>().prop_map(Edit::Image),
        1 => any::<u8>().prop_map(Edit::Mistake),
    ]
}

/// Digests of the site, by path.
fn digests(desk: &Desk) -> Vec<String> {
    let content = desk.path("site/content");
    let walk = WalkDir::new(&content).sort_by_file_name().into_iter().map(Result::unwrap);
    let dated = |name: &str| {
        name.starts_with("20") && Path::new(name).extension().is_some_and(|kind| kind == "md")
    };
    let files = walk.filter(|entry| entry.file_name().to_str().is_some_and(dated));
    files
        .map(|entry| {
            format!("site/content/{}", entry.path().strip_prefix(&content).unwrap().display())
        })
        .collect()
}

fn date(day: u8) -> String {
    if day % 16 == 15 { "2999-01-01".into() } else { format!("2025-0{}-1{}", 3 + day % 2, day % 8) }
}

impl Edit {
    fn apply(&self, desk: &Desk) {
        let files = digests(desk);
        let change = |file: usize, change: &dyn Fn(String) -> String| {
            if let Some(path) = files.get(file % files.len().max(1)) {
                let text = change(desk.read(path));
                if file.is_multiple_of(2) {
                    desk.save(path, &text);
                } else {
                    desk.write(path, &text);
                }
            }
        };
        match self {
            Self::Text(file, word) => {
                change(*file, &|text| format!("{}\n", text.trim_end()).replacen("등불", &format!("등불{word}"), 1));
            }
            Self::Title(file, word) => {
                change(*file, &|text| text.replacen("\n## ", &format!("\n## W{} ", word % 4), 1));
            }
            Self::Tag(file, tag) => change(*file, &|text| {
                text.replacen("#lamps", ["#lamps #oil", "#rl", "#wick #확산", "#lamps"][usize::from(tag % 4)], 1)
            }),
            Self::Rename(file, day) => rename(desk, &files, *file, *day),
            Self::Delete(file) => files.get(file % files.len().max(1)).into_iter().for_each(|path| desk.remove(path)),
            Self::Add(day, kind) => add(desk, *day, *kind),
            Self::DeleteFolder => drop(std::fs::remove_dir_all(desk.path("site/content/more"))),
            Self::Note(word) => desk.save(
                "vault/250310 Wax Tables.md",
                &format!("https://arxiv.org/abs/2503.00099\n\n*Wax Tables* (Cy Wachs)\n\n밀랍 {word}.\n\n#wax\n"),
            ),
            Self::Page(word) => desk
                .write("site/content/소개.md", &format!("+++\ntitle = \"소개\"\n+++\n\n[날](2025-03-12.md) {word}.\n")),
            Self::Config(kind) => desk.save("site/config.toml", &config(*kind)),
            Self::Template(kind) => desk.write("site/themes/mine/templates/partials/footer.html", &template(*kind)),
            Self::Style(kind) => {
                desk.write("site/themes/mine/static/extra.css", &format!("p {{ margin: {kind}px }}\n"));
            }
            Self::Strings(kind) => {
                desk.save("site/themes/mine/strings/en.toml", &format!("farewell = \"Night {kind}\"\n"));
            }
            Self::Layer(true) => desk.write("site/templates/partials/footer.html", "<footer>on top</footer>\n"),
            Self::Layer(false) => drop(std::fs::remove_dir_all(desk.path("site/templates"))),
            Self::Image(0..20) => drop(std::fs::remove_file(desk.path("site/content/images/lamp.svg"))),
            Self::Image(width) => desk.write("site/content/images/lamp.svg", &svg(u32::from(*width))),
            Self::Mistake(kind) => mistake(desk, *kind),
        }
    }
}

fn rename(desk: &Desk, files: &[String], file: usize, day: u8) {
    let to = format!("site/content/{}.md", date(day));
    if let Some(path) = files.get(file % files.len().max(1)) {
        std::fs::rename(desk.path(path), desk.path(&to)).unwrap();
    }
}

fn add(desk: &Desk, day: u8, kind: u8) {
    let folder = ["", "more/", "more/deep/"][usize::from(kind % 3)];
    let head = [
        "",
        "+++\ndraft = true\n+++\n\n",
        "+++\ntitle = 'Of lamps'\naliases = ['old/lamps/', 'lamp.html']\n+++\n\n",
        "",
    ][usize::from(day / 8 % 4)];
    let link = [
        "https://arxiv.org/abs/2503.00101",
        "https://arxiv.org/abs/2504.00007",
        "https://doi.org/10.1000/등불",
        "",
    ][usize::from(kind / 4 % 4)];
    let text = format!(
        "{head}\n## Lamp {}\n\n(Ada Kerze, Dee Docht)\n{link}\n\n등불 [[Oil Without Lamps]] ![](/images/lamp.svg) arXiv:2503.00103\n\n#lamps\n",
        kind % 5
    );
    desk.write(&format!("site/content/{folder}{}.md", date(day)), &text);
}

fn config(kind: u16) -> String {
    let sets = [
        ("home = { digests = 2,", "home = { digests = 1,"),
        ("languages = [\"ko\", \"en\"]", "languages = [\"en\", \"ko\"]"),
        ("\n[[sources]]", "\n[tag.oil]\naliases = [\"lamps\"]\n\n[[sources]]"),
        (
            "\n[[sources]]",
            "outputs = { calendar = false, related = false, json_feed = false, markdown = false }\n\n[[sources]]",
        ),
        ("format = \"notes\"", "format = \"notes\"\nexclude_tags = [\"wax\"]"),
        ("authors = { min_papers = 1 }", "authors = { min_papers = 2 }"),
        ("theme = \"mine\"", "theme = \"offprint\""),
        ("digests = 2, papers = 30", "digests = 2, papers = 1"),
        ("\n[[sources]]", "digests = { layout = \"split\" }\n\n[[sources]]"),
    ];
    sets.iter()
        .enumerate()
        .filter(|(at, _)| kind >> at & 1 == 1)
        .fold(CONFIG.to_owned(), |text, (_, (from, to))| text.replacen(from, to, 1))
}

fn template(kind: u8) -> String {
    let more = [
        "{{ page.kind }}",
        "{% if page.title %}{{ page.title }}{% endif %}",
        "{{ site.title }}",
        "",
    ][usize::from(kind % 4)];
    format!("<footer><p>{{{{ t(key=\"farewell\") }}}} {more}</p></footer>\n")
}

fn mistake(desk: &Desk, kind: u8) {
    match kind % 3 {
        0 => desk.write("site/config.toml", "title = \n"),
        1 => desk.write("site/themes/mine/templates/partials/footer.html", "{% if %}\n"),
        _ => desk.write("site/content/2025-03-12.md", "+++\ndate = 2025-13-77\n+++\n"),
    }
}

fn put_right(desk: &Desk, kind: u8) {
    match kind % 3 {
        0 => desk.write("site/config.toml", CONFIG),
        1 => desk.write("site/themes/mine/templates/partials/footer.html", &template(kind)),
        _ => desk.write("site/content/2025-03-12.md", FIRST),
    }
}

/// The files of a clean build; `None` where it has errors.
fn build(desk: &Desk) -> Option<BTreeMap<String, Vec<u8>>> {
    let output = desk.path("built");
    let mut command = crate::desk::program();
    command.args(["build", "--quiet", "--root"]).arg(desk.root()).arg("--output").arg(&output);
    if !command.output().unwrap().status.success() {
        return None;
    }
    let files = WalkDir::new(&output)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        (entry.path().strip_prefix(&output).unwrap().to_str().unwrap().to_owned(), entry)
    });
    // The mark by which the program knows its own folder is not a part of the site.
    Some(
        named
            .filter(|(name, _)| name != ".offprint")
            .map(|(name, entry)| (name, std::fs::read(entry.path()).unwrap()))
            .collect(),
    )
}

fn address(file: &str) -> String {
    let parts: Vec<String> = file
        .split('/')
        .map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string())
        .collect();
    format!("/notes/{}", parts.join("/"))
}

/// The first file that is served otherwise than it was built, if any.
fn difference(
    preview: &Preview,
    built: &BTreeMap<String, Vec<u8>>,
    ever: &BTreeSet<String>,
) -> Option<String> {
    for (file, bytes) in built {
        let answer = preview.get(&address(file));
        if answer.status != 200 || answer.as_built() != *bytes {
            return Some(format!(
                "{file}: {} {}",
                answer.status,
                first_difference(&answer.as_built(), bytes)
            ));
        }
        let folder = file.strip_suffix("index.html");
        if folder.is_some_and(|folder| preview.get(&address(folder)).as_built() != *bytes) {
            return Some(format!("{file} as a folder"));
        }
    }
    let gone = ever.iter().filter(|file| !built.contains_key(*file));
    gone.map(|file| (file, preview.get(&address(file)).status))
        .find(|(_, status)| *status != 404)
        .map(|(file, status)| format!("{file} is still there: {status}"))
}

fn first_difference(served: &[u8], built: &[u8]) -> String {
    let at = served.iter().zip(built).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(40)..bytes.len().min(at + 60)])
            .into_owned()
    };
    format!("at {at}: served {:?}, built {:?}", around(served), around(built))
}

/// Waits until the preview is what a build of this moment is.
fn settle(desk: &Desk, preview: &Preview, ever: &mut BTreeSet<String>) {
    let Some(built) = build(desk) else {
        return preview.until("the errors of the build are told", |preview| {
            !preview.state()["errors"].is_null()
        });
    };
    ever.extend(built.keys().cloned());
    let found = std::cell::RefCell::new(String::new());
    let same = |preview: &Preview| {
        let difference = difference(preview, &built, ever)
            .or_else(|| preview.state()["errors"].as_str().map(str::to_owned));
        *found.borrow_mut() = difference.clone().unwrap_or_default();
        difference.is_none()
    };
    let start = std::time::Instant::now();
    while !same(preview) {
        assert!(start.elapsed().as_secs() < 20, "{}\n{}", found.borrow(), preview.said());
    }
}

fn cases() -> ProptestConfig {
    let asked = std::env::vars()
        .find(|(name, _)| name == "PROPTEST_CASES")
        .and_then(|(_, value)| value.parse().ok());
    // A case is a program, a site and a dozen builds.
    ProptestConfig {
        cases: asked.unwrap_or(4),
        max_shrink_iters: 8,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_preview_is_what_a_clean_build_would_be(edits in prop::collection::vec(edit(), 8..16), poll in any::<bool>()) {
        let desk = Desk::new();
        let preview = Preview::start(&desk.root(), if poll { &["--poll=10"] } else { &[] });
        let mut ever = BTreeSet::new();
        settle(&desk, &preview, &mut ever);
        for edit in &edits {
            edit.apply(&desk);
            settle(&desk, &preview, &mut ever);
            if let Edit::Mistake(kind) = edit {
                put_right(&desk, *kind);
                settle(&desk, &preview, &mut ever);
            }
        }
    }
}

#[test]
fn a_tree_for_each_language_is_served_as_it_is_built() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    let mut ever = BTreeSet::new();
    settle(&desk, &preview, &mut ever);
    desk.save("site/config.toml", &config(1 << 8));
    desk.write(
        "site/content/2025-03-16.md",
        "+++\naliases = ['old/lamps/', 'en/dim.html']\n+++\n\n## Dim\n\n어둡다.\n",
    );
    settle(&desk, &preview, &mut ever);
    assert!(preview.get("/notes/en/papers/2503.00101/").text().contains("The lamp knows its wick"));
    assert!(
        ever.contains("en/old/lamps/index.html")
            && ever.contains("en/dim.html")
            && !ever.contains("dim.html")
    );
    desk.save("site/config.toml", CONFIG);
    settle(&desk, &preview, &mut ever);
}

#[test]
fn a_checkout_of_many_files_and_a_storm_of_edits_end_in_the_right_state() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    let mut ever = BTreeSet::new();
    for day in 1..=28 {
        for month in 1..=9 {
            desk.write(
                &format!("site/content/2024/2024-0{month}-{day:02}.md"),
                &SECOND.replace("2503.00103", &format!("24{month:02}.{day:05}")),
            );
        }
    }
    settle(&desk, &preview, &mut ever);
    // As git does: each file is removed and written anew.
    for day in 1..=28 {
        for month in 1..=9 {
            let path = format!("site/content/2024/2024-0{month}-{day:02}.md");
            let text = desk.read(&path).replace("낮에", "밤에");
            desk.remove(&path);
            desk.write(&path, &text);
        }
    }
    settle(&desk, &preview, &mut ever);
    assert!(!preview.said().contains("error["), "nobody sees half a checkout: {}", preview.said());
    std::fs::remove_dir_all(desk.path("site/content/2024")).unwrap();
    settle(&desk, &preview, &mut ever);
    for word in 0..400 {
        let text = FIRST.replace("등불은", &format!("등불{word}"));
        if word % 2 == 0 {
            desk.write("site/content/2025-03-12.md", &text);
        } else {
            desk.save("site/content/2025-03-12.md", &text);
        }
    }
    settle(&desk, &preview, &mut ever);
    assert!(preview.get("/notes/papers/2503.00101/").text().contains("등불399"));
}
