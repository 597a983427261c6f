//! `reset`: what the admin tool does.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effects::{NO_EVENT, then};
use super::{Driver, SCRIPT};
use crate::engine::Host;
use crate::family::rocketmq::broker::tool::{self, Asking, ResetSaid, When};
use crate::family::rocketmq::broker::{Boundary, Effect, QueueName, Request, ResponseCode};
use crate::family::rocketmq::client::Program;
use crate::family::rocketmq::event::{QueueEvent, ResetWay};
use crate::family::rocketmq::statements::{ResetStatement, ResetTo};
use crate::ids::{ActorId, ConnectionId, LogId, Offset};
use crate::trace::event::Idle;
use crate::units::SimTime;

/// Offsets that a reset came to, by queue, and how; or why there are none.
type Came = Result<(Vec<(LogId, Offset)>, ResetWay), Option<ResponseCode>>;

impl Driver {
    pub(super) fn reset(&mut self, host: &mut Host, said: &ResetStatement) {
        let group = said.group;
        let Some(setup) = &self.groups[group.index()] else {
            return host.ignore(Some(group), Idle::NotRunning);
        };
        if !self.is_up {
            return self.tool_refused(host, Some(group), None);
        }
        let topic = self.names.topic(setup.settings.topic);
        let mut effects = self.farewells(group);
        let came = match (said.to, said.queue) {
            (ResetTo::Time(since), None) => {
                let when = When::At(SimTime(since.0));
                self.by_time(group, &topic, (when, said.force), &mut effects)
            }
            (ResetTo::Now, None) => {
                self.by_time(group, &topic, (When::Now, said.force), &mut effects)
            }
            (ResetTo::Max, None) => {
                self.by_time(group, &topic, (When::End, said.force), &mut effects)
            }
            (ResetTo::Min, None) => self.by_time(
                group,
                &topic,
                (When::At(SimTime::ZERO), said.force),
                &mut effects,
            ),
            (to, queue) => self.by_offset(group, &topic, (to, queue), &mut effects),
        };
        match came {
            Ok((offsets, way)) => {
                let offsets = offsets.into();
                let event = host.emit(
                    None,
                    QueueEvent::Reset {
                        group,
                        offsets,
                        way,
                    },
                );
                then(host, effects, Some(event));
            }
            Err(code) => {
                self.tool_refused(host, Some(group), code);
                then(host, effects, None);
            }
        }
    }

    /// The tool takes longer than a farewell: what members had sent when they ended, their last commits above all, comes
    /// before it. `shutdown` of the Java client (`DefaultMQPushConsumerImpl.java`) returns with the answer to its
    /// unregistration, which it sends behind the commits on one connection. What a delayed link holds back comes later.
    pub(super) fn hear_the_ended(&mut self, host: &mut Host, group: ActorId) {
        if !self.is_up {
            return;
        }
        let until = host.now().after(self.round_trip);
        for connection in self.ended(group) {
            for delivery in host.take_sent(connection, until) {
                self.arrive(host, delivery);
            }
        }
        self.finish_tasks(host);
    }

    /// Connections of a group's members to the broker that runs, of runs that are over.
    fn ended(&self, group: ActorId) -> Vec<ConnectionId> {
        let left = self.processes.iter().filter_map(|process| {
            let of_it = match &process.program {
                Some(Program::Member(member)) => member.settings().group == group,
                Some(Program::Producer(_)) | None => false,
            };
            process.left.filter(|_| of_it)
        });
        left.filter(|left| *left >= self.first_alive).collect()
    }

    /// For the tool, members that ended are gone.
    fn farewells(&mut self, group: ActorId) -> Vec<Effect> {
        let mut effects = Vec::new();
        for connection in self.ended(group) {
            self.broker.disconnected(connection, &mut effects);
        }
        effects
    }

    fn asking(&self) -> Asking {
        Asking {
            now: self.now,
            from: SCRIPT,
            token: NO_EVENT,
        }
    }

