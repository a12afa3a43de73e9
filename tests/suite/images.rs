//! Images of content through the real program: smaller pictures, what they are called, and what nobody may see.

use std::io::Cursor;

use crate::desk::{Desk, TODAY, Tree};
use crate::preview::Preview;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, GenericImageView as _, ImageEncoder, Rgba, RgbaImage};

/// What a camera writes, and nobody should read.
const SECRET: &[u8] = b"GPS 37.5665 N 126.9780 E";

/// A picture with enough going on in it not to compress to nothing; its upper left corner is red.
fn picture(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let corner = x < width / 4 && y < height / 4;
        let noise = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(2_246_822_519)) >> 24;
        let noise = u8::try_from(noise).unwrap();
        if corner { Rgba([255, 0, 0, 255]) } else { Rgba([noise / 2, noise / 3 + 64, noise, 255]) }
    })
}

/// An EXIF record that turns a picture and tells where it was taken.
fn exif(orientation: u8) -> Vec<u8> {
    let mut record = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    record[19] = orientation;
    record.extend(SECRET);
    record
}

fn jpeg(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    DynamicImage::from(picture(width, height)).into_rgb8().write_with_encoder(encoder).unwrap();
    bytes
}

fn png(image: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(1)).unwrap();
    image.write_with_encoder(encoder).unwrap();
    bytes
}

fn webp(image: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    encoder.set_exif_metadata(exif(1)).unwrap();
    image.write_with_encoder(encoder).unwrap();
    bytes
}

fn site(config: &str, images: &[(&str, Vec<u8>)]) -> Desk {
    let shown: Vec<String> =
        images.iter().map(|(name, _)| format!("![A figure](figures/{name})\n\n")).collect();
    let shown = shown.concat();
    let digest =
        format!("## Paper 1\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00001\n\n{shown}#lamps\n");
    let desk = Desk::of(&[
        ("config.toml", &format!("base_url = \"https://lamps.example/notes/\"\n{config}")),
        ("content/2025-03-12.md", &digest),
    ]);
    for (name, bytes) in images {
        desk.write(&format!("content/figures/{name}"), bytes);
    }
    desk
}

/// The `img` elements of the paper's page, one a line.
fn shown(public: &Tree) -> String {
    let page = String::from_utf8(public["papers/2503.00001/index.html"].clone()).unwrap();
    let images =
        page.match_indices("<img").map(|(at, _)| page[at..].split_inclusive('>').next().unwrap());
    images.collect::<Vec<_>>().join("\n")
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap().decode().unwrap()
}

/// The published file whose name begins and ends like this.
fn file<'t>(public: &'t Tree, start: &str, end: &str) -> &'t [u8] {
    let mut named =
        public.iter().filter(|(name, _)| name.starts_with(start) && name.ends_with(end));
    let (_, bytes) =
        named.next().unwrap_or_else(|| panic!("no {start}…{end} in {:?}", public.keys()));
    assert!(named.next().is_none(), "one {start}…{end}");
    bytes
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photograph_comes_in_several_widths_upright_and_without_its_place() {
    let desk = site("", &[("photo.jpg", jpeg(1200, 2000, 6))]);
    let public = desk.build();
    let names: Vec<&String> = public.keys().filter(|name| name.starts_with("figures/")).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let small = decoded(file(&public, "figures/photo.", ".480w.jpg"));
    assert_eq!(small.dimensions(), (480, 288));
    // Turned by a right angle, the red corner is at the upper right.
    let (red, other) = (small.get_pixel(470, 10), small.get_pixel(10, 10));
    assert!(red[0] > 200 && red[1] < 80 && other[0] < 200, "{red:?} {other:?}");
    assert_eq!(decoded(file(&public, "figures/photo.", ".1440w.jpg")).width(), 1440);
    for (name, bytes) in &public {
        assert!(!holds(bytes, SECRET), "{name}");
    }
    let mark = names[1].split('.').nth(1).unwrap();
    let address = |width: u32| format!("/notes/figures/photo.{mark}.{width}w.jpg");
    assert_eq!(
        shown(&public),
        format!(
            "<img src=\"/notes/figures/photo.jpg\" srcset=\"{} 480w, {} 960w, {} 1440w, /notes/figures/photo.jpg 2000w\" \
             sizes=\"(max-width: 640px) 100vw, (max-width: 662px) calc(100vw - 42px), 621px\" alt=\"A figure\" \
             width=\"2000\" height=\"1200\" loading=\"lazy\" decoding=\"async\">",
            address(480),
            address(960),
            address(1440)
        )
    );
    let feed = String::from_utf8(public["feed.xml"].clone()).unwrap();
    assert!(
        feed.contains("https://lamps.example/notes/figures/photo.jpg") && !feed.contains("srcset")
    );
}

