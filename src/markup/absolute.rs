//! Addresses of a piece of finished HTML with the scheme and the host of the site before them, for feeds and mails.

use std::borrow::Cow;

use crate::prose::source::tag_end;

/// Attributes that hold an address.
const ADDRESSES: [&str; 4] = ["href", "src", "poster", "data"];

/// The same HTML, in which every address that begins at the root of the site begins with this origin.
pub fn absolute(html: &str, origin: &str) -> String {
    if origin.is_empty() {
        return html.to_owned();
    }
    rewritten(html, |_, name, value| {
        if ADDRESSES.contains(&name) {
            return with_origin(value, origin);
        }
        if name != "srcset" {
            return None;
        }
        let all = value.split(',').map(str::trim);
        let whole: Vec<_> = all.map(|of| with_origin(of, origin).unwrap_or(of.into())).collect();
        Some(whole.join(", ").into())
    })
}

fn with_origin<'v>(value: &'v str, origin: &str) -> Option<Cow<'v, str>> {
    let is_own = value.starts_with('/') && !value.starts_with("//");
    is_own.then(|| format!("{origin}{value}").into())
}

/// The same HTML with some values of attributes replaced: `change` is told the element, the attribute and its value as
/// written, and says a new one, which must be escaped.
pub fn rewritten<'h>(
    html: &'h str,
    change: impl Fn(&str, &str, &'h str) -> Option<Cow<'h, str>>,
) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        let Some(end) = tag_end(rest).filter(|_| is_tag) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        tag(&rest[..end], &change, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn tag<'h>(
    tag: &'h str,
    change: &impl Fn(&str, &str, &'h str) -> Option<Cow<'h, str>>,
    out: &mut String,
) {
    let name_end =
        tag[1..].find(|c: char| !c.is_ascii_alphanumeric()).map_or(tag.len(), |at| at + 1);
    let element = &tag[1..name_end];
    let mut rest = &tag[name_end..];
    out.push_str(&tag[..name_end]);
    while let Some(at) = rest.find('=') {
        let name = rest[..at].trim_end();
        let name = &name[name.rfind(char::is_whitespace).map_or(0, |at| at + 1)..];
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else { continue };
        let inside = &rest[1..];
        let Some(end) = inside.find(quote) else { break };
        out.push(quote);
        match change(element, &name.to_ascii_lowercase(), &inside[..end]) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&inside[..end]),
        }
        out.push(quote);
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn addresses_of_the_site_get_its_host() {
        let html = "a < b <a lang=\"x\" href=\"/p/\" title='/t'>/c</a> <img src='/a.png' srcset=\"/a.png 1w, /b.png 2w\" alt> <a href=\"//h/\"> <a href=\"#x\"> <input value=/v";
        assert_eq!(
            absolute(html, "https://s.org"),
            "a < b <a lang=\"x\" href=\"https://s.org/p/\" title='/t'>/c</a> <img src='https://s.org/a.png' srcset=\"https://s.org/a.png 1w, https://s.org/b.png 2w\" alt> <a href=\"//h/\"> <a href=\"#x\"> <input value=/v"
        );
        assert_eq!(absolute(html, ""), html);
    }
}
