//! Facts of a group: its settings, and where it stands on each queue. Reads a moment.

use alloc::format;
use alloc::vec::Vec;

use crate::explain::english::{self, number};
use crate::family::rocketmq::explain::{narration, resume};
use crate::family::rocketmq::settings::{GroupSettings, StartFrom};
use crate::family::rocketmq::state::Group;
use crate::family::rocketmq::statements::Mode;
use crate::ids::ActorId;
use crate::view::frame::CHILDREN;
use crate::view::inspector::{InspectorRow, fact};
use crate::view::moment::Moment;

/// Everything that the broker has of a group.
pub(super) fn facts(moment: &Moment<'_>, id: ActorId, group: &Group) -> Vec<InspectorRow> {
    let mut all = settings(moment, &group.settings);
    for (queue, offset) in group.offsets.iter().take(CHILDREN) {
        let name = moment.stream_name(*queue);
        let pending = match group.pending.contains_key(queue) {
            true => ", a reset that waits to be taken up",
            false => "",
        };
        let written = match group.flushed.get(queue) {
            Some(flushed) if flushed == offset => "",
            Some(_) | None => ", not yet in the broker's file",
        };
        all.push((
            format!("offset on {name}"),
            format!("{}{pending}{written}", number(offset.0)),
        ));
        if let Some(again) = resume::again(moment.rocketmq(), id, *queue) {
            let words = narration::words(again);
            all.push((format!("would be consumed again of {name}"), words));
        }
    }
    for (queue, popped) in group.popped.iter().take(CHILDREN) {
        if !popped.is_empty() {
            all.push((
                format!(
                    "popped and not acknowledged of {}",
                    moment.stream_name(*queue)
                ),
                english::count(popped.len(), "message"),
            ));
        }
    }
    all
}

fn settings(moment: &Moment<'_>, settings: &GroupSettings) -> Vec<InspectorRow> {
    let topic = moment.scenario().sets.get(settings.topic.index());
    let mut all = Vec::from([
        fact("topic", topic.map_or("—", |set| &*set.name)),
        fact(
            "mode",
            match settings.mode {
                Mode::Concurrent => "concurrent",
                Mode::Orderly => "orderly",
                Mode::Broadcast => "broadcast",
                Mode::Pop => "POP",
            },
        ),
        fact(
            "from",
            match settings.from {
                StartFrom::First => "first".into(),
                StartFrom::Last => "last".into(),
                StartFrom::Timestamp(at) => format!("timestamp {at}"),
            },
        ),
        fact("commit every", format!("{}", settings.commit)),
    ]);
    if let Some(tag) = &settings.tag {
        all.push(fact("tag", &**tag));
    }
    all
}
