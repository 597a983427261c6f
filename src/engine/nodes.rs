//! Faults of nodes: they die, come back, are cut off; streams lose leaders and get new ones, and everybody who
//! talked to them notices. Who wins an election is the broker's to say.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::server::{NO_EVENT, SCRIPT};
use super::sim::Sim;
use crate::family::rabbitmq::broker::{Effect, Request, Response, ResponseCode};
use crate::ids::{ActorId, ConnectionId, EventId, NodeId, Offset, StreamId};
use crate::scenario::ast::NodeStatement;
use crate::trace::event::{Idle, What};
use crate::world::StreamState;

impl Sim {
    pub(super) fn node_statement(&mut self, statement: NodeStatement) {
        match statement {
            NodeStatement::CrashBroker => self.crash_nodes(&self.nodes_that(|up, _| up)),
            NodeStatement::StartBroker => self.start_nodes(&self.nodes_that(|up, _| !up)),
            NodeStatement::Crash(node) => {
                self.crash_nodes(&self.nodes_that(|up, id| up && id == node));
            }
            NodeStatement::Start(node) => {
                self.start_nodes(&self.nodes_that(|up, id| !up && id == node));
            }
            NodeStatement::CrashLeader => {
                let leader = self.timeline.end().streams.iter().find_map(|s| s.leader);
                match leader {
                    Some(node) => self.crash_nodes(&[node]),
                    None => self.ignore(None, Idle::NoLeader),
                }
            }
            NodeStatement::Cut(node) => self.cut(node, true),
            NodeStatement::Heal(node) => self.cut(node, false),
        }
    }

    pub(super) fn ignore(&mut self, actor: Option<ActorId>, why: Idle) {
        self.emit(None, What::Ignored { actor, why });
    }

    fn nodes_that(&self, wanted: impl Fn(bool, NodeId) -> bool) -> Vec<NodeId> {
        let nodes = self.timeline.end().nodes.iter().zip(1..);
        nodes
            .map(|(node, id)| (node.up, NodeId(id)))
            .filter(|(up, id)| wanted(*up, *id))
            .map(|(_, id)| id)
            .collect()
    }

    fn crash_nodes(&mut self, nodes: &[NodeId]) {
        if nodes.is_empty() {
            return self.ignore(None, Idle::NodeAlreadySo);
        }
        self.finish_tasks();
        let mut cause = None;
        for node in nodes {
            cause = Some(self.emit(None, What::NodeCrashed { node: *node }));
        }
        self.broker_up = self.timeline.end().nodes.iter().any(|node| node.up);
        if self.broker_up {
            for stream in self.live_streams() {
                let leader = self.timeline.end().stream(stream).leader;
                if leader.is_some_and(|leader| nodes.contains(&leader)) {
                    self.cut_off(stream, cause);
                    self.replace_leader(stream, cause);
                } else {
                    self.forget_transfers(stream);
                }
            }
            return;
        }
        self.broker.crash();
        let connections = u32::try_from(self.connections.len()).unwrap_or(u32::MAX);
        self.first_connection = ConnectionId(connections);
        self.asked.clear();
        for stream in self.live_streams() {
            self.forget_transfers(stream);
            if self.timeline.end().stream(stream).leader.is_some() {
                self.emit(cause, What::LeaderLost { stream });
            }
        }
        let connections = self.actors.iter().filter_map(|a| a.connection);
        for connection in connections.collect::<Vec<_>>() {
            self.disconnect(connection, cause, false);
        }
    }

    /// The node to which the clients of a stream are connected has crashed: no word comes from it any more,
    /// and their connections break.
    fn cut_off(&mut self, stream: StreamId, cause: Option<EventId>) {
        let users = self.actors.iter().filter(|a| a.stream == stream);
        for connection in users.filter_map(|a| a.connection).collect::<Vec<_>>() {
            self.dead.insert(connection);
            self.disconnect(connection, cause, false);
        }
    }

    /// Whether whatever is sent on a connection is lost: it led to a node that crashed.
    pub(super) fn is_dead(&self, connection: ConnectionId) -> bool {
        connection < self.first_connection || self.dead.contains(&connection)
    }

    fn start_nodes(&mut self, nodes: &[NodeId]) {
        if nodes.is_empty() {
            return self.ignore(None, Idle::NodeAlreadySo);
        }
        let mut cause = None;
        for node in nodes {
            cause = Some(self.emit(None, What::NodeStarted { node: *node }));
        }
        self.broker_up = true;
        self.regroup(cause);
    }

    fn cut(&mut self, node: NodeId, cut: bool) {
        let index = usize::from(node.0).wrapping_sub(1);
        let known = self.timeline.end().nodes.get(index);
        if known.is_none_or(|n| n.cut == cut) {
            return self.ignore(None, Idle::NodeAlreadySo);
        }
        self.finish_tasks();
        if !cut {
            let cause = self.emit(None, What::NodeHealed { node });
            return self.regroup(Some(cause));
        }
        let cause = self.emit(None, What::NodeCut { node });
        for stream in self.live_streams() {
            self.forget_transfers(stream);
            if self.timeline.end().stream(stream).leader == Some(node) && self.has_majority() {
                self.replace_leader(stream, Some(cause));
            }
        }
    }

