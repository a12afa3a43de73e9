//! The preview as a browser and an editor see it: addresses, headers, changes, errors.

use crate::preview::{Answer, CONFIG, Desk, FIRST, Preview, SCRIPT, SECOND, svg};

const DATE: &str = "/notes/2025/03/12/";
const PAPER: &str = "/notes/papers/2503.00101/";

#[test]
fn a_site_below_a_sub_path_is_served_as_it_will_be_hosted() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    let lead =
        |path: &str| (preview.get(path).status, preview.get(path).header("location").to_owned());
    assert_eq!(lead("/"), (302, "/notes/".into()));
    assert_eq!(lead("/notes"), (301, "/notes/".into()));
    assert_eq!(lead("/notes/2025/03/12"), (301, DATE.into()));
    assert_eq!(lead("/notes/2025/03/12?q=%EB%93%B1"), (301, format!("{DATE}?q=%EB%93%B1")));
    assert_eq!(
        lead("/notes/tags/%ED%99%95%EC%82%B0"),
        (301, "/notes/tags/%ED%99%95%EC%82%B0/".into())
    );
    assert_eq!(preview.get(DATE).body, preview.get("/notes/2025/03/12/index.html").body);
    for path in [
        "/notes/tags/%ED%99%95%EC%82%B0/",
        "/notes/tags/%ed%99%95%ec%82%b0/",
        "/notes/%EC%86%8C%EA%B0%9C/",
    ] {
        assert_eq!(preview.get(path).status, 200, "{path}");
    }
    for path in ["/notes/nothing/", "/elsewhere/", "/favicon.ico", "/notes/2025/3/12/"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.as_built(), preview.get("/notes/404.html").as_built(), "{path}");
    }
}

#[test]
fn every_file_has_its_type_and_pages_have_the_script_once() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    for (path, kind) in [
        ("/notes/", "text/html; charset=utf-8"),
        ("/notes/feed.xml", "application/xml; charset=utf-8"),
        ("/notes/feed.json", "application/json; charset=utf-8"),
        ("/notes/2025/03/12/index.md", "text/markdown; charset=utf-8"),
        ("/notes/papers.bib", "application/x-bibtex; charset=utf-8"),
        ("/notes/images/lamp.svg", "image/svg+xml; charset=utf-8"),
        ("/notes/robots.txt", "text/plain; charset=utf-8"),
        ("/__offprint/client.js", "text/javascript; charset=utf-8"),
        ("/__offprint/worker.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        let scripts = answer.text().matches(SCRIPT).count();
        assert_eq!(scripts, usize::from(kind.starts_with("text/html")), "{path}");
    }
}

#[test]
fn validators_ranges_and_heads_are_understood() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    for path in [DATE, "/notes/images/lamp.svg"] {
        let whole = preview.get(path);
        let (tag, length) = (whole.header("etag"), whole.body.len());
        let known = preview.ask("GET", path, &[("If-None-Match", tag)]);
        assert_eq!((known.status, known.body.len()), (304, 0), "{path}");
        assert_eq!(preview.ask("GET", path, &[("If-None-Match", "\"other\"")]).status, 200);
        let head = preview.ask("HEAD", path, &[]);
        assert_eq!(
            (head.status, head.body.len(), head.header("content-length")),
            (200, 0, length.to_string().as_str())
        );
        let part = |range: &str| preview.ask("GET", path, &[("Range", range)]);
        assert_eq!(
            (part("bytes=2-5").status, part("bytes=2-5").body),
            (206, whole.body[2..=5].to_vec())
        );
        assert_eq!(part("bytes=2-5").header("content-range"), format!("bytes 2-5/{length}"));
        assert_eq!(part("bytes=-4").body, whole.body[length - 4..]);
        assert_eq!(part("bytes=5-").body, whole.body[5..]);
        assert_eq!(part("bytes=999999-").status, 416);
        assert_eq!(part("bytes=5-2").status, 200);
        let stale = preview.ask("GET", path, &[("Range", "bytes=2-5"), ("If-Range", "\"old\"")]);
        assert_eq!((stale.status, stale.body), (200, whole.body.clone()));
    }
    assert_eq!(preview.ask("POST", DATE, &[]).status, 405);
}

