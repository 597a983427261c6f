//! The sentence of a moment: what just happened, why, and what follows from it. Reads the world at the moment.

use alloc::format;
use alloc::string::{String, ToString};

use super::resume::again;
use super::teller::Teller;
use super::words;
use crate::family::rabbitmq::event::StreamEvent;
use crate::family::rabbitmq::message::{StreamMessage, ToProgram};
use crate::family::{FamilyEvent, Message};
use crate::ids::{ActorId, EventId, Offset};
use crate::trace::{Event, What};
use crate::world::{Cursor, Timeline, World};

/// What just happened at a cursor, in one sentence.
#[must_use]
pub fn narrate(timeline: &Timeline, world: &World, cursor: Cursor) -> String {
    let teller = Teller {
        scenario: timeline.scenario(),
        trace: timeline.trace(),
    };
    let at = match cursor.part {
        0 => cursor.event.checked_sub(1),
        _ => Some(cursor.event),
    };
    let Some((id, event)) = at.and_then(|at| Some((at, timeline.trace().get(EventId(at))?))) else {
        return "Nothing has happened yet.".into();
    };
    let moment = Moment {
        teller,
        timeline,
        world,
    };
    let clause = moment
        .inside(event, cursor.part)
        .unwrap_or_else(|| teller.clause(event));
    let more = event
        .what
        .actor()
        .and_then(|actor| moment.of_consumer(actor, &event.what))
        .or_else(|| moment.consequence(EventId(id), event))
        .unwrap_or_default();
    teller.finish(&(clause + &more))
}

struct Moment<'a> {
    teller: Teller<'a>,
    timeline: &'a Timeline,
    world: &'a World,
}

impl Moment<'_> {
    /// The clause of one message within a range.
    fn inside(&self, event: &Event, part: u64) -> Option<String> {
        let at = part.checked_sub(1)?;
        if let What::Processed {
            consumer,
            first,
            count,
            again,
            ..
        } = &event.what
        {
            let offset = first.plus(at.min(count.saturating_sub(1)));
            let again = if *again { " again" } else { "" };
            let name = self.teller.name(*consumer);
            return Some(format!(
                "{name} processed offset {}{again}",
                words::number(offset.0)
            ));
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Handed {
            producer, count, ..
        })) = &event.what
        {
            let name = self.teller.name(*producer);
            let nth = words::number(part.min(*count));
            let all = words::count(*count, "message");
            return Some(format!("{name} was handed message {nth} of {all}"));
        }
        None
    }

    /// What follows for a consumer.
    fn of_consumer(&self, actor: ActorId, what: &What) -> Option<String> {
        let c = self.world.consumer(actor)?;
        let facts = self.timeline.facts_of(self.world);
        let span = again(&facts, c).map(|(from, to)| words::span(from.0, to.0 - from.0));
        let stored = facts.stored(c);
        if let What::Crashed { .. } = what {
            let last = match c.last {
                Some(last) => format!(" after processing offset {}", words::number(last.0)),
                None => " before processing anything".to_string(),
            };
            return Some(last + &self.at_rest(stored, span.as_deref()));
        }
        if let What::Closed { .. } = what {
            return Some(self.at_rest(stored, span.as_deref()));
        }
        if let What::Processed { .. } = what {
            let span = span?;
            return Some(match stored {
                Some(stored) => format!(
                    "; {} is stored, so {span} would be processed again after a crash",
                    words::number(stored)
                ),
                None => format!(
                    "; nothing is stored yet, so {span} would be processed again after a crash"
                ),
            });
        }
        None
    }

    /// What is stored when a consumer ends, and what that means for its next start.
    fn at_rest(&self, stored: Option<u64>, span: Option<&str>) -> String {
        let stored = stored.map(words::number);
        match (stored, span) {
            (Some(stored), Some(span)) => {
                format!("; its last stored offset is {stored}, so {span} would be processed again")
            }
            (Some(stored), None) => format!("; its last stored offset is {stored}"),
            (None, Some(span)) => {
                format!("; nothing is stored, so {span} would be processed again")
            }
            (None, None) => String::new(),
        }
    }

    /// Why it happened, or what follows from it, for events that are not about a consumer's progress.
    fn consequence(&self, id: EventId, event: &Event) -> Option<String> {
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Truncated { stream, .. })) =
            &event.what
        {
            let s = self.world.stream(*stream);
            let (from, to) = s.expired?;
            let gone = words::offsets(from.0, to.0.saturating_sub(from.0));
            let is = if to.0.saturating_sub(from.0) == 1 {
                "is"
            } else {
                "are"
            };
            return Some(format!(", and {gone} {is} gone"));
        }
        if let What::Family(FamilyEvent::RabbitMq(StreamEvent::Attached { consumer, at })) =
            &event.what
        {
            return self.attached(*consumer, *at);
        }
        if let What::Crashed { actor } = &event.what {
            let p = self.world.producer(*actor)?;
            let open = p.unconfirmed.len();
            return Some(match open {
                0 => " with everything confirmed".into(),
                n => format!(
                    " with {} unconfirmed: it cannot know whether the broker has {}",
                    words::count(n, "id"),
                    if n == 1 { "it" } else { "them" }
                ),
            });
        }
        if let What::Arrived {
            message: Message::RabbitMq(StreamMessage::ToProgram(ToProgram::Confirm { .. })),
            actor,
        } = &event.what
        {
            let p = self.world.producer(*actor)?;
            return Some(match p.unconfirmed.len() {
                0 => "; nothing is unconfirmed now".into(),
                n => format!(
                    "; {} unconfirmed",
                    if n == 1 {
                        "1 id is still".into()
                    } else {
                        format!("{} ids are still", words::number(n))
                    }
                ),
            });
        }
        self.because(id, event)
    }

    /// Where a subscription was attached, and why there.
    fn attached(&self, consumer: ActorId, at: Offset) -> Option<String> {
        use crate::family::rabbitmq::log::OffsetSpec;
        let c = self.world.consumer(consumer)?;
        let Some(OffsetSpec::Offset(asked)) = c.asked else {
            return None;
        };
        Some(match asked.cmp(&at) {
            core::cmp::Ordering::Less => format!(
                ", because {} is gone or was never there",
                words::offsets(asked.0, at.0 - asked.0)
            ),
            core::cmp::Ordering::Greater => format!(
                ", the start of the chunk that holds offset {}",
                words::number(asked.0)
            ),
            core::cmp::Ordering::Equal => String::new(),
        })
    }

    /// The cause, where it lies in another program's act and says more than the event.
    fn because(&self, _id: EventId, event: &Event) -> Option<String> {
        let cause = self.timeline.trace().get(event.cause?)?;
        if let What::Disconnected { .. }
        | What::Family(FamilyEvent::RabbitMq(StreamEvent::Refused { .. }))
        | What::Lost { .. } = &event.what
            && let What::NodeCrashed { .. }
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::StreamDeleted { .. }))
            | What::Family(FamilyEvent::RabbitMq(StreamEvent::LeaderLost { .. })) = &cause.what
        {
            return Some(format!(", because {}", self.teller.clause(cause)));
        }
        None
    }
}
