//! What the documentation shows is what happens: its site builds without findings, its commands are run as written, and
//! the mistakes it explains are made, with their real output.
//!
//! In a page, lines that begin with `$ ` in a `console` block are run, in the order of the page, in one temporary folder;
//! what stands below a command, if anything does, is what it says; `…` in a line means anything, and alone on a line any
//! lines. A block whose fence names a file is written to that file.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::desk::{Desk, update};

const PROGRAM: &str = env!("CARGO_BIN_EXE_offprint");

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

#[test]
fn the_documentation_is_a_site_without_findings() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let mut build = crate::desk::program();
    build.args(["build", "--strict", "--root"]).arg(docs()).arg("--output").arg(&site);
    let output = build.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(said.lines().count(), 1, "the documentation has findings:\n{said}");
    dead_parts(&crate::desk::tree(&site));
}

/// Links to parts of pages must lead to something with that id.
fn dead_parts(site: &crate::desk::Tree) {
    let pages = site
        .iter()
        .filter(|(name, _)| Path::new(name).extension().is_some_and(|kind| kind == "html"));
    let mut dead = Vec::new();
    for (name, bytes) in pages {
        let page = std::str::from_utf8(bytes).unwrap();
        for href in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let Some((address, id)) =
                href.split_once('#').filter(|(address, _)| !address.contains("://"))
            else {
                continue;
            };
            let path =
                address.strip_prefix("/offprint/docs/").map(|path| format!("{path}index.html"));
            let target = path.as_ref().map_or(Some(bytes), |path| site.get(path));
            let there =
                |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(&format!("id=\"{id}\""));
            if !target.is_some_and(there) {
                dead.push(format!("{name}: {href}"));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

// Commands

/// A fenced block: the words after the fence, and the lines.
struct Block<'p> {
    fence: &'p str,
    lines: Vec<&'p str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(fence) = line.strip_prefix("```").filter(|fence| !fence.is_empty()) {
            blocks.push(Block {
                fence,
                lines: lines.by_ref().take_while(|line| *line != "```").collect(),
            });
        }
    }
    blocks
}

/// A folder in which the commands of one page are run, with a repository where the page says that GitHub has one.
struct Session {
    folder: tempfile::TempDir,
    here: PathBuf,
}

impl Session {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let remote = path.join(".remote.git");
        let made =
            Command::new("git").args(["init", "--quiet", "--bare"]).arg(&remote).status().unwrap();
        assert!(made.success());
        let settings = format!(
            "[user]\nname = Ada Wick\nemail = ada@example.org\n[url \"{}\"]\ninsteadOf = https://github.com/me/notes.git\n",
            remote.display()
        );
        fs::write(path.join(".gitconfig"), settings).unwrap();
        let here = path.join("session");
        fs::create_dir(&here).unwrap();
        Self { folder, here }
    }

    fn write(&self, name: &str, lines: &[&str]) {
        let file = self.here.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, lines.join("\n") + "\n").unwrap();
    }

    /// Runs a command; what it says, standard error after standard output.
    fn run(&mut self, command: &str) -> String {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.here.push(folder);
            assert!(self.here.is_dir(), "`{command}`");
            return String::new();
        }
        let programs = Path::new(PROGRAM).parent().unwrap();
        let path = std::env::vars_os().find(|(name, _)| name == "PATH").unwrap().1;
        let path = std::env::join_paths(
            [programs.to_owned()].into_iter().chain(std::env::split_paths(&path)),
        )
        .unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(&self.here).env("PATH", path).stdin(Stdio::null());
        shell
            .env("GIT_CONFIG_GLOBAL", self.folder.path().join(".gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("OFFPRINT_NO_CARDS", "yes");
        let output =
            shell.env("HOME", self.folder.path()).env("LC_ALL", "C.UTF-8").output().unwrap();
        let said =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "`{command}` failed:\n{said}");
        said
    }
}

/// Whether a line is what a page shows, where a `…` in it stands for anything.
fn is_line(said: &str, shown: &str) -> bool {
    match shown.split_once('…') {
        Some((start, end)) => said.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
        None => said == shown,
    }
}

/// Whether what was said is what a page shows, where a line of `…` stands for any lines.
fn is_as_shown(said: &[&str], shown: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((&"…", rest)) => (0..=said.len()).any(|skipped| is_as_shown(&said[skipped..], rest)),
        Some((line, rest)) => {
            said.first().is_some_and(|said| is_line(said, line)) && is_as_shown(&said[1..], rest)
        }
    }
}

