//! What a config.toml says, key by key, whether it is understood or not.

use toml::de::{DeTable, DeValue};

use super::fields::plain;

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Dotted.
    pub key: String,
    /// What it holds; a list of tables is one value.
    pub value: toml::Value,
    /// Where the value begins.
    pub at: usize,
}

/// The keys that a text sets, in the order written; none where it is no TOML.
pub fn written(text: &str) -> Vec<Written> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut all = Vec::new();
    if errors.is_empty() {
        take(table.get_ref(), "", &mut all);
    }
    all.sort_by_key(|one| one.at);
    all
}

fn take(table: &DeTable<'_>, above: &str, all: &mut Vec<Written>) {
    for (name, value) in table {
        let key = format!("{above}{}", name.get_ref());
        match value.get_ref() {
            DeValue::Table(table) if !table.is_empty() => take(table, &format!("{key}."), all),
            other => all.push(Written { key, value: plain(other), at: value.span().start }),
        }
    }
}
