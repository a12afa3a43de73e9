//! Sending: to each reader once, on after a failure, never twice.

use super::server::Server;
use super::{bodies, header, site};
use crate::desk::{Desk, Said, TODAY};

const READERS: &str = "ada@example.org\nBo Flame <bo@example.org>\ncy@example.org\n";

fn desk(server: &Server, more: &str) -> Desk {
    let desk = site(&format!(
        "recipients = \"readers.txt\"\nserver = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nunsubscribe = [\"https://lamps.example/bye?who={{address}}\"]\n{more}",
        server.port
    ));
    desk.write("readers.txt", READERS);
    desk
}

fn send(desk: &Desk, more: &[&str]) -> Said {
    desk.run_with(
        &[&["mail", "2025-03-12", "--send", "--today", TODAY], more].concat(),
        &[("OFFPRINT_MAIL_PASSWORD", "oil and wick")],
    )
}

#[test]
fn each_reader_gets_the_mail_once() {
    let server = Server::new(None, |_, _| "250 ok");
    let desk = desk(&server, "");
    let said = send(&desk, &["--out", "mail.eml"]);
    assert_eq!(
        (said.code, said.text.lines().last()),
        (0, Some("A day of lamps (March 12, 2025): sent to 3 of 3")),
        "{}",
        said.text
    );
    let taken = server.taken();
    let to: Vec<&str> = taken.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["ada@example.org", "bo@example.org", "cy@example.org"]);
    assert!(taken.iter().all(|mail| mail.from == "ada@lamps.example" && mail.login.is_none()));
    let second = &taken[1].bytes;
    assert_eq!(header(second, "To"), "bo@example.org");
    let (text, html) = bodies(second);
    let way = "https://lamps.example/bye?who=bo%40example%2Eorg";
    assert!(text.contains(way) && html.contains(way), "{text}");
    assert!(String::from_utf8_lossy(second).contains(&format!("List-Unsubscribe: <{way}>")));
    let again = send(&desk, &[]);
    assert!(again.text.contains("sent to 0 of 3; 3 got it before"), "{}", again.text);
    assert_eq!(server.taken().len(), 3);
    let remembered = std::fs::read_to_string(desk.path(".offprint-sent")).unwrap();
    assert!(remembered.lines().count() == 3 && !remembered.contains('@'), "{remembered}");
    desk.write("readers.txt", format!("{READERS}dee@example.org\n"));
    assert!(send(&desk, &[]).text.contains("sent to 1 of 4; 3 got it before"));
    assert!(send(&desk, &["--again"]).text.contains("sent to 4 of 4"));
    assert_eq!(server.taken().len(), 8);
}

#[test]
fn one_who_is_refused_does_not_keep_others_from_it() {
    let server =
        Server::new(
            None,
            |to, _| if to.starts_with("bo@") { "550 no such mailbox" } else { "250 ok" },
        );
    let desk = desk(&server, "");
    let said = send(&desk, &[]);
    assert_eq!(said.code, 1);
    assert!(
        said.text.contains("bo@example.org did not get the mail")
            && said.text.contains("no such mailbox"),
        "{}",
        said.text
    );
    assert!(said.text.contains("sent to 2 of 3"), "{}", said.text);
    assert!(send(&desk, &[]).text.contains("sent to 0 of 3; 2 got it before"));
}

#[test]
fn what_was_cut_off_goes_on_where_it_stopped() {
    // The connection ends once, when one mail has been taken.
    let server =
        Server::new(
            None,
            |to, before| if to.starts_with("bo@") && before == 1 { "" } else { "250 ok" },
        );
    let desk = desk(&server, "");
    let said = send(&desk, &[]);
    assert!(said.code == 1 && said.text.contains("sending stopped"), "{}", said.text);
    assert!(said.text.contains("sent to 1 of 3"), "{}", said.text);
    desk.write("readers.txt", READERS.replace("bo@", "bob@"));
    let said = send(&desk, &[]);
    assert!(
        said.code == 0 && said.text.contains("sent to 2 of 3; 1 got it before"),
        "{}",
        said.text
    );
    let to: Vec<String> = server.taken().into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["ada@example.org", "bob@example.org", "cy@example.org"]);
}

#[test]
fn a_server_that_asks_is_told() {
    // `\0ada\0oil and wick`
    let server = Server::new(Some("AGFkYQBvaWwgYW5kIHdpY2s="), |_, _| "250 ok");
    let desk = desk(&server, "user = \"ada\"\n");
    assert!(send(&desk, &[]).text.contains("sent to 3 of 3"));
    assert!(server.taken().iter().all(|mail| mail.login.is_some()));
    let run = desk.run(&["mail", "2025-03-12", "--send", "--again", "--today", TODAY]);
    assert!(run.code == 1 && run.text.contains("OFFPRINT_MAIL_PASSWORD"), "{}", run.text);
    let wrong = desk.run_with(
        &["mail", "2025-03-12", "--send", "--again", "--today", TODAY],
        &[("OFFPRINT_MAIL_PASSWORD", "no")],
    );
    assert!(wrong.code == 1 && wrong.text.contains("no such login"), "{}", wrong.text);
    assert!(!wrong.text.contains("oil") && wrong.text.contains("sent to 0 of 3"), "{}", wrong.text);
}

#[test]
fn a_server_that_is_not_there_or_not_private_is_said() {
    let server = Server::new(None, |_, _| "250 ok");
    let desk = desk(&server, "");
    let config = std::fs::read_to_string(desk.path("config.toml")).unwrap();
    desk.write("config.toml", config.replace("security = \"none\"", "security = \"starttls\""));
    let said = send(&desk, &[]);
    assert!(said.code == 1 && said.text.contains("sending stopped"), "{}", said.text);
    assert_eq!(server.taken().len(), 0);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    desk.write(
        "config.toml",
        config.replace(&format!("port = {}", server.port), &format!("port = {closed}")),
    );
    let said = send(&desk, &[]);
    assert!(said.code == 1 && said.text.contains("sent to 0 of 3"), "{}", said.text);
}
