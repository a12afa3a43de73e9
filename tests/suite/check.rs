//! `offprint check` beyond what a build finds: what it puts right, and the links to other sites that it asks for.
//!
//! What it says of texts is in `tests/broken/check`.

use std::fs;
use std::sync::Arc;

use crate::desk::{Desk, Said, TODAY, tree};
use crate::loopback::{Reply, Server, closed};
use offprint::config::Config;
use offprint::diagnostic::SourceText;
use offprint::formats::{Hints, MARKDOWN, read};
use offprint::model::{Digest, Lang};
use offprint::render::switches;
use offprint::site::lint::fix::{Aliases, Fixed, fixed};
use proptest::prelude::*;

const CONFIG: &str = "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/notes/\"\ntheme = \"plain\"\n\
                      languages = [\"en\", \"ko\"]\ncheck = { pause = 0, timeout = 1 }\n\
                      [tag.reinforcement-learning]\naliases = [\"rl\"]\n";
const FILE: &str = "content/2025-03-12.md";

const ODD: &str = "+++\ntitle = \"Odd\"\n+++\nSee <https://arxiv.org/pdf/2503.00009>.\n\n## Lamps\n\n(Ada Wick)\n\
    <https://arxiv.org/pdf/2503.00101v2.pdf>  http://export.arxiv.org/abs/2503.00101\ncode: https://arxiv.org/pdf/2503.00101\n\
    \n> https://arxiv.org/pdf/2503.00101\n\n#rl #lamps\n\n## Wicks\r\n\r\n\
    https://l.facebook.com/l.php?u=https%3A%2F%2Flamps.example%2Fnew&h=x\r\n\r\nText about #rl.\n\n#RL #reinforcement_learning #wicks";

const RIGHT: &str = "+++\ntitle = \"Odd\"\n+++\nSee <https://arxiv.org/pdf/2503.00009>.\n\n## Lamps\n\n(Ada Wick)\n\
    <https://arxiv.org/abs/2503.00101v2>  https://arxiv.org/abs/2503.00101\ncode: https://arxiv.org/pdf/2503.00101\n\
    \n> https://arxiv.org/pdf/2503.00101\n\n#reinforcement-learning #lamps\n\n## Wicks\r\n\r\n\
    https://lamps.example/new\r\n\r\nText about #rl.\n\n#reinforcement_learning #wicks";

fn lamps(text: &str) -> Desk {
    Desk::of(&[("config.toml", CONFIG), (FILE, text)])
}

fn run(desk: &Desk, arguments: &[&str]) -> Said {
    let cache = desk.path("cache");
    let environment = [
        ("XDG_CACHE_HOME", cache.to_str().unwrap()),
        ("NO_PROXY", "127.0.0.1"),
        ("no_proxy", "127.0.0.1"),
    ];
    desk.run_with(&[&["check", "--today", TODAY], arguments].concat(), &environment)
}

// Putting right

#[test]
fn a_fix_is_shown_and_made_only_when_agreed_to() {
    let desk = lamps(ODD);
    let said = run(&desk, &["--fix"]);
    assert!(
        said.text
            .starts_with("nothing was changed; `--yes` makes 5 changes in 1 file without asking\n"),
        "{}",
        said.text
    );
    assert_eq!(fs::read_to_string(desk.path(FILE)).unwrap(), ODD);
    let said = run(&desk, &["--fix", "--yes"]);
    assert!(said.text.starts_with("made 5 changes in 1 file\n"), "{}", said.text);
    assert_eq!(said.code, 0);
    assert_eq!(fs::read_to_string(desk.path(FILE)).unwrap(), RIGHT);
    let said = run(&desk, &["--fix", "--yes"]);
    assert!(
        said.text.starts_with("there is nothing that can be put right without asking\n"),
        "{}",
        said.text
    );
    assert_eq!(run(&desk, &["--yes"]).code, 2, "--yes goes with --fix");
}

#[test]
fn a_fix_is_printed_as_a_diff() {
    let desk = lamps("## Lamps\n\nhttps://arxiv.org/pdf/2503.00101\n\nText.\n\n#lamps\n");
    let mut command = crate::desk::program();
    let output = command
        .args(["check", "--fix", "--today", TODAY])
        .current_dir(desk.path(""))
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "--- content/2025-03-12.md\n+++ content/2025-03-12.md\n@@ -1,6 +1,6 @@\n ## Lamps\n \n\
         -https://arxiv.org/pdf/2503.00101\n+https://arxiv.org/abs/2503.00101\n \n Text.\n \n"
    );
}

