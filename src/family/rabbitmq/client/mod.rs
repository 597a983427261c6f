//! Client programs: what a producer or a consumer does with the answers it gets. Small machines
//! without a clock, a link or a look into the broker: inputs are method calls, outputs are polled
//! one by one.

pub mod body_search;
pub mod consumer;
mod hand;
mod outstanding;
pub mod producer;
pub mod profile;
mod tracking;
pub mod wire;
pub mod words;

use alloc::string::String;

pub use consumer::ConsumerProgram;
pub use producer::ProducerProgram;
pub use wire::{Answer, Asked, Send, Train};

use crate::family::rabbitmq::broker::ResponseCode;
use crate::ids::{Offset, PublishingId};
use crate::trace::event::{Idle, Skip};

/// What a program does next. Polled until there is nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Something that takes no time.
    Output(Output),
    /// Messages to be gone through; the caller says how far it got.
    Work(Work),
    /// It waits.
    Nothing,
}

/// What a program does without taking time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// It sends a frame.
    Send(Send),
    /// Messages that it took over have other ids than it had thought.
    Numbered {
        /// The first id that they had.
        from: PublishingId,
        /// The first id that they have now.
        to: PublishingId,
        /// Publishing ids.
        ids: u64,
    },
    /// It is up.
    Ready,
    /// It was refused and ends.
    Refused(ResponseCode),
    /// It ends in order.
    Closed,
    /// It has no connection, or its stream no leader, and tries again when there is one.
    Disconnected,
    /// It prints a line.
    Print(String),
    /// It does nothing about a statement.
    Ignore(Idle),
}

/// Messages of one chunk that a consumer goes through, one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// The first offset.
    pub first: Offset,
    /// The offset that the program takes the first one for: another one only behind a filter of a
    /// client that counts wrongly.
    pub seen: Offset,
    /// How many, at least 1.
    pub count: u64,
    /// Why they are dropped; `None`: they are processed.
    pub skip: Option<Skip>,
}

impl Work {
    /// What is left of it behind the first `done` messages; `None` when nothing is.
    #[must_use]
    pub fn rest(self, done: u64) -> Option<Self> {
        (done < self.count).then(|| Self {
            first: self.first.plus(done),
            seen: self.seen.plus(done),
            count: self.count - done,
            skip: self.skip,
        })
    }
}
