//! Offprint: a static site generator for research blogs.
//!
//! Dated digests of papers go in, a complete web site comes out; `ARCHITECTURE.md` has the map.

pub mod diagnostic;
pub mod digest;
pub mod reader;
pub mod writer;
