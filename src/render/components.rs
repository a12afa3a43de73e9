//! Components that texts call: their arguments read as the theme declares them, and their templates put around their texts.

use std::ops::Range;

use tera::Value;

use super::PageRenderer;
use super::texts::Seen;
use super::view::{Html, Show};
use super::views::{AddressView, PictureView};
use super::{put, queries};
use crate::config::nearest;
use crate::diagnostic::{Code, Finding};
use crate::markup::{self, Address, Call, Resolver as _};
use crate::prose::{Argument, arguments};
use crate::theme::components::{ArgumentKind, Body, Component, ComponentArgument, FOLDER};

/// What a call gives a component: values by the names of its arguments, and what is wrong with it.
struct Given<'c> {
    values: Vec<(&'c ComponentArgument, String, Range<usize>)>,
    findings: Vec<Finding>,
}

impl Seen<'_, '_> {
    /// The HTML of a component around that of its text.
    pub(super) fn component_html(&self, call: &Call, body: &str) -> Option<String> {
        let (name, component) = self.press.component(&call.name)?;
        let given = given(call, name, component, 0..0);
        let mut values = Vec::new();
        for (argument, said, _) in &given.values {
            values.push((argument.name.clone(), self.value(argument, said).ok()?));
        }
        let is_complete = component.arguments.len() == values.len();
        let papers = if component.papers { self.papers(&given).ok()? } else { Vec::new() };
        if !is_complete {
            return None;
        }
        if component.papers && papers.is_empty() {
            return Some(String::new());
        }
        let mut context = self.press.base();
        put(&mut context, "page", self.press.page_of_papers());
        put(&mut context, "text_lang", self.lang.as_str());
        put(&mut context, "body", Html(body.trim().to_owned()));
        put(&mut context, "papers", self.press.paper_links(&papers));
        put(&mut context, "feed", !self.origin.is_empty());
        for (name, value) in values {
            context.insert_value(name, value);
        }
        let template = format!("{FOLDER}{name}.html");
        match self.press.theme.templates.render(&template, &context, "") {
            Ok(html) => {
                let html = String::from_utf8_lossy(&html);
                Some(markup::absolute(&html, self.origin))
            }
            Err(findings) => {
                let what = format!("the component {name})");
                self.press.found(findings.into_iter().map(|finding| {
                    let help = finding.help.clone().unwrap_or_default();
                    finding.help(help.replace("rendering /)", &format!("rendering {what}")))
                }));
                None
            }
        }
    }

    /// What is wrong with a call that stands at this place of its text.
    pub(super) fn call_findings(&self, call: &Call, span: Range<usize>) -> Vec<Finding> {
        let Some((name, component)) = self.press.component(&call.name) else {
            return vec![unknown(call, self.press).at(span)];
        };
        let mut given = given(call, name, component, span.clone());
        for (argument, said, place) in &given.values {
            if let Err(why) = self.value(argument, said) {
                let message = format!("`{}` of `::: {name}` {why}", argument.name);
                given.findings.push(Finding::new(Code::Argument, message).at(place.clone()));
            }
        }
        let is_whole = given.findings.is_empty();
        if component.papers && is_whole {
            let finding = match self.papers(&given) {
                Err(why) => Some(Finding::new(Code::Argument, format!("`::: {name}`: {why}"))),
                Ok(papers) if papers.is_empty() => {
                    let message = format!("no paper fits `::: {name}{}`", call.words.trim_end());
                    let help = "the same words find papers in the search";
                    Some(Finding::new(Code::Argument, message).help(help))
                }
                Ok(_) => None,
            };
            given.findings.extend(finding.map(|finding| finding.at(span.clone())));
        }
        if call.body.is_none() && component.body == Body::Needed {
            let finding = Finding::new(Code::Unclosed, format!("`::: {name}` never closes"));
            given
                .findings
                .push(finding.at(span).help("put `:::` on a line of its own where its text ends"));
        } else if component.body == Body::None
            && call.body.as_ref().is_some_and(|body| !body.html.trim().is_empty())
        {
            let message = format!("`::: {name}` takes no text, so this one is not shown");
            let help = "put `:::` right below it, or the text after it";
            given.findings.push(Finding::new(Code::Argument, message).at(span).help(help));
        }
        given.findings
    }

