//! Streams as the driver knows them: their names, and which events their writers' latest deeds are.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::base::SmallMap;
use crate::family::rabbitmq::broker::BatchCap;
use crate::ids::{EventId, LogId};
use crate::language::Scenario;
use crate::units::{SimDuration, SimTime};

/// All streams of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Streams {
    /// By [`LogId`].
    writers: Vec<Writer>,
    names: Vec<Arc<str>>,
    ids: SmallMap<Arc<str>, LogId>,
}

/// A stream's writer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Writer {
    pub(super) cap: BatchCap,
    /// The latest event of a commit.
    pub(super) commit: Option<EventId>,
    /// The latest event of a written chunk.
    pub(super) written: Option<EventId>,
    /// Rows before this one are of the stream that was deleted.
    pub(super) first_row: u32,
    /// Ends with every fault between its nodes and every election.
    pub(super) term: u32,
    /// When nothing but waits at the tail rolled a segment last.
    rolled_by_waits: Option<SimTime>,
}

impl Streams {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let mut streams = Self {
            writers: Vec::new(),
            names: Vec::new(),
            ids: SmallMap::new(),
        };
        streams.adopt(scenario);
        streams
    }

    /// Takes the names of another scenario. Streams that were not declared yet have done nothing.
    pub(super) fn adopt(&mut self, scenario: &Scenario) {
        self.names = scenario.streams.clone();
        self.writers.resize_with(self.names.len(), Writer::default);
        let named = self.names.iter().zip(0..);
        self.ids = named.map(|(name, id)| (name.clone(), LogId(id))).collect();
    }

    pub(super) fn name(&self, id: LogId) -> Arc<str> {
        self.names[id.index()].clone()
    }

    /// The stream of this name; the broker knows streams by names only.
    pub(super) fn id(&self, name: &str) -> Option<LogId> {
        self.ids.get(name).copied()
    }

    pub(super) fn writer(&mut self, id: LogId) -> &mut Writer {
        &mut self.writers[id.index()]
    }

    /// The latest event of a commit.
    pub(super) fn commit(&self, id: LogId) -> Option<EventId> {
        self.writers[id.index()].commit
    }

    /// The latest event of a written chunk.
    pub(super) fn written(&self, id: LogId) -> Option<EventId> {
        self.writers[id.index()].written
    }

    /// Nothing but waits at the tail rolled a segment; whether that happened before, at most this long ago.
    pub(super) fn rolled_by_waits(&mut self, id: LogId, now: SimTime, ago: SimDuration) -> bool {
        let before = self.writer(id).rolled_by_waits.replace(now);
        before.is_some_and(|before| before.after(ago) >= now)
    }

    /// The first row of the stream as it was created last.
    pub(super) fn first_row(&self, id: LogId) -> u32 {
        self.writers[id.index()].first_row
    }

    pub(super) fn term(&self, id: LogId) -> u32 {
        self.writers[id.index()].term
    }

    /// A stream is created, anew perhaps: its rows begin here, and what was under way for the one before is void.
    pub(super) fn created(&mut self, id: LogId, first_row: u32) {
        let writer = self.writer(id);
        *writer = Writer {
            first_row,
            term: writer.term + 1,
            ..Writer::default()
        };
    }
}
