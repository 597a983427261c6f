//! RabbitMQ Streams: the broker side of the stream protocol over osiris logs.

mod asking;
mod batches;
pub mod cluster;
mod connection;
pub mod effect;
mod lifecycle;
mod mailbox;
mod publishing;
pub mod reader;
pub mod request;
mod retention;
pub mod server;
mod subscribing;
mod view;
pub mod writer;

pub use cluster::{Election, Fetched};
pub use effect::{Change, ClientFrame, Effect, IdRun, Response};
pub use mailbox::{BatchCap, CommandKind};
pub use reader::Subscription;
pub use request::{
    PolicyLimits, Properties, Request, ResponseCode, SingleActive, StreamArguments,
    SubscriptionFilter, Token,
};
pub use server::Broker;
pub use writer::Stream;
