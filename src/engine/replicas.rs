//! Links between nodes: chunks travel to replicas, acknowledgements back. What is on a cut link is lost, and
//! fetched again once the link heals. What a replica keeps is the broker's to say.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::queue::{Item, Transfer};
use super::sim::Sim;
use crate::family::rabbitmq::log::Chunk;
use crate::ids::{NodeId, Offset, StreamId};
use crate::trace::event::What;
use crate::world::StreamState;

impl Sim {
    /// What the leader wrote at this instant leaves for the replicas that it reaches; false when there is
    /// nothing.
    pub(super) fn replicate(&mut self) -> bool {
        let Some(stream) = self.grown.pop_first() else {
            return false;
        };
        let leader = self.timeline.end().stream(stream).leader;
        let group = self.group();
        if let Some(leader) = leader.filter(|leader| group.contains(leader)) {
            for node in group.into_iter().filter(|node| *node != leader) {
                self.fetch(stream, node);
            }
        }
        true
    }

    fn fetch(&mut self, stream: StreamId, node: NodeId) {
        let name = self.stream_name(stream);
        let under_way = self.transfers.get(&(stream, node)).copied();
        let mut fetched = self.broker.replica_fetch(&name, node);
        let cause = self.streams[stream.index()].written;
        if let Some(kept) = fetched.diverged {
            self.diverged(stream, node, kept, cause);
        }
        fetched
            .chunks
            .retain(|chunk| under_way.is_none_or(|next| chunk.id >= next));
        let Some(last) = fetched.chunks.last() else {
            // It has all there is; a new leader has yet to hear so.
            if under_way.is_none() {
                self.acknowledge(stream, node);
            }
            return;
        };
        self.transfers.insert((stream, node), last.next());
        let transfer = Transfer {
            stream,
            node,
            term: self.streams[stream.index()].term,
            cause,
        };
        let at = self.now.after(self.latency);
        self.queue.push(at, Item::Chunks(transfer, fetched.chunks));
    }

    /// Chunks reach a replica.
    pub(super) fn arrive_chunks(&mut self, transfer: Transfer, chunks: &[Arc<Chunk>]) {
        if !self.is_current(&transfer) {
            return;
        }
        let Transfer { stream, node, .. } = transfer;
        let name = self.stream_name(stream);
        let last = self.broker.replica_append(&name, node, chunks);
        let arena = self.timeline.trace().arenas.stream(stream);
        let log = self.timeline.end().stream(stream).log();
        if let Some(row) = last.and_then(|chunk| log.row_of(arena, chunk)) {
            self.emit(transfer.cause, What::Replicated { stream, node, row });
        }
        self.acknowledge(stream, node);
    }

    /// A replica says how far it is.
    fn acknowledge(&mut self, stream: StreamId, node: NodeId) {
        let name = self.stream_name(stream);
        let last = self.broker.stream(&name).and_then(|s| s.log_on(node));
        let Some(chunk) = last.and_then(|log| Some(log.last_chunk()?.id)) else {
            return;
        };
        let transfer = Transfer {
            stream,
            node,
            term: self.streams[stream.index()].term,
            cause: None,
        };
        let at = self.now.after(self.latency);
        self.queue.push(at, Item::Ack(transfer, chunk));
    }

    /// An acknowledgement reaches the leader.
    pub(super) fn arrive_ack(&mut self, transfer: &Transfer, chunk: Offset) {
        if self.is_current(transfer) {
            let name = self.stream_name(transfer.stream);
            self.broker.replica_ack(&name, transfer.node, chunk);
        }
    }

    /// Whether both ends are still there, reach each other, and mean the same reign.
    fn is_current(&self, transfer: &Transfer) -> bool {
        let stream = self.timeline.end().stream(transfer.stream);
        let group = self.group();
        let reaches = |node: Option<NodeId>| node.is_some_and(|node| group.contains(&node));
        stream.state == StreamState::Live
            && self.streams[transfer.stream.index()].term == transfer.term
            && reaches(stream.leader)
            && reaches(Some(transfer.node))
    }

    /// Whatever is under way between the nodes of a stream is lost.
    pub(super) fn forget_transfers(&mut self, stream: StreamId) {
        self.streams[stream.index()].term += 1;
        let nodes: Vec<(StreamId, NodeId)> = self
            .transfers
            .keys()
            .filter(|(of, _)| *of == stream)
            .copied()
            .collect();
        for key in nodes {
            self.transfers.remove(&key);
        }
        // Whoever is still reached is sent it again.
        self.grown.insert(stream);
    }
}
