//! Markdown to HTML: what examples of `tests/markup/` do not show.

use offprint::markup::{Image, Linked, Markup, Options, Renderer, Resolver};
use offprint::model::PaperId;

/// A site of one paper, one note, one file and one image.
struct Site(&'static str);

impl Resolver for Site {
    fn paper(&self, id: &PaperId) -> Option<Linked> {
        let known = *id == PaperId::Arxiv("2503.07565".to_owned());
        known.then(|| link("/papers/2503.07565/", "Inductive \"Moment\" Matching"))
    }

    fn file_part(&self, path: &str, slug: &str) -> Option<String> {
        (path == "2025-03-12.md" && slug == "two-words").then(|| "t123-two-words".to_owned())
    }

    fn wikilink(&self, name: &str) -> Option<Linked> {
        (name == "250312 IMM").then(|| link("/papers/2503.07565/", "Inductive Moment Matching"))
    }

    fn file(&self, path: &str) -> Option<String> {
        (path == "2025-03-12.md").then(|| "/2025/03/12/".to_owned())
    }

    fn image(&self, path: &str, _by_name: bool) -> Option<Image> {
        (path == "그림.png").then(|| Image {
            src: "/2025/03/12/%EA%B7%B8%EB%A6%BC.png".to_owned(),
            width: 640,
            height: 480,
            ..Image::default()
        })
    }

    fn medium(&self, path: &str) -> Option<String> {
        path.starts_with("clip.").then(|| format!("/2025/03/12/{path}"))
    }

    fn near(&self, path: &str) -> Option<String> {
        (path == "그림.PNG").then(|| "그림.png".to_owned())
    }

    fn embed(&self, name: &str, part: Option<&str>, _at: usize) -> Option<String> {
        (name == "250312 IMM").then(|| format!("<p>The text{}.</p>\n", part.unwrap_or_default()))
    }

    fn page(&self) -> &str {
        self.0
    }

    fn alert(&self, kind: &str) -> (String, Option<String>) {
        (kind.to_owned(), Some("en".to_owned()))
    }
}

fn link(href: &str, title: &str) -> Linked {
    Linked { href: href.to_owned(), title: title.to_owned() }
}

fn renderer(unsafe_html: bool) -> Renderer {
    let math_macros = vec![("bW".to_owned(), "\\mathbf{W}".to_owned())];
    Renderer::new(&Options { unsafe_html, math_macros, ..Options::default() })
        .expect("the options are right")
}

fn filled(markup: &Markup, page: &'static str) -> String {
    let mut html = String::new();
    markup.fill(&Site(page), &mut html);
    html
}

#[test]
fn trusted_html_passes_through() {
    let html = filled(
        &renderer(true)
            .render("<section onclick=\"x()\">\n</section>\n\na <my-tag>b</my-tag> <mask>\n", "k"),
        "",
    );
    assert_eq!(
        html,
        "<section onclick=\"x()\">\n</section>\n<p>a <my-tag>b</my-tag> &lt;mask&gt;</p>\n"
    );
}

#[test]
fn feeds_get_absolute_addresses() {
    let markup = renderer(false).render("[a](#part) b[^1]\n\n# Part\n\n[^1]: c\n", "k");
    let html = filled(&markup, "https://a.b/c/");
    assert_eq!(html.matches("href=\"https://a.b/c/#k-").count(), 3);
}

#[test]
fn titles_are_text_with_math() {
    assert_eq!(renderer(false).title("A *b* <c> & [d](e)"), "A *b* &lt;c&gt; &amp; [d](e)");
    assert_eq!(
        renderer(false).title("$x$ for $5 and $10"),
        "<math alttext=\"x\"><mi>x</mi></math> for $5 and $10"
    );
    assert_eq!(renderer(false).title("$\\nosuch$"), "$\\nosuch$");
}

#[test]
fn a_wrong_macro_is_an_error() {
    let math_macros = vec![("bad".to_owned(), "\\nosuch{".to_owned())];
    assert!(Renderer::new(&Options { math_macros, ..Options::default() }).is_err());
}
