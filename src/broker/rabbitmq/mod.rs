//! RabbitMQ Streams: the broker side of the stream protocol over osiris logs.

pub mod effect;
pub mod request;

pub use effect::{Effect, Response};
pub use request::{
    Properties, Request, ResponseCode, SingleActive, StreamArguments, SubscriptionFilter, Token,
};
