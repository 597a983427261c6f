//! What the picture shows of RocketMQ's queues: fills the model of `view` from the state at a moment. Draws nothing.

pub(crate) mod cast;
pub(crate) mod cells;
pub(crate) mod commit_log;
pub(crate) mod delayed;
pub(crate) mod interest;
pub(crate) mod lane;
pub(crate) mod member;
pub(crate) mod producer;
pub(crate) mod progress;
pub(crate) mod queue_view;
mod touched;

use super::state::ActorState;
use crate::ids::Offset;
use crate::view::model::{LogOffsets, RunState};

/// A state as the picture tells it from others.
const fn run_state(state: ActorState) -> RunState {
    match state {
        ActorState::Starting => RunState::Starting,
        ActorState::Running => RunState::Running,
        ActorState::Paused => RunState::Paused,
        ActorState::Closed => RunState::Closed,
        ActorState::Crashed => RunState::Crashed,
    }
}

const fn offsets((from, to): (Offset, Offset)) -> LogOffsets {
    LogOffsets { from, to }
}
