//! POP: the broker keeps the offset, and moves it when it hands messages out. What is not acknowledged in time comes
//! again as a copy in a retry topic.
//!
//! From `PopMessageProcessor.java`: `getPopOffset`, `getInitOffset`, `popMsgFromQueue`; `PopReviveService.java`.

use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::checkpoint::Checkpoint;
use super::effect::{Change, Effect, FoundMessages, Response, ResponseCode, StoredBy};
use super::parked::{Parked, ParkedRead};
use super::request::{Pop, PopStart, QueueName, Token};
use super::server::Broker;
use crate::base::IdSet;
use crate::family::rocketmq::store::Status;
use crate::ids::{ConnectionId, Offset};
use crate::units::SimTime;

/// The topic of copies of a topic's messages that a POP group did not acknowledge.
#[must_use]
pub fn retry_topic(group: &str, topic: &str) -> Arc<str> {
    format!("%RETRY%{group}_{topic}").into()
}

impl Broker {
    /// Where a POP reads: what is stored, or where a new group begins.
    pub(super) fn pop_offset(&self, pop: &Pop) -> Offset {
        let group = self.groups.get(&pop.group);
        let kept = group.and_then(|it| it.pending(&pop.of).or_else(|| it.offset(&pop.of)));
        kept.unwrap_or_else(|| self.pop_start(pop))
    }

    fn pop_start(&self, pop: &Pop) -> Offset {
        let (min, max) = (self.min(&pop.of), self.max(&pop.of));
        let retry = pop.of.topic.starts_with("%RETRY%");
        match pop.start {
            PopStart::Max if !retry => {
                let from_zero = self.rules.pop_starts_at_zero && min.0 == 0;
                if from_zero && self.is_first_in_memory(&pop.of) {
                    Offset(0)
                } else {
                    Offset(max.0.saturating_sub(1))
                }
            }
            PopStart::Min | PopStart::Max => min,
        }
    }

    /// A POP arrived. Finding nothing, it waits as long as it says.
    pub(super) fn pop(
        &mut self,
        now: SimTime,
        from: ConnectionId,
        token: Token,
        pop: Pop,
        out: &mut Vec<Effect>,
    ) {
        let refused = match self.topics.get(&pop.of.topic) {
            Some(_) if !self.rules.pop => Some(ResponseCode::SystemError),
            None => Some(ResponseCode::TopicNotExist),
            Some(topic) if pop.of.queue < topic.read_queues => None,
            Some(_) => Some(ResponseCode::SystemError),
        };
        if let Some(code) = refused {
            let response = Response::Refused(code);
            out.push(Effect::Response {
                to: from,
                token,
                response,
            });
            return;
        }
        self.known_group(&pop.group, out);
        let found = self.read_pop(now, token, &pop, out);
        match (found, pop.wait) {
            (FoundMessages { ranges, .. }, Some(wait)) if ranges.is_empty() => {
                let until = now.after(wait);
                let read = ParkedRead::Pop(pop);
                self.parked.push(Parked {
                    from,
                    token,
                    read,
                    until,
                });
            }
            (found, _) => answer_pop(from, token, found, out),
        }
    }

    /// A POP that waited is read again, and answered whatever it finds.
    pub(super) fn answer_pop(
        &mut self,
        now: SimTime,
        from: ConnectionId,
        token: Token,
        pop: Pop,
        out: &mut Vec<Effect>,
    ) {
        let found = self.read_pop(now, token, &pop, out);
        answer_pop(from, token, found, out);
    }

