//! Front matter: TOML between `+++`, YAML between `---`, or JSON between braces, to what it says about a document.

mod about;
mod bare;
mod days;
pub(super) mod held;
mod links;
mod other;
mod quotes;
mod region;
mod value;
mod yaml;

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Code, Finding};
use crate::model::{InMenu, Lang, Meta, Tag, Translated, author, keep_first};

use super::heading::numbered;
use super::{fields, hidden};
use days::{MILLISECONDS, bad_date};
use value::{Form, Pair};

pub(super) use days::date_of;
pub(crate) use days::date_of_name;
pub(super) use links::named_links;
pub(crate) use other::Other;
pub(super) use region::Region;
pub use region::with_key;
pub(crate) use region::{body, inside, is_bare, json};
pub(super) use value::Value;

/// What the value of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A text.
    Text,
    /// A text, or one for each language.
    Translated,
    /// Yes or no.
    Flag,
    /// A text, or several.
    Texts,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// Yes, no, or a text for each language.
    Menu,
    /// A table of anything.
    Table,
}

/// The keys there are, and what each holds.
const KEYS: &[(&str, Holds)] = &[
    ("date", Holds::Day),
    ("title", Holds::Translated),
    ("lang", Holds::Text),
    ("tags", Holds::Texts),
    ("draft", Holds::Flag),
    ("publish", Holds::Flag),
    ("private", Holds::Flag),
    ("updated", Holds::Day),
    ("aliases", Holds::Texts),
    ("post", Holds::Flag),
];

/// The same with those that speak of the page alone.
pub fn all_keys() -> impl Iterator<Item = (&'static str, Holds)> {
    KEYS.iter().chain(about::KEYS).copied()
}

fn keys() -> impl Iterator<Item = &'static str> {
    all_keys().map(|(key, _)| key)
}

/// What front matter says about the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Day {
    /// Nothing.
    #[default]
    Unsaid,
    /// `date = false`: a digest without a date, as an undated note becomes one.
    None,
    /// A date.
    On(Date),
}

/// Front matter, read.
#[derive(Debug, Default)]
pub(crate) struct Front {
    /// The day.
    pub(crate) day: Day,
    /// Whether it is a post, where that is said.
    pub(crate) post: Option<bool>,
    /// All else.
    pub(crate) meta: Meta,
    /// Keys that no digest has, in order.
    pub(crate) others: Vec<Other>,
    /// Whether there are keys that are known to be another program's.
    pub(crate) is_foreign: bool,
    /// What is wrong in it.
    pub(crate) findings: Vec<Finding>,
    /// Where the text after it starts.
    pub(crate) body: usize,
}

/// Reads the front matter at the start of a text, if there is any.
pub(crate) fn read(text: &str, names: &fields::Names) -> Front {
    let region = match Region::of(text) {
        Ok(region) => region,
        Err(body) => return Front { body, ..Front::default() },
    };
    let mut front = Front { body: region.body, ..Front::default() };
    let (pairs, findings) = value::parse(text, region.inside.clone(), region.form);
    front.findings = findings;
    if let Some(all) = region.unclosed {
        let finding = Finding::new(Code::FrontMatter, "this front matter never closes").at(all);
        let written = match region.form {
            Form::Toml => "+++",
            Form::Yaml => "---",
            _ => "}",
        };
        front.findings.insert(
            0,
            finding.help(format!("put `{written}` on a line of its own after its last key")),
        );
    }
    let is_broken = !front.findings.is_empty();
    for pair in pairs {
        held::look(&pair.key, &pair.value, &mut front.meta);
        front.take(pair, names);
    }
    // A link that is called by the title leads to what the text is about.
    let title = &front.meta.title;
    front
        .others
        .iter_mut()
        .filter(|other| title.says(&other.key))
        .for_each(|other| "link".clone_into(&mut other.key));
    if is_broken {
        held::look_anywhere(&text[region.inside], &mut front.meta);
    }
    front
}

