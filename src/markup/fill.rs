//! Closing the holes of a [`Markup`] with what the Site knows.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::model::PaperId;

use super::{Call, Cited, Hole, HoleTarget, Markup, Medium, escape, named};

/// Where a link leads and what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The address, percent-encoded, not escaped.
    pub href: String,
    /// The title of what is there, plain text.
    pub title: String,
}

/// An image as published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Image {
    /// The address, percent-encoded, not escaped.
    pub src: String,
    /// The addresses of the same in several widths, as `srcset` has it; empty where there is only one.
    pub srcset: String,
    /// How wide it is shown, as `sizes` has it.
    pub sizes: String,
    /// Pixels across; 0 where unknown.
    pub width: u32,
    /// Pixels down; 0 where unknown.
    pub height: u32,
}

/// The citations of a text and its references, as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// Citation by citation.
    pub citations: Vec<String>,
    /// Below the text.
    pub list: String,
}

/// Who knows the Site: seen from one entry on one page.
pub trait Resolver {
    /// The page of a paper.
    fn paper(&self, id: &PaperId) -> Option<Linked>;
    /// What a wikilink names.
    fn wikilink(&self, name: &str) -> Option<Linked>;
    /// The id of the part of that page, where the page does not call it as the heading says.
    fn part(&self, _name: &str, _slug: &str) -> Option<String> {
        None
    }
    /// The id of a part of the text in a file.
    fn file_part(&self, _path: &str, _slug: &str) -> Option<String> {
        None
    }
    /// The address of a file named by a relative path.
    fn file(&self, path: &str) -> Option<String>;
    /// An image named by a relative path, or `by_name` as Obsidian does.
    fn image(&self, path: &str, by_name: bool) -> Option<Image>;
    /// The address of a film, a recording or a document, named in either way.
    fn medium(&self, _path: &str) -> Option<String> {
        None
    }
    /// Whether films and recordings can be played here, or are links.
    fn plays(&self) -> bool {
        true
    }
    /// The file that was probably meant by a path that leads to none.
    fn near(&self, _path: &str) -> Option<String> {
        None
    }
    /// The citations of a text, in its order, and its references.
    fn references(&self, _citations: &[&[Cited]]) -> References {
        References::default()
    }
    /// Why a key cites no paper: with the key that was probably meant.
    fn unknown_key(&self, _key: &str) -> Option<Option<String>> {
        None
    }
    /// The HTML of a text of the site or of a part of it, to be shown within this one; `at` tells the places apart.
    fn embed(&self, _name: &str, _part: Option<&str>, _at: usize) -> Option<String> {
        None
    }
    /// The address before `#fragments` of this text: empty on the text's own page and in feeds, absolute in mails.
    fn page(&self) -> &str;
    /// The address of a part of what this text is of, where another of its texts has the part.
    fn own_part(&self, _slug: &str) -> Option<String> {
        None
    }
    /// The HTML of a component around that of its text; nothing where there is no such component, or it cannot be made.
    fn component(&self, _call: &Call, _body: &str) -> Option<String> {
        None
    }
    /// What is wrong with the call of a component, which stands at this place of the text.
    fn wrong_call(&self, _call: &Call, _span: Range<usize>) -> Vec<Finding> {
        Vec::new()
    }
    /// The title of a kind of alert, and its language where that is not the text's.
    fn alert(&self, kind: &str) -> (String, Option<String>);
}

impl Markup {
    /// Appends the HTML with every hole closed.
    pub fn fill(&self, resolver: &impl Resolver, out: &mut String) {
        let mut from = 0;
        out.reserve(self.html.len() + 96 * self.holes.len());
        let cited: Vec<&[Cited]> = self.holes.iter().filter_map(Hole::citation).collect();
        let references =
            if cited.is_empty() { References::default() } else { resolver.references(&cited) };
        let mut citations = references.citations.iter();
        for hole in &self.holes {
            out.push_str(&self.html[from..hole.at]);
            from = hole.at;
            match &hole.target {
                HoleTarget::Citation(items) => match citations.next() {
                    Some(html) => out.push_str(html),
                    None => as_written(items, out),
                },
                HoleTarget::References => out.push_str(&references.list),
                _ => hole.fill(resolver, out),
            }
        }
        out.push_str(&self.html[from..]);
    }

    /// What the resolver does not know and should: dead links and missing images, at their places in the text.
    pub fn unresolved(&self, resolver: &impl Resolver) -> Vec<Finding> {
        self.all_holes()
            .into_iter()
            .flat_map(|hole| match &hole.target {
                HoleTarget::Call(call) => resolver.wrong_call(call, hole.span.clone()),
                _ => Vec::from_iter(hole.unresolved(resolver)),
            })
            .collect()
    }
}

impl Hole {
    fn citation(&self) -> Option<&[Cited]> {
        match &self.target {
            HoleTarget::Citation(items) => Some(items),
            _ => None,
        }
    }

