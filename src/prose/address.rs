//! Bare addresses in running text.
