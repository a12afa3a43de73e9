//! A site in a temporary folder, and the real program run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use walkdir::WalkDir;

/// Every run takes this as today.
pub(crate) const TODAY: &str = "2025-06-01";

/// Files by path below a folder.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The program; what it makes unasked does not depend on the fonts of the machine.
pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_offprint"));
    program.env("OFFPRINT_NO_CARDS", "yes");
    program
}

/// A site in a temporary folder.
pub(crate) struct Desk(tempfile::TempDir);

/// What a run said.
pub(crate) struct Said {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard error, with the folder's own name taken out.
    pub(crate) text: String,
}

impl Desk {
    /// A site from a folder of `tests/`, with the plain theme.
    pub(crate) fn from(folder: &Path) -> Self {
        let desk = Self::empty();
        for (name, bytes) in tree(folder) {
            if !name.starts_with("expected") {
                desk.write(&name, bytes);
            }
        }
        desk.with_plain_theme()
    }

    /// A site of these files, with the plain theme.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let desk = Self::empty();
        for (name, text) in files {
            desk.write(name, text);
        }
        desk.with_plain_theme()
    }

    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with_plain_theme(self) -> Self {
        for (name, bytes) in tree(&tests().join("sites/theme")) {
            self.write(&format!("themes/plain/{name}"), bytes);
        }
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Runs the program here, with variables of the environment on top.
    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        let mut command = program();
        command.arg("--color").arg("never").args(arguments).current_dir(self.0.path());
        command.envs(environment.iter().copied());
        let Output { status, stderr, .. } = command.output().unwrap();
        let here = self.0.path().canonicalize().unwrap();
        let text = String::from_utf8(stderr).unwrap().replace(&format!("{}/", here.display()), "");
        let text = text.replace(&format!("{}/", self.0.path().display()), "");
        Said { code: status.code().unwrap(), text }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, &[])
    }

    /// What a run prints to standard output; it must work.
    pub(crate) fn printed(&self, arguments: &[&str]) -> String {
        let (output, printed) = self.output(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        printed
    }

    /// The same of a run that may have something to find fault with.
    #[allow(dead_code, reason = "the tests that are data use it")]
    pub(crate) fn prints(&self, arguments: &[&str]) -> String {
        self.output(arguments).1
    }

    fn output(&self, arguments: &[&str]) -> (Output, String) {
        let program = program().args(arguments).current_dir(self.0.path()).output();
        let output = program.unwrap();
        let printed = String::from_utf8(output.stdout.clone()).unwrap();
        (output, printed)
    }

    /// Builds into `public`, which must work.
    pub(crate) fn build(&self) -> Tree {
        let said = self.run(&["build", "--today", TODAY]);
        assert_eq!(said.code, 0, "{}", said.text);
        self.public()
    }

    /// The site as built.
    pub(crate) fn public(&self) -> Tree {
        tree(&self.path("public"))
    }
}

/// After a build: the whole new site where it went well; where it did not, the old one, and nothing beside it.
pub(crate) fn nothing_is_harmed(desk: &Desk, name: &str) {
    let old: Tree =
        [(".offprint".to_owned(), Vec::new()), ("index.html".to_owned(), b"old".to_vec())].into();
    for (name, bytes) in &old {
        desk.write(&format!("public/{name}"), bytes);
    }
    let said = desk.run(&["build", "--today", TODAY]);
    let site = desk.public();
    match said.code {
        0 => assert!(
            site.contains_key("papers/2503.00101/index.html"),
            "{name}: the good paper is missing"
        ),
        1 => assert_eq!(site, old, "{name}: the old site was touched"),
        code => panic!("{name}: exit code {code}\n{}", said.text),
    }
    let beside = fs::read_dir(desk.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = beside.filter(|name| name.contains("offprint-")).collect();
    assert!(left.is_empty(), "{name}: left behind {left:?}");
}

/// The folder of the tests.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Subfolders of a folder of `tests/`, in order.
pub(crate) fn cases(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(tests().join(folder)).unwrap();
    let mut cases: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// Every file below a folder; none where there is no folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let entries = WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            let name =
                entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Whether goldens are to be written anew.
pub(crate) fn update() -> bool {
    std::env::vars_os().any(|(name, _)| name == "UPDATE_EXPECT")
}

/// The text files of a tree.
pub(crate) fn texts(tree: &Tree) -> impl Iterator<Item = (&String, &str)> {
    tree.iter().filter_map(|(name, bytes)| Some((name, std::str::from_utf8(bytes).ok()?)))
}
