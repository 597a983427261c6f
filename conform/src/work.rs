//! What a replay costs, counted in work instead of time, so that every machine comes to the same end.

use std::cell::Cell;

/// What the search for one scenario's schedule may cost: several hundred times what the costliest
/// recording in the repository does, enough for as many frames as a scenario may have, and about a second.
pub(crate) const SCENARIO: u64 = 10_000_000;

/// What all scenarios of one transcript may cost together, so that a text of many scenarios ends too.
pub(crate) const TRANSCRIPT: u64 = 5 * SCENARIO;

/// Work that is left. One unit is about what the broker needs for the smallest thing that it does: one
/// command in a mailbox, one chunk in a list, one entry of a copy.
#[derive(Debug)]
pub(crate) struct Work {
    granted: u64,
    left: Cell<u64>,
}

impl Work {
    pub(crate) const fn new(granted: u64) -> Self {
        Self {
            granted,
            left: Cell::new(granted),
        }
    }

    /// Takes units; what is not there is not owed, but then nothing is left.
    pub(crate) fn spend(&self, units: u64) {
        self.left.set(self.left.get().saturating_sub(units));
    }

    pub(crate) const fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Units taken so far.
    pub(crate) const fn spent(&self) -> u64 {
        self.granted - self.left.get()
    }
}
