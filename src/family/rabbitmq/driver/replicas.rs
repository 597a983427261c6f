//! Links between nodes: chunks travel to replicas, acknowledgements back. What is on a cut link is lost, and
//! fetched again once the link heals. What a replica keeps is the broker's to say.

use alloc::sync::Arc;

use super::elections::group;
use super::{Driver, Own};
use crate::base::{SmallMap, SmallSet};
use crate::engine::Host;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::log::Chunk;
use crate::family::rabbitmq::state::StreamState;
use crate::ids::{EventId, LogId, NodeId, Offset};
use crate::units::SimDuration;

/// What is under way between the nodes.
#[derive(Clone, Debug)]
pub(super) struct Replication {
    /// Streams with chunks that replicas may lack.
    grown: SmallSet<LogId>,
    /// The offset behind the last chunk that left for a replica.
    transfers: SmallMap<(LogId, NodeId), Offset>,
    /// One way between two nodes.
    latency: SimDuration,
}

/// Something on a link between a stream's leader and a replica.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transfer {
    stream: LogId,
    node: NodeId,
    /// Faults and elections end a term; what was under way in it is lost.
    term: u32,
    cause: Option<EventId>,
}

impl Replication {
    pub(super) fn new(latency: SimDuration) -> Self {
        Self {
            grown: SmallSet::new(),
            transfers: SmallMap::new(),
            latency,
        }
    }

    /// A stream has chunks that replicas may lack.
    pub(super) fn grown(&mut self, stream: LogId) {
        self.grown.insert(stream);
    }
}

impl Driver {
    /// What the leader wrote at this instant leaves for the replicas that it reaches; false when there is
    /// nothing.
    pub(super) fn replicate(&mut self, host: &mut Host) -> bool {
        let Some(stream) = self.replication.grown.pop_first() else {
            return false;
        };
        let leader = host.world().stream(stream).leader;
        let group = group(host);
        if let Some(leader) = leader.filter(|leader| group.contains(leader)) {
            for node in group.into_iter().filter(|node| *node != leader) {
                self.fetch(host, stream, node);
            }
        }
        true
    }

    fn fetch(&mut self, host: &mut Host, stream: LogId, node: NodeId) {
        let name = self.streams.name(stream);
        let under_way = self.replication.transfers.get(&(stream, node)).copied();
        let mut fetched = self.broker.replica_fetch(&name, node);
        let cause = self.streams.written(stream);
        if let Some(kept) = fetched.diverged {
            self.diverged(host, stream, node, kept, cause);
        }
        fetched
            .chunks
            .retain(|chunk| under_way.is_none_or(|next| chunk.id >= next));
        let Some(last) = fetched.chunks.last() else {
            // It has all there is; a new leader has yet to hear so.
            if under_way.is_none() {
                self.acknowledge(host, stream, node);
            }
            return;
        };
        self.replication
            .transfers
            .insert((stream, node), last.next());
        let transfer = Transfer {
            stream,
            node,
            term: self.streams.term(stream),
            cause,
        };
        let at = host.now().after(self.replication.latency);
        host.at(at, Own::Chunks(transfer, fetched.chunks));
    }

    /// Chunks reach a replica.
    pub(super) fn chunks_arrived(
        &mut self,
        host: &mut Host,
        transfer: Transfer,
        chunks: &[Arc<Chunk>],
    ) {
        if !self.is_current(host, &transfer) {
            return;
        }
        let Transfer { stream, node, .. } = transfer;
        let name = self.streams.name(stream);
        let last = self.broker.replica_append(&name, node, chunks);
        let arena = host.trace().arenas.stream(stream);
        let log = host.world().stream(stream).log();
        if let Some(row) = last.and_then(|chunk| log.row_of(arena, chunk)) {
            host.emit(
                transfer.cause,
                StreamEvent::Replicated { stream, node, row },
            );
        }
        self.acknowledge(host, stream, node);
    }

    /// A replica says how far it is.
    fn acknowledge(&self, host: &mut Host, stream: LogId, node: NodeId) {
        let name = self.streams.name(stream);
        let last = self.broker.stream(&name).and_then(|s| s.log_on(node));
        let Some(chunk) = last.and_then(|log| Some(log.last_chunk()?.id)) else {
            return;
        };
        let transfer = Transfer {
            stream,
            node,
            term: self.streams.term(stream),
            cause: None,
        };
        let at = host.now().after(self.replication.latency);
        host.at(at, Own::Ack(transfer, chunk));
    }

    /// An acknowledgement reaches the leader.
    pub(super) fn ack_arrived(&mut self, host: &Host, transfer: &Transfer, chunk: Offset) {
        if self.is_current(host, transfer) {
            let name = self.streams.name(transfer.stream);
            self.broker.replica_ack(&name, transfer.node, chunk);
        }
    }

    /// Whether both ends are still there, reach each other, and the term has not changed.
    fn is_current(&self, host: &Host, transfer: &Transfer) -> bool {
        let stream = host.world().stream(transfer.stream);
        let group = group(host);
        let reaches = |node: Option<NodeId>| node.is_some_and(|node| group.contains(&node));
        stream.state == StreamState::Live
            && self.streams.term(transfer.stream) == transfer.term
            && reaches(stream.leader)
            && reaches(Some(transfer.node))
    }

    /// Whatever is under way between the nodes of a stream is lost.
    pub(super) fn forget_transfers(&mut self, stream: LogId) {
        self.streams.writer(stream).term += 1;
        let transfers = &mut self.replication.transfers;
        transfers.retain(|(of, _), _| *of != stream);
        // Whoever is still reached is sent it again.
        self.replication.grown(stream);
    }
}
