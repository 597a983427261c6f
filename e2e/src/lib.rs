//! Drives the built page in a real headless browser; knows the page only as a user does, by what it shows
//! and by what one can click and type.
//!
//! A test opens a [`Page`] and asks and acts by CSS selectors. Every call waits for what it needs, at most
//! [`DEADLINE`], inside the browser: nothing sleeps.

mod driver;
pub mod element;
pub mod figures;
mod hand;
mod keys;
pub mod lab;
mod network;
mod page;
pub mod random;
pub mod scenes;
mod site;
pub mod stopwatch;
mod window;

pub use driver::DEADLINE;
pub use hand::Spot;
pub use lab::Lab;
pub use page::{Page, Theme};
pub use site::POLICY;

use std::path::PathBuf;

/// The folder of the built page: `OFFSET_LAB_DIST`, or `dist/` of this checkout.
pub fn dist() -> PathBuf {
    std::env::var_os("OFFSET_LAB_DIST").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dist")),
        PathBuf::from,
    )
}
