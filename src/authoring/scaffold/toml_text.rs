//! Values as they are written in TOML.

use crate::model::Lang;

/// A text in quotes, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// A list of texts.
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A text for each language: `"…"`, or `{ ko = "…", en = "…" }`.
pub(super) fn translated(texts: &[(&Lang, &str)]) -> String {
    match texts {
        [(_, text)] => quoted(text),
        texts => {
            let texts: Vec<String> =
                texts.iter().map(|(lang, text)| format!("{lang} = {}", quoted(text))).collect();
            format!("{{ {} }}", texts.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn what_is_quoted_is_read_back() {
        for text in
            ["", "plain", "Ada's \"best\"", "C:\\papers", "논문\n노트\u{7f}\t\u{1}", "'''", "a # b"]
        {
            let table: toml::Table = format!("x = {}\n", quoted(text)).parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
    }
}
