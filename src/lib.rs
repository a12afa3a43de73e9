//! Offprint: a static site generator for research blogs.
//!
//! Dated digests of papers go in, a complete web site comes out; `ARCHITECTURE.md` has the map.

pub mod authoring;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod formats;
pub mod mailing;
pub mod markup;
pub mod model;
pub mod output;
pub mod prose;
pub mod render;
pub mod schema;
pub mod serve;
pub mod site;
pub mod system;
pub mod theme;
pub mod workspace;
