//! Faults of the broker: it dies, comes back, and everybody who talked to it notices.

use alloc::vec::Vec;

use super::effects::then;
use super::{Driver, Own};
use crate::engine::{Done, Host};
use crate::family;
use crate::ids::{ActorId, ConnectionId, NodeId};
use crate::language::ast::NodeStatement;
use crate::trace::event::{Idle, What};

/// The only node.
const NODE: NodeId = NodeId(1);

impl Driver {
    pub(super) fn node_statement(&mut self, host: &mut Host, statement: NodeStatement) {
        match statement {
            NodeStatement::CrashBroker | NodeStatement::Crash(_) | NodeStatement::CrashLeader => {
                self.crash_broker(host);
            }
            NodeStatement::StartBroker | NodeStatement::Start(_) => self.start_broker(host),
            // There is no other node to be cut from.
            NodeStatement::Cut(node) => {
                host.emit(None, What::NodeCut { node });
            }
            NodeStatement::Heal(node) => {
                host.emit(None, What::NodeHealed { node });
            }
        }
    }

    fn crash_broker(&mut self, host: &mut Host) {
        if !self.is_up {
            return host.ignore(None, Idle::NodeAlreadySo);
        }
        self.finish_tasks(host);
        let cause = Some(host.emit(None, What::NodeCrashed { node: NODE }));
        self.is_up = false;
        self.broker.crash();
        let next = u32::try_from(self.connections.len() + 1).unwrap_or(u32::MAX);
        self.first_alive = ConnectionId(next);
        let all = self.processes.iter().zip(0..);
        let connected = all.filter_map(|(process, id)| Some((ActorId(id), process.connection?)));
        for (id, connection) in connected.collect::<Vec<_>>() {
            let at = host.down_at(id);
            host.at(at, Own::Disconnected(id, connection, cause));
        }
    }

    fn start_broker(&mut self, host: &mut Host) {
        if self.is_up {
            return host.ignore(None, Idle::NodeAlreadySo);
        }
        let cause = Some(host.emit(None, What::NodeStarted { node: NODE }));
        self.is_up = true;
        let mut effects = Vec::new();
        self.broker.start(host.now(), &mut effects);
        then(host, effects, cause);
        self.finish_tasks(host);
        let programs = 0..u32::try_from(self.processes.len()).unwrap_or(u32::MAX);
        programs
            .map(ActorId)
            .for_each(|program| self.reconnect(host, program, cause));
    }

    /// What the broker has decided already has happened: before it dies, and before the script goes on that asked for it.
    pub(super) fn finish_tasks(&mut self, host: &mut Host) {
        while let Some(done) = host.next_task() {
            if let Done::Own(family::Own::RocketMq(own)) = done {
                self.own(host, own);
            }
        }
    }
}
