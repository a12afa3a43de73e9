//! The tests of the library and of the program, one module a subject: linked once, and each can be run alone by its name.

#![allow(clippy::disallowed_methods, reason = "these tests are about files")]
#![allow(clippy::expect_used, reason = "a test stops at its first surprise")]
#![allow(clippy::panic, reason = "a test stops at its first surprise")]
#![allow(clippy::print_stderr, reason = "tests say what they expect")]
#![allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]

mod add;
mod add_services;
mod broken;
mod build;
#[cfg(feature = "cards")]
mod cards;
mod check;
mod common;
mod desk;
mod entries;
mod exports;
mod faults;
mod figures;
mod help;
mod hostile;
mod images;
mod import_command;
mod import_formats;
mod init;
mod kinds;
mod languages;
mod loopback;
mod mail;
mod markup;
mod markup_corpus;
mod markup_properties;
mod notes_and_pages;
mod payloads;
mod people;
mod preview;
mod private;
mod properties;
#[cfg(unix)]
mod publish;
mod readers;
mod round_trip;
mod schema;
mod serve;
mod serve_equality;
#[cfg(unix)]
mod shown;
mod sites;
mod theme;
mod workflow;