/// What the front matter of a text holds, or a whole text of YAML that has none, and where the text below starts.
pub(super) fn data(text: &str) -> (Vec<(String, Value)>, usize) {
    match Region::of(text) {
        Ok(region) if region.unclosed.is_none() => {
            let (pairs, _) = value::parse(text, region.inside, region.form);
            (pairs.into_iter().map(|pair| (pair.key, pair.value)).collect(), region.body)
        }
        _ => match yaml::read(text, true) {
            Ok(Value::Table(pairs)) => (pairs, text.len()),
            whole => (whole.into_iter().map(|value| (String::new(), value)).collect(), text.len()),
        },
    }
}

/// Whether front matter has keys within others that name titles, as lists of papers do.
pub(super) fn may_hold_records(text: &str) -> bool {
    let Ok(region) = Region::of(text) else { return false };
    let names_title = |line: &str| {
        let inner = line.trim_start_matches([' ', '\t', '-', '{', '[', '"']);
        let is_inner = inner.len() < line.len() || region.form == Form::Toml;
        let key = inner.split_once([':', '=']).map_or("", |(key, _)| key.trim().trim_matches('"'));
        let named = || fields::named(key, &[]).map(|field| field.name);
        is_inner && !key.is_empty() && matches!(named(), Some("title" | "paper"))
    };
    region.unclosed.is_none() && text[region.inside].lines().any(names_title)
}

/// The categories that front matter names, each as written: the words of one text, where it is called so, are several.
pub(super) fn categories(text: &str) -> Vec<String> {
    let Ok(region) = Region::of(text) else { return Vec::new() };
    let (pairs, _) = value::parse(text, region.inside.clone(), region.form);
    let named = pairs.iter().filter(|pair| matches!(pair.key.as_str(), "categories" | "category"));
    named
        .flat_map(|pair| match pair.value.text() {
            Some(text) if pair.key == "categories" && !text.contains(',') => {
                text.split_whitespace().map(str::to_owned).collect()
            }
            _ => pair.value.texts().unwrap_or_default(),
        })
        .filter(|text| !text.is_empty())
        .collect()
}

impl Front {
    /// Whether it says what the text is about.
    pub(crate) fn says_something(&self) -> bool {
        !self.others.is_empty() || !self.meta.title.is_empty()
    }

    /// The day that a key of a publication says: in a text about more than one paper that of the text.
    pub(crate) fn published(&self, names: &fields::Names) -> Option<Date> {
        let said = self.others.iter().filter(|other| other.dates_paper(names));
        said.flat_map(|other| &other.texts).find_map(|text| date_of(text))
    }

    fn take(&mut self, pair: Pair, names: &fields::Names) {
        let Pair { key, key_span, value, span } = pair;
        let wanted = match key.as_str() {
            "date" => return self.date(&value, span),
            "updated" => return self.updated(&value, span),
            "title" => value
                .translated()
                .map(|title| self.title(title, span.clone()))
                .ok_or("a text, or `{ ko = \"…\", en = \"…\" }`"),
            "lang" => value
                .text()
                .and_then(Lang::parse)
                .map(|lang| self.meta.lang = Some(lang))
                .ok_or("a language such as `ko`"),
            "draft" | "publish" | "private" => {
                held::flag(&value).map(drop).ok_or("`true` or `false`")
            }
            "tags" => return self.tags(&value, true, span),
            "aliases" => value
                .texts()
                .map(|aliases| self.meta.aliases.extend(aliases))
                .ok_or("a list of addresses"),
            "post" => {
                held::flag(&value).map(|post| self.post = Some(post)).ok_or("`true` or `false`")
            }
            // The papers of notes have such things as well.
            "authors" | "series" | "extra" => {
                return self.of_both(Pair { key, key_span, value, span }, names);
            }
            known if about::KEYS.iter().any(|(key, _)| *key == known) => {
                if let Err(wanted) = about::take(&mut self.meta.about, known, &value) {
                    self.findings.push(left_out(known, wanted, span));
                }
                return;
            }
            // What holds a text back is said in any spelling; a date of publishing is another matter.
            _ if held::is_key(&key) && held::flag(&value).is_some() => Ok(()),
            _ => return self.foreign(Pair { key, key_span, value, span }, names),
        };
        if let Err(wanted) = wanted {
            self.findings.push(wrong(&key, wanted, span));
        }
    }

