//! A date, a week or a month as a mail: what feeds say of it, in the theme's `mail.html`, with styles that survive programs
//! of mail, and as plain text.

use jiff::Timestamp;
use jiff::civil::Date;

use super::contract::TemplateDoc;
use super::embeds::room;
use super::texts::{Seen, text_key, text_seed};
use super::view::{FieldDoc, Html};
use super::views::MailView;
use super::{PageRenderer, exports::feeds, feed_texts, put, roundups};
use crate::config::ADDRESS;
use crate::diagnostic::{Code, Finding};
use crate::markup;
use crate::model::Lang;
use crate::model::route::Route;
use crate::site::{Day, Period};

/// What stands for a reader's own address in a mail that is not addressed yet.
pub const PLACE: &str = "\u{e000}address\u{e001}";

/// The template of mails, which no page is made from.
pub(super) const TEMPLATE: TemplateDoc = TemplateDoc {
    name: "mail.html",
    makes: "A date, a week or a month as a mail: `offprint mail`.",
    at: "",
    variables: &[
        FieldDoc { name: "page", rust: "PartPage", doc: "" },
        FieldDoc { name: "mail", rust: "MailView", doc: "" },
    ],
    has_page: false,
};

/// What a mail is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailOf {
    /// A date.
    Date(Date),
    /// A week or a month.
    Period(Period),
}

/// A mail before it is addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What tells it apart from all others of the site: `2025-03-12`, `2025-w12-ko`.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The language that it is in.
    pub lang: Lang,
    /// When it is from.
    pub time: Timestamp,
    /// The page, with what tells `style`s and addresses whole.
    pub html: String,
    /// The same as plain text.
    pub text: String,
}

impl<'a> PageRenderer<'a> {
    /// The mail of a date or a period; in one language of the site alone, if one is named.
    pub fn mail(&self, of: MailOf, lang: Option<&Lang>) -> Result<Mail, Vec<Finding>> {
        let press = lang.map_or_else(|| self.in_tree(0), |lang| self.speaking(lang.as_str()));
        let press = Self { by_mail: true, ..press };
        let mut view = press.mail_view(of).ok_or_else(|| vec![nothing(of)])?;
        let name = match lang {
            Some(lang) => format!("{}-{lang}", name_of(of)),
            None => name_of(of),
        };
        let subject = view.subject.clone();
        let time = press.time_of(of);
        let ways = &press.config.mail.unsubscribe;
        let way = ways.iter().find(|way| way.starts_with("http")).or(ways.first());
        view.unsubscribe = way.map(|way| way.replace(ADDRESS, PLACE)).unwrap_or_default();
        let mut context = press.base();
        put(&mut context, "page", press.page_of_papers());
        put(&mut context, "mail", view);
        let page = press.theme.templates.render(TEMPLATE.name, &context, "").map_err(|found| {
            found
                .into_iter()
                .map(|finding| {
                    let help = finding.help.clone().unwrap_or_default();
                    finding.help(help.replace("rendering /)", "rendering the mail)"))
                })
                .collect::<Vec<_>>()
        })?;
        let page = String::from_utf8_lossy(&page);
        let page = markup::absolute(&page, press.config.base_url.origin());
        Ok(Mail {
            name,
            subject,
            lang: press.edition.lang.clone(),
            time,
            html: markup::for_mail(&page),
            text: markup::plain_of(&page),
        })
    }

