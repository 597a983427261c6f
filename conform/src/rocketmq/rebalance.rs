//! How a member divides the queues, and where it begins to read one.
//!
//! From `RebalanceImpl.java:rebalanceByTopic, updateProcessQueueTableInRebalance`,
//! `RebalancePushImpl.java:computePullFromWhereWithException`.

use std::sync::Arc;

use crate::rocketmq::member::{Begin, Held, Member};
use crate::rocketmq::prelude::{Boundary, QueueName, Request, Response, averagely};
use crate::rocketmq::wire::Wire;

impl Member {
    /// Divides the queues of each topic anew: each member by itself, from what the broker says.
    pub(crate) fn rebalance(&mut self, wire: &mut Wire<'_>) {
        let mut balanced = true;
        for topic in self.topics() {
            if self.paused_until > wire.now {
                continue;
            }
            if let Some(share) = self.share(wire, &topic) {
                balanced &= self.take(wire, &topic, share);
            } else {
                balanced = false;
            }
        }
        self.rebalance_later(wire.now, balanced);
    }

    /// The numbers of the queues that are its own; `None` where the broker does not tell.
    fn share(&self, wire: &mut Wire<'_>, topic: &Arc<str>) -> Option<Vec<u32>> {
        let route = Request::Route {
            topic: topic.clone(),
        };
        let Some(Response::Route { read_queues, .. }) = self.ask(wire, route) else {
            return None;
        };
        if self.setup.broadcasting {
            return Some((0..read_queues).collect());
        }
        let group = self.setup.group.clone();
        let Some(Response::Members(mut members)) = self.ask(wire, Request::Members { group })
        else {
            return None;
        };
        members.sort();
        let place = members.iter().position(|it| **it == *self.setup.name)?;
        let (count, place) = (
            u32::try_from(members.len()).ok()?,
            u32::try_from(place).ok()?,
        );
        Some(averagely(read_queues, count, place).collect())
    }

    /// Gives up what is no longer its own and takes what is; whether it holds exactly that.
    fn take(&mut self, wire: &mut Wire<'_>, topic: &Arc<str>, share: Vec<u32>) -> bool {
        let gone: Vec<QueueName> = self
            .held
            .iter()
            .filter(|(of, _)| of.topic == *topic && !share.contains(&of.queue))
            .map(|(of, _)| of.clone())
            .collect();
        for of in gone {
            self.give_up(wire, &of);
        }
        let name = |queue| QueueName {
            topic: topic.clone(),
            queue,
        };
        let share: Vec<QueueName> = share.into_iter().map(name).collect();
        let new: Vec<QueueName> = share
            .iter()
            .filter(|of| !self.held.contains_key(of))
            .cloned()
            .collect();
        let new = if self.setup.orderly && !new.is_empty() {
            self.lock(wire, new)
        } else {
            new
        };
        for of in new {
            self.offsets.remove(&of);
            let next = self.begin(wire, &of);
            let held = Held {
                next,
                pull_at: Some(wire.now),
                ..Held::default()
            };
            self.held.insert(of, held);
        }
        share.iter().all(|of| self.held.contains_key(of))
    }

    /// Locks queues; those that are its own now.
    pub(crate) fn lock(&self, wire: &mut Wire<'_>, queues: Vec<QueueName>) -> Vec<QueueName> {
        let group = self.setup.group.clone();
        match self.ask(wire, Request::Lock { group, queues }) {
            Some(Response::Locked(locked)) => locked,
            Some(_) | None => Vec::new(),
        }
    }

    /// Where it begins to read a queue: at the offset that is kept for it, and only where there is none, where it is set
    /// to.
    fn begin(&mut self, wire: &mut Wire<'_>, of: &QueueName) -> i64 {
        let kept = if self.setup.broadcasting {
            let file = (self.setup.name.clone(), self.setup.group.to_string());
            wire.local.get(&file).and_then(|file| file.get(of)).copied()
        } else {
            let request = Request::QueryOffset {
                group: self.setup.group.clone(),
                of: of.clone(),
            };
            offset(self.ask(wire, request))
        };
        if let Some(kept) = kept {
            // What was looked up is committed with the next timer, even if nothing is consumed.
            self.offsets.insert(of.clone(), kept);
            return i64::try_from(kept).unwrap_or(i64::MAX);
        }
        let is_retry = of.topic.starts_with("%RETRY%");
        let request = match self.setup.begin {
            Begin::First => return 0,
            Begin::Last if is_retry => return 0,
            Begin::At(at) if !is_retry => Request::SearchOffset {
                of: of.clone(),
                at,
                boundary: Boundary::Lower,
            },
            Begin::Last | Begin::At(_) => Request::MaxOffset(of.clone()),
        };
        let begin = offset(self.ask(wire, request)).unwrap_or(0);
        i64::try_from(begin).unwrap_or(i64::MAX)
    }
}

fn offset(answer: Option<Response>) -> Option<u64> {
    match answer {
        Some(Response::Offset(offset)) => Some(offset.0),
        Some(_) | None => None,
    }
}
