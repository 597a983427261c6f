//! Which programs are due, and when: kept in the order of time, so that the next one is found without asking all.
//! Entries are removed lazily: the caller says which are still valid.

use crate::base::LargeMap;
use crate::ids::ActorId;
use crate::units::SimTime;

/// Moments of programs.
#[derive(Clone, Debug, Default)]
pub(super) struct Alarms {
    notes: LargeMap<(SimTime, ActorId), ()>,
}

impl Alarms {
    /// Notes that a program is due then, unless something else comes of it.
    pub(super) fn note(&mut self, at: SimTime, actor: ActorId) {
        self.notes.insert((at, actor), ());
    }

    /// The first note that holds; of one moment, that of the first program. Those before it are forgotten.
    pub(super) fn first(
        &mut self,
        holds: impl Fn(SimTime, ActorId) -> bool,
    ) -> Option<(SimTime, ActorId)> {
        while let Some((&(at, actor), ())) = self.notes.first() {
            if holds(at, actor) {
                return Some((at, actor));
            }
            self.notes.pop_first();
        }
        None
    }

    /// All notes, by time; some may not hold any more.
    pub(super) fn notes(&self) -> impl Iterator<Item = (SimTime, ActorId)> {
        self.notes.iter().map(|(note, ())| *note)
    }
}
