//! Client programs: what a producer or a member of a group does with the answers it gets. Small machines without a clock, a
//! link or a look into the broker: inputs are method calls, outputs are polled one by one.

pub mod allocation;
pub mod habits;
pub mod hash;
pub mod member;
pub mod process_queue;
pub mod producer;
pub mod program;
mod reading;

pub use member::MemberProgram;
pub use producer::ProducerProgram;
pub use program::Program;

use super::event::{PlacedBy, Revoke};
use super::message::{Sends, ToBroker};
use crate::ids::{LogId, Offset};
use alloc::sync::Arc;

/// What a program does next. Polled until there is nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Something that takes no time.
    Output(Output),
    /// Messages to be consumed; the caller says how far it got.
    Work(OutcomeRun),
    /// It waits.
    Nothing,
}

/// Messages that a member consumes with one outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeRun {
    /// The queue.
    pub queue: LogId,
    /// The first.
    pub first: Offset,
    /// How many follow each other, at least 1.
    pub count: u64,
    /// What comes of it.
    pub outcome: Outcome,
}

/// What comes of consuming a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeds.
    Success,
    /// It fails.
    Failure,
    /// It never ends.
    Hang,
}

/// What a program does without taking time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Messages leave.
    Publish(Arc<Sends>),
    /// It sends something else.
    Send(ToBroker),
    /// It is up.
    Ready,
    /// It ends in order.
    Closed,
    /// It has no connection and tries again when there is one.
    Disconnected,
    /// A queue is its own.
    Assigned(LogId),
    /// It let go of a queue, with so many messages that it had not finished.
    Revoked(LogId, Revoke, u64),
    /// It knows from where it reads a queue.
    Placed(LogId, Offset, PlacedBy),
    /// It wrote down its own offset.
    OwnStored(LogId, Offset),
    /// It stops for a while.
    Suspended,
    /// It takes up nothing more of a queue, and throws away what it is at.
    Dropped(LogId),
    /// A hung message is given up.
    GivenUp(LogId, Offset),
}
