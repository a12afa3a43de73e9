//! Workflows: those of this project and the one that `init` writes. Their shape against a schema of our own, and
//! their steps run as written.

use std::collections::BTreeSet;
use std::path::Path;

use crate::desk::Desk;
use serde_json::Value;

/// Keys that a workflow, a job and a step may have here; a misspelt one is silently ignored by nobody but us.
const TOP: [&str; 7] = ["name", "on", "permissions", "concurrency", "env", "defaults", "jobs"];
const JOB: [&str; 9] = [
    "strategy",
    "needs",
    "runs-on",
    "timeout-minutes",
    "permissions",
    "environment",
    "env",
    "defaults",
    "steps",
];
const STEP: [&str; 8] = ["name", "id", "if", "uses", "with", "env", "run", "working-directory"];

fn parse(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().map(|table| table.keys().map(String::as_str).collect()).unwrap_or_default()
}

fn strange<'a>(value: &'a Value, known: &[&str]) -> Vec<&'a str> {
    keys(value).into_iter().filter(|key| !known.contains(key)).collect()
}

/// Everything in a workflow that is not as it has to be.
fn wrong(text: &str) -> Vec<String> {
    let workflow = parse(text);
    let mut wrong: Vec<String> =
        strange(&workflow, &TOP).into_iter().map(|key| format!("key {key}")).collect();
    for key in ["name", "on", "permissions", "concurrency", "jobs"] {
        wrong.extend(workflow.get(key).is_none().then(|| format!("no {key}")));
    }
    for (name, job) in workflow["jobs"].as_object().unwrap() {
        wrong.extend(strange(job, &JOB).into_iter().map(|key| format!("{name}: key {key}")));
        wrong.extend(
            (!job["timeout-minutes"].is_u64()).then(|| format!("{name}: may run for hours")),
        );
        wrong.extend((!job["runs-on"].is_string()).then(|| format!("{name}: runs nowhere")));
        let needed = job["needs"].as_str().filter(|needed| workflow["jobs"].get(needed).is_none());
        wrong.extend(needed.map(|needed| format!("{name}: needs {needed}")));
        wrong.extend(
            wrong_steps(job["steps"].as_array().unwrap())
                .into_iter()
                .map(|why| format!("{name}: {why}")),
        );
    }
    let pinned = |line: &&str| {
        let (action, version) = line.split_once(" # v").unwrap_or((line, ""));
        let (_, commit) = action.split_once('@').unwrap_or_default();
        let whole = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
        whole && version.split('.').count() == 3
    };
    let used =
        text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
    wrong.extend(used.filter(|line| !pinned(line)).map(|line| format!("not pinned: {line}")));
    wrong
}

fn wrong_steps(steps: &[Value]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for (at, step) in steps.iter().enumerate() {
        wrong.extend(strange(step, &STEP).into_iter().map(|key| format!("step {at}: key {key}")));
        match (step["run"].as_str(), step["uses"].as_str()) {
            // What GitHub fills in is not checked by the shell; it comes in through `env`.
            (Some(run), None) if run.contains("${{") => {
                wrong.push(format!("step {at}: fills in a script"));
            }
            (Some(run), None) if !run.trim().is_empty() && step["name"].is_string() => {}
            (None, Some(uses)) if uses.starts_with("actions/") => {}
            _ => {
                wrong
                    .push(format!("step {at} is neither a named script nor an action of GitHub's"));
            }
        }
        let text = step.to_string();
        for named in text.split("steps.").skip(1).filter_map(|rest| rest.split('.').next()) {
            wrong.extend(
                (!ids.contains(named)).then(|| format!("step {at}: no step {named} before it")),
            );
        }
        ids.extend(step["id"].as_str().map(str::to_owned));
    }
    wrong
}

fn own(name: &str) -> String {
    std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows").join(name),
    )
    .unwrap()
}

