//! Reading a TOML table key by key, so that every mistake is reported at its place.
//!
//! Each call names a key that exists; [`Fields::finish`] then reports the keys nobody asked for, with the
//! nearest one that was. The same is used for front matter and for themes' manifests.

mod shape;
mod tables;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Finding};
use crate::model::{self, Lang, Translated};
use shape::Shape;

/// A TOML table being read. Mistakes go to the findings; values that are wrong leave the default alone.
pub struct Fields<'i, 'f> {
    table: DeTable<'i>,
    /// Dotted name of the table, ending in a dot; empty for the document.
    prefix: String,
    /// Where the table's name stands in the file; the table itself where it has none.
    place: Range<usize>,
    offset: usize,
    known: BTreeSet<String>,
    /// What each key may hold, where that is what is asked.
    shape: Option<Shape>,
    findings: &'f mut Vec<Finding>,
}

impl<'i, 'f> Fields<'i, 'f> {
    /// Parses a document; `None` where it is not TOML at all, with the reasons among the findings.
    pub fn parse(text: &'i str, findings: &'f mut Vec<Finding>) -> Option<Self> {
        Self::parse_at(text, 0, Code::Config, findings)
    }

    /// The same for a part of a file that starts at `offset`; mistakes of syntax are of the code given.
    pub fn parse_at(
        text: &'i str,
        offset: usize,
        code: Code,
        findings: &'f mut Vec<Finding>,
    ) -> Option<Self> {
        let (mut table, errors) = DeTable::parse_recoverable(text);
        fit(table.get_mut(), offset, findings);
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            findings.push(Finding::new(code, error.message().trim()).at(shift(&span, offset)));
        }
        errors.is_empty().then(move || Self {
            table: table.into_inner(),
            prefix: String::new(),
            place: offset..offset,
            offset,
            known: BTreeSet::new(),
            shape: None,
            findings,
        })
    }

    /// Where this table begins in the file.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Adds a finding of the caller's.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn take(&mut self, key: &str) -> Option<Spanned<DeValue<'i>>> {
        self.known.insert(key.to_owned());
        self.table.remove(key)
    }

    /// Whether a key is there.
    pub fn has(&mut self, key: &str) -> bool {
        self.known.insert(key.to_owned());
        self.table.contains_key(key)
    }

    /// Byte range, in the file, of a value of this table.
    fn span(&self, value: &Spanned<DeValue<'_>>) -> Range<usize> {
        shift(&value.span(), self.offset)
    }

    fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let is = match value.get_ref().as_integer() {
            Some(number) => number.to_string(),
            None => article(value.get_ref().type_str()),
        };
        let message = format!("`{}{key}` must be {wanted}, not {is}", self.prefix);
        let finding = Finding::new(Code::Config, message).at(self.span(value));
        self.findings.push(finding);
    }

    /// A text.
    pub fn string(&mut self, key: &str, to: &mut String) {
        self.note(key, shape::text);
        let Some(value) = self.take(key) else { return };
        match value.get_ref().as_str() {
            Some(text) => text.clone_into(to),
            None => self.wrong(key, &value, "a text"),
        }
    }

    /// `true`, `false`, or one word, which is more than `true`; returns whether it is that.
    pub fn flag_or(&mut self, key: &str, word: &str, to: &mut bool) -> bool {
        let value = self.table.get(key).and_then(|value| value.get_ref().as_str());
        let is_word = value == Some(word);
        if is_word {
            *to = self.take(key).is_some();
        } else {
            self.flag(key, to);
        }
        self.note(key, || shape::flag_or(word));
        is_word
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str, to: &mut bool) {
        self.note(key, shape::flag);
        let Some(value) = self.take(key) else { return };
        match value.get_ref().as_bool() {
            Some(flag) => *to = flag,
            None => self.wrong(key, &value, "true or false"),
        }
    }

    /// A whole number of at least 0.
    pub fn number(&mut self, key: &str, to: &mut usize) {
        self.note(key, || shape::number(0, None));
        let Some(value) = self.take(key) else { return };
        let number = value.get_ref().as_integer();
        match number.and_then(|n| usize::from_str_radix(n.as_str(), n.radix()).ok()) {
            Some(number) => *to = number,
            None => self.wrong(key, &value, "a whole number of 0 or more"),
        }
    }

    /// A whole number within bounds.
    pub fn number_in<T: TryFrom<u64>>(
        &mut self,
        key: &str,
        bounds: RangeInclusive<u64>,
        to: &mut T,
    ) {
        self.note(key, || shape::number(*bounds.start(), Some(*bounds.end())));
        let Some(value) = self.take(key) else { return };
        match within(value.get_ref(), &bounds).and_then(|number| T::try_from(number).ok()) {
            Some(number) => *to = number,
            None => self.wrong(
                key,
                &value,
                &format!("a whole number from {} to {}", bounds.start(), bounds.end()),
            ),
        }
    }

    /// A list of whole numbers within bounds.
    pub fn numbers(&mut self, key: &str, bounds: RangeInclusive<u64>, to: &mut Vec<u32>) {
        self.note(key, || shape::list(&shape::number(*bounds.start(), Some(*bounds.end()))));
        let Some(value) = self.take(key) else { return };
        let numbers = value.get_ref().as_array().and_then(|items| {
            items.iter().map(|item| u32::try_from(within(item.get_ref(), &bounds)?).ok()).collect()
        });
        if let Some(numbers) = numbers {
            *to = numbers;
        } else {
            let wanted =
                format!("a list of whole numbers from {} to {}", bounds.start(), bounds.end());
            self.wrong(key, &value, &wanted);
        }
    }

    /// A text that means something; `parse` says what is wrong with it. Returns where a good one stands.
    pub fn parsed<T>(
        &mut self,
        key: &str,
        parse: impl Fn(&str) -> Result<T, String>,
        to: &mut T,
    ) -> Option<Range<usize>> {
        self.note(key, shape::text);
        let value = self.take(key)?;
        match value.get_ref().as_str().map(parse) {
            Some(Ok(parsed)) => {
                *to = parsed;
                return Some(self.span(&value));
            }
            Some(Err(why)) => {
                let finding = Finding::new(Code::Config, format!("`{}{key}`: {why}", self.prefix))
                    .at(self.span(&value));
                self.findings.push(finding);
            }
            None => self.wrong(key, &value, "a text"),
        }
        None
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)], to: &mut T) {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        self.parsed(
            key,
            |text| {
                let found =
                    choices.iter().find(|(word, _)| *word == text).map(|(_, choice)| *choice);
                found.ok_or_else(|| format!("`{text}` is none of {}", words.join(", ")))
            },
            to,
        );
        self.note_words(key, words.iter().copied());
    }

    /// A list of texts; returns where the list stands, if it is there.
    pub fn list<T>(
        &mut self,
        key: &str,
        parse: impl Fn(&str) -> Result<T, String>,
        to: &mut Vec<T>,
    ) -> Option<Range<usize>> {
        self.note(key, || shape::list(&shape::text()));
        let value = self.take(key)?;
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, &value, "a list of texts");
            return Some(self.span(&value));
        };
        for item in items {
            match item.get_ref().as_str().map(&parse) {
                Some(Ok(parsed)) => to.push(parsed),
                Some(Err(why)) => {
                    let finding =
                        Finding::new(Code::Config, format!("`{}{key}`: {why}", self.prefix))
                            .at(self.span(item));
                    self.findings.push(finding);
                }
                None => self.wrong(key, item, "a list of texts"),
            }
        }
        Some(self.span(&value))
    }

    /// A list of texts as they are.
    pub fn strings(&mut self, key: &str, to: &mut Vec<String>) {
        self.list(key, |text| Ok(text.to_owned()), to);
    }

    /// `"text"` or `{ ko = "…", en = "…" }`.
    pub fn translated(&mut self, key: &str, to: &mut Translated) {
        self.note(key, shape::translated);
        let Some(value) = self.take(key) else { return };
        if let Some(text) = value.get_ref().as_str() {
            *to = Translated::plain(text);
        } else if let Some(table) = value.get_ref().as_table() {
            *to = self.translations(key, table);
        } else {
            self.wrong(key, &value, "a text or a table of texts by language");
        }
    }

    fn translations(&mut self, key: &str, table: &DeTable<'_>) -> Translated {
        let mut texts = Vec::new();
        for (name, value) in table {
            match (Lang::parse(name.get_ref()), value.get_ref().as_str()) {
                (Some(lang), Some(text)) => texts.push((Some(lang), text.to_owned())),
                (None, _) => {
                    let message = format!(
                        "`{}{key}`: `{}` is not a language tag such as `en`",
                        self.prefix,
                        name.get_ref()
                    );
                    self.findings.push(
                        Finding::new(Code::Config, message).at(shift(&name.span(), self.offset)),
                    );
                }
                (_, None) => self.wrong(key, value, "a text or a table of texts by language"),
            }
        }
        Translated { texts }
    }

    /// A table of known keys.
    pub fn table(&mut self, key: &str, read: impl FnOnce(&mut Fields<'i, '_>)) {
        if self.is_asked() {
            let shape = self.shape_of(read);
            return self.note(key, || shape);
        }
        let Some(value) = self.take(key) else { return };
        match value.get_ref() {
            DeValue::Table(table) => self.inside(key, table.clone(), self.span(&value), read),
            _ => self.wrong(key, &value, "a table"),
        }
    }

    fn inside(
        &mut self,
        key: &str,
        table: DeTable<'i>,
        place: Range<usize>,
        read: impl FnOnce(&mut Fields<'i, '_>),
    ) {
        let prefix = format!("{}{key}.", self.prefix);
        let (offset, known, shape) = (self.offset, BTreeSet::new(), None);
        let mut fields =
            Fields { table, prefix, place, offset, known, shape, findings: &mut *self.findings };
        read(&mut fields);
        fields.finish();
    }

    /// A table of texts by names of the writer's own, in the order written, each with its place.
    pub fn texts(&mut self, key: &str) -> Vec<(String, String, Range<usize>)> {
        self.note(key, || shape::named(&shape::text()));
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, &value, "a table of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (name, value) in table {
            match value.get_ref().as_str() {
                Some(text) => {
                    let place = shift(&(name.span().start..value.span().end), self.offset);
                    texts.push((name.get_ref().to_string(), text.to_owned(), place));
                }
                None => self.wrong(&format!("{key}.{}", name.get_ref()), value, "a text"),
            }
        }
        texts.sort_by_key(|(_, _, place)| place.start);
        texts
    }

    /// A table of anything.
    pub fn open_table(&mut self, key: &str, to: &mut toml::Table) {
        self.note(key, shape::anything_in_a_table);
        let Some(value) = self.take(key) else { return };
        match plain(value.get_ref()) {
            toml::Value::Table(table) => *to = table,
            _ => self.wrong(key, &value, "a table"),
        }
    }

    /// A value of any type, with its place.
    pub fn any(&mut self, key: &str) -> Option<(toml::Value, Range<usize>)> {
        self.note(key, shape::anything);
        let value = self.take(key)?;
        Some((plain(value.get_ref()), self.span(&value)))
    }

    /// Names of the keys not asked for yet, in order.
    pub fn rest(&self) -> Vec<String> {
        let mut names: Vec<_> = self.table.keys().map(|key| key.get_ref().to_string()).collect();
        names.sort();
        names
    }

    /// Reports every key that was not asked for.
    pub fn finish(self) {
        let mut unknown: Vec<_> = self.table.keys().collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let name = format!("{}{}", self.prefix, key.get_ref());
            let finding = Finding::new(Code::UnknownKey, format!("unknown key `{name}`"));
            let finding = finding.at(shift(&key.span(), self.offset));
            self.findings.push(
                match nearest(key.get_ref(), self.known.iter().map(String::as_str)) {
                    Some(near) => finding.help(format!("did you mean `{}{near}`?", self.prefix)),
                    None => finding.help(format!("known keys here: {}", join(&self.known))),
                },
            );
        }
    }
}

