//! A member of a group, as the Java client's push consumer behaves: its timers, what it holds, what it was handed.
//!
//! From `MQClientInstance.java:startScheduledTask, resetOffset`, `DefaultMQPushConsumerImpl.java`,
//! `RemoteBrokerOffsetStore.java`, `LocalFileOffsetStore.java`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::rocketmq::prelude::{
    ConnectionId, Heartbeat, Notice, ProcessQueue, QueueName, Request, Response, Rules,
    SharingMode, SimTime, Tags, Token, habits, retry_topic,
};
use crate::rocketmq::wire::Wire;

/// Where a group without an offset begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Begin {
    First,
    Last,
    At(SimTime),
}

/// How a member is set up.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) name: String,
    pub(crate) group: Arc<str>,
    pub(crate) topic: Arc<str>,
    pub(crate) begin: Begin,
    pub(crate) tags: Tags,
    pub(crate) broadcasting: bool,
    pub(crate) orderly: bool,
    pub(crate) manual: bool,
}

/// A message that the member was handed.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) of: QueueName,
    pub(crate) offset: u64,
    pub(crate) attempt: u16,
    pub(crate) body: String,
}

/// A queue that the member holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub(crate) process: ProcessQueue,
    /// Fetched and not handed out.
    pub(crate) waiting: BTreeSet<u64>,
    /// Where the next pull reads.
    pub(crate) next: i64,
    /// The pull that is on its way.
    pub(crate) pulling: Option<(Token, i64)>,
    pub(crate) pull_at: Option<SimTime>,
    pub(crate) dropped: bool,
    /// How often an orderly member was handed its first message in vain.
    pub(crate) attempt: u16,
    /// When an orderly member is handed its first message again.
    pub(crate) again_at: Option<SimTime>,
}

/// Something that the member does at a moment.
#[derive(Clone, Debug)]
pub(crate) enum Later {
    /// Goes on where a read that found nothing was sent, with its next rebalance.
    Correct(QueueName, u64),
    /// Does what a pushed reset says.
    Reset(BTreeMap<QueueName, u64>),
}

/// A member.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) connection: ConnectionId,
    pub(crate) setup: Setup,
    pub(crate) rules: Rules,
    pub(crate) held: BTreeMap<QueueName, Held>,
    /// Its own view of the offsets.
    pub(crate) offsets: BTreeMap<QueueName, u64>,
    pub(crate) got: Vec<Got>,
    /// Handed out and not finished, by the number of their queue and their offset.
    pub(crate) open: BTreeMap<(u32, u64), QueueName>,
    pub(crate) paused_until: SimTime,
    pub(crate) later: Vec<(SimTime, Later)>,
    commit_at: SimTime,
    pub(crate) rebalance_at: SimTime,
    heartbeat_at: SimTime,
    lock_at: SimTime,
}

impl Member {
    /// A member starts: it is heard of, and divides the queues.
    pub(crate) fn start(wire: &mut Wire<'_>, setup: Setup, rules: Rules) -> Self {
        let now = wire.now;
        let mut member = Self {
            connection: wire.connection(),
            setup,
            rules,
            held: BTreeMap::new(),
            offsets: BTreeMap::new(),
            got: Vec::new(),
            open: BTreeMap::new(),
            paused_until: now,
            later: Vec::new(),
            commit_at: now.after(habits::COMMIT.0),
            rebalance_at: now.after(habits::REBALANCE),
            heartbeat_at: now.after(habits::HEARTBEAT),
            lock_at: now.after(habits::LOCK),
        };
        member.heartbeat(wire);
        member.rebalance(wire);
        member
    }

    pub(crate) fn ask(&self, wire: &mut Wire<'_>, request: Request) -> Option<Response> {
        wire.ask(self.connection, request)
    }

    fn heartbeat(&self, wire: &mut Wire<'_>) {
        let mode = if self.setup.broadcasting {
            SharingMode::Broadcasting
        } else {
            SharingMode::Clustering
        };
        let heartbeat = Heartbeat {
            client: self.setup.name.as_str().into(),
            group: self.setup.group.clone(),
            topic: self.setup.topic.clone(),
            mode,
        };
        self.ask(wire, Request::Heartbeat(heartbeat));
    }

    /// The topics that it reads: its own, and what comes back of the group's messages.
    pub(crate) fn topics(&self) -> Vec<Arc<str>> {
        let mut topics = vec![self.setup.topic.clone()];
        if !self.setup.broadcasting {
            topics.push(retry_topic(&self.setup.group));
        }
        topics
    }

    /// When it does something next.
    pub(crate) fn next_moment(&self) -> SimTime {
        let timers = [self.commit_at, self.rebalance_at, self.heartbeat_at];
        let lock = self.setup.orderly.then_some(self.lock_at);
        let later = self.later.iter().map(|(at, _)| *at);
        let pulls = self.held.values().filter_map(|held| {
            let at = held.pull_at.map(|at| at.max(self.paused_until));
            at.into_iter().chain(held.again_at).min()
        });
        let all = timers.into_iter().chain(lock).chain(later).chain(pulls);
        all.min().unwrap_or(self.commit_at)
    }

