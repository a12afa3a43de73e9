//! No text, in whatever field of whatever format, brings markup of its own to a page, a feed or a search result.
//!
//! A site is built of texts full of payloads, and everything in it that a browser reads as HTML is read as a browser
//! does. A tag must be one that the same site has without payloads, or one that a text may bring.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::desk::{Desk, TODAY, Tree};

/// Elements that a text may bring.
const ELEMENTS: &str = "a abbr annotation b blockquote br cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 \
    h5 h6 hr i img input ins kbd label li mark math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom \
    mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover ol p pre q \
    rp rt ruby s samp semantics small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr";
/// Attributes that they may have.
const ATTRIBUTES: &str = "aria-current accent accentunder alt alttext aria-hidden aria-label checked class colspan datetime decoding dir encoding \
    disabled display displaystyle form height href hreflang id lang largeop linethickness loading lspace mathvariant \
    maxsize minsize movablelimits notation open rel reversed role rowspan rspace scriptlevel sizes src srcset start \
    stretchy style symmetric tabindex title type value width";

/// What stands in a document, as a browser reads it.
#[derive(Default)]
struct Sink {
    tags: RefCell<Vec<Tag>>,
    /// What stands in each `script`.
    scripts: RefCell<Vec<String>>,
    in_script: Cell<bool>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let raw = match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
                self.in_script.set(&*tag.name == "script");
                if self.in_script.get() {
                    self.scripts.borrow_mut().push(String::new());
                }
                // Inside of a drawing, which only themes bring, a title holds text as well.
                self.tags.borrow_mut().push(tag);
                raw
            }
            Token::TagToken(_) => {
                self.in_script.set(false);
                TokenSinkResult::Continue
            }
            Token::CharacterTokens(text) if self.in_script.get() => {
                self.scripts.borrow_mut().last_mut().unwrap().push_str(&text);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

fn read(html: &str) -> Sink {
    let tokenizer = Tokenizer::new(Sink::default(), html5ever::tokenizer::TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

/// Everything in a site that a browser reads as HTML, with the name of its file.
fn documents(site: &Tree) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    for (name, bytes) in site {
        let text = || String::from_utf8(bytes.clone()).unwrap();
        if name.contains("search/words/") || name.contains("search/results/") {
            found.extend(titles_in_search(&text()).into_iter().map(|html| (name.as_str(), html)));
        }
        match name.rsplit('.').next() {
            Some("html") => found.push((name.as_str(), text())),
            Some("xml") => found.extend(in_feed(&text()).map(|html| (name.as_str(), html))),
            Some("json") => in_json(&serde_json::from_str(&text()).unwrap(), false, &mut |html| {
                found.push((name.as_str(), html.to_owned()));
            }),
            _ => {}
        }
    }
    found
}

fn in_feed(xml: &str) -> impl Iterator<Item = String> {
    let escaped = xml.split("type=\"html\">").skip(1).map(|rest| rest.split("</").next().unwrap());
    let unescape = |text: &str| quick_xml::escape::unescape(text).unwrap().into_owned();
    escaped.map(unescape).collect::<Vec<_>>().into_iter()
}

/// The titles of results of the search, which its scripts show as HTML; all else they show as text.
fn titles_in_search(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut titles = Vec::new();
    for value in lines {
        let results = value["results"].as_array().into_iter().flatten();
        titles.extend(results.map(|result| result["title"].clone()));
        let told = value.get(1).and_then(Value::as_array).into_iter().flatten();
        let trees = told.clone().filter_map(|of_tree| of_tree.get(1)).cloned();
        titles.extend(trees.chain(value.pointer("/1/1").cloned()));
    }
    titles.iter().filter_map(|title| title.as_str().map(str::to_owned)).collect()
}

/// HTML in JSON: of feeds what is called so.
fn in_json(value: &Value, all: bool, found: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) if all => found(text),
        Value::Array(values) => values.iter().for_each(|value| in_json(value, all, found)),
        Value::Object(values) => {
            for (key, value) in values {
                in_json(value, all || key == "content_html", found);
            }
        }
        _ => {}
    }
}

