//! The naive count of messages: one entry each, from what was sent to where it lies. Knows no group.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use offset_lab::family::rocketmq::arena::Arena;
use offset_lab::family::rocketmq::message::Sends;
use offset_lab::family::rocketmq::store::{Extent, Position, Spread};
use offset_lab::ids::{ActorId, EventId, LogId};
use offset_lab::language::Scenario;

/// Which message it is: producer, running count, how often it came back.
pub(super) type Identity = (ActorId, u64, u16);

/// A message that readers see.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) identity: Identity,
    pub(super) tag: Option<Arc<str>>,
    position: Position,
}

/// A queue, message by message.
#[derive(Default)]
pub(super) struct Queue {
    pub(super) records: Vec<Record>,
    pub(super) min: u64,
    /// What the minimum must be since files were deleted last.
    first_there: u64,
    /// In the commit log, and not seen yet.
    unseen: VecDeque<Identity>,
}

impl Queue {
    pub(super) fn max(&self) -> u64 {
        self.records.len() as u64
    }
}

/// Queues, and what is on its way into them.
pub(super) struct Log {
    names: BTreeMap<String, LogId>,
    pub(super) queues: Vec<Queue>,
    pub(super) begin: Position,
    end: Position,
    /// Messages that reached the broker and are neither stored nor refused.
    sent: BTreeMap<(ActorId, u64), u64>,
    /// Delayed messages that are not due yet.
    delayed: BTreeMap<Identity, u64>,
    /// Copies that are to be made of what came back, by the request.
    copies: BTreeMap<EventId, Vec<Identity>>,
    /// Copies that are to be made of what a POP gave and nobody acknowledged.
    revived: BTreeMap<Identity, u64>,
}

/// What an append comes from.
pub(super) enum Source<'a> {
    /// A send.
    Send(&'a Sends),
    /// Messages that came back.
    SendBack(EventId),
    /// The broker itself: a delay or an invisible time is over.
    Broker,
}

fn add<K: Ord>(to: &mut BTreeMap<K, u64>, key: K) {
    *to.entry(key).or_default() += 1;
}

fn take<K: Ord + std::fmt::Debug>(from: &mut BTreeMap<K, u64>, key: K) {
    let Some(count) = from.get_mut(&key) else {
        panic!("{key:?} comes from nowhere");
    };
    *count -= 1;
    if *count == 0 {
        from.remove(&key);
    }
}

