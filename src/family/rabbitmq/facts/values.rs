//! What the facts of streams, producers and consumers are at a moment.

use super::rows::{ConsumerFact, Fact, ProducerFact, StreamFact};
use crate::family::rabbitmq::rules::Rules;
use crate::family::rabbitmq::state::{ActorState, Consumer, Stream, StreamState, Subscription};
use crate::family::rabbitmq::statements::Policy;
use crate::ids::{ActorId, LogId, Offset};
use crate::language::ast::{Role, Subject, Value};
use crate::trace::Arenas;
use crate::world::Facts;

impl Fact {
    /// Its value at a moment; nothing when the subject is not what it is a fact of, or is not there yet.
    pub(crate) fn value(self, facts: &Facts<'_>, subject: Subject) -> Value {
        match (self, subject) {
            (Self::Producer(fact), Subject::Program(id)) => of_producer(facts, id, fact),
            (Self::Consumer(fact), Subject::Program(id)) => of_consumer(facts, id, fact),
            (Self::Stream(fact), Subject::Log(id)) => of_stream(facts, id, fact),
            (
                Self::Producer(_) | Self::Consumer(_),
                Subject::Log(_) | Subject::Set(_) | Subject::Progress(..) | Subject::World,
            )
            | (
                Self::Stream(_),
                Subject::Program(_) | Subject::Set(_) | Subject::Progress(..) | Subject::World,
            ) => Value::None,
        }
    }
}

fn of_producer(facts: &Facts<'_>, id: ActorId, fact: ProducerFact) -> Value {
    let Some(p) = facts.world.producer(id) else {
        return Value::None;
    };
    match fact {
        ProducerFact::Sent => Value::Number(p.sent),
        ProducerFact::Unconfirmed => Value::Number(p.unconfirmed.len()),
        ProducerFact::Confirmed => Value::Number(p.confirmed),
        ProducerFact::Errors => Value::Number(p.errors),
        ProducerFact::Deduplicated => Value::Number(p.deduplicated),
        ProducerFact::LastId => {
            let sequences = &facts.world.stream(p.settings.stream).sequences;
            let reference = p.settings.reference.as_ref();
            number(reference.and_then(|r| sequences.get(r).copied()))
        }
        ProducerFact::State => Value::Text(state_word(p.state, Role::Producer).into()),
    }
}

fn of_consumer(facts: &Facts<'_>, id: ActorId, fact: ConsumerFact) -> Value {
    let Some(c) = facts.world.consumer(id) else {
        return Value::None;
    };
    match fact {
        ConsumerFact::First => number(c.first.map(|o| o.0)),
        ConsumerFact::Last => number(c.last.map(|o| o.0)),
        ConsumerFact::Received => Value::Number(c.received),
        ConsumerFact::Position => number(c.position.map(|o| o.0)),
        ConsumerFact::Stored => number(facts.stored(c)),
        ConsumerFact::Lag => number(facts.lag(c)),
        ConsumerFact::Behind => number(facts.behind(c)),
        ConsumerFact::Redelivered => Value::Number(c.redelivered),
        ConsumerFact::GroupRedelivered => number(facts.group_again(c)),
        ConsumerFact::Credits => Value::Number(c.credits),
        ConsumerFact::Active => Value::Text(active_word(c).into()),
        ConsumerFact::State => Value::Text(state_word(c.state, Role::Consumer).into()),
        ConsumerFact::Console => last_line(facts, id),
    }
}

fn last_line(facts: &Facts<'_>, id: ActorId) -> Value {
    let console = &facts.world.link(id).console;
    let lines = &facts.arenas.actor(id).console;
    let line = console.checked_sub(1).and_then(|at| lines.get(at as usize));
    line.map_or(Value::None, |line| Value::Text(line.clone()))
}

fn of_stream(facts: &Facts<'_>, id: LogId, fact: StreamFact) -> Value {
    let stream = facts.world.stream(id);
    let arena = facts.arenas.stream(id);
    if stream.state != StreamState::Live {
        return Value::None;
    }
    let log = stream.log();
    let sums = log.sums(arena);
    Value::Number(match fact {
        StreamFact::First => log.first(arena).0,
        StreamFact::Next => log.next(arena).0,
        StreamFact::Messages => sums.messages,
        StreamFact::Chunks => sums.chunks,
        StreamFact::Segments => sums.segments,
        StreamFact::Bytes => sums.bytes,
        StreamFact::Tracking => sums.tracking,
        StreamFact::Committed => match stream.committed {
            Some(chunk) => chunk.0,
            None => return Value::None,
        },
    })
}

