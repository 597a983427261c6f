//! RabbitMQ Streams: everything that is this family's.

pub mod broker;
pub mod client;
pub mod log;
pub mod rules;
pub mod settings;
