//! All facts of what is selected, and what can be opened from there. Reads a moment.

mod ids;
mod log;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::frame::{CHILDREN, Inspector};
use super::moment::Moment;
use super::stage::Target;
use super::tables::shown;
use crate::explain::words::{self, number};
use crate::family::rabbitmq::settings::ConsumerSettings;
use crate::family::rabbitmq::state::{Consumer, NodeLog, Producer};
use crate::family::rabbitmq::statements::{Client, Policy};
use crate::ids::{ActorId, NodeId};
use crate::scenario::ast::{FactRef, Subject};
use crate::trace::Fault;
use crate::trace::MessageKind;

/// A name and a value.
type Fact = (String, String);

/// Something that can be opened, and its name.
type Link = (Target, String);

/// What can be opened: a page of it, where that begins, and how much there is in all.
type Children = (Vec<Link>, usize, usize);

/// No children.
const NONE: Children = (Vec::new(), 0, 0);

/// The page of `all` things that begins at `from`, or the last one.
fn page(all: usize, from: usize, link: impl Fn(usize) -> Option<Link>) -> Children {
    let from = from.min(all.saturating_sub(1) / CHILDREN * CHILDREN);
    let shown = (from..all).take(CHILDREN).filter_map(link).collect();
    (shown, from, all)
}

/// What is known of a target, with the children from `from` on; `None` when it is not there at this moment.
pub(super) fn inspect(moment: &Moment<'_>, target: Target, from: usize) -> Option<Inspector> {
    match target {
        Target::Actor(id) => program(moment, id, from),
        Target::Node(node) => self::node(moment, node),
        Target::Stream(_) | Target::Segment(..) | Target::Chunk(..) | Target::Message(..) => {
            log::inspect(moment, target, from)
        }
        Target::PublishingId(producer, id) => ids::inspect(moment, producer, id),
        // These lead somewhere; there is nothing to know about them.
        Target::Look(..) | Target::Window(_) => None,
    }
}

fn fact(name: &str, value: impl Into<String>) -> Fact {
    (name.into(), value.into())
}

fn program(moment: &Moment<'_>, id: ActorId, from: usize) -> Option<Inspector> {
    let actor = moment.world.links.get(id.index())?;
    let name = moment.name(id);
    let mut stream = None;
    let (title, mut facts, (children, from, all)) = if let Some(c) = moment.world.consumer(id) {
        let title = format!("consumer {name}");
        stream = Some(c.settings.stream);
        (title, consumer(moment, id, c), waiting(moment, c, from))
    } else if let Some(p) = moment.world.producer(id) {
        let title = format!("producer {name}");
        stream = Some(p.settings.stream);
        (title, producer(moment, id, p), unconfirmed(id, p, from))
    } else {
        (format!("{name}, not started yet"), Vec::new(), NONE)
    };
    if moment.world.program(id).is_some() {
        facts.push(fact(
            "frames on the way to the broker",
            number(actor.messages_up.into()),
        ));
        facts.push(fact(
            "frames on the way back",
            number(actor.messages_down.into()),
        ));
        let faults: Vec<String> = actor.faults.iter().map(fault).collect();
        if !faults.is_empty() {
            facts.push(fact("faults of its link", faults.join(", ")));
        }
    }
    Some(Inspector {
        target: Target::Actor(id),
        title,
        facts,
        parents: stream
            .map(|s| log::of_stream(moment, s))
            .into_iter()
            .collect(),
        children,
        from,
        all,
    })
}

fn consumer(moment: &Moment<'_>, id: ActorId, c: &Consumer) -> Vec<Fact> {
    let facts = moment.facts();
    let of = moment.scenario().facts(Subject::Program(id));
    let value = |f: FactRef| fact(f.fact.word, shown(&facts.value(f)));
    let mut all: Vec<Fact> = of.map(value).collect();
    if let Some((from, to)) = moment.again(c) {
        let span = words::span(from.0, to.0 - from.0);
        all.push(fact("would be processed again", span));
    }
    all.push(fact("run", number(c.run.into())));
    all.push(fact("stream", moment.stream_name(c.settings.stream)));
    all.extend(settings(&c.settings));
    if let Some(attached) = c.attached {
        all.push(fact("attached at", number(attached.0)));
    }
    all.push(fact("chunks waiting", number(c.waiting.len() as u64)));
    all
}

fn settings(s: &ConsumerSettings) -> Vec<Fact> {
    let mut all = Vec::new();
    all.push(fact("named", s.reference.as_deref().unwrap_or("—")));
    all.push(fact("from", spec(s.spec)));
    all.push(fact("store", policy(s.policy)));
    all.push(fact("takes", format!("{}", s.takes)));
    all.push(fact("credit", number(s.credit.into())));
    if let Some(filter) = &s.filter {
        let unfiltered = if filter.match_unfiltered {
            ", match unfiltered"
        } else {
            ""
        };
        all.push(fact("filter", format!("{}{unfiltered}", filter.value)));
    }
    if let Some(text) = &s.stop_at {
        all.push(fact("stop at", &**text));
    }
    if s.single_active {
        all.push(fact("single active", "yes"));
    }
    all.push(fact("as", s.client.map_or("canonical", Client::word)));
    all
}

