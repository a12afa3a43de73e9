//! Broken sites: what the program says of them, whole, and that it harms nothing.
//!
//! `tests/broken/NAME/` holds a site and, in `expected.txt`, what `offprint check` says. `UPDATE_EXPECT=1` writes that
//! anew. What cannot live in a repository (links, permissions, large files) is made here.

use std::fs;

use crate::desk::{Desk, Said, TODAY, cases, nothing_is_harmed, tree};

const CONFIG: &str =
    "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/\"\ntheme = \"plain\"\n";
const GOOD: &str = "## Lamps That Learn\n\nhttps://arxiv.org/abs/2503.00101\n\nThey dim when nobody reads.\n\n#lamps\n";

/// A site with one good digest.
fn lamps() -> Desk {
    Desk::of(&[("config.toml", CONFIG), ("content/2025-03-12.md", GOOD)])
}

/// The messages of findings, `severity[code] file: message`, without excerpts.
fn messages(said: &Said) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    for line in said.text.lines() {
        if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let last = messages.last_mut().unwrap();
            last.push_str(" @ ");
            last.push_str(place);
        } else if ["error[", "warning[", "note["].iter().any(|level| line.starts_with(level)) {
            messages.push(line.to_owned());
        }
    }
    messages
}

#[cfg(unix)]
#[test]
fn links_are_followed_only_inside() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), "## Secret\n\nText.\n").unwrap();
    let desk = lamps();
    desk.write(
        "content/kept/2025-03-13.md",
        "## Kept\n\nhttps://arxiv.org/abs/2503.00102\n\nText.\n\n#lamps\n",
    );
    symlink("nowhere.md", desk.path("content/dangling.md")).unwrap();
    symlink(outside.path().join("secret.md"), desk.path("content/out.md")).unwrap();
    symlink(outside.path(), desk.path("content/outside")).unwrap();
    for folder in ["static", "themes/plain/static"] {
        fs::create_dir_all(desk.path(folder)).unwrap();
    }
    symlink(outside.path().join("secret.md"), desk.path("static/out.txt")).unwrap();
    symlink(outside.path(), desk.path("themes/plain/static/outside")).unwrap();
    symlink("..", desk.path("content/kept/circle")).unwrap();
    symlink("kept/2025-03-13.md", desk.path("content/2025-03-14.md")).unwrap();
    symlink("itself.md", desk.path("content/itself.md")).unwrap();
    let pipes = ["content/pipe.md", "content/pipe.png"].map(|name| desk.path(name));
    assert!(std::process::Command::new("mkfifo").args(pipes).status().unwrap().success());
    let said = desk.run(&["check", "--today", TODAY, "--code", "not-a-file"]);
    let expected = [
        "warning[not-a-file]: is a link to something that does not exist, so it was left out @ content/dangling.md",
        "warning[not-a-file]: is a link to something that does not exist, so it was left out @ content/itself.md",
        "warning[not-a-file]: is a link that leads back to a folder it is in, so it was left out @ content/kept/circle",
        "warning[not-a-file]: is a link that leads out of its folder, so it was left out @ content/out.md",
        "warning[not-a-file]: is a link that leads out of its folder, so it was left out @ content/outside",
        "warning[not-a-file]: is no plain file, so it was left out @ content/pipe.md",
        "warning[not-a-file]: is no plain file, so it was left out @ content/pipe.png",
        "warning[not-a-file]: is a link that leads out of its theme, so it was left out @ static/out.txt",
        "warning[not-a-file]: is a link that leads out of its theme, so it was left out @ themes/plain/static/outside",
    ];
    assert_eq!(messages(&said), expected);
    nothing_is_harmed(&desk, "links");
    let site = desk.public();
    assert!(
        !site.values().any(|bytes| String::from_utf8_lossy(bytes).contains("Secret")),
        "a file from outside is shown"
    );
    assert!(site.contains_key("2025/03/14/index.html"), "a link inside is followed");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = lamps();
    desk.write("content/2025-03-13.md", GOOD);
    fs::set_permissions(desk.path("content/2025-03-13.md"), fs::Permissions::from_mode(0o000))
        .unwrap();
    if fs::read(desk.path("content/2025-03-13.md")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let said = desk.run(&["check", "--today", TODAY]);
    assert_eq!(messages(&said), ["error[unreadable]: may not be read @ content/2025-03-13.md"]);
    nothing_is_harmed(&desk, "permissions");
}

