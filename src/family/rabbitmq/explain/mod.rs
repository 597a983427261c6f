//! What happened at RabbitMQ streams and why, in sentences. Reads timelines; decides nothing.

pub(crate) mod messages;
