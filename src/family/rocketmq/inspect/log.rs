//! Facts of a queue, of a file of the commit log and of a message, to the byte. Reads a moment.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::{facts_of, topic};
use crate::explain::english::{self, number};
use crate::family::rocketmq::picture::cast;
use crate::family::rocketmq::picture::cells::ReaderOf;
use crate::family::rocketmq::picture::commit_log::{CommitLogFiles, for_people};
use crate::family::rocketmq::picture::delayed::delayed;
use crate::ids::{LogId, NodeId, Offset, SetId};
use crate::language::ast::Subject;
use crate::units::SimTime;
use crate::view::frame::{CHILDREN, Inspector};
use crate::view::inspector::{Children, Inspected, InspectorLink, InspectorRow, fact};
use crate::view::moment::Moment;
use crate::view::stage::Target;

/// A queue as something to be opened.
fn of_queue(moment: &Moment<'_>, id: LogId) -> InspectorLink {
    (
        Target::Stream(id),
        format!("queue {}", moment.stream_name(id)),
    )
}

fn of_file(number_of: u32) -> InspectorLink {
    let name = format!("file {}", number(number_of.into()));
    (Target::File(number_of), name)
}

/// What is known of a queue.
pub(super) fn queue(moment: &Moment<'_>, id: LogId, from: usize) -> Option<Inspector> {
    let state = moment.rocketmq();
    state.queues.get(id.index())?;
    let view = moment.queue(id);
    let (target, title) = of_queue(moment, id);
    let mut facts = facts_of(moment, Subject::Log(id));
    if let Some(waiting) = delayed(moment, id) {
        facts.push(fact("delayed", english::count(waiting.count, "message")));
        facts.push(fact("next of them", waiting.first.to_string()));
    }
    facts.extend(of_topic(moment, id));
    let groups = state.groups.iter().zip(&moment.scenario().actors);
    let kept = groups.filter_map(|(group, actor)| {
        let offset = group.as_ref()?.offsets.get(&id)?;
        Some((format!("offset of {}", actor.name), number(offset.0)))
    });
    facts.extend(kept.take(CHILDREN));
    let all = usize::try_from(view.max.0.saturating_sub(view.min.0)).unwrap_or(usize::MAX);
    let children = Children::page(all, from, |at| {
        // The youngest first.
        let back = u64::try_from(at).ok()?.checked_add(1)?;
        let offset = Offset(view.max.0.checked_sub(back)?);
        let body = view.arena.message(offset).map(|message| message.body)?;
        let words = format!("{offset}: {}", english::excerpt(&body, 60));
        Some((Target::Message(id, offset), words))
    });
    let known = Inspected {
        title,
        facts,
        children,
    };
    let around = topic::around_queue(moment, id);
    Some(known.inspector(target, around.into_iter().collect()))
}

/// What the language knows of the topic that a queue belongs to; those of retries belong to none.
fn of_topic(moment: &Moment<'_>, id: LogId) -> Vec<InspectorRow> {
    let sets = (0..).map(SetId).zip(&moment.scenario().sets);
    let mut own = sets.filter(|(_, set)| set.logs.contains(&id));
    let Some((topic, set)) = own.next() else {
        return Vec::new();
    };
    let facts = facts_of(moment, Subject::Set(topic)).into_iter();
    let named = |(word, value): InspectorRow| (format!("{word} of {}", set.name), value);
    facts.map(named).collect()
}

/// What each group, or each member that keeps its own offsets, made of a message.
fn made(moment: &Moment<'_>, id: LogId, offset: Offset) -> Vec<InspectorRow> {
    let view = moment.queue(id);
    let readers = cast::readers(moment, id).into_iter().take(CHILDREN);
    let told = readers.filter_map(|reader| {
        let of = ReaderOf::new(moment, view, reader);
        let words = of.made(offset).words().strip_prefix(", ")?;
        let again = match of.is_repeated(offset) {
            true => ", more than once",
            false => "",
        };
        let name = format!("by {}", moment.name(reader));
        Some((name, format!("{words}{again}")))
    });
    told.collect()
}

