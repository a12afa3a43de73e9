//! What an expression stands for, and what is wrong with the names in it.

use super::contract::{Kind, advice};
use super::syntax::{Arguments, Expression, Word};
use super::walk::{Place, Walk, loop_names};
use crate::diagnostic::Code;

impl<'a> Walk<'a> {
    /// What an expression stands for where it must be there.
    pub(super) fn value(&mut self, expression: &'a Expression, place: &mut Place<'a>) -> Kind {
        match expression {
            Expression::Name(word) => self.name(word, true, place),
            _ => self.maybe(expression, place),
        }
    }

    /// The same where a name that is not set counts as false.
    pub(super) fn maybe(&mut self, expression: &'a Expression, place: &mut Place<'a>) -> Kind {
        match expression {
            Expression::Text(_) => Kind::Text,
            Expression::Number => Kind::Number,
            Expression::Truth => Kind::Truth,
            Expression::Nothing => Kind::Nothing,
            Expression::Name(word) => self.name(word, false, place),
            Expression::Field(of, field, optional) => {
                let of = self.value(of, place);
                // A template that serves several themes asks carefully for what not all of them declare.
                if *optional
                    && of == Kind::Options
                    && self.contract.field(&of, &field.text).is_err()
                {
                    return Kind::Any;
                }
                self.field(&of, field, place)
            }
            Expression::Item(of, item) => self.item(of, item, place),
            Expression::Slice(of, parts) => {
                let of = self.value(of, place);
                self.all(parts, of, place)
            }
            Expression::Call(name, arguments) => self.call(name, arguments, place),
            Expression::Filter(of, name, arguments) => self.filter(of, name, arguments, place),
            Expression::Test(of, arguments) => {
                self.maybe(of, place);
                self.arguments(arguments, place);
                Kind::Truth
            }
            Expression::Either(one, other) => self.maybe(one, place).or(self.maybe(other, place)),
            Expression::Both(one, other) => {
                self.maybe(one, place);
                self.maybe(other, place)
            }
            Expression::Choice { condition, value, other } => {
                self.maybe(condition, place);
                self.maybe(value, place).or(self.maybe(other, place))
            }
            Expression::Spread(of) => {
                let of = self.value(of, place);
                self.use_whole(&of);
                Kind::Any
            }
            Expression::Compare(parts) => self.all(parts, Kind::Truth, place),
            Expression::Reckon(parts) => self.all(parts, Kind::Number, place),
            Expression::Join(parts) => self.all(parts, Kind::Text, place),
            Expression::Other(parts) => self.all(parts, Kind::Any, place),
            Expression::List(items) => {
                let kinds: Vec<Kind> =
                    items.iter().map(|item| self.item_kind(item, place)).collect();
                Kind::List(Box::new(kinds.into_iter().reduce(Kind::or).unwrap_or(Kind::Nothing)))
            }
            Expression::Gather { names, over, value, condition } => {
                self.gathered((names, over), value, condition.as_deref(), place)
            }
        }
    }

    /// What an item of a list is; of one that is spread, what its items are.
    fn item_kind(&mut self, item: &'a Expression, place: &mut Place<'a>) -> Kind {
        let Expression::Spread(of) = item else { return self.maybe(item, place) };
        match self.value(of, place) {
            Kind::List(item) => *item,
            _ => Kind::Any,
        }
    }

    /// The list that a loop in brackets makes.
    fn gathered(
        &mut self,
        (names, over): (&'a [String], &'a Expression),
        value: &'a Expression,
        condition: Option<&'a Expression>,
        place: &mut Place<'a>,
    ) -> Kind {
        let over = self.value(over, place);
        self.use_table(&over, names.len());
        let mut kind = Kind::Any;
        self.within(loop_names(names, &over), place, |walk, place| {
            if let Some(condition) = condition {
                walk.maybe(condition, place);
            }
            kind = walk.maybe(value, place);
        });
        Kind::List(Box::new(kind))
    }

