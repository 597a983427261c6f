//! What happened at RabbitMQ streams and why, in sentences. Reads timelines; decides nothing.

pub(crate) mod anomalies;
pub(crate) mod clause;
pub(crate) mod lags;
pub(crate) mod messages;
pub(crate) mod narration;
mod phrases;
pub(crate) mod programs;
pub(crate) mod remarks;
pub(crate) mod resume;
mod streams;