/// A tag without the values of its attributes, but for a script, which is what it holds.
fn shape(tag: &Tag) -> String {
    let own = |name: &&str| !matches!(*name, "lang" | "dir" | "aria-current");
    let mut names: Vec<&str> =
        tag.attrs.iter().map(|attribute| &*attribute.name.local).filter(own).collect();
    names.sort_unstable();
    format!("{} {}", tag.name, names.join(" "))
}

/// What the site has without payloads: shapes of tags, and scripts.
struct Ours {
    shapes: BTreeSet<String>,
    scripts: BTreeSet<String>,
}

impl Ours {
    fn of(site: &Tree) -> Self {
        let read: Vec<Sink> = documents(site).iter().map(|(_, html)| read(html)).collect();
        let shapes = read
            .iter()
            .flat_map(|sink| sink.tags.borrow().iter().map(shape).collect::<Vec<_>>())
            .collect();
        Self {
            shapes,
            scripts: read.into_iter().flat_map(|sink| sink.scripts.into_inner()).collect(),
        }
    }

    fn check(&self, name: &str, html: &str) {
        let listed = |list: &str, word: &str| list.split_whitespace().any(|listed| listed == word);
        let sink = read(html);
        let mut scripts = sink.scripts.into_inner().into_iter();
        for tag in sink.tags.into_inner() {
            let strange =
                |attribute: &&html5ever::Attribute| !listed(ATTRIBUTES, &attribute.name.local);
            let may_be = listed(ELEMENTS, &tag.name)
                && !tag.attrs.iter().any(|attribute| strange(&attribute));
            assert!(may_be || self.shapes.contains(&shape(&tag)), "{name}: {tag:?}");
            for attribute in &tag.attrs {
                let (key, value) = (&*attribute.name.local, &*attribute.value);
                assert!(!key.starts_with("on"), "{name}: {tag:?}");
                let leads = ["href", "src", "action", "formaction", "data", "poster", "srcset"]
                    .contains(&key);
                assert!(!leads || is_harmless(value), "{name}: {tag:?}");
                assert!(key != "style" || !value.contains(['(', '\\', '@']), "{name}: {tag:?}");
            }
            if tag.attrs.iter().any(|attribute| &*attribute.name.local == "http-equiv") {
                let leads = |attribute: &html5ever::Attribute| {
                    attribute.value.starts_with("0; url=/notes/")
                };
                assert!(tag.attrs.iter().any(leads), "{name}: {tag:?}");
            }
            if &*tag.name == "script" {
                let script = scripts.next().unwrap();
                let is_data =
                    tag.attrs.iter().any(|attribute| &*attribute.value == "application/ld+json");
                let is_ours = self.scripts.contains(&script)
                    || is_data && serde_json::from_str::<Value>(&script).is_ok();
                assert!(is_ours, "{name}: {script}");
            }
        }
    }
}

/// Whether an address leads to a page, as a browser reads it.
fn is_harmless(address: &str) -> bool {
    let address: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let scheme = address.find([':', '/', '?', '#']).filter(|at| address[*at..].starts_with(':'));
    let known = ["http", "https", "mailto", "tel", "ftp", "doi", "arxiv"];
    scheme.is_none_or(|end| {
        known.contains(&address[..end].to_ascii_lowercase().as_str())
            || address.starts_with("data:image/")
    })
}

/// The texts, one after the other and then again.
struct Texts<'t>(&'t [String], Cell<usize>);

impl Texts<'_> {
    fn next(&self) -> &str {
        self.1.set(self.1.get() + 1);
        &self.0[self.1.get() % self.0.len()]
    }

    /// Fills every `@` of a pattern with a text as it is, `%` as a string of JSON, YAML and TOML, `&` as text of XML.
    fn fill(&self, pattern: &str) -> String {
        let filled = pattern.chars().map(|c| match c {
            '@' => self.next().to_owned(),
            '%' => serde_json::to_string(self.next()).unwrap(),
            '&' => quick_xml::escape::escape(self.next()).into_owned(),
            c => c.to_string(),
        });
        filled.collect()
    }
}

const CONFIG: &str = "title = %\ndescription = %\nbase_url = \"https://lamps.example/notes/\"\nlanguages = [\"en\", \"ko\"]\n\
    [tag.lamps]\nlabel = %\n[author]\nname = %\nemail = %\n[redirects]\n\"/old/\" = \"/about/\"\n";
