//! Leaders: streams lose them and get new ones. Who wins an election is the broker's to say.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Driver;
use super::effects::then_effects;
use crate::engine::Host;
use crate::family::rabbitmq::broker::Effect;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::state::StreamState;
use crate::ids::{EventId, LogId, NodeId, Offset};

impl Driver {
    /// A stream that was just created is led by node 1; if that is out of reach, by another.
    pub(super) fn settle_leader(&mut self, host: &mut Host, stream: LogId, cause: Option<EventId>) {
        let node = &host.world().nodes[0];
        let led = node.up && (!node.cut || !has_majority(host));
        if !led {
            self.replace_leader(host, stream, cause);
        }
    }

    /// The leader of a stream is gone; the rest elects another, if it can.
    pub(super) fn replace_leader(
        &mut self,
        host: &mut Host,
        stream: LogId,
        cause: Option<EventId>,
    ) {
        let name = self.streams.name(stream);
        let mut effects = Vec::new();
        self.broker.lose_leader(&name, &mut effects);
        let told = |effect: &Effect| !matches!(effect, Effect::ToClient { to, .. } if self.connections.is_dead(*to));
        effects.retain(told);
        self.forget_transfers(stream);
        let event = host.emit(cause, StreamEvent::LeaderLost { stream });
        self.elect(host, stream, Some(event));
        then_effects(host, effects, Some(event));
        self.finish_tasks(host);
    }

    pub(super) fn elect(&mut self, host: &mut Host, stream: LogId, cause: Option<EventId>) {
        let name = self.streams.name(stream);
        let mut effects = Vec::new();
        let Some(election) = self.broker.elect(&name, &group(host), &mut effects) else {
            return;
        };
        then_effects(host, effects, cause);
        let writer = self.streams.writer(stream);
        writer.cap = Default::default();
        writer.term += 1;
        let Some(live) = self.broker.stream(&name) else {
            return;
        };
        let tracking = live.tracking();
        let offsets = tracking.offsets().map(|(r, offset)| (r.clone(), offset));
        let sequences = tracking.sequences().map(|(r, _, id)| (r.clone(), id.0));
        let what = StreamEvent::LeaderElected {
            stream,
            node: election.leader,
            epoch: election.epoch,
            offsets: Arc::new(offsets.collect()),
            sequences: Arc::new(sequences.collect()),
        };
        let committed = live.committed();
        let event = host.emit(cause, what);
        for (node, kept) in election.diverged {
            self.diverged(host, stream, node, kept, Some(event));
        }
        if let Some(chunk) = committed {
            let event = host.emit(Some(event), StreamEvent::Committed { stream, chunk });
            self.streams.writer(stream).commit = Some(event);
        }
        self.replication.grown(stream);
    }

    /// A node threw away what lies behind the last chunk that it kept.
    pub(super) fn diverged(
        &self,
        host: &mut Host,
        stream: LogId,
        node: NodeId,
        kept: Option<Offset>,
        cause: Option<EventId>,
    ) {
        let arena = host.trace().arenas.stream(stream);
        let world = host.world();
        let log = &world.stream(stream).logs[usize::from(node.0) - 1];
        let row = match kept {
            Some(chunk) => log.row_of(arena, chunk).map(|row| row + 1),
            None => log.first_row(),
        };
        if let Some(row) = row {
            host.emit(cause, StreamEvent::Diverged { stream, node, row });
        }
    }
}

/// The nodes that may elect: they live and reach each other.
pub(super) fn group(host: &Host) -> Vec<NodeId> {
    let nodes = &host.world().nodes;
    let alone = nodes.len() == 1;
    let together = nodes
        .iter()
        .zip(1..)
        .filter(|(n, _)| n.up && (alone || !n.cut));
    together.map(|(_, id)| NodeId(id)).collect()
}

pub(super) fn has_majority(host: &Host) -> bool {
    group(host).len() * 2 > host.world().nodes.len()
}

pub(super) fn live_streams(host: &Host) -> Vec<LogId> {
    let streams = host.world().streams().iter().zip(0..);
    streams
        .filter(|(s, _)| s.state == StreamState::Live)
        .map(|(_, id)| LogId(id))
        .collect()
}
