//! Facts of producers, groups and members: their settings, what they own and have in flight. Reads a moment.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::topic::of_topic;
use super::{facts_of, group};
use crate::explain::english::{self, number};
use crate::family::rocketmq::picture::member::short_name;
use crate::family::rocketmq::state::{Member, Producer, Program};
use crate::ids::{ActorId, LogId, Offset};
use crate::language::ast::Subject;
use crate::view::frame::{CHILDREN, Inspector};
use crate::view::inspector::{Children, Inspected, InspectorLink, InspectorRow, fact, of_link};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// What is known of a program or group.
pub(super) fn inspect(moment: &Moment<'_>, id: ActorId, from: usize) -> Option<Inspector> {
    let link = moment.world.links.get(id.index())?;
    let state = moment.rocketmq();
    let (name, group) = (moment.name(id), state.group(id));
    let kind = moment.scenario().actors[id.index()].kind.doc().word;
    let mut known = Inspected {
        title: format!("{kind} {name}"),
        facts: facts_of(moment, Subject::Program(id)),
        children: Children::default(),
    };
    let mut parents: Vec<InspectorLink> = Vec::new();
    if let Some(group) = group {
        parents.extend(of_topic(moment, group.settings.topic));
        known.facts.extend(group::facts(moment, id, group));
    }
    match state.program(id) {
        Some(Program::Producer(producer)) => {
            parents.extend(of_topic(moment, producer.settings.topic));
            known.facts.extend(of_producer(moment, producer));
            known.children = unanswered(id, producer, from);
        }
        Some(Program::Member(member)) => {
            known.facts.extend(of_member(moment, member));
            known.children = in_flight(moment, member, from);
            let of = member.settings.group;
            if of != id {
                parents.push((Target::Actor(of), format!("group {}", moment.name(of))));
            }
        }
        None if group.is_none() => {
            known.title = format!("{name}, not started yet");
            known.facts = Vec::new();
        }
        None => {}
    }
    if state.program(id).is_some() {
        known.facts.extend(of_link(link));
    }
    if state.program(id).is_none() && group.is_some() {
        known.children = members(moment, id, from);
    }
    Some(known.inspector(Target::Actor(id), parents))
}

fn of_producer(moment: &Moment<'_>, p: &Producer) -> Vec<InspectorRow> {
    let topic = moment.scenario().sets.get(p.settings.topic.index());
    Vec::from([
        fact("run", number(p.run.into())),
        fact("topic", topic.map_or("—", |set| &*set.name)),
        fact(
            "queues that it writes to",
            number(p.settings.queues.len() as u64),
        ),
    ])
}

fn of_member(moment: &Moment<'_>, member: &Member) -> Vec<InspectorRow> {
    let settings = &member.settings;
    let mut all = Vec::from([
        fact("run", number(member.run.into())),
        fact("group", moment.name(settings.group)),
        fact("client version", format!("{}", settings.client)),
        fact("takes", format!("{}", settings.habits.takes)),
    ]);
    if let Some(failure) = &settings.habits.fails_at {
        let times = match failure.times {
            Some(times) => format!(", {}", english::count(times.into(), "time")),
            None => String::new(),
        };
        all.push(fact("fails at", format!("{}{times}", failure.text)));
    }
    if let Some(text) = &settings.habits.hangs_at {
        all.push(fact("hangs at", &**text));
    }
    for (queue, reading) in member.queues.iter().take(CHILDREN) {
        let next = reading
            .next
            .map_or_else(|| "—".into(), |next| number(next.0));
        let pull = if reading.asked.is_some() {
            ", waiting"
        } else {
            ""
        };
        let name = moment.stream_name(*queue);
        all.push((format!("next pull of {name}"), format!("{next}{pull}")));
        if !reading.unfinished.is_empty() {
            let flight = english::count(reading.unfinished.len(), "message");
            all.push((format!("in flight of {name}"), flight));
        }
    }
    for (queue, offset) in member.own.iter().take(CHILDREN) {
        let name = moment.stream_name(*queue);
        all.push((format!("own offset on {name}"), number(offset.0)));
    }
    all
}

/// The messages that a member has and has not finished, by queue and range.
fn in_flight(moment: &Moment<'_>, member: &Member, from: usize) -> Children {
    let readings = member.queues.iter();
    let all: Vec<(LogId, u64, u64)> = readings
        .flat_map(|(queue, reading)| {
            let ranges = reading.unfinished.ranges().iter();
            ranges.map(move |(first, last)| (*queue, *first, last - first + 1))
        })
        .collect();
    Children::page(all.len(), from, |at| {
        let (queue, first, count) = *all.get(at)?;
        let name = short_name(moment, queue);
        let words = format!("in flight: {name} {}", english::offsets(first, count));
        Some((Target::Message(queue, Offset(first)), words))
    })
}

/// The messages of a producer without an answer.
fn unanswered(id: ActorId, p: &Producer, from: usize) -> Children {
    let all = usize::try_from(p.unconfirmed.len()).unwrap_or(usize::MAX);
    Children::page(all, from, |at| {
        let mut at = u64::try_from(at).ok()?;
        for &(low, high) in p.unconfirmed.ranges() {
            let count = (high - low).saturating_add(1);
            if at < count {
                let number = low + at;
                let name = format!("message {}", english::number(number));
                return Some((Target::Pending(id, number), name));
            }
            at -= count;
        }
        None
    })
}

/// The members of a group that is not one itself.
fn members(moment: &Moment<'_>, group: ActorId, from: usize) -> Children {
    let all: Vec<(ActorId, String)> = moment
        .rocketmq()
        .members(group)
        .map(|(id, _)| (id, format!("member {}", moment.name(id))))
        .collect();
    Children::page(all.len(), from, |at| {
        let (id, name) = all.get(at)?;
        Some((Target::Actor(*id), name.clone()))
    })
}
