//! `data/` beside config.toml: tables and lists of the writer's own, for templates as `data.NAME`.

use serde_json::{Map, Value};

use super::layer::Layer;
use crate::diagnostic::{Code, Finding};
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
    let mut rows = rows(text).into_iter();
    let names = rows.next().unwrap_or_default();
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let pairs = names
            .iter()
            .map(|name| (name.trim().to_owned(), cells.next().unwrap_or_default().into()));
        Value::Object(pairs.collect())
    };
    rows.map(row).collect()
}

/// The cells of each line that has any, as RFC 4180 has them.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => end_row(&mut rows, &mut row, &mut cell),
            other => cell.push(other),
        }
    }
    end_row(&mut rows, &mut row, &mut cell);
    rows
}

fn end_row(rows: &mut Vec<Vec<String>>, row: &mut Vec<String>, cell: &mut String) {
    row.push(std::mem::take(cell));
    let row = std::mem::take(row);
    if row.iter().any(|cell| !cell.is_empty()) {
        rows.push(row);
    }
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
