//! Tables of tables, by name and in lists.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fields, plain, shape, shift};

impl<'i> Fields<'i, '_> {
    /// `[key.NAME]` tables, each of known keys.
    pub fn named_tables(&mut self, key: &str, mut read: impl FnMut(&str, &mut Fields<'i, '_>)) {
        if self.is_asked() {
            let table = self.shape_of(|fields| read(shape::NAME, fields));
            return self.note(key, || shape::named(&table));
        }
        let Some(value) = self.take(key) else { return };
        let DeValue::Table(tables) = value.get_ref() else {
            return self.wrong(key, &value, "a table of tables");
        };
        for (name, value) in self.tables_of(key, tables, read) {
            self.wrong(&format!("{key}.{name}"), value, "a table");
        }
    }

    /// The same, where names may have other values than tables: those are returned, each with its place.
    pub fn named_tables_and_values(
        &mut self,
        key: &str,
        mut read: impl FnMut(&str, &mut Fields<'i, '_>),
    ) -> Vec<(String, toml::Value, Range<usize>)> {
        if self.is_asked() {
            let table = self.shape_of(|fields| read(shape::NAME, fields));
            self.note(key, || shape::named(&shape::either(&table, &shape::text())));
        }
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Table(items) = value.get_ref() else {
            self.wrong(key, &value, "a table");
            return Vec::new();
        };
        let values = self.tables_of(key, items, read).into_iter();
        values
            .map(|(name, value)| (name.to_owned(), plain(value.get_ref()), self.span(value)))
            .collect()
    }

    /// Reads the tables in a table; returns what is none.
    fn tables_of<'t>(
        &mut self,
        key: &str,
        items: &'t DeTable<'i>,
        mut read: impl FnMut(&str, &mut Fields<'i, '_>),
    ) -> Vec<(&'t str, &'t Spanned<DeValue<'i>>)> {
        let mut others = Vec::new();
        for (name, value) in items {
            let path = format!("{key}.{}", name.get_ref());
            match value.get_ref() {
                DeValue::Table(table) => {
                    let place = shift(&name.span(), self.offset);
                    self.inside(&path, table.clone(), place, |fields| read(name.get_ref(), fields));
                }
                _ => others.push((name.get_ref().as_ref(), value)),
            }
        }
        others
    }

    /// What of the table itself are tables by names of the writer's own, in the order of these; known keys are asked for before.
    pub fn other_tables(&mut self, mut read: impl FnMut(&str, &mut Fields<'i, '_>)) {
        if self.is_asked() {
            let table = self.shape_of(|fields| read(shape::NAME, fields));
            return self.note(shape::OTHERS, || table);
        }
        let tables = self.table.iter().filter(|(_, value)| value.get_ref().is_table());
        let mut names: Vec<_> = tables.map(|(key, _)| key.get_ref().to_string()).collect();
        names.sort();
        for name in names {
            self.table(&name, |table| read(&name, table));
        }
    }

    /// `[[key]]` tables, each of known keys.
    pub fn tables(&mut self, key: &str, mut read: impl FnMut(&mut Fields<'i, '_>)) {
        if self.is_asked() {
            let table = self.shape_of(read);
            return self.note(key, || shape::list(&table));
        }
        let Some(value) = self.take(key) else { return };
        let DeValue::Array(items) = value.get_ref() else {
            return self.wrong(key, &value, "a list of tables");
        };
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    self.inside(key, table.clone(), self.span(item), &mut read);
                }
                _ => self.wrong(key, item, "a list of tables"),
            }
        }
    }
}
