//! A picture → the same in smaller widths. Bytes → bytes, the same ones for the same input on any machine.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngDecoder, PngEncoder};
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::imageops::FilterType;
use image::{
    ColorType, DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError,
    ImageResult, Limits,
};

use super::clean::Kind;

/// What the smaller pictures are made as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Jpeg,
    Png,
    Webp,
}

impl Form {
    /// Its extension.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }
}

/// A picture that was decoded and stands upright, with its colour profile.
struct Upright {
    image: DynamicImage,
    profile: Option<Vec<u8>>,
}

/// The picture in each width, widest first. The error says why it cannot be decoded.
pub(super) fn widths(
    bytes: &[u8],
    kind: Kind,
    form: Form,
    wanted: (&[u32], u8),
) -> Result<Vec<Vec<u8>>, String> {
    let (widths, quality) = wanted;
    let source = decode(bytes, kind).map_err(|error| reason(&error))?;
    let mut image = premultiplied(source.image);
    let mut made = Vec::with_capacity(widths.len());
    for &width in widths {
        let height = (u64::from(image.height()) * u64::from(width))
            .div_ceil(u64::from(image.width()))
            .max(1);
        // Each is made of the one before: far less work, and no eye sees a difference.
        image = image.resize_exact(width, height as u32, FilterType::Lanczos3);
        let plain = plain(image.clone());
        made.push(
            encode(&plain, form, quality, source.profile.as_deref())
                .map_err(|error| reason(&error))?,
        );
    }
    Ok(made)
}

fn reason(error: &ImageError) -> String {
    match error {
        ImageError::Limits(_) => "it needs too much memory".to_owned(),
        error => error.to_string(),
    }
}

fn decode(bytes: &[u8], kind: Kind) -> ImageResult<Upright> {
    let bytes = Cursor::new(bytes);
    match kind {
        Kind::Jpeg => upright(JpegDecoder::new(bytes)?),
        Kind::Png => upright(PngDecoder::new(bytes)?),
        Kind::Webp => upright(WebPDecoder::new(bytes)?),
    }
}

fn upright(mut decoder: impl ImageDecoder) -> ImageResult<Upright> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(crate::model::limits::DECODING);
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let orientation = decoder.orientation()?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    let image = eight_bits(image);
    let profile = profile.filter(|profile| fits(profile, image.color()));
    Ok(Upright { image, profile })
}

fn eight_bits(image: DynamicImage) -> DynamicImage {
    match image.color() {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => image,
        ColorType::L16 => image.into_luma8().into(),
        color if color.has_alpha() => image.into_rgba8().into(),
        _ => image.into_rgb8().into(),
    }
}

/// Whether a colour profile speaks of the colours that the pixels have now (CMYK was turned into RGB).
fn fits(profile: &[u8], color: ColorType) -> bool {
    profile.get(16..20) == Some(if color.has_color() { b"RGB " } else { b"GRAY" })
}

/// Colours weighted by their opacity, so that what is invisible does not shine through at edges.
fn premultiplied(image: DynamicImage) -> DynamicImage {
    let DynamicImage::ImageRgba8(mut pixels) = image else { return image };
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let [red, green, blue] = [red, green, blue]
            .map(|channel| ((u32::from(channel) * u32::from(alpha) + 127) / 255) as u8);
        pixel.0 = [red, green, blue, alpha];
    }
    pixels.into()
}

fn plain(image: DynamicImage) -> DynamicImage {
    let DynamicImage::ImageRgba8(mut pixels) = image else { return image };
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0;
        let all = u32::from(alpha).max(1);
        let [red, green, blue] = [red, green, blue]
            .map(|channel| ((u32::from(channel) * 255 + all / 2) / all).min(255) as u8);
        pixel.0 = [red, green, blue, alpha];
    }
    pixels.into()
}

fn encode(
    image: &DynamicImage,
    form: Form,
    quality: u8,
    profile: Option<&[u8]>,
) -> ImageResult<Vec<u8>> {
    let mut out = Vec::new();
    match form {
        Form::Jpeg => {
            write(JpegEncoder::new_with_quality(&mut out, quality), &opaque(image), profile)?;
        }
        Form::Png => {
            let encoder = PngEncoder::new_with_quality(
                &mut out,
                CompressionType::Default,
                PngFilter::Adaptive,
            );
            write(encoder, image, profile)?;
        }
        Form::Webp => write(WebPEncoder::new_lossless(&mut out), image, profile)?,
    }
    Ok(out)
}

fn opaque(image: &DynamicImage) -> DynamicImage {
    if image.color().has_alpha() { image.to_rgb8().into() } else { image.clone() }
}

fn write(
    mut encoder: impl ImageEncoder,
    image: &DynamicImage,
    profile: Option<&[u8]>,
) -> ImageResult<()> {
    if let Some(profile) = profile {
        // A format that holds no profile shows the picture all the same.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    encoder.write_image(
        image.as_bytes(),
        image.width(),
        image.height(),
        ExtendedColorType::from(image.color()),
    )
}
