//! The simulated world of a replay: one broker, members, and time that passes for both. Knows no step.

use std::collections::{BTreeMap, VecDeque};

use crate::rocketmq::member::Member;
use crate::rocketmq::prelude::{
    Answer, Broker, ConnectionId, Effect, Notice, QueueName, Request, Rules, Settings, SimDuration,
    SimTime, Task, Token,
};
use crate::work::Work;

/// Bytes of a file of the recorder's commit log, and entries of a file of its queues.
const FILES: (u64, u64) = (256 * 1024, 100);

/// Offsets that broadcasting members keep in files of their own, by client and group.
pub(crate) type Local = BTreeMap<(String, String), BTreeMap<QueueName, u64>>;

/// Broker, members and time.
pub(crate) struct World<'a> {
    pub(crate) broker: Broker,
    pub(crate) running: bool,
    pub(crate) now: SimTime,
    pub(crate) members: BTreeMap<String, Member>,
    pub(crate) local: Local,
    pub(crate) work: &'a Work,
    effects: Vec<Effect>,
    notices: VecDeque<(ConnectionId, Notice)>,
    /// Answers to pulls that waited.
    late: VecDeque<(ConnectionId, Token, Answer)>,
    connections: u32,
    tokens: u32,
}

impl<'a> World<'a> {
    pub(crate) fn new(rules: &Rules, started: SimTime, now: SimTime, work: &'a Work) -> Self {
        let settings = Settings {
            commit_log_file: crate::rocketmq::prelude::Bytes(FILES.0),
            consume_queue_file: FILES.1,
            delete_hours: (0..24).collect(),
            ..Settings::default()
        };
        let mut broker = Broker::new(rules.clone(), settings);
        broker.start(started, &mut Vec::new());
        Self {
            broker,
            running: true,
            now,
            members: BTreeMap::new(),
            local: Local::new(),
            work,
            effects: Vec::new(),
            notices: VecDeque::new(),
            late: VecDeque::new(),
            connections: 1,
            tokens: 0,
        }
    }

    pub(crate) fn connection(&mut self) -> ConnectionId {
        self.connections += 1;
        ConnectionId(self.connections)
    }

    pub(crate) fn token(&mut self) -> Token {
        self.tokens += 1;
        Token(self.tokens)
    }

    /// Sends a request; its answer, unless it waits or the broker is down.
    pub(crate) fn ask(&mut self, from: ConnectionId, request: Request) -> Option<Answer> {
        let token = self.token();
        self.send(from, token, request)
    }

    pub(crate) fn send(
        &mut self,
        from: ConnectionId,
        token: Token,
        request: Request,
    ) -> Option<Answer> {
        self.work.spend(10);
        if !self.running || self.work.is_spent() {
            return None;
        }
        let mut effects = std::mem::take(&mut self.effects);
        self.broker
            .request(self.now, from, token, request, &mut effects);
        self.effects = effects;
        self.sort(Some((from, token)))
    }

    /// Sorts effects into notices and late answers; the answer that is waited for is given back.
    pub(crate) fn sort(&mut self, waited: Option<(ConnectionId, Token)>) -> Option<Answer> {
        let mut found = None;
        for effect in self.effects.drain(..) {
            match effect {
                Effect::Answer { to, token, answer } if waited == Some((to, token)) => {
                    found = Some(answer);
                }
                Effect::Answer { to, token, answer } => self.late.push_back((to, token, answer)),
                Effect::Notice { to, notice } => self.notices.push_back((to, notice)),
                Effect::Changed(_) => self.work.spend(1),
            }
        }
        found
    }

    /// Lets the broker do something by itself; what it says is sorted.
    pub(crate) fn broker_does(&mut self, what: impl FnOnce(&mut Broker, &mut Vec<Effect>)) {
        let mut effects = std::mem::take(&mut self.effects);
        what(&mut self.broker, &mut effects);
        self.effects = effects;
        self.sort(None);
    }

    /// Lets everything happen that is due at this moment.
    pub(crate) fn settle(&mut self) {
        loop {
            self.work.spend(2);
            if self.work.is_spent() {
                return;
            }
            if let Some((to, token, answer)) = self.late.pop_front() {
                self.with_member(to, |member, world| member.answered(world, token, answer));
            } else if let Some((to, notice)) = self.notices.pop_front() {
                self.with_member(to, |member, world| member.noticed(world, notice));
            } else if !self.broker_due() && !self.member_due() {
                return;
            }
        }
    }

    fn broker_due(&mut self) -> bool {
        let now = self.now;
        let is_due = |task: &&Task| self.broker.next_of(now, **task).is_some_and(|at| at <= now);
        let due = Task::ALL.iter().find(is_due).filter(|_| self.running);
        let Some(task) = due else {
            return false;
        };
        self.broker_does(|broker, out| broker.work(now, *task, out));
        true
    }

    fn member_due(&mut self) -> bool {
        let due = self.members.iter();
        let mut due = due.filter(|(_, member)| member.next_moment() <= self.now);
        let Some(name) = due.next().map(|(name, _)| name.clone()) else {
            return false;
        };
        if let Some(mut member) = self.members.remove(&name) {
            member.act(self);
            self.members.insert(name, member);
        }
        true
    }

    fn with_member(&mut self, to: ConnectionId, act: impl FnOnce(&mut Member, &mut Self)) {
        let mut named = self.members.iter().filter(|(_, it)| it.connection == to);
        let Some(name) = named.next().map(|(name, _)| name.clone()) else {
            return;
        };
        if let Some(mut member) = self.members.remove(&name) {
            act(&mut member, self);
            self.members.insert(name, member);
        }
    }

    fn next_moment(&self) -> Option<SimTime> {
        let broker = self.broker.next_moment(self.now).filter(|_| self.running);
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
            if self.now >= deadline || self.work.is_spent() {
                return false;
            }
            let next = self.next_moment().unwrap_or(deadline);
            self.now = next.clamp(self.now, deadline);
        }
    }

    /// Lets so much time pass.
    pub(crate) fn pass(&mut self, time: SimDuration) {
        self.until(self.now.after(time), |_| false);
    }
}
