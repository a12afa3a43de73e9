//! YAML, with numbers as they are written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::quotes;
use super::value::Value;

/// A whole text of YAML; where that is `lenient`, a table may have a key twice.
pub(super) fn read(text: &str, lenient: bool) -> Result<Value, serde_saphyr::Error> {
    use serde_saphyr::options::DuplicateKeyPolicy::{Error, LastWins};
    let duplicate_keys = if lenient { LastWins } else { Error };
    // `y` and `no` are words, as in YAML 1.2.
    let options = serde_saphyr::options! { strict_booleans: true, duplicate_keys: duplicate_keys };
    // Editors put tabs where YAML wants spaces; a place is no more than a line here.
    let spaced = if text.contains('\t') {
        Cow::Owned(text.replace('\t', "  "))
    } else {
        Cow::Borrowed(text)
    };
    let parse = |text: &str| {
        let node: Spanned<Node> = serde_saphyr::from_str_with_options(text, options.clone())?;
        Ok(Node::value(node, text))
    };
    parse(&spaced).or_else(|error| match quotes::indented(&spaced) {
        Some(text) => parse(&text).map_err(|_| error),
        None => Err(error),
    })
}

/// A node of YAML. What a number reads as has lost its zeros: `2301.10000`, `007`.
enum Node {
    Number(String),
    List(Vec<Spanned<Node>>),
    Table(Vec<(String, Spanned<Node>)>),
    Other(Value),
}

impl Node {
    /// The value of a node of a text: a number as it is written there.
    fn value(node: Spanned<Self>, text: &str) -> Value {
        match node.value {
            Self::Number(read) => {
                Value::Text(in_place(text, node.defined).map_or(read, str::to_owned))
            }
            Self::List(items) => {
                Value::List(items.into_iter().map(|item| Self::value(item, text)).collect())
            }
            Self::Table(pairs) => Value::Table(
                pairs.into_iter().map(|(key, item)| (key, Self::value(item, text))).collect(),
            ),
            Self::Other(value) => value,
        }
    }
}

/// What stands in a place of a text.
fn in_place(text: &str, place: Location) -> Option<&str> {
    let start = usize::try_from(place.span().byte_offset()?).ok()?;
    let length = usize::try_from(place.span().byte_len()?).ok()?;
    text.get(start..start.checked_add(length)?).map(str::trim).filter(|text| !text.is_empty())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Other(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Other(Value::Text(value.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Other(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Other(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut pairs = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Spanned<Node>>()? {
            pairs.push((key, value));
        }
        Ok(Node::Table(pairs))
    }
}
