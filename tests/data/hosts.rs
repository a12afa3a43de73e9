//! Hosts: the files that `init --host NAME` writes.
//!
//! `tests/hosts/NAME/` holds those of a host, and `config.toml`; the version of the program stands there as `…`.

use std::fs;
use std::path::Path;

use libtest_mimic::Trial;
use offprint::authoring::scaffold::HOSTS;

use crate::desk::{Desk, tests, tree};
use crate::{expect, trial};

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn trials() -> Vec<Trial> {
    let folder = tests().join("hosts");
    HOSTS.iter().map(|host| trial(&folder.join(host.name), written)).collect()
}

fn written(case: &Path) {
    let name = case.file_name().unwrap().to_str().unwrap();
    let desk = Desk::empty();
    let options =
        ["--title", "Notes", "--author", "Ada", "--languages", "en", "--timezone", "Asia/Seoul"];
    let place = ["--base-url", "https://notes.example.org/"];
    let nobody = desk.path("nobody");
    let environment =
        [("GIT_CONFIG_GLOBAL", nobody.to_str().unwrap()), ("GIT_CONFIG_NOSYSTEM", "1")];
    let said = desk.run_with(
        &[&["init", "s", "--yes", "--host", name][..], &options, &place].concat(),
        &environment,
    );
    assert_eq!(said.code, 0, "{}", said.text);
    let usual = |path: &str| {
        path.starts_with("content/") || path == ".config.schema.json" || path == ".gitignore"
    };
    let mut there = Vec::new();
    for (path, bytes) in tree(&desk.path("s")).into_iter().filter(|(path, _)| !usual(path)) {
        let text = String::from_utf8(bytes).unwrap();
        readable(&path, &text);
        let text = text
            .replace(&format!("\"{VERSION}\""), "\"…\"")
            .replace(&format!("@v{VERSION}"), "@v…");
        // What is hidden here would be hidden from whoever reads the tests.
        let shown = path.trim_start_matches('.').to_owned();
        expect(&case.join(&shown), &text);
        there.push(shown);
    }
    let mut expected: Vec<String> = tree(case).into_keys().collect();
    expected.sort();
    there.sort();
    assert_eq!(there, expected, "{name}");
    let said = desk.run(&["check", "--root", "s"]);
    assert_eq!(said.code, 0, "{}", said.text);
    runs(&desk, name);
}

/// What a host reads is what it says it is.
fn readable(path: &str, text: &str) {
    match Path::new(path).extension().and_then(|kind| kind.to_str()) {
        Some("toml") => drop(text.parse::<toml::Table>().unwrap()),
        Some("yml" | "yaml") => drop(serde_saphyr::from_str::<serde_json::Value>(text).unwrap()),
        Some("sh") => {}
        kind => panic!("{path}: what is {kind:?}?"),
    }
}

/// The script that fetches the program does so, checks it, and runs it; what is not as released is not run.
#[cfg(unix)]
fn runs(desk: &Desk, name: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    if !desk.path("s/offprint.sh").exists() {
        return assert_eq!(name, "github");
    }
    let program = format!(
        "offprint-{}-{}-unknown-linux-musl",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH
    );
    desk.write(&format!("{program}/offprint"), "#!/bin/sh\necho runs \"$@\"\n");
    // In place of the network: a `curl` that copies what is released here.
    desk.write("bin/curl", "#!/bin/sh\nfor word; do case \"$word\" in https://*) cp \"$RELEASED/${word##*/}\" .;; esac; done\n");
    for file in [format!("{program}/offprint"), "bin/curl".to_owned()] {
        fs::set_permissions(desk.path(&file), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let run = |script: &str| {
        let here = desk.path("");
        let path = format!("{}:{}", desk.path("bin").display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).current_dir(&here).env("PATH", path).env("RELEASED", &here);
        shell.output().unwrap()
    };
    assert!(
        run(&format!(
            "tar -czf {program}.tar.gz {program} && sha256sum {program}.tar.gz > SHA256SUMS"
        ))
        .status
        .success()
    );
    let output = run("sh s/offprint.sh build --output public");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "runs build --output public\n",
        "{output:?}"
    );
    assert!(run(&format!("printf x >> {program}.tar.gz")).status.success());
    let output = run("sh s/offprint.sh build");
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
}

#[cfg(not(unix))]
fn runs(_: &Desk, _: &str) {}
