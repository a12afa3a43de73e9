//! What `init` says in the end: what it wrote, what it left, what it supposed, and what comes next.

use camino::Utf8Path;

use super::super::plural;
use super::start::Start;
use crate::authoring::import::Outcome;
use crate::authoring::scaffold::{Beginning, Fate, Placed, Vault};
use crate::model::Lang;

pub(super) fn done(
    folder: &Utf8Path,
    placed: &[Placed],
    beginning: &Beginning,
    (start, imported): (&Start, usize),
) -> String {
    let host = beginning.host.called;
    let mut lines: Vec<String> = placed.iter().map(|placed| file(folder, placed)).collect();
    lines.push(String::new());
    lines.push(supposed(beginning));
    lines.extend(source(start, imported));
    if beginning.workflow.is_none() {
        lines.push(format!(
            "The notes are outside of the site's folder, where {host} cannot see them: nothing was written for it"
        ));
    }
    if let Some(below) = beginning.workflow.as_deref().filter(|below| *below != ".") {
        let file = beginning.host.file.split('/').next().unwrap_or_default();
        lines.push(format!(
            "The repository begins above {below}: move {file} to its top, where {host} looks for it"
        ));
    }
    lines.push(next(folder, beginning.workflow.is_some()));
    lines.join("\n")
}

fn file(folder: &Utf8Path, placed: &Placed) -> String {
    let path = if folder == "." {
        placed.path.clone()
    } else {
        folder.join(&placed.path).as_str().replace('\\', "/")
    };
    match (placed.fate, placed.path.as_str()) {
        (Fate::Written, _) => format!("wrote {path}"),
        (Fate::Left, ".gitignore") => {
            format!("left {path} as it is; add the line `/public/` to it")
        }
        (Fate::Left, _) => format!("left {path} as it is"),
    }
}

/// What was supposed, for whoever knows better.
fn supposed(beginning: &Beginning) -> String {
    let languages: Vec<&str> = beginning.languages.iter().map(Lang::as_str).collect();
    let place = beginning
        .base_url
        .as_ref()
        .map_or_else(String::new, |url| format!(", at {}", url.absolute("")));
    format!(
        "“{}” in {}, days as in {}{place}: config.toml says so, change it there",
        beginning.title,
        languages.join(" and "),
        beginning.timezone
    )
}

/// What the notes are taken for, before anything is written.
pub(super) fn taken(start: &Start, languages: &[Lang]) -> Option<String> {
    let Start::Vault(vault) = start else { return None };
    let titles: Vec<String> = vault.titles.iter().map(|title| format!("“{title}”")).collect();
    let found = found(vault).replace("; ", "\n  ");
    let titles = titles.join(", ");
    let more = [left_out(vault), writer(vault), embedded(vault)].concat();
    Some(format!("{}: {found}\n  {}\n  first: {titles}\n{more}", vault.folder, spoken(languages)))
}

/// What in the folder is none of the texts.
fn left_out(vault: &Vault) -> String {
    let first: Vec<&str> = vault.exclude.iter().take(3).map(String::as_str).collect();
    match vault.exclude.len() {
        0 => String::new(),
        count if count > first.len() => {
            format!("  left out: {} and {} more\n", first.join(", "), count - first.len())
        }
        _ => format!("  left out: {}\n", first.join(", ")),
    }
}

/// Who stands as the author of nearly all notes.
fn writer(vault: &Vault) -> String {
    vault.writer.as_ref().map_or_else(String::new, |(name, count)| {
        format!("  `{name}`, the author that {count} of them name, is taken for who writes them\n")
    })
}

/// Texts elsewhere that the notes show.
fn embedded(vault: &Vault) -> String {
    let said = vault.embedded.iter().map(|(folder, count)| {
        let texts = plural(*count, "text");
        format!("  {texts} of {folder} that the notes show (`![[…]]`) stay out; lines at the end of config.toml add them\n")
    });
    said.collect()
}

