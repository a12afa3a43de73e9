//! What templates are given, declared where it is given: by a kind of page, an export or a part. The documentation, the
//! check of themes and the tests read it there.

use super::exports::EXPORTS;
use super::kinds::KINDS;
use super::view::FieldDoc;
use crate::config::Switch;

/// A template that the program asks a theme for.
#[derive(Debug, Clone, Copy)]
pub struct TemplateDoc {
    /// Its name.
    pub name: &'static str,
    /// What it makes.
    pub makes: &'static str,
    /// Addresses of what it makes.
    pub at: &'static str,
    /// What it is given, besides `site` and `page`.
    pub variables: &'static [FieldDoc],
    /// Whether it is given `page`, which every page has.
    pub has_page: bool,
}

/// Declares what the template of a file is given: a struct with its documentation, so that nothing is given that is not
/// declared, and nothing declared that is not given.
macro_rules! variables {
    ($($(#[doc = $doc:literal])* $name:ident: $type:ty,)+) => {
        /// What the template is given.
        struct Given { $($(#[doc = $doc])* $name: $type,)+ }

        impl Given {
            /// The same for the documentation and the check of themes.
            const FIELDS: &'static [$crate::render::view::FieldDoc] = &[$($crate::render::view::FieldDoc {
                name: stringify!($name),
                rust: stringify!($type),
                doc: concat!("", $($doc),*),
            },)+];

            fn put(self, context: &mut tera::Context) {
                $(context.insert_value(stringify!($name), $crate::render::view::Show::show(self.$name));)+
            }
        }
    };
}

pub(super) use variables;

/// Every template that the program asks a theme for: of the kinds of pages, then of the exports.
pub fn templates() -> impl Iterator<Item = TemplateDoc> {
    KINDS
        .iter()
        .map(|kind| kind.template())
        .chain(EXPORTS.iter().filter_map(|export| export.template().copied()))
        .chain([super::mail::TEMPLATE])
}

/// Every switch of `outputs`: of the kinds of pages, then of the exports.
pub fn switches() -> Vec<&'static Switch> {
    let of_kinds = KINDS.iter().map(|kind| (kind.more, kind.switch));
    let all = of_kinds.chain(EXPORTS.iter().map(|export| (export.more, export.switch)));
    let mut switches = Vec::new();
    for switch in all.flat_map(|(more, own)| more.iter().copied().chain(own)) {
        if !switches.contains(&switch) {
            switches.push(switch);
        }
    }
    switches
}

/// Templates that the program renders by where they lie; `NAME` is the theme's choice.
pub const PARTS: [TemplateDoc; 4] = [
    TemplateDoc {
        name: "pages/NAME.html",
        makes: "A post or a plain page whose front matter says `template = \"NAME\"`.",
        at: "",
        variables: super::kinds::page::VARIABLES,
        has_page: true,
    },
    TemplateDoc {
        name: "parts/page/NAME.html",
        makes: "A part that the pages of a kind share.",
        at: "",
        variables: &[PAGE],
        has_page: false,
    },
    TemplateDoc {
        name: "parts/paper/NAME.html",
        makes: "A part that all pages with a paper share.",
        at: "",
        variables: &[PAGE, FieldDoc { name: "paper", rust: "PaperView", doc: "" }],
        has_page: false,
    },
    TemplateDoc {
        name: "components/NAME.html",
        makes: "What a text calls as `::: NAME`; besides this it is given the arguments that it declares.",
        at: "",
        variables: &[
            PAGE,
            FieldDoc {
                name: "text_lang",
                rust: "String",
                doc: "The language of the text that calls it.",
            },
            FieldDoc { name: "body", rust: "Html", doc: "Its own text; may be empty." },
            FieldDoc {
                name: "papers",
                rust: "Vec<Of<PaperLink>>",
                doc: "The papers that its arguments ask for, if it declares `papers = true`.",
            },
            FieldDoc {
                name: "feed",
                rust: "bool",
                doc: "Whether it is for a feed or a mail, where nothing plays or folds.",
            },
        ],
        has_page: false,
    },
];

const PAGE: FieldDoc = FieldDoc { name: "page", rust: "PartPage", doc: "" };