const ENTRY: &str = "## @\n\n(@, @)\nhttps://arxiv.org/abs/2503.0000N\nvenue: @\ncode: @\n\n> @\n\n@\n\n- @\n\n| @ |\n|-|\n| @ |\n\n\
    ```@\n@\n```\n\n![@](x.png \"@\")\n[@](@)\n[[@]]\n\n\
    ::: details @\n@\n:::\n\n::: video \"@\" title='@'\n@\n:::\n\n::: remark \"@\" where=\"@\"\n@\n:::\n\n::: @ @=@\n\n\
    ::: papers tag=lamps author=\"@\"\n\n[^1]: @\n\n#@ #lamps\n\n";
/// A component of the site, which shows what it is given wherever HTML has room for it.
const REMARK: &str = "{#\nbare = \"title\"\n[arguments.title]\n[arguments.where]\ntype = \"address\"\ndefault = \"\"\n#}\n\
    <blockquote title=\"{{ title }}\"><a href=\"{% if where %}{{ where.url }}{% endif %}\">{{ title }}</a>{{ body }}</blockquote>\n";
const NOTE: &str = "---\ntitle: %\nauthors: [%]\ntags: [%]\njournal: %\nurl: %\nabstract: %\n---\n\n## @\n\n@\n\n> [!note] @\n> @\n";
const WEEK: &str = "# @\n\n## Papers of the Week (January 6 - January 12) - 2025\n| **Paper** | **Links** |\n| - | - |\n\
    | 1) @ - @ | [Paper](https://arxiv.org/abs/2503.00005), [@](@) |\n";
const FEED: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>http://arxiv.org/abs/2503.00006v1</id>\
    <published>2025-03-01T00:00:00Z</published><title>&</title><summary>&</summary><author><name>&</name></author>\
    <category term=\"&\"/></entry></feed>";
const PAPER: &str = "[{\"publishedAt\": \"2025-03-04T00:00:00.000Z\", \"paper\": {\"id\": \"2503.00007\", \"title\": %, \"summary\": %, \
    \"authors\": [{\"name\": %}], \"publishedAt\": \"2025-03-04T00:00:00.000Z\", \"githubRepo\": %, \"projectPage\": %, \
    \"ai_summary\": %, \"ai_keywords\": [%]}}]";
const BIB: &str = "@article{a, title = {@}, author = {@ and @}, journal = {@}, abstract = {@}, keywords = {@}, url = {@}, \
    date = {2025-03-03}}\n";

/// A site with a text in every field of every format.
fn site(texts: &[String]) -> Desk {
    let texts = Texts(texts, Cell::new(0));
    // Braces that do not match end a field of BibTeX early.
    let bare: Vec<String> =
        texts.0.iter().map(|text| text.replace(['{', '}', '\\'], " ")).collect();
    let bare = Texts(&bare, Cell::new(0));
    let entry = |n: u8| texts.fill(ENTRY).replace("2503.0000N", &format!("2503.0000{n}"));
    let name: String =
        texts.next().chars().filter(|c| !matches!(c, '/' | '\0' | '\\' | ':')).take(60).collect();
    let sources = [
        (
            "markdown",
            "md/2025-03-13.md",
            texts.fill("---\ntitle: %\ndescription: %\n---\n\n") + &entry(3),
        ),
        ("notes", "vault/250314 Front.md", texts.fill(NOTE)),
        (
            "notes",
            &format!("vault/250315 {name}.md"),
            texts.fill("# @\n\n(@)\nhttps://arxiv.org/abs/2503.00004\n\n@\n\nTags: #@\n"),
        ),
        (
            "digest-page",
            "page/page.txt",
            texts.fill("# 2025-04-02\n\n@\n\n(@, @)\n\n@\n\n@\n\n#@\n"),
        ),
        ("papers-of-the-week", "weeks/README.md", texts.fill(WEEK)),
        ("arxiv-atom", "atom/a.xml", texts.fill(FEED)),
        ("bibtex", "bib/l.bib", "@".to_owned() + &bare.fill(&BIB[1..])),
        ("daily-papers-json", "json/d.json", texts.fill(PAPER)),
        (
            "daily-papers",
            "daily/d.txt",
            texts.fill("Daily Papers\n\nMar 5, 2025\n\n@\n\n@\n\n  • 3 authors\n"),
        ),
    ];
    let desk = Desk::empty();
    let mut config = texts.fill(CONFIG);
    for (format, path, text) in &sources {
        desk.write(path, text);
        let folder = format!("[[sources]]\npath = \"{}\"\n", path.split('/').next().unwrap());
        if !config.contains(&folder) {
            config.extend([folder.as_str(), "format = \"", format, "\"\n"]);
        }
    }
    desk.write("config.toml", config);
    desk.write("templates/components/remark.html", REMARK);
    desk.write("content/index.md", texts.fill("@\n"));
    desk.write("content/about.md", texts.fill("+++\ntitle = %\n+++\n\n# @\n\n@\n"));
    desk.write(
        "content/2025-03-12.md",
        texts.fill("+++\ntitle = %\n+++\n\n@\n\n") + &entry(1) + &entry(2),
    );
    desk
}

