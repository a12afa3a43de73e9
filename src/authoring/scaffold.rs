//! New sites and digests: what they begin with, and putting it where nothing is yet.
//!
//! `guess` and `vault` find out what is to be known, `documents` says what the files of a site are, `folder`
//! writes them. Nothing is ever written over. Knows no Site and no theme; asks nobody, prints nothing.

mod day;
mod documents;
mod embeds;
mod example;
mod fill;
mod folder;
mod git;
mod guess;
mod hosts;
mod languages;
mod libraries;
mod paths;
mod toml_text;
mod vault;
mod workflow;
mod written;

pub use day::{post, skeleton};
pub use documents::{Author, Beginning, Document, Notes, documents};
pub use folder::{Fate, Placed, has_texts, place, replace, resolve};
pub use git::Git;
pub use guess::{languages, title};
pub use hosts::{HOSTS, Host};
pub use libraries::libraries;
pub use paths::relative;
pub use vault::{Vault, around};
pub use written::written_in;
