//! Examples of what templates are given, taken from the sample site, so that none can be made up.

#![expect(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use std::collections::BTreeMap;
use std::sync::Arc;

use offprint::commands::theme_kit::{self, Look};
use offprint::diagnostic::SourceText;
use offprint::render::plan::Output;
use offprint::render::theme_check::{Contract, Kind};
use offprint::render::{SiteCache, UsedFields, views};
use tera::Value;
use tera::value::Key;

/// Longest example, in characters.
const LONGEST: usize = 44;

/// The first telling value of each field, by view and field.
pub(crate) fn examples() -> BTreeMap<(&'static str, &'static str), String> {
    let asked = Arc::new(SourceText { path: String::new(), text: String::new() });
    let mut found = BTreeMap::new();
    // Pages in a tree of their own know their translations.
    for split in [false, true] {
        let look = Look { languages: vec!["en", "ko"], split, ..Look::default() };
        let project = theme_kit::sample("nowhere".into(), "offprint", &asked, &look).0.unwrap();
        let shared = SiteCache::new(&project.inputs(), &UsedFields::all());
        let press = project.press(&shared);
        let contract = Contract::of(&project.theme);
        // Pages tell more than what is made for machines.
        let (pages, others): (Vec<&Output>, Vec<&Output>) =
            project.plan.outputs().iter().partition(|output| output.is_page());
        for output in pages.into_iter().chain(others) {
            let (Some(context), Some(template)) = (press.context(output), output.template()) else {
                continue;
            };
            for (name, kind) in contract.variables(template.name) {
                if let Some(value) = context.get(&name) {
                    look_into(&contract, &kind, value, &mut found);
                }
            }
        }
    }
    found
}

fn look_into(
    contract: &Contract,
    kind: &Kind,
    value: &Value,
    found: &mut BTreeMap<(&'static str, &'static str), String>,
) {
    match kind {
        Kind::List(inner) => {
            for value in value.as_array().into_iter().flatten() {
                look_into(contract, inner, value, found);
            }
        }
        Kind::View(name) => {
            let Some(map) = value.as_map() else { return };
            let view = views::all().find(|view| view.name == *name).unwrap();
            for field in view.fields {
                let Some(value) = map.get(&Key::Str(field.name)) else { continue };
                let kind = contract.field(kind, field.name).unwrap();
                if let Some(example) = example(&kind, value) {
                    let known =
                        found.entry((view.name, field.name)).or_insert_with(|| example.clone());
                    // Nought and false tell less than what another page has.
                    if matches!(known.as_str(), "`0`" | "`false`") {
                        *known = example;
                    }
                }
                look_into(contract, &kind, value, found);
            }
        }
        _ => {}
    }
}

/// A value that says something, as JSON, cut where it is long; views have sections of their own.
fn example(kind: &Kind, value: &Value) -> Option<String> {
    let of_views = |kind: &Kind| matches!(kind, Kind::View(_));
    let nested =
        matches!(kind, Kind::List(inner) if of_views(inner) || matches!(&**inner, Kind::List(_)));
    if of_views(kind)
        || nested
        || value.is_none()
        || !value.is_truthy() && !value.is_bool() && !value.is_number()
    {
        return None;
    }
    let json = serde_json::to_string(value).unwrap();
    let json = String::from_utf8(offprint::theme::said::spread(json.into_bytes(), None)).unwrap();
    let json = json.replace('`', "'").replace("\\n", " ");
    let cut: String = json.chars().take(LONGEST).collect();
    Some(if cut.len() < json.len() {
        format!("`{} …`", cut.trim_end())
    } else {
        format!("`{cut}`")
    })
}
