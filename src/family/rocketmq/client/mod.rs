//! RocketMQ's clients: what the Java client does with queues, keys and messages in flight.

pub mod allocation;
pub mod habits;
pub mod hash;
pub mod process_queue;