    /// Does one thing that is due.
    pub(crate) fn act(&mut self, wire: &mut Wire<'_>) {
        let now = wire.now;
        if let Some(at) = self.later.iter().position(|(at, _)| *at <= now) {
            let (_, what) = self.later.remove(at);
            self.do_later(wire, what);
        } else if self.commit_at <= now {
            self.commit_at = now.after(habits::COMMIT.1);
            self.commit_all(wire);
        } else if self.heartbeat_at <= now {
            self.heartbeat_at = now.after(habits::HEARTBEAT);
            self.heartbeat(wire);
        } else if self.setup.orderly && self.lock_at <= now {
            self.lock_at = now.after(habits::LOCK);
            let queues = self.held.keys().cloned().collect();
            self.lock(wire, queues);
        } else if self.rebalance_at <= now {
            self.rebalance(wire);
        } else {
            self.read_on(wire);
        }
    }

    /// When it divides the queues the next time.
    pub(crate) fn rebalance_later(&mut self, now: SimTime, balanced: bool) {
        self.rebalance_at = now.after(habits::rebalances_in(&self.rules, balanced));
    }

    fn do_later(&mut self, wire: &mut Wire<'_>, what: Later) {
        match what {
            Later::Correct(of, next) => {
                self.offsets.insert(of.clone(), next);
                self.commit(wire, &of);
                self.held.remove(&of);
            }
            Later::Reset(offsets) => {
                for (of, offset) in offsets {
                    if self.held.contains_key(&of) {
                        self.offsets.insert(of.clone(), offset);
                        self.give_up(wire, &of);
                    }
                }
                self.rebalance(wire);
            }
        }
    }

    /// A notice of the broker.
    pub(crate) fn noticed(&mut self, wire: &mut Wire<'_>, notice: Notice) {
        match notice {
            Notice::MembersChanged { .. } => self.rebalance(wire),
            Notice::Reset { topic, offsets, .. } => {
                let name = |queue| QueueName {
                    topic: topic.clone(),
                    queue,
                };
                let offsets: BTreeMap<QueueName, u64> = offsets
                    .into_iter()
                    .map(|(queue, offset)| (name(queue), offset.0))
                    .collect();
                for (of, held) in &mut self.held {
                    if offsets.contains_key(of) {
                        held.dropped = true;
                        held.pull_at = None;
                        held.waiting.clear();
                    }
                }
                let over = wire.now.after(habits::RESET_PAUSE);
                self.paused_until = over;
                self.later.push((over, Later::Reset(offsets)));
            }
        }
    }

    /// Keeps an offset in mind: a commit of it comes later.
    pub(crate) fn remember(&mut self, of: &QueueName, offset: u64, only_ahead: bool) {
        let kept = self.offsets.entry(of.clone()).or_insert(offset);
        *kept = if only_ahead {
            (*kept).max(offset)
        } else {
            offset
        };
    }

    /// Commits the offset of a queue.
    pub(crate) fn commit(&self, wire: &mut Wire<'_>, of: &QueueName) {
        let Some(offset) = self.offsets.get(of).copied() else {
            return;
        };
        if self.setup.broadcasting {
            let file = (self.setup.name.clone(), self.setup.group.to_string());
            wire.local
                .entry(file)
                .or_default()
                .insert(of.clone(), offset);
            return;
        }
        let request = Request::UpdateOffset {
            group: self.setup.group.clone(),
            of: of.clone(),
            offset: i64::try_from(offset).unwrap_or(i64::MAX),
        };
        self.ask(wire, request);
    }

    fn commit_all(&mut self, wire: &mut Wire<'_>) {
        let queues: Vec<QueueName> = self.held.keys().cloned().collect();
        self.offsets.retain(|of, _| queues.contains(of));
        for of in queues {
            self.commit(wire, &of);
        }
    }

    /// Lets a queue go: commits, and forgets what it had of it.
    pub(crate) fn give_up(&mut self, wire: &mut Wire<'_>, of: &QueueName) {
        self.commit(wire, of);
        self.offsets.remove(of);
        self.held.remove(of);
        if self.setup.orderly {
            let request = Request::Unlock {
                group: self.setup.group.clone(),
                queues: vec![of.clone()],
            };
            self.ask(wire, request);
        }
    }

    /// Ends: by itself, with a last commit, or killed. The broker learns of it at once.
    pub(crate) fn end(mut self, wire: &mut Wire<'_>, kill: bool) {
        if !kill {
            self.commit_all(wire);
            let group = self.setup.group.clone();
            self.ask(wire, Request::Unregister { group });
        }
        if wire.running {
            let connection = self.connection;
            wire.broker_does(|broker, out| broker.disconnected(connection, out));
        }
    }

    /// The broker went away: pulls that were on their way fail, and are tried again 3 s later.
    pub(crate) fn cut_off(&mut self, now: SimTime) {
        for held in self.held.values_mut() {
            if held.pulling.take().is_some() {
                held.pull_at = Some(now.after(habits::PULL_AGAIN));
            }
        }
    }
}