    fn by_time(
        &mut self,
        group: ActorId,
        topic: &Arc<str>,
        when: (When, bool),
        effects: &mut Vec<Effect>,
    ) -> Came {
        let (asking, name) = (self.asking(), self.name_of(group));
        let at_broker = self.broker.rules().server_side_reset;
        match tool::reset_by_time(&mut self.broker, asking, (&name, topic), when, effects) {
            ResetSaid::Done(offsets) => {
                let way = if at_broker {
                    ResetWay::Broker
                } else {
                    ResetWay::Members
                };
                Ok((self.offsets(topic, &offsets).to_vec(), way))
            }
            ResetSaid::Rollback(rows) => {
                let offsets: Vec<_> = rows.iter().map(|row| (row.queue, row.reset)).collect();
                Ok((self.offsets(topic, &offsets).to_vec(), ResetWay::Tool))
            }
            ResetSaid::Nothing => Ok((Vec::new(), ResetWay::Tool)),
            ResetSaid::Refused(code) => Err(Some(code)),
        }
    }

    /// One queue or each to an offset: the tool's own command from 5.2 on, before that a commit in the group's name.
    fn by_offset(
        &mut self,
        group: ActorId,
        topic: &Arc<str>,
        (to, queue): (ResetTo, Option<u32>),
        effects: &mut Vec<Effect>,
    ) -> Came {
        let read = self
            .broker
            .topic(topic)
            .map_or(0, |topic| topic.read_queues);
        let queues = queue.map_or(0..read, |queue| queue..queue.saturating_add(1));
        let (mut offsets, mut refused) = (Vec::new(), None);
        let at_broker = self.broker.rules().server_side_reset;
        let way = if at_broker {
            ResetWay::Broker
        } else {
            ResetWay::Tool
        };
        for queue in queues {
            let of = QueueName {
                topic: topic.clone(),
                queue,
            };
            let target = self.target(&of, to);
            match self.one_to_offset(group, &of, (to, target), effects) {
                Ok(Some(offset)) => offsets.extend(self.offsets(topic, &[(queue, offset)]).iter()),
                Ok(None) => {}
                Err(code) => refused = refused.or(Some(code)),
            }
        }
        match refused {
            Some(code) if offsets.is_empty() => Err(Some(code)),
            Some(_) | None => Ok((offsets, way)),
        }
    }

    fn target(&self, of: &QueueName, to: ResetTo) -> Offset {
        match to {
            ResetTo::Offset(offset) => Offset(offset),
            ResetTo::Min => self.broker.min(of),
            ResetTo::Max => self.broker.max(of),
            ResetTo::Time(since) => self.broker.offset_at(of, SimTime(since.0), Boundary::Lower),
            ResetTo::Now => self.broker.offset_at(of, self.now, Boundary::Lower),
        }
    }

    /// What one queue was reset to; nothing where the tool does nothing.
    fn one_to_offset(
        &mut self,
        group: ActorId,
        of: &QueueName,
        (to, target): (ResetTo, Offset),
        effects: &mut Vec<Effect>,
    ) -> Result<Option<Offset>, ResponseCode> {
        let (asking, name) = (self.asking(), self.name_of(group));
        let offset = i64::try_from(target.0).unwrap_or(i64::MAX);
        if !self.broker.rules().server_side_reset {
            let request = Request::UpdateOffset {
                group: name,
                of: of.clone(),
                offset,
            };
            self.broker
                .request(self.now, SCRIPT, NO_EVENT, request, effects);
            return Ok(Some(target));
        }
        // The tool has a number for an offset alone; where a queue begins or ends, or what a time is there, it is told.
        let of_it = (&name, of, offset);
        let said = match to {
            ResetTo::Offset(_) => tool::reset_by_offset(&mut self.broker, asking, of_it, effects),
            ResetTo::Time(_) | ResetTo::Now | ResetTo::Min | ResetTo::Max => {
                tool::reset_queue(&mut self.broker, asking, of_it, effects)
            }
        };
        match said {
            ResetSaid::Done(offsets) => Ok(offsets.first().map(|(_, offset)| *offset)),
            ResetSaid::Nothing => Ok(None),
            ResetSaid::Rollback(_) => Ok(Some(target)),
            ResetSaid::Refused(code) => Err(code),
        }
    }
}