impl Log {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let names = scenario.streams.iter().zip(0..);
        Self {
            names: names
                .map(|(name, id)| (name.to_string(), LogId(id)))
                .collect(),
            queues: scenario.streams.iter().map(|_| Queue::default()).collect(),
            begin: Position(0),
            end: Position(0),
            sent: BTreeMap::new(),
            delayed: BTreeMap::new(),
            copies: BTreeMap::new(),
            revived: BTreeMap::new(),
        }
    }

    pub(super) fn queue(&self, id: LogId) -> &Queue {
        &self.queues[id.index()]
    }

    /// The retries of a POP group lie in a topic of the group and of what it reads.
    fn named(&self, topic: &str, queue: u32) -> LogId {
        let of_pop = || {
            let group = topic.strip_prefix("%RETRY%")?.strip_suffix("_t")?;
            self.names.get(&format!("%RETRY%{group}.q{queue}"))
        };
        let found = self.names.get(&format!("{topic}.q{queue}")).or_else(of_pop);
        *found.unwrap_or_else(|| panic!("no queue {queue} of {topic}"))
    }

    pub(super) fn reached_broker(&mut self, producer: ActorId, sends: &Sends) {
        for k in 0..sends.messages.count {
            add(&mut self.sent, (producer, sends.messages.numbers(k).1));
        }
    }

    pub(super) fn refused(&mut self, producer: ActorId, first: u64, count: u64) {
        for number in first..first + count {
            take(&mut self.sent, (producer, number));
        }
    }

    /// Messages come back: a copy of each is to be made.
    pub(super) fn came_back(&mut self, request: EventId, queue: LogId, first: u64, count: u64) {
        let records = &self.queue(queue).records;
        let copies = (first..first + count).filter_map(|offset| {
            let (producer, number, attempt) = records.get(offset as usize)?.identity;
            Some((producer, number, attempt + 1))
        });
        let copies: Vec<Identity> = copies.collect();
        self.copies.insert(request, copies);
    }

    pub(super) fn took_back(&mut self, request: EventId, taken: bool) {
        let left = self.copies.remove(&request).expect("they came back");
        assert!(!taken || left.is_empty(), "no copy of {left:?}");
    }

    /// What a POP gave comes again.
    pub(super) fn revived(&mut self, queue: LogId, first: u64, count: u64) {
        for offset in first..first + count {
            let record = &self.queue(queue).records[offset as usize];
            let (producer, number, attempt) = record.identity;
            let gone = record.position < self.begin;
            let made = self.revived.contains_key(&(producer, number, attempt + 1));
            assert!(made || gone, "{queue:?} {offset}: no copy");
            if made {
                take(&mut self.revived, (producer, number, attempt + 1));
            }
        }
    }

    pub(super) fn appended(&mut self, extent: &Extent, source: &Source<'_>) {
        assert!(extent.start >= self.end, "it overlaps");
        self.end = extent.end();
        for k in 0..extent.run.count {
            let (producer, number) = (extent.run.producer, extent.run.numbers(k).1);
            let identity = (producer, number, extent.run.attempt);
            match source {
                Source::Send(sends) => {
                    assert_eq!(sends.level > 0, extent.bound_for.is_some());
                    take(&mut self.sent, (producer, number));
                }
                Source::SendBack(request) => {
                    let copies = self.copies.get_mut(request).expect("they came back");
                    let at = copies.iter().position(|it| *it == identity);
                    copies.remove(at.expect("a copy of what came back"));
                }
                Source::Broker if self.delayed.contains_key(&identity) => {
                    take(&mut self.delayed, identity);
                }
                Source::Broker => add(&mut self.revived, identity),
            }
            if extent.bound_for.is_some() {
                add(&mut self.delayed, identity);
                continue;
            }
            let queue = match extent.spread {
                Spread::Queue(queue) => queue,
                Spread::RoundRobin { first, queues } => {
                    ((u64::from(first) + k) % u64::from(queues)) as u32
                }
            };
            let queue = self.named(&extent.topic, queue);
            self.queues[queue.index()].unseen.push_back(identity);
        }
    }

    /// Messages become visible: in the order in which they were appended, without a gap.
    pub(super) fn visible(&mut self, arena: &Arena, id: LogId, row: u32) {
        let run = &arena.queue(id).runs[row as usize];
        let queue = &mut self.queues[id.index()];
        assert_eq!(run.first.0, queue.max(), "{id:?} has a gap");
        for offset in run.first.0..run.end() {
            let (_, number) = run.extent.run.numbers(run.place_of(offset));
            let identity = (run.extent.run.producer, number, run.extent.run.attempt);
            assert_eq!(queue.unseen.pop_front(), Some(identity), "{id:?} {offset}");
            queue.records.push(Record {
                identity,
                tag: run.extent.run.tag.clone(),
                position: run.position(offset),
            });
        }
    }

    pub(super) fn files_deleted(&mut self, first: Position) {
        assert!(first > self.begin && first <= self.end, "{first:?}");
        self.begin = first;
        for queue in &mut self.queues {
            let there = queue.records.iter().position(|it| it.position >= first);
            let there = there.map_or(queue.max(), |at| at as u64);
            queue.first_there = there.max(queue.min);
        }
    }

    /// Whether the bytes of a message are gone.
    pub(super) fn is_gone(&self, queue: LogId, offset: u64) -> bool {
        let record = self.queue(queue).records.get(offset as usize);
        record.is_some_and(|record| record.position < self.begin)
    }

    /// The minimum goes ahead, to the first message that is there, or to the end where none is.
    pub(super) fn min_moved(&mut self, id: LogId, min: u64) {
        let queue = &mut self.queues[id.index()];
        assert_eq!(min, queue.first_there, "{id:?}");
        assert!(min > queue.min, "{id:?} goes back to {min}");
        queue.min = min;
    }

    /// Nothing is on its way for ever. The minimum of a queue that expired whole may be `stale`, also once something came.
    pub(super) fn close(&self, stale: bool) {
        assert_eq!(self.sent, BTreeMap::new(), "no fate");
        assert_eq!(self.delayed, BTreeMap::new(), "never due");
        assert!(self.copies.is_empty() && self.revived.is_empty());
        for (queue, id) in self.queues.iter().zip(0..) {
            assert!(queue.unseen.is_empty() && queue.min <= queue.max());
            let min = queue.first_there;
            assert!(queue.min == min || stale && queue.min < min, "queue {id}");
        }
    }
}
