//! Resets of a group's offsets. Before 5.2 the broker works the offsets out and pushes them to the members that are
//! online; from there on it stores them, ignores commits until the next pull, and sends that one to the offset.
//!
//! From `Broker2Client.java:resetOffset`, `AdminBrokerProcessor.java:resetOffsetInner`,
//! `ConsumerOffsetManager.java:assignResetOffset`.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effect::{Effect, Notice, Response, ResponseCode, StoredBy};
use super::group::Group;
use super::request::{Boundary, QueueName, ResetTime, ResetToTime, Token};
use super::server::Broker;
use crate::ids::Offset;
use crate::units::SimTime;

impl Broker {
    pub(super) fn reset_to_time(
        &mut self,
        now: SimTime,
        token: Token,
        reset: &ResetToTime,
        out: &mut Vec<Effect>,
    ) -> Response {
        if self.rules.server_side_reset {
            return self.reset_here(now, token, reset, out);
        }
        let Some(topic) = self.topics.get(&reset.topic) else {
            return Response::Refused(ResponseCode::SystemError);
        };
        let group = self.groups.get(&reset.group);
        let mut offsets = Vec::new();
        for queue in 0..topic.write_queues {
            let of = name(&reset.topic, queue);
            let Some(stored) = group.and_then(|group| group.offset(&of)) else {
                // A group without an offset on one of the queues does not exist, it says.
                return Response::Refused(ResponseCode::SystemError);
            };
            let target = self.reset_target(&of, reset.to);
            let refused = !reset.force && target >= stored;
            offsets.push((queue, if refused { stored } else { target }));
        }
        let members = group.map_or(&[][..], Group::members);
        if members.is_empty() {
            return Response::Refused(ResponseCode::ConsumerNotOnline);
        }
        for member in members {
            let notice = Notice::Reset {
                group: reset.group.clone(),
                topic: reset.topic.clone(),
                offsets: offsets.clone(),
            };
            let to = member.connection;
            out.push(Effect::Notice { to, notice });
        }
        Response::Reset(offsets)
    }

    /// The offset on a queue that a reset to a time means.
    pub(super) fn reset_target(&self, of: &QueueName, to: ResetTime) -> Offset {
        match to {
            ResetTime::Max => self.max(of),
            ResetTime::At(at) => self.offset_at(of, at, Boundary::Lower),
        }
    }

    /// Why a reset at the broker is refused, if it is.
    fn reset_refused(&self, group: &str, topic: &str) -> Option<ResponseCode> {
        if !self.topics.contains_key(topic) {
            return Some(ResponseCode::TopicNotExist);
        }
        let known = self.groups.get(group).is_some_and(Group::is_known);
        (!known).then_some(ResponseCode::GroupNotExist)
    }

    fn reset_here(
        &mut self,
        now: SimTime,
        token: Token,
        reset: &ResetToTime,
        out: &mut Vec<Effect>,
    ) -> Response {
        if let Some(code) = self.reset_refused(&reset.group, &reset.topic) {
            return Response::Refused(code);
        }
        let queues = self
            .topic(&reset.topic)
            .map_or(0, |topic| topic.read_queues);
        let mut offsets = Vec::new();
        for queue in 0..queues {
            let of = name(&reset.topic, queue);
            let target = self.reset_target(&of, reset.to);
            self.assign_reset(now, token, (&reset.group, of, target), out);
            offsets.push((queue, target));
        }
        Response::Reset(offsets)
    }

    pub(super) fn reset_to_offset(
        &mut self,
        now: SimTime,
        token: Token,
        (group, of, offset): (&Arc<str>, &QueueName, i64),
        out: &mut Vec<Effect>,
    ) -> Response {
        if !self.rules.server_side_reset {
            return Response::Refused(ResponseCode::SystemError);
        }
        if let Some(code) = self.reset_refused(group, &of.topic) {
            return Response::Refused(code);
        }
        let (min, max) = (self.min(of).0, self.max(of).0);
        let target = match u64::try_from(offset) {
            // -1 is no offset at all: the time decides, which the tool gives as -1, the end.
            Err(_) if offset == -1 => max,
            Ok(offset) if offset >= min && offset <= max + 1 => offset,
            Ok(_) | Err(_) => return Response::Refused(ResponseCode::SystemError),
        };
        let target = Offset(target);
        self.assign_reset(now, token, (group, of.clone(), target), out);
        Response::Reset(Vec::from([(of.queue, target)]))
    }

    /// Stores the offset of a reset, which waits for the next pull.
    fn assign_reset(
        &mut self,
        now: SimTime,
        token: Token,
        (group, of, offset): (&Arc<str>, QueueName, Offset),
        out: &mut Vec<Effect>,
    ) {
        if let Some(group) = self.groups.get_mut(group) {
            group.pending.insert(of.clone(), offset);
        }
        let by = (StoredBy::Reset, token);
        self.store_offset(now, (group.clone(), of), Some(offset), by, out);
    }
}

fn name(topic: &Arc<str>, queue: u32) -> QueueName {
    QueueName {
        topic: topic.clone(),
        queue,
    }
}
