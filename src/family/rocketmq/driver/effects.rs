//! What the broker does becomes events: changes of what it holds, answers and notices.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Driver, Own};
use crate::engine::Host;
use crate::family::rocketmq::broker::{
    Change, Effect, Notice, QueueName, StoredBy, Token, dead_letter_topic, retry_topic,
};
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::message::{ToProgram, ranges};
use crate::family::rocketmq::store::{Extent, QueueRun};
use crate::ids::{ActorId, EventId, LogId, Offset};

/// The token of what no event led to.
pub(super) const NO_EVENT: Token = Token(u32::MAX);

/// The event that a token stands for.
pub(super) fn event_of(token: Token) -> Option<EventId> {
    (token != NO_EVENT).then_some(EventId(token.0))
}

/// Effects are done at once, one after the other, behind what is to be done already.
pub(super) fn then(host: &mut Host, effects: Vec<Effect>, cause: Option<EventId>) {
    for effect in effects {
        host.then(Own::Effect(effect, cause));
    }
}

/// A group on a queue, as the broker names them.
type Pair = (Arc<str>, QueueName);

impl Driver {
    /// One effect of the broker.
    pub(super) fn effect(&mut self, host: &mut Host, effect: Effect, cause: Option<EventId>) {
        match effect {
            Effect::Response {
                to,
                token,
                response,
            } => self.answer(host, to, token, &response),
            Effect::Notice { to, notice } => {
                let message = match notice {
                    Notice::MembersChanged { .. } => ToProgram::MembersChanged,
                    Notice::Reset { topic, offsets, .. } => {
                        let offsets = self.offsets(&topic, &offsets);
                        ToProgram::Reset { offsets }
                    }
                };
                self.send_to_program(host, to, message, cause);
            }
            Effect::Changed(change) => self.changed(host, change, cause),
        }
    }

    /// A change, unless it is about what the scenario does not name.
    fn changed(&mut self, host: &mut Host, change: Change, cause: Option<EventId>) {
        let event = match change {
            Change::Topic { topic, .. } => self.retry_set(host, &topic),
            Change::Group { .. } => None,
            Change::Appended { extent, token } => {
                return self.append(host, extent, token.and_then(event_of).or(cause));
            }
            Change::Visible { of, run } => return self.show(host, &of, run, cause),
            Change::Stored {
                group,
                of,
                offset,
                by,
                token,
            } => {
                let cause = event_of(token).or(cause);
                return self.store(host, (group, of), offset, by, cause);
            }
            Change::CommitIgnored {
                group, of, offset, ..
            } => {
                let offset = Offset(u64::try_from(offset).unwrap_or(0));
                self.at((group, of), |group, queue| QueueEvent::CommitIgnored {
                    group,
                    queue,
                    offset,
                })
            }
            Change::ResetTaken { group, of, offset } => {
                self.at((group, of), |group, queue| QueueEvent::ResetTaken {
                    group,
                    queue,
                    offset,
                })
            }
            Change::Flushed => return self.flushed(host, cause),
            Change::OffsetsLost { rolled_back } => Some(self.offsets_lost(&rolled_back)),
            Change::FilesDeleted {
                files,
                first,
                forced,
            } => Some(QueueEvent::FilesDeleted {
                files,
                first,
                forced,
            }),
            Change::MinMoved { of, min } => self.min_moved(&of, min),
            Change::Popped { group, of, found } => {
                let found = ranges(&found.ranges);
                self.at((group, of), |group, queue| QueueEvent::Popped {
                    group,
                    queue,
                    found,
                })
            }
            Change::Revived { group, of, offsets } => {
                let offsets = ranges(&offsets);
                self.at((group, of), |group, queue| QueueEvent::Revived {
                    group,
                    queue,
                    offsets,
                })
            }
        };
        if let Some(event) = event {
            host.emit(cause, event);
        }
    }

    fn flushed(&self, host: &mut Host, cause: Option<EventId>) {
        host.emit(cause.or(self.stored), QueueEvent::Flushed);
    }

    fn append(&mut self, host: &mut Host, extent: Arc<Extent>, cause: Option<EventId>) {
        let Some(arena) = host.recorder().arenas().family.rocketmq_mut() else {
            return;
        };
        let row = arena.append(extent);
        self.appended = Some(host.emit(cause, QueueEvent::Appended { row }));
    }

