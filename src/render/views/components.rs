//! What components are given that no page is.

use crate::render::view::views;

views! { OF_COMPONENTS;
    /// Where an argument of a component leads.
    AddressView {
        /// The address.
        url: String,
        /// Whether it is on another site.
        outside: bool,
        /// The host of the other site, without `www.`; empty on this one.
        host: String,
    }
    /// A picture that an argument of a component names.
    PictureView {
        /// The address.
        url: String,
        /// Addresses of the same in several widths, as `srcset` has it; may be empty.
        srcset: String,
        /// How wide it is shown, as `sizes` has it; may be empty.
        sizes: String,
        /// Pixels across; 0 where unknown.
        width: usize,
        /// Pixels down; 0 where unknown.
        height: usize,
    }
}
