//! What of a queue should be in view: where the selected program's group is, or else where something happened last.

use alloc::vec::Vec;

use super::cast::reads_for;
use crate::family::rocketmq::event::QueueEvent;
use crate::family::rocketmq::explain::resume;
use crate::family::rocketmq::state::Reading;
use crate::ids::{ActorId, LogId, Offset};
use crate::trace::What;
use crate::view::moment::Moment;

/// How far back the latest thing that happened to a queue is looked for.
const LOOK_BACK: usize = 512;
/// Messages in view behind one that hangs.
const BEHIND_HUNG: u64 = 6;

/// The first and the last offset that should be in view, when something speaks for any.
pub(crate) fn interest(
    moment: &Moment<'_>,
    queue: LogId,
    selected: Option<ActorId>,
) -> Option<(Offset, Offset)> {
    let there = selected.filter(|actor| actor.index() < moment.scenario().actors.len());
    let of_selected = there.and_then(|actor| of_reader(moment, queue, actor));
    of_selected.or_else(|| {
        let mut latest = moment.backwards().take(LOOK_BACK);
        latest.find_map(|(event, _)| of_what(moment, queue, &event.what))
    })
}

fn of_what(moment: &Moment<'_>, queue: LogId, what: &What) -> Option<(Offset, Offset)> {
    if let Some(event) = what.family().and_then(|event| event.rocketmq()) {
        return of_event(moment, queue, event);
    }
    if let Some(range) = what.processed() {
        let of = of_reader(moment, queue, range.consumer);
        return of.filter(|_| range.log == queue);
    }
    let message = what.message().and_then(|message| message.rocketmq())?;
    let of = (message.queue() == Some(queue)).then_some(what.actor()?)?;
    of_reader(moment, queue, of)
}

fn of_event(moment: &Moment<'_>, queue: LogId, event: &QueueEvent) -> Option<(Offset, Offset)> {
    if event.queue() != Some(queue) {
        return None;
    }
    match event {
        QueueEvent::Visible { .. } => {
            let last = Offset(moment.queue(queue).max.0.saturating_sub(1));
            Some((last, last))
        }
        QueueEvent::MinMoved { min, .. } => Some((*min, *min)),
        QueueEvent::TopicSet { .. }
        | QueueEvent::RetrySet { .. }
        | QueueEvent::Appended { .. }
        | QueueEvent::FilesDeleted { .. }
        | QueueEvent::NothingExpired
        | QueueEvent::DiskFilled { .. }
        | QueueEvent::Flushed
        | QueueEvent::OffsetsLost { .. }
        | QueueEvent::GroupSet { .. }
        | QueueEvent::Stored { .. }
        | QueueEvent::CommitIgnored { .. }
        | QueueEvent::ResetTaken { .. }
        | QueueEvent::Reset { .. }
        | QueueEvent::ToolRefused { .. }
        | QueueEvent::Popped { .. }
        | QueueEvent::Revived { .. }
        | QueueEvent::ProducerStarted { .. }
        | QueueEvent::Handed { .. }
        | QueueEvent::MemberStarted { .. }
        | QueueEvent::Assigned { .. }
        | QueueEvent::Revoked { .. }
        | QueueEvent::Placed { .. }
        | QueueEvent::Failed { .. }
        | QueueEvent::Hung { .. }
        | QueueEvent::GivenUp { .. }
        | QueueEvent::OwnStored { .. }
        | QueueEvent::Suspended { .. } => of_reader(moment, queue, event.actor()?),
    }
}

/// From the offset of whom a program reads for to where it is.
fn of_reader(moment: &Moment<'_>, queue: LogId, program: ActorId) -> Option<(Offset, Offset)> {
    let state = moment.rocketmq();
    let reader = reads_for(moment, program);
    let group = state.group(reader);
    let own = state.member(reader);
    let stored = group
        .and_then(|group| group.offsets.get(&queue))
        .or_else(|| own.and_then(|member| member.own.get(&queue)))
        .copied();
    let readings: Vec<&Reading> = state
        .members(reader)
        .chain(own.map(|member| (reader, member)))
        .filter_map(|(_, member)| member.queues.get(&queue))
        .collect();
    // A message that hangs holds the offset: it and what follows it, however far the reader is.
    let hung = readings
        .iter()
        .find_map(|reading| reading.hung.ranges().first());
    if let Some((first, _)) = hung {
        return Some((Offset(*first), Offset(first.saturating_add(BEHIND_HUNG))));
    }
    let last = own
        .filter(|own| own.last_queue == Some(queue))
        .and_then(|own| own.last);
    let next = readings.iter().find_map(|reading| {
        let lowest = reading.unfinished.ranges().first();
        lowest.map(|(first, _)| Offset(*first)).or(reading.next)
    });
    let again = resume::again(state, reader, queue).map(|again| again.from);
    let all = [stored, next, last, again].into_iter().flatten();
    Some((all.clone().min()?, all.max()?))
}
