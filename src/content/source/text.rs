//! Reading one text: encoding, size, and what cannot be a text at all.

use std::sync::Arc;

use camino::Utf8Path;
use xxhash_rust::xxh3::xxh3_64;

use super::{SourceFile, Text};
use crate::diagnostic::{Code, Finding, SourceText, line_column, reason};
use crate::model::limits;
use crate::system::disk;

/// Reads a source file. Files outside `content/` that cannot be read are skipped with a warning.
pub fn read(file: &SourceFile) -> Result<Text, Finding> {
    let code = if file.origin == 0 { Code::Unreadable } else { Code::Skipped };
    read_text(&file.path, &file.shown, code)
}

/// Reads any text; a finding of this code says why it cannot be.
pub fn read_text(path: &Utf8Path, shown: &str, code: Code) -> Result<Text, Finding> {
    let wrong = |message: String, help: &str| Finding::new(code, message).help(help).in_path(shown);
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            wrong("may not be read".into(), "check its permissions")
        }
        _ => wrong(format!("cannot be read: {}", reason(&error)), "check that it is a plain file"),
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > limits::TEXT {
        let message =
            format!("is {} MiB, and more than {} MiB are not read", size >> 20, limits::TEXT >> 20);
        return Err(wrong(message, "split it, or move it out of the folder"));
    }
    let bytes = disk::read(path, limits::TEXT).map_err(failed)?;
    if disk::is_lfs_pointer(&bytes) {
        return Err(wrong(
            "is a pointer of Git LFS, and not the file itself".into(),
            "run `git lfs pull`",
        ));
    }
    let hash = xxh3_64(&bytes);
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(&error, code, shown))?;
    // No text means a NUL, and no HTML may hold one.
    if let Some(at) = text.find('\0') {
        let (line, column) = line_column(&text, at);
        return Err(wrong(
            format!("holds a NUL byte: line {line}, column {column}"),
            "remove it, or move the file out of the folder",
        ));
    }
    Ok(Text { source: Arc::new(SourceText { path: shown.to_owned(), text }), hash })
}

fn not_utf8(error: &std::string::FromUtf8Error, code: Code, shown: &str) -> Finding {
    let valid = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let binary = bytes.iter().take(8192).any(|byte| *byte == 0);
    let before = String::from_utf8_lossy(&bytes[..valid]);
    let (line, column) = line_column(&before, before.len());
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let binary = binary && !utf16;
    let help = if binary {
        "this looks like a binary file: move it out of the folder"
    } else {
        "save it as UTF-8"
    };
    Finding::new(
        code,
        format!("is not UTF-8: line {line}, column {column}, byte {:#04x}", bytes[valid]),
    )
    .help(help)
    .in_path(shown)
}
