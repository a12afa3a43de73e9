//! Syntax highlighting, behind the feature of that name. A highlighter is made by the first thread that needs one.

#[cfg(feature = "highlight")]
pub(super) use with_arborium::{AVAILABLE, highlight};
#[cfg(not(feature = "highlight"))]
pub(super) use without::{AVAILABLE, highlight};

#[cfg(feature = "highlight")]
mod with_arborium {
    use std::cell::RefCell;

    use arborium::{Config, Highlighter, HtmlFormat};

    /// Whether this build highlights.
    pub(crate) const AVAILABLE: bool = true;

    /// Longer blocks are data rather than code, and stay plain.
    const LONGEST: usize = 256 * 1024;

    thread_local! {
        static HIGHLIGHTER: RefCell<Option<Highlighter>> = const { RefCell::new(None) };
    }

    /// Code as HTML with classes; `None` for a language not known.
    pub(crate) fn highlight(language: &str, code: &str) -> Option<String> {
        let language = canonical(language)?;
        if code.len() > LONGEST {
            return None;
        }
        let html = HIGHLIGHTER.with_borrow_mut(|held| held.get_or_insert_with(new).highlight(language, code).ok())?;
        // The highlighter drops the newline at the end, which is part of the block.
        Some(if code.ends_with('\n') && !html.ends_with('\n') { html + "\n" } else { html })
    }

    fn new() -> Highlighter {
        let html_format = HtmlFormat::ClassNamesWithPrefix("hl".to_owned());
        Highlighter::with_config(Config { html_format, ..Config::default() })
    }

    fn canonical(language: &str) -> Option<&'static str> {
        Some(match language {
            "python" | "py" | "python3" | "pycon" => "python",
            "rust" | "rs" => "rust",
            "bash" | "sh" | "shell" | "zsh" => "bash",
            "c" | "h" => "c",
            "cpp" | "c++" | "cc" | "cxx" | "hpp" | "cuda" | "cu" => "cpp",
            "javascript" | "js" | "jsx" | "mjs" => "javascript",
            "typescript" | "ts" => "typescript",
            "json" | "jsonc" => "json",
            "toml" => "toml",
            "yaml" | "yml" => "yaml",
            "html" | "xml" | "svg" => "html",
            "css" => "css",
            _ => return None,
        })
    }
}

#[cfg(not(feature = "highlight"))]
mod without {
    /// Whether this build highlights.
    pub(crate) const AVAILABLE: bool = false;

    /// Code as HTML with classes: never, in this build.
    pub(crate) fn highlight(_language: &str, _code: &str) -> Option<String> {
        None
    }
}
