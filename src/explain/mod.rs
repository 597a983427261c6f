//! What happened and why, in sentences. Reads timelines; knows no picture and decides nothing.

pub mod anomaly;
pub mod narration;
mod programs;
pub mod resume;
mod streams;
pub mod teller;
pub mod why;
pub mod words;

pub use anomaly::{Anomaly, anomalies};
pub use teller::Teller;
pub use why::{Sentence, why};
