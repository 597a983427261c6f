//! What can go wrong with published messages: stored twice, or never confirmed.

use alloc::format;
use alloc::vec::Vec;

use crate::base::{IdSet, SmallMap};
use crate::explain::anomaly::{Anomaly, AnomalyKind, Findings, SearchStep};
use crate::explain::english;
use crate::explain::names::EventNames;
use crate::family::rabbitmq::explain::phrases;
use crate::family::rabbitmq::log::ChunkKind;
use crate::family::rabbitmq::message::PublishFrames;
use crate::family::rabbitmq::state::NodeLog;
use crate::ids::{ActorId, EventId, LogId};
use crate::world::World;

/// Publish events remembered of a producer, to be named when their ids are never confirmed.
const PUBLISHES: usize = 1_000;

/// What was published and written so far.
#[derive(Clone, Debug)]
pub(super) struct Publishing {
    /// By producer: running counts of its messages that are in the log of each stream.
    written: Vec<SmallMap<LogId, IdSet>>,
    /// By producer: what it sent.
    sent: Vec<Vec<Published>>,
}

/// Publish frames that a producer sent.
#[derive(Clone, Copy, Debug)]
struct Published {
    event: EventId,
    first_id: u64,
    ids: u64,
}

impl Publishing {
    /// Of so many programs.
    pub(super) fn new(programs: usize) -> Self {
        Self {
            written: alloc::vec![SmallMap::new(); programs],
            sent: alloc::vec![Vec::new(); programs],
        }
    }

    /// A producer sent publish frames.
    pub(super) fn sent(&mut self, event: EventId, producer: ActorId, frames: &PublishFrames) {
        let sent = &mut self.sent[producer.index()];
        if sent.len() < PUBLISHES {
            sent.push(Published {
                event,
                first_id: frames.run.first_id.0,
                ids: frames.ids(),
            });
        }
    }

    /// The leader wrote a chunk.
    pub(super) fn written(
        &mut self,
        look: &SearchStep<'_>,
        stream: LogId,
        row: u32,
        found: &mut Findings,
    ) {
        let names = &look.names;
        let chunk = phrases::chunk(names, stream, row);
        if chunk.kind != ChunkKind::User {
            return;
        }
        let mut at = chunk.id;
        for run in &chunk.runs {
            let known = self.written[run.producer.index()].get_or_insert(stream, IdSet::new());
            let twice = known.count_in(run.first_count, run.count);
            let ends = known.ends_in(run.first_count, run.count);
            known.insert(run.first_count, run.count);
            if let Some((from, to)) = ends {
                // Of the run, only what was there before: its ids and its offsets.
                let (from, to) = (from - run.first_count, to - run.first_count);
                let entry = |message: u64| message / u64::from(run.sub_batch.max(1));
                let clause = format!(
                    "{} of {} ({}) went into {} a second time, at {}",
                    english::count(twice, "message"),
                    names.program(run.producer),
                    phrases::ids(run.entry_id(entry(from)).0, entry(to) - entry(from) + 1),
                    names.stream(stream),
                    english::offsets(at.plus(from).0, to - from + 1),
                );
                found.report(look, AnomalyKind::DuplicateStored, &clause);
            }
            at = at.plus(run.count);
        }
    }

    /// A stream's log is another one than before: rows of it are gone, or another node's log is the leader's. What counts
    /// as stored is what it holds from a row on.
    pub(super) fn log_is(
        &mut self,
        look: &SearchStep<'_>,
        stream: LogId,
        log: &NodeLog,
        from: u32,
    ) {
        for written in &mut self.written {
            written.remove(&stream);
        }
        let arena = look.names.trace.arenas.stream(stream);
        for (_, row) in log.iter(arena).filter(|(row, _)| *row >= from) {
            for run in &row.chunk.runs {
                let known = self.written[run.producer.index()].get_or_insert(stream, IdSet::new());
                known.insert(run.first_count, run.count);
            }
        }
    }

    /// Adds the producers that never learned what became of their messages.
    pub(super) fn finish(&self, names: &EventNames<'_>, world: &World, found: &mut Findings) {
        for (at, sent) in self.sent.iter().enumerate() {
            if let Some(anomaly) = unconfirmed(names, world, ActorId::at(at), sent) {
                found.add(anomaly);
            }
        }
    }
}

/// A producer that never learned what became of its messages.
fn unconfirmed(
    names: &EventNames<'_>,
    world: &World,
    producer: ActorId,
    sent: &[Published],
) -> Option<Anomaly> {
    let open = &world.producer(producer)?.unconfirmed;
    let events: Vec<EventId> = sent
        .iter()
        .filter(|sent| open.count_in(sent.first_id, sent.ids) > 0)
        .map(|sent| sent.event)
        .collect();
    let (first, _) = open.ranges().first().filter(|_| !events.is_empty())?;
    let clause = format!(
        "{} never learned what became of {}, from id {} on",
        names.program(producer),
        english::count(open.len(), "id"),
        english::number(*first),
    );
    Some(Anomaly {
        kind: AnomalyKind::UnconfirmedAtTheEnd,
        text: names.finish(&clause),
        events,
    })
}
