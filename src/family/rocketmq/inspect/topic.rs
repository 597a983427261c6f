//! Facts of a topic: its queues as a whole, who writes to it and who reads it. Reads a moment.

use alloc::format;
use alloc::vec::Vec;

use super::facts_of;
use crate::explain::english::{self, number};
use crate::family::rocketmq::settings::GroupSettings;
use crate::family::rocketmq::state::Program;
use crate::ids::{ActorId, LogId, SetId};
use crate::language::ast::Subject;
use crate::view::frame::{CHILDREN, Inspector};
use crate::view::inspector::{Children, Inspected, InspectorLink, InspectorRow, fact};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// A topic as something to be opened.
pub(super) fn of_topic(moment: &Moment<'_>, id: SetId) -> Option<InspectorLink> {
    let set = moment.scenario().sets.get(id.index())?;
    Some((Target::Set(id), format!("topic {}", set.name)))
}

/// What a queue is a part of: its topic, or the group whose messages come back in it.
pub(super) fn around_queue(moment: &Moment<'_>, queue: LogId) -> Option<InspectorLink> {
    let sets = &moment.scenario().sets;
    if let Some(at) = sets.iter().position(|set| set.logs.contains(&queue)) {
        return of_topic(moment, SetId::at(at));
    }
    let groups = moment.rocketmq().groups.iter();
    let is_own = |settings: &GroupSettings| settings.retry == queue || settings.dead == queue;
    let mut own = groups
        .zip((0..).map(ActorId))
        .filter(|(group, _)| group.as_ref().is_some_and(|g| is_own(&g.settings)));
    let (_, group) = own.next()?;
    Some((
        Target::Actor(group),
        format!("group {}", moment.name(group)),
    ))
}

/// What is known of a topic.
pub(super) fn inspect(moment: &Moment<'_>, id: SetId, from: usize) -> Option<Inspector> {
    let (target, title) = of_topic(moment, id)?;
    let topic = moment.rocketmq().topics.get(id.index())?;
    let logs = &moment.scenario().sets[id.index()].logs;
    let is_there = topic.write > 0;
    let mut facts = Vec::from([fact(
        "state",
        if is_there { "there" } else { "not created yet" },
    )]);
    if is_there {
        facts.extend(facts_of(moment, Subject::Set(id)));
        facts.push(fact("queues that members read", number(topic.read.into())));
        facts.extend(readers(moment, id));
        facts.extend(writers(moment, id));
    }
    let known = Inspected {
        title,
        facts,
        children: Children::page(logs.len(), from, |at| queue(moment, *logs.get(at)?)),
    };
    Some(known.inspector(target, Vec::new()))
}

/// A queue with its ends.
fn queue(moment: &Moment<'_>, id: LogId) -> Option<InspectorLink> {
    let view = moment.queue(id);
    let name = moment.stream_name(id);
    let words = match view.queue.is_there {
        true => format!(
            "queue {name}: minimum {}, maximum {}",
            number(view.min.0),
            number(view.max.0)
        ),
        false => format!("queue {name}, not created yet"),
    };
    Some((Target::Stream(id), words))
}

/// The groups that read it, with both lags of each.
fn readers(moment: &Moment<'_>, id: SetId) -> Vec<InspectorRow> {
    let groups = moment.rocketmq().groups.iter().zip((0..).map(ActorId));
    let reads = groups.filter_map(|(group, actor)| {
        let is_here = group.as_ref()?.settings.topic == id;
        is_here.then_some(actor)
    });
    let told = reads.map(|group| {
        let facts = facts_of(moment, Subject::Program(group)).into_iter();
        let words = facts.filter(|(word, _)| word == "lag" || word == "diff");
        let words: Vec<_> = words
            .map(|(word, value)| format!("{word} {value}"))
            .collect();
        (format!("read by {}", moment.name(group)), words.join(", "))
    });
    told.take(CHILDREN).collect()
}

/// The producers that write to it.
fn writers(moment: &Moment<'_>, id: SetId) -> Vec<InspectorRow> {
    let programs = moment.rocketmq().programs.iter().zip((0..).map(ActorId));
    let told = programs.filter_map(|(program, actor)| match program.as_ref()? {
        Program::Producer(producer) if producer.settings.topic == id => {
            let stored = english::count(producer.confirmed, "message");
            Some((
                format!("written to by {}", moment.name(actor)),
                format!("{stored} stored"),
            ))
        }
        Program::Producer(_) | Program::Member(_) => None,
    });
    told.take(CHILDREN).collect()
}
