//! Where a batch ends: as the transcript shows it, and where it does not, as the real writer's
//! adaptive limit would have it. Decides nothing about what a batch does.

use std::sync::Arc;

use serde_json::Value;

use crate::rabbitmq::observe::tracking_entries;
use crate::rabbitmq::plan::{Life, Planned};
use crate::rabbitmq::prelude::{
    BatchCap, Broker, Change, Chunk, ChunkKind, CommandKind, Effect, SimTime,
};
use crate::values::same_entries;
use crate::work::Work;

/// A writer about to take a batch.
pub(crate) struct Cutter<'a> {
    pub(crate) broker: &'a Broker,
    pub(crate) stream: &'a Arc<str>,
    pub(crate) now: SimTime,
    pub(crate) life: Option<&'a Life>,
    pub(crate) cap: BatchCap,
    /// The last batch took one of several stores, and the rest follows in the same way.
    pub(crate) one_by_one: bool,
    /// The writer did nothing before this batch.
    pub(crate) idle: bool,
    /// What trials are paid from.
    pub(crate) work: &'a Work,
    /// What a copy of the broker costs.
    pub(crate) copy: u64,
}

/// How a batch is cut.
pub(crate) struct Cut {
    pub(crate) commands: u64,
    /// Whether a step shows the chunk that it makes.
    pub(crate) shown: bool,
    /// Stores are left that follow one by one.
    pub(crate) one_by_one: bool,
    /// Whether duplicates left open where it ends: only the number of confirm frames can tell.
    pub(crate) free: bool,
}

/// What was free to choose: how stores without a shown chunk are batched.
pub(crate) trait Choices {
    /// One of `options`, counted from 0; the first is what is tried first.
    fn choose(&mut self, options: u8) -> u8;
}

