//! RocketMQ's events and messages in words: clauses, what follows from them, and what is unusual.

pub(crate) mod anomalies;
pub(crate) mod clause;
mod groups;
pub(crate) mod lags;
mod log;
pub(crate) mod messages;
pub(crate) mod narration;
mod phrases;
pub(crate) mod programs;
pub(crate) mod remarks;
pub(crate) mod resume;