    /// Takes a title, without the number of arXiv before it, which is a link of the paper.
    fn title(&mut self, title: Translated, span: Range<usize>) {
        self.meta.title = shown(title);
        for (_, title) in &mut self.meta.title.texts {
            let Some((id, rest)) = numbered(title).map(|(id, rest)| (id, rest.to_owned())) else {
                continue;
            };
            *title = rest;
            self.others.push(Other::of_line("link", &id.url(), span.clone()));
        }
    }

    /// A key of another program: what says the same as one of a digest, or something of a paper.
    fn foreign(&mut self, Pair { key, key_span, value, span }: Pair, names: &fields::Names) {
        let field = fields::named(&key, names);
        self.is_foreign |= field.is_some();
        if let Some(links) = named_links(&key, &value, names) {
            let links = links.into_iter().map(|(name, url)| Other {
                key_span: key_span.clone(),
                ..Other::of_line(name, url, span.clone())
            });
            return self.others.extend(links);
        }
        match (field.map(|field| field.name), value) {
            (Some("tags"), value) if value.texts().is_some() => {
                let by_blanks =
                    ["tag", "categories", "category"].contains(&key.to_lowercase().as_str());
                self.tags(&value, by_blanks, span);
            }
            (Some("updated"), Value::Text(text))
                if date_of(&text).is_some() && self.meta.updated.is_none() =>
            {
                let is_time = text.parse::<jiff::Timestamp>().is_ok()
                    || text.parse::<jiff::civil::DateTime>().is_ok();
                self.meta.updated =
                    if is_time { Some(text) } else { date_of(&text).map(|date| date.to_string()) };
            }
            (Some("authors"), value)
                if about::take(&mut self.meta.about, "authors", &value).is_ok() =>
            {
                self.other(Pair { key, key_span, value, span });
                if let Some(other) = self.others.last_mut() {
                    other.is_of_document = true;
                }
            }
            (
                Some(name @ ("description" | "image")),
                value @ (Value::Text(_) | Value::Table(_)),
            ) => {
                let _ = about::take(&mut self.meta.about, name, &value);
            }
            // A table of another program's own: what is in it may be of the paper.
            (name @ (None | Some("paper" | "link" | "citations")), Value::Table(pairs))
                // How the text is to be cited is that of its paper where it has the id of one, and no address of its own.
                if name != Some("citations") || value::is_of_paper(&pairs) =>
            {
                self.nested(pairs, (key_span, span), names);
            }
            // One reference, as programs for citations keep it, is the paper.
            (None | Some("paper"), Value::List(mut items))
                if value::is_one_paper(&items, names) =>
            {
                if let Some(Value::Table(pairs)) = items.pop() {
                    self.nested(pairs, (key_span, span), names);
                }
            }
            (name, value) => {
                if let Some(value) = self.of_page((name, &key), value) {
                    self.other(Pair { key, key_span, value, span });
                }
            }
        }
    }

    /// Takes what says the language of a text, its addresses, or its place in the menu; the value, where it says something else.
    fn of_page(&mut self, (name, key): (Option<&str>, &str), value: Value) -> Option<Value> {
        match (name, value) {
            (Some("lang"), Value::Text(text))
                if self.meta.lang.is_none() && Lang::parse(&text).is_some() =>
            {
                self.meta.lang = Lang::parse(&text);
            }
            (Some("aliases"), value) if value.texts().is_some() => {
                self.meta.aliases.extend(value.texts().unwrap_or_default());
            }
            (Some("permalink"), Value::Text(path)) if !path.contains(':') => {
                self.meta.aliases.push(path);
            }
            // Elsewhere it is the address of the page, here that of the paper.
            (Some("link"), Value::Text(path)) if path.starts_with('/') => {
                self.meta.aliases.push(path);
            }
            // `nav: true`
            (Some("menu"), Value::Bool(shown)) if key == "nav" => {
                self.meta.about.menu = InMenu::Shown(shown);
            }
            (_, value) => return Some(value),
        }
        None
    }

    fn nested(
        &mut self,
        pairs: Vec<(String, Value)>,
        (key_span, span): (Range<usize>, Range<usize>),
        names: &fields::Names,
    ) {
        for (key, value) in pairs {
            let pair = Pair { key, key_span: key_span.clone(), value, span: span.clone() };
            let is_own = keys().any(|own| own == pair.key) && pair.key != "tags";
            if is_own { self.other(pair) } else { self.take(pair, names) }
        }
    }

