//! What happened and why, in sentences. Reads timelines; decides nothing. What only a family knows it says itself.

pub mod anomaly;
pub mod english;
mod faults;
pub mod names;
pub mod narration;
pub mod notes;
pub mod sentences;
pub mod why;

pub use anomaly::{Anomaly, anomalies};
pub use names::EventNames;
pub use notes::{Note, notes, notes_at};
pub use sentences::Sentences;
pub use why::{Sentence, why};