    fn read_pop(
        &mut self,
        now: SimTime,
        token: Token,
        pop: &Pop,
        out: &mut Vec<Effect>,
    ) -> FoundMessages {
        let of = (pop.group.clone(), pop.of.clone());
        let by = (StoredBy::Pop, token);
        let offset = self.pop_offset(pop);
        let group = self.groups.get_mut(&pop.group);
        let kept = group.as_ref().and_then(|group| group.offset(&pop.of));
        if let Some(group) = group {
            group.pending.remove(&pop.of);
        }
        if kept != Some(offset) {
            self.store_offset(now, of.clone(), Some(offset), by, out);
        }
        let from = i64::try_from(offset.0).unwrap_or(i64::MAX);
        let limits = (pop.max, pop.times);
        let mut fetched = self.fetch(&pop.of, from, limits, &pop.tags);
        if matches!(
            fetched.status,
            Status::OffsetTooSmall | Status::OffsetOverflowBadly | Status::OffsetFoundNull
        ) {
            self.store_offset(now, of.clone(), Some(fetched.next), by, out);
            let from = i64::try_from(fetched.next.0).unwrap_or(i64::MAX);
            fetched = self.fetch(&pop.of, from, limits, &pop.tags);
        }
        if fetched.ranges.is_empty() {
            let skipped = matches!(
                fetched.status,
                Status::NoMatchedMessage | Status::MessageWasRemoving
            );
            if skipped {
                self.store_offset(now, of, Some(fetched.next), by, out);
            }
            return FoundMessages::default();
        }
        let mut open = IdSet::new();
        for (first, count) in &fetched.ranges {
            open.insert(*first, *count);
        }
        self.store_offset(now, of, Some(fetched.next), by, out);
        let found = FoundMessages {
            ranges: fetched.ranges,
            times: fetched.times,
        };
        if let Some(group) = self.groups.get_mut(&pop.group) {
            group.pulled.insert(pop.of.clone(), fetched.next);
            group.popped.push(Checkpoint {
                of: pop.of.clone(),
                open,
                due: now.after(pop.invisible),
            });
        }
        out.push(Effect::Changed(Change::Popped {
            group: pop.group.clone(),
            of: pop.of.clone(),
            found: found.clone(),
        }));
        found
    }

    /// An acknowledgement; one that comes too late finds nothing, and is taken all the same.
    pub(super) fn ack(&mut self, group: &str, of: &QueueName, offset: u64, count: u64) -> Response {
        if let Some(group) = self.groups.get_mut(group) {
            for checkpoint in group.popped.iter_mut().filter(|it| it.of == *of) {
                checkpoint.open.remove(offset, count);
            }
            group
                .popped
                .retain(|checkpoint| !checkpoint.open.is_empty());
        }
        Response::Ok
    }

    /// When the next POP comes again.
    pub(super) fn next_revival(&self) -> Option<SimTime> {
        let popped = self.groups.values().flat_map(|group| &group.popped);
        popped.map(|checkpoint| checkpoint.due).min()
    }

    /// Copies of what was not acknowledged in time go to the retry topic.
    pub(super) fn revive(&mut self, now: SimTime, out: &mut Vec<Effect>) {
        let mut due = Vec::new();
        let names: Vec<Arc<str>> = self.groups.keys().cloned().collect();
        for name in names {
            let Some(group) = self.groups.get_mut(&name) else {
                continue;
            };
            let (over, open): (Vec<Checkpoint>, Vec<Checkpoint>) =
                core::mem::take(&mut group.popped)
                    .into_iter()
                    .partition(|checkpoint| checkpoint.due <= now);
            group.popped = open;
            due.extend(
                over.into_iter()
                    .map(|checkpoint| (name.clone(), checkpoint)),
            );
        }
        for (group, Checkpoint { of, open, .. }) in due {
            let retry = if of.topic.starts_with("%RETRY%") {
                of.topic.clone()
            } else {
                retry_topic(&group, &of.topic)
            };
            self.own_topic(&retry, out);
            let offsets: Vec<(u64, u64)> = open
                .ranges()
                .iter()
                .map(|(first, last)| (*first, last - first + 1))
                .collect();
            for (first, count) in &offsets {
                self.append_copies(now, &of, (*first, *count), (&retry, 0), out);
            }
            out.push(Effect::Changed(Change::Revived { group, of, offsets }));
        }
    }
}

fn answer_pop(to: ConnectionId, token: Token, found: FoundMessages, out: &mut Vec<Effect>) {
    let response = if found.ranges.is_empty() {
        Response::Refused(ResponseCode::PollingTimeout)
    } else {
        Response::Popped(found)
    };
    out.push(Effect::Response {
        to,
        token,
        response,
    });
}
