//! Workflows: those of this project, the one that `init` writes, and the action that it uses. Their shape against a schema of
//! our own, and their steps run as written.

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
/// What a workflow writes behind `uses:` for our own action: a release of it is named by its tag.
const ACTION: &str = concat!("offprint/offprint@v", env!("CARGO_PKG_VERSION"));

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
    wrong.extend(not_pinned(text));
    wrong
}

/// Actions of others that are not pinned to a commit.
fn not_pinned(text: &str) -> Vec<String> {
    let pinned = |line: &&str| {
        let (action, version) = line.split_once(" # v").unwrap_or((line, ""));
        let (_, commit) = action.split_once('@').unwrap_or_default();
        let whole = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
        *line == ACTION || whole && version.split('.').count() == 3
    };
    let used =
        text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "));
    used.filter(|line| !pinned(line)).map(|line| format!("not pinned: {line}")).collect()
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
            (None, Some(uses)) if uses.starts_with("actions/") || uses == ACTION => {}
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = if name == "action.yml" { "" } else { ".github/workflows" };
    std::fs::read_to_string(root.join(folder).join(name)).unwrap()
}

/// The steps of a job, or those of an action.
fn steps<'a>(text: &'a Value, job: &str) -> &'a [Value] {
    let steps = text["jobs"].get(job).unwrap_or(&text["runs"]);
    steps["steps"].as_array().unwrap()
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

