//! Offprint: a static site generator for research blogs.
//!
//! Dated digests of papers go in, a complete web site comes out; `ARCHITECTURE.md` has the map.

pub mod diagnostic;
pub mod digest;
pub mod markup;
pub mod prose;
pub mod reader;
