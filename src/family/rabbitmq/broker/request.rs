//! What a client may ask of the broker: the commands of the stream protocol (`PROTOCOL.adoc`), already decoded.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::family::rabbitmq::log::{MessageRun, OffsetSpec};
use crate::ids::{PublisherId, SubscriptionId};
use crate::units::{Bytes, SimDuration};

/// The caller's mark on a request. Every effect names the token that led to it, so that the caller can
/// tell causes; the broker never looks into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token(pub u32);

/// Arguments of a stream as `create` takes them. Equality decides between `stream_already_exists` and
/// `precondition_failed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamArguments {
    /// `max-length-bytes`: unset keeps everything.
    pub max_length: Option<Bytes>,
    /// `max-age`: unset keeps everything.
    pub max_age: Option<SimDuration>,
    /// `stream-max-segment-size-bytes`: 500,000,000 when unset.
    pub segment_size: Option<Bytes>,
    /// `stream-filter-size-bytes`: 16 when unset, 16 to 255.
    pub filter_size: Option<u8>,
    /// Arguments that a second create has to repeat letter by letter, though nothing here follows from how they are
    /// written: `max-age` (an hour is not 60 minutes), `initial-cluster-size`, `queue-leader-locator` (recorded).
    pub written: Vec<(Arc<str>, Arc<str>)>,
}

/// The limits of a policy: each that it says replaces the stream's own argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyLimits {
    /// `max-length-bytes`
    pub max_length: Option<Bytes>,
    /// `max-age`
    pub max_age: Option<SimDuration>,
}

/// One request on a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Create a stream.
    Create {
        /// Its name.
        stream: Arc<str>,
        /// Its arguments.
        arguments: StreamArguments,
    },
    /// Delete a stream with its tracking.
    Delete {
        /// Its name.
        stream: Arc<str>,
    },
    /// Declare a publisher.
    DeclarePublisher {
        /// Its id within the connection.
        publisher: PublisherId,
        /// The producer reference; empty turns deduplication off.
        reference: Arc<str>,
        /// The stream to publish to.
        stream: Arc<str>,
    },
    /// Delete a publisher.
    DeletePublisher {
        /// Its id within the connection.
        publisher: PublisherId,
    },
    /// One publish frame. Never answered; confirms and errors come on their own.
    Publish {
        /// The declared publisher.
        publisher: PublisherId,
        /// The messages of the frame in order.
        messages: Vec<MessageRun>,
    },
    /// Ask for the highest publishing id of a producer reference.
    QueryPublisherSequence {
        /// The producer reference.
        reference: Arc<str>,
        /// The stream.
        stream: Arc<str>,
    },
    /// Subscribe to a stream.
    Subscribe {
        /// Its id within the connection.
        subscription: SubscriptionId,
        /// The stream.
        stream: Arc<str>,
        /// Where to start.
        spec: OffsetSpec,
        /// Chunks that may be sent at first.
        credit: u16,
        /// Further properties.
        properties: Properties,
    },
    /// Give further credit. Answered only when it is refused.
    Credit {
        /// The subscription.
        subscription: SubscriptionId,
        /// Chunks that may be sent in addition.
        credit: u16,
    },
    /// End a subscription.
    Unsubscribe {
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// Store an offset under a reference. Never answered.
    StoreOffset {
        /// The consumer reference.
        reference: Arc<str>,
        /// The stream.
        stream: Arc<str>,
        /// Any value: the broker checks none.
        offset: u64,
    },
    /// Ask for the offset stored under a reference.
    QueryOffset {
        /// The consumer reference.
        reference: Arc<str>,
        /// The stream.
        stream: Arc<str>,
    },
    /// Ask whether a stream exists and who leads it.
    Metadata {
        /// The stream.
        stream: Arc<str>,
    },
    /// Ask for a stream's statistics.
    StreamStats {
        /// The stream.
        stream: Arc<str>,
    },
    /// The client's answer to a consumer update.
    ConsumerUpdateResponse {
        /// The subscription that the update was about.
        subscription: SubscriptionId,
        /// Where to start; `None` leaves it to the spec of the subscribe.
        spec: Option<OffsetSpec>,
    },
    /// The connection ends, in order or not: publishers and subscriptions are gone.
    Close,
}

/// Properties of a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// `name`: the consumer reference, for single active consumer.
    pub name: Option<Arc<str>>,
    /// `single-active-consumer`.
    pub single_active: SingleActive,
    /// `filter.N` and `match-unfiltered`.
    pub filter: Option<SubscriptionFilter>,
}

/// Whether a subscription is one of a single-active group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SingleActive {
    /// It stands alone.
    #[default]
    Off,
    /// Only one of its name and stream is active.
    On,
}

/// What a filtered subscription asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionFilter {
    /// Chunks that may hold one of these values.
    pub values: Vec<Arc<str>>,
    /// Also chunks that hold messages without a filter value.
    pub match_unfiltered: bool,
}

/// Response codes of the stream protocol that the lab's broker gives (`PROTOCOL.adoc`, Response codes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResponseCode {
    /// 1
    Ok,
    /// 2
    StreamDoesNotExist,
    /// 3
    SubscriptionIdAlreadyExists,
    /// 4
    SubscriptionIdDoesNotExist,
    /// 5
    StreamAlreadyExists,
    /// 6
    StreamNotAvailable,
    /// 13
    UnknownFrame,
    /// 16
    AccessRefused,
    /// 17
    PreconditionFailed,
    /// 18
    PublisherDoesNotExist,
    /// 19
    NoOffset,
}

impl ResponseCode {
    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Ok => 1,
            Self::StreamDoesNotExist => 2,
            Self::SubscriptionIdAlreadyExists => 3,
            Self::SubscriptionIdDoesNotExist => 4,
            Self::StreamAlreadyExists => 5,
            Self::StreamNotAvailable => 6,
            Self::UnknownFrame => 13,
            Self::AccessRefused => 16,
            Self::PreconditionFailed => 17,
            Self::PublisherDoesNotExist => 18,
            Self::NoOffset => 19,
        }
    }

    /// The name as the lab and the recorded transcripts write it: `stream_does_not_exist`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::StreamDoesNotExist => "stream_does_not_exist",
            Self::SubscriptionIdAlreadyExists => "subscription_id_already_exists",
            Self::SubscriptionIdDoesNotExist => "subscription_id_does_not_exist",
            Self::StreamAlreadyExists => "stream_already_exists",
            Self::StreamNotAvailable => "stream_not_available",
            Self::UnknownFrame => "unknown_frame",
            Self::AccessRefused => "access_refused",
            Self::PreconditionFailed => "precondition_failed",
            Self::PublisherDoesNotExist => "publisher_does_not_exist",
            Self::NoOffset => "no_offset",
        }
    }
}
