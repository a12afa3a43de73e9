//! `mail`: a date, a week or a month as a mail, read back as programs of mail read it, and sent to a server on this machine.

use std::fs;

use mail_parser::{HeaderValue, MessageParser, MimeHeaders as _};

use crate::desk::{Desk, TODAY};

#[cfg(feature = "mail")]
mod send;
#[cfg(feature = "mail")]
mod server;

const CONFIG: &str = r#"title = { en = "Lamp notes", ko = "등불 노트" }
base_url = "https://lamps.example/notes/"
languages = ["en", "ko"]
timezone = "Asia/Seoul"
outputs = { search = false, stats = false, authors = false, related = false, tag_feeds = false }

[author]
name = "Ada Wick"
email = "ada@lamps.example"

[mail]
"#;

const DIGEST: &str = "+++\ntitle = \"A day of lamps\"\n+++\n\nTwo papers, *briefly*.\n\n## Lamps That Learn\n\n(Ada Wick)\nhttps://arxiv.org/abs/2503.00101\n\n> At a cost of $O(n^2)$.\n\nSee [[Gas Lamps]] and ![A wick](wick.png).\n\n::: ko\n배우는 등불입니다.\n:::\n\n::: details More\n```python\nfor x in y: pass\n```\n:::\n\n$$E = mc^2$$\n\n#lamp\n\n## Gas Lamps\n\nhttps://arxiv.org/abs/2503.00102\n\n<script>alert(1)</script> They hiss.\n";

fn site(mail: &str) -> Desk {
    let desk = Desk::empty();
    desk.write("config.toml", format!("{CONFIG}{mail}"));
    desk.write("content/2025-03-12.md", DIGEST);
    desk.write(
        "content/2025-03-14.md",
        "## Oil Lamps\n\nhttps://arxiv.org/abs/2503.00103\n\nThey smell.\n",
    );
    let picture = crate::desk::tests().join("sites/vault/vault/pictures/lamp.png");
    desk.write("content/wick.png", fs::read(picture).unwrap());
    desk
}

/// What a mail says: its text and its HTML.
fn bodies(eml: &[u8]) -> (String, String) {
    let message = MessageParser::new().parse(eml).unwrap();
    assert_eq!(message.content_type().unwrap().subtype(), Some("alternative"));
    let parts = (message.text_body_count(), message.html_body_count(), message.attachment_count());
    assert_eq!(parts, (1, 1, 0));
    (message.body_text(0).unwrap().into_owned(), message.body_html(0).unwrap().into_owned())
}

fn made(desk: &Desk, arguments: &[&str]) -> Vec<u8> {
    let file = desk.path("mail.eml");
    let all = [&["mail", "--today", TODAY, "--out", "mail.eml"], arguments].concat();
    let said = desk.run(&all);
    assert_eq!(said.code, 0, "{}", said.text);
    fs::read(file).unwrap()
}

fn header(eml: &[u8], name: &str) -> String {
    let message = MessageParser::new().parse(eml).unwrap();
    match message.header(name) {
        Some(HeaderValue::Text(text)) => text.to_string(),
        Some(HeaderValue::Address(of)) => {
            let all = of.iter().map(|one| one.address.clone().unwrap_or_default().into_owned());
            all.collect::<Vec<_>>().join(", ")
        }
        _ => message.header_raw(name).unwrap_or_default().trim().to_owned(),
    }
}

