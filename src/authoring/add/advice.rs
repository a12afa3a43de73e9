//! What to do where a service cannot be asked.

use crate::system::net::Failure;

/// Advice on an answer that says no; nothing where the question itself may be wrong.
pub(super) fn of_status(status: u16) -> Option<&'static str> {
    match status {
        429 | 503 => Some("it is busy or has been asked too often: try again in a few minutes"),
        500.. => Some("its own fault: try again in a few minutes"),
        _ => None,
    }
}

/// Advice where no answer came.
pub(super) fn of_failure(failure: &Failure) -> &'static str {
    match failure {
        Failure::Unreachable(_) => "check that you are online; a proxy is taken from HTTPS_PROXY",
        Failure::TimedOut => {
            "try again in a few minutes, or wait longer with `add.timeout` in config.toml"
        }
        Failure::TooLarge(_) | Failure::Broken(_) => "try again in a few minutes",
    }
}
