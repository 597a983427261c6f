//! What a step asks: an operation with its arguments.

use serde_json::{Map, Value};

use crate::rabbitmq::prelude::OffsetSpec;
use crate::values::Ranges;

/// An operation.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Create {
        stream: String,
        args: Map<String, Value>,
    },
    Delete {
        stream: String,
    },
    DeclarePublisher {
        on: String,
        publisher: u8,
        reference: String,
        stream: String,
    },
    DeletePublisher {
        on: String,
        publisher: u8,
    },
    Publish(Publish),
    PublishSubBatch {
        on: String,
        publisher: Option<u8>,
        id: u64,
        records: u32,
    },
    Subscribe(Subscribe),
    Credit {
        on: String,
        subscription: u8,
        credit: u16,
    },
    Read {
        on: String,
        subscription: u8,
    },
    Unsubscribe {
        on: String,
        subscription: u8,
    },
    StoreOffset {
        on: String,
        reference: String,
        stream: String,
        offset: u64,
        times: u64,
        gap_us: u64,
    },
    Query {
        on: String,
        stream: String,
        what: Query,
    },
    DiskLog {
        stream: Option<String>,
    },
    ListQueues {
        stream: Option<String>,
    },
    CloseConnection {
        on: String,
        crash: bool,
    },
    ClosedByBroker {
        on: String,
    },
    Events {
        on: String,
    },
    Confirms {
        on: String,
    },
    Broker {
        start: bool,
        stop: bool,
    },
    Sleep {
        us: u64,
    },
    /// `N x …`: short requests in words, repeated.
    Repeat {
        times: u64,
        words: Vec<String>,
    },
    Other,
}

/// What is asked of a stream.
#[derive(Clone, Debug)]
pub(crate) enum Query {
    /// The offset stored under a reference.
    Offset(String),
    /// The highest publishing id of a reference.
    Sequence(String),
    Stats,
    Metadata,
}

/// `publish`.
#[derive(Clone, Debug)]
pub(crate) struct Publish {
    pub(crate) on: String,
    pub(crate) publisher: Option<u8>,
    pub(crate) ids: Ranges,
    /// Ids in a frame; `None` puts all into one.
    pub(crate) frame: Option<u64>,
    pub(crate) size: Option<u32>,
    pub(crate) await_each: bool,
    pub(crate) await_confirm: bool,
    /// One for all, or one for each id in turn.
    pub(crate) filters: Vec<Option<String>>,
}

impl Publish {
    /// Frames whose confirms are awaited before the next is sent.
    pub(crate) fn awaited_frames(&self) -> u64 {
        let ids = self
            .ids
            .iter()
            .fold(0, |sum: u64, (_, n)| sum.saturating_add(*n));
        match (self.await_each, self.frame) {
            (true, Some(frame)) => ids.div_ceil(frame),
            (true, None) | (false, _) => 1,
        }
    }
}

/// `subscribe`.
#[derive(Clone, Debug)]
pub(crate) struct Subscribe {
    pub(crate) on: String,
    pub(crate) subscription: u8,
    pub(crate) stream: String,
    pub(crate) spec: Spec,
    pub(crate) credit: u16,
    pub(crate) auto_credit: bool,
    pub(crate) props: Map<String, Value>,
    /// The answer to consumer updates; `None` gives none.
    pub(crate) answer: Option<Option<Spec>>,
}

/// An offset specification as transcripts write it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Spec {
    Known(OffsetSpec),
    /// A moment in words, such as `before_first`.
    When(String),
    /// A moment of the recording's wall clock.
    WallClock(i64),
    /// A code that the server's codec refuses.
    Undefined,
}