fn run_page(name: &str) {
    let page = fs::read_to_string(docs().join(name)).unwrap();
    let mut session = Session::new();
    let mut commands = 0;
    for block in blocks(&page) {
        if let Some((_, file)) = block.fence.split_once(' ') {
            session.write(file, &block.lines);
        } else if block.fence == "console" {
            for part in block.lines.chunk_by(|_, next| !next.starts_with("$ ")) {
                let command = part[0]
                    .strip_prefix("$ ")
                    .unwrap_or_else(|| panic!("{name}: `{}` is no command", part[0]));
                let said = session.run(command);
                let said: Vec<&str> = said.lines().collect();
                let shown = &part[1..];
                assert!(
                    shown.is_empty() || is_as_shown(&said, shown),
                    "{name}: `{command}` says\n{}\nnot\n{}",
                    said.join("\n"),
                    shown.join("\n")
                );
                commands += 1;
            }
        }
    }
    assert!(commands > 0, "{name} shows no commands");
}

#[test]
fn the_tutorial_is_run_as_written() {
    run_page("tutorial.md");
}

#[test]
fn the_vault_is_used_as_written() {
    run_page("vault.md");
}

#[test]
fn whoever_moves_in_does_as_written() {
    run_page("moving.md");
}

#[test]
fn components_are_called_as_written() {
    run_page("components.md");
}

#[test]
fn mails_are_made_as_written() {
    run_page("newsletter.md");
}

#[test]
fn a_new_program_is_tried_as_written() {
    run_page("install.md");
}

#[test]
fn whoever_upgrades_does_as_written() {
    run_page("upgrading.md");
}

