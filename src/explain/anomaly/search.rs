//! The pass over a trace that finds anomalies, in slices, with the world before each event at hand.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Anomaly, KEPT, Kind};
use crate::base::{IdSet, SmallMap, sorted_by_key};
use crate::explain::teller::Teller;
use crate::explain::words;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::explain::messages::{content, id_words, spec_words};
use crate::family::rabbitmq::log::{ChunkKind, OffsetSpec};
use crate::family::rabbitmq::message::{Answer, StreamMessage, ToBroker, ToProgram};
use crate::family::{FamilyEvent, Message};
use crate::ids::{ActorId, EventId, Offset, StreamId};
use crate::trace::event::What;
use crate::trace::{Event, Loss};
use crate::world::{Timeline, World};

/// Publish events remembered of a producer, to be named when their ids are never confirmed.
const PUBLISHES: usize = 1_000;

/// A search that goes on where it stopped.
#[derive(Clone, Debug)]
pub struct Search {
    world: World,
    next: u32,
    found: Vec<Anomaly>,
    /// The anomaly of a consumer's run that processes again, what it repeated, and the run.
    repeats: SmallMap<ActorId, (usize, IdSet, u32)>,
    /// By producer: running counts of its messages that are in the log of each stream.
    written: Vec<SmallMap<StreamId, IdSet>>,
    /// By producer: publish frames that it sent: event, first id, ids.
    published: Vec<Vec<(EventId, u64, u64)>>,
}

impl Search {
    /// A search that has not begun.
    #[must_use]
    pub fn new(timeline: &Timeline) -> Self {
        let actors = timeline.scenario().actors.len();
        Self {
            world: World::new(timeline.scenario()),
            next: 0,
            found: Vec::new(),
            repeats: SmallMap::new(),
            written: alloc::vec![SmallMap::new(); actors],
            published: alloc::vec![Vec::new(); actors],
        }
    }

    /// Looks at up to `budget` further events; answers whether it came to the end.
    pub fn advance(&mut self, timeline: &Timeline, budget: u32) -> bool {
        let to = self.next.saturating_add(budget).min(timeline.len());
        let trace = timeline.trace();
        for at in self.next..to {
            let event = &trace.events[at as usize];
            let look = Look {
                timeline,
                teller: Teller {
                    scenario: timeline.scenario(),
                    trace,
                },
                id: EventId(at),
            };
            self.look(&look, event);
            self.world.apply(event, &trace.arenas);
        }
        self.next = to;
        to == timeline.len()
    }

    /// The anomalies, with those that show only at the end, in the order of their first events.
    #[must_use]
    pub fn finish(mut self, timeline: &Timeline) -> Vec<Anomaly> {
        let teller = Teller {
            scenario: timeline.scenario(),
            trace: timeline.trace(),
        };
        for (actor, (at, offsets, _)) in &self.repeats {
            self.found[*at].text = repeated(&teller, &self.found[*at].text, *actor, offsets);
        }
        self.unconfirmed(&teller);
        let first = |a: &Anomaly| a.events.first().map_or(-1, |id| i64::from(id.0));
        let mut found = sorted_by_key(self.found, |a| (first(a), 0));
        found.truncate(KEPT);
        found
    }

    fn report(&mut self, kind: Kind, id: EventId, teller: &Teller<'_>, clause: &str) {
        if self.found.len() < KEPT {
            self.found.push(Anomaly {
                kind,
                text: teller.finish(clause),
                events: Vec::from([id]),
            });
        }
    }

