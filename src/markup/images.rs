//! Images: those beside the digest are shown, those on other hosts are linked, for pages load nothing from elsewhere.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::address::{Address, decoded, label, valid};
use super::writer::Writer;
use super::{HoleTarget, Medium, escape};
use crate::prose::{sized, wikilink};

/// An image whose text is being collected.
#[derive(Debug)]
pub(super) struct Pending {
    address: String,
    title: String,
    range: Range<usize>,
    is_wikilink: bool,
}

/// Extensions of pictures that `![[…]]` shows.
const PICTURES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"];

/// What a file is shown as that is no picture.
fn medium(path: &str) -> Option<Medium> {
    match extension(path).as_str() {
        "mp4" | "webm" | "mov" | "ogv" | "m4v" => Some(Medium::Video),
        "mp3" | "wav" | "m4a" | "ogg" | "oga" | "opus" | "flac" => Some(Medium::Audio),
        "pdf" => Some(Medium::Document),
        _ => None,
    }
}

fn extension(path: &str) -> String {
    path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// What there is to show, and how.
struct Shown<'s> {
    path: &'s str,
    alt: &'s str,
    title: &'s str,
    width: Option<u32>,
    by_name: bool,
}

impl Writer<'_> {
    pub(super) fn start_image(
        &mut self,
        kind: LinkType,
        written: &str,
        title: &str,
        range: Range<usize>,
    ) {
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
            return self.embedded(image, &text);
        }
        let (alt, width) = sized(text.trim());
        self.show(&image.address, (alt, &image.title, width), image.range);
    }

    /// `![[picture.png|300]]` or `![[a note]]`.
    fn embedded(&mut self, image: Pending, text: &str) {
        let (name, heading) = wikilink(&image.address);
        let (alt, width) = if text == image.address { ("", None) } else { sized(text) };
        if PICTURES.contains(&extension(name).as_str()) || medium(name).is_some() {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let alt = match (alt, medium(name)) {
                ("", None) => file.rsplit_once('.').map_or(file, |(stem, _)| stem),
                ("", Some(_)) => file,
                (alt, _) => alt,
            };
            let fragment = heading.map(|heading| format!("#{heading}")).unwrap_or_default();
            let path = decoded(name);
            return self.figure(
                &Shown { path: &path, alt, title: "", width, by_name: true },
                &fragment,
                image.range,
            );
        }
        let (name, heading) = (name.to_owned(), heading.map(str::to_owned));
        if !name.is_empty() && !self.in_link() {
            let embed = self.takes_block(&image.range);
            return self
                .hole(HoleTarget::Wikilink { name, heading, label: None, embed }, image.range);
        }
        let label = (text != image.address).then(|| text.to_owned());
        self.whole_wikilink(name, heading, label, image.range);
    }

    /// An image from Markdown or raw HTML: its text, its title and its width.
    pub(super) fn show(
        &mut self,
        written: &str,
        (alt, title, width): (&str, &str, Option<u32>),
        range: Range<usize>,
    ) {
        match Address::of(written) {
            Address::File(path, fragment) => {
                let path = decoded(path);
                self.figure(
                    &Shown { path: &path, alt, title, width, by_name: false },
                    fragment,
                    range,
                );
            }
            Address::Outside(address) | Address::Paper(_, address) => {
                self.linked_image(&address, alt);
            }
            Address::Unsafe(address) => {
                self.unsafe_link(address, range);
                escape::text(alt, &mut self.out.html);
            }
            Address::Empty | Address::Fragment(_) => escape::text(alt, &mut self.out.html),
        }
    }

    /// Alone in its paragraph it is a figure, with its title as caption.
    fn figure(&mut self, shown: &Shown<'_>, fragment: &str, range: Range<usize>) {
        let alone = self.is_alone(&range);
        if !alone {
            return self.shown(shown, fragment, range);
        }
        self.take_paragraph();
        self.push("<figure>");
        self.shown(&Shown { title: "", ..*shown }, fragment, range);
        if !shown.title.is_empty() {
            self.push("<figcaption>");
            escape::text(shown.title, &mut self.out.html);
            self.push("</figcaption>");
        }
        self.push("</figure>");
    }

    fn shown(&mut self, shown: &Shown<'_>, fragment: &str, range: Range<usize>) {
        let &Shown { path, alt, title, width, by_name } = shown;
        let Some(kind) = medium(path) else {
            let (path, alt, title) = (path.to_owned(), alt.to_owned(), title.to_owned());
            return self.hole(HoleTarget::Image { path, alt, title, width, by_name }, range);
        };
        let label = if alt.is_empty() { path } else { alt };
        if self.in_link() {
            return escape::text(label, &mut self.out.html);
        }
        let (path, label, fragment) = (path.to_owned(), label.to_owned(), valid(fragment));
        self.hole(HoleTarget::Medium { kind, path, fragment, label, width }, range);
    }

    fn is_alone(&self, range: &Range<usize>) -> bool {
        self.paragraph == trimmed(self.source.text(), &self.paragraph, range)
            && self.just_opened("<p>")
    }

    /// Takes the place of the paragraph that has just opened.
    fn take_paragraph(&mut self) {
        self.out.html.truncate(self.out.html.len() - "<p>".len());
        self.paragraph = 0..0;
    }

    /// Whether a block may stand here, for it is all that its paragraph or its item holds; takes the paragraph's place.
    fn takes_block(&mut self, range: &Range<usize>) -> bool {
        if self.is_alone(range) {
            self.take_paragraph();
            return true;
        }
        let after = self.source.text().get(range.end..).unwrap_or_default();
        self.just_opened("<li>") && after.lines().next().is_none_or(|line| line.trim().is_empty())
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
    if is_blank(before) && is_blank(after) { paragraph.clone() } else { inner.clone() }
}

fn is_blank(piece: Option<&str>) -> bool {
    piece.is_some_and(|piece| piece.trim().is_empty())
}
