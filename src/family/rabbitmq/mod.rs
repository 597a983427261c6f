//! RabbitMQ Streams: everything that is this family's.

pub(crate) mod acts;
pub mod arena;
pub mod broker;
pub mod client;
pub(crate) mod driver;
pub mod event;
pub(crate) mod explain;
pub mod facts;
mod fields;
pub(crate) mod inspect;
pub mod kinds;
pub(crate) mod level;
pub mod log;
pub mod message;
mod other_words;
pub(crate) mod picture;
pub mod rules;
pub mod settings;
pub mod state;
pub mod statements;
pub(crate) mod tables;
pub(super) mod variants;
pub(super) mod vocabulary;

pub use statements::Statement;
