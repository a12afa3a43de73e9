//! How long the text takes: parsing and HTML, plain words, mentions, tokens. Text is made up, a quarter of it Korean.

use divan::Bencher;
use divan::counter::BytesCount;
use offprint::markup::{Options, Renderer};
use offprint::prose::{mentions, plain, tokens};

fn main() {
    divan::main();
}

/// Words of both languages, joined to paragraphs by a small generator, so that no two are alike.
fn prose(bytes: usize) -> String {
    const WORDS: [&str; 24] = [
        "model",
        "diffusion",
        "sampling",
        "we",
        "the",
        "of",
        "training",
        "data",
        "*one*-step",
        "**faster**",
        "reward",
        "policy",
        "tokens,",
        "that",
        "scales.",
        "모델을",
        "학습하는",
        "방법이",
        "제안한다.",
        "결과는",
        "흥미롭다.",
        "https://arxiv.org/abs/2503.07565",
        "(see",
        "above)",
    ];
    let mut state = 1_u64;
    let mut out = String::with_capacity(bytes + 64);
    while out.len() < bytes {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let roll = (state >> 33) as usize;
        // Addresses are rarer than words.
        let word = WORDS[roll % WORDS.len()];
        out.push_str(if word.starts_with("http") && !roll.is_multiple_of(7) {
            "paper"
        } else {
            word
        });
        out.push_str(if roll.is_multiple_of(97) { "\n\n" } else { " " });
    }
    out
}

/// Entries of about 2 kB, 1 MB in all.
fn entries() -> Vec<String> {
    vec![prose(2_000); 500]
}

fn each(bencher: Bencher<'_, '_>, work: impl Fn(&str) -> usize + Sync) {
    let entries = entries();
    let bytes: usize = entries.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| entries.iter().map(|text| work(text)).sum::<usize>());
}

#[divan::bench]
fn render(bencher: Bencher<'_, '_>) {
    let Ok(renderer) = Renderer::new(&Options::default()) else { return };
    each(bencher, |text| renderer.render(text, "k").html.len());
}

#[divan::bench]
fn plain_words(bencher: Bencher<'_, '_>) {
    each(bencher, |text| plain(text).len());
}

#[divan::bench]
fn all_mentions(bencher: Bencher<'_, '_>) {
    each(bencher, |text| mentions(text).len());
}

#[divan::bench]
fn all_tokens(bencher: Bencher<'_, '_>) {
    each(bencher, |text| {
        let mut count = 0;
        tokens(text, |_| count += 1);
        count
    });
}