/// A new site in `notes`, and the workflow written for it.
fn begun(zone: &str) -> (Desk, String) {
    let desk = Desk::empty();
    let said = desk.run(&["init", "notes", "--yes", "--timezone", zone, "--languages", "en"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let text = std::fs::read_to_string(desk.path("notes/.github/workflows/pages.yml")).unwrap();
    (desk, text)
}

#[test]
fn every_workflow_has_the_right_shape() {
    let (_desk, written) = begun("Asia/Seoul");
    for (name, text) in
        [("pages.yml", written), ("ci.yml", own("ci.yml")), ("release.yml", own("release.yml"))]
    {
        assert_eq!(wrong(&text), [""; 0], "{name}");
    }
}

/// The schema notices what it is there for.
#[test]
fn a_wrong_workflow_is_noticed() {
    let right = own("ci.yml");
    for (old, new) in [
        (" # v7.0.1", ""),
        ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7"),
        ("run: tests/run", "run: echo ${{ github.head_ref }}"),
        ("run: tests/run", "runs: tests/run"),
        ("timeout-minutes: 90", "timeout: 90"),
        ("permissions:", "permission:"),
    ] {
        assert_ne!(wrong(&right.replacen(old, new, 1)), [""; 0], "{old} → {new}");
    }
}

#[test]
fn the_site_is_published_on_push_by_hand_and_every_midnight() {
    for (zone, cron) in
        [("Asia/Seoul", "5 15 * * *"), ("UTC", "5 0 * * *"), ("America/New_York", "5 5 * * *")]
    {
        let (_desk, text) = begun(zone);
        let workflow = parse(&text);
        assert_eq!(keys(&workflow["on"]), ["push", "schedule", "workflow_dispatch"].into());
        assert_eq!(workflow["on"]["schedule"][0]["cron"], cron, "{zone}");
        let mut time = cron.split(' ').map(|part| part.parse::<i8>().unwrap_or(0));
        let (minute, hour) = (time.next().unwrap(), time.next().unwrap());
        let utc = jiff::civil::date(2025, 1, 15).at(hour, minute, 0, 0).in_tz("UTC").unwrap();
        let there = utc.in_tz(zone).unwrap();
        assert_eq!(
            (there.hour(), there.minute()),
            (0, 5),
            "{zone}: the comment and the hour say the same"
        );
        assert!(text.contains(&format!("is 00:05 in {zone}")), "{text}");
    }
}

#[test]
fn what_github_pages_asks_for_is_there() {
    let (_desk, text) = begun("UTC");
    let workflow = parse(&text);
    let wanted = serde_json::json!({ "contents": "read", "pages": "write", "id-token": "write" });
    assert_eq!(workflow["permissions"], wanted);
    assert_eq!(
        workflow["concurrency"],
        serde_json::json!({ "group": "pages", "cancel-in-progress": false })
    );
    let deploy = &workflow["jobs"]["deploy"];
    assert_eq!(deploy["environment"]["name"], "github-pages");
    assert_eq!(deploy["environment"]["url"], "${{ steps.deployment.outputs.page_url }}");
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let used: Vec<&str> =
        steps.iter().filter_map(|step| step["uses"].as_str()?.split('@').next()).collect();
    assert_eq!(
        used,
        [
            "actions/checkout",
            "actions/configure-pages",
            "actions/cache",
            "actions/upload-pages-artifact"
        ]
    );
    let build = steps.iter().find(|step| step["name"] == "Build the site").unwrap();
    assert_eq!(build["env"]["BASE_URL"], "${{ steps.pages.outputs.base_url }}/");
    assert_eq!(steps.last().unwrap()["with"]["path"], "${{ runner.temp }}/site");
    assert_eq!(steps.last().unwrap()["with"]["include-hidden-files"], true);
}

/// What runs on GitHub's machines, run here.
#[cfg(unix)]
mod steps {
    use std::fs;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Output};

    use walkdir::WalkDir;

    use super::{begun, own, parse};
    use crate::desk::Desk;

    /// Runs a step of the build of a site as GitHub does, with programs of `bin` first in the path.
    fn run(desk: &Desk, text: &str, step: &str, environment: &[(&str, &str)]) -> Output {
        run_in(desk, "notes", (text, "build", step), environment)
    }

    /// Runs a step of any job in a folder.
    fn run_in(
        desk: &Desk,
        folder: &str,
        (text, job, step): (&str, &str, &str),
        environment: &[(&str, &str)],
    ) -> Output {
        let workflow = parse(text);
        let steps = workflow["jobs"][job]["steps"].as_array().unwrap();
        let script = steps.iter().find(|known| known["name"] == step).unwrap()["run"]
            .as_str()
            .unwrap()
            .to_owned();
        for folder in ["temp", "bin"] {
            fs::create_dir_all(desk.path(folder)).unwrap();
        }
        let path = std::env::var_os("PATH").unwrap();
        let path = std::iter::once(desk.path("bin")).chain(std::env::split_paths(&path));
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script])
            .current_dir(desk.path(folder));
        bash.env("PATH", std::env::join_paths(path).unwrap()).env("RUNNER_TEMP", desk.path("temp"));
        bash.env("GITHUB_PATH", desk.path("temp/path"))
            .env("GITHUB_OUTPUT", desk.path("temp/output"));
        bash.env("GITHUB_ACTIONS", "true").env("CI", "true");
        for (name, value) in workflow["env"].as_object().into_iter().flatten() {
            bash.env(name, value.as_str().unwrap());
        }
        bash.envs(environment.iter().copied()).output().unwrap()
    }

    fn program(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The program as tested, under its own name.
    fn offprint(desk: &Desk) {
        program(
            &desk.path("bin/offprint"),
            &format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_offprint")),
        );
    }

    /// An archive as a release has it, made by the project's own script, with the checksums beside it.
    fn release(desk: &Desk) -> PathBuf {
        let target = format!("{}-unknown-linux-musl", machine());
        fs::create_dir_all(desk.path("built")).unwrap();
        offprint(desk);
        fs::rename(desk.path("bin/offprint"), desk.path("built/offprint")).unwrap();
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/pack");
        let packed = Command::new(pack)
            .arg(target)
            .args([desk.path("built"), desk.path("dist")])
            .output()
            .unwrap();
        assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
        let mut sums = Command::new("bash");
        sums.args(["-c", "sha256sum -- offprint-* > SHA256SUMS"]).current_dir(desk.path("dist"));
        assert!(sums.status().unwrap().success());
        desk.path("dist")
    }

    fn machine() -> String {
        String::from_utf8(Command::new("uname").arg("-m").output().unwrap().stdout)
            .unwrap()
            .trim()
            .to_owned()
    }

    /// In place of the network: takes what is in a folder, fails like curl where there is nothing.
    fn curl(desk: &Desk, from: &Path) {
        let text = format!(
            "#!/bin/bash\nfor address; do case $address in https://*) cp \"{}/${{address##*/}}\" . || exit 22 ;; esac; done\n",
            from.display()
        );
        program(&desk.path("bin/curl"), &text);
    }

    const INSTALL: &str = "Install the program as released";

    #[test]
    fn the_build_step_makes_the_site() {
        let (desk, text) = begun("UTC");
        offprint(&desk);
        for base in
            ["https://me.github.io/notes/", "https://me.github.io/", "https://notes.example.org/"]
        {
            let output = run(&desk, &text, "Build the site", &[("BASE_URL", base)]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let feed = fs::read_to_string(desk.path("temp/site/feed.xml")).unwrap();
            assert!(feed.contains(&format!("href=\"{base}feed.xml\"")), "{base}");
        }
        for entry in WalkDir::new(desk.path("temp/site")).into_iter().map(Result::unwrap) {
            let file = entry.path().symlink_metadata().unwrap();
            assert!(
                file.is_dir() || file.is_file() && file.nlink() == 1,
                "a link: {}",
                entry.path().display()
            );
        }
        assert!(!desk.path("notes/public").exists());
    }

    #[test]
    fn a_release_is_installed_if_its_checksum_is_right() {
        let (desk, text) = begun("UTC");
        let dist = release(&desk);
        curl(&desk, &dist);
        let output = run(&desk, &text, INSTALL, &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(fs::read_to_string(desk.path("temp/output")).unwrap(), "installed=yes\n");
        let folder = fs::read_to_string(desk.path("temp/path")).unwrap();
        let installed = Path::new(folder.trim());
        let said = Command::new(installed.join("offprint")).arg("--version").output().unwrap();
        assert_eq!(
            String::from_utf8(said.stdout).unwrap(),
            concat!("offprint ", env!("CARGO_PKG_VERSION"), "\n")
        );
        for file in
            ["LICENSE-MIT", "LICENSE-APACHE", "man/offprint-build.1", "completions/_offprint"]
        {
            assert!(fs::metadata(installed.join(file)).unwrap().len() > 100, "{file}");
        }
    }

    #[test]
    fn a_release_with_a_wrong_checksum_is_refused() {
        let (desk, text) = begun("UTC");
        let dist = release(&desk);
        let sums = fs::read_to_string(dist.join("SHA256SUMS")).unwrap();
        for sums in [sums.replace(['0', '1', '2', '3'], "4"), String::new()] {
            fs::write(dist.join("SHA256SUMS"), sums).unwrap();
            curl(&desk, &dist);
            assert!(!run(&desk, &text, INSTALL, &[]).status.success());
            assert!(!desk.path("temp/output").exists() && !desk.path("temp/path").exists());
        }
    }

    /// No script of any workflow has a mistake that a shell would find before running it.
    #[test]
    fn every_script_can_be_read() {
        let (_desk, written) = begun("UTC");
        for text in [written, own("ci.yml"), own("release.yml")] {
            let workflow = parse(&text);
            let jobs = workflow["jobs"].as_object().unwrap().values();
            for script in jobs
                .flat_map(|job| job["steps"].as_array().unwrap())
                .filter_map(|step| step["run"].as_str())
            {
                let read = Command::new("bash").args(["-n", "-c", script]).output().unwrap();
                assert!(
                    read.status.success(),
                    "{script}\n{}",
                    String::from_utf8_lossy(&read.stderr)
                );
            }
        }
    }

    #[test]
    fn a_release_is_tried_before_it_is_published() {
        let desk = Desk::empty();
        release(&desk);
        let target = format!("{}-unknown-linux-musl", machine());
        let tag = concat!("v", env!("CARGO_PKG_VERSION"));
        let environment = [("TARGET", target.as_str()), ("GITHUB_REF_NAME", tag)];
        let text = own("release.yml");
        let step = (text.as_str(), "build", "What was packed makes a site");
        let output = run_in(&desk, "", step, &environment);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::write(
            desk.path("Cargo.toml"),
            concat!("version = \"", env!("CARGO_PKG_VERSION"), "\"\n"),
        )
        .unwrap();
        let step = (text.as_str(), "build", "The tag is the version in Cargo.toml");
        assert!(run_in(&desk, "", step, &environment).status.success());
        assert!(!run_in(&desk, "", step, &[("GITHUB_REF_NAME", "v99.0.0")]).status.success());
        let step = (text.as_str(), "publish", "Checksums");
        fs::remove_file(desk.path("dist/SHA256SUMS")).unwrap();
        assert!(run_in(&desk, "dist", step, &[]).status.success());
        let sums = fs::read_to_string(desk.path("dist/SHA256SUMS")).unwrap();
        assert!(sums.ends_with(&format!("  offprint-{}-{target}.tar.gz\n", &tag[1..])), "{sums}");
    }

    #[test]
    fn other_systems_make_a_site_from_nothing() {
        let desk = Desk::empty();
        offprint(&desk);
        fs::create_dir_all(desk.path("target/debug")).unwrap();
        fs::rename(desk.path("bin/offprint"), desk.path("target/debug/offprint")).unwrap();
        let output = run_in(&desk, "", (&own("ci.yml"), "systems", "A site from nothing"), &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    #[test]
    fn without_a_release_the_program_is_built_from_source() {
        let (desk, text) = begun("UTC");
        curl(&desk, &desk.path("nowhere"));
        let output = run(&desk, &text, INSTALL, &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!desk.path("temp/output").exists());
        let step = "Build the program from source";
        let workflow = parse(&text);
        let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
        let condition = &steps.iter().find(|known| known["name"] == step).unwrap()["if"];
        assert_eq!(
            condition,
            "steps.release.outputs.installed != 'yes' && steps.built.outputs.cache-hit != 'true'"
        );
        program(&desk.path("bin/rustup"), "#!/bin/sh\n");
        program(
            &desk.path("bin/cargo"),
            "#!/bin/sh\necho \"$@\" >> \"$RUNNER_TEMP/cargo\"\n[ \"$6\" != --tag ]\n",
        );
        assert!(run(&desk, &text, step, &[]).status.success());
        let (address, version) = (env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
        assert_eq!(
            fs::read_to_string(desk.path("temp/cargo")).unwrap(),
            format!(
                "+stable install --locked --git {address} --tag v{version} offprint\n\
                 +stable install --locked --git {address} offprint\n"
            )
        );
    }
}
