//! What writes sources for their writer: a new site, a new digest, papers by their ids, whole lists from elsewhere.

pub mod add;
pub mod import;
pub mod scaffold;
