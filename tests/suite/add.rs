//! `offprint add`: the real program against a server on this machine that answers like the arXiv API.

use std::fmt::Write as _;
use std::fs;

use crate::desk::{Desk, Said, tree};
use crate::loopback::{Reply, Server, closed};
use offprint::authoring::add::{Arxiv, Asked, Place, Request, Services, Wanted, add};
use offprint::model::{Lang, Tag};
use proptest::prelude::*;

const DATE: &str = "2025-03-12";
pub(crate) const FILE: &str = "content/2025-03-12.md";

/// An element of an answer.
fn paper(id: &str, title: &str, more: &str) -> String {
    format!(
        "<entry>\n<id>http://arxiv.org/abs/{id}</id>\n<published>2025-03-10T17:00:00Z</published>\n\
         <title>{title}</title>\n<summary>  They dim when\n nobody reads &amp; cost $5 to $10. </summary>\n\
         <author><name>Ada Wick</name></author>\n<author><name>Emil Docht</name></author>\n\
         <category term=\"cs.LG\"/>\n<category term=\"cs.CV\"/>\n\
         <link href=\"http://arxiv.org/pdf/{id}\" rel=\"related\" title=\"pdf\"/>\n{more}</entry>\n"
    )
}

fn feed(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" \
         xmlns:arxiv=\"http://arxiv.org/schemas/atom\">\n<title>arXiv Query</title>\n{entries}</feed>\n"
    )
}

fn ok(body: String) -> Reply {
    Reply::Answer(200, "content-type: application/atom+xml\r\n", body)
}

/// The ids that a question asks for.
fn asked_for(path: &str) -> Vec<String> {
    let list = path.split("id_list=").nth(1).unwrap().split('&').next().unwrap();
    list.split(',').map(str::to_owned).collect()
}

/// A service that has every paper but those that end in 999, in its third version.
fn arxiv() -> Server {
    Server::new(|_, path, _| {
        let mut all = String::new();
        for id in asked_for(path).iter().rev().filter(|id| !id.ends_with("999")) {
            let _ = write!(all, "{}", paper(&format!("{id}v3"), &format!("Lamps {id}"), ""));
        }
        ok(feed(&all))
    })
}

pub(crate) fn config(service: &str) -> String {
    format!(
        "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/\"\ntheme = \"plain\"\nlanguages = [\"ko\", \"en\"]\n\
         [add]\nservice = \"{service}/api\"\ncrossref = \"{service}/works\"\ndatacite = \"{service}/dois\"\n\
         openreview = [\"{service}/notes2\", \"{service}/notes\"]\nacl = \"{service}/acl\"\nbiorxiv = \"{service}/details\"\n\
         pause = 0\ntimeout = 1\n"
    )
}

pub(crate) fn lamps(service: &str) -> Desk {
    Desk::of(&[("config.toml", &config(service))])
}

/// Runs `add` with a cache folder of the desk's own.
pub(crate) fn run(desk: &Desk, arguments: &[&str]) -> Said {
    let cache = desk.path("cache");
    let cache = cache.to_str().unwrap();
    let environment =
        [("XDG_CACHE_HOME", cache), ("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1")];
    desk.run_with(&[&["add", "--date", DATE], arguments].concat(), &environment)
}

/// The same into an entry, which has its date.
pub(crate) fn fill(desk: &Desk, arguments: &[&str]) -> Said {
    let cache = desk.path("cache");
    let cache = cache.to_str().unwrap();
    let environment =
        [("XDG_CACHE_HOME", cache), ("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1")];
    desk.run_with(&[&["add"], arguments].concat(), &environment)
}

pub(crate) fn content(desk: &Desk) -> String {
    fs::read_to_string(desk.path(FILE)).unwrap_or_default()
}