    fn show(&mut self, host: &mut Host, of: &QueueName, run: QueueRun, cause: Option<EventId>) {
        let arena = host.recorder().arenas().family.rocketmq_mut();
        let (Some(queue), Some(arena)) = (self.names.id(of), arena) else {
            return;
        };
        let row = arena.show(queue, run);
        host.emit(cause, QueueEvent::Visible { queue, row });
        self.retries_appeared(host, queue);
    }

    /// An offset is stored; one that was stored already changes nothing.
    fn store(
        &mut self,
        host: &mut Host,
        of: Pair,
        offset: Option<Offset>,
        by: StoredBy,
        cause: Option<EventId>,
    ) {
        let pending = by == StoredBy::Reset && self.broker.rules().server_side_reset;
        let Some((group, queue)) = self.pair(&of) else {
            return;
        };
        if !pending && stored(host, group, queue) == offset {
            return;
        }
        let event = QueueEvent::Stored {
            group,
            queue,
            offset,
            by,
            pending,
        };
        self.stored = Some(host.emit(cause, event));
        if !pending && let Some(offset) = offset {
            self.members_commit_again(host, (group, queue), offset, cause);
        }
    }

    fn min_moved(&self, of: &QueueName, min: Offset) -> Option<QueueEvent> {
        let queue = self.names.id(of)?;
        Some(QueueEvent::MinMoved { queue, min })
    }

    fn pair(&self, (group, of): &Pair) -> Option<(ActorId, LogId)> {
        Some((self.names.program(group)?, self.names.id(of)?))
    }

    /// What happens to a group on a queue, if the scenario names both.
    fn at(&self, of: Pair, event: impl FnOnce(ActorId, LogId) -> QueueEvent) -> Option<QueueEvent> {
        let (group, queue) = self.pair(&of)?;
        Some(event(group, queue))
    }

    /// A topic of a group's own came: that of its retries, or of its dead letters.
    fn retry_set(&self, host: &Host, topic: &Arc<str>) -> Option<QueueEvent> {
        let queue = self.names.id(&QueueName {
            topic: topic.clone(),
            queue: 0,
        })?;
        let state = host.world().family.rocketmq()?;
        let groups = host.scenario().actors.iter().zip(0..);
        let mut groups = groups.filter(|(_, id)| self.groups[*id as usize].is_some());
        let (_, group) = groups.find(|(actor, _)| {
            let prefix = retry_topic(&actor.name);
            let rest = topic.strip_prefix(&*prefix);
            let of_pop = rest.is_some_and(|rest| rest.starts_with('_'));
            *topic == prefix || *topic == dead_letter_topic(&actor.name) || of_pop
        })?;
        let group = ActorId(group);
        (!state.queue(queue).is_there).then_some(QueueEvent::RetrySet { group, queue })
    }

    fn offsets_lost(&self, rolled_back: &[(Arc<str>, QueueName, Option<Offset>)]) -> QueueEvent {
        let known = rolled_back.iter().filter_map(|(group, of, offset)| {
            let (group, queue) = self.pair(&(group.clone(), of.clone()))?;
            Some((group, queue, *offset))
        });
        QueueEvent::OffsetsLost {
            rolled_back: known.collect::<Vec<_>>().into(),
        }
    }

    /// Offsets by queue number as offsets by queue.
    pub(super) fn offsets(
        &self,
        topic: &Arc<str>,
        offsets: &[(u32, Offset)],
    ) -> Arc<[(LogId, Offset)]> {
        let known = offsets.iter().filter_map(|(queue, offset)| {
            let of = QueueName {
                topic: topic.clone(),
                queue: *queue,
            };
            Some((self.names.id(&of)?, *offset))
        });
        known.collect::<Vec<_>>().into()
    }

    /// Waits of pulls that would only begin anew begin anew, without a word on any link: an answer of nothing new to a
    /// member that would ask the same again changes nothing.
    pub(super) fn renew(&mut self, host: &Host, effects: Vec<Effect>) -> Vec<Effect> {
        let mut rest = Vec::new();
        for effect in effects {
            match self.same_again(host, &effect) {
                Some((to, token, request)) => {
                    self.broker.request(self.now, to, token, request, &mut rest);
                }
                None => rest.push(effect),
            }
        }
        rest
    }
}

/// A group's offset as the world has it.
fn stored(host: &Host, group: ActorId, queue: LogId) -> Option<Offset> {
    let state = host.world().family.rocketmq()?;
    state.group(group)?.offsets.get(&queue).copied()
}
