//! What is known of a publishing id that is not confirmed: what happened to it so far. Reads a moment.

use alloc::format;
use alloc::vec::Vec;

use super::{Fact, fact};
use crate::explain::Teller;
use crate::explain::words::number;
use crate::ids::ActorId;
use crate::trace::{Event, Frame, What};
use crate::view::frame::Inspector;
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// How far back the fate of an id is looked for, in events.
const LOOK_BACK: usize = 4_096;
/// Happenings told, at the most.
const TOLD: usize = 12;

/// What is known of an id; `None` when it is not among the unconfirmed.
pub(super) fn inspect(moment: &Moment<'_>, producer: ActorId, id: u64) -> Option<Inspector> {
    moment.world.actors.get(producer.index())?;
    let p = moment.world.producer(producer)?;
    let open = p.unconfirmed.ranges().iter();
    let (mut place, mut found) = (0, false);
    for &(from, to) in open {
        if from <= id && id <= to {
            place += id - from;
            found = true;
            break;
        }
        place += (to - from).saturating_add(1);
    }
    if !found {
        return None;
    }
    let mut facts = alloc::vec![
        fact("publishing id", number(id)),
        fact("state", "handed over, not confirmed"),
        fact("producer", moment.name(producer)),
        fact("stream", moment.stream_name(p.settings.stream)),
        fact("older unconfirmed ids", number(place)),
    ];
    facts.extend(fate(moment, producer, id));
    Some(Inspector {
        target: Target::PublishingId(producer, id),
        title: format!("publishing id {id} of {}", moment.name(producer)),
        facts,
        parents: alloc::vec![
            super::log::of_stream(moment, p.settings.stream),
            (
                Target::Actor(producer),
                format!("producer {}", moment.name(producer))
            ),
        ],
        children: Vec::new(),
        from: 0,
        all: 0,
    })
}

/// What happened to an id, the oldest first.
fn fate(moment: &Moment<'_>, producer: ActorId, id: u64) -> Vec<Fact> {
    let teller = Teller {
        scenario: moment.scenario(),
        trace: moment.trace(),
    };
    let about = moment
        .backwards()
        .take(LOOK_BACK)
        .filter(|(event, _)| is_about(event, producer, id));
    let mut facts: Vec<Fact> = about
        .take(TOLD)
        .map(|(event, _)| (format!("at {}", event.at), teller.clause(event)))
        .collect();
    facts.reverse();
    facts
}

fn is_about(event: &Event, producer: ActorId, id: u64) -> bool {
    let holds = |first: u64, ids: u64| first <= id && id - first < ids;
    if let What::Handed {
        producer: who,
        first_id,
        ids,
        ..
    } = &event.what
    {
        return *who == producer && holds(first_id.0, *ids);
    }
    if let What::Deduplicated {
        producer: who,
        first_id,
        count,
        ..
    } = &event.what
    {
        return *who == producer && holds(first_id.0, *count);
    }
    let (What::Sent { actor, frame }
    | What::Arrived { actor, frame }
    | What::Lost { actor, frame, .. }) = &event.what
    else {
        return false;
    };
    if *actor != producer {
        return false;
    }
    if let Frame::Publish { first_id, ids, .. }
    | Frame::Confirm { first_id, ids, .. }
    | Frame::PublishError { first_id, ids, .. } = frame
    {
        return holds(first_id.0, *ids);
    }
    false
}
