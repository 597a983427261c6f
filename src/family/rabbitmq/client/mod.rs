//! Client programs: what a producer or a consumer does with the answers it gets. Small machines
//! without a clock, a link or a look into the broker: inputs are method calls, outputs are polled
//! one by one.

mod auto_commit;
pub mod console_lines;
pub mod consumer;
mod current_chunk;
mod outstanding;
pub mod producer;
pub mod profile;
pub mod program;
pub mod requests;
pub mod stored_offset;
mod tracking;

use alloc::string::String;

pub use consumer::ConsumerProgram;
pub use producer::ProducerProgram;
pub use program::Program;

use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::message::ToBroker;
use crate::ids::PublishingId;
use crate::trace::Work;
use crate::trace::event::{Disconnection, Idle};

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
    Send(ToBroker),
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
    /// It has no connection any more, or its stream no leader.
    Disconnected {
        /// Why.
        why: Disconnection,
        /// Whether it tries again when there is one.
        retries: bool,
    },
    /// It prints a line.
    Print(String),
    /// It does nothing about a statement.
    Ignore(Idle),
}
