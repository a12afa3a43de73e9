//! `offprint publish` against repositories on disk: what the branch holds, what it refuses, and that nothing of the
//! user's is touched. Whatever happens, the branch holds an old or a new site, whole.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::desk::{Desk, Said, Tree, tree};

const CONFIG: &str =
    "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/notes/\"\ntheme = \"plain\"\n";

fn digest(text: &str) -> String {
    format!("## On lamps\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00001\n\n{text}\n\n#lamps\n")
}

/// A site with its repository and an empty remote beside it.
struct Place {
    desk: Desk,
    /// The folder that holds the repository.
    repository: PathBuf,
    remote: PathBuf,
}

/// Git that knows nothing of the machine's settings.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = git_command(folder, arguments).output().unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn git_command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).envs(ENVIRONMENT);
    command
}

const ENVIRONMENT: [(&str, &str); 6] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "Ada Wick"),
    ("GIT_AUTHOR_EMAIL", "ada@example.org"),
    ("GIT_COMMITTER_NAME", "Ada Wick"),
    ("GIT_COMMITTER_EMAIL", "ada@example.org"),
];

impl Place {
    fn new() -> Self {
        Self::below("")
    }

    /// The site in a subfolder of the repository.
    fn below(folder: &str) -> Self {
        let at = |name: &str| format!("repository/{folder}{name}");
        let desk = Desk::of(&[
            (&at("config.toml"), CONFIG),
            (&at("content/2025-03-12.md"), &digest("It dims.")),
        ]);
        let (from, to) = (desk.path("themes"), desk.path(&at("themes")));
        fs::rename(from, to).unwrap();
        let (repository, remote) = (desk.path("repository"), desk.path("remote.git"));
        git(&repository, &["init", "--quiet", "--initial-branch=main"]);
        git(desk.path("").as_path(), &["init", "--quiet", "--bare", "remote.git"]);
        git(&repository, &["remote", "add", "origin", "../remote.git"]);
        git(&repository, &["add", "."]);
        git(&repository, &["commit", "--quiet", "--message=The site"]);
        Self { desk, repository, remote }
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.repository.join(name), text).unwrap();
    }

    fn publish(&self, more: &[&str]) -> Said {
        self.run(&self.repository, more)
    }

    fn run(&self, root: &Path, more: &[&str]) -> Said {
        let arguments = [&["publish", "--root", root.to_str().unwrap()], more].concat();
        self.desk.run_with(&arguments, &ENVIRONMENT)
    }

    fn start(root: &Path) -> Child {
        let mut command = crate::desk::program();
        command.args(["publish", "--root"]).arg(root).envs(ENVIRONMENT);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The site that publishing would put on the branch.
    fn site(&self) -> Tree {
        let site = tempfile::tempdir().unwrap();
        let folder = site.path().join("site");
        let root = self.repository.to_str().unwrap();
        let said = self.desk.run(&["build", "--root", root, "--output", folder.to_str().unwrap()]);
        assert_eq!(said.code, 0, "{}", said.text);
        let mut site = tree(&folder);
        site.remove(".offprint").unwrap();
        site
    }

    /// What the branch holds.
    fn branch(&self) -> Tree {
        let clone = tempfile::tempdir().unwrap();
        git(
            clone.path(),
            &["clone", "--quiet", "--branch=gh-pages", self.remote.to_str().unwrap(), "."],
        );
        let mut files = tree(clone.path());
        files.retain(|name, _| !name.starts_with(".git/"));
        files
    }

    fn commits(&self) -> Vec<String> {
        git(&self.remote, &["log", "--format=%s", "gh-pages"]).lines().map(str::to_owned).collect()
    }

    /// Everything of the user's: files, index, references, configuration. The program's own folder in `.git` is not.
    fn belongings(&self) -> Tree {
        let mut files = tree(&self.repository);
        files.retain(|name, _| !name.starts_with(".git/offprint/"));
        files
    }

    /// Another clone of the sources.
    fn clone(&self, name: &str) -> PathBuf {
        let clone = self.desk.path(name);
        git(self.desk.path("").as_path(), &["clone", "--quiet", "repository", name]);
        git(&clone, &["remote", "set-url", "origin", "../remote.git"]);
        clone
    }

    fn hook(&self, name: &str, script: &str) -> PathBuf {
        let hook = self.remote.join("hooks").join(name);
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(&hook, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
        hook
    }
}

/// What the program says after its findings and figures: without commits' numbers and sizes, which are not the matter.
fn first_line(said: &Said) -> &str {
    said.text.lines().find(|line| line.starts_with("error[")).unwrap_or_default()
}

/// Waits for a file that another process makes.
fn wait_for(path: &Path) {
    while !path.exists() {
        std::thread::yield_now();
    }
}

#[test]
fn the_branch_holds_the_site_and_the_same_site_adds_nothing() {
    let place = Place::new();
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.branch(), place.site());
    assert_eq!(place.commits(), ["Publish 1 paper of 1 date with 1 tag"]);

    let again = place.publish(&[]);
    assert_eq!(again.code, 0, "{}", again.text);
    assert_eq!(
        again.text,
        "`gh-pages` of `origin` (../remote.git) holds this very site already; nothing was sent\n"
    );
    assert_eq!(place.commits().len(), 1);

    place.write(
        "content/2025-03-13.md",
        &digest("Again.").replace("00001", "00002").replace("On lamps", "On wicks"),
    );
    let said = place.publish(&["--message", "Wicks"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.branch(), place.site());
    assert_eq!(place.commits(), ["Wicks", "Publish 1 paper of 1 date with 1 tag"]);
}

/// In a subfolder, with staged and unstaged changes, untracked files, a branch of the same name, and from inside a hook.
#[test]
fn nothing_of_the_users_is_touched() {
    let place = Place::below("blog/");
    git(&place.repository, &["branch", "gh-pages"]);
    place.write("staged.txt", "staged");
    git(&place.repository, &["add", "staged.txt"]);
    place.write("staged.txt", "changed after that");
    place.write("blog/content/2025-03-12.md", &digest("It dims, not yet committed."));
    place.write("untracked.txt", "untracked");
    let (before, status) = (place.belongings(), git(&place.repository, &["status", "--porcelain"]));
    let arguments =
        ["publish", "--root", place.repository.join("blog").to_str().unwrap()].map(str::to_owned);
    let index = place.repository.join(".git/index");
    let in_hook = [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", index.to_str().unwrap())];
    let said = place.desk.run_with(
        &arguments.each_ref().map(String::as_str),
        &[&ENVIRONMENT[..], &in_hook].concat(),
    );
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.belongings(), before);
    assert_eq!(git(&place.repository, &["status", "--porcelain"]), status);
    let page = String::from_utf8(place.branch().remove("2025/03/12/index.html").unwrap()).unwrap();
    assert!(page.contains("not yet committed"), "{page}");
    assert!(!place.repository.join("blog/public").exists());
}

/// Even where the folder of the site is a source itself.
#[test]
fn what_a_build_left_is_not_read_as_content() {
    let place = Place::new();
    place.write(
        "config.toml",
        &format!("{CONFIG}sources = [{{ path = \".\", include = [\"public/**\"] }}]\n"),
    );
    place.desk.run(&["build", "--root", place.repository.to_str().unwrap()]);
    assert!(place.repository.join("public/robots.txt").exists());
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(
        !place.branch().keys().any(|name| name.starts_with("public/")),
        "{:?}",
        place.branch().keys()
    );
}

#[test]
fn a_dry_run_lists_and_sends_nothing() {
    let place = Place::new();
    let said = place.publish(&["--dry-run"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(
        said.text.starts_with("would publish to `gh-pages` of `origin` (../remote.git): "),
        "{}",
        said.text
    );
    assert_eq!(git(&place.remote, &["branch", "--list"]), "");
    place.publish(&[]);
    fs::rename(
        place.repository.join("content/2025-03-12.md"),
        place.repository.join("content/2025-03-13.md"),
    )
    .unwrap();
    let list = crate::desk::program()
        .args(["publish", "--dry-run", "--quiet", "--root"])
        .arg(&place.repository)
        .envs(ENVIRONMENT)
        .output()
        .unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let names = |kind: &str| -> Vec<&str> {
        let lines = list.lines().filter_map(|line| line.strip_prefix(kind));
        lines.map(|line| line.split_whitespace().next().unwrap()).collect()
    };
    assert_eq!(
        names("added "),
        ["2025/03/13/index.html", "2025/03/13/index.md", "2025/03/13/papers.bib"]
    );
    assert_eq!(
        names("removed "),
        ["2025/03/12/index.html", "2025/03/12/index.md", "2025/03/12/papers.bib"]
    );
    assert!(names("changed ").contains(&"index.html"), "{list}");
    assert_eq!(place.commits().len(), 1);
}

#[test]
fn a_site_with_errors_is_not_published() {
    let place = Place::new();
    place.publish(&[]);
    let old = place.branch();
    place.write("content/2025-02-30.md", "+++\ndate = 2025-02-30\n+++\n\n## X\n\nText.\n");
    let said = place.publish(&[]);
    assert_eq!(said.code, 1);
    assert!(said.text.ends_with(
        "nothing was published; the branch still holds the old site, if there is one\n"
    ));
    assert_eq!(place.branch(), old);
}

/// A run that was killed while it removed the site that it had built is in nobody's way.
#[test]
fn what_a_killed_run_left_of_its_site_goes() {
    let place = Place::new();
    assert_eq!(place.publish(&[]).code, 0);
    let left = fs::read_dir(place.desk.path("")).unwrap().flatten().map(|entry| entry.path());
    let site =
        left.map(|folder| folder.join(".git/offprint")).find(|folder| folder.is_dir()).unwrap();
    fs::create_dir_all(site.join("site")).unwrap();
    fs::write(site.join("site/index.html"), "half").unwrap();
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(!site.join("site").exists());
}

#[test]
fn what_others_put_on_the_branch_is_replaced_only_by_force() {
    let place = Place::new();
    let other = place.desk.path("other");
    git(place.desk.path("").as_path(), &["init", "--quiet", "--initial-branch=gh-pages", "other"]);
    fs::write(other.join("CNAME"), "lamps.example\n").unwrap();
    git(&other, &["add", "."]);
    git(&other, &["commit", "--quiet", "--message=Create CNAME"]);
    git(&other, &["push", "--quiet", "../remote.git", "gh-pages"]);
    let short = git(&other, &["rev-parse", "--short", "HEAD"]);
    let said = place.publish(&[]);
    assert_eq!(said.code, 1);
    assert_eq!(
        said.text,
        format!(
            "error[publish]: the last commit on `gh-pages` of `origin` (../remote.git) was not made by `offprint publish`: \
             {short} \"Create CNAME\" by Ada Wick\n |\n = help: the branch holds the domain of your own: put domain = \
             \"lamps.example\" into config.toml, then use --force once\n\n1 error\nnothing was published\n"
        )
    );
    assert_eq!(place.commits(), ["Create CNAME"]);
    place.write(
        "config.toml",
        "base_url = \"https://lamps.example/\"\ndomain = \"lamps.example\"\ntheme = \"plain\"\n",
    );
    let said = place.publish(&["--force", "--message=Mine"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.commits(), ["Mine", "Create CNAME"], "what was there stays in the history");
    assert_eq!(place.branch(), place.site());
    assert_eq!(place.branch()["CNAME"], b"lamps.example\n");
}

#[test]
fn a_newer_site_from_elsewhere_is_not_replaced_by_an_older_one() {
    let place = Place::new();
    place.publish(&[]);
    let clone = place.clone("clone");
    fs::write(clone.join("content/2025-03-14.md"), digest("Newer.").replace("00001", "00003"))
        .unwrap();
    git(&clone, &["add", "."]);
    git(&clone, &["commit", "--quiet", "--message=More"]);
    let said = place.run(&clone, &[]);
    assert_eq!(said.code, 0, "its sources go on from those that were published: {}", said.text);
    let newer = place.branch();

    let said = place.publish(&[]);
    assert_eq!(said.code, 1);
    let wanted = "error[publish]: `gh-pages` of `origin` (../remote.git) holds a newer site that was published from \
                  elsewhere of the sources at ";
    assert!(first_line(&said).starts_with(wanted), "{}", said.text);
    assert_eq!(place.branch(), newer);

    git(&place.repository, &["pull", "--quiet", "--ff-only", "../clone", "main"]);
    place.write("content/2025-03-15.md", &digest("Newest.").replace("00001", "00004"));
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.branch(), place.site());
}

#[test]
fn a_remote_that_refuses_keeps_the_old_site() {
    let place = Place::new();
    place.publish(&[]);
    let old = place.branch();
    let hook = place.hook("pre-receive", "echo 'not on Sundays' >&2; exit 1");
    place.write("content/2025-03-12.md", &digest("It dims twice."));
    let said = place.publish(&[]);
    assert_eq!(said.code, 1);
    assert!(
        said.text.contains("remote: not on Sundays"),
        "git's own words are shown: {}",
        said.text
    );
    assert_eq!(first_line(&said), "error[publish]: `origin` (../remote.git) refused the new site");
    assert_eq!(place.branch(), old);
    fs::remove_file(hook).unwrap();
    assert_eq!(place.publish(&[]).code, 0);
    assert_eq!(place.branch(), place.site());
}

#[test]
fn a_killed_publication_leaves_the_old_site_and_the_next_one_works() {
    let place = Place::new();
    place.publish(&[]);
    let (old, before) = (place.branch(), place.belongings());
    let (here, go) = (place.desk.path("here"), place.desk.path("go"));
    let script = format!(
        "touch '{}'; while [ ! -e '{}' ]; do sleep 0.05; done; exit 1",
        here.display(),
        go.display()
    );
    let hook = place.hook("pre-receive", &script);
    place.write("content/2025-03-12.md", &digest("It dims twice."));
    let mut run = Place::start(&place.repository);
    wait_for(&here);
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(place.branch(), old);
    fs::write(go, "").unwrap();
    fs::remove_file(hook).unwrap();
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.branch(), place.site());
    place.write("content/2025-03-12.md", &digest("It dims."));
    assert_eq!(place.belongings(), before);
}

/// Where nothing is committed yet, only memory tells that the site on the branch is one's own.
#[test]
fn a_killed_publication_does_not_forget_the_one_before() {
    let place = Place::new();
    fs::remove_file(place.repository.join(".git/refs/heads/main")).unwrap();
    place.publish(&[]);
    let here = place.desk.path("here");
    let hook = place.hook("pre-receive", &format!("touch '{}'; sleep 1; exit 1", here.display()));
    place.write("content/2025-03-12.md", &digest("It dims twice."));
    let mut run = Place::start(&place.repository);
    wait_for(&here);
    run.kill().unwrap();
    run.wait().unwrap();
    fs::remove_file(hook).unwrap();
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(place.branch(), place.site());
}

/// The first waits inside the remote while the second publishes.
#[test]
fn of_two_publishers_at_once_one_wins() {
    let place = Place::new();
    place.publish(&[]);
    let clone = place.clone("clone");
    fs::write(clone.join("content/2025-03-14.md"), digest("The other.").replace("00001", "00003"))
        .unwrap();
    let (first, go) = (place.desk.path("first"), place.desk.path("go"));
    let wait = format!("while [ ! -e '{}' ]; do sleep 0.05; done", go.display());
    place
        .hook("pre-receive", &format!("mkdir '{}' 2>/dev/null || exit 0; {wait}", first.display()));
    place.write("content/2025-03-12.md", &digest("It dims twice."));
    let run = Place::start(&place.repository);
    wait_for(&first);
    let said = place.run(&clone, &["--message=The other"]);
    assert_eq!(said.code, 0, "{}", said.text);
    let theirs = place.branch();
    fs::write(go, "").unwrap();
    let output = run.wait_with_output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains(
            "somebody else changed `gh-pages` of `origin` (../remote.git) at the same time"
        ),
        "{text}"
    );
    assert_eq!(place.branch(), theirs);
    assert_eq!(place.commits().len(), 2);
}

#[test]
fn the_address_is_told_from_the_remote_unless_config_has_one() {
    let place = Place::new();
    git(&place.repository, &["remote", "set-url", "origin", "git@github.com:Ada/lamps.git"]);
    let instead = format!("url.{}.insteadOf", place.remote.display());
    git(&place.repository, &["config", &instead, "git@github.com:Ada/lamps.git"]);
    place.write("config.toml", "theme = \"plain\"\n");
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let sitemap = String::from_utf8(place.branch().remove("sitemap.xml").unwrap()).unwrap();
    assert!(sitemap.contains("<loc>https://ada.github.io/lamps/</loc>"), "{sitemap}");
    assert!(
        said.text.contains("the site's address: https://ada.github.io/lamps/\n"),
        "{}",
        said.text
    );
    assert!(said.text.contains("once: on GitHub, under Settings, Pages"), "{}", said.text);

    place.write("config.toml", "theme = \"plain\"\nbase_url = \"https://ada.github.io/\"\n");
    let said = place.publish(&[]);
    assert_eq!(said.code, 0, "{}", said.text);
    let wanted = "warning[other-address]: `base_url` is https://ada.github.io/, but the site will be at \
                  https://ada.github.io/lamps/\n";
    assert!(said.text.starts_with(wanted), "{}", said.text);
}

#[test]
fn what_is_missing_is_said_with_what_to_do() {
    let place = Place::new();
    let refused = |more: &[&str], wanted: &str| {
        let said = place.publish(more);
        assert_eq!((said.code, first_line(&said)), (1, wanted), "{}", said.text);
    };
    refused(&["--remote", "elsewhere"], "error[publish]: the repository has no remote `elsewhere`");
    refused(&["--remote", "../nowhere.git"], "error[publish]: ../nowhere.git cannot be read");
    refused(
        &["--branch", "main"],
        "error[publish]: `main` is the branch you are working on; the site would replace your files",
    );
    refused(&["--branch", "a b"], "error[publish]: `a b` cannot be the name of a branch");
    place.write("config.toml", "theme = \"plain\"\n");
    refused(
        &[],
        "error[publish]: config.toml has no address for the site, and `origin` (../remote.git) does not tell one",
    );
    fs::rename(place.repository.join(".git"), place.desk.path("away")).unwrap();
    let said = place.desk.run_with(
        &["publish", "--root", place.repository.to_str().unwrap()],
        &[&ENVIRONMENT[..], &[("GIT_CEILING_DIRECTORIES", place.desk.path("").to_str().unwrap())]]
            .concat(),
    );
    assert_eq!(
        first_line(&said),
        "error[publish]: the site is in no git repository, so there is nothing to publish from"
    );
}

#[test]
fn the_author_of_the_site_commits_where_git_knows_nobody() {
    let place = Place::new();
    git(&place.repository, &["config", "user.useConfigOnly", "true"]);
    place.write(
        "config.toml",
        &format!("{CONFIG}author = {{ name = \"Hong Gildong\", email = \"hong@example.org\" }}\n"),
    );
    let said = place.desk.run_with(
        &["publish", "--root", place.repository.to_str().unwrap()],
        &[&ENVIRONMENT[..2], &[("HOME", place.desk.path("").to_str().unwrap())]].concat(),
    );
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(
        git(&place.remote, &["log", "-1", "--format=%an <%ae>", "gh-pages"]),
        "Hong Gildong <hong@example.org>"
    );
}

/// A workflow clones only the newest commit each time, so the commit that the last site was made of is not in its history.
#[test]
fn a_shallow_clone_publishes_again_and_again() {
    let place = Place::new();
    let push = || git(&place.repository, &["push", "--quiet", "origin", "HEAD:refs/heads/main"]);
    push();
    assert_eq!(place.publish(&[]).code, 0);
    for number in 2..4 {
        place.write("content/2025-03-12.md", &digest(&format!("It dims {number} times.")));
        git(&place.repository, &["commit", "--quiet", "--all", "--message=More"]);
        push();
        let shallow = place.desk.path(&format!("shallow-{number}"));
        let from = format!("file://{}", place.remote.display());
        let clone =
            ["clone", "--quiet", "--depth=1", "--branch=main", &from, shallow.to_str().unwrap()];
        git(place.desk.path("").as_path(), &clone);
        let said = place.run(&shallow, &[]);
        assert_eq!(said.code, 0, "{}", said.text);
        assert_eq!(git(&shallow, &["rev-list", "--count", "HEAD"]).trim(), "1");
    }
    // Another line of work stays refused, however shallow.
    let other = place.clone("other");
    git(&other, &["reset", "--quiet", "--hard", "HEAD~1"]);
    let shallow = place.desk.path("shallow-old");
    let from = format!("file://{}", other.display());
    git(
        place.desk.path("").as_path(),
        &["clone", "--quiet", "--depth=1", &from, shallow.to_str().unwrap()],
    );
    git(&shallow, &["remote", "set-url", "origin", place.remote.to_str().unwrap()]);
    assert_eq!(place.run(&shallow, &[]).code, 1);
}

/// Git says so in many words, and means another thing than that there is no repository.
#[test]
fn a_repository_of_another_user_is_called_that() {
    let place = Place::new();
    let arguments = ["publish", "--root", place.repository.to_str().unwrap()];
    let environment = [&ENVIRONMENT[..], &[("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")]].concat();
    let said = place.desk.run_with(&arguments, &environment);
    assert_eq!(said.code, 1);
    assert!(said.text.contains("dubious ownership"), "{}", said.text);
    assert!(said.text.contains("git config --global --add safe.directory "), "{}", said.text);
}

/// What happens at a store is tried by tests/reliability/s3.sh; here nobody asks one.
#[test]
fn a_store_needs_a_program_that_can_ask_it_and_a_key() {
    let desk = Desk::empty();
    desk.write("config.toml", "base_url = 'https://lamps.example/'\n");
    let keyless = [("AWS_ACCESS_KEY_ID", "")];
    let said = desk.run_with(&["publish", "--to", "s3://lamps", "--dry-run"], &keyless);
    let wanted = if cfg!(feature = "s3") { "AWS_ACCESS_KEY_ID" } else { "--features s3" };
    assert!(said.code == 1 && said.text.contains(wanted), "{}", said.text);
    for wrong in
        [&["--to", "lamps"][..], &["--to", "s3://lamps", "--branch", "x"], &["--endpoint", "x"]]
    {
        assert_eq!(desk.run(&[&["publish"], wrong].concat()).code, 2, "{wrong:?}");
    }
}