    /// A key that documents have, and papers of notes as well: whoever makes one of them takes it from where it is looked for.
    fn of_both(&mut self, Pair { key, key_span, value, span }: Pair, names: &fields::Names) {
        if let Err(wanted) = about::take(&mut self.meta.about, &key, &value) {
            self.findings.push(left_out(&key, wanted, span.clone()));
        }
        let from = self.others.len();
        match value {
            Value::Table(pairs) if key == "extra" => self.nested(pairs, (key_span, span), names),
            value => self.other(Pair { key, key_span, value, span }),
        }
        self.others[from..].iter_mut().for_each(|other| other.is_of_document = true);
    }

    fn other(&mut self, Pair { key, key_span, value, span }: Pair) {
        let are_items = matches!(value, Value::List(_));
        let texts = value.texts().unwrap_or_default();
        let texts = texts.iter().map(|text| hidden::without(text).into_owned()).collect();
        self.others.push(Other { key, key_span, texts, are_items, span, is_of_document: false });
    }

    fn date(&mut self, value: &Value, span: Range<usize>) {
        // `date: { created: …, updated: … }`
        let of_table = |value: &'_ Value| match value {
            Value::Table(pairs) => pairs.iter().find_map(|(_, day)| day.text().map(str::to_owned)),
            value => value.text().map(str::to_owned),
        };
        let text = of_table(value).unwrap_or_default();
        let text = text.as_str();
        if matches!(value, Value::Null) {
            // A form that nobody filled in.
        } else if let Some(date) = date_of(text) {
            self.day = Day::On(date);
        } else if value.bool() == Some(false) {
            self.day = Day::None;
        } else {
            self.findings.push(bad_date(text, span));
        }
    }

    fn updated(&mut self, value: &Value, span: Range<usize>) {
        let text = value.text().unwrap_or_default();
        let understood = text.parse::<jiff::Timestamp>().is_ok()
            || text.parse::<jiff::civil::DateTime>().is_ok();
        if understood {
            self.meta.updated = Some(text.to_owned());
        } else if let Some(date) = date_of(text).filter(|_| text.len() == MILLISECONDS) {
            self.meta.updated = Some(date.to_string());
        } else {
            self.findings.push(bad_date(text, span));
        }
    }

    /// `by_blanks`: whether the words of one text without commas are tags, as Jekyll and Obsidian have it.
    fn tags(&mut self, value: &Value, by_blanks: bool, span: Range<usize>) {
        let Some(written) = value.texts() else {
            return self.findings.push(wrong("tags", "a list of tags", span));
        };
        let by_blanks = by_blanks
            && value.text().is_some_and(|text| !text.contains([',', ';', '、', '，', '；']));
        // `tags: llm, rl` in one text is how other programs write them.
        let written = written.iter().map(|text| hidden::without(text));
        let parts = written.flat_map(|text| {
            fields::parts(&text, by_blanks).into_iter().map(str::to_owned).collect::<Vec<_>>()
        });
        let parts: Vec<String> = parts.collect();
        for text in parts.iter().filter(|text| !text.is_empty() && !author::is_nothing(text)) {
            match Tag::of_words(text) {
                Some(tag) => self.meta.tags.push(tag),
                None => self.findings.push(wrong(
                    "tags",
                    &format!("tags, which `{text}` is not"),
                    span.clone(),
                )),
            }
        }
        keep_first(&mut self.meta.tags, Tag::clone);
    }
}

/// A title without comments.
fn shown(title: Translated) -> Translated {
    let texts = title
        .texts
        .into_iter()
        .map(|(lang, text)| (lang, hidden::without(&text).trim().to_owned()));
    Translated { texts: texts.collect() }
}

/// Says that a key is left out: other programs have keys of these names, with values of their own kinds.
fn left_out(key: &str, wanted: &str, span: Range<usize>) -> Finding {
    Finding::new(Code::OwnKey, format!("`{key}` is left out: here it has to be {wanted}")).at(span)
}

fn wrong(key: &str, wanted: &str, span: Range<usize>) -> Finding {
    Finding::new(Code::FrontMatter, format!("`{key}` has to be {wanted}")).at(span)
}