    fn fill(&self, resolver: &impl Resolver, out: &mut String) {
        match &self.target {
            HoleTarget::Paper { id, address } => paper(resolver.paper(id), address, out),
            HoleTarget::Wikilink { name, heading, label, embed } => {
                let known = resolver.wikilink(name);
                let slug = heading.as_deref().map(named::part);
                let shown = if *embed {
                    resolver.embed(name, slug.as_deref(), self.span.start)
                } else {
                    None
                };
                let part = slug.map(|slug| resolver.part(name, &slug).unwrap_or(slug));
                if let Some(html) = &shown {
                    out.extend([
                        "<blockquote class=\"embed\">\n",
                        html,
                        "<p class=\"embed-source\">",
                    ]);
                } else if *embed {
                    out.push_str("<p>");
                }
                wikilink(known, name, part.as_deref(), label.as_deref(), out);
                out.push_str(match shown {
                    Some(_) => "</p>\n</blockquote>",
                    None if *embed => "</p>",
                    None => "",
                });
            }
            HoleTarget::File { path, fragment } => {
                file(resolver.file(path), &fragment_of(path, fragment, resolver), out);
            }
            HoleTarget::Image { path, alt, title, width, by_name } => {
                let shown = resolver.image(path, *by_name).map(|image| scaled(image, *width));
                image(shown, alt, title, out);
            }
            HoleTarget::Medium { kind, path, fragment, label, width } => {
                let address = resolver.medium(path).map(|address| format!("{address}{fragment}"));
                medium(
                    if resolver.plays() { *kind } else { Medium::Document },
                    address,
                    (label, *width),
                    out,
                );
            }
            // The whole text is asked for these at once.
            HoleTarget::Citation(_) | HoleTarget::References => {}
            HoleTarget::Page => escape::attribute(resolver.page(), out),
            HoleTarget::Call(call) => component(call, resolver, out),
            HoleTarget::Part { slug, id } => {
                let own = id
                    .as_ref()
                    .map(|id| format!("{}#{}", resolver.page(), super::address::valid(id)));
                file(own.or_else(|| resolver.own_part(slug)), "", out);
            }
            HoleTarget::Alert { kind, element } => alert(element, resolver.alert(kind), out),
        }
    }

    fn unresolved(&self, resolver: &impl Resolver) -> Option<Finding> {
        let finding = match &self.target {
            HoleTarget::Citation(items) => unknown_keys(items, resolver)?,
            HoleTarget::Wikilink { name, .. } if resolver.wikilink(name).is_none() => {
                Finding::new(Code::DeadWikilink, format!("`[[{name}]]` names nothing that the site shows"))
                    .help("write the name of a note, or a title, id or date; a note that is held back is not linked")
            }
            HoleTarget::File { path, .. } if resolver.file(path).is_none() => {
                Finding::new(Code::DeadLink, format!("the link leads to `{path}`, which is not on this site"))
                    .help(meant(resolver, path, "links to files are relative to the file that holds them"))
            }
            HoleTarget::Image { path, by_name, .. } if resolver.image(path, *by_name).is_none() => Finding::new(
                Code::MissingImage,
                format!("the image `{path}` is not there"),
            )
            .help(meant(resolver, path, "images are looked for beside the file that shows them")),
            HoleTarget::Medium { path, .. } if resolver.medium(path).is_none() => Finding::new(
                Code::DeadLink,
                format!("the file `{path}` is not there"),
            )
            .help(meant(resolver, path, "files are looked for beside the file that shows them")),
            HoleTarget::Part { slug, id: None } if resolver.own_part(slug).is_none() => {
                Finding::new(Code::DeadLink, "the link leads to a part that this text does not have")
                    .help("parts are called after headings: `### Two words` is `#two-words`")
            }
            _ => return None,
        };
        Some(finding.at(self.span.clone()))
    }
}

/// The fragment of a link to a file: where the part that it names is a text's, the id of that.
fn fragment_of(path: &str, fragment: &str, resolver: &impl Resolver) -> String {
    let part = fragment.strip_prefix('#').map(|part| named::part(&super::address::decoded(part)));
    let id = part.and_then(|part| resolver.file_part(path, &part));
    id.map_or_else(|| fragment.to_owned(), |id| format!("#{}", super::address::valid(&id)))
}

/// What cannot be made stays as its words, with its text.
fn component(call: &Call, resolver: &impl Resolver, out: &mut String) {
    let mut body = String::new();
    if let Some(text) = &call.body {
        text.fill(resolver, &mut body);
    }
    if let Some(html) = resolver.component(call, &body) {
        return out.extend([html.trim(), "\n"]);
    }
    out.push_str("<p><strong>");
    escape::text(&call.name, out);
    escape::text(call.words.trim_end(), out);
    out.extend(["</strong></p>\n", &body]);
}

/// A citation by its keys, for whoever knows no papers.
fn as_written(items: &[Cited], out: &mut String) {
    let keys: Vec<String> = items.iter().map(|item| format!("@{}", item.key)).collect();
    escape::text(&format!("[{}]", keys.join("; ")), out);
}

