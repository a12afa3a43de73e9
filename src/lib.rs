//! Offprint: a static site generator for research blogs.
//!
//! Dated digests of papers go in, a complete web site comes out; `ARCHITECTURE.md` has the map.

pub mod add;
pub mod cache;
#[cfg(feature = "cards")]
pub mod card;
pub mod cli;
pub mod commands;
pub mod config;
pub mod diagnostic;
pub mod digest;
pub mod disk;
pub mod edit;
pub mod import;
pub mod library;
pub mod limits;
pub mod lint;
pub mod markup;
pub mod media;
pub mod net;
pub mod output;
pub mod pipeline;
pub mod proof;
pub mod prose;
pub mod publish;
pub mod reader;
pub mod render;
pub mod route;
pub mod scaffold;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod theme_kit;
pub mod writer;
