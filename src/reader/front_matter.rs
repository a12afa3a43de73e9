//! Front matter: TOML between `+++`, YAML between `---`, or JSON between braces, to what it says about a document.

mod held;
mod region;
mod value;

use std::ops::Range;

use jiff::civil::Date;

use crate::diagnostic::{Code, Finding};
use crate::digest::{Lang, Meta, Tag, Translated, keep_first};

use super::hidden;
use value::{Form, Pair, Value};

pub(super) use region::Region;
pub(crate) use region::{body, json};

/// The keys there are.
const KEYS: &[&str] = &["date", "title", "lang", "tags", "draft", "publish", "private", "updated", "aliases"];

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
    /// All else.
    pub(crate) meta: Meta,
    /// Keys that the program does not know, in order.
    pub(crate) others: Vec<Other>,
    /// What is wrong in it.
    pub(crate) findings: Vec<Finding>,
    /// Where the text after it starts.
    pub(crate) body: usize,
}

/// A key that the program does not know.
#[derive(Debug)]
pub(crate) struct Other {
    /// As written.
    pub(crate) key: String,
    key_span: Range<usize>,
    /// What it holds; nothing where that is no text and no list of texts.
    pub(crate) texts: Vec<String>,
    /// Where that stands.
    pub(crate) span: Range<usize>,
}

impl Other {
    /// The key that was probably meant.
    pub(crate) fn meant(&self) -> Option<&'static str> {
        let nearness = |known: &str| strsim::jaro_winkler(&self.key, known);
        let near = KEYS.iter().max_by(|a, b| nearness(a).total_cmp(&nearness(b)));
        near.copied().filter(|near| nearness(near) > 0.75)
    }

    /// Says that the key is unknown: a mistake where it looks like a slip, else one that another program needs.
    pub(crate) fn unknown(&self) -> Finding {
        let message = format!("unknown front-matter key `{}`", self.key);
        match self.meant() {
            Some(near) => Finding::new(Code::UnknownKey, message).help(format!("did you mean `{near}`?")),
            None => Finding::new(Code::OwnKey, message),
        }
        .at(self.key_span.clone())
    }
}

/// Reads the front matter at the start of a text, if there is any.
pub(crate) fn read(text: &str) -> Front {
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
            Form::Json => "}",
        };
        front.findings.insert(0, finding.help(format!("put `{written}` on a line of its own after its last key")));
    }
    let is_broken = !front.findings.is_empty();
    for pair in pairs {
        held::look(&pair.key, &pair.value, &mut front.meta);
        front.take(pair);
    }
    if is_broken {
        held::look_anywhere(&text[region.inside], &mut front.meta);
    }
    front
}

impl Front {
    fn take(&mut self, pair: Pair) {
        let Pair { key, key_span, value, span } = pair;
        let wanted = match key.as_str() {
            "date" => return self.date(&value, span),
            "updated" => return self.updated(&value, span),
            "title" => value
                .into_translated()
                .map(|title| self.meta.title = shown(title))
                .ok_or("a text, or `{ ko = \"…\", en = \"…\" }`"),
            "lang" => value
                .text()
                .and_then(Lang::parse)
                .map(|lang| self.meta.lang = Some(lang))
                .ok_or("a language such as `ko`"),
            "draft" | "publish" | "private" => held::flag(&value).map(drop).ok_or("`true` or `false`"),
            "tags" => return self.tags(&value, span),
            "aliases" => value.texts().map(|aliases| self.meta.aliases = aliases).ok_or("a list of addresses"),
            // What holds a text back is said in any spelling; a date of publishing is another matter.
            _ if held::is_key(&key) && held::flag(&value).is_some() => Ok(()),
            _ => {
                let texts = value.texts().unwrap_or_default();
                let texts = texts.iter().map(|text| hidden::without(text).into_owned()).collect();
                return self.others.push(Other { key, key_span, texts, span });
            }
        };
        if let Err(wanted) = wanted {
            self.findings.push(wrong(&key, wanted, span));
        }
    }

    fn date(&mut self, value: &Value, span: Range<usize>) {
        let text = value.text().unwrap_or_default();
        if let Some(date) = date_of(text) {
            self.day = Day::On(date);
        } else if value.bool() == Some(false) {
            self.day = Day::None;
        } else {
            self.findings.push(bad_date(text, span));
        }
    }

    fn updated(&mut self, value: &Value, span: Range<usize>) {
        let text = value.text().unwrap_or_default();
        let understood = text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok();
        if understood {
            self.meta.updated = Some(text.to_owned());
        } else {
            self.findings.push(bad_date(text, span));
        }
    }

    fn tags(&mut self, value: &Value, span: Range<usize>) {
        let Some(written) = value.texts() else {
            return self.findings.push(wrong("tags", "a list of tags", span));
        };
        // `tags: llm, rl` in one text is how other programs write them.
        let written = written.iter().map(|text| hidden::without(text));
        let parts: Vec<String> =
            written.flat_map(|text| text.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>()).collect();
        for text in parts.iter().filter(|text| !text.is_empty()) {
            match Tag::parse(&text.replace(' ', "-")) {
                Some(tag) => self.meta.tags.push(tag),
                None => self.findings.push(wrong("tags", &format!("tags, which `{text}` is not"), span.clone())),
            }
        }
        keep_first(&mut self.meta.tags, Tag::clone);
    }
}

/// A title without comments.
fn shown(title: Translated) -> Translated {
    let texts = title.texts.into_iter().map(|(lang, text)| (lang, hidden::without(&text).trim().to_owned()));
    Translated { texts: texts.collect() }
}

/// The date that a text is, or starts with before a time.
fn date_of(text: &str) -> Option<Date> {
    let day = text.get(..10).filter(|_| text.len() == 10 || text[10..].starts_with(['T', 't', ' ']))?;
    day.parse().ok()
}

fn bad_date(text: &str, span: Range<usize>) -> Finding {
    let message = format!("`{text}` is not a date of the calendar");
    Finding::new(Code::BadDate, message).at(span).help("write year, month and day, such as 2025-03-12")
}

fn wrong(key: &str, wanted: &str, span: Range<usize>) -> Finding {
    Finding::new(Code::FrontMatter, format!("`{key}` has to be {wanted}")).at(span)
}

/// The date and the rest of a file name: `2025-03-12 Title`, `250312 Title`; `Err` where it has the form of a
/// date that does not exist.
pub(crate) fn date_of_name(stem: &str) -> Result<Option<(Date, &str)>, &str> {
    let shape = |pattern: &str| {
        stem.len() >= pattern.len()
            && stem.bytes().zip(pattern.bytes()).all(|(b, p)| if p == b'0' { b.is_ascii_digit() } else { b == p })
            && !stem.as_bytes().get(pattern.len()).is_some_and(u8::is_ascii_digit)
    };
    let rest = |at: usize| stem[at..].trim_start_matches([' ', '-', '_', '.']);
    if shape("0000-00-00") {
        return stem[..10].parse().map(|date| Some((date, rest(10)))).map_err(|_| &stem[..10]);
    }
    if shape("000000") {
        let date = format!("20{}-{}-{}", &stem[..2], &stem[2..4], &stem[4..6]).parse();
        return Ok(date.ok().map(|date| (date, rest(6))));
    }
    Ok(None)
}