impl Cutter<'_> {
    /// How many of the waiting commands the next batch takes: always some, as the real writer does.
    pub(crate) fn next(&self, choices: &mut dyn Choices) -> Cut {
        let cut = self.wanted(choices);
        Cut {
            commands: cut.commands.max(1),
            ..cut
        }
    }

    fn wanted(&self, choices: &mut dyn Choices) -> Cut {
        let waiting = self.broker.mailbox_len(self.stream);
        let natural = waiting.min(self.cap.get());
        let (leading, stores, publishes) = self.front();
        let at = self.shown_chunk();
        let cut = |commands: u64, shown| Cut {
            commands,
            shown,
            one_by_one: false,
            free: false,
        };
        let single = Cut {
            one_by_one: stores > 1,
            ..cut(self.first_store(), false)
        };
        match at {
            Some((_, Planned::User { records, trailer })) if publishes => {
                match self.messages(at, (*records, trailer.as_deref()), leading, choices) {
                    Some((commands, free)) => Cut {
                        free,
                        ..cut(commands, true)
                    },
                    None => cut(natural, false),
                }
            }
            Some((offset, Planned::Delta { tracking })) if stores > 0 => {
                let commands = match tracking {
                    Some(tracking) => self.stores_that_make(tracking).unwrap_or(leading),
                    None => self.spread(offset, leading, stores),
                };
                cut(commands.min(waiting).max(1), true)
            }
            None if stores > 0 && publishes => {
                // Did the stores reach the writer before the messages, or with them?
                match choices.choose(2) {
                    0 => cut(natural, false),
                    _ => cut(leading, false),
                }
            }
            None if stores > 0 && self.one_by_one => single,
            None if stores > 1 => match choices.choose(3) {
                0 => cut(natural, false),
                1 => cut(self.first_store(), false),
                _ => single,
            },
            Some((_, Planned::User { .. } | Planned::Delta { .. } | Planned::Snapshot)) | None => {
                cut(natural, false)
            }
        }
    }

    /// The commands that make a chunk of so many records, with this trailer if it is known; and whether there was a choice.
    fn messages(
        &self,
        at: Option<(u64, &Planned)>,
        (records, trailer): (u64, Option<&[Value]>),
        leading: u64,
        choices: &mut dyn Choices,
    ) -> Option<(u64, bool)> {
        let least = self.fit(records, self.broker.mailbox_len(self.stream))?;
        // An idle writer may have taken the first command alone, and the last ones may have come
        // too late; that shows only where they are duplicates.
        let alone = self.idle && leading == 0 && least > 1 && self.records(1) == 0;
        if alone && choices.choose(2) == 1 {
            return Some((1, true));
        }
        let most = self.extend(at, records, trailer, least);
        let late = most > least && trailer.is_none();
        if late && choices.choose(2) == 1 {
            return Some((least, true));
        }
        Some((most, alone || late))
    }

    /// The chunk that the next batch makes, if a step shows it: behind the snapshot of a roll.
    fn shown_chunk(&self) -> Option<(u64, &Planned)> {
        let stream = self.broker.stream(self.stream)?;
        let next = stream.log().next().0;
        let chunks = &self.life?.chunks;
        let snapshot = matches!(chunks.get(&next), Some(Planned::Snapshot));
        let rolls = stream.log().segment_full() && !stream.tracking().is_empty();
        let at = if snapshot || rolls {
            next.checked_add(1)?
        } else {
            next
        };
        Some((at, chunks.get(&at)?))
    }

    /// Commands before the first message, stores among them, and whether messages follow.
    fn front(&self) -> (u64, u64, bool) {
        let (mut leading, mut stores) = (0, 0);
        for (kind, weight) in self.broker.mailbox(self.stream) {
            match kind {
                CommandKind::Publish => return (leading, stores, true),
                CommandKind::Store => stores += 1,
                CommandKind::Query | CommandKind::Wait | CommandKind::ReplicaAck => {}
            }
            leading += weight;
        }
        (leading, stores, false)
    }

    /// Commands up to and including the first store.
    fn first_store(&self) -> u64 {
        let mut commands = 0;
        for (kind, weight) in self.broker.mailbox(self.stream) {
            commands += weight;
            if kind == CommandKind::Store {
                break;
            }
        }
        commands
    }

    /// The user chunk and delta that a batch of so many commands would make.
    fn trial(&self, commands: u64) -> Option<Arc<Chunk>> {
        self.work.spend(self.copy);
        if self.work.is_spent() {
            return None;
        }
        let mut broker = self.broker.clone();
        let mut effects = Vec::new();
        broker.writer_batch(self.now, self.stream, commands, &mut effects);
        effects.into_iter().find_map(|effect| {
            if let Effect::Changed {
                change: Change::Written { chunk, .. },
                ..
            } = effect
                && chunk.kind != ChunkKind::TrackingSnapshot
            {
                return Some(chunk);
            }
            None
        })
    }

    fn records(&self, commands: u64) -> u64 {
        self.trial(commands)
            .filter(|chunk| chunk.kind == ChunkKind::User)
            .map_or(0, |chunk| chunk.records)
    }

    /// The fewest commands that make a chunk of exactly so many records.
    fn fit(&self, records: u64, waiting: u64) -> Option<u64> {
        let (leading, ..) = self.front();
        let likely = leading.saturating_add(records);
        if likely <= waiting && self.records(likely) == records {
            return Some(likely);
        }
        let (mut low, mut high) = (1, waiting);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.records(middle) < records {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (self.records(low) == records).then_some(low)
    }

    /// What follows the messages of a chunk without adding to it (duplicates, stores, queries) is
    /// taken along as far as the writer's limit goes; stores only if no tracking chunk follows.
    fn extend(
        &self,
        at: Option<(u64, &Planned)>,
        records: u64,
        trailer: Option<&[Value]>,
        least: u64,
    ) -> u64 {
        let most = self.broker.mailbox_len(self.stream).min(self.cap.get());
        if let Some(trailer) = trailer {
            return self.with_trailer(records, trailer, least, most.max(least));
        }
        let behind = at.and_then(|(at, _)| at.checked_add(records));
        let tracking_follows = behind
            .and_then(|behind| self.life?.chunks.get(&behind))
            .is_some_and(|chunk| matches!(chunk, Planned::Delta { .. }));
        let (mut taken, mut extended) = (0u64, least);
        for (kind, weight) in self.broker.mailbox(self.stream) {
            let before = taken;
            taken += weight;
            if taken <= least {
                continue;
            }
            let stop = kind == CommandKind::Store && tracking_follows;
            let upto = taken.min(most);
            if stop || before >= most {
                break;
            }
            if self.records(upto) == records {
                extended = extended.max(upto);
                continue;
            }
            // Part of this run are duplicates: as many as leave the chunk as it is.
            let (mut low, mut high) = (extended, upto);
            while low + 1 < high {
                let middle = low + (high - low) / 2;
                if self.records(middle) == records {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }
        extended
    }

    fn with_trailer(&self, records: u64, trailer: &[Value], least: u64, most: u64) -> u64 {
        let fits = |commands: u64| {
            self.trial(commands).is_some_and(|chunk| {
                chunk.records == records && same_entries(&tracking_entries(&chunk), trailer)
            })
        };
        (least..=most.min(least.saturating_add(64)))
            .take_while(|commands| self.records(*commands) == records)
            .filter(|commands| fits(*commands))
            .last()
            .unwrap_or(least)
    }

    /// The fewest leading commands whose stores make a delta of exactly this content.
    fn stores_that_make(&self, tracking: &[Value]) -> Option<u64> {
        let (leading, ..) = self.front();
        (1..=leading.min(4_096)).rev().find(|commands| {
            self.trial(*commands).is_some_and(|chunk| {
                chunk.kind == ChunkKind::TrackingDelta
                    && same_entries(&tracking_entries(&chunk), tracking)
            })
        })
    }

    /// Several tracking chunks follow each other: one store each, the rest into the last.
    fn spread(&self, at: u64, leading: u64, stores: u64) -> u64 {
        let deltas = |chunks: &&Planned| matches!(chunks, Planned::Delta { .. });
        self.work.spend(stores);
        let following = self.life.map_or(0, |life| {
            (at..)
                .map_while(|offset| life.chunks.get(&offset).filter(deltas))
                .take(usize::try_from(stores).unwrap_or(usize::MAX))
                .count() as u64
        });
        if following <= 1 {
            leading
        } else {
            self.first_store()
        }
    }
}

/// Choices in a fixed order, the first everywhere else; counts how many there were.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) given: Vec<u8>,
    /// How many options each choice had, in the order in which they came up.
    pub(crate) offered: Vec<u8>,
}

impl Choices for Chosen {
    fn choose(&mut self, options: u8) -> u8 {
        let at = self.offered.len();
        self.offered.push(options);
        self.given.get(at).copied().unwrap_or(0).min(options - 1)
    }
}
