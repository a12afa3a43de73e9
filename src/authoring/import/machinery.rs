//! Folders and files of other programs beside texts: what a site generator made or works with, templates of notes, and what a
//! repository says of itself. Nobody who names a folder means these.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use walkdir::DirEntry;

use crate::formats::MARKDOWN;
use crate::system::disk;

/// Why a folder or a file is none of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// A program made it, or needs it.
    Machinery,
    /// New notes begin as its copies.
    Template,
}

/// A program that keeps texts in folders: files of which one tells its top, and the folders there that hold none.
struct Program {
    told_by: &'static [&'static str],
    /// What must be there as well, where other programs call a file so.
    beside: Option<&'static str>,
    leaves: &'static [&'static str],
    /// Whether folders with `_` before their names hold no texts unless the file names them.
    hides: bool,
}

/// Folders of Hugo, Zola and Offprint.
const OF_CONTENT: &[&str] = &[
    "archetypes",
    "assets",
    "examplesite",
    "i18n",
    "layouts",
    "public",
    "resources",
    "sass",
    "static",
    "templates",
    "themes",
];

const PROGRAMS: &[Program] = &[
    Program {
        told_by: &["_config.yml", "_config.yaml", "_config.toml"],
        beside: None,
        leaves: &["public", "scaffolds", "themes", "vendor"],
        hides: true,
    },
    Program {
        told_by: &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"],
        beside: None,
        leaves: OF_CONTENT,
        hides: false,
    },
    Program {
        told_by: &["config.toml", "config.yaml", "config.yml", "config.json", "config"],
        beside: Some("content"),
        leaves: OF_CONTENT,
        hides: false,
    },
    Program {
        told_by: &["_quarto.yml", "_quarto.yaml"],
        beside: None,
        leaves: &["site_libs"],
        hides: true,
    },
    Program {
        told_by: &["mkdocs.yml", "mkdocs.yaml"],
        beside: None,
        leaves: &["site", "overrides"],
        hides: false,
    },
    Program {
        told_by: &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"],
        beside: None,
        leaves: &["build", "static"],
        hides: false,
    },
    Program {
        told_by: &[
            ".eleventy.js",
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            "eleventy.config.ts",
        ],
        beside: None,
        leaves: &["dist", "public"],
        hides: false,
    },
    Program {
        told_by: &["pelicanconf.py"],
        beside: None,
        leaves: &["output", "plugins", "themes"],
        hides: false,
    },
    Program {
        told_by: &["astro.config.mjs", "astro.config.js", "astro.config.ts"],
        beside: None,
        leaves: &["dist", "public"],
        hides: false,
    },
    Program {
        told_by: &["gatsby-config.js", "gatsby-config.ts"],
        beside: None,
        leaves: &["plugins", "public", "static"],
        hides: false,
    },
    Program {
        told_by: &["quartz.config.ts"],
        beside: None,
        leaves: &["docs", "public", "quartz"],
        hides: false,
    },
    Program { told_by: &["book.toml"], beside: None, leaves: &["book", "theme"], hides: false },
    // A graph of Logseq.
    Program { told_by: &["logseq"], beside: Some("pages"), leaves: &["logseq"], hides: false },
];

/// What holds no texts wherever it is.
const EVERYWHERE: &[&str] = &[
    "__pycache__",
    "_build",
    "_includes",
    "_layouts",
    "_sass",
    "_site",
    "bower_components",
    "node_modules",
    "site-packages",
];
/// Folders of Jekyll that hold texts or papers, though their names begin with `_`. What is in `_drafts` is held back later.
const HIDDEN_TEXTS: &[&str] = &["_bibliography", "_data", "_drafts", "_posts"];
/// Files that a generator puts beside the first page of what it made.
const MADE: &[&str] = &[
    ".nojekyll",
    "404.html",
    "atom.xml",
    "feed.xml",
    "index.xml",
    "rss.xml",
    "search.json",
    "sitemap.xml",
];
/// What folders of templates are called.
const TEMPLATES: &[&str] = &[
    "_template",
    "_templates",
    "template",
    "templates",
    "modèles",
    "plantillas",
    "vorlagen",
    "模板",
    "範本",
    "テンプレート",
    "템플릿",
];
/// What their names say besides: what is made of them.
const FILLED: &[&str] = &[
    "daily",
    "default",
    "lit",
    "literature",
    "meeting",
    "note",
    "notes",
    "paper",
    "papers",
    "post",
    "reading",
    "review",
    "summary",
    "weekly",
    "zotero",
    "논문",
    "노트",
    "笔记",
    "论文",
    "論文",
];
/// Texts that Docsify shows around every other.
const WAYS: &[&str] = &["_coverpage", "_footer", "_navbar", "_sidebar"];
/// Texts of which every repository may have one.
const OF_REPOSITORY: &[&str] = &[
    "agents",
    "authors",
    "changelog",
    "claude",
    "code-of-conduct",
    "contributing",
    "contributors",
    "copying",
    "governance",
    "issue-template",
    "licence",
    "license",
    "notice",
    "pull-request-template",
    "readme",
    "security",
    "support",
];