/// A vault and other sources are read in place and never changed, and neither is what is no digest of the program's.
#[test]
fn only_digests_in_content_are_changed() {
    let desk = lamps("## Lamps\n\nText.\n\n#lamps\n");
    desk.write("config.toml", format!("{CONFIG}[[sources]]\npath = \"vault\"\n"));
    desk.write(
        "vault/2025-03-13.md",
        "## Lamps\n\nhttps://arxiv.org/pdf/2503.00102\n\nText.\n\n#rl\n",
    );
    desk.write(
        "content/250314 Wicks.md",
        "https://arxiv.org/pdf/2503.00103\n\nWicks (Ada Wick)\n\nText.\n\n#rl\n",
    );
    let before = (tree(&desk.path("vault")), tree(&desk.path("content")));
    let said = run(&desk, &["--fix", "--yes"]);
    assert!(said.text.starts_with("there is nothing that can be put right"), "{}", said.text);
    assert_eq!((tree(&desk.path("vault")), tree(&desk.path("content"))), before);
}

fn digest_of(text: &str) -> Digest {
    let languages: Vec<Lang> = ["en", "ko"].iter().filter_map(|tag| Lang::parse(tag)).collect();
    let hints = Hints { stem: "2025-03-12", languages: &languages, ..Hints::default() };
    read(MARKDOWN, text, &hints).digests.remove(0)
}

fn fix(text: &str) -> Option<Fixed> {
    let languages: Vec<Lang> = ["en", "ko"].iter().filter_map(|tag| Lang::parse(tag)).collect();
    let (config, findings) = Config::parse(
        &format!("{CONFIG}[tag.a]\naliases = [\"b\"]\n[tag.b]\naliases = [\"a\"]\n"),
        &switches(),
    );
    assert_eq!(findings, []);
    let source = Arc::new(SourceText { path: FILE.to_owned(), text: text.to_owned() });
    fixed(&source, &digest_of(text), &Aliases::new(&config), &languages)
}

/// Lines with and without something odd, in any order.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "## Lamps",
        "## 등불",
        "",
        "",
        "",
        "Text.",
        "(Ada Wick)",
        "https://arxiv.org/pdf/2503.00101v2",
        "<http://arxiv.org/abs/cs/0601001>",
        "https://www.arxiv.org/pdf/2503.00102.pdf https://lamps.example/",
        "https://arxiv.org/abs/2503.00103",
        "pdf: https://arxiv.org/pdf/2503.00104",
        "#rl #lamps",
        "#RL",
        "#a #b",
        "#reinforcement-learning #rl",
        "> https://arxiv.org/pdf/2503.00101",
        "::: ko",
        ":::",
        "```",
        "<!-- -->",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Farxiv.org%2Fpdf%2F2503.07565&h=x",
        "Text about #rl and https://arxiv.org/pdf/2503.00101.",
        "https://arxiv.org/pdf/2503.00101#page=3",
        "#rl text",
    ])
}

proptest! {
    /// What was put right once is right, and nothing changes but what was odd.
    #[test]
    fn fixes_are_few_and_final(lines in prop::collection::vec(line(), 0..14), end in prop::sample::select(vec!["\n", "\r\n"])) {
        let text = lines.join(end) + end;
        let Some(fixed) = fix(&text) else { return Ok(()) };
        prop_assert!(fix(&fixed.text).is_none(), "{:?}", fixed.text);
        let (mut old, mut new) = (text.as_str(), fixed.text.as_str());
        let mut from = 0;
        for change in &fixed.fixes {
            let kept = change.span.start - from;
            prop_assert_eq!(&old[..kept], &new[..kept]);
            let gone = &old[kept..kept + change.span.len()];
            prop_assert!(gone.contains("://") || gone.contains('#'), "{gone:?}");
            prop_assert!(!gone.contains('\n'));
            (old, new) = (&old[kept + change.span.len()..], &new[kept + change.with.len()..]);
            from = change.span.end;
        }
        prop_assert_eq!(old, new);
        let (before, after) = (digest_of(&text), digest_of(&fixed.text));
        prop_assert_eq!(before.entries.len(), after.entries.len());
        for (before, after) in before.entries.iter().zip(&after.entries) {
            prop_assert_eq!(before.ids(), after.ids());
            prop_assert_eq!((&before.body, &before.abstract_text, &before.title), (&after.body, &after.abstract_text, &after.title));
        }
    }
}

// Links to other sites

/// A site that has `/fine`, lost `/gone`, dislikes HEAD at `/shy`, and is slow, broken or busy elsewhere.
fn outside() -> Server {
    Server::new(|method, path, _| match path {
        "/shy" if method == "HEAD" => Reply::Answer(405, "", String::new()),
        "/fine" | "/other" | "/shy" => Reply::Answer(200, "", "hello".into()),
        "/moved" => Reply::Answer(301, "location: /fine\r\n", String::new()),
        "/forbidden" => Reply::Answer(403, "", String::new()),
        "/ended" => Reply::Answer(410, "", String::new()),
        "/slow" => Reply::Silence,
        "/busy" => Reply::Answer(429, "", String::new()),
        _ => Reply::Answer(404, "", String::new()),
    })
}

