//! The frames a program sends, as protocol requests and as frames of the trace. Knows no link.

use alloc::sync::Arc;
use alloc::vec;

use crate::family::rabbitmq::broker::{
    Properties, Request, ResponseCode, SingleActive, SubscriptionFilter,
};
use crate::family::rabbitmq::log::{MessageRun, OffsetSpec};
use crate::ids::{PublisherId, SubscriptionId};
use crate::scenario::ast::FilterSpec;
use crate::trace::Frame;

/// Each program run has one publisher or one subscription on its connection.
const PUBLISHER: PublisherId = PublisherId(0);
const SUBSCRIPTION: SubscriptionId = SubscriptionId(0);

/// A frame that a program sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Send {
    /// Declare the publisher.
    Declare,
    /// Ask for the sequence of its reference.
    QuerySequence,
    /// Publish frames, one behind the other.
    Publish(Train),
    /// Ask for a stored offset.
    QueryOffset(Asked),
    /// Subscribe.
    Subscribe {
        /// Where to start.
        spec: OffsetSpec,
        /// Initial credit.
        credit: u16,
    },
    /// Give credit.
    Credit(u16),
    /// Store an offset.
    Store(u64),
    /// Answer a consumer update.
    Activate(Option<OffsetSpec>),
    /// End the subscription and wait for the answer.
    Unsubscribe,
    /// End the connection.
    Close,
}

/// Publish frames that leave one behind the other at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Train {
    /// The messages.
    pub run: MessageRun,
    /// Entries of each frame; the last may have fewer. At least 1.
    pub frame: u64,
}

/// What a request was for: the caller hands it back with the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The declare of the publisher.
    Declare,
    /// Its sequence.
    Sequence,
    /// The stored offset from which to resume.
    Resume,
    /// The stored offset with which to answer a consumer update.
    Activation,
    /// The stored offset, because the script asked.
    Query,
    /// The subscribe.
    Subscribe,
    /// The stored offset, for a check of automatic or manual tracking.
    Check,
    /// The stored offset, before closing.
    Closing,
    /// The end of the subscription.
    Unsubscribe,
    /// Credit: answered only when refused.
    Credit,
}

/// An answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Only a code.
    Code(ResponseCode),
    /// The stored offset; `None`: nothing is stored.
    StoredOffset(Option<u64>),
    /// The sequence of the reference, 0 when unknown.
    Sequence(u64),
}

/// What a program says of itself in its requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The stream's name.
    pub stream: Arc<str>,
    /// The producer reference, or the one under which a consumer stores and queries.
    pub reference: Option<Arc<str>>,
    /// The name that its subscribe carries.
    pub group: Option<Arc<str>>,
    /// Filter of the subscription.
    pub filter: Option<FilterSpec>,
    /// Whether the subscription is one of a single-active group.
    pub single_active: bool,
}

impl Train {
    /// Publishing ids.
    #[must_use]
    pub fn ids(&self) -> u64 {
        self.run.entries()
    }

    /// Frames.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.ids().div_ceil(self.frame.max(1))
    }

    /// Takes the first `frames` frames off; leaves an empty train when there are no more.
    pub fn take_front(&mut self, frames: u64) -> Self {
        let entries = frames.saturating_mul(self.frame.max(1));
        Self {
            run: self.run.take_front(entries),
            frame: self.frame,
        }
    }
}

impl Send {
    /// Whether the broker always answers, and what the answer is about.
    #[must_use]
    pub const fn asked(&self) -> Option<Asked> {
        match self {
            Self::Declare => Some(Asked::Declare),
            Self::QuerySequence => Some(Asked::Sequence),
            Self::QueryOffset(asked) => Some(*asked),
            Self::Subscribe { .. } => Some(Asked::Subscribe),
            Self::Unsubscribe => Some(Asked::Unsubscribe),
            Self::Credit(_) => Some(Asked::Credit),
            Self::Publish(_) | Self::Store(_) | Self::Activate(_) | Self::Close => None,
        }
    }

    /// As the trace shows it.
    #[must_use]
    pub fn frame(&self) -> Frame {
        match self {
            Self::Declare => Frame::Declare,
            Self::QuerySequence => Frame::QuerySequence,
            Self::Publish(train) => Frame::Publish {
                first_id: train.run.first_id,
                ids: train.ids(),
                count: train.run.count,
                frames: train.frames(),
            },
            Self::QueryOffset(_) => Frame::QueryOffset,
            Self::Subscribe { spec, credit } => Frame::Subscribe {
                spec: *spec,
                credit: *credit,
            },
            Self::Credit(credit) => Frame::Credit { credit: *credit },
            Self::Store(offset) => Frame::Store { offset: *offset },
            Self::Activate(spec) => Frame::Activate { spec: *spec },
            Self::Unsubscribe | Self::Close => Frame::Close,
        }
    }

    /// As the protocol says it.
    #[must_use]
    pub fn request(self, names: &Names) -> Request {
        let stream = names.stream.clone();
        let reference = names.reference.clone().unwrap_or_else(|| Arc::from(""));
        match self {
            Self::Declare => Request::DeclarePublisher {
                publisher: PUBLISHER,
                reference,
                stream,
            },
            Self::QuerySequence => Request::QueryPublisherSequence { reference, stream },
            Self::Publish(train) => Request::Publish {
                publisher: PUBLISHER,
                messages: vec![train.run],
            },
            Self::QueryOffset(_) => Request::QueryOffset { reference, stream },
            Self::Subscribe { spec, credit } => Request::Subscribe {
                subscription: SUBSCRIPTION,
                stream,
                spec,
                credit,
                properties: names.properties(),
            },
            Self::Credit(credit) => Request::Credit {
                subscription: SUBSCRIPTION,
                credit,
            },
            Self::Store(offset) => Request::StoreOffset {
                reference,
                stream,
                offset,
            },
            Self::Activate(spec) => Request::ConsumerUpdateResponse {
                subscription: SUBSCRIPTION,
                spec,
            },
            Self::Unsubscribe => Request::Unsubscribe {
                subscription: SUBSCRIPTION,
            },
            Self::Close => Request::Close,
        }
    }
}

impl Names {
    fn properties(&self) -> Properties {
        Properties {
            name: self.group.clone(),
            single_active: if self.single_active {
                SingleActive::On
            } else {
                SingleActive::Off
            },
            filter: self.filter.as_ref().map(|filter| SubscriptionFilter {
                values: vec![filter.value.clone()],
                match_unfiltered: filter.match_unfiltered,
            }),
        }
    }
}
