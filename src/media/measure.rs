//! How large an image is, read off its first bytes.

use camino::Utf8Path;

/// Longest beginning of an SVG that is searched for its size.
const SVG_HEAD: usize = 4096;

/// Width and height in pixels; `None` for what is no image or cannot be read.
pub(super) fn image(path: &Utf8Path) -> Option<(u32, u32)> {
    if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("svg")) {
        // Measuring is this module's reading of the disk.
        #[allow(clippy::disallowed_methods)]
        let bytes = std::fs::read(path).ok()?;
        return svg(&String::from_utf8_lossy(&bytes[..bytes.len().min(SVG_HEAD)]));
    }
    let size = imagesize::size(path).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// `width` and `height` of the root element, or the last two numbers of its `viewBox`.
fn svg(head: &str) -> Option<(u32, u32)> {
    let root = head.split_once("<svg")?.1.split('>').next()?;
    let sized = || Some((number(attribute(root, "width")?)?, number(attribute(root, "height")?)?));
    let boxed = || {
        let mut numbers = attribute(root, "viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((number(numbers.next()?)?, number(numbers.next()?)?))
    };
    sized().or_else(boxed)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        rest = after;
        let starts = before.ends_with([' ', '\n', '\t', '\r']);
        if let (true, Some(value)) = (starts, after.trim_start().strip_prefix('=')) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
    }
}

/// A length in pixels; percentages and other units tell nothing.
fn number(text: &str) -> Option<u32> {
    let value: f64 = text.trim().trim_end_matches("px").parse().ok()?;
    // Sizes of images are small positive numbers; anything else is refused here.
    #[allow(clippy::cast_sign_loss)]
    (1.0..100_000.0).contains(&value).then_some(value.round() as u32)
}
