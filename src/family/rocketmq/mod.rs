//! RocketMQ: everything that is this family's.

pub(in crate::family) mod acts;
pub mod arena;
pub mod broker;
pub mod client;
pub(in crate::family) mod driver;
pub mod event;
pub(in crate::family) mod explain;
pub mod facts;
pub mod fields;
pub(in crate::family) mod inspect;
pub mod kinds;
pub(in crate::family) mod lessons;
pub(in crate::family) mod level;
pub mod message;
mod other_words;
pub(in crate::family) mod picture;
pub mod rules;
pub mod settings;
pub mod state;
pub mod statements;
pub mod store;
pub(in crate::family) mod tables;
pub(in crate::family) mod variants;
pub(in crate::family) mod vocabulary;
