//! How long the stages of a build take on a thousand made-up papers: reading, assembling, near papers,
//! rendering, writing. The theme is the benchmark's in `benches/site`.

use std::sync::Arc;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use divan::Bencher;
use jiff::civil::date;
use offprint::diagnostic::SourceText;
use offprint::formats::{Hints, MARKDOWN, read};
use offprint::model::Lang;
use offprint::output::{Content, Writer};
use offprint::site::{Aliases, KeptDigest, Keys, ParsedDigest, Room, Rules, Site};
use offprint::workspace::{Clock, Project, Request, load};

const DAYS: i8 = 25;
const PAPERS_A_DAY: usize = 40;

fn main() {
    divan::main();
}

// Clarity before speed: this is made once, outside what is measured.
#[allow(clippy::format_push_string)]
/// One day's digest; every paper differs from every other.
fn digest(day: i8) -> String {
    let mut out = format!("+++\ndate = 2025-03-{day:02}\n+++\n");
    for number in 0..PAPERS_A_DAY {
        let (n, topic) = (usize::try_from(day).unwrap_or_default() * 100 + number, number % 7);
        out.push_str(&format!("\n## Lamps of kind {n} and what topic {topic} does to them\n\n"));
        out.push_str(&format!(
            "(Ada Wick {topic}, Bo Flame {number}, Cy Oil {n})\nhttps://arxiv.org/abs/2503.{n:05}\n\n"
        ));
        out += &format!(
            "> We measure lamps of kind {n} for topic {topic}, and they are brighter by {number} parts.\n\n"
        );
        out.push_str(&format!(
            "등불 {n}을 다룬 논문입니다. 주제 {topic}에서 밝기가 {number}만큼 늘었다고 합니다.\n\n"
        ));
        out.push_str(&format!(
            "::: en\nA paper on lamp {n}. Topic {topic} makes it brighter by {number}.\n:::\n\n#lamps #topic-t{topic}\n"
        ));
    }
    out
}

fn kept() -> (Vec<Arc<KeptDigest>>, Keys) {
    let languages: Vec<Lang> = ["ko", "en"].into_iter().filter_map(Lang::parse).collect();
    let mut keys = Keys::default();
    let digests = (1..=DAYS).flat_map(|day| {
        let text = digest(day);
        let hints = Hints { stem: "digest", languages: &languages, ..Hints::default() };
        let source = Arc::new(SourceText { path: format!("content/{day}.md"), text });
        let reading = read(MARKDOWN, &source.text, &hints);
        reading.digests.into_iter().map(move |digest| {
            ParsedDigest::new(
                (Arc::clone(&source), &source.path),
                String::new(),
                digest,
                &Aliases::default(),
            )
        })
    });
    let kept = digests.map(|draft| Arc::new(KeptDigest::new(draft, &mut keys))).collect();
    (kept, keys)
}

fn rules() -> Rules {
    Rules::of(&offprint::config::Config::default(), date(2025, 12, 31))
}

#[divan::bench]
fn reading(bencher: Bencher<'_, '_>) {
    let languages: Vec<Lang> = ["ko", "en"].into_iter().filter_map(Lang::parse).collect();
    let hints = Hints { stem: "digest", languages: &languages, ..Hints::default() };
    let texts: Vec<String> = (1..=DAYS).map(digest).collect();
    bencher.bench(|| {
        texts.iter().map(|text| read(MARKDOWN, text, &hints).digests.len()).sum::<usize>()
    });
}

#[divan::bench]
fn assembling(bencher: Bencher<'_, '_>) {
    let (digests, keys) = kept();
    bencher.bench(|| Site::assemble(&digests, &[], &keys, &rules()));
}

#[divan::bench]
fn near_papers(bencher: Bencher<'_, '_>) {
    let (digests, keys) = kept();
    let site = Site::assemble(&digests, &[], &keys, &rules());
    let mut room = Room::default();
    bencher.bench_local(|| {
        site.papers().map(|paper| site.related(paper, 6, &mut room).len()).sum::<usize>()
    });
}

/// The benchmark's site in a temporary folder, loaded.
fn project(folder: &Utf8Path) -> Option<Project> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/site");
    copy(&root, folder);
    std::fs::create_dir_all(folder.join("content")).ok()?;
    for day in 1..=DAYS {
        put(&folder.join(format!("content/2025-03-{day:02}.md")), digest(day).as_bytes());
    }
    let request = Request { today: Some(date(2025, 12, 31)), ..Request::new(folder.to_owned()) };
    let clock =
        Clock { elapsed: || Duration::ZERO, now: || jiff::Timestamp::UNIX_EPOCH, detailed: false };
    load(&request, &clock).0
}

fn copy(from: &Utf8Path, to: &Utf8Path) {
    let entries = from.read_dir_utf8().into_iter().flatten().flatten();
    for entry in entries {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).ok();
            copy(entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).ok();
        }
    }
}

fn put(path: &Utf8Path, bytes: &[u8]) {
    // A benchmark's own folder.
    #[allow(clippy::disallowed_methods)]
    std::fs::write(path, bytes).ok();
}

fn folder() -> Option<(tempfile::TempDir, Utf8PathBuf)> {
    let folder = tempfile::tempdir().ok()?;
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).ok()?;
    Some((folder, path))
}

#[divan::bench]
fn rendering(bencher: Bencher<'_, '_>) {
    let Some((_folder, path)) = folder() else { return };
    let Some(project) = project(&path) else { return };
    let outputs = project.plan.outputs();
    bencher.bench(|| {
        let shared = project.shared();
        let press = project.press(&shared);
        outputs
            .iter()
            .filter_map(|output| press.render(output).ok().flatten())
            .map(|bytes| bytes.len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn writing(bencher: Bencher<'_, '_>) {
    let files: Vec<String> =
        (0..1000).map(|number| format!("papers/{number}/index.html")).collect();
    bencher.with_inputs(folder).bench_refs(|made| {
        let Some((_, path)) = made else { return 0 };
        let content = Content::Bytes(vec![b'x'; 6000]);
        let Ok(writer) = Writer::new(path, files.iter().cloned()) else { return 0 };
        files.iter().filter(|file| writer.write(file, &content).is_ok()).count()
    });
}
