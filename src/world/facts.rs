//! What is known of something at a moment: the values behind `expect`, `run until`, tables and pictures.

use alloc::string::String;
use alloc::vec::Vec;

use super::World;
use crate::family::rabbitmq::state::{ActorState, Consumer, Stream, StreamState};
use crate::ids::{ActorId, Offset, StreamId};
use crate::scenario::ast::{
    Check, Comparison, Condition, ConsumerFact, FactRef, Op, Policy, ProducerFact, Role, Scenario,
    StreamFact, Value,
};
use crate::scenario::show;
use crate::trace::Arenas;

/// A moment that can be asked.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The moment.
    pub world: &'a World,
    /// What it refers to.
    pub arenas: &'a Arenas,
    /// Names, and the version that decides what lag means.
    pub scenario: &'a Scenario,
}

impl Facts<'_> {
    /// The value of a fact.
    #[must_use]
    pub fn value(&self, fact: FactRef) -> Value {
        match fact {
            FactRef::Time => Value::Number(self.world.now.0),
            FactRef::Producer(id, fact) => self.of_producer(id, fact),
            FactRef::Consumer(id, fact) => self.of_consumer(id, fact),
            FactRef::Stream(id, fact) => self.of_stream(id, fact),
        }
    }

    /// Whether a comparison holds. An order with `none` never holds.
    #[must_use]
    pub fn holds(&self, c: &Comparison) -> bool {
        compare(&self.value(c.fact), c.op, &c.value)
    }

    /// Whether all comparisons hold.
    #[must_use]
    pub fn all_hold(&self, condition: &Condition) -> bool {
        condition.all.iter().all(|c| self.holds(c))
    }

    /// Whether a check holds, and what was seen.
    #[must_use]
    pub fn check(&self, check: &Check) -> (bool, String) {
        match check {
            Check::Compare(c) => (self.holds(c), show::value(c.fact, &self.value(c.fact))),
            Check::Received { consumer, ranges } => {
                let seen = self.received(*consumer);
                (seen == *ranges, show::ranges(&seen))
            }
        }
    }

    /// What a consumer processed in this run: inclusive ranges in the order of processing.
    #[must_use]
    pub fn received(&self, id: ActorId) -> Vec<(u64, u64)> {
        let mut merged: Vec<(u64, u64)> = Vec::new();
        let Some(c) = self.world.consumer(id) else {
            return merged;
        };
        let ranges = &self.arenas.actor(id).processed;
        for at in c.processed_from..c.processed_to {
            let (first, count) = ranges[at as usize];
            let is_last = at + 1 == c.processed_to;
            let count = c.processed_part.filter(|_| is_last).unwrap_or(count);
            let last = first.0 + (count - 1);
            match merged.last_mut() {
                Some(range) if range.1 + 1 == first.0 => range.1 = last,
                _ => merged.push((first.0, last)),
            }
        }
        merged
    }

    fn of_producer(&self, id: ActorId, fact: ProducerFact) -> Value {
        let Some(p) = self.world.producer(id) else {
            return Value::None;
        };
        match fact {
            ProducerFact::Sent => Value::Number(p.sent),
            ProducerFact::Unconfirmed => Value::Number(p.unconfirmed.len()),
            ProducerFact::Confirmed => Value::Number(p.confirmed),
            ProducerFact::Errors => Value::Number(p.errors),
            ProducerFact::Deduplicated => Value::Number(p.deduplicated),
            ProducerFact::LastId => {
                let sequences = &self.world.stream(p.settings.stream).sequences;
                let reference = p.settings.reference.as_ref();
                number(reference.and_then(|r| sequences.get(r).copied()))
            }
            ProducerFact::State => Value::Text(state_word(p.state, Role::Producer).into()),
        }
    }

    fn of_consumer(&self, id: ActorId, fact: ConsumerFact) -> Value {
        let Some(c) = self.world.consumer(id) else {
            return Value::None;
        };
        match fact {
            ConsumerFact::First => number(c.first.map(|o| o.0)),
            ConsumerFact::Last => number(c.last.map(|o| o.0)),
            ConsumerFact::Received => Value::Number(c.received),
            ConsumerFact::Position => number(c.position.map(|o| o.0)),
            ConsumerFact::Stored => number(self.stored(c)),
            ConsumerFact::Lag => number(self.lag(c)),
            ConsumerFact::Behind => number(self.behind(c)),
            ConsumerFact::Redelivered => Value::Number(c.redelivered),
            ConsumerFact::Credits => Value::Number(c.credits),
            ConsumerFact::State => Value::Text(state_word(c.state, Role::Consumer).into()),
            ConsumerFact::Console => self.last_line(id),
        }
    }

    fn last_line(&self, id: ActorId) -> Value {
        let console = &self.world.link(id).console;
        let lines = &self.arenas.actor(id).console;
        let line = console.checked_sub(1).and_then(|at| lines.get(at as usize));
        line.map_or(Value::None, |line| Value::Text(line.clone()))
    }

    /// The offset stored under a consumer's name, or in its own database.
    #[must_use]
    pub fn stored(&self, c: &Consumer) -> Option<u64> {
        if let Policy::External(_) = c.settings.policy {
            return c.external;
        }
        let stream = self.world.stream(c.settings.stream);
        stream.offsets.get(c.settings.reference.as_ref()?).copied()
    }

    /// Offset lag as the broker's tools show it (`rabbit_stream_utils:offset_lag/4`): up to 4.2 the
    /// committed chunk id less the id of the last dispatched chunk, from 4.3 the last committed offset
    /// less the last dispatched one. Nothing committed: 0. Nothing dispatched: 0 while it waits at the
    /// tail, else the whole of what is committed.
    #[must_use]
    pub fn lag(&self, c: &Consumer) -> Option<u64> {
        let attached = c.attached?;
        let stream = self.world.stream(c.settings.stream);
        let arena = self.arenas.stream(c.settings.stream);
        let Some(committed) = stream.committed else {
            return Some(0);
        };
        if c.dispatched.is_none() && attached > committed {
            return Some(0);
        }
        let chunk = c.dispatched.map(|row| &arena.chunks[row as usize].chunk);
        if self.scenario.header.version < (4, 3) {
            return Some(
                committed
                    .0
                    .saturating_sub(chunk.map_or(0, |chunk| chunk.id.0)),
            );
        }
        let end = committed_end(stream, self.arenas, c.settings.stream)?;
        let seen = chunk.map_or(0, |chunk| chunk.id.0 + u64::from(chunk.entries) - 1);
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

    fn of_stream(&self, id: StreamId, fact: StreamFact) -> Value {
        let stream = self.world.stream(id);
        let arena = self.arenas.stream(id);
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
}

/// The offset behind the last committed chunk.
fn committed_end(stream: &Stream, arenas: &Arenas, id: StreamId) -> Option<Offset> {
    let arena = arenas.stream(id);
    let row = stream.log().row_of(arena, stream.committed?)?;
    Some(arena.chunks[row as usize].chunk.next())
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

fn compare(seen: &Value, op: Op, wanted: &Value) -> bool {
    match op {
        Op::Eq => seen == wanted,
        Op::Ne => seen != wanted,
        Op::Lt | Op::Le | Op::Gt | Op::Ge => match (seen, wanted) {
            (Value::Number(a), Value::Number(b)) => ordered(*a, op, *b),
            _ => false,
        },
    }
}

fn ordered(a: u64, op: Op, b: u64) -> bool {
    match op {
        Op::Lt => a < b,
        Op::Le => a <= b,
        Op::Gt => a > b,
        Op::Ge => a >= b,
        Op::Eq => a == b,
        Op::Ne => a != b,
    }
}
