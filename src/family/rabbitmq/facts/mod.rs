//! The facts of streams, producers and consumers: what the language says of them, and what they are at a moment.

mod never;
mod rows;
mod values;

pub(crate) use rows::Fact;
pub(super) use rows::{CONSUMER, LAST, PRODUCER, RECEIVED, STREAM};
pub use values::{active_word, state_word};
