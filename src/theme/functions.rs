//! What templates can call: interface strings, addresses of static files, inlined icons.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::assets::Asset;
use super::said;
use super::strings::Strings;
use crate::config::Config;
use crate::model::Lang;
use crate::model::lang::script_of;
use crate::model::route::{BaseUrl, encode_path, is_path_of_trees};

/// Name, arguments and meaning of every function, for the documentation.
pub const DOCS: &[(&str, &str, &str)] = &[
    (
        "t",
        "key, n, lang, ordinal",
        "The interface string `key` in the language of the page, or in `lang`; `n` chooses the plural form and fills `{n}`, with `ordinal=true` the form of an ordinal: `{n}st`, `{n}nd`.",
    ),
    (
        "dir",
        "lang",
        "The attribute ` dir=\"…\"` for a passage in a language that is written in the other direction than the page; else nothing.",
    ),
    (
        "lang",
        "text",
        "The attributes ` lang=\"…\"` and ` dir=\"…\"` for a name or a word in another script than that of the page: `en` for `Ada Wick` on a Korean page; else nothing.",
    ),
    ("asset", "path", "The address of a file below `static/`, with its fingerprint."),
    ("icon", "name", "The file `static/icons/NAME.svg`, inlined."),
    (
        "url",
        "path",
        "The address of a path of the site: `url(path=\"about/\")`. A page is that in the language of this one.",
    ),
];

/// What the functions need to know.
pub(super) struct Functions {
    base: BaseUrl,
    strings: Strings,
    /// The languages that share every page; none where each has a tree, or the theme shows one.
    together: Vec<Lang>,
    assets: Arc<BTreeMap<String, String>>,
    icons: Arc<BTreeMap<String, String>>,
}

impl Functions {
    pub(super) fn new(
        config: &Config,
        strings: &Strings,
        assets: &[Asset],
        together: &[Lang],
    ) -> Self {
        let addresses = assets
            .iter()
            .map(|asset| (asset.name.clone(), config.base_url.href(&asset.path)))
            .collect();
        Self {
            base: config.base_url.clone(),
            strings: strings.clone(),
            together: together.to_vec(),
            assets: Arc::new(addresses),
            icons: Arc::new(
                assets
                    .iter()
                    .filter_map(|asset| {
                        let name = asset.name.strip_prefix("icons/")?.strip_suffix(".svg")?;
                        Some((
                            name.to_owned(),
                            std::str::from_utf8(&asset.content).ok()?.trim().to_owned(),
                        ))
                    })
                    .collect(),
            ),
        }
    }

    /// Makes the functions known; must happen before templates are added.
    pub(super) fn register(self, tera: &mut Tera) {
        let (strings, together) = (self.strings, self.together);
        tera.register_function("t", move |args: Kwargs, state: &State<'_>| -> TeraResult<Value> {
            let page = field(state, "page", "lang")?;
            let own = args.get::<&str>("lang")?;
            let lang = own.or(page.as_str()).unwrap_or("en");
            let number = args.get::<u64>("n")?;
            let ordinal = args.get::<bool>("ordinal")?.unwrap_or_default();
            let rules = if ordinal { "ordinal" } else { "plural" };
            let key = args.must_get::<&str>("key")?;
            if own.is_some() || together.len() < 2 {
                return Ok(Value::from(strings.words(lang, key, number, rules)));
            }
            Ok(Value::from(said::join(
                together
                    .iter()
                    .map(|lang| strings.words(lang.as_str(), key, number, rules).into_owned())
                    .collect(),
            )))
        });
        of_languages(tera);
        let (assets, icons, base) = (self.assets, self.icons, self.base);
        tera.register_function("asset", move |args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let path = args.must_get::<&str>("path")?;
            let found = assets.get(path).map(|address| Value::safe_string(address));
            found
                .ok_or_else(|| Error::message(format!("no layer of the theme has `static/{path}`")))
        });
        tera.register_function("icon", move |args: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let name = args.must_get::<&str>("name")?;
            let found = icons.get(name).map(|svg| Value::safe_string(svg));
            found.ok_or_else(|| {
                Error::message(format!("no layer of the theme has `static/icons/{name}.svg`"))
            })
        });
        tera.register_function(
            "url",
            move |args: Kwargs, state: &State<'_>| -> TeraResult<Value> {
                let path = args.must_get::<&str>("path")?.trim_start_matches('/');
                // Home says in which tree the page is.
                let home = field(state, "site", "home")?;
                let of_tree = is_path_of_trees(path).then(|| home.as_str()).flatten();
                Ok(Value::from(of_tree.map_or_else(
                    || base.href(path),
                    |home| format!("{home}{}", encode_path(path)),
                )))
            },
        );
    }
}

/// What says in which language something is, and how it is written.
fn of_languages(tera: &mut Tera) {
    tera.register_function("dir", move |args: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let own = args.must_get::<&str>("lang")?;
        let own = Lang::parse(own).unwrap_or_else(Lang::english);
        Ok(Value::safe_string(&direction(&own, &of_page(state)?)))
    });
    tera.register_function("lang", move |args: Kwargs, state: &State<'_>| -> TeraResult<Value> {
        let (text, page) = (args.must_get::<&str>("text")?, of_page(state)?);
        let script = script_of(text).filter(|_| !said::is_several(text));
        let other = script.filter(|script| !script.is_read_in(page.script()));
        Ok(Value::safe_string(&other.map_or_else(String::new, |script| {
            let own = script.usual_language();
            format!(" lang=\"{own}\"{}", direction(&own, &page))
        })))
    });
}

fn of_page(state: &State<'_>) -> TeraResult<Lang> {
    let page = field(state, "page", "lang")?;
    Ok(page.as_str().and_then(Lang::parse).unwrap_or_else(Lang::english))
}

/// The attribute for a passage in a language on a page in another, where they are not written in the same direction.
fn direction(own: &Lang, page: &Lang) -> String {
    let own = own.direction();
    if own == page.direction() { String::new() } else { format!(" dir=\"{own}\"") }
}

/// A field of a table that the template was given; none where there is no such thing.
fn field(state: &State<'_>, table: &str, name: &'static str) -> TeraResult<Value> {
    let table = state.get::<Value>(table)?.unwrap_or_else(Value::none);
    Ok(table
        .as_map()
        .and_then(|table| table.get(&Key::Str(name)))
        .cloned()
        .unwrap_or_else(Value::none))
}
