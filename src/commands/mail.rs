//! `mail`: a date, a week or a month as a newsletter, in a file or to readers.

use camino::Utf8PathBuf;

use super::{Console, Exit, hold, plural};
use crate::authoring::scaffold;
use crate::cli::{Environment, Mail as Options};
use crate::config::{Config, Mailbox, Security};
use crate::diagnostic::print::Choice;
use crate::diagnostic::{Code, Finding};
use crate::mailing::{self, Sender, Sending, Sent};
use crate::render::{Mail, MailOf};
use crate::site::{Period, Span};
use crate::system::smtp::{IS_BUILT, Privacy, Server};
use crate::workspace::{self, Clock, Project, Request};

/// Readers that are named where some could not be reached.
const NAMED: usize = 20;

pub(super) fn run(options: &Options, root: &Utf8PathBuf, console: &Console, clock: &Clock) -> Exit {
    let request = Request { today: options.today, ..Request::new(root.clone()) };
    let (project, findings, _) = workspace::load(&request, clock);
    let Some(project) = project.filter(|_| !workspace::has_error(&findings)) else {
        console.findings(&findings, Choice::default());
        console.say("no mail was made");
        return Exit::Errors;
    };
    let done = make(options, &project, console).and_then(|mail| {
        if let Some(file) = &options.out {
            write(&mail, file, &project.config, console)?;
        }
        if options.send || options.dry_run {
            deliver(options, &mail, &project, (root, console))
        } else {
            Ok(Exit::Done)
        }
    });
    done.unwrap_or_else(|findings| {
        console.findings(&findings, Choice::default());
        Exit::Errors
    })
}

/// The mail, with what is odd about its texts said.
fn make(options: &Options, project: &Project, console: &Console) -> Result<Mail, Vec<Finding>> {
    let config = &project.config;
    if let Some(lang) = options.lang.as_ref().filter(|lang| !config.languages.contains(lang)) {
        let known: Vec<&str> = config.languages.iter().map(crate::model::Lang::as_str).collect();
        let finding = Finding::new(Code::Mail, format!("`{lang}` is not a language of this site"));
        return Err(vec![finding.help(format!("its languages are {}", known.join(", ")))]);
    }
    let of = what(options, project)?;
    let shared = project.shared();
    let press = project.press(&shared);
    let mail = press.mail(of, options.lang.as_ref())?;
    let findings = press.take_findings();
    let choice = Choice { allow: config.warnings.allow.clone(), ..Choice::default() };
    console.findings(&findings, choice);
    if workspace::has_error(&findings) { Err(Vec::new()) } else { Ok(mail) }
}

/// What the mail is of: what was typed, else the newest there is.
fn what(options: &Options, project: &Project) -> Result<MailOf, Vec<Finding>> {
    let days = project.site.dated().iter().rev().filter_map(|day| day.date);
    let period = |span, typed: Option<(i16, i8)>| {
        if let Some((year, number)) = typed {
            Some(Period { span, year, number })
        } else {
            let mut periods = days.clone().map(|date| span.period(date));
            periods.find(|period| project.site.is_over(*period))
        }
    };
    let of = match (options.week, options.month) {
        (Some(week), _) => period(Span::Week, week).map(MailOf::Period),
        (_, Some(month)) => period(Span::Month, month).map(MailOf::Period),
        _ => options.date.or_else(|| days.clone().next()).map(MailOf::Date),
    };
    of.ok_or_else(|| {
        let finding = Finding::new(Code::Mail, "there is nothing yet to be sent");
        vec![finding.help("a week or a month is sent when it is over; name one to send it earlier")]
    })
}

fn write(
    mail: &Mail,
    file: &Utf8PathBuf,
    config: &Config,
    console: &Console,
) -> Result<(), Vec<Finding>> {
    console.tell("subject", mail.subject.as_str());
    console.tell("file", file.as_str());
    let message = mailing::message(mail, &Sender::of(config), None);
    if file == "-" {
        console.print(&String::from_utf8_lossy(&message));
        return Ok(());
    }
    scaffold::replace(file, &message).map_err(|finding| vec![finding])?;
    console.say(&format!("{}: {file}", mail.subject));
    Ok(())
}

/// Sends the mail, or says to whom it would be sent.
fn deliver(
    options: &Options,
    mail: &Mail,
    project: &Project,
    (root, console): (&Utf8PathBuf, &Console),
) -> Result<Exit, Vec<Finding>> {
    let config = &project.config;
    let readers = readers(config, root)?;
    // Two runs at once would send each reader two mails.
    let _held = hold(root, console);
    let mut sent = Sent::of(root).map_err(|why| vec![Finding::new(Code::Mail, why)])?;
    if options.dry_run {
        say_plan(options, mail, &readers, (&sent, console));
        return Ok(Exit::Done);
    }
    let server = server(config)?;
    let sending =
        mailing::send(mail, &Sender::of(config), &readers, &mut sent, (&server, options.again));
    Ok(say_sent(mail, &sending, readers.len(), console))
}

