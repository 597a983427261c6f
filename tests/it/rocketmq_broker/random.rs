//! Random operations against the broker and a naive one, drawn by a seed: after each, both agree.

use std::collections::BTreeMap;
use std::sync::Arc;

use offset_lab::family::rocketmq::broker::{
    Boundary, BrokerSettings, Pull, Request, ResetTime, ResetToTime, Response, Tags,
};
use offset_lab::family::rocketmq::store::{MessageRun, Spread};
use offset_lab::ids::Offset;
use offset_lab::units::{Bytes, SimDuration, SimTime};

use super::lab::{Lab, of, run, seconds};
use super::naive::Naive;

/// Operations in all: each round begins with an empty broker.
const ROUNDS: u64 = 250;
const OPERATIONS: u64 = 400;
const VERSIONS: [&str; 9] = [
    "4.9.2", "4.9.4", "4.9.8", "5.0.0", "5.1.0", "5.1.1", "5.1.4", "5.2.0", "5.5.0",
];
const TAGS: [&str; 2] = ["a", "b"];
const QUEUES: u32 = 3;

/// Numbers by splitmix64.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// Broker and naive broker side by side.
struct Twins {
    lab: Lab,
    naive: Naive,
    draw: Draw,
    version: &'static str,
    /// What the store found, and how often.
    statuses: BTreeMap<&'static str, u64>,
}

impl Twins {
    fn new(seed: u64) -> Self {
        let mut draw = Draw(seed);
        let version = VERSIONS[draw.below(VERSIONS.len() as u64) as usize];
        let (file, entries) = (600 + draw.below(4_000), 1 + draw.below(30));
        let memory = draw.below(30_000);
        let settings = BrokerSettings {
            commit_log_file: Bytes(file),
            consume_queue_file: entries,
            memory: Bytes(memory),
            pages_are_told: draw.below(2) == 0,
            cleaner: false,
            ..BrokerSettings::default()
        };
        let pages_are_told = settings.pages_are_told;
        let lab = Lab::with(version, QUEUES, settings);
        let mut naive = Naive::new(lab.broker.rules().clone(), QUEUES, file, entries);
        naive.memory = memory;
        naive.in_memory = memory / 100 * 40;
        naive.pages_are_told = pages_are_told;
        Self {
            lab,
            naive,
            draw,
            version,
            statuses: BTreeMap::new(),
        }
    }

    fn queue(&mut self) -> u32 {
        self.draw.below(u64::from(QUEUES)) as u32
    }

    /// An offset near the bounds of a queue, or anywhere.
    fn offset(&mut self, queue: u32) -> i64 {
        let (min, max) = (self.naive.min(queue) as i64, self.naive.max(queue) as i64);
        let near = self.draw.below(5) as i64 - 2;
        match self.draw.below(3) {
            0 => min + near,
            1 => max + near,
            _ => self.draw.below(max as u64 + 3) as i64 - 1,
        }
    }

    fn send(&mut self) {
        let count = 1 + self.draw.below(12);
        let padded = if self.draw.below(3) == 0 {
            self.draw.below(400)
        } else {
            0
        };
        let tag = TAGS.get(self.draw.below(3) as usize).copied();
        let spread = match (self.draw.below(2), self.queue()) {
            (0, queue) => Spread::Queue(queue),
            (_, first) => Spread::RoundRobin {
                first,
                queues: QUEUES,
            },
        };
        let first = self.naive.records.len() as u64;
        let messages = MessageRun {
            padded: padded as u32,
            tag: tag.map(Arc::from),
            first_index: first,
            first_count: first,
            ..run(count)
        };
        let sent = self.lab.ask(Request::Send {
            topic: "t".into(),
            spread,
            messages,
            level: 0,
        });
        let ms = self.lab.now.as_millis();
        for place in 0..count {
            let queue = match spread {
                Spread::Queue(queue) => queue,
                Spread::RoundRobin { first, queues } => {
                    ((u64::from(first) + place) % u64::from(queues)) as u32
                }
            };
            self.naive.append(ms, queue, padded, tag);
        }
        let Some(Response::Sent(sent)) = sent else {
            panic!("not sent: {sent:?}");
        };
        for sent in sent {
            let own = self.naive.records[first as usize..].iter();
            let offsets: Vec<u64> = own
                .filter(|record| record.queue == sent.queue)
                .map(|record| record.offset)
                .collect();
            let told: Vec<u64> = (sent.first.0..sent.first.0 + sent.count).collect();
            assert_eq!(told, offsets);
        }
        // Now and then they stay unseen for a while.
        if self.draw.below(4) > 0 {
            self.pass(1);
        }
    }

    fn pass(&mut self, ms: u64) {
        let flush = self.lab.broker.next_of(
            self.lab.now,
            offset_lab::family::rocketmq::broker::Task::Flush,
        );
        self.lab.pass(SimDuration::from_millis(ms));
        if flush.is_some_and(|at| at <= self.lab.now) {
            self.naive.flushed = self.naive.offsets.clone();
        }
        if ms > 0 {
            self.naive.show();
        }
    }

