//! Steps on members: starting and ending them, what they were handed, what they finish, what they own.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::report::Reason;
use crate::rocketmq::member::{Begin, Member, Setup};
use crate::rocketmq::op::{From, Start};
use crate::rocketmq::prelude::SimDuration;
use crate::rocketmq::replay::{Runner, Seen};
use crate::rocketmq::world::ReplayWorld;
use crate::values::{Ranges, push, to_value};

/// How long a start waits for a queue.
const FIRST_QUEUE: SimDuration = SimDuration::from_secs(5);
const SECOND: SimDuration = SimDuration::from_secs(1);

type ByQueue = BTreeMap<String, Ranges>;

impl Runner<'_> {
    pub(crate) fn start_member(&mut self, start: &Start) -> Seen {
        let begin = match start.from {
            From::First => Begin::First,
            From::Last => Begin::Last,
            From::Time(at) => Begin::At(self.moment(&start.topic, at)),
        };
        let setup = Setup {
            name: start.member.clone(),
            group: start.group.clone(),
            topic: start.topic.clone(),
            begin,
            tags: start.tags.clone(),
            broadcasting: start.broadcasting,
            orderly: start.orderly,
            manual: start.manual,
        };
        self.end_member(&start.member, true);
        let rules = self.world.wire.broker.rules().clone();
        let member = Member::start(&mut self.world.wire, setup, rules);
        let name = start.member.clone();
        self.world.members.insert(name.clone(), member);
        let deadline = self.world.wire.now.after(FIRST_QUEUE);
        self.world.until(deadline, |world| {
            let member = world.members.get(&name);
            member.is_some_and(|member| !member.held.is_empty())
        });
        Seen::Nothing
    }

    pub(crate) fn end_member(&mut self, member: &str, kill: bool) -> Seen {
        if let Some(member) = self.world.members.remove(member) {
            member.end(&mut self.world.wire, kill);
            self.world.settle();
        }
        Seen::Nothing
    }

    pub(crate) fn received(&mut self, member: &str, count: u64, within: SimDuration) -> Seen {
        let deadline = self.world.wire.now.after(within);
        let has = |world: &ReplayWorld<'_>| {
            let member = world.members.get(member);
            member.is_none_or(|member| member.got.len() as u64 >= count)
        };
        self.world.until(deadline, has);
        self.world.pass(SECOND);
        let Some(member) = self.world.members.get_mut(member) else {
            return Seen::Skip(Reason::NotRecorded);
        };
        let (mut queues, mut again) = (ByQueue::new(), ByQueue::new());
        let (mut retries, mut seen) = (Vec::new(), BTreeSet::new());
        for got in std::mem::take(&mut member.got) {
            if got.attempt > 0 {
                retries.push(got);
                continue;
            }
            let fresh = seen.insert((got.of.queue, got.offset));
            let list = if fresh { &mut queues } else { &mut again };
            list.entry(got.of.queue.to_string())
                .or_default()
                .push((got.offset, 1));
        }
        retries.sort_by_key(|got| got.offset);
        let mut observed = json!({"queues": by_queue(queues)});
        if !again.is_empty() {
            observed["again"] = by_queue(again);
        }
        if !retries.is_empty() {
            let retry = |got: &crate::rocketmq::member::Got| {
                json!({
                    "message": got.body,
                    "attempt": got.attempt,
                    "queue": got.of.queue,
                    "offset": got.offset,
                })
            };
            observed["retries"] = retries.iter().map(retry).collect();
        }
        Seen::Value(observed)
    }

    pub(crate) fn finish(&mut self, name: &str, queue: u32, offsets: &Ranges, ok: bool) -> Seen {
        let Some(mut member) = self.world.members.remove(name) else {
            return Seen::Nothing;
        };
        for (first, count) in offsets {
            for offset in *first..first.saturating_add(*count) {
                self.world.wire.work.spend(1);
                if self.world.wire.work.is_spent() {
                    break;
                }
                member.finish(&mut self.world.wire, queue, offset, ok);
            }
        }
        self.world.members.insert(name.to_string(), member);
        self.world.settle();
        Seen::Nothing
    }

    /// Once every queue has one owner, for a second.
    pub(crate) fn owned_queues(&mut self, within: SimDuration) -> Seen {
        let deadline = self.world.wire.now.after(within);
        let mut before = owned(&self.world);
        while self.world.wire.now < deadline && !self.world.wire.work.is_spent() {
            self.world.pass(SECOND);
            let now = owned(&self.world);
            if now == before && each_has_one_owner(&self.world, &now) {
                break;
            }
            before = now;
        }
        Seen::Value(json!(owned(&self.world)))
    }
}

fn by_queue(queues: ByQueue) -> Value {
    let ranges = queues.into_iter().map(|(queue, mut each)| {
        each.sort_unstable();
        let mut joined = Ranges::new();
        for range in each {
            push(&mut joined, range);
        }
        (queue, to_value(&joined))
    });
    Value::Object(ranges.collect())
}

type Owned = BTreeMap<String, Vec<u32>>;

fn owned(world: &ReplayWorld<'_>) -> Owned {
    let each = world.members.iter().map(|(name, member)| {
        let held = member.held.keys();
        let own = held.filter(|of| of.topic == member.setup.topic);
        (name.clone(), own.map(|of| of.queue).collect())
    });
    each.collect()
}

fn each_has_one_owner(world: &ReplayWorld<'_>, owned: &Owned) -> bool {
    let held: usize = owned.values().map(Vec::len).sum();
    let distinct: BTreeSet<&u32> = owned.values().flatten().collect();
    let topics = world.members.values().map(|member| &member.setup.topic);
    let queues = topics.filter_map(|topic| world.wire.broker.topic(topic));
    let queues = queues.map(|topic| topic.read_queues as usize).max();
    held == distinct.len() && Some(held) == queues
}