    fn look(&mut self, look: &Look<'_>, event: &Event) {
        if let What::Processed {
            consumer,
            first,
            count,
            again: true,
            ..
        } = &event.what
        {
            self.repeat(look, *consumer, *first, *count);
        }
        if let What::Lost {
            actor,
            message,
            why,
        } = &event.what
        {
            self.lost(look, *actor, message, *why);
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Diverged { stream, node, row })) =
            &event.what
        {
            self.diverged(look, *stream, usize::from(node.0), *row, event);
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Attached { consumer, at })) =
            &event.what
        {
            self.attached(look, *consumer, *at);
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Stored {
            stream,
            reference,
            offset,
        })) = &event.what
        {
            self.stored(look, *stream, reference, *offset);
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Written { stream, row })) =
            &event.what
        {
            self.written(look, *stream, *row);
        }
        if let What::Sent { actor, message } = &event.what {
            self.sent(look, *actor, message);
        }
    }

    fn repeat(&mut self, look: &Look<'_>, consumer: ActorId, first: Offset, count: u64) {
        let Some(c) = self.world.consumer(consumer) else {
            return;
        };
        let (run, asked) = (c.run, c.asked);
        if let Some((at, offsets, of_run)) = self.repeats.get_mut(&consumer)
            && *of_run == run
        {
            offsets.insert(first.0, count);
            self.found[*at].events.push(look.id);
            return;
        }
        if self.found.len() >= KEPT {
            return;
        }
        // An earlier run's repetition is complete now.
        if let Some((at, offsets, _)) = self.repeats.remove(&consumer) {
            self.found[at].text = repeated(&look.teller, &self.found[at].text, consumer, &offsets);
        }
        let mut offsets = IdSet::new();
        offsets.insert(first.0, count);
        self.repeats
            .insert(consumer, (self.found.len(), offsets, run));
        self.found.push(Anomaly {
            kind: Kind::Redelivered,
            text: asked.map_or_else(String::new, |spec| {
                format!(", because it started again from {}", spec_words(spec))
            }),
            events: Vec::from([look.id]),
        });
    }

    fn lost(&mut self, look: &Look<'_>, actor: ActorId, message: &Message, why: Loss) {
        let carries = message.kind().is_some();
        // What is on its way to a program that has ended is of no use to it.
        if carries && (message.is_to_broker() || why != Loss::ProgramGone) {
            let clause = look.teller.lost(actor, message, why);
            self.report(Kind::Lost, look.id, &look.teller, &clause);
        }
    }

    fn diverged(
        &mut self,
        look: &Look<'_>,
        stream: StreamId,
        node: usize,
        row: u32,
        event: &Event,
    ) {
        let arena = look.timeline.trace().arenas.stream(stream);
        let log = node
            .checked_sub(1)
            .and_then(|at| self.world.stream(stream).logs.get(at));
        let rows = log.into_iter().flat_map(|log| &log.rows);
        let gone: u64 = rows
            .map(|r| arena.sums(r.start.max(row)..r.end.max(row)).messages)
            .sum();
        if gone > 0 {
            let what = look.teller.clause(event);
            let clause = format!("{what}: {}", words::count(gone, "message"));
            self.report(Kind::Lost, look.id, &look.teller, &clause);
        }
    }

    fn attached(&mut self, look: &Look<'_>, consumer: ActorId, at: Offset) {
        let Some(c) = self.world.consumer(consumer) else {
            return;
        };
        let arena = look.timeline.trace().arenas.stream(c.settings.stream);
        let first = self.world.stream(c.settings.stream).log().first(arena);
        let Some(OffsetSpec::Offset(asked)) = c.asked else {
            return;
        };
        if asked < first && first <= at {
            let clause = format!(
                "{} asked for {} and starts at {}, because retention has removed {}",
                look.teller.name(consumer),
                words::offsets(asked.0, 1),
                words::number(at.0),
                words::offsets(asked.0, first.0 - asked.0),
            );
            self.report(Kind::SkippedByRetention, look.id, &look.teller, &clause);
        }
    }

    fn stored(&mut self, look: &Look<'_>, stream: StreamId, reference: &Arc<str>, offset: u64) {
        let s = self.world.stream(stream);
        let next = s.log().next(look.timeline.trace().arenas.stream(stream));
        let name = look.teller.stream(stream);
        let (before, now) = (s.offsets.get(reference).copied(), words::number(offset));
        if let Some(before) = before.filter(|before| *before > offset) {
            let clause = format!(
                "the stored offset of {reference} on {name} went back from {} to {now}",
                words::number(before)
            );
            self.report(Kind::StoredBackwards, look.id, &look.teller, &clause);
        }
        if offset >= next.0 {
            let clause = format!(
                "{now} was stored for {reference}, but the next offset of {name} was only {}",
                words::number(next.0)
            );
            self.report(Kind::StoredBeyondTheEnd, look.id, &look.teller, &clause);
        }
    }

    fn written(&mut self, look: &Look<'_>, stream: StreamId, row: u32) {
        let chunk = look.teller.chunk(stream, row);
        if chunk.kind != ChunkKind::User {
            return;
        }
        let mut at = chunk.id;
        for run in &chunk.runs {
            let known = self.written[run.producer.index()].get_or_insert(stream, IdSet::new());
            let twice = known.count_in(run.first_count, run.count);
            known.insert(run.first_count, run.count);
            if twice > 0 {
                let clause = format!(
                    "{} of {} ({}) went into {} a second time, at {}",
                    words::count(twice, "message"),
                    look.teller.name(run.producer),
                    id_words(run.first_id.0, run.entries()),
                    look.teller.stream(stream),
                    words::offsets(at.0, run.count),
                );
                self.report(Kind::DuplicateStored, look.id, &look.teller, &clause);
            }
            at = at.plus(run.count);
        }
    }

    fn sent(&mut self, look: &Look<'_>, actor: ActorId, message: &Message) {
        if let Message::RabbitMq(StreamMessage::ToBroker(ToBroker::Publish(frames))) = message {
            let published = &mut self.published[actor.index()];
            if published.len() < PUBLISHES {
                published.push((look.id, frames.run.first_id.0, frames.ids()));
            }
        }
        let clause = self.answered(look, actor, message);
        if let Some(clause) = clause {
            self.report(Kind::StaleStoredOffset, look.id, &look.teller, &clause);
        }
        let clause = self.overtaken(look, actor, message);
        if let Some(clause) = clause {
            self.report(Kind::SkippedByRetention, look.id, &look.teller, &clause);
        }
    }

    /// The clause about a stored offset whose successor is gone.
    fn answered(&self, look: &Look<'_>, actor: ActorId, message: &Message) -> Option<String> {
        let Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Answer {
            answer: Answer::StoredOffset(Some(n)),
            ..
        })) = message
        else {
            return None;
        };
        let first = self.first(look, self.world.consumer(actor)?.settings.stream);
        (n.saturating_add(1) < first.0).then(|| {
            format!(
                "the stored offset {} of {} is stale: retention has moved the first offset to {}",
                words::number(*n),
                look.teller.name(actor),
                words::number(first.0)
            )
        })
    }

    /// The clause about chunks that were gone before a consumer's reader came to them.
    fn overtaken(&self, look: &Look<'_>, actor: ActorId, message: &Message) -> Option<String> {
        let Message::RabbitMq(message) = message;
        let StreamMessage::ToProgram(ToProgram::Deliver { row, stream }) = message else {
            return None;
        };
        let c = self.world.consumer(actor)?;
        let before = c.dispatched.filter(|_| c.settings.filter.is_none())?;
        let arena = look.timeline.trace().arenas.stream(*stream);
        let gone = arena.sums((before + 1).min(*row)..*row).messages;
        let end = arena.chunks[before as usize].chunk.next();
        (gone > 0 && end < self.first(look, *stream)).then(|| {
            format!(
                "retention overtook {}: {} {} gone before it came to them, and {} followed",
                look.teller.name(actor),
                words::count(gone, "message"),
                if gone == 1 { "was" } else { "were" },
                content(&look.teller, message),
            )
        })
    }

    /// The first offset of a stream.
    fn first(&self, look: &Look<'_>, stream: StreamId) -> Offset {
        let arena = look.timeline.trace().arenas.stream(stream);
        self.world.stream(stream).log().first(arena)
    }

    fn unconfirmed(&mut self, teller: &Teller<'_>) {
        for (at, published) in core::mem::take(&mut self.published).iter().enumerate() {
            let actor = ActorId::at(at);
            let Some(p) = self.world.producer(actor) else {
                continue;
            };
            let open = &p.unconfirmed;
            let events: Vec<EventId> = published
                .iter()
                .filter(|(_, first, ids)| open.count_in(*first, *ids) > 0)
                .map(|(event, ..)| *event)
                .collect();
            let (Some((first, _)), false) = (open.ranges().first(), events.is_empty()) else {
                continue;
            };
            let clause = format!(
                "{} never learned what became of {}, from id {} on",
                teller.name(actor),
                words::count(open.len(), "id"),
                words::number(*first),
            );
            self.found.push(Anomaly {
                kind: Kind::UnconfirmedAtTheEnd,
                text: teller.finish(&clause),
                events,
            });
        }
    }
}

struct Look<'a> {
    timeline: &'a Timeline,
    teller: Teller<'a>,
    id: EventId,
}

/// What a run of a consumer processed again, with the reason that was noted when it began.
fn repeated(teller: &Teller<'_>, reason: &str, actor: ActorId, offsets: &IdSet) -> String {
    let ranges: Vec<String> = offsets
        .ranges()
        .iter()
        .take(4)
        .map(|(a, b)| words::span(*a, b - a + 1))
        .collect();
    let more = if offsets.ranges().len() > ranges.len() {
        " and more"
    } else {
        ""
    };
    let clause = format!(
        "{} processed {} again ({}{more}){reason}",
        teller.name(actor),
        words::count(offsets.len(), "message"),
        words::list(&ranges),
    );
    teller.finish(&clause)
}