/// What a page shows is run by one of the tests above.
#[test]
fn every_page_with_commands_is_run() {
    let run = ["components", "install", "moving", "newsletter", "tutorial", "upgrading", "vault"];
    let mut shown = Vec::new();
    for file in fs::read_dir(docs()).unwrap().map(|file| file.unwrap().path()) {
        let is_page = file.extension().is_some_and(|kind| kind == "md");
        if is_page && fs::read_to_string(&file).unwrap().contains("```console") {
            shown.push(file.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    shown.sort();
    assert_eq!(shown, run);
}

/// What stands under each heading of the second level; in blocks there are none.
fn parts(page: &str) -> Vec<&str> {
    let (mut at, mut starts, mut is_block) = (0, Vec::new(), false);
    for line in page.split_inclusive('\n') {
        is_block ^= line.starts_with("```");
        if line.starts_with("## ") && !is_block {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([page.len()]);
    starts.iter().zip(ends).map(|(&start, end)| &page[start..end]).collect()
}

/// Each part of the pages of recipes is a site of its own, with the files that it shows and the addresses that it names.
fn build_parts(name: &str) {
    let page = fs::read_to_string(docs().join(name)).unwrap();
    for part in parts(&page) {
        let title = part.lines().next().unwrap();
        let shown = blocks(part);
        let files = shown.iter().filter_map(|block| Some((block.fence.split_once(' ')?.1, block)));
        let desk = Desk::of(&[("config.toml", CONFIG), ("content/2025-03-12.md", GOOD)]);
        for (file, block) in files {
            let basis = if file == "config.toml"
                && !block.lines.iter().any(|line| line.starts_with("base_url"))
            {
                "base_url = \"https://lamps.example/\"\n"
            } else {
                ""
            };
            desk.write(file, format!("{basis}{}\n", block.lines.join("\n")));
        }
        let said = desk.run(&["build", "--today", crate::desk::TODAY]);
        assert_eq!(said.code, 0, "{name}, {title}:\n{}", said.text);
        assert!(!said.text.contains("warning["), "{name}, {title}:\n{}", said.text);
        for address in part.split('`').filter(|span| span.starts_with('/') && !span.contains(' ')) {
            let file = format!(
                "public{address}{}",
                if address.ends_with('/') { "index.html" } else { "" }
            );
            assert!(desk.path(&file).is_file(), "{name}, {title}: there is no {address}");
        }
    }
}

#[test]
fn recipes_are_sites() {
    build_parts("recipes.md");
}

#[test]
fn the_cookbook_is_of_sites() {
    build_parts("cookbook.md");
}

/// The template of the page on themes, in a site of the default theme.
#[test]
fn the_changed_template_works() {
    let page = fs::read_to_string(docs().join("own-theme.md")).unwrap();
    let blocks = blocks(&page);
    let (file, lines) = blocks
        .iter()
        .find_map(|block| Some((block.fence.split_once(' ')?.1, &block.lines)))
        .unwrap();
    let desk = Desk::of(&[
        ("config.toml", ""),
        ("content/2025-03-12.md", GOOD),
        (file, &lines.join("\n")),
    ]);
    let page = desk.build().remove("papers/2503.00101/index.html").unwrap();
    assert!(String::from_utf8(page).unwrap().contains("<p>Mistakes are mine."));
}

// Mistakes

const CONFIG: &str = "title = \"Notes\"\nbase_url = \"https://me.github.io/notes/\"\nlanguages = [\"en\", \"ko\"]\n\
     warnings = { allow = [\"no-abstract\"] }\n";
const GOOD: &str = "## Lamps That Learn\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00101\n\nThey dim when nobody reads.\n\n#lamps\n";

/// What was done wrong, the file with it, and its text.
const MISTAKES: [(&str, &str, &str); 9] = [
    (
        "A wrong key",
        "config.toml",
        "titel = \"Notes\"\nbase_url = \"https://me.github.io/notes/\"\n",
    ),
    (
        "A wrong date",
        "content/lamps.md",
        "+++\ndate = 2025-02-30\n+++\n\n## Wicks\n\nhttps://arxiv.org/abs/2503.00102\n\nThey burn.\n\n#wicks\n",
    ),
    (
        "A missing heading",
        "content/2025-03-13.md",
        "Wicks\n\n(Hong Gildong)\nhttps://arxiv.org/abs/2503.00102\n\nThey burn.\n\n#wicks\n",
    ),
    (
        "A slip in a tag",
        "content/2025-03-13.md",
        "## Wicks\n\nhttps://arxiv.org/abs/2503.00102\n\nThey burn.\n\n#diffusion\n\n## Oil\n\nhttps://arxiv.org/abs/2503.00103\n\n\
         It burns, too.\n\n#difusion\n",
    ),
    (
        "A bad link",
        "content/2025-03-13.md",
        "## Wicks\n\nhttps://arxiv.org/abs/2503.00102\n\nSee [yesterday](2025-03-11.md) and [[Lamps That Lean]].\n\n#wicks\n",
    ),
    (
        "Broken TeX",
        "content/2025-03-13.md",
        "## Wicks\n\nhttps://arxiv.org/abs/2503.00102\n\nLight falls as $\\frca{1}{r^2}$.\n\n#wicks\n",
    ),
    (
        "A block that never closes",
        "content/2025-03-13.md",
        "## Wicks\n\nhttps://arxiv.org/abs/2503.00102\n\nThey burn.\n\n::: ko\n심지가 탑니다.\n\n#wicks\n",
    ),
    (
        "A slip in a template",
        "templates/home.html",
        "{% extends \"parent/home.html\" %}\n{% block lead %}\n<p>{{ site.descripton }}</p>\n{% endblock lead %}\n",
    ),
    (
        "A wrong base address",
        "config.toml",
        "title = \"Notes\"\nbase_url = \"me.github.io/notes\"\n",
    ),
];

#[test]
fn the_ten_mistakes_say_what_the_documentation_shows() {
    let mut shown = String::new();
    for (name, file, text) in MISTAKES {
        let desk = Desk::of(&[("config.toml", CONFIG), ("content/2025-03-12.md", GOOD)]);
        desk.write(file, text);
        let said = without_size(&desk.run(&["check", "--today", crate::desk::TODAY]).text);
        let _ =
            write!(shown, "## {name}\n\n```text\n$ offprint check\n{}\n```\n\n", said.trim_end());
    }
    let _ = write!(
        shown,
        "## A port that is taken\n\n```text\n$ offprint serve\n{}\n```\n",
        port_taken()
    );
    compare(&shown);
}

/// What was said, but for how large the site is, which changes with the theme.
fn without_size(said: &str) -> String {
    let size = said
        .find(" files, ")
        .and_then(|at| Some(said[..at].rfind(", ")?..at + said[at..].find(": no errors")?));
    size.map_or_else(
        || said.to_owned(),
        |size| format!("{}, …{}", &said[..size.start], &said[size.end..]),
    )
}

/// What the preview says where its port is taken, with the numbers of ports that it would have without the test.
fn port_taken() -> String {
    let desk = Desk::of(&[("config.toml", CONFIG), ("content/2025-03-12.md", GOOD)]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut serve = crate::desk::program();
    serve.args(["serve", "--poll", "--port", &port.to_string(), "--root"]).arg(desk.path(""));
    let mut serve = serve.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = Vec::new();
    for line in BufReader::new(serve.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        let last = line.starts_with("serving at ");
        if last || line.starts_with("port ") {
            lines.push(line);
        }
        if last {
            break;
        }
    }
    serve.kill().unwrap();
    serve.wait().unwrap();
    let text = lines.join("\n");
    let used = text.split("127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().to_owned();
    text.replace(&port.to_string(), "4040").replace(&used, "4041")
}

/// Compares with `docs/errors.md`, or writes it.
fn compare(shown: &str) {
    const OPENING: &str = "<!-- shown: mistakes -->\n";
    let path = docs().join("mistakes.md");
    let page = fs::read_to_string(&path).unwrap();
    let start = page.find(OPENING).unwrap() + OPENING.len();
    let end = start + page[start..].find("<!-- end -->").unwrap();
    let wanted = format!("\n{}\n\n", shown.trim());
    if update() {
        fs::write(path, format!("{}{wanted}{}", &page[..start], &page[end..])).unwrap();
    } else {
        assert_eq!(
            &page[start..end],
            wanted,
            "docs/mistakes.md: refresh with UPDATE_EXPECT=1 cargo test --test shown"
        );
    }
}
