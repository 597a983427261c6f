//! The simulated world of a replay: one broker, members, and time that passes for both. Knows no step.

use std::collections::BTreeMap;

use crate::rocketmq::member::Member;
use crate::rocketmq::prelude::{ConnectionId, Rules, SimDuration, SimTime, Task};
use crate::rocketmq::wire::Wire;
use crate::work::Work;

/// Broker, members and time.
pub(crate) struct ReplayWorld<'a> {
    pub(crate) wire: Wire<'a>,
    pub(crate) members: BTreeMap<String, Member>,
}

impl<'a> ReplayWorld<'a> {
    pub(crate) fn new(rules: &Rules, started: SimTime, now: SimTime, work: &'a Work) -> Self {
        Self {
            wire: Wire::new(rules, started, now, work),
            members: BTreeMap::new(),
        }
    }

    /// Lets everything happen that is due at this moment.
    pub(crate) fn settle(&mut self) {
        loop {
            self.wire.work.spend(2);
            if self.wire.work.is_spent() {
                return;
            }
            if let Some((to, token, response)) = self.wire.late.pop_front() {
                self.with_member(to, |member, wire| member.answered(wire, token, response));
            } else if let Some((to, notice)) = self.wire.notices.pop_front() {
                self.with_member(to, |member, wire| member.noticed(wire, notice));
            } else if !self.broker_due() && !self.member_due() {
                return;
            }
        }
    }

    fn broker_due(&mut self) -> bool {
        let now = self.wire.now;
        let is_due = |task: &&Task| {
            self.wire
                .broker
                .next_of(now, **task)
                .is_some_and(|at| at <= now)
        };
        let due = Task::ALL.iter().find(is_due).filter(|_| self.wire.running);
        let Some(task) = due else {
            return false;
        };
        self.wire
            .broker_does(|broker, out| broker.work(now, *task, out));
        true
    }

    fn member_due(&mut self) -> bool {
        let due = self.members.iter();
        let mut due = due.filter(|(_, member)| member.next_moment() <= self.wire.now);
        let Some(name) = due.next().map(|(name, _)| name.clone()) else {
            return false;
        };
        if let Some(mut member) = self.members.remove(&name) {
            member.act(&mut self.wire);
            self.members.insert(name, member);
        }
        true
    }

    fn with_member(&mut self, to: ConnectionId, act: impl FnOnce(&mut Member, &mut Wire<'a>)) {
        let mut named = self.members.iter().filter(|(_, it)| it.connection == to);
        let Some(name) = named.next().map(|(name, _)| name.clone()) else {
            return;
        };
        if let Some(mut member) = self.members.remove(&name) {
            act(&mut member, &mut self.wire);
            self.members.insert(name, member);
        }
    }

    fn next_moment(&self) -> Option<SimTime> {
        let broker = self
            .wire
            .broker
            .next_moment(self.wire.now)
            .filter(|_| self.wire.running);
        let members = self.members.values().map(Member::next_moment);
        broker.into_iter().chain(members).min()
    }

    /// Lets time pass until `done` holds or `deadline` is there; whether it holds.
    pub(crate) fn until(&mut self, deadline: SimTime, done: impl Fn(&Self) -> bool) -> bool {
        loop {
            self.settle();
            if done(self) {
                return true;
            }
            if self.wire.now >= deadline || self.wire.work.is_spent() {
                return false;
            }
            let next = self.next_moment().unwrap_or(deadline);
            self.wire.now = next.clamp(self.wire.now, deadline);
        }
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&mut self, time: SimDuration) {
        self.until(self.wire.now.after(time), |_| false);
    }
}
