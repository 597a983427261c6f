//! Faults of nodes: they die, come back, are cut off, and everybody who talked to them notices.

use alloc::vec::Vec;

use super::Driver;
use super::elections::{has_majority, live_streams};
use crate::engine::Host;
use crate::family::rabbitmq::event::StreamEvent;
use crate::ids::{ActorId, EventId, LogId, NodeId};
use crate::language::ast::NodeStatement;
use crate::trace::event::{Disconnection, Idle, What};

impl Driver {
    pub(super) fn node_statement(&mut self, host: &mut Host, statement: NodeStatement) {
        match statement {
            NodeStatement::CrashBroker => self.crash_nodes(host, &nodes_that(host, &|up, _| up)),
            NodeStatement::StartBroker => self.start_nodes(host, &nodes_that(host, &|up, _| !up)),
            NodeStatement::Crash(node) => {
                self.crash_nodes(host, &nodes_that(host, &|up, id| up && id == node));
            }
            NodeStatement::Start(node) => {
                self.start_nodes(host, &nodes_that(host, &|up, id| !up && id == node));
            }
            NodeStatement::CrashLeader => {
                let leader = host.world().streams().iter().find_map(|s| s.leader);
                match leader {
                    Some(node) => self.crash_nodes(host, &[node]),
                    None => host.ignore(None, Idle::NoLeader),
                }
            }
            NodeStatement::Cut(node) => self.cut(host, node, true),
            NodeStatement::Heal(node) => self.cut(host, node, false),
        }
    }

    fn crash_nodes(&mut self, host: &mut Host, nodes: &[NodeId]) {
        if nodes.is_empty() {
            return host.ignore(None, Idle::NodeAlreadySo);
        }
        self.finish_tasks(host);
        let mut cause = None;
        for node in nodes {
            cause = Some(host.emit(None, What::NodeCrashed { node: *node }));
        }
        self.is_up = host.world().nodes.iter().any(|node| node.up);
        if self.is_up {
            for stream in live_streams(host) {
                let leader = host.world().stream(stream).leader;
                if leader.is_some_and(|leader| nodes.contains(&leader)) {
                    self.cut_off(host, stream, cause);
                    self.replace_leader(host, stream, cause);
                } else {
                    self.forget_transfers(stream);
                }
            }
            return;
        }
        self.broker.crash();
        self.connections.end_all();
        for stream in live_streams(host) {
            self.forget_transfers(stream);
            if host.world().stream(stream).leader.is_some() {
                host.emit(cause, StreamEvent::LeaderLost { stream });
            }
        }
        let connections = self.processes.iter().filter_map(|a| a.connection);
        for connection in connections.collect::<Vec<_>>() {
            self.disconnect(host, connection, cause, Disconnection::NodeDown);
        }
    }

    /// The node to which the clients of a stream are connected has crashed: no word comes from it any more,
    /// and their connections break.
    fn cut_off(&mut self, host: &mut Host, stream: LogId, cause: Option<EventId>) {
        let users = self.processes.iter().filter(|a| a.stream == stream);
        for connection in users.filter_map(|a| a.connection).collect::<Vec<_>>() {
            self.connections.end(connection);
            self.disconnect(host, connection, cause, Disconnection::NodeDown);
        }
    }

    fn start_nodes(&mut self, host: &mut Host, nodes: &[NodeId]) {
        if nodes.is_empty() {
            return host.ignore(None, Idle::NodeAlreadySo);
        }
        let mut cause = None;
        for node in nodes {
            cause = Some(host.emit(None, What::NodeStarted { node: *node }));
        }
        self.is_up = true;
        self.regroup(host, cause);
    }

    fn cut(&mut self, host: &mut Host, node: NodeId, cut: bool) {
        let index = usize::from(node.0).wrapping_sub(1);
        let known = host.world().nodes.get(index);
        if known.is_none_or(|n| n.cut == cut) {
            return host.ignore(None, Idle::NodeAlreadySo);
        }
        if cut && host.world().nodes.len() == 1 {
            return host.ignore(None, Idle::OnlyNode);
        }
        self.finish_tasks(host);
        if !cut {
            let cause = host.emit(None, What::NodeHealed { node });
            return self.regroup(host, Some(cause));
        }
        let cause = host.emit(None, What::NodeCut { node });
        for stream in live_streams(host) {
            self.forget_transfers(stream);
            if host.world().stream(stream).leader == Some(node) && has_majority(host) {
                self.replace_leader(host, stream, Some(cause));
            }
        }
    }

    /// A node is reachable again: streams without a leader may elect one, replicas fetch again, and
    /// programs that waited try again.
    fn regroup(&mut self, host: &mut Host, cause: Option<EventId>) {
        for stream in live_streams(host) {
            if host.world().stream(stream).leader.is_none() {
                self.elect(host, stream, cause);
            }
            self.forget_transfers(stream);
            self.replication.grown(stream);
        }
        let programs = 0..u32::try_from(self.processes.len()).unwrap_or(u32::MAX);
        programs
            .map(ActorId)
            .for_each(|program| self.reconnect(host, program, cause));
    }
}

fn nodes_that(host: &Host, wanted: &dyn Fn(bool, NodeId) -> bool) -> Vec<NodeId> {
    let nodes = host.world().nodes.iter().zip(1..);
    nodes
        .map(|(node, id)| (node.up, NodeId(id)))
        .filter(|(up, id)| wanted(*up, *id))
        .map(|(_, id)| id)
        .collect()
}
