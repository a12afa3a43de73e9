//! The schemas, against what the program reads, and `doctor`.

use crate::desk::Desk;
use offprint::config::Config;
use offprint::render::switches;
use offprint::schema;
use serde_json::Value;

/// Whether a value fits a schema of the kinds that the program writes.
fn fits(schema: &Value, value: &Value) -> bool {
    let kinds = schema.get("type").map(|kinds| match kinds {
        Value::Array(kinds) => kinds.clone(),
        one => vec![one.clone()],
    });
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        kind => panic!("no kind `{kind}`"),
    };
    let of_kind = kinds.is_none_or(|kinds| kinds.iter().any(is));
    let one_of = |key: &str, fits: &dyn Fn(&Value) -> bool| {
        schema.get(key).is_none_or(|all| all.as_array().unwrap().iter().any(fits))
    };
    let least = schema.get("minimum").is_none_or(|least| value.as_i64() >= least.as_i64());
    let most = schema.get("maximum").is_none_or(|most| value.as_i64() <= most.as_i64());
    let mut items = value.as_array().into_iter().flatten();
    let items_fit = items.all(|item| schema.get("items").is_none_or(|items| fits(items, item)));
    let keys_fit = value.as_object().into_iter().flatten().all(|(key, value)| {
        match (
            schema.get("properties").and_then(|known| known.get(key)),
            schema.get("additionalProperties"),
        ) {
            (Some(known), _) => fits(known, value),
            (None, Some(Value::Bool(allowed))) => *allowed,
            (None, Some(others)) => fits(others, value),
            (None, None) => true,
        }
    });
    of_kind
        && least
        && most
        && one_of("anyOf", &|schema| fits(schema, value))
        && one_of("enum", &|word| word == value)
        && items_fit
        && keys_fit
}

/// The blocks of TOML in a page.
fn blocks(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(crate::desk::tests().join("../docs").join(page)).unwrap();
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn what_the_reader_takes_fits_the_schema_and_the_rest_does_not() {
    let schema = schema::config(&[]);
    let value = |text: &str| serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
    for block in blocks("config.md").iter().filter(|block| !block.contains("theme_options = { a")) {
        assert!(fits(&schema, &value(block)), "{block}");
    }
    for wrong in [
        "titel = 'x'",
        "title = 1",
        "home = { digests = -1 }",
        "home = { paers = 1 }",
        "digests = { layout = 'sideways' }",
        "images = { quality = 101 }",
        "images = { widths = [15] }",
        "outputs = { api = 'half' }",
        "outputs = { bib = 'full' }",
        "warnings = { allow = ['no-such-code'] }",
        "sources = [{ path = 'x', format = 'nothing' }]",
        "tag.x = { aliases = 'y' }",
        "author.ada = { orchid = '' }",
    ] {
        assert!(!fits(&schema, &value(wrong)), "{wrong}");
        let (_, findings) = Config::parse(wrong, &switches());
        assert!(!findings.is_empty(), "{wrong}");
    }
}

/// Every key of a table of known keys is explained, and has a default where it has no place in a list.
#[test]
fn every_key_of_the_schema_is_explained() {
    fn look(schema: &Value, path: &str, dumb: &mut Vec<String>) {
        for (key, value) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let path = format!("{path}.{key}");
            if value.get("description").is_none() {
                dumb.push(path.clone());
            }
            look(value, &path, dumb);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(key) {
                look(inner, path, dumb);
            }
        }
    }
    let mut dumb = Vec::new();
    look(&schema::config(&[]), "config", &mut dumb);
    let words = schema::front_matter();
    look(&words, "front matter", &mut dumb);
    assert!(dumb.is_empty(), "{dumb:?}");
    assert_eq!(schema::config(&[])["properties"]["home"]["properties"]["papers"]["default"], 30);
    assert_eq!(words["properties"]["weight"]["type"], "integer");
    assert!(schema::papers(None).get("$id").is_none());
}