#[test]
fn a_paper_makes_the_days_digest() {
    let server = Server::new(|_, _, _| {
        let more = "<arxiv:doi>10.1000/lamps</arxiv:doi>\n<arxiv:journal_ref>Journal of Light 3</arxiv:journal_ref>\n\
                    <arxiv:comment>12 pages; code at https://github.com/ada/lamps.</arxiv:comment>\n";
        ok(feed(&paper("2503.00101v2", "Lamps &amp; Wicks: $\\pi_0$", more)))
    });
    let desk = lamps(&server.address());
    let said = run(&desk, &["https://arxiv.org/pdf/2503.00101v1", "--tags", "lamps,Soft_Light"]);
    assert_eq!(
        said.text,
        format!("added 1 paper to {FILE}\n  arXiv:2503.00101  Lamps & Wicks: $\\pi_0$\n")
    );
    assert_eq!(said.code, 0);
    assert_eq!(server.asked(), ["GET /api?id_list=2503.00101&max_results=1"]);
    assert_eq!(
        content(&desk),
        "+++\ndate = 2025-03-12\n+++\n\n## Lamps & Wicks: $\\pi_0$\n\n(Ada Wick, Emil Docht)\n\
         https://arxiv.org/abs/2503.00101\ncode: https://github.com/ada/lamps\nvenue: Journal of Light 3\n\
         doi: 10.1000/lamps\npublished: 2025-03-10\nsubjects: cs.LG cs.CV\nremarks: 12 pages; code at https://github.com/ada/lamps.\n\n\
         > They dim when nobody reads & cost $5 to $10.\n\n#lamps #soft-light\n"
    );
    let said = desk.run(&["check", "--strict", "--today", "2025-06-01"]);
    assert_eq!(said.code, 0, "{}", said.text);
}

#[test]
fn ten_papers_are_one_question_in_the_order_typed() {
    let (server, ids): (_, Vec<String>) =
        (arxiv(), (1..=10).map(|n| format!("2503.{n:05}")).collect());
    let desk = lamps(&server.address());
    let mut typed: Vec<&str> = ids.iter().map(String::as_str).collect();
    typed.extend(["arXiv:2503.00003v2", "https://huggingface.co/papers/2503.00004"]);
    assert_eq!(run(&desk, &typed).code, 0);
    assert_eq!(server.asked().len(), 1);
    let text = content(&desk);
    let titles: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("## Lamps ")).collect();
    assert_eq!(titles, ids);
}

#[test]
fn what_was_answered_is_not_asked_again() {
    let server = arxiv();
    let desk = lamps(&server.address());
    run(&desk, &["2503.00001", "2503.00002", "--dry-run"]);
    run(&desk, &["2503.00002", "2503.00003"]);
    run(&desk, &["2503.00002", "--again", "--refresh"]);
    let asked: Vec<Vec<String>> = server.asked().iter().map(|path| asked_for(path)).collect();
    assert_eq!(asked, [vec!["2503.00001", "2503.00002"], vec!["2503.00003"], vec!["2503.00002"]]);
}

#[test]
fn hundreds_of_papers_are_asked_for_in_pages() {
    let server = arxiv();
    let desk = lamps(&server.address());
    let ids: Vec<String> = (1..=230).map(|n| format!("2503.{n:05}")).collect();
    let typed: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(run(&desk, &typed).code, 0);
    let sizes: Vec<usize> = server.asked().iter().map(|path| asked_for(path).len()).collect();
    assert_eq!(sizes, [100, 100, 30]);
    assert_eq!(content(&desk).matches("\n## Lamps ").count(), 230);
}

#[test]
fn a_missing_paper_costs_no_other() {
    let server = arxiv();
    let desk = lamps(&server.address());
    let said = run(&desk, &["2503.00999", "2503.00001"]);
    assert_eq!(said.code, 1);
    assert!(
        said.text.contains("error[no-such-paper]: arXiv has no paper 2503.00999\n"),
        "{}",
        said.text
    );
    assert!(content(&desk).contains("## Lamps 2503.00001\n"));
}

