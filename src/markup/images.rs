//! Images: those beside the digest are shown, those on other hosts are linked, for pages load nothing from elsewhere.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::address::{Address, decoded, label, valid};
use super::writer::Writer;
use super::{HoleTarget, escape};
use crate::prose::wikilink;

/// An image whose text is being collected.
#[derive(Debug)]
pub(super) struct Pending {
    address: String,
    title: String,
    range: Range<usize>,
    is_wikilink: bool,
}

/// Extensions that `![[…]]` shows; anything else embedded is a link.
const EXTENSIONS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];

impl Writer<'_> {
    pub(super) fn start_image(&mut self, kind: LinkType, written: &str, title: &str, range: Range<usize>) {
        let address = self.source.restore(written).into_owned();
        let title = self.source.restore(title).into_owned();
        let is_wikilink = matches!(kind, LinkType::WikiLink { .. });
        self.image = Some(Pending { address, title, range, is_wikilink });
        self.start_capture();
    }

    pub(super) fn end_image(&mut self) {
        let text = self.capture.take().map(|capture| capture.text).unwrap_or_default();
        let Some(image) = self.image.take() else {
            return;
        };
        if image.is_wikilink {
            self.embedded(image, &text);
        } else {
            self.show(&image.address, text.trim(), &image.title, image.range);
        }
    }

    /// `![[picture.png|300]]` or `![[a note]]`.
    fn embedded(&mut self, image: Pending, text: &str) {
        let (name, heading) = wikilink(&image.address);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        if EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()) {
            let is_size = text.chars().all(|c| c.is_ascii_digit() || c == 'x');
            let alt = if is_size || text == image.address { stem } else { text };
            self.show(name, alt, "", image.range);
        } else if name.is_empty() || self.in_link() {
            escape::text(text, &mut self.out.html);
        } else {
            let (name, heading) = (name.to_owned(), heading.map(str::to_owned));
            self.hole(HoleTarget::Wikilink { name, heading, label: None }, image.range);
        }
    }

    /// An image from Markdown or raw HTML.
    pub(super) fn show(&mut self, written: &str, alt: &str, title: &str, range: Range<usize>) {
        match Address::of(written) {
            Address::File(path, _) => self.figure(decoded(path), alt, title, range),
            Address::Outside(address) | Address::Paper(_, address) => self.linked_image(&address, alt),
            Address::Unsafe(address) => {
                self.unsafe_link(address, range);
                escape::text(alt, &mut self.out.html);
            }
            Address::Empty | Address::Fragment(_) => escape::text(alt, &mut self.out.html),
        }
    }

    /// Alone in its paragraph it is a figure, with its title as caption.
    fn figure(&mut self, path: String, alt: &str, title: &str, range: Range<usize>) {
        let alone = self.paragraph == trimmed(self.source.text(), &self.paragraph, &range) && self.just_opened("<p>");
        if !alone {
            return self.hole(HoleTarget::Image { path, alt: alt.to_owned(), title: title.to_owned() }, range);
        }
        self.out.html.truncate(self.out.html.len() - "<p>".len());
        self.paragraph = 0..0;
        self.push("<figure>");
        self.hole(HoleTarget::Image { path, alt: alt.to_owned(), title: String::new() }, range);
        if !title.is_empty() {
            self.push("<figcaption>");
            escape::text(title, &mut self.out.html);
            self.push("</figcaption>");
        }
        self.push("</figure>");
    }

    fn linked_image(&mut self, address: &str, alt: &str) {
        let shown = if alt.is_empty() { label(address) } else { alt.to_owned() };
        if self.in_link() {
            return escape::text(&shown, &mut self.out.html);
        }
        self.push("<a class=\"external image\" href=\"");
        self.push_attribute(&valid(address));
        self.push("\" rel=\"external\">");
        escape::text(&shown, &mut self.out.html);
        self.push("</a>");
    }
}

/// The paragraph's range again if there is nothing but space in it besides `inner`; else `inner`.
fn trimmed(text: &str, paragraph: &Range<usize>, inner: &Range<usize>) -> Range<usize> {
    let before = text.get(paragraph.start..inner.start);
    let after = text.get(inner.end..paragraph.end);
    let blank = |piece: Option<&str>| piece.is_some_and(|piece| piece.trim().is_empty());
    if blank(before) && blank(after) { paragraph.clone() } else { inner.clone() }
}
