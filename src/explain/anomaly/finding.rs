//! An anomaly, the kinds of them, and the list that a search writes.

use alloc::string::String;
use alloc::vec::Vec;

use crate::base::sorted_by_key;
use crate::explain::names::EventNames;
use crate::ids::EventId;
use crate::world::World;

/// Anomalies kept of one run; the rest is counted.
pub const KEPT: usize = 1_000;

/// What is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnomalyKind {
    /// Messages were processed by a program that had processed them in an earlier run.
    Redelivered,
    /// A publish, a confirm, a store or a chunk of messages was lost.
    Lost,
    /// Messages were gone before a consumer came to them.
    SkippedByRetention,
    /// A consumer went on behind messages that no run of it had processed.
    Skipped,
    /// A stored offset went down.
    StoredBackwards,
    /// An offset was stored that the stream has not reached.
    StoredBeyondTheEnd,
    /// A consumer learned a stored offset whose successor retention has removed.
    StaleStoredOffset,
    /// A message is in the stream twice.
    DuplicateStored,
    /// Messages were processed by two programs that share the work.
    ConsumedByTwo,
    /// Offsets that the broker had stored went with it.
    OffsetLost,
    /// A message that is never finished holds a stored offset back.
    OffsetHeld,
    /// A producer never learned what became of its messages.
    UnconfirmedAtTheEnd,
    /// The broker ended a connection over a request, or a program ended with its connection.
    ConnectionEnded,
}

impl AnomalyKind {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Redelivered,
        Self::Lost,
        Self::SkippedByRetention,
        Self::Skipped,
        Self::StoredBackwards,
        Self::StoredBeyondTheEnd,
        Self::StaleStoredOffset,
        Self::DuplicateStored,
        Self::ConsumedByTwo,
        Self::OffsetLost,
        Self::OffsetHeld,
        Self::UnconfirmedAtTheEnd,
        Self::ConnectionEnded,
    ];

    /// Its name: `stored backwards`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redelivered => "redelivered",
            Self::Lost => "lost",
            Self::SkippedByRetention => "skipped by retention",
            Self::Skipped => "skipped",
            Self::StoredBackwards => "stored backwards",
            Self::StoredBeyondTheEnd => "stored beyond the end",
            Self::StaleStoredOffset => "stale stored offset",
            Self::DuplicateStored => "duplicate stored",
            Self::ConsumedByTwo => "consumed by two",
            Self::OffsetLost => "offset lost",
            Self::OffsetHeld => "offset held",
            Self::UnconfirmedAtTheEnd => "unconfirmed at the end",
            Self::ConnectionEnded => "connection ended",
        }
    }
}

/// One anomaly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// What is unusual.
    pub kind: AnomalyKind,
    /// In words.
    pub text: String,
    /// The events that it consists of, at least one, in the order of time.
    pub events: Vec<EventId>,
}

/// One event of a search, and what the search knows when it comes to it.
pub(crate) struct SearchStep<'a> {
    /// Names, and what events refer to.
    pub(crate) names: EventNames<'a>,
    /// The world before the event.
    pub(crate) world: &'a World,
    /// The event's number.
    pub(crate) id: EventId,
}

/// The anomalies that a search has found, in the order in which they were noticed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Anomaly>,
}

impl Findings {
    /// Whether no more are kept.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= KEPT
    }

    /// Adds one that consists of one event so far, unless there is no room; a clause becomes a sentence.
    pub(crate) fn report(&mut self, look: &SearchStep<'_>, kind: AnomalyKind, clause: &str) {
        if !self.is_full() {
            self.add(Anomaly {
                kind,
                text: look.names.finish(clause),
                events: Vec::from([look.id]),
            });
        }
    }

    /// Adds one, and answers its index.
    pub(crate) fn add(&mut self, anomaly: Anomaly) -> usize {
        self.found.push(anomaly);
        self.found.len() - 1
    }

    /// One that was added.
    pub(crate) fn at(&mut self, index: usize) -> &mut Anomaly {
        &mut self.found[index]
    }

    /// All, in the order of their first events, as many as are kept.
    pub(crate) fn sorted(self) -> Vec<Anomaly> {
        let first = |a: &Anomaly| a.events.first().map_or(-1, |id| i64::from(id.0));
        let mut found = sorted_by_key(self.found, |a| (first(a), 0));
        found.truncate(KEPT);
        found
    }
}