#[test]
fn known_papers_are_said_with_their_place_and_not_doubled() {
    let server = Server::new(|_, path, _| {
        let of = |id: &String| {
            paper(&format!("{id}v1"), "New Lamps", "<arxiv:doi>10.1000/Wick</arxiv:doi>")
        };
        ok(feed(&asked_for(path).iter().map(of).collect::<String>()))
    });
    let desk = lamps(&server.address());
    let old = "+++\ndraft = true\n+++\n## Old Lamps\n\nhttps://arxiv.org/abs/2503.00001\n\n## Wicks\n\ndoi: 10.1000/wick\n";
    desk.write("content/2025-03-01.md", old);
    let said = run(&desk, &["2503.00001"]);
    assert_eq!(
        said.text,
        "note[known-paper]: the site has arXiv:2503.00001 already: \"Old Lamps\"\n --> content/2025-03-01.md:4:1\n  |\n\
         4 | ## Old Lamps\n  | ^^^^^^^^^^^^\n  |\n  = help: `--again` adds another entry; its page shows both\n\n"
    );
    assert_eq!((said.code, server.asked().len(), content(&desk)), (0, 0, String::new()));
    // Known under another id, as only the answer tells.
    let said = run(&desk, &["2503.00002"]);
    assert!(
        said.text.contains("the site has doi:10.1000/wick already: \"Wicks\""),
        "{}",
        said.text
    );
    assert_eq!(content(&desk), "");
    assert_eq!(run(&desk, &["2503.00001", "--again"]).code, 0);
    assert!(content(&desk).contains("https://arxiv.org/abs/2503.00001"));
}