    fn mail_view(&self, of: MailOf) -> Option<MailView> {
        let days = self.days_of_mail(of);
        let first = days.first()?;
        let own = match of {
            MailOf::Date(date) => self.plan.find(&self.edition.tree.path(&Route::Date(date))),
            MailOf::Period(period) => self.plan.find(&self.edition.tree.path(&period.route())),
        };
        let url = own.map_or(Route::Home(1), |output| output.route.clone());
        let (title, subject, content) = match of {
            MailOf::Date(date) => {
                let (said, text) = (self.edition.day_title(first), self.edition.date_text(date));
                let content = self.day_as_mail(first);
                match said.as_str() {
                    "" => (text.clone(), format!("{}: {text}", self.edition.site_title()), content),
                    said => (said.to_owned(), format!("{said} ({text})"), content),
                }
            }
            MailOf::Period(period) => {
                let title = self.edition.period_title(period);
                let subject = format!("{}: {title}", self.edition.site_title());
                (title, subject, roundups::days_in_feeds(self, days.iter().copied()))
            }
        };
        let text = match of {
            MailOf::Date(date) => self.edition.date_text(date),
            MailOf::Period(period) => self.edition.period_text(period),
        };
        let papers = days.iter().flat_map(|day| &day.items);
        let titles: Vec<&str> = papers.map(|item| self.edition.title(item.paper)).collect();
        Some(MailView {
            title,
            subject,
            date: text,
            url: self.edition.absolute(&url),
            lang: self.edition.lang.as_str().to_owned(),
            dir: self.edition.lang.direction().to_owned(),
            summary: self.excerpt(&titles.join(" · "), PREVIEW),
            count: titles.len(),
            content: Html(content),
            unsubscribe: String::new(),
        })
    }

    fn days_of_mail(&self, of: MailOf) -> Vec<&'a Day> {
        let days = self.site.dated().iter();
        days.filter(|day| {
            day.date.is_some_and(|date| match of {
                MailOf::Date(wanted) => date == wanted,
                MailOf::Period(period) => {
                    period.days().is_some_and(|(first, last)| first <= date && date <= last)
                }
            })
        })
        .collect()
    }

    /// The introductions, the posts and the papers of a date.
    fn day_as_mail(&self, day: &Day) -> String {
        let mut content = String::new();
        let page =
            day.date.map(|date| self.edition.absolute(&Route::Date(date))).unwrap_or_default();
        let shown = self.edition.shown_of_intros(day);
        for digest in self.site.day_digests(day) {
            for (number, passage) in digest.digest.intro.iter().enumerate() {
                let lang = self.edition.lang_of(passage, digest.lang.as_ref());
                if !self.edition.shows(&shown, lang) {
                    continue;
                }
                let place = (digest.source.path.as_str(), usize::MAX, number);
                let markup = self.markup.page(&passage.text.text, &text_key(place));
                let room = room();
                let seen = Seen {
                    origin: self.config.base_url.origin(),
                    page: &page,
                    lang,
                    seed: text_seed(place),
                    room: Some(&room),
                    ..self.seen(&digest.folder)
                };
                feed_texts::marked_in_feeds(self, lang, &mut content, |out| {
                    markup.fill(&seen, out);
                });
            }
        }
        roundups::posts_in_feeds(self, day, "h2", &mut content);
        feeds::day_in_feeds(self, day, "h2", &mut content);
        content
    }

    /// The midnight at which a date begins, or after which a period is over.
    fn time_of(&self, of: MailOf) -> Timestamp {
        let date = match of {
            MailOf::Date(date) => Some(date),
            MailOf::Period(period) => period.days().and_then(|(_, last)| last.tomorrow().ok()),
        };
        let zone = &self.config.timezone;
        let time = date.and_then(|date| date.to_zoned(zone.clone()).ok());
        time.map_or(Timestamp::UNIX_EPOCH, |time| time.timestamp())
    }
}

/// Characters of what programs show of a mail beside its subject.
const PREVIEW: usize = 140;

/// What tells a mail apart from all others of the site.
fn name_of(of: MailOf) -> String {
    match of {
        MailOf::Date(date) => date.to_string(),
        MailOf::Period(period) => period.slug().replace('/', "-"),
    }
}

fn nothing(of: MailOf) -> Finding {
    let message = format!("there is nothing of {} to be sent", name_of(of));
    Finding::new(Code::Mail, message)
        .help("name a date that has a page, or a week or month with one; drafts and the future are held back")
}
