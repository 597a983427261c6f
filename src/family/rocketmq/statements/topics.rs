//! `topic` and `producer`.

use alloc::format;
use alloc::vec::Vec;

use super::ast::{Statement, TopicStatement};
use crate::family;
use crate::family::rocketmq::kinds::Kind;
use crate::ids::{LogId, SetId};
use crate::language::ast::StatementKind;
use crate::language::authoring::{help, meaning};
use crate::language::diagnostic::Span;
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, options};
use crate::language::line::Line;
use crate::language::problems::Read;
use crate::language::statements::life_cycle::simple;
use crate::language::values::grouped;
use crate::limits;
use crate::units::SimDuration;

pub(super) const TOPIC: family::Kind = family::Kind::RocketMq(Kind::Topic);
pub(super) const QUEUE: family::Kind = family::Kind::RocketMq(Kind::Queue);
pub(super) const PRODUCER: family::Kind = family::Kind::RocketMq(Kind::Producer);

/// Queues of a topic when unset (`DefaultMQProducer.defaultTopicQueueNums`).
const QUEUES: u32 = 4;
/// The smallest file of the commit log: larger than a message without a body, and few enough in a run.
const FILE_LEAST: u64 = 1_024;

/// What a `topic` line said so far.
struct Draft {
    queues: Option<u32>,
    read: Option<u32>,
    reserved: Option<SimDuration>,
}

options! { OPTION_DOCS, OPTIONS: Draft {
    "queues" "N" "Queues, from 1 on; 4 when unset. Saying the topic again changes their number." =>
        |line, draft| { draft.queues = Some(queues(line)?); Ok(()) };
    "read" "N" "Queues that members read, where that differs from those that producers write to (`readQueueNums`)." =>
        |line, draft| { draft.read = Some(queues(line)?); Ok(()) };
    "file" "SIZE" "Size of a file of the commit log, which all topics share: 1GiB when unset." =>
        |line, _| {
            let span = line.peek().map(|token| token.span).unwrap_or_default();
            let size = line.size()?;
            if size.0 < FILE_LEAST {
                let message = format!("a file of {} bytes holds no messages", grouped(size.0));
                let help = help!("a file of the commit log has at least {} bytes", grouped(FILE_LEAST));
                line.report(span, message, help, None);
            }
            if let Some(said) = line.ctx.header.log_file.filter(|said| *said != size) {
                let message = format!("a line above says files of {} bytes", grouped(said.0));
                let help = help!("all topics share one commit log: its files have one size");
                line.report(span, message, help, None);
            }
            line.ctx.header.log_file.get_or_insert(size);
            Ok(())
        };
    "reserved" "DUR" "How long the broker keeps a file of the commit log after its last write (`fileReservedTime`): 72h when unset, for all topics." =>
        |line, draft| { draft.reserved = Some(line.duration()?); Ok(()) };
} }

/// The forms of this file.
pub(super) const FORMS: &[Form] = &[
    Form {
        doc: FormDoc {
            keyword: "topic",
            group: Heading::Actors,
            shapes: &["topic T"],
            options: OPTION_DOCS,
            about: meaning!(
                "Creates a topic with its queues `T.q0`, `T.q1` and so on, or changes how many it has."
            ),
            example: meaning!("topic orders queues 4 file 50kB reserved 1h"),
        },
        read: topic,
    },
    Form {
        doc: FormDoc {
            keyword: "producer",
            group: Heading::Actors,
            shapes: &["producer P on T"],
            options: &[],
            about: meaning!("Starts a producer. It goes round the topic's queues, from queue 0."),
            example: meaning!("producer p on orders"),
        },
        read: |line| {
            let producer = line.new_program(PRODUCER)?;
            line.require("on")?;
            let topic = line.set(TOPIC)?;
            line.ctx.names.writes_to.insert(producer, topic);
            Ok(Some(Statement::Producer { producer, topic }.into()))
        },
    },
    simple(
        "close",
        &["close P"],
        "Closes a producer.",
        "close p",
        |line| Ok(Some(Statement::Close(line.producer()?).into())),
    ),
];

fn queues(line: &mut Line<'_, '_>) -> Read<u32> {
    let most = limits::STREAMS as u64;
    // At most `STREAMS`.
    Ok(line.number("a number of queues", 1, most)? as u32)
}

fn topic(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let (topic, span) = line.new_set(TOPIC)?;
    let mut draft = Draft {
        queues: None,
        read: None,
        reserved: None,
    };
    line.options(OPTIONS, &mut draft)?;
    let known = line.ctx.names.logs(topic).len() as u32;
    let unset = if known == 0 { QUEUES } else { known };
    let write = draft.queues.unwrap_or(unset);
    let read = draft.read.unwrap_or(write);
    let queues = logs(line, topic, write.max(read), span)?;
    Ok(Some(
        Statement::Topic(TopicStatement {
            topic,
            queues,
            write,
            read,
            reserved: draft.reserved,
        })
        .into(),
    ))
}

/// The first `count` queues of a topic; those that no line above brought are new.
fn logs(line: &mut Line<'_, '_>, topic: SetId, count: u32, span: Span) -> Read<Vec<LogId>> {
    let Some(set) = line.ctx.names.sets.get(topic.index()) else {
        return Ok(Vec::new());
    };
    let (name, mut queues) = (set.name.clone(), set.logs.clone());
    for number in (0..count).skip(queues.len()) {
        queues.push(line.own_log(QUEUE, &format!("{name}.q{number}"), span)?);
        room(line, span)?;
    }
    if let Some(set) = line.ctx.names.sets.get_mut(topic.index()) {
        set.logs.clone_from(&queues);
    }
    queues.truncate(count as usize);
    Ok(queues)
}

/// Reports that a script has more queues than it may.
pub(super) fn room(line: &mut Line<'_, '_>, span: Span) -> Read<()> {
    if line.ctx.names.streams.len() <= limits::STREAMS {
        return Ok(());
    }
    let most = grouped(limits::STREAMS as u64);
    let message =
        format!("more than {most} queues, those of retries included: the limit of one scenario");
    let help = help!("take fewer queues, or split the scenario");
    Err(line.report(span, message, help, None))
}
