//! A file of readers: an address a line.

use std::sync::Arc;

use camino::Utf8Path;
use rustc_hash::FxHashSet;

use crate::config::Mailbox;
use crate::diagnostic::{Code, Finding, SourceText, reason};
use crate::system::disk;

/// Larger files are no lists of readers.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The readers in a file, each once; lines that begin with `#` say something to whoever writes it. With a finding, nothing is
/// to be sent.
pub fn readers(root: &Utf8Path, name: &str) -> Result<Vec<Mailbox>, Vec<Finding>> {
    let bytes =
        disk::read(root.join(name), LARGEST).map_err(|error| failed(name, &reason(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| failed(name, "it is not UTF-8"))?;
    let source = Arc::new(SourceText { path: name.to_owned(), text });
    let (mut readers, mut wrong, mut seen) = (Vec::new(), Vec::new(), FxHashSet::default());
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let said = line.trim_start_matches('\u{feff}').trim();
        if !said.is_empty() && !said.starts_with('#') {
            match Mailbox::parse(said) {
                Ok(reader) => {
                    if seen.insert(reader.address.to_lowercase()) {
                        readers.push(reader);
                    }
                }
                Err(why) => {
                    let place = start..start + line.trim_end().len();
                    let finding = Finding::new(Code::Mail, why).at(place).in_source(&source);
                    wrong.push(finding.help("write one address a line; `#` begins a remark"));
                }
            }
        }
        start += line.len();
    }
    if wrong.is_empty() { Ok(readers) } else { Err(wrong) }
}

fn failed(name: &str, why: &str) -> Vec<Finding> {
    let finding = Finding::new(Code::Mail, format!("the readers cannot be read: {why}"));
    vec![finding.in_path(name.to_owned()).help("`mail.recipients` in config.toml names the file")]
}
