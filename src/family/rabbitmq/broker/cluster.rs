//! Several nodes: replicas that copy the leader's log, acknowledgements, elections, truncation.
//! Knows no link and no clock: whoever carries chunks between nodes decides when and whether.
//!
//! From `osiris_replica.erl:handle_continue`, `osiris_log.erl:init_acceptor, truncate_to`,
//! `rabbit_stream_coordinator.erl:select_leader, promote_writer`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::Effect;
use super::mailbox::WriterCommand;
use super::server::Broker;
use super::writer::Stream;
use crate::family::rabbitmq::log::{Chunk, Log, Segment};
use crate::ids::{Epoch, NodeId, Offset};

/// How an election ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    /// The node that leads now.
    pub leader: NodeId,
    /// Its epoch.
    pub epoch: Epoch,
    /// Nodes that threw away chunks which the leader lacks, with the last chunk that each kept.
    pub diverged: Vec<(NodeId, Option<Offset>)>,
}

impl Stream {
    /// The node that leads; `None` between the loss of a leader and the next election.
    #[must_use]
    pub fn leader(&self) -> Option<NodeId> {
        Some(self.led_by).filter(|_| self.available)
    }

    /// The log on a node's disk, whether it leads or follows, lives or not.
    #[must_use]
    pub fn log_on(&self, node: NodeId) -> Option<&Log> {
        if node == self.led_by {
            return Some(&self.log);
        }
        self.replicas.get(&node)
    }

    /// The last chunk that a replica acknowledged to the present leader.
    #[must_use]
    pub fn acked_by(&self, node: NodeId) -> Option<Offset> {
        self.acked.get(&node).copied().flatten()
    }

    /// A new leader with a log of its own: all that a writer keeps in memory starts afresh.
    fn promote(&mut self, winner: NodeId) {
        if winner != self.led_by
            && let Some(log) = self.replicas.remove(&winner)
        {
            let old = core::mem::replace(&mut self.log, log);
            self.replicas.insert(self.led_by, old);
            self.led_by = winner;
        }
        self.lose_memory();
        let Epoch(epoch) = self.epoch;
        self.epoch = Epoch(epoch + 1);
        self.log.set_epoch(self.epoch);
        self.acked = self.replicas.keys().map(|node| (*node, None)).collect();
        self.available = true;
        self.recover();
    }

    /// Throws away what a replica has and the leader has not. Returns the last chunk kept, if any
    /// was thrown away.
    fn align(&mut self, node: NodeId) -> Option<Option<Offset>> {
        let replica = self.replicas.get_mut(&node)?;
        let shared = |chunk: &Arc<Chunk>| {
            let ours = self.log.chunk_at(chunk.id);
            ours.is_some_and(|ours| ours.id == chunk.id && ours.epoch == chunk.epoch)
        };
        let first = self.log.first();
        if replica.next() < first {
            // Retention took what it would have continued with: it starts where the leader does.
            *replica = Log::starting_at(first, replica.limit());
            return None;
        }
        // What lies below the leader's first chunk was committed once, and retention's to delete.
        let from = replica
            .chunks()
            .rev()
            .take_while(|chunk| chunk.id >= first && !shared(chunk))
            .last()
            .map(|chunk| chunk.id)?;
        replica.truncate(from);
        Some(replica.last_chunk().map(|chunk| chunk.id))
    }

    /// Replicas delete the segments that the leader deleted; their newest stays.
    pub(super) fn retain_replicas(&mut self, removed: &[Segment]) {
        let first = self.log.first();
        if !removed.is_empty() {
            for replica in self.replicas.values_mut() {
                replica.drop_below(first);
            }
        }
    }
}