#[test]
fn only_the_sites_own_name_and_files_are_answered() {
    let desk = Desk::new();
    desk.write("secret.txt", "secret");
    let preview = Preview::start(&desk.root(), &[]);
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", ""] {
        assert_eq!(preview.ask("GET", "/notes/", &[("Host", host)]).status, 403, "{host}");
    }
    for host in ["localhost", "localhost:1234", "127.0.0.1", "[::1]:7"] {
        assert_eq!(preview.ask("GET", "/notes/", &[("Host", host)]).status, 200, "{host}");
    }
    for path in [
        "/notes/../secret.txt",
        "/notes/../../secret.txt",
        "/../secret.txt",
        "/notes/%2e%2e/%2e%2e/secret.txt",
        "/notes/..%2f..%2fsecret.txt",
        "/notes/images/..%2f..%2f..%2fsecret.txt",
        "/notes/images/%2e%2e%5c%2e%2e%5csecret.txt",
        "/notes//etc/passwd",
        "/notes/%2fetc/passwd",
        "/notes/images/lamp.svg%00.txt",
        "/notes/config.toml",
        "/notes/%ff",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(
            !answer.text().contains("secret\n") && !answer.text().contains("root:x:"),
            "{path}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed_even_when_it_comes_late() {
    let desk = Desk::new();
    desk.write("secret.svg", "<svg>secret</svg>");
    let preview = Preview::start(&desk.root(), &[]);
    assert_eq!(preview.get("/notes/images/lamp.svg").status, 200);
    desk.remove("site/content/images/lamp.svg");
    std::os::unix::fs::symlink(desk.path("secret.svg"), desk.path("site/content/images/lamp.svg"))
        .unwrap();
    assert!(!preview.get("/notes/images/lamp.svg").text().contains("secret"));
    preview.until("it is gone", |preview| preview.get("/notes/images/lamp.svg").status == 404);
}

#[test]
fn editors_save_in_many_ways_and_each_is_seen() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    let first = "site/content/2025-03-12.md";
    desk.write(first, &FIRST.replace("등불은", "촛불은"));
    preview.until_page(PAPER, "촛불은");
    desk.save(first, &FIRST.replace("등불은", "횃불은"));
    preview.until_page(PAPER, "횃불은");
    // As vim does: the old file is moved away, and a new one is written.
    std::fs::rename(desk.path(first), desk.path(&format!("{first}~"))).unwrap();
    desk.write(first, &FIRST.replace("등불은", "불빛은"));
    desk.remove(&format!("{first}~"));
    preview.until_page(PAPER, "불빛은");
    preview.until_page(DATE, "불빛은");
    desk.write(
        "site/content/a/b/c/2025-04-01.md",
        "## 새 등불\n\nhttps://arxiv.org/abs/2504.00001\n\n새로.\n\n#lamps\n",
    );
    preview.until_page("/notes/2025/04/01/", "새 등불");
    desk.write(
        "site/content/a/b/c/2025-04-02.md",
        "## 더 새 등불\n\nhttps://arxiv.org/abs/2504.00002\n\n더.\n\n#lamps\n",
    );
    preview.until_page("/notes/2025/04/02/", "더 새 등불");
    std::fs::rename(desk.path("site/content/a"), desk.path("site/content/z")).unwrap();
    std::fs::rename(
        desk.path("site/content/z/b/c/2025-04-01.md"),
        desk.path("site/content/2025-04-03.md"),
    )
    .unwrap();
    preview.until_page("/notes/2025/04/03/", "새 등불");
    preview
        .until("the old date is gone", |preview| preview.get("/notes/2025/04/01/").status == 404);
    std::fs::remove_dir_all(desk.path("site/content/z")).unwrap();
    preview.until("the folder is gone", |preview| preview.get("/notes/2025/04/02/").status == 404);
    desk.write(
        "vault/250310 Wax Tables.md",
        "https://arxiv.org/abs/2503.00099\n\n*Wax Tables* (Cy Wachs)\n\n다시 쓴 표.\n\n#wax\n",
    );
    preview.until_page("/notes/papers/2503.00099/", "다시 쓴");
}

