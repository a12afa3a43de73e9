//! Lists of authors in many styles and languages: `tests/people.txt` says what is read from each.

use offprint::model::author::{Authors, joined, key, split};

use proptest::prelude::*;

fn shown(list: &Authors) -> String {
    let mut said = Vec::new();
    let team = list.team.as_ref().map(|team| format!("[{team}] "));
    if team.is_some() || !list.names.is_empty() {
        said.push(team.unwrap_or_default() + &list.names.join(" | "));
    }
    said.extend(list.more.as_ref().map(|more| format!("more: {more}")));
    said.extend(list.venue.as_ref().map(|venue| format!("venue: {venue}")));
    said.extend(list.year.as_ref().map(|year| format!("year: {year}")));
    let places = list.affiliations.join(", ");
    said.extend(
        Some(places).filter(|places| !places.is_empty()).map(|places| format!("at: {places}")),
    );
    said.join("; ")
}

fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../people.txt")
        .lines()
        .filter(|line| !line.starts_with("# ") && !line.is_empty());
    lines.map(|line| line.split_once(" =>").expect("a case is `list => people`"))
}

#[test]
fn lists_are_read_as_people() {
    let wrong: Vec<_> = cases()
        .map(|(list, expected)| (list, expected.trim(), shown(&split(list))))
        .filter(|(_, expected, found)| expected != found)
        .map(|(list, expected, found)| {
            format!("{list}\n  expected: {expected}\n  found:    {found}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_written_and_read_again_stay() {
    for (list, _) in cases() {
        let names = split(list).names;
        assert_eq!(split(&joined(&names)).names, names, "{list}");
    }
}

#[test]
fn spellings_of_one_person_share_a_key() {
    for (one, other) in [
        ("Jia li", "Jia Li"),
        ("Y.X. Wei", "Y. X. Wei"),
        ("Jean-Luc Roy", "Jean Luc Roy"),
        ("e\u{301}va", "Éva"),
    ] {
        assert_eq!(key(one), key(other));
    }
    assert_eq!(key("홍 길동"), "홍-길동");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_list_is_read_otherwise_the_second_time(list in "([A-Z][a-z]{1,4}|[A-Z]\\.|[A-Z]{1,2}|[]\\[,;&(){}*^/|·、:+1-9.@'-]|외|등|等|가나|灯一|and|et al\\.|PhD|Jr\\.|Dr\\. |van |for the |others|2023| ){0,14}") {
        let names = split(&list).names;
        prop_assert_eq!(&split(&joined(&names)).names, &names, "{}", list);
    }
}
