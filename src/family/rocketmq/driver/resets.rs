//! `reset`: what the admin tool does.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::effects::{NO_EVENT, then};
use super::{Driver, SCRIPT};
use crate::engine::Host;
use crate::family::rocketmq::broker::tool::{self, Asking, ResetSaid, When};
use crate::family::rocketmq::broker::{Boundary, Code, Effect, QueueName, Request};
use crate::family::rocketmq::client::Program;
use crate::family::rocketmq::event::{QueueEvent, ResetWay};
use crate::family::rocketmq::statements::{ResetStatement, ResetTo};
use crate::ids::{ActorId, LogId, Offset};
use crate::trace::event::Idle;
use crate::units::SimTime;

/// Offsets that a reset came to, by queue, and how; or why there are none.
type Came = Result<(Vec<(LogId, Offset)>, ResetWay), Option<Code>>;

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

    /// The tool takes longer than a farewell: for it, members that ended are gone.
    fn farewells(&mut self, group: ActorId) -> Vec<Effect> {
        let mut effects = Vec::new();
        let ended = self.processes.iter().filter(|process| !process.runs());
        let left = ended.filter_map(|process| match &process.program {
            Some(Program::Member(member)) if member.settings().group == group => process.left,
            Some(Program::Member(_) | Program::Producer(_)) | None => None,
        });
        for connection in left.collect::<Vec<_>>() {
            if connection >= self.first_alive {
                self.broker.disconnected(connection, &mut effects);
            }
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
            match self.one_to_offset(group, &of, target, effects) {
                Ok(offset) => offsets.extend(self.offsets(topic, &[(queue, offset)]).iter()),
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

    fn one_to_offset(
        &mut self,
        group: ActorId,
        of: &QueueName,
        target: Offset,
        effects: &mut Vec<Effect>,
    ) -> Result<Offset, Code> {
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
            return Ok(target);
        }
        match tool::reset_by_offset(&mut self.broker, asking, (&name, of, offset), effects) {
            ResetSaid::Done(offsets) => Ok(offsets.first().map_or(target, |(_, offset)| *offset)),
            ResetSaid::Nothing => Err(Code::InvalidParameter),
            ResetSaid::Rollback(_) => Ok(target),
            ResetSaid::Refused(code) => Err(code),
        }
    }
}
