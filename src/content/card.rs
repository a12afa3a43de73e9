//! Pictures for link previews: an SVG that a theme made → a PNG, drawn with fonts of the theme and the system, kept by
//! content. Knows no site and no template.

mod boxes;
mod draw;
mod fonts;
mod wrap;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use xxhash_rust::xxh3::xxh3_128;

use crate::content::media::Cache;
use crate::diagnostic::{Code, Finding};
use fonts::Fonts;

/// Grows whenever the same input would give other bytes.
const VERSION: u32 = 1;
/// Most characters that a finding names.
const NAMED: usize = 12;
/// The commonest letters of a text decide whether it can be drawn.
const LOOKED_AT: usize = 200;
/// Where no font has one letter of so many, a text cannot be drawn.
const ONE_OF: usize = 20;

/// Draws cards.
#[derive(Debug)]
pub struct Cards {
    cache: Arc<Cache>,
    own: Vec<Cow<'static, [u8]>>,
    /// Looked for when the first card is asked for.
    fonts: OnceLock<Fonts>,
    missing: Mutex<BTreeSet<char>>,
    /// Whether no cards are made for want of fonts.
    lacks_fonts: AtomicBool,
}

/// How many faces the system's fonts have.
pub fn system_fonts() -> usize {
    Fonts::load(&[]).count()
}

impl Cards {
    /// Cards drawn with fonts of a theme (TTF, OTF, TTC), and those of the system where these have no letter.
    pub fn new(own: Vec<Cow<'static, [u8]>>, cache: Arc<Cache>) -> Self {
        let (fonts, missing, lacks_fonts) = Default::default();
        Self { cache, own, fonts, missing, lacks_fonts }
    }

    fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| Fonts::load(&self.own))
    }

    /// Whether fonts have nearly all letters of a text; where they have not, a finding waits that says so.
    pub fn can_draw(&self, text: &str) -> bool {
        let mut counts = BTreeMap::<char, usize>::new();
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            *counts.entry(c).or_default() += 1;
        }
        let mut common: Vec<(usize, char)> =
            counts.into_iter().map(|(c, count)| (count, c)).collect();
        common.sort_unstable_by(|a, b| b.cmp(a));
        common.truncate(LOOKED_AT);
        let letters: String = common.iter().map(|(_, c)| c).collect();
        let missing = draw::missing(&letters, self.fonts());
        let sum = |counted: &dyn Fn(char) -> bool| {
            let counted = common.iter().filter(|(_, c)| counted(*c));
            counted.map(|(count, _)| count).sum::<usize>()
        };
        let lacks =
            self.fonts().is_empty() || sum(&|c| missing.contains(&c)) * ONE_OF > sum(&|_| true);
        if lacks {
            self.lacks_fonts.store(true, Ordering::Relaxed);
            self.missing.lock().unwrap_or_else(PoisonError::into_inner).extend(missing);
        }
        !lacks
    }

    /// The picture of an SVG; the finding says what is wrong with it.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>, Finding> {
        let fonts = self.fonts();
        let key = xxh3_128(format!("card {VERSION} {:032x} {svg}", fonts.print()).as_bytes());
        if let Some(png) = self.cache.get(key) {
            return Ok(png);
        }
        let (png, missing) = draw::png(svg, fonts).map_err(|why| {
            Finding::new(Code::Template, format!("cannot be drawn: {why}"))
                .in_path("templates/card.svg")
                .help("a card is a single SVG element; see docs/theme-html.md")
        })?;
        if missing.is_empty() {
            self.cache.put(key, &png);
        } else {
            // Not kept, so that the next run says so again and draws it anew when there is a font.
            self.missing.lock().unwrap_or_else(PoisonError::into_inner).extend(missing);
        }
        Ok(png)
    }

    /// Which letters no font has, said once for all cards drawn so far.
    pub fn take_findings(&self) -> Vec<Finding> {
        let missing =
            std::mem::take(&mut *self.missing.lock().unwrap_or_else(PoisonError::into_inner));
        if missing.is_empty() {
            return Vec::new();
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(char::to_string).collect();
        let more = if missing.len() > NAMED {
            format!(" and {} more", missing.len() - NAMED)
        } else {
            String::new()
        };
        let none = self.fonts.get().is_some_and(Fonts::is_empty);
        let message = format!("no font for cards has {}{more}", named.join(" "));
        let message = if none {
            "there is no font to draw the text of cards with".to_owned()
        } else {
            message
        };
        let help = "install one, such as Noto Sans CJK (on Debian and Ubuntu: fonts-noto-cjk), or put a .ttf or .otf \
                    file into static/fonts/";
        if self.lacks_fonts.swap(false, Ordering::Relaxed) {
            let quiet = "; `outputs = { cards = false }` wants none";
            let message = format!("no cards are made: {message}");
            return vec![Finding::new(Code::MissingFont, message).help(format!("{help}{quiet}"))];
        }
        vec![Finding::new(Code::MissingFont, message).help(help)]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use camino::Utf8PathBuf;

    use super::Cards;
    use super::fonts::Fonts;
    use crate::content::media::{CARD, Cache};

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 630\"><rect width=\"1200\" \
                       height=\"630\" fill=\"#fed\"/><text x=\"80\" y=\"200\" font-size=\"60\" data-width=\"1040\" \
                       data-lines=\"2\">Lamps &amp; 등불</text></svg>";

    fn cards(folder: &tempfile::TempDir) -> Cards {
        let site = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        let cards = Cards::new(Vec::new(), Arc::new(Cache::of(&site)));
        cards.fonts.set(Fonts::none()).unwrap();
        cards
    }

    #[test]
    fn without_fonts_there_is_a_picture_and_a_word_about_it() {
        let folder = tempfile::tempdir().unwrap();
        let cards = cards(&folder);
        let png = cards.png(SVG).unwrap();
        let image = image::load_from_memory(&png).unwrap();
        assert_eq!((image.width(), image.height()), (CARD.0.into(), CARD.1.into()));
        assert_eq!(image.to_rgb8().get_pixel(600, 600).0, [0xff, 0xee, 0xdd]);
        let findings = cards.take_findings();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].message, "there is no font to draw the text of cards with");
        assert!(!folder.path().join(".offprint").exists());
    }

    #[test]
    fn titles_that_no_font_has_make_no_cards() {
        let folder = tempfile::tempdir().unwrap();
        let cards = cards(&folder);
        assert!(!cards.can_draw("Lamps 등불"));
        let findings = cards.take_findings();
        assert_eq!(
            findings[0].message,
            "no cards are made: there is no font to draw the text of cards with"
        );
        assert!(cards.take_findings().is_empty());
    }

    #[test]
    fn what_is_no_svg_is_said() {
        let finding = cards(&tempfile::tempdir().unwrap()).png("<svg").unwrap_err();
        assert!(finding.message.starts_with("cannot be drawn: "), "{}", finding.message);
    }
}
