//! Messages between a program and the broker: one type from sender to receiver, also in the trace.
//! Its direction is a type. Knows no event and no link.

use alloc::sync::Arc;

use super::broker::ResponseCode;
use super::log::{MessageRun, OffsetSpec};
use crate::ids::{LogId, PublishingId};
use crate::trace::event::Code;
use crate::trace::link::MessageKind;

/// A message on a program's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamMessage {
    /// From the program.
    ToBroker(ToBroker),
    /// From the broker.
    ToProgram(ToProgram),
}

/// A message from a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToBroker {
    /// Declare the publisher.
    Declare,
    /// Ask for the sequence of the producer's reference.
    QuerySequence,
    /// Publish frames, one behind the other.
    Publish(Arc<PublishFrames>),
    /// Ask for the stored offset.
    QueryOffset(Question),
    /// Subscribe.
    Subscribe {
        /// Where to start.
        spec: OffsetSpec,
        /// The initial credit, in chunks.
        credit: u16,
    },
    /// Give credit.
    Credit {
        /// Chunks.
        credit: u16,
    },
    /// Store an offset.
    Store {
        /// The offset.
        offset: u64,
    },
    /// Answer a consumer update.
    Activate {
        /// Where to start; `None` leaves it to the subscribe's spec.
        spec: Option<OffsetSpec>,
    },
    /// End the subscription and wait for the answer.
    Unsubscribe,
    /// End the connection.
    Close,
}

/// A message from the broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToProgram {
    /// The answer to a request.
    Answer {
        /// What was asked: the protocol's correlation id leads the program back to it.
        to: Question,
        /// The answer.
        answer: Answer,
    },
    /// Confirms, one frame a chunk, merged where ids follow each other.
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
    /// Refused messages.
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
    /// A chunk.
    Deliver {
        /// The stream.
        stream: LogId,
        /// Its row in the stream's arena.
        row: u32,
    },
    /// The program's stream is gone or has no leader.
    MetadataUpdate {
        /// The code.
        code: ResponseCode,
    },
    /// The program's subscription became active or passive.
    ConsumerUpdate {
        /// Whether it is to be active.
        active: bool,
    },
}

/// Publish frames that leave one behind the other at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishFrames {
    /// The messages.
    pub run: MessageRun,
    /// Entries of each frame; the last may have fewer. At least 1.
    pub entries_per_frame: u64,
}

/// What a request asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
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

/// A code as an event shows it.
#[must_use]
pub const fn shown(code: ResponseCode) -> Code {
    Code {
        number: code.number(),
        name: code.name(),
    }
}

impl PublishFrames {
    /// Publishing ids.
    #[must_use]
    pub fn ids(&self) -> u64 {
        self.run.entries()
    }

    /// Frames.
    #[must_use]
    pub fn frames(&self) -> u64 {
        self.ids().div_ceil(self.entries_per_frame.max(1))
    }

    /// Takes the first `frames` frames off; leaves none when there are no more.
    pub fn take_front(&mut self, frames: u64) -> Self {
        let entries = frames.saturating_mul(self.entries_per_frame.max(1));
        Self {
            run: self.run.take_front(entries),
            entries_per_frame: self.entries_per_frame,
        }
    }
}

impl StreamMessage {
    /// What it says to the broker.
    #[must_use]
    pub const fn to_broker(&self) -> Option<&ToBroker> {
        match self {
            Self::ToBroker(message) => Some(message),
            Self::ToProgram(_) => None,
        }
    }

    /// What it says to the program.
    #[must_use]
    pub const fn to_program(&self) -> Option<&ToProgram> {
        match self {
            Self::ToBroker(_) => None,
            Self::ToProgram(message) => Some(message),
        }
    }

    /// Whether it travels from the program to the broker.
    #[must_use]
    pub const fn is_to_broker(&self) -> bool {
        match self {
            Self::ToBroker(_) => true,
            Self::ToProgram(_) => false,
        }
    }

    /// How many frames it stands for.
    #[must_use]
    pub fn frames(&self) -> u64 {
        match self {
            Self::ToBroker(ToBroker::Publish(frames)) => frames.frames(),
            Self::ToBroker(_) | Self::ToProgram(_) => 1,
        }
    }

