//! The machinery of views: plain structs that become template values, with their documentation kept.
//!
//! `view!` makes a struct, its conversion and its description at once, so that `docs/themes.md` can be
//! checked against the code. Values are built directly, without a detour through serde.

use std::collections::BTreeMap;

use tera::Value;
use tera::value::Key;

use crate::markup::escape::attribute;

/// Text that is already HTML.
#[derive(Debug, Clone, Default)]
pub struct Html(pub String);

impl Html {
    /// Plain text.
    pub(super) fn of_text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        attribute(text, &mut html);
        Self(html)
    }

    /// Plain text that leads to an address.
    pub(super) fn of_link(url: &str, text: &str) -> Self {
        let mut html = String::with_capacity(url.len() + text.len() + 16);
        html.push_str("<a href=\"");
        attribute(url, &mut html);
        html.push_str("\">");
        attribute(text, &mut html);
        html.push_str("</a>");
        Self(html)
    }
}

/// What a template can be given.
pub trait Show {
    /// As `docs/themes.md` names the type.
    const TYPE: &'static str;
    /// The value.
    fn show(self) -> Value;
}

macro_rules! show {
    ($($type:ty = $name:literal),+) => { $(impl Show for $type {
        const TYPE: &'static str = $name;
        fn show(self) -> Value {
            Value::from(self)
        }
    })+ };
}

show!(
    String = "text",
    &str = "text",
    bool = "true or false",
    usize = "number",
    u32 = "number",
    i64 = "number"
);

impl Show for Html {
    const TYPE: &'static str = "HTML";
    fn show(self) -> Value {
        Value::safe_string(&self.0)
    }
}

impl Show for Value {
    const TYPE: &'static str = "any";
    fn show(self) -> Value {
        self
    }
}

impl<T: Show> Show for Option<T> {
    const TYPE: &'static str = T::TYPE;
    fn show(self) -> Value {
        self.map_or_else(Value::none, Show::show)
    }
}

impl<T: Show> Show for Vec<T> {
    const TYPE: &'static str = T::TYPE;
    fn show(self) -> Value {
        Value::from(self.into_iter().map(Show::show).collect::<Vec<Value>>())
    }
}

/// A view made once and shared by several pages.
#[derive(Debug)]
pub struct Of<T>(Value, std::marker::PhantomData<T>);

impl<T> Clone for Of<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), std::marker::PhantomData)
    }
}

impl<T> From<Value> for Of<T> {
    fn from(value: Value) -> Self {
        Self(value, std::marker::PhantomData)
    }
}

impl<T: Show> Show for Of<T> {
    const TYPE: &'static str = T::TYPE;
    fn show(self) -> Value {
        self.0
    }
}

/// Which fields of a view are made, by their places: of large views that stand on every page only those that some
/// template names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields(u32);

impl Fields {
    /// Every field there is.
    pub const ALL: Self = Self(u32::MAX);

    /// Those of a view that are asked for.
    pub(super) fn of(view: &ViewDoc, asked: impl Fn(&str) -> bool) -> Self {
        let bits = view
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| asked(field.name))
            .map(|(place, _)| 1 << place);
        Self(bits.sum())
    }

    fn has(self, place: u8) -> bool {
        self.0 >> place & 1 == 1
    }
}

/// A table from its fields.
pub fn record<const N: usize>(fields: [(&'static str, Value); N], made: Fields) -> Value {
    // Whatever a value is made from is hashed on the way; this one only once. What comes in order need not be sorted in.
    let fields = (0_u8..).zip(fields).filter(|(place, _)| made.has(*place));
    let fields = fields.map(|(place, (name, value))| (Field { place, name }, value));
    Value::from(fields.collect::<BTreeMap<Field, Value>>())
}

/// The name of a field, in the order of its view: no two have one place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    place: u8,
    name: &'static str,
}

impl From<Field> for Key<'static> {
    fn from(field: Field) -> Self {
        Self::Str(field.name)
    }
}

/// How a field of a view is documented.
#[derive(Debug, Clone, Copy)]
pub struct FieldDoc {
    /// As templates write it.
    pub name: &'static str,
    /// The Rust type, from which the documented one is made.
    pub rust: &'static str,
    /// What it is.
    pub doc: &'static str,
}

/// How a view is documented.
#[derive(Debug, Clone, Copy)]
pub struct ViewDoc {
    /// The view's name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// In order.
    pub fields: &'static [FieldDoc],
}

/// Declares views: structs that become template values.
macro_rules! views {
    ($all:ident; $($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[doc = $doc])+
            // Views are what templates ask for; switches among them are independent. A kind keeps its own to itself.
            #[allow(clippy::struct_excessive_bools, unreachable_pub)]
            #[derive(Debug, Clone)]
            pub struct $name { $($(#[doc = $field_doc])+ pub $field: $type,)+ }

            impl $crate::render::view::Show for $name {
                const TYPE: &'static str = stringify!($name);
                fn show(self) -> tera::Value {
                    self.show_fields($crate::render::view::Fields::ALL)
                }
            }

            #[allow(unreachable_pub)]
            impl $name {
                /// A table with some of the fields.
                pub fn show_fields(self, made: $crate::render::view::Fields) -> tera::Value {
                    $crate::render::view::record([$((stringify!($field), $crate::render::view::Show::show(self.$field)),)+], made)
                }
            }
        )+

        /// Every view, for the documentation.
        pub(in $crate::render) const $all: &[$crate::render::view::ViewDoc] = &[$($crate::render::view::ViewDoc {
            name: stringify!($name),
            doc: concat!($($doc),+),
            fields: &[$($crate::render::view::FieldDoc {
                name: stringify!($field),
                rust: stringify!($type),
                doc: concat!($($field_doc),+),
            },)+],
        },)+];
    };
}

pub(crate) use views;