    /// The papers that the arguments of a call ask for.
    fn papers(&self, given: &Given<'_>) -> Result<Vec<u32>, String> {
        let asked = given.values.iter().filter(|(_, said, _)| !said.is_empty());
        let asked: Vec<(&str, &str)> =
            asked.map(|(argument, said, _)| (argument.name.as_str(), said.as_str())).collect();
        queries::papers_asked_for(self.press, &asked)
    }

    /// An argument as its template sees it, or what is wrong with what was said.
    fn value(&self, argument: &ComponentArgument, said: &str) -> Result<Value, String> {
        if markup::runs(said) {
            return Err("is an address that a browser would run".into());
        }
        if !argument.choices.is_empty() && !argument.choices.iter().any(|choice| choice == said) {
            return Err(format!("is none of {}, but `{said}`", argument.choices.join(", ")));
        }
        match argument.kind {
            ArgumentKind::Text => Ok(Value::from(said)),
            ArgumentKind::Date if said.is_empty() || queries::is_time(said) => {
                Ok(Value::from(said))
            }
            ArgumentKind::Date => Err(format!("is no date, month or year, but `{said}`")),
            ArgumentKind::Flag => match said {
                "" | "true" | "yes" => Ok(Value::from(true)),
                "false" | "no" => Ok(Value::from(false)),
                _ => Err(format!("is neither true nor false, but `{said}`")),
            },
            ArgumentKind::Number => {
                let number: Option<i64> = said.parse().ok().filter(|number| *number >= 0);
                let number = number.ok_or_else(|| format!("is no whole number, but `{said}`"))?;
                match argument.most.filter(|most| number > *most) {
                    Some(most) => Err(format!("is {most} at most, not {number}")),
                    None => Ok(Value::from(number)),
                }
            }
            ArgumentKind::Address | ArgumentKind::Picture if said.is_empty() => {
                let is_optional = argument.default.is_some();
                if is_optional { Ok(Value::none()) } else { Err("says nothing".into()) }
            }
            ArgumentKind::Address => self.address_of(said).map(Show::show),
            ArgumentKind::Picture => self.picture(said).map(Show::show),
        }
    }

    fn address_of(&self, said: &str) -> Result<AddressView, String> {
        match Address::of(said) {
            Address::Fragment(part) => Ok(own(format!("{}#{}", self.page, markup::valid(part)))),
            Address::Paper(id, address) => {
                let known = self.paper(&id).map(|linked| own(linked.href));
                Ok(known.unwrap_or_else(|| outside(&address)))
            }
            Address::Outside(address) => Ok(outside(&address)),
            Address::File(path, fragment) => {
                let path = markup::decoded(path);
                let found = self.medium(&path).or_else(|| self.file(&path));
                let found = found.ok_or_else(|| self.not_there(&path))?;
                Ok(own(format!("{found}{}", markup::valid(fragment))))
            }
            Address::Empty | Address::Unsafe(_) => {
                Err("is an address that no link may have".into())
            }
        }
    }

    fn picture(&self, said: &str) -> Result<PictureView, String> {
        let Address::File(path, _) = Address::of(said) else {
            return Err("is no file of the site: pages load nothing from elsewhere".into());
        };
        let path = markup::decoded(path);
        let image = self.image(&path, false).or_else(|| self.image(&path, true));
        let image = image.ok_or_else(|| self.not_there(&path))?;
        Ok(PictureView {
            url: image.src,
            srcset: image.srcset,
            sizes: image.sizes,
            width: image.width as usize,
            height: image.height as usize,
        })
    }

    fn not_there(&self, path: &str) -> String {
        match self.near(path) {
            Some(near) => format!("is not there: `{path}`; did you mean `{near}`?"),
            None => format!("is not there: `{path}`"),
        }
    }
}

fn outside(address: &str) -> AddressView {
    let url = markup::valid(address);
    let host = url.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
    AddressView { url, outside: true, host }
}

fn own(url: String) -> AddressView {
    AddressView { url, outside: false, host: String::new() }
}

impl<'a> PageRenderer<'a> {
    /// A component by the name that a text writes, in any case.
    fn component(&self, written: &str) -> Option<(&'a str, &'a Component)> {
        let components = &self.theme.components;
        let found = components.get_key_value(written);
        let found = found.or_else(|| components.get_key_value(&written.to_lowercase()));
        found.map(|(name, component)| (name.as_str(), component))
    }
}