#[test]
fn a_date_is_a_mail_that_programs_of_mail_can_show() {
    let desk = site(
        "unsubscribe = [\"https://lamps.example/bye?who={address}\", \"mailto:bye@lamps.example\"]\none_click = true\nlist_id = \"notes.lamps.example\"\n",
    );
    let eml = made(&desk, &["2025-03-12"]);
    let (text, html) = bodies(&eml);
    assert_eq!(header(&eml, "Subject"), "A day of lamps (March 12, 2025)");
    assert_eq!(header(&eml, "From"), "ada@lamps.example");
    assert_eq!(header(&eml, "Message-ID"), "2025-03-12.notes@lamps.example");
    assert_eq!(header(&eml, "Date"), "Tue, 11 Mar 2025 15:00:00 +0000");
    assert_eq!(header(&eml, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let ways = String::from_utf8_lossy(&eml).replace("\r\n ", " ");
    assert!(ways.contains(
        "List-Unsubscribe: <https://lamps.example/bye?who=>, <mailto:bye@lamps.example>\r\n"
    ));
    assert!(ways.contains("List-Id: <notes.lamps.example>\r\n"));
    // Nothing that such programs do not know, and nothing that runs.
    for unknown in ["<math", "<script", "<details", "<svg", "<link", "loading="] {
        assert!(!html.contains(unknown), "{unknown} in {html}");
    }
    for address in html.split("href=\"").skip(1).chain(html.split("src=\"").skip(1)) {
        let address = address.split('"').next().unwrap();
        let is_whole = ["https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        assert!(is_whole, "{address}");
    }
    assert!(
        html.contains("<img src=\"https://lamps.example/notes/wick.png\" alt=\"A wick\""),
        "{html}"
    );
    assert!(html.contains(">O(n²)</i>") && html.contains("style=\""), "{html}");
    let expected = "A day of lamps\n==============\n<https://lamps.example/notes/2025/03/12/>\n\nMarch 12, 2025\n\nTwo papers, briefly.\n\nLamps That Learn\n----------------\n<https://lamps.example/notes/papers/2503.00101/>\n\nAda Wick\n\n> At a cost of O(n²).\n";
    assert!(text.replace("\r\n", "\n").contains(expected), "{text}");
    assert!(
        text.contains("[A wick]") && text.contains("E = mc²") && text.contains("They hiss."),
        "{text}"
    );
    assert!(!text.contains("alert(1)") && !text.contains("Two papers, briefly. Lamps"), "{text}");
    assert_eq!(eml, made(&desk, &["2025-03-12"]), "the same mail is the same bytes");
}

#[test]
fn languages_weeks_and_months_have_mails_of_their_own() {
    let desk = site("");
    let korean = made(&desk, &["2025-03-12", "--lang", "ko"]);
    let (text, html) = bodies(&korean);
    assert!(html.contains("<html lang=\"ko\""), "{html}");
    assert!(
        text.contains("배우는 등불입니다.") && !text.contains("They hiss")
            || text.contains("They hiss.")
    );
    assert_eq!(header(&korean, "Message-ID"), "2025-03-12-ko.notes@lamps.example");
    let english = bodies(&made(&desk, &["2025-03-12", "--lang", "en"])).0;
    assert!(!english.contains("배우는"), "{english}");
    let week = made(&desk, &["--week"]);
    assert_eq!(header(&week, "Subject"), "Lamp notes: Week 11 of 2025");
    assert_eq!(header(&week, "Date"), "Sun, 16 Mar 2025 15:00:00 +0000");
    let text = bodies(&week).0;
    assert!(text.contains("Oil Lamps") && text.contains("Gas Lamps"), "{text}");
    assert_eq!(
        header(&made(&desk, &["--week", "2025-w11"]), "Message-ID"),
        header(&week, "Message-ID")
    );
    let month = made(&desk, &["--month"]);
    assert_eq!(header(&month, "Subject"), "Lamp notes: March 2025");
    assert_eq!(header(&made(&desk, &[]), "Message-ID"), "2025-03-14.notes@lamps.example");
}

#[test]
fn a_tree_for_each_language_has_mails_with_its_own_addresses() {
    let desk = site("");
    desk.write("config.toml", CONFIG.replace("[mail]", "[digests]\nlayout = \"split\""));
    let html = bodies(&made(&desk, &["2025-03-12", "--lang", "ko"])).1;
    assert!(html.contains("https://lamps.example/notes/ko/2025/03/12/"), "{html}");
}

#[test]
fn what_cannot_be_made_is_said() {
    let desk = site("recipients = \"readers.txt\"\n");
    desk.write("readers.txt", "# readers\nada@example.org\nno address\nbo@example.org\r\nBcc: x\n");
    for (arguments, said) in [
        (&["2025-01-01", "-n"][..], "there is nothing of 2025-01-01 to be sent"),
        (&["--lang", "fr", "-n"], "`fr` is not a language of this site"),
        (&["--week", "2024-w01", "-n"], "there is nothing of 2024-w01 to be sent"),
        (&["-n"], "`no address` is no address"),
        (&["-n"], "readers.txt:3:1"),
        (&["-n"], "`Bcc: x` is no address"),
    ] {
        let run = desk.run(&[&["mail", "--today", TODAY], arguments].concat());
        assert!(run.code == 1 && run.text.contains(said), "{said}: {}", run.text);
    }
    let run = desk.run(&["mail", "--week", "2025-99", "-n"]);
    assert!(run.code == 2 && run.text.contains("write a week as 2025-w12"), "{}", run.text);
    desk.write("readers.txt", "ada@example.org\nBo <bo@example.org>\nADA@example.org\n");
    let run = desk.run(&["mail", "2025-03-12", "-n", "--today", TODAY]);
    assert_eq!(
        (run.code, run.text.as_str()),
        (
            0,
            "A day of lamps (March 12, 2025): would be sent to 2 readers\n  ada@example.org\n  Bo <bo@example.org>\n"
        )
    );
    assert!(!desk.path(".offprint-sent").exists());
}

#[test]
fn slips_in_config_are_said_at_their_place() {
    let desk = site(
        "from = \"Ada\"\nunsubscribe = [\"bye\"]\none_click = true\nto = \"a@b.c\"\nrecipients = \"x\"\nserver = \"a b\"\nport = 70000\nsecurity = \"ssl\"\nlist = \"x\"\n",
    );
    let run = desk.run(&["check"]);
    for said in [
        "`mail.from`: `Ada` is no address such as",
        "`mail.unsubscribe`: `bye` is neither an address",
        "`mail.one_click` needs an address",
        "`mail` has both `to` and `recipients`",
        "`mail.server`: `a b` is no name of a server",
        "`mail.port`",
        "`mail.security`: `ssl` is none of starttls, tls, none",
        "unknown key `mail.list`",
    ] {
        assert!(run.text.contains(said), "{said}: {}", run.text);
    }
}

#[test]
fn a_theme_has_a_mail_of_its_own() {
    let desk = site("");
    desk.write("templates/mail.html", "{% extends \"parent/mail.html\" %}\n{% block style %}{{ super() }}\nh1 { color: #123456 }\n{% endblock style %}{% block content %}<p>{{ mail.count }} papers</p>{% endblock content %}\n");
    let (text, html) = bodies(&made(&desk, &["2025-03-12"]));
    assert!(text.contains("2 papers") && html.contains("color:#123456"), "{html}");
    desk.write("templates/mail.html", "<p>{{ mail.titel }}</p>\n");
    let run = desk.run(&["mail", "-n", "--today", TODAY]);
    assert!(run.code == 1 && run.text.contains("templates/mail.html:1:"), "{}", run.text);
    assert!(run.text.contains("did you mean `title`?"), "{}", run.text);
}

#[cfg(not(feature = "mail"))]
#[test]
fn a_program_that_cannot_send_says_which_can() {
    let desk = site("to = \"list@example.org\"\nserver = \"127.0.0.1\"\n");
    let run = desk.run(&["mail", "--send", "--today", TODAY]);
    assert_eq!(run.code, 1);
    assert!(
        run.text.contains("built without sending mails") && run.text.contains("--features mail"),
        "{}",
        run.text
    );
}