/// What is known of a file of the commit log.
pub(super) fn file(moment: &Moment<'_>, number_of: u32, from: usize) -> Option<Inspector> {
    let files = CommitLogFiles::of(moment);
    let name = format!("file {}", number(number_of.into()));
    let Some(file) = files.file(number_of) else {
        return deleted_file(&files, number_of, &name);
    };
    let due = match file.is_active {
        true => "never while it is written to".into(),
        false => for_people(files.due(&file).since(SimTime::ZERO)),
    };
    let facts = Vec::from([
        fact("file", format!("{:020}", file.start.0)),
        fact("begins at", number(file.start.0)),
        fact("bytes", number(file.end.0 - file.start.0)),
        fact("of", english::count(files.size, "byte")),
        fact("last write", file.last_write.to_string()),
        fact("kept after it", for_people(files.reserved)),
        fact("expires at", due),
        fact("disk", format!("{}%", files.disk())),
    ]);
    let streams = moment.scenario().streams.len();
    let held: Vec<InspectorLink> = (0..streams)
        .map(LogId::at)
        .filter_map(|id| {
            let view = moment.queue(id);
            let first = view.first_behind(file.start);
            let behind = view.first_behind(file.end);
            let count = behind.0.checked_sub(first.0).filter(|count| *count > 0)?;
            let what = english::offsets(first.0, count);
            let words = format!("{}: {what}", moment.stream_name(id));
            Some((Target::Message(id, first), words))
        })
        .collect();
    let children = Children::page(held.len(), from, |at| held.get(at).cloned());
    let known = Inspected {
        title: format!("{name} of the commit log"),
        facts,
        children,
    };
    Some(known.inspector(Target::File(number_of), Vec::new()))
}

/// What is known of a file that the cleaner took, while the minima of the queues have not followed yet.
fn deleted_file(files: &CommitLogFiles<'_>, number_of: u32, name: &str) -> Option<Inspector> {
    let start = files.start_of_deleted(number_of)?;
    let known = Inspected {
        title: format!("{name} of the commit log"),
        facts: Vec::from([
            fact("file", format!("{:020}", start.0)),
            fact("state", "deleted"),
        ]),
        children: Children::default(),
    };
    Some(known.inspector(Target::File(number_of), Vec::new()))
}

/// What is known of a message.
pub(super) fn message(moment: &Moment<'_>, id: LogId, offset: Offset) -> Option<Inspector> {
    moment.rocketmq().queues.get(id.index())?;
    let view = moment.queue(id);
    let (run, place) = view.run_of(offset)?;
    let (files, position) = (CommitLogFiles::of(moment), run.extent.position(place));
    let is_gone = view.is_gone(offset);
    let message = run.extent.run.message(place);
    let mut facts = Vec::from([
        fact("offset", number(offset.0)),
        fact("state", if is_gone { "deleted" } else { "there" }),
    ]);
    if !is_gone {
        facts.push(fact("body", english::excerpt(&message.body, 2_000)));
        facts.push(fact("published by", moment.name(message.producer)));
    }
    facts.push(fact("stored at", run.extent.stored_at.to_string()));
    facts.push(fact("position in the commit log", number(position.0)));
    facts.push(fact("bytes", number(run.extent.record)));
    if let Some(key) = &message.key {
        facts.push(fact("key", &**key));
    }
    if let Some(tag) = &message.tag {
        facts.push(fact("tag", &**tag));
    }
    if message.attempt > 0 {
        facts.push(fact(
            "comes for the time",
            number(u64::from(message.attempt) + 1),
        ));
    }
    facts.extend(made(moment, id, offset));
    let known = Inspected {
        title: format!("message {} of {}", number(offset.0), moment.stream_name(id)),
        facts,
        children: Children::default(),
    };
    let around = topic::around_queue(moment, id).into_iter();
    let mut parents: Vec<InspectorLink> = around.chain([of_queue(moment, id)]).collect();
    if !is_gone {
        parents.push(of_file(files.number_of(position)));
    }
    Some(known.inspector(Target::Message(id, offset), parents))
}

/// What is known of the broker.
pub(super) fn broker(moment: &Moment<'_>, node: NodeId) -> Option<Inspector> {
    let state = moment
        .world
        .nodes
        .get(usize::from(node.0.checked_sub(1)?))?;
    let files = CommitLogFiles::of(moment);
    let known = Inspected {
        title: "broker".into(),
        facts: Vec::from([
            fact("state", if state.up { "up" } else { "down" }),
            fact("disk", format!("{}%", files.disk())),
        ]),
        children: Children::default(),
    };
    Some(known.inspector(Target::Node(node), Vec::new()))
}
