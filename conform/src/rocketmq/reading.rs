//! How a member reads and consumes: pulls, messages in flight, outcomes.
//!
//! From `DefaultMQPushConsumerImpl.java:pullMessage`, `ConsumeMessageConcurrentlyService.java`,
//! `ConsumeMessageOrderlyService.java`.

use crate::rocketmq::member::{Got, Later, Member, PAUSE};
use crate::rocketmq::prelude::{
    Answer, Offset, Pull, PullStatus, Pulled, QueueName, Request, SendBack, SimDuration, Token,
};
use crate::rocketmq::world::World;

/// How long a pull waits for a message.
const WAIT: SimDuration = SimDuration::from_secs(15);
/// Messages that one pull asks for.
const BATCH: u32 = 32;
/// A pull that failed is tried again.
const AGAIN: SimDuration = SimDuration::from_secs(3);
/// A pull that would read too far ahead is put off.
const FLOW: SimDuration = SimDuration::from_millis(50);
/// Messages in flight, and the span of their offsets, beyond which nothing is pulled.
const IN_FLIGHT: (u64, u64) = (1_000, 2_000);
/// Messages that the listener works on at once: the recorder's threads.
const THREADS: usize = 64;
/// How long an orderly member waits before it is handed a message again.
const SUSPEND: SimDuration = SimDuration::from_secs(1);
/// Attempts before a message goes to the dead letters.
const MAX_ATTEMPTS: u16 = 16;
/// Bytes of a body are not written out; but a message that is handed over costs.
const HANDED: u64 = 10;

impl Member {
    /// Does one read, or hands out again, where that is due.
    pub(crate) fn read_on(&mut self, world: &mut World<'_>) {
        let now = world.now;
        let again = self.held.iter();
        let mut again = again.filter(|(_, held)| held.again_at.is_some_and(|at| at <= now));
        if let Some(of) = again.next().map(|(of, _)| of.clone()) {
            if let Some(held) = self.held.get_mut(&of) {
                held.again_at = None;
            }
            self.hand_out(world, &of);
            return;
        }
        let pulls = self.held.iter();
        let mut pulls = pulls.filter(|(_, held)| held.pull_at.is_some_and(|at| at <= now));
        if let Some(of) = pulls.next().map(|(of, _)| of.clone()) {
            self.pull(world, &of);
        }
    }

    fn pull(&mut self, world: &mut World<'_>, of: &QueueName) {
        let commit = self.offsets.get(of).copied().filter(|offset| *offset > 0);
        let commit = commit.filter(|_| !self.setup.broadcasting);
        let Some(held) = self.held.get_mut(of) else {
            return;
        };
        held.pull_at = None;
        if held.dropped || held.pulling.is_some() {
            return;
        }
        if held.process.in_flight().len() > IN_FLIGHT.0 || held.process.span() > IN_FLIGHT.1 {
            held.pull_at = Some(world.now.after(FLOW));
            return;
        }
        let (token, offset) = (world.token(), held.next);
        held.pulling = Some((token, offset));
        let request = Request::Pull(Pull {
            of: of.clone(),
            group: self.setup.group.clone(),
            offset,
            max: BATCH,
            times: 1,
            tags: self.tags_of(of),
            commit: commit.map(|offset| i64::try_from(offset).unwrap_or(i64::MAX)),
            wait: Some(WAIT),
        });
        if !world.running {
            self.failed(world, of);
        } else if let Some(answer) = world.send(self.connection, token, request) {
            self.answered(world, token, answer);
        }
    }

    /// What comes back of the group's messages is read whatever its tag.
    fn tags_of(&self, of: &QueueName) -> crate::rocketmq::prelude::Tags {
        if of.topic == self.setup.topic {
            self.setup.tags.clone()
        } else {
            crate::rocketmq::prelude::Tags::All
        }
    }

    fn failed(&mut self, world: &World<'_>, of: &QueueName) {
        if let Some(held) = self.held.get_mut(of) {
            held.pulling = None;
            held.pull_at = Some(world.now.after(AGAIN));
        }
    }

    /// The answer to a pull came.
    pub(crate) fn answered(&mut self, world: &mut World<'_>, token: Token, answer: Answer) {
        let mut held = self.held.iter();
        let found = held.find_map(|(of, held)| match held.pulling {
            Some((pulling, offset)) if pulling == token => Some((of.clone(), offset)),
            Some(_) | None => None,
        });
        let Some((of, offset)) = found else {
            return;
        };
        match answer {
            Answer::Pulled(pulled) => self.pulled(world, &of, offset, pulled),
            _ => self.failed(world, &of),
        }
    }

