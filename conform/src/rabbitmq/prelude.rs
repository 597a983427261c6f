//! What a replay uses of the core, in one place: the broker with its requests and effects, the log, ids and units.

pub(crate) use offset_lab::family::rabbitmq::broker::{
    BatchCap, Broker, Change, ClientFrame, CommandKind, Effect, IdRun, Properties, Request,
    Response, ResponseCode, SingleActive, Stream, StreamArguments, SubscriptionFilter, Token,
};
pub(crate) use offset_lab::family::rabbitmq::log::{
    Chunk, ChunkKind, Encoding, MessageRun, OffsetSpec, Segment, TrackingEntry,
};
pub(crate) use offset_lab::family::rabbitmq::rules::Rules;
pub(crate) use offset_lab::ids::{
    ActorId, ConnectionId, Offset, PublisherId, PublishingId, SubscriptionId,
};
pub(crate) use offset_lab::message::{Body, BodyPart};
pub(crate) use offset_lab::units::{Bytes, SimDuration, SimTime};
