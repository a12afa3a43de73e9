//! The documentation against the code: what it says of keys, commands, codes and views must be so.
//!
//! Parts between `<!-- generated: NAME -->` and `<!-- end -->` are written by this file when `UPDATE_EXPECT`
//! is set, and compared with the code otherwise.

#![expect(clippy::disallowed_methods, reason = "these tests read the project's own documents")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at its first surprise")]

mod contract;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use offprint::authoring::scaffold::HOSTS;
use offprint::cli::Cli;
use offprint::config::{AUTO, Config};
use offprint::diagnostic::{Code, Finding, Severity};
use offprint::formats::{self, FORMATS, Hints, MARKDOWN};
use offprint::render::theme_check;
use offprint::render::{PARTS, switches, templates, views};
use offprint::theme::{API, FUNCTIONS, Layer};

/// A key that is near to no other.
const NO_KEY: &str = "zzzzzzzzzzzz";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Several tests write parts of one document, and one reads them all.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

// Generated parts

/// Compares one generated part of a document with the code, or writes it.
fn check_generated(path: &str, name: &str, wanted: &str) {
    let turn = turn();
    let document = text(path);
    let opening = format!("<!-- generated: {name} -->\n");
    let start =
        document.find(&opening).unwrap_or_else(|| panic!("{path} has no `{}`", opening.trim()))
            + opening.len();
    let end = start
        + document[start..]
            .find("<!-- end -->")
            .unwrap_or_else(|| panic!("{path}: `{name}` never ends"));
    let wanted = format!("\n{}\n\n", wanted.trim());
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let new = format!("{}{wanted}{}", &document[..start], &document[end..]);
        std::fs::write(root().join(path), new).unwrap();
    } else {
        drop(turn);
        assert_eq!(
            &document[start..end],
            wanted,
            "{path}, `{name}`: refresh with UPDATE_EXPECT=1 cargo test --test docs"
        );
    }
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

#[test]
fn every_format_is_listed() {
    let mut out = "| format | what to give it | files |\n| --- | --- | --- |\n".to_owned();
    for format in FORMATS {
        let ends: Vec<String> = format.extensions.iter().map(|end| format!("`.{end}`")).collect();
        out.push_str(&row(&[&format!("`{}`", format.name), format.about, &ends.join(", ")]));
    }
    check_generated("docs/importing.md", "formats", &out);
}

#[test]
fn every_host_is_listed() {
    let mut out = "| host | `--host` | the file it looks for |\n| --- | --- | --- |\n".to_owned();
    for host in HOSTS {
        let (name, file) = (format!("`{}`", host.name), format!("`{}`", host.file));
        out += &row(&[host.called, &name, &file]);
    }
    check_generated("docs/hosts.md", "hosts", &out);
}

#[test]
fn every_component_is_listed() {
    let mut out = String::new();
    let folder = root().join("src/theme/core/templates/components");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let said = std::fs::read_to_string(&file).unwrap();
        let declared = said.strip_prefix("{#").unwrap().split_once("#}").unwrap().0;
        let declared: toml::Table = declared.parse().unwrap();
        let about = declared["about"].as_str().unwrap();
        let _ = write!(
            out,
            "### {name}\n\n{about}\n\n| argument | value | default |\n| --- | --- | --- |\n"
        );
        for (key, argument) in declared["arguments"].as_table().unwrap() {
            let kind = argument.get("type").and_then(toml::Value::as_str).unwrap_or("text");
            let bare = declared.get("bare").and_then(toml::Value::as_str) == Some(key);
            let bare = if bare { "; words without a key are this one" } else { "" };
            let meaning = argument["about"].as_str().unwrap().trim_end_matches('.');
            let most = argument.get("most").map(|most| format!(", {most} at most"));
            let value = format!("{kind}{}: {meaning}{bare}", most.unwrap_or_default());
            let default = match argument.get("default") {
                Some(toml::Value::String(text)) if text.is_empty() => String::new(),
                Some(default) => format!("`{default}`"),
                None if kind == "flag" => String::new(),
                None => "must be given".to_owned(),
            };
            out += &row(&[&format!("`{key}`"), &value, &default]);
        }
        out.push('\n');
    }
    check_generated("docs/components.md", "components", &out);
}