    /// Of which kind it is, for those that a fault can be about.
    #[must_use]
    pub const fn kind(&self) -> Option<MessageKind> {
        match self {
            Self::ToBroker(message) => match message {
                ToBroker::Publish(_) => Some(MessageKind::Publish),
                ToBroker::Store { .. } => Some(MessageKind::Store),
                ToBroker::Declare
                | ToBroker::QuerySequence
                | ToBroker::QueryOffset(_)
                | ToBroker::Subscribe { .. }
                | ToBroker::Credit { .. }
                | ToBroker::Activate { .. }
                | ToBroker::Unsubscribe
                | ToBroker::Close => None,
            },
            Self::ToProgram(message) => match message {
                ToProgram::Confirm { .. } => Some(MessageKind::Confirm),
                ToProgram::Answer { .. }
                | ToProgram::PublishError { .. }
                | ToProgram::Deliver { .. }
                | ToProgram::MetadataUpdate { .. }
                | ToProgram::ConsumerUpdate { .. } => None,
            },
        }
    }

    /// Whether a faulty link may drop it: whatever a program sends, but for the end of its connection.
    #[must_use]
    pub const fn can_be_dropped(&self) -> bool {
        match self {
            Self::ToBroker(message) => match message {
                ToBroker::Unsubscribe | ToBroker::Close => false,
                ToBroker::Declare
                | ToBroker::QuerySequence
                | ToBroker::Publish(_)
                | ToBroker::QueryOffset(_)
                | ToBroker::Subscribe { .. }
                | ToBroker::Credit { .. }
                | ToBroker::Store { .. }
                | ToBroker::Activate { .. } => true,
            },
            Self::ToProgram(_) => false,
        }
    }

    /// The publishing ids that it is about: the first, and how many.
    #[must_use]
    pub fn publishing_ids(&self) -> Option<(PublishingId, u64)> {
        match self {
            Self::ToBroker(message) => match message {
                ToBroker::Publish(frames) => Some((frames.run.first_id, frames.ids())),
                ToBroker::Declare
                | ToBroker::QuerySequence
                | ToBroker::QueryOffset(_)
                | ToBroker::Subscribe { .. }
                | ToBroker::Credit { .. }
                | ToBroker::Store { .. }
                | ToBroker::Activate { .. }
                | ToBroker::Unsubscribe
                | ToBroker::Close => None,
            },
            Self::ToProgram(message) => match message {
                ToProgram::Confirm { first_id, ids, .. }
                | ToProgram::PublishError { first_id, ids, .. } => Some((*first_id, *ids)),
                ToProgram::Answer { .. }
                | ToProgram::Deliver { .. }
                | ToProgram::MetadataUpdate { .. }
                | ToProgram::ConsumerUpdate { .. } => None,
            },
        }
    }

    /// The lab's own word for the message: fixed, since goldens and digests are made of it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::ToBroker(message) => match message {
                ToBroker::Declare => "declare_publisher",
                ToBroker::QuerySequence => "query_publisher_sequence",
                ToBroker::Publish(_) => "publish",
                ToBroker::QueryOffset(_) => "query_offset",
                ToBroker::Subscribe { .. } => "subscribe",
                ToBroker::Credit { .. } => "credit",
                ToBroker::Store { .. } => "store_offset",
                ToBroker::Activate { .. } => "consumer_update_response",
                ToBroker::Unsubscribe | ToBroker::Close => "close",
            },
            Self::ToProgram(message) => match message {
                ToProgram::Answer { answer, .. } => match answer {
                    Answer::Code(_) => "response",
                    Answer::StoredOffset(_) => "stored_offset",
                    Answer::Sequence(_) => "publisher_sequence",
                },
                ToProgram::Confirm { .. } => "publish_confirm",
                ToProgram::PublishError { .. } => "publish_error",
                ToProgram::Deliver { .. } => "deliver",
                ToProgram::MetadataUpdate { .. } => "metadata_update",
                ToProgram::ConsumerUpdate { .. } => "consumer_update",
            },
        }
    }
}

impl ToProgram {
    /// The chunk that it brings: its stream and row.
    #[must_use]
    pub const fn delivered(&self) -> Option<(LogId, u32)> {
        match self {
            Self::Deliver { stream, row } => Some((*stream, *row)),
            Self::Answer { .. }
            | Self::Confirm { .. }
            | Self::PublishError { .. }
            | Self::MetadataUpdate { .. }
            | Self::ConsumerUpdate { .. } => None,
        }
    }
}

impl ToBroker {
    /// What the broker answers it about, if it answers.
    #[must_use]
    pub const fn question(&self) -> Option<Question> {
        match self {
            Self::Declare => Some(Question::Declare),
            Self::QuerySequence => Some(Question::Sequence),
            Self::QueryOffset(question) => Some(*question),
            Self::Subscribe { .. } => Some(Question::Subscribe),
            Self::Unsubscribe => Some(Question::Unsubscribe),
            Self::Credit { .. } => Some(Question::Credit),
            Self::Publish(_) | Self::Store { .. } | Self::Activate { .. } | Self::Close => None,
        }
    }
}