    /// Looks at the parts of something that is of a kind whatever they are.
    fn all(&mut self, parts: &'a [Expression], kind: Kind, place: &mut Place<'a>) -> Kind {
        for part in parts {
            self.maybe(part, place);
        }
        kind
    }

    fn arguments(&mut self, arguments: &'a Arguments, place: &mut Place<'a>) {
        for (_, value) in arguments {
            self.maybe(value, place);
        }
    }

    fn name(&mut self, word: &Word, needed: bool, place: &Place<'a>) -> Kind {
        if let Some(kind) = place.get(&word.text) {
            return kind.clone();
        }
        // Everything that is in sight, for finding mistakes.
        if word.text == "__tera_context" {
            self.seen.used.add_everything();
            return Kind::Any;
        }
        if needed || !self.set_somewhere.contains(&word.text) {
            let what = format!("there is no variable `{}` here", word.text);
            self.report(
                Code::UnknownVariable,
                &word.span,
                (what, advice(&word.text, place.names())),
                place,
            );
        }
        Kind::Any
    }

    fn field(&mut self, of: &Kind, field: &Word, place: &Place<'a>) -> Kind {
        if *of == Kind::Options {
            self.seen.options.insert(field.text.clone());
        }
        match of {
            Kind::View(view) => self.seen.used.add(view, &field.text),
            Kind::Any => self.seen.used.add_of_any(&field.text),
            Kind::Parts(folder) => {
                (self.seen.parts.insert(format!("{folder}{}.html", field.text)));
            }
            _ => {}
        }
        if matches!(of, Kind::View("PaperLink") | Kind::Any) && field.text == "line" {
            self.line();
        }
        match self.contract.field(of, &field.text) {
            Ok(kind) => kind,
            Err(help) => {
                let what = match of {
                    Kind::Options => format!("the theme declares no option `{}`", field.text),
                    Kind::Outputs => format!("there is no output `{}`", field.text),
                    of => format!("{} has no field `{}`", of.words(), field.text),
                };
                self.report(Code::UnknownVariable, &field.span, (what, help), place);
                Kind::Any
            }
        }
    }

    /// Takes down that all of a value is looked at.
    pub(super) fn use_whole(&mut self, of: &Kind) {
        match of {
            Kind::Any => self.seen.used.add_everything(),
            _ => self.use_whole_view(of),
        }
    }

    /// The same where a value of unknown type is taken for plain text.
    pub(super) fn use_whole_view(&mut self, of: &Kind) {
        match of {
            Kind::View(view) => self.seen.used.add_whole(view),
            Kind::List(inner) => self.use_whole_view(inner),
            Kind::Parts(folder) => self.seen.parts.extend(self.theme.templates.within(folder)),
            _ => {}
        }
    }

    /// Takes down that a value is walked through with so many names: with a key and a value, it may be a table.
    pub(super) fn use_table(&mut self, of: &Kind, names: usize) {
        match of {
            Kind::Any if names > 1 => self.seen.used.add_everything(),
            Kind::View(_) | Kind::Parts(_) => self.use_whole_view(of),
            _ => {}
        }
    }

    fn item(&mut self, of: &'a Expression, item: &'a Expression, place: &mut Place<'a>) -> Kind {
        let of = self.value(of, place);
        if let (Expression::Text(name), false) = (item, matches!(of, Kind::Text | Kind::List(_))) {
            return self.field(&of, name, place);
        }
        if self.maybe(item, place) != Kind::Number {
            self.use_table(&of, 2);
        }
        self.seen.all_options |= of == Kind::Options;
        of.element()
    }