#[test]
fn every_switch_is_listed() {
    let mut out = "| key | default | makes |\n| --- | --- | --- |\n".to_owned();
    out += &row(&["`outputs`", "", "The table of these switches."]);
    for switch in switches() {
        let default = match switch.word {
            Some(AUTO) => format!("`\"{AUTO}\"`"),
            _ => format!("`{}`", switch.default),
        };
        let key = format!("`outputs.{}`", switch.name);
        out += &row(&[&key, &default, switch.about]);
    }
    check_generated("docs/config.md", "outputs", &out);
}

#[test]
fn every_code_is_explained() {
    let mut out = String::new();
    for (severity, heading) in
        [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Note, "Notes")]
    {
        let _ = write!(out, "## {heading}\n\n| code | meaning |\n| --- | --- |\n");
        for code in Code::ALL.iter().filter(|code| code.severity() == severity) {
            out += &row(&[&format!("`{}`", code.as_str()), code.explanation().trim()]);
        }
        out.push('\n');
    }
    check_generated("docs/errors.md", "codes", &out);
}

#[test]
fn every_command_is_described() {
    let mut program = Cli::command().term_width(100);
    program.build();
    // Those for every day, those for themes, and all others on a page of their own.
    let mut pages = [String::new(), String::new(), String::new()];
    let commands = program.get_subcommands_mut().filter(|command| command.get_name() != "help");
    for command in commands {
        let page = match command.get_name() {
            "init" | "new" | "add" | "import" | "check" | "build" | "serve" => 0,
            "theme" => 1,
            _ => 2,
        };
        describe(command, "", "##", &mut pages[page]);
    }
    check_generated("docs/commands.md", "commands", &pages[0]);
    check_generated("docs/commands-theme.md", "commands-theme", &pages[1]);
    check_generated("docs/commands-more.md", "commands-more", &pages[2]);
}

/// The help of a command, and of those that it is made of.
fn describe(command: &mut clap::Command, above: &str, level: &str, out: &mut String) {
    let name = format!("{above}{}", command.get_name());
    let help = command.render_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    let _ = write!(out, "{level} {name}\n\n```text\n{}\n```\n\n", lines.join("\n").trim_end());
    for inner in command.get_subcommands_mut().filter(|inner| inner.get_name() != "help") {
        describe(inner, &format!("{name} "), &format!("{level}#"), out);
    }
}

/// The pages on views, each with the view that it begins with.
const VIEWS: [(&str, &str); 5] = [
    ("views-site", "SiteView"),
    ("views-papers", "TranslationLink"),
    ("views-documents", "CollectionView"),
    ("views-lists", "CalendarDay"),
    ("views-rest", "StripView"),
];

/// The page that a view is on.
fn page_of(view: &str) -> &'static str {
    let upto = views::all().position(|known| known.name == view).unwrap();
    let names: Vec<&str> = views::all().take(upto + 1).map(|known| known.name).collect();
    VIEWS.iter().rev().find(|(_, first)| names.contains(first)).unwrap().0
}

#[test]
fn every_view_and_variable_is_documented() {
    check_generated("docs/theme-variables.md", "variables", &variables());
    for (page, _) in VIEWS {
        check_generated(&format!("docs/{page}.md"), page, &views_on(page));
    }
    let mut functions = String::from("| function | arguments | result |\n| --- | --- | --- |\n");
    for (name, arguments, meaning) in FUNCTIONS {
        functions += &row(&[&format!("`{name}`"), &format!("`{arguments}`"), meaning]);
    }
    check_generated("docs/theme-html.md", "functions", &functions);
}

