//! What a time-moving statement waits for. Moves no time itself.

use alloc::sync::Arc;

use super::Run;
use crate::base::SmallSet;
use crate::ids::ActorId;
use crate::language::ast::{Comparison, Condition, FactRef, Operand, StatementKind};
use crate::units::SimTime;
use crate::world::Facts;

/// What ends a wait.
#[derive(Clone, Debug)]
pub(super) enum Until {
    /// Nothing is left that an actor is owed.
    Idle,
    /// This moment, included.
    Time(SimTime),
    /// The first moment at which this holds.
    Condition(Arc<Condition>),
    /// The trace has so many events.
    Events(u64),
    /// The producer has nothing unconfirmed.
    Confirmed(ActorId),
}

impl Run {
    /// What a statement waits for; `None`: it does not.
    pub(super) fn waits_for(&self, kind: &StatementKind) -> Option<Until> {
        Some(match kind {
            StatementKind::Run => Until::Idle,
            StatementKind::RunFor(by) => Until::Time(self.sim.host.now.after(*by)),
            StatementKind::RunUntil(condition) => Until::Condition(Arc::new(condition.clone())),
            StatementKind::Step(n) => {
                Until::Events(u64::from(self.sim.host.timeline.len()).saturating_add(*n))
            }
            StatementKind::Await(producer) => Until::Confirmed(*producer),
            StatementKind::Chapter(_)
            | StatementKind::Family(_)
            | StatementKind::Restart(_)
            | StatementKind::Stop(_)
            | StatementKind::Crash(_)
            | StatementKind::Pause(_)
            | StatementKind::Resume(_)
            | StatementKind::Node(_)
            | StatementKind::Link(_)
            | StatementKind::Expect(_)
            | StatementKind::Ask { .. }
            | StatementKind::Goal { .. } => return None,
        })
    }

    /// Whether it has come. Idle and the end of a duration are found by trying to go on.
    pub(super) fn is_met(&self, until: &Until) -> bool {
        match until {
            Until::Idle | Until::Time(_) => false,
            Until::Condition(condition) => self.sim.host.timeline.facts().all_hold(condition),
            Until::Events(events) => u64::from(self.sim.host.timeline.len()) >= *events,
            Until::Confirmed(producer) => self.sim.host.world().family.unconfirmed(*producer) == 0,
        }
    }

    /// The first moment before the next event at which the passing of time alone makes the condition hold.
    pub(super) fn moment_in_time(&mut self) -> Option<SimTime> {
        self.sim.host.watch.as_deref()?;
        let next = self.sim.next_moment()?;
        let condition = self.sim.host.watch.as_deref()?;
        let facts = self.sim.host.timeline.facts();
        let moments: SmallSet<u64> = condition
            .all
            .iter()
            .filter_map(|c| turning(&facts, c))
            .flat_map(|time| [time, time.saturating_add(1)])
            .filter(|time| *time > self.sim.host.now.0 && *time < next.0)
            .collect();
        let mut world = self.sim.host.timeline.end().clone();
        moments.into_iter().map(SimTime).find(|moment| {
            world.now = *moment;
            self.sim.host.timeline.facts_of(&world).all_hold(condition)
        })
    }
}

/// The time at which a comparison turns when nothing but time passes.
fn turning(facts: &Facts<'_>, c: &Comparison) -> Option<u64> {
    let distance = facts.distance(c)?;
    let left = c.fact == FactRef::TIME;
    let right = matches!(c.to, Operand::Fact { fact, .. } if fact == FactRef::TIME);
    let now = i128::from(facts.world.now.0);
    let time = match (left, right) {
        (true, false) => now - distance,
        (false, true) => now + distance,
        (true, true) | (false, false) => return None,
    };
    u64::try_from(time).ok()
}