impl Broker {
    /// The chunks that a replica lacks at the end of its log. A replica that has others than the
    /// leader throws them away first (`diverged` of the result: the last chunk that it kept).
    pub fn replica_fetch(&mut self, stream: &str, node: NodeId) -> Fetched {
        let key = self.presence(stream).ok();
        let Some(stream) = key.and_then(|key| self.streams.get_mut(&key)) else {
            return Fetched::default();
        };
        let diverged = stream.align(node);
        let Some(replica) = stream.replicas.get(&node) else {
            return Fetched::default();
        };
        Fetched {
            chunks: stream.log.chunks_from(replica.next()).cloned().collect(),
            diverged,
        }
    }

    /// Chunks of the leader arrived at a replica. It appends those that continue its log and are
    /// still the leader's. Returns the last chunk that it has: what it acknowledges.
    pub fn replica_append(
        &mut self,
        stream: &str,
        node: NodeId,
        chunks: &[Arc<Chunk>],
    ) -> Option<Offset> {
        let key = self.presence(stream).ok()?;
        let stream = self.streams.get_mut(&key)?;
        let replica = stream.replicas.get_mut(&node)?;
        for chunk in chunks {
            let led = stream.log.chunk_at(chunk.id);
            let same = led.is_some_and(|led| led.id == chunk.id && led.epoch == chunk.epoch);
            if same && chunk.id == replica.next() {
                replica.push(chunk.clone());
            }
        }
        replica.last_chunk().map(|chunk| chunk.id)
    }

    /// A replica's acknowledgement arrived: a command in the mailbox of the stream's writer.
    pub fn replica_ack(&mut self, stream: &str, node: NodeId, chunk: Offset) {
        if let Ok(key) = self.presence(stream) {
            self.tell(key, WriterCommand::ReplicaAck { node, chunk });
        }
    }

    /// The leader of a stream is gone. What its writer had in memory is lost, in-flight messages
    /// get neither confirm nor error; whoever uses the stream is told, and must declare again.
    pub fn lose_leader(&mut self, stream: &str, out: &mut Vec<Effect>) {
        let Ok(key) = self.presence(stream) else {
            return;
        };
        self.waiting.remove(&key);
        let Some(stream) = self.streams.get_mut(&key) else {
            return;
        };
        stream.lose_memory();
        stream.available = false;
        let name = stream.name.clone();
        self.drop_users_of(key, &name, out);
    }

    /// Elects a leader among live nodes that reach each other: a majority is needed; the one with
    /// the highest (epoch, chunk id) at the end of its log wins, of equals the lowest number. The
    /// others throw away what it lacks. Nothing is committed until a quorum acknowledges again.
    /// A leader that is still there loses its office first.
    pub fn elect(
        &mut self,
        stream: &str,
        candidates: &[NodeId],
        out: &mut Vec<Effect>,
    ) -> Option<Election> {
        let members = candidates
            .iter()
            .filter(|node| node.0 >= 1 && node.0 <= self.nodes);
        if members.count() * 2 <= usize::from(self.nodes) {
            return None;
        }
        self.lose_leader(stream, out);
        let key = self.key(stream)?;
        let stream = self
            .streams
            .get_mut(&key)
            .filter(|stream| stream.startable)?;
        let tail = |node: &NodeId| {
            let log = stream.log_on(*node)?;
            let last = log.last_chunk().map(|chunk| (chunk.epoch, chunk.id));
            Some((last, core::cmp::Reverse(*node)))
        };
        let (_, core::cmp::Reverse(winner)) = candidates.iter().filter_map(tail).max()?;
        stream.promote(winner);
        let mut diverged = Vec::new();
        for node in candidates {
            if let Some(kept) = stream.align(*node) {
                diverged.push((*node, kept));
            }
        }
        Some(Election {
            leader: winner,
            epoch: stream.epoch,
            diverged,
        })
    }
}

/// What a replica fetches.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    /// The chunks that continue its log.
    pub chunks: Vec<Arc<Chunk>>,
    /// If it had others: the last chunk that it kept.
    pub diverged: Option<Option<Offset>>,
}
