//! What holds for the HTML of any text, however hostile.

use offprint::markup::{Image, Linked, Options, Renderer, Resolver};
use offprint::model::PaperId;
use offprint::prose::{excerpt, mentions, plain, tokens};
use proptest::prelude::*;

/// Knows everything, or nothing.
struct Site(bool);

impl Resolver for Site {
    fn paper(&self, _: &PaperId) -> Option<Linked> {
        self.wikilink("")
    }

    fn wikilink(&self, _: &str) -> Option<Linked> {
        self.0.then(|| Linked { href: "/x/".to_owned(), title: "A \"title\" <b>".to_owned() })
    }

    fn file(&self, _: &str) -> Option<String> {
        self.0.then(|| "/y/".to_owned())
    }

    fn image(&self, _: &str, _: bool) -> Option<Image> {
        self.0.then(|| Image { src: "/z.png".to_owned(), width: 1, height: 1, ..Image::default() })
    }

    fn page(&self) -> &'static str {
        ""
    }

    fn alert(&self, kind: &str) -> (String, Option<String>) {
        (kind.to_owned(), Some("en".to_owned()))
    }
}

fn html(text: &str, known: bool) -> String {
    let renderer = Renderer::new(&Options::default()).unwrap();
    let markup = renderer.render(text, "k");
    for finding in markup.findings.iter().chain(&markup.unresolved(&Site(known))) {
        let span = finding.span.clone().expect("findings have a place");
        assert!(text.get(span.clone()).is_some(), "{span:?} is no place in {text:?}");
    }
    let mut html = String::new();
    markup.fill(&Site(known), &mut html);
    html
}

/// Elements without content.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// A tag: its name, its attributes, whether it closes.
fn tags(html: &str) -> Vec<(&str, &str, bool)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let mut quoted = false;
        let end = rest[at..].bytes().position(|b| {
            quoted ^= b == b'"';
            b == b'>' && !quoted
        });
        let tag = &rest[at + 1..at + end.expect("every `<` opens a tag")];
        let (tag, closing) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        found.push((name, attributes, closing));
        rest = &rest[at + tag.len() + 2..];
    }
    found
}

fn check(html: &str) {
    let mut open = Vec::new();
    for (name, attributes, closing) in tags(html) {
        assert!(
            !matches!(name, "script" | "style" | "iframe" | "object" | "form"),
            "{name} in {html}"
        );
        for attribute in attributes.split("\" ") {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            // Negative space in a formula has no other way to be said.
            let styled = key == "style" && !open.contains(&"math");
            assert!(!key.starts_with("on") && !styled, "{key} in {html}");
            let value = value.trim_start_matches('"').to_ascii_lowercase();
            let address = matches!(key, "href" | "src");
            let hostile = ["javascript:", "vbscript:", "data:"]
                .iter()
                .any(|scheme| value.starts_with(scheme));
            assert!(!(address && hostile), "{value} in {html}");
        }
        if closing {
            assert_eq!(open.pop(), Some(name), "in {html}");
        } else if !VOID.contains(&name) && !attributes.ends_with('/') && !name.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open in {html}");
}

/// The text of HTML, without tags and entities.
fn visible(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[rest.find('>').map_or(rest.len(), |end| end + 1)..];
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Pieces that mean something to Markdown, HTML or this program.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "\n::: a b=\"c\"\n", "\n:::\n", "\n:::: d [e] {f}\n", "\n> ::: a\n", ":::",
    "==", "^[", " ^id1\n", "^id2\n", "> [!tip]- ", "|300]]", "#^id1]]", "<font>", ".mp4]]",
    "*", "**", "_", "~~", "`", "```\n", "$", "$$", "\\", "[", "]", "(", ")", "[[", "]]", "![", "![[", "|", "\n",
    "\n\n", "\n> ", "\n- ", "\n1. ", "\n# ", "\n    ", "\n: ", "[^1]", "\n[^1]: ", "- [ ] ", "> [!NOTE]\n",
    "|a|b|\n|-|-|\n|", "<b>", "</b>", "<div>", "</div>", "\n<details>\n", "</details>", "<summary>", "<table>",
    "<tr>", "<td>", "<li>", "<ul>", "</ul>", "<p>", "<a href=\"javascript:x\">", "<a href=x onclick=y>", "</a>",
    "<script>", "</script>", "<img src=x onerror=y>", "<!--", "-->", "<mid>", "<h1>", "<pre>", "<hr>",
    "<svg onload=x>", "javascript:x", "](javascript:x)", "](data:x)", "https://arxiv.org/abs/2503.07565",
    "arXiv:1706.03762", "https://a.b/c", "<https://a.b>", "](x.md)", "](x.png \"t\")", "](#y)", "&amp;",
    "&#106;", "&", "\u{0}", "\u{1}", "\u{2}", "\u{2e4e}", "\r\n", "가", "(나)", "는", "word", "5", "\"", "'", "<",
    ">", "=", "onclick=x", "\t", "\\frac{", "}", "^", "{",
];

fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(PIECES);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_is_balanced_and_harmless(text in hostile(), known: bool) {
        check(&html(&text, known));
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,200}|[\\x00-\\x7f]{0,200}") {
        check(&html(&text, true));
        let renderer = Renderer::new(&Options::default()).unwrap();
        check(&renderer.title(&text));
    }

    #[test]
    fn prose_never_fails(text in hostile(), max in 0..100_usize) {
        for mention in mentions(&text) {
            prop_assert!(text.get(mention.span).is_some());
        }
        prop_assert!(excerpt(&text, max, |tex| Some(tex.to_owned())).chars().count() <= max.max(1));
        tokens(&plain(&text), |_| ());
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-z]{2,8}|[가-힣]{1,6}|<[a-z]{9,11}>|[$*_\\[(\"]{1,2}[a-z]{3}", 1..20), joiner in " |\n|\n\n|\n- |\n> |, ") {
        let shown = visible(&html(&words.join(&joiner), true));
        for word in &words {
            let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
            let math: String = letters.chars().filter(char::is_ascii).collect();
            // Letters of a formula are written apart.
            let found = shown.contains(&letters) || shown.replace(['\u{2062}', ' '], "").contains(&math);
            prop_assert!(found, "{} is not in {}", letters, shown);
        }
    }
}

#[test]
fn deep_nesting_is_harmless() {
    for piece in [
        "> ",
        "[",
        "*",
        "**a ",
        "_",
        "- ",
        "1. ",
        "![",
        "[[",
        "<b>",
        "<div>\n\n",
        "`",
        "$",
        "$$",
        "{",
        "${",
        "(",
        "a|",
        "[^1]",
        "<!--",
        "a <!--",
        "\n<!--\n\n",
        "<div <",
        "<p title=\"",
        "&",
        "\\",
        "~~a ",
        "<a href=",
        "**가(",
        "~",
        ": ",
    ] {
        let text = piece.repeat(100_000);
        check(&html(&text, true));
        assert!(plain(&text).len() <= text.len());
        assert!(mentions(&text).is_empty(), "{piece}");
    }
}

#[test]
fn deep_tex_is_harmless() {
    for piece in ["{", "\\sqrt{", "^", "\\left(", "\\frac", "\\begin{matrix}"] {
        check(&html(&format!("$a{}b$", piece.repeat(20_000)), true));
    }
}
