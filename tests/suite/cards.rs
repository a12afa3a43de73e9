//! Pictures for link previews through the real program. What fonts a machine has decides how they look, so these tests
//! look at what surrounds them.

use crate::desk::{Desk, TODAY, Tree};
use crate::preview::Preview;

/// The same page with and without cards.
const META: &str = "<meta property=\"og:image";

fn site(config: &str) -> Desk {
    let config = format!(
        "base_url = \"https://lamps.example/notes/\"\nlanguages = [\"ko\", \"en\"]\n{config}"
    );
    Desk::of(&[
        ("config.toml", &config),
        (
            "content/2025-03-12.md",
            "## Sorting Lamps in $O(n^2)$ & Less\n\n(Ada Wick, Cy Wachs)\nhttps://arxiv.org/abs/2503.00001\n\n등불.\n\n#lamps\n",
        ),
    ])
}

fn pictures(public: &Tree) -> Vec<(&String, &Vec<u8>)> {
    public.iter().filter(|(name, _)| name.ends_with("card.png")).collect()
}

#[test]
fn dates_and_papers_get_a_picture_and_name_it() {
    let desk = site("outputs = { cards = true }\n");
    let public = desk.build();
    let names: Vec<&String> = pictures(&public).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["2025/03/12/card.png", "papers/2503.00001/card.png", "site-card.png"]);
    for (name, png) in pictures(&public) {
        let image = image::load_from_memory(png).unwrap().into_rgb8();
        assert_eq!(image.dimensions(), (1200, 630), "{name}");
        assert_eq!(
            (image.get_pixel(8, 300).0, image.get_pixel(600, 40).0),
            ([0x7a, 0x1f, 0x2b], [0xfc, 0xfb, 0xf8])
        );
    }
    let page = String::from_utf8(public["papers/2503.00001/index.html"].clone()).unwrap();
    let said: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("og:image") || line.contains("twitter:"))
        .collect();
    assert_eq!(
        said,
        [
            "<meta property=\"og:image\" content=\"https://lamps.example/notes/papers/2503.00001/card.png\">",
            "<meta property=\"og:image:type\" content=\"image/png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
            "<meta property=\"og:image:alt\" content=\"Sorting Lamps in O(n²) &amp; Less\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        ]
    );
    let home = String::from_utf8_lossy(&public["index.html"]);
    assert!(
        home.contains(&format!("{META}\" content=\"https://lamps.example/notes/site-card.png\"")),
        "{home}"
    );
    let off = site("").build();
    assert!(
        pictures(&off).is_empty()
            && !String::from_utf8_lossy(&off["papers/2503.00001/index.html"]).contains(META)
    );
}

/// Where nobody asks for cards, they are there if there are fonts for the titles; a paper has none of its own.
#[test]
fn cards_nobody_asked_for_are_few_and_need_fonts() {
    let desk = site("");
    let days: Vec<String> =
        (1..=70).map(|day| format!("2024-{:02}-{:02}", 1 + day / 28, 1 + day % 28)).collect();
    for day in &days {
        desk.write(&format!("content/{day}.md"), "## Lamps\n\n(Ada Wick)\n\nThey burn.\n");
    }
    desk.write(
        "templates/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 63\"/>\n",
    );
    let said = desk.run_with(&["build", "--today", TODAY], &[("OFFPRINT_NO_CARDS", "")]);
    assert_eq!(said.code, 0, "{}", said.text);
    let public = desk.public();
    let has_fonts = !said.text.contains("note[missing-font]: no cards are made: ");
    assert_eq!(pictures(&public).len(), if has_fonts { 61 } else { 0 }, "{}", said.text);
    assert_eq!(public.contains_key("2025/03/12/card.png"), has_fonts);
    assert!(!public.contains_key("2024/01/02/card.png"));
    let paper = String::from_utf8_lossy(&public["papers/2503.00001/index.html"]);
    assert_eq!(paper.contains("/notes/site-card.png"), has_fonts);
    let off = site("outputs = { cards = false }\n");
    off.run_with(&["build", "--today", TODAY], &[("OFFPRINT_NO_CARDS", "")]);
    assert!(pictures(&off.public()).is_empty());
}

/// A template without text needs no font, so its picture is the same everywhere.
#[test]
fn a_theme_draws_its_own_and_the_cache_keeps_it() {
    let desk = site("outputs = { cards = true }\n");
    let card = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 63\"><rect width=\"120\" height=\"63\" \
             fill=\"{colour}\"/><!-- {{{{ card.title }}}} --></svg>\n"
        )
    };
    desk.write("templates/card.svg", card("#123456"));
    let first = desk.build();
    let image = image::load_from_memory(&first["2025/03/12/card.png"]).unwrap().into_rgb8();
    assert!(
        image.dimensions() == (1200, 630)
            && image.pixels().all(|pixel| pixel.0 == [0x12, 0x34, 0x56])
    );
    // Whoever finds a picture in the cache does not draw it: so one put there by hand is published.
    for entry in std::fs::read_dir(desk.path(".offprint/cache")).unwrap() {
        let sum = xxhash_rust::xxh3::xxh3_128(b"by hand").to_be_bytes();
        std::fs::write(entry.unwrap().path(), [&sum[..], b"by hand"].concat()).unwrap();
    }
    assert!(pictures(&desk.build()).iter().all(|(_, png)| *png == b"by hand"));
    desk.write("templates/card.svg", card("#abcdef"));
    assert!(pictures(&desk.build()).iter().all(|(_, png)| *png != b"by hand"));
    desk.write("templates/card.svg", "<svg>{{ card.kind }}");
    let said = desk.run(&["build", "--today", TODAY]);
    assert!(said.code == 1 && said.text.contains("cannot be drawn: "), "{}", said.text);
}

#[test]
fn the_template_sees_plain_words() {
    let desk =
        site("outputs = { cards = true, markdown = false }\ndigests = { layout = \"split\" }\n");
    desk.write("templates/card.svg", "{{ throw(message=card.kind ~ \"|\" ~ card.title ~ \"|\" ~ card.authors ~ \"|\" ~ card.date ~ \"|\" ~ page.lang) }}");
    let said = desk.run(&["build", "--today", TODAY]);
    assert!(
        said.text.contains("paper|Sorting Lamps in O(n²) & Less|Ada Wick, Cy Wachs|"),
        "{}",
        said.text
    );
    assert!(
        said.text.contains("|March 12, 2025|en") && said.text.contains("|2025년 3월 12일|ko"),
        "{}",
        said.text
    );
}

#[test]
fn a_preview_draws_the_same_when_asked() {
    let desk = site("outputs = { cards = true }\n");
    let built = desk.build();
    let preview = Preview::start(&desk.path("."), &[]);
    for (name, png) in pictures(&built) {
        assert!(preview.get(&format!("/notes/{name}")).body == *png, "{name}");
    }
    assert_eq!(preview.get("/notes/papers/none/card.png").status, 404);
}