/// Tells such folders while a tree is walked; what is in a folder is looked at once.
#[derive(Default)]
pub(crate) struct Machinery {
    /// The folders of a folder that are left out of it.
    known: RefCell<BTreeMap<PathBuf, BTreeSet<String>>>,
}

impl Machinery {
    /// Why a folder or a file of a walk is none of the texts; hidden ones are no matter.
    pub(crate) fn of_entry(&self, entry: &DirEntry) -> Option<Why> {
        let path = entry.path();
        let name = path.file_name()?.to_str().filter(|name| !disk::is_hidden(name))?;
        if entry.file_type().is_dir() {
            return self.of_folder(path);
        }
        let (stem, ending) = name.rsplit_once('.')?;
        if !MARKDOWN.has_extension(ending) {
            return None;
        }
        let is_way = WAYS.contains(&stem).then_some(Why::Machinery);
        is_way.or_else(|| is_template(stem).then_some(Why::Template))
    }

    /// Why a folder is not walked through; `None` where it may hold texts.
    fn of_folder(&self, path: &Path) -> Option<Why> {
        let name = lower(path.file_name()?.to_str()?);
        if EVERYWHERE.contains(&name.as_str()) {
            return Some(Why::Machinery);
        }
        let parent = path.parent()?;
        let mut known = self.known.borrow_mut();
        let left = known.entry(parent.to_owned()).or_insert_with(|| left_in(parent));
        // A site in its own folder says itself what in it are texts.
        let is_left = left.contains(&name) || !left.is_empty() && is_made(path);
        match () {
            () if is_left => Some(Why::Machinery),
            () if TEMPLATES.contains(&name.as_str()) => Some(Why::Template),
            () => None,
        }
    }
}

/// Whether a file is a template by its name.
fn is_template(stem: &str) -> bool {
    let stem = lower(stem);
    let mut words = stem.split(['-', '_', ' ']).filter(|word| !word.is_empty());
    let says_so = words.clone().any(|word| TEMPLATES.contains(&word));
    says_so && words.all(|word| TEMPLATES.contains(&word) || FILLED.contains(&word))
        || stem.starts_with("template - ")
}

/// Whether a text, of which the beginning is enough, has a title that waits to be filled in: in its front matter, or the lines
/// that stand for it, or its first heading. Code further down may show a template.
pub(crate) fn waits_for_title(text: &str) -> bool {
    let text = text.trim_start();
    let rule = ["---", "+++"].into_iter().find(|rule| text.starts_with(rule));
    let ends = |line: &&str| rule.map_or(line.is_empty(), |rule| line.trim_end() == rule);
    let mut lines = text.lines().skip(usize::from(rule.is_some())).take(HEAD);
    let head: Vec<&str> = lines.by_ref().take_while(|line| !ends(line)).collect();
    let title = |line: &&str| {
        let value = line.trim_start().strip_prefix("title");
        let value = value.map(|rest| rest.trim_start_matches([' ', ':', '=']));
        value.is_some_and(|value| {
            let value = value.trim().trim_matches(['"', '\'']);
            is_blank(value) || WORDS.contains(&lower(value).as_str())
        })
    };
    let heading = head
        .iter()
        .copied()
        .chain(lines)
        .find(|line| !line.trim().is_empty() && !line.contains(':'));
    head.iter().any(title)
        || heading.and_then(|line| line.strip_prefix("# ")).is_some_and(is_blank)
        || is_form(text)
}

/// Whether a program took a text out of a PDF: such texts have a form feed before each page. It is no writing of whoever
/// keeps it, and mostly not theirs to publish.
pub(crate) fn is_of_pdf(text: &str) -> bool {
    text.matches('\u{c}').nth(1).is_some()
}

/// Whether a heading that only says that it is the title stands above another, or above a label without a value.
fn is_form(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let title = lines.next().and_then(|line| line.strip_prefix("# "));
    let is_title = title.is_some_and(|title| WORDS.contains(&lower(title.trim()).as_str()));
    let below = lines.next().unwrap_or_default().trim_end_matches(['*', ' ']);
    is_title && (below.starts_with('#') || below.ends_with([':', '：']))
}

/// Lines of a text that may be its front matter and its heading.
const HEAD: usize = 60;
/// What stands in templates where a title will be.
const WORDS: &[&str] = &[
    "paper title",
    "title",
    "titel",
    "titre",
    "título",
    "タイトル",
    "标题",
    "標題",
    "論文タイトル",
    "论文标题",
    "논문 제목",
    "제목",
];

/// Whether a program fills this in: `{{title}}`, `<% tp.file.title %>`. What BibTeX protects, `{{LAMP}}`, is a title.
fn is_blank(title: &str) -> bool {
    let name = title.split_once("{{").filter(|(_, rest)| rest.contains("}}"));
    let is_name = |rest: &str| {
        let name = rest.trim_start();
        name.starts_with(|c: char| c.is_ascii_lowercase()) || name.starts_with("VALUE")
    };
    name.is_some_and(|(_, rest)| is_name(rest)) || title.contains("<%") && title.contains("%>")
}

