//! What holds once everything is whole again and time has passed: each queue has one owner, and nobody sits before a message.

use offset_lab::family::rocketmq::state::{ActorState, Member, State};
use offset_lab::family::rocketmq::statements::Mode;
use offset_lab::ids::{ActorId, LogId};
use offset_lab::world::Timeline;

use super::book::Book;

/// The queues that a group reads: those of its topic, and that of its retries once there is something in it.
fn read(timeline: &Timeline, state: &State, group: ActorId) -> Vec<LogId> {
    let settings = &state.group(group).expect("it was declared").settings;
    let topic = settings.topic;
    let logs = &timeline.scenario().sets[topic.index()].logs;
    let read = state.topic(topic).read as usize;
    let retry = Some(settings.retry).filter(|queue| state.queue(*queue).rows > 0);
    logs.iter().take(read).copied().chain(retry).collect()
}

/// Looks at every group but those that never come to rest.
pub(super) fn is_at_rest(book: &Book<'_>, timeline: &Timeline, but: Option<&str>) {
    let world = timeline.end();
    let state = world.family.rocketmq().expect("of RocketMQ");
    for (group, id) in state.groups.iter().zip(0..) {
        let (Some(group), id) = (group, ActorId(id)) else {
            continue;
        };
        let name = &*timeline.scenario().actors[id.index()].name;
        let members = state.members(id).map(|(_, member)| member);
        let running: Vec<&Member> = members
            .filter(|member| member.state == ActorState::Running)
            .collect();
        if running.is_empty() || Some(name) == but {
            continue;
        }
        for queue in read(timeline, state, id) {
            let max = book.log.queue(queue).max();
            let readings = running.iter().filter_map(|it| it.queues.get(&queue));
            let readings: Vec<_> = readings.collect();
            for reading in &readings {
                assert!(reading.unfinished.is_empty(), "{name}: {queue:?} in flight");
            }
            if group.settings.mode == Mode::Pop {
                let open = book.groups.popped.get(&(id, queue));
                assert!(open.is_none_or(|open| open.is_empty()), "{name}: {open:?}");
                continue;
            }
            let owners = if group.settings.mode == Mode::Broadcast {
                running.len()
            } else {
                1
            };
            let retries = queue == group.settings.retry;
            if group.settings.mode != Mode::Broadcast || !retries {
                assert_eq!(readings.len(), owners, "{name}: owners of {queue:?}");
            }
            for reading in &readings {
                let next = reading.next.map(|next| next.0);
                assert_eq!(next, Some(max), "{name}: sits before {queue:?}");
            }
            if group.settings.mode != Mode::Broadcast {
                let offset = book.told.get(&(id, queue)).copied();
                assert_eq!(offset, Some(max), "{name}: offset on {queue:?}");
            }
        }
    }
}