/// An action has no permissions or hours; it names a shell for each script, and what it is given comes in through `env`.
#[test]
fn the_action_has_the_right_shape() {
    let text = own("action.yml");
    let mut action = parse(&text);
    assert_eq!(action["runs"]["using"], "composite");
    assert_eq!(keys(&action["runs"]), ["using", "steps"].into());
    for input in action["inputs"].as_object().unwrap().values() {
        assert_eq!(keys(input), ["default", "description"].into());
    }
    for step in action["runs"]["steps"].as_array_mut().unwrap() {
        let shell = step.as_object_mut().unwrap().shift_remove("shell");
        assert_eq!(shell.is_some(), step["run"].is_string(), "{step}");
    }
    let known: Vec<String> =
        keys(&action["inputs"]).into_iter().map(|input| format!("inputs.{input}")).collect();
    let named = text.split(|c: char| c.is_whitespace()).filter(|word| word.starts_with("inputs."));
    assert!(named.clone().count() >= known.len());
    assert!(named.into_iter().all(|name| known.iter().any(|known| known == name)), "{known:?}");
    assert_eq!(wrong_steps(steps(&action, "")), [""; 0]);
    assert_eq!(not_pinned(&text), [""; 0]);
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
    let steps = steps(&workflow, "build");
    let used: Vec<&str> =
        steps.iter().filter_map(|step| step["uses"].as_str()?.split('@').next()).collect();
    assert_eq!(
        used,
        [
            "actions/checkout",
            "actions/configure-pages",
            "offprint/offprint",
            "actions/upload-pages-artifact"
        ]
    );
    let build = steps.iter().find(|step| step["name"] == "Build the site").unwrap();
    assert_eq!(build["uses"], ACTION);
    assert_eq!(build["with"]["base-url"], "${{ steps.pages.outputs.base_url }}/");
    assert_eq!(build["with"]["output"], steps.last().unwrap()["with"]["path"]);
    let known = parse(&own("action.yml"));
    assert_eq!(strange(&build["with"], &Vec::from_iter(keys(&known["inputs"]))), [""; 0]);
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

    use super::{begun, own, parse, steps};
    use crate::desk::Desk;

    /// Runs a step of our action as GitHub does in a site's folder, with programs of `bin` first in the path.
    fn run(desk: &Desk, step: &str, environment: &[(&str, &str)]) -> Output {
        run_in(desk, "notes", (&own("action.yml"), "", step), environment)
    }

    /// Runs a step of any job in a folder.
    fn run_in(
        desk: &Desk,
        folder: &str,
        (text, job, step): (&str, &str, &str),
        environment: &[(&str, &str)],
    ) -> Output {
        let workflow = parse(text);
        let steps = steps(&workflow, job);
        let known = steps.iter().find(|known| known["name"] == step).unwrap();
        let script = known["run"].as_str().unwrap();
        for folder in ["temp", "bin"] {
            fs::create_dir_all(desk.path(folder)).unwrap();
        }
        let path = std::env::var_os("PATH").unwrap();
        let path = std::iter::once(desk.path("bin")).chain(std::env::split_paths(&path));
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
            .current_dir(desk.path(folder));
        bash.env("PATH", std::env::join_paths(path).unwrap()).env("RUNNER_TEMP", desk.path("temp"));
        bash.env("GITHUB_PATH", desk.path("temp/path"))
            .env("GITHUB_OUTPUT", desk.path("temp/output"));
        bash.env("GITHUB_ACTIONS", "true").env("CI", "true");
        bash.env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"));
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
            &format!(
                "#!/bin/sh\nOFFPRINT_NO_CARDS=yes exec '{}' \"$@\"\n",
                env!("CARGO_BIN_EXE_offprint")
            ),
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

    const INSTALL: &str = "Install the program as released";

    #[test]
    fn the_build_step_makes_the_site() {
        let (desk, _) = begun("UTC");
        offprint(&desk);
        let output = desk.path("temp/site");
        for base in
            ["https://me.github.io/notes/", "https://me.github.io/", "https://notes.example.org/"]
        {
            let inputs = [("ROOT", "."), ("BASE_URL", base), ("OUTPUT", output.to_str().unwrap())];
            let built = run(&desk, "Build the site", &inputs);
            assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
            let feed = fs::read_to_string(desk.path("temp/site/feed.xml")).unwrap();
            assert!(feed.contains(&format!("href=\"{base}feed.xml\"")), "{base}");
        }
        for entry in WalkDir::new(output).into_iter().map(Result::unwrap) {
            let file = entry.path().symlink_metadata().unwrap();
            assert!(
                file.is_dir() || file.is_file() && file.nlink() == 1,
                "a link: {}",
                entry.path().display()
            );
        }
        assert!(!desk.path("notes/public").exists());
        // What is left out is as config.toml says, and the site may be a folder of the repository.
        let inputs = [("ROOT", "notes"), ("BASE_URL", ""), ("OUTPUT", "")];
        let step = (own("action.yml"), "Build the site");
        assert!(run_in(&desk, "", (&step.0, "", step.1), &inputs).status.success());
        assert!(desk.path("notes/public/index.html").exists());
    }

    #[test]
    fn a_release_is_installed_if_its_checksum_is_right() {
        let (desk, _) = begun("UTC");
        let dist = release(&desk);
        let output = run(&desk, INSTALL, &[("OFFPRINT_FROM", dist.to_str().unwrap())]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(fs::read_to_string(desk.path("temp/output")).unwrap(), "installed=yes\n");
        let folder = fs::read_to_string(desk.path("temp/path")).unwrap();
        let installed = Path::new(folder.trim());
        let said = Command::new(installed.join("offprint")).arg("--version").output().unwrap();
        assert_eq!(
            String::from_utf8(said.stdout).unwrap(),
            concat!("offprint ", env!("CARGO_PKG_VERSION"), "\n")
        );
    }

    #[test]
    fn a_release_with_a_wrong_checksum_is_refused() {
        let (desk, _) = begun("UTC");
        let dist = release(&desk);
        let sums = fs::read_to_string(dist.join("SHA256SUMS")).unwrap();
        fs::write(dist.join("SHA256SUMS"), format!("00000000{}", &sums[8..])).unwrap();
        let output = run(&desk, INSTALL, &[("OFFPRINT_FROM", dist.to_str().unwrap())]);
        assert_eq!(output.status.code(), Some(1));
        assert!(!desk.path("temp/output").exists() && !desk.path("temp/path").exists());
    }

    /// No script of any workflow has a mistake that a shell would find before running it.
    #[test]
    fn every_script_can_be_read() {
        let (_desk, written) = begun("UTC");
        for text in [written, own("ci.yml"), own("release.yml"), own("action.yml")] {
            let workflow = parse(&text);
            let jobs = workflow["jobs"].as_object().into_iter().flat_map(|jobs| jobs.values());
            for script in jobs
                .chain(workflow.get("runs"))
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
        fs::write(desk.path("install.sh"), "").unwrap();
        assert!(run_in(&desk, "dist", step, &[]).status.success());
        let sums = fs::read_to_string(desk.path("dist/SHA256SUMS")).unwrap();
        let files = sums.lines().filter_map(|line| line.split("  ").nth(1));
        let archive = format!("offprint-{}-{target}.tar.gz", &tag[1..]);
        assert_eq!(files.collect::<Vec<_>>(), [archive.as_str(), "install.sh"]);
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
        let (desk, _) = begun("UTC");
        let nowhere = desk.path("nowhere");
        let output = run(&desk, INSTALL, &[("OFFPRINT_FROM", nowhere.to_str().unwrap())]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!desk.path("temp/output").exists());
        let step = "Build the program from source";
        let action = parse(&own("action.yml"));
        let condition =
            &steps(&action, "").iter().find(|known| known["name"] == step).unwrap()["if"];
        assert_eq!(
            condition,
            "steps.release.outputs.installed != 'yes' && steps.built.outputs.cache-hit != 'true'"
        );
        program(&desk.path("bin/rustup"), "#!/bin/sh\n");
        program(
            &desk.path("bin/cargo"),
            "#!/bin/sh\necho \"$1 $2 $3 $4 $5\" > \"$RUNNER_TEMP/cargo\"\n\
             mkdir -p \"$7/bin\"\necho > \"$7/bin/offprint\"\n",
        );
        let output = run(&desk, step, &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(
            fs::read_to_string(desk.path("temp/cargo")).unwrap(),
            concat!("+stable install --locked --path ", env!("CARGO_MANIFEST_DIR"), "\n")
        );
        // The folder that a later step finds it in is the same, wherever it comes from.
        let folder = fs::read_to_string(desk.path("temp/path")).unwrap();
        assert!(Path::new(folder.trim()).join("offprint").exists());
    }
}
