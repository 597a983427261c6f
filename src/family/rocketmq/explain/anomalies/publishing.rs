//! What can go wrong with published messages: stored twice, for the broker recognises none, or never answered.

use alloc::format;
use alloc::vec::Vec;

use crate::base::IdSet;
use crate::explain::anomaly::{Anomaly, AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rocketmq::store::MessageRun;
use crate::ids::{ActorId, EventId};
use crate::world::World;

/// Sends remembered of a producer, to be named when they are never answered.
const SENDS: usize = 1_000;

/// What was sent and stored so far, by producer.
#[derive(Clone, Debug)]
pub(super) struct Publishing {
    /// Running counts of its messages that are in the commit log.
    stored: Vec<IdSet>,
    /// What it sent: the event, the first running count, how many.
    sent: Vec<Vec<(EventId, u64, u64)>>,
}

impl Publishing {
    /// Of so many programs.
    pub(super) fn new(programs: usize) -> Self {
        Self {
            stored: alloc::vec![IdSet::new(); programs],
            sent: alloc::vec![Vec::new(); programs],
        }
    }

    /// A producer sent messages.
    pub(super) fn sent(&mut self, event: EventId, producer: ActorId, run: &MessageRun) {
        let sent = &mut self.sent[producer.index()];
        if sent.len() < SENDS {
            sent.push((event, run.first_count, run.count));
        }
    }

    /// The broker appended messages.
    pub(super) fn appended(&mut self, look: &SearchStep<'_>, row: u32, found: &mut Findings) {
        let names = &look.names;
        let arena = names.trace.arenas.family.rocketmq();
        let extent = arena.and_then(|arena| arena.appended.get(row as usize));
        // What waits for its delay or comes again is appended twice by the broker itself.
        let own = |run: &MessageRun| run.attempt == 0 && run.step == 1;
        let Some(extent) = extent.filter(|e| e.bound_for.is_none() && own(&e.run)) else {
            return;
        };
        let run = &extent.run;
        let Some(stored) = self.stored.get_mut(run.producer.index()) else {
            return;
        };
        let twice = stored.count_in(run.first_count, run.count);
        stored.insert(run.first_count, run.count);
        if twice > 0 {
            let clause = format!(
                "{} of {} went into {} a second time: the broker recognises none",
                english::count(twice, "message"),
                names.program(run.producer),
                extent.topic,
            );
            found.report(look, AnomalyKind::DuplicateStored, &clause);
        }
    }

    /// Adds the producers that never learned what became of their messages.
    pub(super) fn finish(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        let Some(state) = world.family.rocketmq() else {
            return;
        };
        for (at, sent) in self.sent.iter().enumerate() {
            let id = ActorId::at(at);
            let Some(open) = state.producer(id).map(|producer| &producer.unconfirmed) else {
                continue;
            };
            let is_open = |first, count| open.count_in(first, count) > 0;
            let events = sent
                .iter()
                .filter(|(_, first, count)| is_open(*first, *count));
            let events: Vec<EventId> = events.map(|(event, ..)| *event).collect();
            if events.is_empty() {
                continue;
            }
            let clause = format!(
                "{} never learned what became of {}",
                names.program(id),
                english::count(open.len(), "message"),
            );
            found.add(Anomaly {
                kind: AnomalyKind::UnconfirmedAtTheEnd,
                text: names.finish(&clause),
                events,
            });
        }
    }
}