#[test]
fn a_new_site_has_its_schema_and_doctor_finds_nothing() {
    let desk = Desk::empty();
    let made: Value =
        serde_json::from_str(&desk.printed(&["init", "s", "--yes", "--format", "json"])).unwrap();
    let files = made["result"]["files"].as_array().unwrap();
    assert!(files.iter().any(|file| file["file"] == ".config.schema.json"), "{files:?}");
    let config = std::fs::read_to_string(desk.path("s/config.toml")).unwrap();
    assert!(config.starts_with("#:schema ./.config.schema.json\n"));
    let schema = std::fs::read_to_string(desk.path("s/.config.schema.json")).unwrap();
    assert_eq!(schema, desk.printed(&["schema", "config", "--root", "s"]));
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let config: toml::Table = config.parse().unwrap();
    assert!(fits(&schema, &serde_json::to_value(&config).unwrap()));
    assert_eq!(schema["properties"]["theme_options"]["properties"]["accent"]["type"], "string");
    let said = desk.printed(&["doctor", "--root", "s"]);
    assert!(said.contains("config.toml:") && !said.contains("warning"), "{said}");
}

#[test]
fn doctor_says_where_values_come_from_and_what_is_wrong() {
    let desk = Desk::of(&[
        ("config.toml", "domain = 'notes.example.org'\n\n[home]\ndigests = 3\n"),
        (".config.schema.json", "{}"),
    ]);
    std::fs::create_dir(desk.path(".public.offprint-new-1")).unwrap();
    let told: Value = serde_json::from_str(&desk.printed(&["doctor", "--format", "json"])).unwrap();
    let from = |key: &str| {
        let all = told["result"]["config"].as_array().unwrap();
        let found = all.iter().find(|one| one["key"] == key).unwrap();
        format!("{} {}", found["value"].as_str().unwrap(), found["from"].as_str().unwrap())
    };
    assert_eq!(from("home.digests"), "3 config.toml:4");
    assert_eq!(from("home.papers"), "30 default");
    assert_eq!(from("base_url"), "\"https://notes.example.org/\" made of `domain`");
    assert!(from("theme_options.accent").ends_with(" theme offprint"));
    let wrong: Vec<&str> = told["result"]["looks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|look| look["severity"] == "warning")
        .map(|look| look["name"].as_str().unwrap())
        .collect();
    assert!(
        wrong.contains(&"locks and unfinished files") && wrong.contains(&"schema for editors"),
        "{wrong:?}"
    );
    desk.write("config.toml", "titel = 1\n");
    let said = desk.run(&["doctor"]);
    assert_eq!(said.code, 1);
    assert!(said.text.contains("did you mean `title`?"), "{}", said.text);
    assert_eq!(Desk::empty().run(&["doctor"]).code, 0);
}

/// What each command tells other programs, last of all, in one line.
#[test]
fn every_command_ends_with_what_came_of_it() {
    let desk = Desk::empty();
    desk.printed(&["init", ".", "--yes"]);
    desk.write("list.bib", "@article{k, title={Lamps}, author={Wick, Ada}, year={2024}, eprint={2401.00001}, archiveprefix={arXiv}}");
    let told = |arguments: &[&str]| -> Value {
        let out = desk.printed(&[arguments, &["--format", "json"]].concat());
        let lines: Vec<Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let (last, findings) = lines.split_last().unwrap();
        assert!(findings.iter().all(|finding| finding.get("severity").is_some()), "{out}");
        assert_eq!((&last["command"], &last["exit"]), (&arguments[0].into(), &0.into()));
        last["result"].clone()
    };
    assert_eq!(told(&["new", "2025-03-12"])["file"], "content/2025-03-12.md");
    assert!(told(&["build"])["files"].as_u64().unwrap() > 10);
    assert_eq!(told(&["check"])["errors"], 0);
    assert_eq!(told(&["import", "bibtex", "list.bib", "--dry-run"])["read"][0]["papers"], 1);
    assert!(told(&["mail", "--out", "-"])["subject"].is_string());
    assert_eq!(told(&["theme", "list"])["themes"].as_array().unwrap().len(), 2);
    assert_eq!(told(&["theme", "eject", "footer.html"])["copied"].as_array().unwrap().len(), 1);
    assert!(told(&["doctor"])["looks"].is_array());
    assert!(told(&["schema", "papers"])["schema"]["$defs"].is_object());
    told(&["completions", "bash"]);
    told(&["man"]);
}