/// The readers, or the list that stands for them.
fn readers(config: &Config, root: &Utf8PathBuf) -> Result<Vec<Mailbox>, Vec<Finding>> {
    let settings = &config.mail;
    if !Sender::of(config).is_known() {
        return missing(
            "nothing says whom the mail is from",
            "write under [mail]: from = \"Ada Wick <ada@example.org>\"",
        );
    }
    if !settings.to.is_empty() {
        return Ok(vec![settings.to.clone()]);
    }
    if settings.recipients.is_empty() {
        return missing(
            "nothing says who gets the mail",
            "write under [mail]: to = \"list@example.org\", or recipients = \"readers.txt\"",
        );
    }
    mailing::readers(root, &settings.recipients)
}

fn missing(what: &str, help: &str) -> Result<Vec<Mailbox>, Vec<Finding>> {
    let finding = Finding::new(Code::Mail, what).in_path("config.toml".to_owned());
    Err(vec![finding.help(help.to_owned())])
}

fn server(config: &Config) -> Result<Server, Vec<Finding>> {
    let settings = &config.mail;
    if !IS_BUILT {
        let finding = Finding::new(Code::Mail, "this program was built without sending mails");
        return Err(vec![finding.help(
            "releases can; from source: cargo install offprint --features mail; or hand the file of --out to another program",
        )]);
    }
    if settings.server.is_empty() {
        let finding = Finding::new(Code::Mail, "nothing says which server takes the mail");
        let finding = finding.in_path("config.toml".to_owned());
        return Err(vec![finding.help("write under [mail]: server = \"smtp.example.org\"")]);
    }
    let password = Environment::read().mail_password;
    let login = match (settings.user.is_empty(), password) {
        (true, _) => None,
        (false, Some(password)) => Some((settings.user.clone(), password)),
        (false, None) => {
            let finding = Finding::new(Code::Mail, "there is no password for the server of mail");
            return Err(vec![
                finding.help("put it into the environment as OFFPRINT_MAIL_PASSWORD"),
            ]);
        }
    };
    let privacy = match settings.security {
        Security::StartTls => Privacy::StartTls,
        Security::Tls => Privacy::Tls,
        Security::None => Privacy::None,
    };
    Ok(Server { host: settings.server.clone(), port: settings.port, privacy, login })
}

fn say_plan(
    options: &Options,
    mail: &Mail,
    readers: &[Mailbox],
    (sent, console): (&Sent, &Console),
) {
    let new: Vec<&Mailbox> = readers
        .iter()
        .filter(|reader| options.again || !sent.has(&mail.name, &reader.address))
        .collect();
    let before = readers.len() - new.len();
    tell(mail, console, (0, before, new.len()));
    console.say(&format!("{}: would be sent to {}", mail.subject, plural(new.len(), "reader")));
    for reader in new.iter().take(NAMED) {
        console.say(&format!("  {reader}"));
    }
    if new.len() > NAMED {
        console.say(&format!("  and {} more", new.len() - NAMED));
    }
    if before > 0 {
        console.say(&format!("{before} got it before; --again sends it to them, too"));
    }
}

/// What other programs are told: how many got the mail now, how many before, how many have yet to get it.
fn tell(mail: &Mail, console: &Console, (sent, before, left): (usize, usize, usize)) {
    console.tell("subject", mail.subject.as_str());
    console.tell("sent", sent);
    console.tell("before", before);
    console.tell("left", left);
}

fn say_sent(mail: &Mail, sending: &Sending, all: usize, console: &Console) -> Exit {
    let mut findings = Vec::new();
    for (address, why) in sending.failed.iter().take(NAMED) {
        findings.push(Finding::new(Code::Mail, format!("{address} did not get the mail: {why}")));
    }
    if let Some(why) = &sending.stopped {
        let finding = Finding::new(Code::Mail, format!("sending stopped: {why}"));
        findings.push(finding.help("the same command goes on where it stopped"));
    }
    console.findings(&findings, Choice::default());
    let left = all.saturating_sub(sending.sent + sending.before);
    tell(mail, console, (sending.sent, sending.before, left));
    let before = match sending.before {
        0 => String::new(),
        before => format!("; {before} got it before"),
    };
    console.say(&format!("{}: sent to {} of {all}{before}", mail.subject, sending.sent));
    if findings.is_empty() { Exit::Done } else { Exit::Errors }
}