fn spec(spec: crate::family::rabbitmq::log::OffsetSpec) -> String {
    use crate::family::rabbitmq::log::OffsetSpec;
    match spec {
        OffsetSpec::First => "first".into(),
        OffsetSpec::Last => "last".into(),
        OffsetSpec::Next => "next".into(),
        OffsetSpec::Offset(offset) => format!("offset {}", number(offset.0)),
        OffsetSpec::Timestamp { ms } => format!("timestamp {ms}ms"),
    }
}

fn policy(policy: Policy) -> String {
    match policy {
        Policy::Never => "never".into(),
        Policy::Every(n) => format!("every {}", number(n)),
        Policy::Auto { every, flush } => format!("auto every {} flush {flush}", number(every)),
        Policy::External(n) => format!("external every {}", number(n)),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::LoseNext(MessageKind::Confirm) => "loses the next confirm".into(),
        Fault::LoseNext(MessageKind::Store) => "loses the next store".into(),
        Fault::LoseNext(MessageKind::Publish) => "loses the next publish".into(),
        Fault::Drop {
            numerator,
            denominator,
        } => format!("drops {numerator} of {denominator} frames"),
        Fault::Delay { by } => format!("{by} slower each way"),
    }
}

/// The chunks that wait in a consumer.
fn waiting(moment: &Moment<'_>, c: &Consumer, from: usize) -> Children {
    let stream = c.settings.stream;
    let log = moment.log(stream);
    let child = |at: usize| {
        let row = *c.waiting.get(at)?;
        let chunk = log.chunk(row);
        let span = words::offsets(chunk.id.0, chunk.records);
        let name = format!("waiting: chunk {}, {span}", chunk.id);
        Some((Target::Chunk(stream, row), name))
    };
    page(c.waiting.len(), from, child)
}

/// The ids of a producer that are not confirmed.
fn unconfirmed(id: ActorId, p: &Producer, from: usize) -> Children {
    let all = usize::try_from(p.unconfirmed.len()).unwrap_or(usize::MAX);
    let child = |at: usize| {
        let mut at = u64::try_from(at).ok()?;
        for &(low, high) in p.unconfirmed.ranges() {
            let count = (high - low).saturating_add(1);
            if at < count {
                let number = low + at;
                let name = format!("id {}", words::number(number));
                return Some((Target::PublishingId(id, number), name));
            }
            at -= count;
        }
        None
    };
    page(all, from, child)
}

fn producer(moment: &Moment<'_>, id: ActorId, p: &Producer) -> Vec<Fact> {
    let facts = moment.facts();
    let of = moment.scenario().facts(Subject::Program(id));
    let value = |f: FactRef| fact(f.fact.word, shown(&facts.value(f)));
    let mut all: Vec<Fact> = of.map(value).collect();
    let ranges = p.unconfirmed.ranges().iter().take(20);
    let ids: Vec<String> = ranges
        .map(|(a, b)| words::short_span(*a, (b - a).saturating_add(1)))
        .collect();
    if !ids.is_empty() {
        all.push(fact("unconfirmed ids", ids.join(", ")));
    }
    all.push(fact("run", number(p.run.into())));
    all.push(fact("stream", moment.stream_name(p.settings.stream)));
    all.push(fact(
        "named",
        p.settings.reference.as_deref().unwrap_or("—"),
    ));
    all.push(fact(
        "as",
        p.settings.client.map_or("canonical", Client::word),
    ));
    all
}

fn node(moment: &Moment<'_>, node: NodeId) -> Option<Inspector> {
    let at = usize::from(node.0.checked_sub(1)?);
    let state = moment.world.nodes.get(at)?;
    let mut facts = Vec::new();
    facts.push(fact("state", if state.up { "up" } else { "down" }));
    facts.push(fact(
        "reaches the others",
        if state.cut { "no" } else { "yes" },
    ));
    for (stream, id) in moment.world.streams().iter().zip(0..).take(CHILDREN) {
        let id = crate::ids::StreamId(id);
        let arena = moment.trace().arenas.stream(id);
        let Some(log) = stream.logs.get(at) else {
            continue;
        };
        let leads = if stream.leader == Some(node) {
            ", leads it"
        } else {
            ""
        };
        facts.push((moment.stream_name(id).to_string(), has(log, arena) + leads));
    }
    Some(Inspector {
        target: Target::Node(node),
        title: format!("node {node}"),
        facts,
        parents: Vec::new(),
        children: Vec::new(),
        from: 0,
        all: 0,
    })
}

fn has(log: &NodeLog, arena: &crate::trace::StreamArena) -> String {
    let (first, next) = (log.first(arena), log.next(arena));
    match next.0.saturating_sub(first.0) {
        0 => "nothing".into(),
        n => words::offsets(first.0, n),
    }
}
