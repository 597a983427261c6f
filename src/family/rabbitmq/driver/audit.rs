//! Compares the world that the trace tells with what broker and programs hold themselves. Changes nothing.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;

use super::Driver;
use crate::engine::Host;
use crate::family::rabbitmq::broker::Stream;
use crate::family::rabbitmq::client::Program;
use crate::family::rabbitmq::log::Log;
use crate::family::rabbitmq::state::{self, StreamState};
use crate::ids::{ActorId, LogId, NodeId};

impl Driver {
    /// Whether the world folded from the trace agrees with the engine's own state. Meaningful once the
    /// present instant is quiet; in its midst the trace may be behind.
    ///
    /// # Errors
    ///
    /// The first difference, in words.
    pub(crate) fn audit(&self, host: &Host) -> Result<(), String> {
        let world = host.world();
        for (stream, id) in world.streams().iter().zip(0..) {
            let name = self.streams.name(LogId(id));
            match (self.broker.stream(&name), stream.state) {
                (Some(live), StreamState::Live) => audit_stream(host, LogId(id), live)?,
                (None, StreamState::Missing | StreamState::Deleted) => {}
                (live, state) => {
                    return Err(format!(
                        "{name}: {state:?}, in the broker {}",
                        live.is_some()
                    ));
                }
            }
        }
        for (actor, id) in self.processes.iter().zip(0..) {
            let told = world.program(ActorId(id));
            let runs = told.is_some_and(is_running);
            if actor.runs() != runs {
                return Err(format!("actor {id}: runs {}, told {runs}", actor.runs()));
            }
            if let (Some(Program::Producer(p)), Some(state::Program::Producer(told))) =
                (&actor.program, told)
                && p.unconfirmed() != told.unconfirmed
            {
                let held = p.unconfirmed();
                return Err(format!("actor {id}: {held:?}, told {:?}", told.unconfirmed));
            }
        }
        Ok(())
    }
}

fn audit_stream(host: &Host, id: LogId, live: &Stream) -> Result<(), String> {
    let told = host.world().stream(id);
    let name = live.name();
    if live.leader() != told.leader {
        return Err(format!(
            "{name}: led by {:?}, told {:?}",
            live.leader(),
            told.leader
        ));
    }
    if live.leader().is_some() && live.committed() != told.committed {
        let (held, told) = (live.committed(), told.committed);
        return Err(format!("{name}: committed {held:?}, told {told:?}"));
    }
    for (rows, node) in told.logs.iter().zip(1..) {
        if let Some(log) = live.log_on(NodeId(node)) {
            audit_log(host, id, log, rows)
                .map_err(|what| format!("{name} on node {node}: {what}"))?;
        }
    }
    let offsets = live.tracking().offsets();
    if live.leader().is_some() && !offsets.eq(told.offsets.iter().map(|(r, o)| (r, *o))) {
        return Err(format!(
            "{name}: stored offsets differ from {:?}",
            told.offsets
        ));
    }
    let sequences = live.tracking().sequences().map(|(r, _, id)| (r, id.0));
    if live.leader().is_some() && !sequences.eq(told.sequences.iter().map(|(r, o)| (r, *o))) {
        return Err(format!(
            "{name}: sequences differ from {:?}",
            told.sequences
        ));
    }
    Ok(())
}

fn audit_log(host: &Host, id: LogId, log: &Log, told: &state::NodeLog) -> Result<(), String> {
    let arena = host.trace().arenas.stream(id);
    let mut rows = told.iter(arena);
    for chunk in log.chunks() {
        match rows.next() {
            Some((_, row)) if Arc::ptr_eq(&row.chunk, chunk) => {}
            Some((at, row)) => {
                return Err(format!(
                    "chunk {}, told row {at}: {}",
                    chunk.id, row.chunk.id
                ));
            }
            None => return Err(format!("chunk {}, told none", chunk.id)),
        }
    }
    match rows.next() {
        Some((_, row)) => Err(format!("no chunk, told {}", row.chunk.id)),
        None => Ok(()),
    }
}

fn is_running(program: &state::Program) -> bool {
    let state = match program {
        state::Program::Producer(p) => p.state,
        state::Program::Consumer(c) => c.state,
    };
    match state {
        state::ActorState::Starting | state::ActorState::Running | state::ActorState::Paused => {
            true
        }
        state::ActorState::Closed | state::ActorState::Crashed | state::ActorState::Refused => {
            false
        }
    }
}
