//! RocketMQ: everything that is this family's.

pub mod broker;
pub mod client;
pub mod rules;
pub mod store;