#[test]
fn every_template_and_block_is_documented() {
    let mut out = String::from("| template | makes | at |\n| --- | --- | --- |\n");
    for template in templates() {
        out += &row(&[&format!("`{}`", template.name), template.makes, template.at]);
    }
    check_generated("docs/theme-templates.md", "templates", &out);
    let folder = root().join("themes/offprint/templates");
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .collect();
    files.retain(|path| path.is_file());
    files.sort();
    let mut out = String::from("| template | what it is | blocks |\n| --- | --- | --- |\n");
    for path in files {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let said = String::from_utf8_lossy(&bytes).into_owned();
        let files = [(format!("templates/{name}"), bytes.into())].into();
        let layer = Layer { name: "offprint".into(), place: String::new(), files };
        let blocks: Vec<String> =
            theme_check::blocks(&layer, name).iter().map(|block| format!("`{block}`")).collect();
        let comment = said
            .split_once("{#-")
            .and_then(|(_, rest)| rest.split_once("-#}"))
            .map(|(comment, _)| comment);
        let comment = comment.unwrap_or_default().split(" Blocks:").next().unwrap_or_default();
        let comment = comment.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!comment.is_empty(), "themes/offprint/templates/{name} does not say what it is");
        out += &row(&[&format!("`{name}`"), &comment, &blocks.join(", ")]);
    }
    check_generated("docs/theme-templates.md", "blocks", &out);
}