impl Facts<'_> {
    /// The offset stored under a consumer's name, or in its own database.
    #[must_use]
    pub fn stored(&self, c: &Consumer) -> Option<u64> {
        if let Policy::External(_) = c.settings.policy {
            return c.external;
        }
        let stream = self.world.stream(c.settings.stream);
        stream.offsets.get(c.settings.reference.as_ref()?).copied()
    }

    /// What consumers of its name have processed again; `None` for one without a name.
    #[must_use]
    pub fn group_again(&self, c: &Consumer) -> Option<u64> {
        let groups = &self.world.stream(c.settings.stream).groups;
        let name = c.settings.group()?;
        Some(groups.get(name).map_or(0, |group| group.again))
    }

    /// Offset lag as the broker's tools show it (`rabbit_stream_reader.erl:consumer_i`): up to 4.2 the
    /// committed chunk id less the id of the last dispatched chunk, from 4.3 the last committed offset
    /// less the last dispatched one. Nothing committed: 0. Nothing dispatched: the counter is 0, and so
    /// before 3.13 the whole of what is committed is the lag, also of who waits at the tail; later 0.
    /// A member of a group that is not attached reads no log and has no lag.
    #[must_use]
    pub fn lag(&self, c: &Consumer) -> Option<u64> {
        if c.attached.is_none() {
            return (c.subscription != Subscription::Absent).then_some(0);
        }
        let stream = self.world.stream(c.settings.stream);
        let arena = self.arenas.stream(c.settings.stream);
        let Some(committed) = stream.committed else {
            return Some(0);
        };
        let rules = Rules::of(self.scenario.header.version);
        let Some(dispatched) = c.dispatched else {
            return Some(if rules.no_lag_unsent { 0 } else { committed.0 });
        };
        let chunk = &arena.chunks[dispatched as usize].chunk;
        if !rules.lag_by_messages {
            return Some(committed.0.saturating_sub(chunk.id.0));
        }
        let end = committed_end(stream, self.arenas, c.settings.stream)?;
        let seen = chunk.id.0 + u64::from(chunk.entries) - 1;
        Some((end.0 - 1).saturating_sub(seen))
    }

    /// User messages in the committed log at or behind the consumer's position.
    #[must_use]
    pub fn behind(&self, c: &Consumer) -> Option<u64> {
        let position = c.position?;
        let stream = self.world.stream(c.settings.stream);
        let arena = self.arenas.stream(c.settings.stream);
        let Some(end) = committed_end(stream, self.arenas, c.settings.stream) else {
            return Some(0);
        };
        let log = stream.log();
        let from = log.messages_from(arena, position);
        Some(from.saturating_sub(log.messages_from(arena, end)))
    }
}

/// The offset behind the last committed chunk.
fn committed_end(stream: &Stream, arenas: &Arenas, id: LogId) -> Option<Offset> {
    let arena = arenas.stream(id);
    let row = stream.log().row_of(arena, stream.committed?)?;
    Some(arena.chunks[row as usize].chunk.next())
}

/// Whether the broker sends to a consumer, in the words of the language.
#[must_use]
pub const fn active_word(c: &Consumer) -> &'static str {
    match c.subscription {
        Subscription::Active => "yes",
        Subscription::Absent | Subscription::Waiting => "no",
    }
}

/// A state in the words of the language: producers are `declaring` and `open`.
#[must_use]
pub fn state_word(state: ActorState, role: Role) -> &'static str {
    match (state, role) {
        (ActorState::Starting, Role::Producer) => "declaring",
        (ActorState::Starting, Role::Consumer) => "starting",
        (ActorState::Running, Role::Producer) => "open",
        (ActorState::Running, Role::Consumer) => "running",
        (ActorState::Paused, _) => "paused",
        (ActorState::Closed, _) => "closed",
        (ActorState::Crashed, _) => "crashed",
        (ActorState::Refused, _) => "refused",
    }
}

fn number(value: Option<u64>) -> Value {
    value.map_or(Value::None, Value::Number)
}
