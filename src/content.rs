//! What lies in the folders of a site: its texts, and the files beside them.

#[cfg(feature = "cards")]
pub mod card;
pub mod media;
pub mod source;
