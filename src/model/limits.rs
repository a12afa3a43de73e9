//! How much of anything the program takes. Sources may be huge or hostile: what grows with their size grows in step with
//! it, and these bounds hold where a parser or a page would take more. Where one cuts, a finding says so.
//!
//! The figures beside them were measured by `tests/reliability/hostile.py`.

/// Largest text that is read, in bytes.
pub const TEXT: u64 = 64 << 20;

/// Most characters of one text that may be Markdown's, line ends among them. The parser takes up to 300 bytes for each,
/// so that 20 MB of brackets would take 6 GB. A table of 9,000 papers with links has 130,000.
pub const MARKS: usize = 300_000;

/// Most tags of an entry, and of a digest. Each tag has a page, and on each page stand the tags of its papers, so that
/// the pages grow with the square of the tags.
pub const TAGS: usize = 100;

/// Most plain pages in the menu. Every page of the site has the menu, so that it grows with the square of the pages.
pub const MENU: usize = 40;

/// Most bytes of a picture's colour profile. Profiles have a few thousand; a file of 900 KB can hold one of 1.8 GB.
pub const PROFILE: u64 = 4 << 20;

/// Most bytes of all files of `data/`: every thread that renders keeps what they say.
pub const DATA: usize = 4 << 20;

/// Most pixels of a picture that is made smaller: what a camera takes.
pub const PIXELS: u64 = 120_000_000;

/// Most pixels of one, for each of its bytes, beyond [`PIXELS_AT_LEAST`]. A photograph has up to eight.
pub const PIXELS_A_BYTE: u64 = 10;

/// As many pixels as any picture may have: a drawing of one colour is small, however wide it is.
pub const PIXELS_AT_LEAST: u64 = 24_000_000;

/// Most memory for decoding a picture, in bytes.
pub const DECODING: u64 = 1 << 30;