    fn pulled(&mut self, world: &mut World<'_>, of: &QueueName, offset: i64, pulled: Pulled) {
        let Some(held) = self.held.get_mut(of) else {
            return;
        };
        held.pulling = None;
        if held.dropped {
            return;
        }
        held.next = i64::try_from(pulled.next.0).unwrap_or(i64::MAX);
        match pulled.status.to_client(offset) {
            PullStatus::Found => {
                for (first, count) in &pulled.found.ranges {
                    held.process.fetched(*first, *count);
                    held.waiting.extend(*first..first + count);
                    world.work.spend(*count);
                }
                held.pull_at = Some(world.now);
                self.hand_out(world, of);
            }
            PullStatus::NoNewMsg | PullStatus::NoMatchedMsg => {
                held.pull_at = Some(world.now);
                // What is not wanted moves the offset too, as long as nothing is in flight.
                if held.process.in_flight().is_empty() {
                    self.remember(of, pulled.next.0, true);
                }
            }
            PullStatus::OffsetIllegal => {
                held.dropped = true;
                if self.rules.corrects_at_once {
                    self.offsets.insert(of.clone(), pulled.next.0);
                    self.commit(world, of);
                    self.held.remove(of);
                    self.rebalance(world);
                } else {
                    let what = Later::Correct(of.clone(), pulled.next.0);
                    self.later.push((world.now.after(PAUSE), what));
                }
            }
        }
    }

    /// Hands messages to the listener: all at once, or one after the other to an orderly one.
    fn hand_out(&mut self, world: &mut World<'_>, of: &QueueName) {
        loop {
            let open = self.open.len();
            let Some(held) = self.held.get_mut(of) else {
                return;
            };
            let busy = if self.setup.orderly {
                held.again_at.is_some() || self.open.values().any(|open| open == of)
            } else {
                self.setup.manual && open >= THREADS
            };
            if busy || held.dropped {
                return;
            }
            let Some(offset) = held.waiting.pop_first() else {
                return;
            };
            let attempt = held.attempt;
            world.work.spend(HANDED);
            let message = world
                .broker
                .queue(of)
                .and_then(|it| it.message(Offset(offset)));
            self.got.push(Got {
                of: of.clone(),
                offset,
                attempt: attempt.max(message.as_ref().map_or(0, |message| message.attempt)),
                body: message.map_or_else(String::new, |message| message.body),
            });
            self.open.insert((of.queue, offset), of.clone());
            if !self.setup.manual {
                self.finish(world, of.queue, offset, true);
            }
        }
    }

    /// The listener is done with a message.
    pub(crate) fn finish(&mut self, world: &mut World<'_>, queue: u32, offset: u64, ok: bool) {
        let Some(of) = self.open.remove(&(queue, offset)) else {
            return;
        };
        if let Some(held) = self.held.get_mut(&of).filter(|held| !held.dropped) {
            if !ok && self.setup.orderly {
                held.attempt += 1;
                held.waiting.insert(offset);
                held.again_at = Some(world.now.after(SUSPEND));
                return;
            }
            if !ok && !self.setup.broadcasting && !self.send_back(world, &of, offset) {
                return;
            }
            let orderly = self.setup.orderly;
            let lowest = self.held.get_mut(&of).and_then(|held| {
                held.attempt = 0;
                held.process.finished(offset, 1)
            });
            match lowest {
                // An orderly member commits what it was handed, not the lowest in flight.
                Some(_) if orderly => self.remember(&of, offset + 1, false),
                Some(lowest) => self.remember(&of, lowest.0, true),
                None => {}
            }
        }
        if self.setup.manual {
            let queues: Vec<QueueName> = self.held.keys().cloned().collect();
            for of in queues {
                self.hand_out(world, &of);
            }
        }
    }

    /// A message that failed goes back to the broker; whether it took it.
    fn send_back(&self, world: &mut World<'_>, of: &QueueName, offset: u64) -> bool {
        let request = Request::SendBack(SendBack {
            group: self.setup.group.clone(),
            of: of.clone(),
            offset,
            count: 1,
            level: 0,
            max_attempts: MAX_ATTEMPTS,
        });
        matches!(self.ask(world, request), Some(Answer::Ok))
    }
}