/// Whether a text that names no paper is by its name one that says something of a repository.
pub(crate) fn is_of_repository(stem: &str) -> bool {
    let stem = lower(stem).replace(['_', ' '], "-");
    // A translation of one is one, too: `README_ko`, `README.zh-CN`.
    let first = stem.split(['.', '-']).next().unwrap_or_default();
    OF_REPOSITORY.contains(&stem.as_str()) || first == "readme" || first == "license"
}

fn lower(name: &str) -> String {
    name.to_lowercase()
}

/// The folders of a folder that are left out for a program whose top it is. Where there is one, `""` is among them.
fn left_in(folder: &Path) -> BTreeSet<String> {
    let names = names_in(folder);
    let mut left = BTreeSet::new();
    for program in PROGRAMS {
        let told = program.told_by.iter().find(|name| names.contains(**name));
        let Some(told) = told.filter(|_| program.beside.is_none_or(|name| names.contains(name)))
        else {
            continue;
        };
        left.insert(String::new());
        left.extend(program.leaves.iter().map(|name| (*name).to_owned()));
        if program.hides {
            let config = disk::read(folder.join(told), MOST).unwrap_or_default();
            let config = String::from_utf8_lossy(&config);
            let hidden = names.iter().filter(|name| name.starts_with('_'));
            left.extend(
                hidden.filter(|name| !is_collection(name, &config)).map(|name| lower(name)),
            );
        }
    }
    left
}

/// As much of a config as is read.
const MOST: u64 = 1 << 20;

/// Whether the config of Jekyll makes a collection of a folder, or includes it.
fn is_collection(name: &str, config: &str) -> bool {
    if HIDDEN_TEXTS.contains(&lower(name).as_str()) {
        return true;
    }
    let plain = name.trim_start_matches('_');
    let mut is_excluded = false;
    config.lines().filter(|line| !line.trim_start().starts_with('#')).any(|line| {
        if line.starts_with(|c: char| c.is_alphabetic()) {
            is_excluded = line.starts_with("exclude");
        }
        let item = line.trim().trim_start_matches(['-', ' ']);
        let is_key =
            item.strip_prefix(plain).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'));
        let mut words = line.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
        !is_excluded && (is_key || words.any(|word| word == name))
    })
}

/// Whether a folder holds a site that was made, and none that makes one.
fn is_made(folder: &Path) -> bool {
    let names = names_in(folder);
    let has = |name: &&str| names.contains(*name);
    has(&"index.html") && MADE.iter().any(has) && left_in(folder).is_empty()
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_collection, is_of_repository, is_template, waits_for_title};

    #[test]
    fn templates_are_told_by_their_names_and_titles() {
        for stem in ["template", "Templates", "Template - Paper", "notes-template", "论文_模板"]
        {
            assert!(is_template(stem), "{stem}");
        }
        for stem in ["Template matching at night", "Lamps", "Learning-the-template"] {
            assert!(!is_template(stem), "{stem}");
        }
        for text in [
            "---\ntitle: \"{{title}}\"\n---\n",
            "+++\ntitle = 'Title'\n+++\n",
            "# <% tp.file.title %>\n",
            "title:: {{VALUE:title}}",
            "# 论文标题\n\n## 基本信息\n\n- **作者**：\n",
            "# Title\n\n- **Authors:**\n- Link:\n",
        ] {
            assert!(waits_for_title(text), "{text}");
        }
        for text in [
            "",
            "# Title\n\nLamps\n",
            "title: {{LAMP}}\n",
            "title: Titles\n",
            "# Lamps\n",
            "Lamps\n\n```\ntitle: {{title}}\n# {{title}}\n```\n",
        ] {
            assert!(!waits_for_title(text), "{text}");
        }
    }

    #[test]
    fn texts_about_a_repository_are_told_by_their_names() {
        for stem in ["README", "readme.zh-CN", "README_ko", "LICENSE-MIT", "CODE_OF_CONDUCT"] {
            assert!(is_of_repository(stem), "{stem}");
        }
        for stem in ["Lamps", "Security of lamps", "Readmeter", "Support vectors"] {
            assert!(!is_of_repository(stem), "{stem}");
        }
    }

    #[test]
    fn collections_are_named_by_the_config() {
        let config = "collections:\n  notes:\n    output: true\ninclude:\n  - _extra\n";
        assert!(is_collection("_notes", config) && is_collection("_posts", config));
        assert!(!is_collection("_oldposts", config) && !is_collection("_not", config));
        assert!(is_collection("_talks", "collections:\n- talks\n"));
        assert!(is_collection("_pages", "include: [\"_pages\", \".well-known\"]\n"));
        assert!(is_collection("_extra", config) && !is_collection("_talks", "# talks:\n"));
        assert!(
            !is_collection("_old", "exclude:\n  - _old\n")
                && !is_collection("_old", "exclude: [_old]\n")
        );
    }
}
