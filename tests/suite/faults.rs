//! What stands in the way: files that are none, files that may not be written, names that other systems forbid, what others put
//! into the output, what a killed run left, and several runs at once.

use std::fs;

use crate::desk::{Desk, TODAY};

const DIGEST: &str =
    "## Lamps\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00001\n\nIt dims.\n\n#lamps\n";
const CONFIG: &str = "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/notes/\"\n";

fn lamps(more: &[(&str, &str)]) -> Desk {
    Desk::of(&[&[("config.toml", CONFIG), ("content/2025-03-12.md", DIGEST)], more].concat())
}

/// Builds, which must work, and returns what was said.
fn built(desk: &Desk) -> String {
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    said.text
}

/// Names in the site's folder and in `content/`.
fn names(desk: &Desk) -> Vec<String> {
    let of = |folder: &str| {
        fs::read_dir(desk.path(folder)).unwrap().map(|entry| entry.unwrap().file_name())
    };
    let mut names: Vec<String> =
        of(".").chain(of("content")).map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_is_an_error_at_once() {
    let desk = Desk::empty();
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(desk.path(name)).status().unwrap();
        assert!(made.success());
    };
    pipe("config.toml");
    let said = desk.run(&["build", "--root", "."]);
    assert_eq!(said.code, 1);
    assert!(said.text.contains("it is a pipe, a socket or a device"), "{}", said.text);
    desk.remove("config.toml");
    desk.write("config.toml", CONFIG);
    pipe("theme.toml");
    fs::create_dir_all(desk.path("static")).unwrap();
    pipe("static/pipe.css");
    built(&desk);
    for odd in ["/dev/zero", "theme.toml"] {
        let said = desk.run(&["import", "auto", odd, "--to", "content"]);
        assert_eq!(said.code, 1, "{odd}");
        assert!(said.text.contains("it is a pipe, a socket or a device"), "{}", said.text);
    }
}

#[test]
fn names_that_other_systems_forbid_are_published() {
    if cfg!(windows) {
        return;
    }
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"/>";
    let text =
        format!("{DIGEST}\n![a](<Lamp at 10:11:12.svg>) ![b](fig:1.svg) ![[what? \"this\".svg]]\n");
    let desk = lamps(&[
        ("content/2025-03-13.md", &text.replace("00001", "00002").replace("Lamps", "Candles")),
        ("content/Lamp at 10:11:12.svg", svg),
        ("content/fig:1.svg", svg),
        ("content/what? \"this\".svg", svg),
        ("content/back\\slash.svg", svg),
        ("content/A: title.md", "About: nothing.\n"),
        ("static/a:b.txt", "a"),
    ]);
    let said = built(&desk);
    assert!(!said.contains("missing-image") && !said.contains("unsafe-link"), "{said}");
    let site = desk.public();
    for name in
        ["Lamp at 10:11:12.svg", "fig:1.svg", "what? \"this\".svg", "back\\slash.svg", "a:b.txt"]
    {
        assert!(desk.path("public").join(name).is_file(), "{name}");
    }
    let page = String::from_utf8(site["papers/2503.00002/index.html"].clone()).unwrap();
    for address in
        ["/notes/Lamp%20at%2010:11:12.svg", "/notes/fig:1.svg", "/notes/what%3F%20%22this%22.svg"]
    {
        assert!(page.contains(&format!("src=\"{address}\"")), "{address} in {page}");
    }
}

#[test]
fn what_a_theme_publishes_may_begin_with_a_dot() {
    let desk = lamps(&[
        ("static/.well-known/security.txt", "Contact"),
        ("static/.domains", "lamps.example"),
        ("static/.htaccess", ""),
        ("static/_headers", ""),
        ("static/.nojekyll", "x"),
        ("static/.DS_Store", "x"),
        ("static/.a.css.swp", "x"),
        ("static/.#a.css", "x"),
        ("static/a.css~", "x"),
        ("templates/.about.html.swp", "{{"),
    ]);
    built(&desk);
    let site = desk.public();
    for name in [".well-known/security.txt", ".domains", ".htaccess", "_headers", ".nojekyll"] {
        assert!(site.contains_key(name), "{name}");
    }
    for name in [".DS_Store", ".a.css.swp", ".#a.css", "a.css~"] {
        assert!(!site.contains_key(name), "{name}");
    }
}

#[test]
fn a_pointer_of_lfs_is_told_and_no_picture() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let desk = lamps(&[
        ("content/photo.png", pointer),
        ("content/talk.mp4", pointer),
        ("static/slides.pdf", pointer),
    ]);
    let said = built(&desk);
    for name in ["content/photo.png", "content/talk.mp4", "static/slides.pdf"] {
        assert!(said.contains(&format!("--> {name}")), "{said}");
    }
    assert_eq!(said.matches("warning[lfs-pointer]").count(), 3, "{said}");
    assert!(!desk.public().contains_key("photo.png") && !desk.public().contains_key("talk.mp4"));
    desk.write("content/2025-03-14.md", pointer);
    let said = desk.run(&["build"]);
    assert_eq!(said.code, 1);
    assert!(said.text.contains("Git LFS"), "{}", said.text);
}