#[test]
fn a_figure_as_wide_as_the_page_is_offered_in_its_own_width() {
    for (width, offered) in [(500, 0), (719, 1), (720, 1), (800, 1), (960, 1), (1151, 1), (1152, 2)]
    {
        let desk = site("", &[("figure.jpg", jpeg(width, 400, 1))]);
        let images = shown(&desk.build());
        assert_eq!(images.matches("0w.jpg ").count(), offered, "{width}: {images}");
        let whole = format!("/notes/figures/figure.jpg {width}w\"");
        assert_eq!(images.contains(&whole), offered > 0, "{width}: {images}");
    }
}

#[test]
fn an_image_too_large_for_any_screen_is_not_offered_whole() {
    let desk = site(
        "images = { widths = [100, 200], quality = 50 }\n",
        &[("wide.jpg", jpeg(1200, 300, 1))],
    );
    let images = shown(&desk.build());
    assert!(images.contains("200w.jpg\" srcset") && !images.contains("1200w"), "{images}");
}

#[test]
fn drawings_keep_their_transparency_and_never_weigh_more_than_before() {
    let mut drawing = picture(1300, 400);
    for x in 0..650 {
        (0..400).for_each(|y| drawing.put_pixel(x, y, Rgba([0, 255, 0, 0])));
    }
    let flat = RgbaImage::from_fn(1300, 400, |x, y| {
        if (x * y) % 997 == 0 { Rgba([0, 0, 0, 255]) } else { Rgba([255; 4]) }
    });
    let desk =
        site("", &[("a.png", png(&drawing)), ("b.webp", webp(&drawing)), ("flat.png", png(&flat))]);
    let public = desk.build();
    for start in ["figures/a.", "figures/b."] {
        let small = decoded(file(&public, start, ".480w.webp")).into_rgba8();
        assert_eq!(
            (small.width(), small.get_pixel(100, 50)[3], small.get_pixel(400, 100)[3]),
            (480, 0, 255),
            "{start}"
        );
    }
    let whole = public["figures/flat.png"].len();
    let weights = public
        .iter()
        .filter(|(name, _)| name.starts_with("figures/flat."))
        .map(|(_, bytes)| bytes.len());
    assert!(weights.max().unwrap() <= whole);
    assert!(public.values().all(|bytes| !holds(bytes, SECRET)));
}

#[test]
fn coloured_png_files_get_smaller_pictures_as_webp_and_feeds_do_not_name_them() {
    let grey = DynamicImage::from(picture(1300, 400)).into_luma8();
    let mut greys = Vec::new();
    grey.write_with_encoder(PngEncoder::new(&mut greys)).unwrap();
    let dots = RgbaImage::from_fn(2400, 400, |x, y| {
        Rgba([(x / 8 % 2 * 90) as u8, (y / 8 % 2 * 90) as u8, 0, 255])
    });
    let desk = site(
        "",
        &[("wide.png", png(&picture(2400, 400))), ("grey.png", greys), ("dots.png", png(&dots))],
    );
    // A drawing that its smaller picture would outweigh is there as itself, in the same format.
    desk.write("content/figures/dots.png", [png(&dots), vec![0; 64 << 10]].concat());
    let public = desk.build();
    assert!(file(&public, "figures/wide.", ".1440w.webp").starts_with(b"RIFF"));
    assert!(file(&public, "figures/dots.", ".480w.webp").starts_with(b"RIFF"));
    assert_eq!(decoded(file(&public, "figures/grey.", ".480w.png")).width(), 480);
    assert!(shown(&public).contains(".1440w.webp 1440w"));
    let feed = String::from_utf8(public["feed.xml"].clone()).unwrap();
    assert!(feed.contains("/notes/figures/wide.png") && !feed.contains(".webp"), "{feed}");
}

#[test]
fn what_gains_nothing_stays_as_it_is() {
    let gif = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x01\0\0\x02\x02D\n\0;"
        .to_vec();
    let svg = crate::preview::svg(2000).into_bytes();
    let desk = site(
        "",
        &[("tiny.jpg", jpeg(40, 30, 1)), ("dance.gif", gif.clone()), ("plan.svg", svg.clone())],
    );
    let public = desk.build();
    let names: Vec<&String> = public.keys().filter(|name| name.starts_with("figures/")).collect();
    assert_eq!(names, ["figures/dance.gif", "figures/plan.svg", "figures/tiny.jpg"]);
    assert_eq!((&public["figures/dance.gif"], &public["figures/plan.svg"]), (&gif, &svg));
    assert!(!holds(&public["figures/tiny.jpg"], SECRET));
    let off = site("images = { resize = false }\n", &[("photo.jpg", jpeg(1200, 900, 1))]).build();
    assert_eq!(off.keys().filter(|name| name.starts_with("figures/")).count(), 1);
    assert!(!holds(&off["figures/photo.jpg"], SECRET));
}

