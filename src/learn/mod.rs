//! Learning: attempts at exercises judged, predictions answered. Reads and runs scenarios; knows no host.

pub mod exercise;
mod hints;
pub mod prediction;
mod verdict;

pub use exercise::judge;
pub use prediction::{Choice, Prediction, predict};
pub use verdict::{Goal, Verdict};