#[test]
fn what_is_not_on_arxiv_needs_a_title() {
    let desk = lamps(&closed());
    let said = run(&desk, &["https://lamps.example/x"]);
    assert_eq!((said.code, content(&desk)), (1, String::new()));
    assert!(said.text.contains("error[no-such-paper]: only arXiv, DOIs"), "{}", said.text);
    assert!(said.text.contains("--title"), "{}", said.text);
    let said = run(&desk, &["openreview.net/forum?id=YicbFdNTTy", "--title", "Lamps  That Learn"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert_eq!(
        content(&desk),
        "+++\ndate = 2025-03-12\n+++\n\n## Lamps That Learn\n\nhttps://openreview.net/forum?id=YicbFdNTTy\n"
    );
    assert_eq!(run(&desk, &["2503.00001", "--title", "x"]).code, 2);
    let said = run(&desk, &["lamps"]);
    assert_eq!(said.code, 2);
    assert!(said.text.starts_with("error: `lamps` is no arXiv id"), "{}", said.text);
}

#[test]
fn a_busy_service_is_asked_again() {
    let server = Server::new(|_, _, before| match before {
        0 => Reply::Answer(503, "retry-after: 0\r\n", "busy".into()),
        1 => Reply::Half("<feed".into()),
        _ => ok(feed(&paper("2503.00001v1", "Lamps", ""))),
    });
    let desk = lamps(&server.address());
    let said = run(&desk, &["2503.00001"]);
    assert_eq!((said.code, server.asked().len()), (0, 3), "{}", said.text);
}

/// What goes wrong, what is said of it, and how often was asked.
#[test]
fn nothing_is_written_where_there_is_no_answer() {
    type Case = (&'static str, fn() -> Reply, &'static str, usize);
    let cases: [Case; 7] = [
        (
            "busy",
            || Reply::Answer(503, "", String::new()),
            "answers with status 503, so nothing was added",
            4,
        ),
        (
            "waiting",
            || Reply::Answer(429, "retry-after: 999\r\n", String::new()),
            "answers with status 429",
            1,
        ),
        ("wrong address", || Reply::Answer(404, "", "no".into()), "answers with status 404", 1),
        ("slow", || Reply::Silence, "does not answer in time", 4),
        (
            "broken",
            || ok("<feed><entry><id>http://arxiv.org/abs/2503.00001</id><title".into()),
            "127.0.0.1",
            1,
        ),
        (
            "login page",
            || ok("<html><body>Please log in</body></html>".into()),
            "something else than the arXiv API",
            1,
        ),
        (
            "huge",
            || ok("<feed>".to_owned() + &" ".repeat(20_000_000)),
            "answers with more than 16 MB",
            1,
        ),
    ];
    for (name, reply, message, times) in cases {
        let server = Server::new(move |_, _, _| reply());
        let desk = lamps(&server.address());
        let said = run(&desk, &["2503.00001"]);
        assert!(
            said.text.starts_with("error[service]: ") && said.text.contains(message),
            "{name}: {}",
            said.text
        );
        assert!(said.text.contains("= help: "), "{name}: {}", said.text);
        assert_eq!(
            (said.code, server.asked().len(), content(&desk)),
            (1, times, String::new()),
            "{name}"
        );
    }
}

#[test]
fn offline_is_said_and_old_answers_do() {
    let desk = lamps(&closed());
    let said = run(&desk, &["2503.00001"]);
    assert_eq!(said.code, 1);
    assert!(
        said.text.contains("cannot be reached (connection refused), so nothing was added"),
        "{}",
        said.text
    );
    assert!(said.text.contains("check that you are online"), "{}", said.text);
    // Answers of the same service, kept from better days.
    let server = arxiv();
    desk.write("config.toml", config(&server.address()));
    run(&desk, &["2503.00001", "--dry-run"]);
    let kept = tree(&desk.path("cache"));
    let (name, bytes) = kept.iter().find(|(name, _)| name.ends_with("2503.00001.md")).unwrap();
    let offline = closed();
    desk.write("config.toml", config(&offline));
    let port = offline.rsplit(':').next().unwrap();
    desk.write(
        &format!("cache/offprint/add-127.0.0.1-{port}/{}", name.rsplit('/').next().unwrap()),
        bytes,
    );
    let said = run(&desk, &["2503.00001", "--refresh"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(
        said.text.starts_with("the service cannot be asked: these are answers of an earlier day\n"),
        "{}",
        said.text
    );
}

#[test]
fn the_file_of_the_day_is_found_and_kept() {
    let server = arxiv();
    let desk = lamps(&server.address());
    let old = "+++\ndate = 2025-03-12\n+++\n\n## 옛 등불\n\nhttps://arxiv.org/abs/2503.00009\n\n어둡다.\n\n#등불";
    desk.write("content/march/today.md", old);
    assert_eq!(run(&desk, &["2503.00001"]).code, 0);
    let text = fs::read_to_string(desk.path("content/march/today.md")).unwrap();
    assert!(text.starts_with(old) && text.contains("#등불\n\n## Lamps 2503.00001\n"), "{text}");
    assert_eq!(content(&desk), "");
    // The file that has the day's name comes first.
    desk.write(FILE, "## First\n\nText.\n");
    assert_eq!(run(&desk, &["2503.00002"]).code, 0);
    assert!(content(&desk).starts_with("## First\n\nText.\n\n## Lamps 2503.00002\n"));
}

#[test]
fn a_file_that_cannot_take_more_is_left_alone() {
    let server = arxiv();
    let cases = [
        ("## Old\n\nText.\n\n::: en\nopen\n", " --> content/2025-03-12.md:5:1"),
        ("## Old\n\n```\nopen\n", " --> content/2025-03-12.md:3:1"),
        (
            "+++\ndate = 2025-03-13\n+++\n## Old\n",
            "this file is no digest of 2025-03-12, so nothing was added",
        ),
        (
            "March 12, 2025\n\nLamps\n\n(Ada Wick)\n\nText.\n\n#lamps\n",
            "the day's file is not in the program's own format",
        ),
    ];
    for (text, message) in cases {
        let desk = lamps(&server.address());
        desk.write(FILE, text);
        let said = run(&desk, &["2503.00001"]);
        assert_eq!((said.code, content(&desk)), (1, text.to_owned()), "{}", said.text);
        assert!(
            said.text.starts_with("error[edit]: ") && said.text.contains(message),
            "{}",
            said.text
        );
    }
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let server = arxiv();
    let desk = lamps(&server.address());
    desk.write("content/kept/real.md", "+++\ndate = 2025-03-12\n+++\n");
    fs::set_permissions(desk.path("content/kept/real.md"), fs::Permissions::from_mode(0o640))
        .unwrap();
    symlink("kept/real.md", desk.path(FILE)).unwrap();
    let said = run(&desk, &["2503.00001"]);
    assert_eq!(said.code, 0, "{}", said.text);
    assert!(fs::symlink_metadata(desk.path(FILE)).unwrap().is_symlink());
    assert_eq!(
        fs::metadata(desk.path("content/kept/real.md")).unwrap().permissions().mode() & 0o777,
        0o640
    );
    let left: Vec<_> = tree(&desk.path("content")).into_keys().collect();
    assert_eq!(left, ["kept/real.md"], "the link is no file, and nothing else is left");
}

#[test]
fn a_dry_run_prints_what_would_be_written() {
    let server = arxiv();
    let desk = lamps(&server.address());
    desk.write(FILE, "## Old\n\nText.\n");
    let before = tree(&desk.path("content"));
    let said = run(&desk, &["2503.00001", "--dry-run"]);
    assert_eq!(said.text, format!("would add 1 paper to {FILE}:\n"));
    assert_eq!(tree(&desk.path("content")), before);
}

/// A site in memory, with answers from a closed port: only links can be added, and only the text matters.
fn appended(old: &str, title: &str) -> Result<String, String> {
    let desk = lamps(&closed());
    desk.write(FILE, old);
    let root = camino::Utf8PathBuf::from_path_buf(desk.path("")).unwrap();
    let request = offprint::workspace::Request {
        drafts: true,
        future: true,
        today: Some(DATE.parse().unwrap()),
        ..offprint::workspace::Request::new(root.clone())
    };
    let clock = offprint::workspace::Clock {
        elapsed: std::time::Duration::default,
        now: || jiff::Timestamp::UNIX_EPOCH,
        detailed: false,
    };
    let mut workspace = offprint::workspace::Workspace::open(request, clock).unwrap();
    let (site, settings) = (workspace.site().unwrap(), workspace.settings().unwrap());
    let arxiv = Arxiv::new(&settings.config.add, None, &clock.now, &|_| {});
    let services = Services::new(&settings.config.add, None, &clock.now, &|_| {});
    let papers = vec![Wanted::parse("https://lamps.example/new").unwrap()];
    let tags = [Tag::parse("new").unwrap()];
    let request = Request {
        papers,
        entries: Vec::new(),
        title: Some(title),
        date: DATE.parse().unwrap(),
        tags: &tags,
        again: true,
    };
    let asked = Asked { arxiv: &arxiv, services: &services };
    let outcome =
        add(&request, &Place { root: &root, site: &site, config: &settings.config }, &asked);
    match outcome.edit {
        Some(edit) => Ok(edit.after),
        None => {
            Err(outcome.findings.first().map(|finding| finding.message.clone()).unwrap_or_default())
        }
    }
}

/// Lines that a digest may end in, and that could swallow or change what follows.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "## Old lamps",
        "Text.",
        "",
        "",
        "```",
        "~~~",
        "::: en",
        ":::",
        "::: ko",
        "> quoted",
        "- item",
        "    code",
        "#tag",
        "#태그",
        "<!--",
        "-->",
        "<div>",
        "<english>",
        "</english>",
        "등불이 꺼진다.",
        "---",
        "$$",
        "| a |",
        "[ref]: https://lamps.example/",
        "key: value",
        "(Ada Wick)",
        "https://arxiv.org/abs/2503.00001",
        "\\",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Whatever a file holds, it is either left alone or holds the same and then the new entry.
    #[test]
    fn appending_changes_nothing_before(lines in prop::collection::vec(line(), 0..12), end in "\n{0,3}", title in "[ -~가-힣]{1,20}") {
        prop_assume!(!title.trim().is_empty());
        let old = lines.join("\n") + &end;
        match appended(&old, &title) {
            Ok(after) => {
                prop_assert!(old.trim().is_empty() || after.starts_with(&old), "{after:?}");
                let languages: Vec<Lang> = ["ko", "en"].iter().filter_map(|tag| Lang::parse(tag)).collect();
                let hints = offprint::formats::Hints { stem: DATE, languages: &languages, ..offprint::formats::Hints::default() };
                let read = |text: &str| offprint::formats::read(offprint::formats::MARKDOWN, text, &hints).digests;
                let (before, after) = (read(&old), read(&after).remove(0));
                let old_entries = before.first().map_or(&[][..], |digest| &digest.entries);
                prop_assert_eq!(&after.entries[..old_entries.len()], old_entries);
                prop_assert_eq!(after.entries.len(), old_entries.len() + 1);
                let squeezed = title.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(&after.entries.last().unwrap().title, &squeezed);
            }
            Err(why) => prop_assert!(!why.is_empty()),
        }
    }
}
