//! How a member reads and consumes: pulls, messages in flight, outcomes.
//!
//! From `DefaultMQPushConsumerImpl.java:pullMessage`, `ConsumeMessageConcurrentlyService.java`,
//! `ConsumeMessageOrderlyService.java`.

use crate::rocketmq::member::{Got, Later, Member};
use crate::rocketmq::prelude::{
    Offset, Pull, PullStatus, Pulled, QueueName, Request, Response, SendBack, SimDuration, Tags,
    Token, habits,
};
use crate::rocketmq::wire::Wire;

/// Messages that the listener works on at once: the recorder's threads.
const THREADS: usize = 64;
/// What a message costs that is handed over.
const HANDED: u64 = 10;

impl Member {
    /// Does one read, or hands out again, where that is due.
    pub(crate) fn read_on(&mut self, wire: &mut Wire<'_>) {
        let now = wire.now;
        let again = self.held.iter();
        let mut again = again.filter(|(_, held)| held.again_at.is_some_and(|at| at <= now));
        if let Some(of) = again.next().map(|(of, _)| of.clone()) {
            if let Some(held) = self.held.get_mut(&of) {
                held.again_at = None;
            }
            self.hand_out(wire, &of);
            return;
        }
        let pulls = self.held.iter();
        let mut pulls = pulls.filter(|(_, held)| held.pull_at.is_some_and(|at| at <= now));
        if let Some(of) = pulls.next().map(|(of, _)| of.clone()) {
            self.pull(wire, &of);
        }
    }

    fn pull(&mut self, wire: &mut Wire<'_>, of: &QueueName) {
        let commit = self.offsets.get(of).copied().filter(|offset| *offset > 0);
        let commit = commit.filter(|_| !self.setup.broadcasting);
        let Some(held) = self.held.get_mut(of) else {
            return;
        };
        held.pull_at = None;
        if held.dropped || held.pulling.is_some() {
            return;
        }
        if held.process.in_flight().len() > habits::MOST_IN_FLIGHT
            || held.process.span() > habits::WIDEST_SPAN
        {
            held.pull_at = Some(wire.now.after(habits::PULL_PUT_OFF));
            return;
        }
        let (token, offset) = (wire.token(), held.next);
        held.pulling = Some((token, offset));
        let request = Request::Pull(Pull {
            of: of.clone(),
            group: self.setup.group.clone(),
            offset,
            max: habits::PULL_BATCH,
            times: 1,
            tags: self.tags_of(of),
            commit: commit.map(|offset| i64::try_from(offset).unwrap_or(i64::MAX)),
            wait: Some(habits::PULL_WAITS),
        });
        if !wire.running {
            self.failed(wire, of);
        } else if let Some(answer) = wire.send(self.connection, token, request) {
            self.answered(wire, token, answer);
        }
    }

    /// What comes back of the group's messages is read whatever its tag.
    fn tags_of(&self, of: &QueueName) -> Tags {
        if of.topic == self.setup.topic {
            self.setup.tags.clone()
        } else {
            Tags::All
        }
    }

    fn failed(&mut self, wire: &Wire<'_>, of: &QueueName) {
        if let Some(held) = self.held.get_mut(of) {
            held.pulling = None;
            held.pull_at = Some(wire.now.after(habits::PULL_AGAIN));
        }
    }

    /// The answer to a pull came.
    pub(crate) fn answered(&mut self, wire: &mut Wire<'_>, token: Token, answer: Response) {
        let mut held = self.held.iter();
        let found = held.find_map(|(of, held)| match held.pulling {
            Some((pulling, offset)) if pulling == token => Some((of.clone(), offset)),
            Some(_) | None => None,
        });
        let Some((of, offset)) = found else {
            return;
        };
        match answer.parts().pulled {
            Some(pulled) => self.pulled(wire, &of, offset, pulled),
            None => self.failed(wire, &of),
        }
    }

    fn pulled(&mut self, wire: &mut Wire<'_>, of: &QueueName, offset: i64, pulled: &Pulled) {
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
                    wire.work.spend(*count);
                }
                held.pull_at = Some(wire.now);
                self.hand_out(wire, of);
            }
            PullStatus::NoNewMsg | PullStatus::NoMatchedMsg => {
                held.pull_at = Some(wire.now);
                // What is not wanted moves the offset too, as long as nothing is in flight.
                if held.process.in_flight().is_empty() {
                    self.remember(of, pulled.next.0, true);
                }
            }
            PullStatus::OffsetIllegal => {
                held.dropped = true;
                let wait = habits::correction_waits(&self.rules);
                let what = Later::Correct(of.clone(), pulled.next.0);
                self.later.push((wire.now.after(wait), what));
                if wait == SimDuration::ZERO {
                    self.rebalance_at = wire.now;
                }
            }
        }
    }

    /// Hands messages to the listener: all at once, or one after the other to an orderly one.
    fn hand_out(&mut self, wire: &mut Wire<'_>, of: &QueueName) {
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
            wire.work.spend(HANDED);
            let message = wire
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
                self.finish(wire, of.queue, offset, true);
            }
        }
    }

    /// The listener is done with a message.
    pub(crate) fn finish(&mut self, wire: &mut Wire<'_>, queue: u32, offset: u64, ok: bool) {
        let Some(of) = self.open.remove(&(queue, offset)) else {
            return;
        };
        if let Some(held) = self.held.get_mut(&of).filter(|held| !held.dropped) {
            if !ok && self.setup.orderly {
                held.attempt += 1;
                held.waiting.insert(offset);
                held.again_at = Some(wire.now.after(habits::ORDERLY_AGAIN));
                return;
            }
            if !ok && !self.setup.broadcasting && !self.send_back(wire, &of, offset) {
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
                self.hand_out(wire, &of);
            }
        }
    }

    /// A message that failed goes back to the broker; whether it took it.
    fn send_back(&self, wire: &mut Wire<'_>, of: &QueueName, offset: u64) -> bool {
        let request = Request::SendBack(SendBack {
            group: self.setup.group.clone(),
            of: of.clone(),
            offset,
            count: 1,
            level: 0,
            max_attempts: habits::MOST_ATTEMPTS,
            or_copies: false,
        });
        matches!(self.ask(wire, request), Some(Response::Ok))
    }
}
