//! Markdown text: what it names and what it says.
//!
//! Pure, and knows no Site: a mention says *what* is named and where, never whether it exists. What a text
//! means as Markdown is settled here once ([`source`]), so that [`crate::markup`] shows what this module reads.

pub mod address;
mod arguments;
mod breaks;
mod citation;
mod definitions;
mod external_links;
mod files;
mod forms;
mod ids;
mod items;
mod lead;
mod mention;
mod plain;
pub mod source;
mod title;
mod token;
mod word;

pub use arguments::{Argument, arguments, component_name};
pub use breaks::{holds, line_ends, verbatim};
pub use citation::{Citation, Cited, citations};
pub use definitions::{Definition, Definitions, Key, definitions, missing_notes};
pub use external_links::external_links;
pub use files::{files, named};
pub use forms::{ENDINGS, Ending, compounds, stem};
pub use ids::without_ids;
pub use items::{Item, items, list_sign};
pub use mention::{Mention, Target, mentions, sized, width, wikilink};
pub use plain::{excerpt, plain, unwrapped, whole_excerpt, with_formulas};
pub use title::{Title, title};
pub use token::{STOP_WORDS, hash, is_common, tokens};
pub use word::{PLAIN, WIDE, joined, search_words, shard_key};