    /// A node is reachable again: streams without a leader may elect one, replicas fetch again, and
    /// programs that waited try again.
    fn regroup(&mut self, cause: Option<EventId>) {
        for stream in self.live_streams() {
            if self.timeline.end().stream(stream).leader.is_none() {
                self.elect(stream, cause);
            }
            self.forget_transfers(stream);
            self.grown.insert(stream);
        }
        for actor in 0..self.actors.len() {
            self.reconnect(ActorId(u32::try_from(actor).unwrap_or(u32::MAX)), cause);
        }
    }

    /// The nodes that may elect: they live and reach each other.
    pub(super) fn group(&self) -> Vec<NodeId> {
        let nodes = &self.timeline.end().nodes;
        let alone = nodes.len() == 1;
        let together = nodes
            .iter()
            .zip(1..)
            .filter(|(n, _)| n.up && (alone || !n.cut));
        together.map(|(_, id)| NodeId(id)).collect()
    }

    fn has_majority(&self) -> bool {
        self.group().len() * 2 > self.timeline.end().nodes.len()
    }

    /// A stream that was just created is led by node 1; if that is out of reach, by another.
    pub(super) fn settle_leader(&mut self, stream: StreamId, cause: Option<EventId>) {
        let node = &self.timeline.end().nodes[0];
        let led = node.up && (!node.cut || !self.has_majority());
        if !led {
            self.replace_leader(stream, cause);
        }
    }

    /// The leader of a stream is gone; the rest elects another, if it can.
    fn replace_leader(&mut self, stream: StreamId, cause: Option<EventId>) {
        let name = self.stream_name(stream);
        let mut effects = Vec::new();
        self.broker.lose_leader(&name, &mut effects);
        let told = |effect: &Effect| !matches!(effect, Effect::MetadataUpdate { to, .. } if self.is_dead(*to));
        effects.retain(told);
        self.forget_transfers(stream);
        let event = self.emit(cause, What::LeaderLost { stream });
        self.elect(stream, Some(event));
        self.later(effects, Some(event));
        self.finish_tasks();
    }

    fn elect(&mut self, stream: StreamId, cause: Option<EventId>) {
        let name = self.stream_name(stream);
        let mut effects = Vec::new();
        let Some(election) = self.broker.elect(&name, &self.group(), &mut effects) else {
            return;
        };
        self.later(effects, cause);
        let writer = &mut self.streams[stream.index()];
        writer.cap = Default::default();
        writer.term += 1;
        let Some(live) = self.broker.stream(&name) else {
            return;
        };
        let tracking = live.tracking();
        let offsets = tracking.offsets().map(|(r, offset)| (r.clone(), offset));
        let sequences = tracking.sequences().map(|(r, _, id)| (r.clone(), id.0));
        let what = What::LeaderElected {
            stream,
            node: election.leader,
            epoch: election.epoch,
            offsets: Arc::new(offsets.collect()),
            sequences: Arc::new(sequences.collect()),
        };
        let committed = live.committed();
        let event = self.emit(cause, what);
        for (node, kept) in election.diverged {
            self.diverged(stream, node, kept, Some(event));
        }
        if let Some(chunk) = committed {
            let event = self.emit(Some(event), What::Committed { stream, chunk });
            self.streams[stream.index()].commit = Some(event);
        }
        self.grown.insert(stream);
    }

    /// A node threw away what lies behind the last chunk that it kept.
    pub(super) fn diverged(
        &mut self,
        stream: StreamId,
        node: NodeId,
        kept: Option<Offset>,
        cause: Option<EventId>,
    ) {
        let arena = self.timeline.trace().arenas.stream(stream);
        let world = self.timeline.end();
        let log = &world.stream(stream).logs[usize::from(node.0) - 1];
        let row = match kept {
            Some(chunk) => log.row_of(arena, chunk).map(|row| row + 1),
            None => log.first_row(),
        };
        if let Some(row) = row {
            self.emit(cause, What::Diverged { stream, node, row });
        }
    }

    /// What the broker has already decided comes about before anything befalls it.
    pub(super) fn finish_tasks(&mut self) {
        self.flush();
        while let Some(task) = self.tasks.pop_front() {
            self.task(task);
        }
    }

    fn live_streams(&self) -> Vec<StreamId> {
        let streams = self.timeline.end().streams.iter().zip(0..);
        streams
            .filter(|(s, _)| s.state == StreamState::Live)
            .map(|(_, id)| StreamId(id))
            .collect()
    }

    /// Whether a stream is there and has a leader: `ok`, or the code that says what is missing.
    pub(super) fn presence(&mut self, stream: Arc<str>) -> ResponseCode {
        match self.ask(Request::Metadata { stream }) {
            (Some(Response::Metadata { code }), _) => code,
            _ => ResponseCode::StreamNotAvailable,
        }
    }

    /// The script asks the broker, without a link in between: the answer, and whatever else it led to.
    pub(super) fn ask(&mut self, request: Request) -> (Option<Response>, Vec<Effect>) {
        let mut effects = Vec::new();
        self.broker
            .request(self.now, SCRIPT, NO_EVENT, request, &mut effects);
        let mut answer = None;
        effects.retain(|effect| {
            if let Effect::Respond { to, response, .. } = effect
                && *to == SCRIPT
            {
                answer = Some(response.clone());
                return false;
            }
            true
        });
        (answer, effects)
    }
}
