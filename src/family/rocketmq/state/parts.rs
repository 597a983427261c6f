//! What the events of this family change, by the part of the state.

use alloc::sync::Arc;

use super::{ActorState, Group, Member, Producer, Program, State};
use crate::base::IdSet;
use crate::family::rocketmq::settings::{GroupSettings, MemberSettings, ProducerSettings};
use crate::ids::{ActorId, LogId, Offset};

impl State {
    pub(super) fn set_group(&mut self, id: ActorId, settings: &Arc<GroupSettings>) {
        match &mut self.groups[id.index()] {
            Some(group) => group.settings = settings.clone(),
            group => *group = Some(Group::new(settings.clone())),
        }
    }

    pub(super) fn stored(
        &mut self,
        group: ActorId,
        queue: LogId,
        offset: Option<Offset>,
        pending: bool,
    ) {
        self.with_group(group, |group| {
            match offset {
                Some(offset) => group.offsets.insert(queue, offset),
                None => group.offsets.remove(&queue),
            };
            if let Some(offset) = offset.filter(|_| pending) {
                group.pending.insert(queue, offset);
            }
        });
    }

    /// The broker wrote its file of offsets.
    pub(super) fn flushed(&mut self) {
        for group in self.groups.iter_mut().flatten() {
            group.flushed = group.offsets.clone();
        }
    }

    /// The broker has only what its file had; resets that waited were in its memory.
    pub(super) fn offsets_lost(&mut self, rolled_back: &[(ActorId, LogId, Option<Offset>)]) {
        for group in self.groups.iter_mut().flatten() {
            group.pending.clear();
        }
        for (group, queue, offset) in rolled_back {
            self.stored(*group, *queue, *offset, false);
        }
    }

    /// Messages were popped, or are no longer.
    pub(super) fn popped(
        &mut self,
        group: ActorId,
        queue: LogId,
        found: &[(Offset, u64)],
        now: bool,
    ) {
        self.with_group(group, |group| {
            let popped = group.popped.get_or_insert(queue, IdSet::new());
            for (first, count) in found {
                if now {
                    popped.insert(first.0, *count);
                } else {
                    popped.remove(first.0, *count);
                }
            }
        });
    }

    /// A member received messages for its group.
    pub(super) fn count(&mut self, member: ActorId, count: u64, again: bool) {
        if let Some(group) = self.group_of(member) {
            group.received = group.received.saturating_add(count);
            group.redelivered += if again { count } else { 0 };
        }
    }

    /// A member consumed messages of a queue.
    pub(super) fn consumed(
        &mut self,
        member: ActorId,
        queue: LogId,
        first: Offset,
        count: u64,
        again: bool,
    ) {
        if let Some(group) = self.group_of(member) {
            let consumed = group.consumed.get_or_insert(queue, IdSet::new());
            consumed.insert(first.0, count);
            if again {
                let repeated = group.repeated.get_or_insert(queue, IdSet::new());
                repeated.insert(first.0, count);
            }
        }
    }

    pub(super) fn group_of(&mut self, member: ActorId) -> Option<&mut Group> {
        let group = self.member(member)?.settings.group;
        self.groups[group.index()].as_mut()
    }

    pub(super) fn set_state(&mut self, actor: ActorId, state: ActorState) {
        match &mut self.programs[actor.index()] {
            Some(Program::Producer(producer)) => producer.state = state,
            Some(Program::Member(member)) => member.turned(state),
            None => {}
        }
    }

    pub(super) fn start_producer(&mut self, id: ActorId, settings: &Arc<ProducerSettings>) {
        match &mut self.programs[id.index()] {
            Some(Program::Producer(producer)) => {
                producer.settings = settings.clone();
                producer.run += 1;
                producer.state = ActorState::Starting;
            }
            program => {
                *program = Some(Program::Producer(Producer {
                    settings: settings.clone(),
                    run: 1,
                    state: ActorState::Starting,
                    sent: 0,
                    unconfirmed: IdSet::new(),
                    confirmed: 0,
                    errors: 0,
                }));
            }
        }
    }

    pub(super) fn start_member(&mut self, id: ActorId, settings: &Arc<MemberSettings>) {
        let program = &mut self.programs[id.index()];
        let before = match program {
            Some(Program::Member(member)) => Some(&*member),
            Some(Program::Producer(_)) | None => None,
        };
        let next = Member::starting(settings.clone(), before);
        *program = Some(Program::Member(next));
    }

    pub(super) fn with_group(&mut self, id: ActorId, change: impl FnOnce(&mut Group)) {
        if let Some(group) = &mut self.groups[id.index()] {
            change(group);
        }
    }

    pub(super) fn with_producer(&mut self, id: ActorId, change: impl FnOnce(&mut Producer)) {
        if let Some(Program::Producer(producer)) = &mut self.programs[id.index()] {
            change(producer);
        }
    }

    pub(super) fn with_member(&mut self, id: ActorId, change: impl FnOnce(&mut Member)) {
        if let Some(Program::Member(member)) = &mut self.programs[id.index()] {
            change(member);
        }
    }
}
