//! The page of figures of the default theme: right for next to nothing and for many years.

use std::fmt::Write as _;

use crate::desk::{Desk, TODAY};

const CONFIG: &str = "title = \"Lamp notes\"\nbase_url = \"https://lamps.example/\"\ndigests = { future = true }\nauthors = { min_papers = 1 }\n";

/// The page of figures of these digests, and how many drawings it has.
fn figures(digests: &[(&str, &str)]) -> (String, usize) {
    let desk = Desk::of(&[("config.toml", CONFIG)]);
    for (date, text) in digests {
        desk.write(&format!("content/{date}.md"), text);
    }
    let said = desk.run(&["build", "--today", TODAY]);
    assert_eq!(said.code, 0, "{}", said.text);
    let html = String::from_utf8(desk.public()["stats/index.html"].clone()).unwrap();
    assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    let drawings = html.matches("role=\"img\"").count();
    (html, drawings)
}

#[test]
fn nothing_has_no_figures() {
    let (html, drawings) = figures(&[]);
    assert_eq!(drawings, 0);
    assert!(html.contains("Nothing here yet."));
}

#[test]
fn one_paper_without_tags_has_a_calendar_and_an_author() {
    let (html, drawings) = figures(&[("2025-03-12", "## A Lamp\n\n(Ada Wick)\n\nIt burns.\n")]);
    assert_eq!(drawings, 1, "{html}");
    assert!(html.contains("class=\"n1\" d=\"M100 20h10"), "{html}");
    assert!(
        html.contains("Ada Wick")
            && !html.contains("Tags over time")
            && !html.contains("Most mentioned")
    );
}

#[test]
fn a_paper_without_a_date_is_in_no_calendar() {
    let (html, drawings) =
        figures(&[("lamp", "+++\ndate = false\n+++\n\n## A Lamp\n\nIt burns.\n\n#lamps\n")]);
    assert_eq!(drawings, 0, "{html}");
}

#[test]
fn steps_grow_with_time() {
    let digest = |number: usize| format!("## Lamp {number}\n\nIt burns.\n\n#lamps\n");
    let years = |last: usize| -> Vec<(String, String)> {
        let mut digests = Vec::new();
        for year in 2000..=last {
            let mut date = String::new();
            write!(date, "{year}-06-15").unwrap();
            digests.push((date, digest(year)));
        }
        digests
    };
    for (last, tags, all) in [
        (2002, "June 2002", "June 2002"),
        (2005, "Q2 2005", "June 2005"),
        (2015, "<th scope=\"row\">2015</th>", "Q2 2015"),
        (2090, "<th scope=\"row\">2090</th>", "<th scope=\"row\">2090</th>"),
    ] {
        let digests = years(last);
        let digests: Vec<(&str, &str)> =
            digests.iter().map(|(date, text)| (&**date, &**text)).collect();
        let (html, _) = figures(&digests);
        let (before, after) = html.split_once("Tags over time").unwrap();
        assert!(before.contains(all), "{last}: {before}");
        assert!(after.contains(tags), "{last}: {after}");
        assert_eq!(html.matches("<h3>").count(), (last - 1999).min(8));
    }
}
