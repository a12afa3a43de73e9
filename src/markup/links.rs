//! Links: to papers, to files of the site, to parts of the same text, to other sites, and `[[wikilinks]]`.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::address::{Address, label, paper_label, valid};
use super::raw::Open;
use super::writer::Writer;
use super::{HoleTarget, address, escape};
use crate::diagnostic::{Code, Finding};
use crate::prose::wikilink;

/// A link that has opened.
#[derive(Debug)]
pub(super) struct Link {
    kind: Kind,
    /// How long the HTML was where its text starts, and how many holes it had.
    start: (usize, usize),
    /// What to show where no text was given.
    label: String,
}

#[derive(Debug)]
enum Kind {
    /// Ends in `</a>`.
    Anchor,
    /// Its text stays, without a link.
    Text,
    /// Its text is collected, for it is an address that gets a label.
    Bare { address: String, range: Range<usize> },
    /// Its text is collected as the label, if it is one.
    Wikilink { name: String, heading: Option<String>, labelled: bool, range: Range<usize> },
}

impl Writer<'_> {
    /// Whether no link may begin here.
    pub(super) fn in_link(&self) -> bool {
        self.links.iter().any(|link| matches!(link.kind, Kind::Anchor))
            || self.open.iter().rev().any(|open| *open == Open::Raw("a"))
    }

    /// Makes every link of what follows text.
    pub(super) fn forbid_links(&mut self) {
        self.links.push(Link { kind: Kind::Anchor, start: (0, 0), label: String::new() });
    }

    pub(super) fn start_link(&mut self, kind: LinkType, written: &str, range: Range<usize>) {
        let written = self.source.restore(written).into_owned();
        let kind = match kind {
            LinkType::WikiLink { has_pothole } => {
                let (name, heading) = wikilink(&written);
                let (name, heading) = (name.to_owned(), heading.map(str::to_owned));
                Kind::Wikilink { name, heading, labelled: has_pothole, range }
            }
            _ if self.in_link() => Kind::Text,
            LinkType::Autolink => Kind::Bare { address: written.clone(), range },
            LinkType::Email => self.anchor(&format!("mailto:{written}"), range),
            _ => self.anchor(&written, range),
        };
        if matches!(kind, Kind::Wikilink { .. } | Kind::Bare { .. }) {
            self.start_capture();
        }
        self.links.push(Link {
            kind,
            start: (self.out.html.len(), self.out.holes.len()),
            label: written,
        });
    }

    pub(super) fn end_link(&mut self) {
        let text = self.capture.take().map(|capture| capture.text).unwrap_or_default();
        let Some(link) = self.links.pop() else { return };
        if let Some(words) = &mut self.words {
            words.push_str(&text);
        }
        match link.kind {
            Kind::Text => {}
            Kind::Anchor => {
                if (self.out.html.len(), self.out.holes.len()) == link.start {
                    escape::text(&label(&link.label), &mut self.out.html);
                }
                self.push("</a>");
            }
            Kind::Bare { address, range } => self.bare_address(&address, range),
            Kind::Wikilink { name, heading, labelled, range } => {
                let label =
                    labelled.then(|| text.trim().to_owned()).filter(|label| !label.is_empty());
                self.whole_wikilink(name, heading, label, range);
            }
        }
    }

    /// A wikilink without a name leads to a part of this text, or nowhere and is text, as is a link inside a link.
    pub(super) fn whole_wikilink(
        &mut self,
        name: String,
        heading: Option<String>,
        label: Option<String>,
        range: Range<usize>,
    ) {
        let part = heading.as_deref().filter(|_| name.is_empty() && !self.in_link());
        if let Some(part) = part {
            self.part_link(part, range);
            let shown = label.unwrap_or_else(|| part.trim_start_matches('^').replace('#', " › "));
            escape::text(&shown, &mut self.out.html);
            self.push("</a>");
        } else if name.is_empty() || self.in_link() {
            let shown = label.or(heading).unwrap_or(name);
            escape::text(&shown, &mut self.out.html);
        } else {
            self.hole(HoleTarget::Wikilink { name, heading, label, embed: false }, range);
        }
    }

    /// The opening tag of a link to what was written, or nothing where it leads nowhere.
    fn anchor(&mut self, written: &str, range: Range<usize>) -> Kind {
        match Address::of(written) {
            Address::Empty => return Kind::Text,
            Address::Unsafe(address) => {
                self.unsafe_link(address, range);
                return Kind::Text;
            }
            Address::Fragment(fragment) => self.part_link(fragment, range),
            Address::Paper(id, outside) => {
                self.hole(HoleTarget::Paper { id, address: valid(&outside) }, range);
            }
            Address::Outside(address) => self.outside_link(&address),
            Address::File(path, fragment) => {
                let target =
                    HoleTarget::File { path: address::decoded(path), fragment: valid(fragment) };
                self.hole(target, range);
            }
        }
        Kind::Anchor
    }

    /// The opening tag of a link written as raw HTML; `false` where it leads nowhere.
    pub(super) fn raw_anchor(&mut self, href: &str, range: Range<usize>) -> bool {
        matches!(self.anchor(href, range), Kind::Anchor)
    }

    /// An address in running text, shown by a short label.
    pub(super) fn bare_address(&mut self, written: &str, range: Range<usize>) {
        let written = self.source.restore(written).into_owned();
        let shown = match Address::of(&written) {
            Address::Paper(id, _) => paper_label(&id),
            Address::Outside(_) if written.contains("://") || written.starts_with("mailto:") => {
                label(&written)
            }
            _ => written.clone(),
        };
        let known = matches!(Address::of(&written), Address::Paper(..) | Address::Outside(_));
        let kind = if known { self.anchor(&written, range) } else { Kind::Text };
        escape::text(&shown, &mut self.out.html);
        if matches!(kind, Kind::Anchor) {
            self.push("</a>");
        }
    }

    fn outside_link(&mut self, address: &str) {
        self.push("<a class=\"external\" href=\"");
        self.push_attribute(&valid(address));
        self.push("\" rel=\"external\">");
    }

    pub(super) fn unsafe_link(&mut self, address: &str, range: Range<usize>) {
        let shown: String = address.chars().take(40).collect();
        let finding = Finding::new(
            Code::UnsafeLink,
            format!("`{shown}` could run code or hide what it is; the link was taken out"),
        )
        .help("links may start with https:, http:, mailto:, tel:, ftp: or doi:, or be relative");
        self.found(finding, range);
    }
}