fn built(texts: &[String]) -> Tree {
    let desk = site(texts);
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    desk.public()
}

/// Pieces of markup that run something where they are taken for markup.
#[rustfmt::skip]
const PAYLOADS: &[&str] = &[
    "<script>ran()</script>", "<img src=x onerror=ran()>", "\"><svg onload=ran()>", "'><script>ran()</script>", "</script><script>ran()</script>",
    "</title><script>ran()</script>", "</textarea><img src=x onerror=ran()>", "--><script>ran()</script>", "]]><script>ran()</script>",
    "<a href=\"javascript:ran()\">x</a>", "[x](javascript:ran())", "![x](javascript:ran())", "<javascript:ran()>", "javascript:ran()", "data:text/html,<script>ran()</script>",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", "\" onmouseover=\"ran()", "' onfocus='ran()' autofocus='", "<iframe srcdoc=\"<script>ran()</script>\"></iframe>",
    "<math><mtext><style><img src=x onerror=ran()></style></mtext></math>", "<details open ontoggle=ran()>", "<form action=javascript:ran()><button>x</button></form>",
    "<b style=\"background:url(javascript:ran())\">x</b>", "<base href=\"https://evil.example/\">", "<meta http-equiv=refresh content=\"0;url=javascript:ran()\">",
    "$\\operatorname{<script>ran()</script>}$", "$\\operatorname*{<img src=x onerror=ran()>}$", "$\\operatornamewithlimits{</mo></math><script>ran()</script>}$",
    "$\\text{<script>ran()</script>}$", "$\\href{javascript:ran()}{x}$", "$\\tag{<script>ran()</script>} x$", "$\\operatorname{</mo><b onclick=ran()>x</b><mo>}$", "$\\label{\"onload=ran()}$",
    "$\\mathrm{\"><script>ran()</script>}$", "`<script>ran()</script>`", "&lt;script&gt;ran()&lt;/script&gt;", "&#60;script&#62;ran()&#60;/script&#62;", "\\u003cscript\\u003eran()\\u003c/script\\u003e",
    "{{ 7 * 7 }}{% include \"x\" %}", "<!--<script>ran()</script>-->", "<svg><foreignObject><script>ran()</script></foreignObject></svg>", "java\tscript:ran()", "https://a.example/\"onclick=\"ran()",
    "[[x|<script>ran()</script>]]", "[^1]", "==<script>ran()</script>==", "<img src=\"javascript:ran()\">", "<a href=\"&#106;avascript:ran()\">x</a>", "x", "등불", " ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PAYLOADS);
    prop::collection::vec(piece, 1..3).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_a_text_says_becomes_markup_of_its_own(texts in prop::collection::vec(text(), 97)) {
        let ours = Ours::of(&built(&["Lamps".to_owned()]));
        for (name, html) in documents(&built(&texts)) {
            ours.check(name, &html);
        }
    }
}

#[test]
fn every_payload_alone_is_held_back_in_every_field() {
    let ours = Ours::of(&built(&["Lamps".to_owned()]));
    for chunk in PAYLOADS.chunks(13) {
        let texts: Vec<String> = chunk.iter().map(|text| (*text).to_owned()).collect();
        for (name, html) in documents(&built(&texts)) {
            ours.check(name, &html);
        }
    }
}
