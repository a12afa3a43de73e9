//! What components and mails are given that no page is.

use crate::render::view::{Html, views};

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
    /// A date, a week or a month as a mail.
    MailView {
        /// Its title: that of the digest, the date, or the name of the week.
        title: String,
        /// The subject of the mail.
        subject: String,
        /// The date, or the first and the last day.
        date: String,
        /// The address of the same on the site.
        url: String,
        /// The language that it is in.
        lang: String,
        /// `ltr` or `rtl`.
        dir: String,
        /// The titles of its papers, as many as programs show beside the subject.
        summary: String,
        /// How many papers it has.
        count: usize,
        /// All that is said, as feeds have it.
        content: Html,
        /// Where the reader says that no more are wanted; may be empty.
        unsubscribe: String,
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