/// Takes out of every text what no page can hold: an escape of TOML can mean any character.
fn fit(table: &mut DeTable<'_>, offset: usize, findings: &mut Vec<Finding>) {
    let mut open: Vec<&mut Spanned<DeValue<'_>>> =
        table.iter_mut().map(|(_, value)| value).collect();
    while let Some(value) = open.pop() {
        let span = shift(&value.span(), offset);
        match value.get_mut() {
            DeValue::String(text) => {
                if let Cow::Owned(clean) = model::fit::clean(text) {
                    *text = Cow::Owned(clean);
                    let finding = Finding::new(
                        Code::ForbiddenCharacter,
                        "holds a character that no page can hold",
                    );
                    findings.push(finding.at(span).help("remove the escape that means it"));
                }
            }
            DeValue::Array(items) => open.extend(items.iter_mut()),
            DeValue::Table(table) => open.extend(table.iter_mut().map(|(_, value)| value)),
            _ => {}
        }
    }
}

fn within(value: &DeValue<'_>, bounds: &RangeInclusive<u64>) -> Option<u64> {
    let number = value.as_integer()?;
    u64::from_str_radix(number.as_str(), number.radix())
        .ok()
        .filter(|number| bounds.contains(number))
}

/// The known name nearest to what was written, if any is near.
pub fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (written.chars().count() / 3).max(1);
    let near = known
        .map(|name| (strsim::damerau_levenshtein(&written.to_lowercase(), name), name))
        .min()?;
    let part = written.len() > 3 && (near.1.starts_with(written) || written.starts_with(near.1));
    (near.0 <= allowed || part).then_some(near.1)
}

fn join(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn article(kind: &str) -> String {
    match kind {
        "integer" | "array" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

fn shift(span: &Range<usize>, offset: usize) -> Range<usize> {
    span.start + offset..span.end + offset
}

/// A value without its places.
pub(super) fn plain(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => toml::Value::Integer(
            i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(i64::MAX),
        ),
        DeValue::Float(number) => toml::Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Datetime(time) => toml::Value::Datetime(*time),
        DeValue::Array(items) => {
            toml::Value::Array(items.iter().map(|item| plain(item.get_ref())).collect())
        }
        DeValue::Table(table) => toml::Value::Table(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref())))
                .collect(),
        ),
    }
}