    fn pull(&mut self) {
        let queue = self.queue();
        let offset = self.offset(queue);
        let max = 1 + self.draw.below(40);
        let wanted = &TAGS[..self.draw.below(3) as usize];
        let commit = (self.draw.below(3) == 0).then(|| self.offset(queue));
        let tags = match wanted {
            [] => Tags::All,
            tags => Tags::Any(tags.iter().map(|tag| Arc::from(*tag)).collect()),
        };
        let pulled = self.lab.pull_with(Pull {
            of: of("t", queue),
            max: max as u32,
            tags,
            commit,
            ..Lab::pull_request(offset)
        });
        let bounds = (self.naive.min(queue), self.naive.max(queue));
        assert_eq!((pulled.min.0, pulled.max.0), bounds);
        let wanted = match self.naive.pending.remove(&queue) {
            Some(target) => ("OFFSET_RESET", target, Vec::new()),
            None => self.naive.read(queue, offset, max, wanted),
        };
        *self.statuses.entry(pulled.status.word()).or_default() += 1;
        let ranges = pulled.found.ranges.iter();
        let offsets: Vec<u64> = ranges
            .flat_map(|(first, count)| *first..first + count)
            .collect();
        let seen = (pulled.status.word(), pulled.next.0, offsets.clone());
        assert_eq!(seen, wanted, "pull of {queue} from {offset}, {max} at most");
        for offset in offsets {
            let message = self.lab.broker.message(&of("t", queue), Offset(offset));
            let own = self.naive.records.iter();
            let mut own = own.filter(|record| (record.queue, record.offset) == (queue, offset));
            let number = own.next().map(|record| format!("m{}", record.number));
            assert_eq!(message.map(|message| message.body), number);
        }
        if let Some(commit) = commit.and_then(|commit| u64::try_from(commit).ok()) {
            self.naive.offsets.insert(queue, Some(commit));
        }
    }

    fn commit(&mut self) {
        let queue = self.queue();
        let offset = self.offset(queue);
        self.lab.ask(Request::UpdateOffset {
            group: "g".into(),
            of: of("t", queue),
            offset,
        });
        if !self.naive.pending.contains_key(&queue) {
            self.naive.offsets.insert(queue, u64::try_from(offset).ok());
        }
    }

    fn time(&mut self) -> SimTime {
        let ms = self.lab.now.as_millis();
        SimTime(ms.saturating_sub(self.draw.below(3_000)) * 1_000)
    }

    fn search(&mut self) {
        let (queue, at) = (self.queue(), self.time());
        let found = self
            .lab
            .broker
            .offset_at(&of("t", queue), at, Boundary::Lower)
            .0;
        let wanted = self.naive.at(queue, at.as_millis());
        assert!(
            wanted.contains(&found),
            "{at} in {queue}: {found}, not {wanted:?}"
        );
    }

    fn reset(&mut self) {
        let at = self.time();
        let to = if self.draw.below(4) == 0 {
            ResetTime::Max
        } else {
            ResetTime::At(at)
        };
        let reset = self.lab.ask(Request::ResetToTime(ResetToTime {
            group: "g".into(),
            topic: "t".into(),
            to,
            force: true,
        }));
        let Some(Response::Reset(offsets)) = reset else {
            // Before 5.2 with nobody online: nothing changes.
            assert!(!self.naive.rules.server_side_reset, "{reset:?}");
            return;
        };
        for (queue, offset) in offsets {
            let wanted = match to {
                ResetTime::Max => vec![self.naive.max(queue)],
                ResetTime::At(at) => self.naive.at(queue, at.as_millis()),
            };
            assert!(
                wanted.contains(&offset.0),
                "{to:?} in {queue}: {offset}, not {wanted:?}"
            );
            self.naive.offsets.insert(queue, Some(offset.0));
            self.naive.pending.insert(queue, offset.0);
        }
    }

    fn restart(&mut self) {
        if self.draw.below(2) == 0 {
            self.lab.broker.stop(&mut self.lab.out);
            self.naive.flushed = self.naive.offsets.clone();
        } else {
            self.lab.broker.crash();
        }
        self.lab.broker.start(self.lab.now, &mut self.lab.out);
        self.naive.offsets = self.naive.flushed.clone();
        self.naive.pending.clear();
        self.naive.show();
    }

    fn step(&mut self) {
        match self.draw.below(100) {
            0..30 => self.send(),
            30..62 => self.pull(),
            62..74 => self.commit(),
            74..84 => self.search(),
            84..88 => self.reset(),
            88..92 => self.restart(),
            92..96 => {
                // Everything that is finished expires, and one pass comes.
                self.lab.expire();
                self.naive.delete_files();
            }
            _ => {
                let ms = self.draw.below(4_000);
                self.pass(ms);
            }
        }
    }

    fn agree(&self) {
        for queue in 0..QUEUES {
            let name = of("t", queue);
            let bounds = (self.lab.broker.min(&name).0, self.lab.broker.max(&name).0);
            assert_eq!(
                bounds,
                (self.naive.min(queue), self.naive.max(queue)),
                "{queue}"
            );
            let told = self.lab.broker.lookup("g", &name).map(|offset| offset.0);
            assert_eq!(told, self.naive.lookup(queue), "{queue}");
        }
        for row in self.lab.broker.consume_stats("g") {
            let stored = self.naive.offsets.get(&row.of.queue).copied().flatten();
            let wanted = self.naive.max(row.of.queue) as i64 - stored.unwrap_or(0) as i64;
            assert_eq!(row.diff(), wanted);
        }
    }
}

#[test]
fn a_hundred_thousand_operations_agree_with_a_naive_broker() {
    let mut statuses = BTreeMap::new();
    for seed in 0..ROUNDS {
        let mut twins = Twins::new(seed);
        twins.lab.pass(seconds(1));
        for operation in 0..OPERATIONS {
            let place = format!("seed {seed}, {}, operation {operation}", twins.version);
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                twins.step();
                twins.agree();
            }));
            if let Err(cause) = done {
                eprintln!("{place}");
                std::panic::resume_unwind(cause);
            }
        }
        for (status, times) in twins.statuses {
            *statuses.entry(status).or_insert(0) += times;
        }
    }
    // Every answer that a store has was drawn often.
    assert_eq!(statuses.len(), 9, "{statuses:?}");
    assert!(statuses.values().all(|times| *times > 20), "{statuses:?}");
}
