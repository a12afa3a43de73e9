//! What only `check` says, beyond what a build finds: papers of which something is missing, authors who are probably
//! one, what can be put right without asking, links to other sites, and what GitHub Pages takes.
//!
//! Nothing here is called by a build or the preview, so nothing here makes them slower.

mod authors;
pub mod external;
pub mod fix;
mod limits;
mod papers;

pub use limits::{Size, beyond};

use crate::config::Config;
use crate::diagnostic::Finding;
use crate::site::Site;

/// Everything that the Site alone can tell.
pub fn site(site: &Site, config: &Config) -> Vec<Finding> {
    let mut findings = papers::incomplete(site);
    findings.extend(authors::alike(site, config));
    findings.extend(fix::findings(&fix::fixable(site, config)));
    findings
}