#[test]
fn config_theme_strings_and_images_are_followed() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    desk.save("site/themes/mine/strings/ko.toml", "farewell = \"안녕히\"\n");
    preview.until_page(DATE, "안녕히");
    desk.write("site/themes/mine/templates/partials/footer.html", "<footer>끝</footer>\n");
    preview.until_page(DATE, "<footer>끝</footer>");
    let told = "themes/mine/templates/partials/footer.html: 4 papers in ";
    preview.until("it is told by name", |preview| preview.said().contains(told));
    desk.write("site/templates/partials/footer.html", "<footer>맨 위</footer>\n");
    preview.until_page(DATE, "<footer>맨 위</footer>");
    std::fs::remove_dir_all(desk.path("site/templates")).unwrap();
    preview.until_page(DATE, "<footer>끝</footer>");
    desk.write("site/templates/partials/footer.html", "<footer>다시</footer>\n");
    preview.until_page(DATE, "<footer>다시</footer>");
    desk.write("site/content/images/lamp.svg", &svg(77));
    preview.until_page(DATE, "width=\"77\"");
    preview.until("browsers know of the image", |preview| {
        preview.state()["files"]["/notes/images/lamp.svg"].is_u64()
    });
    desk.save(
        "site/config.toml",
        &CONFIG.replace("등불 노트", "촛불 노트").replace("/notes/", "/다른/"),
    );
    preview.until_page("/%EB%8B%A4%EB%A5%B8/2025/03/12/", "촛불 노트");
    assert_eq!(preview.get(DATE).status, 404);
}

#[test]
fn the_last_good_site_stays_while_sources_have_errors() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    let good = preview.get(DATE);
    let broken = [
        (
            "site/config.toml",
            CONFIG.to_owned(),
            "titel = 1\n".to_owned() + CONFIG,
            "config.toml:1:1",
        ),
        (
            "site/content/2025-03-14.md",
            SECOND.to_owned(),
            format!("+++\ntitle = \n+++\n\n{SECOND}"),
            "content/2025-03-14.md",
        ),
        (
            "site/themes/mine/templates/partials/footer.html",
            desk.read("site/themes/mine/templates/partials/footer.html"),
            "<footer>{{ nothing.at.all }}</footer>\n".into(),
            "themes/mine/templates/partials/footer.html:1",
        ),
        (
            "site/themes/mine/theme.toml",
            desk.read("site/themes/mine/theme.toml"),
            "name = \"mine\"\ntheme_api = 99\n".into(),
            "theme.toml:2",
        ),
    ];
    for (file, right, wrong, place) in broken {
        desk.write(file, &wrong);
        preview.until(&format!("{place} is told"), |preview| {
            preview.state()["errors"].as_str().is_some_and(|text| text.contains(place))
        });
        assert_eq!(
            preview.get(DATE),
            Answer { headers: preview.get(DATE).headers, ..good.clone() },
            "{file}"
        );
        let text = preview.state()["errors"].as_str().unwrap().to_owned();
        preview.until("the terminal says the same", |preview| {
            preview.said().contains(text.trim_end())
        });
        assert_eq!(preview.said().matches(text.trim_end()).count(), 1, "once: {text}");
        desk.write(file, &right);
        preview.until("it is put right", |preview| preview.state()["errors"].is_null());
        assert_eq!(preview.get(DATE).body, good.body, "{file}");
    }
}

#[test]
fn warnings_of_texts_are_told_when_they_appear_and_when_they_are_gone() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    let file = "site/content/2025-03-14.md";
    desk.write(file, &format!("{SECOND}\nAfter [[Nobody Knows]].\n"));
    let gone = "no longer: content/2025-03-14.md: ";
    preview.until("the dead link is told", |preview| preview.said().contains("[dead-wikilink]"));
    assert!(!preview.said().contains(gone), "{}", preview.said());
    // The text stays as it is: a page of this name is what it lacked.
    desk.write("site/content/nobody-knows.md", "# Nobody Knows\n\nBut now they do.\n");
    preview.until("the link is alive", |preview| preview.said().contains(gone));
    assert_eq!(preview.said().matches("[dead-wikilink]").count(), 1, "{}", preview.said());
}

