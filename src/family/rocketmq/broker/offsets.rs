//! Offsets of groups: the lookup that may answer 0 without any offset, commits that are hardly checked, and the file.
//!
//! From `ConsumerManageProcessor.java:queryConsumerOffset, updateConsumerOffset`, `ConsumerOffsetManager.java`,
//! `DefaultMessageStore.java:checkInDiskByConsumeOffset` (4.9), `checkInMemByConsumeOffset` (5.1).

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Change, Effect, Response, ResponseCode, StoredBy};
use super::group::Group;
use super::request::{Boundary, QueueName, Token};
use super::server::Broker;
use crate::family::rocketmq::store::Queue;
use crate::family::rocketmq::store::times::{self, Lookup};
use crate::ids::Offset;
use crate::units::{Bytes, SimTime};

impl Broker {
    pub(super) fn query_offset(&self, group: &str, of: &QueueName) -> Response {
        match self.lookup(group, of) {
            Some(offset) => Response::Offset(offset),
            None => Response::Refused(ResponseCode::QueryNotFound),
        }
    }

    /// A group's offset, as its members are told: a reset that waits, what is stored, or 0 while message 0 is in memory.
    #[must_use]
    pub fn lookup(&self, group: &str, of: &QueueName) -> Option<Offset> {
        let group = self.groups.get(group);
        let pending = group.and_then(|group| group.pending(of));
        let stored = group.and_then(|group| group.offset(of));
        let from_zero = || self.min(of).0 == 0 && self.is_first_in_memory(of);
        pending
            .or(stored)
            .or_else(|| from_zero().then_some(Offset(0)))
    }

    /// What lies no farther than this from the log's end counts as in memory.
    pub(super) const fn in_memory(&self) -> Bytes {
        let percent = self.settings.memory_percent as u64;
        Bytes(self.settings.memory.0 / 100 * percent)
    }

    /// Whether message 0 of a queue counts as in memory. Before 5.1 one that is not there does.
    pub(super) fn is_first_in_memory(&self, of: &QueueName) -> bool {
        let first = self.queue(of).and_then(|queue| {
            let run = queue.run_of(0)?;
            (queue.first_entry().0 == 0).then(|| run.position(0))
        });
        let Some(first) = first else {
            return !self.rules.pages_decide;
        };
        let log = self.store.log();
        let distance = log.end().0 - first.0;
        if self.rules.pages_decide {
            let memory = self.settings.memory.0;
            first >= log.min() && (!self.settings.pages_are_told || distance <= memory)
        } else {
            distance <= self.in_memory().0
        }
    }

    /// A commit: any number is taken.
    pub(super) fn update_offset(
        &mut self,
        now: SimTime,
        token: Token,
        (group, of, offset): (Arc<str>, QueueName, i64),
        out: &mut Vec<Effect>,
    ) -> Response {
        let is_known = self.groups.get(&group).is_some_and(Group::is_known);
        if self.rules.commits_need_a_group && !is_known {
            return Response::Refused(ResponseCode::GroupNotExist);
        }
        if self.rules.commits_need_a_topic && !self.topics.contains_key(&of.topic) {
            return Response::Refused(ResponseCode::TopicNotExist);
        }
        if self
            .groups
            .get(&group)
            .and_then(|it| it.pending(&of))
            .is_some()
        {
            out.push(Effect::Changed(Change::CommitIgnored {
                group,
                of,
                offset,
                token,
            }));
            return Response::Ok;
        }
        let offset = u64::try_from(offset).ok().map(Offset);
        self.store_offset(now, (group, of), offset, (StoredBy::Commit, token), out);
        Response::Ok
    }

    /// Stores an offset; `None` leaves an entry without one.
    pub(super) fn store_offset(
        &mut self,
        now: SimTime,
        (group, of): (Arc<str>, QueueName),
        offset: Option<Offset>,
        (by, token): (StoredBy, Token),
        out: &mut Vec<Effect>,
    ) {
        let kept = self.groups.get_or_insert(group.clone(), Group::default());
        let before = kept.offsets.insert(of.clone(), offset);
        if before != Some(offset) {
            self.unflushed_since.get_or_insert(now);
        }
        out.push(Effect::Changed(Change::Stored {
            group,
            of,
            offset,
            by,
            token,
        }));
    }

    /// Writes the file of offsets.
    pub(super) fn flush(&mut self, out: &mut Vec<Effect>) {
        for group in self.groups.values_mut() {
            if group.flushed != group.offsets {
                group.flushed = group.offsets.clone();
            }
        }
        self.unflushed_since = None;
        out.push(Effect::Changed(Change::Flushed));
    }

    /// The offset that a time means in a queue.
    #[must_use]
    pub fn offset_at(&self, of: &QueueName, at: SimTime, boundary: Boundary) -> Offset {
        let Some(queue) = self.queue(of) else {
            return Offset(0);
        };
        let lookup = match boundary {
            Boundary::Lower | Boundary::Upper if !self.rules.first_at_or_after => Lookup::Nearest,
            Boundary::Lower => Lookup::FirstAtOrAfter,
            Boundary::Upper => Lookup::LastAtOrBefore,
        };
        let offset = times::offset_at(queue, at, lookup, self.store.log().min());
        if self.rules.times_are_clamped {
            let (min, max) = (Queue::min(queue), queue.max());
            offset.clamp(min, max)
        } else {
            offset
        }
    }
}
