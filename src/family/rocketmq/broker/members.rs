//! Members of groups: who is there, who is told when that changes, and who holds which lock.
//!
//! From `ConsumerManager.java`, `DefaultConsumerIdsChangeListener.java`, `RebalanceLockManager.java`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Effect, Notice, Response};
use super::group::{Group, Lock, Member};
use super::request::{Heartbeat, QueueName};
use super::sending::retry_topic;
use super::server::Broker;
use crate::ids::ConnectionId;
use crate::units::{SimDuration, SimTime};

/// A lock that is not taken again within this is free (`rebalanceLockMaxLiveTime`).
const LOCK_LIVES: SimDuration = SimDuration::from_secs(60);

impl Broker {
    pub(super) fn heartbeat(
        &mut self,
        from: ConnectionId,
        heartbeat: &Heartbeat,
        out: &mut Vec<Effect>,
    ) -> Response {
        self.own_topic(&retry_topic(&heartbeat.group), out);
        let group = self.known_group(&heartbeat.group, out);
        group.mode = heartbeat.mode;
        let known = group
            .members
            .iter_mut()
            .find(|member| member.connection == from);
        let is_news = match known {
            Some(member) if member.topics.contains(&heartbeat.topic) => false,
            Some(member) => {
                member.topics.push(heartbeat.topic.clone());
                true
            }
            None => {
                group.members.push(Member {
                    connection: from,
                    client: heartbeat.client.clone(),
                    topics: Vec::from([heartbeat.topic.clone()]),
                });
                true
            }
        };
        if is_news {
            tell(&heartbeat.group, group, out);
        }
        Response::Ok
    }

    pub(super) fn unregister(
        &mut self,
        from: ConnectionId,
        group: &Arc<str>,
        out: &mut Vec<Effect>,
    ) -> Response {
        if let Some(kept) = self.groups.get_mut(group) {
            leave(group, kept, from, out);
        }
        Response::Ok
    }

    /// A program is no more: what it waited for is dropped, and the other members of its group are told. Its locks stay
    /// until they are over.
    pub fn disconnected(&mut self, from: ConnectionId, out: &mut Vec<Effect>) {
        self.parked.retain(|parked| parked.from != from);
        let names: Vec<Arc<str>> = self.groups.keys().cloned().collect();
        for name in names {
            if let Some(group) = self.groups.get_mut(&name) {
                leave(&name, group, from, out);
            }
        }
    }

    pub(super) fn member_ids(&self, group: &str) -> Response {
        let members = self.groups.get(group).map_or(&[][..], Group::members);
        Response::Members(members.iter().map(|member| member.client.clone()).collect())
    }

    pub(super) fn lock(
        &mut self,
        now: SimTime,
        from: ConnectionId,
        group: &Arc<str>,
        queues: Vec<QueueName>,
    ) -> Response {
        let group = self.groups.get_or_insert(group.clone(), Group::default());
        let mut locked = Vec::new();
        for of in queues {
            let free = group
                .locks
                .get(&of)
                .is_none_or(|lock| lock.owner == from || lock.since.after(LOCK_LIVES) < now);
            if free {
                let lock = Lock {
                    owner: from,
                    since: now,
                };
                group.locks.insert(of.clone(), lock);
                locked.push(of);
            }
        }
        Response::Locked(locked)
    }

    pub(super) fn unlock(
        &mut self,
        from: ConnectionId,
        group: &str,
        queues: &[QueueName],
    ) -> Response {
        if let Some(group) = self.groups.get_mut(group) {
            group
                .locks
                .retain(|of, lock| lock.owner != from || !queues.contains(of));
        }
        Response::Ok
    }
}

fn leave(name: &Arc<str>, group: &mut Group, from: ConnectionId, out: &mut Vec<Effect>) {
    let before = group.members.len();
    group.members.retain(|member| member.connection != from);
    if group.members.len() < before {
        tell(name, group, out);
    }
}

/// Tells all members of a group that they are not the same as before.
fn tell(name: &Arc<str>, group: &Group, out: &mut Vec<Effect>) {
    for member in &group.members {
        let (to, group) = (member.connection, name.clone());
        let notice = Notice::MembersChanged { group };
        out.push(Effect::Notice { to, notice });
    }
}