#[test]
fn a_file_too_large_is_not_read() {
    let desk = lamps();
    desk.write("content/2025-03-13.md", "");
    fs::File::options()
        .write(true)
        .open(desk.path("content/2025-03-13.md"))
        .unwrap()
        .set_len(100 << 20)
        .unwrap();
    let said = desk.run(&["check", "--today", TODAY]);
    assert_eq!(
        messages(&said),
        [
            "error[unreadable]: is 100 MiB, and more than 64 MiB are not read @ content/2025-03-13.md"
        ]
    );
    nothing_is_harmed(&desk, "100 MiB");
}

#[test]
fn a_title_of_ten_kilobytes_is_shortened_in_its_address() {
    let desk = lamps();
    desk.write(
        "content/2025-03-13.md",
        format!("## {}\n\nText.\n\n#lamps\n", "wick ".repeat(2048)),
    );
    nothing_is_harmed(&desk, "long title");
    let site = desk.public();
    let longest = site.keys().flat_map(|name| name.split('/')).map(str::len).max();
    assert!(longest < Some(100), "{longest:?}");
}

#[test]
fn deep_nesting_breaks_nothing() {
    let quotes = format!("{} deep\n", ">".repeat(20_000));
    let lists = (0..500).map(|depth| "  ".repeat(depth) + "- deep\n").collect::<Vec<_>>().concat();
    let brackets = format!("{}deep{}\n", "[".repeat(20_000), "](x)".repeat(20_000));
    let html = format!("{}deep\n", "<div>".repeat(20_000));
    let math = format!("${}x{}$\n", "{".repeat(5_000), "}".repeat(5_000));
    let stars = format!("{}deep{}\n", "*_".repeat(10_000), "_*".repeat(10_000));
    let all = [
        ("quotes", quotes),
        ("lists", lists),
        ("brackets", brackets),
        ("html", html),
        ("math", math),
        ("stars", stars),
    ];
    for (name, text) in all {
        let desk = lamps();
        desk.write(
            "content/2025-03-13.md",
            format!("## Deep\n\nhttps://arxiv.org/abs/2503.00102\n\nA word.\n\n{text}\n#lamps\n"),
        );
        nothing_is_harmed(&desk, name);
        assert!(desk.public().contains_key("papers/2503.00102/index.html"), "{name}: no page");
    }
    let desk = lamps();
    desk.write(
        "content/2025-03-13.md",
        format!("+++\nextra = {}{}\n+++\n{GOOD}", "[".repeat(20_000), "]".repeat(20_000)),
    );
    nothing_is_harmed(&desk, "front matter");
}

/// In a vault a note that cannot be read costs no other.
#[test]
fn a_bad_note_of_a_vault_is_left_out() {
    let desk = lamps();
    desk.write(
        "config.toml",
        format!("{CONFIG}\n[[sources]]\npath = \"vault\"\nformat = \"notes\"\n"),
    );
    desk.write(
        "vault/250313 Wicks.md",
        "https://arxiv.org/abs/2503.00102\n\nWicks (Ada Wick)\n\nThey burn.\n\n#wicks\n",
    );
    desk.write("vault/250314 Latin.md", b"caf\xe9");
    let said = desk.run(&["check", "--today", TODAY]);
    assert_eq!(
        (said.code, messages(&said)),
        (0, vec!["warning[skipped]: is not UTF-8: line 1, column 4, byte 0xe9 @ vault/250314 Latin.md".to_owned()])
    );
    nothing_is_harmed(&desk, "vault");
    assert!(desk.public().contains_key("papers/2503.00102/index.html"));
}

/// Every error of a run is printed, however many kinds there are and wherever they stand.
#[test]
fn all_errors_are_said_at_once() {
    let desk = lamps();
    desk.write("content/2025-03-13.md", b"\xff");
    desk.write("content/2025-02-30.md", GOOD);
    desk.write("templates/paper.html", "{{ broken");
    let codes: Vec<String> =
        messages(&desk.run(&["check", "--today", TODAY])).iter().map(|line| code(line)).collect();
    for code in ["bad-date", "unreadable", "template"] {
        assert!(codes.iter().any(|found| found == code), "{code} is missing from {codes:?}");
    }
}

fn code(message: &str) -> String {
    let (_, after) = message.split_once('[').unwrap();
    after.split(']').next().unwrap().to_owned()
}

/// The goldens are complete: each has its site, and a site without what is expected proves nothing.
#[test]
fn every_case_expects_something() {
    for case in cases("broken") {
        let files = tree(&case);
        let expected = files.get("expected.txt").unwrap_or_else(|| panic!("{}", case.display()));
        let said = String::from_utf8_lossy(expected);
        assert!(
            said.contains("error") || said.contains("warning"),
            "{}: nothing is wrong there",
            case.display()
        );
    }
}