/// What a call says for each argument of a component; the span is that of the call.
fn given<'c>(call: &Call, name: &str, component: &'c Component, span: Range<usize>) -> Given<'c> {
    let mut given = Given { values: Vec::new(), findings: Vec::new() };
    let mut bare: Vec<Argument<'_>> = Vec::new();
    for said in arguments(&call.words, |c: char| c.is_whitespace() || matches!(c, '{' | '}')) {
        let place = call.at + said.at.start..call.at + said.at.end;
        let named = |wanted: &str| component.arguments.iter().find(|known| known.name == wanted);
        let flag = named(said.value).filter(|known| known.kind == ArgumentKind::Flag);
        if said.name.is_empty() && !said.quoted && is_attribute(&said, &call.words) {
            continue;
        }
        match (said.name, flag) {
            ("", Some(flag)) if !said.quoted => given.values.push((flag, "true".into(), place)),
            ("", _) => bare.push(said),
            (key, _) => match named(key) {
                Some(known) => given.values.push((known, said.value.trim().to_owned(), place)),
                None => given.findings.push(unknown_argument(key, name, component).at(place)),
            },
        }
    }
    if let (Some(first), Some(last)) = (bare.first(), bare.last()) {
        let place = call.at + first.at.start..call.at + last.at.end;
        let words = bare.iter().map(|said| said.value).collect::<Vec<_>>().join(" ");
        let meant = component.bare.as_deref();
        match component.arguments.iter().find(|known| meant == Some(known.name.as_str())) {
            Some(known) => given.values.push((known, words.trim().to_owned(), place)),
            None => given.findings.push(unknown_argument(&words, name, component).at(place)),
        }
    }
    complete(&mut given, name, component, &span);
    given
}

/// Gives the arguments that a call does not name their defaults, and says which have none.
fn complete<'c>(given: &mut Given<'c>, name: &str, component: &'c Component, span: &Range<usize>) {
    let mut seen: Vec<&str> = Vec::new();
    let mut twice = Vec::new();
    given.values.retain(|(known, _, place)| {
        let is_new = !seen.contains(&known.name.as_str());
        if is_new {
            seen.push(&known.name);
        } else {
            let message = format!("`::: {name}` says `{}` twice", known.name);
            twice.push(Finding::new(Code::Argument, message).at(place.clone()));
        }
        is_new
    });
    given.findings.extend(twice);
    for known in &component.arguments {
        if seen.contains(&known.name.as_str()) {
            continue;
        }
        let Some(default) = &known.default else {
            let message = format!("`::: {name}` needs `{}`", known.name);
            let help = format!("write `::: {name} {}=\"…\"`", known.name);
            given.findings.push(Finding::new(Code::Argument, message).at(span.clone()).help(help));
            continue;
        };
        given.values.push((known, default.clone(), span.clone()));
    }
}

/// `.column` and `#fig-1` between braces say how other systems show it.
fn is_attribute(said: &Argument<'_>, words: &str) -> bool {
    words.contains('{') && said.value.starts_with(['.', '#']) && !said.value.starts_with("./")
}

fn unknown(call: &Call, press: &PageRenderer<'_>) -> Finding {
    let message = format!("`::: {}` opens neither a language, a box nor a component", call.name);
    let known = press.theme.components.keys().map(String::as_str);
    let finding = Finding::new(Code::UnknownBox, message);
    match nearest(&call.name, known.clone().chain(["note", "tip", "warning", "important"])) {
        Some(near) => finding.help(format!("did you mean `::: {near}`?")),
        None => finding.help(format!(
            "its text stays; components are {}; a file `templates/components/{}.html` makes one",
            known.collect::<Vec<_>>().join(", "),
            call.name,
        )),
    }
}

fn unknown_argument(said: &str, name: &str, component: &Component) -> Finding {
    let known = component.arguments.iter().map(|argument| argument.name.as_str());
    let finding = Finding::new(Code::Argument, format!("`::: {name}` has no argument `{said}`"));
    match nearest(said, known.clone()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => match known.collect::<Vec<_>>() {
            none if none.is_empty() => finding.help("it has none".to_owned()),
            known => finding.help(format!("its arguments are {}", known.join(", "))),
        },
    }
}
