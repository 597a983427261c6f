//! Named anomalies of a run: what a reader of its trace would point at. Found in one pass; decides nothing.

mod search;

use alloc::string::String;
use alloc::vec::Vec;

pub use search::Search;

use crate::ids::EventId;
use crate::world::Timeline;

/// Anomalies kept of one run; the rest is counted.
pub const KEPT: usize = 1_000;

/// What is unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Messages were processed by a program that had processed them in an earlier run.
    Redelivered,
    /// A publish, a confirm, a store or a chunk of messages was lost.
    Lost,
    /// Messages were gone before a consumer came to them.
    SkippedByRetention,
    /// A stored offset went down.
    StoredBackwards,
    /// An offset was stored that the stream has not reached.
    StoredBeyondTheEnd,
    /// A consumer learned a stored offset whose successor retention has removed.
    StaleStoredOffset,
    /// A message is in the stream twice.
    DuplicateStored,
    /// A producer never learned what became of its messages.
    UnconfirmedAtTheEnd,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Redelivered,
        Self::Lost,
        Self::SkippedByRetention,
        Self::StoredBackwards,
        Self::StoredBeyondTheEnd,
        Self::StaleStoredOffset,
        Self::DuplicateStored,
        Self::UnconfirmedAtTheEnd,
    ];

    /// Its name: `stored backwards`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redelivered => "redelivered",
            Self::Lost => "lost",
            Self::SkippedByRetention => "skipped by retention",
            Self::StoredBackwards => "stored backwards",
            Self::StoredBeyondTheEnd => "stored beyond the end",
            Self::StaleStoredOffset => "stale stored offset",
            Self::DuplicateStored => "duplicate stored",
            Self::UnconfirmedAtTheEnd => "unconfirmed at the end",
        }
    }
}

/// One anomaly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// What is unusual.
    pub kind: Kind,
    /// In words.
    pub text: String,
    /// The events that it consists of, at least one, in the order of time.
    pub events: Vec<EventId>,
}

/// The anomalies of a finished run, in the order of their first events; at most [`KEPT`].
#[must_use]
pub fn anomalies(timeline: &Timeline) -> Vec<Anomaly> {
    let mut search = Search::new(timeline);
    while !search.advance(timeline, u32::MAX) {}
    search.finish(timeline)
}