#[test]
fn a_site_that_begins_with_errors_is_served_when_they_are_gone() {
    let desk = Desk::new();
    desk.write("site/config.toml", "titel = 1\n");
    let preview = Preview::start(&desk.root(), &[]);
    let answer = preview.get("/notes/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("titel") && answer.text().contains(SCRIPT));
    desk.write("site/config.toml", CONFIG);
    preview.until("it is there", |preview| preview.get(DATE).status == 200);
    preview.until_page("/notes/papers/2503.00099/", "Wax Tables");
    desk.write(
        "vault/250310 Wax Tables.md",
        "https://arxiv.org/abs/2503.00099\n\n*Wax Tables* (Cy Wachs)\n\n보인다.\n\n#wax\n",
    );
    preview.until_page("/notes/papers/2503.00099/", "보인다");
}

#[test]
fn what_is_not_the_writers_changes_nothing() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    preview.until("it has settled", |preview| preview.state()["version"] == 1);
    for path in [
        ".git/HEAD",
        ".obsidian/workspace.json",
        "content/.2025-03-12.md.swp",
        "content/4913",
        "content/a.md~",
    ] {
        desk.write(&format!("site/{path}"), "noise");
    }
    let mut build = crate::desk::program();
    build.args(["build", "--quiet", "--root"]).arg(desk.root());
    assert!(build.status().unwrap().success());
    // The same bytes again.
    desk.save("site/content/2025-03-12.md", FIRST);
    desk.save("site/config.toml", CONFIG);
    std::fs::read(desk.path("site/content/2025-03-14.md")).unwrap();
    // What comes after all this is the second state, so nothing of it made one.
    desk.write("site/content/2025-03-14.md", &SECOND.replace("낮에", "밤에"));
    preview.until_page("/notes/2025/03/14/", "밤에");
    assert_eq!(preview.state()["version"], 2, "{}", preview.said());
}

/// What a build reads is followed, however its name looks.
#[test]
fn folders_that_look_like_leavings_are_followed() {
    let desk = Desk::new();
    let folder = "site/content/vol.part/4913";
    desk.write(&format!("{folder}/2025-03-20.md"), SECOND);
    desk.write("site/static/.well-known/x.txt", "one");
    let preview = Preview::start(&desk.root(), &[]);
    preview.until_page("/notes/2025/03/20/", "낮에");
    desk.write(&format!("{folder}/2025-03-20.md"), &SECOND.replace("낮에", "밤에"));
    preview.until_page("/notes/2025/03/20/", "밤에");
    desk.write("site/static/.well-known/x.txt", "two");
    preview.until("it is served anew", |preview| {
        preview.get("/notes/.well-known/x.txt").text() == "two"
    });
    desk.write("site/content/.#2025-03-21.md", SECOND);
    desk.write("site/content/#2025-03-22.md#", SECOND);
    desk.write("site/content/2025-03-23.md", &SECOND.replace("낮에", "새벽에"));
    preview.until_page("/notes/2025/03/23/", "새벽에");
    assert_eq!(preview.get("/notes/2025/03/21/").status, 404);
}

#[test]
fn looking_finds_what_events_would_have_told() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &["--poll=20"]);
    assert!(preview.said().contains("every 20 ms"));
    desk.save("site/content/2025-03-12.md", &FIRST.replace("등불은", "촛불은"));
    preview.until_page(PAPER, "촛불은");
    desk.write("site/content/x/2025-05-01.md", SECOND);
    preview.until_page("/notes/2025/05/01/", "Lamps at Noon");
    desk.remove("site/content/x/2025-05-01.md");
    preview.until("it is gone", |preview| preview.get("/notes/2025/05/01/").status == 404);
    desk.write("site/themes/mine/strings/ko.toml", "farewell = \"안녕히\"\n");
    preview.until_page(DATE, "안녕히");
}

#[test]
fn an_edit_is_told_with_its_place() {
    let desk = Desk::new();
    let preview = Preview::start(&desk.root(), &[]);
    desk.write("site/content/2025-03-12.md", &FIRST.replace("기름만으로도", "심지만으로도"));
    preview.until_page("/notes/papers/2503.00102/", "심지만으로도");
    let state = preview.state();
    assert_eq!(state["target"]["url"], "/notes/2025/03/12/#p-2503-00102");
    assert_eq!(state["target"]["title"], "Oil Without Lamps");
    assert!(preview.said().contains("content/2025-03-12.md: 4 papers in "), "{}", preview.said());
}

