//! What the facts of topics, queues, producers, groups and members are at a moment.

use super::rows::{Fact, GroupFact, MemberFact, ProducerFact, ProgressFact, QueueFact, TopicFact};
use crate::family::rocketmq::state::{ActorState, Group, Member, State};
use crate::family::rocketmq::statements::Mode;
use crate::ids::{ActorId, LogId, Offset, SetId};
use crate::language::ast::{Role, Subject, Value};
use crate::world::Facts;

impl Fact {
    /// Its value at a moment; nothing when the subject is not what it is a fact of, or is not there yet.
    pub(crate) fn value(self, facts: &Facts<'_>, subject: Subject) -> Value {
        let Some(state) = facts.world.family.rocketmq() else {
            return Value::None;
        };
        let value = match (self, subject) {
            (Self::Topic(fact), Subject::Set(id)) => of_topic(facts, state, id, fact),
            (Self::Queue(fact), Subject::Log(id)) => of_queue(facts, state, id, fact),
            (Self::Producer(fact), Subject::Program(id)) => of_producer(state, id, fact),
            (Self::Group(fact), Subject::Program(id)) => of_group(facts, state, id, fact),
            (Self::Member(fact), Subject::Program(id)) => match state.group(id) {
                Some(group) => of_group_or_member(state, id, group, fact),
                None => state.member(id).and_then(|member| of_member(member, fact)),
            },
            (Self::Progress(fact), Subject::Progress(group, queue)) => {
                of_progress(facts, state, group, queue, fact)
            }
            (
                Self::Topic(_)
                | Self::Queue(_)
                | Self::Producer(_)
                | Self::Group(_)
                | Self::Member(_)
                | Self::Progress(_),
                _,
            ) => None,
        };
        value.unwrap_or(Value::None)
    }
}

fn of_topic(facts: &Facts<'_>, state: &State, id: SetId, fact: TopicFact) -> Option<Value> {
    let topic = state.topic(id);
    if topic.write == 0 {
        return None;
    }
    Some(Value::Number(match fact {
        TopicFact::Queues => topic.write.into(),
        TopicFact::Messages => {
            let queues = &facts.scenario.sets[id.index()].logs;
            let messages = queues.iter().map(|queue| messages(facts, state, *queue));
            messages.fold(0, u64::saturating_add)
        }
    }))
}

/// Messages of a queue from minimum to maximum.
fn messages(facts: &Facts<'_>, state: &State, id: LogId) -> u64 {
    max(facts, state, id)
        .0
        .saturating_sub(state.queue(id).min.0)
}

fn max(facts: &Facts<'_>, state: &State, id: LogId) -> Offset {
    let arena = facts.arenas.family.rocketmq();
    arena.map_or(Offset(0), |arena| state.queue(id).max(arena.queue(id)))
}

fn of_queue(facts: &Facts<'_>, state: &State, id: LogId, fact: QueueFact) -> Option<Value> {
    let queue = state.queue(id);
    if !queue.is_there {
        return None;
    }
    Some(Value::Number(match fact {
        QueueFact::Min => queue.min.0,
        QueueFact::Max => max(facts, state, id).0,
        QueueFact::Messages => messages(facts, state, id),
    }))
}

fn of_producer(state: &State, id: ActorId, fact: ProducerFact) -> Option<Value> {
    let producer = state.producer(id)?;
    Some(match fact {
        ProducerFact::Sent => Value::Number(producer.sent),
        ProducerFact::Unconfirmed => Value::Number(producer.unconfirmed.len()),
        ProducerFact::Confirmed => Value::Number(producer.confirmed),
        ProducerFact::Errors => Value::Number(producer.errors),
        ProducerFact::State => Value::Text(state_word(producer.state, Role::Producer).into()),
    })
}

fn of_member(member: &Member, fact: MemberFact) -> Option<Value> {
    Some(match fact {
        MemberFact::Received => Value::Number(member.received),
        MemberFact::Redelivered => Value::Number(member.redelivered),
        MemberFact::First => Value::Number(member.first?.0),
        MemberFact::Last => Value::Number(member.last?.0),
        MemberFact::Queues => Value::Number(owned(member)),
        MemberFact::InFlight => Value::Number(in_flight(member)),
        MemberFact::State => Value::Text(state_word(member.state, Role::Consumer).into()),
    })
}

/// Queues of the topic that a member owns: those of retries do not count.
fn owned(member: &Member) -> u64 {
    let retry = member.settings.of_group.retry;
    member
        .queues
        .keys()
        .filter(|queue| **queue != retry)
        .count() as u64
}

fn in_flight(member: &Member) -> u64 {
    let readings = member.queues.values();
    readings.map(|reading| reading.unfinished.len()).sum()
}