/// Tera's own, by a template that uses each: what is not there does not compile.
#[test]
fn every_filter_test_and_function_of_the_engine_is_documented() {
    let document = text("docs/theme-html.md");
    let section =
        document.split_once("### Of Tera itself").unwrap().1.split("\n## ").next().unwrap();
    let names = |kind: &str| -> Vec<String> {
        let line = section.lines().find(|line| line.starts_with(&format!("| {kind} |"))).unwrap();
        line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let compiles = |template: &str| tera::Tera::default().add_raw_template("one", template).is_ok();
    for filter in names("filters") {
        assert!(compiles(&format!("{{{{ x | {filter} }}}}")), "there is no filter `{filter}`");
    }
    for test in names("tests") {
        assert!(compiles(&format!("{{{{ x is {test} }}}}")), "there is no test `{test}`");
    }
    for function in names("functions") {
        assert!(compiles(&format!("{{{{ {function}() }}}}")), "there is no function `{function}`");
    }
    assert!(
        !compiles("{{ x | no_such_filter }}") && !compiles("{{ x is no_such_test }}"),
        "anything compiles"
    );
}

fn variables() -> String {
    let mut out = String::from("| template | variable | type |\n| --- | --- | --- |\n");
    for template in templates().chain(PARTS) {
        for variable in template.variables {
            let mut kind = linked(&words(variable.rust));
            if !variable.doc.is_empty() {
                let _ =
                    write!(kind, ": {}", variable.doc.trim().trim_end_matches('.').to_lowercase());
            }
            out += &row(&[&format!("`{}`", template.name), &format!("`{}`", variable.name), &kind]);
        }
    }
    out
}

fn views_on(page: &str) -> String {
    let mut out = String::new();
    let examples = contract::examples();
    for view in views::all().filter(|view| page_of(view.name) == page) {
        let _ = write!(
            out,
            "## {}\n\n{}\n\n| field | type | meaning | example |\n| --- | --- | --- | --- |\n",
            view.name,
            view.doc.trim()
        );
        for field in view.fields {
            let example =
                examples.get(&(view.name, field.name)).map(String::as_str).unwrap_or_default();
            out += &row(&[
                &format!("`{}`", field.name),
                &linked(&words(field.rust)),
                field.doc.trim(),
                example,
            ]);
        }
        out.push('\n');
    }
    out
}

/// A Rust type as a theme's author thinks of it.
fn words(rust: &str) -> String {
    let rust = rust.trim();
    let inside =
        |outer: &str| rust.strip_prefix(outer)?.trim_start().strip_prefix('<')?.strip_suffix('>');
    if let Some(inner) = inside("Option") {
        return format!("{}, or none", words(inner));
    }
    if let Some(inner) = inside("Vec") {
        return format!("list of {}", words(inner));
    }
    if let Some(inner) = inside("Of") {
        return words(inner);
    }
    match rust {
        "String" => "text".into(),
        "Html" => "HTML".into(),
        "bool" => "true or false".into(),
        "usize" | "u32" | "i64" => "number".into(),
        "Value" => "table".into(),
        view => {
            assert!(views::all().any(|known| known.name == view), "no words for the type `{view}`");
            view.into()
        }
    }
}

/// Names of views become links to their sections.
fn linked(kind: &str) -> String {
    let link = |word: &str| {
        let (name, rest) = word.split_at(word.trim_end_matches([':', ',']).len());
        let is_view = views::all().any(|view| view.name == name);
        if is_view {
            format!("[{name}]({}.md#{}){rest}", page_of(name), name.to_lowercase())
        } else {
            word.to_owned()
        }
    };
    kind.split(' ').map(link).collect::<Vec<_>>().join(" ")
}

#[test]
fn options_and_strings_of_the_default_theme_are_listed() {
    let manifest: toml::Table = text("themes/offprint/theme.toml").parse().unwrap();
    assert_eq!(manifest["theme_api"].as_integer(), Some(API));
    let mut options =
        String::from("| option | default | choices | meaning |\n| --- | --- | --- | --- |\n");
    for (name, option) in manifest["options"].as_table().unwrap() {
        let choices =
            option.get("choices").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        let default = format!("`{}`", option["default"]);
        let meaning = option["description"].as_str().unwrap();
        options += &row(&[&format!("`{name}`"), &default, &choices.join(", "), meaning]);
    }
    check_generated("docs/theme-templates.md", "options", &options);
    let strings: toml::Table = text("themes/offprint/strings/en.toml").parse().unwrap();
    let mut list = String::from("| key | English |\n| --- | --- |\n");
    for (key, value) in &strings {
        let english = value.as_str().or_else(|| value["other"].as_str()).unwrap();
        list += &row(&[&format!("`{key}`"), english]);
    }
    check_generated("docs/theme-strings.md", "strings", &list);
}

// config.toml

/// Every key the config's reader knows, dotted, learnt from what it says about a key it does not know.
fn known_keys() -> BTreeSet<String> {
    let mut known = keys_named(&format!("{NO_KEY} = 1"));
    let tables: Vec<String> = known.iter().cloned().collect();
    for key in tables {
        for opening in [format!("[{key}]"), format!("[{key}.x]"), format!("[[{key}]]")] {
            known.extend(keys_named(&format!("{opening}\n{NO_KEY} = 1")));
        }
    }
    known
}

fn keys_named(config: &str) -> BTreeSet<String> {
    let (_, findings) = Config::parse(config, &switches());
    findings.iter().filter(|finding| finding.code == Code::UnknownKey).flat_map(keys_of).collect()
}

/// The keys that stand beside an unknown one.
fn keys_of(finding: &Finding) -> Vec<String> {
    let unknown = finding.message.split('`').nth(1).unwrap();
    let prefix = unknown.rsplit_once('.').map_or(String::new(), |(table, _)| format!("{table}."));
    let prefix = prefix
        .replace("tag.x.", "tag.NAME.")
        .replace("fields.x.", "fields.NAME.")
        .replace("author.x.", "author.SLUG.");
    let list =
        finding.help.as_deref().and_then(|help| help.strip_prefix("known keys here: ")).unwrap();
    list.split(", ").map(|key| format!("{prefix}{key}")).collect()
}

/// The fenced blocks of a language in a document, in order.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}");
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if line == fence {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(block.join("\n") + "\n");
        }
    }
    blocks
}

