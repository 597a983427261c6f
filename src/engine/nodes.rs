//! Faults of nodes: the broker dies and comes back, and everybody who talked to it notices.
//! Decides no election.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::server::{NO_EVENT, SCRIPT};
use super::sim::Sim;
use crate::broker::rabbitmq::{Effect, Request, Response, ResponseCode};
use crate::ids::{ActorId, EventId, NodeId, StreamId};
use crate::scenario::ast::NodeStatement;
use crate::trace::event::{Idle, What};
use crate::world::StreamState;

impl Sim {
    pub(super) fn node_statement(&mut self, statement: NodeStatement) {
        match statement {
            NodeStatement::CrashBroker => self.crash_broker(),
            NodeStatement::StartBroker => self.start_broker(),
            NodeStatement::Crash(_) if self.nodes() == 1 => self.crash_broker(),
            NodeStatement::CrashLeader if self.nodes() == 1 => self.crash_broker(),
            NodeStatement::Start(_) if self.nodes() == 1 => self.start_broker(),
            NodeStatement::Crash(_)
            | NodeStatement::Start(_)
            | NodeStatement::CrashLeader
            | NodeStatement::Cut(_)
            | NodeStatement::Heal(_) => self.ignore(None, Idle::NodeAlreadySo),
        }
    }

    fn nodes(&self) -> usize {
        self.timeline.end().nodes.len()
    }

    pub(super) fn ignore(&mut self, actor: Option<ActorId>, why: Idle) {
        self.emit(None, What::Ignored { actor, why });
    }

    fn crash_broker(&mut self) {
        if !self.broker_up {
            return self.ignore(None, Idle::NodeAlreadySo);
        }
        self.broker_up = false;
        self.broker.crash();
        self.tasks.clear();
        self.confirms.clear();
        self.committed.clear();
        self.woken.clear();
        self.asked.clear();
        let mut cause = None;
        for node in 1..=self.nodes() {
            let node = NodeId(u8::try_from(node).unwrap_or(u8::MAX));
            if self.timeline.end().nodes[usize::from(node.0) - 1].up {
                cause = Some(self.emit(None, What::NodeCrashed { node }));
            }
        }
        for stream in self.live_streams() {
            self.emit(cause, What::LeaderLost { stream });
        }
        let connections = self.actors.iter().filter_map(|a| a.connection);
        for connection in connections.collect::<Vec<_>>() {
            self.disconnect(connection, cause);
        }
    }

    fn start_broker(&mut self) {
        if self.broker_up {
            return self.ignore(None, Idle::NodeAlreadySo);
        }
        self.broker_up = true;
        self.broker.start();
        let mut cause = None;
        for node in 1..=self.nodes() {
            let node = NodeId(u8::try_from(node).unwrap_or(u8::MAX));
            cause = Some(self.emit(None, What::NodeStarted { node }));
        }
        for stream in self.live_streams() {
            self.elected(stream, NodeId(1), cause);
        }
        for actor in 0..self.actors.len() {
            self.reconnect(ActorId(u32::try_from(actor).unwrap_or(u32::MAX)), cause);
        }
    }

    /// A stream has a leader again; what its writer remembers comes from its log.
    fn elected(&mut self, stream: StreamId, node: NodeId, cause: Option<EventId>) {
        let name = self.stream_name(stream);
        self.streams[stream.index()].cap = Default::default();
        let Some(live) = self.broker.stream(&name) else {
            return;
        };
        let tracking = live.tracking();
        let what = What::LeaderElected {
            stream,
            node,
            epoch: live.log().epoch(),
            offsets: Arc::new(tracking.offsets().map(|(r, o)| (r.clone(), o)).collect()),
            sequences: Arc::new(
                tracking
                    .sequences()
                    .map(|(r, _, id)| (r.clone(), id.0))
                    .collect(),
            ),
        };
        let committed = live.committed();
        let event = self.emit(cause, what);
        if let Some(chunk) = committed {
            let event = self.emit(Some(event), What::Committed { stream, chunk });
            self.streams[stream.index()].commit = Some(event);
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
        effects.retain(|effect| match effect {
            Effect::Respond { to, response, .. } if *to == SCRIPT => {
                answer = Some(response.clone());
                false
            }
            _ => true,
        });
        (answer, effects)
    }
}
