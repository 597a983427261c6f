//! Frames between a program and the broker, and what may happen to them on the link. Knows no event.

use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::log::OffsetSpec;
use crate::ids::{PublishingId, StreamId};
use crate::units::SimDuration;

/// A frame between a program and the broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// To the broker: declare a publisher.
    Declare,
    /// To the broker: ask for the sequence of the producer's reference.
    QuerySequence,
    /// To the broker: publish frames, one behind the other.
    Publish {
        /// The first publishing id.
        first_id: PublishingId,
        /// Publishing ids.
        ids: u64,
        /// Messages.
        count: u64,
        /// Frames.
        frames: u64,
    },
    /// To the broker: ask for a stored offset.
    QueryOffset,
    /// To the broker: subscribe.
    Subscribe {
        /// Where to start.
        spec: OffsetSpec,
        /// The initial credit.
        credit: u16,
    },
    /// To the broker: give credit.
    Credit {
        /// Chunks.
        credit: u16,
    },
    /// To the broker: store an offset.
    Store {
        /// The offset.
        offset: u64,
    },
    /// To the broker: the answer to a consumer update.
    Activate {
        /// Where to start; `None` leaves it to the subscribe's spec.
        spec: Option<OffsetSpec>,
    },
    /// To the broker: delete the publisher, unsubscribe, or the end of the connection.
    Close,
    /// To the program: an answer that is only a code.
    Code(ResponseCode),
    /// To the program: the stored offset.
    StoredOffset {
        /// `None`: `no_offset`.
        offset: Option<u64>,
    },
    /// To the program: the sequence of its reference, 0 when unknown.
    Sequence {
        /// The highest publishing id.
        id: u64,
    },
    /// To the program: confirms, one frame a chunk, merged where ids follow each other.
    Confirm {
        /// The first id.
        first_id: PublishingId,
        /// Publishing ids.
        ids: u64,
        /// Messages.
        count: u64,
        /// Whether these were duplicates, confirmed and not stored.
        duplicates: bool,
    },
    /// To the program: refused messages.
    PublishError {
        /// The first id.
        first_id: PublishingId,
        /// Publishing ids.
        ids: u64,
        /// Messages.
        count: u64,
        /// Why.
        code: ResponseCode,
    },
    /// To the program: a chunk.
    Deliver {
        /// The stream.
        stream: StreamId,
        /// Its row in the stream's arena.
        row: u32,
    },
    /// To the program: its stream is gone or has no leader.
    MetadataUpdate {
        /// The code.
        code: ResponseCode,
    },
    /// To the program: its subscription became active or passive.
    ConsumerUpdate {
        /// Whether it is to be active.
        active: bool,
    },
}

impl Frame {
    /// Whether it travels from the program to the broker.
    #[must_use]
    pub const fn is_to_broker(&self) -> bool {
        match self {
            Self::Declare
            | Self::QuerySequence
            | Self::Publish { .. }
            | Self::QueryOffset
            | Self::Subscribe { .. }
            | Self::Credit { .. }
            | Self::Store { .. }
            | Self::Activate { .. }
            | Self::Close => true,
            Self::Code(_)
            | Self::StoredOffset { .. }
            | Self::Sequence { .. }
            | Self::Confirm { .. }
            | Self::PublishError { .. }
            | Self::Deliver { .. }
            | Self::MetadataUpdate { .. }
            | Self::ConsumerUpdate { .. } => false,
        }
    }
}

/// Why a frame never arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// `lose next …`
    Chosen,
    /// `drop M/N from …`
    Dropped,
    /// The broker was down when it would have arrived, or had been since it was sent: a connection does
    /// not outlive the broker.
    BrokerDown,
    /// The program was gone when it would have arrived.
    ProgramGone,
}

/// A fault of a program's link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The next confirm is lost.
    LoseConfirm,
    /// The next store is lost.
    LoseStore,
    /// The next publish frame is lost.
    LosePublish,
    /// M of N frames are lost, by the seed.
    Drop {
        /// M
        numerator: u32,
        /// N
        denominator: u32,
    },
    /// Frames take longer, each way.
    Delay {
        /// How much longer.
        by: SimDuration,
    },
}