    fn call(&mut self, name: &Word, arguments: &'a Arguments, place: &mut Place<'a>) -> Kind {
        self.arguments(arguments, place);
        match name.text.as_str() {
            "super" => {
                self.below(place);
                Kind::Text
            }
            "t" => {
                if let Some(key) = text_argument(arguments, "key") {
                    self.string(key, place);
                }
                Kind::Text
            }
            "asset" => {
                if let Some(path) = text_argument(arguments, "path") {
                    self.file(path, "", "", place);
                }
                Kind::Text
            }
            "icon" => {
                if let Some(name) = text_argument(arguments, "name") {
                    self.file(name, "icons/", ".svg", place);
                }
                Kind::Text
            }
            "url" | "dir" | "lang" => Kind::Text,
            "range" => Kind::List(Box::new(Kind::Number)),
            _ => Kind::Any,
        }
    }

    /// An interface string that is asked for must be there in some language.
    fn string(&mut self, key: &Word, place: &Place<'a>) {
        let known = self.theme.strings.keys();
        if !known.contains(key.text.as_str()) {
            let what = format!("no language has the string `{}`", key.text);
            self.report(
                Code::UnknownString,
                &key.span,
                (what, advice(&key.text, known.iter().copied())),
                place,
            );
        }
    }

    /// A static file that is asked for must be there.
    fn file(&mut self, word: &Word, folder: &str, ending: &str, place: &Place<'a>) {
        let path = format!("{folder}{}{ending}", word.text);
        if !self.theme.assets.iter().any(|asset| asset.name == path) {
            let named = self
                .theme
                .assets
                .iter()
                .filter_map(|asset| asset.name.strip_prefix(folder)?.strip_suffix(ending));
            let what = format!("no layer of the theme has `static/{path}`");
            self.report(Code::Template, &word.span, (what, advice(&word.text, named)), place);
        }
    }

    fn filter(
        &mut self,
        of: &'a Expression,
        name: &Word,
        arguments: &'a Arguments,
        place: &mut Place<'a>,
    ) -> Kind {
        let of = match name.text.as_str() {
            "default" => self.maybe(of, place),
            _ => self.value(of, place),
        };
        let given: Vec<Kind> =
            arguments.iter().map(|(_, value)| self.maybe(value, place)).collect();
        self.seen.all_options |= of == Kind::Options;
        match (name.text.as_str(), arguments.iter().find(|(name, _)| name == "key")) {
            ("get", Some((_, Expression::Text(key)))) => drop(self.field(&of, key, place)),
            // These only pass on what they are given, or look at nothing in it.
            (
                "default" | "first" | "last" | "nth" | "reverse" | "sort" | "unique" | "length"
                | "group_by",
                _,
            ) => {}
            ("get" | "json" | "keys" | "values" | "pairs", _) => self.use_whole(&of),
            _ => self.use_whole_view(&of),
        }
        if let Some((_, Expression::Text(path))) =
            arguments.iter().find(|(name, _)| name == "attribute")
        {
            self.attribute(&of.element(), path, place);
        }
        match name.text.as_str() {
            "first" | "last" | "nth" => of.element(),
            "reverse" | "sort" | "unique" => of,
            "default" => given.into_iter().fold(of, Kind::or),
            "length" | "int" | "float" | "abs" | "round" | "wordcount" => Kind::Number,
            "split" => Kind::List(Box::new(Kind::Text)),
            "get" | "values" | "keys" | "pairs" | "group_by" => Kind::Any,
            _ => Kind::Text,
        }
    }

    /// `sort(attribute="date.iso")`
    fn attribute(&mut self, of: &Kind, path: &Word, place: &Place<'a>) {
        let mut kind = of.clone();
        let mut start = path.span.start;
        for part in path.text.split('.') {
            let word = Word { text: part.to_owned(), span: start..start + part.len() };
            kind = self.field(&kind, &word, place);
            start += part.len() + 1;
        }
    }
}

fn text_argument<'a>(arguments: &'a Arguments, wanted: &str) -> Option<&'a Word> {
    match arguments.iter().find(|(name, _)| name == wanted) {
        Some((_, Expression::Text(word))) => Some(word),
        _ => None,
    }
}
