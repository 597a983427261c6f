//! What travels on the links between members and the broker, in the eyes of the book-keeper. Knows no event but these.

use std::collections::BTreeSet;

use offset_lab::family::rocketmq::message::{Question, ToBroker, ToProgram};
use offset_lab::family::rocketmq::store::PullStatus;
use offset_lab::ids::{ActorId, LogId, Offset};
use offset_lab::trace::Event;

use super::book::{Book, ranges};

impl Book<'_> {
    /// A request arrived: what it does to the group's offset.
    pub(super) fn reached(&mut self, actor: ActorId, message: &ToBroker) {
        match message {
            ToBroker::Send(sends) => self.log.reached_broker(actor, sends),
            ToBroker::SendBack {
                queue,
                first,
                count,
                ..
            } => self.log.came_back(self.at, *queue, first.0, *count),
            ToBroker::Commit { queue, offset } => {
                let of = (self.groups.group_of(actor), *queue);
                if !self.groups.pending.contains_key(&of) {
                    self.groups.offsets.insert(of, offset.0);
                }
            }
            ToBroker::Pull {
                queue,
                commit: Some(commit),
                ..
            } => {
                // It is not guarded by a reset that it takes.
                let of = (self.groups.group_of(actor), *queue);
                if self.is_read(*queue) {
                    self.groups.offsets.insert(of, commit.0);
                }
            }
            ToBroker::Ack {
                queue,
                first,
                count,
            } => {
                let of = (self.groups.group_of(actor), *queue);
                self.groups.closed(of, (first.0, *count));
            }
            _ => {}
        }
    }

    /// Whether members may read a queue: of a topic so many.
    fn is_read(&self, queue: LogId) -> bool {
        let world = self.timeline.world(offset_lab::Cursor::at(self.at.0));
        let state = world.family.rocketmq().expect("of RocketMQ");
        let sets = self.timeline.scenario().sets.iter().zip(&state.topics);
        let mut places = sets.filter_map(|(set, topic)| {
            let place = set.logs.iter().position(|log| *log == queue)?;
            Some(place < topic.read as usize)
        });
        places.next().unwrap_or(true)
    }

    /// A member says something: its commits are looked at.
    pub(super) fn left(&mut self, actor: ActorId, message: &ToBroker) {
        if let ToBroker::Heartbeat = message {
            self.groups.take_back(actor);
        }
        let commit = match message {
            ToBroker::Commit { queue, offset } => Some((*queue, *offset)),
            ToBroker::Pull { queue, commit, .. } => commit.map(|offset| (*queue, offset)),
            _ => None,
        };
        if let ToBroker::Pull { queue, offset, .. } = message {
            self.groups.asks(actor, *queue, offset.0);
        }
        if let Some((queue, offset)) = commit {
            self.groups.commits(&self.log, actor, queue, offset.0);
        }
    }

    /// The broker answers.
    pub(super) fn answered(&mut self, event: &Event, actor: ActorId, message: &ToProgram) {
        match message {
            ToProgram::SendResult {
                first,
                count,
                stored,
                code,
            } => match code {
                Some(_) => self.log.refused(actor, *first, *count),
                None => {
                    let sum: u64 = stored.iter().map(|stored| stored.count).sum();
                    assert!(stored.is_empty() || sum >= *count, "{stored:?} of {count}");
                }
            },
            ToProgram::SentBack { code, .. } => {
                let request = event.cause.expect("a request");
                self.log.took_back(request, code.is_none());
            }
            ToProgram::Offset { to, queue, offset } => {
                let of = (self.groups.group_of(actor), *queue);
                let (min, max) = (self.log.queue(*queue).min, self.log.queue(*queue).max());
                let seen = offset.map(|offset| offset.0);
                match to {
                    Question::Resume => {
                        let stored = self.groups.offsets.get(&of);
                        let kept = self.groups.pending.get(&of).or(stored).copied();
                        let is_there = max > 0 && !self.log.is_gone(*queue, 0);
                        let in_memory = is_there || !self.rules.pages_decide;
                        let from_zero = (min == 0 && in_memory).then_some(0);
                        assert_eq!(seen, kept.or(from_zero), "{:?}", self.at);
                    }
                    Question::Max => assert_eq!(seen, Some(max)),
                    Question::Search => assert!(seen.is_some_and(|it| it <= max), "{seen:?}"),
                    _ => {}
                }
            }
            ToProgram::Pulled {
                queue,
                offset,
                status,
                next,
                found,
                ..
            } => self.pulled(actor, *queue, (offset.0, next.0), (*status, found)),
            _ => {}
        }
    }

    /// A read leaves out nothing that is there and wanted.
    fn pulled(
        &self,
        actor: ActorId,
        queue: LogId,
        (offset, next): (u64, u64),
        (status, found): (PullStatus, &[(Offset, u64)]),
    ) {
        if status == PullStatus::OffsetIllegal {
            return;
        }
        let settings = &self.groups.settings[&self.groups.group_of(actor)];
        let tag = settings.tag.as_ref().filter(|_| queue != settings.retry);
        let found: BTreeSet<u64> = ranges(found).flat_map(|(f, n)| f..f + n).collect();
        let records = &self.log.queue(queue).records;
        for at in offset..next {
            let record = &records[at as usize];
            let wanted = tag.is_none_or(|tag| record.tag.as_ref() == Some(tag));
            let there = wanted && !self.log.is_gone(queue, at);
            assert_eq!(found.contains(&at), there, "{:?}: {queue:?} {at}", self.at);
        }
        let outside = found.iter().find(|at| !(offset..next).contains(at));
        assert_eq!(outside, None, "{:?}: {offset} to {next}", self.at);
    }

    /// An answer reached a member.
    pub(super) fn brought(&mut self, actor: ActorId, message: &ToProgram) {
        match message {
            ToProgram::Popped { queue, found } if self.groups.owns(actor, *queue) => {
                for range in ranges(found) {
                    self.groups.brought(actor, *queue, range);
                }
            }
            ToProgram::Pulled {
                queue,
                offset,
                found,
                ..
            } if self.groups.is_asked(actor, *queue, offset.0) => {
                ranges(found).for_each(|range| self.groups.brought(actor, *queue, range));
            }
            ToProgram::SentBack {
                queue,
                first,
                count,
                code,
            } => {
                let range = (first.0, *count);
                self.groups.sent_back(actor, *queue, range, code.is_none());
            }
            _ => {}
        }
    }
}
