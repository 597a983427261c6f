//! What a replay costs, counted in work instead of time, so that every machine comes to the same end.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::prelude::Request;

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

/// How much a copy of the broker copies, counted by what came in: it is copied for every trial of a cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct CopyCost {
    /// Connections, streams, publishers, subscriptions, segments.
    made: u64,
    references: BTreeSet<Arc<str>>,
    /// Commands that may still be in a mailbox.
    in_flight: u64,
}

impl CopyCost {
    pub(crate) fn units(&self) -> u64 {
        10 + self.made + self.in_flight + self.references.len() as u64
    }

    pub(crate) fn requested(&mut self, request: &Request) {
        match request {
            Request::Create { .. } | Request::Subscribe { .. } | Request::Close => self.made += 1,
            Request::DeclarePublisher { reference, .. } => {
                self.made += 1;
                self.references.insert(reference.clone());
            }
            Request::StoreOffset { reference, .. } => {
                self.in_flight += 1;
                self.references.insert(reference.clone());
            }
            Request::Publish { messages, .. } => self.in_flight += messages.len() as u64,
            Request::QueryOffset { .. }
            | Request::QueryPublisherSequence { .. }
            | Request::Credit { .. }
            | Request::ConsumerUpdateResponse { .. } => self.in_flight += 1,
            Request::Delete { .. }
            | Request::DeletePublisher { .. }
            | Request::Unsubscribe { .. }
            | Request::Metadata { .. }
            | Request::StreamStats { .. } => {}
        }
    }

    /// A segment began.
    pub(crate) fn rolled(&mut self) {
        self.made += 1;
    }

    /// Every mailbox is empty.
    pub(crate) fn settled(&mut self) {
        self.in_flight = 0;
    }
}
