//! Kinds of pages that no golden site shows in full.

use std::fmt::Write as _;

use crate::desk::{Desk, Tree};

const CONFIG: &str = "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/notes/\"\n";

/// Two days with so many papers in all.
fn papers(theme: &str, count: u32) -> Desk {
    let mut days = [String::new(), String::new()];
    for number in 1..=count {
        let paper = format!("## Paper {number}\n\nhttps://arxiv.org/abs/2503.{number:05}\n\n");
        let _ = write!(days[usize::from(number > 100)], "{paper}");
    }
    let config = format!("{CONFIG}theme = \"{theme}\"\n");
    Desk::of(&[
        ("config.toml", &config),
        ("content/2025-03-12.md", &days[0]),
        ("content/2025-03-13.md", &days[1]),
    ])
}

/// The papers that a page links to, in its order.
fn listed(site: &Tree, page: &str) -> Vec<String> {
    let page = std::str::from_utf8(&site[page]).unwrap();
    let (_, main) = page.split_once("<main").unwrap();
    let links =
        main.split("href=\"/notes/papers/").skip(1).map(|rest| rest.split('"').next().unwrap());
    links.filter(|link| link.starts_with("2503")).map(str::to_owned).collect()
}

#[test]
fn all_papers_are_listed_newest_first() {
    for theme in ["offprint", "ledger", "plain"] {
        let site = papers(theme, 201).build();
        let pages = ["papers/index.html", "papers/page/2/index.html", "papers/page/3/index.html"];
        let pages = pages.map(|page| listed(&site, page));
        assert_eq!(pages.each_ref().map(Vec::len), [100, 100, 1], "{theme}");
        let all = pages.concat();
        let expected = (101..=201).chain(1..=100).map(|number| format!("2503.{number:05}/"));
        assert_eq!(all, expected.collect::<Vec<_>>(), "{theme}");
        assert!(!site.contains_key("papers/page/4/index.html"));
        let middle = String::from_utf8_lossy(&site["papers/page/2/index.html"]).into_owned();
        let links =
            ["rel=\"prev\" href=\"/notes/papers/\"", "rel=\"next\" href=\"/notes/papers/page/3/\""];
        assert!(links.iter().all(|link| middle.contains(link)), "{theme}: {middle}");
        let sitemap = String::from_utf8_lossy(&site["sitemap.xml"]).into_owned();
        assert!(
            sitemap.contains("<loc>https://lamps.example/notes/papers/page/3/</loc>"),
            "{theme}"
        );
    }
}

/// What has no date follows the oldest date at home, as many as there is room for.
#[test]
fn papers_without_a_date_stand_at_home_after_the_oldest_date() {
    for theme in ["offprint", "ledger"] {
        let desk = papers(theme, 0);
        let config = format!(
            "theme = \"{theme}\"\nhome = {{ digests = 1, papers = 4 }}\n[[sources]]\npath = \"notes\"\nformat = \"notes\"\n"
        );
        desk.write("config.toml", config);
        for number in 1..=5 {
            let text = format!("# Wick {number}\n\nhttps://arxiv.org/abs/2504.0000{number}\n");
            desk.write(&format!("notes/Wick {number}.md"), text);
        }
        let shown = |site: &Tree, page: &str| {
            let html = String::from_utf8_lossy(&site[page]).into_owned();
            html.matches("/papers/2504.0000").count()
        };
        let site = desk.build();
        assert_eq!(shown(&site, "index.html"), 4, "{theme}");
        assert!(!site.contains_key("page/2/index.html"), "{theme}");
        for day in ["2025-03-10", "2025-03-11"] {
            desk.write(
                &format!("content/{day}.md"),
                "## Lamps\n\nhttps://arxiv.org/abs/2503.90001\n",
            );
        }
        let site = desk.build();
        assert_eq!(shown(&site, "index.html"), 0, "{theme}");
        assert_eq!(shown(&site, "page/2/index.html"), 3, "{theme}");
    }
}

#[test]
fn a_page_of_the_writer_s_own_stands_instead_of_the_list_of_papers() {
    let desk = papers("offprint", 3);
    assert_eq!(listed(&desk.build(), "papers/index.html").len(), 3);
    desk.write("content/papers.md", "My own list.\n");
    let site = desk.build();
    assert!(String::from_utf8_lossy(&site["papers/index.html"]).contains("My own list."));
    desk.remove("content/papers.md");
    desk.write("config.toml", format!("{CONFIG}outputs = {{ papers = false }}\n"));
    let site = desk.build();
    assert!(!site.contains_key("papers/index.html"));
    assert!(
        !String::from_utf8_lossy(&site["archive/index.html"]).contains("href=\"/notes/papers/\"")
    );
}

/// Nothing of another host is named where a browser would load it by itself.
#[test]
fn comments_and_diagrams_wait_for_scripts() {
    for theme in ["offprint", "ledger"] {
        let desk = papers(theme, 3);
        let plain = desk.build();
        let config = format!(
            "{CONFIG}theme = \"{theme}\"\ncomments = {{ provider = \"utterances\", repo = \"ada/notes\" }}\nmermaid = {{ script = \"/m.mjs\" }}\n"
        );
        desk.write("config.toml", config);
        desk.write("content/about.md", "```mermaid\ngraph TD; a-->b\n```\n");
        let site = desk.build();
        let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
        for name in ["papers/2503.00001/index.html", "2025/03/12/index.html"] {
            let html = page(name);
            assert!(
                html.contains("class=\"comments\" hidden data-provider=\"utterances\"")
                    && !html.contains("utteranc.es"),
                "{theme}: {name}"
            );
            assert!(!String::from_utf8_lossy(&plain[name]).contains("comments"));
        }
        let about = page("about/index.html");
        assert!(
            about.contains("data-mermaid=\"/notes/m.mjs\"")
                && about.contains("<code class=\"language-mermaid\">graph TD"),
            "{about}"
        );
        desk.write("config.toml", format!("{CONFIG}theme = \"{theme}\"\n"));
        let said = desk.run(&["build"]);
        assert!(said.text.contains("note[mermaid]: a diagram of Mermaid is shown as code"));
        desk.write("config.toml", format!("{CONFIG}comments = {{ provider = \"giscus\" }}\n"));
        let said = desk.run(&["build"]);
        assert!(
            said.code == 1 && said.text.contains("needs `repo`, `repo_id`, `category`"),
            "{}",
            said.text
        );
    }
}