/// `severity[code]: message` of each finding about links, without the server's address.
fn said_of_links(said: &Said, address: &str) -> Vec<String> {
    let lines = said.text.lines().filter(|line| line.contains("-link]: "));
    lines.map(|line| line.replace(address, "")).collect()
}

#[test]
fn links_to_other_sites_are_asked_for_only_when_wanted() {
    let server = outside();
    let at = server.address();
    let text = format!(
        "Intro with {at}/gone and `{at}/code`.\n\n## Lamps\n\nhttps://arxiv.org/abs/2503.00101\ncode: {at}/forbidden\n\n\
         > See {at}/fine#part.\n\n[a]({at}/gone), [b]({at}/shy), [c]({at}/moved), <{at}/ended>, ![d]({at}/other)\n\
         https://export.arxiv.org/abs/2503.00102 https://lamps.example/notes/about/ {at}/slow\n\n#lamps\n"
    );
    let desk = lamps(&text);
    assert_eq!(run(&desk, &[]).code, 0);
    assert_eq!(server.asked(), [""; 0], "a check asks nobody");
    let said = run(&desk, &["--external"]);
    assert_eq!(
        said_of_links(&said, &at),
        [
            "error[gone-link]: /gone is gone (status 404)",
            "warning[unsure-link]: /forbidden answers with status 403",
            "error[gone-link]: /ended is gone (status 410)",
            "warning[unsure-link]: /slow does not answer in time",
        ]
    );
    assert_eq!(said.code, 1);
    assert!(said.text.contains("it stands in another place as well"), "{}", said.text);
    let asked = server.asked();
    let times = |question: &str| asked.iter().filter(|asked| *asked == question).count();
    for once in ["HEAD /gone", "GET /gone", "HEAD /shy", "GET /shy", "HEAD /moved", "HEAD /other"] {
        assert_eq!(times(once), 1, "{once}: {asked:?}");
    }
    assert_eq!((times("GET /fine"), times("HEAD /code")), (0, 0), "{asked:?}");
    // What worked is not asked for again, what did not is.
    let before = server.asked().len();
    run(&desk, &["--external"]);
    let again = server.asked().split_off(before);
    assert!(
        again.iter().all(|asked| ["/gone", "/forbidden", "/ended", "/slow"]
            .iter()
            .any(|path| asked.ends_with(path))),
        "{again:?}"
    );
    assert!(again.contains(&"HEAD /gone".to_owned()));
}

#[test]
fn a_host_that_wants_peace_is_left_alone() {
    let server = outside();
    let at = server.address();
    let desk = lamps(&format!("## Lamps\n\nText: {at}/busy {at}/fine {at}/other\n\n#lamps\n"));
    let said = run(&desk, &["--external", "--code", "unsure-link"]);
    assert_eq!(
        said_of_links(&said, &at),
        [
            "warning[unsure-link]: /busy answers with status 429",
            "warning[unsure-link]: /fine was not asked for: its host asks to be left alone",
            "warning[unsure-link]: /other was not asked for: its host asks to be left alone",
        ]
    );
    assert_eq!((said.code, server.asked()), (0, vec!["HEAD /busy".to_owned()]));
}

#[test]
fn many_hosts_are_asked_at_once() {
    let servers: Vec<Server> = (0..12).map(|_| outside()).collect();
    let links: Vec<String> =
        servers.iter().map(|server| format!("{}/fine", server.address())).collect();
    let nobody = closed();
    let desk = lamps(&format!("## Lamps\n\nText: {} {nobody}/x\n\n#lamps\n", links.join(" ")));
    let said = run(&desk, &["--external"]);
    assert_eq!(
        said_of_links(&said, &nobody),
        ["warning[unsure-link]: /x cannot be reached (connection refused)"]
    );
    assert!(servers.iter().all(|server| server.asked() == ["HEAD /fine"]));
}

// Limits

#[test]
fn a_site_too_large_for_its_host_is_said() {
    let desk = lamps("## Lamps\n\nText.\n\n#lamps\n");
    desk.write("content/film.mp4", "");
    fs::File::options()
        .write(true)
        .open(desk.path("content/film.mp4"))
        .unwrap()
        .set_len(1_100_000_000)
        .unwrap();
    let said = run(&desk, &["--code", "too-large"]);
    let lines: Vec<&str> = said.text.lines().filter(|line| line.starts_with("warning[")).collect();
    assert_eq!(
        lines,
        [
            "warning[too-large]: the site is 1100 MB, and GitHub Pages takes at most 1 GB",
            "warning[too-large]: the file is 1100 MB, and git on GitHub takes at most 100 MiB",
        ]
    );
    assert!(said.text.contains("--> film.mp4"), "{}", said.text);
    assert_eq!(said.code, 0);
}

/// A build says nothing of what only an editor wants to know.
#[test]
fn a_build_is_not_an_editor() {
    let desk = lamps(ODD);
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0);
    assert!(!said.text.contains("offprint check"), "{}", said.text);
}