#[test]
fn a_file_of_somebody_else_in_the_output_is_named_before_it_goes() {
    let desk = lamps(&[("static/own.txt", "own")]);
    assert!(!built(&desk).contains("stray-file"));
    assert!(!built(&desk).contains("stray-file"));
    desk.write("public/CNAME", "lamps.example");
    desk.write("public/.well-known/x", "x");
    desk.write("public/.git/objects/1", "x");
    desk.write("public/.git/objects/2", "x");
    // What the last build wrote goes unsaid, and so does what the new one writes.
    desk.remove("static/own.txt");
    desk.remove("content/2025-03-12.md");
    desk.write("static/CNAME.txt", "x");
    desk.write("public/CNAME.txt", "y");
    let said = built(&desk);
    assert_eq!(said.matches("warning[stray-file]").count(), 3, "{said}");
    for name in ["public/.git", "public/.well-known/x", "public/CNAME"] {
        assert!(said.contains(&format!("--> {name}\n")), "{name}: {said}");
    }
    assert!(said.contains("static/"), "{said}");
    assert!(!built(&desk).contains("stray-file"));
}

#[test]
fn a_text_that_may_not_be_written_is_not_replaced() {
    let desk = lamps(&[(
        "list.bib",
        "@misc{a, title={Wax}, author={Ada Wick}, eprint={2503.00009}, archivePrefix={arXiv}}",
    )]);
    let import = ["import", "bibtex", "list.bib", "--date", "2025-03-12", "--force"];
    let lock = |readonly: bool| {
        let path = desk.path("content/2025-03-12.md");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(path, permissions).unwrap();
    };
    lock(true);
    let said = desk.run(&import);
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("it is read-only"), "{}", said.text);
    assert_eq!(fs::read_to_string(desk.path("content/2025-03-12.md")).unwrap(), DIGEST);
    assert_eq!(names(&desk).iter().filter(|name| name.contains("offprint-")).count(), 0);
    lock(false);
    assert_eq!(desk.run(&import).code, 0);
}

#[test]
fn what_a_killed_edit_left_is_removed_unless_it_lives() {
    let desk = lamps(&[
        ("content/.offprint-4711-2025-03-12.md", DIGEST),
        ("content/deep/.offprint-aB3dE6", DIGEST),
        ("content/.offprint-alive", DIGEST),
    ]);
    let alive = fs::File::open(desk.path("content/.offprint-alive")).unwrap();
    alive.lock().unwrap();
    built(&desk);
    assert_eq!(
        names(&desk).iter().filter(|name| name.contains("offprint")).collect::<Vec<_>>(),
        [".offprint-alive"]
    );
    assert!(!desk.path("content/deep/.offprint-aB3dE6").exists());
    drop(alive);
    built(&desk);
    assert!(!names(&desk).iter().any(|name| name.contains("offprint")));
}

#[test]
fn of_many_builds_at_once_each_writes_a_whole_site() {
    let desk = lamps(&[]);
    let site = desk.build();
    fs::remove_dir_all(desk.path("public")).unwrap();
    let said: Vec<String> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..6).map(|_| scope.spawn(|| built(&desk))).collect();
        all.into_iter().map(|build| build.join().unwrap()).collect()
    });
    assert_eq!(desk.public(), site);
    assert!(said.iter().all(|said| !said.contains("stray-file")));
    assert!(!names(&desk).iter().any(|name| name.contains(".offprint-")), "{:?}", names(&desk));
}

/// Each says what it wrote, and nothing of that is lost: the second finds the day taken, and takes another name.
#[test]
fn of_many_imports_at_once_none_is_lost() {
    let desk = lamps(&[]);
    desk.remove("content/2025-03-12.md");
    for number in 0..8 {
        let entry = format!(
            "@misc{{a, title={{Wax {number}}}, author={{Ada Wick}}, eprint={{2503.0000{number}}}, archivePrefix={{arXiv}}}}"
        );
        desk.write(&format!("list-{number}.bib"), entry);
    }
    let wrote: Vec<String> = std::thread::scope(|scope| {
        let import = |number: usize| {
            let said = desk.run(&[
                "import",
                "bibtex",
                &format!("list-{number}.bib"),
                "--date",
                "2025-03-12",
            ]);
            (said.code == 0).then(|| format!("Wax {number}"))
        };
        let all: Vec<_> = (0..8).map(|number| scope.spawn(move || import(number))).collect();
        all.into_iter().filter_map(|import| import.join().unwrap()).collect()
    });
    assert!(wrote.len() >= 2, "{wrote:?}");
    let texts = fs::read_dir(desk.path("content")).unwrap();
    let texts: String =
        texts.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    for title in wrote {
        assert!(texts.contains(&title), "{title} in {texts}");
    }
}
