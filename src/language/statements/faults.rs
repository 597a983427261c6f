//! Faults: of programs, of nodes, of links.

use alloc::format;

use crate::ids::NodeId;
use crate::language::ast::{LinkStatement, NodeStatement, StatementKind};
use crate::language::authoring::{help, meaning};
use crate::language::doc::{FormDoc, Heading};
use crate::language::form::{Form, LineReader};
use crate::language::line::Line;
use crate::language::names::Wanted;
use crate::language::problems::{Read, Reported};

/// A form without options.
const fn fault(
    keyword: &'static str,
    shapes: &'static [&'static str],
    about: &'static str,
    example: &'static str,
    read: LineReader,
) -> Form {
    Form {
        doc: FormDoc {
            keyword,
            group: Heading::Faults,
            shapes: meaning!(shapes, &[]),
            options: &[],
            about: meaning!(about),
            example: meaning!(example),
        },
        read,
    }
}

/// The forms of this file.
pub(crate) const FORMS: &[Form] = &[
    fault(
        "crash",
        &["crash A", "crash broker", "crash node K", "crash leader"],
        "A process dies: a program, the broker with all its nodes, or one node. A dead program sends nothing more; frames already sent arrive.",
        "crash c",
        crash,
    ),
    fault(
        "start",
        &["start broker", "start node K"],
        "Starts the broker or a node again.",
        "start broker",
        start,
    ),
    fault(
        "cut",
        &["cut node K"],
        "Isolates a node from the other nodes, not from clients.",
        "cut node 1",
        cut,
    ),
    fault(
        "heal",
        &["heal A", "heal node K"],
        "Ends the `drop` and `delay` of a program's link, or the `cut` of a node.",
        "heal p",
        heal,
    ),
    fault(
        "lose",
        &[
            "lose next confirm to P",
            "lose next store from C",
            "lose next publish from P",
        ],
        "The next frame of that kind is lost on its way.",
        "lose next confirm to p",
        lose,
    ),
    fault(
        "drop",
        &["drop M/N from A"],
        "Drops M of N frames of a program, chosen by the seed, until `heal`.",
        "drop 1/10 from p",
        drop_share,
    ),
    fault(
        "delay",
        &["delay A DUR"],
        "Frames from and to a program take that much longer each way, until `heal`.",
        "delay c 20ms",
        delay,
    ),
];

/// `node K`, a node that the header says there is; nothing if the next word is another.
fn node(line: &mut Line<'_, '_>) -> Read<Option<NodeId>> {
    if !line.word_about("node", "One node of the cluster, from 1.") {
        return Ok(None);
    }
    let nodes = u64::from(line.ctx.header.nodes);
    let most = if line.ctx.alone {
        u64::from(u8::MAX)
    } else {
        nodes
    };
    let node = line.number("the number of a node", 1, most)?;
    Ok(Some(NodeId(u8::try_from(node).unwrap_or(1))))
}

fn crash(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let said = if line.word_about("broker", "All nodes.") {
        NodeStatement::CrashBroker
    } else if line.word_about("leader", "The node that leads at that moment.") {
        NodeStatement::CrashLeader
    } else if let Some(node) = node(line)? {
        NodeStatement::Crash(node)
    } else {
        return Ok(Some(StatementKind::Crash(line.actor()?)));
    };
    Ok(Some(StatementKind::Node(said)))
}

fn start(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let said = if line.word_about("broker", "All nodes.") {
        NodeStatement::StartBroker
    } else if let Some(node) = node(line)? {
        NodeStatement::Start(node)
    } else {
        return Err(no_program(line));
    };
    Ok(Some(StatementKind::Node(said)))
}

/// `start c` is `restart c`.
fn no_program(line: &mut Line<'_, '_>) -> Reported {
    let known = line.peek_word().and_then(|word| line.ctx.names.get(word));
    let program = known.is_some_and(|entry| Wanted::Program.fits(entry.thing));
    let Some((token, word)) = line.peek().zip(line.peek_word()).filter(|_| program) else {
        return line.unexpected();
    };
    let message = format!("`{word}` is a program, expected `broker` or `node`");
    let help = help!("a program starts again by `restart {word}`");
    line.report(token.span, message, help, None)
}

fn cut(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    match node(line)? {
        Some(node) => Ok(Some(StatementKind::Node(NodeStatement::Cut(node)))),
        None => Err(line.unexpected()),
    }
}

fn heal(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    Ok(Some(match node(line)? {
        Some(node) => StatementKind::Node(NodeStatement::Heal(node)),
        None => StatementKind::Link(LinkStatement::Heal(line.actor()?)),
    }))
}

fn lose(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    line.require("next")?;
    let said = if line.word_about("confirm", "A confirm on its way to a producer.") {
        line.require("to")?;
        LinkStatement::LoseConfirm(line.producer()?)
    } else if line.word_about("store", "An offset on its way to the broker.") {
        line.require("from")?;
        LinkStatement::LoseStore(line.consumer()?)
    } else if line.word_about("publish", "Messages on their way to the broker.") {
        line.require("from")?;
        LinkStatement::LosePublish(line.producer()?)
    } else {
        return Err(line.unexpected());
    };
    Ok(Some(StatementKind::Link(said)))
}

fn drop_share(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let (numerator, denominator) = line.ratio()?;
    line.require("from")?;
    Ok(Some(StatementKind::Link(LinkStatement::Drop {
        actor: line.actor()?,
        numerator,
        denominator,
    })))
}

fn delay(line: &mut Line<'_, '_>) -> Read<Option<StatementKind>> {
    let actor = line.actor()?;
    let by = line.duration()?;
    Ok(Some(StatementKind::Link(LinkStatement::Delay {
        actor,
        by,
    })))
}
