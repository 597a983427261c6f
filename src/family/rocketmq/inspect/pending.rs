//! What is known of a message whose send result is not there: what happened to it so far. Reads a moment.

use alloc::format;
use alloc::vec::Vec;

use crate::explain::Sentences;
use crate::explain::english::number;
use crate::family::rocketmq::message::QueueMessage;
use crate::ids::ActorId;
use crate::trace::What;
use crate::view::frame::Inspector;
use crate::view::inspector::{Children, Inspected, InspectorRow, fact};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// How far back the fate of a message is looked for, in events.
const LOOK_BACK: usize = 4_096;
/// Happenings told, at the most.
const TOLD: usize = 12;

/// What is known of a message; `None` when it is not among those without an answer.
pub(super) fn inspect(moment: &Moment<'_>, producer: ActorId, id: u64) -> Option<Inspector> {
    moment.world.links.get(producer.index())?;
    let p = moment.rocketmq().producer(producer)?;
    (p.unconfirmed.count_in(id, 1) > 0).then_some(())?;
    let name = moment.name(producer);
    let mut facts = Vec::from([
        fact("message", number(id)),
        fact("state", "handed over, without an answer"),
        fact("producer", name),
        fact("older ones", number(p.unconfirmed.count_in(0, id))),
    ]);
    facts.extend(fate(moment, producer, id));
    let known = Inspected {
        title: format!("message {} of {name}", number(id)),
        facts,
        children: Children::default(),
    };
    let parents = Vec::from([(Target::Actor(producer), format!("producer {name}"))]);
    Some(known.inspector(Target::Pending(producer, id), parents))
}

/// What happened to a message, the oldest first.
fn fate(moment: &Moment<'_>, producer: ActorId, id: u64) -> Vec<InspectorRow> {
    let sentences = Sentences::new(moment.scenario(), moment.trace());
    let about = moment
        .backwards()
        .take(LOOK_BACK)
        .filter(|(event, _)| event.what.actor() == Some(producer) && is_about(&event.what, id));
    let mut facts: Vec<InspectorRow> = about
        .take(TOLD)
        .map(|(event, _)| (format!("at {}", event.at), sentences.clause(event)))
        .collect();
    facts.reverse();
    facts
}

fn is_about(what: &What, id: u64) -> bool {
    let event = what.family().and_then(|event| event.rocketmq()?.handed());
    let message = what
        .message()
        .and_then(|message| match message.rocketmq()? {
            QueueMessage::ToBroker(message) => {
                let sends = message.sends()?;
                Some((sends.messages.first_count, sends.messages.count))
            }
            QueueMessage::ToProgram(message) => message.settles(),
        });
    let messages = event.or(message);
    messages.is_some_and(|(first, count)| first <= id && id - first < count)
}