fn spoken(languages: &[Lang]) -> String {
    let languages: Vec<&str> = languages.iter().map(Lang::as_str).collect();
    format!("languages: {}", languages.join(", "))
}

/// What a folder of notes holds, in a line.
pub(super) fn found(vault: &Vault) -> String {
    fn counted<T: std::fmt::Display>((name, count): &(T, usize)) -> String {
        format!("{name} ({count})")
    }
    let others = and_others(vault.others);
    let fields: Vec<String> = vault.fields.iter().take(8).map(counted).collect();
    let dates: Vec<String> = vault.dates.iter().map(counted).collect();
    let fields = if fields.is_empty() { "none".to_owned() } else { fields.join(", ") };
    let notes = plural(vault.notes, "note");
    format!("{notes} on papers{others}; fields: {fields}; dates from {}", dates.join(", "))
}

fn and_others(others: usize) -> String {
    if others == 0 { String::new() } else { format!(" and {}", plural(others, "other text")) }
}

/// What files are taken for that will be imported.
pub(super) fn planned(outcome: &Outcome, languages: &[Lang]) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for name in outcome.sources.iter().filter_map(|source| source.format.map(|format| format.name))
    {
        match kinds.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => kinds.push((name, 1)),
        }
    }
    let kinds: Vec<String> =
        kinds.iter().map(|(name, count)| format!("{name} ({count})")).collect();
    let papers = outcome.sources.iter().map(|source| source.entries).sum();
    let titles = outcome.sources.iter().flat_map(|source| &source.titles).take(3);
    let titles: Vec<String> = titles.map(|title| format!("“{title}”")).collect();
    let first =
        if titles.is_empty() { String::new() } else { format!("\n  first: {}", titles.join(", ")) };
    let files = plural(outcome.sources.len(), "file");
    let posts = outcome.sources.iter().filter(|source| source.is_post).count();
    let pages = outcome.sources.iter().filter(|source| source.is_page && source.digests == 0);
    let counts = [(papers, "paper"), (posts, "post"), (pages.count(), "page")];
    let said = counts.iter().filter(|(count, what)| *count > 0 || *what == "paper");
    let papers: Vec<String> = said.map(|(count, what)| plural(*count, what)).collect();
    let papers = papers.join(" and ");
    let (kinds, spoken) = (kinds.join(", "), spoken(languages));
    format!("{files} with {papers}, taken for {kinds}\n  {spoken}{first}\n")
}

fn source(start: &Start, imported: usize) -> Option<String> {
    match start {
        Start::Nothing => None,
        Start::Vault(vault) => {
            // Globs of notes leave the others out.
            let others = if vault.include.is_empty() { vault.others } else { 0 };
            Some(format!(
                "{}{} of {} are read in place and become public; `exclude_tags` and `exclude` in config.toml keep some back",
                plural(vault.notes, "note"),
                and_others(others),
                vault.folder
            ))
        }
        Start::Import(outside) => Some(format!(
            "{} became {} in content/, which are yours now and become public",
            outside.path,
            plural(imported, "file")
        )),
    }
}

/// The next three commands. Where no workflow publishes the site, one of them does.
fn next(folder: &Utf8Path, has_workflow: bool) -> String {
    let enter = format!("cd {}", in_shell(folder.as_str()));
    let look = "offprint serve --open    # look at the site while you write";
    let write = "offprint new --edit      # write today's digest";
    let build = "offprint build           # make the site, in public/";
    let publish = "offprint publish         # put the site on a branch of its repository";
    let commands = match (folder == ".", has_workflow) {
        (true, true) => [look, write, build],
        (true, false) => [look, write, publish],
        (false, true) => [&enter, look, write],
        (false, false) => [&enter, look, publish],
    };
    format!("\nNext:\n  {}", commands.join("\n  "))
}

/// A word as a shell takes it.
fn in_shell(word: &str) -> String {
    if word.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '\\' | ':'))
    {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
