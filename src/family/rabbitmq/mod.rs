//! RabbitMQ Streams: everything that is this family's.

pub mod broker;
pub mod client;
pub(crate) mod driver;
pub mod event;
pub(crate) mod explain;
mod fields;
pub mod log;
pub mod message;
pub mod rules;
pub mod settings;
pub mod state;
