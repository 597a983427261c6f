//! The facts of topics, queues, producers, groups and members: what the language says of them, and what they are at a
//! moment.

mod rows;
mod values;

pub(crate) use rows::Fact;
pub(super) use rows::{GROUP, LAST, MEMBER, PRODUCER, PROGRESS, QUEUE, RECEIVED, TOPIC};
pub use values::{Lag, state_word};
