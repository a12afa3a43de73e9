//! RSS 2.0 of the round-ups, with all their HTML: what services that send newsletters read.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::feeds::{feed_of, roundup_feeds};
use super::{Export, Write};
use crate::markup::escape::attribute;
use crate::model::route::{FeedFormat, Route};
use crate::render::collections::families;
use crate::render::plan::{Output, Subject};
use crate::render::{PageRenderer, exports::feeds};

pub(super) const EXPORT: &Export = &Export {
    file: "rss.xml",
    switch: None,
    more: &[],
    plan: |planner| {
        for of in roundup_feeds(families(&planner.inputs)) {
            planner.add(Route::Feed(of, FeedFormat::Rss), Subject::Site);
        }
    },
    write: Write::Text(write),
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const OPENING: &str = concat!(
    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" ",
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" ",
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ",
    "xmlns:f=\"https://github.com/offprint/offprint#feed\" xmlns:h=\"http://www.w3.org/1999/xhtml\">\n<channel>\n",
);

fn write(press: &PageRenderer<'_>, output: &Output) -> String {
    let feed = feeds::feed_view(press, feed_of(output));
    let mut out = DECLARATION.to_owned();
    if !feed.style.is_empty() {
        out.push_str("<?xml-stylesheet type=\"text/css\" href=\"");
        attribute(&feed.style, &mut out);
        out.push_str("\"?>\n");
    }
    out.push_str(OPENING);
    let about = if feed.subtitle.is_empty() { &feed.title } else { &feed.subtitle };
    element("title", &feed.title, &mut out);
    element("link", &feed.page, &mut out);
    element("description", about, &mut out);
    element("language", &feed.lang, &mut out);
    element("lastBuildDate", &mail_date(&feed.updated), &mut out);
    out.push_str("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    attribute(&press.edition.absolute(&output.route), &mut out);
    out.push_str("\"/>\n");
    if !feed.style.is_empty() {
        out.push_str("<f:about><h:meta name=\"viewport\" content=\"width=device-width\"/>");
        linked("h1", &feed.page, &feed.title, &mut out);
        element("h:p", &feed.about, &mut out);
        out.push_str("</f:about>\n");
    }
    for entry in &feed.entries {
        out.push_str("<item>\n");
        if !feed.style.is_empty() {
            out.push_str("<f:title>");
            linked("h2", &entry.url, &entry.title, &mut out);
            out.push_str("</f:title>\n");
        }
        element("title", &entry.title, &mut out);
        element("link", &entry.url, &mut out);
        out.push_str("<guid isPermaLink=\"false\">");
        attribute(&entry.id, &mut out);
        out.push_str("</guid>\n");
        element("pubDate", &mail_date(&entry.published), &mut out);
        entry.authors.iter().for_each(|name| element("dc:creator", name, &mut out));
        entry.tags.iter().for_each(|tag| element("category", tag, &mut out));
        element("content:encoded", &entry.content, &mut out);
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

/// A heading that browsers show and that leads to a page.
fn linked(name: &str, url: &str, text: &str, out: &mut String) {
    out.extend(["<h:", name, "><h:a href=\""]);
    attribute(url, out);
    out.push_str("\">");
    attribute(text, out);
    out.extend(["</h:a></h:", name, ">"]);
}

fn element(name: &str, text: &str, out: &mut String) {
    out.extend(["<", name, ">"]);
    attribute(text, out);
    out.extend(["</", name, ">\n"]);
}

/// A time as mails write it.
fn mail_date(time: &str) -> String {
    let time = time.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let printer = rfc2822::DateTimePrinter::new();
    // Years before the common era have no form there.
    printer.timestamp_to_rfc9110_string(&time).unwrap_or_default()
}
