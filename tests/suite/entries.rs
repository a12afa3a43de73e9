//! Where bytes from outside enter, one function a target: what the fuzzer calls with anything (`fuzz/`), and the tests with
//! the small corpora of `tests/fuzz-corpus`. Each only has to return.

use std::sync::Arc;

use camino::Utf8PathBuf;
use offprint::config::Config;
use offprint::content::media;
use offprint::diagnostic::SourceText;
use offprint::formats::writer;
use offprint::formats::{self, FORMATS, Format, Hints, MARKDOWN, NOTES};
use offprint::markup::{Options, Renderer};
use offprint::model::Lang;
use offprint::render::switches;
use offprint::render::theme_check;
use offprint::theme::Theme;
use offprint::{model, prose};

/// A target: its name, which is that of its corpus, and what it does.
pub(crate) type Entry = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const ALL: &[Entry] = &[
    ("readers", readers),
    ("front-matter", front_matter),
    ("markup", markup),
    ("config", config),
    ("templates", templates),
    ("pictures", pictures),
    ("drawings", drawings),
    ("search", search),
];

fn read(format: &Format, text: &str) {
    let languages: Vec<Lang> = ["ko", "en"].iter().filter_map(|tag| Lang::parse(tag)).collect();
    let hints =
        Hints { stem: "250312 Lamps", year: Some(2025), languages: &languages, ..Hints::default() };
    let reading = formats::read(format, text, &hints);
    for finding in &reading.findings {
        let span = finding.span.clone().unwrap_or_default();
        assert!(text.get(span).is_some(), "a finding outside of the text: {finding:?}");
    }
    for digest in &reading.digests {
        let written = writer::write(digest);
        assert!(model::fit::unfit(&written).is_none(), "what no page can hold is left");
        formats::read(MARKDOWN, &written, &hints);
    }
}

/// Any text as any format, which the first byte names.
pub(crate) fn readers(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    formats::detect(&text, "lamps.txt");
    read(FORMATS[usize::from(*first) % FORMATS.len()], &text);
}

/// Any text as front matter, of digests and of notes.
pub(crate) fn front_matter(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for mark in ["---", "+++"] {
        let text = format!("{mark}\n{text}\n{mark}\n\n## Lamps\n\nWords.\n");
        read(MARKDOWN, &text);
        read(NOTES, &text);
    }
}

/// Any text as Markdown: its HTML, its words, what it names.
pub(crate) fn markup(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let options =
        Options { math_macros: vec![("lamp".into(), "\\ell".into())], ..Options::default() };
    let Ok(renderer) = Renderer::new(&options) else { panic!("the macros are good ones") };
    renderer.render(&text, "a");
    renderer.page(&text, "");
    prose::plain(&text);
    prose::excerpt(&text, 80, |tex| Some(tex.to_owned()));
    prose::mentions(&text);
    prose::files(&text);
}

/// Any text as config.toml.
pub(crate) fn config(data: &[u8]) {
    Config::parse(&String::from_utf8_lossy(data), &switches());
}

/// Any text as a template of a theme, compiled and checked.
pub(crate) fn templates(data: &[u8]) {
    let name = format!("offprint-entries-{}", std::process::id());
    let Ok(root) = Utf8PathBuf::from_path_buf(std::env::temp_dir().join(name)) else { return };
    let folder = root.join("themes/lamps/templates");
    let manifest = "name = \"lamps\"\ntheme_api = 1\nextends = \"offprint\"\n";
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(root.join("themes/lamps/theme.toml"), manifest))
        .and_then(|()| std::fs::write(folder.join("home.html"), data));
    let config = Config { theme: "lamps".into(), ..Config::default() };
    let source = Arc::new(SourceText { path: "config.toml".into(), text: String::new() });
    if let (Ok(()), (Some(theme), _)) = (written, Theme::load(&root, &config, &source)) {
        theme_check::check(&theme);
    }
}

/// Any bytes as a picture that is freed from what it tells.
pub(crate) fn pictures(data: &[u8]) {
    if let Some(clean) = media::cleaned(data) {
        assert_eq!(media::cleaned(&clean).as_ref(), Some(&clean), "what is clean stays as it is");
    }
}

/// Any text as a drawing, and inside of one: nothing in what is left can run.
pub(crate) fn drawings(data: &[u8]) {
    let inside = [b"<svg xmlns=\"http://www.w3.org/2000/svg\">", data, b"</svg>"].concat();
    for drawing in [data, &inside] {
        let Some(clean) = media::cleaned(drawing) else { continue };
        assert_eq!(media::cleaned(&clean).as_ref(), Some(&clean), "what is clean stays as it is");
        let Ok(text) = String::from_utf8(clean) else { continue };
        for tag in text.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
            let tag = tag.to_ascii_lowercase();
            assert!(
                !["script", "foreignobject", "iframe"].iter().any(|name| tag.starts_with(name)),
                "{tag}"
            );
            let names = tag.split('"').step_by(2).map(|name| name.trim_matches([' ', '=']));
            assert!(!names.skip(1).any(|name| name.starts_with("on")), "{tag}");
            assert!(!tag.contains("javascript:"), "{tag}");
        }
    }
}

/// Any text as what the search looks for.
pub(crate) fn search(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    prose::search_words(&text, |word| {
        prose::stem(word);
        prose::shard_key(word);
    });
    prose::compounds(&text, true, |_| {});
    prose::joined(&text);
    prose::tokens(&text, |_| {});
}
