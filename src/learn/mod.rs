//! Learning: attempts at exercises judged, predictions answered. Reads and runs scenarios; knows no host.

pub mod exercise;
mod hints;
mod verdict;

pub use exercise::judge;
pub use verdict::{Goal, Verdict};