fn of_group_or_member(
    state: &State,
    id: ActorId,
    group: &Group,
    fact: MemberFact,
) -> Option<Value> {
    let members = || state.members(id).map(|(_, member)| member);
    match fact {
        MemberFact::Received => Some(Value::Number(group.received)),
        MemberFact::Redelivered => Some(Value::Number(group.redelivered)),
        MemberFact::Queues => Some(Value::Number(members().map(owned).sum())),
        MemberFact::InFlight => Some(Value::Number(members().map(in_flight).sum())),
        MemberFact::First | MemberFact::Last | MemberFact::State => {
            of_member(state.member(id)?, fact)
        }
    }
}

fn of_group(facts: &Facts<'_>, state: &State, id: ActorId, fact: GroupFact) -> Option<Value> {
    let group = state.group(id)?;
    Some(match fact {
        GroupFact::Members => Value::Number(
            state
                .members(id)
                .filter(|(_, member)| runs(member.state))
                .count() as u64,
        ),
        GroupFact::Failed => Value::Number(group.failed),
        GroupFact::Lag => Value::Number(facts.lag_of_group(id)?.metrics),
        GroupFact::Diff => difference(facts.lag_of_group(id)?.tool),
    })
}

const fn runs(state: ActorState) -> bool {
    match state {
        ActorState::Starting | ActorState::Running | ActorState::Paused => true,
        ActorState::Closed | ActorState::Crashed => false,
    }
}

fn of_progress(
    facts: &Facts<'_>,
    state: &State,
    group: ActorId,
    queue: LogId,
    fact: ProgressFact,
) -> Option<Value> {
    let lag = || facts.lag_on(group, queue);
    Some(match fact {
        ProgressFact::Offset => Value::Number(stored(state, group, queue)?.0),
        ProgressFact::Lag => Value::Number(lag()?.metrics),
        ProgressFact::Diff => difference(lag()?.tool),
    })
}

/// A group's offset at the broker; of a broadcasting member named as the group, its own.
fn stored(state: &State, id: ActorId, queue: LogId) -> Option<Offset> {
    let group = state.group(id)?;
    if group.settings.mode == Mode::Broadcast {
        return state.member(id)?.own.get(&queue).copied();
    }
    group.offsets.get(&queue).copied()
}

/// How far behind a group is: two official readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// `mqadmin consumerProgress`: a missing offset counts as 0.
    pub tool: i64,
    /// The broker's metrics: without an offset there is no lag.
    pub metrics: u64,
}

impl Facts<'_> {
    /// How far behind a group is on a queue; `None` while the queue is not there.
    #[must_use]
    pub fn lag_on(&self, group: ActorId, queue: LogId) -> Option<Lag> {
        let state = self.world.family.rocketmq()?;
        if !state.queue(queue).is_there {
            return None;
        }
        let max = max(self, state, queue).0;
        let offset = stored(state, group, queue);
        let popped = state
            .group(group)
            .and_then(|group| group.popped.get(&queue));
        let unacknowledged = popped.map_or(0, crate::base::IdSet::len);
        let less = |offset: Option<Offset>| signed(max) - signed(offset.map_or(0, |o| o.0));
        Some(Lag {
            tool: less(offset),
            metrics: offset.map_or(0, |o| max.saturating_sub(o.0)) + unacknowledged,
        })
    }

    /// How far behind a group is on all queues that it reads.
    #[must_use]
    pub fn lag_of_group(&self, group: ActorId) -> Option<Lag> {
        let state = self.world.family.rocketmq()?;
        let settings = &state.group(group)?.settings;
        let topic = state.topic(settings.topic);
        let queues = self.scenario.sets[settings.topic.index()].logs.iter();
        let queues = queues.take(topic.read as usize).copied();
        let lags = queues
            .chain([settings.retry])
            .filter_map(|queue| self.lag_on(group, queue));
        Some(lags.fold(Lag::default(), |sum, lag| Lag {
            tool: sum.tool.saturating_add(lag.tool),
            metrics: sum.metrics.saturating_add(lag.metrics),
        }))
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn difference(n: i64) -> Value {
    match u64::try_from(n) {
        Ok(n) => Value::Number(n),
        Err(_) => Value::Below(n.unsigned_abs()),
    }
}

/// A state in the words of the language: a producer that runs is `open`.
#[must_use]
pub const fn state_word(state: ActorState, role: Role) -> &'static str {
    match (state, role) {
        (ActorState::Starting, _) => "starting",
        (ActorState::Running, Role::Producer) => "open",
        (ActorState::Running, Role::Consumer) => "running",
        (ActorState::Paused, _) => "paused",
        (ActorState::Closed, _) => "closed",
        (ActorState::Crashed, _) => "crashed",
    }
}
