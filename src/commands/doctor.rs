//! `doctor`: what the program, the machine and the settings are, and what is wrong with them, for whoever wonders or asks for help.

mod settings;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{Console, Exit, plural};
use crate::authoring::scaffold::Git;
use crate::cli::{self, Doctor, Environment};
use crate::config::Config;
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Finding, Severity};
use crate::system::machine;
use crate::workspace;
use settings::Setting;

/// Less free space than this stops a build of any site.
const TOO_LITTLE: u64 = 64 << 20;
/// Less than this stops one of a large site.
const LITTLE: u64 = 1 << 30;

/// Something that was looked at.
struct Look {
    name: &'static str,
    told: String,
    /// What is wrong with it, and what to do.
    trouble: Option<(Severity, &'static str)>,
}

impl Look {
    fn new(name: &'static str, told: impl Into<String>) -> Self {
        Self { name, told: told.into(), trouble: None }
    }

    fn but(mut self, is_wrong: bool, severity: Severity, advice: &'static str) -> Self {
        self.trouble = self.trouble.or(is_wrong.then_some((severity, advice)));
        self
    }
}

pub(super) fn run(options: &Doctor, root: Option<&Utf8Path>, console: &Console) -> Exit {
    let mut findings = Vec::new();
    let config = root.and_then(|root| workspace::read_config(root, &mut findings));
    let mut looks = program();
    looks.extend(machine(root));
    match (root, &config) {
        (Some(root), Some((config, _))) => looks.extend(site(root, config)),
        (Some(root), None) => looks.push(Look::new("site", root.as_str())),
        (None, _) => {
            looks.push(Look::new("site", "none here: no config.toml in this folder or above"));
        }
    }
    let settings = match (root, &config) {
        (Some(root), Some((config, text))) => settings::all(root, config, text),
        _ => Vec::new(),
    };
    tell(&looks, &settings, console);
    if !console.is_machine() {
        console.print(&page(&looks, &settings, options.all));
    }
    console.findings(&findings, Choice::default());
    let failed = looks.iter().any(|look| matches!(look.trouble, Some((Severity::Error, _))))
        || has_error(&findings);
    if failed { Exit::Errors } else { Exit::Done }
}

fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

fn program() -> Vec<Look> {
    let path = std::env::current_exe().map(|path| path.display().to_string()).unwrap_or_default();
    let kind = format!("{} {}", std::env::consts::ARCH, std::env::consts::OS);
    let all = [
        ("cards", cfg!(feature = "cards")),
        ("csl", cfg!(feature = "csl")),
        ("mail", cfg!(feature = "mail")),
        ("s3", cfg!(feature = "s3")),
    ];
    let [on, off] = [true, false].map(|on| {
        let names: Vec<&str> =
            all.iter().filter(|(_, is_on)| *is_on == on).map(|(name, _)| *name).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    });
    let parts = format!("with {on}; without {off}");
    vec![
        Look::new("offprint", format!("{}, {kind}", env!("CARGO_PKG_VERSION"))),
        Look::new("built", parts),
        Look::new("program", path),
    ]
}

fn machine(root: Option<&Utf8Path>) -> Vec<Look> {
    let environment = Environment::read();
    let git = Git::version();
    let mut looks = vec![
        Look::new("git", git.clone().unwrap_or_else(|| "not found".to_owned())).but(
            git.is_none(),
            Severity::Warning,
            "`publish` puts a site on a branch by git: install it",
        ),
        Look::new("time zone", or_not_told(environment.timezone)),
        Look::new("language", or_not_told(environment.lang.map(|lang| lang.to_string()))),
        Look::new("editor", environment.editor.unwrap_or_else(|| "none set".to_owned())),
    ];
    looks.extend(workspace::system_fonts().map(|fonts| Look::new("fonts", plural(fonts, "face"))));
    looks.extend(watches(root));
    if let Some(caches) = cli::caches() {
        looks.push(Look::new("answers kept in", caches.join("offprint").into_string()));
    }
    looks
}

fn or_not_told(value: Option<String>) -> String {
    value.unwrap_or_else(|| "not told by the system".to_owned())
}

/// How many folders a preview can follow, where the system sets a limit.
fn watches(root: Option<&Utf8Path>) -> Option<Look> {
    let (most, watchers) = machine::watch_limits()?;
    let folders = root.map(|root| machine::count_folders(&[root.as_std_path().to_owned()]));
    let has = folders.map(|folders| format!("; this site has {folders}")).unwrap_or_default();
    let told = format!("{most} folders, {watchers} watchers{has}");
    // Editors watch the same folders and have the same limit.
    let is_near = folders.is_some_and(|folders| folders as u64 > most / 2);
    Some(Look::new("watch limits", told).but(
        is_near,
        Severity::Warning,
        "raise it: sysctl fs.inotify.max_user_watches=1048576; or use `serve --poll`",
    ))
}

fn site(root: &Utf8Path, config: &Config) -> Vec<Look> {
    let output = root.join(&config.output);
    let mut looks = vec![
        Look::new("site", root.as_str()),
        Look::new("theme", config.theme.as_str()),
        Look::new("writes to", output.as_str()),
    ];
    if let Some(free) = machine::free_space(output.as_std_path()) {
        let told = format!("{} on the disk of that folder", indicatif::HumanBytes(free));
        let look = Look::new("free space", told)
            .but(
                free < TOO_LITTLE,
                Severity::Error,
                "free some: a new site stands beside the old one",
            )
            .but(free < LITTLE, Severity::Warning, "a large site may not fit beside the old one");
        looks.push(look);
    }
    looks.push(left(root, &output));
    looks.push(schema_file(root));
    looks
}

/// What commands left, and what they use now.
fn left(root: &Utf8Path, output: &Utf8Path) -> Look {
    let mut folders: Vec<Utf8PathBuf> = vec![root.into(), root.join("content"), output.into()];
    folders.extend(output.parent().map(Into::into));
    folders.sort();
    folders.dedup();
    let all: Vec<machine::Leaving> =
        folders.iter().flat_map(|folder| machine::leavings(folder.as_std_path())).collect();
    let [used, stale] = [true, false].map(|used| {
        let of = all.iter().filter(|left| left.is_used == used);
        of.map(|left| left.path.display().to_string()).collect::<Vec<_>>()
    });
    let told = match (used.as_slice(), stale.as_slice()) {
        ([], []) => "none".to_owned(),
        (used, []) => format!("in use: {}", used.join(", ")),
        ([], stale) => format!("left by a command that was killed: {}", stale.join(", ")),
        (used, stale) => format!("in use: {}; left: {}", used.join(", "), stale.join(", ")),
    };
    Look::new("locks and unfinished files", told).but(
        !stale.is_empty(),
        Severity::Warning,
        "the next build tidies up, or remove them by hand",
    )
}

/// Whether the schema beside config.toml is that of this program.
fn schema_file(root: &Utf8Path) -> Look {
    let name = super::schema::FILE;
    let there = crate::content::source::read_text(
        &root.join(name),
        name,
        crate::diagnostic::Code::Unreadable,
    );
    let Ok(there) = there else {
        return Look::new("schema for editors", "none beside config.toml");
    };
    let is_same = [Some(root), None]
        .iter()
        .any(|root| there.source.text == super::schema::text(&super::schema::config(*root)));
    Look::new("schema for editors", if is_same { "of this version" } else { "of another version" })
        .but(
            !is_same,
            Severity::Warning,
            "write it anew: offprint schema config > .config.schema.json",
        )
}

fn tell(looks: &[Look], settings: &[Setting], console: &Console) {
    console.tell(
        "looks",
        looks
            .iter()
            .map(|look| {
                let mut fact = json!({ "name": look.name, "told": look.told });
                if let Some((severity, advice)) = look.trouble {
                    fact["severity"] = format!("{severity:?}").to_lowercase().into();
                    fact["help"] = advice.into();
                }
                fact
            })
            .collect::<Vec<Value>>(),
    );
    let settings_told = settings
        .iter()
        .map(|setting| json!({ "key": setting.key, "value": setting.value, "from": setting.from }));
    console.tell("config", settings_told.collect::<Vec<Value>>());
}

/// What a person reads.
fn page(looks: &[Look], settings: &[Setting], all: bool) -> String {
    let width = looks.iter().map(|look| look.name.len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for look in looks {
        lines.push(format!("{:<width$}  {}", look.name, look.told));
        lines.extend(look.trouble.map(|(severity, advice)| {
            let word = if severity == Severity::Error { "error" } else { "warning" };
            format!("{:<width$}  {word}: {advice}", "")
        }));
    }
    let shown: Vec<&Setting> =
        settings.iter().filter(|setting| all || !setting.is_default).collect();
    if !settings.is_empty() {
        lines.push(String::new());
        let width = shown.iter().map(|setting| setting.key.len()).max().unwrap_or_default();
        lines.extend(shown.iter().map(|setting| {
            format!("{:<width$}  {}  ({})", setting.key, setting.value, setting.from)
        }));
    }
    let rest = settings.len() - shown.len();
    if rest > 0 {
        lines.push(format!(
            "{} as by default: `offprint doctor --all` lists them",
            plural(rest, "key")
        ));
    }
    lines.join("\n") + "\n"
}
