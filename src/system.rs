//! The machine below: files whatever they mean, changes to them, the network, a server of mail, and answers kept between runs.

pub mod cache;
pub mod disk;
pub mod edit;
pub mod machine;
pub mod net;
pub mod smtp;
pub mod store;