/// The classes that a Rust file writes into HTML: `a b` of `class=\"a b\"`, up to where a value is filled in.
fn classes(source: &str) -> Vec<String> {
    let written =
        source.split("class=\\\"").skip(1).filter_map(|rest| rest.split(['\\', '{', '"']).next());
    written
        .flat_map(|names| names.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn classes_in_texts_are_documented() {
    let document = text("docs/theme-html.md");
    let (_, section) = document.split_once("\n## The HTML of texts\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let files = walkdir::WalkDir::new("src/markup").into_iter().filter_map(Result::ok);
    let sources = files
        .filter(|file| file.file_type().is_file())
        .map(|file| text(file.path().to_str().unwrap()));
    let classes: BTreeSet<String> = sources.flat_map(|source| classes(&source)).collect();
    assert!(classes.contains("together") && classes.contains("alert-"), "{classes:?}");
    let missing: Vec<&String> =
        classes.iter().filter(|class| !section.contains(&format!(".{class}"))).collect();
    assert!(missing.is_empty(), "docs/theme-html.md does not name {missing:?}");
}

#[test]
fn every_key_of_the_config_is_documented() {
    let document: String = ["config", "config-texts", "config-people"]
        .map(|page| text(&format!("docs/{page}.md")))
        .concat();
    let known = known_keys();
    assert!(
        known.contains("home.digests")
            && known.contains("tag.NAME.aliases")
            && known.contains("sources.path")
    );
    let missing: Vec<&String> =
        known.iter().filter(|key| !document.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/config.md does not name {missing:?}");
}

#[test]
fn documented_defaults_are_the_defaults() {
    let defaults = blocks(&text("docs/config.md"), "toml").swap_remove(0);
    let (config, findings) = Config::parse(&defaults, &switches());
    assert_eq!(findings, []);
    assert_eq!(format!("{config:#?}"), format!("{:#?}", Config::default()));
    let table: toml::Table = defaults.parse().unwrap();
    let unset = |key: &&String| {
        let mut parts = key.split('.');
        let top = parts.next().and_then(|part| table.get(part));
        parts.try_fold(top, |value, part| value.map(|value| value.get(part))).flatten().is_none()
    };
    let known = known_keys();
    let of_tables = |key: &&String| {
        ["tag", "sources", "fields.", "menu.", "author.SLUG.", "writers."]
            .iter()
            .any(|table| key.starts_with(table))
    };
    let written = known.iter().filter(|key| !of_tables(key));
    // `tags` is a table of its own and begins like `tag`.
    let missing: Vec<&String> = written.chain(known.get("tags.per_page")).filter(unset).collect();
    assert!(missing.is_empty(), "the block of defaults lacks {missing:?}");
}

#[test]
fn examples_of_config_are_read_without_findings() {
    let pages = documents().into_iter().filter(|path| !path.starts_with("CHANGELOG"));
    for path in pages {
        for block in blocks(&text(&path), "toml") {
            let (_, findings) = Config::parse(&block, &switches());
            assert_eq!(findings, [], "{path}:\n{block}");
        }
    }
}

// Commands

/// The words of a line as a shell parts them, up to where another command or a file would take over.
fn shell_words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '#' | '>' | '|' | '&') if word.is_none() => break,
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// What is typed in blocks, and named in sentences.
fn commands(document: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut found, mut is_block) = (Vec::new(), false);
    for event in Parser::new_ext(document, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_block = true,
            Event::End(TagEnd::CodeBlock) => is_block = false,
            Event::Text(text) if is_block => found.extend(text.lines().map(str::to_owned)),
            Event::Code(code) => found.push(code.into_string()),
            _ => {}
        }
    }
    let typed = |line: String| {
        let line = line.trim_start();
        let line = line.strip_prefix("$ ").unwrap_or(line);
        line.starts_with("offprint ").then(|| line.to_owned())
    };
    let each = |line: String| line.split(" && ").map(str::to_owned).collect::<Vec<_>>();
    found.into_iter().flat_map(each).filter_map(typed).collect()
}

#[test]
fn commands_are_such_as_the_program_has() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in documents().into_iter().filter(|path| !path.starts_with("CHANGELOG")) {
        for line in commands(&text(&path)) {
            // A word in capitals stands for one of the reader's.
            let words: Vec<String> = shell_words(&line)
                .into_iter()
                .map(|word| match word.as_str() {
                    "CODE" => "undated".to_owned(),
                    "COMMAND" => "build".to_owned(),
                    "ADDRESS" => "https://example.org/".to_owned(),
                    _ => word,
                })
                .collect();
            // What the program says of itself is no command; a sentence may name one without what it takes.
            let is_named = words.len() == 2;
            if line.contains('…') {
                continue;
            }
            count += 1;
            if let Err(error) = Cli::try_parse_from(words)
                && error.use_stderr()
                && !(is_named && error.kind() == ErrorKind::MissingRequiredArgument)
            {
                wrong.push(format!("{path}: {line}: {}", error.kind()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 150, "{count}");
}

// Digests

#[test]
fn examples_of_digests_are_read_without_findings() {
    let pages = ["docs/digest-format.md", "docs/posts.md"];
    let examples: Vec<String> =
        pages.iter().flat_map(|page| blocks(&text(page), "markdown")).collect();
    assert!(examples.len() > 4);
    let languages = ["ko", "en"].map(|tag| offprint::model::Lang::parse(tag).unwrap());
    for example in examples {
        let hints = Hints { stem: "2025-03-12", languages: &languages, ..Hints::default() };
        let reading = formats::read(MARKDOWN, &example, &hints);
        assert_eq!(reading.findings, [], "{example}");
        let entries: usize = reading.digests.iter().map(|digest| digest.entries.len()).sum();
        assert!(entries > 0 || reading.page.is_some(), "nothing was read from\n{example}");
    }
}

// Links and maps

/// README, ARCHITECTURE, CHANGELOG, CONTRIBUTING and everything below `docs/`.
fn documents() -> Vec<String> {
    let docs = std::fs::read_dir(root().join("docs")).unwrap();
    let mut documents: Vec<String> = docs
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_string_lossy()))
        .filter(|path| Path::new(path).extension().is_some_and(|kind| kind == "md"))
        .collect();
    documents.extend(
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(str::to_owned),
    );
    documents.sort();
    documents
}

/// Addresses of the links and images of a document; code is not looked into.
fn links(document: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    Parser::new_ext(document, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        })
        .collect()
}

/// Anchors of a document's headings, as GitHub makes them.
fn anchors(document: &str) -> BTreeSet<String> {
    let slug = |heading: &str| -> String {
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let headings = document.lines().filter(|line| line.starts_with('#'));
    headings.map(|line| slug(line.trim_start_matches('#'))).collect()
}

#[test]
fn links_between_documents_lead_somewhere() {
    let _turn = turn();
    let mut dead = Vec::new();
    for path in documents() {
        let folder = root().join(&path).parent().unwrap().to_owned();
        for link in links(&text(&path))
            .into_iter()
            .filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
        {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { root().join(&path) } else { folder.join(file) };
            let there = match anchor {
                "" => target.exists(),
                anchor => std::fs::read_to_string(&target)
                    .is_ok_and(|text| anchors(&text).contains(anchor)),
            };
            if !there {
                dead.push(format!("{path}: {link}"));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}

#[test]
fn every_page_of_the_documentation_is_in_its_index() {
    let index = text("docs/index.md");
    let pages =
        documents().into_iter().filter_map(|path| path.strip_prefix("docs/").map(str::to_owned));
    for page in pages.filter(|page| page != "index.md") {
        assert!(index.contains(&format!("({page})")), "docs/index.md does not lead to {page}");
    }
}

#[test]
fn the_map_names_every_module_and_stays_short() {
    let map = text("ARCHITECTURE.md");
    assert!(map.lines().count() <= 200, "{} lines", map.lines().count());
    let modules = text("src/lib.rs");
    for module in
        modules.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
    {
        let named =
            [format!("`{module}`"), format!("`{module}/`")].iter().any(|name| map.contains(name));
        assert!(named, "ARCHITECTURE.md does not name `{module}`");
    }
}
