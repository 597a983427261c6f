//! Learning: attempts at exercises judged, predictions answered. Reads and runs scenarios; knows no host.

pub mod exercise;
mod hints;

pub use exercise::{Goal, Verdict, judge};