#[test]
fn what_cannot_be_decoded_is_said_and_published_whole() {
    let mut broken = jpeg(1200, 900, 1);
    broken.truncate(2000);
    broken.extend(vec![0x55; 20_000]);
    let mut huge = png(&picture(200, 200));
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    huge.extend(vec![0; 20_000]);
    let mut lying = png(&picture(400, 400));
    lying[16..24].copy_from_slice(&[0, 0, 0x10, 0, 0, 0, 0x10, 0]);
    let desk = site(
        "",
        &[
            ("broken.jpg", broken),
            ("huge.png", huge),
            ("lying.png", lying),
            ("phone.jpg", [b"\0\0\0\x18ftypheic", SECRET].concat()),
        ],
    );
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    for part in [
        "is too large to be resized: 65536 × 65536 pixels\n--> content/figures/huge.png",
        "cannot be resized: ",
        "--> content/figures/lying.png",
        "is no JPEG, PNG or WebP, so it was left out\n--> content/figures/phone.jpg",
        "the image `figures/phone.jpg` is not there",
    ] {
        assert!(said.text.contains(part), "{part:?} in\n{}", said.text);
    }
    let public = desk.public();
    assert!(
        !public.contains_key("figures/phone.jpg")
            && public.values().all(|bytes| !holds(bytes, SECRET))
    );
    assert_eq!(file(&public, "figures/lying.", ".480w.webp"), public["figures/lying.png"]);
}

#[test]
fn the_cache_saves_work_and_is_never_needed() {
    let desk = site("", &[("photo.jpg", jpeg(1200, 900, 1))]);
    let first = desk.build();
    assert!(desk.path(".offprint/.gitignore").is_file());
    // Whoever finds a picture in the cache does not make it: so a picture put there by hand is published.
    let kept: Vec<_> = std::fs::read_dir(desk.path(".offprint/cache"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(kept.len(), 2);
    for path in &kept {
        let sum = xxhash_rust::xxh3::xxh3_128(b"by hand").to_be_bytes();
        std::fs::write(path, [&sum[..], b"by hand"].concat()).unwrap();
    }
    assert_eq!(file(&desk.build(), "figures/photo.", ".480w.jpg"), b"by hand");
    std::fs::write(&kept[0], b"damaged").unwrap();
    std::fs::write(&kept[1], b"").unwrap();
    assert_eq!(desk.build(), first);
    std::fs::remove_dir_all(desk.path(".offprint")).unwrap();
    assert_eq!(desk.build(), first);
}

#[test]
fn a_preview_makes_the_same_pictures_when_they_are_asked_for() {
    let desk = site("", &[("photo.jpg", jpeg(1200, 900, 8))]);
    let built = desk.build();
    std::fs::remove_dir_all(desk.path(".offprint")).unwrap();
    let preview = Preview::start(&desk.path("."), &[]);
    preview.until_page("/notes/papers/2503.00001/", "srcset");
    assert!(!desk.path(".offprint").exists());
    for (name, bytes) in built.iter().filter(|(name, _)| name.starts_with("figures/")) {
        assert!(preview.get(&format!("/notes/{name}")).body == *bytes, "{name}");
    }
    desk.write("content/figures/photo.jpg", jpeg(1200, 900, 1));
    let renamed = |preview: &Preview| {
        let page = preview.get("/notes/papers/2503.00001/").text();
        page.contains(".480w.jpg")
            && !built.keys().any(|name| name.ends_with("480w.jpg") && page.contains(name.as_str()))
    };
    preview.until("the picture has a new name", renamed);
}

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"><script>burn()</script>\
    <rect width=\"5\" height=\"5\" onclick=\"burn()\"/></svg>\n";

#[test]
fn a_drawing_of_content_is_published_without_what_could_run() {
    let desk =
        site("", &[("lamp.svg", DRAWING.as_bytes().to_vec()), ("odd.svg", b"<svg><g>".to_vec())]);
    desk.write("static/icon.svg", DRAWING);
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(said.text.contains("content/figures/lamp.svg"), "{}", said.text);
    assert!(
        said.text.contains("holds a handler of events, a script, which was taken out"),
        "{}",
        said.text
    );
    let public = desk.public();
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"><rect width=\"5\" height=\"5\"/></svg>\n";
    assert_eq!(String::from_utf8_lossy(&public["figures/lamp.svg"]), drawing);
    assert!(shown(&public).contains("width=\"20\" height=\"10\""));
    assert!(!public.contains_key("figures/odd.svg"));
    assert!(said.text.contains("no well-formed SVG"), "{}", said.text);
    assert_eq!(public["icon.svg"], DRAWING.as_bytes());
}

#[test]
fn a_drawing_that_config_trusts_is_published_as_it_is() {
    let desk =
        site("[markdown]\nunsafe_html = true\n", &[("lamp.svg", DRAWING.as_bytes().to_vec())]);
    assert_eq!(desk.build()["figures/lamp.svg"], DRAWING.as_bytes());
}
