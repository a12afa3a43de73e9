//! `data/` beside config.toml: tables and lists of the writer's own, for templates as `data.NAME`.

use serde_json::{Map, Value};

use super::layer::Layer;
use crate::diagnostic::{Code, Finding};
use crate::formats::csv_rows::{Cell, Rows};
use crate::model::limits;

/// The folder, with its slash.
pub(super) const FOLDER: &str = "data/";

/// Everything in the folder, by name.
pub(super) fn read(site: &Layer, findings: &mut Vec<Finding>) -> Map<String, Value> {
    let (mut all, mut left) = (Map::new(), limits::DATA);
    for (path, bytes) in &site.files {
        let Some(name) = path.strip_prefix(FOLDER) else { continue };
        let (name, kind) = name.rsplit_once('.').unwrap_or((name, ""));
        let wrong = match read_one(kind, bytes) {
            _ if name.contains('/') => {
                Err("lies in a folder below `data/`, which templates cannot name".to_owned())
            }
            _ if all.contains_key(name) => {
                Err(format!("is called `{name}` as another file of `data/` is"))
            }
            _ if bytes.len() > left => {
                Err(format!("is too much: `data/` holds {} MiB at most", limits::DATA >> 20))
            }
            Ok(value) => {
                left -= bytes.len();
                all.insert(name.to_owned(), value);
                continue;
            }
            Err(why) => Err::<(), _>(why),
        };
        let finding =
            wrong.err().map(|why| Finding::new(Code::Data, why).in_path(site.shown(path)));
        findings.extend(
            finding.map(|finding| finding.help("keep files as data/NAME.toml, .json or .csv")),
        );
    }
    all
}

fn read_one(kind: &str, bytes: &[u8]) -> Result<Value, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    match kind {
        "toml" => match text.parse::<toml::Table>() {
            Ok(table) => Ok(of_toml(toml::Value::Table(table))),
            Err(error) => Err(format!("is not TOML: {}", error.message())),
        },
        "json" => serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}")),
        "csv" => Ok(of_csv(text)),
        _ => Err(format!("`.{kind}` is no kind of data that is read")),
    }
}

/// A value of TOML; dates and times are texts.
fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Array(items) => items.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
        }
    }
}

/// Rows as tables by the names of the first row; all values are texts.
fn of_csv(text: &str) -> Value {
    let rows = Rows { text, at: 0, mark: b',' };
    let rows = rows.map(|row| row.cells.into_iter().map(Cell::whole).collect::<Vec<_>>());
    let mut rows = rows.filter(|cells| cells.iter().any(|cell| !cell.is_empty()));
    let names = rows.next().unwrap_or_default();
    rows.map(|cells| {
        let mut cells = cells.into_iter();
        let pairs = names
            .iter()
            .map(|name| (name.trim().to_owned(), cells.next().unwrap_or_default().into()));
        Value::Object(pairs.collect())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_parted_by_commas_outside_quotes() {
        let text = "name,said\r\nAda,\"light, \"\"warm\"\"\nand dim\"\n\nBo\n";
        let expected = serde_json::json!([
            {"name": "Ada", "said": "light, \"warm\"\nand dim"},
            {"name": "Bo", "said": ""},
        ]);
        assert_eq!(of_csv(text), expected);
        assert_eq!(of_csv(""), serde_json::json!([]));
    }

    #[test]
    fn dates_of_toml_are_texts() {
        let read = read_one("toml", b"day = 2025-03-12\n[a]\nb = [1, 2.5, true]\n").unwrap();
        assert_eq!(read, serde_json::json!({"day": "2025-03-12", "a": {"b": [1, 2.5, true]}}));
        assert!(read_one("toml", b"a =").is_err() && read_one("yaml", b"a: 1").is_err());
    }
}
