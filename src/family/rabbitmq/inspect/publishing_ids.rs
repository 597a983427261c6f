//! What is known of a publishing id that is not confirmed: what happened to it so far. Reads a moment.

use alloc::format;
use alloc::vec::Vec;

use crate::explain::Sentences;
use crate::explain::english::number;
use crate::ids::{ActorId, PublishingId};
use crate::trace::Event;
use crate::view::frame::Inspector;
use crate::view::inspector::{Children, Inspected, InspectorRow, fact};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// How far back the fate of an id is looked for, in events.
const LOOK_BACK: usize = 4_096;
/// Happenings told, at the most.
const TOLD: usize = 12;

/// What is known of an id; `None` when it is not among the unconfirmed.
pub(super) fn inspect(moment: &Moment<'_>, producer: ActorId, id: u64) -> Option<Inspector> {
    moment.world.links.get(producer.index())?;
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
    let known = Inspected {
        title: format!("publishing id {id} of {}", moment.name(producer)),
        facts,
        children: Children::default(),
    };
    let parents = alloc::vec![
        super::log::of_stream(moment, p.settings.stream),
        (
            Target::Actor(producer),
            format!("producer {}", moment.name(producer)),
        ),
    ];
    Some(known.inspector(Target::Pending(producer, id), parents))
}

/// What happened to an id, the oldest first.
fn fate(moment: &Moment<'_>, producer: ActorId, id: u64) -> Vec<InspectorRow> {
    let sentences = Sentences::new(moment.scenario(), moment.trace());
    let about = moment
        .backwards()
        .take(LOOK_BACK)
        .filter(|(event, _)| is_about(event, producer, id));
    let mut facts: Vec<InspectorRow> = about
        .take(TOLD)
        .map(|(event, _)| (format!("at {}", event.at), sentences.clause(event)))
        .collect();
    facts.reverse();
    facts
}

fn is_about(event: &Event, producer: ActorId, id: u64) -> bool {
    let holds = |first: PublishingId, ids: u64| first.0 <= id && id - first.0 < ids;
    let (family, message) = (event.what.family(), event.what.message());
    let of_event = family.and_then(|event| event.rabbitmq()?.publishing_ids());
    let of_message = message.and_then(|message| message.rabbitmq()?.publishing_ids());
    let ids = of_event.or(of_message);
    event.what.actor() == Some(producer) && ids.is_some_and(|(first, ids)| holds(first, ids))
}
