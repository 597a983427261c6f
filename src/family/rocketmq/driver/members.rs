//! Who is in a group, and what its members learn of that and of the group's retries.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Driver;
use super::process::AllocationView;
use crate::engine::Host;
use crate::family::rocketmq::client::member::Around;
use crate::family::rocketmq::message::ToBroker;
use crate::family::rocketmq::settings::MemberSettings;
use crate::ids::{ActorId, EventId, LogId, Offset};

impl Driver {
    /// The name of a program or group.
    pub(super) fn name_of(&self, id: ActorId) -> Arc<str> {
        self.names.name(id)
    }

    /// The name of a member's group.
    pub(super) fn group_name(&self, settings: &MemberSettings) -> Arc<str> {
        self.names.name(settings.group)
    }

    /// A member joins its group with its first heartbeat, and leaves it when it says so.
    pub(super) fn note_membership(&mut self, program: ActorId, message: &ToBroker) {
        match message {
            ToBroker::Heartbeat | ToBroker::Unregister => self.note_departure(program),
            ToBroker::Send(_)
            | ToBroker::ListMembers
            | ToBroker::QueryOffset { .. }
            | ToBroker::MaxOffset { .. }
            | ToBroker::SearchOffset { .. }
            | ToBroker::Pull { .. }
            | ToBroker::Commit { .. }
            | ToBroker::SendBack { .. }
            | ToBroker::Lock { .. }
            | ToBroker::Unlock { .. }
            | ToBroker::Pop { .. }
            | ToBroker::Ack { .. } => {}
        }
    }

    /// The members of a program's group change.
    pub(super) fn note_departure(&mut self, program: ActorId) {
        let group = self.member(program).map(|member| member.settings().group);
        if let Some(setup) = group.and_then(|group| self.groups[group.index()].as_mut()) {
            setup.changes += 1;
        }
    }

    /// What a member would divide queues by now.
    pub(super) fn view(&self, host: &Host, id: ActorId) -> Option<AllocationView> {
        let settings = self.member_settings(id)?;
        let setup = self.groups[settings.group.index()].as_ref()?;
        Some(AllocationView {
            members: setup.changes,
            queues: self.readable(host, &settings).len() as u32,
            retry: setup.has_retries,
        })
    }

    /// The queues of a member's topic that are read.
    fn readable(&self, host: &Host, settings: &MemberSettings) -> Vec<LogId> {
        let topic = settings.of_group.topic;
        let read = self.broker.topic(&self.names.topic(topic));
        let read = read.map_or(0, |topic| topic.read_queues);
        let logs = &host.scenario().sets[topic.index()].logs;
        logs.iter().take(read as usize).copied().collect()
    }

    /// A member learned who is in its group.
    pub(super) fn looked_around(&mut self, host: &Host, id: ActorId, members: &[ActorId]) {
        let Some(settings) = self.member_settings(id) else {
            return;
        };
        let setup = self.groups[settings.group.index()].as_ref();
        let retries = setup.is_some_and(|setup| setup.has_retries);
        let index = members.iter().position(|member| *member == id);
        let around = Around {
            index: index.and_then(|index| u32::try_from(index).ok()),
            members: u32::try_from(members.len()).unwrap_or(u32::MAX),
            queues: self.readable(host, &settings),
            retry: retries.then_some(settings.of_group.retry),
        };
        let view = self.view(host, id);
        let process = &mut self.processes[id.index()];
        process.view = view;
        if let Some(member) = process.member() {
            member.looked_around(around, host.now());
        }
    }

    /// There is something in a group's retry queue for the first time: its members look for it.
    pub(super) fn retries_appeared(&mut self, host: &mut Host, queue: LogId) {
        let mut groups = self.groups.iter_mut().flatten();
        let setup = groups.find(|setup| setup.settings.retry == queue && !setup.has_retries);
        let Some(setup) = setup else { return };
        setup.has_retries = true;
        let now = host.now();
        for (process, id) in self.processes.iter_mut().zip(0..) {
            let Some(member) = process.member() else {
                continue;
            };
            if member.settings().of_group.retry == queue {
                member.look_around(now);
                host.activate(ActorId(id));
            }
        }
    }

    /// An offset of a group was stored: members that have the queue, and committed another one, do so again.
    pub(super) fn members_commit_again(
        &mut self,
        host: &mut Host,
        (group, queue): (ActorId, LogId),
        offset: Offset,
        cause: Option<EventId>,
    ) {
        let request = cause.and_then(|event| host.trace().get(event));
        let request = request.filter(|event| event.what.message().is_some());
        let by = request.and_then(|event| event.what.actor());
        for (process, id) in self.processes.iter_mut().zip(0..) {
            let id = ActorId(id);
            let Some(member) = process.member().filter(|_| by != Some(id)) else {
                continue;
            };
            if member.settings().group == group
                && member.committed(queue).is_some_and(|it| it != offset)
            {
                member.commits_again(queue);
                host.activate(id);
            }
        }
    }

    /// A member whose look around is due and would show what it saw before need not look.
    pub(super) fn spare_look(&mut self, host: &Host, id: ActorId) {
        let seen = self.processes[id.index()].view;
        if seen.is_none() || self.view(host, id) != seen {
            return;
        }
        let now = host.now();
        if let Some(member) = self.processes[id.index()].member()
            && member.is_look_due(now)
            && !member.misses_a_queue()
        {
            member.needs_no_look(now);
            member.lock_again();
        }
    }
}
