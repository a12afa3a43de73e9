//! What other systems would fill in: `{{< youtube … >}}` and `{{% … %}}` of Hugo, `{% … %}` of Jekyll, `{{ name(…) }}` of Zola.
//!
//! Nobody fills it in here. What plainly means a picture or a link becomes that, all else is shown as code.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::model::Prose;
use crate::prose::{arguments, holds, verbatim};

/// Longer ones are text, so that finding their ends stays linear.
const LONGEST: usize = 2048;

/// Pairs of signs that a shortcode stands between.
const SIGNS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];

/// Puts into some texts what their shortcodes mean, and says once how many there were.
pub(super) fn replace<'p>(texts: impl Iterator<Item = &'p mut Prose>) -> Option<Finding> {
    let (mut count, mut first) = (0, None);
    for text in texts {
        let found = find(&text.text);
        let Some(one) = found.first() else { continue };
        count += found.len();
        first = first
            .or_else(|| Some((text.text[one.clone()].to_owned(), text.source_span(one.clone()))));
        let (mut out, mut from) = (Prose::default(), 0);
        for range in found {
            out.append(&text.slice(from..range.start));
            out.text.push_str(&meant(&text.text[range.clone()]));
            from = range.end;
        }
        out.append(&text.slice(from..text.text.len()));
        *text = out;
    }
    let (first, span) = first?;
    let shown: String = first.chars().take(40).collect();
    let finding = Finding::new(Code::Shortcode, format!("{count} × shortcode of another system, such as `{shown}`"))
        .help("a picture or a film is shown as a picture or a link, all else as code; write Markdown instead");
    Some(match span {
        Some(span) => finding.at(span),
        None => finding,
    })
}

/// The shortcodes of a text, outside code and formulas.
fn find(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = memchr::memchr(b'{', &text.as_bytes()[from..]).map(|at| from + at) {
        from = at + 1;
        if let Some(length) = length(&text[at..]) {
            found.push(at..at + length);
            from = at + length;
        }
    }
    if !found.is_empty() {
        let verbatim = verbatim(text);
        found.retain(|range| !holds(&verbatim, range.start));
    }
    found
}

/// How long the shortcode at the start of a text is.
fn length(text: &str) -> Option<usize> {
    let (open, close) = SIGNS.into_iter().find(|(open, _)| text.starts_with(open))?;
    // Behind the opening sign: `{%}` is none, though it ends as one.
    let near = &text[open.len()..text.floor_char_boundary(LONGEST).max(open.len())];
    let inside = &near[..near.find(close)?];
    let end = open.len() + inside.len() + close.len();
    let name = name(inside)?;
    // Two braces alone are used for much else.
    let called = open != "{{" || inside.trim_start().strip_prefix(name)?.starts_with('(');
    (called && !inside.contains("\n\n") && !inside.contains(open)).then_some(end)
}

fn name(inside: &str) -> Option<&str> {
    let inside = inside.trim_start_matches(['-', ' ', '\n', '\t', '/', '*']);
    let end =
        inside.find(|c: char| !(c.is_alphanumeric() || "-_./".contains(c))).unwrap_or(inside.len());
    Some(&inside[..end]).filter(|name| name.starts_with(char::is_alphabetic))
}

/// The Markdown for a shortcode.
fn meant(shortcode: &str) -> String {
    let inside = shortcode.trim_matches(['{', '}', '<', '>', '%', '-', ' ']);
    link(inside).unwrap_or_else(|| {
        let longest = shortcode.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let ticks = "`".repeat(longest + 1);
        let space = if shortcode.contains('`') { " " } else { "" };
        [&ticks, space, &shortcode.replace('\n', " "), space, &ticks].concat()
    })
}

fn link(inside: &str) -> Option<String> {
    let name = name(inside)?;
    let values =
        arguments(inside.get(name.len()..)?, |c| matches!(c, ' ' | ',' | '(' | ')' | '\n' | '\t'));
    let named =
        |wanted: &str| values.iter().find(|given| given.name == wanted).map(|given| given.value);
    let mut bare = values.iter().filter(|given| given.name.is_empty()).map(|given| given.value);
    match name {
        "youtube" | "vimeo" => {
            let id = named("id").or_else(|| bare.next()).filter(is_id)?;
            let (site, address) = if name == "vimeo" {
                ("Vimeo", "https://vimeo.com/")
            } else {
                ("YouTube", "https://www.youtube.com/watch?v=")
            };
            Some(format!("[{site}: {}]({address}{id})", id.replace('_', "\\_")))
        }
        "gist" => {
            let (user, id) = (bare.next().filter(is_id)?, bare.next().filter(is_id)?);
            Some(
                format!("[Gist: {user}/{id}](https://gist.github.com/{user}/{id})")
                    .replace('_', "\\_"),
            )
        }
        "figure" => {
            let source = named("src").filter(|source| !source.contains(['<', '>', '\n']))?;
            let caption: Option<String> =
                ["caption", "title"].into_iter().find_map(named).map(plain);
            let text: String =
                named("alt").map_or_else(|| caption.clone().unwrap_or_default(), plain);
            let caption = caption.map(|words| format!(" \"{words}\"")).unwrap_or_default();
            Some(format!("![{text}](<{source}>{caption})"))
        }
        _ => None,
    }
}

fn is_id(id: &&str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '[' | ']' | '\n' | '"' | '\\')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_are_pictures_links_or_code() {
        for (text, markdown) in [
            ("{{< youtube a_b-1 >}}", r"[YouTube: a\_b-1](https://www.youtube.com/watch?v=a_b-1)"),
            ("{{ youtube(id=\"ab1\") }}", "[YouTube: ab1](https://www.youtube.com/watch?v=ab1)"),
            ("{% vimeo 12 %}", "[Vimeo: 12](https://vimeo.com/12)"),
            ("{{< figure src=\"a b.png\" alt=\"A lamp\" >}}", "![A lamp](<a b.png>)"),
            (
                "{{< figure src=\"a.png\" caption=\"By [night]\" alt='A lamp' >}}",
                "![A lamp](<a.png> \"By night\")",
            ),
            ("{{< gist ada 12 >}}", "[Gist: ada/12](https://gist.github.com/ada/12)"),
            ("a {{% note %}} b {{% /note %}}", "a `{{% note %}}` b `{{% /note %}}`"),
            ("{% include `x` %}", "`` {% include `x` %} ``"),
            (
                "$x_{{i}}$ {{name}} {{ a.b }} `{{< x >}}` {{\n\nx() }}",
                "$x_{{i}}$ {{name}} {{ a.b }} `{{< x >}}` {{\n\nx() }}",
            ),
            ("```\n{{< x >}}\n```", "```\n{{< x >}}\n```"),
            ("{%} a %}", "{%} a %}"),
            ("= {%a%}", "= `{%a%}`"),
            ("{{< youtube \"a(b\" >}} {{<", "`{{< youtube \"a(b\" >}}` {{<"),
        ] {
            let mut prose = Prose::new(text);
            replace([&mut prose].into_iter());
            assert_eq!(prose.text, markdown, "{text}");
        }
    }
}
