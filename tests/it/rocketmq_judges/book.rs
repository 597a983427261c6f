//! The naive book-keeper of a RocketMQ run: it reads the trace alone, and holds it to what must never happen.

use std::collections::{BTreeMap, BTreeSet};

use offset_lab::family::Message;
use offset_lab::family::rocketmq::broker::StoredBy;
use offset_lab::family::rocketmq::event::QueueEvent;
use offset_lab::family::rocketmq::message::{QueueMessage, ToBroker};
use offset_lab::family::rocketmq::rules::Rules;
use offset_lab::family::rocketmq::statements::Mode;
use offset_lab::ids::{ActorId, EventId, LogId, Offset};
use offset_lab::trace::{Event, What};
use offset_lab::world::Timeline;

use super::groups::{Groups, Pair};
use super::log::{Log, Source};

/// The book-keeper.
pub(super) struct Book<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) rules: Rules,
    pub(super) log: Log,
    pub(super) groups: Groups,
    /// Messages on links.
    under_way: BTreeSet<EventId>,
    /// Offsets as the events tell them.
    pub(super) told: BTreeMap<Pair, u64>,
    is_up: bool,
    pub(super) at: EventId,
}

pub(super) fn ranges(found: &[(Offset, u64)]) -> impl Iterator<Item = (u64, u64)> {
    found.iter().map(|(first, count)| (first.0, *count))
}

impl<'a> Book<'a> {
    pub(super) fn new(timeline: &'a Timeline) -> Self {
        let scenario = timeline.scenario();
        Self {
            timeline,
            rules: Rules::of(scenario.header.version),
            log: Log::new(scenario),
            groups: Groups::default(),
            under_way: BTreeSet::new(),
            told: BTreeMap::new(),
            is_up: true,
            at: EventId(0),
        }
    }

    pub(super) fn read(&mut self) {
        let mut now = None;
        for (event, at) in self.timeline.trace().events.iter().zip(0..) {
            if now != Some(event.at) {
                // The instant before is quiet.
                assert_eq!(self.told, self.groups.offsets, "before event {at}");
                now = Some(event.at);
            }
            self.at = EventId(at);
            self.event(event);
        }
        assert_eq!(self.told, self.groups.offsets, "at the end");
    }

    fn event(&mut self, event: &Event) {
        match &event.what {
            What::Family(what) => {
                let what = what.rocketmq().expect("an event of RocketMQ");
                self.of_broker(event, what);
                self.of_member(what);
            }
            What::Sent { actor, message } => {
                self.under_way.insert(self.at);
                match message.rocketmq().expect("a message of RocketMQ") {
                    QueueMessage::ToBroker(message) => self.left(*actor, message),
                    QueueMessage::ToProgram(message) => self.answered(event, *actor, message),
                }
            }
            What::Arrived { actor, message } => {
                self.off_the_link(event);
                match message.rocketmq().expect("a message of RocketMQ") {
                    QueueMessage::ToBroker(message) => self.reached(*actor, message),
                    QueueMessage::ToProgram(message) => self.brought(*actor, message),
                }
            }
            What::Lost { .. } => self.off_the_link(event),
            What::Processed {
                consumer,
                log,
                first,
                count,
                again,
                ..
            } => {
                let range = (first.0, *count);
                self.groups.received(*consumer, *log, range, *again);
                self.groups.finished(*consumer, *log, range);
            }
            What::Closed { actor } | What::Crashed { actor } => self.groups.ended(*actor),
            What::NodeCrashed { .. } => {
                self.groups.pending.clear();
                self.is_up = false;
            }
            What::NodeStarted { .. } => self.is_up = true,
            _ => {}
        }
    }

    fn off_the_link(&mut self, event: &Event) {
        let sent = event.cause.expect("it was sent");
        assert!(self.under_way.remove(&sent), "{:?}: not on a link", self.at);
    }

