//! What a heading's Markdown says as a title.
//!
//! A title is plain text everywhere (addresses, feeds, citations) and markup only on pages. Here the plain text is made,
//! with formulas between dollars, since every place that shows a plain title knows those.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::source::{Source, formulas, is_balanced};

/// A heading's Markdown, read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Its words, parted by single spaces; formulas stand between dollars.
    pub words: String,
    /// Whether the Markdown says more than the words: emphasis, code, a link among them, or dollars that are no formulas.
    pub is_marked_up: bool,
    /// Where its first link leads.
    pub link: Option<String>,
    /// Whether that link holds all of its words.
    pub is_link: bool,
}

/// Reads the text of a heading, without the signs before and after it.
pub fn title(markdown: &str) -> Title {
    if !markdown.contains(['*', '_', '[', ']', '<', '`', '$', '\\', '~', '&'])
        && !markdown.contains("==")
    {
        return Title { words: squeezed(markdown), ..Title::default() };
    }
    // As a heading, so that nothing at its start is a list, a quote or a term.
    let line = format!("# {markdown}");
    let source = Source::new(&line, false);
    let mut read = Read::default();
    for (event, _) in source.events() {
        read.take(event, &source);
    }
    let Read { mut title, linked, maths, .. } = read;
    title.words = squeezed(&title.words);
    title.is_link = title.link.is_some() && squeezed(&linked) == title.words;
    title.is_marked_up |= title.link.is_some() && !title.is_link;
    title.is_marked_up |= markdown.contains("\\$")
        && formulas(&title.words)
            .iter()
            .filter(|formula| is_balanced(&title.words[formula.range.clone()]))
            .count()
            != maths;
    title
}

/// What has been read of a heading.
#[derive(Default)]
struct Read {
    title: Title,
    /// The words in links.
    linked: String,
    links: usize,
    pictures: usize,
    /// How many formulas there were.
    maths: usize,
}

impl Read {
    fn take(&mut self, event: Event<'_>, source: &Source<'_>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            // What a picture shows is no word of a title.
            _ if self.pictures > 0 => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.links += 1;
                self.title.link.get_or_insert_with(|| source.restore(&dest_url).into_owned());
            }
            Event::End(TagEnd::Link) => self.links = self.links.saturating_sub(1),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                self.title.is_marked_up = true;
            }
            Event::InlineHtml(html) => self.title.is_marked_up |= !html.starts_with("<!--"),
            Event::Text(text) => self.say(&source.restore(&text)),
            Event::Code(code) => {
                self.title.is_marked_up = true;
                self.say(&source.restore(&code));
            }
            Event::InlineMath(tex) => self.math("$", &source.restore(&tex)),
            Event::DisplayMath(tex) => self.math("$$", &source.restore(&tex)),
            _ => {}
        }
    }

    fn math(&mut self, dollars: &str, tex: &str) {
        self.maths += 1;
        self.say(&[dollars, tex, dollars].concat());
    }

    fn say(&mut self, words: &str) {
        self.title.words.push_str(words);
        if self.links > 0 {
            self.linked.push_str(words);
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn words_are_without_markup() {
        for (markdown, words, marked_up) in [
            ("Running `lamp.light` *fast*", "Running lamp.light fast", true),
            ("The ==bright== part, a == b", "The bright part, a == b", true),
            (r"A \$100 Lamp for \$5", "A $100 Lamp for $5", false),
            (r"What \$x\$ costs", "What $x$ costs", true),
            ("In $O(n^2)$ and **more**", "In $O(n^2)$ and more", true),
            ("In $O(n^2)$ for $5", "In $O(n^2)$ for $5", false),
            (r"Q\* and A\_B &amp; C", "Q* and A_B & C", false),
            ("1. A snake_case Title: Q*", "1. A snake_case Title: Q*", false),
            ("H<sub>2</sub>O and <mask>", "H2O and <mask>", true),
            ("[Re] A Lamp", "[Re] A Lamp", false),
            ("**注意：**10", "注意：10", true),
        ] {
            let read = title(markdown);
            assert_eq!((read.words.as_str(), read.is_marked_up), (words, marked_up), "{markdown}");
        }
    }

    #[test]
    fn the_first_link_is_told() {
        assert_eq!(link("**[A *b*](https://a.b)**"), ("A b".into(), "https://a.b".into(), true));
        assert_eq!(
            link("1. [A](https://a.b) (C)"),
            ("1. A (C)".into(), "https://a.b".into(), false)
        );
        assert_eq!(link("![x](y.png) A"), ("A".into(), String::new(), false));
    }

    fn link(markdown: &str) -> (String, String, bool) {
        let read = title(markdown);
        (read.words, read.link.unwrap_or_default(), read.is_link)
    }
}
