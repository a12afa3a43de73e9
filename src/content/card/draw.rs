//! SVG → PNG, with the fonts there are.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Group, ImageHrefResolver, Node, Options, Tree};

use super::boxes::{self, Measure};
use super::fonts::{self, Fonts};
use super::wrap;
use crate::content::media::CARD;

/// The picture, and the letters that no font has.
pub(super) fn png(svg: &str, fonts: &Fonts) -> Result<(Vec<u8>, BTreeSet<char>), String> {
    let missing = Mutex::default();
    let pen = Pen { fonts, missing: &missing };
    let tree = pen.tree(&boxes::fill(svg, &pen))?;
    let bytes = paint(&tree)?;
    Ok((bytes, missing.into_inner().unwrap_or_else(PoisonError::into_inner)))
}

/// The letters of a text that no font has.
pub(super) fn missing(text: &str, fonts: &Fonts) -> BTreeSet<char> {
    let missing = Mutex::default();
    Pen { fonts, missing: &missing }.widths(&[text], "");
    missing.into_inner().unwrap_or_else(PoisonError::into_inner)
}

struct Pen<'a> {
    fonts: &'a Fonts,
    missing: &'a Mutex<BTreeSet<char>>,
}

impl Pen<'_> {
    fn tree(&self, svg: &str) -> Result<Tree, String> {
        let options = Options {
            fontdb: self.fonts.database(),
            font_resolver: fonts::resolver(self.missing),
            // A picture is made of what the template holds: no files.
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        Tree::from_str(svg, &options).map_err(|error| error.to_string())
    }
}

impl Measure for Pen<'_> {
    fn widths(&self, texts: &[&str], style: &str) -> Vec<f32> {
        if self.fonts.is_empty() {
            texts.iter().flat_map(|text| text.chars()).for_each(|c| fonts::note(c, self.missing));
            return texts.iter().map(|text| wrap::guess(text)).collect();
        }
        let lines = texts.iter().enumerate().map(|(number, text)| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let id = format!("id=\"t{number}\" xml:space=\"preserve\"");
            format!("<text {id} font-size=\"100\"{style}>{text}</text>")
        });
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\">{}</svg>",
            lines.collect::<Vec<_>>().concat()
        );
        let mut widths = vec![0.0; texts.len()];
        if let Ok(tree) = self.tree(&svg) {
            measure(tree.root(), &mut widths);
        }
        widths
    }
}

/// Notes the width of each text of a group, by the number in its id.
fn measure(group: &Group, widths: &mut [f32]) {
    for node in group.children() {
        match node {
            Node::Group(group) => measure(group, widths),
            Node::Text(text) => {
                let number =
                    text.id().strip_prefix('t').and_then(|number| number.parse::<usize>().ok());
                if let Some(width) = number.and_then(|number| widths.get_mut(number)) {
                    *width = text.bounding_box().width() / 100.0;
                }
            }
            _ => {}
        }
    }
}

fn paint(tree: &Tree) -> Result<Vec<u8>, String> {
    let (width, height) = (f32::from(CARD.0), f32::from(CARD.1));
    let mut canvas = Pixmap::new(CARD.0.into(), CARD.1.into()).ok_or("there is no room for it")?;
    canvas.fill(Color::WHITE);
    let scale = Transform::from_scale(width / tree.size().width(), height / tree.size().height());
    resvg::render(tree, scale, &mut canvas.as_mut());
    // On white nothing is transparent.
    let pixels: Vec<u8> =
        canvas.data().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive)
        .write_image(&pixels, CARD.0.into(), CARD.1.into(), ExtendedColorType::Rgb8)
        .map_err(|error| error.to_string())?;
    Ok(out)
}