    fn what(&self, id: Option<EventId>) -> Option<&'a What> {
        Some(&self.timeline.trace().get(id?)?.what)
    }

    /// The message of a program that an event comes of.
    fn request(&self, id: Option<EventId>) -> Option<(ActorId, &'a ToBroker)> {
        let What::Arrived { actor, message } = self.what(id)? else {
            return None;
        };
        let Message::RocketMq(QueueMessage::ToBroker(message)) = message else {
            return None;
        };
        Some((*actor, message))
    }

    fn of_broker(&mut self, event: &Event, what: &QueueEvent) {
        match what {
            QueueEvent::Appended { row } => {
                let arena = self.timeline.trace().arenas.family.rocketmq();
                let extent = &arena.expect("of RocketMQ").appended[*row as usize];
                let source = match self.request(event.cause) {
                    Some((_, ToBroker::Send(sends))) => Source::Send(sends),
                    Some((_, ToBroker::SendBack { .. })) => {
                        Source::SendBack(event.cause.expect("a request"))
                    }
                    _ => Source::Broker,
                };
                self.log.appended(extent, &source);
            }
            QueueEvent::Visible { queue, row } => {
                let arena = self.timeline.trace().arenas.family.rocketmq();
                self.log.visible(arena.expect("of RocketMQ"), *queue, *row);
            }
            QueueEvent::FilesDeleted { first, .. } => self.log.files_deleted(*first),
            QueueEvent::MinMoved { queue, min } => self.log.min_moved(*queue, min.0),
            QueueEvent::Stored {
                group,
                queue,
                offset,
                by,
                ..
            } => self.stored(event, (*group, *queue), *offset, *by),
            QueueEvent::CommitIgnored { group, queue, .. } => {
                assert!(self.groups.pending.contains_key(&(*group, *queue)));
            }
            QueueEvent::ResetTaken {
                group,
                queue,
                offset,
            } => {
                let pending = self.groups.pending.remove(&(*group, *queue));
                assert_eq!(pending, Some(offset.0));
            }
            QueueEvent::Reset { group, offsets, .. } => {
                for (queue, offset) in offsets.iter() {
                    self.groups.reset(*group, *queue, offset.0);
                }
            }
            QueueEvent::Flushed => self.groups.flushed = self.groups.offsets.clone(),
            QueueEvent::OffsetsLost { rolled_back } => self.offsets_lost(rolled_back),
            QueueEvent::Popped {
                group,
                queue,
                found,
            } => {
                ranges(found).for_each(|range| self.groups.popped((*group, *queue), range));
            }
            QueueEvent::Revived {
                group,
                queue,
                offsets,
            } => {
                for (first, count) in ranges(offsets) {
                    self.log.revived(*queue, first, count);
                    self.groups.closed((*group, *queue), (first, count));
                }
            }
            _ => {}
        }
    }

    /// The broker came back with the offsets of its file.
    fn offsets_lost(&mut self, rolled_back: &[(ActorId, LogId, Option<Offset>)]) {
        for (group, queue, offset) in rolled_back {
            let flushed = self.groups.flushed.get(&(*group, *queue)).copied();
            assert_eq!(offset.map(|offset| offset.0), flushed);
        }
        self.groups.offsets = self.groups.flushed.clone();
        self.told = self.groups.flushed.clone();
    }

    /// An offset moves by a commit, by a POP or by a reset, and by nothing else.
    fn stored(&mut self, event: &Event, of: Pair, offset: Option<Offset>, by: StoredBy) {
        let offset = offset.expect("nobody commits less than 0").0;
        self.told.insert(of, offset);
        if let Some(What::Family(what)) = self.what(event.cause)
            && let Some(QueueEvent::Reset { group, offsets, .. }) = what.rocketmq()
        {
            assert_eq!(*group, of.0);
            assert!(offsets.contains(&(of.1, Offset(offset))), "{offsets:?}");
            if by == StoredBy::Reset {
                self.groups.pending.insert(of, offset);
            }
            self.groups.offsets.insert(of, offset);
            return;
        }
        let Some((member, message)) = self.request(event.cause) else {
            panic!("{:?}: nobody asked for {offset} on {of:?}", self.at);
        };
        assert_eq!(self.groups.group_of(member), of.0);
        let said = match (by, message) {
            (StoredBy::Commit, ToBroker::Commit { queue, offset }) => (*queue, Some(offset.0)),
            (StoredBy::Pull, ToBroker::Pull { queue, commit, .. }) => {
                (*queue, commit.map(|offset| offset.0))
            }
            (StoredBy::Pop, ToBroker::Pop { queue }) => {
                let (queue, max) = (*queue, self.log.queue(*queue).max());
                assert!(offset <= max, "{of:?}: handed out {offset} of {max}");
                self.groups.offsets.insert(of, offset);
                (queue, Some(offset))
            }
            (by, message) => panic!("{by:?} of {message:?}"),
        };
        assert_eq!(said, (of.1, Some(offset)), "{:?}", self.at);
    }

    fn of_member(&mut self, what: &QueueEvent) {
        let groups = &mut self.groups;
        match what {
            QueueEvent::GroupSet { group, settings } => {
                groups.settings.insert(*group, settings.clone());
            }
            QueueEvent::MemberStarted { member, settings } => {
                groups.started(*member, settings.group);
            }
            QueueEvent::Assigned { member, queue } => groups.assigned(*member, *queue),
            QueueEvent::Revoked {
                member,
                queue,
                unfinished,
                ..
            } => groups.revoked(*member, *queue, *unfinished),
            QueueEvent::Placed {
                member,
                queue,
                at,
                by,
            } => groups.placed(*member, *queue, at.0, *by),
            QueueEvent::Failed {
                member,
                queue,
                first,
                count,
                again,
                ..
            } => {
                groups.received(*member, *queue, (first.0, *count), *again);
                groups.failed(*member, *queue, (first.0, *count));
            }
            QueueEvent::Hung {
                member,
                queue,
                offset,
                again,
            } => groups.received(*member, *queue, (offset.0, 1), *again),
            QueueEvent::GivenUp {
                member,
                queue,
                offset,
            } => groups.gives_back(*member, *queue, offset.0),
            QueueEvent::OwnStored {
                member,
                queue,
                offset,
            } => {
                assert_eq!(groups.mode(*member), Mode::Broadcast);
                groups.commits(&self.log, *member, *queue, offset.0);
            }
            _ => {}
        }
    }

    pub(super) fn close(&self) {
        assert_eq!(self.under_way, BTreeSet::new(), "on a link for ever");
        if self.is_up {
            self.log.close(!self.rules.min_of_expired_is_max);
        }
    }
}
