//! What of a stream should be in view: where the selected consumer is, or else where something happened last.

use super::log::LogView;
use crate::family::rabbitmq::event::StreamEvent;
use crate::ids::{ActorId, LogId, Offset};
use crate::trace::What;
use crate::view::moment::Moment;

/// How far back the latest thing that happened to a stream is looked for.
const LOOK_BACK: usize = 512;

/// The first and the last offset that should be in view, when something speaks for any.
pub(crate) fn interest(
    moment: &Moment<'_>,
    stream: LogId,
    selected: Option<ActorId>,
) -> Option<(Offset, Offset)> {
    let log = moment.log(stream);
    let of_selected = selected.and_then(|actor| consumer(moment, &log, actor));
    of_selected.or_else(|| {
        let mut latest = moment.backwards().take(LOOK_BACK);
        latest.find_map(|(event, _)| of_event(moment, &log, &event.what))
    })
}

fn of_event(moment: &Moment<'_>, log: &LogView<'_>, what: &What) -> Option<(Offset, Offset)> {
    match what.family() {
        Some(event) => of_stream_event(moment, log, event.rabbitmq()?),
        None => consumer(moment, log, what.actor()?),
    }
}

fn of_stream_event(
    moment: &Moment<'_>,
    log: &LogView<'_>,
    event: &StreamEvent,
) -> Option<(Offset, Offset)> {
    let (stream, at) = match event {
        StreamEvent::Written { stream, row } | StreamEvent::Replicated { stream, row, .. } => {
            if *stream != log.id {
                return None;
            }
            (stream, Offset(log.chunk(*row).next().0.saturating_sub(1)))
        }
        StreamEvent::Committed { stream, .. } => {
            (stream, Offset(log.committed.0.saturating_sub(1)))
        }
        StreamEvent::Truncated { stream, .. } => (stream, log.first),
        StreamEvent::StreamCreated { .. }
        | StreamEvent::StreamRefused { .. }
        | StreamEvent::PolicySet { .. }
        | StreamEvent::StreamDeleted { .. }
        | StreamEvent::Stored { .. }
        | StreamEvent::OffsetForgotten { .. }
        | StreamEvent::SequenceForgotten { .. }
        | StreamEvent::Deduplicated { .. }
        | StreamEvent::Attached { .. }
        | StreamEvent::ProducerStarted { .. }
        | StreamEvent::Handed { .. }
        | StreamEvent::Numbered { .. }
        | StreamEvent::ConsumerStarted { .. }
        | StreamEvent::Refused { .. }
        | StreamEvent::StoredExternally { .. }
        | StreamEvent::Diverged { .. }
        | StreamEvent::LeaderLost { .. }
        | StreamEvent::LeaderElected { .. } => return consumer(moment, log, event.actor()?),
    };
    (*stream == log.id).then_some((at, at))
}

/// From what is stored to what comes next, of a consumer of this stream.
fn consumer(moment: &Moment<'_>, log: &LogView<'_>, actor: ActorId) -> Option<(Offset, Offset)> {
    moment.world.links.get(actor.index())?;
    let c = moment.world.consumer(actor)?;
    if c.settings.stream != log.id {
        return None;
    }
    let position = c.position?;
    let stored = moment.facts().stored(c).map(Offset);
    let low = match (moment.again(c), stored) {
        (Some((from, _)), stored) => from.min(stored.unwrap_or(from)),
        (None, Some(stored)) => stored.min(position),
        (None, None) => position,
    };
    Some((low, position))
}