/// What is wrong with the keys of a citation.
fn unknown_keys(items: &[Cited], resolver: &impl Resolver) -> Option<Finding> {
    let unknown: Vec<(String, Option<String>)> = items
        .iter()
        .filter_map(|item| Some((item.key.clone(), resolver.unknown_key(&item.key)?)))
        .collect();
    let (_, near) = unknown.first()?;
    let keys: Vec<String> = unknown.iter().map(|(key, _)| format!("`@{key}`")).collect();
    let help = near.as_ref().map_or_else(
        || "cite by the key that the paper's page shows, or by its id; write `\\[@` for brackets that cite nothing".to_owned(),
        |near| format!("did you mean `@{near}`?"),
    );
    let message = format!("{} cites no paper of the site", keys.join(", "));
    Some(Finding::new(Code::UnknownCitation, message).help(help))
}

/// The advice to a path that leads nowhere.
fn meant(resolver: &impl Resolver, path: &str, else_said: &str) -> String {
    resolver
        .near(path)
        .map_or_else(|| else_said.to_owned(), |near| format!("did you mean `{near}`?"))
}

/// An image as wide as the text says, its height in proportion.
fn scaled(image: Image, width: Option<u32>) -> Image {
    let Some(width) = width else { return image };
    let height = u64::from(image.height) * u64::from(width) / u64::from(image.width.max(1));
    let sizes = if image.sizes.is_empty() { String::new() } else { format!("{width}px") };
    Image { width, height: u32::try_from(height).unwrap_or_default(), sizes, ..image }
}

fn medium(
    kind: Medium,
    address: Option<String>,
    (label, width): (&str, Option<u32>),
    out: &mut String,
) {
    let Some(address) = address else {
        out.push_str("<span class=\"dead-link\">");
        escape::text(label, out);
        return out.push_str("</span>");
    };
    let player = match kind {
        Medium::Video => "video",
        Medium::Audio => "audio",
        Medium::Document => "",
    };
    if !player.is_empty() {
        out.extend(["<", player, " controls preload=\"metadata\""]);
        attribute("src", &address, out);
        if let Some(width) = width {
            attribute("width", &width.to_string(), out);
        }
        out.push('>');
    }
    file(Some(address), "", out);
    escape::text(label, out);
    out.push_str("</a>");
    if !player.is_empty() {
        out.extend(["</", player, ">"]);
    }
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::attribute(value, out);
    out.push('"');
}

fn paper(known: Option<Linked>, address: &str, out: &mut String) {
    if let Some(linked) = known {
        open(&linked, "paper", "", out);
    } else {
        out.push_str("<a class=\"external\"");
        attribute("href", address, out);
        out.push_str(" rel=\"external\">");
    }
}

/// The opening tag of a link within the site.
fn open(linked: &Linked, class: &str, fragment: &str, out: &mut String) {
    out.push_str("<a");
    attribute("class", class, out);
    attribute("href", &format!("{}{fragment}", linked.href), out);
    if !linked.title.is_empty() {
        attribute("title", &linked.title, out);
    }
    out.push('>');
}

fn wikilink(
    known: Option<Linked>,
    name: &str,
    part: Option<&str>,
    label: Option<&str>,
    out: &mut String,
) {
    let Some(linked) = known else {
        out.push_str("<span class=\"dead-link\">");
        escape::text(label.unwrap_or(name), out);
        return out.push_str("</span>");
    };
    let fragment = part.map(|part| format!("#{}", super::address::valid(part))).unwrap_or_default();
    let title = if linked.title.is_empty() { name } else { linked.title.as_str() };
    // A tooltip that repeats the label says nothing.
    let tooltip = Linked {
        title: label.map(|_| title.to_owned()).unwrap_or_default(),
        href: linked.href.clone(),
    };
    open(&tooltip, "wikilink", &fragment, out);
    escape::text(label.unwrap_or(title), out);
    out.push_str("</a>");
}

/// Without an address the link stays one in name only: `a` without `href`.
fn file(known: Option<String>, fragment: &str, out: &mut String) {
    match known {
        Some(href) => {
            out.push_str("<a");
            attribute("href", &format!("{href}{fragment}"), out);
            out.push('>');
        }
        None => out.push_str("<a class=\"dead-link\">"),
    }
}

fn alert(element: &str, (title, lang): (String, Option<String>), out: &mut String) {
    out.extend(["<", element, " class=\"alert-title\""]);
    if let Some(lang) = lang {
        attribute("lang", &lang, out);
    }
    out.push('>');
    escape::text(&title, out);
    out.extend(["</", element, ">\n"]);
}

fn image(known: Option<Image>, alt: &str, title: &str, out: &mut String) {
    let Some(image) = known else {
        out.push_str("<span class=\"missing-image\">");
        escape::text(alt, out);
        return out.push_str("</span>");
    };
    out.push_str("<img");
    attribute("src", &image.src, out);
    if !image.srcset.is_empty() {
        attribute("srcset", &image.srcset, out);
        attribute("sizes", &image.sizes, out);
    }
    attribute("alt", alt, out);
    if !title.is_empty() {
        attribute("title", title, out);
    }
    for (name, pixels) in [("width", image.width), ("height", image.height)] {
        if pixels > 0 {
            attribute(name, &pixels.to_string(), out);
        }
    }
    out.push_str(" loading=\"lazy\" decoding=\"async\">");
}
