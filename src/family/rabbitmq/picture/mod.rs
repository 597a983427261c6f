//! What the picture shows of RabbitMQ streams: fills the model of `view` from the state at a moment. Draws nothing.

pub(crate) mod cells;
pub(crate) mod consumer;
pub(crate) mod interest;
pub(crate) mod lane;
pub(crate) mod log;
mod nodes;
pub(crate) mod producer;
mod retention;
mod touched;

use alloc::vec::Vec;

use super::state::{ActorState, Program};
use super::statements::Statement;
use crate::ids::{LogId, Offset};
use crate::language::ast::StatementKind;
use crate::view::model::{LogOffsets, RunState};
use crate::view::moment::Moment;

/// Which stream each program is on: of its run, or of the first statement that names it.
pub(crate) fn homes(moment: &Moment<'_>) -> Vec<Option<LogId>> {
    let programs = moment.world.rabbitmq().programs.iter();
    let mut homes: Vec<Option<LogId>> = programs
        .map(|program| match program.as_ref()? {
            Program::Producer(p) => Some(p.settings.stream),
            Program::Consumer(c) => Some(c.settings.stream),
        })
        .collect();
    let mut missing = homes.iter().filter(|home| home.is_none()).count();
    for statement in &moment.scenario().statements {
        if missing == 0 {
            break;
        }
        let StatementKind::Family(said) = &statement.kind else {
            continue;
        };
        let Some(said) = said.rabbitmq() else {
            continue;
        };
        let (actor, stream) = match said {
            Statement::Producer(p) => (p.producer, p.stream),
            Statement::Consumer(c) => (c.consumer, c.stream),
            Statement::Stream(_)
            | Statement::Delete(_)
            | Statement::Policy(_)
            | Statement::Publish(_)
            | Statement::Resend(_)
            | Statement::Close(_)
            | Statement::Store { .. }
            | Statement::Query(_)
            | Statement::Credit { .. } => continue,
        };
        if let Some(home @ None) = homes.get_mut(actor.index()) {
            *home = Some(stream);
            missing -= 1;
        }
    }
    homes
}

/// The first offset of a chunk, by its row; of a segment by the row of its first chunk.
pub(crate) fn first_of(moment: &Moment<'_>, stream: LogId, row: u32) -> Option<Offset> {
    moment.world.streams().get(stream.index())?;
    let row = moment.log(stream).arena.chunks.get(row as usize)?;
    Some(row.chunk.id)
}

/// A state as the picture tells it from others.
const fn run_state(state: ActorState) -> RunState {
    match state {
        ActorState::Starting => RunState::Starting,
        ActorState::Running => RunState::Running,
        ActorState::Paused => RunState::Paused,
        ActorState::Closed => RunState::Closed,
        ActorState::Crashed => RunState::Crashed,
        ActorState::Refused => RunState::Refused,
    }
}

const fn offsets((from, to): (Offset, Offset)) -> LogOffsets {
    LogOffsets { from, to }
}