#[test]
fn drafts_and_the_future_are_shown_when_asked_and_marked_outside_the_page() {
    let desk = Desk::new();
    desk.write(
        "site/content/2999-01-01.md",
        "## Lamps of Tomorrow\n\nhttps://arxiv.org/abs/2503.00201\n\n내일.\n\n#lamps\n",
    );
    desk.write(
        "site/content/2025-03-20.md",
        "+++\ndraft = true\n+++\n\n## Half a Lamp\n\nhttps://arxiv.org/abs/2503.00202\n\n반.\n\n#lamps\n",
    );
    desk.write(
        "site/config.toml",
        &CONFIG.replace(
            "\n[[sources]]",
            "preview = { editor = \"edit://{path}?l={line}&c={column}\" }\n\n[[sources]]",
        ),
    );
    let hidden = Preview::start(&desk.root(), &[]);
    assert_eq!(
        (hidden.get("/notes/2999/01/01/").status, hidden.get("/notes/2025/03/20/").status),
        (404, 404)
    );
    let shown = Preview::start(&desk.root(), &["--drafts", "--future"]);
    let marks = |path: &str| -> serde_json::Value {
        serde_json::from_slice(&shown.get(&format!("/__offprint/page?path={path}")).body).unwrap()
    };
    let draft = marks("%2Fnotes%2F2025%2F03%2F20%2F");
    assert_eq!((&draft[0]["draft"], &draft[0]["future"]), (&true.into(), &false.into()));
    assert_eq!(
        (&draft[0]["file"], &draft[0]["line"]),
        (&"content/2025-03-20.md".into(), &5.into())
    );
    let editor = draft[0]["editor"].as_str().unwrap();
    assert!(
        editor.starts_with("edit:///") && editor.ends_with("/content/2025-03-20.md?l=5&c=1"),
        "{editor}"
    );
    assert_eq!(marks("%2Fnotes%2F2999%2F01%2F01%2F")[0]["future"], true);
    assert_eq!(marks("%2Fnotes%2Fpapers%2F2503.00101%2F")[0]["line"], 7);
    assert_eq!(marks("%2Fnotes%2Ftags%2F"), serde_json::json!([]));
}

#[test]
fn a_taken_port_gives_way_to_the_next() {
    let desk = Desk::new();
    let first = Preview::start(&desk.root(), &[]);
    let port: u16 = first.host.rsplit(':').next().unwrap().parse().unwrap();
    let second = Preview::start(&desk.root(), &["--port", &port.to_string()]);
    assert_ne!(first.host, second.host);
    assert!(second.said().contains(&format!("port {port} is taken; using ")), "{}", second.said());
    assert_eq!(second.get(DATE).body, first.get(DATE).body);
}

#[cfg(unix)]
#[test]
fn the_end_is_clean_even_while_browsers_listen() {
    let desk = Desk::new();
    let mut preview = Preview::start(&desk.root(), &["--host", "0.0.0.0"]);
    assert!(preview.said().contains("serving at http://localhost:"));
    preview.host = preview.host.replace("localhost", "127.0.0.1");
    let (host, page) = (preview.host.clone(), preview.get(DATE).status);
    assert_eq!(page, 200);
    let mut listening = std::net::TcpStream::connect(&host).unwrap();
    std::io::Write::write_all(
        &mut listening,
        format!("GET /__offprint/events HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(),
    )
    .unwrap();
    assert_eq!(preview.end(), Some(0));
    assert!(preview.said().ends_with("ended\n"), "{}", preview.said());
}

#[test]
fn hundreds_of_edits_while_pages_are_read_end_in_the_last_state() {
    let desk = Desk::new();
    for day in 1..=4 {
        desk.write(&format!("site/content/2025-05-0{day}.md"), &digest(day, "0"));
    }
    let preview = Preview::start(&desk.root(), &[]);
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for path in [DATE, "/notes/", "/notes/2025/05/01/", "/notes/feed.xml"] {
            let (preview, done) = (&preview, &done);
            scope.spawn(move || {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let answer = preview.get(path);
                    // Never half a page, and never one that is gone because a file was for a moment.
                    let end = if path.ends_with('/') { "</html>\n" } else { "</feed>\n" };
                    assert!(
                        answer.status == 200 && answer.text().ends_with(end),
                        "{path}: {}",
                        answer.status
                    );
                }
            });
        }
        for edit in 1..=400 {
            let day = edit % 4 + 1;
            let path = format!("site/content/2025-05-0{day}.md");
            let text = digest(day, &edit.to_string());
            if edit % 3 == 0 { desk.write(&path, &text) } else { desk.save(&path, &text) }
        }
        for edit in 397..=400 {
            let day = edit % 4 + 1;
            preview
                .until_page(&format!("/notes/papers/2505.0000{day}/"), &format!("등불 {edit}호"));
            preview.until_page(&format!("/notes/2025/05/0{day}/"), &format!("등불 {edit}호"));
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(preview.state()["errors"].is_null());
    assert!(!preview.said().contains("error"), "{}", preview.said());
}

fn digest(day: i32, word: &str) -> String {
    format!(
        "## Lamp {day}\n\n(Ada Kerze)\nhttps://arxiv.org/abs/2505.0000{day}\n\n등불 {word}호.\n\n#lamps\n"
    )
}
